/* SPDX-License-Identifier: Apache-2.0 */
/* The definition: rules evaluated for one row, in exact rationals and intervals of them. */
#ifndef NTM_I_EXACT_H
#define NTM_I_EXACT_H

#include "attainment/run.h"

#define NTM_I_DIMENSIONS_MAX 64

/* One row being looked at. */
typedef struct ntm_i_exact {
    ntm_i_run *run;
    size_t row;                             /* in the block */
    uint32_t members[NTM_I_DIMENSIONS_MAX]; /* which member of each dimension, inside of a count over it */
    bool failed;                            /* a result did not fit: complained about */
    bool quiet;     /* for explanations: what does not fit is unknown, and not complained about */
    uint64_t stamp; /* tells values found for this row from those of rows before it */
} ntm_i_exact;

static inline ntm_i_exact ntm_i_exact_start(ntm_i_run *run, size_t row) {
    return (ntm_i_exact){.run = run, .row = row, .stamp = ++run->stamp};
}

ntm_i_interval ntm_i_exact_quantity(ntm_i_exact *x, ntm_node node);
ntm_verdict ntm_i_exact_condition(ntm_i_exact *x, ntm_node node);
/* Places among the bands from 1, 0 for none: the lowest and the highest possible. */
void ntm_i_exact_grade(ntm_i_exact *x, ntm_node node, uint32_t *least, uint32_t *most);

/* What is known of an input in the row, and its value if it is reported (base units, or its natural bounds). */
ntm_known ntm_i_exact_input(ntm_i_exact *x, uint32_t input, ntm_i_interval *value);
/* How many children met, between bounds, and how many there are; false when it is not even known how many met. */
bool ntm_i_exact_children(ntm_i_exact *x, ntm_node node, ntm_i_interval *met, ntm_i_interval *total);
/* The input of a node in the row's present members. */
uint32_t ntm_i_exact_node_input(const ntm_i_exact *x, ntm_node node);
/* The verdict in a slot. */
ntm_verdict ntm_i_truth_at(const ntm_i_truth *truth, size_t row);
ntm_verdict ntm_i_exact_compare(ntm_comparison sign, ntm_i_interval left, ntm_i_interval right);
/* The cell of a figure that holds for the row; NULL when its axes are not known or lead nowhere (*unknown tells).
   `possibility` counts from 0 to ntm_i_possibilities() - 1. */
const ntm_i_cell *ntm_i_exact_cell(ntm_i_exact *x, uint32_t threshold, size_t possibility, bool *unknown);
/* A value of the set, in base units. */
ntm_i_interval ntm_i_exact_value(ntm_i_exact *x, uint32_t index);

#endif
