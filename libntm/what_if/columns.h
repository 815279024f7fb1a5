/* SPDX-License-Identifier: Apache-2.0 */
/* Copies of columns in which some cells change. */
#ifndef NTM_I_WHAT_IF_COLUMNS_H
#define NTM_I_WHAT_IF_COLUMNS_H

#include <ntm/what_if.h>

#include "column/cells.h"

/* The changes of one column: `order` names them by row, no row twice. */
typedef struct ntm_i_column_changes {
    const char *name;
    const ntm_fact_change *changes;
    const uint32_t *order;
    size_t count;
    size_t rows; /* of the table */
} ntm_i_column_changes;

/* A copy of a column with the changes in it, in the report's arena. Complains where they do not fit; false for want of
   memory. */
bool ntm_i_changed_column(ntm_column *out, const ntm_column *from, const ntm_i_column_changes *what,
                          ntm_i_cells *report);
/* A column of nothing but the changes; *there is false when they say nothing. */
bool ntm_i_added_column(ntm_column *out, bool *there, const ntm_i_column_changes *what, ntm_i_cells *report);

#endif
