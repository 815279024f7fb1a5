/* SPDX-License-Identifier: Apache-2.0 */
/* Days: known ones, every one of 9999 years, and what is no day. */
#include "fault.h"

#include <string.h>

static void known_days(void **state) {
    (void)state;
    assert_int_equal(ntm_date_ymd(1970, 1, 1), 0);
    assert_int_equal(ntm_date_ymd(1969, 12, 31), -1);
    assert_int_equal(ntm_date_ymd(2000, 2, 29), 11016);
    assert_int_equal(ntm_date_ymd(2020, 2, 25), 18317);
    assert_int_equal(ntm_date_ymd(1, 1, 1), -719162);
    assert_int_equal(ntm_date_ymd(9999, 12, 31), 2932896);
}

static void every_day_in_turn(void **state) {
    (void)state;
    ntm_date expected = ntm_date_ymd(1, 1, 1);
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int year = 1; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++) {
            int last = days[month - 1] + (leap && month == 2);
            for (int day = 1; day <= last; day++, expected++) {
                int y = 0;
                int m = 0;
                int d = 0;
                ntm_date_parts(expected, &y, &m, &d);
                if (ntm_date_ymd(year, month, day) != expected || y != year || m != month || d != day)
                    fail_msg("%d-%d-%d is day %d and comes back as %d-%d-%d", year, month, day, (int)expected, y, m, d);
            }
            assert_int_equal(ntm_date_ymd(year, month, last + 1), NTM_DATE_NONE);
        }
    }
}

static void no_days(void **state) {
    (void)state;
    static const int wrong[][3] = {{0, 1, 1},     {10000, 1, 1}, {-1, 1, 1},        {2020, 0, 1},        {2020, 13, 1},
                                   {2020, 1, 0},  {2020, 1, 32}, {2021, 2, 29},     {1900, 2, 29},       {2020, 4, 31},
                                   {2020, -1, 1}, {2020, 1, -5}, {INT32_MAX, 1, 1}, {2020, INT32_MIN, 1}};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++)
        assert_int_equal(ntm_date_ymd(wrong[at][0], wrong[at][1], wrong[at][2]), NTM_DATE_NONE);
    static const ntm_date outside[] = {NTM_DATE_NONE, INT32_MAX, -719163, 2932897};
    for (size_t at = 0; at < 4; at++) {
        int year = 7;
        int month = 7;
        int day = 7;
        ntm_date_parts(outside[at], &year, &month, &day);
        assert_int_equal(year, 0);
        assert_int_equal(month, 0);
        assert_int_equal(day, 0);
    }
    ntm_date_parts(0, NULL, NULL, NULL);
}

static void parsing(void **state) {
    (void)state;
    ntm_date date = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_date_parse(&date, "2020-02-25", 10, &err), &err);
    assert_int_equal(date, 18317);
    assert_ok(ntm_date_parse(&date, "0001-01-01and more", 10, &err), &err);
    assert_int_equal(date, -719162);
    date = 5;
    static const char *const wrong[] = {"",           "2020-02-2",  "2020-02-255", "25/02/2020",
                                        "2020/02/25", "2020-2-25 ", " 2020-2-25",  "+020-02-25",
                                        "20a0-02-25", "2020-0b-25", "2020-02-c5",  "-020-02-25"};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++)
        assert_fails(ntm_date_parse(&date, wrong[at], strlen(wrong[at]), &err), NTM_ERROR_SYNTAX, &err, "YYYY-MM-DD");
    assert_fails(ntm_date_parse(&date, "2021-02-29", 10, &err), NTM_ERROR_SYNTAX, &err, "there is no day 2021-02-29");
    assert_fails(ntm_date_parse(&date, "0000-01-01", 10, &err), NTM_ERROR_SYNTAX, &err, "no day");
    assert_fails(ntm_date_parse(NULL, "2021-02-28", 10, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_date_parse(&date, NULL, 10, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(ntm_date_parse(&date, "x", 1, NULL), NTM_ERROR_SYNTAX);
    assert_int_equal(date, 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_days), cmocka_unit_test(every_day_in_turn),
                                       cmocka_unit_test(no_days), cmocka_unit_test(parsing)};
    return cmocka_run_group_tests_name("dates", tests, NULL, NULL);
}
