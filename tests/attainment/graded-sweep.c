/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of a panel and of a climb fails once; both are asked for by four threads at once. */
#include "review.h"

#include <ntm/grade.h>

#include <pthread.h>

static const char yaml[] = HEAD
    "facts:\n  a: {name: {vi: a}, kind: level, levels: [low, mid, high]}\n  b: {name: {vi: b}, kind: flag}\n"
    "  n: {name: {vi: n}, kind: count, unit: person}\n"
    "values:\n  - {id: v, name: {vi: v}, unit: point, source: [S], of: {sum: [{points: [{when: {at_level: [mid, a]}, "
    "give: 1.5}, {when: {at_level: [high, a]}, give: 4}]}, {points: [{when: {criterion: \"1\"}, give: 2}]}]}}\n"
    "grade:\n  of: {sum: [{value: v}, {points: [{when: [n, \">\", {constant: 3, unit: person}], give: 3}]}]}\n"
    "  knock_out: {not: {attested: b}}\n"
    "  bands:\n    - {class: x, range: \"[0, 5)\"}\n    - {class: y, range: \"[5, ...)\", requires: {attested: b}}\n" INDICATORS
        RULE("\"1.1\"", "{attested: b}");

static const ntm_climb_cost costs[] = {{"a", "high", 5}, {"n", "4", 2}};

typedef struct scene {
    ntm_set *set;
    ntm_plan *plan;
    sheet s;
    ntm_column products;
} scene;

static void start(scene *c) {
    ntm_error err = NTM_ERROR_INIT;
    c->set = taken(yaml);
    begin(&c->s, 4);
    sheet_cells(&c->s, "a", AS_TEXT, "low mid ? high");
    sheet_cells(&c->s, "b", AS_BYTES, "no yes yes ?");
    sheet_cells(&c->s, "n", AS_INT32, "1 2 3 4");
    sheet_cells(&c->s, "products", AS_TEXT, "tea salt tea rice");
    c->products = c->s.fields[--c->s.table.field_count].column;
    assert_ok(ntm_plan_new(&c->plan, c->set, &c->s.plan, &err), &err);
}

static void end(scene *c) {
    ntm_plan_free(c->plan);
    ntm_set_free(c->set);
    sheet_end(&c->s);
}

static ntm_status new_panel(const ntm_allocator *allocator, void *context) {
    const scene *c = context;
    ntm_panel_options options = NTM_PANEL_OPTIONS_INIT;
    ntm_panel *panel = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.allocator = allocator;
    ntm_status status = ntm_panel_new(&panel, c->plan, &c->s.table, &c->products, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(panel);
    else
        assert_int_equal(ntm_panel_count(panel), 3);
    ntm_panel_free(panel);
    return status;
}

static ntm_status new_climb(const ntm_allocator *allocator, void *context) {
    const scene *c = context;
    ntm_climb_options options = NTM_CLIMB_OPTIONS_INIT;
    ntm_climb *climb = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.allocator = allocator;
    options.target = 2;
    options.costs = costs;
    options.cost_count = 2;
    ntm_status status = ntm_climb_new(&climb, c->plan, &c->s.table, 0, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) {
        assert_null(climb);
    } else {
        assert_int_equal(ntm_climb_step_count(climb), 2); /* b gives 2 and n gives 3 */
        assert_int_equal(ntm_climb_about(climb)->cost, 3);
    }
    ntm_climb_free(climb);
    return status;
}

static void sweeps(void **state) {
    scene c;
    (void)state;
    start(&c);
    assert_true(fault_sweep(new_panel, &c, NTM_OK) > 5);
    assert_true(fault_sweep(new_climb, &c, NTM_OK) > 10);
    end(&c);
}

/* An allocator that lacks a function is refused before anything is made. */
static void half(void **state) {
    ntm_panel_options paneled = NTM_PANEL_OPTIONS_INIT;
    ntm_climb_options climbed = NTM_CLIMB_OPTIONS_INIT;
    ntm_panel *panel = NULL;
    ntm_climb *climb = NULL;
    ntm_error err = NTM_ERROR_INIT;
    scene c;
    (void)state;
    start(&c);
    paneled.allocator = climbed.allocator = &fault_lacking;
    assert_fails(ntm_panel_new(&panel, c.plan, &c.s.table, &c.products, &paneled, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_fails(ntm_climb_new(&climb, c.plan, &c.s.table, 0, &climbed, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_true(panel == NULL && climb == NULL);
    end(&c);
}

static void *work(void *argument) {
    const scene *c = argument;
    for (int round = 0; round < 50; round++)
        if (new_panel(NULL, (void *)c) != NTM_OK || new_climb(NULL, (void *)c) != NTM_OK) return (void *)c;
    return NULL;
}

static void four_at_once(void **state) {
    pthread_t threads[4];
    scene c;
    (void)state;
    start(&c);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, &c), 0);
    for (size_t i = 0; i < 4; i++) {
        void *failed = &c;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    end(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps), cmocka_unit_test(half),
                                       cmocka_unit_test(four_at_once)};
    return cmocka_run_group_tests_name("grades without memory, and threads", tests, NULL, NULL);
}
