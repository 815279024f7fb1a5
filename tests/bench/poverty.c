/* SPDX-License-Identifier: Apache-2.0 */
/*
 * W2: H, A, M0, raw and censored headcounts of households with 12 flags as bitmaps, by province and area. Next to only
 * reading the same columns, and next to a plain C loop written for this table alone, in the same run. The households lie
 * in any order of provinces, or province by province with their areas mixed; 3 % of a flag missing in one case more.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { FLAGS = 12, PROVINCES = 63, AREAS = 2, CUTOFF = 3, FIELDS = FLAGS + 2, PATTERNS = 1 << FLAGS };

typedef struct households {
    size_t rows, words;
    uint64_t *flags[FLAGS];
    uint64_t *validity[FLAGS]; /* NULL = all reported */
    int8_t *province, *area;
    size_t bytes;
    ntm_field fields[FIELDS];
} households;

static const char *const area_names[AREAS] = {"rural", "urban"};
static char province_texts[PROVINCES][8];
static const char *province_names[PROVINCES];
static const char *const flag_names[FLAGS] = {"f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11"};

static ntm_column codes(const int8_t *data, size_t rows, const char *const *names, size_t count) {
    ntm_column column = NTM_COLUMN_INIT;
    column.type = NTM_TYPE_INT8;
    column.data = data;
    column.stride_bytes = 1;
    column.length = rows;
    column.categories = names;
    column.category_count = count;
    return column;
}

static void make_households(households *h, size_t rows, bool sorted, bool missing) {
    uint64_t random = 88172645463325252u;
    memset(h, 0, sizeof *h);
    h->rows = rows;
    h->words = (rows + 63) / 64;
    h->province = bench_take(rows, 1);
    h->area = bench_take(rows, 1);
    h->bytes = 2 * rows + FLAGS * h->words * 8 * (missing ? 2 : 1);
    for (size_t r = 0; r < rows; r++) {
        h->province[r] = (int8_t)(sorted ? r * PROVINCES / rows : bench_random(&random) % PROVINCES);
        h->area[r] = (int8_t)(bench_random(&random) % 3 == 0);
    }
    for (size_t j = 0; j < FLAGS; j++) {
        ntm_column column = NTM_COLUMN_INIT;
        h->flags[j] = bench_take(h->words, 8);
        if (missing) h->validity[j] = bench_take(h->words, 8);
        for (size_t r = 0; r < rows; r++) {
            uint64_t draw = bench_random(&random);
            if (draw % 100 < 5 + 2 * j) h->flags[j][r / 64] |= (uint64_t)1 << r % 64;
            if (missing && draw / 128 % 100 >= 3) h->validity[j][r / 64] |= (uint64_t)1 << r % 64;
        }
        column.type = NTM_TYPE_BITS;
        column.data = h->flags[j];
        column.length = rows;
        column.validity = (const uint8_t *)h->validity[j];
        h->fields[j] = (ntm_field){flag_names[j], column};
    }
    h->fields[FLAGS] = (ntm_field){"province", codes(h->province, rows, province_names, PROVINCES)};
    h->fields[FLAGS + 1] = (ntm_field){"area", codes(h->area, rows, area_names, AREAS)};
}

static void free_households(households *h) {
    for (size_t j = 0; j < FLAGS; j++) {
        free(h->flags[j]);
        free(h->validity[j]);
    }
    free(h->province);
    free(h->area);
}

static uint64_t read_words(const uint64_t *words, size_t count) {
    uint64_t sums[4] = {0};
    for (size_t w = 0; w + 4 <= count; w += 4)
        for (size_t j = 0; j < 4; j++)
            sums[j] += words[w + j];
    return sums[0] ^ sums[1] ^ sums[2] ^ sums[3];
}

static uint64_t read_only(const households *h) {
    uint64_t seen = read_words((const uint64_t *)(const void *)h->province, h->rows / 8) ^
                    read_words((const uint64_t *)(const void *)h->area, h->rows / 8);
    for (size_t j = 0; j < FLAGS; j++) {
        seen ^= read_words(h->flags[j], h->words);
        if (h->validity[j] != NULL) seen ^= read_words(h->validity[j], h->words);
    }
    return seen;
}

/* What a person would write for just this: the pattern of each household, counted by group; then the measures of each
   pattern. */
typedef struct prototype {
    uint32_t counts[PROVINCES * AREAS][PATTERNS];
    uint64_t n[PROVINCES * AREAS], q[PROVINCES * AREAS], score[PROVINCES * AREAS];
    uint64_t raw[PROVINCES * AREAS][FLAGS], censored[PROVINCES * AREAS][FLAGS];
} prototype;

static void prototype_group(prototype *p, size_t g) {
    for (size_t pattern = 0; pattern < PATTERNS; pattern++) {
        uint64_t count = p->counts[g][pattern], deprivations = 0;
        if (count == 0) continue;
        for (size_t j = 0; j < FLAGS; j++)
            deprivations += pattern >> j & 1;
        bool poor = deprivations >= CUTOFF;
        p->n[g] += count;
        p->q[g] += poor ? count : 0;
        p->score[g] += poor ? count * deprivations : 0;
        for (size_t j = 0; j < FLAGS; j++) {
            p->raw[g][j] += (pattern >> j & 1) * count;
            p->censored[g][j] += poor ? (pattern >> j & 1) * count : 0;
        }
    }
}

/* Sixty-four patterns at a time: eight rows by one look into a table per flag. */
static void patterns_of(uint16_t out[64], const households *h, size_t w, const uint64_t spread[256]) {
    for (size_t i = 0; i < 8; i++) {
        uint64_t low = 0, high = 0;
        uint8_t bytes[2][8];
        for (size_t j = 0; j < 8; j++)
            low |= spread[h->flags[j][w] >> 8 * i & 0xff] << j;
        for (size_t j = 8; j < FLAGS; j++)
            high |= spread[h->flags[j][w] >> 8 * i & 0xff] << (j - 8);
        memcpy(bytes[0], &low, 8);
        memcpy(bytes[1], &high, 8);
        for (size_t r = 0; r < 8; r++)
            out[8 * i + r] = (uint16_t)(bytes[0][r] | bytes[1][r] << 8);
    }
}

static void run_prototype(prototype *p, const households *h) {
    uint64_t spread[256] = {0};
    for (unsigned byte = 0; byte < 256; byte++)
        for (unsigned bit = 0; bit < 8; bit++)
            spread[byte] |= (uint64_t)(byte >> bit & 1) << 8 * bit;
    memset(p, 0, sizeof *p);
    for (size_t w = 0; w < h->words; w++) {
        uint16_t patterns[64];
        size_t end = 64 * w + 64 < h->rows ? 64 : h->rows - 64 * w;
        patterns_of(patterns, h, w, spread);
        for (size_t i = 0; i < end; i++)
            p->counts[h->province[64 * w + i] * AREAS + h->area[64 * w + i]][patterns[i]]++;
    }
    for (size_t g = 0; g < PROVINCES * AREAS; g++)
        prototype_group(p, g);
}

static ntm_poverty *run_library(const households *h) {
    static const char *const groups[] = {"province", "area"};
    ntm_error err = NTM_ERROR_INIT;
    ntm_poverty *result = NULL;
    ntm_table table = NTM_TABLE_INIT;
    ntm_deprivation indicators[FLAGS];
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    table.rows = h->rows;
    table.fields = h->fields;
    table.field_count = FIELDS;
    for (size_t j = 0; j < FLAGS; j++)
        indicators[j] = (ntm_deprivation){flag_names[j], NTM_DEPRIVED_FLAG, {0, 0}, {1, FLAGS}, false};
    options.cutoff_count = CUTOFF;
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    options.groups = groups;
    options.group_count = 2;
    bench_need(ntm_poverty_measure(&result, &table, indicators, FLAGS, &options, &err), &err);
    return result;
}

/* Both have to say the same, or the times mean nothing. */
static void compare(const ntm_poverty *result, const prototype *p) {
    ntm_error err = NTM_ERROR_INIT;
    uint64_t n = 0, q = 0, score = 0;
    ntm_measured h, m0;
    for (size_t g = 0; g < PROVINCES * AREAS; g++) {
        n += p->n[g];
        q += p->q[g];
        score += p->score[g];
    }
    bench_need(ntm_poverty_get(&h, result, NTM_TOTAL, NTM_MEASURE_H, 0, &err), &err);
    bench_need(ntm_poverty_get(&m0, result, NTM_TOTAL, NTM_MEASURE_M0, 0, &err), &err);
    if ((uint64_t)h.least.numerator * (n / (uint64_t)h.least.denominator) != q ||
        (uint64_t)m0.least.numerator * (n * FLAGS / (uint64_t)m0.least.denominator) != score) {
        fprintf(stderr, "the library and the plain loop disagree\n");
        exit(1);
    }
}

static void measure(const char *name, const households *h, size_t pairs, bool with_prototype) {
    static volatile uint64_t sink;
    static char long_name[128];
    prototype *p = bench_take(1, sizeof *p);
    double seconds[PAIRS_MAX], again[PAIRS_MAX], reading[PAIRS_MAX], plain[PAIRS_MAX];
    for (size_t i = 0; i <= pairs; i++) { /* the first round warms up and is overwritten */
        size_t at = i == 0 ? 0 : i - 1;
        double start = bench_now();
        sink = read_only(h);
        reading[at] = bench_now() - start;
        if (with_prototype) run_prototype(p, h);
        plain[at] = bench_now() - start - reading[at];
        start = bench_now();
        ntm_poverty *result = run_library(h);
        seconds[at] = again[at] = bench_now() - start;
        if (with_prototype) compare(result, p);
        ntm_poverty_free(result);
    }
    (void)sink;
    (void)snprintf(long_name, sizeof long_name, "poverty: %s", name);
    bench_print(long_name, h->rows, h->bytes, seconds, "read-only pass", reading, pairs);
    if (with_prototype) bench_print(long_name, h->rows, h->bytes, again, "plain C loop", plain, pairs);
    free(p);
}

void bench_poverty(size_t rows, size_t pairs) {
    static const struct {
        const char *name;
        bool sorted, missing;
    } cases[] = {{"households in any order", false, false},
                 {"households province by province", true, false},
                 {"households in any order, 3 % of each flag missing, bounds", false, true}};
    for (size_t i = 0; i < PROVINCES; i++) {
        (void)snprintf(province_texts[i], sizeof province_texts[i], "p%02zu", i);
        province_names[i] = province_texts[i];
    }
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        households h;
        make_households(&h, rows > 0 ? rows : 27000000, cases[i].sorted, cases[i].missing);
        measure(cases[i].name, &h, pairs, !cases[i].missing);
        free_households(&h);
    }
}
