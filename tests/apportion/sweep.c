/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of dividing and explaining fails once. */
#include "fault.h"
#include "rows.h"

#include <ntm/apportion.h>

static const ntm_class_coefficient classes[] = {{"a", {5, 0}, "one"}, {"b", {3, 0}, NULL}};

static ntm_status divide(const ntm_allocator *allocator, void *context) {
    ntm_apportion_options options = NTM_APPORTION_OPTIONS_INIT;
    ntm_apportionment *a = NULL;
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.allocator = allocator;
    options.coefficients = classes;
    options.coefficient_count = 2;
    options.several = NTM_CLASSES_HIGHEST;
    options.leave_out = true;
    options.citation = "the rule";
    ntm_status status = ntm_apportion_new(&a, 1000, context, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) {
        assert_null(a);
        return status;
    }
    status = ntm_apportionment_explain(&text, a, 0, NTM_VI, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(text);
    ntm_text_free(text);
    ntm_apportionment_free(a);
    return status;
}

static void sweeps(void **state) {
    (void)state;
    ntm_csv *csv = rows_read("unit,class,cap#0\nX,a,\nY,b,100\nX,b,\nZ,,\nV,,\nW,b,\n");
    assert_true(fault_sweep(divide, (void *)(uintptr_t)ntm_csv_table(csv), NTM_OK) > 5);
    ntm_csv_free(csv);
    csv = rows_read("unit,class\nX,x\nY,\nX,x\n");
    assert_true(fault_sweep(divide, (void *)(uintptr_t)ntm_csv_table(csv), NTM_ERROR_NOT_FOUND) > 2);
    ntm_csv_free(csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps)};
    return cmocka_run_group_tests_name("apportionments without memory", tests, NULL, NULL);
}
