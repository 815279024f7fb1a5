/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of building a set fails once: nothing leaks, nothing half-made comes out. */
#include "kit.h"

static ntm_status build(const ntm_allocator *allocator, void *context) {
    kit k;
    kit_full(&k, *(const int *)context, allocator);
    ntm_status status = kit_freeze(&k); /* asserts that the set stays NULL on failure */
    kit_end(&k);
    return status;
}

static void building(void **state) {
    (void)state;
    int vary = 0;
    assert_true(fault_sweep(build, &vary, NTM_OK) > 10);
}

/* A set that is refused: the list of problems may be cut short for want of memory, the answer stays a failure. */
static ntm_status refused(const ntm_allocator *allocator, void *context) {
    kit k;
    (void)context;
    kit_full(&k, 0, allocator);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "9", k_compare(&k, k_fact(&k, "road"), NTM_MORE, k_number(&k, "3", "%")));
    ntm_status status = kit_freeze(&k);
    assert_int_not_equal(status, NTM_OK);
    kit_end(&k);
    return status;
}

static void refusing(void **state) {
    (void)state;
    assert_true(fault_sweep_tolerant(refused, NULL, NTM_ERROR_SCHEMA) > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(building), cmocka_unit_test(refusing)};
    return cmocka_run_group_tests_name("building without memory", tests, NULL, NULL);
}
