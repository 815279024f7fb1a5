/* SPDX-License-Identifier: Apache-2.0 */
/* The loops over blocks of rows, for each instruction set. */
#ifndef NTM_I_CUBE_KERNELS_H
#define NTM_I_CUBE_KERNELS_H

#include <ntm/column.h>

typedef struct ntm_i_cube_kernels {
    const char *name;
    /* Adds code × stride to the keys of `count` rows; a code is data - least. False when one is not below `codes`. */
    bool (*place)(uint32_t *keys, ntm_type type, const void *data, uint32_t least, uint32_t codes, uint32_t stride,
                  size_t count);
    /* Adds table[code] instead; of a code that is too large the last one. */
    bool (*look)(uint32_t *keys, ntm_type type, const void *data, uint32_t least, uint32_t codes, const uint32_t *table,
                 size_t count);
    /* *magnitude gets every bit that some value needs, the sign apart; *low has its top bit set when some value is 0 or
       below (the smallest of all numbers only shows in the magnitude). */
    void (*scan)(uint64_t *magnitude, uint64_t *low, const int64_t *values, size_t count);
    /* The same of the rows whose bit is set; copies them, and 0 for the others. */
    void (*mask)(int64_t *out, uint64_t *magnitude, uint64_t *low, const int64_t *values, const uint64_t *known,
                 size_t count);
    /* The bits of values that are 0 or below. */
    void (*lows)(uint64_t *out, const int64_t *values, size_t count);
} ntm_i_cube_kernels;

/* The kernels by index, from plain to fast; NULL past the last that the processor runs. */
const ntm_i_cube_kernels *ntm_i_cube_kernels_get(size_t index);
const ntm_i_cube_kernels *ntm_i_cube_kernels_best(void);

#endif
