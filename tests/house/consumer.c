/* SPDX-License-Identifier: Apache-2.0 */
/* A user's program: built against the installed library with nothing but pkg-config (see installed.py). */
#include <inttypes.h>
#include <ntm/ntm.h>
#include <stdio.h>
#include <string.h>

static int fail(const char *what, const ntm_error *err) {
    fprintf(stderr, "%s: %s: %s: %s\n", what, ntm_status_name(err->status), err->subject, err->message);
    return 1;
}

/* Evaluates a table of two communes of which nothing is reported but a region: the best case has to stay open. */
static int evaluate(const ntm_set *set, ntm_error *err) {
    ntm_axis_value axes[] = {{"region", "BTB"}};
    ntm_plan_options plan_options = NTM_PLAN_OPTIONS_INIT;
    plan_options.on = ntm_date_ymd(2020, 2, 25);
    plan_options.axes = axes;
    plan_options.axis_count = 1;
    ntm_plan *plan = NULL;
    if (ntm_plan_new(&plan, set, &plan_options, err)) return fail("plan", err);

    int64_t rows[] = {1, 2};
    ntm_field fields[] = {{"row-number", ntm_column_int64(rows, 2)}};
    ntm_table table = NTM_TABLE_INIT;
    table.rows = 2;
    table.fields = fields;
    table.field_count = 1;
    ntm_attainment *result = NULL;
    ntm_evaluate_options how = NTM_EVALUATE_OPTIONS_INIT;
    how.ignore_unknown = true;
    ntm_status status = ntm_evaluate(&result, plan, &table, &how, err);
    ntm_plan_free(plan);
    if (status) return fail("evaluate", err);

    ntm_bounds met = ntm_attainment_criteria_met(result, 0);
    size_t criteria = ntm_set_criterion_count(set);
    printf("%s: between %" PRIu64 " and %" PRIu64 " of %zu criteria met\n", ntm_set_about(set)->id, met.least, met.most,
           criteria);
    int wrong = ntm_attainment_rows(result) != 2 || met.least != 0 || met.most != criteria || criteria == 0 ||
                ntm_attainment_status(result, 0) != NTM_OPEN;
    ntm_attainment_free(result);
    if (wrong) fprintf(stderr, "nothing is reported, so nothing may be decided\n");
    return wrong;
}

int main(void) {
    if (strcmp(ntm_version(), NTM_VERSION) != 0) {
        fprintf(stderr, "header %s, library %s\n", NTM_VERSION, ntm_version());
        return 1;
    }
    ntm_error err = NTM_ERROR_INIT;
    ntm_catalogue *catalogue = NULL;
    if (ntm_catalogue_open(&catalogue, NULL, 0, NULL, &err)) return fail("catalogue", &err);
    const ntm_set *set = NULL;
    int failed = 0;
    if (ntm_catalogue_find(&set, catalogue, "ntm", "commune", "standard", "VN", ntm_date_ymd(2020, 2, 25), &err)) {
        failed = fail("find", &err);
    } else {
        failed = evaluate(set, &err);
    }
    ntm_catalogue_free(catalogue);
    return failed;
}
