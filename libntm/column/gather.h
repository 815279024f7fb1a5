/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a column picked out into another. */
#ifndef NTM_I_GATHER_H
#define NTM_I_GATHER_H

#include <ntm/column.h>

#include "base/memory.h"

/* Row i of *out is row rows[i] of `from`, or not reported where that is NTM_I_NO_PICK. The memory is the arena's;
   categories stay borrowed. False for want of memory, or for text of 2 GiB. */
#define NTM_I_NO_PICK UINT32_MAX
bool ntm_i_column_gather(ntm_column *out, const ntm_column *from, const uint32_t *rows, size_t count,
                         ntm_i_arena *arena);

#endif
