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

/* The terms of a sum of sums. A value stands for its rule where it is met first: values that name one another twice
   each must not multiply the terms. */
static void add_terms(ntm_i_climbing *c, ntm_node at, uint8_t *gone_into) {
    const ntm_node_spec *node = &c->set->nodes[at - 1];
    uint32_t value = c->set->info[at - 1].target;
    if (node->kind == NTM_VALUE && c->set->values[value].rule != 0 && !gone_into[value]) {
        gone_into[value] = 1;
        add_terms(c, c->set->values[value].rule, gone_into);
    } else if (node->kind != NTM_SUM) {
        add_piece(c, at, false, NTM_OPEN, SIZE_MAX);
    } else {
        for (size_t i = 0; i < node->of_count; i++)
            add_terms(c, node->of[i], gone_into);
    }
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
    uint8_t *gone_into = ntm_i_arena_take(&c->arena, c->set->value_count, 1);
    if (gone_into == NULL) {
        c->no_memory = true;
        return;
    }
    add_terms(c, c->grade->of[0], gone_into);
    if (c->grade->knock_out != 0) add_conditions(c, c->grade->knock_out, NTM_NOT_MET, SIZE_MAX);
    for (size_t i = 0; i < c->band_count; i++) {
        ntm_node condition = c->grade->bands[c->first_band + i].requires_met;
        if (condition != 0) add_conditions(c, condition, NTM_MET, i);
    }
}

/* ------------------------------------------------------------------------------------------- walking rules */

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

static void mark_number(ntm_i_climbing *c, uint32_t fact, ntm_comparison sign, ntm_i_rational number, int power) {
    ntm_i_rational bound;
    if (ntm_i_rational_scale(&bound, number, power)) add_mark(c, fact, sign, bound);
}

/* The cells of a figure: of every column that a rule of scope could choose, whatever those rules say now. */
static void mark_cells(ntm_i_climbing *c, uint32_t fact, ntm_comparison sign, uint32_t figure, int power) {
    const ntm_i_threshold *t = &ntm_i_plan_thresholds(c->run->plan)[figure];
    uint32_t cells = ntm_i_plan_keyspaces(c->run->plan)[t->keyspace].cells;
    for (size_t rule = 0; rule <= c->set->scope_count; rule++) {
        uint32_t key = ntm_i_key_by_rule(c->run, t->keyspace, 0, rule);
        if (key < cells && t->cells[key].known) mark_number(c, fact, sign, t->cells[key].value, t->power - power);
    }
}

/* Once for each comparison, however many pieces lead to it. */
static void look_at_compare(ntm_i_climbing *c, ntm_node number, const ntm_node_spec *node) {
    if (c->compared[number - 1]) return;
    c->compared[number - 1] = 1;
    for (size_t side = 0; side < 2; side++) {
        ntm_node at = node->of[side], other = node->of[1 - side];
        uint32_t fact = c->set->info[at - 1].target;
        const ntm_node_spec *against = &c->set->nodes[other - 1];
        ntm_comparison sign = side == 0 ? node->compare : ntm_i_mirrored(node->compare);
        if (c->set->nodes[at - 1].kind != NTM_FACT || c->set->facts[fact].kind != NTM_KIND_COUNT) continue;
        int power = ntm_i_plan_inputs(c->run->plan)[c->run->plan->node_input[at - 1]].power;
        if (against->kind == NTM_CONSTANT)
            mark_number(c, fact, sign, ntm_i_rational_decimal(against->value),
                        c->set->info[other - 1].unit.power - power);
        else if (against->kind == NTM_FIGURE)
            mark_cells(c, fact, sign, c->set->info[other - 1].target, power);
    }
}

static void look_at_fact(ntm_i_climbing *c, ntm_node at) {
    uint32_t fact = c->set->info[at - 1].target;
    if (c->set->facts[fact].by != NULL) return; /* members climb together or not: left as they are */
    c->facts[fact] = true;
    c->inputs[fact] = c->run->plan->node_input[at - 1];
}

/* Marks the facts that can be put higher, and what a rule needs to be looked at again. */
static void look_at_node(void *climbing, ntm_node at) {
    ntm_i_climbing *c = climbing;
    const ntm_node_spec *node = &c->set->nodes[at - 1];
    if (c->no_memory) return;
    switch (node->kind) {
        case NTM_FACT:
        case NTM_ATTESTED: look_at_fact(c, at); break;
        case NTM_AT_LEVEL:
            if (node->name != NULL) look_at_fact(c, at);
            break;
        case NTM_COMPARE: look_at_compare(c, at, node); break;
        case NTM_FIGURE:
        case NTM_FIGURE_OF: c->needs_program = c->needs_program || c->set->scope_count > 0; break;
        case NTM_CRITERION:
        case NTM_INDICATOR: c->needs_program = true; break;
        case NTM_COUNT:
        case NTM_SHARE:
            if (node->over == NTM_OVER_CRITERIA || node->over == NTM_OVER_INDICATORS) c->needs_program = true;
            break;
        default: break;
    }
}

static void walk_piece(ntm_i_climbing *c, size_t piece) {
    memset(c->facts, 0, c->set->fact_count * sizeof *c->facts);
    ntm_i_reads_reset(&c->reads);
    (void)ntm_i_reads_rule(&c->reads, ntm_i_climb_piece(c, piece)->node);
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
    c->compared = ntm_i_arena_take(&c->arena, set->node_count, 1);
    c->facts = ntm_i_arena_take(&c->arena, set->fact_count, sizeof *c->facts);
    c->inputs = ntm_i_arena_take(&c->arena, set->fact_count, sizeof *c->inputs);
    c->looked_at = ntm_i_arena_take(&c->arena, set->fact_count, sizeof *c->looked_at);
    if (c->compared == NULL || c->facts == NULL || c->inputs == NULL || c->looked_at == NULL ||
        !ntm_i_reads_start(&c->reads, set, &c->arena))
        return ntm_i_no_memory(err);
    c->reads.with_scope = true; /* a fact that chooses the column of a figure is looked at by it */
    c->reads.visit = look_at_node;
    c->reads.context = c;
    take_apart(c);
    for (size_t i = 0; i < c->pieces.count && !c->no_memory; i++) {
        walk_piece(c, i);
        for (size_t f = 0; f < set->fact_count; f++)
            c->looked_at[f] = c->looked_at[f] || c->facts[f];
    }
    if (c->no_memory) return ntm_i_no_memory(err);
    ntm_status status = ntm_i_climb_ladders(c, err);
    for (size_t i = 0; i < c->pieces.count && status == NTM_OK; i++) {
        walk_piece(c, i);
        join(c, i);
    }
    if (status == NTM_OK && (c->no_memory || !make_parts(c))) status = ntm_i_no_memory(err);
    return status;
}
