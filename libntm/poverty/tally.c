/* SPDX-License-Identifier: Apache-2.0 */
/* The loops of tally_body.h for each instruction set, and the choice among them. */
#include "poverty/tally_body.h"

#define DEFINE_KERNELS(set, attribute, spreads, adds)                                                                  \
    attribute static void poor_##set(uint64_t *poor, const ntm_i_line *line, const uint64_t(*deprived)[NTM_I_WORDS],   \
                                     size_t words) {                                                                   \
        body_poor(poor, line, deprived, words);                                                                        \
    }                                                                                                                  \
    attribute static void tally_##set(const ntm_i_tally_block *block) {                                                \
        const body_tricks tricks = {spreads, adds};                                                                    \
        body_tally(block, &tricks);                                                                                    \
    }                                                                                                                  \
    attribute static void ids_##set(uint32_t *out, const ntm_i_ids *column, size_t rows) {                             \
        body_ids(out, column, rows);                                                                                   \
    }                                                                                                                  \
    attribute static bool combine_##set(uint32_t *cells, const uint32_t *ids, uint32_t radix, size_t rows) {           \
        return body_combine(cells, ids, radix, rows);                                                                  \
    }                                                                                                                  \
    attribute static bool look_up_##set(uint32_t *groups, const uint32_t *cells, const uint32_t *map, size_t rows) {   \
        return body_look_up(groups, cells, map, rows);                                                                 \
    }                                                                                                                  \
    static const ntm_i_tally_kernels set = {#set, poor_##set, tally_##set, ids_##set, combine_##set, look_up_##set}

DEFINE_KERNELS(plain, , spread_by_table, add_by_table);

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#define AVX2   __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vpopcntdq,avx2,bmi,bmi2,popcnt")))

/* Each of the four bytes of half a word goes to eight bytes, in each of which another bit is looked at. */
AVX2 INLINE void spread_avx2(uint8_t bytes[64], uint64_t word, unsigned bit, const ntm_i_spread *tables) {
    const __m256i places = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i bits = _mm256_set1_epi64x((int64_t)0x8040201008040201u);
    (void)tables;
    for (size_t half = 0; half < 2; half++) {
        __m256i *to = (__m256i *)(void *)(bytes + 32 * half);
        __m256i four = _mm256_shuffle_epi8(_mm256_set1_epi32((int32_t)(word >> 32 * half)), places);
        __m256i set = _mm256_cmpeq_epi8(_mm256_and_si256(four, bits), bits);
        set = _mm256_and_si256(set, _mm256_set1_epi8((char)(1u << bit)));
        _mm256_storeu_si256(to, _mm256_or_si256(_mm256_loadu_si256(to), set));
    }
}

AVX512 INLINE void spread_avx512(uint8_t bytes[64], uint64_t word, unsigned bit, const ntm_i_spread *tables) {
    __m512i set = _mm512_maskz_set1_epi8(word, (char)(1u << bit));
    (void)tables;
    _mm512_storeu_si512(bytes, _mm512_or_si512(_mm512_loadu_si512(bytes), set));
}

AVX512 INLINE void add_avx512(ntm_i_lanes *to, uint16_t pattern, const ntm_i_spread *tables) {
    __m256i lanes = _mm256_loadu_si256((const __m256i *)(const void *)to->count);
    (void)tables;
    lanes = _mm256_mask_add_epi16(lanes, pattern, lanes, _mm256_set1_epi16(1));
    _mm256_storeu_si256((__m256i *)(void *)to->count, lanes);
}

DEFINE_KERNELS(avx2, AVX2, spread_avx2, add_by_table);
DEFINE_KERNELS(avx512, AVX512, spread_avx512, add_avx512);

const ntm_i_tally_kernels *ntm_i_tally_get(size_t index) {
    bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("popcnt");
    bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vpopcntdq");
    const ntm_i_tally_kernels *all[3] = {&plain, has_avx2 ? &avx2 : NULL, has_avx512 ? &avx512 : NULL};
    return index < 3 ? all[index] : NULL;
}

#else

const ntm_i_tally_kernels *ntm_i_tally_get(size_t index) { return index == 0 ? &plain : NULL; }

#endif

const ntm_i_tally_kernels *ntm_i_tally_best(void) {
    const ntm_i_tally_kernels *best = &plain;
    for (size_t i = 1; ntm_i_tally_get(i) != NULL; i++)
        best = ntm_i_tally_get(i);
    return best;
}

void ntm_i_spread_start(ntm_i_spread *spread) {
    for (unsigned byte = 0; byte < 256; byte++) {
        spread->bytes[byte] = 0;
        for (unsigned bit = 0; bit < 8; bit++) {
            spread->bytes[byte] |= (uint64_t)(byte >> bit & 1) << 8 * bit;
            spread->lanes[byte][bit] = (uint16_t)(byte >> bit & 1);
        }
    }
}

void ntm_i_lanes_pour(uint64_t *records, size_t stride, size_t indicators, ntm_i_lanes *lanes, size_t groups) {
    for (size_t at = 0; at < 2 * groups; at++) {
        uint64_t *record = records + at / 2 * stride;
        const uint16_t *count = lanes[at].count;
        uint64_t poor = at % 2;
        if (count[NTM_I_LANES - 1] == 0) continue;
        record[0] += count[NTM_I_LANES - 1];
        record[1] += poor * count[NTM_I_LANES - 1];
        for (size_t j = 0; j < indicators; j++) {
            record[2 + j] += count[j];
            record[2 + indicators + j] += poor * count[j];
        }
        memset(&lanes[at], 0, sizeof lanes[at]);
    }
}
