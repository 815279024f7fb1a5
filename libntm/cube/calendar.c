/* SPDX-License-Identifier: Apache-2.0 */
/* Periods of the calendar by their length. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cube/cube.h"

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
