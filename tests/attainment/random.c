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

/* A result, or NULL where the numbers are too large for exact arithmetic. */
static ntm_attainment *evaluate(const sheet *s, ntm_kernels which, uint64_t seed) {
    ntm_attainment *result = NULL;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan_options options = s->plan;
    options.kernels = which;
    assert_ok(ntm_plan_new(&plan, m.kit.set, &options, &err), &err);
    ntm_evaluate_options how = s->evaluate;
    how.ignore_unknown = true; /* a set uses some of the facts that a table may hold */
    ntm_status status = ntm_evaluate(&result, plan, &s->table, &how, &err);
    ntm_plan_free(plan);
    if (status != NTM_OK && status != NTM_ERROR_OVERFLOW)
        fail_msg("seed %llu: %s: %s: %s, row %lld", (unsigned long long)seed, ntm_status_name(status), err.subject,
                 err.message, (long long)err.row);
    return result;
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
static size_t one_seed(uint64_t seed, size_t rows, bool shapes) {
    char what[80];
    ntm_attainment *results[3] = {NULL, NULL, NULL};
    model_start(&m, seed, false);
    truth t;
    uint64_t random = seed * 77 + 5;
    truth_start(&t, rows, &random);
    size_t *map = malloc((rows + 1) * sizeof *map);
    assert_non_null(map);
    for (size_t row = 0; row < rows; row++)
        map[row] = row;
    sheet s;
    truth_encode(&s, &t, map, rows, &random);
    for (size_t at = 0; at < 3; at++)
        results[at] = evaluate(&s, kernels[at], seed);
    for (size_t at = 1; at < 3; at++) {
        snprintf(what, sizeof what, "seed %llu, reference and %s kernels", (unsigned long long)seed, kernel_names[at]);
        if ((results[0] == NULL) != (results[at] == NULL)) fail_msg("%s: only one of them overflows", what);
        if (results[0] != NULL) assert_same_results(m.kit.set, results[0], results[at], what);
    }
    for (size_t row = 0; results[0] != NULL && row < rows; row++)
        one_row(results[0], &t, row, row, seed);
    if (shapes && results[0] != NULL) other_shapes(&t, results[0], &random, seed);
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
    uint64_t last = only != NULL ? first : more != NULL ? strtoull(more, NULL, 10) : 120;
    size_t rows = 0;
    for (uint64_t seed = first; seed <= last; seed++)
        rows += one_seed(seed, sizes[seed % (sizeof sizes / sizeof sizes[0])], true);
    if (only == NULL) assert_true(rows > 30000); /* most sets say something */
}

static void many_rows(void **state) {
    (void)state;
    if (getenv("NTM_TEST_SEED") != NULL) return;
    for (uint64_t seed = 1000001; seed <= 1000004; seed++)
        (void)one_seed(seed, 10000, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(kernels_and_documents), cmocka_unit_test(many_rows)};
    return cmocka_run_group_tests_name("random sets and tables", tests, NULL, NULL);
}
