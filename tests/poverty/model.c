/* SPDX-License-Identifier: Apache-2.0 */
#include "model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint64_t below(uint64_t *random, uint64_t end) { return fault_random(random) % end; }

static void *take(model *m, size_t count, size_t size) {
    void *block = calloc(count + 1, size);
    assert_non_null(block);
    assert_true(m->block_count < sizeof m->blocks / sizeof m->blocks[0]);
    m->blocks[m->block_count++] = block;
    return block;
}

/* ------------------------------------------------------------------------------------------- households */

static void make_indicators(model *m, uint64_t *random) {
    static const int tenths[4] = {50, 80, 100, 125};
    static const char *const names[MODEL_INDICATORS] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
                                                        "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"};
    m->total = 0;
    for (size_t j = 0; j < m->count; j++) {
        m->whole[j] = below(random, 3) == 0 ? (int64_t)below(random, 40) + 1 : 1;
        m->total += m->whole[j];
    }
    for (size_t j = 0; j < m->count; j++) {
        ntm_deprivation *in = &m->indicators[j];
        *in = (ntm_deprivation){.column = names[j], .weight = {m->whole[j], m->total}};
        in->when = m->gaps ? (ntm_deprived)(NTM_DEPRIVED_LESS + below(random, 2))
                           : (ntm_deprived)(NTM_DEPRIVED_FLAG + below(random, 5));
        in->cutoff = (ntm_decimal){tenths[below(random, 4)], 1};
        if (in->cutoff.coefficient % 10 == 0 && below(random, 2) == 0)
            in->cutoff = (ntm_decimal){in->cutoff.coefficient / 10, 0};
        in->not_applicable_is_not_deprived = below(random, 2) == 0;
    }
    m->cutoff = 1 + (int64_t)below(random, (uint64_t)m->total);
}

static void make_households(model *m, uint64_t *random) {
    uint64_t missing = below(random, 3) == 0 ? 0 : 1 + below(random, 30);
    for (size_t j = 0; j < m->count; j++) {
        uint64_t share = 1 + below(random, 99);
        for (size_t r = 0; r < m->rows; r++) {
            uint64_t draw = fault_random(random);
            bool flag = m->indicators[j].when == NTM_DEPRIVED_FLAG;
            m->known[j][r] = draw % 100 >= missing ? NTM_REPORTED
                             : draw >> 60 < 8      ? NTM_NOT_REPORTED
                                                   : NTM_NOT_APPLICABLE;
            m->value[j][r] = flag ? draw >> 20 & 0xffff ? (int64_t)(draw >> 40) % 100 < (int64_t)share : 0
                                  : (int64_t)(draw >> 24) % 160;
        }
    }
    for (size_t r = 0; r < m->rows; r++) {
        m->weight[r] = !m->weighted             ? 1
                       : below(random, 30) == 0 ? (int64_t)below(random, 9) << 33
                                                : (int64_t)below(random, 900);
        if (m->weighted && m->leave_out && below(random, 20) == 0) m->weight[r] = -1;
        for (size_t g = 0; g < 2; g++)
            m->key[g][r] = below(random, 20) == 0 ? -1 - (int)below(random, 2) : (int)below(random, g == 0 ? 7 : 2);
    }
}

void model_start(model *m, uint64_t *random, size_t rows) {
    memset(m, 0, sizeof *m);
    m->rows = rows;
    m->count = 1 + below(random, below(random, 4) == 0 ? MODEL_INDICATORS : 6);
    m->groups = below(random, 3);
    m->gaps = below(random, 3) == 0;
    m->weighted = below(random, 2) == 0;
    m->leave_out = below(random, 3) == 0;
    m->known = take(m, m->count, sizeof *m->known);
    m->value = take(m, m->count, sizeof *m->value);
    m->weight = take(m, rows, sizeof *m->weight);
    for (size_t g = 0; g < 2; g++)
        m->key[g] = take(m, rows, sizeof *m->key[g]);
    make_indicators(m, random);
    make_households(m, random);
}

void model_end(model *m) {
    for (size_t i = 0; i < m->block_count; i++)
        free(m->blocks[i]);
}

/* ------------------------------------------------------------------------------------------- columns */

static void set_bit(uint8_t *bits, size_t at, bool value) {
    bits[at / 8] = (uint8_t)(value ? bits[at / 8] | 1u << at % 8 : bits[at / 8] & ~(1u << at % 8));
}

/* The bitmaps of what is known; doubles may say it by NaN. */
static void encode_known(model *m, ntm_column *column, const uint8_t *known, uint64_t *random) {
    bool any = false, inapplicable = false;
    column->validity_offset = below(random, 9);
    column->not_applicable_offset = below(random, 9);
    uint8_t *validity = take(m, m->rows / 8 + 3, 1), *applicable = take(m, m->rows / 8 + 3, 1);
    for (size_t r = 0; r < m->rows; r++) {
        bool valid = known[r] == NTM_REPORTED || (known[r] == NTM_NOT_APPLICABLE && below(random, 2) == 0);
        set_bit(validity, column->validity_offset + r, valid);
        set_bit(applicable, column->not_applicable_offset + r, known[r] == NTM_NOT_APPLICABLE);
        any = any || !valid;
        inapplicable = inapplicable || known[r] == NTM_NOT_APPLICABLE;
    }
    if (any) column->validity = validity;
    if (inapplicable) column->not_applicable = applicable;
}

static void encode_flags(model *m, ntm_column *column, const int64_t *values, uint64_t *random) {
    column->type = below(random, 2) == 0 ? NTM_TYPE_BITS : NTM_TYPE_BYTES;
    column->bit_offset = column->type == NTM_TYPE_BITS ? below(random, 9) : 0;
    column->stride_bytes = column->type == NTM_TYPE_BITS ? 0 : 1 + (int64_t)below(random, 2);
    uint8_t *data = take(m, 2 * m->rows + 16, 1);
    for (size_t r = 0; r < m->rows; r++) {
        if (column->type == NTM_TYPE_BITS)
            set_bit(data, column->bit_offset + r, values[r] != 0);
        else
            data[(size_t)column->stride_bytes * r] = (uint8_t)values[r];
    }
    column->data = data;
}

/* Whole numbers × 10^-scale as integers, decimals or doubles. */
static void encode_numbers(model *m, ntm_column *column, const int64_t *values, uint8_t scale, uint64_t *random) {
    static const ntm_type types[4] = {NTM_TYPE_INT16, NTM_TYPE_INT64, NTM_TYPE_DOUBLE, NTM_TYPE_DECIMAL128};
    int64_t most = 0;
    for (size_t r = 0; r < m->rows; r++)
        most = values[r] > most ? values[r] : most;
    column->type = types[below(random, 4)];
    if (column->type == NTM_TYPE_INT16 && most > INT16_MAX) column->type = NTM_TYPE_INT64;
    column->scale = column->type == NTM_TYPE_DOUBLE ? 0 : scale;
    size_t size = column->type == NTM_TYPE_INT16 ? 2 : column->type == NTM_TYPE_DECIMAL128 ? 16 : 8;
    char *data = take(m, m->rows + 1, size);
    column->stride_bytes = (int64_t)size;
    for (size_t r = 0; r < m->rows; r++) {
        int16_t small = (int16_t)values[r];
        double real = (double)values[r] / pow(10, scale);
        wide large = values[r];
        char *to = data + size * r;
        if (column->type == NTM_TYPE_INT16)
            memcpy(to, &small, sizeof small);
        else if (column->type == NTM_TYPE_DOUBLE)
            memcpy(to, &real, sizeof real);
        else if (column->type == NTM_TYPE_DECIMAL128)
            memcpy(to, &large, sizeof large);
        else
            memcpy(to, &values[r], sizeof values[r]);
    }
    column->data = data;
}

static ntm_column encode_indicator(model *m, size_t j, const size_t *map, uint64_t *random) {
    ntm_column column = NTM_COLUMN_INIT;
    int64_t *values = take(m, m->rows, sizeof *values);
    uint8_t *known = take(m, m->rows, 1);
    column.length = m->rows;
    for (size_t r = 0; r < m->rows; r++) {
        values[r] = m->value[j][map == NULL ? r : map[r]];
        known[r] = m->known[j][map == NULL ? r : map[r]];
    }
    if (m->indicators[j].when == NTM_DEPRIVED_FLAG)
        encode_flags(m, &column, values, random);
    else
        encode_numbers(m, &column, values, 1, random);
    encode_known(m, &column, known, random);
    return column;
}

static const char *const key_names[8] = {"đông", "tây", "nam", "bắc", "trung", "x", "y", NULL};

/* A grouping column as categories, text, integers or flags. */
static ntm_column encode_key(model *m, size_t g, const size_t *map, uint64_t *random) {
    ntm_column column = NTM_COLUMN_INIT;
    uint8_t *known = take(m, m->rows, 1);
    int64_t *numbers = take(m, m->rows, sizeof *numbers);
    int32_t *offsets = take(m, m->rows + 2, sizeof *offsets);
    char *text = take(m, 16 * m->rows + 1, 1);
    unsigned kind = (unsigned)below(random, 3);
    for (size_t r = 0; r < m->rows; r++) {
        int key = m->key[g][map == NULL ? r : map[r]];
        known[r] = key == -1 ? NTM_NOT_REPORTED : key == -2 ? NTM_NOT_APPLICABLE : NTM_REPORTED;
        numbers[r] = key < 0 ? 0 : kind == 1 ? key * (g == 0 ? 50000 : 1) - 7 : key;
        const char *name = key < 0 ? "" : key_names[key];
        memcpy(text + offsets[r], name, strlen(name));
        offsets[r + 1] = offsets[r] + (int32_t)strlen(name);
    }
    column.length = m->rows;
    column.type = kind == 2 ? NTM_TYPE_TEXT : NTM_TYPE_INT64;
    column.data = kind == 2 ? (const void *)offsets : (const void *)numbers;
    column.stride_bytes = 8;
    column.text = kind == 2 ? text : NULL;
    if (kind == 0) {
        column.categories = key_names;
        column.category_count = 7;
    }
    encode_known(m, &column, known, random);
    return column;
}

void model_encode(model *m, uint64_t *random, const size_t *map) {
    static const char *const groups[2] = {"province", "area"};
    size_t at = 0;
    for (size_t j = 0; j < m->count; j++)
        m->fields[at++] = (ntm_field){m->indicators[j].column, encode_indicator(m, j, map, random)};
    for (size_t g = 0; g < m->groups; g++)
        m->fields[at++] = (ntm_field){groups[g], encode_key(m, g, map, random)};
    m->options = (ntm_poverty_options)NTM_POVERTY_OPTIONS_INIT;
    if (m->weighted) {
        ntm_column column = NTM_COLUMN_INIT;
        int64_t *values = take(m, m->rows, sizeof *values);
        uint8_t *known = take(m, m->rows, 1);
        for (size_t r = 0; r < m->rows; r++) {
            int64_t weight = m->weight[map == NULL ? r : map[r]];
            known[r] = weight < 0 ? NTM_NOT_REPORTED : NTM_REPORTED;
            values[r] = weight < 0 ? 0 : weight;
        }
        column.length = m->rows;
        encode_numbers(m, &column, values, 2, random);
        encode_known(m, &column, known, random);
        m->fields[at++] = (ntm_field){"people", column};
        m->options.population = "people";
    }
    m->table = (ntm_table)NTM_TABLE_INIT;
    m->table.rows = m->rows;
    m->table.fields = m->fields;
    m->table.field_count = at;
    m->options.cutoff = (ntm_fraction){m->cutoff, m->total};
    m->options.incomplete = m->leave_out ? NTM_INCOMPLETE_LEAVE_OUT : NTM_INCOMPLETE_BOUNDS;
    m->options.gaps = m->gaps;
    m->options.groups = groups;
    m->options.group_count = m->groups;
}

ntm_poverty *model_measure(model *m) {
    ntm_poverty *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_poverty_measure(&result, &m->table, m->indicators, m->count, &m->options, &err), &err);
    return result;
}
