/* SPDX-License-Identifier: Apache-2.0 */
/* How units stand, worked out by hand. */
#include "law.h"

#define CLEAN_LINE "indicator,line,from,from_value\n1.1,straight,2019-12-31,62\n"

/* "By 31/12/2025 85 % of households have clean water; it was 62 % at the end of 2019." */
static void a_scheme(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2025-12-31", "X Y Z", "2019-12-31 2020-01-31 2020-02-29 2020-03-31");
    sheet_cells(&c.s, "clean", AS_DOUBLE, "62 62 ?  62.1 84 90  62.3 62.2 86  62.2 ? 85");
    course_run(&c, CLEAN_LINE);
    expect_states(&c, IND, "1.1", "~~o -~+ --+ -o+");
    /* 60 of 2,192 days: 62 + 23 * 60/2192. */
    expect_cell_is(&c, IND, "1.1", 0, 2, "value=623/10 target=85 interim=34321/548 behind=903/2740 since=2020-01-31");
    expect_cell_is(&c, IND, "1.1", 1, 2,
                   "value=311/5 target=85 interim=34321/548 behind=1177/2740 since=2020-02-29 fell=2020-01-31");
    expect_cell_is(&c, IND, "1.1", 0, 0, "value=62 target=85 interim=62");
    /* Not reported is between 0 and 100: nothing follows. */
    expect_cell_is(&c, IND, "1.1", 1, 3, "value=0..100 target=85 interim=137997/2192");
    assert_int_equal(course_cell(&c, IND, "1.1", 1, 3).why, NTM_TRACK_NOT_KNOWN);
    assert_int_equal(course_cell(&c, IND, "1.1", 0, 3).why, NTM_TRACK_WHY_NOTHING);
    expect_cell_is(&c, IND, "1.1", 0, 3,
                   "value=311/5 target=85 interim=137997/2192 behind=8273/10960 since=2020-01-31 fell=2020-02-29");
    const ntm_track_series *series = ntm_trajectory_series(c.t, course_series(&c, IND, "1.1"));
    assert_true(series->measured && !series->whole && series->sign == NTM_MORE_OR_EQUAL && series->index == 0);
    assert_string_equal(series->unit, "%");
    course_end(&c);
}

/* A line that ends: on its last day the target itself is asked, and missing it is no longer being behind. */
static void the_deadline(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2020-03-31", "X Y", "2020-01-15 2020-01-31 2020-03-30 2020-03-31 2020-04-30");
    sheet_cells(&c.s, "clean", AS_INT32, "10 90  61 30  83 84  84 85  85 84");
    course_run(&c, "indicator,line,from,from_value\n1.1,straight,2020-01-31,60\n");
    expect_states(&c, IND, "1.1", "o+ ~- -- x+ +x");
    assert_int_equal(course_cell(&c, IND, "1.1", 0, 0).why, NTM_TRACK_NOT_BEGUN);
    expect_cell_is(&c, IND, "1.1", 0, 3, "value=84 target=85 interim=85 behind=1 since=2020-03-30");
    expect_cell_is(&c, IND, "1.1", 1, 4, "value=84 target=85 interim=85 behind=1 since=2020-04-30 fell=2020-03-31");
    /* 59 of 60 days. */
    expect_cell_is(&c, IND, "1.1", 0, 2, "value=83 target=85 interim=1015/12 behind=19/12 since=2020-03-30");
    course_end(&c);
}

/* What has to fall, a share of counts: bounds while one of them is open. */
static void downward(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2021-01-01", "X Y", "2020-01-01 2020-07-02");
    sheet_cells(&c.s, "households", AS_INT64, "200 200  200 ?");
    sheet_cells(&c.s, "poor", AS_INT64, "20 ?  13 8");
    course_run(&c, "indicator,line,from,from_value,measure,sign,citation\n1.2,straight,2020-01-01,0.1,1,<=,S 1\n");
    /* 183 of 366 days: 10 - 6/2 = 7 %. 13 of 200 are 6.5 %. */
    expect_states(&c, IND, "1.2", "~o ~o");
    expect_cell_is(&c, IND, "1.2", 0, 1, "value=13/2 target=4 interim=7");
    sheet_end(&c.s);
    sheet_start(&c.s, 4);
    c.s.plan.out_of_force = true;
    c.s.plan.on = ntm_date_ymd(2021, 1, 1);
    sheet_cells(&c.s, "households", AS_INT64, "200 200  200 ?");
    sheet_cells(&c.s, "households:least", AS_INT64, "? ?  ? 50");
    sheet_cells(&c.s, "households:most", AS_INT64, "? ?  ? 100");
    sheet_cells(&c.s, "poor", AS_INT64, "21 ?  15 8");
    /* The codes went with the sheet. */
    static const char *const codes[] = {"X", "Y"};
    static const int32_t places[] = {0, 1};
    c.units = ntm_column_codes(places, 2, codes, 2);
    course_run(&c, "indicator,line,from,from_value,measure,sign\n1.2,straight,2020-01-01,10,,\n");
    expect_states(&c, IND, "1.2", "-o --");
    expect_cell_is(&c, IND, "1.2", 0, 0, "value=21/2 target=4 interim=10 behind=1/2 since=2020-01-01");
    /* At least 8 %: surely behind by 1. */
    expect_cell_is(&c, IND, "1.2", 1, 1, "value=8..16 target=4 interim=7 behind=1 since=2020-07-02");
    course_end(&c);
}

/* Nothing declared: attained, missed or open; with the reason. */
static void no_line(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2020-06-30", "X Y Z", "2020-05-31 2020-06-30");
    sheet_cells(&c.s, "hall", AS_BYTES, "no yes ?  no yes ?");
    sheet_cells(&c.s, "union", AS_CODES, "low fair ?  low good ?");
    sheet_cells(&c.s, "clean", AS_INT8, "84 85 ?  84 85 ?");
    course_run(&c, NULL);
    expect_states(&c, IND, "2.1", "o+o x+o");
    expect_states(&c, IND, "2.2", "o+o x+o");
    expect_states(&c, IND, "1.1", "o+o x+o");
    expect_states(&c, CRI, "2", "o+o x+o");
    assert_int_equal(course_cell(&c, IND, "2.1", 0, 0).why, NTM_TRACK_NO_LINE);
    assert_int_equal(course_cell(&c, IND, "2.1", 2, 0).why, NTM_TRACK_NOT_KNOWN);
    assert_int_equal(course_cell(&c, IND, "2.1", 2, 1).why, NTM_TRACK_NOT_KNOWN);
    assert_int_equal(course_cell(&c, CRI, "2", 2, 1).why, NTM_TRACK_PARTS);
    expect_cell_is(&c, IND, "2.1", 0, 1, "since=2020-06-30");
    expect_cell_is(&c, IND, "1.1", 0, 1, "value=84 target=85 behind=1 since=2020-06-30");
    ntm_track_target target;
    assert_ok(ntm_trajectory_target(&target, c.t, 0, 0, &c.err), &c.err);
    assert_true(target.deadline == ntm_date_ymd(2020, 6, 30) && target.line == NTM_LINE_NONE &&
                target.row == NTM_NO_ROW && target.from == NTM_DATE_NONE && target.citation == NULL);
    course_end(&c);
}

/* The law's own years: 39, 42.5, 46, 49.5, 53. Its figure says what 2025 asks; a table that stops at years it knows. */
static void the_laws_line(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2025-06-30", "X Y", "2020-12-31 2022-01-31 2023-12-31 2025-01-31 2025-06-30");
    sheet_cells(&c.s, "region", AS_TEXT, "A B  A B  A B  A ?  A B");
    sheet_cells(&c.s, "income", AS_DOUBLE, "39 39  42.5 42.4  45.9 53  52 49.9  53 49");
    course_run(&c, NULL);
    expect_states(&c, IND, "3.1", "oo ~- -+ -o +x");
    expect_cell_is(&c, IND, "3.1", 0, 1, "value=85/2 target=53 interim=85/2");
    expect_cell_is(&c, IND, "3.1", 1, 1, "value=212/5 target=50 interim=85/2 behind=1/10 since=2022-01-31");
    expect_cell_is(&c, IND, "3.1", 0, 2, "value=459/10 target=53 interim=46 behind=1/10 since=2023-12-31");
    expect_cell_is(&c, IND, "3.1", 1, 3, "value=499/10 fell=2023-12-31");
    assert_int_equal(course_cell(&c, IND, "3.1", 0, 0).why, NTM_TRACK_NO_LINE);
    ntm_track_target target;
    assert_ok(ntm_trajectory_target(&target, c.t, course_series(&c, IND, "3.1"), 1, &c.err), &c.err);
    assert_int_equal(target.line, NTM_LINE_OF_LAW);
    /* A figure without interpolation is a line only where somebody declares one. */
    sheet_cells(&c.s, "roads", AS_DOUBLE, "1 9  2 2  3 4  ? 8.9  9 8");
    course_run(&c, NULL);
    expect_states(&c, IND, "5.1", "o+ oo oo oo +x");
    /* A line that was declared goes before the law's; a target of the scheme's own too. */
    course_run(&c, "unit,indicator,line,from,from_value,to_value\nX,3.1,straight,2020-12-31,39,60\nY,3.1,,,,50\n");
    expect_states(&c, IND, "3.1", "~o -o -+ -o xx");
    course_end(&c);
}

/* The criterion by its own rule: one of two; and criteria that other indicators make. */
static void criteria(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2025-06-30", "P Q R S", "2022-01-31 2025-06-30");
    c.s.plan.axes = &(ntm_axis_value){"region", "A"};
    c.s.plan.axis_count = 1;
    sheet_cells(&c.s, "income", AS_DOUBLE, "42 43 42 60  42 43 60 60");
    sheet_cells(&c.s, "market", AS_INT8, "20 20 ~ ?  50 51 ~ ?");
    sheet_cells(&c.s, "toilets", AS_INT16, "9 10 3 20  9 10 20 ?");
    sheet_cells(&c.s, "hall", AS_BYTES, "no yes no ?  no yes yes ?");
    course_run(&c, "indicator,line,from,from_value\n3.2,straight,2021-12-31,20\n4,straight,2021-12-31,4\n");
    expect_states(&c, IND, "3.1", "-~-+ xx++");
    /* 31 of 1,277 days: 20.7 % is asked. Not applicable is met. */
    expect_states(&c, IND, "3.2", "--+o x++o");
    expect_states(&c, CRI, "3", "-~++ x+++");
    /* 4 + 6 * 31/1277 of whole households. */
    expect_states(&c, CRI, "4", "~+-+ x++o");
    expect_cell_is(&c, CRI, "4", 2, 0, "value=3 target=10 interim=5294/1277 behind=1463/1277 since=2022-01-31");
    const ntm_track_series *four = ntm_trajectory_series(c.t, course_series(&c, CRI, "4"));
    assert_true(four->measured && four->whole && four->sign == NTM_MORE_OR_EQUAL && four->index == 3);
    /* 5.3 is "not 2.1": not met once the hall is there; before the deadline no hall is open. */
    expect_states(&c, IND, "5.3", "o-oo +xxo");
    /* Two of four, and 4 among them: 1 and 2 are open everywhere. */
    expect_states(&c, STA, NULL, "o~-+ x++o");
    ntm_track_tally tally;
    assert_ok(ntm_trajectory_tally(&tally, c.t, course_series(&c, CRI, "4"), 1, &c.err), &c.err);
    assert_true(tally.attained == 2 && tally.missed == 1 && tally.open == 1 && tally.on_track == 0 &&
                tally.behind == 0);
    course_end(&c);
}

/* Amounts that are to be equal have no line, and distances to both sides. */
static void equal(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2020-06-30", "X Y Z", "2020-05-31 2020-06-30");
    sheet_cells(&c.s, "toilets", AS_INT64, "18 20 25  19 20 26");
    course_run(&c, NULL);
    expect_states(&c, IND, "5.4", "o+o x+x");
    expect_cell_is(&c, IND, "5.4", 0, 1, "value=19 target=20 behind=1 since=2020-06-30");
    expect_cell_is(&c, IND, "5.4", 2, 1, "value=26 target=20 behind=6 since=2020-06-30");
    ntm_track_outlook o;
    assert_fails(ntm_trajectory_outlook(&o, c.t, course_series(&c, IND, "5.4"), 0, 1, &c.err), NTM_ERROR_ARGUMENT,
                 &c.err, "one direction");
    course_end(&c);
}

/* Facts with targets of their own, whether a rule reads them or not; deadlines of their own. */
static void facts(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2025-12-31", "X Y Z", "2020-01-31 2020-02-29 2020-06-30");
    sheet_cells(&c.s, "unread", AS_INT64, "10 20 ?  15 20 30  ~ 40 29");
    sheet_cells(&c.s, "clean", AS_INT64, "50 60 70  55 60 70  60 60 69");
    sheet_cells(&c.s, "pupils[female]", AS_INT64, "5 5 5  5 5 5  5 9 10");
    course_run(&c, "unit,fact,sign,from,from_value,to,to_value,line,measure\n"
                   ",unread,>=,2019-12-31,10,2020-06-30,30,straight,người\n"
                   "Y,unread,>=,,,2020-02-29,21,,\n"
                   "Z,clean,>=,,,2020-06-30,0.7,,1\n"
                   ",pupils[female],>,,,2020-06-30,9,,\n");
    expect_states(&c, FCT, "unread", "-oo -x+ o+x");
    expect_states(&c, FCT, "clean", "oo+ oo+ oox");
    expect_states(&c, FCT, "pupils[female]", "ooo ooo xx+");
    expect_cell_is(&c, FCT, "unread", 2, 0, "value=0..? target=30 interim=1220/91");
    expect_cell_is(&c, FCT, "unread", 0, 0, "value=10 target=30 interim=1220/91 behind=310/91 since=2020-01-31");
    expect_cell_is(&c, FCT, "pupils[female]", 1, 2, "value=9 target=9 behind=0 since=2020-06-30");
    ntm_track_target target;
    assert_ok(ntm_trajectory_target(&target, c.t, course_series(&c, FCT, "clean"), 2, &c.err), &c.err);
    assert_true(target.deadline == ntm_date_ymd(2020, 6, 30) && target.value.numerator == 70 && target.row == 2);
    const ntm_track_series *one = ntm_trajectory_series(c.t, course_series(&c, FCT, "unread"));
    assert_true(one->whole && one->measured && one->of == FCT);
    assert_string_equal(one->unit, "person");
    course_end(&c);
}

/* A baseline that has the target already asks for the target; the line never asks for more. */
static void baseline_beyond(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2020-12-31", "X Y", "2020-06-30");
    sheet_cells(&c.s, "clean", AS_INT64, "84 86");
    course_run(&c, "indicator,line,from,from_value\n1.1,straight,2019-12-31,95\n");
    expect_states(&c, IND, "1.1", "-+");
    expect_cell_is(&c, IND, "1.1", 0, 0, "value=84 target=85 interim=85 behind=1 since=2020-06-30");
    course_end(&c);
}

/* A month that is open breaks the row of months; the value before it is compared all the same. */
static void months(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2025-12-31", "X", "2020-01-31 2020-02-29 2020-03-31 2020-04-30");
    sheet_cells(&c.s, "clean", AS_INT64, "60 ? 59 59");
    course_run(&c, CLEAN_LINE);
    expect_states(&c, IND, "1.1", "- o - -");
    assert_true(course_cell(&c, IND, "1.1", 0, 3).since == ntm_date_ymd(2020, 3, 31));
    assert_true(course_cell(&c, IND, "1.1", 0, 2).fell_since == ntm_date_ymd(2020, 1, 31));
    assert_true(course_cell(&c, IND, "1.1", 0, 3).fell_since == NTM_DATE_NONE);
    course_end(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scheme), cmocka_unit_test(the_deadline),  cmocka_unit_test(downward),
        cmocka_unit_test(no_line),  cmocka_unit_test(the_laws_line), cmocka_unit_test(criteria),
        cmocka_unit_test(equal),    cmocka_unit_test(facts),         cmocka_unit_test(baseline_beyond),
        cmocka_unit_test(months),
    };
    return cmocka_run_group_tests_name("how units stand", tests, NULL, NULL);
}
