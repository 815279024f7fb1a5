/* SPDX-License-Identifier: Apache-2.0 */
/* Rationals against direct 128-bit arithmetic where that suffices, and against algebra where it does not. */
#include "number/rational.h"
#include "fault.h"

#include <string.h>

#include "number/wide.h"

typedef ntm_i_rational R;

#define WIDE_MAX ((ntm_i_wide)(~(ntm_i_uwide)0 >> 1))

static R whole(int64_t value) { return ntm_i_rational_int(value); }

static R ratio(ntm_i_wide n, ntm_i_wide d) {
    R out = {0, 1};
    R left = {n, 1};
    R right = {d, 1};
    assert_true(ntm_i_rational_divide(&out, left, right));
    return out;
}

static void assert_same(R a, ntm_i_wide n, ntm_i_wide d) {
    if (a.numerator == n && a.denominator == d) return;
    char text[96];
    (void)ntm_i_rational_format(text, sizeof text, a);
    fail_msg("%s, expected %lld/%lld", text, (long long)n, (long long)d);
}

static int sign(ntm_i_wide value) { return (value > 0) - (value < 0); }

/* All operations on all small fractions. */
static void exhaustive_small(void **state) {
    (void)state;
    for (int an = -9; an <= 9; an++) {
        for (int ad = 1; ad <= 8; ad++) {
            for (int bn = -9; bn <= 9; bn++) {
                for (int bd = 1; bd <= 8; bd++) {
                    R a = ratio(an, ad);
                    R b = ratio(bn, bd);
                    R out;
                    assert_true(ntm_i_rational_add(&out, a, b));
                    assert_int_equal(out.numerator * ad * bd, (an * bd + bn * ad) * out.denominator);
                    assert_int_equal(ntm_i_gcd(ntm_i_magnitude(out.numerator), (ntm_i_uwide)out.denominator), 1);
                    assert_true(ntm_i_rational_subtract(&out, a, b));
                    assert_int_equal(out.numerator * ad * bd, (an * bd - bn * ad) * out.denominator);
                    assert_true(ntm_i_rational_multiply(&out, a, b));
                    assert_int_equal(out.numerator * ad * bd, an * bn * out.denominator);
                    assert_int_equal(ntm_i_gcd(ntm_i_magnitude(out.numerator), (ntm_i_uwide)out.denominator), 1);
                    assert_int_equal(ntm_i_rational_divide(&out, a, b), bn != 0);
                    if (bn != 0) assert_int_equal(out.numerator * ad * bn, an * bd * out.denominator);
                    assert_int_equal(ntm_i_rational_compare(a, b), sign(an * bd - bn * ad));
                }
            }
        }
    }
}

/* Random 40-bit fractions, whose cross products fit 128 bits. */
static void random_against_wide(void **state) {
    (void)state;
    uint64_t random = 20200225;
    for (int round = 0; round < 200000; round++) {
        ntm_i_wide n[2];
        ntm_i_wide d[2];
        for (int at = 0; at < 2; at++) {
            unsigned bits = 1 + (unsigned)(fault_random(&random) % 40);
            n[at] = (ntm_i_wide)(fault_random(&random) >> (64 - bits)) - ((ntm_i_wide)1 << (bits - 1));
            d[at] = 1 + (ntm_i_wide)(fault_random(&random) >> (64 - bits));
        }
        R a = ratio(n[0], d[0]);
        R b = ratio(n[1], d[1]);
        R out;
        assert_true(ntm_i_rational_add(&out, a, b));
        R expected = ratio(n[0] * d[1] + n[1] * d[0], d[0] * d[1]);
        assert_true(out.numerator == expected.numerator && out.denominator == expected.denominator);
        assert_true(ntm_i_rational_multiply(&out, a, b));
        expected = ratio(n[0] * n[1], d[0] * d[1]);
        assert_true(out.numerator == expected.numerator && out.denominator == expected.denominator);
        assert_int_equal(ntm_i_rational_compare(a, b), sign(n[0] * d[1] - n[1] * d[0]));
        ntm_i_wide down = ntm_i_rational_floor(a);
        assert_true(down * d[0] <= n[0] && (down + 1) * d[0] > n[0]);
        ntm_i_wide up = ntm_i_rational_ceiling(a);
        assert_true(up * d[0] >= n[0] && (up - 1) * d[0] < n[0]);
    }
}

static ntm_i_wide random_wide(uint64_t *random) {
    unsigned bits = (unsigned)(fault_random(random) % 127);
    ntm_i_uwide value = (ntm_i_uwide)fault_random(random) << 64 | fault_random(random);
    return (ntm_i_wide)(value >> (127 - bits) >> 1);
}

/* Numbers of full size: (a + b) - b = a, (a × b) / b = a, and an order that agrees with the sign of the difference. */
static void random_large(void **state) {
    (void)state;
    uint64_t random = 7;
    int sums = 0;
    int products = 0;
    for (int round = 0; round < 100000; round++) {
        R a = ratio(random_wide(&random), 1 + random_wide(&random) / 2);
        R b = ratio(-random_wide(&random), 1 + random_wide(&random) / 2);
        R out;
        R back;
        if (ntm_i_rational_add(&out, a, b)) {
            assert_true(ntm_i_rational_subtract(&back, out, b));
            assert_int_equal(ntm_i_rational_compare(back, a), 0);
            assert_true(back.numerator == a.numerator && back.denominator == a.denominator);
            assert_int_equal(ntm_i_rational_compare(out, a), sign(b.numerator));
            sums++;
        }
        if (b.numerator != 0 && ntm_i_rational_multiply(&out, a, b)) {
            assert_true(ntm_i_rational_divide(&back, out, b));
            assert_true(back.numerator == a.numerator && back.denominator == a.denominator);
            products++;
        }
        if (ntm_i_rational_subtract(&out, a, b)) assert_int_equal(ntm_i_rational_compare(a, b), sign(out.numerator));
        assert_int_equal(ntm_i_rational_compare(a, b), -ntm_i_rational_compare(b, a));
        assert_int_equal(ntm_i_rational_compare(a, a), 0);
    }
    assert_true(sums > 1000 && products > 1000);
}

static void edges(void **state) {
    (void)state;
    R max = {WIDE_MAX, 1};
    R min = {-WIDE_MAX, 1};
    R tiny = {1, WIDE_MAX};
    R out = {77, 1};
    assert_false(ntm_i_rational_add(&out, max, whole(1)));
    assert_false(ntm_i_rational_subtract(&out, min, whole(1)));
    assert_false(ntm_i_rational_multiply(&out, max, whole(2)));
    assert_false(ntm_i_rational_multiply(&out, tiny, ratio(1, 2)));
    assert_false(ntm_i_rational_add(&out, max, tiny));
    assert_false(ntm_i_rational_scale(&out, max, 1));
    assert_false(ntm_i_rational_scale(&out, tiny, -1));
    assert_false(ntm_i_rational_scale(&out, whole(3), 39));
    assert_false(ntm_i_rational_scale(&out, whole(3), INT32_MAX));
    assert_false(ntm_i_rational_scale(&out, whole(3), INT32_MIN));
    assert_same(out, 77, 1);
    assert_true(ntm_i_rational_add(&out, max, min));
    assert_same(out, 0, 1);
    assert_true(ntm_i_rational_multiply(&out, max, tiny));
    assert_same(out, 1, 1);
    assert_true(ntm_i_rational_subtract(&out, whole(0), max));
    assert_int_equal(ntm_i_rational_compare(out, min), 0);
    assert_int_equal(ntm_i_rational_compare(max, min), 1);
    assert_int_equal(ntm_i_rational_compare((R){WIDE_MAX, WIDE_MAX - 1}, (R){WIDE_MAX - 1, WIDE_MAX - 2}), -1);
    assert_int_equal(ntm_i_rational_compare((R){-WIDE_MAX, WIDE_MAX - 1}, (R){-(WIDE_MAX - 1), WIDE_MAX - 2}), 1);
    /* The numerators pass 128 bits on the way and the sum is 1. */
    R almost = {WIDE_MAX - 1, WIDE_MAX};
    assert_true(ntm_i_rational_add(&out, almost, tiny));
    assert_same(out, 1, 1);
    /* 1/p + 1/(p+2) with a common factor taken out late: 1/6 + 1/3 = 1/2. */
    assert_true(ntm_i_rational_add(&out, ratio(1, 6), ratio(1, 3)));
    assert_same(out, 1, 2);
    assert_true(ntm_i_rational_scale(&out, whole(0), INT32_MAX));
    assert_same(out, 0, 1);
    assert_true(ntm_i_rational_scale(&out, ratio(1, 3), 38));
    assert_true(ntm_i_rational_scale(&out, out, -38));
    assert_same(out, 1, 3);
    R power = {(ntm_i_wide)ntm_i_power_of_ten(20), 1};
    assert_true(ntm_i_rational_scale(&out, power, -58));
    assert_true(ntm_i_rational_scale(&out, out, 58));
    assert_int_equal(ntm_i_rational_compare(out, power), 0);
    assert_int_equal(ntm_i_power_of_ten(39), 0);
    assert_int_equal(ntm_i_gcd(0, 0), 0);
    assert_int_equal(ntm_i_gcd(0, 5), 5);
}

static void infinities(void **state) {
    (void)state;
    R up = NTM_I_INFINITY;
    R down = NTM_I_MINUS_INFINITY;
    R five = whole(5);
    R out = {77, 1};
    assert_true(ntm_i_rational_add(&out, up, five));
    assert_same(out, 1, 0);
    assert_true(ntm_i_rational_add(&out, five, down));
    assert_same(out, -1, 0);
    assert_true(ntm_i_rational_subtract(&out, five, up));
    assert_same(out, -1, 0);
    assert_true(ntm_i_rational_add(&out, up, up));
    assert_same(out, 1, 0);
    assert_true(ntm_i_rational_subtract(&out, up, down));
    assert_same(out, 1, 0);
    assert_true(ntm_i_rational_multiply(&out, down, whole(-2)));
    assert_same(out, 1, 0);
    assert_true(ntm_i_rational_multiply(&out, up, down));
    assert_same(out, -1, 0);
    assert_true(ntm_i_rational_divide(&out, five, down));
    assert_same(out, 0, 1);
    assert_true(ntm_i_rational_divide(&out, down, whole(-5)));
    assert_same(out, 1, 0);
    assert_true(ntm_i_rational_scale(&out, down, 3));
    assert_same(out, -1, 0);
    assert_true(ntm_i_rational_round(&out, up, 2, NTM_ROUND_DOWN));
    assert_same(out, 1, 0);
    out = whole(77);
    assert_false(ntm_i_rational_add(&out, up, down));
    assert_false(ntm_i_rational_subtract(&out, up, up));
    assert_false(ntm_i_rational_multiply(&out, up, whole(0)));
    assert_false(ntm_i_rational_multiply(&out, whole(0), down));
    assert_false(ntm_i_rational_divide(&out, five, whole(0)));
    assert_false(ntm_i_rational_divide(&out, up, whole(0)));
    assert_false(ntm_i_rational_divide(&out, up, down));
    assert_same(out, 77, 1);
    R order[] = {down, {-WIDE_MAX, 1}, whole(-1), whole(0), {1, WIDE_MAX}, whole(1), {WIDE_MAX, 1}, up};
    for (int a = 0; a < 8; a++) {
        for (int b = 0; b < 8; b++)
            assert_int_equal(ntm_i_rational_compare(order[a], order[b]), (a > b) - (a < b));
    }
    ntm_decimal decimal;
    assert_false(ntm_i_rational_to_decimal(&decimal, up));
    assert_false(ntm_i_is_finite(down));
}

/* Rounding of n/8 to whole numbers and to two digits, by the words of the rules. */
static void rounding(void **state) {
    (void)state;
    static const struct {
        int eighths;
        int half_up;
        int half_even;
        int down;
        int up;
    } rows[] = {{4, 1, 0, 0, 1},       {12, 2, 2, 1, 2},  {20, 3, 2, 2, 3},    {3, 0, 0, 0, 1},
                {5, 1, 1, 0, 1},       {8, 1, 1, 1, 1},   {0, 0, 0, 0, 0},     {-4, -1, 0, 0, -1},
                {-12, -2, -2, -1, -2}, {-3, 0, 0, 0, -1}, {-5, -1, -1, 0, -1}, {-8, -1, -1, -1, -1}};
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        R a = ratio(rows[at].eighths, 8);
        int expected[] = {rows[at].half_up, rows[at].half_even, rows[at].down, rows[at].up};
        for (int mode = NTM_ROUND_HALF_UP; mode <= NTM_ROUND_UP; mode++) {
            R out;
            assert_true(ntm_i_rational_round(&out, a, 0, (ntm_rounding)mode));
            assert_same(out, expected[mode - 1], 1);
        }
    }
    R out = {77, 1};
    assert_true(ntm_i_rational_round(&out, ratio(8995, 100), 1, NTM_ROUND_HALF_UP));
    assert_same(out, 90, 1);
    assert_true(ntm_i_rational_round(&out, ratio(2, 3), 4, NTM_ROUND_HALF_UP));
    assert_same(out, 6667, 10000);
    assert_true(ntm_i_rational_round(&out, ratio(1, 4), 1, NTM_ROUND_HALF_EVEN));
    assert_same(out, 1, 5);
    R max = {WIDE_MAX, 1};
    assert_true(ntm_i_rational_round(&out, max, 18, NTM_ROUND_UP)); /* whole already, though ×10^18 does not fit */
    assert_int_equal(ntm_i_rational_compare(out, max), 0);
    out = whole(77);
    assert_false(ntm_i_rational_round(&out, (R){WIDE_MAX, 2}, 18, (ntm_rounding)0));
    assert_false(ntm_i_rational_round(&out, whole(1), 39, NTM_ROUND_UP));
    assert_false(ntm_i_rational_round(&out, ratio(WIDE_MAX, 3), 38, NTM_ROUND_UP));
    assert_same(out, 77, 1);
}

static void decimals(void **state) {
    (void)state;
    assert_same(ntm_i_rational_decimal((ntm_decimal){8995, 2}), 1799, 20);
    assert_same(ntm_i_rational_decimal((ntm_decimal){-100, 2}), -1, 1);
    assert_same(ntm_i_rational_decimal((ntm_decimal){0, 18}), 0, 1);
    assert_same(ntm_i_rational_decimal((ntm_decimal){INT64_MIN, 0}), INT64_MIN, 1);
    assert_same(ntm_i_rational_decimal((ntm_decimal){1, 18}), 1, (ntm_i_wide)ntm_i_power_of_ten(18));
    ntm_decimal out = {77, 7};
    assert_true(ntm_i_rational_to_decimal(&out, ratio(1799, 20)));
    assert_int_equal(out.coefficient, 8995);
    assert_int_equal(out.scale, 2);
    assert_true(ntm_i_rational_to_decimal(&out, ratio(1, 8)));
    assert_int_equal(out.coefficient, 125);
    assert_int_equal(out.scale, 3);
    assert_true(ntm_i_rational_to_decimal(&out, whole(INT64_MIN)));
    assert_int_equal(out.coefficient, INT64_MIN);
    assert_int_equal(out.scale, 0);
    out = (ntm_decimal){77, 7};
    assert_false(ntm_i_rational_to_decimal(&out, ratio(1, 3)));
    assert_false(ntm_i_rational_to_decimal(&out, ratio(1, (ntm_i_wide)1 << 19)));
    assert_false(ntm_i_rational_to_decimal(&out, (R){(ntm_i_wide)INT64_MAX + 1, 1}));
    assert_false(ntm_i_rational_to_decimal(&out, (R){WIDE_MAX, 5}));
    assert_int_equal(out.coefficient, 77);
    uint64_t random = 3;
    for (int round = 0; round < 20000; round++) {
        ntm_decimal in = {(int64_t)fault_random(&random) >> (fault_random(&random) % 64),
                          (uint8_t)(fault_random(&random) % 19)};
        assert_true(ntm_i_rational_to_decimal(&out, ntm_i_rational_decimal(in)));
        assert_int_equal(ntm_decimal_compare(in, out), 0);
        assert_true(out.scale == 0 || out.coefficient % 10 != 0);
    }
}

static void formats(void **state) {
    (void)state;
    static const struct {
        int64_t n;
        int64_t d;
        const char *text;
    } rows[] = {{8995, 100, "89.95"},     {-3, 1, "-3"}, {1, 3, "1/3"},        {-22, 7, "-22/7"},
                {1799, 2000, "0.8995"},   {0, 1, "0"},   {-1, 1000, "-0.001"}, {INT64_MIN, 1, "-9223372036854775808"},
                {1, 1024, "0.0009765625"}};
    char text[96];
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        assert_int_equal(ntm_i_rational_format(text, sizeof text, ratio(rows[at].n, rows[at].d)),
                         strlen(rows[at].text));
        assert_string_equal(text, rows[at].text);
    }
    assert_int_equal(ntm_i_rational_format(text, 96, NTM_I_MINUS_INFINITY), 9);
    assert_string_equal(text, "-infinity");
    assert_true(ntm_i_rational_format(text, 96, (R){-WIDE_MAX, WIDE_MAX - 1}) < 96);
    assert_string_equal(text, "-170141183460469231731687303715884105727/170141183460469231731687303715884105726");
    assert_true(ntm_i_rational_format(text, 96, (R){WIDE_MAX, (ntm_i_wide)1 << 126}) < 96);
    assert_int_equal(ntm_i_rational_format(NULL, 0, ratio(1, 3)), 3);
    assert_int_equal(ntm_i_rational_format(text, 3, ratio(8995, 100)), 5);
    assert_string_equal(text, "89");
}

/* 256-bit division: quotient × divisor + rest is the dividend. */
static void wide_division(void **state) {
    (void)state;
    uint64_t random = 11;
    for (int round = 0; round < 20000; round++) {
        ntm_i_uwide a = (ntm_i_uwide)random_wide(&random) * 2 + 1;
        ntm_i_uwide b = (ntm_i_uwide)random_wide(&random) * 2 + 1;
        ntm_i_uwide d =
            ((ntm_i_uwide)fault_random(&random) << 64 | fault_random(&random)) >> (fault_random(&random) % 128);
        if (d == 0) d = 1;
        ntm_i_uwide r = ((ntm_i_uwide)random_wide(&random) * 2) % b;
        ntm_i_uwide rest = 0;
        ntm_i_u256 product = ntm_i_u256_sum(ntm_i_u256_product(a, b), (ntm_i_u256){0, r});
        ntm_i_u256 q = ntm_i_u256_divide(product, b, &rest);
        assert_true(q.high == 0 && q.low == a && rest == r);
        q = ntm_i_u256_divide(product, d, &rest);
        assert_true(rest < d);
        ntm_i_u256 back = ntm_i_u256_product(q.low, d);
        back.high += q.high * d;
        back = ntm_i_u256_sum(back, (ntm_i_u256){0, rest});
        assert_int_equal(ntm_i_u256_compare(back, product), 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(exhaustive_small), cmocka_unit_test(random_against_wide),
                                       cmocka_unit_test(random_large),     cmocka_unit_test(edges),
                                       cmocka_unit_test(infinities),       cmocka_unit_test(rounding),
                                       cmocka_unit_test(decimals),         cmocka_unit_test(formats),
                                       cmocka_unit_test(wide_division)};
    return cmocka_run_group_tests_name("rationals", tests, NULL, NULL);
}
