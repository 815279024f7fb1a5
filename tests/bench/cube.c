/* SPDX-License-Identifier: Apache-2.0 */
/*
 * W3: a ledger of 100 million entries into the full cube with roll-ups, from raw columns: each time the ledger is made and
 * checked, its rows are added up, and the cube is rolled up over communes, districts, provinces, sources, programmes and
 * years. Next to only reading the same columns, and next to a plain C loop that adds the same amounts into an array without
 * any check, without roll-up, and without an idea of what is missing.
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum {
    UNITS = 11000,
    DISTRICTS = 700,
    PROVINCES = 63,
    ROWS = UNITS + DISTRICTS + PROVINCES,
    YEAR = 2016,
    ENDED = 2019
};

typedef struct shape {
    const char *name;
    size_t sources, programmes, years;
    bool by_unit;     /* the rows of one unit lie together */
    bool sparse;      /* only every hundredth unit has entries, each from one source */
    unsigned missing; /* of 1,000 rows: amounts that are not reported */
    unsigned low;     /* of 1,000 rows: corrections, below 0 */
} shape;

typedef struct entries {
    const shape *of;
    size_t rows, bytes, cells;
    int32_t *unit;
    int8_t *source, *programme;
    int16_t *year;
    int64_t *amount;
    uint8_t *validity;
    int64_t *sums; /* of the plain loop */
    ntm_units *registry;
    char codes[ROWS][8];
    const char *names[ROWS];
    ntm_field fields[5];
} entries;

static const char *const sources[] = {"central",    "province", "district", "commune",       "integrated",
                                      "enterprise", "cash",     "labour",   "policy-credit", "land"};
static const char *const programmes[] = {"ntm", "poverty", "ocop", "urban", "water", "roads"};

/* ------------------------------------------------------------------------------------------- the data */

/* 11,000 communes in 700 districts in 63 provinces; every hundredth commune is no longer there in 2019. */
static void make_registry(entries *e) {
    static const char *const levels[] = {"province", "district", "commune"};
    int32_t *code = bench_take(ROWS, sizeof *code), *parent = bench_take(ROWS, sizeof *parent);
    int32_t *level = bench_take(ROWS, sizeof *level), *ends = bench_take(ROWS, sizeof *ends);
    uint8_t *validity = bench_take(ROWS / 8 + 1, 1);
    ntm_error err = NTM_ERROR_INIT;
    for (int32_t i = 0; i < ROWS; i++) {
        int32_t commune = i, district = i - UNITS, province = i - UNITS - DISTRICTS;
        e->names[i] = e->codes[i];
        (void)snprintf(e->codes[i], sizeof e->codes[i],
                       i < UNITS      ? "%05d"
                       : province < 0 ? "%03d"
                                      : "%02d",
                       i < UNITS      ? commune
                       : province < 0 ? district
                                      : province);
        code[i] = i;
        level[i] = i < UNITS ? 2 : province < 0 ? 1 : 0;
        parent[i] = i < UNITS      ? UNITS + commune * DISTRICTS / UNITS
                    : province < 0 ? UNITS + DISTRICTS + district * PROVINCES / DISTRICTS
                                   : -1;
        if (i >= UNITS || i % 100 != 99) continue;
        ends[i] = ntm_date_ymd(ENDED, 1, 1);
        validity[i / 8] = (uint8_t)(validity[i / 8] | 1u << i % 8);
    }
    ntm_column names = ntm_column_codes(code, ROWS, e->names, ROWS), until = NTM_COLUMN_INIT;
    ntm_field fields[] = {{"code", names},
                          {"name", names},
                          {"level", ntm_column_codes(level, ROWS, levels, 3)},
                          {"parent", ntm_column_codes(parent, ROWS, e->names, ROWS)},
                          {"valid_to", until}};
    fields[4].column.type = NTM_TYPE_INT32;
    fields[4].column.data = ends;
    fields[4].column.stride_bytes = sizeof *ends;
    fields[4].column.length = ROWS;
    fields[4].column.validity = validity;
    ntm_table table = NTM_TABLE_INIT;
    table.rows = ROWS;
    table.fields = fields;
    table.field_count = 5;
    bench_need(ntm_units_new(&e->registry, &table, NULL, NULL, NULL, &err), &err);
    free(code);
    free(parent);
    free(level);
    free(ends);
    free(validity);
}

static ntm_field codes_field(const char *name, ntm_type type, const void *data, size_t size, size_t rows,
                             const char *const *categories, size_t count) {
    ntm_field field = {name, NTM_COLUMN_INIT};
    field.column.type = type;
    field.column.data = data;
    field.column.stride_bytes = (int64_t)size;
    field.column.length = rows;
    field.column.categories = categories;
    field.column.category_count = count;
    return field;
}

static void fill_row(entries *e, size_t row, uint64_t *random) {
    const shape *of = e->of;
    uint64_t draw = bench_random(random), money = bench_random(random);
    int32_t unit = (int32_t)(of->by_unit ? row * UNITS / e->rows : (draw & 0xffffff) % UNITS);
    if (of->sparse) unit = unit / 100 * 100;
    e->unit[row] = unit;
    e->source[row] = (int8_t)(of->sparse ? (unsigned)unit % of->sources : (draw >> 24 & 0xff) % of->sources);
    e->programme[row] = (int8_t)((draw >> 32 & 0xff) % of->programmes);
    e->year[row] = (int16_t)(YEAR + (draw >> 40 & 0xff) % (unit % 100 == 99 ? ENDED - YEAR : of->years));
    e->amount[row] = (int64_t)(money % 2000000000) + 1;
    if (money >> 40 & 0xffff && (money >> 44) % 1000 < of->low) e->amount[row] = -e->amount[row];
    if (of->missing == 0 || (draw >> 48) % 1000 >= of->missing)
        e->validity[row / 8] = (uint8_t)(e->validity[row / 8] | 1u << row % 8);
}

static void make_entries(entries *e, const shape *of, size_t rows) {
    uint64_t random = 88172645463325252u;
    memset(e, 0, sizeof *e);
    e->of = of;
    e->rows = rows;
    e->bytes = rows * (4 + 1 + 1 + 2 + 8);
    e->cells = (size_t)UNITS * of->sources * of->programmes * of->years;
    e->unit = bench_take(rows, sizeof *e->unit);
    e->source = bench_take(rows, 1);
    e->programme = bench_take(rows, 1);
    e->year = bench_take(rows, sizeof *e->year);
    e->amount = bench_take(rows, sizeof *e->amount);
    e->validity = bench_take(rows / 8 + 1, 1);
    e->sums = bench_take(e->cells, sizeof *e->sums);
    for (size_t row = 0; row < rows; row++)
        fill_row(e, row, &random);
    make_registry(e);
    e->fields[0] = codes_field("unit", NTM_TYPE_INT32, e->unit, 4, rows, e->names, UNITS);
    e->fields[1] = codes_field("source", NTM_TYPE_INT8, e->source, 1, rows, sources, of->sources);
    e->fields[2] = codes_field("programme", NTM_TYPE_INT8, e->programme, 1, rows, programmes, of->programmes);
    e->fields[3] = codes_field("year", NTM_TYPE_INT16, e->year, 2, rows, NULL, 0);
    e->fields[4] = (ntm_field){"amount", ntm_column_int64(e->amount, rows)};
    if (of->missing > 0) e->fields[4].column.validity = e->validity;
}

static void free_entries(entries *e) {
    free(e->unit);
    free(e->source);
    free(e->programme);
    free(e->year);
    free(e->amount);
    free(e->validity);
    free(e->sums);
    ntm_units_free(e->registry);
}

/* ------------------------------------------------------------------------------------------- the three ways */

static uint64_t read_words(const void *data, size_t bytes) {
    const uint64_t *words = data;
    uint64_t sums[4] = {0};
    for (size_t i = 0; i + 4 <= bytes / 8; i += 4)
        for (size_t j = 0; j < 4; j++)
            sums[j] += words[i + j];
    return sums[0] ^ sums[1] ^ sums[2] ^ sums[3];
}

static uint64_t read_only(const entries *e) {
    return read_words(e->unit, e->rows * 4) ^ read_words(e->source, e->rows) ^ read_words(e->programme, e->rows) ^
           read_words(e->year, e->rows * 2) ^ read_words(e->amount, e->rows * 8);
}

/* What a person would write for just this: a stretch of the rows into an array. */
static void plain_rows(int64_t *sums, const entries *e, size_t from, size_t to) {
    const size_t programme_count = e->of->programmes, source_count = e->of->sources, years = e->of->years;
    memset(sums, 0, e->cells * sizeof *sums);
    for (size_t i = from; i < to; i++)
        sums[(((size_t)e->unit[i] * source_count + (size_t)e->source[i]) * programme_count + (size_t)e->programme[i]) *
                 years +
             (size_t)(e->year[i] - YEAR)] += e->amount[i];
}

/* The rows from..to of the entries, by one thread: as a tally, or into an array of its own. */
typedef struct part {
    pthread_t thread;
    const entries *of;
    size_t from, to;
    ntm_cube_tally *tally;
    int64_t *sums;
} part;

static const ntm_side sides[] = {
    {"unit", "commune", true}, {"source", NULL, true}, {"programme", NULL, true}, {"date", "year", true}};

static ntm_ledger *ledger_of(const part *p, ntm_field fields[5], ntm_table *table) {
    static const size_t sizes[5] = {4, 1, 1, 2, 8};
    const entries *e = p->of;
    ntm_error err = NTM_ERROR_INIT;
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_ledger *ledger = NULL;
    for (size_t i = 0; i < 5; i++) {
        fields[i] = e->fields[i];
        fields[i].column.data = (const char *)fields[i].column.data + p->from * sizes[i];
        fields[i].column.length = p->to - p->from;
        fields[i].column.validity_offset = p->from;
    }
    *table = (ntm_table)NTM_TABLE_INIT;
    table->rows = p->to - p->from;
    table->fields = fields;
    table->field_count = 5;
    options.units = e->registry;
    options.echelon = NTM_ECHELON_COMMUNE;
    bench_need(ntm_ledger_new(&ledger, table, &options, &err), &err);
    return ledger;
}

static ntm_cube_options asked(void) {
    ntm_cube_options options = NTM_CUBE_OPTIONS_INIT;
    options.sides = sides;
    options.side_count = 4;
    return options;
}

static void *tally_part(void *context) {
    part *p = context;
    ntm_field fields[5];
    ntm_table table;
    ntm_error err = NTM_ERROR_INIT;
    ntm_cube_options options = asked();
    ntm_ledger *ledger = ledger_of(p, fields, &table);
    bench_need(ntm_cube_tally_new(&p->tally, ledger, &options, &err), &err);
    ntm_ledger_free(ledger);
    return NULL;
}

static void *add_part(void *context) {
    part *p = context;
    p->sums = bench_take(p->of->cells, sizeof *p->sums);
    plain_rows(p->sums, p->of, p->from, p->to);
    return NULL;
}

static void share(part parts[8], const entries *e, size_t threads, void *(*work)(void *)) {
    for (size_t i = 0; i < threads; i++) {
        parts[i] = (part){.of = e, .from = e->rows * i / threads, .to = e->rows * (i + 1) / threads};
        if (pthread_create(&parts[i].thread, NULL, work, &parts[i]) != 0) exit(1);
    }
    for (size_t i = 0; i < threads; i++)
        (void)pthread_join(parts[i].thread, NULL);
}

static uint64_t plain_loop(const entries *e, size_t threads) {
    part parts[8];
    if (threads == 1) {
        plain_rows(e->sums, e, 0, e->rows);
        return (uint64_t)e->sums[e->cells / 2];
    }
    share(parts, e, threads, add_part);
    for (size_t i = 1; i < threads; i++) {
        for (size_t cell = 0; cell < e->cells; cell++)
            parts[0].sums[cell] += parts[i].sums[cell];
        free(parts[i].sums);
    }
    uint64_t sum = (uint64_t)parts[0].sums[e->cells / 2];
    free(parts[0].sums);
    return sum;
}

/* Ledgers and tallies of parts of the rows, side by side, put together. */
static ntm_cube *cube_by_threads(const entries *e, size_t threads) {
    part parts[8];
    const ntm_cube_tally *tallies[8];
    ntm_cube_tally *whole = NULL;
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    share(parts, e, threads, tally_part);
    for (size_t i = 0; i < threads; i++)
        tallies[i] = parts[i].tally;
    bench_need(ntm_cube_tally_merge(&whole, tallies, threads, NULL, &err), &err);
    for (size_t i = 0; i < threads; i++)
        ntm_cube_tally_free(parts[i].tally);
    bench_need(ntm_cube_of(&cube, whole, NULL, &err), &err);
    ntm_cube_tally_free(whole);
    return cube;
}

/* Everything from the raw columns on. */
static uint64_t full_cube(const entries *e, size_t threads) {
    ntm_cube *cube = NULL;
    if (threads > 1) {
        cube = cube_by_threads(e, threads);
    } else {
        const part all = {.of = e, .from = 0, .to = e->rows};
        ntm_field fields[5];
        ntm_table table;
        ntm_error err = NTM_ERROR_INIT;
        ntm_cube_options options = asked();
        ntm_ledger *ledger = ledger_of(&all, fields, &table);
        bench_need(ntm_cube_new(&cube, ledger, &options, &err), &err);
        ntm_ledger_free(ledger);
    }
    uint64_t cells = ntm_cube_cells(cube);
    ntm_cube_free(cube);
    return cells;
}

static void measure(const entries *e, size_t threads, size_t pairs) {
    static volatile uint64_t sink;
    char name[160], beside[64];
    double seconds[PAIRS_MAX], again[PAIRS_MAX], reading[PAIRS_MAX], plain[PAIRS_MAX];
    for (size_t i = 0; i <= pairs; i++) { /* the first round warms up and is overwritten */
        size_t at = i == 0 ? 0 : i - 1;
        double start = bench_now();
        sink = read_only(e);
        reading[at] = bench_now() - start;
        start = bench_now();
        sink = plain_loop(e, threads);
        plain[at] = bench_now() - start;
        start = bench_now();
        sink = full_cube(e, threads);
        seconds[at] = again[at] = bench_now() - start;
    }
    (void)sink;
    (void)snprintf(name, sizeof name, "cube: %s, %zu threads", e->of->name, threads);
    (void)snprintf(beside, sizeof beside, "plain C loop, %zu threads", threads);
    bench_print(name, e->rows, e->bytes, seconds, "read-only pass, 1 thread", reading, pairs);
    bench_print(name, e->rows, e->bytes, again, beside, plain, pairs);
}

void bench_cube(size_t rows, size_t pairs, size_t only) {
    static const shape shapes[] = {
        {"660,000 cells, rows in any order", 4, 3, 5, false, false, 0, 0},
        {"660,000 cells, rows in any order, 3 % not reported, 1 % corrections", 4, 3, 5, false, false, 30, 10},
        {"2.6 M cells, rows in any order", 8, 6, 5, false, false, 0, 0},
        {"5.3 M cells, rows in any order", 8, 6, 10, false, false, 0, 0},
        {"2.6 M cells, rows by unit", 8, 6, 5, true, false, 0, 0},
        {"5.3 M cells, of which 1 in 800 occurs", 8, 6, 10, false, true, 0, 0},
    };
    entries *e = bench_take(1, sizeof *e);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (only != SIZE_MAX && i != only) continue;
        make_entries(e, &shapes[i], rows > 0 ? rows : 100000000);
        measure(e, 1, pairs);
        if (i == 0 || i == 2) measure(e, 2, pairs);
        free_entries(e);
    }
    free(e);
}
