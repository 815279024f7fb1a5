/* SPDX-License-Identifier: Apache-2.0 */
/* Random registries with reforms, as tables that the library reads and as arrays that a model in a test follows. */
#ifndef NTM_TEST_REFORMS_H
#define NTM_TEST_REFORMS_H

#include "tree.h"

enum { ROWS = 96, EPOCHS = 5, CODES = 9, TARGETS = 4, FIRST = 18262, DAYS = 100 };

typedef struct reform_row {
    int code, name;
    int from, before; /* epochs; 0 and EPOCHS = always */
} reform_row;

/* Where a row goes on the day that begins an epoch: rows, itself among them when it goes on. */
typedef struct reform_flow {
    int to[TARGETS];
    int64_t weight[TARGETS]; /* of the edge; -1 = none is written */
    int count;
    bool rest;    /* a part stays with the row that ended */
    bool written; /* the edge to the row of its own code is in the table */
} reform_flow;

typedef struct reforms {
    reform_row rows[ROWS];
    int row_count, epochs;
    reform_flow flows[EPOCHS][ROWS]; /* by epoch that begins, then row */
    int alive[EPOCHS][CODES];        /* row, or -1 */
    int last[CODES];                 /* the last epoch in which a code was in use; -1 = none */
    uint64_t random, weights;
} reforms;

/* A random country of a few codes and epochs; everything follows from the seed. */
void reforms_make(reforms *s, uint64_t seed);
/* The registry of it. Weights are the column "people" of its edges. */
ntm_units *reforms_units(const reforms *s);
/* The first day of an epoch. */
ntm_date reforms_day(int epoch);
bool reforms_goes_to(const reform_flow *f, int to);
/* How many rows go (in part) to a row in the reform that begins an epoch. */
int reforms_sources(const reforms *s, int epoch, int to);
/* The weight of an edge, as the table has it; -1 = none. */
int64_t reforms_weight(const reforms *s, int epoch, int u, int at);
/* Whether the table has to have the edge to the row of the unit's own code. */
bool reforms_needs_own(const reforms *s, int epoch, int u, int own);

#endif
