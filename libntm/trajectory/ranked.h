/* SPDX-License-Identifier: Apache-2.0 */
/* Units that are behind, and their order: apart from sets, which call something else a sort. */
#ifndef NTM_I_RANKED_H
#define NTM_I_RANKED_H

#include "base/memory.h"
#include "number/rational.h"

typedef enum ntm_i_rank {
    NTM_I_RANK_UNASKED = 0, /* behind although nothing is asked */
    NTM_I_RANK_SHARE = 1,   /* by a share of what is asked */
    NTM_I_RANK_NO_AMOUNT = 2
} ntm_i_rank;

typedef struct ntm_i_ranked {
    size_t series, unit;
    const char *code;
    ntm_i_rank rank;
    ntm_i_rational amount; /* behind, by what is asked; where nothing is asked the amount itself */
} ntm_i_ranked;

/* The worst first: the places of the items in that order, of `2 * count` numbers that the caller gives back; NULL for want
   of memory. */
uint32_t *ntm_i_rank_order(const ntm_i_ranked *items, size_t count, const ntm_allocator *allocator);

#endif
