/* SPDX-License-Identifier: Apache-2.0 */
/* Law in time and place: which version of a set is in force where and when, and how much of it is known. */
#include "versions-law.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ntm_set *find(const ntm_catalogue *catalogue, const char *place, int year, int month, int day) {
    const ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_catalogue_find(&set, catalogue, "p", "l", "t", place, ntm_date_ymd(year, month, day), &err), &err);
    return set;
}

/* The only value of a figure; -1 when it is absent. */
static int value_of(const ntm_set *set, const char *id) {
    const ntm_figure *figure = ntm_set_figure(set, ntm_set_find_figure(set, id));
    return figure->value_count == 0 ? -1 : (int)figure->values[0].value.coefficient;
}

/* The layers of a set as one text. */
static const char *layers_of(const ntm_set *set, char buffer[200]) {
    const ntm_set_spec *about = ntm_set_about(set);
    buffer[0] = '\0';
    for (size_t i = 0; i < about->overlay_count; i++)
        (void)snprintf(buffer + strlen(buffer), 200 - strlen(buffer), "%s%s", i > 0 ? " " : "", about->overlays[i]);
    return buffer;
}

static void check_law(const ntm_catalogue *catalogue) {
    static const struct {
        const char *place;
        int year, month, day, least, roads;
        const char *layers;
    } cases[] = {
        {"VN", 2021, 1, 1, 90, -1, ""},
        {"VN", 2024, 2, 29, 90, -1, ""},
        {"VN", 2024, 3, 1, 97, -1, "law.2024"},
        {"VN", 2025, 12, 31, 97, -1, "law.2024"},
        {"01", 2024, 3, 1, 97, -1, "law.2024"}, /* a province without layers of its own */
        {"40", 2021, 1, 1, 90, 70, "law.40"},
        {"40", 2024, 3, 1, 97, 70, "law.2024 law.40"},
        {"42", 2022, 6, 30, 90, -1, ""},
        {"42", 2022, 7, 1, 95, 50, "law.42"},
        {"42", 2022, 12, 31, 95, 50, "law.42"},
        {"42", 2023, 1, 1, 95, 60, "law.42 law.42-2"},
        {"42", 2024, 3, 1, 97, 60, "law.2024 law.42 law.42-2"}, /* the later national figure prevails */
        {"42", 2025, 1, 1, 97, 50, "law.2024 law.42"},
        {"42/436", 2022, 7, 1, 95, 50, "law.42"},
        {"42/436", 2023, 6, 1, 95, 60, "law.42 law.42-2 law.436"},
        {"42/436/18073", 2023, 6, 1, 95, 60, "law.42 law.42-2 law.436"},
        {"42/437", 2023, 6, 1, 95, 60, "law.42 law.42-2"},
        {"42/4361", 2023, 6, 1, 95, 60, "law.42 law.42-2"},
        {"43", 2023, 6, 1, 90, -1, ""},
    };
    char text[200];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const ntm_set *set = find(catalogue, cases[i].place, cases[i].year, cases[i].month, cases[i].day);
        if (value_of(set, "least") != cases[i].least || value_of(set, "roads") != cases[i].roads ||
            strcmp(layers_of(set, text), cases[i].layers) != 0)
            fail_msg("%s %d-%d-%d: %d %d %s", cases[i].place, cases[i].year, cases[i].month, cases[i].day,
                     value_of(set, "least"), value_of(set, "roads"), text);
        assert_string_equal(ntm_set_about(set)->id, "law");
        documents_round_trip(set);
    }
    assert_int_equal(ntm_set_criterion_count(find(catalogue, "42/436", 2023, 6, 1)), 2);
    assert_int_equal(ntm_set_criterion_count(find(catalogue, "42", 2023, 6, 1)), 1);
    /* The base stays as it was published. */
    assert_int_equal(ntm_set_about(ntm_catalogue_get(catalogue, "law"))->overlay_count, 0);
    assert_int_equal(value_of(ntm_catalogue_get(catalogue, "law"), "least"), 90);
    assert_ptr_equal(find(catalogue, "VN", 2021, 1, 1), ntm_catalogue_get(catalogue, "law"));
    assert_ptr_equal(find(catalogue, "01", 2025, 1, 1), find(catalogue, "VN", 2024, 4, 1));
}

static void test_in_time_and_place(void **state) {
    (void)state;
    ntm_catalogue *catalogue = open_good(law, LAW, false), *backwards = open_good(law, LAW, true);
    check_law(catalogue);
    check_law(backwards); /* whatever the order of the files */
    assert_int_equal(ntm_catalogue_version_count(catalogue), ntm_catalogue_version_count(backwards));
    for (size_t i = 0; i < ntm_catalogue_version_count(catalogue); i++) {
        const ntm_set_version *a = ntm_catalogue_version(catalogue, i), *b = ntm_catalogue_version(backwards, i);
        assert_string_equal(a->id, b->id);
        assert_string_equal(a->place, b->place);
        assert_int_equal(a->from, b->from);
        assert_int_equal(a->to, b->to);
        assert_true(ntm_set_equal(a->set, b->set));
    }
    const ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_catalogue_find(&set, catalogue, "p", "l", "t", "42", ntm_date_ymd(2026, 1, 1), &err),
                 NTM_ERROR_NOT_IN_FORCE, &err, "law from 2021-01-01 to 2025-12-31");
    assert_int_equal(ntm_catalogue_find(&set, catalogue, "p", "l", "t", "", 0, NULL), NTM_ERROR_ARGUMENT);
    assert_fails(ntm_catalogue_find(&set, catalogue, "p", "l", "t", "420", ntm_date_ymd(2023, 6, 1), &err),
                 NTM_ERROR_NOT_FOUND, &err, "no place 420");
    ntm_catalogue_free(catalogue);
    ntm_catalogue_free(backwards);
}

static void test_list(void **state) {
    (void)state;
    static const char *const expected[] = {
        "VN 2021-01-01 2024-02-29 ",
        "VN 2024-03-01 2025-12-31 law.2024",
        "40 2021-01-01 2024-02-29 law.40",
        "40 2024-03-01 2025-12-31 law.2024 law.40",
        "42 2021-01-01 2022-06-30 ",
        "42 2022-07-01 2022-12-31 law.42",
        "42 2023-01-01 2024-02-29 law.42 law.42-2",
        "42 2024-03-01 2024-12-31 law.2024 law.42 law.42-2",
        "42 2025-01-01 2025-12-31 law.2024 law.42",
        "42/436 2021-01-01 2022-06-30 ",
        "42/436 2022-07-01 2022-12-31 law.42",
        "42/436 2023-01-01 2023-05-31 law.42 law.42-2",
        "42/436 2023-06-01 2024-02-29 law.42 law.42-2 law.436",
        "42/436 2024-03-01 2024-12-31 law.2024 law.42 law.42-2 law.436",
        "42/436 2025-01-01 2025-12-31 law.2024 law.42 law.436",
    };
    ntm_catalogue *catalogue = open_good(law, LAW, false);
    size_t seen = 0;
    for (size_t i = 0; i < ntm_catalogue_version_count(catalogue); i++) {
        const ntm_set_version *version = ntm_catalogue_version(catalogue, i);
        char text[320], layers[200];
        int a[3], b[3];
        if (strcmp(version->id, "law") != 0) continue;
        ntm_date_parts(version->from, &a[0], &a[1], &a[2]);
        ntm_date_parts(version->to, &b[0], &b[1], &b[2]);
        (void)snprintf(text, sizeof text, "%s %04d-%02d-%02d %04d-%02d-%02d %s", version->place, a[0], a[1], a[2], b[0],
                       b[1], b[2], layers_of(version->set, layers));
        assert_true(seen < sizeof expected / sizeof expected[0]);
        assert_string_equal(text, expected[seen++]);
    }
    assert_int_equal(seen, sizeof expected / sizeof expected[0]);
    assert_null(ntm_catalogue_version(catalogue, 1000));
    assert_null(ntm_catalogue_version(NULL, 0));
    assert_int_equal(ntm_catalogue_version_count(NULL), 0);
    ntm_catalogue_free(catalogue);
}

/* A set of the province itself, with a layer over it that names no place. */
static void test_local_set(void **state) {
    (void)state;
    static const file files[] = {
        {"versions-own.yaml", SET("own", "\"42\"", "from: 2021-01-01", BODY)},
        {"versions-own-2.yaml", "format: ntm-overlay/1\nid: own.2\nof: own\nstanding: cited\nplace: \"42\"\n"
                                "instrument: {in_force: {from: 2022-01-01}, source: [S1]}\n"
                                "replaces: {figures: {least: {value: 80, source: [S1]}}}\n"},
        {"versions-own-3.yaml", "format: ntm-overlay/1\nid: own.3\nof: own\nstanding: cited\n"
                                "instrument: {in_force: {from: 2023-01-01}, source: [S1]}\n"
                                "replaces: {figures: {least: {value: 85, source: [S1]}}}\n"},
        {"versions-nation.yaml", SET("nation", "VN", "from: 2020-01-01", BODY)},
    };
    ntm_catalogue *catalogue = open_good(files, 4, false);
    assert_int_equal(value_of(find(catalogue, "42", 2021, 5, 1), "least"), 90);
    assert_int_equal(value_of(find(catalogue, "42", 2022, 1, 1), "least"), 80); /* its own rank, so it may */
    assert_int_equal(value_of(find(catalogue, "42", 2023, 1, 1), "least"), 85);
    assert_string_equal(ntm_set_about(find(catalogue, "42/436", 2023, 1, 1))->id, "own");
    assert_string_equal(ntm_set_about(find(catalogue, "42", 2020, 1, 1))->id, "nation");
    assert_string_equal(ntm_set_about(find(catalogue, "40", 2023, 1, 1))->id, "nation");
    ntm_catalogue_free(catalogue);
}

static void test_follows(void **state) {
    (void)state;
    static const char *const first = SET("first", "VN", "from: 2010-01-01", BODY);
    static const char *const other = SET("other", "VN", "from: 2016-01-01", BODY);
    static const char *const next = SET("next", "VN", "from: 2016-01-01", "follows: {set: first}\n" BODY);
    static const char *const local = SET("local", "\"42\"", "from: 2016-01-01", "follows: {set: first}\n" BODY);
    const ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    /* Nobody says which of the two holds. */
    const file unclear[] = {{"versions-1.yaml", first}, {"versions-2.yaml", other}};
    ntm_catalogue *catalogue = open_good(unclear, 2, false);
    assert_string_equal(ntm_set_about(find(catalogue, "VN", 2015, 12, 31))->id, "first");
    assert_fails(ntm_catalogue_find(&set, catalogue, "p", "l", "t", "VN", ntm_date_ymd(2016, 1, 1), &err),
                 NTM_ERROR_CONFLICT, &err,
                 "2 sets are in force on 2016-01-01, and none says that it follows the other");
    ntm_catalogue_free(catalogue);
    const file clear[] = {{"versions-1.yaml", first}, {"versions-2.yaml", next}};
    catalogue = open_good(clear, 2, false);
    assert_string_equal(ntm_set_about(find(catalogue, "VN", 2015, 12, 31))->id, "first");
    assert_string_equal(ntm_set_about(find(catalogue, "VN", 2016, 1, 1))->id, "next");
    assert_fails(ntm_catalogue_find(&set, catalogue, "p", "l", "t", "VN", ntm_date_ymd(2009, 1, 1), &err),
                 NTM_ERROR_NOT_IN_FORCE, &err, "first from 2010-01-01 to 2015-12-31 (then next), next from 2016-01-01");
    for (size_t i = 0; i < ntm_catalogue_version_count(catalogue); i++) {
        const ntm_set_version *version = ntm_catalogue_version(catalogue, i);
        if (strcmp(version->id, "first") == 0) assert_int_equal(version->to, ntm_date_ymd(2015, 12, 31));
    }
    ntm_catalogue_free(catalogue);
    /* What follows it in one province leaves it as it is elsewhere. */
    const file part[] = {{"versions-1.yaml", first}, {"versions-2.yaml", local}};
    catalogue = open_good(part, 2, false);
    assert_string_equal(ntm_set_about(find(catalogue, "42", 2016, 1, 1))->id, "local");
    assert_string_equal(ntm_set_about(find(catalogue, "40", 2016, 1, 1))->id, "first");
    ntm_catalogue_free(catalogue);
}

/* Bad layers: all problems of all of them, each once, with both places. */
static void test_bad(void **state) {
    (void)state;
    static const struct {
        const char *text;
        ntm_status status;
        uint32_t line;
        const char *piece;
    } cases[] = {
        {LAYER("law.x", "VN", "from: 2026-01-01", ""), NTM_ERROR_NOT_IN_FORCE, 6,
         "overlay \"law.x\" is in force from 2026-01-01, and its set \"law\" from 2021-01-01 to 2025-12-31 "
         "(versions-law.yaml:7): on no day together"},
        {LAYER("law.x", "VN", "from: 2019-01-01, to: 2020-12-31", ""), NTM_ERROR_NOT_IN_FORCE, 6, "on no day together"},
        {"format: ntm-overlay/1\nid: x\nof: lost\nstanding: cited\n", NTM_ERROR_NOT_FOUND, 3,
         "goes over set \"lost\", which is not in the catalogue"},
        {LAYER("law.x", "\"42\"", "from: 2022-01-01", "tightens: {figures: {least: {value: 80, source: [S1]}}}\n"),
         NTM_ERROR_CONFLICT, 7, "figure \"least\": 80 is looser than 90 of a higher act (versions-law.yaml:11)"},
        {LAYER("law.x", "\"42\"", "from: 2022-07-01", "figures: {roads: {value: 80, source: [S1]}}\n"),
         NTM_ERROR_CONFLICT, 7, "and so does \"law.42\" (versions-42.yaml:8), of the same rank and day"},
        {LAYER("law.x", "\"42\"", "from: 2022-08-01", "figures: {roads: {value: 80, source: [S1]}}\n"),
         NTM_ERROR_CONFLICT, 7, "is there already (versions-42.yaml:8)"},
        {LAYER("law.x", "VN\nrank: province", "from: 2022-08-01", ""), NTM_ERROR_CONFLICT, 6,
         "an act of rank province and would hold in all of \"VN\""}, /* a place that was forgotten */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        file files[4] = {law[0], law[1], law[2], {"versions-x.yaml", cases[i].text}};
        for (int backwards = 0; backwards < 2; backwards++) {
            ntm_catalogue *catalogue = NULL;
            ntm_problems *problems = NULL;
            ntm_error err = NTM_ERROR_INIT;
            assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
            assert_fails(open_files(&catalogue, files, 4, backwards != 0, problems, NULL, &err), cases[i].status, &err,
                         cases[i].piece);
            assert_string_equal(err.subject, "versions-x.yaml");
            assert_int_equal(err.line, cases[i].line);
            assert_int_equal(ntm_problems_found(problems), 1); /* once, in however many versions it would be */
            assert_null(catalogue);
            ntm_problems_free(problems);
        }
    }
    /* Two bad ones: both are told. */
    file files[] = {law[0], {"versions-x.yaml", cases[0].text}, {"versions-y.yaml", cases[2].text}};
    ntm_catalogue *catalogue = NULL;
    ntm_problems *problems = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    assert_int_equal(open_files(&catalogue, files, 3, false, problems, NULL, &err), NTM_ERROR_NOT_IN_FORCE);
    assert_int_equal(ntm_problems_found(problems), 2);
    ntm_problems_free(problems);
    /* A set of one province, and a layer of another. */
    const file strangers[] = {
        {"versions-own.yaml", SET("law", "\"42\"", "from: 2021-01-01", BODY)},
        {"versions-x.yaml", LAYER("law.x", "\"40\"", "from: 2022-01-01", "")},
    };
    assert_fails(open_files(&catalogue, strangers, 2, false, NULL, NULL, &err), NTM_ERROR_CONFLICT, &err,
                 "overlay \"law.x\" holds in \"40\", and its set \"law\" (versions-own.yaml) in \"42\"");
    assert_int_equal(err.line, 5);
}

/* Large tables of few figures: years that are given nowhere near one another. */
static void test_standings_of_long_lines(void **state) {
    (void)state;
    enum { SIZE = 1 << 21, FIGURES = 2000 };
    char *text = malloc(SIZE);
    size_t used = 0;
    ntm_standings standings;
    ntm_error err = NTM_ERROR_INIT;
    assert_non_null(text);
#define ADD(...) used += (size_t)snprintf(text + used, SIZE - used, __VA_ARGS__)
    ADD("%saxes:\n  k: {values: [a, b, c, d, e, f, g, h]}\n  year: {values: [\"2111\"", HEAD);
    for (int year = 1600; year < 2111; year++) /* the last stands first */
        ADD(", \"%d\"", year);
    ADD("]}\nfacts: {plan: {kind: flag}}\nfigures:\n");
    for (int i = 0; i < FIGURES; i++)
        ADD("  f%d: {unit: km, axes: [year, k], interpolate: true, source: [S1],"
            " values: {\"1601\": {a: 1}, \"2110\": {a: 2, b: 1}}}\n",
            i);
    ADD("criteria: [{id: \"1\", rule: {attested: plan}, source: [S1]}]\n");
#undef ADD
    assert_true(used < SIZE - 1);
    ntm_set *set = documents_read(text);
    free(text);
    double began = documents_clock();
    assert_ok(ntm_set_standings(&standings, set, &err), &err);
    documents_in_time("counting long lines", documents_clock() - began, 2);
    assert_int_equal(standings.cells.cited, FIGURES * (510 + 1));
    assert_int_equal(standings.cells.absent, FIGURES * (4096 - 511));
    ntm_set_free(set);
}

/* A rank below that of the place is right where the set itself holds in no more than that. */
static void test_rank_in_a_local_set(void **state) {
    (void)state;
    static const file files[] = {
        {"versions-own.yaml", SET("law", "\"42\"", "from: 2021-01-01", BODY)},
        {"versions-x.yaml",
         LAYER("law.x", "VN\nrank: province", "from: 2022-01-01", "figures: {roads: {value: 50, source: [S1]}}\n")},
    };
    ntm_catalogue *catalogue = open_good(files, 2, false);
    assert_int_equal(value_of(find(catalogue, "42", 2022, 1, 1), "roads"), 50);
    ntm_catalogue_free(catalogue);
}

/* Acts whose days overlap all one another, none within another, give as many sets as there are pairs of them. */
static void test_too_many_versions(void **state) {
    (void)state;
    enum { ACTS = 92, SIZE = 512 };
    static char texts[ACTS][SIZE], names[ACTS][32];
    const char *paths[ACTS + 1] = {law[0].name};
    ntm_catalogue *catalogue = NULL;
    ntm_error err = NTM_ERROR_INIT;
    for (int i = -1; i < ACTS; i++) {
        int year, month, day, last_year, last_month, last_day;
        ntm_date_parts(ntm_date_ymd(2021, 1, 2) + i, &year, &month, &day);
        ntm_date_parts(ntm_date_ymd(2021, 1, 2) + i + ACTS, &last_year, &last_month, &last_day);
        if (i >= 0) {
            (void)snprintf(texts[i], SIZE, LAYER("law.x%d", "VN", "from: %04d-%02d-%02d, to: %04d-%02d-%02d", ""), i,
                           year, month, day, last_year, last_month, last_day);
            (void)snprintf(names[i], sizeof names[i], "versions-x%d.yaml", i);
            paths[i + 1] = names[i];
        }
        FILE *stream = fopen(paths[i + 1], "wb");
        assert_non_null(stream);
        assert_true(fputs(i < 0 ? law[0].text : texts[i], stream) >= 0);
        assert_int_equal(fclose(stream), 0);
    }
    ntm_status status = ntm_catalogue_open(&catalogue, paths, ACTS + 1, NULL, &err);
    for (int i = 0; i <= ACTS; i++)
        (void)remove(paths[i]);
    assert_fails(status, NTM_ERROR_LIMIT, &err, "more than 4096 sets");
    assert_null(catalogue);
}

static void test_standings(void **state) {
    (void)state;
    static const file files[] = {
        {"versions-s.yaml",
         SET("s", "VN", "from: 2021-01-01",
             "axes: {region: {values: [A, B]}, year: {values: [\"2021\", \"2022\", \"2023\"]}}\n"
             "facts: {plan: {kind: flag}, n: {kind: count, unit: house}}\n"
             "figures:\n"
             "  one: {unit: house, value: 3, source: [S1]}\n"
             "  none: {unit: house}\n"
             "  left: {unit: house, axes: [region], delegated_to: x, source: [S1], values: {A: 1}}\n"
             "  line: {unit: house, axes: [region, year], interpolate: true, source: [S1], values: {A: {\"2021\": 1, \"2023\": 3},\n"
             "    B: {\"2021\": 1}}}\n"
             "criteria:\n"
             "  - {id: a, name: {vi: A}, source: [S1], indicators: [{id: a.1, name: {en: x}, rule: {attested: plan}},\n"
             "      {id: a.2, name: {vi: x}, source: [S1]}, {id: a.3}]}\n"
             "  - {id: b}\n"
             "preconditions: [{id: p, rule: {attested: plan}}]\n")},
        {"versions-s-u.yaml",
         "format: ntm-overlay/1\nid: s.unverified\nof: s\nstanding: unverified\n"
         "figures: {none: {value: 2}, new: {unit: house, value: 3}, line: {values: {B: {\"2023\": 4}}}}\n"
         "indicators: {a.2: {rule: {attested: plan}}, a.3: {name: {vi: y}}}\n"},
    };
    ntm_catalogue *catalogue = open_good(files, 2, false);
    ntm_standings counts, all;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_set_standings(&counts, ntm_catalogue_get(catalogue, "s"), &err), &err);
    assert_int_equal(counts.cells.cited, 1 + 1 + 3 + 1);
    assert_int_equal(counts.cells.unverified, 0);
    assert_int_equal(counts.cells.absent, 1 + 2);
    assert_int_equal(counts.cells.delegated, 1);
    assert_int_equal(counts.rules.cited, 1);      /* a.1 rests on its criterion */
    assert_int_equal(counts.rules.unverified, 1); /* p rests on nothing */
    assert_int_equal(counts.rules.absent, 3);     /* a.2, a.3, b */
    assert_int_equal(counts.rules.delegated, 0);
    assert_int_equal(counts.names.cited, 3);
    assert_int_equal(counts.names.absent, 3); /* a.3, b, p */
    assert_ok(ntm_catalogue_status(&counts, catalogue, "s", &err), &err);
    assert_int_equal(counts.cells.cited, 6);
    assert_int_equal(counts.cells.unverified, 1 + 1 + 2); /* none, new, two years of B: one of them between */
    assert_int_equal(counts.cells.absent, 0);
    assert_int_equal(counts.rules.cited, 1);
    assert_int_equal(counts.rules.unverified, 2);
    assert_int_equal(counts.rules.absent, 2);
    assert_int_equal(counts.names.cited, 3); /* a.2 got its rule from memory, not its name */
    assert_int_equal(counts.names.unverified, 1);
    assert_ok(ntm_catalogue_status(&all, catalogue, NULL, &err), &err);
    assert_true(all.cells.cited > counts.cells.cited);
    assert_true(all.rules.absent > 0);
    assert_fails(ntm_catalogue_status(&all, catalogue, "nobody", &err), NTM_ERROR_NOT_FOUND, &err, "no set of this id");
    assert_int_equal(ntm_catalogue_status(NULL, catalogue, NULL, NULL), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_set_standings(&all, NULL, NULL), NTM_ERROR_ARGUMENT);
    ntm_catalogue_free(catalogue);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_time_and_place),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_local_set),
        cmocka_unit_test(test_follows),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_standings),
            cmocka_unit_test(test_rank_in_a_local_set),
        cmocka_unit_test(test_too_many_versions),
        cmocka_unit_test(test_standings_of_long_lines),
    };
    return cmocka_run_group_tests(tests, scratch_enter, scratch_leave);
}
