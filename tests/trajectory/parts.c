/* SPDX-License-Identifier: Apache-2.0 */
/* Indicators and criteria that are more than one comparison: each comparison is followed, and they make the whole. */
#include "law.h"

#define SHARE(dividend, sign, percent)                                                                                 \
    "[{ratio: [" dividend ", households]}, '" sign "', {constant: " percent ", unit: '%'}]"
#define WATER                                                                                                          \
    HEAD "axes: {year: {values: [\"2021\", \"2025\"]}}\n"                                                              \
         "facts:\n  households: {name: {vi: f}, " COUNT_FACT "}\n  hygienic: {name: {vi: f}, " COUNT_FACT "}\n"        \
         "  clean: {name: {vi: f}, " COUNT_FACT "}\n  hall: {name: {vi: f}, kind: flag}\n"                             \
         "  opened: {name: {vi: f}, kind: date}\n"                                                                     \
         "figures:\n  rises: {unit: household, axes: [year], interpolate: true, source: [S],\n"                        \
         "    values: {\"2021\": 20, \"2025\": 60}}\n"                                                                 \
         "criteria:\n" C(                                                                                              \
             "17", WITH RULE("\"17.1\"", "{all: [" SHARE("hygienic", ">=", "95") ", " SHARE("clean", ">=", "60") "]}") \
                       RULE("\"17.2\"", "{at_least: 2, of: [[clean, '>=', {figure: rises}], "                          \
                                        "[clean, '<=', {constant: 90, unit: household}], "                             \
                                        "{attested: hall}]}")                                                          \
                           RULE("\"17.3\"", "{all: [[opened, '<=', {date: 2021-06-30}], "                              \
                                            "{not: [clean, '>=', {constant: 90, unit: household}]}]}"))                \
             C("18", "    rule: {if_applicable: hygienic, then: {any: [[hygienic, '>=', {constant: 50, unit: "         \
                     "household}], {attested: hall}]}}\n")                                                             \
                 C("19", "    rule: {all: [{criterion: \"18\"}, [clean, '>=', {constant: 50, unit: household}]]}\n")   \
                     C("20", "    rule: [clean, '>=', {constant: 10, unit: household}]\n" WITH RULE(                   \
                                 "\"20.1\"", "{attested: hall}"))

#define PRT NTM_TRACK_PART

static void water(void **state) {
    course c;
    (void)state;
    course_start(&c, WATER, "2025-12-31", "X Y Z", "2020-12-31 2021-06-30 2025-12-31");
    sheet_cells(&c.s, "households", AS_INT64, "100 100 100  100 100 100  100 100 100");
    sheet_cells(&c.s, "hygienic", AS_INT64, "96 80 ?  96 80 95  96 95 94");
    sheet_cells(&c.s, "clean", AS_INT64, "40 60 60  41 60 60  60 59 60");
    course_run(&c, "indicator,line,from,from_value\n17.1:clean,straight,2020-12-31,40\n");
    expect_states(&c, PRT, "17.1:hygienic", "+oo +o+ ++x");
    expect_states(&c, PRT, "17.1:clean", "~++ -++ +x+");
    expect_states(&c, IND, "17.1", "~oo -o+ +xx");
    expect_cell_is(&c, PRT, "17.1:clean", 0, 1, "value=41 target=60 interim=38330/913 behind=897/913 since=2021-06-30");
    const ntm_track_series *part = ntm_trajectory_series(c.t, course_series(&c, PRT, "17.1:clean"));
    assert_int_equal(part->index, course_series(&c, IND, "17.1"));
    assert_string_equal(part->unit, "%");
    assert_false(ntm_trajectory_series(c.t, course_series(&c, IND, "17.1"))->measured);
    course_end(&c);
}

/* The law's line in one of three; two comparisons of one fact have names of their own; what is denied and days have no
   part. */
static void lines_and_names(void **state) {
    course c;
    (void)state;
    course_start(&c, WATER, "2025-12-31", "X Y", "2021-06-30 2023-06-30");
    sheet_cells(&c.s, "clean", AS_INT64, "20 91  39 60");
    sheet_cells(&c.s, "hall", AS_BYTES, "no no  no no");
    course_run(&c, NULL);
    expect_states(&c, PRT, "17.2:clean", "~+ -+");
    expect_states(&c, PRT, "17.2:clean#2", "+o ++");
    expect_states(&c, IND, "17.2", "~o o+");
    /* One comparison, but of a criterion that has indicators, too. */
    expect_states(&c, PRT, "20:clean", "++ ++");
    expect_states(&c, CRI, "20", "++ ++");
    assert_true(ntm_trajectory_find(c.t, PRT, "17.2:clean#3") == SIZE_MAX);
    assert_true(ntm_trajectory_find(c.t, PRT, "17.3:opened") == SIZE_MAX);
    assert_true(ntm_trajectory_find(c.t, PRT, "17.3:clean") == SIZE_MAX);
    course_end(&c);
}

/* A deadline of the whole is that of its parts, unless they have one. */
static void deadlines(void **state) {
    course c;
    ntm_track_target target;
    (void)state;
    course_start(&c, WATER, "2025-12-31", "X", "2020-12-31 2021-06-30 2022-01-31");
    sheet_cells(&c.s, "households", AS_INT64, "100 100 100");
    sheet_cells(&c.s, "hygienic", AS_INT64, "90 90 90");
    sheet_cells(&c.s, "clean", AS_INT64, "59 59 60");
    course_run(&c, "unit,indicator,to,to_value\nX,17.1,2021-06-30,\n,17.1:hygienic,2022-01-31,90.5\n");
    expect_states(&c, PRT, "17.1:clean", "o x +");
    expect_states(&c, PRT, "17.1:hygienic", "o o x");
    expect_states(&c, IND, "17.1", "o x x");
    assert_ok(ntm_trajectory_target(&target, c.t, course_series(&c, PRT, "17.1:clean"), 0, &c.err), &c.err);
    assert_true(target.deadline == ntm_date_ymd(2021, 6, 30) && target.row == NTM_NO_ROW);
    expect_outlook(&c, PRT, "17.1:clean", 0, 0, "needed=1 months=6 pace=1/6 first=2020-12-31 last=2020-12-31");
    course_refused(&c, "indicator,to_value\n17.1,5\n", NTM_ERROR_VALUE, "targets: to_value", 0, "a deadline only");
    course_refused(&c, "indicator\n17.1:hall\n", NTM_ERROR_NOT_FOUND, "targets: indicator", 0, "part of one");
    course_refused(&c, "indicator\n17\n", NTM_ERROR_NOT_FOUND, "targets: indicator", 0, "part of one");
    course_end(&c);
}

/* Criteria with rules of their own, by their parts, and one that speaks of the other besides. */
static void criteria(void **state) {
    course c;
    (void)state;
    course_start(&c, WATER, "2025-12-31", "P Q R S", "2021-06-30 2025-12-31");
    sheet_cells(&c.s, "hygienic", AS_INT64, "~ 10 29 30  ~ 49 50 49");
    sheet_cells(&c.s, "clean", AS_INT64, "50 50 50 20  50 49 50 50");
    sheet_cells(&c.s, "hall", AS_BYTES, "no yes no no  no no no no");
    course_run(&c, "indicator,line,from,from_value\n18:hygienic,straight,2021-06-30,30\n"
                   "19:clean,straight,2021-06-30,20\n");
    expect_states(&c, PRT, "18:hygienic", "o--~ ox+x");
    expect_states(&c, CRI, "18", "++o~ +x+x");
    expect_states(&c, PRT, "19:clean", "+++~ +x++");
    expect_states(&c, CRI, "19", "++o~ +x+x");
    /* Of everything: what is below criteria without indicators is there, too. */
    ntm_track_place places[32];
    size_t count = 0;
    assert_ok(ntm_trajectory_behind(places, &count, 32, c.t, course_series(&c, CRI, "19"), 1, &c.err), &c.err);
    expect_places(&c, places, count, "19:Q 19:S");
    assert_ok(ntm_trajectory_behind(places, &count, 32, c.t, NTM_TRACK_ALL, 0, &c.err), &c.err);
    expect_places(&c, places, count, "18:hygienic:Q 18:hygienic:R");
    course_end(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(water), cmocka_unit_test(lines_and_names),
                                       cmocka_unit_test(deadlines), cmocka_unit_test(criteria)};
    return cmocka_run_group_tests_name("parts of indicators", tests, NULL, NULL);
}
