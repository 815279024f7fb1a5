/* SPDX-License-Identifier: Apache-2.0 */
/* Random laws over a random tree of units, and tables that lack rows, columns and cells. */
#ifndef NTM_TEST_LAWS_H
#define NTM_TEST_LAWS_H

#include "forest.h"

#include <ntm/ntm.h>

enum { STEPS = 5, NODES = 400, DAY = 2 };

typedef enum sort { FLAG, NUMBER, PARENT, HOLDS, NOT, ALL, ANY, SOME, UNLESS, EVERY, COUNT, SHARE } sort;
typedef enum sign { LESS, AT_MOST, EQUAL, AT_LEAST, MORE } sign;

typedef struct node {
    sort sort;
    int fact;     /* FLAG, NUMBER, PARENT, UNLESS */
    int rung;     /* of PARENT's unit above, of children */
    int other;    /* index of its level: 0 or 1 */
    int set;      /* HOLDS */
    sign sign;    /* comparisons */
    int64_t want; /* what is compared with; k of SOME */
    int below[3];
    int below_count;
    int name; /* of children */
} node;

/* Facts of the dictionary that all sets share: flags f0 to f2, counts n0 to n2. */
enum { FLAGS = 3, FACTS = 6 };

extern const char *const laws_levels[4][2];

/* A table of a step: cells by column, then row. Column FACTS and after: bounds of the counts, then "holds:s0" ... */
typedef struct sheet {
    bool there, has[FACTS + 6 + STEPS];
    int64_t cells[FACTS + 6 + STEPS][FOREST_ROWS];
    int units[FOREST_ROWS];
    int rows;
    bool as_bits;
} sheet;

enum { LEAST = FACTS, MOST = FACTS + 3, HELD = FACTS + 6, ALL_COLUMNS = HELD + STEPS };
#define GONE INT64_MIN
#define NONE (INT64_MIN + 1)

typedef struct law {
    int rung, other, set; /* set: two steps may be of one set */
    int rules[2];
    int rule_count;
    int before; /* precondition; 0 = none */
    sheet sheet;
} law;

typedef struct scene {
    forest f;
    ntm_units *units;
    node nodes[NODES];
    int node_count, names;
    law laws[STEPS];
    int count;
    uint64_t random;
} scene;

/* A random number below `of`. */
int laws_chance(scene *s, unsigned of);
/* A tree, laws and sheets; everything follows from the seed. */
void laws_make(scene *s, uint64_t seed);
/* The law of a step as a set. */
ntm_set *laws_read(const scene *s, int step);
/* Whether a unit is of a level and there on the day. */
bool laws_is_of(const scene *s, int unit, int rung, int other);

#endif
