/* SPDX-License-Identifier: Apache-2.0 */
/* What is common to the sides of a cube. */
#include "cube/cube.h"

bool ntm_i_find_stocks(ntm_i_cubing *c) {
    for (size_t i = 0; i < c->tally->base_count; i++) {
        const ntm_i_base *base = &c->tally->bases[i];
        bool some = false;
        for (uint32_t m = 0; m < base->member_count && base->kind == NTM_I_BASE_MEMBER; m++)
            some = some || base->members[m].stock;
        if (!some) continue;
        c->stock[i] = ntm_i_arena_take(&c->scratch, base->count, 1);
        if (c->stock[i] == NULL) return false;
        for (uint32_t at = 0; at < base->count; at++) {
            c->stock[i][at] = base->members[base->member_of == NULL ? at : base->member_of[at]].stock;
            c->stocks = c->stocks || c->stock[i][at];
        }
    }
    return true;
}

static bool one_parent(const ntm_i_cube_side *side, const ntm_i_chain *chains, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < chains[i].count; k++) {
            uint32_t up = k + 1 < chains[i].count ? chains[i].nodes[k + 1] : NTM_I_NO_NODE;
            if (side->nodes[chains[i].nodes[k]].parent != up) return false;
        }
    return true;
}

bool ntm_i_side_one_tree(ntm_i_cubing *c, ntm_i_cube_side *side, ntm_i_chain *chains, size_t count) {
    if (!one_parent(side, chains, count)) return true;
    side->bottom_up = ntm_i_arena_take(&c->cube->arena, side->count, sizeof *side->bottom_up);
    if (side->bottom_up == NULL) return false;
    /* Nodes above stand before those below, but for the total, which has nothing above it. */
    for (uint32_t i = side->count; i > 0; i--)
        if (side->nodes[i - 1].parent != NTM_I_NO_NODE) side->bottom_up[side->bottom_up_count++] = i - 1;
    for (size_t i = 0; i < count; i++)
        if (chains[i].count > 1) chains[i].count = 1;
    return true;
}
