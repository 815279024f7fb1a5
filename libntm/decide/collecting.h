/* SPDX-License-Identifier: Apache-2.0 */
/* What rows of a table need, and the order in which it is collected. */
#ifndef NTM_I_COLLECTING_H
#define NTM_I_COLLECTING_H

#include "decide/decide.h"

/* Rows of which the same is open in the same way: one search is for all. */
typedef struct ntm_i_pattern {
    uint64_t hash;
    const uint8_t *key;
    size_t key_size;
    size_t first_row;
    size_t rows;
    ntm_deciding_reason reason; /* NTM_DECIDING_FOUND: `needed` settles them */
    const uint32_t *needed;     /* inputs */
    uint32_t needed_count;
    const uint32_t *open; /* inputs that are lacking */
    uint32_t open_count;
    bool surely; /* the one fact that is open settles it, whatever it is */
} ntm_i_pattern;

typedef struct ntm_i_patterns {
    ntm_i_decide *search;
    const ntm_collecting_options *options;
    ntm_i_arena arena;
    ntm_i_array items; /* of ntm_i_pattern */
    ntm_i_array key;   /* of bytes: that of the row being looked at */
    uint32_t *slots;   /* a table by hash: pattern + 1 */
    size_t slot_count; /* a power of two */
} ntm_i_patterns;

struct ntm_collecting {
    ntm_i_arena arena;
    ntm_collecting_summary summary;
    ntm_collecting_step *steps;
    size_t step_count;
    ntm_collecting_cell *cells;
    size_t cell_count;
};

/* patterns.c: the pattern of a row that was searched, new or known; SIZE_MAX for want of memory. */
void ntm_i_patterns_start(ntm_i_patterns *patterns, ntm_i_decide *search, const ntm_collecting_options *options,
                          const ntm_allocator *allocator);
void ntm_i_patterns_end(ntm_i_patterns *patterns);
size_t ntm_i_pattern_of_row(ntm_i_patterns *patterns, size_t row);
static inline ntm_i_pattern *ntm_i_pattern_at(const ntm_i_patterns *patterns, size_t i) {
    return &((ntm_i_pattern *)patterns->items.items)[i];
}

/* order.c: writes the steps, and which rows are settled. False for want of memory. */
bool ntm_i_write_order(ntm_collecting *out, const ntm_i_patterns *patterns, const ntm_plan *plan);

#endif
