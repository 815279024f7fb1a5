/* SPDX-License-Identifier: Apache-2.0 */
/* Equations that hang together by cells, and what can be left out before. */
#ifndef NTM_I_GROUPS_H
#define NTM_I_GROUPS_H

#include "reconcile/balance.h"

/* Groups of at least one equation each, by their first cell; cells and equations of a group lie behind one another. */
typedef struct ntm_i_groups {
    size_t count;
    size_t *first_cell; /* count + 1 of each */
    size_t *first_equation;
    uint32_t *cells;
    uint32_t *equations;
    uint32_t *local; /* by cell of the balance: its place in its group */
} ntm_i_groups;

/* False for want of memory, which is the arena's. */
bool ntm_i_groups_make(ntm_i_groups *out, const ntm_balance *balance, ntm_i_arena *arena);

#endif
