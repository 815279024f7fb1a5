/* SPDX-License-Identifier: Apache-2.0 */
/* What tasks cost, who pays, and why nobody knows. */
#include "errand.h"

#include "tree.h"

#define NORMS "work,class,region,resource,work_unit,amount#1,resource_unit\n"
static const char norms[] =
    NORMS "road,,,money,km,1000000000,\nroad,,,cement,km,150.5,tonne\nwell,,,money,household,3000000,\n"
          "house,,,money,house,50000000,\nclinic,,,money,clinic,2000000000,\nlabour,,,days,km,40,day\n";
#define DUTIES "fact,criterion,work,class,work_unit,per#3,doer,department,programme,component\n"
static const char duties[] = DUTIES "paved,,road,,,,xã,transport,ntm,roads\nwater,,well,,,,thôn,water,ntm,water\n"
                                    "huts,,house,,,,,housing,pov,\nclinic,,clinic,,clinic,1,huyện,health,ntm,\n"
                                    "plan,,road,,km,1,,office,,\n,3,,,,,,rest,,\n";
/* A: 1.5 km, a decision, 3 houses and a clinic, and income that is waited for; B: 0 to 900 households; C: at least 30. */
static const char facts[] = ERRAND_FACTS
    "A,200,190,10,5.5,0,3,0,30,1\nB,1000,,10,9,1,0,1,40,1\nC,,70,10,9,1,0,1,40,1\nD,200,190,,9,1,0,1,40,1\n";
#define COST "unit,input,work,quantity_least,quantity_most,work_unit,cost_least,cost_most,cost"

static void what_they_cost(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, facts);
    errand_table(&e, &e.options.duties, duties);
    errand_norms(&e, norms);
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), COST,
                  "B,water,well,0,900,household,0,2700000000,known\nC,water,well,30,,household,90000000,,untold\n"
                  "D,paved,road,,,km,,,untold\nA,paved,road,1.5,1.5,km,1500000000,1500000000,known\n"
                  "A,plan,road,,,km,,,not work\nA,huts,house,3,3,house,150000000,150000000,known\n"
                  "A,clinic,clinic,1,1,clinic,2000000000,2000000000,known\nA,pay,,,,,,,not work\n");
    errand_expect(ntm_tasks_costs(e.tasks), "*",
                  "task,unit,work,programme,component,resource,resource_unit,source,doer,cost_least,cost_most,"
                  "quantity_least,quantity_most,norm,rule\n"
                  "0,B,well,ntm,water,money,,,thôn,0,2700000000,,,2,\n1,C,well,ntm,water,money,,,thôn,90000000,,,,2,\n"
                  "2,D,road,ntm,roads,cement,tonne,,xã,,,,,1,\n2,D,road,ntm,roads,money,,,xã,,,,,0,\n"
                  "3,A,road,ntm,roads,cement,tonne,,xã,,,225.750,225.750,1,\n"
                  "3,A,road,ntm,roads,money,,,xã,1500000000,1500000000,,,0,\n"
                  "5,A,house,pov,,money,,,,150000000,150000000,,,3,\n"
                  "6,A,clinic,ntm,,money,,,huyện,2000000000,2000000000,,,4,\n");
    e.options.kind_scale = 0;
    e.options.rounding = NTM_ROUND_DOWN;
    errand_make(&e);
    errand_expect_sums(&e, NTM_SUM_SOURCES, "", "resource,quantity_known", "cement,225\nmoney,\n");
    ntm_task task = ntm_tasks_at(e.tasks, 3);
    assert_true(task.cost == NTM_TASK_COST_KNOWN && task.cost_least == 1500000000 && task.cost_most == 1500000000);
    assert_true(task.quantity.least.numerator == 3 && task.quantity.least.denominator == 2);
    assert_true(task.cost_least_known && task.cost_most_known && strcmp(task.work_unit, "km") == 0);
    task = ntm_tasks_at(e.tasks, 1);
    assert_true(task.cost_least_known && !task.cost_most_known && task.cost_most == 0 && task.untold != NTM_TOLD);
    errand_end(&e);
}

static void per(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, facts);
    errand_table(&e, &e.options.duties,
                 DUTIES "water,,well,,well,0.125,,,,\npaved,,road,,km,2,,,,\nclinic,,house,,house,0.5,,,,\n");
    errand_norms(&e, NORMS "well,,,money,well,8,\nroad,,,money,km,10,\nhouse,,,money,house,7,\n");
    e.options.rounding = NTM_ROUND_UP;
    errand_make(&e);
    errand_expect(
        ntm_tasks_table(e.tasks), COST,
        "B,water,well,0,112.5,well,0,900,known\nC,water,well,3.75,,well,30,,untold\nD,paved,road,,,km,,,untold\n"
        "A,paved,road,3,3,km,30,30,known\nA,plan,,,,,,,not work\nA,huts,,,,,,,no duty\n"
        "A,clinic,house,0.5,0.5,house,4,4,known\nA,pay,,,,,,,not work\n");
    e.options.rounding = 0;
    errand_refused(&e, NTM_ERROR_VALUE, "quantity", 0,
                   "the work \"house\" of unit A by the duty in row 2: money of \"house\" comes to 3.5");
    errand_end(&e);
}

static void reasons(void **state) {
    static const char third[] = HEAD
        "facts:\n  a: {name: {vi: a}, kind: amount, unit: km}\n  b: {name: {vi: b}, kind: amount, unit: km}\n"
        "  c: {name: {vi: c}, kind: amount, unit: km}\n" INDICATORS RULE("\"1.1\"",
                                                                         "[a, \">=\", {ratio: [b, {constant: 3}]}]")
            RULE("\"1.2\"", "[c, \">=\", {constant: 2, unit: km}]");
    errand e;
    (void)state;
    errand_start(&e, third, "code,a#0,b#0,c#0\nX,0,1,1\n");
    errand_table(&e, &e.options.duties, "fact,work\na,road\nc,labour\n");
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), COST, "X,a,road,1/3,1/3,km,,,no norm\nX,c,labour,1,1,km,,,no norm\n");
    errand_norms(&e, norms);
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), COST, "X,a,road,1/3,1/3,km,,,no decimal\nX,c,labour,1,1,km,,,no norm\n");
    errand_expect(ntm_tasks_costs(e.tasks), "task,resource,cost_least,quantity_most,norm,rule",
                  "0,cement,,,1,\n0,money,,,0,\n1,days,,40.000,5,\n1,money,,,,\n");
    errand_norms(&e, NORMS "road,A,,money,km,5,\nlabour,,,money,km,6,\n");
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "input,cost", "a,norm not told\nc,known\n");
    errand_table(&e, &e.options.duties, "fact,work,class\na,road,B\nc,road,A\n");
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "input,cost,cost_least", "a,no norm,\nc,known,5\n");
    errand_table(&e, &e.options.duties, "fact,department\na,x\n");
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "input,cost", "a,no work\nc,no duty\n");
    errand_end(&e);
}

/* 2 km, or a decision and 30 households: which is cheaper is for the norms to say. */
static void prices_by_norms(void **state) {
    static const char either[] = HEAD
        "facts:\n  road: {name: {vi: a}, kind: amount, unit: km}\n  all: {name: {vi: b}, kind: count, unit: household}\n"
        "  water: {name: {vi: b}, kind: count, unit: household}\n  plan: {name: {vi: p}, kind: flag}\n" INDICATORS RULE(
            "\"1.1\"", "{any: [[road, \">=\", {constant: 2, unit: km}], {all: [[water, \">=\", {constant: 30, unit: "
                       "household}], [all, \">=\", {constant: 1, unit: household}]]}]}");
    static const char duties_of[] =
        "fact,work,work_unit,per#0,class\nroad,road,m,1000,\nwater,well,,,\nall,house,,,x\n";
    errand e;
    ntm_task_prices *prices = NULL;
    ntm_gaps *gaps = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
    size_t count = 7;
    (void)state;
    errand_start(&e, either, "code,road#0,all#0,water#0\nX,0,1,0\n");
    errand_table(&e, &e.options.duties, duties_of);
    errand_norms(&e, NORMS "road,,,money,m,1500,\nroad,,,cement,m,9,tonne\nwell,,,money,household,100000.5,\n"
                           "house,y,,money,household,4,\n");
    assert_int_equal(ntm_task_prices_new(&prices, e.gaps, &e.options, &err), NTM_ERROR_VALUE); /* half a đồng */
    assert_null(prices);
    e.options.rounding = NTM_ROUND_UP;
    assert_ok(ntm_task_prices_new(&prices, e.gaps, &e.options, &err), &err);
    const ntm_gap_price *found = ntm_task_prices_get(prices, &count);
    assert_int_equal(count, 2); /* for houses of class x there is no norm */
    assert_string_equal(found[0].input, "road");
    assert_int_equal(found[0].price.coefficient, 1500000);
    assert_int_equal(found[1].price.coefficient, 100001);
    options.prices = found;
    options.price_count = count;
    options.ignore_unknown = true;
    assert_ok(ntm_gaps_new(&gaps, e.plan, &e.table, &options, &err), &err);
    assert_int_equal(ntm_gaps_count(gaps), 1);
    assert_string_equal(ntm_gaps_subject(gaps, ntm_gaps_at(gaps, 0).subject)->input,
                        "road"); /* 3,000,000 against 3,000,030 */
    ntm_gaps_free(gaps);
    ntm_task_prices_free(prices);
    prices = NULL;
    errand_norms(&e, NORMS "road,,,money,m,1500,\nwell,,,money,household,99999,\n");
    assert_ok(ntm_task_prices_new(&prices, e.gaps, &e.options, &err), &err);
    options.prices = ntm_task_prices_get(prices, &options.price_count);
    assert_ok(ntm_gaps_new(&gaps, e.plan, &e.table, &options, &err), &err);
    assert_string_equal(ntm_gaps_subject(gaps, ntm_gaps_at(gaps, 0).subject)->input, "water");
    ntm_gaps_free(gaps);
    ntm_task_prices_free(prices);
    prices = NULL;
    e.options.duties = NULL;
    assert_int_equal(ntm_task_prices_new(&prices, e.gaps, &e.options, &err), NTM_ERROR_ARGUMENT);
    assert_null(ntm_task_prices_get(NULL, &count));
    assert_int_equal(count, 0);
    errand_end(&e);
}

static void who_pays(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, facts);
    errand_table(&e, &e.options.duties, duties);
    errand_table(&e, &e.options.division,
                 "work,resource,source,doer,share#0,cap#0,cap_per,cap_to\n"
                 ",,central,,70,,,\n,,people,thôn,30,,,\nroad,money,central,,60,500000000,unit,district\n"
                 "road,money,district,huyện,30,,,\nroad,money,people,thôn,10,,,\n");
    errand_norms(&e, norms);
    errand_make(&e);
    errand_expect(
        ntm_tasks_costs(e.tasks), "task,resource,source,doer,cost_least,cost_most,quantity_most",
        "0,money,central,thôn,0,1890000000,\n0,money,people,thôn,0,810000000,\n"
        "1,money,central,thôn,63000000,,\n1,money,people,thôn,27000000,,\n2,cement,central,xã,,,\n2,cement,people,thôn,,,\n"
        "2,money,central,xã,,,\n2,money,district,huyện,,,\n2,money,people,thôn,,,\n"
        "3,cement,central,xã,,,158.025\n3,cement,people,thôn,,,67.725\n"
        "3,money,central,xã,500000000,500000000,\n3,money,district,huyện,850000000,850000000,\n"
        "3,money,people,thôn,150000000,150000000,\n"
        "5,money,central,,105000000,105000000,\n5,money,people,thôn,45000000,45000000,\n"
        "6,money,central,huyện,1400000000,1400000000,\n6,money,people,thôn,600000000,600000000,\n");
    errand_expect(ntm_tasks_costs(e.tasks), "task,norm,rule",
                  "0,2,0\n0,2,1\n1,2,0\n1,2,1\n2,1,0\n2,1,1\n2,0,2\n2,0,3\n2,0,4\n3,1,0\n3,1,1\n3,0,2\n3,0,3\n3,0,4\n"
                  "5,3,0\n5,3,1\n6,4,0\n6,4,1\n");
    ntm_task task = ntm_tasks_at(e.tasks, 3);
    assert_true(task.cost_least == 1500000000 && task.cost_most == 1500000000);
    errand_end(&e);
}

/* A cap that several works share: with all that has to be done at the least and at the most, these are two ends. Where nobody
   knows how much one of them is, nobody knows who pays the others; what they cost is known all the same. */
static void shared_caps(void **state) {
    static const char few[] =
        ERRAND_FACTS "A,200,190,10,6,1,0,1,40,1\nB,200,190,10,5,1,0,1,40,1\nC,200,190,,5,1,0,1,40,1\n";
    static const char road[] = "work,resource,work_unit,amount#0\nroad,money,km,100\nhouse,money,house,50\n";
#define LINES "unit,work,source,cost_least,cost_most"
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, few);
    errand_table(&e, &e.options.duties, "fact,work\npaved,road\nhuts,house\n");
    errand_table(&e, &e.options.division,
                 "resource,source,share#0,cap#0,cap_per,cap_to\nmoney,a,100,150,total,b\nmoney,b,0,,,\n");
    errand_norms(&e, road);
    errand_make(&e);
    errand_expect(ntm_tasks_costs(e.tasks), LINES,
                  "A,road,a,,\nA,road,b,,\nB,road,a,,\nB,road,b,,\nC,road,a,,\nC,road,b,,\n");
    errand_expect(ntm_tasks_table(e.tasks), "unit,cost_least,cost_most,cost",
                  "A,100,100,known\nB,200,200,known\nC,,,untold\n");
    errand_table(&e, &e.options.division,
                 "resource,source,share#0,cap#0,cap_per,cap_to\nmoney,a,100,150,unit,b\nmoney,b,0,,,\n");
    errand_make(&e);
    errand_expect(ntm_tasks_costs(e.tasks), LINES,
                  "A,road,a,100,100\nA,road,b,0,0\nB,road,a,150,150\nB,road,b,50,50\nC,road,a,,\nC,road,b,,\n");
    errand_table(&e, &e.options.division,
                 "resource,source,share#0,cap#0,cap_per,cap_to\nmoney,a,100,75,work,b\nmoney,b,0,,,\n");
    errand_make(&e);
    errand_expect(ntm_tasks_costs(e.tasks), LINES,
                  "A,road,a,75,75\nA,road,b,25,25\nB,road,a,150,150\nB,road,b,50,50\nC,road,a,,\nC,road,b,,\n");
    errand_end(&e);
    /* 1 house and 0 to 90 households in one unit, 30 and more in another: the rules of wells and houses are others. */
    errand_start(&e, ERRAND_SET, ERRAND_FACTS "A,100,,10,9,1,1,1,40,1\nB,,70,10,9,1,0,1,40,1\n");
    errand_table(&e, &e.options.duties, "fact,work\nwater,well\nhuts,house\n");
    errand_table(
        &e, &e.options.division,
        "work,resource,source,share#0,cap#0,cap_per,cap_to\n,money,a,100,60,unit,b\n,money,b,0,,,\nwell,money,a,100,100,total,b\nwell,money,b,0,,,\n");
    errand_norms(&e, "work,resource,work_unit,amount#0\nwell,money,household,3\nhouse,money,house,70\n");
    errand_make(&e);
    errand_expect(ntm_tasks_costs(e.tasks), LINES,
                  "B,well,a,90,\nB,well,b,0,\nA,well,a,0,\nA,well,b,0,\nA,house,a,60,60\nA,house,b,10,10\n");
    errand_expect(ntm_tasks_table(e.tasks), "unit,cost_least,cost_most,cost",
                  "B,90,,untold\nA,0,300,known\nA,70,70,known\n");
    errand_end(&e);
}

/* In one unit: works of one rule share its cap, those of another do not. */
static void caps_of_units(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, ERRAND_FACTS "A,,70,,9,1,1,1,40,1\nB,200,190,10,6,1,1,1,40,1\n");
    errand_table(&e, &e.options.duties, "fact,work\nwater,well\nhuts,house\npaved,road\n");
    errand_table(&e, &e.options.division,
                 "work,resource,source,share#0,cap#0,cap_per,cap_to\n,money,a,100,60,unit,b\n,money,b,0,,,\n"
                 "well,money,a,100,100,unit,b\nwell,money,b,0,,,\nhouse,money,a,100,50,unit,b\nhouse,money,b,0,,,\n");
    errand_norms(&e,
                 "work,resource,work_unit,amount#0\nwell,money,household,3\nhouse,money,house,70\nroad,money,km,100\n");
    errand_make(&e);
    errand_expect(ntm_tasks_costs(e.tasks), LINES,
                  "B,road,a,60,60\nB,road,b,40,40\nB,house,a,50,50\nB,house,b,20,20\nA,road,a,,\nA,road,b,,\n"
                  "A,well,a,90,\nA,well,b,0,\nA,house,a,50,50\nA,house,b,20,20\n");
    errand_table(&e, &e.options.division,
                 "resource,source,share#0,cap#0,cap_per,cap_to\nmoney,a,100,60,unit,b\nmoney,b,0,,,\n");
    errand_table(&e, &e.options.allotted, "unit,source,amount#0\nA,a,10\n");
    errand_make(&e);
    errand_expect(ntm_tasks_costs(e.tasks), LINES,
                  "B,road,a,35,35\nB,road,b,65,65\nB,house,a,25,25\nB,house,b,45,45\nA,road,a,,\nA,road,b,,\n"
                  "A,well,a,,\nA,well,b,,\nA,house,a,,\nA,house,b,,\n");
    errand_expect(ntm_tasks_remaining(e.tasks), "unit,source,need_least,open,remaining_least,surplus_most",
                  "A,a,,3,,\nA,b,,3,,\nB,a,60,0,60,0\nB,b,110,0,110,0\n");
    errand_end(&e);
}

/* What is open in one unit or under one rule opens nothing elsewhere, and adds nothing to what is known. */
static void caps_apart(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, ERRAND_FACTS "A,200,70,,9,1,1,1,40,1\nB,,70,10,9,1,0,1,40,1\n");
    errand_table(&e, &e.options.duties, "fact,work\nwater,well\nhuts,house\npaved,road\n");
    errand_table(&e, &e.options.division,
                 "work,resource,source,share#0,cap#0,cap_per,cap_to\n,money,a,100,60,unit,b\n,money,b,0,,,\n"
                 "well,money,a,100,100,unit,b\nwell,money,b,0,,,\nhouse,money,a,100,,,\n");
    errand_norms(&e,
                 "work,resource,work_unit,amount#0\nwell,money,household,3\nhouse,money,house,70\nroad,money,km,100\n");
    errand_make(&e);
    errand_expect(
        ntm_tasks_costs(e.tasks), LINES,
        "B,well,a,90,\nB,well,b,0,\nA,road,a,,\nA,road,b,,\nA,well,a,100,100\nA,well,b,230,230\nA,house,a,70,70\n");
    errand_table(&e, &e.options.division,
                 "work,resource,source,share#0,cap#0,cap_per,cap_to\n,money,a,100,60,unit,b\n,money,b,0,,,\n"
                 "house,money,a,100,,,\n");
    errand_table(&e, &e.options.allotted, "unit,source,amount#0\nA,a,10\n");
    errand_make(&e);
    errand_expect(ntm_tasks_costs(e.tasks), LINES,
                  "B,well,a,60,\nB,well,b,30,\nA,road,a,,\nA,road,b,,\nA,well,a,,\nA,well,b,,\nA,house,a,70,70\n");
    errand_expect(ntm_tasks_remaining(e.tasks), "unit,source,need_least,open,remaining_least,surplus_most",
                  "A,a,70,2,60,0\nA,b,,2,,\nB,a,60,1,60,0\nB,b,30,1,30,0\n");
    errand_end(&e);
}

/* Units above, and regions of norms, as of a day. */
static void where(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, facts);
    errand_table(&e, &e.options.duties, DUTIES "water,,well,,,,,,,\n");
    errand_norms(&e, NORMS "well,,hill,money,household,10,\nwell,,plain,money,household,7,\n");
    errand_make(&e);
    errand_expect(
        ntm_tasks_table(e.tasks), "unit,cost",
        "B,norm not told\nC,norm not told\nD,no duty\nA,no duty\nA,not work\nA,no duty\nA,no duty\nA,not work\n");
    assert_null(ntm_table_find(ntm_tasks_table(e.tasks), "district"));
    ntm_units_options allowing = NTM_UNITS_OPTIONS_INIT;
    allowing.allow = NTM_UNIT_ALLOW_ALL;
    e.units = tree_new(
        "code,name,level,parent,valid_to\n1,Một,province,,\n5,Năm,district,1,2020-07-01\nA,A,commune,5,\nB,B,commune,5,\n"
        "C,C,commune,1,\nD,D,commune,,\n7,Bảy,village,A,\n",
        NULL, "code,attribute,value\n1,zone,hill\nC,zone,plain\n", &allowing);
    e.options.units = e.units;
    e.options.on = ntm_date_ymd(2020, 2, 25);
    e.options.region_attribute = "zone";
    errand_make(&e);
    errand_expect(ntm_tasks_table(e.tasks), "unit,province,district,commune,input,cost_most",
                  "B,1,5,B,water,9000\nC,1,,C,water,\nD,,,D,paved,\nA,1,5,A,paved,\nA,1,5,A,plan,\nA,1,5,A,huts,\n"
                  "A,1,5,A,clinic,\nA,1,5,A,pay,\n");
    errand_expect_sums(&e, NTM_SUM_COSTS, "province,district",
                       "province,district,tasks,units,cost_least,cost_most,open",
                       ",,1,1,,,1\n1,,1,1,210,,1\n1,5,6,2,0,,3\n");
    e.options.echelon = NTM_ECHELON_COMMUNE;
    e.options.on = ntm_date_ymd(2020, 7, 1);
    errand_make(&e); /* the district is no more */
    errand_expect(ntm_tasks_table(e.tasks), "unit,province,district,cost_most",
                  "B,,,\nC,1,,\nD,,,\nA,,,\nA,,,\nA,,,\nA,,,\nA,,,\n");
    e.options.echelon = NTM_ECHELON_VILLAGE;
    errand_refused(&e, NTM_ERROR_NOT_FOUND, "A", 0, "");
    errand_end(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_they_cost),  cmocka_unit_test(per),        cmocka_unit_test(reasons),
        cmocka_unit_test(prices_by_norms), cmocka_unit_test(who_pays),   cmocka_unit_test(shared_caps),
        cmocka_unit_test(caps_of_units),   cmocka_unit_test(caps_apart), cmocka_unit_test(where)};
    return cmocka_run_group_tests_name("costs of tasks", tests, NULL, NULL);
}
