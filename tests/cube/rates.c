/* SPDX-License-Identifier: Apache-2.0 */
/* Rates: of two cells, as text with each rounding, and of a whole cube. */
#include "accounts.h"

#include <stdio.h>
#include <string.h>

static ntm_cube_cell flow(int64_t sum) { return (ntm_cube_cell){NTM_REPORTED, sum, 0, false}; }

static const ntm_cube_cell no_cell = {NTM_NOT_APPLICABLE, 0, 0, false}, waiting = {NTM_NOT_REPORTED, 0, 1, false},
                           partly = {NTM_NOT_REPORTED, 3, 1, false}, loan = {NTM_REPORTED, 5, 0, true};

static void expect_rate(ntm_cube_cell part, ntm_cube_cell whole, ntm_known known, int64_t above, int64_t below,
                        const char *flags) {
    ntm_rate rate = {NTM_REPORTED, {7, 7}, true, true};
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_rate_of(&rate, &part, &whole, &err), &err);
    if (rate.known != known || rate.ratio.numerator != above || rate.ratio.denominator != below ||
        rate.negative != (strchr(flags, '-') != NULL) || rate.above_one != (strchr(flags, '+') != NULL))
        fail_msg("%lld of %lld: %d %lld/%lld %d %d", (long long)part.sum, (long long)whole.sum, (int)rate.known,
                 (long long)rate.ratio.numerator, (long long)rate.ratio.denominator, rate.negative, rate.above_one);
}

static void of_cells(void **state) {
    (void)state;
    expect_rate(flow(1799), flow(2000), NTM_REPORTED, 1799, 2000, "");
    expect_rate(flow(50), flow(200), NTM_REPORTED, 1, 4, "");
    expect_rate(flow(200), flow(200), NTM_REPORTED, 1, 1, "");
    expect_rate(flow(201), flow(200), NTM_REPORTED, 201, 200, "+");
    expect_rate(flow(0), flow(200), NTM_REPORTED, 0, 1, "");
    expect_rate(flow(-50), flow(200), NTM_REPORTED, -1, 4, "-");
    expect_rate(flow(50), flow(-200), NTM_REPORTED, -1, 4, "-");
    expect_rate(flow(-300), flow(-200), NTM_REPORTED, 3, 2, "+");
    expect_rate(flow(INT64_MIN), flow(INT64_MIN), NTM_REPORTED, 1, 1, "");
    expect_rate(flow(INT64_MIN), flow(1), NTM_REPORTED, INT64_MIN, 1, "-");
    expect_rate(flow(INT64_MIN), flow(-1), NTM_REPORTED, 0, 0, "+"); /* beyond 64 bits: only its sides are told */
    expect_rate(flow(1), flow(INT64_MIN), NTM_REPORTED, 0, 0, "-");
    expect_rate(flow(INT64_MAX), flow(INT64_MIN), NTM_REPORTED, 0, 0, "-");
    expect_rate(flow(5), flow(0), NTM_NOT_APPLICABLE, 0, 0, "");
    expect_rate(flow(5), no_cell, NTM_NOT_APPLICABLE, 0, 0, "");
    expect_rate(no_cell, flow(5), NTM_NOT_APPLICABLE, 0, 0, "");
    expect_rate(no_cell, loan, NTM_NOT_APPLICABLE, 0, 0, "");
    expect_rate(partly, flow(12), NTM_NOT_REPORTED, 1, 4, "");
    expect_rate(flow(1), partly, NTM_NOT_REPORTED, 1, 3, "");
    expect_rate(flow(1), waiting, NTM_NOT_REPORTED, 0, 0, "");
    expect_rate(waiting, flow(0), NTM_NOT_REPORTED, 0, 0, "");
    expect_rate(loan, loan, NTM_REPORTED, 1, 1, "");
    ntm_rate rate = {NTM_REPORTED, {7, 7}, true, true};
    ntm_cube_cell five = flow(5);
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_rate_of(&rate, &loan, &five, &err), NTM_ERROR_UNIT, &err, "a stock and a flow");
    assert_fails(ntm_rate_of(&rate, &five, &loan, &err), NTM_ERROR_UNIT, &err, "a stock and a flow");
    assert_fails(ntm_rate_of(&rate, NULL, &five, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_rate_of(&rate, &five, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_rate_of(NULL, &five, &five, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_true(rate.ratio.numerator == 7 && rate.negative);
}

static void expect_text(const char *text, int64_t above, int64_t below, uint8_t digits, ntm_rounding rounding,
                        ntm_language language) {
    const ntm_rate rate = {NTM_REPORTED, {above, below}, above<0, above> below};
    char buffer[64], small[3] = {'x', 'x', 'x'};
    size_t size = ntm_rate_format(buffer, sizeof buffer, &rate, digits, rounding, language);
    assert_string_equal(buffer, text);
    assert_int_equal(size, strlen(text));
    assert_int_equal(ntm_rate_format(small, sizeof small, &rate, digits, rounding, language), size);
    assert_int_equal(small[size < 2 ? size : 2], 0);
    assert_int_equal(ntm_rate_format(NULL, 0, &rate, digits, rounding, language), size);
}

static void as_text(void **state) {
    (void)state;
    expect_text("89,9 %", 1799, 2000, 1, NTM_ROUND_DOWN, NTM_VI);
    expect_text("90,0 %", 1799, 2000, 1, NTM_ROUND_HALF_UP, NTM_VI);
    expect_text("90,0 %", 1799, 2000, 1, NTM_ROUND_HALF_EVEN, NTM_VI); /* 89.95: to the even neighbour */
    expect_text("89,8 %", 1797, 2000, 1, NTM_ROUND_HALF_EVEN, NTM_VI);
    expect_text("89,9 %", 1797, 2000, 1, NTM_ROUND_HALF_UP, NTM_VI);
    expect_text("89,9 %", 1797, 2000, 1, NTM_ROUND_UP, NTM_VI);
    expect_text("89.95%", 1799, 2000, 2, NTM_ROUND_DOWN, NTM_EN);
    expect_text("33%", 1, 3, 0, NTM_ROUND_HALF_UP, NTM_EN);
    expect_text("34%", 1, 3, 0, NTM_ROUND_UP, NTM_EN);
    expect_text("33.333333333%", 1, 3, 9, NTM_ROUND_DOWN, NTM_EN);
    expect_text("-34%", -1, 3, 0, NTM_ROUND_UP, NTM_EN);
    expect_text("-33%", -1, 3, 0, NTM_ROUND_DOWN, NTM_EN);
    expect_text("-12,5 %", -1, 8, 1, NTM_ROUND_HALF_EVEN, NTM_VI);
    expect_text("125%", 5, 4, 0, NTM_ROUND_HALF_UP, NTM_EN);
    expect_text("0 %", 0, 1, 0, NTM_ROUND_HALF_UP, NTM_VI);
    expect_text("100 %", 1, 1, 0, NTM_ROUND_DOWN, NTM_VI);
    expect_text("?", 1, 3, 10, NTM_ROUND_DOWN, NTM_EN);
    expect_text("?", 0, 0, 1, NTM_ROUND_DOWN, NTM_EN);
    const ntm_rate open = {NTM_NOT_REPORTED, {1, 2}, false, false}, none = {NTM_NOT_APPLICABLE, {0, 0}, false, false};
    char buffer[64];
    (void)ntm_rate_format(buffer, sizeof buffer, &open, 1, NTM_ROUND_DOWN, NTM_VI);
    assert_string_equal(buffer, "để ngỏ");
    (void)ntm_rate_format(buffer, sizeof buffer, &open, 1, NTM_ROUND_DOWN, NTM_EN);
    assert_string_equal(buffer, "open");
    (void)ntm_rate_format(buffer, sizeof buffer, &none, 1, NTM_ROUND_DOWN, NTM_EN);
    assert_string_equal(buffer, "–");
    (void)ntm_rate_format(buffer, sizeof buffer, NULL, 1, NTM_ROUND_DOWN, NTM_EN);
    assert_string_equal(buffer, "–");
}

/* ------------------------------------------------------------------------------------------- of cubes */

static void put_number(char *text, const ntm_table *table, const char *name, size_t row) {
    const ntm_column *column = &ntm_table_find(table, name)->column;
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal value;
    char number[64] = "?";
    if (ntm_column_known(column, row) == NTM_REPORTED) {
        assert_ok(ntm_column_decimal(&value, column, row, &err), &err);
        (void)ntm_decimal_format(number, sizeof number, value, NTM_LOCALE_PLAIN);
    }
    (void)strcat(text, number);
}

/* "A 5/10=0.500000000000000000 !-+": "!" open, "-" negative, "+" above one. */
static void expect_rates(const char *expected, const ntm_cube *cube, const ntm_rates_options *options) {
    static const char *const names[] = {"open", "negative", "above_one"};
    char text[4096] = "";
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_cube_rates_new(&rows, cube, options, &err), &err);
    const ntm_table *table = ntm_cube_rows_table(rows);
    assert_ok(ntm_table_check(table, NULL, &err), &err);
    for (size_t row = 0; row < table->rows; row++) {
        (void)strcat(text, row > 0 ? "; " : "");
        for (size_t i = 0; i < table->field_count - 6; i++) {
            const char *id = NULL;
            size_t size = 0;
            assert_ok(ntm_column_text(&id, &size, &table->fields[i].column, row, &err), &err);
            (void)strncat(text, id, size);
            (void)strcat(text, " ");
        }
        put_number(text, table, "part", row);
        (void)strcat(text, "/");
        put_number(text, table, "whole", row);
        (void)strcat(text, "=");
        put_number(text, table, "ratio", row);
        for (size_t i = 0; i < 3; i++) {
            ntm_decimal flag;
            assert_ok(ntm_column_decimal(&flag, &ntm_table_find(table, names[i])->column, row, &err), &err);
            (void)strcat(text, flag.coefficient == 0 ? "" : i == 0 ? "!" : i == 1 ? "-" : "+");
        }
    }
    ntm_cube_rows_free(rows);
    assert_string_equal(text, expected);
}

static ntm_rates_options of_plan(void) {
    ntm_rates_options options = NTM_RATES_OPTIONS_INIT;
    options.side = "stage";
    options.part = "disbursed";
    options.whole = "plan";
    return options;
}

static void of_cubes(void **state) {
    static const ntm_side sides[] = {{"unit", NULL, true}, {"stage", NULL, false}};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    ntm_rates_options options = of_plan();
    (void)state;
    asked.sides = sides;
    asked.side_count = 2;
    ntm_ledger *ledger =
        accounts_read("unit,stage,period,amount\nA,plan,2020-01,3\nA,disbursed,2020-01,2\nB,plan,2020-01,4\n"
                      "C,disbursed,2020-01,6\nD,plan,2020-01,5\nD,disbursed,2020-01,\nE,plan,2020-01,-2\n"
                      "E,disbursed,2020-01,1\nF,plan,2020-01,1\nF,disbursed,2020-01,3\nG,need,2020-01,9\n",
                      NULL);
    ntm_cube *cube = accounts_cube(ledger, &asked);
    expect_rates("A 2/3=0.666666666666666666; B ?/4=?; C 6/?=?; D ?/5=?!; E 1/-2=-0.500000000000000000-; "
                 "F 3/1=3.000000000000000000+; * 12/11=?!+",
                 cube, &options);
    options.whole = "spent";
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_cube_rates_new(&rows, cube, &options, &err), NTM_ERROR_NOT_FOUND, &err, "spent");
    options.side = "source";
    assert_fails(ntm_cube_rates_new(&rows, cube, &options, &err), NTM_ERROR_NOT_FOUND, &err, "no such side");
    options = of_plan();
    options.part = NULL;
    assert_fails(ntm_cube_rates_new(&rows, cube, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    options = of_plan();
    options.years_back = 1;
    assert_fails(ntm_cube_rates_new(&rows, cube, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    options = (ntm_rates_options)NTM_RATES_OPTIONS_INIT;
    options.years_back = 1;
    assert_fails(ntm_cube_rates_new(&rows, cube, &options, &err), NTM_ERROR_NOT_FOUND, &err, NULL);
    options.struct_size = 8;
    assert_fails(ntm_cube_rates_new(&rows, cube, &options, &err), NTM_ERROR_ARGUMENT, &err, "struct_size");
    assert_fails(ntm_cube_rates_new(&rows, NULL, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(rows);
    ntm_cube_free(cube);
    ntm_ledger_free(ledger);
}

static void over_years(void **state) {
    static const ntm_side sides[] = {{"date", "month", true}};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    ntm_rates_options options = NTM_RATES_OPTIONS_INIT;
    (void)state;
    asked.sides = sides;
    asked.side_count = 1;
    ntm_ledger *ledger =
        accounts_read("unit,period,amount\nA,2019-01,4\nA,2019-02,4\nA,2020-01,3\nA,2020-03,5\nA,2018-01,8\n", NULL);
    ntm_cube *cube = accounts_cube(ledger, &asked);
    options.years_back = 2;
    expect_rates("2018 8/?=?; 2018-Q1 8/?=?; 2018-01 8/?=?; 2019 8/?=?; 2019-Q1 8/?=?; 2019-01 4/?=?; 2019-02 4/?=?; "
                 "2020 8/8=1.000000000000000000; 2020-Q1 8/8=1.000000000000000000; "
                 "2020-01 3/8=0.375000000000000000; 2020-03 5/?=?; * 24/?=?",
                 cube, &options);
    ntm_cube_free(cube);
    ntm_ledger_free(ledger);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_cells), cmocka_unit_test(as_text),
                                       cmocka_unit_test(of_cubes), cmocka_unit_test(over_years)};
    return cmocka_run_group_tests_name("rates", tests, NULL, NULL);
}
