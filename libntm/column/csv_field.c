/* SPDX-License-Identifier: Apache-2.0 */
/* What the cells of a CSV column become. */
#include "column/csv_field.h"

#include <string.h>

#include "base/text.h"
#include "base/text_fold.h"
#include "column/bits.h"
#include "column/values.h"
#include "number/decimal.h"

/* ------------------------------------------------------------------------------------------- what is asked for */

static ntm_status bad_field(ntm_error *err, const ntm_csv_field *field, const char *why) {
    return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(field->header), "%s", why);
}

static ntm_status check_field(const ntm_csv_field *field, ntm_error *err) {
    char group = '\0';
    char mark = '\0';
    if (field->header == NULL) return bad_field(err, field, "a field has no header");
    if (field->kind < NTM_CSV_TEXT || field->kind > NTM_CSV_DATE) return bad_field(err, field, "unknown ntm_csv_kind");
    bool number = field->kind == NTM_CSV_NUMBER || field->kind == NTM_CSV_MONEY;
    if (number && !ntm_i_locale_signs(field->locale, &group, &mark))
        return bad_field(err, field, "a field of numbers needs a locale: it is never guessed");
    if (field->kind == NTM_CSV_NUMBER && field->scale > NTM_SCALE_MAX)
        return bad_field(err, field, "the scale is above 18");
    bool unit = field->money_unit == 1 || field->money_unit == 1000 || field->money_unit == 1000000 ||
                field->money_unit == 1000000000;
    if (field->kind == NTM_CSV_MONEY && !unit)
        return bad_field(err, field, "money_unit is not 1, 1000, 1000000 or 1000000000");
    return NTM_OK;
}

/* A text of the caller's in NFC, in the arena; NULL stays NULL. */
static ntm_status take_text(const char **out, const char *text, const ntm_csv_field *field, ntm_i_arena *arena,
                            ntm_error *err) {
    char *nfc = NULL;
    size_t size = 0;
    if (text == NULL) return NTM_OK;
    ntm_status status = ntm_i_nfc(&nfc, &size, text, strlen(text), &arena->allocator, NULL);
    if (status == NTM_ERROR_SYNTAX) return bad_field(err, field, "a text of the field is not UTF-8");
    if (status != NTM_OK) return ntm_i_no_memory(err);
    *out = ntm_i_arena_text(arena, nfc, size);
    ntm_i_release(&arena->allocator, nfc, size + 1, 1);
    return *out == NULL ? ntm_i_no_memory(err) : NTM_OK;
}

static ntm_type type_of(ntm_csv_kind kind) {
    switch (kind) {
        case NTM_CSV_TEXT:
            return NTM_TYPE_TEXT;
        case NTM_CSV_FLAG:
            return NTM_TYPE_BYTES;
        case NTM_CSV_NUMBER:
        case NTM_CSV_MONEY:
            return NTM_TYPE_INT64;
        case NTM_CSV_CODES:
        case NTM_CSV_DATE:
            break;
    }
    return NTM_TYPE_INT32;
}

ntm_status ntm_i_csv_builder_start(ntm_i_csv_builder *builder, const ntm_csv_field *field, ntm_i_arena *arena,
                                   ntm_error *err) {
    ntm_status status = check_field(field, err);
    if (status != NTM_OK) return status;
    builder->field = *field;
    builder->cell = NTM_I_CSV_NO_CELL;
    builder->type = type_of(field->kind);
    const ntm_allocator *allocator = &arena->allocator;
    size_t size = ntm_i_type_size(builder->type);
    ntm_i_array_start(&builder->values, allocator, size == 0 ? sizeof(int32_t) : size);
    ntm_i_array_start(&builder->text, allocator, 1);
    ntm_i_array_start(&builder->validity, allocator, 1);
    ntm_i_array_start(&builder->not_applicable, allocator, 1);
    ntm_i_csv_codes_start(&builder->codes, arena);
    status = take_text(&builder->field.header, field->header, field, arena, err);
    if (status == NTM_OK)
        status = take_text(&builder->field.yes, field->yes == NULL ? "1" : field->yes, field, arena, err);
    if (status == NTM_OK)
        status = take_text(&builder->field.no, field->no == NULL ? "0" : field->no, field, arena, err);
    if (status == NTM_OK) status = take_text(&builder->field.not_reported, field->not_reported, field, arena, err);
    if (status == NTM_OK) status = take_text(&builder->field.not_applicable, field->not_applicable, field, arena, err);
    if (status != NTM_OK) return status;
    if (!ntm_i_arena_copy(arena, &builder->field.name, field->name == NULL ? field->header : field->name))
        return ntm_i_no_memory(err);
    if (field->kind == NTM_CSV_FLAG && strcmp(builder->field.yes, builder->field.no) == 0)
        return bad_field(err, field, "yes and no are the same text");
    int32_t zero = 0;
    if (builder->type == NTM_TYPE_TEXT && !ntm_i_array_append(&builder->values, &zero, 1)) return ntm_i_no_memory(err);
    return NTM_OK;
}

void ntm_i_csv_builder_end(ntm_i_csv_builder *builder) {
    ntm_i_array_end(&builder->values);
    ntm_i_array_end(&builder->text);
    ntm_i_array_end(&builder->validity);
    ntm_i_array_end(&builder->not_applicable);
    ntm_i_csv_codes_end(&builder->codes);
}

/* ------------------------------------------------------------------------------------------- masks */

/* Grows a mask to hold `rows` bits, new ones as `fill` says. */
static bool grow_mask(ntm_i_array *mask, size_t rows, uint8_t fill) {
    while (mask->count < rows / 8 + (rows % 8 != 0)) {
        uint8_t *byte = ntm_i_array_push(mask);
        if (byte == NULL) return false;
        *byte = fill;
    }
    return true;
}

static bool mark_missing(ntm_i_csv_builder *builder) {
    if (!grow_mask(&builder->validity, builder->rows + 1, 0xff)) return false;
    ntm_i_set_bit(builder->validity.items, builder->rows, false);
    return true;
}

static bool mark_not_applicable(ntm_i_csv_builder *builder) {
    if (!grow_mask(&builder->not_applicable, builder->rows + 1, 0)) return false;
    ntm_i_set_bit(builder->not_applicable.items, builder->rows, true);
    return true;
}

/* ------------------------------------------------------------------------------------------- cells */

/* A cell while it is read. */
typedef struct reading {
    ntm_i_csv_builder *builder;
    const ntm_i_csv_scan *scan;
    const ntm_i_csv_cell *cell;
    const char *text;
    size_t size;
} reading;

static void cell_problem(const reading *r, ntm_status status, const char *why) {
    (void)ntm_i_csv_problem(r->scan->report, status, r->cell, r->scan->row, "column \"%s\": %s",
                            r->builder->field.header, why);
}

static void shown_problem(const reading *r, ntm_status status, const char *why) {
    (void)ntm_i_csv_problem(r->scan->report, status, r->cell, r->scan->row, "column \"%s\": \"%.*s\" %s",
                            r->builder->field.header, ntm_i_shown(r->text, r->size), r->text, why);
}

/* Whether the cell is `expected` (NFC), after NFC: composed marks in files are rare, and only then anything is done. */
static ntm_status cell_is(bool *out, const reading *r, const char *expected) {
    *out = false;
    if (expected == NULL) return NTM_OK;
    size_t size = strlen(expected);
    if (size == r->size && memcmp(r->text, expected, size) == 0) {
        *out = true;
        return NTM_OK;
    }
    bool marks = memchr(r->text, 0xcc, r->size) != NULL || memchr(r->text, 0xcd, r->size) != NULL;
    if (!marks) return NTM_OK;
    char *nfc = NULL;
    size_t nfc_size = 0;
    const ntm_allocator *allocator = &r->builder->values.allocator;
    ntm_status status = ntm_i_nfc(&nfc, &nfc_size, r->text, r->size, allocator, NULL);
    if (status != NTM_OK) return status;
    *out = nfc_size == size && memcmp(nfc, expected, size) == 0;
    ntm_i_release(allocator, nfc, nfc_size + 1, 1);
    return NTM_OK;
}

static void read_number(const reading *r, int64_t *out) {
    const ntm_csv_field *field = &r->builder->field;
    ntm_error why = NTM_ERROR_INIT;
    ntm_decimal value = {0, 0};
    bool lost = false;
    ntm_status status = ntm_decimal_parse(&value, r->text, r->size, field->locale, &why);
    if (status != NTM_OK) {
        cell_problem(r, status, why.message);
    } else if (value.scale > field->scale) {
        (void)ntm_i_csv_problem(r->scan->report, NTM_ERROR_SYNTAX, r->cell, r->scan->row,
                                "column \"%s\": \"%.*s\" has %d digits after the mark, expected at most %d",
                                field->header, ntm_i_shown(r->text, r->size), r->text, value.scale, field->scale);
    } else if (!ntm_i_decimal_at_scale(out, value, field->scale, &lost)) {
        shown_problem(r, NTM_ERROR_OVERFLOW, "does not fit 64 bits at the scale of the column");
    }
}

static void read_money(const reading *r, int64_t *out) {
    const ntm_csv_field *field = &r->builder->field;
    ntm_error why = NTM_ERROR_INIT;
    ntm_decimal value = {0, 0};
    bool lost = false;
    ntm_status status = ntm_decimal_parse(&value, r->text, r->size, field->locale, &why);
    unsigned power = field->money_unit == 1 ? 0 : field->money_unit == 1000 ? 3 : field->money_unit == 1000000 ? 6 : 9;
    if (status != NTM_OK) {
        cell_problem(r, status, why.message);
    } else if (!ntm_i_decimal_shift(&value, value, power)) {
        shown_problem(r, NTM_ERROR_OVERFLOW, "does not fit 64 bits in đồng");
    } else if (!ntm_i_decimal_at_scale(out, value, 0, &lost)) {
        shown_problem(r, NTM_ERROR_SYNTAX, "has parts of a đồng: expected whole đồng");
    }
}

static ntm_status read_flag(const reading *r, uint8_t *out) {
    const ntm_csv_field *field = &r->builder->field;
    bool is = false;
    ntm_status status = cell_is(&is, r, field->yes);
    *out = is;
    if (status != NTM_OK || is) return status;
    status = cell_is(&is, r, field->no);
    if (status != NTM_OK || is) return status;
    (void)ntm_i_csv_problem(r->scan->report, NTM_ERROR_SYNTAX, r->cell, r->scan->row,
                            "column \"%s\": \"%.*s\" is neither yes nor no: expected \"%s\" or \"%s\"", field->header,
                            ntm_i_shown(r->text, r->size), r->text, field->yes, field->no);
    return NTM_OK;
}

static void read_date(const reading *r, int32_t *out) {
    ntm_error why = NTM_ERROR_INIT;
    ntm_date date = 0;
    ntm_status status = ntm_date_parse(&date, r->text, r->size, &why);
    if (status == NTM_OK) {
        *out = date;
    } else {
        (void)ntm_i_csv_problem(r->scan->report, status, r->cell, r->scan->row, "column \"%s\": \"%.*s\": %s",
                                r->builder->field.header, ntm_i_shown(r->text, r->size), r->text, why.message);
    }
}

static ntm_status add_text(const reading *r) {
    ntm_i_csv_builder *builder = r->builder;
    if (r->size > (size_t)INT32_MAX - builder->text.count)
        return ntm_i_csv_problem(r->scan->report, NTM_ERROR_LIMIT, r->cell, r->scan->row,
                                 "column \"%s\": more than 2 GiB of text", builder->field.header);
    if (!ntm_i_array_append(&builder->text, r->text, r->size)) return NTM_ERROR_MEMORY;
    int32_t end = (int32_t)builder->text.count;
    return ntm_i_array_append(&builder->values, &end, 1) ? NTM_OK : NTM_ERROR_MEMORY;
}

/* The value, or what stands in its place in a row without one. */
static ntm_status add_value(const reading *r, bool reported) {
    ntm_i_csv_builder *builder = r->builder;
    int64_t eight = 0;
    int32_t four = 0;
    uint8_t one = 0;
    ntm_status status = NTM_OK;
    const void *value = &eight;
    switch (builder->field.kind) {
        case NTM_CSV_TEXT: {
            reading nothing = *r;
            nothing.size = 0;
            return add_text(reported ? r : &nothing);
        }
        case NTM_CSV_CODES:
            four = -1;
            value = &four;
            if (reported && !ntm_i_csv_codes_find(&builder->codes, &four, r->text, r->size)) return NTM_ERROR_MEMORY;
            break;
        case NTM_CSV_FLAG:
            value = &one;
            if (reported) status = read_flag(r, &one);
            break;
        case NTM_CSV_NUMBER:
            if (reported) read_number(r, &eight);
            break;
        case NTM_CSV_MONEY:
            if (reported) read_money(r, &eight);
            break;
        case NTM_CSV_DATE:
            value = &four;
            if (reported) read_date(r, &four);
            break;
    }
    if (status != NTM_OK) return status;
    return ntm_i_array_append(&builder->values, value, 1) ? NTM_OK : NTM_ERROR_MEMORY;
}

ntm_status ntm_i_csv_builder_add(ntm_i_csv_builder *builder, const ntm_i_csv_scan *scan, const ntm_i_csv_cell *cell,
                                 const char *text, size_t size) {
    reading r = {builder, scan, cell, text, size};
    bool not_applicable = false;
    bool missing = false;
    ntm_status status = cell_is(&not_applicable, &r, builder->field.not_applicable);
    if (status == NTM_OK && !not_applicable) {
        status = cell_is(&missing, &r, builder->field.not_reported);
        if (size == 0 && builder->field.kind != NTM_CSV_TEXT) missing = true;
    }
    if (status != NTM_OK) return status;
    if (not_applicable && !mark_not_applicable(builder)) return NTM_ERROR_MEMORY;
    /* What is not applicable is not reported either: a reader that knows one mask only reads no zero. */
    if ((not_applicable || missing) && !mark_missing(builder)) return NTM_ERROR_MEMORY;
    status = add_value(&r, !not_applicable && !missing);
    if (status == NTM_OK) builder->rows++;
    return status;
}

ntm_status ntm_i_csv_builder_finish(ntm_column *out, ntm_i_csv_builder *builder) {
    ntm_column column = NTM_COLUMN_INIT;
    column.type = builder->type;
    column.length = builder->rows;
    column.data = builder->values.items;
    column.stride_bytes = (int64_t)ntm_i_type_size(builder->type);
    if (builder->field.kind == NTM_CSV_NUMBER) column.scale = builder->field.scale;
    if (builder->validity.count > 0) {
        if (!grow_mask(&builder->validity, builder->rows, 0xff)) return NTM_ERROR_MEMORY;
        column.validity = builder->validity.items;
    }
    if (builder->not_applicable.count > 0) {
        if (!grow_mask(&builder->not_applicable, builder->rows, 0)) return NTM_ERROR_MEMORY;
        column.not_applicable = builder->not_applicable.items;
    }
    if (builder->type == NTM_TYPE_TEXT) column.text = builder->text.count == 0 ? "" : builder->text.items;
    if (builder->field.kind == NTM_CSV_CODES) {
        static const char *const none[1] = {NULL};
        column.categories = builder->codes.names.count == 0 ? none : builder->codes.names.items;
        column.category_count = builder->codes.names.count;
    }
    *out = column;
    return NTM_OK;
}
