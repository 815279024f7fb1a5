/* SPDX-License-Identifier: Apache-2.0 */
/* One derivation: the steps from the facts of a row to a verdict, each after what it rests on, and the facts that they
   look at. A derivation is made once and can then be run again with other facts, or with some of its conditions left
   open, at the price of a pass over its steps. docs/proof.md defines the order. */
#ifndef NTM_I_TRACE_H
#define NTM_I_TRACE_H

#include "attainment/exact.h"

/* Parts nested deeper than this in one another (a criterion that asks for another that ...) are refused. */
#define NTM_I_PARTS_DEPTH_MAX 64

typedef enum ntm_i_part {
    NTM_I_PART_NONE = 0, /* a node */
    NTM_I_PART_STATUS,
    NTM_I_PART_CRITERIA_STATUS,
    NTM_I_PART_REVOCATION,
    NTM_I_PART_CRITERION,
    NTM_I_PART_INDICATOR,
    NTM_I_PART_PRECONDITION,
    NTM_I_PART_VALUE
} ntm_i_part;

/* What a step comes to; which of these holds is said by its sort. */
typedef struct ntm_i_outcome {
    ntm_verdict verdict;
    uint32_t lowest, highest; /* classes, 0 = none */
    ntm_i_interval range;     /* base units */
} ntm_i_outcome;

typedef struct ntm_i_derived {
    ntm_i_part part;
    ntm_i_node_sort sort;
    ntm_node node;        /* 0 for parts */
    uint32_t index;       /* of a part: which */
    uint32_t frame;       /* the members that are being run through; 0 = none */
    uint32_t below;       /* the first of the steps that it rests on, a place in ntm_i_trace.below */
    uint32_t below_count; /* rules of scope are not among them */
    uint32_t given;       /* the (first) fact that it looks at itself, or NTM_I_NONE */
    uint32_t threshold;   /* of figures, or NTM_I_NONE */
    uint32_t cells;       /* their first cell, a place in ntm_i_trace.cells: one for each rule of scope, then its own */
    bool in_scope;        /* below a rule of scope */
    bool rests;           /* on a condition below */
    bool leaf;            /* a condition by which reasons are told */
} ntm_i_derived;

/* A fact that steps look at. Numbers in base units; places of levels, from 0, as numbers too. */
typedef struct ntm_i_given {
    uint32_t input;
    ntm_known state;
    ntm_verdict flag;     /* of flags */
    ntm_i_interval range; /* what it lies between */
    ntm_i_rational own;   /* reported: in its own unit */
    ntm_i_interval cut;   /* not reported: in its own unit */
    bool has_limit[2];    /* not reported: the row has bounds for it, least and most */
    ntm_i_rational limit[2];
} ntm_i_given;

/* One dimension being run through, inside of others. */
typedef struct ntm_i_frame {
    uint32_t outer;
    uint32_t dimension;
    uint32_t member;
} ntm_i_frame;

typedef struct ntm_i_trace {
    ntm_i_exact x;
    const ntm_plan *plan;
    const ntm_set *set;
    ntm_allocator allocator;
    ntm_i_array steps;    /* ntm_i_derived */
    ntm_i_array outcomes; /* ntm_i_outcome, one a step */
    ntm_i_array below;    /* uint32_t */
    ntm_i_array waiting;  /* uint32_t: steps found below nodes that are not done */
    ntm_i_array givens;   /* ntm_i_given, as they were found */
    ntm_i_array cells;    /* const ntm_i_cell *, NULL for none */
    ntm_i_array frames;   /* ntm_i_frame; frame n is the n-th from 1 */
    uint32_t *given_of;   /* by input: its place in `givens`, or NTM_I_NONE */
    uint32_t
        *part_step; /* by part: criteria, indicators, preconditions, values, then the three: its step or NTM_I_NONE */
    uint32_t *scope_step; /* by rule of scope */
    uint32_t frame;       /* where the walk is */
    bool in_scope;
    size_t depth; /* of parts */
    ntm_status status;
    ntm_error *err;
} ntm_i_trace;

/* Starts a walk over a row that was run as a block of one; end it whatever happened. */
ntm_status ntm_i_trace_start(ntm_i_trace *trace, ntm_i_run *run, const ntm_allocator *allocator, ntm_error *err);
void ntm_i_trace_end(ntm_i_trace *trace);
/* Walks to a part, which becomes the last step. */
ntm_status ntm_i_trace_part(ntm_i_trace *trace, ntm_of of, size_t index);
/* Walks to a node. */
ntm_status ntm_i_trace_rule(ntm_i_trace *trace, ntm_node node);
/* After a failure: the status, told in `err` unless something was told there before. */
ntm_status ntm_i_trace_fail(ntm_i_trace *trace, ntm_status status, const char *subject, const char *what);

/* The place in `givens` of an input, looked up when it is new; NTM_I_NONE after a failure. */
uint32_t ntm_i_trace_given(ntm_i_trace *trace, uint32_t input);

/* What a step comes to, given what the steps before it came to and the facts; false when it does not fit. */
bool ntm_i_trace_derive(const ntm_i_trace *trace, uint32_t step, const ntm_i_outcome *outcomes,
                        const ntm_i_given *givens, ntm_i_outcome *out);
/* Calls `use` for each cell that could hold for a figure's step, in their order: the number of the rule of scope, or
   that of all rules for the unit's own column. */
void ntm_i_trace_cells(const ntm_i_trace *trace, const ntm_i_derived *step, const ntm_i_outcome *outcomes,
                       void (*use)(void *context, size_t rule, const ntm_i_cell *cell), void *context);

static inline const ntm_i_derived *ntm_i_trace_steps(const ntm_i_trace *trace) { return trace->steps.items; }
static inline ntm_i_outcome *ntm_i_trace_outcomes(const ntm_i_trace *trace) { return trace->outcomes.items; }
static inline ntm_i_given *ntm_i_trace_givens(const ntm_i_trace *trace) { return trace->givens.items; }
static inline const uint32_t *ntm_i_trace_below(const ntm_i_trace *trace, const ntm_i_derived *step) {
    return (const uint32_t *)trace->below.items + step->below;
}
static inline const ntm_i_input *ntm_i_trace_input(const ntm_i_trace *trace, const ntm_i_given *given) {
    return &ntm_i_plan_inputs(trace->plan)[given->input];
}
static inline bool ntm_i_trace_is_scoped(const ntm_i_trace *trace, uint32_t threshold) {
    const ntm_i_keyspace *space =
        &ntm_i_plan_keyspaces(trace->plan)[ntm_i_plan_thresholds(trace->plan)[threshold].keyspace];
    for (uint32_t k = 0; k < space->axis_count; k++)
        if (space->axes[k] == trace->plan->scope_axis) return true;
    return false;
}

#endif
