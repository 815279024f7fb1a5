/* SPDX-License-Identifier: Apache-2.0 */
/* The loops of sums, for each instruction set. */
#ifndef NTM_I_SUM_KERNELS_H
#define NTM_I_SUM_KERNELS_H

#include "rollup/stage.h"

typedef struct ntm_i_sum_kernels {
    const char *name;
    /* Whether all values that are known lie between two others; *magnitude gets every bit that some of them needs. */
    bool (*scan)(uint64_t *magnitude, const int64_t *values, const uint64_t *known, size_t count, int64_t least,
                 int64_t most);
    /* Adds the whole sources of every target up, modulo 2^64: out[target]. */
    void (*sum)(int64_t *out, const int64_t *values, const uint32_t *from, const uint32_t *targets,
                const ntm_i_run_of_targets *runs, size_t run_count);
    /* Adds one block of rows to another, modulo 2^64. */
    void (*add)(int64_t *to, const int64_t *values, size_t count);
} ntm_i_sum_kernels;

/* The kernels by index, from plain to fast; NULL past the last that the processor runs. */
const ntm_i_sum_kernels *ntm_i_sum_kernels_get(size_t index);
const ntm_i_sum_kernels *ntm_i_sum_kernels_best(void);

#endif
