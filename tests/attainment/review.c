/* SPDX-License-Identifier: Apache-2.0 */
/* Mistakes that a close reading of the library found, one test each: verdicts and refusals. Explanations are in
 * review-texts.c, the making of sets in review-sets.c. */
#include "review.h"

#if defined(__x86_64__)
#include <pmmintrin.h>
#include <xmmintrin.h>
#endif

static ntm_status plan_status(const ntm_set *set, const ntm_plan_options *options, ntm_error *err) {
    ntm_plan *plan = NULL;
    ntm_status status = ntm_plan_new(&plan, set, options, err);
    assert_true((status == NTM_OK) == (plan != NULL));
    ntm_plan_free(plan);
    return status;
}

/* ------------------------------------------------------------------------------------------- numbers */

static const char *const densities = HEAD
    "axes:\n  region: {values: [A, B]}\n"
    "facts:\n  dens: {name: {vi: d}, kind: amount, unit: person/km2}\n"
    "  share: {name: {vi: s}, kind: share, unit: \"%\"}\n"
    "  money: {name: {vi: m}, kind: money, unit: tỷ đồng}\n"
    "figures:\n  f: {unit: person/km2, axes: [region], source: [S], values: {A: 5}}\n"
    "  g: {unit: person/km2, source: [S]}\n" INDICATORS RULE("a", "[dens, \">=\", {constant: 5, unit: person/km2}]")
        RULE("b", "[share, \">=\", {constant: 5, unit: \"%\"}]")
            RULE("c", "[money, \">=\", {constant: 5, unit: tỷ đồng}]") RULE("d", "[dens, \">=\", {figure: f}]")
                RULE("e", "[dens, \">=\", {figure: g}]");

static void doubles_that_do_not_fit_once_scaled(void **state) {
    (void)state;
    ntm_set *set = taken(densities);
    sheet s;
    begin(&s, 4);
    sheet_cells(&s, "dens", AS_DOUBLE, "1e-33 4.9999 6 1e-32");
    sheet_cells(&s, "share", AS_DOUBLE, "1e-37 1e-36 5 4");
    sheet_cells(&s, "money", AS_DOUBLE, "1e38 1.1e38 5 4");
    expect_indicator(set, &s, "a", "--+-");
    expect_indicator(set, &s, "b", "--+-");
    expect_indicator(set, &s, "c", "+++-");
    sheet_end(&s);
    ntm_set_free(set);
}

static void exact_rules_name_the_row_that_does_not_fit(void **state) {
    (void)state;
    ntm_set *set = taken(HEAD "facts:\n  dens: {name: {vi: d}, kind: amount, unit: person/km2}\n" INDICATORS RULE(
        "a", "[{sum: [dens, dens]}, \">=\", {constant: 5, unit: person/km2}]"));
    sheet s;
    begin(&s, 3);
    sheet_cells(&s, "dens", AS_DOUBLE, "6 1e-33 1e-33");
    expect_failure(set, &s, NTM_ERROR_OVERFLOW, "dens", 1);
    sheet_end(&s);
    ntm_set_free(set);
}

static void extreme_doubles_against_nothing_are_open(void **state) {
    (void)state;
    ntm_set *set = taken(densities);
    sheet s;
    begin(&s, 2);
    sheet_cells(&s, "dens", AS_DOUBLE, "5e-300 1e300");
    expect_indicator(set, &s, "a", "-+");
    expect_indicator(set, &s, "d", "oo");
    expect_indicator(set, &s, "e", "oo");
    sheet_end(&s);
    ntm_set_free(set);
}

static void nothing_is_not_more_than_nothing(void **state) {
    (void)state;
    ntm_set *set = taken(HEAD "facts:\n  a: {name: {vi: x}, kind: amount, unit: m}\n" INDICATORS RULE(
        "more", "[a, \">\", {constant: 0, unit: m}]") RULE("less", "[a, \"<\", {constant: 0, unit: m}]"));
    sheet s;
    begin(&s, 4);
    sheet_cells(&s, "a", AS_DOUBLE, "0 -0.0 1 -1");
    expect_indicator(set, &s, "more", "--+-");
    expect_indicator(set, &s, "less", "---+");
#if defined(__x86_64__)
    unsigned mode = _mm_getcsr();
    _MM_SET_DENORMALS_ZERO_MODE(_MM_DENORMALS_ZERO_ON);
    char got[3][4];
    for (size_t kernels = 0; kernels < 3; kernels++) {
        ntm_attainment *result = sheet_evaluate(set, &s, (ntm_kernels)kernels);
        for (size_t row = 0; row < 2; row++)
            for (size_t at = 0; at < 2; at++)
                got[kernels][row * 2 + at] = (char)ntm_attainment_indicator(result, row, at);
        ntm_attainment_free(result);
    }
    _mm_setcsr(mode);
    for (size_t kernels = 0; kernels < 3; kernels++)
        for (size_t at = 0; at < 4; at++)
            if (got[kernels][at] != NTM_NOT_MET) fail_msg("kernels %zu, %zu: %d", kernels, at, got[kernels][at]);
#endif
    sheet_end(&s);
    ntm_set_free(set);
}

static void bands_of_units_with_high_powers(void **state) {
    (void)state;
#define BANDS                                                                                                          \
    "grade:\n  of: a\n  bands:\n    - {class: \"1\", range: \"[... , 9000000000000000000)\"}\n"                        \
    "    - {class: \"2\", range: \"[9000000000000000000, ...)\"}\n"
    refused(HEAD "facts:\n  a: {name: {vi: x}, kind: amount, unit: tỷ đồng*km2*km2}\n" CRITERION BANDS,
            NTM_ERROR_SCHEMA, "is no unit");
    ntm_set *set = taken(HEAD "facts:\n  a: {name: {vi: x}, kind: amount, unit: tỷ đồng*tỷ đồng}\n" CRITERION BANDS);
    sheet s;
    begin(&s, 3);
    sheet_cells(&s, "a", AS_INT64, "1 8999999999999999999 9000000000000000000");
    expect_grade(set, &s, "1-1 1-1 2-2");
    sheet_end(&s);
    ntm_set_free(set);
#undef BANDS
}

static void natural_bounds_of_many_digits(void **state) {
    (void)state;
    ntm_set *set =
        taken(HEAD "facts:\n  a: {name: {vi: x}, kind: amount, unit: m, least: 10}\n"
                   "  b: {name: {vi: x}, kind: amount, unit: m, most: 99.9999999999999999}\n" INDICATORS RULE(
                       "a", "[a, \">=\", {constant: 5, unit: m}]") RULE("b", "[b, \">=\", {constant: 99, unit: m}]"));
    sheet s;
    begin(&s, 3);
    sheet_cells(&s, "b", AS_DOUBLE, "99 99.99999999999999 100");
    expect_failure(set, &s, NTM_ERROR_VALUE, "b", 2);
    sheet_end(&s);
    begin(&s, 2);
    sheet_cells(&s, "b", AS_DOUBLE, "98 99.99999999999999");
    expect_indicator(set, &s, "b", "-+");
    sheet_end(&s);
    begin(&s, 2);
    sheet_cells(&s, "a", AS_INT64, "? 9.223372036854775807");
    expect_failure(set, &s, NTM_ERROR_VALUE, "a", 1);
    sheet_end(&s);
    ntm_set_free(set);
}

/* ------------------------------------------------------------------------------------------- columns */

static void children_that_do_not_add_up(void **state) {
    (void)state;
    ntm_set *set = taken(HEAD "facts:\n  x: {name: {vi: x}, kind: flag}\n" INDICATORS RULE(
        "ge", "[{count: children, level: village, name: N, where: {attested: x}}, \">=\", {constant: 4}]"));
    sheet s;
    begin(&s, 2);
    sheet_cells(&s, "children:N:met", AS_INT64, "3 5");
    sheet_cells(&s, "children:N:total", AS_INT64, "3 3");
    expect_failure(set, &s, NTM_ERROR_VALUE, "children:N:met", 1);
    sheet_end(&s);
    begin(&s, 2);
    sheet_cells(&s, "children:N:met", AS_INT64, "1 2");
    sheet_cells(&s, "children:N:open", AS_INT64, "2 2");
    sheet_cells(&s, "children:N:total", AS_INT64, "3 3");
    expect_failure(set, &s, NTM_ERROR_VALUE, "children:N:", 1);
    sheet_end(&s);
    begin(&s, 3);
    sheet_cells(&s, "children:N:met", AS_INT64, "3 2 4");
    sheet_cells(&s, "children:N:open", AS_INT64, "0 2 0");
    sheet_cells(&s, "children:N:total", AS_INT64, "3 4 4");
    expect_indicator(set, &s, "ge", "-o+");
    sheet_end(&s);
    ntm_set_free(set);
}

static void one_column_has_one_unit(void **state) {
    (void)state;
#define INCOME "facts:\n  inc: {name: {vi: x}, kind: money, unit: đồng}\n"
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    options.on = KIT_DAY;
    options.out_of_force = true;
    ntm_set *set =
        taken(HEAD INCOME INDICATORS RULE("tr", "[inc, \">=\", {figure_of: income, set: S, unit: triệu đồng}]")
                  RULE("ty", "[inc, \">=\", {figure_of: income, set: S, unit: tỷ đồng}]"));
    assert_fails(plan_status(set, &options, &err), NTM_ERROR_UNIT, &err, "unit");
    assert_string_equal(err.subject, "figure:S:income");
    ntm_set_free(set);
    set = taken(HEAD INCOME INDICATORS RULE("tr", "[inc, \">=\", {figure_of: income, set: S, unit: triệu đồng}]")
                    RULE("as", "[inc, \"<\", {figure_of: income, set: S, unit: triệu đồng}]")
                        RULE("ty", "[inc, \">=\", {figure_of: income, set: other, unit: tỷ đồng}]"));
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "inc", AS_INT64, "5000000");
    sheet_cells(&s, "figure:S:income", AS_INT64, "4");
    sheet_cells(&s, "figure:other:income", AS_INT64, "4");
    expect_indicator(set, &s, "tr", "+");
    expect_indicator(set, &s, "as", "-");
    expect_indicator(set, &s, "ty", "-");
    sheet_end(&s);
    ntm_set_free(set);
#undef INCOME
}

static void members_are_columns_of_their_own(void **state) {
    (void)state;
    static const char *const names[] = {"x", "unused", "x[f", "x[other]"};
    ntm_set *set = taken(HEAD "dimensions: {sex: [f, m]}\nfacts:\n  x: {name: {vi: x}, kind: flag, by: sex}\n"
                              "  unused: {name: {vi: x}, kind: flag, by: sex}\n" INDICATORS RULE(
                                  "a", "{every: sex, holds: {attested: x}}"));
    for (size_t at = 0; at < 4; at++) {
        sheet s;
        begin(&s, 1);
        sheet_cells(&s, names[at], AS_BYTES, "yes");
        expect_failure(set, &s, NTM_ERROR_SHAPE, names[at], NTM_NO_ROW);
        sheet_end(&s);
    }
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "x[f]", AS_BYTES, "yes");
    sheet_cells(&s, "x[m]", AS_BYTES, "yes");
    sheet_cells(&s, "unused[f]", AS_BYTES, "yes");
    expect_indicator(set, &s, "a", "+");
    sheet_end(&s);
    ntm_set_free(set);
}

/* Evaluates under one kind of kernels and gives the number of problems; the status has to be as said. */
static size_t problems_of(const ntm_set *set, sheet *s, ntm_kernels kernels, ntm_status status) {
    ntm_plan *plan = NULL;
    ntm_problems *problems = NULL;
    ntm_attainment *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    s->plan.kernels = kernels;
    assert_ok(ntm_plan_new(&plan, set, &s->plan, &err), &err);
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    s->evaluate.problems = problems;
    assert_fails(ntm_evaluate(&result, plan, &s->table, &s->evaluate, &err), status, &err, "");
    assert_null(result);
    size_t found = ntm_problems_found(problems);
    for (size_t at = 0; at < ntm_problems_count(problems); at++)
        print_message("# %s: %s\n", ntm_problems_get(problems, at)->subject, ntm_problems_get(problems, at)->message);
    ntm_problems_free(problems);
    ntm_plan_free(plan);
    s->evaluate.problems = NULL;
    return found;
}

static void problems_of_columns_are_all_told(void **state) {
    (void)state;
    ntm_set *set = taken(
        HEAD "facts:\n  a: {name: {vi: x}, kind: amount, unit: m}\n  b: {name: {vi: x}, kind: flag}\n" INDICATORS RULE(
            "a", "[a, \">=\", {constant: 5, unit: m}]") RULE("b", "{attested: b}"));
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "a", AS_BYTES, "yes");
    sheet_cells(&s, "b", AS_DOUBLE, "1");
    sheet_cells(&s, "zzz", AS_INT64, "1");
    sheet_cells(&s, "yyy", AS_INT64, "1");
    for (int kernels = 0; kernels < 3; kernels++)
        assert_int_equal(problems_of(set, &s, (ntm_kernels)kernels, NTM_ERROR_SHAPE), 4);
    sheet_end(&s);
    ntm_set_free(set);
}

/* A store of observations does not know which of its facts are yes/no: its numbers 0 and 1 are taken, no others. */
static void flags_as_numbers(void **state) {
    static const form forms[] = {AS_INT8, AS_INT16, AS_INT32, AS_INT64};
    (void)state;
    ntm_set *set = taken(HEAD "facts:\n  b: {name: {vi: x}, kind: flag}\n" INDICATORS RULE("b", "{attested: b}"));
    sheet s;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        begin(&s, 4);
        sheet_cells(&s, "b", forms[i], "1 0 ? ~");
        expect_indicator(set, &s, "b", "+-oo");
        sheet_end(&s);
        begin(&s, 3);
        sheet_cells(&s, "b", forms[i], "1 0 2");
        expect_failure(set, &s, NTM_ERROR_VALUE, "b", 2);
        sheet_end(&s);
    }
    begin(&s, 2);
    sheet_cells(&s, "b", AS_INT64, "1.0 0.1");
    expect_failure(set, &s, NTM_ERROR_VALUE, "b", 1);
    sheet_end(&s);
    ntm_set_free(set);
}

static void a_bad_cell_is_told_once(void **state) {
    (void)state;
#define SUM "[{sum: [x, x]}, \">=\", {constant: 5, unit: m}]"
    ntm_set *set = taken(HEAD "facts:\n  x: {name: {vi: x}, kind: amount, unit: m}\n" INDICATORS RULE("a", SUM)
                             RULE("b", SUM) RULE("c", SUM) RULE("d", SUM) RULE("e", SUM));
    sheet s;
    begin(&s, 3);
    sheet_cells(&s, "x", AS_DOUBLE, "1e-300 1 1e-301");
    for (int kernels = 0; kernels < 3; kernels++)
        assert_int_equal(problems_of(set, &s, (ntm_kernels)kernels, NTM_ERROR_OVERFLOW), 2);
    sheet_end(&s);
    ntm_set_free(set);
#undef SUM
}

/* ------------------------------------------------------------------------------------------- years and axes */

static const char *const line_of_years =
    HEAD "axes:\n  year: {values: [\"2021\", \"2025\"]}\nfacts:\n  inc: {name: {vi: x}, kind: amount, unit: m}\n"
         "figures:\n  f: {unit: m, axes: [year], interpolate: true, source: [S], values: {\"2021\": 10, \"2025\": 20}}"
         "\n" INDICATORS RULE("a", "[inc, \">=\", {figure: f}]");

static void fixed_years_are_years(void **state) {
    (void)state;
    static const char *const wrong[] = {"abc", "", "2023x", "99999999999999999999", "99.99", "-203", "20 3", "12023"};
    ntm_set *set = taken(line_of_years);
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    options.on = KIT_DAY;
    options.out_of_force = true;
    options.axis_count = 1;
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        const ntm_axis_value year = {"year", wrong[at]};
        ntm_error err = NTM_ERROR_INIT;
        options.axes = &year;
        print_message("# \"%s\"\n", wrong[at]);
        assert_fails(plan_status(set, &options, &err), NTM_ERROR_NOT_FOUND, &err, "");
    }
    const ntm_axis_value year = {"year", "2023"};
    sheet s;
    begin(&s, 2);
    s.plan.axes = &year;
    s.plan.axis_count = 1;
    sheet_cells(&s, "inc", AS_INT64, "14 15");
    expect_indicator(set, &s, "a", "-+");
    sheet_end(&s);
    ntm_set_free(set);
}

static void years_between_come_in_any_form(void **state) {
    (void)state;
    static const form forms[] = {AS_INT16, AS_INT64, AS_DOUBLE, AS_DECIMAL, AS_TEXT, AS_CODES};
    ntm_set *set = taken(line_of_years);
    for (size_t at = 0; at < sizeof forms / sizeof forms[0]; at++) {
        sheet s;
        begin(&s, 5);
        print_message("# form %d\n", (int)forms[at]);
        sheet_cells(&s, "inc", AS_DOUBLE, "14 15 12.4 20 99");
        sheet_cells(&s, "year", forms[at], "2023 2023 2022 2025 2026");
        expect_indicator(set, &s, "a", "-+-+o");
        sheet_end(&s);
    }
    ntm_set_free(set);
}

static void an_axis_is_fixed_once(void **state) {
    (void)state;
    ntm_set *set =
        taken(HEAD "axes: {region: {values: [A, B]}}\nfacts:\n  x: {name: {vi: x}, kind: amount, unit: m}\n"
                   "figures: {f: {unit: m, axes: [region], source: [S], values: {A: 1, B: 9}}}\n" INDICATORS RULE(
                       "a", "[x, \">=\", {figure: f}]"));
    const ntm_axis_value twice[] = {{"region", "A"}, {"region", "B"}};
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    options.on = KIT_DAY;
    options.out_of_force = true;
    options.axes = twice;
    options.axis_count = 2;
    assert_fails(plan_status(set, &options, &err), NTM_ERROR_CONFLICT, &err, "twice");
    assert_string_equal(err.subject, "region");
    options.axis_count = 1;
    assert_ok(plan_status(set, &options, &err), &err);
    ntm_set_free(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(doubles_that_do_not_fit_once_scaled),
                                       cmocka_unit_test(exact_rules_name_the_row_that_does_not_fit),
                                       cmocka_unit_test(extreme_doubles_against_nothing_are_open),
                                       cmocka_unit_test(nothing_is_not_more_than_nothing),
                                       cmocka_unit_test(bands_of_units_with_high_powers),
                                       cmocka_unit_test(natural_bounds_of_many_digits),
                                       cmocka_unit_test(children_that_do_not_add_up),
                                       cmocka_unit_test(one_column_has_one_unit),
                                       cmocka_unit_test(members_are_columns_of_their_own),
                                       cmocka_unit_test(problems_of_columns_are_all_told),
                                       cmocka_unit_test(flags_as_numbers),
                                       cmocka_unit_test(a_bad_cell_is_told_once),
                                       cmocka_unit_test(fixed_years_are_years),
                                       cmocka_unit_test(years_between_come_in_any_form),
                                       cmocka_unit_test(an_axis_is_fixed_once)};
    return cmocka_run_group_tests_name("mistakes that were found by reading", tests, NULL, NULL);
}
