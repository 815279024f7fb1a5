/* SPDX-License-Identifier: Apache-2.0 */
/* One column of an Arrow batch: where its values lie, or what becomes of them. */
#include <inttypes.h>
#include <string.h>

#include "base/checked.h"
#include "column/arrow_batch.h"
#include "column/bits.h"
#include "column/values.h"

typedef ntm_i_arrow_child child;

ntm_status ntm_i_arrow_malformed(ntm_error *err, const char *subject, const char *why) {
    return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(subject), "malformed Arrow data: %s", why);
}

ntm_status ntm_i_arrow_unsupported(const child *c, const char *why) {
    return ntm_i_fail(c->err, NTM_ERROR_UNSUPPORTED, NTM_I_SUBJECT(c->name), "Arrow type \"%s\" is not read%s%s",
                      c->schema->format, why[0] == '\0' ? "" : ": ", why);
}

ntm_status ntm_i_arrow_check_array(const struct ArrowArray *array, const char *subject, int64_t least, int64_t most,
                                   ntm_error *err) {
    int64_t end = 0;
    if (array->length < 0) return ntm_i_arrow_malformed(err, subject, "a negative length");
    if (array->offset < 0) return ntm_i_arrow_malformed(err, subject, "a negative offset");
    if (array->null_count < -1) return ntm_i_arrow_malformed(err, subject, "a null_count below -1");
    if (array->null_count > array->length) return ntm_i_arrow_malformed(err, subject, "a null_count above the length");
    if (ntm_i_add_overflows(array->offset, array->length, &end) || (uint64_t)end > SIZE_MAX / 32)
        return ntm_i_arrow_malformed(err, subject, "offset plus length exceeds the address space");
    if (array->n_buffers < least || array->n_buffers > most)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(subject),
                          "malformed Arrow data: %" PRId64 " buffers, expected %" PRId64, array->n_buffers, least);
    if (least == 0) return NTM_OK;
    if (array->buffers == NULL) return ntm_i_arrow_malformed(err, subject, "buffers is NULL");
    if (array->null_count > 0 && array->buffers[0] == NULL)
        return ntm_i_arrow_malformed(err, subject, "a null_count above 0 without a validity buffer");
    return NTM_OK;
}

const uint8_t *ntm_i_arrow_validity(const struct ArrowArray *array) {
    return array->null_count == 0 ? NULL : array->buffers[0];
}

/* ------------------------------------------------------------------------------------------- values as they lie */

static ntm_status no_data(const child *c) { return ntm_i_arrow_malformed(c->err, c->name, "a data buffer is NULL"); }

static bool lacks_data(const child *c) { return c->array->buffers[1] == NULL && c->rows > 0; }

static ntm_status take_values(child *c, ntm_type type) {
    const void *buffer = c->array->buffers[1];
    size_t size = ntm_i_type_size(type);
    if (lacks_data(c)) return no_data(c);
    c->column.type = type;
    c->column.stride_bytes = (int64_t)size;
    c->column.data = buffer == NULL ? NULL : (const char *)buffer + c->offset * size;
    return NTM_OK;
}

static ntm_status take_bits(child *c) {
    if (lacks_data(c)) return no_data(c);
    c->column.type = NTM_TYPE_BITS;
    c->column.data = c->array->buffers[1];
    c->column.bit_offset = c->offset;
    return NTM_OK;
}

/* Nulls have no buffers; as bits that are all not reported they are at least flags without a word on them. */
static ntm_status take_nulls(child *c) {
    uint8_t *bits = ntm_i_arena_take(c->arena, c->rows / 8 + 1, 1);
    if (bits == NULL) return ntm_i_no_memory(c->err);
    c->column.type = NTM_TYPE_BITS;
    c->column.data = bits;
    c->column.validity = bits;
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
        if (*at < '0' || *at > '9')
            return ntm_i_arrow_malformed(c->err, c->name, "a decimal format that cannot be read");
        int value = 0;
        for (; *at >= '0' && *at <= '9'; at++)
            value = value > 9999 ? value : value * 10 + (*at - '0');
        *parts[used] = negative ? -value : value;
        if (*at != ',') break;
        at++;
    }
    if (*at != '\0' || used == 0 || used == 3)
        return ntm_i_arrow_malformed(c->err, c->name, "a decimal format that cannot be read");
    if (bits != 128) return ntm_i_arrow_unsupported(c, "only decimals of 128 bits are");
    if (scale < 0 || scale > NTM_SCALE_MAX) return ntm_i_arrow_unsupported(c, "its scale is not 0 to 18");
    c->column.scale = (uint8_t)scale;
    return take_values(c, NTM_TYPE_DECIMAL128);
}

/* ------------------------------------------------------------------------------------------- values that are copied */

/* Room for one integer a row. */
static void *take_room(child *c, ntm_type type) {
    size_t size = ntm_i_type_size(type);
    void *room = ntm_i_arena_take(c->arena, c->rows, size);
    c->column.type = type;
    c->column.stride_bytes = (int64_t)size;
    c->column.data = room;
    return room;
}

static bool is_there(const child *c, size_t row) {
    const uint8_t *validity = ntm_i_arrow_validity(c->array);
    return validity == NULL || ntm_i_bit(validity, c->offset + row);
}

/* Unsigned integers as signed ones of twice the size. */
static ntm_status widen(child *c, ntm_type type) {
    size_t size = ntm_i_type_size(type);
    const char *from = c->array->buffers[1];
    if (lacks_data(c)) return no_data(c);
    char *to = take_room(c, type);
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
    return NTM_OK;
}

/* uint64 has nothing twice its size: what is beyond int64 is refused. What stands in a null row has no meaning. */
static ntm_status take_large(child *c) {
    const char *from = c->array->buffers[1];
    if (lacks_data(c)) return no_data(c);
    int64_t *to = take_room(c, NTM_TYPE_INT64);
    if (to == NULL) return ntm_i_no_memory(c->err);
    for (size_t row = 0; row < c->rows; row++) {
        uint64_t value = 0;
        if (!is_there(c, row)) continue;
        memcpy(&value, from + (c->offset + row) * sizeof value, sizeof value);
        if (value > INT64_MAX)
            return ntm_i_fail(c->err, NTM_ERROR_OVERFLOW, NTM_I_ROW(c->name, row), "%" PRIu64 " is beyond int64",
                              value);
        to[row] = (int64_t)value;
    }
    return NTM_OK;
}

/* Points of time, of which `a_day` are a day, as days. */
static ntm_status take_days(child *c, int64_t a_day) {
    const char *from = c->array->buffers[1];
    if (lacks_data(c)) return no_data(c);
    int64_t *to = take_room(c, NTM_TYPE_INT64);
    if (to == NULL) return ntm_i_no_memory(c->err);
    for (size_t row = 0; row < c->rows; row++) {
        int64_t value = 0;
        if (!is_there(c, row)) continue;
        memcpy(&value, from + (c->offset + row) * sizeof value, sizeof value);
        if (value % a_day != 0)
            return ntm_i_fail(c->err, NTM_ERROR_SHAPE, NTM_I_ROW(c->name, row),
                              "a point of time that is not a whole day: give the days (a column of dates)");
        to[row] = value / a_day;
    }
    return NTM_OK;
}

/* "tss:", "tsm:", "tsu:", "tsn:", and the name of a zone. */
static ntm_status take_timestamp(child *c) {
    const char *format = c->schema->format;
    static const char units[] = "smun";
    static const int64_t a_day[] = {86400, 86400000, 86400000000, 86400000000000};
    const char *unit = format[2] == '\0' ? NULL : strchr(units, format[2]);
    if (unit == NULL || format[3] != ':') return ntm_i_arrow_unsupported(c, "");
    if (format[4] != '\0')
        return ntm_i_arrow_unsupported(
            c, "a point of time with a time zone is another day elsewhere: give the days (a column of dates)");
    return take_days(c, a_day[unit - units]);
}

/* ------------------------------------------------------------------------------------------- by type */

static ntm_status take_type(child *c) {
    const char *format = c->schema->format;
    if (strncmp(format, "d:", 2) == 0) return take_decimal(c);
    if (strncmp(format, "ts", 2) == 0) return take_timestamp(c);
    if (strcmp(format, "tdD") == 0) return take_values(c, NTM_TYPE_INT32);
    if (strcmp(format, "tdm") == 0) return take_days(c, 86400000);
    if (ntm_i_arrow_is_text(format)) return ntm_i_arrow_take_text(c);
    if (format[0] == '\0' || format[1] != '\0') return ntm_i_arrow_unsupported(c, "");
    switch (format[0]) {
        case 'n': return take_nulls(c);
        case 'b': return take_bits(c);
        case 'c': return take_values(c, NTM_TYPE_INT8);
        case 's': return take_values(c, NTM_TYPE_INT16);
        case 'i': return take_values(c, NTM_TYPE_INT32);
        case 'l': return take_values(c, NTM_TYPE_INT64);
        case 'C': return widen(c, NTM_TYPE_INT16);
        case 'S': return widen(c, NTM_TYPE_INT32);
        case 'I': return widen(c, NTM_TYPE_INT64);
        case 'L': return take_large(c);
        case 'g': return take_values(c, NTM_TYPE_DOUBLE);
        case 'f':
            return ntm_i_arrow_unsupported(
                c, "89.95 stored as float32 is not 89.95; read the column as float64 or decimal from its "
                   "text");
        case 'e':
            return ntm_i_arrow_unsupported(
                c, "89.95 stored as float16 is not 89.95; read the column as float64 or decimal");
        default: return ntm_i_arrow_unsupported(c, "");
    }
}

/* How many buffers the type has; false for one that is not read. */
static bool buffers_of(const char *format, int64_t *least, int64_t *most) {
    *least = *most = 2;
    if (strncmp(format, "d:", 2) == 0 || strncmp(format, "td", 2) == 0 || strncmp(format, "ts", 2) == 0) return true;
    *least = *most = 3;
    if (ntm_i_arrow_is_text(format)) {
        if (format[0] == 'v') *most = INT64_MAX / 64; /* one for every piece of text */
        return true;
    }
    if (format[0] == '\0' || format[1] != '\0') return false;
    *least = format[0] == 'n' ? 0 : 2;
    *most = format[0] == 'n' ? 1 : 2; /* early versions gave a mask */
    return strchr("nbcsilCSILg", format[0]) != NULL;
}

static ntm_status check_shape(child *c, bool *is_read) {
    const char *format = c->schema->format;
    int64_t least = 0;
    int64_t most = 0;
    if (format == NULL) return ntm_i_arrow_malformed(c->err, c->name, "a column without a type");
    if (c->schema->n_children != 0 || c->array->n_children != 0)
        return ntm_i_arrow_unsupported(c, "nested columns are not");
    if ((c->schema->dictionary != NULL) != (c->array->dictionary != NULL))
        return ntm_i_arrow_malformed(c->err, c->name, "a dictionary in the type or the data only");
    *is_read = buffers_of(format, &least, &most);
    if (!*is_read) return NTM_OK;
    ntm_status status = ntm_i_arrow_check_array(c->array, c->name, least, most, c->err);
    if (status != NTM_OK) return status;
    if ((uint64_t)c->array->length < c->offset + c->rows)
        return ntm_i_fail(c->err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(c->name),
                          "malformed Arrow data: the column has %" PRId64 " rows, expected %zu", c->array->length,
                          c->offset + c->rows);
    return NTM_OK;
}

ntm_status ntm_i_arrow_take(child *c) {
    bool is_read = false;
    ntm_status status = check_shape(c, &is_read);
    if (status != NTM_OK) return status;
    if (!is_read) return take_type(c); /* which says why it is not read */
    const char *format = c->schema->format;
    bool dictionary = c->schema->dictionary != NULL;
    c->offset += (size_t)c->array->offset;
    if (dictionary && (format[1] != '\0' || strchr("csilCSIL", format[0]) == NULL))
        return ntm_i_arrow_malformed(c->err, c->name, "dictionary codes that are no integers");
    status = take_type(c);
    if (status == NTM_OK && dictionary) status = ntm_i_arrow_take_categories(c);
    c->column.length = c->rows;
    if (format[0] != 'n' && ntm_i_arrow_validity(c->array) != NULL) {
        c->column.validity = c->array->buffers[0];
        c->column.validity_offset = c->offset;
    }
    return status;
}
