/* SPDX-License-Identifier: Apache-2.0 */
/* One group of equations that hang together, as a system that can be asked which cells have to be wrong. */
#ifndef NTM_I_SYSTEM_H
#define NTM_I_SYSTEM_H

#include "number/interval.h"
#include "reconcile/balance.h"
#include "reconcile/simplex.h"

/* Cells are numbered within the group, in the order of the balance. */
typedef struct ntm_i_system {
    const ntm_balance *balance;
    const uint32_t *cells; /* of the balance, ascending */
    size_t cell_count;
    const uint32_t *equations;
    size_t equation_count;
    const uint32_t *local; /* by cell of the balance */
    ntm_i_simplex simplex;
    unsigned power;          /* variables are cells × 10^power: nearly always whole */
    ntm_i_interval *printed; /* by cell: what it may be while it is not wrong, × 10^power */
    uint32_t *first_row;     /* by equation */
    bool *never;             /* by equation: a share that is printed with digits that it cannot have */
    bool *matters;           /* by cell: it is part of a sum, or the part or whole of a share */
    ntm_i_side *row_least;   /* by row: its bounds while its share is not wrong */
    ntm_i_side *row_most;
    bool *wrong;    /* by cell: what the caller asks about */
    bool *by_share; /* by cell: a wrong or unknown share that its part and whole give */
    bool doubtful;  /* the last question hung on a product of two unknowns, taken as satisfied */
} ntm_i_system;

/* The most numbers in a tableau. */
#define NTM_I_SYSTEM_MAX ((size_t)4 << 20)
/* Rows of the tableau that the equations take. */
size_t ntm_i_system_rows(const ntm_balance *balance, const uint32_t *equations, size_t count);

/* Builds the system from balance, cells, equations, local and simplex.work. *fits is false when numbers do not fit; the
   result is false for want of memory. */
bool ntm_i_system_start(ntm_i_system *system, ntm_i_arena *arena, bool *fits);
/* Whether some values of the cells in `wrong` (and of the unknown ones) satisfy everything. */
ntm_i_solved ntm_i_system_solve(ntm_i_system *system);
/* After NTM_I_CONTRADICTS: cells of which at least one is wrong, into `out` with room for all; how many. */
size_t ntm_i_system_conflict(uint32_t *out, const ntm_i_system *system);

/* What a cell can be. */
typedef struct ntm_i_repair {
    ntm_i_interval range; /* with infinite ends where there is none */
    bool least_open;
    bool most_open;
} ntm_i_repair;
/* After NTM_I_SOLVED: what a cell of `wrong` can be. */
ntm_i_solved ntm_i_system_repair(ntm_i_repair *out, ntm_i_system *system, uint32_t cell);

#endif
