/* SPDX-License-Identifier: Apache-2.0 */
/* Columns a block of rows at a time. */
#include "poverty/read.h"

#include <math.h>
#include <string.h>

#include "column/bits.h"
#include "column/values.h"
#include "number/decimal.h"

ntm_status ntm_i_field_column(const ntm_column **out, const ntm_table *table, const char *name, ntm_error *err) {
    const ntm_field *field = ntm_table_find(table, name);
    if (field == NULL)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(name), "the table has no column of this name");
    *out = &field->column;
    return NTM_OK;
}

void ntm_i_knowledge_load(ntm_i_knowledge *out, const ntm_column *column, size_t start, size_t rows) {
    size_t words = ntm_i_words_of(rows);
    ntm_i_words_load(out->known, column->validity, column->validity_offset + start, rows);
    if (column->not_applicable == NULL) {
        memset(out->not_applicable, 0, words * sizeof *out->not_applicable);
        return;
    }
    ntm_i_words_load(out->not_applicable, column->not_applicable, column->not_applicable_offset + start, rows);
    for (size_t w = 0; w < words; w++)
        out->known[w] &= ~out->not_applicable[w];
}

/* ------------------------------------------------------------------------------------------- flags */

static ntm_status bad_byte(const ntm_column *column, const char *name, const ntm_i_knowledge *known, size_t start,
                           size_t rows, ntm_error *err) {
    for (size_t r = 0; r < rows; r++) {
        unsigned byte = (unsigned char)*ntm_i_column_at(column, start + r);
        if (ntm_i_word_bit(known->known, r) && byte > 1)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(name, start + r), "a yes/no byte is %u, expected 0 or 1",
                              byte);
    }
    return NTM_OK; /* the bad ones are not known */
}

/* Eight bytes of 0 or 1 become eight bits: the product moves byte i to bit 56 + i. */
static uint64_t pack(const uint8_t *at, uint64_t *seen) {
    uint64_t eight = ntm_i_eight_bytes(at);
    *seen |= eight;
    return (eight & 0x0101010101010101u) * 0x0102040810204080u >> 56;
}

ntm_status ntm_i_flags_load(uint64_t *out, const ntm_column *column, const char *name, const ntm_i_knowledge *known,
                            size_t start, size_t rows, ntm_error *err) {
    if (column->type == NTM_TYPE_BITS) {
        ntm_i_words_load(out, column->data, column->bit_offset + start, rows);
        return NTM_OK;
    }
    uint64_t seen = 0;
    size_t words = ntm_i_words_of(rows), whole = column->stride_bytes == 1 ? rows / 8 * 8 : 0;
    memset(out, 0, words * sizeof *out);
    const uint8_t *bytes = (const uint8_t *)column->data + (column->stride_bytes == 1 ? start : 0);
    for (size_t r = 0; r < whole; r += 8)
        out[r / 64] |= pack(bytes + r, &seen) << r % 64;
    for (size_t r = whole; r < rows; r++) {
        unsigned char byte = (unsigned char)*ntm_i_column_at(column, start + r);
        seen |= byte;
        out[r / 64] |= (uint64_t)(byte & 1) << r % 64;
    }
    if ((seen & 0xfefefefefefefefeu) != 0) return bad_byte(column, name, known, start, rows, err);
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- numbers */

static ntm_status not_finite(const char *name, size_t row, double value, ntm_error *err) {
    return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(name, row), "%s where a number was expected%s",
                      isnan(value) ? "NaN" : "infinity",
                      isnan(value) ? "; if it means \"not reported\", say so of the column" : "");
}

ntm_status ntm_i_doubles_check(ntm_i_knowledge *known, const ntm_column *column, const char *name, size_t start,
                               size_t rows, ntm_error *err) {
    for (size_t r = 0; r < rows; r++) {
        double value = ntm_i_column_double(column, start + r);
        uint64_t bit = (uint64_t)1 << r % 64;
        if (isfinite(value) || (known->known[r / 64] & bit) == 0) continue;
        if (!isnan(value) || !column->nan_not_reported) return not_finite(name, start + r, value, err);
        known->known[r / 64] &= ~bit;
    }
    return NTM_OK;
}

static ntm_status decimal_of(ntm_decimal *out, const ntm_i_numbers *numbers, size_t row, ntm_error *err) {
    ntm_error local = NTM_ERROR_INIT;
    ntm_status status = ntm_decimal_from_double(out, ntm_i_column_double(numbers->column, row), &local);
    if (status == NTM_OK) return NTM_OK;
    return ntm_i_fail(err, status, NTM_I_ROW(numbers->name, row), "%s", local.message);
}

/* The largest scale of the doubles that are known. */
static ntm_status find_scale(ntm_i_numbers *numbers, ntm_error *err) {
    const ntm_column *column = numbers->column;
    for (size_t row = 0; row < column->length; row++) {
        double value = ntm_i_column_double(column, row);
        ntm_decimal decimal = {0, 0};
        if (ntm_column_known(column, row) != NTM_REPORTED) continue;
        if (!isfinite(value)) return not_finite(numbers->name, row, value, err);
        ntm_status status = decimal_of(&decimal, numbers, row, err);
        if (status != NTM_OK) return status;
        if (decimal.scale > numbers->scale) numbers->scale = decimal.scale;
    }
    return NTM_OK;
}

ntm_status ntm_i_numbers_start(ntm_i_numbers *numbers, const ntm_column *column, const char *name, bool all,
                               ntm_error *err) {
    bool integers = ntm_i_type_is_integer(column->type) && column->categories == NULL;
    if (!integers && column->type != NTM_TYPE_DOUBLE && column->type != NTM_TYPE_DECIMAL128)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(name),
                          "expected a column of integers, decimals or doubles");
    *numbers = (ntm_i_numbers){column, name, column->type == NTM_TYPE_DOUBLE ? 0 : column->scale};
    return all && column->type == NTM_TYPE_DOUBLE ? find_scale(numbers, err) : NTM_OK;
}

/* One value, known to be there. */
static ntm_status load_one(int64_t *out, const ntm_i_numbers *numbers, size_t row, ntm_error *err) {
    const ntm_column *column = numbers->column;
    bool lost = false, fits = true;
    if (column->type == NTM_TYPE_DOUBLE) {
        ntm_decimal decimal = {0, 0};
        ntm_status status = decimal_of(&decimal, numbers, row, err);
        if (status != NTM_OK) return status;
        fits = ntm_i_decimal_at_scale(out, decimal, numbers->scale, &lost);
    } else if (column->type == NTM_TYPE_DECIMAL128) {
        ntm_i_wide value = ntm_i_column_wide(column, row);
        fits = value >= INT64_MIN && value <= INT64_MAX;
        if (fits) *out = (int64_t)value;
    } else {
        *out = ntm_i_column_integer(column, row);
    }
    if (fits) return NTM_OK;
    return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_ROW(numbers->name, row),
                      "the number does not fit 64 bits at the %d digits after the mark that the column has",
                      numbers->scale);
}

ntm_status ntm_i_numbers_load(int64_t *out, ntm_i_knowledge *known, const ntm_i_numbers *numbers, size_t start,
                              size_t rows, ntm_error *err) {
    const ntm_column *column = numbers->column;
    ntm_status status = NTM_OK;
    if (column->type == NTM_TYPE_DOUBLE) status = ntm_i_doubles_check(known, column, numbers->name, start, rows, err);
    for (size_t r = 0; r < rows && status == NTM_OK; r++) {
        out[r] = 0;
        if (ntm_i_word_bit(known->known, r)) status = load_one(&out[r], numbers, start + r, err);
    }
    return status;
}
