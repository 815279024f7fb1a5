/* SPDX-License-Identifier: Apache-2.0 */
/* What a measurement refuses, with the place that is wrong; and that outputs stay as they were. */
#include "fault.h"

#include <math.h>
#include <string.h>

#include <ntm/ntm.h>

static const uint8_t flags[3] = {1, 0, 1};
static const int64_t numbers[3] = {5, 6, 7};
static double reals[3] = {1.5, 2.5, 3.5};
static ntm_poverty *const untouched = (ntm_poverty *)(uintptr_t)0x40;

typedef struct asked {
    ntm_field fields[4];
    ntm_table table;
    ntm_deprivation indicators[2];
    size_t count;
    ntm_poverty_options options;
} asked;

static asked start(void) {
    asked a;
    memset(&a, 0, sizeof a);
    a.fields[0] = (ntm_field){"a", ntm_column_bytes(flags, 3)};
    a.fields[1] = (ntm_field){"b", ntm_column_int64(numbers, 3)};
    a.fields[2] = (ntm_field){"r", ntm_column_double(reals, 3)};
    a.fields[3] = (ntm_field){"w", ntm_column_int64(numbers, 3)};
    a.table = (ntm_table){sizeof a.table, 3, NULL, 4};
    a.indicators[0] = (ntm_deprivation){"a", NTM_DEPRIVED_FLAG, {0, 0}, {1, 2}, false};
    a.indicators[1] = (ntm_deprivation){"b", NTM_DEPRIVED_LESS, {6, 0}, {1, 2}, false};
    a.count = 2;
    a.options = (ntm_poverty_options)NTM_POVERTY_OPTIONS_INIT;
    a.options.cutoff = (ntm_fraction){1, 2};
    a.options.incomplete = NTM_INCOMPLETE_BOUNDS;
    return a;
}

static ntm_error refuse(asked *a, ntm_status status, const char *part) {
    ntm_poverty *out = untouched;
    ntm_error err = NTM_ERROR_INIT;
    a->table.fields = a->fields;
    assert_fails(ntm_poverty_measure(&out, &a->table, a->indicators, a->count, &a->options, &err), status, &err, part);
    assert_ptr_equal(out, untouched);
    return err;
}

static void weights(void **state) {
    (void)state;
    asked a = start();
    a.indicators[0].weight = (ntm_fraction){1, 3};
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "the weights sum to 5/6, expected exactly 1");
    a.indicators[0].weight = (ntm_fraction){51, 100};
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "sum to 1.01");
    a.indicators[0].weight = (ntm_fraction){1, 0};
    assert_string_equal(refuse(&a, NTM_ERROR_ARGUMENT, "1/0").subject, "a");
    a.indicators[0].weight = (ntm_fraction){-1, 2};
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "-1/2");
    a.indicators[0].weight = (ntm_fraction){1, INT64_MAX};
    a.indicators[1].weight = (ntm_fraction){INT64_MAX - 1, INT64_MAX};
    ntm_poverty *fine = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_poverty_measure(&fine, &a.table, a.indicators, 2, &a.options, &err), &err);
    ntm_poverty_free(fine);
    a.indicators[1].weight = (ntm_fraction){INT64_MAX - 2, INT64_MAX - 1};
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "sum to");
}

static void cutoffs(void **state) {
    (void)state;
    static const ntm_fraction wrong[5] = {{0, 1}, {3, 2}, {-1, 2}, {1, 0}, {1, -2}};
    asked a = start();
    for (size_t i = 0; i < 5; i++) {
        a.options.cutoff = wrong[i];
        (void)refuse(&a, NTM_ERROR_ARGUMENT, "not above 0 and at most 1");
    }
    a.options.cutoff = (ntm_fraction){0, 0};
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "cut-off 0/0");
    a.options.cutoff_count = 3;
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "above the 2 indicators");
    a.options.cutoff_count = 1;
    a.indicators[0].weight = (ntm_fraction){1, 3};
    a.indicators[1].weight = (ntm_fraction){2, 3};
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "equal weights");
    a.options.cutoff = (ntm_fraction){1, 2};
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "both");
}

static void calls(void **state) {
    (void)state;
    asked a = start();
    ntm_error err = NTM_ERROR_INIT;
    ntm_poverty *out = untouched;
    a.options.incomplete = (ntm_incomplete)0;
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "say what becomes of incomplete rows");
    a = start();
    a.options.struct_size = 0;
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "INIT");
    a = start();
    a.count = 0;
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "no indicator");
    a.count = 65;
    (void)refuse(&a, NTM_ERROR_LIMIT, "64");
    a = start();
    a.indicators[1].column = NULL;
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "indicator 1");
    a = start();
    a.table.fields = a.fields;
    assert_fails(ntm_poverty_measure(NULL, &a.table, a.indicators, 2, &a.options, &err), NTM_ERROR_ARGUMENT, &err,
                 "out");
    assert_fails(ntm_poverty_measure(&out, NULL, a.indicators, 2, &a.options, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_poverty_measure(&out, &a.table, NULL, 2, &a.options, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_poverty_measure(&out, &a.table, a.indicators, 2, NULL, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_ptr_equal(out, untouched);
}

static void columns(void **state) {
    (void)state;
    asked a = start();
    a.indicators[1].column = "nowhere";
    assert_string_equal(refuse(&a, NTM_ERROR_SHAPE, "no column").subject, "nowhere");
    a = start();
    a.indicators[0].column = "b";
    (void)refuse(&a, NTM_ERROR_SHAPE, "yes and no");
    a = start();
    a.indicators[1].column = "a";
    (void)refuse(&a, NTM_ERROR_SHAPE, "integers, decimals or doubles");
    a = start();
    a.indicators[1].when = (ntm_deprived)9;
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "9 is no");
    a = start();
    a.indicators[1].cutoff.scale = 19;
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "scale");
    a = start();
    a.fields[1].column.length = 2;
    (void)refuse(&a, NTM_ERROR_SHAPE, "2 rows");
    a = start();
    a.options.population = "a";
    (void)refuse(&a, NTM_ERROR_SHAPE, "integers, decimals or doubles");
    static const char *const by[2] = {"r", "r"};
    a = start();
    a.options.groups = by;
    a.options.group_count = 1;
    assert_string_equal(refuse(&a, NTM_ERROR_SHAPE, "text, categories").subject, "r");
    a.options.group_count = 2;
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "twice");
    a.options.groups = NULL;
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "groups is NULL");
}

static void values(void **state) {
    (void)state;
    static const uint8_t bad[3] = {1, 0, 2}, two[1] = {3};
    static const int64_t negative[3] = {5, -6, 7};
    static const int32_t codes[3] = {0, 1, 5};
    static const char *const names[2] = {"x", "y"};
    static const char *const by[1] = {"w"};
    asked a = start();
    a.fields[0].column = ntm_column_bytes(bad, 3);
    assert_int_equal(refuse(&a, NTM_ERROR_VALUE, "a yes/no byte is 2").row, 2);
    a.fields[0].column.validity = two; /* the bad one is not reported */
    ntm_poverty *fine = NULL;
    a.table.fields = a.fields;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_poverty_measure(&fine, &a.table, a.indicators, 2, &a.options, &err), &err);
    ntm_poverty_free(fine);
    a = start();
    a.indicators[1].column = "r";
    reals[1] = NAN;
    assert_int_equal(refuse(&a, NTM_ERROR_VALUE, "NaN").row, 1);
    a.fields[2].column.nan_not_reported = true;
    a.table.fields = a.fields;
    assert_ok(ntm_poverty_measure(&fine, &a.table, a.indicators, 2, &a.options, &err), &err);
    ntm_poverty_free(fine);
    reals[1] = -INFINITY;
    assert_int_equal(refuse(&a, NTM_ERROR_VALUE, "infinity").row, 1);
    reals[1] = 2.5;
    a = start();
    a.options.population = "w";
    a.fields[3].column = ntm_column_int64(negative, 3);
    assert_int_equal(refuse(&a, NTM_ERROR_VALUE, "negative").row, 1);
    a.fields[3].column = ntm_column_int64(numbers, 3);
    a.fields[3].column.validity = two;
    assert_int_equal(refuse(&a, NTM_ERROR_VALUE, "weight is not reported").row, 2);
    a = start();
    a.options.groups = by;
    a.options.group_count = 1;
    a.fields[3].column = ntm_column_codes(codes, 3, names, 2);
    assert_int_equal(refuse(&a, NTM_ERROR_VALUE, "code 5").row, 2);
}

static void gaps(void **state) {
    (void)state;
    static const int64_t negative[3] = {5, -6, 7}, huge[3] = {0, 0, 0}, weight[3] = {INT64_MAX, 2, 2};
    asked a = start();
    a.options.gaps = true;
    assert_string_equal(refuse(&a, NTM_ERROR_ARGUMENT, "gaps need an achievement").subject, "a");
    a = start();
    a.options.gaps = true;
    a.indicators[0] = (ntm_deprivation){"b", NTM_DEPRIVED_LESS_OR_EQUAL, {0, 0}, {1, 1}, false};
    a.count = 1;
    (void)refuse(&a, NTM_ERROR_ARGUMENT, "above 0");
    a.indicators[0].cutoff.coefficient = 6;
    a.fields[1].column = ntm_column_int64(negative, 3);
    assert_int_equal(refuse(&a, NTM_ERROR_VALUE, "negative achievement").row, 1);
    a.fields[1].column = ntm_column_int64(huge, 3);
    a.fields[3].column = ntm_column_int64(weight, 3);
    a.options.population = "w";
    a.indicators[0].cutoff.coefficient = INT64_MAX;
    ntm_error err = refuse(&a, NTM_ERROR_OVERFLOW, "the gaps of all rows do not fit");
    assert_int_equal(err.row, 0);
}

static void asking(void **state) {
    (void)state;
    asked a = start();
    ntm_poverty *result = NULL;
    ntm_measured out = {NTM_DEFINED, {5, 5}, {5, 5}};
    ntm_poverty_rows rows;
    ntm_group_key key;
    ntm_error err = NTM_ERROR_INIT;
    a.table.fields = a.fields;
    assert_ok(ntm_poverty_measure(&result, &a.table, a.indicators, 2, &a.options, &err), &err);
    assert_fails(ntm_poverty_get(&out, result, 0, NTM_MEASURE_H, 0, &err), NTM_ERROR_ARGUMENT, &err, "no group 0");
    assert_fails(ntm_poverty_get(&out, result, NTM_TOTAL, (ntm_measure)0, 0, &err), NTM_ERROR_ARGUMENT, &err,
                 "0 is no");
    assert_fails(ntm_poverty_get(&out, result, NTM_TOTAL, (ntm_measure)12, 0, &err), NTM_ERROR_ARGUMENT, &err, "12 is");
    assert_fails(ntm_poverty_get(&out, result, NTM_TOTAL, NTM_MEASURE_M1, 0, &err), NTM_ERROR_ARGUMENT, &err, "gaps");
    assert_fails(ntm_poverty_get(&out, result, NTM_TOTAL, NTM_MEASURE_RAW, 2, &err), NTM_ERROR_ARGUMENT, &err,
                 "no indicator 2");
    assert_fails(ntm_poverty_get(&out, NULL, NTM_TOTAL, NTM_MEASURE_H, 0, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_poverty_get(NULL, result, NTM_TOTAL, NTM_MEASURE_H, 0, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_poverty_count(&rows, result, 3, &err), NTM_ERROR_ARGUMENT, &err, "no group 3");
    assert_fails(ntm_poverty_count(NULL, result, NTM_TOTAL, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_poverty_key(&key, result, 0, 0, &err), NTM_ERROR_ARGUMENT, &err, "0 groups");
    assert_fails(ntm_poverty_key(&key, NULL, 0, 0, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_poverty_rounded(NULL, NULL, result, NTM_TOTAL, NTM_MEASURE_H, 0, 2, 19, NTM_ROUND_HALF_UP, &err),
                 NTM_ERROR_ARGUMENT, &err, "digits");
    assert_int_equal(out.least.denominator, 5);
    assert_int_equal(ntm_poverty_groups(NULL), 0);
    ntm_poverty_free(result);
    ntm_poverty_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(weights), cmocka_unit_test(cutoffs), cmocka_unit_test(calls),
                                       cmocka_unit_test(columns), cmocka_unit_test(values),  cmocka_unit_test(gaps),
                                       cmocka_unit_test(asking)};
    return cmocka_run_group_tests_name("what poverty refuses", tests, NULL, NULL);
}
