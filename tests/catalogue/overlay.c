/* SPDX-License-Identifier: Apache-2.0 */
/* Overlays: reading them, laying them, and what they may not do. */
#include "documents.h"

#include <stdio.h>
#include <string.h>

static const char base_text[] = HEAD
    "axes: {region: {values: [BTB, DBSH]}, year: {values: [\"2019\", \"2020\"]}}\n"
    "facts: {households: {kind: count, unit: household}, poor: {kind: count, unit: household}, plan: {kind: flag}}\n"
    "figures:\n"
    "  share: {unit: \"%\", axes: [region], general: 80, source: [S1], values: {BTB: 36}}\n"
    "  most: {unit: \"%\", delegated_to: tỉnh, source: [S1]}\n"
    "  table: {unit: \"%\", axes: [region, year]}\n"
    "criteria:\n"
    "  - id: \"1\"\n"
    "    name: {vi: Một}\n"
    "    source: [S1]\n"
    "    indicators:\n"
    "      - {id: \"1.1\", name: {en: One}, source: [S1], note: as read}\n"
    "      - {id: \"1.2\", name: {vi: Hai, en: Two}, rule: [{ratio: [poor, households]}, \"<=\", {figure: most}], source: [S1]}\n"
    "      - {id: \"1.3\"}\n"
    "  - {id: \"2\"}\n"
    "preconditions:\n"
    "  - {id: registered, name: {vi: Đăng ký}, source: [S1]}\n"
    "grade: {of: {points: [{when: {attested: plan}, give: 1}]}, knock_out: {not: {attested: plan}},\n"
    "  bands: [{class: a, range: \"[0, 1)\"}, {class: b, range: \"[1, ...)\", requires: {attested: plan}}]}\n";

/* The first 4 lines of an overlay. */
#define RECALLED "format: ntm-overlay/1\nid: a-set.unverified\nof: a-set\nstanding: unverified\n"
#define DECIDED  "format: ntm-overlay/1\nid: a-set.ha-tinh\nof: a-set\nstanding: cited\n"

static const ntm_figure *figure_of(const ntm_set *set, const char *id) {
    return ntm_set_figure(set, ntm_set_find_figure(set, id));
}

static const ntm_indicator *indicator_of(const ntm_set *set, const char *id) {
    return ntm_set_indicator(set, ntm_set_find_indicator(set, id));
}

static ntm_set *lay(const ntm_set *base, const char *text) {
    ntm_overlay *overlay = documents_read_overlay(text);
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_set_overlay(&set, base, overlay, NULL, &err);
    if (status != NTM_OK) print_message("# %u:%u %s\n", err.line, err.column, err.message);
    assert_ok(status, &err);
    ntm_overlay_free(overlay);
    return set;
}

static void test_fills(void **state) {
    (void)state;
    ntm_set *base = documents_read(base_text);
    ntm_set *set = lay(base, RECALLED
                       "facts: {villages: {kind: count, unit: village, closed_by: assessment}, plan: {kind: flag}}\n"
                       "figures:\n"
                       "  share: {values: {DBSH: 50}, note: from memory}\n"
                       "  most: {value: {value: 5, note: its own}}\n"
                       "  table: {values: {DBSH: {\"2020\": 2, \"2019\": 1}}}\n"
                       "  new: {unit: village, value: 3}\n"
                       "indicators:\n"
                       "  \"1.1\": {name: {vi: Chỉ tiêu}, rule: [villages, \">\", {figure: new}], note: sure}\n"
                       "  \"1.3\": {rule: {attested: plan}}\n"
                       "criteria: {\"1\": {name: {en: First}}, \"2\": {rule: {indicator: \"1.1\"}}}\n"
                       "preconditions: {registered: {rule: {attested: plan}}}\n");
    /* The base stays what it was. */
    assert_int_equal(figure_of(base, "share")->value_count, 1);
    ntm_set *same = documents_read(base_text);
    assert_true(ntm_set_equal(base, same));
    ntm_set_free(same);
    ntm_set_free(base); /* the new set is independent */

    assert_string_equal(ntm_set_about(set)->id, "a-set");
    assert_int_equal(ntm_set_about(set)->overlay_count, 1);
    assert_string_equal(ntm_set_about(set)->overlays[0], "a-set.unverified");
    assert_int_equal(ntm_set_fact(set, ntm_set_find_fact(set, "villages"))->closed_by, NTM_CLOSING_ASSESSMENT);
    const ntm_figure *share = figure_of(set, "share");
    assert_int_equal(share->value_count, 2);
    assert_int_equal(share->citation.standing, NTM_CITED);
    assert_null(share->citation.overlay);
    assert_null(share->values[0].citation.overlay);
    assert_int_equal(share->values[1].value.coefficient, 50);
    assert_int_equal(share->values[1].citation.standing, NTM_UNVERIFIED);
    assert_string_equal(share->values[1].citation.overlay, "a-set.unverified");
    assert_string_equal(share->values[1].citation.note, "from memory");
    assert_string_equal(figure_of(set, "most")->values[0].citation.note, "its own");
    assert_string_equal(figure_of(set, "table")->values[0].keys[1], "2019");
    assert_int_equal(figure_of(set, "new")->citation.standing, NTM_UNVERIFIED);
    assert_string_equal(figure_of(set, "new")->citation.overlay, "a-set.unverified");

    const ntm_indicator *one = indicator_of(set, "1.1");
    assert_string_equal(one->name.vi, "Chỉ tiêu");
    assert_string_equal(one->name.en, "One");
    assert_int_not_equal(one->rule, 0);
    assert_int_equal(one->citation.standing, NTM_UNVERIFIED);
    assert_string_equal(one->citation.overlay, "a-set.unverified");
    assert_string_equal(one->citation.note, "as read [a-set.unverified] sure");
    assert_int_equal(one->citation.source_count, 1);
    assert_int_equal(indicator_of(set, "1.2")->citation.standing, NTM_CITED);
    assert_string_equal(ntm_set_criterion(set, 0)->name.en, "First");
    assert_int_not_equal(ntm_set_precondition(set, 0)->rule, 0);
    documents_round_trip(set);
    ntm_set_free(set);
}

/* A province's decision over what is there, and then what is only recalled. */
static void test_two_layers(void **state) {
    (void)state;
    ntm_set *base = documents_read(base_text);
    ntm_set *first = lay(
        base, DECIDED
        "title: {vi: Quyết định của tỉnh}\nnote: text\ninstrument: {number: 5/QĐ-UBND, signed: 2017-01-02, source: [H1]}\n"
        "sources: {H1: {where: there}, S1: {where: here, what: this}}\n"
        "figures: {most: {value: 7, source: [H1]}, table: {values: {BTB: {\"2019\": {value: 1, source: [S1]}}}}}\n"
        "indicators: {\"1.3\": {name: {vi: Ba}, source: [H1, S1]}, \"1.1\": {name: {vi: Một}, source: [S1, H1]}}\n");
    assert_int_equal(figure_of(first, "most")->values[0].citation.standing, NTM_CITED);
    assert_string_equal(figure_of(first, "most")->values[0].citation.overlay, "a-set.ha-tinh");
    assert_int_equal(indicator_of(first, "1.1")->citation.source_count, 2);
    assert_int_equal(ntm_set_source_count(first), 2);
    ntm_set *second = lay(first, RECALLED "indicators: {\"1.3\": {rule: {attested: plan}}}\n");
    assert_int_equal(indicator_of(second, "1.3")->citation.standing, NTM_UNVERIFIED);
    assert_int_equal(ntm_set_about(second)->overlay_count, 2);
    assert_string_equal(ntm_set_about(second)->overlays[0], "a-set.ha-tinh");
    assert_string_equal(ntm_set_about(second)->overlays[1], "a-set.unverified");
    documents_round_trip(second);
    /* What is laid later and is cited does not make good what is only recalled. */
    ntm_set *recalled = lay(base, RECALLED "indicators: {\"1.3\": {rule: {attested: plan}}}\n");
    ntm_set *third = lay(recalled, DECIDED "indicators: {\"1.3\": {name: {vi: Ba}, source: [S1]}}\n");
    assert_int_equal(indicator_of(third, "1.3")->citation.standing, NTM_UNVERIFIED);
    assert_string_equal(indicator_of(third, "1.3")->citation.overlay, "a-set.unverified");
    ntm_set_free(base);
    ntm_set_free(first);
    ntm_set_free(second);
    ntm_set_free(recalled);
    ntm_set_free(third);
}

static void test_refused(void **state) {
    (void)state;
    static const refused cases[] = {
        {"a set", HEAD, NTM_ERROR_SCHEMA, 1, 9, "wanted is ntm-overlay/1", 1},
        {"a newer format", "format: ntm-overlay/2\n", NTM_ERROR_UNSUPPORTED, 1, 9, "this version reads ntm-overlay/1",
         1},
        {"only a format", "format: ntm-overlay/1\n", NTM_ERROR_SCHEMA, 1, 1, "\"id\" is missing", 3},
        {"an id that hides it", "format: ntm-overlay/1\nid: a-set.recalled\nof: a-set\nstanding: unverified\n",
         NTM_ERROR_SCHEMA, 2, 5, "ends in \".unverified\"", 1},
        {"an id that is only the end", "format: ntm-overlay/1\nid: .unverified\nof: a-set\nstanding: unverified\n",
         NTM_ERROR_SCHEMA, 2, 5, "ends in \".unverified\"", 1},
        {"an id that says too much", "format: ntm-overlay/1\nid: a-set.unverified\nof: a-set\nstanding: cited\n",
         NTM_ERROR_SCHEMA, 2, 5, "only the id of an unverified", 1},
        {"absent", "format: ntm-overlay/1\nid: a\nof: a-set\nstanding: absent\n", NTM_ERROR_SCHEMA, 4, 11,
         "no standing of an overlay", 1},
        {"a bad id", "format: ntm-overlay/1\nid: a b.unverified\nof: ''\nstanding: unverified\n", NTM_ERROR_SCHEMA, 2,
         5, "no id", 2},
        {"axes", RECALLED "axes: {}\n", NTM_ERROR_SCHEMA, 5, 1, "unknown key \"axes\"", 1},
        {"a rule with a problem", RECALLED "indicators: {\"1.1\": {rule: {rato: [a, b]}}}\n", NTM_ERROR_SCHEMA, 5, 29,
         "did you mean \"ratio\"", 1},
        {"a fact with a problem", RECALLED "facts: {a: {kind: flug}}\n", NTM_ERROR_SCHEMA, 5, 19,
         "did you mean \"flag\"", 1},
        {"nothing filled in", RECALLED "indicators: {\"1.1\": {note: x}}\n", NTM_ERROR_SCHEMA, 5, 14,
         "nothing is filled in", 1},
        {"text filled in", RECALLED "indicators: {\"1.1\": x}\n", NTM_ERROR_SCHEMA, 5, 21, "a map is wanted", 1},
        {"another standing", RECALLED "indicators: {\"1.1\": {name: {vi: x}, standing: cited}}\n", NTM_ERROR_SCHEMA, 5,
         47, "the overlay is unverified", 1},
        {"another overlay", RECALLED "indicators: {\"1.1\": {name: {vi: x}, overlay: y}}\n", NTM_ERROR_SCHEMA, 5, 37,
         "unknown key \"overlay\"", 1},
        {"cited by nothing", DECIDED "indicators: {\"1.1\": {name: {vi: x}}}\n", NTM_ERROR_SCHEMA, 5, 14,
         "names the source", 1},
        {"an unknown key of a figure", RECALLED "figures: {share: {vales: {}}}\n", NTM_ERROR_SCHEMA, 5, 19,
         "did you mean \"values\"", 1},
        {"a list of figures", RECALLED "figures: [share]\n", NTM_ERROR_SCHEMA, 5, 10, "a map is wanted", 1},
        {"a date that is not", RECALLED "instrument: {signed: 2020-02-30}\n", NTM_ERROR_SYNTAX, 5, 22, "2020-02-30", 1},
    };
    documents_refuse_overlays(cases, sizeof cases / sizeof cases[0]);
}

/* What an overlay says is right by itself and does not fit the set. */
static const refused misfits[] = {
    {"another set", "format: ntm-overlay/1\nid: x.unverified\nof: b-set\nstanding: unverified\n", NTM_ERROR_NOT_FOUND,
     3, 5, "goes over set \"b-set\", not over \"a-set\"", 1},
    {"an unknown indicator", RECALLED "indicators: {\"9.9\": {rule: {attested: plan}}}\n", NTM_ERROR_NOT_FOUND, 5, 14,
     "no indicator \"9.9\"", 1},
    {"an unknown criterion", RECALLED "criteria: {\"9\": {name: {vi: x}}}\n", NTM_ERROR_NOT_FOUND, 5, 12,
     "no criterion \"9\"", 1},
    {"an unknown precondition", RECALLED "preconditions: {x: {name: {vi: x}}}\n", NTM_ERROR_NOT_FOUND, 5, 17,
     "no precondition \"x\"", 1},
    {"an unknown figure", RECALLED "figures: {shar: {values: {BTB: 3}}}\n", NTM_ERROR_NOT_FOUND, 5, 11,
     "no figure \"shar\"", 1},
    {"an unknown fact", RECALLED "indicators: {\"1.3\": {rule: {attested: plans}}}\n", NTM_ERROR_NOT_FOUND, 5, 28,
     "no fact \"plans\"", 1},
    {"a source that nobody has", RECALLED "indicators: {\"1.3\": {rule: {attested: plan}, source: [S9]}}\n",
     NTM_ERROR_NOT_FOUND, 5, 55, "no source \"S9\"", 1},
    {"a value of no region", RECALLED "figures: {share: {values: {TN: 3}}}\n", NTM_ERROR_NOT_FOUND, 5, 28,
     "no value \"TN\"", 1},
    {"no number", RECALLED "figures: {share: {values: {DBSH: x}}}\n", NTM_ERROR_SYNTAX, 5, 34, "not a number", 1},
    {"a cell that is there", RECALLED "figures: {share: {values: {BTB: 40}}}\n", NTM_ERROR_CONFLICT, 5, 33,
     "figure \"share\" for BTB (36) of set \"a-set\" is there already (good.yaml:11)", 1},
    {"two cells that are there", RECALLED "figures: {share: {values: {DBSH: 1, BTB: 36}}}\n", NTM_ERROR_CONFLICT, 5, 42,
     "for BTB (36) of set", 1},
    {"a figure that is there", RECALLED "figures: {share: {unit: \"%\", values: {DBSH: 1}}}\n", NTM_ERROR_CONFLICT, 5,
     19, "gives it only value", 1},
    {"a figure without values", RECALLED "figures: {share: {note: x}}\n", NTM_ERROR_SCHEMA, 5, 11,
     "nothing is filled in", 1},
    {"a value where values are", RECALLED "figures: {share: {value: 3}}\n", NTM_ERROR_SCHEMA, 5, 19,
     "a figure with axes has", 1},
    {"a name that is there", RECALLED "indicators: {\"1.1\": {name: {en: Uno}}}\n", NTM_ERROR_CONFLICT, 5, 33,
     "the English name of indicator \"1.1\" of set \"a-set\" is there already (good.yaml:19)", 1},
    {"a rule that is there", RECALLED "indicators: {\"1.2\": {rule: {attested: plan}}}\n", NTM_ERROR_CONFLICT, 5, 28,
     "the rule of indicator \"1.2\" of set \"a-set\" is there already (good.yaml:20)", 1},
    {"a fact that is there", RECALLED "facts: {plan: {kind: date}}\n", NTM_ERROR_CONFLICT, 5, 9,
     "has another fact \"plan\" (good.yaml:9)", 1},
    {"a source that is there", RECALLED "sources: {S1: {where: elsewhere}}\n", NTM_ERROR_CONFLICT, 5, 11,
     "source \"S1\" of set \"a-set\" is another", 1},
    {"a fact that is there, closed by another", RECALLED "facts: {plan: {kind: flag, closed_by: work}}\n",
     NTM_ERROR_CONFLICT, 5, 9, "has another fact \"plan\" (good.yaml:9)", 1},
    {"a figure without a source", DECIDED "figures: {most: {value: 3}}\n", NTM_ERROR_SCHEMA, 5, 25,
     "names the source of each figure", 1},
    {"a new figure without a source", DECIDED "figures: {new: {unit: km, value: 3}}\n", NTM_ERROR_SCHEMA, 5, 11,
     "no source", 1},
    {"a loop", RECALLED "criteria: {\"2\": {rule: {criterion: \"2\"}}}\n", NTM_ERROR_SCHEMA, 5, 12, "loop", 1},
    {"a criterion that its indicators decide", RECALLED "criteria: {\"1\": {rule: {any: [{indicator: \"1.1\"}]}}}\n",
     NTM_ERROR_CONFLICT, 5, 24, "decided by its indicators", 1},
    {"other units", RECALLED "indicators: {\"1.3\": {rule: [poor, \">\", {figure: most}]}}\n", NTM_ERROR_UNIT, 5, 28,
     "cannot be put together", 1},
    {"three at once",
     RECALLED "facts: {plan: {kind: date}}\nindicators: {\"1.2\": {rule: {attested: plan}}, \"8\": {name: {vi: x}}}\n",
     NTM_ERROR_CONFLICT, 5, 9, "has another fact \"plan\"", 3},
};

static void test_misfits(void **state) {
    (void)state;
    ntm_set *base = documents_read(base_text);
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof misfits / sizeof misfits[0]; i++) {
        const refused *c = &misfits[i];
        ntm_overlay *overlay = documents_read_overlay(c->text);
        ntm_problems *problems = NULL;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
        ntm_read_options options = NTM_READ_OPTIONS_INIT;
        options.problems = problems;
        ntm_set *set = NULL;
        ntm_status status = ntm_set_overlay(&set, base, overlay, &options, &err);
        assert_null(set);
        if (status != c->status || err.line != c->line || err.column != c->column ||
            strstr(err.message, c->piece) == NULL || strcmp(err.subject, "over.yaml") != 0 ||
            ntm_problems_found(problems) != c->found) {
            print_message("# %s: %s %s:%u:%u %s, %zu\n", c->what, ntm_status_name(status), err.subject, err.line,
                          err.column, err.message, ntm_problems_found(problems));
            wrong++;
        }
        ntm_problems_free(problems);
        ntm_overlay_free(overlay);
    }
    assert_int_equal(wrong, 0);
    ntm_set_free(base);
}

static void test_what_it_says(void **state) {
    (void)state;
    ntm_overlay *overlay = documents_read_overlay(RECALLED);
    assert_string_equal(ntm_overlay_id(overlay), "a-set.unverified");
    assert_string_equal(ntm_overlay_of(overlay), "a-set");
    assert_int_equal(ntm_overlay_standing(overlay), NTM_UNVERIFIED);
    ntm_set *set = NULL;
    assert_int_equal(ntm_set_overlay(&set, NULL, overlay, NULL, NULL), NTM_ERROR_ARGUMENT);
    assert_null(ntm_overlay_id(NULL));
    assert_null(ntm_overlay_of(NULL));
    assert_int_equal(ntm_overlay_standing(NULL), NTM_ABSENT);
    ntm_overlay_free(overlay);
    ntm_overlay_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fills),   cmocka_unit_test(test_two_layers),   cmocka_unit_test(test_refused),
        cmocka_unit_test(test_misfits), cmocka_unit_test(test_what_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
