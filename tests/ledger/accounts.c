/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add(char *text, size_t capacity, const char *piece) {
    size_t used = strlen(text);
    assert_true(used + strlen(piece) + 1 < capacity);
    memcpy(text + used, piece, strlen(piece) + 1);
}

ntm_date accounts_day(const char *text) {
    ntm_date day = NTM_DATE_NONE;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_date_parse(&day, text, strlen(text), &err), &err);
    return day;
}

/* ------------------------------------------------------------------------------------------- ledgers */

ntm_ledger *accounts_read(const char *csv, const ntm_ledger_options *options) {
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_ledger_read(&ledger, csv, strlen(csv), "text", options, &err), &err);
    assert_non_null(ledger);
    return ledger;
}

ntm_ledger *accounts_new(const ntm_table *table, const ntm_ledger_options *options) {
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_ledger_new(&ledger, table, options, &err), &err);
    assert_non_null(ledger);
    return ledger;
}

static void refused(const ntm_error *err, const char *subject, uint64_t row) {
    if (subject != NULL && strcmp(err->subject, subject) != 0)
        fail_msg("subject \"%s\", expected \"%s\" (%s)", err->subject, subject, err->message);
    if (err->row != row)
        fail_msg("row %" PRIu64 ", expected %" PRIu64 " (%s: %s)", err->row, row, err->subject, err->message);
}

void accounts_refused(const char *csv, const ntm_ledger_options *options, ntm_status status, const char *subject,
                      uint64_t row, const char *piece) {
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_ledger_read(&ledger, csv, strlen(csv), "text", options, &err), status, &err, piece);
    assert_null(ledger);
    refused(&err, subject, row);
    assert_int_equal(ntm_ledger_read(&ledger, csv, strlen(csv), "text", options, NULL), status);
}

void accounts_table_refused(const ntm_table *table, const ntm_ledger_options *options, ntm_status status,
                            const char *subject, uint64_t row, const char *piece) {
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_ledger_new(&ledger, table, options, &err), status, &err, piece);
    assert_null(ledger);
    refused(&err, subject, row);
}

void expect_members(const char *text, const ntm_ledger *ledger, const char *dimension) {
    char all[4096] = "";
    for (size_t i = 0; i < ntm_ledger_member_count(ledger, dimension); i++) {
        const ntm_member *member = ntm_ledger_member(ledger, dimension, i);
        assert_non_null(member);
        if (i > 0) add(all, sizeof all, " ");
        add(all, sizeof all, member->id[0] == '\0' ? "-" : member->id);
        if (member->parent != NULL) add(all, sizeof all, "<");
        if (member->parent != NULL) add(all, sizeof all, member->parent);
        if (member->stock) add(all, sizeof all, "*");
    }
    assert_null(ntm_ledger_member(ledger, dimension, ntm_ledger_member_count(ledger, dimension)));
    assert_string_equal(all, text);
}

/* ------------------------------------------------------------------------------------------- cubes */

ntm_cube *accounts_cube(const ntm_ledger *ledger, const ntm_cube_options *options) {
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_cube_new(&cube, ledger, options, &err), &err);
    assert_non_null(cube);
    return cube;
}

static int64_t whole(const ntm_table *table, const char *name, size_t row) {
    ntm_decimal value = {0, 0};
    ntm_error err = NTM_ERROR_INIT;
    assert_non_null(ntm_table_find(table, name));
    assert_ok(ntm_column_decimal(&value, &ntm_table_find(table, name)->column, row, &err), &err);
    return value.coefficient;
}

/* The members of a row, as places, and the cell that ntm_cube_get() gives for them. */
static ntm_cube_cell cell_of_row(char *text, size_t capacity, const ntm_cube *cube, const ntm_table *table,
                                 size_t row) {
    uint32_t at[NTM_SIDES_MAX] = {0};
    ntm_cube_cell cell;
    ntm_error err = NTM_ERROR_INIT;
    for (size_t side = 0; side < ntm_cube_sides(cube); side++) {
        const char *id = NULL;
        char piece[128];
        size_t size = 0;
        assert_ok(ntm_column_text(&id, &size, &table->fields[side].column, row, &err), &err);
        ntm_decimal code = {0, 0};
        assert_ok(ntm_column_decimal(&code, &table->fields[side].column, row, &err), &err);
        at[side] = (uint32_t)code.coefficient;
        const ntm_cube_member *member = ntm_cube_member_at(cube, side, at[side]);
        assert_non_null(member);
        assert_int_equal(size, strlen(member->id));
        assert_memory_equal(id, member->id, size);
        (void)snprintf(piece, sizeof piece, "%s%s", side > 0 ? " " : "", size == 0 ? "-" : member->id);
        add(text, capacity, piece);
    }
    assert_ok(ntm_cube_get(&cell, cube, at, &err), &err);
    return cell;
}

void accounts_cells(char *text, size_t capacity, const ntm_cube *cube) {
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    char number[64];
    *text = '\0';
    assert_ok(ntm_cube_rows_new(&rows, cube, NULL, &err), &err);
    const ntm_table *table = ntm_cube_rows_table(rows);
    assert_non_null(table);
    assert_ok(ntm_table_check(table, NULL, &err), &err);
    assert_int_equal(table->field_count, ntm_cube_sides(cube) + 3);
    assert_int_equal(table->rows, ntm_cube_cells(cube));
    for (size_t row = 0; row < table->rows; row++) {
        if (row > 0) add(text, capacity, "; ");
        ntm_cube_cell cell = cell_of_row(text, capacity, cube, table, row);
        ntm_known known = ntm_column_known(&ntm_table_find(table, "sum")->column, row);
        assert_int_not_equal(cell.known, NTM_NOT_APPLICABLE);
        assert_int_equal(whole(table, "missing", row), cell.missing);
        assert_int_equal(whole(table, "open", row), cell.known == NTM_NOT_REPORTED);
        assert_int_equal(cell.missing > 0, cell.known == NTM_NOT_REPORTED);
        if (known == NTM_REPORTED) assert_int_equal(whole(table, "sum", row), cell.sum);
        (void)ntm_decimal_format(number, sizeof number, (ntm_decimal){cell.sum, ntm_cube_scale(cube)},
                                 NTM_LOCALE_PLAIN);
        add(text, capacity, "=");
        add(text, capacity, known == NTM_REPORTED ? number : "?");
        (void)snprintf(number, sizeof number, " !%" PRIu64, cell.missing);
        if (cell.missing > 0) add(text, capacity, number);
    }
    ntm_cube_rows_free(rows);
}

void expect_cells(const char *text, const ntm_cube *cube) {
    char *all = malloc(ACCOUNTS_TEXT);
    assert_non_null(all);
    accounts_cells(all, ACCOUNTS_TEXT, cube);
    if (strcmp(all, text) != 0) fail_msg("cells \"%s\", expected \"%s\"", all, text);
    free(all);
}

void expect_cube(const char *text, const ntm_ledger *ledger, const ntm_cube_options *options) {
    ntm_cube *cube = accounts_cube(ledger, options);
    expect_cells(text, cube);
    ntm_cube_free(cube);
}

void cube_refused(const ntm_ledger *ledger, const ntm_cube_options *options, ntm_status status, const char *piece) {
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_cube_new(&cube, ledger, options, &err), status, &err, piece);
    assert_null(cube);
}

ntm_cube_cell accounts_cell(const ntm_cube *cube, const char *members) {
    uint32_t at[NTM_SIDES_MAX] = {0};
    char copy[512];
    ntm_cube_cell cell;
    ntm_error err = NTM_ERROR_INIT;
    size_t side = 0;
    (void)snprintf(copy, sizeof copy, "%s", members);
    for (char *id = strtok(copy, " "); id != NULL; id = strtok(NULL, " "), side++) {
        at[side] = ntm_cube_find(cube, side, strcmp(id, "-") == 0 ? "" : id);
        if (at[side] == UINT32_MAX) fail_msg("side %zu has no member \"%s\"", side, id);
    }
    assert_int_equal(side, ntm_cube_sides(cube));
    assert_ok(ntm_cube_get(&cell, cube, at, &err), &err);
    return cell;
}
