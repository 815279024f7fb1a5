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

void print_date(ntm_date date) {
    int year, month, day;
    ntm_date_parts(date, &year, &month, &day);
    printf("%d/%d/%d", day, month, year);
}

bool number_text(report *r, char *buffer, size_t capacity, ntm_fraction number, unsigned percent_digits,
                 uint8_t digits) {
    ntm_decimal rounded;
    if (ntm_decimal_ratio(&rounded, number.numerator, number.denominator, percent_digits, digits, NTM_ROUND_HALF_UP,
                          &r->err) != NTM_OK)
        return false;
    (void)ntm_decimal_format(buffer, capacity, rounded, NTM_LOCALE_VI);
    return true;
}

bool known_range(ntm_range range) {
    return range.least.denominator != 0 && range.least.denominator == range.most.denominator &&
           range.least.numerator == range.most.numerator;
}

bool range_text(report *r, char *buffer, size_t capacity, ntm_range range, uint8_t digits) {
    char text[2][64] = {"", ""};
    ntm_fraction ends[2] = {range.least, range.most};
    for (size_t i = 0; i < 2; i++) {
        ntm_rounding outward = (i == 0) == (ends[i].numerator >= 0) ? NTM_ROUND_DOWN : NTM_ROUND_UP;
        ntm_decimal rounded;
        if (ends[i].denominator == 0) continue;
        if (ntm_decimal_ratio(&rounded, ends[i].numerator, ends[i].denominator, 0, digits,
                              known_range(range) ? NTM_ROUND_HALF_UP : outward, &r->err) != NTM_OK)
            return false;
        (void)ntm_decimal_format(text[i], sizeof text[i], rounded, NTM_LOCALE_VI);
    }
    bool least = range.least.denominator != 0, most = range.most.denominator != 0;
    if (known_range(range) || (!least && !most))
        (void)snprintf(buffer, capacity, "%s", least ? text[0] : "để ngỏ");
    else if (least && most)
        (void)snprintf(buffer, capacity, "%s–%s", text[0], text[1]);
    else
        (void)snprintf(buffer, capacity, "%s %s", least ? "từ" : "đến", least ? text[0] : text[1]);
    return true;
}

const char *verdict_word(ntm_verdict verdict) {
    static const char *const words[] = {"để ngỏ", "đạt", "chưa đạt"};
    return words[verdict];
}

bool explain_line(report *r, const evaluation *e, const ntm_table *table, size_t row, ntm_of of, size_t index) {
    ntm_explanation *explanation = NULL;
    ntm_text *line = NULL;
    bool done = ntm_explain(&explanation, e->plan, table, row, of, index, NULL, &r->err) == NTM_OK &&
                ntm_explanation_line(&line, explanation, NTM_VI, NULL, &r->err) == NTM_OK;
    if (done) printf("      %s\n", ntm_text_data(line));
    ntm_text_free(line);
    ntm_explanation_free(explanation);
    return done;
}

void print_commune(const report *r, cell code) {
    char name[200];
    full_name(r, name, sizeof name, unit_of(r, NTM_ECHELON_COMMUNE, code, r->day));
    fputs(name, stdout);
}

cell printed_of(const report *r, const char *id) {
    return text_at(r->meeting.table, "printed", find_row(r->meeting.table, "id", cell_of(id)));
}

void print_name(cell name) {
    static const char of_which[] = "Trong đó: s";
    int size = (int)sizeof of_which - 1;
    if (name.size > size && memcmp(name.text, of_which, (size_t)size) == 0)
        printf("S%.*s", name.size - size, name.text + size);
    else
        printf("%.*s", name.size, name.text);
}
