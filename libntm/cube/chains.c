/* SPDX-License-Identifier: Apache-2.0 */
/* The chains of pairs of unit and segment: an array, or where few of very many pairs occur, a table of those. */
#include "cube/cube.h"

/* An array is worth it when at least every eighth pair could occur. */
enum { SMALL = 1 << 20, SPARSE = 8 };

bool ntm_i_chains_start(ntm_i_chains *chains, size_t pairs, size_t occurring, ntm_i_arena *arena) {
    *chains = (ntm_i_chains){.room = pairs};
    if (pairs > SMALL && pairs / SPARSE > occurring) {
        chains->room = 2;
        while (chains->room / 2 <= occurring)
            chains->room *= 2;
        chains->keys = ntm_i_arena_take(arena, chains->room, sizeof *chains->keys);
        if (chains->keys == NULL) return false;
    }
    chains->items = ntm_i_arena_take(arena, chains->room + 1, sizeof *chains->items);
    return chains->items != NULL;
}

/* Where a pair is, or an empty place for it: half of all places are. */
static size_t place_of(const ntm_i_chains *chains, uint64_t pair) {
    size_t at = (size_t)ntm_i_mixed(pair ^ (uint64_t)(uintptr_t)chains->keys << 16) & (chains->room - 1);
    while (chains->keys[at] != 0 && chains->keys[at] != pair + 1)
        at = (at + 1) & (chains->room - 1);
    return at;
}

ntm_i_chain *ntm_i_chains_take(ntm_i_chains *chains, uint64_t pair) {
    if (chains->keys == NULL) return &chains->items[pair];
    size_t at = place_of(chains, pair);
    chains->keys[at] = pair + 1;
    return &chains->items[at];
}

const ntm_i_chain *ntm_i_chains_find(const ntm_i_chains *chains, uint64_t pair) {
    return &chains->items[chains->keys == NULL ? (size_t)pair : place_of(chains, pair)];
}
