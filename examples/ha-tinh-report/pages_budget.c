/* SPDX-License-Identifier: Apache-2.0 */
/* Sections 26 to 28: money by source and district, what has to be looked at, and who is slow. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

enum { STAGES = 4 };
static const char *const stages[STAGES] = {"need", "plan", "allotted", "disbursed"};
static const char *const stage_names[STAGES] = {"nhu cầu", "kế hoạch", "phân bổ", "giải ngân"};

static const char *source_name(const char *id) {
    if (strcmp(id, "*") == 0) return "Cộng các nguồn";
    for (size_t i = 0; i < NTM_USUAL_DIMENSIONS; i++) {
        const ntm_dimension_spec *spec = ntm_dimension_usual(i);
        for (size_t k = 0; k < spec->member_count; k++)
            if (strcmp(spec->name, "source") == 0 && strcmp(spec->members[k].id, id) == 0) return spec->members[k].name;
    }
    return id;
}

/* A sum in triệu đồng; "≥" before what is not all reported. */
static bool print_cell(report *r, const ntm_cube_cell *sum, int width) {
    char number[48], text[56];
    if (sum->known == NTM_NOT_APPLICABLE) {
        right("–", width);
        return true;
    }
    if (!number_text(r, number, sizeof number, (ntm_fraction){sum->sum, 1000000}, 0, 1)) return false;
    (void)snprintf(text, sizeof text, "%s%s", number, sum->known == NTM_REPORTED ? "" : "*");
    right(text, width);
    return true;
}

static bool print_rate(report *r, const ntm_cube_cell *part, const ntm_cube_cell *whole, int width) {
    ntm_rate rate;
    char text[64];
    if (ntm_rate_of(&rate, part, whole, &r->err) != NTM_OK) return false;
    (void)ntm_rate_format(text, sizeof text, &rate, 1, NTM_ROUND_HALF_UP, NTM_VI);
    right(text, width);
    return true;
}

/* The stages of one member of the first side, and the rates that the committee asks for. */
static bool stage_line(report *r, const ntm_cube *cube, uint32_t member, const char *name) {
    ntm_cube_cell cells[STAGES];
    printf("  ");
    left_text(name, 24);
    for (size_t i = 0; i < STAGES; i++) {
        const uint32_t at[2] = {member, ntm_cube_find(cube, 1, stages[i])};
        if (ntm_cube_get(&cells[i], cube, at, &r->err) != NTM_OK || !print_cell(r, &cells[i], 12)) return false;
    }
    bool done = print_rate(r, &cells[1], &cells[0], 12) && print_rate(r, &cells[2], &cells[1], 12) &&
                print_rate(r, &cells[3], &cells[1], 12);
    putchar('\n');
    return done;
}

static void stage_heads(void) {
    printf("  ");
    left_text("Triệu đồng", 24);
    for (size_t i = 0; i < STAGES; i++)
        right(stage_names[i], 12);
    right("KH/NC", 12);
    right("PB/KH", 12);
    right("GN/KH", 12);
    putchar('\n');
}

/* The year's money: entries of December 2019 are the needs of 2020; those of January and February 2019 are last year's. */
static ntm_cube_options this_year(const ntm_side *sides, size_t count) {
    ntm_cube_options options = NTM_CUBE_OPTIONS_INIT;
    options.sides = sides;
    options.side_count = count;
    options.from = ntm_date_ymd(2019, 12, 1);
    return options;
}

static bool sources_of_money(report *r) {
    static const ntm_side sides[] = {{"source", NULL, true}, {"stage", NULL, false}};
    ntm_cube_options options = this_year(sides, 2);
    ntm_cube *cube = NULL;
    heading("26. Vốn năm 2020 theo nguồn và giai đoạn", true);
    puts(
        "KH/NC: nhu cầu được đáp ứng; PB/KH: đã phân bổ; GN/KH: đã giải ngân. *: còn báo cáo chưa có, là số đã báo cáo; tỷ lệ để ngỏ.");
    stage_heads();
    bool done = ntm_cube_new(&cube, r->budget.money, &options, &r->err) == NTM_OK;
    for (uint32_t i = 0; done && i < ntm_cube_members(cube, 0); i++)
        done = stage_line(r, cube, i, source_name(ntm_cube_member_at(cube, 0, i)->id));
    ntm_cube_free(cube);
    return done;
}

/* ------------------------------------------------------------------------------------------- districts */

static const char *place_name(const report *r, const ntm_cube_member *member) {
    if (strcmp(member->id, "*") == 0) return "Cộng";
    ntm_echelon rung = ntm_echelon_of(member->level);
    return name_of(r, unit_of(r, rung, cell_of(member->id), r->day));
}

static bool districts_of_money(report *r) {
    static const ntm_side sides[] = {{"unit", "district", false}, {"stage", NULL, false}};
    ntm_cube_options options = this_year(sides, 2);
    ntm_cube *cube = NULL;
    heading("27. Vốn năm 2020 theo huyện", true);
    stage_heads();
    bool done = ntm_cube_new(&cube, r->budget.money, &options, &r->err) == NTM_OK;
    for (uint32_t i = 0; done && i < ntm_cube_members(cube, 0); i++)
        done = stage_line(r, cube, i, place_name(r, ntm_cube_member_at(cube, 0, i)));
    ntm_cube_free(cube);
    return done;
}

/* Disbursed in January and February of both years, all communes together that have both. */
static bool same_period(report *r) {
    static const ntm_side sides[] = {{"date", "month", false}};
    static const char *const disbursed[] = {"disbursed"};
    const ntm_only only = {"stage", disbursed, 1};
    ntm_cube_options options = NTM_CUBE_OPTIONS_INIT;
    ntm_cube *cube = NULL;
    options.sides = sides;
    options.side_count = 1;
    options.only = &only;
    options.only_count = 1;
    bool done = ntm_cube_new(&cube, r->budget.money, &options, &r->err) == NTM_OK;
    puts("\n  Giải ngân trong tháng so với cùng kỳ năm trước (triệu đồng; xã mới lập ngày 1/1/2020 không có cùng kỳ):");
    for (int month = 1; done && month <= 2; month++) {
        ntm_cube_cell cells[2];
        for (int i = 0; i < 2 && done; i++) {
            char id[16];
            (void)snprintf(id, sizeof id, "%d-%02d", 2019 + i, month);
            const uint32_t at[1] = {ntm_cube_find(cube, 0, id)};
            done = ntm_cube_get(&cells[i], cube, at, &r->err) == NTM_OK;
        }
        printf("    tháng %d/2020", month);
        done = done && print_cell(r, &cells[1], 12);
        printf("   tháng %d/2019", month);
        done = done && print_cell(r, &cells[0], 12) && print_rate(r, &cells[1], &cells[0], 12);
        putchar('\n');
    }
    ntm_cube_free(cube);
    return done;
}

static bool flag_at(const ntm_table *table, const char *name, size_t row) { return whole_at(table, name, row) != 0; }

/* Above 100 % or below 0: told, not mended. */
static bool odd_rates(report *r) {
    static const ntm_side sides[] = {
        {"unit", NULL, false}, {"component", NULL, false}, {"source", NULL, false}, {"stage", NULL, false}};
    ntm_cube_options options = this_year(sides, 4);
    ntm_rates_options asked = NTM_RATES_OPTIONS_INIT;
    ntm_cube *cube = NULL;
    ntm_cube_rows *rates = NULL;
    asked.side = "stage";
    asked.part = "disbursed";
    asked.whole = "plan";
    bool done = ntm_cube_new(&cube, r->budget.money, &options, &r->err) == NTM_OK &&
                ntm_cube_rates_new(&rates, cube, &asked, &r->err) == NTM_OK;
    puts("\n  Cần xem lại: giải ngân trên 100 % kế hoạch, hoặc dưới 0:");
    const ntm_table *table = ntm_cube_rows_table(rates);
    for (size_t row = 0; done && row < table->rows; row++) {
        char text[2][48];
        if (!flag_at(table, "above_one", row) && !flag_at(table, "negative", row)) continue;
        cell component = text_at(table, "component", row);
        (void)ntm_money_format(text[0], sizeof text[0], whole_at(table, "part", row), NTM_VI);
        (void)ntm_money_format(text[1], sizeof text[1], whole_at(table, "whole", row), NTM_VI);
        printf("    ");
        print_commune(r, text_at(table, "unit", row));
        printf(", %.*s: %s trên kế hoạch %s\n", component.size, component.text, text[0], text[1]);
    }
    ntm_cube_rows_free(rates);
    ntm_cube_free(cube);
    return done;
}

/* ------------------------------------------------------------------------------------------- slow money */

static bool slow_table(report *r, const char *done_stage, const char *title, size_t most) {
    static const ntm_side by[] = {{"unit", "district", false}, {"component", NULL, false}};
    ntm_slow_options options = NTM_SLOW_OPTIONS_INIT;
    ntm_slow *slow = NULL;
    options.by = by;
    options.by_count = 2;
    options.due = "plan";
    options.done = done_stage;
    options.on = r->day;
    options.from = ntm_date_ymd(2019, 12, 1);
    options.order = NTM_SLOW_BY_AMOUNT;
    if (ntm_slow_new(&slow, r->budget.money, &options, &r->err) != NTM_OK) return false;
    const ntm_table *table = ntm_slow_table(slow);
    printf("\n  %s: %zu trường hợp\n", title, table->rows);
    for (size_t row = 0; row < table->rows && row < most; row++) {
        char due[48], behind[48];
        cell component = text_at(table, "component", row);
        (void)ntm_money_format(due, sizeof due, whole_at(table, "due", row), NTM_VI);
        (void)ntm_money_format(behind, sizeof behind, whole_at(table, "behind", row), NTM_VI);
        printf("    ");
        left_text(district_name(r, text_at(table, "district", row)), 22);
        left(component.text, component.size, 20);
        printf("chậm ");
        right(behind, 22);
        printf(" trên %s đến hạn, từ ", due);
        print_date((ntm_date)whole_at(table, "since", row));
        printf(" (%" PRId64 " ngày)%s\n", whole_at(table, "days", row),
               flag_at(table, "open", row) ? ", còn báo cáo chưa có" : "");
    }
    ntm_slow_free(slow);
    return true;
}

static bool slow_money(report *r) {
    heading("28. Phân bổ vốn còn chậm: theo huyện và nội dung, đến ngày họp", true);
    puts(
        "Kế hoạch ghi ngày phải thực hiện. Chậm: phần đến hạn chưa làm; tính từ ngày đầu tiên mà phần đến hạn đã vượt tất cả phần đã làm.");
    return slow_table(r, "allotted", "Phân bổ chậm", 10) && slow_table(r, "disbursed", "Giải ngân chậm, nhiều nhất", 5);
}

bool budget_pages(report *r) {
    return sources_of_money(r) && districts_of_money(r) && same_period(r) && odd_rates(r) && slow_money(r) &&
           works_pages(r);
}
