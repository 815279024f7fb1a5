/* SPDX-License-Identifier: Apache-2.0 */
/* What remains after what was allotted. */
#include "errand.h"

static const char norms[] =
    "work,resource,work_unit,amount#0,resource_unit\nroad,money,km,100,\nroad,cement,km,9,tonne\nwell,money,household,3,\nhouse,money,house,50,\n";
static const char duties[] =
    "fact,work,programme,component,work_unit,per#0\npaved,road,ntm,roads,,\nwater,well,ntm,,,\nhuts,house,pov,,,\nclinic,school,ntm,roads,school,1\n";
static const char division[] = "source,share#0\ncentral,80\npeople,20\n";
/* A: 1.5 km and 2 houses; B: 0 to 900 households; C: at least 30; D: a clinic, which has no norm, and 1 house. */
static const char facts[] = ERRAND_FACTS
    "A,200,190,10,5.5,1,2,1,40,1\nB,1000,,10,9,1,0,1,40,1\nC,,70,10,9,1,0,1,40,1\nD,200,190,10,9,1,1,0,40,1\nE" ERRAND_FINE;
#define ALL                                                                                                            \
    "need_least,need_most,open,allotted,allotted_open,remaining_least,remaining_most,surplus_least,surplus_most\n"

static void start(errand *e, const char *allotted, bool divided) {
    errand_start(e, ERRAND_SET, facts);
    errand_table(e, &e->options.duties, duties);
    if (divided) errand_table(e, &e->options.division, division);
    errand_table(e, &e->options.allotted, allotted);
    errand_norms(e, norms);
    errand_make(e);
}

static void by_unit(void **state) {
    errand e;
    (void)state;
    start(&e, "unit,source,amount#0\nA,x,100\nA,y,50\nB,x,1000\nC,x,50\nE,x,7\n", false);
    errand_expect(ntm_tasks_remaining(e.tasks), "*",
                  "unit," ALL "A,250,250,0,150,0,100,100,0,0\nB,0,2700,0,1000,0,0,1700,0,1000\n"
                  "C,90,,1,50,0,40,,,0\nD,50,,1,0,0,50,,,0\nE,0,0,0,7,0,0,0,7,7\n");
    errand_end(&e);
}

/* What is allotted and not reported leaves everything open but the need. */
static void not_reported(void **state) {
    errand e;
    (void)state;
    start(&e, "unit,amount#0\nA,\nA,500\nD,100\nD,0\n", false);
    errand_expect(ntm_tasks_remaining(e.tasks), "*",
                  "unit," ALL
                  "A,250,250,0,,1,,,,\nB,0,2700,0,0,0,0,2700,0,0\nC,90,,1,0,0,90,,,0\nD,50,,1,100,0,0,,,50\n");
    errand_end(&e);
}

static void by_source(void **state) {
    errand e;
    (void)state;
    start(&e, "unit,source,amount#0\nA,central,300\nA,people,10\nA,bank,5\nD,central,1\n", true);
    errand_expect(ntm_tasks_remaining(e.tasks), "*",
                  "unit,source," ALL "A,bank,0,0,0,5,0,0,0,5,5\nA,central,200,200,0,300,0,0,0,100,100\n"
                  "A,people,50,50,0,10,0,40,40,0,0\nB,central,0,2160,0,0,0,0,2160,0,0\nB,people,0,540,0,0,0,0,540,0,0\n"
                  "C,central,72,,1,0,0,72,,,0\nC,people,18,,1,0,0,18,,,0\nD,,,,1,0,0,,,,\n"
                  "D,central,40,40,0,1,0,39,39,0,0\nD,people,10,10,0,0,0,10,10,0,0\n");
    errand_end(&e);
}

static void by_more(void **state) {
    errand e;
    (void)state;
    start(
        &e,
        "unit,programme,component,work,amount#0\nA,ntm,roads,road,100\nA,ntm,,road,60\nA,pov,,house,20\nA,pov,,well,1\n",
        false);
    errand_expect(
        ntm_tasks_remaining(e.tasks), "unit,programme,component,work,need_most,allotted,remaining_most,surplus_most",
        "A,ntm,,road,0,60,0,60\nA,ntm,roads,road,150,100,50,0\nA,pov,,house,100,20,80,0\nA,pov,,well,0,1,0,1\n"
        "B,ntm,,well,2700,0,2700,0\nC,ntm,,well,,0,,0\nD,ntm,roads,school,,0,,\nD,pov,,house,50,0,50,0\n");
    /* Programmes count only where duties have them too. */
    errand_table(&e, &e.options.duties, "fact,work\npaved,road\nhuts,house\n");
    errand_table(&e, &e.options.allotted, "unit,programme,amount#0\nA,ntm,100\nA,pov,500\n");
    errand_make(&e);
    errand_expect(ntm_tasks_remaining(e.tasks), "*",
                  "unit," ALL "A,250,250,0,600,0,0,0,350,350\nB,,,1,0,0,,,,\nC,,,1,0,0,,,,\nD,50,,1,0,0,50,,,0\n");
    errand_end(&e);
}

static void not_taken(void **state) {
    errand e;
    (void)state;
    start(&e, "unit,source,amount#0\n", true);
    errand_table(&e, &e.options.allotted, "unit,source,amount#0\nA,central,1\nZ,central,1\n");
    errand_refused(&e, NTM_ERROR_NOT_FOUND, "allotted: unit", 1, "no row of the gaps is of unit \"Z\"");
    errand_table(&e, &e.options.allotted, "unit,source,amount#0\n,central,1\n");
    errand_refused(&e, NTM_ERROR_VALUE, "allotted: unit", 0, "an allotment needs this cell");
    errand_table(&e, &e.options.allotted, "unit,source,amount#0\nA,,1\n");
    errand_refused(&e, NTM_ERROR_VALUE, "allotted: source", 0, "an allotment needs this cell");
    errand_table(&e, &e.options.allotted, "unit,source,work,amount#0\nA,central,,1\n");
    errand_refused(&e, NTM_ERROR_VALUE, "allotted: work", 0, "an allotment needs this cell");
    errand_table(&e, &e.options.allotted, "unit,amount#0\nA,1\n");
    errand_refused(&e, NTM_ERROR_SHAPE, "allotted: source", UINT64_MAX, "with a division this column is needed");
    errand_end(&e);
}

static void amounts_not_taken(void **state) {
    errand e;
    (void)state;
    start(&e, "unit,amount#0\n", false);
    errand_table(&e, &e.options.allotted, "unit,amount#1\nA,1.5\n");
    errand_refused(&e, NTM_ERROR_VALUE, "allotted: amount", 0, "1.5: expected whole đồng");
    errand_table(&e, &e.options.allotted, "unit,amount#0\nA,1\nA,-1\n");
    errand_refused(&e, NTM_ERROR_VALUE, "allotted: amount", 1, "-1: expected 0 or more");
    errand_table(&e, &e.options.allotted, "unit,amount\nA,1\n");
    errand_refused(&e, NTM_ERROR_SHAPE, "allotted: amount", UINT64_MAX, "expected numbers");
    errand_table(&e, &e.options.allotted, "unit\nA\n");
    errand_refused(&e, NTM_ERROR_SHAPE, "allotted: amount", UINT64_MAX, "needs this column");
    errand_table(&e, &e.options.allotted, "unit,year,amount#0\nA,2020,1\n");
    errand_refused(&e, NTM_ERROR_SHAPE, "allotted: year", UINT64_MAX, "no column of what was allotted");
    errand_table(&e, &e.options.allotted, "unit,amount#0\nE,9223372036854775806\nE,2\n");
    errand_refused(&e, NTM_ERROR_OVERFLOW, "allotted: amount", 0, "unit E");
    errand_end(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_unit),   cmocka_unit_test(not_reported),
                                       cmocka_unit_test(by_source), cmocka_unit_test(by_more),
                                       cmocka_unit_test(not_taken), cmocka_unit_test(amounts_not_taken)};
    return cmocka_run_group_tests_name("what remains", tests, NULL, NULL);
}
