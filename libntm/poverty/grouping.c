/* SPDX-License-Identifier: Apache-2.0 */
/* Rows into groups. Columns of few values give a cell by arithmetic, and a table says which group the cell is; what
   has no cell, or one not seen before, is looked up by its keys. */
#include <string.h>

#include "column/bits.h"
#include "column/values.h"
#include "poverty/groups.h"
#include "poverty/read.h"

/* Cells of the table, in all and, beyond the first few, for each row; and values of a column of plain integers that is
   worth it. */
enum { CELLS_MAX = 1 << 22, CELLS_FEW = 1 << 12, CELLS_PER_ROW = 8, SPAN_MAX = 1 << 16 };

static bool has_texts(const ntm_column *column) { return column->type == NTM_TYPE_TEXT || column->categories != NULL; }

/* Smallest and largest of values without gaps. */
#define SPAN(type)                                                                                                     \
    do {                                                                                                               \
        const type *values = column->data;                                                                             \
        type low = values[0], high = values[0];                                                                        \
        for (size_t row = 1; row < column->length; row++) {                                                            \
            low = values[row] < low ? values[row] : low;                                                               \
            high = values[row] > high ? values[row] : high;                                                            \
        }                                                                                                              \
        *least = low;                                                                                                  \
        *most = high;                                                                                                  \
    } while (0)

/* The same for a column that lies in one piece and is known throughout; false for others. */
static bool span_of_all(int64_t *least, int64_t *most, const ntm_column *column) {
    size_t size = ntm_i_type_size(column->type);
    if (column->length == 0 || column->validity != NULL || column->not_applicable != NULL) return false;
    if (column->stride_bytes != (int64_t)size) return false;
    if (size == 1)
        SPAN(int8_t);
    else if (size == 2)
        SPAN(int16_t);
    else if (size == 4)
        SPAN(int32_t);
    else
        SPAN(int64_t);
    return true;
}

/* Smallest and largest known value; false when there is none. */
static bool span(int64_t *least, int64_t *most, const ntm_column *column) {
    if (span_of_all(least, most, column)) return true;
    bool any = false;
    for (size_t row = 0; row < column->length; row++) {
        if (ntm_column_known(column, row) != NTM_REPORTED) continue;
        int64_t value = ntm_i_column_integer(column, row);
        if (!any || value < *least) *least = value;
        if (!any || value > *most) *most = value;
        any = true;
    }
    return any;
}

/* How many ids a column can give, 0 for too many; `least` is its value with the first of them. */
static uint32_t radix_of(int64_t *least, const ntm_column *column) {
    int64_t most = 0;
    *least = 0;
    if (column->type == NTM_TYPE_TEXT) return 0;
    if (ntm_i_is_flag(column)) return NTM_I_KEY_FIRST + 2;
    if (column->categories != NULL)
        return column->category_count < CELLS_MAX ? (uint32_t)column->category_count + NTM_I_KEY_FIRST : 0;
    if (!span(least, &most, column)) return NTM_I_KEY_FIRST;
    uint64_t width = (uint64_t)most - (uint64_t)*least;
    return width < SPAN_MAX ? (uint32_t)width + 1 + NTM_I_KEY_FIRST : 0;
}

static ntm_status take_column(ntm_i_grouping *grouping, size_t field, const ntm_table *table, ntm_error *err) {
    ntm_i_keys *keys = &grouping->groups->keys[field];
    const ntm_column *column = NULL;
    ntm_status status = ntm_i_field_column(&column, table, keys->name, err);
    if (status != NTM_OK) return status;
    bool integers = ntm_i_type_is_integer(column->type) && column->scale == 0;
    if (!has_texts(column) && !integers && !ntm_i_is_flag(column))
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(keys->name),
                          "a grouping field has to be of text, categories, whole numbers or flags");
    if (keys->values.names.count > 0 && keys->texts != has_texts(column))
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(keys->name),
                          "the grouping field is of text in one table and of numbers in the other");
    keys->texts = has_texts(column);
    grouping->columns[field] = column;
    grouping->radix[field] = radix_of(&grouping->least[field], column);
    return NTM_OK;
}

ntm_status ntm_i_grouping_start(ntm_i_grouping *grouping, ntm_i_groups *groups, const ntm_table *table,
                                ntm_error *err) {
    size_t fields = groups->fields, cells = 1;
    ntm_i_arena *arena = &groups->arena;
    memset(grouping, 0, sizeof *grouping);
    grouping->groups = groups;
    grouping->kernels = ntm_i_tally_best();
    grouping->columns = ntm_i_arena_take(arena, fields, sizeof *grouping->columns);
    grouping->radix = ntm_i_arena_take(arena, fields, sizeof *grouping->radix);
    grouping->least = ntm_i_arena_take(arena, fields, sizeof *grouping->least);
    grouping->last = ntm_i_arena_take(arena, fields, sizeof *grouping->last);
    if (grouping->columns == NULL || grouping->radix == NULL || grouping->least == NULL || grouping->last == NULL)
        return ntm_i_no_memory(err);
    for (size_t field = 0; field < fields; field++) {
        ntm_status status = take_column(grouping, field, table, err);
        if (status != NTM_OK) return status;
        uint32_t radix = grouping->radix[field];
        cells = radix == 0 || cells == 0 || cells > CELLS_MAX / radix ? 0 : cells * radix;
    }
    if (cells > CELLS_FEW && cells / CELLS_PER_ROW > table->rows) cells = 0;
    grouping->cells = cells;
    if (cells > 0) grouping->map = ntm_i_allocate(&arena->allocator, cells, sizeof *grouping->map);
    return cells > 0 && grouping->map == NULL ? ntm_i_no_memory(err) : NTM_OK;
}

void ntm_i_grouping_end(ntm_i_grouping *grouping) {
    if (grouping->groups == NULL) return;
    ntm_i_release(&grouping->groups->arena.allocator, grouping->map, grouping->cells, sizeof *grouping->map);
    grouping->map = NULL;
}

/* ------------------------------------------------------------------------------------------- by keys */

static ntm_status find_text(int32_t *code, ntm_i_keys *keys, const ntm_column *column, size_t row, ntm_error *err) {
    ntm_error local = NTM_ERROR_INIT;
    const char *text = NULL;
    size_t size = 0;
    ntm_status status = ntm_column_text(&text, &size, column, row, &local);
    if (status != NTM_OK) return ntm_i_fail(err, status, NTM_I_ROW(keys->name, row), "%s", local.message);
    if (memchr(text, '\0', size) != NULL)
        return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(keys->name, row), "a key holds a NUL byte");
    return ntm_i_csv_codes_find(&keys->values, code, text, size) ? NTM_OK : ntm_i_no_memory(err);
}

static ntm_status find_number(int32_t *code, ntm_i_keys *keys, const ntm_column *column, size_t row, ntm_error *err) {
    int64_t value = 0;
    if (column->type == NTM_TYPE_BITS) {
        value = ntm_i_bit(column->data, column->bit_offset + row);
    } else if (column->type == NTM_TYPE_BYTES) {
        value = (unsigned char)*ntm_i_column_at(column, row);
        if (value > 1)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(keys->name, row), "a yes/no byte is %d, expected 0 or 1",
                              (int)value);
    } else {
        value = ntm_i_column_integer(column, row);
    }
    char bytes[sizeof value];
    memcpy(bytes, &value, sizeof value);
    return ntm_i_csv_codes_find(&keys->values, code, bytes, sizeof bytes) ? NTM_OK : ntm_i_no_memory(err);
}

static ntm_status key_of(uint32_t *id, ntm_i_keys *keys, const ntm_column *column, size_t row, ntm_error *err) {
    ntm_known known = ntm_column_known(column, row);
    int32_t code = 0;
    if (known != NTM_REPORTED) {
        *id = known == NTM_NOT_APPLICABLE ? NTM_I_KEY_NOT_APPLICABLE : NTM_I_KEY_NOT_REPORTED;
        return NTM_OK;
    }
    ntm_status status =
        keys->texts ? find_text(&code, keys, column, row, err) : find_number(&code, keys, column, row, err);
    *id = (uint32_t)code + NTM_I_KEY_FIRST;
    return status;
}

/* The group of these ids, made if it has to be. */
static ntm_status group_of_ids(uint32_t *out, ntm_i_groups *groups, const uint32_t *ids, ntm_error *err) {
    int32_t code = 0;
    size_t before = ntm_i_groups_count(groups);
    size_t size = groups->fields == 0 ? 1 : groups->fields * sizeof *ids;
    const char *bytes = groups->fields == 0 ? "\1" : (const char *)ids;
    if (!ntm_i_csv_codes_find(&groups->tuples, &code, bytes, size)) return ntm_i_no_memory(err);
    if (ntm_i_groups_count(groups) > before && !ntm_i_array_append(&groups->ids, ids, groups->fields))
        return ntm_i_no_memory(err);
    if (ntm_i_groups_count(groups) > NTM_GROUPS_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than %d groups", NTM_GROUPS_MAX);
    *out = (uint32_t)code;
    return NTM_OK;
}

static ntm_status group_of_row(uint32_t *out, ntm_i_grouping *grouping, size_t row, ntm_error *err) {
    ntm_i_groups *groups = grouping->groups;
    bool same = grouping->any;
    for (size_t field = 0; field < groups->fields; field++) {
        uint32_t id = 0;
        ntm_status status = key_of(&id, &groups->keys[field], grouping->columns[field], row, err);
        if (status != NTM_OK) return status;
        same = same && grouping->last[field] == id;
        grouping->last[field] = id;
    }
    ntm_status status = same ? NTM_OK : group_of_ids(&grouping->last_group, groups, grouping->last, err);
    grouping->any = status == NTM_OK;
    *out = grouping->last_group;
    return status;
}

/* ------------------------------------------------------------------------------------------- by cells */

static void fill_values(uint32_t *out, const ntm_i_grouping *grouping, const ntm_column *column, int64_t least,
                        uint32_t values, size_t start, size_t rows) {
    ntm_i_ids ids = {NULL, ntm_i_type_size(column->type), least, values, column->categories != NULL};
    if (column->type == NTM_TYPE_BITS) {
        for (size_t r = 0; r < rows; r++)
            out[r] = NTM_I_KEY_FIRST + (uint32_t)ntm_i_bit(column->data, column->bit_offset + start + r);
        return;
    }
    if (column->stride_bytes == (int64_t)ids.size) {
        ids.data = ntm_i_column_at(column, start);
        grouping->kernels->ids(out, &ids, rows);
        return;
    }
    int64_t moved[NTM_I_BLOCK];
    for (size_t r = 0; r < rows; r++)
        moved[r] = column->type == NTM_TYPE_BYTES ? (unsigned char)*ntm_i_column_at(column, start + r)
                                                  : ntm_i_column_integer(column, start + r);
    ids.data = moved;
    ids.size = sizeof moved[0];
    grouping->kernels->ids(out, &ids, rows);
}

/* The ids of one column in a block. */
static void fill_ids(uint32_t *out, const ntm_i_grouping *grouping, size_t field, size_t start, size_t rows) {
    const ntm_column *column = grouping->columns[field];
    fill_values(out, grouping, column, grouping->least[field], grouping->radix[field] - NTM_I_KEY_FIRST, start, rows);
    if (column->validity == NULL && column->not_applicable == NULL) return;
    ntm_i_knowledge known;
    ntm_i_knowledge_load(&known, column, start, rows);
    for (size_t r = 0; r < rows; r++) {
        if (ntm_i_word_bit(known.known, r)) continue;
        bool inapplicable = ntm_i_word_bit(known.not_applicable, r);
        out[r] = inapplicable ? NTM_I_KEY_NOT_APPLICABLE : NTM_I_KEY_NOT_REPORTED;
    }
}

/* The cells of a block; false when an id is none. */
static bool fill_cells(uint32_t *out, const ntm_i_grouping *grouping, size_t start, size_t rows) {
    bool good = true;
    memset(out, 0, rows * sizeof *out);
    for (size_t field = 0; field < grouping->groups->fields && good; field++) {
        uint32_t ids[NTM_I_BLOCK];
        fill_ids(ids, grouping, field, start, rows);
        good = grouping->kernels->combine(out, ids, grouping->radix[field], rows);
    }
    return good;
}

static ntm_status read_by_keys(uint32_t *out, ntm_i_grouping *grouping, size_t start, size_t rows, ntm_error *err) {
    ntm_status status = NTM_OK;
    for (size_t r = 0; r < rows && status == NTM_OK; r++)
        status = group_of_row(&out[r], grouping, start + r, err);
    return status;
}

ntm_status ntm_i_grouping_read(uint32_t *out, ntm_i_grouping *grouping, size_t start, size_t rows, ntm_error *err) {
    uint32_t cells[NTM_I_BLOCK];
    if (grouping->map == NULL || !fill_cells(cells, grouping, start, rows))
        return read_by_keys(out, grouping, start, rows, err); /* which names what is wrong */
    if (grouping->kernels->look_up(out, cells, grouping->map, rows)) return NTM_OK;
    for (size_t r = 0; r < rows; r++) {
        if (grouping->map[cells[r]] == 0) {
            uint32_t group = 0;
            ntm_status status = group_of_row(&group, grouping, start + r, err);
            if (status != NTM_OK) return status;
            grouping->map[cells[r]] = group + 1;
        }
        out[r] = grouping->map[cells[r]] - 1;
    }
    return NTM_OK;
}
