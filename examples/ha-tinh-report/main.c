/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report that Hà Tĩnh's steering committee of 25/2/2020 would have wanted, from plain files.
 *
 *   ha-tinh-report examples/data/ha-tinh-2020-02
 *
 * Units, mergers and the meeting's own figures are real; the communes' indicator values are illustrative (they are not
 * public), and every page that uses them says so.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

/* ------------------------------------------------------------------------------------------- real pages */

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
    size_t row = find_row(r->meeting.table, "id", (cell){id, (int)strlen(id)});
    cell printed = text_at(r->meeting.table, "printed", row);
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

/* ------------------------------------------------------------------------------------------- the law */

static void count_rules(const ntm_set *set, size_t *with_rule, size_t *figures_known, size_t *figures) {
    *with_rule = 0;
    *figures_known = 0;
    *figures = ntm_set_figure_count(set);
    for (size_t i = 0; i < ntm_set_indicator_count(set); i++)
        *with_rule += ntm_set_indicator(set, i)->rule != 0;
    for (size_t i = 0; i < *figures; i++)
        *figures_known += ntm_set_figure(set, i)->value_count > 0;
}

static void law_page(const report *r) {
    const ntm_set_spec *about = ntm_set_about(r->cited.set);
    heading("4. Bộ tiêu chí có hiệu lực ngày 25/2/2020", false);
    printf("%s (%s, %s).\n", about->title.vi, about->instrument.number, about->instrument.issuer);
    const evaluation *states[] = {&r->cited, &r->recalled};
    static const char *const names[] = {"Chỉ những gì đã đọc được trong nguồn có dẫn",
                                        "Thêm lớp nhớ lại, CHƯA KIỂM CHỨNG"};
    for (size_t k = 0; k < 2; k++) {
        size_t with_rule, known, figures;
        count_rules(states[k]->set, &with_rule, &known, &figures);
        printf("  %s: %zu/%zu chỉ tiêu có quy định, %zu/%zu ngưỡng có số.\n", names[k], with_rule,
               ntm_set_indicator_count(states[k]->set), known, figures);
    }
    puts("  Ngưỡng giao cho tỉnh (2.1 đến 2.4) chưa đọc được: các chỉ tiêu ấy để ngỏ, không đoán.");
    puts(
        "  Số 49 chỉ tiêu là nhớ lại; 19 tiêu chí đã đọc được. Hà Tĩnh còn thêm tiêu chí thứ 20 (khu dân cư mẫu, vườn mẫu):");
    puts("  nội dung chưa đọc được nên không tính ở đây (nguồn: m.daidoanket.vn, tinthethaonews.org).");
}

/* ------------------------------------------------------------------------------------------- attainment */

static bool tally_line(report *r, const char *name, const ntm_attainment *result) {
    ntm_tally by_criteria, status;
    if (ntm_attainment_tally(&by_criteria, result, NTM_OF_CRITERIA_STATUS, 0, &r->err) != NTM_OK ||
        ntm_attainment_tally(&status, result, NTM_OF_STATUS, 0, &r->err) != NTM_OK)
        return false;
    left_text(name, 44);
    right_bounds((ntm_bounds){by_criteria.met, by_criteria.met + by_criteria.open}, 12);
    right_bounds((ntm_bounds){status.met, status.met + status.open}, 22);
    right_number(status.not_met, 14);
    putchar('\n');
    return true;
}

/* Communes of a district that surely and possibly attain. */
static ntm_bounds district_bounds(const report *r, const ntm_attainment *result, cell district, size_t *communes) {
    ntm_bounds bounds = {0, 0};
    *communes = 0;
    for (size_t row = 0; row < r->facts.table->rows; row++) {
        size_t unit = find_row(r->units.table, "code", text_at(r->facts.table, "code", row));
        if (!same(text_at(r->units.table, "district_code", unit), district)) continue;
        ntm_verdict status = ntm_attainment_criteria_status(result, row);
        bounds.least += status == NTM_MET;
        bounds.most += status != NTM_NOT_MET;
        (*communes)++;
    }
    return bounds;
}

static bool attainment_page(report *r) {
    heading("5. Xã đạt chuẩn nông thôn mới", true);
    printf("%zu xã. “a–b”: chắc chắn a, nhiều nhất b, tùy số liệu chưa có.\n\n", r->facts.table->rows);
    left_text("Theo quy định", 44);
    right("đủ tiêu chí", 12);
    right("kể cả điều kiện", 22);
    right("chưa đạt", 14);
    putchar('\n');
    if (!tally_line(r, "đã đọc được trong nguồn", r->cited.result) ||
        !tally_line(r, "thêm lớp nhớ lại, chưa kiểm chứng", r->recalled.result))
        return false;
    puts("\nSố tiêu chí đạt của từng xã (theo lớp nhớ lại): số xã theo số tiêu chí chắc chắn đạt / nhiều nhất đạt");
    for (uint64_t n = ntm_set_criterion_count(r->recalled.set) + 1; n-- > 0;) {
        size_t least = 0, most = 0;
        for (size_t row = 0; row < r->facts.table->rows; row++) {
            ntm_bounds met = ntm_attainment_criteria_met(r->recalled.result, row);
            least += met.least == n;
            most += met.most == n;
        }
        if (least + most == 0) continue;
        printf("  %2" PRIu64 " tiêu chí: ", n);
        right_number(least, 4);
        fputs(" / ", stdout);
        right_number(most, 3);
        putchar('\n');
    }
    puts("\nTheo huyện (đủ tiêu chí, theo lớp nhớ lại):");
    for (size_t row = 0; row < r->districts.table->rows; row++) {
        size_t communes;
        cell name = text_at(r->districts.table, "name", row);
        ntm_bounds bounds = district_bounds(r, r->recalled.result, text_at(r->districts.table, "code", row), &communes);
        if (communes == 0) continue;
        fputs("  ", stdout);
        left(name.text, name.size, 26);
        right_bounds(bounds, 8);
        printf(" trong %zu xã\n", communes);
    }
    return true;
}

/* One line of explanation of a verdict of a commune. */
static bool explain_line(report *r, const evaluation *e, const ntm_table *table, size_t row, ntm_of of, size_t index) {
    ntm_explanation *explanation = NULL;
    ntm_text *line = NULL;
    bool done = ntm_explain(&explanation, e->plan, table, row, of, index, NULL, &r->err) == NTM_OK &&
                ntm_explanation_line(&line, explanation, NTM_VI, NULL, &r->err) == NTM_OK;
    if (done) printf("      %s\n", ntm_text_data(line));
    ntm_text_free(line);
    ntm_explanation_free(explanation);
    return done;
}

static void commune_name(const report *r, size_t row) {
    size_t unit = find_row(r->units.table, "code", text_at(r->facts.table, "code", row));
    cell name = text_at(r->units.table, "name", unit), district = text_at(r->units.table, "district", unit);
    printf("%.*s (%.*s)", name.size, name.text, district.size, district.text);
}

enum { NEAR_ROWS = 1000, NEAR_SHOWN = 12 };

static bool near_misses_page(report *r) {
    size_t rows[NEAR_ROWS], count = 0, shown = 0, all = ntm_set_criterion_count(r->recalled.set);
    heading("6. Xã gần đạt nhất và việc còn thiếu (theo lớp nhớ lại, chưa kiểm chứng)", true);
    puts("Chỉ kể xã chắc chắn còn thiếu; xã chỉ thiếu số liệu nằm trong cận trên ở mục 5.");
    if (ntm_attainment_near_misses(rows, &count, NEAR_ROWS, r->recalled.result, 3, &r->err) != NTM_OK) return false;
    for (size_t i = 0; i < count && shown < NEAR_SHOWN; i++) {
        ntm_bounds met = ntm_attainment_criteria_met(r->recalled.result, rows[i]);
        if (met.most == all) continue;
        printf("  %2zu. ", ++shown);
        commune_name(r, rows[i]);
        printf(": %" PRIu64 "–%" PRIu64 " trong %zu tiêu chí\n", met.least, met.most, all);
        for (size_t k = 0; k < ntm_set_indicator_count(r->recalled.set); k++)
            if (ntm_attainment_indicator(r->recalled.result, rows[i], k) == NTM_NOT_MET &&
                !explain_line(r, &r->recalled, r->facts.table, rows[i], NTM_OF_INDICATOR, k))
                return false;
    }
    return true;
}

static bool departments_page(report *r) {
    const ntm_set *set = r->recalled.set;
    heading("7. Còn thiếu theo ngành phụ trách (theo lớp nhớ lại, chưa kiểm chứng)", true);
    left_text("Tiêu chí", 46);
    right("chưa đạt", 10);
    right("chưa có s.l.", 14);
    puts("  ngành (phân công minh họa)");
    for (size_t i = 0; i < ntm_set_criterion_count(set); i++) {
        const ntm_criterion *criterion = ntm_set_criterion(set, i);
        ntm_tally tally;
        if (ntm_attainment_tally(&tally, r->recalled.result, NTM_OF_CRITERION, i, &r->err) != NTM_OK) return false;
        size_t row = find_row(r->departments.table, "criterion", (cell){criterion->id, (int)strlen(criterion->id)});
        cell department = text_at(r->departments.table, "department", row);
        char name[200];
        int size = snprintf(name, sizeof name, "%2s. %s", criterion->id, criterion->name.vi);
        left(name, size, 46);
        right_number(tally.not_met, 10);
        right_number(tally.open, 14);
        printf("  %.*s\n", department.size, department.text);
    }
    return true;
}

static bool merged_page(report *r) {
    heading("8. Xã sau sáp nhập: cần xét lại (theo lớp nhớ lại, chưa kiểm chứng)", true);
    left_text("Xã", 40);
    right("tiêu chí đạt", 14);
    right("theo tiêu chí", 18);
    putchar('\n');
    for (size_t row = 0; row < r->facts.table->rows; row++) {
        if (find_row(r->mergers.table, "new_code", text_at(r->facts.table, "code", row)) == SIZE_MAX) continue;
        size_t unit = find_row(r->units.table, "code", text_at(r->facts.table, "code", row));
        cell name = text_at(r->units.table, "name", unit), district = text_at(r->units.table, "district", unit);
        char text[200];
        int size = snprintf(text, sizeof text, "%.*s (%.*s)", name.size, name.text, district.size, district.text);
        left(text, size, 40);
        right_bounds(ntm_attainment_criteria_met(r->recalled.result, row), 14);
        static const char *const words[] = {"chưa có số liệu", "đạt", "chưa đạt"};
        right(words[ntm_attainment_criteria_status(r->recalled.result, row)], 18);
        putchar('\n');
    }
    return true;
}

static bool gardens_page(report *r) {
    const ntm_set *set = r->gardens.set;
    heading("9. Vườn mẫu", true);
    printf(
        "%zu vườn, theo %s (tên do chúng tôi đặt). Ngày hiệu lực và nhiều phần của bộ tiêu chí chưa đọc được: để ngỏ.\n",
        r->garden_facts.table->rows, ntm_set_about(set)->title.vi);
    for (size_t i = 0; i < ntm_set_indicator_count(set); i++) {
        const ntm_indicator *indicator = ntm_set_indicator(set, i);
        ntm_tally tally;
        if (ntm_attainment_tally(&tally, r->gardens.result, NTM_OF_INDICATOR, i, &r->err) != NTM_OK) return false;
        const char *name = indicator->name.vi == NULL ? "(chưa đọc được)" : indicator->name.vi;
        printf("  %-4s", indicator->id);
        left_text(name, 58);
        printf(" đạt %3" PRIu64 ", chưa đạt %3" PRIu64 ", chưa có số liệu %3" PRIu64 "\n", tally.met, tally.not_met,
               tally.open);
    }
    return true;
}

static void list_sources(const ntm_set *set) {
    for (size_t i = 0; i < ntm_set_source_count(set); i++) {
        const ntm_source *source = ntm_set_source(set, i);
        printf("  %s: %s\n       %s\n", source->id, source->what == NULL ? "" : source->what,
               source->where == NULL ? "" : source->where);
    }
}

static void sources_page(const report *r) {
    heading("Nguồn của các bộ tiêu chí", false);
    list_sources(r->recalled.set);
    list_sources(r->gardens.set);
}

static bool write_report(report *r) {
    puts("BÁO CÁO BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA TỈNH HÀ TĨNH");
    puts("Phiên họp 25/2/2020. Dựng lại từ nguồn công khai; giá trị chỉ tiêu của từng xã là số liệu minh họa.");
    units_page(r);
    mergers_page(r);
    if (!meeting_page(r)) return false;
    law_page(r);
    if (!attainment_page(r) || !near_misses_page(r) || !departments_page(r) || !merged_page(r) || !gardens_page(r))
        return false;
    sources_page(r);
    return true;
}

static void close_report(report *r) {
    evaluation *evaluations[] = {&r->cited, &r->recalled, &r->gardens};
    for (size_t i = 0; i < 3; i++) {
        ntm_attainment_free(evaluations[i]->result);
        ntm_plan_free(evaluations[i]->plan);
    }
    input *inputs[] = {&r->units, &r->districts,   &r->mergers,     &r->meeting,
                       &r->facts, &r->departments, &r->garden_facts};
    for (size_t i = 0; i < 7; i++)
        ntm_csv_free(inputs[i]->csv);
    ntm_set_free(r->with_recalled);
    ntm_catalogue_free(r->catalogue);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER   (examples/data/ha-tinh-2020-02)\n", argv[0]);
        return 2;
    }
    report r;
    memset(&r, 0, sizeof r);
    r.err = (ntm_error)NTM_ERROR_INIT;
    bool done = read_inputs(&r, argv[1]) && write_report(&r);
    if (!done) {
        fprintf(stderr, "%s: %s", ntm_status_name(r.err.status), r.err.subject);
        if (r.err.line > 0) fprintf(stderr, ":%u:%u", r.err.line, r.err.column);
        fprintf(stderr, ": %s\n", r.err.message);
    }
    close_report(&r);
    return done ? 0 : 1;
}
