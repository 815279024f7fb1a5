/* SPDX-License-Identifier: Apache-2.0 */
/*
 * W6: the communes of the whole country over ten years of months, 60 counts, 3 % of each missing, across the reform of 2025
 * to the new communes and up to the provinces; and from months to years. Next to only reading the same columns, and next to a plain C
 * loop that scatters the same numbers into the same targets without looking at what is missing, too large or negative.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { OLD = 10035, NEW = 3321, PROVINCES = 34, MONTHS = 120, FACTS = 60, DIVIDED = 1012 };

typedef struct country {
    size_t rows;
    int64_t *values[FACTS];
    uint8_t *validity[FACTS];
    ntm_field fields[FACTS];
    ntm_fact facts[FACTS];
    const ntm_fact *list[FACTS];
    char names[FACTS][8];
    size_t bytes;
    uint32_t to_new[OLD], to_province[NEW];
    int64_t *sums; /* of the plain loop */
} country;

static void make_country(country *c) {
    uint64_t random = 88172645463325252u;
    c->rows = (size_t)OLD * MONTHS;
    c->bytes = FACTS * (c->rows * 8 + c->rows / 8);
    c->sums = bench_take((size_t)NEW * MONTHS + (size_t)PROVINCES * MONTHS, sizeof *c->sums);
    for (uint32_t i = 0; i < OLD; i++)
        c->to_new[i] = i < NEW ? i : (uint32_t)(bench_random(&random) % NEW);
    for (uint32_t i = 0; i < NEW; i++)
        c->to_province[i] = i * PROVINCES / NEW;
    for (size_t f = 0; f < FACTS; f++) {
        c->values[f] = bench_take(c->rows, sizeof(int64_t));
        c->validity[f] = bench_take((c->rows + 63) / 64, 8);
        for (size_t r = 0; r < c->rows; r++) {
            uint64_t draw = bench_random(&random);
            c->values[f][r] = (int64_t)(draw % 10000);
            if (draw >> 32 & 31) c->validity[f][r / 8] = (uint8_t)(c->validity[f][r / 8] | 1u << r % 8);
        }
        (void)snprintf(c->names[f], sizeof c->names[f], "f%zu", f);
        c->fields[f] = (ntm_field){c->names[f], ntm_column_int64(c->values[f], c->rows)};
        c->fields[f].column.validity = c->validity[f];
        c->facts[f] = (ntm_fact){.id = c->names[f],
                                 .kind = NTM_KIND_COUNT,
                                 .unit = "person",
                                 .merge = NTM_MERGE_SUM,
                                 .over_time = NTM_TIME_FLOW};
        c->list[f] = &c->facts[f];
    }
}

static void free_country(country *c) {
    for (size_t f = 0; f < FACTS; f++) {
        free(c->values[f]);
        free(c->validity[f]);
    }
    free(c->sums);
}

/* Across the reform; `divided` puts a tenth of the communes into two new ones each, by weights. */
static ntm_rollup *reform(const country *c, bool divided) {
    static ntm_rollup_part parts[OLD + DIVIDED];
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *rollup = NULL;
    size_t count = 0;
    for (uint32_t i = 0; i < OLD; i++) {
        bool two = divided && count < OLD + i && i % 9 == 4 && count - i < DIVIDED;
        parts[count++] = (ntm_rollup_part){i, c->to_new[i], two, two, {(int64_t)i + 7, 0}};
        if (two) parts[count++] = (ntm_rollup_part){i, (c->to_new[i] + 1) % NEW, true, true, {1000, 0}};
    }
    bench_need(ntm_rollup_new(&rollup, parts, count, OLD, NEW, NULL, &err), &err);
    return rollup;
}

static ntm_rollup *up(const country *c, ntm_rollup *first) {
    static ntm_rollup_part parts[NEW];
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *stages[2] = {first, NULL}, *rollup = NULL;
    for (uint32_t i = 0; i < NEW; i++)
        parts[i] = (ntm_rollup_part){i, c->to_province[i], false, false, {0, 0}};
    bench_need(ntm_rollup_new(&stages[1], parts, NEW, NEW, PROVINCES, NULL, &err), &err);
    bench_need(ntm_rollup_chain(&rollup, (const ntm_rollup *const *)stages, 2, NULL, &err), &err);
    ntm_rollup_free(stages[0]);
    ntm_rollup_free(stages[1]);
    return rollup;
}

static ntm_rollup *years(void) {
    uint32_t groups[MONTHS];
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *rollup = NULL;
    for (uint32_t m = 0; m < MONTHS; m++)
        groups[m] = m / 12;
    bench_need(ntm_rollup_over_periods(&rollup, OLD, groups, MONTHS, MONTHS / 12, NULL, &err), &err);
    return rollup;
}

static uint64_t read_only(const country *c) {
    uint64_t sums[4] = {0};
    for (size_t f = 0; f < FACTS; f++) {
        const uint64_t *values = (const uint64_t *)(const void *)c->values[f];
        const uint64_t *bits = (const uint64_t *)(const void *)c->validity[f];
        for (size_t r = 0; r + 4 <= c->rows; r += 4)
            for (size_t j = 0; j < 4; j++)
                sums[j] += values[r + j];
        for (size_t w = 0; w < c->rows / 64; w++)
            sums[w % 4] += bits[w];
    }
    return sums[0] ^ sums[1] ^ sums[2] ^ sums[3];
}

/* What a person would write for just this. */
static int64_t scatter(const country *c, bool over_time, bool to_provinces) {
    int64_t seen = 0;
    for (size_t f = 0; f < FACTS; f++) {
        size_t targets = (size_t)NEW * MONTHS;
        memset(c->sums, 0, (targets + (size_t)PROVINCES * MONTHS) * sizeof *c->sums);
        for (size_t m = 0; m < MONTHS; m++) {
            const int64_t *values = c->values[f] + m * OLD;
            int64_t *sums = over_time ? c->sums + m / 12 * OLD : c->sums + m * NEW;
            for (size_t i = 0; i < OLD; i++)
                sums[over_time ? i : c->to_new[i]] += values[i];
            for (size_t i = 0; i < NEW && to_provinces; i++)
                c->sums[targets + m * PROVINCES + c->to_province[i]] += sums[i];
        }
        seen += c->sums[f];
    }
    return seen;
}

static void measure(const country *c, const char *name, const ntm_rollup *rollup, bool over_time, bool to_provinces,
                    size_t pairs) {
    static volatile uint64_t sink;
    ntm_error err = NTM_ERROR_INIT;
    ntm_table table = NTM_TABLE_INIT;
    double seconds[PAIRS_MAX], again[PAIRS_MAX], reading[PAIRS_MAX], plain[PAIRS_MAX];
    table.rows = c->rows;
    table.fields = c->fields;
    table.field_count = FACTS;
    for (size_t i = 0; i <= pairs; i++) { /* the first round warms up and is overwritten */
        size_t at = i == 0 ? 0 : i - 1;
        double start = bench_now();
        sink = read_only(c);
        reading[at] = bench_now() - start;
        start = bench_now();
        sink = (uint64_t)scatter(c, over_time, to_provinces);
        plain[at] = bench_now() - start;
        start = bench_now();
        ntm_rolled *rolled = NULL;
        bench_need(ntm_rolled_new(&rolled, rollup, c->list, FACTS, &table, NULL, &err), &err);
        seconds[at] = again[at] = bench_now() - start;
        ntm_rolled_free(rolled);
    }
    (void)sink;
    bench_print(name, c->rows, c->bytes, seconds, "read-only pass", reading, pairs);
    bench_print(name, c->rows, c->bytes, again, "plain C loop", plain, pairs);
}

void bench_rollup(size_t pairs) {
    country *c = bench_take(1, sizeof *c);
    make_country(c);
    ntm_rollup *rollup = reform(c, false);
    measure(c, "roll-up: old communes to new ones", rollup, false, false, pairs);
    rollup = up(c, rollup);
    measure(c, "roll-up: old communes to new ones to provinces", rollup, false, true, pairs);
    ntm_rollup_free(rollup);
    rollup = up(c, reform(c, true));
    measure(c, "roll-up: old communes to new ones to provinces, 1,012 divided by weights", rollup, false, true, pairs);
    ntm_rollup_free(rollup);
    rollup = years();
    measure(c, "roll-up: months to years", rollup, true, false, pairs);
    ntm_rollup_free(rollup);
    free_country(c);
    free(c);
}
