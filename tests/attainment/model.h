/* SPDX-License-Identifier: Apache-2.0 */
/* Random sets and random tables for differential tests, and an evaluator that was written from docs/algebra.md alone.
 *
 * model_start() makes a set through the builder and keeps the same tree in its own words; truth_start() draws what is
 * known of each unit; truth_encode() writes that as columns of random types, strides, offsets and bitmaps; oracle_row()
 * says what the verdicts of a row have to be. Everything follows from one seed.
 */
#ifndef NTM_TEST_MODEL_H
#define NTM_TEST_MODEL_H

#include "sheet.h"

__extension__ typedef __int128 i128;

/* ------------------------------------------------------------------------------------------- inputs */

typedef enum sort { SORT_NUMBER, SORT_FLAG, SORT_LEVEL, SORT_REGION, SORT_CLASS, SORT_YEAR } sort;
/* What may be compared with what. */
typedef enum family { FAMILY_PLAIN, FAMILY_HOUSEHOLD, FAMILY_LENGTH, FAMILY_PERSON, FAMILY_POINT, FAMILY_NONE } family;

typedef struct model_input {
    const char *name; /* of its column */
    sort sort;
    family family;
    int exponent;   /* of its unit: 10^exponent base units */
    int scale;      /* digits after the mark */
    bool has_least; /* natural bounds, in its unit */
    bool has_most;
    int64_t least;
    int64_t most;
    bool complete; /* always reported */
} model_input;

enum {
    IN_C0,
    IN_C1,
    IN_C2,
    IN_S0,
    IN_S1,
    IN_A0,
    IN_A1,
    IN_F0,
    IN_F1,
    IN_F2,
    IN_F3,
    IN_LEVEL,
    IN_FEMALE,
    IN_MALE,
    IN_MET,
    IN_OPEN,
    IN_TOTAL,
    IN_HOLDS,
    IN_REGION,
    IN_YEAR,
    IN_PAST,
    IN_CLASS,
    IN_FIGURES, /* the figures of the other sets, where the plan is not given those sets */
    IN_END = IN_FIGURES + 6
};

extern const model_input inputs[IN_END];
extern const char *const model_levels[3];

/* Values of axes. A set has some of them, its table only those that the set itself has: the first 4 regions (the fourth
 * has no figure in it), the first 3 classes, the years from YEAR_FIRST to 2021. Other sets may have any. */
enum { AXIS_REGION, AXIS_CLASS, AXIS_YEAR, AXIS_END };
enum { MODEL_REGIONS = 6, MODEL_CLASSES = 4, MODEL_YEARS = 10 };
enum { OWN_REGIONS = 4, OWN_CLASSES = 3, OWN_YEARS = 6 };
enum { YEAR_FIRST = 2016, YEARS_BEFORE = 2 }; /* years that only other sets know lie before the first */
extern const char *const model_regions[MODEL_REGIONS];
extern const char *const model_classes[MODEL_CLASSES];
extern const char *const model_years[MODEL_YEARS];

/* ------------------------------------------------------------------------------------------- trees */

typedef struct mnode {
    ntm_node_kind kind;
    int of[5];
    int of_count;
    int input; /* facts, flags, past, figures of other sets */
    int figure;
    int other; /* set of a figure */
    ntm_comparison compare;
    uint32_t k;
    int64_t number; /* constants: number x 10^exponent base units */
    int exponent;   /* of a constant, or of the unit of a rounded node */
    int digits;
    ntm_rounding rounding;
    int64_t points[5];
    ntm_over over;
    ntm_verdict verdict;
    int level;
    int part;         /* criterion, indicator or value */
    uint32_t members; /* bit set of criteria or indicators; 0 = all */
    ntm_node node;    /* the same in the set */
} mnode;

enum { MODEL_NODES = 6000, MODEL_CRITERIA = 8, MODEL_INDICATORS = 32, MODEL_PRECONDITIONS = 3, MODEL_BANDS = 3 };
enum { MODEL_VALUES = 10, MODEL_SCOPES = 16, MODEL_OTHERS = 2, MODEL_FIGURES = 3 };

/* Cells of a figure by region, class and year, at 0 where it is not by that axis; INT64_MIN is absent. Whole numbers of
 * the unit. */
typedef struct mfigure {
    bool by[AXIS_END];
    bool interpolate;
    int exponent;
    int64_t cells[MODEL_REGIONS][MODEL_CLASSES][MODEL_YEARS];
} mfigure;

typedef struct mvalue {
    int rule; /* -1 = absent */
    family family;
    int exponent; /* of its unit */
    size_t place; /* its index in the set */
} mvalue;

typedef struct model {
    kit kit;
    uint64_t random;
    mnode nodes[MODEL_NODES];
    int node_count;
    mfigure figures[MODEL_FIGURES]; /* of %, km, household */
    kit others[MODEL_OTHERS];       /* sets with figures of their own, of the same three families */
    mfigure other_figures[MODEL_OTHERS][MODEL_FIGURES];
    bool given[MODEL_OTHERS]; /* the plan is given that set */
    const ntm_set *given_sets[MODEL_OTHERS];
    size_t given_count;
    int scope_count;
    int scope_axis;
    int scope_use[MODEL_SCOPES];
    int scope_rules[MODEL_SCOPES];
    int value_count;
    mvalue values[MODEL_VALUES];
    int criterion_count;
    int criterion_rules[MODEL_CRITERIA];   /* -1 = all its indicators */
    int first[MODEL_CRITERIA + 1];         /* its indicators */
    int indicator_rules[MODEL_INDICATORS]; /* -1 = absent */
    int precondition_count;
    int precondition_rules[MODEL_PRECONDITIONS];
    int status;     /* -1 = all criteria */
    int revocation; /* -1 = none */
    int grade;      /* quantity; -1 = none */
    int band_exponent;
    int64_t band_from[MODEL_BANDS]; /* x 10^band_exponent base units */
    bool band_open[MODEL_BANDS];
    int band_requires[MODEL_BANDS]; /* -1 = nothing */
    int knock_out;                  /* -1 = none */
    bool once;     /* each input occurs once, no part of another, no references, no "=": verdicts are then sharp */
    uint32_t used; /* inputs used so far */
    bool in_members;
    bool in_scope;       /* rules of scope look at facts alone */
    uint64_t often;      /* one leaf in so many is a figure */
    int done;            /* criteria made so far: rules may refer to them */
    int done_indicators; /* and their indicators */
} model;

void model_start(model *m, uint64_t seed, bool once);
void model_end(model *m);
uint64_t model_below(model *m, uint64_t end); /* a random number in [0, end) */
void model_shuffle(model *m, const char **names, size_t count);
/* Gives a plan the other sets that it may have. */
void model_give(const model *m, ntm_plan_options *options);

/* Axes and figures of the set, and the other sets; model-figures.c. */
void model_axes(model *m);
void model_figures(model *m);
void model_others(model *m);

/* Rules of scope, and values: more of them, and all of them added to the set; model-values.c. */
void model_scopes(model *m);
void model_more_values(model *m, int count);
void model_values_done(model *m);

/* Random trees; model-rules.c. A negative answer: nothing more can be made (when `once`). */
int model_condition(model *m, int depth);
int model_quantity(model *m, family of, int depth);
/* Points, a value, or a share as it is. */
int model_graded(model *m);
/* The highest of some points; how many of something times so many persons. */
int model_ladder(model *m, int depth);
int model_persons(model *m);

/* ------------------------------------------------------------------------------------------- truth */

typedef struct truth {
    size_t rows;
    uint8_t *known[IN_END];  /* ntm_known, one a row */
    int64_t *values[IN_END]; /* x 10^-scale; 0 and 1; index of level, region, year */
    bool present[IN_END];    /* there is a column */
    bool fixed[IN_END];      /* the same in all rows */
    bool pinned[IN_END];     /* an axis that the plan fixes: no column */
    /* Bounds of numbers, least and most: what is known of them and x 10^-(scale + 1); NULL where there is no column. */
    uint8_t *limits_known[IN_END][2];
    int64_t *limits[IN_END][2];
} truth;

void truth_start(truth *t, size_t rows, uint64_t *random);
void truth_end(truth *t);
/* Fixes some axes for all rows. */
void truth_pin(truth *t, uint64_t *random);
/* Bounds for some numbers, on either side of what they are, whether that is reported or not. */
void truth_limit(truth *t, uint64_t *random);
/* Columns for the rows map[0..rows). */
void truth_encode(sheet *s, const truth *t, const size_t *map, size_t rows, uint64_t *random);

/* ------------------------------------------------------------------------------------------- the oracle */

/* What a value is, if it can be given out in 64 bits. */
typedef struct exactly {
    bool fits;
    ntm_range range;
} exactly;

typedef struct verdicts {
    bool overflow; /* the numbers are beyond this evaluator: nothing is said */
    ntm_verdict criteria[MODEL_CRITERIA];
    ntm_verdict indicators[MODEL_INDICATORS];
    ntm_verdict preconditions[MODEL_PRECONDITIONS];
    ntm_verdict criteria_status;
    ntm_verdict status;
    ntm_verdict revocation;
    ntm_bounds met;
    ntm_bounds grade;
    bool values_overflow;         /* the values are beyond this evaluator */
    exactly values[MODEL_VALUES]; /* by index in the set */
    exactly score;
} verdicts;

void oracle_row(verdicts *out, const model *m, const truth *t, size_t row, int year);

#endif
