/* SPDX-License-Identifier: Apache-2.0 */
/* What may have happened to the cells of an explanation. */
#ifndef NTM_I_CAUSES_H
#define NTM_I_CAUSES_H

#include "reconcile/system.h"

#define NTM_I_CAUSES_MAX 8 /* of one cell */

typedef struct ntm_i_causes {
    size_t count;
    ntm_suspicion list[NTM_I_CAUSES_MAX]; /* by rank: the order of ntm_cause */
} ntm_i_causes;

/* An explanation: cells of the balance, ascending, and what each can be. */
typedef struct ntm_i_explanation {
    const ntm_balance *balance;
    const uint32_t *cells;
    const ntm_i_repair *repairs;
    size_t count;
    const uint32_t *equations; /* of the group */
    size_t equation_count;
    const uint32_t *group; /* cells of the group, ascending */
    size_t group_count;
} ntm_i_explanation;

/* Adds a cause unless there is no room; those of one call come in the order of rank. */
void ntm_i_causes_add(ntm_i_causes *to, ntm_cause cause, int power, uint32_t other, ntm_decimal value);
/* Whether a figure, within the half-width of the cell's, is one that the cell can be. */
bool ntm_i_repair_takes(const ntm_i_repair *repair, ntm_i_rational figure, const ntm_balance_cell *cell);
/* The only value a cell can be, as a decimal; false when there is none. */
bool ntm_i_repair_value(ntm_decimal *out, const ntm_i_repair *repair);

/* Rows from where the figures of all cells belong, +1 or -1; 0 when they were not shifted. */
int ntm_i_shifted(const ntm_i_explanation *explanation);
/* The causes of one cell of an explanation; `shift` is the answer of ntm_i_shifted(). */
void ntm_i_causes_find(ntm_i_causes *out, const ntm_i_explanation *explanation, size_t index, int shift);

#endif
