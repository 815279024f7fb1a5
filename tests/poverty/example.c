/* SPDX-License-Identifier: Apache-2.0 */
/* Cases worked out by hand: the example of Alkire and Foster (2011), missing values, cut-offs at the edge, weights. */
#include "fault.h"

#include <math.h>
#include <string.h>

#include <ntm/ntm.h>

#define assert_fraction(fraction, n, d)                                                                                \
    do {                                                                                                               \
        assert_int_equal((fraction).numerator, n);                                                                     \
        assert_int_equal((fraction).denominator, d);                                                                   \
    } while (0)

static ntm_poverty *measure(const ntm_table *table, const ntm_deprivation *indicators, size_t count,
                            const ntm_poverty_options *options) {
    ntm_poverty *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_poverty_measure(&result, table, indicators, count, options, &err), &err);
    return result;
}

static ntm_measured get(const ntm_poverty *result, size_t group, ntm_measure of, size_t indicator) {
    ntm_measured out;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_poverty_get(&out, result, group, of, indicator, &err), &err);
    return out;
}

/* A measure that is known exactly. */
static void is(const ntm_poverty *result, ntm_measure of, size_t indicator, int64_t n, int64_t d) {
    ntm_measured out = get(result, NTM_TOTAL, of, indicator);
    assert_int_equal(out.defined, NTM_DEFINED);
    assert_fraction(out.least, n, d);
    assert_fraction(out.most, n, d);
}

static void between(const ntm_poverty *result, ntm_measure of, size_t indicator, int64_t n, int64_t d, int64_t n_most,
                    int64_t d_most) {
    ntm_measured out = get(result, NTM_TOTAL, of, indicator);
    assert_fraction(out.least, n, d);
    assert_fraction(out.most, n_most, d_most);
}

/* ------------------------------------------------------------------------------------------- the example of 2011 */

static const double income[4] = {13.1, 15.2, 12.5, 20};
static const int64_t schooling[4] = {14, 7, 10, 11};
static const int64_t health[4] = {4, 5, 1, 3};
static const int64_t service[4] = {1, 0, 0, 1};

static ntm_poverty *example(uint32_t k) {
    ntm_field fields[4] = {{"income", ntm_column_double(income, 4)},
                           {"schooling", ntm_column_int64(schooling, 4)},
                           {"health", ntm_column_int64(health, 4)},
                           {"service", ntm_column_int64(service, 4)}};
    static const ntm_deprivation indicators[4] = {{"income", NTM_DEPRIVED_LESS, {13, 0}, {1, 4}, false},
                                                  {"schooling", NTM_DEPRIVED_LESS, {12, 0}, {1, 4}, false},
                                                  {"health", NTM_DEPRIVED_LESS, {3, 0}, {1, 4}, false},
                                                  {"service", NTM_DEPRIVED_LESS, {1, 0}, {1, 4}, false}};
    ntm_table table = {sizeof table, 4, fields, 4};
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    options.cutoff_count = k;
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    options.gaps = true;
    return measure(&table, indicators, 4, &options);
}

static void example_2011(void **state) {
    (void)state;
    ntm_poverty *one = example(1), *two = example(2), *three = example(3), *four = example(4);
    is(one, NTM_MEASURE_H, 0, 3, 4);
    is(one, NTM_MEASURE_A, 0, 7, 12);
    is(one, NTM_MEASURE_M0, 0, 7, 16);
    is(one, NTM_MEASURE_M1, 0, 263, 1248);
    is(two, NTM_MEASURE_H, 0, 1, 2);
    is(two, NTM_MEASURE_A, 0, 3, 4);
    is(two, NTM_MEASURE_M0, 0, 3, 8);
    is(two, NTM_MEASURE_M1, 0, 171, 832);
    is(two, NTM_MEASURE_M2, 0, 21475, 129792);
    static const int64_t censored[4] = {1, 2, 1, 2}, raw[4] = {1, 3, 1, 2};
    for (size_t j = 0; j < 4; j++) {
        is(two, NTM_MEASURE_CENSORED, j, censored[j] == 2 ? 1 : 1, censored[j] == 2 ? 2 : 4);
        is(two, NTM_MEASURE_RAW, j, raw[j] == 2 ? 1 : raw[j], raw[j] == 2 ? 2 : 4);
        is(two, NTM_MEASURE_CONTRIBUTION, j, censored[j] == 2 ? 1 : 1, censored[j] == 2 ? 3 : 6);
    }
    ntm_poverty *last[2] = {three, four};
    for (size_t i = 0; i < 2; i++) {
        is(last[i], NTM_MEASURE_H, 0, 1, 4);
        is(last[i], NTM_MEASURE_A, 0, 1, 1);
        is(last[i], NTM_MEASURE_M0, 0, 1, 4);
    }
    ntm_poverty_rows rows;
    assert_ok(ntm_poverty_count(&rows, two, NTM_TOTAL, NULL), &(ntm_error)NTM_ERROR_INIT);
    assert_int_equal(rows.rows, 4);
    assert_int_equal(rows.poor.least, 2);
    assert_int_equal(rows.poor.most, 2);
    assert_int_equal(rows.incomplete, 0);
    ntm_decimal low, high;
    assert_ok(ntm_poverty_rounded(&low, &high, two, NTM_TOTAL, NTM_MEASURE_M1, 0, 2, 2, NTM_ROUND_HALF_UP, NULL),
              &(ntm_error)NTM_ERROR_INIT);
    assert_int_equal(low.coefficient, 2055); /* 171/832 = 20.552... % */
    assert_int_equal(low.scale, 2);
    assert_int_equal(high.coefficient, 2055);
    ntm_poverty_free(one);
    ntm_poverty_free(two);
    ntm_poverty_free(three);
    ntm_poverty_free(four);
}

/* ------------------------------------------------------------------------------------------- missing */

/* Three flags of equal weight, poor from two on. Rows: surely poor; poor if the unknown one is; cannot be poor. */
static void missing_is_an_interval(void **state) {
    (void)state;
    static const uint8_t a[3] = {1, 1, 0}, b[3] = {1, 0, 0}, c[3] = {0, 0, 0}, known[1] = {1 | 4};
    ntm_field fields[3] = {{"a", ntm_column_bytes(a, 3)}, {"b", ntm_column_bytes(b, 3)}, {"c", ntm_column_bytes(c, 3)}};
    static const ntm_deprivation indicators[3] = {{"a", NTM_DEPRIVED_FLAG, {0, 0}, {1, 3}, false},
                                                  {"b", NTM_DEPRIVED_FLAG, {0, 0}, {1, 3}, false},
                                                  {"c", NTM_DEPRIVED_FLAG, {0, 0}, {1, 3}, false}};
    fields[1].column.validity = known;
    ntm_table table = {sizeof table, 3, fields, 3};
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    options.cutoff = (ntm_fraction){2, 3};
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    ntm_poverty *result = measure(&table, indicators, 3, &options);
    between(result, NTM_MEASURE_H, 0, 1, 3, 2, 3);
    between(result, NTM_MEASURE_M0, 0, 2, 9, 4, 9);
    between(result, NTM_MEASURE_A, 0, 2, 3, 4, 5); /* it is 2/3 in both cases: sound, and wider than need be */
    between(result, NTM_MEASURE_RAW, 0, 2, 3, 2, 3);
    between(result, NTM_MEASURE_RAW, 1, 1, 3, 2, 3);
    between(result, NTM_MEASURE_CENSORED, 0, 1, 3, 2, 3);
    between(result, NTM_MEASURE_CENSORED, 1, 1, 3, 2, 3);
    between(result, NTM_MEASURE_CENSORED, 2, 0, 1, 0, 1);
    ntm_poverty_free(result);
    options.incomplete = NTM_INCOMPLETE_LEAVE_OUT;
    result = measure(&table, indicators, 3, &options);
    ntm_poverty_rows rows;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_poverty_count(&rows, result, NTM_TOTAL, &err), &err);
    assert_int_equal(rows.rows, 3);
    assert_int_equal(rows.incomplete, 1);
    assert_int_equal(rows.left_out, 1);
    is(result, NTM_MEASURE_POPULATION, 0, 2, 1);
    is(result, NTM_MEASURE_LEFT_OUT, 0, 1, 1);
    is(result, NTM_MEASURE_H, 0, 1, 2);
    ntm_poverty_free(result);
}

/* Nobody is poor: no intensity. Perhaps somebody: perhaps one. Nobody at all: no share. */
static void undefined(void **state) {
    (void)state;
    static const uint8_t no[2] = {0, 0}, first[1] = {1};
    ntm_field field = {"a", ntm_column_bytes(no, 2)};
    static const ntm_deprivation indicator = {"a", NTM_DEPRIVED_FLAG, {0, 0}, {1, 1}, false};
    ntm_table table = {sizeof table, 2, &field, 1};
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal low = {7, 7};
    options.cutoff = (ntm_fraction){1, 1};
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    ntm_poverty *result = measure(&table, &indicator, 1, &options);
    is(result, NTM_MEASURE_H, 0, 0, 1);
    is(result, NTM_MEASURE_M0, 0, 0, 1);
    assert_int_equal(get(result, NTM_TOTAL, NTM_MEASURE_A, 0).defined, NTM_UNDEFINED);
    assert_int_equal(get(result, NTM_TOTAL, NTM_MEASURE_CONTRIBUTION, 0).defined, NTM_UNDEFINED);
    assert_fails(ntm_poverty_rounded(&low, NULL, result, NTM_TOTAL, NTM_MEASURE_A, 0, 2, 1, NTM_ROUND_HALF_UP, &err),
                 NTM_ERROR_NOT_FOUND, &err, "nobody is poor");
    assert_int_equal(low.coefficient, 7);
    ntm_poverty_free(result);
    field.column.validity = first;
    result = measure(&table, &indicator, 1, &options);
    assert_int_equal(get(result, NTM_TOTAL, NTM_MEASURE_A, 0).defined, NTM_MAYBE_DEFINED);
    between(result, NTM_MEASURE_A, 0, 1, 1, 1, 1);
    between(result, NTM_MEASURE_CONTRIBUTION, 0, 1, 1, 1, 1);
    ntm_poverty_free(result);
    table.rows = field.column.length = 0;
    result = measure(&table, &indicator, 1, &options);
    assert_int_equal(get(result, NTM_TOTAL, NTM_MEASURE_H, 0).defined, NTM_UNDEFINED);
    assert_int_equal(get(result, NTM_TOTAL, NTM_MEASURE_RAW, 0).defined, NTM_UNDEFINED);
    is(result, NTM_MEASURE_POPULATION, 0, 0, 1);
    assert_int_equal(ntm_poverty_groups(result), 0);
    ntm_poverty_free(result);
}

/* ------------------------------------------------------------------------------------------- cut-offs */

static void deprived_as(ntm_column column, ntm_deprived when, ntm_decimal cutoff, const char *expected) {
    ntm_field field = {"x", column};
    ntm_deprivation indicator = {"x", when, cutoff, {1, 1}, false};
    ntm_table table = {sizeof table, column.length, &field, 1};
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    options.cutoff = (ntm_fraction){1, 1};
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    for (size_t row = 0; row < column.length; row++) { /* one row at a time says which one */
        ntm_field one = field;
        ntm_table rows = table;
        one.column.data = (const char *)column.data + (size_t)column.stride_bytes * row;
        one.column.length = rows.rows = 1;
        rows.fields = &one;
        ntm_poverty *result = measure(&rows, &indicator, 1, &options);
        is(result, NTM_MEASURE_RAW, 0, expected[row] == '1', 1);
        ntm_poverty_free(result);
    }
}

static void cutoffs_are_exact(void **state) {
    (void)state;
    static const int64_t integers[5] = {INT64_MIN, 799, 800, 801, INT64_MAX};
    static const double doubles[5] = {-1e300, 7.99, 8, 8.01, 1e300};
    static const double tenths[3] = {0.1, 0.2, 0.30000000000000004}; /* 0.3 and a bit */
    ntm_column whole = ntm_column_int64(integers, 5), real = ntm_column_double(doubles, 5);
    whole.scale = 2;
    ntm_column columns[2] = {whole, real};
    for (size_t i = 0; i < 2; i++) {
        deprived_as(columns[i], NTM_DEPRIVED_LESS, (ntm_decimal){8, 0}, "11000");
        deprived_as(columns[i], NTM_DEPRIVED_LESS_OR_EQUAL, (ntm_decimal){80, 1}, "11100");
        deprived_as(columns[i], NTM_DEPRIVED_MORE, (ntm_decimal){8, 0}, "00011");
        deprived_as(columns[i], NTM_DEPRIVED_MORE_OR_EQUAL, (ntm_decimal){8000, 3}, "00111");
        deprived_as(columns[i], NTM_DEPRIVED_LESS, (ntm_decimal){8001, 3}, "11100");
        deprived_as(columns[i], NTM_DEPRIVED_MORE, (ntm_decimal){8001, 3}, "00011");
    }
    deprived_as(whole, NTM_DEPRIVED_LESS, (ntm_decimal){INT64_MAX, 0}, "11111");
    deprived_as(whole, NTM_DEPRIVED_LESS, (ntm_decimal){INT64_MIN, 0}, "00000");
    deprived_as(whole, NTM_DEPRIVED_MORE_OR_EQUAL, (ntm_decimal){INT64_MIN, 0}, "11111");
    deprived_as(ntm_column_double(tenths, 3), NTM_DEPRIVED_LESS_OR_EQUAL, (ntm_decimal){3, 1}, "110");
    /* A cut-off of more digits than a double keeps: 0.3 and a bit, against a bit less and a bit more than that. */
    deprived_as(ntm_column_double(tenths, 3), NTM_DEPRIVED_LESS, (ntm_decimal){300000000000000041, 18}, "111");
    deprived_as(ntm_column_double(tenths, 3), NTM_DEPRIVED_LESS, (ntm_decimal){300000000000000040, 18}, "110");
    deprived_as(ntm_column_double(tenths, 3), NTM_DEPRIVED_MORE, (ntm_decimal){300000000000000039, 18}, "001");
}

/* ------------------------------------------------------------------------------------------- weights */

static void nested(void **state) {
    (void)state;
    static const ntm_nested all[10] = {{"health", "nutrition", true},      {"health", "child mortality", true},
                                       {"education", "schooling", true},   {"education", "attendance", true},
                                       {"living", "cooking fuel", true},   {"living", "sanitation", true},
                                       {"living", "drinking water", true}, {"living", "electricity", true},
                                       {"living", "housing", true},        {"living", "assets", true}};
    ntm_nested without[10];
    ntm_fraction weights[10];
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_nested_weights(weights, all, 10, &err), &err);
    for (size_t i = 0; i < 10; i++)
        assert_fraction(weights[i], 1, i < 4 ? 6 : 18);
    memcpy(without, all, sizeof all);
    without[0].available = without[7].available = false;
    assert_ok(ntm_nested_weights(weights, without, 10, &err), &err);
    assert_fraction(weights[0], 0, 1);
    assert_fraction(weights[1], 1, 3);
    assert_fraction(weights[2], 1, 6);
    assert_fraction(weights[4], 1, 15);
    assert_fraction(weights[7], 0, 1);
    without[1].available = false;
    assert_fails(ntm_nested_weights(weights, without, 10, &err), NTM_ERROR_VALUE, &err, "no indicator");
    assert_string_equal(err.subject, "health");
    assert_fraction(weights[1], 1, 3);
    assert_fails(ntm_nested_weights(weights, without, 0, &err), NTM_ERROR_ARGUMENT, &err, "none");
    assert_fails(ntm_nested_weights(weights, without, 65, &err), NTM_ERROR_LIMIT, &err, "64");
    without[2].dimension = NULL;
    assert_fails(ntm_nested_weights(weights, without, 10, &err), NTM_ERROR_ARGUMENT, &err, "dimension");
}

/* An indicator of weight 0 takes no part: no column is needed, and it has no results. */
static void weight_of_nothing(void **state) {
    (void)state;
    static const uint8_t yes[2] = {1, 0};
    ntm_field field = {"a", ntm_column_bytes(yes, 2)};
    static const ntm_deprivation indicators[2] = {{"nowhere", NTM_DEPRIVED_LESS, {0, 0}, {0, 1}, false},
                                                  {"a", NTM_DEPRIVED_FLAG, {0, 0}, {1, 1}, false}};
    ntm_table table = {sizeof table, 2, &field, 1};
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    options.cutoff = (ntm_fraction){1, 3};
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    ntm_poverty *result = measure(&table, indicators, 2, &options);
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(get(result, NTM_TOTAL, NTM_MEASURE_RAW, 0).defined, NTM_UNDEFINED);
    for (int of = NTM_MEASURE_RAW; of <= NTM_MEASURE_CONTRIBUTION; of++)
        assert_fails(ntm_poverty_rounded(NULL, NULL, result, NTM_TOTAL, (ntm_measure)of, 0, 2, 1, NTM_ROUND_DOWN, &err),
                     NTM_ERROR_NOT_FOUND, &err, "the indicator has no weight");
    is(result, NTM_MEASURE_RAW, 1, 1, 2);
    is(result, NTM_MEASURE_CONTRIBUTION, 1, 1, 1);
    ntm_poverty_free(result);
}

/* Halves of weights: sums beyond 64 bits are exact, and what does not fit says whose it is. */
static void large_weights(void **state) {
    (void)state;
    static const int64_t weights[3] = {INT64_MAX, INT64_MAX, 1}, groups[3] = {1, 1, 2};
    static const uint8_t yes[3] = {1, 0, 1};
    ntm_field fields[3] = {
        {"a", ntm_column_bytes(yes, 3)}, {"w", ntm_column_int64(weights, 3)}, {"g", ntm_column_int64(groups, 3)}};
    static const ntm_deprivation indicator = {"a", NTM_DEPRIVED_FLAG, {0, 0}, {1, 1}, false};
    static const char *const by[1] = {"g"};
    ntm_table table = {sizeof table, 3, fields, 3};
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_measured out = {NTM_DEFINED, {5, 5}, {5, 5}};
    options.cutoff = (ntm_fraction){1, 1};
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    options.population = "w";
    options.groups = by;
    options.group_count = 1;
    ntm_poverty *result = measure(&table, &indicator, 1, &options);
    ntm_measured half = get(result, 0, NTM_MEASURE_H, 0);
    assert_fraction(half.least, 1, 2);
    assert_fails(ntm_poverty_get(&out, result, 0, NTM_MEASURE_POPULATION, 0, &err), NTM_ERROR_OVERFLOW, &err, "64");
    assert_string_equal(err.subject, "g=1");
    assert_fraction(out.least, 5, 5);
    assert_fails(ntm_poverty_get(&out, result, NTM_TOTAL, NTM_MEASURE_H, 0, &err), NTM_ERROR_OVERFLOW, &err, "H");
    assert_string_equal(err.subject, "all rows");
    ntm_decimal low;
    assert_ok(ntm_poverty_rounded(&low, NULL, result, NTM_TOTAL, NTM_MEASURE_H, 0, 2, 3, NTM_ROUND_UP, &err), &err);
    assert_int_equal(low.coefficient, 50001); /* a little above one half */
    ntm_poverty_free(result);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(example_2011), cmocka_unit_test(missing_is_an_interval),
                                       cmocka_unit_test(undefined),    cmocka_unit_test(cutoffs_are_exact),
                                       cmocka_unit_test(nested),       cmocka_unit_test(weight_of_nothing),
                                       cmocka_unit_test(large_weights)};
    return cmocka_run_group_tests_name("poverty by hand", tests, NULL, NULL);
}
