/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 1 to 3: what is real. Units, mergers, the meeting's own figures. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

static size_t count_where(const ntm_table *table, const char *name, const char *value, const char *also,
                          cell also_value) {
    size_t count = 0;
    for (size_t row = 0; row < table->rows; row++)
        count += same(text_at(table, name, row), (cell){value, (int)strlen(value)}) &&
                 (also == NULL || same(text_at(table, also, row), also_value));
    return count;
}

static void units_page(const report *r) {
    static const char *const levels[] = {"commune", "ward", "township"};
    heading("1. Đơn vị hành chính ngày 25/2/2020", false);
    printf("%zu đơn vị cấp xã trong %zu huyện, thị xã, thành phố: %zu xã, %zu phường, %zu thị trấn.\n\n",
           r->units.table->rows, r->districts.table->rows,
           count_where(r->units.table, "level", levels[0], NULL, (cell){"", 0}),
           count_where(r->units.table, "level", levels[1], NULL, (cell){"", 0}),
           count_where(r->units.table, "level", levels[2], NULL, (cell){"", 0}));
    left_text("Huyện", 26);
    right("xã", 6);
    right("phường", 9);
    right("thị trấn", 10);
    putchar('\n');
    for (size_t row = 0; row < r->districts.table->rows; row++) {
        cell code = text_at(r->districts.table, "code", row), name = text_at(r->districts.table, "name", row);
        left(name.text, name.size, 26);
        for (size_t k = 0; k < 3; k++)
            right_number(count_where(r->units.table, "level", levels[k], "district_code", code), k == 0   ? 6
                                                                                                 : k == 1 ? 9
                                                                                                          : 10);
        putchar('\n');
    }
    puts("Nguồn: danh mục của Tổng cục Thống kê, lịch sử theo văn bản.");
}

/* Whether this row is the first of its new unit. */
static bool first_of_new(const ntm_table *mergers, size_t row) {
    return find_row(mergers, "new_code", text_at(mergers, "new_code", row)) == row;
}

static void mergers_page(const report *r) {
    const ntm_table *m = r->mergers.table;
    size_t results = 0;
    for (size_t row = 0; row < m->rows; row++)
        results += first_of_new(m, row);
    heading("2. Sáp nhập từ 1/1/2020", false);
    printf("%zu đơn vị cũ thành %zu đơn vị mới: từ %zu còn %zu đơn vị cấp xã.\n", m->rows, results,
           r->units.table->rows + m->rows - results, r->units.table->rows);
    for (size_t row = 0; row < m->rows; row++) {
        if (!first_of_new(m, row)) continue;
        cell code = text_at(m, "new_code", row), name = text_at(m, "new_name", row),
             district = text_at(m, "district", row);
        printf("  %.*s (%.*s) =", name.size, name.text, district.size, district.text);
        const char *sign = " ";
        for (size_t k = row; k < m->rows; k++) {
            if (!same(text_at(m, "new_code", k), code)) continue;
            cell old = text_at(m, "old_name", k);
            printf("%s%.*s", sign, old.size, old.text);
            sign = " + ";
        }
        putchar('\n');
    }
    puts("Nguồn: Nghị quyết 819/NQ-UBTVQH14. Xã sáp nhập phải được xét lại; không tự động kế thừa danh hiệu.");
}

static bool printed_at(report *r, const char *id, ntm_printed *out) {
    cell printed = printed_of(r, id);
    return ntm_printed_parse(out, printed.text, (size_t)printed.size, NTM_LOCALE_VI, &r->err) == NTM_OK;
}

/* An average as an exact division, cut to whole đồng for reading. */
static bool average_line(report *r, const char *money_id, const char *count_id, const char *what) {
    ntm_printed money, count;
    ntm_decimal average;
    char text[48];
    if (!printed_at(r, money_id, &money) || !printed_at(r, count_id, &count) ||
        ntm_decimal_ratio(&average, money.value.coefficient, count.value.coefficient, 0, 0, NTM_ROUND_DOWN, &r->err) !=
            NTM_OK)
        return false;
    (void)ntm_decimal_format(text, sizeof text, average, NTM_LOCALE_VI);
    printf("  Bình quân %s: %s đồng (bỏ phần lẻ của đồng).\n", what, text);
    return true;
}

static bool meeting_page(report *r) {
    const ntm_table *m = r->meeting.table;
    static const char *const qualifiers[] = {"", "nhiều hơn ", "gần ", "khoảng ", "ít nhất ", "ít hơn ", "nhiều nhất "};
    heading("3. Số liệu của phiên họp, đọc từ nguyên văn bài báo", false);
    for (size_t row = 0; row < m->rows; row++) {
        cell what = text_at(m, "what_vi", row), printed = text_at(m, "printed", row), kind = text_at(m, "kind", row);
        ntm_printed number;
        char text[64];
        if (ntm_printed_parse(&number, printed.text, (size_t)printed.size, NTM_LOCALE_VI, &r->err) != NTM_OK)
            return false;
        (void)ntm_decimal_format(text, sizeof text, number.value, NTM_LOCALE_VI);
        printf("  %.*s: “%.*s” = %s%s%s\n", what.size, what.text, printed.size, printed.text,
               qualifiers[number.qualifier], text, same(kind, (cell){"money", 5}) ? " đồng" : "");
    }
    puts("Nguồn: Báo Hà Tĩnh, tháng 2/2020.");
    return average_line(r, "tet-gifts-value", "tet-gifts", "một suất quà Tết") &&
           average_line(r, "income-support-value", "income-support-people", "một người được hỗ trợ thu nhập");
}

bool units_pages(report *r) {
    units_page(r);
    mergers_page(r);
    return meeting_page(r);
}
