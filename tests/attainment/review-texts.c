/* SPDX-License-Identifier: Apache-2.0 */
/* Mistakes in explanations that a close reading of the library found, one test each; verdicts are in review.c, the
 * making of sets in review-sets.c. */
#include "review.h"

#include <stdio.h>
#include <stdlib.h>

#define HOUSEHOLDS                                                                                                     \
    "facts:\n  ok: {name: {vi: số hộ đạt}, kind: count, unit: hộ}\n"                                          \
    "  all: {name: {vi: số hộ}, kind: count, unit: household}\n"                                                   \
    "  cap: {name: {vi: cap}, kind: count, unit: household, most: 10}\n"

static ntm_status explain(ntm_explanation **out, const ntm_set *set, const sheet *s, ntm_of of, size_t index,
                          ntm_error *err) {
    ntm_plan *plan = NULL;
    assert_ok(ntm_plan_new(&plan, set, &s->plan, err), err);
    ntm_status status = ntm_explain(out, plan, &s->table, 0, of, index, NULL, err);
    ntm_plan_free(plan);
    return status;
}

static ntm_explanation *explained(const ntm_set *set, const sheet *s, const char *id) {
    ntm_explanation *out = NULL;
    ntm_error err = NTM_ERROR_INIT;
    size_t index = ntm_set_find_indicator(set, id);
    assert_int_not_equal(index, SIZE_MAX);
    assert_ok(explain(&out, set, s, NTM_OF_INDICATOR, index, &err), &err);
    return out;
}

/* The whole line of the first row. */
static void expect_line(const ntm_set *set, const sheet *s, const char *id, ntm_language language, const char *line) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    ntm_explanation *explanation = explained(set, s, id);
    assert_ok(ntm_explanation_line(&text, explanation, language, NULL, &err), &err);
    assert_string_equal(ntm_text_data(text), line);
    ntm_text_free(text);
    ntm_explanation_free(explanation);
}

/* The tree of the first row has the piece, or has it not. */
static void expect_tree(const ntm_set *set, const sheet *s, ntm_of of, size_t index, const char *piece, bool there) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    ntm_explanation *explanation = NULL;
    assert_ok(explain(&explanation, set, s, of, index, &err), &err);
    assert_ok(ntm_explanation_tree(&text, explanation, NTM_VI, NULL, &err), &err);
    if ((strstr(ntm_text_data(text), piece) != NULL) != there)
        fail_msg("\"%s\" %s in:\n%s", piece, there ? "is not" : "is", ntm_text_data(text));
    ntm_text_free(text);
    ntm_explanation_free(explanation);
}

static const ntm_step *comparison_of(const ntm_explanation *explanation) {
    for (size_t at = 0; at < ntm_explanation_steps(explanation); at++)
        if (ntm_explanation_step(explanation, at)->kind == NTM_COMPARE) return ntm_explanation_step(explanation, at);
    fail_msg("no comparison among the steps");
    return NULL;
}

/* ------------------------------------------------------------------------------------------- numbers */

static void doubles_that_do_not_fit_are_explained(void **state) {
    (void)state;
    ntm_set *set = taken(HEAD "facts:\n  dens: {name: {vi: d}, kind: amount, unit: person/km2}\nfigures:\n"
                              "  g: {unit: person/km2, source: [S]}\n" INDICATORS RULE(
                                  "a", "[dens, \">=\", {constant: 5, unit: person/km2}]")
                                  RULE("e", "[dens, \">=\", {figure: g}]"));
    static const char *const cells[] = {"5e-300", "1e-33", "1e300"};
    for (size_t at = 0; at < 3; at++) {
        sheet s;
        begin(&s, 1);
        sheet_cells(&s, "dens", AS_DOUBLE, cells[at]);
        ntm_explanation *a = explained(set, &s, "a");
        ntm_explanation *e = explained(set, &s, "e");
        assert_int_equal(ntm_explanation_step(a, 0)->verdict, at == 2 ? NTM_MET : NTM_NOT_MET);
        assert_int_equal(ntm_explanation_step(e, 0)->verdict, NTM_OPEN);
        ntm_explanation_free(a);
        ntm_explanation_free(e);
        sheet_end(&s);
    }
    ntm_set_free(set);
}

static void what_nobody_reported_is_no_number(void **state) {
    (void)state;
    ntm_set *set = taken(HEAD HOUSEHOLDS "  sh: {name: {vi: sh}, kind: share, unit: \"%\"}\n" INDICATORS RULE(
        "cap", "[{ratio: [cap, all]}, \">=\", {constant: 90, unit: \"%\"}]")
                             RULE("sh", "[sh, \">=\", {constant: 120, unit: \"%\"}]")
                                 RULE("neg", "[{ratio: [ok, all]}, \">=\", {constant: 0}]"));
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "all", AS_INT64, "2000");
    expect_line(set, &s, "cap", NTM_VI, "cap chưa đạt: 0..0,5% < 90%; chưa báo cáo “cap” (S)");
    expect_line(set, &s, "sh", NTM_VI, "sh chưa đạt: sh: 0..100% < 120%; chưa báo cáo “sh” (S)");
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    ntm_explanation *neg = explained(set, &s, "neg");
    assert_int_equal(ntm_explanation_step(neg, 0)->verdict, NTM_MET);
    assert_ok(ntm_explanation_line(&text, neg, NTM_EN, NULL, &err), &err);
    assert_null(strstr(ntm_text_data(text), "0/2,000"));
    assert_non_null(strstr(ntm_text_data(text), "“số hộ đạt” is not reported"));
    ntm_text_free(text);
    ntm_explanation_free(neg);
    sheet_end(&s);
    ntm_set_free(set);
}

static void thresholds_on_the_left(void **state) {
    (void)state;
    ntm_set *set =
        taken(HEAD HOUSEHOLDS INDICATORS RULE("mir", "[{constant: 90, unit: \"%\"}, \"<=\", {ratio: [ok, all]}]")
                  RULE("norm", "[{ratio: [ok, all]}, \">=\", {constant: 90, unit: \"%\"}]"));
    static const char *const ids[] = {"mir", "norm"};
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "ok", AS_INT64, "1799");
    sheet_cells(&s, "all", AS_INT64, "2000");
    for (size_t at = 0; at < 2; at++) {
        ntm_explanation *explanation = explained(set, &s, ids[at]);
        const ntm_step *step = comparison_of(explanation);
        assert_string_equal(step->gap, "1");
        assert_string_equal(step->gap_unit, "hộ");
        ntm_explanation_free(explanation);
    }
    expect_line(set, &s, "mir", NTM_EN, "mir not met: 90% > 89.95%; short by 1 household (S)");
    expect_line(set, &s, "norm", NTM_VI, "norm chưa đạt: 1.799/2.000 hộ = 89,95% < 90%; còn thiếu 1 hộ (S)");
    sheet_end(&s);
    ntm_set_free(set);
}

static void dates_are_told_as_dates(void **state) {
    (void)state;
    ntm_set *set = taken(HEAD "facts:\n  day: {name: {vi: ngày}, kind: date}\n" INDICATORS RULE(
        "d", "[day, \"<=\", {date: 2020-01-01}]"));
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "day", AS_INT32, "18300");
    expect_line(set, &s, "d", NTM_EN, "d not met: ngày: 2020-02-08 > 2020-01-01; over by 38 day (S)");
    ntm_explanation *explanation = explained(set, &s, "d");
    size_t dates = 0;
    for (size_t at = 0; at < ntm_explanation_steps(explanation); at++) {
        const ntm_step *step = ntm_explanation_step(explanation, at);
        if (step->kind != NTM_FACT && step->kind != NTM_CONSTANT) continue;
        assert_string_equal(step->unit, "date");
        assert_string_equal(step->least, step->kind == NTM_FACT ? "2020-02-08" : "2020-01-01");
        assert_string_equal(step->most, step->least);
        dates++;
    }
    assert_int_equal(dates, 2);
    ntm_explanation_free(explanation);
    sheet_end(&s);
    ntm_set_free(set);
}

static void parts_of_a_ratio_keep_their_units(void **state) {
    (void)state;
    ntm_set *set = taken(
        HEAD HOUSEHOLDS
        "  km: {name: {vi: km}, kind: amount, unit: km}\n  m: {name: {vi: m}, kind: amount, unit: m}\n" INDICATORS RULE(
            "kmm", "[{ratio: [km, m]}, \">=\", {constant: 90, unit: \"%\"}]")
            RULE("hh", "[{ratio: [ok, all]}, \">=\", {constant: 80, unit: \"%\"}]"));
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "km", AS_DOUBLE, "1.7");
    sheet_cells(&s, "m", AS_DOUBLE, "2000");
    sheet_cells(&s, "ok", AS_INT64, "1799");
    sheet_cells(&s, "all", AS_INT64, "2000");
    expect_line(set, &s, "kmm", NTM_VI, "kmm chưa đạt: 1,7 km/2.000 m = 85% < 90%; còn thiếu 0,1 km (S)");
    expect_line(set, &s, "hh", NTM_VI, "hh đạt: 1.799/2.000 hộ = 89,95% >= 80% (S)");
    sheet_end(&s);
    ntm_set_free(set);
}

static void nothing_is_short_by_nothing(void **state) {
    (void)state;
    ntm_set *set = taken(HEAD "facts:\n  x: {name: {vi: x}, kind: amount, unit: km}\n" INDICATORS RULE(
        "a", "[x, \">\", {constant: 5, unit: km}]") RULE("b", "[x, \"<\", {constant: 5, unit: km}]"));
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "x", AS_DOUBLE, "5");
    for (size_t at = 0; at < 2; at++) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_text *text = NULL;
        ntm_explanation *explanation = explained(set, &s, at == 0 ? "a" : "b");
        assert_ok(ntm_explanation_line(&text, explanation, NTM_EN, NULL, &err), &err);
        if (strstr(ntm_text_data(text), "by 0") != NULL) fail_msg("%s", ntm_text_data(text));
        ntm_text_free(text);
        ntm_explanation_free(explanation);
    }
    sheet_end(&s);
    ntm_set_free(set);
}

/* ------------------------------------------------------------------------------------------- words */

static void what_does_not_apply_is_provided_for(void **state) {
    (void)state;
    ntm_set *set = taken(
        HEAD
        "facts:\n  mk: {name: {vi: số chợ}, kind: count, unit: chợ}\n  fl: {name: {vi: chợ đạt}, kind: flag}\n" INDICATORS
            RULE("na", "{if_applicable: mk, then: [mk, \">=\", {constant: 1, unit: chợ}]}")
                RULE("nb", "{if_applicable: mk, then: {attested: fl}}"));
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "mk", AS_INT64, "~");
    sheet_cells(&s, "fl", AS_BYTES, "no");
    expect_line(set, &s, "na", NTM_VI, "na đạt: “số chợ” không áp dụng, không phải xét (S)");
    expect_line(set, &s, "nb", NTM_VI, "nb đạt: “số chợ” không áp dụng, không phải xét (S)");
    for (size_t at = 0; at < 2; at++) {
        ntm_explanation *explanation = explained(set, &s, at == 0 ? "na" : "nb");
        bool told = false;
        for (size_t i = 0; i < ntm_explanation_steps(explanation); i++) {
            const ntm_step *step = ntm_explanation_step(explanation, i);
            assert_int_equal(step->verdict, NTM_MET);
            told = told || step->reason == NTM_REASON_NOT_APPLICABLE;
        }
        assert_true(told);
        ntm_explanation_free(explanation);
    }
    sheet_end(&s);
    ntm_set_free(set);
}

static void grades_inside_rules(void **state) {
    (void)state;
    ntm_set *set = taken(HEAD "facts:\n  q: {name: {vi: q}, kind: amount, unit: điểm}\n" INDICATORS RULE(
        "gr", "{at_level: [\"2\", {grade: {of: q, bands: [{class: \"1\", range: \"[..., 5)\"}, {class: \"2\", "
              "range: \"[5, ...)\"}]}}]}") RULE("su", "[{sum: [q, q]}, \">=\", {ratio: [q, {constant: 1}]}]"));
    static const char *const english[] = {"at_level", "grade", "sum", "ratio", "compare", "constant"};
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "q", AS_DOUBLE, "12");
    expect_line(set, &s, "gr", NTM_VI, "gr đạt: xếp hạng từ: 2 >= 2 (S)");
    expect_line(set, &s, "gr", NTM_EN, "gr met: graded at least: 2 >= 2 (S)");
    for (size_t at = 0; at < 12; at++)
        expect_tree(set, &s, NTM_OF_INDICATOR, at % 2, english[at / 2], false);
    sheet_end(&s);
    ntm_set_free(set);
}

static void long_units_are_not_cut(void **state) {
    (void)state;
    char yaml[4096];
    char words[3][80];
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    static const char *const shape = HEAD
        "facts:\n  x: {name: {vi: x}, kind: amount, unit: \"%s\"}\n  y: {name: {vi: y}, kind: amount, unit: \"%s\"}\n"
        "  z: {name: {vi: z}, kind: amount, unit: \"%s\"}\n" INDICATORS RULE(
            "a", "[{product: [x, y, z]}, \">\", {product: [x, y, z]}]") RULE("b", "[x, \">\", {sum: [x, x]}]");
    for (size_t letters = 21; letters >= 19; letters--) {
        for (size_t at = 0; at < 3; at++) {
            words[at][0] = (char)('a' + at); /* so that the end of a buffer would fall into a letter */
            words[at][1] = '\0';
            for (size_t i = 0; i < letters - 1; i++)
                strcat(words[at], "ộ");
            if (letters == 21) strcat(words[at], "ộ");
        }
        int used = snprintf(yaml, sizeof yaml, shape, words[0], words[1], words[2]);
        assert_true(used > 0 && (size_t)used < sizeof yaml);
        if (letters == 21) {
            assert_fails(ntm_set_read(&set, yaml, strlen(yaml), "t", NULL, &err), NTM_ERROR_SCHEMA, &err, "is no unit");
            continue;
        }
        set = taken(yaml);
        sheet s;
        begin(&s, 1);
        sheet_cells(&s, "x", AS_INT64, "1");
        sheet_cells(&s, "y", AS_INT64, "1");
        sheet_cells(&s, "z", AS_INT64, "1");
        ntm_explanation *explanation = explained(set, &s, "a");
        size_t products = 0;
        for (size_t at = 0; at < ntm_explanation_steps(explanation); at++) {
            const ntm_step *step = ntm_explanation_step(explanation, at);
            if (step->kind != NTM_PRODUCT) continue;
            products++;
            for (size_t i = 0; i < 3; i++)
                assert_non_null(strstr(step->unit, words[i]));
        }
        assert_int_equal(products, 2);
        ntm_text *text = NULL;
        assert_ok(ntm_explanation_line(&text, explanation, NTM_VI, NULL, &err), &err);
        for (size_t i = 0; i < 3; i++)
            assert_non_null(strstr(ntm_text_data(text), words[i]));
        ntm_text_free(text);
        ntm_explanation_free(explanation);
        sheet_end(&s);
        ntm_set_free(set);
        set = NULL;
    }
}

/* What the labels of figures say: why there is no value, or that nobody wrote it. */
static void labels_of_figures(void **state) {
    (void)state;
    static const char *const labels[4][3] = {
        {"p", "ngưỡng p", "threshold p"},
        {"d", "ngưỡng d (giao UBND tỉnh quy định)", "threshold d (left to UBND tỉnh)"},
        {"g", "ngưỡng g (chỉ tiêu chung: 7,5)", "threshold g (general figure: 7.5)"},
        {"l", "ngưỡng l (nội suy giữa hai năm)", "threshold l (on a line between two years)"},
    };
    ntm_set *set = taken(
        HEAD
        "axes:\n  year: {values: [\"2019\", \"2021\"]}\n"
        "facts:\n  q: {name: {vi: q}, kind: amount, unit: điểm}\n"
        "figures:\n  p: {unit: điểm, value: 3, source: [S]}\n"
        "  d: {unit: điểm, delegated_to: UBND tỉnh, source: [S]}\n"
        "  g: {unit: điểm, axes: [year], general: 7.5, values: {\"2019\": 7}, source: [S]}\n"
        "  l: {unit: điểm, axes: [year], interpolate: true, values: {\"2019\": 10, \"2021\": 11}, source: [S]}\n" INDICATORS
            RULE("p", "[q, \">=\", {figure: p}]") RULE("d", "[q, \">=\", {figure: d}]")
                RULE("g", "[q, \">=\", {figure: g}]") RULE("l", "[q, \">=\", {figure: l}]"));
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "q", AS_DOUBLE, "12");
    sheet_cells(&s, "year", AS_TEXT, "2020");
    for (size_t i = 0; i < 4; i++) {
        ntm_explanation *explanation = explained(set, &s, labels[i][0]);
        size_t figures = 0;
        for (size_t at = 0; at < ntm_explanation_steps(explanation); at++) {
            const ntm_step *step = ntm_explanation_step(explanation, at);
            if (step->kind != NTM_FIGURE) continue;
            assert_string_equal(step->label_vi, labels[i][1]);
            assert_string_equal(step->label_en, labels[i][2]);
            figures++;
        }
        assert_int_equal(figures, 1);
        ntm_explanation_free(explanation);
    }
    sheet_end(&s);
    ntm_set_free(set);
}

/* ------------------------------------------------------------------------------------------- standing */

/* Criteria 1 (a line between two years) and 3 (an indicator without a rule), and what an overlay adds to them. */
static ntm_set *overlaid(void) {
    static const char overlay[] =
        "format: ntm-overlay/1\nid: o.unverified\nof: t\nstanding: unverified\nfigures:\n  f: {values: {\"2021\": 11}}\n"
        "indicators:\n  \"3.1\": {rule: [q, \">=\", {constant: 1, unit: điểm}]}\n";
    ntm_error err = NTM_ERROR_INIT;
    ntm_overlay *layer = NULL;
    ntm_set *out = NULL;
    ntm_set *base = taken(
        HEAD
        "axes:\n  year: {values: [\"2019\", \"2021\"]}\nfacts:\n  q: {name: {vi: q}, kind: amount, unit: điểm}\n"
        "figures:\n  f: {unit: điểm, axes: [year], interpolate: true, source: [S], values: {\"2019\": 10}}\n" INDICATORS RULE(
            "fi", "[q, \">=\", {figure: f}]")
            RULE("own", "[q, \">=\", {constant: 2, unit: điểm}]") "  - id: \"2\"\n    name: {vi: c2}\n    source: [S]\n    indicators:\n" RULE(
                "\"2.1\"",
                "[q, \">=\", {constant: 3, unit: điểm}]") "  - id: \"3\"\n    name: {vi: c3}\n    source: [S]\n    indicators:\n"
                                                          "      - {id: \"3.1\", name: {vi: a}, source: [S]}\n");
    assert_ok(ntm_overlay_read(&layer, overlay, sizeof overlay - 1, "o.yaml", NULL, &err), &err);
    assert_ok(ntm_set_overlay(&out, base, layer, NULL, &err), &err);
    ntm_overlay_free(layer);
    ntm_set_free(base);
    return out;
}

static void lines_to_unverified_years(void **state) {
    (void)state;
    ntm_set *set = overlaid();
    static const char *const years[] = {"2019", "2020", "2021"};
    for (size_t at = 0; at < 3; at++) {
        sheet s;
        begin(&s, 1);
        sheet_cells(&s, "q", AS_DOUBLE, "12");
        sheet_cells(&s, "year", AS_TEXT, years[at]);
        expect_tree(set, &s, NTM_OF_INDICATOR, 0, "chưa kiểm chứng", at > 0);
        expect_line(set, &s, "own", NTM_VI, "own đạt: q: 12 điểm >= 2 điểm (S)");
        sheet_end(&s);
    }
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "q", AS_DOUBLE, "12");
    expect_line(set, &s, "fi", NTM_EN, "fi met: q: 12 point >= 10.5 point (S; unverified)");
    ntm_explanation *explanation = explained(set, &s, "fi");
    size_t figures = 0;
    for (size_t at = 0; at < ntm_explanation_steps(explanation); at++) {
        const ntm_step *step = ntm_explanation_step(explanation, at);
        if (step->kind != NTM_FIGURE) continue;
        assert_int_equal(step->citation.standing, NTM_UNVERIFIED);
        figures++;
    }
    assert_int_equal(figures, 1);
    ntm_explanation_free(explanation);
    sheet_end(&s);
    ntm_set_free(set);
}

static void the_status_tells_what_is_unverified(void **state) {
    (void)state;
    ntm_set *set = overlaid();
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "q", AS_DOUBLE, "12");
    expect_status(set, &s, "+");
    expect_tree(set, &s, NTM_OF_STATUS, 0, "1 c: đạt (S) (chưa kiểm chứng)", true);
    expect_tree(set, &s, NTM_OF_STATUS, 0, "2 c2: đạt (S) (chưa kiểm chứng)", false);
    expect_tree(set, &s, NTM_OF_STATUS, 0, "2 c2: đạt (S)", true);
    expect_tree(set, &s, NTM_OF_STATUS, 0, "3 c3: đạt (S) (chưa kiểm chứng)", true);
    sheet_end(&s);
    ntm_set_free(set);
}

static void revocation_without_a_rule(void **state) {
    (void)state;
    ntm_set *set = overlaid();
    ntm_explanation *explanation = NULL;
    ntm_error err = NTM_ERROR_INIT;
    sheet s;
    begin(&s, 1);
    assert_fails(explain(&explanation, set, &s, NTM_OF_REVOCATION, 0, &err), NTM_ERROR_NOT_FOUND, &err, "revocation");
    assert_null(explanation);
    sheet_end(&s);
    ntm_set_free(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(doubles_that_do_not_fit_are_explained),
                                       cmocka_unit_test(what_nobody_reported_is_no_number),
                                       cmocka_unit_test(thresholds_on_the_left),
                                       cmocka_unit_test(dates_are_told_as_dates),
                                       cmocka_unit_test(parts_of_a_ratio_keep_their_units),
                                       cmocka_unit_test(nothing_is_short_by_nothing),
                                       cmocka_unit_test(what_does_not_apply_is_provided_for),
                                       cmocka_unit_test(grades_inside_rules),
                                       cmocka_unit_test(long_units_are_not_cut),
                                       cmocka_unit_test(labels_of_figures),
                                       cmocka_unit_test(lines_to_unverified_years),
                                       cmocka_unit_test(the_status_tells_what_is_unverified),
                                       cmocka_unit_test(revocation_without_a_rule)};
    return cmocka_run_group_tests_name("mistakes in explanations that were found by reading", tests, NULL, NULL);
}
