/* SPDX-License-Identifier: Apache-2.0 */
/* What communes lack, as tasks: duties, norms, who pays, and what was allotted already. */
#include "report.h"

static ntm_csv_field number_of(const char *header, uint8_t scale) {
    ntm_csv_field field = text_field(header);
    field.kind = NTM_CSV_NUMBER;
    field.locale = NTM_LOCALE_VI;
    field.scale = scale;
    return field;
}

static ntm_csv_field date_of(const char *header) {
    ntm_csv_field field = text_field(header);
    field.kind = NTM_CSV_DATE;
    return field;
}

static ntm_csv_field millions_of(const char *header) {
    ntm_csv_field field = text_field(header);
    field.kind = NTM_CSV_MONEY;
    field.locale = NTM_LOCALE_VI;
    field.money_unit = 1000000;
    return field;
}

static bool make_tasks(report *r, const ntm_table *duties, const ntm_norms *norms, const ntm_table *division,
                       const ntm_table *allotted) {
    ntm_gaps_options wanted = NTM_GAPS_OPTIONS_INIT;
    ntm_tasks_options options = NTM_TASKS_OPTIONS_INIT;
    wanted.margins = true;
    wanted.ignore_unknown = true; /* the codes */
    options.codes = &ntm_table_find(r->facts.table, "code")->column;
    options.duties = duties;
    options.norms = norms;
    options.division = division;
    options.allotted = allotted;
    options.rounding = NTM_ROUND_HALF_UP;
    options.units = r->registry;
    options.echelon = NTM_ECHELON_COMMUNE;
    options.on = r->day;
    return ntm_gaps_new(&r->gaps, r->recalled.plan, r->facts.table, &wanted, &r->err) == NTM_OK &&
           ntm_tasks_new(&r->tasks, r->gaps, &options, &r->err) == NTM_OK;
}

bool read_tasks(report *r) {
    input duties = {NULL, NULL}, norms_file = {NULL, NULL}, division = {NULL, NULL}, allotted = {NULL, NULL};
    const ntm_csv_field duty_fields[] = {text_field("criterion"), text_field("fact"),  text_field("department"),
                                         text_field("doer"),      date_of("deadline"), text_field("work"),
                                         text_field("work_unit"), number_of("per", 2), text_field("component")};
    const ntm_csv_field norm_fields[] = {text_field("work"), text_field("resource"), text_field("work_unit"),
                                         number_of("amount", 0), text_field("citation")};
    const ntm_csv_field division_fields[] = {text_field("work"), text_field("resource"), text_field("source"),
                                             text_field("doer"), number_of("share", 0),  text_field("citation")};
    const ntm_csv_field allotted_fields[] = {text_field("unit"), text_field("component"), text_field("source"),
                                             millions_of("amount")};
    ntm_norms *norms = NULL;
    bool done = read_fields(r, &duties, "departments-illustrative.csv", duty_fields, 9) &&
                read_fields(r, &norms_file, "task-norms-illustrative.csv", norm_fields, 5) &&
                read_fields(r, &division, "task-division-illustrative.csv", division_fields, 6) &&
                read_fields(r, &allotted, "allotted-2020-illustrative.csv", allotted_fields, 4) &&
                ntm_norms_new(&norms, norms_file.table, NULL, &r->err) == NTM_OK &&
                make_tasks(r, duties.table, norms, division.table, allotted.table);
    ntm_norms_free(norms);
    ntm_csv_free(duties.csv);
    ntm_csv_free(norms_file.csv);
    ntm_csv_free(division.csv);
    ntm_csv_free(allotted.csv);
    return done;
}

void close_tasks(report *r) {
    ntm_tasks_free(r->tasks);
    ntm_gaps_free(r->gaps);
}
