/* SPDX-License-Identifier: Apache-2.0 */
/* The result: the last step of every job, and what has to be kept to tell of how many parts a value was made. */
#ifndef NTM_I_ROLLED_H
#define NTM_I_ROLLED_H

#include "rollup/rolling.h"

/* Takes what is shown out of the jobs. */
ntm_status ntm_i_rolled_make(ntm_rolled **out, ntm_i_rolling *r, ntm_error *err);

#endif
