/* SPDX-License-Identifier: Apache-2.0 */
/* Looking for the cheapest steps to a class. The grade is taken apart into pieces: terms of its sum, and conditions
   that have to hold. Facts that can climb are ladders. Ladders that share a piece form a part, whose combinations are
   tried together; the parts are then put together as a knapsack. */
#ifndef NTM_I_CLIMB_H
#define NTM_I_CLIMB_H

#include <ntm/grade.h>

#include "attainment/exact.h"
#include "attainment/reads.h"

#define NTM_I_CLIMB_BANDS_MAX 64

typedef struct ntm_i_rung {
    const char *text;
    int64_t value; /* place on the scale, 0 or 1, or the count */
    uint64_t cost; /* of climbing from the lowest rung to here */
} ntm_i_rung;

/* A fact that can climb. Rung 0 is where it stands. */
typedef struct ntm_i_ladder {
    uint32_t fact;
    uint32_t input;
    ntm_i_rung *rungs;
    size_t rung_count;
    size_t at;        /* the rung that it is put on */
    size_t part;      /* while joining: another ladder of its part, or itself */
    uint64_t *memory; /* stands in for the column */
} ntm_i_ladder;

/* A term of the sum, or a condition that has to have a verdict. */
typedef struct ntm_i_piece {
    ntm_node node;
    bool is_condition;
    ntm_verdict wanted;
    size_t band;   /* the band that needs the condition; SIZE_MAX: every band */
    size_t ladder; /* one of its ladders, SIZE_MAX for none */
} ntm_i_piece;

/* One combination of the ladders of a part. */
typedef struct ntm_i_option {
    uint64_t cost;
    ntm_i_rational points; /* of its terms: the least they can be */
    uint64_t bands;        /* bit i: the conditions of band first_band + i hold */
    uint16_t *rungs;       /* one for each ladder of the part */
} ntm_i_option;

typedef struct ntm_i_part {
    size_t *ladders;
    size_t ladder_count;
    ntm_i_array options; /* of ntm_i_option, in the order in which they were tried */
} ntm_i_part;

typedef struct ntm_i_climbing {
    ntm_i_run *run;
    const ntm_set *set;
    const ntm_node_spec *grade;
    const ntm_climb_options *options;
    size_t row;
    size_t first_band;  /* index of the lowest band that will do */
    size_t band_count;  /* bands from there on that are looked at */
    bool needs_program; /* some piece asks for verdicts that the program finds */
    bool exact, no_memory, overflow;
    ntm_i_arena arena;
    ntm_i_array pieces;
    ntm_i_array ladders;
    ntm_i_part *parts;
    size_t part_count;
    ntm_i_rational base; /* terms without ladders */
    uint64_t base_bands; /* conditions without ladders */
    ntm_i_reads reads;   /* for walking rules */
    uint8_t *compared;   /* by node: comparisons whose numbers are marked */
    bool *facts;         /* while walking a rule: facts that it looks at */
    bool *looked_at;     /* by fact: some piece looks at it */
    uint32_t *inputs;    /* by fact */
    ntm_i_array marks;   /* of ntm_i_mark: numbers that counts are compared with */
} ntm_i_climbing;

/* A number with which a rule compares a count. */
typedef struct ntm_i_mark {
    uint32_t fact;
    int64_t value;
} ntm_i_mark;

/* climb_pieces.c: takes the grade apart, finds the ladders and the parts. */
ntm_status ntm_i_climb_prepare(ntm_i_climbing *c, ntm_error *err);
/* climb_ladders.c: the ladders of the facts that some piece looks at, with their costs. */
ntm_status ntm_i_climb_ladders(ntm_i_climbing *c, ntm_error *err);
/* Puts a ladder on a rung. */
void ntm_i_climb_put(ntm_i_climbing *c, ntm_i_ladder *ladder, size_t rung);
/* Makes ready for looking at the row as the ladders stand. */
ntm_i_exact ntm_i_climb_look(ntm_i_climbing *c);
/* climb_search.c: tries the combinations of all parts. */
void ntm_i_climb_try(ntm_i_climbing *c);
/* Puts the ladders where the cheapest way leads. False: none was found. */
bool ntm_i_climb_choose(ntm_i_climbing *c, uint64_t *cost);

static inline ntm_i_ladder *ntm_i_climb_ladder(const ntm_i_climbing *c, size_t i) {
    return &((ntm_i_ladder *)c->ladders.items)[i];
}
static inline ntm_i_piece *ntm_i_climb_piece(const ntm_i_climbing *c, size_t i) {
    return &((ntm_i_piece *)c->pieces.items)[i];
}

#endif
