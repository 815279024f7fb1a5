/* SPDX-License-Identifier: Apache-2.0 */
/* Values and figures of other sets where they once crashed or gave up. */
#include "sheet.h"

#include <stdio.h>
#include <string.h>

/* The other set has lines between years of which this set has none but one in the middle. */
static void a_line_between_years_that_this_set_lacks(void **state) {
    static const char *const theirs[] = {"2015", "2019"}, *const own[] = {"2017"}, *const lengths[] = {"4", "10"};
    (void)state;
    kit a, k;
    sheet s;
    ntm_set_spec spec = kit_spec();
    spec.id = "far";
    kit_start_spec(&a, &spec, NULL);
    kit_axis(&a, "year", theirs, 2);
    kit_fact(&a, "n", NTM_KIND_COUNT, "household");
    kit_figure_by(&a, "road", "km", "year", theirs, lengths, 2, true);
    kit_criterion(&a, "1", k_compare(&a, k_fact(&a, "n"), NTM_MORE, k_number(&a, "0", "household")));
    (void)kit_done(&a);
    kit_start(&k, NULL);
    kit_axis(&k, "year", own, 1);
    kit_fact(&k, "m", NTM_KIND_AMOUNT, "km");
    kit_criterion(&k, "1", k_compare(&k, k_fact(&k, "m"), NTM_MORE_OR_EQUAL, k_figure_of(&k, "far", "road", "km")));
    (void)kit_done(&k);
    const ntm_set *others[] = {a.set};
    sheet_start(&s, 2);
    s.plan.others = others;
    s.plan.other_count = 1;
    sheet_cells(&s, "year", AS_TEXT, "2017 2017");
    sheet_cells(&s, "m", AS_DECIMAL, "7 6.99");
    expect_criterion(k.set, &s, "1", "+-");
    sheet_end(&s);
    kit_end(&a);
    kit_end(&k);
}
/* More nodes on one another than a thread has stack for, one value after the other: refused when the set is made. */
static void deep_values_in_a_chain(void **state) {
    enum { VALUES = 1000, DEEP = 60 };
    static char names[VALUES][8];
    (void)state;
    kit k;
    kit_start(&k, NULL);
    kit_fact(&k, "n", NTM_KIND_COUNT, "household");
    for (int i = 0; i < VALUES; i++) {
        (void)snprintf(names[i], sizeof names[i], "v%d", i % VALUES);
        ntm_node rule = i == 0 ? k_fact(&k, "n") : k_value(&k, names[i - 1]);
        for (int deep = 0; i > 0 && deep < DEEP; deep++)
            rule = k_of(&k, NTM_SUM, rule);
        kit_value(&k, names[i], "household", NULL, rule);
    }
    kit_criterion(&k, "1", k_compare(&k, k_value(&k, "v999"), NTM_MORE, k_number(&k, "3", "household")));
    kit_expect(&k, NTM_ERROR_LIMIT, "value \"v5\" stands on more than 256 nodes", 0, 0);
    kit_end(&k);
}
/* 256 values to the power of 4 are 2 to the power of 32. */
static void four_long_axes(void **state) {
    static const char *const axes[] = {"a", "b", "c", "d"};
    static char names[256][8];
    static const char *values[256];
    (void)state;
    kit a, k;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_set_spec spec = kit_spec();
    for (int i = 0; i < 256; i++) {
        (void)snprintf(names[i], sizeof names[i], "x%d", i % 256);
        values[i] = names[i];
    }
    spec.id = "far";
    kit_start_spec(&a, &spec, NULL);
    kit_start(&k, NULL);
    for (int i = 0; i < 4; i++) {
        kit_axis(&a, axes[i], values, 2);
        kit_axis(&k, axes[i], values, 256);
    }
    const char *keys[] = {"x1", "x1", "x1", "x1"};
    ntm_figure_value cell = {keys, {2, 0}, kit_absent};
    ntm_figure figure = {.id = "f",
                         .unit = "km",
                         .axes = axes,
                         .axis_count = 4,
                         .values = &cell,
                         .value_count = 1,
                         .citation = kit_cited};
    kit_figure_spec(&a, &figure);
    kit_fact(&a, "n", NTM_KIND_COUNT, "household");
    kit_criterion(&a, "1", k_compare(&a, k_fact(&a, "n"), NTM_MORE, k_number(&a, "0", "household")));
    (void)kit_done(&a);
    kit_fact(&k, "m", NTM_KIND_AMOUNT, "km");
    kit_criterion(&k, "1", k_compare(&k, k_fact(&k, "m"), NTM_MORE_OR_EQUAL, k_figure_of(&k, "far", "f", "km")));
    (void)kit_done(&k);
    const ntm_set *others[] = {a.set};
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    options.on = KIT_DAY;
    options.others = others;
    options.other_count = 1;
    assert_fails(ntm_plan_new(&plan, k.set, &options, &err), NTM_ERROR_LIMIT, &err, NULL);
    kit_end(&a);
    kit_end(&k);
}
int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_between_years_that_this_set_lacks),
        cmocka_unit_test(deep_values_in_a_chain),
        cmocka_unit_test(four_long_axes),
    };
    return cmocka_run_group_tests_name("limits of values and of figures of other sets", tests, NULL, NULL);
}
