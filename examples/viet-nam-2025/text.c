/* SPDX-License-Identifier: Apache-2.0 */
#include "country.h"

#include <stdio.h>
#include <string.h>

static int letters(const char *text) {
    int count = 0;
    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80; /* bytes inside a letter do not count */
    return count;
}

static void spaces(int count) {
    for (int i = 0; i < count; i++)
        putchar(' ');
}

void heading(const char *title) {
    printf("\n%s\n", title);
    for (int i = 0; i < letters(title); i++)
        putchar('-');
    putchar('\n');
}

void left(const char *text, int width) {
    fputs(text, stdout);
    spaces(width - letters(text));
}

void right(const char *text, int width) {
    spaces(width - letters(text));
    fputs(text, stdout);
}

void right_number(uint64_t number, int width) {
    char text[48];
    (void)ntm_decimal_format(text, sizeof text, (ntm_decimal){(int64_t)number, 0}, NTM_LOCALE_VI);
    right(text, width);
}

bool count_units(country *c, uint64_t *out, ntm_date on, ntm_echelon echelon, const char *level, ntm_unit within) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    size_t count = 0;
    filter.on = on;
    filter.echelon = echelon;
    filter.level = level;
    filter.within = within;
    if (ntm_units_list(NULL, &count, 0, c->units, &filter, &c->err) != NTM_OK) return false;
    *out = count;
    return true;
}
