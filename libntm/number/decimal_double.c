/* SPDX-License-Identifier: Apache-2.0 */
/* The shortest decimal that reads back as a double. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "number/decimal.h"
#include "number/rational.h"

/* The most digits of a decimal of which a double holds every one. */
#define DIGITS_MOST INT64_C(999999999999999)

bool ntm_i_decimal_nearest_double(double *out, ntm_decimal value) {
    if (value.coefficient > DIGITS_MOST || value.coefficient < -DIGITS_MOST) return false;
    /* Both are doubles exactly (15 digits; 10^18 < 10^22), so their quotient is the double nearest to the decimal. */
    double power = 1;
    for (unsigned k = 0; k < value.scale; k++)
        power *= 10;
    *out = (double)value.coefficient / power;
    return true;
}

/* Whole numbers up to 2^53 and powers of ten up to 10^22 are doubles, and IEEE division rounds correctly, so that
   k / 10^s is the very double that the text of k × 10^-s reads as. With |k| <= 2^51 no other k of the same s gives that
   double, and counting s up finds the shortest. Covers all that people type; the rest goes the slow way. */
static bool from_quotient(ntm_decimal *out, double value) {
    static const double powers[NTM_SCALE_MAX + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                                     1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    const double largest = 2251799813685248.0; /* 2^51 */
#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0
    return false; /* wider registers would round twice */
#endif
    for (unsigned scale = 0; scale <= NTM_SCALE_MAX; scale++) {
        double whole = nearbyint(value * powers[scale]);
        if (!(fabs(whole) <= largest)) return false;
        if (whole / powers[scale] == value) {
            *out = (ntm_decimal){(int64_t)whole, (uint8_t)scale};
            return true;
        }
    }
    return false;
}

/* The digits of "d.ddde±xx", whatever the decimal mark of the C locale, and the exponent of the last digit. */
static int read_digits(char *digits, int *exponent, const char *text) {
    int count = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text >= '0' && *text <= '9') digits[count++] = *text;
    }
    digits[count] = '\0';
    *exponent = (*text == 'e' ? atoi(text + 1) : 0) - (count - 1);
    return count;
}

/* Tries 1 to 17 digits. strtod() gets no decimal mark, which would depend on the C locale. */
static void shortest_digits(char *digits, int *exponent, double magnitude) {
    for (int precision = 0; precision < 17; precision++) {
        char printed[64];
        char again[64];
        (void)snprintf(printed, sizeof printed, "%.*e", precision, magnitude);
        (void)read_digits(digits, exponent, printed);
        (void)snprintf(again, sizeof again, "%se%d", digits, *exponent);
        if (strtod(again, NULL) == magnitude) return;
    }
}

/* The digits as a whole number; at most 17 of them. */
static int64_t coefficient_of(const char *digits, bool negative) {
    int64_t coefficient = 0;
    for (const char *digit = digits; *digit != '\0'; digit++)
        coefficient = coefficient * 10 + (*digit - '0');
    return negative ? -coefficient : coefficient;
}

bool ntm_i_rational_from_double(ntm_i_rational *out, double value) {
    ntm_decimal exact;
    if (!isfinite(value)) return false;
    if (from_quotient(&exact, value)) {
        *out = ntm_i_rational_decimal(exact);
        return true;
    }
    char digits[24];
    int exponent = 0;
    shortest_digits(digits, &exponent, fabs(value));
    return ntm_i_rational_scale(out, ntm_i_rational_int(coefficient_of(digits, value < 0)), exponent);
}

ntm_status ntm_decimal_from_double(ntm_decimal *out, double value, ntm_error *err) {
    if (out == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out is NULL");
    if (!isfinite(value))
        return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_NOWHERE, "not a finite number: %s expected a number",
                          isnan(value) ? "it is NaN;" : "it is infinite;");
    if (from_quotient(out, value)) return NTM_OK;
    char digits[24];
    int exponent = 0;
    shortest_digits(digits, &exponent, fabs(value));
    ntm_decimal found = {coefficient_of(digits, value < 0), 0};
    bool fits = exponent >= -NTM_SCALE_MAX;
    if (fits && exponent < 0) found.scale = (uint8_t)-exponent;
    if (fits && exponent > 0) fits = ntm_i_decimal_shift(&found, found, (unsigned)exponent);
    if (!fits)
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE,
                          "%s%se%d does not fit 18 digits after the mark and a 64-bit coefficient",
                          value < 0 ? "-" : "", digits, exponent);
    *out = found;
    return NTM_OK;
}
