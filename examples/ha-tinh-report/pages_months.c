/* SPDX-License-Identifier: Apache-2.0 */
/* Section 25: what was known when. Monthly reports as known on two days, and which came late or not at all. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

enum { FACTS = 3, MONTHS = 4, DUE_DAYS = 10, UNITS_MOST = 64 };
static const char *const facts[FACTS] = {"poor-households", "households-clean-water", "construction-arrears"};
static const char *const fact_names[FACTS] = {"Hộ nghèo", "Hộ dùng nước sạch", "Nợ đọng (triệu đồng)"};
static const char *const months[MONTHS] = {"2019-11", "2019-12", "2020-01", "2020-02"};

/* What is asked: always the same units, so that rows of two views stand for one another. */
typedef struct asked {
    int32_t codes[UNITS_MOST];
    const char *units[UNITS_MOST];
    ntm_column column;
    ntm_observed_options options;
} asked;

static void ask(const report *r, asked *a) {
    size_t count = ntm_observations_count(r->months).units;
    if (count > UNITS_MOST) count = UNITS_MOST;
    for (size_t i = 0; i < count; i++) {
        a->codes[i] = (int32_t)i;
        a->units[i] = ntm_observations_unit(r->months, i);
    }
    a->column = ntm_column_codes(a->codes, count, a->units, count);
    a->options = (ntm_observed_options)NTM_OBSERVED_OPTIONS_INIT;
    a->options.facts = facts;
    a->options.fact_count = FACTS;
    a->options.periods = months;
    a->options.period_count = MONTHS;
    a->options.units = &a->column;
}

/* ------------------------------------------------------------------------------------------- two days */

/* The text of a cell; "·" when nothing was known. */
static bool cell_text(report *r, char *text, size_t capacity, const ntm_view *view, size_t fact, size_t row) {
    const ntm_column *column = &ntm_view_table(view)->fields[fact].column;
    ntm_decimal value;
    (void)snprintf(text, capacity, "·");
    if (ntm_column_known(column, row) != NTM_REPORTED) return true;
    if (ntm_column_decimal(&value, column, row, &r->err) != NTM_OK) return false;
    (void)ntm_decimal_format(text, capacity, value, NTM_LOCALE_VI);
    return true;
}

/* One unit: its months as known on the first day, then as known on the second, * where that is something else. */
static bool unit_line(report *r, const ntm_view *before, const ntm_view *now, size_t fact, size_t unit) {
    char old[48], text[48], marked[50];
    size_t units = ntm_view_unit_count(now);
    printf("  ");
    left_text(name_of(r, unit_of(r, NTM_ECHELON_COMMUNE, cell_of(ntm_view_unit(now, unit)), r->day)), 24);
    for (size_t m = 0; m < MONTHS; m++) {
        if (!cell_text(r, old, sizeof old, before, fact, m * units + unit)) return false;
        right(old, 10);
    }
    printf("    ");
    for (size_t m = 0; m < MONTHS; m++) {
        if (!cell_text(r, old, sizeof old, before, fact, m * units + unit) ||
            !cell_text(r, text, sizeof text, now, fact, m * units + unit))
            return false;
        bool same_as_before = strcmp(old, text) == 0 || strcmp(old, "·") == 0;
        (void)snprintf(marked, sizeof marked, "%s%s", same_as_before ? "" : "*", text);
        right(marked, 10);
    }
    putchar('\n');
    return true;
}

static bool two_views(report *r, const ntm_view *before, const ntm_view *now) {
    for (size_t fact = 0; fact < FACTS; fact++) {
        left_text(fact_names[fact], 26);
        for (size_t m = 0; m < MONTHS; m++)
            right(months[m], 10);
        printf("    ");
        for (size_t m = 0; m < MONTHS; m++)
            right(months[m], 10);
        putchar('\n');
        for (size_t unit = 0; unit < ntm_view_unit_count(now); unit++)
            if (!unit_line(r, before, now, fact, unit)) return false;
    }
    return true;
}

/* Cells of two views of the same question that differ. */
static bool count_differences(report *r, size_t *out, const ntm_view *a, const ntm_view *b) {
    char left_cell[48], right_cell[48];
    *out = 0;
    for (size_t fact = 0; fact < FACTS; fact++)
        for (size_t row = 0; row < MONTHS * ntm_view_unit_count(a); row++) {
            if (!cell_text(r, left_cell, sizeof left_cell, a, fact, row) ||
                !cell_text(r, right_cell, sizeof right_cell, b, fact, row))
                return false;
            *out += strcmp(left_cell, right_cell) != 0;
        }
    return true;
}

/* What was recorded later is taken out of the file: the earlier view must not change by a cell. */
static bool unchanged_line(report *r, const asked *a, const ntm_view *before, const char *day) {
    ntm_observations *earlier = NULL;
    ntm_view *view = NULL;
    size_t differences = 0;
    ntm_view_count cells = ntm_view_cells(before);
    bool done = read_months_until(r, &earlier, day) && ntm_view_new(&view, earlier, &a->options, &r->err) == NTM_OK &&
                count_differences(r, &differences, before, view);
    if (done)
        printf("Bỏ mọi dòng ghi sau ngày ấy (%" PRIu64 " dòng) rồi đọc lại: %zu/%" PRIu64
               " ô của bảng bên trái khác đi.\n",
               ntm_observations_count(r->months).rows - ntm_observations_count(earlier).rows, differences, cells.cells);
    ntm_view_free(view);
    ntm_observations_free(earlier);
    return done;
}

static bool views(report *r, asked *a) {
    ntm_view *before = NULL, *now = NULL;
    a->options.known_on = r->day;
    bool done = ntm_view_new(&now, r->months, &a->options, &r->err) == NTM_OK;
    a->options.known_on = ntm_date_ymd(2020, 1, 31);
    done = done && ntm_view_new(&before, r->months, &a->options, &r->err) == NTM_OK && two_views(r, before, now) &&
           unchanged_line(r, a, before, "2020-01-31");
    ntm_view_free(before);
    ntm_view_free(now);
    return done;
}

/* ------------------------------------------------------------------------------------------- late and missing */

static void add(ntm_punctual *sum, ntm_punctual one) {
    sum->expected += one.expected;
    sum->in_time += one.in_time;
    sum->late += one.late;
    sum->missing += one.missing;
    sum->not_due += one.not_due;
    sum->corrected += one.corrected;
    sum->withdrawn += one.withdrawn;
}

static void punctual_line(const char *name, ntm_punctual p) {
    const uint64_t numbers[] = {p.expected, p.in_time, p.late, p.missing, p.not_due, p.corrected, p.withdrawn};
    left_text(name, 24);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        right_number(numbers[i], 13);
    putchar('\n');
}

static void by_district(const report *r, const ntm_punctuality *punctuality, size_t units) {
    static const char *const titles[] = {"phải có", "đúng hạn", "muộn", "thiếu", "chưa đến hạn", "có sửa", "rút lại"};
    ntm_unit districts[UNITS_MOST];
    ntm_punctual sums[UNITS_MOST];
    size_t count = 0;
    memset(sums, 0, sizeof sums);
    for (size_t i = 0; i < units; i++) {
        const char *code;
        size_t at = 0;
        ntm_punctual one = ntm_punctuality_unit(&code, punctuality, i);
        ntm_unit unit = unit_of(r, NTM_ECHELON_COMMUNE, cell_of(code), r->day);
        ntm_unit district = ntm_units_parent(r->registry, unit, r->day);
        while (at < count && districts[at] != district)
            at++;
        if (at == count) districts[count++] = district;
        add(&sums[at], one);
    }
    printf("\nBáo cáo theo huyện, biết đến 25/2/2020 (hạn: %d ngày sau khi hết tháng, giả định):\n", DUE_DAYS);
    left_text("", 24);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        right(titles[i], 13);
    putchar('\n');
    for (size_t at = 0; at < count; at++)
        punctual_line(name_of(r, districts[at]), sums[at]);
    punctual_line("Cộng", ntm_punctuality_total(punctuality));
}

static bool missing_lines(report *r, const ntm_punctuality *punctuality) {
    ntm_missing missing[UNITS_MOST];
    size_t count = 0;
    if (ntm_punctuality_missing(missing, &count, UNITS_MOST, punctuality, &r->err) != NTM_OK) return false;
    puts("Còn thiếu:");
    for (size_t i = 0; i < count && i < UNITS_MOST; i++) {
        size_t fact = 0;
        while (fact + 1 < FACTS && strcmp(facts[fact], missing[i].fact) != 0)
            fact++;
        printf("  ");
        print_commune(r, cell_of(missing[i].unit));
        printf(": %s, tháng %s, hạn ", fact_names[fact], missing[i].period);
        print_date(missing[i].due_on);
        putchar('\n');
    }
    return true;
}

bool months_page(report *r) {
    asked a;
    ntm_punctuality *punctuality = NULL;
    ask(r, &a);
    heading("25. Khi nào biết gì: báo cáo tháng của chín xã", true);
    puts(
        "Trái: biết đến 31/1/2020. Phải: biết đến 25/2/2020. Dấu *: số đã báo được sửa hoặc rút lại trong khoảng giữa. Dấu ·: chưa");
    puts("báo cáo. Số sửa sau ngày họp không có ở đây: bảng của một ngày không đổi vì điều ghi sau ngày ấy.\n");
    bool done = views(r, &a);
    a.options.known_on = r->day;
    done = done && ntm_punctuality_new(&punctuality, r->months, &a.options, DUE_DAYS, &r->err) == NTM_OK;
    if (done) {
        by_district(r, punctuality, a.column.length);
        done = missing_lines(r, punctuality);
    }
    ntm_punctuality_free(punctuality);
    return done;
}
