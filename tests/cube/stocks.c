/* SPDX-License-Identifier: Apache-2.0 */
/* What is never added: stages, things of several kinds, stocks to flows, and stocks over time. And sums that do not fit. */
#include "accounts.h"

#include <string.h>

static const char *const outstanding[] = {"outstanding"}, *const disbursed[] = {"disbursed"};
static const ntm_only loans = {"stage", outstanding, 1}, money = {"stage", disbursed, 1};

static ntm_cube_options by(const ntm_side *sides, size_t count, const ntm_only *only) {
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    asked.sides = sides;
    asked.side_count = count;
    asked.only = only;
    asked.only_count = only != NULL;
    return asked;
}

static void stages(void **state) {
    static const ntm_side stage[] = {{"stage", NULL, false}};
    (void)state;
    ntm_ledger *ledger = accounts_read("unit,stage,period,amount\nA,plan,2020-01,5\nA,disbursed,2020-01,3\n", NULL);
    cube_refused(ledger, NULL, NTM_ERROR_UNIT, "\"plan\" and \"disbursed\"");
    ntm_cube_options asked = by(stage, 1, NULL);
    expect_cube("plan=5; disbursed=3", ledger, &asked);
    asked = by(NULL, 0, &money);
    expect_cube("=3", ledger, &asked);
    ntm_ledger_free(ledger);
    ledger = accounts_read("unit,stage,period,amount\nA,plan,2020-01,5\nB,plan,2020-01,\n", NULL);
    expect_cube("=5 !1", ledger, NULL);
    ntm_ledger_free(ledger);
}

static void kinds(void **state) {
    static const ntm_side kind[] = {{"kind", NULL, false}};
    (void)state;
    ntm_ledger *ledger = accounts_read("unit,period,kind,quantity,quantity_unit\nA,2020-01,cement,\"1.25\",t\n"
                                       "B,2020-01,sand,3,m3\nB,2020-02,cement,,t\nA,2020-02,,7,person\n",
                                       NULL);
    ntm_cube_options asked = by(NULL, 0, NULL);
    asked.measure = NTM_CUBE_QUANTITY;
    cube_refused(ledger, &asked, NTM_ERROR_UNIT, "\"cement\"");
    asked.sides = kind;
    asked.side_count = 1;
    expect_cube("cement=1.25 !1; sand=3.00; -=7.00", ledger, &asked);
    ntm_cube *cube = accounts_cube(ledger, &asked);
    assert_int_equal(ntm_cube_scale(cube), 2);
    assert_string_equal(ntm_cube_unit(cube, "cement"), "t");
    assert_string_equal(ntm_cube_unit(cube, "sand"), "m3");
    assert_string_equal(ntm_cube_unit(cube, ""), "person");
    assert_null(ntm_cube_unit(cube, "gold"));
    assert_null(ntm_cube_unit(cube, NULL));
    ntm_cube_free(cube);
    asked.measure = NTM_CUBE_AMOUNT;
    cube_refused(ledger, &asked, NTM_ERROR_SHAPE, NULL);
    ntm_ledger_free(ledger);
}

/* A said 10 and then 12 and then nothing; B said 5 once, and nothing in February, when nobody else is missing. */
static const char lent[] = "unit,stage,date,amount\nA,outstanding,2020-01-31,10\nA,outstanding,2020-02-29,12\n"
                           "B,outstanding,2020-01-15,5\nB,outstanding,2020-02-29,\nA,disbursed,2020-01-20,100\n"
                           "B,outstanding,2019-12-31,\n";

static void over_time(void **state) {
    static const ntm_side unit[] = {{"unit", NULL, true}}, month[] = {{"date", "month", true}},
                          both[] = {{"unit", NULL, true}, {"date", "year", false}};
    (void)state;
    ntm_ledger *ledger = accounts_read(lent, NULL);
    ntm_cube_options asked = by(unit, 1, &loans);
    expect_cube("A=12; B=5 !1; *=17 !1", ledger, &asked);
    asked = by(NULL, 0, &loans); /* the units are no side */
    expect_cube("=17 !1", ledger, &asked);
    ntm_cube *cube = accounts_cube(ledger, &asked);
    assert_true(accounts_cell(cube, "").stock);
    ntm_cube_free(cube);
    asked = by(month, 1, &loans);
    expect_cube("2019=? !1; 2019-Q4=? !1; 2019-12=? !1; 2020=17 !1; 2020-Q1=17 !1; 2020-01=15; 2020-02=12 !1; *=17 !1",
                ledger, &asked);
    asked = by(both, 2, &loans);
    expect_cube("A 2020=12; B 2019=? !1; B 2020=5 !1; * 2019=? !1; * 2020=17 !1", ledger, &asked);
    ntm_ledger_free(ledger);
}

static void running(void **state) {
    static const ntm_side month[] = {{"stage", NULL, false}, {"date", "month", false}};
    (void)state;
    ntm_ledger *ledger =
        accounts_read("unit,stage,date,amount\nA,outstanding,2019-11-30,10\nB,outstanding,2019-12-31,5\n"
                      "B,outstanding,2020-02-29,\nA,outstanding,2020-03-31,7\nA,disbursed,2019-12-01,100\n"
                      "A,disbursed,2020-01-01,1\n",
                      NULL);
    ntm_cube_options asked = by(month, 2, NULL);
    asked.running = NTM_RUNNING_IN_YEAR;
    expect_cube("disbursed 2019-12=100; disbursed 2020-01=1; disbursed 2020-02=1; disbursed 2020-03=1; "
                "outstanding 2019-11=10; outstanding 2019-12=15; outstanding 2020-01=15; outstanding 2020-02=15 !1; "
                "outstanding 2020-03=12 !1",
                ledger, &asked);
    ntm_ledger_free(ledger);
}

/* The last day decides, whatever the lengths of periods: the quarter and its last month end on the same. */
static void lengths(void **state) {
    (void)state;
    ntm_ledger *ledger = accounts_read("unit,stage,period,amount\nA,outstanding,2020-Q1,10\nA,outstanding,2020-02,4\n"
                                       "A,outstanding,2020-03,1\n",
                                       NULL);
    ntm_cube_options asked = by(NULL, 0, &loans);
    expect_cube("=11", ledger, &asked);
    ntm_ledger_free(ledger);
}

/* A later report makes up for one that was expected. */
static void expected(void **state) {
    static const ntm_side month[] = {{"date", "month", true}};
    const ntm_expected monthly = {"outstanding", NTM_PERIOD_MONTH, accounts_day("2020-01-01"),
                                  accounts_day("2020-03-31")};
    (void)state;
    ntm_ledger *ledger = accounts_read("unit,stage,period,amount\nA,outstanding,2020-02,10\n", NULL);
    ntm_cube_options asked = by(month, 1, &loans);
    asked.expected = &monthly;
    asked.expected_count = 1;
    expect_cube("2020=10 !1; 2020-Q1=10 !1; 2020-01=? !1; 2020-02=10; 2020-03=? !1; *=10 !1", ledger, &asked);
    ntm_ledger_free(ledger);
}

static void with_flows(void **state) {
    static const ntm_member members[] = {{"grant", NULL, NULL, false}, {"loan", NULL, NULL, true}};
    static const ntm_dimension_spec form = {"form", members, 2, false};
    static const ntm_side up[] = {{"form", NULL, true}}, flat[] = {{"form", NULL, false}};
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    (void)state;
    options.dimensions = &form;
    options.dimension_count = 1;
    ntm_ledger *ledger = accounts_read(
        "unit,form,period,amount\nA,grant,2020-01,5\nA,grant,2020-02,6\nA,loan,2020-01,7\nA,loan,2020-02,8\n",
        &options);
    ntm_cube_options asked = by(flat, 1, NULL);
    expect_cube("grant=11; loan=8", ledger, &asked);
    asked = by(up, 1, NULL);
    cube_refused(ledger, &asked, NTM_ERROR_UNIT, "form *");
    cube_refused(ledger, NULL, NTM_ERROR_UNIT, "of all");
    ntm_ledger_free(ledger);
}

/* A sum beyond 64 bits is there, and named when it is read; so is one that comes back within. */
static void overflow(void **state) {
    static const ntm_side unit[] = {{"unit", NULL, true}};
    ntm_cube_cell cell = {NTM_REPORTED, 77, 7, false};
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    ntm_ledger *ledger = accounts_read("unit,period,amount\nA,2020-01,9223372036854775807\nB,2020-01,1\n"
                                       "C,2020-01,-9223372036854775808\nC,2020-02,9223372036854775807\n",
                                       NULL);
    ntm_cube_options asked = by(unit, 1, NULL);
    ntm_cube *cube = accounts_cube(ledger, &asked);
    expect_cells("A=9223372036854775807; B=1; C=-1; *=9223372036854775807", cube);
    ntm_cube_free(cube);
    asked.row_count = 2;
    cube = accounts_cube(ledger, &asked);
    uint32_t at = ntm_cube_find(cube, 0, "*");
    assert_fails(ntm_cube_get(&cell, cube, &at, &err), NTM_ERROR_OVERFLOW, &err, "unit *");
    assert_int_equal(cell.sum, 77);
    assert_true(accounts_cell(cube, "A").sum == INT64_MAX);
    assert_fails(ntm_cube_rows_new(&rows, cube, NULL, &err), NTM_ERROR_OVERFLOW, &err, "unit *");
    assert_null(rows);
    ntm_cube_free(cube);
    ntm_ledger_free(ledger);
    /* What adds up to nothing was reported all the same. */
    ledger = accounts_read("unit,period,amount\nA,2020-01,9223372036854775807\nA,2020-01,-9223372036854775808\n"
                           "A,2020-01,1\n",
                           NULL);
    expect_cube("=0", ledger, NULL);
    ntm_ledger_free(ledger);
}

/* Many amounts that are each far from the limit. */
static void many(void **state) {
    enum { ROWS = 2100 };
    static int32_t unit[2 * ROWS];
    static int64_t amounts[2 * ROWS];
    static const char *const names[] = {"A"};
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_table table = NTM_TABLE_INIT;
    ntm_cube_cell cell;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    for (size_t row = 0; row < 2 * (size_t)ROWS; row++)
        amounts[row] = row < ROWS ? (INT64_C(1) << 52) - 1 : -((INT64_C(1) << 52) - 2);
    const ntm_field fields[] = {{"unit", ntm_column_codes(unit, 2 * (size_t)ROWS, names, 1)},
                                {"amount", ntm_column_int64(amounts, 2 * (size_t)ROWS)}};
    table.rows = 2 * (size_t)ROWS;
    table.fields = fields;
    table.field_count = 2;
    options.on = accounts_day("2020-01-01");
    ntm_ledger *ledger = accounts_new(&table, &options);
    expect_cube("=2100", ledger, NULL);
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    asked.row_count = ROWS;
    ntm_cube *cube = accounts_cube(ledger, &asked);
    assert_fails(ntm_cube_get(&cell, cube, NULL, &err), NTM_ERROR_OVERFLOW, &err, "of all");
    ntm_cube_free(cube);
    ntm_ledger_free(ledger);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stages),     cmocka_unit_test(kinds),    cmocka_unit_test(over_time),
        cmocka_unit_test(running),    cmocka_unit_test(lengths),  cmocka_unit_test(expected),
        cmocka_unit_test(with_flows), cmocka_unit_test(overflow), cmocka_unit_test(many),
    };
    return cmocka_run_group_tests_name("what cubes never add", tests, NULL, NULL);
}
