/* SPDX-License-Identifier: Apache-2.0 */
/* Exact rationals. Every result that fits is given, even when an intermediate one does not fit 128 bits. */
#include "number/rational.h"

#include "base/output.h"
#include "number/wide.h"

#define WIDE_MAX (~(ntm_i_uwide)0 >> 1)

static int sign_of(ntm_i_rational a) { return a.numerator < 0 ? -1 : a.numerator > 0 ? 1 : 0; }

/* sign × magnitude; false beyond ±(2^127 - 1). The range is symmetric so that a negative always fits too. */
static bool to_signed(ntm_i_wide *out, int sign, ntm_i_uwide magnitude) {
    if (magnitude > WIDE_MAX) return false;
    *out = sign < 0 ? -(ntm_i_wide)magnitude : (ntm_i_wide)magnitude;
    return true;
}

/* A finite rational of magnitudes in lowest terms. */
static bool make(ntm_i_rational *out, int sign, ntm_i_uwide numerator, ntm_i_uwide denominator) {
    ntm_i_rational made = {0, 1};
    if (numerator != 0) {
        if (!to_signed(&made.numerator, sign, numerator) || denominator > WIDE_MAX) return false;
        made.denominator = (ntm_i_wide)denominator;
    }
    *out = made;
    return true;
}

ntm_i_rational ntm_i_rational_int(int64_t value) { return (ntm_i_rational){value, 1}; }

ntm_i_rational ntm_i_rational_decimal(ntm_decimal value) {
    unsigned scale = value.scale > NTM_SCALE_MAX ? NTM_SCALE_MAX : value.scale;
    ntm_i_uwide power = ntm_i_power_of_ten(scale);
    ntm_i_uwide magnitude = ntm_i_magnitude(value.coefficient);
    ntm_i_uwide common = ntm_i_gcd(magnitude, power);
    ntm_i_wide numerator = (ntm_i_wide)(magnitude / common);
    return (ntm_i_rational){value.coefficient < 0 ? -numerator : numerator, (ntm_i_wide)(power / common)};
}

/* a/b ± c/d with g = gcd(b, d): (a·(d/g) ± c·(b/g)) / (b·(d/g)); the numerator may share a factor with g only. */
static bool add_finite(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b, bool negate) {
    ntm_i_uwide da = (ntm_i_uwide)a.denominator;
    ntm_i_uwide db = (ntm_i_uwide)b.denominator;
    ntm_i_uwide g = ntm_i_gcd(da, db);
    ntm_i_u256 left = ntm_i_u256_product(ntm_i_magnitude(a.numerator), db / g);
    ntm_i_u256 right = ntm_i_u256_product(ntm_i_magnitude(b.numerator), da / g);
    int sign_left = sign_of(a);
    int sign_right = negate ? -sign_of(b) : sign_of(b);
    int sign = sign_left;
    ntm_i_u256 top = {0, 0};
    if (sign_left * sign_right >= 0) {
        top = ntm_i_u256_sum(left, right); /* each is below 2^254 */
        sign = sign_left != 0 ? sign_left : sign_right;
    } else if (ntm_i_u256_compare(left, right) >= 0) {
        top = ntm_i_u256_difference(left, right);
    } else {
        top = ntm_i_u256_difference(right, left);
        sign = sign_right;
    }
    ntm_i_uwide rest = 0;
    (void)ntm_i_u256_divide(top, g, &rest);
    ntm_i_uwide t = ntm_i_gcd(g, rest);
    ntm_i_u256 numerator = ntm_i_u256_divide(top, t, &rest);
    ntm_i_u256 denominator = ntm_i_u256_product(da / g, db / t);
    if (numerator.high != 0) return false;
    if (numerator.low == 0) return make(out, 0, 0, 1);
    return denominator.high == 0 && make(out, sign, numerator.low, denominator.low);
}

static bool add(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b, bool negate) {
    bool a_finite = ntm_i_is_finite(a);
    bool b_finite = ntm_i_is_finite(b);
    if (a_finite && b_finite) return add_finite(out, a, b, negate);
    int sign_b = negate ? -sign_of(b) : sign_of(b);
    if (!a_finite && !b_finite && sign_of(a) != sign_b) return false;
    int sign = a_finite ? sign_b : sign_of(a);
    *out = sign < 0 ? NTM_I_MINUS_INFINITY : NTM_I_INFINITY;
    return true;
}

bool ntm_i_rational_add(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b) { return add(out, a, b, false); }

bool ntm_i_rational_subtract(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b) { return add(out, a, b, true); }

/* Reducing crosswise before multiplying gives lowest terms at once: what overflows then does not fit. */
static bool multiply_parts(ntm_i_rational *out, int sign, ntm_i_uwide an, ntm_i_uwide ad, ntm_i_uwide bn,
                           ntm_i_uwide bd) {
    ntm_i_uwide g1 = ntm_i_gcd(an, bd);
    ntm_i_uwide g2 = ntm_i_gcd(bn, ad);
    ntm_i_uwide numerator = 0;
    ntm_i_uwide denominator = 0;
    if (ntm_i_multiply_overflows(an / g1, bn / g2, &numerator)) return false;
    if (ntm_i_multiply_overflows(ad / g2, bd / g1, &denominator)) return false;
    return make(out, sign, numerator, denominator);
}

bool ntm_i_rational_multiply(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b) {
    int sign = sign_of(a) * sign_of(b);
    if (!ntm_i_is_finite(a) || !ntm_i_is_finite(b)) {
        if (sign == 0) return false;
        *out = sign < 0 ? NTM_I_MINUS_INFINITY : NTM_I_INFINITY;
        return true;
    }
    return multiply_parts(out, sign, ntm_i_magnitude(a.numerator), (ntm_i_uwide)a.denominator,
                          ntm_i_magnitude(b.numerator), (ntm_i_uwide)b.denominator);
}

bool ntm_i_rational_divide(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b) {
    if (sign_of(b) == 0) return false;
    int sign = sign_of(a) * sign_of(b);
    if (!ntm_i_is_finite(b)) {
        if (!ntm_i_is_finite(a)) return false;
        *out = (ntm_i_rational){0, 1};
        return true;
    }
    if (!ntm_i_is_finite(a)) {
        *out = sign < 0 ? NTM_I_MINUS_INFINITY : NTM_I_INFINITY;
        return true;
    }
    return multiply_parts(out, sign, ntm_i_magnitude(a.numerator), (ntm_i_uwide)a.denominator,
                          (ntm_i_uwide)b.denominator, ntm_i_magnitude(b.numerator));
}

/* In steps of at most 10^38. While multiplying by tens the numerator never shrinks and the denominator never grows (the
   other way round for dividing), so that a step that does not fit means a result that does not fit. */
bool ntm_i_rational_scale(ntm_i_rational *out, ntm_i_rational a, int power) {
    ntm_i_rational value = a;
    if (ntm_i_is_finite(a) && a.numerator != 0) {
        unsigned left = power < 0 ? 0u - (unsigned)power : (unsigned)power;
        while (left > 0) {
            unsigned step = left < 38 ? left : 38;
            ntm_i_rational factor = {(ntm_i_wide)ntm_i_power_of_ten(step), 1};
            bool fits = power < 0 ? ntm_i_rational_divide(&value, value, factor)
                                  : ntm_i_rational_multiply(&value, value, factor);
            if (!fits) return false;
            left -= step;
        }
    }
    *out = value;
    return true;
}

int ntm_i_rational_compare(ntm_i_rational a, ntm_i_rational b) {
    int sign_a = sign_of(a);
    int sign_b = sign_of(b);
    if (sign_a != sign_b) return sign_a < sign_b ? -1 : 1;
    if (!ntm_i_is_finite(a) || !ntm_i_is_finite(b)) {
        int order = (int)ntm_i_is_finite(b) - (int)ntm_i_is_finite(a); /* the infinite one is further from 0 */
        return sign_a * order;
    }
    if (a.denominator == b.denominator) return (a.numerator > b.numerator) - (a.numerator < b.numerator);
    ntm_i_u256 left = ntm_i_u256_product(ntm_i_magnitude(a.numerator), (ntm_i_uwide)b.denominator);
    ntm_i_u256 right = ntm_i_u256_product(ntm_i_magnitude(b.numerator), (ntm_i_uwide)a.denominator);
    return sign_a * ntm_i_u256_compare(left, right);
}

/* Whether a magnitude q + rest/d is rounded up to q + 1. */
static bool rounds_up(ntm_i_u256 q, ntm_i_uwide rest, ntm_i_uwide d, ntm_rounding rounding) {
    if (rest == 0 || rounding == NTM_ROUND_DOWN) return false;
    if (rounding == NTM_ROUND_UP) return true;
    ntm_i_uwide missing = d - rest;
    if (rest != missing) return rest > missing;
    return rounding == NTM_ROUND_HALF_UP || (q.low & 1) != 0;
}

bool ntm_i_rational_round(ntm_i_rational *out, ntm_i_rational a, uint8_t scale, ntm_rounding rounding) {
    if (scale > 38 || rounding < NTM_ROUND_HALF_UP || rounding > NTM_ROUND_UP) return false;
    if (!ntm_i_is_finite(a)) {
        *out = a;
        return true;
    }
    ntm_i_uwide power = ntm_i_power_of_ten(scale);
    ntm_i_uwide d = (ntm_i_uwide)a.denominator;
    ntm_i_uwide rest = 0;
    ntm_i_u256 q = ntm_i_u256_divide(ntm_i_u256_product(ntm_i_magnitude(a.numerator), power), d, &rest);
    if (rounds_up(q, rest, d, rounding)) q = ntm_i_u256_sum(q, (ntm_i_u256){0, 1});
    (void)ntm_i_u256_divide(q, power, &rest);
    ntm_i_uwide common = ntm_i_gcd(power, rest);
    q = ntm_i_u256_divide(q, common, &rest);
    return q.high == 0 && make(out, sign_of(a), q.low, power / common);
}

ntm_i_wide ntm_i_rational_floor(ntm_i_rational a) {
    ntm_i_wide q = a.numerator / a.denominator;
    return a.numerator % a.denominator < 0 ? q - 1 : q;
}

ntm_i_wide ntm_i_rational_ceiling(ntm_i_rational a) {
    ntm_i_wide q = a.numerator / a.denominator;
    return a.numerator % a.denominator > 0 ? q + 1 : q;
}

/* The smallest s <= 38 with d | 10^s; 39 if there is none. */
static unsigned digits_after_mark(ntm_i_uwide d) {
    unsigned twos = 0;
    unsigned fives = 0;
    for (; d % 2 == 0; d /= 2)
        twos++;
    for (; d % 5 == 0; d /= 5)
        fives++;
    unsigned digits = twos > fives ? twos : fives;
    return d == 1 && digits <= 38 ? digits : 39;
}

bool ntm_i_rational_to_decimal(ntm_decimal *out, ntm_i_rational a) {
    if (!ntm_i_is_finite(a)) return false;
    unsigned scale = digits_after_mark((ntm_i_uwide)a.denominator);
    if (scale > NTM_SCALE_MAX) return false;
    ntm_i_wide factor = (ntm_i_wide)ntm_i_power_of_ten(scale) / a.denominator;
    ntm_i_wide coefficient = 0;
    if (ntm_i_multiply_overflows(a.numerator, factor, &coefficient)) return false;
    if (coefficient < INT64_MIN || coefficient > INT64_MAX) return false;
    *out = (ntm_decimal){(int64_t)coefficient, (uint8_t)scale};
    return true;
}

/* ------------------------------------------------------------------------------------------- writing */

/* The digits, at least one before the mark, with the mark before the last `after`. */
static void put_digits(ntm_i_output *to, ntm_i_uwide value, unsigned after) {
    char digits[64];
    unsigned count = 0;
    while (value != 0 || count <= after) {
        digits[count++] = (char)('0' + (int)(value % 10));
        value /= 10;
    }
    while (count > 0) {
        ntm_i_put(to, digits[--count]);
        if (count == after && after > 0) ntm_i_put(to, '.');
    }
}

size_t ntm_i_rational_format(char *buffer, size_t capacity, ntm_i_rational a) {
    ntm_i_output to = {buffer, capacity, 0};
    if (a.numerator < 0) ntm_i_put(&to, '-');
    if (!ntm_i_is_finite(a)) {
        ntm_i_put_text(&to, "infinity");
    } else {
        ntm_i_uwide n = ntm_i_magnitude(a.numerator);
        ntm_i_uwide d = (ntm_i_uwide)a.denominator;
        unsigned after = digits_after_mark(d);
        ntm_i_uwide coefficient = 0;
        if (after <= 38 && !ntm_i_multiply_overflows(n, ntm_i_power_of_ten(after) / d, &coefficient)) {
            put_digits(&to, coefficient, after);
        } else {
            put_digits(&to, n, 0);
            ntm_i_put(&to, '/');
            put_digits(&to, d, 0);
        }
    }
    return ntm_i_put_end(&to);
}
