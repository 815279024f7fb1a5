/* SPDX-License-Identifier: Apache-2.0 */
/* What flips are inside, and the stages of finding them. */
#ifndef NTM_I_FLIPS_H
#define NTM_I_FLIPS_H

#include <ntm/flip.h>

#include "attainment/plan.h"
#include "base/memory.h"

/* A flip of a row: the row is known from where it stands. The fraction is in the figure's unit, in lowest terms. */
typedef struct ntm_i_flip {
    ntm_fraction at;
    uint32_t row;
    uint8_t below, exactly, above; /* ntm_verdict */
} ntm_i_flip;

/* Flips at one number, and how many rows met and did not meet at it and above it; the others are open. */
typedef struct ntm_i_flip_step {
    uint32_t first; /* in `order` */
    uint32_t met, not_met;
    uint32_t met_above, not_met_above;
} ntm_i_flip_step;

struct ntm_flips {
    ntm_allocator allocator;
    size_t rows;
    size_t moving;
    uint8_t *now;      /* by row: the verdict by the law's figures */
    uint8_t *lowest;   /* by row: below all of its flips */
    uint32_t *first;   /* by row, with one more: its flips, which stand in order of rows, then numbers */
    ntm_i_array all;   /* ntm_i_flip */
    uint32_t *order;   /* flips by number, then row */
    ntm_i_array steps; /* ntm_i_flip_step */
    ntm_tally tally_now, tally_lowest;
};

/* A quantity that is compared with the figure. */
typedef struct ntm_i_compared {
    ntm_node comparison;
    ntm_node quantity;
    uint32_t dimension_count;
    uint32_t dimensions[8]; /* counts over members around it, and which member of each */
    uint32_t members[8];
} ntm_i_compared;

/* Finds every quantity that is compared with the figure below the watched verdict; refuses what no quantity's bounds
   would tell. */
ntm_status ntm_i_flips_compared(ntm_i_array *out, const ntm_plan *plan, uint32_t figure,
                                const ntm_flips_options *options, ntm_error *err);
/* Which cells of the figure move, by key; in the arena. */
ntm_status ntm_i_flips_cells(const uint8_t **out, const ntm_plan *plan, uint32_t figure,
                             const ntm_flips_options *options, ntm_i_arena *arena, ntm_error *err);
/* Runs through the table: what was so before, and every row's flips. */
ntm_status ntm_i_flips_walk(ntm_flips *flips, const ntm_plan *plan, const ntm_table *table, uint32_t figure,
                            const uint8_t *cells, const ntm_i_array *compared, const ntm_flips_options *options,
                            ntm_error *err);
/* Puts the flips of all rows in order and adds them up. */
ntm_status ntm_i_flips_order(ntm_flips *flips, ntm_error *err);

/* Exact order of fractions whose denominators are above 0. */
int ntm_i_flips_compare(ntm_fraction a, ntm_fraction b);
int ntm_i_flips_compare_decimal(ntm_fraction a, ntm_decimal b);

/* The slot of the watched verdict; NTM_I_NONE when there is none. */
uint32_t ntm_i_flips_slot(const ntm_set *set, ntm_of of, size_t index);

#endif
