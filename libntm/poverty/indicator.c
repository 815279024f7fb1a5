/* SPDX-License-Identifier: Apache-2.0 */
/* Indicators: cut-offs brought to the column's numbers, and columns compared with them. */
#include "poverty/indicator.h"

#include <string.h>

#include "column/values.h"
#include "number/decimal.h"
#include "number/wide.h"

/* The comparison of whole numbers x × 10^-scale: "less than z" is "at most the whole number below z". */
static ntm_status make_bound(ntm_i_indicator *out, ntm_error *err) {
    ntm_i_rational z;
    if (!ntm_i_rational_scale(&z, ntm_i_rational_decimal(out->cutoff), out->numbers.scale))
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT(out->name), "the cut-off does not fit");
    bool below = out->when == NTM_DEPRIVED_LESS || out->when == NTM_DEPRIVED_MORE_OR_EQUAL;
    out->bound = below ? ntm_i_rational_ceiling(z) - 1 : ntm_i_rational_floor(z);
    out->above = out->when == NTM_DEPRIVED_MORE || out->when == NTM_DEPRIVED_MORE_OR_EQUAL;
    return NTM_OK;
}

static ntm_status check_gaps(ntm_i_indicator *out, ntm_error *err) {
    ntm_i_place place = NTM_I_SUBJECT(out->name);
    if (out->when != NTM_DEPRIVED_LESS && out->when != NTM_DEPRIVED_LESS_OR_EQUAL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, place,
                          "gaps need an achievement that is below a cut-off in every indicator");
    if (out->cutoff.coefficient <= 0) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, place, "gaps need a cut-off above 0");
    unsigned scale = out->numbers.scale > out->cutoff.scale ? out->numbers.scale : out->cutoff.scale;
    out->factor = (ntm_i_wide)ntm_i_power_of_ten(scale - out->numbers.scale);
    out->line = (ntm_i_wide)ntm_i_power_of_ten(scale - out->cutoff.scale) * out->cutoff.coefficient;
    return NTM_OK;
}

ntm_status ntm_i_indicator_start(ntm_i_indicator *out, const ntm_table *table, const ntm_deprivation *asked, bool gaps,
                                 ntm_error *err) {
    memset(out, 0, sizeof *out);
    out->name = asked->column;
    out->when = asked->when;
    out->cutoff = asked->cutoff;
    out->not_applicable_is_not_deprived = asked->not_applicable_is_not_deprived;
    ntm_status status = ntm_i_field_column(&out->column, table, asked->column, err);
    if (status != NTM_OK) return status;
    ntm_i_place place = NTM_I_SUBJECT(out->name);
    if (out->when < NTM_DEPRIVED_FLAG || out->when > NTM_DEPRIVED_MORE_OR_EQUAL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, place, "%d is no ntm_deprived", (int)out->when);
    if (out->when == NTM_DEPRIVED_FLAG) {
        if (!ntm_i_is_flag(out->column))
            return ntm_i_fail(err, NTM_ERROR_SHAPE, place, "expected a column of yes and no");
        return gaps ? check_gaps(out, err) : NTM_OK;
    }
    if (out->cutoff.scale > NTM_SCALE_MAX)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, place, "the scale of the cut-off is above %d", NTM_SCALE_MAX);
    status = ntm_i_numbers_start(&out->numbers, out->column, out->name, gaps, err);
    if (status == NTM_OK) status = make_bound(out, err);
    if (status == NTM_OK && gaps) status = check_gaps(out, err);
    out->by_double = out->column->type == NTM_TYPE_DOUBLE && !gaps;
    return status;
}

bool ntm_i_indicator_may_miss(const ntm_i_indicator *indicator) {
    const ntm_column *c = indicator->column;
    return c->validity != NULL || c->nan_not_reported ||
           (c->not_applicable != NULL && !indicator->not_applicable_is_not_deprived);
}

/* ------------------------------------------------------------------------------------------- comparing */

/* One word of comparisons; the compiler makes masks of it. */
#define COMPARE(out, x, rows, passes)                                                                                  \
    do {                                                                                                               \
        memset(out, 0, ntm_i_words_of(rows) * sizeof *(out));                                                          \
        for (size_t r = 0; r < (rows); r++)                                                                            \
            (out)[r / 64] |= (uint64_t)((x)[r] passes) << r % 64;                                                      \
    } while (0)

/* Whether a double is at most the cut-off (below it, for the two signs that want that), as decimals. */
static ntm_status compare_slowly(uint64_t *out, const ntm_i_indicator *in, const ntm_i_knowledge *known, size_t start,
                                 size_t rows, ntm_error *err) {
    bool below = in->when == NTM_DEPRIVED_LESS || in->when == NTM_DEPRIVED_MORE_OR_EQUAL;
    memset(out, 0, ntm_i_words_of(rows) * sizeof *out);
    for (size_t r = 0; r < rows; r++) {
        ntm_i_rational x;
        if (!ntm_i_word_bit(known->known, r)) continue;
        if (!ntm_i_rational_from_double(&x, ntm_i_column_double(in->column, start + r)))
            return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_ROW(in->name, start + r), "the number does not fit");
        int order = ntm_i_rational_compare(x, ntm_i_rational_decimal(in->cutoff));
        out[r / 64] |= (uint64_t)(below ? order < 0 : order <= 0) << r % 64;
    }
    return NTM_OK;
}

static ntm_status compare_doubles(uint64_t *out, const ntm_i_indicator *in, ntm_i_knowledge *known, size_t start,
                                  size_t rows, ntm_error *err) {
    double z = 0, values[NTM_I_BLOCK];
    bool below = in->when == NTM_DEPRIVED_LESS || in->when == NTM_DEPRIVED_MORE_OR_EQUAL;
    ntm_status status = ntm_i_doubles_check(known, in->column, in->name, start, rows, err);
    if (status != NTM_OK) return status;
    if (!ntm_i_decimal_nearest_double(&z, in->cutoff)) return compare_slowly(out, in, known, start, rows, err);
    for (size_t r = 0; r < rows; r++)
        values[r] = ntm_i_column_double(in->column, start + r);
    if (below)
        COMPARE(out, values, rows, < z);
    else
        COMPARE(out, values, rows, <= z);
    return NTM_OK;
}

static ntm_status compare_integers(uint64_t *out, int64_t *values, const ntm_i_indicator *in, ntm_i_knowledge *known,
                                   size_t start, size_t rows, ntm_error *err) {
    ntm_status status = ntm_i_numbers_load(values, known, &in->numbers, start, rows, err);
    if (status != NTM_OK) return status;
    int64_t bound = in->bound > INT64_MAX ? INT64_MAX : in->bound < INT64_MIN ? INT64_MIN : (int64_t)in->bound;
    COMPARE(out, values, rows, <= bound);
    if (in->bound < INT64_MIN) memset(out, 0, ntm_i_words_of(rows) * sizeof *out);
    return NTM_OK;
}

/* With gaps, achievements start at 0: a gap beyond the whole cut-off would be more than all. */
static ntm_status check_signs(const int64_t *values, const ntm_i_indicator *in, size_t start, size_t rows,
                              ntm_error *err) {
    for (size_t r = 0; r < rows; r++)
        if (values[r] < 0)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(in->name, start + r),
                              "a negative achievement has no normalised gap");
    return NTM_OK;
}

ntm_status ntm_i_indicator_load(uint64_t *deprived, uint64_t *unknown, int64_t *values, const ntm_i_indicator *in,
                                size_t start, size_t rows, ntm_error *err) {
    int64_t own[NTM_I_BLOCK];
    ntm_i_knowledge known;
    size_t words = ntm_i_words_of(rows);
    ntm_status status = NTM_OK;
    ntm_i_knowledge_load(&known, in->column, start, rows);
    if (in->when == NTM_DEPRIVED_FLAG)
        status = ntm_i_flags_load(deprived, in->column, in->name, &known, start, rows, err);
    else if (in->by_double)
        status = compare_doubles(deprived, in, &known, start, rows, err);
    else
        status = compare_integers(deprived, values == NULL ? own : values, in, &known, start, rows, err);
    if (status == NTM_OK && values != NULL) status = check_signs(values, in, start, rows, err);
    for (size_t w = 0; w < words && status == NTM_OK; w++) {
        uint64_t all = w + 1 < words ? ~(uint64_t)0 : ntm_i_last_word(rows);
        deprived[w] = (in->above ? ~deprived[w] : deprived[w]) & known.known[w];
        unknown[w] = all & ~known.known[w];
        if (in->not_applicable_is_not_deprived) unknown[w] &= ~known.not_applicable[w];
    }
    return status;
}
