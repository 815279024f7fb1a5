/* SPDX-License-Identifier: Apache-2.0 */
/* Making, checking and reading single columns. */
#include <ntm/column.h>

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "column/bits.h"
#include "column/values.h"
#include "number/decimal.h"

size_t ntm_i_type_size(ntm_type type) {
    switch (type) {
        case NTM_TYPE_BYTES:
        case NTM_TYPE_INT8:
            return 1;
        case NTM_TYPE_INT16:
            return 2;
        case NTM_TYPE_INT32:
            return 4;
        case NTM_TYPE_INT64:
        case NTM_TYPE_DOUBLE:
            return 8;
        case NTM_TYPE_DECIMAL128:
            return 16;
        case NTM_TYPE_BITS:
        case NTM_TYPE_TEXT:
            return 0;
    }
    return 0;
}

static ntm_column contiguous(ntm_type type, const void *data, size_t length) {
    ntm_column column = NTM_COLUMN_INIT;
    column.type = type;
    column.data = data;
    column.length = length;
    column.stride_bytes = (int64_t)ntm_i_type_size(type);
    return column;
}

ntm_column ntm_column_int64(const int64_t *data, size_t length) { return contiguous(NTM_TYPE_INT64, data, length); }

ntm_column ntm_column_double(const double *data, size_t length) { return contiguous(NTM_TYPE_DOUBLE, data, length); }

ntm_column ntm_column_bytes(const uint8_t *data, size_t length) { return contiguous(NTM_TYPE_BYTES, data, length); }

ntm_column ntm_column_codes(const int32_t *data, size_t length, const char *const *categories, size_t category_count) {
    ntm_column column = contiguous(NTM_TYPE_INT32, data, length);
    column.categories = categories;
    column.category_count = category_count;
    return column;
}

/* ------------------------------------------------------------------------------------------- checking */

static ntm_status wrong(ntm_error *err, ntm_status status, const char *why) {
    return ntm_i_fail(err, status, NTM_I_NOWHERE, "%s", why);
}

/* Data have to be aligned for their type, at every row. Decimals are read in halves. */
static ntm_status check_values(const ntm_column *column, ntm_error *err) {
    size_t size = ntm_i_type_size(column->type);
    size_t alignment = size == 16 ? 8 : size == 0 ? 1 : size;
    if (column->type == NTM_TYPE_TEXT) alignment = sizeof(int32_t);
    if (column->length > 0 && column->data == NULL)
        return wrong(err, NTM_ERROR_ARGUMENT, "data is NULL in a column with rows");
    if ((uintptr_t)column->data % alignment != 0)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "data is not aligned to the %zu bytes of its type",
                          alignment);
    if (size == 0 || column->length == 0) return NTM_OK;
    if (column->stride_bytes % (int64_t)alignment != 0)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "stride_bytes is %lld, expected a multiple of the %zu bytes that align the type",
                          (long long)column->stride_bytes, alignment);
    ptrdiff_t span = 0;
    if (ntm_i_multiply_overflows(column->stride_bytes, column->length - 1, &span) ||
        ntm_i_add_overflows(span, size, &span))
        return wrong(err, NTM_ERROR_SHAPE, "stride_bytes times length exceeds the address space");
    return NTM_OK;
}

static ntm_status check_masks(const ntm_column *column, ntm_error *err) {
    size_t end = 0;
    if (ntm_i_add_overflows(column->validity_offset, column->length, &end) ||
        ntm_i_add_overflows(column->not_applicable_offset, column->length, &end) ||
        ntm_i_add_overflows(column->bit_offset, column->length, &end))
        return wrong(err, NTM_ERROR_SHAPE, "a bit offset plus length exceeds the address space");
    return NTM_OK;
}

static ntm_status check_text(const ntm_column *column, ntm_error *err) {
    if (column->length == 0) return NTM_OK;
    if (column->length >= PTRDIFF_MAX / sizeof(int32_t))
        return wrong(err, NTM_ERROR_SHAPE, "length exceeds the address space");
    const int32_t *offsets = column->data;
    if (offsets[0] < 0) return wrong(err, NTM_ERROR_SHAPE, "the first text offset is negative");
    for (size_t row = 0; row < column->length; row++) {
        if (offsets[row + 1] < offsets[row])
            return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_ROW(NULL, row), "text offsets go back from %ld to %ld",
                              (long)offsets[row], (long)offsets[row + 1]);
    }
    if (column->text == NULL && offsets[column->length] > offsets[0])
        return wrong(err, NTM_ERROR_ARGUMENT, "text is NULL in a text column that is not empty");
    return NTM_OK;
}

ntm_status ntm_column_check(const ntm_column *column, ntm_error *err) {
    if (column == NULL) return wrong(err, NTM_ERROR_ARGUMENT, "the column is NULL");
    if (column->struct_size != sizeof *column)
        return wrong(err, NTM_ERROR_ARGUMENT, "struct_size is not that of ntm_column: start with NTM_COLUMN_INIT");
    bool integer = ntm_i_type_is_integer(column->type);
    if (column->type < NTM_TYPE_BITS || column->type > NTM_TYPE_TEXT)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "unknown column type %d", (int)column->type);
    if (column->scale > NTM_SCALE_MAX)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "scale is %d, expected at most %d", column->scale,
                          NTM_SCALE_MAX);
    if (column->scale != 0 && !integer && column->type != NTM_TYPE_DECIMAL128)
        return wrong(err, NTM_ERROR_ARGUMENT, "a scale on a column that is neither of integers nor of decimals");
    if (column->categories == NULL && column->category_count != 0)
        return wrong(err, NTM_ERROR_ARGUMENT, "categories is NULL and category_count is not 0");
    if (column->categories != NULL && (!integer || column->scale != 0))
        return wrong(err, NTM_ERROR_SHAPE, "categories on a column that is not of whole integers");
    ntm_status status = check_values(column, err);
    if (status == NTM_OK) status = check_masks(column, err);
    if (status == NTM_OK && column->type == NTM_TYPE_TEXT) status = check_text(column, err);
    return status;
}

/* ------------------------------------------------------------------------------------------- reading */

int64_t ntm_i_column_integer(const ntm_column *column, size_t row) {
    const char *at = ntm_i_column_at(column, row);
    int8_t one = 0;
    int16_t two = 0;
    int32_t four = 0;
    int64_t eight = 0;
    switch (ntm_i_type_size(column->type)) {
        case 1:
            memcpy(&one, at, sizeof one);
            return one;
        case 2:
            memcpy(&two, at, sizeof two);
            return two;
        case 4:
            memcpy(&four, at, sizeof four);
            return four;
        default:
            memcpy(&eight, at, sizeof eight);
            return eight;
    }
}

ntm_i_wide ntm_i_column_wide(const ntm_column *column, size_t row) {
    const unsigned char *bytes = (const unsigned char *)ntm_i_column_at(column, row);
    ntm_i_uwide value = 0;
    for (int at = 15; at >= 0; at--)
        value = value << 8 | bytes[at];
    ntm_i_wide result;
    memcpy(&result, &value, sizeof result);
    return result;
}

double ntm_i_column_double(const ntm_column *column, size_t row) {
    double value = 0;
    memcpy(&value, ntm_i_column_at(column, row), sizeof value);
    return value;
}

/* What a row costs must not depend on the number of rows: only the struct is looked at, not the text offsets. */
static bool usable(const ntm_column *column) {
    return column != NULL && column->struct_size == sizeof *column && column->type >= NTM_TYPE_BITS &&
           column->type <= NTM_TYPE_TEXT && (column->data != NULL || column->length == 0);
}

ntm_known ntm_column_known(const ntm_column *column, size_t row) {
    if (!usable(column) || row >= column->length) return NTM_NOT_REPORTED;
    if (column->not_applicable != NULL && ntm_i_bit(column->not_applicable, column->not_applicable_offset + row))
        return NTM_NOT_APPLICABLE;
    if (column->validity != NULL && !ntm_i_bit(column->validity, column->validity_offset + row))
        return NTM_NOT_REPORTED;
    if (column->type == NTM_TYPE_DOUBLE && column->nan_not_reported && isnan(ntm_i_column_double(column, row)))
        return NTM_NOT_REPORTED;
    if (column->categories != NULL && ntm_i_type_is_integer(column->type) && ntm_i_column_integer(column, row) < 0)
        return NTM_NOT_REPORTED;
    return NTM_REPORTED;
}

/* Refuses rows that have no value. */
static ntm_status check_row(const ntm_column *column, size_t row, ntm_error *err) {
    if (!usable(column)) return wrong(err, NTM_ERROR_ARGUMENT, "the column is NULL or was never checked");
    ntm_i_place place = NTM_I_ROW(NULL, row);
    if (row >= column->length)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, place, "the row is past the %zu rows of the column", column->length);
    switch (ntm_column_known(column, row)) {
        case NTM_NOT_REPORTED:
            return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, place, "the value is not reported");
        case NTM_NOT_APPLICABLE:
            return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, place, "the value is not applicable");
        case NTM_REPORTED:
            break;
    }
    return NTM_OK;
}

static ntm_status read_integer(int64_t *out, const ntm_column *column, size_t row, ntm_error *err) {
    int64_t value = ntm_i_column_integer(column, row);
    if (column->categories != NULL && (uint64_t)value >= column->category_count)
        return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(NULL, row), "code %lld is past the %zu categories",
                          (long long)value, column->category_count);
    *out = value;
    return NTM_OK;
}

static ntm_status read_double(ntm_decimal *out, const ntm_column *column, size_t row, ntm_error *err) {
    ntm_error local = NTM_ERROR_INIT;
    ntm_status status = ntm_decimal_from_double(out, ntm_i_column_double(column, row), &local);
    if (status == NTM_OK) return NTM_OK;
    return ntm_i_fail(err, status, NTM_I_ROW(NULL, row), "%s", local.message);
}

ntm_status ntm_column_decimal(ntm_decimal *out, const ntm_column *column, size_t row, ntm_error *err) {
    if (out == NULL) return wrong(err, NTM_ERROR_ARGUMENT, "out is NULL");
    ntm_status status = check_row(column, row, err);
    if (status != NTM_OK) return status;
    ntm_i_place place = NTM_I_ROW(NULL, row);
    if (column->scale > NTM_SCALE_MAX)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the scale is above %d", NTM_SCALE_MAX);
    int64_t integer = 0;
    unsigned char byte = 0;
    switch (column->type) {
        case NTM_TYPE_TEXT:
            return ntm_i_fail(err, NTM_ERROR_SHAPE, place, "a text column holds no numbers");
        case NTM_TYPE_DOUBLE:
            return read_double(out, column, row, err);
        case NTM_TYPE_BITS:
            *out = (ntm_decimal){ntm_i_bit(column->data, column->bit_offset + row), 0};
            return NTM_OK;
        case NTM_TYPE_BYTES:
            byte = (unsigned char)*ntm_i_column_at(column, row);
            if (byte > 1) return ntm_i_fail(err, NTM_ERROR_VALUE, place, "a yes/no byte is %d, expected 0 or 1", byte);
            *out = (ntm_decimal){byte, 0};
            return NTM_OK;
        case NTM_TYPE_DECIMAL128:
            if (ntm_i_decimal_fit(out, ntm_i_column_wide(column, row), column->scale)) return NTM_OK;
            return ntm_i_fail(err, NTM_ERROR_OVERFLOW, place, "the decimal does not fit a 64-bit coefficient");
        case NTM_TYPE_INT8:
        case NTM_TYPE_INT16:
        case NTM_TYPE_INT32:
        case NTM_TYPE_INT64:
            break;
    }
    status = read_integer(&integer, column, row, err);
    if (status == NTM_OK) *out = (ntm_decimal){integer, column->scale};
    return status;
}

ntm_status ntm_column_text(const char **out, size_t *out_size, const ntm_column *column, size_t row, ntm_error *err) {
    if (out == NULL || out_size == NULL) return wrong(err, NTM_ERROR_ARGUMENT, "out or out_size is NULL");
    ntm_status status = check_row(column, row, err);
    if (status != NTM_OK) return status;
    ntm_i_place place = NTM_I_ROW(NULL, row);
    if (column->type == NTM_TYPE_TEXT) {
        const int32_t *offsets = column->data;
        if (offsets[row] < 0 || offsets[row + 1] < offsets[row] || (column->text == NULL && offsets[row + 1] > 0))
            return ntm_i_fail(err, NTM_ERROR_SHAPE, place, "the text offsets are out of order");
        *out = column->text == NULL ? "" : column->text + offsets[row];
        *out_size = (size_t)(offsets[row + 1] - offsets[row]);
        return NTM_OK;
    }
    if (column->categories == NULL || !ntm_i_type_is_integer(column->type))
        return ntm_i_fail(err, NTM_ERROR_SHAPE, place, "the column holds neither text nor categories");
    int64_t code = 0;
    status = read_integer(&code, column, row, err);
    if (status != NTM_OK) return status;
    const char *category = column->categories[code];
    if (category == NULL) return ntm_i_fail(err, NTM_ERROR_VALUE, place, "category %lld has no name", (long long)code);
    *out = category;
    *out_size = strlen(category);
    return NTM_OK;
}
