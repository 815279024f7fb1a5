/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 14 and 15: households by the poverty standard in force; multidimensional poverty by Alkire and Foster. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

enum { CLASSES = 4, LAST = REVIEWS - 1 };

/* ------------------------------------------------------------------------------------------- classes */

/* Households of a district ("" = all) by class: surely, and possibly. */
static void classes_of(const report *r, cell district, ntm_bounds classes[CLASSES], size_t *households, size_t *open) {
    const ntm_table *table = r->poverty.households[LAST].table;
    const ntm_attainment *result = r->poverty.by_review[LAST].result;
    memset(classes, 0, CLASSES * sizeof *classes);
    *households = *open = 0;
    for (size_t row = 0; row < table->rows; row++) {
        if (district.size > 0 && !same(text_at(table, "district", row), district)) continue;
        ntm_bounds grade = ntm_attainment_grade(result, row);
        (*households)++;
        *open += grade.least != grade.most;
        for (uint64_t k = 0; k < CLASSES; k++) {
            classes[k].least += grade.least == k + 1 && grade.most == k + 1;
            classes[k].most += grade.least <= k + 1 && k + 1 <= grade.most;
        }
    }
}

static void class_line(const report *r, const char *name, cell district) {
    ntm_bounds classes[CLASSES];
    size_t households, open;
    classes_of(r, district, classes, &households, &open);
    left_text(name, 26);
    right_number(households, 6);
    for (size_t k = 0; k < CLASSES; k++)
        right_bounds(classes[k], 14);
    right_number(open, 10);
    putchar('\n');
}

/* The criteria of the standard, with the line of each area where there is one. */
static void print_lines(const ntm_set *set) {
    for (size_t i = 0; i < ntm_set_criterion_count(set); i++) {
        const ntm_criterion *criterion = ntm_set_criterion(set, i);
        size_t index = ntm_set_find_figure(set, criterion->id);
        printf("  %zu. %s", i + 1, criterion->name.vi);
        if (index < ntm_set_figure_count(set)) {
            const ntm_figure *figure = ntm_set_figure(set, index);
            for (size_t k = 0; k < figure->value_count; k++) {
                char text[48];
                (void)ntm_decimal_format(text, sizeof text, figure->values[k].value, NTM_LOCALE_VI);
                printf("%s%s %s", k == 0 ? ": " : ", ",
                       strcmp(figure->values[k].keys[0], "urban") == 0 ? "thành thị" : "nông thôn", text);
            }
            printf(" %s", figure->unit);
        }
        putchar('\n');
    }
}

static void classes_page(const report *r) {
    static const char *const titles[CLASSES] = {"nghèo", "cận nghèo", "trung bình", "trên TB"};
    const ntm_set_spec *about = ntm_set_about(r->poverty.by_review[LAST].set);
    heading("14. Hộ nghèo theo chuẩn đa chiều đang có hiệu lực", true);
    printf("%s (%s), rà soát cuối năm 2019.\n", about->title.vi, about->instrument.number);
    print_lines(r->poverty.by_review[LAST].set);
    puts(
        "Hộ nghèo: dòng thứ nhất; hoặc cả dòng thứ hai và thứ ba. “a–b”: tùy số liệu chưa có; hộ chưa rõ là hộ mà số liệu thiếu");
    puts(
        "có thể đổi bậc. Khi nào một hộ tính là thiếu hụt thì chưa đọc được: lấy theo phiếu. Bậc “trên TB” không có tên trong nguồn.\n");
    left_text("Huyện", 26);
    right("hộ", 6);
    for (size_t k = 0; k < CLASSES; k++)
        right(titles[k], 14);
    right("chưa rõ", 10);
    putchar('\n');
    for (size_t i = 0; i < r->district_count; i++)
        class_line(r, name_of(r, r->districts[i]), cell_of(ntm_units_row(r->registry, r->districts[i])->code));
    class_line(r, "Cộng", cell_of(""));
}

/* ------------------------------------------------------------------------------------------- Alkire-Foster */

enum { INDICATORS_MOST = 16 };

typedef struct measurement {
    ntm_deprivation indicators[INDICATORS_MOST];
    const ntm_fact *facts[INDICATORS_MOST];
    size_t count;
    unsigned cutoff; /* deprived in so many or more */
    ntm_poverty *poverty;
} measurement;

/* The standard's indicators are its flags; they weigh the same, and its figure says how many make a household poor. */
static bool measure(report *r, measurement *m) {
    static const char *const groups[] = {"district"};
    const ntm_set *set = r->poverty.by_review[LAST].set;
    const ntm_figure *least = ntm_set_figure(set, ntm_set_find_figure(set, "deprivations-least"));
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    memset(m, 0, sizeof *m);
    for (size_t i = 0; i < ntm_set_fact_count(set) && m->count < INDICATORS_MOST; i++)
        if (ntm_set_fact(set, i)->kind == NTM_KIND_FLAG) m->facts[m->count++] = ntm_set_fact(set, i);
    for (size_t i = 0; i < m->count; i++) {
        m->indicators[i].column = m->facts[i]->id;
        m->indicators[i].when = NTM_DEPRIVED_FLAG;
        m->indicators[i].weight = (ntm_fraction){1, (int64_t)m->count};
    }
    m->cutoff = (unsigned)least->values[0].value.coefficient;
    options.cutoff_count = m->cutoff;
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    options.population = "members";
    options.groups = groups;
    options.group_count = 1;
    return ntm_poverty_measure(&m->poverty, r->poverty.households[LAST].table, m->indicators, m->count, &options,
                               &r->err) == NTM_OK;
}

/* "24,20%" or "23,90–25,02%". */
static bool share_text(report *r, char *buffer, size_t capacity, const measurement *m, size_t group, ntm_measure of,
                       size_t indicator) {
    ntm_decimal least, most;
    char low[48], high[48];
    ntm_status status =
        ntm_poverty_rounded(&least, &most, m->poverty, group, of, indicator, 2, 2, NTM_ROUND_HALF_UP, &r->err);
    if (status == NTM_ERROR_NOT_FOUND) {
        (void)snprintf(buffer, capacity, "không có");
        return true;
    }
    if (status != NTM_OK) return false;
    (void)ntm_decimal_format(low, sizeof low, least, NTM_LOCALE_VI);
    (void)ntm_decimal_format(high, sizeof high, most, NTM_LOCALE_VI);
    if (ntm_decimal_compare(least, most) == 0)
        (void)snprintf(buffer, capacity, "%s%%", low);
    else
        (void)snprintf(buffer, capacity, "%s–%s%%", low, high);
    return true;
}

/* A measure with its exact fractions. */
static bool exact_line(report *r, const measurement *m, const char *name, ntm_measure of) {
    ntm_measured exact;
    char text[110];
    if (ntm_poverty_get(&exact, m->poverty, NTM_TOTAL, of, 0, &r->err) != NTM_OK ||
        !share_text(r, text, sizeof text, m, NTM_TOTAL, of, 0))
        return false;
    printf("  ");
    left_text(name, 62);
    printf("%s   (%" PRId64 "/%" PRId64, text, exact.least.numerator, exact.least.denominator);
    if (exact.least.numerator != exact.most.numerator || exact.least.denominator != exact.most.denominator)
        printf(" đến %" PRId64 "/%" PRId64, exact.most.numerator, exact.most.denominator);
    puts(")");
    return true;
}

static bool district_measures(report *r, const measurement *m) {
    left_text("Huyện", 26);
    right("H", 20);
    right("A", 20);
    right("M0", 20);
    putchar('\n');
    for (size_t group = 0; group < ntm_poverty_groups(m->poverty); group++) {
        static const ntm_measure measures[] = {NTM_MEASURE_H, NTM_MEASURE_A, NTM_MEASURE_M0};
        ntm_group_key key;
        if (ntm_poverty_key(&key, m->poverty, group, 0, &r->err) != NTM_OK) return false;
        left_text(district_name(r, cell_of(key.text)), 26);
        for (size_t k = 0; k < 3; k++) {
            char text[110];
            if (!share_text(r, text, sizeof text, m, group, measures[k], 0)) return false;
            right(text, 20);
        }
        putchar('\n');
    }
    return true;
}

/* Indicators by the share of people deprived, the most frequent first; of equal ones the standard's order holds. */
static bool frequent(report *r, const measurement *m) {
    size_t order[INDICATORS_MOST];
    ntm_decimal shares[INDICATORS_MOST];
    for (size_t i = 0; i < m->count; i++) {
        if (ntm_poverty_rounded(&shares[i], NULL, m->poverty, NTM_TOTAL, NTM_MEASURE_RAW, i, 2, 4, NTM_ROUND_HALF_UP,
                                &r->err) != NTM_OK)
            return false;
        size_t at = i;
        for (; at > 0 && ntm_decimal_compare(shares[order[at - 1]], shares[i]) < 0; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    puts(
        "\nThiếu hụt nhiều nhất (tỷ lệ người sống trong hộ thiếu hụt; trong đó thuộc hộ từ ngưỡng trở lên; phần đóng góp vào M0):");
    for (size_t i = 0; i < m->count; i++) {
        static const ntm_measure measures[] = {NTM_MEASURE_RAW, NTM_MEASURE_CENSORED, NTM_MEASURE_CONTRIBUTION};
        printf("  ");
        left_text(m->facts[order[i]]->name.vi, 54);
        for (size_t k = 0; k < 3; k++) {
            char text[110];
            if (!share_text(r, text, sizeof text, m, NTM_TOTAL, measures[k], order[i])) return false;
            right(text, 18);
        }
        putchar('\n');
    }
    return true;
}

static bool measures_page(report *r) {
    measurement m;
    ntm_poverty_rows rows;
    if (!measure(r, &m)) return false;
    heading("15. Nghèo đa chiều theo Alkire-Foster", true);
    bool done = ntm_poverty_count(&rows, m.poverty, NTM_TOTAL, &r->err) == NTM_OK;
    if (done) {
        printf(
            "%zu chỉ số trọng số bằng nhau, ngưỡng k = %u/%zu như chuẩn; đếm theo nhân khẩu. H ở đây không xét thu nhập: không phải\n"
            "tỷ lệ hộ nghèo của mục 14. %" PRIu64 "/%" PRIu64
            " hộ có chỉ số chưa báo cáo: kết quả là khoảng. Phần trăm làm tròn nửa lên.\n",
            m.count, m.cutoff, m.count, rows.incomplete, rows.rows);
        done = exact_line(r, &m, "H, tỷ lệ người trong hộ thiếu hụt từ ngưỡng trở lên", NTM_MEASURE_H) &&
               exact_line(r, &m, "A, cường độ: bình quân phần thiếu hụt của những người ấy", NTM_MEASURE_A) &&
               exact_line(r, &m, "M0 = H × A", NTM_MEASURE_M0);
        putchar('\n');
        done = done && district_measures(r, &m) && frequent(r, &m);
    }
    ntm_poverty_free(m.poverty);
    return done;
}

bool poverty_pages(report *r) {
    classes_page(r);
    return measures_page(r);
}
