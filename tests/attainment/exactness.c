/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts at the very edge, in every type of column. */
#include "sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const form number_forms[] = {AS_INT64, AS_INT32, AS_DOUBLE, AS_DECIMAL};

/* part / whole >= percent %. */
static void ratio_set(kit *k, const char *unit, const char *percent) {
    kit_start(k, NULL);
    kit_fact(k, "whole", NTM_KIND_COUNT, unit);
    kit_part(k, "part", NTM_KIND_COUNT, unit, "whole");
    kit_criterion(k, "1", 0);
    ntm_node ratio = k_of(k, NTM_RATIO, k_fact(k, "part"), k_fact(k, "whole"));
    kit_indicator(k, "1.1", k_compare(k, ratio, NTM_MORE_OR_EQUAL, k_number(k, percent, "%")));
    (void)kit_done(k);
}

static void check_ratio(const char *percent, size_t rows, const char *parts, const char *wholes, const char *verdicts) {
    kit k;
    ratio_set(&k, "household", percent);
    for (size_t a = 0; a < 4; a++) {
        for (size_t b = 0; b < 4; b++) {
            if (strlen(parts) > 60 && (number_forms[a] == AS_INT32 || number_forms[b] == AS_INT32)) continue;
            sheet s;
            sheet_start(&s, rows);
            sheet_cells(&s, "part", number_forms[a], parts);
            sheet_cells(&s, "whole", number_forms[b], wholes);
            expect_indicator(k.set, &s, "1.1", verdicts);
            sheet_end(&s);
        }
    }
    kit_end(&k);
}

static void shares_of_counts(void **state) {
    (void)state;
    check_ratio("90", 4, "1799 1800 1801 2000", "2000 2000 2000 2000", "-+++");
    check_ratio("89.95", 3, "1798 1799 1800", "2000 2000 2000", "-++");
    check_ratio("33.3333333333333333", 2, "1 333333", "3 1000000", "+-");
    check_ratio("66.6666666666666667", 2, "2 666667", "3 1000000", "-+");
    check_ratio("100", 3, "0 6999 7000", "7000 7000 7000", "--+");
    check_ratio("0", 2, "0 1", "1 1", "++");
    check_ratio("0.000001", 2, "9 10", "1000000000 1000000000", "-+");
}

static void large_counts(void **state) {
    (void)state;
    static const form forms[] = {AS_INT64, AS_DECIMAL};
    kit k;
    ratio_set(&k, "household", "90");
    for (size_t at = 0; at < 2; at++) {
        sheet s;
        sheet_start(&s, 5);
        /* nine tenths of 9223372036854775800 is 8301034833169298220 */
        sheet_cells(&s, "part", forms[at],
                    "8301034833169298219 8301034833169298220 9223372036854775807 68212208 61390987");
        sheet_cells(&s, "whole", forms[at],
                    "9223372036854775800 9223372036854775800 9223372036854775807 68212208 68212208");
        expect_indicator(k.set, &s, "1.1", "-+++-");
        sheet_end(&s);
        sheet_start(&s, 2); /* 68,212,208 x 0.9 = 61,390,987.2 */
        sheet_cells(&s, "part", forms[at], "61390987 61390988");
        sheet_cells(&s, "whole", forms[at], "68212208 68212208");
        expect_indicator(k.set, &s, "1.1", "-+");
        sheet_end(&s);
    }
    kit_end(&k);
}

/* ------------------------------------------------------------------------------------------- one value, one threshold */

static void value_set(kit *k, ntm_fact_kind kind, const char *unit, const char *threshold, ntm_comparison sign) {
    kit_start(k, NULL);
    kit_fact(k, "x", kind, unit);
    kit_criterion(k, "1", 0);
    kit_indicator(k, "1.1", k_compare(k, k_fact(k, "x"), sign, k_number(k, threshold, unit)));
    kit_indicator(k, "1.2", k_compare(k, k_number(k, threshold, unit), sign, k_fact(k, "x")));
    (void)kit_done(k);
}

static void amounts(const char *threshold, ntm_comparison sign, form as, size_t rows, const char *cells,
                    const char *verdicts, const char *turned) {
    kit k;
    sheet s;
    value_set(&k, NTM_KIND_AMOUNT, "km", threshold, sign);
    sheet_start(&s, rows);
    sheet_cells(&s, "x", as, cells);
    expect_indicator(k.set, &s, "1.1", verdicts);
    expect_indicator(k.set, &s, "1.2", turned);
    sheet_end(&s);
    kit_end(&k);
}

static void every_sign(void **state) {
    (void)state;
    static const form forms[] = {AS_INT16, AS_INT32, AS_INT64, AS_DOUBLE, AS_DECIMAL};
    static const char cells[] = "89.95 90 90.05 -90 0";
    for (size_t at = 0; at < 5; at++) {
        amounts("90", NTM_LESS, forms[at], 5, cells, "+--++", "--+--");
        amounts("90", NTM_LESS_OR_EQUAL, forms[at], 5, cells, "++-++", "-++--");
        amounts("90", NTM_EQUAL, forms[at], 5, cells, "-+---", "-+---");
        amounts("90.00", NTM_MORE_OR_EQUAL, forms[at], 5, cells, "-++--", "++-++");
        amounts("90", NTM_MORE, forms[at], 5, cells, "--+--", "+--++");
        amounts("-90", NTM_MORE_OR_EQUAL, forms[at], 5, cells, "+++++", "---+-");
        amounts("-90", NTM_LESS_OR_EQUAL, forms[at], 5, cells, "---+-", "+++++");
    }
    amounts("89.95", NTM_MORE_OR_EQUAL, AS_DOUBLE, 4, "89.95 89.949999999999 89.9500000000001 89.94", "+-+-", "++-+");
    amounts("89.95", NTM_EQUAL, AS_DECIMAL, 4, "89.95 89.949999999999 89.9500000000001 89.94", "+---", "+---");
    amounts("0.3", NTM_EQUAL, AS_DOUBLE, 3, "0.3 0.30000000000000004 0.29999999999999999", "+-+", "+-+");
    amounts("3", NTM_MORE, AS_INT8, 4, "3 2 4 -128", "--+-", "-+-+");
    amounts("2.5", NTM_MORE, AS_INT8, 4, "3 2 4 127", "+-++", "-+--");
}

/* Doubles one step below, at and above the threshold's double, for thresholds of all sizes and signs. */
static void neighbours(void **state) {
    (void)state;
    static const char *const thresholds[] = {"90",
                                             "89.95",
                                             "0.1",
                                             "0.7",
                                             "5",
                                             "1000000.01",
                                             "36",
                                             "13.9",
                                             "-13.9",
                                             "0.0000001",
                                             "123456789.012345",
                                             "20000000",
                                             "0",
                                             "999999999999999",
                                             "0.000000000000001"};
    for (size_t at = 0; at < sizeof thresholds / sizeof thresholds[0]; at++) {
        double t = strtod(thresholds[at], NULL);
        double values[3] = {t, nextafter(t, -INFINITY), nextafter(t, INFINITY)};
        static const struct {
            ntm_comparison sign;
            const char *verdicts; /* at it, one step below, one step above */
        } signs[] = {{NTM_LESS, "-+-"},
                     {NTM_LESS_OR_EQUAL, "++-"},
                     {NTM_EQUAL, "+--"},
                     {NTM_MORE_OR_EQUAL, "+-+"},
                     {NTM_MORE, "--+"}};
        for (size_t which = 0; which < 5; which++) {
            kit k;
            sheet s;
            value_set(&k, NTM_KIND_AMOUNT, "km", thresholds[at], signs[which].sign);
            sheet_start(&s, 3);
            ntm_column column = ntm_column_double(values, 3);
            sheet_column(&s, "x", column);
            expect_indicator(k.set, &s, "1.1", signs[which].verdicts);
            sheet_end(&s);
            kit_end(&k);
        }
    }
}

/* Doubles that somebody computed have 17 digits, wherever their mark stands. */
static void computed_doubles(void **state) {
    (void)state;
    const double values[] = {1.0 / 3, 1.0 / 30, 1.0 / 300,       1.0 / 3000, 1e22 / 3,
                             1e18,    1e21,     123456.7 * 1e10, -2.0 / 700};
    kit k;
    sheet s;
    value_set(&k, NTM_KIND_AMOUNT, "km", "0.1", NTM_MORE_OR_EQUAL);
    sheet_start(&s, 9);
    sheet_column(&s, "x", ntm_column_double(values, 9));
    expect_indicator(k.set, &s, "1.1", "+---++++-");
    sheet_end(&s);
    kit_end(&k);
}

/* Shares as they are: 89.95 is 89.95 in a double, and no more than 89.95 in a decimal. */
static void shares(void **state) {
    (void)state;
    static const form forms[] = {AS_DOUBLE, AS_DECIMAL, AS_INT64};
    for (size_t at = 0; at < 3; at++) {
        kit k;
        sheet s;
        value_set(&k, NTM_KIND_SHARE, "%", "90", NTM_MORE_OR_EQUAL);
        sheet_start(&s, 6);
        sheet_cells(&s, "x", forms[at], "89.95 90.00 89.999999999999 90.000000000001 100 0");
        expect_indicator(k.set, &s, "1.1", "-+-++-");
        sheet_end(&s);
        kit_end(&k);
        value_set(&k, NTM_KIND_SHARE, "%", "89.95", NTM_LESS_OR_EQUAL);
        sheet_start(&s, 4);
        sheet_cells(&s, "x", forms[at], "89.95 89.9500000000001 89.9499999999999 89.96");
        expect_indicator(k.set, &s, "1.1", "+-+-");
        sheet_end(&s);
        kit_end(&k);
    }
}

static void amounts_beyond_float32(void **state) {
    (void)state;
    static const form forms[] = {AS_INT32, AS_INT64, AS_DOUBLE, AS_DECIMAL};
    for (size_t at = 0; at < 4; at++) {
        amounts("20000000", NTM_MORE, forms[at], 3, "20000001 20000000 19999999", "+--", "--+");
        amounts("20000001", NTM_EQUAL, forms[at], 3, "20000001 20000000 20000002", "+--", "+--");
        amounts("68212208", NTM_EQUAL, forms[at], 3, "68212208 68212207 68212209", "+--", "+--");
        amounts("10000000", NTM_MORE_OR_EQUAL, forms[at], 3, "10000000 ? 9999999", "+o-", "+o+");
    }
    amounts("9007199254740993", NTM_EQUAL, AS_INT64, 3, "9007199254740993 9007199254740992 9007199254740994", "+--",
            "+--");
    amounts("9223372036854775807", NTM_EQUAL, AS_INT64, 2, "9223372036854775807 9223372036854775806", "+-", "+-");
    amounts("-9223372036854775807", NTM_LESS_OR_EQUAL, AS_INT64, 2, "-9223372036854775807 -9223372036854775806", "+-",
            "++");
    amounts("9007199254740993", NTM_MORE_OR_EQUAL, AS_DECIMAL, 2, "9007199254740992 9007199254740993", "-+", "++");
}

/* Money and lengths in the units in which they are written. */
static void scales_of_units(void **state) {
    (void)state;
    static const form forms[] = {AS_INT64, AS_DOUBLE, AS_DECIMAL};
    for (size_t at = 0; at < 3; at++) {
        kit k;
        sheet s;
        kit_start(&k, NULL);
        kit_fact(&k, "income", NTM_KIND_MONEY, "VND/person/year");
        kit_fact(&k, "road", NTM_KIND_AMOUNT, "m");
        kit_criterion(&k, "1", 0);
        kit_indicator(
            &k, "1.1",
            k_compare(&k, k_fact(&k, "income"), NTM_MORE_OR_EQUAL, k_number(&k, "36.5", "triệu đồng/người/năm")));
        kit_indicator(&k, "1.2", k_compare(&k, k_fact(&k, "road"), NTM_LESS, k_number(&k, "1.2345", "km")));
        (void)kit_done(&k);
        sheet_start(&s, 3);
        sheet_cells(&s, "income", forms[at], "36500000 36499999 36500001");
        sheet_cells(&s, "road", forms[at], "1234.4 1234.5 1234.6");
        expect_indicator(k.set, &s, "1.1", "+-+");
        expect_indicator(k.set, &s, "1.2", "+--");
        sheet_end(&s);
        kit_end(&k);
    }
}

static void sums_and_products(void **state) {
    (void)state;
    static const form forms[] = {AS_DOUBLE, AS_DECIMAL, AS_INT64};
    for (size_t at = 0; at < 3; at++) {
        kit k;
        sheet s;
        kit_start(&k, NULL);
        kit_fact(&k, "a", NTM_KIND_AMOUNT, "km");
        kit_fact(&k, "b", NTM_KIND_AMOUNT, "km");
        kit_criterion(&k, "1", 0);
        kit_indicator(
            &k, "sum",
            k_compare(&k, k_of(&k, NTM_SUM, k_fact(&k, "a"), k_fact(&k, "b")), NTM_EQUAL, k_number(&k, "0.3", "km")));
        kit_indicator(&k, "twice",
                      k_compare(&k, k_of(&k, NTM_PRODUCT, k_number(&k, "2", NULL), k_fact(&k, "a")), NTM_EQUAL,
                                k_number(&k, "199", "km")));
        kit_indicator(&k, "less",
                      k_compare(&k, k_of(&k, NTM_DIFFERENCE, k_fact(&k, "a"), k_fact(&k, "b")), NTM_EQUAL,
                                k_number(&k, "-0.1", "km")));
        kit_indicator(&k, "ratio",
                      k_compare(&k, k_of(&k, NTM_RATIO, k_fact(&k, "a"), k_fact(&k, "b")), NTM_MORE_OR_EQUAL,
                                k_number(&k, "25.01", "%")));
        (void)kit_done(&k);
        sheet_start(&s, 5);
        sheet_cells(&s, "a", forms[at], "0.1 0.2 99.5 25.00 25.01");
        sheet_cells(&s, "b", forms[at], "0.2 0.3 99.4 100 100");
        expect_indicator(k.set, &s, "sum", "+----");
        expect_indicator(k.set, &s, "twice", "--+--");
        expect_indicator(k.set, &s, "less", "++---");
        expect_indicator(k.set, &s, "ratio", "+++-+");
        sheet_end(&s);
        kit_end(&k);
    }
}

static void rounding_only_where_a_rule_says_so(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "whole", NTM_KIND_COUNT, "household");
    kit_part(&k, "part", NTM_KIND_COUNT, "household", "whole");
    kit_criterion(&k, "1", 0);
    static const struct {
        const char *id;
        ntm_rounding rounding;
        uint8_t digits;
        const char *verdicts;
    } modes[] = {{"half-up", NTM_ROUND_HALF_UP, 1, "++-+"},
                 {"half-even", NTM_ROUND_HALF_EVEN, 1, "++-+"},
                 {"down", NTM_ROUND_DOWN, 1, "-+--"},
                 {"up", NTM_ROUND_UP, 1, "++++"},
                 {"whole-half-even", NTM_ROUND_HALF_EVEN, 0, "++++"},
                 {"exact", (ntm_rounding)0, 0, "-+--"}};
    for (size_t at = 0; at < 6; at++) {
        ntm_node ratio = k_of(&k, NTM_RATIO, k_fact(&k, "part"), k_fact(&k, "whole"));
        if (modes[at].rounding != (ntm_rounding)0)
            ratio = k_rounded(&k, ratio, modes[at].digits, modes[at].rounding, "%");
        kit_indicator(&k, modes[at].id, k_compare(&k, ratio, NTM_MORE_OR_EQUAL, k_number(&k, "90", "%")));
    }
    (void)kit_done(&k);
    sheet_start(&s, 4); /* 89.95, 90, 89.94, 89.96 */
    sheet_cells(&s, "part", AS_INT64, "1799 1800 8994 8996");
    sheet_cells(&s, "whole", AS_INT64, "2000 2000 10000 10000");
    for (size_t at = 0; at < 6; at++)
        expect_indicator(k.set, &s, modes[at].id, modes[at].verdicts);
    sheet_end(&s);
    kit_end(&k);
}

/* 2.5 and its like, below and above zero, in km and in m. */
static void ties_of_rounding(void **state) {
    (void)state;
    static const ntm_rounding modes[] = {NTM_ROUND_HALF_UP, NTM_ROUND_HALF_EVEN, NTM_ROUND_DOWN, NTM_ROUND_UP};
    static const char *const ids[] = {"half-up", "half-even", "down", "up"};
    static const char *const expected[][4] = {
        {"3", "4", "-3", "-4"}, {"2", "4", "-2", "-4"}, {"2", "3", "-2", "-3"}, {"3", "4", "-3", "-4"}};
    for (size_t mode = 0; mode < 4; mode++) {
        for (size_t value = 0; value < 4; value++) {
            kit k;
            sheet s;
            kit_start(&k, NULL);
            kit_fact(&k, "a", NTM_KIND_AMOUNT, "m");
            kit_criterion(&k, "1", 0);
            ntm_node node = k_rounded(&k, k_fact(&k, "a"), 0, modes[mode], "km");
            kit_indicator(&k, ids[mode], k_compare(&k, node, NTM_EQUAL, k_number(&k, expected[mode][value], "km")));
            (void)kit_done(&k);
            char verdicts[5] = "----";
            for (size_t row = 0; row < 4; row++) /* the other values that round to the same */
                if (strcmp(expected[mode][row], expected[mode][value]) == 0) verdicts[row] = '+';
            sheet_start(&s, 4);
            sheet_cells(&s, "a", value % 2 == 0 ? AS_INT64 : AS_DOUBLE, "2500 3500 -2500 -3500");
            expect_indicator(k.set, &s, ids[mode], verdicts);
            sheet_end(&s);
            kit_end(&k);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shares_of_counts),
                                       cmocka_unit_test(large_counts),
                                       cmocka_unit_test(every_sign),
                                       cmocka_unit_test(neighbours),
                                       cmocka_unit_test(computed_doubles),
                                       cmocka_unit_test(shares),
                                       cmocka_unit_test(amounts_beyond_float32),
                                       cmocka_unit_test(scales_of_units),
                                       cmocka_unit_test(sums_and_products),
                                       cmocka_unit_test(rounding_only_where_a_rule_says_so),
                                       cmocka_unit_test(ties_of_rounding)};
    return cmocka_run_group_tests_name("exactness", tests, NULL, NULL);
}
