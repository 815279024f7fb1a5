/* SPDX-License-Identifier: Apache-2.0 */
/* Intervals of exact rationals: what is known of a quantity while not all of it is. The law of each is in
   docs/algebra.md. */
#ifndef NTM_I_INTERVAL_H
#define NTM_I_INTERVAL_H

#include "number/rational.h"

/* A number known to lie between two others, both included, in base units. */
typedef struct ntm_i_interval {
    ntm_i_rational least;
    ntm_i_rational most;
} ntm_i_interval;

#define NTM_I_ANYTHING ((ntm_i_interval){NTM_I_MINUS_INFINITY, NTM_I_INFINITY})

static inline ntm_i_interval ntm_i_point(ntm_i_rational value) { return (ntm_i_interval){value, value}; }
static inline ntm_i_rational ntm_i_smaller(ntm_i_rational a, ntm_i_rational b) {
    return ntm_i_rational_compare(a, b) <= 0 ? a : b;
}
static inline ntm_i_rational ntm_i_larger(ntm_i_rational a, ntm_i_rational b) {
    return ntm_i_rational_compare(a, b) >= 0 ? a : b;
}

/* Each returns false when a bound does not fit; then *out is not written. */
bool ntm_i_interval_add(ntm_i_interval *out, ntm_i_interval a, ntm_i_interval b);
bool ntm_i_interval_subtract(ntm_i_interval *out, ntm_i_interval a, ntm_i_interval b);
/* 0 times anything is 0, even times a bound that is not known. */
bool ntm_i_interval_multiply(ntm_i_interval *out, ntm_i_interval a, ntm_i_interval b);
/* A divisor that is or may be 0, or below, leaves the ratio open. */
bool ntm_i_interval_divide(ntm_i_interval *out, ntm_i_interval a, ntm_i_interval b);
/* The smallest, or largest, of both: bound by bound. */
ntm_i_interval ntm_i_interval_minimum(ntm_i_interval a, ntm_i_interval b);
ntm_i_interval ntm_i_interval_maximum(ntm_i_interval a, ntm_i_interval b);

#endif
