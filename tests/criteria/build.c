/* SPDX-License-Identifier: Apache-2.0 */
/* Sets that are right: what comes out is what went in, and equal sets are told from others. */
#include "kit.h"

#include <string.h>

static void parts_come_back(void **state) {
    (void)state;
    kit k;
    kit_full(&k, 0, NULL);
    const ntm_set *set = kit_done(&k);
    const ntm_set_spec *about = ntm_set_about(set);
    assert_string_equal(about->id, "full-set");
    assert_string_equal(about->title.en, "Test set");
    assert_string_equal(about->note, "a note");
    assert_string_equal(about->instrument.number, "1/QĐ");
    assert_int_equal(about->instrument.in_force_to, ntm_date_ymd(2020, 12, 31));
    assert_int_equal(about->instrument.citation.standing, NTM_CITED);
    assert_string_equal(about->instrument.citation.sources[0], "S1");
    assert_int_equal(ntm_set_source_count(set), 2);
    assert_string_equal(ntm_set_source(set, 1)->where, "https://a");
    assert_null(ntm_set_source(set, 1)->what);
    assert_null(ntm_set_source(set, 2));
    assert_int_equal(ntm_set_axis_count(set), 2);
    assert_int_equal(ntm_set_axis(set, 0)->value_count, 3);
    assert_string_equal(ntm_set_axis(set, 0)->values[2], "TN");
    assert_string_equal(ntm_set_axis(set, 0)->names[0].vi, "Bắc Trung Bộ");
    assert_null(ntm_set_axis(set, 0)->names[1].vi);
    assert_null(ntm_set_axis(set, 2));
    assert_int_equal(ntm_set_dimension_count(set), 1);
    assert_string_equal(ntm_set_dimension(set, 0)->members[1], "male");
    assert_null(ntm_set_dimension(set, 1));
    assert_int_equal(ntm_set_fact_count(set), 10);
    const ntm_fact *fact = ntm_set_fact(set, ntm_set_find_fact(set, "poor"));
    assert_string_equal(fact->part_of, "households");
    fact = ntm_set_fact(set, ntm_set_find_fact(set, "income"));
    assert_int_equal(fact->merge, NTM_MERGE_WEIGHTED);
    assert_string_equal(fact->merge_weight, "households");
    assert_null(fact->merge_parts[0]);
    assert_int_equal(fact->over_time, NTM_TIME_UNSAID);
    fact = ntm_set_fact(set, ntm_set_find_fact(set, "paved"));
    assert_string_equal(fact->merge_parts[0], "poor");
    assert_string_equal(fact->merge_parts[1], "households");
    assert_int_equal(fact->over_time, NTM_TIME_STOCK);
    assert_int_equal(fact->closed_by, NTM_CLOSING_UNSAID);
    fact = ntm_set_fact(set, ntm_set_find_fact(set, "market"));
    assert_int_equal(fact->closed_by, NTM_CLOSING_WORK);
    fact = ntm_set_fact(set, ntm_set_find_fact(set, "union"));
    assert_int_equal(fact->level_count, 3);
    assert_string_equal(fact->levels[2], "tốt");
    assert_null(ntm_set_fact(set, 10));
    assert_int_equal(ntm_set_find_fact(set, "poor-most"), SIZE_MAX);
    kit_end(&k);
}

/* What a definition declares holds; else the kind says it, and never that nobody has said. */
static void what_closes_a_gap(void **state) {
    (void)state;
    static const struct {
        ntm_fact_kind kind;
        ntm_closing closing;
    } kinds[] = {{NTM_KIND_FLAG, NTM_CLOSING_ACT},         {NTM_KIND_COUNT, NTM_CLOSING_WORK},
                 {NTM_KIND_AMOUNT, NTM_CLOSING_WORK},      {NTM_KIND_SHARE, NTM_CLOSING_WORK},
                 {NTM_KIND_LEVEL, NTM_CLOSING_ASSESSMENT}, {NTM_KIND_MONEY, NTM_CLOSING_WORK},
                 {NTM_KIND_DATE, NTM_CLOSING_TIME}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        ntm_fact fact = {.id = "x", .kind = kinds[i].kind};
        assert_int_equal(ntm_fact_closing(&fact), kinds[i].closing);
        for (int declared = NTM_CLOSING_WORK; declared <= NTM_CLOSING_TIME; declared++) {
            fact.closed_by = (ntm_closing)declared;
            assert_int_equal(ntm_fact_closing(&fact), declared);
        }
        fact.closed_by = (ntm_closing)(NTM_CLOSING_TIME + 1); /* a caller's own fact may hold anything */
        assert_int_equal(ntm_fact_closing(&fact), kinds[i].closing);
    }
    assert_int_equal(ntm_fact_closing(NULL), NTM_CLOSING_UNSAID);
    assert_int_equal(ntm_fact_closing(&(ntm_fact){.id = "x"}), NTM_CLOSING_UNSAID);
    assert_int_equal(ntm_fact_closing(&(ntm_fact){.kind = (ntm_fact_kind)99}), NTM_CLOSING_UNSAID);
    assert_int_equal(ntm_fact_closing(&(ntm_fact){.kind = (ntm_fact_kind)99, .closed_by = NTM_CLOSING_ACT}),
                     NTM_CLOSING_ACT);
}

static void figures_come_back(void **state) {
    (void)state;
    kit k;
    kit_full(&k, 0, NULL);
    const ntm_set *set = kit_done(&k);
    assert_int_equal(ntm_set_figure_count(set), 3);
    const ntm_figure *figure = ntm_set_figure(set, ntm_set_find_figure(set, "income-least"));
    assert_int_equal(figure->axis_count, 2);
    assert_string_equal(figure->axes[1], "year");
    assert_int_equal(figure->value_count, 3);
    assert_true(figure->interpolate && figure->has_general);
    assert_int_equal(ntm_decimal_compare(figure->general, kit_decimal("45")), 0);
    bool found = false;
    for (size_t at = 0; at < figure->value_count; at++) {
        const ntm_figure_value *value = &figure->values[at];
        if (strcmp(value->keys[0], "BTB") != 0 || strcmp(value->keys[1], "2021") != 0) continue;
        found = true;
        assert_int_equal(ntm_decimal_compare(value->value, kit_decimal("40")), 0);
        assert_string_equal(value->citation.sources[0], "S2");
        assert_string_equal(value->citation.note, "read twice");
    }
    assert_true(found);
    figure = ntm_set_figure(set, ntm_set_find_figure(set, "road-share"));
    assert_int_equal(figure->value_count, 0);
    assert_string_equal(figure->delegated_to, "UBND cấp tỉnh");
    assert_null(ntm_set_figure(set, 3));
    assert_int_equal(ntm_set_find_figure(set, "income"), SIZE_MAX);
    kit_end(&k);
}

static void criteria_come_back(void **state) {
    (void)state;
    kit k;
    kit_full(&k, 0, NULL);
    const ntm_set *set = kit_done(&k);
    assert_int_equal(ntm_set_criterion_count(set), 2);
    assert_int_equal(ntm_set_indicator_count(set), 6);
    assert_int_equal(ntm_set_criterion(set, 0)->first_indicator, 0);
    assert_int_equal(ntm_set_criterion(set, 0)->indicator_count, 4);
    assert_int_equal(ntm_set_criterion(set, 1)->first_indicator, 4);
    assert_int_equal(ntm_set_criterion(set, 1)->indicator_count, 2);
    assert_string_equal(ntm_set_criterion(set, 1)->group, "Xã hội");
    assert_null(ntm_set_criterion(set, 0)->group);
    assert_null(ntm_set_criterion(set, 2));
    assert_int_equal(ntm_set_find_criterion(set, "2"), 1);
    assert_int_equal(ntm_set_find_criterion(set, "1.1"), SIZE_MAX);
    assert_int_equal(ntm_set_find_indicator(set, "2.2"), 5);
    assert_int_equal(ntm_set_find_indicator(set, "2"), 4);
    assert_int_equal(ntm_set_find_indicator(set, "3"), SIZE_MAX);
    assert_null(ntm_set_indicator(set, 6));
    assert_int_equal(ntm_set_precondition_count(set), 1);
    assert_string_equal(ntm_set_precondition(set, 0)->id, "registered");
    assert_null(ntm_set_precondition(set, 1));
    ntm_node rules[3] = {0, 0, 0};
    ntm_set_rules(set, &rules[0], &rules[1], &rules[2]);
    assert_int_equal(ntm_set_node(set, rules[0])->kind, NTM_ALL);
    assert_int_equal(ntm_set_node(set, rules[1])->kind, NTM_COMPARE);
    const ntm_node_spec *grade = ntm_set_node(set, rules[2]);
    assert_int_equal(grade->kind, NTM_GRADE);
    assert_int_equal(grade->band_count, 3);
    assert_string_equal(grade->bands[2].label, "high");
    assert_true(grade->bands[2].has_from && !grade->bands[2].has_to && grade->bands[2].requires_met != 0);
    assert_int_equal(ntm_set_node(set, grade->knock_out)->kind, NTM_NOT);
    ntm_set_rules(set, NULL, NULL, NULL);
    kit_end(&k);
}

static void nodes_come_back(void **state) {
    (void)state;
    static const ntm_node_kind kinds[] = {NTM_FACT,          NTM_CONSTANT, NTM_FIGURE,    NTM_SUM,       NTM_DIFFERENCE,
                                          NTM_PRODUCT,       NTM_RATIO,    NTM_PAST,      NTM_OF_PARENT, NTM_AVERAGE,
                                          NTM_FIGURE_OF,     NTM_COUNT,    NTM_SHARE,     NTM_POINTS,    NTM_MINIMUM,
                                          NTM_MAXIMUM,       NTM_ROUNDED,  NTM_COMPARE,   NTM_ATTESTED,  NTM_AT_LEVEL,
                                          NTM_ALL,           NTM_ANY,      NTM_AT_LEAST,  NTM_NOT,       NTM_HOLDS,
                                          NTM_IF_APPLICABLE, NTM_EVERY,    NTM_CRITERION, NTM_INDICATOR, NTM_GRADE};
    kit k;
    kit_full(&k, 0, NULL);
    const ntm_set *set = kit_done(&k);
    size_t count = ntm_set_node_count(set);
    for (size_t at = 0; at < sizeof kinds / sizeof kinds[0]; at++) {
        bool found = false;
        for (ntm_node node = 1; node <= count; node++)
            if (ntm_set_node(set, node)->kind == kinds[at]) found = true;
        if (!found) fail_msg("kind %d is not in the set", (int)kinds[at]);
    }
    for (ntm_node node = 1; node <= count; node++) {
        const ntm_node_spec *spec = ntm_set_node(set, node);
        for (size_t at = 0; at < spec->of_count; at++)
            assert_true(spec->of[at] >= 1 && spec->of[at] < node);
        if (spec->kind == NTM_AT_LEAST) assert_int_equal(spec->k, 2);
        if (spec->kind == NTM_ROUNDED) {
            assert_int_equal(spec->value.scale, 1);
            assert_int_equal(spec->rounding, NTM_ROUND_HALF_UP);
            assert_string_equal(spec->unit, "%");
        }
        if (spec->kind == NTM_POINTS) assert_int_equal(spec->points[0].coefficient, 3);
        if (spec->kind == NTM_COUNT) assert_int_equal(spec->member_count, 2);
        if (spec->kind == NTM_PAST) assert_string_equal(spec->label, "recognition");
    }
    assert_null(ntm_set_node(set, 0));
    assert_null(ntm_set_node(set, (ntm_node)(count + 1)));
    assert_null(ntm_set_node(set, UINT32_MAX));
    kit_end(&k);
}

static void equality(void **state) {
    (void)state;
    kit k[64];
    int count = kit_full_variants();
    assert_true(count < 64);
    for (int at = 0; at < count; at++) {
        kit_full(&k[at], at, NULL);
        (void)kit_done(&k[at]);
    }
    for (int a = 0; a < count; a++) {
        for (int b = 0; b < count; b++)
            if (ntm_set_equal(k[a].set, k[b].set) != (a == b)) fail_msg("variants %d and %d: equality is wrong", a, b);
        kit again;
        kit_full(&again, a, NULL);
        (void)kit_done(&again);
        assert_true(ntm_set_equal(k[a].set, again.set));
        kit_end(&again);
    }
    for (int at = 0; at < count; at++)
        kit_end(&k[at]);
}

static void equal_whatever_the_lines(void **state) {
    (void)state;
    kit a;
    kit b;
    kit_start(&a, NULL);
    kit_start(&b, NULL);
    ntm_set_builder_at(b.builder, 20, 3);
    kit_fact(&a, "x", NTM_KIND_FLAG, NULL);
    kit_fact(&b, "x", NTM_KIND_FLAG, NULL);
    kit_criterion(&a, "1", k_attested(&a, "x"));
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = NTM_ATTESTED;
    spec.name = "x";
    spec.line = 17;
    spec.column = 4;
    kit_criterion(&b, "1", kit_node(&b, &spec));
    assert_true(ntm_set_equal(kit_done(&a), kit_done(&b)));
    kit_end(&a);
    kit_end(&b);
}

/* Decimals are compared as numbers: 5.0 and 5 are one threshold. */
static void the_set_outlives_what_made_it(void **state) {
    (void)state;
    kit k;
    kit_start(&k, NULL);
    char id[] = "seen";
    char members[] = "female";
    const char *list[] = {members};
    kit_fact(&k, id, NTM_KIND_FLAG, NULL);
    kit_dimension(&k, "sex", list, 1);
    kit_criterion(&k, "1", k_attested(&k, id));
    memset(id, 'x', 4);
    memset(members, 'x', 6);
    list[0] = NULL;
    (void)kit_done(&k);
    ntm_set *set = k.set;
    k.set = NULL;
    kit_end(&k);
    assert_string_equal(ntm_set_fact(set, 0)->id, "seen");
    assert_string_equal(ntm_set_dimension(set, 0)->members[0], "female");
    assert_string_equal(ntm_set_node(set, 1)->name, "seen");
    ntm_set_free(set);
}

static void what_is_null(void **state) {
    (void)state;
    kit k;
    kit_start(&k, NULL);
    ntm_error err = NTM_ERROR_INIT;
    ntm_set_builder *builder = NULL;
    ntm_node node = 77;
    ntm_set *set = NULL;
    const ntm_set_spec spec = kit_spec();
    assert_fails(ntm_set_builder_new(NULL, &spec, NULL, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_builder_new(&builder, NULL, NULL, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(builder);
    assert_fails(ntm_set_add_source(k.builder, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_add_axis(k.builder, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_add_dimension(k.builder, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_add_fact(k.builder, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_add_figure(k.builder, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_add_node(&node, k.builder, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(node, 77);
    assert_fails(ntm_set_add_criterion(k.builder, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_add_indicator(k.builder, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_add_precondition(k.builder, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_add_rules(NULL, 0, 0, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_add_fact(NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_builder_finish(NULL, k.builder, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_set_builder_finish(&set, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(set);
    ntm_set_free(NULL);
    ntm_set_builder_free(NULL);
    kit_end(&k);
}

/* A builder that was never finished gives everything back; so does one whose set was refused. */
static void builders_left_alone(void **state) {
    (void)state;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    kit k;
    kit_full(&k, 0, &allocator);
    assert_ok(k.status, &k.err);
    kit_end(&k);
    fault_assert_empty(&f);
    kit_full(&k, 0, &allocator);
    kit_criterion(&k, "1", 0);
    assert_int_equal(kit_freeze(&k), NTM_ERROR_SCHEMA);
    kit_end(&k);
    fault_assert_empty(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(parts_come_back),
                                       cmocka_unit_test(what_closes_a_gap),
                                       cmocka_unit_test(figures_come_back),
                                       cmocka_unit_test(criteria_come_back),
                                       cmocka_unit_test(nodes_come_back),
                                       cmocka_unit_test(equality),
                                       cmocka_unit_test(equal_whatever_the_lines),
                                       cmocka_unit_test(the_set_outlives_what_made_it),
                                       cmocka_unit_test(what_is_null),
                                       cmocka_unit_test(builders_left_alone)};
    return cmocka_run_group_tests_name("sets that are right", tests, NULL, NULL);
}
