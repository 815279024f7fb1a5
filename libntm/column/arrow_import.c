/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow record batches as tables. Everything is checked before anything is taken over: the structs come from another
   program, and what they say of lengths is all there is. */
#include <ntm/arrow.h>

#include <inttypes.h>
#include <string.h>

#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"
#include "column/bits.h"
#include "column/values.h"

struct ntm_arrow_table {
    ntm_i_arena arena; /* fields, widened integers, categories */
    struct ArrowSchema schema;
    struct ArrowArray array;
    ntm_table table;
};

/* One column while it is taken apart. */
typedef struct child {
    ntm_arrow_table *table;
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    size_t offset; /* of the parent and its own */
    size_t rows;
    ntm_column column;
    ntm_error *err;
} child;

static ntm_status malformed(ntm_error *err, const char *subject, const char *why) {
    return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(subject), "malformed Arrow data: %s", why);
}

/* What holds for every array. Gives the rows to skip and those left, of `rows` asked for from `skip` on. */
static ntm_status check_array(const struct ArrowArray *array, const char *subject, int64_t buffers, ntm_error *err) {
    int64_t end = 0;
    if (array->length < 0) return malformed(err, subject, "a negative length");
    if (array->offset < 0) return malformed(err, subject, "a negative offset");
    if (array->null_count < -1) return malformed(err, subject, "a null_count below -1");
    if (array->null_count > array->length) return malformed(err, subject, "a null_count above the length");
    if (ntm_i_add_overflows(array->offset, array->length, &end) || (uint64_t)end > SIZE_MAX / 32)
        return malformed(err, subject, "offset plus length exceeds the address space");
    if (array->n_buffers != buffers)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(subject),
                          "malformed Arrow data: %" PRId64 " buffers, expected %" PRId64, array->n_buffers, buffers);
    if (array->buffers == NULL) return malformed(err, subject, "buffers is NULL");
    if (array->null_count > 0 && array->buffers[0] == NULL)
        return malformed(err, subject, "a null_count above 0 without a validity buffer");
    return NTM_OK;
}

static ntm_status unsupported(const child *c, const char *why) {
    return ntm_i_fail(c->err, NTM_ERROR_UNSUPPORTED, NTM_I_SUBJECT(c->schema->name),
                      "Arrow type \"%s\" is not read%s%s", c->schema->format, why[0] == '\0' ? "" : ": ", why);
}

/* Sets where the values are; `size` bytes each. */
static ntm_status take_values(child *c, ntm_type type) {
    const void *buffer = c->array->buffers[1];
    size_t size = ntm_i_type_size(type);
    if (buffer == NULL && c->rows > 0) return malformed(c->err, c->schema->name, "a data buffer is NULL");
    c->column.type = type;
    c->column.stride_bytes = (int64_t)size;
    c->column.data = buffer == NULL ? NULL : (const char *)buffer + c->offset * size;
    return NTM_OK;
}

/* Unsigned integers as signed ones of twice the size. */
static ntm_status widen(child *c, ntm_type type) {
    size_t size = ntm_i_type_size(type);
    const char *from = c->array->buffers[1];
    if (from == NULL && c->rows > 0) return malformed(c->err, c->schema->name, "a data buffer is NULL");
    char *to = ntm_i_arena_take(&c->table->arena, c->rows, size);
    if (to == NULL) return ntm_i_no_memory(c->err);
    for (size_t row = 0; row < c->rows; row++) {
        const char *at = from + (c->offset + row) * (size / 2);
        uint8_t one = 0;
        uint16_t two = 0;
        uint32_t four = 0;
        if (size == 2) {
            memcpy(&one, at, sizeof one);
            ((int16_t *)(void *)to)[row] = one;
        } else if (size == 4) {
            memcpy(&two, at, sizeof two);
            ((int32_t *)(void *)to)[row] = two;
        } else {
            memcpy(&four, at, sizeof four);
            ((int64_t *)(void *)to)[row] = four;
        }
    }
    c->column.type = type;
    c->column.stride_bytes = (int64_t)size;
    c->column.data = to;
    return NTM_OK;
}

static ntm_status take_bits(child *c) {
    if (c->array->buffers[1] == NULL && c->rows > 0) return malformed(c->err, c->schema->name, "a data buffer is NULL");
    c->column.type = NTM_TYPE_BITS;
    c->column.data = c->array->buffers[1];
    c->column.bit_offset = c->offset;
    return NTM_OK;
}

/* "d:19,2" or "d:19,2,128". */
static ntm_status take_decimal(child *c) {
    int precision = 0;
    int scale = 0;
    int bits = 128;
    int used = 0;
    const char *at = c->schema->format + 2;
    int *parts[3] = {&precision, &scale, &bits};
    for (; used < 3; used++) {
        bool negative = *at == '-';
        if (negative) at++;
        if (*at < '0' || *at > '9') return malformed(c->err, c->schema->name, "a decimal format that cannot be read");
        int value = 0;
        for (; *at >= '0' && *at <= '9'; at++)
            value = value > 9999 ? value : value * 10 + (*at - '0');
        *parts[used] = negative ? -value : value;
        if (*at != ',') break;
        at++;
    }
    if (*at != '\0' || used == 0 || used == 3)
        return malformed(c->err, c->schema->name, "a decimal format that cannot be read");
    if (bits != 128) return unsupported(c, "only decimals of 128 bits are");
    if (scale < 0 || scale > NTM_SCALE_MAX) return unsupported(c, "its scale is not 0 to 18");
    c->column.scale = (uint8_t)scale;
    return take_values(c, NTM_TYPE_DECIMAL128);
}

/* Offsets of a utf8 ("u") or large_utf8 ("U") array by row; checked to be in order and >= 0. */
typedef struct text_offsets {
    const int32_t *small;
    const int64_t *large;
} text_offsets;

static int64_t offset_at(const text_offsets *offsets, size_t at) {
    return offsets->small != NULL ? offsets->small[at] : offsets->large[at];
}

static ntm_status take_offsets(text_offsets *out, const child *c, const struct ArrowArray *array, bool large,
                               size_t offset, size_t rows) {
    const char *subject = c->schema->name;
    const char *buffer = array->buffers[1];
    *out = (text_offsets){NULL, NULL};
    if (buffer == NULL) return rows == 0 ? NTM_OK : malformed(c->err, subject, "an offsets buffer is NULL");
    if ((uintptr_t)buffer % (large ? 8 : 4) != 0) return malformed(c->err, subject, "an offsets buffer is not aligned");
    if (rows == 0) return NTM_OK; /* even the one offset may be missing then */
    const void *first = buffer + offset * (large ? 8 : 4);
    if (large) {
        out->large = first;
    } else {
        out->small = first;
    }
    if (offset_at(out, 0) < 0) return malformed(c->err, subject, "a negative text offset");
    for (size_t row = 0; row < rows; row++) {
        if (offset_at(out, row + 1) < offset_at(out, row))
            return ntm_i_fail(c->err, NTM_ERROR_SHAPE, NTM_I_ROW(subject, row),
                              "malformed Arrow data: text offsets go back");
    }
    if (array->buffers[2] == NULL && offset_at(out, rows) > offset_at(out, 0))
        return malformed(c->err, subject, "a text buffer is NULL");
    return NTM_OK;
}

static ntm_status take_text(child *c, bool large) {
    text_offsets offsets;
    ntm_status status = take_offsets(&offsets, c, c->array, large, c->offset, c->rows);
    if (status != NTM_OK) return status;
    c->column.type = NTM_TYPE_TEXT;
    c->column.data = offsets.small;
    c->column.text = c->array->buffers[2];
    if (offsets.large == NULL) return NTM_OK;
    if (offsets.large[c->rows] - offsets.large[0] > INT32_MAX)
        return ntm_i_fail(c->err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(c->schema->name),
                          "the text has %" PRId64 " bytes, expected at most 2 GiB in one batch",
                          offsets.large[c->rows] - offsets.large[0]);
    int32_t *small = ntm_i_arena_take(&c->table->arena, c->rows + 1, sizeof *small);
    if (small == NULL) return ntm_i_no_memory(c->err);
    for (size_t row = 0; row <= c->rows; row++)
        small[row] = (int32_t)(offsets.large[row] - offsets.large[0]);
    c->column.data = small;
    if (c->column.text != NULL) c->column.text += offsets.large[0];
    return NTM_OK;
}

/* The values of a dictionary as texts that end with NUL. */
static ntm_status take_categories(child *c) {
    const struct ArrowSchema *schema = c->schema->dictionary;
    const struct ArrowArray *array = c->array->dictionary;
    const char *subject = c->schema->name;
    if (schema->format == NULL) return malformed(c->err, subject, "a dictionary without a type");
    bool large = strcmp(schema->format, "U") == 0;
    if ((!large && strcmp(schema->format, "u") != 0) || schema->dictionary != NULL || array->dictionary != NULL)
        return ntm_i_fail(c->err, NTM_ERROR_UNSUPPORTED, NTM_I_SUBJECT(subject),
                          "dictionaries of Arrow type \"%s\" are not read: only those of utf8 are", schema->format);
    ntm_status status = check_array(array, subject, 3, c->err);
    if (status != NTM_OK) return status;
    size_t offset = (size_t)array->offset;
    size_t count = (size_t)array->length;
    const uint8_t *validity = array->null_count == 0 ? NULL : array->buffers[0];
    text_offsets offsets;
    status = take_offsets(&offsets, c, array, large, offset, count);
    if (status != NTM_OK) return status;
    const char **names = ntm_i_arena_take(&c->table->arena, count, sizeof *names);
    if (names == NULL) return ntm_i_no_memory(c->err);
    for (size_t at = 0; at < count; at++) {
        size_t size = (size_t)(offset_at(&offsets, at + 1) - offset_at(&offsets, at));
        const char *text = size == 0 ? "" : (const char *)array->buffers[2] + offset_at(&offsets, at);
        if (validity != NULL && !ntm_i_bit(validity, offset + at))
            return ntm_i_fail(c->err, NTM_ERROR_UNSUPPORTED, NTM_I_SUBJECT(subject), "the dictionary holds a null");
        if (memchr(text, '\0', size) != NULL) return malformed(c->err, subject, "a dictionary text holds a NUL byte");
        names[at] = ntm_i_arena_text(&c->table->arena, text, size);
        if (names[at] == NULL) return ntm_i_no_memory(c->err);
    }
    c->column.categories = names;
    c->column.category_count = count;
    return NTM_OK;
}

static ntm_status take_type(child *c) {
    const char *format = c->schema->format;
    if (strncmp(format, "d:", 2) == 0) return take_decimal(c);
    if (strcmp(format, "tdD") == 0) return take_values(c, NTM_TYPE_INT32);
    if (strcmp(format, "vu") == 0) return unsupported(c, "cast the column to utf8 (string)");
    if (format[0] == '\0' || format[1] != '\0') return unsupported(c, "");
    switch (format[0]) {
        case 'b':
            return take_bits(c);
        case 'c':
            return take_values(c, NTM_TYPE_INT8);
        case 's':
            return take_values(c, NTM_TYPE_INT16);
        case 'i':
            return take_values(c, NTM_TYPE_INT32);
        case 'l':
            return take_values(c, NTM_TYPE_INT64);
        case 'C':
            return widen(c, NTM_TYPE_INT16);
        case 'S':
            return widen(c, NTM_TYPE_INT32);
        case 'I':
            return widen(c, NTM_TYPE_INT64);
        case 'L':
            return unsupported(c, "uint64 does not fit int64; cast the column to int64");
        case 'g':
            return take_values(c, NTM_TYPE_DOUBLE);
        case 'f':
            return unsupported(c,
                               "89.95 stored as float32 is not 89.95; read the column as float64 or decimal from its "
                               "text");
        case 'e':
            return unsupported(c, "89.95 stored as float16 is not 89.95; read the column as float64 or decimal");
        case 'u':
            return take_text(c, false);
        case 'U':
            return take_text(c, true);
        default:
            return unsupported(c, "");
    }
}

/* How many buffers the type has; 0 for one that is not read. */
static int64_t buffers_of(const char *format) {
    if (strcmp(format, "u") == 0 || strcmp(format, "U") == 0) return 3;
    if (strncmp(format, "d:", 2) == 0 || strcmp(format, "tdD") == 0) return 2;
    if (format[0] != '\0' && format[1] == '\0' && strchr("bcsilCSIg", format[0]) != NULL) return 2;
    return 0;
}

static ntm_status take_child(child *c) {
    const char *format = c->schema->format;
    const char *name = c->schema->name;
    if (name == NULL) return malformed(c->err, NULL, "a column without a name");
    if (format == NULL) return malformed(c->err, name, "a column without a type");
    if (c->schema->n_children != 0 || c->array->n_children != 0) return unsupported(c, "nested columns are not");
    bool dictionary = c->schema->dictionary != NULL;
    if (dictionary != (c->array->dictionary != NULL))
        return malformed(c->err, name, "a dictionary in the type or the data only");
    int64_t buffers = buffers_of(format);
    if (buffers == 0) return take_type(c); /* which says why it is not read */
    ntm_status status = check_array(c->array, name, buffers, c->err);
    if (status != NTM_OK) return status;
    if ((uint64_t)c->array->length < c->offset + c->rows)
        return ntm_i_fail(c->err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(name),
                          "malformed Arrow data: the column has %" PRId64 " rows, expected %zu", c->array->length,
                          c->offset + c->rows);
    c->offset += (size_t)c->array->offset;
    if (dictionary && (format[1] != '\0' || strchr("csilCSI", format[0]) == NULL))
        return malformed(c->err, name, "dictionary codes that are no integers");
    status = take_type(c);
    if (status == NTM_OK && dictionary) status = take_categories(c);
    c->column.length = c->rows;
    if (c->array->null_count != 0 && c->array->buffers[0] != NULL) {
        c->column.validity = c->array->buffers[0];
        c->column.validity_offset = c->offset;
    }
    return status;
}

/* A row that is null as a whole has no columns to say so: such batches are refused. */
static ntm_status check_parent(const struct ArrowSchema *schema, const struct ArrowArray *array, ntm_error *err) {
    if (schema->format == NULL || strcmp(schema->format, "+s") != 0)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_NOWHERE, "Arrow type \"%s\", expected a record batch (\"+s\")",
                          schema->format == NULL ? "" : schema->format);
    ntm_status status = check_array(array, NULL, 1, err);
    if (status != NTM_OK) return status;
    if (schema->n_children < 0 || schema->n_children != array->n_children)
        return malformed(err, NULL, "type and data have different numbers of columns");
    if (schema->n_children > 0 && (schema->children == NULL || array->children == NULL))
        return malformed(err, NULL, "children is NULL");
    if (schema->dictionary != NULL || array->dictionary != NULL)
        return malformed(err, NULL, "a record batch with a dictionary");
    for (int64_t at = 0; at < schema->n_children; at++) {
        if (schema->children[at] == NULL || array->children[at] == NULL)
            return malformed(err, NULL, "a column is NULL");
    }
    const uint8_t *validity = array->null_count == 0 ? NULL : array->buffers[0];
    for (int64_t row = 0; validity != NULL && row < array->length; row++) {
        if (!ntm_i_bit(validity, (size_t)(array->offset + row)))
            return ntm_i_fail(err, NTM_ERROR_UNSUPPORTED, NTM_I_ROW(NULL, (uint64_t)row),
                              "a row of the record batch is null as a whole");
    }
    return NTM_OK;
}

static ntm_status fill(ntm_arrow_table *table, const struct ArrowSchema *schema, const struct ArrowArray *array,
                       ntm_error *err) {
    size_t count = (size_t)schema->n_children;
    ntm_field *fields = ntm_i_arena_take(&table->arena, count, sizeof *fields);
    if (fields == NULL) return ntm_i_no_memory(err);
    for (size_t at = 0; at < count; at++) {
        child c = {table,
                   schema->children[at],
                   array->children[at],
                   (size_t)array->offset,
                   (size_t)array->length,
                   NTM_COLUMN_INIT,
                   err};
        ntm_status status = take_child(&c);
        if (status != NTM_OK) return status;
        fields[at] = (ntm_field){c.schema->name, c.column};
    }
    table->table = (ntm_table)NTM_TABLE_INIT;
    table->table.rows = (size_t)array->length;
    table->table.fields = fields;
    table->table.field_count = count;
    return ntm_table_check(&table->table, NULL, err);
}

ntm_status ntm_arrow_import(ntm_arrow_table **out, struct ArrowSchema *schema, struct ArrowArray *array,
                            const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || schema == NULL || array == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out, schema or array is NULL");
    if (schema->release == NULL || array->release == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the record batch has been released");
    if (!ntm_i_allocator_usable(allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the allocator lacks a function");
    ntm_status status = check_parent(schema, array, err);
    if (status != NTM_OK) return status;
    ntm_arrow_table *table = ntm_i_allocate(allocator, 1, sizeof *table);
    if (table == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&table->arena, allocator);
    status = fill(table, schema, array, err);
    if (status != NTM_OK) {
        ntm_arrow_table_free(table); /* its schema and array are empty: nothing of the caller's is released */
        return status;
    }
    table->schema = *schema;
    table->array = *array;
    schema->release = NULL;
    array->release = NULL;
    *out = table;
    return NTM_OK;
}

const ntm_table *ntm_arrow_table_get(const ntm_arrow_table *table) { return table == NULL ? NULL : &table->table; }

void ntm_arrow_table_free(ntm_arrow_table *table) {
    if (table == NULL) return;
    ntm_allocator allocator = table->arena.allocator;
    if (table->array.release != NULL) table->array.release(&table->array);
    if (table->schema.release != NULL) table->schema.release(&table->schema);
    ntm_i_arena_end(&table->arena);
    ntm_i_release(&allocator, table, 1, sizeof *table);
}
