/* SPDX-License-Identifier: Apache-2.0 */
/* Published rows with censored headcount ratios: censored SYNTHETIC.CSV, made by synthesise.py. */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 18 };

static const char *const headers[15] = {"country",
                                        "year",
                                        "M0",
                                        "H",
                                        "A",
                                        "nutrition",
                                        "child-mortality",
                                        "years-of-schooling",
                                        "school-attendance",
                                        "cooking-fuel",
                                        "sanitation",
                                        "drinking-water",
                                        "electricity",
                                        "housing",
                                        "assets"};
static const char *const pattern_headers[4] = {"country", "year", "pattern", "households"};
static const char *synthetic;

static bool available_of(bool available[INDICATORS], const ntm_csv *csv, size_t row) {
    bool all = true;
    for (size_t j = 0; j < INDICATORS; j++) {
        available[j] = table_text(csv, 5 + j, row)[0] != '\0';
        all = all && available[j];
    }
    return all;
}

/* Whether sums of weight x censored headcount ratio inside the roundings meet M0, and H x A, inside theirs. */
static void agrees(const ntm_csv *csv, size_t row) {
    static const char *const dimensions[INDICATORS] = {"h", "h", "e", "e", "l", "l", "l", "l", "l", "l"};
    ntm_nested nested[INDICATORS];
    ntm_fraction weights[INDICATORS];
    bool available[INDICATORS];
    wide low = 0, high = 0, over = (wide)20 * 90 * 100; /* tenths of a percent, halved; weights in parts of 90 */
    ntm_error err = NTM_ERROR_INIT;
    figure m0 = figure_of(table_text(csv, 2, row), 3), h = figure_of(table_text(csv, 3, row), 1);
    figure a = figure_of(table_text(csv, 4, row), 1);
    (void)available_of(available, csv, row);
    for (size_t j = 0; j < INDICATORS; j++)
        nested[j] = (ntm_nested){dimensions[j], headers[5 + j], available[j]};
    assert_ok(ntm_nested_weights(weights, nested, INDICATORS, &err), &err);
    for (size_t j = 0; j < INDICATORS; j++) {
        if (!available[j]) continue;
        figure f = figure_of(table_text(csv, 5 + j, row), 1);
        assert_int_equal(90 % weights[j].denominator, 0);
        low += f.low * (90 / weights[j].denominator);
        high += f.high * (90 / weights[j].denominator);
    }
    assert_true(low * m0.over < m0.high * over && high * m0.over > m0.low * over);
    wide product = h.over * a.over * 10000;
    assert_true(low * product < h.high * a.high * over && high * product > h.low * a.low * over);
    assert_true(h.low * a.low * m0.over < m0.high * product && h.high * a.high * m0.over > m0.low * product);
}

static void as_intervals(void **state) {
    (void)state;
    ntm_csv *csv = table_open("censored.csv", headers, 15);
    assert_int_equal(ntm_csv_table(csv)->rows, ROWS);
    for (size_t row = 0; row < ROWS; row++)
        agrees(csv, row);
    ntm_csv_free(csv);
}

static void check_row(const ntm_poverty *result, const ntm_csv *csv, size_t row) {
    char where[96];
    (void)snprintf(where, sizeof where, "%s %s", table_text(csv, 0, row), table_text(csv, 1, row));
    prints_as(result, NTM_TOTAL, NTM_MEASURE_M0, 0, 0, figure_of(table_text(csv, 2, row), 3), where);
    prints_as(result, NTM_TOTAL, NTM_MEASURE_H, 0, 2, figure_of(table_text(csv, 3, row), 1), where);
    prints_as(result, NTM_TOTAL, NTM_MEASURE_A, 0, 2, figure_of(table_text(csv, 4, row), 1), where);
    for (size_t j = 0; j < INDICATORS; j++) {
        const char *text = table_text(csv, 5 + j, row);
        ntm_measured none;
        if (text[0] != '\0') {
            prints_as(result, NTM_TOTAL, NTM_MEASURE_CENSORED, j, 2, figure_of(text, 1), where);
            continue;
        }
        assert_int_equal(ntm_poverty_get(&none, result, NTM_TOTAL, NTM_MEASURE_CENSORED, j, NULL), NTM_OK);
        assert_int_equal(none.defined, NTM_UNDEFINED);
    }
}

/* One row: its patterns as households, one by one. */
static void as_households_of(const ntm_csv *csv, const ntm_csv *patterns, size_t row) {
    households h;
    bool available[INDICATORS];
    size_t found = 0;
    households_start(&h);
    (void)available_of(available, csv, row);
    for (size_t i = 0; i < ntm_csv_table(patterns)->rows; i++) {
        if (strcmp(table_text(patterns, 0, i), table_text(csv, 0, row)) != 0) continue;
        if (strcmp(table_text(patterns, 1, i), table_text(csv, 1, row)) != 0) continue;
        size_t count = strtoull(table_text(patterns, 3, i), NULL, 10);
        households_add(&h, (unsigned)strtoul(table_text(patterns, 2, i), NULL, 10), count);
        found++;
    }
    assert_true(found >= 5);
    ntm_poverty *result = households_measure(&h, available, (ntm_fraction){1, 3});
    check_row(result, csv, row);
    ntm_poverty_free(result);
    households_end(&h);
}

static void as_households(void **state) {
    (void)state;
    ntm_csv *csv = table_open("censored.csv", headers, 15), *patterns = table_open(synthetic, pattern_headers, 4);
    for (size_t row = 0; row < ROWS; row++)
        as_households_of(csv, patterns, row);
    ntm_csv_free(csv);
    ntm_csv_free(patterns);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_intervals), cmocka_unit_test(as_households)};
    if (argc != 2) return 2;
    synthetic = argv[1];
    return cmocka_run_group_tests_name("published censored headcounts", tests, NULL, NULL);
}
