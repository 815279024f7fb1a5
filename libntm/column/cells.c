/* SPDX-License-Identifier: Apache-2.0 */
#include "column/cells.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

const char *ntm_i_cells_label(const char *path) {
    const size_t most = sizeof((ntm_error *)0)->subject / 2;
    size_t size = path == NULL ? 0 : strlen(path);
    const char *name = size <= most ? NULL : strrchr(path, '/');
    return name == NULL ? path : name + 1;
}

void ntm_i_cells_complain(ntm_i_cells *cells, ntm_status status, const char *subject, size_t row, const char *format,
                          ...) {
    ntm_error problem = NTM_ERROR_INIT;
    char both[sizeof cells->first.subject];
    if (cells->table != NULL) {
        (void)snprintf(both, sizeof both, "%s: %s", cells->table, subject);
        subject = both;
    }
    ntm_i_place place = row == SIZE_MAX ? NTM_I_SUBJECT(subject) : NTM_I_ROW(subject, row);
    va_list arguments;
    va_start(arguments, format);
    (void)ntm_i_fail_list(&problem, status, place, format, arguments);
    va_end(arguments);
    ntm_i_problems_add(cells->problems, &problem);
    if (cells->problem_count++ == 0) cells->first = problem;
}

ntm_status ntm_i_cells_status(const ntm_i_cells *cells, ntm_error *err) {
    if (cells->no_memory) return ntm_i_no_memory(err);
    return cells->problem_count == 0 ? NTM_OK : ntm_i_error_copy(err, &cells->first);
}

static bool of_kind(const ntm_column *column, ntm_i_cells_kind kind) {
    if (column->type == NTM_TYPE_TEXT || column->categories != NULL) return true;
    return kind == NTM_I_CELLS_DAYS && column->type >= NTM_TYPE_INT8 && column->type <= NTM_TYPE_INT64 &&
           column->scale == 0;
}

bool ntm_i_cells_find(const ntm_field **found, ntm_i_cells *cells, const ntm_table *table,
                      const ntm_i_cells_column *columns, size_t count, const char *what) {
    size_t told = cells->problem_count;
    for (size_t i = 0; i < count; i++) {
        bool days = columns[i].kind == NTM_I_CELLS_DAYS;
        found[i] = ntm_table_find(table, columns[i].name);
        if (found[i] == NULL && columns[i].needed)
            ntm_i_cells_complain(cells, NTM_ERROR_SHAPE, columns[i].name, SIZE_MAX, "%s needs this column", what);
        if (found[i] != NULL && !of_kind(&found[i]->column, columns[i].kind))
            ntm_i_cells_complain(cells, NTM_ERROR_SHAPE, columns[i].name, SIZE_MAX, "expected text or categories%s",
                                 days ? ", or days as integers" : "");
    }
    return told == cells->problem_count;
}

bool ntm_i_cells_only(ntm_i_cells *cells, const ntm_table *table, const ntm_field *const *found, size_t count,
                      const char *what, const char *expected) {
    size_t told = cells->problem_count;
    for (size_t i = 0; i < table->field_count; i++) {
        bool known = false;
        for (size_t at = 0; at < count; at++)
            known = known || found[at] == &table->fields[i];
        if (!known)
            ntm_i_cells_complain(cells, NTM_ERROR_SHAPE, table->fields[i].name, SIZE_MAX,
                                 "no column of %s: expected %s", what, expected);
    }
    return told == cells->problem_count;
}

bool ntm_i_cell_text(ntm_i_cells *cells, const char **out, size_t *size, const ntm_field *field, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    size_t bad = 0;
    if (field == NULL || ntm_column_known(&field->column, row) != NTM_REPORTED) return false;
    ntm_status status = ntm_column_text(out, size, &field->column, row, &err);
    if (status != NTM_OK)
        ntm_i_cells_complain(cells, status, field->name, row, "%s", err.message);
    else if (!ntm_i_utf8_valid(*out, *size, &bad))
        ntm_i_cells_complain(cells, NTM_ERROR_SYNTAX, field->name, row, "text that is not UTF-8");
    else
        return *size > 0;
    return false;
}

const char *ntm_i_cell_copy(ntm_i_cells *cells, const ntm_field *field, size_t row) {
    const char *text = NULL;
    size_t size = 0;
    if (!ntm_i_cell_text(cells, &text, &size, field, row)) return NULL;
    const char *copy = ntm_i_arena_text(cells->arena, text, size);
    if (copy == NULL) cells->no_memory = true;
    return copy;
}

ntm_date ntm_i_cell_day(ntm_i_cells *cells, const ntm_field *field, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_date date = NTM_DATE_NONE;
    if (field == NULL || ntm_column_known(&field->column, row) != NTM_REPORTED) return NTM_DATE_NONE;
    if (field->column.type == NTM_TYPE_TEXT || field->column.categories != NULL) {
        const char *text = NULL;
        size_t size = 0;
        if (!ntm_i_cell_text(cells, &text, &size, field, row)) return NTM_DATE_NONE;
        ntm_status status = ntm_date_parse(&date, text, size, &err);
        if (status != NTM_OK)
            ntm_i_cells_complain(cells, status, field->name, row, "\"%.*s\": %s", ntm_i_shown(text, size), text,
                                 err.message);
        return date;
    }
    ntm_decimal value = {0, 0};
    ntm_status status = ntm_column_decimal(&value, &field->column, row, &err);
    bool fits = status == NTM_OK && value.coefficient > INT32_MIN && value.coefficient <= INT32_MAX;
    if (fits && ntm_i_date_is((ntm_date)value.coefficient)) return (ntm_date)value.coefficient;
    ntm_i_cells_complain(cells, status == NTM_OK ? NTM_ERROR_VALUE : status, field->name, row, "%s",
                         status == NTM_OK ? "a number that is no day of the years 1 to 9999" : err.message);
    return NTM_DATE_NONE;
}
