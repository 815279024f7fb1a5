/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of a figure: how many it has, and which of them are known. */
#ifndef NTM_I_FIGURE_CELLS_H
#define NTM_I_FIGURE_CELLS_H

#include "criteria/set.h"

#define NTM_I_FIGURE_AXES_MAX  4
#define NTM_I_FIGURE_CELLS_MAX 4096
#define NTM_I_AXIS_VALUES_MAX  512

/* One for a figure without axes, else the product of them. */
size_t ntm_i_figure_cells(const ntm_set *set, const ntm_figure *figure);

/* What each cell rests on, as ntm_standing; cells go by the figure's axes, the last one fastest. A year on a line
   between two that are given is worth what the weaker end is worth. Returns how many cells there are. */
size_t ntm_i_figure_standings(uint8_t standing[NTM_I_FIGURE_CELLS_MAX], const ntm_set *set, const ntm_figure *figure);

#endif
