/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

#include <stdio.h>
#include <string.h>

static const char *const s1[] = {"S1"};
const ntm_citation kit_cited = {NTM_CITED, s1, 1, NULL, NULL};
const ntm_citation kit_absent = {NTM_ABSENT, NULL, 0, NULL, NULL};

ntm_set_spec kit_spec(void) {
    ntm_set_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.id = "test-set";
    spec.title = (ntm_names){"Bộ tiêu chí thử", "Test set"};
    spec.programme = "ntm";
    spec.level = "commune";
    spec.tier = "standard";
    spec.place = "VN";
    spec.instrument.number = "1/QĐ";
    spec.instrument.issuer = "Thủ tướng Chính phủ";
    spec.instrument.signed_on = ntm_date_ymd(2016, 10, 17);
    spec.instrument.in_force_from = ntm_date_ymd(2016, 12, 1);
    spec.instrument.in_force_to = ntm_date_ymd(2020, 12, 31);
    spec.instrument.citation = kit_cited;
    return spec;
}

void kit_start_spec(kit *k, const ntm_set_spec *spec, const ntm_allocator *allocator) {
    memset(k, 0, sizeof *k);
    k->err = (ntm_error)NTM_ERROR_INIT;
    k->allocator = allocator;
    k->status = ntm_problems_new(&k->problems, 0, allocator, &k->err);
    if (k->status == NTM_OK)
        k->status = ntm_set_builder_new(&k->builder, spec, "test.yaml", k->problems, allocator, &k->err);
    if (k->status != NTM_OK) assert_null(k->builder);
    const ntm_source source = {"S1", "https://example.org", "a test"};
    if (k->status == NTM_OK) k->status = ntm_set_add_source(k->builder, &source, &k->err);
}

void kit_start(kit *k, const ntm_allocator *allocator) {
    ntm_set_spec spec = kit_spec();
    kit_start_spec(k, &spec, allocator);
}

ntm_status kit_freeze(kit *k) {
    if (k->status != NTM_OK) return k->status;
    k->status = ntm_set_builder_finish(&k->set, k->builder, &k->err);
    if (k->status != NTM_OK)
        assert_null(k->set);
    else
        assert_non_null(k->set);
    return k->status;
}

const ntm_set *kit_done(kit *k) {
    (void)kit_freeze(k);
    for (size_t at = 0; at < ntm_problems_count(k->problems); at++) {
        const ntm_error *problem = ntm_problems_get(k->problems, at);
        print_error("%s: %s: %s\n", ntm_status_name(problem->status), problem->subject, problem->message);
    }
    assert_ok(k->status, &k->err);
    return k->set;
}

void kit_end(kit *k) {
    ntm_set_free(k->set);
    ntm_set_builder_free(k->builder);
    ntm_problems_free(k->problems);
    k->set = NULL;
    k->builder = NULL;
    k->problems = NULL;
}

ntm_decimal kit_decimal(const char *text) {
    ntm_decimal value = {0, 0};
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_decimal_parse(&value, text, strlen(text), NTM_LOCALE_PLAIN, &err), &err);
    return value;
}

/* ------------------------------------------------------------------------------------------- parts */

void kit_fact_spec(kit *k, const ntm_fact *fact) {
    if (k->status == NTM_OK) k->status = ntm_set_add_fact(k->builder, fact, &k->err);
}

static ntm_fact plain_fact(const char *id, ntm_fact_kind kind, const char *unit) {
    ntm_fact fact;
    memset(&fact, 0, sizeof fact);
    fact.id = id;
    fact.name = (ntm_names){id, id};
    fact.kind = kind;
    fact.unit = unit;
    fact.merge = NTM_MERGE_REASSESS;
    return fact;
}

void kit_fact(kit *k, const char *id, ntm_fact_kind kind, const char *unit) {
    ntm_fact fact = plain_fact(id, kind, unit);
    kit_fact_spec(k, &fact);
}

void kit_bounded(kit *k, const char *id, ntm_fact_kind kind, const char *unit, const char *least, const char *most) {
    ntm_fact fact = plain_fact(id, kind, unit);
    fact.has_least = least != NULL;
    fact.has_most = most != NULL;
    if (least != NULL) fact.least = kit_decimal(least);
    if (most != NULL) fact.most = kit_decimal(most);
    kit_fact_spec(k, &fact);
}

void kit_part(kit *k, const char *id, ntm_fact_kind kind, const char *unit, const char *part_of) {
    ntm_fact fact = plain_fact(id, kind, unit);
    fact.part_of = part_of;
    kit_fact_spec(k, &fact);
}

void kit_by(kit *k, const char *id, ntm_fact_kind kind, const char *unit, const char *dimension) {
    ntm_fact fact = plain_fact(id, kind, unit);
    fact.by = dimension;
    kit_fact_spec(k, &fact);
}

void kit_levels(kit *k, const char *id, const char *const *levels, size_t count) {
    ntm_fact fact = plain_fact(id, NTM_KIND_LEVEL, NULL);
    fact.levels = levels;
    fact.level_count = count;
    kit_fact_spec(k, &fact);
}

void kit_axis(kit *k, const char *id, const char *const *values, size_t count) {
    const ntm_axis axis = {id, {id, id}, values, NULL, count};
    if (k->status == NTM_OK) k->status = ntm_set_add_axis(k->builder, &axis, &k->err);
}

void kit_dimension(kit *k, const char *id, const char *const *members, size_t count) {
    const ntm_dimension dimension = {id, members, count};
    if (k->status == NTM_OK) k->status = ntm_set_add_dimension(k->builder, &dimension, &k->err);
}

void kit_figure_spec(kit *k, const ntm_figure *figure) {
    if (k->status == NTM_OK) k->status = ntm_set_add_figure(k->builder, figure, &k->err);
}

void kit_figure(kit *k, const char *id, const char *unit, const char *value) {
    ntm_figure_value cell = {NULL, value == NULL ? (ntm_decimal){0, 0} : kit_decimal(value), kit_absent};
    ntm_figure figure;
    memset(&figure, 0, sizeof figure);
    figure.id = id;
    figure.unit = unit;
    figure.values = &cell;
    figure.value_count = value != NULL;
    figure.citation = kit_cited;
    kit_figure_spec(k, &figure);
}

void kit_figure_by(kit *k, const char *id, const char *unit, const char *axis, const char *const *keys,
                   const char *const *values, size_t count, bool interpolate) {
    ntm_figure_value cells[64];
    ntm_figure figure;
    memset(&figure, 0, sizeof figure);
    memset(cells, 0, sizeof cells);
    assert_true(count <= 64);
    for (size_t at = 0; at < count; at++) {
        if (values[at] == NULL) continue;
        cells[figure.value_count].keys = &keys[at];
        cells[figure.value_count].citation = kit_absent;
        cells[figure.value_count++].value = kit_decimal(values[at]);
    }
    figure.id = id;
    figure.unit = unit;
    figure.axes = &axis;
    figure.axis_count = 1;
    figure.values = cells;
    figure.interpolate = interpolate;
    figure.citation = kit_cited;
    kit_figure_spec(k, &figure);
}

void kit_criterion(kit *k, const char *id, ntm_node rule) {
    ntm_criterion criterion;
    memset(&criterion, 0, sizeof criterion);
    criterion.id = id;
    criterion.name = (ntm_names){id, id};
    criterion.rule = rule;
    criterion.citation = kit_cited;
    if (k->status == NTM_OK) k->status = ntm_set_add_criterion(k->builder, &criterion, &k->err);
}

void kit_indicator(kit *k, const char *id, ntm_node rule) {
    const ntm_indicator indicator = {id, {id, id}, rule, kit_cited};
    if (k->status == NTM_OK) k->status = ntm_set_add_indicator(k->builder, &indicator, &k->err);
}

void kit_precondition(kit *k, const char *id, ntm_node rule) {
    const ntm_precondition precondition = {id, {id, id}, rule, kit_cited};
    if (k->status == NTM_OK) k->status = ntm_set_add_precondition(k->builder, &precondition, &k->err);
}

void kit_rules(kit *k, ntm_node status, ntm_node revocation, ntm_node grade) {
    if (k->status == NTM_OK) k->status = ntm_set_add_rules(k->builder, status, revocation, grade, &k->err);
}

/* ------------------------------------------------------------------------------------------- problems */

void kit_expect(kit *k, ntm_status status, const char *piece, uint32_t line, uint32_t column) {
    ntm_status got = k->status == NTM_OK ? kit_freeze(k) : k->status;
    if (got == NTM_OK) fail_msg("the set was taken; expected %s with \"%s\"", ntm_status_name(status), piece);
    for (size_t at = 0; at < ntm_problems_count(k->problems); at++) {
        const ntm_error *problem = ntm_problems_get(k->problems, at);
        if (problem->status != status || problem->message[0] == '\0') continue;
        if (piece != NULL && strstr(problem->message, piece) == NULL && strstr(problem->subject, piece) == NULL)
            continue;
        if ((line == 0 || problem->line == line) && (column == 0 || problem->column == column)) return;
    }
    print_error("finish: %s: %s: %s\n", ntm_status_name(got), k->err.subject, k->err.message);
    for (size_t at = 0; at < ntm_problems_count(k->problems); at++) {
        const ntm_error *problem = ntm_problems_get(k->problems, at);
        print_error("%s:%u:%u: %s: %s\n", problem->subject, problem->line, problem->column,
                    ntm_status_name(problem->status), problem->message);
    }
    fail_msg("no problem %s with \"%s\" at %u:%u", ntm_status_name(status), piece, line, column);
}
