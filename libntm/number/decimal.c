/* SPDX-License-Identifier: Apache-2.0 */
/* Exact arithmetic of decimals. Two int64 coefficients brought to one scale, and their product, always fit 128 bits. */
#include "number/decimal.h"

#include "base/error.h"
#include "number/rational.h"
#include "number/wide.h"

static ntm_status bad_scale(ntm_error *err) {
    return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the scale is above %d", NTM_SCALE_MAX);
}

static ntm_status no_out(ntm_error *err) { return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out is NULL"); }

static ntm_status too_large(ntm_error *err, const char *what) {
    return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE,
                      "the exact %s does not fit 18 digits after the mark and a 64-bit coefficient", what);
}

static unsigned scale_of(ntm_decimal value) { return value.scale > NTM_SCALE_MAX ? NTM_SCALE_MAX : value.scale; }

bool ntm_i_decimal_fit(ntm_decimal *out, ntm_i_wide coefficient, unsigned scale) {
    while (scale > NTM_SCALE_MAX || coefficient < INT64_MIN || coefficient > INT64_MAX) {
        if (scale == 0 || coefficient % 10 != 0) return false;
        coefficient /= 10;
        scale--;
    }
    *out = (ntm_decimal){(int64_t)coefficient, (uint8_t)scale};
    return true;
}

bool ntm_i_decimal_shift(ntm_decimal *out, ntm_decimal value, unsigned power) {
    unsigned scale = scale_of(value);
    unsigned taken = power < scale ? power : scale;
    ntm_i_wide coefficient = value.coefficient;
    for (unsigned left = power - taken; left > 0 && coefficient != 0; left--) {
        coefficient *= 10;
        if (coefficient < INT64_MIN || coefficient > INT64_MAX) return false;
    }
    *out = (ntm_decimal){(int64_t)coefficient, (uint8_t)(scale - taken)};
    return true;
}

bool ntm_i_decimal_at_scale(int64_t *out, ntm_decimal value, unsigned scale, bool *lost) {
    *lost = false;
    if (value.scale <= scale) {
        ntm_decimal shifted = {0, 0};
        if (!ntm_i_decimal_shift(&shifted, (ntm_decimal){value.coefficient, 0}, scale - value.scale)) return false;
        *out = shifted.coefficient;
        return true;
    }
    int64_t coefficient = value.coefficient;
    for (unsigned left = value.scale - scale; left > 0 && coefficient != 0; left--) {
        if (coefficient % 10 != 0) {
            *lost = true;
            return false;
        }
        coefficient /= 10;
    }
    *out = coefficient;
    return true;
}

/* The coefficient at the largest scale: below 2^63 × 10^18 < 2^123. */
static ntm_i_wide at_largest_scale(ntm_decimal value) {
    return (ntm_i_wide)value.coefficient * (ntm_i_wide)ntm_i_power_of_ten(NTM_SCALE_MAX - scale_of(value));
}

int ntm_decimal_compare(ntm_decimal a, ntm_decimal b) {
    ntm_i_wide left = at_largest_scale(a);
    ntm_i_wide right = at_largest_scale(b);
    return (left > right) - (left < right);
}

/* At the larger scale of the two. */
static bool sum(ntm_decimal *out, ntm_decimal a, ntm_decimal b, int sign) {
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    ntm_i_wide left = (ntm_i_wide)a.coefficient * (ntm_i_wide)ntm_i_power_of_ten(scale - a.scale);
    ntm_i_wide right = (ntm_i_wide)b.coefficient * (ntm_i_wide)ntm_i_power_of_ten(scale - b.scale);
    return ntm_i_decimal_fit(out, sign < 0 ? left - right : left + right, scale);
}

ntm_status ntm_decimal_add(ntm_decimal *out, ntm_decimal a, ntm_decimal b, ntm_error *err) {
    if (out == NULL) return no_out(err);
    if (!ntm_i_decimal_valid(a) || !ntm_i_decimal_valid(b)) return bad_scale(err);
    return sum(out, a, b, 1) ? NTM_OK : too_large(err, "sum");
}

ntm_status ntm_decimal_subtract(ntm_decimal *out, ntm_decimal a, ntm_decimal b, ntm_error *err) {
    if (out == NULL) return no_out(err);
    if (!ntm_i_decimal_valid(a) || !ntm_i_decimal_valid(b)) return bad_scale(err);
    return sum(out, a, b, -1) ? NTM_OK : too_large(err, "difference");
}

ntm_status ntm_decimal_multiply(ntm_decimal *out, ntm_decimal a, ntm_decimal b, ntm_error *err) {
    if (out == NULL) return no_out(err);
    if (!ntm_i_decimal_valid(a) || !ntm_i_decimal_valid(b)) return bad_scale(err);
    ntm_i_wide product = (ntm_i_wide)a.coefficient * b.coefficient;
    return ntm_i_decimal_fit(out, product, (unsigned)a.scale + b.scale) ? NTM_OK : too_large(err, "product");
}

/* A rational as a decimal of exactly `scale` digits after the mark. */
static bool rounded_decimal(ntm_decimal *out, ntm_i_rational value, uint8_t scale, ntm_rounding rounding) {
    ntm_i_rational rounded;
    if (!ntm_i_rational_round(&rounded, value, scale, rounding)) return false;
    if (!ntm_i_rational_scale(&rounded, rounded, scale)) return false; /* now whole */
    if (rounded.numerator < INT64_MIN || rounded.numerator > INT64_MAX) return false;
    *out = (ntm_decimal){(int64_t)rounded.numerator, scale};
    return true;
}

static bool is_rounding(ntm_rounding rounding) { return rounding >= NTM_ROUND_HALF_UP && rounding <= NTM_ROUND_UP; }

ntm_status ntm_decimal_ratio(ntm_decimal *out, int64_t numerator, int64_t denominator, unsigned percent_digits,
                             uint8_t scale, ntm_rounding rounding, ntm_error *err) {
    if (out == NULL) return no_out(err);
    if (scale > NTM_SCALE_MAX) return bad_scale(err);
    if (denominator == 0) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the denominator is 0");
    if (!is_rounding(rounding)) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "unknown rounding");
    ntm_i_rational value;
    /* Beyond 10^100 any ratio but 0 overflows, and 0 stays 0. */
    int power = percent_digits > 100 ? 100 : (int)percent_digits;
    if (!ntm_i_rational_divide(&value, ntm_i_rational_int(numerator), ntm_i_rational_int(denominator)) ||
        !ntm_i_rational_scale(&value, value, power) || !rounded_decimal(out, value, scale, rounding))
        return too_large(err, "rounded ratio");
    return NTM_OK;
}

ntm_status ntm_decimal_round(ntm_decimal *out, ntm_decimal value, uint8_t scale, ntm_rounding rounding,
                             ntm_error *err) {
    if (out == NULL) return no_out(err);
    if (scale > NTM_SCALE_MAX || !ntm_i_decimal_valid(value)) return bad_scale(err);
    if (!is_rounding(rounding)) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "unknown rounding");
    if (!rounded_decimal(out, ntm_i_rational_decimal(value), scale, rounding)) return too_large(err, "rounded number");
    return NTM_OK;
}
