/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of compiling, evaluating, explaining and giving out fails once. */
#include "whole.h"

#include <string.h>

typedef struct asked {
    whole *w;
    int kernels;
    ntm_of of;
    size_t index;
    ntm_language language;
    bool tree;
} asked;

static void assert_no_memory(ntm_status status, const ntm_error *err) {
    assert_int_equal(err->status, status);
    assert_string_not_equal(err->message, "");
}

static ntm_status plan_new(const ntm_allocator *allocator, void *context) {
    const asked *a = context;
    static const ntm_axis_value fixed[] = {{"region", "BTB"}};
    ntm_plan *plan = NULL;
    ntm_plan_options options = a->w->s.plan;
    ntm_error err = NTM_ERROR_INIT;
    options.kernels = (ntm_kernels)a->kernels;
    options.allocator = allocator;
    options.axes = fixed;
    options.axis_count = a->index;
    ntm_status status = ntm_plan_new(&plan, a->w->set, &options, &err);
    if (status != NTM_OK) {
        assert_null(plan);
        assert_no_memory(status, &err);
    } else {
        assert_true(ntm_plan_input_count(plan) > 10);
    }
    ntm_plan_free(plan);
    return status;
}

/* assert_same_results() would allocate. */
static void assert_alike(const whole *w, const ntm_attainment *result) {
    for (size_t row = 0; row < ntm_attainment_rows(w->result); row++) {
        assert_int_equal(ntm_attainment_status(result, row), ntm_attainment_status(w->result, row));
        assert_int_equal(ntm_attainment_grade(result, row).most, ntm_attainment_grade(w->result, row).most);
        for (size_t at = 0; at < ntm_set_indicator_count(w->set); at++)
            assert_int_equal(ntm_attainment_indicator(result, row, at), ntm_attainment_indicator(w->result, row, at));
    }
}

static ntm_status evaluate(const ntm_allocator *allocator, void *context) {
    const asked *a = context;
    ntm_attainment *result = NULL;
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.ignore_unknown = true;
    ntm_error err = NTM_ERROR_INIT;
    options.keep = (ntm_keep)a->index;
    options.keep_values = options.keep == NTM_KEEP_INDICATORS;
    options.allocator = allocator;
    ntm_status status = ntm_evaluate(&result, a->w->plans[a->kernels], &a->w->s.table, &options, &err);
    if (status != NTM_OK) {
        assert_null(result);
        assert_no_memory(status, &err);
    } else if (options.keep == NTM_KEEP_INDICATORS) {
        assert_alike(a->w, result);
    }
    ntm_attainment_free(result);
    return status;
}

/* A table that is refused, with its problems in a list that may not find memory either. */
static ntm_status evaluate_badly(const ntm_allocator *allocator, void *context) {
    const asked *a = context;
    static const int64_t below[] = {-1, 5, -7, 2};
    ntm_field fields[SHEET_FIELDS];
    ntm_table table = a->w->s.table;
    ntm_attainment *result = NULL;
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.ignore_unknown = true;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_problems_new(&options.problems, 0, allocator, &err);
    if (status != NTM_OK) return status;
    memcpy(fields, table.fields, table.field_count * sizeof *fields);
    table.fields = fields;
    fields[0].column = ntm_column_int64(below, 4);
    options.allocator = allocator;
    status = ntm_evaluate(&result, a->w->plans[a->kernels], &table, &options, &err);
    assert_null(result);
    assert_int_not_equal(status, NTM_OK);
    assert_no_memory(status, &err);
    ntm_problems_free(options.problems);
    return status;
}

static ntm_status explain(const ntm_allocator *allocator, void *context) {
    const asked *a = context;
    ntm_explanation *explanation = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status =
        ntm_explain(&explanation, a->w->plans[a->kernels], &a->w->s.table, 1, a->of, a->index, allocator, &err);
    if (status != NTM_OK) {
        assert_null(explanation);
        assert_no_memory(status, &err);
    } else {
        assert_true(ntm_explanation_steps(explanation) > 0);
    }
    ntm_explanation_free(explanation);
    return status;
}

static ntm_status write_explanation(const ntm_allocator *allocator, void *context) {
    const asked *a = context;
    ntm_explanation *explanation = NULL;
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_explain(&explanation, a->w->plans[0], &a->w->s.table, 1, a->of, a->index, NULL, &err), &err);
    ntm_status status = a->tree ? ntm_explanation_tree(&text, explanation, a->language, allocator, &err)
                                : ntm_explanation_line(&text, explanation, a->language, allocator, &err);
    ntm_explanation_free(explanation); /* before the text, which is independent of it */
    if (status != NTM_OK) {
        assert_null(text);
        assert_no_memory(status, &err);
    } else {
        assert_true(ntm_text_size(text) > 0);
    }
    ntm_text_free(text);
    return status;
}

static ntm_status export_result(const ntm_allocator *allocator, void *context) {
    const asked *a = context;
    struct ArrowSchema schema, kept_schema;
    struct ArrowArray array, kept_array;
    ntm_error err = NTM_ERROR_INIT;
    memset(&schema, 0x5a, sizeof schema);
    memset(&array, 0x5a, sizeof array);
    kept_schema = schema;
    kept_array = array;
    ntm_status status = ntm_attainment_export(&schema, &array, a->w->result, allocator, &err);
    if (status != NTM_OK) {
        assert_memory_equal(&schema, &kept_schema, sizeof schema);
        assert_memory_equal(&array, &kept_array, sizeof array);
        assert_no_memory(status, &err);
        return status;
    }
    assert_int_equal(array.length, 4);
    schema.release(&schema);
    array.release(&array);
    return status;
}

/* It takes its memory from the result's allocator: the result is made with it, too. */
static ntm_status near_misses(const ntm_allocator *allocator, void *context) {
    const asked *a = context;
    ntm_attainment *result = NULL;
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.ignore_unknown = true;
    ntm_error err = NTM_ERROR_INIT;
    size_t rows[4] = {77, 77, 77, 77}, count = 77;
    options.allocator = allocator;
    ntm_status status = ntm_evaluate(&result, a->w->plans[0], &a->w->s.table, &options, &err);
    if (status != NTM_OK) return status;
    status = ntm_attainment_near_misses(rows, &count, 4, result, SIZE_MAX, &err);
    if (status != NTM_OK) {
        assert_int_equal(count, 77);
        assert_int_equal(rows[0], 77);
        assert_no_memory(status, &err);
    } else {
        assert_true(count <= 4);
    }
    ntm_attainment_free(result);
    return status;
}

static whole *start(void **state) {
    whole_start(*state);
    return *state;
}

static void plans(void **state) {
    asked a = {.w = start(state)};
    for (a.kernels = 0; a.kernels < 3; a.kernels++)
        for (a.index = 0; a.index < 2; a.index++)
            assert_true(fault_sweep(plan_new, &a, NTM_OK) > 4);
    whole_end(a.w);
}

static void evaluations(void **state) {
    asked a = {.w = start(state)};
    for (a.kernels = 0; a.kernels < 3; a.kernels++) {
        for (a.index = NTM_KEEP_STATUS; a.index <= NTM_KEEP_INDICATORS; a.index++)
            assert_true(fault_sweep(evaluate, &a, NTM_OK) > 2);
        assert_true(fault_sweep_tolerant(evaluate_badly, &a, NTM_ERROR_VALUE) > 3);
    }
    assert_true(fault_sweep(near_misses, &a, NTM_OK) > 3);
    whole_end(a.w);
}

static void explanations(void **state) {
    asked a = {.w = start(state)};
    for (int of = NTM_OF_STATUS; of <= NTM_OF_PRECONDITION; of++)
        for (a.index = 0; a.index < (of == NTM_OF_INDICATOR ? ntm_set_indicator_count(a.w->set) : 1); a.index++) {
            a.of = (ntm_of)of;
            for (a.kernels = 0; a.kernels < 3; a.kernels++)
                assert_true(fault_sweep(explain, &a, NTM_OK) > 2);
            for (int turn = 0; turn < 4; turn++) {
                a.language = turn % 2 == 0 ? NTM_VI : NTM_EN;
                a.tree = turn / 2 == 1;
                assert_true(fault_sweep(write_explanation, &a, NTM_OK) >= 2);
            }
        }
    whole_end(a.w);
}

static void exports(void **state) {
    asked a = {.w = start(state)};
    assert_true(fault_sweep(export_result, &a, NTM_OK) > 3);
    whole_end(a.w);
}

int main(void) {
    static whole w;
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(plans, &w), cmocka_unit_test_prestate(evaluations, &w),
                                       cmocka_unit_test_prestate(explanations, &w),
                                       cmocka_unit_test_prestate(exports, &w)};
    return cmocka_run_group_tests_name("attainment without memory", tests, NULL, NULL);
}
