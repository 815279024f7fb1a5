/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 16 and 17: households that moved between classes from review to review; income support. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

/* ------------------------------------------------------------------------------------------- moves */

enum { MOVED_CLASSES = 3 };
static const char *const class_names[MOVED_CLASSES] = {"nghèo", "cận nghèo", "không nghèo"};

/* The households of a review with the lowest and the highest class that each may be in. */
typedef struct classed {
    int32_t *codes; /* first all lowest, then all highest */
    ntm_field fields[3];
    ntm_table table;
} classed;

/* What is above near-poor is one class here. */
static int32_t moved_class(uint64_t grade) { return grade >= MOVED_CLASSES ? MOVED_CLASSES - 1 : (int32_t)grade - 1; }

static bool class_review(classed *out, const input *households, const ntm_attainment *result) {
    const ntm_table *table = households->table;
    out->codes = calloc(2 * table->rows + 1, sizeof *out->codes);
    if (out->codes == NULL) return false;
    for (size_t row = 0; row < table->rows; row++) {
        ntm_bounds grade = ntm_attainment_grade(result, row);
        out->codes[row] = moved_class(grade.least);
        out->codes[table->rows + row] = moved_class(grade.most);
    }
    out->fields[0] = *ntm_table_find(table, "household");
    out->fields[1].name = "least";
    out->fields[1].column = ntm_column_codes(out->codes, table->rows, class_names, MOVED_CLASSES);
    out->fields[2].name = "most";
    out->fields[2].column = ntm_column_codes(out->codes + table->rows, table->rows, class_names, MOVED_CLASSES);
    out->table = (ntm_table)NTM_TABLE_INIT;
    out->table.rows = table->rows;
    out->table.fields = out->fields;
    out->table.field_count = 3;
    return true;
}

static bool moves_line(report *r, const ntm_transitions *moves, const char *name, size_t from) {
    static const size_t to[] = {0, 1, 2, NTM_CLASS_ABSENT, NTM_CLASS_ANY};
    printf("  ");
    left_text(name, 30);
    for (size_t k = 0; k < sizeof to / sizeof *to; k++) {
        ntm_transition move;
        if (from == NTM_CLASS_ABSENT && to[k] == NTM_CLASS_ABSENT) {
            right("", 16);
            continue;
        }
        if (ntm_transitions_get(&move, moves, NTM_TOTAL, from, to[k], &r->err) != NTM_OK) return false;
        right_bounds(move.households, k == 4 ? 12 : 16);
    }
    putchar('\n');
    return true;
}

static bool moves_table(report *r, const ntm_transitions *moves) {
    heading("16. Hộ chuyển bậc từ rà soát 2018 đến rà soát 2019", true);
    puts(
        "Cùng một chuẩn, ghép theo mã hộ. Không nghèo: từ mức trung bình trở lên. Hộ không còn trong danh sách không tính là thoát");
    puts("nghèo. “a–b”: tùy số liệu chưa có của hai năm.\n");
    left_text("  2018 \\ 2019", 32);
    for (size_t k = 0; k < MOVED_CLASSES; k++)
        right(class_names[k], 16);
    right("không còn", 16);
    right("có ở 2019", 12);
    putchar('\n');
    for (size_t from = 0; from < MOVED_CLASSES; from++)
        if (!moves_line(r, moves, class_names[from], from)) return false;
    return moves_line(r, moves, "mới vào danh sách", NTM_CLASS_ABSENT);
}

static bool moves_page(report *r) {
    classed reviews[REVIEWS];
    ntm_transitions *moves = NULL;
    ntm_transitions_options options = NTM_TRANSITIONS_OPTIONS_INIT;
    memset(reviews, 0, sizeof reviews);
    options.id = "household";
    options.class_least = "least";
    options.class_most = "most";
    options.classes = class_names;
    options.class_count = MOVED_CLASSES;
    bool done = true;
    for (size_t i = 0; i < REVIEWS; i++)
        done = done && class_review(&reviews[i], &r->poverty.households[i], r->poverty.by_review[i].result);
    done = done && ntm_transitions_count(&moves, &reviews[0].table, &reviews[1].table, &options, &r->err) == NTM_OK &&
           moves_table(r, moves);
    ntm_transitions_free(moves);
    for (size_t i = 0; i < REVIEWS; i++)
        free(reviews[i].codes);
    return done;
}

/* ------------------------------------------------------------------------------------------- top-ups */

enum { AREAS_MOST = 4 };

static void print_money(ntm_money least, ntm_money most) {
    char low[48], high[48];
    (void)ntm_decimal_format(low, sizeof low, (ntm_decimal){least, 0}, NTM_LOCALE_VI);
    (void)ntm_decimal_format(high, sizeof high, (ntm_decimal){most, 0}, NTM_LOCALE_VI);
    if (least == most)
        printf("%s đồng/tháng", low);
    else
        printf("%s–%s đồng/tháng", low, high);
}

static void print_payments(const ntm_payments *p) {
    right_bounds(p->paid, 9);
    printf(" người, ");
    print_money(p->least, p->most);
    putchar('\n');
}

static bool payments_lines(report *r, const ntm_top_up *sums) {
    ntm_payments total;
    for (size_t group = 0; group < ntm_top_up_groups(sums); group++) {
        ntm_group_key key;
        ntm_payments p;
        if (ntm_top_up_key(&key, sums, group, 0, &r->err) != NTM_OK ||
            ntm_top_up_get(&p, sums, group, &r->err) != NTM_OK)
            return false;
        printf("  ");
        left_text(district_name(r, cell_of(key.text)), 26);
        print_payments(&p);
    }
    if (ntm_top_up_get(&total, sums, NTM_TOTAL, &r->err) != NTM_OK) return false;
    printf("  ");
    left_text("Cộng", 26);
    print_payments(&total);
    printf("  Trong %" PRIu64 " người được xét: %" PRIu64
           " người chưa báo cáo trợ cấp đang hưởng (hỗ trợ từ 0 đến cả mức), %" PRIu64
           " người chưa rõ có thuộc\n  đối tượng hay không (có thể có, có thể không).\n",
           total.rows, total.benefits_not_reported, total.entitled_not_reported);
    return true;
}

static bool top_up_page(report *r) {
    static const char *const groups[] = {"district"};
    const ntm_set *set = r->poverty.support;
    const ntm_set_spec *about = ntm_set_about(set);
    const ntm_figure *target = ntm_set_figure(set, ntm_set_find_figure(set, "support-target"));
    cell people = printed_of(r, "income-support-people"), money = printed_of(r, "income-support-value");
    ntm_area_target areas[AREAS_MOST];
    ntm_top_up_options options = NTM_TOP_UP_OPTIONS_INIT;
    ntm_top_up *sums = NULL;
    heading("17. Hỗ trợ thu nhập cho thành viên hộ nghèo", true);
    printf("%s, có hiệu lực từ ", about->instrument.number);
    print_date(about->instrument.in_force_from);
    puts(": bù phần còn thiếu để cộng với trợ cấp xã hội đang hưởng thì đủ mức.");
    for (size_t i = 0; i < target->value_count && i < AREAS_MOST; i++) {
        areas[i] = (ntm_area_target){target->values[i].keys[0], target->values[i].value.coefficient};
        char text[48];
        (void)ntm_decimal_format(text, sizeof text, target->values[i].value, NTM_LOCALE_VI);
        printf("  Mức %s: %s %s\n", strcmp(areas[i].area, "urban") == 0 ? "thành thị" : "nông thôn", text,
               target->unit);
    }
    options.benefits = "monthly-benefits";
    options.entitled = "in-class-of-support";
    options.area = "area";
    options.areas = areas;
    options.area_count = target->value_count < AREAS_MOST ? target->value_count : AREAS_MOST;
    options.groups = groups;
    options.group_count = 1;
    bool done = ntm_top_up_sum(&sums, r->poverty.people.table, &options, &r->err) == NTM_OK && payments_lines(r, sums);
    ntm_top_up_free(sums);
    if (!done) return false;
    printf(
        "Số thật của phiên họp: %.*s, %.*s. Báo không nói số tiền ấy trả cho bao nhiêu tháng, nên không so được với số một tháng\n"
        "ở trên. Diện đối tượng mới đọc được một phần: ai thuộc diện là theo danh sách, không tính lại.\n",
        people.size, people.text, money.size, money.text);
    return true;
}

bool support_pages(report *r) { return moves_page(r) && top_up_page(r); }
