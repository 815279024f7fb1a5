/* SPDX-License-Identifier: Apache-2.0 */
/* What the benchmarks share. */
#ifndef NTM_BENCH_H
#define NTM_BENCH_H

#include <stddef.h>
#include <stdint.h>

#include <ntm/ntm.h>

enum { PAIRS_MAX = 101 };

/* Zeroed memory, or the end of the program. */
void *bench_take(size_t count, size_t size);
/* Ends the program on an error. */
void bench_need(ntm_status status, const ntm_error *err);
/* A fixed sequence, so that every run measures the same data (xorshift64*). */
uint64_t bench_random(uint64_t *state);
double bench_now(void);
double bench_median(double *values, size_t count);

/* One line of JSON: medians, and the median of pairwise ratios. */
void bench_print(const char *name, size_t rows, size_t bytes, double *seconds, const char *reference,
                 double *reference_seconds, size_t pairs);

/* W2: Alkire-Foster over households with flags. `rows` 0 = the sizes of the report. */
void bench_poverty(size_t rows, size_t pairs);
/* W3: a ledger into a cube. `rows` 0 = 100 million; `only` one of its shapes, SIZE_MAX = all. */
void bench_cube(size_t rows, size_t pairs, size_t only);
/* W5: observations of the whole country. `rows` 0 = 120 months, or 12 where memory is short. */
void bench_observations(size_t rows, size_t pairs);
/* W6: facts of the whole country rolled up. */
void bench_rollup(size_t pairs);
/* W7: the registry of the whole country. */
void bench_units(size_t pairs);

#endif
