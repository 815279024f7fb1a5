/* SPDX-License-Identifier: Apache-2.0 */
/* Periods in months. */
#include "recognition/register.h"

ntm_date ntm_validity_last_day(ntm_date from, uint32_t months) {
    int year = 0, month = 0, day = 0;
    ntm_date_parts(from, &year, &month, &day);
    if (year == 0 || months > 12 * 9999) return NTM_DATE_NONE;
    int all = year * 12 + month - 1 + (int)months;
    ntm_date last = ntm_date_ymd(all / 12, all % 12 + 1, day);
    /* Only the days 29 to 31 can be missing, and every month has a 28th. */
    for (int earlier = day - 1; last == NTM_DATE_NONE && earlier >= 28; earlier--)
        last = ntm_date_ymd(all / 12, all % 12 + 1, earlier);
    return last;
}
