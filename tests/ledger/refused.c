/* SPDX-License-Identifier: Apache-2.0 */
/* What no ledger is made from, and what the error says: one by one, and all of a table together. */
#include "accounts.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

static ntm_ledger_options usual(void) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.on = accounts_day("2020-02-25");
    return options;
}

static void shape(void **state) {
    ntm_ledger_options options = usual();
    (void)state;
    accounts_refused("amount\n5\n", &options, NTM_ERROR_SHAPE, "text: unit", NTM_NO_ROW, NULL);
    accounts_refused("unit\nA\n", &options, NTM_ERROR_SHAPE, "text: amount", NTM_NO_ROW, NULL);
    accounts_refused("unit,amount\nA,1\n", NULL, NTM_ERROR_SHAPE, NULL, NTM_NO_ROW, "day");
    accounts_refused("unit,amount,period,year\nA,1,2020-01,2020\n", &options, NTM_ERROR_SHAPE, NULL, NTM_NO_ROW, NULL);
    accounts_refused("unit,amount,colour\nA,1,red\n", &options, NTM_ERROR_SHAPE, "text: colour", NTM_NO_ROW, NULL);
    accounts_refused("unit,quantity\nA,1\n", &options, NTM_ERROR_SHAPE, "text: quantity_unit", NTM_NO_ROW, NULL);
    options.ignore_unknown = true;
    ntm_ledger *ledger = accounts_read("unit,amount,colour\nA,1,red\n", &options);
    assert_int_equal(ntm_ledger_member_count(ledger, "colour"), 0);
    ntm_ledger_free(ledger);
}

static void cells(void **state) {
    ntm_ledger_options options = usual();
    (void)state;
    accounts_refused("unit,amount,period\nA,1,2020-12\nA,1,2020-13\n", &options, NTM_ERROR_SYNTAX, "text: period", 1,
                     "\"2020-13\"");
    accounts_refused("unit,amount,date\nA,1,2020-12-01\nA,1,2020-02-30\n", &options, NTM_ERROR_SYNTAX, "text: date", 1,
                     "\"2020-02-30\" is no day: expected one like 2020-02-25");
    accounts_refused("unit,amount,date\nA,1,2020-12\n", &options, NTM_ERROR_SYNTAX, "text: date", 0,
                     "\"2020-12\" is no day: expected one like 2020-02-25; other periods go into a column period");
    accounts_refused("unit,amount,year\nA,1,2020-12\n", &options, NTM_ERROR_SYNTAX, "text: year", 0,
                     "\"2020-12\" is no year: expected one like 2020");
    accounts_refused("unit,amount,date\nA,1,2020-02-30\n", &options, NTM_ERROR_SYNTAX, "text: date", 0, "2020-02-30");
    accounts_refused("unit,amount,date\nA,1,2020-02-29\nA,1,\n", &options, NTM_ERROR_VALUE, "text: date", 1, NULL);
    accounts_refused("unit,amount\nA,1\n,1\n", &options, NTM_ERROR_VALUE, "text: unit", 1, NULL);
    accounts_refused("unit,amount\nA,9223372036854775807\nA,9223372036854775808\n", &options, NTM_ERROR_OVERFLOW,
                     "text: amount", 1, NULL);
    accounts_refused("unit,amount\nA,-9223372036854775809\n", &options, NTM_ERROR_OVERFLOW, "text: amount", 0, NULL);
    accounts_refused("unit,amount\nA,1.5\n", &options, NTM_ERROR_VALUE, "text: amount", 0, "đồng");
    accounts_refused("unit,amount\nA,1\nA,khoảng 5\n", &options, NTM_ERROR_SYNTAX, "text: amount", 1, "khoảng 5");
    options.money_unit = 1000000000;
    accounts_refused("unit,amount\nA,9.2233720368\nA,0.0000000001\n", &options, NTM_ERROR_VALUE, "text: amount", 0,
                     "đồng");
    accounts_refused("unit,amount\nA,9223372036.854775807\nA,9223372036.854775808\n", &options, NTM_ERROR_OVERFLOW,
                     "text: amount", 1, NULL);
    options = usual();
    options.locale = NTM_LOCALE_VI; /* mixed locales in one column */
    accounts_refused("unit,amount\nA,3.843\nA,\"3,843.5\"\n", &options, NTM_ERROR_SYNTAX, "text: amount", 1, "3,843.5");
    accounts_refused("unit,amount\nA,3.843\nA,38.43\n", &options, NTM_ERROR_SYNTAX, "text: amount", 1, "38.43");
    accounts_refused("unit,amount\nA,1\nB,1\nC\n", &options, NTM_ERROR_SYNTAX, NULL, 2, NULL);
}

/* "*" is the total, whatever the dimension. */
static void star(void **state) {
    static const ntm_member members[] = {{"a", NULL, NULL, false}, {"*", NULL, NULL, false}};
    static const ntm_dimension_spec dimension = {"colour", members, 2, false};
    ntm_ledger_options options = usual();
    (void)state;
    accounts_refused("unit,amount,programme\nA,1,ntm\nA,1,*\n", &options, NTM_ERROR_VALUE, "text: programme", 1,
                     "total");
    accounts_refused("unit,amount\nA,1\n*,1\n", &options, NTM_ERROR_VALUE, "text: unit", 1, "total");
    options.dimensions = &dimension;
    options.dimension_count = 1;
    accounts_refused("unit,amount,colour\nA,1,a\n", &options, NTM_ERROR_SCHEMA, NULL, NTM_NO_ROW, "total");
}

static void kinds(void **state) {
    ntm_ledger_options options = usual();
    (void)state;
    accounts_refused("unit,quantity,quantity_unit\nA,5,t\nA,1,\n", &options, NTM_ERROR_UNIT, "text: quantity_unit", 1,
                     NULL);
    accounts_refused("unit,kind,quantity,quantity_unit\nA,sand,5,t\nA,cement,1,m3\nA,sand,1,m3\n", &options,
                     NTM_ERROR_UNIT, "text: quantity_unit", 2, "m3");
    accounts_refused("unit,quantity,quantity_unit\nA,5,t\nA,1x,t\n", &options, NTM_ERROR_SYNTAX, "text: quantity", 1,
                     NULL);
    accounts_refused("unit,quantity,quantity_unit\nA,123456789012345678,t\nA,0.123456789012345678,t\n", &options,
                     NTM_ERROR_OVERFLOW, "text: quantity", 0, NULL);
    accounts_refused("unit,quantity,quantity_unit\nA,12345678901234567890,t\n", &options, NTM_ERROR_OVERFLOW,
                     "text: quantity", 0, NULL);
}

/* A unit that does not exist on the day of its entry. */
static void units(void **state) {
    ntm_units *registry = tree_new("code,name,level,parent,valid_from,valid_to\n1,Tỉnh,province,,,\n"
                                   "7,Xã Cũ,commune,1,,2020-02-10\n8,Xã Mới,commune,1,2020-02-10,\n"
                                   "9,Huyện,district,1,,\n9,Xã Chín,commune,1,,\n",
                                   "on,old_code,new_code\n2020-02-10,7,8\n", NULL, NULL);
    ntm_ledger_options options = usual();
    (void)state;
    options.units = registry;
    accounts_refused("unit,amount,date\n7,1,2020-02-09\n7,1,2020-02-10\n", &options, NTM_ERROR_NOT_FOUND, "text: unit",
                     1, "7");
    accounts_refused("unit,amount,date\n8,1,2020-02-10\n8,1,2020-02-09\n", &options, NTM_ERROR_NOT_FOUND, "text: unit",
                     1, "8");
    accounts_refused("unit,amount\n1,1\nXX,1\n", &options, NTM_ERROR_NOT_FOUND, "text: unit", 1, "XX");
    accounts_refused("unit,amount,period\n7,1,2020-02\n7,1,2020-03\n", &options, NTM_ERROR_NOT_FOUND, "text: unit", 1,
                     "7");
    accounts_refused("unit,amount\n9,1\n", &options, NTM_ERROR_CONFLICT, "text: unit", 0, "9");
    options.echelon = NTM_ECHELON_COMMUNE;
    accounts_refused("unit,amount\n9,1\n1,1\n", &options, NTM_ERROR_NOT_FOUND, "text: unit", 1, "1");
    ntm_ledger *ledger = accounts_read("unit,amount\n9,1\n", &options);
    ntm_ledger_free(ledger);
    ntm_units_free(registry);
}

/* Columns that only a table can have. */
static void columns(void **state) {
    static const char *const names[] = {"A", "B\xff"};
    static const int32_t codes[] = {0, 1, 0}, past[] = {0, 5, 0}, just_past[] = {0, 1, 0}, days[] = {0, 3000000, 5},
                         years[] = {2020, 0, 2020};
    static const int64_t amounts[] = {1, 2, 3};
    static const uint8_t second = 2;
    double values[] = {1, 2.5, 3};
    ntm_ledger_options options = usual();
    ntm_field fields[3] = {{"unit", ntm_column_int64(amounts, 3)}, {"amount", ntm_column_int64(amounts, 3)}};
    ntm_table table = NTM_TABLE_INIT;
    (void)state;
    table.rows = 3;
    table.fields = fields;
    table.field_count = 2;
    fields[1].column.not_applicable = &second;
    accounts_table_refused(&table, &options, NTM_ERROR_VALUE, "amount", 1, NULL);
    fields[1].column = ntm_column_double(values, 3);
    accounts_table_refused(&table, &options, NTM_ERROR_VALUE, "amount", 1, "đồng");
    values[1] = strtod("nan", NULL);
    accounts_table_refused(&table, &options, NTM_ERROR_VALUE, "amount", 1, NULL);
    values[1] = strtod("inf", NULL);
    accounts_table_refused(&table, &options, NTM_ERROR_VALUE, "amount", 1, NULL);
    values[1] = 1e19;
    accounts_table_refused(&table, &options, NTM_ERROR_OVERFLOW, "amount", 1, NULL);
    fields[1].column = ntm_column_bytes(&second, 1);
    accounts_table_refused(&table, &options, NTM_ERROR_SHAPE, "amount", NTM_NO_ROW, NULL);
    fields[1].column = ntm_column_int64(amounts, 3);
    fields[0].column = ntm_column_codes(past, 3, names, 1);
    accounts_table_refused(&table, &options, NTM_ERROR_VALUE, "unit", 1, NULL);
    fields[0].column = ntm_column_codes(just_past, 3, names, 1);
    accounts_table_refused(&table, &options, NTM_ERROR_VALUE, "unit", 1, NULL);
    fields[0].column = ntm_column_codes(codes, 3, names, 2);
    accounts_table_refused(&table, &options, NTM_ERROR_SYNTAX, "unit", 1, NULL);
    fields[0].column = ntm_column_double(values, 3);
    accounts_table_refused(&table, &options, NTM_ERROR_SHAPE, "unit", NTM_NO_ROW, NULL);
    fields[0].column = ntm_column_int64(amounts, 3);
    table.field_count = 3;
    fields[2] = (ntm_field){"date", ntm_column_codes(days, 3, NULL, 0)};
    accounts_table_refused(&table, &options, NTM_ERROR_VALUE, "date", 1, NULL);
    fields[2] = (ntm_field){"year", ntm_column_codes(years, 3, NULL, 0)};
    accounts_table_refused(&table, &options, NTM_ERROR_SYNTAX, "year", 1, NULL);
    fields[2] = (ntm_field){"amount", ntm_column_int64(amounts, 3)};
    accounts_table_refused(&table, &options, NTM_ERROR_SHAPE, "amount", NTM_NO_ROW, NULL);
}

static void expect_argument(const ntm_ledger_options *options) {
    accounts_refused("unit,amount\nA,1\n", options, NTM_ERROR_ARGUMENT, NULL, NTM_NO_ROW, NULL);
}

static void arguments(void **state) {
    ntm_ledger_options options = usual();
    ntm_table table = NTM_TABLE_INIT;
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_fails(ntm_ledger_new(NULL, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_ledger_new(&ledger, NULL, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_ledger_read(NULL, "", 0, "x", &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_ledger_read(&ledger, NULL, 1, "x", &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_ledger_open(&ledger, NULL, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_ledger_open(&ledger, "/nowhere/at/all.csv", &options, &err), NTM_ERROR_IO, &err, NULL);
    assert_null(ledger);
    options.struct_size = 8;
    expect_argument(&options);
    options = usual();
    options.money_unit = 7;
    expect_argument(&options);
    options.money_unit = 0;
    expect_argument(&options);
    options = usual();
    options.locale = (ntm_locale)9;
    expect_argument(&options);
    options = usual();
    options.echelon = (ntm_echelon)9;
    expect_argument(&options);
    options = usual();
    options.on = 1 << 30;
    expect_argument(&options);
    options = usual();
    options.dimension_count = 1;
    expect_argument(&options);
    options = usual();
    options.key_count = 1;
    expect_argument(&options);
}

/* All problems of a table, each with its row. */
static void together(void **state) {
    static const struct {
        const char *subject;
        uint64_t row;
        ntm_status status;
    } expected[] = {{"text: period", 0, NTM_ERROR_SYNTAX},   {"text: period", 5, NTM_ERROR_VALUE},
                    {"text: unit", 2, NTM_ERROR_VALUE},      {"text: amount", 1, NTM_ERROR_SYNTAX},
                    {"text: amount", 3, NTM_ERROR_VALUE},    {"text: amount", 4, NTM_ERROR_OVERFLOW},
                    {"text: source", 6, NTM_ERROR_NOT_FOUND}};
    enum { MANY = sizeof expected / sizeof *expected };
    ntm_ledger_options options = usual();
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_ok(ntm_problems_new(&options.problems, 0, NULL, &err), &err);
    accounts_refused("unit,amount,period,source\nA,5,2020-13,central\nA,x,2020-01,central\n,5,2020,central\n"
                     "A,5.5,2020-01,central\nA,9223372036854775808,2020-01,central\nA,5,,central\nA,5,2020,west\n",
                     &options, NTM_ERROR_NOT_FOUND, "text: source", 6, "unknown source \"west\"");
    assert_int_equal(ntm_problems_found(options.problems), 2 * MANY); /* asked twice */
    for (size_t i = 0; i < MANY; i++) {
        size_t times = 0;
        for (size_t j = 0; j < MANY; j++) {
            const ntm_error *found = ntm_problems_get(options.problems, j);
            times += strcmp(found->subject, expected[i].subject) == 0 && found->row == expected[i].row &&
                     found->status == expected[i].status;
        }
        if (times != 1)
            fail_msg("%s of row %d is told %d times", expected[i].subject, (int)expected[i].row, (int)times);
    }
    ntm_problems_free(options.problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shape), cmocka_unit_test(cells),   cmocka_unit_test(star),      cmocka_unit_test(kinds),
        cmocka_unit_test(units), cmocka_unit_test(columns), cmocka_unit_test(arguments), cmocka_unit_test(together),
    };
    return cmocka_run_group_tests_name("refused ledgers", tests, NULL, NULL);
}
