/* SPDX-License-Identifier: Apache-2.0 */
/* Writing exact bounds, and the same rounded outward. */
#include "number/wide.h"
#include "rollup/fold.h"

ntm_i_interval ntm_i_natural_interval(const ntm_i_vector *vector) {
    ntm_i_interval out = NTM_I_ANYTHING;
    const ntm_i_limits *natural = &vector->natural;
    if (natural->has_least) out.least = ntm_i_rational_decimal((ntm_decimal){natural->least, vector->scale});
    if (natural->has_most) out.most = ntm_i_rational_decimal((ntm_decimal){natural->most, vector->scale});
    return out;
}

/* value × 10^scale rounded outward; false when it is not finite or does not fit. */
static bool outward(int64_t *out, ntm_i_rational value, uint8_t scale, bool up) {
    ntm_i_rational scaled;
    if (!ntm_i_is_finite(value) || !ntm_i_rational_scale(&scaled, value, scale)) return false;
    ntm_i_wide whole = up ? ntm_i_rational_ceiling(scaled) : ntm_i_rational_floor(scaled);
    if (whole > INT64_MAX || whole < INT64_MIN) return false;
    *out = (int64_t)whole;
    return true;
}

/* An end as a fraction of 64 bits, or else the one that it is rounded to. */
static ntm_fraction end_of(ntm_i_rational value, bool has_rounded, int64_t rounded, uint8_t scale) {
    if (!ntm_i_is_finite(value)) return (ntm_fraction){0, 0};
    if (value.numerator <= INT64_MAX && value.numerator >= INT64_MIN && value.denominator <= INT64_MAX)
        return (ntm_fraction){(int64_t)value.numerator, (int64_t)value.denominator};
    if (!has_rounded) return (ntm_fraction){0, 0};
    ntm_i_rational decimal = ntm_i_rational_decimal((ntm_decimal){rounded, scale});
    return (ntm_fraction){(int64_t)decimal.numerator, (int64_t)decimal.denominator};
}

void ntm_i_exact_put(ntm_i_vector *vector, size_t row, ntm_i_interval value) {
    ntm_i_state state = {NTM_NOT_REPORTED, {false, false, 0, 0}};
    ntm_i_limits *between = &state.between;
    between->has_least = outward(&between->least, value.least, vector->scale, false);
    between->has_most = outward(&between->most, value.most, vector->scale, true);
    ntm_i_state_put(vector, row, state);
    vector->own_exact[row].least = end_of(value.least, between->has_least, between->least, vector->scale);
    vector->own_exact[row].most = end_of(value.most, between->has_most, between->most, vector->scale);
}

/* ------------------------------------------------------------------------------------------- 64 bits */

static uint64_t gcd(uint64_t a, uint64_t b) {
    if (a == 0 || b == 0) return a | b;
    int both = __builtin_ctzll(a | b);
    a >>= __builtin_ctzll(a);
    do {
        b >>= __builtin_ctzll(b);
        if (a > b) {
            uint64_t swap = a;
            a = b;
            b = swap;
        }
        b -= a;
    } while (b != 0);
    return a << both;
}

static bool times_ten_to(int64_t *value, int power) {
    ntm_i_uwide ten = power <= NTM_SCALE_MAX ? ntm_i_power_of_ten((unsigned)power) : 0;
    return ten != 0 && !ntm_i_multiply_overflows(*value, (int64_t)ten, value);
}

bool ntm_i_exact_put_ratio(ntm_i_vector *vector, size_t row, int64_t over, int64_t under, int power) {
    if (!times_ten_to(power > 0 ? &over : &under, power > 0 ? power : -power) || over == INT64_MIN) return false;
    int64_t common = (int64_t)gcd(over < 0 ? (uint64_t)-over : (uint64_t)over, (uint64_t)under), shifted = 0;
    over /= common;
    under /= common;
    const int64_t ten = (int64_t)ntm_i_power_of_ten(vector->scale);
    ntm_i_state state = {NTM_NOT_REPORTED, {true, true, 0, 0}};
    if (!ntm_i_multiply_overflows(over, ten, &shifted)) {
        int64_t whole = shifted / under, rest = shifted % under;
        state.between.least = whole - (rest < 0);
        state.between.most = whole + (rest > 0);
    } else {
        ntm_i_wide product = (ntm_i_wide)over * ten, whole = product / under, rest = product % under;
        if (whole >= INT64_MAX || whole <= INT64_MIN) return false;
        state.between.least = (int64_t)(whole - (rest < 0));
        state.between.most = (int64_t)(whole + (rest > 0));
    }
    ntm_i_state_put(vector, row, state);
    vector->own_exact[row] = (ntm_range){{over, under}, {over, under}};
    return true;
}
