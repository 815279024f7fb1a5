/* SPDX-License-Identifier: Apache-2.0 */
/* Whether linear equations over bounded variables have a solution, in exact arithmetic. The general simplex of Dutertre and
   de Moura, "A Fast Linear-Arithmetic Solver for DPLL(T)" (2006), with Bland's rule, so that it ends. Strict bounds are
   kept by a second, infinitely small part. When there is none, one row of the tableau tells why: its variables and their
   bounds cannot go together, whatever the others are. */
#ifndef NTM_I_SIMPLEX_H
#define NTM_I_SIMPLEX_H

#include "base/memory.h"
#include "number/rational.h"

/* at + small × ε, for an ε above 0 and below everything else. */
typedef struct ntm_i_point {
    ntm_i_rational at;
    ntm_i_rational small;
} ntm_i_point_value;

typedef struct ntm_i_side {
    bool there;
    ntm_i_point_value value;
} ntm_i_side;

typedef enum ntm_i_solved {
    NTM_I_SOLVED,      /* there is a solution */
    NTM_I_CONTRADICTS, /* there is none */
    NTM_I_TOO_WIDE,    /* numbers did not fit */
    NTM_I_TOO_LONG     /* the work limit was reached */
} ntm_i_solved;

#define NTM_I_NO_LINE UINT32_MAX

/* Variables: those of the caller first, then one for each row, which is the sum that the row says. */
typedef struct ntm_i_simplex {
    size_t own; /* variables of the caller */
    size_t all; /* with those of rows */
    size_t rows;
    ntm_i_rational *table; /* rows × all: basic[row] = sum of table[row][j] × x[j] over what is not basic */
    uint32_t *basic;       /* by row */
    uint32_t *line;        /* by variable: its row while it is basic, or NTM_I_NO_LINE */
    uint32_t *used;        /* scratch: columns of a row that are not 0 */
    ntm_i_point_value *x;  /* what each variable is now */
    ntm_i_side *least;     /* what it may be */
    ntm_i_side *most;
    uint64_t work;        /* steps left */
    size_t contradiction; /* the row that tells why there is no solution */
} ntm_i_simplex;

/* Rows of zeros; the caller fills the table at own columns, sets x of its variables and all bounds. False for want of
   memory, which is the arena's. */
bool ntm_i_simplex_start(ntm_i_simplex *s, ntm_i_arena *arena, size_t own, size_t rows);
/* Sets x of the rows' variables from the others: once, before the first solving. False when it does not fit. */
bool ntm_i_simplex_ready(ntm_i_simplex *s);
/* Finds values within the bounds, from those of the last time. */
ntm_i_solved ntm_i_simplex_solve(ntm_i_simplex *s);
/* From a solution: the least or most that a variable without bounds can be; *out.there is false when there is no end. The
   values are a solution again afterwards. */
ntm_i_solved ntm_i_simplex_extreme(ntm_i_side *out, ntm_i_simplex *s, uint32_t variable, bool most);

#endif
