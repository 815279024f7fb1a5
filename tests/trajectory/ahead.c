/* SPDX-License-Identifier: Apache-2.0 */
/* Pace, projections, rankings, what fell, and the table. */
#include "law.h"

#define CLEAN_LINE "indicator,line,from,from_value\n1.1,straight,2019-12-31,62\n"

static void pace(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2025-12-31", "X Y Z", "2019-12-31 2020-01-31 2020-02-29");
    sheet_cells(&c.s, "clean", AS_DOUBLE, "? ? 90  62.1 80 91  62.3 79 92");
    course_run(&c, CLEAN_LINE);
    expect_outlook(&c, IND, "1.1", 0, 0, "needed=0..85 months=72 pace=0..85/72");
    expect_outlook(&c, IND, "1.1", 0, 1, "needed=229/10 months=71 pace=229/710 first=2020-01-31 last=2020-01-31");
    /* 0.2 in 29 days: 22.7 takes 3,291.5. */
    expect_outlook(&c, IND, "1.1", 0, 2,
                   "needed=227/10 months=70 pace=227/700 so_far=1/5 first=2020-01-31 last=2020-02-29 "
                   "arrives=2029-03-05");
    expect_outlook(&c, IND, "1.1", 1, 2, "needed=6 months=70 pace=3/35 so_far=-1 first=2020-01-31 last=2020-02-29");
    expect_outlook(&c, IND, "1.1", 2, 2, "needed=0 months=70 pace=0 so_far=1 first=2019-12-31 last=2020-02-29");
    course_end(&c);
}

/* Whole things are rounded up, also those of a month; strict signs need one more; no time left, no pace. */
static void whole_things(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2020-04-15", "X Y", "2020-01-31 2020-02-10 2020-04-15 2020-05-31");
    sheet_cells(&c.s, "toilets", AS_INT64, "1 4  2 4  3 3  5 9");
    sheet_cells(&c.s, "unread", AS_INT64, "9 5  8 5  6 4  4 4");
    sheet_cells(&c.s, "households", AS_INT64, "10 10  10 10  10 10  10 10");
    sheet_cells(&c.s, "poor", AS_INT64, "4 4  3 4  3 4  3 4");
    course_run(&c, "fact,sign,to_value\nunread,<,4\n");
    /* February has half of its last two thirds left, April has half: 1 + 2/3 ... = 2 1/2 months from 31 January. */
    expect_outlook(&c, CRI, "4", 0, 0, "needed=9 months=5/2 pace=4 first=2020-01-31 last=2020-01-31");
    expect_outlook(&c, CRI, "4", 0, 1,
                   "needed=8 months=125/58 pace=4 so_far=29/10 first=2020-01-31 last=2020-02-10 arrives=2020-04-30");
    expect_outlook(&c, CRI, "4", 0, 2,
                   "needed=7 months=0 so_far=4/5 first=2020-01-31 last=2020-04-15 arrives=2021-01-03");
    expect_outlook(&c, CRI, "4", 1, 3,
                   "needed=1 months=0 so_far=5/4 first=2020-01-31 last=2020-05-31 arrives=2020-06-25");
    /* Less than 4: from 9 six, from 4 one more. */
    expect_outlook(&c, FCT, "unread", 0, 0, "needed=6 months=5/2 pace=3 first=2020-01-31 last=2020-01-31");
    expect_outlook(&c, FCT, "unread", 0, 3,
                   "needed=1 months=0 so_far=5/4 first=2020-01-31 last=2020-05-31 arrives=2020-06-01");
    /* A share of counts is followed as a share. */
    expect_outlook(&c, IND, "1.2", 0, 1,
                   "needed=26 months=125/58 pace=1508/125 so_far=29 first=2020-01-31 last=2020-02-10 "
                   "arrives=2020-03-07");
    course_end(&c);
}

/* Open facts: between the best and the worst that is possible. */
static void open_facts(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2020-03-31", "X Y", "2020-01-31");
    sheet_cells(&c.s, "clean:least", AS_INT64, "80 ?");
    sheet_cells(&c.s, "clean:most", AS_INT64, "90 70");
    course_run(&c, NULL);
    expect_outlook(&c, IND, "1.1", 0, 0, "needed=0..5 months=2 pace=0..5/2");
    expect_outlook(&c, IND, "1.1", 1, 0, "needed=15..85 months=2 pace=15/2..85/2");
    /* Nobody knows what is asked. */
    expect_outlook(&c, IND, "3.1", 0, 0, "needed=0..? months=2 pace=0..?");
    course_end(&c);
}

static void ranking(void **state) {
    course c;
    ntm_track_place places[32];
    size_t count = 99;
    (void)state;
    course_start(&c, LAW, "2020-12-31", "X Y Z b a", "2020-06-30 2020-12-31");
    sheet_cells(&c.s, "clean", AS_INT64, "70 85 20 70 70  84 85 ? 70 30");
    sheet_cells(&c.s, "toilets", AS_INT64, "1 10 2 10 10  1 10 2 10 10");
    sheet_cells(&c.s, "hall", AS_BYTES, "no no no no no  yes yes yes no no");
    sheet_cells(&c.s, "unread", AS_INT64, "1 0 0 5 0  1 0 0 5 0");
    course_run(&c, "indicator,fact,sign,line,from,from_value,to,to_value\n"
                   "1.1,,,straight,2019-12-31,80,,\n"
                   ",unread,<=,,,,2020-06-30,0\n");
    /* 80 + 5 * 182/366; nothing is asked of "unread" but 0. */
    assert_ok(ntm_trajectory_behind(places, &count, 32, c.t, course_series(&c, IND, "1.1"), 0, &c.err), &c.err);
    expect_places(&c, places, count, "1.1:Z 1.1:X 1.1:a 1.1:b");
    assert_ok(ntm_trajectory_behind(places, &count, 32, c.t, NTM_TRACK_ALL, 0, &c.err), &c.err);
    expect_places(&c, places, count, "unread:b unread:X 1.1:Z 1.1:X 1.1:a 1.1:b");
    assert_ok(ntm_trajectory_behind(places, &count, 32, c.t, NTM_TRACK_ALL, 1, &c.err), &c.err);
    /* 19 of 20, 9 of 10, 18 of 20, 8 of 10, 55 of 85, 10 of 20, 15 of 85, 1 of 85; halls have no amount. */
    expect_places(&c, places, count,
                  "unread:b unread:X 5.4:X 4:X 5.4:Z 4:Z 1.1:a 5.4:Y 5.4:a 5.4:b 1.1:b 1.1:X 5.3:X 5.3:Y 5.3:Z 2.1:a "
                  "5.2:a 2.1:b 5.2:b");
    places[1].unit = 7;
    assert_ok(ntm_trajectory_behind(places, &count, 1, c.t, course_series(&c, CRI, "4"), 1, &c.err), &c.err);
    assert_true(count == 2 && places[1].unit == 7 && places[0].period == 1);
    assert_ok(ntm_trajectory_behind(NULL, &count, 0, c.t, course_series(&c, CRI, "2"), 1, &c.err), &c.err);
    assert_int_equal(count, 2);
    assert_ok(ntm_trajectory_fallen(places, &count, 32, c.t, NTM_TRACK_ALL, &c.err), &c.err);
    expect_places(&c, places, count, "1.1:a");
    assert_int_equal(places[0].period, 1);
    assert_ok(ntm_trajectory_fallen(NULL, &count, 0, c.t, course_series(&c, FCT, "unread"), &c.err), &c.err);
    assert_int_equal(count, 0);
    course_end(&c);
}

static int64_t number_at(const ntm_table *table, const char *name, size_t row) {
    const ntm_field *field = ntm_table_find(table, name);
    ntm_decimal value = {0, 0};
    assert_non_null(field);
    if (ntm_column_known(&field->column, row) != NTM_REPORTED) return INT64_MIN;
    assert_int_equal(ntm_column_decimal(&value, &field->column, row, NULL), NTM_OK);
    return value.coefficient;
}

static void expect_text(const ntm_table *table, const char *name, size_t row, const char *text) {
    const char *found = NULL;
    size_t size = 0;
    assert_int_equal(ntm_column_text(&found, &size, &ntm_table_find(table, name)->column, row, NULL), NTM_OK);
    assert_true(size == strlen(text) && memcmp(found, text, size) == 0);
}

static void the_table(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2025-12-31", "X Y", "2020-01-31 2020-02-29");
    sheet_cells(&c.s, "clean", AS_DOUBLE, "62.5 90  60 ?");
    course_run(&c, CLEAN_LINE);
    const ntm_table *table = ntm_trajectory_table(c.t);
    size_t series = ntm_trajectory_series_count(c.t);
    assert_int_equal(series, 10 + 5 + 1 + 1); /* a part of 5.2 */
    assert_int_equal(table->rows, series * 4);
    assert_ok(ntm_table_check(table, NULL, &c.err), &c.err);
    /* Row 2: X in February. */
    expect_text(table, "of", 2, "indicator");
    expect_text(table, "id", 2, "1.1");
    expect_text(table, "unit", 2, "X");
    expect_text(table, "unit", 3, "Y");
    expect_text(table, "state", 2, "behind");
    expect_text(table, "state", 1, "attained");
    expect_text(table, "why", 3, "not known");
    expect_text(table, "of", series * 4 - 1, "part");
    expect_text(table, "id", series * 4 - 1, "5.2:roads");
    expect_text(table, "of", series * 4 - 5, "status");
    assert_int_equal(number_at(table, "period_end", 2), ntm_date_ymd(2020, 2, 29));
    assert_int_equal(number_at(table, "value_least", 2), 60);
    assert_int_equal(number_at(table, "value_most_divisor", 0), 2);
    assert_int_equal(number_at(table, "interim", 2), 34321);
    assert_int_equal(number_at(table, "interim_divisor", 2), 548);
    assert_int_equal(number_at(table, "behind", 2), 34321 - 60 * 548);
    assert_int_equal(number_at(table, "behind", 0), INT64_MIN); /* 62.5 of 62 and 713/2192 */
    assert_int_equal(number_at(table, "target_least", 2), 85);
    assert_int_equal(number_at(table, "since", 2), ntm_date_ymd(2020, 2, 29));
    assert_int_equal(number_at(table, "since", 0), INT64_MIN);
    assert_int_equal(number_at(table, "fell_since", 2), ntm_date_ymd(2020, 1, 31));
    assert_int_equal(number_at(table, "value_least", series * 4 - 5), INT64_MIN);
    assert_int_equal(ntm_trajectory_period_end(c.t, 1), ntm_date_ymd(2020, 2, 29));
    course_end(&c);
}

static void nothing_there(void **state) {
    course c;
    ntm_track_cell cell;
    ntm_track_target target;
    ntm_track_outlook outlook;
    ntm_track_tally tally;
    size_t count = 7;
    (void)state;
    ntm_trajectory_free(NULL);
    assert_null(ntm_trajectory_table(NULL));
    assert_null(ntm_trajectory_series(NULL, 0));
    assert_null(ntm_trajectory_unit(NULL, 0));
    assert_int_equal(
        ntm_trajectory_series_count(NULL) + ntm_trajectory_unit_count(NULL) + ntm_trajectory_period_count(NULL), 0);
    assert_int_equal(ntm_trajectory_period_end(NULL, 0), NTM_DATE_NONE);
    assert_true(ntm_trajectory_find(NULL, IND, "1.1") == SIZE_MAX);
    course_start(&c, LAW, "2025-12-31", "", "2020-01-31");
    c.s.table.rows = 0;
    course_run(&c, NULL);
    assert_int_equal(ntm_trajectory_table(c.t)->rows, 0);
    assert_true(ntm_trajectory_find(c.t, IND, NULL) == SIZE_MAX && ntm_trajectory_find(c.t, FCT, "clean") == SIZE_MAX);
    assert_ok(ntm_trajectory_tally(&tally, c.t, 0, 0, &c.err), &c.err);
    assert_true(tally.open == 0);
    assert_ok(ntm_trajectory_behind(NULL, &count, 0, c.t, NTM_TRACK_ALL, 0, &c.err), &c.err);
    assert_int_equal(count, 0);
    assert_int_equal(ntm_trajectory_cell(&cell, c.t, 0, 0, 0, &c.err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_trajectory_target(&target, c.t, 0, 0, &c.err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_trajectory_outlook(&outlook, c.t, 0, 0, 0, &c.err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_trajectory_tally(&tally, c.t, 0, 1, &c.err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_trajectory_tally(&tally, c.t, 99, 0, &c.err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_trajectory_behind(NULL, &count, 0, c.t, 99, 0, &c.err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_trajectory_behind(NULL, &count, 0, c.t, 0, 1, &c.err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_trajectory_behind(NULL, &count, 1, c.t, 0, 0, &c.err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_trajectory_fallen(NULL, &count, 0, c.t, 99, &c.err), NTM_ERROR_ARGUMENT);
    course_end(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pace),    cmocka_unit_test(whole_things), cmocka_unit_test(open_facts),
        cmocka_unit_test(ranking), cmocka_unit_test(the_table),    cmocka_unit_test(nothing_there),
    };
    return cmocka_run_group_tests_name("looking ahead", tests, NULL, NULL);
}
