/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of making and reading a cascade fails once. */
#include "town.h"

#include <string.h>

static ntm_status make(const ntm_allocator *allocator, void *context) {
    town *t = context;
    ntm_cascade *cascade = NULL;
    ntm_explanation *why = NULL;
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    t->options.allocator = allocator;
    ntm_status status = ntm_cascade_new(&cascade, t->units, t->steps, 4, &t->options, &err);
    assert_true((status == NTM_OK) == (cascade != NULL));
    if (status == NTM_OK) status = ntm_cascade_tree(&text, cascade, 3, 0, NTM_EN, 0, allocator, &err);
    assert_true((status == NTM_OK) == (text != NULL));
    if (status == NTM_OK) assert_non_null(strstr(ntm_text_data(text), "Xã A2: not met c-ntm"));
    if (status == NTM_OK) status = ntm_cascade_explain(&why, cascade, 3, 0, NTM_OF_CRITERION, 1, allocator, &err);
    assert_true((status == NTM_OK) == (why != NULL));
    assert_int_equal(err.status, status);
    ntm_explanation_free(why);
    ntm_text_free(text);
    ntm_cascade_free(cascade);
    return status;
}

/* The question takes its memory from where the registry has its own. */
static ntm_status count(const ntm_allocator *allocator, void *context) {
    ntm_child_counts counts = {7, 7, 7, 7};
    ntm_error err = NTM_ERROR_INIT;
    ntm_units *units = NULL;
    const ntm_unit parent[] = {1}, children[] = {4};
    const ntm_verdict verdicts[] = {NTM_MET};
    (void)context;
    ntm_status status = town_units(&units, allocator, &err);
    if (status == NTM_OK)
        status = ntm_count_children(&counts, units, TOWN_DAY, "commune", NTM_ECHELON_ANY, children, verdicts, 1, parent,
                                    1, &err);
    assert_int_equal(counts.met, status == NTM_OK ? 1 : 7);
    assert_int_equal(err.status, status);
    ntm_units_free(units);
    return status;
}

static void sweeps(void **state) {
    town t;
    (void)state;
    town_start(&t);
    town_communes(&t, "111,90,100,50,80,1\n112,89,100,60,85,1\n121,180,200,60,90,0\n");
    town_districts(&t, "11,5\n12,7.5\n");
    assert_true(fault_sweep_ends(make, &t, NTM_OK, 60) > 100);
    town_end(&t);
    assert_true(fault_sweep(count, NULL, NTM_OK) > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps)};
    return cmocka_run_group_tests_name("cascades without memory", tests, NULL, NULL);
}
