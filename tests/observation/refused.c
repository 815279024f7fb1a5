/* SPDX-License-Identifier: Apache-2.0 */
/* What no store is made from, and what the error says. */
#include "notes.h"

#include <math.h>
#include <string.h>

static void cells(void **state) {
    (void)state;
    notes_refused("A,f,2020,1,2020-02-30\n", NULL, NTM_ERROR_SYNTAX, 0, "there is no day 2020-02-30");
    notes_refused("A,f,2020,1,\n", NULL, NTM_ERROR_VALUE, 0, "without the day it was recorded on");
    notes_refused("A,f,2020,1,2020-01-01\nA,f,2020-13,1,2020-01-01\n", NULL, NTM_ERROR_SYNTAX, 1,
                  "period: \"2020-13\" is no period");
    notes_refused(",f,2020,1,2020-01-01\n", NULL, NTM_ERROR_VALUE, 0, "unit: an observation without a unit");
    notes_refused("A,,2020,1,2020-01-01\n", NULL, NTM_ERROR_VALUE, 0, "fact: an observation without a fact");
    notes_refused("A,f,,1,2020-01-01\n", NULL, NTM_ERROR_VALUE, 0, "period: an observation without a period");
}

static void contradictions(void **state) {
    (void)state;
    notes_refused("A,f,2020-01,1,2020-02-01\nB,f,2020-01,1,2020-02-01\nA,f,2020-01,2,2020-02-01\n", NULL,
                  NTM_ERROR_CONFLICT, 2,
                  "unit A, fact f, period 2020-01, recorded on 2020-02-01: another value than in row 0");
    notes_refused("A,f,2020-01,0,2020-02-01\nA,f,2020-01,,2020-02-01\n", NULL, NTM_ERROR_CONFLICT, 1, "in row 0");
    notes_refused("A,f,2020-01,1,2020-02-01\nA,g,2020,1,2020-02-01\nB,f,2020,1,2020-02-01\n", NULL, NTM_ERROR_CONFLICT,
                  2, "fact f is of a year here and of a month in row 0");
    notes_refused("A,f,2020-01,1,2020-02-01\nB,f,2020-01,khá,2020-02-01\n", NULL, NTM_ERROR_CONFLICT, 1,
                  "fact f has a level here and a number in row 0: is \"khá\" a level?");
    notes_refused("A,f,2020-01,khá,2020-02-01\nB,f,2020-01,3,2020-02-01\n", NULL, NTM_ERROR_CONFLICT, 1,
                  "fact f has a number here and a level in row 0: is \"khá\" a level?");
}

/* Published tables hold both "23,870" and "111.265": one of them is an error in every locale. */
static void numbers(void **state) {
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    const char *const dash[] = {"-", "999"};
    ntm_observations *store = NULL;
    ntm_view *view = NULL;
    (void)state;
    notes_refused("A,f,2020,111.265,2020-01-01\nB,f,2020,\"23,870\",2020-01-01\n", &options, NTM_ERROR_SYNTAX, 1,
                  "notes: value: \"23,870\" is not a number");
    options.locale = NTM_LOCALE_EN;
    notes_refused("A,f,2020,\"23,870\",2020-01-01\nB,f,2020,111.265,2020-01-01\nC,f,2020,12 500,2020-01-01\n", &options,
                  NTM_ERROR_SYNTAX, 2, "\"12 500\"");
    options.locale = NTM_LOCALE_VI;
    store = notes_read("A,f,2020,111.265,2020-01-01\nB,f,2020,\"1,5\",2020-01-01\n", &options);
    view = notes_view(store, NULL);
    expect_cell(view, "f", 0, "111265.0");
    ntm_view_free(view);
    ntm_observations_free(store);
    notes_refused("A,f,2020,23.87,2020-01-01\n", &options, NTM_ERROR_SYNTAX, 0, "\"23.87\"");
    notes_refused("A,f,2020,-,2020-01-01\n", &options, NTM_ERROR_SYNTAX, 0, "\"-\"");
    notes_refused("A,f,2020,12345678901234567890,2020-01-01\n", &options, NTM_ERROR_OVERFLOW, 0,
                  "12345678901234567890");
    options.not_reported = dash;
    options.not_reported_count = 2;
    store = notes_read("A,f,2020,-,2020-01-01\nB,f,2020,999,2020-01-01\n", &options);
    view = notes_view(store, NULL);
    expect_cell(view, "f", 0, "not reported");
    expect_cell(view, "f", 1, "not reported");
    ntm_view_free(view);
    ntm_observations_free(store);
}

/* A byte order mark, columns in another order, semicolons, columns that nobody asked for. */
static void csv(void **state) {
    static const char text[] = "\xef\xbb\xbfrecorded_on;note;period;unit;fact;value\n2020-02-01;x;2020;A;f;1,5\n",
                      no_value[] = "unit,fact,period,recorded_on\nA,f,2020,2020-01-01\n";
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    options.locale = NTM_LOCALE_VI;
    options.separator = ';';
    assert_ok(ntm_observations_read(&store, text, sizeof text - 1, "x", &options, &err), &err);
    ntm_view *view = notes_view(store, NULL);
    expect_cell(view, "f", 0, "1.5");
    ntm_view_free(view);
    ntm_observations_free(store);
    store = NULL;
    assert_fails(ntm_observations_read(&store, no_value, sizeof no_value - 1, "x", NULL, &err), NTM_ERROR_SHAPE, &err,
                 "no column \"value\"");
    assert_fails(ntm_observations_open(&store, "there-is-no-such-file.csv", NULL, &err), NTM_ERROR_IO, &err, NULL);
    assert_null(store);
}

/* Problems of all kinds are told together, each contradiction with its row. */
static void together(void **state) {
    static const struct {
        ntm_status status;
        uint64_t row;
    } expected[] = {{NTM_ERROR_VALUE, 1},    {NTM_ERROR_SYNTAX, 2}, {NTM_ERROR_CONFLICT, 4},
                    {NTM_ERROR_CONFLICT, 7}, {NTM_ERROR_SYNTAX, 3}, {NTM_ERROR_CONFLICT, 6}};
    static const char lines[] =
        NOTES_HEAD "A,f,2020-01,1,2020-02-01\n,f,2020-01,1,2020-02-01\nA,f,janvier,1,2020-02-01\n"
                   "B,f,2020-01,1;5,2020-02-01\nC,f,2020,1,2020-02-01\nC,h,2020,1,2020-02-01\n"
                   "A,f,2020-01,2,2020-02-01\nC,h,2020-Q1,1,2020-02-01\n";
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_ok(ntm_problems_new(&options.problems, 0, NULL, &err), &err);
    assert_fails(ntm_observations_read(&store, lines, sizeof lines - 1, "x", &options, &err), NTM_ERROR_VALUE, &err,
                 NULL);
    assert_null(store);
    assert_int_equal(ntm_problems_count(options.problems), 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(ntm_problems_get(options.problems, i)->status, expected[i].status);
        assert_int_equal(ntm_problems_get(options.problems, i)->row, expected[i].row);
    }
    ntm_problems_free(options.problems);
}

/* Tables in memory. */
enum { ROWS = 2 };
static const char *const codes[] = {"A", "B", "2020", "f", NULL, "\xff", "2020-01-01"};
static const int32_t ab[] = {0, 1}, year[] = {2, 2}, fact[] = {3, 3}, days[] = {18000, 18001};
static const double doubles[] = {1, 2};

static void fill(ntm_field fields[6]) {
    fields[0] = (ntm_field){"unit", ntm_column_codes(ab, ROWS, codes, 7)};
    fields[1] = (ntm_field){"fact", ntm_column_codes(fact, ROWS, codes, 7)};
    fields[2] = (ntm_field){"period", ntm_column_codes(year, ROWS, codes, 7)};
    fields[3] = (ntm_field){"value", ntm_column_double(doubles, ROWS)};
    fields[4] = (ntm_field){"recorded_on", ntm_column_codes(days, ROWS, NULL, 0)};
}

static void refuse(const ntm_field *fields, size_t count, ntm_status status, const char *subject, uint64_t row,
                   const char *piece) {
    ntm_table table = NTM_TABLE_INIT;
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    table.rows = ROWS;
    table.fields = fields;
    table.field_count = count;
    assert_fails(ntm_observations_new(&store, &table, NULL, &err), status, &err, piece);
    assert_null(store);
    assert_string_equal(err.subject, subject);
    assert_int_equal(err.row, row);
}

static void tables(void **state) {
    static const double nan_second[] = {1, NAN}, infinite[] = {INFINITY, 1};
    static const int32_t missing[] = {0, -1}, past[] = {7, 0}, nameless[] = {0, 4}, no_utf8[] = {5, 0}, f_b[] = {0, 1},
                         day_text[] = {6, 0};
    static const int64_t no_day[] = {18000, 1 << 30};
    static const uint8_t none[] = {0}, odd[] = {1, 2};
    ntm_field fields[6];
    (void)state;
    fill(fields);
    refuse(fields, 4, NTM_ERROR_SHAPE, "recorded_on", NTM_NO_ROW, "needs this column");
    fields[5] = (ntm_field){"note", ntm_column_codes(ab, ROWS, codes, 7)};
    refuse(fields, 6, NTM_ERROR_SHAPE, "note", NTM_NO_ROW, "no column of observations");
    fields[0].column = ntm_column_codes(ab, ROWS, NULL, 0);
    refuse(fields, 5, NTM_ERROR_SHAPE, "unit", NTM_NO_ROW, "expected text or categories");
    fields[0].column = ntm_column_codes(missing, ROWS, codes, 7);
    refuse(fields, 5, NTM_ERROR_VALUE, "unit", 1, "without a unit");
    fields[0].column = ntm_column_codes(past, ROWS, codes, 7);
    refuse(fields, 5, NTM_ERROR_VALUE, "unit", 0, "code 7 is past the 7 categories");
    fields[0].column = ntm_column_codes(nameless, ROWS, codes, 7);
    refuse(fields, 5, NTM_ERROR_VALUE, "unit", 1, "has no name");
    fields[0].column = ntm_column_codes(no_utf8, ROWS, codes, 7);
    refuse(fields, 5, NTM_ERROR_SYNTAX, "unit", 0, "not UTF-8");
    fill(fields);
    fields[2].column = ntm_column_int64(no_day, ROWS);
    refuse(fields, 5, NTM_ERROR_VALUE, "period", 1, "is no day of the years 1 to 9999");
    fill(fields);
    fields[3].column = ntm_column_double(nan_second, ROWS);
    refuse(fields, 5, NTM_ERROR_VALUE, "value", 1, "NaN");
    fields[3].column = ntm_column_double(infinite, ROWS);
    refuse(fields, 5, NTM_ERROR_VALUE, "value", 0, "infinite");
    fields[3].column = ntm_column_bytes(odd, ROWS);
    refuse(fields, 5, NTM_ERROR_VALUE, "value", 1, "expected 0 or 1");
    fields[3].column = ntm_column_codes(past, ROWS, codes, 7);
    refuse(fields, 5, NTM_ERROR_VALUE, "value", 0, "past the categories");
    fields[3].column = ntm_column_codes(f_b, ROWS, codes, 7);
    fields[4].column.validity = none;
    refuse(fields, 5, NTM_ERROR_VALUE, "recorded_on", 0, "without the day");
    fields[4].column = ntm_column_int64(no_day, ROWS);
    refuse(fields, 5, NTM_ERROR_VALUE, "recorded_on", 1, "is no day of the years 1 to 9999");
    fields[4].column = ntm_column_codes(day_text, ROWS, codes, 7);
    refuse(fields, 5, NTM_ERROR_SYNTAX, "recorded_on", 1, "\"A\": not a date");
}

static void calls(void **state) {
    static const char *const mixed[] = {"Xa\xd0\x91"}, *const null[] = {NULL};
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_table table = NTM_TABLE_INIT;
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_fails(ntm_observations_new(NULL, &table, NULL, &err), NTM_ERROR_ARGUMENT, &err, "a table are needed");
    options.locale = (ntm_locale)9;
    assert_fails(ntm_observations_new(&store, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, "locale");
    options.locale = NTM_LOCALE_VI;
    options.not_applicable_count = 1;
    assert_fails(ntm_observations_new(&store, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, "a list of texts");
    options.not_applicable = null;
    assert_fails(ntm_observations_new(&store, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, "is NULL");
    options.not_applicable = mixed;
    assert_fails(ntm_observations_new(&store, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, "equals nothing");
    options.struct_size = 1;
    assert_fails(ntm_observations_read(&store, "", 0, "x", &options, &err), NTM_ERROR_ARGUMENT, &err, "INIT");
    assert_fails(ntm_observations_open(NULL, "x", NULL, &err), NTM_ERROR_ARGUMENT, &err, "a place");
    table.rows = UINT32_MAX;
    assert_fails(ntm_observations_new(&store, &table, NULL, &err), NTM_ERROR_LIMIT, &err, "rows");
    assert_null(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells),    cmocka_unit_test(contradictions), cmocka_unit_test(numbers), cmocka_unit_test(csv),
        cmocka_unit_test(together), cmocka_unit_test(tables),         cmocka_unit_test(calls)};
    return cmocka_run_group_tests_name("observations refused", tests, NULL, NULL);
}
