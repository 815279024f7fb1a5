/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as articles and decisions print them. */
#include <ntm/number.h>

#include "fault.h"

#include <string.h>

/* Strings seen in print, with their values (facts/companion-programmes.json: text_number). */
static void seen_in_print(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
        const char *unit;
        bool money;
    } rows[] = {{"319.107 suất", 319107, "suất", false},
                {"319.107 suất quà", 319107, "suất quà", false},
                {"6.801 người", 6801, "người", false},
                {"120 tỷ đồng", 120000000000, "đồng", true},
                {"7,942 tỷ đồng", 7942000000, "đồng", true},
                {"3.843 tỷ đồng", 3843000000000, "đồng", true},
                {"699,559 tỷ đồng", 699559000000, "đồng", true},
                {"39.632 tỷ đồng", 39632000000000, "đồng", true},
                {"77.397,8 tỷ đồng", 77397800000000, "đồng", true},
                {"258,3 tỷ đồng", 258300000000, "đồng", true},
                {"1,044 triệu tỷ đồng", 1044000000000000, "đồng", true},
                {"2,55 triệu tỷ đồng", 2550000000000000, "đồng", true},
                {"100 nghìn tỷ", 100000000000000, "", false}};
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        ntm_printed out;
        ntm_error err = NTM_ERROR_INIT;
        const char *text = rows[at].text;
        assert_ok(ntm_printed_parse(&out, text, strlen(text), NTM_LOCALE_VI, &err), &err);
        assert_int_equal(ntm_decimal_compare(out.value, (ntm_decimal){rows[at].value, 0}), 0);
        assert_int_equal(out.qualifier, NTM_EXACTLY);
        assert_int_equal(out.money, rows[at].money);
        assert_int_equal(out.unit_size, strlen(rows[at].unit));
        assert_int_equal(out.unit_offset, strlen(text) - out.unit_size);
        assert_memory_equal(text + out.unit_offset, rows[at].unit, out.unit_size);
        ntm_money money = 0;
        if (rows[at].money || out.unit_size == 0) {
            assert_ok(ntm_money_parse(&money, text, strlen(text), NTM_LOCALE_VI, &err), &err);
            assert_int_equal(money, rows[at].value);
        } else {
            assert_fails(ntm_money_parse(&money, text, strlen(text), NTM_LOCALE_VI, &err), NTM_ERROR_UNIT, &err,
                         "đồng");
        }
    }
}

static void qualifiers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        ntm_qualifier qualifier;
        int64_t value;
    } rows[] = {{"trên 300", NTM_OVER, 300},
                {"trên 300 thôn", NTM_OVER, 300},
                {"hơn 8.000", NTM_OVER, 8000},
                {"gần 260", NTM_NEARLY, 260},
                {"khoảng 423.000", NTM_ABOUT, 423000},
                {"tối thiểu 75.000", NTM_NO_LESS, 75000},
                {"ít nhất 800", NTM_NO_LESS, 800},
                {"dưới 5 %", NTM_UNDER, 5},
                {"tối đa 10 triệu đồng", NTM_NO_MORE, 10000000},
                {"không quá 3", NTM_NO_MORE, 3},
                {"  KHÔNG   QUÁ\t3 ", NTM_NO_MORE, 3},
                {"Trên 300", NTM_OVER, 300},
                {"kho\xe1\xba\xa3ng 5", NTM_ABOUT, 5},
                {"khoa\xcc\x89ng 5", NTM_ABOUT, 5},
                {"to\xcc\x82\xcc\x81i thie\xcc\x82\xcc\x89u 5", NTM_NO_LESS, 5},
                {"300", NTM_EXACTLY, 300}};
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        ntm_printed out;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_printed_parse(&out, rows[at].text, strlen(rows[at].text), NTM_LOCALE_VI, &err), &err);
        assert_int_equal(out.qualifier, rows[at].qualifier);
        assert_int_equal(ntm_decimal_compare(out.value, (ntm_decimal){rows[at].value, 0}), 0);
    }
}

static void magnitudes(void **state) {
    (void)state;
    static const struct {
        const char *text;
        ntm_locale locale;
        ntm_decimal value;
        bool money;
    } rows[] = {{"5 nghìn", NTM_LOCALE_VI, {5000, 0}, false},
                {"5 ngàn đồng", NTM_LOCALE_VI, {5000, 0}, true},
                {"5 ngàn tỉ đ", NTM_LOCALE_VI, {5000000000000, 0}, true},
                {"1,5 triệu VND", NTM_LOCALE_VI, {1500000, 0}, true},
                {"1.5 TRIỆU vnđ", NTM_LOCALE_EN, {1500000, 0}, true},
                {"1.5 tỉ VNĐ", NTM_LOCALE_PLAIN, {1500000000, 0}, true},
                {"1,5 ty\xcc\x89 \xc4\x91o\xcc\x82\xcc\x80ng", NTM_LOCALE_VI, {1500000000, 0}, true},
                {"0,0001 nghìn", NTM_LOCALE_VI, {1, 1}, false},
                {"7\xc2\xa0tỷ\xc2\xa0đồng", NTM_LOCALE_VI, {7000000000, 0}, true},
                {"7tỷ đồng", NTM_LOCALE_VI, {7000000000, 0}, true},
                {"12,5km", NTM_LOCALE_VI, {125, 1}, false},
                {"89,95%", NTM_LOCALE_VI, {8995, 2}, false},
                {"-5 °C", NTM_LOCALE_VI, {-5, 0}, false},
                {"500 ₫", NTM_LOCALE_VI, {500, 0}, false},
                {"60 tấn/ha", NTM_LOCALE_VI, {60, 0}, false},
                {"3 km2", NTM_LOCALE_VI, {3, 0}, false},
                {"5 đồng chí", NTM_LOCALE_VI, {5, 0}, false},
                {"5 tỷlệ", NTM_LOCALE_VI, {5, 0}, false}};
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        ntm_printed out;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_printed_parse(&out, rows[at].text, strlen(rows[at].text), rows[at].locale, &err), &err);
        if (ntm_decimal_compare(out.value, rows[at].value) != 0)
            fail_msg("%s is read as %lldE-%d", rows[at].text, (long long)out.value.coefficient, out.value.scale);
        assert_int_equal(out.money, rows[at].money);
    }
}

static void refused(void **state) {
    (void)state;
    static const char *const wrong[] = {"",
                                        "   ",
                                        "tỷ đồng",
                                        "trên",
                                        "trên trên 5",
                                        "đang cập nhật",
                                        "25/2",
                                        "tháng 2/2020",
                                        "2021-2025",
                                        "15/01/2021",
                                        "5 nghìn triệu",
                                        "3 trăm",
                                        "3 tỷ tỷ",
                                        "2 vạn hộ",
                                        "1 tỷ 200 triệu đồng",
                                        "7 8",
                                        "5 (năm)",
                                        "12.34 tỷ",
                                        "1,2,3",
                                        "300.",
                                        "tối 5",
                                        "5 /ha",
                                        "giai đoạn 2021-2025",
                                        "trước 30/6/2020",
                                        "\xff",
                                        "5 \xff",
                                        "trên\xe1\xba",
                                        "5 tỷ/năm"};
    ntm_printed out;
    memset(&out, 0x77, sizeof out);
    ntm_printed before = out;
    ntm_error err = NTM_ERROR_INIT;
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        ntm_status status = ntm_printed_parse(&out, wrong[at], strlen(wrong[at]), NTM_LOCALE_VI, &err);
        if (status != NTM_ERROR_SYNTAX) fail_msg("\"%s\" gives %s", wrong[at], ntm_status_name(status));
        fault_assert_error(&err, NTM_ERROR_SYNTAX, NULL, wrong[at]);
    }
    static const char *const large[] = {"9.223.372.036.854.775.808", "10.000.000 triệu tỷ", "1,0000000000000000000 tỷ",
                                        "9.300 triệu tỷ đồng"};
    for (size_t at = 0; at < 4; at++)
        assert_fails(ntm_printed_parse(&out, large[at], strlen(large[at]), NTM_LOCALE_VI, &err), NTM_ERROR_OVERFLOW,
                     &err, NULL);
    assert_fails(ntm_printed_parse(NULL, "5", 1, NTM_LOCALE_VI, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_printed_parse(&out, NULL, 0, NTM_LOCALE_VI, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_printed_parse(&out, "5", 1, (ntm_locale)4, &err), NTM_ERROR_ARGUMENT, &err, "locale");
    assert_memory_equal(&out, &before, sizeof out);
}

static void money(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_money out = 7;
    static const struct {
        const char *text;
        ntm_status status;
    } wrong[] = {{"khoảng 5 tỷ đồng", NTM_ERROR_VALUE},
                 {"1,5 đồng", NTM_ERROR_VALUE},
                 {"0,0000000001 tỷ đồng", NTM_ERROR_VALUE},
                 {"3.843", NTM_ERROR_UNIT},
                 {"5 km", NTM_ERROR_UNIT},
                 {"5 tỷ USD", NTM_ERROR_UNIT},
                 {"trên 5 km", NTM_ERROR_UNIT},
                 {"", NTM_ERROR_SYNTAX},
                 {"9.300 triệu tỷ đồng", NTM_ERROR_OVERFLOW}};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++)
        assert_fails(ntm_money_parse(&out, wrong[at].text, strlen(wrong[at].text), NTM_LOCALE_VI, &err),
                     wrong[at].status, &err, NULL);
    assert_fails(ntm_money_parse(NULL, "5 đ", 4, NTM_LOCALE_VI, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_money_parse(&out, NULL, 4, NTM_LOCALE_VI, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_money_parse(&out, "5 đ", 4, (ntm_locale)9, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(out, 7);
    assert_ok(ntm_money_parse(&out, "-9.223.372.036.854.775.808 đồng", strlen("-9.223.372.036.854.775.808 đồng"),
                              NTM_LOCALE_VI, &err),
              &err);
    assert_int_equal(out, INT64_MIN);
    assert_ok(ntm_money_parse(&out, "1,00 đồng", strlen("1,00 đồng"), NTM_LOCALE_VI, &err), &err);
    assert_int_equal(out, 1);
}

static void writing(void **state) {
    (void)state;
    static const struct {
        ntm_money value;
        const char *vi;
        const char *en;
    } rows[] = {{7942000000, "7,942 tỷ đồng", "VND 7.942 billion"},
                {3843000000000, "3.843 tỷ đồng", "VND 3,843 billion"},
                {7500000000, "7,5 tỷ đồng", "VND 7.5 billion"},
                {0, "0 đồng", "VND 0"},
                {999, "999 đồng", "VND 999"},
                {1000, "1.000 đồng", "VND 1,000"},
                {1000000, "1 triệu đồng", "VND 1 million"},
                {1001000, "1,001 triệu đồng", "VND 1.001 million"},
                {1000001, "1.000.001 đồng", "VND 1,000,001"},
                {300000000, "300 triệu đồng", "VND 300 million"},
                {1000100000, "1.000,1 triệu đồng", "VND 1,000.1 million"},
                {-7942000000, "-7,942 tỷ đồng", "VND -7.942 billion"},
                {INT64_MIN, "-9.223.372.036.854.775.808 đồng", "VND -9,223,372,036,854,775,808"},
                {INT64_MAX, "9.223.372.036.854.775.807 đồng", "VND 9,223,372,036,854,775,807"}};
    for (size_t at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        char text[64];
        assert_int_equal(ntm_money_format(text, sizeof text, rows[at].value, NTM_EN), strlen(rows[at].en));
        assert_string_equal(text, rows[at].en);
        assert_int_equal(ntm_money_format(text, sizeof text, rows[at].value, NTM_VI), strlen(rows[at].vi));
        assert_string_equal(text, rows[at].vi);
        ntm_money back = 0;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_money_parse(&back, text, strlen(text), NTM_LOCALE_VI, &err), &err);
        assert_int_equal(back, rows[at].value);
    }
    assert_int_equal(ntm_money_format(NULL, 0, 7942000000, NTM_VI), strlen("7,942 tỷ đồng"));
    char small[9];
    assert_int_equal(ntm_money_format(small, 9, 7942000000, NTM_VI), strlen("7,942 tỷ đồng"));
    assert_string_equal(small, "7,942 t"); /* ỷ is not cut in two */
}

/* Any amount is written without loss. */
static void round_trip(void **state) {
    (void)state;
    uint64_t random = 19;
    for (int round = 0; round < 50000; round++) {
        ntm_money in = (int64_t)fault_random(&random) >> (fault_random(&random) % 64);
        if (round % 2 == 0) in -= in % 1000000;
        char text[64];
        size_t size = ntm_money_format(text, sizeof text, in, NTM_VI);
        assert_true(size < sizeof text);
        ntm_money out = 0;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_money_parse(&out, text, size, NTM_LOCALE_VI, &err), &err);
        assert_int_equal(out, in);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(seen_in_print), cmocka_unit_test(qualifiers),
                                       cmocka_unit_test(magnitudes),    cmocka_unit_test(refused),
                                       cmocka_unit_test(money),         cmocka_unit_test(writing),
                                       cmocka_unit_test(round_trip)};
    return cmocka_run_group_tests_name("printed numbers", tests, NULL, NULL);
}
