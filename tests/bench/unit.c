/* SPDX-License-Identifier: Apache-2.0 */
/* W7: the registry of the whole country, from the files of the example: making it, finding every code on a day, what
 * became of every unit. The reference is a read-only pass over the bytes of the file of units. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

static const char units_path[] = "examples/data/viet-nam-2025-07/units.csv";
static const char edges_path[] = "examples/data/viet-nam-2025-07/succession.csv";

/* The bytes of a file; NULL when it is not there (the bench is started from elsewhere). */
static unsigned char *read_bytes(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    (void)fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = bench_take(*size, 1);
    *size = fread(bytes, 1, *size, file);
    (void)fclose(file);
    return bytes;
}

static double time_pass(const unsigned char *bytes, size_t size) {
    double start = bench_now();
    uint64_t sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += bytes[i];
    volatile uint64_t sink = sum;
    (void)sink;
    return bench_now() - start;
}

enum { OPEN, FIND, BECAME, CASES };

static double time_case(int which, const ntm_units *units) {
    ntm_error err = NTM_ERROR_INIT;
    double start = bench_now();
    if (which == OPEN) {
        ntm_units *made = NULL;
        bench_need(ntm_units_open(&made, units_path, edges_path, NULL, NULL, &err), &err);
        ntm_units_free(made);
        return bench_now() - start;
    }
    for (ntm_unit unit = 0; unit < ntm_units_count(units); unit++) {
        const ntm_unit_row *row = ntm_units_row(units, unit);
        ntm_unit found = NTM_NO_UNIT;
        ntm_unit_part parts[64];
        size_t count = 0;
        if (which == FIND)
            bench_need(ntm_units_find(&found, units, row->code, row->echelon, row->from, &err), &err);
        else
            bench_need(ntm_units_became(parts, &count, 64, units, unit, NTM_DATE_NONE, NTM_DATE_NONE, &err), &err);
    }
    return bench_now() - start;
}

void bench_units(size_t pairs) {
    static const char *const names[CASES] = {"units: open both files, check, index",
                                             "units: find every code on its day", "units: what became of every unit"};
    double seconds[PAIRS_MAX], reference[PAIRS_MAX];
    ntm_error err = NTM_ERROR_INIT;
    ntm_units *units = NULL;
    size_t size = 0;
    unsigned char *bytes = read_bytes(units_path, &size);
    if (bytes == NULL) {
        fprintf(stderr, "units: %s is not there; start from the project's folder\n", units_path);
        return;
    }
    bench_need(ntm_units_open(&units, units_path, edges_path, NULL, NULL, &err), &err);
    for (int which = 0; which < CASES; which++) {
        for (size_t at = 0; at < pairs; at++) {
            reference[at] = time_pass(bytes, size);
            seconds[at] = time_case(which, units);
        }
        bench_print(names[which], ntm_units_count(units), size, seconds, "read-only pass", reference, pairs);
    }
    ntm_units_free(units);
    free(bytes);
}
