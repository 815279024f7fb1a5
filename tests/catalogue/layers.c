/* SPDX-License-Identifier: Apache-2.0 */
/* Amendments and decisions of provinces: what they replace, tighten, add and remove, and what they may not. */
#include "documents.h"

#include <stdio.h>
#include <string.h>

/* Line 11 starts the figures, line 20 the criteria. */
static const char base_text[] = HEAD
    "axes: {region: {values: [BTB, DBSH]}}\n"
    "facts: {people: {kind: count, unit: person}, insured: {kind: count, unit: person, part_of: people},\n"
    "  records: {kind: flag}, income: {kind: money, unit: VND, least: 0}, change: {kind: money, unit: VND}}\n"
    "figures:\n"
    "  insured-least: {unit: \"%\", value: 90, source: [S1]}\n"
    "  records-least: {unit: \"%\", axes: [region], general: 50, source: [S1], values: {BTB: 50, DBSH: 60}}\n"
    "  poor-most: {unit: VND, value: 5, source: [S1]}\n"
    "  roads: {unit: \"%\", delegated_to: tỉnh, source: [S1]}\n"
    "  both: {unit: VND, value: 3, source: [S1]}\n"
    "  unclear: {unit: \"%\", value: 3, source: [S1]}\n"
    "  nowhere: {unit: VND, value: 3, source: [S1]}\n"
    "criteria:\n"
    "  - id: \"1\"\n"
    "    name: {vi: Một}\n"
    "    source: [S1]\n"
    "    indicators:\n"
    "      - {id: \"1.1\", name: {vi: Bảo hiểm}, rule: [{ratio: [insured, people]}, \">=\", {figure: insured-least}], source: [S1], note: as read}\n"
    "      - {id: \"1.2\", name: {vi: Hồ sơ}, rule: [{ratio: [insured, people]}, \">=\", {figure: records-least}], source: [S1]}\n"
    "      - {id: \"1.3\", rule: {not: [income, \"<=\", {figure: poor-most}]}, source: [S1]}\n"
    "      - {id: \"1.4\", rule: {all: [[income, \">\", {figure: both}], [change, \"<\", {figure: both}]]}, source: [S1]}\n"
    "      - {id: \"1.5\", rule: [{product: [change, {figure: unclear}]}, \">\", {constant: 3, unit: VND}], source: [S1]}\n"
    "      - {id: \"1.6\", source: [S1]}\n"
    "  - {id: \"2\", rule: {indicator: \"1.6\"}, source: [S1]}\n"
    "  - {id: \"3\", indicators: [{id: \"3.1\", source: [S1]}]}\n"
    "preconditions:\n"
    "  - {id: registered, name: {vi: Đăng ký}, rule: {attested: records}, source: [S1]}\n"
    "  - {id: asked}\n";

#define LAYER(id, rest)                                                                                                \
    "format: ntm-overlay/1\nid: a-set." id "\nof: a-set\nstanding: cited\nsources: {H1: {where: there}}\n" rest
/* What stands behind it is at line 7 and further. */
#define AMENDED LAYER("amended", "instrument: {number: 211, in_force: {from: 2024-03-01}, source: [H1]}\n")
#define LATER   LAYER("later", "instrument: {number: 300, in_force: {from: 2025-03-01}, source: [H1]}\n")
#define PROVINCE                                                                                                       \
    LAYER("ha-tinh", "instrument: {number: 5, in_force: {from: 2022-03-01}, source: [H1]}\nplace: \"42\"\n")
#define PROVINCE_LATER                                                                                                 \
    LAYER("ha-tinh-2", "instrument: {number: 6, in_force: {from: 2023-03-01}, source: [H1]}\nplace: \"42\"\n")
#define DISTRICT LAYER("ky-anh", "instrument: {number: 7, in_force: {from: 2022-05-01}, source: [H1]}\nplace: 42/436\n")
#define RECALLED "format: ntm-overlay/1\nid: a-set.unverified\nof: a-set\nstanding: unverified\n"

static const ntm_figure *figure_of(const ntm_set *set, const char *id) {
    return ntm_set_figure(set, ntm_set_find_figure(set, id));
}

static const ntm_indicator *indicator_of(const ntm_set *set, const char *id) {
    return ntm_set_indicator(set, ntm_set_find_indicator(set, id));
}

static int64_t value_of(const ntm_set *set, const char *figure) {
    return figure_of(set, figure)->values[0].value.coefficient;
}

static ntm_status try_lay(ntm_set **out, const ntm_set *base, const char *text, const char *name, ntm_error *err) {
    ntm_overlay *overlay = NULL;
    assert_ok(ntm_overlay_read(&overlay, text, strlen(text), name, NULL, err), err);
    ntm_status status = ntm_set_overlay(out, base, overlay, NULL, err);
    ntm_overlay_free(overlay);
    return status;
}

/* Lays one over the other and frees the base. */
static ntm_set *lay(ntm_set *base, const char *text) {
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = try_lay(&set, base, text, "over.yaml", &err);
    if (status != NTM_OK) print_message("# %u:%u %s\n", err.line, err.column, err.message);
    assert_ok(status, &err);
    documents_round_trip(set);
    ntm_set_free(base);
    return set;
}

static void refuse(ntm_set *base, const char *text, ntm_status status, uint32_t line, const char *piece) {
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(try_lay(&set, base, text, "last.yaml", &err), status, &err, piece);
    if (err.line != line) fail_msg("line %u, expected %u: %s", err.line, line, err.message);
    assert_string_equal(err.subject, "last.yaml");
    assert_null(set);
}

/* A share becomes an attestation: the rule, its citation, and the figure that nobody needs any more. */
static void test_replaces_a_kind(void **state) {
    (void)state;
    ntm_set *set = lay(documents_read(base_text), AMENDED
                       "replaces:\n  indicators:\n    \"1.2\": {rule: {attested: records}, source: [H1], note: sửa}\n");
    const ntm_indicator *row = indicator_of(set, "1.2");
    assert_int_equal(ntm_set_node(set, row->rule)->kind, NTM_ATTESTED);
    assert_int_equal(ntm_set_node(set, row->rule)->line, 9);
    assert_string_equal(row->name.vi, "Hồ sơ");
    assert_string_equal(row->citation.overlay, "a-set.amended");
    assert_int_equal(row->citation.standing, NTM_CITED);
    assert_int_equal(row->citation.source_count, 2); /* the name still rests on the first */
    assert_int_equal(ntm_set_find_figure(set, "records-least"), SIZE_MAX);
    assert_int_not_equal(ntm_set_find_figure(set, "nowhere"), SIZE_MAX); /* was not used before either */
    assert_null(indicator_of(set, "1.1")->citation.overlay);
    assert_int_equal(ntm_set_node(set, indicator_of(set, "1.1")->rule)->line, 24);
    assert_string_equal(ntm_set_about(set)->id, "a-set");
    assert_string_equal(ntm_set_about(set)->overlays[0], "a-set.amended");
    /* Who speaks of the figure now is told where it went. */
    refuse(set, LATER "replaces: {figures: {records-least: {values: {BTB: 3}, source: [H1]}}}\n", NTM_ERROR_NOT_FOUND,
           7, "no figure \"records-least\" any more: \"a-set.amended\" took it out (over.yaml:7)");
    /* A province that had filled or tightened it before gives way. */
    set = lay(set, PROVINCE "tightens: {figures: {records-least: {values: {BTB: 55}, source: [H1]}}}\n");
    assert_int_equal(ntm_set_find_figure(set, "records-least"), SIZE_MAX);
    ntm_set_free(set);
}

static void test_replaces_all(void **state) {
    (void)state;
    ntm_set *set = lay(documents_read(base_text), AMENDED
                       "replaces:\n"
                       "  indicators: {\"1.1\": {name: {vi: Mới}, rule: {attested: records}, source: [H1]}}\n"
                       "  criteria: {\"1\": {name: {vi: Nhất, en: First}, rule: {indicator: \"1.1\"}, source: [H1]}}\n"
                       "  preconditions: {registered: {rule: {not: {attested: records}}, source: [H1]}}\n"
                       "  figures:\n"
                       "    records-least: {values: {BTB: 40}, source: [H1]}\n"
                       "    poor-most: {value: 7, source: [H1], note: đến 2025}\n");
    const ntm_indicator *row = indicator_of(set, "1.1");
    assert_string_equal(row->name.vi, "Mới");
    assert_int_equal(row->citation.source_count, 1); /* nothing of the base is left */
    assert_string_equal(row->citation.sources[0], "H1");
    assert_null(row->citation.note);
    const ntm_criterion *criterion = ntm_set_criterion(set, 0);
    assert_int_equal(ntm_set_node(set, criterion->rule)->kind, NTM_INDICATOR);
    assert_string_equal(criterion->name.vi, "Nhất");
    assert_string_equal(criterion->citation.overlay, "a-set.amended");
    assert_int_equal(ntm_set_node(set, ntm_set_precondition(set, 0)->rule)->kind, NTM_NOT);
    const ntm_figure *cells = figure_of(set, "records-least");
    assert_int_equal(cells->value_count, 2);
    assert_int_equal(cells->values[0].value.coefficient, 40);
    assert_string_equal(cells->values[0].citation.overlay, "a-set.amended");
    assert_int_equal(cells->values[1].value.coefficient, 60);
    assert_null(cells->values[1].citation.overlay);
    assert_null(cells->citation.overlay);
    assert_string_equal(figure_of(set, "poor-most")->values[0].citation.note, "đến 2025");
    /* The later act wins. */
    set = lay(set,
              LATER "replaces: {figures: {poor-most: {value: 8, source: [H1]}}, indicators: {\"1.1\": {rule: [insured, "
                    "\">\", {constant: 3, unit: person}], source: [H1]}}}\n");
    assert_int_equal(value_of(set, "poor-most"), 8);
    assert_int_equal(ntm_set_node(set, indicator_of(set, "1.1")->rule)->kind, NTM_COMPARE);
    assert_string_equal(indicator_of(set, "1.1")->citation.overlay, "a-set.later");
    assert_int_equal(ntm_set_about(set)->overlay_count, 2);
    ntm_set_free(set);
}

/* In whatever order they are laid. */
static void test_later_act_wins(void **state) {
    (void)state;
    static const char earlier[] = AMENDED "replaces: {figures: {poor-most: {value: 7, source: [H1]}}}\n"
                                          "figures: {roads: {value: 70, source: [H1]}}\n";
    static const char later[] = LATER "replaces: {figures: {poor-most: {value: 8, source: [H1]}}}\n";
    ntm_set *set = lay(lay(documents_read(base_text), later), earlier);
    assert_int_equal(value_of(set, "poor-most"), 8);
    assert_int_equal(value_of(set, "roads"), 70);
    ntm_set_free(set);
}

/* What an amendment replaced by something that nobody has read is absent from then on, and may be read elsewhere. */
static void test_absent_now(void **state) {
    (void)state;
    ntm_set *set = lay(documents_read(base_text),
                       AMENDED "replaces:\n  indicators: {\"1.1\": {absent: [rule], source: [H1], note: chưa đọc}}\n"
                               "  criteria: {\"1\": {absent: [name], source: [H1]}}\n"
                               "  figures: {records-least: {absent: [values], source: [H1]},\n"
                               "    poor-most: {delegated_to: tỉnh, source: [H1]}}\n");
    const ntm_indicator *row = indicator_of(set, "1.1");
    assert_int_equal(row->rule, 0);
    assert_string_equal(row->name.vi, "Bảo hiểm");
    assert_string_equal(row->citation.note, "as read [a-set.amended] chưa đọc");
    assert_null(ntm_set_criterion(set, 0)->name.vi);
    assert_int_equal(figure_of(set, "records-least")->value_count, 0);
    assert_false(figure_of(set, "records-least")->has_general);
    assert_string_equal(figure_of(set, "records-least")->citation.overlay, "a-set.amended");
    assert_string_equal(figure_of(set, "poor-most")->delegated_to, "tỉnh");
    assert_int_equal(figure_of(set, "poor-most")->value_count, 0);
    /* What is recalled is recalled of the text before: it does not fill what the amendment left open, unless it says from
       which day it holds. */
    ntm_set *before = lay(
        lay(documents_read(base_text), AMENDED "replaces: {indicators: {\"1.1\": {absent: [rule], source: [H1]}}}\n"),
        RECALLED "indicators: {\"1.1\": {rule: {attested: records}}, \"1.6\": {rule: {attested: records}}}\n");
    assert_int_equal(indicator_of(before, "1.1")->rule, 0);
    assert_null(strstr(indicator_of(before, "1.1")->citation.overlay, "unverified"));
    assert_int_not_equal(indicator_of(before, "1.6")->rule, 0);
    ntm_set_free(before);
    set = lay(set, RECALLED
              "instrument: {in_force: {from: 2024-03-01}}\n"
              "indicators: {\"1.1\": {rule: {attested: records}}}\nfigures: {records-least: {values: {BTB: 9}}}\n");
    assert_int_not_equal(indicator_of(set, "1.1")->rule, 0);
    assert_int_equal(indicator_of(set, "1.1")->citation.standing, NTM_UNVERIFIED);
    assert_int_equal(value_of(set, "records-least"), 9);
    /* The figure that was left to the province is filled by it. */
    set = lay(set, LAYER("ha-tinh", "place: \"42\"\ninstrument: {in_force: {from: 2024-06-01}}\n"
                                    "figures: {poor-most: {value: 6, source: [H1]}}\n"));
    assert_int_equal(value_of(set, "poor-most"), 6);
    ntm_set_free(set);
    /* With a new value in the same breath, only that is there. */
    set =
        lay(documents_read(base_text), AMENDED
            "replaces: {figures: {records-least: {absent: [values], values: {BTB: 44}, general: 45, source: [H1]}}}\n");
    assert_int_equal(figure_of(set, "records-least")->value_count, 1);
    assert_int_equal(figure_of(set, "records-least")->general.coefficient, 45);
    ntm_set_free(set);
    /* Another general figure alone: the cells keep what they rested on. */
    set = lay(documents_read(base_text),
              AMENDED "replaces: {figures: {records-least: {general: 45, source: [H1], note: n}}}\n");
    assert_int_equal(figure_of(set, "records-least")->value_count, 2);
    assert_string_equal(figure_of(set, "records-least")->values[0].citation.sources[0], "S1");
    assert_null(figure_of(set, "records-least")->values[0].citation.overlay);
    assert_string_equal(figure_of(set, "records-least")->citation.overlay, "a-set.amended");
    ntm_set_free(set);
}

/* What is only recalled never changes what is there, whichever is laid first. */
static void test_recalled_beneath(void **state) {
    (void)state;
    ntm_set *set =
        lay(documents_read(base_text), AMENDED "figures: {roads: {value: 70, source: [H1]}}\n"
                                               "indicators: {\"1.6\": {rule: {attested: records}, source: [H1]}}\n");
    set = lay(set, RECALLED "figures: {roads: {value: 66}}\n"
                            "indicators: {\"1.6\": {name: {vi: Nhớ}, rule: {not: {attested: records}}}}\n");
    assert_int_equal(value_of(set, "roads"), 70);
    const ntm_indicator *row = indicator_of(set, "1.6");
    assert_int_equal(ntm_set_node(set, row->rule)->kind, NTM_ATTESTED);
    assert_string_equal(row->name.vi, "Nhớ");
    assert_int_equal(row->citation.standing, NTM_UNVERIFIED); /* a part of it */
    /* An amendment replaces what was recalled; then nothing in it is recalled. */
    set = lay(set, LATER "replaces: {indicators: {\"1.6\": {name: {vi: Đọc}, source: [H1]}}}\n");
    assert_string_equal(indicator_of(set, "1.6")->name.vi, "Đọc");
    assert_int_equal(indicator_of(set, "1.6")->citation.standing, NTM_CITED);
    assert_string_equal(indicator_of(set, "1.6")->citation.overlay, "a-set.later");
    ntm_set_free(set);
    /* A province may replace what is only recalled of a national set. */
    set = lay(documents_read(base_text), RECALLED "figures: {roads: {value: 66}}\n");
    set = lay(set, PROVINCE "replaces: {figures: {roads: {value: 80, source: [H1]}}}\n");
    assert_int_equal(value_of(set, "roads"), 80);
    assert_int_equal(figure_of(set, "roads")->values[0].citation.standing, NTM_CITED);
    ntm_set_free(set);
    set = documents_read(base_text);
    refuse(set, RECALLED "figures: {insured-least: {value: 66}}\n", NTM_ERROR_CONFLICT, 5,
           "figure \"insured-least\" (90) of set \"a-set\" is there already (good.yaml:12)");
    ntm_set_free(set);
}

static void test_tightens(void **state) {
    (void)state;
    ntm_set *set =
        lay(documents_read(base_text), PROVINCE
            "tightens: {figures: {insured-least: {value: 95, source: [H1]}, poor-most: {value: 6, source: [H1]},\n"
            "  records-least: {values: {DBSH: 60}, source: [H1]}}}\n");
    assert_int_equal(value_of(set, "insured-least"), 95);
    assert_string_equal(figure_of(set, "insured-least")->values[0].citation.overlay, "a-set.ha-tinh");
    assert_int_equal(value_of(set, "poor-most"), 6); /* not at most 5: higher is stricter under "not" */
    assert_string_equal(figure_of(set, "records-least")->values[1].citation.overlay, "a-set.ha-tinh");
    assert_null(figure_of(set, "records-least")->values[0].citation.overlay);
    /* Its own later act may go back, but not below the floor. */
    ntm_set *again = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(try_lay(&again, set, PROVINCE_LATER "replaces: {figures: {insured-least: {value: 92, source: [H1]}}}\n",
                      "x", &err),
              &err);
    assert_int_equal(value_of(again, "insured-least"), 92);
    refuse(again,
           LAYER("ha-tinh-3", "place: \"42\"\ninstrument: {in_force: {from: 2024-01-01}}\n"
                              "tightens: {figures: {insured-least: {value: 89, source: [H1]}}}\n"),
           NTM_ERROR_CONFLICT, 8, "89 is looser than 90 of a higher act (good.yaml:12)");
    ntm_set_free(again);
    refuse(
        set, PROVINCE_LATER "replaces: {figures: {insured-least: {value: 80, source: [H1]}}}\n", NTM_ERROR_CONFLICT, 8,
        "figure \"insured-least\": 80 is looser than 90 of a higher act (good.yaml:12): a higher figure is stricter");
    refuse(set, PROVINCE_LATER "figures: {insured-least: {value: 99, source: [H1]}}\n", NTM_ERROR_CONFLICT, 8,
           "is there already (over.yaml:8): an overlay fills only what is absent");
    /* A district below it respects both. */
    refuse(set, DISTRICT "tightens: {figures: {insured-least: {value: 94, source: [H1]}}}\n", NTM_ERROR_CONFLICT, 8,
           "94 is looser than 95 of a higher act (over.yaml:8)");
    set = lay(set, DISTRICT "tightens: {figures: {insured-least: {value: 96, source: [H1]}}}\n");
    assert_int_equal(value_of(set, "insured-least"), 96);
    refuse(set,
           LAYER("ky-anh-2", "place: 42/436\ninstrument: {in_force: {from: 2023-01-01}}\n"
                             "replaces: {figures: {insured-least: {value: 94, source: [H1]}}}\n"),
           NTM_ERROR_CONFLICT, 8, "94 is looser than 95 of a higher act (over.yaml:8)");
    ntm_set_free(set);
    /* A later national figure prevails over what a province had tightened. */
    set = lay(documents_read(base_text), AMENDED "replaces: {figures: {insured-least: {value: 97, source: [H1]}}}\n");
    set = lay(set, PROVINCE "tightens: {figures: {insured-least: {value: 95, source: [H1]}}}\n");
    assert_int_equal(value_of(set, "insured-least"), 97);
    ntm_set_free(set);
}

/* Laid in whatever order: once the act of higher rank has said another figure, the one that it had is no floor. */
static void test_floors_that_went(void **state) {
    static const char again[] = LAYER("ha-tinh-3", "place: \"42\"\ninstrument: {in_force: {from: 2025-01-01}}\n"
                                                   "tightens: {figures: {insured-least: {value: 75, source: [H1]}}}\n");
    static const char filled[] = LAYER("ha-tinh-4", "place: \"42\"\ninstrument: {in_force: {from: 2025-01-01}}\n"
                                                    "figures: {insured-least: {value: 60, source: [H1]}}\n");
    (void)state;
    ntm_set *set =
        lay(documents_read(base_text), PROVINCE "tightens: {figures: {insured-least: {value: 95, source: [H1]}}}\n");
    ntm_set *set2 = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(try_lay(&set2, set, AMENDED "replaces: {figures: {insured-least: {absent: [values], source: [H1]}}}\n",
                      "x", &err),
              &err);
    set = lay(set, AMENDED "replaces: {figures: {insured-least: {value: 70, source: [H1]}}}\n");
    set = lay(set, again);
    assert_int_equal(value_of(set, "insured-least"), 75);
    ntm_set_free(set);
    set2 = lay(set2, filled);
    assert_int_equal(value_of(set2, "insured-least"), 60);
    ntm_set_free(set2);
}

static void test_no_direction(void **state) {
    (void)state;
    ntm_set *set = documents_read(base_text);
    refuse(set, PROVINCE "tightens: {figures: {poor-most: {value: 4, source: [H1]}}}\n", NTM_ERROR_CONFLICT, 8,
           "figure \"poor-most\": 4 is looser than 5 of a higher act (good.yaml:14): a higher figure is stricter");
    refuse(set, PROVINCE "tightens: {figures: {both: {value: 4, source: [H1]}}}\n", NTM_ERROR_CONFLICT, 8,
           "figure \"both\" is used both ways (good.yaml:27 and good.yaml:27)");
    refuse(set, PROVINCE "tightens: {figures: {unclear: {value: 4, source: [H1]}}}\n", NTM_ERROR_CONFLICT, 8,
           "the rule at good.yaml:28 does not tell whether a higher or a lower figure \"unclear\" is stricter");
    refuse(set, PROVINCE "tightens: {figures: {nowhere: {value: 4, source: [H1]}}}\n", NTM_ERROR_CONFLICT, 8,
           "no rule of set \"a-set\" uses figure \"nowhere\"");
    refuse(set, PROVINCE "tightens: {figures: {roads: {value: 4, source: [H1]}}}\n", NTM_ERROR_CONFLICT, 8,
           "uses figure");
    refuse(set, PROVINCE "tightens: {figures: {none: {value: 4, source: [H1]}}}\n", NTM_ERROR_NOT_FOUND, 8,
           "no figure \"none\"");
    refuse(set, PROVINCE "tightens: {figures: {insured-least: {value: 99}}}\n", NTM_ERROR_SCHEMA, 8,
           "names the source of each figure");
    ntm_set_free(set);
    set = lay(documents_read(base_text),
              AMENDED "replaces: {figures: {insured-least: {absent: [values], source: [H1]}}}\n");
    refuse(set,
           LAYER("x", "place: \"42\"\ninstrument: {in_force: {from: 2025-01-01}}\n"
                      "tightens: {figures: {insured-least: {value: 99, source: [H1]}}}\n"),
           NTM_ERROR_CONFLICT, 8, "is absent: there is nothing to tighten");
    ntm_set_free(set);
}

static void test_ranks_and_ties(void **state) {
    (void)state;
    ntm_set *set = documents_read(base_text);
    refuse(
        set, PROVINCE "replaces: {figures: {insured-least: {value: 99, source: [H1]}}}\n", NTM_ERROR_CONFLICT, 8,
        "an act of rank province cannot replace figure \"insured-least\" of \"a-set\" (good.yaml:12), whose rank is central");
    refuse(set, PROVINCE "replaces: {indicators: {\"1.1\": {rule: {attested: records}, source: [H1]}}}\n",
           NTM_ERROR_CONFLICT, 8, "cannot replace the rule of indicator \"1.1\" of \"a-set\" (good.yaml:24)");
    refuse(set, PROVINCE "replaces: {figures: {insured-least: {delegated_to: x, source: [H1]}}}\n", NTM_ERROR_CONFLICT,
           8, "cannot replace figure \"insured-least\"");
    refuse(set, PROVINCE "removes: {indicators: [\"1.1\"], source: [H1]}\n", NTM_ERROR_CONFLICT, 8,
           "cannot replace indicator \"1.1\"");
    /* A central act that holds in one province only is still central. */
    ntm_set *special = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(try_lay(&special, set,
                      PROVINCE "rank: central\nreplaces: {figures: {insured-least: {value: 99, source: [H1]}}}\n", "x",
                      &err),
              &err);
    ntm_set_free(special);
    static const char tie[] = LAYER("twin", "instrument: {in_force: {from: 2024-03-01}}\n"
                                            "replaces: {figures: {insured-least: {value: 99, source: [H1]}}}\n"
                                            "indicators: {\"1.6\": {name: {vi: x}, source: [H1]}}\n");
    set = lay(set, AMENDED "replaces: {figures: {insured-least: {value: 98, source: [H1]}}}\n"
                           "indicators: {\"1.6\": {name: {vi: y}, source: [H1]}}\n");
    refuse(
        set, tie, NTM_ERROR_CONFLICT, 7,
        "overlay \"a-set.twin\" replaces figure \"insured-least\", and so does \"a-set.amended\" (over.yaml:7), of the same rank and day");
    /* Of one rank and day, but not about the same: both hold. */
    set = lay(set, LAYER("twin", "instrument: {in_force: {from: 2024-03-01}}\n"
                                 "replaces: {figures: {poor-most: {value: 9, source: [H1]}}}\n"
                                 "indicators: {\"1.6\": {name: {en: x}, source: [H1]}}\n"));
    assert_int_equal(value_of(set, "poor-most"), 9);
    refuse(set, AMENDED, NTM_ERROR_CONFLICT, 2, "overlay \"a-set.amended\" is laid over set \"a-set\" already");
    ntm_set_free(set);
}

static void test_adds_and_removes(void **state) {
    (void)state;
    ntm_set *set = lay(
        documents_read(base_text), PROVINCE
        "facts: {villages: {kind: count, unit: village}}\n"
        "figures: {villages-least: {unit: village, value: 2, source: [H1]}}\n"
        "adds:\n"
        "  criteria:\n"
        "    - id: \"20\"\n"
        "      name: {vi: Khu dân cư}\n"
        "      source: [H1]\n"
        "      indicators: [{id: \"20.1\", rule: [villages, \">=\", {figure: villages-least}], source: [H1]}, {id: \"20.2\"}]\n"
        "  indicators: {\"1\": [{id: \"1.9\", name: {vi: Thêm}, source: [H1]}]}\n"
        "  preconditions: [{id: extra, rule: {attested: records}, source: [H1]}]\n");
    assert_int_equal(ntm_set_criterion_count(set), 4);
    assert_string_equal(ntm_set_criterion(set, 3)->id, "20");
    assert_string_equal(ntm_set_criterion(set, 3)->citation.overlay, "a-set.ha-tinh");
    assert_int_equal(ntm_set_criterion(set, 0)->indicator_count, 7);
    assert_string_equal(ntm_set_indicator(set, 6)->id, "1.9");
    assert_int_equal(ntm_set_precondition_count(set), 3);
    /* A higher act takes it out again, and with it what only it used. */
    set = lay(set, AMENDED
              "removes: {indicators: [\"1.9\", \"1.2\"], criteria: [\"20\"], preconditions: [asked], source: [H1]}\n");
    assert_int_equal(ntm_set_criterion_count(set), 3);
    assert_int_equal(ntm_set_find_indicator(set, "20.1"), SIZE_MAX);
    assert_int_equal(ntm_set_find_indicator(set, "1.2"), SIZE_MAX);
    assert_int_equal(ntm_set_find_figure(set, "villages-least"), SIZE_MAX);
    assert_int_equal(ntm_set_find_figure(set, "records-least"), SIZE_MAX);
    assert_int_equal(ntm_set_precondition_count(set), 2);
    refuse(set, LATER "indicators: {\"20.2\": {name: {vi: x}, source: [H1]}}\n", NTM_ERROR_NOT_FOUND, 7,
           "no indicator \"20.2\" any more: \"a-set.amended\" took it out (over.yaml:7)");
    set = lay(set, PROVINCE_LATER "indicators: {\"20.2\": {name: {vi: x}, source: [H1]}}\n"); /* it came before */
    assert_int_equal(ntm_set_find_indicator(set, "20.2"), SIZE_MAX);
    ntm_set_free(set);

    set = documents_read(base_text);
    refuse(set, AMENDED "removes: {indicators: [\"1.6\"], source: [H1]}\n", NTM_ERROR_CONFLICT, 7,
           "indicator \"1.6\" is removed, and the rule at good.yaml:30 needs it");
    refuse(set, AMENDED "removes: {indicators: [\"3.1\"], source: [H1]}\n", NTM_ERROR_SCHEMA, 7,
           "criterion \"3\" would be left without indicators and without a rule");
    refuse(set, AMENDED "removes: {indicators: [\"7\"], source: [H1]}\n", NTM_ERROR_NOT_FOUND, 7, "no indicator \"7\"");
    refuse(
        set,
        AMENDED
        "removes: {indicators: [\"1.1\"], source: [H1]}\nreplaces: {indicators: {\"1.1\": {name: {en: x}, source: [H1]}}}\n",
        NTM_ERROR_CONFLICT, 7, "is removed here and written at line 8");
    refuse(set, AMENDED "adds: {criteria: [{id: \"2\"}]}\n", NTM_ERROR_CONFLICT, 7,
           "there is a criterion \"2\" already (good.yaml:30)");
    refuse(set, AMENDED "adds: {indicators: {\"2\": [{id: \"1.1\"}]}}\n", NTM_ERROR_CONFLICT, 7,
           "there is an indicator \"1.1\" already (good.yaml:24)");
    refuse(set, AMENDED "adds: {preconditions: [{id: asked}]}\n", NTM_ERROR_CONFLICT, 7,
           "there is a precondition \"asked\" already (good.yaml:34)");
    refuse(set, AMENDED "adds: {indicators: {\"9\": [{id: \"9.1\"}]}}\n", NTM_ERROR_NOT_FOUND, 7, "no criterion \"9\"");
    refuse(set,
           AMENDED "replaces: {indicators: {\"1.2\": {rule: {attested: records}, source: [H1]}}}\n"
                   "figures: {records-least: {values: {BTB: 3}, source: [H1]}}\n",
           NTM_ERROR_CONFLICT, 8, "no rule uses figure \"records-least\" any more");
    refuse(
        set,
        AMENDED
        "indicators: {\"1.6\": {name: {vi: x}, source: [H1]}}\nreplaces: {indicators: {\"1.6\": {name: {vi: y}, source: [H1]}}}\n",
        NTM_ERROR_CONFLICT, 8, "the Vietnamese name of indicator \"1.6\" is written twice here");
    refuse(set, AMENDED "replaces: {indicators: {\"8\": {name: {vi: y}, source: [H1]}}}\n", NTM_ERROR_NOT_FOUND, 7,
           "no indicator \"8\"");
    ntm_set_free(set);
}

static void test_refused(void **state) {
    (void)state;
    static const refused cases[] = {
        {"recalled changes", RECALLED "replaces: {}\ntightens: {}\nremoves: {}\n", NTM_ERROR_SCHEMA, 5, 1,
         "an unverified overlay fills and adds", 3},
        {"a place", RECALLED "place: 42//436\n", NTM_ERROR_SCHEMA, 5, 8, "a place is \"VN\"", 1},
        {"an empty place", RECALLED "place: \"\"\n", NTM_ERROR_SCHEMA, 5, 8, "a place is \"VN\"", 1},
        {"a rank", RECALLED "rank: provincial\n", NTM_ERROR_SCHEMA, 5, 7, "did you mean \"province\"", 1},
        {"days", AMENDED "note: x\nreplaces: {status: x}\n", NTM_ERROR_SCHEMA, 8, 12, "unknown key \"status\"", 1},
        {"days the wrong way", LAYER("x", "instrument: {in_force: {from: 2024-01-01, to: 2023-01-01}}\n"),
         NTM_ERROR_SCHEMA, 6, 13, "the last day in force is before the first", 1},
        {"absent in a filling", AMENDED "indicators: {\"1.1\": {absent: [rule], source: [H1]}}\n", NTM_ERROR_SCHEMA, 7,
         22, "unknown key \"absent\"", 1},
        {"an absent figure in a filling", AMENDED "figures: {x: {absent: [values], source: [H1]}}\n", NTM_ERROR_SCHEMA,
         7, 15, "unknown key \"absent\"", 1},
        {"absent and there",
         AMENDED "replaces: {indicators: {\"1.1\": {rule: {attested: records}, absent: [rule], source: [H1]}}}\n",
         NTM_ERROR_SCHEMA, 7, 69, "a rule is written, so it is not absent", 1},
        {"a name absent and there",
         AMENDED "replaces: {indicators: {\"1.1\": {name: {vi: x}, absent: [name], source: [H1]}}}\n", NTM_ERROR_SCHEMA,
         7, 57, "a name is written, so it is not absent", 1},
        {"absent nothing", AMENDED "replaces: {indicators: {\"1.1\": {absent: [], source: [H1]}}}\n", NTM_ERROR_SCHEMA,
         7, 41, "The list is empty", 1},
        {"absent what", AMENDED "replaces: {indicators: {\"1.1\": {absent: [rules], source: [H1]}}}\n",
         NTM_ERROR_SCHEMA, 7, 42, "did you mean \"rule\"", 1},
        {"replaced by nothing", AMENDED "replaces: {indicators: {\"1.1\": {source: [H1]}}}\n", NTM_ERROR_SCHEMA, 7, 25,
         "nothing is replaced", 1},
        {"replaced without a source", AMENDED "replaces: {indicators: {\"1.1\": {absent: [rule]}}}\n", NTM_ERROR_SCHEMA,
         7, 25, "names the source of what it replaces", 1},
        {"added without a source", AMENDED "adds: {criteria: [{id: x, name: {vi: x}}]}\n", NTM_ERROR_SCHEMA, 7, 19,
         "names the source of what it adds", 1},
        {"added with a problem",
         AMENDED "adds: {criteria: [{id: x, indicators: [{id: y, rule: {atested: z}, source: [H1]}]}]}\n",
         NTM_ERROR_SCHEMA, 7, 55, "did you mean \"attested\"", 1},
        {"a list of additions", AMENDED "adds: {indicators: [x]}\n", NTM_ERROR_SCHEMA, 7, 20, "a map is wanted", 1},
        {"removed without a source", AMENDED "removes: {indicators: [x]}\n", NTM_ERROR_SCHEMA, 7, 1,
         "names the source of what it removes", 1},
        {"removed figures", AMENDED "removes: {figures: [x], source: [H1]}\n", NTM_ERROR_SCHEMA, 7, 11,
         "unknown key \"figures\"", 1},
        {"tightened indicators", AMENDED "tightens: {indicators: {}}\n", NTM_ERROR_SCHEMA, 7, 12,
         "unknown key \"indicators\"", 1},
        {"a unit of a figure that is replaced", AMENDED "replaces: {figures: [x]}\n", NTM_ERROR_SCHEMA, 7, 21,
         "a map is wanted", 1},
    };
    documents_refuse_overlays(cases, sizeof cases / sizeof cases[0]);
    ntm_set *set = documents_read(base_text);
    refuse(set, AMENDED "replaces: {figures: {roads: {unit: km, source: [H1]}}}\n", NTM_ERROR_CONFLICT, 7,
           "gives it only value, values, source, note, general, delegated_to, absent");
    refuse(set, AMENDED "replaces: {figures: {roads: {source: [H1]}}}\n", NTM_ERROR_SCHEMA, 7, "nothing is replaced");
    refuse(set, AMENDED "replaces: {figures: {roads: {absent: [values]}}}\n", NTM_ERROR_SCHEMA, 7,
           "names the source of what it replaces");
    ntm_set_free(set);
}

static void test_what_it_says(void **state) {
    (void)state;
    ntm_overlay *overlay = documents_read_overlay(PROVINCE), *plain = documents_read_overlay(RECALLED),
                *district = documents_read_overlay(DISTRICT);
    assert_string_equal(ntm_overlay_place(overlay), "42");
    assert_int_equal(ntm_overlay_rank(overlay), NTM_RANK_PROVINCE);
    assert_string_equal(ntm_overlay_instrument(overlay)->number, "5");
    assert_int_equal(ntm_overlay_instrument(overlay)->in_force_from, ntm_date_ymd(2022, 3, 1));
    assert_int_equal(ntm_overlay_instrument(overlay)->in_force_to, NTM_DATE_NONE);
    assert_string_equal(ntm_overlay_place(plain), "VN");
    assert_int_equal(ntm_overlay_rank(plain), NTM_RANK_CENTRAL);
    assert_int_equal(ntm_overlay_instrument(plain)->in_force_from, NTM_DATE_NONE);
    assert_int_equal(ntm_overlay_rank(district), NTM_RANK_DISTRICT);
    assert_null(ntm_overlay_place(NULL));
    assert_null(ntm_overlay_instrument(NULL));
    assert_int_equal(ntm_overlay_rank(NULL), 0);
    ntm_overlay_free(overlay);
    ntm_overlay_free(plain);
    ntm_overlay_free(district);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replaces_a_kind),  cmocka_unit_test(test_replaces_all),
        cmocka_unit_test(test_later_act_wins),   cmocka_unit_test(test_absent_now),
        cmocka_unit_test(test_recalled_beneath), cmocka_unit_test(test_tightens),
        cmocka_unit_test(test_floors_that_went), cmocka_unit_test(test_no_direction),
        cmocka_unit_test(test_ranks_and_ties),   cmocka_unit_test(test_adds_and_removes),
        cmocka_unit_test(test_refused),          cmocka_unit_test(test_what_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
