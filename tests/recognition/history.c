/* SPDX-License-Identifier: Apache-2.0 */
/* Who holds what on a day: cases worked out by hand. */
#include "book.h"

#include <stdio.h>
#include <string.h>

static void months(void **state) {
    static const struct {
        const char *from;
        uint32_t months;
        const char *last;
    } cases[] = {
        {"2020-02-29", 36, "2023-02-28"}, {"2020-02-29", 48, "2024-02-29"}, {"2020-01-15", 36, "2023-01-15"},
        {"2019-12-31", 2, "2020-02-29"},  {"2018-12-31", 2, "2019-02-28"},  {"2020-08-31", 1, "2020-09-30"},
        {"2020-01-30", 1, "2020-02-29"},  {"2021-01-28", 1, "2021-02-28"},  {"2020-11-30", 13, "2021-12-30"},
        {"2020-05-05", 0, "2020-05-05"},  {"9999-01-31", 11, "9999-12-31"}, {"2096-02-29", 48, "2100-02-28"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(ntm_validity_last_day(book_day(cases[i].from), cases[i].months), book_day(cases[i].last));
    assert_int_equal(ntm_validity_last_day(book_day("9999-12-01"), 1), NTM_DATE_NONE);
    assert_int_equal(ntm_validity_last_day(book_day("2020-01-01"), UINT32_MAX), NTM_DATE_NONE);
    assert_int_equal(ntm_validity_last_day(NTM_DATE_NONE, 1), NTM_DATE_NONE);
    assert_int_equal(ntm_validity_last_day(INT32_MAX, 1), NTM_DATE_NONE);
}

/* Rows come in any order: on one day registering comes before giving up. */
static void in_any_order(void **state) {
    ntm_register_options options = book_options();
    (void)state;
    ntm_register *reg = book_read("A,S,,withdrawn,2020-01-01,,,\nA,S,,registered,2020-01-01,,,\n"
                                  "B,S,,registered,2020-01-01,,,\nB,S,,withdrawn,2020-01-01,,,\n",
                                  &options);
    expect_holding(reg, "A", "S", "2020-01-01", "not held (withdrawn) since 2020-01-01 by 0");
    expect_holding(reg, "B", "S", "2020-01-01", "not held (withdrawn) since 2020-01-01 by 3");
    ntm_register_free(reg);
}

/* Recognised, renewed with another class in time, revoked; recognised again and expired. */
static void one_unit(void **state) {
    ntm_register_options options = book_months(36);
    (void)state;
    ntm_register *reg = book_read("A,S,,registered,2019-01-01,,,\n"
                                  "A,S,3,recognised,2020-02-29,1/QD,,\n"
                                  "A,S,4,recognised,2022-05-01,2/QD,,\n"
                                  "A,S,,revoked,2023-06-01,3/QD,,\n"
                                  "A,S,3,recognised,2024-01-01,4/QD,,\n"
                                  "A,T,,recognised,2024-01-01,5/QD,,2024-06-30\n"
                                  "A,S,,withdrawn,2028-01-01,,,\n",
                                  &options);
    expect_holding(reg, "A", "S", "2018-12-31", "not held (never)");
    expect_holding(reg, "A", "S", "2020-02-28", "not held (never)");
    expect_holding(reg, "A", "S", "2020-02-29", "held 3 since 2020-02-29 until 2023-02-28 by 1");
    expect_holding(reg, "A", "S", "2022-04-30", "held 3 since 2020-02-29 until 2023-02-28 by 1");
    expect_holding(reg, "A", "S", "2022-05-01", "held 4 since 2020-02-29 until 2025-05-01 by 2");
    expect_holding(reg, "A", "S", "2023-05-31", "held 4 since 2020-02-29 until 2025-05-01 by 2");
    expect_holding(reg, "A", "S", "2023-06-01", "not held (revoked) since 2023-06-01 by 3");
    expect_holding(reg, "A", "S", "2024-01-01", "held 3 since 2024-01-01 until 2027-01-01 by 4");
    expect_holding(reg, "A", "S", "2027-01-01", "held 3 since 2024-01-01 until 2027-01-01 by 4");
    expect_holding(reg, "A", "S", "2027-01-02", "not held (expired) since 2027-01-02 by 4");
    expect_holding(reg, "A", "S", "2028-01-01", "not held (withdrawn) since 2028-01-01 by 6");
    expect_holding(reg, "A", "T", "2024-06-30", "held since 2024-01-01 until 2024-06-30 by 5");
    expect_holding(reg, "A", "T", "2024-07-01", "not held (expired) since 2024-07-01 by 5");
    expect_holding(reg, "A", "U", "2024-07-01", "not held (never)");
    expect_holding(reg, "B", "S", "2024-07-01", "not held (never)");
    assert_int_equal(ntm_register_act_count(reg), 7);
    assert_string_equal(ntm_register_act(reg, 1)->number, "1/QD");
    assert_string_equal(ntm_register_act(reg, 1)->label, "3");
    assert_null(ntm_register_act(reg, 0)->number);
    assert_null(ntm_register_act(reg, 7));
    ntm_register_free(reg);
}

static void not_known_for_how_long(void **state) {
    ntm_register_options options = NTM_REGISTER_OPTIONS_INIT;
    ntm_status_rule rule = NTM_STATUS_RULE_INIT;
    (void)state;
    rule.status = "T";
    rule.lasting = NTM_LASTING_UNLIMITED;
    options.rules = &rule;
    options.rule_count = 1;
    const char *lines = "A,S,,recognised,2020-01-01,,,\nA,T,,recognised,2020-01-01,,,\n"
                        "A,S,,revoked,2022-01-01,,,\n";
    ntm_register *reg = book_read(lines, &options);
    expect_holding(reg, "A", "S", "2020-01-01", "held since 2020-01-01 by 0");
    expect_holding(reg, "A", "S", "2020-01-02", "open (lasting unknown) since 2020-01-02 by 0");
    expect_holding(reg, "A", "S", "2022-01-01", "not held (revoked) since 2022-01-01 by 2");
    expect_holding(reg, "A", "T", "2999-01-01", "held since 2020-01-01 by 1");
    ntm_register_free(reg);
    options.partial = true;
    reg = book_read(lines, &options);
    expect_holding(reg, "A", "S", "2019-12-31", "open (not reported)");
    expect_holding(reg, "B", "S", "2020-01-02", "open (not reported)");
    expect_holding(reg, "A", "T", "2020-01-02", "held since 2020-01-01 by 1");
    ntm_register_free(reg);
}

/* The commune 18103 of 2020 has the code of one of the two that it was made of. */
static const char merger[] = "18103,ntm,,recognised,2015-01-01,1,,\n"
                             "18106,ntm,,recognised,2016-01-01,2,,\n"
                             "18103,,,merged,2020-01-01,819,18103,\n"
                             "18106,,,merged,2020-01-01,819,18103,\n"
                             "18103,ntm,,re-acknowledged,2020-07-01,3,,\n";

static void not_inherited(void **state) {
    (void)state;
    ntm_register *reg = book_read(merger, NULL);
    expect_holding(reg, "18103", "ntm", "2019-12-31", "held since 2015-01-01 by 0");
    expect_holding(reg, "18106", "ntm", "2019-12-31", "held since 2016-01-01 by 1");
    expect_holding(reg, "18103", "ntm", "2020-01-01", "not held (not re-acknowledged) since 2020-01-01 by 2");
    expect_holding(reg, "18103", "ntm", "2020-06-30", "not held (not re-acknowledged) since 2020-01-01 by 2");
    expect_holding(reg, "18103", "ntm", "2020-07-01", "held since 2020-07-01 by 4");
    expect_holding(reg, "18106", "ntm", "2020-07-01", "not held (ended) since 2020-01-01 by 3");
    expect_holding(reg, "18106", "other", "2020-07-01", "not held (ended) since 2020-01-01 by 3");
    expect_holding(reg, "18103", "other", "2020-07-01", "not held (never)");
    ntm_register_free(reg);
}

/* A township that takes a commune in and stays itself. */
static void taken_in(void **state) {
    (void)state;
    ntm_register *reg = book_read("T,S,,recognised,2015-01-01,,,\nC,S,,recognised,2016-01-01,,,\n"
                                  "D,S,,recognised,2016-01-01,,,\nT2,R,,registered,2014-01-01,,,\n"
                                  "C,,,merged,2020-01-01,,T,\nD,,,merged,2020-01-01,,T2,\n"
                                  "E,,,merged,2020-01-01,,N,\n",
                                  NULL);
    expect_holding(reg, "T", "S", "2019-12-31", "held since 2015-01-01 by 0");
    expect_holding(reg, "T", "S", "2020-01-01", "open (undecided) since 2020-01-01 by 4");
    expect_holding(reg, "T2", "S", "2020-01-01", "not held (not re-acknowledged) since 2020-01-01 by 5");
    expect_holding(reg, "N", "S", "2020-01-01", "not held (never)");
    ntm_register_free(reg);
}

static void inherited_by_rule(void **state) {
    static const char lines[] =
        "A,S,3,recognised,2015-01-01,,,2021-12-31\nB,S,3,recognised,2016-01-01,,,2022-12-31\n"
        "C,S,4,recognised,2015-01-01,,,\nE,S,,registered,2015-01-01,,,\n"
        "A,,,merged,2020-01-01,,AB,\nB,,,merged,2020-01-01,,AB,\n"
        "A2,S,3,recognised,2015-01-01,,,\nC,,,merged,2020-01-01,,CE,\nE,,,merged,2020-01-01,,CE,\n"
        "F,S,4,recognised,2017-01-01,,,\nF,,,merged,2020-01-01,,A2,\n";
    ntm_register_options options = book_options();
    (void)state;
    options.usual.inherit = NTM_INHERIT_ALL;
    ntm_register *reg = book_read(lines, &options);
    expect_holding(reg, "AB", "S", "2020-01-01", "held 3 since 2020-01-01 until 2021-12-31 by 4");
    expect_holding(reg, "AB", "S", "2022-01-01", "not held (expired) since 2022-01-01 by 4");
    expect_holding(reg, "CE", "S", "2020-01-01", "not held (part) since 2020-01-01 by 7");
    expect_holding(reg, "A2", "S", "2020-01-01", "held since 2015-01-01 by 10");
    ntm_register_free(reg);
    options.usual.inherit = NTM_INHERIT_ANY;
    reg = book_read(lines, &options);
    expect_holding(reg, "AB", "S", "2020-01-01", "held 3 since 2020-01-01 until 2022-12-31 by 4");
    expect_holding(reg, "CE", "S", "2020-01-01", "held 4 since 2020-01-01 by 7");
    ntm_register_free(reg);
    options.usual.inherit = NTM_INHERIT_UNKNOWN;
    reg = book_read(lines, &options);
    expect_holding(reg, "AB", "S", "2020-01-01", "open (undecided) since 2020-01-01 by 4");
    expect_holding(reg, "CE", "S", "2020-01-01", "open (undecided) since 2020-01-01 by 7");
    ntm_register_free(reg);
}

/* Divided among two, merged again, a code that comes back after years, and a unit that ends. */
static void long_lives(void **state) {
    (void)state;
    ntm_register *reg =
        book_read("A,S,,recognised,2010-01-01,,,\nA,,,merged,2012-01-01,,B,\nA,,,merged,2012-01-01,,C,\n"
                  "B,S,,re-acknowledged,2012-03-01,,,\nB,,,merged,2014-01-01,,A,\n"
                  "A,S,,recognised,2015-01-01,,,\nC,,,ended,2016-01-01,,,\nA,,,merged,2018-01-01,,A,\n",
                  NULL);
    expect_holding(reg, "B", "S", "2012-01-01", "not held (not re-acknowledged) since 2012-01-01 by 1");
    expect_holding(reg, "C", "S", "2012-01-01", "not held (not re-acknowledged) since 2012-01-01 by 2");
    expect_holding(reg, "B", "S", "2012-03-01", "held since 2012-03-01 by 3");
    expect_holding(reg, "A", "S", "2013-01-01", "not held (ended) since 2012-01-01 by 1");
    expect_holding(reg, "A", "S", "2014-01-01", "not held (not re-acknowledged) since 2014-01-01 by 4");
    expect_holding(reg, "A", "S", "2015-01-01", "held since 2015-01-01 by 5");
    expect_holding(reg, "C", "S", "2016-01-01", "not held (ended) since 2016-01-01 by 6");
    expect_holding(reg, "A", "S", "2018-01-01", "not held (not re-acknowledged) since 2018-01-01 by 7");
    ntm_register_free(reg);
}

/* A column of codes, and counts between bounds. */
static void columns_and_counts(void **state) {
    static const char *const codes[] = {"18106", "18103", "nobody"};
    static const int32_t rows[] = {1, 0, 2, -1, 1};
    ntm_column units = ntm_column_codes(rows, 5, codes, 3), out = NTM_COLUMN_INIT;
    uint8_t values = 0x5a, validity = 0x5a;
    ntm_holders holders;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    ntm_register *reg = book_read(merger, NULL);
    assert_ok(ntm_register_column(&out, &values, &validity, reg, &units, "ntm", book_day("2019-12-31"), &err), &err);
    assert_int_equal(values, 0x13);   /* rows 0, 1, 4 */
    assert_int_equal(validity, 0x17); /* row 3 has no code */
    assert_ok(ntm_column_check(&out, &err), &err);
    assert_int_equal(ntm_column_known(&out, 3), NTM_NOT_REPORTED);
    assert_ok(ntm_register_count(&holders, reg, &units, "ntm", NULL, book_day("2020-07-01"), &err), &err);
    assert_true(holders.held == 2 && holders.not_held == 2 && holders.open == 1);
    assert_ok(ntm_register_count(&holders, reg, NULL, "ntm", NULL, book_day("2019-12-31"), &err), &err);
    assert_true(holders.held == 2 && holders.not_held == 0 && holders.open == 0);
    assert_ok(ntm_register_count(&holders, reg, NULL, "ntm", NULL, book_day("2020-01-01"), &err), &err);
    assert_true(holders.held == 0 && holders.not_held == 1 && holders.open == 0);
    static const int32_t bad[] = {0, 3};
    units = ntm_column_codes(bad, 2, codes, 3);
    values = validity = 0x5a;
    assert_fails(ntm_register_column(&out, &values, &validity, reg, &units, "ntm", 0, &err), NTM_ERROR_VALUE, &err,
                 "categories");
    assert_int_equal(err.row, 1);
    assert_true(values == 0x5a && validity == 0x5a);
    int64_t numbers[] = {18103};
    units = ntm_column_int64(numbers, 1);
    assert_fails(ntm_register_count(&holders, reg, &units, "ntm", NULL, 0, &err), NTM_ERROR_SHAPE, &err, "codes");
    ntm_register_free(reg);
}

/* "61 to 70 of 82": what is open widens the count. Classes are counted apart. */
static void bounds(void **state) {
    char lines[4096] = "";
    size_t used = 0;
    ntm_holders holders;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    for (int i = 0; i < 82; i++) {
        const char *line = i < 61   ? "P%02d,S,%d,recognised,2020-01-01,,,\n"
                           : i < 70 ? "P%02d,T,%d,recognised,2020-01-01,,,\n"
                                    : "P%02d,S,,registered,2020-01-01,,,\n";
        used += (size_t)snprintf(lines + used, sizeof lines - used, line, i, i < 40 ? 3 : 4);
    }
    for (int i = 61; i < 70; i++) /* each takes a unit in, so that nobody has decided */
        used += (size_t)snprintf(lines + used, sizeof lines - used, "Q%d,,,merged,2021-01-01,,P%d,\n", i, i);
    ntm_register *reg = book_read(lines, NULL);
    assert_ok(ntm_register_count(&holders, reg, NULL, "S", NULL, book_day("2021-01-01"), &err), &err);
    assert_true(holders.held == 61 && holders.not_held == 21 && holders.open == 0);
    assert_ok(ntm_register_count(&holders, reg, NULL, "T", NULL, book_day("2021-01-01"), &err), &err);
    assert_true(holders.held == 0 && holders.not_held == 73 && holders.open == 9);
    assert_ok(ntm_register_count(&holders, reg, NULL, "S", "3", book_day("2021-01-01"), &err), &err);
    assert_true(holders.held == 40 && holders.not_held == 42);
    ntm_register_free(reg);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(months),
                                       cmocka_unit_test(in_any_order),
                                       cmocka_unit_test(one_unit),
                                       cmocka_unit_test(not_known_for_how_long),
                                       cmocka_unit_test(not_inherited),
                                       cmocka_unit_test(taken_in),
                                       cmocka_unit_test(inherited_by_rule),
                                       cmocka_unit_test(long_lives),
                                       cmocka_unit_test(columns_and_counts),
                                       cmocka_unit_test(bounds)};
    return cmocka_run_group_tests_name("recognition", tests, NULL, NULL);
}
