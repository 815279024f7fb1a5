/* SPDX-License-Identifier: Apache-2.0 */
#include "classification/columns.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "column/values.h"

static bool is_of_kind(const ntm_column *column, ntm_i_texts_kind kind) {
    if (column->type == NTM_TYPE_TEXT || column->categories != NULL) return true;
    return kind != NTM_I_TEXTS_IDS && ntm_i_type_is_integer(column->type) && column->scale == 0;
}

/* The categories are all known; what is left is to see that every code has one. */
static void check_categories(ntm_i_texts *texts, ntm_i_cells *cells, size_t rows) {
    const ntm_column *column = &texts->field->column;
    texts->names = column->categories;
    texts->count = column->category_count;
    for (size_t row = 0; row < rows; row++) {
        if (ntm_column_known(column, row) != NTM_REPORTED) continue;
        int64_t id = ntm_i_column_integer(column, row);
        if (id >= 0 && (uint64_t)id >= column->category_count)
            ntm_i_cells_complain(cells, NTM_ERROR_VALUE, texts->field->name, row,
                                 "code %lld, and there are %zu categories", (long long)id, column->category_count);
    }
    for (size_t i = 0; i < texts->count; i++)
        if (texts->names[i] == NULL)
            ntm_i_cells_complain(cells, NTM_ERROR_SHAPE, texts->field->name, SIZE_MAX, "category %zu is NULL", i);
}

/* Numbers below this are found by themselves, not by their text. */
#define SMALL 10000

static bool read_texts(ntm_i_texts *texts, ntm_i_cells *cells, size_t rows) {
    for (size_t row = 0; row < rows; row++) {
        const char *text = NULL;
        size_t size = 0;
        if (!ntm_i_cell_text(cells, &text, &size, texts->field, row)) continue;
        if (memchr(text, '\0', size) != NULL)
            ntm_i_cells_complain(cells, NTM_ERROR_SYNTAX, texts->field->name, row, "text with a NUL byte");
        else if (!ntm_i_csv_codes_find(&texts->codes, &texts->ids[row], text, size))
            return false;
    }
    return true;
}

static bool read_numbers(ntm_i_texts *texts, ntm_i_cells *cells, size_t rows) {
    int32_t *small = ntm_i_arena_take(cells->arena, SMALL, sizeof *small); /* ids + 1 */
    if (small == NULL) return false;
    for (size_t row = 0; row < rows; row++) {
        char text[32];
        if (ntm_column_known(&texts->field->column, row) != NTM_REPORTED) continue;
        int64_t number = ntm_i_column_integer(&texts->field->column, row);
        bool is_small = number >= 0 && number < SMALL;
        if (is_small && small[number] > 0) {
            texts->ids[row] = small[number] - 1;
            continue;
        }
        int size = snprintf(text, sizeof text, "%lld", (long long)number);
        if (!ntm_i_csv_codes_find(&texts->codes, &texts->ids[row], text, (size_t)size)) return false;
        if (is_small) small[number] = texts->ids[row] + 1;
    }
    return true;
}

static bool read_rows(ntm_i_texts *texts, ntm_i_cells *cells, size_t rows) {
    texts->ids = ntm_i_allocate(&cells->arena->allocator, rows, sizeof *texts->ids);
    if (texts->ids == NULL) return false;
    ntm_i_csv_codes_start(&texts->codes, cells->arena);
    memset(texts->ids, 0xff, rows * sizeof *texts->ids); /* NTM_I_ABSENT */
    if (!(texts->integers ? read_numbers : read_texts)(texts, cells, rows)) return false;
    texts->names = texts->codes.names.items;
    texts->count = texts->codes.names.count;
    return true;
}

bool ntm_i_texts_start(ntm_i_texts *texts, ntm_i_cells *cells, const ntm_table *table, const char *name,
                       ntm_i_texts_kind kind) {
    const ntm_field *field = ntm_table_find(table, name);
    if (field == NULL) return true;
    if (!is_of_kind(&field->column, kind)) {
        ntm_i_cells_complain(cells, NTM_ERROR_SHAPE, name, SIZE_MAX, "expected text or categories%s",
                             kind == NTM_I_TEXTS_DAYS    ? ", or days as integers"
                             : kind == NTM_I_TEXTS_CODES ? ", or whole numbers as integers"
                                                         : "");
        return true;
    }
    texts->field = field;
    texts->integers = field->column.type != NTM_TYPE_TEXT && field->column.categories == NULL;
    if (field->column.categories != NULL) {
        check_categories(texts, cells, table->rows);
        return true;
    }
    /* Days as numbers are read where they stand. */
    if (texts->integers && kind == NTM_I_TEXTS_DAYS) return true;
    return read_rows(texts, cells, table->rows);
}

void ntm_i_texts_end(ntm_i_texts *texts, const ntm_i_cells *cells, size_t rows) {
    if (texts->ids == NULL) return;
    ntm_i_release(&cells->arena->allocator, texts->ids, rows, sizeof *texts->ids);
    ntm_i_csv_codes_end(&texts->codes);
}

int32_t ntm_i_texts_at(const ntm_i_texts *texts, size_t row) {
    if (texts->ids != NULL) return texts->ids[row];
    if (texts->field == NULL || ntm_column_known(&texts->field->column, row) != NTM_REPORTED) return NTM_I_ABSENT;
    int64_t id = ntm_i_column_integer(&texts->field->column, row);
    bool there = id >= 0 && (uint64_t)id < texts->count && texts->names[id][0] != '\0';
    return there ? (int32_t)id : NTM_I_ABSENT;
}

const char *ntm_i_texts_code(char room[32], size_t *size, const ntm_i_texts *texts, int32_t id, unsigned digits) {
    const char *text = texts->names[id];
    *size = strlen(text);
    if (!texts->integers || *size >= digits || text[0] == '-') return text;
    size_t zeros = digits - *size;
    memset(room, '0', zeros);
    memcpy(room + zeros, text, *size + 1);
    *size = digits;
    return room;
}
