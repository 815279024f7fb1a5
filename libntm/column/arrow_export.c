/* SPDX-License-Identifier: Apache-2.0 */
/* Tables as Arrow record batches. All structs of one batch share a keeper, which lives until the last of them is
   released: a consumer may move single columns out and keep them longer than the batch. */
#include <ntm/arrow.h>

#include <stdatomic.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "column/arrow_values.h"

struct keeper {
    ntm_i_arena arena; /* everything that is not borrowed from the table */
    atomic_size_t users;
    void (*on_release)(void *context);
    void *context;
};

typedef struct keeper keeper;

static void keeper_drop(keeper *k) {
    if (atomic_fetch_sub(&k->users, 1) != 1) return;
    ntm_allocator allocator = k->arena.allocator;
    if (k->on_release != NULL) k->on_release(k->context);
    ntm_i_arena_end(&k->arena);
    ntm_i_release(&allocator, k, 1, sizeof *k);
}

/* The specification: release what is inside and not moved away, mark oneself released. */
static void release_schema(struct ArrowSchema *schema) {
    keeper *k = schema->private_data;
    for (int64_t at = 0; at < schema->n_children; at++) {
        struct ArrowSchema *inner = schema->children[at];
        if (inner->release != NULL) inner->release(inner);
    }
    if (schema->dictionary != NULL && schema->dictionary->release != NULL)
        schema->dictionary->release(schema->dictionary);
    schema->release = NULL;
    keeper_drop(k);
}

static void release_array(struct ArrowArray *array) {
    keeper *k = array->private_data;
    for (int64_t at = 0; at < array->n_children; at++) {
        struct ArrowArray *inner = array->children[at];
        if (inner->release != NULL) inner->release(inner);
    }
    if (array->dictionary != NULL && array->dictionary->release != NULL) array->dictionary->release(array->dictionary);
    array->release = NULL;
    keeper_drop(k);
}

static void start_schema(struct ArrowSchema *schema, keeper *k, const char *format, const char *name) {
    memset(schema, 0, sizeof *schema);
    schema->format = format;
    schema->name = name;
    schema->release = release_schema;
    schema->private_data = k;
    atomic_fetch_add(&k->users, 1);
}

static void start_array(struct ArrowArray *array, keeper *k, size_t length, int64_t n_buffers, const void **buffers) {
    memset(array, 0, sizeof *array);
    array->length = (int64_t)length;
    array->n_buffers = n_buffers;
    array->buffers = buffers;
    array->release = release_array;
    array->private_data = k;
    atomic_fetch_add(&k->users, 1);
}

/* The categories as a dictionary of utf8. */
static ntm_status add_dictionary(struct ArrowSchema *schema, struct ArrowArray *array, keeper *k,
                                 const ntm_field *field, ntm_error *err) {
    ntm_i_place place = NTM_I_SUBJECT(field->name);
    size_t count = field->column.category_count;
    size_t bytes = 0;
    for (size_t at = 0; at < count; at++) {
        const char *category = field->column.categories[at];
        if (category == NULL) return ntm_i_fail(err, NTM_ERROR_SHAPE, place, "category %zu has no name", at);
        bytes += strlen(category);
        if (bytes > INT32_MAX)
            return ntm_i_fail(err, NTM_ERROR_SHAPE, place, "the categories have more than 2 GiB of text");
    }
    int32_t *offsets = ntm_i_arena_take(&k->arena, count + 1, sizeof *offsets);
    char *text = ntm_i_arena_take(&k->arena, bytes, 1);
    const void **buffers = ntm_i_arena_take(&k->arena, 3, sizeof *buffers);
    schema->dictionary = ntm_i_arena_take(&k->arena, 1, sizeof *schema->dictionary);
    array->dictionary = ntm_i_arena_take(&k->arena, 1, sizeof *array->dictionary);
    if (offsets == NULL || text == NULL || buffers == NULL || schema->dictionary == NULL || array->dictionary == NULL)
        return ntm_i_no_memory(err);
    for (size_t at = 0; at < count; at++) {
        size_t size = strlen(field->column.categories[at]);
        memcpy(text + offsets[at], field->column.categories[at], size);
        offsets[at + 1] = offsets[at] + (int32_t)size;
    }
    buffers[1] = offsets;
    buffers[2] = text;
    start_schema(schema->dictionary, k, "u", "");
    start_array(array->dictionary, k, count, 3, buffers);
    return NTM_OK;
}

static ntm_status add_column(struct ArrowSchema *schema, struct ArrowArray *array, keeper *k, const ntm_field *field,
                             ntm_error *err) {
    ntm_i_arrow_values values;
    ntm_status status = ntm_i_arrow_values_of(&values, field, &k->arena, err);
    if (status != NTM_OK) return status;
    const char *format = NULL;
    const char *name = NULL;
    bool fits = ntm_i_arena_copy(&k->arena, &format, values.format) && ntm_i_arena_copy(&k->arena, &name, field->name);
    const void **buffers = ntm_i_arena_take(&k->arena, 3, sizeof *buffers);
    if (!fits || buffers == NULL) return ntm_i_no_memory(err);
    buffers[0] = values.validity;
    buffers[1] = values.data;
    buffers[2] = values.text;
    start_schema(schema, k, format, name);
    schema->flags = ARROW_FLAG_NULLABLE;
    start_array(array, k, field->column.length, values.text == NULL ? 2 : 3, buffers);
    array->offset = (int64_t)values.offset;
    array->null_count = values.validity == NULL ? 0 : -1;
    return field->column.categories == NULL ? NTM_OK : add_dictionary(schema, array, k, field, err);
}

/* `count` structs of `size` bytes and the pointers to them. */
static void **take_structs(keeper *k, size_t count, size_t size) {
    void **pointers = ntm_i_arena_take(&k->arena, count, sizeof *pointers);
    char *structs = ntm_i_arena_take(&k->arena, count, size);
    if (pointers == NULL || structs == NULL) return NULL;
    for (size_t at = 0; at < count; at++)
        pointers[at] = structs + at * size;
    return pointers;
}

static ntm_status fill(struct ArrowSchema *schema, struct ArrowArray *array, keeper *k, const ntm_table *table,
                       ntm_error *err) {
    void **schemas = take_structs(k, table->field_count, sizeof(struct ArrowSchema));
    void **arrays = take_structs(k, table->field_count, sizeof(struct ArrowArray));
    const void **buffers = ntm_i_arena_take(&k->arena, 1, sizeof *buffers);
    if (schemas == NULL || arrays == NULL || buffers == NULL) return ntm_i_no_memory(err);
    for (size_t at = 0; at < table->field_count; at++) {
        ntm_status status = add_column(schemas[at], arrays[at], k, &table->fields[at], err);
        if (status != NTM_OK) return status;
    }
    start_schema(schema, k, "+s", "");
    schema->n_children = (int64_t)table->field_count;
    schema->children = (struct ArrowSchema **)(void *)schemas;
    start_array(array, k, table->rows, 1, buffers);
    array->n_children = (int64_t)table->field_count;
    array->children = (struct ArrowArray **)(void *)arrays;
    return NTM_OK;
}

ntm_status ntm_arrow_export(struct ArrowSchema *schema, struct ArrowArray *array, const ntm_table *table,
                            void (*on_release)(void *context), void *context, const ntm_allocator *allocator,
                            ntm_error *err) {
    if (schema == NULL || array == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "schema or array is NULL");
    if (!ntm_i_allocator_usable(allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the allocator lacks a function");
    ntm_status status = ntm_table_check(table, NULL, err);
    if (status != NTM_OK) return status;
    if (table->rows > SIZE_MAX / 64) return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_NOWHERE, "more rows than Arrow has");
    keeper *k = ntm_i_allocate(allocator, 1, sizeof *k);
    if (k == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&k->arena, allocator);
    atomic_init(&k->users, 1);
    struct ArrowSchema made_schema;
    struct ArrowArray made_array;
    status = fill(&made_schema, &made_array, k, table, err);
    if (status != NTM_OK) {
        /* Nobody has seen the structs: they go without being released, and the caller keeps the columns. */
        ntm_i_arena_end(&k->arena);
        ntm_i_release(allocator, k, 1, sizeof *k);
        return status;
    }
    k->on_release = on_release;
    k->context = context;
    *schema = made_schema;
    *array = made_array;
    keeper_drop(k); /* what the making itself held */
    return NTM_OK;
}
