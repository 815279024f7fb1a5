/* SPDX-License-Identifier: Apache-2.0 */
/* Faults between sets, and of overlays. The catalogue holds the shipped law too; what is expected speaks of the test's
   own sets. */
#include "lints.h"
#include "scratch.h"

#include <stdio.h>
#include <string.h>

enum { FILES_MAX = 4 };

/* Documents that are opened together, and the finding that they lead to. */
typedef struct fault_between {
    const char *code;
    const char *files[FILES_MAX]; /* the first differs between bad and good */
    const char *good;             /* in place of the first */
    const char *set, *path;       /* of the finding */
    uint32_t line;
    const char *other; /* the second set; NULL = none */
    const char *piece; /* of the text */
} fault_between;

#define SET(id, tier, days, more)                                                                                      \
    "format: ntm-set/1\nid: " id "\nprogramme: test\nlevel: commune\ntier: " tier "\nplace: VN\n"                      \
    "instrument: {in_force: {" days "}}\nsources: {T1: {where: here}}\n" more
#define ONE(rule) "criteria: [{id: \"1\", source: [T1], indicators: [{id: \"1.1\", rule: " rule "}]}]\n"
#define PLAIN     "facts: {t-ok: {kind: flag}}\n" ONE("{attested: t-ok}")
#define FROM_10   "from: 2010-01-01, to: 2015-12-31"
#define RATE      "facts: {t-rate: {kind: share, unit: \"%\"}}\n"

static const char *const names[FILES_MAX] = {"ntm-test-lint-1.tmp", "ntm-test-lint-2.tmp", "ntm-test-lint-3.tmp",
                                             "ntm-test-lint-4.tmp"};

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static ntm_findings *lint_files(const char *const *texts, const char *first) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_catalogue *catalogue = NULL;
    ntm_findings *findings = NULL;
    size_t count = 0;
    for (; count < FILES_MAX && texts[count] != NULL; count++)
        write_file(names[count], count == 0 ? first : texts[count]);
    assert_ok(ntm_catalogue_open(&catalogue, names, count, NULL, &err), &err);
    assert_ok(ntm_catalogue_lint(&findings, catalogue, NULL, &err), &err);
    ntm_catalogue_free(catalogue); /* findings live on without it */
    for (size_t i = 0; i < count; i++)
        assert_int_equal(remove(names[i]), 0);
    return findings;
}

static void expect(const fault_between *c) {
    ntm_findings *bad = lint_files(c->files, c->files[0]), *good = lint_files(c->files, c->good);
    const ntm_finding *f = lints_only(bad, c->code, c->set);
    bool right =
        f != NULL && strcmp(f->at.path, c->path) == 0 && f->at.line == c->line && f->at.file != NULL &&
        strncmp(f->at.file, "ntm-test-lint-", 14) == 0 && strstr(f->text, c->piece) != NULL &&
        (c->other == NULL ? f->other.set == NULL : f->other.set != NULL && strcmp(f->other.set, c->other) == 0);
    if (!right) {
        lints_show(bad);
        fail_msg("\"%s\" of set %s, %s, line %u, with \"%s\" was expected", c->code, c->set, c->path, c->line,
                 c->piece);
    }
    if (lints_only(good, c->code, c->set) != NULL) {
        lints_show(good);
        fail_msg("\"%s\" is found in what is good", c->code);
    }
    ntm_findings_free(bad);
    ntm_findings_free(good);
}

#define RUN(cases)                                                                                                     \
    for (size_t i = 0; i < sizeof(cases) / sizeof((cases)[0]); i++)                                                    \
    expect(&(cases)[i])

static void days(void **state) {
    (void)state;
    static const fault_between cases[] = {
        {"days-uncovered",
         {SET("t-b", "x", "from: 2016-01-03", PLAIN), SET("t-a", "x", FROM_10, PLAIN)},
         SET("t-b", "x", "from: 2016-01-01", PLAIN),
         "t-b",
         "instrument.in_force",
         7,
         "t-a",
         "no set covers the days from 2016-01-01 to 2016-01-02, after \"t-a\""},
        {"days-doubled",
         {SET("t-b", "x", "from: 2015-12-31", PLAIN), SET("t-a", "x", FROM_10, PLAIN)},
         SET("t-b", "y", "from: 2015-12-31", PLAIN),
         "t-b",
         "instrument.in_force",
         7,
         "t-a",
         "in force from 2015-12-31, when \"t-a\" still is (to 2015-12-31)"},
        {"days-doubled",
         {SET("t-b", "x", "from: 2030-01-01", PLAIN), SET("t-a", "x", "from: 2010-01-01", PLAIN)},
         SET("t-b", "y", "from: 2030-01-01", PLAIN),
         "t-b",
         "instrument.in_force",
         7,
         "t-a",
         "(no last day)"},
        /* One that lies inside another ends nothing. */
        {"days-uncovered",
         {SET("t-c", "x", "from: 2018-01-01", PLAIN), SET("t-a", "x", "from: 2010-01-01, to: 2016-12-31", PLAIN),
          SET("t-b", "x", "from: 2011-01-01, to: 2012-12-31", PLAIN)},
         SET("t-c", "x", "from: 2017-01-01", PLAIN),
         "t-c",
         "instrument.in_force",
         7,
         "t-a",
         "from 2017-01-01 to 2017-12-31"},
        {"days-unknown",
         {SET("t-a", "x", "to: 2015-12-31", PLAIN)},
         SET("t-a", "x", FROM_10, PLAIN),
         "t-a",
         "instrument.in_force",
         7,
         NULL,
         "not known"},
    };
    RUN(cases);
}

#define TAKES(set) RATE ONE("[t-rate, \">=\", {figure_of: t-f, set: " set ", unit: \"%\"}]")
#define HAS(unit)  RATE "figures: {t-f: {unit: \"" unit "\", value: 3, source: [T1]}}\n" PLAIN_RULE
#define PLAIN_RULE ONE("[t-rate, \">\", {constant: 0.5}]")

static void references(void **state) {
    (void)state;
    static const fault_between cases[] = {
        {"missing-set",
         {SET("t-a", "x", FROM_10, TAKES("t-z"))},
         SET("t-a", "x", FROM_10, PLAIN),
         "t-a",
         "criteria.1.indicators.1.1",
         10,
         NULL,
         "figure_of names set \"t-z\", which is not there"},
        {"missing-set",
         {SET("t-a", "x", FROM_10, PLAIN "follows: {set: t-z}\n")},
         SET("t-a", "x", FROM_10, PLAIN),
         "t-a",
         "follows",
         0,
         NULL,
         "follows names set \"t-z\""},
        {"missing-set",
         {SET("t-a", "x", FROM_10, PLAIN "revocation_by: t-z\n")},
         SET("t-a", "x", FROM_10, PLAIN),
         "t-a",
         "revocation_by",
         0,
         NULL,
         "revocation_by names set \"t-z\""},
        {"missing-figure",
         {SET("t-a", "x", FROM_10, TAKES("t-b")), SET("t-b", "y", FROM_10, PLAIN)},
         SET("t-a", "x", FROM_10, PLAIN),
         "t-a",
         "criteria.1.indicators.1.1",
         10,
         "t-b",
         "set \"t-b\" has no figure \"t-f\""},
        {"missing-figure",
         {SET("t-a", "x", FROM_10, TAKES("t-b")), SET("t-b", "y", FROM_10, HAS("km"))},
         SET("t-a", "x", FROM_10, PLAIN),
         "t-a",
         "criteria.1.indicators.1.1",
         10,
         "t-b",
         "figure \"t-f\" of set \"t-b\" is in \"km\", and is taken in \"%\""},
        {"unknown-status",
         {SET("t-a", "x", FROM_10, ONE("{holds: t-z}")), SET("t-b", "y", FROM_10, PLAIN)},
         SET("t-a", "x", FROM_10, ONE("{holds: t-b}")),
         "t-a",
         "criteria.1.indicators.1.1",
         9,
         NULL,
         "holds names \"t-z\""},
        {"missing-counterpart",
         {SET("t-a", "x", FROM_10, PLAIN "follows: {set: t-b, indicators: {\"1.1\": \"7.7\"}}\n"),
          SET("t-b", "y", FROM_10, PLAIN)},
         SET("t-a", "x", FROM_10, PLAIN "follows: {set: t-b, indicators: {\"1.1\": \"1.1\"}}\n"),
         "t-a",
         "follows.indicators.1.1",
         11,
         "t-b",
         "set \"t-b\" has no indicator \"7.7\", which \"1.1\" is paired with"},
    };
    RUN(cases);
}

static void circles(void **state) {
    (void)state;
    static const fault_between cases[] = {
        {"reference-loop",
         {SET("t-a", "x", FROM_10, ONE("{holds: t-b}")), SET("t-b", "y", FROM_10, ONE("{holds: t-c}")),
          SET("t-c", "z", FROM_10, PLAIN "revocation_by: t-a\n")},
         SET("t-a", "x", FROM_10, PLAIN),
         "t-a",
         "criteria.1.indicators.1.1",
         9,
         "t-c",
         "in a circle: t-a -> t-b -> t-c -> t-a"},
        {"successor-loop",
         {SET("t-a", "x", FROM_10, PLAIN "follows: {set: t-b}\n"),
          SET("t-b", "y", FROM_10, PLAIN "follows: {set: t-a}\n")},
         SET("t-a", "x", FROM_10, PLAIN),
         "t-a",
         "follows",
         0,
         "t-b",
         "follow each other in a circle: t-a -> t-b -> t-a"},
        /* To follow a set and to ask for its status is no circle. */
        {"reference-loop",
         {SET("t-a", "x", FROM_10, ONE("{holds: t-b}")),
          SET("t-b", "y", FROM_10, ONE("{holds: t-a}") "follows: {set: t-a}\n")},
         SET("t-a", "x", FROM_10, PLAIN),
         "t-a",
         "criteria.1.indicators.1.1",
         9,
         "t-b",
         "t-a -> t-b -> t-a"},
    };
    RUN(cases);
}

#define FACT(fact)                                                                                                     \
    "facts: {t-x: {" fact "}}\n"                                                                                       \
    "criteria: [{id: \"1\", source: [T1]}]\n"

static void names_of_things(void **state) {
    (void)state;
    static const fault_between cases[] = {
        {"source-differs",
         {SET("t-b", "x", FROM_10, PLAIN), "format: ntm-set/1\nid: t-a\nprogramme: test\nlevel: a\ntier: a\nplace: VN\n"
                                           "sources: {T1: {where: elsewhere}}\ncriteria: [{id: \"1\"}]\n"},
         "format: ntm-set/1\nid: t-b\nprogramme: test\nlevel: a\ntier: b\nplace: VN\n"
         "sources: {T1: {where: elsewhere}}\ncriteria: [{id: \"1\"}]\n",
         "t-a",
         "sources.T1",
         7,
         "t-b",
         "\"T1\" is at elsewhere here and at here in set \"t-b\""},
        {"fact-differs",
         {SET("t-b", "x", FROM_10, FACT("kind: amount, unit: km")),
          SET("t-a", "x", "from: 2016-01-01", FACT("kind: money, unit: km"))},
         SET("t-b", "x", FROM_10, FACT("kind: money, unit: km")),
         "t-a",
         "facts.t-x",
         9,
         "t-b",
         "another kind here (money) than in set \"t-b\" (amount)"},
        {"fact-differs",
         {SET("t-b", "x", FROM_10, FACT("kind: amount, unit: km")),
          SET("t-a", "x", "from: 2016-01-01", FACT("kind: amount, unit: m"))},
         SET("t-b", "x", FROM_10, FACT("kind: amount, unit: m")),
         "t-a",
         "facts.t-x",
         9,
         "t-b",
         "another unit here (m)"},
        /* Two types of product have nothing to do with each other. */
        {"fact-differs",
         {SET("t-b", "x", FROM_10, FACT("kind: level, levels: [a, b]")),
          SET("t-a", "x", "from: 2016-01-01", FACT("kind: level, levels: [a, b, c]"))},
         SET("t-b", "honey", FROM_10, FACT("kind: level, levels: [a, b]")),
         "t-a",
         "facts.t-x",
         9,
         "t-b",
         "another scale here (a < b < c) than in set \"t-b\" (a < b)"},
        {"fact-renamed",
         {SET("t-b", "x", FROM_10, FACT("kind: amount, unit: km, name: {vi: Một}")),
          SET("t-a", "x", "from: 2016-01-01", FACT("kind: amount, unit: km, name: {vi: Hai}"))},
         SET("t-b", "x", FROM_10, FACT("kind: amount, unit: km, name: {vi: Hai, en: Two}")),
         "t-a",
         "facts.t-x",
         9,
         "t-b",
         "is \"Hai\" here and \"Một\" in set \"t-b\""},
        {"opposite-signs",
         {SET("t-b", "x", FROM_10, RATE ONE("[t-rate, \">=\", {constant: 0.2}]")),
          SET("t-a", "x", "from: 2016-01-01", RATE ONE("{all: [[{constant: 0.2}, \">\", t-rate], {holds: t-q}]}"))},
         SET("t-b", "x", FROM_10, RATE ONE("[t-rate, \"<=\", {constant: 0.2}]")),
         "t-a",
         "criteria.1.indicators.1.1",
         10,
         "t-b",
         "t-rate has to be at most its figure here and at least it in set \"t-b\""},
    };
    RUN(cases);
}

#define PROVINCE(rest)                                                                                                 \
    "format: ntm-overlay/1\nid: t-over\nof: t-a\nstanding: cited\nplace: \"42\"\n"                                     \
    "sources: {T2: {where: there}}\n" rest
#define DATED           "instrument: {in_force: {from: 2012-01-01}, source: [T2]}\n"
#define FIGURES(figure) RATE "figures: {t-f: {" figure "source: [T1]}}\n" ONE("[t-rate, \">=\", {figure: t-f}]")

static void overlays(void **state) {
    (void)state;
    static const fault_between cases[] = {
        {"not-delegated",
         {SET("t-a", "x", FROM_10, FIGURES("unit: \"%\", ")),
          PROVINCE(DATED "figures: {t-f: {value: 50, source: [T2]}}\n")},
         SET("t-a", "x", FROM_10, FIGURES("unit: \"%\", delegated_to: UBND cấp tỉnh, ")),
         "t-over",
         "figures.t-f",
         8,
         "t-a",
         "it sets figure \"t-f\", which set \"t-a\" leaves to nobody that is known"},
        {"overlay-undated",
         {PROVINCE("figures: {t-f: {value: 50, source: [T2]}}\n"),
          SET("t-a", "x", FROM_10, FIGURES("unit: \"%\", delegated_to: UBND cấp tỉnh, "))},
         PROVINCE(DATED "figures: {t-f: {value: 50, source: [T2]}}\n"),
         "t-over",
         "instrument.in_force",
         0,
         NULL,
         "its first day is not known"},
        /* Without a day it is not laid on opening, where this would be an error. */
        {"overlay-does-not-fit",
         {PROVINCE("tightens: {figures: {t-f: {value: 40, source: [T2]}}}\n"),
          SET("t-a", "x", FROM_10, FIGURES("unit: \"%\", value: 50, "))},
         PROVINCE("tightens: {figures: {t-f: {value: 60, source: [T2]}}}\n"),
         "t-over",
         "of",
         7,
         "t-a",
         "looser"},
        /* A fact of the overlay that nothing uses; one of the set that an amendment leaves without a rule is none. */
        {"unused-fact",
         {PROVINCE(
              DATED
              "facts: {t-new: {kind: flag}}\nadds: {criteria: [{id: \"2\", rule: {attested: t-ok}, source: [T2]}]}\n"),
          SET("t-a", "x", FROM_10, PLAIN)},
         "format: ntm-overlay/1\nid: t-over\nof: t-a\nstanding: cited\nsources: {T2: {where: there}}\n" DATED
         "replaces: {indicators: {\"1.1\": {rule: {holds: t-b}, source: [T2]}}}\n",
         "t-over",
         "facts.t-new",
         8,
         NULL,
         "no rule uses fact \"t-new\""},
        /* What is wrong with the set only when the overlay lies on it. */
        {"never-met",
         {PROVINCE(DATED "tightens: {figures: {t-f: {value: 101, source: [T2]}}}\n"),
          SET("t-a", "x", FROM_10, FIGURES("unit: \"%\", value: 50, "))},
         PROVINCE(DATED "tightens: {figures: {t-f: {value: 100, source: [T2]}}}\n"),
         "t-over",
         "criteria.1.indicators.1.1",
         11,
         NULL,
         "never >= 101 %"},
    };
    RUN(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(days), cmocka_unit_test(references), cmocka_unit_test(circles),
                                       cmocka_unit_test(names_of_things), cmocka_unit_test(overlays)};
    return cmocka_run_group_tests_name("lint of a catalogue", tests, scratch_enter, scratch_leave);
}
