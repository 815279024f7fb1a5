/* SPDX-License-Identifier: Apache-2.0 */
#include "trajectory/ranked.h"

#include <string.h>

#include "base/sort.h"

static int worst_first(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_ranked *items = context, *x = &items[a], *y = &items[b];
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    int order = ntm_i_rational_compare(y->amount, x->amount);
    if (order == 0) order = strcmp(x->code, y->code);
    return order != 0 ? order : (x->series > y->series) - (x->series < y->series);
}

uint32_t *ntm_i_rank_order(const ntm_i_ranked *items, size_t count, const ntm_allocator *allocator) {
    uint32_t *order = ntm_i_allocate(allocator, 2 * count, sizeof *order);
    if (order == NULL) return NULL;
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    ntm_i_sort(order, order + count, count, worst_first, items);
    return order;
}
