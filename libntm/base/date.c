/* SPDX-License-Identifier: Apache-2.0 */
/* Days of the Gregorian calendar as numbers, by the usual reckoning from 1 March of year 0. */
#include <stdio.h>

#include "base/error.h"
#include "base/text.h"

static bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int days_of_month(int year, int month) {
    static const signed char days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* With the year starting in March, the leap day is the last day and a month's first day is a linear formula. */
static ntm_date day_number(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int m = month <= 2 ? month + 9 : month - 3;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

ntm_date ntm_date_ymd(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12) return NTM_DATE_NONE;
    if (day < 1 || day > days_of_month(year, month)) return NTM_DATE_NONE;
    return day_number(year, month, day);
}

bool ntm_i_date_is(ntm_date date) { return date >= day_number(1, 1, 1) && date <= day_number(9999, 12, 31); }

void ntm_date_parts(ntm_date date, int *year, int *month, int *day) {
    int y = 0;
    int m = 0;
    int d = 0;
    if (ntm_i_date_is(date)) {
        int32_t days = date + 719468; /* since 0000-03-01 */
        int32_t era = days / 146097;
        int32_t of_era = days % 146097;
        int32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
        int32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        int32_t march_month = (5 * of_year + 2) / 153;
        d = of_year - (153 * march_month + 2) / 5 + 1;
        m = march_month < 10 ? march_month + 3 : march_month - 9;
        y = year_of_era + era * 400 + (m <= 2 ? 1 : 0);
    }
    if (year != NULL) *year = y;
    if (month != NULL) *month = m;
    if (day != NULL) *day = d;
}

static bool read_digits(int *out, const char *text, int count) {
    int value = 0;
    for (int at = 0; at < count; at++) {
        if (text[at] < '0' || text[at] > '9') return false;
        value = value * 10 + (text[at] - '0');
    }
    *out = value;
    return true;
}

ntm_status ntm_date_parse(ntm_date *out, const char *text, size_t size, ntm_error *err) {
    if (out == NULL || text == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out or text is NULL");
    int year = 0;
    int month = 0;
    int day = 0;
    if (size != 10 || text[4] != '-' || text[7] != '-' || !read_digits(&year, text, 4) ||
        !read_digits(&month, text + 5, 2) || !read_digits(&day, text + 8, 2))
        return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_NOWHERE, "not a date: expected YYYY-MM-DD, as in 2020-02-25");
    ntm_date date = ntm_date_ymd(year, month, day);
    if (date == NTM_DATE_NONE)
        return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_NOWHERE, "there is no day %04d-%02d-%02d", year, month, day);
    *out = date;
    return NTM_OK;
}

const char *ntm_i_day_text(char buffer[NTM_I_DAY_SIZE], ntm_date date) {
    int year = 0, month = 0, day = 0;
    ntm_date_parts(date, &year, &month, &day);
    (void)snprintf(buffer, NTM_I_DAY_SIZE, "%04d-%02d-%02d", year, month, day);
    return buffer;
}
