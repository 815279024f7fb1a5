/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the law of a case, evaluates its table, and gives everything back. */
#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void path_of(char *out, size_t capacity, const golden_case *c, const char *name) {
    snprintf(out, capacity, "%s/%s", c->directory, name);
}

/* "set in force ntm commune standard VN". */
static ntm_status in_force(golden_case *c, const char *rest) {
    char words[4][64];
    for (int at = 0; at < 4; at++)
        if (!golden_word(&rest, words[at], sizeof words[0])) words[at][0] = '\0';
    return ntm_catalogue_find(&c->rules, c->catalogue, words[0], words[1], words[2], words[3], c->on, &c->err);
}

static ntm_status read_set(golden_case *c) {
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.problems = c->problems;
    if (strncmp(c->set, "file:", 5) == 0) {
        char path[2 * GOLDEN_TEXT];
        path_of(path, sizeof path, c, c->set + 5);
        ntm_status status = ntm_set_open(&c->owned, path, &options, &c->err);
        c->rules = c->owned;
        return status;
    }
    ntm_status status = ntm_catalogue_open(&c->catalogue, NULL, 0, NULL, &c->err);
    if (status != NTM_OK) return status;
    if (strncmp(c->set, "in force ", 9) == 0) return in_force(c, c->set + 9);
    c->rules = ntm_catalogue_get(c->catalogue, c->set);
    return c->rules != NULL ? NTM_OK : NTM_ERROR_NOT_FOUND;
}

static ntm_status lay(golden_case *c, const char *name) {
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.problems = c->problems;
    ntm_overlay *read = NULL;
    const ntm_overlay *overlay = NULL;
    ntm_set *both = NULL;
    ntm_status status = NTM_OK;
    if (strncmp(name, "file:", 5) == 0) {
        char path[2 * GOLDEN_TEXT];
        path_of(path, sizeof path, c, name + 5);
        status = ntm_overlay_open(&read, path, &options, &c->err);
        overlay = read;
    } else {
        overlay = c->catalogue == NULL ? NULL : ntm_catalogue_get_overlay(c->catalogue, name);
        if (overlay == NULL) status = NTM_ERROR_NOT_FOUND;
    }
    if (status == NTM_OK) status = ntm_set_overlay(&both, c->rules, overlay, &options, &c->err);
    ntm_overlay_free(read);
    if (status != NTM_OK) return status;
    ntm_set_free(c->owned);
    c->owned = both;
    c->rules = both;
    return NTM_OK;
}

static ntm_status make_plan(golden_case *c) {
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    ntm_axis_value axes[GOLDEN_AXES];
    for (size_t at = 0; at < c->axis_count; at++)
        axes[at] = (ntm_axis_value){c->axes[at][0], c->axes[at][1]};
    options.on = c->on;
    options.out_of_force = c->out_of_force;
    options.axes = axes;
    options.axis_count = c->axis_count;
    options.kernels = c->kernels;
    return ntm_plan_new(&c->plan, c->rules, &options, &c->err);
}

static ntm_status read_csv(golden_case *c) {
    ntm_csv_field fields[GOLDEN_COLUMNS];
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    char path[2 * GOLDEN_TEXT];
    path_of(path, sizeof path, c, c->csv);
    for (size_t at = 0; at < c->wanted_count; at++)
        fields[at] = c->wanted[at].field;
    options.problems = c->problems;
    ntm_status status = ntm_csv_open(&c->table_read, path, fields, c->wanted_count, &options, &c->err);
    if (status == NTM_OK) c->table = *ntm_csv_table(c->table_read);
    return status;
}

bool golden_run(golden_case *c) {
    if (c->ready) return true;
    c->ready = true;
    c->status = ntm_problems_new(&c->problems, 0, NULL, &c->err);
    if (c->set[0] == '\0' && c->csv[0] == '\0') return golden_complain(c, "no set and no table");
    if (c->status == NTM_OK && c->set[0] != '\0') c->status = read_set(c);
    for (size_t at = 0; c->status == NTM_OK && at < c->overlay_count; at++)
        c->status = lay(c, c->overlays[at]);
    if (c->status == NTM_OK && c->csv[0] != '\0') c->status = read_csv(c);
    if (c->status != NTM_OK || c->set[0] == '\0') return true;
    if (c->on == NTM_DATE_NONE) c->on = ntm_date_ymd(2020, 2, 25);
    c->status = make_plan(c);
    if (c->status != NTM_OK) return true;
    if (c->csv[0] == '\0' && !golden_table(c)) return false;
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.problems = c->problems;
    options.ignore_unknown = !c->refuse_unknown;
    options.keep_values = ntm_set_value_count(c->rules) > 0;
    c->status = ntm_evaluate(&c->result, c->plan, &c->table, &options, &c->err);
    return true;
}

void golden_clear(golden_case *c) {
    ntm_attainment_free(c->result);
    ntm_plan_free(c->plan);
    ntm_csv_free(c->table_read);
    ntm_set_free(c->owned);
    ntm_catalogue_free(c->catalogue);
    ntm_problems_free(c->problems);
    for (size_t at = 0; at < c->column_count; at++) {
        free(c->columns[at].data);
        free(c->columns[at].text);
    }
    c->result = NULL;
    c->plan = NULL;
    c->table_read = NULL;
    c->owned = NULL;
    c->catalogue = NULL;
    c->problems = NULL;
    c->column_count = 0;
}
