/* SPDX-License-Identifier: Apache-2.0 */
/* One sum in another, exactly, and as text. */
#include "base/output.h"
#include "cube/cube.h"
#include "number/decimal.h"
#include "number/wide.h"

ntm_status ntm_rate_of(ntm_rate *out, const ntm_cube_cell *part, const ntm_cube_cell *whole, ntm_error *err) {
    if (out == NULL || part == NULL || whole == NULL)
        return ntm_i_wrong_call(err, "a place for the rate and two cells are needed");
    bool nothing = part->known == NTM_NOT_APPLICABLE || whole->known == NTM_NOT_APPLICABLE;
    if (!nothing && part->stock != whole->stock)
        return ntm_i_fail(err, NTM_ERROR_UNIT, NTM_I_NOWHERE, "a stock and a flow have no rate");
    ntm_rate rate = {NTM_NOT_APPLICABLE, {0, 0}, false, false};
    bool open = part->known == NTM_NOT_REPORTED || whole->known == NTM_NOT_REPORTED;
    if (!nothing && whole->sum != 0) {
        ntm_i_wide above = part->sum, below = whole->sum;
        ntm_i_wide divisor = (ntm_i_wide)ntm_i_gcd(ntm_i_magnitude(above), ntm_i_magnitude(below));
        if (below < 0) divisor = -divisor;
        above /= divisor;
        below /= divisor;
        /* The smallest of all numbers has no opposite: then the ratio does not fit, and only its sides are told. */
        if (above <= INT64_MAX && below <= INT64_MAX) rate.ratio = (ntm_fraction){(int64_t)above, (int64_t)below};
        rate.negative = above < 0;
        rate.above_one = above > below;
        rate.known = open ? NTM_NOT_REPORTED : NTM_REPORTED;
    } else if (!nothing && open) {
        rate.known = NTM_NOT_REPORTED;
    }
    *out = rate;
    return NTM_OK;
}

size_t ntm_rate_format(char *buffer, size_t capacity, const ntm_rate *rate, uint8_t digits, ntm_rounding rounding,
                       ntm_language language) {
    ntm_i_output to = {buffer, capacity, 0};
    char number[64];
    ntm_decimal percent;
    bool vietnamese = language == NTM_VI;
    if (rate == NULL || rate->known == NTM_NOT_APPLICABLE) {
        ntm_i_put_text(&to, "–");
    } else if (rate->known == NTM_NOT_REPORTED) {
        ntm_i_put_text(&to, vietnamese ? "để ngỏ" : "open");
    } else if (digits > 9 || rate->ratio.denominator == 0 ||
               ntm_decimal_ratio(&percent, rate->ratio.numerator, rate->ratio.denominator, 2, digits, rounding, NULL) !=
                   NTM_OK) {
        ntm_i_put_text(&to, "?");
    } else {
        (void)ntm_decimal_format(number, sizeof number, percent, vietnamese ? NTM_LOCALE_VI : NTM_LOCALE_EN);
        ntm_i_put_text(&to, number);
        ntm_i_put_text(&to, vietnamese ? " %" : "%");
    }
    return ntm_i_put_end(&to);
}
