/* SPDX-License-Identifier: Apache-2.0 */
/* Mistakes in the making of sets that a close reading of the library found, one test each; see also review.c. */
#include "review.h"

#include <stdio.h>
#include <stdlib.h>

static void a_builder_is_finished_once(void **state) {
    (void)state;
    bool done = false;
    size_t at = 1;
    for (; !done; at++) {
        fault f = FAULT_INIT;
        ntm_allocator allocator = fault_allocator(&f);
        ntm_error err = NTM_ERROR_INIT;
        ntm_set *again = NULL;
        char id[8];
        kit k;
        kit_start(&k, &allocator);
        kit_fact(&k, "x", NTM_KIND_FLAG, NULL);
        for (int c = 0; c < 40; c++) {
            (void)snprintf(id, sizeof id, "c%d", c);
            kit_criterion(&k, id, 0);
        }
        assert_ok(k.status, &k.err);
        f.fail_at = f.calls + at;
        done = ntm_set_builder_finish(&k.set, k.builder, &err) == NTM_OK;
        if (!done) assert_int_equal(err.status, NTM_ERROR_MEMORY);
        f.fail_at = 0;
        assert_fails(ntm_set_builder_finish(&again, k.builder, &err), NTM_ERROR_ARGUMENT, &err, "");
        assert_null(again);
        kit_end(&k);
        fault_assert_empty(&f);
    }
    assert_true(at > 3);
}

static void counts_without_arrays(void **state) {
    (void)state;
    kit k;
    ntm_error err = NTM_ERROR_INIT;
    ntm_citation cited = {NTM_CITED, NULL, 3, NULL, NULL};
    kit_start(&k, NULL);
    ntm_axis axis = {"a", {"a", "a"}, NULL, NULL, 3};
    assert_fails(ntm_set_add_axis(k.builder, &axis, &err), NTM_ERROR_ARGUMENT, &err, "");
    ntm_dimension dimension = {"a", NULL, 3};
    assert_fails(ntm_set_add_dimension(k.builder, &dimension, &err), NTM_ERROR_ARGUMENT, &err, "");
    ntm_fact fact = {.id = "a", .kind = NTM_KIND_LEVEL, .level_count = 3};
    assert_fails(ntm_set_add_fact(k.builder, &fact, &err), NTM_ERROR_ARGUMENT, &err, "");
    const char *const axes[] = {"r"};
    ntm_figure_value cell = {NULL, {1, 0}, {0}};
    ntm_figure figures[] = {{.id = "a", .value_count = 3},
                            {.id = "a", .axis_count = 1},
                            {.id = "a", .axes = axes, .axis_count = 1, .values = &cell, .value_count = 1},
                            {.id = "a", .citation = {NTM_CITED, NULL, 3, NULL, NULL}}};
    for (size_t at = 0; at < 4; at++)
        assert_fails(ntm_set_add_figure(k.builder, &figures[at], &err), NTM_ERROR_ARGUMENT, &err, "");
    ntm_criterion criterion = {.id = "a", .citation = cited};
    assert_fails(ntm_set_add_criterion(k.builder, &criterion, &err), NTM_ERROR_ARGUMENT, &err, "");
    ntm_precondition precondition = {.id = "a", .citation = cited};
    assert_fails(ntm_set_add_precondition(k.builder, &precondition, &err), NTM_ERROR_ARGUMENT, &err, "");
    kit_criterion(&k, "1", 0);
    ntm_indicator indicator = {.id = "a", .citation = cited};
    assert_fails(ntm_set_add_indicator(k.builder, &indicator, &err), NTM_ERROR_ARGUMENT, &err, "");
    ntm_node_spec nodes[] = {{.kind = NTM_CONSTANT, .citation = {NTM_CITED, NULL, 1, NULL, NULL}},
                             {.kind = NTM_ALL, .of_count = 2},
                             {.kind = NTM_COUNT, .over = NTM_OVER_CRITERIA, .member_count = 2},
                             {.kind = NTM_GRADE, .band_count = 2}};
    ntm_node node = 0;
    for (size_t at = 0; at < 4; at++)
        assert_fails(ntm_set_add_node(&node, k.builder, &nodes[at], &err), NTM_ERROR_ARGUMENT, &err, "");
    kit_end(&k);
    ntm_set_spec spec = kit_spec();
    ntm_set_builder *builder = NULL;
    spec.instrument.citation = cited;
    assert_fails(ntm_set_builder_new(&builder, &spec, NULL, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_null(builder);
}

static void dimensions_have_a_limit(void **state) {
    (void)state;
    char yaml[4096];
    for (int count = 64; count <= 65; count++) {
        int used = snprintf(yaml, sizeof yaml, "%s", HEAD "dimensions:\n");
        for (int at = 0; at < count; at++)
            used += snprintf(yaml + used, sizeof yaml - (size_t)used, "  d%d: [a, b]\n", at);
        used += snprintf(yaml + used, sizeof yaml - (size_t)used,
                         "%s      - {id: a, source: [S], rule: {every: d%d, holds: {attested: x}}}\n",
                         "facts:\n  x: {name: {vi: x}, kind: flag}\n" INDICATORS, count - 1);
        assert_true((size_t)used < sizeof yaml);
        if (count > 64) {
            refused(yaml, NTM_ERROR_LIMIT, "64 dimensions");
            continue;
        }
        ntm_set *set = taken(yaml);
        sheet s;
        begin(&s, 2);
        sheet_cells(&s, "x", AS_BYTES, "yes no");
        expect_indicator(set, &s, "a", "+-");
        sheet_end(&s);
        ntm_set_free(set);
    }
}

/* A criterion with a count of `members` indicators: each of 10,000 in turn, or always the last one. */
static char *many_members(size_t members, bool doubled) {
    size_t room = 1 << 23;
    char *yaml = malloc(room);
    assert_non_null(yaml);
    size_t used =
        (size_t)snprintf(yaml, room, "%s", HEAD CRITERION "    rule: [{count: indicators, verdict: not met, among: [");
    for (size_t at = 0; at < members; at++)
        used += (size_t)snprintf(yaml + used, room - used, "%si%zu", at > 0 ? ", " : "", doubled ? 9999 : at);
    used += (size_t)snprintf(yaml + used, room - used, "]}, \"<=\", {constant: 0}]\n    indicators:\n");
    for (int at = 0; at < 10000; at++)
        used += (size_t)snprintf(yaml + used, room - used, "      - {id: i%d, source: [S]}\n", at);
    assert_true(used < room);
    return yaml;
}

static void many_members_are_quick(void **state) {
    (void)state;
    char *yaml = many_members(300000, true);
    refused(yaml, NTM_ERROR_SCHEMA, "twice");
    free(yaml);
    yaml = many_members(10000, false);
    ntm_set *set = taken(yaml);
    free(yaml);
    sheet s;
    begin(&s, 1);
    expect_criterion(set, &s, "1", "o");
    sheet_end(&s);
    ntm_set_free(set);
}

static void an_indicator_is_picked_once(void **state) {
    (void)state;
#define PICKED                                                                                                         \
    "facts:\n  x: {name: {vi: x}, kind: amount, unit: m}\n" INDICATORS RULE("a", "[x, \">=\", {constant: 5, unit: m}]")
    refused(HEAD PICKED RULE("b", "[{count: indicators, among: [a, a]}, \">=\", {constant: 2}]"), NTM_ERROR_SCHEMA,
            "\"a\" is picked twice");
    ntm_set *set = taken(HEAD PICKED RULE("b", "[{count: indicators, among: [a]}, \">=\", {constant: 1}]"));
    ntm_set_free(set);
#undef PICKED
}

static void bounds_against_those_of_the_kind(void **state) {
    (void)state;
    refused(HEAD "facts:\n  a: {name: {vi: x}, kind: count, unit: hộ, most: -1}\n" CRITERION, NTM_ERROR_SCHEMA,
            "\"a\"");
    refused(HEAD "facts:\n  a: {name: {vi: x}, kind: share, unit: \"%\", least: 150}\n" CRITERION, NTM_ERROR_SCHEMA,
            "\"a\"");
    ntm_set *set = taken(HEAD "facts:\n  a: {name: {vi: x}, kind: amount, unit: m, most: -1}\n"
                              "  k: {name: {vi: x}, kind: count, unit: hộ, most: 0}\n" INDICATORS RULE(
                                  "k", "[k, \"<=\", {constant: 0, unit: hộ}]"));
    sheet s;
    begin(&s, 2);
    sheet_cells(&s, "k", AS_INT64, "? 0");
    expect_indicator(set, &s, "k", "++");
    sheet_end(&s);
    begin(&s, 2);
    sheet_cells(&s, "k", AS_INT64, "0 -3");
    expect_failure(set, &s, NTM_ERROR_VALUE, "k", 1);
    sheet_end(&s);
    ntm_set_free(set);
}

static void days_that_cannot_be_written(void **state) {
    (void)state;
    const ntm_date days[] = {5000000, INT32_MAX, ntm_date_ymd(1, 1, 1) - 1};
    for (size_t at = 0; at < 9; at++) {
        ntm_set_spec spec = kit_spec();
        ntm_date day = days[at / 3];
        ntm_date *places[] = {&spec.instrument.signed_on, &spec.instrument.in_force_from, &spec.instrument.in_force_to};
        *places[at % 3] = day;
        kit k;
        kit_start_spec(&k, &spec, NULL);
        kit_criterion(&k, "1", 0);
        kit_expect(&k, NTM_ERROR_SCHEMA, "years 1 to 9999", 0, 0);
        kit_end(&k);
    }
    ntm_set *set = taken(HEAD "criteria:\n  - id: \"1\"\n");
    for (size_t at = 0; at < 3; at++) {
        ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
        ntm_plan *plan = NULL;
        ntm_error err = NTM_ERROR_INIT;
        options.on = days[at];
        options.out_of_force = true;
        assert_fails(ntm_plan_new(&plan, set, &options, &err), NTM_ERROR_ARGUMENT, &err, "day");
        assert_null(plan);
    }
    ntm_set_free(set);
}

static void option_structs_of_half_a_size(void **state) {
    (void)state;
    static const char yaml[] = "a: [";
    for (size_t size = 1; size < sizeof(ntm_read_options); size++) {
        ntm_read_options options = NTM_READ_OPTIONS_INIT;
        ntm_error err = NTM_ERROR_INIT;
        ntm_set *set = NULL;
        options.struct_size = size;
        assert_fails(ntm_set_read(&set, yaml, 4, "x", &options, &err), NTM_ERROR_ARGUMENT, &err, "");
        assert_null(set);
    }
}

static void points_of_many_digits(void **state) {
    (void)state;
    kit k;
    for (unsigned scale = 18; scale < 256; scale += 79) {
        const ntm_decimal points = {5, (uint8_t)scale};
        kit_start(&k, NULL);
        kit_fact(&k, "x", NTM_KIND_FLAG, NULL);
        ntm_node seen = k_attested(&k, "x");
        ntm_node sum = k_points(&k, &seen, &points, 1);
        kit_criterion(&k, "1", k_compare(&k, sum, NTM_MORE, k_number(&k, "0", "point")));
        if (scale == 18)
            (void)kit_done(&k);
        else
            kit_expect(&k, NTM_ERROR_SCHEMA, "digits", 0, 0);
        kit_end(&k);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_builder_is_finished_once),  cmocka_unit_test(counts_without_arrays),
        cmocka_unit_test(dimensions_have_a_limit),     cmocka_unit_test(many_members_are_quick),
        cmocka_unit_test(an_indicator_is_picked_once), cmocka_unit_test(bounds_against_those_of_the_kind),
        cmocka_unit_test(days_that_cannot_be_written), cmocka_unit_test(option_structs_of_half_a_size),
        cmocka_unit_test(points_of_many_digits)};
    return cmocka_run_group_tests_name("mistakes in sets that were found by reading", tests, NULL, NULL);
}
