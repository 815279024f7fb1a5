/* SPDX-License-Identifier: Apache-2.0 */
/* Each law of cubes by itself: sides, what is above, units by the tree of a day, time, running sums, what is expected. */
#include "accounts.h"
#include "tree.h"

#include <string.h>

static ntm_cube_options by(const ntm_side *sides, size_t count) {
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    asked.sides = sides;
    asked.side_count = count;
    return asked;
}

#define BY(sides) by((sides), sizeof(sides) / sizeof *(sides))

static const char small[] = "unit,source,component,period,amount\nB,central,road,2020-01,5\nA,province,road,2020-02,7\n"
                            "A,central,water,2020-02,\nA,,road,2020-04,-2\nB,cash,,2021-01,100\n";

static void sides(void **state) {
    static const ntm_side unit[] = {{"unit", NULL, false}},
                          source_unit[] = {{"source", NULL, false}, {"unit", NULL, true}},
                          sources[] = {{"source", NULL, true}}, component[] = {{"component", NULL, true}};
    (void)state;
    ntm_ledger *ledger = accounts_read(small, NULL);
    ntm_cube_options asked = BY(unit);
    expect_cube("=110 !1", ledger, NULL);
    expect_cube("A=5 !1; B=105", ledger, &asked);
    asked = BY(source_unit);
    expect_cube("central A=? !1; central B=5; central *=5 !1; province A=7; province *=7; cash B=100; cash *=100; "
                "- A=-2; - *=-2",
                ledger, &asked);
    asked = BY(sources);
    expect_cube("state=12 !1; central=5 !1; local=7; province=7; people=100; cash=100; -=-2; *=110 !1", ledger, &asked);
    asked = BY(component);
    expect_cube("road=10; water=? !1; -=100; *=110 !1", ledger, &asked);
    ntm_cube *cube = accounts_cube(ledger, &asked);
    uint32_t past[] = {7};
    ntm_cube_cell cell = {NTM_REPORTED, 77, 7, false};
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_cube_get(&cell, cube, past, &err), NTM_ERROR_ARGUMENT, &err, "no member");
    assert_fails(ntm_cube_get(&cell, cube, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_cube_get(NULL, cube, past, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(cell.sum, 77);
    assert_int_equal(ntm_cube_scale(cube), 0);
    assert_null(ntm_cube_unit(cube, ""));
    ntm_cube_free(cube);
    ntm_ledger_free(ledger);
}

/* No row, one row, and nothing of NULL. */
static void nothing(void **state) {
    static const ntm_side all[] = {{"unit", NULL, true}, {"date", "month", true}};
    ntm_cube_options asked = BY(all);
    (void)state;
    ntm_ledger *ledger = accounts_read("unit,period,amount\n", NULL);
    expect_cube("", ledger, NULL);
    expect_cube("", ledger, &asked);
    ntm_ledger_free(ledger);
    ledger = accounts_read("unit,period,amount\nA,2020-02,0\n", NULL);
    expect_cube("=0", ledger, NULL);
    expect_cube("A 2020=0; A 2020-Q1=0; A 2020-02=0; A *=0; * 2020=0; * 2020-Q1=0; * 2020-02=0; * *=0", ledger, &asked);
    asked.first_row = 1;
    expect_cube("", ledger, &asked);
    ntm_ledger_free(ledger);
    assert_int_equal(ntm_cube_sides(NULL), 0);
    assert_int_equal(ntm_cube_members(NULL, 0), 0);
    assert_null(ntm_cube_member_at(NULL, 0, 0));
    assert_int_equal(ntm_cube_find(NULL, 0, "A"), UINT32_MAX);
    assert_int_equal(ntm_cube_cells(NULL), 0);
    assert_int_equal(ntm_cube_scale(NULL), 0);
    assert_null(ntm_cube_unit(NULL, "k"));
    assert_null(ntm_cube_rows_table(NULL));
    ntm_cube_free(NULL);
    ntm_cube_rows_free(NULL);
}

static void time_sides(void **state) {
    static const ntm_side month[] = {{"date", "month", false}}, quarter[] = {{"date", "quarter", true}},
                          half[] = {{"date", "half-year", true}}, year[] = {{"date", "year", false}},
                          posted[] = {{"date", NULL, true}};
    static const char mixed[] = "unit,period,amount\nA,2020-02,1\nA,2020-Q1,2\nA,2020,4\n";
    ntm_cube_options asked = BY(month);
    (void)state;
    ntm_ledger *ledger = accounts_read(small, NULL);
    expect_cube("2020-01=5; 2020-02=7 !1; 2020-04=-2; 2021-01=100", ledger, &asked);
    asked = BY(quarter);
    expect_cube("2020=10 !1; 2020-Q1=12 !1; 2020-Q2=-2; 2021=100; 2021-Q1=100; *=110 !1", ledger, &asked);
    asked = BY(half);
    expect_cube("2020=10 !1; 2020-H1=10 !1; 2021=100; 2021-H1=100; *=110 !1", ledger, &asked);
    asked = BY(year);
    expect_cube("2020=10 !1; 2021=100", ledger, &asked);
    asked.from = accounts_day("2020-02-01");
    expect_cube("2020=5 !1; 2021=100", ledger, &asked);
    asked.to = accounts_day("2020-12-31");
    expect_cube("2020=5 !1", ledger, &asked);
    asked.to = accounts_day("2020-02-28"); /* in the middle of February */
    cube_refused(ledger, &asked, NTM_ERROR_SHAPE, "2020-02");
    ntm_ledger_free(ledger);
    ledger = accounts_read(mixed, NULL);
    asked = BY(month);
    cube_refused(ledger, &asked, NTM_ERROR_SHAPE, "2020");
    asked = BY(year);
    expect_cube("2020=7", ledger, &asked);
    asked = BY(posted);
    expect_cube("2020=7; 2020-Q1=3; 2020-02=1; *=7", ledger, &asked);
    ntm_ledger_free(ledger);
}

static void only(void **state) {
    static const char *const state_money[] = {"state"}, *const two[] = {"province", "people"}, *const a[] = {"A"},
                             *const nobody[] = {"west"};
    static const ntm_side unit[] = {{"unit", NULL, false}};
    ntm_cube_options asked = BY(unit);
    ntm_only lists[2] = {{"source", state_money, 1}, {"unit", a, 1}};
    (void)state;
    ntm_ledger *ledger = accounts_read(small, NULL);
    asked.only = lists;
    asked.only_count = 1;
    expect_cube("A=7 !1; B=5", ledger, &asked);
    asked.only_count = 2;
    expect_cube("A=7 !1", ledger, &asked);
    lists[0] = (ntm_only){"source", two, 2};
    asked.only_count = 1;
    expect_cube("A=7; B=100", ledger, &asked);
    lists[0] = (ntm_only){"source", nobody, 1};
    cube_refused(ledger, &asked, NTM_ERROR_NOT_FOUND, "west");
    lists[0] = (ntm_only){"colour", nobody, 1};
    cube_refused(ledger, &asked, NTM_ERROR_NOT_FOUND, NULL);
    lists[0] = (ntm_only){"source", nobody, 0};
    cube_refused(ledger, &asked, NTM_ERROR_ARGUMENT, NULL);
    ntm_ledger_free(ledger);
}

static void running(void **state) {
    static const ntm_side month[] = {{"date", "month", false}}, quarter[] = {{"date", "quarter", false}};
    static const char *const state_money[] = {"state"};
    static const ntm_only list = {"source", state_money, 1};
    ntm_cube_options asked = BY(quarter);
    (void)state;
    ntm_ledger *ledger = accounts_read(small, NULL);
    asked.running = NTM_RUNNING_IN_YEAR;
    expect_cube("2020-Q1=12 !1; 2020-Q2=10 !1; 2020-Q3=10 !1; 2020-Q4=10 !1; 2021-Q1=100", ledger, &asked);
    asked.running = NTM_RUNNING_ALL;
    expect_cube("2020-Q1=12 !1; 2020-Q2=10 !1; 2020-Q3=10 !1; 2020-Q4=10 !1; 2021-Q1=110 !1", ledger, &asked);
    asked = BY(month);
    asked.running = NTM_RUNNING_ALL;
    asked.only = &list;
    asked.only_count = 1; /* entries that do not count do not make it longer */
    expect_cube("2020-01=5; 2020-02=12 !1", ledger, &asked);
    ntm_ledger_free(ledger);
}

static const char tree[] = "code,name,level,parent,valid_from,valid_to\n1,P,province,,,\n11,D,district,1,,\n"
                           "12,E,district,1,,\n111,X,commune,11,,2020-03-01\n112,Y,commune,11,,2020-07-01\n"
                           "121,Z,commune,12,,2020-07-01\n111,X,commune,12,2020-03-01,2020-07-01\n"
                           "129,N,commune,12,2020-07-01,\n";
static const char changes[] = "on,old_code,new_code\n2020-07-01,111,129\n2020-07-01,112,129\n2020-07-01,121,129\n";

/* 111 moves to another district in March; then all become 129. */
static void units(void **state) {
    static const ntm_side district[] = {{"unit", "district", true}}, commune[] = {{"unit", "commune", false}};
    ntm_units *registry = tree_new(tree, changes, NULL, NULL);
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = BY(district);
    (void)state;
    options.units = registry;
    ntm_ledger *ledger = accounts_read("unit,date,amount\n111,2020-02-29,1\n111,2020-03-01,2\n112,2020-06-30,4\n"
                                       "121,2020-01-01,8\n129,2020-07-01,16\n",
                                       &options);
    expect_cube("1=31; 11=5; 12=26; *=31", ledger, &asked);
    asked.as_of = accounts_day("2020-12-31");
    expect_cube("1=31; 12=31; *=31", ledger, &asked);
    asked = BY(commune);
    asked.as_of = accounts_day("2020-12-31");
    expect_cube("129=31", ledger, &asked);
    asked.to = accounts_day("2020-06-30");
    asked.as_of = accounts_day("2020-02-29"); /* the tree before all that */
    expect_cube("111=3; 112=4; 121=8", ledger, &asked);
    asked = BY(district);
    asked.to = accounts_day("2020-06-30");
    asked.as_of = accounts_day("2020-02-29");
    expect_cube("1=15; 11=7; 12=8; *=15", ledger, &asked);
    asked.to = NTM_DATE_NONE; /* of the new commune nobody knew */
    cube_refused(ledger, &asked, NTM_ERROR_NOT_FOUND, "129");
    ntm_ledger_free(ledger);
    ntm_units_free(registry);
}

/* A commune that is divided has no one place, unless all parts lie in one unit of the level. */
static void divided(void **state) {
    static const ntm_side district[] = {{"unit", "district", false}}, commune[] = {{"unit", "commune", false}};
    ntm_units *registry =
        tree_new("code,name,level,parent,valid_from,valid_to\n1,P,province,,,\n11,D,district,1,,\n"
                 "111,X,commune,11,,2020-07-01\n112,Y,commune,11,2020-07-01,\n"
                 "113,Z,commune,11,2020-07-01,\n",
                 "on,old_code,new_code,part\n2020-07-01,111,112,partial\n2020-07-01,111,113,partial\n", NULL, NULL);
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = BY(district);
    (void)state;
    options.units = registry;
    ntm_ledger *ledger = accounts_read("unit,date,amount\n111,2020-02-29,1\n112,2020-07-01,2\n", &options);
    asked.as_of = accounts_day("2020-12-31");
    expect_cube("11=3", ledger, &asked);
    asked = BY(commune);
    expect_cube("111=1; 112=2", ledger, &asked);
    asked.as_of = accounts_day("2020-12-31");
    cube_refused(ledger, &asked, NTM_ERROR_NOT_FOUND, "divided");
    asked.as_of = accounts_day("2020-06-30"); /* a part of what there was has no place in it */
    cube_refused(ledger, &asked, NTM_ERROR_NOT_FOUND, "not there yet");
    ntm_ledger_free(ledger);
    ntm_units_free(registry);
}

static void expected(void **state) {
    static const ntm_side all[] = {{"unit", NULL, true}, {"date", "month", false}}, unit[] = {{"unit", NULL, false}},
                          stages[] = {{"unit", NULL, false}, {"stage", NULL, false}, {"date", "quarter", false}};
    static const char *const disbursed[] = {"disbursed"};
    static const ntm_only list = {"stage", disbursed, 1};
    ntm_expected monthly = {"disbursed", NTM_PERIOD_MONTH, accounts_day("2020-01-01"), accounts_day("2020-03-31")};
    ntm_cube_options asked = BY(all);
    (void)state;
    ntm_ledger *ledger = accounts_read("unit,stage,period,amount\nA,disbursed,2020-01,5\nA,disbursed,2020-03,0\n"
                                       "B,disbursed,2020-02,\nB,plan,2020-01,9\n",
                                       NULL);
    asked.only = &list;
    asked.only_count = 1;
    asked.expected = &monthly;
    asked.expected_count = 1;
    expect_cube("A 2020-01=5; A 2020-02=? !1; A 2020-03=0; B 2020-01=? !1; B 2020-02=? !1; B 2020-03=? !1; "
                "* 2020-01=5 !1; * 2020-02=? !2; * 2020-03=0 !1",
                ledger, &asked);
    /* The same report cannot be expected twice: it would be missing twice. */
    const ntm_expected twice[] = {
        monthly, {"disbursed", NTM_PERIOD_QUARTER, accounts_day("2020-03-31"), accounts_day("2020-06-30")}};
    asked.expected = twice;
    asked.expected_count = 2;
    cube_refused(ledger, &asked, NTM_ERROR_ARGUMENT, "twice");
    asked.expected = &monthly;
    asked.expected_count = 1;
    asked.running = NTM_RUNNING_ALL;
    asked.sides = all + 1;
    asked.side_count = 1;
    expect_cube("2020-01=5 !1; 2020-02=5 !3; 2020-03=5 !4", ledger, &asked);
    asked = BY(unit);
    asked.only = &list;
    asked.only_count = 1;
    asked.expected = &monthly;
    asked.expected_count = 1;
    expect_cube("A=5 !1; B=? !3", ledger, &asked);
    asked = BY(stages);
    asked.expected = &monthly;
    asked.expected_count = 1;
    expect_cube("A disbursed 2020-Q1=5 !1; B plan 2020-Q1=9; B disbursed 2020-Q1=? !3", ledger, &asked);
    monthly.stage = "spent";
    cube_refused(ledger, &asked, NTM_ERROR_NOT_FOUND, "spent");
    monthly = (ntm_expected){"disbursed", NTM_PERIOD_MONTH, accounts_day("2020-03-01"), accounts_day("2020-01-31")};
    cube_refused(ledger, &asked, NTM_ERROR_ARGUMENT, NULL);
    monthly = (ntm_expected){"disbursed", NTM_PERIOD_DAY, accounts_day("2020-01-01"), accounts_day("2020-01-31")};
    cube_refused(ledger, &asked, NTM_ERROR_ARGUMENT, NULL);
    ntm_ledger_free(ledger);
}

/* A unit has to report while it is there. */
static void expected_of_units(void **state) {
    static const ntm_side all[] = {{"unit", "commune", false}, {"date", "quarter", false}};
    static const char *const disbursed[] = {"disbursed"};
    static const ntm_only list = {"stage", disbursed, 1};
    const ntm_expected quarterly = {"disbursed", NTM_PERIOD_QUARTER, accounts_day("2020-01-01"),
                                    accounts_day("2020-12-31")};
    ntm_units *registry = tree_new(tree, changes, NULL, NULL);
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = BY(all);
    (void)state;
    options.units = registry;
    ntm_ledger *ledger =
        accounts_read("unit,stage,date,amount\n112,disbursed,2020-06-30,4\n129,disbursed,2020-07-01,16\n", &options);
    asked.only = &list;
    asked.only_count = 1;
    asked.expected = &quarterly;
    asked.expected_count = 1;
    expect_cube("112 2020-Q1=? !1; 112 2020-Q2=4; 129 2020-Q3=16; 129 2020-Q4=? !1", ledger, &asked);
    ntm_ledger_free(ledger);
    ntm_units_free(registry);
}

/* A report of February that is missing is one of the district in which the commune lies when February ends, also where
   entries are kept by day. */
static void expected_at_the_end(void **state) {
    static const ntm_side all[] = {{"unit", "district", false}, {"stage", NULL, false}, {"date", "month", false}};
    const ntm_expected monthly = {"disbursed", NTM_PERIOD_MONTH, accounts_day("2020-02-01"),
                                  accounts_day("2020-02-29")};
    ntm_units *registry = tree_new("code,name,level,parent,valid_from,valid_to\n1,P,province,,,\n11,D,district,1,,\n"
                                   "12,E,district,1,,\n111,X,commune,11,,2020-02-20\n111,X,commune,12,2020-02-20,\n"
                                   "112,Y,commune,11,,\n",
                                   NULL, NULL, NULL);
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = BY(all);
    (void)state;
    options.units = registry;
    ntm_ledger *ledger = accounts_read("unit,stage,date,amount\n112,outstanding,2020-02-01,4\n"
                                       "112,disbursed,2020-02-01,1\n112,disbursed,2020-02-10,1\n"
                                       "111,disbursed,2020-01-31,8\n",
                                       &options);
    asked.expected = &monthly;
    asked.expected_count = 1;
    expect_cube("11 disbursed 2020-01=8; 11 disbursed 2020-02=2; 11 outstanding 2020-02=4; 12 disbursed 2020-02=? !1",
                ledger, &asked);
    ntm_ledger_free(ledger);
    ntm_units_free(registry);
}

static void refused(void **state) {
    static const ntm_side twice[] = {{"unit", NULL, false}, {"unit", NULL, true}}, none[] = {{"colour", NULL, false}},
                          nameless[] = {{NULL, NULL, false}}, weeks[] = {{"date", "week", false}},
                          region[] = {{"unit", "region", false}}, bare[] = {{"unit", "district", false}},
                          levels[] = {{"source", "district", false}}, stage_up[] = {{"stage", NULL, true}},
                          running_up[] = {{"date", "month", true}}, posted[] = {{"date", NULL, false}};
    static const struct {
        const ntm_side *sides;
        size_t count;
        ntm_running running;
        ntm_status status;
    } cases[] = {
        {twice, 2, NTM_RUNNING_NOT, NTM_ERROR_ARGUMENT},      {none, 1, NTM_RUNNING_NOT, NTM_ERROR_NOT_FOUND},
        {nameless, 1, NTM_RUNNING_NOT, NTM_ERROR_ARGUMENT},   {weeks, 1, NTM_RUNNING_NOT, NTM_ERROR_ARGUMENT},
        {region, 1, NTM_RUNNING_NOT, NTM_ERROR_ARGUMENT},     {bare, 1, NTM_RUNNING_NOT, NTM_ERROR_ARGUMENT},
        {levels, 1, NTM_RUNNING_NOT, NTM_ERROR_ARGUMENT},     {stage_up, 1, NTM_RUNNING_NOT, NTM_ERROR_ARGUMENT},
        {running_up, 1, NTM_RUNNING_ALL, NTM_ERROR_ARGUMENT}, {posted, 1, NTM_RUNNING_ALL, NTM_ERROR_ARGUMENT},
        {NULL, 0, NTM_RUNNING_ALL, NTM_ERROR_ARGUMENT},       {NULL, 1, NTM_RUNNING_NOT, NTM_ERROR_ARGUMENT},
        {posted, 1, (ntm_running)3, NTM_ERROR_ARGUMENT},      {twice, 13, NTM_RUNNING_NOT, NTM_ERROR_ARGUMENT},
    };
    (void)state;
    ntm_ledger *ledger = accounts_read("unit,source,stage,period,amount\nA,central,plan,2020-01,5\n", NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ntm_cube_options asked = by(cases[i].sides, cases[i].count);
        asked.running = cases[i].running;
        cube_refused(ledger, &asked, cases[i].status, NULL);
    }
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    asked.measure = NTM_CUBE_QUANTITY;
    cube_refused(ledger, &asked, NTM_ERROR_SHAPE, NULL);
    asked.measure = (ntm_cube_measure)3;
    cube_refused(ledger, &asked, NTM_ERROR_ARGUMENT, NULL);
    asked = (ntm_cube_options)NTM_CUBE_OPTIONS_INIT;
    asked.from = 10;
    asked.to = 9;
    cube_refused(ledger, &asked, NTM_ERROR_ARGUMENT, NULL);
    asked.to = asked.from = NTM_DATE_NONE;
    asked.as_of = 1 << 30;
    cube_refused(ledger, &asked, NTM_ERROR_ARGUMENT, NULL);
    asked = (ntm_cube_options)NTM_CUBE_OPTIONS_INIT;
    asked.struct_size = 8;
    cube_refused(ledger, &asked, NTM_ERROR_ARGUMENT, "struct_size");
    cube_refused(NULL, NULL, NTM_ERROR_ARGUMENT, NULL);
    ntm_ledger_free(ledger);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sides),
        cmocka_unit_test(nothing),
        cmocka_unit_test(time_sides),
        cmocka_unit_test(only),
        cmocka_unit_test(running),
        cmocka_unit_test(units),
        cmocka_unit_test(divided),
        cmocka_unit_test(expected),
        cmocka_unit_test(expected_of_units),
        cmocka_unit_test(expected_at_the_end),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests_name("questions to cubes", tests, NULL, NULL);
}
