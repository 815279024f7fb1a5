/* SPDX-License-Identifier: Apache-2.0 */
/* What a plan is inside: inputs, thresholds and a program over blocks of rows. */
#ifndef NTM_I_PLAN_H
#define NTM_I_PLAN_H

#include <ntm/attainment.h>

#include "base/memory.h"
#include "criteria/set.h"
#include "number/rational.h"

/* Rows worked on at once: a column's block stays in the nearest cache between loading and comparing it. */
#define NTM_I_BLOCK       4096
#define NTM_I_BLOCK_WORDS (NTM_I_BLOCK / 64)
#define NTM_I_NONE        UINT32_MAX
#define NTM_I_INPUTS_MAX  65536

typedef enum ntm_i_input_kind {
    NTM_I_IN_NUMBER = 1, /* a number in some unit */
    NTM_I_IN_FLAG = 2,
    NTM_I_IN_LEVEL = 3,
    NTM_I_IN_AXIS = 4
} ntm_i_input_kind;

/* A column that the plan can use. */
typedef struct ntm_i_input {
    const char *name;
    ntm_i_input_kind kind;
    const ntm_fact *fact;   /* NULL when it is no fact of the set */
    uint32_t axis;          /* axis of an axis input */
    const ntm_i_unit *unit; /* of a figure of another set, which every use of it has to share */
    int power;              /* a value times 10^power is in base units */
    bool whole;             /* a count: no parts */
    bool day;               /* a date */
    ntm_i_rational least;   /* natural bounds in its own unit; infinities for none */
    ntm_i_rational most;
    uint32_t part_of; /* the input that it may not exceed, or NTM_I_NONE */
} ntm_i_input;

/* An axis as compiled: "year" is filled up to every year between its first and last, for interpolation. */
typedef struct ntm_i_plan_axis {
    const ntm_axis *axis;
    bool is_year;
    int first_year;    /* of a year axis */
    uint32_t size;     /* number of values, filled years included */
    uint32_t input;    /* its input */
    bool fixed;        /* the caller gave one value for all rows */
    uint32_t fixed_at; /* that value, or the plan's year; NTM_I_NONE: a year that the axis does not have */
} ntm_i_plan_axis;

/* One cell of a threshold. */
typedef struct ntm_i_cell {
    bool known;
    ntm_i_rational value;          /* in the figure's unit */
    const ntm_figure_value *from;  /* where it stands, or the lower end of a line */
    const ntm_figure_value *until; /* the upper end of a line; NULL when it stands there itself */
} ntm_i_cell;

/* Figures over the same axes share their keys. */
typedef struct ntm_i_keyspace {
    uint32_t axis_count;
    uint32_t axes[4];
    uint32_t cells; /* product of the axes' sizes; key == cells means that an axis is not known */
} ntm_i_keyspace;

typedef struct ntm_i_threshold {
    const ntm_figure *figure; /* of this set or another; NULL for a constant */
    int power;
    uint32_t keyspace;
    const ntm_i_cell *cells;
} ntm_i_threshold;

typedef enum ntm_i_opcode {
    NTM_I_OP_OPEN = 1,    /* reg = open */
    NTM_I_OP_FLAG,        /* reg = flag input a */
    NTM_I_OP_LEVEL,       /* reg = level input a is at b or higher */
    NTM_I_OP_COMPARE,     /* reg = comparison a */
    NTM_I_OP_EXACT,       /* reg = node a, row by row */
    NTM_I_OP_AND,         /* reg = reg and reg + 1 */
    NTM_I_OP_OR,          /* reg = reg or reg + 1 */
    NTM_I_OP_NOT,         /* reg = not reg */
    NTM_I_OP_APPLICABLE,  /* reg = met where input a is not applicable */
    NTM_I_OP_VERDICT,     /* reg = verdict slot a */
    NTM_I_OP_TALLY_START, /* counter reg = 0 */
    NTM_I_OP_TALLY_ADD,   /* counter reg += reg + 1 */
    NTM_I_OP_TALLY_END,   /* reg = counter reg is at least a of b */
    NTM_I_OP_STORE        /* verdict slot a = reg */
} ntm_i_opcode;

typedef struct ntm_i_op {
    ntm_i_opcode code;
    uint32_t reg;
    uint32_t a;
    uint32_t b;
} ntm_i_op;

/* A comparison that vector code can do: a fact, or a ratio of two, against a threshold. */
typedef struct ntm_i_comparison {
    ntm_node node;
    ntm_comparison sign; /* of the quantity (left) against the threshold (right) */
    uint32_t left;       /* input */
    uint32_t divisor;    /* input, or NTM_I_NONE */
    uint32_t threshold;
} ntm_i_comparison;

struct ntm_plan {
    ntm_i_arena arena;
    const ntm_set *set;
    ntm_kernels kernels;
    ntm_date on;
    ntm_i_plan_axis *axes; /* as many as the set has */
    ntm_i_array inputs;
    ntm_i_array keyspaces;
    ntm_i_array thresholds;
    ntm_i_array comparisons;
    ntm_i_array ops;
    uint32_t *node_input;         /* node -> its first input, or NTM_I_NONE */
    uint32_t *node_threshold;     /* node -> the threshold of a figure_of whose set is at hand, or NTM_I_NONE */
    const ntm_set *const *others; /* the sets in which figure_of looks */
    size_t other_count;
    uint32_t scope_axis;     /* the axis that rules of scope speak of, or NTM_I_NONE */
    uint32_t *scope_places;  /* the place on it that each rule says */
    uint32_t registers;      /* most registers in use at once */
    uint32_t counter_planes; /* bits of a tally */
    ntm_node grade;
};

/* Verdict slots: criteria, indicators, preconditions, these three, then the conditions of scope. */
static inline uint32_t ntm_i_slot_indicator(const ntm_set *set, size_t index) {
    return (uint32_t)(set->criterion_count + index);
}
static inline uint32_t ntm_i_slot_precondition(const ntm_set *set, size_t index) {
    return (uint32_t)(set->criterion_count + set->indicator_count + index);
}
static inline uint32_t ntm_i_slot_criteria_status(const ntm_set *set) {
    return ntm_i_slot_precondition(set, set->precondition_count);
}
static inline uint32_t ntm_i_slot_status(const ntm_set *set) { return ntm_i_slot_criteria_status(set) + 1; }
static inline uint32_t ntm_i_slot_revocation(const ntm_set *set) { return ntm_i_slot_criteria_status(set) + 2; }
static inline uint32_t ntm_i_slot_scope(const ntm_set *set, size_t index) {
    return ntm_i_slot_criteria_status(set) + 3 + (uint32_t)index;
}
static inline uint32_t ntm_i_slot_count(const ntm_set *set) { return ntm_i_slot_scope(set, set->scope_count); }

static inline const ntm_i_input *ntm_i_plan_inputs(const ntm_plan *plan) { return plan->inputs.items; }
static inline const ntm_i_threshold *ntm_i_plan_thresholds(const ntm_plan *plan) { return plan->thresholds.items; }
static inline const ntm_i_keyspace *ntm_i_plan_keyspaces(const ntm_plan *plan) { return plan->keyspaces.items; }
static inline const ntm_i_comparison *ntm_i_plan_comparisons(const ntm_plan *plan) { return plan->comparisons.items; }

/* The place of a year on its axis: axis->size for a year without figures, NTM_I_NONE for text that is no year. */
uint32_t ntm_i_year_place(const ntm_i_plan_axis *axis, const char *text, size_t size);

/* An axis by itself, zeroed before: its years filled up; `year` is the one that holds when no column says otherwise, 0
   for none. */
ntm_status ntm_i_axis_start(ntm_i_plan_axis *axis, const ntm_axis *from, int year, ntm_error *err);

/* The stages of compiling, in order. */
ntm_status ntm_i_plan_axes(ntm_plan *plan, const ntm_plan_options *options, ntm_error *err);
ntm_status ntm_i_plan_thresholds_make(ntm_plan *plan, ntm_error *err);
ntm_status ntm_i_plan_inputs_find(ntm_plan *plan, ntm_error *err);
ntm_status ntm_i_plan_program(ntm_plan *plan, ntm_error *err);
/* Whether a sign asks for more, and whether the number itself is not enough. */
static inline bool ntm_i_is_more(ntm_comparison sign) { return sign == NTM_MORE || sign == NTM_MORE_OR_EQUAL; }
static inline bool ntm_i_is_strict(ntm_comparison sign) { return sign == NTM_MORE || sign == NTM_LESS; }
/* The sign that says the same with the sides exchanged. */
ntm_comparison ntm_i_mirrored(ntm_comparison sign);
/* The threshold that a constant node is, made on demand; NTM_I_NONE for want of memory. */
uint32_t ntm_i_plan_constant(ntm_plan *plan, const ntm_node_spec *node, int power);

#endif
