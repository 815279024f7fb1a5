/* SPDX-License-Identifier: Apache-2.0 */
#include "number/interval.h"

/* Bounds add up bound by bound; an infinite one stays infinite. */
bool ntm_i_interval_add(ntm_i_interval *out, ntm_i_interval a, ntm_i_interval b) {
    ntm_i_interval sum = NTM_I_ANYTHING;
    if (ntm_i_is_finite(a.least) && ntm_i_is_finite(b.least) && !ntm_i_rational_add(&sum.least, a.least, b.least))
        return false;
    if (ntm_i_is_finite(a.most) && ntm_i_is_finite(b.most) && !ntm_i_rational_add(&sum.most, a.most, b.most))
        return false;
    *out = sum;
    return true;
}

static ntm_i_rational negated(ntm_i_rational a) {
    a.numerator = -a.numerator;
    return a;
}

bool ntm_i_interval_subtract(ntm_i_interval *out, ntm_i_interval a, ntm_i_interval b) {
    return ntm_i_interval_add(out, a, (ntm_i_interval){negated(b.most), negated(b.least)});
}

static bool multiply_bounds(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b) {
    if (a.numerator == 0 || b.numerator == 0) {
        *out = ntm_i_rational_int(0);
        return true;
    }
    return ntm_i_rational_multiply(out, a, b);
}

bool ntm_i_interval_multiply(ntm_i_interval *out, ntm_i_interval a, ntm_i_interval b) {
    ntm_i_rational corner[4];
    if (!multiply_bounds(&corner[0], a.least, b.least) || !multiply_bounds(&corner[1], a.least, b.most) ||
        !multiply_bounds(&corner[2], a.most, b.least) || !multiply_bounds(&corner[3], a.most, b.most))
        return false;
    *out = ntm_i_point(corner[0]);
    for (size_t i = 1; i < 4; i++) {
        out->least = ntm_i_smaller(corner[i], out->least);
        out->most = ntm_i_larger(corner[i], out->most);
    }
    return true;
}

static bool invert(ntm_i_rational *out, ntm_i_rational a) {
    if (!ntm_i_is_finite(a)) {
        *out = ntm_i_rational_int(0);
        return true;
    }
    return ntm_i_rational_divide(out, ntm_i_rational_int(1), a);
}

bool ntm_i_interval_divide(ntm_i_interval *out, ntm_i_interval a, ntm_i_interval b) {
    if (b.least.numerator <= 0) {
        *out = NTM_I_ANYTHING;
        return true;
    }
    ntm_i_interval inverse;
    return invert(&inverse.least, b.most) && invert(&inverse.most, b.least) && ntm_i_interval_multiply(out, a, inverse);
}

ntm_i_interval ntm_i_interval_minimum(ntm_i_interval a, ntm_i_interval b) {
    return (ntm_i_interval){ntm_i_smaller(a.least, b.least), ntm_i_smaller(a.most, b.most)};
}

ntm_i_interval ntm_i_interval_maximum(ntm_i_interval a, ntm_i_interval b) {
    return (ntm_i_interval){ntm_i_larger(a.least, b.least), ntm_i_larger(a.most, b.most)};
}
