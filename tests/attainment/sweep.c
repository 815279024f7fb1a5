/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of every call fails once: nothing leaks, outputs stay as they were. */
#include "model.h"

#include <string.h>

static model m; /* large */
static truth t;
static sheet s;
static ntm_plan *plan;
static const ntm_kernels kernels[] = {NTM_KERNELS_REFERENCE, NTM_KERNELS_PLAIN, NTM_KERNELS_BEST};

enum { ROWS = 100 };

static void *const untouched = (void *)(uintptr_t)0x40;

static ntm_status new_plan(const ntm_allocator *allocator, void *context) {
    ntm_plan_options options = s.plan;
    ntm_plan *made = untouched;
    ntm_error err = NTM_ERROR_INIT;
    options.kernels = *(const ntm_kernels *)context;
    options.allocator = allocator;
    ntm_status status = ntm_plan_new(&made, m.kit.set, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_ptr_equal(made, untouched);
    else
        ntm_plan_free(made);
    return status;
}

static ntm_status evaluated(const ntm_allocator *allocator, void *context) {
    ntm_evaluate_options options = s.evaluate;
    ntm_attainment *made = untouched;
    options.allocator = allocator;
    options.keep = *(const ntm_keep *)context;
    ntm_status status = ntm_evaluate(&made, plan, &s.table, &options, NULL);
    if (status != NTM_OK)
        assert_ptr_equal(made, untouched);
    else
        ntm_attainment_free(made);
    return status;
}

static ntm_status near(const ntm_allocator *allocator, void *context) {
    ntm_evaluate_options options = s.evaluate;
    ntm_attainment *made = NULL;
    size_t rows[ROWS];
    size_t count = 4711;
    (void)context;
    options.allocator = allocator;
    ntm_status status = ntm_evaluate(&made, plan, &s.table, &options, NULL);
    if (status == NTM_OK) {
        memset(rows, 0xee, sizeof rows);
        status = ntm_attainment_near_misses(rows, &count, ROWS, made, SIZE_MAX, NULL);
        if (status != NTM_OK) {
            assert_int_equal(count, 4711);
            assert_int_equal(rows[0], (size_t)0xeeeeeeeeeeeeeeeeu);
        }
    }
    ntm_attainment_free(made);
    return status;
}

static ntm_status exported(const ntm_allocator *allocator, void *context) {
    struct ArrowSchema schema;
    struct ArrowArray array;
    memset(&schema, 0, sizeof schema);
    memset(&array, 0, sizeof array);
    ntm_status status = ntm_attainment_export(&schema, &array, context, allocator, NULL);
    if (status != NTM_OK) {
        assert_null(schema.release);
        assert_null(array.release);
        return status;
    }
    array.release(&array);
    schema.release(&schema);
    return status;
}

static ntm_status explained(const ntm_allocator *allocator, void *context) {
    ntm_explanation *why = untouched;
    ntm_text *line = untouched;
    ntm_text *tree = untouched;
    ntm_of of = *(const ntm_of *)context;
    ntm_status status = ntm_explain(&why, plan, &s.table, 3, of, 0, allocator, NULL);
    if (status != NTM_OK) {
        assert_ptr_equal(why, untouched);
        return status;
    }
    status = ntm_explanation_line(&line, why, NTM_VI, allocator, NULL);
    if (status != NTM_OK)
        assert_ptr_equal(line, untouched);
    else
        ntm_text_free(line);
    if (status == NTM_OK) {
        status = ntm_explanation_tree(&tree, why, NTM_EN, allocator, NULL);
        if (status != NTM_OK)
            assert_ptr_equal(tree, untouched);
        else
            ntm_text_free(tree);
    }
    ntm_explanation_free(why);
    return status;
}

static int set_up(void **state) {
    (void)state;
    static size_t map[ROWS];
    uint64_t random = 11;
    model_start(&m, 1000003, false);
    truth_start(&t, ROWS, &random);
    truth_limit(&t, &random);
    for (size_t row = 0; row < ROWS; row++)
        map[row] = row;
    truth_encode(&s, &t, map, ROWS, &random);
    model_give(&m, &s.plan);
    s.evaluate.keep_values = true;
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    sheet_end(&s);
    truth_end(&t);
    model_end(&m);
    return 0;
}

static void plans(void **state) {
    (void)state;
    for (size_t at = 0; at < 3; at++) {
        ntm_kernels which = kernels[at];
        assert_true(fault_sweep(new_plan, &which, NTM_OK) > 3);
    }
}

static void results(void **state) {
    (void)state;
    for (size_t at = 0; at < 3; at++) {
        ntm_plan_options options = s.plan;
        ntm_error err = NTM_ERROR_INIT;
        options.kernels = kernels[at];
        assert_ok(ntm_plan_new(&plan, m.kit.set, &options, &err), &err);
        for (int keep = 0; keep < 3; keep++) {
            ntm_keep which = (ntm_keep)keep;
            assert_true(fault_sweep(evaluated, &which, NTM_OK) > 0);
        }
        assert_true(fault_sweep(near, NULL, NTM_OK) > 0);
        ntm_attainment *made = NULL;
        assert_ok(ntm_evaluate(&made, plan, &s.table, &s.evaluate, &err), &err);
        assert_true(fault_sweep(exported, made, NTM_OK) > 0);
        ntm_attainment_free(made);
        static const ntm_of all[] = {NTM_OF_STATUS, NTM_OF_CRITERION, NTM_OF_INDICATOR};
        for (size_t which = 0; which < 3; which++) {
            ntm_of of = all[which];
            assert_true(fault_sweep(explained, &of, NTM_OK) > 0);
        }
        ntm_plan_free(plan);
    }
}

/* Nothing is allocated per row: ten times the rows take as many allocations. */
static void not_per_row(void **state) {
    (void)state;
    size_t calls[2];
    static size_t map[10 * ROWS];
    for (size_t at = 0; at < 2; at++) {
        size_t rows = at == 0 ? 300 : 10 * ROWS;
        sheet other;
        fault f = FAULT_INIT;
        ntm_allocator allocator = fault_allocator(&f);
        ntm_plan_options options = s.plan;
        ntm_evaluate_options how = s.evaluate;
        ntm_attainment *made = NULL;
        ntm_plan *fresh = NULL;
        ntm_error err = NTM_ERROR_INIT;
        uint64_t random = 3;
        for (size_t row = 0; row < rows; row++)
            map[row] = row % ROWS;
        truth_encode(&other, &t, map, rows, &random);
        assert_ok(ntm_plan_new(&fresh, m.kit.set, &options, &err), &err);
        how.allocator = &allocator;
        assert_ok(ntm_evaluate(&made, fresh, &other.table, &how, &err), &err);
        calls[at] = f.calls;
        ntm_attainment_free(made);
        ntm_plan_free(fresh);
        fault_assert_empty(&f);
        sheet_end(&other);
    }
    assert_true(calls[1] <= calls[0] + 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(plans), cmocka_unit_test(results),
                                       cmocka_unit_test(not_per_row)};
    return cmocka_run_group_tests_name("attainment without memory", tests, set_up, tear_down);
}
