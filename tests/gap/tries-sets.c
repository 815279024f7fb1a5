/* SPDX-License-Identifier: Apache-2.0 */
/* Random sets as text: conditions, criteria, the status, preconditions, revocation. */
#include "tries.h"

#include <stdarg.h>
#include <stdio.h>

uint64_t made_below(made *g, uint64_t end) { return fault_random(&g->random) % end; }

void made_put(made *g, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    g->size += (size_t)vsnprintf(g->text + g->size, sizeof g->text - g->size, format, arguments);
    va_end(arguments);
    assert_true(g->size < sizeof g->text);
}

static const char facts_text[] =
    "axes:\n  region: {values: [A, B, C]}\ndimensions: {sex: [female, male]}\nfacts:\n"
    "  a0: {name: {vi: a}, kind: amount, unit: km}\n  a1: {name: {vi: a}, kind: amount, unit: km}\n"
    "  a2: {name: {vi: a}, kind: amount, unit: km}\n  a3: {name: {vi: a}, kind: amount, unit: km}\n"
    "  a4: {name: {vi: a}, kind: amount, unit: km}\n  s0: {name: {vi: s}, kind: share, unit: \"%\"}\n"
    "  m0: {name: {vi: m}, kind: money, unit: triệu đồng}\n"
    "  c0: {name: {vi: c}, kind: count, unit: household}\n"
    "  c1: {name: {vi: c}, kind: count, unit: household, part_of: c0}\n"
    "  c2: {name: {vi: c}, kind: count, unit: person}\n  c3: {name: {vi: c}, kind: count, unit: person}\n"
    "  c4: {name: {vi: c}, kind: count, unit: person}\n  n: {name: {vi: n}, kind: count, unit: person, by: sex}\n"
    "  day: {name: {vi: d}, kind: date}\n"
    "  f0: {name: {vi: f}, kind: flag}\n  f1: {name: {vi: f}, kind: flag}\n  f2: {name: {vi: f}, kind: flag}\n"
    "  f3: {name: {vi: f}, kind: flag}\n  f4: {name: {vi: f}, kind: flag}\n"
    "  l0: {name: {vi: l}, kind: level, levels: [low, mid, high]}\n"
    "  l1: {name: {vi: l}, kind: level, levels: [low, mid, high]}\n"
    "figures:\n  length: {unit: km, axes: [region], source: [S], values: {A: 3, B: 7.5}}\n";

/* ------------------------------------------------------------------------------------------- conditions */

static void list(made *g, int count, int depth, bool good) {
    made_put(g, "[");
    for (int at = 0; at < count; at++) {
        if (at > 0) made_put(g, ", ");
        made_condition(g, depth - 1, good);
    }
    made_put(g, "]");
}

void made_condition(made *g, int depth, bool good) {
    if (depth <= 0 || made_below(g, 3) == 0) {
        made_leaf(g, good);
        return;
    }
    int count = 2 + (int)made_below(g, 2);
    switch (made_below(g, g->how == MAKE_SIMPLE ? 5 : 6)) {
        case 0:
            made_put(g, "{all: ");
            list(g, count, depth, good);
            break;
        case 1:
        case 2:
            made_put(g, "{any: ");
            list(g, count, depth, good);
            break;
        case 3:
            made_put(g, "{at_least: %d, of: ", 1 + (int)made_below(g, (uint64_t)count));
            list(g, count, depth, good);
            break;
        case 4:
            made_put(g, "{not: ");
            made_condition(g, depth - 1, !good);
            break;
        default:
            made_put(g, "{if_applicable: f%d, then: ", (int)made_below(g, 5));
            made_condition(g, depth - 1, good);
            break;
    }
    made_put(g, "}");
}

/* ------------------------------------------------------------------------------------------- parts */

static void indicator(made *g, bool first) {
    made_put(g, "%s      - {id: \"%d.%d\", name: {vi: x}, source: [S]", first ? "    indicators:\n" : "",
             g->criteria + 1, g->indicators + 1);
    g->indicator = g->indicators;
    if (g->how == MAKE_SIMPLE || made_below(g, 12) != 0) {
        made_put(g, ", rule: ");
        made_condition(g, g->how == MAKE_ALONE ? 0 : g->how == MAKE_SIMPLE ? 1 : 2, true);
    }
    made_put(g, "}\n");
    g->indicators++;
}

/* What a criterion asks of its indicators. */
static void own_rule(made *g, int from, int count) {
    g->own[g->criteria] = true;
    int first = from + 1;
    bool share = made_below(g, 2) == 0;
    switch (made_below(g, 3)) {
        case 0:
            made_put(g, "    rule: {any: [");
            for (int at = 0; at < count; at++)
                made_put(g, "%s{indicator: \"%d.%d\"}", at > 0 ? ", " : "", g->criteria + 1, first + at);
            made_put(g, "]}\n");
            break;
        default:
            made_put(g, "    rule: [{%s: indicators, among: [", share ? "share" : "count");
            for (int at = 0; at < count; at++)
                made_put(g, "%s\"%d.%d\"", at > 0 ? ", " : "", g->criteria + 1, first + at);
            if (share)
                made_put(g, "]}, \">=\", {constant: %d, unit: \"%%\"}]\n", 20 + (int)made_below(g, 80));
            else
                made_put(g, "]}, \">=\", {constant: %d}]\n", 1 + (int)made_below(g, (uint64_t)count));
            break;
    }
}

static void criterion(made *g) {
    int count = (int)made_below(g, 4), from = g->indicators;
    g->criterion = g->criteria;
    g->first[g->criteria] = from;
    made_put(g, "  - id: \"%d\"\n    name: {vi: c}\n    source: [S]\n", g->criteria + 1);
    if (count == 0) {
        made_put(g, "    rule: ");
        g->own[g->criteria] = true;
        g->indicator = -1;
        made_condition(g, g->how == MAKE_ALONE ? 0 : 1, true);
        made_put(g, "\n");
    } else if (made_below(g, 3) == 0) {
        own_rule(g, from, count);
    }
    for (int at = 0; at < count; at++)
        indicator(g, at == 0);
    g->criteria++;
    g->first[g->criteria] = g->indicators;
}

static void status(made *g) {
    int half = 1 + (int)made_below(g, (uint64_t)g->criteria);
    switch (made_below(g, 5)) {
        case 0: made_put(g, "status: [{count: criteria}, \">=\", {constant: %d}]\n", half); break;
        case 1: made_put(g, "status: [{count: criteria, verdict: not met}, \"<\", {constant: %d}]\n", half); break;
        case 2: made_put(g, "status: [{constant: %d, unit: \"%%\"}, \"<\", {share: criteria}]\n", 10 * half); break;
        case 3:
            made_put(g, "status: {at_least: %d, of: [", half);
            for (int at = 0; at < g->criteria; at++)
                made_put(g, "%s{criterion: \"%d\"}", at > 0 ? ", " : "", at + 1);
            made_put(g, "]}\n");
            break;
        default: break;
    }
}

void made_start(made *g, maker how, uint64_t seed) {
    memset(g, 0, sizeof *g);
    g->how = how;
    g->random = seed * 1000003 + (uint64_t)how;
    for (int at = 0; at < U_END; at++)
        g->good[at] = made_below(g, 2) == 0;
    made_put(g, "%s%scriteria:\n", HEAD, facts_text);
    int count = 1 + (int)made_below(g, how == MAKE_SIMPLE ? 3 : 4);
    for (int at = 0; at < count; at++)
        criterion(g);
    status(g);
    if (how != MAKE_SIMPLE && made_below(g, 3) == 0) {
        made_put(g, "preconditions:\n  - {id: p, name: {vi: p}, source: [S], rule: ");
        made_condition(g, how == MAKE_ALONE ? 0 : 1, true);
        made_put(g, "}\n");
        g->preconditions = 1;
    }
    if (made_below(g, 2) == 0) {
        g->needed_lost = 1 + (int)made_below(g, (uint64_t)g->criteria);
        made_put(g, "revocation: [{count: criteria, verdict: not met}, \">=\", {constant: %d}]\n", g->needed_lost);
    }
    g->set = taken(g->text);
}

void made_end(made *g) { ntm_set_free(g->set); }
