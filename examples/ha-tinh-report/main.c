/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report that Hà Tĩnh's steering committee of 25/2/2020 would have wanted, from plain files.
 *
 *   ha-tinh-report examples/data/ha-tinh-2020-02 examples/data/viet-nam-2025-07
 *
 * Units, mergers and the meeting's own figures are real; facts of communes, villages, products, households and people
 * are illustrative (they are not public), and every page that uses them says so.
 */
#include <stdio.h>
#include <string.h>

#include "report.h"

static bool read_inputs(report *r) {
    return ntm_catalogue_open(&r->catalogue, NULL, 0, NULL, &r->err) == NTM_OK && read_units(r) && read_communes(r) &&
           read_villages(r) && read_ocop(r) && read_poverty(r) && read_merged(r) && read_months(r) &&
           read_budget(r) && read_tasks(r);
}

static bool write_report(report *r) {
    puts("BÁO CÁO BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA TỈNH HÀ TĨNH");
    puts(
        "Phiên họp 25/2/2020. Dựng lại từ nguồn công khai; số liệu của từng xã, thôn, sản phẩm, hộ và người là minh họa.");
    return units_pages(r) && communes_pages(r) && villages_pages(r) && ocop_pages(r) && poverty_pages(r) &&
           support_pages(r) && status_pages(r) && merged_pages(r) && districts_page(r) && province_page(r) &&
           months_page(r) && budget_pages(r) && tasks_pages(r) && task_list_page(r) && sources_page(r);
}

static void close_evaluation(evaluation *e) {
    ntm_attainment_free(e->result);
    ntm_plan_free(e->plan);
}

static void close_report(report *r) {
    evaluation *evaluations[] = {&r->cited, &r->recalled, &r->gardens, &r->areas};
    for (size_t i = 0; i < sizeof evaluations / sizeof *evaluations; i++)
        close_evaluation(evaluations[i]);
    input *inputs[] = {&r->meeting,  &r->facts,         &r->departments,   &r->garden_facts,
                       &r->villages, &r->ocop.products, &r->poverty.people};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        ntm_csv_free(inputs[i]->csv);
    for (size_t i = 0; i < OCOP_TYPES; i++) {
        ntm_panel_free(r->ocop.councils[i].panel);
        close_evaluation(&r->ocop.councils[i].by_sheet);
        ntm_csv_free(r->ocop.councils[i].sheets.csv);
    }
    for (size_t i = 0; i < REVIEWS; i++) {
        close_evaluation(&r->poverty.by_review[i]);
        ntm_csv_free(r->poverty.households[i].csv);
    }
    ntm_register_free(r->ocop.earlier);
    ntm_register_free(r->villages_registered);
    ntm_register_free(r->recognised);
    ntm_register_free(r->recognised_for_good);
    ntm_plan_free(r->next_cited.plan);
    ntm_plan_free(r->next_recalled.plan);
    close_merged(r);
    close_budget(r);
    close_tasks(r);
    ntm_set_free(r->with_recalled);
    ntm_set_free(r->next_with_recalled);
    ntm_units_free(r->registry);
    ntm_catalogue_free(r->catalogue);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s FOLDER UNITS   (examples/data/ha-tinh-2020-02 examples/data/viet-nam-2025-07)\n",
                argv[0]);
        return 2;
    }
    report r;
    memset(&r, 0, sizeof r);
    r.err = (ntm_error)NTM_ERROR_INIT;
    r.folder = argv[1];
    r.units_folder = argv[2];
    r.day = ntm_date_ymd(2020, 2, 25);
    r.merged_on = ntm_date_ymd(2020, 1, 1);
    bool done = read_inputs(&r) && write_report(&r);
    if (!done) {
        fprintf(stderr, "%s: %s", ntm_status_name(r.err.status), r.err.subject);
        if (r.err.line > 0) fprintf(stderr, ":%u:%u", r.err.line, r.err.column);
        fprintf(stderr, ": %s\n", r.err.message);
    }
    close_report(&r);
    return done ? 0 : 1;
}
