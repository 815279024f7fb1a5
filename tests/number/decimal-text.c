/* SPDX-License-Identifier: Apache-2.0 */
/* Decimals from and to text, in each locale and never in another. */
#include <ntm/number.h>

#include "fault.h"

#include <string.h>

static void reads(const char *text, ntm_locale locale, int64_t coefficient, int scale) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal out = {7, 7};
    assert_ok(ntm_decimal_parse(&out, text, strlen(text), locale, &err), &err);
    if (out.coefficient != coefficient || out.scale != scale)
        fail_msg("\"%s\" is read as %lldE-%d", text, (long long)out.coefficient, out.scale);
}

static void refuses(const char *text, ntm_locale locale, ntm_status expected, const char *part) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal out = {7, 7};
    ntm_status status = ntm_decimal_parse(&out, text, strlen(text), locale, &err);
    if (status != expected) fail_msg("\"%s\" gives %s", text, ntm_status_name(status));
    fault_assert_error(&err, expected, part, text);
    assert_int_equal(out.coefficient, 7);
    assert_int_equal(out.scale, 7);
}

static void reading(void **state) {
    (void)state;
    reads("3843.5", NTM_LOCALE_PLAIN, 38435, 1);
    reads("3.843", NTM_LOCALE_PLAIN, 3843, 3);
    reads("3.843", NTM_LOCALE_VI, 3843, 0);
    reads("3.843", NTM_LOCALE_EN, 3843, 3);
    reads("3,843", NTM_LOCALE_VI, 3843, 3);
    reads("3,843", NTM_LOCALE_EN, 3843, 0);
    reads("1.234.567,8", NTM_LOCALE_VI, 12345678, 1);
    reads("1234567,8", NTM_LOCALE_VI, 12345678, 1);
    reads("1,234,567.8", NTM_LOCALE_EN, 12345678, 1);
    reads("68.212.208", NTM_LOCALE_VI, 68212208, 0);
    reads("68,212,208", NTM_LOCALE_EN, 68212208, 0);
    reads("20000001", NTM_LOCALE_VI, 20000001, 0);
    reads("-89,95", NTM_LOCALE_VI, -8995, 2);
    reads("+1", NTM_LOCALE_PLAIN, 1, 0);
    reads("-0", NTM_LOCALE_PLAIN, 0, 0);
    reads("25.00", NTM_LOCALE_PLAIN, 2500, 2);
    reads("0007", NTM_LOCALE_VI, 7, 0);
    reads("0,5", NTM_LOCALE_VI, 5, 1);
    reads("9223372036854775807", NTM_LOCALE_PLAIN, INT64_MAX, 0);
    reads("-9223372036854775808", NTM_LOCALE_PLAIN, INT64_MIN, 0);
    reads("-9.223372036854775808", NTM_LOCALE_PLAIN, INT64_MIN, 18);
    reads("0.000000000000000001", NTM_LOCALE_PLAIN, 1, 18);
    reads("000000000000000000000000000000012", NTM_LOCALE_PLAIN, 12, 0);
    /* The text need not end where the number does. */
    ntm_decimal out;
    assert_int_equal(ntm_decimal_parse(&out, "12345", 3, NTM_LOCALE_VI, NULL), NTM_OK);
    assert_int_equal(out.coefficient, 123);
}

static void refusing(void **state) {
    (void)state;
    static const char *const everywhere[] = {
        "",      " ",    "-",     "+",   "1 ",   " 1",   "1 000", "1e5", "0x10",      "abc",  "--1", "+-1",
        "1-",    "5%",   "NaN",   "inf", "1..2", "1,,2", ".",     ",",   "1.2.3,4,5", "１２", "٣",   "đang cập nhật",
        "1'000", "\xff", "1_000", "12.", "12,"};
    for (size_t at = 0; at < sizeof everywhere / sizeof everywhere[0]; at++) {
        for (int locale = NTM_LOCALE_PLAIN; locale <= NTM_LOCALE_EN; locale++)
            refuses(everywhere[at], (ntm_locale)locale, NTM_ERROR_SYNTAX, "is not a number");
    }
    refuses("12.34", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, "grouped in threes; expected one like 1.234,5");
    refuses("12,34", NTM_LOCALE_EN, NTM_ERROR_SYNTAX, "grouped in threes; expected one like 1,234.5");
    refuses("1,5", NTM_LOCALE_PLAIN, NTM_ERROR_SYNTAX, "1234.5");
    refuses("1.234.56", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, NULL);
    refuses("1234.567", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, NULL);
    refuses("1.2345", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, NULL);
    refuses("1.2345.678", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, NULL);
    refuses("1.234567.891", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, NULL);
    refuses(".123", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, NULL);
    refuses("1.234,", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, "after the decimal mark");
    refuses(",5", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, "before the decimal mark");
    refuses("1,234.567", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, "after the decimal mark");
    refuses("0.123", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, "begins with 0");
    refuses("012.345", NTM_LOCALE_VI, NTM_ERROR_SYNTAX, "begins with 0");
    refuses("9223372036854775808", NTM_LOCALE_PLAIN, NTM_ERROR_OVERFLOW, NULL);
    refuses("-9223372036854775809", NTM_LOCALE_PLAIN, NTM_ERROR_OVERFLOW, NULL);
    refuses("99999999999999999999999999999", NTM_LOCALE_PLAIN, NTM_ERROR_OVERFLOW, NULL);
    refuses("18446744073709551617", NTM_LOCALE_PLAIN, NTM_ERROR_OVERFLOW, NULL);
    refuses("0.0000000000000000001", NTM_LOCALE_PLAIN, NTM_ERROR_OVERFLOW, "18 digits");
    refuses("99999999999999999999x", NTM_LOCALE_PLAIN, NTM_ERROR_SYNTAX, NULL);
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal out;
    assert_fails(ntm_decimal_parse(NULL, "1", 1, NTM_LOCALE_VI, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_decimal_parse(&out, NULL, 0, NTM_LOCALE_VI, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_decimal_parse(&out, "1", 1, (ntm_locale)0, &err), NTM_ERROR_ARGUMENT, &err, "locale");
    assert_fails(ntm_decimal_parse(&out, "1\0", 2, NTM_LOCALE_VI, &err), NTM_ERROR_SYNTAX, &err, NULL);
}

static void writing(void **state) {
    (void)state;
    static const struct {
        ntm_decimal value;
        ntm_locale locale;
        const char *text;
    } rows[] = {{{8995, 2}, NTM_LOCALE_VI, "89,95"},
                {{1799, 0}, NTM_LOCALE_VI, "1.799"},
                {{1799, 0}, NTM_LOCALE_EN, "1,799"},
                {{1799, 0}, NTM_LOCALE_PLAIN, "1799"},
                {{-100, 0}, NTM_LOCALE_VI, "-100"},
                {{-1000, 1}, NTM_LOCALE_VI, "-100,0"},
                {{123456789, 3}, NTM_LOCALE_EN, "123,456.789"},
                {{5, 3}, NTM_LOCALE_VI, "0,005"},
                {{0, 0}, NTM_LOCALE_EN, "0"},
                {{0, 2}, NTM_LOCALE_EN, "0.00"},
                {{INT64_MIN, 0}, NTM_LOCALE_VI, "-9.223.372.036.854.775.808"},
                {{INT64_MIN, 18}, NTM_LOCALE_EN, "-9.223372036854775808"},
                {{1, 18}, NTM_LOCALE_PLAIN, "0.000000000000000001"}};
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        char text[48];
        assert_int_equal(ntm_decimal_format(text, sizeof text, rows[at].value, rows[at].locale), strlen(rows[at].text));
        assert_string_equal(text, rows[at].text);
        assert_int_equal(ntm_decimal_format(NULL, 0, rows[at].value, rows[at].locale), strlen(rows[at].text));
        for (size_t capacity = 1; capacity < strlen(rows[at].text) + 1; capacity++) {
            memset(text, 'x', sizeof text);
            assert_int_equal(ntm_decimal_format(text, capacity, rows[at].value, rows[at].locale),
                             strlen(rows[at].text));
            assert_int_equal(strlen(text), capacity - 1);
            assert_memory_equal(text, rows[at].text, capacity - 1);
            assert_int_equal(text[capacity], 'x');
        }
    }
}

/* What is written is read again as the same, in every locale. */
static void round_trip(void **state) {
    (void)state;
    uint64_t random = 9;
    for (int round = 0; round < 100000; round++) {
        ntm_decimal in = {(int64_t)fault_random(&random) >> (fault_random(&random) % 64),
                          (uint8_t)(fault_random(&random) % 19)};
        ntm_locale locale = (ntm_locale)(1 + round % 3);
        char text[48];
        size_t size = ntm_decimal_format(text, sizeof text, in, locale);
        assert_true(size < sizeof text);
        ntm_decimal out = {0, 0};
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_decimal_parse(&out, text, size, locale, &err), &err);
        assert_int_equal(out.coefficient, in.coefficient);
        assert_int_equal(out.scale, in.scale);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reading), cmocka_unit_test(refusing), cmocka_unit_test(writing),
                                       cmocka_unit_test(round_trip)};
    return cmocka_run_group_tests_name("decimals as text", tests, NULL, NULL);
}
