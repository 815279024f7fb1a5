/* SPDX-License-Identifier: Apache-2.0 */
/* Periods of the calendar, as text. */
#include "base/error.h"
#include "base/text.h"

static bool digits(int *out, const char *text, size_t count) {
    int value = 0;
    for (size_t at = 0; at < count; at++) {
        if (text[at] < '0' || text[at] > '9') return false;
        value = value * 10 + (text[at] - '0');
    }
    *out = value;
    return true;
}

/* `months` months from the first of `month` on. */
static bool months_from(ntm_period *out, ntm_period_length length, int year, int month, int months) {
    int end = year * 12 + month - 1 + months;
    ntm_date first = ntm_date_ymd(year, month, 1);
    /* The year 9999 has no day after its end to count back from. */
    ntm_date after = end / 12 > 9999 ? ntm_date_ymd(9999, 12, 31) + 1 : ntm_date_ymd(end / 12, end % 12 + 1, 1);
    if (first == NTM_DATE_NONE) return false;
    *out = (ntm_period){length, first, after - 1};
    return true;
}

static bool read_part(ntm_period *out, int year, const char *text, size_t size) {
    int part = 0, day = 0;
    if (size == 2 && text[0] == 'Q' && text[1] >= '1' && text[1] <= '4')
        return months_from(out, NTM_PERIOD_QUARTER, year, 3 * (text[1] - '1') + 1, 3);
    if (size == 2 && text[0] == 'H' && text[1] >= '1' && text[1] <= '2')
        return months_from(out, NTM_PERIOD_HALF_YEAR, year, 6 * (text[1] - '1') + 1, 6);
    if (size == 2 && digits(&part, text, 2) && part >= 1 && part <= 12)
        return months_from(out, NTM_PERIOD_MONTH, year, part, 1);
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
        read = months_from(&period, NTM_PERIOD_YEAR, year, 1, 12);
    else
        read = read && text[4] == '-' && read_part(&period, year, text + 5, size - 5);
    if (!read)
        return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_NOWHERE,
                          "\"%.*s\" is no period: expected one like 2020, 2020-H1, 2020-Q1, 2020-02 or 2020-02-25",
                          ntm_i_shown(text, size), text);
    *out = period;
    return NTM_OK;
}
