/* SPDX-License-Identifier: Apache-2.0 */
/* Printed shares: which ratios round to a printed figure, by the ties of each rounding. */
#include "number/wide.h"
#include "reconcile/balance.h"

bool ntm_i_share_ratio(ntm_i_rational *out, const ntm_balance_share *share, ntm_i_rational part, ntm_i_rational whole) {
    ntm_i_rational ratio;
    return whole.numerator > 0 && ntm_i_rational_divide(&ratio, part, whole) &&
           ntm_i_rational_scale(out, ratio, (int)share->percent_digits);
}

/* Ratios of one side of zero: `k` units of 10^-scale, k >= 0. Below zero it is the mirror image. */
static void bounds_of_magnitude(ntm_i_ratio_bounds *out, ntm_rounding rounding, ntm_i_wide k) {
    ntm_i_wide low = 2 * k, high = 2 * k; /* in half units */
    bool low_open = false, high_open = true;
    switch (rounding) {
        case NTM_ROUND_HALF_UP:
            low -= 1;
            high += 1;
            low_open = k == 0;
            break;
        case NTM_ROUND_HALF_EVEN:
            low -= 1;
            high += 1;
            low_open = high_open = k % 2 != 0;
            break;
        case NTM_ROUND_DOWN:
            high += 2;
            if (k == 0) low -= 2;
            low_open = k == 0;
            break;
        case NTM_ROUND_UP:
            if (k > 0) low -= 2;
            low_open = k > 0;
            high_open = false;
            break;
    }
    *out = (ntm_i_ratio_bounds){{low, 1}, {high, 1}, low_open, high_open};
}

static void mirror(ntm_i_ratio_bounds *b) {
    ntm_i_ratio_bounds old = *b;
    b->least = (ntm_i_rational){-old.most.numerator, old.most.denominator};
    b->most = (ntm_i_rational){-old.least.numerator, old.least.denominator};
    b->least_open = old.most_open;
    b->most_open = old.least_open;
}

bool ntm_i_share_bounds(ntm_i_ratio_bounds *out, const ntm_balance_share *share, ntm_i_rational printed, bool *fits) {
    ntm_i_rational units;
    *fits = ntm_i_rational_scale(&units, printed, share->scale) && ntm_i_magnitude(units.numerator) >> 120 == 0;
    if (!*fits || units.denominator != 1) return false;
    bounds_of_magnitude(out, share->rounding, units.numerator < 0 ? -units.numerator : units.numerator);
    if (units.numerator < 0) mirror(out);
    ntm_i_rational half = {1, 2};
    *fits = ntm_i_rational_multiply(&out->least, out->least, half) &&
            ntm_i_rational_multiply(&out->most, out->most, half) &&
            ntm_i_rational_scale(&out->least, out->least, -(int)share->scale) &&
            ntm_i_rational_scale(&out->most, out->most, -(int)share->scale);
    return *fits;
}
