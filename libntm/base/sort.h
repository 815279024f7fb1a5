/* SPDX-License-Identifier: Apache-2.0 */
/* A merge sort of indices: stable, never worse than n log n, linear on what is in order, without global state. */
#ifndef NTM_I_SORT_H
#define NTM_I_SORT_H

#include "base/memory.h"

/* Negative, 0 or positive, as memcmp(). */
typedef int ntm_i_order(const void *context, uint32_t a, uint32_t b);

/* Sorts `items`, of which `spare` has as many. */
void ntm_i_sort(uint32_t *items, uint32_t *spare, size_t count, ntm_i_order *order, const void *context);

/* `count` items of `size` bytes in order, as a copy in the arena; NULL for want of memory. The order gets their places
   in `items`, which it finds in its context: `items` itself. */
void *ntm_i_sorted(ntm_i_arena *arena, const void *items, size_t count, size_t size, ntm_i_order *order);

#endif
