/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a column's memory on its way to Arrow. */
#include "column/arrow_values.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "column/bits.h"
#include "column/values.h"

/* Stands where a column without rows has no memory; text has one offset even then. */
static const int64_t nothing[2] = {0, 0};

/* A fresh bitmap of `rows` bits from `offset` on. */
static uint8_t *take_bits(ntm_i_arena *arena, size_t offset, size_t rows) {
    return ntm_i_arena_take(arena, (offset + rows) / 8 + 1, 1);
}

/* Whether some rows are not reported by their value: NaN, or a negative code. */
static bool value_may_be_missing(const ntm_column *column) {
    return column->categories != NULL || (column->type == NTM_TYPE_DOUBLE && column->nan_not_reported);
}

static ntm_status make_validity(ntm_i_arrow_values *out, const ntm_column *column, ntm_i_arena *arena, ntm_error *err) {
    out->validity = NULL;
    bool derived = column->not_applicable != NULL || value_may_be_missing(column);
    if (column->validity == NULL && !derived) return NTM_OK;
    /* Arrow has one offset for all buffers: the bitmap can be used as it is if it begins at the same bit of a byte. */
    if (!derived && column->validity_offset % 8 == out->offset) {
        out->validity = column->validity + column->validity_offset / 8;
        return NTM_OK;
    }
    uint8_t *bits = take_bits(arena, out->offset, column->length);
    if (bits == NULL) return ntm_i_no_memory(err);
    bool all = true;
    for (size_t row = 0; row < column->length; row++) {
        bool reported = ntm_column_known(column, row) == NTM_REPORTED;
        ntm_i_set_bit(bits, out->offset + row, reported);
        all = all && reported;
    }
    if (!all) out->validity = bits;
    return NTM_OK;
}

static ntm_status bytes_to_bits(ntm_i_arrow_values *out, const ntm_field *field, ntm_i_arena *arena, ntm_error *err) {
    const ntm_column *column = &field->column;
    uint8_t *bits = take_bits(arena, 0, column->length);
    if (bits == NULL) return ntm_i_no_memory(err);
    for (size_t row = 0; row < column->length; row++) {
        unsigned char byte = (unsigned char)*ntm_i_column_at(column, row);
        if (ntm_column_known(column, row) != NTM_REPORTED) continue; /* whatever stands there has no meaning */
        if (byte > 1)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(field->name, row), "a yes/no byte is %d, expected 0 or 1",
                              byte);
        ntm_i_set_bit(bits, row, byte == 1);
    }
    out->data = bits;
    return NTM_OK;
}

/* int64 × 10^-scale as decimal128, little-endian whatever the machine. */
static ntm_status scaled_to_decimals(ntm_i_arrow_values *out, const ntm_column *column, ntm_i_arena *arena,
                                     ntm_error *err) {
    unsigned char *decimals = ntm_i_arena_take(arena, column->length, 16);
    if (decimals == NULL) return ntm_i_no_memory(err);
    for (size_t row = 0; row < column->length; row++) {
        int64_t value = ntm_i_column_integer(column, row);
        uint64_t low = (uint64_t)value;
        for (int at = 0; at < 8; at++) {
            decimals[row * 16 + (size_t)at] = (unsigned char)(low >> (8 * at));
            decimals[row * 16 + 8 + (size_t)at] = value < 0 ? 0xff : 0;
        }
    }
    out->data = decimals;
    return NTM_OK;
}

/* Values that do not lie side by side are laid so. */
static ntm_status lay_out(ntm_i_arrow_values *out, const ntm_column *column, ntm_i_arena *arena, ntm_error *err) {
    size_t size = ntm_i_type_size(column->type);
    out->data = column->data;
    if (column->stride_bytes == (int64_t)size || column->length == 0) return NTM_OK;
    char *values = ntm_i_arena_take(arena, column->length, size);
    if (values == NULL) return ntm_i_no_memory(err);
    for (size_t row = 0; row < column->length; row++)
        memcpy(values + row * size, ntm_i_column_at(column, row), size);
    out->data = values;
    return NTM_OK;
}

static ntm_status check_codes(const ntm_field *field, ntm_error *err) {
    const ntm_column *column = &field->column;
    for (size_t row = 0; row < column->length; row++) {
        if (ntm_column_known(column, row) != NTM_REPORTED) continue;
        int64_t code = ntm_i_column_integer(column, row);
        if ((uint64_t)code >= column->category_count)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(field->name, row), "code %lld is past the %zu categories",
                              (long long)code, column->category_count);
    }
    return NTM_OK;
}

static ntm_status make_integers(ntm_i_arrow_values *out, const ntm_field *field, ntm_i_arena *arena, ntm_error *err) {
    const ntm_column *column = &field->column;
    if (column->scale != 0) {
        (void)snprintf(out->format, sizeof out->format, "d:19,%d", column->scale);
        return scaled_to_decimals(out, column, arena, err);
    }
    static const char *const formats[] = {"c", "s", "i", "l"};
    memcpy(out->format, formats[column->type - NTM_TYPE_INT8], 2);
    ntm_status status = column->categories == NULL ? NTM_OK : check_codes(field, err);
    return status == NTM_OK ? lay_out(out, column, arena, err) : status;
}

ntm_status ntm_i_arrow_values_of(ntm_i_arrow_values *out, const ntm_field *field, ntm_i_arena *arena, ntm_error *err) {
    const ntm_column *column = &field->column;
    ntm_status status = NTM_OK;
    memset(out, 0, sizeof *out);
    switch (column->type) {
        case NTM_TYPE_BITS:
            memcpy(out->format, "b", 2);
            out->offset = column->bit_offset % 8;
            if (column->data != NULL) out->data = (const char *)column->data + column->bit_offset / 8;
            break;
        case NTM_TYPE_BYTES:
            memcpy(out->format, "b", 2);
            status = bytes_to_bits(out, field, arena, err);
            break;
        case NTM_TYPE_INT8:
        case NTM_TYPE_INT16:
        case NTM_TYPE_INT32:
        case NTM_TYPE_INT64:
            status = make_integers(out, field, arena, err);
            break;
        case NTM_TYPE_DOUBLE:
            memcpy(out->format, "g", 2);
            status = lay_out(out, column, arena, err);
            break;
        case NTM_TYPE_DECIMAL128:
            (void)snprintf(out->format, sizeof out->format, "d:38,%d", column->scale);
            status = lay_out(out, column, arena, err);
            break;
        case NTM_TYPE_TEXT:
            memcpy(out->format, "u", 2);
            out->data = column->data;
            out->text = column->text == NULL ? (const void *)nothing : column->text;
            break;
    }
    if (status != NTM_OK) return status;
    if (out->data == NULL) out->data = nothing;
    return make_validity(out, column, arena, err);
}
