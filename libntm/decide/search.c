/* SPDX-License-Identifier: Apache-2.0 */
/* A search over the rows of a bound table: what is kept from row to row, and what is looked at in each. */
#include <string.h>

#include "decide/decide.h"

bool ntm_i_decide_start(ntm_i_decide *s, ntm_i_run *run, ntm_of of, size_t index, const ntm_allocator *allocator) {
    memset(s, 0, sizeof *s);
    s->run = run;
    s->plan = run->plan;
    s->set = run->plan->set;
    s->of = of;
    s->index = index;
    s->root = NTM_I_REF_NOT_MET;
    s->room = NTM_I_ROOM;
    ntm_i_arena_start(&s->arena, allocator);
    ntm_i_array_start(&s->lacking, allocator, sizeof(ntm_i_lacking));
    ntm_i_array_start(&s->leaves, allocator, sizeof(ntm_i_leaf));
    ntm_i_array_start(&s->rest, allocator, sizeof(ntm_i_rest));
    ntm_i_array_start(&s->kids, allocator, sizeof(ntm_i_kid));
    ntm_i_array_start(&s->wanting, allocator, sizeof(ntm_deciding_wanting));
    ntm_i_array_start(&s->triples, allocator, sizeof(uint32_t));
    ntm_i_array_start(&s->families, allocator, sizeof(ntm_i_array));
    s->reached = ntm_i_arena_take(&run->arena, ntm_i_slot_count(s->set), 1);
    s->places = ntm_i_arena_take(&run->arena, s->plan->inputs.count, sizeof *s->places);
    s->refs = ntm_i_arena_take(&run->arena, ntm_i_slot_count(s->set), sizeof *s->refs);
    s->seen = ntm_i_arena_take(&run->arena, s->set->value_count, sizeof *s->seen);
    if (s->reached == NULL || s->places == NULL || s->refs == NULL || s->seen == NULL) {
        ntm_i_decide_end(s);
        return false;
    }
    for (size_t i = 0; i < s->plan->inputs.count; i++)
        s->places[i] = NTM_I_NONE;
    return true;
}

static void forget_row(ntm_i_decide *s) {
    for (size_t i = 0; i < s->lacking.count; i++)
        s->places[ntm_i_lacking_at(s, i)->input] = NTM_I_NONE;
    ntm_i_end_families(s);
    for (size_t i = 0; i < s->leaves.count; i++)
        for (size_t side = 0; side < 2; side++)
            if (ntm_i_leaf_at(s, i)->boxes[side].item_size != 0) ntm_i_family_end(s, &ntm_i_leaf_at(s, i)->boxes[side]);
    s->lacking.count = s->leaves.count = s->rest.count = s->kids.count = s->wanting.count = s->triples.count = 0;
    ntm_allocator allocator = s->arena.allocator;
    ntm_i_arena_end(&s->arena);
    ntm_i_arena_start(&s->arena, &allocator);
    s->room = NTM_I_ROOM;
    s->cut = s->spent = false;
}

void ntm_i_decide_end(ntm_i_decide *s) {
    if (s->places != NULL) forget_row(s);
    ntm_i_array_end(&s->lacking);
    ntm_i_array_end(&s->leaves);
    ntm_i_array_end(&s->rest);
    ntm_i_array_end(&s->kids);
    ntm_i_array_end(&s->wanting);
    ntm_i_array_end(&s->triples);
    ntm_i_array_end(&s->families);
    ntm_i_arena_end(&s->arena);
}

ntm_verdict ntm_i_decide_verdict(const ntm_i_decide *s) {
    uint32_t slot = 0;
    switch (s->of) {
        case NTM_OF_STATUS: slot = ntm_i_slot_status(s->set); break;
        case NTM_OF_CRITERIA_STATUS: slot = ntm_i_slot_criteria_status(s->set); break;
        case NTM_OF_REVOCATION: slot = ntm_i_slot_revocation(s->set); break;
        case NTM_OF_PRECONDITION: slot = ntm_i_slot_precondition(s->set, s->index); break;
        case NTM_OF_CRITERION: slot = (uint32_t)s->index; break;
        default: slot = ntm_i_slot_indicator(s->set, s->index); break;
    }
    return ntm_i_truth_at(&s->run->verdicts[slot], 0);
}

/* ------------------------------------------------------------------------------------------- one row */

/* Which leaves look at which facts. */
static void find_uses(ntm_i_decide *s) {
    for (size_t i = 0; i < s->leaves.count; i++) {
        const ntm_i_leaf *leaf = ntm_i_leaf_at(s, i);
        for (uint32_t k = 0; k < leaf->count; k++)
            s->uses[leaf->facts[k] * s->words + i / 64] |= UINT64_C(1) << (i % 64);
    }
}

/* Two facts that bound one another count as looked at where either is. */
static bool tie(ntm_i_decide *s, uint32_t a, uint32_t b) {
    bool changed = false;
    for (size_t w = 0; w < s->words; w++) {
        uint64_t *x = &s->uses[a * s->words + w], *y = &s->uses[b * s->words + w];
        changed = changed || *x != *y;
        *x = *y = *x | *y;
    }
    return changed;
}

static bool tie_all(ntm_i_decide *s) {
    bool changed = false;
    for (uint32_t i = 0; i < s->lacking.count; i++) {
        const ntm_i_lacking *lacking = ntm_i_lacking_at(s, i);
        if (lacking->whole != NTM_I_NONE) changed |= tie(s, i, lacking->whole);
    }
    for (size_t i = 0; i < s->triples.count; i++) {
        uint32_t first = ((const uint32_t *)s->triples.items)[i];
        uint32_t met = s->places[first], open = s->places[first + 1];
        if (met != NTM_I_NONE && open != NTM_I_NONE) changed |= tie(s, met, open);
    }
    return changed;
}

static void find_ties(ntm_i_decide *s) {
    const ntm_i_input *inputs = ntm_i_plan_inputs(s->plan);
    for (uint32_t i = 0; i < s->lacking.count; i++) {
        ntm_i_lacking *lacking = ntm_i_lacking_at(s, i);
        uint32_t whole = inputs[lacking->input].part_of;
        if (whole != NTM_I_NONE) lacking->whole = s->places[whole];
        if (lacking->whole != NTM_I_NONE) ntm_i_lacking_at(s, lacking->whole)->has_part = true;
    }
    find_uses(s);
    while (tie_all(s))
        continue;
    for (uint32_t i = 0; i < s->lacking.count; i++)
        for (size_t w = 0; w < s->words; w++)
            ntm_i_lacking_at(s, i)->uses += (uint32_t)__builtin_popcountll(s->uses[i * s->words + w]);
}

/* The leaves below each thing: kids stand before what they belong to. */
static void find_below(ntm_i_decide *s) {
    for (size_t i = 0; i < s->rest.count; i++) {
        const ntm_i_rest *rest = ntm_i_rest_at(s, i);
        uint64_t *below = s->below + i * s->words;
        if (rest->kind == NTM_I_REST_LEAF) below[rest->leaf / 64] |= UINT64_C(1) << (rest->leaf % 64);
        for (uint32_t k = 0; k < rest->count; k++) {
            const uint64_t *kid = s->below + (size_t)(ntm_i_kid_at(s, rest->first + k)->ref >> 1) * s->words;
            for (size_t w = 0; w < s->words; w++)
                below[w] |= kid[w];
        }
    }
}

static bool take_room(ntm_i_decide *s) {
    size_t facts = s->lacking.count, box = sizeof(ntm_i_box) + facts * sizeof(uint32_t);
    s->words = (s->leaves.count + 63) / 64;
    s->box_size = (box + 15) / 16 * 16;
    s->box = ntm_i_arena_take(&s->arena, 1, s->box_size);
    s->uses = ntm_i_arena_take(&s->arena, facts * s->words, sizeof *s->uses);
    s->below = ntm_i_arena_take(&s->arena, s->rest.count * s->words, sizeof *s->below);
    s->joined = ntm_i_arena_take(&s->arena, s->words, sizeof *s->joined);
    s->inner = ntm_i_arena_take(&s->arena, facts, 1);
    if (s->box != NULL && s->uses != NULL && s->below != NULL && s->joined != NULL && s->inner != NULL) return true;
    s->no_memory = true;
    return false;
}

void ntm_i_decide_row(ntm_i_decide *s, size_t row, uint64_t work) {
    forget_row(s);
    s->work = work;
    s->root = NTM_I_REF_NOT_MET;
    if (s->plan->scope_axis != NTM_I_NONE)
        for (size_t i = 0; i < s->plan->keyspaces.count; i++)
            s->run->keys[i].block = SIZE_MAX; /* values that stood in decided scopes */
    ntm_i_run_block(s->run, row, 1);
    if (s->run->problem_count > 0 || ntm_i_decide_verdict(s) != NTM_OPEN) return;
    memset(s->members, 0, sizeof s->members);
    s->root = ntm_i_rest_of_root(s);
    if (s->no_memory || !take_room(s)) return;
    find_ties(s);
    find_below(s);
    ntm_i_choose_values(s);
    if (!s->no_memory) ntm_i_fill_leaves(s);
}
