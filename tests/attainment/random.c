/* SPDX-License-Identifier: Apache-2.0 */
/* Random sets over random tables: all kernels agree bit for bit, and with an evaluator written from the documents;
 * the order of rows, the way they are cut up and the types of columns change nothing. A failing seed is printed; give
 * it back as NTM_TEST_SEED. */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ntm_kernels kernels[] = {NTM_KERNELS_REFERENCE, NTM_KERNELS_PLAIN, NTM_KERNELS_BEST};
static const char *const kernel_names[] = {"reference", "plain", "best"};
static const size_t sizes[] = {1, 63, 64, 65, 0, 300, 2047, 2048, 2049, 7, 128, 129};

static model m; /* large */

/* A result, or NULL and the row where the numbers are too large for exact arithmetic. */
static ntm_attainment *evaluate_kept(const sheet *s, ntm_kernels which, uint64_t seed, bool values, uint64_t *row) {
    ntm_attainment *result = NULL;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan_options options = s->plan;
    options.kernels = which;
    model_give(&m, &options);
    ntm_status status = ntm_plan_new(&plan, m.kit.set, &options, &err);
    if (status != NTM_OK) fail_msg("seed %llu: no plan: %s: %s", (unsigned long long)seed, err.subject, err.message);
    ntm_evaluate_options how = s->evaluate;
    how.ignore_unknown = true; /* a set uses some of the facts that a table may hold */
    how.keep_values = values;
    status = ntm_evaluate(&result, plan, &s->table, &how, &err);
    ntm_plan_free(plan);
    if (status != NTM_OK && status != NTM_ERROR_OVERFLOW)
        fail_msg("seed %llu: %s: %s: %s, row %lld", (unsigned long long)seed, ntm_status_name(status), err.subject,
                 err.message, (long long)err.row);
    *row = err.row;
    return result;
}

static ntm_attainment *evaluate(const sheet *s, ntm_kernels which, uint64_t seed) {
    uint64_t row = 0;
    return evaluate_kept(s, which, seed, false, &row);
}

static void one_row(const ntm_attainment *got, const truth *t, size_t row, size_t as, uint64_t seed) {
    verdicts want;
    oracle_row(&want, &m, t, as, 2020 - YEAR_FIRST);
    if (want.overflow) return;
    const char *what = NULL;
    size_t which = 0;
    for (size_t at = 0; at < (size_t)m.first[m.criterion_count] && what == NULL; at++) {
        which = at;
        if (ntm_attainment_indicator(got, row, at) != want.indicators[at]) what = "indicator";
    }
    for (size_t at = 0; at < (size_t)m.criterion_count && what == NULL; at++) {
        which = at;
        if (ntm_attainment_criterion(got, row, at) != want.criteria[at]) what = "criterion";
    }
    for (size_t at = 0; at < (size_t)m.precondition_count && what == NULL; at++) {
        which = at;
        if (ntm_attainment_precondition(got, row, at) != want.preconditions[at]) what = "precondition";
    }
    ntm_bounds met = ntm_attainment_criteria_met(got, row);
    ntm_bounds grade = ntm_attainment_grade(got, row);
    if (what == NULL && (met.least != want.met.least || met.most != want.met.most)) what = "criteria met";
    if (what == NULL && ntm_attainment_criteria_status(got, row) != want.criteria_status) what = "criteria status";
    if (what == NULL && ntm_attainment_status(got, row) != want.status) what = "status";
    if (what == NULL && ntm_attainment_revocation(got, row) != want.revocation) what = "revocation";
    if (what == NULL && (grade.least != want.grade.least || grade.most != want.grade.most)) what = "grade";
    if (what != NULL)
        fail_msg("seed %llu, row %zu: %s %zu is not what docs/algebra.md says", (unsigned long long)seed, row, what,
                 which);
}

/* ------------------------------------------------------------------------------------------- kept values */

static size_t values_seen[4]; /* not known at all, known from one side, between two numbers, known */

static void seen(const ntm_range *range) {
    bool least = range->least.denominator != 0, most = range->most.denominator != 0;
    bool equal = range->least.numerator == range->most.numerator && range->least.denominator == range->most.denominator;
    values_seen[least && most ? (equal ? 3 : 2) : least || most]++;
}

static bool same_range(const ntm_range *a, const ntm_range *b) {
    return a->least.numerator == b->least.numerator && a->least.denominator == b->least.denominator &&
           a->most.numerator == b->most.numerator && a->most.denominator == b->most.denominator;
}

/* A value of a row, or its score. */
static void one_value(const ntm_attainment *got, const verdicts *want, size_t row, size_t index, uint64_t seed) {
    const ntm_range *all = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_range range;
    long long which = index == NTM_SCORE ? -1 : (long long)index;
    const exactly *wanted = index == NTM_SCORE ? &want->score : &want->values[index];
    assert_ok(ntm_attainment_values(&all, got, index, &err), &err);
    assert_ok(ntm_attainment_value(&range, got, row, index, &err), &err);
    if (!same_range(&range, &all[row]))
        fail_msg("seed %llu, row %zu: value %lld alone is another than in its column", (unsigned long long)seed, row,
                 which);
    if (want->values_overflow) return;
    const ntm_range *like = &wanted->range;
    if (!wanted->fits || !same_range(&range, like))
        fail_msg("seed %llu, row %zu: value %lld is %lld/%lld to %lld/%lld, wanted %lld/%lld to %lld/%lld",
                 (unsigned long long)seed, row, which, (long long)range.least.numerator,
                 (long long)range.least.denominator, (long long)range.most.numerator, (long long)range.most.denominator,
                 (long long)like->least.numerator, (long long)like->least.denominator, (long long)like->most.numerator,
                 (long long)like->most.denominator);
    seen(&range);
}

/* Why no values could be kept: the first row in which one is beyond 64 bits, or beyond exact arithmetic. */
static void too_large(const truth *t, uint64_t row, uint64_t seed) {
    for (size_t at = 0; at < t->rows && at <= row; at++) {
        verdicts want;
        oracle_row(&want, &m, t, at, 2020 - YEAR_FIRST);
        if (want.values_overflow) return; /* beyond this evaluator, so the library may say either */
        bool fits = want.score.fits;
        for (int value = 0; value < m.value_count; value++)
            fits = fits && want.values[value].fits;
        if (fits != (at < row))
            fail_msg("seed %llu: values are too large for 64 bits in row %zu, the error names %llu",
                     (unsigned long long)seed, at, (unsigned long long)row);
    }
}

/* The verdicts stay the same when values are kept, and the values are those of the documents. */
static void kept_values(const sheet *s, const truth *t, const ntm_attainment *without, ntm_kernels which,
                        uint64_t seed) {
    uint64_t row = 0;
    ntm_error err = NTM_ERROR_INIT;
    const ntm_range *none = NULL;
    const size_t count = (size_t)m.value_count;
    ntm_attainment *got = evaluate_kept(s, which, seed, true, &row);
    if (got == NULL) {
        if (without != NULL) too_large(t, row, seed);
        return;
    }
    if (without == NULL) fail_msg("seed %llu: an overflow only without values", (unsigned long long)seed);
    assert_same_results(m.kit.set, without, got, "with and without values");
    for (size_t at = 0; at < t->rows; at++) {
        verdicts want;
        oracle_row(&want, &m, t, at, 2020 - YEAR_FIRST);
        for (size_t value = 0; value < count; value++)
            one_value(got, &want, at, value, seed);
        if (m.grade >= 0) one_value(got, &want, at, NTM_SCORE, seed);
    }
    assert_int_equal(ntm_attainment_values(&none, got, count, &err), NTM_ERROR_ARGUMENT);
    if (m.grade < 0) assert_int_equal(ntm_attainment_values(&none, got, NTM_SCORE, &err), NTM_ERROR_ARGUMENT);
    ntm_attainment_free(got);
}

/* The same units in another order, columns of other types, and only some of them. */
static void other_shapes(const truth *t, const ntm_attainment *whole, uint64_t *random, uint64_t seed) {
    size_t from = t->rows == 0 ? 0 : (size_t)(fault_random(random) % t->rows);
    size_t count = t->rows - from;
    size_t *map = malloc((count + 1) * sizeof *map);
    assert_non_null(map);
    for (size_t row = 0; row < count; row++)
        map[row] = from + row;
    if (fault_random(random) % 2 == 0) {
        for (size_t row = count; row > 1; row--) {
            size_t other = (size_t)(fault_random(random) % row);
            size_t swap = map[row - 1];
            map[row - 1] = map[other];
            map[other] = swap;
        }
    }
    sheet s;
    truth_encode(&s, t, map, count, random);
    ntm_attainment *part = evaluate(&s, kernels[fault_random(random) % 3], seed);
    for (size_t row = 0; part != NULL && row < count; row++) {
        for (size_t at = 0; at < (size_t)m.first[m.criterion_count]; at++)
            if (ntm_attainment_indicator(part, row, at) != ntm_attainment_indicator(whole, map[row], at))
                fail_msg("seed %llu: indicator %zu of row %zu changes with its place", (unsigned long long)seed, at,
                         map[row]);
        ntm_bounds a = ntm_attainment_grade(part, row);
        ntm_bounds b = ntm_attainment_grade(whole, map[row]);
        if (ntm_attainment_status(part, row) != ntm_attainment_status(whole, map[row]) || a.least != b.least ||
            a.most != b.most)
            fail_msg("seed %llu: row %zu changes with its place", (unsigned long long)seed, map[row]);
    }
    ntm_attainment_free(part);
    sheet_end(&s);
    free(map);
}

/* How many rows said something; 0 when it was all too large. */
static size_t one_seed(uint64_t seed, size_t rows) {
    char what[80];
    ntm_attainment *results[3] = {NULL, NULL, NULL};
    model_start(&m, seed, false);
    truth t;
    uint64_t random = seed * 77 + 5;
    truth_start(&t, rows, &random);
    truth_pin(&t, &random);
    if (seed % 3 == 0) truth_limit(&t, &random);
    size_t *map = malloc((rows + 1) * sizeof *map);
    assert_non_null(map);
    for (size_t row = 0; row < rows; row++)
        map[row] = row;
    sheet s;
    truth_encode(&s, &t, map, rows, &random);
    uint64_t lines[3];
    for (size_t at = 0; at < 3; at++)
        results[at] = evaluate_kept(&s, kernels[at], seed, false, &lines[at]);
    for (size_t at = 1; at < 3; at++) {
        snprintf(what, sizeof what, "seed %llu, reference and %s kernels", (unsigned long long)seed, kernel_names[at]);
        if ((results[0] == NULL) != (results[at] == NULL)) fail_msg("%s: only one of them overflows", what);
        if (lines[0] != lines[at]) fail_msg("%s: overflows in different rows", what);
        if (results[0] != NULL) assert_same_results(m.kit.set, results[0], results[at], what);
    }
    for (size_t row = 0; results[0] != NULL && row < rows; row++)
        one_row(results[0], &t, row, row, seed);
    kept_values(&s, &t, results[0], kernels[seed % 3], seed);
    if (seed % 8 == 0) kept_values(&s, &t, results[0], kernels[(seed + 1) % 3], seed);
    if (results[0] != NULL) other_shapes(&t, results[0], &random, seed);
    bool said = results[0] != NULL;
    for (size_t at = 0; at < 3; at++)
        ntm_attainment_free(results[at]);
    sheet_end(&s);
    truth_end(&t);
    free(map);
    model_end(&m);
    return said ? rows : 0;
}

static void kernels_and_documents(void **state) {
    (void)state;
    const char *only = getenv("NTM_TEST_SEED");
    const char *more = getenv("NTM_TEST_SEEDS");
    uint64_t first = only != NULL ? strtoull(only, NULL, 10) : 1;
    uint64_t last = only != NULL ? first : more != NULL ? strtoull(more, NULL, 10) : fault_under_valgrind() ? 30 : 200;
    size_t rows = 0;
    for (uint64_t seed = first; seed <= last; seed++)
        rows += one_seed(seed, sizes[seed % (sizeof sizes / sizeof sizes[0])]);
    if (only != NULL || last < 200) return;
    assert_true(rows > 30000); /* most sets say something, and most values can be given out */
    for (size_t at = 0; at < 4; at++)
        assert_true(values_seen[at] > 10000);
}

static void many_rows(void **state) {
    (void)state;
    if (getenv("NTM_TEST_SEED") != NULL) return;
    size_t rows = 0;
    for (uint64_t seed = 1000001; seed <= (fault_under_valgrind() ? 1000001 : 1000006); seed++)
        rows += one_seed(seed, seed % 2 == 0 ? 10000 : 4097); /* more than a block; one row into the next */
    assert_true(rows >= 20000 || fault_under_valgrind());
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(kernels_and_documents), cmocka_unit_test(many_rows)};
    return cmocka_run_group_tests_name("random sets and tables", tests, NULL, NULL);
}
