/* SPDX-License-Identifier: Apache-2.0 */
/* Exact rationals and intervals of them: the arithmetic in which every verdict is defined. */
#ifndef NTM_I_RATIONAL_H
#define NTM_I_RATIONAL_H

#include <ntm/number.h>

#include "base/checked.h"

/* numerator / denominator in lowest terms, denominator > 0; or one of the infinities, denominator 0 and numerator
   ±1. */
typedef struct ntm_i_rational {
    ntm_i_wide numerator;
    ntm_i_wide denominator;
} ntm_i_rational;

#define NTM_I_INFINITY ((ntm_i_rational){1, 0})
#define NTM_I_MINUS_INFINITY ((ntm_i_rational){-1, 0})

ntm_i_rational ntm_i_rational_int(int64_t value);
ntm_i_rational ntm_i_rational_decimal(ntm_decimal value);
/* The shortest decimal that reads back as the double, also where it has more digits than an ntm_decimal. False for NaN,
   infinities and what does not fit. */
bool ntm_i_rational_from_double(ntm_i_rational *out, double value);
static inline bool ntm_i_is_finite(ntm_i_rational a) { return a.denominator != 0; }

/* Each returns false when the result does not fit (then *out is not written). Infinities follow the usual rules;
   infinity - infinity, 0 * infinity and division by 0 or of two infinities also return false: callers ask first. */
bool ntm_i_rational_add(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b);
bool ntm_i_rational_subtract(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b);
bool ntm_i_rational_multiply(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b);
bool ntm_i_rational_divide(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b);
/* Multiplies by 10^power, power may be negative. */
bool ntm_i_rational_scale(ntm_i_rational *out, ntm_i_rational a, int power);
/* Exact order, infinities included; never overflows. Negative, 0, positive. */
int ntm_i_rational_compare(ntm_i_rational a, ntm_i_rational b);
/* Rounds to `scale` digits after the mark; false when it does not fit. Infinities stay. */
bool ntm_i_rational_round(ntm_i_rational *out, ntm_i_rational a, uint8_t scale, ntm_rounding rounding);
/* Largest integer <= a and smallest integer >= a, for finite a. */
ntm_i_wide ntm_i_rational_floor(ntm_i_rational a);
ntm_i_wide ntm_i_rational_ceiling(ntm_i_rational a);
/* Whether a is a decimal of at most NTM_SCALE_MAX digits after the mark with an int64 coefficient; then *out is it,
   with the smallest scale that is exact. */
bool ntm_i_rational_to_decimal(ntm_decimal *out, ntm_i_rational a);
/* Writes "89.95", "-3" or, when it is no finite decimal, "1799/2000"-like "p/q"; as snprintf. 96 bytes suffice. */
size_t ntm_i_rational_format(char *buffer, size_t capacity, ntm_i_rational a);

#endif
