/* SPDX-License-Identifier: Apache-2.0 */
/* Plain text pages. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

static int letters(const char *text, int size) {
    int count = 0;
    for (int i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80; /* bytes inside a letter do not count */
    return count;
}

static void spaces(int count) {
    for (int i = 0; i < count; i++)
        putchar(' ');
}

void heading(const char *title, bool illustrative) {
    printf("\n%s%s\n", title, illustrative ? "  [SỐ LIỆU MINH HỌA — không phải số liệu thật]" : "");
    int width = letters(title, (int)strlen(title));
    for (int i = 0; i < width; i++)
        putchar('-');
    putchar('\n');
}

void left(const char *text, int size, int width) {
    printf("%.*s", size, text);
    spaces(width - letters(text, size));
}

void left_text(const char *text, int width) { left(text, (int)strlen(text), width); }

void right(const char *text, int width) {
    spaces(width - letters(text, (int)strlen(text)));
    fputs(text, stdout);
}

void right_number(uint64_t number, int width) {
    char text[48];
    (void)ntm_decimal_format(text, sizeof text, (ntm_decimal){(int64_t)number, 0}, NTM_LOCALE_VI);
    right(text, width);
}

/* 14, or 14–17 where not everything is known. */
void right_bounds(ntm_bounds bounds, int width) {
    char text[48];
    if (bounds.least == bounds.most)
        (void)snprintf(text, sizeof text, "%" PRIu64, bounds.least);
    else
        (void)snprintf(text, sizeof text, "%" PRIu64 "–%" PRIu64, bounds.least, bounds.most);
    right(text, width);
}
