/* SPDX-License-Identifier: Apache-2.0 */
/* Random trees of provinces, districts and communes that come and go, change their level, and skip a rung now and then. */
#ifndef NTM_TEST_FOREST_H
#define NTM_TEST_FOREST_H

#include "tree.h"

enum { FOREST_ROWS = 64, FOREST_DAYS = 4, FOREST_FIRST = 18262, FOREST_CODES = 9 };

/* A row of the registry. */
typedef struct forest_row {
    int rung;              /* 1 to 3 */
    int code;              /* among those of its rung */
    int above, above_code; /* rung and code of the parent; 0 = none */
    int from, before;      /* days from 0; 0 and FOREST_DAYS = always */
    const char *level;
} forest_row;

typedef struct forest {
    forest_row rows[FOREST_ROWS];
    int count;
} forest;

void forest_make(forest *f, uint64_t *random);
/* The registry, and its rows in the same order. Findings are allowed. */
ntm_units *forest_units(const forest *f);
ntm_date forest_day(int day);
/* "P3", "D0", "C7". */
void forest_code(char out[8], const forest_row *row);
bool forest_there(const forest *f, int row, int day);
/* The row above on a rung, looked for step by step; -1 = none. */
int forest_above(const forest *f, int row, int rung, int day);

#endif
