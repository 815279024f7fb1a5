/* SPDX-License-Identifier: Apache-2.0 */
/* The law that most tests of trajectories use. */
#ifndef NTM_TEST_TRAJECTORY_LAW_H
#define NTM_TEST_TRAJECTORY_LAW_H

#include "course.h"

#define C(id, rest) "  - id: \"" id "\"\n    name: {vi: c}\n    source: [S]\n" rest
#define WITH        "    indicators:\n"
#define COUNT_FACT  "kind: count, unit: household"

#define LAW                                                                                                                                                                      \
    HEAD                                                                                                                                                                         \
        "axes:\n  region: {values: {A: {vi: a}, B: {vi: b}}}\n  year: {values: [\"2021\", \"2023\", \"2025\"]}\n"                                                                \
        "dimensions: {sex: [female, male]}\n"                                                                                                                                    \
        "facts:\n"                                                                                                                                                               \
        "  clean: {name: {vi: f}, kind: share, unit: '%'}\n"                                                                                                                     \
        "  households: {name: {vi: f}, " COUNT_FACT "}\n"                                                                                                                        \
        "  poor: {name: {vi: f}, " COUNT_FACT ", part_of: households}\n"                                                                                                         \
        "  hall: {name: {vi: f}, kind: flag}\n"                                                                                                                                  \
        "  union: {name: {vi: f}, kind: level, levels: [low, fair, good]}\n"                                                                                                     \
        "  income: {name: {vi: f}, kind: amount, unit: triệu đồng/người/năm}\n"                                                                                         \
        "  market: {name: {vi: f}, kind: share, unit: '%'}\n"                                                                                                                    \
        "  toilets: {name: {vi: f}, " COUNT_FACT "}\n"                                                                                                                           \
        "  roads: {name: {vi: f}, kind: amount, unit: km}\n"                                                                                                                     \
        "  unread: {name: {vi: f}, kind: count, unit: person}\n"                                                                                                                 \
        "  pupils: {name: {vi: f}, kind: count, unit: person, by: sex}\n"                                                                                                        \
        "  opened: {name: {vi: f}, kind: date}\n"                                                                                                                                \
        "figures:\n"                                                                                                                                                             \
        "  income: {unit: triệu đồng/người/năm, axes: [region, year], interpolate: true, source: [S],\n"                                                                \
        "    values: {A: {\"2021\": 39, \"2025\": 53}, B: {\"2021\": 40, \"2025\": 50}}}\n"                                                                                      \
        "  roads: {unit: km, axes: [year], source: [S], values: {\"2021\": 3, \"2025\": 9}}\n"                                                                                   \
        "criteria:\n" C("1", WITH RULE("\"1.1\"", "[clean, '>=', {constant: 85, unit: '%'}]")                                                                                    \
                                 RULE("\"1.2\"", "[{ratio: [poor, households]}, '<=', {constant: 4, unit: '%'}]"))                                                               \
            C("2", WITH RULE("\"2.1\"", "{attested: hall}") RULE("\"2.2\"", "{at_level: [fair, union]}")) C(                                                                     \
                "3", "    rule: {any: [{indicator: \"3.1\"}, {indicator: \"3.2\"}]}\n" WITH RULE(                                                                                \
                         "\"3.1\"", "[income, '>=', {figure: income}]")                                                                                                          \
                         RULE("\"3.2\"", "{if_applicable: market, then: [market, '>', {constant: 50, unit: '%'}]}"))                                                             \
                C("4", "    rule: [{constant: 10, unit: household}, '<=', toilets]\n") C(                                                                                        \
                    "5",                                                                                                                                                         \
                    WITH RULE("\"5.1\"", "[roads, '>=', {figure: roads}]") RULE(                                                                                                 \
                        "\"5.2\"", "{all: [[roads, '>', {constant: 1, unit: km}], {attested: hall}]}")                                                                           \
                        RULE("\"5.3\"", "{not: {indicator: \"2.1\"}}") RULE(                                                                                                     \
                            "\"5.4\"",                                                                                                                                           \
                            "[toilets, '=', {constant: 20, unit: household}]")) "status: {all: [[{count: criteria, among: [\"1\", \"2\", \"3\", \"4\"]}, '>=', {constant: 2}], " \
                                                                                "{criterion: \"4\"}]}\n"

#define IND NTM_TRACK_INDICATOR
#define CRI NTM_TRACK_CRITERION
#define STA NTM_TRACK_STATUS
#define FCT NTM_TRACK_FACT

#endif
