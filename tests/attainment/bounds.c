/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds of facts that are not reported, as columns of the table: docs/algebra.md. */
#include "review.h"

#include <ntm/grade.h>
#include <ntm/successor.h>

static void start(kit *k) {
    static const char *const sexes[] = {"female", "male"};
    ntm_set_spec spec = kit_spec();
    spec.id = "bounds";
    kit_start_spec(k, &spec, NULL);
    kit_dimension(k, "sex", sexes, 2);
    kit_fact(k, "n", NTM_KIND_COUNT, "household");
    kit_part(k, "poor", NTM_KIND_COUNT, "household", "n");
    kit_fact(k, "share", NTM_KIND_SHARE, "%");
    kit_fact(k, "road", NTM_KIND_AMOUNT, "km");
    kit_fact(k, "money", NTM_KIND_MONEY, "triệu đồng");
    kit_fact(k, "flag", NTM_KIND_FLAG, NULL);
    kit_fact(k, "unused", NTM_KIND_COUNT, "household");
    kit_by(k, "trained", NTM_KIND_COUNT, "person", "sex");
    kit_criterion(k, "1", 0);
    kit_indicator(k, "n", k_compare(k, k_fact(k, "n"), NTM_MORE_OR_EQUAL, k_number(k, "12", "household")));
    kit_indicator(
        k, "ratio",
        k_compare(k, k_of(k, NTM_RATIO, k_fact(k, "poor"), k_fact(k, "n")), NTM_LESS_OR_EQUAL, k_number(k, "5", "%")));
    kit_indicator(k, "share", k_compare(k, k_fact(k, "share"), NTM_MORE, k_number(k, "89.5", "%")));
    kit_indicator(k, "road", k_compare(k, k_fact(k, "road"), NTM_LESS, k_number(k, "2500", "m")));
    kit_indicator(k, "money", k_compare(k, k_fact(k, "money"), NTM_EQUAL, k_number(k, "7", "triệu đồng")));
    kit_indicator(k, "flag", k_attested(k, "flag"));
    kit_indicator(k, "trained",
                  k_over(k, NTM_EVERY, NTM_OVER_MEMBERS, "sex", NULL,
                         k_compare(k, k_fact(k, "trained"), NTM_MORE_OR_EQUAL, k_number(k, "3", "person"))));
    (void)kit_done(k);
}

/* Bounds decide where they can, each side alone too; where the fact is reported or not applicable they say nothing. */
static void decide(void **state) {
    kit k;
    sheet s;
    (void)state;
    start(&k);
    sheet_start(&s, 8);
    sheet_cells(&s, "n", AS_INT32, "? ? ? ? ? 12 11 ~");
    sheet_cells(&s, "n:least", AS_INT64, "12 11 ? ? 5 11 ? 20");
    sheet_cells(&s, "n:most", AS_DOUBLE, "? 12 11.5 12 ~ ? 11 30");
    expect_indicator(k.set, &s, "n", "+o-oo+-o");
    sheet_end(&s);
    sheet_start(&s, 4); /* no column of the fact at all */
    sheet_cells(&s, "share:least", AS_DOUBLE, "89.51 89.5 ? ?");
    sheet_cells(&s, "share:most", AS_DECIMAL, "? ? 89 100");
    expect_indicator(k.set, &s, "share", "+o-o");
    sheet_end(&s);
    sheet_start(&s, 4); /* natural bounds hold all the same */
    sheet_cells(&s, "share", AS_INT8, "? ? ? ?");
    sheet_cells(&s, "share:least", AS_INT16, "-20 90 ? -5");
    sheet_cells(&s, "share:most", AS_INT16, "50 200 ? 300");
    sheet_cells(&s, "road:most", AS_DOUBLE, "2.4 2.5 2.6 -1");
    sheet_cells(&s, "money:least", AS_INT64, "7 7 8 ?");
    sheet_cells(&s, "money:most", AS_INT64, "7 8 9 6");
    expect_indicator(k.set, &s, "share", "-+oo");
    expect_indicator(k.set, &s, "road", "+oo+");
    expect_indicator(k.set, &s, "money", "+o--");
    sheet_end(&s);
    kit_end(&k);
}

/* A share of two facts that are known between bounds, and members of a dimension. */
static void ratios_and_members(void **state) {
    kit k;
    sheet s;
    (void)state;
    start(&k);
    sheet_start(&s, 4);
    sheet_cells(&s, "n", AS_INT64, "? ? 100 ?");
    sheet_cells(&s, "n:least", AS_INT64, "200 90 ? 0");
    sheet_cells(&s, "n:most", AS_INT64, "300 100 ? 10");
    sheet_cells(&s, "poor", AS_INT64, "? 5 ? 0");
    sheet_cells(&s, "poor:most", AS_INT64, "10 ? 5 ?");
    expect_indicator(k.set, &s, "ratio", "+o+o");
    sheet_end(&s);
    sheet_start(&s, 3); /* of the divisor alone */
    sheet_cells(&s, "n", AS_INT64, "? ? ?");
    sheet_cells(&s, "n:least", AS_INT64, "90 ? 80");
    sheet_cells(&s, "n:most", AS_INT64, "? 90 100");
    sheet_cells(&s, "poor", AS_INT64, "4 5 5");
    expect_indicator(k.set, &s, "ratio", "+oo");
    sheet_end(&s);
    sheet_start(&s, 3);
    sheet_cells(&s, "trained[female]:least", AS_INT64, "3 3 ?");
    sheet_cells(&s, "trained[male]", AS_INT64, "? 4 ?");
    sheet_cells(&s, "trained[male]:least", AS_INT64, "4 ? ?");
    sheet_cells(&s, "trained[male]:most", AS_INT64, "4 ? 2");
    expect_indicator(k.set, &s, "trained", "++-");
    expect_met(k.set, &s, "0-1 0-1 0-0");
    sheet_end(&s);
    kit_end(&k);
}

/* Levels by their place on the scale. */
static void levels(void **state) {
    kit k;
    sheet s;
    (void)state;
    kit_start(&k, NULL);
    kit_levels(&k, "rating", (const char *const[]){"low", "mid", "high"}, 3);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "mid", k_at_level(&k, "mid", "rating"));
    kit_indicator(&k, "high", k_at_level(&k, "high", "rating"));
    (void)kit_done(&k);
    sheet_start(&s, 7);
    sheet_cells(&s, "rating", AS_TEXT, "? ? ? ? mid ? ~");
    sheet_cells(&s, "rating:least", AS_TEXT, "mid low ? ? low high high");
    sheet_cells(&s, "rating:most", AS_TEXT, "? mid low ? mid ? high");
    expect_indicator(k.set, &s, "mid", "+o-o++o");
    expect_indicator(k.set, &s, "high", "o--o-+o");
    sheet_end(&s);
    sheet_start(&s, 2); /* without a column of the level itself */
    sheet_cells(&s, "rating:least", AS_TEXT, "mid ?");
    sheet_cells(&s, "rating:most", AS_TEXT, "? low");
    expect_indicator(k.set, &s, "mid", "+-");
    sheet_end(&s);
    sheet_start(&s, 2);
    sheet_cells(&s, "rating", AS_TEXT, "mid high");
    sheet_cells(&s, "rating:most", AS_TEXT, "mid mid");
    expect_failure(k.set, &s, NTM_ERROR_VALUE, "above", 1);
    sheet_end(&s);
    sheet_start(&s, 2);
    sheet_cells(&s, "rating:least", AS_TEXT, "mid best");
    expect_failure(k.set, &s, NTM_ERROR_VALUE, "", 1);
    sheet_end(&s);
    kit_end(&k);
}

/* A sheet of one column of a fact and one of a bound. */
static void unfit(const kit *k, const char *fact, const char *cells, const char *bound, const char *bounds,
                  ntm_status status, const char *piece, uint64_t row) {
    sheet s;
    sheet_start(&s, 3);
    if (fact != NULL) sheet_cells(&s, fact, AS_DOUBLE, cells);
    sheet_cells(&s, bound, AS_DOUBLE, bounds);
    expect_failure(k->set, &s, status, piece, row);
    sheet_end(&s);
}

static void contradictions(void **state) {
    kit k;
    sheet s;
    (void)state;
    start(&k);
    unfit(&k, "n", "12 5 ?", "n:least", "10 6 0", NTM_ERROR_VALUE, "5 is below 6, its bound", 1);
    unfit(&k, "road", "1.5 ? 2.5", "road:most", "1.5 0 2.25", NTM_ERROR_VALUE, "2.5 is above 2.25, its bound", 2);
    unfit(&k, "share", "? ? ?", "share:least", "0 100 100.5", NTM_ERROR_VALUE, "at least 100.5, at most 100", 2);
    unfit(&k, "n", "? ? ?", "n:most", "0 -1 0", NTM_ERROR_VALUE, "its bounds leave nothing", 1);
    unfit(&k, "n", "1 1 1", "n:most", "5 nan 5", NTM_ERROR_VALUE, "NaN", 1);
    unfit(&k, NULL, NULL, "trained[male]:most", "0 -1 0", NTM_ERROR_VALUE, "trained[male]", 1);
    /* Bounds of facts that no rule looks at are let be, as such facts are. Bounds of anything else are no column. */
    sheet_start(&s, 1);
    sheet_cells(&s, "unused:least", AS_INT64, "5");
    expect_indicator(k.set, &s, "n", "o");
    sheet_end(&s);
    unfit(&k, NULL, NULL, "flag:least", "1 1 1", NTM_ERROR_SHAPE, "no fact, axis or status", NTM_NO_ROW);
    unfit(&k, NULL, NULL, "trained:least", "1 1 1", NTM_ERROR_SHAPE, "no fact, axis or status", NTM_NO_ROW);
    unfit(&k, NULL, NULL, "n:lest", "1 1 1", NTM_ERROR_SHAPE, "no fact, axis or status", NTM_NO_ROW);
    unfit(&k, NULL, NULL, ":least", "1 1 1", NTM_ERROR_SHAPE, "no fact, axis or status", NTM_NO_ROW);
    sheet_start(&s, 1);
    sheet_cells(&s, "n:least", AS_TEXT, "five");
    expect_failure(k.set, &s, NTM_ERROR_SHAPE, "a number needs a column", NTM_NO_ROW);
    sheet_end(&s);
    kit_end(&k);
}

/* Bounds are no inputs that a caller has to fill. */
static void inputs(void **state) {
    kit k;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    (void)state;
    start(&k);
    options.on = ntm_date_ymd(2020, 2, 25);
    assert_ok(ntm_plan_new(&plan, k.set, &options, &err), &err);
    for (size_t i = 0; i < ntm_plan_input_count(plan); i++)
        assert_null(strstr(ntm_plan_input(plan, i), ":"));
    ntm_plan_free(plan);
    kit_end(&k);
}

static void expect_line(const ntm_set *set, const sheet *s, size_t row, const char *id, const char *line) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_explanation *why = NULL;
    ntm_text *text = NULL;
    ntm_plan *plan = NULL;
    assert_ok(ntm_plan_new(&plan, set, &s->plan, &err), &err);
    assert_ok(ntm_explain(&why, plan, &s->table, row, NTM_OF_INDICATOR, ntm_set_find_indicator(set, id), NULL, &err),
              &err);
    const ntm_step *fact = NULL;
    for (size_t i = 0; i < ntm_explanation_steps(why); i++)
        if (ntm_explanation_step(why, i)->kind == NTM_FACT) fact = ntm_explanation_step(why, i);
    assert_non_null(fact);
    assert_int_equal(fact->reason, NTM_REASON_NOT_REPORTED);
    assert_string_equal(fact->least, "11");
    assert_ok(ntm_explanation_line(&text, why, NTM_EN, NULL, &err), &err);
    assert_string_equal(ntm_text_data(text), line);
    ntm_text_free(text);
    ntm_explanation_free(why);
    ntm_plan_free(plan);
}

/* The range, and that it is not reported. */
static void explained(void **state) {
    kit k;
    sheet s;
    (void)state;
    start(&k);
    sheet_start(&s, 3);
    sheet_cells(&s, "n:least", AS_INT64, "11 11 11");
    sheet_cells(&s, "n:most", AS_INT64, "15 11 ?");
    expect_line(k.set, &s, 0, "n", "n open: “n” is not reported (11..15 household) (S1)");
    expect_line(k.set, &s, 1, "n", "n not met: n: 11 household < 12 household; short by 1 household (S1)");
    expect_line(k.set, &s, 2, "n", "n open: “n” is not reported (11.. household) (S1)");
    sheet_end(&s);
    kit_end(&k);
}

/* Two laws, a panel and a climb take tables with bounds. */
static void other_questions(void **state) {
    static const ntm_counterpart pairs[] = {{.id = "n", .of = "n"}};
    kit k;
    sheet s;
    ntm_plan *plan = NULL;
    ntm_successor *successor = NULL;
    ntm_successor_options options = NTM_SUCCESSOR_OPTIONS_INIT;
    ntm_moves moves;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    start(&k);
    sheet_start(&s, 2);
    sheet_cells(&s, "n:least", AS_INT64, "12 11");
    assert_ok(ntm_plan_new(&plan, k.set, &s.plan, &err), &err);
    options.pairs = pairs;
    options.pair_count = 1;
    assert_ok(ntm_successor_new(&successor, plan, plan, &s.table, &options, &err), &err);
    size_t pair = 0;
    while (ntm_successor_pair(successor, pair)->kind != NTM_PAIR_INDICATOR ||
           ntm_successor_pair(successor, pair)->before != ntm_set_find_indicator(k.set, "n"))
        pair++;
    assert_ok(ntm_successor_moves(&moves, successor, pair, &err), &err);
    assert_int_equal(moves.rows[NTM_MET][NTM_MET], 1);
    assert_int_equal(moves.rows[NTM_OPEN][NTM_OPEN], 1);
    ntm_successor_free(successor);
    ntm_plan_free(plan);
    sheet_end(&s);
    kit_end(&k);
}

static const char graded[] =
    HEAD "facts:\n  total: {name: {vi: t}, kind: amount, unit: point, least: 0, most: 100}\n"
         "  jobs: {name: {vi: j}, kind: count, unit: person}\n"
         "grade:\n  of:\n    sum:\n      - total\n      - {points: [{when: [jobs, \">=\", "
         "{constant: 5, unit: person}], give: 10}]}\n  bands:\n"
         "    - {class: \"1\", range: \"[0, 50)\"}\n    - {class: \"2\", range: \"[50, 70)\"}\n"
         "    - {class: \"3\", range: \"[70, ...)\"}\n" CRITERION;

static void grades(void **state) {
    ntm_set *set = taken(graded);
    sheet s;
    ntm_plan *plan = NULL;
    ntm_panel *panel = NULL;
    ntm_climb *climb = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    begin(&s, 2);
    sheet_cells(&s, "total", AS_INT64, "60 ?");
    sheet_cells(&s, "total:least", AS_INT64, "50 52");
    sheet_cells(&s, "total:most", AS_INT64, "61 58");
    sheet_cells(&s, "jobs", AS_INT64, "1 0");
    sheet_cells(&s, "jobs:most", AS_INT64, "4 4");
    expect_grade(set, &s, "2-2 2-2");
    sheet_cells(&s, "products", AS_TEXT, "p p");
    assert_ok(ntm_plan_new(&plan, set, &s.plan, &err), &err);
    s.table.field_count--;
    ntm_column products = s.fields[s.table.field_count].column;
    assert_ok(ntm_panel_new(&panel, plan, &s.table, &products, NULL, &err), &err);
    const ntm_panel_product *product = ntm_panel_product_at(panel, 0);
    assert_true(product->mean.least.numerator == 56 && product->mean.most.numerator == 59);
    assert_true(product->grade.least == 2 && product->grade.most == 2);
    ntm_panel_free(panel);
    /* The bounds are of what is so, not of what may be reached. */
    assert_ok(ntm_climb_new(&climb, plan, &s.table, 0, NULL, &err), &err);
    const ntm_climb_summary *about = ntm_climb_about(climb);
    assert_true(about->grade.least == 2 && about->target == 3 && about->found);
    assert_string_equal(ntm_climb_step_at(climb, 0)->fact, "jobs");
    ntm_climb_free(climb);
    ntm_plan_free(plan);
    sheet_end(&s);
    ntm_set_free(set);
}

/* More rows than a block: problems are told once, in the lowest row. */
static void many_rows(void **state) {
    enum { ROWS = 10000, BAD = 9001 };
    static int64_t least[ROWS], values[ROWS];
    static uint8_t none[ROWS / 8 + 1];
    kit k;
    sheet s;
    (void)state;
    start(&k);
    for (size_t i = 0; i < ROWS; i++) {
        values[i] = (int64_t)(i % 30);
        least[i] = (int64_t)(i % 25);
        if (values[i] >= least[i]) none[i / 8] = (uint8_t)(none[i / 8] | 1u << i % 8);
    }
    ntm_column n = ntm_column_int64(values, ROWS);
    n.validity = none;
    sheet_start(&s, ROWS);
    sheet_column(&s, "n", n);
    sheet_column(&s, "n:least", ntm_column_int64(least, ROWS));
    for (ntm_kernels kernels = NTM_KERNELS_BEST; kernels <= NTM_KERNELS_REFERENCE; kernels++) {
        ntm_attainment *result = sheet_evaluate(k.set, &s, kernels);
        size_t index = ntm_set_find_indicator(k.set, "n");
        for (size_t i = 0; i < ROWS; i++) {
            bool reported = values[i] >= least[i];
            ntm_verdict expected = (reported ? values[i] : least[i]) >= 12 ? NTM_MET
                                   : reported                              ? NTM_NOT_MET
                                                                           : NTM_OPEN;
            assert_int_equal(ntm_attainment_indicator(result, i, index), expected);
        }
        ntm_attainment_free(result);
    }
    least[BAD] = values[BAD] + 1;
    none[BAD / 8] = (uint8_t)(none[BAD / 8] | 1u << BAD % 8);
    expect_failure(k.set, &s, NTM_ERROR_VALUE, "its bound", BAD);
    sheet_end(&s);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decide),          cmocka_unit_test(levels), cmocka_unit_test(ratios_and_members),
        cmocka_unit_test(contradictions),  cmocka_unit_test(inputs), cmocka_unit_test(explained),
        cmocka_unit_test(other_questions), cmocka_unit_test(grades), cmocka_unit_test(many_rows)};
    return cmocka_run_group_tests_name("bounds of facts", tests, NULL, NULL);
}
