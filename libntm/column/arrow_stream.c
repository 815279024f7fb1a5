/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow streams: batches are taken one by one, cut into tables without a copy, or joined into one. */
#include <errno.h>
#include <string.h>

#include "column/arrow_batch.h"

struct ntm_arrow_stream {
    ntm_allocator allocator;
    struct ArrowArrayStream stream; /* release NULL: there are no more batches */
    struct ArrowSchema schema;
    ntm_i_arrow_batch *batch; /* rows of it are left; NULL = none */
    size_t next_row;          /* of the batch */
    bool is_checked;          /* the batch, as a record batch or as `alone` says */
    bool is_alone;
    size_t batch_count;
    ntm_error failure; /* of the producer: it fails for ever */
};

/* ------------------------------------------------------------------------------------------- the producer */

static ntm_status producer_failed(struct ArrowArrayStream *stream, int code, ntm_error *err) {
    if (code == ENOMEM) return ntm_i_no_memory(err);
    const char *words = stream->get_last_error == NULL ? NULL : stream->get_last_error(stream);
    bool silent = words == NULL || words[0] == '\0';
    char line[sizeof err->message];
    size_t at = 0;
    for (; !silent && words[at] != '\0' && at + 1 < sizeof line; at++)
        line[at] = words[at] == '\n' || words[at] == '\r' ? ' ' : words[at];
    line[at] = '\0';
    return ntm_i_fail(err, NTM_ERROR_IO, NTM_I_NOWHERE, "the producer of the Arrow stream failed (%d)%s%s", code,
                      silent ? "" : ": ", line);
}

static void end_producer(ntm_arrow_stream *stream) {
    if (stream->stream.release != NULL) stream->stream.release(&stream->stream);
    stream->stream.release = NULL;
}

/* Remembers why no further batch can be had. */
static ntm_status fail_for_ever(ntm_arrow_stream *stream, ntm_error *err) {
    end_producer(stream);
    return ntm_i_error_copy(err, &stream->failure);
}

/* Lets the batch go and takes the next one; stream->batch is NULL at the end. */
static ntm_status advance(ntm_arrow_stream *stream, ntm_error *err) {
    ntm_i_arrow_batch_drop(stream->batch);
    stream->batch = NULL;
    stream->next_row = 0;
    stream->is_checked = false;
    if (stream->failure.status != NTM_OK) return ntm_i_error_copy(err, &stream->failure);
    if (stream->stream.release == NULL) return NTM_OK;
    ntm_i_arrow_batch *batch = ntm_i_arrow_batch_new(&stream->schema, &stream->allocator);
    if (batch == NULL) return ntm_i_no_memory(err);
    int code = stream->stream.get_next(&stream->stream, &batch->array);
    if (code != 0) {
        batch->array.release = NULL; /* whatever stands there is none */
        ntm_i_arrow_batch_drop(batch);
        (void)producer_failed(&stream->stream, code, &stream->failure);
        return fail_for_ever(stream, err);
    }
    if (batch->array.release == NULL) {
        ntm_i_arrow_batch_drop(batch);
        end_producer(stream);
        return NTM_OK;
    }
    stream->batch = batch;
    stream->batch_count++;
    return NTM_OK;
}

/* Checks the batch once, whatever number of tables are cut from it. */
static ntm_status check_batch(ntm_arrow_stream *stream, bool alone, ntm_error *err) {
    if (stream->is_checked && stream->is_alone == alone) return NTM_OK;
    ntm_status status = ntm_i_arrow_check(&stream->schema, &stream->batch->array, alone, &stream->failure);
    if (status == NTM_OK) {
        stream->is_checked = true;
        stream->is_alone = alone;
        return NTM_OK;
    }
    ntm_i_arrow_batch_drop(stream->batch);
    stream->batch = NULL;
    return fail_for_ever(stream, err);
}

/* Sees to it that there is a checked batch with rows left, unless the stream has ended. */
static ntm_status have_rows(ntm_arrow_stream *stream, bool alone, ntm_error *err) {
    for (;;) {
        if (stream->batch == NULL || (stream->is_checked && stream->next_row >= (size_t)stream->batch->array.length)) {
            ntm_status status = advance(stream, err);
            if (status != NTM_OK || stream->batch == NULL) return status;
        }
        ntm_status status = check_batch(stream, alone, err);
        if (status != NTM_OK) return status;
        if (stream->next_row < (size_t)stream->batch->array.length) return NTM_OK;
    }
}

/* ------------------------------------------------------------------------------------------- open and close */

static ntm_arrow_stream *new_stream(const ntm_allocator *allocator) {
    ntm_arrow_stream *stream = ntm_i_allocate(allocator, 1, sizeof *stream);
    if (stream == NULL) return NULL;
    stream->allocator = ntm_i_allocator(allocator);
    stream->failure = (ntm_error)NTM_ERROR_INIT;
    return stream;
}

ntm_status ntm_arrow_stream_open(ntm_arrow_stream **out, struct ArrowArrayStream *stream,
                                 const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || stream == NULL) return ntm_i_wrong_call(err, "out or stream is NULL");
    if (!ntm_i_allocator_usable(allocator)) return ntm_i_wrong_call(err, "the allocator lacks a function");
    if (stream->release == NULL) return ntm_i_wrong_call(err, "the Arrow stream has been read already");
    if (stream->get_schema == NULL || stream->get_next == NULL)
        return ntm_i_arrow_malformed(err, NULL, "a stream without its functions");
    struct ArrowSchema schema;
    memset(&schema, 0, sizeof schema);
    int code = stream->get_schema(stream, &schema);
    if (code != 0) return producer_failed(stream, code, err);
    if (schema.release == NULL) return ntm_i_arrow_malformed(err, NULL, "a stream without a type");
    ntm_status status = ntm_i_arrow_check_counts(&schema, NULL, err);
    ntm_arrow_stream *made = status == NTM_OK ? new_stream(allocator) : NULL;
    if (made == NULL) {
        schema.release(&schema);
        return status == NTM_OK ? ntm_i_no_memory(err) : status;
    }
    made->schema = schema;
    made->stream = *stream;
    stream->release = NULL;
    *out = made;
    return NTM_OK;
}

ntm_status ntm_arrow_stream_of(ntm_arrow_stream **out, struct ArrowSchema *schema, struct ArrowArray *array,
                               const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || schema == NULL || array == NULL) return ntm_i_wrong_call(err, "out, schema or array is NULL");
    if (!ntm_i_allocator_usable(allocator)) return ntm_i_wrong_call(err, "the allocator lacks a function");
    if (schema->release == NULL || array->release == NULL)
        return ntm_i_wrong_call(err, "the record batch has been released");
    ntm_status status = ntm_i_arrow_check_counts(schema, array, err);
    if (status != NTM_OK) return status;
    ntm_arrow_stream *made = new_stream(allocator);
    if (made == NULL) return ntm_i_no_memory(err);
    made->batch = ntm_i_arrow_batch_new(schema, allocator);
    if (made->batch == NULL) {
        ntm_i_release(allocator, made, 1, sizeof *made);
        return ntm_i_no_memory(err);
    }
    made->schema = *schema;
    made->batch->array = *array;
    made->batch_count = 1;
    schema->release = NULL;
    array->release = NULL;
    *out = made;
    return NTM_OK;
}

void ntm_arrow_stream_free(ntm_arrow_stream *stream) {
    if (stream == NULL) return;
    ntm_allocator allocator = stream->allocator;
    ntm_i_arrow_batch_drop(stream->batch);
    if (stream->schema.release != NULL) stream->schema.release(&stream->schema);
    end_producer(stream);
    ntm_i_release(&allocator, stream, 1, sizeof *stream);
}

const struct ArrowSchema *ntm_arrow_stream_schema(const ntm_arrow_stream *stream) {
    return stream == NULL ? NULL : &stream->schema;
}

size_t ntm_arrow_stream_batches(const ntm_arrow_stream *stream) { return stream == NULL ? 0 : stream->batch_count; }

/* ------------------------------------------------------------------------------------------- tables */

/* An array without rows of a type. */
static void empty_array(struct ArrowArray *array, const struct ArrowSchema *type, const void **nothing,
                        struct ArrowArray *dictionary) {
    const char *format = type->format == NULL ? "" : type->format;
    array->n_buffers = ntm_i_arrow_is_text(format) ? 3 : strcmp(format, "n") == 0 ? 0 : 2;
    array->buffers = nothing;
    array->dictionary = type->dictionary == NULL ? NULL : dictionary;
}

/* Arrays without rows for the type of the stream: *out is a record batch or, `alone`, one column. */
static bool empty_arrays(struct ArrowArray *out, ntm_i_arena *arena, const struct ArrowSchema *schema, bool alone) {
    size_t count = schema->n_children < 0 || schema->children == NULL ? 0 : (size_t)schema->n_children;
    const void **nothing = ntm_i_arena_take(arena, 3, sizeof *nothing);
    struct ArrowArray *arrays = ntm_i_arena_take(arena, count, sizeof *arrays);
    struct ArrowArray **children = ntm_i_arena_take(arena, count, sizeof *children);
    struct ArrowArray *dictionary = ntm_i_arena_take(arena, 1, sizeof *dictionary);
    if (nothing == NULL || arrays == NULL || children == NULL || dictionary == NULL) return false;
    *dictionary = (struct ArrowArray){.n_buffers = 3, .buffers = nothing};
    *out = (struct ArrowArray){.n_buffers = 1, .buffers = nothing, .n_children = schema->n_children};
    if (alone) {
        empty_array(out, schema, nothing, dictionary);
        return true;
    }
    out->children = children;
    for (size_t at = 0; at < count; at++) {
        if (schema->children[at] == NULL) continue; /* which the check finds */
        empty_array(&arrays[at], schema->children[at], nothing, dictionary);
        children[at] = &arrays[at];
    }
    return true;
}

/* A table without rows, for streams that have none: only the type counts. */
static ntm_status make_empty(ntm_arrow_table **out, ntm_arrow_stream *stream, const ntm_arrow_options *options,
                             ntm_error *err) {
    bool alone = options != NULL && options->column != NULL;
    struct ArrowArray data;
    ntm_i_arrow_batch *batch = ntm_i_arrow_batch_new(&stream->schema, &stream->allocator);
    if (batch == NULL) return ntm_i_no_memory(err);
    bool made = empty_arrays(&data, &batch->arena, &stream->schema, alone);
    ntm_status status = made ? ntm_i_arrow_check(&stream->schema, &data, alone, err) : ntm_i_no_memory(err);
    if (status == NTM_OK) status = ntm_i_arrow_table_new(out, batch, &stream->schema, &data, 0, 0, options, err);
    ntm_i_arrow_batch_drop(batch);
    return status;
}

static ntm_status check_call(const void *out, const ntm_arrow_stream *stream, const ntm_arrow_options *options,
                             ntm_error *err) {
    if (out == NULL || stream == NULL) return ntm_i_wrong_call(err, "out or stream is NULL");
    return ntm_i_arrow_options_check(options, err);
}

ntm_status ntm_arrow_stream_next(ntm_arrow_table **out, ntm_arrow_stream *stream, const ntm_arrow_options *options,
                                 ntm_error *err) {
    ntm_status status = check_call(out, stream, options, err);
    if (status == NTM_OK) status = have_rows(stream, options != NULL && options->column != NULL, err);
    if (status != NTM_OK) return status;
    if (stream->batch == NULL) {
        *out = NULL;
        return NTM_OK;
    }
    const struct ArrowArray *array = &stream->batch->array;
    size_t rows = (size_t)array->length - stream->next_row;
    if (options != NULL && options->rows_max > 0 && rows > options->rows_max) rows = options->rows_max;
    ntm_arrow_table *table = NULL;
    status = ntm_i_arrow_table_new(&table, stream->batch, &stream->schema, array, stream->next_row, rows, options, err);
    if (status != NTM_OK) return status;
    stream->next_row += rows;
    *out = table;
    return NTM_OK;
}

/* All batches that are left, each as a table. Errors of one tell the row of all. */
static ntm_status take_all(ntm_i_array *tables, ntm_arrow_stream *stream, const ntm_arrow_options *options,
                           ntm_error *err) {
    ntm_arrow_options whole = NTM_ARROW_OPTIONS_INIT;
    if (options != NULL) whole = *options;
    whole.rows_max = 0;
    size_t rows = 0;
    for (;;) {
        ntm_error local = NTM_ERROR_INIT;
        ntm_arrow_table *table = NULL;
        ntm_status status = ntm_arrow_stream_next(&table, stream, &whole, &local);
        if (status != NTM_OK) {
            if (local.row != NTM_NO_ROW) local.row += rows;
            return ntm_i_error_copy(err, &local);
        }
        if (table == NULL) return NTM_OK;
        rows += table->table.rows;
        ntm_arrow_table **place = ntm_i_array_push(tables);
        if (place == NULL) {
            ntm_arrow_table_free(table);
            return ntm_i_no_memory(err);
        }
        *place = table;
    }
}

ntm_status ntm_arrow_stream_read(ntm_arrow_table **out, ntm_arrow_stream *stream, const ntm_arrow_options *options,
                                 ntm_error *err) {
    ntm_status status = check_call(out, stream, options, err);
    if (status != NTM_OK) return status;
    ntm_i_array tables;
    ntm_i_array_start(&tables, &stream->allocator, sizeof(ntm_arrow_table *));
    status = take_all(&tables, stream, options, err);
    ntm_arrow_table **made = tables.items;
    ntm_arrow_table *table = NULL;
    if (status == NTM_OK && tables.count == 0) {
        status = make_empty(&table, stream, options, err);
    } else if (status == NTM_OK && tables.count == 1) {
        table = made[0];
        tables.count = 0;
    } else if (status == NTM_OK) {
        status = ntm_i_arrow_join(&table, made, tables.count, &stream->allocator, err);
    }
    for (size_t at = 0; at < tables.count; at++)
        ntm_arrow_table_free(made[at]);
    ntm_i_array_end(&tables);
    if (status == NTM_OK) *out = table;
    return status;
}
