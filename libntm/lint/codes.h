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
/* The code of a word; NTM_I_CODES for no code. */
ntm_i_code ntm_i_code_named(const char *word);

#endif
