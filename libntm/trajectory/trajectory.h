/* SPDX-License-Identifier: Apache-2.0 */
/* What a trajectory is inside, and how it is made: the question, then the rows block by block, then the months. */
#ifndef NTM_I_TRAJECTORY_H
#define NTM_I_TRAJECTORY_H

#include <ntm/trajectory.h>

#include "attainment/exact.h"
#include "column/cells.h"
#include "column/csv_field.h"

/* What somebody declared, in the unit of its series. */
typedef struct ntm_i_goal {
    uint64_t row;
    ntm_date from; /* NTM_DATE_NONE without a line */
    ntm_date to;
    bool has_value;
    ntm_i_rational from_value, to_value;
    const char *citation;
} ntm_i_goal;

/* How a series gets its states. */
typedef enum ntm_i_way {
    NTM_I_WAY_RULE = 1,     /* by its own rule, whose verdict stands in a slot */
    NTM_I_WAY_COMPOSED = 2, /* from the states of others */
    NTM_I_WAY_FACT = 3,     /* a fact against declared targets */
    NTM_I_WAY_PART = 4      /* a comparison in the rule of another series */
} ntm_i_way;

/* A series being followed. */
typedef struct ntm_i_track {
    ntm_track_series view;
    ntm_i_way way;
    ntm_node rule;      /* of a series with a rule, or the comparison of a part; 0 = none */
    uint32_t slot;      /* of a series with a rule that is no part */
    size_t whole;       /* of a part: the series that it is part of; else SIZE_MAX */
    bool summed;        /* a criterion that has indicators */
    ntm_node side;      /* what is measured, as it is compared */
    ntm_node threshold; /* what it is held against */
    int power;          /* an amount in view.unit times 10^power is in base units */
    bool law_line;      /* the threshold is a figure that says what holds in each year */
    uint32_t input;     /* of a fact that rules read, else NTM_I_NONE */
    const ntm_fact *fact;
    ntm_i_interval natural; /* of a fact: its natural bounds, in its unit */
    const ntm_field *field; /* of a fact: its column, or NULL */
    uint32_t for_all;       /* goal + 1 of units without one of their own; 0 = none */
    uint32_t *by_unit;      /* goal + 1; NULL when no unit has one */
} ntm_i_track;

/* The exact numbers of a cell, as columns. */
typedef enum ntm_i_amount {
    NTM_I_VALUE_LEAST = 0,
    NTM_I_VALUE_MOST,
    NTM_I_TARGET_LEAST,
    NTM_I_TARGET_MOST,
    NTM_I_INTERIM,
    NTM_I_BEHIND,
    NTM_I_AMOUNTS
} ntm_i_amount;

struct ntm_trajectory {
    ntm_i_arena arena;
    ntm_i_csv_codes units; /* in the order of their places */
    size_t unit_count;
    const ntm_date *ends;
    size_t period_count;
    size_t rows;       /* units x periods */
    ntm_i_array track; /* of ntm_i_track */
    ntm_i_array goals; /* of ntm_i_goal */
    ntm_date deadline; /* the plan's day */
    /* By cell: series x rows + row. */
    int64_t *numbers[NTM_I_AMOUNTS][2]; /* numerator, denominator */
    uint8_t *known[NTM_I_AMOUNTS];      /* bits */
    int32_t *of, *id, *unit, *end, *state, *why, *since, *fell;
    uint8_t *since_known, *fell_known;
    const char **ids; /* each once */
    ntm_table table;
    ntm_field *fields;
};

/* A trajectory being made. */
typedef struct ntm_i_tracking {
    ntm_trajectory *t;
    const ntm_plan *plan;
    const ntm_table *table;
    const ntm_trajectory_options *options;
    ntm_i_cells cells;
    uint8_t *refers;       /* by node - 1: whether it speaks of criteria or indicators of the set, or holds a part */
    uint32_t *parts;       /* by node - 1: the series of the part that it is + 1; 0 for none */
    ntm_plan of_year;      /* the plan with the year of a period in the place of the deadline's */
    ntm_i_plan_axis *year; /* the axis of it that is changed; NULL when there is none that can be */
    uint32_t *places;      /* by period: the year's place on that axis */
    ntm_verdict *attained, *on_track; /* by series, of the row being looked at */
    ntm_i_csv_codes citations;
    ntm_i_csv_codes ids, facts;               /* of indicators, criteria without indicators, and parts; of facts */
    ntm_i_array series_of_id, series_of_fact; /* of size_t: by code; SIZE_MAX for what has no series */
} ntm_i_tracking;

/* Bits of validity, least significant first. */
static inline bool ntm_i_track_bit(const uint8_t *bits, size_t at) { return (bits[at / 8] >> (at % 8) & 1) != 0; }
static inline void ntm_i_track_set_bit(uint8_t *bits, size_t at) {
    bits[at / 8] = (uint8_t)(bits[at / 8] | 1u << (at % 8));
}

static inline ntm_i_track *ntm_i_tracks(const ntm_trajectory *t) { return t->track.items; }
static inline size_t ntm_i_cell_at(const ntm_trajectory *t, size_t series, size_t row) {
    return series * t->rows + row;
}
/* What was declared for a unit; NULL for nothing. */
static inline const ntm_i_goal *ntm_i_goal_of(const ntm_trajectory *t, const ntm_i_track *track, size_t unit) {
    uint32_t own = track->by_unit == NULL ? 0 : track->by_unit[unit];
    uint32_t at = own != 0 ? own : track->for_all;
    return at == 0 ? NULL : (const ntm_i_goal *)t->goals.items + (at - 1);
}
/* The last day for a unit: a part has that of what it is part of, when nothing else was declared. */
static inline ntm_date ntm_i_deadline_of(const ntm_trajectory *t, const ntm_i_track *track, size_t unit) {
    const ntm_i_goal *goal = ntm_i_goal_of(t, track, unit);
    if (goal == NULL && track->whole != SIZE_MAX) goal = ntm_i_goal_of(t, &ntm_i_tracks(t)[track->whole], unit);
    return goal == NULL ? t->deadline : goal->to;
}
static inline bool ntm_i_upward(ntm_comparison sign) { return sign == NTM_MORE || sign == NTM_MORE_OR_EQUAL; }

/* units.c: who and when. False when rows cannot be told apart: then nothing else can be looked at. */
bool ntm_i_track_units(ntm_i_tracking *making);
/* series.c: the series of the set. False for want of memory. */
bool ntm_i_track_series_make(ntm_i_tracking *making);
/* The series of an indicator, of a criterion with a rule and no indicators, or of a part; SIZE_MAX for none. False for want of
   memory. */
bool ntm_i_track_of_id(size_t *series, ntm_i_tracking *making, const char *id, size_t size);
/* The series of a fact, new if it has to be; SIZE_MAX when the set has no such fact, or it is no number (then *fact is
   there). False for want of memory. */
bool ntm_i_track_of_fact(size_t *series, const ntm_fact **fact, ntm_i_tracking *making, const char *name, size_t size);
/* targets.c: reads the targets; problems are told through the cells. */
void ntm_i_track_targets(ntm_i_tracking *making);
/* states.c: the states of the block's rows of all series but the composed ones. */
void ntm_i_track_block(ntm_i_tracking *making, ntm_i_run *run);
/* composed.c: those of criteria and the status. Leaves the verdicts of the block changed. */
void ntm_i_track_composed(ntm_i_tracking *making, ntm_i_run *run);
/* months.c: what is seen only along the months. False for want of memory. */
bool ntm_i_track_months(ntm_trajectory *t);
/* table.c: room for all cells, and the table over them. False for want of memory. */
bool ntm_i_track_room(ntm_trajectory *t);
bool ntm_i_track_table(ntm_trajectory *t);

/* An amount of a cell; infinite (denominator 0) when there is none. */
ntm_fraction ntm_i_track_amount(const ntm_trajectory *t, ntm_i_amount amount, size_t cell);
static inline ntm_i_rational ntm_i_of_fraction(ntm_fraction value) {
    return (ntm_i_rational){value.numerator, value.denominator};
}
/* Whether the value of a cell is known, and then it. */
bool ntm_i_track_value(ntm_i_rational *out, const ntm_trajectory *t, size_t cell);

#endif
