/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of making tasks and of adding them up fails once; what is left is nothing. */
#include "errand.h"

#include "tree.h"

static ntm_status use(const ntm_tasks *tasks, ntm_error *err) {
    static const char *const by[] = {"district", "deadline"}, *const by_source[] = {"source", "department"};
    ntm_task_sums *sums = NULL;
    ntm_status status = NTM_OK;
    for (int what = NTM_SUM_AMOUNTS; what <= NTM_SUM_SOURCES && status == NTM_OK; what++) {
        status = ntm_tasks_sum(&sums, tasks, (ntm_task_sum)what, what == NTM_SUM_SOURCES ? by_source : by, 2, err);
        if (status != NTM_OK) assert_null(sums);
        ntm_task_sums_free(sums);
        sums = NULL;
    }
    return status;
}

static ntm_status new_tasks(const ntm_allocator *allocator, void *context) {
    const errand *e = context;
    ntm_tasks *tasks = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_tasks_options options = e->options;
    options.allocator = allocator;
    ntm_status status = ntm_tasks_new(&tasks, e->gaps, &options, &err);
    if (status != NTM_OK)
        assert_null(tasks);
    else
        status = use(tasks, &err);
    assert_int_equal(err.status, status);
    ntm_tasks_free(tasks);
    return status;
}

static ntm_status new_prices(const ntm_allocator *allocator, void *context) {
    const errand *e = context;
    ntm_task_prices *prices = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_tasks_options options = e->options;
    options.allocator = allocator;
    ntm_status status = ntm_task_prices_new(&prices, e->gaps, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(prices);
    ntm_task_prices_free(prices);
    return status;
}

static void sweeps(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET,
                 ERRAND_FACTS "A,200,190,10,5.5,0,3,0,30,1\nB,1000,,10,9,1,0,1,40,1\nC,,70,10,9,1,0,1,40,1\n");
    errand_table(&e, &e.options.duties,
                 "fact,department,deadline,work,programme\npaved,transport,2020-06-30,road,ntm\nwater,water,,well,\n"
                 "huts,housing,,house,\n,office,,,\n");
    errand_table(
        &e, &e.options.division,
        "resource,source,share#0,cap#0,cap_per,cap_to\n,a,60,,,\n,b,40,,,\nmoney,a,100,150,unit,b\nmoney,b,0,,,\n");
    errand_table(&e, &e.options.allotted, "unit,source,programme,amount#0\nA,a,ntm,100\nB,b,,\n");
    errand_norms(&e, "work,resource,work_unit,amount#0,resource_unit\nroad,money,km,100,\nroad,cement,km,9,tonne\n"
                     "well,money,household,3,\n");
    e.units = tree_new(
        "code,name,level,parent\n1,Một,province,\n5,Năm,district,1\nA,A,commune,5\nB,B,commune,5\nC,C,commune,5\n",
        NULL, NULL, NULL);
    e.options.units = e.units;
    e.options.on = ntm_date_ymd(2020, 2, 25);
    e.options.rounding = NTM_ROUND_UP;
    assert_true(fault_sweep(new_tasks, &e, NTM_OK) > 100);
    assert_true(fault_sweep(new_prices, &e, NTM_OK) > 10);
    errand_end(&e);
}

/* So do those of refusing. */
static void refusals(void **state) {
    static const struct {
        const char *duties;
        ntm_status status;
    } cases[] = {{"fact,work\npaved,road\nwatr,well\n", NTM_ERROR_NOT_FOUND},
                 {"fact,work\nwater,road\nhuts,road\n", NTM_ERROR_UNIT},
                 {"fact,work,work_unit\npaved,road,m\n", NTM_ERROR_UNIT}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        errand e;
        errand_start(&e, ERRAND_SET, ERRAND_FACTS "A,200,90,10,5.5,0,3,0,30,1\n");
        errand_table(&e, &e.options.duties, cases[i].duties);
        errand_norms(&e, "work,resource,work_unit,amount#0\nroad,money,km,100\n");
        /* Want of memory for one of several problems is no reason to fail for want of memory. */
        assert_true(fault_sweep_tolerant(new_tasks, &e, cases[i].status) > 5);
        errand_end(&e);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps), cmocka_unit_test(refusals)};
    return cmocka_run_group_tests_name("task-sweep", tests, NULL, NULL);
}
