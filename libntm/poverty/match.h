/* SPDX-License-Identifier: Apache-2.0 */
/* Households of two tables, paired by their ids. */
#ifndef NTM_I_POVERTY_MATCH_H
#define NTM_I_POVERTY_MATCH_H

#include <ntm/column.h>

#include "base/error.h"
#include "base/memory.h"

/* The ids of one table in order. */
typedef struct ntm_i_ids_sorted {
    const ntm_column *column;
    const char *name;
    const char *table; /* "the first year", for messages */
    ntm_allocator allocator;
    bool texts;
    size_t rows;
    uint64_t
        *prefix;     /* row -> the number, or the first eight bytes of the text, so that the order is that of the ids */
    uint32_t *order; /* position -> row */
} ntm_i_ids_sorted;

/* Reads and sorts the ids. Missing ids are NTM_ERROR_VALUE, doubled ones NTM_ERROR_CONFLICT with both rows. End it also
   after a failure. */
ntm_status ntm_i_ids_sort(ntm_i_ids_sorted *ids, const ntm_column *column, const char *name, const char *table,
                          const ntm_allocator *allocator, ntm_error *err);
void ntm_i_ids_end(ntm_i_ids_sorted *ids);

/* The order of row `a` of one table and row `b` of another one; both of texts or both of numbers. */
int ntm_i_ids_compare(const ntm_i_ids_sorted *left, uint32_t a, const ntm_i_ids_sorted *right, uint32_t b);

#endif
