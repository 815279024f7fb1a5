/* SPDX-License-Identifier: Apache-2.0 */
/* Documents for tests of reading, and what is expected of them. */
#ifndef NTM_TEST_DOCUMENTS_H
#define NTM_TEST_DOCUMENTS_H

#include "fault.h"

#include <ntm/catalogue.h>

/* The first 7 lines of a set; what a test writes begins at line 8. */
#define HEAD                                                                                                           \
    "format: ntm-set/1\n"                                                                                              \
    "id: a-set\n"                                                                                                      \
    "programme: ntm\n"                                                                                                 \
    "level: commune\n"                                                                                                 \
    "tier: standard\n"                                                                                                 \
    "place: VN\n"                                                                                                      \
    "sources: {S1: {where: here, what: this}}\n"

/* Facts, figures and a criterion to hang rules on: 8 lines, then the rule at line 16. */
#define PARTS                                                                                                          \
    HEAD "axes: {region: {values: [BTB, DBSH]}, year: {values: [\"2019\", \"2020\"]}}\n"                               \
         "dimensions: {sex: [female, male]}\n"                                                                         \
         "facts: {households: {kind: count, unit: household}, poor: {kind: count, unit: household},\n"                 \
         "  road: {kind: amount, unit: km}, plan: {kind: flag}, union: {kind: level, levels: [low, high]},\n"          \
         "  trained: {kind: count, unit: person, by: sex}, day: {kind: date}}\n"                                       \
         "figures: {share: {unit: \"%\", axes: [region], source: [S1], values: {BTB: 90}}}\n"                          \
         "criteria:\n"                                                                                                 \
         "  - {id: \"1\", indicators: [{id: \"1.1\", rule:\n"                                                          \
         "      "
#define TAIL "}]}\n"

/* A document that has to be refused. */
typedef struct refused {
    const char *what;
    const char *text;
    ntm_status status;
    uint32_t line, column; /* of the first problem */
    const char *piece;     /* of its message */
    size_t found;          /* problems in all */
} refused;

/* Reads all and compares; what differs is shown with every problem that was found. */
void documents_refuse(const refused *cases, size_t count);
/* The same for overlays. */
void documents_refuse_overlays(const refused *cases, size_t count);
/* Reads a set that is good; fails the test with all problems otherwise. */
ntm_set *documents_read(const char *text);
ntm_overlay *documents_read_overlay(const char *text);
/* Writes and reads again; fails when the sets differ. */
void documents_round_trip(const ntm_set *set);
/* Seconds since some moment. */
double documents_clock(void);
/* Fails when something took longer, unless it runs under what makes everything many times slower. */
void documents_in_time(const char *what, double seconds, double most);

#endif
