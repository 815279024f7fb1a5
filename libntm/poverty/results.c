/* SPDX-License-Identifier: Apache-2.0 */
/* Measures out of sums. Everything is exact in 128 bits; docs/poverty.md derives the bounds. */
#include "number/decimal.h"
#include "poverty/measure.h"

/* Least and most of one quantity, in exact rationals. */
typedef struct range {
    ntm_i_rational least, most;
} range;

typedef struct view {
    const ntm_poverty *p;
    size_t group; /* position, or NTM_TOTAL */
    bool fits;    /* false for good once something on the way does not */
} view;

static const char *const measure_names[] = {"",   "population", "left out", "poor", "H",        "A",
                                            "M0", "M1",         "M2",       "raw",  "censored", "contribution"};

/* ------------------------------------------------------------------------------------------- sums */

/* A sum of one weighing and slot over the view's rows. */
static ntm_i_wide weighed_sum(const view *v, size_t weighing, size_t slot, size_t at) {
    const ntm_poverty *p = v->p;
    if (v->group != NTM_TOTAL) return ntm_i_poverty_record(p, p->groups.order[v->group], weighing, slot)[at];
    ntm_i_wide sum = 0;
    for (size_t group = 0; group < ntm_i_groups_count(&p->groups); group++)
        sum += ntm_i_poverty_record(p, group, weighing, slot)[at];
    return sum;
}

/* A sum of weights: the two halves put together. Below 2^63 × 2^32. */
static ntm_i_wide slot_sum(const view *v, size_t slot, size_t at) {
    if (v->p->weighings == 1) return weighed_sum(v, NTM_I_WEIGH_ROWS, slot, at);
    return (weighed_sum(v, NTM_I_WEIGH_HIGH, slot, at) << 32) + weighed_sum(v, NTM_I_WEIGH_LOW, slot, at);
}

static bool bounds_of(const ntm_poverty *p) { return p->incomplete == NTM_INCOMPLETE_BOUNDS; }

/* A place of the record as a range: complete rows, and incomplete ones at their least and most. */
static range sum_range(const view *v, size_t at) {
    ntm_i_wide complete = slot_sum(v, NTM_I_COMPLETE, at);
    range r = {{complete, 1}, {complete, 1}};
    if (bounds_of(v->p)) {
        r.least.numerator += slot_sum(v, NTM_I_LEAST, at);
        r.most.numerator += slot_sum(v, NTM_I_MOST, at);
    }
    return r;
}

static range raw_range(const view *v, size_t used) { return sum_range(v, 2 + used); }
static range censored_range(const view *v, size_t used) { return sum_range(v, 2 + v->p->weights.count + used); }

/* ------------------------------------------------------------------------------------------- arithmetic */

static ntm_i_rational plus(view *v, ntm_i_rational a, ntm_i_rational b) {
    ntm_i_rational out = {0, 1};
    v->fits = v->fits && ntm_i_rational_add(&out, a, b);
    return out;
}

static ntm_i_rational times(view *v, ntm_i_rational a, ntm_i_rational b) {
    ntm_i_rational out = {0, 1};
    v->fits = v->fits && ntm_i_rational_multiply(&out, a, b);
    return out;
}

/* b > 0. */
static ntm_i_rational over(view *v, ntm_i_rational a, ntm_i_rational b) {
    ntm_i_rational out = {0, 1};
    v->fits = v->fits && ntm_i_rational_divide(&out, a, b);
    return out;
}

static ntm_i_rational minus(view *v, ntm_i_rational a, ntm_i_rational b) {
    b.numerator = -b.numerator;
    return plus(v, a, b);
}

static ntm_i_rational whole(uint64_t value) { return (ntm_i_rational){(ntm_i_wide)value, 1}; }

static range range_over(view *v, range a, ntm_i_rational b) { return (range){over(v, a.least, b), over(v, a.most, b)}; }

/* Sum of weight × censored sum: the scores of the poor, × total. */
static range score_range(view *v) {
    range score = {{0, 1}, {0, 1}};
    for (size_t j = 0; j < v->p->weights.count; j++) {
        range censored = censored_range(v, j);
        ntm_i_rational weight = whole(v->p->weights.whole[j]);
        score.least = plus(v, score.least, times(v, weight, censored.least));
        score.most = plus(v, score.most, times(v, weight, censored.most));
    }
    return score;
}

/* ------------------------------------------------------------------------------------------- measures */

/* Of a range that has a number only where `divisor` is above 0. */
static ntm_defined defined_by(range divisor) {
    if (divisor.most.numerator == 0) return NTM_UNDEFINED;
    return divisor.least.numerator == 0 ? NTM_MAYBE_DEFINED : NTM_DEFINED;
}

/* A = S / (q × total). Whoever may be poor besides scores at least the cut-off and at most what S has most:
   least S plus those scores at the cut-off, over all; most S over the sure poor and, of the others, what their scores
   leave room for. */
static ntm_defined intensity(range *out, view *v) {
    range q = sum_range(v, 1), score = score_range(v);
    ntm_i_rational total = whole(v->p->weights.total);
    ntm_i_rational perhaps = times(v, minus(v, q.most, q.least), whole(v->p->weights.cutoff));
    ntm_i_rational one = {1, 1};
    if (q.most.numerator == 0) return NTM_UNDEFINED;
    out->least = over(v, plus(v, score.least, perhaps), times(v, q.most, total));
    out->most = over(v, score.most, plus(v, times(v, q.least, total), perhaps));
    if (v->fits && ntm_i_rational_compare(out->most, one) > 0) out->most = one;
    return defined_by(q);
}

/* x / (x + y) with x of this indicator and y of the others: grows with x, falls with y. */
static ntm_defined contribution(range *out, view *v, size_t used) {
    range score = score_range(v), x = censored_range(v, used);
    ntm_i_rational weight = whole(v->p->weights.whole[used]);
    x.least = times(v, x.least, weight);
    x.most = times(v, x.most, weight);
    ntm_i_rational low = plus(v, x.least, minus(v, score.most, x.most));
    ntm_i_rational high = plus(v, x.most, minus(v, score.least, x.least));
    if (score.most.numerator == 0) return NTM_UNDEFINED;
    /* Nothing of this one for certain, and nothing possible of the others: if there is any, it is all. */
    out->least = low.numerator == 0 ? (ntm_i_rational){1, 1} : over(v, x.least, low);
    out->most = high.numerator == 0 ? (ntm_i_rational){0, 1} : over(v, x.most, high);
    return defined_by(score);
}

/* Sum of weight × gap^power of one slot. */
static ntm_i_rational gap_sum(view *v, size_t slot, size_t used, unsigned power) {
    const ntm_poverty *p = v->p;
    ntm_i_rational sum = {0, 1};
    size_t first = v->group == NTM_TOTAL ? 0 : p->groups.order[v->group];
    size_t end = v->group == NTM_TOTAL ? ntm_i_groups_count(&p->groups) : first + 1;
    for (size_t group = first; group < end; group++) {
        ntm_i_wide one = p->gaps[group * ntm_i_gap_stride(p) + slot * 2 * p->weights.count + 2 * used + power - 1];
        sum = plus(v, sum, (ntm_i_rational){one, 1});
    }
    return sum;
}

/* Sum over indicators of weight/total × gaps/(z^power), over n. */
static void gap_range(range *out, view *v, ntm_i_rational n, unsigned power) {
    const ntm_poverty *p = v->p;
    *out = (range){{0, 1}, {0, 1}};
    for (size_t j = 0; j < p->weights.count; j++) {
        range sum;
        ntm_i_rational line = {p->lines[j], 1};
        ntm_i_rational weight = over(v, whole(p->weights.whole[j]), whole(p->weights.total));
        sum.least = sum.most = gap_sum(v, NTM_I_COMPLETE, j, power);
        if (bounds_of(p)) {
            sum.least = plus(v, sum.least, gap_sum(v, NTM_I_LEAST, j, power));
            sum.most = plus(v, sum.most, gap_sum(v, NTM_I_MOST, j, power));
        }
        for (unsigned i = 0; i < power; i++)
            sum = range_over(v, sum, line);
        out->least = plus(v, out->least, times(v, weight, sum.least));
        out->most = plus(v, out->most, times(v, weight, sum.most));
    }
    *out = range_over(v, *out, n);
}

/* Weights are whole numbers × 10^-scale: a sum of them, not a ratio, has to be brought back. */
static range unscaled(view *v, range r) {
    for (unsigned i = 0; i < v->p->scale; i++)
        r = range_over(v, r, (ntm_i_rational){10, 1});
    return r;
}

static ntm_defined population(range *out, view *v, ntm_measure of) {
    *out = sum_range(v, of == NTM_MEASURE_POOR ? 1 : 0);
    if (of == NTM_MEASURE_LEFT_OUT) {
        ntm_i_wide left_out = bounds_of(v->p) ? 0 : slot_sum(v, NTM_I_LEAST, 0);
        *out = (range){{left_out, 1}, {left_out, 1}};
    }
    *out = unscaled(v, *out);
    return NTM_DEFINED;
}

static ntm_defined derive(range *out, view *v, ntm_measure of, size_t used) {
    range n = sum_range(v, 0);
    *out = (range){{0, 1}, {0, 1}};
    if (of <= NTM_MEASURE_POOR) return population(out, v, of);
    if (of >= NTM_MEASURE_RAW && used == SIZE_MAX) return NTM_UNDEFINED;
    if (n.most.numerator == 0) return NTM_UNDEFINED;
    switch (of) {
        case NTM_MEASURE_H: *out = range_over(v, sum_range(v, 1), n.most); break;
        case NTM_MEASURE_A: return intensity(out, v);
        case NTM_MEASURE_M0:
            *out = range_over(v, range_over(v, score_range(v), whole(v->p->weights.total)), n.most);
            break;
        case NTM_MEASURE_M1:
        case NTM_MEASURE_M2: gap_range(out, v, n.most, of == NTM_MEASURE_M1 ? 1 : 2); break;
        case NTM_MEASURE_RAW: *out = range_over(v, raw_range(v, used), n.most); break;
        case NTM_MEASURE_CENSORED: *out = range_over(v, censored_range(v, used), n.most); break;
        default: return contribution(out, v, used);
    }
    return NTM_DEFINED;
}

/* ------------------------------------------------------------------------------------------- asking */

static ntm_status check_group(const ntm_poverty *p, size_t group, ntm_error *err) {
    if (p == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the result is NULL");
    return ntm_i_groups_check(&p->groups, group, err);
}

static ntm_status too_large(const view *v, ntm_measure of, const char *what, ntm_error *err) {
    char name[200];
    (void)ntm_i_groups_name(name, sizeof name, &v->p->groups, v->group);
    return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT(name), "%s does not fit %s", measure_names[of], what);
}

static const char *why_undefined(const ntm_poverty *p, ntm_measure of, size_t indicator) {
    if (of >= NTM_MEASURE_RAW && p->weights.used[indicator] == SIZE_MAX) return "the indicator has no weight";
    bool of_poor = of == NTM_MEASURE_A || of == NTM_MEASURE_CONTRIBUTION;
    return of_poor ? "nobody is poor" : "nobody counts";
}

static ntm_status ask(range *out, ntm_defined *defined, const ntm_poverty *p, size_t group, ntm_measure of,
                      size_t indicator, ntm_error *err) {
    view v = {p, group, true};
    ntm_status status = check_group(p, group, err);
    if (status != NTM_OK) return status;
    if (of < NTM_MEASURE_POPULATION || of > NTM_MEASURE_CONTRIBUTION)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "%d is no ntm_measure", (int)of);
    if ((of == NTM_MEASURE_M1 || of == NTM_MEASURE_M2) && !p->has_gaps)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "gaps were not measured: set options.gaps");
    if (of >= NTM_MEASURE_RAW && indicator >= p->indicators)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "there is no indicator %zu: there are %zu", indicator,
                          p->indicators);
    *defined = derive(out, &v, of, of >= NTM_MEASURE_RAW ? p->weights.used[indicator] : 0);
    return v.fits ? NTM_OK : too_large(&v, of, "128 bits on the way", err);
}

static bool to_fraction(ntm_fraction *out, ntm_i_rational value) {
    if (value.numerator < INT64_MIN || value.numerator > INT64_MAX || value.denominator > INT64_MAX) return false;
    *out = (ntm_fraction){(int64_t)value.numerator, (int64_t)value.denominator};
    return true;
}

ntm_status ntm_poverty_get(ntm_measured *out, const ntm_poverty *poverty, size_t group, ntm_measure of,
                           size_t indicator, ntm_error *err) {
    range exact;
    ntm_measured made = {NTM_UNDEFINED, {0, 0}, {0, 0}};
    if (out == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out is NULL");
    ntm_status status = ask(&exact, &made.defined, poverty, group, of, indicator, err);
    if (status != NTM_OK) return status;
    view v = {poverty, group, true};
    if (made.defined != NTM_UNDEFINED &&
        (!to_fraction(&made.least, exact.least) || !to_fraction(&made.most, exact.most)))
        return too_large(&v, of, "a fraction of 64 bits", err);
    *out = made;
    return NTM_OK;
}

static bool round_one(ntm_decimal *out, ntm_i_rational value, unsigned digits, uint8_t scale, ntm_rounding rounding) {
    ntm_decimal shortest = {0, 0};
    bool lost = false;
    if (!ntm_i_rational_scale(&value, value, (int)digits) || !ntm_i_rational_round(&value, value, scale, rounding) ||
        !ntm_i_rational_to_decimal(&shortest, value))
        return false;
    out->scale = scale;
    return ntm_i_decimal_at_scale(&out->coefficient, shortest, scale, &lost);
}

ntm_status ntm_poverty_rounded(ntm_decimal *least, ntm_decimal *most, const ntm_poverty *poverty, size_t group,
                               ntm_measure of, size_t indicator, unsigned percent_digits, uint8_t scale,
                               ntm_rounding rounding, ntm_error *err) {
    range exact;
    ntm_defined defined = NTM_UNDEFINED;
    ntm_decimal low = {0, 0}, high = {0, 0};
    if (scale > NTM_SCALE_MAX || percent_digits > NTM_SCALE_MAX || rounding < NTM_ROUND_HALF_UP ||
        rounding > NTM_ROUND_UP)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "digits above %d, or no ntm_rounding", NTM_SCALE_MAX);
    ntm_status status = ask(&exact, &defined, poverty, group, of, indicator, err);
    if (status != NTM_OK) return status;
    view v = {poverty, group, true};
    if (defined == NTM_UNDEFINED) {
        char name[200];
        (void)ntm_i_groups_name(name, sizeof name, &poverty->groups, group);
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(name), "%s is undefined: %s", measure_names[of],
                          why_undefined(poverty, of, indicator));
    }
    if (!round_one(&low, exact.least, percent_digits, scale, rounding) ||
        !round_one(&high, exact.most, percent_digits, scale, rounding))
        return too_large(&v, of, "a decimal", err);
    if (least != NULL) *least = low;
    if (most != NULL) *most = high;
    return NTM_OK;
}

size_t ntm_poverty_groups(const ntm_poverty *poverty) {
    return poverty == NULL ? 0 : ntm_i_groups_shown(&poverty->groups);
}

ntm_status ntm_poverty_key(ntm_group_key *out, const ntm_poverty *poverty, size_t group, size_t field, ntm_error *err) {
    return ntm_i_groups_key(out, poverty == NULL ? NULL : &poverty->groups, group, field, err);
}

ntm_status ntm_poverty_count(ntm_poverty_rows *out, const ntm_poverty *poverty, size_t group, ntm_error *err) {
    ntm_status status = check_group(poverty, group, err);
    if (status != NTM_OK) return status;
    if (out == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out is NULL");
    view v = {poverty, group, true};
    uint64_t complete = (uint64_t)weighed_sum(&v, NTM_I_WEIGH_ROWS, NTM_I_COMPLETE, 0);
    uint64_t poor = (uint64_t)weighed_sum(&v, NTM_I_WEIGH_ROWS, NTM_I_COMPLETE, 1);
    uint64_t incomplete = (uint64_t)weighed_sum(&v, NTM_I_WEIGH_ROWS, NTM_I_LEAST, 0);
    *out = (ntm_poverty_rows){complete + incomplete, incomplete, bounds_of(poverty) ? 0 : incomplete, {poor, poor}};
    if (bounds_of(poverty)) {
        out->poor.least += (uint64_t)weighed_sum(&v, NTM_I_WEIGH_ROWS, NTM_I_LEAST, 1);
        out->poor.most += (uint64_t)weighed_sum(&v, NTM_I_WEIGH_ROWS, NTM_I_MOST, 1);
    }
    return NTM_OK;
}
