/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow streams made by hand: cut into tables, joined into one, and every way in which a producer can go wrong. */
#include <ntm/arrow.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "fault.h"

enum { BATCHES_MAX = 4 };

/* A stream of up to BATCHES_MAX batches of the columns of the first. */
typedef struct producer {
    struct ArrowArrayStream stream;
    batch batches[BATCHES_MAX];
    size_t count;
    size_t next;
    int fails_with; /* after the last batch */
    bool without_schema;
    const char *words;
    int releases;
} producer;

static void kept_schema(struct ArrowSchema *schema) { schema->release = NULL; }

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    producer *p = stream->private_data;
    if (p->without_schema) return p->fails_with;
    *out = p->batches[0].schema;
    out->release = kept_schema;
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    producer *p = stream->private_data;
    memset(out, 0, sizeof *out);
    if (p->next < p->count) {
        *out = p->batches[p->next++].array;
        return 0;
    }
    return p->fails_with;
}

static const char *last_error(struct ArrowArrayStream *stream) { return ((producer *)stream->private_data)->words; }

static void release_stream(struct ArrowArrayStream *stream) {
    ((producer *)stream->private_data)->releases++;
    stream->release = NULL;
}

static producer *start(producer *p, size_t count) {
    memset(p, 0, sizeof *p);
    p->count = count;
    p->stream = (struct ArrowArrayStream){get_schema, get_next, last_error, release_stream, p};
    return p;
}

static ntm_arrow_stream *opened(producer *p) {
    ntm_arrow_stream *stream = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_arrow_stream_open(&stream, &p->stream, NULL, &err), &err);
    assert_null(p->stream.release);
    return stream;
}

/* Every batch and the stream were released once. */
static void all_released(const producer *p) {
    assert_int_equal(p->releases, 1);
    for (size_t at = 0; at < p->next; at++)
        assert_int_equal(p->batches[at].array_releases, 1);
}

static ntm_arrow_table *next(ntm_arrow_stream *stream, size_t rows_max) {
    ntm_arrow_table *table = NULL;
    ntm_arrow_options options = NTM_ARROW_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    options.rows_max = rows_max;
    assert_ok(ntm_arrow_stream_next(&table, stream, &options, &err), &err);
    return table;
}

static ntm_arrow_table *whole(ntm_arrow_stream *stream, const ntm_arrow_options *options) {
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_arrow_stream_read(&table, stream, options, &err), &err);
    assert_ok(ntm_table_check(ntm_arrow_table_get(table), NULL, &err), &err);
    return table;
}

static const int64_t data[8] = {0, 1, 2, 3, 4, 5, 6, 7};

/* ------------------------------------------------------------------------------------------- parts */

/* Seven rows at offset 1, three at a time, where they lie; the batch lives as long as the last of its tables. */
static void cut_without_copies(void **state) {
    (void)state;
    static const uint8_t mask = 0xed; /* rows 0 and 3 of the batch are null */
    producer p;
    start(&p, 2);
    batch_start(&p.batches[0], 7);
    p.batches[0].array.offset = 1;
    batch_add(&p.batches[0], "n", "l", data, NULL)->length = 8;
    p.batches[0].arrays[0].null_count = -1;
    p.batches[0].column_buffers[0][0] = &mask;
    batch_start(&p.batches[1], 0);
    (void)batch_add(&p.batches[1], "n", "l", NULL, NULL);
    ntm_arrow_stream *stream = opened(&p);
    assert_string_equal(ntm_arrow_stream_schema(stream)->children[0]->name, "n");
    ntm_arrow_table *parts[3];
    size_t row = 0;
    for (size_t at = 0; at < 3; at++) {
        parts[at] = next(stream, 3);
        const ntm_column *c = batch_column(parts[at], "n");
        assert_ptr_equal(c->data, data + 1 + row);
        assert_int_equal(c->length, at < 2 ? 3 : 1);
        for (size_t own = 0; own < c->length; own++, row++) {
            bool there = (mask >> (row + 1) & 1) != 0;
            assert_int_equal(ntm_column_known(c, own), there ? NTM_REPORTED : NTM_NOT_REPORTED);
            if (there) assert_int_equal(batch_number(c, own), row + 1);
        }
    }
    assert_int_equal(p.next, 1);
    assert_null(next(stream, 3));
    assert_null(next(stream, 3)); /* and stays at the end */
    assert_int_equal(ntm_arrow_stream_batches(stream), 2);
    ntm_arrow_stream_free(stream);
    ntm_arrow_table_free(parts[1]);
    ntm_arrow_table_free(parts[0]);
    assert_int_equal(p.batches[0].array_releases, 0);
    assert_int_equal(batch_number(batch_column(parts[2], "n"), 0), 7);
    ntm_arrow_table_free(parts[2]);
    all_released(&p);
}

/* A stream that is given up in the midst of a batch. */
static void left_early(void **state) {
    (void)state;
    producer p;
    start(&p, 1);
    batch_start(&p.batches[0], 4);
    (void)batch_add(&p.batches[0], "n", "l", data, NULL);
    ntm_arrow_stream *stream = opened(&p);
    ntm_arrow_table_free(next(stream, 1));
    assert_int_equal(p.batches[0].array_releases, 0);
    ntm_arrow_stream_free(stream);
    all_released(&p);
    ntm_arrow_stream_free(NULL);
    assert_null(ntm_arrow_stream_schema(NULL));
    assert_int_equal(ntm_arrow_stream_batches(NULL), 0);
}

/* Columns that nobody wants may be of any type, and malformed; a failure for a column loses no row. */
static void wanted_columns(void **state) {
    (void)state;
    static const char *const names[] = {"n", "nowhere"};
    producer p;
    start(&p, 1);
    batch_start(&p.batches[0], 4);
    (void)batch_add(&p.batches[0], "geometry", "z", data, NULL);
    (void)batch_add(&p.batches[0], "n", "l", data, NULL);
    (void)batch_add(&p.batches[0], "short", "l", NULL, NULL);
    ntm_arrow_stream *stream = opened(&p);
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_arrow_stream_next(&table, stream, NULL, &err), NTM_ERROR_UNSUPPORTED, &err, "\"z\"");
    assert_string_equal(err.subject, "geometry");
    assert_null(table);
    ntm_arrow_options options = NTM_ARROW_OPTIONS_INIT;
    options.names = names;
    options.name_count = 2;
    table = whole(stream, &options);
    assert_int_equal(ntm_arrow_table_get(table)->field_count, 1);
    assert_int_equal(ntm_arrow_table_get(table)->rows, 4);
    assert_ptr_equal(batch_column(table, "n")->data, data);
    ntm_arrow_table_free(table);
    ntm_arrow_stream_free(stream);
    all_released(&p);
}

/* ------------------------------------------------------------------------------------------- joined */

static const int32_t text_offsets[4] = {0, 2, 2, 5};
static const uint8_t first_two = 0x03;

/* A batch of every sort of column; `first` of its rows is row 0. */
static void every_sort(batch *b, int64_t rows, int64_t offset) {
    static const double doubles[4] = {0.5, 1.5, 2.5, 3.5};
    static const uint8_t bits = 0x05;
    batch_start(b, rows);
    b->array.offset = offset;
    (void)batch_add(b, "n", "l", data, NULL);
    (void)batch_add(b, "d", "g", doubles, NULL);
    (void)batch_add(b, "b", "b", &bits, NULL);
    (void)batch_add(b, "t", "u", text_offsets, "abcde");
    for (int64_t at = 0; at < b->schema.n_children; at++)
        b->arrays[at].length = offset + rows;
}

static void joined(void **state) {
    (void)state;
    producer p;
    start(&p, 3);
    every_sort(&p.batches[0], 3, 0);
    every_sort(&p.batches[1], 0, 0);
    every_sort(&p.batches[2], 2, 1);
    p.batches[2].column_buffers[3][0] = &first_two; /* the text of the last row is null */
    p.batches[2].arrays[3].null_count = 1;
    ntm_arrow_stream *stream = opened(&p);
    ntm_arrow_table *table = whole(stream, NULL);
    ntm_arrow_stream_free(stream);
    all_released(&p); /* nothing of the batches is left in it */
    static const int64_t numbers[5] = {0, 1, 2, 1, 2};
    static const int64_t flags[5] = {1, 0, 1, 0, 1};
    static const char *const texts[5] = {"ab", "", "cde", "", NULL};
    assert_int_equal(ntm_arrow_table_get(table)->rows, 5);
    for (size_t row = 0; row < 5; row++) {
        assert_int_equal(batch_number(batch_column(table, "n"), row), numbers[row]);
        assert_int_equal(batch_number(batch_column(table, "d"), row), numbers[row] * 10 + 5);
        assert_int_equal(batch_number(batch_column(table, "b"), row), flags[row]);
        batch_is_text(batch_column(table, "t"), row, texts[row]);
    }
    assert_null(batch_column(table, "n")->validity);
    ntm_arrow_table_free(table);
}

/* Dictionaries that differ are united, in the order in which the names appear first. */
static void united(void **state) {
    (void)state;
    static const int8_t codes[3] = {1, 0, -1};
    static const int32_t offsets[4] = {0, 1, 2, 3};
    producer p;
    start(&p, 3);
    static const char *const names[3] = {"ab", "bc", "dbd"};
    for (size_t at = 0; at < 3; at++) {
        batch_start(&p.batches[at], 3);
        (void)batch_add(&p.batches[at], "c", "c", codes, NULL);
        batch_add_dictionary(&p.batches[at], "u", at < 2 ? 2 : 3, offsets, names[at]);
    }
    ntm_arrow_stream *stream = opened(&p);
    ntm_arrow_table *table = whole(stream, NULL);
    ntm_arrow_stream_free(stream);
    all_released(&p);
    const ntm_column *c = batch_column(table, "c");
    static const char *const expected[9] = {"b", "a", NULL, "c", "b", NULL, "b", "d", NULL};
    for (size_t row = 0; row < 9; row++)
        batch_is_text(c, row, expected[row]);
    assert_int_equal(c->category_count, 4);
    for (size_t at = 0; at < 4; at++)
        assert_int_equal(c->categories[at][0], "abcd"[at]);
    ntm_arrow_table_free(table);
}

/* The same dictionary in every batch keeps its codes; a code past its own dictionary is never another's. */
static void codes_past_the_end(void **state) {
    (void)state;
    static const int32_t codes[2] = {1, 2};
    static const int32_t offsets[4] = {0, 1, 2, 3};
    producer p;
    for (int same = 0; same < 2; same++) {
        start(&p, 2);
        for (size_t at = 0; at < 2; at++) {
            batch_start(&p.batches[at], 2);
            (void)batch_add(&p.batches[at], "c", "i", codes, NULL);
            batch_add_dictionary(&p.batches[at], "u", same || at == 0 ? 2 : 3, offsets, "abc");
        }
        ntm_arrow_stream *stream = opened(&p);
        ntm_arrow_table *table = NULL;
        ntm_error err = NTM_ERROR_INIT;
        if (same) {
            table = whole(stream, NULL);
            assert_int_equal(batch_column(table, "c")->category_count, 2);
            batch_is_text(batch_column(table, "c"), 2, "b");
            assert_int_equal(ntm_column_text(&(const char *){NULL}, &(size_t){0}, batch_column(table, "c"), 1, NULL),
                             NTM_ERROR_VALUE);
            ntm_arrow_table_free(table);
        } else {
            assert_fails(ntm_arrow_stream_read(&table, stream, NULL, &err), NTM_ERROR_VALUE, &err, "code 2");
            assert_int_equal(err.row, 1);
            assert_null(table);
        }
        ntm_arrow_stream_free(stream);
        all_released(&p);
    }
}

static void without_batches(void **state) {
    (void)state;
    producer p;
    start(&p, 0);
    every_sort(&p.batches[0], 0, 0);
    (void)batch_add(&p.batches[0], "nulls", "n", NULL, NULL);
    (void)batch_add(&p.batches[0], "views", "vu", NULL, NULL);
    (void)batch_add(&p.batches[0], "c", "i", NULL, NULL);
    batch_add_dictionary(&p.batches[0], "vu", 0, NULL, NULL);
    ntm_arrow_stream *stream = opened(&p);
    ntm_arrow_table *table = whole(stream, NULL);
    assert_int_equal(ntm_arrow_table_get(table)->rows, 0);
    assert_int_equal(ntm_arrow_table_get(table)->field_count, 7);
    assert_int_equal(batch_column(table, "t")->type, NTM_TYPE_TEXT);
    ntm_arrow_table_free(table);
    ntm_arrow_stream_free(stream);
    all_released(&p);
}

/* ------------------------------------------------------------------------------------------- what goes wrong */

static void failing_producers(void **state) {
    (void)state;
    static const struct {
        int code;
        const char *words;
        ntm_status status;
        const char *part;
    } cases[] = {{EIO, "the disk is\nfull", NTM_ERROR_IO, "the disk is full"},
                 {EINVAL, NULL, NTM_ERROR_IO, "failed (22)"},
                 {ENOMEM, "no room", NTM_ERROR_MEMORY, NULL}};
    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
        for (int how = 0; how < 3; how++) {
            producer p;
            ntm_arrow_stream *stream = NULL;
            ntm_arrow_table *table = NULL;
            ntm_error err = NTM_ERROR_INIT;
            start(&p, 1);
            p.fails_with = cases[at].code;
            p.words = cases[at].words;
            p.without_schema = how == 0;
            every_sort(&p.batches[0], 2, 0);
            if (how == 0) {
                assert_fails(ntm_arrow_stream_open(&stream, &p.stream, NULL, &err), cases[at].status, &err,
                             cases[at].part);
                assert_null(stream);
                assert_non_null(p.stream.release);
                continue;
            }
            stream = opened(&p);
            if (how == 1) {
                ntm_arrow_table_free(next(stream, 0));
                for (int again = 0; again < 2; again++)
                    assert_fails(ntm_arrow_stream_next(&table, stream, NULL, &err), cases[at].status, &err,
                                 cases[at].part);
            } else {
                assert_fails(ntm_arrow_stream_read(&table, stream, NULL, &err), cases[at].status, &err, cases[at].part);
            }
            assert_null(table);
            ntm_arrow_stream_free(stream);
            all_released(&p);
        }
    }
}

static void malformed_producers(void **state) {
    (void)state;
    producer p;
    ntm_arrow_stream *stream = NULL;
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    start(&p, 2); /* the second batch lacks a column */
    every_sort(&p.batches[0], 2, 0);
    every_sort(&p.batches[1], 2, 0);
    p.batches[1].array.n_children = 3;
    stream = opened(&p);
    ntm_arrow_table_free(next(stream, 0));
    for (int again = 0; again < 2; again++)
        assert_fails(ntm_arrow_stream_next(&table, stream, NULL, &err), NTM_ERROR_SHAPE, &err, "different numbers");
    ntm_arrow_stream_free(stream);
    all_released(&p);
    start(&p, 2)->without_schema = true; /* no type, and no failure */
    assert_fails(ntm_arrow_stream_open(&stream, &p.stream, NULL, &err), NTM_ERROR_SHAPE, &err, "without a type");
    start(&p, 0)->stream.get_next = NULL;
    assert_fails(ntm_arrow_stream_open(&stream, &p.stream, NULL, &err), NTM_ERROR_SHAPE, &err, "functions");
    start(&p, 2); /* the row of an error is that of the table, not of the batch */
    static const uint64_t large[2] = {1, UINT64_MAX};
    for (int64_t at = 0; at < 2; at++) {
        batch_start(&p.batches[at], 2 - at);
        (void)batch_add(&p.batches[at], "n", "L", large + at, NULL);
    }
    p.batches[0].column_buffers[0][1] = data;
    stream = opened(&p);
    assert_fails(ntm_arrow_stream_read(&table, stream, NULL, &err), NTM_ERROR_OVERFLOW, &err, "beyond int64");
    assert_int_equal(err.row, 2);
    ntm_arrow_stream_free(stream);
    all_released(&p);
}

/* A record batch that was taken for one column, and then for what it is. */
static void taken_both_ways(void **state) {
    (void)state;
    producer p;
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_arrow_options options = NTM_ARROW_OPTIONS_INIT;
    options.column = "x";
    start(&p, 1);
    every_sort(&p.batches[0], 2, 0);
    p.batches[0].array.children = NULL;
    ntm_arrow_stream *stream = opened(&p);
    assert_fails(ntm_arrow_stream_next(&table, stream, &options, &err), NTM_ERROR_UNSUPPORTED, &err, "nested");
    assert_fails(ntm_arrow_stream_next(&table, stream, NULL, &err), NTM_ERROR_SHAPE, &err, "children is NULL");
    ntm_arrow_stream_free(stream);
    all_released(&p);
}

static void wrong_calls(void **state) {
    (void)state;
    producer p;
    ntm_arrow_stream *stream = NULL;
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    start(&p, 1);
    every_sort(&p.batches[0], 2, 0);
    assert_fails(ntm_arrow_stream_open(NULL, &p.stream, NULL, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_arrow_stream_open(&stream, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_arrow_stream_open(&stream, &p.stream, &fault_lacking, &err), NTM_ERROR_ARGUMENT, &err,
                 "allocator");
    assert_fails(ntm_arrow_stream_of(&stream, NULL, &p.batches[0].array, NULL, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_arrow_stream_of(&stream, &p.batches[0].schema, &p.batches[0].array, &fault_lacking, &err),
                 NTM_ERROR_ARGUMENT, &err, "allocator");
    assert_fails(ntm_arrow_stream_next(&table, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_arrow_stream_read(&table, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    stream = opened(&p);
    ntm_arrow_stream *again = NULL;
    assert_fails(ntm_arrow_stream_open(&again, &p.stream, NULL, &err), NTM_ERROR_ARGUMENT, &err, "read already");
    assert_fails(ntm_arrow_stream_next(NULL, stream, NULL, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    ntm_arrow_options options = NTM_ARROW_OPTIONS_INIT;
    options.struct_size = 1;
    assert_fails(ntm_arrow_stream_next(&table, stream, &options, &err), NTM_ERROR_ARGUMENT, &err, "struct_size");
    options = (ntm_arrow_options)NTM_ARROW_OPTIONS_INIT;
    options.name_count = 1;
    assert_fails(ntm_arrow_stream_read(&table, stream, &options, &err), NTM_ERROR_ARGUMENT, &err, "name_count");
    options.names = &(const char *){NULL};
    assert_fails(ntm_arrow_import_some(&table, &p.batches[0].schema, &p.batches[0].array, &options, &err),
                 NTM_ERROR_ARGUMENT, &err, "name is NULL");
    assert_null(table);
    ntm_arrow_stream_free(stream);
    int64_t count = p.batches[0].schema.n_children;
    static const int64_t lies[] = {-1, 0, 1, 100, INT64_MAX};
    for (size_t at = 0; at < sizeof lies / sizeof *lies; at++) {
        p.batches[0].schema.n_children = lies[at];
        assert_fails(ntm_arrow_stream_of(&stream, &p.batches[0].schema, &p.batches[0].array, NULL, &err),
                     NTM_ERROR_SHAPE, &err, "different numbers of columns");
    }
    p.batches[0].schema.n_children = count;
    p.batches[0].array.release = NULL;
    assert_fails(ntm_arrow_stream_of(&stream, &p.batches[0].schema, &p.batches[0].array, NULL, &err),
                 NTM_ERROR_ARGUMENT, &err, "released");
}

/* ------------------------------------------------------------------------------------------- without memory */

/* Two batches with dictionaries that differ and views: cut first, then joined. */
static void fill(producer *p) {
    static const int32_t codes[2] = {0, 1};
    static const int32_t offsets[3] = {0, 1, 2};
    static const uint64_t large[2] = {1, 2};
    static const char views[2][16] = {{1, 0, 0, 0, 'a'}, {1, 0, 0, 0, 'b'}};
    static const uint8_t mask = 1;
    start(p, 2);
    for (size_t at = 0; at < 2; at++) {
        batch *b = &p->batches[at];
        batch_start(b, 2);
        (void)batch_add(b, "v", "vu", views, "");
        b->column_buffers[0][2] = NULL;
        (void)batch_add(b, "l", "L", large, NULL);
        (void)batch_add(b, "z", "n", NULL, NULL);
        b->arrays[2].n_buffers = 0;
        batch_add(b, "b", "b", &mask, NULL)->null_count = 1;
        b->column_buffers[3][0] = &mask;
        (void)batch_add(b, "t", "u", offsets, "ab");
        (void)batch_add(b, "c", "i", codes, NULL);
        batch_add_dictionary(b, "u", 2, offsets, at == 0 ? "ab" : "bc");
    }
}

static ntm_status stream_all(const ntm_allocator *allocator, void *context) {
    static const char *const names[] = {"v", "l", "z", "b", "t", "c"};
    producer p;
    ntm_arrow_stream *stream = NULL;
    ntm_arrow_table *part = NULL;
    ntm_arrow_table *rest = NULL;
    ntm_arrow_options options = NTM_ARROW_OPTIONS_INIT;
    options.names = names;
    options.name_count = 6;
    options.rows_max = 1;
    fill(&p);
    ntm_status status = ntm_arrow_stream_open(&stream, &p.stream, allocator, NULL);
    if (status != NTM_OK) {
        assert_null(stream);
        assert_non_null(p.stream.release);
        return status;
    }
    if (*(const bool *)context) status = ntm_arrow_stream_next(&part, stream, &options, NULL);
    if (status == NTM_OK) status = ntm_arrow_stream_read(&rest, stream, &options, NULL);
    if (status == NTM_OK) {
        size_t rows = ntm_arrow_table_get(rest)->rows;
        batch_is_text(batch_column(rest, "c"), rows - 1, "c");
        batch_is_text(batch_column(rest, "v"), rows - 1, "b");
    } else {
        assert_null(rest);
    }
    ntm_arrow_table_free(part);
    ntm_arrow_table_free(rest);
    ntm_arrow_stream_free(stream);
    all_released(&p);
    return status;
}

static ntm_status stream_nothing(const ntm_allocator *allocator, void *context) {
    producer p;
    (void)context;
    fill(&p);
    p.count = 0;
    ntm_arrow_stream *stream = NULL;
    ntm_arrow_table *table = NULL;
    ntm_status status = ntm_arrow_stream_open(&stream, &p.stream, allocator, NULL);
    if (status == NTM_OK) status = ntm_arrow_stream_read(&table, stream, NULL, NULL);
    assert_int_equal(table == NULL, status != NTM_OK);
    ntm_arrow_table_free(table);
    ntm_arrow_stream_free(stream);
    return status;
}

static ntm_status stream_of_one(const ntm_allocator *allocator, void *context) {
    producer p;
    (void)context;
    fill(&p);
    batch *b = &p.batches[0];
    ntm_arrow_stream *stream = NULL;
    ntm_arrow_table *table = NULL;
    ntm_status status = ntm_arrow_stream_of(&stream, &b->schema, &b->array, allocator, NULL);
    if (status != NTM_OK) {
        assert_null(stream);
        assert_non_null(b->array.release);
        return status;
    }
    status = ntm_arrow_stream_next(&table, stream, NULL, NULL);
    ntm_arrow_table_free(table);
    ntm_arrow_stream_free(stream);
    assert_int_equal(b->array_releases, 1);
    assert_int_equal(b->schema_releases, 1);
    return status;
}

static ntm_status import_some(const ntm_allocator *allocator, void *context) {
    producer p;
    (void)context;
    fill(&p);
    ntm_arrow_options options = NTM_ARROW_OPTIONS_INIT;
    options.allocator = allocator;
    ntm_arrow_table *table = NULL;
    ntm_status status = ntm_arrow_import_some(&table, &p.batches[0].schema, &p.batches[0].array, &options, NULL);
    assert_int_equal(p.batches[0].schema.release == NULL, status == NTM_OK);
    ntm_arrow_table_free(table);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fault_sweep(stream_all, &(bool){false}, NTM_OK) >= 10);
    assert_true(fault_sweep(stream_all, &(bool){true}, NTM_OK) >= 10);
    assert_true(fault_sweep(stream_nothing, NULL, NTM_OK) >= 4);
    assert_true(fault_sweep(stream_of_one, NULL, NTM_OK) >= 4);
    assert_true(fault_sweep(import_some, NULL, NTM_OK) >= 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(cut_without_copies),
                                       cmocka_unit_test(left_early),
                                       cmocka_unit_test(wanted_columns),
                                       cmocka_unit_test(joined),
                                       cmocka_unit_test(united),
                                       cmocka_unit_test(codes_past_the_end),
                                       cmocka_unit_test(without_batches),
                                       cmocka_unit_test(failing_producers),
                                       cmocka_unit_test(malformed_producers),
                                       cmocka_unit_test(taken_both_ways),
                                       cmocka_unit_test(wrong_calls),
                                       cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests_name("Arrow streams", tests, NULL, NULL);
}
