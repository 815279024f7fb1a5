/* SPDX-License-Identifier: Apache-2.0 */
/* Sets that are YAML and break a rule of the format. */
#include "documents.h"

#include <stdio.h>
#include <string.h>

#define ONE "criteria: [{id: \"1\"}]\n"

static void test_top(void **state) {
    (void)state;
    static const refused cases[] = {
        {"no format", "id: a\nprogramme: a\nlevel: b\ntier: c\nplace: d\n" ONE, NTM_ERROR_SCHEMA, 1, 1,
         "\"format\" is missing", 1},
        {"a newer format", "format: ntm-set/2\nwhatever: x\n", NTM_ERROR_UNSUPPORTED, 1, 9,
         "this version reads ntm-set/1", 1},
        {"a later newer format", "format: ntm-set/1.1\n", NTM_ERROR_UNSUPPORTED, 1, 9, "ntm-set/1.1", 1},
        {"an overlay", "format: ntm-overlay/1\nid: a\n", NTM_ERROR_SCHEMA, 1, 9, "wanted is ntm-set/1", 1},
        {"another format", "format: csv\n", NTM_ERROR_SCHEMA, 1, 9, "the format is \"csv\"", 1},
        {"a list as format", "format: [ntm-set/1]\nid: a\nprogramme: a\nlevel: b\ntier: c\nplace: d\n" ONE,
         NTM_ERROR_SCHEMA, 1, 9, "text is wanted here, not a list", 1},
        {"only a format", "format: ntm-set/1\n", NTM_ERROR_SCHEMA, 1, 1, "\"id\" is missing", 6},
        {"an unknown key", HEAD ONE "colour: red\n", NTM_ERROR_SCHEMA, 9, 1, "unknown key \"colour\"", 1},
        {"a misspelt key", HEAD "criterias: []\n" ONE, NTM_ERROR_SCHEMA, 8, 1, "did you mean \"criteria\"", 1},
        {"no value", HEAD "note:\n" ONE, NTM_ERROR_SCHEMA, 8, 6, "empty text is written \"\"", 1},
        {"a bad id", "format: ntm-set/1\nid: a b\nprogramme: a\nlevel: b\ntier: c\nplace: d\n" ONE, NTM_ERROR_SCHEMA, 1,
         1, "\"a b\" is no id", 1},
        {"a map as title", HEAD ONE "title: {vi: [x], fr: y}\n", NTM_ERROR_SCHEMA, 9, 18, "unknown key \"fr\"", 2},
        {"a date that is not", HEAD ONE "instrument: {signed: 2019-02-29}\n", NTM_ERROR_SYNTAX, 9, 22, "2019-02-29", 1},
        {"a date of another kind", HEAD ONE "instrument: {signed: 29/2/2020}\n", NTM_ERROR_SYNTAX, 9, 22, "YYYY-MM-DD",
         1},
        {"days the wrong way", HEAD ONE "instrument: {in_force: {from: 2020-01-02, to: 2020-01-01}}\n",
         NTM_ERROR_SCHEMA, 1, 1, "before the first", 1},
        {"an unknown source", HEAD ONE "instrument: {source: [S1, S2]}\n", NTM_ERROR_NOT_FOUND, 9, 27,
         "no source \"S2\"", 1},
        {"a source that is no list", HEAD ONE "instrument: {source: S1}\n", NTM_ERROR_SCHEMA, 9, 22, "a list is wanted",
         1},
        {"cited by nothing", HEAD ONE "instrument: {standing: cited}\n", NTM_ERROR_SCHEMA, 1, 1, "names no source", 1},
        {"no criteria", HEAD "criteria: []\n", NTM_ERROR_SCHEMA, 1, 1, "at least one criterion", 1},
    };
    documents_refuse(cases, sizeof cases / sizeof cases[0]);
}

static void test_parts(void **state) {
    (void)state;
    static const refused cases[] = {
        {"a list of facts", HEAD ONE "facts: [a]\n", NTM_ERROR_SCHEMA, 9, 8, "a map is wanted here, not a list", 1},
        {"a fact that is text", HEAD ONE "facts: {a: flag}\n", NTM_ERROR_SCHEMA, 9, 12,
         "a map is wanted here, not text", 1},
        {"no kind", HEAD ONE "facts: {a: {unit: km}}\n", NTM_ERROR_SCHEMA, 9, 12, "\"kind\" is missing", 1},
        {"an unknown kind", HEAD ONE "facts: {a: {kind: number}}\n", NTM_ERROR_SCHEMA, 9, 19, "no kind of fact", 1},
        {"no unit", HEAD ONE "facts:\n  a: {kind: count}\n", NTM_ERROR_SCHEMA, 10, 3, "has no unit", 1},
        {"an exponent", HEAD ONE "facts: {a: {kind: amount, unit: km, least: 1e3}}\n", NTM_ERROR_SYNTAX, 9, 44,
         "\"1e3\"", 1},
        {"a hexadecimal", HEAD ONE "facts: {a: {kind: amount, unit: km, least: 0x10}}\n", NTM_ERROR_SYNTAX, 9, 44,
         "\"0x10\"", 1},
        {"no digit before the mark", HEAD ONE "facts: {a: {kind: amount, unit: km, most: .5}}\n", NTM_ERROR_SYNTAX, 9,
         43, "no digits before", 1},
        {"a comma", HEAD ONE "facts: {a: {kind: amount, unit: km, most: \"1,5\"}}\n", NTM_ERROR_SYNTAX, 9, 43,
         "\"1,5\"", 1},
        {"infinity", HEAD ONE "facts: {a: {kind: amount, unit: km, most: .inf}}\n", NTM_ERROR_SYNTAX, 9, 43,
         "is not a number", 1},
        {"a number too large", HEAD ONE "facts: {a: {kind: amount, unit: km, most: 99999999999999999999}}\n",
         NTM_ERROR_LIMIT, 9, 43, "", 1},
        {"levels that are none", HEAD ONE "facts: {a: {kind: level, levels: {a: b}}}\n", NTM_ERROR_SCHEMA, 9, 34,
         "a list is wanted", 2},
        {"a weight for nothing", HEAD ONE "facts: {a: {kind: flag, merge: weigted}}\n", NTM_ERROR_SCHEMA, 9, 32,
         "did you mean \"weighted\"", 1},
        {"a ratio of three", HEAD ONE "facts: {a: {kind: share, unit: \"%\", merge: ratio, merge_parts: [b, c, d]}}\n",
         NTM_ERROR_SCHEMA, 9, 64, "merge_parts are two facts", 1},
        {"a rule over time", HEAD ONE "facts: {a: {kind: count, unit: person, over_time: sum}}\n", NTM_ERROR_SCHEMA, 9,
         51, "is no rule over time", 1},
        {"a word that closes nothing", HEAD ONE "facts: {a: {kind: flag, closed_by: money}}\n", NTM_ERROR_SCHEMA, 9, 36,
         "\"money\" is no way to close a gap", 1},
        {"a near word", HEAD ONE "facts: {a: {kind: flag, closed_by: assesment}}\n", NTM_ERROR_SCHEMA, 9, 36,
         "did you mean \"assessment\"", 1},
        {"a near key", HEAD ONE "facts: {a: {kind: flag, close_by: act}}\n", NTM_ERROR_SCHEMA, 9, 25,
         "did you mean \"closed_by\"", 1},
        {"a list of words", HEAD ONE "facts: {a: {kind: flag, closed_by: [work, act]}}\n", NTM_ERROR_SCHEMA, 9, 36, "",
         1},
        {"nobody has said, said", HEAD ONE "facts: {a: {kind: flag, closed_by: unsaid}}\n", NTM_ERROR_SCHEMA, 9, 36, "",
         1},
        {"no values of an axis", HEAD ONE "axes: {r: {name: {vi: x}}}\n", NTM_ERROR_SCHEMA, 9, 11,
         "\"values\" is missing", 1},
        {"an axis of one text", HEAD ONE "axes: {r: {values: BTB}}\n", NTM_ERROR_SCHEMA, 9, 20, "a list is wanted here",
         1},
        {"a dimension without members", HEAD ONE "dimensions: {sex: []}\n", NTM_ERROR_SCHEMA, 9, 14, "1 to 64", 1},
        {"a doubled id", HEAD "criteria:\n  - id: \"1\"\n  - id: \"1\"\n", NTM_ERROR_SCHEMA, 10, 5,
         "the criterion \"1\" is already at line 9", 1},
        {"a criterion without an id", HEAD "criteria:\n  - {name: {vi: x}}\n", NTM_ERROR_SCHEMA, 9, 5,
         "\"id\" is missing", 1},
        {"a group of an indicator", HEAD "criteria: [{id: \"1\", indicators: [{id: \"1\", group: x}]}]\n",
         NTM_ERROR_SCHEMA, 8, 45, "unknown key \"group\"", 1},
        {"a map of criteria", HEAD "criteria: {\"1\": {}}\n", NTM_ERROR_SCHEMA, 8, 11,
         "a list is wanted here, not a map", 1},
    };
    documents_refuse(cases, sizeof cases / sizeof cases[0]);
}

#define AXES HEAD ONE "axes: {region: {values: [BTB, DBSH]}, year: {values: [\"2020\"]}}\nfigures:\n"

static void test_figures(void **state) {
    (void)state;
    static const refused cases[] = {
        {"no source", AXES "  f: {unit: km, value: 3}\n", NTM_ERROR_SCHEMA, 11, 3, "has a value and no source", 1},
        {"an unknown source", AXES "  f: {unit: km, value: 3, source: [S3]}\n", NTM_ERROR_NOT_FOUND, 11, 36,
         "no source \"S3\"", 1},
        {"an unknown source of a cell",
         AXES "  f: {unit: km, axes: [region], source: [S1], values: {BTB: {value: 3, source: [x]}}}\n",
         NTM_ERROR_NOT_FOUND, 11, 81, "no source \"x\"", 1},
        {"a wrong value of an axis", AXES "  f: {unit: km, axes: [region], source: [S1], values: {BTT: 3}}\n",
         NTM_ERROR_NOT_FOUND, 11, 56, "axis region has no value \"BTT\": did you mean \"BTB\"?", 1},
        {"an unknown axis", AXES "  f: {unit: km, axes: [zone], source: [S1], values: {BTB: 3}}\n", NTM_ERROR_NOT_FOUND,
         11, 3, "there is no axis \"zone\"", 1},
        {"a year that is none", AXES "  f: {unit: km, axes: [year], source: [S1], values: {2021: 3}}\n",
         NTM_ERROR_NOT_FOUND, 11, 54, "axis year has no value \"2021\"", 1},
        {"too few levels", AXES "  f: {unit: km, axes: [region, year], source: [S1], values: {BTB: 3}}\n",
         NTM_ERROR_SCHEMA, 11, 67, "a map is wanted here, not text", 1},
        {"too many levels", AXES "  f: {unit: km, axes: [region], source: [S1], values: {BTB: {\"2020\": 3}}}\n",
         NTM_ERROR_SCHEMA, 11, 62, "unknown key \"2020\"", 2},
        {"values without axes", AXES "  f: {unit: km, source: [S1], values: {BTB: 3}}\n", NTM_ERROR_SCHEMA, 11, 31,
         "one \"value\"", 1},
        {"a value with axes", AXES "  f: {unit: km, axes: [region], source: [S1], value: 3}\n", NTM_ERROR_SCHEMA, 11,
         47, "has \"values\"", 1},
        {"a list as a value", AXES "  f: {unit: km, source: [S1], value: [3]}\n", NTM_ERROR_SCHEMA, 11, 38,
         "a number is wanted", 1},
        {"a cell that is no number", AXES "  f: {unit: km, axes: [region], source: [S1], values: {BTB: Đạt}}\n",
         NTM_ERROR_SYNTAX, 11, 61, "is not a number", 1},
        {"five axes", AXES "  f: {unit: km, axes: [a, b, c, d, e], source: [S1], values: {BTB: 3}}\n", NTM_ERROR_LIMIT,
         11, 3, "more than 4 axes", 1},
        {"half true", AXES "  f: {unit: km, interpolate: yes, source: [S1], value: 3}\n", NTM_ERROR_SCHEMA, 11, 30,
         "true or false", 1},
        {"no unit at all", AXES "  f: {unit: \"km//\", source: [S1], value: 3}\n", NTM_ERROR_SCHEMA, 11, 3,
         "is no unit", 1},
    };
    documents_refuse(cases, sizeof cases / sizeof cases[0]);
}

#define RULE(text) PARTS text TAIL

static void test_rules(void **state) {
    (void)state;
    static const refused cases[] = {
        {"an unknown kind", RULE("{rato: [poor, households]}"), NTM_ERROR_SCHEMA, 16, 8,
         "kind of rule \"rato\": did you mean \"ratio\"?", 1},
        {"an empty map", RULE("{}"), NTM_ERROR_SCHEMA, 16, 7, "a rule is wanted", 1},
        {"nothing", RULE("\"\""), NTM_ERROR_NOT_FOUND, 16, 7, "no fact", 2},
        {"two kinds", RULE("{not: {attested: plan}, all: []}"), NTM_ERROR_SCHEMA, 16, 31, "unknown key \"all\"", 1},
        {"an unknown option", RULE("{attested: plan, evidense: x}"), NTM_ERROR_SCHEMA, 16, 24,
         "did you mean \"evidence\"", 1},
        {"two parts of a comparison", RULE("[poor, \">=\"]"), NTM_ERROR_SCHEMA, 16, 7, "three parts", 1},
        {"an unknown sign", RULE("[poor, \"=>\", households]"), NTM_ERROR_SCHEMA, 16, 14, "no sign of comparison", 1},
        {"km with %", RULE("[road, \">=\", {figure: share}]"), NTM_ERROR_UNIT, 16, 7, " and % cannot", 1},
        {"households and km", RULE("[{sum: [households, road]}, \">\", {constant: 1, unit: km}]"), NTM_ERROR_UNIT, 16,
         8, "cannot be put together", 2},
        {"an unknown fact", RULE("[nobody, \">\", households]"), NTM_ERROR_NOT_FOUND, 16, 8, "no fact \"nobody\"", 1},
        {"an unknown figure", RULE("[poor, \">\", {figure: nobody}]"), NTM_ERROR_NOT_FOUND, 16, 19,
         "no figure \"nobody\"", 1},
        {"a quantity for a condition", RULE("{sum: [poor]}"), NTM_ERROR_SCHEMA, 16, 7, "a condition is wanted", 1},
        {"a condition for a quantity", RULE("[{attested: plan}, \">\", poor]"), NTM_ERROR_SCHEMA, 16, 7,
         "a quantity is wanted", 1},
        {"a fact for a rule", RULE("plan"), NTM_ERROR_SCHEMA, 16, 7, "flag", 2},
        {"three of a ratio", RULE("[{ratio: [poor, poor, households]}, \">\", {constant: 1}]"), NTM_ERROR_SCHEMA, 16,
         16, "2 are wanted here, not 3", 1},
        {"none of all", RULE("{all: []}"), NTM_ERROR_SCHEMA, 16, 13, "at least 1 is wanted", 1},
        {"text for a list", RULE("{any: plan}"), NTM_ERROR_SCHEMA, 16, 13, "a list is wanted", 1},
        {"more than there are", RULE("{at_least: 3, of: [{attested: plan}]}"), NTM_ERROR_SCHEMA, 16, 7,
         "at least 3 of 1", 1},
        {"a half", RULE("{at_least: 0.5, of: [{attested: plan}]}"), NTM_ERROR_SCHEMA, 16, 18, "a whole number", 1},
        {"no event", RULE("[{past: poor}, \">\", poor]"), NTM_ERROR_SCHEMA, 16, 8, "\"event\" is missing", 1},
        {"no such level", RULE("{at_level: [middle, union]}"), NTM_ERROR_NOT_FOUND, 16, 7, "no level \"middle\"", 1},
        {"one part of at_level", RULE("{at_level: [low]}"), NTM_ERROR_SCHEMA, 16, 18, "two parts", 1},
        {"no such criterion", RULE("{criterion: \"7\"}"), NTM_ERROR_NOT_FOUND, 16, 7, "no criterion \"7\"", 1},
        {"a number that is none", RULE("[poor, \">\", {constant: ten, unit: household}]"), NTM_ERROR_SYNTAX, 16, 30,
         "\"ten\"", 1},
        {"a day that is none", RULE("[day, \">\", {date: 2020-13-01}]"), NTM_ERROR_SYNTAX, 16, 25, "2020-13-01", 1},
        {"rounding without a source", RULE("[{rounded: poor, digits: 0, mode: down}, \">\", poor]"), NTM_ERROR_SCHEMA,
         16, 8, "needs the source", 1},
        {"an unknown way to round", RULE("[{rounded: poor, digits: 19, mode: nearest, source: [S1]}, \">\", poor]"),
         NTM_ERROR_SCHEMA, 16, 32, "from 0 to 18", 2},
        {"a step without a number", RULE("[{points: [{when: {attested: plan}}]}, \">\", {constant: 1, unit: point}]"),
         NTM_ERROR_SCHEMA, 16, 18, "\"give\" is missing", 1},
        {"running over nothing", RULE("[{count: villages}, \">\", {constant: 1}]"), NTM_ERROR_SCHEMA, 16, 16,
         "no thing to run over", 1},
        {"children of no level", RULE("{every: children, name: x, holds: {attested: plan}}"), NTM_ERROR_SCHEMA, 16, 7,
         "\"level\" is missing", 1},
        {"a verdict of children",
         RULE(
             "[{count: children, level: village, name: x, verdict: met, where: {attested: plan}}, \">\", {constant: 1}]"),
         NTM_ERROR_SCHEMA, 16, 51, "does not go with \"children\"", 1},
        {"an unknown verdict", RULE("[{count: criteria, verdict: open}, \">\", {constant: 1}]"), NTM_ERROR_SCHEMA, 16,
         35, "no verdict", 1},
        {"no such dimension", RULE("{every: age, holds: {attested: plan}}"), NTM_ERROR_NOT_FOUND, 16, 7,
         "no dimension \"age\"", 1},
        {"a fact by sex alone", RULE("[trained, \">\", {constant: 1, unit: person}]"), NTM_ERROR_SCHEMA, 16, 8,
         "reported by \"sex\"", 1},
    };
    documents_refuse(cases, sizeof cases / sizeof cases[0]);
}

#define GRADE(text) HEAD "facts: {plan: {kind: flag}}\ngrade:\n  of: {constant: 1}\n  bands: [" text "]\n"

static void test_grades(void **state) {
    (void)state;
    static const refused cases[] = {
        {"no range", GRADE("{class: a}"), NTM_ERROR_SCHEMA, 11, 11, "\"range\" is missing", 1},
        {"a range of words", GRADE("{class: a, range: 1 to 2}"), NTM_ERROR_SCHEMA, 11, 29, "is no range", 1},
        {"a range of one", GRADE("{class: a, range: \"[1]\"}"), NTM_ERROR_SCHEMA, 11, 29, "is no range", 1},
        {"a range that is cut off", GRADE("{class: a, range: \"[\"}"), NTM_ERROR_SCHEMA, 11, 29, "is no range", 1},
        {"a bound that is no number", GRADE("{class: a, range: \"[1,5, 2)\"}"), NTM_ERROR_SYNTAX, 11, 29, "\"5, 2\"",
         1},
        {"a gap", GRADE("{class: a, range: \"[0, 1)\"}, {class: b, range: \"(1, 2]\"}"), NTM_ERROR_SCHEMA, 11, 40,
         "a gap between classes \"a\" and \"b\": \"a\" ends before 1 (line 11), \"b\" begins after 1 (line 11)", 1},
        {"an overlap", GRADE("{class: a, range: \"[0, 1]\"}, {class: b, range: \"[1, 2]\"}"), NTM_ERROR_SCHEMA, 11, 40,
         "overlap: \"a\" ends with 1 (line 11), \"b\" begins with 1 (line 11)", 1},
        {"a doubled class", GRADE("{class: a, range: \"[0, 1)\"}, {class: a, range: \"[1, 2]\"}"), NTM_ERROR_SCHEMA, 10,
         3, "stands twice", 1},
        {"a class that demands a number", GRADE("{class: a, range: \"[0, ...)\", requires: {constant: 1}}"),
         NTM_ERROR_SCHEMA, 10, 3, "a condition is wanted", 1},
        {"no bands", HEAD "grade: {of: {constant: 1}}\n", NTM_ERROR_SCHEMA, 8, 8, "\"bands\" is missing", 1},
        {"an unknown key", GRADE("{class: a, range: \"[0, ...)\", colour: red}"), NTM_ERROR_SCHEMA, 11, 41,
         "unknown key \"colour\"", 1},
    };
    documents_refuse(cases, sizeof cases / sizeof cases[0]);
}

static void test_loops(void **state) {
    (void)state;
    static const refused cases[] = {
        {"two criteria",
         HEAD "criteria:\n  - {id: \"1\", rule: {criterion: \"2\"}}\n  - {id: \"2\", rule: {criterion: \"1\"}}\n",
         NTM_ERROR_SCHEMA, 9, 5, "loop", 2},
        {"an indicator of itself",
         HEAD "criteria:\n  - id: \"1\"\n    indicators: [{id: \"1\", rule: {indicator: \"1\"}}]\n", NTM_ERROR_SCHEMA,
         9, 5, "loop", 2},
        {"a count of all", HEAD "criteria:\n  - id: \"1\"\n    rule: [{count: criteria}, \">\", {constant: 1}]\n",
         NTM_ERROR_SCHEMA, 9, 5, "loop", 1},
    };
    documents_refuse(cases, sizeof cases / sizeof cases[0]);
}

/* Rules nest 64 deep and no deeper, in each way of nesting. */
static void nest(const char *open, const char *inner, const char *close, int times, ntm_status expected) {
    static char text[65536];
    size_t used = (size_t)snprintf(text, sizeof text, "%s", PARTS);
    for (int i = 0; i < times; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s", open);
    used += (size_t)snprintf(text + used, sizeof text - used, "%s", inner);
    for (int i = 0; i < times; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s", close);
    used += (size_t)snprintf(text + used, sizeof text - used, "%s", TAIL);
    assert_true(used < sizeof text);
    if (expected == NTM_OK) {
        ntm_set *set = documents_read(text);
        documents_round_trip(set);
        ntm_set_free(set);
        return;
    }
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_set_read(&set, text, used, "deep", NULL, &err), expected, &err, "deeper than 64");
    assert_int_equal(err.line, 16);
    assert_null(set);
}

static void test_depth(void **state) {
    (void)state;
    const char *at = "{attested: plan}";
    nest("{not: ", at, "}", 63, NTM_OK);
    nest("{not: ", at, "}", 64, NTM_ERROR_LIMIT);
    nest("{all: [", at, "]}", 63, NTM_OK);
    nest("{all: [", at, "]}", 64, NTM_ERROR_LIMIT);
    nest("{at_level: [a, {grade: {of: {constant: 1}, bands: [{class: a, range: \"[0, ...)\", requires: ", at, "}]}}]}",
         31, NTM_OK);
    nest("{at_level: [a, {grade: {of: {constant: 1}, bands: [{class: a, range: \"[0, ...)\", requires: ", at, "}]}}]}",
         32, NTM_ERROR_LIMIT);
    nest("[{points: [{give: 1, when: ", at, "}]}, \">\", {constant: 0, unit: point}]", 31, NTM_OK);
    nest("[{points: [{give: 1, when: ", at, "}]}, \">\", {constant: 0, unit: point}]", 32, NTM_ERROR_LIMIT);
}

/* Everything that is wrong with a file is told at once. */
static void test_together(void **state) {
    (void)state;
    static const char text[] =
        "format: ntm-set/1\nid: a-set\nprogramme: ntm\nlevel: commune\ntier: standard\nplace: VN\n"
        "sources: {S1: {where: here}}\n"
        "facts:\n"
        "  households: {kind: count, unit: household}\n"
        "  road: {kind: amount, unit: km}\n"
        "  road: {kind: amount, unit: m}\n" /* 11: doubled */
        "figures:\n"
        "  share: {unit: \"%\", value: 1e2, source: [S1]}\n" /* 13: no number */
        "  most: {unit: \"%\", value: 3}\n"                  /* 14: no source */
        "criteria:\n"
        "  - id: \"1\"\n"
        "    colour: red\n" /* 17: unknown key */
        "    indicators:\n"
        "      - {id: \"1.1\", rule: [road, \">\", households]}\n"; /* 19: units */
    static const struct {
        uint32_t line;
        ntm_status status;
    } expected[] = {{11, NTM_ERROR_SCHEMA},
                    {13, NTM_ERROR_SYNTAX},
                    {14, NTM_ERROR_SCHEMA},
                    {17, NTM_ERROR_SCHEMA},
                    {19, NTM_ERROR_UNIT}};
    ntm_problems *problems = NULL;
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.problems = problems;
    assert_fails(ntm_set_read(&set, text, sizeof text - 1, "five.yaml", &options, &err), NTM_ERROR_SCHEMA, &err,
                 "already at line 10");
    assert_int_equal(err.line, 11);
    assert_string_equal(err.subject, "five.yaml");
    assert_int_equal(ntm_problems_found(problems), 5);
    for (size_t i = 0; i < 5; i++) {
        size_t hits = 0;
        for (size_t k = 0; k < 5; k++)
            if (ntm_problems_get(problems, k)->line == expected[i].line &&
                ntm_problems_get(problems, k)->status == expected[i].status)
                hits++;
        assert_int_equal(hits, 1);
    }
    ntm_problems_free(problems);
}

static void test_arguments(void **state) {
    (void)state;
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(ntm_set_read(NULL, "", 0, "x", NULL, NULL), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_set_read(&set, NULL, 1, "x", NULL, NULL), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_set_open(&set, NULL, NULL, NULL), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_overlay_read(NULL, "", 0, "x", NULL, NULL), NTM_ERROR_ARGUMENT);
    assert_fails(ntm_set_read(&set, NULL, 0, NULL, NULL, &err), NTM_ERROR_SYNTAX, &err, "empty");
    assert_fails(ntm_set_open(&set, "/no/such/file.yaml", NULL, &err), NTM_ERROR_IO, &err, "");
    assert_string_equal(err.subject, "/no/such/file.yaml");
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.struct_size = 0;
    assert_int_equal(ntm_set_read(&set, "", 0, "x", &options, NULL), NTM_ERROR_ARGUMENT);
    ntm_allocator half = {NULL, NULL, NULL, NULL};
    options = (ntm_read_options)NTM_READ_OPTIONS_INIT;
    options.allocator = &half;
    assert_int_equal(ntm_set_read(&set, "", 0, "x", &options, NULL), NTM_ERROR_ARGUMENT);
    options = (ntm_read_options)NTM_READ_OPTIONS_INIT;
    options.size_max = 10;
    assert_fails(ntm_set_read(&set, HEAD, strlen(HEAD), "x", &options, &err), NTM_ERROR_LIMIT, &err,
                 "larger than 10 bytes");
    options = (ntm_read_options)NTM_READ_OPTIONS_INIT;
    options.nodes_max = 10;
    assert_fails(ntm_set_read(&set, HEAD, strlen(HEAD), "x", &options, &err), NTM_ERROR_LIMIT, &err,
                 "more than 10 YAML nodes");
    assert_int_equal(err.line, 5);
    assert_null(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_top),   cmocka_unit_test(test_parts),    cmocka_unit_test(test_figures),
        cmocka_unit_test(test_rules), cmocka_unit_test(test_grades),   cmocka_unit_test(test_loops),
        cmocka_unit_test(test_depth), cmocka_unit_test(test_together), cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
