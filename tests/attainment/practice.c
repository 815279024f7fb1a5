/* SPDX-License-Identifier: Apache-2.0 */
/* Values, rules of scope, and figures of other sets, under all kernels. */
#include "sheet.h"

#include <stdio.h>
#include <string.h>

static const char *const regions[] = {"BTB", "DBSH", "TN"};
static const char *const unit = "triệu đồng/người/năm";

/* ------------------------------------------------------------------------------------------- scope */

static void with_scope(kit *k) {
    static const char *const values[] = {"36", "50", "30"};
    kit_start(k, NULL);
    kit_axis(k, "region", regions, 3);
    kit_fact(k, "income", NTM_KIND_MONEY, unit);
    kit_fact(k, "poor", NTM_KIND_COUNT, "household");
    kit_fact(k, "households", NTM_KIND_COUNT, "household");
    kit_fact(k, "hard", NTM_KIND_FLAG, NULL);
    kit_fact(k, "safe-zone", NTM_KIND_FLAG, NULL);
    kit_figure_by(k, "least", unit, "region", regions, values, 3, false);
    static const char *const shares[] = {"5", "2", "12"};
    kit_figure_by(k, "poor-most", "%", "region", regions, shares, 3, false);
    kit_criterion(k, "1", 0);
    kit_indicator(k, "ge", k_compare(k, k_fact(k, "income"), NTM_MORE_OR_EQUAL, k_figure(k, "least")));
    kit_indicator(k, "gt", k_compare(k, k_fact(k, "income"), NTM_MORE, k_figure(k, "least")));
    kit_indicator(k, "eq", k_compare(k, k_fact(k, "income"), NTM_EQUAL, k_figure(k, "least")));
    kit_indicator(k, "share",
                  k_compare(k, k_of(k, NTM_RATIO, k_fact(k, "poor"), k_fact(k, "households")), NTM_LESS_OR_EQUAL,
                            k_figure(k, "poor-most")));
    kit_indicator(k, "twice",
                  k_compare(k, k_of(k, NTM_SUM, k_fact(k, "income"), k_fact(k, "income")), NTM_MORE_OR_EQUAL,
                            k_figure(k, "least")));
    kit_scope(k, "region", "TN", k_attested(k, "hard"));
    kit_scope(k, "region", "BTB", k_attested(k, "safe-zone")); /* after the rule before it */
    (void)kit_done(k);
}

/* A unit of DBSH (50) that is hard uses TN (30), one in a safe zone BTB (36). */
static void another_column_holds(void **state) {
    (void)state;
    static const form forms[] = {AS_INT64, AS_DOUBLE, AS_DECIMAL};
    kit k;
    with_scope(&k);
    for (size_t at = 0; at < 3; at++) {
        sheet s;
        sheet_start(&s, 8);
        sheet_cells(&s, "region", at == 1 ? AS_CODES : AS_TEXT, "DBSH DBSH DBSH DBSH DBSH DBSH ? ?");
        sheet_cells(&s, "income", forms[at], "30 30 36 36 50 49 30 29");
        sheet_cells(&s, "hard", AS_BITS, "yes no no yes no no yes yes");
        sheet_cells(&s, "safe-zone", AS_BYTES, "yes yes yes yes no no no no");
        expect_indicator(k.set, &s, "ge", "+-+++-+-");
        expect_indicator(k.set, &s, "gt", "---+----");
        expect_indicator(k.set, &s, "eq", "+-+-+-+-");
        expect_indicator(k.set, &s, "twice", "++++++++");
        sheet_end(&s);
    }
    kit_end(&k);
}

static void shares_by_another_column(void **state) {
    (void)state;
    kit k;
    sheet s;
    with_scope(&k);
    sheet_start(&s, 6);
    sheet_cells(&s, "region", AS_TEXT, "DBSH DBSH DBSH DBSH DBSH DBSH");
    sheet_cells(&s, "poor", AS_INT64, "12 13 5 6 2 3");
    sheet_cells(&s, "households", AS_INT32, "100 100 100 100 100 100");
    sheet_cells(&s, "hard", AS_BITS, "yes yes no no no no");
    sheet_cells(&s, "safe-zone", AS_BITS, "no no yes yes no no");
    expect_indicator(k.set, &s, "share", "+-+-+-");
    sheet_end(&s);
    kit_end(&k);
}

/* Which column holds is not reported: the figure lies between those that could, and no further. */
static void open_scope_gives_bounds(void **state) {
    (void)state;
    kit k;
    sheet s;
    with_scope(&k);
    sheet_start(&s, 7); /* DBSH 50; hard is open: 30, or 36 with the safe zone, or 50 without */
    sheet_cells(&s, "region", AS_TEXT, "DBSH DBSH DBSH DBSH DBSH ? BTB");
    sheet_cells(&s, "income", AS_DOUBLE, "29.5 36 49.5 50 36 36 36");
    sheet_cells(&s, "hard", AS_BITS, "? ? ? ? ? ? no");
    sheet_cells(&s, "safe-zone", AS_BITS, "no yes ? ? no no ?");
    expect_indicator(k.set, &s, "ge", "-+o+oo+");
    expect_indicator(k.set, &s, "eq", "-ooooo+");
    sheet_end(&s);
    sheet_start(&s, 3); /* no column at all that could tell */
    sheet_cells(&s, "region", AS_TEXT, "DBSH DBSH DBSH");
    sheet_cells(&s, "income", AS_INT64, "29 40 50");
    expect_indicator(k.set, &s, "ge", "-o+");
    sheet_end(&s);
    kit_end(&k);
}

static void a_fixed_axis_has_scope_too(void **state) {
    (void)state;
    kit k;
    sheet s;
    with_scope(&k);
    const ntm_axis_value fixed = {"region", "DBSH"};
    sheet_start(&s, 4);
    s.plan.axes = &fixed;
    s.plan.axis_count = 1;
    sheet_cells(&s, "income", AS_INT64, "30 30 50 30");
    sheet_cells(&s, "hard", AS_BITS, "yes no no ?");
    sheet_cells(&s, "safe-zone", AS_BITS, "no no no no");
    expect_indicator(k.set, &s, "ge", "+-+o");
    sheet_end(&s);
    kit_end(&k);
}

static void the_open_column_is_explained(void **state) {
    (void)state;
    kit k;
    sheet s;
    ntm_plan *plan = NULL;
    ntm_explanation *why = NULL;
    ntm_text *line = NULL;
    ntm_error err = NTM_ERROR_INIT;
    with_scope(&k);
    sheet_start(&s, 2);
    sheet_cells(&s, "region", AS_TEXT, "DBSH DBSH");
    sheet_cells(&s, "income", AS_INT64, "40 40");
    sheet_cells(&s, "hard", AS_BITS, "? yes");
    sheet_cells(&s, "safe-zone", AS_BITS, "no no");
    assert_int_equal(ntm_plan_new(&plan, k.set, &s.plan, &err), NTM_OK);
    assert_int_equal(ntm_explain(&why, plan, &s.table, 0, NTM_OF_INDICATOR, 0, NULL, &err), NTM_OK);
    const ntm_step *figure = ntm_explanation_step(why, ntm_explanation_steps(why) - 1);
    assert_int_equal(figure->reason, NTM_REASON_SCOPE_OPEN);
    assert_string_equal(figure->axes, "region=TN / region=DBSH");
    assert_string_equal(figure->least, "30");
    assert_string_equal(figure->most, "50");
    assert_int_equal(ntm_explanation_line(&line, why, NTM_EN, NULL, &err), NTM_OK);
    assert_non_null(strstr(ntm_text_data(line), "which column (region=TN / region=DBSH) holds is open"));
    ntm_text_free(line);
    ntm_explanation_free(why);
    assert_int_equal(ntm_explain(&why, plan, &s.table, 1, NTM_OF_INDICATOR, 0, NULL, &err), NTM_OK);
    figure = ntm_explanation_step(why, ntm_explanation_steps(why) - 1);
    assert_string_equal(figure->axes, "region=TN");
    assert_int_equal(figure->reason, NTM_REASON_NONE);
    ntm_explanation_free(why);
    ntm_plan_free(plan);
    sheet_end(&s);
    kit_end(&k);
}

/* Which column holds is of no use to somebody when none of them has been read. */
static void a_figure_of_no_column_is_absent(void **state) {
    (void)state;
    static const char *const values[] = {"36", NULL, NULL};
    kit k;
    sheet s;
    ntm_plan *plan = NULL;
    ntm_explanation *why = NULL;
    ntm_error err = NTM_ERROR_INIT;
    kit_start(&k, NULL);
    kit_axis(&k, "region", regions, 3);
    kit_fact(&k, "income", NTM_KIND_MONEY, unit);
    kit_fact(&k, "hard", NTM_KIND_FLAG, NULL);
    kit_figure_by(&k, "least", unit, "region", regions, values, 3, false);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "ge", k_compare(&k, k_fact(&k, "income"), NTM_MORE_OR_EQUAL, k_figure(&k, "least")));
    kit_scope(&k, "region", "TN", k_attested(&k, "hard"));
    (void)kit_done(&k);
    sheet_start(&s, 2);
    sheet_cells(&s, "region", AS_TEXT, "DBSH BTB");
    sheet_cells(&s, "income", AS_INT64, "40 40");
    sheet_cells(&s, "hard", AS_BITS, "? ?");
    assert_int_equal(ntm_plan_new(&plan, k.set, &s.plan, &err), NTM_OK);
    static const ntm_reason reasons[] = {NTM_REASON_FIGURE_ABSENT, NTM_REASON_SCOPE_OPEN};
    for (size_t row = 0; row < 2; row++) {
        assert_int_equal(ntm_explain(&why, plan, &s.table, row, NTM_OF_INDICATOR, 0, NULL, &err), NTM_OK);
        assert_int_equal(ntm_explanation_step(why, ntm_explanation_steps(why) - 1)->reason, reasons[row]);
        ntm_explanation_free(why);
    }
    ntm_plan_free(plan);
    sheet_end(&s);
    kit_end(&k);
}

/* ------------------------------------------------------------------------------------------- values */

static ntm_node ladder(kit *k, const char *fact) {
    static const ntm_decimal points[] = {{1, 0}, {3, 0}};
    const ntm_node of[] = {k_at_level(k, "1", fact), k_at_level(k, "3", fact)};
    return k_points(k, of, points, 2);
}

static void with_values(kit *k) {
    static const char *const steps[] = {"0", "1", "3"};
    kit_start(k, NULL);
    kit_levels(k, "taste", steps, 3);
    kit_levels(k, "smell", steps, 3);
    kit_fact(k, "benefits", NTM_KIND_MONEY, "nghìn đồng");
    kit_value(k, "total", "point", "6", k_of(k, NTM_SUM, k_value(k, "taste"), k_value(k, "smell")));
    kit_value(k, "taste", "point", "3", ladder(k, "taste"));
    kit_value(k, "smell", "point", "3", ladder(k, "smell"));
    kit_value(k, "mean", "point", NULL, k_of(k, NTM_RATIO, k_value(k, "total"), k_number(k, "3", NULL)));
    kit_value(k, "top-up", "nghìn đồng", NULL,
              k_of(k, NTM_MAXIMUM, k_number(k, "0", "VND"),
                   k_of(k, NTM_DIFFERENCE, k_number(k, "750", "nghìn đồng"), k_fact(k, "benefits"))));
    kit_value(k, "unread", "point", NULL, 0);
    kit_criterion(k, "1", k_compare(k, k_value(k, "total"), NTM_MORE_OR_EQUAL, k_number(k, "4", "point")));
    kit_criterion(k, "2", k_compare(k, k_value(k, "unread"), NTM_MORE_OR_EQUAL, k_number(k, "4", "point")));
    ntm_band bands[2];
    memset(bands, 0, sizeof bands);
    bands[0].label = "low";
    bands[0].has_to = bands[0].to_open = true;
    bands[0].to = bands[1].from = (ntm_decimal){13, 1};
    bands[1].label = "high";
    bands[1].has_from = true;
    ntm_node of = k_value(k, "mean");
    ntm_node_spec grade = {.kind = NTM_GRADE, .of = &of, .of_count = 1, .bands = bands, .band_count = 2};
    kit_rules(k, 0, 0, kit_node(k, &grade));
    (void)kit_done(k);
}

static void values_sheet(sheet *s) {
    sheet_start(s, 4);
    sheet_cells(s, "taste", AS_TEXT, "3 3 ? 0");
    sheet_cells(s, "smell", AS_TEXT, "1 3 1 ?");
    sheet_cells(s, "benefits", AS_INT64, "250 750 900 ?");
}

static void assert_range(const ntm_attainment *result, size_t row, size_t index, int64_t least, int64_t least_den,
                         int64_t most, int64_t most_den) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_range range;
    assert_int_equal(ntm_attainment_value(&range, result, row, index, &err), NTM_OK);
    assert_int_equal(range.least.numerator, least);
    assert_int_equal(range.least.denominator, least_den);
    assert_int_equal(range.most.numerator, most);
    assert_int_equal(range.most.denominator, most_den);
}

static void values_are_exact(void **state) {
    (void)state;
    kit k;
    sheet s;
    with_values(&k);
    values_sheet(&s);
    s.evaluate.keep_values = true;
    expect_criterion(k.set, &s, "1", "++o-");
    expect_criterion(k.set, &s, "2", "oooo");
    expect_grade(k.set, &s, "2-2 2-2 1-2 1-1");
    for (int kernels = NTM_KERNELS_BEST; kernels <= NTM_KERNELS_REFERENCE; kernels++) {
        ntm_attainment *result = sheet_evaluate(k.set, &s, (ntm_kernels)kernels);
        const size_t total = ntm_set_find_value(k.set, "total"), up = ntm_set_find_value(k.set, "top-up");
        assert_range(result, 0, total, 4, 1, 4, 1);
        assert_range(result, 2, total, 1, 1, 4, 1);
        assert_range(result, 0, NTM_SCORE, 4, 3, 4, 3);
        assert_range(result, 0, up, 500, 1, 500, 1);
        assert_range(result, 1, up, 0, 1, 0, 1);
        assert_range(result, 2, up, 0, 1, 0, 1);
        assert_range(result, 3, up, 0, 1, 0, 0); /* at least nothing; how much at most is not known */
        assert_range(result, 0, ntm_set_find_value(k.set, "unread"), 0, 0, 0, 0);
        const uint8_t *least = NULL, *most = NULL;
        ntm_error err = NTM_ERROR_INIT;
        assert_int_equal(ntm_attainment_grades(&least, &most, result, &err), NTM_OK);
        assert_int_equal(least[2], 1);
        assert_int_equal(most[2], 2);
        ntm_range range = {{7, 7}, {7, 7}};
        assert_int_equal(ntm_attainment_value(&range, result, 4, total, &err), NTM_ERROR_ARGUMENT);
        assert_int_equal(ntm_attainment_value(&range, result, 0, 99, &err), NTM_ERROR_ARGUMENT);
        assert_int_equal(range.least.numerator, 7);
        ntm_attainment_free(result);
    }
    s.evaluate.keep_values = false;
    ntm_attainment *result = sheet_evaluate(k.set, &s, NTM_KERNELS_BEST);
    ntm_range range;
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(ntm_attainment_score(&range, result, 0, &err), NTM_ERROR_ARGUMENT);
    ntm_attainment_free(result);
    sheet_end(&s);
    kit_end(&k);
}

/* 30 values, each twice the one before: found once each, and beyond 64 bits an error that names the row. */
static void values_that_double(void **state) {
    (void)state;
    char names[70][8];
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "n", NTM_KIND_COUNT, "household");
    for (int i = 0; i < 70; i++)
        (void)snprintf(names[i], sizeof names[i], "v%d", i);
    kit_value(&k, names[0], "household", NULL, k_fact(&k, "n"));
    for (int i = 1; i < 70; i++)
        kit_value(&k, names[i], "household", NULL,
                  k_of(&k, NTM_SUM, k_value(&k, names[i - 1]), k_value(&k, names[i - 1])));
    kit_criterion(&k, "1", k_compare(&k, k_value(&k, "v69"), NTM_MORE, k_number(&k, "0", "household")));
    (void)kit_done(&k);
    sheet_start(&s, 2);
    sheet_cells(&s, "n", AS_INT64, "0 1");
    expect_criterion(k.set, &s, "1", "-+");
    s.evaluate.keep_values = true;
    expect_failure(k.set, &s, NTM_ERROR_OVERFLOW, "v63", 1);
    ntm_plan *plan = NULL;
    ntm_explanation *why = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(ntm_plan_new(&plan, k.set, &s.plan, &err), NTM_OK);
    assert_int_equal(ntm_explain(&why, plan, &s.table, 1, NTM_OF_CRITERION, 0, NULL, &err), NTM_OK);
    assert_true(ntm_explanation_steps(why) < 70 * 4);
    ntm_explanation_free(why);
    ntm_plan_free(plan);
    sheet_end(&s);
    kit_end(&k);
}

/* ------------------------------------------------------------------------------------------- figures of other sets */

static void advanced(kit *k, const char *figure_unit) {
    static const char *const values[] = {"40", "60", NULL};
    ntm_set_spec spec = kit_spec();
    spec.id = "advanced-set";
    kit_start_spec(k, &spec, NULL);
    kit_axis(k, "region", regions, 3);
    kit_fact(k, "n", NTM_KIND_COUNT, "household");
    kit_figure_by(k, "income-least", figure_unit, "region", regions, values, 3, false);
    kit_criterion(k, "1", k_compare(k, k_fact(k, "n"), NTM_MORE, k_number(k, "0", "household")));
    (void)kit_done(k);
}

static void model(kit *k, bool with_axis) {
    kit_start(k, NULL);
    if (with_axis) kit_axis(k, "region", regions, 2); /* one region fewer */
    kit_fact(k, "income", NTM_KIND_MONEY, unit);
    ntm_node wanted =
        k_of(k, NTM_PRODUCT, k_number(k, "1.1", NULL), k_figure_of(k, "advanced-set", "income-least", unit));
    kit_criterion(k, "1", 0);
    kit_indicator(k, "2", k_compare(k, k_fact(k, "income"), NTM_MORE_OR_EQUAL, wanted));
    (void)kit_done(k);
}

static void figures_of_another_set(void **state) {
    (void)state;
    kit a, m;
    sheet s;
    advanced(&a, "nghìn đồng/người/năm"); /* another scale of the same unit: 40 thousand */
    model(&m, true);
    const ntm_set *others[] = {a.set};
    sheet_start(&s, 4);
    s.plan.others = others;
    s.plan.other_count = 1;
    sheet_cells(&s, "region", AS_TEXT, "BTB BTB DBSH ?");
    sheet_cells(&s, "income", AS_DOUBLE, "0.044 0.0439 0.066 9");
    expect_indicator(m.set, &s, "2", "+-+o");
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(ntm_plan_new(&plan, m.set, &s.plan, &err), NTM_OK);
    for (size_t i = 0; i < ntm_plan_input_count(plan); i++) /* it is no input any more */
        assert_null(strstr(ntm_plan_input(plan, i), "figure:"));
    ntm_explanation *why = NULL;
    assert_int_equal(ntm_explain(&why, plan, &s.table, 1, NTM_OF_INDICATOR, 0, NULL, &err), NTM_OK);
    const ntm_step *step = ntm_explanation_step(why, ntm_explanation_steps(why) - 1);
    assert_string_equal(step->least, "40");
    assert_string_equal(step->unit, "nghìn đồng/người/năm");
    assert_string_equal(step->axes, "region=BTB");
    assert_string_equal(step->citation.sources[0], "S1");
    ntm_explanation_free(why);
    ntm_plan_free(plan);
    s.plan.other_count = 0; /* without the set it is an input */
    sheet_cells(&s, "figure:advanced-set:income-least", AS_INT64, "1 1 1 1");
    expect_indicator(m.set, &s, "2",
                     "--"
                     "-+");
    sheet_end(&s);
    kit_end(&a);
    kit_end(&m);
}

static void figures_that_are_not_there(void **state) {
    (void)state;
    kit a, m;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    options.on = KIT_DAY;
    options.other_count = 1;
    model(&m, true);
    assert_int_equal(ntm_plan_new(&plan, m.set, &options, &err), NTM_ERROR_ARGUMENT);
    advanced(&a, "%");
    const ntm_set *others[] = {a.set};
    options.others = others;
    assert_int_equal(ntm_plan_new(&plan, m.set, &options, &err), NTM_ERROR_UNIT);
    assert_non_null(strstr(err.message, "income-least"));
    kit_end(&m);
    kit_end(&a);
    advanced(&a, unit);
    others[0] = a.set;
    model(&m, false);
    assert_int_equal(ntm_plan_new(&plan, m.set, &options, &err), NTM_ERROR_NOT_FOUND);
    assert_non_null(strstr(err.message, "axis \"region\""));
    assert_null(plan);
    kit_end(&a);
    kit_end(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_column_holds),         cmocka_unit_test(shares_by_another_column),
        cmocka_unit_test(open_scope_gives_bounds),      cmocka_unit_test(a_fixed_axis_has_scope_too),
        cmocka_unit_test(the_open_column_is_explained), cmocka_unit_test(values_are_exact),
        cmocka_unit_test(values_that_double),           cmocka_unit_test(figures_of_another_set),
        cmocka_unit_test(figures_that_are_not_there),   cmocka_unit_test(a_figure_of_no_column_is_absent),
    };
    return cmocka_run_group_tests_name("values, scope and other sets' figures", tests, NULL, NULL);
}
