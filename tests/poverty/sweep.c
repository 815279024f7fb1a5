/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of every call fails once: nothing leaks, outputs stay as they were; and nothing is allocated by rows. */
#include "model.h"

#include <string.h>

static model m;

static void *const untouched = (void *)(uintptr_t)0x40;

static ntm_status measured(const ntm_allocator *allocator, void *context) {
    ntm_poverty *made = untouched;
    ntm_error err = NTM_ERROR_INIT;
    ntm_poverty_options options = m.options;
    (void)context;
    options.allocator = allocator;
    ntm_status status = ntm_poverty_measure(&made, &m.table, m.indicators, m.count, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_ptr_equal(made, untouched);
    else
        ntm_poverty_free(made);
    return status;
}

static const char *const classes[2] = {"poor", "out"};
static const int64_t ids[5] = {5, 3, 9, 1, 2}, later_ids[5] = {5, 9, 8, 7, 2};
static const int32_t codes[5] = {0, 1, -1, 1, 0};

static ntm_status counted(const ntm_allocator *allocator, void *context) {
    static const char *const by[1] = {"class"};
    ntm_field first[2] = {{"id", ntm_column_int64(ids, 5)}, {"class", ntm_column_codes(codes, 5, classes, 2)}};
    ntm_field second[2] = {{"id", ntm_column_int64(later_ids, 5)}, {"class", ntm_column_codes(codes, 5, classes, 2)}};
    ntm_table one = {sizeof one, 5, first, 2}, two = {sizeof two, 5, second, 2};
    ntm_transitions_options options = NTM_TRANSITIONS_OPTIONS_INIT;
    ntm_transitions *made = untouched;
    (void)context;
    options.id = "id";
    options.class_least = "class";
    options.classes = classes;
    options.class_count = 2;
    options.groups = by;
    options.group_count = 1;
    options.allocator = allocator;
    ntm_status status = ntm_transitions_count(&made, &one, &two, &options, NULL);
    if (status != NTM_OK)
        assert_ptr_equal(made, untouched);
    else
        ntm_transitions_free(made);
    return status;
}

static const ntm_area_target areas[2] = {{"poor", 5}, {"out", 7}};

static ntm_status topped_up(const ntm_allocator *allocator, void *context) {
    static const char *const by[1] = {"id"};
    ntm_field fields[2] = {{"id", ntm_column_int64(ids, 5)}, {"class", ntm_column_codes(codes, 5, classes, 2)}};
    ntm_table table = {sizeof table, 5, fields, 2};
    ntm_top_up_options options = NTM_TOP_UP_OPTIONS_INIT;
    ntm_top_up *made = untouched;
    ntm_money low[5] = {1, 1, 1, 1, 1}, high[5];
    options.benefits = "id";
    options.area = "class";
    options.areas = areas;
    options.area_count = 2;
    options.groups = by;
    options.group_count = 1;
    options.allocator = allocator;
    if (*(const bool *)context) {
        ntm_status status = ntm_top_up_rows(low, high, 5, &table, &options, NULL);
        if (status != NTM_OK) assert_int_equal(low[0], 1);
        return status;
    }
    ntm_status status = ntm_top_up_sum(&made, &table, &options, NULL);
    if (status != NTM_OK)
        assert_ptr_equal(made, untouched);
    else
        ntm_top_up_free(made);
    return status;
}

static void measures(void **state) {
    size_t most = 0;
    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        uint64_t random = 300 + seed;
        model_start(&m, &random, 50 + 700 * (seed % 10));
        model_encode(&m, &random, NULL);
        size_t calls = fault_sweep(measured, NULL, NTM_OK);
        most = calls > most ? calls : most;
        model_end(&m);
    }
    assert_true(most > 20);
}

static void others(void **state) {
    bool rows = false;
    (void)state;
    assert_true(fault_sweep(counted, NULL, NTM_OK) > 10);
    assert_true(fault_sweep(topped_up, &rows, NTM_OK) > 5);
    rows = true;
    assert_int_equal(fault_sweep(topped_up, &rows, NTM_OK), 1);
}

/* Ten times the rows take as many allocations, and no more memory. */
static void not_per_row(void **state) {
    (void)state;
    size_t calls[2], peaks[2];
    for (size_t at = 0; at < 2; at++) {
        uint64_t random = 12;
        fault f = FAULT_INIT;
        ntm_allocator allocator = fault_allocator(&f);
        ntm_poverty *made = NULL;
        ntm_error err = NTM_ERROR_INIT;
        model_start(&m, &random, at == 0 ? 3000 : 30000);
        model_encode(&m, &random, NULL);
        m.options.allocator = &allocator;
        assert_ok(ntm_poverty_measure(&made, &m.table, m.indicators, m.count, &m.options, &err), &err);
        calls[at] = f.calls;
        peaks[at] = f.peak;
        ntm_poverty_free(made);
        fault_assert_empty(&f);
        model_end(&m);
    }
    assert_true(calls[1] <= calls[0] + 8);
    assert_true(peaks[1] <= peaks[0] + peaks[0] / 4);
}

/* An allocator that lacks a function is refused. */
static void half_an_allocator(void **state) {
    (void)state;
    bool rows = true;
    const ntm_allocator half = {NULL, NULL, NULL, NULL};
    uint64_t random = 1;
    model_start(&m, &random, 10);
    model_encode(&m, &random, NULL);
    assert_int_equal(measured(&half, NULL), NTM_ERROR_ARGUMENT);
    assert_int_equal(counted(&half, NULL), NTM_ERROR_ARGUMENT);
    assert_int_equal(topped_up(&half, &rows), NTM_ERROR_ARGUMENT);
    rows = false;
    assert_int_equal(topped_up(&half, &rows), NTM_ERROR_ARGUMENT);
    model_end(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(measures), cmocka_unit_test(others),
                                       cmocka_unit_test(not_per_row), cmocka_unit_test(half_an_allocator)};
    return cmocka_run_group_tests_name("poverty without memory", tests, NULL, NULL);
}
