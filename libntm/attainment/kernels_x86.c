/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels for x86-64 with AVX2 and AVX-512. Ends of blocks are left to the plain ones. */
#include "attainment/kernels.h"

#ifdef NTM_I_HAVE_X86

#include <immintrin.h>

#define AVX2   __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq")))

/* Four values at a time; comparisons of integers exist as "greater" and "equal" only, the others by negation. */
#define INT4(p)              _mm256_loadu_si256((const __m256i *)(const void *)(p))
#define MASK4(v)             ((uint64_t)(unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(v)))
#define INT4_AT_LEAST(x, t)  (~MASK4(_mm256_cmpgt_epi64(t, x)) & 0xf)
#define INT4_AT_MOST(x, t)   (~MASK4(_mm256_cmpgt_epi64(x, t)) & 0xf)
#define INT4_EQUAL(x, t)     MASK4(_mm256_cmpeq_epi64(x, t))
#define REAL4(p)             _mm256_loadu_pd(p)
#define REAL4_AT_LEAST(x, t) ((uint64_t)(unsigned)_mm256_movemask_pd(_mm256_cmp_pd(x, t, _CMP_GE_OQ)))
#define REAL4_AT_MOST(x, t)  ((uint64_t)(unsigned)_mm256_movemask_pd(_mm256_cmp_pd(x, t, _CMP_LE_OQ)))
#define REAL4_EQUAL(x, t)    ((uint64_t)(unsigned)_mm256_movemask_pd(_mm256_cmp_pd(x, t, _CMP_EQ_OQ)))
/* Eight values at a time. */
#define INT8(p)              _mm512_loadu_si512((const void *)(p))
#define INT8_AT_LEAST(x, t)  ((uint64_t)_mm512_cmp_epi64_mask(x, t, _MM_CMPINT_NLT))
#define INT8_AT_MOST(x, t)   ((uint64_t)_mm512_cmp_epi64_mask(x, t, _MM_CMPINT_LE))
#define INT8_EQUAL(x, t)     ((uint64_t)_mm512_cmp_epi64_mask(x, t, _MM_CMPINT_EQ))
#define REAL8(p)             _mm512_loadu_pd(p)
#define REAL8_AT_LEAST(x, t) ((uint64_t)_mm512_cmp_pd_mask(x, t, _CMP_GE_OQ))
#define REAL8_AT_MOST(x, t)  ((uint64_t)_mm512_cmp_pd_mask(x, t, _CMP_LE_OQ))
#define REAL8_EQUAL(x, t)    ((uint64_t)_mm512_cmp_pd_mask(x, t, _CMP_EQ_OQ))

/* Whole words by vectors of `lanes`; the rest by the plain kernel. */
#define DEFINE_TEST(name, attribute, type, vector, lanes, load, splat, test, each, plain)                              \
    attribute static void name(uint64_t *out, const type *x, const type *t, size_t n) {                                \
        size_t words = n / 64;                                                                                         \
        vector all = splat(t[0]);                                                                                      \
        for (size_t word = 0; word < words; word++) {                                                                  \
            uint64_t bits = 0;                                                                                         \
            for (size_t k = 0; k < 64; k += lanes) {                                                                   \
                vector bound = each ? load(t + word * 64 + k) : all;                                                   \
                bits |= test(load(x + word * 64 + k), bound) << k;                                                     \
            }                                                                                                          \
            out[word] = bits;                                                                                          \
        }                                                                                                              \
        if (n % 64 != 0) plain(out + words, x + words * 64, each ? t + words * 64 : t, n % 64);                        \
    }

#define SPLAT_INT4(v)  _mm256_set1_epi64x(v)
#define SPLAT_INT8(v)  _mm512_set1_epi64(v)
#define SPLAT_REAL4(v) _mm256_set1_pd(v)
#define SPLAT_REAL8(v) _mm512_set1_pd(v)

#define DEFINE_THREE(prefix, attribute, type, vector, lanes, load, splat, at_least, at_most, equal, kind)              \
    DEFINE_TEST(prefix##_at_least, attribute, type, vector, lanes, load, splat, at_least, 0,                           \
                ntm_i_kernels_plain.kind##_one[NTM_I_AT_LEAST])                                                        \
    DEFINE_TEST(prefix##_at_most, attribute, type, vector, lanes, load, splat, at_most, 0,                             \
                ntm_i_kernels_plain.kind##_one[NTM_I_AT_MOST])                                                         \
    DEFINE_TEST(prefix##_equal, attribute, type, vector, lanes, load, splat, equal, 0,                                 \
                ntm_i_kernels_plain.kind##_one[NTM_I_EQUAL])                                                           \
    DEFINE_TEST(prefix##_at_least_each, attribute, type, vector, lanes, load, splat, at_least, 1,                      \
                ntm_i_kernels_plain.kind##_each[NTM_I_AT_LEAST])                                                       \
    DEFINE_TEST(prefix##_at_most_each, attribute, type, vector, lanes, load, splat, at_most, 1,                        \
                ntm_i_kernels_plain.kind##_each[NTM_I_AT_MOST])                                                        \
    DEFINE_TEST(prefix##_equal_each, attribute, type, vector, lanes, load, splat, equal, 1,                            \
                ntm_i_kernels_plain.kind##_each[NTM_I_EQUAL])

DEFINE_THREE(int4, AVX2, int64_t, __m256i, 4, INT4, SPLAT_INT4, INT4_AT_LEAST, INT4_AT_MOST, INT4_EQUAL, int)
DEFINE_THREE(real4, AVX2, double, __m256d, 4, REAL4, SPLAT_REAL4, REAL4_AT_LEAST, REAL4_AT_MOST, REAL4_EQUAL, real)
DEFINE_THREE(int8, AVX512, int64_t, __m512i, 8, INT8, SPLAT_INT8, INT8_AT_LEAST, INT8_AT_MOST, INT8_EQUAL, int)
DEFINE_THREE(real8, AVX512, double, __m512d, 8, REAL8, SPLAT_REAL8, REAL8_AT_LEAST, REAL8_AT_MOST, REAL8_EQUAL, real)

/* Brings in the next column's part that lies where this column's 64 rows lie. */
#define FETCH_WORD(ahead, word)                                                                                        \
    do {                                                                                                               \
        for (size_t line = 0; (ahead) != NULL && line < 8; line++)                                                     \
            _mm_prefetch((ahead) + (word)*512 + line * 64, _MM_HINT_T0);                                               \
    } while (0)

/* Nearly always all values lie inside, reported or not: look at them all first, and only then at which count. `outside`
   gathers what lies outside of a vector in any form that is zero for nothing. */
#define DEFINE_WITHIN(name, attribute, type, vector, lanes, load, splat, below, above, mask, join, plain)              \
    attribute static bool name(const type *x, const uint64_t *valid, type least, type most, size_t n,                  \
                               const char *ahead) {                                                                    \
        size_t words = n / 64;                                                                                         \
        mask outside = 0;                                                                                              \
        vector low = splat(least), high = splat(most);                                                                 \
        for (size_t word = 0; word < words; word++) {                                                                  \
            FETCH_WORD(ahead, word);                                                                                   \
            for (size_t k = 0; k < 64; k += lanes) {                                                                   \
                vector value = load(x + word * 64 + k);                                                                \
                outside = join(outside, join(below(value, low), above(value, high)));                                  \
            }                                                                                                          \
        }                                                                                                              \
        if (outside == 0) return n % 64 == 0 || plain(x + words * 64, valid + words, least, most, n % 64, NULL);       \
        return plain(x, valid, least, most, n, NULL);                                                                  \
    }

#define JOIN4(a, b)          ((a) | (b))
#define INT4_BELOW(x, low)   (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpgt_epi64(low, x)))
#define INT4_ABOVE(x, high)  (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpgt_epi64(x, high)))
#define REAL4_BELOW(x, low)  (unsigned)_mm256_movemask_pd(_mm256_cmp_pd(x, low, _CMP_NGE_UQ))
#define REAL4_ABOVE(x, high) (unsigned)_mm256_movemask_pd(_mm256_cmp_pd(x, high, _CMP_NLE_UQ))
#define INT8_BELOW(x, low)   _mm512_cmp_epi64_mask(x, low, _MM_CMPINT_LT)
#define INT8_ABOVE(x, high)  _mm512_cmp_epi64_mask(x, high, _MM_CMPINT_NLE)
#define REAL8_BELOW(x, low)  _mm512_cmp_pd_mask(x, low, _CMP_NGE_UQ)
#define REAL8_ABOVE(x, high) _mm512_cmp_pd_mask(x, high, _CMP_NLE_UQ)

DEFINE_WITHIN(int4_within, AVX2, int64_t, __m256i, 4, INT4, SPLAT_INT4, INT4_BELOW, INT4_ABOVE, unsigned, JOIN4,
              ntm_i_kernels_plain.int_within)
DEFINE_WITHIN(real4_within, AVX2, double, __m256d, 4, REAL4, SPLAT_REAL4, REAL4_BELOW, REAL4_ABOVE, unsigned, JOIN4,
              ntm_i_kernels_plain.real_within)
/* Smallest and largest of eight rows of columns side by side, compared once at the end. */
AVX512 static bool int8_within(const int64_t *x, const uint64_t *valid, int64_t least, int64_t most, size_t n,
                               const char *ahead) {
    size_t words = n / 64;
    __m512i low[4], high[4];
    for (size_t k = 0; k < 4; k++)
        low[k] = high[k] = SPLAT_INT8(least);
    for (size_t word = 0; word < words; word++) {
        FETCH_WORD(ahead, word);
        for (size_t k = 0; k < 8; k++) {
            __m512i value = INT8(x + word * 64 + k * 8);
            low[k % 4] = _mm512_min_epi64(low[k % 4], value);
            high[k % 4] = _mm512_max_epi64(high[k % 4], value);
        }
    }
    __m512i lowest = _mm512_min_epi64(_mm512_min_epi64(low[0], low[1]), _mm512_min_epi64(low[2], low[3]));
    __m512i highest = _mm512_max_epi64(_mm512_max_epi64(high[0], high[1]), _mm512_max_epi64(high[2], high[3]));
    if ((INT8_BELOW(lowest, SPLAT_INT8(least)) | INT8_ABOVE(highest, SPLAT_INT8(most))) == 0 && least <= most)
        return n % 64 == 0 || ntm_i_kernels_plain.int_within(x + words * 64, valid + words, least, most, n % 64, NULL);
    return ntm_i_kernels_plain.int_within(x, valid, least, most, n, NULL);
}

DEFINE_WITHIN(real8_within, AVX512, double, __m512d, 8, REAL8, SPLAT_REAL8, REAL8_BELOW, REAL8_ABOVE, __mmask8,
              _kor_mask8, ntm_i_kernels_plain.real_within)

/* Eight lookups at a time among up to 64 cells held in registers: pairs of registers are looked up by the low four bits
   of the key, the next two bits choose the pair. Larger tables are looked up one by one. */
AVX512 static void spread_64(uint64_t *out, const uint64_t *table, size_t cells, const uint32_t *keys, size_t n) {
    size_t whole = cells <= 64 ? n / 8 * 8 : 0;
    __m512i t[8];
    for (size_t k = 0; k < 8; k++)
        t[k] = INT8(table + 8 * (k * 8 < cells ? k : 0));
    for (size_t i = 0; i < whole; i += 8) {
        __m512i key = _mm512_cvtepu32_epi64(_mm256_loadu_si256((const __m256i *)(const void *)(keys + i)));
        __m512i value = _mm512_permutex2var_epi64(t[0], key, t[1]);
        if (cells > 16) {
            __mmask8 high = _mm512_test_epi64_mask(key, _mm512_set1_epi64(16));
            value = _mm512_mask_mov_epi64(value, high, _mm512_permutex2var_epi64(t[2], key, t[3]));
            if (cells > 32) {
                __m512i upper = _mm512_permutex2var_epi64(t[4], key, t[5]);
                upper = _mm512_mask_mov_epi64(upper, high, _mm512_permutex2var_epi64(t[6], key, t[7]));
                value = _mm512_mask_mov_epi64(value, _mm512_test_epi64_mask(key, _mm512_set1_epi64(32)), upper);
            }
        }
        _mm512_storeu_si512((void *)(out + i), value);
    }
    ntm_i_kernels_plain.spread(out + whole, table, cells, keys + whole, n - whole);
}

AVX2 static void spread_one_by_one(uint64_t *out, const uint64_t *table, size_t cells, const uint32_t *keys, size_t n) {
    ntm_i_kernels_plain.spread(out, table, cells, keys, n);
}

AVX2 static bool pack_bytes_32(uint64_t *out, const uint8_t *x, size_t n) {
    size_t words = n / 64;
    __m256i seen = _mm256_setzero_si256();
    for (size_t word = 0; word < words; word++) {
        __m256i low = INT4(x + word * 64), high = INT4(x + word * 64 + 32);
        seen = _mm256_or_si256(seen, _mm256_or_si256(low, high));
        /* Bit 0 of each byte moves to bit 7, from where movemask takes it. */
        uint64_t first = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(low, 7));
        uint64_t second = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(high, 7));
        out[word] = first | second << 32;
    }
    bool rest = n % 64 == 0 || ntm_i_kernels_plain.pack_bytes(out + words, x + words * 64, n % 64);
    return _mm256_testz_si256(seen, _mm256_set1_epi8((char)0xfe)) && rest;
}

AVX512 static bool pack_bytes_64(uint64_t *out, const uint8_t *x, size_t n) {
    size_t words = n / 64;
    __m512i seen = _mm512_setzero_si512();
    for (size_t word = 0; word < words; word++) {
        __m512i bytes = INT8(x + word * 64);
        seen = _mm512_or_si512(seen, bytes);
        out[word] = _mm512_test_epi8_mask(bytes, _mm512_set1_epi8(1));
    }
    bool rest = n % 64 == 0 || ntm_i_kernels_plain.pack_bytes(out + words, x + words * 64, n % 64);
    return _mm512_test_epi8_mask(seen, _mm512_set1_epi8((char)0xfe)) == 0 && rest;
}

const ntm_i_kernels ntm_i_kernels_avx2 = {
    "AVX2",
    {int4_at_least, int4_at_most, int4_equal},
    {int4_at_least_each, int4_at_most_each, int4_equal_each},
    {real4_at_least, real4_at_most, real4_equal},
    {real4_at_least_each, real4_at_most_each, real4_equal_each},
    int4_within,
    real4_within,
    spread_one_by_one,
    pack_bytes_32,
};

const ntm_i_kernels ntm_i_kernels_avx512 = {
    "AVX-512",
    {int8_at_least, int8_at_most, int8_equal},
    {int8_at_least_each, int8_at_most_each, int8_equal_each},
    {real8_at_least, real8_at_most, real8_equal},
    {real8_at_least_each, real8_at_most_each, real8_equal_each},
    int8_within,
    real8_within,
    spread_64,
    pack_bytes_64,
};

#endif
