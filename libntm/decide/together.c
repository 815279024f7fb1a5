/* SPDX-License-Identifier: Apache-2.0 */
/* Families of boxes put together up the tree of what is open: conditions. */
#include <string.h>

#include "decide/decide.h"

const ntm_i_array *ntm_i_family_of(const ntm_i_decide *s, uint32_t ref, size_t side) {
    return ntm_i_family(s, ref >> 1, side ^ (ref & 1));
}

/* A fact is inside when no leaf outside of those joined looks at it. */
void ntm_i_joining(ntm_i_decide *s, uint32_t ref, bool first) {
    if (first) memset(s->joined, 0, s->words * sizeof *s->joined);
    if (ref >= NTM_I_REF_MET) return;
    const uint64_t *below = s->below + (size_t)(ref >> 1) * s->words;
    for (size_t w = 0; w < s->words; w++)
        s->joined[w] |= below[w];
    for (size_t i = 0; i < s->lacking.count; i++) {
        const uint64_t *uses = s->uses + i * s->words;
        uint64_t outside = 0;
        for (size_t w = 0; w < s->words; w++)
            outside |= uses[w] & ~s->joined[w];
        s->inner[i] = outside == 0;
    }
    (void)ntm_i_spend(s, s->lacking.count * s->words);
}

/* Adds to `to` what a box of one and a box of the other make together. */
static void join_all(ntm_i_decide *s, ntm_i_array *to, const ntm_i_array *one, const ntm_i_array *other) {
    for (size_t i = 0; i < one->count && !s->spent; i++)
        for (size_t k = 0; k < other->count && !s->spent; k++)
            if (ntm_i_join(s, ntm_i_box_at(one, i), ntm_i_box_at(other, k))) ntm_i_family_add(s, to, 0);
}

void ntm_i_tally_together(ntm_i_decide *s, ntm_i_array *families, uint32_t at, size_t side, size_t most, bool exactly) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    ntm_i_box_clear(s);
    ntm_i_joining(s, NTM_I_REF_MET, true);
    ntm_i_family_append(s, &families[0], s->box);
    for (size_t i = 0; i < rest->count && !s->spent && !s->no_memory; i++) {
        uint32_t ref = ntm_i_kid_at(s, rest->first + i)->ref;
        size_t left = rest->count - 1 - i; /* kids after this one */
        ntm_i_joining(s, ref, false);
        (void)ntm_i_spend(s, exactly ? 1 : i + 1);
        for (size_t k = i < most ? i + 1 : most; k-- > 0;)
            if (!exactly || k + 1 + left >= most)
                join_all(s, &families[k + 1], &families[k], ntm_i_family_of(s, ref, side));
    }
}

/* At least k met; or so many not met that fewer than k can be. */
static void tally(ntm_i_decide *s, uint32_t at) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    for (size_t side = 0; side < 2; side++) {
        size_t most = side == 0 ? rest->k : rest->count - rest->k + 1;
        ntm_i_array *families = ntm_i_arena_take(&s->arena, most + 1, sizeof *families);
        if (families == NULL) {
            s->no_memory = true;
            return;
        }
        for (size_t k = 0; k <= most; k++)
            ntm_i_family_start(s, &families[k]);
        ntm_i_tally_together(s, families, at, side, most, true);
        ntm_i_array *out = ntm_i_family(s, at, side);
        ntm_i_array unused = *out;
        *out = families[most];
        families[most] = unused;
        for (size_t k = 0; k <= most; k++)
            ntm_i_family_end(s, &families[k]);
    }
}

/* Boxes of both sides of a comparison whose bounds satisfy the sign. */
static void satisfy(ntm_i_decide *s, ntm_i_array *to, const ntm_i_rest *rest, ntm_comparison sign) {
    bool more = ntm_i_is_more(sign), strict = ntm_i_is_strict(sign);
    const ntm_i_array *left = ntm_i_family_of(s, ntm_i_kid_at(s, rest->first)->ref, more ? 0 : 1);
    const ntm_i_array *right = ntm_i_family_of(s, ntm_i_kid_at(s, rest->first + 1)->ref, more ? 1 : 0);
    for (size_t i = 0; i < left->count; i++)
        for (size_t k = 0; k < right->count; k++) {
            const ntm_i_box *a = ntm_i_box_at(left, i), *b = ntm_i_box_at(right, k);
            int order = ntm_i_rational_compare(a->value, b->value);
            if (!more) order = -order;
            if ((strict ? order <= 0 : order < 0) || !ntm_i_join(s, a, b)) continue;
            s->box->value = ntm_i_rational_int(0);
            ntm_i_family_add(s, to, 0);
        }
}

/* Equal: at least as much, and at most. */
static void satisfy_both(ntm_i_decide *s, ntm_i_array *to, const ntm_i_rest *rest) {
    ntm_i_array ways[2];
    for (size_t i = 0; i < 2; i++) {
        ntm_i_family_start(s, &ways[i]);
        memset(s->inner, 0, s->lacking.count);
        satisfy(s, &ways[i], rest, i == 0 ? NTM_MORE_OR_EQUAL : NTM_LESS_OR_EQUAL);
    }
    for (size_t i = 0; i < 2; i++)
        ntm_i_joining(s, ntm_i_kid_at(s, rest->first + i)->ref, i == 0);
    join_all(s, to, &ways[0], &ways[1]);
    for (size_t i = 0; i < 2; i++)
        ntm_i_family_end(s, &ways[i]);
    if (!s->relaxed) s->cut = true; /* a box for each bound of a quantity: one for both was not looked for */
}

static void compare(ntm_i_decide *s, uint32_t at) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    for (size_t i = 0; i < 2; i++)
        ntm_i_joining(s, ntm_i_kid_at(s, rest->first + i)->ref, i == 0);
    ntm_i_array *met = ntm_i_family(s, at, 0), *not_met = ntm_i_family(s, at, 1);
    switch ((ntm_comparison)rest->k) {
        case NTM_LESS:
            satisfy(s, met, rest, NTM_LESS);
            satisfy(s, not_met, rest, NTM_MORE_OR_EQUAL);
            break;
        case NTM_LESS_OR_EQUAL:
            satisfy(s, met, rest, NTM_LESS_OR_EQUAL);
            satisfy(s, not_met, rest, NTM_MORE);
            break;
        case NTM_MORE_OR_EQUAL:
            satisfy(s, met, rest, NTM_MORE_OR_EQUAL);
            satisfy(s, not_met, rest, NTM_LESS);
            break;
        case NTM_MORE:
            satisfy(s, met, rest, NTM_MORE);
            satisfy(s, not_met, rest, NTM_LESS_OR_EQUAL);
            break;
        default:
            satisfy(s, not_met, rest, NTM_MORE);
            satisfy(s, not_met, rest, NTM_LESS);
            satisfy_both(s, met, rest);
            break;
    }
}

static bool is_forgiven(const ntm_i_decide *s, unsigned why) {
    unsigned forgiven = s->forgiven | (s->relaxed ? NTM_I_WHY_GIVEN_UP : 0u);
    return why != 0 && (why & ~forgiven) == 0;
}

/* A box that asks for nothing, or for any value of a fact, and gives everything. */
static void add_everything(ntm_i_decide *s, ntm_i_array *to, size_t side, bool quantity, uint32_t fact) {
    ntm_i_box_clear(s);
    if (fact != NTM_I_NONE) {
        s->box->tried[fact] = UINT32_MAX;
        s->box->size = 1;
    }
    if (quantity) s->box->value = side == 0 ? NTM_I_INFINITY : NTM_I_MINUS_INFINITY;
    ntm_i_family_add(s, to, side);
}

/* While facts are counted alone, a leaf of which sets may have been missed has a box for each fact: no set that could do
   is smaller. */
static void leaf(ntm_i_decide *s, uint32_t at) {
    const ntm_i_leaf *l = ntm_i_leaf_at(s, ntm_i_rest_at(s, at)->leaf);
    for (size_t side = 0; side < 2; side++) {
        ntm_i_array *to = ntm_i_family(s, at, side);
        const ntm_i_array *from = &l->boxes[side];
        if (is_forgiven(s, l->why)) add_everything(s, to, side, l->quantity, NTM_I_NONE);
        for (uint32_t i = 0; s->relaxed && l->cut_sets && i < l->count; i++)
            add_everything(s, to, side, l->quantity, l->facts[i]);
        for (size_t i = 0; i < from->count; i++) {
            memcpy(s->box, ntm_i_box_at(from, i), s->box_size);
            for (size_t k = 0; s->relaxed && k < s->lacking.count; k++)
                if (s->box->tried[k] != 0) s->box->tried[k] = UINT32_MAX;
            ntm_i_family_add(s, to, side);
        }
    }
}

static void known(ntm_i_decide *s, uint32_t at) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    bool forgiven = is_forgiven(s, rest->why);
    for (size_t side = 0; side < 2; side++) {
        if (forgiven) add_everything(s, ntm_i_family(s, at, side), side, true, NTM_I_NONE);
        ntm_i_box_clear(s);
        s->box->value = side == 0 ? rest->value.least : rest->value.most;
        ntm_i_family_add(s, ntm_i_family(s, at, side), side);
    }
}

static void put_one_together(ntm_i_decide *s, uint32_t at) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    ntm_i_joining(s, NTM_I_REF(at), true);
    switch ((ntm_i_rest_kind)rest->kind) {
        case NTM_I_REST_STUCK:
            for (size_t side = 0; side < 2 && is_forgiven(s, rest->why); side++)
                add_everything(s, ntm_i_family(s, at, side), 0, false, NTM_I_NONE);
            break;
        case NTM_I_REST_LEAF: leaf(s, at); break;
        case NTM_I_REST_TALLY: tally(s, at); break;
        case NTM_I_REST_COMPARE: compare(s, at); break;
        case NTM_I_REST_KNOWN: known(s, at); break;
        default: ntm_i_quantity_together(s, at); break;
    }
}

void ntm_i_end_families(ntm_i_decide *s) {
    for (size_t i = 0; i < s->families.count; i++)
        ntm_i_family_end(s, &((ntm_i_array *)s->families.items)[i]);
    s->families.count = 0;
}

void ntm_i_put_together(ntm_i_decide *s, bool relaxed, unsigned forgiven) {
    s->relaxed = relaxed;
    s->forgiven = forgiven;
    ntm_i_end_families(s);
    for (size_t i = 0; i < 2 * s->rest.count; i++) {
        ntm_i_array *family = ntm_i_array_push(&s->families);
        if (family == NULL) {
            s->no_memory = true;
            return;
        }
        ntm_i_family_start(s, family);
    }
    for (uint32_t i = 0; i < s->rest.count && !s->no_memory && !s->spent; i++)
        put_one_together(s, i);
}
