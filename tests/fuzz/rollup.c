/* SPDX-License-Identifier: Apache-2.0 */
/* Roll-ups that say anything over columns that hold anything: they are made or refused, what comes out are bounds in order
   and a table that can be read. */
#include <ntm/rollup.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS = 12, PERIODS = 3, CELLS = ROWS * PERIODS, TARGETS = 6, PARTS = 24, COLUMNS = 9 };

typedef struct input {
    const uint8_t *at, *end;
} input;

static unsigned take(input *in) { return in->at == in->end ? 0 : *in->at++; }

static int64_t number(input *in) {
    static const int64_t odd[] = {INT64_MAX, INT64_MIN, INT64_MAX - 1, INT64_MIN + 1, (int64_t)1 << 62, -1, INT32_MAX};
    unsigned byte = take(in);
    if (byte < 200) return byte % 50;
    if (byte < 220) return -(int64_t)(byte % 10);
    if (byte < 240) return odd[byte % 7];
    int64_t value = 0;
    for (int i = 0; i < 8; i++)
        value = (int64_t)((uint64_t)value << 8 | take(in));
    return value;
}

static const char *const scale[] = {"a", "b", "c"};
static const char *const names[COLUMNS] = {"f0", "f1", "f2", "f3", "f4", "f5", "f0:least", "f1:most", "f4[x]"};

static ntm_fact make_fact(input *in, size_t i) {
    ntm_fact fact = {.id = names[i], .kind = (ntm_fact_kind)(take(in) % 8), .unit = "person"};
    if (fact.kind == NTM_KIND_SHARE) fact.unit = "%";
    if (fact.kind == NTM_KIND_FLAG || fact.kind == NTM_KIND_LEVEL || fact.kind == NTM_KIND_DATE) fact.unit = NULL;
    if (fact.kind == NTM_KIND_LEVEL) {
        fact.levels = scale;
        fact.level_count = 3;
    }
    fact.merge = (ntm_merge)(take(in) % 10);
    fact.over_time = (ntm_over_time)(take(in) % 6);
    fact.has_least = take(in) % 4 == 0;
    fact.has_most = take(in) % 4 == 0;
    fact.least = (ntm_decimal){number(in), (uint8_t)(take(in) % 20)};
    fact.most = (ntm_decimal){number(in), (uint8_t)(take(in) % 20)};
    if (take(in) % 2) fact.merge_weight = names[take(in) % 6];
    if (take(in) % 2) {
        fact.merge_parts[0] = names[take(in) % 6];
        fact.merge_parts[1] = names[take(in) % 6];
    }
    if (i == 4 && take(in) % 2) fact.by = "sex";
    return fact;
}

typedef struct cells {
    union {
        int64_t whole[CELLS];
        double real[CELLS];
        uint8_t bytes[CELLS];
        int32_t codes[CELLS];
    } is;
    uint8_t known[(CELLS + 7) / 8], absent[(CELLS + 7) / 8];
} cells;

static ntm_column make_column(input *in, cells *to, size_t rows) {
    ntm_column column = NTM_COLUMN_INIT;
    unsigned type = take(in) % 8;
    column.data = &to->is;
    column.length = rows;
    for (size_t i = 0; i < rows; i++) {
        if (type == 5)
            to->is.real[i] = (double)number(in) / (double)(1 + take(in) % 8);
        else if (type == 6)
            to->is.bytes[i] = (uint8_t)(take(in) % 16 == 0 ? 2 : take(in) % 2);
        else if (type == 7)
            to->is.codes[i] = (int32_t)(take(in) % 8) - 1;
        else
            to->is.whole[i] = number(in);
        if (take(in) % 8 != 0) to->known[i / 8] = (uint8_t)(to->known[i / 8] | 1u << i % 8);
        if (take(in) % 32 == 1) to->absent[i / 8] = (uint8_t)(to->absent[i / 8] | 1u << i % 8);
    }
    column.type = type == 5   ? NTM_TYPE_DOUBLE
                  : type == 6 ? NTM_TYPE_BYTES
                  : type == 7 ? NTM_TYPE_INT32
                              : NTM_TYPE_INT64;
    column.stride_bytes = type == 6 ? 1 : type == 7 ? 4 : 8;
    if (type == 7) {
        column.categories = scale;
        column.category_count = 3;
    } else if (type < 5) {
        column.scale = (uint8_t)(take(in) % 4 == 0 ? take(in) % 19 : 0);
    }
    column.nan_not_reported = take(in) % 2 == 0;
    column.validity = to->known;
    column.not_applicable = take(in) % 2 ? to->absent : NULL;
    return column;
}

static ntm_rollup *make_rollup(input *in, size_t from_rows, size_t to_rows) {
    ntm_rollup_part parts[PARTS];
    size_t count = take(in) % (PARTS + 1);
    ntm_rollup *rollup = NULL;
    for (size_t i = 0; i < count; i++) {
        parts[i] = (ntm_rollup_part){take(in) % (uint32_t)from_rows,
                                     take(in) % (uint32_t)to_rows,
                                     take(in) % 4 == 0,
                                     take(in) % 2 == 0,
                                     {number(in), (uint8_t)(take(in) % 16 ? 0 : take(in) % 20)}};
        if (parts[i].weight.coefficient < 0 && take(in) % 8) parts[i].weight.coefficient &= INT64_MAX;
    }
    ntm_status status = ntm_rollup_new(&rollup, parts, count, from_rows, to_rows, NULL, NULL);
    CHECK((status == NTM_OK) == (rollup != NULL));
    return rollup;
}

static ntm_rollup *make_chain(input *in, size_t *rows) {
    static const uint32_t groups[PERIODS] = {0, 0, 1};
    size_t from = 1 + take(in) % ROWS, middle = 1 + take(in) % TARGETS;
    ntm_rollup *stages[3] = {make_rollup(in, from, middle), NULL, NULL}, *chain = NULL;
    size_t count = 1;
    if (take(in) % 2) stages[count++] = make_rollup(in, middle, 1 + take(in) % TARGETS);
    if (take(in) % 2 && stages[count - 1] != NULL) {
        size_t rows_of_period = ntm_rollup_to_rows(stages[count - 1]);
        CHECK(ntm_rollup_over_periods(&stages[count], rows_of_period, groups, PERIODS, 2, NULL, NULL) == NTM_OK);
        count++;
    }
    bool all = true;
    for (size_t i = 0; i < count; i++)
        all = all && stages[i] != NULL;
    if (all) CHECK(ntm_rollup_chain(&chain, (const ntm_rollup *const *)stages, count, NULL, NULL) == NTM_OK);
    for (size_t i = 0; i < 3; i++)
        ntm_rollup_free(stages[i]);
    *rows = chain == NULL ? 0 : ntm_rollup_from_rows(chain);
    return chain;
}

static bool in_order(ntm_range range) {
    if (range.least.denominator == 0 || range.most.denominator == 0) return true;
    return (long double)range.least.numerator / (long double)range.least.denominator <=
           (long double)range.most.numerator / (long double)range.most.denominator;
}

static void look_at(const ntm_rolled *rolled) {
    const ntm_table *table = ntm_rolled_table(rolled);
    CHECK(ntm_table_check(table, NULL, NULL) == NTM_OK);
    for (size_t f = 0; f < table->field_count; f++) {
        if (strchr(table->fields[f].name, ':') != NULL) continue;
        for (size_t row = 0; row < table->rows; row++) {
            ntm_range range;
            ntm_rolled_parts parts;
            ntm_status status = ntm_rolled_range(&range, rolled, table->fields[f].name, row, NULL);
            ntm_known known = ntm_column_known(&table->fields[f].column, row);
            CHECK(status == NTM_OK || status == NTM_ERROR_NOT_FOUND);
            CHECK((status == NTM_ERROR_NOT_FOUND) == (known == NTM_NOT_APPLICABLE));
            if (status == NTM_OK) CHECK(in_order(range));
            CHECK(ntm_rolled_parts_of(&parts, rolled, table->fields[f].name, row, NULL) == NTM_OK);
            CHECK(parts.reported + parts.not_reported + parts.not_applicable == parts.parts);
            CHECK(parts.divided <= parts.parts);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    input in = {data, data + size};
    ntm_fact facts[6];
    const ntm_fact *list[6];
    ntm_field fields[COLUMNS];
    static cells values[COLUMNS];
    ntm_table table = NTM_TABLE_INIT;
    ntm_rolled_options options = NTM_ROLLED_OPTIONS_INIT;
    ntm_rolled *rolled = NULL;
    ntm_error err = NTM_ERROR_INIT;
    memset(values, 0, sizeof values);
    ntm_rollup *rollup = make_chain(&in, &table.rows);
    if (rollup == NULL) return 0;
    if (table.rows > CELLS) table.rows = 0;
    for (size_t i = 0; i < 6; i++) {
        facts[i] = make_fact(&in, i);
        list[i] = &facts[i];
    }
    table.field_count = 1 + take(&in) % COLUMNS;
    for (size_t i = 0; i < table.field_count; i++)
        fields[i] = (ntm_field){names[i], make_column(&in, &values[i], table.rows)};
    table.fields = fields;
    options.ignore_unknown = take(&in) % 8 != 0;
    options.scale = (uint8_t)(take(&in) % 20);
    ntm_status status = ntm_rolled_new(&rolled, rollup, list, 6, &table, &options, &err);
    CHECK((status == NTM_OK) == (rolled != NULL) && status == err.status);
    if (rolled != NULL) look_at(rolled);
    ntm_rolled_free(rolled);
    ntm_rollup_free(rollup);
    return 0;
}
