/* SPDX-License-Identifier: Apache-2.0 */
/* Reading files of the data folder, and evaluating them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

bool read_fields(report *r, input *in, const char *file, const ntm_csv_field *fields, size_t count) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", r->folder, file);
    if (ntm_csv_open(&in->csv, path, fields, count, NULL, &r->err) != NTM_OK) return false;
    in->table = ntm_csv_table(in->csv);
    return true;
}

ntm_csv_field text_field(const char *header) {
    ntm_csv_field field;
    memset(&field, 0, sizeof field);
    field.header = header;
    field.kind = NTM_CSV_TEXT;
    return field;
}

/* A file of nothing but text. */
bool read_texts(report *r, input *in, const char *file, const char *const *headers, size_t count) {
    ntm_csv_field fields[8];
    for (size_t i = 0; i < count; i++)
        fields[i] = text_field(headers[i]);
    return read_fields(r, in, file, fields, count);
}

bool read_register(report *r, ntm_register **out, const char *file, const ntm_status_rule *rules, size_t rule_count) {
    char path[4096];
    ntm_register_options options = NTM_REGISTER_OPTIONS_INIT;
    options.rules = rules;
    options.rule_count = rule_count;
    (void)snprintf(path, sizeof path, "%s/%s", r->folder, file);
    return ntm_register_open(out, path, &options, &r->err) == NTM_OK;
}

ntm_csv_field fact_field(const ntm_set *set, const char *name, wording said) {
    ntm_csv_field field;
    memset(&field, 0, sizeof field);
    field.name = name;
    field.header = strncmp(name, "holds:", 6) == 0 ? name + 6 : name; /* a standard's column is called after it */
    field.locale = NTM_LOCALE_VI;
    field.yes = said.yes;
    field.no = said.no;
    field.not_applicable = "không áp dụng";
    const ntm_fact *fact = ntm_set_fact(set, ntm_set_find_fact(set, name));
    field.kind = fact == NULL || fact->kind == NTM_KIND_FLAG ? NTM_CSV_FLAG
                 : fact->kind == NTM_KIND_LEVEL              ? NTM_CSV_CODES
                                                             : NTM_CSV_NUMBER;
    bool whole = fact != NULL && (fact->kind == NTM_KIND_COUNT ||
                                  (fact->unit != NULL && strncmp(fact->unit, "đồng", sizeof "đồng" - 1) == 0));
    field.scale = whole ? 0 : 1;
    return field;
}

bool read_facts(report *r, input *in, const char *file, const ntm_plan *plan, wording said, const ntm_csv_field *keys,
                size_t key_count) {
    size_t inputs = ntm_plan_input_count(plan), count = key_count;
    const ntm_set *set = ntm_plan_set(plan);
    ntm_csv_field *fields = calloc(inputs + key_count, sizeof *fields);
    if (fields == NULL) return false;
    memcpy(fields, keys, key_count * sizeof *keys);
    for (size_t i = 0; i < inputs; i++) {
        bool axis = false;
        for (size_t k = 0; k < ntm_set_axis_count(set); k++)
            axis = axis || strcmp(ntm_set_axis(set, k)->id, ntm_plan_input(plan, i)) == 0;
        /* What is counted over children is found by a cascade. */
        if (!axis && strncmp(ntm_plan_input(plan, i), "children:", 9) != 0)
            fields[count++] = fact_field(set, ntm_plan_input(plan, i), said);
    }
    bool read = read_fields(r, in, file, fields, count);
    free(fields);
    return read;
}

bool compile(report *r, evaluation *e, const ntm_set *set, const ntm_axis_value *axes, size_t axis_count) {
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    options.on = r->day;
    options.axes = axes;
    options.axis_count = axis_count;
    e->set = set;
    return ntm_plan_new(&e->plan, set, &options, &r->err) == NTM_OK;
}

bool evaluate(report *r, evaluation *e, const ntm_table *table) {
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.ignore_unknown = true; /* codes and names, and facts that only the recalled layer asks for */
    options.keep_values = ntm_set_value_count(e->set) > 0;
    return ntm_evaluate(&e->result, e->plan, table, &options, &r->err) == NTM_OK;
}

cell text_at(const ntm_table *table, const char *name, size_t row) {
    const ntm_field *field = ntm_table_find(table, name);
    const char *text = "";
    size_t size = 0;
    if (field == NULL || ntm_column_text(&text, &size, &field->column, row, NULL) != NTM_OK) return (cell){"", 0};
    return (cell){text, (int)size};
}

int64_t whole_at(const ntm_table *table, const char *name, size_t row) {
    ntm_decimal value = {0, 0};
    const ntm_field *field = ntm_table_find(table, name);
    return field != NULL && ntm_column_decimal(&value, &field->column, row, NULL) == NTM_OK ? value.coefficient : 0;
}

cell cell_of(const char *text) { return (cell){text, (int)strlen(text)}; }

bool same(cell a, cell b) { return a.size == b.size && memcmp(a.text, b.text, (size_t)a.size) == 0; }

size_t find_row(const ntm_table *table, const char *name, cell wanted) {
    for (size_t row = 0; row < table->rows; row++)
        if (same(text_at(table, name, row), wanted)) return row;
    return SIZE_MAX;
}
