/* SPDX-License-Identifier: Apache-2.0 */
/* A balance from a table: a cell for each row of each column of numbers. */
#include "reconcile/balance.h"

#include <stdio.h>
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "column/cells.h"
#include "number/decimal.h"

#define TABLE_CELLS_MAX 10000000

/* ------------------------------------------------------------------------------------------- columns and rows */

static bool holds_numbers(const ntm_column *column) {
    return column->type >= NTM_TYPE_INT8 && column->type <= NTM_TYPE_DECIMAL128 && column->categories == NULL;
}

static bool is_key(const ntm_balance_table_options *options, const ntm_field *field) {
    return options->key != NULL && strcmp(options->key, field->name) == 0;
}

static bool take_columns(ntm_balance *to, const ntm_table *table, const ntm_balance_table_options *options,
                         const ntm_field **fields) {
    ntm_i_balance_table *t = &to->table;
    t->columns = ntm_i_arena_take(&to->texts, table->field_count, sizeof *t->columns);
    t->scales = ntm_i_arena_take(&to->texts, table->field_count, sizeof *t->scales);
    if (t->columns == NULL || t->scales == NULL) return false;
    for (size_t i = 0; i < table->field_count; i++) {
        const ntm_field *field = &table->fields[i];
        if (is_key(options, field) || !holds_numbers(&field->column)) continue;
        fields[t->column_count] = field;
        if (!ntm_i_arena_copy(&to->texts, &t->columns[t->column_count], field->name)) return false;
        t->column_count++;
    }
    return true;
}

static int by_name(const void *context, uint32_t a, uint32_t b) {
    const char *const *names = context;
    return strcmp(names[a], names[b]);
}

/* The key of a row as text: text, categories, or a whole number. */
static const char *key_of(ntm_i_cells *cells, const ntm_field *field, size_t row) {
    ntm_decimal value;
    char text[32];
    ntm_error err = NTM_ERROR_INIT;
    if (!holds_numbers(&field->column)) return ntm_i_cell_copy(cells, field, row);
    if (ntm_column_known(&field->column, row) != NTM_REPORTED) return NULL;
    if (ntm_column_decimal(&value, &field->column, row, &err) != NTM_OK) {
        ntm_i_cells_complain(cells, err.status, field->name, row, "%s", err.message);
        return NULL;
    }
    (void)ntm_decimal_format(text, sizeof text, value, NTM_LOCALE_PLAIN);
    const char *copy = ntm_i_arena_text(cells->arena, text, strlen(text));
    cells->no_memory = cells->no_memory || copy == NULL;
    return copy;
}

static void take_rows(ntm_balance *to, ntm_i_cells *cells, const ntm_field *key) {
    ntm_i_balance_table *t = &to->table;
    uint32_t *order = ntm_i_arena_take(&to->texts, 2 * t->rows, sizeof *order);
    t->row_names = ntm_i_arena_take(&to->texts, t->rows, sizeof *t->row_names);
    t->by_name = order;
    if (order == NULL || t->row_names == NULL) {
        cells->no_memory = true;
        return;
    }
    for (size_t row = 0; row < t->rows && !cells->no_memory; row++) {
        char number[24];
        (void)snprintf(number, sizeof number, "%zu", row);
        size_t before = cells->problem_count;
        t->row_names[row] =
            key != NULL ? key_of(cells, key, row) : ntm_i_arena_text(cells->arena, number, strlen(number));
        if (t->row_names[row] != NULL) continue;
        if (key == NULL) cells->no_memory = true;
        if (key != NULL && cells->problem_count == before && !cells->no_memory)
            ntm_i_cells_complain(cells, NTM_ERROR_VALUE, key->name, row, "a row without a key");
        t->row_names[row] = "";
    }
    if (cells->no_memory || cells->problem_count > 0) return;
    for (size_t row = 0; row < t->rows; row++)
        order[row] = (uint32_t)row;
    ntm_i_sort(order, order + t->rows, t->rows, by_name, t->row_names);
    for (size_t i = 1; i < t->rows; i++)
        if (strcmp(t->row_names[order[i - 1]], t->row_names[order[i]]) == 0)
            ntm_i_cells_complain(cells, NTM_ERROR_CONFLICT, key != NULL ? key->name : NULL, order[i],
                                 "\"%.*s\" is row %lu already",
                                 ntm_i_shown(t->row_names[order[i]], strlen(t->row_names[order[i]])),
                                 t->row_names[order[i]], (unsigned long)order[i - 1]);
}

/* ------------------------------------------------------------------------------------------- cells */

static ntm_decimal width_of(const ntm_balance_table_options *options, const char *column) {
    for (size_t i = 0; i < options->width_count; i++)
        if (strcmp(options->widths[i].column, column) == 0) return options->widths[i].half_width;
    return (ntm_decimal){0, 0};
}

/* The cells of a column, with as many digits after the mark as the column prints at most. */
static void take_cells(ntm_balance *to, ntm_i_cells *cells, const ntm_field *field, size_t column,
                       ntm_decimal half_width) {
    ntm_i_balance_table *t = &to->table;
    ntm_balance_cell *all = to->cells.items;
    uint8_t scale = 0;
    for (size_t row = 0; row < t->rows; row++) {
        ntm_balance_cell *cell = &all[row * t->column_count + column];
        ntm_error err = NTM_ERROR_INIT;
        *cell = (ntm_balance_cell)NTM_BALANCE_CELL_INIT;
        cell->row = t->row_names[row];
        cell->column = t->columns[column];
        cell->row_number = row;
        cell->column_number = (uint32_t)column;
        cell->known = ntm_column_known(&field->column, row);
        cell->half_width = half_width;
        if (cell->known != NTM_REPORTED) continue;
        if (ntm_column_decimal(&cell->value, &field->column, row, &err) != NTM_OK)
            ntm_i_cells_complain(cells, err.status, field->name, row, "%s", err.message);
        if (cell->value.scale > scale) scale = cell->value.scale;
    }
    t->scales[column] = scale;
    for (size_t row = 0; row < t->rows; row++) {
        ntm_decimal *value = &all[row * t->column_count + column].value;
        int64_t coefficient = 0;
        bool lost = false;
        if (ntm_i_decimal_at_scale(&coefficient, *value, scale, &lost)) *value = (ntm_decimal){coefficient, scale};
    }
}

static bool make_room(ntm_balance *to) {
    size_t count = to->table.rows * to->table.column_count;
    if (count == 0) return true;
    to->cells.items = ntm_i_allocate(&to->allocator, count, sizeof(ntm_balance_cell));
    if (to->cells.items == NULL) return false;
    to->cells.count = to->cells.capacity = count;
    return true;
}

/* ------------------------------------------------------------------------------------------- the whole */

static ntm_status check_widths(const ntm_table *table, const ntm_balance_table_options *options, ntm_error *err) {
    for (size_t i = 0; i < options->width_count; i++) {
        const ntm_column_width *width = &options->widths[i];
        if (width->column == NULL || width->half_width.scale > NTM_SCALE_MAX)
            return ntm_i_wrong_call(err, "a width without a column, or with a scale above 18");
        if (width->half_width.coefficient < 0)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_SUBJECT(width->column), "the half-width is below 0");
        if (ntm_table_find(table, width->column) == NULL)
            return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(width->column), "no such column");
    }
    return NTM_OK;
}

static ntm_status take_table(ntm_balance *to, const ntm_table *table, const ntm_balance_table_options *options,
                             ntm_error *err) {
    const ntm_field **fields = ntm_i_allocate(&to->allocator, table->field_count, sizeof *fields);
    ntm_i_cells cells = {&to->texts, options->problems, NULL, NTM_ERROR_INIT, 0, false};
    const ntm_field *key = options->key == NULL ? NULL : ntm_table_find(table, options->key);
    ntm_status status = NTM_OK;
    if (fields == NULL) return ntm_i_no_memory(err);
    to->table.there = true;
    to->table.rows = table->rows;
    if (options->key != NULL && key == NULL)
        status =
            ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(options->key), "no such column: the key of the rows");
    else if (!take_columns(to, table, options, fields))
        status = ntm_i_no_memory(err);
    else if (table->rows > TABLE_CELLS_MAX ||
             (to->table.column_count > 0 && table->rows > TABLE_CELLS_MAX / to->table.column_count))
        status = ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "over 10 million cells");
    if (status == NTM_OK) {
        take_rows(to, &cells, key);
        if (!cells.no_memory && !make_room(to)) cells.no_memory = true;
        for (size_t i = 0; !cells.no_memory && i < to->table.column_count; i++)
            take_cells(to, &cells, fields[i], i, width_of(options, fields[i]->name));
        status = cells.no_memory ? ntm_i_no_memory(err) : ntm_i_cells_status(&cells, err);
    }
    ntm_i_release(&to->allocator, fields, table->field_count, sizeof *fields);
    return status;
}

ntm_status ntm_balance_from_table(ntm_balance **out, const ntm_table *table, const ntm_balance_table_options *options,
                                  ntm_error *err) {
    ntm_balance_table_options usual = NTM_BALANCE_TABLE_OPTIONS_INIT;
    ntm_balance *made = NULL;
    if (out == NULL || table == NULL) return ntm_i_wrong_call(err, "out or the table is NULL");
    if (options == NULL) options = &usual;
    if (options->struct_size != sizeof *options)
        return ntm_i_wrong_call(err, "the options' struct_size is wrong: start with NTM_BALANCE_TABLE_OPTIONS_INIT");
    if (options->widths == NULL && options->width_count > 0) return ntm_i_wrong_call(err, "the widths are NULL");
    ntm_status status = ntm_table_check(table, options->problems, err);
    if (status == NTM_OK) status = check_widths(table, options, err);
    if (status == NTM_OK) status = ntm_balance_new(&made, options->allocator, err);
    if (status == NTM_OK) status = take_table(made, table, options, err);
    if (status == NTM_OK)
        *out = made;
    else
        ntm_balance_free(made);
    return status;
}
