/* SPDX-License-Identifier: Apache-2.0 */
/* Text of Arrow in its three layouts: offsets of 32 bits ("u"), of 64 bits ("U"), and views ("vu"), which hold short
   texts themselves and point into one of several buffers for long ones. */
#include <inttypes.h>
#include <string.h>

#include "column/arrow_batch.h"
#include "column/bits.h"

typedef ntm_i_arrow_child child;

enum { VIEW_SIZE = 16, VIEW_INLINE = 12 };

/* The texts of an array from a row on, checked: none reaches past what the producer says is there. */
typedef struct texts {
    const struct ArrowArray *array;
    const char *subject;
    size_t offset;
    size_t rows;
    const int32_t *small;
    const int64_t *large;
    const char *views;
    int64_t piece_count; /* of views: the buffers that they point into, and their sizes */
    const char *piece_sizes; /* int64 each */
} texts;

bool ntm_i_arrow_is_text(const char *format) {
    return strcmp(format, "u") == 0 || strcmp(format, "U") == 0 || strcmp(format, "vu") == 0;
}

static int64_t offset_at(const texts *t, size_t at) { return t->small != NULL ? t->small[at] : t->large[at]; }

static bool is_there(const texts *t, size_t row) {
    const uint8_t *validity = ntm_i_arrow_validity(t->array);
    return validity == NULL || ntm_i_bit(validity, t->offset + row);
}

/* ------------------------------------------------------------------------------------------- offsets */

static ntm_status check_offsets(const texts *t, ntm_error *err) {
    if (offset_at(t, 0) < 0) return ntm_i_arrow_malformed(err, t->subject, "a negative text offset");
    for (size_t row = 0; row < t->rows; row++) {
        if (offset_at(t, row + 1) < offset_at(t, row))
            return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_ROW(t->subject, row),
                              "malformed Arrow data: text offsets go back");
    }
    if (t->array->buffers[2] == NULL && offset_at(t, t->rows) > offset_at(t, 0))
        return ntm_i_arrow_malformed(err, t->subject, "a text buffer is NULL");
    return NTM_OK;
}

static ntm_status start_offsets(texts *t, bool large, ntm_error *err) {
    const char *buffer = t->array->buffers[1];
    if (buffer == NULL)
        return t->rows == 0 ? NTM_OK : ntm_i_arrow_malformed(err, t->subject, "an offsets buffer is NULL");
    if ((uintptr_t)buffer % (large ? 8 : 4) != 0)
        return ntm_i_arrow_malformed(err, t->subject, "an offsets buffer is not aligned");
    if (t->rows == 0) return NTM_OK; /* even the one offset may be missing then */
    const void *first = buffer + t->offset * (large ? 8 : 4);
    if (large)
        t->large = first;
    else
        t->small = first;
    return check_offsets(t, err);
}

/* ------------------------------------------------------------------------------------------- views */

/* Where the text of a view lies; NULL when it reaches past its buffer. */
static const char *view_at(const texts *t, size_t row, size_t *size) {
    const char *view = t->views + (t->offset + row) * VIEW_SIZE;
    int32_t length = 0;
    int32_t piece = 0;
    int32_t from = 0;
    memcpy(&length, view, sizeof length);
    if (length < 0) return NULL;
    *size = (size_t)length;
    if (length <= VIEW_INLINE) return view + 4;
    memcpy(&piece, view + 8, sizeof piece);
    memcpy(&from, view + 12, sizeof from);
    if (piece < 0 || piece >= t->piece_count || from < 0) return NULL;
    const char *text = t->array->buffers[2 + piece];
    int64_t there = 0;
    memcpy(&there, t->piece_sizes + (size_t)piece * sizeof there, sizeof there);
    return text == NULL || (int64_t)from + length > there ? NULL : text + from;
}

static ntm_status start_views(texts *t, ntm_error *err) {
    int64_t last = t->array->n_buffers - 1; /* the sizes of the pieces between it and the views */
    t->views = t->array->buffers[1];
    t->piece_count = last - 2;
    t->piece_sizes = t->array->buffers[last];
    if (t->rows == 0) return NTM_OK;
    if (t->views == NULL) return ntm_i_arrow_malformed(err, t->subject, "a buffer of views is NULL");
    if (t->piece_count > 0 && t->piece_sizes == NULL)
        return ntm_i_arrow_malformed(err, t->subject, "the sizes of its text buffers are NULL");
    size_t size = 0;
    for (size_t row = 0; row < t->rows; row++) {
        if (is_there(t, row) && view_at(t, row, &size) == NULL)
            return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_ROW(t->subject, row),
                              "malformed Arrow data: a text view reaches past its buffer");
    }
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- both */

/* Checks the texts. `array` has 3 buffers at least. */
static ntm_status start_texts(texts *t, const char *format, const struct ArrowArray *array, const char *subject,
                              size_t offset, size_t rows, ntm_error *err) {
    *t = (texts){.array = array, .subject = subject, .offset = offset, .rows = rows};
    if (format[0] == 'v') return start_views(t, err);
    return start_offsets(t, format[0] == 'U', err);
}

/* The text of a row; "" for a row that is null. */
static const char *text_at(const texts *t, size_t row, size_t *size) {
    *size = 0;
    if (t->views != NULL) return is_there(t, row) ? view_at(t, row, size) : "";
    int64_t from = offset_at(t, row);
    *size = (size_t)(offset_at(t, row + 1) - from);
    return *size == 0 ? "" : (const char *)t->array->buffers[2] + from;
}

static ntm_status too_long(const child *c, int64_t bytes) {
    return ntm_i_fail(c->err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(c->name),
                      "the text has %" PRId64 " bytes, expected at most 2 GiB in one batch", bytes);
}

/* Offsets of 64 bits as ones of 32: the text stays where it is. */
static ntm_status narrow(child *c, const texts *t) {
    int64_t bytes = t->large[c->rows] - t->large[0];
    if (bytes > INT32_MAX) return too_long(c, bytes);
    int32_t *small = ntm_i_arena_take(c->arena, c->rows + 1, sizeof *small);
    if (small == NULL) return ntm_i_no_memory(c->err);
    for (size_t row = 0; row <= c->rows; row++)
        small[row] = (int32_t)(t->large[row] - t->large[0]);
    c->column.data = small;
    if (c->column.text != NULL) c->column.text += t->large[0];
    return NTM_OK;
}

/* Views lie here and there: their texts are laid side by side. */
static ntm_status lay_out(child *c, const texts *t) {
    int64_t bytes = 0;
    size_t size = 0;
    for (size_t row = 0; row < c->rows; row++) {
        (void)text_at(t, row, &size);
        bytes += (int64_t)size;
    }
    if (bytes > INT32_MAX) return too_long(c, bytes);
    int32_t *offsets = ntm_i_arena_take(c->arena, c->rows + 1, sizeof *offsets);
    char *to = ntm_i_arena_take(c->arena, (size_t)bytes, 1);
    if (offsets == NULL || to == NULL) return ntm_i_no_memory(c->err);
    for (size_t row = 0; row < c->rows; row++) {
        const char *from = text_at(t, row, &size);
        memcpy(to + offsets[row], from, size);
        offsets[row + 1] = offsets[row] + (int32_t)size;
    }
    c->column.data = offsets;
    c->column.text = to;
    return NTM_OK;
}

ntm_status ntm_i_arrow_take_text(child *c) {
    texts t;
    ntm_status status = start_texts(&t, c->schema->format, c->array, c->name, c->offset, c->rows, c->err);
    if (status != NTM_OK) return status;
    c->column.type = NTM_TYPE_TEXT;
    if (c->schema->format[0] == 'v') return lay_out(c, &t);
    c->column.data = t.small;
    c->column.text = c->array->buffers[2];
    return t.large == NULL ? NTM_OK : narrow(c, &t);
}

/* ------------------------------------------------------------------------------------------- dictionaries */

static ntm_status copy_names(child *c, const texts *t, const char **names) {
    for (size_t at = 0; at < t->rows; at++) {
        size_t size = 0;
        if (!is_there(t, at))
            return ntm_i_fail(c->err, NTM_ERROR_UNSUPPORTED, NTM_I_SUBJECT(c->name),
                              "the dictionary holds a null: put nulls into the column itself");
        const char *text = text_at(t, at, &size);
        if (memchr(text, '\0', size) != NULL)
            return ntm_i_arrow_malformed(c->err, c->name, "a dictionary text holds a NUL byte");
        names[at] = ntm_i_arena_text(&c->batch->arena, text, size);
        if (names[at] == NULL) return ntm_i_no_memory(c->err);
    }
    return NTM_OK;
}

/* The values of the dictionary as texts that end with NUL, once for all tables over the batch. */
static ntm_status make_names(child *c) {
    const struct ArrowSchema *schema = c->schema->dictionary;
    const struct ArrowArray *array = c->array->dictionary;
    texts t;
    if (schema->format == NULL) return ntm_i_arrow_malformed(c->err, c->name, "a dictionary without a type");
    if (!ntm_i_arrow_is_text(schema->format) || schema->dictionary != NULL || array->dictionary != NULL)
        return ntm_i_fail(c->err, NTM_ERROR_UNSUPPORTED, NTM_I_SUBJECT(c->name),
                          "dictionaries of Arrow type \"%s\" are not read: only those of utf8 are", schema->format);
    int64_t most = schema->format[0] == 'v' ? INT64_MAX / 64 : 3;
    ntm_status status = ntm_i_arrow_check_array(array, c->name, 3, most, c->err);
    if (status != NTM_OK) return status;
    size_t count = (size_t)array->length;
    status = start_texts(&t, schema->format, array, c->name, (size_t)array->offset, count, c->err);
    if (status != NTM_OK) return status;
    const char **names = ntm_i_arena_take(&c->batch->arena, count, sizeof *names);
    if (names == NULL) return ntm_i_no_memory(c->err);
    status = copy_names(c, &t, names);
    if (status == NTM_OK) *c->categories = (ntm_i_arrow_categories){names, count};
    return status;
}

ntm_status ntm_i_arrow_take_categories(child *c) {
    if (c->categories->names == NULL) {
        ntm_status status = make_names(c);
        if (status != NTM_OK) return status;
    }
    c->column.categories = c->categories->names;
    c->column.category_count = c->categories->count;
    return NTM_OK;
}
