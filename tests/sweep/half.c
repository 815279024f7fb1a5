/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator that lacks a function is refused by every call that takes one, before anything is made. */
#include "whole.h"

#include <string.h>

#define assert_refused(call, err) assert_fails(call, NTM_ERROR_ARGUMENT, err, NULL)

static void files_and_sets(void **state) {
    const whole *w = *state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    ntm_set_spec spec = kit_spec();
    ntm_problems *problems = NULL;
    ntm_set_builder *builder = NULL;
    ntm_set *set = NULL;
    ntm_overlay *overlay = NULL;
    ntm_catalogue *catalogue = NULL;
    ntm_text *text = NULL;
    options.allocator = &fault_lacking;
    assert_refused(ntm_problems_new(&problems, 0, &fault_lacking, &err), &err);
    assert_refused(ntm_set_builder_new(&builder, &spec, NULL, NULL, &fault_lacking, &err), &err);
    assert_refused(ntm_set_read(&set, "a: b", 4, "x", &options, &err), &err);
    assert_refused(ntm_set_open(&set, "x", &options, &err), &err);
    assert_refused(ntm_overlay_read(&overlay, "a: b", 4, "x", &options, &err), &err);
    assert_refused(ntm_overlay_open(&overlay, "x", &options, &err), &err);
    assert_refused(ntm_catalogue_open(&catalogue, NULL, 0, &options, &err), &err);
    assert_refused(ntm_set_write(&text, w->set, &fault_lacking, &err), &err);
    assert_true(problems == NULL && builder == NULL && set == NULL && overlay == NULL && catalogue == NULL && !text);
}

static void tables(void **state) {
    const whole *w = *state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    ntm_csv *csv = NULL;
    ntm_arrow_table *table = NULL;
    struct ArrowSchema schema;
    struct ArrowArray array;
    options.allocator = &fault_lacking;
    assert_refused(ntm_csv_read(&csv, "a\n", 2, "x", NULL, 0, &options, &err), &err);
    assert_refused(ntm_csv_open(&csv, "x", NULL, 0, &options, &err), &err);
    assert_refused(ntm_arrow_export(&schema, &array, &w->s.table, NULL, NULL, &fault_lacking, &err), &err);
    assert_refused(ntm_attainment_export(&schema, &array, w->result, &fault_lacking, &err), &err);
    assert_ok(ntm_attainment_export(&schema, &array, w->result, NULL, &err), &err);
    assert_refused(ntm_arrow_import(&table, &schema, &array, &fault_lacking, &err), &err);
    schema.release(&schema);
    array.release(&array);
    assert_true(csv == NULL && table == NULL);
}

static void attainment(void **state) {
    const whole *w = *state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan_options planned = w->s.plan;
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    ntm_plan *plan = NULL;
    ntm_attainment *result = NULL;
    ntm_explanation *explanation = NULL, *whole_one = NULL;
    ntm_text *text = NULL;
    planned.allocator = options.allocator = &fault_lacking;
    assert_refused(ntm_plan_new(&plan, w->set, &planned, &err), &err);
    assert_refused(ntm_evaluate(&result, w->plans[0], &w->s.table, &options, &err), &err);
    assert_refused(ntm_explain(&explanation, w->plans[0], &w->s.table, 0, NTM_OF_STATUS, 0, &fault_lacking, &err),
                   &err);
    assert_ok(ntm_explain(&whole_one, w->plans[0], &w->s.table, 0, NTM_OF_STATUS, 0, NULL, &err), &err);
    assert_refused(ntm_explanation_line(&text, whole_one, NTM_VI, &fault_lacking, &err), &err);
    assert_refused(ntm_explanation_tree(&text, whole_one, NTM_EN, &fault_lacking, &err), &err);
    ntm_explanation_free(whole_one);
    assert_true(plan == NULL && result == NULL && explanation == NULL && text == NULL);
}

static int start(void **state) {
    static whole w;
    whole_start(&w);
    *state = &w;
    return 0;
}

static int end(void **state) {
    whole_end(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(files_and_sets), cmocka_unit_test(tables),
                                       cmocka_unit_test(attainment)};
    return cmocka_run_group_tests_name("half an allocator", tests, start, end);
}
