/* SPDX-License-Identifier: Apache-2.0 */
/* Registers that contradict themselves, and tables that are none. */
#include "book.h"

#include <string.h>

static void contradictions(void **state) {
    static const struct {
        const char *lines;
        uint64_t row;
        const char *piece;
    } cases[] = {
        {"A,S,3,recognised,2020-01-01,,,\nA,S,4,recognised,2020-01-01,,,\n", 1, "contradicts row 0"},
        {"A,S,3,recognised,2020-01-01,,,\nA,S,,revoked,2020-01-01,,,\n", 1, "contradicts row 0"},
        {"A,S,,revoked,2021-01-01,,,\n", 0, "did not hold"},
        {"A,S,,revoked,2021-01-01,,,\nA,S,3,recognised,2022-01-01,,,\n", 0, "did not hold"},
        {"A,S,,recognised,2020-01-01,,,\nA,S,,revoked,2021-01-01,,,\nA,S,,revoked,2022-01-01,,,\n", 2, "row 1"},
        {"A,S,,recognised,2020-01-01,,,2020-12-31\nA,S,,revoked,2021-01-01,,,\n", 1, "row 0"},
        {"A,S,,withdrawn,2021-01-01,,,\n", 0, "neither registered"},
        {"A,S,,registered,2020-01-01,,,\nA,S,,withdrawn,2021-01-01,,,\nA,S,,withdrawn,2022-01-01,,,\n", 2, "row 1"},
        {"A,S,,re-acknowledged,2021-01-01,,,\n", 0, "no merger"},
        {"A,,,merged,2020-01-01,,B,\nA,S,,recognised,2020-01-01,,,\n", 1, "row 0"},
        {"A,,,ended,2020-01-01,,,\nA,S,,recognised,2021-01-01,,,\n", 1, "row 0"},
        {"A,,,ended,2020-01-01,,,\nA,,,merged,2021-01-01,,B,\n", 1, "row 0"},
        {"A,,,ended,2020-01-01,,,\nA,,,merged,2020-01-01,,B,\n", 1, "row 0"},
        {"A,,,merged,2020-01-01,,B,\nA,,,merged,2020-01-01,,B,\n", 1, "row 0"},
        {"A,S,,recognised,2019-01-01,,,\nA,,,merged,2020-01-01,,A,\nA,S,,revoked,2020-01-02,,,\n", 2, "row 1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        book_refused(cases[i].lines, NULL, NTM_ERROR_CONFLICT, cases[i].row, cases[i].piece);
}

static void cells(void **state) {
    static const struct {
        const char *lines;
        ntm_status status;
        const char *piece;
    } cases[] = {
        {",S,3,recognised,2020-01-01,,,\n", NTM_ERROR_VALUE, "no unit"},
        {"A,,3,recognised,2020-01-01,,,\n", NTM_ERROR_VALUE, "needs a status"},
        {"A,S,3,recognized,2020-01-01,,,\n", NTM_ERROR_VALUE, "\"recognized\" is no kind"},
        {"A,S,3,,2020-01-01,,,\n", NTM_ERROR_VALUE, "is no kind"},
        {"A,S,3,recognised,,,,\n", NTM_ERROR_VALUE, "without a day"},
        {"A,S,3,recognised,2020-02-30,,,\n", NTM_ERROR_SYNTAX, "2020-02-30"},
        {"A,S,,merged,2020-01-01,,B,\n", NTM_ERROR_VALUE, "not of one status"},
        {"A,,,merged,2020-01-01,,,\n", NTM_ERROR_VALUE, "needs a successor"},
        {"A,,,ended,2020-01-01,,B,\n", NTM_ERROR_VALUE, "did not merge"},
        {"A,S,,revoked,2020-01-01,,,2021-01-01\n", NTM_ERROR_VALUE, "nothing was recognised"},
        {"A,S,,recognised,2020-01-02,,,2020-01-01\n", NTM_ERROR_VALUE, "before the first"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        book_refused(cases[i].lines, NULL, cases[i].status, 0, cases[i].piece);
}

static void law_days(void **state) {
    ntm_register_options options = book_options();
    (void)state;
    options.usual.law_from = book_day("2016-12-01");
    book_refused("A,S,,registered,2015-01-01,,,\nA,S,,recognised,2016-11-30,,,\n", &options, NTM_ERROR_NOT_IN_FORCE, 1,
                 "2016-12-01");
    ntm_register_free(book_read("A,S,,registered,2015-01-01,,,\nA,S,,recognised,2016-12-01,,,\n", &options));
}

/* All are told together, each with its row. */
static void together(void **state) {
    ntm_register_options options = book_options();
    ntm_register *reg = NULL;
    ntm_error err = NTM_ERROR_INIT;
    static const char text[] = BOOK_HEAD "A,S,,revoked,2020-01-01,,,\nB,S,,revoked,2019-01-01,,,\n"
                                         "C,S,,recognised,2019-01-01,,,\nC,S,,recognised,2019-01-01,,,\n";
    (void)state;
    assert_ok(ntm_problems_new(&options.problems, 0, NULL, &err), &err);
    assert_fails(ntm_register_read(&reg, text, sizeof text - 1, "acts.csv", &options, &err), NTM_ERROR_CONFLICT, &err,
                 "did not hold");
    assert_int_equal(ntm_problems_count(options.problems), 3);
    assert_string_equal(err.subject, "acts.csv");
    ntm_problems_free(options.problems);
    assert_fails(ntm_register_read(&reg, "unit,date\n", 10, "x", NULL, &err), NTM_ERROR_SHAPE, &err, "no column");
    assert_fails(ntm_register_open(&reg, "there-is-no-such-file", NULL, &err), NTM_ERROR_IO, &err, NULL);
    assert_null(reg);
}

static ntm_status make(ntm_register **out, ntm_field *fields, size_t count, ntm_error *err) {
    ntm_table table = NTM_TABLE_INIT;
    ntm_register_options options = book_options();
    table.rows = fields[0].column.length;
    table.fields = fields;
    table.field_count = count;
    return ntm_register_new(out, &table, &options, err);
}

/* Columns of the caller: categories, days as numbers, and what is no register. */
static void tables(void **state) {
    static const char *const units[] = {"A", "B"}, *const kinds[] = {"recognised"}, *const status[] = {"S"};
    static const int32_t which[] = {0, 1}, zero[] = {0, 0}, days[] = {18000, 18001};
    static const int32_t far_day[] = {18000, INT32_MAX};
    static const double numbers[] = {1, 2};
    ntm_field fields[5] = {{"unit", ntm_column_codes(which, 2, units, 2)},
                           {"kind", ntm_column_codes(zero, 2, kinds, 1)},
                           {"date", ntm_column_codes(days, 2, NULL, 0)},
                           {"status", ntm_column_codes(zero, 2, status, 1)},
                           {"note", ntm_column_codes(zero, 2, status, 1)}};
    ntm_register *reg = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_ok(make(&reg, fields, 4, &err), &err);
    expect_holding(reg, "B", "S", "2019-04-15", "held since 2019-04-15 by 1");
    ntm_register_free(reg);
    reg = NULL;
    assert_fails(make(&reg, fields, 5, &err), NTM_ERROR_SHAPE, &err, "no column of a register");
    assert_fails(make(&reg, fields, 2, &err), NTM_ERROR_SHAPE, &err, "needs this column");
    fields[2].column = ntm_column_codes(far_day, 2, NULL, 0);
    assert_fails(make(&reg, fields, 4, &err), NTM_ERROR_VALUE, &err, "no day");
    assert_int_equal(err.row, 1);
    fields[2].column = ntm_column_double(numbers, 2);
    assert_fails(make(&reg, fields, 4, &err), NTM_ERROR_SHAPE, &err, "expected text");
    assert_null(reg);
}

static void calls(void **state) {
    ntm_register *reg = book_read("A,S,,recognised,2020-01-01,,,\n", NULL), *none = NULL;
    ntm_register_options options = book_options();
    ntm_status_rule rules[2] = {NTM_STATUS_RULE_INIT, NTM_STATUS_RULE_INIT};
    ntm_error err = NTM_ERROR_INIT;
    ntm_holding holding;
    size_t count = 7;
    (void)state;
    rules[0].status = rules[1].status = "S";
    options.rules = rules;
    options.rule_count = 2;
    ntm_table table = NTM_TABLE_INIT;
    assert_fails(ntm_register_new(&none, &table, &options, &err), NTM_ERROR_CONFLICT, &err, "two rules");
    rules[1].status = NULL;
    assert_fails(ntm_register_new(&none, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, "without a status");
    rules[1] = rules[0];
    rules[1].status = "T";
    rules[1].lasting = NTM_LASTING_MONTHS;
    assert_fails(ntm_register_new(&none, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, "months");
    options = book_options();
    options.struct_size--;
    assert_fails(ntm_register_new(&none, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, "options");
    assert_fails(ntm_register_new(&none, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_register_new(NULL, &table, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_register_holds(&holding, reg, "A", "S", NTM_DATE_NONE, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_register_holds(&holding, NULL, "A", "S", 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_register_expiring(NULL, &count, 1, reg, NULL, 0, 1, NTM_DATE_NONE, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_fails(ntm_register_expiring(NULL, &count, 0, reg, NULL, 2, 1, NTM_DATE_NONE, &err), NTM_ERROR_ARGUMENT, &err,
                 "after the last");
    assert_fails(ntm_register_pending(NULL, &count, 0, reg, NULL, 1, NULL, 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(count, 7);
    assert_null(none);
    assert_null(ntm_act_kind_name((ntm_act_kind)0));
    assert_null(ntm_act_kind_name((ntm_act_kind)8));
    ntm_register_free(reg);
    ntm_register_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(contradictions), cmocka_unit_test(cells),
                                       cmocka_unit_test(law_days),       cmocka_unit_test(together),
                                       cmocka_unit_test(tables),         cmocka_unit_test(calls)};
    return cmocka_run_group_tests_name("registers that are refused", tests, NULL, NULL);
}
