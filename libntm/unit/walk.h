/* SPDX-License-Identifier: Apache-2.0 */
/* Along the edges from a unit, forwards or backwards in time: where one comes to stand, and how much of what. */
#ifndef NTM_I_UNIT_WALK_H
#define NTM_I_UNIT_WALK_H

#include "unit/registry.h"

/* Walks from a unit on a day to a later day or, backwards, to an earlier one. Fills `parts` (of ntm_unit_part), by row.
   False for want of memory. */
bool ntm_i_units_walk(ntm_i_array *parts, const ntm_units *units, ntm_unit unit, ntm_date from, ntm_date to,
                      bool backwards);

#endif
