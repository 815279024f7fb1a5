/* SPDX-License-Identifier: Apache-2.0 */
/* Each fault of a set by itself, with a set beside it that does not have it. */
#include "lints.h"

#include <string.h>

#define RUN(cases) lints_expect((cases), sizeof(cases) / sizeof((cases)[0]))

/* Facts of line 8, figures of line 9, then the rule of the one indicator at line 11. */
#define FACTS                                                                                                          \
    "facts: {all: {kind: count, unit: household}, poor: {kind: count, unit: household, part_of: all}, "                \
    "other: {kind: count, unit: household}, rate: {kind: share, unit: \"%\"}, road: {kind: amount, unit: km}, "        \
    "ok: {kind: flag}, fine: {kind: flag}, union: {kind: level, levels: [low, high]}}\n"
#define ONE(figures, rule)                                                                                             \
    "axes: {region: {values: [A, B]}}\n" FACTS "figures: {" figures "}\n"                                              \
    "criteria: [{id: \"1\", source: [S1], indicators: [{id: \"1.1\", rule:\n"                                          \
    "  " rule "\n"                                                                                                     \
    "}]}]\n"
/* A figure on lines between the years. */
#define LINE(values)                                                                                                   \
    "axes: {region: {values: [A, B]}, year: {values: [\"2016\", \"2018\", \"2020\"]}}\n" FACTS                         \
    "figures: {f: {unit: \"%\", axes: [region, year], interpolate: true, source: [S1], values: {" values "}}}\n"       \
    "criteria: [{id: \"1\", source: [S1], indicators: [{id: \"1.1\", rule:\n"                                          \
    "  [rate, \">=\", {figure: f}]\n"                                                                                  \
    "}]}]\n"
#define RULE(rule) ONE("", rule)
#define HERE       "criteria.1.indicators.1.1"

static void figures(void **state) {
    (void)state;
    static const fault_in_law cases[] = {
        {"figure-without-source", ONE("f: {unit: \"%\"}", "[rate, \">=\", {figure: f}]"),
         ONE("f: {unit: \"%\", source: [S1]}", "[rate, \">=\", {figure: f}]"), 10, "figures.f", 0, "has no value"},
        {"figure-without-source",
         ONE("f: {unit: \"%\", general: 3, value: {value: 4, source: [S1]}}", "[rate, \">=\", {figure: f}]"),
         ONE("f: {unit: \"%\", general: 3, value: 4, source: [S1]}", "[rate, \">=\", {figure: f}]"), 10, "figures.f", 0,
         "general figure"},
        {"figure-holes",
         ONE("f: {unit: \"%\", axes: [region], source: [S1], values: {B: 4}}", "[rate, \">=\", {figure: f}]"),
         ONE("f: {unit: \"%\", axes: [region], source: [S1], values: {A: 3, B: 4}}", "[rate, \">=\", {figure: f}]"), 10,
         "figures.f", 0, "1 of 2 cells are known; absent: A"},
        {"figure-holes", LINE("A: {\"2016\": 3, \"2020\": 4}, B: {\"2018\": 4, \"2020\": 5}"),
         LINE("A: {\"2016\": 3, \"2020\": 4}, B: {\"2016\": 4, \"2020\": 5}"), 10, "figures.f", 0,
         "5 of 6 cells are known; absent: B 2016"},
        {"delegated-with-value",
         ONE("f: {unit: \"%\", value: 5, delegated_to: UBND, source: [S1]}", "[rate, \">=\", {figure: f}]"),
         ONE("f: {unit: \"%\", delegated_to: UBND, source: [S1]}", "[rate, \">=\", {figure: f}]"), 10, "figures.f", 0,
         "left to \"UBND\" and has 1 value all the same"},
        {"general-no-cell",
         ONE("f: {unit: \"%\", axes: [region], general: 5, source: [S1], values: {A: 3, B: 4.5}}",
             "[rate, \">=\", {figure: f}]"),
         ONE("f: {unit: \"%\", axes: [region], general: 4.50, source: [S1], values: {A: 3, B: 4.5}}",
             "[rate, \">=\", {figure: f}]"),
         10, "figures.f", 0, "5 is that of none of the 2 known cells, which lie between 3 and 4.5"},
        {"figure-both-signs",
         ONE("f: {unit: \"%\", value: 5, source: [S1]}",
             "{all: [[rate, \">=\", {figure: f}],\n  [{ratio: [poor, all]}, \"<=\", {figure: f}]]}"),
         ONE("f: {unit: \"%\", value: 5, source: [S1]}",
             "{all: [[rate, \">=\", {figure: f}],\n  [{ratio: [poor, all]}, \"<\", {figure: f}]]}"),
         13, HERE, 12, "ceiling (<=) here and a floor (>=) there"},
    };
    RUN(cases);
}

/* What is made of whole numbers is whole, through values, too; half points are not. */
static void whole_numbers(void **state) {
    (void)state;
#define STEPS(give)                                                                                                    \
    FACTS "values:\n  - {id: q, unit: point, source: [S1], of: {sum: [{points: [{when: {attested: ok}, give: " give    \
          "}]},\n      {constant: 1, unit: point}, {product: [{constant: 3, unit: point}, {count: indicators}]}]}}\n"  \
          "  - {id: p, unit: point, source: [S1], of: {points: [\n"                                                    \
          "      {when: [{value: q}, \"<=\", {constant: 3, unit: point}], give: 1},\n"                                 \
          "      {when: [{value: q}, \">=\", {constant: 4, unit: point}], give: 2}]}}\n"                               \
          "criteria: [{id: \"1\", source: [S1], rule: [{value: p}, \">\", {constant: 1, unit: point}]}]\n"
    static const fault_in_law cases[] = {
        {"ladder-gap", STEPS("0.5"), STEPS("2"), 14, "values.p", 13, "ends with 3 point"},
    };
    RUN(cases);
    /* An axis may be there for the figure of another set. */
    static const fault_in_law axes[] = {
        {"unused-axis", ONE("", "[road, \">\", {constant: 1, unit: km}]"),
         ONE("", "[road, \">\", {figure_of: least, set: other, unit: km}]"), 8, "axes.region", 0, "region"},
    };
    RUN(axes);
}

static void comparisons(void **state) {
    (void)state;
    static const fault_in_law cases[] = {
        {"never-met", RULE("[rate, \">=\", {constant: 120, unit: \"%\"}]"),
         RULE("[rate, \">=\", {constant: 100, unit: \"%\"}]"), 12, HERE, 0, "0 % to 100 %, so it is never >= 120 %"},
        {"never-met", RULE("[{constant: 1.5}, \"<\", {ratio: [other, other]}]"),
         RULE("[{constant: 0.5}, \"<\", {ratio: [other, other]}]"), 12, HERE, 0, "0 to 1, so it is never > 1.5"},
        {"always-met", RULE("[rate, \"<=\", {constant: 1}]"), RULE("[rate, \"<\", {constant: 1}]"), 12, HERE, 0,
         "always <= 1"},
        {"always-met", RULE("[{ratio: [poor, all]}, \"<=\", {constant: 100, unit: \"%\"}]"),
         RULE("[{ratio: [other, all]}, \"<=\", {constant: 100, unit: \"%\"}]"), 12, HERE, 0, "0 % to 100 %"},
        {"always-met", RULE("[all, \">=\", {constant: 0, unit: household}]"),
         RULE("[road, \">=\", {constant: 0, unit: km}]"), 12, HERE, 0,
         "0 household to no bound, so it is always >= 0 household"},
        {"always-met", RULE("{at_level: [low, union]}"), RULE("{at_level: [high, union]}"), 12, HERE, 0,
         "lowest level"},
        /* cell by cell: only B is told */
        {"never-met",
         ONE("f: {unit: \"%\", axes: [region], source: [S1], values: {A: 90, B: 900}}", "[rate, \">=\", {figure: f}]"),
         ONE("f: {unit: \"%\", axes: [region], source: [S1], values: {A: 90, B: 90}}", "[rate, \">=\", {figure: f}]"),
         12, HERE, 0, "never >= 900 % (B)"},
        /* A step that is always met is how a ladder ends. */
        {"always-met", RULE("[{points: [{when: {attested: ok}, give: 3}]}, \"<=\", {constant: 3, unit: point}]"),
         RULE("[{points: [{when: [all, \">=\", {constant: 9, unit: household}], give: 3}, "
              "{when: [all, \">=\", {constant: 0, unit: household}], give: 1}]}, \">=\", {constant: 3, unit: point}]"),
         12, HERE, 0, "0 point to 3 point"},
    };
    RUN(cases);
}

static void contradictions(void **state) {
    (void)state;
    static const fault_in_law cases[] = {
        {"contradiction",
         RULE("{all: [[rate, \">=\", {constant: 60, unit: \"%\"}],\n  [rate, \"<\", {constant: 0.6}]]}"),
         RULE("{all: [[rate, \">=\", {constant: 60, unit: \"%\"}],\n  [rate, \"<=\", {constant: 0.6}]]}"), 13, HERE, 12,
         "exclude each other"},
        {"contradiction", RULE("{all: [{attested: ok},\n  {not: {attested: ok}}]}"),
         RULE("{all: [{attested: ok},\n  {not: {attested: fine}}]}"), 13, HERE, 12, "not here and attested there"},
        {"self-reference", RULE("{holds: a-set}"), RULE("{holds: another-set}"), 12, HERE, 0,
         "holds names this set itself"},
        {"self-reference", RULE("[rate, \">=\", {figure_of: f, set: a-set, unit: \"%\"}]"),
         RULE("[rate, \">=\", {figure_of: f, set: another-set, unit: \"%\"}]"), 12, HERE, 0,
         "figure_of names this set"},
        {"rests-on-nothing",
         "facts: {ok: {kind: flag}}\ncriteria: [{id: \"1\", indicators: [{id: \"1.1\", rule: {attested: ok}}]}]\n",
         "facts: {ok: {kind: flag}}\ncriteria: [{id: \"1\", indicators: [{id: \"1.1\", rule: {attested: ok, source: [S1]}}]}]\n",
         9, HERE, 0, "the rule of the indicator names no source, and neither does what it belongs to"},
        {"rests-on-nothing", RULE("{attested: ok}") "revocation: {attested: fine}\n",
         RULE("{attested: ok}") "revocation: {attested: fine, source: [S1]}\n", 14, "revocation", 0, "the revocation"},
    };
    RUN(cases);
}

#define WEIGHTED(a, b)                                                                                                 \
    "[{sum: [{product: [{constant: " a "}, rate]}, {product: [rate, {constant: " b "}]}]}, \">=\", {constant: 0.5}]"

static void weights(void **state) {
    (void)state;
    static const fault_in_law cases[] = {
        {"weights-sum", RULE(WEIGHTED("0.3", "0.6")), RULE(WEIGHTED("0.3", "0.7")), 12, HERE, 0,
         "2 weights add up to 0.9, not to 1"},
        {"weights-sum", RULE(WEIGHTED("30, unit: \"%\"", "80, unit: \"%\"")),
         RULE(WEIGHTED("20, unit: \"%\"", "80, unit: \"%\"")), 12, HERE, 0, "110 %, not to 100 %"},
        /* Coefficients are no weights. */
        {"weights-sum", RULE(WEIGHTED("0.25", "0.5")), RULE(WEIGHTED("5", "3")), 12, HERE, 0, "0.75"},
        {"weights-sum",
         ONE("w: {unit: \"1\", value: 0.4, source: [S1]}",
             "[{sum: [{product: [{figure: w}, rate]}, {product: [{constant: 0.5}, rate]}]}, \">=\", {constant: 0.5}]"),
         ONE("w: {unit: \"1\", value: 0.5, source: [S1]}",
             "[{sum: [{product: [{figure: w}, rate]}, {product: [{constant: 0.5}, rate]}]}, \">=\", {constant: 0.5}]"),
         12, HERE, 0, "add up to 0.9"},
        /* Divided by what they have to add up to. */
        {"weights-sum",
         RULE(
             "[{ratio: [{sum: [{product: [{constant: 2}, rate]}, {product: [{constant: 3}, rate]}]},\n  {constant: 6}]}, \">=\", {constant: 0.5}]"),
         RULE(
             "[{ratio: [{sum: [{product: [{constant: 2}, rate]}, {product: [{constant: 3}, rate]}]},\n  {constant: 5}]}, \">=\", {constant: 0.5}]"),
         12, HERE, 13, "5, not to 6, by which their sum is divided"},
    };
    RUN(cases);
}

#define LADDER(a, b, c)                                                                                                \
    "[{points: [{when: " a "},\n  {when: " b "},\n  {when: " c "}]}, \">=\", {constant: 1, unit: point}]"
#define AT(n) "[rate, \">=\", {constant: " n ", unit: \"%\"}]"
#define FROM_TO(fact, a, b, unit)                                                                                      \
    "{all: [[" fact ", \">=\", {constant: " a ", unit: " unit "}], [" fact ", \"<=\", {constant: " b ", unit: " unit   \
    "}]]}"

static void ladders(void **state) {
    (void)state;
    static const fault_in_law cases[] = {
        {"ladder-repeated", RULE(LADDER(AT("90") ", give: 3", AT("70") ", give: 3", AT("50") ", give: 1")),
         RULE(LADDER(AT("90") ", give: 3", AT("70") ", give: 2", AT("50") ", give: 1")), 13, HERE, 12,
         "steps 1 and 2 of a ladder both give 3"},
        {"ladder-order", RULE(LADDER(AT("50") ", give: 1", AT("70") ", give: 3", AT("90") ", give: 2")),
         RULE(LADDER(AT("50") ", give: 1", AT("70") ", give: 2", AT("90") ", give: 3")), 14, HERE, 13,
         "step 3 of a ladder gives 2, after 3 for the step before: the steps rise until here"},
        /* Two ladders in one, for two sorts of makers. */
        {"ladder-repeated",
         RULE(
             "[{points: [{when: {attested: ok}, give: 3},\n  {when: [rate, \">\", {constant: 0.5}], give: 3}]}, \">=\", "
             "{constant: 1, unit: point}]"),
         RULE("[{points: [{when: {attested: ok}, give: 3},\n  {when: {all: [{not: {attested: ok}}, "
              "[rate, \">\", {constant: 0.5}]]}, give: 3}]}, \">=\", {constant: 1, unit: point}]"),
         13, HERE, 12, "both give 3"},
        /* 79.5 % is in neither; of households there is none between 79 and 80 */
        {"ladder-gap",
         RULE(LADDER(FROM_TO("rate", "60", "79", "\"%\"") ", give: 1", FROM_TO("rate", "80", "89", "\"%\"") ", give: 2",
                     "[rate, \">\", {constant: 89, unit: \"%\"}], give: 3")),
         RULE(LADDER(FROM_TO("all", "60", "79", "household") ", give: 1",
                     FROM_TO("all", "80", "89", "household") ", give: 2",
                     "[all, \">\", {constant: 89, unit: household}], give: 3")),
         13, HERE, 12, "a gap between step 1, which ends with 79 %, and step 2, which begins with 80 %"},
        {"ladder-gap",
         RULE(LADDER(FROM_TO("all", "60", "79", "household") ", give: 1",
                     FROM_TO("all", "81", "89", "household") ", give: 2",
                     "[all, \">\", {constant: 89, unit: household}], give: 3")),
         RULE(LADDER(AT("50") ", give: 1", AT("70") ", give: 2", AT("90") ", give: 3")), 13, HERE, 12,
         "ends with 79 household"},
        {"ladder-overlap",
         RULE(LADDER(FROM_TO("rate", "60", "80", "\"%\"") ", give: 1", FROM_TO("rate", "80", "89", "\"%\"") ", give: 2",
                     "[rate, \">\", {constant: 89, unit: \"%\"}], give: 3")),
         RULE(LADDER("{all: [" AT("60") ", [rate, \"<\", {constant: 80, unit: \"%\"}]]}, give: 1",
                     FROM_TO("rate", "80", "89", "\"%\"") ", give: 2",
                     "[rate, \">\", {constant: 89, unit: \"%\"}], give: 3")),
         13, HERE, 12, "an overlap between step 1, which ends with 80 %, and step 2, which begins with 80 %"},
    };
    RUN(cases);
}

#define VALUE(bounds, of)                                                                                              \
    RULE("{attested: ok}") "values: [{id: total, unit: point, " bounds ", source: [S1], of:\n  " of "}]\n"
#define TWO_LADDERS                                                                                                    \
    "{sum: [{points: [{when: {attested: ok}, give: 3}]}, {points: [{when: {attested: fine}, give: 5}]}]}"

static void values(void **state) {
    (void)state;
    static const fault_in_law cases[] = {
        {"ladder-maxima", VALUE("most: 10", TWO_LADDERS), VALUE("most: 8", TWO_LADDERS), 14, "values.total", 15,
         "at most 10 point, and its rule can reach 8 point (3 + 5)"},
        {"ladder-maxima", VALUE("least: 1", TWO_LADDERS), VALUE("least: 0", TWO_LADDERS), 14, "values.total", 15,
         "at least 1 point, and its rule can go down to 0 point"},
        {"ladder-maxima", VALUE("most: 10", "{product: [{constant: 1, unit: point}, {ratio: [other, all]}]}"),
         VALUE("most: 1", "{product: [{constant: 1, unit: point}, {ratio: [poor, all]}]}"), 14, "values.total", 15,
         "nothing bounds its rule"},
        /* A ladder that leaves nothing out never gives less than its lowest step. */
        {"ladder-maxima",
         VALUE(
             "least: 1, most: 2",
             "{points: [{when: [rate, \"<\", {constant: 0.4}], give: 1}, {when: [rate, \">\", {constant: 0.5}], give: 2}]}"),
         VALUE(
             "least: 1, most: 2",
             "{points: [{when: [rate, \"<\", {constant: 0.5}], give: 1}, {when: [rate, \">=\", {constant: 0.5}], give: 2}]}"),
         14, "values.total", 15, "can go down to 0 point"},
        /* Through another value that stands further on. */
        {"ladder-maxima",
         RULE("{attested: ok}") "values: [{id: total, unit: point, most: 9, source: [S1], of: {value: part}},\n"
                                "  {id: part, unit: point, most: 8, source: [S1], of: " TWO_LADDERS "}]\n",
         RULE("{attested: ok}") "values: [{id: total, unit: point, most: 8, source: [S1], of: {value: part}},\n"
                                "  {id: part, unit: point, most: 8, source: [S1], of: " TWO_LADDERS "}]\n",
         14, "values.total", 14, "can reach 8 point"},
    };
    RUN(cases);
}

#define GRADE(of, bands)         RULE("{attested: ok}") "grade:\n  source: [S1]\n  of: " of "\n  bands:\n" bands
#define BAND(label, range, more) "    - {class: \"" label "\", range: \"" range "\"" more "}\n"

static void grades(void **state) {
    (void)state;
    static const fault_in_law cases[] = {
        {"bands-short", GRADE(TWO_LADDERS, BAND("1", "[0, 4)", "") BAND("2", "[4, 8)", "")),
         GRADE(TWO_LADDERS, BAND("1", "[0, 4)", "") BAND("2", "[4, 8]", "")), 19, "grade.2", 0,
         "can reach 8 point, and the highest class, \"2\", ends before 8 point"},
        {"bands-short", GRADE(TWO_LADDERS, BAND("1", "[1, 4)", "") BAND("2", "[4, 8]", "")),
         GRADE(TWO_LADDERS, BAND("1", "(..., 4)", "") BAND("2", "[4, ...)", "")), 18, "grade.1", 0,
         "as low as 0 point, and the lowest class, \"1\", begins with 1 point"},
        {"class-unreachable", GRADE(TWO_LADDERS, BAND("1", "[0, 8]", "") BAND("2", "(8, ...)", "")),
         GRADE(TWO_LADDERS, BAND("1", "[0, 8)", "") BAND("2", "[8, ...)", "")), 19, "grade.2", 0,
         "class \"2\" lies outside of what its quantity can be: 0 point to 8 point"},
        {"class-unreachable",
         GRADE(TWO_LADDERS, BAND("1", "[0, 4)", "") BAND("2", "[4, 8]", ", requires: [rate, \">\", {constant: 1}]")),
         GRADE(TWO_LADDERS, BAND("1", "[0, 4)", "") BAND("2", "[4, 8]", ", requires: [rate, \">=\", {constant: 1}]")),
         19, "grade.2", 19, "requires what can never be met"},
        {"class-unreachable",
         GRADE("road",
               BAND("1", "(..., 4)", "") BAND("2", "[4, ...)", ", requires: [road, \"<\", {constant: 3.5, unit: km}]")),
         GRADE("road",
               BAND("1", "(..., 4)", "") BAND("2", "[4, ...)", ", requires: [road, \"<\", {constant: 4500, unit: m}]")),
         19, "grade.2", 19, "outside of the class"},
        {"class-unreachable",
         GRADE(
             "road",
             BAND("1", "(..., 4)", "") BAND(
                 "2", "[4, ...)",
                 ", requires: {all: [{attested: ok}, {attested: fine}]}")) "  knock_out: {any: [{attested: fine}, {holds: x}]}\n",
         GRADE("road", BAND("1", "(..., 4)", "")
                           BAND("2", "[4, ...)",
                                ", requires: {attested: ok}")) "  knock_out: {any: [{attested: fine}, {holds: x}]}\n",
         19, "grade.2", 20, "leaves no class at all"},
    };
    RUN(cases);
}

static void unused(void **state) {
    (void)state;
    static const fault_in_law cases[] = {
        {"unused-fact",
         "facts:\n  whole: {kind: count, unit: household}\n  part: {kind: count, unit: household, part_of: whole}\n  lost: {kind: flag}\n"
         "criteria: [{id: \"1\", source: [S1], rule: [part, \">\", {constant: 1, unit: household}]}]\n",
         "facts:\n  whole: {kind: count, unit: household}\n  part: {kind: count, unit: household, part_of: whole}\n  lost: {kind: flag}\n"
         "criteria: [{id: \"1\", source: [S1], rule: {if_applicable: lost, then: [part, \">\", {constant: 1, unit: household}]}}]\n",
         11, "facts.lost", 0, "no rule uses fact \"lost\""},
        {"unused-fact",
         "facts:\n  whole: {kind: count, unit: household}\n  r: {kind: share, unit: \"%\", merge: ratio}\n"
         "criteria: [{id: \"1\", source: [S1], rule: [r, \">\", {constant: 1, unit: \"%\"}]}]\n",
         "facts:\n  whole: {kind: count, unit: household}\n  r: {kind: share, unit: \"%\", merge: ratio, merge_parts: [whole, whole]}\n"
         "criteria: [{id: \"1\", source: [S1], rule: [r, \">\", {constant: 1, unit: \"%\"}]}]\n",
         9, "facts.whole", 0, "no rule uses fact \"whole\""},
        {"unused-figure", ONE("f: {unit: \"%\", source: [S1]}", "{attested: ok}"),
         ONE("f: {unit: \"%\", source: [S1]}", "[rate, \">=\", {figure: f}]"), 10, "figures.f", 0, "\"f\""},
        {"unused-axis", RULE("{attested: ok}"),
         ONE("f: {unit: \"%\", axes: [region], source: [S1]}", "[rate, \">=\", {figure: f}]"), 8, "axes.region", 0,
         "\"region\""},
        {"unused-source", "criteria: [{id: \"1\"}]\n", "note: Only S1 was at hand.\ncriteria: [{id: \"1\"}]\n", 7,
         "sources.S1", 0, "nothing names source \"S1\""},
        {"no-rule", "criteria: [{id: \"1\", indicators: [{id: \"1.1\"}, {id: \"1.2\"}]}]\npreconditions: [{id: p}]\n",
         RULE("{attested: ok}"), 0, "criteria", 0, "3 of 3 indicators and preconditions have no rule: 1.1, 1.2, p"},
        {"no-name",
         "criteria: [{id: \"1\", name: {vi: a}, indicators: [{id: \"1.1\"}, {id: \"1.2\", name: {en: b}}]}]\n",
         "criteria: [{id: \"1\", name: {vi: a}}]\n", 0, "criteria", 0, "1 of 3"},
    };
    RUN(cases);
}

/* Findings stand in the order of their lines, and lead to files. */
static void order(void **state) {
    (void)state;
    static const char text[] = HEAD ONE("f: {unit: \"%\"}, g: {unit: \"%\"}", "[rate, \">\", {constant: 1}]");
    ntm_error err = NTM_ERROR_INIT;
    ntm_findings *findings = NULL;
    ntm_set *set = NULL;
    assert_ok(ntm_set_read(&set, text, strlen(text), "law.yaml", NULL, &err), &err);
    assert_ok(ntm_set_lint(&findings, set, NULL, &err), &err);
    ntm_set_free(set);
    assert_true(ntm_findings_count(findings) > 5);
    for (size_t i = 0; i < ntm_findings_count(findings); i++) {
        const ntm_finding *f = ntm_findings_get(findings, i);
        assert_string_equal(f->at.file, "law.yaml");
        assert_non_null(ntm_lint_meaning(f->code));
        if (i > 0) assert_true(ntm_findings_get(findings, i - 1)->at.line <= f->at.line);
    }
    assert_null(ntm_findings_get(findings, ntm_findings_count(findings)));
    ntm_findings_free(findings);
    ntm_findings_free(NULL);
    assert_int_equal(ntm_findings_count(NULL), 0);
}

static void codes(void **state) {
    (void)state;
    size_t count = 0;
    for (; ntm_lint_code(count) != NULL; count++) {
        assert_non_null(ntm_lint_meaning(ntm_lint_code(count)));
        assert_int_equal(strspn(ntm_lint_code(count), "abcdefghijklmnopqrstuvwxyz-"), strlen(ntm_lint_code(count)));
        for (size_t k = 0; k < count; k++)
            assert_string_not_equal(ntm_lint_code(k), ntm_lint_code(count));
    }
    assert_true(count > 30);
    assert_null(ntm_lint_meaning("no-such-code"));
    assert_null(ntm_lint_meaning(NULL));
}

static void arguments(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_findings *findings = NULL;
    ntm_lint_options options = NTM_LINT_OPTIONS_INIT;
    ntm_set *set = documents_read(HEAD RULE("{attested: ok}"));
    assert_fails(ntm_set_lint(NULL, set, NULL, &err), NTM_ERROR_ARGUMENT, &err, "findings");
    assert_fails(ntm_set_lint(&findings, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "set");
    options.struct_size = 1;
    assert_fails(ntm_set_lint(&findings, set, &options, &err), NTM_ERROR_ARGUMENT, &err, "options");
    assert_fails(ntm_catalogue_lint(&findings, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "catalogue");
    assert_fails(ntm_overlay_lint(&findings, NULL, set, NULL, &err), NTM_ERROR_ARGUMENT, &err, "overlay");
    assert_null(findings);
    ntm_set_free(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures),        cmocka_unit_test(whole_numbers), cmocka_unit_test(comparisons),
        cmocka_unit_test(contradictions), cmocka_unit_test(weights),       cmocka_unit_test(ladders),
        cmocka_unit_test(values),         cmocka_unit_test(grades),        cmocka_unit_test(unused),
        cmocka_unit_test(order),          cmocka_unit_test(codes),         cmocka_unit_test(arguments),
    };
    return cmocka_run_group_tests_name("lint of a set", tests, NULL, NULL);
}
