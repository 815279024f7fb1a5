/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that lines meet less often: what is not applicable, conditions beside indicators, lines that fall, negative
   targets, targets that nobody knows. */
#include "law.h"

#define FIGURE(id, values)                                                                                             \
    "  " id ": {unit: household, axes: [year], interpolate: true, source: [S], values: {" values "}}\n"
#define RARE                                                                                                           \
    HEAD                                                                                                               \
        "axes:\n  year: {values: [\"2021\", \"2025\"]}\n"                                                              \
        "facts:\n  a: {name: {vi: f}, " COUNT_FACT "}\n  b: {name: {vi: f}, " COUNT_FACT "}\n"                         \
        "  c: {name: {vi: f}, kind: amount, unit: km}\n  hall: {name: {vi: f}, kind: flag}\n"                          \
        "figures:\n" FIGURE("falls", "\"2021\": 60, \"2025\": 50") FIGURE(                                             \
            "rises",                                                                                                   \
            "\"2021\": 20, \"2025\": 60") "criteria:\n" C("1",                                                         \
                                                          WITH RULE("\"1.1\"", "[a, '>=', {figure: falls}]") RULE(     \
                                                              "\"1.2\"",                                               \
                                                              "{if_applicable: a, then: [a, '>=', {figure: rises}]}")  \
                                                              RULE("\"1.3\"", "[a, '<=', b]")                          \
                                                                  RULE("\"1.4\"", "[b, '<=', {figure: rises}]"))       \
            C("2", "    rule: {any: [{indicator: \"1.1\"}, {attested: hall}]}\n"                                       \
                   "    indicators:\n" RULE("\"2.1\"", "{attested: hall}"))                                            \
                C("3", "    rule: {if_applicable: c, then: {all: [{indicator: \"1.1\"}, {indicator: \"1.2\"}]}}\n") C( \
                    "4",                                                                                               \
                    "    rule: [{value: v}, '>=', {constant: 1}]\n") "values:\n  - {id: v, of: {count: indicators, among: [\"1.1\", \"1.2\"]}, source: [S]}\n"

/* The law's own line asks for no more than the deadline does; nor, downward, for less. */
static void falling_lines(void **state) {
    course c;
    (void)state;
    course_start(&c, RARE, "2025-12-31", "X Y", "2021-06-30 2023-12-31");
    sheet_cells(&c.s, "a", AS_INT64, "50 49  50 49");
    sheet_cells(&c.s, "b", AS_INT64, "60 61  60 61");
    course_run(&c, NULL);
    expect_states(&c, IND, "1.1", "+- +-");
    expect_cell_is(&c, IND, "1.1", 1, 0, "value=49 target=50 interim=50 behind=1 since=2021-06-30");
    /* Upward it is the figure of the year. */
    expect_cell_is(&c, IND, "1.2", 1, 1, "value=49 target=60 interim=40");
    expect_cell_is(&c, IND, "1.4", 1, 1, "value=61 target=60 interim=60 behind=1 since=2021-06-30");
    course_end(&c);
}

/* Whoever fixes the year has asked about that year. */
static void a_fixed_year(void **state) {
    course c;
    ntm_track_target target;
    (void)state;
    course_start(&c, RARE, "2025-12-31", "X", "2021-06-30 2023-12-31");
    c.s.plan.axes = &(ntm_axis_value){"year", "2021"};
    c.s.plan.axis_count = 1;
    sheet_cells(&c.s, "a", AS_INT64, "19 20");
    course_run(&c, NULL);
    expect_states(&c, IND, "1.2", "o +");
    expect_cell_is(&c, IND, "1.2", 0, 0, "value=19 target=20");
    assert_ok(ntm_trajectory_target(&target, c.t, course_series(&c, IND, "1.2"), 0, &c.err), &c.err);
    assert_int_equal(target.line, NTM_LINE_NONE);
    course_end(&c);
}

/* "If applicable" is met where it is not: whatever was declared, nothing is needed any more. */
static void not_applicable(void **state) {
    course c;
    (void)state;
    course_start(&c, RARE, "2025-12-31", "X Y", "2021-06-30");
    sheet_cells(&c.s, "a", AS_INT64, "~ 10");
    sheet_cells(&c.s, "c", AS_INT64, "~ 1");
    course_run(&c, "indicator,to_value,line,from,from_value\n1.2,70,straight,2020-12-31,20\n");
    expect_states(&c, IND, "1.2", "+-");
    expect_outlook(&c, IND, "1.2", 0, 0, "needed=0 months=54 pace=0");
    /* 1.1 of X is open, 1.1 and 1.2 of Y are behind; c is not applicable in X. */
    expect_states(&c, CRI, "3", "+-");
    course_end(&c);
}

/* A condition on facts beside indicators is asked for by the deadline, and open until then. */
static void facts_beside(void **state) {
    course c;
    (void)state;
    course_start(&c, RARE, "2025-12-31", "X Y Z", "2021-06-30 2025-12-31");
    sheet_cells(&c.s, "a", AS_INT64, "40 40 50  40 40 50");
    sheet_cells(&c.s, "hall", AS_BYTES, "no yes no  no yes no");
    course_run(&c, NULL);
    expect_states(&c, IND, "1.1", "--+ xx+");
    expect_states(&c, CRI, "2", "o++ x++");
    course_end(&c);
}

/* What is asked is a fact that nobody reported: anything from 0. */
static void an_open_target(void **state) {
    course c;
    (void)state;
    course_start(&c, RARE, "2025-12-31", "X", "2021-06-30 2021-07-31");
    sheet_cells(&c.s, "a", AS_INT64, "5 3");
    course_run(&c, NULL);
    expect_states(&c, IND, "1.3", "o o");
    expect_cell_is(&c, IND, "1.3", 0, 1, "value=3 target=0..?");
    expect_outlook(&c, IND, "1.3", 0, 1, "needed=0..3 months=53 pace=0..1 so_far=2 first=2021-06-30 last=2021-07-31");
    course_end(&c);
}

static void expect_worst(course *c, const char *text) {
    ntm_track_place places[8];
    size_t count = 0;
    assert_ok(ntm_trajectory_behind(places, &count, 8, c->t, course_series(c, FCT, "c"), 0, &c->err), &c->err);
    expect_places(c, places, count, text);
}

/* Relative to what is asked on the day, not by the deadline; a negative target by its size. */
static void what_is_worse(void **state) {
    course c;
    (void)state;
    course_start(&c, RARE, "2025-12-31", "X Y Z", "2021-06-30");
    sheet_cells(&c.s, "c", AS_INT64, "5 50 7");
    course_run(&c, "unit,fact,sign,to_value,line,from,from_value\n"
                   "X,c,>=,100,straight,2021-06-30,10\nY,c,>=,100,straight,2021-06-30,80\n");
    expect_states(&c, FCT, "c", "--o");
    expect_worst(&c, "c:X c:Y");
    /* Nothing was declared for Z. */
    assert_int_equal(course_cell(&c, FCT, "c", 2, 0).why, NTM_TRACK_NO_LINE);
    course_end(&c);
    course_start(&c, RARE, "2021-06-30", "X Y Z", "2021-06-30");
    sheet_cells(&c.s, "c", AS_INT64, "-6 -10 -5");
    course_run(&c, "fact,sign,to_value\nc,>=,-5\n");
    expect_states(&c, FCT, "c", "xx+");
    expect_worst(&c, "c:Y c:X");
    course_run(&c, "fact,sign,to_value\nc,>,-5\n");
    expect_worst(&c, "c:Y c:X c:Z");
    expect_cell_is(&c, FCT, "c", 2, 0, "value=-5 target=-5 behind=0 since=2021-06-30");
    course_end(&c);
}

/* Of several lines that are possible the interim is the least demanding. */
static void an_open_line(void **state) {
    course c;
    (void)state;
    course_start(&c, RARE, "2021-01-01", "X", "2020-07-02");
    sheet_cells(&c.s, "a", AS_INT64, "31");
    sheet_cells(&c.s, "b:least", AS_INT64, "10");
    sheet_cells(&c.s, "b:most", AS_INT64, "20");
    course_run(&c, "indicator,line,from,from_value\n1.3,straight,2020-01-01,40\n");
    /* Half of the way from 40: to 25, or to 30. */
    expect_states(&c, IND, "1.3", "-");
    expect_cell_is(&c, IND, "1.3", 0, 0, "value=31 target=10..20 interim=30 behind=1 since=2020-07-02");
    course_end(&c);
}

/* A projection that leads out of the calendar. */
static void far_away(void **state) {
    course c;
    (void)state;
    course_start(&c, RARE, "2025-12-31", "X Y", "2020-01-31 2020-03-01");
    sheet_cells(&c.s, "c", AS_INT64, "0 0  1 1");
    course_run(&c, "unit,fact,sign,to_value\nX,c,>=,97153\nY,c,>=,97154\n");
    expect_outlook(&c, FCT, "c", 0, 1,
                   "needed=97152 months=2169/31 pace=1003904/723 so_far=31/32 first=2020-01-31 last=2020-03-01 "
                   "arrives=9999-12-17");
    expect_outlook(&c, FCT, "c", 1, 1,
                   "needed=97153 months=2169/31 pace=3011743/2169 so_far=31/32 first=2020-01-31 last=2020-03-01");
    course_end(&c);
}

/* A value of the set that counts indicators makes what asks for it follow them. */
static void values(void **state) {
    course c;
    (void)state;
    course_start(&c, RARE, "2025-12-31", "X Y Z", "2021-06-30");
    sheet_cells(&c.s, "a", AS_INT64, "50 45 25");
    course_run(&c, "indicator,line,from,from_value\n1.1,straight,2020-12-31,30\n");
    expect_states(&c, IND, "1.1", "+~-");
    expect_states(&c, CRI, "4", "+~~");
    assert_false(ntm_trajectory_series(c.t, course_series(&c, CRI, "4"))->measured);
    course_end(&c);
}

/* An indicator whose line begins later, and which may have its target already. */
static void before_the_line(void **state) {
    course c;
    (void)state;
    course_start(&c, RARE, "2025-12-31", "X Y", "2021-06-30 2021-07-31");
    sheet_cells(&c.s, "a", AS_INT64, "? 7  10 10");
    course_run(&c, "indicator,line,from,from_value\n1.1,straight,2021-07-31,10\n");
    expect_states(&c, IND, "1.1", "oo ~~");
    assert_int_equal(course_cell(&c, IND, "1.1", 0, 0).why, NTM_TRACK_NOT_KNOWN);
    assert_int_equal(course_cell(&c, IND, "1.1", 1, 0).why, NTM_TRACK_NOT_BEGUN);
    course_end(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(falling_lines),   cmocka_unit_test(a_fixed_year),   cmocka_unit_test(not_applicable),
        cmocka_unit_test(facts_beside),    cmocka_unit_test(an_open_target), cmocka_unit_test(what_is_worse),
        cmocka_unit_test(before_the_line), cmocka_unit_test(an_open_line),   cmocka_unit_test(far_away),
        cmocka_unit_test(values),
    };
    return cmocka_run_group_tests_name("rare rules of trajectories", tests, NULL, NULL);
}
