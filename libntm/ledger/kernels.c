/* SPDX-License-Identifier: Apache-2.0 */
/* One text of each loop, compiled for several instruction sets. */
#include "ledger/kernels.h"

#include "base/instructions.h"

#define EXTREMES(type)                                                                                                 \
    {                                                                                                                  \
        const type *values = data;                                                                                     \
        type low = values[0], high = values[0];                                                                        \
        for (size_t row = 0; row < count; row++) {                                                                     \
            low = values[row] < low ? values[row] : low;                                                               \
            high = values[row] > high ? values[row] : high;                                                            \
        }                                                                                                              \
        *least = low;                                                                                                  \
        *most = high;                                                                                                  \
    }                                                                                                                  \
    break

NTM_I_ALWAYS_INLINE void body_extremes(int64_t *least, int64_t *most, ntm_type type, const void *data, size_t count) {
    switch (type) {
        case NTM_TYPE_INT8: EXTREMES(int8_t);
        case NTM_TYPE_INT16: EXTREMES(int16_t);
        case NTM_TYPE_INT32: EXTREMES(int32_t);
        default: EXTREMES(int64_t);
    }
}

#define OCCURRING(type)                                                                                                \
    for (size_t row = 0; row < count; row++)                                                                           \
        seen |= UINT32_C(1) << (((uint32_t)(int32_t)((const type *)data)[row] - least) & 31);                          \
    break

NTM_I_ALWAYS_INLINE uint32_t body_occurring(ntm_type type, const void *data, uint32_t least, size_t count) {
    uint32_t seen = 0;
    switch (type) {
        case NTM_TYPE_INT8: OCCURRING(int8_t);
        case NTM_TYPE_INT16: OCCURRING(int16_t);
        default: OCCURRING(int32_t);
    }
    return seen;
}

#define MARKED(type)                                                                                                   \
    for (size_t i = 0; i < count; i++) {                                                                               \
        uint32_t code = (uint32_t)(int32_t)((const type *)data)[i] - least;                                            \
        word |= (uint64_t)(bits[code / 32] >> code % 32 & 1) << i;                                                     \
    }                                                                                                                  \
    break

NTM_I_ALWAYS_INLINE uint64_t body_marked_word(ntm_type type, const void *data, uint32_t least, const uint32_t *bits,
                                              size_t count) {
    uint64_t word = 0;
    switch (type) {
        case NTM_TYPE_INT8: MARKED(int8_t);
        case NTM_TYPE_INT16: MARKED(int16_t);
        default: MARKED(int32_t);
    }
    return word;
}

/* Whole words have a number of rows that the compiler knows. */
NTM_I_ALWAYS_INLINE void body_marked(uint64_t *out, ntm_type type, const void *data, uint32_t least,
                                     const uint32_t *bits, size_t count) {
    const size_t size = type == NTM_TYPE_INT8 ? 1 : type == NTM_TYPE_INT16 ? 2 : 4;
    const char *at = data;
    for (size_t w = 0; w < count / 64; w++)
        out[w] = body_marked_word(type, at + 64 * w * size, least, bits, 64);
    if (count % 64 != 0) out[count / 64] = body_marked_word(type, at + count / 64 * 64 * size, least, bits, count % 64);
}

#define DEFINE_KERNELS(set, attribute)                                                                                 \
    attribute static void extremes_##set(int64_t *least, int64_t *most, ntm_type type, const void *data,               \
                                         size_t count) {                                                               \
        body_extremes(least, most, type, data, count);                                                                 \
    }                                                                                                                  \
    attribute static uint32_t occurring_##set(ntm_type type, const void *data, uint32_t least, size_t count) {         \
        return body_occurring(type, data, least, count);                                                               \
    }                                                                                                                  \
    attribute static void marked_##set(uint64_t *out, ntm_type type, const void *data, uint32_t least,                 \
                                       const uint32_t *bits, size_t count) {                                           \
        body_marked(out, type, data, least, bits, count);                                                              \
    }                                                                                                                  \
    static const ntm_i_ledger_kernels set = {#set, extremes_##set, occurring_##set, marked_##set}

NTM_I_FOR_INSTRUCTIONS(DEFINE_KERNELS);

static const ntm_i_ledger_kernels *const all[] = NTM_I_ALL_INSTRUCTIONS;

const ntm_i_ledger_kernels *ntm_i_ledger_kernels_get(size_t index) {
    return index < ntm_i_instructions_count() ? all[ntm_i_instructions_at(index)] : NULL;
}

const ntm_i_ledger_kernels *ntm_i_ledger_kernels_best(void) {
    return all[ntm_i_instructions_at(ntm_i_instructions_count() - 1)];
}
