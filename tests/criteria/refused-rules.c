/* SPDX-License-Identifier: Apache-2.0 */
/* Nodes, grades and rules that are refused; loops; limits. */
#include "kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void start(kit *k) {
    static const char *const sexes[] = {"female", "male"};
    static const char *const levels[] = {"khá", "tốt"};
    kit_start(k, NULL);
    kit_dimension(k, "sex", sexes, 2);
    kit_fact(k, "n", NTM_KIND_COUNT, "household");
    kit_fact(k, "seen", NTM_KIND_FLAG, NULL);
    kit_levels(k, "rating", levels, 2);
    kit_by(k, "trained", NTM_KIND_COUNT, "person", "sex");
    kit_figure(k, "f", "household", "3");
    ntm_set_builder_at(k->builder, 7, 3);
}

static ntm_node_spec blank(ntm_node_kind kind, const ntm_node *of, size_t count) {
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = kind;
    spec.of = of;
    spec.of_count = count;
    spec.line = 11;
    spec.column = 5;
    return spec;
}

/* The node is refused, by add or by finish, as a problem at its place. */
static void refuse(kit *k, const ntm_node_spec *spec, bool condition, ntm_status status, const char *piece) {
    ntm_node node = kit_node(k, spec);
    if (k->status == NTM_OK && node != 0) {
        if (!condition) node = k_compare(k, node, NTM_MORE, k_fact(k, "n"));
        kit_criterion(k, "1", node);
    }
    kit_expect(k, status, piece, 11, 5);
    kit_end(k);
}

static void numbers_of_parts(void **state) {
    (void)state;
    static const struct {
        ntm_node_kind kind;
        size_t count;
        bool conditions; /* below */
        bool condition;  /* itself */
    } wrong[] = {
        {NTM_SUM, 0, false, false},         {NTM_DIFFERENCE, 1, false, false}, {NTM_DIFFERENCE, 3, false, false},
        {NTM_PRODUCT, 0, false, false},     {NTM_RATIO, 1, false, false},      {NTM_RATIO, 3, false, false},
        {NTM_MINIMUM, 0, false, false},     {NTM_MAXIMUM, 0, false, false},    {NTM_COMPARE, 1, false, true},
        {NTM_COMPARE, 3, false, true},      {NTM_ALL, 0, true, true},          {NTM_ANY, 0, true, true},
        {NTM_NOT, 0, true, true},           {NTM_NOT, 2, true, true},          {NTM_AT_LEAST, 0, true, true},
        {NTM_IF_APPLICABLE, 0, true, true}, {NTM_IF_APPLICABLE, 2, true, true}};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        kit k;
        start(&k);
        ntm_node of[3];
        for (size_t part = 0; part < wrong[at].count; part++)
            of[part] = wrong[at].conditions ? k_attested(&k, "seen") : k_fact(&k, "n");
        ntm_node_spec spec = blank(wrong[at].kind, of, wrong[at].count);
        if (wrong[at].kind == NTM_COMPARE) spec.compare = NTM_LESS;
        if (wrong[at].kind == NTM_AT_LEAST) spec.k = 1;
        if (wrong[at].kind == NTM_IF_APPLICABLE) spec.name = "n";
        refuse(&k, &spec, wrong[at].condition, NTM_ERROR_SCHEMA, NULL);
    }
}

static void quantities_and_conditions(void **state) {
    (void)state;
    static const struct {
        ntm_node_kind kind;
        bool wants_conditions;
    } kinds[] = {{NTM_SUM, false},          {NTM_DIFFERENCE, false}, {NTM_PRODUCT, false}, {NTM_RATIO, false},
                 {NTM_MINIMUM, false},      {NTM_MAXIMUM, false},    {NTM_COMPARE, false}, {NTM_ROUNDED, false},
                 {NTM_ALL, true},           {NTM_ANY, true},         {NTM_AT_LEAST, true}, {NTM_NOT, true},
                 {NTM_IF_APPLICABLE, true}, {NTM_POINTS, true}};
    const ntm_decimal points[2] = {{1, 0}, {2, 0}};
    for (size_t at = 0; at < sizeof kinds / sizeof kinds[0]; at++) {
        kit k;
        start(&k);
        ntm_node of[2];
        for (size_t part = 0; part < 2; part++)
            of[part] = kinds[at].wants_conditions ? k_fact(&k, "n") : k_attested(&k, "seen");
        bool one = kinds[at].kind == NTM_NOT || kinds[at].kind == NTM_IF_APPLICABLE || kinds[at].kind == NTM_ROUNDED;
        ntm_node_spec spec = blank(kinds[at].kind, of, one ? 1 : 2);
        spec.compare = kinds[at].kind == NTM_COMPARE ? NTM_LESS : (ntm_comparison)0;
        spec.k = kinds[at].kind == NTM_AT_LEAST ? 1 : 0;
        spec.name = kinds[at].kind == NTM_IF_APPLICABLE ? "n" : NULL;
        spec.points = kinds[at].kind == NTM_POINTS ? points : NULL;
        if (kinds[at].kind == NTM_ROUNDED) {
            spec.rounding = NTM_ROUND_DOWN;
            spec.citation = kit_cited;
        }
        refuse(&k, &spec, true, NTM_ERROR_SCHEMA, NULL);
    }
}

static void names_that_nobody_has(void **state) {
    (void)state;
    static const struct {
        ntm_node_kind kind;
        const char *name;
        const char *label;
        bool condition;
    } wrong[] = {{NTM_FACT, "nothing", NULL, false},          {NTM_FIGURE, "nothing", NULL, false},
                 {NTM_PAST, "nothing", "then", false},        {NTM_OF_PARENT, "nothing", "province", false},
                 {NTM_AVERAGE, "nothing", "province", false}, {NTM_ATTESTED, "nothing", NULL, true},
                 {NTM_AT_LEVEL, "nothing", "khá", true},      {NTM_CRITERION, "nothing", NULL, true},
                 {NTM_INDICATOR, "nothing", NULL, true},      {NTM_AT_LEVEL, "rating", "nothing", true}};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        kit k;
        start(&k);
        ntm_node_spec spec = blank(wrong[at].kind, NULL, 0);
        spec.name = wrong[at].name;
        spec.label = wrong[at].label;
        refuse(&k, &spec, wrong[at].condition, NTM_ERROR_NOT_FOUND, "nothing");
    }
    kit k;
    start(&k);
    ntm_node of = k_attested(&k, "seen");
    ntm_node_spec spec = blank(NTM_IF_APPLICABLE, &of, 1);
    spec.name = "nothing";
    refuse(&k, &spec, true, NTM_ERROR_NOT_FOUND, "nothing");
    start(&k);
    static const char *const members[] = {"nothing"};
    spec = blank(NTM_COUNT, NULL, 0);
    spec.over = NTM_OVER_CRITERIA;
    spec.members = members;
    spec.member_count = 1;
    refuse(&k, &spec, false, NTM_ERROR_NOT_FOUND, "nothing");
    start(&k);
    ntm_node every = k_compare(&k, k_fact(&k, "trained"), NTM_MORE, k_number(&k, "0", "person"));
    spec = blank(NTM_EVERY, &every, 1);
    spec.over = NTM_OVER_MEMBERS;
    spec.label = "nothing";
    refuse(&k, &spec, true, NTM_ERROR_NOT_FOUND, "nothing");
}

static void facts_of_the_wrong_kind(void **state) {
    (void)state;
    kit k;
    start(&k);
    ntm_node_spec spec = blank(NTM_ATTESTED, NULL, 0);
    spec.name = "n";
    refuse(&k, &spec, true, NTM_ERROR_SCHEMA, "n");
    start(&k);
    spec = blank(NTM_AT_LEVEL, NULL, 0);
    spec.name = "n";
    spec.label = "khá";
    refuse(&k, &spec, true, NTM_ERROR_SCHEMA, "n");
    start(&k);
    spec = blank(NTM_FACT, NULL, 0);
    spec.name = "seen";
    refuse(&k, &spec, false, NTM_ERROR_SCHEMA, "seen");
    start(&k);
    spec.name = "rating";
    refuse(&k, &spec, false, NTM_ERROR_SCHEMA, "rating");
    start(&k); /* reported by members, used outside of them */
    spec.name = "trained";
    ntm_node trained = kit_node(&k, &spec);
    kit_criterion(&k, "1", k_compare(&k, trained, NTM_MORE, k_number(&k, "0", "person")));
    kit_expect(&k, NTM_ERROR_SCHEMA, "trained", 11, 5);
    kit_end(&k);
}

static void fields_that_are_wrong(void **state) {
    (void)state;
    kit k;
    start(&k);
    ntm_node of[2] = {k_fact(&k, "n"), k_fact(&k, "n")};
    ntm_node_spec spec = blank(NTM_COMPARE, of, 2);
    spec.compare = (ntm_comparison)6;
    refuse(&k, &spec, true, NTM_ERROR_SCHEMA, NULL);
    static const uint32_t ks[] = {0, 3, UINT32_MAX};
    for (size_t at = 0; at < 3; at++) {
        start(&k);
        of[0] = k_attested(&k, "seen");
        of[1] = k_attested(&k, "seen");
        spec = blank(NTM_AT_LEAST, of, 2);
        spec.k = ks[at];
        refuse(&k, &spec, true, NTM_ERROR_SCHEMA, NULL);
    }
    start(&k);
    of[0] = k_fact(&k, "n");
    spec = blank(NTM_ROUNDED, of, 1);
    spec.rounding = NTM_ROUND_DOWN; /* and no citation */
    refuse(&k, &spec, false, NTM_ERROR_SCHEMA, "source");
    start(&k);
    of[0] = k_fact(&k, "n");
    spec.rounding = (ntm_rounding)5;
    spec.citation = kit_cited;
    refuse(&k, &spec, false, NTM_ERROR_SCHEMA, NULL);
    start(&k);
    of[0] = k_fact(&k, "n");
    spec.rounding = NTM_ROUND_DOWN;
    spec.value.scale = NTM_SCALE_MAX + 1;
    refuse(&k, &spec, false, NTM_ERROR_SCHEMA, NULL);
    start(&k);
    spec = blank((ntm_node_kind)18, NULL, 0);
    refuse(&k, &spec, true, NTM_ERROR_SCHEMA, NULL);
    start(&k);
    of[0] = k_attested(&k, "seen");
    spec = blank(NTM_EVERY, of, 1);
    spec.over = (ntm_over)5;
    spec.label = "sex";
    refuse(&k, &spec, true, NTM_ERROR_SCHEMA, NULL);
    start(&k);
    spec = blank(NTM_PAST, NULL, 0);
    spec.name = "n"; /* when? */
    refuse(&k, &spec, false, NTM_ERROR_SCHEMA, NULL);
}

static void nodes_not_added(void **state) {
    (void)state;
    static const ntm_node wrong[] = {0, 2, 1000, UINT32_MAX};
    for (size_t at = 0; at < 4; at++) {
        kit k;
        start(&k);
        (void)k_attested(&k, "seen");
        ntm_node_spec spec = blank(NTM_NOT, &wrong[at], 1);
        ntm_node node = 55;
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status = ntm_set_add_node(&node, k.builder, &spec, &err);
        if (status != NTM_OK) {
            assert_int_equal(status, NTM_ERROR_ARGUMENT);
            assert_int_equal(node, 55);
        }
        assert_int_not_equal(kit_freeze(&k), NTM_OK);
        kit_end(&k);
        start(&k);
        if (wrong[at] != 0) {
            kit_criterion(&k, "1", wrong[at]);
            assert_int_not_equal(kit_freeze(&k), NTM_OK);
        }
        kit_end(&k);
    }
}

/* ------------------------------------------------------------------------------------------- grades */

typedef struct ends {
    const char *from;
    const char *to;
    bool from_open;
    bool to_open;
} ends;

static ntm_status graded(const char *const *labels, const ends *all, size_t count, ntm_error *err) {
    kit k;
    ntm_band bands[4];
    memset(bands, 0, sizeof bands);
    start(&k);
    for (size_t at = 0; at < count; at++) {
        bands[at].label = labels[at];
        bands[at].has_from = all[at].from != NULL;
        bands[at].has_to = all[at].to != NULL;
        bands[at].from_open = all[at].from_open;
        bands[at].to_open = all[at].to_open;
        if (all[at].from != NULL) bands[at].from = kit_decimal(all[at].from);
        if (all[at].to != NULL) bands[at].to = kit_decimal(all[at].to);
    }
    ntm_node of = k_fact(&k, "n");
    ntm_node_spec spec = blank(NTM_GRADE, &of, 1);
    spec.bands = bands;
    spec.band_count = count;
    kit_rules(&k, 0, 0, kit_node(&k, &spec));
    ntm_status status = kit_freeze(&k);
    *err = k.err;
    kit_end(&k);
    return status;
}

static void bands(void **state) {
    (void)state;
    static const char *const labels[] = {"1", "2", "3"};
    static const char *const doubled[] = {"1", "1", "3"};
    static const struct {
        const char *why;
        ends ends[3];
        bool fits;
    } cases[] = {
        {"right", {{"0", "30", false, true}, {"30", "50", false, true}, {"50", NULL, false, false}}, true},
        {"right, closed above",
         {{NULL, "30", false, false}, {"30", "50", true, false}, {"50", NULL, true, false}},
         true},
        {"the scale of the ends differs",
         {{"0", "30.0", false, true}, {"30", "50.00", false, true}, {"50.0", "60", false, false}},
         true},
        {"gap", {{"0", "30", false, true}, {"31", "50", false, true}, {"50", NULL, false, false}}, false},
        {"overlap", {{"0", "31", false, true}, {"30", "50", false, true}, {"50", NULL, false, false}}, false},
        {"both have the end",
         {{"0", "30", false, false}, {"30", "50", false, true}, {"50", NULL, false, false}},
         false},
        {"none has the end", {{"0", "30", false, true}, {"30", "50", true, true}, {"50", NULL, false, false}}, false},
        {"no end in the middle",
         {{"0", "30", false, true}, {"30", NULL, false, true}, {"50", NULL, false, false}},
         false},
        {"no start in the middle",
         {{"0", "30", false, true}, {NULL, "50", false, true}, {"50", NULL, false, false}},
         false},
        {"backwards", {{"50", NULL, false, false}, {"30", "50", false, true}, {"0", "30", false, true}}, false},
        {"empty band", {{"0", "30", false, true}, {"30", "30", false, true}, {"30", NULL, false, false}}, false},
        {"ends exchanged", {{"0", "30", false, true}, {"30", "20", false, true}, {"20", NULL, false, false}}, false},
    };
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status = graded(labels, cases[at].ends, 3, &err);
        if (status != (cases[at].fits ? NTM_OK : NTM_ERROR_SCHEMA))
            fail_msg("%s: %s %s", cases[at].why, ntm_status_name(status), err.message);
    }
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(graded(doubled, cases[0].ends, 3, &err), NTM_ERROR_SCHEMA);
    assert_int_equal(graded(labels, cases[0].ends, 0, &err), NTM_ERROR_SCHEMA);
}

static void rules_of_the_wrong_sort(void **state) {
    (void)state;
    kit k;
    start(&k);
    kit_rules(&k, k_fact(&k, "n"), 0, 0);
    if (k.status == NTM_OK) kit_expect(&k, NTM_ERROR_SCHEMA, NULL, 0, 0);
    kit_end(&k);
    start(&k);
    kit_rules(&k, 0, k_fact(&k, "n"), 0);
    if (k.status == NTM_OK) kit_expect(&k, NTM_ERROR_SCHEMA, NULL, 0, 0);
    kit_end(&k);
    start(&k);
    kit_rules(&k, 0, 0, k_attested(&k, "seen"));
    if (k.status == NTM_OK) kit_expect(&k, NTM_ERROR_SCHEMA, NULL, 0, 0);
    kit_end(&k);
    start(&k);
    kit_criterion(&k, "1", k_fact(&k, "n"));
    kit_expect(&k, NTM_ERROR_SCHEMA, NULL, 7, 3);
    kit_end(&k);
    start(&k);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_fact(&k, "n"));
    kit_expect(&k, NTM_ERROR_SCHEMA, NULL, 7, 3);
    kit_end(&k);
    start(&k);
    kit_precondition(&k, "p", k_fact(&k, "n"));
    kit_expect(&k, NTM_ERROR_SCHEMA, NULL, 7, 3);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_of_parts),
                                       cmocka_unit_test(quantities_and_conditions),
                                       cmocka_unit_test(names_that_nobody_has),
                                       cmocka_unit_test(facts_of_the_wrong_kind),
                                       cmocka_unit_test(fields_that_are_wrong),
                                       cmocka_unit_test(nodes_not_added),
                                       cmocka_unit_test(bands),
                                       cmocka_unit_test(rules_of_the_wrong_sort)};
    return cmocka_run_group_tests_name("rules that are refused", tests, NULL, NULL);
}
