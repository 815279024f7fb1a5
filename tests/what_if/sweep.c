/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of a question fails once: nothing leaks, the output stays as it was. */
#include "sheet.h"

#include <ntm/what_if.h>

static kit k;
static sheet s;

static void *const untouched = (void *)(uintptr_t)0x40;

static ntm_status set(const ntm_allocator *allocator, void *context) {
    ntm_set *made = untouched;
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    const char *figure = ntm_set_figure(k.set, 0)->id;
    ntm_figure_change change = {figure, NULL, 0, false, {7, 0}, NULL};
    ntm_status status = ntm_set_what_if(&made, k.set, &change, 1, NULL, allocator, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_ptr_equal(made, untouched);
    else
        ntm_set_free(made);
    return status;
}

static ntm_status table(const ntm_allocator *allocator, void *context) {
    static const ntm_fact_change changes[] = {
        {0, "int", NTM_REPORTED, NTM_CHANGE_NUMBER, {15, 1}, false, NULL},
        {1, "double", NTM_REPORTED, NTM_CHANGE_NUMBER, {15, 1}, false, NULL},
        {1, "decimal", NTM_REPORTED, NTM_CHANGE_NUMBER, {15, 1}, false, NULL},
        {1, "flag", NTM_REPORTED, NTM_CHANGE_FLAG, {0, 0}, true, NULL},
        {0, "codes", NTM_REPORTED, NTM_CHANGE_TEXT, {0, 0}, false, "new"},
        {0, "text", NTM_REPORTED, NTM_CHANGE_TEXT, {0, 0}, false, "new"},
        {0, "added", NTM_REPORTED, NTM_CHANGE_TEXT, {0, 0}, false, "new"},
        {1, "more", NTM_REPORTED, NTM_CHANGE_FLAG, {0, 0}, true, NULL},
    };
    ntm_what_if *made = untouched;
    (void)context;
    ntm_status status =
        ntm_table_what_if(&made, &s.table, changes, sizeof changes / sizeof *changes, NULL, allocator, NULL);
    if (status != NTM_OK)
        assert_ptr_equal(made, untouched);
    else
        ntm_what_if_free(made);
    return status;
}

static void sets(void **state) {
    (void)state;
    kit_full(&k, 0, NULL);
    (void)kit_done(&k);
    assert_true(fault_sweep(set, NULL, NTM_OK) > 10);
    kit_end(&k);
}

static void tables(void **state) {
    (void)state;
    sheet_start(&s, 2);
    sheet_cells(&s, "int", AS_INT32, "1 2");
    sheet_cells(&s, "double", AS_DOUBLE, "1 2");
    sheet_cells(&s, "decimal", AS_DECIMAL, "1 2");
    sheet_cells(&s, "flag", AS_BITS, "yes no");
    sheet_cells(&s, "codes", AS_CODES, "a b");
    sheet_cells(&s, "text", AS_TEXT, "a b");
    assert_true(fault_sweep(table, NULL, NTM_OK) > 3);
    sheet_end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sets), cmocka_unit_test(tables)};
    return cmocka_run_group_tests_name("what if, without memory", tests, NULL, NULL);
}
