/* SPDX-License-Identifier: Apache-2.0 */
/* Largest remainders. */
#include "base/sort.h"
#include "rollup/stage.h"

static int by_remainder(const void *context, uint32_t a, uint32_t b) {
    const int64_t *rest = context;
    return rest[a] > rest[b] ? -1 : rest[a] < rest[b] ? 1 : 0; /* stable: equal ones stay in the order of targets */
}

/* The common case: products fit 64 bits, and division is quick. */
static bool is_small(int64_t value, int64_t total) {
    return value > -((int64_t)1 << 31) && value < (int64_t)1 << 31 && total < (int64_t)1 << 31;
}

static int64_t share_small(int64_t *out, int64_t *rest, int64_t value, const ntm_i_share *shares, size_t count,
                           int64_t total) {
    int64_t left = value;
    for (size_t i = 0; i < count; i++) {
        int64_t product = value * shares[i].weight, part = product / total;
        if (product < part * total) part--; /* downwards, also below 0 */
        out[i] = part;
        rest[i] = product - part * total;
        left -= part;
    }
    return left;
}

static int64_t share_wide(int64_t *out, int64_t *rest, int64_t value, const ntm_i_share *shares, size_t count,
                          int64_t total) {
    ntm_i_wide left = value;
    for (size_t i = 0; i < count; i++) {
        ntm_i_wide product = (ntm_i_wide)value * shares[i].weight, part = product / total;
        if (product < part * total) part--;
        out[i] = (int64_t)part;
        rest[i] = (int64_t)(product - part * total);
        left -= part;
    }
    return (int64_t)left;
}

void ntm_i_apportion(int64_t *out, int64_t value, const ntm_i_share *shares, size_t count, int64_t total,
                     uint32_t *order, uint32_t *spare, int64_t *rest) {
    int64_t left = is_small(value, total) ? share_small(out, rest, value, shares, count, total)
                                          : share_wide(out, rest, value, shares, count, total);
    if (left == 0) return;
    if (count == 2) { /* one unit is left */
        out[rest[1] > rest[0]]++;
        return;
    }
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    ntm_i_sort(order, spare, count, by_remainder, rest);
    for (size_t i = 0; i < (size_t)left; i++)
        out[order[i]]++;
}
