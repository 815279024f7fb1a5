/* SPDX-License-Identifier: Apache-2.0 */
/* One text of each loop, compiled for several instruction sets. */
#include "cube/kernels.h"

#include "base/instructions.h"

#define PLACE(kind)                                                                                                    \
    for (size_t i = 0; i < count; i++) {                                                                               \
        uint32_t code = (uint32_t)(int32_t)((const kind *)data)[i] - least;                                            \
        over |= (uint32_t)(code >= codes);                                                                             \
        keys[i] += code * stride;                                                                                      \
    }                                                                                                                  \
    break

NTM_I_ALWAYS_INLINE bool body_place(uint32_t *restrict keys, ntm_type type, const void *data, uint32_t least,
                                    uint32_t codes, uint32_t stride, size_t count) {
    uint32_t over = 0;
    switch (type) {
        case NTM_TYPE_INT8: PLACE(int8_t);
        case NTM_TYPE_INT16: PLACE(int16_t);
        default: PLACE(int32_t);
    }
    return over == 0;
}

#define LOOK(kind)                                                                                                     \
    for (size_t i = 0; i < count; i++) {                                                                               \
        uint32_t code = (uint32_t)(int32_t)((const kind *)data)[i] - least;                                            \
        over |= (uint32_t)(code >= codes);                                                                             \
        keys[i] += table[code < codes ? code : codes - 1];                                                             \
    }                                                                                                                  \
    break

NTM_I_ALWAYS_INLINE bool body_look(uint32_t *restrict keys, ntm_type type, const void *data, uint32_t least,
                                   uint32_t codes, const uint32_t *restrict table, size_t count) {
    uint32_t over = 0;
    switch (type) {
        case NTM_TYPE_INT8: LOOK(int8_t);
        case NTM_TYPE_INT16: LOOK(int16_t);
        default: LOOK(int32_t);
    }
    return over == 0;
}

NTM_I_ALWAYS_INLINE void body_scan(uint64_t *magnitude, uint64_t *low, const int64_t *values, size_t count) {
    uint64_t seen = 0, below = 0;
    for (size_t i = 0; i < count; i++) {
        seen |= (uint64_t)(values[i] ^ (values[i] >> 63));
        below |= (uint64_t)values[i] - 1;
    }
    *magnitude = seen;
    *low = below;
}

NTM_I_ALWAYS_INLINE void body_mask_word(int64_t *restrict out, uint64_t *magnitude, uint64_t *low,
                                        const int64_t *restrict values, uint64_t known, size_t count) {
    uint64_t seen = 0, below = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t mask = 0 - (known >> i & 1);
        int64_t value = values[i];
        out[i] = (int64_t)((uint64_t)value & mask);
        seen |= (uint64_t)(value ^ (value >> 63)) & mask;
        below |= ((uint64_t)value - 1) & mask;
    }
    *magnitude |= seen;
    *low |= below;
}

/* Whole words have a number of rows that the compiler knows. */
NTM_I_ALWAYS_INLINE void body_mask(int64_t *out, uint64_t *magnitude, uint64_t *low, const int64_t *values,
                                   const uint64_t *known, size_t count) {
    *magnitude = *low = 0;
    for (size_t w = 0; w < count / 64; w++)
        body_mask_word(out + 64 * w, magnitude, low, values + 64 * w, known[w], 64);
    if (count % 64 != 0)
        body_mask_word(out + count / 64 * 64, magnitude, low, values + count / 64 * 64, known[count / 64], count % 64);
}

NTM_I_ALWAYS_INLINE uint64_t body_lows_word(const int64_t *values, size_t count) {
    uint64_t word = 0;
    for (size_t i = 0; i < count; i++)
        word |= (uint64_t)(values[i] <= 0) << i;
    return word;
}

NTM_I_ALWAYS_INLINE void body_lows(uint64_t *out, const int64_t *values, size_t count) {
    for (size_t w = 0; w < count / 64; w++)
        out[w] = body_lows_word(values + 64 * w, 64);
    if (count % 64 != 0) out[count / 64] = body_lows_word(values + count / 64 * 64, count % 64);
}

#define DEFINE_KERNELS(set, attribute)                                                                                 \
    attribute static bool place_##set(uint32_t *keys, ntm_type type, const void *data, uint32_t least, uint32_t codes, \
                                      uint32_t stride, size_t count) {                                                 \
        return body_place(keys, type, data, least, codes, stride, count);                                              \
    }                                                                                                                  \
    attribute static bool look_##set(uint32_t *keys, ntm_type type, const void *data, uint32_t least, uint32_t codes,  \
                                     const uint32_t *table, size_t count) {                                            \
        return body_look(keys, type, data, least, codes, table, count);                                                \
    }                                                                                                                  \
    attribute static void scan_##set(uint64_t *magnitude, uint64_t *low, const int64_t *values, size_t count) {        \
        body_scan(magnitude, low, values, count);                                                                      \
    }                                                                                                                  \
    attribute static void mask_##set(int64_t *out, uint64_t *magnitude, uint64_t *low, const int64_t *values,          \
                                     const uint64_t *known, size_t count) {                                            \
        body_mask(out, magnitude, low, values, known, count);                                                          \
    }                                                                                                                  \
    attribute static void lows_##set(uint64_t *out, const int64_t *values, size_t count) {                             \
        body_lows(out, values, count);                                                                                 \
    }                                                                                                                  \
    static const ntm_i_cube_kernels set = {#set, place_##set, look_##set, scan_##set, mask_##set, lows_##set}

NTM_I_FOR_INSTRUCTIONS(DEFINE_KERNELS);

static const ntm_i_cube_kernels *const all[] = NTM_I_ALL_INSTRUCTIONS;

const ntm_i_cube_kernels *ntm_i_cube_kernels_get(size_t index) {
    return index < ntm_i_instructions_count() ? all[ntm_i_instructions_at(index)] : NULL;
}

const ntm_i_cube_kernels *ntm_i_cube_kernels_best(void) {
    return all[ntm_i_instructions_at(ntm_i_instructions_count() - 1)];
}
