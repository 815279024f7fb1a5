/* SPDX-License-Identifier: Apache-2.0 */
/* Doubles as the decimals that people typed. */
#include <ntm/number.h>

#include "fault.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void gives(double value, int64_t coefficient, int scale) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal out = {7, 7};
    assert_ok(ntm_decimal_from_double(&out, value, &err), &err);
    if (out.coefficient != coefficient || out.scale != scale)
        fail_msg("%.17g is read as %lldE-%d", value, (long long)out.coefficient, out.scale);
}

static void known(void) {
    gives(89.95, 8995, 2);
    gives(0.1, 1, 1);
    gives(0.1 + 0.2, 30000000000000004, 17);
    gives(99.5, 995, 1);
    gives(99.5 * 2, 199, 0);
    gives(25.00, 25, 0);
    gives(25.01, 2501, 2);
    gives(20000001, 20000001, 0);
    gives(68212208, 68212208, 0);
    gives(0.0, 0, 0);
    gives(-0.0, 0, 0);
    gives(-1.5, -15, 1);
    gives(100, 100, 0);
    gives(9007199254740992.0, 9007199254740992, 0);
    gives(9007199254740993.0, 9007199254740992, 0);
    gives(1e18, 1000000000000000000, 0);
    gives(9.2e18, 9200000000000000000, 0);
    gives(-9.2e18, -9200000000000000000, 0);
    gives(1152921504606846976.0, 1152921504606847000, 0); /* 2^60: the shortest decimal that reads back */
    gives(1e-18, 1, 18);
    gives(1.0 / 3, 3333333333333333, 16);
    gives(2251799813685248.5, 22517998136852485, 1);
    gives(2251799813685249.5, 22517998136852495, 1);
    gives(123456.789, 123456789, 3);
    gives(5e-17, 5, 17);
}

static void known_values(void **state) {
    (void)state;
    known();
}

static void refused(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal out = {7, 7};
    assert_fails(ntm_decimal_from_double(&out, NAN, &err), NTM_ERROR_VALUE, &err, "NaN");
    assert_fails(ntm_decimal_from_double(&out, INFINITY, &err), NTM_ERROR_VALUE, &err, "infinite");
    assert_fails(ntm_decimal_from_double(&out, -INFINITY, &err), NTM_ERROR_VALUE, &err, "infinite");
    assert_fails(ntm_decimal_from_double(&out, 1e19, &err), NTM_ERROR_OVERFLOW, &err, NULL);
    assert_fails(ntm_decimal_from_double(&out, -9.3e18, &err), NTM_ERROR_OVERFLOW, &err, NULL);
    assert_fails(ntm_decimal_from_double(&out, 1.7976931348623157e308, &err), NTM_ERROR_OVERFLOW, &err, NULL);
    assert_fails(ntm_decimal_from_double(&out, 5e-324, &err), NTM_ERROR_OVERFLOW, &err, NULL);
    assert_fails(ntm_decimal_from_double(&out, 1e-19, &err), NTM_ERROR_OVERFLOW, &err, NULL);
    assert_fails(ntm_decimal_from_double(NULL, 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(out.coefficient, 7);
}

/* Every number of up to two digits after the mark, and random ones of up to 15 digits, come back as typed. */
static void typed(void **state) {
    (void)state;
    for (int64_t c = -100000; c <= 100000; c++) {
        ntm_decimal out = {0, 0};
        assert_int_equal(ntm_decimal_from_double(&out, (double)c / 100, NULL), NTM_OK);
        assert_int_equal(ntm_decimal_compare(out, (ntm_decimal){c, 2}), 0);
        assert_true(out.scale == 0 || out.coefficient % 10 != 0);
    }
    uint64_t random = 13;
    for (int round = 0; round < 100000; round++) {
        int64_t c = (int64_t)(fault_random(&random) % 1000000000000000u) - 500000000000000;
        uint8_t scale = (uint8_t)(fault_random(&random) % 16);
        char text[64];
        (void)snprintf(text, sizeof text, "%llde-%d", (long long)c, scale);
        ntm_decimal out = {0, 0};
        assert_int_equal(ntm_decimal_from_double(&out, strtod(text, NULL), NULL), NTM_OK);
        assert_int_equal(ntm_decimal_compare(out, (ntm_decimal){c, scale}), 0);
    }
}

/* Any bits: what is given reads back as the double, and no decimal of fewer digits does. */
static void shortest(void **state) {
    (void)state;
    uint64_t random = 17;
    int fitted = 0;
    for (int round = 0; round < 200000; round++) {
        double value = ldexp((double)(fault_random(&random) >> 11), -(int)(fault_random(&random) % 100));
        ntm_decimal out = {0, 0};
        ntm_status status = ntm_decimal_from_double(&out, value, NULL);
        char text[64];
        int digits = 1;
        for (; digits < 18; digits++) {
            (void)snprintf(text, sizeof text, "%.*e", digits - 1, value);
            if (strtod(text, NULL) == value) break;
        }
        if (status != NTM_OK) {
            assert_int_equal(status, NTM_ERROR_OVERFLOW);
            int exponent = atoi(strchr(text, 'e') + 1);
            assert_true(exponent >= 18 || digits - 1 - exponent > 18);
            continue;
        }
        fitted++;
        (void)snprintf(text, sizeof text, "%llde-%d", (long long)out.coefficient, out.scale);
        assert_true(strtod(text, NULL) == value);
        int64_t left = out.coefficient;
        while (left != 0 && left % 10 == 0)
            left /= 10;
        int found = 0;
        for (; left != 0; left /= 10)
            found++;
        assert_int_equal(found, value == 0 ? 0 : digits);
    }
    assert_true(fitted > 50000);
}

/* The decimal mark of the C locale must not matter. */
static void any_c_locale(void **state) {
    (void)state;
    static const char *const names[] = {"vi_VN.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8", "ps_AF.UTF-8"};
    for (size_t at = 0; at < sizeof names / sizeof names[0]; at++) {
        if (setlocale(LC_ALL, names[at]) != NULL) known();
    }
    (void)setlocale(LC_ALL, "C");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_values), cmocka_unit_test(refused),
                                       cmocka_unit_test(typed), cmocka_unit_test(shortest),
                                       cmocka_unit_test(any_c_locale)};
    return cmocka_run_group_tests_name("doubles", tests, NULL, NULL);
}
