/* SPDX-License-Identifier: Apache-2.0 */
/* Bringing a block of a column into the form in which it is compared, and checking it on the way. */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "attainment/run.h"
#include "column/words.h"
#include "number/decimal.h"

void ntm_i_run_complain(ntm_i_run *run, ntm_status status, const char *subject, size_t row_in_block, const char *format,
                        ...) {
    ntm_error problem = NTM_ERROR_INIT;
    va_list arguments;
    va_start(arguments, format);
    (void)ntm_i_fail_list(&problem, status, NTM_I_ROW(subject, run->start + row_in_block), format, arguments);
    va_end(arguments);
    if (run->problem_count == 0 || problem.row < run->first.row) (void)ntm_i_error_copy(&run->first, &problem);
    run->problem_count++;
    ntm_i_problems_add(run->problems, &problem);
}

static const void *at_row(const ntm_column *column, size_t row) {
    return (const char *)column->data + (ptrdiff_t)row * (ptrdiff_t)column->stride_bytes;
}

static int64_t integer_at(const ntm_column *column, size_t row) {
    const void *at = at_row(column, row);
    int8_t one;
    int16_t two;
    int32_t four;
    int64_t eight;
    switch (column->type) {
        case NTM_TYPE_INT8: memcpy(&one, at, sizeof one); return one;
        case NTM_TYPE_INT16: memcpy(&two, at, sizeof two); return two;
        case NTM_TYPE_INT32: memcpy(&four, at, sizeof four); return four;
        default: memcpy(&eight, at, sizeof eight); return eight;
    }
}

static double real_at(const ntm_column *column, size_t row) {
    double value;
    memcpy(&value, at_row(column, row), sizeof value);
    return value;
}

static bool wide_at(int64_t *out, const ntm_column *column, size_t row) {
    uint8_t bytes[16];
    memcpy(bytes, at_row(column, row), sizeof bytes);
    uint64_t low = 0, high = 0;
    for (size_t i = 0; i < 8; i++) {
        low |= (uint64_t)bytes[i] << (8 * i);
        high |= (uint64_t)bytes[8 + i] << (8 * i);
    }
    *out = (int64_t)low;
    return high == (low >> 63 != 0 ? UINT64_MAX : 0);
}

/* Forgets NaN where the caller said that it means "not reported". */
static void drop_nan(ntm_i_run *run, ntm_i_bound *bound) {
    for (size_t i = 0; i < run->rows; i++)
        if (isnan(real_at(bound->column, run->start + i))) bound->valid.words[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

/* Below 2^53 whole doubles are whole numbers; NaN and infinity are not whole. */
static bool is_whole(double value) { return fabs(value) <= 9007199254740992.0 && value == trunc(value); }

/* Doubles that count things or days. False when one is not whole. */
static bool whole_doubles(ntm_i_run *run, ntm_i_bound *bound) {
    int64_t *out = bound->scratch;
    bool good = true;
    for (size_t i = 0; i < run->rows; i++) {
        double value = real_at(bound->column, run->start + i);
        bool whole = is_whole(value);
        out[i] = whole ? (int64_t)value : 0;
        if (!whole && ntm_i_bit(&bound->valid, i)) good = false;
    }
    return good;
}

/* The input that is wanted next: the next column's, or the first one's in the next block, which starts at *start. */
static const ntm_i_bound *next_of(const ntm_i_run *run, const ntm_i_bound *bound, size_t *start) {
    uint32_t next = bound->next;
    *start = run->start;
    if (next == NTM_I_NONE) {
        next = run->first_loaded;
        *start += NTM_I_BLOCK;
    }
    const ntm_i_bound *other = &run->bounds[next];
    return *start + run->rows > other->column->length ? NULL : other; /* nothing past the last row */
}

/* Where its values lie, if they are of 8 bytes side by side; a kernel fetches them while it looks at this column's. */
static const char *ahead_of(const ntm_i_run *run, const ntm_i_bound *bound) {
    size_t start;
    const ntm_i_bound *other = next_of(run, bound, &start);
    return other == NULL || other->column->stride_bytes != 8 ? NULL : at_row(other->column, start);
}

static void fetch(const void *from, size_t bytes) {
#ifdef __GNUC__
    for (size_t at = 0; at < bytes; at += 64)
        __builtin_prefetch((const char *)from + at, 0, 3);
    __asm__ volatile("" : : "r"(from)); /* a function that only fetches looks pure to gcc, which then drops the call */
#else
    (void)from;
    (void)bytes;
#endif
}

/* Fetches what is small of the next input: its bitmap, and flags and codes. */
static void fetch_next(const ntm_i_run *run, const ntm_i_bound *bound) {
    size_t start;
    const ntm_i_bound *other = next_of(run, bound, &start);
    if (other == NULL) return;
    const ntm_column *column = other->column;
    if (column->validity != NULL) fetch(column->validity + (column->validity_offset + start) / 8, run->rows / 8);
    if (column->stride_bytes > 0 && column->stride_bytes <= 4 && column->type != NTM_TYPE_BITS &&
        column->type != NTM_TYPE_TEXT)
        fetch(at_row(column, start), run->rows * (size_t)column->stride_bytes);
}

static bool within_exactly(ntm_i_run *run, ntm_i_bound *bound) {
    for (size_t i = 0; i < run->rows; i++) {
        ntm_i_rational value;
        if (!ntm_i_bit(&bound->valid, i) || !ntm_i_rational_from_double(&value, ((const double *)bound->values)[i]))
            continue;
        if (ntm_i_rational_compare(value, bound->input->least) < 0 ||
            ntm_i_rational_compare(value, bound->input->most) > 0)
            return false;
    }
    return true;
}

/* Whole things in a column with a scale: 12.0 is 12, 12.5 is wrong. */
static bool shrink(const ntm_i_run *run, ntm_i_bound *bound) {
    int64_t *values = bound->scratch;
    bool good = true;
    for (size_t i = 0; i < run->rows; i++) {
        good &= values[i] % bound->shrink == 0 || !ntm_i_bit(&bound->valid, i);
        values[i] /= bound->shrink;
    }
    return good;
}

static bool load_numbers(ntm_i_run *run, ntm_i_bound *bound) {
    const ntm_column *column = bound->column;
    if (column->type == NTM_TYPE_DOUBLE && column->nan_not_reported) drop_nan(run, bound);
    bound->values = bound->direct ? at_row(column, run->start) : bound->scratch;
    bool good = true;
    if (bound->form == NTM_I_FORM_REAL) {
        for (size_t i = 0; !bound->direct && i < run->rows; i++)
            ((double *)bound->scratch)[i] = real_at(column, run->start + i);
        return (!bound->exact_bounds || within_exactly(run, bound)) &&
               run->kernels->real_within(bound->values, bound->valid.words, bound->real_least, bound->real_most,
                                         run->rows, ahead_of(run, bound));
    }
    if (column->type == NTM_TYPE_DOUBLE)
        good = whole_doubles(run, bound);
    else if (column->type == NTM_TYPE_DECIMAL128)
        for (size_t i = 0; i < run->rows; i++)
            good &= wide_at((int64_t *)bound->scratch + i, column, run->start + i) || !ntm_i_bit(&bound->valid, i);
    else
        for (size_t i = 0; !bound->direct && i < run->rows; i++)
            ((int64_t *)bound->scratch)[i] = integer_at(column, run->start + i);
    if (bound->shrink > 1 && !shrink(run, bound)) good = false;
    if (!bound->check) return good;
    return good & run->kernels->int_within(bound->values, bound->valid.words, bound->int_least, bound->int_most,
                                           run->rows, ahead_of(run, bound));
}

/* 0, 1, or 2 for what is neither: of bytes, or of numbers as a store of observations has them, which knows no flags. */
static uint8_t flag_at(const ntm_i_bound *bound, size_t row) {
    const ntm_column *column = bound->column;
    if (column->type == NTM_TYPE_BYTES) {
        uint8_t byte = *(const uint8_t *)at_row(column, row);
        return byte > 1 ? 2 : byte;
    }
    int64_t value = integer_at(column, row);
    return value == 0 ? 0 : value == bound->shrink ? 1 : 2;
}

static bool load_flags(ntm_i_run *run, ntm_i_bound *bound) {
    const ntm_column *column = bound->column;
    uint64_t *out = bound->scratch;
    bound->values = out;
    if (column->type == NTM_TYPE_BITS) {
        ntm_i_words_load(out, column->data, column->bit_offset + run->start, run->rows);
        return true;
    }
    if (column->type == NTM_TYPE_BYTES && column->stride_bytes == 1 &&
        run->kernels->pack_bytes(out, at_row(column, run->start), run->rows))
        return true;
    bool good = true;
    memset(out, 0, run->words * sizeof *out);
    for (size_t i = 0; i < run->rows; i++) {
        uint8_t flag = flag_at(bound, run->start + i);
        out[i / 64] |= (uint64_t)(flag & 1) << (i % 64);
        if (flag > 1 && ntm_i_bit(&bound->valid, i)) good = false;
    }
    return good;
}

/* The place of a text on a level's scale or an axis; NTM_I_NONE when it has none. */
static uint32_t place_of_text(const ntm_i_run *run, const ntm_i_input *input, const char *text, size_t size) {
    const ntm_i_plan_axis *axis = input->kind == NTM_I_IN_AXIS ? &run->plan->axes[input->axis] : NULL;
    const char *const *values = axis != NULL ? axis->axis->values : input->fact->levels;
    size_t count = axis != NULL ? axis->axis->value_count : input->fact->level_count;
    if (axis != NULL && axis->is_year) return ntm_i_year_place(axis, text, size);
    for (size_t i = 0; i < count; i++)
        if (strlen(values[i]) == size && memcmp(values[i], text, size) == 0) return (uint32_t)i;
    return NTM_I_NONE;
}

/* A year that came as a number of any type; false when it is not whole. */
static bool year_at(int64_t *out, const ntm_column *column, size_t row) {
    if (column->type == NTM_TYPE_DOUBLE) {
        double value = real_at(column, row);
        bool whole = is_whole(value);
        *out = whole ? (int64_t)value : 0;
        return whole;
    }
    bool fits = true;
    if (column->type == NTM_TYPE_DECIMAL128)
        fits = wide_at(out, column, row);
    else
        *out = integer_at(column, row);
    for (uint8_t k = 0; k < column->scale && fits; k++) {
        fits = *out % 10 == 0;
        *out /= 10;
    }
    return fits;
}

/* One place on a scale. A negative code is not reported; a year outside of the axis is a year without figures. */
static uint32_t place_at(const ntm_i_run *run, const ntm_i_bound *bound, size_t i, bool *reported) {
    const ntm_column *column = bound->column;
    if (column->type == NTM_TYPE_TEXT) {
        const int32_t *offsets = (const int32_t *)column->data + run->start + i;
        return place_of_text(run, bound->input, column->text + offsets[0], (size_t)(offsets[1] - offsets[0]));
    }
    int64_t code;
    if (column->categories == NULL) {
        const ntm_i_plan_axis *axis = &run->plan->axes[bound->input->axis];
        if (!year_at(&code, column, run->start + i)) return NTM_I_NONE;
        bool inside = code >= axis->first_year && code - axis->first_year < (int64_t)axis->size;
        return inside ? (uint32_t)(code - axis->first_year) : axis->size;
    }
    code = integer_at(column, run->start + i);
    if (code < 0) *reported = false;
    return code < 0 || (uint64_t)code >= column->category_count ? NTM_I_NONE : bound->map[code];
}

/* The usual case, without a branch a row: int32 codes into categories. Tables stand by district and year, so that often
   one code holds for the whole block. Leaves the other cases, and what is wrong, to the caller. */
static bool load_codes(ntm_i_run *run, ntm_i_bound *bound) {
    const ntm_column *column = bound->column;
    if (column->type != NTM_TYPE_INT32 || column->stride_bytes != 4 || column->categories == NULL) return false;
    if (column->category_count == 0 || column->category_count > INT32_MAX) return false;
    const int32_t *codes = at_row(column, run->start);
    uint32_t *out = bound->scratch, bad = 0, differ = 0, count = (uint32_t)column->category_count;
    for (size_t i = 0; i < run->rows; i++)
        differ |= (uint32_t)codes[i] ^ (uint32_t)codes[0];
    bound->one_place = differ == 0 && (uint32_t)codes[0] < count && bound->map[codes[0]] != NTM_I_NONE;
    for (size_t i = 0; bound->one_place && i < run->rows; i++)
        out[i] = bound->map[codes[0]];
    for (size_t i = 0; !bound->one_place && i < run->rows; i++) {
        uint32_t code = (uint32_t)codes[i];
        bad |= code >= count;
        out[i] = bound->map[code < count ? code : 0];
        bad |= out[i] == NTM_I_NONE;
    }
    return bad == 0;
}

static bool load_places(ntm_i_run *run, ntm_i_bound *bound) {
    uint32_t *out = bound->scratch;
    bool good = true;
    bound->values = out;
    bound->one_place = false;
    if (bound->column->type == NTM_TYPE_DOUBLE && bound->column->nan_not_reported) drop_nan(run, bound);
    if (load_codes(run, bound)) return true;
    for (size_t i = 0; i < run->rows; i++) {
        if (!ntm_i_bit(&bound->valid, i)) continue;
        bool reported = true;
        out[i] = place_at(run, bound, i, &reported);
        if (!reported)
            bound->valid.words[i / 64] &= ~(UINT64_C(1) << (i % 64));
        else if (out[i] == NTM_I_NONE)
            good = false;
    }
    return good;
}

/* A part may not exceed its whole where both are reported. Natural bounds were checked before. */
static bool part_fits(ntm_i_run *run, ntm_i_bound *bound) {
    if (bound->input->part_of == NTM_I_NONE) return true;
    ntm_i_load(run, bound->input->part_of);
    const ntm_i_bound *whole = &run->bounds[bound->input->part_of];
    if (whole->column == NULL) return true;
    if (bound->form == NTM_I_FORM_INT && whole->form == NTM_I_FORM_INT && bound->scale == whole->scale) {
        uint64_t fits[NTM_I_BLOCK_WORDS], bad = 0;
        run->kernels->int_each[NTM_I_AT_MOST](fits, bound->values, whole->values, run->rows);
        for (size_t word = 0; word < run->words; word++)
            bad |= ~fits[word] & bound->valid.words[word] & whole->valid.words[word];
        return bad == 0;
    }
    for (size_t i = 0; i < run->rows; i++) {
        ntm_i_rational part, all;
        if (!ntm_i_bit(&bound->valid, i) || !ntm_i_bit(&whole->valid, i)) continue;
        if (ntm_i_value_of_row(run, &part, bound, i) && ntm_i_value_of_row(run, &all, whole, i) &&
            ntm_i_rational_compare(part, all) > 0)
            return false;
    }
    return true;
}

static void diagnose_place(ntm_i_run *run, const ntm_i_bound *bound, size_t i) {
    const char *text = "", *name = bound->input->name;
    size_t size = 0;
    if (((const uint32_t *)bound->values)[i] != NTM_I_NONE) return;
    if (bound->column->type != NTM_TYPE_TEXT && bound->column->categories == NULL)
        ntm_i_run_complain(run, NTM_ERROR_VALUE, name, i, "no whole year");
    else if (ntm_column_text(&text, &size, bound->column, run->start + i, NULL) != NTM_OK)
        ntm_i_run_complain(run, NTM_ERROR_VALUE, name, i, "a code past the last category");
    else
        ntm_i_run_complain(run, bound->input->kind == NTM_I_IN_AXIS ? NTM_ERROR_NOT_FOUND : NTM_ERROR_VALUE, name, i,
                           "\"%.*s\" is none of its values", (int)(size < 80 ? size : 80), text);
}

/* A double that is no number, or no whole number of things. True when it was complained about. */
static bool diagnose_double(ntm_i_run *run, const ntm_i_bound *bound, size_t i) {
    if (bound->column->type != NTM_TYPE_DOUBLE) return false;
    double value = real_at(bound->column, run->start + i);
    const char *name = bound->input->name;
    if (isnan(value))
        ntm_i_run_complain(run, NTM_ERROR_VALUE, name, i, "NaN: declare that it means not reported, or mend it");
    else if (!isfinite(value))
        ntm_i_run_complain(run, NTM_ERROR_VALUE, name, i, "an infinite value");
    else if (bound->form == NTM_I_FORM_INT && !is_whole(value))
        ntm_i_run_complain(run, NTM_ERROR_VALUE, name, i, "%.17g is no whole number of things", value);
    else
        return false;
    return true;
}

/* Below or above its natural bounds, or above the fact that it is part of. */
static void diagnose_number(ntm_i_run *run, const ntm_i_bound *bound, size_t i) {
    const ntm_i_bound *whole = bound->input->part_of == NTM_I_NONE ? NULL : &run->bounds[bound->input->part_of];
    const char *name = bound->input->name;
    ntm_i_rational value, all;
    ntm_decimal raw;
    char text[96], limit[96];
    if (bound->shrink > 1 && ntm_column_decimal(&raw, bound->column, run->start + i, NULL) == NTM_OK) {
        (void)ntm_i_rational_format(text, sizeof text, ntm_i_rational_decimal(raw));
        if (ntm_i_rational_decimal(raw).denominator != 1) {
            ntm_i_run_complain(run, NTM_ERROR_VALUE, name, i, "%s is no whole number of things", text);
            return;
        }
    }
    if (!ntm_i_value_of_row(run, &value, bound, i)) return;
    (void)ntm_i_rational_format(text, sizeof text, value);
    bool low = ntm_i_rational_compare(value, bound->input->least) < 0;
    if (low || ntm_i_rational_compare(value, bound->input->most) > 0) {
        (void)ntm_i_rational_format(limit, sizeof limit, low ? bound->input->least : bound->input->most);
        ntm_i_run_complain(run, NTM_ERROR_VALUE, name, i, "%s is %s %s, its natural bound", text,
                           low ? "below" : "above", limit);
    } else if (whole != NULL && whole->column != NULL && ntm_i_bit(&whole->valid, i) &&
               ntm_i_value_of_row(run, &all, whole, i) && ntm_i_rational_compare(value, all) > 0) {
        (void)ntm_i_rational_format(limit, sizeof limit, all);
        ntm_i_run_complain(run, NTM_ERROR_VALUE, name, i, "%s is above %s of \"%s\", whose part it is", text, limit,
                           whole->input->name);
    }
}

/* Says what is wrong with each bad row of a block that is known to have one. */
static void diagnose(ntm_i_run *run, const ntm_i_bound *bound) {
    const ntm_column *column = bound->column;
    for (size_t i = 0; i < run->rows; i++) {
        int64_t value;
        if (!ntm_i_bit(&bound->valid, i)) continue;
        if (bound->form == NTM_I_FORM_INDEX)
            diagnose_place(run, bound, i);
        else if (bound->form == NTM_I_FORM_BITS) {
            if (column->type != NTM_TYPE_BITS && flag_at(bound, run->start + i) > 1)
                ntm_i_run_complain(run, NTM_ERROR_VALUE, bound->input->name, i,
                                   column->type == NTM_TYPE_BYTES ? "a yes/no byte that is neither 0 nor 1"
                                                                  : "a yes/no fact that is neither 0 nor 1");
        } else if (column->type == NTM_TYPE_DECIMAL128 && !wide_at(&value, column, run->start + i))
            ntm_i_run_complain(run, NTM_ERROR_OVERFLOW, bound->input->name, i, "a decimal beyond 64 bits");
        else if (!diagnose_double(run, bound, i))
            diagnose_number(run, bound, i);
    }
}

void ntm_i_load(ntm_i_run *run, uint32_t input) {
    ntm_i_bound *bound = &run->bounds[input];
    if (bound->block == run->start) return;
    const ntm_column *column = bound->column;
    if (column != NULL && bound->block == SIZE_MAX) {
        if (run->last_loaded == NTM_I_NONE)
            run->first_loaded = input;
        else
            run->bounds[run->last_loaded].next = input;
        run->last_loaded = input;
    }
    bound->block = run->start;
    if (bound->any_told) memset(&bound->told, 0, sizeof bound->told);
    bound->any_told = false;
    if (column == NULL) { /* its masks are 0 from the start */
        if (ntm_i_has_limits(bound)) ntm_i_check_limits(run, bound);
        return;
    }
    ntm_i_words_load(bound->valid.words, column->validity, column->validity_offset + run->start, run->rows);
    fetch_next(run, bound);
    bound->any_not_applicable = column->not_applicable != NULL;
    if (bound->any_not_applicable) {
        ntm_i_words_load(bound->not_applicable.words, column->not_applicable,
                         column->not_applicable_offset + run->start, run->rows);
        for (size_t word = 0; word < run->words; word++)
            bound->valid.words[word] &= ~bound->not_applicable.words[word];
    }
    bool good = bound->form == NTM_I_FORM_BITS    ? load_flags(run, bound)
                : bound->form == NTM_I_FORM_INDEX ? load_places(run, bound)
                                                  : load_numbers(run, bound);
    if (!good || !part_fits(run, bound)) diagnose(run, bound); /* both at once: a bad row is told once */
    if (ntm_i_has_limits(bound)) ntm_i_check_limits(run, bound);
}

bool ntm_i_value_of_row(ntm_i_run *run, ntm_i_rational *out, const ntm_i_bound *bound, size_t row) {
    if (bound->form == NTM_I_FORM_INT) {
        *out = ntm_i_rational_decimal((ntm_decimal){((const int64_t *)bound->values)[row], bound->scale});
        return true;
    }
    if (bound->form == NTM_I_FORM_INDEX) { /* a place on the scale of a level */
        uint32_t place = ((const uint32_t *)bound->values)[row];
        *out = ntm_i_rational_int(place);
        return place != NTM_I_NONE; /* complained about when it was loaded */
    }
    if (ntm_i_rational_from_double(out, ((const double *)bound->values)[row])) return true;
    ntm_i_run_complain(run, NTM_ERROR_OVERFLOW, bound->input->name, row,
                       "%.17g has too many digits for exact arithmetic", ((const double *)bound->values)[row]);
    return false;
}
