/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of reading norms, reckoning, dividing, adding up, explaining, and checking local
 * money against central money fails once. */
#include "lines.h"

/* Only the list of problems takes memory. */
static ntm_status match(const ntm_allocator *allocator, void *context) {
    ntm_matched out[3], before[3];
    ntm_problems *problems = NULL;
    ntm_error err = NTM_ERROR_INIT;
    memset(out, 7, sizeof out);
    memcpy(before, out, sizeof out);
    ntm_status status = ntm_problems_new(&problems, 0, allocator, &err);
    if (status != NTM_OK) return status;
    status = ntm_matching_check(out, context, (ntm_decimal){15, 1}, problems, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_memory_equal(out, before, sizeof out);
    ntm_problems_free(problems);
    return status;
}

static void matching(void **state) {
    static const struct {
        const char *table;
        ntm_status status;
    } cases[] = {{"central#0,local#0,ratio#1\n100,150,2\n100,,\n7,8,\n", NTM_OK},
                 {"central#0,local#0\n1,1\n1,-1\n-1,1\n", NTM_ERROR_VALUE}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ntm_csv *csv = rows_read(cases[i].table);
        assert_true(fault_sweep_tolerant(match, (void *)(uintptr_t)ntm_csv_table(csv), cases[i].status) > 0);
        ntm_csv_free(csv);
    }
}

typedef struct tables {
    ntm_csv *norms, *quantities, *division;
} tables;

static ntm_status use(ntm_needs *needs, ntm_error *err) {
    const char *by[] = {"source", "unit"};
    ntm_need_sums *sums = NULL;
    ntm_text *text = NULL;
    ntm_status status = ntm_need_sums_new(&sums, needs, by, 2, err);
    if (status != NTM_OK) assert_null(sums);
    ntm_need_sums_free(sums);
    if (status == NTM_OK) status = ntm_needs_explain(&text, needs, 0, NTM_VI, err);
    ntm_text_free(text);
    return status;
}

static ntm_status all(const ntm_allocator *allocator, void *context) {
    const tables *t = context;
    ntm_norms_options of_norms = NTM_NORMS_OPTIONS_INIT;
    ntm_needs_options options = NTM_NEEDS_OPTIONS_INIT;
    ntm_norms *norms = NULL;
    ntm_needs *needs = NULL;
    ntm_error err = NTM_ERROR_INIT;
    of_norms.allocator = options.allocator = allocator;
    options.division = ntm_csv_table(t->division);
    ntm_status status = ntm_norms_new(&norms, ntm_csv_table(t->norms), &of_norms, &err);
    if (status != NTM_OK) assert_null(norms);
    if (status == NTM_OK) {
        status = ntm_needs_new(&needs, norms, ntm_csv_table(t->quantities), &options, &err);
        if (status != NTM_OK) assert_null(needs);
    }
    if (status == NTM_OK) status = use(needs, &err);
    assert_int_equal(err.status, status);
    ntm_needs_free(needs);
    ntm_norms_free(norms);
    return status;
}

static void sweeps(void **state) {
    (void)state;
    tables t = {rows_read("work,resource,work_unit,amount#0,resource_unit,citation\nroad,money,km,10,,x\n"
                          "road,cement,km,3,tonne,y\n"),
                rows_read("unit,work,quantity#0,work_unit,programme\nX,road,2,km,p\nY,road,3,km,\nX,road,4,km,\n"),
                rows_read("resource,source,doer,share#0,cap#0,cap_per,cap_to\n,central,,50,,,\n,people,,50,,,\n"
                          "money,central,,100,15,unit,people\nmoney,people,commune,0,,,\n")};
    assert_true(fault_sweep(all, &t, NTM_OK) > 20);
    ntm_csv_free(t.quantities);
    t.quantities = rows_read("unit,work,quantity#0,work_unit\nX,bridge,2,km\n,road,,\n");
    assert_true(fault_sweep(all, &t, NTM_ERROR_NOT_FOUND) > 5);
    ntm_csv_free(t.quantities);
    ntm_csv_free(t.norms);
    ntm_csv_free(t.division);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps), cmocka_unit_test(matching)};
    return cmocka_run_group_tests_name("needs without memory", tests, NULL, NULL);
}
