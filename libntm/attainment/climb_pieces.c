/* SPDX-License-Identifier: Apache-2.0 */
/* Taking a grade apart: terms, conditions, the facts they look at, and which of them hang together. */
#include <string.h>

#include "attainment/climb.h"

static void add_piece(ntm_i_climbing *c, ntm_node node, bool is_condition, ntm_verdict wanted, size_t band) {
    ntm_i_piece *piece = ntm_i_array_push(&c->pieces);
    if (piece == NULL)
        c->no_memory = true;
    else
        *piece = (ntm_i_piece){node, is_condition, wanted, band, SIZE_MAX};
}

/* The terms of a sum of sums. A value stands for its rule. */
static void add_terms(ntm_i_climbing *c, ntm_node at) {
    const ntm_node_spec *node = &c->set->nodes[at - 1];
    ntm_node rule = node->kind == NTM_VALUE ? c->set->values[c->set->info[at - 1].target].rule : 0;
    if (rule != 0)
        add_terms(c, rule);
    else if (node->kind != NTM_SUM)
        add_piece(c, at, false, NTM_OPEN, SIZE_MAX);
    else
        for (size_t i = 0; i < node->of_count; i++)
            add_terms(c, node->of[i]);
}

/* All of a list have to be met, or none may be: each of it is a condition of its own. */
static void add_conditions(ntm_i_climbing *c, ntm_node at, ntm_verdict wanted, size_t band) {
    const ntm_node_spec *node = &c->set->nodes[at - 1];
    if (node->kind == NTM_NOT)
        add_conditions(c, node->of[0], wanted == NTM_MET ? NTM_NOT_MET : NTM_MET, band);
    else if (node->kind != (wanted == NTM_MET ? NTM_ALL : NTM_ANY))
        add_piece(c, at, true, wanted, band);
    else
        for (size_t i = 0; i < node->of_count; i++)
            add_conditions(c, node->of[i], wanted, band);
}

static void take_apart(ntm_i_climbing *c) {
    add_terms(c, c->grade->of[0]);
    if (c->grade->knock_out != 0) add_conditions(c, c->grade->knock_out, NTM_NOT_MET, SIZE_MAX);
    for (size_t i = 0; i < c->band_count; i++) {
        ntm_node condition = c->grade->bands[c->first_band + i].requires_met;
        if (condition != 0) add_conditions(c, condition, NTM_MET, i);
    }
}

/* ------------------------------------------------------------------------------------------- walking rules */

static void walk(ntm_i_climbing *c, ntm_node at);

/* Whether a value, criterion or indicator comes up for the first time in this walk. */
static bool first_time(ntm_i_climbing *c, size_t index) {
    bool first = !c->seen[index];
    c->seen[index] = true;
    return first;
}

static void walk_indicator(ntm_i_climbing *c, size_t index) {
    c->needs_program = true;
    if (first_time(c, c->set->value_count + c->set->criterion_count + index)) walk(c, c->set->indicators[index].rule);
}

static void walk_criterion(ntm_i_climbing *c, size_t index) {
    const ntm_criterion *criterion = &c->set->criteria[index];
    c->needs_program = true;
    if (!first_time(c, c->set->value_count + index)) return;
    walk(c, criterion->rule);
    for (size_t i = 0; i < criterion->indicator_count; i++)
        walk_indicator(c, criterion->first_indicator + i);
}

static void walk_within_set(ntm_i_climbing *c, const ntm_node_spec *node, const uint32_t *among) {
    bool criteria = node->over == NTM_OVER_CRITERIA;
    size_t total = criteria ? c->set->criterion_count : c->set->indicator_count;
    for (size_t i = 0; i < (node->member_count > 0 ? node->member_count : total); i++) {
        size_t index = among == NULL ? i : among[i];
        if (criteria)
            walk_criterion(c, index);
        else
            walk_indicator(c, index);
    }
}

/* Rules of scope choose the column of a figure: what they look at counts as looked at by the figure. */
static void walk_scopes(ntm_i_climbing *c) {
    for (size_t i = 0; i < c->set->scope_count; i++) {
        c->needs_program = true;
        walk(c, c->set->scopes[i].when);
    }
}

/* The whole numbers at which a comparison of a count turns, with the count on the left. */
static void add_mark(ntm_i_climbing *c, uint32_t fact, ntm_comparison sign, ntm_i_rational bound) {
    if (ntm_i_rational_compare(bound, ntm_i_rational_int(INT64_MAX)) >= 0) return;
    ntm_i_wide at_least = ntm_i_rational_ceiling(bound), more = ntm_i_rational_floor(bound) + 1;
    bool from = sign == NTM_MORE_OR_EQUAL || sign == NTM_LESS || sign == NTM_EQUAL;
    bool past = sign == NTM_MORE || sign == NTM_LESS_OR_EQUAL || sign == NTM_EQUAL;
    ntm_i_mark marks[2];
    size_t count = 0;
    if (from && at_least >= 0) marks[count++] = (ntm_i_mark){fact, (int64_t)at_least};
    if (past && more >= 0) marks[count++] = (ntm_i_mark){fact, (int64_t)more};
    if (!ntm_i_array_append(&c->marks, marks, count)) c->no_memory = true;
}

static void walk_compare(ntm_i_climbing *c, const ntm_node_spec *node) {
    for (size_t side = 0; side < 2; side++) {
        ntm_node at = node->of[side], other = node->of[1 - side];
        uint32_t fact = c->set->info[at - 1].target;
        ntm_node_kind kind = c->set->nodes[other - 1].kind;
        if (c->set->nodes[at - 1].kind != NTM_FACT || c->set->facts[fact].kind != NTM_KIND_COUNT) continue;
        if (kind != NTM_CONSTANT && kind != NTM_FIGURE) continue;
        ntm_i_exact x = ntm_i_exact_start(c->run, 0);
        x.quiet = true;
        ntm_i_interval bounds = ntm_i_exact_quantity(&x, other);
        ntm_i_rational bound;
        int power = ntm_i_plan_inputs(c->run->plan)[c->run->plan->node_input[at - 1]].power;
        if (x.failed || !ntm_i_is_finite(bounds.least) || ntm_i_rational_compare(bounds.least, bounds.most) != 0)
            continue;
        if (ntm_i_rational_scale(&bound, bounds.least, -power))
            add_mark(c, fact, side == 0 ? node->compare : ntm_i_mirrored(node->compare), bound);
    }
}

static void walk_fact(ntm_i_climbing *c, ntm_node at) {
    uint32_t fact = c->set->info[at - 1].target;
    if (c->set->facts[fact].by != NULL) return; /* members climb together or not: left as they are */
    c->facts[fact] = true;
    c->inputs[fact] = c->run->plan->node_input[at - 1];
}

/* Marks the facts that a rule looks at. */
static void walk(ntm_i_climbing *c, ntm_node at) {
    if (at == 0 || c->no_memory) return;
    const ntm_node_spec *node = &c->set->nodes[at - 1];
    uint32_t target = c->set->info[at - 1].target;
    switch (node->kind) {
        case NTM_FACT:
        case NTM_ATTESTED: walk_fact(c, at); break;
        case NTM_AT_LEVEL:
            if (node->name != NULL) walk_fact(c, at);
            break;
        case NTM_FIGURE:
        case NTM_FIGURE_OF: walk_scopes(c); break;
        case NTM_COMPARE: walk_compare(c, node); break;
        case NTM_CRITERION: walk_criterion(c, target); break;
        case NTM_INDICATOR: walk_indicator(c, target); break;
        case NTM_VALUE:
            if (first_time(c, target)) walk(c, c->set->values[target].rule);
            break;
        case NTM_COUNT:
        case NTM_SHARE:
            if (node->over == NTM_OVER_CRITERIA || node->over == NTM_OVER_INDICATORS)
                walk_within_set(c, node, c->set->info[at - 1].among);
            break;
        default: break;
    }
    for (size_t i = 0; i < node->of_count; i++)
        walk(c, node->of[i]);
    for (size_t i = 0; i < node->band_count; i++)
        walk(c, node->bands[i].requires_met);
    walk(c, node->knock_out);
}

static void walk_piece(ntm_i_climbing *c, size_t piece) {
    const ntm_set *set = c->set;
    memset(c->seen, 0, (set->value_count + set->criterion_count + set->indicator_count) * sizeof *c->seen);
    memset(c->facts, 0, set->fact_count * sizeof *c->facts);
    walk(c, ntm_i_climb_piece(c, piece)->node);
}

/* ------------------------------------------------------------------------------------------- parts */

static size_t root_of(ntm_i_climbing *c, size_t ladder) {
    while (ntm_i_climb_ladder(c, ladder)->part != ladder) {
        ntm_i_ladder *at = ntm_i_climb_ladder(c, ladder);
        at->part = ntm_i_climb_ladder(c, at->part)->part; /* halves the way each time */
        ladder = at->part;
    }
    return ladder;
}

/* Ladders that a piece looks at hang together; the lower root stays, so that parts are in the order of facts. */
static void join(ntm_i_climbing *c, size_t piece) {
    ntm_i_piece *p = ntm_i_climb_piece(c, piece);
    for (size_t i = 0; i < c->ladders.count; i++) {
        if (!c->facts[ntm_i_climb_ladder(c, i)->fact]) continue;
        if (p->ladder == SIZE_MAX) p->ladder = i;
        size_t a = root_of(c, p->ladder), b = root_of(c, i);
        ntm_i_climb_ladder(c, a < b ? b : a)->part = a < b ? a : b;
    }
}

static bool make_parts(ntm_i_climbing *c) {
    size_t *number = ntm_i_arena_take(&c->arena, c->ladders.count, sizeof *number);
    c->parts = ntm_i_arena_take(&c->arena, c->ladders.count, sizeof *c->parts);
    if (number == NULL || c->parts == NULL) return false;
    for (size_t i = 0; i < c->ladders.count; i++) {
        size_t root = root_of(c, i);
        if (root == i) {
            number[i] = c->part_count++;
            ntm_i_array_start(&c->parts[number[i]].options, &c->arena.allocator, sizeof(ntm_i_option));
        }
        c->parts[number[root]].ladder_count++;
    }
    for (size_t i = 0; i < c->part_count; i++) {
        c->parts[i].ladders = ntm_i_arena_take(&c->arena, c->parts[i].ladder_count, sizeof(size_t));
        if (c->parts[i].ladders == NULL) return false;
        c->parts[i].ladder_count = 0;
    }
    for (size_t i = 0; i < c->ladders.count; i++) {
        ntm_i_part *part = &c->parts[number[root_of(c, i)]];
        part->ladders[part->ladder_count++] = i;
    }
    for (size_t i = 0; i < c->pieces.count; i++) { /* from now on: the number of the part */
        ntm_i_piece *p = ntm_i_climb_piece(c, i);
        if (p->ladder != SIZE_MAX) p->ladder = number[root_of(c, p->ladder)];
    }
    return true;
}

ntm_status ntm_i_climb_prepare(ntm_i_climbing *c, ntm_error *err) {
    const ntm_set *set = c->set;
    c->seen = ntm_i_arena_take(&c->arena, set->value_count + set->criterion_count + set->indicator_count, 1);
    c->facts = ntm_i_arena_take(&c->arena, set->fact_count, sizeof *c->facts);
    c->inputs = ntm_i_arena_take(&c->arena, set->fact_count, sizeof *c->inputs);
    bool *all = ntm_i_arena_take(&c->arena, set->fact_count, sizeof *all);
    if (c->seen == NULL || c->facts == NULL || c->inputs == NULL || all == NULL) return ntm_i_no_memory(err);
    take_apart(c);
    for (size_t i = 0; i < c->pieces.count && !c->no_memory; i++) {
        walk_piece(c, i);
        for (size_t f = 0; f < set->fact_count; f++)
            all[f] = all[f] || c->facts[f];
    }
    if (c->no_memory) return ntm_i_no_memory(err);
    ntm_status status = ntm_i_climb_ladders(c, all, err);
    for (size_t i = 0; i < c->pieces.count && status == NTM_OK; i++) {
        walk_piece(c, i);
        join(c, i);
    }
    if (status == NTM_OK && (c->no_memory || !make_parts(c))) status = ntm_i_no_memory(err);
    return status;
}
