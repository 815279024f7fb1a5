/* SPDX-License-Identifier: Apache-2.0 */
/* The result of a measurement: sums per group, from which every measure is derived when it is asked for. */
#ifndef NTM_I_POVERTY_MEASURE_H
#define NTM_I_POVERTY_MEASURE_H

#include "poverty/groups.h"
#include "poverty/indicator.h"
#include "poverty/tally.h"
#include "poverty/weights.h"

/* Rows by what is known of them. A complete row gives the same sums whatever is said later; an incomplete one is summed
   twice: once with all that is unknown as not deprived, once as deprived. Every sum grows with every deprivation, so
   that these two are its least and its most. Rows left out take the place of the second. */
typedef enum ntm_i_slot { NTM_I_COMPLETE = 0, NTM_I_LEAST = 1, NTM_I_MOST = 2, NTM_I_SLOTS = 3 } ntm_i_slot;

/* What a row counts: 1, then the low and the high half of its weight. */
enum { NTM_I_WEIGH_ROWS = 0, NTM_I_WEIGH_LOW = 1, NTM_I_WEIGH_HIGH = 2 };

struct ntm_poverty {
    ntm_allocator allocator;
    ntm_i_groups groups;
    ntm_i_weights weights;
    size_t indicators; /* as the caller counts them */
    ntm_incomplete incomplete;
    size_t weighings; /* 1 without weights, else 3 */
    uint8_t scale;    /* of the weights */
    bool has_gaps;
    size_t stride; /* uint64_t per group */
    uint64_t *records;
    size_t capacity; /* groups that `records` and `gaps` have room for */
    /* Per group, slot and indicator: sums of weight × gap and of weight × gap². NULL without gaps. */
    ntm_i_wide *gaps;
    ntm_i_wide lines[NTM_DEPRIVATIONS_MAX]; /* the cut-offs on the scale of the gaps */
};

static inline size_t ntm_i_gap_stride(const ntm_poverty *p) { return (size_t)NTM_I_SLOTS * 2 * p->weights.count; }

static inline uint64_t *ntm_i_poverty_record(const ntm_poverty *p, size_t group, size_t weighing, size_t slot) {
    return p->records + group * p->stride + (weighing * NTM_I_SLOTS + slot) * ntm_i_record_size(p->weights.count);
}

/* One run over a table. */
typedef struct ntm_i_measuring {
    ntm_poverty *p;
    ntm_i_arena arena; /* of the buffers */
    const ntm_table *table;
    ntm_i_indicator indicators[NTM_DEPRIVATIONS_MAX];
    ntm_i_numbers population; /* column NULL = each row counts 1 */
    ntm_i_grouping grouping;
    ntm_i_line line;
    const ntm_i_tally_kernels *kernels;
    ntm_i_lanes *lanes[NTM_I_SLOTS]; /* of the rows' count; NULL = none */
    size_t poured;                   /* rows since they were poured into the records */
    struct ntm_i_block_buffers *block;
} ntm_i_measuring;

/* The block that is being looked at. */
typedef struct ntm_i_block_buffers {
    size_t start, rows;
    bool incomplete; /* has an incomplete row */
    bool heavy;      /* has a weight of 2^32 or more */
    uint32_t group[NTM_I_BLOCK];
    uint32_t low[NTM_I_BLOCK], high[NTM_I_BLOCK];
    uint64_t masks[NTM_I_SLOTS][NTM_I_WORDS]; /* complete rows, incomplete ones twice */
    uint64_t poor[NTM_I_SLOTS][NTM_I_WORDS];
    ntm_i_spread spread;
    uint64_t (*deprived)[NTM_I_WORDS]; /* known to be; then with the unknown */
    uint64_t (*possible)[NTM_I_WORDS];
    int64_t (*values)[NTM_I_BLOCK]; /* achievements, with gaps only */
} ntm_i_block_buffers;

/* Adds the gaps of the poor of a block. */
ntm_status ntm_i_gaps_add(const ntm_i_measuring *m, ntm_error *err);

#endif
