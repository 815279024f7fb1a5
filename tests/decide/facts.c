/* SPDX-License-Identifier: Apache-2.0 */
/* Deciding facts of single rows, worked out by hand. */
#include "filled.h"
#include "review.h"

#include <stdio.h>

#define FACTS FACTS_WITHOUT_MEMBERS "  trained: {name: {vi: t}, kind: count, unit: person, by: sex}\n"
#define FACTS_WITHOUT_MEMBERS                                                                                          \
    "facts:\n"                                                                                                         \
    "  all: {name: {vi: a}, kind: count, unit: household}\n"                                                           \
    "  clean: {name: {vi: c}, kind: count, unit: household, part_of: all}\n"                                           \
    "  poor: {name: {vi: p}, kind: share, unit: \"%\"}\n"                                                              \
    "  road: {name: {vi: r}, kind: amount, unit: km}\n"                                                                \
    "  plan: {name: {vi: p}, kind: flag}\n"                                                                            \
    "  market: {name: {vi: m}, kind: flag}\n"                                                                          \
    "  day: {name: {vi: d}, kind: date}\n"                                                                             \
    "  rating: {name: {vi: r}, kind: level, levels: [low, mid, high]}\n"                                               \
    "  safe: {name: {vi: s}, kind: flag}\n"
#define LAW(rules)                                                                                                     \
    HEAD "dimensions: {sex: [female, male]}\naxes:\n  region: {values: [A, B]}\n" FACTS FIGURES INDICATORS rules
#define FIGURES                                                                                                        \
    "figures:\n  absent: {unit: \"%\", delegated_to: UBND, source: [S]}\n"                                             \
    "  by-region: {unit: \"%\", axes: [region], source: [S], values: {A: 90}}\n"

/* "clean=90 all=100" with "?" in front when it is not proven smallest, or "!" and the number of the reason. */
static const char *text_of(const ntm_deciding *d, ntm_verdict verdict) {
    static char texts[2][400];
    char *text = texts[verdict == NTM_MET];
    const ntm_deciding_set *set = ntm_deciding_facts(d, verdict);
    size_t used = (size_t)snprintf(text, 400, "%s", set->exact ? "" : "?");
    if (set->reason != NTM_DECIDING_FOUND) used += (size_t)snprintf(text + used, 400 - used, "!%d", (int)set->reason);
    for (size_t i = 0; i < set->count; i++)
        used += (size_t)snprintf(text + used, 400 - used, "%s%s=%s", i == 0 ? "" : " ", set->facts[i].column,
                                 set->facts[i].value);
    return text;
}

static const char *open_of(const ntm_deciding *d) {
    static char text[400];
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < ntm_deciding_open_count(d); i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i == 0 ? "" : " ", ntm_deciding_open(d, i));
    return text;
}

/* What row 0 of the sheet says, and what it lacks; each set is proven by the public evaluation. */
static void expect_of(const ntm_set *set, const sheet *s, ntm_of of, size_t index, const char *met, const char *not_met,
                      const char *open) {
    ntm_plan *plan = NULL;
    ntm_deciding *d = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_plan_new(&plan, set, &s->plan, &err), &err);
    assert_ok(ntm_deciding_new(&d, plan, &s->table, 0, of, index, NULL, &err), &err);
    assert_string_equal(text_of(d, NTM_MET), met);
    assert_string_equal(text_of(d, NTM_NOT_MET), not_met);
    assert_string_equal(open_of(d), open);
    (void)filled_shows(plan, &s->table, 0, d, NTM_MET, of, index);
    (void)filled_shows(plan, &s->table, 0, d, NTM_NOT_MET, of, index);
    ntm_deciding_free(d);
    ntm_plan_free(plan);
}

/* The same of the first indicator of a rule; cells are "name=value" apart by blanks. */
static void expect(const char *rule, const char *cells, const char *met, const char *not_met, const char *open) {
    static char yaml[6000], name[60][60];
    char value[60];
    size_t count = 0;
    (void)snprintf(yaml, sizeof yaml, "%s%s}\n", LAW("      - {id: i, name: {vi: i}, source: [S], rule: "), rule);
    ntm_set *set = taken(yaml);
    sheet s;
    begin(&s, 1);
    for (int used = 0; sscanf(cells, " %59[^=]=%59s%n", name[count], value, &used) == 2; cells += used, count++) {
        bool word = strncmp(name[count], "rating", 6) == 0 || strcmp(name[count], "region") == 0;
        bool flag = strcmp(value, "yes") == 0 || strcmp(value, "no") == 0 || strcmp(value, "~") == 0;
        sheet_cells(&s, name[count], word ? AS_TEXT : flag ? AS_BYTES : AS_DECIMAL, value);
    }
    expect_of(set, &s, NTM_OF_INDICATOR, 0, met, not_met, open);
    sheet_end(&s);
    ntm_set_free(set);
}

static void single_facts(void **state) {
    (void)state;
    expect("[poor, \"<=\", {constant: 5, unit: \"%\"}]", "", "poor=5", "poor=5.0001", "poor");
    expect("[road, \">\", {constant: 12.5, unit: km}]", "", "road=12.5001", "road=12.5", "road");
    expect("[all, \"=\", {constant: 7, unit: household}]", "", "all=7", "all=0", "all");
    expect("{attested: plan}", "", "plan=yes", "plan=no", "plan");
    expect("{at_level: [mid, rating]}", "", "rating=mid", "rating=low", "rating");
    expect("[day, \"<=\", {date: 2020-06-30}]", "", "day=2020-06-30", "day=2020-07-01", "day");
    expect("{holds: other}", "", "holds:other=yes", "holds:other=no", "holds:other");
    expect("{not: {attested: plan}}", "", "plan=no", "plan=yes", "plan");
    expect("{attested: plan}", "plan=yes", "", "!4", ""); /* settled */
    expect("{attested: plan}", "plan=no", "!4", "", "");
}

static void shares(void **state) {
    (void)state;
    expect("[{ratio: [clean, all]}, \">=\", {constant: 90, unit: \"%\"}]", "all=2000", "clean=1800", "clean=1799",
           "clean");
    /* the whole may not fall below its part */
    expect("[{ratio: [clean, all]}, \">=\", {constant: 90, unit: \"%\"}]", "clean=1800", "all=2000", "all=2001", "all");
    expect("[{ratio: [clean, all]}, \">=\", {constant: 90, unit: \"%\"}]", "clean=0", "!4", "all=1", "all");
    expect("[{ratio: [clean, all]}, \">=\", {constant: 90, unit: \"%\"}]", "all=0", "!4", "!4", "clean");
}

static void bounds_of_the_row(void **state) {
    (void)state;
    expect("[poor, \"<=\", {constant: 5, unit: \"%\"}]", "poor:least=4 poor:most=8", "poor=5", "poor=5.0001", "poor");
    expect("[clean, \">=\", {constant: 90, unit: household}]", "clean:most=95 all=100", "clean=90", "clean=89",
           "clean");
    expect("[clean, \">=\", {constant: 90, unit: household}]", "all:most=80", "!4", "clean=0", "clean");
    expect("{at_level: [high, rating]}", "rating:most=mid", "!4", "", "");
}

static void several_facts(void **state) {
    (void)state;
    expect("{all: [{attested: plan}, {attested: market}]}", "", "plan=yes market=yes", "plan=no", "plan market");
    expect("{any: [{attested: plan}, {attested: market}]}", "", "plan=yes", "plan=no market=no", "plan market");
    expect("{at_least: 2, of: [{attested: plan}, {attested: market}, {at_level: [high, rating]}]}", "plan=yes",
           "market=yes", "market=no rating=mid", "market rating");
    expect("{every: sex, holds: [trained, \">=\", {constant: 5, unit: person}]}", "",
           "trained[female]=5 trained[male]=5", "trained[female]=4", "trained[female] trained[male]");
    expect("[{count: members, of: sex, where: [trained, \">=\", {constant: 5, unit: person}]}, \">=\", {constant: 1}]",
           "", "trained[female]=5", "trained[female]=0 trained[male]=4", "trained[female] trained[male]");
    expect("{if_applicable: market, then: {all: [{attested: market}, {attested: plan}]}}", "market=~", "", "!4", "");
}

/* A fact that two conditions look at counts once, and cannot be two things. */
static void shared_facts(void **state) {
    (void)state;
    expect("{all: [[road, \">=\", {constant: 5, unit: km}], [road, \"<=\", {constant: 8, unit: km}]]}", "", "road=8",
           "road=4.9999", "road");
    expect("{all: [[road, \">=\", {constant: 5, unit: km}], [road, \"<\", {constant: 5, unit: km}]]}", "", "!4",
           "road=4.9999", "road");
    expect(
        "{all: [[road, \">=\", {constant: 5, unit: km}], {any: [[road, \"<=\", {constant: 3, unit: km}], {attested: plan}]}]}",
        "", "road=5 plan=yes", "road=4.9999", "road plan");
    expect(
        "{any: [{all: [{attested: plan}, {attested: market}]}, {all: [{attested: plan}, {at_level: [mid, rating]}]}]}",
        "", "plan=yes market=yes", "plan=no", "plan market rating");
}

/* Of two ways to settle one thing the first may contradict another; parts and wholes contradict one another, too. */
static void contradictions(void **state) {
    (void)state;
    expect("{all: [{any: [[road, \"<=\", {constant: 3, unit: km}], [road, \">=\", {constant: 8, unit: km}]]}, "
           "[road, \">=\", {constant: 5, unit: km}]]}",
           "", "road=8", "road=7.9999", "road");
    expect("{all: [[clean, \">=\", {constant: 50, unit: household}], [all, \"<=\", {constant: 40, unit: household}]]}",
           "", "!4", "clean=49", "clean all");
    expect(
        "{all: [{any: [[clean, \">=\", {constant: 50, unit: household}], {attested: plan}]}, [all, \"<=\", {constant: "
        "40, unit: household}]]}",
        "", "plan=yes all=40", "all=41", "clean plan all");
    expect("[{ratio: [clean, all]}, \">=\", {constant: 90, unit: \"%\"}]", "", "clean=1 all=1", "clean=0 all=1",
           "clean all");
}

/* Facts below something settled matter no more. */
static void what_matters_no_more(void **state) {
    (void)state;
    expect(
        "[{sum: [{points: [{when: {all: [{attested: plan}, {attested: market}]}, give: 3}]}, {points: [{when: {attested: "
        "safe}, give: 2}]}]}, \">=\", {constant: 2, unit: point}]",
        "plan=no", "safe=yes", "safe=no", "safe");
    expect("{any: [{all: [{attested: plan}, {attested: market}]}, {attested: safe}]}", "plan=no", "safe=yes", "safe=no",
           "safe");
}

/* What is not proven is said so. */
static void not_proven(void **state) {
    (void)state;
    expect("[{sum: [all, clean]}, \"=\", {constant: 101, unit: household}]", "", "?all=100 clean=1", "all=102",
           "all clean");
    expect(
        "{all: [[{ratio: [clean, all]}, \">=\", {constant: 90, unit: \"%\"}], [all, \">=\", {constant: 10, unit: household}]]}",
        "", "clean=9 all=10", "all=9", "clean all");
    expect(
        "{all: [[{ratio: [clean, all]}, \">=\", {constant: 90, unit: \"%\"}], [all, \">=\", {constant: 10, unit: household}], [clean, \"<=\", {constant: 3, unit: household}]]}",
        "", "?!5", "all=9", "clean all");
}

static void sums_and_points(void **state) {
    (void)state;
    expect("[{sum: [{points: [{when: {attested: plan}, give: 3}]}, {points: [{when: {attested: market}, give: 5}]}, "
           "{points: [{when: {at_level: [high, rating]}, give: 4}, {when: {at_level: [mid, rating]}, give: 2}]}, "
           "{points: [{when: {attested: safe}, give: 1}]}]}, \">=\", {constant: 8, unit: point}]",
           "", "market=yes rating=high", "market=no rating=low", "plan market rating safe");
    expect(
        "{at_level: [b, {grade: {of: {points: [{when: {attested: plan}, give: 3}]}, bands: [{class: a, range: \"[0, 2)\"}, "
        "{class: b, range: \"[2, 9]\", requires: {attested: market}}], knock_out: {attested: safe}}}]}",
        "", "plan=yes market=yes safe=no", "plan=no", "plan market safe");
    expect(
        "[{product: [{constant: -2}, {sum: [{points: [{when: {attested: plan}, give: 3}]}, {points: [{when: {attested: "
        "market}, give: 5}]}, {points: [{when: {at_level: [high, rating]}, give: 4}]}, {points: [{when: {attested: safe}, "
        "give: 1}]}]}]}, \">=\", {constant: -4, unit: point}]",
        "", "plan=no market=no rating=low", "market=yes", "plan market rating safe");
    expect(
        "[{difference: [{sum: [{points: [{when: {attested: plan}, give: 3}]}, {points: [{when: {attested: market}, give: "
        "5}]}]}, {sum: [{points: [{when: {at_level: [high, rating]}, give: 4}]}, {points: [{when: {attested: safe}, give: "
        "6}]}]}]}, \">=\", {constant: 1, unit: point}]",
        "", "market=yes safe=no", "market=no safe=yes", "plan market rating safe");
    expect(
        "{at_level: [b, {grade: {of: {sum: [{points: [{when: {attested: plan}, give: 3}]}, {points: [{when: {attested: safe}, "
        "give: 6}]}]}, bands: [{class: a, range: \"[0, 2)\"}, {class: b, range: \"[2, 5)\", requires: {attested: market}}, "
        "{class: c, range: \"[5, 9]\"}]}}]}",
        "", "safe=yes", "safe=no market=no", "plan safe market");
    expect(
        "[{product: [{constant: -2}, {sum: [{points: [{when: {attested: plan}, give: 3}]}, {points: [{when: {attested: "
        "market}, give: 5}]}, {points: [{when: {at_level: [high, rating]}, give: 4}]}, {points: [{when: {attested: safe}, "
        "give: 1}]}, {points: [{when: {holds: other}, give: 1}]}]}]}, \">=\", {constant: -4, unit: point}]",
        "", "plan=no market=no rating=mid", "market=yes", "plan market rating safe holds:other");
    expect("[road, \"=\", {constant: 12.34567, unit: km}]", "", "road=12.34567", "road=0", "road");
    expect("[{sum: [all, clean, {constant: 10, unit: household}]}, \">=\", {constant: 100, unit: household}]", "",
           "all=90", "all=0 clean=0", "all clean");
}

static void what_is_wanting(void **state) {
    (void)state;
    expect("[poor, \"<=\", {figure: absent}]", "poor=4", "!1", "!1", "");
    expect("[poor, \"<=\", {figure: absent}]", "", "!1", "!1", "poor");
    expect("[{ratio: [clean, {sum: [clean, all]}]}, \">=\", {figure: absent}]", "", "!1", "!1", "clean all");
    expect("{all: [{attested: plan}, [poor, \"<=\", {figure: absent}]]}", "", "!1", "plan=no", "plan poor");
    expect("[poor, \"<=\", {figure: by-region}]", "", "!2", "!2", "poor");
    expect("[poor, \"<=\", {figure: by-region}]", "region=B", "!1", "!1", "poor");
    expect("[poor, \"<=\", {figure: by-region}]", "region=A", "poor=90", "poor=90.0001", "poor");
    expect("{attested: plan}", "plan=~", "!3", "!3", "");
    expect("{all: [{attested: plan}, {attested: market}]}", "plan=~", "!3", "market=no", "market");
}

static void names_of_what_is_wanting(void **state) {
    ntm_set *set = taken(HEAD FACTS_WITHOUT_MEMBERS
                         "axes:\n  region: {values: [A, B]}\n" FIGURES CRITERION "    indicators:\n"
                         "      - {id: none}\n"
                         "      - {id: some, name: {vi: s}, source: [S], rule: [poor, \"<=\", {figure: absent}]}\n"
                         "      - {id: axis, name: {vi: s}, source: [S], rule: [poor, \"<=\", {figure: by-region}]}\n"
                         "      - {id: away, name: {vi: s}, source: [S], rule: {attested: plan}}\n"
                         "  - {id: \"2\", name: {vi: c}, source: [S]}\n");
    static const struct {
        ntm_wanting_kind kind;
        ntm_deciding_reason reason;
        const char *id, *delegated_to;
    } expected[] = {{NTM_WANTING_CRITERION, NTM_DECIDING_LAW_ABSENT, "2", NULL},
                    {NTM_WANTING_INDICATOR, NTM_DECIDING_LAW_ABSENT, "none", NULL},
                    {NTM_WANTING_FIGURE, NTM_DECIDING_LAW_ABSENT, "absent", "UBND"},
                    {NTM_WANTING_AXIS, NTM_DECIDING_AXIS_UNKNOWN, "region", NULL},
                    {NTM_WANTING_FACT, NTM_DECIDING_NOT_APPLICABLE, "plan", NULL}};
    ntm_plan *plan = NULL;
    ntm_deciding *d = NULL;
    ntm_error err = NTM_ERROR_INIT;
    sheet s;
    (void)state;
    begin(&s, 1);
    sheet_cells(&s, "plan", AS_BYTES, "~");
    assert_ok(ntm_plan_new(&plan, set, &s.plan, &err), &err);
    assert_ok(ntm_deciding_new(&d, plan, &s.table, 0, NTM_OF_STATUS, 0, NULL, &err), &err);
    assert_int_equal(ntm_deciding_wanting_count(d), 5);
    for (size_t i = 0; i < 5; i++) {
        const ntm_deciding_wanting *wanting = ntm_deciding_wanting_at(d, i);
        assert_int_equal(wanting->kind, expected[i].kind);
        assert_int_equal(wanting->reason, expected[i].reason);
        assert_string_equal(wanting->id, expected[i].id);
        assert_true((wanting->delegated_to == NULL) == (expected[i].delegated_to == NULL));
    }
    assert_null(ntm_deciding_wanting_at(d, 5));
    assert_null(ntm_deciding_open(d, ntm_deciding_open_count(d)));
    assert_null(ntm_deciding_facts(d, NTM_OPEN));
    ntm_deciding_free(d);
    ntm_plan_free(plan);
    sheet_end(&s);
    ntm_set_free(set);
}

/* Scope, children and the verdicts of other parts. */
static void other_inputs(void **state) {
    (void)state;
    ntm_set *set = taken(
        HEAD FACTS_WITHOUT_MEMBERS
        "axes:\n  region: {values: [A, B]}\n"
        "scope:\n  - {axis: region, use: B, when: {attested: safe}, source: [S]}\n"
        "figures:\n  f: {unit: \"%\", axes: [region], source: [S], values: {A: 5, B: 20}}\n" CRITERION
        "    indicators:\n"
        "      - {id: i, name: {vi: i}, source: [S], rule: [poor, \"<=\", {figure: f}]}\n"
        "      - {id: k, name: {vi: k}, source: [S], rule: {every: children, level: village, name: v, holds: "
        "{attested: plan}}}\n"
        "  - id: \"2\"\n    name: {vi: c}\n    source: [S]\n    rule: [{count: indicators, among: [i, k]}, \">=\", "
        "{constant: 1}]\n"
        "preconditions:\n  - {id: p, name: {vi: p}, source: [S], rule: {attested: market}}\n"
        "revocation: [{count: criteria, verdict: not met}, \">=\", {constant: 2}]\n");
    sheet s;
    begin(&s, 1);
    sheet_cells(&s, "region", AS_TEXT, "A");
    sheet_cells(&s, "poor", AS_DECIMAL, "10");
    sheet_cells(&s, "children:v:met", AS_INT64, "5");
    expect_of(set, &s, NTM_OF_INDICATOR, 0, "safe=yes", "safe=no", "safe");
    expect_of(set, &s, NTM_OF_INDICATOR, 1, "children:v:total=5", "children:v:open=0 children:v:total=6",
              "children:v:open children:v:total");
    expect_of(set, &s, NTM_OF_CRITERION, 0, "safe=yes children:v:total=5", "safe=no",
              "safe children:v:open children:v:total");
    expect_of(set, &s, NTM_OF_CRITERION, 1, "safe=yes", "safe=no children:v:open=0 children:v:total=6",
              "safe children:v:open children:v:total");
    expect_of(set, &s, NTM_OF_STATUS, 0, "safe=yes children:v:total=5 market=yes", "safe=no",
              "safe children:v:open children:v:total market");
    expect_of(set, &s, NTM_OF_CRITERIA_STATUS, 0, "safe=yes children:v:total=5", "safe=no",
              "safe children:v:open children:v:total");
    expect_of(set, &s, NTM_OF_PRECONDITION, 0, "market=yes", "market=no", "market");
    expect_of(set, &s, NTM_OF_REVOCATION, 0, "safe=no children:v:open=0 children:v:total=6", "safe=yes",
              "safe children:v:open children:v:total");
    sheet_end(&s);
    ntm_set_free(set);
}

static void wrong_calls(void **state) {
    (void)state;
    ntm_set *set = taken(LAW(RULE("i", "{attested: plan}")));
    ntm_plan *plan = NULL;
    ntm_deciding *d = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_deciding_options options = NTM_DECIDING_OPTIONS_INIT;
    sheet s;
    begin(&s, 1);
    assert_ok(ntm_plan_new(&plan, set, &s.plan, &err), &err);
    assert_fails(ntm_deciding_new(&d, plan, &s.table, 1, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_ARGUMENT, &err,
                 "a table of 1 rows");
    assert_fails(ntm_deciding_new(&d, plan, &s.table, 0, NTM_OF_INDICATOR, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err,
                 "no part 1");
    assert_fails(ntm_deciding_new(&d, plan, &s.table, 0, (ntm_of)6, 0, NULL, &err), NTM_ERROR_ARGUMENT, &err, "kind 6");
    assert_fails(ntm_deciding_new(&d, plan, &s.table, 0, NTM_OF_REVOCATION, 0, NULL, &err), NTM_ERROR_NOT_FOUND, &err,
                 "no rule of revocation");
    assert_fails(ntm_deciding_new(NULL, plan, &s.table, 0, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_fails(ntm_deciding_new(&d, NULL, &s.table, 0, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_ARGUMENT, &err, "");
    options.struct_size = 1;
    assert_fails(ntm_deciding_new(&d, plan, &s.table, 0, NTM_OF_STATUS, 0, &options, &err), NTM_ERROR_ARGUMENT, &err,
                 "initialised options");
    options = (ntm_deciding_options)NTM_DECIDING_OPTIONS_INIT;
    options.allocator = &fault_lacking;
    assert_fails(ntm_deciding_new(&d, plan, &s.table, 0, NTM_OF_STATUS, 0, &options, &err), NTM_ERROR_ARGUMENT, &err,
                 "initialised options");
    sheet_cells(&s, "poor", AS_DECIMAL, "101");
    ntm_plan_free(plan);
    ntm_set_free(set);
    set = taken(LAW(RULE("i", "[poor, \">\", {constant: 5, unit: \"%\"}]")));
    assert_ok(ntm_plan_new(&plan, set, &s.plan, &err), &err);
    assert_fails(ntm_deciding_new(&d, plan, &s.table, 0, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_VALUE, &err,
                 "natural bound");
    assert_null(d);
    assert_int_equal(ntm_deciding_verdict(NULL), NTM_OPEN);
    assert_null(ntm_deciding_facts(NULL, NTM_MET));
    assert_int_equal(ntm_deciding_open_count(NULL) + ntm_deciding_wanting_count(NULL), 0);
    ntm_deciding_free(NULL);
    ntm_plan_free(plan);
    ntm_set_free(set);
    sheet_end(&s);
}

/* With little work nothing false is said: either a set that holds, or that the limit was reached. */
static void little_work(void **state) {
    (void)state;
    ntm_set *set =
        taken(LAW(RULE("i", "{at_least: 2, of: [{attested: plan}, {attested: market}, {at_level: [mid, rating]}, "
                            "[{ratio: [clean, all]}, \">=\", {constant: 90, unit: \"%\"}]]}")));
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    sheet s;
    size_t limited = 0, found = 0;
    begin(&s, 1);
    assert_ok(ntm_plan_new(&plan, set, &s.plan, &err), &err);
    for (uint64_t work = 1; work < 40000; work += 1 + work / 8) {
        ntm_deciding_options options = NTM_DECIDING_OPTIONS_INIT;
        ntm_deciding *d = NULL;
        options.work = work;
        assert_ok(ntm_deciding_new(&d, plan, &s.table, 0, NTM_OF_INDICATOR, 0, &options, &err), &err);
        for (int side = 0; side < 2; side++) {
            const ntm_deciding_set *one = ntm_deciding_facts(d, side == 0 ? NTM_MET : NTM_NOT_MET);
            limited += one->reason == NTM_DECIDING_LIMIT;
            if (one->exact) assert_int_equal(one->reason, NTM_DECIDING_FOUND);
            if (filled_shows(plan, &s.table, 0, d, side == 0 ? NTM_MET : NTM_NOT_MET, NTM_OF_INDICATOR, 0)) found++;
        }
        ntm_deciding_free(d);
    }
    assert_true(limited > 10 && found > 10);
    ntm_plan_free(plan);
    sheet_end(&s);
    ntm_set_free(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(single_facts),
                                       cmocka_unit_test(shares),
                                       cmocka_unit_test(bounds_of_the_row),
                                       cmocka_unit_test(several_facts),
                                       cmocka_unit_test(shared_facts),
                                       cmocka_unit_test(sums_and_points),
                                       cmocka_unit_test(contradictions),
                                       cmocka_unit_test(what_matters_no_more),
                                       cmocka_unit_test(not_proven),
                                       cmocka_unit_test(what_is_wanting),
                                       cmocka_unit_test(names_of_what_is_wanting),
                                       cmocka_unit_test(other_inputs),
                                       cmocka_unit_test(wrong_calls),
                                       cmocka_unit_test(little_work)};
    return cmocka_run_group_tests_name("deciding facts", tests, NULL, NULL);
}
