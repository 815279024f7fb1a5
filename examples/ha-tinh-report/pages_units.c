/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 1 to 3: what is real. Units, mergers, the meeting's own figures. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

/* Communes, wards and townships of a place. */
enum { LEVELS = 3 };
static const char *const levels[LEVELS] = {"commune", "ward", "township"};

static bool count_levels(report *r, size_t counts[LEVELS], ntm_unit place) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    filter.on = r->day;
    filter.within = place;
    for (size_t k = 0; k < LEVELS; k++) {
        filter.level = levels[k];
        if (ntm_units_list(NULL, &counts[k], 0, r->registry, &filter, &r->err) != NTM_OK) return false;
    }
    return true;
}

static bool units_page(report *r) {
    static const int widths[LEVELS] = {6, 9, 10};
    size_t counts[LEVELS];
    heading("1. Đơn vị hành chính ngày 25/2/2020", false);
    if (!count_levels(r, counts, r->province)) return false;
    printf("%zu đơn vị cấp xã trong %zu huyện, thị xã, thành phố: %zu xã, %zu phường, %zu thị trấn.\n\n",
           counts[0] + counts[1] + counts[2], r->district_count, counts[0], counts[1], counts[2]);
    left_text("Huyện", 26);
    right("xã", widths[0]);
    right("phường", widths[1]);
    right("thị trấn", widths[2]);
    putchar('\n');
    for (size_t i = 0; i < r->district_count; i++) {
        if (!count_levels(r, counts, r->districts[i])) return false;
        left_text(name_of(r, r->districts[i]), 26);
        for (size_t k = 0; k < LEVELS; k++)
            right_number(counts[k], widths[k]);
        putchar('\n');
    }
    puts("Nguồn: danh mục của Tổng cục Thống kê, lịch sử theo văn bản.");
    return true;
}

enum { PARTS_MOST = 16 };

/* "Xã Đồng Môn (Thành phố Hà Tĩnh) = Xã Thạch Môn + Xã Thạch Đồng" */
static bool merger_line(report *r, ntm_unit unit) {
    ntm_unit_part parts[PARTS_MOST];
    size_t count = 0;
    char name[200];
    if (ntm_units_made_of(parts, &count, PARTS_MOST, r->registry, unit, r->merged_on - 1, r->merged_on, &r->err) !=
        NTM_OK)
        return false;
    full_name(r, name, sizeof name, unit);
    printf("  %s", name);
    for (size_t i = 0; i < count && i < PARTS_MOST; i++)
        printf(" %s %s", i == 0 ? "=" : "+", name_of(r, parts[i].unit));
    putchar('\n');
    return true;
}

static bool mergers_page(report *r) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_unit_reform reform;
    filter.echelon = NTM_ECHELON_COMMUNE;
    filter.within = r->province;
    heading("2. Sáp nhập từ 1/1/2020", false);
    if (ntm_units_reform(&reform, r->registry, &filter, r->merged_on, &r->err) != NTM_OK) return false;
    printf("%" PRIu64 " đơn vị cũ thành %" PRIu64 " đơn vị mới: từ %" PRIu64 " còn %" PRIu64 " đơn vị cấp xã.\n",
           reform.involved, reform.results, reform.before, reform.after);
    for (size_t d = 0; d < r->district_count; d++)
        for (size_t i = 0; i < r->result_count; i++)
            if (ntm_units_parent(r->registry, r->results[i], r->merged_on) == r->districts[d] &&
                !merger_line(r, r->results[i]))
                return false;
    puts("Nguồn: Nghị quyết 819/NQ-UBTVQH14. Xã sáp nhập phải được xét lại; không tự động kế thừa danh hiệu.");
    return true;
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

bool units_pages(report *r) { return units_page(r) && mergers_page(r) && meeting_page(r); }
