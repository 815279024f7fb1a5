/* SPDX-License-Identifier: Apache-2.0 */
/* Copies of columns in which some cells change. Whatever the column's type, its rows are gone through once: a changed
 * cell is put, another reported one is kept as it is, and the rest has no value. */
#include "what_if/columns.h"

#include <string.h>

#include "column/bits.h"
#include "column/values.h"
#include "criteria/index.h"
#include "number/decimal.h"
#include "number/wide.h"

typedef struct copy {
    const ntm_column *from;
    const ntm_i_column_changes *what;
    ntm_i_cells *report;
    void *data;
    uint8_t scale;        /* of the copy */
    ntm_i_wide factor;    /* by which kept numbers grow */
    const int64_t *codes; /* by change, in their order: of a text */
    /* Writes one cell of the copy. */
    void (*keep)(struct copy *c, size_t row);
    void (*put)(struct copy *c, size_t row, const ntm_fact_change *change, size_t number);
} copy;

static const ntm_fact_change *change_at(const ntm_i_column_changes *what, size_t number) {
    return &what->changes[what->order[number]];
}

static void wrong_sort(copy *c, size_t row, const char *expected) {
    ntm_i_cells_complain(c->report, NTM_ERROR_SHAPE, c->what->name, row, "the column holds %s", expected);
}

/* ------------------------------------------------------------------------------------------- flags */

static void keep_flag(copy *c, size_t row) {
    uint8_t *data = c->data;
    data[row] = c->from->type == NTM_TYPE_BITS ? ntm_i_bit(c->from->data, c->from->bit_offset + row)
                                               : (uint8_t)*ntm_i_column_at(c->from, row);
}

static void put_flag(copy *c, size_t row, const ntm_fact_change *change, size_t number) {
    uint8_t *data = c->data;
    (void)number;
    if (change->kind != NTM_CHANGE_FLAG)
        wrong_sort(c, row, "yes or no, and the value is neither");
    else
        data[row] = change->flag;
}

/* ------------------------------------------------------------------------------------------- numbers */

static void no_room(copy *c, size_t row) {
    ntm_i_cells_complain(c->report, NTM_ERROR_OVERFLOW, c->what->name, row,
                         "the value does not fit the column with %u digits after the mark", (unsigned)c->scale);
}

static void keep_integer(copy *c, size_t row) {
    int64_t *data = c->data;
    if (ntm_i_multiply_overflows((ntm_i_wide)ntm_i_column_integer(c->from, row), c->factor, &data[row]))
        no_room(c, row);
}

static void put_integer(copy *c, size_t row, const ntm_fact_change *change, size_t number) {
    int64_t *data = c->data;
    bool lost = false;
    ntm_decimal value = change->kind == NTM_CHANGE_FLAG ? (ntm_decimal){change->flag, 0} : change->number;
    (void)number;
    if (change->kind == NTM_CHANGE_TEXT)
        wrong_sort(c, row, "numbers, and the value is text");
    else if (!ntm_i_decimal_at_scale(&data[row], ntm_i_decimal_short(value), c->scale, &lost))
        no_room(c, row);
}

static void put_wide(unsigned char *at, ntm_i_wide value) {
    ntm_i_uwide bytes = (ntm_i_uwide)value;
    for (int i = 0; i < 16; i++, bytes >>= 8)
        at[i] = (unsigned char)(bytes & 0xff);
}

static void keep_decimal(copy *c, size_t row) {
    ntm_i_wide value = 0;
    if (ntm_i_multiply_overflows(ntm_i_column_wide(c->from, row), c->factor, &value))
        no_room(c, row);
    else
        put_wide((unsigned char *)c->data + 16 * row, value);
}

static void put_decimal(copy *c, size_t row, const ntm_fact_change *change, size_t number) {
    (void)number;
    if (change->kind != NTM_CHANGE_NUMBER) {
        wrong_sort(c, row, "numbers, and the value is none");
        return;
    }
    ntm_decimal value = ntm_i_decimal_short(change->number); /* its scale is at most the copy's: see wanted_scale() */
    ntm_i_wide factor = (ntm_i_wide)ntm_i_power_of_ten((unsigned)(c->scale - value.scale));
    put_wide((unsigned char *)c->data + 16 * row, value.coefficient * factor); /* below 2^63 * 10^18 */
}

static void keep_double(copy *c, size_t row) { ((double *)c->data)[row] = ntm_i_column_double(c->from, row); }

static void put_double(copy *c, size_t row, const ntm_fact_change *change, size_t number) {
    (void)number;
    if (change->kind != NTM_CHANGE_NUMBER)
        wrong_sort(c, row, "numbers, and the value is none");
    else if (!ntm_i_decimal_nearest_double(&((double *)c->data)[row], change->number))
        ntm_i_cells_complain(c->report, NTM_ERROR_OVERFLOW, c->what->name, row,
                             "the column is of doubles, which hold no number of more than 15 digits");
}

/* Digits after the mark that the column and all numbers put into it need. */
static uint8_t wanted_scale(const ntm_column *from, const ntm_i_column_changes *what) {
    uint8_t scale = from->scale;
    for (size_t i = 0; i < what->count; i++) {
        const ntm_fact_change *change = change_at(what, i);
        if (change->known != NTM_REPORTED || change->kind != NTM_CHANGE_NUMBER) continue;
        uint8_t own = ntm_i_decimal_short(change->number).scale;
        if (own > scale) scale = own;
    }
    return scale;
}

/* ------------------------------------------------------------------------------------------- codes */

static void keep_code(copy *c, size_t row) {
    int64_t code = ntm_i_column_integer(c->from, row);
    if ((uint64_t)code >= c->from->category_count)
        ntm_i_cells_complain(c->report, NTM_ERROR_VALUE, c->what->name, row, "code %lld is past the %zu categories",
                             (long long)code, c->from->category_count);
    else
        ((int64_t *)c->data)[row] = code;
}

static void put_code(copy *c, size_t row, const ntm_fact_change *change, size_t number) {
    if (change->kind != NTM_CHANGE_TEXT)
        wrong_sort(c, row, "categories, and the value is no text");
    else
        ((int64_t *)c->data)[row] = c->codes[number];
}

/* The code of each change's text; new texts get codes behind the categories that there are. False for want of
   memory. */
static bool find_codes(copy *c, ntm_column *out) {
    ntm_i_arena *arena = c->report->arena;
    size_t count = c->what->count, known = c->from->category_count;
    const char **categories = ntm_i_arena_take(arena, known + count, sizeof *categories);
    const char **texts = ntm_i_arena_take(arena, count, sizeof *texts);
    int64_t *codes = ntm_i_arena_take(arena, count, sizeof *codes);
    ntm_i_index there, added;
    if (categories == NULL || texts == NULL || codes == NULL) return false;
    for (size_t i = 0; i < count; i++)
        if (change_at(c->what, i)->known == NTM_REPORTED && change_at(c->what, i)->kind == NTM_CHANGE_TEXT)
            texts[i] = change_at(c->what, i)->text;
    if (!ntm_i_index_make(&there, arena, c->from->categories, known, sizeof *categories) ||
        !ntm_i_index_make(&added, arena, texts, count, sizeof *texts))
        return false;
    if (known > 0) memcpy(categories, c->from->categories, known * sizeof *categories);
    for (size_t i = 0; i < count; i++) {
        if (texts[i] == NULL) continue;
        size_t at = ntm_i_index_find(&there, texts[i]), first = ntm_i_index_find(&added, texts[i]);
        codes[i] = at != SIZE_MAX ? (int64_t)at : codes[first];
        if (at != SIZE_MAX || first != i) continue;
        if (!ntm_i_arena_copy(arena, &categories[known], texts[i])) return false;
        codes[i] = (int64_t)known++;
    }
    c->codes = codes;
    out->categories = categories;
    out->category_count = known;
    return true;
}

/* ------------------------------------------------------------------------------------------- text */

/* What a row says in the copy: its change, or what it said. */
static void text_of_row(copy *c, size_t row, size_t *next, const char **text, size_t *size) {
    *text = "";
    *size = 0;
    if (*next < c->what->count && change_at(c->what, *next)->row == row) {
        const ntm_fact_change *change = change_at(c->what, (*next)++);
        if (change->known != NTM_REPORTED) return;
        if (change->kind != NTM_CHANGE_TEXT) {
            wrong_sort(c, row, "text, and the value is none");
            return;
        }
        *text = change->text;
        *size = strlen(change->text);
        return;
    }
    const int32_t *offsets = c->from->data; /* the table was checked: they are in order */
    if (ntm_column_known(c->from, row) != NTM_REPORTED) return;
    *text = c->from->text == NULL ? "" : c->from->text + offsets[row];
    *size = (size_t)(offsets[row + 1] - offsets[row]);
}

static bool copy_text(copy *c, ntm_column *out) {
    const char *text = NULL;
    size_t size = 0, total = 0, next = 0;
    int32_t *offsets = ntm_i_arena_take(c->report->arena, c->what->rows + 1, sizeof *offsets);
    if (offsets == NULL) return false;
    for (size_t row = 0; row < c->what->rows; row++) {
        offsets[row] = (int32_t)total;
        text_of_row(c, row, &next, &text, &size);
        if (size > INT32_MAX - total) {
            ntm_i_cells_complain(c->report, NTM_ERROR_LIMIT, c->what->name, row, "more than 2 GiB of text");
            return true;
        }
        total += size;
    }
    offsets[c->what->rows] = (int32_t)total;
    if (c->report->problem_count > 0) return true;
    char *bytes = ntm_i_arena_take(c->report->arena, total, 1);
    if (bytes == NULL) return false;
    next = 0;
    for (size_t row = 0; row < c->what->rows; row++) {
        text_of_row(c, row, &next, &text, &size);
        if (size > 0) memcpy(bytes + offsets[row], text, size);
    }
    out->data = offsets;
    out->text = bytes;
    return true;
}

/* ------------------------------------------------------------------------------------------- whole columns */

/* What is known of each row of the copy. False for want of memory. */
static bool copy_known(copy *c, ntm_column *out) {
    size_t bytes = c->what->rows / 8 + 1, next = 0;
    uint8_t *validity = ntm_i_arena_take(c->report->arena, bytes, 1);
    uint8_t *not_applicable = ntm_i_arena_take(c->report->arena, bytes, 1);
    if (validity == NULL || not_applicable == NULL) return false;
    for (size_t row = 0; row < c->what->rows; row++) {
        ntm_known known = ntm_column_known(c->from, row);
        if (next < c->what->count && change_at(c->what, next)->row == row) known = change_at(c->what, next++)->known;
        ntm_i_set_bit(validity, row, known == NTM_REPORTED);
        ntm_i_set_bit(not_applicable, row, known == NTM_NOT_APPLICABLE);
    }
    out->validity = validity;
    out->not_applicable = not_applicable;
    return true;
}

static bool copy_cells(copy *c, ntm_column *out, ntm_type type) {
    size_t size = ntm_i_type_size(type), next = 0;
    c->data = ntm_i_arena_take(c->report->arena, c->what->rows, size);
    if (c->data == NULL) return false;
    c->factor = (ntm_i_wide)ntm_i_power_of_ten((unsigned)(c->scale - c->from->scale));
    for (size_t row = 0; row < c->what->rows; row++) {
        if (next < c->what->count && change_at(c->what, next)->row == row) {
            const ntm_fact_change *change = change_at(c->what, next);
            if (change->known == NTM_REPORTED) c->put(c, row, change, next);
            next++;
        } else if (ntm_column_known(c->from, row) == NTM_REPORTED) {
            c->keep(c, row);
        }
    }
    out->type = type;
    out->scale = c->scale;
    out->data = c->data;
    out->stride_bytes = (int64_t)size;
    return true;
}

bool ntm_i_changed_column(ntm_column *out, const ntm_column *from, const ntm_i_column_changes *what,
                          ntm_i_cells *report) {
    copy c = {.from = from, .what = what, .report = report, .scale = from->scale};
    ntm_column made = NTM_COLUMN_INIT;
    made.type = from->type;
    made.length = what->rows;
    bool done = copy_known(&c, &made);
    if (done && from->type == NTM_TYPE_TEXT) {
        done = copy_text(&c, &made);
    } else if (done && from->categories != NULL) {
        c.keep = keep_code;
        c.put = put_code;
        done = find_codes(&c, &made) && copy_cells(&c, &made, NTM_TYPE_INT64);
    } else if (done && (from->type == NTM_TYPE_BITS || from->type == NTM_TYPE_BYTES)) {
        c.keep = keep_flag;
        c.put = put_flag;
        done = copy_cells(&c, &made, NTM_TYPE_BYTES);
    } else if (done && from->type == NTM_TYPE_DOUBLE) {
        c.keep = keep_double;
        c.put = put_double;
        done = copy_cells(&c, &made, NTM_TYPE_DOUBLE);
    } else if (done) {
        bool wide = from->type == NTM_TYPE_DECIMAL128;
        c.scale = wanted_scale(from, what);
        c.keep = wide ? keep_decimal : keep_integer;
        c.put = wide ? put_decimal : put_integer;
        done = copy_cells(&c, &made, wide ? NTM_TYPE_DECIMAL128 : NTM_TYPE_INT64);
    }
    if (done) *out = made;
    return done;
}

/* ------------------------------------------------------------------------------------------- new columns */

/* What the changes want the column to hold; 0 when none says. */
static ntm_change_kind wanted_kind(const ntm_i_column_changes *what, ntm_i_cells *report) {
    ntm_change_kind kind = (ntm_change_kind)0;
    bool any = false;
    for (size_t i = 0; i < what->count; i++) {
        const ntm_fact_change *change = change_at(what, i);
        any = any || change->known != NTM_NOT_REPORTED;
        if (kind == 0) kind = change->kind;
        if (change->kind != 0 && change->kind != kind)
            ntm_i_cells_complain(report, NTM_ERROR_SHAPE, what->name, change->row,
                                 "values of different kinds for a column that is not there");
    }
    if (any && kind == 0)
        ntm_i_cells_complain(report, NTM_ERROR_ARGUMENT, what->name, change_at(what, 0)->row,
                             "the column is not there: say of what kind its values are");
    return any ? kind : (ntm_change_kind)0;
}

bool ntm_i_added_column(ntm_column *out, bool *there, const ntm_i_column_changes *what, ntm_i_cells *report) {
    static const int64_t zero = 0;
    static const char *const no_categories[1] = {NULL};
    size_t told = report->problem_count;
    ntm_change_kind kind = wanted_kind(what, report);
    *there = kind != 0 && report->problem_count == told;
    if (!*there) return true;
    ntm_column none = NTM_COLUMN_INIT; /* one in which nothing is reported */
    none.type = kind == NTM_CHANGE_FLAG ? NTM_TYPE_BYTES : NTM_TYPE_INT64;
    none.data = &zero;
    none.length = what->rows;
    none.validity = ntm_i_arena_take(report->arena, what->rows / 8 + 1, 1);
    if (kind == NTM_CHANGE_TEXT) none.categories = no_categories;
    return none.validity != NULL && ntm_i_changed_column(out, &none, what, report);
}
