/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 31 and 32: what communes lack as work: by department and deadline, in quantities. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

static void counts_of(const ntm_table *table, size_t row) {
    right_number((uint64_t)whole_at(table, "tasks", row), 7);
    right_number((uint64_t)whole_at(table, "units", row), 6);
    right_number((uint64_t)whole_at(table, "not_work", row), 17);
    bool none = whole_at(table, "tasks", row) == whole_at(table, "not_work", row);
    if (none)
        right("–", 23);
    else
        right_millions(table, "cost_least", "cost_most", row, 23);
    right_number((uint64_t)whole_at(table, "open", row), 20);
    putchar('\n');
}

static void cost_header(const char *side, int width) {
    left_text(side, width);
    right("việc", 7);
    right("xã", 6);
    right("không tốn tiền", 17);
    right("chi phí (triệu đồng)", 23);
    puts("  việc chưa tính được");
}

static bool by_district(report *r) {
    static const char *const by[] = {"district"};
    ntm_task_sums *sums = NULL;
    if (ntm_tasks_sum(&sums, r->tasks, NTM_SUM_COSTS, by, 1, &r->err) != NTM_OK) return false;
    const ntm_table *table = ntm_task_sums_table(sums);
    putchar('\n');
    cost_header("Huyện, thị xã, thành phố", 53);
    for (size_t row = 0; row < table->rows; row++) {
        left_text(district_name(r, text_at(table, "district", row)), 53);
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
    puts(
        "“Không tốn tiền”: chỉ cần văn bản, đánh giá hoặc thời gian. Chi phí “từ”: còn việc chưa tính được, không coi là 0.");
    if (ntm_tasks_sum(&sums, r->tasks, NTM_SUM_COSTS, by, 2, &r->err) != NTM_OK) return false;
    const ntm_table *table = ntm_task_sums_table(sums);
    left_text("Ngành", 42);
    right("hạn", 11);
    cost_header("", 0);
    for (size_t row = 0; row < table->rows; row++) {
        cell department = text_at(table, "department", row);
        left(department.size == 0 ? "(chưa phân công)" : department.text,
             department.size == 0 ? (int)strlen("(chưa phân công)") : department.size, 42);
        char day[16] = "–";
        int year, month, number;
        if (cell_known(table, "deadline", row)) {
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

const char *measure_text(cell measure, char *text, size_t capacity) {
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

void right_amount(const ntm_table *table, const char *least, const char *most, size_t row, int width) {
    char low[64], high[64], text[160];
    number_of_text(text_at(table, least, row), low, sizeof low);
    number_of_text(text_at(table, most, row), high, sizeof high);
    if (!cell_known(table, least, row) && !cell_known(table, most, row))
        (void)snprintf(text, sizeof text, "chưa rõ");
    else if (!cell_known(table, most, row))
        (void)snprintf(text, sizeof text, "từ %s", cell_known(table, least, row) ? low : "0");
    else if (strcmp(low, high) == 0)
        (void)snprintf(text, sizeof text, "%s", low);
    else
        (void)snprintf(text, sizeof text, "%s–%s", low, high);
    right(text, width);
}

/* Nothing where nobody knows whether something is lacking, and of what kind. */
static const char *what_is_lacking(const ntm_table *table, size_t row) {
    static const char *const words[][2] = {{"more", "thêm"},     {"fewer", "bớt"},      {"act", "phải có"},
                                           {"undo", "phải hết"}, {"level", "nâng mức"}, {"status", "phải đạt"}};
    cell kind = text_at(table, "kind", row);
    if (!cell_known(table, "amount_least", row) && !cell_known(table, "amount_most", row)) return "";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (same(kind, cell_of(words[i][0]))) return words[i][1];
    return "";
}

static bool quantities(report *r) {
    static const char *const by[] = {"department", "criterion", "fact", "name_vi"};
    ntm_task_sums *sums = NULL;
    heading("32. Khối lượng phải làm theo ngành (theo lớp nhớ lại, chưa kiểm chứng)", true);
    puts("“a–b”: chắc chắn a, nhiều nhất b, tùy số liệu chưa có; “từ a”: còn xã chưa biết nhiều nhất là bao nhiêu;");
    puts("“chưa rõ”: chưa xã nào có đủ số liệu. Ở cuối dòng: số xã có tên trong việc đó.");
    if (ntm_tasks_sum(&sums, r->tasks, NTM_SUM_AMOUNTS, by, 4, &r->err) != NTM_OK) return false;
    const ntm_table *table = ntm_task_sums_table(sums);
    cell before = {"", 0};
    for (size_t row = 0; row < table->rows; row++) {
        char unit[160];
        cell department = text_at(table, "department", row), name = text_at(table, "name_vi", row);
        cell measure = text_at(table, "measure", row);
        if (measure.size == 0) measure = cell_of("xã"); /* a yes, a level or a status of each */
        if (!same(department, before)) printf("%.*s\n", department.size, department.size == 0 ? "" : department.text);
        before = department;
        printf("  ");
        left_text(what_is_lacking(table, row), 8);
        bool rate = memchr(measure.text, '/', (size_t)measure.size) != NULL || same(measure, cell_of("%"));
        if (rate) /* an income each: adding those of communes up would say nothing */
            right("mỗi xã một mức,", 19);
        else
            right_amount(table, "amount_least", "amount_most", row, 19);
        putchar(' ');
        left_text(measure_text(measure, unit, sizeof unit), 22);
        print_name(name);
        printf(" (%" PRId64 " xã)\n", whole_at(table, "units", row));
    }
    ntm_task_sums_free(sums);
    return true;
}

bool tasks_pages(report *r) { return by_department(r) && quantities(r) && task_money_page(r); }
