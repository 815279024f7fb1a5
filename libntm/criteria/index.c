/* SPDX-License-Identifier: Apache-2.0 */
#include "criteria/index.h"

#include <stdlib.h>
#include <string.h>

static int compare_entries(const void *a, const void *b) {
    const ntm_i_entry *left = a, *right = b;
    int order = strcmp(left->id, right->id);
    if (order != 0) return order;
    return left->at < right->at ? -1 : left->at > right->at;
}

bool ntm_i_index_make(ntm_i_index *out, ntm_i_arena *arena, const void *items, size_t count, size_t item_size) {
    ntm_i_entry *entries = ntm_i_arena_take(arena, count, sizeof *entries);
    if (entries == NULL) return false;
    const char *item = items;
    size_t used = 0;
    for (size_t i = 0; i < count; i++, item += item_size) {
        const char *id;
        memcpy(&id, item, sizeof id);
        if (id != NULL) entries[used++] = (ntm_i_entry){id, i};
    }
    if (used > 1) qsort(entries, used, sizeof *entries, compare_entries);
    out->entries = entries;
    out->count = used;
    return true;
}

size_t ntm_i_index_find(const ntm_i_index *index, const char *id) {
    if (id == NULL) return SIZE_MAX;
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(index->entries[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < index->count && strcmp(index->entries[low].id, id) == 0 ? index->entries[low].at : SIZE_MAX;
}
