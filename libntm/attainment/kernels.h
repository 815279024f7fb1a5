/* SPDX-License-Identifier: Apache-2.0 */
/* The innermost loops: columns in, bitmaps out. Each has a plain form and, where the machine allows, faster ones. */
#ifndef NTM_I_KERNELS_H
#define NTM_I_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a value is asked for. "More" and "less" are turned into these with the next threshold. */
typedef enum ntm_i_test { NTM_I_AT_LEAST = 0, NTM_I_AT_MOST = 1, NTM_I_EQUAL = 2 } ntm_i_test;

/* Sets bit i of `out` where x[i] passes against t[0] ("one") or t[i] ("each"). Writes (n + 63) / 64 words; bits from n
   on are 0. */
typedef void ntm_i_test_int(uint64_t *out, const int64_t *x, const int64_t *t, size_t n);
typedef void ntm_i_test_real(uint64_t *out, const double *x, const double *t, size_t n);

typedef struct ntm_i_kernels {
    const char *name;
    ntm_i_test_int *int_one[3];
    ntm_i_test_int *int_each[3];
    ntm_i_test_real *real_one[3];
    ntm_i_test_real *real_each[3];
    /* Whether every x[i] whose bit in `valid` is set lies in [least, most]; NaN lies nowhere. Meanwhile memory from
       `ahead` on, as much as is looked at, is fetched into the cache: the column that comes next. NULL fetches
       nothing. */
    bool (*int_within)(const int64_t *x, const uint64_t *valid, int64_t least, int64_t most, size_t n,
                       const char *ahead);
    bool (*real_within)(const double *x, const uint64_t *valid, double least, double most, size_t n, const char *ahead);
    /* out[i] = table[keys[i]]; `table` has room for `cells` values rounded up to a multiple of 64. */
    void (*spread)(uint64_t *out, const uint64_t *table, size_t cells, const uint32_t *keys, size_t n);
    /* Packs bytes into bits; false when one is neither 0 nor 1 (whether reported or not is looked at later). */
    bool (*pack_bytes)(uint64_t *out, const uint8_t *x, size_t n);
} ntm_i_kernels;

extern const ntm_i_kernels ntm_i_kernels_plain;
#if defined(__x86_64__) && defined(__GNUC__)
#define NTM_I_HAVE_X86 1
extern const ntm_i_kernels ntm_i_kernels_avx2;
extern const ntm_i_kernels ntm_i_kernels_avx512;
#endif

/* The fastest that this machine runs. */
const ntm_i_kernels *ntm_i_kernels_best(void);
/* All that this machine runs, for tests; NULL past the end. */
const ntm_i_kernels *ntm_i_kernels_get(size_t index);

#endif
