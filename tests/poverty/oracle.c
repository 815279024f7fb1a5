/* SPDX-License-Identifier: Apache-2.0 */
/* The measures from their definitions: household by household, every way in which what is unknown can be. */
#include "model.h"

#include <string.h>

bool model_deprived(const model *m, size_t indicator, int64_t value) {
    const ntm_deprivation *in = &m->indicators[indicator];
    int64_t z = in->cutoff.coefficient * (in->cutoff.scale == 0 ? 10 : 1);
    switch (in->when) {
        case NTM_DEPRIVED_LESS: return value < z;
        case NTM_DEPRIVED_LESS_OR_EQUAL: return value <= z;
        case NTM_DEPRIVED_MORE: return value > z;
        case NTM_DEPRIVED_MORE_OR_EQUAL: return value >= z;
        default: return value == 1;
    }
}

/* The quantities of one household in one completed case. */
typedef struct outcome {
    wide poor, score, gap[2], raw[MODEL_INDICATORS], censored[MODEL_INDICATORS];
} outcome;

/* `open` are the indicators that are unknown; `yes` of these are deprivations, of the largest gap. */
static void complete(outcome *out, const model *m, size_t row, uint32_t open, uint32_t yes) {
    wide score = 0;
    memset(out, 0, sizeof *out);
    for (size_t j = 0; j < m->count; j++) {
        bool unknown = (open >> j & 1) != 0;
        bool known = m->known[j][row] == NTM_REPORTED;
        bool deprived = unknown ? (yes >> j & 1) != 0 : known && model_deprived(m, j, m->value[j][row]);
        out->raw[j] = deprived;
        score += deprived ? m->whole[j] : 0;
    }
    out->poor = score >= m->cutoff;
    out->score = out->poor ? score : 0;
    for (size_t j = 0; j < m->count; j++) {
        int64_t z = m->indicators[j].cutoff.coefficient * (m->indicators[j].cutoff.scale == 0 ? 10 : 1);
        out->censored[j] = out->raw[j] * out->poor;
        if (!m->gaps || out->censored[j] == 0) continue;
        wide gap = (open >> j & 1) != 0 ? MODEL_PARTS : (wide)(z - m->value[j][row]) * (MODEL_PARTS / z);
        out->gap[0] += m->whole[j] * gap;
        out->gap[1] += m->whole[j] * gap * gap;
    }
}

static void widen(wide bounds[2], wide value, bool first) {
    if (first || value < bounds[0]) bounds[0] = value;
    if (first || value > bounds[1]) bounds[1] = value;
}

static void add(wide to[2], const wide bounds[2], wide weight) {
    to[0] += weight * bounds[0];
    to[1] += weight * bounds[1];
}

static void add_household(truth *t, const model *m, size_t row, uint32_t open) {
    wide poor[2], score[2], gap[2][2], raw[MODEL_INDICATORS][2], censored[MODEL_INDICATORS][2];
    uint32_t yes = 0;
    do { /* every subset of `open` */
        outcome o;
        bool first = yes == 0;
        complete(&o, m, row, open, yes);
        widen(poor, o.poor, first);
        widen(score, o.score, first);
        widen(gap[0], o.gap[0], first);
        widen(gap[1], o.gap[1], first);
        for (size_t j = 0; j < m->count; j++) {
            widen(raw[j], o.raw[j], first);
            widen(censored[j], o.censored[j], first);
        }
        yes = (yes - open) & open;
    } while (yes != 0);
    wide weight = m->weight[row];
    t->n += weight;
    t->poor[0] += (uint64_t)poor[0];
    t->poor[1] += (uint64_t)poor[1];
    add(t->q, poor, weight);
    add(t->score, score, weight);
    add(t->gap[0], gap[0], weight);
    add(t->gap[1], gap[1], weight);
    for (size_t j = 0; j < m->count; j++) {
        add(t->raw[j], raw[j], weight);
        add(t->censored[j], censored[j], weight);
    }
}

void model_truth(truth *out, const model *m, const int match[2]) {
    memset(out, 0, sizeof *out);
    for (size_t row = 0; row < m->rows; row++) {
        uint32_t open = 0;
        bool here = true;
        for (size_t g = 0; g < m->groups && match != NULL; g++)
            here = here && m->key[g][row] == match[g];
        if (!here) continue;
        for (size_t j = 0; j < m->count; j++) {
            bool settled = m->known[j][row] == NTM_REPORTED ||
                           (m->known[j][row] == NTM_NOT_APPLICABLE && m->indicators[j].not_applicable_is_not_deprived);
            if (!settled) open |= 1u << j;
        }
        bool incomplete = open != 0 || m->weight[row] < 0;
        out->rows++;
        out->incomplete += incomplete;
        if (incomplete && m->leave_out) {
            out->left_out++;
            out->left_out_weight += m->weight[row] < 0 ? 0 : m->weight[row];
            continue;
        }
        add_household(out, m, row, open);
    }
}

static wide gcd(wide a, wide b) { return b == 0 ? a : gcd(b, a % b); }

static bool fits(wide num, wide den) {
    wide common = gcd(num, den);
    return num / common <= INT64_MAX && den / common <= INT64_MAX;
}

void model_is(ntm_fraction bound, wide num, wide den) {
    wide common = gcd(num, den);
    assert_true(den > 0);
    assert_true(bound.numerator == num / common);
    assert_true(bound.denominator == den / common);
}

/* Six digits, rounded half up: printing works also where the fraction does not fit. */
static void is_printed(ntm_decimal printed, wide num, wide den) {
    assert_int_equal(printed.scale, 6);
    assert_true(printed.coefficient == (2 * num * 1000000 + den) / (2 * den));
}

/* Bounds that are exactly these, or undefined without a denominator. */
static void is_range(const ntm_poverty *result, size_t group, ntm_measure of, size_t indicator, const wide sums[2],
                     wide den) {
    ntm_measured got = {NTM_MAYBE_DEFINED, {7, 7}, {7, 7}};
    ntm_decimal low, high;
    ntm_error err = NTM_ERROR_INIT;
    if (den == 0) {
        assert_ok(ntm_poverty_get(&got, result, group, of, indicator, &err), &err);
        assert_int_equal(got.defined, NTM_UNDEFINED);
        assert_int_equal(got.least.denominator, 0);
        assert_int_equal(got.most.denominator, 0);
        assert_fails(ntm_poverty_rounded(&low, &high, result, group, of, indicator, 0, 6, NTM_ROUND_HALF_UP, &err),
                     NTM_ERROR_NOT_FOUND, &err, "undefined");
        return;
    }
    assert_ok(ntm_poverty_rounded(&low, &high, result, group, of, indicator, 0, 6, NTM_ROUND_HALF_UP, &err), &err);
    is_printed(low, sums[0], den);
    is_printed(high, sums[1], den);
    if (!fits(sums[0], den) || !fits(sums[1], den)) {
        assert_fails(ntm_poverty_get(&got, result, group, of, indicator, &err), NTM_ERROR_OVERFLOW, &err, "64 bits");
        assert_int_equal(got.least.denominator, 7);
        return;
    }
    assert_ok(ntm_poverty_get(&got, result, group, of, indicator, &err), &err);
    assert_int_equal(got.defined, NTM_DEFINED);
    model_is(got.least, sums[0], den);
    model_is(got.most, sums[1], den);
}

/* A and contributions: exact without incomplete rows; bounds that hold otherwise are tested by trying every case. */
static void compare_ratios(const model *m, const ntm_poverty *result, size_t group, const truth *t) {
    ntm_measured got;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_poverty_get(&got, result, group, NTM_MEASURE_A, 0, &err), &err);
    int defined = t->q[1] == 0 || t->n == 0 ? NTM_UNDEFINED : t->q[0] == 0 ? NTM_MAYBE_DEFINED : NTM_DEFINED;
    assert_int_equal(got.defined, defined);
    if (defined == NTM_UNDEFINED || t->incomplete > t->left_out) return;
    model_is(got.least, t->score[0], t->q[0] * m->total);
    model_is(got.most, t->score[0], t->q[0] * m->total);
    for (size_t j = 0; j < m->count; j++) {
        assert_ok(ntm_poverty_get(&got, result, group, NTM_MEASURE_CONTRIBUTION, j, &err), &err);
        assert_int_equal(got.defined, NTM_DEFINED);
        model_is(got.least, t->censored[j][0] * m->whole[j], t->score[0]);
        model_is(got.most, t->censored[j][0] * m->whole[j], t->score[0]);
    }
}

void model_compare(const model *m, const ntm_poverty *result, size_t group, const truth *t) {
    ntm_poverty_rows rows;
    ntm_error err = NTM_ERROR_INIT;
    wide n[2] = {t->n, t->n}, left_out[2] = {t->left_out_weight, t->left_out_weight}, one = m->weighted ? 100 : 1;
    assert_ok(ntm_poverty_count(&rows, result, group, &err), &err);
    assert_int_equal(rows.rows, t->rows);
    assert_int_equal(rows.incomplete, t->incomplete);
    assert_int_equal(rows.left_out, t->left_out);
    assert_int_equal(rows.poor.least, t->poor[0]);
    assert_int_equal(rows.poor.most, t->poor[1]);
    is_range(result, group, NTM_MEASURE_POPULATION, 0, n, one);
    is_range(result, group, NTM_MEASURE_LEFT_OUT, 0, left_out, one);
    is_range(result, group, NTM_MEASURE_POOR, 0, t->q, one);
    is_range(result, group, NTM_MEASURE_H, 0, t->q, t->n);
    is_range(result, group, NTM_MEASURE_M0, 0, t->score, t->n * m->total);
    for (size_t j = 0; j < m->count; j++) {
        is_range(result, group, NTM_MEASURE_RAW, j, t->raw[j], t->n);
        is_range(result, group, NTM_MEASURE_CENSORED, j, t->censored[j], t->n);
    }
    if (m->gaps) {
        is_range(result, group, NTM_MEASURE_M1, 0, t->gap[0], t->n * m->total * MODEL_PARTS);
        is_range(result, group, NTM_MEASURE_M2, 0, t->gap[1], t->n * m->total * MODEL_PARTS * MODEL_PARTS);
    }
    compare_ratios(m, result, group, t);
}
