/* SPDX-License-Identifier: Apache-2.0 */
/* What a store holds, and what its views show. */
#include "notes.h"

#include <stdio.h>
#include <string.h>

/* A correction counts from the day it was recorded on, and leaves what was known before alone. */
static void as_known_on(void **state) {
    ntm_observations *store = notes_read("B,poor,2020-01,30,2020-02-03\n"
                                         "A,poor,2020-01,12,2020-02-05\n"
                                         "A,poor,2020-01,21,2020-03-01\n"
                                         "A,poor,2020-02,20,2020-03-01\n",
                                         NULL);
    (void)state;
    ntm_view *early = notes_view(store, "2020-02-29"), *late = notes_view(store, "2020-03-01");
    assert_int_equal(ntm_view_table(early)->rows, 2); /* February was not heard of then */
    assert_string_equal(ntm_view_unit(early, 0), "A");
    assert_string_equal(ntm_view_period(early, 1), "2020-01");
    expect_cell(early, "poor", 0, "12");
    expect_cell(early, "poor", 1, "30");
    assert_int_equal(ntm_view_source(early, 0, 0), 1);
    assert_int_equal(ntm_view_table(late)->rows, 4);
    expect_cell(late, "poor", 0, "21");
    assert_int_equal(ntm_view_source(late, 0, 0), 2);
    expect_cell(late, "poor", 2, "20");
    expect_cell(late, "poor", 3, "not reported");
    assert_int_equal(ntm_view_source(late, 0, 3), NTM_NO_ROW);
    assert_null(ntm_view_unit(late, 4));
    assert_null(ntm_view_period(late, 4));
    assert_int_equal(ntm_view_source(late, 1, 0), NTM_NO_ROW);
    ntm_view_free(early);
    early = notes_view(store, "2020-02-02");
    assert_int_equal(ntm_view_table(early)->rows, 0);
    assert_int_equal(ntm_view_table(early)->field_count, 0);
    ntm_view_free(early);
    ntm_view_free(late);
    ntm_observations_free(store);
}

/* Taken back is not reported, never zero; "not applicable" is a state of its own. */
static void withdrawn(void **state) {
    const char *const words[] = {"đang cập nhật"}, *const none[] = {"không có"};
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    options.not_reported = words;
    options.not_reported_count = 1;
    options.not_applicable = none;
    options.not_applicable_count = 1;
    ntm_observations *store = notes_read("A,f,2020,0,2020-01-01\nA,f,2020,Đang  cập nhật,2020-01-05\n"
                                         "A,f,2020,7,2020-01-09\nB,f,2020,Không có,2020-01-01\nB,f,2020,,2020-01-05\n",
                                         &options);
    (void)state;
    static const struct {
        const char *on, *a, *b;
        ntm_view_count count;
    } days[] = {{"2020-01-01", "0", "not applicable", {2, 1, 1, 0, 0, 0}},
                {"2020-01-04", "0", "not applicable", {2, 1, 1, 0, 0, 0}},
                {"2020-01-05", "not reported", "not reported", {2, 0, 0, 2, 0, 0}},
                {"2020-01-09", "7", "not reported", {2, 1, 0, 1, 0, 0}}};
    for (size_t i = 0; i < 4; i++) {
        ntm_view *view = notes_view(store, days[i].on);
        expect_cell(view, "f", 0, days[i].a);
        expect_cell(view, "f", 1, days[i].b);
        ntm_view_count all = ntm_view_cells(view), one = ntm_view_fact_cells(view, 0);
        assert_memory_equal(&all, &days[i].count, sizeof all);
        assert_memory_equal(&one, &days[i].count, sizeof one);
        ntm_view_free(view);
    }
    ntm_observations_free(store);
}

/* The scale is that of what is shown. */
static void scales(void **state) {
    ntm_observations *store = notes_read("A,f,2020-01,1.5,2020-02-01\nB,f,2020-01,20,2020-02-01\n"
                                         "A,f,2020-02,0.125,2020-03-01\nA,g,2020-02,-3,2020-03-01\n",
                                         NULL);
    (void)state;
    ntm_view *early = notes_view(store, "2020-02-01"), *late = notes_view(store, NULL);
    assert_int_equal(ntm_table_find(ntm_view_table(early), "f")->column.scale, 1);
    expect_cell(early, "f", 1, "20.0");
    assert_int_equal(ntm_table_find(ntm_view_table(late), "f")->column.scale, 3);
    expect_cell(late, "f", 0, "1.500");
    expect_cell(late, "g", 2, "-3");
    ntm_view_free(early);
    ntm_view_free(late);
    ntm_observations_free(store);
    /* What does not fit together is told with its row; alone each can be shown. */
    const char *const january[] = {"2020-01"};
    ntm_observed_options options = NTM_OBSERVED_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    store = notes_read("A,f,2020-02,0.125,2020-03-01\nA,f,2020-01,9223372036854775807,2020-02-01\n", NULL);
    late = NULL;
    assert_fails(ntm_view_new(&late, store, &options, &err), NTM_ERROR_OVERFLOW, &err, "unit A in 2020-01");
    assert_null(late);
    assert_int_equal(err.row, 1);
    assert_string_equal(err.subject, "f");
    options.periods = january;
    options.period_count = 1;
    assert_ok(ntm_view_new(&late, store, &options, &err), &err);
    expect_cell(late, "f", 0, "9223372036854775807");
    ntm_view_free(late);
    ntm_observations_free(store);
}

/* Levels are codes in order of appearance in the view. */
static void levels(void **state) {
    ntm_observations *store = notes_read("A,road,2020,khá,2020-01-01\nB,road,2020,tốt,2020-01-01\n"
                                         "A,road,2020,tốt,2020-02-01\nB,road,2020,,2020-03-01\nB,n,2020,1,2020-01-01\n",
                                         NULL);
    (void)state;
    ntm_view *early = notes_view(store, "2020-01-31"), *late = notes_view(store, NULL);
    const ntm_column *column = &ntm_table_find(ntm_view_table(early), "road")->column;
    assert_int_equal(column->type, NTM_TYPE_INT32);
    assert_int_equal(column->category_count, 2);
    assert_string_equal(column->categories[0], "khá");
    expect_cell(early, "road", 1, "tốt");
    column = &ntm_table_find(ntm_view_table(late), "road")->column;
    assert_int_equal(column->category_count, 1);
    assert_string_equal(column->categories[0], "tốt");
    expect_cell(late, "road", 1, "not reported");
    ntm_view_free(early);
    ntm_view_free(late);
    ntm_observations_free(store);
}

/* Units, facts and periods as asked for, known or not; what is left out is counted. */
static void asked(void **state) {
    const char *const facts[] = {"g", "none", "f"}, *const periods[] = {"2020-02", "2031-01", "2020-01"},
                      *const codes[] = {"C", "B", "X"};
    const int32_t order[] = {1, 2, 0};
    const ntm_column units = ntm_column_codes(order, 3, codes, 3);
    ntm_observed_options options = NTM_OBSERVED_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_view *view = NULL;
    (void)state;
    ntm_observations *store =
        notes_read("A,f,2020-01,1,2020-02-01\nB,f,2020-01,2,2020-02-01\nC,f,2020-02,3,2020-03-01\n"
                   "B,g,2020-03,4,2020-04-01\nB,f,2020-01,5,2021-02-01\nC,h,2020-02,6,2021-01-01\n",
                   NULL);
    options.facts = facts;
    options.fact_count = 3;
    options.periods = periods;
    options.period_count = 3;
    options.units = &units;
    options.known_on = notes_day("2020-12-31");
    assert_ok(ntm_view_new(&view, store, &options, &err), &err);
    const ntm_table *table = ntm_view_table(view);
    assert_true(table->rows == 9 && table->field_count == 3);
    assert_string_equal(table->fields[1].name, "none");
    expect_cell(view, "f", 2, "3");
    expect_cell(view, "f", 6, "2");
    assert_string_equal(ntm_view_unit(view, 7), "X");
    assert_string_equal(ntm_view_period(view, 7), "2020-01");
    ntm_view_count count = ntm_view_cells(view);
    assert_true(count.cells == 27 && count.reported == 2 && count.unknown == 25);
    assert_int_equal(count.left_out, 3); /* A's, g's March, h */
    assert_true(ntm_view_unit_count(view) == 3 && ntm_view_period_count(view) == 3);
    ntm_view_free(view);
    ntm_observations_free(store);
}

static void refused_question(const ntm_observations *store, const ntm_observed_options *options, ntm_status status,
                             const char *piece, uint64_t row) {
    ntm_view *view = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_view_new(&view, store, options, &err), status, &err, piece);
    assert_null(view);
    assert_int_equal(err.row, row);
}

static void questions_that_cannot_be(void **state) {
    const char *const twice[] = {"f", "g", "f"}, *const unknown[] = {"x", "x"}, *const no_period[] = {"2020-13"},
                      *const codes[] = {"A", "B", ""};
    const int32_t same[] = {0, 1, 0}, missing[] = {0, -1}, past[] = {3}, empty[] = {2};
    const int64_t numbers[] = {1};
    ntm_column units = ntm_column_codes(same, 3, codes, 3);
    const ntm_observed_options usual = NTM_OBSERVED_OPTIONS_INIT;
    ntm_observed_options o = usual;
    ntm_observations *store = notes_read("A,f,2020-01,1,2020-02-01\n", NULL);
    (void)state;
    refused_question(NULL, &usual, NTM_ERROR_ARGUMENT, "observations are needed", NTM_NO_ROW);
    o.facts = twice, o.fact_count = 3;
    refused_question(store, &o, NTM_ERROR_ARGUMENT, "the fact is asked for twice", NTM_NO_ROW);
    o.facts = unknown, o.fact_count = 2;
    refused_question(store, &o, NTM_ERROR_ARGUMENT, "the fact is asked for twice", NTM_NO_ROW);
    o.facts = NULL;
    refused_question(store, &o, NTM_ERROR_ARGUMENT, "a list is NULL", NTM_NO_ROW);
    o = usual, o.periods = no_period, o.period_count = 1;
    refused_question(store, &o, NTM_ERROR_SYNTAX, "\"2020-13\" is no period", NTM_NO_ROW);
    o = usual, o.known_on = INT32_MAX;
    refused_question(store, &o, NTM_ERROR_ARGUMENT, "known_on is no day", NTM_NO_ROW);
    o = usual, o.struct_size = 3;
    refused_question(store, &o, NTM_ERROR_ARGUMENT, "NTM_OBSERVED_OPTIONS_INIT", NTM_NO_ROW);
    o = usual, o.units = &units;
    refused_question(store, &o, NTM_ERROR_CONFLICT, "unit A is in row 0 too", 2);
    units = ntm_column_codes(missing, 2, codes, 3);
    refused_question(store, &o, NTM_ERROR_VALUE, "a row without a unit", 1);
    units = ntm_column_codes(past, 1, codes, 3);
    refused_question(store, &o, NTM_ERROR_VALUE, "past the 3 categories", 0);
    units = ntm_column_codes(empty, 1, codes, 3);
    refused_question(store, &o, NTM_ERROR_VALUE, "empty text", 0);
    units = ntm_column_int64(numbers, 1);
    refused_question(store, &o, NTM_ERROR_SHAPE, "text or categories", NTM_NO_ROW);
    assert_int_equal(ntm_view_new(NULL, store, &usual, NULL), NTM_ERROR_ARGUMENT);
    ntm_observations_free(store);
}

/* Two thousand rows of a unit, fact and day of their own: eight thousand million cells are not made. */
static void too_many_cells(void **state) {
    enum { ROWS = 2000 };
    static char lines[ROWS * 40];
    size_t used = 0;
    (void)state;
    for (int i = 0; i < ROWS; i++) {
        int year, month, day;
        ntm_date_parts(18000 + i, &year, &month, &day);
        used += (size_t)snprintf(lines + used, sizeof lines - used, "u%d,f%d,%04d-%02d-%02d,1,2030-01-01\n", i, i, year,
                                 month, day);
    }
    ntm_observations *store = notes_read(lines, NULL);
    assert_int_equal(ntm_observations_count(store).places, ROWS);
    refused_question(store, NULL, NTM_ERROR_LIMIT, "2000 units, 2000 facts and 2000 periods", NTM_NO_ROW);
    const char *const one[] = {"f7"};
    ntm_observed_options options = NTM_OBSERVED_OPTIONS_INIT;
    ntm_view *view = NULL;
    options.facts = one;
    options.fact_count = 1;
    assert_int_equal(ntm_view_new(&view, store, &options, NULL), NTM_OK);
    assert_true(ntm_view_cells(view).reported == 1 && ntm_view_cells(view).left_out == ROWS - 1);
    ntm_view_free(view);
    ntm_observations_free(store);
}

/* No row is lost, and what was said twice can be looked at. */
static void counted(void **state) {
    ntm_observations *store =
        notes_read("B,f,2020,1.50,2020-01-01\nA,g,2020-Q1,2,2020-01-01\nB,f,2020,1.5,2020-01-01\n"
                   "B,f,2020,1.5,2020-01-02\nA,g,2020-Q1,2,2020-01-01\nA,g,2020-Q1,2,2020-01-01\n",
                   NULL);
    ntm_repeat repeats[3];
    size_t count = 0;
    (void)state;
    ntm_observed held = ntm_observations_count(store);
    assert_true(held.rows == 6 && held.used == 3 && held.repeated == 3 && held.places == 2);
    assert_true(held.units == 2 && held.facts == 2 && held.periods == 2);
    assert_string_equal(ntm_observations_unit(store, 1), "B");
    assert_string_equal(ntm_observations_fact(store, 0), "f");
    assert_string_equal(ntm_observations_period(store, 0), "2020-Q1");
    assert_string_equal(ntm_observations_period(store, 1), "2020");
    assert_null(ntm_observations_unit(store, 2));
    assert_null(ntm_observations_fact(store, 2));
    assert_null(ntm_observations_period(store, 2));
    assert_int_equal(ntm_observations_repeated(NULL, &count, 0, store, NULL), NTM_OK);
    assert_int_equal(count, 3);
    assert_int_equal(ntm_observations_repeated(repeats, &count, 3, store, NULL), NTM_OK);
    assert_true(repeats[0].row == 2 && repeats[0].of == 0 && repeats[1].row == 4 && repeats[1].of == 1);
    assert_true(repeats[2].row == 5 && repeats[2].of == 1);
    assert_int_equal(ntm_observations_repeated(NULL, &count, 1, store, NULL), NTM_ERROR_ARGUMENT);
    ntm_observations_free(store);
}

static void nothing(void **state) {
    ntm_view_count cells = ntm_view_cells(NULL);
    ntm_observed held = ntm_observations_count(NULL);
    ntm_observations *store = notes_read("", NULL);
    ntm_view *view = notes_view(store, NULL);
    (void)state;
    assert_true(cells.cells == 0 && held.rows == 0 && ntm_view_table(view)->rows == 0);
    ntm_view_free(view);
    ntm_observations_free(store);
    ntm_view_free(NULL);
    ntm_observations_free(NULL);
    ntm_punctuality_free(NULL);
    assert_null(ntm_view_table(NULL));
    assert_null(ntm_observations_unit(NULL, 0));
}

static void periods(void **state) {
    static const struct {
        const char *text;
        ntm_period_length length;
        const char *first, *last;
    } good[] = {{"2020", NTM_PERIOD_YEAR, "2020-01-01", "2020-12-31"},
                {"2020-H1", NTM_PERIOD_HALF_YEAR, "2020-01-01", "2020-06-30"},
                {"2020-H2", NTM_PERIOD_HALF_YEAR, "2020-07-01", "2020-12-31"},
                {"2020-Q4", NTM_PERIOD_QUARTER, "2020-10-01", "2020-12-31"},
                {"2020-02", NTM_PERIOD_MONTH, "2020-02-01", "2020-02-29"},
                {"9999-12", NTM_PERIOD_MONTH, "9999-12-01", "9999-12-31"},
                {"0001", NTM_PERIOD_YEAR, "0001-01-01", "0001-12-31"},
                {"2020-02-25", NTM_PERIOD_DAY, "2020-02-25", "2020-02-25"}};
    static const char *const bad[] = {"",        "202",     "0000",    "2020-",      "2020-13", "2020-00",    "2020-Q5",
                                      "2020-H3", "2020-q1", "2020-1",  "2020-02-30", "2020/02", "2020-02 ",   "2020-Q0",
                                      "2020-M1", "20200",   "2020-2a", "2020-02-2",  " 2020",   "2020-02-025"};
    ntm_period period;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_int_equal(ntm_period_parse(&period, good[i].text, strlen(good[i].text), NULL), NTM_OK);
        assert_int_equal(period.length, good[i].length);
        assert_int_equal(period.first_day, notes_day(good[i].first));
        assert_int_equal(period.last_day, notes_day(good[i].last));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(ntm_period_parse(&period, bad[i], strlen(bad[i]), NULL), NTM_ERROR_SYNTAX);
    assert_int_equal(ntm_period_parse(NULL, "2020", 4, NULL), NTM_ERROR_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_known_on),    cmocka_unit_test(withdrawn),
                                       cmocka_unit_test(scales),         cmocka_unit_test(levels),
                                       cmocka_unit_test(asked),          cmocka_unit_test(questions_that_cannot_be),
                                       cmocka_unit_test(too_many_cells), cmocka_unit_test(counted),
                                       cmocka_unit_test(nothing),        cmocka_unit_test(periods)};
    return cmocka_run_group_tests_name("observations and views", tests, NULL, NULL);
}
