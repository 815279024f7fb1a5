/* SPDX-License-Identifier: Apache-2.0 */
/* Thresholds by region, class and year; years between two others. */
#include "sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const regions[] = {"BTB", "DBSH", "TN"};
static const char *const years[] = {"2018", "2019", "2020", "2021", "2024"};

static const form axis_forms[] = {AS_TEXT, AS_CODES};

static void by_region(kit *k) {
    static const char *const values[] = {"36", "50", NULL};
    kit_start(k, NULL);
    kit_axis(k, "region", regions, 3);
    kit_fact(k, "income", NTM_KIND_MONEY, "triệu đồng/người/năm");
    kit_figure_by(k, "least", "triệu đồng/người/năm", "region", regions, values, 3, false);
    kit_criterion(k, "1", 0);
    kit_indicator(k, "1.1", k_compare(k, k_fact(k, "income"), NTM_MORE_OR_EQUAL, k_figure(k, "least")));
    kit_indicator(k, "1.2", k_compare(k, k_figure(k, "least"), NTM_LESS, k_number(k, "50", "triệu đồng/người/năm")));
    (void)kit_done(k);
}

static void regions_of_rows(void **state) {
    (void)state;
    static const form forms[] = {AS_INT64, AS_DOUBLE, AS_DECIMAL, AS_INT16};
    kit k;
    by_region(&k);
    for (size_t at = 0; at < 8; at++) {
        sheet s;
        sheet_start(&s, 8);
        sheet_cells(&s, "region", axis_forms[at / 4], "BTB BTB DBSH DBSH TN ? DBSH ~");
        sheet_cells(&s, "income", forms[at % 4], "36 35.9 49.9 50 100 100 ? 36");
        expect_indicator(k.set, &s, "1.1", "+--+oooo");
        expect_indicator(k.set, &s, "1.2", "++--oo-o");
        sheet_end(&s);
    }
    kit_end(&k);
}

static void a_fixed_region(void **state) {
    (void)state;
    kit k;
    sheet s;
    by_region(&k);
    static const char *const verdicts[] = {"++o", "-+o", "ooo"};
    for (size_t at = 0; at < 3; at++) {
        const ntm_axis_value fixed = {"region", regions[at]};
        sheet_start(&s, 3);
        s.plan.axes = &fixed;
        s.plan.axis_count = 1;
        sheet_cells(&s, "income", AS_INT64, "36 50 ?");
        expect_indicator(k.set, &s, "1.1", verdicts[at]);
        sheet_end(&s);
    }
    sheet_start(&s, 3); /* no region at all */
    sheet_cells(&s, "income", AS_INT64, "36 50 ?");
    expect_indicator(k.set, &s, "1.1", "ooo");
    sheet_end(&s);
    kit_end(&k);
}

static void regions_that_do_not_exist(void **state) {
    (void)state;
    kit k;
    sheet s;
    by_region(&k);
    for (size_t at = 0; at < 2; at++) {
        sheet_start(&s, 4);
        sheet_cells(&s, "region", axis_forms[at], "BTB TN XYZ ABC");
        sheet_cells(&s, "income", AS_INT64, "36 50 1 2");
        expect_failure(k.set, &s, NTM_ERROR_NOT_FOUND, "XYZ", 2);
        sheet_end(&s);
    }
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    const ntm_axis_value wrong[] = {{"region", "XYZ"}, {"group", "BTB"}};
    options.on = KIT_DAY;
    options.axis_count = 1;
    for (size_t at = 0; at < 2; at++) {
        options.axes = &wrong[at];
        assert_fails(ntm_plan_new(&plan, k.set, &options, &err), NTM_ERROR_NOT_FOUND, &err, at == 0 ? "XYZ" : "group");
        assert_null(plan);
    }
    kit_end(&k);
}

/* 30 in 2018, 31 in 2021, no more; on the line 30 1/3 in 2019 and 30 2/3 in 2020; nothing in 2024. */
static void by_year(kit *k, bool interpolate) {
    static const char *const values[] = {"30", NULL, NULL, "31", NULL};
    kit_start(k, NULL);
    kit_axis(k, "year", years, 5);
    kit_fact(k, "share", NTM_KIND_SHARE, "%");
    kit_fact(k, "part", NTM_KIND_COUNT, "household");
    kit_fact(k, "whole", NTM_KIND_COUNT, "household");
    kit_figure_by(k, "least", "%", "year", years, values, 5, interpolate);
    kit_criterion(k, "1", 0);
    kit_indicator(k, "share", k_compare(k, k_fact(k, "share"), NTM_MORE_OR_EQUAL, k_figure(k, "least")));
    kit_indicator(k, "equal", k_compare(k, k_fact(k, "share"), NTM_EQUAL, k_figure(k, "least")));
    ntm_node ratio = k_of(k, NTM_RATIO, k_fact(k, "part"), k_fact(k, "whole"));
    kit_indicator(k, "ratio", k_compare(k, ratio, NTM_MORE_OR_EQUAL, k_figure(k, "least")));
    ntm_node thrice = k_of(k, NTM_PRODUCT, k_number(k, "3", NULL), k_figure(k, "least"));
    kit_indicator(k, "thirds", k_compare(k, thrice, NTM_EQUAL, k_number(k, "91", "%")));
    (void)kit_done(k);
}

static void years_of_rows(void **state) {
    (void)state;
    static const form forms[] = {AS_TEXT, AS_CODES, AS_INT32, AS_INT64, AS_INT16};
    kit k;
    by_year(&k, true);
    for (size_t at = 0; at < 5; at++) {
        sheet s;
        sheet_start(&s, 8);
        sheet_cells(&s, "year", forms[at], "2018 2019 2019 2020 2020 2021 2024 ?");
        sheet_cells(&s, "part", AS_INT64, "30 91 9099 92 9199 31 31 31");
        sheet_cells(&s, "whole", AS_INT64, "100 300 30000 300 30000 100 100 100");
        sheet_cells(&s, "share", AS_DOUBLE,
                    "30 30.333333333333 30.3333333333334 30.666666666667 30.6666666666666 30.999 31 31");
        expect_indicator(k.set, &s, "ratio", "++-+-+oo");
        expect_indicator(k.set, &s, "share", "+-++--oo");
        expect_indicator(k.set, &s, "equal", "+-----oo");
        expect_indicator(k.set, &s, "thirds", "-++---oo");
        sheet_end(&s);
    }
    kit_end(&k);
}

/* The double nearest to a third stands for 30.333333333333332: below. Its upper neighbour stands for more. */
static void doubles_around_a_third(void **state) {
    (void)state;
    kit k;
    sheet s;
    by_year(&k, true);
    double t = 91.0 / 3;
    double values[4];
    char expected[5] = "";
    values[0] = nextafter(t, 0);
    values[1] = t;
    values[2] = nextafter(t, 100);
    values[3] = nextafter(values[2], 100);
    for (size_t at = 0; at < 4; at++) { /* what the shortest decimal says */
        ntm_decimal d;
        ntm_decimal thrice;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_decimal_from_double(&d, values[at], &err), &err);
        assert_ok(ntm_decimal_multiply(&thrice, d, (ntm_decimal){3, 0}, &err), &err);
        expected[at] = ntm_decimal_compare(thrice, (ntm_decimal){91, 0}) >= 0 ? '+' : '-';
    }
    assert_int_equal(expected[0], '-');
    assert_int_equal(expected[3], '+');
    sheet_start(&s, 4);
    sheet_cells(&s, "year", AS_INT32, "2019 2019 2019 2019");
    sheet_column(&s, "share", ntm_column_double(values, 4));
    expect_indicator(k.set, &s, "share", expected);
    expect_indicator(k.set, &s, "equal", "----");
    sheet_end(&s);
    kit_end(&k);
}

static void the_year_of_the_date(void **state) {
    (void)state;
    kit k;
    sheet s;
    for (int line = 0; line < 2; line++) {
        by_year(&k, line == 1);
        sheet_start(&s, 3); /* 2020: 30 2/3, or nothing without the line */
        sheet_cells(&s, "share", AS_DECIMAL, "30.66 30.67 ?");
        expect_indicator(k.set, &s, "share", line == 1 ? "-+o" : "ooo");
        s.plan.on = ntm_date_ymd(2018, 1, 1);
        expect_indicator(k.set, &s, "share", "++o");
        s.plan.on = ntm_date_ymd(2018, 12, 31);
        expect_indicator(k.set, &s, "share", "++o");
        s.plan.out_of_force = true;
        s.plan.on = ntm_date_ymd(2021, 6, 1);
        expect_indicator(k.set, &s, "share", "--o");
        s.plan.on = ntm_date_ymd(2015, 6, 1); /* a year that the axis does not have: no figure, no guess */
        expect_indicator(k.set, &s, "share", "ooo");
        s.plan.on = KIT_DAY;
        const ntm_axis_value fixed = {"year", "2018"};
        s.plan.axes = &fixed;
        s.plan.axis_count = 1;
        expect_indicator(k.set, &s, "share", "++o");
        sheet_end(&s);
        kit_end(&k);
    }
}

static void several_axes(void **state) {
    (void)state;
    static const char *const classes[] = {"I", "II"};
    static const char *const axes[] = {"class", "region", "year"};
    static const char *const k1[] = {"I", "BTB", "2018"};
    static const char *const k2[] = {"I", "BTB", "2021"};
    static const char *const k3[] = {"II", "BTB", "2020"};
    static const char *const k4[] = {"I", "TN", "2020"};
    const ntm_figure_value cells[] = {
        {k1, {10, 0}, kit_absent}, {k2, {40, 0}, kit_absent}, {k3, {99, 0}, kit_absent}, {k4, {5, 1}, kit_absent}};
    ntm_figure figure;
    memset(&figure, 0, sizeof figure);
    figure.id = "f";
    figure.unit = "km";
    figure.axes = axes;
    figure.axis_count = 3;
    figure.values = cells;
    figure.value_count = 4;
    figure.interpolate = true;
    figure.citation = kit_cited;
    kit k;
    kit_start(&k, NULL);
    kit_axis(&k, "region", regions, 3);
    kit_axis(&k, "year", years, 5);
    kit_axis(&k, "class", classes, 2);
    kit_fact(&k, "road", NTM_KIND_AMOUNT, "m");
    kit_figure_spec(&k, &figure);
    kit_criterion(&k, "1", k_compare(&k, k_fact(&k, "road"), NTM_MORE_OR_EQUAL, k_figure(&k, "f")));
    (void)kit_done(&k);
    sheet s;
    sheet_start(&s, 9);
    sheet_cells(&s, "class", AS_CODES, "I I I II II I I ? I");
    sheet_cells(&s, "region", AS_TEXT, "BTB BTB BTB BTB BTB TN TN BTB DBSH");
    sheet_cells(&s, "year", AS_INT64, "2018 2019 2020 2020 2019 2020 2021 2018 2020");
    sheet_cells(&s, "road", AS_INT64, "10000 19999 30000 99000 99000 499 500 10000 10000");
    expect_criterion(k.set, &s, "1", "+-++o-ooo");
    sheet_end(&s);
    kit_end(&k);
}

/* Fixed for all rows and a column as well: which holds cannot be told. */
static void an_axis_given_twice(void **state) {
    (void)state;
    kit k;
    sheet s;
    by_region(&k);
    const ntm_axis_value fixed = {"region", "BTB"};
    sheet_start(&s, 1);
    s.plan.axes = &fixed;
    s.plan.axis_count = 1;
    sheet_cells(&s, "income", AS_INT64, "40");
    sheet_cells(&s, "region", AS_TEXT, "DBSH");
    expect_failure(k.set, &s, NTM_ERROR_SHAPE, "region", NTM_NO_ROW);
    sheet_end(&s);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(regions_of_rows),
                                       cmocka_unit_test(a_fixed_region),
                                       cmocka_unit_test(regions_that_do_not_exist),
                                       cmocka_unit_test(years_of_rows),
                                       cmocka_unit_test(doubles_around_a_third),
                                       cmocka_unit_test(the_year_of_the_date),
                                       cmocka_unit_test(several_axes),
                                       cmocka_unit_test(an_axis_given_twice)};
    return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
