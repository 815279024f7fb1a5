/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 20 and 21: merged communes, before and after. What can be added is added; a share is made anew of its parts. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

/* ------------------------------------------------------------------------------------------- one cell, one line */

/* A fact and how it is written. */
typedef struct shown {
    const char *fact;
    const char *title;
    const char *no, *yes; /* flags */
    uint8_t digits;
    int width;
} shown;

/* A value of whatever kind: a number, yes or no, a level's name. */
static bool print_value(report *r, const ntm_rolled *rolled, const shown *as, size_t row) {
    char text[160];
    ntm_range range;
    const ntm_fact *level = ntm_set_fact(r->facilities_set, ntm_set_find_fact(r->facilities_set, as->fact));
    if (ntm_rolled_range(&range, rolled, as->fact, row, &r->err) != NTM_OK) return false;
    if (as->yes != NULL)
        right(!known_range(range) ? "để ngỏ" : range.least.numerator == 1 ? as->yes : as->no, as->width);
    else if (level != NULL && level->kind == NTM_KIND_LEVEL)
        right(!known_range(range) ? "xét lại" : level->levels[range.least.numerator], as->width);
    else if (range_text(r, text, sizeof text, range, as->digits))
        right(text, as->width);
    else
        return false;
    return true;
}

static void print_titles(const char *first, int width, const shown *columns, size_t count) {
    left_text(first, width);
    for (size_t i = 0; i < count; i++)
        right(columns[i].title, columns[i].width);
    putchar('\n');
}

/* Whether a part told a fact, or bounds of it. */
static bool told(const merger *m, const char *fact, size_t row) {
    char bound[80];
    (void)snprintf(bound, sizeof bound, "%s:least", fact);
    const ntm_field *least = ntm_table_find(m->table, bound);
    return ntm_column_known(&ntm_table_find(m->table, fact)->column, row) == NTM_REPORTED ||
           (least != NULL && ntm_column_known(&least->column, row) == NTM_REPORTED);
}

/* The parts of one new unit, then the new unit. */
static bool print_merger(report *r, const merger *m, size_t at, const shown *columns, size_t count, int width) {
    for (size_t row = 0; row < m->table->rows; row++) {
        if (m->into[row] != at) continue;
        printf("    ");
        left_text(name_of(r, m->old[row]), width - 4);
        for (size_t i = 0; i < count; i++)
            if (!told(m, columns[i].fact, row))
                right("·", columns[i].width);
            else if (!print_value(r, m->before, &columns[i], row))
                return false;
        putchar('\n');
    }
    printf("  → ");
    left_text(name_of(r, m->news[at]), width - 4);
    for (size_t i = 0; i < count; i++)
        if (!print_value(r, m->after, &columns[i], at)) return false;
    putchar('\n');
    return true;
}

/* ------------------------------------------------------------------------------------------- what is real */

static bool published_page(report *r) {
    static const shown columns[] = {{.fact = "population", .title = "người", .width = 14},
                                    {.fact = "area", .title = "km2", .digits = 2, .width = 10}};
    heading("20. Hai đơn vị mới có số dân, diện tích trong tin về Nghị quyết 819", false);
    print_titles("Đơn vị cũ → đơn vị mới", 30, columns, 2);
    for (size_t at = 0; at < r->published.count; at++)
        if (!print_merger(r, &r->published, at, columns, 2, 30)) return false;
    const char *comment = ntm_csv_comment(r->resolution.csv);
    puts("Số của đơn vị mới là phép cộng theo danh mục đơn vị hành chính, khớp với tin đã đăng.");
    while (*comment == ' ')
        comment++;
    puts(comment);
    return true;
}

/* ------------------------------------------------------------------------------------------- before and after */

/* The mean of the parts' shares: what is not done. "·" when a part did not report. */
static bool mean_of_shares(report *r, char *text, size_t capacity, const merger *m, size_t at) {
    const ntm_column *share = &ntm_table_find(m->table, "clean-water-share")->column;
    int64_t sum = 0, count = 0;
    (void)snprintf(text, capacity, "·");
    for (size_t row = 0; row < m->table->rows; row++) {
        ntm_decimal value;
        if (m->into[row] != at) continue;
        if (ntm_column_known(share, row) != NTM_REPORTED) return true;
        if (ntm_column_decimal(&value, share, row, &r->err) != NTM_OK) return false;
        sum += value.coefficient; /* tenths of a percent, all of them */
        count++;
    }
    return number_text(r, text, capacity, (ntm_fraction){sum, 10 * count}, 0, 1);
}

static bool summary_line(report *r, const merger *m, size_t at, const shown *columns, size_t count) {
    char name[200], mean[48];
    ntm_rolled_parts parts;
    full_name(r, name, sizeof name, m->news[at]);
    if (ntm_rolled_parts_of(&parts, m->after, "population", at, &r->err) != NTM_OK ||
        !mean_of_shares(r, mean, sizeof mean, m, at))
        return false;
    left_text(name, 40);
    right_number(parts.parts, 5);
    for (size_t i = 0; i < count; i++)
        if (!print_value(r, m->after, &columns[i], at)) return false;
    right(mean, 11);
    putchar('\n');
    return true;
}

static bool before_and_after(report *r) {
    static const char *const chosen[] = {"18163", "18106", "18358", "18274"};
    static const shown columns[] = {
        {.fact = "population", .title = "người", .width = 14},
        {.fact = "households", .title = "hộ", .width = 10},
        {.fact = "poor-households", .title = "hộ nghèo", .width = 10},
        {.fact = "clean-water-share", .title = "nước sạch %", .digits = 1, .width = 13},
        {.fact = "income-per-person", .title = "thu nhập", .digits = 1, .width = 12},
        {.fact = "radio-loudspeakers", .title = "có loa", .yes = "đủ", .no = "chưa đủ", .width = 9},
        {.fact = "linkage-model", .title = "liên kết", .yes = "có", .no = "chưa có", .width = 10},
        {.fact = "administrative-class", .title = "loại", .width = 10}};
    print_titles("Đơn vị cũ → đơn vị mới", 32, columns, 8);
    for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++) {
        size_t row = find_row(r->merged.table, "code", cell_of(chosen[i]));
        if (row != SIZE_MAX && !print_merger(r, &r->merged, r->merged.into[row], columns, 8, 32)) return false;
    }
    return true;
}

static bool all_merged(report *r) {
    static const shown columns[] = {{.fact = "population", .title = "người", .width = 15},
                                    {.fact = "households", .title = "hộ", .width = 11},
                                    {.fact = "poor-households", .title = "hộ nghèo", .width = 10},
                                    {.fact = "income-per-person", .title = "thu nhập", .digits = 1, .width = 13},
                                    {.fact = "clean-water-share", .title = "nước sạch %", .digits = 1, .width = 15}};
    putchar('\n');
    left_text("Đơn vị mới", 40);
    right("phần", 5);
    for (size_t i = 0; i < 5; i++)
        right(columns[i].title, columns[i].width);
    right("bq tỷ lệ", 11);
    putchar('\n');
    for (size_t at = 0; at < r->merged.count; at++)
        if (!summary_line(r, &r->merged, at, columns, 5)) return false;
    return true;
}

bool merged_pages(report *r) {
    if (!published_page(r)) return false;
    heading("21. Đơn vị sáp nhập: trước và sau", true);
    puts(
        "Sáp nhập là thật, số liệu là minh họa. Người, hộ, hộ nghèo: cộng. Nước sạch: tổng số hộ dùng nước sạch trên tổng số hộ.");
    puts(
        "Thu nhập (triệu đồng/người/năm): bình quân theo số dân. Loa: đủ khi mọi phần đều đủ; liên kết: có khi một phần có.");
    puts("Loại đơn vị: phải xét lại. Dấu ·: chưa báo cáo; “từ a”, “a–b”: có phần như thế, không coi là 0.\n");
    if (!before_and_after(r) || !all_merged(r)) return false;
    puts(
        "Cột cuối là bình quân các tỷ lệ của từng phần: khác tỷ lệ thật vì các phần to nhỏ khác nhau; chỉ in để so, không dùng.");
    return facilities_page(r);
}
