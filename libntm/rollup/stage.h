/* SPDX-License-Identifier: Apache-2.0 */
/* Which rows make which rows: the pieces of every target, and how divided sources are shared out. */
#ifndef NTM_I_STAGE_H
#define NTM_I_STAGE_H

#include <ntm/rollup.h>

#include "base/checked.h"
#include "base/memory.h"

#define NTM_I_WHOLE     UINT32_MAX /* a piece that is a whole source */
#define NTM_I_NO_TARGET UINT32_MAX /* a source that is whole nowhere */

/* A part of a divided source. */
typedef struct ntm_i_share {
    uint32_t from;
    uint32_t to;
    int64_t weight; /* of `total`; 0 when its source has no weights */
} ntm_i_share;

/* A divided source: its shares stand side by side, by target. */
typedef struct ntm_i_divided {
    uint32_t from;
    uint32_t first; /* share */
    uint32_t count;
    int64_t total; /* of the weights; 0 = no weights, or a single part that has no partner */
} ntm_i_divided;

/* Targets with equally many whole sources, so that the loop over these always runs equally long. */
typedef struct ntm_i_run_of_targets {
    size_t pieces;  /* whole sources of each */
    size_t targets; /* how many targets */
} ntm_i_run_of_targets;

typedef struct ntm_i_stage {
    size_t from_rows, to_rows;
    bool over_time;
    size_t piece_count;
    size_t *first;   /* to_rows + 1: pieces of a target */
    uint32_t *from;  /* by piece: source row, ascending in a target */
    uint32_t *share; /* by piece: its share, or NTM_I_WHOLE; NULL when no source is divided */
    uint32_t *to;    /* by source row: the target where it is whole, or NTM_I_NO_TARGET */
    size_t divided_count;
    ntm_i_divided *divided; /* by source row */
    size_t share_count;
    ntm_i_share *shares;
    size_t share_most;    /* most shares of one source */
    uint32_t *divided_of; /* by share: its place in `divided` */
    /* Over time: rows of a period, and the first period of each group. */
    size_t unit_rows, group_count;
    size_t *group_first; /* group_count + 1 */
    /* Otherwise the whole sources once more, in the order of the runs. */
    size_t run_count;
    ntm_i_run_of_targets *runs;
    size_t whole_most; /* most whole sources of one target */
    size_t whole_count;
    uint32_t *run_targets; /* to_rows */
    uint32_t *run_from;    /* whole_count */
    uint64_t *filled;      /* words: targets with at least one piece */
} ntm_i_stage;

struct ntm_rollup {
    ntm_allocator allocator;
    ntm_i_arena arena;
    size_t from_rows, to_rows;
    ntm_i_stage *stages;
    size_t stage_count;
};

/* Makes a stage from checked parts. */
ntm_status ntm_i_stage_make(ntm_i_stage *out, ntm_i_arena *arena, const ntm_rollup_part *parts, size_t part_count,
                            size_t from_rows, size_t to_rows, ntm_error *err);
/* Periods to groups. */
ntm_status ntm_i_stage_periods(ntm_i_stage *out, ntm_i_arena *arena, size_t rows, const uint32_t *group_of,
                               size_t period_count, size_t group_count, ntm_error *err);
/* False for want of memory. */
bool ntm_i_stage_copy(ntm_i_stage *out, ntm_i_arena *arena, const ntm_i_stage *from);
/* Whether a piece is the only one of its target, and whole: then its value is carried over, whatever the rule. */
static inline bool ntm_i_is_carried(const ntm_i_stage *stage, size_t target) {
    size_t first = stage->first[target];
    return stage->first[target + 1] - first == 1 && (stage->share == NULL || stage->share[first] == NTM_I_WHOLE);
}

/* Shares `value` out by weights so that the parts add back to it: each gets its part rounded down, and what is left goes
   by ones to the largest remainders, of equal ones to the lower target. `order` and `spare` have room for `count`,
   `rest` too. */
void ntm_i_apportion(int64_t *out, int64_t value, const ntm_i_share *shares, size_t count, int64_t total,
                     uint32_t *order, uint32_t *spare, int64_t *rest);

#endif
