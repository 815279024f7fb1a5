/* SPDX-License-Identifier: Apache-2.0 */
/* Which values are tried for a fact: the ends of what it can be, and where comparisons turn. Between two neighbours of
   these no comparison of this fact alone changes. */
#include <stdlib.h>
#include <string.h>

#include "decide/decide.h"

enum { GATHERED = 256, STEP_DIGITS = 4 };

/* Where there is no end, this far; in days, 1900 and 2100. */
#define FAR       1000000000
#define FIRST_DAY (-25567)
#define LAST_DAY  47482

typedef struct gathered {
    const ntm_i_input *input;
    ntm_i_interval lies;
    ntm_decimal values[GATHERED];
    size_t count;
} gathered;

static bool is_whole(const gathered *g) {
    return g->input->whole || g->input->day || g->input->kind != NTM_I_IN_NUMBER;
}

static void add(gathered *g, ntm_i_rational value) {
    ntm_decimal number;
    if (g->count >= GATHERED || ntm_i_rational_compare(value, g->lies.least) < 0 ||
        ntm_i_rational_compare(value, g->lies.most) > 0 || !ntm_i_rational_to_decimal(&number, value) ||
        (is_whole(g) && number.scale != 0))
        return;
    g->values[g->count++] = number;
}

/* The value itself and its neighbours on both sides, of whole things or at a scale finer than people report. */
static void add_around(gathered *g, ntm_i_rational value) {
    int digits = is_whole(g) ? 0 : STEP_DIGITS;
    ntm_i_rational steps, step = ntm_i_rational_int(1);
    if (!ntm_i_is_finite(value) || !ntm_i_rational_scale(&steps, value, digits)) return;
    ntm_i_wide below = ntm_i_rational_floor(steps);
    if (below > INT64_MAX - 2 || below < INT64_MIN + 2) return;
    for (int64_t i = -1; i <= 1; i++) {
        ntm_i_rational at = ntm_i_rational_int((int64_t)below + i);
        if (ntm_i_rational_scale(&at, at, -digits)) add(g, at);
    }
    if (ntm_i_rational_compare(steps, ntm_i_rational_int((int64_t)below)) == 0) return;
    add(g, value); /* between two steps */
    if (ntm_i_rational_scale(&step, step, -digits) && ntm_i_rational_add(&value, value, step)) add(g, value);
}

static int compare_numbers(const void *a, const void *b) {
    const ntm_decimal *x = a, *y = b;
    return ntm_i_rational_compare(ntm_i_rational_decimal(*x), ntm_i_rational_decimal(*y));
}

/* In order, each once, and no more than fit a mask: the ends stay. */
static void keep(ntm_i_decide *s, ntm_i_lacking *lacking, gathered *g) {
    size_t count = 0;
    if (g->count > 1) qsort(g->values, g->count, sizeof *g->values, compare_numbers);
    for (size_t i = 0; i < g->count; i++)
        if (count == 0 || compare_numbers(&g->values[count - 1], &g->values[i]) != 0) g->values[count++] = g->values[i];
    size_t kept = count < NTM_I_TRIED_MAX ? count : NTM_I_TRIED_MAX;
    lacking->values = ntm_i_arena_take(&s->arena, NTM_I_TRIED_MAX, sizeof *lacking->values);
    if (lacking->values == NULL) {
        s->no_memory = true;
        return;
    }
    if (kept < count) s->cut = true;
    for (size_t i = 0; i < kept; i++)
        lacking->values[i] = g->values[kept == count || kept < 2 ? i : i * (count - 1) / (kept - 1)];
    lacking->count = (uint32_t)kept;
}

static gathered gather(const ntm_i_decide *s, const ntm_i_lacking *lacking) {
    gathered g = {.input = &ntm_i_plan_inputs(s->plan)[lacking->input], .lies = lacking->lies, .count = 0};
    return g;
}

/* Whether it can be so few whole numbers that each is tried. */
static bool tries_all(const gathered *g) {
    if (!is_whole(g) || !ntm_i_is_finite(g->lies.least) || !ntm_i_is_finite(g->lies.most)) return false;
    ntm_i_wide first = ntm_i_rational_ceiling(g->lies.least), last = ntm_i_rational_floor(g->lies.most);
    return first > -FAR && last < FAR && last - first < NTM_I_TRIED_MAX;
}

static void first_values(ntm_i_decide *s, ntm_i_lacking *lacking) {
    gathered g = gather(s, lacking);
    switch (g.input->kind) {
        case NTM_I_IN_FLAG:
            add(&g, ntm_i_rational_int(0));
            add(&g, ntm_i_rational_int(1));
            lacking->all = true;
            break;
        case NTM_I_IN_LEVEL:
            lacking->all = g.input->fact->level_count <= NTM_I_TRIED_MAX;
            for (size_t i = 0; i < g.input->fact->level_count && i < GATHERED; i++)
                add(&g, ntm_i_rational_int((int64_t)i));
            break;
        default:
            if (tries_all(&g)) {
                lacking->all = true;
                for (int64_t i = 0; i < NTM_I_TRIED_MAX; i++)
                    add(&g, ntm_i_rational_int((int64_t)ntm_i_rational_ceiling(g.lies.least) + i));
                break;
            }
            add_around(&g, g.lies.least);
            add_around(&g, g.lies.most);
            if (!ntm_i_is_finite(g.lies.least)) add(&g, ntm_i_rational_int(g.input->day ? FIRST_DAY : -FAR));
            if (!ntm_i_is_finite(g.lies.most)) add(&g, ntm_i_rational_int(g.input->day ? LAST_DAY : FAR));
            add(&g, ntm_i_rational_int(0));
            add(&g, ntm_i_rational_int(1));
            break;
    }
    keep(s, lacking, &g);
}

/* ------------------------------------------------------------------------------------------- where it turns */

typedef struct turning {
    ntm_i_decide *s;
    const ntm_i_leaf *leaf;
    uint32_t fact;
} turning;

/* The quantity less what it is compared with, once a value stands in for the fact. -1, 0 or 1; 2 when not known. */
static int side_at(turning *t, ntm_i_rational value, ntm_i_rational *difference) {
    ntm_i_lacking *lacking = ntm_i_lacking_at(t->s, t->fact);
    const ntm_node_spec *node = &t->s->set->nodes[t->leaf->at - 1];
    ntm_decimal number, *values = lacking->values;
    *difference = NTM_I_INFINITY;
    if (!ntm_i_rational_to_decimal(&number, value) || !ntm_i_spend(t->s, t->s->set->info[t->leaf->at - 1].weight * 8))
        return 2;
    lacking->values = &number;
    ntm_i_stand_in(t->s, t->fact, 0);
    lacking->values = values;
    ntm_i_exact x = ntm_i_look(t->s, t->leaf->members);
    ntm_i_interval left = ntm_i_exact_quantity(&x, node->of[0]), right = ntm_i_exact_quantity(&x, node->of[1]);
    ntm_i_take_back(t->s, t->fact);
    if (x.failed) return 2;
    int least = ntm_i_rational_compare(left.least, right.most), most = ntm_i_rational_compare(left.most, right.least);
    if (least == 0 && most == 0) *difference = ntm_i_rational_int(0);
    bool points = ntm_i_is_finite(left.least) && ntm_i_rational_compare(left.least, left.most) == 0 &&
                  ntm_i_is_finite(right.least) && ntm_i_rational_compare(right.least, right.most) == 0;
    if (points && !ntm_i_rational_subtract(difference, left.least, right.least)) *difference = NTM_I_INFINITY;
    return least > 0 ? 1 : most < 0 ? -1 : least == 0 && most == 0 ? 0 : 2;
}

/* Straight lines turn where they cross. */
static bool crossing(ntm_i_rational *out, ntm_i_rational from, ntm_i_rational at_from, ntm_i_rational to,
                     ntm_i_rational at_to) {
    ntm_i_rational run, rise, step;
    return ntm_i_is_finite(at_from) && ntm_i_is_finite(at_to) && ntm_i_rational_subtract(&run, to, from) &&
           ntm_i_rational_subtract(&rise, at_to, at_from) && rise.numerator != 0 &&
           ntm_i_rational_divide(&step, run, rise) && ntm_i_rational_multiply(&step, step, at_from) &&
           ntm_i_rational_subtract(out, from, step);
}

/* Whether it turns at that value: it is on one side just below, on another just above. */
static bool turns_at(turning *t, const gathered *g, ntm_i_rational value) {
    int digits = is_whole(g) ? 0 : STEP_DIGITS;
    ntm_i_rational steps, unused, low, high;
    if (!ntm_i_rational_scale(&steps, value, digits)) return false;
    ntm_i_wide floor = ntm_i_rational_floor(steps);
    if (floor > INT64_MAX - 1 || floor < INT64_MIN + 1) return false;
    low = ntm_i_rational_int((int64_t)floor);
    high = ntm_i_rational_int((int64_t)floor + 1);
    if (!ntm_i_rational_scale(&low, low, -digits) || !ntm_i_rational_scale(&high, high, -digits)) return false;
    int below = side_at(t, low, &unused), above = side_at(t, high, &unused);
    return below != 2 && above != 2 && below != above;
}

/* Halves the way between two values on different sides. */
static bool halve(turning *t, const gathered *g, ntm_i_rational low, int below, ntm_i_rational high,
                  ntm_i_rational *out) {
    int digits = is_whole(g) ? 0 : STEP_DIGITS;
    ntm_i_rational unused;
    if (!ntm_i_rational_scale(&low, low, digits) || !ntm_i_rational_scale(&high, high, digits)) return false;
    ntm_i_wide first = ntm_i_rational_ceiling(low), last = ntm_i_rational_floor(high);
    if (first < INT64_MIN || last > INT64_MAX) return false;
    while (last - first > 1) {
        ntm_i_wide middle = first + (last - first) / 2;
        ntm_i_rational value = ntm_i_rational_int((int64_t)middle);
        int side = ntm_i_rational_scale(&value, value, -digits) ? side_at(t, value, &unused) : 2;
        if (side == 2) return false;
        if (side == below)
            first = middle;
        else
            last = middle;
    }
    *out = ntm_i_rational_int((int64_t)last);
    return ntm_i_rational_scale(out, *out, -digits);
}

static void find_turn(turning *t, gathered *g) {
    const ntm_i_lacking *lacking = ntm_i_lacking_at(t->s, t->fact);
    ntm_i_rational low = NTM_I_INFINITY, high = low, at_low = low, at_high = low, value;
    int below = 2, above = 2;
    for (uint32_t i = 0; i < lacking->count && below == 2; i++) {
        low = ntm_i_rational_decimal(lacking->values[i]);
        below = side_at(t, low, &at_low);
    }
    for (uint32_t i = lacking->count; i-- > 0 && above == 2;) {
        high = ntm_i_rational_decimal(lacking->values[i]);
        above = side_at(t, high, &at_high);
    }
    if (below == 2 || above == 2 || ntm_i_rational_compare(low, high) == 0) return;
    if (crossing(&value, low, at_low, high, at_high) && turns_at(t, g, value))
        add_around(g, value);
    else if (below != above && halve(t, g, low, below, high, &value))
        add_around(g, value);
}

/* With the other facts of the leaf at their lowest, and at their highest. */
static void find_turns(ntm_i_decide *s, const ntm_i_leaf *leaf, uint32_t fact, gathered *g) {
    turning t = {s, leaf, fact};
    for (unsigned ends = 0; ends < 1u << (leaf->count - 1); ends++) {
        for (uint32_t i = 0, other = 0; i < leaf->count; i++) {
            const ntm_i_lacking *lacking = ntm_i_lacking_at(s, leaf->facts[i]);
            if (leaf->facts[i] == fact || lacking->count == 0) continue;
            ntm_i_stand_in(s, leaf->facts[i], ends >> other++ & 1 ? lacking->count - 1 : 0);
        }
        find_turn(&t, g);
        for (uint32_t i = 0; i < leaf->count; i++)
            ntm_i_take_back(s, leaf->facts[i]);
    }
}

static void turning_values(ntm_i_decide *s, uint32_t fact, gathered *g) {
    const ntm_i_lacking *lacking = ntm_i_lacking_at(s, fact);
    bool endless = !ntm_i_is_finite(lacking->lies.least) || !ntm_i_is_finite(lacking->lies.most);
    for (size_t i = 0; i < s->leaves.count; i++) {
        const ntm_i_leaf *leaf = ntm_i_leaf_at(s, i);
        bool looks = false;
        for (uint32_t k = 0; k < leaf->count; k++)
            looks = looks || leaf->facts[k] == fact;
        if (looks && s->set->nodes[leaf->at - 1].kind == NTM_COMPARE &&
            (s->all_values || leaf->equal || endless || lacking->uses > 1))
            find_turns(s, leaf, fact, g);
    }
}

/* What its whole, or a part of it, is tried with. */
static void related_values(const ntm_i_decide *s, uint32_t fact, gathered *g) {
    for (uint32_t i = 0; i < s->lacking.count; i++) {
        const ntm_i_lacking *other = ntm_i_lacking_at(s, i);
        if (other->whole != fact && ntm_i_lacking_at(s, fact)->whole != i) continue;
        for (uint32_t k = 0; k < other->count; k++)
            add(g, ntm_i_rational_decimal(other->values[k]));
    }
}

void ntm_i_choose_values(ntm_i_decide *s) {
    gathered *g = ntm_i_arena_take(&s->arena, 1, sizeof *g);
    if (g == NULL) {
        s->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < s->lacking.count && !s->no_memory; i++)
        first_values(s, ntm_i_lacking_at(s, i));
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < s->lacking.count && !s->no_memory && !s->spent; i++) {
            ntm_i_lacking *lacking = ntm_i_lacking_at(s, i);
            *g = gather(s, lacking);
            if (lacking->all || g->input->kind != NTM_I_IN_NUMBER) continue;
            for (uint32_t k = 0; k < lacking->count; k++)
                add(g, ntm_i_rational_decimal(lacking->values[k]));
            size_t before = g->count;
            if (round == 0)
                turning_values(s, i, g);
            else
                related_values(s, i, g);
            if (g->count > before) keep(s, lacking, g);
        }
}
