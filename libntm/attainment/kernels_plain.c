/* SPDX-License-Identifier: Apache-2.0 */
/* Plain C kernels: the meaning of the fast ones, and what runs where there are none. */
#include <string.h>

#include "attainment/kernels.h"
#include "column/words.h"

#define DEFINE_TEST(name, type, sign, threshold)                                                                       \
    static void name(uint64_t *out, const type *x, const type *t, size_t n) {                                          \
        for (size_t word = 0; word * 64 < n; word++) {                                                                 \
            size_t start = word * 64, end = n - start < 64 ? n : start + 64;                                           \
            uint64_t bits = 0;                                                                                         \
            for (size_t i = start; i < end; i++)                                                                       \
                bits |= (uint64_t)(x[i] sign t[threshold]) << (i - start);                                             \
            out[word] = bits;                                                                                          \
        }                                                                                                              \
    }

DEFINE_TEST(int_at_least, int64_t, >=, 0)
DEFINE_TEST(int_at_most, int64_t, <=, 0)
DEFINE_TEST(int_equal, int64_t, ==, 0)
DEFINE_TEST(int_at_least_each, int64_t, >=, i)
DEFINE_TEST(int_at_most_each, int64_t, <=, i)
DEFINE_TEST(int_equal_each, int64_t, ==, i)
DEFINE_TEST(real_at_least, double, >=, 0)
DEFINE_TEST(real_at_most, double, <=, 0)
DEFINE_TEST(real_equal, double, ==, 0)
DEFINE_TEST(real_at_least_each, double, >=, i)
DEFINE_TEST(real_at_most_each, double, <=, i)
DEFINE_TEST(real_equal_each, double, ==, i)

#define DEFINE_WITHIN(name, type)                                                                                      \
    static bool name(const type *x, const uint64_t *valid, type least, type most, size_t n, const char *ahead) {       \
        (void)ahead;                                                                                                   \
        for (size_t i = 0; i < n; i++)                                                                                 \
            if ((valid[i / 64] >> (i % 64) & 1) != 0 && !(x[i] >= least && x[i] <= most)) return false;                \
        return true;                                                                                                   \
    }

DEFINE_WITHIN(int_within, int64_t)
DEFINE_WITHIN(real_within, double)

static void spread(uint64_t *out, const uint64_t *table, size_t cells, const uint32_t *keys, size_t n) {
    (void)cells;
    for (size_t i = 0; i < n; i++)
        out[i] = table[keys[i]];
}

/* Eight bytes of 0 and 1 become eight bits by one multiplication: byte j is moved to bit 56 + j. */
static bool pack_bytes(uint64_t *out, const uint8_t *x, size_t n) {
    uint64_t seen = 0;
    for (size_t word = 0; word * 64 < n; word++) {
        size_t start = word * 64;
        uint64_t bits = 0;
        if (n - start >= 64) {
            for (size_t k = 0; k < 8; k++) {
                uint64_t eight = ntm_i_eight_bytes(x + start + k * 8);
                seen |= eight;
                bits |= (((eight & 0x0101010101010101u) * 0x0102040810204080u) >> 56) << (k * 8);
            }
        } else {
            for (size_t i = start; i < n; i++) {
                seen |= x[i];
                bits |= (uint64_t)(x[i] & 1) << (i - start);
            }
        }
        out[word] = bits;
    }
    return (seen & 0xfefefefefefefefeu) == 0;
}

const ntm_i_kernels ntm_i_kernels_plain = {
    "plain",
    {int_at_least, int_at_most, int_equal},
    {int_at_least_each, int_at_most_each, int_equal_each},
    {real_at_least, real_at_most, real_equal},
    {real_at_least_each, real_at_most_each, real_equal_each},
    int_within,
    real_within,
    spread,
    pack_bytes,
};

const ntm_i_kernels *ntm_i_kernels_get(size_t index) {
    const ntm_i_kernels *list[3] = {&ntm_i_kernels_plain, NULL, NULL};
#ifdef NTM_I_HAVE_X86
    size_t count = 1;
    if (__builtin_cpu_supports("avx2")) list[count++] = &ntm_i_kernels_avx2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
        list[count] = &ntm_i_kernels_avx512;
#endif
    return index < 3 ? list[index] : NULL;
}

const ntm_i_kernels *ntm_i_kernels_best(void) {
    const ntm_i_kernels *best = &ntm_i_kernels_plain;
    for (size_t i = 0; ntm_i_kernels_get(i) != NULL; i++)
        best = ntm_i_kernels_get(i);
    return best;
}
