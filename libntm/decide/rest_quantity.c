/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of what is open: quantities below comparisons that look at many facts, or at criteria and indicators. The
   bounds of a sum follow from those of its terms, so that each term can be looked at by itself. */
#include <string.h>

#include "decide/decide.h"

static ntm_i_interval now(ntm_i_decide *s, ntm_node at) {
    ntm_i_exact x = ntm_i_look(s, s->members);
    return ntm_i_exact_quantity(&x, at);
}

/* What is known of it is all that will be. */
static uint32_t known(ntm_i_decide *s, ntm_i_interval value, unsigned why) {
    uint32_t ref = ntm_i_rest_new(s, NTM_I_REST_KNOWN, NULL, NULL, 0);
    if (s->no_memory) return ref;
    ntm_i_rest *rest = ntm_i_rest_at(s, ref >> 1);
    rest->value.least = value.least;
    rest->value.most = value.most;
    rest->why = why;
    return ref;
}

static uint32_t give_up(ntm_i_decide *s, ntm_node at, unsigned why) {
    s->cut = true;
    return known(s, now(s, at), why | NTM_I_WHY_GIVEN_UP);
}

static uint32_t of_kids(ntm_i_decide *s, ntm_node at, ntm_i_rest_kind kind) {
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    uint32_t *refs = ntm_i_arena_take(&s->arena, node->of_count, sizeof *refs);
    if (refs == NULL) {
        s->no_memory = true;
        return NTM_I_REF_NOT_MET;
    }
    for (size_t i = 0; i < node->of_count; i++)
        refs[i] = ntm_i_rest_of_quantity(s, node->of[i]);
    uint32_t ref = ntm_i_rest_new(s, kind, refs, NULL, node->of_count);
    if (!s->no_memory && kind == NTM_I_REST_ROUNDED) ntm_i_rest_at(s, ref >> 1)->k = at;
    return ref;
}

/* What is counted: the criteria or indicators, or the condition for each member. */
static bool counted(ntm_i_decide *s, ntm_node at, uint32_t **refs, size_t *count) {
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    const ntm_i_node_info *info = &s->set->info[at - 1];
    bool members = node->over == NTM_OVER_MEMBERS, criteria = node->over == NTM_OVER_CRITERIA;
    *count = members               ? s->set->dimensions[info->target].member_count
             : info->among != NULL ? node->member_count
             : criteria            ? s->set->criterion_count
                                   : s->set->indicator_count;
    *refs = ntm_i_arena_take(&s->arena, *count, sizeof **refs);
    if (*refs == NULL) {
        s->no_memory = true;
        return false;
    }
    uint32_t before = members ? s->members[info->target] : 0;
    bool within = s->within_members;
    s->within_members = within || members;
    for (size_t i = 0; i < *count; i++) {
        size_t index = info->among != NULL ? info->among[i] : i;
        if (members) {
            s->members[info->target] = (uint32_t)i;
            (*refs)[i] = ntm_i_rest_of(s, node->of[0]);
            continue;
        }
        (*refs)[i] = ntm_i_rest_of_slot(s, criteria ? (uint32_t)index : ntm_i_slot_indicator(s->set, index));
        if (node->verdict == NTM_NOT_MET) (*refs)[i] ^= 1;
    }
    if (members) s->members[info->target] = before;
    s->within_members = within;
    return !s->no_memory;
}

static uint32_t count_of(ntm_i_decide *s, ntm_node at) {
    uint32_t *refs;
    size_t count, met = 0, open = 0;
    if (!counted(s, at, &refs, &count)) return NTM_I_REF_NOT_MET;
    for (size_t i = 0; i < count; i++) {
        met += refs[i] == NTM_I_REF_MET;
        if (refs[i] < NTM_I_REF_MET) refs[open++] = refs[i];
    }
    uint32_t ref = ntm_i_rest_new(s, NTM_I_REST_COUNT, refs, NULL, open);
    if (s->no_memory) return ref;
    ntm_i_rest *rest = ntm_i_rest_at(s, ref >> 1);
    rest->value.least = ntm_i_rational_int((int64_t)met);
    rest->value.most = ntm_i_rational_int((int64_t)(met + open));
    rest->k = s->set->nodes[at - 1].kind == NTM_SHARE ? (uint32_t)count : 0;
    return ref;
}

static uint32_t points_of(ntm_i_decide *s, ntm_node at) {
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    uint32_t *refs = ntm_i_arena_take(&s->arena, node->of_count, sizeof *refs);
    ntm_i_rational *points = ntm_i_arena_take(&s->arena, node->of_count, sizeof *points);
    size_t open = 0;
    bool met = false;
    if (refs == NULL || points == NULL) {
        s->no_memory = true;
        return NTM_I_REF_NOT_MET;
    }
    for (size_t i = 0; i < node->of_count; i++) {
        uint32_t ref = ntm_i_rest_of(s, node->of[i]);
        met = met || ref == NTM_I_REF_MET;
        if (ref >= NTM_I_REF_MET) continue;
        points[open] = ntm_i_rational_decimal(node->points[i]);
        refs[open++] = ref;
    }
    uint32_t ref = ntm_i_rest_new(s, NTM_I_REST_POINTS, refs, points, open);
    if (s->no_memory) return ref;
    ntm_i_interval value = now(s, at);
    ntm_i_rest *rest = ntm_i_rest_at(s, ref >> 1);
    rest->value.least = value.least;
    rest->value.most = value.most;
    rest->k = met;
    return ref;
}

static bool is_point(ntm_i_interval value) {
    return ntm_i_is_finite(value.least) && ntm_i_rational_compare(value.least, value.most) == 0;
}

/* A product in which one factor alone is not known yet, or a ratio whose divisor is: that one times a number. */
static uint32_t scaled(ntm_i_decide *s, ntm_node at, unsigned why) {
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    ntm_i_rational factor = ntm_i_rational_int(1);
    ntm_node open = 0;
    for (size_t i = 0; i < node->of_count; i++) {
        ntm_i_interval value = now(s, node->of[i]);
        bool divisor = node->kind == NTM_RATIO && i == 1;
        if (!is_point(value) && (open != 0 || divisor)) return give_up(s, at, why);
        if (!is_point(value)) {
            open = node->of[i];
        } else if (divisor ? value.least.numerator <= 0 || !ntm_i_rational_divide(&factor, factor, value.least)
                           : !ntm_i_rational_multiply(&factor, factor, value.least)) {
            return give_up(s, at, why);
        }
    }
    if (open == 0) return give_up(s, at, why);
    uint32_t kid = ntm_i_rest_of_quantity(s, open), ref = ntm_i_rest_new(s, NTM_I_REST_SCALED, &kid, NULL, 1);
    if (!s->no_memory) ntm_i_rest_at(s, ref >> 1)->value.least = factor;
    return ref;
}

uint32_t ntm_i_rest_of_quantity(ntm_i_decide *s, ntm_node at) {
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    ntm_i_below below;
    ntm_i_look_below(s, &below, at);
    if (!ntm_i_spend(s, s->set->info[at - 1].weight)) return known(s, NTM_I_ANYTHING, NTM_I_WHY_GIVEN_UP);
    if (!below.parts && below.count == 0) return known(s, now(s, at), below.why);
    bool over_children = node->over == NTM_OVER_CHILDREN;
    switch (node->kind) {
        case NTM_SUM: return of_kids(s, at, NTM_I_REST_SUM);
        case NTM_DIFFERENCE: return of_kids(s, at, NTM_I_REST_DIFFERENCE);
        case NTM_MINIMUM: return of_kids(s, at, NTM_I_REST_MINIMUM);
        case NTM_MAXIMUM: return of_kids(s, at, NTM_I_REST_MAXIMUM);
        case NTM_ROUNDED: return of_kids(s, at, NTM_I_REST_ROUNDED);
        case NTM_VALUE: return ntm_i_rest_of_quantity(s, s->set->values[s->set->info[at - 1].target].rule);
        case NTM_POINTS: return points_of(s, at);
        case NTM_COUNT:
        case NTM_SHARE:
            if (!over_children) return count_of(s, at);
            break;
        default: break;
    }
    if (!below.parts && below.count <= NTM_I_LEAF_MAX) return ntm_i_rest_leaf(s, &below, at, true);
    if (node->kind == NTM_PRODUCT || node->kind == NTM_RATIO) return scaled(s, at, below.why);
    return give_up(s, at, below.why);
}
