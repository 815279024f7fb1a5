/* SPDX-License-Identifier: Apache-2.0 */
/* Sources, axes, dimensions, facts, figures and criteria that are refused, and where the messages say they stand. */
#include "kit.h"

#include <stdio.h>
#include <string.h>

/* Starts a set with something to refer to, at line 7, column 3. */
static void start(kit *k) {
    static const char *const regions[] = {"BTB", "DBSH"};
    static const char *const years[] = {"2018", "2020"};
    static const char *const sexes[] = {"female", "male"};
    kit_start(k, NULL);
    kit_axis(k, "region", regions, 2);
    kit_axis(k, "year", years, 2);
    kit_dimension(k, "sex", sexes, 2);
    kit_fact(k, "households", NTM_KIND_COUNT, "household");
    kit_fact(k, "seen", NTM_KIND_FLAG, NULL);
    kit_criterion(k, "1", 0);
    kit_indicator(k, "1.1", k_attested(k, "seen"));
    ntm_set_builder_at(k->builder, 7, 3);
}

static void expect(kit *k, ntm_status status, const char *piece) {
    kit_expect(k, status, piece, 7, 3);
    kit_end(k);
}

static void doubled_ids(void **state) {
    (void)state;
    kit k;
    static const char *const values[] = {"a"};
    const ntm_source source = {"S1", "x", "y"};
    start(&k);
    if (k.status == NTM_OK) k.status = ntm_set_add_source(k.builder, &source, &k.err);
    expect(&k, NTM_ERROR_SCHEMA, "S1");
    start(&k);
    kit_axis(&k, "region", values, 1);
    expect(&k, NTM_ERROR_SCHEMA, "region");
    start(&k);
    kit_dimension(&k, "sex", values, 1);
    expect(&k, NTM_ERROR_SCHEMA, "sex");
    start(&k);
    kit_fact(&k, "households", NTM_KIND_FLAG, NULL);
    expect(&k, NTM_ERROR_SCHEMA, "households");
    start(&k);
    kit_figure(&k, "f", "%", "1");
    kit_figure(&k, "f", "%", "2");
    expect(&k, NTM_ERROR_SCHEMA, "f");
    start(&k);
    kit_criterion(&k, "1", 0);
    expect(&k, NTM_ERROR_SCHEMA, "1");
    start(&k);
    kit_indicator(&k, "1.1", 0);
    expect(&k, NTM_ERROR_SCHEMA, "1.1");
    start(&k);
    kit_precondition(&k, "p", 0);
    kit_precondition(&k, "p", 0);
    expect(&k, NTM_ERROR_SCHEMA, "p");
}

/* An indicator may have its criterion's id, and no other criterion's. */
static void ids_of_criteria_and_indicators(void **state) {
    (void)state;
    kit k;
    start(&k);
    kit_criterion(&k, "2", 0);
    kit_indicator(&k, "2", k_attested(&k, "seen"));
    (void)kit_done(&k);
    kit_end(&k);
    start(&k);
    kit_criterion(&k, "2", 0);
    kit_indicator(&k, "1", k_attested(&k, "seen"));
    expect(&k, NTM_ERROR_SCHEMA, "1");
    start(&k);
    kit_criterion(&k, "1.1", 0);
    expect(&k, NTM_ERROR_SCHEMA, "1.1");
}

static void ids_that_are_none(void **state) {
    (void)state;
    static const char *const wrong[] = {"", "a b", "a:b", "a[b]", "xã", "a/b", "a\nb", "a\x01", NULL};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        kit k;
        start(&k);
        kit_fact(&k, wrong[at], NTM_KIND_FLAG, NULL);
        if (wrong[at] == NULL && k.status == NTM_ERROR_ARGUMENT)
            kit_end(&k);
        else
            expect(&k, NTM_ERROR_SCHEMA, NULL);
        start(&k);
        kit_criterion(&k, wrong[at], 0);
        if (wrong[at] == NULL && k.status == NTM_ERROR_ARGUMENT)
            kit_end(&k);
        else
            expect(&k, NTM_ERROR_SCHEMA, NULL);
    }
    kit k;
    ntm_set_spec spec = kit_spec();
    spec.id = "a b";
    kit_start_spec(&k, &spec, NULL);
    if (k.status == NTM_OK) kit_expect(&k, NTM_ERROR_SCHEMA, NULL, 0, 0);
    kit_end(&k);
}

static void text_that_is_no_utf8(void **state) {
    (void)state;
    kit k;
    start(&k);
    ntm_fact fact;
    memset(&fact, 0, sizeof fact);
    fact.id = "broken";
    fact.name = (ntm_names){"x\xff\xfe", NULL};
    fact.kind = NTM_KIND_FLAG;
    fact.merge = NTM_MERGE_ALL;
    kit_fact_spec(&k, &fact);
    expect(&k, NTM_ERROR_SYNTAX, "UTF-8");
}

static void facts_that_cannot_be(void **state) {
    (void)state;
    kit k;
    static const char *const twice[] = {"khá", "tốt", "khá"};
    start(&k);
    kit_fact(&k, "x", (ntm_fact_kind)0, NULL);
    expect(&k, NTM_ERROR_SCHEMA, "x");
    start(&k);
    kit_fact(&k, "x", (ntm_fact_kind)8, NULL);
    expect(&k, NTM_ERROR_SCHEMA, "x");
    start(&k);
    kit_fact(&k, "x", NTM_KIND_COUNT, NULL);
    expect(&k, NTM_ERROR_SCHEMA, "x");
    start(&k);
    kit_fact(&k, "x", NTM_KIND_FLAG, "%");
    expect(&k, NTM_ERROR_SCHEMA, "x");
    start(&k);
    kit_levels(&k, "x", NULL, 0);
    expect(&k, NTM_ERROR_SCHEMA, "x");
    start(&k);
    kit_levels(&k, "x", twice, 3);
    expect(&k, NTM_ERROR_SCHEMA, "khá");
    start(&k);
    kit_bounded(&k, "x", NTM_KIND_AMOUNT, "km", "3", "2.9");
    expect(&k, NTM_ERROR_SCHEMA, "x");
    start(&k);
    ntm_fact fact;
    memset(&fact, 0, sizeof fact);
    fact.id = "x";
    fact.kind = NTM_KIND_FLAG;
    fact.merge = (ntm_merge)99;
    kit_fact_spec(&k, &fact);
    expect(&k, NTM_ERROR_SCHEMA, "x");
    start(&k);
    fact.kind = NTM_KIND_COUNT;
    fact.unit = "household";
    fact.levels = twice;
    fact.level_count = 2;
    fact.merge = NTM_MERGE_SUM;
    kit_fact_spec(&k, &fact);
    expect(&k, NTM_ERROR_SCHEMA, "x");
}

static void facts_about_others(void **state) {
    (void)state;
    kit k;
    start(&k);
    kit_part(&k, "x", NTM_KIND_COUNT, "household", "nothing");
    expect(&k, NTM_ERROR_NOT_FOUND, "nothing");
    start(&k);
    kit_part(&k, "x", NTM_KIND_COUNT, "person", "households");
    expect(&k, NTM_ERROR_UNIT, "household");
    start(&k);
    kit_part(&k, "x", NTM_KIND_COUNT, "household", "x");
    expect(&k, NTM_ERROR_SCHEMA, "x");
    start(&k);
    kit_part(&k, "x", NTM_KIND_COUNT, "household", "y");
    kit_part(&k, "y", NTM_KIND_COUNT, "household", "x");
    expect(&k, NTM_ERROR_SCHEMA, NULL);
    start(&k);
    kit_by(&k, "x", NTM_KIND_COUNT, "household", "age");
    expect(&k, NTM_ERROR_NOT_FOUND, "age");
    start(&k);
    ntm_fact fact;
    memset(&fact, 0, sizeof fact);
    fact.id = "x";
    fact.kind = NTM_KIND_SHARE;
    fact.unit = "%";
    fact.merge = NTM_MERGE_WEIGHTED;
    fact.merge_weight = "nothing";
    kit_fact_spec(&k, &fact);
    expect(&k, NTM_ERROR_NOT_FOUND, "nothing");
    start(&k);
    fact.merge_weight = NULL;
    kit_fact_spec(&k, &fact);
    expect(&k, NTM_ERROR_SCHEMA, "x");
}

static void refused_ratio(const char *unit, ntm_merge merge, const char *a, const char *b, ntm_over_time over_time,
                          ntm_status status, const char *part) {
    kit k;
    start(&k);
    kit_fact(&k, "people", NTM_KIND_COUNT, "person");
    kit_fact(&k, "plan", NTM_KIND_FLAG, NULL);
    kit_dimension(&k, "sex", (const char *const[]){"female", "male"}, 2);
    kit_by(&k, "trained", NTM_KIND_COUNT, "person", "sex");
    ntm_fact fact = {.id = "x", .kind = NTM_KIND_SHARE, .unit = unit, .merge = merge, .merge_parts = {a, b}};
    fact.over_time = over_time;
    kit_fact_spec(&k, &fact);
    expect(&k, status, part);
}

static void facts_that_are_ratios(void **state) {
    (void)state;
    const ntm_merge ratio = NTM_MERGE_RATIO;
    refused_ratio("%", ratio, "households", "nothing", 0, NTM_ERROR_NOT_FOUND, "nothing");
    refused_ratio("%", ratio, "households", NULL, 0, NTM_ERROR_SCHEMA, "two facts");
    refused_ratio("%", NTM_MERGE_MIN, "households", "people", 0, NTM_ERROR_SCHEMA, "merge ratio");
    refused_ratio("%", ratio, "x", "people", 0, NTM_ERROR_SCHEMA, "its own part");
    refused_ratio("%", ratio, "plan", "people", 0, NTM_ERROR_UNIT, "not measured");
    refused_ratio("%", ratio, "households", "people", 0, NTM_ERROR_UNIT, "household/person");
    refused_ratio("household", ratio, "people", "people", 0, NTM_ERROR_UNIT, "a plain number");
    refused_ratio("%", ratio, "trained", "people", 0, NTM_ERROR_SCHEMA, "\"sex\"");
    refused_ratio("%", ratio, NULL, NULL, (ntm_over_time)5, NTM_ERROR_SCHEMA, "over time");
    refused_ratio("%", ratio, NULL, NULL, NTM_TIME_FLOW, NTM_ERROR_SCHEMA, "no flows");
}

static void facts_that_nothing_closes(void **state) {
    (void)state;
    static const int unknown[] = {NTM_CLOSING_TIME + 1, -1, 99};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        kit k;
        start(&k);
        const ntm_fact fact = {.id = "x", .kind = NTM_KIND_FLAG, .closed_by = (ntm_closing)unknown[i]};
        kit_fact_spec(&k, &fact);
        expect(&k, NTM_ERROR_SCHEMA, "\"x\": unknown value of closed_by");
    }
}

static void axes_and_dimensions(void **state) {
    (void)state;
    static const char *const twice[] = {"a", "b", "a"};
    kit k;
    start(&k);
    kit_axis(&k, "class", NULL, 0);
    expect(&k, NTM_ERROR_SCHEMA, "class");
    start(&k);
    kit_axis(&k, "class", twice, 3);
    expect(&k, NTM_ERROR_SCHEMA, "a");
    start(&k);
    kit_dimension(&k, "age", NULL, 0);
    expect(&k, NTM_ERROR_SCHEMA, "age");
    start(&k);
    kit_dimension(&k, "age", twice, 3);
    expect(&k, NTM_ERROR_SCHEMA, "a");
}

static void citations(void **state) {
    (void)state;
    kit k;
    static const char *const missing[] = {"S99"};
    const ntm_indicator indicator = {"1.2", {"x", "x"}, 0, {NTM_CITED, missing, 1, NULL, NULL}};
    start(&k);
    if (k.status == NTM_OK) k.status = ntm_set_add_indicator(k.builder, &indicator, &k.err);
    expect(&k, NTM_ERROR_NOT_FOUND, "S99");
}

static void an_indicator_of_no_criterion(void **state) {
    (void)state;
    kit k;
    kit_start(&k, NULL);
    ntm_set_builder_at(k.builder, 7, 3);
    kit_indicator(&k, "1.1", 0);
    if (k.status == NTM_ERROR_ARGUMENT) {
        kit_end(&k);
        return;
    }
    expect(&k, NTM_ERROR_SCHEMA, "1.1");
}

/* ------------------------------------------------------------------------------------------- figures */

static ntm_figure table(const char *const *axes, size_t axis_count, const ntm_figure_value *values, size_t count) {
    ntm_figure figure;
    memset(&figure, 0, sizeof figure);
    figure.id = "f";
    figure.unit = "%";
    figure.axes = axes;
    figure.axis_count = axis_count;
    figure.values = values;
    figure.value_count = count;
    figure.citation = kit_cited;
    return figure;
}

static void expect_figure(const ntm_figure *figure, ntm_status status, const char *piece) {
    kit k;
    start(&k);
    kit_figure_spec(&k, figure);
    expect(&k, status, piece);
}

static void figures_refused(void **state) {
    (void)state;
    static const char *const region[] = {"region"};
    static const char *const none[] = {"group"};
    static const char *const doubled[] = {"region", "region"};
    static const char *const btb[] = {"BTB", "BTB"};
    static const char *const other[] = {"XYZ"};
    ntm_figure_value cells[2] = {{btb, {80, 0}, kit_absent}, {btb, {90, 0}, kit_absent}};
    ntm_figure figure = table(region, 1, cells, 2);
    expect_figure(&figure, NTM_ERROR_CONFLICT, "BTB");
    cells[1].keys = other;
    expect_figure(&figure, NTM_ERROR_NOT_FOUND, "XYZ");
    figure = table(none, 1, cells, 1);
    expect_figure(&figure, NTM_ERROR_NOT_FOUND, "group");
    figure = table(doubled, 2, cells, 1);
    expect_figure(&figure, NTM_ERROR_SCHEMA, "region");
    figure = table(region, 1, cells, 1);
    figure.interpolate = true;
    expect_figure(&figure, NTM_ERROR_SCHEMA, "year");
    figure = table(region, 1, cells, 1);
    figure.citation = kit_absent;
    expect_figure(&figure, NTM_ERROR_SCHEMA, "source");
    figure = table(NULL, 0, cells, 2);
    cells[0].keys = cells[1].keys = NULL;
    expect_figure(&figure, NTM_ERROR_CONFLICT, "f");
    figure = table(NULL, 0, cells, 1);
    figure.unit = NULL;
    kit k;
    start(&k);
    kit_figure_spec(&k, &figure);
    if (kit_freeze(&k) != NTM_OK) kit_expect(&k, k.status, "f", 7, 3); /* "1" may be meant */
    kit_end(&k);
}

static void figures_too_large(void **state) {
    (void)state;
    static const char *const axes[] = {"a", "b", "c", "d", "e"};
    static const char *const one[] = {"v"};
    static const char *const keys[] = {"v", "v", "v", "v", "v"};
    static char names[70][8];
    static const char *values[70];
    for (int at = 0; at < 70; at++) {
        snprintf(names[at], sizeof names[at], "v%d", at);
        values[at] = names[at];
    }
    const ntm_figure_value cell = {keys, {1, 0}, kit_absent};
    kit k;
    kit_start(&k, NULL);
    for (size_t at = 0; at < 5; at++)
        kit_axis(&k, axes[at], one, 1);
    ntm_set_builder_at(k.builder, 7, 3);
    ntm_figure figure = table(axes, 5, &cell, 1);
    kit_figure_spec(&k, &figure);
    expect(&k, NTM_ERROR_LIMIT, "4");
    static ntm_figure_value cells[70 * 70];
    static const char *pairs[70 * 70][2];
    for (size_t at = 0; at < 4900; at++) {
        pairs[at][0] = values[at / 70];
        pairs[at][1] = values[at % 70];
        cells[at] = (ntm_figure_value){pairs[at], {1, 0}, kit_absent};
    }
    kit_start(&k, NULL);
    kit_axis(&k, "a", values, 70);
    kit_axis(&k, "b", values, 70);
    ntm_set_builder_at(k.builder, 7, 3);
    figure = table(axes, 2, cells, 4900);
    kit_figure_spec(&k, &figure);
    expect(&k, NTM_ERROR_LIMIT, "4096");
}

static void problems_are_collected(void **state) {
    (void)state;
    kit k;
    start(&k);
    ntm_set_builder_at(k.builder, 30, 1);
    kit_fact(&k, "a b", NTM_KIND_FLAG, NULL);
    ntm_set_builder_at(k.builder, 10, 5);
    kit_figure(&k, "f", "%", "1");
    kit_figure(&k, "f", "%", "2");
    ntm_set_builder_at(k.builder, 20, 2);
    kit_part(&k, "x", NTM_KIND_COUNT, "household", "nothing");
    ntm_error outside = NTM_ERROR_INIT;
    outside.status = NTM_ERROR_SYNTAX;
    outside.line = 40;
    strcpy(outside.message, "found outside");
    ntm_set_builder_problem(k.builder, &outside);
    kit_expect(&k, NTM_ERROR_SCHEMA, NULL, 30, 1);
    kit_expect(&k, NTM_ERROR_SCHEMA, "f", 10, 5);
    kit_expect(&k, NTM_ERROR_NOT_FOUND, "nothing", 20, 2);
    kit_expect(&k, NTM_ERROR_SYNTAX, "found outside", 40, 0);
    /* the call itself tells the first by line */
    assert_int_equal(k.err.line, 10);
    assert_int_equal(k.status, NTM_ERROR_SCHEMA);
    assert_string_equal(k.err.subject, "test.yaml");
    kit_end(&k);
}

/* A problem from outside alone is enough. */
static void problems_from_outside(void **state) {
    (void)state;
    kit k;
    start(&k);
    ntm_error outside = NTM_ERROR_INIT;
    outside.status = NTM_ERROR_LIMIT;
    outside.line = 12;
    strcpy(outside.message, "found outside");
    ntm_set_builder_problem(k.builder, &outside);
    kit_expect(&k, NTM_ERROR_LIMIT, "found outside", 12, 0);
    assert_int_equal(k.status, NTM_ERROR_LIMIT);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(doubled_ids),
                                       cmocka_unit_test(ids_of_criteria_and_indicators),
                                       cmocka_unit_test(ids_that_are_none),
                                       cmocka_unit_test(text_that_is_no_utf8),
                                       cmocka_unit_test(facts_that_cannot_be),
                                       cmocka_unit_test(facts_about_others),
                                       cmocka_unit_test(facts_that_are_ratios),
                                       cmocka_unit_test(facts_that_nothing_closes),
                                       cmocka_unit_test(axes_and_dimensions),
                                       cmocka_unit_test(citations),
                                       cmocka_unit_test(an_indicator_of_no_criterion),
                                       cmocka_unit_test(figures_refused),
                                       cmocka_unit_test(figures_too_large),
                                       cmocka_unit_test(problems_are_collected),
                                       cmocka_unit_test(problems_from_outside)};
    return cmocka_run_group_tests_name("parts that are refused", tests, NULL, NULL);
}
