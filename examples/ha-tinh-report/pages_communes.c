/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 4 to 8: communes by the set in force. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

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
static ntm_bounds district_bounds(const report *r, const ntm_attainment *result, ntm_unit district, size_t *communes) {
    ntm_bounds bounds = {0, 0};
    *communes = 0;
    for (size_t row = 0; row < r->facts.table->rows; row++) {
        if (ntm_units_parent(r->registry, commune_of(r, r->facts.table, row), r->day) != district) continue;
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
    for (size_t i = 0; i < r->district_count; i++) {
        size_t communes;
        ntm_bounds bounds = district_bounds(r, r->recalled.result, r->districts[i], &communes);
        if (communes == 0) continue;
        fputs("  ", stdout);
        left_text(name_of(r, r->districts[i]), 26);
        right_bounds(bounds, 8);
        printf(" trong %zu xã\n", communes);
    }
    return true;
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
        print_commune(r, text_at(r->facts.table, "code", rows[i]));
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
        char name[200];
        if (!is_merged(r, commune_of(r, r->facts.table, row))) continue;
        full_name(r, name, sizeof name, commune_of(r, r->facts.table, row));
        left_text(name, 40);
        right_bounds(ntm_attainment_criteria_met(r->recalled.result, row), 14);
        static const char *const words[] = {"chưa có số liệu", "đạt", "chưa đạt"};
        right(words[ntm_attainment_criteria_status(r->recalled.result, row)], 18);
        putchar('\n');
    }
    return true;
}

bool communes_pages(report *r) {
    law_page(r);
    return attainment_page(r) && near_misses_page(r) && departments_page(r) && merged_page(r);
}
