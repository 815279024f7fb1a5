/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of keys: text, categories or integers as codes. Contiguous integers in range are read where they lie; everything
 * else is copied into int32. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "column/values.h"
#include "ledger/kernels.h"
#include "ledger/ledger.h"

/* A span of integers that is not larger has a table entry for each of them. */
enum { SPAN_MOST = 1 << 22, SPAN_SMALL = 1 << 16 };

/* ------------------------------------------------------------------------------------------- plain integers */

static void extremes(int64_t *least, int64_t *most, ntm_type type, const void *data, size_t rows) {
    ntm_i_ledger_kernels_best()->extremes(least, most, type, data, rows);
}

/* Which codes occur. */
static void mark_codes(uint8_t *seen, const ntm_i_codes *codes, size_t rows) {
    if (codes->count <= 32) {
        uint32_t bits = ntm_i_ledger_kernels_best()->occurring(codes->type, codes->data, (uint32_t)codes->least, rows);
        for (uint32_t code = 0; code < codes->count; code++)
            seen[code] = (uint8_t)(bits >> code & 1);
        return;
    }
    for (size_t row = 0; row < rows; row++)
        seen[ntm_i_code_at(codes, row)] = 1;
}

static bool contiguous(const ntm_column *column) {
    return column->validity == NULL && column->not_applicable == NULL && ntm_i_type_is_integer(column->type) &&
           column->stride_bytes == (int64_t)ntm_i_type_size(column->type);
}

static bool no_memory(ntm_i_ledger_making *m) {
    m->cells.no_memory = true;
    return false;
}

static bool own_codes(ntm_i_codes *codes, ntm_i_ledger_making *m) {
    codes->own = ntm_i_allocate(&m->ledger->arena.allocator, m->ledger->rows, sizeof *codes->own);
    codes->type = NTM_TYPE_INT32;
    codes->data = codes->own;
    codes->least = 0;
    return codes->own != NULL || no_memory(m);
}

static bool tables(ntm_i_codes *codes, ntm_i_ledger_making *m) {
    codes->texts = ntm_i_arena_take(&m->ledger->arena, codes->count, sizeof *codes->texts);
    codes->sizes = ntm_i_arena_take(&m->ledger->arena, codes->count, sizeof *codes->sizes);
    return (codes->texts != NULL && codes->sizes != NULL) || no_memory(m);
}

/* ------------------------------------------------------------------------------------------- texts */

/* A text's number among the texts; a text that is no UTF-8 is told, and stands as "". */
static bool number_of(int32_t *code, ntm_i_csv_codes *texts, ntm_i_ledger_making *m, const char *column, size_t row,
                      const char *text, size_t size) {
    size_t bad = 0;
    if (!ntm_i_utf8_valid(text, size, &bad)) {
        ntm_i_ledger_row(m, NTM_ERROR_SYNTAX, column, row, "text that is not UTF-8");
        size = 0;
    }
    return ntm_i_csv_codes_find(texts, code, text, size) || no_memory(m);
}

static bool one_text(int32_t *code, ntm_i_csv_codes *texts, ntm_i_ledger_making *m, const ntm_field *field,
                     size_t row) {
    const ntm_column *column = &field->column;
    const char *text = "";
    char digits[24];
    size_t size = 0;
    ntm_error err = NTM_ERROR_INIT;
    if (ntm_column_known(column, row) == NTM_REPORTED) {
        if (column->type != NTM_TYPE_TEXT && column->categories == NULL) {
            size = (size_t)snprintf(digits, sizeof digits, "%lld", (long long)ntm_i_column_integer(column, row));
            text = digits;
        } else if (ntm_column_text(&text, &size, column, row, &err) != NTM_OK) {
            ntm_i_ledger_row(m, err.status, field->name, row, "%s", err.message);
            text = "";
            size = 0;
        }
    }
    return number_of(code, texts, m, field->name, row, text, size);
}

/* Whatever the column is, by the texts of its rows. */
static bool read_texts(ntm_i_codes *codes, ntm_i_ledger_making *m, const ntm_field *field) {
    ntm_i_csv_codes texts;
    ntm_i_csv_codes_start(&texts, &m->ledger->arena);
    bool good = own_codes(codes, m);
    for (size_t row = 0; row < m->ledger->rows && good; row++)
        good = one_text(&codes->own[row], &texts, m, field, row);
    codes->count = (uint32_t)texts.names.count;
    good = good && tables(codes, m);
    for (uint32_t code = 0; code < codes->count && good; code++) {
        codes->texts[code] = ((const char **)texts.names.items)[code];
        codes->sizes[code] = strlen(codes->texts[code]);
    }
    ntm_i_csv_codes_end(&texts);
    return good;
}

/* ------------------------------------------------------------------------------------------- categories */

static bool copy_categories(ntm_i_codes *codes, ntm_i_ledger_making *m, const ntm_field *field) {
    const ntm_column *column = &field->column;
    if (!own_codes(codes, m)) return false;
    for (size_t row = 0; row < m->ledger->rows; row++) {
        int64_t code = (int64_t)column->category_count;
        if (ntm_column_known(column, row) == NTM_REPORTED) code = ntm_i_column_integer(column, row);
        if (code > (int64_t)column->category_count ||
            (code == (int64_t)column->category_count && ntm_column_known(column, row) == NTM_REPORTED)) {
            ntm_i_ledger_row(m, NTM_ERROR_VALUE, field->name, row, "code %lld is past the %zu categories",
                             (long long)code, column->category_count);
            code = (int64_t)column->category_count;
        }
        codes->own[row] = (int32_t)code;
    }
    codes->count = (uint32_t)column->category_count + 1;
    return true;
}

static bool read_categories(ntm_i_codes *codes, ntm_i_ledger_making *m, const ntm_field *field) {
    const ntm_column *column = &field->column;
    int64_t least = 0, most = -1;
    size_t bad = 0;
    bool plain = contiguous(column) && column->type != NTM_TYPE_INT64;
    if (column->category_count >= INT32_MAX) {
        ntm_i_cells_complain(&m->cells, NTM_ERROR_LIMIT, field->name, SIZE_MAX,
                             "%zu categories, expected fewer than 2^31", column->category_count);
        return false;
    }
    if (plain && m->ledger->rows > 0) extremes(&least, &most, column->type, column->data, m->ledger->rows);
    if (plain && least >= 0 && most < (int64_t)column->category_count) {
        *codes = (ntm_i_codes){.type = column->type, .data = column->data, .count = (uint32_t)column->category_count};
    } else if (!copy_categories(codes, m, field)) {
        return false;
    }
    if (!tables(codes, m)) return false;
    for (uint32_t code = 0; code < codes->count; code++) {
        const char *text = code < column->category_count ? column->categories[code] : "";
        size_t size = text == NULL ? 0 : strlen(text);
        codes->texts[code] = ntm_i_arena_text(&m->ledger->arena, text == NULL ? "" : text, size);
        codes->sizes[code] = size;
        if (codes->texts[code] == NULL) return no_memory(m);
        if (ntm_i_utf8_valid(codes->texts[code], size, &bad)) continue;
        if (!ntm_i_code_bad(codes, m, code, NTM_ERROR_SYNTAX, "text that is not UTF-8")) return false;
        codes->texts[code] = NULL;
    }
    ntm_i_codes_tell(codes, m, field->name);
    return true;
}

/* ------------------------------------------------------------------------------------------- integers */

static bool digit_texts(ntm_i_codes *codes, ntm_i_ledger_making *m) {
    char digits[24];
    uint8_t *seen = ntm_i_arena_take(&m->ledger->arena, codes->count, 1);
    if (seen == NULL) return no_memory(m);
    if (!tables(codes, m)) return false;
    mark_codes(seen, codes, m->ledger->rows);
    for (uint32_t code = 0; code < codes->count; code++) {
        if (!seen[code]) continue;
        codes->sizes[code] = (size_t)snprintf(digits, sizeof digits, "%lld", (long long)codes->least + (long long)code);
        codes->texts[code] = ntm_i_arena_text(&m->ledger->arena, digits, codes->sizes[code]);
        if (codes->texts[code] == NULL) return no_memory(m);
    }
    return true;
}

/* Codes for integers in a span that is not too large; false when it is, or they do not lie side by side. */
static bool borrow_integers(ntm_i_codes *codes, const ntm_i_ledger_making *m, const ntm_column *column) {
    int64_t least = 0, most = 0;
    if (!contiguous(column) || column->type == NTM_TYPE_INT64 || m->ledger->rows == 0) return false;
    extremes(&least, &most, column->type, column->data, m->ledger->rows);
    uint64_t span = (uint64_t)(most - least);
    if (span >= SPAN_MOST || (span >= SPAN_SMALL && span / 4 > m->ledger->rows)) return false;
    *codes =
        (ntm_i_codes){.type = column->type, .data = column->data, .least = (int32_t)least, .count = (uint32_t)span + 1};
    return true;
}

bool ntm_i_codes_read(ntm_i_codes *codes, ntm_i_ledger_making *m, const ntm_field *field) {
    const ntm_column *column = &field->column;
    bool integers = ntm_i_type_is_integer(column->type);
    if (column->type == NTM_TYPE_TEXT) return read_texts(codes, m, field);
    if (integers && column->categories != NULL) return read_categories(codes, m, field);
    if (!integers || column->scale != 0) {
        ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, field->name, SIZE_MAX,
                             "expected text, categories or whole numbers");
        return false;
    }
    return borrow_integers(codes, m, column) ? digit_texts(codes, m) : read_texts(codes, m, field);
}

/* ------------------------------------------------------------------------------------------- days */

/* Days that do not lie side by side, or are not all there: a row without one is told, and has the code of the first. */
static bool copy_days(ntm_i_codes *codes, ntm_i_ledger_making *m, const ntm_field *field) {
    int32_t least = INT32_MAX, most = INT32_MIN;
    if (!own_codes(codes, m)) return false;
    for (size_t row = 0; row < m->ledger->rows; row++) {
        size_t told = m->cells.problem_count + m->left_out.count;
        bool known = ntm_column_known(&field->column, row) == NTM_REPORTED;
        int64_t day = known ? ntm_i_column_integer(&field->column, row) : INT64_MIN;
        if (!known)
            ntm_i_ledger_row(m, NTM_ERROR_VALUE, field->name, row, "an entry without a day");
        else if (day < INT32_MIN + 1 || day > INT32_MAX || !ntm_i_date_is((ntm_date)day))
            ntm_i_ledger_row(m, NTM_ERROR_VALUE, field->name, row, "%lld is no day of the years 1 to 9999",
                             (long long)day);
        bool good = told == m->cells.problem_count + m->left_out.count && known && day > INT32_MIN && day <= INT32_MAX;
        codes->own[row] = good ? (int32_t)day : INT32_MIN;
        if (good && codes->own[row] < least) least = codes->own[row];
        if (good && codes->own[row] > most) most = codes->own[row];
    }
    codes->least = least > most ? 0 : least;
    codes->count = least > most ? 1 : (uint32_t)(most - least) + 1;
    for (size_t row = 0; row < m->ledger->rows; row++)
        if (codes->own[row] == INT32_MIN) codes->own[row] = codes->least;
    return true;
}

bool ntm_i_codes_read_days(ntm_i_codes *codes, ntm_i_ledger_making *m, const ntm_field *field) {
    int64_t least = 0, most = 0;
    const ntm_column *column = &field->column;
    if (contiguous(column) && column->type != NTM_TYPE_INT64 && m->ledger->rows > 0) {
        extremes(&least, &most, column->type, column->data, m->ledger->rows);
        if (least > INT32_MIN && ntm_i_date_is((ntm_date)least) && ntm_i_date_is((ntm_date)most)) {
            *codes = (ntm_i_codes){.type = column->type,
                                   .data = column->data,
                                   .least = (int32_t)least,
                                   .count = (uint32_t)(most - least) + 1};
            return true;
        }
    }
    return copy_days(codes, m, field);
}

void ntm_i_codes_end(ntm_i_codes *codes, const ntm_allocator *allocator, size_t rows) {
    ntm_i_release(allocator, codes->own, rows, sizeof *codes->own);
}

/* ------------------------------------------------------------------------------------------- using codes */

#define BLOCK(kind)                                                                                                    \
    for (size_t i = 0; i < count; i++)                                                                                 \
        out[i] = (uint32_t)(int32_t)((const kind *)codes->data)[start + i] - (uint32_t)codes->least;                   \
    break

void ntm_i_codes_block(uint32_t *out, const ntm_i_codes *codes, size_t start, size_t count) {
    switch (codes->type) {
        case NTM_TYPE_INT8: BLOCK(int8_t);
        case NTM_TYPE_INT16: BLOCK(int16_t);
        default: BLOCK(int32_t);
    }
}

bool ntm_i_code_bad(ntm_i_codes *codes, ntm_i_ledger_making *m, uint32_t code, ntm_status status, const char *why) {
    if (codes->bad == NULL) codes->bad = ntm_i_arena_take(&m->ledger->arena, codes->count, sizeof *codes->bad);
    if (codes->bad == NULL) return no_memory(m);
    codes->bad[code].status = status;
    codes->bad[code].why = ntm_i_arena_text(&m->ledger->arena, why, strlen(why));
    return codes->bad[code].why != NULL || no_memory(m);
}

void ntm_i_codes_tell(ntm_i_codes *codes, ntm_i_ledger_making *m, const char *column) {
    if (codes->bad == NULL) return;
    for (size_t row = 0; row < m->ledger->rows && !m->limit && !m->cells.no_memory; row++) {
        ntm_i_bad_code *bad = &codes->bad[ntm_i_code_at(codes, row)];
        if (bad->why == NULL) continue;
        ntm_i_ledger_row(m, bad->status, column, row, "%s", bad->why);
        if (!m->options->leave_out) bad->why = NULL; /* once, where it first stands */
    }
    codes->bad = NULL;
}
