/* SPDX-License-Identifier: Apache-2.0 */
/* What belongs to a code word. */
#ifndef NTM_I_CODES_H
#define NTM_I_CODES_H

#include "lint/findings.h"

typedef struct ntm_i_code_about {
    const char *word;
    ntm_severity severity;
    const char *meaning;
} ntm_i_code_about;

const ntm_i_code_about *ntm_i_code_of(ntm_i_code code);

#endif
