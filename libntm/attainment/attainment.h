/* SPDX-License-Identifier: Apache-2.0 */
/* What a result is inside. */
#ifndef NTM_I_ATTAINMENT_H
#define NTM_I_ATTAINMENT_H

#include <ntm/attainment.h>

#include "base/memory.h"

/* Two bitmaps over all rows, as in a block. */
typedef struct ntm_i_column_of_truth {
    uint64_t *met;
    uint64_t *not_met;
} ntm_i_column_of_truth;

struct ntm_attainment {
    ntm_i_arena arena;
    size_t rows;
    size_t words;
    ntm_keep keep;
    size_t criterion_count, indicator_count, precondition_count;
    size_t slot_count;            /* verdict slots of the plan */
    ntm_i_column_of_truth *slots; /* by slot; bitmaps NULL for what is not kept */
    const char **slot_names;      /* "criterion:17"; NULL for what is not kept */
    uint16_t *least;              /* criteria met */
    uint16_t *most;
    uint8_t *grade_least; /* NULL without a grade */
    uint8_t *grade_most;
    size_t value_count; /* of the set; 0 when values are not kept */
    ntm_range **values; /* one array over all rows for each value */
    ntm_range *scores;  /* NULL without a grade, or when values are not kept */
};

/* Room for the values of all rows. False for want of memory. */
bool ntm_i_take_values(ntm_attainment *attainment, const ntm_set *set);

/* The slot that `of` and `index` name; SIZE_MAX when there is none. */
size_t ntm_i_attainment_slot(const ntm_attainment *attainment, ntm_of of, size_t index);
ntm_verdict ntm_i_attainment_at(const ntm_attainment *attainment, size_t slot, size_t row);

#endif
