/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void kit_start(kit *k, size_t rows) {
    memset(k, 0, sizeof *k);
    k->rows = rows;
    k->options = (ntm_rolled_options)NTM_ROLLED_OPTIONS_INIT;
    k->err = (ntm_error)NTM_ERROR_INIT;
}

void kit_end(kit *k) {
    ntm_rolled_free(k->rolled);
    ntm_rollup_free(k->rollup);
}

static ntm_column *field(kit *k, const char *name, const int64_t *values) {
    size_t f = k->field_count++;
    bool any_none = false;
    for (size_t i = 0; i < k->rows; i++) {
        if (values[i] != GONE && values[i] != NONE) {
            k->known[f][i / 8] |= (uint8_t)(1u << i % 8);
            k->values[f][i] = values[i];
        } else {
            k->values[f][i] = 0x7777777777777777; /* nobody may look at it */
        }
        if (values[i] == NONE) k->none[f][i / 8] |= (uint8_t)(1u << i % 8);
        any_none = any_none || values[i] == NONE;
        k->flags[f][i] = (uint8_t)(values[i] == 1);
    }
    k->fields[f].name = name;
    ntm_column *column = &k->fields[f].column;
    *column = (ntm_column)NTM_COLUMN_INIT;
    column->type = NTM_TYPE_INT64;
    column->data = k->values[f];
    column->stride_bytes = 8;
    column->length = k->rows;
    column->validity = k->known[f];
    if (any_none) column->not_applicable = k->none[f];
    return column;
}

ntm_column *kit_column(kit *k, const char *name, const int64_t *values, uint8_t scale) {
    ntm_column *column = field(k, name, values);
    column->scale = scale;
    return column;
}

ntm_column *kit_flags(kit *k, const char *name, const int64_t *values) {
    size_t f = k->field_count;
    ntm_column *column = field(k, name, values);
    column->type = NTM_TYPE_BYTES;
    column->data = k->flags[f];
    column->stride_bytes = 1;
    return column;
}

void kit_fact(kit *k, const ntm_fact *fact) { k->facts[k->fact_count++] = fact; }

void kit_parts(kit *k, const ntm_rollup_part *parts, size_t count, size_t from_rows, size_t to_rows) {
    assert_null(k->rollup);
    assert_ok(ntm_rollup_new(&k->rollup, parts, count, from_rows, to_rows, NULL, &k->err), &k->err);
}

ntm_table kit_table(const kit *k) {
    ntm_table table = NTM_TABLE_INIT;
    table.rows = k->rows;
    table.fields = k->fields;
    table.field_count = k->field_count;
    return table;
}

ntm_status kit_roll(kit *k) {
    ntm_table table = kit_table(k);
    return ntm_rolled_new(&k->rolled, k->rollup, k->facts, k->fact_count, &table, &k->options, &k->err);
}

static size_t put_end(char *to, size_t room, ntm_fraction end) {
    if (end.denominator == 0) return 0;
    if (end.denominator == 1) return (size_t)snprintf(to, room, "%" PRId64, end.numerator);
    return (size_t)snprintf(to, room, "%" PRId64 "/%" PRId64, end.numerator, end.denominator);
}

static void put_range(char *to, size_t room, ntm_range range) {
    bool known = range.least.denominator != 0 && range.least.denominator == range.most.denominator &&
                 range.least.numerator == range.most.numerator;
    size_t used = put_end(to, room, range.least);
    if (known) return;
    if (range.least.denominator == 0 && range.most.denominator == 0) {
        (void)snprintf(to, room, "?");
        return;
    }
    used += (size_t)snprintf(to + used, room - used, "..");
    (void)put_end(to + used, room - used, range.most);
}

/* A bound of the table is that of the range, rounded outward, wherever there is one. */
static void check_bound(const kit *k, const char *column, const char *suffix, size_t row, const ntm_range *range,
                        bool up) {
    char name[64];
    ntm_decimal value;
    (void)snprintf(name, sizeof name, "%s%s", column, suffix);
    const ntm_field *field = ntm_table_find(ntm_rolled_table(k->rolled), name);
    if (field == NULL) return;
    ntm_fraction end = range == NULL ? (ntm_fraction){0, 0} : up ? range->most : range->least;
    ntm_known known = ntm_column_known(&field->column, row);
    if (range == NULL || end.denominator == 0) {
        assert_int_not_equal(known, NTM_REPORTED);
        return;
    }
    assert_int_equal(known, NTM_REPORTED);
    assert_int_equal(ntm_column_decimal(&value, &field->column, row, NULL), NTM_OK);
    long double ten = 1, exact;
    for (uint8_t i = 0; i < value.scale; i++)
        ten *= 10;
    exact = (long double)end.numerator * ten / (long double)end.denominator;
    long double off = up ? (long double)value.coefficient - exact : exact - (long double)value.coefficient;
    assert_true(off > -1e-3L && off < 1);
}

/* The table may say less than the range, never something else. */
static void check_table(const kit *k, const char *column, size_t row, const ntm_range *range) {
    const ntm_table *table = ntm_rolled_table(k->rolled);
    const ntm_field *field = ntm_table_find(table, column);
    ntm_decimal value;
    assert_non_null(field);
    ntm_known known = ntm_column_known(&field->column, row);
    assert_int_equal(known == NTM_NOT_APPLICABLE, range == NULL);
    if (known != NTM_REPORTED) return;
    assert_int_equal(ntm_column_decimal(&value, &field->column, row, NULL), NTM_OK);
    assert_true(range->least.denominator > 0 && range->least.denominator == range->most.denominator &&
                range->least.numerator == range->most.numerator);
    int64_t ten = 1;
    for (uint8_t i = 0; i < value.scale; i++)
        ten *= 10;
    assert_true((long double)value.coefficient * (long double)range->least.denominator ==
                (long double)range->least.numerator * (long double)ten);
}

void kit_expect(kit *k, const char *column, const char *expected) {
    char found[2048] = "";
    if (k->rolled == NULL) assert_ok(kit_roll(k), &k->err);
    assert_ok(ntm_table_check(ntm_rolled_table(k->rolled), NULL, &k->err), &k->err);
    for (size_t row = 0; row < ntm_rolled_table(k->rolled)->rows; row++) {
        ntm_range range;
        size_t used = strlen(found);
        ntm_status status = ntm_rolled_range(&range, k->rolled, column, row, &k->err);
        used += (size_t)snprintf(found + used, sizeof found - used, "%s", row == 0 ? "" : " ");
        if (status == NTM_ERROR_NOT_FOUND)
            (void)snprintf(found + used, sizeof found - used, "-");
        else
            assert_ok(status, &k->err);
        if (status == NTM_OK) put_range(found + used, sizeof found - used, range);
        check_table(k, column, row, status == NTM_OK ? &range : NULL);
        check_bound(k, column, ":least", row, status == NTM_OK ? &range : NULL, false);
        check_bound(k, column, ":most", row, status == NTM_OK ? &range : NULL, true);
    }
    assert_string_equal(found, expected);
}
