/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow record batches as tables. Everything is checked before anything is taken over: the structs come from another
   program, and what they say of lengths is all there is. */
#include <stdlib.h>
#include <string.h>

#include "column/arrow_batch.h"
#include "column/bits.h"

/* ------------------------------------------------------------------------------------------- batches */

ntm_i_arrow_batch *ntm_i_arrow_batch_new(const struct ArrowSchema *schema, const ntm_allocator *allocator) {
    ntm_i_arrow_batch *batch = ntm_i_allocate(allocator, 1, sizeof *batch);
    if (batch == NULL) return NULL;
    ntm_i_arena_start(&batch->arena, allocator);
    atomic_init(&batch->users, 1);
    size_t columns = schema->n_children > 0 ? (size_t)schema->n_children : 1;
    batch->categories = ntm_i_arena_take(&batch->arena, columns, sizeof *batch->categories);
    if (batch->categories == NULL) {
        ntm_i_arrow_batch_drop(batch);
        return NULL;
    }
    return batch;
}

void ntm_i_arrow_batch_drop(ntm_i_arrow_batch *batch) {
    if (batch == NULL || atomic_fetch_sub(&batch->users, 1) != 1) return;
    ntm_allocator allocator = batch->arena.allocator;
    if (batch->array.release != NULL) batch->array.release(&batch->array);
    if (batch->schema.release != NULL) batch->schema.release(&batch->schema);
    ntm_i_arena_end(&batch->arena);
    ntm_i_release(&allocator, batch, 1, sizeof *batch);
}

/* ------------------------------------------------------------------------------------------- checks */

ntm_status ntm_i_arrow_check_counts(const struct ArrowSchema *schema, const struct ArrowArray *array, ntm_error *err) {
    if (schema->n_children < 0 || (array != NULL && schema->n_children != array->n_children))
        return ntm_i_arrow_malformed(err, NULL, "type and data have different numbers of columns");
    if (schema->n_children > 0 && (schema->children == NULL || (array != NULL && array->children == NULL)))
        return ntm_i_arrow_malformed(err, NULL, "children is NULL");
    return NTM_OK;
}

static ntm_status check_children(const struct ArrowSchema *schema, const struct ArrowArray *array, ntm_error *err) {
    ntm_status status = ntm_i_arrow_check_counts(schema, array, err);
    if (status != NTM_OK) return status;
    if (schema->dictionary != NULL || array->dictionary != NULL)
        return ntm_i_arrow_malformed(err, NULL, "a record batch with a dictionary");
    for (int64_t at = 0; at < schema->n_children; at++) {
        if (schema->children[at] == NULL || array->children[at] == NULL)
            return ntm_i_arrow_malformed(err, NULL, "a column is NULL");
    }
    return NTM_OK;
}

/* A row that is null as a whole has no columns to say so: such batches are refused. */
ntm_status ntm_i_arrow_check(const struct ArrowSchema *schema, const struct ArrowArray *array, bool alone,
                             ntm_error *err) {
    if (alone) return array->length < 0 ? ntm_i_arrow_malformed(err, NULL, "a negative length") : NTM_OK;
    if (schema->format == NULL || strcmp(schema->format, "+s") != 0)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_NOWHERE, "Arrow type \"%s\", expected a record batch (\"+s\")",
                          schema->format == NULL ? "" : schema->format);
    ntm_status status = ntm_i_arrow_check_array(array, NULL, 1, 1, err);
    if (status == NTM_OK) status = check_children(schema, array, err);
    if (status != NTM_OK) return status;
    const uint8_t *validity = ntm_i_arrow_validity(array);
    for (int64_t row = 0; validity != NULL && row < array->length; row++) {
        if (!ntm_i_bit(validity, (size_t)(array->offset + row)))
            return ntm_i_fail(err, NTM_ERROR_UNSUPPORTED, NTM_I_ROW(NULL, (uint64_t)row),
                              "a row of the record batch is null as a whole");
    }
    return NTM_OK;
}

ntm_status ntm_i_arrow_options_check(const ntm_arrow_options *options, ntm_error *err) {
    if (options == NULL) return NTM_OK;
    if (options->struct_size != sizeof *options)
        return ntm_i_wrong_call(err, "struct_size is not that of ntm_arrow_options: start with NTM_ARROW_OPTIONS_INIT");
    if (options->names == NULL && options->name_count > 0)
        return ntm_i_wrong_call(err, "names is NULL and name_count is not 0");
    for (size_t at = 0; at < options->name_count; at++) {
        if (options->names[at] == NULL) return ntm_i_wrong_call(err, "a wanted name is NULL");
    }
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- tables */

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* The wanted names in order, so that thousands of columns are not compared with thousands of names; all: NULL. */
static ntm_status sort_names(const char *const **out, ntm_i_arena *arena, const ntm_arrow_options *options,
                             ntm_error *err) {
    *out = NULL;
    if (options == NULL || options->names == NULL) return NTM_OK;
    const char **names = ntm_i_arena_take(arena, options->name_count + 1, sizeof *names);
    if (names == NULL) return ntm_i_no_memory(err);
    for (size_t at = 0; at < options->name_count; at++)
        names[at] = options->names[at];
    qsort(names, options->name_count, sizeof *names, by_text);
    *out = names;
    return NTM_OK;
}

static bool is_wanted(const char *const *names, size_t count, const char *name) {
    return name != NULL && count > 0 && bsearch(&name, names, count, sizeof *names, by_text) != NULL;
}

static ntm_status add_field(ntm_arrow_table *table, ntm_field *fields, ntm_i_arrow_child *c) {
    if (c->name == NULL) return ntm_i_arrow_malformed(c->err, NULL, "a column without a name");
    ntm_status status = ntm_i_arrow_take(c);
    if (status != NTM_OK) return status;
    ntm_field *field = &fields[table->table.field_count++];
    field->column = c->column;
    return ntm_i_arena_copy(&table->arena, &field->name, c->name) ? NTM_OK : ntm_i_no_memory(c->err);
}

static ntm_status fill(ntm_arrow_table *table, const struct ArrowSchema *schema, const struct ArrowArray *array,
                       size_t from, const ntm_arrow_options *options, ntm_error *err) {
    bool alone = options != NULL && options->column != NULL;
    size_t count = alone ? 1 : (size_t)schema->n_children;
    ntm_field *fields = ntm_i_arena_take(&table->arena, count, sizeof *fields);
    if (fields == NULL) return ntm_i_no_memory(err);
    const char *const *wanted = NULL;
    ntm_status status = sort_names(&wanted, &table->arena, options, err);
    if (status != NTM_OK) return status;
    table->table.fields = fields;
    for (size_t at = 0; at < count; at++) {
        ntm_i_arrow_child c = {.arena = &table->arena,
                               .batch = table->batch,
                               .categories = &table->batch->categories[at],
                               .name = alone ? options->column : schema->children[at]->name,
                               .schema = alone ? schema : schema->children[at],
                               .array = alone ? array : array->children[at],
                               .offset = from + (alone ? 0 : (size_t)array->offset),
                               .rows = table->table.rows,
                               .column = NTM_COLUMN_INIT,
                               .err = err};
        if (!alone && wanted != NULL && !is_wanted(wanted, options->name_count, c.name)) continue;
        status = add_field(table, fields, &c);
        if (status != NTM_OK) return status;
    }
    return ntm_table_check(&table->table, NULL, err);
}

ntm_status ntm_i_arrow_table_new(ntm_arrow_table **out, ntm_i_arrow_batch *batch, const struct ArrowSchema *schema,
                                 const struct ArrowArray *array, size_t from, size_t rows,
                                 const ntm_arrow_options *options, ntm_error *err) {
    ntm_arrow_table *table = ntm_i_allocate(&batch->arena.allocator, 1, sizeof *table);
    if (table == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&table->arena, &batch->arena.allocator);
    atomic_fetch_add(&batch->users, 1);
    table->batch = batch;
    table->table = (ntm_table)NTM_TABLE_INIT;
    table->table.rows = rows;
    ntm_status status = fill(table, schema, array, from, options, err);
    if (status == NTM_OK)
        *out = table;
    else
        ntm_arrow_table_free(table);
    return status;
}

ntm_status ntm_arrow_import_some(ntm_arrow_table **out, struct ArrowSchema *schema, struct ArrowArray *array,
                                 const ntm_arrow_options *options, ntm_error *err) {
    if (out == NULL || schema == NULL || array == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out, schema or array is NULL");
    if (schema->release == NULL || array->release == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the record batch has been released");
    ntm_status status = ntm_i_arrow_options_check(options, err);
    if (status != NTM_OK) return status;
    const ntm_allocator *allocator = options == NULL ? NULL : options->allocator;
    if (!ntm_i_allocator_usable(allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the allocator lacks a function");
    status = ntm_i_arrow_check(schema, array, options != NULL && options->column != NULL, err);
    if (status != NTM_OK) return status;
    ntm_i_arrow_batch *batch = ntm_i_arrow_batch_new(schema, allocator);
    if (batch == NULL) return ntm_i_no_memory(err);
    ntm_arrow_table *table = NULL;
    status = ntm_i_arrow_table_new(&table, batch, schema, array, 0, (size_t)array->length, options, err);
    if (status == NTM_OK) {
        batch->schema = *schema;
        batch->array = *array;
        schema->release = NULL;
        array->release = NULL;
        *out = table;
    }
    ntm_i_arrow_batch_drop(batch); /* the table is its user now; after a failure nothing of the caller's is in it */
    return status;
}

ntm_status ntm_arrow_import(ntm_arrow_table **out, struct ArrowSchema *schema, struct ArrowArray *array,
                            const ntm_allocator *allocator, ntm_error *err) {
    ntm_arrow_options options = NTM_ARROW_OPTIONS_INIT;
    options.allocator = allocator;
    return ntm_arrow_import_some(out, schema, array, &options, err);
}

const ntm_table *ntm_arrow_table_get(const ntm_arrow_table *table) { return table == NULL ? NULL : &table->table; }

void ntm_arrow_table_free(ntm_arrow_table *table) {
    if (table == NULL) return;
    ntm_allocator allocator = table->arena.allocator;
    ntm_i_arrow_batch_drop(table->batch);
    ntm_i_arena_end(&table->arena);
    ntm_i_release(&allocator, table, 1, sizeof *table);
}
