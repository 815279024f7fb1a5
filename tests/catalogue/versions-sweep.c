/* SPDX-License-Identifier: Apache-2.0 */
/* Versions of a law, when an allocation fails. */
#include "versions-law.h"

static ntm_status open_law(const ntm_allocator *allocator, void *context) {
    ntm_catalogue *catalogue = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    ntm_status status = open_files(&catalogue, law, LAW, false, NULL, allocator, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(catalogue);
    else
        assert_int_equal(ntm_catalogue_version_count(catalogue), 27);
    ntm_catalogue_free(catalogue);
    return status;
}

static ntm_status count_law(const ntm_allocator *allocator, void *context) {
    ntm_catalogue *catalogue = NULL;
    ntm_standings counts = {{7, 7, 7, 7}, {0, 0, 0, 0}, {0, 0, 0, 0}};
    (void)context;
    ntm_status status = open_files(&catalogue, law, LAW, false, NULL, allocator, NULL);
    if (status != NTM_OK) return status;
    status = ntm_catalogue_status(&counts, catalogue, "law", NULL);
    if (status != NTM_OK) assert_int_equal(counts.cells.cited, 7);
    ntm_catalogue_free(catalogue);
    return status;
}

/* Most allocations are those of reading, which has a sweep of its own (sweep.c): the last are those of laying. */
static void test_without_memory(void **state) {
    (void)state;
    assert_true(fault_sweep_ends(open_law, NULL, NTM_OK, 150) > 100);
    assert_true(fault_sweep_ends(count_law, NULL, NTM_OK, 150) > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests(tests, scratch_enter, scratch_leave);
}
