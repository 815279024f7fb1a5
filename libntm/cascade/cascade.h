/* SPDX-License-Identifier: Apache-2.0 */
/* What a cascade is inside. */
#ifndef NTM_I_CASCADE_H
#define NTM_I_CASCADE_H

#include <ntm/cascade.h>

#include "base/error.h"
#include "base/memory.h"
#include "column/gather.h"

/* One condition over children of a step's units. */
typedef struct ntm_i_tally_of {
    const char *name;  /* "ntm-communes" */
    const char *level; /* of the children */
    ntm_unit *of;      /* the children that are there and lie below a row, by row, then code */
    uint8_t *verdicts; /* of each, an ntm_verdict */
    size_t count;
    uint32_t *first;          /* by row of the step: where its children begin; one more at the end */
    ntm_child_counts *counts; /* by row of the step; NULL while not counted here */
    const char *status;   /* the set whose status the condition is; NULL = another condition, or a register's word */
    size_t status_before; /* it is looked for in the steps before this one */
} ntm_i_tally_of;

/* One step. */
typedef struct ntm_i_stage {
    const ntm_set *set;
    const char *level;
    ntm_echelon echelon;
    const ntm_table *given;
    const ntm_field *codes; /* of `given` */
    bool *used;             /* by field of `given`: some set looked at it */
    ntm_unit *of;           /* by row */
    uint32_t *row_of;       /* by unit; NTM_I_NO_PICK = it has no row */
    size_t rows;
    ntm_i_tally_of *tallies;
    size_t tally_count;
    ntm_table table; /* given and found */
    ntm_plan *plan;
    ntm_attainment *result;
} ntm_i_stage;

struct ntm_cascade {
    ntm_i_arena arena;
    const ntm_units *units;
    ntm_cascade_options options; /* what points to the caller's things does so while it is made only */
    const ntm_set **sets;        /* of the steps and beside them: in which figure_of looks */
    size_t set_count;
    ntm_i_stage *stages;
    size_t stage_count; /* all */
    size_t done;        /* stages that have a result */
};

/* Units and rows of a step; its place among units is checked. */
ntm_status ntm_i_stage_start(ntm_cascade *cascade, ntm_i_stage *stage, const ntm_cascade_step *step, ntm_error *err);

/* Units for which a set is evaluated: those of a step, or children. */
typedef struct ntm_i_rows {
    const char *level;
    const ntm_unit *of;
    size_t rows;
    const ntm_i_stage *own;      /* the step whose own table goes first; NULL for children */
    ntm_i_stage *counting;       /* keeps the tallies of conditions over children; NULL for children */
    ntm_i_arena *arena;          /* what is found for them lives there */
    const ntm_axis_value *fixed; /* axes that need no column */
    size_t fixed_count;
} ntm_i_rows;

/* The step before `before` whose set is `set` and that has a row for a unit of `level`; NULL = none. */
const ntm_i_stage *ntm_i_cascade_status(const ntm_cascade *cascade, const char *set, const char *level, ntm_unit unit,
                                        size_t before);
/* Whether some table tells an input of these rows, so that it is neither a status that steps found nor counted. */
bool ntm_i_cascade_told(const ntm_cascade *cascade, const ntm_i_rows *rows, const char *name);
/* The table that a plan needs over some units. */
ntm_status ntm_i_cascade_inputs(ntm_table *out, ntm_cascade *cascade, const ntm_plan *plan, const ntm_i_rows *rows,
                                ntm_error *err);
/* Evaluates a plan over that table. What is wrong in a cell is told with its row in the caller's table. */
ntm_status ntm_i_cascade_evaluate(ntm_attainment **out, const ntm_cascade *cascade, const ntm_plan *plan,
                                  const ntm_table *table, const ntm_i_rows *rows, ntm_keep keep, ntm_error *err);
/* Counts the children of one node of a set, for every row. */
ntm_status ntm_i_cascade_count(ntm_i_tally_of *out, ntm_cascade *cascade, const ntm_set *set, ntm_node node,
                               const ntm_i_rows *rows, ntm_error *err);
/* The condition of a node over children as a set of its own, with one criterion. */
ntm_status ntm_i_condition_set(ntm_set **out, const ntm_set *set, ntm_node condition, const ntm_allocator *allocator,
                               ntm_error *err);

#endif
