/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How fast a table is evaluated, next to only reading the same columns in the same run.
 *
 * One line of JSON per measurement: name, rows, bytes, seconds (median), reference (name), reference_seconds (median),
 * ratio (median of pairwise ratios), threads, peak_rss (bytes). Machines are noisy: quote the ratio.
 *
 *   bench [--work W1|W2|W3|W5|W6|W7] [--rows N] [--pairs N] [--case N]
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "bench.h"

enum { REALS = 30, INTS = 17, FLAGS = 10, INDICATORS = REALS + INTS + FLAGS, REGIONS = 7, YEARS = 5 };

static const char *const region_names[REGIONS] = {"TDMNPB", "DBSH", "BTB", "DHNTB", "TN", "DNB", "DBSCL"};
static const char *const year_names[YEARS] = {"2016", "2017", "2018", "2019", "2020"};

void *bench_take(size_t count, size_t size) {
    void *block = calloc(count, size);
    if (block == NULL) {
        fprintf(stderr, "no memory\n");
        exit(1);
    }
    return block;
}

void bench_need(ntm_status status, const ntm_error *err) {
    if (status == NTM_OK) return;
    fprintf(stderr, "%s: %s: %s\n", ntm_status_name(status), err->subject, err->message);
    exit(1);
}

uint64_t bench_random(uint64_t *state) {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717u;
}

/* ------------------------------------------------------------------------------------------- the set */

/* Half of the figures go by region, a quarter by region and year, the rest is one number. */
static ntm_figure make_figure(const char *id, size_t index, bool whole, ntm_figure_value *values, const char **keys) {
    static const char *const both[] = {"region", "year"};
    size_t axes = index % 4 == 0   ? 2
                  : index % 4 == 3 ? 0
                                   : 1,
           cells = axes == 2   ? REGIONS * YEARS
                   : axes == 1 ? REGIONS
                               : 1;
    for (size_t i = 0; i < cells; i++) {
        keys[2 * i] = region_names[axes == 2 ? i / YEARS : i % REGIONS];
        keys[2 * i + 1] = year_names[i % YEARS];
        memset(&values[i], 0, sizeof values[i]);
        values[i].keys = &keys[2 * i];
        values[i].value = (ntm_decimal){whole ? (int64_t)(400 + i) : (int64_t)(200 + i * 5), whole ? 0 : 1};
    }
    ntm_figure figure = {.id = id,
                         .unit = whole ? "house" : "km",
                         .axes = both,
                         .axis_count = axes,
                         .values = values,
                         .value_count = cells,
                         .citation = {.standing = NTM_UNVERIFIED}};
    return figure;
}

static void add_indicator(ntm_set_builder *b, size_t i, char *id, ntm_error *err) {
    bool flag = i >= REALS + INTS, whole = i >= REALS && !flag;
    ntm_fact fact = {.id = id,
                     .kind = flag    ? NTM_KIND_FLAG
                             : whole ? NTM_KIND_COUNT
                                     : NTM_KIND_AMOUNT,
                     .unit = flag    ? NULL
                             : whole ? "house"
                                     : "km"};
    bench_need(ntm_set_add_fact(b, &fact, err), err);
    ntm_node rule;
    if (flag) {
        bench_need(ntm_set_add_node(&rule, b, &(ntm_node_spec){.kind = NTM_ATTESTED, .name = id}, err), err);
    } else {
        ntm_figure_value values[REGIONS * YEARS];
        const char *keys[2 * REGIONS * YEARS];
        ntm_figure figure = make_figure(id, i, whole, values, keys);
        bench_need(ntm_set_add_figure(b, &figure, err), err);
        ntm_node sides[2];
        bench_need(ntm_set_add_node(&sides[0], b, &(ntm_node_spec){.kind = NTM_FACT, .name = id}, err), err);
        bench_need(ntm_set_add_node(&sides[1], b, &(ntm_node_spec){.kind = NTM_FIGURE, .name = id}, err), err);
        bench_need(ntm_set_add_node(&rule, b,
                                    &(ntm_node_spec){.kind = NTM_COMPARE,
                                                     .of = sides,
                                                     .of_count = 2,
                                                     .compare = i % 5 == 4 ? NTM_LESS_OR_EQUAL : NTM_MORE_OR_EQUAL},
                                    err),
                   err);
    }
    bench_need(ntm_set_add_indicator(b, &(ntm_indicator){.id = id, .rule = rule}, err), err);
}

static ntm_set *make_set(char ids[INDICATORS][8]) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_set_spec about = {
        .id = "bench",
        .programme = "ntm",
        .level = "commune",
        .tier = "standard",
        .place = "VN",
        .instrument = {.signed_on = NTM_DATE_NONE, .in_force_from = NTM_DATE_NONE, .in_force_to = NTM_DATE_NONE}};
    ntm_set_builder *b = NULL;
    bench_need(ntm_set_builder_new(&b, &about, NULL, NULL, NULL, &err), &err);
    bench_need(ntm_set_add_axis(b, &(ntm_axis){.id = "region", .values = region_names, .value_count = REGIONS}, &err),
               &err);
    bench_need(ntm_set_add_axis(b, &(ntm_axis){.id = "year", .values = year_names, .value_count = YEARS}, &err), &err);
    for (size_t i = 0; i < INDICATORS; i++) {
        if (i % 3 == 0) {
            char criterion[8];
            (void)snprintf(criterion, sizeof criterion, "c%zu", i / 3);
            bench_need(ntm_set_add_criterion(b, &(ntm_criterion){.id = criterion}, &err), &err);
        }
        (void)snprintf(ids[i], sizeof ids[i], "f%zu", i);
        add_indicator(b, i, ids[i], &err);
    }
    ntm_set *set = NULL;
    bench_need(ntm_set_builder_finish(&set, b, &err), &err);
    ntm_set_builder_free(b);
    return set;
}

/* ------------------------------------------------------------------------------------------- the data */

typedef struct data {
    size_t rows;
    ntm_field fields[INDICATORS + 2];
    size_t bytes; /* of the facts and their bitmaps: what the reference reads */
} data;

static void fill_column(ntm_field *field, size_t i, const char *id, size_t rows, uint64_t *random) {
    field->name = id;
    if (i < REALS) {
        double *values = bench_take(rows, sizeof *values);
        for (size_t r = 0; r < rows; r++)
            values[r] = (double)(bench_random(random) % 1000) / 10.0;
        field->column = ntm_column_double(values, rows);
    } else if (i < REALS + INTS) {
        int64_t *values = bench_take(rows, sizeof *values);
        for (size_t r = 0; r < rows; r++)
            values[r] = (int64_t)(bench_random(random) % 1000);
        field->column = ntm_column_int64(values, rows);
    } else {
        uint8_t *values = bench_take(rows, 1);
        for (size_t r = 0; r < rows; r++)
            values[r] = bench_random(random) % 10 != 0;
        field->column = ntm_column_bytes(values, rows);
    }
    uint8_t *validity = bench_take((rows + 63) / 64, 8);
    for (size_t r = 0; r < rows; r++)
        if (bench_random(random) % 100 >= 3) validity[r / 8] = (uint8_t)(validity[r / 8] | 1u << (r % 8));
    field->column.validity = validity;
}

/* Units stand by region inside a year, as they do in real tables; `mixed` throws the keys about instead. */
static void make_data(data *d, size_t rows, bool mixed, char ids[INDICATORS][8]) {
    uint64_t random = 88172645463325252u;
    d->rows = rows;
    d->bytes = (REALS + INTS) * 8 * rows + FLAGS * rows + INDICATORS * ((rows + 7) / 8) + 2 * 4 * rows;
    for (size_t i = 0; i < INDICATORS; i++)
        fill_column(&d->fields[i], i, ids[i], rows, &random);
    int32_t *region = bench_take(rows, sizeof *region), *year = bench_take(rows, sizeof *year);
    for (size_t r = 0; r < rows; r++) {
        region[r] = (int32_t)(mixed ? bench_random(&random) % REGIONS : r * YEARS % rows * REGIONS / rows);
        year[r] = (int32_t)(mixed ? bench_random(&random) % YEARS : r * YEARS / rows);
    }
    d->fields[INDICATORS] = (ntm_field){"region", ntm_column_codes(region, rows, region_names, REGIONS)};
    d->fields[INDICATORS + 1] = (ntm_field){"year", ntm_column_codes(year, rows, year_names, YEARS)};
}

static void free_data(data *d) {
    for (size_t i = 0; i < INDICATORS + 2; i++) {
        free((void *)(uintptr_t)d->fields[i].column.data);
        free((void *)(uintptr_t)d->fields[i].column.validity);
    }
}

/* ------------------------------------------------------------------------------------------- measuring */

double bench_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Reads every byte once, column by column, four words at a time so that nothing but memory is waited for. */
static uint64_t read_only(const data *d) {
    uint64_t sums[4] = {0};
    for (size_t i = 0; i < INDICATORS + 2; i++) { /* the keys are columns too */
        const ntm_column *column = &d->fields[i].column;
        size_t bitmap = column->validity == NULL ? 0 : (d->rows + 7) / 8 / 32;
        size_t sizes[2] = {d->rows * (size_t)column->stride_bytes / 32, bitmap};
        const uint64_t *words[2] = {column->data, (const uint64_t *)(const void *)column->validity};
        for (size_t k = 0; k < 2; k++)
            for (size_t w = 0; w < sizes[k]; w++)
                for (size_t j = 0; j < 4; j++)
                    sums[j] += words[k][4 * w + j];
    }
    return sums[0] ^ sums[1] ^ sums[2] ^ sums[3];
}

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

double bench_median(double *values, size_t count) {
    qsort(values, count, sizeof *values, compare_doubles);
    return values[count / 2];
}

void bench_print(const char *name, size_t rows, size_t bytes, double *seconds, const char *reference,
                 double *reference_seconds, size_t pairs) {
    double ratio[PAIRS_MAX];
    struct rusage usage;
    for (size_t i = 0; i < pairs; i++)
        ratio[i] = seconds[i] / reference_seconds[i];
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"name\": \"%s\", \"rows\": %zu, \"bytes\": %zu, \"seconds\": %.6f, \"reference\": \"%s\", "
           "\"reference_seconds\": %.6f, \"ratio\": %.3f, \"threads\": 1, \"peak_rss\": %lld}\n",
           name, rows, bytes, bench_median(seconds, pairs), reference, bench_median(reference_seconds, pairs),
           bench_median(ratio, pairs), (long long)usage.ru_maxrss * 1024);
    fflush(stdout);
}

/* What is done with the table. */
typedef enum job { EVALUATE, GAPS, MARGINS } job;

static void do_job(job what, const ntm_plan *plan, const ntm_table *table, ntm_keep keep) {
    ntm_error err = NTM_ERROR_INIT;
    if (what == EVALUATE) {
        ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
        options.keep = keep;
        ntm_attainment *result = NULL;
        bench_need(ntm_evaluate(&result, plan, table, &options, &err), &err);
        ntm_attainment_free(result);
        return;
    }
    ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
    options.gaps = what == GAPS;
    options.margins = what == MARGINS;
    ntm_gaps *gaps = NULL;
    bench_need(ntm_gaps_new(&gaps, plan, table, &options, &err), &err);
    ntm_gaps_free(gaps);
}

static void measure(const char *name, job what, const ntm_plan *plan, const data *d, ntm_keep keep, size_t pairs) {
    ntm_table table = NTM_TABLE_INIT;
    table.rows = d->rows;
    table.fields = d->fields;
    table.field_count = INDICATORS + 2;
    double seconds[PAIRS_MAX], reference[PAIRS_MAX];
    static volatile uint64_t sink;        /* keeps the reading alive */
    for (size_t i = 0; i <= pairs; i++) { /* the first pair warms up and is overwritten */
        size_t at = i == 0 ? 0 : i - 1;
        double start = bench_now();
        sink = read_only(d);
        double middle = bench_now();
        do_job(what, plan, &table, keep);
        seconds[at] = bench_now() - middle;
        reference[at] = middle - start;
    }
    (void)sink;
    bench_print(name, d->rows, d->bytes, seconds, "read-only pass", reference, pairs);
}

static void measure_rows(const ntm_set *set, char ids[INDICATORS][8], size_t rows, size_t pairs, size_t only) {
    static const struct {
        const char *name;
        job what;
        bool mixed;
        ntm_keep keep;
        ntm_kernels kernels;
    } cases[] = {
        {"evaluate: counts, bounds, status", EVALUATE, false, NTM_KEEP_STATUS, NTM_KERNELS_BEST},
        {"evaluate: counts, bounds, status; plain C kernels", EVALUATE, false, NTM_KEEP_STATUS, NTM_KERNELS_PLAIN},
        {"evaluate: every verdict kept", EVALUATE, false, NTM_KEEP_INDICATORS, NTM_KERNELS_BEST},
        {"evaluate: counts, bounds, status; regions and years in any order", EVALUATE, true, NTM_KEEP_STATUS,
         NTM_KERNELS_BEST},
        {"gaps of all rows", GAPS, false, NTM_KEEP_STATUS, NTM_KERNELS_BEST},
        {"margins of all rows", MARGINS, false, NTM_KEEP_STATUS, NTM_KERNELS_BEST},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (only != SIZE_MAX && i != only) continue;
        ntm_error err = NTM_ERROR_INIT;
        data d;
        make_data(&d, rows, cases[i].mixed, ids);
        ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
        options.on = ntm_date_ymd(2020, 2, 25);
        options.kernels = cases[i].kernels;
        ntm_plan *plan = NULL;
        bench_need(ntm_plan_new(&plan, set, &options, &err), &err);
        measure(cases[i].name, cases[i].what, plan, &d, cases[i].keep, pairs);
        ntm_plan_free(plan);
        free_data(&d);
    }
}

int main(int argc, char **argv) {
    size_t rows = 0, pairs = 7, only = SIZE_MAX;
    const char *work = "";
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--work") == 0) work = argv[i + 1];
        if (strcmp(argv[i], "--rows") == 0) rows = strtoull(argv[i + 1], NULL, 10);
        if (strcmp(argv[i], "--case") == 0) only = strtoull(argv[i + 1], NULL, 10);
        if (strcmp(argv[i], "--pairs") == 0) pairs = strtoull(argv[i + 1], NULL, 10);
    }
    if (pairs < 1 || pairs > PAIRS_MAX) pairs = 7;
    bool all = only == SIZE_MAX && work[0] == '\0';
    if (all || strcmp(work, "W2") == 0) bench_poverty(rows, pairs);
    if (all || strcmp(work, "W3") == 0) bench_cube(rows, pairs, only);
    if (all || strcmp(work, "W5") == 0) bench_observations(rows, pairs);
    if (all || strcmp(work, "W6") == 0) bench_rollup(pairs);
    if (all || strcmp(work, "W7") == 0) bench_units(pairs);
    if (work[0] != '\0' && strcmp(work, "W1") != 0) return 0;
    static char ids[INDICATORS][8];
    ntm_set *set = make_set(ids);
    static const size_t sizes[] = {105980, 1059800, 4239200};
    for (size_t i = 0; i < (rows > 0 ? 1 : sizeof sizes / sizeof sizes[0]); i++)
        measure_rows(set, ids, rows > 0 ? rows : sizes[i], pairs, only);
    ntm_set_free(set);
    return 0;
}
