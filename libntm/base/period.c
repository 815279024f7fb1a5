/* SPDX-License-Identifier: Apache-2.0 */
/* Periods of the calendar: by a day and a length, and as text. */
#include "base/period.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

/* ------------------------------------------------------------------------------------------- by a day */

static const char *const words[] = {NULL, "day", "month", "quarter", "half-year", "year"};
static const int months[] = {0, 0, 1, 3, 6, 12};

const char *ntm_i_length_word(ntm_period_length length) {
    return length >= NTM_PERIOD_DAY && length <= NTM_PERIOD_YEAR ? words[length] : NULL;
}

ntm_period_length ntm_i_length_of(const char *word) {
    for (int i = NTM_PERIOD_MONTH; i <= NTM_PERIOD_YEAR; i++)
        if (word != NULL && strcmp(words[i], word) == 0) return (ntm_period_length)i;
    return (ntm_period_length)0;
}

ntm_period ntm_i_period_of(ntm_date day, ntm_period_length length) {
    int year = 0, month = 0;
    if (length == NTM_PERIOD_DAY) return (ntm_period){length, day, day};
    ntm_date_parts(day, &year, &month, NULL);
    int first = (month - 1) / months[length] * months[length], end = first + months[length];
    ntm_date after = ntm_date_ymd(year + end / 12, end % 12 + 1, 1);
    if (after == NTM_DATE_NONE) after = ntm_date_ymd(year, 12, 31) + 1; /* of the year 9999 */
    return (ntm_period){length, ntm_date_ymd(year, first + 1, 1), after - 1};
}

ntm_period ntm_i_period_next(ntm_period period) { return ntm_i_period_of(period.last_day + 1, period.length); }

const char *ntm_i_period_text(char buffer[NTM_I_PERIOD_TEXT], ntm_period period) {
    int year = 0, month = 0;
    ntm_date_parts(period.first_day, &year, &month, NULL);
    if (year < 1 || year > 9999 || month < 1 || month > 12) return "?";
    switch (period.length) {
        case NTM_PERIOD_MONTH: (void)snprintf(buffer, NTM_I_PERIOD_TEXT, "%04d-%02d", year, month); break;
        case NTM_PERIOD_QUARTER: (void)snprintf(buffer, NTM_I_PERIOD_TEXT, "%04d-Q%d", year, (month + 2) / 3); break;
        case NTM_PERIOD_HALF_YEAR: (void)snprintf(buffer, NTM_I_PERIOD_TEXT, "%04d-H%d", year, (month + 5) / 6); break;
        case NTM_PERIOD_YEAR: (void)snprintf(buffer, NTM_I_PERIOD_TEXT, "%04d", year); break;
        default: return ntm_i_day_text(buffer, period.first_day);
    }
    return buffer;
}

bool ntm_i_period_same(ntm_period a, ntm_period b) {
    return a.length == b.length && a.first_day == b.first_day && a.last_day == b.last_day;
}

/* ------------------------------------------------------------------------------------------- read */

static bool digits(int *out, const char *text, size_t count) {
    int value = 0;
    for (size_t at = 0; at < count; at++) {
        if (text[at] < '0' || text[at] > '9') return false;
        value = value * 10 + (text[at] - '0');
    }
    *out = value;
    return true;
}

static bool from_month(ntm_period *out, ntm_period_length length, int year, int month) {
    *out = ntm_i_period_of(ntm_date_ymd(year, month, 1), length);
    return true;
}

static bool read_part(ntm_period *out, int year, const char *text, size_t size) {
    int part = 0, day = 0;
    if (size == 2 && text[0] == 'Q' && text[1] >= '1' && text[1] <= '4')
        return from_month(out, NTM_PERIOD_QUARTER, year, 3 * (text[1] - '1') + 1);
    if (size == 2 && text[0] == 'H' && text[1] >= '1' && text[1] <= '2')
        return from_month(out, NTM_PERIOD_HALF_YEAR, year, 6 * (text[1] - '1') + 1);
    if (size == 2 && digits(&part, text, 2) && part >= 1 && part <= 12)
        return from_month(out, NTM_PERIOD_MONTH, year, part);
    if (size != 5 || text[2] != '-' || !digits(&part, text, 2) || !digits(&day, text + 3, 2)) return false;
    ntm_date date = ntm_date_ymd(year, part, day);
    *out = (ntm_period){NTM_PERIOD_DAY, date, date};
    return date != NTM_DATE_NONE;
}

ntm_status ntm_period_parse(ntm_period *out, const char *text, size_t size, ntm_error *err) {
    ntm_period period;
    int year = 0;
    if (out == NULL || text == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out or text is NULL");
    bool read = size >= 4 && digits(&year, text, 4) && year >= 1;
    if (read && size == 4)
        read = from_month(&period, NTM_PERIOD_YEAR, year, 1);
    else
        read = read && text[4] == '-' && read_part(&period, year, text + 5, size - 5);
    if (!read)
        return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_NOWHERE,
                          "\"%.*s\" is no period: expected one like 2020, 2020-H1, 2020-Q1, 2020-02 or 2020-02-25",
                          ntm_i_shown(text, size), text);
    *out = period;
    return NTM_OK;
}
