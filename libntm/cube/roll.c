/* SPDX-License-Identifier: Apache-2.0 */
/* Members into what they are parts of, side by side of the cube. */
#include <string.h>

#include "cube/cube.h"

/* One slice of an array into another: the cells of a node in one stretch of keys. */
static inline void add_slice(ntm_i_store *store, size_t to, size_t from, size_t count) {
    if (store->narrow)
        for (size_t i = 0; i < count; i++)
            store->sums[to + i] += store->sums[from + i];
    else
        for (size_t i = 0; i < count; i++)
            store->wides[to + i] += store->wides[from + i];
    for (size_t i = 0; i < count; i++)
        store->marks[to + i] = (uint8_t)(store->marks[to + i] | store->marks[from + i]);
    for (size_t i = 0; i < count && store->missing != NULL; i++) {
        uint32_t more = store->missing[from + i];
        store->missing[to + i] =
            store->missing[to + i] > UINT32_MAX - more ? UINT32_MAX : store->missing[to + i] + more;
    }
}

static void roll_array(ntm_i_store *store, const ntm_i_cube_side *side) {
    const size_t stride = (size_t)side->stride, whole = stride * side->count;
    for (size_t start = 0; start < store->keys; start += whole)
        for (uint32_t i = 0; i < side->bottom_up_count; i++) {
            size_t node = side->bottom_up[i], up = side->nodes[node].parent;
            if (stride == 1 && store->narrow && store->missing == NULL) { /* no loop for a single cell */
                store->sums[start + up] += store->sums[start + node];
                store->marks[start + up] = (uint8_t)(store->marks[start + up] | store->marks[start + node]);
                continue;
            }
            add_slice(store, start + up * stride, start + node * stride, stride);
        }
}

/* Every cell into those above it: entries are copied first, because a table moves when it grows. */
static bool roll_table(ntm_i_store *store, const ntm_i_cube_side *side) {
    size_t count = store->entry_count, n = 0;
    if (count == 0) return true;
    ntm_i_entry_cell *cells = ntm_i_allocate(&store->allocator, count, sizeof *cells);
    bool good = cells != NULL;
    for (size_t i = 0; i < store->entry_room && good; i++)
        if (store->entries[i].mark != 0) cells[n++] = store->entries[i];
    for (size_t i = 0; i < n && good; i++) {
        uint32_t node = (uint32_t)(cells[i].key / side->stride % side->count);
        uint64_t rest = cells[i].key - node * side->stride;
        for (node = side->nodes[node].parent; node != NTM_I_NO_NODE && good; node = side->nodes[node].parent)
            good = ntm_i_store_add(store, rest + node * side->stride, cells[i].sum, cells[i].missing, cells[i].mark);
    }
    ntm_i_release(&store->allocator, cells, count, sizeof *cells);
    return good;
}

static ntm_status check_sorts(const ntm_i_cubing *c) {
    ntm_i_entry_cell cell;
    if (!c->stocks) return NTM_OK;
    for (uint64_t at = 0; ntm_i_store_next(&cell, &c->cube->store, &at);) {
        char text[NTM_I_CELL_TEXT];
        if ((cell.mark & NTM_I_FLOW) && (cell.mark & NTM_I_STOCK))
            return ntm_i_fail(
                c->err, NTM_ERROR_UNIT, NTM_I_NOWHERE,
                "stocks would be added to flows in the cell %s: leave one of them out, or make what tells them "
                "apart a side without what is above",
                ntm_i_cube_text(text, c->cube, cell.key));
    }
    return NTM_OK;
}

ntm_status ntm_i_roll(ntm_i_cubing *c) {
    ntm_i_store *store = &c->cube->store;
    for (size_t i = 0; i < c->cube->side_count; i++) {
        const ntm_i_cube_side *side = &c->cube->sides[i];
        if (side->bottom_up_count == 0) continue;
        if (store->dense)
            roll_array(store, side);
        else if (!roll_table(store, side))
            return ntm_i_no_memory(c->err);
    }
    return ntm_i_store_sort(store) ? check_sorts(c) : ntm_i_no_memory(c->err);
}
