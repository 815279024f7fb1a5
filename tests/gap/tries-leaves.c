/* SPDX-License-Identifier: Apache-2.0 */
/* Single conditions of random sets. */
#include "tries.h"

/* One of the facts from..to that does not stand anywhere yet, where none may twice. */
static what pick(made *g, what from, what to) {
    int count = (int)to - (int)from + 1;
    int start = (int)made_below(g, (uint64_t)count);
    for (int at = 0; at < count; at++) {
        int fact = (int)from + (start + at) % count;
        if (g->how == MAKE_MONOTONE || (g->used >> fact & 1) == 0) {
            g->used |= UINT64_C(1) << fact;
            return (what)fact;
        }
    }
    g->doubled = true;
    return (what)((int)from + start);
}

static bool taken_already(const made *g, what fact) { return g->how != MAKE_MONOTONE && (g->used >> fact & 1) != 0; }

/* A sign by which more is wanted, or less; any where facts stand once. */
static ntm_comparison sign(made *g, what fact, bool good) {
    static const ntm_comparison more[] = {NTM_MORE_OR_EQUAL, NTM_MORE}, less[] = {NTM_LESS_OR_EQUAL, NTM_LESS};
    uint64_t which = made_below(g, 2);
    bool up = g->how == MAKE_MONOTONE ? g->good[fact] == good : made_below(g, 3) != 0;
    if (g->how != MAKE_MONOTONE && g->how != MAKE_SIMPLE && made_below(g, 8) == 0) return NTM_EQUAL;
    return up ? more[which] : less[which];
}

static const char *const signs[] = {"", "<", "<=", "=", ">=", ">"};

/* The comparison with the constant on either side. */
static void compare(made *g, const char *quantity, ntm_comparison sign, const char *constant) {
    if (made_below(g, 2) == 0)
        made_put(g, "[%s, \"%s\", %s]", quantity, signs[sign], constant);
    else
        made_put(g, "[%s, \"%s\", %s]", constant, signs[6 - sign], quantity);
}

static char *text(char *room, const char *format, ...) __attribute__((format(printf, 2, 3)));

#include <stdarg.h>
#include <stdio.h>

static char *text(char *room, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(room, 200, format, arguments);
    va_end(arguments);
    return room;
}

static void keep(made *g, leaf l, bool good) {
    l.good = good;
    l.indicator = g->indicator;
    l.criterion = g->criterion;
    if (g->how != MAKE_SIMPLE) return;
    assert_true(g->leaf_count < SET_LEAVES);
    g->leaves[g->leaf_count++] = l;
}

/* ------------------------------------------------------------------------------------------- the sorts */

static void amount(made *g, bool good) {
    char quantity[200], constant[200];
    what fact = pick(g, U_A0, U_M0);
    int64_t quarters = 1 + (int64_t)made_below(g, fact == U_S0 ? 398 : 50);
    ntm_comparison by = sign(g, fact, good);
    const char *in = fact == U_S0 ? "\"%\"" : fact == U_M0 ? "triệu đồng" : "km";
    keep(g, (leaf){fact, by, quarters * (TINY / 4), false, true, 0, 0}, good);
    (void)text(quantity, "%s", what_name(fact));
    (void)text(constant, "{constant: %d.%02d, unit: %s}", (int)(quarters / 4), (int)(quarters % 4 * 25), in);
    if (fact < U_S0 && made_below(g, 4) == 0)
        (void)text(constant, "{constant: %d, unit: m}", (int)quarters * 250);
    else if (fact < U_S0 && g->how != MAKE_SIMPLE && made_below(g, 3) == 0)
        (void)text(constant, "{figure: length}");
    if (g->how != MAKE_SIMPLE && made_below(g, 5) == 0)
        (void)text(quantity, "{rounded: %s, digits: %d, mode: %s, source: [S]}", what_name(fact), (int)made_below(g, 2),
                   made_below(g, 2) == 0 ? "half up" : "down");
    compare(g, quantity, by, constant);
}

static void count(made *g, bool good) {
    char constant[200];
    what fact = pick(g, U_C2, U_C4);
    int number = 1 + (int)made_below(g, 12);
    ntm_comparison by = sign(g, fact, good);
    keep(g, (leaf){fact, by, number, false, true, 0, 0}, good);
    compare(g, what_name(fact), by, text(constant, "{constant: %d, unit: person}", number));
}

/* How many of c0. */
static void share(made *g, bool good) {
    char quantity[200], constant[200];
    int per_cent = 1 + (int)made_below(g, 99);
    ntm_comparison by = sign(g, U_C1, good);
    g->used |= UINT64_C(1) << U_C1;
    keep(g, (leaf){U_C1, by, per_cent, true, true, 0, 0}, good);
    (void)text(quantity, "{ratio: [c1, c0]}");
    if (g->how != MAKE_SIMPLE && made_below(g, 3) == 0)
        (void)text(quantity, "{rounded: {ratio: [c1, c0]}, digits: %d, unit: \"%%\", mode: %s, source: [S]}",
                   (int)made_below(g, 2), made_below(g, 2) == 0 ? "half up" : "up");
    compare(g, quantity, by, text(constant, "{constant: %d, unit: \"%%\"}", per_cent));
}

static void flag(made *g, bool good) {
    what fact = made_below(g, 5) == 0 ? pick(g, U_HOLDS, U_HOLDS) : pick(g, U_F0, U_F4);
    bool wanted = g->how == MAKE_MONOTONE ? g->good[fact] == good : made_below(g, 3) != 0;
    keep(g, (leaf){fact, NTM_EQUAL, wanted, false, true, 0, 0}, good);
    if (!wanted) made_put(g, "{not: ");
    if (fact == U_HOLDS)
        made_put(g, "{holds: H}");
    else
        made_put(g, "{attested: %s}", what_name(fact));
    if (!wanted) made_put(g, "}");
}

static void level(made *g, bool good) {
    what fact = pick(g, U_L0, U_L1);
    bool wanted = g->how == MAKE_MONOTONE ? g->good[fact] == good : made_below(g, 3) != 0;
    bool high = made_below(g, 2) == 0;
    keep(g, (leaf){fact, wanted ? NTM_MORE_OR_EQUAL : NTM_LESS, high ? 2 : 1, false, true, 0, 0}, good);
    made_put(g, "%s{at_level: [%s, %s]}%s", wanted ? "" : "{not: ", high ? "high" : "mid", what_name(fact),
             wanted ? "" : "}");
}

/* Two amounts or counts in one quantity; more of the first is more of it. */
static void several(made *g, bool good) {
    char quantity[200], constant[200];
    bool counts = made_below(g, 3) == 0;
    what a = counts ? pick(g, U_C2, U_C4) : pick(g, U_A0, U_A4);
    what b = counts ? pick(g, U_C2, U_C4) : pick(g, U_A0, U_A4);
    static const char *const kinds[] = {"sum", "sum", "difference", "minimum", "maximum"};
    uint64_t kind = made_below(g, g->how == MAKE_MONOTONE ? 2 : 5);
    ntm_comparison by = sign(g, a, good);
    if (a == b || (g->how == MAKE_MONOTONE && g->good[a] != g->good[b])) {
        flag(g, good);
        return;
    }
    (void)text(quantity, "{%s: [%s, %s]}", kinds[kind], what_name(a), what_name(b));
    if (!counts && made_below(g, 4) == 0)
        (void)text(quantity, "{sum: [%s, {product: [{constant: 2}, %s]}]}", what_name(a), what_name(b));
    const char *in = counts ? "person" : "km";
    compare(g, quantity, by, text(constant, "{constant: %d, unit: %s}", 1 + (int)made_below(g, 20), in));
}

/* So much a person. */
static void each(made *g, bool good) {
    char quantity[200], constant[200];
    what a = pick(g, U_A0, U_A4);
    if (taken_already(g, U_C0) || (g->how == MAKE_MONOTONE && g->good[U_C0] == g->good[a])) {
        flag(g, good);
        return;
    }
    if (g->how != MAKE_MONOTONE) g->used |= UINT64_C(1) << U_C0 | UINT64_C(1) << U_C1;
    ntm_comparison by = sign(g, a, good);
    (void)text(quantity, "{ratio: [%s, c0]}", what_name(a));
    if (made_below(g, 3) == 0) (void)text(quantity, "{product: [{constant: 4}, {ratio: [%s, c0]}]}", what_name(a));
    compare(g, quantity, by, text(constant, "{constant: %d.5, unit: km/household}", (int)made_below(g, 3)));
}

static void members(made *g, bool good) {
    char constant[200], condition[200], quantity[200];
    if (taken_already(g, U_NF) || taken_already(g, U_NM)) {
        flag(g, good);
        return;
    }
    g->used |= UINT64_C(1) << U_NF | UINT64_C(1) << U_NM;
    if (g->how == MAKE_MONOTONE) g->good[U_NM] = g->good[U_NF];
    ntm_comparison by = sign(g, U_NF, good);
    (void)text(condition, "[n, \"%s\", {constant: %d, unit: person}]", signs[by], 1 + (int)made_below(g, 12));
    switch (made_below(g, 3)) {
        case 0: made_put(g, "{every: sex, holds: %s}", condition); break;
        case 1:
            (void)text(quantity, "{count: members, of: sex, where: %s}", condition);
            compare(g, quantity, NTM_MORE_OR_EQUAL, text(constant, "{constant: %d}", 1 + (int)made_below(g, 2)));
            break;
        default:
            (void)text(quantity, "{share: members, of: sex, where: %s}", condition);
            compare(g, quantity, NTM_MORE, text(constant, "{constant: %d, unit: \"%%\"}", (int)made_below(g, 100)));
            break;
    }
}

static void villages(made *g, bool good) {
    char constant[200], quantity[200];
    if (taken_already(g, U_MET)) {
        flag(g, good);
        return;
    }
    g->used |= UINT64_C(1) << U_MET;
    ntm_comparison by = sign(g, U_MET, good);
    bool share_of = made_below(g, 2) == 0;
    (void)text(quantity, "{%s: children, level: village, name: v, where: {attested: f0}}",
               share_of ? "share" : "count");
    compare(g, quantity, by,
            share_of ? text(constant, "{constant: %d, unit: \"%%\"}", 1 + (int)made_below(g, 99))
                     : text(constant, "{constant: %d}", 1 + (int)made_below(g, 9)));
}

static void day(made *g, bool good) {
    char constant[200];
    what fact = pick(g, U_DAY, U_DAY);
    ntm_comparison by = sign(g, fact, good);
    compare(g, what_name(fact), by, text(constant, "{date: 2020-02-%02d}", 10 + (int)made_below(g, 15)));
}

void made_leaf(made *g, bool good) {
    uint64_t which = made_below(g, g->how == MAKE_SIMPLE ? 6 : 12);
    if (which <= 1) amount(g, good);
    if (which == 2) count(g, good);
    if (which == 3) flag(g, good);
    if (which == 4) level(g, good);
    if (which == 5 && taken_already(g, U_C1))
        flag(g, good);
    else if (which == 5)
        share(g, good);
    if (which == 6 || which == 7) several(g, good);
    if (which == 8) each(g, good);
    if (which == 9) members(g, good);
    if (which == 10) villages(g, good);
    if (which == 11) day(g, good);
}

/* ------------------------------------------------------------------------------------------- leaves that are kept */

ntm_comparison leaf_wanted(const leaf *l) {
    static const ntm_comparison denied[] = {0, NTM_MORE_OR_EQUAL, NTM_MORE, NTM_EQUAL, NTM_LESS, NTM_LESS_OR_EQUAL};
    return l->good ? l->compare : denied[l->compare];
}

bool leaf_of_amount(const leaf *l) { return what_sorted(l->fact) == W_AMOUNT || what_sorted(l->fact) == W_COUNT; }

ntm_fraction leaf_asked(const leaf *l, const unit *u) {
    return l->of_c0 ? (ntm_fraction){l->number * u->value[U_C0], 100} : (ntm_fraction){l->number, 1};
}

bool leaf_holds(const leaf *l, const unit *u, ntm_comparison sign) {
    int64_t have = u->value[l->fact];
    if (what_sorted(l->fact) == W_FLAG) return (have == l->number) == l->good;
    int order = fraction_compare((ntm_fraction){have, 1}, leaf_asked(l, u));
    switch (sign) {
        case NTM_LESS: return order < 0;
        case NTM_LESS_OR_EQUAL: return order <= 0;
        case NTM_EQUAL: return order == 0;
        case NTM_MORE_OR_EQUAL: return order >= 0;
        default: return order > 0;
    }
}
