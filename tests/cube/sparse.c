/* SPDX-License-Identifier: Apache-2.0 */
/* Few entries in a huge space: memory goes with the entries, not with the space. */
#include "accounts.h"

#include <stdio.h>
#include <stdlib.h>

enum { UNITS = 11000, MEMBERS = 30, MONTHS = 120, ROWS = 1000 };

static const ntm_side sides[] = {
    {"unit", NULL, true}, {"programme", NULL, true}, {"component", NULL, true}, {"date", "month", true}};

typedef struct space {
    char *texts;
    const char *units[UNITS], *members[MEMBERS], *months[MONTHS];
    int32_t codes[4][ROWS];
    int64_t amounts[ROWS], total;
} space;

static space *fill(uint64_t random) {
    space *s = calloc(1, sizeof *s);
    assert_non_null(s);
    char *at = s->texts = malloc((UNITS + MEMBERS + MONTHS) * (size_t)12);
    assert_non_null(at);
    for (int i = 0; i < UNITS; i++, at += 12)
        s->units[i] = at, (void)snprintf(at, 12, "%05d", i);
    for (int i = 0; i < MEMBERS; i++, at += 12)
        s->members[i] = at, (void)snprintf(at, 12, "m%d", i);
    for (int i = 0; i < MONTHS; i++, at += 12)
        s->months[i] = at, (void)snprintf(at, 12, "%04d-%02d", 2016 + i / 12, 1 + i % 12);
    for (size_t row = 0; row < ROWS; row++) {
        s->codes[0][row] = (int32_t)(fault_random(&random) % UNITS);
        s->codes[1][row] = (int32_t)(fault_random(&random) % MEMBERS);
        s->codes[2][row] = (int32_t)(fault_random(&random) % MEMBERS);
        s->codes[3][row] = (int32_t)(fault_random(&random) % MONTHS);
        s->amounts[row] = (int64_t)(fault_random(&random) % 1000000);
        s->total += s->amounts[row];
    }
    return s;
}

static void memory(void **state) {
    space *s = fill(17);
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    const ntm_field fields[] = {{"unit", ntm_column_codes(s->codes[0], ROWS, s->units, UNITS)},
                                {"programme", ntm_column_codes(s->codes[1], ROWS, s->members, MEMBERS)},
                                {"component", ntm_column_codes(s->codes[2], ROWS, s->members, MEMBERS)},
                                {"period", ntm_column_codes(s->codes[3], ROWS, s->months, MONTHS)},
                                {"amount", ntm_column_int64(s->amounts, ROWS)}};
    ntm_table table = NTM_TABLE_INIT;
    ntm_cube_tally *tally = NULL, *twice = NULL;
    ntm_text *text = NULL;
    ntm_cube *cube = NULL;
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    table.rows = ROWS;
    table.fields = fields;
    table.field_count = 5;
    options.allocator = asked.allocator = &allocator;
    asked.sides = sides;
    asked.side_count = 4;
    ntm_ledger *ledger = accounts_new(&table, &options);
    assert_true(f.peak < (size_t)8 << 20);
    assert_ok(ntm_cube_tally_new(&tally, ledger, &asked, &err), &err);
    assert_true(ntm_cube_tally_cells(tally) <= ROWS);
    assert_true(f.peak < (size_t)16 << 20); /* an array would be 9.5 GB */
    const ntm_cube_tally *both[] = {tally, tally};
    assert_ok(ntm_cube_tally_merge(&twice, both, 2, &allocator, &err), &err);
    assert_ok(ntm_cube_tally_write(&text, twice, &err), &err);
    ntm_text_free(text);
    assert_ok(ntm_cube_of(&cube, twice, &allocator, &err), &err);
    assert_ok(ntm_cube_rows_new(&rows, cube, &allocator, &err), &err);
    assert_int_equal(accounts_cell(cube, "* * * *").sum, 2 * s->total);
    assert_true(ntm_cube_cells(cube) <= (size_t)ROWS * 2 * 2 * 2 * 4);
    assert_true(f.peak < (size_t)64 << 20);
    ntm_cube_rows_free(rows);
    ntm_cube_free(cube);
    ntm_cube_tally_free(twice);
    ntm_cube_tally_free(tally);
    ntm_ledger_free(ledger);
    fault_assert_empty(&f);
    free(s->texts);
    free(s);
}

/* Units by single days: memory goes with the pairs that occur. Every unit's total is that of a plain loop. */
static void days(void **state) {
    enum { DAYS = 3650 };
    static const ntm_side by_day[] = {{"unit", NULL, true}, {"date", NULL, true}};
    space *s = fill(29);
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    uint64_t random = 31;
    ntm_table table = NTM_TABLE_INIT;
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    for (size_t row = 0; row < ROWS; row++)
        s->codes[3][row] = accounts_day("2016-01-01") + (int32_t)(fault_random(&random) % DAYS);
    const ntm_field fields[] = {{"unit", ntm_column_codes(s->codes[0], ROWS, s->units, UNITS)},
                                {"date", ntm_column_codes(s->codes[3], ROWS, NULL, 0)},
                                {"amount", ntm_column_int64(s->amounts, ROWS)}};
    table.rows = ROWS;
    table.fields = fields;
    table.field_count = 3;
    options.allocator = asked.allocator = &allocator;
    asked.sides = by_day;
    asked.side_count = 2;
    ntm_ledger *ledger = accounts_new(&table, &options);
    assert_ok(ntm_cube_new(&cube, ledger, &asked, &err), &err);
    assert_true(f.peak < (size_t)16 << 20); /* an array of pairs would be 640 MB */
    int64_t sums[UNITS] = {0};
    for (size_t row = 0; row < ROWS; row++)
        sums[s->codes[0][row]] += s->amounts[row];
    uint32_t at[2] = {0, ntm_cube_find(cube, 1, "*")};
    for (size_t i = 0; i < UNITS; i++) {
        ntm_cube_cell cell;
        at[0] = ntm_cube_find(cube, 0, s->units[i]);
        if (at[0] == UINT32_MAX) {
            assert_true(sums[i] == 0);
            continue;
        }
        assert_ok(ntm_cube_get(&cell, cube, at, &err), &err);
        assert_true(cell.sum == sums[i]);
    }
    ntm_cube_free(cube);
    ntm_ledger_free(ledger);
    fault_assert_empty(&f);
    free(s->texts);
    free(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(memory), cmocka_unit_test(days)};
    return cmocka_run_group_tests_name("sparse cubes", tests, NULL, NULL);
}
