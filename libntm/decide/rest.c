/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of what is open: conditions. What is settled folds away. */
#include <string.h>

#include "decide/decide.h"

/* A comparison of no more lacking facts than this is a leaf as a whole: their values are tried together. */
#define COMPARED_TOGETHER_MAX 3

bool ntm_i_spend(ntm_i_decide *s, uint64_t work) {
    if (s->work < work) {
        s->work = 0;
        s->cut = s->spent = true;
    } else {
        s->work -= work;
    }
    return !s->spent && !s->no_memory;
}

static ntm_i_rest *new_rest(ntm_i_decide *s, ntm_i_rest_kind kind) {
    if (s->rest.count >= NTM_I_REST_MAX || s->leaves.count >= NTM_I_LEAVES_MAX)
        s->cut = s->spent = true; /* told by the next that wants to spend */
    ntm_i_rest *rest = ntm_i_array_push(&s->rest);
    if (rest == NULL)
        s->no_memory = true;
    else
        rest->kind = (uint32_t)kind;
    return rest;
}

uint32_t ntm_i_rest_stuck(ntm_i_decide *s, unsigned why) {
    ntm_i_rest *rest = new_rest(s, NTM_I_REST_STUCK);
    if (rest == NULL) return NTM_I_REF_NOT_MET;
    rest->why = why;
    return NTM_I_REF(s->rest.count - 1);
}

uint32_t ntm_i_rest_new(ntm_i_decide *s, ntm_i_rest_kind kind, const uint32_t *refs, const ntm_i_rational *points,
                        size_t count) {
    uint32_t first = (uint32_t)s->kids.count;
    for (size_t i = 0; i < count; i++) {
        ntm_i_kid *kid = ntm_i_array_push(&s->kids);
        if (kid == NULL) {
            s->no_memory = true;
            return NTM_I_REF_NOT_MET;
        }
        kid->ref = refs[i];
        if (points != NULL) kid->points = points[i];
    }
    ntm_i_rest *rest = new_rest(s, kind);
    if (rest == NULL) return NTM_I_REF_NOT_MET;
    rest->first = first;
    rest->count = (uint32_t)count;
    return NTM_I_REF(s->rest.count - 1);
}

uint32_t ntm_i_rest_leaf(ntm_i_decide *s, const ntm_i_below *below, ntm_node at, bool quantity) {
    ntm_i_leaf *leaf = ntm_i_array_push(&s->leaves);
    if (leaf == NULL) {
        s->no_memory = true;
        return NTM_I_REF_NOT_MET;
    }
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    leaf->at = at;
    leaf->quantity = quantity;
    leaf->repeats = below->times > below->count;
    leaf->equal = node->kind == NTM_COMPARE && node->compare == NTM_EQUAL;
    leaf->why = below->why;
    leaf->count = below->count;
    memcpy(leaf->facts, below->facts, below->count * sizeof *leaf->facts);
    if (s->within_members) {
        uint32_t *members = ntm_i_arena_take(&s->arena, NTM_I_DIMENSIONS_MAX, sizeof *members);
        if (members == NULL)
            s->no_memory = true;
        else
            memcpy(members, s->members, sizeof s->members);
        leaf->members = members;
    }
    uint32_t index = (uint32_t)s->leaves.count - 1;
    uint32_t ref = ntm_i_rest_new(s, NTM_I_REST_LEAF, NULL, NULL, 0);
    if (!s->no_memory) ntm_i_rest_at(s, ref >> 1)->leaf = index;
    return ref;
}

static uint32_t settled(ntm_verdict verdict) { return verdict == NTM_MET ? NTM_I_REF_MET : NTM_I_REF_NOT_MET; }
static bool is_settled(uint32_t ref) { return ref >= NTM_I_REF_MET; }

uint32_t ntm_i_rest_tally(ntm_i_decide *s, const uint32_t *refs, size_t count, size_t k) {
    uint32_t *open = ntm_i_arena_take(&s->arena, count, sizeof *open);
    size_t met = 0, kept = 0;
    if (open == NULL) {
        s->no_memory = true;
        return NTM_I_REF_NOT_MET;
    }
    for (size_t i = 0; i < count; i++) {
        met += refs[i] == NTM_I_REF_MET;
        if (!is_settled(refs[i])) open[kept++] = refs[i];
    }
    if (met >= k) return NTM_I_REF_MET;
    if (met + kept < k) return NTM_I_REF_NOT_MET;
    if (kept == 1) return open[0];
    uint32_t ref = ntm_i_rest_new(s, NTM_I_REST_TALLY, open, NULL, kept);
    if (!s->no_memory) ntm_i_rest_at(s, ref >> 1)->k = (uint32_t)(k - met);
    return ref;
}

/* At least k of the nodes. */
static uint32_t some_of(ntm_i_decide *s, const ntm_node *nodes, size_t count, size_t k) {
    uint32_t *refs = ntm_i_arena_take(&s->arena, count, sizeof *refs);
    if (refs == NULL) {
        s->no_memory = true;
        return NTM_I_REF_NOT_MET;
    }
    for (size_t i = 0; i < count; i++)
        refs[i] = ntm_i_rest_of(s, nodes[i]);
    return ntm_i_rest_tally(s, refs, count, k);
}

/* A condition that is open: a leaf, or stuck when no fact is lacking. */
static uint32_t leaf_of(ntm_i_decide *s, ntm_node at) {
    ntm_i_below below;
    ntm_i_look_below(s, &below, at);
    if (below.count == 0) return ntm_i_rest_stuck(s, below.why);
    if (below.parts || below.count > NTM_I_LEAF_MAX) {
        s->cut = true;
        return ntm_i_rest_stuck(s, below.why | NTM_I_WHY_GIVEN_UP);
    }
    return ntm_i_rest_leaf(s, &below, at, false);
}

/* Whether one side can never be known: nothing settles what it is compared with. */
static bool is_hopeless(ntm_i_decide *s, const ntm_node_spec *node) {
    for (size_t i = 0; i < 2; i++) {
        ntm_i_below below;
        ntm_i_exact x = ntm_i_look(s, s->members);
        ntm_i_interval value = ntm_i_exact_quantity(&x, node->of[i]);
        ntm_i_look_below(s, &below, node->of[i]);
        if (below.count == 0 && !below.parts && !ntm_i_is_finite(value.least) && !ntm_i_is_finite(value.most))
            return true;
    }
    return false;
}

static uint32_t compare(ntm_i_decide *s, ntm_node at) {
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    ntm_i_below below;
    ntm_i_look_below(s, &below, at);
    if (!below.parts && below.count == 0) return ntm_i_rest_stuck(s, below.why);
    if (below.why != 0 && is_hopeless(s, node)) return ntm_i_rest_stuck(s, below.why);
    if (!below.parts && below.count <= COMPARED_TOGETHER_MAX) return ntm_i_rest_leaf(s, &below, at, false);
    uint32_t sides[2];
    for (size_t i = 0; i < 2; i++)
        sides[i] = ntm_i_rest_of_quantity(s, node->of[i]);
    uint32_t ref = ntm_i_rest_new(s, NTM_I_REST_COMPARE, sides, NULL, 2);
    if (!s->no_memory) ntm_i_rest_at(s, ref >> 1)->k = (uint32_t)node->compare;
    return ref;
}

static uint32_t every(ntm_i_decide *s, ntm_node at) {
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    if (node->over != NTM_OVER_MEMBERS) return leaf_of(s, at);
    uint32_t dimension = s->set->info[at - 1].target, before = s->members[dimension];
    size_t count = s->set->dimensions[dimension].member_count;
    uint32_t *refs = ntm_i_arena_take(&s->arena, count, sizeof *refs);
    bool within = s->within_members;
    if (refs == NULL) {
        s->no_memory = true;
        return NTM_I_REF_NOT_MET;
    }
    s->within_members = true;
    for (uint32_t i = 0; i < count; i++) {
        s->members[dimension] = i;
        refs[i] = ntm_i_rest_of(s, node->of[0]);
    }
    s->members[dimension] = before;
    s->within_members = within;
    return ntm_i_rest_tally(s, refs, count, count);
}

/* ------------------------------------------------------------------------------------------- classes */

/* Whether the quantity reaches the lower bound of a class. */
static uint32_t reaches(ntm_i_decide *s, ntm_node quantity, uint32_t value, const ntm_band *band) {
    ntm_i_exact x = ntm_i_look(s, s->members);
    ntm_i_rational from;
    if (!ntm_i_rational_scale(&from, ntm_i_rational_decimal(band->from), s->set->info[quantity - 1].unit.power))
        return ntm_i_rest_stuck(s, 0);
    ntm_comparison sign = band->from_open ? NTM_MORE : NTM_MORE_OR_EQUAL;
    ntm_verdict verdict = ntm_i_exact_compare(sign, ntm_i_exact_quantity(&x, quantity), ntm_i_point(from));
    if (verdict != NTM_OPEN) return settled(verdict);
    uint32_t sides[2] = {value, ntm_i_rest_new(s, NTM_I_REST_KNOWN, NULL, NULL, 0)};
    if (s->no_memory) return NTM_I_REF_NOT_MET;
    ntm_i_rest_at(s, sides[1] >> 1)->value.least = from;
    ntm_i_rest_at(s, sides[1] >> 1)->value.most = from;
    uint32_t ref = ntm_i_rest_new(s, NTM_I_REST_COMPARE, sides, NULL, 2);
    if (!s->no_memory) ntm_i_rest_at(s, ref >> 1)->k = (uint32_t)sign;
    return ref;
}

/* At a class or higher: one of them is reached and allowed, and nothing knocks it out. */
static uint32_t at_class(ntm_i_decide *s, ntm_node at) {
    const ntm_node_spec *grade = &s->set->nodes[s->set->nodes[at - 1].of[0] - 1];
    uint32_t wanted = s->set->info[at - 1].level, value = ntm_i_rest_of_quantity(s, grade->of[0]);
    uint32_t *classes = ntm_i_arena_take(&s->arena, grade->band_count, sizeof *classes), both[2];
    size_t count = 0;
    if (classes == NULL || s->no_memory) {
        s->no_memory = true;
        return NTM_I_REF_NOT_MET;
    }
    for (size_t i = wanted; i < grade->band_count; i++) {
        const ntm_band *band = &grade->bands[i];
        both[0] = band->has_from ? reaches(s, grade->of[0], value, band) : NTM_I_REF_MET;
        both[1] = band->requires_met == 0 ? NTM_I_REF_MET : ntm_i_rest_of(s, band->requires_met);
        classes[count++] = ntm_i_rest_tally(s, both, 2, 2);
    }
    both[0] = ntm_i_rest_tally(s, classes, count, 1);
    both[1] = grade->knock_out == 0 ? NTM_I_REF_MET : ntm_i_rest_of(s, grade->knock_out) ^ 1;
    return ntm_i_rest_tally(s, both, 2, 2);
}

/* ------------------------------------------------------------------------------------------- conditions */

uint32_t ntm_i_rest_of_slot(ntm_i_decide *s, uint32_t slot) {
    ntm_verdict verdict = ntm_i_truth_at(&s->run->verdicts[slot], 0);
    return verdict == NTM_OPEN ? s->refs[slot] : settled(verdict);
}

uint32_t ntm_i_rest_of(ntm_i_decide *s, ntm_node at) {
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    const ntm_i_node_info *info = &s->set->info[at - 1];
    if (!ntm_i_spend(s, 1)) return ntm_i_rest_stuck(s, NTM_I_WHY_GIVEN_UP);
    ntm_i_exact x = ntm_i_look(s, s->members);
    ntm_verdict verdict = ntm_i_exact_condition(&x, at);
    if (verdict != NTM_OPEN) return settled(verdict);
    if (!ntm_i_spend(s, info->weight)) return ntm_i_rest_stuck(s, NTM_I_WHY_GIVEN_UP);
    switch (node->kind) {
        case NTM_ALL: return some_of(s, node->of, node->of_count, node->of_count);
        case NTM_ANY: return some_of(s, node->of, node->of_count, 1);
        case NTM_AT_LEAST: return some_of(s, node->of, node->of_count, node->k);
        case NTM_NOT: return ntm_i_rest_of(s, node->of[0]) ^ 1;
        case NTM_IF_APPLICABLE: return ntm_i_rest_of(s, node->of[0]); /* were it not applicable, it would be met */
        case NTM_CRITERION: return ntm_i_rest_of_slot(s, info->target);
        case NTM_INDICATOR: return ntm_i_rest_of_slot(s, ntm_i_slot_indicator(s->set, info->target));
        default: break;
    }
    if (node->kind == NTM_COMPARE) return compare(s, at);
    if (node->kind == NTM_EVERY) return every(s, at);
    return node->kind == NTM_AT_LEVEL && node->name == NULL ? at_class(s, at) : leaf_of(s, at);
}

/* ------------------------------------------------------------------------------------------- parts of the set */

static uint32_t rule_of(ntm_i_decide *s, ntm_node rule, ntm_wanting_kind kind, const char *id) {
    if (rule != 0) return ntm_i_rest_of(s, rule);
    ntm_i_wanting(s, NTM_DECIDING_LAW_ABSENT, kind, id, NULL);
    return ntm_i_rest_stuck(s, NTM_I_WHY_LAW);
}

/* All of some slots; of none at all it is open, as nobody wrote what is asked. */
static uint32_t all_slots(ntm_i_decide *s, uint32_t first, size_t count, ntm_wanting_kind kind, const char *id) {
    if (count == 0) return rule_of(s, 0, kind, id);
    uint32_t *refs = ntm_i_arena_take(&s->arena, count, sizeof *refs);
    if (refs == NULL) {
        s->no_memory = true;
        return NTM_I_REF_NOT_MET;
    }
    for (size_t i = 0; i < count; i++)
        refs[i] = ntm_i_rest_of_slot(s, first + (uint32_t)i);
    return ntm_i_rest_tally(s, refs, count, count);
}

static uint32_t criterion(ntm_i_decide *s, size_t index) {
    const ntm_criterion *c = &s->set->criteria[index];
    if (c->rule != 0) return ntm_i_rest_of(s, c->rule);
    return all_slots(s, ntm_i_slot_indicator(s->set, c->first_indicator), c->indicator_count, NTM_WANTING_CRITERION,
                     c->id);
}

static uint32_t precondition(ntm_i_decide *s, size_t index) {
    return rule_of(s, s->set->preconditions[index].rule, NTM_WANTING_PRECONDITION, s->set->preconditions[index].id);
}

static uint32_t criteria_status(ntm_i_decide *s) {
    if (s->set->status != 0) return ntm_i_rest_of(s, s->set->status);
    return all_slots(s, 0, s->set->criterion_count, NTM_WANTING_STATUS, s->set->about.id);
}

static uint32_t status(ntm_i_decide *s) {
    size_t count = s->set->precondition_count + 1;
    uint32_t *refs = ntm_i_arena_take(&s->arena, count, sizeof *refs);
    if (refs == NULL) {
        s->no_memory = true;
        return NTM_I_REF_NOT_MET;
    }
    refs[0] = criteria_status(s);
    for (size_t i = 1; i < count; i++)
        refs[i] = precondition(s, i - 1);
    return ntm_i_rest_tally(s, refs, count, count);
}

uint32_t ntm_i_rest_of_root(ntm_i_decide *s) {
    const ntm_set *set = s->set;
    ntm_i_find_reached(s);
    for (size_t i = 0; i < set->order_count; i++) {
        uint32_t slot = set->order[i];
        if (!s->reached[slot]) continue;
        const ntm_indicator *indicator =
            slot < set->criterion_count ? NULL : &set->indicators[slot - set->criterion_count];
        s->refs[slot] =
            indicator == NULL ? criterion(s, slot) : rule_of(s, indicator->rule, NTM_WANTING_INDICATOR, indicator->id);
    }
    switch (s->of) {
        case NTM_OF_STATUS: return status(s);
        case NTM_OF_CRITERIA_STATUS: return criteria_status(s);
        case NTM_OF_REVOCATION: return ntm_i_rest_of(s, set->revocation);
        case NTM_OF_PRECONDITION: return precondition(s, s->index);
        case NTM_OF_CRITERION: return ntm_i_rest_of_slot(s, (uint32_t)s->index);
        default: return ntm_i_rest_of_slot(s, ntm_i_slot_indicator(set, s->index));
    }
}
