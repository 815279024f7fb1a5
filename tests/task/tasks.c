/* SPDX-License-Identifier: Apache-2.0 */
/* Which gaps become which tasks, in which order, whose and by when. */
#include "errand.h"

/* A lacks 1.5 km and a decision; B 10 households by one rule and 30 by the other, and is not registered; C is fine; D, all
   but the water. */
static const char facts[] = ERRAND_FACTS "A,200,190,10,5.5,0,0,1,40,1\nB,100,70,10,9,1,0,1,40,0\nC" ERRAND_FINE
                                         "D,200,190,10,5,0,3,0,32.8,0\nE,200,190,10,9,1,1,1,40,1\n";

static void gaps_to_tasks(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, facts);
    errand_make(&e);
    errand_expect(
        ntm_tasks_table(e.tasks),
        "unit,criterion,indicator,precondition,fact,kind,closing,amount_least,amount_most,measure,works,included",
        "E,3,3.1,,huts,fewer,work,1,1,house,1,0\n"
        "A,1,1.1,,paved,more,work,1.5,1.5,km,2,0\n"
        "A,1,1.2,,plan,act,act,1,1,,2,0\n"
        "B,2,2.2,,water,more,work,30,30,household,2,1\n"
        "B,,,listed,registered,act,act,1,1,,2,0\n"
        "D,1,1.1,,paved,more,work,2,2,km,6,0\n"
        "D,1,1.2,,plan,act,act,1,1,,6,0\n"
        "D,3,3.1,,huts,fewer,work,3,3,house,6,0\n"
        "D,3,3.2,,clinic,act,work,1,1,,6,0\n"
        "D,3,3.3,,pay,more,time,3.2,3.2,triệu đồng,6,0\n"
        "D,,,listed,registered,act,act,1,1,,6,0\n");
    ntm_task task = ntm_tasks_at(e.tasks, 3);
    assert_true(task.row == 1 && strcmp(task.unit, "B") == 0 && task.included == 1 && task.kind == NTM_GAP_MORE);
    assert_true(task.amount.least.numerator == 30 && task.amount.most.numerator == 30 && task.duty == NTM_NO_ROW);
    assert_true(task.department == NULL && task.deadline == NTM_DATE_NONE && task.cost == NTM_TASK_NO_DUTY);
    size_t other = ntm_tasks_included(e.tasks, 3, 0);
    assert_true(other != task.gap && ntm_gaps_at(e.gaps, other).amount.least.numerator == 20);
    assert_true(ntm_tasks_of_gap(e.tasks, other) == 3 && ntm_tasks_of_gap(e.tasks, task.gap) == 3);
    assert_true(ntm_tasks_included(e.tasks, 3, 1) == SIZE_MAX && ntm_tasks_included(e.tasks, 0, 0) == SIZE_MAX);
    assert_true(ntm_tasks_included(e.tasks, 99, 0) == SIZE_MAX && ntm_tasks_of_gap(e.tasks, 99) == SIZE_MAX);
    assert_true(ntm_tasks_count(e.tasks) == 11 && ntm_tasks_at(e.tasks, 11).unit == NULL);
    errand_end(&e);
}

/* Units are in the order of bytes where they are as near; what has two more works comes behind whatever is untold. */
static void order(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET,
                 ERRAND_FACTS "b,200,190,10,9,1,1,1,40,1\na,200,190,10,9,1,2,1,40,1\nB,200,190,10,9,1,3,1,40,1\n"
                              "0,200,190,,9,1,0,1,40,1\n1,200,190,10,9,0,0,1,40,0\n");
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "unit,input,kind,amount_least,amount_most,untold",
                  "B,huts,fewer,3,3,\na,huts,fewer,2,2,\nb,huts,fewer,1,1,\n0,paved,more,,,not reported\n"
                  "1,plan,act,1,1,\n1,registered,act,1,1,\n");
    ntm_task task = ntm_tasks_at(e.tasks, 3);
    assert_true(task.kind == NTM_GAP_UNTOLD && task.untold == NTM_UNTOLD_NOT_REPORTED && task.cost == NTM_TASK_NO_DUTY);
    errand_end(&e);
}

/* Bounds of several rules come together; one that is untold leaves the least alone. */
static void open_amounts(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, ERRAND_FACTS "A,,70,10,9,1,0,1,40,1\nB,1000,,10,9,1,0,1,40,1\n");
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "unit,input,kind,amount_least,amount_most,untold,included,indicator",
                  "B,water,more,0,900,,1,2.1\nA,water,more,30,,not reported,1,2.2\n");
    ntm_gap other = ntm_gaps_at(e.gaps, ntm_tasks_included(e.tasks, 0, 0));
    assert_true(other.row == 1 && other.amount.most.numerator == 100);
    errand_end(&e);
}

/* What is said of any of its gaps is said of the task. */
static void reach(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, ERRAND_FACTS "A,50,40,10,9,1,1,1,40,1\nB,200,40,10,9,1,1,1,40,1\n");
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "unit,input,amount_most,out_of_reach",
                  "A,water,60,1\nA,huts,1,0\nB,water,140,0\nB,huts,1,0\n");
    errand_end(&e);
    static const char yaml[] = HEAD
        "facts:\n  a: {name: {vi: a}, kind: amount, unit: km}\n  b: {name: {vi: b}, kind: amount, unit: km}\n"
        "  f: {name: {vi: f}, kind: flag}\n"
        "criteria:\n  - id: \"1\"\n    name: {vi: c}\n    source: [S]\n    indicators:\n" RULE(
            "\"1.1\"", "[a, \">\", {constant: 2, unit: km}]") RULE("\"1.2\"", "[b, \">=\", {constant: 2, unit: km}]")
            RULE("\"1.3\"", "{not: {attested: f}}") "  - id: \"2\"\n    name: {vi: c}\n    source: [S]\n    indicators:\n" RULE(
                "\"2.1\"",
                "[a, \">=\", {constant: 2, unit: km}]") "status: [{count: criteria}, \">=\", {constant: 1}]\n";
    errand_start(&e, yaml, "code,a#0,b#0,f#0\nX,1,1,1\n");
    e.options.needed_for = NTM_NEEDED_PART;
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "input,kind,indicator,amount_most,strict,out_of_reach,needed_for,included",
                  "a,more,1.1,1,1,0,status,1\nb,more,1.2,1,0,0,criterion,0\nf,undo,1.3,1,0,0,criterion,0\n");
    assert_int_equal(ntm_tasks_at(e.tasks, 0).needed_for, NTM_NEEDED_PART | NTM_NEEDED_CRITERION | NTM_NEEDED_STATUS);
    errand_end(&e);
}

static void which_gaps(void **state) {
    static const char yaml[] = HEAD
        "facts:\n  f: {name: {vi: f}, kind: flag}\n  g: {name: {vi: g}, kind: flag}\n  h: {name: {vi: h}, kind: flag}\n"
        "criteria:\n  - id: \"1\"\n    name: {vi: c}\n    source: [S]\n    rule: {any: [{indicator: \"1.1\"}, {indicator: \"1.2\"}]}\n"
        "    indicators:\n" RULE("\"1.1\"", "{attested: f}")
            RULE("\"1.2\"", "{attested: g}") "  - id: \"2\"\n    name: {vi: c}\n    source: [S]\n    indicators:\n" RULE(
                "\"2.1\"",
                "{attested: h}") "status: [{count: criteria}, \">=\", {constant: 1}]\nrevocation: {not: {attested: f}}\n";
    errand e;
    (void)state;
    errand_start(&e, yaml, "code,f#0,g#0,h#0\nX,0,0,0\nY,0,0,1\n");
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "unit,input,needed_for", "X,f,status\n");
    e.options.needed_for = NTM_NEEDED_CRITERION;
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "unit,input,needed_for", "X,f,status\nX,h,criterion\nY,f,criterion\n");
    e.options.needed_for = NTM_NEEDED_PART; /* who needs nothing for the status is no near miss */
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "unit,input,needed_for",
                  "X,f,status\nX,g,part\nX,h,criterion\nY,f,criterion\nY,g,part\n");
    errand_end(&e);
}

static void most_specific_duty(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, facts);
    errand_table(&e, &e.options.duties,
                 "criterion,indicator,fact,department,doer,deadline,citation\n"
                 ",,,office,,,all\n1,,,transport,xã,2020-06-30,c1\n2,2.2,,water-22,,,i\n2,,,water,,,c2\n"
                 ",3.1,,housing,thôn,,i\n3,,,health,,,c3\n3,3.1,huts,never,,2020-12-31,all three\n"
                 ",,registered,registry,,,f\n3,,pay,pay-of-3,,,f+c\n,,pay,pay,,,f\n");
    errand_make(&e);
    errand_expect(
        ntm_tasks_table(e.tasks), "unit,input,department,doer,deadline,citation",
        "E,huts,never,,2020-12-31,all three\nA,paved,transport,xã,2020-06-30,c1\nA,plan,transport,xã,2020-06-30,c1\n"
        "B,water,water-22,,,i\nB,registered,registry,,,f\nD,paved,transport,xã,2020-06-30,c1\n"
        "D,plan,transport,xã,2020-06-30,c1\nD,huts,never,,2020-12-31,all three\nD,clinic,health,,,c3\n"
        "D,pay,pay-of-3,,,f+c\nD,registered,registry,,,f\n");
    ntm_task task = ntm_tasks_at(e.tasks, 1);
    assert_true(task.duty == 1 && strcmp(task.department, "transport") == 0 && strcmp(task.doer, "xã") == 0);
    assert_true(task.deadline == ntm_date_ymd(2020, 6, 30) && task.work == NULL && task.cost == NTM_TASK_NO_WORK);
    assert_true(ntm_tasks_at(e.tasks, 2).cost == NTM_TASK_NOT_WORK);
    errand_table(&e, &e.options.duties, "fact,department\n,rest\nwater,w\n");
    errand_make(&e);
    errand_expect_sums(&e, NTM_SUM_COSTS, "department", "department,tasks,units", "rest,10,4\nw,1,1\n");
    errand_end(&e);
}

/* A duty may be for one column of a fact that is reported by members. */
static void columns_of_facts(void **state) {
    static const char yaml[] =
        HEAD "dimensions: {sex: [female, male]}\n"
             "facts:\n  n: {name: {vi: n}, kind: count, unit: person, by: sex}\n" INDICATORS RULE(
                 "\"1.1\"", "{every: sex, holds: [n, \">=\", {constant: 5, unit: person}]}");
    errand e;
    (void)state;
    errand_start(&e, yaml, "code,n[female]#0,n[male]#0\nX,1,2\n");
    errand_table(&e, &e.options.duties, "fact,department\nn,people\nn[female],women\n");
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "input,fact,amount_least,department",
                  "n[female],n,4,women\nn[male],n,3,people\n");
    errand_end(&e);
}

static void nobody(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, ERRAND_FACTS "A" ERRAND_FINE);
    errand_table(&e, &e.options.duties, "fact,department\nwater,w\n");
    errand_table(&e, &e.options.allotted, "unit,amount#0\n");
    errand_make(&e);
    assert_true(ntm_tasks_count(e.tasks) == 0 && ntm_tasks_table(e.tasks)->rows == 0);
    assert_true(ntm_tasks_costs(e.tasks)->rows == 0 && ntm_tasks_remaining(e.tasks)->rows == 0);
    errand_expect_sums(&e, NTM_SUM_AMOUNTS, "department", "*",
                       "department,kind,measure,tasks,units,not_work,amount_least,amount_most,amount_known,open\n");
    assert_true(ntm_tasks_count(NULL) == 0 && ntm_tasks_table(NULL) == NULL && ntm_tasks_costs(NULL) == NULL &&
                ntm_tasks_remaining(NULL) == NULL && ntm_task_sums_table(NULL) == NULL);
    assert_true(ntm_tasks_at(NULL, 0).unit == NULL && ntm_tasks_of_gap(NULL, 0) == SIZE_MAX);
    ntm_tasks_free(NULL);
    ntm_task_sums_free(NULL);
    assert_string_equal(ntm_task_cost_text(NTM_TASK_NORM_NOT_TOLD), "norm not told");
    assert_null(ntm_task_cost_text((ntm_task_cost)9));
    assert_null(ntm_task_cost_text((ntm_task_cost)-1));
    errand_end(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(gaps_to_tasks),    cmocka_unit_test(order),
                                       cmocka_unit_test(open_amounts),     cmocka_unit_test(reach),
                                       cmocka_unit_test(which_gaps),       cmocka_unit_test(most_specific_duty),
                                       cmocka_unit_test(columns_of_facts), cmocka_unit_test(nobody)};
    return cmocka_run_group_tests_name("tasks", tests, NULL, NULL);
}
