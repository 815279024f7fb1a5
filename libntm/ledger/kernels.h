/* SPDX-License-Identifier: Apache-2.0 */
/* The loops over whole columns of codes, for each instruction set. Columns lie side by side. */
#ifndef NTM_I_LEDGER_KERNELS_H
#define NTM_I_LEDGER_KERNELS_H

#include <ntm/column.h>

typedef struct ntm_i_ledger_kernels {
    const char *name;
    /* The smallest and the largest of at least one integer of any type. */
    void (*extremes)(int64_t *least, int64_t *most, ntm_type type, const void *data, size_t count);
    /* A bit for each code that occurs, of at most 32; a code is data - least, of 8 to 32 bits. */
    uint32_t (*occurring)(ntm_type type, const void *data, uint32_t least, size_t count);
    /* A bit for each row whose code is marked in a table of bits; every code has to be in the table. */
    void (*marked)(uint64_t *out, ntm_type type, const void *data, uint32_t least, const uint32_t *bits, size_t count);
} ntm_i_ledger_kernels;

/* The kernels by index, from plain to fast; NULL past the last that the processor runs. */
const ntm_i_ledger_kernels *ntm_i_ledger_kernels_get(size_t index);
const ntm_i_ledger_kernels *ntm_i_ledger_kernels_best(void);

#endif
