/* SPDX-License-Identifier: Apache-2.0 */
/* Edges between rows: those of the table, and those that nobody writes down because the code simply goes on. */
#ifndef NTM_I_UNIT_EDGES_H
#define NTM_I_UNIT_EDGES_H

#include "unit/registry.h"

/* Checks the edges of the table against each other, adds the others and freezes all. */
void ntm_i_units_join(ntm_i_units_making *m, ntm_i_array *edges);

#endif
