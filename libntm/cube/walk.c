/* SPDX-License-Identifier: Apache-2.0 */
/* Going through a tally. In an array coordinates are counted on; to divide for each cell would cost more than adding it. */
#include "cube/cube.h"

void ntm_i_walk_start(ntm_i_walk *walk, const ntm_cube_tally *tally) { *walk = (ntm_i_walk){.tally = tally}; }

/* From one key to a later one: near ones by counting. */
static void move(ntm_i_walk *walk, uint64_t key) {
    const ntm_cube_tally *tally = walk->tally;
    if (key - walk->key > 16) {
        ntm_i_bases_split(walk->at, tally, key);
        walk->key = key;
    }
    for (; walk->key < key; walk->key++) {
        size_t i = tally->base_count;
        while (i > 0 && ++walk->at[i - 1] >= tally->bases[i - 1].count)
            walk->at[--i] = 0;
    }
}

bool ntm_i_walk_next(ntm_i_walk *walk) {
    if (!ntm_i_store_next(&walk->cell, &walk->tally->store, &walk->next)) return false;
    move(walk, walk->cell.key);
    return true;
}
