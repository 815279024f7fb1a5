/* SPDX-License-Identifier: Apache-2.0 */
/* Tables with one row a place, which are read in one pass: what is wrong in one of them is told as in any other table,
   all of it, once; and no order or number of rows takes more memory than the header says. */
#include "notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNITS = 1000, FACTS = 20, DAYS = 20, FIRST = 18262 /* 2020-01-01 */, LONG_AGO = 16000 };

static char unit_texts[UNITS][8], fact_texts[FACTS][8];
static const char *unit_names[UNITS], *fact_names[FACTS];
static const char *const month_names[] = {"2020-01", "2020-02", "2020-Q3"};
static const char *const value_names[] = {"12", "1..2", "7.5"};

/* Columns of `rows` rows in room for as many again. */
typedef struct notes {
    size_t rows;
    int32_t *units, *recorded_on;
    int8_t *facts;
    int16_t *periods;
    int64_t *values;
    ntm_field fields[5];
} notes;

static void *take(size_t count, size_t size) {
    void *block = calloc(count, size);
    assert_non_null(block);
    return block;
}

static ntm_column integers(ntm_type type, const void *data, size_t rows, int64_t stride) {
    ntm_column column = NTM_COLUMN_INIT;
    column.type = type;
    column.data = data;
    column.length = rows;
    column.stride_bytes = stride;
    return column;
}

static void set_length(notes *n, size_t rows) {
    n->rows = rows;
    for (size_t i = 0; i < 5; i++)
        n->fields[i].column.length = rows;
}

/* `part` of 10 places of units x facts x periods, from the last period to the first: months, or days long ago. */
static void start(notes *n, size_t units, size_t facts, size_t periods, bool months, size_t part) {
    size_t places = units * facts * periods, row = 0;
    memset(n, 0, sizeof *n);
    n->units = take(2 * places, sizeof *n->units);
    n->recorded_on = take(2 * places, sizeof *n->recorded_on);
    n->facts = take(2 * places, sizeof *n->facts);
    n->periods = take(2 * places, sizeof *n->periods);
    n->values = take(2 * places, sizeof *n->values);
    for (size_t place = 0; place < places; place++) {
        if ((place + place / facts) * 7 % 10 >= part) continue;
        n->facts[row] = (int8_t)(place % facts);
        n->units[row] = (int32_t)(place / facts % units);
        n->periods[row] = (int16_t)((months ? 0 : LONG_AGO) + periods - 1 - place / facts / units);
        n->values[row] = (int64_t)(place % 1000);
        n->recorded_on[row++] = FIRST + (int32_t)(place % 7);
    }
    n->fields[0] = (ntm_field){"unit", ntm_column_codes(n->units, row, unit_names, UNITS)};
    n->fields[1] = (ntm_field){"fact", integers(NTM_TYPE_INT8, n->facts, row, 1)};
    n->fields[1].column.categories = fact_names;
    n->fields[1].column.category_count = FACTS;
    n->fields[2] = (ntm_field){"period", integers(NTM_TYPE_INT16, n->periods, row, 2)};
    n->fields[2].column.categories = months ? month_names : NULL;
    n->fields[2].column.category_count = months ? 3 : 0;
    n->fields[3] = (ntm_field){"value", ntm_column_int64(n->values, row)};
    n->fields[4] = (ntm_field){"recorded_on", ntm_column_codes(n->recorded_on, row, NULL, 0)};
    n->rows = row;
}

static void end(notes *n) {
    free(n->units);
    free(n->recorded_on);
    free(n->facts);
    free(n->periods);
    free(n->values);
}

/* One more row for the place and day of another. */
static void repeat(notes *n, size_t row, int64_t value) {
    size_t to = n->rows;
    n->units[to] = n->units[row];
    n->facts[to] = n->facts[row];
    n->periods[to] = n->periods[row];
    n->recorded_on[to] = n->recorded_on[row];
    n->values[to] = value;
    set_length(n, to + 1);
}

static ntm_table table_of(const notes *n) {
    ntm_table table = NTM_TABLE_INIT;
    table.rows = n->rows;
    table.fields = n->fields;
    table.field_count = 5;
    return table;
}

/* ------------------------------------------------------------------------------------------- what is wrong */

typedef struct problem {
    ntm_status status;
    uint64_t row;
    const char *part;
} problem;

static void expect_problems(notes *n, const problem *expected, size_t count) {
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_observations *store = NULL;
    ntm_problems *problems = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_table table = table_of(n);
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    options.problems = problems;
    assert_fails(ntm_observations_new(&store, &table, &options, &err), expected[0].status, &err, expected[0].part);
    assert_null(store);
    assert_int_equal(err.row, expected[0].row);
    assert_int_equal(ntm_problems_found(problems), count);
    for (size_t i = 0; i < count; i++) {
        const ntm_error *one = ntm_problems_get(problems, i);
        assert_int_equal(one->status, expected[i].status);
        assert_int_equal(one->row, expected[i].row);
        assert_non_null(strstr(one->message, expected[i].part));
    }
    ntm_problems_free(problems);
    end(n);
}

static void start_small(notes *n) { start(n, 50, 4, 2, true, 10); }

static void contradictions(void **state) {
    notes n;
    (void)state;
    start_small(&n);
    repeat(&n, 7, 7);
    repeat(&n, 9, 10);
    repeat(&n, 5, 6);
    expect_problems(&n,
                    (const problem[]){{NTM_ERROR_CONFLICT, 402, "another value than in row 5"},
                                      {NTM_ERROR_CONFLICT, 401, "another value than in row 9"}},
                    2);
    start_small(&n);
    n.recorded_on[20] = 2932897;
    repeat(&n, 390, -1);
    expect_problems(&n,
                    (const problem[]){{NTM_ERROR_VALUE, 20, "2932897 is no day"},
                                      {NTM_ERROR_CONFLICT, 400, "another value than in row 390"}},
                    2);
}

static void days(void **state) {
    static const int32_t wrong[] = {2932897, -719163, INT32_MIN, INT32_MAX};
    notes n;
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        start_small(&n);
        n.recorded_on[399] = wrong[i];
        expect_problems(&n, (const problem[]){{NTM_ERROR_VALUE, 399, "is no day of the years 1 to 9999"}}, 1);
    }
    start_small(&n);
    n.periods[311] = 2; /* 2020-Q3, of fact 311 % 4 = 3 */
    expect_problems(
        &n, (const problem[]){{NTM_ERROR_CONFLICT, 311, "fact f3 is of a quarter here and of a month in row 3"}}, 1);
}

static void keys(void **state) {
    uint8_t validity[50];
    notes n;
    (void)state;
    for (size_t key = 0; key < 3; key++) {
        start_small(&n);
        memset(validity, 0xff, sizeof validity);
        validity[4] = 0xfd; /* row 33 */
        n.fields[key].column.validity = validity;
        expect_problems(&n, (const problem[]){{NTM_ERROR_VALUE, 33, "an observation without a"}}, 1);
    }
    start_small(&n);
    n.units[399] = n.units[17] = UNITS;
    expect_problems(
        &n, (const problem[]){{NTM_ERROR_VALUE, 17, "code 1000 is past"}, {NTM_ERROR_VALUE, 399, "code 1000 is past"}},
        2);
    start_small(&n);
    n.facts[44] = -1;
    expect_problems(&n, (const problem[]){{NTM_ERROR_VALUE, 44, "an observation without a fact"}}, 1);
}

/* A category that is no number is told once, though it is read twice. */
static void categories(void **state) {
    notes n;
    (void)state;
    start_small(&n);
    for (size_t i = 0; i < n.rows; i++)
        n.values[i] = i == 100 || i == 222 ? 1 : 2 * (int64_t)(i % 2);
    n.fields[3].column.categories = value_names;
    n.fields[3].column.category_count = 3;
    expect_problems(&n, (const problem[]){{NTM_ERROR_SYNTAX, 100, "\"1..2\""}}, 1);
}

/* ------------------------------------------------------------------------------------------- memory */

static void expect_room(notes *n, size_t repeats) {
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    for (size_t i = 0; i < repeats; i++)
        repeat(n, i, n->values[i]);
    ntm_table table = table_of(n);
    options.allocator = &allocator;
    assert_ok(ntm_observations_new(&store, &table, &options, &err), &err);
    ntm_observed held = ntm_observations_count(store);
    assert_int_equal(held.rows, n->rows);
    assert_int_equal(held.repeated, repeats);
    assert_int_equal(held.places, n->rows - repeats);
    /* 16 bytes a row, 4 a place, the list of repeats, and what units, facts and the last block of an arena take */
    size_t most = 16 * n->rows + 4 * (size_t)UNITS * FACTS * DAYS + 48 * repeats + 420000;
    if (f.peak > most) fail_msg("%zu rows, %zu repeated: %zu bytes, expected %zu", n->rows, repeats, f.peak, most);
    ntm_observations_free(store);
    fault_assert_empty(&f);
    end(n);
}

static void memory(void **state) {
    notes n;
    (void)state;
    for (size_t part = 3; part <= 10; part++) {
        start(&n, UNITS, FACTS, DAYS, false, part);
        expect_room(&n, 0);
        start(&n, UNITS, FACTS, DAYS, false, part); /* an upper half is needed when all is nearly done */
        n.values[n.rows - 1] = 7942000000000;
        expect_room(&n, 0);
        start(&n, UNITS, FACTS, DAYS, false, part);
        expect_room(&n, n.rows / 20);
        start(&n, UNITS, FACTS, DAYS, false, part);
        expect_room(&n, n.rows / 3);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(contradictions), cmocka_unit_test(days), cmocka_unit_test(keys),
                                       cmocka_unit_test(categories), cmocka_unit_test(memory)};
    for (size_t i = 0; i < UNITS; i++) {
        (void)snprintf(unit_texts[i], sizeof unit_texts[i], "u%zu", i);
        unit_names[i] = unit_texts[i];
    }
    for (size_t i = 0; i < FACTS; i++) {
        (void)snprintf(fact_texts[i], sizeof fact_texts[i], "f%zu", i);
        fact_names[i] = fact_texts[i];
    }
    return cmocka_run_group_tests_name("tidy tables of observations", tests, NULL, NULL);
}
