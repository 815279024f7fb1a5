/* SPDX-License-Identifier: Apache-2.0 */
/* One text of each loop, compiled for several instruction sets. */
#include "cube/kernels.h"

#if defined(__GNUC__)
#define INLINE static inline __attribute__((always_inline))
#else
#define INLINE static inline
#endif

#define PLACE(kind)                                                                                                    \
    for (size_t i = 0; i < count; i++) {                                                                               \
        uint32_t code = (uint32_t)(int32_t)((const kind *)data)[i] - least;                                            \
        over |= (uint32_t)(code >= codes);                                                                             \
        keys[i] += code * stride;                                                                                      \
    }                                                                                                                  \
    break

INLINE bool body_place(uint32_t *restrict keys, ntm_type type, const void *data, uint32_t least, uint32_t codes,
                       uint32_t stride, size_t count) {
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

INLINE bool body_look(uint32_t *restrict keys, ntm_type type, const void *data, uint32_t least, uint32_t codes,
                      const uint32_t *restrict table, size_t count) {
    uint32_t over = 0;
    switch (type) {
        case NTM_TYPE_INT8: LOOK(int8_t);
        case NTM_TYPE_INT16: LOOK(int16_t);
        default: LOOK(int32_t);
    }
    return over == 0;
}

INLINE void body_scan(uint64_t *magnitude, uint64_t *low, const int64_t *values, size_t count) {
    uint64_t seen = 0, below = 0;
    for (size_t i = 0; i < count; i++) {
        seen |= (uint64_t)(values[i] ^ (values[i] >> 63));
        below |= (uint64_t)values[i] - 1;
    }
    *magnitude = seen;
    *low = below;
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
    static const ntm_i_cube_kernels set = {#set, place_##set, look_##set, scan_##set}

DEFINE_KERNELS(plain, );

#if defined(__x86_64__) && defined(__GNUC__)
DEFINE_KERNELS(avx2, __attribute__((target("avx2"))));
DEFINE_KERNELS(avx512, __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))));
#endif

const ntm_i_cube_kernels *ntm_i_cube_kernels_get(size_t index) {
    const ntm_i_cube_kernels *list[3] = {&plain, NULL, NULL};
#if defined(__x86_64__) && defined(__GNUC__)
    size_t count = 1;
    if (__builtin_cpu_supports("avx2")) list[count++] = &avx2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        list[count] = &avx512;
#endif
    return index < 3 ? list[index] : NULL;
}

const ntm_i_cube_kernels *ntm_i_cube_kernels_best(void) {
    const ntm_i_cube_kernels *best = &plain;
    for (size_t i = 0; ntm_i_cube_kernels_get(i) != NULL; i++)
        best = ntm_i_cube_kernels_get(i);
    return best;
}
