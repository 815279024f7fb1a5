/* SPDX-License-Identifier: Apache-2.0 */
/* One figure of a set, on its way into the set with an overlay. */
#ifndef NTM_I_LAY_CELLS_H
#define NTM_I_LAY_CELLS_H

#include "catalogue/lay.h"

typedef struct ntm_i_lay_figure {
    ntm_i_laying *l;
    ntm_figure *figure;         /* what goes into the new set */
    ntm_i_origin *origin;       /* of it */
    ntm_i_cell_origin *origins; /* of its values */
    const ntm_i_use *use;       /* by the rules of the base; NULL when nothing asks for it */
} ntm_i_lay_figure;

/* Makes the figure of the base changeable. False for want of memory (noted). */
bool ntm_i_lay_figure_start(ntm_i_laying *l, ntm_i_lay_figure *f, ntm_figure *figure, ntm_i_origin *origin);

/* Each takes in one entry of the overlay; NULL is no entry. */
void ntm_i_lay_figure_fill(ntm_i_lay_figure *f, const ntm_i_yaml *entry);
void ntm_i_lay_figure_replace(ntm_i_lay_figure *f, const ntm_i_yaml *entry);
void ntm_i_lay_figure_tighten(ntm_i_lay_figure *f, const ntm_i_yaml *entry);

#endif
