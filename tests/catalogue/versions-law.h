/* SPDX-License-Identifier: Apache-2.0 */
/* A law with layers in time and place, and catalogues of files that are written for one call. */
#ifndef NTM_TEST_VERSIONS_LAW_H
#define NTM_TEST_VERSIONS_LAW_H

#include "documents.h"
#include "scratch.h"

#include <stdio.h>

/* One file of a catalogue. */
typedef struct file {
    const char *name;
    const char *text;
} file;

#define FILES_MAX 10

static inline ntm_status open_files(ntm_catalogue **out, const file *files, size_t count, bool backwards,
                                    ntm_problems *problems, const ntm_allocator *allocator, ntm_error *err) {
    const char *paths[FILES_MAX];
    assert_true(count <= FILES_MAX);
    for (size_t i = 0; i < count; i++) {
        FILE *stream = fopen(files[i].name, "wb");
        assert_non_null(stream);
        assert_true(fputs(files[i].text, stream) >= 0);
        assert_int_equal(fclose(stream), 0);
        paths[backwards ? count - 1 - i : i] = files[i].name;
    }
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.problems = problems;
    options.allocator = allocator;
    ntm_status status = ntm_catalogue_open(out, paths, count, &options, err);
    for (size_t i = 0; i < count; i++)
        (void)remove(files[i].name);
    return status;
}

static inline ntm_catalogue *open_good(const file *files, size_t count, bool backwards) {
    ntm_catalogue *catalogue = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(open_files(&catalogue, files, count, backwards, NULL, NULL, &err), &err);
    return catalogue;
}

#define SET(id, place, force, rest)                                                                                    \
    "format: ntm-set/1\nid: " id "\nprogramme: p\nlevel: l\ntier: t\nplace: " place "\n"                               \
    "instrument: {in_force: {" force "}, source: [S1]}\nsources: {S1: {where: here}}\n" rest
#define BODY                                                                                                           \
    "facts: {people: {kind: count, unit: person}, insured: {kind: count, unit: person}, plan: {kind: flag}}\n"         \
    "figures:\n"                                                                                                       \
    "  least: {unit: \"%\", value: 90, source: [S1]}\n"                                                                \
    "  roads: {unit: \"%\", delegated_to: tỉnh, source: [S1]}\n"                                                     \
    "criteria:\n"                                                                                                      \
    "  - id: \"1\"\n"                                                                                                  \
    "    indicators:\n"                                                                                                \
    "      - {id: \"1.1\", rule: [{ratio: [insured, people]}, \">=\", {figure: least}], source: [S1]}\n"               \
    "      - {id: \"1.2\", rule: [{ratio: [insured, people]}, \">=\", {figure: roads}], source: [S1]}\n"               \
    "      - {id: \"1.3\"}\n"
#define LAYER(id, place, force, rest)                                                                                  \
    "format: ntm-overlay/1\nid: " id "\nof: law\nstanding: cited\nplace: " place "\n"                                  \
    "instrument: {in_force: {" force "}, source: [S1]}\n" rest

static const file law[] = {
    {"versions-law.yaml", SET("law", "VN", "from: 2021-01-01, to: 2025-12-31", BODY)},
    {"versions-2024.yaml",
     LAYER("law.2024", "VN", "from: 2024-03-01", "replaces: {figures: {least: {value: 97, source: [S1]}}}\n")},
    {"versions-42.yaml", LAYER("law.42", "\"42\"", "from: 2022-07-01",
                               "tightens: {figures: {least: {value: 95, source: [S1]}}}\n"
                               "figures: {roads: {value: 50, source: [S1]}}\n")},
    {"versions-42-2.yaml", LAYER("law.42-2", "\"42\"", "from: 2023-01-01, to: 2024-12-31",
                                 "replaces: {figures: {roads: {value: 60, source: [S1]}}}\n")},
    {"versions-436.yaml", LAYER("law.436", "42/436", "from: 2023-06-01",
                                "adds: {criteria: [{id: \"9\", rule: {attested: plan}, source: [S1]}]}\n")},
    {"versions-40.yaml",
     LAYER("law.40", "\"40\"", "from: 2020-01-01", "figures: {roads: {value: 70, source: [S1]}}\n")},
    {"versions-dayless.yaml",
     LAYER("law.dayless", "\"42\"", "to: 2024-01-01", "indicators: {\"1.3\": {name: {vi: x}, source: [S1]}}\n")},
    {"versions-recalled.yaml", "format: ntm-overlay/1\nid: law.unverified\nof: law\nstanding: unverified\n"
                               "indicators: {\"1.3\": {rule: {attested: plan}}}\nfigures: {roads: {value: 5}}\n"},
};
enum { LAW = sizeof law / sizeof law[0] };

#endif
