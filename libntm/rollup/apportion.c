/* SPDX-License-Identifier: Apache-2.0 */
/* Largest remainders. */
#include "base/sort.h"
#include "rollup/stage.h"

static int by_remainder(const void *context, uint32_t a, uint32_t b) {
    const int64_t *rest = context;
    return rest[a] > rest[b] ? -1 : rest[a] < rest[b] ? 1 : 0; /* stable: equal ones stay in the order of targets */
}

void ntm_i_apportion(int64_t *out, int64_t value, const ntm_i_share *shares, size_t count, int64_t total,
                     uint32_t *order, uint32_t *spare, int64_t *rest) {
    ntm_i_wide left = value;
    for (size_t i = 0; i < count; i++) {
        ntm_i_wide product = (ntm_i_wide)value * shares[i].weight, part = product / total;
        if (product % total < 0) part--; /* downwards, also below 0 */
        out[i] = (int64_t)part;
        rest[i] = (int64_t)(product - part * total);
        left -= part;
        order[i] = (uint32_t)i;
    }
    if (left == 0) return;
    ntm_i_sort(order, spare, count, by_remainder, rest);
    for (size_t i = 0; i < (size_t)left; i++)
        out[order[i]]++;
}
