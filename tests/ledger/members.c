/* SPDX-License-Identifier: Apache-2.0 */
/* Members of dimensions: the usual ones, declared ones, those that occur. */
#include "accounts.h"

#include <stdio.h>
#include <string.h>

static ntm_ledger_options with(const ntm_dimension_spec *dimensions, size_t count) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.on = accounts_day("2020-02-25");
    options.dimensions = dimensions;
    options.dimension_count = count;
    return options;
}

static void usual(void **state) {
    static const char *const names[] = {"programme", "component", "source", "nature", "stage", "doer", "kind"};
    (void)state;
    for (size_t i = 0; i < NTM_USUAL_DIMENSIONS; i++) {
        const ntm_dimension_spec *spec = ntm_dimension_usual(i);
        assert_string_equal(spec->name, names[i]);
        assert_int_equal(spec->open, spec->member_count == 0);
    }
    assert_null(ntm_dimension_usual(NTM_USUAL_DIMENSIONS));
    ntm_ledger_options options = with(NULL, 0);
    ntm_ledger *ledger = accounts_read("unit,amount,source,nature,stage\n", &options);
    expect_members("state central<state local<state province<local district<local commune<local integrated credit "
                   "policy-credit<credit commercial-credit<credit enterprise people cash<people labour<people "
                   "land<people",
                   ledger, "source");
    expect_members("investment recurrent", ledger, "nature");
    expect_members("need plan allotted disbursed outstanding*", ledger, "stage");
    expect_members("", ledger, "unit");
    assert_int_equal(ntm_ledger_member_count(ledger, "kind"), 0); /* no column */
    assert_int_equal(ntm_ledger_dimension_count(ledger), 4);
    assert_null(ntm_ledger_dimension(ledger, 4));
    bool unit = false;
    for (size_t i = 0; i < 4; i++)
        unit = unit || strcmp(ntm_ledger_dimension(ledger, i), "unit") == 0;
    assert_true(unit);
    ntm_ledger_free(ledger);
}

/* Ids byte by byte, names as ntm_name_equal() does. */
static void names(void **state) {
    static const ntm_side sides[] = {{"source", NULL, false}};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    ntm_ledger_options options = with(NULL, 0);
    (void)state;
    asked.sides = sides;
    asked.side_count = 1;
    ntm_ledger *ledger =
        accounts_read("unit,amount,source\nA,1,central\nA,2,ngân sách trung ương\nA,4,NGÂN SÁCH  Trung Ương\nA,8,\n"
                      "A,16,nga\xcc\x82n sa\xcc\x81"
                      "ch trung \xc6\xb0\xc6\xa1ng\nA,32,Doanh Nghiệp\n",
                      &options);
    expect_cube("central=23; enterprise=32; -=8", ledger, &asked);
    ntm_ledger_free(ledger);
    accounts_refused("unit,amount,source\nA,1,central\nA,2,Central\n", &options, NTM_ERROR_NOT_FOUND, "text: source", 1,
                     "unknown source \"Central\"");
}

static void own(void **state) {
    static const ntm_member colours[] = {
        {"pink", NULL, "red", false}, {"red", "Đỏ", NULL, false}, {"n", NULL, NULL, true}};
    static const ntm_member stages[] = {{"asked", NULL, NULL, false}};
    static const ntm_dimension_spec specs[] = {
        {"colour", colours, 3, true}, {"stage", stages, 1, false}, {"document", NULL, 0, true}};
    ntm_ledger_options options = with(specs, 3);
    (void)state;
    ntm_ledger *ledger =
        accounts_read("colour,unit,amount,stage,document,source\nz,A,1,asked,,\na,A,1,asked,x,central\n"
                      "đỏ,A,1,asked,,\npink,A,1,asked,,\n",
                      &options);
    expect_members("pink<red red n* a z", ledger, "colour");
    expect_members("asked", ledger, "stage");
    expect_members("x -", ledger, "document");
    ntm_ledger_free(ledger);
    accounts_refused("unit,amount,stage\nA,1,plan\n", &options, NTM_ERROR_NOT_FOUND, "text: stage", 0, "asked");
    accounts_refused("unit,amount,colour\nA,1,a\nA,1,a\xff\n", &options, NTM_ERROR_SYNTAX, "text", NTM_NO_ROW, "UTF-8");
}

static void bad_schema(ntm_member first, ntm_member second, const char *piece) {
    const ntm_member members[] = {first, second};
    const ntm_dimension_spec spec = {"colour", members, 2, false};
    ntm_ledger_options options = with(&spec, 1);
    accounts_refused("unit,amount,colour\nA,1,a\n", &options, NTM_ERROR_SCHEMA, "text: colour", NTM_NO_ROW, piece);
}

static void schemas(void **state) {
    (void)state;
    const ntm_member a = {"a", NULL, NULL, false};
    bad_schema(a, a, "\"a\"");
    bad_schema(a, (ntm_member){"b", NULL, "b", false}, "part of itself");
    bad_schema((ntm_member){"a", NULL, "b", false}, (ntm_member){"b", NULL, "a", false}, "part of itself");
    bad_schema(a, (ntm_member){"b", NULL, "c", false}, "not declared");
    bad_schema(a, (ntm_member){"b", NULL, "a", true}, "stock");
    bad_schema((ntm_member){"a", NULL, NULL, true}, (ntm_member){"b", NULL, "a", false}, "stock");
    bad_schema((ntm_member){"a", "đỏ", NULL, false}, (ntm_member){"b", "ĐỎ", NULL, false}, NULL);
    bad_schema(a, (ntm_member){"", NULL, NULL, false}, NULL);
    bad_schema(a, (ntm_member){NULL, NULL, NULL, false}, NULL);
    bad_schema(a, (ntm_member){"\xff", NULL, NULL, false}, NULL);
    bad_schema(a, (ntm_member){"b", "\xff", NULL, false}, NULL);
    const ntm_dimension_spec twice[] = {{"colour", NULL, 0, true}, {"colour", NULL, 0, true}};
    ntm_ledger_options options = with(twice, 2);
    accounts_refused("unit,amount,colour\nA,1,a\n", &options, NTM_ERROR_SCHEMA, NULL, NTM_NO_ROW, NULL);
}

/* A chain of members as deep as there are members. */
static void deep(void **state) {
    enum { DEPTH = 2000 };
    static char ids[DEPTH][8];
    static ntm_member members[DEPTH];
    (void)state;
    for (int i = 0; i < DEPTH; i++) {
        (void)snprintf(ids[i], sizeof ids[i], "m%d", i);
        members[i] = (ntm_member){ids[i], NULL, i == 0 ? NULL : ids[i - 1], false};
    }
    const ntm_dimension_spec spec = {"colour", members, DEPTH, false};
    const ntm_side sides[] = {{"colour", NULL, true}};
    ntm_ledger_options options = with(&spec, 1);
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    asked.sides = sides;
    asked.side_count = 1;
    ntm_ledger *ledger = accounts_read("unit,amount,colour\nA,1,m1999\nA,2,m5\n", &options);
    ntm_cube *cube = accounts_cube(ledger, &asked);
    assert_int_equal(accounts_cell(cube, "m0").sum, 3);
    assert_int_equal(accounts_cell(cube, "m5").sum, 3);
    assert_int_equal(accounts_cell(cube, "m6").sum, 1);
    assert_int_equal(accounts_cell(cube, "*").sum, 3);
    ntm_cube_free(cube);
    ntm_ledger_free(ledger);
}

/* Two ways to write the same letters are one member: a programme entered on two keyboards. */
static void one_text(void **state) {
    static const char *const columns[] = {"person", "programme"};
    static const ntm_dimension_spec own[] = {{"person", NULL, 0, true}};
    ntm_duplicate found = {0, 0};
    size_t count = 0;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    ntm_ledger_options options = with(own, 1);
    ntm_ledger *ledger = accounts_read("unit,person,programme,amount\nA,1,hỗ trợ,5\nA,2,hỗ trợ,5\n"
                                       "A,1,ho\xcc\x82\xcc\x83 tro\xcc\x9b\xcc\xa3,5\n",
                                       &options);
    expect_members("hỗ trợ", ledger, "programme");
    assert_ok(ntm_ledger_duplicates(&found, &count, 1, ledger, columns, 2, &err), &err);
    assert_true(count == 1 && found.row == 2 && found.of == 0);
    ntm_ledger_free(ledger);
}

/* What a ledger read itself is nobody else's. */
static void of_its_own(void **state) {
    static const char *const columns[] = {"unit", "source", "period", "amount", "nothing"};
    (void)state;
    ntm_ledger *ledger = accounts_read("unit,source,period,amount\nA,central,2020-01,5\n", NULL);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        assert_false(ntm_ledger_borrows(ledger, columns[i]));
    assert_false(ntm_ledger_borrows(ledger, NULL));
    assert_false(ntm_ledger_borrows(NULL, "unit"));
    ntm_ledger_free(ledger);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(usual),     cmocka_unit_test(names), cmocka_unit_test(own),
                                       cmocka_unit_test(schemas),   cmocka_unit_test(deep),  cmocka_unit_test(one_text),
                                       cmocka_unit_test(of_its_own)};
    return cmocka_run_group_tests_name("members of ledgers", tests, NULL, NULL);
}
