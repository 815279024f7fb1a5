/* SPDX-License-Identifier: Apache-2.0 */
/* The cheapest steps to a class: cases worked out by hand. */
#include "review.h"

#include <ntm/grade.h>

#include <stdio.h>
#include <stdlib.h>

/* Three ladders, a count, a story that two of them need, a stop, a condition of the highest class. */
static const char product[] = HEAD
    "facts:\n  origin: {name: {vi: o}, kind: level, levels: [far, province, commune]}\n"
    "  design: {name: {vi: d}, kind: level, levels: [none, plain, good, best]}\n"
    "  story: {name: {vi: s}, kind: flag}\n  jobs: {name: {vi: j}, kind: count, unit: person}\n"
    "  told: {name: {vi: t}, kind: level, levels: [none, leaflet, film]}\n"
    "  forged: {name: {vi: f}, kind: flag}\n  lab: {name: {vi: l}, kind: flag}\n"
    "  other: {name: {vi: x}, kind: amount, unit: point, least: 0, most: 20}\n"
    "grade:\n  of:\n    sum:\n"
    "      - {points: [{when: {at_level: [province, origin]}, give: 3}, {when: {at_level: [commune, origin]}, give: 5}]}\n"
    "      - {points: [{when: {at_level: [plain, design]}, give: 1}, {when: {at_level: [good, design]}, give: 2},"
    " {when: {at_level: [best, design]}, give: 6}]}\n"
    "      - {points: [{when: [jobs, \">=\", {constant: 10, unit: person}], give: 2},"
    " {when: [jobs, \">\", {constant: 20, unit: person}], give: 4}]}\n"
    "      - {points: [{when: {all: [{attested: story}, {at_level: [leaflet, told]}]}, give: 2},"
    " {when: {all: [{attested: story}, {at_level: [film, told]}]}, give: 7}]}\n"
    "      - {sum: [other, {constant: 1, unit: point}]}\n"
    "  knock_out: {any: [{attested: forged}, {not: {attested: story}}]}\n"
    "  bands:\n    - {class: \"1\", range: \"[0, 8)\"}\n    - {class: \"2\", range: \"[8, 14]\"}\n"
    "    - {class: \"3\", range: \"(14, ...)\", requires: {all: [{attested: lab}, {attested: story}]}}\n" CRITERION;

typedef struct way {
    ntm_set *set;
    sheet s;
    ntm_plan *plan;
    ntm_climb *climb;
    ntm_climb_options options;
} way;

static void start(way *w, const char *yaml, size_t rows) {
    memset(w, 0, sizeof *w);
    w->set = taken(yaml);
    begin(&w->s, rows);
    w->options = (ntm_climb_options)NTM_CLIMB_OPTIONS_INIT;
}

static void facts(way *w, const char *origin, const char *design, const char *story, const char *jobs, const char *told,
                  const char *forged, const char *lab, const char *other) {
    sheet_cells(&w->s, "origin", AS_TEXT, origin);
    sheet_cells(&w->s, "design", AS_CODES, design);
    sheet_cells(&w->s, "story", AS_BITS, story);
    sheet_cells(&w->s, "jobs", AS_INT16, jobs);
    sheet_cells(&w->s, "told", AS_TEXT, told);
    sheet_cells(&w->s, "forged", AS_BYTES, forged);
    sheet_cells(&w->s, "lab", AS_BYTES, lab);
    sheet_cells(&w->s, "other", AS_DOUBLE, other);
}

/* The steps as "fact:from>to/cost+gain", under all kernels. */
static void expect(way *w, size_t row, const char *steps, uint64_t cost, bool found) {
    for (int kernels = NTM_KERNELS_BEST; kernels <= NTM_KERNELS_REFERENCE; kernels++) {
        ntm_error err = NTM_ERROR_INIT;
        char got[512] = "";
        size_t used = 0;
        ntm_climb_free(w->climb);
        ntm_plan_free(w->plan);
        w->climb = NULL;
        w->s.plan.kernels = (ntm_kernels)kernels;
        assert_ok(ntm_plan_new(&w->plan, w->set, &w->s.plan, &err), &err);
        assert_ok(ntm_climb_new(&w->climb, w->plan, &w->s.table, row, &w->options, &err), &err);
        for (size_t i = 0; i < ntm_climb_step_count(w->climb); i++) {
            const ntm_climb_step *step = ntm_climb_step_at(w->climb, i);
            assert_int_equal(step->gain.denominator, 1);
            used += (size_t)snprintf(got + used, sizeof got - used, "%s:%s>%s/%d%+d ", step->fact, step->from, step->to,
                                     (int)step->cost, (int)step->gain.numerator);
        }
        assert_string_equal(got, steps);
        assert_int_equal(ntm_climb_about(w->climb)->found, found);
        assert_int_equal(ntm_climb_about(w->climb)->cost, cost);
        assert_null(ntm_climb_step_at(w->climb, ntm_climb_step_count(w->climb)));
    }
}

static void end(way *w) {
    ntm_climb_free(w->climb);
    ntm_plan_free(w->plan);
    ntm_set_free(w->set);
    sheet_end(&w->s);
}

static void by_hand(void **state) {
    way w;
    (void)state;
    start(&w, product, 5);
    facts(&w, "far far far commune far", "none none good best none", "yes yes no yes yes", "3 3 3 25 3",
          "none film none film none", "no no no no yes", "no no yes yes no", "2 0 6 9 9");
    /* 3 points; 5 are lacking: the film, 2 levels, gives 7 of them. Design to the best would cost 3 for 6. */
    expect(&w, 0, "told:none>film/2+7 ", 2, true);
    const ntm_climb_summary *about = ntm_climb_about(w.climb);
    assert_true(about->grade.least == 1 && about->grade.most == 1 && about->target == 2);
    assert_string_equal(about->target_label, "2");
    assert_true(about->lacking.least.numerator == 5 && about->lacking.most.numerator == 5 && about->exact);
    assert_true(about->score.least.numerator == 3 && about->score_after.numerator == 10 && !about->more_than_bound);
    /* 8 points are there, and the class is reached; the next has an open bound and wants the laboratory. */
    /* As cheap, with as many points, would be origin to the commune and jobs to 10: earlier facts climb less. */
    expect(&w, 1, "origin:far>province/1+3 jobs:3>21/2+4 lab:no>yes/1+0 ", 4, true);
    about = ntm_climb_about(w.climb);
    assert_true(about->target == 3 && about->more_than_bound && about->lacking.least.numerator == 6);
    assert_int_equal(about->score_after.numerator, 15);
    /* No class without a story; with it the first is there at once. */
    expect(&w, 2, "story:no>yes/1+0 ", 1, true);
    /* Nothing above; knocked out for ever. */
    expect(&w, 3, "", 0, false);
    about = ntm_climb_about(w.climb);
    assert_true(about->target == 0 && about->target_label == NULL && about->exact &&
                about->lacking.most.numerator == 0);
    expect(&w, 4, "", 0, false);
    assert_true(ntm_climb_about(w.climb)->exact && ntm_climb_about(w.climb)->target == 1);
    end(&w);
}

static void costs(void **state) {
    static const ntm_climb_cost given[] = {{"told", "film", 10},
                                           {"origin", "commune", NTM_COST_NEVER},
                                           {"jobs", "21", 0},
                                           {"design", "best", 3},
                                           {"story", "yes", 7}};
    way w;
    (void)state;
    start(&w, product, 1);
    facts(&w, "far", "none", "yes", "3", "none", "no", "yes", "2");
    w.options.costs = given;
    w.options.cost_count = 5;
    /* 3 points, 5 are lacking. Jobs: 1 for 4 in two rungs; then a point is lacking: design, told or origin for 1; origin
       gives most. */
    expect(&w, 0, "origin:far>province/1+3 jobs:3>21/1+4 ", 2, true);
    w.options.target = 3;
    /* 12 are lacking: jobs 4, origin 3, design 6 for 5; the leaflet 2 for 1 and design 2 for 2 reach 11 only. */
    expect(&w, 0, "origin:far>province/1+3 design:none>best/5+6 jobs:3>21/1+4 ", 7, true);
    w.options.target = 1;
    expect(&w, 0, "", 0, true);
    end(&w);
}

/* What is not reported stays so: the distance is an interval, and steps have to do without. */
static void not_reported(void **state) {
    way w;
    (void)state;
    start(&w, product, 2);
    facts(&w, "? far", "none none", "yes yes", "3 3", "none none", "no ?", "no yes", "? 5");
    w.options.target = 2;
    expect(&w, 0, "told:none>film/2+7 ", 2, true);
    const ntm_climb_summary *about = ntm_climb_about(w.climb);
    assert_true(about->score.least.numerator == 1 && about->score.most.numerator == 26);
    assert_true(about->lacking.least.numerator == 0 && about->lacking.most.numerator == 7);
    assert_true(about->grade.least == 1 && about->grade.most == 2);
    expect(&w, 1, "", 0, false); /* it may be knocked out, and nothing can be done about that */
    end(&w);
}

/* Criteria and values in the grade; a figure whose column a climbing fact chooses. */
static void by_criteria(void **state) {
    static const char yaml[] = HEAD
        "axes:\n  region: {values: [N, S]}\nfacts:\n  a: {name: {vi: a}, kind: flag}\n  b: {name: {vi: b}, kind: flag}\n"
        "  c: {name: {vi: c}, kind: flag}\n  far: {name: {vi: f}, kind: flag}\n"
        "figures:\n  extra: {unit: point, axes: [region], source: [S], values: {N: 1, S: 4}}\n"
        "scope:\n  - {axis: region, use: S, when: {attested: far}, source: [S]}\n"
        "values:\n  - {id: v, name: {vi: v}, unit: point, source: [S], of: {sum: [{points: [{when: {criterion: \"1\"},"
        " give: 3}]}, {points: [{when: {attested: c}, give: 1}]}]}}\n"
        "grade:\n  of: {sum: [{value: v}, {figure: extra}]}\n  bands:\n    - {class: low, range: \"[0, 5)\"}\n"
        "    - {class: high, range: \"[5, ...)\"}\n" INDICATORS RULE("\"1.1\"", "{attested: a}")
            RULE("\"1.2\"", "{attested: b}");
    static const ntm_climb_cost never[] = {{"far", "yes", NTM_COST_NEVER}};
    way w;
    (void)state;
    start(&w, yaml, 2);
    sheet_cells(&w.s, "a", AS_BYTES, "no no");
    sheet_cells(&w.s, "b", AS_BYTES, "no yes");
    sheet_cells(&w.s, "c", AS_BITS, "no no");
    sheet_cells(&w.s, "far", AS_BITS, "no no");
    sheet_cells(&w.s, "region", AS_TEXT, "N N");
    expect(&w, 0, "c:no>yes/1+1 far:no>yes/1+3 ", 2, true);
    expect(&w, 1, "a:no>yes/1+3 far:no>yes/1+3 ", 2, true); /* as cheap as c and far, and with more points */
    w.options.costs = never;
    w.options.cost_count = 1;
    expect(&w, 0, "a:no>yes/1+0 b:no>yes/1+3 c:no>yes/1+1 ", 3, true);
    end(&w);
}

/* A rule of scope chooses which number a count has to come to: both are looked at. */
static void count_in_another_column(void **state) {
    static const char yaml[] =
        HEAD "axes:\n  region: {values: [N, S]}\nfacts:\n  jobs: {name: {vi: j}, kind: count, unit: person}\n"
             "  far: {name: {vi: f}, kind: flag}\n"
             "figures:\n  least: {unit: person, axes: [region], source: [S], values: {N: 10, S: 5}}\n"
             "scope:\n  - {axis: region, use: S, when: {attested: far}, source: [S]}\n"
             "grade:\n  of: {points: [{when: [jobs, \">=\", {figure: least}], give: 3}]}\n"
             "  bands:\n    - {class: low, range: \"[0, 3)\"}\n    - {class: high, range: \"[3, ...)\"}\n" CRITERION;
    static const ntm_climb_cost dear[] = {{"jobs", "10", 100}};
    way w;
    (void)state;
    start(&w, yaml, 2);
    sheet_cells(&w.s, "jobs", AS_INT32, "1 1");
    sheet_cells(&w.s, "far", AS_BITS, "no ?");
    sheet_cells(&w.s, "region", AS_TEXT, "N N");
    w.options.costs = dear;
    w.options.cost_count = 1;
    expect(&w, 0, "jobs:1>5/1+0 far:no>yes/1+3 ", 2, true);
    assert_true(ntm_climb_about(w.climb)->exact);
    expect(&w, 1, "jobs:1>10/101+3 ", 101, true); /* whichever column holds */
    end(&w);
}

/* A part climbs no higher than its whole; that the whole may climb itself is left out, and said so. */
static void part_below_whole(void **state) {
    static const char yaml[] =
        HEAD "facts:\n  all: {name: {vi: a}, kind: count, unit: person}\n"
             "  some: {name: {vi: s}, kind: count, unit: person, part_of: all}\n"
             "grade:\n  of:\n    sum:\n"
             "      - {points: [{when: [all, \">=\", {constant: 10, unit: person}], give: 1}]}\n"
             "      - {points: [{when: [some, \">=\", {constant: 8, unit: person}], give: 3}]}\n"
             "  bands:\n    - {class: low, range: \"[0, 3)\"}\n    - {class: high, range: \"[3, ...)\"}\n" CRITERION;
    way w;
    (void)state;
    start(&w, yaml, 3);
    sheet_cells(&w.s, "all", AS_INT32, "5 8 11");
    sheet_cells(&w.s, "some", AS_INT32, "5 5 5");
    expect(&w, 0, "", 0, false);
    assert_false(ntm_climb_about(w.climb)->exact);
    expect(&w, 1, "some:5>8/1+3 ", 1, true);
    assert_true(ntm_climb_about(w.climb)->exact);
    expect(&w, 2, "some:5>8/1+3 ", 1, true);
    assert_true(ntm_climb_about(w.climb)->exact);
    end(&w);
}

/* Sixty values that name the one before them twice each are 2^60 terms when written out; ten thousand indicators that
   name one another are no ten thousand calls. */
static void hostile_names(void **state) {
    enum { SIZE = 1 << 20, VALUES = 60, ROWS = 9000 };
    char *yaml = malloc(SIZE);
    size_t used = 0;
    way w;
    (void)state;
    assert_non_null(yaml);
#define ADD(...) used += (size_t)snprintf(yaml + used, SIZE - used, __VA_ARGS__)
    ADD("%sfacts:\n  a: {name: {vi: a}, kind: flag}\n  b: {name: {vi: b}, kind: flag}\nvalues:\n"
        "  - {id: v0, unit: point, of: {points: [{when: {attested: a}, give: 1}]}, source: [S]}\n",
        HEAD);
    for (int i = 1; i < VALUES; i++)
        ADD("  - {id: v%d, unit: point, of: {sum: [{value: v%d}, {value: v%d}]}, source: [S]}\n", i, i - 1, i - 1);
    ADD("%s      - {id: i0, source: [S], rule: {attested: b}}\n", INDICATORS);
    for (int i = 1; i < ROWS; i++)
        ADD("      - {id: i%d, source: [S], rule: {not: {not: {not: {not: {indicator: i%d}}}}}}\n", i, i - 1);
    ADD("grade:\n  of: {value: v%d}\n  bands:\n    - {class: low, range: \"[0, 2)\"}\n"
        "    - {class: high, range: \"[2, ...)\", requires: {indicator: i%d}}\n",
        VALUES - 1, ROWS - 1);
#undef ADD
    assert_true(used < SIZE - 1);
    start(&w, yaml, 1);
    free(yaml);
    sheet_cells(&w.s, "a", AS_BITS, "no");
    sheet_cells(&w.s, "b", AS_BITS, "no");
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_plan_new(&w.plan, w.set, &w.s.plan, &err), &err);
    assert_ok(ntm_climb_new(&w.climb, w.plan, &w.s.table, 0, &w.options, &err), &err);
    assert_true(ntm_climb_about(w.climb)->found && ntm_climb_about(w.climb)->cost == 2);
    assert_int_equal(ntm_climb_about(w.climb)->score_after.numerator, INT64_C(1) << (VALUES - 1));
    end(&w);
}

static void limits(void **state) {
    way w;
    (void)state;
    start(&w, product, 1);
    facts(&w, "far", "none", "yes", "3", "none", "no", "no", "0");
    w.options.combinations_max = 1; /* only as everything stands */
    expect(&w, 0, "", 0, false);
    assert_false(ntm_climb_about(w.climb)->exact);
    end(&w);
}

static ntm_status ask(way *w, size_t row, ntm_error *err) {
    ntm_climb *climb = NULL;
    ntm_status status = ntm_climb_new(&climb, w->plan, &w->s.table, row, &w->options, err);
    if (status != NTM_OK) assert_null(climb);
    ntm_climb_free(climb);
    return status;
}

static void refused_calls(void **state) {
    ntm_climb_cost costs[2] = {{"nobody", "yes", 1}, {"story", "yes", 1}};
    ntm_error err = NTM_ERROR_INIT;
    way w;
    (void)state;
    start(&w, product, 2);
    facts(&w, "far far", "none none", "yes yes", "3 3", "none none", "no no", "no no", "0 30");
    assert_ok(ntm_plan_new(&w.plan, w.set, &w.s.plan, &err), &err);
    assert_fails(ask(&w, 1, &err), NTM_ERROR_VALUE, &err, "natural bound");
    assert_int_equal(err.row, 1);
    assert_fails(ask(&w, 2, &err), NTM_ERROR_ARGUMENT, &err, "row 2");
    w.options.target = 4;
    assert_fails(ask(&w, 0, &err), NTM_ERROR_ARGUMENT, &err, "class 4");
    w.options.target = 0;
    w.options.costs = costs;
    w.options.cost_count = 2;
    assert_fails(ask(&w, 0, &err), NTM_ERROR_NOT_FOUND, &err, "no fact");
    costs[0] = (ntm_climb_cost){"told", "far", 1};
    assert_fails(ask(&w, 0, &err), NTM_ERROR_NOT_FOUND, &err, "cannot reach");
    costs[0] = costs[1];
    assert_fails(ask(&w, 0, &err), NTM_ERROR_CONFLICT, &err, "two costs");
    costs[0] = (ntm_climb_cost){"told", "leaflet", UINT64_MAX - 1};
    costs[1] = (ntm_climb_cost){"told", "film", 2};
    assert_fails(ask(&w, 0, &err), NTM_ERROR_OVERFLOW, &err, "64 bits");
    costs[1].level = NULL;
    assert_fails(ask(&w, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    w.options.struct_size = 1;
    assert_fails(ask(&w, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_climb_new(NULL, w.plan, &w.s.table, 0, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(ntm_climb_about(NULL));
    assert_int_equal(ntm_climb_step_count(NULL), 0);
    end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand),
                                       cmocka_unit_test(costs),
                                       cmocka_unit_test(not_reported),
                                       cmocka_unit_test(by_criteria),
                                       cmocka_unit_test(limits),
                                       cmocka_unit_test(refused_calls),
                                       cmocka_unit_test(count_in_another_column),
                                       cmocka_unit_test(part_below_whole),
                                       cmocka_unit_test(hostile_names)};
    return cmocka_run_group_tests_name("climbing", tests, NULL, NULL);
}
