/* SPDX-License-Identifier: Apache-2.0 */
/* The boxes of leaves: values of its facts are tried, one fact, two, all of them, and the leaf is evaluated exactly. */
#include <string.h>

#include "decide/decide.h"

/* How many values of each fact are tried when so many facts are tried together. */
static const uint32_t tried_together[NTM_I_LEAF_MAX + 1] = {0, NTM_I_TRIED_MAX, 16, 7, 5};

typedef struct trial {
    ntm_i_decide *s;
    ntm_i_leaf *leaf;
    uint32_t facts[NTM_I_LEAF_MAX]; /* those tried together */
    uint32_t at[NTM_I_LEAF_MAX];    /* their values */
    uint32_t count;
    uint32_t most; /* values of each */
} trial;

/* The i-th value that is tried of a fact: all, or some spread between the ends. */
static uint32_t picked(const trial *t, uint32_t fact, uint32_t i) {
    uint32_t count = ntm_i_lacking_at(t->s, fact)->count;
    return count <= t->most ? i : i * (count - 1) / (t->most - 1);
}

static uint32_t picks(const trial *t, uint32_t fact) {
    uint32_t count = ntm_i_lacking_at(t->s, fact)->count;
    return count <= t->most ? count : t->most;
}

static void add_box(trial *t, size_t side, uint32_t last, ntm_i_rational value) {
    ntm_i_decide *s = t->s;
    if (last == 0) return;
    ntm_i_box_clear(s);
    for (uint32_t i = 0; i < t->count; i++)
        s->box->tried[t->facts[i]] = i + 1 == t->count ? last : UINT32_C(1) << picked(t, t->facts[i], t->at[i]);
    s->box->size = t->count;
    s->box->value = value;
    ntm_i_family_add(s, &t->leaf->boxes[side], side);
}

/* All values of the last fact while the others stand. */
static void try_last(trial *t) {
    ntm_i_decide *s = t->s;
    uint32_t fact = t->facts[t->count - 1], masks[2] = {0, 0};
    for (uint32_t i = 0;
         i < picks(t, fact) && ntm_i_spend(s, s->set->info[t->leaf->at - 1].weight * 8 + s->lacking.count / 4); i++) {
        uint32_t bit = UINT32_C(1) << picked(t, fact, i);
        ntm_i_stand_in(s, fact, picked(t, fact, i));
        if (ntm_i_parts_fit(s)) {
            ntm_i_exact x = ntm_i_look(s, t->leaf->members);
            if (t->leaf->quantity) {
                ntm_i_interval value = ntm_i_exact_quantity(&x, t->leaf->at);
                add_box(t, 0, bit, value.least);
                add_box(t, 1, bit, value.most);
            } else {
                ntm_verdict verdict = ntm_i_exact_condition(&x, t->leaf->at);
                if (verdict == NTM_MET) masks[0] |= bit;
                if (verdict == NTM_NOT_MET) masks[1] |= bit;
            }
        }
    }
    ntm_i_take_back(s, fact);
    for (size_t side = 0; side < 2; side++)
        add_box(t, side, masks[side], ntm_i_rational_int(0));
}

static void try_facts(trial *t) {
    uint32_t place = 0;
    memset(t->at, 0, sizeof t->at);
    for (uint32_t i = 0; i < t->count; i++) {
        if (picks(t, t->facts[i]) == 0) return;
        if (i + 1 < t->count) ntm_i_stand_in(t->s, t->facts[i], picked(t, t->facts[i], 0));
    }
    do {
        try_last(t);
        for (place = 0; place + 1 < t->count; place++) { /* the next combination of the others */
            t->at[place] = (t->at[place] + 1) % picks(t, t->facts[place]);
            ntm_i_stand_in(t->s, t->facts[place], picked(t, t->facts[place], t->at[place]));
            if (t->at[place] != 0) break;
        }
    } while (place + 1 < t->count && !t->s->spent && !t->s->no_memory);
    for (uint32_t i = 0; i < t->count; i++)
        ntm_i_take_back(t->s, t->facts[i]);
}

/* Whether all that its facts can be is tried. */
static bool tries_all(const ntm_i_decide *s, const ntm_i_leaf *leaf) {
    bool all = true;
    for (uint32_t i = 0; i < leaf->count; i++) {
        const ntm_i_lacking *lacking = ntm_i_lacking_at(s, leaf->facts[i]);
        all = all && lacking->all && lacking->count <= tried_together[leaf->count];
    }
    return all;
}

/* What may have been missed. A leaf that goes one way in each of its facts shows at the ends of these which sets of facts
   settle it. Which values do lies between the ends, and is followed there for a single fact alone: that matters where
   other leaves look at the fact too. */
static void judge(const ntm_i_decide *s, ntm_i_leaf *leaf) {
    leaf->cut_sets = leaf->cut = false;
    if (tries_all(s, leaf)) return;
    leaf->cut_sets = leaf->repeats || (leaf->equal && leaf->count > 1);
    for (uint32_t i = 0; i < leaf->count; i++) {
        const ntm_i_lacking *lacking = ntm_i_lacking_at(s, leaf->facts[i]);
        bool endless = !ntm_i_is_finite(lacking->lies.least) || !ntm_i_is_finite(lacking->lies.most);
        bool several = leaf->count > 1;
        if (lacking->count == 0 || (leaf->quantity && endless) || (several && lacking->lies.least.numerator < 0))
            leaf->cut_sets = true;
        if (lacking->uses > 1 && (leaf->quantity || several)) leaf->cut = true;
    }
    leaf->cut = leaf->cut || leaf->cut_sets;
}

static void fill(ntm_i_decide *s, size_t index) {
    ntm_i_leaf *leaf = ntm_i_leaf_at(s, index);
    trial t = {.s = s, .leaf = leaf};
    ntm_i_family_start(s, &leaf->boxes[0]);
    ntm_i_family_start(s, &leaf->boxes[1]);
    memset(s->joined, 0, s->words * sizeof *s->joined);
    s->joined[index / 64] = UINT64_C(1) << (index % 64);
    for (uint32_t i = 0; i < s->lacking.count; i++)
        s->inner[i] = ntm_i_lacking_at(s, i)->uses <= 1;
    if (leaf->quantity) { /* as it is */
        ntm_i_exact x = ntm_i_look(s, leaf->members);
        ntm_i_interval value = ntm_i_exact_quantity(&x, leaf->at);
        for (size_t side = 0; side < 2; side++) {
            ntm_i_box_clear(s);
            s->box->value = side == 0 ? value.least : value.most;
            ntm_i_family_add(s, &leaf->boxes[side], side);
        }
    }
    for (unsigned subset = 1; subset < 1u << leaf->count; subset++) {
        t.count = 0;
        for (uint32_t i = 0; i < leaf->count; i++)
            if (subset >> i & 1) t.facts[t.count++] = leaf->facts[i];
        t.most = tried_together[t.count];
        try_facts(&t);
    }
    judge(s, leaf);
}

void ntm_i_fill_leaves(ntm_i_decide *s) {
    for (size_t i = 0; i < s->leaves.count && !s->spent && !s->no_memory; i++)
        fill(s, i);
}
