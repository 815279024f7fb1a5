/* SPDX-License-Identifier: Apache-2.0 */
/* Ids in order: by a number that holds their first eight bytes, and by the whole text only where that is the same. */
#include "poverty/match.h"

#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "column/values.h"

/* The bytes of an id, which is known to be there. */
static void text_of(const char **text, size_t *size, const ntm_i_ids_sorted *ids, uint32_t row) {
    *text = "";
    *size = 0;
    (void)!ntm_column_text(text, size, ids->column, row, NULL);
}

int ntm_i_ids_compare(const ntm_i_ids_sorted *left, uint32_t a, const ntm_i_ids_sorted *right, uint32_t b) {
    uint64_t x = left->prefix[a], y = right->prefix[b];
    if (x != y || !left->texts) return (x > y) - (x < y);
    const char *s = NULL, *t = NULL;
    size_t s_size = 0, t_size = 0;
    text_of(&s, &s_size, left, a);
    text_of(&t, &t_size, right, b);
    int order = memcmp(s, t, s_size < t_size ? s_size : t_size);
    return order != 0 ? order : (s_size > t_size) - (s_size < t_size);
}

static int compare_rows(const void *context, uint32_t a, uint32_t b) {
    return ntm_i_ids_compare(context, a, context, b);
}

/* Eight bytes, the first one highest; shorter texts are filled with zeros. */
static uint64_t prefix_of(const char *text, size_t size) {
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (i < size ? (unsigned char)text[i] : 0);
    return prefix;
}

static ntm_status read_ids(ntm_i_ids_sorted *ids, ntm_error *err) {
    for (size_t row = 0; row < ids->rows; row++) {
        ntm_error local = NTM_ERROR_INIT;
        const char *text = NULL;
        size_t size = 0;
        if (ntm_column_known(ids->column, row) != NTM_REPORTED)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(ids->name, row),
                              "a household of %s has no id: it cannot be paired", ids->table);
        ids->order[row] = (uint32_t)row;
        if (!ids->texts) {
            ids->prefix[row] = (uint64_t)ntm_i_column_integer(ids->column, row) ^ (uint64_t)1 << 63;
            continue;
        }
        ntm_status status = ntm_column_text(&text, &size, ids->column, row, &local);
        if (status != NTM_OK)
            return ntm_i_fail(err, status, NTM_I_ROW(ids->name, row), "%s: %s", ids->table, local.message);
        ids->prefix[row] = prefix_of(text, size);
    }
    return NTM_OK;
}

static ntm_status doubled(const ntm_i_ids_sorted *ids, uint32_t a, uint32_t b, ntm_error *err) {
    uint32_t first = a < b ? a : b, second = a < b ? b : a;
    ntm_i_place place = NTM_I_ROW(ids->name, second);
    if (!ids->texts)
        return ntm_i_fail(err, NTM_ERROR_CONFLICT, place, "the id %lld stands twice in %s: in row %lu and in row %lu",
                          (long long)ntm_i_column_integer(ids->column, second), ids->table, (unsigned long)first,
                          (unsigned long)second);
    const char *text = NULL;
    size_t size = 0;
    text_of(&text, &size, ids, second);
    return ntm_i_fail(err, NTM_ERROR_CONFLICT, place, "the id \"%.*s\" stands twice in %s: in row %lu and in row %lu",
                      ntm_i_shown(text, size), text, ids->table, (unsigned long)first, (unsigned long)second);
}

ntm_status ntm_i_ids_sort(ntm_i_ids_sorted *ids, const ntm_column *column, const char *name, const char *table,
                          const ntm_allocator *allocator, ntm_error *err) {
    bool texts = column->type == NTM_TYPE_TEXT || column->categories != NULL;
    *ids = (ntm_i_ids_sorted){column, name, table, *allocator, texts, column->length, NULL, NULL};
    if (!texts && (!ntm_i_type_is_integer(column->type) || column->scale != 0))
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(name),
                          "ids have to be text, categories or whole numbers");
    if (ids->rows >= UINT32_MAX) return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than 2^32 - 2 rows");
    ids->prefix = ntm_i_allocate(allocator, ids->rows, sizeof *ids->prefix);
    ids->order = ntm_i_allocate(allocator, ids->rows, sizeof *ids->order);
    uint32_t *spare = ntm_i_allocate(allocator, ids->rows, sizeof *spare);
    ntm_status status = NTM_OK;
    if (ids->prefix == NULL || ids->order == NULL || spare == NULL) status = ntm_i_no_memory(err);
    if (status == NTM_OK) status = read_ids(ids, err);
    if (status == NTM_OK) ntm_i_sort(ids->order, spare, ids->rows, compare_rows, ids);
    ntm_i_release(allocator, spare, ids->rows, sizeof *spare);
    for (size_t i = 1; i < ids->rows && status == NTM_OK; i++)
        if (compare_rows(ids, ids->order[i - 1], ids->order[i]) == 0)
            status = doubled(ids, ids->order[i - 1], ids->order[i], err);
    return status;
}

void ntm_i_ids_end(ntm_i_ids_sorted *ids) {
    ntm_i_release(&ids->allocator, ids->prefix, ids->rows, sizeof *ids->prefix);
    ntm_i_release(&ids->allocator, ids->order, ids->rows, sizeof *ids->order);
}
