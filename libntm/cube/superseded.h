/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the stock of a unit that is gone has passed to its successors. */
#ifndef NTM_I_CUBE_SUPERSEDED_H
#define NTM_I_CUBE_SUPERSEDED_H

#include "cube/cube.h"

/* Whether the successors of a unit have reported since: all of them, or some. */
typedef enum ntm_i_superseded {
    NTM_I_SUPERSEDED_NOT = 0,
    NTM_I_SUPERSEDED_SOME = 1,
    NTM_I_SUPERSEDED = 2
} ntm_i_superseded;

/* Whether the cells of a combination are stocks. */
typedef bool ntm_i_is_stock(const ntm_i_cubing *c, const uint32_t *at);

/* All stocks that were reported, by whom and when. Without a registry, units or time there is nothing to ask. */
typedef struct ntm_i_superseding {
    const ntm_i_cubing *c;
    const uint32_t *groups; /* of the registry, by coordinate of the unit */
    const struct reported *reports;
    size_t count;
} ntm_i_superseding;

/* The scratch of the cube in the making keeps it; false for want of memory. */
bool ntm_i_superseding_start(ntm_i_superseding *s, ntm_i_cubing *c, ntm_i_is_stock *is_stock);
/* Of a stock that a unit last reported on a day, among all reports until the last day. */
ntm_i_superseded ntm_i_superseding_ask(const ntm_i_superseding *s, const uint32_t *at, ntm_date day, ntm_date last);

#endif
