/* SPDX-License-Identifier: Apache-2.0 */
/* Decimals against 128-bit arithmetic done here, and at every edge. */
#include <ntm/number.h>

#include "fault.h"

__extension__ typedef __int128 wide;

static wide power(unsigned n) {
    wide value = 1;
    while (n-- > 0)
        value *= 10;
    return value;
}

/* The value at scale 18 + 18, exactly: |coefficient| has to be small enough. */
static wide at_36(ntm_decimal a, unsigned scale) { return a.coefficient * power(36 - scale); }

static void assert_decimal(ntm_decimal value, int64_t coefficient, int scale) {
    if (value.coefficient != coefficient || value.scale != scale)
        fail_msg("%lldE-%d, expected %lldE-%d", (long long)value.coefficient, value.scale, (long long)coefficient,
                 scale);
}

static void exhaustive_small(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    for (int ac = -12; ac <= 12; ac++) {
        for (uint8_t as = 0; as <= 4; as++) {
            for (int bc = -12; bc <= 12; bc++) {
                for (uint8_t bs = 0; bs <= 4; bs++) {
                    ntm_decimal a = {ac, as};
                    ntm_decimal b = {bc, bs};
                    ntm_decimal out;
                    wide left = at_36(a, as);
                    wide right = at_36(b, bs);
                    assert_ok(ntm_decimal_add(&out, a, b, &err), &err);
                    assert_true(at_36(out, out.scale) == left + right);
                    assert_int_equal(out.scale, as > bs ? as : bs);
                    assert_ok(ntm_decimal_subtract(&out, a, b, &err), &err);
                    assert_true(at_36(out, out.scale) == left - right);
                    assert_ok(ntm_decimal_multiply(&out, a, b, &err), &err);
                    assert_decimal(out, ac * bc, as + bs);
                    assert_int_equal(ntm_decimal_compare(a, b), (left > right) - (left < right));
                }
            }
        }
    }
}

/* Of any size: what is given is right, what is refused cannot be written with int64 and 18 digits. */
static void random_any(void **state) {
    (void)state;
    uint64_t random = 5;
    int fitted = 0;
    for (int round = 0; round < 200000; round++) {
        ntm_decimal a = {(int64_t)fault_random(&random) >> (fault_random(&random) % 64),
                         (uint8_t)(fault_random(&random) % 19)};
        ntm_decimal b = {(int64_t)fault_random(&random) >> (fault_random(&random) % 64),
                         (uint8_t)(fault_random(&random) % 19)};
        wide left = a.coefficient * power(18u - a.scale);
        wide right = b.coefficient * power(18u - b.scale);
        assert_int_equal(ntm_decimal_compare(a, b), (left > right) - (left < right));
        ntm_decimal out = {1, 1};
        wide sum = left + right;
        ntm_status status = ntm_decimal_add(&out, a, b, NULL);
        if (status == NTM_OK) {
            assert_true(out.coefficient * power(18u - out.scale) == sum);
            fitted++;
        } else {
            assert_int_equal(status, NTM_ERROR_OVERFLOW);
            assert_decimal(out, 1, 1);
            while (sum % 10 == 0)
                sum /= 10;
            wide integer = (left + right) / power(18);
            bool fraction_lost = sum > INT64_MAX || sum < INT64_MIN;
            assert_true(fraction_lost || integer > INT64_MAX || integer < INT64_MIN);
        }
        wide product = (wide)a.coefficient * b.coefficient;
        status = ntm_decimal_multiply(&out, a, b, NULL);
        if (status == NTM_OK) {
            int dropped = a.scale + b.scale - out.scale;
            assert_true(dropped >= 0 && out.coefficient * power((unsigned)dropped) == product);
        } else {
            assert_int_equal(status, NTM_ERROR_OVERFLOW);
        }
    }
    assert_true(fitted > 10000);
}

static void edges(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal out = {7, 7};
    const ntm_decimal max = {INT64_MAX, 0};
    const ntm_decimal min = {INT64_MIN, 0};
    const ntm_decimal one = {1, 0};
    const ntm_decimal last = {1, 18};
    const ntm_decimal bad = {1, 19};
    assert_fails(ntm_decimal_add(&out, max, one, &err), NTM_ERROR_OVERFLOW, &err, "sum");
    assert_fails(ntm_decimal_subtract(&out, min, one, &err), NTM_ERROR_OVERFLOW, &err, "difference");
    assert_fails(ntm_decimal_multiply(&out, min, (ntm_decimal){-1, 0}, &err), NTM_ERROR_OVERFLOW, &err, "product");
    assert_fails(ntm_decimal_multiply(&out, last, (ntm_decimal){1, 1}, &err), NTM_ERROR_OVERFLOW, &err, "product");
    assert_fails(ntm_decimal_add(&out, max, last, &err), NTM_ERROR_OVERFLOW, &err, "sum");
    assert_fails(ntm_decimal_add(NULL, one, one, &err), NTM_ERROR_ARGUMENT, &err, "out");
    assert_fails(ntm_decimal_subtract(NULL, one, one, &err), NTM_ERROR_ARGUMENT, &err, "out");
    assert_fails(ntm_decimal_multiply(NULL, one, one, &err), NTM_ERROR_ARGUMENT, &err, "out");
    assert_fails(ntm_decimal_add(&out, bad, one, &err), NTM_ERROR_ARGUMENT, &err, "scale");
    assert_fails(ntm_decimal_subtract(&out, one, bad, &err), NTM_ERROR_ARGUMENT, &err, "scale");
    assert_fails(ntm_decimal_multiply(&out, bad, one, &err), NTM_ERROR_ARGUMENT, &err, "scale");
    assert_decimal(out, 7, 7);
    assert_ok(ntm_decimal_add(&out, max, (ntm_decimal){0, 18}, &err), &err); /* zeros give way */
    assert_decimal(out, INT64_MAX, 0);
    assert_ok(ntm_decimal_add(&out, min, max, &err), &err);
    assert_decimal(out, -1, 0);
    assert_ok(ntm_decimal_multiply(&out, (ntm_decimal){5, 10}, (ntm_decimal){2, 9}, &err), &err);
    assert_decimal(out, 1, 18);
    assert_ok(ntm_decimal_multiply(&out, min, one, &err), &err);
    assert_decimal(out, INT64_MIN, 0);
    assert_int_equal(ntm_decimal_compare(max, min), 1);
    assert_int_equal(ntm_decimal_compare((ntm_decimal){INT64_MAX, 18}, (ntm_decimal){9, 0}), 1);
    assert_int_equal(ntm_decimal_compare((ntm_decimal){INT64_MIN, 18}, (ntm_decimal){INT64_MIN, 17}), 1);
    assert_int_equal(ntm_decimal_compare((ntm_decimal){150, 2}, (ntm_decimal){15, 1}), 0);
}

/* Real failures of other programs (peers). */
static void fixed(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal out;
    assert_ok(ntm_decimal_multiply(&out, (ntm_decimal){995, 1}, (ntm_decimal){2, 0}, &err), &err);
    assert_int_equal(ntm_decimal_compare(out, (ntm_decimal){199, 0}), 0);
    assert_int_equal(ntm_decimal_compare((ntm_decimal){2500, 2}, (ntm_decimal){2501, 2}), -1);
    assert_int_equal(ntm_decimal_compare((ntm_decimal){20000001, 0}, (ntm_decimal){20000000, 0}), 1);
    assert_ok(ntm_decimal_add(&out, (ntm_decimal){68212207, 0}, (ntm_decimal){1, 0}, &err), &err);
    assert_decimal(out, 68212208, 0);
    assert_ok(ntm_decimal_add(&out, (ntm_decimal){1, 1}, (ntm_decimal){2, 1}, &err), &err);
    assert_int_equal(ntm_decimal_compare(out, (ntm_decimal){3, 1}), 0);
}

static void ratios(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal out = {7, 7};
    assert_ok(ntm_decimal_ratio(&out, 1799, 2000, 2, 1, NTM_ROUND_HALF_UP, &err), &err);
    assert_decimal(out, 900, 1);
    assert_ok(ntm_decimal_ratio(&out, 1799, 2000, 2, 2, NTM_ROUND_HALF_UP, &err), &err);
    assert_decimal(out, 8995, 2);
    assert_ok(ntm_decimal_ratio(&out, 1799, 2000, 2, 1, NTM_ROUND_DOWN, &err), &err);
    assert_decimal(out, 899, 1);
    assert_ok(ntm_decimal_ratio(&out, 1, 3, 0, 18, NTM_ROUND_HALF_UP, &err), &err);
    assert_decimal(out, 333333333333333333, 18);
    assert_ok(ntm_decimal_ratio(&out, -1, 8, 0, 2, NTM_ROUND_HALF_EVEN, &err), &err);
    assert_decimal(out, -12, 2);
    assert_ok(ntm_decimal_ratio(&out, 1, -8, 0, 2, NTM_ROUND_UP, &err), &err);
    assert_decimal(out, -13, 2);
    assert_ok(ntm_decimal_ratio(&out, INT64_MIN, INT64_MIN, 2, 0, NTM_ROUND_UP, &err), &err);
    assert_decimal(out, 100, 0);
    assert_ok(ntm_decimal_ratio(&out, 0, 5, UINT32_MAX, 3, NTM_ROUND_UP, &err), &err);
    assert_decimal(out, 0, 3);
    assert_ok(ntm_decimal_ratio(&out, 1, INT64_MAX, 18, 0, NTM_ROUND_UP, &err), &err);
    assert_decimal(out, 1, 0);
    out = (ntm_decimal){7, 7};
    assert_fails(ntm_decimal_ratio(&out, 5, 0, 2, 1, NTM_ROUND_UP, &err), NTM_ERROR_ARGUMENT, &err, "denominator");
    assert_fails(ntm_decimal_ratio(NULL, 5, 1, 2, 1, NTM_ROUND_UP, &err), NTM_ERROR_ARGUMENT, &err, "out");
    assert_fails(ntm_decimal_ratio(&out, 5, 1, 2, 19, NTM_ROUND_UP, &err), NTM_ERROR_ARGUMENT, &err, "scale");
    assert_fails(ntm_decimal_ratio(&out, 5, 1, 2, 1, (ntm_rounding)0, &err), NTM_ERROR_ARGUMENT, &err, "rounding");
    assert_fails(ntm_decimal_ratio(&out, 5, 1, 2, 1, (ntm_rounding)5, &err), NTM_ERROR_ARGUMENT, &err, "rounding");
    assert_fails(ntm_decimal_ratio(&out, INT64_MAX, 1, 1, 0, NTM_ROUND_UP, &err), NTM_ERROR_OVERFLOW, &err, "ratio");
    assert_fails(ntm_decimal_ratio(&out, INT64_MAX, 1, 0, 1, NTM_ROUND_UP, &err), NTM_ERROR_OVERFLOW, &err, "ratio");
    assert_fails(ntm_decimal_ratio(&out, 1, INT64_MAX, UINT32_MAX, 0, NTM_ROUND_UP, &err), NTM_ERROR_OVERFLOW, &err,
                 NULL);
    assert_decimal(out, 7, 7);
}

/* Every rounding of every number of two digits after the mark, by the words of the rules. */
static void rounding(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    for (int c = -250; c <= 250; c++) {
        int magnitude = c < 0 ? -c : c;
        int down = magnitude / 10;
        int rest = magnitude % 10;
        for (int mode = NTM_ROUND_HALF_UP; mode <= NTM_ROUND_UP; mode++) {
            bool up = (mode == NTM_ROUND_UP && rest > 0) || (mode == NTM_ROUND_HALF_UP && rest >= 5) ||
                      (mode == NTM_ROUND_HALF_EVEN && (rest > 5 || (rest == 5 && down % 2 == 1)));
            int expected = (down + up) * (c < 0 ? -1 : 1);
            ntm_decimal out;
            assert_ok(ntm_decimal_round(&out, (ntm_decimal){c, 2}, 1, (ntm_rounding)mode, &err), &err);
            assert_decimal(out, expected, 1);
        }
    }
    ntm_decimal out = {7, 7};
    assert_ok(ntm_decimal_round(&out, (ntm_decimal){15, 1}, 18, NTM_ROUND_UP, &err), &err);
    assert_decimal(out, 1500000000000000000, 18);
    assert_ok(ntm_decimal_round(&out, (ntm_decimal){INT64_MIN, 18}, 0, NTM_ROUND_HALF_UP, &err), &err);
    assert_decimal(out, -9, 0);
    out = (ntm_decimal){7, 7};
    assert_fails(ntm_decimal_round(&out, (ntm_decimal){10, 0}, 18, NTM_ROUND_UP, &err), NTM_ERROR_OVERFLOW, &err, NULL);
    assert_fails(ntm_decimal_round(&out, (ntm_decimal){10, 0}, 19, NTM_ROUND_UP, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_decimal_round(&out, (ntm_decimal){10, 19}, 1, NTM_ROUND_UP, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_decimal_round(NULL, (ntm_decimal){10, 1}, 1, NTM_ROUND_UP, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_decimal_round(&out, (ntm_decimal){10, 1}, 1, (ntm_rounding)9, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_decimal(out, 7, 7);
}

static void money(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_money out = 7;
    assert_ok(ntm_money_add(&out, 7942000000, -942000000, &err), &err);
    assert_int_equal(out, 7000000000);
    out = 7;
    assert_fails(ntm_money_add(&out, INT64_MAX, 1, &err), NTM_ERROR_OVERFLOW, &err, "9223372036854775807");
    assert_fails(ntm_money_add(&out, INT64_MIN, -1, &err), NTM_ERROR_OVERFLOW, &err, NULL);
    assert_fails(ntm_money_add(NULL, 1, 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(ntm_money_add(&out, INT64_MAX, 1, NULL), NTM_ERROR_OVERFLOW);
    assert_int_equal(out, 7);
    assert_ok(ntm_money_add(&out, INT64_MAX, INT64_MIN, &err), &err);
    assert_int_equal(out, -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(exhaustive_small),
                                       cmocka_unit_test(random_any),
                                       cmocka_unit_test(edges),
                                       cmocka_unit_test(fixed),
                                       cmocka_unit_test(ratios),
                                       cmocka_unit_test(rounding),
                                       cmocka_unit_test(money)};
    return cmocka_run_group_tests_name("decimals", tests, NULL, NULL);
}
