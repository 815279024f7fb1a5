/* SPDX-License-Identifier: Apache-2.0 */
/* Section 33: what the tasks cost, who pays, what villages can do themselves, and what remains. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

bool cell_known(const ntm_table *table, const char *name, size_t row) {
    return ntm_column_known(&ntm_table_find(table, name)->column, row) == NTM_REPORTED;
}

/* In triệu đồng, exactly: "1.250", "0,5". A table has one unit of money, told in its header. */
void millions(char *text, size_t capacity, ntm_money value) {
    ntm_decimal decimal = {value, 6};
    while (decimal.scale > 0 && decimal.coefficient % 10 == 0) {
        decimal.coefficient /= 10;
        decimal.scale--;
    }
    (void)ntm_decimal_format(text, capacity, decimal, NTM_LOCALE_VI);
}

/* "1.250–1.300" triệu đồng, "từ 1.250" where not all is known. */
void right_millions(const ntm_table *table, const char *least, const char *most, size_t row, int width) {
    char low[64] = "", high[64] = "", text[160];
    bool all = cell_known(table, most, row);
    if (cell_known(table, least, row)) millions(low, sizeof low, whole_at(table, least, row));
    if (all) millions(high, sizeof high, whole_at(table, most, row));
    if (low[0] == '\0' && !all)
        (void)snprintf(text, sizeof text, "để ngỏ");
    else if (all && strcmp(low, high) == 0)
        (void)snprintf(text, sizeof text, "%s", high);
    else if (all)
        (void)snprintf(text, sizeof text, "%s–%s", low, high);
    else
        (void)snprintf(text, sizeof text, "từ %s", low);
    right(text, width);
}

static void named(cell name, const char *nobody, int width) {
    if (name.size == 0)
        left_text(nobody, width);
    else
        left(name.text, name.size, width);
}

static bool costs_by(report *r, const char *title, const char *side) {
    ntm_task_sums *sums = NULL;
    if (ntm_tasks_sum(&sums, r->tasks, NTM_SUM_SOURCES, &side, 1, &r->err) != NTM_OK) return false;
    const ntm_table *table = ntm_task_sums_table(sums);
    printf("\n  ");
    left_text(title, 32);
    right("chi phí tính được", 30);
    right("việc", 8);
    right("việc chưa tính được", 22);
    putchar('\n');
    for (size_t row = 0; row < table->rows; row++) {
        printf("    ");
        named(text_at(table, side, row), "(chưa có định mức)", 30);
        right_millions(table, "cost_least", "cost_known", row, 30);
        right_number((uint64_t)whole_at(table, "tasks", row), 8);
        right_number((uint64_t)whole_at(table, "open", row), 22);
        putchar('\n');
    }
    ntm_task_sums_free(sums);
    return true;
}

/* What villages can do, as work: what has a kind of work in the norms. */
static bool works_of_villages(report *r) {
    static const char *const by[] = {"doer", "work"};
    ntm_task_sums *sums = NULL;
    if (ntm_tasks_sum(&sums, r->tasks, NTM_SUM_WORKS, by, 2, &r->err) != NTM_OK) return false;
    const ntm_table *table = ntm_task_sums_table(sums);
    puts("\n  Thôn tự làm được (theo phân công), khối lượng:");
    for (size_t row = 0; row < table->rows; row++) {
        cell work = text_at(table, "work", row), unit = text_at(table, "work_unit", row);
        char text[160];
        if (!same(text_at(table, "doer", row), cell_of("thôn")) || work.size == 0) continue;
        printf("    ");
        left(work.text, work.size, 30);
        right_amount(table, "quantity_least", "quantity_most", row, 30);
        printf(" ");
        left_text(measure_text(unit, text, sizeof text), 10);
        printf("(%" PRId64 " xã)\n", whole_at(table, "units", row));
    }
    ntm_task_sums_free(sums);
    return true;
}

/* Money that was allotted to what is in the list, line by line; what was allotted to anything else is no help here. */
static void remaining(const report *r) {
    const ntm_table *table = ntm_tasks_remaining(r->tasks);
    size_t rows = 0;
    printf("\n  ");
    left_text("Đã được phân bổ vốn: xã, việc", 54);
    left_text("nguồn", 22);
    right("cần", 18);
    right("đã phân bổ", 12);
    right("còn thiếu", 18);
    right("thừa", 18);
    putchar('\n');
    for (size_t row = 0; row < table->rows; row++) {
        if (!cell_known(table, "allotted", row) || whole_at(table, "allotted", row) == 0) continue;
        if (!cell_known(table, "need_least", row) || whole_at(table, "need_least", row) == 0) continue;
        if (++rows > 12) continue;
        char name[200], text[300];
        cell source = text_at(table, "source", row), component = text_at(table, "component", row);
        full_name(r, name, sizeof name, unit_of(r, NTM_ECHELON_COMMUNE, text_at(table, "unit", row), r->day));
        (void)snprintf(text, sizeof text, "%s, %.*s", name, component.size, component.text);
        printf("    ");
        left_text(text, 52);
        named(source, "", 22);
        right_millions(table, "need_least", "need_most", row, 18);
        right_millions(table, "allotted", "allotted", row, 12);
        right_millions(table, "remaining_least", "remaining_most", row, 18);
        right_millions(table, "surplus_least", "surplus_most", row, 18);
        putchar('\n');
    }
    if (rows > 12) printf("    (và %zu dòng nữa)\n", rows - 12);
}

enum { SOURCES_MOST = 16 };

/* What remains of the whole list by source: the least, over all communes. */
static void remaining_by_source(const report *r) {
    const ntm_table *table = ntm_tasks_remaining(r->tasks);
    cell sources[SOURCES_MOST];
    ntm_money need[SOURCES_MOST] = {0}, left_over[SOURCES_MOST] = {0};
    uint64_t open[SOURCES_MOST] = {0};
    size_t count = 0;
    for (size_t row = 0; row < table->rows; row++) {
        cell source = text_at(table, "source", row);
        size_t at = 0;
        if (source.size == 0) continue; /* works without a norm */
        while (at < count && !same(sources[at], source))
            at++;
        if (at == SOURCES_MOST) continue;
        if (at == count) sources[count++] = source;
        if (cell_known(table, "need_least", row)) need[at] += whole_at(table, "need_least", row);
        if (cell_known(table, "remaining_least", row)) left_over[at] += whole_at(table, "remaining_least", row);
        open[at] += !cell_known(table, "remaining_most", row);
    }
    printf("\n  ");
    left_text("Sau khi trừ vốn đã phân bổ:", 32);
    right("cần ít nhất", 18);
    right("còn thiếu ít nhất", 20);
    right("dòng chưa rõ", 16);
    putchar('\n');
    for (size_t i = 0; i < count; i++) {
        char text[64];
        printf("    ");
        named(sources[i], "", 30);
        millions(text, sizeof text, need[i]);
        right(text, 18);
        millions(text, sizeof text, left_over[i]);
        right(text, 20);
        right_number(open[i], 16);
        putchar('\n');
    }
}

bool task_money_page(report *r) {
    heading(
        "33. Chi phí, ai chi, thôn tự làm được gì, còn thiếu bao nhiêu sau khi đã phân bổ (theo lớp nhớ lại, chưa kiểm chứng)",
        true);
    puts(
        "Triệu đồng. Việc chưa có định mức hoặc chưa rõ khối lượng để ngỏ, không tính là 0. Phần của “huyện” chưa có định mức.");
    if (!costs_by(r, "Theo nguồn", "source") || !costs_by(r, "Theo người làm được", "doer")) return false;
    if (!works_of_villages(r)) return false;
    remaining_by_source(r);
    remaining(r);
    return true;
}
