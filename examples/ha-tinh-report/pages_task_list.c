/* SPDX-License-Identifier: Apache-2.0 */
/* Section 34: the list itself, commune by commune, near misses first. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

/* Exactly, as people write it: 3,2. What is no short decimal is rounded up to two digits. */
static bool exact_text(report *r, char *text, size_t capacity, ntm_fraction number) {
    ntm_decimal decimal = {number.numerator, 0};
    for (int64_t power = number.denominator; power % 10 == 0; power /= 10)
        decimal.scale++;
    int64_t left = number.denominator;
    for (uint8_t i = 0; i < decimal.scale; i++)
        left /= 10;
    if (left != 1 && left != 2 && left != 5) return number_text(r, text, capacity, number, 0, 2);
    if (left != 1) {
        decimal.coefficient *= 10 / left;
        decimal.scale++;
    }
    (void)ntm_decimal_format(text, capacity, decimal, NTM_LOCALE_VI);
    return true;
}

/* "thêm 3 đến 12 hộ", "bớt 9 nhà" */
static bool amount(report *r, const ntm_task *task) {
    char low[64], high[64] = "", number[160], unit[128];
    bool one = known_range(task->amount), bounded = task->amount.most.denominator != 0;
    if (!exact_text(r, low, sizeof low, task->amount.least)) return false;
    if (!one && bounded && !exact_text(r, high, sizeof high, task->amount.most)) return false;
    (void)snprintf(number, sizeof number, "%s%s%s%s", one || bounded ? "" : "từ ", low, one || !bounded ? "" : " đến ",
                   high);
    (void)ntm_measure_format(unit, sizeof unit, task->measure, NTM_VI);
    printf("%s %s%s%s", task->kind == NTM_GAP_FEWER ? "bớt" : "thêm", number, unit[0] == '\0' ? "" : " ", unit);
    return true;
}

/* What has to be done. */
static bool what(report *r, const ntm_task *task, const ntm_gap_subject *subject) {
    const char *name = subject->name.vi != NULL ? subject->name.vi : "";
    bool act = task->closing == NTM_CLOSING_ACT, assessed = task->closing == NTM_CLOSING_ASSESSMENT;
    print_name(cell_of(name));
    switch (task->kind) {
        case NTM_GAP_MORE:
        case NTM_GAP_FEWER: printf(": "); return amount(r, task);
        case NTM_GAP_ACT: printf(": %s", act ? "phải có" : assessed ? "phải được đánh giá đạt" : "phải làm"); break;
        case NTM_GAP_UNDO: printf(": phải hết"); break;
        case NTM_GAP_LEVEL: printf(": phải đạt mức %s", subject->level); break;
        case NTM_GAP_STATUS: printf(": phải được công nhận"); break;
        case NTM_GAP_UNITS: printf(": đơn vị cấp dưới phải đạt: "); return amount(r, task);
        default: printf(": chưa rõ"); break;
    }
    return true;
}

/* "; 1,3 tỷ đồng (ngân sách tỉnh 520 triệu đồng, dân góp 260 triệu đồng)" */
static void cost(const report *r, const ntm_task *task, size_t index, size_t *line) {
    const ntm_table *lines = ntm_tasks_costs(r->tasks);
    char text[64];
    bool sources = false;
    if (task->cost_most_known) {
        (void)ntm_money_format(text, sizeof text, task->cost_most, NTM_VI);
        printf("; %s%s", task->cost_least == task->cost_most ? "" : "nhiều nhất ", text);
    } else if (task->cost != NTM_TASK_NOT_WORK) {
        printf("; chi phí để ngỏ");
    }
    while (*line < lines->rows && whole_at(lines, "task", *line) < (int64_t)index)
        ++*line;
    for (; *line < lines->rows && whole_at(lines, "task", *line) == (int64_t)index; ++*line) {
        cell source = text_at(lines, "source", *line);
        if (source.size == 0 || !task->cost_most_known) continue;
        (void)ntm_money_format(text, sizeof text, whole_at(lines, "cost_most", *line), NTM_VI);
        printf("%s%.*s %s", sources ? ", " : " (", source.size, source.text, text);
        sources = true;
    }
    if (sources) putchar(')');
}

static bool line_of(report *r, const ntm_task *task, size_t index, size_t *cost_line) {
    const ntm_gap_subject *subject = ntm_gaps_subject(r->gaps, task->subject);
    const char *id = subject->of == NTM_OF_INDICATOR   ? ntm_set_indicator(r->recalled.set, subject->index)->id
                     : subject->of == NTM_OF_CRITERION ? ntm_set_criterion(r->recalled.set, subject->index)->id
                                                       : "điều kiện";
    printf("    %s ", id);
    if (!what(r, task, subject)) return false;
    cost(r, task, index, cost_line);
    if (task->doer != NULL) printf("; %s làm được", task->doer);
    if (task->department != NULL) printf("; %s", task->department);
    if (task->deadline != NTM_DATE_NONE) {
        printf("; hạn ");
        print_date(task->deadline);
    }
    putchar('\n');
    return true;
}

/* Whether something surely has to be done, not only reported. */
static bool is_sure(const ntm_task *task) {
    return task->kind != NTM_GAP_UNTOLD && (task->amount.least.numerator > 0 || task->strict);
}

static bool list_of_commune(report *r, size_t first, size_t end, size_t *cost_line) {
    size_t sure = 0;
    for (size_t i = first; i < end; i++) {
        ntm_task task = ntm_tasks_at(r->tasks, i);
        sure += is_sure(&task);
    }
    ntm_task task = ntm_tasks_at(r->tasks, first);
    printf("  ");
    print_commune(r, cell_of(task.unit));
    printf(": %zu việc phải làm", sure);
    if (end - first > sure) printf(", %zu việc còn tùy số liệu", end - first - sure);
    putchar('\n');
    for (size_t i = first; i < end; i++) {
        task = ntm_tasks_at(r->tasks, i);
        if (is_sure(&task) && !line_of(r, &task, i, cost_line)) return false;
    }
    return true;
}

/* Indicators that hold units back because of the law alone: "2.1, 2.2". */
static bool unread_indicators(report *r, char *text, size_t capacity) {
    ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
    ntm_gaps *gaps = NULL;
    size_t used = 0;
    text[0] = '\0';
    options.untold_law = true;
    options.ignore_unknown = true;
    if (ntm_gaps_new(&gaps, r->recalled.plan, r->facts.table, &options, &r->err) != NTM_OK) return false;
    for (size_t at = 0; at < ntm_set_indicator_count(r->recalled.set); at++) {
        bool found = false;
        for (size_t i = 0; i < ntm_gaps_count(gaps) && !found; i++) {
            ntm_gap gap = ntm_gaps_at(gaps, i);
            const ntm_gap_subject *subject = ntm_gaps_subject(gaps, gap.subject);
            found = gap.untold == NTM_UNTOLD_LAW && subject->of == NTM_OF_INDICATOR && subject->index == at;
        }
        if (found && used < capacity)
            used += (size_t)snprintf(text + used, capacity - used, "%s%s", used > 0 ? ", " : "",
                                     ntm_set_indicator(r->recalled.set, at)->id);
    }
    ntm_gaps_free(gaps);
    return true;
}

bool task_list_page(report *r) {
    size_t line = 0, count = ntm_tasks_count(r->tasks);
    char unread[256];
    if (!unread_indicators(r, unread, sizeof unread)) return false;
    heading("34. Danh sách việc theo xã, xã gần đạt nhất trước (theo lớp nhớ lại, chưa kiểm chứng)", true);
    puts("Kể những việc chắc chắn phải làm; việc chưa biết có phải làm không vì thiếu số liệu thì chỉ đếm.");
    if (unread[0] != '\0')
        printf("Chỉ tiêu có ngưỡng chưa đọc được (%s) không ở trong danh sách: xã nào cũng còn phải xét chúng.\n",
               unread);
    for (size_t first = 0; first < count;) {
        size_t end = first + 1;
        while (end < count && ntm_tasks_at(r->tasks, end).row == ntm_tasks_at(r->tasks, first).row)
            end++;
        if (!list_of_commune(r, first, end, &line)) return false;
        first = end;
    }
    return true;
}
