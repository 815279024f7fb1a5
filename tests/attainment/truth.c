/* SPDX-License-Identifier: Apache-2.0 */
/* Random facts of units, and columns of every sort that hold them. */
#include "model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t below(uint64_t *random, uint64_t end) { return fault_random(random) % end; }

static int64_t draw(int which, const truth *t, size_t row, uint64_t *random) {
    switch (which) {
        case IN_C0: return (int64_t)below(random, 9);
        case IN_C1: /* part of c0 */
            if (t->known[IN_C0][row] == NTM_REPORTED)
                return (int64_t)below(random, (uint64_t)t->values[IN_C0][row] + 1);
            return (int64_t)below(random, 9);
        case IN_C2: return 2 + (int64_t)below(random, 8);
        case IN_S0: return (int64_t)below(random, 10001);
        case IN_S1: return (int64_t)below(random, 101);
        case IN_A0:
        case IN_PAST: return (int64_t)below(random, 7000) - 1000;
        case IN_A1: return (int64_t)below(random, 60000) - 1000;
        case IN_LEVEL: return (int64_t)below(random, 3);
        case IN_FEMALE:
        case IN_MALE: return (int64_t)below(random, 12);
        case IN_TOTAL: return (int64_t)below(random, 8);
        case IN_REGION: return (int64_t)below(random, OWN_REGIONS);
        case IN_CLASS: return (int64_t)below(random, OWN_CLASSES);
        case IN_YEAR: return (int64_t)below(random, OWN_YEARS);
        case IN_FIGURES + 0: /* 0.1 % */ return (int64_t)below(random, 1001);
        case IN_FIGURES + 1: /* 10 m */ return (int64_t)below(random, 1200);
        case IN_FIGURES + 3: /* a hundredth */ return (int64_t)below(random, 101);
        case IN_FIGURES + 4: /* m */ return (int64_t)below(random, 12000);
        case IN_FIGURES + 2:
        case IN_FIGURES + 5: return (int64_t)below(random, 12);
        default: return (int64_t)below(random, 2);
    }
}

/* Some columns are fine-grained, others hold few values, so that thresholds are hit. */
static int64_t coarse(int which, int64_t value, bool few) {
    if (!few) return value;
    if (which == IN_S0 || which == IN_A0 || which == IN_PAST) return value / 500 * 500;
    return which == IN_A1 ? value / 10000 * 10000 : value;
}

/* Totals before what is part of them. */
static const int order[] = {IN_C0,          IN_C1,          IN_C2,          IN_S0,         IN_S1,      IN_A0,
                            IN_A1,          IN_F0,          IN_F1,          IN_F2,         IN_F3,      IN_LEVEL,
                            IN_FEMALE,      IN_MALE,        IN_TOTAL,       IN_MET,        IN_OPEN,    IN_HOLDS,
                            IN_REGION,      IN_YEAR,        IN_PAST,        IN_CLASS,      IN_FIGURES, IN_FIGURES + 1,
                            IN_FIGURES + 2, IN_FIGURES + 3, IN_FIGURES + 4, IN_FIGURES + 5};

static void column_of_truth(truth *t, int which, uint64_t *random) {
    static const uint64_t missing_percent[] = {0, 0, 3, 30, 100};
    uint64_t missing = inputs[which].complete ? 0 : missing_percent[below(random, 5)];
    uint64_t without = inputs[which].complete || below(random, 3) != 0 ? 0 : 10;
    bool few = below(random, 2) == 0;
    t->present[which] = inputs[which].complete || below(random, 8) != 0;
    t->fixed[which] = which != IN_C1 && which != IN_MET && which != IN_OPEN && below(random, 10) == 0;
    if (which == IN_OPEN || which == IN_MET) without = 0;
    bool of_axis = which == IN_REGION || which == IN_CLASS || which == IN_YEAR;
    bool sorted = of_axis && below(random, 2) == 0;
    size_t values = which == IN_REGION ? OWN_REGIONS : which == IN_CLASS ? OWN_CLASSES : OWN_YEARS;
    for (size_t row = 0; row < t->rows; row++) {
        uint8_t known = NTM_REPORTED;
        if (below(random, 100) < missing) known = NTM_NOT_REPORTED;
        if (below(random, 100) < without) known = NTM_NOT_APPLICABLE;
        if (!t->present[which]) known = NTM_NOT_REPORTED;
        t->known[which][row] = known;
        int64_t value = coarse(which, draw(which, t, row, random), few);
        if (which == IN_MET) value = (int64_t)below(random, (uint64_t)t->values[IN_TOTAL][row] + 1);
        if (which == IN_OPEN)
            value = (int64_t)below(random, (uint64_t)(t->values[IN_TOTAL][row] - t->values[IN_MET][row]) + 1);
        if (sorted) value = (int64_t)(row * values / t->rows);
        if (t->fixed[which] && row > 0) value = t->values[which][0];
        t->values[which][row] = value;
    }
}

void truth_start(truth *t, size_t rows, uint64_t *random) {
    memset(t, 0, sizeof *t);
    t->rows = rows;
    for (int at = 0; at < IN_END; at++) {
        t->known[at] = calloc(rows + 1, 1);
        t->values[at] = calloc(rows + 1, sizeof(int64_t));
        assert_true(t->known[at] != NULL && t->values[at] != NULL);
    }
    for (int at = 0; at < IN_END; at++)
        column_of_truth(t, order[at], random);
}

void truth_end(truth *t) {
    for (int at = 0; at < IN_END; at++) {
        free(t->known[at]);
        free(t->values[at]);
        for (int side = 0; side < 2; side++) {
            free(t->limits_known[at][side]);
            free(t->limits[at][side]);
        }
    }
}

void truth_pin(truth *t, uint64_t *random) {
    static const int which[] = {IN_REGION, IN_CLASS, IN_YEAR};
    for (size_t at = 0; at < 3; at++) {
        if (below(random, 6) != 0) continue;
        int64_t value = draw(which[at], t, 0, random);
        t->pinned[which[at]] = true;
        for (size_t row = 0; row < t->rows; row++) {
            t->known[which[at]][row] = NTM_REPORTED;
            t->values[which[at]][row] = value;
        }
    }
}

/* How far from the number bounds lie at most, x 10^-(scale + 1). */
static uint64_t spread_of(int which) {
    switch (which) {
        case IN_S0:
        case IN_A0: return 20000;
        case IN_S1: return 300;
        case IN_A1: return 200000;
        default: return 60;
    }
}

void truth_limit(truth *t, uint64_t *random) {
    static const int which[] = {IN_C0, IN_C1, IN_C2, IN_S0, IN_S1, IN_A0, IN_A1, IN_FEMALE, IN_MALE};
    for (size_t at = 0; at < 2 * sizeof which / sizeof which[0]; at++) {
        int input = which[at / 2], side = (int)(at % 2);
        if (below(random, 2) == 0) continue;
        uint8_t *known = t->limits_known[input][side] = calloc(t->rows + 1, 1);
        int64_t *values = t->limits[input][side] = calloc(t->rows + 1, sizeof *values);
        assert_true(known != NULL && values != NULL);
        for (size_t row = 0; row < t->rows; row++) {
            uint64_t draw = below(random, 10);
            int64_t far = below(random, 4) == 0 ? 0 : (int64_t)below(random, spread_of(input));
            known[row] = draw < 6 ? NTM_REPORTED : draw < 9 ? NTM_NOT_REPORTED : NTM_NOT_APPLICABLE;
            values[row] = t->values[input][row] * 10 + (side == 0 ? -far : far);
        }
    }
}

/* ------------------------------------------------------------------------------------------- bitmaps */

static void set_bit(uint8_t *bits, size_t at) { bits[at / 8] = (uint8_t)(bits[at / 8] | 1u << (at % 8)); }
static void clear_bit(uint8_t *bits, size_t at) { bits[at / 8] = (uint8_t)(bits[at / 8] & ~(1u << (at % 8))); }

/* A bitmap of garbage with the wanted bits from a random offset. */
static uint8_t *bitmap(sheet *s, size_t rows, size_t *offset, uint64_t *random) {
    *offset = below(random, 3) == 0 ? 0 : (size_t)below(random, 70);
    uint8_t *bits = sheet_memory(s, (rows + *offset) / 8 + 1);
    for (size_t at = 0; at < (rows + *offset) / 8 + 1; at++)
        bits[at] = (uint8_t)fault_random(random);
    return bits;
}

static void put(uint8_t *bits, size_t at, bool set) {
    if (set)
        set_bit(bits, at);
    else
        clear_bit(bits, at);
}

static void masks(sheet *s, ntm_column *c, const uint8_t *known, size_t rows, bool told_otherwise, uint64_t *random) {
    bool missing = false;
    bool without = false;
    for (size_t row = 0; row < rows; row++) {
        missing |= known[row] == NTM_NOT_REPORTED;
        without |= known[row] == NTM_NOT_APPLICABLE;
    }
    if ((missing && !told_otherwise) || below(random, 6) == 0) {
        uint8_t *bits = bitmap(s, rows, &c->validity_offset, random);
        for (size_t row = 0; row < rows; row++) /* where it is not applicable the bit says nothing */
            put(bits, c->validity_offset + row,
                known[row] == NTM_REPORTED || (known[row] == NTM_NOT_APPLICABLE && below(random, 2) == 0));
        c->validity = bits;
    }
    if (without || below(random, 8) == 0) {
        uint8_t *bits = bitmap(s, rows, &c->not_applicable_offset, random);
        for (size_t row = 0; row < rows; row++)
            put(bits, c->not_applicable_offset + row, known[row] == NTM_NOT_APPLICABLE);
        c->not_applicable = bits;
    }
}

/* ------------------------------------------------------------------------------------------- values */

typedef struct cells {
    const uint8_t *known;
    const int64_t *values;
    size_t rows;
    bool fixed;
} cells;

/* Room for values of `width` bytes at a random stride, forwards or backwards; garbage all over. */
static unsigned char *room(sheet *s, ntm_column *c, const cells *of, size_t width, uint64_t *random) {
    if (of->fixed && below(random, 2) == 0) {
        c->stride_bytes = 0;
        unsigned char *one = sheet_memory(s, width);
        c->data = one;
        return one;
    }
    size_t step = width * (below(random, 3) == 0 ? 1 + (size_t)below(random, 3) : 1);
    size_t size = step * (of->rows + 1);
    unsigned char *block = sheet_memory(s, size);
    for (size_t at = 0; at < size; at++)
        block[at] = (unsigned char)fault_random(random);
    bool backwards = below(random, 6) == 0 && of->rows > 0;
    c->stride_bytes = backwards ? -(int64_t)step : (int64_t)step;
    unsigned char *start = block + (backwards ? step * (of->rows - 1) : 0);
    c->data = start;
    return start;
}

static void integers(sheet *s, ntm_column *c, const cells *of, int scale, bool may_scale, bool may_wide,
                     uint64_t *random) {
    static const ntm_type types[] = {NTM_TYPE_INT8, NTM_TYPE_INT16, NTM_TYPE_INT32, NTM_TYPE_INT64,
                                     NTM_TYPE_DECIMAL128};
    static const size_t widths[] = {1, 2, 4, 8, 16};
    int64_t factor = 1;
    c->scale = (uint8_t)scale;
    if (may_scale && below(random, 3) == 0) {
        c->scale = (uint8_t)(scale + 2);
        factor = 100;
    }
    int64_t largest = 0;
    for (size_t row = 0; row < of->rows; row++) {
        int64_t value = of->values[row] * factor;
        if (of->known[row] == NTM_REPORTED && (value < 0 ? -value : value) > largest)
            largest = value < 0 ? -value : value;
    }
    size_t least = largest <= 127 ? 0 : largest <= 32767 ? 1 : largest <= INT32_MAX ? 2 : 3;
    size_t type = least + (size_t)below(random, (may_wide ? 5 : 4) - least);
    c->type = types[type];
    unsigned char *data = room(s, c, of, widths[type], random);
    for (size_t row = 0; row < of->rows; row++) {
        if (of->known[row] != NTM_REPORTED && c->stride_bytes != 0) continue;
        int64_t value = of->values[row] * factor;
        int64_t wide[2] = {value, value < 0 ? -1 : 0};
        memcpy(data + (int64_t)row * c->stride_bytes, wide, widths[type]);
    }
}

static bool doubles(sheet *s, ntm_column *c, const cells *of, int scale, uint64_t *random) {
    static const double powers[] = {1, 10, 100, 1000};
    c->type = NTM_TYPE_DOUBLE;
    unsigned char *data = room(s, c, of, sizeof(double), random);
    c->nan_not_reported = c->stride_bytes != 0 && below(random, 2) == 0;
    for (size_t row = 0; row < of->rows; row++) {
        double value = (double)of->values[row] / powers[scale]; /* both exact: the nearest double */
        if (of->known[row] == NTM_NOT_REPORTED && c->nan_not_reported)
            value = (double)NAN;
        else if (of->known[row] != NTM_REPORTED && c->stride_bytes != 0)
            continue;
        memcpy(data + (int64_t)row * c->stride_bytes, &value, sizeof value);
    }
    return c->nan_not_reported;
}

static void flags(sheet *s, ntm_column *c, const cells *of, uint64_t *random) {
    if (below(random, 2) == 0) {
        c->type = NTM_TYPE_BITS;
        uint8_t *bits = bitmap(s, of->rows, &c->bit_offset, random);
        for (size_t row = 0; row < of->rows; row++)
            if (of->known[row] == NTM_REPORTED) put(bits, c->bit_offset + row, of->values[row] != 0);
        c->data = bits;
        return;
    }
    c->type = NTM_TYPE_BYTES;
    unsigned char *data = room(s, c, of, 1, random);
    for (size_t row = 0; row < of->rows; row++)
        if (of->known[row] == NTM_REPORTED || c->stride_bytes == 0)
            data[(int64_t)row * c->stride_bytes] = (unsigned char)of->values[row];
}

/* Text, or codes into categories in random order among others that nobody uses. True: codes told what is missing. */
static bool words(sheet *s, ntm_column *c, const cells *of, const char *const *names, size_t count, uint64_t *random) {
    if (below(random, 2) == 0) {
        c->type = NTM_TYPE_TEXT;
        int32_t *offsets = sheet_memory(s, (of->rows + 1) * sizeof *offsets);
        char *text = sheet_memory(s, of->rows * 8 + 1);
        for (size_t row = 0; row < of->rows; row++) {
            const char *word = of->known[row] == NTM_REPORTED ? names[of->values[row]] : "zz";
            memcpy(text + offsets[row], word, strlen(word));
            offsets[row + 1] = offsets[row] + (int32_t)strlen(word);
        }
        c->data = offsets;
        c->text = text;
        return false;
    }
    static const ntm_type types[] = {NTM_TYPE_INT8, NTM_TYPE_INT16, NTM_TYPE_INT32, NTM_TYPE_INT64};
    static const size_t widths[] = {1, 2, 4, 8};
    size_t type = (size_t)below(random, 4);
    size_t turn = (size_t)below(random, count);
    const char **categories = sheet_memory(s, (count + 2) * sizeof *categories);
    categories[0] = "unused";
    for (size_t at = 0; at < count; at++)
        categories[1 + (at + turn) % count] = names[at];
    categories[count + 1] = "unused, too";
    c->categories = categories;
    c->category_count = count + 2;
    c->type = types[type];
    unsigned char *data = room(s, c, of, widths[type], random);
    bool negative = c->stride_bytes != 0 && below(random, 2) == 0;
    for (size_t row = 0; row < of->rows; row++) {
        int64_t code = 1 + (int64_t)(((size_t)of->values[row] + turn) % count);
        if (of->known[row] == NTM_NOT_REPORTED && negative)
            code = -1 - (int64_t)below(random, 3);
        else if (of->known[row] != NTM_REPORTED && c->stride_bytes != 0)
            continue;
        memcpy(data + (int64_t)row * c->stride_bytes, &code, widths[type]);
    }
    return negative;
}

/* Years as numbers or as text. */
static bool years(sheet *s, ntm_column *c, cells *of, uint64_t *random) {
    if (below(random, 2) == 0) return words(s, c, of, model_years + YEARS_BEFORE, OWN_YEARS, random);
    int64_t *values = sheet_memory(s, (of->rows + 1) * sizeof *values);
    for (size_t row = 0; row < of->rows; row++)
        values[row] = YEAR_FIRST + of->values[row];
    of->values = values;
    integers(s, c, of, 0, false, false, random);
    return false;
}

static bool encode(sheet *s, ntm_column *c, int which, cells *of, uint64_t *random) {
    const model_input *in = &inputs[which];
    switch (in->sort) {
        case SORT_FLAG: flags(s, c, of, random); return false;
        case SORT_LEVEL: return words(s, c, of, model_levels, 3, random);
        case SORT_REGION: return words(s, c, of, model_regions, OWN_REGIONS, random);
        case SORT_CLASS: return words(s, c, of, model_classes, OWN_CLASSES, random);
        case SORT_YEAR: return years(s, c, of, random);
        case SORT_NUMBER: break;
    }
    bool whole = in->family == FAMILY_HOUSEHOLD || in->family == FAMILY_PERSON || in->family == FAMILY_NONE;
    if (below(random, 3) == 0) return doubles(s, c, of, in->scale, random);
    integers(s, c, of, in->scale, !whole, true, random);
    return false;
}

/* The axes that the plan fixes. */
static void pins(sheet *s, const truth *t, size_t rows) {
    static const int which[] = {IN_REGION, IN_CLASS, IN_YEAR};
    static const char *const *const names[] = {model_regions, model_classes, model_years + YEARS_BEFORE};
    ntm_axis_value *fixed = sheet_memory(s, 3 * sizeof *fixed);
    for (size_t at = 0; at < 3; at++)
        if (t->pinned[which[at]])
            fixed[s->plan.axis_count++] =
                (ntm_axis_value){inputs[which[at]].name, names[at][rows == 0 ? 0 : t->values[which[at]][0]]};
    s->plan.axes = fixed;
}

/* A column of bounds, of another type than the fact's. */
static void limit(sheet *s, const truth *t, int which, int side, const size_t *map, uint64_t *random) {
    size_t rows = s->table.rows, size = strlen(inputs[which].name) + sizeof ":least";
    uint8_t *known = sheet_memory(s, rows + 1);
    int64_t *values = sheet_memory(s, (rows + 1) * sizeof *values);
    char *name = sheet_memory(s, size);
    for (size_t row = 0; row < rows; row++) {
        known[row] = t->limits_known[which][side][map[row]];
        values[row] = t->limits[which][side][map[row]];
    }
    (void)snprintf(name, size, "%s%s", inputs[which].name, side == 0 ? ":least" : ":most");
    cells of = {known, values, rows, false};
    ntm_column column = NTM_COLUMN_INIT;
    column.length = rows;
    bool told = false;
    if (below(random, 2) == 0)
        told = doubles(s, &column, &of, inputs[which].scale + 1, random);
    else
        integers(s, &column, &of, inputs[which].scale + 1, true, true, random);
    masks(s, &column, known, rows, told, random);
    sheet_column(s, name, column);
}

void truth_encode(sheet *s, const truth *t, const size_t *map, size_t rows, uint64_t *random) {
    sheet_start(s, rows);
    s->evaluate.ignore_unknown = true; /* of rules that the set happens not to have */
    pins(s, t, t->rows);
    for (int at = 0; at < IN_END; at++) {
        int which = (at * 5 + 3) % IN_END; /* fields in another order than facts */
        if (!t->present[which] || t->pinned[which]) continue;
        uint8_t *known = sheet_memory(s, rows + 1);
        int64_t *values = sheet_memory(s, (rows + 1) * sizeof *values);
        for (size_t row = 0; row < rows; row++) {
            known[row] = t->known[which][map[row]];
            values[row] = t->values[which][map[row]];
        }
        cells of = {known, values, rows, t->fixed[which]};
        ntm_column column = NTM_COLUMN_INIT;
        column.length = rows;
        bool told = encode(s, &column, which, &of, random);
        masks(s, &column, known, rows, told, random);
        sheet_column(s, inputs[which].name, column);
    }
    for (int at = 0; at < 2 * IN_END; at++)
        if (t->limits[at / 2][at % 2] != NULL) limit(s, t, at / 2, at % 2, map, random);
}
