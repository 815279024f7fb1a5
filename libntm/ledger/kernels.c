/* SPDX-License-Identifier: Apache-2.0 */
/* One text of each loop, compiled for several instruction sets. */
#include "ledger/kernels.h"

#if defined(__GNUC__)
#define INLINE static inline __attribute__((always_inline))
#else
#define INLINE static inline
#endif

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

INLINE void body_extremes(int64_t *least, int64_t *most, ntm_type type, const void *data, size_t count) {
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

INLINE uint32_t body_occurring(ntm_type type, const void *data, uint32_t least, size_t count) {
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

INLINE uint64_t body_marked_word(ntm_type type, const void *data, uint32_t least, const uint32_t *bits, size_t count) {
    uint64_t word = 0;
    switch (type) {
        case NTM_TYPE_INT8: MARKED(int8_t);
        case NTM_TYPE_INT16: MARKED(int16_t);
        default: MARKED(int32_t);
    }
    return word;
}

/* Whole words have a number of rows that the compiler knows. */
INLINE void body_marked(uint64_t *out, ntm_type type, const void *data, uint32_t least, const uint32_t *bits,
                        size_t count) {
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

DEFINE_KERNELS(plain, );

#if defined(__x86_64__) && defined(__GNUC__)
DEFINE_KERNELS(avx2, __attribute__((target("avx2"))));
DEFINE_KERNELS(avx512, __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))));
#endif

const ntm_i_ledger_kernels *ntm_i_ledger_kernels_get(size_t index) {
    const ntm_i_ledger_kernels *list[3] = {&plain, NULL, NULL};
#if defined(__x86_64__) && defined(__GNUC__)
    size_t count = 1;
    if (__builtin_cpu_supports("avx2")) list[count++] = &avx2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        list[count] = &avx512;
#endif
    return index < 3 ? list[index] : NULL;
}

const ntm_i_ledger_kernels *ntm_i_ledger_kernels_best(void) {
    const ntm_i_ledger_kernels *best = &plain;
    for (size_t i = 0; ntm_i_ledger_kernels_get(i) != NULL; i++)
        best = ntm_i_ledger_kernels_get(i);
    return best;
}
