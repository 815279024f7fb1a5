/* SPDX-License-Identifier: Apache-2.0 */
/* Which norm holds, and what a quantity comes to. */
#include "lines.h"

#define NORMS "work,class,region,valid_from,valid_to,resource,work_unit,amount#3,resource_unit,citation\n"
static const char roads[] = NORMS "road,,,,,money,km,1000000000,,general\n"
                                  "road,A,,,,money,km,1500000000,,for A\n"
                                  "road,A,hill,,2021-01-01,money,km,1800000000,,for A in the hills\n"
                                  "road,A,hill,2021-01-01,,money,km,2000000000,,for A in the hills from 2021\n"
                                  "road,,,,,cement,km,150.5,tonne,cement\n"
                                  "house,,,,,money,household,50000000.5,,\n";
#define HEAD "unit,work,class,region,quantity#3,work_unit,date\n"

static ntm_needs_options usual(void) { return (ntm_needs_options)NTM_NEEDS_OPTIONS_INIT; }

static void most_specific(void **state) {
    (void)state;
    ntm_needs_options options = usual();
    options.rounding = NTM_ROUND_HALF_UP;
    ntm_needs *needs = needs_of(roads,
                                HEAD "X,road,A,hill,2.5,km,2020-12-31\nX,road,A,hill,2.5,km,2021-01-01\n"
                                     "Y,road,A,plain,1,km,2020-06-01\nZ,road,B,hill,0.125,km,2020-06-01\n"
                                     "Z,road,B,hill,,km,2020-06-01\n",
                                NULL, &options);
    expect_table(ntm_needs_table(needs), "unit,source,doer,stage,kind,amount,quantity,quantity_unit\n"
                                         "X,,,need,cement,,376.250,tonne\nX,,,need,,4500000000,,\n"
                                         "X,,,need,cement,,376.250,tonne\nX,,,need,,5000000000,,\n"
                                         "Y,,,need,cement,,150.500,tonne\nY,,,need,,1500000000,,\n"
                                         "Z,,,need,cement,,18.813,tonne\nZ,,,need,,125000000,,\n"
                                         "Z,,,need,cement,,,tonne\nZ,,,need,,,,\n");
    ntm_needs_free(needs);
}

static void whole(void **state) {
    (void)state;
    static const char house[] = HEAD "X,house,,,3,household,\n";
    ntm_needs_options options = usual();
    ntm_error err = NTM_ERROR_INIT;
    ntm_needs *needs = NULL;
    assert_fails(try_needs(&needs, roads, house, NULL, &options, &err), NTM_ERROR_VALUE, &err,
                 "money of \"house\" comes to 150000001.5 with the norm in row 5");
    assert_true(err.row == 0 && needs == NULL);
    assert_fails(try_needs(&needs, roads, HEAD "X,road,A,plain,0.125,km,2020-01-01\n", NULL, &options, &err),
                 NTM_ERROR_VALUE, &err, "cement of \"road\" comes to 18.8125");
    static const ntm_rounding roundings[] = {NTM_ROUND_HALF_UP, NTM_ROUND_HALF_EVEN, NTM_ROUND_DOWN, NTM_ROUND_UP};
    static const int64_t expected[] = {150000002, 150000002, 150000001, 150000002};
    for (size_t i = 0; i < 4; i++) {
        ntm_need it;
        options.rounding = roundings[i];
        needs = needs_of(roads, house, NULL, &options);
        assert_int_equal(ntm_needs_get(&it, needs, 0, &err), NTM_OK);
        assert_int_equal(it.amount, expected[i]);
        assert_true(it.row == 0 && it.norm == 5 && it.rule == NTM_NO_ROW && it.open == NTM_NEED_KNOWN);
        ntm_needs_free(needs);
    }
    expect_line(needs = needs_of(roads, house, NULL, &options), 0, NTM_VI,
                "X, house, money: 150.000.002 đồng\n  định mức: 50.000.000,5 đồng/household\n"
                "  nhu cầu: 3 household × 50.000.000,5 = 150.000.002 đồng (làm tròn lên)\n");
    ntm_needs_free(needs);
}

static void open(void **state) {
    (void)state;
    ntm_needs_options options = usual();
    ntm_needs *needs = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_need it;
    static const char unknown[] = HEAD "X,road,,hill,2,km,2020-01-01\n";
    assert_fails(try_needs(&needs, roads, unknown, NULL, &options, &err), NTM_ERROR_VALUE, &err,
                 "not reported, and norms for \"money\" of \"road\" depend on it");
    assert_string_equal(err.subject, "class");
    assert_fails(try_needs(&needs, roads, HEAD "X,road,A,,2,km,2020-01-01\n", NULL, &options, &err), NTM_ERROR_VALUE,
                 &err, "not reported");
    assert_string_equal(err.subject, "region");
    options.open_without_norm = true;
    needs = needs_of(roads, unknown, NULL, &options);
    expect_table(ntm_needs_table(needs), "unit,source,doer,stage,kind,amount,quantity,quantity_unit\n"
                                         "X,,,need,cement,,301.000,tonne\nX,,,need,,,,\n");
    assert_int_equal(ntm_needs_get(&it, needs, 1, &err), NTM_OK);
    assert_true(it.open == NTM_NEED_NOT_TOLD && it.norm == NTM_NO_ROW && it.amount == 0);
    expect_line(needs, 1, NTM_EN, "X, road, money: open: norms depend on a class or region that is not reported\n");
    ntm_needs_free(needs);
    needs = needs_of(roads, HEAD "X,house,,,,household,\n", NULL, &options);
    expect_line(needs, 0, NTM_VI,
                "X, house, money: chưa có số liệu: khối lượng chưa báo cáo\n"
                "  định mức: 50.000.000,5 đồng/household\n");
    ntm_needs_free(needs);
    /* No norm for B, though there is one for A. */
    static const char only_a[] = NORMS "road,A,,,,money,km,5,,\n";
    needs = needs_of(only_a, HEAD "X,road,B,,2,km,\n", NULL, &options);
    expect_line(needs, 0, NTM_EN, "X, road, money: open: there is no norm for it\n");
    ntm_needs_free(needs);
}

static void carried(void **state) {
    (void)state;
    ntm_needs_options options = usual();
    options.date = ntm_date_ymd(2020, 5, 1);
    ntm_needs *needs = needs_of(roads,
                                "component,programme,unit,work,class,region,quantity#0,work_unit\n"
                                "roads,ntm,X,road,B,hill,2,km\n,ntm,Y,road,B,hill,1,km\n",
                                NULL, &options);
    expect_table(ntm_needs_table(needs),
                 "unit,programme,component,source,doer,stage,kind,amount,quantity,quantity_unit\n"
                 "X,ntm,roads,,,need,cement,,301.000,tonne\nX,ntm,roads,,,need,,2000000000,,\n"
                 "Y,ntm,,,,need,cement,,150.500,tonne\nY,ntm,,,,need,,1000000000,,\n");
    const char *by[] = {"programme", "component"};
    ntm_need_sums *sums = NULL;
    assert_int_equal(ntm_need_sums_new(&sums, needs, by, 2, NULL), NTM_OK);
    ntm_needs_free(needs); /* the sums stand alone */
    expect_table(ntm_need_sums_table(sums), "programme,component,kind,quantity_unit,amount,quantity,lines,open\n"
                                            "ntm,,,,1000000000,,1,0\nntm,,cement,tonne,,150.500,1,0\n"
                                            "ntm,roads,,,2000000000,,1,0\nntm,roads,cement,tonne,,301.000,1,0\n");
    ntm_need_sums_free(sums);
}

static void registered(void **state) {
    (void)state;
    ntm_csv *units = rows_read("code,name,level\nX,Xã X,commune\n");
    ntm_csv *attributes = rows_read("code,attribute,value,valid_from,valid_to\nX,region,plain,,2021-01-01\n"
                                    "X,region,hill,2021-01-01,\n");
    ntm_needs_options options = usual();
    ntm_units *registry = NULL;
    ntm_needs *needs = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_units_new(&registry, ntm_csv_table(units), NULL, ntm_csv_table(attributes), NULL, &err), &err);
    options.units = registry;
    needs = needs_of(roads,
                     "unit,work,class,quantity#0,work_unit,date\nX,road,A,1,km,2020-12-31\nX,road,A,1,km,2021-01-01\n",
                     NULL, &options);
    expect_table(ntm_needs_table(needs), "unit,source,doer,stage,kind,amount,quantity,quantity_unit\n"
                                         "X,,,need,cement,,150.500,tonne\nX,,,need,,1500000000,,\n"
                                         "X,,,need,cement,,150.500,tonne\nX,,,need,,2000000000,,\n");
    ntm_needs_free(needs);
    needs = NULL;
    assert_fails(try_needs(&needs, roads, "unit,work,quantity#0,work_unit,date\nQ,house,1,household,2020-01-01\n", NULL,
                           &options, &err),
                 NTM_ERROR_NOT_FOUND, &err, "Q");
    assert_fails(
        try_needs(&needs, roads, "unit,work,quantity#0,work_unit\nX,house,1,household\n", NULL, &options, &err),
        NTM_ERROR_VALUE, &err, "as of which day");
    options.region_attribute = "zone"; /* which X has not */
    assert_fails(try_needs(&needs, roads, "unit,work,class,quantity#0,work_unit,date\nX,road,A,1,km,2020-01-01\n", NULL,
                           &options, &err),
                 NTM_ERROR_VALUE, &err, "depend on it");
    ntm_units_free(registry);
    ntm_csv_free(attributes);
    ntm_csv_free(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(most_specific), cmocka_unit_test(whole), cmocka_unit_test(open),
                                       cmocka_unit_test(carried), cmocka_unit_test(registered)};
    return cmocka_run_group_tests_name("needs by norms", tests, NULL, NULL);
}
