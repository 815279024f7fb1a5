/* SPDX-License-Identifier: Apache-2.0 */
/* One text of each loop, compiled for several instruction sets. */
#include "rollup/kernels.h"

#include "base/instructions.h"

/* Rows whose bit is not set count as 0, which no bound looks at. */
NTM_I_ALWAYS_INLINE bool body_rows(uint64_t *magnitude, const int64_t *values, uint64_t known, size_t count,
                                   int64_t least, int64_t most) {
    uint64_t seen = 0, bad = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t mask = 0 - (known >> i & 1);
        int64_t value = values[i];
        seen |= (uint64_t)(value ^ (value >> 63)) & mask;
        bad |= ((0 - (uint64_t)(value < least)) | (0 - (uint64_t)(value > most))) & mask;
    }
    *magnitude |= seen;
    return bad == 0;
}

NTM_I_ALWAYS_INLINE bool body_all(uint64_t *magnitude, const int64_t *values, int64_t least, int64_t most) {
    uint64_t seen = 0, bad = 0;
    for (size_t i = 0; i < 64; i++) {
        int64_t value = values[i];
        seen |= (uint64_t)(value ^ (value >> 63));
        bad |= (0 - (uint64_t)(value < least)) | (0 - (uint64_t)(value > most));
    }
    *magnitude |= seen;
    return bad == 0;
}

NTM_I_ALWAYS_INLINE bool body_scan(uint64_t *magnitude, const int64_t *values, const uint64_t *known, size_t count,
                                   int64_t least, int64_t most) {
    bool good = true;
    size_t words = count / 64;
    for (size_t w = 0; w < words; w++) {
        if (known[w] == UINT64_MAX)
            good &= body_all(magnitude, values + 64 * w, least, most);
        else
            good &= body_rows(magnitude, values + 64 * w, known[w], 64, least, most);
    }
    if (count % 64 != 0) good &= body_rows(magnitude, values + 64 * words, known[words], count % 64, least, most);
    return good;
}

/* Targets of so many sources: a number that the compiler knows makes a loop without branches. */
NTM_I_ALWAYS_INLINE const uint32_t *body_run(int64_t *out, const int64_t *values, const uint32_t *from,
                                             const uint32_t *targets, size_t count, size_t pieces) {
    for (size_t t = 0; t < count; t++) {
        uint64_t sum = 0;
        for (size_t k = 0; k < pieces; k++)
            sum += (uint64_t)values[from[k]];
        out[targets[t]] = (int64_t)sum;
        from += pieces;
    }
    return from;
}

NTM_I_ALWAYS_INLINE void body_sum(int64_t *out, const int64_t *values, const uint32_t *from, const uint32_t *targets,
                                  const ntm_i_run_of_targets *runs, size_t run_count) {
    for (size_t i = 0; i < run_count; i++) {
        size_t count = runs[i].targets;
        switch (runs[i].pieces) {
            case 0: from = body_run(out, values, from, targets, count, 0); break;
            case 1: from = body_run(out, values, from, targets, count, 1); break;
            case 2: from = body_run(out, values, from, targets, count, 2); break;
            case 3: from = body_run(out, values, from, targets, count, 3); break;
            case 4: from = body_run(out, values, from, targets, count, 4); break;
            case 5: from = body_run(out, values, from, targets, count, 5); break;
            case 6: from = body_run(out, values, from, targets, count, 6); break;
            case 7: from = body_run(out, values, from, targets, count, 7); break;
            case 8: from = body_run(out, values, from, targets, count, 8); break;
            default: from = body_run(out, values, from, targets, count, runs[i].pieces); break;
        }
        targets += count;
    }
}

NTM_I_ALWAYS_INLINE void body_add(int64_t *to, const int64_t *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        to[i] = (int64_t)((uint64_t)to[i] + (uint64_t)values[i]);
}

#define DEFINE_KERNELS(set, attribute)                                                                                 \
    attribute static bool scan_##set(uint64_t *magnitude, const int64_t *values, const uint64_t *known, size_t count,  \
                                     int64_t least, int64_t most) {                                                    \
        return body_scan(magnitude, values, known, count, least, most);                                                \
    }                                                                                                                  \
    attribute static void sum_##set(int64_t *out, const int64_t *values, const uint32_t *from,                         \
                                    const uint32_t *targets, const ntm_i_run_of_targets *runs, size_t run_count) {     \
        body_sum(out, values, from, targets, runs, run_count);                                                         \
    }                                                                                                                  \
    attribute static void add_##set(int64_t *to, const int64_t *values, size_t count) { body_add(to, values, count); } \
    static const ntm_i_sum_kernels set = {#set, scan_##set, sum_##set, add_##set}

NTM_I_FOR_INSTRUCTIONS(DEFINE_KERNELS);

static const ntm_i_sum_kernels *const all[] = NTM_I_ALL_INSTRUCTIONS;

const ntm_i_sum_kernels *ntm_i_sum_kernels_get(size_t index) {
    return index < ntm_i_instructions_count() ? all[ntm_i_instructions_at(index)] : NULL;
}

const ntm_i_sum_kernels *ntm_i_sum_kernels_best(void) {
    return all[ntm_i_instructions_at(ntm_i_instructions_count() - 1)];
}
