/* SPDX-License-Identifier: Apache-2.0 */
/* Reading amounts out of the cells of a table: numbers and đồng that are not below 0. */
#ifndef NTM_I_CELL_NUMBERS_H
#define NTM_I_CELL_NUMBERS_H

#include "column/cells.h"

/* Whether the column holds numbers; NULL does too. False after complaining. */
bool ntm_i_cells_numbers(ntm_i_cells *cells, const ntm_field *field);
/* A number, not below 0; false when there is none, or after complaining. */
bool ntm_i_cell_number(ntm_i_cells *cells, ntm_decimal *out, const ntm_field *field, size_t row);
/* The same of whole đồng. */
bool ntm_i_cell_money(ntm_i_cells *cells, ntm_money *out, const ntm_field *field, size_t row);

#endif
