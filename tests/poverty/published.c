/* SPDX-License-Identifier: Apache-2.0 */
/* The published tables, two ways. As intervals: what rounds to the printed H and A can give the printed M0. As households:
   a population is made whose measures the library prints as published, to every digit. What cannot be is a finding about
   the source and stands in the list below. */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows of the sources whose own figures do not agree: no H and A that print so have a product that prints as M0. */
typedef struct finding {
    const char *table, *country, *year;
} finding;
static const finding findings[] = {{"national.csv", "SLV", "2017"}}; /* 33.4 % x 42.52 % is 0.142, printed is 0.1384 */

static bool is_finding(const char *table, const char *country, const char *year) {
    for (size_t i = 0; i < sizeof findings / sizeof findings[0]; i++)
        if (strcmp(findings[i].table, table) == 0 && strcmp(findings[i].country, country) == 0 &&
            strcmp(findings[i].year, year) == 0)
            return true;
    return false;
}

typedef struct printed {
    figure m0, h, a; /* h and a in % */
    char where[96];
} printed;

static printed row_of(const ntm_csv *csv, const char *table, size_t row, const size_t digits[3]) {
    printed p;
    p.m0 = figure_of(table_text(csv, 2, row), digits[0]);
    p.h = figure_of(table_text(csv, 3, row), digits[1]);
    p.a = figure_of(table_text(csv, 4, row), digits[2]);
    (void)snprintf(p.where, sizeof p.where, "%s: %s %s", table, table_text(csv, 0, row), table_text(csv, 1, row));
    return p;
}

/* Whether the intervals of H x A and of M0 meet. */
static bool agrees(const printed *p) {
    wide over = p->h.over * p->a.over * 10000;
    return p->h.low * p->a.low * p->m0.over < p->m0.high * over &&
           p->h.high * p->a.high * p->m0.over > p->m0.low * over;
}

static wide ceiling(wide a, wide b) { return (a + b - 1) / b; }
static wide larger(wide a, wide b) { return a > b ? a : b; }
static wide smaller(wide a, wide b) { return a < b ? a : b; }

/* How many households are poor, and the sum of their scores in parts of 18, inside all three roundings and from least to
   most parts per household; false when there are none such. */
static bool choose(wide *poor, wide *score, const printed *p, wide least_parts(wide), wide most_parts(wide)) {
    wide first = ceiling(p->h.low * HOUSEHOLDS, p->h.over * 100),
         end = ceiling(p->h.high * HOUSEHOLDS, p->h.over * 100);
    for (wide q = first; q < end; q++) {
        wide low =
            larger(ceiling(p->a.low * 18 * q, p->a.over * 100), ceiling(p->m0.low * 18 * HOUSEHOLDS, p->m0.over));
        wide high =
            smaller(ceiling(p->a.high * 18 * q, p->a.over * 100), ceiling(p->m0.high * 18 * HOUSEHOLDS, p->m0.over));
        low = larger(low, least_parts(q));
        high = smaller(high, most_parts(q) + 1);
        if (q == 0 || low >= high) continue;
        *poor = q;
        *score = (low + high - 1) / 2;
        return true;
    }
    return false;
}

/* `count` households with `score` parts together, as evenly as can be. */
static void add_evenly(households *h, wide count, wide score) {
    if (count == 0) return;
    wide each = score / count, more = score % count;
    households_add(h, pattern_of_score((unsigned)each + 1), (size_t)more);
    households_add(h, pattern_of_score((unsigned)each), (size_t)(count - more));
}

static void check_three(const ntm_poverty *result, const printed *p) {
    prints_as(result, NTM_TOTAL, NTM_MEASURE_H, 0, 2, p->h, p->where);
    prints_as(result, NTM_TOTAL, NTM_MEASURE_A, 0, 2, p->a, p->where);
    prints_as(result, NTM_TOTAL, NTM_MEASURE_M0, 0, 0, p->m0, p->where);
}

/* ------------------------------------------------------------------------------------------- the global index */

static wide severe; /* households at 1/2 or more, of the row in hand */
static wide global_least(wide q) { return 6 * (q - severe) + 9 * severe; }
static wide global_most(wide q) { return 8 * (q - severe) + 18 * severe; }

/* With those in severe poverty (k = 1/2) and those vulnerable to poverty (from 1/5 to below 1/3). */
static void global_row(const printed *p, figure vulnerable, figure severely) {
    households h;
    wide poor = 0, score = 0, n = HOUSEHOLDS;
    severe = severely.value.coefficient * n / 10000;
    households_start(&h);
    if (!choose(&poor, &score, p, global_least, global_most)) fail_msg("%s: no households", p->where);
    wide others = smaller(score - 9 * severe, 8 * (poor - severe));
    add_evenly(&h, poor - severe, others);
    add_evenly(&h, severe, score - others);
    households_add(&h, pattern_of_score(4), (size_t)(vulnerable.value.coefficient * n / 10000));
    ntm_poverty *third = households_measure(&h, NULL, (ntm_fraction){1, 3});
    ntm_poverty *half = households_measure(&h, NULL, (ntm_fraction){1, 2});
    ntm_poverty *fifth = households_measure(&h, NULL, (ntm_fraction){1, 5});
    check_three(third, p);
    prints_as(half, NTM_TOTAL, NTM_MEASURE_H, 0, 2, severely, p->where);
    ntm_poverty_rows wider, narrower;
    ntm_decimal share;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_poverty_count(&wider, fifth, NTM_TOTAL, &err), &err);
    assert_ok(ntm_poverty_count(&narrower, third, NTM_TOTAL, &err), &err);
    assert_ok(ntm_decimal_ratio(&share, (int64_t)(wider.poor.least - narrower.poor.least), HOUSEHOLDS, 2, 2,
                                NTM_ROUND_HALF_UP, &err),
              &err);
    assert_int_equal(ntm_decimal_compare(share, vulnerable.value), 0);
    ntm_poverty_free(third);
    ntm_poverty_free(half);
    ntm_poverty_free(fifth);
    households_end(&h);
}

static void global_table(void **state) {
    (void)state;
    static const char *const headers[7] = {"country", "year", "M0", "H", "A", "vulnerable", "severe"};
    static const size_t digits[3] = {3, 2, 2};
    ntm_csv *csv = table_open("global.csv", headers, 7);
    assert_int_equal(ntm_csv_table(csv)->rows, 110);
    for (size_t row = 0; row < 110; row++) {
        printed p = row_of(csv, "global.csv", row, digits);
        if (!agrees(&p)) fail_msg("%s: H x A does not give M0", p.where);
        global_row(&p, figure_of(table_text(csv, 5, row), 2), figure_of(table_text(csv, 6, row), 2));
    }
    ntm_csv_free(csv);
}

/* ------------------------------------------------------------------------------------------- national indices */

static wide floor_parts; /* of the row in hand: the intensity in whole parts of 18 */
static wide national_least(wide q) { return floor_parts * q; }
static wide national_most(wide q) { return (floor_parts + 1) * q; }

/* The structures of national indices differ: any in which the poor score as they do on the average will do. */
static void national_row(const printed *p) {
    households h;
    wide poor = 0, score = 0;
    floor_parts = p->a.low * 18 / (p->a.over * 100);
    households_start(&h);
    if (!choose(&poor, &score, p, national_least, national_most)) {
        floor_parts++;
        if (!choose(&poor, &score, p, national_least, national_most)) fail_msg("%s: no households", p->where);
    }
    add_evenly(&h, poor, score);
    ntm_poverty *result = households_measure(&h, NULL, (ntm_fraction){(int64_t)floor_parts, 18});
    check_three(result, p);
    ntm_poverty_free(result);
    households_end(&h);
}

static void national_tables(void **state) {
    (void)state;
    static const char *const headers[5] = {"country", "year", "M0", "H", "A"};
    static const char *const names[2] = {"national.csv", "viet-nam.csv"};
    static const size_t rows[2] = {63, 5}, digits[3] = {SIZE_MAX, SIZE_MAX, SIZE_MAX};
    size_t found = 0;
    for (size_t table = 0; table < 2; table++) {
        ntm_csv *csv = table_open(names[table], headers, 5);
        assert_int_equal(ntm_csv_table(csv)->rows, rows[table]);
        for (size_t row = 0; row < rows[table]; row++) {
            printed p = row_of(csv, names[table], row, digits);
            bool known = is_finding(names[table], table_text(csv, 0, row), table_text(csv, 1, row));
            if (agrees(&p) == known) fail_msg("%s: %s", p.where, known ? "agrees after all" : "H x A does not give M0");
            found += known;
            if (!known) national_row(&p);
        }
        ntm_csv_free(csv);
    }
    assert_int_equal(found, sizeof findings / sizeof findings[0]);
}

/* ------------------------------------------------------------------------------------------- Viet Nam 2020 */

static void raw_headcounts(void **state) {
    (void)state;
    enum { N = 1000, COUNT = 10 };
    static const char *const headers[2] = {"indicator", "raw"};
    static uint8_t flags[COUNT][N];
    static const char *const names[COUNT] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    ntm_csv *csv = table_open("viet-nam-raw.csv", headers, 2);
    ntm_field fields[COUNT];
    ntm_deprivation indicators[COUNT];
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    ntm_poverty *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(ntm_csv_table(csv)->rows, COUNT);
    for (size_t j = 0; j < COUNT; j++) {
        memset(flags[j], 1, (size_t)figure_of(table_text(csv, 1, j), 1).value.coefficient);
        fields[j] = (ntm_field){names[j], ntm_column_bytes(flags[j], N)};
        indicators[j] = (ntm_deprivation){names[j], NTM_DEPRIVED_FLAG, {0, 0}, {1, COUNT}, false};
    }
    ntm_table table = {sizeof table, N, fields, COUNT};
    options.cutoff_count = 3;
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    assert_ok(ntm_poverty_measure(&result, &table, indicators, COUNT, &options, &err), &err);
    for (size_t j = 0; j < COUNT; j++)
        prints_as(result, NTM_TOTAL, NTM_MEASURE_RAW, j, 2, figure_of(table_text(csv, 1, j), 1), table_text(csv, 0, j));
    ntm_poverty_free(result);
    ntm_csv_free(csv);
}

static void regions(void **state) {
    (void)state;
    enum { N = 1000, COUNT = 6 };
    static const char *const headers[2] = {"region", "H"};
    static uint8_t flag[N * COUNT];
    static int32_t region[N * COUNT];
    static char texts[COUNT][64];
    const char *names[COUNT];
    ntm_csv *csv = table_open("viet-nam-regions.csv", headers, 2);
    assert_int_equal(ntm_csv_table(csv)->rows, COUNT);
    for (size_t g = 0; g < COUNT; g++) {
        (void)snprintf(texts[g], sizeof texts[g], "%s", table_text(csv, 0, g));
        names[g] = texts[g];
        memset(flag + N * g, 1, (size_t)figure_of(table_text(csv, 1, g), 1).value.coefficient);
        for (size_t i = 0; i < N; i++)
            region[N * g + i] = (int32_t)g;
    }
    ntm_field fields[2] = {{"poor", ntm_column_bytes(flag, N * COUNT)},
                           {"region", ntm_column_codes(region, N * COUNT, names, COUNT)}};
    static const char *const by[1] = {"region"};
    static const ntm_deprivation indicator = {"poor", NTM_DEPRIVED_FLAG, {0, 0}, {1, 1}, false};
    ntm_table table = {sizeof table, N * COUNT, fields, 2};
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    ntm_poverty *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.cutoff = (ntm_fraction){1, 1};
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    options.groups = by;
    options.group_count = 1;
    assert_ok(ntm_poverty_measure(&result, &table, &indicator, 1, &options, &err), &err);
    assert_int_equal(ntm_poverty_groups(result), COUNT);
    for (size_t group = 0; group < COUNT; group++) {
        ntm_group_key key;
        size_t row = 0;
        assert_ok(ntm_poverty_key(&key, result, group, 0, &err), &err);
        while (strcmp(names[row], key.text) != 0)
            row++;
        prints_as(result, group, NTM_MEASURE_H, 0, 2, figure_of(table_text(csv, 1, row), 1), key.text);
    }
    ntm_poverty_free(result);
    ntm_csv_free(csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(global_table), cmocka_unit_test(national_tables),
                                       cmocka_unit_test(raw_headcounts), cmocka_unit_test(regions)};
    return cmocka_run_group_tests_name("published tables", tests, NULL, NULL);
}
