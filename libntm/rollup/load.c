/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of any type into vectors, checked on the way. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "column/values.h"
#include "column/words.h"
#include "number/decimal.h"
#include "number/wide.h"
#include "rollup/rolling.h"

/* One column while it is read. */
typedef struct reading {
    ntm_i_rolling *r;
    const ntm_i_job *job;
    const ntm_column *column;
    const char *name;
    ntm_i_vector *vector;
    bool is_value; /* and no bound, which may be no whole number of things */
} reading;

static void bad(reading *x, ntm_status status, size_t row, const char *reason) {
    ntm_i_rolling_complain(x->r, status, x->name, row, "%s", reason);
}

static bool is_whole(const ntm_fact *fact) { return fact->kind == NTM_KIND_COUNT || fact->kind == NTM_KIND_DATE; }

static bool reported(const reading *x, size_t row) { return ntm_i_word_bit(x->vector->known, row); }

static void read_flags(reading *x) {
    const ntm_column *column = x->column;
    for (size_t i = 0; i < column->length; i++) {
        if (!reported(x, i)) continue;
        if (column->type == NTM_TYPE_BITS) {
            size_t at = column->bit_offset + i;
            x->vector->own_least[i] = ((const uint8_t *)column->data)[at / 8] >> at % 8 & 1;
            continue;
        }
        if (column->type == NTM_TYPE_BYTES) {
            uint8_t byte = *(const uint8_t *)ntm_i_column_at(column, i);
            x->vector->own_least[i] = byte;
            if (byte > 1) bad(x, NTM_ERROR_VALUE, i, "a yes/no byte that is neither 0 nor 1");
            continue;
        }
        ntm_decimal value = {2, 0}, one = {1, 0};
        bool fits = ntm_column_decimal(&value, column, i, NULL) == NTM_OK;
        x->vector->own_least[i] = fits && value.coefficient != 0;
        if (!fits || (value.coefficient != 0 && ntm_decimal_compare(value, one) != 0))
            bad(x, NTM_ERROR_VALUE, i, "a yes/no fact that is neither 0 nor 1");
    }
}

static int64_t place_of(const ntm_fact *fact, const char *text, size_t size) {
    for (size_t k = 0; k < fact->level_count; k++)
        if (strlen(fact->levels[k]) == size && memcmp(fact->levels[k], text, size) == 0) return (int64_t)k;
    return -1;
}

/* Places on the scale: text, or codes whose categories are looked up once. */
static ntm_status read_levels(reading *x, ntm_error *err) {
    const ntm_column *column = x->column;
    bool coded = column->type != NTM_TYPE_TEXT;
    int64_t *map = coded ? ntm_i_allocate(&x->r->allocator, column->category_count, sizeof *map) : NULL;
    if (coded && map == NULL) return ntm_i_no_memory(err);
    for (size_t c = 0; coded && c < column->category_count; c++)
        map[c] = column->categories[c] == NULL
                     ? -1
                     : place_of(x->job->fact, column->categories[c], strlen(column->categories[c]));
    for (size_t i = 0; i < column->length; i++) {
        const char *text = "";
        size_t size = 0;
        int64_t place = -1;
        if (!reported(x, i)) continue;
        if (coded) {
            int64_t code = ntm_i_column_integer(column, i);
            if (code < 0) {
                ntm_i_word_clear(x->vector->own_known, i);
                continue;
            }
            if ((uint64_t)code >= column->category_count) {
                bad(x, NTM_ERROR_VALUE, i, "a code past the last category");
                continue;
            }
            place = map[code];
        }
        if (place < 0 && ntm_column_text(&text, &size, column, i, NULL) == NTM_OK && !coded)
            place = place_of(x->job->fact, text, size);
        if (place < 0)
            ntm_i_rolling_complain(x->r, NTM_ERROR_VALUE, x->name, i, "\"%.*s\" is none of its levels",
                                   (int)(size < 80 ? size : 80), text);
        x->vector->own_least[i] = place;
    }
    if (coded) ntm_i_release(&x->r->allocator, map, column->category_count, sizeof *map);
    return NTM_OK;
}

/* A double as the decimal that it stands for; false when it was complained about. */
static bool double_at(reading *x, ntm_decimal *out, size_t row) {
    double value = ntm_i_column_double(x->column, row);
    if (fabs(value) <= 9007199254740992.0 && value == trunc(value)) {
        *out = (ntm_decimal){(int64_t)value, 0};
        return true;
    }
    if (isnan(value))
        bad(x, NTM_ERROR_VALUE, row, "NaN: declare that it means not reported, or mend it");
    else if (!isfinite(value))
        bad(x, NTM_ERROR_VALUE, row, "an infinite value");
    else if (ntm_decimal_from_double(out, value, NULL) == NTM_OK)
        return true;
    else
        ntm_i_rolling_complain(x->r, NTM_ERROR_OVERFLOW, x->name, row, "%.17g has too many digits for exact arithmetic",
                               value);
    return false;
}

/* All doubles at the scale of the one with the most digits. */
static ntm_status read_doubles(reading *x, bool whole, ntm_error *err) {
    const ntm_column *column = x->column;
    ntm_i_vector *vector = x->vector;
    uint8_t *scales = ntm_i_allocate(&x->r->allocator, column->length, 1);
    if (scales == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < column->length; i++) {
        ntm_decimal value;
        if (!reported(x, i)) continue;
        if (column->nan_not_reported && isnan(ntm_i_column_double(column, i))) {
            ntm_i_word_clear(vector->own_known, i);
            continue;
        }
        if (!double_at(x, &value, i)) continue;
        if (whole && value.scale > 0) {
            ntm_i_rolling_complain(x->r, NTM_ERROR_VALUE, x->name, i, "%.17g is no whole number of things",
                                   ntm_i_column_double(column, i));
            continue;
        }
        vector->own_least[i] = value.coefficient;
        scales[i] = value.scale;
        if (value.scale > vector->scale) vector->scale = value.scale;
    }
    for (size_t i = 0; i < column->length; i++) {
        int64_t factor = (int64_t)ntm_i_power_of_ten((unsigned)(vector->scale - scales[i]));
        if (ntm_i_multiply_overflows(vector->own_least[i], factor, &vector->own_least[i]) && reported(x, i))
            ntm_i_rolling_complain(x->r, NTM_ERROR_OVERFLOW, x->name, i,
                                   "%.17g does not fit 64 bits with the %d digits after the mark that others have",
                                   ntm_i_column_double(column, i), (int)vector->scale);
    }
    ntm_i_release(&x->r->allocator, scales, column->length, 1);
    return NTM_OK;
}

/* Integers and decimals; things that are whole lose the scale of their column. */
static void read_integers(reading *x, bool whole) {
    const ntm_column *column = x->column;
    ntm_i_wide shrink = whole ? (ntm_i_wide)ntm_i_power_of_ten(column->scale) : 1;
    x->vector->scale = whole ? 0 : column->scale;
    for (size_t i = 0; i < column->length; i++) {
        if (!reported(x, i)) continue;
        ntm_i_wide value = column->type == NTM_TYPE_DECIMAL128 ? ntm_i_column_wide(column, i)
                                                               : (ntm_i_wide)ntm_i_column_integer(column, i);
        if (value % shrink != 0)
            bad(x, NTM_ERROR_VALUE, i, "no whole number of things");
        else if (value / shrink > INT64_MAX || value / shrink < INT64_MIN)
            bad(x, NTM_ERROR_OVERFLOW, i, "a decimal beyond 64 bits");
        else
            x->vector->own_least[i] = (int64_t)(value / shrink);
    }
}

/* Why a column cannot hold the fact; NULL when it can. */
static const char *refuse(const ntm_fact *fact, const ntm_column *column) {
    bool integer = ntm_i_type_is_integer(column->type),
         coded = column->categories != NULL || column->category_count > 0;
    if (fact->kind == NTM_KIND_FLAG)
        return column->type == NTM_TYPE_BITS || column->type == NTM_TYPE_BYTES || (integer && !coded)
                   ? NULL
                   : "a yes/no fact needs a column of bits, of bytes, or of integers that are 0 or 1";
    if (fact->kind == NTM_KIND_LEVEL)
        return column->type == NTM_TYPE_TEXT || (integer && coded)
                   ? NULL
                   : "a level needs a column of text, or of codes with categories";
    if (coded) return "a number cannot come from a column of codes with categories";
    return integer || column->type == NTM_TYPE_DECIMAL128 || column->type == NTM_TYPE_DOUBLE
               ? NULL
               : "a number needs a column of integers, decimals or doubles";
}

/* Which rows are reported, and which not applicable. */
static bool load_bitmaps(ntm_i_vector *vector, const ntm_column *column) {
    size_t words = ntm_i_words_of(vector->rows);
    if (!ntm_i_vector_known(vector)) return false;
    ntm_i_words_load(vector->own_known, column->validity, column->validity_offset, vector->rows);
    if (column->not_applicable == NULL) return true;
    if (!ntm_i_vector_absent(vector)) return false;
    ntm_i_words_load(vector->own_absent, column->not_applicable, column->not_applicable_offset, vector->rows);
    for (size_t w = 0; w < words; w++)
        vector->own_known[w] &= ~vector->own_absent[w];
    return true;
}

static void check_days(reading *x) {
    for (size_t i = 0; i < x->vector->rows; i++)
        if (reported(x, i) && (x->vector->least[i] > INT32_MAX || x->vector->least[i] <= INT32_MIN))
            bad(x, NTM_ERROR_VALUE, i, "no day");
}

/* One column as it stands, unchecked against natural bounds. */
static ntm_status read_column(reading *x, ntm_error *err) {
    const ntm_column *column = x->column;
    const ntm_fact *fact = x->job->fact;
    bool whole = x->is_value && is_whole(fact);
    const char *reason = refuse(fact, column);
    if (!load_bitmaps(x->vector, column)) return ntm_i_no_memory(err);
    if (reason != NULL) {
        ntm_i_rolling_complain(x->r, NTM_ERROR_SHAPE, x->name, NTM_NO_ROW, "%s", reason);
        return ntm_i_vector_values(x->vector) ? NTM_OK : ntm_i_no_memory(err);
    }
    bool scales = !whole && fact->kind != NTM_KIND_FLAG; /* 1.0 is a yes, and 0.5 is none */
    if (column->type == NTM_TYPE_INT64 && column->stride_bytes == 8 && fact->kind != NTM_KIND_LEVEL &&
        (scales || column->scale == 0)) {
        x->vector->least = column->data;
        x->vector->scale = column->scale;
    } else {
        if (!ntm_i_vector_values(x->vector)) return ntm_i_no_memory(err);
        ntm_status status = NTM_OK;
        if (fact->kind == NTM_KIND_FLAG)
            read_flags(x);
        else if (fact->kind == NTM_KIND_LEVEL)
            status = read_levels(x, err);
        else if (column->type == NTM_TYPE_DOUBLE)
            status = read_doubles(x, whole, err);
        else
            read_integers(x, whole);
        if (status != NTM_OK) return status;
    }
    if (fact->kind == NTM_KIND_DATE) check_days(x);
    return NTM_OK;
}

static void diagnose(ntm_i_rolling *r, const ntm_i_job *job, const ntm_i_vector *vector, size_t row) {
    char text[96], limit[96];
    int64_t value = vector->least[row];
    bool low = vector->check.has_least && value < vector->check.least;
    (void)ntm_i_rational_format(text, sizeof text, ntm_i_rational_decimal((ntm_decimal){value, vector->scale}));
    (void)ntm_i_rational_format(limit, sizeof limit, low ? job->natural.least : job->natural.most);
    ntm_i_rolling_complain(r, NTM_ERROR_VALUE, job->name, row, "%s is %s %s, its natural bound", text,
                           low ? "below" : "above", limit);
}

void ntm_i_rolling_check(ntm_i_rolling *r, const ntm_i_job *job, const ntm_i_vector *vector, size_t start,
                         size_t count) {
    int64_t least = vector->check.has_least ? vector->check.least : INT64_MIN;
    int64_t most = vector->check.has_most ? vector->check.most : INT64_MAX;
    if (job->fact->kind == NTM_KIND_LEVEL) return; /* looked up: on the scale, or complained about */
    for (size_t i = start; i < start + count; i++)
        if (ntm_i_word_bit(vector->known, i) && (vector->least[i] < least || vector->least[i] > most))
            diagnose(r, job, vector, i);
}

/* Both vectors at one scale, the finer one. False (complained about) when a value does not fit it. */
static ntm_status rescale(reading *x, uint8_t scale, ntm_error *err) {
    ntm_i_vector *vector = x->vector;
    if (vector->scale == scale) return NTM_OK;
    const int64_t *from = vector->least;
    int64_t factor = (int64_t)ntm_i_power_of_ten((unsigned)(scale - vector->scale));
    if (!ntm_i_vector_values(vector)) return ntm_i_no_memory(err);
    for (size_t i = 0; i < vector->rows; i++)
        if (reported(x, i) && ntm_i_multiply_overflows(from[i], factor, &vector->own_least[i]))
            ntm_i_rolling_complain(x->r, NTM_ERROR_OVERFLOW, x->name, i,
                                   "it does not fit 64 bits with the %d digits of its bounds", (int)scale);
    vector->scale = scale;
    return NTM_OK;
}

/* Bounds where the value is not reported: those of the columns, no wider than the natural ones. */
static void lay_bounds(reading *x, const ntm_i_vector *lower, const ntm_i_vector *upper) {
    ntm_i_vector *vector = x->vector;
    for (size_t i = 0; i < vector->rows; i++) {
        if (reported(x, i) || (vector->absent != NULL && ntm_i_word_bit(vector->absent, i))) continue;
        ntm_i_state state = {NTM_NOT_REPORTED, vector->natural};
        ntm_i_limits *between = &state.between;
        if (lower != NULL && ntm_i_word_bit(lower->known, i) &&
            (!between->has_least || lower->least[i] > between->least)) {
            between->has_least = true;
            between->least = lower->least[i];
        }
        if (upper != NULL && ntm_i_word_bit(upper->known, i) &&
            (!between->has_most || upper->least[i] < between->most)) {
            between->has_most = true;
            between->most = upper->least[i];
        }
        if (between->has_least && between->has_most && between->least > between->most)
            bad(x, NTM_ERROR_VALUE, i, "its least is above its most");
        else
            ntm_i_state_put(vector, i, state);
    }
}

/* Of things that are whole there are at least so many, rounded up, and at most so many, rounded down. */
static ntm_status make_whole(reading *bound, bool up, ntm_error *err) {
    ntm_i_vector *vector = bound->vector;
    const int64_t *from = vector->least, ten_to = (int64_t)ntm_i_power_of_ten(vector->scale);
    if (vector->scale == 0) return NTM_OK;
    if (!ntm_i_vector_values(vector)) return ntm_i_no_memory(err);
    for (size_t i = 0; i < vector->rows; i++) {
        if (!reported(bound, i)) continue;
        int64_t part = from[i] / ten_to, rest = from[i] % ten_to;
        vector->own_least[i] = part + (up && rest > 0 ? 1 : !up && rest < 0 ? -1 : 0);
    }
    vector->scale = 0;
    return NTM_OK;
}

static ntm_status with_bounds(reading *x, ntm_error *err) {
    const ntm_column *columns[2] = {x->job->lower, x->job->upper};
    static const char *const suffix[2] = {"least", "most"};
    ntm_i_vector bounds[2];
    reading readings[2];
    char names[2][160];
    ntm_status status = NTM_OK;
    uint8_t scale = x->vector->scale;
    for (size_t k = 0; k < 2; k++)
        ntm_i_vector_start(&bounds[k], x->vector->rows, &x->r->allocator);
    for (size_t k = 0; k < 2 && status == NTM_OK; k++) {
        (void)snprintf(names[k], sizeof names[k], "%s:%s", x->job->name, suffix[k]);
        readings[k] = (reading){x->r, x->job, columns[k], names[k], &bounds[k], false};
        if (columns[k] != NULL) status = read_column(&readings[k], err);
        if (status == NTM_OK && columns[k] != NULL && is_whole(x->job->fact))
            status = make_whole(&readings[k], k == 0, err);
        if (bounds[k].scale > scale) scale = bounds[k].scale;
    }
    for (size_t k = 0; k < 2 && status == NTM_OK; k++)
        if (columns[k] != NULL) status = rescale(&readings[k], scale, err);
    if (status == NTM_OK) status = rescale(x, scale, err);
    if (status == NTM_OK) {
        const int64_t *values = x->vector->least;
        bool own = x->vector->own_least != NULL; /* the caller's values are never written to */
        ntm_i_vector_natural(x->vector, x->job->natural);
        if (!ntm_i_vector_values(x->vector) || !ntm_i_vector_lower(x->vector) || !ntm_i_vector_upper(x->vector)) {
            status = ntm_i_no_memory(err);
        } else {
            if (!own && x->vector->rows > 0) memcpy(x->vector->own_least, values, x->vector->rows * sizeof *values);
            lay_bounds(x, columns[0] == NULL ? NULL : &bounds[0], columns[1] == NULL ? NULL : &bounds[1]);
        }
    }
    for (size_t k = 0; k < 2; k++)
        ntm_i_vector_end(&bounds[k]);
    return status;
}

ntm_status ntm_i_rolling_load(ntm_i_vector *out, ntm_i_rolling *r, const ntm_i_job *job, bool lazily, ntm_error *err) {
    ntm_i_vector vector;
    reading x = {r, job, job->column, job->name, &vector, true};
    ntm_i_vector_start(&vector, r->table->rows, &r->allocator);
    size_t before = r->problem_count;
    ntm_status status = read_column(&x, err);
    if (status == NTM_OK) {
        ntm_i_vector_natural(&vector, job->natural);
        bool wanted = vector.check.has_least || vector.check.has_most;
        vector.unchecked = wanted && lazily && vector.own_least == NULL && job->lower == NULL && job->upper == NULL;
        if (wanted && !vector.unchecked && r->problem_count == before)
            ntm_i_rolling_check(r, job, &vector, 0, vector.rows);
        if (r->problem_count == before && (job->lower != NULL || job->upper != NULL)) status = with_bounds(&x, err);
    }
    if (status == NTM_OK)
        *out = vector;
    else
        ntm_i_vector_end(&vector);
    return status;
}
