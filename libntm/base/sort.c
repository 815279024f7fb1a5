/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sort.h"

#include <string.h>

/* Merges two neighbouring runs of `from` into `to`; runs that are in order already are only copied. */
static void merge(uint32_t *to, const uint32_t *from, size_t left, size_t middle, size_t end, ntm_i_order *order,
                  const void *context) {
    size_t a = left, b = middle, at = left;
    if (middle < end && order(context, from[middle - 1], from[middle]) > 0) {
        while (a < middle && b < end)
            to[at++] = order(context, from[a], from[b]) <= 0 ? from[a++] : from[b++];
    }
    memcpy(to + at, from + a, (middle - a) * sizeof *to);
    memcpy(to + at + (middle - a), from + b, (end - b) * sizeof *to);
}

void ntm_i_sort(uint32_t *items, uint32_t *spare, size_t count, ntm_i_order *order, const void *context) {
    uint32_t *from = items, *to = spare;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t left = 0; left < count; left += 2 * width) {
            size_t middle = left + width < count ? left + width : count;
            size_t end = middle + width < count ? middle + width : count;
            merge(to, from, left, middle, end, order, context);
        }
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != items) memcpy(items, from, count * sizeof *items);
}

void *ntm_i_sorted(ntm_i_arena *arena, const void *items, size_t count, size_t size, ntm_i_order *order) {
    uint32_t *places = ntm_i_allocate(&arena->allocator, 2 * count, sizeof *places);
    unsigned char *sorted = places == NULL ? NULL : ntm_i_arena_take(arena, count, size);
    if (sorted != NULL) {
        for (uint32_t i = 0; i < count; i++)
            places[i] = i;
        ntm_i_sort(places, places + count, count, order, items);
        for (size_t i = 0; i < count; i++)
            memcpy(sorted + i * size, (const unsigned char *)items + places[i] * size, size);
    }
    ntm_i_release(&arena->allocator, places, 2 * count, sizeof *places);
    return sorted;
}
