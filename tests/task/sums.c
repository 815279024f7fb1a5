/* SPDX-License-Identifier: Apache-2.0 */
/* Sums: never of different units of measure, never of what is not known. */
#include "errand.h"

static const char norms[] =
    "work,resource,work_unit,amount#1,resource_unit\nroad,money,km,100,\nroad,cement,km,9.5,tonne\nwell,money,household,3,\nhouse,money,house,50,\n";
static const char duties[] =
    "fact,department,doer,deadline,work\npaved,transport,xã,2020-06-30,road\nwater,water,thôn,2020-06-30,well\n"
    "huts,water,thôn,2020-12-31,house\nplan,,xã,,\n";
/* A: 1.5 km, a decision, 2 houses; B: 0 to 900 households and 1 house; C: at least 30 households; D: 0.2 km, not told: roads of E. */
static const char facts[] = ERRAND_FACTS
    "A,200,190,10,5.5,0,2,1,40,1\nB,1000,,10,9,1,1,1,40,1\nC,,70,10,9,1,0,1,40,1\nD,200,190,9,6.1,1,0,1,40,1\nE,200,190,,1,1,0,1,40,1\n";

static void start(errand *e) {
    errand_start(e, ERRAND_SET, facts);
    errand_table(e, &e->options.duties, duties);
    errand_norms(e, norms);
    e->options.rounding = NTM_ROUND_UP;
    errand_make(e);
}

static void amounts(void **state) {
    errand e;
    (void)state;
    start(&e);
    errand_expect_sums(&e, NTM_SUM_AMOUNTS, "department", "*",
                       "department,kind,measure,tasks,units,not_work,amount_least,amount_most,amount_known,open\n"
                       ",act,,1,1,1,1,1,1,0\ntransport,more,km,3,3,0,1.7,,1.7,1\nwater,fewer,house,2,2,0,3,3,3,0\n"
                       "water,more,household,2,2,0,30,,900,1\n");
    errand_expect_sums(
        &e, NTM_SUM_AMOUNTS, "", "*",
        "kind,measure,tasks,units,not_work,amount_least,amount_most,amount_known,open\n"
        "act,,1,1,1,1,1,1,0\nfewer,house,2,2,0,3,3,3,0\nmore,household,2,2,0,30,,900,1\nmore,km,3,3,0,1.7,,1.7,1\n");
    errand_expect_sums(
        &e, NTM_SUM_AMOUNTS, "measure,unit", "measure,unit,kind,amount_least,amount_most",
        ",A,act,1,1\nhouse,A,fewer,2,2\nhouse,B,fewer,1,1\nhousehold,B,more,0,900\nhousehold,C,more,30,\n"
        "km,A,more,1.5,1.5\nkm,D,more,0.2,0.2\nkm,E,more,,\n");
    errand_end(&e);
}

/* What people earn on average, and shares, are no quantities. */
static void rates(void **state) {
    static const char earnings[] = HEAD
        "facts:\n  pay: {name: {vi: a}, kind: money, unit: triệu đồng/người/năm}\n  part: {name: {vi: b}, kind: share, unit: "
        "\"%\"}\n  road: {name: {vi: c}, kind: amount, unit: km}\n" INDICATORS RULE(
            "\"1.1\"", "[pay, \">=\", {constant: 36, unit: triệu đồng/người/năm}]")
            RULE("\"1.2\"", "[part, \">=\", {constant: 80, unit: \"%\"}]")
                RULE("\"1.3\"", "[road, \">=\", {constant: 2, unit: km}]");
    errand e;
    (void)state;
    errand_start(&e, earnings, "code,pay#0,part#0,road#0\nA,30,70,1\nB,35,79,0\n");
    errand_make(&e);
    errand_expect_sums(&e, NTM_SUM_AMOUNTS, "", "*",
                       "kind,measure,tasks,units,not_work,amount_least,amount_most,amount_known,open\n"
                       "more,%,2,2,0,,,,0\nmore,km,2,2,0,3,3,3,0\nmore,triệu đồng/người/năm,2,2,0,,,,0\n");
    errand_end(&e);
}

static void works(void **state) {
    errand e;
    (void)state;
    start(&e);
    errand_expect_sums(
        &e, NTM_SUM_WORKS, "", "*",
        "work,work_unit,tasks,units,not_work,quantity_least,quantity_most,quantity_known,open\n"
        ",,1,1,1,,,,0\nhouse,house,2,2,0,3,3,3,0\nroad,km,3,3,0,1.7,,1.7,1\nwell,household,2,2,0,30,,900,1\n");
    errand_end(&e);
}

static void money(void **state) {
    errand e;
    (void)state;
    start(&e);
    errand_expect_sums(&e, NTM_SUM_COSTS, "", "*",
                       "tasks,units,not_work,cost_least,cost_most,cost_known,open\n8,5,1,410,,3020,2\n");
    errand_expect_sums(&e, NTM_SUM_COSTS, "deadline,doer", "*",
                       "deadline,doer,tasks,units,not_work,cost_least,cost_most,cost_known,open\n"
                       ",xã,1,1,1,,,,0\n2020-06-30,thôn,2,2,0,90,,2700,1\n2020-06-30,xã,3,3,0,170,,170,1\n"
                       "2020-12-31,thôn,2,2,0,150,150,150,0\n");
    errand_expect_sums(&e, NTM_SUM_COSTS, "cost", "cost,tasks,cost_least", "known,5,320\nnot work,1,\nuntold,2,90\n");
    errand_expect_sums(
        &e, NTM_SUM_COSTS, "criterion,indicator,fact,input,closing,work_unit,evidence,name_en",
        "criterion,indicator,fact,closing,work_unit,name_en,tasks",
        "1,1.1,paved,work,km,paved-en,3\n1,1.2,plan,act,,plan-en,1\n2,2.1,water,work,household,water-en,1\n"
        "2,2.2,water,work,household,water-en,1\n3,3.1,huts,work,house,huts-en,2\n");
    errand_end(&e);
}

static void sources(void **state) {
    errand e;
    (void)state;
    start(&e);
    errand_table(&e, &e.options.division, "source,doer,share#0\ncentral,,80\npeople,thôn,20\n");
    errand_make(&e);
    errand_expect_sums(&e, NTM_SUM_SOURCES, "source,doer", "*",
                       "source,doer,resource,resource_unit,tasks,units,not_work,cost_least,cost_most,cost_known,"
                       "quantity_least,quantity_most,quantity_known,open\n"
                       "central,thôn,money,,4,3,0,192,,2280,,,,1\ncentral,xã,cement,tonne,3,3,0,,,,12.920,,12.920,1\n"
                       "central,xã,money,,3,3,0,136,,136,,,,1\npeople,thôn,cement,tonne,3,3,0,,,,3.230,,3.230,1\n"
                       "people,thôn,money,,7,5,0,82,,604,,,,2\n");
    errand_expect_sums(&e, NTM_SUM_SOURCES, "", "resource,tasks,units,cost_known,open",
                       "cement,3,3,,2\nmoney,7,5,3020,4\n"); /* of sources, lines */
    errand_expect_sums(&e, NTM_SUM_SOURCES, "resource,department", "resource,department,cost_least",
                       "cement,transport,\nmoney,transport,170\nmoney,water,240\n");
    errand_end(&e);
}

static void refuse(errand *e, ntm_task_sum what, const char *const *by, size_t count, ntm_status status,
                   const char *piece) {
    ntm_task_sums *sums = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_tasks_sum(&sums, e->tasks, what, by, count, &err), status, &err, piece);
    assert_null(sums);
}

static void not_taken(void **state) {
    errand e;
    (void)state;
    start(&e);
    static const char *const none[] = {"district"}, *const number[] = {"amount_least"},
                             *const money_too[] = {"cost_least"}, *const twice[] = {"unit", "unit"},
                             *const null[] = {NULL}, *const source[] = {"source"}, *const many[41] = {"unit"};
    refuse(&e, NTM_SUM_COSTS, none, 1, NTM_ERROR_NOT_FOUND, "no such column to add up by");
    refuse(&e, NTM_SUM_COSTS, number, 1, NTM_ERROR_NOT_FOUND, "no such column");
    refuse(&e, NTM_SUM_COSTS, money_too, 1, NTM_ERROR_NOT_FOUND, "no such column");
    refuse(&e, NTM_SUM_SOURCES, number, 1, NTM_ERROR_NOT_FOUND, "no such column");
    refuse(&e, NTM_SUM_COSTS, source, 1, NTM_ERROR_NOT_FOUND, "no such column");
    refuse(&e, NTM_SUM_COSTS, twice, 2, NTM_ERROR_ARGUMENT, "twice");
    refuse(&e, NTM_SUM_COSTS, null, 1, NTM_ERROR_ARGUMENT, "NULL");
    refuse(&e, NTM_SUM_COSTS, NULL, 1, NTM_ERROR_ARGUMENT, "");
    refuse(&e, NTM_SUM_COSTS, many, 39, NTM_ERROR_ARGUMENT, "more columns");
    refuse(&e, (ntm_task_sum)0, NULL, 0, NTM_ERROR_ARGUMENT, "kind of sum");
    refuse(&e, (ntm_task_sum)5, NULL, 0, NTM_ERROR_ARGUMENT, "kind of sum");
    assert_int_equal(ntm_tasks_sum(NULL, e.tasks, NTM_SUM_COSTS, NULL, 0, NULL), NTM_ERROR_ARGUMENT);
    errand_end(&e);
}

/* đồng beyond 64 bits: the group is named; inside nothing is lost before. */
static void too_large(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET,
                 ERRAND_FACTS "A,200,190,10,9,1,2,1,40,1\nB,200,190,10,9,1,2,1,40,1\nC,200,190,10,9,1,1,1,40,1\n");
    errand_table(&e, &e.options.duties, "fact,work,department\nhuts,house,xây dựng\n");
    errand_norms(&e, "work,resource,work_unit,amount#0\nhouse,money,house,3000000000000000000\n");
    errand_make(&e);
    static const char *const by[] = {"department"};
    refuse(&e, NTM_SUM_COSTS, by, 1, NTM_ERROR_OVERFLOW, "a sum does not fit: department=xây dựng");
    refuse(&e, NTM_SUM_SOURCES, by, 1, NTM_ERROR_OVERFLOW, "department=xây dựng, resource=money");
    refuse(&e, NTM_SUM_COSTS, NULL, 0, NTM_ERROR_OVERFLOW, "all together");
    errand_expect_sums(&e, NTM_SUM_COSTS, "unit", "unit,cost_most",
                       "A,6000000000000000000\nB,6000000000000000000\nC,3000000000000000000\n");
    errand_end(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts), cmocka_unit_test(rates),     cmocka_unit_test(works),    cmocka_unit_test(money),
        cmocka_unit_test(sources), cmocka_unit_test(not_taken), cmocka_unit_test(too_large)};
    return cmocka_run_group_tests_name("sums of tasks", tests, NULL, NULL);
}
