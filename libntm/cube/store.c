/* SPDX-License-Identifier: Apache-2.0 */
/* Sums by key. An array costs nothing to find a cell in and everything for cells that do not occur; a table the other way
 * round. Where a key goes in a table depends on where the table lies in memory, so that nobody can choose members that all
 * go to one place; what comes out is in the order of keys all the same. */
#include <string.h>

#include "base/sort.h"
#include "cube/cube.h"

/* A place of a table that is taken has a mark: TAKEN until somebody says what it holds. */
enum { SMALL = 1 << 16, FIRST_ROOM = 1 << 10, TAKEN = 128 };

/* An array is worth it when at least every fourth cell could have a row. */
void ntm_i_store_start(ntm_i_store *store, uint64_t keys, uint64_t expected, bool narrow,
                       const ntm_allocator *allocator) {
    *store = (ntm_i_store){.allocator = *allocator, .keys = keys, .narrow = narrow};
    store->dense = keys <= SMALL || (keys <= (uint64_t)1 << 31 && keys / 4 <= expected);
}

void ntm_i_store_end(ntm_i_store *store) {
    size_t keys = store->dense ? (size_t)store->keys : 0;
    ntm_i_release(&store->allocator, store->sums, keys, sizeof *store->sums);
    ntm_i_release(&store->allocator, store->wides, keys, sizeof *store->wides);
    ntm_i_release(&store->allocator, store->marks, keys, sizeof *store->marks);
    ntm_i_release(&store->allocator, store->missing, keys, sizeof *store->missing);
    ntm_i_release(&store->allocator, store->entries, store->entry_room, sizeof *store->entries);
}

bool ntm_i_store_room(ntm_i_store *store) {
    if (!store->dense) return true;
    size_t keys = (size_t)store->keys;
    if (store->narrow && store->sums == NULL)
        store->sums = ntm_i_allocate(&store->allocator, keys, sizeof *store->sums);
    if (!store->narrow && store->wides == NULL)
        store->wides = ntm_i_allocate(&store->allocator, keys, sizeof *store->wides);
    return store->narrow ? store->sums != NULL : store->wides != NULL;
}

bool ntm_i_store_marks(ntm_i_store *store) {
    if (store->marks == NULL) store->marks = ntm_i_allocate(&store->allocator, (size_t)store->keys, 1);
    return store->marks != NULL;
}

bool ntm_i_store_missing(ntm_i_store *store) {
    if (store->missing == NULL)
        store->missing = ntm_i_allocate(&store->allocator, (size_t)store->keys, sizeof *store->missing);
    return store->missing != NULL;
}

/* ------------------------------------------------------------------------------------------- tables */

static ntm_i_entry_cell *place_of(ntm_i_entry_cell *entries, size_t room, uint64_t key) {
    size_t at = (size_t)ntm_i_mixed(key ^ (uint64_t)(uintptr_t)entries << 16) & (room - 1);
    while (entries[at].mark != 0 && entries[at].key != key)
        at = (at + 1) & (room - 1);
    return &entries[at];
}

static bool grow(ntm_i_store *store) {
    size_t room = store->entry_room == 0 ? FIRST_ROOM : store->entry_room * 2;
    ntm_i_entry_cell *entries = ntm_i_allocate(&store->allocator, room, sizeof *entries);
    if (entries == NULL) return false;
    for (size_t i = 0; i < store->entry_room; i++)
        if (store->entries[i].mark != 0) *place_of(entries, room, store->entries[i].key) = store->entries[i];
    ntm_i_release(&store->allocator, store->entries, store->entry_room, sizeof *entries);
    store->entries = entries;
    store->entry_room = room;
    return true;
}

ntm_i_entry_cell *ntm_i_store_entry(ntm_i_store *store, uint64_t key) {
    if (store->entry_count * 2 >= store->entry_room && !grow(store)) return NULL;
    ntm_i_entry_cell *entry = place_of(store->entries, store->entry_room, key);
    if (entry->mark == 0) {
        entry->mark = TAKEN;
        entry->key = key;
        store->entry_count++;
    }
    return entry;
}

static int by_key(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_entry_cell *entries = context;
    return entries[a].key < entries[b].key ? -1 : entries[a].key > entries[b].key;
}

bool ntm_i_store_sort(ntm_i_store *store) {
    size_t count = 0;
    if (store->dense || store->entry_count == 0) return true;
    if (store->entry_count >= UINT32_MAX) return false;
    uint32_t *order = ntm_i_allocate(&store->allocator, store->entry_count, sizeof *order);
    uint32_t *spare = ntm_i_allocate(&store->allocator, store->entry_count, sizeof *spare);
    ntm_i_entry_cell *sorted = ntm_i_allocate(&store->allocator, store->entry_count, sizeof *sorted);
    bool good = order != NULL && spare != NULL && sorted != NULL;
    for (size_t i = 0; i < store->entry_room && good; i++) {
        if (store->entries[i].mark == 0) continue;
        store->entries[count] = store->entries[i]; /* count <= i: close ranks */
        order[count] = (uint32_t)count;
        count++;
    }
    if (good) ntm_i_sort(order, spare, count, by_key, store->entries);
    for (size_t i = 0; i < count && good; i++)
        sorted[i] = store->entries[order[i]];
    ntm_i_release(&store->allocator, order, store->entry_count, sizeof *order);
    ntm_i_release(&store->allocator, spare, store->entry_count, sizeof *spare);
    if (!good) {
        ntm_i_release(&store->allocator, sorted, store->entry_count, sizeof *sorted);
        return false;
    }
    ntm_i_release(&store->allocator, store->entries, store->entry_room, sizeof *sorted);
    store->entries = sorted;
    store->entry_room = store->entry_count;
    return true;
}

/* ------------------------------------------------------------------------------------------- cells */

static ntm_i_wide dense_sum(const ntm_i_store *store, size_t key) {
    ntm_i_wide sum = store->sums == NULL ? 0 : store->sums[key];
    return store->wides == NULL ? sum : sum + store->wides[key];
}

/* Counts stay at the largest number there is. */
static uint32_t more(uint32_t a, uint32_t b) { return a > UINT32_MAX - b ? UINT32_MAX : a + b; }

bool ntm_i_store_add(ntm_i_store *store, uint64_t key, ntm_i_wide sum, uint32_t missing, uint8_t mark) {
    if (!store->dense) {
        ntm_i_entry_cell *entry = ntm_i_store_entry(store, key);
        if (entry == NULL) return false;
        entry->sum += sum;
        entry->missing = more(entry->missing, missing);
        entry->mark = (uint8_t)((entry->mark & ~TAKEN) | mark);
        return true;
    }
    if (missing > 0 && !ntm_i_store_missing(store)) return false;
    if (missing > 0) store->missing[key] = more(store->missing[key], missing);
    if (store->narrow)
        store->sums[key] += (int64_t)sum;
    else
        store->wides[key] += sum;
    store->marks[key] = (uint8_t)(store->marks[key] | mark);
    return true;
}

static ntm_i_entry_cell dense_cell(const ntm_i_store *store, size_t key) {
    return (ntm_i_entry_cell){dense_sum(store, key), key, store->missing == NULL ? 0 : store->missing[key],
                              store->marks[key]};
}

ntm_i_entry_cell ntm_i_store_get(const ntm_i_store *store, uint64_t key) {
    const ntm_i_entry_cell nothing = {0, key, 0, 0};
    if (store->dense) return dense_cell(store, (size_t)key);
    size_t low = 0, high = store->entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (store->entries[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < store->entry_count && store->entries[low].key == key ? store->entries[low] : nothing;
}

bool ntm_i_store_next(ntm_i_entry_cell *out, const ntm_i_store *store, uint64_t *at) {
    if (!store->dense) {
        if (*at >= store->entry_count) return false;
        *out = store->entries[(*at)++];
        return true;
    }
    size_t key = (size_t)*at;
    while (key < store->keys && store->marks[key] == 0)
        key++;
    *at = key + 1;
    if (key >= store->keys) return false;
    *out = dense_cell(store, key);
    return true;
}

size_t ntm_i_store_count(const ntm_i_store *store) {
    size_t count = 0;
    if (!store->dense) return store->entry_count;
    for (size_t key = 0; key < store->keys; key++)
        count += store->marks[key] != 0;
    return count;
}
