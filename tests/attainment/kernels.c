/* SPDX-License-Identifier: Apache-2.0 */
/* Every kernel that this machine runs against the plain one, on random data with hard values in it. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "attainment/kernels.h"

enum { ROWS = 1000, WORDS = (ROWS + 63) / 64, ROUNDS = 400 };

static uint64_t state = 0x9e3779b97f4a7c15u;

static uint64_t random_bits(void) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 2685821657736338717u;
}

static int64_t random_int(void) {
    static const int64_t hard[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT64_MAX - 1, INT64_MIN + 1};
    return random_bits() % 4 == 0 ? hard[random_bits() % 7] : (int64_t)(random_bits() % 21) - 10;
}

static double random_real(void) {
    static const double hard[] = {0.0, -0.0, DBL_MAX, -DBL_MAX, DBL_MIN, 5e-324, INFINITY, -INFINITY, NAN};
    return random_bits() % 4 == 0 ? hard[random_bits() % 9] : (double)(int64_t)(random_bits() % 21) / 2 - 5;
}

/* Offsets and lengths that are no multiple of anything. */
typedef struct sample {
    size_t start, rows;
    int64_t ints[ROWS], int_bounds[ROWS];
    double reals[ROWS], real_bounds[ROWS];
    uint64_t valid[WORDS];
    uint8_t bytes[ROWS];
    uint32_t keys[ROWS];
} sample;

static void fill(sample *s) {
    s->start = random_bits() % 9;
    s->rows = random_bits() % 3 == 0 ? ROWS - s->start : random_bits() % (ROWS - s->start);
    for (size_t i = 0; i < ROWS; i++) {
        s->ints[i] = random_int();
        s->int_bounds[i] = random_int();
        s->reals[i] = random_real();
        s->real_bounds[i] = random_real();
        s->bytes[i] = (uint8_t)(random_bits() & 1);
    }
    for (size_t i = 0; i < WORDS; i++)
        s->valid[i] = random_bits() | random_bits();
}

/* Room past the end is marked, and has to stay so. */
static void expect_same_bits(const uint64_t *plain, const uint64_t *fast, size_t rows) {
    size_t words = (rows + 63) / 64;
    assert_memory_equal(plain, fast, (words + 1) * sizeof *plain);
    if (rows % 64 != 0) assert_int_equal(fast[words - 1] >> (rows % 64), 0);
    assert_int_equal(fast[words], 0xabababababababab);
}

static void compare_tests(const ntm_i_kernels *fast, const sample *s) {
    uint64_t plain[WORDS + 1], other[WORDS + 1];
    const ntm_i_kernels *slow = &ntm_i_kernels_plain;
    for (size_t test = 0; test < 3; test++)
        for (int form = 0; form < 4; form++) {
            memset(plain, 0xab, sizeof plain);
            memset(other, 0xab, sizeof other);
            const int64_t *ints = s->ints + s->start, *int_bounds = s->int_bounds + s->start;
            const double *reals = s->reals + s->start, *real_bounds = s->real_bounds + s->start;
            if (form < 2) {
                (form == 0 ? slow->int_one : slow->int_each)[test](plain, ints, int_bounds, s->rows);
                (form == 0 ? fast->int_one : fast->int_each)[test](other, ints, int_bounds, s->rows);
            } else {
                (form == 2 ? slow->real_one : slow->real_each)[test](plain, reals, real_bounds, s->rows);
                (form == 2 ? fast->real_one : fast->real_each)[test](other, reals, real_bounds, s->rows);
            }
            expect_same_bits(plain, other, s->rows);
        }
}

static void tests_agree(void **unused) {
    (void)unused;
    static sample s;
    for (size_t k = 1; ntm_i_kernels_get(k) != NULL; k++)
        for (int round = 0; round < ROUNDS; round++) {
            fill(&s);
            compare_tests(ntm_i_kernels_get(k), &s);
        }
}

/* One value outside among many inside, reported or not, at every place of a word. */
static void within_agrees(void **unused) {
    (void)unused;
    static sample s;
    static const double bad_reals[] = {NAN, INFINITY, -INFINITY, 11.0, -11.0, DBL_MAX};
    static const int64_t bad_ints[] = {11, -11, INT64_MAX, INT64_MIN};
    for (size_t k = 1; ntm_i_kernels_get(k) != NULL; k++)
        for (int round = 0; round < 4 * ROUNDS; round++) {
            const ntm_i_kernels *fast = ntm_i_kernels_get(k);
            fill(&s);
            for (size_t i = 0; i < ROWS; i++) {
                s.ints[i] = (int64_t)(random_bits() % 21) - 10;
                s.reals[i] = (double)s.ints[i];
            }
            size_t at = s.rows == 0 ? 0 : random_bits() % s.rows;
            if (round % 3 != 0) {
                s.ints[at] = bad_ints[random_bits() % 4];
                s.reals[at] = bad_reals[random_bits() % 6];
            }
            bool finite = round % 2 == 0;
            double most = finite ? DBL_MAX : 10.0;
            const char *ahead = round % 5 == 0 ? (const char *)s.reals : NULL;
            assert_int_equal(ntm_i_kernels_plain.int_within(s.ints, s.valid, -10, 10, s.rows, NULL),
                             fast->int_within(s.ints, s.valid, -10, 10, s.rows, ahead));
            assert_int_equal(ntm_i_kernels_plain.int_within(s.ints, s.valid, 0, INT64_MAX, s.rows, NULL),
                             fast->int_within(s.ints, s.valid, 0, INT64_MAX, s.rows, ahead));
            assert_int_equal(ntm_i_kernels_plain.real_within(s.reals, s.valid, -most, most, s.rows, NULL),
                             fast->real_within(s.reals, s.valid, -most, most, s.rows, ahead));
        }
}

/* The plain one itself, against what is meant. */
static void within_means_what_it_says(void **unused) {
    (void)unused;
    const double reals[] = {1, NAN, 3, INFINITY};
    const uint64_t first = 1, second = 2, third = 5, fourth = 8;
    for (size_t k = 0; ntm_i_kernels_get(k) != NULL; k++) {
        const ntm_i_kernels *kernels = ntm_i_kernels_get(k);
        assert_true(kernels->real_within(reals, &first, 0, 2, 4, NULL));
        assert_false(kernels->real_within(reals, &second, 0, 2, 4, NULL));
        assert_false(kernels->real_within(reals, &third, 0, 2, 4, NULL));
        assert_true(kernels->real_within(reals, &third, 1, 3, 4, NULL));
        assert_false(kernels->real_within(reals, &fourth, -DBL_MAX, DBL_MAX, 4, NULL));
    }
}

static void bytes_are_packed(void **unused) {
    (void)unused;
    static sample s;
    for (size_t k = 0; ntm_i_kernels_get(k) != NULL; k++)
        for (int round = 0; round < ROUNDS; round++) {
            uint64_t bits[WORDS + 1];
            fill(&s);
            if (round % 4 == 0 && s.rows > 0)
                s.bytes[s.start + random_bits() % s.rows] = (uint8_t)(2 + random_bits() % 254);
            memset(bits, 0xab, sizeof bits);
            bool good = ntm_i_kernels_get(k)->pack_bytes(bits, s.bytes + s.start, s.rows);
            assert_int_equal(good, round % 4 != 0 || s.rows == 0);
            for (size_t i = 0; i < s.rows; i++)
                assert_int_equal(bits[i / 64] >> (i % 64) & 1, s.bytes[s.start + i] & 1);
            assert_int_equal(bits[(s.rows + 63) / 64], 0xabababababababab);
        }
}

static void thresholds_are_spread(void **unused) {
    (void)unused;
    static sample s;
    uint64_t table[128], out[ROWS + 1];
    for (size_t i = 0; i < 128; i++)
        table[i] = random_bits();
    for (size_t k = 0; ntm_i_kernels_get(k) != NULL; k++)
        for (size_t cells = 1; cells <= 100; cells++) {
            fill(&s);
            for (size_t i = 0; i < ROWS; i++)
                s.keys[i] = (uint32_t)(random_bits() % cells);
            out[s.rows] = 0xabababababababab;
            ntm_i_kernels_get(k)->spread(out, table, cells, s.keys + s.start, s.rows);
            for (size_t i = 0; i < s.rows; i++)
                assert_int_equal(out[i], table[s.keys[s.start + i]]);
            assert_int_equal(out[s.rows], 0xabababababababab);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tests_agree),
        cmocka_unit_test(within_agrees),
        cmocka_unit_test(within_means_what_it_says),
        cmocka_unit_test(bytes_are_packed),
        cmocka_unit_test(thresholds_are_spread),
    };
    return cmocka_run_group_tests_name("kernels", tests, NULL, NULL);
}
