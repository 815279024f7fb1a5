/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that lead back to themselves, and sets that are too deep or too large. */
#include "kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void start(kit *k) {
    kit_start(k, NULL);
    kit_fact(k, "seen", NTM_KIND_FLAG, NULL);
}

static void expect_loop(kit *k, const char *piece) {
    kit_expect(k, NTM_ERROR_SCHEMA, piece, 0, 0);
    kit_end(k);
}

static void through_references(void **state) {
    (void)state;
    kit k;
    start(&k);
    kit_criterion(&k, "1", k_criterion(&k, "1"));
    expect_loop(&k, "1");
    start(&k);
    kit_criterion(&k, "c", k_indicator(&k, "i"));
    kit_indicator(&k, "i", k_criterion(&k, "c"));
    expect_loop(&k, NULL);
    start(&k);
    kit_criterion(&k, "c", 0); /* all of its indicators */
    kit_indicator(&k, "i", k_criterion(&k, "c"));
    expect_loop(&k, NULL);
    start(&k);
    kit_criterion(&k, "a", k_of(&k, NTM_NOT, k_criterion(&k, "b")));
    kit_criterion(&k, "b", k_of(&k, NTM_ANY, k_attested(&k, "seen"), k_criterion(&k, "c")));
    kit_criterion(&k, "c", k_at_least(&k, 1, k_criterion(&k, "a"), k_attested(&k, "seen")));
    expect_loop(&k, NULL);
    start(&k);
    kit_criterion(&k, "c", 0);
    kit_indicator(&k, "i", k_indicator(&k, "j"));
    kit_indicator(&k, "j", k_indicator(&k, "i"));
    expect_loop(&k, NULL);
}

static ntm_node counted(kit *k, ntm_over over, const char *const *members, size_t count) {
    return k_compare(k, k_count(k, NTM_COUNT, over, NTM_MET, members, count), NTM_MORE, k_number(k, "0", NULL));
}

static void through_counts(void **state) {
    (void)state;
    static const char *const other[] = {"other"};
    static const char *const self[] = {"other", "self"};
    kit k;
    start(&k);
    kit_criterion(&k, "self", counted(&k, NTM_OVER_CRITERIA, NULL, 0));
    expect_loop(&k, NULL);
    start(&k);
    kit_criterion(&k, "other", k_attested(&k, "seen"));
    kit_criterion(&k, "self", counted(&k, NTM_OVER_CRITERIA, self, 2));
    expect_loop(&k, NULL);
    start(&k);
    kit_criterion(&k, "c", 0);
    kit_indicator(&k, "i", counted(&k, NTM_OVER_INDICATORS, NULL, 0));
    expect_loop(&k, NULL);
    start(&k); /* every over criteria too */
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = NTM_EVERY;
    spec.over = NTM_OVER_CRITERIA;
    kit_criterion(&k, "self", kit_node(&k, &spec));
    if (k.status == NTM_OK) kit_expect(&k, NTM_ERROR_SCHEMA, NULL, 0, 0);
    kit_end(&k);
    start(&k); /* others may be counted, and preconditions and rules of the set count whatever they like */
    kit_criterion(&k, "other", k_attested(&k, "seen"));
    kit_criterion(&k, "self", counted(&k, NTM_OVER_CRITERIA, other, 1));
    kit_precondition(&k, "p", counted(&k, NTM_OVER_CRITERIA, NULL, 0));
    kit_rules(&k, counted(&k, NTM_OVER_CRITERIA, NULL, 0), counted(&k, NTM_OVER_INDICATORS, NULL, 0), 0);
    (void)kit_done(&k);
    kit_end(&k);
}

static void not_loops(void **state) {
    (void)state;
    kit k;
    start(&k); /* forward, backward, twice */
    kit_criterion(&k, "a", k_of(&k, NTM_ALL, k_criterion(&k, "b"), k_criterion(&k, "b"), k_criterion(&k, "c")));
    kit_criterion(&k, "b", k_criterion(&k, "c"));
    kit_criterion(&k, "c", k_of(&k, NTM_ANY, k_indicator(&k, "c.1"), k_attested(&k, "seen")));
    kit_indicator(&k, "c.1", k_attested(&k, "seen"));
    (void)kit_done(&k);
    kit_end(&k);
}

static ntm_node nested(kit *k, size_t depth) {
    ntm_node node = k_attested(k, "seen");
    for (size_t at = 1; at < depth; at++)
        node = k_of(k, NTM_NOT, node);
    return node;
}

static void depth(void **state) {
    (void)state;
    kit k;
    start(&k);
    kit_criterion(&k, "1", nested(&k, NTM_DEPTH_MAX));
    (void)kit_done(&k);
    kit_end(&k);
    static const size_t deep[] = {NTM_DEPTH_MAX + 1, 1000, 60000};
    for (size_t at = 0; at < 3; at++) {
        start(&k);
        ntm_node node = nested(&k, deep[at]);
        if (k.status == NTM_OK) kit_criterion(&k, "1", node);
        if (k.status == NTM_OK) {
            kit_expect(&k, NTM_ERROR_LIMIT, NULL, 0, 0);
        } else {
            assert_int_equal(k.status, NTM_ERROR_LIMIT);
        }
        kit_end(&k);
    }
}

/* A chain of references is no nesting of nodes: either it is taken and evaluated, or refused as too deep. */
static void a_long_chain_of_references(void **state) {
    (void)state;
    kit k;
    char id[16];
    char next[16];
    start(&k);
    for (int at = 0; at < 900; at++) {
        snprintf(id, sizeof id, "c%d", at);
        snprintf(next, sizeof next, "c%d", at + 1);
        kit_criterion(&k, id, k_criterion(&k, next));
    }
    kit_criterion(&k, "c900", k_attested(&k, "seen"));
    ntm_status status = kit_freeze(&k);
    if (status != NTM_OK) assert_int_equal(status, NTM_ERROR_LIMIT);
    kit_end(&k);
}

/* A value and the values that it names are gone into on one stack: so many that it would not hold are refused. */
static ntm_status chain_of_values(int count) {
    kit k;
    char id[16], before[16];
    start(&k);
    for (int at = 0; at < count; at++) {
        snprintf(id, sizeof id, "v%d", at);
        snprintf(before, sizeof before, "v%d", at - 1);
        ntm_node below = at == 0 ? k_number(&k, "1", NULL) : k_value(&k, before);
        for (int deep = 0; deep < 60; deep++)
            below = k_of(&k, NTM_SUM, below);
        kit_value(&k, id, NULL, NULL, below);
    }
    kit_criterion(&k, "1", k_compare(&k, k_value(&k, "v0"), NTM_MORE, k_number(&k, "0", NULL)));
    ntm_status status = kit_freeze(&k);
    kit_end(&k);
    return status;
}

static void a_long_chain_of_values(void **state) {
    (void)state;
    assert_int_equal(chain_of_values(4), NTM_OK); /* 61 + 3 * 61 = 244 deep */
    assert_int_equal(chain_of_values(5), NTM_ERROR_LIMIT);
    assert_int_equal(chain_of_values(900), NTM_ERROR_LIMIT);
}

/* A node that is used twice, again and again, would be 2^60 nodes when written out. */
static void doubling(void **state) {
    (void)state;
    kit k;
    start(&k);
    ntm_node node = k_attested(&k, "seen");
    for (int at = 0; at < 60; at++)
        node = k_of(&k, NTM_ALL, node, node);
    if (k.status == NTM_OK) kit_criterion(&k, "1", node);
    (void)kit_freeze(&k); /* any answer, in time */
    kit_end(&k);
}

static void node_used_by_nobody(void **state) {
    (void)state;
    kit k;
    start(&k);
    (void)k_attested(&k, "seen");
    kit_criterion(&k, "1", k_attested(&k, "seen"));
    ntm_status status = kit_freeze(&k);
    if (status != NTM_OK) assert_int_equal(status, NTM_ERROR_SCHEMA);
    kit_end(&k);
}

static void too_many_nodes(void **state) {
    (void)state;
    kit k;
    start(&k);
    for (size_t at = 0; at < NTM_NODES_MAX && k.status == NTM_OK; at++)
        (void)k_attested(&k, "seen");
    assert_ok(k.status, &k.err);
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = NTM_ATTESTED;
    spec.name = "seen";
    ntm_node node = 5;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_set_add_node(&node, k.builder, &spec, &err), NTM_ERROR_LIMIT, &err, NULL);
    assert_int_equal(node, 5);
    kit_end(&k);
}

static ntm_status many(size_t criteria, size_t indicators) {
    kit k;
    char id[24];
    start(&k);
    for (size_t at = 0; at < criteria; at++) {
        snprintf(id, sizeof id, "c%zu", at);
        kit_criterion(&k, id, 0);
    }
    for (size_t at = 0; at < indicators; at++) {
        snprintf(id, sizeof id, "i%zu", at);
        kit_indicator(&k, id, 0);
    }
    ntm_status status = kit_freeze(&k);
    kit_end(&k);
    return status;
}

static void too_many_criteria(void **state) {
    (void)state;
    assert_int_equal(many(1000, 1), NTM_OK);
    assert_int_equal(many(1001, 1), NTM_ERROR_LIMIT);
    assert_int_equal(many(1, 10000), NTM_OK);
    assert_int_equal(many(1, 10001), NTM_ERROR_LIMIT);
}

/* Members inside members would multiply the columns and the work. */
static void members_inside_members(void **state) {
    (void)state;
    static char names[64][8];
    static const char *members[64];
    kit k;
    start(&k);
    for (int at = 0; at < 64; at++) {
        snprintf(names[at], sizeof names[at], "m%d", at);
        members[at] = names[at];
    }
    char id[8];
    for (int at = 0; at < 10; at++) {
        snprintf(id, sizeof id, "d%d", at);
        kit_dimension(&k, id, members, 64);
    }
    kit_by(&k, "trained", NTM_KIND_COUNT, "person", "d0");
    ntm_node node = k_compare(&k, k_fact(&k, "trained"), NTM_MORE, k_number(&k, "0", "person"));
    for (int at = 0; at < 10; at++) {
        snprintf(id, sizeof id, "d%d", at);
        node = k_over(&k, NTM_EVERY, NTM_OVER_MEMBERS, id, NULL, node);
    }
    if (k.status == NTM_OK) kit_criterion(&k, "1", node);
    if (kit_freeze(&k) == NTM_OK) fail_msg("64^10 conditions were taken");
    assert_true(k.status == NTM_ERROR_LIMIT || k.status == NTM_ERROR_SCHEMA);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(through_references),
                                       cmocka_unit_test(through_counts),
                                       cmocka_unit_test(not_loops),
                                       cmocka_unit_test(depth),
                                       cmocka_unit_test(a_long_chain_of_references),
                                       cmocka_unit_test(a_long_chain_of_values),
                                       cmocka_unit_test(doubling),
                                       cmocka_unit_test(node_used_by_nobody),
                                       cmocka_unit_test(too_many_nodes),
                                       cmocka_unit_test(too_many_criteria),
                                       cmocka_unit_test(members_inside_members)};
    return cmocka_run_group_tests_name("loops and limits", tests, NULL, NULL);
}
