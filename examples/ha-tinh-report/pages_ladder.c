/* SPDX-License-Identifier: Apache-2.0 */
/* Section 12: OCOP products between two printed bands, and the cheapest steps to the next star. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

static const ntm_node_spec *grade_of(const council *c) {
    ntm_node grade;
    ntm_set_rules(c->by_sheet.set, NULL, NULL, &grade);
    return ntm_set_node(c->by_sheet.set, grade);
}

/* Points are small: products of two of them fit. */
static int compare(ntm_fraction a, ntm_fraction b) {
    int64_t left = a.numerator * b.denominator, right = b.numerator * a.denominator;
    return (left > right) - (left < right);
}

static ntm_fraction minus(ntm_fraction a, ntm_fraction b) {
    return (ntm_fraction){a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator};
}

static ntm_fraction whole_points(int64_t points) { return (ntm_fraction){points, 1}; }

static bool known(const ntm_panel_product *product) { return compare(product->mean.least, product->mean.most) == 0; }

/* The band above the mean whose printed lower end is less than a point away, if the mean is in no printed band. */
static const ntm_band *next_printed(const council *c, const ntm_panel_product *product) {
    const ntm_node_spec *grade = grade_of(c);
    for (size_t i = 1; i < grade->band_count; i++) {
        const ntm_band *band = &grade->bands[i];
        if (band->from.scale == 0 && compare(product->mean.least, whole_points(band->from.coefficient)) < 0 &&
            compare(product->mean.least, whole_points(band->from.coefficient - 1)) > 0)
            return band;
    }
    return NULL;
}

/* "30–49, 50–69, ...": what is printed ends a point before the next band. */
static void print_bands(const ntm_node_spec *grade) {
    for (size_t i = 1; i < grade->band_count; i++) {
        const ntm_band *band = &grade->bands[i];
        printf("%s%" PRId64 "–%" PRId64, i == 1 ? "… " : ", ", band->from.coefficient,
               band->to.coefficient - (band->to_open ? 1 : 0));
    }
}

static bool between_bands(report *r) {
    printf("Các hạng in theo số nguyên (");
    print_bands(grade_of(&r->ocop.councils[0]));
    puts("), còn điểm là số bình quân: có thể rơi giữa hai khoảng. Cận dưới");
    puts(
        "quyết định (lựa chọn của chúng tôi, ghi trong bộ tiêu chí): chưa tới cận dưới của hạng trên thì thuộc hạng dưới.");
    for (size_t i = 0; i < OCOP_TYPES; i++) {
        const council *c = &r->ocop.councils[i];
        for (size_t k = 0; k < ntm_panel_count(c->panel); k++) {
            const ntm_panel_product *product = ntm_panel_product_at(c->panel, k);
            const ntm_band *band = known(product) ? next_printed(c, product) : NULL;
            char mean[48];
            if (band == NULL) continue;
            if (!number_text(r, mean, sizeof mean, product->mean.least, 0, 2)) return false;
            printf("  %s: %s nằm giữa %" PRId64 " và %" PRId64 " → ", product->id, mean, band->from.coefficient - 1,
                   band->from.coefficient);
            if (product->most_label == NULL)
                puts("không hạng (bị loại)");
            else
                printf("%s%s sao\n", product->grade.least < product->grade.most ? "nhiều nhất " : "",
                       product->most_label);
        }
    }
    return true;
}

/* ------------------------------------------------------------------------------------------- steps */

enum { POINTS_NEAR = 4 };

/* The sheet of a product with the highest total that is not above the mean; SIZE_MAX when a total is open. */
static bool sheet_below_mean(report *r, size_t *out, const council *c, const ntm_panel_product *product) {
    ntm_range best = {{0, 0}, {0, 0}};
    *out = SIZE_MAX;
    for (size_t row = 0; row < c->sheets.table->rows; row++) {
        ntm_range total;
        if (!same(text_at(c->sheets.table, "product", row), cell_of(product->id))) continue;
        if (ntm_attainment_score(&total, c->by_sheet.result, row, &r->err) != NTM_OK) return false;
        if (compare(total.least, total.most) != 0 || compare(total.least, product->mean.least) > 0) continue;
        if (*out != SIZE_MAX && compare(total.least, best.least) <= 0) continue;
        *out = row;
        best = total;
    }
    return true;
}

static void print_steps(const council *c, const ntm_climb *climb) {
    for (size_t i = 0; i < ntm_climb_step_count(climb); i++) {
        const ntm_climb_step *step = ntm_climb_step_at(climb, i);
        const ntm_fact *fact = ntm_set_fact(c->by_sheet.set, ntm_set_find_fact(c->by_sheet.set, step->fact));
        const char *id = strncmp(step->fact, "level-", 6) == 0 ? step->fact + 6 : step->fact;
        printf("      %s %s: bậc %s → %s", id, fact->name.vi, step->from, step->to);
        if (step->gain.denominator == 1) printf(" (+%" PRId64 " điểm)", step->gain.numerator);
        putchar('\n');
    }
}

static bool climb_lines(report *r, const council *c, const ntm_panel_product *product, const ntm_band *target) {
    /* Which of two ladders applies is not for anybody to work on. */
    static const ntm_climb_cost fixed[] = {{"second-ladder-3.2", "yes", NTM_COST_NEVER}};
    ntm_climb_options options = NTM_CLIMB_OPTIONS_INIT;
    ntm_climb *climb = NULL;
    size_t row;
    char mean[48], lacking[48];
    options.target = product->grade.most + 1;
    options.costs = fixed;
    options.cost_count = 1;
    options.ignore_unknown = true; /* the keys */
    if (!sheet_below_mean(r, &row, c, product)) return false;
    if (row == SIZE_MAX) return true;
    if (ntm_climb_new(&climb, c->by_sheet.plan, c->sheets.table, row, &options, &r->err) != NTM_OK) return false;
    const ntm_climb_summary *about = ntm_climb_about(climb);
    cell judge = text_at(c->sheets.table, "judge", row);
    bool done = number_text(r, mean, sizeof mean, product->mean.least, 0, 2) &&
                number_text(r, lacking, sizeof lacking,
                            minus(whole_points(target->from.coefficient), product->mean.least), 0, 2);
    if (done) {
        printf("  %s: bình quân %s, cách %s sao %s điểm; phiếu %.*s (%" PRId64 " điểm) lên bằng ", product->id, mean,
               target->label, lacking, judge.size, judge.text, about->score.least.numerator);
        if (!about->found)
            puts("cách nào cũng không tới");
        else
            printf("%" PRIu64 " bậc:\n", about->cost);
        print_steps(c, climb);
    }
    ntm_climb_free(climb);
    return done;
}

static bool next_stars(report *r) {
    printf(
        "\nCách hạng trên không quá %d điểm, và các bậc ít công nhất để tới (mỗi bậc tính 1 công). Tìm trên phiếu có tổng cao\n"
        "nhất trong các phiếu không quá điểm bình quân: phiếu ấy tới hạng thì phần tăng đủ bù phần thiếu, nếu các phiếu khác\n"
        "cũng tăng từng ấy; phiếu ấy càng thấp hơn bình quân thì càng có thể dư.\n",
        POINTS_NEAR);
    for (size_t i = 0; i < OCOP_TYPES; i++) {
        const council *c = &r->ocop.councils[i];
        const ntm_node_spec *grade = grade_of(c);
        for (size_t k = 0; k < ntm_panel_count(c->panel); k++) {
            const ntm_panel_product *product = ntm_panel_product_at(c->panel, k);
            uint64_t place = product->grade.most;
            if (!known(product) || place == 0 || place != product->grade.least || place >= grade->band_count) continue;
            const ntm_band *target = &grade->bands[place];
            if (compare(minus(whole_points(target->from.coefficient), product->mean.least), whole_points(POINTS_NEAR)) >
                0)
                continue;
            if (!climb_lines(r, c, product, target)) return false;
        }
    }
    return true;
}

bool ladder_page(report *r) {
    heading("12. OCOP: điểm nằm giữa hai hạng, và đường lên hạng trên", true);
    return between_bands(r) && next_stars(r);
}
