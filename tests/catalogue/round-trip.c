/* SPDX-License-Identifier: Apache-2.0 */
/* What is written is read back as the same set. */
#include "documents.h"
#include "kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_everything(void **state) {
    (void)state;
    for (int vary = 0; vary < kit_full_variants(); vary++) {
        kit k;
        kit_full(&k, vary, NULL);
        documents_round_trip(kit_done(&k));
        kit_end(&k);
    }
}

#define RULE(text) PARTS text TAIL

/* Every way to write a rule. */
static const char *const rules[] = {
    RULE("[{fact: poor}, \"<\", households]"),
    RULE("[poor, \"<=\", {constant: 12.50, unit: household}]"),
    RULE("[{constant: -3}, \"=\", {constant: 0.000000000000000001}]"),
    RULE("[day, \">=\", {date: 2020-06-30}]"),
    RULE("[day, \">=\", {constant: 0.5, unit: date}]"),
    RULE("[day, \">=\", {constant: 99999999999, unit: date}]"),
    RULE("[{ratio: [poor, households]}, \">\", {figure: share}]"),
    RULE("[{sum: [poor, {difference: [households, poor]}]}, \">\", {maximum: [poor, {minimum: [poor, households]}]}]"),
    RULE("[{product: [road, road]}, \">\", {constant: 3, unit: km2}]"),
    RULE("[{past: poor, event: recognition}, \">\", {of_parent: poor, level: province}]"),
    RULE("[{average: poor, level: province}, \">\", {figure_of: least, set: another-set, unit: household}]"),
    RULE("[{figure_of: least, set: another-set}, \">\", {constant: 3}]"),
    RULE("[{share: indicators, verdict: met, among: [\"2.1\"]}, \">\", {count: criteria, among: [\"2\"]}]"),
    RULE("[{share: members, of: sex, where: [trained, \">\", {constant: 0, unit: person}]}, \">\", {constant: 0.5}]"),
    RULE("[{count: children, level: village, name: clean, where: {attested: plan}}, \">\", {constant: 3}]"),
    RULE("{every: sex, holds: [trained, \">\", {constant: 0, unit: person}]}"),
    RULE("{holds: {holds: x}, every: sex}"),
    RULE("{every: members, of: sex, holds: [trained, \">\", {constant: 0, unit: person}]}"),
    RULE("{every: children, level: village, name: clean, holds: {holds: clean-village}}"),
    RULE(
        "[{points: [{when: {attested: plan}, give: 3}, {when: {not: {attested: plan}}, give: 1.5}]}, \">\", {constant: 1, unit: point}]"),
    RULE(
        "[{rounded: {ratio: [poor, households]}, digits: 1, unit: \"%\", mode: half up, source: [S1], note: x}, \">\", {figure: share}]"),
    RULE(
        "[{rounded: poor, digits: 0, mode: half even, source: [S1]}, \">\", {rounded: poor, digits: 0, mode: up, source: [S1]}]"),
    RULE("{attested: plan, evidence: 'Quyết định: \"phê duyệt\"'}"),
    RULE("{at_level: [high, union]}"),
    RULE("{at_level: [b, {grade: {of: poor, knock_out: {attested: plan}, bands: [{class: a, range: \"(..., 30]\"}, "
         "{class: b, range: \"(30, ...)\", name: {vi: x}, requires: {attested: plan}}], note: x}}]}"),
    RULE("{all: [{any: [{attested: plan}, {holds: b}]}, {at_least: 1, of: [{holds: c}]}, {not: {holds: d}}]}"),
    RULE("{if_applicable: plan, then: {holds: a}}"),
    RULE("{any: [{criterion: \"2\"}, {indicator: \"2.1\"}]}"),
    RULE("{compare: [poor, \"<\", households], source: [S1], standing: unverified, overlay: x.unverified, note: y}"),
    RULE("{attested: plan, source: [S1]}"),
    RULE("{all: [{holds: a, note: x}], source: [S1], standing: absent}"),
    RULE("[{fact: poor, note: x}, \"<\", {sum: [poor], note: y}]"),
};

static void test_rules(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        char text[4096];
        (void)snprintf(text, sizeof text, "%s  - {id: \"2\", indicators: [{id: \"2.1\"}]}\n", rules[i]);
        ntm_set *set = documents_read(text);
        documents_round_trip(set);
        ntm_set_free(set);
    }
    /* A count of everything cannot be part of it. */
    ntm_set *set =
        documents_read(HEAD "criteria: [{id: \"1\", indicators: [{id: \"1\"}]}]\n"
                            "status: [{share: indicators, verdict: met}, \">\", {count: criteria, verdict: not met}]\n"
                            "revocation: {not: {criterion: \"1\"}}\n");
    documents_round_trip(set);
    ntm_set_free(set);
}

/* Texts that a careless writer gets wrong. */
static const char *const strange[] = {
    "",
    " ",
    " a",
    "a ",
    "a  b",
    "a: b",
    "a:b",
    "a #b",
    "#a",
    "- a",
    "-",
    "--- a",
    "...",
    "? a",
    "a?",
    ":",
    "a:",
    "[a",
    "{a",
    "a]",
    "a}",
    "a, b",
    "*a",
    "&a",
    "!a",
    "!!str a",
    "|",
    ">",
    "> a",
    "'a'",
    "\"a\"",
    "it's",
    "a\"b",
    "a\\b",
    "a\\nb",
    "%a",
    "@a",
    "`a`",
    "<<",
    "=",
    "~",
    "null",
    "Null",
    "true",
    "yes",
    "NO",
    "no",
    "off",
    "y",
    "1",
    "1.10",
    "-1",
    "+1",
    ".5",
    "1e3",
    "0x1F",
    "0o7",
    "1_000",
    "12:30",
    "2020-02-25",
    ".inf",
    ".NaN",
    "a\nb",
    "\n",
    "a\n",
    "\na",
    "a\n\nb",
    "a\r\nb",
    "\ta",
    "a\tb",
    "a\001 b",
    "\033[0m",
    "\x7f",
    "\xc2\x80",
    "\xc2\x85",
    "\xc2\xa0",
    "a\xc2\xa0 b",
    "\xe2\x80\xa8",
    "\xe2\x80\xa9",
    "\xef\xbb\xbf",
    "\xef\xbf\xbe",
    "\xef\xbf\xbf",
    "\xe2\x80\xae",
    "\xf0\x9f\x8c\xbe",
    "Thủ tướng Chính phủ",
    "tỷ lệ (%): ≥ 90",
    "e\xcc\x82\xcc\xa3",
    "a long text of many words that has to be folded over several lines, because nobody wants to read a line as long as this one in a file",
    "a long text of many words: with a colon # and a hash, \"quotes\" and 'others', - a dash, [brackets] and {braces} which is folded all the same",
    "a long text with two  blanks in one place, which cannot be folded over several lines since a line break stands for one blank only, ever",
    " a long text that begins with a blank and therefore cannot be folded over several lines either, whatever its length may be, which is long",
};

static ntm_set *set_with(const char *text) {
    ntm_set_spec spec = kit_spec();
    spec.title = (ntm_names){text, text};
    spec.programme = spec.level = spec.tier = spec.place = text[0] == '\0' ? "x" : text;
    spec.note = spec.instrument.number = spec.instrument.issuer = text;
    kit k;
    kit_start_spec(&k, &spec, NULL);
    const char *const list[] = {text[0] == '\0' ? "x" : text, "another value"};
    const ntm_names names[] = {{text, NULL}, {NULL, NULL}};
    const ntm_axis axis = {"axis", {text, NULL}, list, names, 2};
    if (k.status == NTM_OK) k.status = ntm_set_add_axis(k.builder, &axis, &k.err);
    kit_dimension(&k, "dimension", list, 2);
    kit_levels(&k, "level", list, 2);
    const ntm_source source = {"S9", text, text};
    if (k.status == NTM_OK) k.status = ntm_set_add_source(k.builder, &source, &k.err);
    kit_figure_by(&k, "figure", "%", "axis", list, (const char *const[]){"1", "-2.50"}, 2, false);
    ntm_criterion criterion = {.id = "1", .name = {NULL, text}, .group = text, .citation = kit_cited};
    criterion.citation.note = text;
    if (k.status == NTM_OK) k.status = ntm_set_add_criterion(k.builder, &criterion, &k.err);
    kit_indicator(&k, "1.1", k_at_level(&k, list[0], "level"));
    ntm_set *set = NULL;
    assert_ok(kit_freeze(&k), &k.err);
    set = k.set;
    k.set = NULL;
    kit_end(&k);
    return set;
}

static void test_strange_text(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof strange / sizeof strange[0]; i++) {
        ntm_set *set = set_with(strange[i]);
        documents_round_trip(set);
        ntm_set_free(set);
    }
    /* Keys beyond what YAML takes without a mark, and beyond what it takes in a line. */
    static const size_t sizes[] = {100, 990, 1020, 1024, 1030, 5000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char *text = malloc(sizes[i] + 1);
        assert_non_null(text);
        memset(text, i % 2 == 0 ? 'k' : '\001', sizes[i]);
        text[sizes[i]] = '\0';
        ntm_set *set = set_with(text);
        documents_round_trip(set);
        ntm_set_free(set);
        free(text);
    }
}

/* Text made at random from what YAML minds. */
static void test_random_text(void **state) {
    (void)state;
    static const char *const pieces[] = {"a", "b", " ", "  ", "\n", ":",  "#",        "-",  "\"", "'",  "\\",
                                         "{", "}", "[", "]",  ",",  "&",  "*",        "!",  "|",  ">",  "%",
                                         "@", "?", "1", ".",  "ệ",  "\t", "\xc2\x85", "\r", "no", "<<", "="};
    uint64_t seed = 2020;
    for (int i = 0; i < 400; i++) {
        char text[128] = "";
        for (uint64_t left = fault_random(&seed) % 24; left > 0; left--)
            strcat(text, pieces[fault_random(&seed) % (sizeof pieces / sizeof pieces[0])]);
        ntm_set *set = set_with(text);
        documents_round_trip(set);
        ntm_set_free(set);
    }
}

static void test_not_utf8(void **state) {
    (void)state;
    ntm_set_spec spec = kit_spec();
    spec.note = "a\xff";
    kit k;
    kit_start_spec(&k, &spec, NULL);
    kit_criterion(&k, "1", 0);
    assert_int_equal(kit_freeze(&k), NTM_ERROR_SYNTAX); /* no set holds text that could not be written */
    assert_non_null(strstr(k.err.message, "UTF-8"));
    kit_end(&k);
    kit_start(&k, NULL);
    kit_criterion(&k, "1", 0);
    const ntm_set *set = kit_done(&k);
    ntm_text *text = NULL;
    assert_int_equal(ntm_set_write(NULL, set, NULL, NULL), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_set_write(&text, NULL, NULL, NULL), NTM_ERROR_ARGUMENT);
    assert_null(text);
    kit_end(&k);
}

/* The order in which the cells of a table are written down says nothing. */
static void test_order_of_cells(void **state) {
    (void)state;
    static const char start[] =
        HEAD "criteria: [{id: \"1\"}]\naxes: {region: {values: [A, B]}, year: {values: [\"2019\", \"2020\"]}}\n"
             "figures: {f: {unit: km, axes: [region, year], source: [S1], values: ";
    char a[1024], b[1024];
    (void)snprintf(a, sizeof a, "%s{A: {\"2019\": 1, \"2020\": 2}, B: {\"2020\": 4}}}}\n", start);
    (void)snprintf(b, sizeof b, "%s{B: {\"2020\": 4.0}, A: {\"2020\": 2, \"2019\": 1}}}}\n", start);
    ntm_set *x = documents_read(a), *y = documents_read(b);
    assert_true(ntm_set_equal(x, y));
    documents_round_trip(x);
    ntm_set_free(x);
    ntm_set_free(y);
}

/* The example of docs/set-format.md, as far as it is whole. */
static void test_readable(void **state) {
    (void)state;
    static const char text[] =
        "format: ntm-set/1\nid: garden\ntitle: {vi: Vườn mẫu, en: Model garden}\nprogramme: ntm\nlevel: garden\ntier: model\n"
        "place: \"42\"\n\n"
        "instrument:\n  number: 1/QĐ-UBND\n  signed: 2016-10-17\n  in_force: {from: 2016-12-01}\n  source: [S1]\n\n"
        "sources:\n  S1: {where: \"https://example.vn\", what: a page}\n\n"
        "facts:\n  output: {kind: money, unit: triệu đồng/năm, merge: reassess}\n  key: {kind: money, unit: triệu đồng/năm, part_of: output, merge: "
        "reassess}\n"
        "  rate: {kind: share, unit: \"%\", merge: ratio, merge_parts: [key, output], over_time: stock, closed_by: work}\n"
        "  plan: {kind: flag, merge: reassess, closed_by: act}\n  asked: {kind: share, unit: \"%\", merge: reassess, closed_by: "
        "assessment}\n  since: {kind: date, merge: reassess, closed_by: time}\n\n"
        "figures:\n  share: {unit: \"%\", source: [S1], value: 75}\n\n"
        "criteria:\n  - id: \"1\"\n    name: {vi: Sản phẩm, en: Products}\n    source: [S1]\n    indicators:\n"
        "      - {id: \"1.1\", rule: [{ratio: [key, output]}, \">=\", {figure: share}], source: [S1]}\n";
    ntm_set *set = documents_read(text);
    ntm_text *written = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_set_write(&written, set, NULL, &err), &err);
    assert_string_equal(ntm_text_data(written), text);
    ntm_text_free(written);
    ntm_set_free(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything),  cmocka_unit_test(test_rules),    cmocka_unit_test(test_strange_text),
        cmocka_unit_test(test_random_text), cmocka_unit_test(test_not_utf8), cmocka_unit_test(test_order_of_cells),
        cmocka_unit_test(test_readable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
