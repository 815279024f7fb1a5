/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 31 to 33: what communes lack as work: by department and deadline, in quantities, in money. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

static bool is_known(const ntm_table *table, const char *name, size_t row) {
    return ntm_column_known(&ntm_table_find(table, name)->column, row) == NTM_REPORTED;
}

/* "1,25 tỷ đồng", "từ 1,25 tỷ đồng" where not all is known. */
static void money_bounds(const ntm_table *table, const char *least, const char *most, size_t row, int width) {
    char low[64] = "", high[64] = "", text[160];
    bool all = is_known(table, most, row);
    if (is_known(table, least, row)) (void)ntm_money_format(low, sizeof low, whole_at(table, least, row), NTM_VI);
    if (all) (void)ntm_money_format(high, sizeof high, whole_at(table, most, row), NTM_VI);
    if (low[0] == '\0' && !all)
        (void)snprintf(text, sizeof text, "để ngỏ");
    else if (all && strcmp(low, high) == 0)
        (void)snprintf(text, sizeof text, "%s", high);
    else if (all)
        (void)snprintf(text, sizeof text, "%s đến %s", low, high);
    else
        (void)snprintf(text, sizeof text, "từ %s", low);
    right(text, width);
}

static void counts_of(const ntm_table *table, size_t row) {
    right_number((uint64_t)whole_at(table, "tasks", row), 7);
    right_number((uint64_t)whole_at(table, "units", row), 6);
    right_number((uint64_t)whole_at(table, "not_work", row), 16);
    bool none = whole_at(table, "tasks", row) == whole_at(table, "not_work", row);
    if (none)
        right("–", 32);
    else
        money_bounds(table, "cost_least", "cost_most", row, 32);
    printf("   (%" PRId64 ")\n", whole_at(table, "open", row));
}

static bool by_district(report *r) {
    static const char *const by[] = {"district"};
    ntm_task_sums *sums = NULL;
    if (ntm_tasks_sum(&sums, r->tasks, NTM_SUM_COSTS, by, 1, &r->err) != NTM_OK) return false;
    const ntm_table *table = ntm_task_sums_table(sums);
    puts("\nTheo huyện:");
    for (size_t row = 0; row < table->rows; row++) {
        printf("  ");
        left_text(district_name(r, text_at(table, "district", row)), 51);
        counts_of(table, row);
    }
    ntm_task_sums_free(sums);
    return true;
}

static bool by_department(report *r) {
    static const char *const by[] = {"department", "deadline"};
    ntm_task_sums *sums = NULL;
    heading("31. Việc phải làm để các xã đạt: theo ngành phụ trách và hạn (theo lớp nhớ lại, chưa kiểm chứng)", true);
    puts("Mỗi việc là một chỗ thiếu trên con đường rẻ nhất để xã đạt; phân công, hạn và định mức là minh họa.");
    if (ntm_tasks_sum(&sums, r->tasks, NTM_SUM_COSTS, by, 2, &r->err) != NTM_OK) return false;
    const ntm_table *table = ntm_task_sums_table(sums);
    left_text("Ngành", 42);
    right("hạn", 11);
    right("việc", 7);
    right("xã", 6);
    right("không tốn tiền", 16);
    right("chi phí", 32);
    puts("   (chưa tính được)");
    for (size_t row = 0; row < table->rows; row++) {
        cell department = text_at(table, "department", row);
        left(department.size == 0 ? "(chưa phân công)" : department.text,
             department.size == 0 ? (int)strlen("(chưa phân công)") : department.size, 42);
        char day[16] = "–";
        int year, month, number;
        if (is_known(table, "deadline", row)) {
            ntm_date_parts((ntm_date)whole_at(table, "deadline", row), &year, &month, &number);
            (void)snprintf(day, sizeof day, "%d/%d/%d", number, month, year);
        }
        right(day, 11);
        counts_of(table, row);
    }
    ntm_task_sums_free(sums);
    return by_district(r);
}

/* ------------------------------------------------------------------------------------------- quantities */

static const char *measure_text(cell measure, char *text, size_t capacity) {
    char unit[128];
    (void)snprintf(unit, sizeof unit, "%.*s", measure.size, measure.text);
    (void)ntm_measure_format(text, capacity, unit, NTM_VI);
    return text;
}

/* An exact number of a table as people write it here. */
static void number_of_text(cell number, char *text, size_t capacity) {
    ntm_decimal value;
    if (ntm_decimal_parse(&value, number.text, (size_t)number.size, NTM_LOCALE_PLAIN, NULL) == NTM_OK)
        (void)ntm_decimal_format(text, capacity, value, NTM_LOCALE_VI);
    else
        (void)snprintf(text, capacity, "%.*s", number.size, number.text);
}

static void amount_bounds(const ntm_table *table, size_t row, int width) {
    char low[64], high[64], text[160];
    number_of_text(text_at(table, "amount_least", row), low, sizeof low);
    number_of_text(text_at(table, "amount_most", row), high, sizeof high);
    if (!is_known(table, "amount_most", row))
        (void)snprintf(text, sizeof text, "từ %s", is_known(table, "amount_least", row) ? low : "0");
    else if (strcmp(low, high) == 0)
        (void)snprintf(text, sizeof text, "%s", low);
    else
        (void)snprintf(text, sizeof text, "%s–%s", low, high);
    right(text, width);
}

static bool quantities(report *r) {
    static const char *const by[] = {"department", "criterion", "fact", "name_vi"};
    ntm_task_sums *sums = NULL;
    heading("32. Khối lượng phải làm theo ngành (theo lớp nhớ lại, chưa kiểm chứng)", true);
    puts("“a–b”: chắc chắn a, nhiều nhất b, tùy số liệu chưa có; “từ a”: còn xã chưa biết nhiều nhất là bao nhiêu.");
    if (ntm_tasks_sum(&sums, r->tasks, NTM_SUM_AMOUNTS, by, 4, &r->err) != NTM_OK) return false;
    const ntm_table *table = ntm_task_sums_table(sums);
    cell before = {"", 0};
    for (size_t row = 0; row < table->rows; row++) {
        char unit[160];
        cell department = text_at(table, "department", row), name = text_at(table, "name_vi", row);
        cell measure = text_at(table, "measure", row);
        /* What only an act or an assessment closes is no quantity. */
        if (measure.size == 0) continue;
        if (!same(department, before)) printf("%.*s\n", department.size, department.size == 0 ? "" : department.text);
        before = department;
        printf("  %s ", same(text_at(table, "kind", row), cell_of("fewer")) ? "bớt " : "thêm");
        amount_bounds(table, row, 24);
        putchar(' ');
        left_text(measure_text(measure, unit, sizeof unit), 22);
        printf("%.*s (%" PRId64 " xã)\n", name.size, name.text, whole_at(table, "units", row));
    }
    ntm_task_sums_free(sums);
    return true;
}

/* ------------------------------------------------------------------------------------------- money */

static bool costs_by(report *r, const char *title, const char *side) {
    ntm_task_sums *sums = NULL;
    if (ntm_tasks_sum(&sums, r->tasks, NTM_SUM_SOURCES, &side, 1, &r->err) != NTM_OK) return false;
    const ntm_table *table = ntm_task_sums_table(sums);
    printf("  %s\n", title);
    for (size_t row = 0; row < table->rows; row++) {
        cell name = text_at(table, side, row);
        printf("    ");
        left(name.size == 0 ? "(chưa tính được)" : name.text,
             name.size == 0 ? (int)strlen("(chưa tính được)") : name.size, 26);
        money_bounds(table, "cost_least", "cost_known", row, 44);
        printf("   (%" PRId64 " việc, %" PRId64 " để ngỏ)\n", whole_at(table, "tasks", row),
               whole_at(table, "open", row));
    }
    ntm_task_sums_free(sums);
    return true;
}

static bool money(report *r) {
    heading("33. Chi phí, ai chi, thôn tự làm được gì, còn thiếu bao nhiêu sau khi đã phân bổ", true);
    puts(
        "Ít nhất và nhiều nhất của phần tính được; việc chưa có định mức hoặc chưa rõ khối lượng để ngỏ, không tính là 0.");
    if (!costs_by(r, "Theo nguồn:", "source") || !costs_by(r, "Theo người làm được:", "doer")) return false;
    const ntm_table *table = ntm_tasks_remaining(r->tasks);
    size_t rows = 0, shown = 0;
    puts("  Xã đã được phân bổ vốn cho việc có trong danh sách: cần, đã phân bổ, còn thiếu");
    for (size_t row = 0; row < table->rows; row++) {
        if (!is_known(table, "allotted", row) || whole_at(table, "allotted", row) == 0) continue;
        if (!is_known(table, "need_least", row) || whole_at(table, "need_least", row) == 0) continue;
        rows++;
        if (++shown > 12) continue;
        char text[64];
        cell source = text_at(table, "source", row), component = text_at(table, "component", row);
        printf("    ");
        print_commune(r, text_at(table, "unit", row));
        printf(", %.*s, %.*s: ", component.size, component.text, source.size, source.text);
        money_bounds(table, "need_least", "need_most", row, 0);
        (void)ntm_money_format(text, sizeof text, whole_at(table, "allotted", row), NTM_VI);
        printf("; %s; ", text);
        money_bounds(table, "remaining_least", "remaining_most", row, 0);
        putchar('\n');
    }
    printf("    (%zu dòng có cả nhu cầu và vốn đã phân bổ)\n", rows);
    return true;
}

bool tasks_pages(report *r) { return by_department(r) && quantities(r) && money(r); }
