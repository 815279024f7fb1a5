/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of every type, money in its unit, numbers in their locale; what is borrowed. */
#include "accounts.h"

#include <stdlib.h>

static const ntm_side by_unit[] = {{"unit", NULL, false}};

static ntm_cube_options sides(const ntm_side *of, size_t count) {
    ntm_cube_options options = NTM_CUBE_OPTIONS_INIT;
    options.sides = of;
    options.side_count = count;
    return options;
}

static ntm_ledger_options on_a_day(void) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.on = accounts_day("2020-02-25");
    return options;
}

static void expect_amounts(const char *csv, const ntm_ledger_options *options, const char *cells) {
    ntm_cube_options asked = sides(by_unit, 1);
    ntm_ledger *ledger = accounts_read(csv, options);
    expect_cube(cells, ledger, &asked);
    ntm_ledger_free(ledger);
}

/* "3.843" is three thousand eight hundred and forty-three of the unit in one locale and three and some in the other. */
static void money(void **state) {
    ntm_ledger_options options = on_a_day();
    (void)state;
    options.money_unit = 1000000000;
    options.locale = NTM_LOCALE_VI;
    expect_amounts("unit,amount\nA,3.843\nB,\"3,843\"\nC,-1\n", &options,
                   "A=3843000000000; B=3843000000; C=-1000000000");
    options.locale = NTM_LOCALE_EN;
    expect_amounts("unit,amount\nA,3.843\nB,\"3,843\"\n", &options, "A=3843000000; B=3843000000000");
    options.locale = NTM_LOCALE_PLAIN;
    expect_amounts("unit,amount\nA,3.843\nB,0.000000001\nC,9223372036.854775807\n", &options,
                   "A=3843000000; B=1; C=9223372036854775807");
    options.money_unit = 1000000;
    expect_amounts("unit,amount\nA,7942\nB,0.5\n", &options, "A=7942000000; B=500000");
    options.money_unit = 1000;
    expect_amounts("unit,amount\nA,7942\nB,0.5\nC,+0\n", &options, "A=7942000; B=500; C=0");
    options.money_unit = 1;
    expect_amounts("unit,amount\nA,9223372036854775807\nB,-9223372036854775808\nC,5.00\n", &options,
                   "A=9223372036854775807; B=-9223372036854775808; C=5");
}

/* Not reported is open, and never 0. */
static void missing(void **state) {
    ntm_ledger_options options = on_a_day();
    (void)state;
    expect_amounts("unit,amount\nA,\nA,5\nB,\nC,0\n", &options, "A=5 !1; B=? !1; C=0");
}

static ntm_column raw(ntm_type type, const void *data, size_t length, int64_t stride) {
    ntm_column column = NTM_COLUMN_INIT;
    column.type = type;
    column.data = data;
    column.length = length;
    column.stride_bytes = stride;
    return column;
}

static void expect_column(ntm_column amount, const ntm_ledger_options *options, const char *cells, bool borrowed) {
    static const char *const names[] = {"A", "B", "C"};
    static const int32_t codes[] = {0, 1, 2};
    const ntm_field fields[] = {{"amount", amount}, {"unit", ntm_column_codes(codes, 3, names, 3)}};
    ntm_cube_options asked = sides(by_unit, 1);
    ntm_table table = NTM_TABLE_INIT;
    table.rows = 3;
    table.fields = fields;
    table.field_count = 2;
    ntm_ledger *ledger = accounts_new(&table, options);
    expect_cube(cells, ledger, &asked);
    assert_int_equal(ntm_ledger_rows(ledger), 3);
    assert_true(ntm_ledger_borrows(ledger, "unit"));
    assert_int_equal(ntm_ledger_borrows(ledger, "amount"), borrowed);
    assert_false(ntm_ledger_borrows(ledger, "source"));
    ntm_ledger_free(ledger);
}

static void amounts_of_every_type(void **state) {
    static const int8_t small[] = {-128, 0, 127};
    static const int16_t short_[] = {-32768, 0, 32767};
    static const int32_t middle[] = {INT32_MIN, 0, INT32_MAX}, scaled[] = {-1500, 0, 2500};
    static const int64_t large[] = {INT64_MIN, 0, INT64_MAX}, wide[] = {1, 99, 2, 99, 3, 99};
    static const double doubles[] = {3.843, -0.001, 1e3}, whole[] = {-5, 0, 9007199254740993.0};
    static const uint64_t decimal[] = {5, 0, (uint64_t)-7, UINT64_MAX, 0, 0};
    ntm_ledger_options options = on_a_day();
    (void)state;
    expect_column(raw(NTM_TYPE_INT8, small, 3, 1), &options, "A=-128; B=0; C=127", false);
    expect_column(raw(NTM_TYPE_INT16, short_, 3, 2), &options, "A=-32768; B=0; C=32767", false);
    expect_column(raw(NTM_TYPE_INT32, middle, 3, 4), &options, "A=-2147483648; B=0; C=2147483647", false);
    expect_column(raw(NTM_TYPE_INT64, large, 3, 8), &options, "A=-9223372036854775808; B=0; C=9223372036854775807",
                  true);
    expect_column(raw(NTM_TYPE_INT64, wide, 3, 16), &options, "A=1; B=2; C=3", false);
    expect_column(raw(NTM_TYPE_INT64, wide + 4, 3, -16), &options, "A=3; B=2; C=1", false);
    expect_column(raw(NTM_TYPE_INT64, wide, 3, 0), &options, "A=1; B=1; C=1", false);
    expect_column(raw(NTM_TYPE_DOUBLE, whole, 3, 8), &options, "A=-5; B=0; C=9007199254740992", false);
    expect_column(raw(NTM_TYPE_DECIMAL128, decimal, 3, 16), &options, "A=5; B=-7; C=0", false);
    options.money_unit = 1000;
    expect_column(raw(NTM_TYPE_INT64, wide, 3, 8), &options, "A=1000; B=99000; C=2000", false);
    expect_column(raw(NTM_TYPE_INT64, wide, 3, 16), &options, "A=1000; B=2000; C=3000", false);
    expect_column(raw(NTM_TYPE_DOUBLE, doubles, 3, 8), &options, "A=3843; B=-1; C=1000000", false);
    ntm_column column = raw(NTM_TYPE_INT32, scaled, 3, 4);
    column.scale = 3;
    expect_column(column, &options, "A=-1500; B=0; C=2500", false);
    column.scale = 2;
    expect_column(column, &options, "A=-15000; B=0; C=25000", false);
}

static void gaps(void **state) {
    static const int64_t data[] = {5, 6, 7};
    static const double doubles[] = {1, 0.0 / 1.0, 3};
    static const uint8_t bits[] = {0xa0, 0xff}; /* from bit 6: 0, 1, 1 */
    double nan_there[3] = {1, 2, 3};
    ntm_ledger_options options = on_a_day();
    ntm_column column = ntm_column_int64(data, 3);
    (void)state;
    column.validity = bits;
    column.validity_offset = 6;
    expect_column(column, &options, "A=? !1; B=6; C=7", true);
    column = ntm_column_double(doubles, 3);
    expect_column(column, &options, "A=1; B=0; C=3", false);
    nan_there[1] = strtod("nan", NULL);
    column = ntm_column_double(nan_there, 3);
    column.nan_not_reported = true;
    expect_column(column, &options, "A=1; B=? !1; C=3", false);
}

/* Units and members as numbers, categories in any order, unused and repeated ones, text. */
static void codes(void **state) {
    static const char *const names[] = {"local", "unused", "central", "local", "", "ngân sách  TRUNG ương"};
    static const int8_t units[] = {7, 12, 7, 0, -3, 7};
    static const int16_t sources[] = {0, 2, 3, 4, -1, 5};
    static const int64_t amounts[] = {1, 2, 4, 8, 16, 32};
    static const int32_t offsets[] = {0, 1, 2, 2, 3, 4, 5};
    static const ntm_side both[] = {{"unit", NULL, false}, {"source", NULL, false}, {"component", NULL, false}};
    ntm_ledger_options options = on_a_day();
    ntm_cube_options asked = sides(both, 2);
    ntm_column source = raw(NTM_TYPE_INT16, sources, 6, 2), text = raw(NTM_TYPE_TEXT, offsets, 6, 0);
    (void)state;
    source.categories = names;
    source.category_count = 6;
    text.text = "yxyxy";
    const ntm_field fields[] = {{"source", source},
                                {"amount", ntm_column_int64(amounts, 6)},
                                {"component", text},
                                {"unit", raw(NTM_TYPE_INT8, units, 6, 1)}};
    ntm_table table = NTM_TABLE_INIT;
    table.rows = 6;
    table.fields = fields;
    table.field_count = 4;
    ntm_ledger *ledger = accounts_new(&table, &options);
    expect_cube("-3 -=16; 0 -=8; 12 central=2; 7 central=32; 7 local=5", ledger, &asked);
    asked.sides = both + 2;
    asked.side_count = 1;
    expect_cube("x=18; y=41; -=4", ledger, &asked);
    expect_members("x y -", ledger, "component");
    assert_int_equal(ntm_ledger_dimension_count(ledger), 3);
    assert_true(ntm_ledger_borrows(ledger, "unit"));
    assert_false(ntm_ledger_borrows(ledger, "component"));
    ntm_ledger_free(ledger);
}

static void times(void **state) {
    static const ntm_side months[] = {{"date", "month", false}};
    static const int32_t days[] = {18262, 18293, 18292}, years[] = {2020, 2019, 2020};
    static const int64_t amounts[] = {1, 2, 4}, units[] = {1, 1, 1};
    ntm_cube_options asked = sides(months, 1);
    ntm_table table = NTM_TABLE_INIT;
    ntm_field fields[] = {{"unit", ntm_column_int64(units, 3)},
                          {"amount", ntm_column_int64(amounts, 3)},
                          {"date", raw(NTM_TYPE_INT32, days, 3, 4)}};
    (void)state;
    table.rows = 3;
    table.fields = fields;
    table.field_count = 3;
    ntm_ledger *ledger = accounts_new(&table, NULL);
    expect_cube("2020-01=5; 2020-02=2", ledger, &asked); /* 1 January, 1 February, 31 January */
    ntm_ledger_free(ledger);
    fields[2] = (ntm_field){"year", raw(NTM_TYPE_INT32, years, 3, 4)};
    ledger = accounts_new(&table, NULL);
    const ntm_side year[] = {{"date", "year", false}};
    asked.sides = year;
    expect_cube("2019=2; 2020=5", ledger, &asked);
    ntm_ledger_free(ledger);
    ledger = accounts_read("date,unit,amount\n2020-02-29,A,1\n2020-12-31,A,2\n", NULL);
    asked.sides = months;
    expect_cube("2020-02=1; 2020-12=2", ledger, &asked);
    ntm_ledger_free(ledger);
}

/* Quantities are exact decimals in the unit of their kind. */
static void quantities(void **state) {
    static const ntm_side kinds[] = {{"kind", NULL, false}, {"unit", NULL, false}};
    ntm_ledger_options options = on_a_day();
    ntm_cube_options asked = sides(kinds, 1);
    (void)state;
    options.locale = NTM_LOCALE_VI;
    ntm_ledger *ledger = accounts_read("unit,kind,quantity,quantity_unit\nA,xi măng,\"1.250,75\",tấn\nB,xi măng,5,tấn\n"
                                       "B,gift,319.107,suất\nB,,7,công\nA,gift,,suất\n",
                                       &options);
    asked.measure = NTM_CUBE_QUANTITY;
    expect_cube("gift=319107.00 !1; xi măng=1255.75; -=7.00", ledger, &asked);
    assert_string_equal(ntm_ledger_quantity_unit(ledger, "xi măng"), "tấn");
    assert_string_equal(ntm_ledger_quantity_unit(ledger, "gift"), "suất");
    assert_string_equal(ntm_ledger_quantity_unit(ledger, ""), "công");
    assert_null(ntm_ledger_quantity_unit(ledger, "sand"));
    ntm_cube *cube = accounts_cube(ledger, &asked);
    assert_int_equal(ntm_cube_scale(cube), 2);
    assert_string_equal(ntm_cube_unit(cube, "xi măng"), "tấn");
    assert_null(ntm_cube_unit(cube, "sand"));
    ntm_ledger_free(ledger);
    assert_string_equal(ntm_cube_unit(cube, "gift"), "suất"); /* cubes are independent of the ledger */
    ntm_cube_free(cube);
}

/* An entry of money has no quantity and the other way round; one with neither is a report that is due. */
static void either(void **state) {
    ntm_ledger_options options = on_a_day();
    ntm_cube_options asked = sides(by_unit, 1);
    (void)state;
    ntm_ledger *ledger =
        accounts_read("unit,amount,quantity,quantity_unit\nA,,,\nB,5,,\nC,,3,t\nD,7,0.5,t\n", &options);
    expect_cube("A=? !1; B=5; D=7", ledger, &asked);
    asked.measure = NTM_CUBE_QUANTITY;
    expect_cube("C=3.0; D=0.5", ledger, &asked);
    ntm_ledger_free(ledger);
}

/* Where gifts have cost something, a gift that does not say what waits for it; cement has no price. */
static void both(void **state) {
    static const char text[] = "unit,kind,amount,quantity,quantity_unit\nA,gift,500,1,piece\nB,gift,,1,piece\n"
                               "C,cement,,3,t\nD,,7,,\nE,gift,400,,\nF,gift,,,\nG,cement,,,\n";
    ntm_ledger_options options = on_a_day();
    ntm_cube_options asked = sides(by_unit, 1);
    static const ntm_side kinds[] = {{"kind", NULL, false}, {"unit", NULL, false}};
    (void)state;
    ntm_ledger *ledger = accounts_read(text, &options);
    expect_cube("A=500; B=? !1; D=7; E=400; F=? !1", ledger, &asked);
    asked = sides(kinds, 2);
    asked.measure = NTM_CUBE_QUANTITY;
    expect_cube("cement C=3; cement G=? !1; gift A=1; gift B=1; gift E=? !1; gift F=? !1", ledger, &asked);
    ntm_ledger_free(ledger);
    /* What is left out tells nothing. */
    options.leave_out = true;
    ledger = accounts_read("unit,kind,amount,quantity,quantity_unit\nA,cement,5,1,\nB,cement,,3,t\n", &options);
    asked = sides(by_unit, 1);
    expect_cube("", ledger, &asked);
    ntm_ledger_free(ledger);
}

static void nothing(void **state) {
    ntm_ledger *ledger = accounts_read("unit,amount,date\n", NULL);
    (void)state;
    assert_int_equal(ntm_ledger_rows(ledger), 0);
    expect_cube("", ledger, NULL);
    ntm_ledger_free(ledger);
    ntm_ledger_free(NULL);
    assert_int_equal(ntm_ledger_rows(NULL), 0);
    assert_int_equal(ntm_ledger_left_out_count(NULL), 0);
    assert_null(ntm_ledger_left_out(NULL, 0));
    assert_int_equal(ntm_ledger_dimension_count(NULL), 0);
    assert_null(ntm_ledger_dimension(NULL, 0));
    assert_int_equal(ntm_ledger_member_count(NULL, "unit"), 0);
    assert_null(ntm_ledger_member(NULL, "unit", 0));
    assert_null(ntm_ledger_quantity_unit(NULL, ""));
    assert_false(ntm_ledger_borrows(NULL, "unit"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money),      cmocka_unit_test(missing), cmocka_unit_test(amounts_of_every_type),
        cmocka_unit_test(gaps),       cmocka_unit_test(codes),   cmocka_unit_test(times),
        cmocka_unit_test(quantities), cmocka_unit_test(either),  cmocka_unit_test(both),
        cmocka_unit_test(nothing),
    };
    return cmocka_run_group_tests_name("columns of ledgers", tests, NULL, NULL);
}
