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

typedef enum sort { SORT_NUMBER, SORT_FLAG, SORT_LEVEL, SORT_REGION, SORT_YEAR } sort;
/* What may be compared with what. */
typedef enum family { FAMILY_PLAIN, FAMILY_HOUSEHOLD, FAMILY_LENGTH, FAMILY_PERSON, FAMILY_NONE } family;

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
    IN_END
};

extern const model_input inputs[IN_END];
extern const char *const model_levels[3];
extern const char *const model_regions[4]; /* the last has no figure at all */
extern const char *const model_years[6];
enum { YEAR_FIRST = 2016 };

/* ------------------------------------------------------------------------------------------- trees */

typedef struct mnode {
    ntm_node_kind kind;
    int of[5];
    int of_count;
    int input; /* facts, flags, past */
    int figure;
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
    int part;         /* criterion or indicator */
    uint32_t members; /* bit set of criteria; 0 = all */
    ntm_node node;    /* the same in the set */
} mnode;

enum { MODEL_NODES = 4000, MODEL_CRITERIA = 8, MODEL_INDICATORS = 32, MODEL_PRECONDITIONS = 3, MODEL_BANDS = 3 };

/* Cells of the figures: by region and year; a value of INT64_MIN is absent. Whole numbers of the unit. */
typedef struct mfigure {
    bool by_region;
    bool by_year;
    bool interpolate;
    int exponent;
    int64_t cells[4][6];
} mfigure;

typedef struct model {
    kit kit;
    uint64_t random;
    mnode nodes[MODEL_NODES];
    int node_count;
    mfigure figures[3]; /* of %, km, household */
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
    int done;            /* criteria made so far: rules may refer to them */
    int done_indicators; /* and their indicators */
} model;

void model_start(model *m, uint64_t seed, bool once);
void model_end(model *m);
uint64_t model_below(model *m, uint64_t end); /* a random number in [0, end) */

/* Random trees; model-rules.c. A negative answer: nothing more can be made (when `once`). */
int model_condition(model *m, int depth);
int model_quantity(model *m, family of, int depth);
/* Points, or a share as it is. */
int model_graded(model *m);

/* ------------------------------------------------------------------------------------------- truth */

typedef struct truth {
    size_t rows;
    uint8_t *known[IN_END];  /* ntm_known, one a row */
    int64_t *values[IN_END]; /* x 10^-scale; 0 and 1; index of level, region, year */
    bool present[IN_END];    /* there is a column */
    bool fixed[IN_END];      /* the same in all rows */
} truth;

void truth_start(truth *t, size_t rows, uint64_t *random);
void truth_end(truth *t);
/* Columns for the rows map[0..rows). */
void truth_encode(sheet *s, const truth *t, const size_t *map, size_t rows, uint64_t *random);

/* ------------------------------------------------------------------------------------------- the oracle */

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
} verdicts;

void oracle_row(verdicts *out, const model *m, const truth *t, size_t row, int year);

#endif
