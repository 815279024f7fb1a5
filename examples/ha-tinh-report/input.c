/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the data folder. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

static bool read_fields(report *r, input *in, const char *folder, const char *file, const ntm_csv_field *fields,
                        size_t count) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, file);
    if (ntm_csv_open(&in->csv, path, fields, count, NULL, &r->err) != NTM_OK) return false;
    in->table = ntm_csv_table(in->csv);
    return true;
}

/* A file of nothing but text. */
static bool read_texts(report *r, input *in, const char *folder, const char *file, const char *const *headers,
                       size_t count) {
    ntm_csv_field fields[8];
    memset(fields, 0, sizeof fields);
    for (size_t i = 0; i < count; i++) {
        fields[i].header = headers[i];
        fields[i].kind = NTM_CSV_TEXT;
    }
    return read_fields(r, in, folder, file, fields, count);
}

/* How the facts of a set stand in a file: yes and no as "đạt" and "chưa đạt", numbers in Vietnamese style. */
static ntm_csv_field fact_field(const ntm_set *set, const char *name) {
    ntm_csv_field field;
    memset(&field, 0, sizeof field);
    field.name = name;
    field.header = strncmp(name, "holds:", 6) == 0 ? name + 6 : name; /* a standard's column is called after it */
    field.locale = NTM_LOCALE_VI;
    field.yes = "đạt";
    field.no = "chưa đạt";
    field.not_applicable = "không áp dụng";
    const ntm_fact *fact = ntm_set_fact(set, ntm_set_find_fact(set, name));
    field.kind = fact == NULL || fact->kind == NTM_KIND_FLAG ? NTM_CSV_FLAG
                 : fact->kind == NTM_KIND_LEVEL              ? NTM_CSV_CODES
                                                             : NTM_CSV_NUMBER;
    field.scale = fact != NULL && fact->kind == NTM_KIND_COUNT ? 0 : 1;
    return field;
}

/* The key columns, then every input of the plan but its axes, which the report fixes. */
static bool read_facts(report *r, input *in, const char *folder, const char *file, const ntm_plan *plan,
                       const char *const *keys, size_t key_count) {
    size_t inputs = ntm_plan_input_count(plan), count = 0;
    const ntm_set *set = ntm_plan_set(plan);
    ntm_csv_field *fields = calloc(inputs + key_count, sizeof *fields);
    if (fields == NULL) return false;
    for (size_t i = 0; i < key_count; i++) {
        fields[count].header = keys[i];
        fields[count++].kind = NTM_CSV_TEXT;
    }
    for (size_t i = 0; i < inputs; i++) {
        bool axis = false;
        for (size_t k = 0; k < ntm_set_axis_count(set); k++)
            axis = axis || strcmp(ntm_set_axis(set, k)->id, ntm_plan_input(plan, i)) == 0;
        if (!axis) fields[count++] = fact_field(set, ntm_plan_input(plan, i));
    }
    bool read = read_fields(r, in, folder, file, fields, count);
    free(fields);
    return read;
}

static bool compile(report *r, evaluation *e, const ntm_set *set, const ntm_axis_value *axes, size_t axis_count) {
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    options.on = ntm_date_ymd(2020, 2, 25);
    options.axes = axes;
    options.axis_count = axis_count;
    e->set = set;
    return ntm_plan_new(&e->plan, set, &options, &r->err) == NTM_OK;
}

bool evaluate(report *r, evaluation *e, const ntm_set *set, const ntm_table *table) {
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.ignore_unknown = true; /* codes and names, and facts that only the recalled layer asks for */
    e->set = set;
    return ntm_evaluate(&e->result, e->plan, table, &options, &r->err) == NTM_OK;
}

bool read_inputs(report *r, const char *folder) {
    static const char *const unit_headers[] = {"code", "name", "level", "district_code", "district"};
    static const char *const district_headers[] = {"code", "name"};
    static const char *const merger_headers[] = {"old_code", "old_name", "new_code", "new_name", "district"};
    static const char *const meeting_headers[] = {"id", "section", "what_vi", "printed", "kind", "source"};
    static const char *const department_headers[] = {"criterion", "department"};
    static const char *const code[] = {"code"}, *const garden[] = {"garden", "village", "commune"};
    static const ntm_axis_value region = {"region", "BTB"}; /* Hà Tĩnh lies in Bắc Trung Bộ */
    const ntm_set *set = NULL;
    ntm_date day = ntm_date_ymd(2020, 2, 25);
    if (ntm_catalogue_open(&r->catalogue, NULL, 0, NULL, &r->err) != NTM_OK ||
        ntm_catalogue_find(&set, r->catalogue, "ntm", "commune", "standard", "42", day, &r->err) != NTM_OK)
        return false;
    /* Asked for by name: nobody has read from which day it is in force, so that no day finds it. */
    const ntm_set *gardens = ntm_catalogue_get(r->catalogue, "garden-model-ha-tinh");
    const ntm_overlay *overlay = ntm_catalogue_get_overlay(r->catalogue, "commune-ntm-2016-2020.recalled.unverified");
    if (ntm_set_overlay(&r->with_recalled, set, overlay, NULL, &r->err) != NTM_OK) return false;
    return compile(r, &r->cited, set, &region, 1) && compile(r, &r->recalled, r->with_recalled, &region, 1) &&
           compile(r, &r->gardens, gardens, NULL, 0) &&
           read_texts(r, &r->units, folder, "units.csv", unit_headers, 5) &&
           read_texts(r, &r->districts, folder, "districts.csv", district_headers, 2) &&
           read_texts(r, &r->mergers, folder, "mergers.csv", merger_headers, 5) &&
           read_texts(r, &r->meeting, folder, "meeting.csv", meeting_headers, 6) &&
           read_texts(r, &r->departments, folder, "departments-illustrative.csv", department_headers, 2) &&
           read_facts(r, &r->facts, folder, "indicators-illustrative.csv", r->recalled.plan, code, 1) &&
           read_facts(r, &r->garden_facts, folder, "gardens-illustrative.csv", r->gardens.plan, garden, 3) &&
           evaluate(r, &r->cited, set, r->facts.table) && evaluate(r, &r->recalled, r->with_recalled, r->facts.table) &&
           evaluate(r, &r->gardens, gardens, r->garden_facts.table);
}

cell text_at(const ntm_table *table, const char *name, size_t row) {
    const ntm_field *field = ntm_table_find(table, name);
    const char *text = "";
    size_t size = 0;
    if (field == NULL || ntm_column_text(&text, &size, &field->column, row, NULL) != NTM_OK) return (cell){"", 0};
    return (cell){text, (int)size};
}

bool same(cell a, cell b) { return a.size == b.size && memcmp(a.text, b.text, (size_t)a.size) == 0; }

size_t find_row(const ntm_table *table, const char *name, cell wanted) {
    for (size_t row = 0; row < table->rows; row++)
        if (same(text_at(table, name, row), wanted)) return row;
    return SIZE_MAX;
}
