/* SPDX-License-Identifier: Apache-2.0 */
/* Cubes of input that is ordinary and awkward: what came last year only, stages that nothing has reached yet, tonnes and
 * pieces, half-years beside months. */
#include "accounts.h"

#include <stdio.h>
#include <string.h>

/* "A 2020-02 ?/100", by rows. */
static void expect_pairs(const char *text, const ntm_cube *cube, const ntm_rates_options *options) {
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    char all[4096] = "";
    assert_ok(ntm_cube_rates_new(&rows, cube, options, &err), &err);
    const ntm_table *table = ntm_cube_rows_table(rows);
    for (size_t row = 0; row < table->rows; row++) {
        size_t used = strlen(all);
        if (row > 0) used += (size_t)snprintf(all + used, sizeof all - used, "; ");
        for (size_t i = 0; strcmp(table->fields[i].name, "part") != 0; i++) {
            const char *id = NULL;
            size_t size = 0;
            assert_ok(ntm_column_text(&id, &size, &table->fields[i].column, row, &err), &err);
            used += (size_t)snprintf(all + used, sizeof all - used, "%.*s ", (int)size, id);
        }
        for (int k = 0; k < 2; k++) {
            const ntm_column *column = &ntm_table_find(table, k == 0 ? "part" : "whole")->column;
            ntm_decimal value = {0, 0};
            if (k == 1) used += (size_t)snprintf(all + used, sizeof all - used, "/");
            if (ntm_column_known(column, row) != NTM_REPORTED) {
                used += (size_t)snprintf(all + used, sizeof all - used, "?");
                continue;
            }
            assert_ok(ntm_column_decimal(&value, column, row, &err), &err);
            used += (size_t)snprintf(all + used, sizeof all - used, "%lld", (long long)value.coefficient);
        }
    }
    assert_string_equal(all, text);
    ntm_cube_rows_free(rows);
}

static void last_year_only(void **state) {
    static const ntm_side sides[] = {{"unit", NULL, false}, {"date", "month", false}};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    ntm_rates_options options = NTM_RATES_OPTIONS_INIT;
    (void)state;
    asked.sides = sides;
    asked.side_count = 2;
    options.years_back = 1;
    ntm_ledger *ledger = accounts_read(
        "unit,date,amount\nB,2019-02-01,50\nA,2019-02-01,100\nA,2019-03-01,7\nB,2020-02-01,60\nC,2020-02-01,\n", NULL);
    ntm_cube *cube = accounts_cube(ledger, &asked);
    expect_pairs("A 2019-02 100/?; A 2019-03 7/?; A 2020-02 ?/100; B 2019-02 50/?; B 2020-02 60/50; C 2020-02 ?/?",
                 cube, &options);
    ntm_cube_free(cube);
    ntm_ledger_free(ledger);
}

/* A stage that is declared may be asked for before anything is there. */
static void nothing_disbursed_yet(void **state) {
    static const ntm_side sides[] = {{"stage", NULL, false}, {"unit", NULL, false}};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    ntm_rates_options options = NTM_RATES_OPTIONS_INIT;
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    asked.sides = sides;
    asked.side_count = 2;
    options.side = "stage";
    options.part = "disbursed";
    options.whole = "plan";
    ntm_ledger *ledger = accounts_read("unit,stage,date,amount\nB,plan,2020-01-01,7\nA,plan,2020-01-01,8\n", NULL);
    ntm_cube *cube = accounts_cube(ledger, &asked);
    expect_cells("plan A=8; plan B=7", cube);
    expect_pairs("A ?/8; B ?/7", cube, &options);
    options.part = "plan";
    options.whole = "disbursed";
    expect_pairs("A 8/?; B 7/?", cube, &options);
    options.whole = "spent";
    assert_fails(ntm_cube_rates_new(&rows, cube, &options, &err), NTM_ERROR_NOT_FOUND, &err, "spent");
    ntm_cube_free(cube);
    ntm_ledger_free(ledger);
}

static void tonnes_and_pieces(void **state) {
    static const ntm_side total[] = {{"kind", NULL, true}}, each[] = {{"kind", NULL, false}};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    (void)state;
    asked.sides = total;
    asked.side_count = 1;
    asked.measure = NTM_CUBE_QUANTITY;
    ntm_ledger *ledger = accounts_read(
        "unit,kind,quantity,quantity_unit,date\nA,cement,5,tonne,2020-01-01\nA,gift,7,piece,2020-01-01\n", NULL);
    cube_refused(ledger, &asked, NTM_ERROR_ARGUMENT, "no total of kinds");
    asked.sides = each;
    expect_cube("cement=5; gift=7", ledger, &asked);
    ntm_ledger_free(ledger);
    ledger = accounts_read("unit,kind,amount,date\nA,cement,5,2020-01-01\nA,gift,7,2020-01-01\n", NULL);
    asked.sides = total;
    asked.measure = NTM_CUBE_AMOUNT;
    expect_cube("cement=5; gift=7; *=12", ledger, &asked);
    ntm_ledger_free(ledger);
}

static void half_years(void **state) {
    static const ntm_side sides[] = {{"date", NULL, true}};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    (void)state;
    asked.sides = sides;
    asked.side_count = 1;
    ntm_ledger *ledger = accounts_read(
        "unit,period,amount\nA,2020-02-03,2\nA,2020-01,1\nA,2020-Q1,3\nA,2020-H1,6\nA,2020,12\nA,2020-08,20\n", NULL);
    expect_cube(
        "2020=44; 2020-H1=12; 2020-Q1=6; 2020-01=1; 2020-02=2; 2020-02-03=2; 2020-H2=20; 2020-Q3=20; 2020-08=20; "
        "*=44",
        ledger, &asked);
    ntm_ledger_free(ledger);
    ledger = accounts_read("unit,period,amount\nA,2020-01,1\nA,2020-Q1,3\n", NULL);
    expect_cube("2020=4; 2020-Q1=4; 2020-01=1; *=4", ledger, &asked); /* nobody speaks of half-years */
    ntm_ledger_free(ledger);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(last_year_only), cmocka_unit_test(nothing_disbursed_yet),
                                       cmocka_unit_test(tonnes_and_pieces), cmocka_unit_test(half_years)};
    return cmocka_run_group_tests_name("awkward", tests, NULL, NULL);
}
