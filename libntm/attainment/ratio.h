/* SPDX-License-Identifier: Apache-2.0 */
/* Shares over a block of rows, in whole numbers. */
#ifndef NTM_I_RATIO_H
#define NTM_I_RATIO_H

#include "attainment/run.h"

/* Dividends and divisors of the rows of a block at one scale, which a share does not depend on. */
typedef struct ntm_i_ratio {
    const int64_t *left;
    const int64_t *divisor;
} ntm_i_ratio;

/* Whether doubles can be taken at all: not where the processor computes with more digits than they have. */
bool ntm_i_ratio_takes_doubles(void);
/* The whole numbers of two loaded inputs, integers or doubles; those of doubles last until the next call. Reported rows
   that have none are added to `run->odd`, hold 0, and are for exact code. */
void ntm_i_ratio_start(ntm_i_ratio *out, ntm_i_run *run, const ntm_i_bound *left, const ntm_i_bound *divisor);

#endif
