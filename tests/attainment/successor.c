/* SPDX-License-Identifier: Apache-2.0 */
/* The same communes under a set and its successor: who gains, who loses, what has no counterpart. */
#include "sheet.h"

#include <ntm/catalogue.h>
#include <ntm/successor.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct laws {
    kit before, after;
    sheet s;
    ntm_plan *plan_before, *plan_after;
} laws;

/* Before: insurance >= 85 %, poor <= 5 % by the old standard, a market. */
static void old_law(kit *k) {
    ntm_set_spec spec = kit_spec();
    spec.id = "set-before";
    kit_start_spec(k, &spec, NULL);
    kit_fact(k, "population", NTM_KIND_COUNT, "person");
    kit_fact(k, "insured", NTM_KIND_COUNT, "person");
    kit_fact(k, "poor-share-2016", NTM_KIND_SHARE, "%");
    kit_fact(k, "market", NTM_KIND_FLAG, NULL);
    kit_criterion(k, "15", 0);
    kit_indicator(k, "15.1",
                  k_compare(k, k_of(k, NTM_RATIO, k_fact(k, "insured"), k_fact(k, "population")), NTM_MORE_OR_EQUAL,
                            k_number(k, "85", "%")));
    kit_criterion(k, "11", 0);
    kit_indicator(k, "11", k_compare(k, k_fact(k, "poor-share-2016"), NTM_LESS_OR_EQUAL, k_number(k, "5", "%")));
    kit_criterion(k, "7", 0);
    kit_indicator(k, "7", k_attested(k, "market"));
    (void)kit_done(k);
}

/* After: insurance >= 90 %, poverty by a new standard, radio; the market is gone. */
static void new_law(kit *k, bool follows) {
    ntm_set_spec spec = kit_spec();
    if (follows) spec.follows = "set-before";
    spec.instrument.in_force_from = ntm_date_ymd(2021, 1, 1);
    spec.instrument.in_force_to = NTM_DATE_NONE;
    kit_start_spec(k, &spec, NULL);
    kit_fact(k, "population", NTM_KIND_COUNT, "person");
    kit_fact(k, "insured", NTM_KIND_COUNT, "person");
    kit_fact(k, "poor-share-2021", NTM_KIND_SHARE, "%");
    kit_fact(k, "radio", NTM_KIND_FLAG, NULL);
    kit_criterion(k, "15", 0);
    kit_indicator(k, "15.1",
                  k_compare(k, k_of(k, NTM_RATIO, k_fact(k, "insured"), k_fact(k, "population")), NTM_MORE_OR_EQUAL,
                            k_number(k, "90", "%")));
    kit_criterion(k, "11", 0);
    kit_indicator(k, "11", k_compare(k, k_fact(k, "poor-share-2021"), NTM_LESS_OR_EQUAL, k_number(k, "5", "%")));
    kit_criterion(k, "8", 0);
    kit_indicator(k, "8.1", k_attested(k, "radio"));
    kit_indicator(k, "8.2", 0); /* a row that nobody has read */
    if (follows) {
        kit_counterpart(k, "15", "15", true);
        kit_counterpart(k, "11", "11", true);
        kit_counterpart(k, "15.1", "15.1", false);
        kit_counterpart(k, "11", "11", false);
    }
    (void)kit_done(k);
}

static void start(laws *l) {
    ntm_error err = NTM_ERROR_INIT;
    memset(l, 0, sizeof *l);
    old_law(&l->before);
    new_law(&l->after, true);
    sheet_start(&l->s, 5);
    sheet_cells(&l->s, "population", AS_INT64, "2000 2000 2000 2000 2000");
    sheet_cells(&l->s, "insured", AS_INT64, "1699 1700 1799 1800 ?");
    sheet_cells(&l->s, "poor-share-2016", AS_DOUBLE, "5 5.1 4 4 4");
    sheet_cells(&l->s, "poor-share-2021", AS_DOUBLE, "5 4 6 ? 4");
    sheet_cells(&l->s, "market", AS_BITS, "yes yes yes yes yes");
    sheet_cells(&l->s, "radio", AS_BITS, "yes yes yes yes yes");
    assert_int_equal(ntm_plan_new(&l->plan_before, l->before.set, &l->s.plan, &err), NTM_OK);
    l->s.plan.on = ntm_date_ymd(2022, 6, 1);
    assert_int_equal(ntm_plan_new(&l->plan_after, l->after.set, &l->s.plan, &err), NTM_OK);
}

static void end(laws *l) {
    ntm_plan_free(l->plan_before);
    ntm_plan_free(l->plan_after);
    sheet_end(&l->s);
    kit_end(&l->before);
    kit_end(&l->after);
}

static void assert_rows(const ntm_successor *both, size_t pair, ntm_verdict from, ntm_verdict to, size_t count,
                        size_t first) {
    size_t rows[8] = {99}, found = 99;
    ntm_error err = NTM_ERROR_INIT;
    ntm_moves moves;
    assert_int_equal(ntm_successor_rows(rows, &found, 8, both, pair, from, to, &err), NTM_OK);
    assert_int_equal(found, count);
    if (count > 0) assert_int_equal(rows[0], first);
    assert_int_equal(ntm_successor_moves(&moves, both, pair, &err), NTM_OK);
    assert_int_equal(moves.rows[from][to], count);
    assert_int_equal(ntm_successor_rows(NULL, &found, 0, both, pair, from, to, &err), NTM_OK);
    assert_int_equal(found, count);
}

static void assert_pair(const ntm_successor *both, size_t index, ntm_pair_kind kind, size_t before, size_t after,
                        bool review, bool facts_differ) {
    const ntm_pair *pair = ntm_successor_pair(both, index);
    assert_non_null(pair);
    assert_int_equal(pair->kind, kind);
    assert_true(pair->before == before && pair->after == after);
    assert_int_equal(pair->review, review);
    assert_int_equal(pair->facts_differ, facts_differ);
}

static void gains_and_losses(void **state) {
    (void)state;
    laws l;
    ntm_successor *both = NULL;
    ntm_error err = NTM_ERROR_INIT;
    start(&l);
    assert_int_equal(ntm_successor_new(&both, l.plan_before, l.plan_after, &l.s.table, NULL, &err), NTM_OK);
    assert_int_equal(ntm_successor_pair_count(both), 1 + 4 + 5);
    assert_pair(both, 0, NTM_PAIR_STATUS, 0, 0, false, false);
    assert_pair(both, 1, NTM_PAIR_CRITERION, 0, 0, false, false);       /* 15 */
    assert_pair(both, 2, NTM_PAIR_CRITERION, 1, 1, true, true);         /* 11: measured otherwise */
    assert_pair(both, 3, NTM_PAIR_CRITERION, SIZE_MAX, 2, true, false); /* 8 is new */
    assert_pair(both, 4, NTM_PAIR_CRITERION, 2, SIZE_MAX, true, false); /* 7 was dropped */
    assert_pair(both, 8, NTM_PAIR_INDICATOR, SIZE_MAX, 3, true, false);
    assert_pair(both, 9, NTM_PAIR_INDICATOR, 2, SIZE_MAX, true, false);
    assert_null(ntm_successor_pair(both, 10));
    assert_rows(both, 1, NTM_MET, NTM_NOT_MET, 2, 1); /* 85 % and 89.95 % */
    assert_rows(both, 1, NTM_MET, NTM_MET, 1, 3);
    assert_rows(both, 1, NTM_NOT_MET, NTM_NOT_MET, 1, 0);
    assert_rows(both, 1, NTM_OPEN, NTM_OPEN, 1, 4);
    assert_rows(both, 2, NTM_NOT_MET, NTM_MET, 1, 1);
    assert_rows(both, 2, NTM_MET, NTM_OPEN, 1, 3);
    assert_rows(both, 4, NTM_MET, NTM_OPEN, 5, 0);    /* what was dropped is not "not met" */
    assert_rows(both, 0, NTM_MET, NTM_NOT_MET, 1, 2); /* attained, and surely not any more */
    assert_rows(both, 0, NTM_MET, NTM_OPEN, 1, 3);    /* 8.2 and poverty are open */
    assert_int_equal(ntm_attainment_rows(ntm_successor_before(both)), 5);
    assert_int_equal(ntm_attainment_status(ntm_successor_after(both), 2), NTM_NOT_MET);
    ntm_successor_free(both);
    end(&l);
}

static void pairs_of_the_caller(void **state) {
    (void)state;
    laws l;
    ntm_successor *both = NULL;
    ntm_error err = NTM_ERROR_INIT;
    const ntm_counterpart own[] = {{"8", "7", true}, {"15", "15", true}};
    ntm_successor_options options = NTM_SUCCESSOR_OPTIONS_INIT;
    start(&l);
    options.pairs = own;
    options.pair_count = 2;
    assert_int_equal(ntm_successor_new(&both, l.plan_before, l.plan_after, &l.s.table, &options, &err), NTM_OK);
    assert_pair(both, 3, NTM_PAIR_CRITERION, 2, 2, true, false); /* 8.2 has no rule, so that nothing can be told */
    assert_pair(both, 5, NTM_PAIR_INDICATOR, SIZE_MAX, 0, true, false);
    ntm_successor_free(both);
    both = NULL;
    const ntm_counterpart twice[] = {{"8", "7", true}, {"15", "7", true}};
    options.pairs = twice;
    assert_int_equal(ntm_successor_new(&both, l.plan_before, l.plan_after, &l.s.table, &options, &err),
                     NTM_ERROR_CONFLICT);
    const ntm_counterpart unknown[] = {{"8", "77", true}};
    options.pairs = unknown;
    options.pair_count = 1;
    assert_int_equal(ntm_successor_new(&both, l.plan_before, l.plan_after, &l.s.table, &options, &err),
                     NTM_ERROR_NOT_FOUND);
    assert_string_equal(err.subject, "set-before");
    assert_null(both);
    end(&l);
}

static void what_does_not_follow(void **state) {
    (void)state;
    laws l;
    kit stranger;
    ntm_plan *plan = NULL;
    ntm_successor *both = NULL;
    ntm_error err = NTM_ERROR_INIT;
    start(&l);
    new_law(&stranger, false);
    assert_int_equal(ntm_plan_new(&plan, stranger.set, &l.s.plan, &err), NTM_OK);
    assert_int_equal(ntm_successor_new(&both, l.plan_before, plan, &l.s.table, NULL, &err), NTM_ERROR_NOT_FOUND);
    assert_non_null(strstr(err.message, "set-before"));
    ntm_plan_free(plan);
    kit_end(&stranger);
    assert_int_equal(ntm_successor_new(&both, l.plan_after, l.plan_before, &l.s.table, NULL, &err),
                     NTM_ERROR_NOT_FOUND); /* the wrong way round */
    assert_int_equal(ntm_successor_new(&both, NULL, l.plan_before, &l.s.table, NULL, &err), NTM_ERROR_ARGUMENT);
    assert_null(both);
    end(&l);
}

static void columns_that_neither_knows(void **state) {
    (void)state;
    laws l;
    ntm_successor *both = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_problems *problems = NULL;
    ntm_successor_options options = NTM_SUCCESSOR_OPTIONS_INIT;
    start(&l);
    sheet_cells(&l.s, "insurd", AS_INT64, "1 2 3 4 5");
    sheet_cells(&l.s, "popluation", AS_INT64, "1 2 3 4 5");
    assert_int_equal(ntm_problems_new(&problems, 0, NULL, &err), NTM_OK);
    options.problems = problems;
    assert_int_equal(ntm_successor_new(&both, l.plan_before, l.plan_after, &l.s.table, &options, &err),
                     NTM_ERROR_SHAPE);
    assert_string_equal(err.subject, "insurd");
    assert_int_equal(ntm_problems_count(problems), 2);
    assert_null(both);
    options.ignore_unknown = true;
    assert_int_equal(ntm_successor_new(&both, l.plan_before, l.plan_after, &l.s.table, &options, &err), NTM_OK);
    ntm_moves moves;
    size_t count;
    assert_int_equal(ntm_successor_moves(&moves, both, 10, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_successor_rows(NULL, &count, 3, both, 0, NTM_MET, NTM_MET, &err), NTM_ERROR_ARGUMENT);
    ntm_successor_free(both);
    ntm_problems_free(problems);
    end(&l);
}

static ntm_status compare(const ntm_allocator *allocator, void *context) {
    const laws *l = context;
    ntm_successor *both = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_successor_options options = NTM_SUCCESSOR_OPTIONS_INIT;
    options.allocator = allocator;
    ntm_status status = ntm_successor_new(&both, l->plan_before, l->plan_after, &l->s.table, &options, &err);
    if (status != NTM_OK) {
        assert_null(both);
        assert_int_equal(err.status, status);
    }
    ntm_successor_free(both);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    laws l;
    start(&l);
    assert_true(fault_sweep(compare, &l, NTM_OK) > 10);
    end(&l);
}

#define LAW(id) "format: ntm-set/1\nid: " id "\nprogramme: p\nlevel: l\ntier: t\nplace: VN\nsources: {S: {where: w}}\n"

static ntm_plan *plan_of(ntm_set **set, const char *yaml, const sheet *s) {
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_set_read(set, yaml, strlen(yaml), "t.yaml", NULL, &err), &err);
    assert_ok(ntm_plan_new(&plan, *set, &s->plan, &err), &err);
    return plan;
}

/* A value that only the later law refuses: the message says under which law. */
static void refused_under_one_law(void **state) {
    (void)state;
    static const char old[] = LAW("old") "facts: {x: {kind: count, unit: person}}\n"
                                         "criteria: [{id: \"1\", rule: [x, \">\", {constant: 1, unit: person}]}]\n";
    static const char new[] = LAW("new") "follows: {set: old}\nfacts: {x: {kind: count, unit: person, most: 5}}\n"
                                         "criteria: [{id: \"1\", rule: [x, \">\", {constant: 1, unit: person}]}]\n";
    sheet s;
    ntm_set *sets[2] = {NULL, NULL};
    ntm_successor *both = NULL;
    ntm_error err = NTM_ERROR_INIT;
    sheet_start(&s, 2);
    s.plan.out_of_force = true;
    ntm_plan *before = plan_of(&sets[0], old, &s), *after = plan_of(&sets[1], new, &s);
    sheet_cells(&s, "x", AS_INT64, "3 7");
    assert_fails(ntm_successor_new(&both, before, after, &s.table, NULL, &err), NTM_ERROR_VALUE, &err,
                 "under set \"new\": 7 is above 5");
    assert_string_equal(err.subject, "x");
    assert_int_equal(err.row, 1);
    assert_null(both);
    ntm_plan_free(before);
    ntm_plan_free(after);
    ntm_set_free(sets[0]);
    ntm_set_free(sets[1]);
    sheet_end(&s);
}

/* ------------------------------------------------------------------------------------------- what decides a part */

/* Compares two laws given as YAML, for one row without facts; gives the pair with that number. */
static ntm_pair pair_under(const char *before, const char *after, size_t index) {
    sheet s;
    ntm_set *sets[2] = {NULL, NULL};
    ntm_successor *both = NULL;
    ntm_error err = NTM_ERROR_INIT;
    sheet_start(&s, 1);
    s.plan.out_of_force = true;
    ntm_plan *old = plan_of(&sets[0], before, &s), *new = plan_of(&sets[1], after, &s);
    assert_ok(ntm_successor_new(&both, old, new, &s.table, NULL, &err), &err);
    ntm_pair pair = *ntm_successor_pair(both, index);
    ntm_successor_free(both);
    ntm_plan_free(old);
    ntm_plan_free(new);
    ntm_set_free(sets[0]);
    ntm_set_free(sets[1]);
    sheet_end(&s);
    return pair;
}

/* A rule of scope chooses the figure, as a region does: what is measured against it is the same. */
static void facts_of_scope(void **state) {
#define SCOPED                                                                                                         \
    "axes: {region: {values: [N, S]}}\nfacts: {road: {kind: amount, unit: km}, hard: {kind: flag}}\n"                  \
    "figures: {least: {unit: km, axes: [region], source: [S], values: {N: 1, S: 2}}, flat: {unit: km, value: 1,"       \
    " source: [S]}}\ncriteria:\n  - id: \"1\"\n    rule: [road, \">=\", {figure: least}]\n    source: [S]\n"           \
    "  - id: \"2\"\n    rule: [road, \">=\", {figure: flat}]\n    source: [S]\n"
    static const char after[] =
        LAW("new") SCOPED "scope:\n  - {axis: region, use: S, when: {attested: hard}, source: [S]}\n"
                          "follows: {set: old, criteria: {\"1\": \"1\", \"2\": \"2\"}}\n";
    (void)state;
    ntm_pair pair = pair_under(LAW("old") SCOPED, after, 1);
    assert_true(!pair.facts_differ && !pair.review);
    pair = pair_under(LAW("old") SCOPED, after, 2);
    assert_true(!pair.facts_differ && !pair.review);
}

/* Nine thousand rows that name one another are no nine thousand calls. */
static void a_long_chain_of_rows(void **state) {
    enum { SIZE = 1 << 20, ROWS = 9000 };
    char *old = malloc(SIZE), *new = malloc(SIZE);
    size_t used = 0;
    (void)state;
    assert_true(old != NULL && new != NULL);
    used = (size_t)snprintf(old, SIZE,
                            "facts: {g: {kind: flag}}\ncriteria:\n - id: \"1\"\n   indicators:\n"
                            "    - {id: i0, rule: {attested: g}}\n");
    for (int i = 1; i < ROWS; i++)
        used +=
            (size_t)snprintf(old + used, SIZE - used,
                             "    - {id: i%d, rule: {not: {not: {not: {not: {not: {indicator: i%d}}}}}}}\n", i, i - 1);
    assert_true(used < SIZE - 200);
    (void)snprintf(new, SIZE, "%s%sfollows: {set: old, indicators: {i%d: i%d}}\n", LAW("new"), old, ROWS - 1, ROWS - 1);
    memmove(old + strlen(LAW("old")), old, used + 1);
    memcpy(old, LAW("old"), strlen(LAW("old")));
    ntm_pair pair = pair_under(old, new, 1 + 1 + 1 + ROWS - 1); /* status, criteria of both, then the indicators */
    assert_true(pair.kind == NTM_PAIR_INDICATOR && !pair.facts_differ && !pair.review);
    free(old);
    free(new);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gains_and_losses),     cmocka_unit_test(pairs_of_the_caller),
        cmocka_unit_test(what_does_not_follow), cmocka_unit_test(columns_that_neither_knows),
        cmocka_unit_test(without_memory),       cmocka_unit_test(facts_of_scope),
        cmocka_unit_test(a_long_chain_of_rows), cmocka_unit_test(refused_under_one_law),
    };
    return cmocka_run_group_tests_name("successor law", tests, NULL, NULL);
}
