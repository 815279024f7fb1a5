/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the same columns, one after another, as one table in memory of its own. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "column/arrow_batch.h"
#include "column/bits.h"
#include "column/values.h"

/* One column of all tables on its way into one. */
typedef struct joining {
    ntm_arrow_table *const *tables;
    size_t count;
    size_t field;
    size_t rows; /* of all */
    ntm_i_arena *arena;
    ntm_column column; /* what it becomes */
    ntm_error *err;
} joining;

static const ntm_column *part(const joining *j, size_t at) { return &j->tables[at]->table.fields[j->field].column; }

static const char *name_of(const joining *j) { return j->tables[0]->table.fields[j->field].name; }

/* ------------------------------------------------------------------------------------------- bits */

static void copy_bits(uint8_t *to, size_t at, const uint8_t *from, size_t offset, size_t count) {
    size_t row = 0;
    if (at % 8 == 0 && offset % 8 == 0) {
        row = count / 8 * 8;
        memcpy(to + at / 8, from + offset / 8, count / 8);
    }
    for (; row < count; row++)
        ntm_i_set_bit(to, at + row, ntm_i_bit(from, offset + row));
}

static ntm_status join_validity(joining *j) {
    bool any = false;
    for (size_t at = 0; at < j->count; at++)
        any = any || part(j, at)->validity != NULL;
    if (!any) return NTM_OK;
    uint8_t *bits = ntm_i_arena_take(j->arena, j->rows / 8 + 1, 1);
    if (bits == NULL) return ntm_i_no_memory(j->err);
    size_t start = 0;
    for (size_t at = 0; at < j->count; at++) {
        const ntm_column *from = part(j, at);
        if (from->validity != NULL) copy_bits(bits, start, from->validity, from->validity_offset, from->length);
        for (size_t row = 0; from->validity == NULL && row < from->length; row++)
            ntm_i_set_bit(bits, start + row, true);
        start += from->length;
    }
    j->column.validity = bits;
    return NTM_OK;
}

static ntm_status join_bits(joining *j) {
    uint8_t *bits = ntm_i_arena_take(j->arena, j->rows / 8 + 1, 1);
    if (bits == NULL) return ntm_i_no_memory(j->err);
    size_t start = 0;
    for (size_t at = 0; at < j->count; at++) {
        const ntm_column *from = part(j, at);
        copy_bits(bits, start, from->data, from->bit_offset, from->length);
        start += from->length;
    }
    j->column.data = bits;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- values and text */

static ntm_status join_values(joining *j) {
    size_t size = ntm_i_type_size(j->column.type);
    char *to = ntm_i_arena_take(j->arena, j->rows, size);
    if (to == NULL) return ntm_i_no_memory(j->err);
    j->column.data = to;
    j->column.stride_bytes = (int64_t)size;
    for (size_t at = 0; at < j->count; at++) {
        memcpy(to, part(j, at)->data, part(j, at)->length * size);
        to += part(j, at)->length * size;
    }
    return NTM_OK;
}

static ntm_status join_text(joining *j) {
    int64_t bytes = 0;
    for (size_t at = 0; at < j->count; at++) {
        const int32_t *offsets = part(j, at)->data;
        bytes += offsets[part(j, at)->length] - offsets[0];
    }
    if (bytes > INT32_MAX)
        return ntm_i_fail(j->err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(name_of(j)),
                          "the text of all batches has %" PRId64 " bytes, expected at most 2 GiB in one table", bytes);
    int32_t *offsets = ntm_i_arena_take(j->arena, j->rows + 1, sizeof *offsets);
    char *text = ntm_i_arena_take(j->arena, (size_t)bytes, 1);
    if (offsets == NULL || text == NULL) return ntm_i_no_memory(j->err);
    j->column.data = offsets;
    j->column.text = text;
    int32_t used = 0;
    for (size_t at = 0; at < j->count; at++) {
        const ntm_column *from = part(j, at);
        const int32_t *own = from->data;
        for (size_t row = 0; row < from->length; row++)
            *offsets++ = used + own[row] - own[0];
        int32_t size = own[from->length] - own[0];
        if (size > 0) memcpy(text + used, from->text + own[0], (size_t)size);
        used += size;
    }
    *offsets = used;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- dictionaries */

/* A category of one of the tables, and what it is in the union. */
typedef struct category {
    const char *name;
    size_t place; /* among all categories of all tables, in their order */
    int32_t code;
} category;

static int by_name(const void *a, const void *b) {
    const category *left = a;
    const category *right = b;
    int order = strcmp(left->name, right->name);
    return order != 0 ? order : (left->place > right->place) - (left->place < right->place);
}

static int by_place(const void *a, const void *b) {
    const category *left = a;
    const category *right = b;
    return (left->place > right->place) - (left->place < right->place);
}

static bool same_categories(const ntm_column *a, const ntm_column *b) {
    if (a->category_count != b->category_count) return false;
    for (size_t at = 0; at < a->category_count; at++) {
        if (strcmp(a->categories[at], b->categories[at]) != 0) return false;
    }
    return true;
}

/* Copies names into the table's own memory. */
static ntm_status keep_names(joining *j, const char **names, size_t count) {
    for (size_t at = 0; at < count; at++) {
        if (!ntm_i_arena_copy(j->arena, &names[at], names[at])) return ntm_i_no_memory(j->err);
    }
    j->column.categories = names;
    j->column.category_count = count;
    return NTM_OK;
}

/* Numbers the names by their first appearance: each gets the code that its name has in the union. */
static ntm_status unite(joining *j, category *all, size_t count) {
    size_t start = 0;
    for (size_t at = 0; at < j->count; at++) {
        for (size_t one = 0; one < part(j, at)->category_count; one++, start++)
            all[start] = (category){part(j, at)->categories[one], start, 0};
    }
    qsort(all, count, sizeof *all, by_name);
    size_t different = 0;
    size_t first = 0;
    size_t *firsts = ntm_i_arena_take(j->arena, count, sizeof *firsts);
    const char **names = ntm_i_arena_take(j->arena, count, sizeof *names);
    if (firsts == NULL || names == NULL) return ntm_i_no_memory(j->err);
    for (size_t at = 0; at < count; at++) {
        if (at == 0 || strcmp(all[at].name, all[at - 1].name) != 0) first = all[at].place;
        firsts[all[at].place] = first;
    }
    qsort(all, count, sizeof *all, by_place);
    for (size_t at = 0; at < count; at++) {
        if (firsts[at] == at) {
            names[different] = all[at].name;
            all[at].code = (int32_t)different++;
        } else {
            all[at].code = all[firsts[at]].code;
        }
    }
    return keep_names(j, names, different);
}

/* The codes of all tables in the union. A code past its own dictionary would be somebody else's there: it is refused. */
static ntm_status translate(joining *j, const category *all) {
    int32_t *to = ntm_i_arena_take(j->arena, j->rows, sizeof *to);
    if (to == NULL) return ntm_i_no_memory(j->err);
    j->column.type = NTM_TYPE_INT32;
    j->column.stride_bytes = (int64_t)sizeof *to;
    j->column.data = to;
    size_t row = 0;
    for (size_t at = 0; at < j->count; at++) {
        const ntm_column *from = part(j, at);
        for (size_t own = 0; own < from->length; own++, row++) {
            to[row] = -1;
            if (ntm_column_known(from, own) != NTM_REPORTED) continue;
            int64_t code = ntm_i_column_integer(from, own);
            if ((uint64_t)code >= from->category_count)
                return ntm_i_fail(j->err, NTM_ERROR_VALUE, NTM_I_ROW(name_of(j), row),
                                  "code %" PRId64 " is past the %zu categories", code, from->category_count);
            to[row] = all[code].code;
        }
        all += from->category_count;
    }
    return NTM_OK;
}

static ntm_status join_codes(joining *j) {
    size_t count = 0;
    bool same = true;
    for (size_t at = 0; at < j->count; at++) {
        same = same && same_categories(part(j, 0), part(j, at));
        count += part(j, at)->category_count;
    }
    if (same) {
        size_t own = part(j, 0)->category_count;
        const char **names = ntm_i_arena_take(j->arena, own, sizeof *names);
        if (names == NULL) return ntm_i_no_memory(j->err);
        memcpy(names, part(j, 0)->categories, own * sizeof *names);
        ntm_status status = keep_names(j, names, own);
        return status == NTM_OK ? join_values(j) : status;
    }
    if (count > INT32_MAX)
        return ntm_i_fail(j->err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(name_of(j)), "more than 2^31 categories");
    category *all = ntm_i_allocate(&j->arena->allocator, count, sizeof *all);
    if (all == NULL) return ntm_i_no_memory(j->err);
    ntm_status status = unite(j, all, count);
    if (status == NTM_OK) status = translate(j, all);
    ntm_i_release(&j->arena->allocator, all, count, sizeof *all);
    return status;
}

/* ------------------------------------------------------------------------------------------- tables */

static ntm_status join_column(joining *j) {
    const ntm_column *first = part(j, 0);
    j->column.type = first->type;
    j->column.scale = first->scale;
    j->column.length = j->rows;
    ntm_status status = NTM_OK;
    if (first->categories != NULL)
        status = join_codes(j);
    else if (first->type == NTM_TYPE_TEXT)
        status = join_text(j);
    else if (first->type == NTM_TYPE_BITS)
        status = join_bits(j);
    else
        status = join_values(j);
    return status == NTM_OK ? join_validity(j) : status;
}

static ntm_status fill(ntm_arrow_table *table, ntm_arrow_table *const *tables, size_t count, ntm_error *err) {
    size_t columns = tables[0]->table.field_count;
    for (size_t at = 0; at < count; at++)
        table->table.rows += tables[at]->table.rows;
    if (table->table.rows > SIZE_MAX / 64)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more rows than the address space has");
    ntm_field *fields = ntm_i_arena_take(&table->arena, columns, sizeof *fields);
    if (fields == NULL) return ntm_i_no_memory(err);
    for (size_t at = 0; at < columns; at++) {
        joining j = {tables, count, at, table->table.rows, &table->arena, NTM_COLUMN_INIT, err};
        ntm_status status = join_column(&j);
        if (status != NTM_OK) return status;
        fields[at].column = j.column;
        if (!ntm_i_arena_copy(&table->arena, &fields[at].name, name_of(&j))) return ntm_i_no_memory(err);
    }
    table->table.fields = fields;
    table->table.field_count = columns;
    return NTM_OK;
}

ntm_status ntm_i_arrow_join(ntm_arrow_table **out, ntm_arrow_table *const *tables, size_t count,
                            const ntm_allocator *allocator, ntm_error *err) {
    ntm_arrow_table *table = ntm_i_allocate(allocator, 1, sizeof *table);
    if (table == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&table->arena, allocator);
    table->table = (ntm_table)NTM_TABLE_INIT;
    ntm_status status = fill(table, tables, count, err);
    if (status == NTM_OK)
        *out = table;
    else
        ntm_arrow_table_free(table);
    return status;
}
