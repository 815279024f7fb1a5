/* SPDX-License-Identifier: Apache-2.0 */
/* Unsigned 256-bit integers: the products of two 128-bit ones. With them sums and orders of rationals are exact even
   where an intermediate result leaves 128 bits and the final one does not. */
#ifndef NTM_I_WIDE_H
#define NTM_I_WIDE_H

#include "base/checked.h"

typedef struct ntm_i_u256 {
    ntm_i_uwide high;
    ntm_i_uwide low;
} ntm_i_u256;

/* 128-bit magnitude of a signed number; right for the smallest one too. */
static inline ntm_i_uwide ntm_i_magnitude(ntm_i_wide a) { return a < 0 ? 0 - (ntm_i_uwide)a : (ntm_i_uwide)a; }

ntm_i_uwide ntm_i_gcd(ntm_i_uwide a, ntm_i_uwide b);
/* 10^power for power 0..38; 0 beyond. */
ntm_i_uwide ntm_i_power_of_ten(unsigned power);

ntm_i_u256 ntm_i_u256_product(ntm_i_uwide a, ntm_i_uwide b);
int ntm_i_u256_compare(ntm_i_u256 a, ntm_i_u256 b);
/* a + b, below 2^256 by the caller's care. */
ntm_i_u256 ntm_i_u256_sum(ntm_i_u256 a, ntm_i_u256 b);
/* a - b for a >= b. */
ntm_i_u256 ntm_i_u256_difference(ntm_i_u256 a, ntm_i_u256 b);
/* Quotient of a by d > 0, the remainder into *rest. */
ntm_i_u256 ntm_i_u256_divide(ntm_i_u256 a, ntm_i_uwide d, ntm_i_uwide *rest);

#endif
