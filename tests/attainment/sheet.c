/* SPDX-License-Identifier: Apache-2.0 */
#include "sheet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sheet_start(sheet *s, size_t rows) {
    memset(s, 0, sizeof *s);
    s->table = (ntm_table)NTM_TABLE_INIT;
    s->table.rows = rows;
    s->table.fields = s->fields;
    s->plan = (ntm_plan_options)NTM_PLAN_OPTIONS_INIT;
    s->plan.on = KIT_DAY;
    s->evaluate = (ntm_evaluate_options)NTM_EVALUATE_OPTIONS_INIT;
}

void sheet_end(sheet *s) {
    for (size_t at = 0; at < s->block_count; at++)
        free(s->blocks[at]);
    s->block_count = 0;
}

void *sheet_memory(sheet *s, size_t size) {
    assert_true(s->block_count < SHEET_BLOCKS);
    void *block = calloc(1, size == 0 ? 1 : size);
    assert_non_null(block);
    s->blocks[s->block_count++] = block;
    return block;
}

void sheet_column(sheet *s, const char *name, ntm_column column) {
    assert_true(s->table.field_count < SHEET_FIELDS);
    s->fields[s->table.field_count].name = name;
    s->fields[s->table.field_count++].column = column;
}

/* ------------------------------------------------------------------------------------------- cells */

typedef struct cell {
    char text[40];
    ntm_known known;
} cell;

static cell *split(sheet *s, const char *cells) {
    size_t rows = s->table.rows;
    cell *all = sheet_memory(s, (rows + 1) * sizeof *all);
    size_t count = 0;
    while (*cells != '\0') {
        size_t size = strcspn(cells, " ");
        if (size != 0) {
            if (count >= rows) fail_msg("more than %zu cells: %s", rows, cells);
            assert_true(size < sizeof all[count].text);
            memcpy(all[count].text, cells, size);
            all[count].known = NTM_REPORTED;
            if (strcmp(all[count].text, "?") == 0) all[count].known = NTM_NOT_REPORTED;
            if (strcmp(all[count].text, "~") == 0) all[count].known = NTM_NOT_APPLICABLE;
            count++;
        }
        cells += size;
        cells += strspn(cells, " ");
    }
    if (count != rows) fail_msg("%zu cells for %zu rows", count, rows);
    return all;
}

static void set_bit(uint8_t *bits, size_t at) { bits[at / 8] = (uint8_t)(bits[at / 8] | 1u << (at % 8)); }

static void masks(sheet *s, ntm_column *column, const cell *cells) {
    uint8_t *valid = sheet_memory(s, s->table.rows / 8 + 1);
    uint8_t *without = sheet_memory(s, s->table.rows / 8 + 1);
    bool missing = false;
    bool not_applicable = false;
    for (size_t row = 0; row < s->table.rows; row++) {
        if (cells[row].known == NTM_REPORTED)
            set_bit(valid, row);
        else
            missing = true;
        if (cells[row].known != NTM_NOT_APPLICABLE) continue;
        set_bit(without, row);
        not_applicable = true;
    }
    if (missing) column->validity = valid;
    if (not_applicable) column->not_applicable = without;
}

/* Numbers: the digits after the mark of the cell that has most of them are the scale. */
static void numbers(sheet *s, ntm_column *column, const cell *cells, size_t width) {
    uint8_t scale = 0;
    for (size_t row = 0; row < s->table.rows; row++) {
        if (cells[row].known != NTM_REPORTED) continue;
        ntm_decimal value = kit_decimal(cells[row].text);
        if (value.scale > scale) scale = value.scale;
    }
    unsigned char *data = sheet_memory(s, s->table.rows * width);
    for (size_t row = 0; row < s->table.rows; row++) {
        if (cells[row].known != NTM_REPORTED) continue;
        ntm_decimal value = kit_decimal(cells[row].text);
        int64_t number = value.coefficient;
        for (uint8_t at = value.scale; at < scale; at++)
            number *= 10;
        int64_t wide[2] = {number, number < 0 ? -1 : 0}; /* little-endian */
        memcpy(data + row * width, wide, width);
    }
    column->scale = scale;
    column->data = data;
    column->stride_bytes = (int64_t)width;
}

static void doubles(sheet *s, ntm_column *column, const cell *cells) {
    double *data = sheet_memory(s, s->table.rows * sizeof *data);
    for (size_t row = 0; row < s->table.rows; row++)
        data[row] = cells[row].known == NTM_REPORTED ? strtod(cells[row].text, NULL) : 12345.0;
    column->data = data;
    column->stride_bytes = sizeof *data;
}

static void flags(sheet *s, ntm_column *column, const cell *cells, bool bits) {
    uint8_t *data = sheet_memory(s, s->table.rows + 1);
    for (size_t row = 0; row < s->table.rows; row++) {
        bool yes = strcmp(cells[row].text, "yes") == 0;
        if (bits && yes)
            set_bit(data, row);
        else if (!bits)
            data[row] = yes ? 1 : strcmp(cells[row].text, "no") == 0 || cells[row].known != NTM_REPORTED ? 0 : 2;
    }
    column->data = data;
    column->stride_bytes = 1;
}

static void words(sheet *s, ntm_column *column, const cell *cells) {
    size_t rows = s->table.rows;
    int32_t *offsets = sheet_memory(s, (rows + 1) * sizeof *offsets);
    char *text = sheet_memory(s, rows * sizeof cells[0].text + 1);
    for (size_t row = 0; row < rows; row++) {
        size_t size = cells[row].known == NTM_REPORTED ? strlen(cells[row].text) : 0;
        memcpy(text + offsets[row], cells[row].text, size);
        offsets[row + 1] = offsets[row] + (int32_t)size;
    }
    column->data = offsets;
    column->text = text;
}

static void codes(sheet *s, ntm_column *column, const cell *cells) {
    size_t rows = s->table.rows;
    int32_t *data = sheet_memory(s, rows * sizeof *data);
    const char **names = sheet_memory(s, (rows + 1) * sizeof *names);
    for (size_t row = 0; row < rows; row++) {
        size_t code = 0;
        while (code < column->category_count && strcmp(names[code], cells[row].text) != 0)
            code++;
        data[row] = cells[row].known == NTM_REPORTED ? (int32_t)code : -1;
        if (cells[row].known == NTM_REPORTED && code == column->category_count)
            names[column->category_count++] = cells[row].text;
    }
    column->data = data;
    column->stride_bytes = sizeof *data;
    column->categories = names;
}

void sheet_cells(sheet *s, const char *name, form as, const char *text) {
    static const ntm_type types[] = {NTM_TYPE_INT8,   NTM_TYPE_INT16,      NTM_TYPE_INT32, NTM_TYPE_INT64,
                                     NTM_TYPE_DOUBLE, NTM_TYPE_DECIMAL128, NTM_TYPE_BITS,  NTM_TYPE_BYTES,
                                     NTM_TYPE_TEXT,   NTM_TYPE_INT32};
    static const size_t widths[] = {1, 2, 4, 8, 8, 16};
    ntm_column column = NTM_COLUMN_INIT;
    const cell *cells = split(s, text);
    column.type = types[as];
    column.length = s->table.rows;
    masks(s, &column, cells);
    if (as == AS_DOUBLE)
        doubles(s, &column, cells);
    else if (as <= AS_DECIMAL)
        numbers(s, &column, cells, widths[as]);
    else if (as == AS_BITS || as == AS_BYTES)
        flags(s, &column, cells, as == AS_BITS);
    else if (as == AS_TEXT)
        words(s, &column, cells);
    else
        codes(s, &column, cells);
    sheet_column(s, name, column);
}
