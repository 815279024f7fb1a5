/* SPDX-License-Identifier: Apache-2.0 */
/*
 * W5: observations of the whole country: 10,035 units x 60 facts x months, in the order in which reports come in (month by
 * month, unit by unit) with 3 % corrected a month later, and in any order. Making the store, a view of one month and views
 * of all months, each next to only reading the columns of the long table (of one month: that part of them).
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

enum { UNITS = 10035, FACTS = 60, MONTHS = 120, FEW_MONTHS = 12, FIRST_DAY = 16801 /* 2016-01-01 */ };

typedef struct notes {
    size_t rows, months;
    int32_t *units, *recorded_on;
    int8_t *facts, *periods;
    int64_t *values;
    ntm_field fields[5];
} notes;

static char unit_texts[UNITS][8], fact_texts[FACTS][8], month_texts[MONTHS][8];
static const char *unit_names[UNITS], *fact_names[FACTS], *month_names[MONTHS];

/* What the store asks for, so that its memory is known to the byte. */
typedef struct counting {
    size_t now, peak;
} counting;

static void *take(void *context, size_t size) {
    counting *c = context;
    void *block = malloc(size);
    if (block != NULL) c->now += size;
    if (c->now > c->peak) c->peak = c->now;
    return block;
}

static void *retake(void *context, void *block, size_t old_size, size_t new_size) {
    counting *c = context;
    void *larger = realloc(block, new_size);
    if (larger != NULL) c->now += new_size - old_size;
    if (c->now > c->peak) c->peak = c->now;
    return larger;
}

static void give(void *context, void *block, size_t size) {
    ((counting *)context)->now -= size;
    free(block);
}

static void put(notes *n, size_t row, size_t unit, size_t fact, size_t month, int64_t value, bool again) {
    n->units[row] = (int32_t)unit;
    n->facts[row] = (int8_t)fact;
    n->periods[row] = (int8_t)month;
    n->values[row] = value;
    n->recorded_on[row] = (int32_t)(FIRST_DAY + 30 * (month + 1 + again) + unit % 20);
}

static void swap_rows(notes *n, size_t a, size_t b) {
    int32_t unit = n->units[a], day = n->recorded_on[a];
    int8_t fact = n->facts[a], period = n->periods[a];
    int64_t value = n->values[a];
    n->units[a] = n->units[b], n->recorded_on[a] = n->recorded_on[b], n->facts[a] = n->facts[b];
    n->periods[a] = n->periods[b], n->values[a] = n->values[b];
    n->units[b] = unit, n->recorded_on[b] = day, n->facts[b] = fact, n->periods[b] = period, n->values[b] = value;
}

static ntm_column codes8(const int8_t *data, size_t rows, const char *const *names, size_t count) {
    ntm_column column = NTM_COLUMN_INIT;
    column.type = NTM_TYPE_INT8;
    column.data = data;
    column.stride_bytes = 1;
    column.length = rows;
    column.categories = names;
    column.category_count = count;
    return column;
}

static void make_notes(notes *n, size_t months, bool mixed) {
    uint64_t random = 88172645463325252u;
    size_t room = UNITS * FACTS * months * 104 / 100, row = 0;
    memset(n, 0, sizeof *n);
    n->months = months;
    n->units = bench_take(room, sizeof *n->units);
    n->recorded_on = bench_take(room, sizeof *n->recorded_on);
    n->facts = bench_take(room, 1);
    n->periods = bench_take(room, 1);
    n->values = bench_take(room, sizeof *n->values);
    for (size_t month = 0; month < months; month++)
        for (size_t unit = 0; unit < UNITS; unit++)
            for (size_t fact = 0; fact < FACTS; fact++) {
                uint64_t draw = bench_random(&random);
                put(n, row++, unit, fact, month, (int64_t)(draw % 100000), false);
                if (draw / 100000 % 100 < 3 && month > 0)
                    put(n, row++, unit, fact, month - 1, (int64_t)(draw % 1000), true);
            }
    n->rows = row;
    for (size_t i = row; mixed && i > 1; i--)
        swap_rows(n, i - 1, bench_random(&random) % i);
    n->fields[0] = (ntm_field){"unit", ntm_column_codes(n->units, row, unit_names, UNITS)};
    n->fields[1] = (ntm_field){"fact", codes8(n->facts, row, fact_names, FACTS)};
    n->fields[2] = (ntm_field){"period", codes8(n->periods, row, month_names, MONTHS)};
    n->fields[3] = (ntm_field){"value", ntm_column_int64(n->values, row)};
    n->fields[4] = (ntm_field){"recorded_on", ntm_column_codes(n->recorded_on, row, NULL, 0)};
}

static void free_notes(notes *n) {
    free(n->units);
    free(n->recorded_on);
    free(n->facts);
    free(n->periods);
    free(n->values);
}

static uint64_t read_bytes(const void *data, size_t bytes) {
    const uint64_t *words = data;
    uint64_t sums[4] = {0};
    for (size_t w = 0; w + 4 <= bytes / 8; w += 4)
        for (size_t j = 0; j < 4; j++)
            sums[j] += words[w + j];
    return sums[0] ^ sums[1] ^ sums[2] ^ sums[3];
}

/* All rows, or the first so many. */
static uint64_t read_only(const notes *n, size_t rows) {
    return read_bytes(n->units, 4 * rows) ^ read_bytes(n->recorded_on, 4 * rows) ^ read_bytes(n->facts, rows) ^
           read_bytes(n->periods, rows) ^ read_bytes(n->values, 8 * rows);
}

enum { ROW_BYTES = 18 };

static ntm_observations *make_store(const notes *n, const ntm_allocator *allocator) {
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_table table = NTM_TABLE_INIT;
    table.rows = n->rows;
    table.fields = n->fields;
    table.field_count = 5;
    options.allocator = allocator;
    bench_need(ntm_observations_new(&store, &table, &options, &err), &err);
    return store;
}

/* Views of so many months, one after the other. */
static void make_views(const notes *n, const ntm_observations *store, size_t months) {
    for (size_t month = n->months - months; month < n->months; month++) {
        ntm_observed_options options = NTM_OBSERVED_OPTIONS_INIT;
        ntm_view *view = NULL;
        ntm_error err = NTM_ERROR_INIT;
        options.periods = &month_names[month];
        options.period_count = 1;
        options.known_on = FIRST_DAY + 30 * (ntm_date)(month + 2);
        bench_need(ntm_view_new(&view, store, &options, &err), &err);
        ntm_view_free(view);
    }
}

static void measure(const char *order, const notes *n, size_t pairs) {
    static const char *const works[] = {"making the store", "a view of one month", "views of all months, one by one"};
    counting memory = {0, 0};
    const ntm_allocator allocator = {take, retake, give, &memory};
    double seconds[PAIRS_MAX], reading[PAIRS_MAX];
    static volatile uint64_t sink;
    char name[128];
    ntm_observations *store = make_store(n, &allocator);
    printf("{\"name\": \"observations %s: memory\", \"rows\": %zu, \"store_bytes_per_row\": %.2f, "
           "\"making_bytes_per_row\": %.2f}\n",
           order, n->rows, (double)memory.now / (double)n->rows, (double)memory.peak / (double)n->rows);
    for (size_t work = 0; work < 3; work++) {
        size_t rows = work == 1 ? n->rows / n->months : n->rows;
        size_t rounds = work == 0 && pairs > 3 ? 3 : pairs;
        for (size_t i = 0; i <= rounds; i++) { /* the first round warms up and is overwritten */
            size_t at = i == 0 ? 0 : i - 1;
            double start = bench_now();
            sink = read_only(n, rows);
            double middle = bench_now();
            if (work == 0)
                ntm_observations_free(make_store(n, NULL));
            else
                make_views(n, store, work == 1 ? 1 : n->months);
            seconds[at] = bench_now() - middle;
            reading[at] = middle - start;
        }
        (void)snprintf(name, sizeof name, "observations %s: %s", order, works[work]);
        bench_print(name, rows, rows * ROW_BYTES, seconds, "read-only pass", reading, rounds);
    }
    (void)sink;
    ntm_observations_free(store);
}

void bench_observations(size_t rows, size_t pairs) {
    size_t months = rows / (UNITS * FACTS),
           free_bytes = (size_t)sysconf(_SC_AVPHYS_PAGES) * (size_t)sysconf(_SC_PAGESIZE);
    size_t needed = (size_t)UNITS * FACTS * MONTHS * 56;
    for (size_t i = 0; i < UNITS; i++) {
        (void)snprintf(unit_texts[i], sizeof unit_texts[i], "%05zu", i * 3);
        unit_names[i] = unit_texts[i];
    }
    for (size_t i = 0; i < FACTS; i++) {
        (void)snprintf(fact_texts[i], sizeof fact_texts[i], "f%zu", i);
        fact_names[i] = fact_texts[i];
    }
    for (size_t i = 0; i < MONTHS; i++) {
        (void)snprintf(month_texts[i], sizeof month_texts[i], "%04zu-%02zu", 2016 + i / 12, i % 12 + 1);
        month_names[i] = month_texts[i];
    }
    if (rows == 0) months = free_bytes > needed ? MONTHS : FEW_MONTHS;
    if (rows == 0 && months == FEW_MONTHS)
        fprintf(stderr, "observations: %d months in place of %d, which need %zu GB of free memory\n", FEW_MONTHS,
                MONTHS, needed / 1000000000 + 1);
    if (months < 1) months = 1;
    if (months > MONTHS) months = MONTHS;
    notes n;
    make_notes(&n, months, false);
    measure("as they come in", &n, pairs);
    free_notes(&n);
    make_notes(&n, months < FEW_MONTHS ? months : FEW_MONTHS, true);
    measure("in any order", &n, pairs);
    free_notes(&n);
}
