/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of making a store, a view and the counts fails once. */
#include "notes.h"
#include "scratch.h"

#include <stdio.h>
#include <string.h>

static const char path[] = "ntm-test-sweep-observations.tmp";
static const char good[] =
    NOTES_HEAD "A,f,2020-01,1,2020-02-01\nB,f,2020-01,chưa có,2020-02-01\nA,f,2020-01,1,2020-02-01\n"
               "B,f,2020-02,2.5,2020-03-01\nA,g,2020,khá,2020-03-01\nB,g,2020,tốt,2020-03-01\n";
static const char bad[] = NOTES_HEAD "A,f,2020-01,1,2020-02-01\nA,f,2020-01,2,2020-02-01\nA,g,x,2,2020-02-01\n";
static const char *const unknown_yet[] = {"Chưa có"};

static ntm_observations_options usual(const ntm_allocator *allocator) {
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    options.allocator = allocator;
    options.not_reported = unknown_yet;
    options.not_reported_count = 1;
    return options;
}

static ntm_status read_store(const ntm_allocator *allocator, void *context) {
    ntm_observations_options options = usual(allocator);
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = context == NULL ? ntm_observations_read(&store, good, sizeof good - 1, "x", &options, &err)
                                        : ntm_observations_open(&store, path, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(store);
    else
        assert_int_equal(ntm_observations_count(store).used, 5);
    ntm_observations_free(store);
    return status;
}

static ntm_status new_store(const ntm_allocator *allocator, void *context) {
    ntm_observations_options options = usual(allocator);
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_observations_new(&store, context, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(store);
    ntm_observations_free(store);
    return status;
}

static ntm_status read_badly(const ntm_allocator *allocator, void *context) {
    ntm_observations_options options = usual(allocator);
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    ntm_status status = ntm_problems_new(&options.problems, 0, allocator, &err);
    if (status != NTM_OK) return status;
    status = ntm_observations_read(&store, bad, sizeof bad - 1, "x", &options, &err);
    assert_null(store);
    assert_int_equal(err.status, status);
    ntm_problems_free(options.problems);
    return status;
}

static ntm_observed_options question(const ntm_allocator *allocator) {
    static const char *const facts[] = {"g", "f", "unknown"}, *const periods[] = {"2020-01", "2031"},
                             *const codes[] = {"B", "Z"};
    static const int32_t order[] = {1, 0};
    static ntm_column units;
    ntm_observed_options options = NTM_OBSERVED_OPTIONS_INIT;
    units = ntm_column_codes(order, 2, codes, 2);
    options.allocator = allocator;
    options.facts = facts;
    options.fact_count = 3;
    options.periods = periods;
    options.period_count = 2;
    options.units = &units;
    options.known_on = notes_day("2020-12-31");
    return options;
}

static ntm_status new_view(const ntm_allocator *allocator, void *context) {
    ntm_observed_options options = question(allocator);
    ntm_view *view = NULL, *all = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_view_new(&view, context, &options, &err);
    options = (ntm_observed_options)NTM_OBSERVED_OPTIONS_INIT;
    options.allocator = allocator;
    if (status == NTM_OK) status = ntm_view_new(&all, context, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(all);
    else
        expect_cell(all, "g", 2, "khá");
    ntm_view_free(view);
    ntm_view_free(all);
    return status;
}

static ntm_status new_punctuality(const ntm_allocator *allocator, void *context) {
    ntm_observed_options options = question(allocator);
    ntm_punctuality *p = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_punctuality_new(&p, context, &options, 10, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(p);
    else
        assert_int_equal(ntm_punctuality_total(p).expected, 8);
    ntm_punctuality_free(p);
    return status;
}

/* Texts, and places that are listed: one place in each of many units and days. */
static void listed(void) {
    enum { ROWS = 270 };
    static char text[ROWS * 4];
    static int32_t offsets[ROWS + 1], zero[ROWS], days[ROWS];
    static const char *const fact[] = {"f"};
    for (int32_t i = 0; i < ROWS; i++) {
        (void)snprintf(text + 3 * i, 4, "%03d", i);
        offsets[i + 1] = 3 * (i + 1);
        days[i] = 18000 + i;
    }
    ntm_column units = NTM_COLUMN_INIT;
    units.type = NTM_TYPE_TEXT;
    units.data = offsets;
    units.length = ROWS;
    units.text = text;
    const ntm_field fields[] = {{"unit", units},
                                {"fact", ntm_column_codes(zero, ROWS, fact, 1)},
                                {"period", ntm_column_codes(days, ROWS, NULL, 0)},
                                {"value", ntm_column_codes(days, ROWS, NULL, 0)},
                                {"recorded_on", ntm_column_codes(days, ROWS, NULL, 0)}};
    ntm_table table = NTM_TABLE_INIT;
    table.rows = ROWS;
    table.fields = fields;
    table.field_count = 5;
    assert_true(fault_sweep(new_store, &table, NTM_OK) > 20);
}

static void sweeps(void **state) {
    (void)state;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(good, 1, sizeof good - 1, file), sizeof good - 1);
    assert_int_equal(fclose(file), 0);
    assert_true(fault_sweep(read_store, NULL, NTM_OK) > 30);
    assert_true(fault_sweep(read_store, (char[]){"x"}, NTM_OK) > 30);
    assert_int_equal(remove(path), 0);
    assert_true(fault_sweep_tolerant(read_badly, NULL, NTM_ERROR_SYNTAX) > 20);
    listed();
    ntm_observations_options options = usual(NULL);
    ntm_observations *store = NULL;
    assert_int_equal(ntm_observations_read(&store, good, sizeof good - 1, "x", &options, NULL), NTM_OK);
    assert_true(fault_sweep(new_view, store, NTM_OK) > 10);
    assert_true(fault_sweep(new_punctuality, store, NTM_OK) > 5);
    ntm_observations_free(store);
}

/* An allocator that lacks a function is refused before anything is made. */
static void half(void **state) {
    ntm_observations_options options = usual(&fault_lacking);
    ntm_observed_options question = NTM_OBSERVED_OPTIONS_INIT;
    ntm_observations *store = NULL, *real = notes_read("", NULL);
    ntm_view *view = NULL;
    ntm_punctuality *p = NULL;
    ntm_table table = NTM_TABLE_INIT;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    question.allocator = &fault_lacking;
    question.known_on = 18000;
    assert_fails(ntm_observations_new(&store, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_observations_read(&store, good, sizeof good - 1, "x", &options, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_fails(ntm_observations_open(&store, path, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_view_new(&view, real, &question, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_punctuality_new(&p, real, &question, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_true(store == NULL && view == NULL && p == NULL);
    ntm_observations_free(real);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps), cmocka_unit_test(half)};
    return cmocka_run_group_tests_name("observations without memory", tests, scratch_enter, scratch_leave);
}
