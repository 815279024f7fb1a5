/* SPDX-License-Identifier: Apache-2.0 */
/* The walk over a law that writes a derivation down: what is below comes first, and nothing twice. */
#include "proof/walk.h"

#include <string.h>

static uint32_t walk_node(ntm_i_trace *walk, ntm_node at);

/* Places in part_step. */
static size_t place_of(const ntm_set *set, ntm_i_part part, size_t index) {
    size_t indicators = set->criterion_count, preconditions = indicators + set->indicator_count;
    size_t values = preconditions + set->precondition_count, words = values + set->value_count;
    switch (part) {
        case NTM_I_PART_CRITERION: return index;
        case NTM_I_PART_INDICATOR: return indicators + index;
        case NTM_I_PART_PRECONDITION: return preconditions + index;
        case NTM_I_PART_VALUE: return values + index;
        case NTM_I_PART_STATUS: return words;
        case NTM_I_PART_CRITERIA_STATUS: return words + 1;
        default: return words + 2;
    }
}

ntm_status ntm_i_trace_fail(ntm_i_trace *walk, ntm_status status, const char *subject, const char *what) {
    if (walk->status != NTM_OK) return walk->status;
    walk->status = status == NTM_ERROR_MEMORY
                       ? ntm_i_no_memory(walk->err)
                       : ntm_i_fail(walk->err, status, NTM_I_ROW(subject, walk->x.run->start), "%s", what);
    return walk->status;
}

ntm_status ntm_i_trace_start(ntm_i_trace *walk, ntm_i_run *run, const ntm_allocator *allocator, ntm_error *err) {
    const ntm_set *set = run->plan->set;
    memset(walk, 0, sizeof *walk);
    walk->x = ntm_i_exact_start(run, 0);
    walk->plan = run->plan;
    walk->set = set;
    walk->allocator = *allocator;
    walk->err = err;
    ntm_i_array_start(&walk->steps, allocator, sizeof(ntm_i_derived));
    ntm_i_array_start(&walk->outcomes, allocator, sizeof(ntm_i_outcome));
    ntm_i_array_start(&walk->below, allocator, sizeof(uint32_t));
    ntm_i_array_start(&walk->waiting, allocator, sizeof(uint32_t));
    ntm_i_array_start(&walk->givens, allocator, sizeof(ntm_i_given));
    ntm_i_array_start(&walk->cells, allocator, sizeof(const ntm_i_cell *));
    ntm_i_array_start(&walk->frames, allocator, sizeof(ntm_i_frame));
    size_t inputs = walk->plan->inputs.count, parts = place_of(set, NTM_I_PART_REVOCATION, 0) + 1;
    walk->given_of = ntm_i_arena_take(&run->arena, inputs, sizeof *walk->given_of);
    walk->part_step = ntm_i_arena_take(&run->arena, parts, sizeof *walk->part_step);
    walk->scope_step = ntm_i_arena_take(&run->arena, set->scope_count, sizeof *walk->scope_step);
    if (walk->given_of == NULL || walk->part_step == NULL || walk->scope_step == NULL)
        return walk->status = ntm_i_no_memory(err);
    memset(walk->given_of, 0xff, inputs * sizeof *walk->given_of);
    memset(walk->part_step, 0xff, parts * sizeof *walk->part_step);
    memset(walk->scope_step, 0xff, set->scope_count * sizeof *walk->scope_step);
    return NTM_OK;
}

void ntm_i_trace_end(ntm_i_trace *walk) {
    ntm_i_array_end(&walk->steps);
    ntm_i_array_end(&walk->outcomes);
    ntm_i_array_end(&walk->below);
    ntm_i_array_end(&walk->waiting);
    ntm_i_array_end(&walk->givens);
    ntm_i_array_end(&walk->cells);
    ntm_i_array_end(&walk->frames);
}

/* ------------------------------------------------------------------------------------------- steps */

/* Remembers a step as one that the node at hand rests on. */
static void wait(ntm_i_trace *walk, uint32_t step) {
    if (walk->status != NTM_OK) return;
    uint32_t *room = ntm_i_array_push(&walk->waiting);
    if (room == NULL)
        walk->status = ntm_i_no_memory(walk->err);
    else
        *room = step;
}

static const char *name_of(const ntm_i_trace *walk, const ntm_i_derived *step) {
    return step->node == 0 ? walk->set->about.id : ntm_i_kind_name(walk->set->nodes[step->node - 1].kind);
}

/* Writes a step down that rests on all that waits from `from` on. */
static uint32_t add_step(ntm_i_trace *walk, ntm_i_derived step, size_t from) {
    if (walk->status != NTM_OK) return NTM_I_NONE;
    size_t count = walk->waiting.count - from;
    step.below = (uint32_t)walk->below.count;
    step.below_count = (uint32_t)count;
    step.frame = step.part == NTM_I_PART_NONE ? walk->frame : 0;
    step.in_scope = walk->in_scope;
    const uint32_t *waiting = (const uint32_t *)walk->waiting.items + from;
    for (size_t i = 0; i < count; i++) {
        const ntm_i_derived *below = &ntm_i_trace_steps(walk)[waiting[i]];
        bool condition = below->part == NTM_I_PART_NONE && below->sort == NTM_I_CONDITION;
        step.rests = step.rests || below->rests || condition;
    }
    bool fits = walk->steps.count < UINT32_MAX - 1 && walk->below.count + count < UINT32_MAX &&
                ntm_i_array_append(&walk->below, waiting, count) && ntm_i_array_append(&walk->steps, &step, 1);
    ntm_i_outcome *outcome = fits ? ntm_i_array_push(&walk->outcomes) : NULL;
    walk->waiting.count = from;
    if (outcome == NULL) {
        walk->status = ntm_i_no_memory(walk->err);
        return NTM_I_NONE;
    }
    uint32_t at = (uint32_t)walk->steps.count - 1;
    if (ntm_i_trace_derive(walk, at, walk->outcomes.items, walk->givens.items, outcome)) return at;
    (void)ntm_i_trace_fail(walk, NTM_ERROR_OVERFLOW, name_of(walk, &step),
                           "a result that does not fit exact arithmetic");
    return NTM_I_NONE;
}

/* ------------------------------------------------------------------------------------------- parts */

static uint32_t walk_part(ntm_i_trace *walk, ntm_i_part part, size_t index);

/* What a part rests on. */
static void walk_below_part(ntm_i_trace *walk, ntm_i_part part, size_t index) {
    const ntm_set *set = walk->set;
    ntm_node rule = 0;
    switch (part) {
        case NTM_I_PART_STATUS:
            wait(walk, walk_part(walk, NTM_I_PART_CRITERIA_STATUS, 0));
            for (size_t i = 0; i < set->precondition_count && walk->status == NTM_OK; i++)
                wait(walk, walk_part(walk, NTM_I_PART_PRECONDITION, i));
            return;
        case NTM_I_PART_CRITERIA_STATUS:
            rule = set->status;
            for (size_t i = 0; rule == 0 && i < set->criterion_count && walk->status == NTM_OK; i++)
                wait(walk, walk_part(walk, NTM_I_PART_CRITERION, i));
            break;
        case NTM_I_PART_CRITERION:
            rule = set->criteria[index].rule;
            for (size_t i = 0; rule == 0 && i < set->criteria[index].indicator_count && walk->status == NTM_OK; i++)
                wait(walk, walk_part(walk, NTM_I_PART_INDICATOR, set->criteria[index].first_indicator + i));
            break;
        case NTM_I_PART_REVOCATION: rule = set->revocation; break;
        case NTM_I_PART_INDICATOR: rule = set->indicators[index].rule; break;
        case NTM_I_PART_PRECONDITION: rule = set->preconditions[index].rule; break;
        case NTM_I_PART_VALUE: rule = set->values[index].rule; break;
        default: break;
    }
    if (rule != 0) wait(walk, walk_node(walk, rule));
}

static uint32_t walk_part(ntm_i_trace *walk, ntm_i_part part, size_t index) {
    if (walk->status != NTM_OK) return NTM_I_NONE;
    size_t place = place_of(walk->set, part, index), from = walk->waiting.count;
    if (walk->part_step[place] != NTM_I_NONE) return walk->part_step[place];
    if (walk->depth >= NTM_I_PARTS_DEPTH_MAX) {
        (void)ntm_i_trace_fail(walk, NTM_ERROR_LIMIT, walk->set->about.id,
                               "parts of the set refer to one another more than 64 deep");
        return NTM_I_NONE;
    }
    uint32_t frame = walk->frame;
    walk->frame = 0;
    walk->depth++;
    walk_below_part(walk, part, index);
    ntm_i_derived step = {.part = part, .index = (uint32_t)index, .given = NTM_I_NONE, .threshold = NTM_I_NONE};
    step.sort = part == NTM_I_PART_VALUE ? NTM_I_QUANTITY : NTM_I_CONDITION;
    uint32_t at = add_step(walk, step, from);
    walk->frame = frame;
    walk->depth--;
    walk->part_step[place] = at;
    return at;
}

/* ------------------------------------------------------------------------------------------- nodes */

/* The rules of scope, before the first figure that asks for them. */
static void walk_scopes(ntm_i_trace *walk) {
    uint32_t frame = walk->frame;
    walk->frame = 0;
    walk->in_scope = true;
    for (size_t i = 0; i < walk->set->scope_count && walk->status == NTM_OK; i++)
        if (walk->scope_step[i] == NTM_I_NONE) walk->scope_step[i] = walk_node(walk, walk->set->scopes[i].when);
    walk->in_scope = false;
    walk->frame = frame;
}

static void walk_figure(ntm_i_trace *walk, ntm_i_derived *step) {
    const ntm_i_threshold *t = &ntm_i_plan_thresholds(walk->plan)[step->threshold];
    const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(walk->plan)[t->keyspace];
    bool scoped = ntm_i_trace_is_scoped(walk, step->threshold);
    size_t rules = walk->set->scope_count;
    if (scoped) walk_scopes(walk);
    step->cells = (uint32_t)walk->cells.count;
    for (size_t rule = scoped ? 0 : rules; rule <= rules && walk->status == NTM_OK; rule++) {
        uint32_t key = ntm_i_key_by_rule(walk->x.run, t->keyspace, walk->x.row, rule);
        const ntm_i_cell *cell = key < space->cells && t->cells[key].known ? &t->cells[key] : NULL;
        if (!ntm_i_array_append(&walk->cells, &cell, 1)) walk->status = ntm_i_no_memory(walk->err);
    }
}

/* of[0] once for each member. */
static void walk_members(ntm_i_trace *walk, ntm_node rule, uint32_t dimension) {
    uint32_t before = walk->x.members[dimension], outer = walk->frame;
    for (uint32_t i = 0; i < walk->set->dimensions[dimension].member_count && walk->status == NTM_OK; i++) {
        ntm_i_frame frame = {outer, dimension, i};
        if (!ntm_i_array_append(&walk->frames, &frame, 1)) {
            walk->status = ntm_i_no_memory(walk->err);
            break;
        }
        walk->frame = (uint32_t)walk->frames.count;
        walk->x.members[dimension] = i;
        wait(walk, walk_node(walk, rule));
    }
    walk->x.members[dimension] = before;
    walk->frame = outer;
}

static void walk_over(ntm_i_trace *walk, const ntm_node_spec *node, const ntm_i_node_info *info) {
    const ntm_set *set = walk->set;
    if (node->over == NTM_OVER_CHILDREN) return;
    if (node->over == NTM_OVER_MEMBERS) {
        walk_members(walk, node->of[0], info->target);
        return;
    }
    bool criteria = node->over == NTM_OVER_CRITERIA;
    size_t all = criteria ? set->criterion_count : set->indicator_count;
    for (size_t i = 0; i < (node->member_count > 0 ? node->member_count : all) && walk->status == NTM_OK; i++)
        wait(walk, walk_part(walk, criteria ? NTM_I_PART_CRITERION : NTM_I_PART_INDICATOR,
                             info->among == NULL ? i : info->among[i]));
}

static void walk_below_node(ntm_i_trace *walk, const ntm_node_spec *node, const ntm_i_node_info *info) {
    switch (node->kind) {
        case NTM_CRITERION: wait(walk, walk_part(walk, NTM_I_PART_CRITERION, info->target)); return;
        case NTM_INDICATOR: wait(walk, walk_part(walk, NTM_I_PART_INDICATOR, info->target)); return;
        case NTM_VALUE: wait(walk, walk_part(walk, NTM_I_PART_VALUE, info->target)); return;
        case NTM_COUNT:
        case NTM_SHARE:
        case NTM_EVERY: walk_over(walk, node, info); return;
        default: break;
    }
    for (size_t i = 0; i < node->of_count && walk->status == NTM_OK; i++)
        wait(walk, walk_node(walk, node->of[i]));
    for (size_t i = 0; i < node->band_count && walk->status == NTM_OK; i++)
        if (node->bands[i].requires_met != 0) wait(walk, walk_node(walk, node->bands[i].requires_met));
    if (node->kind == NTM_GRADE && node->knock_out != 0 && walk->status == NTM_OK)
        wait(walk, walk_node(walk, node->knock_out));
}

static uint32_t walk_node(ntm_i_trace *walk, ntm_node at) {
    if (walk->status != NTM_OK) return NTM_I_NONE;
    const ntm_node_spec *node = &walk->set->nodes[at - 1];
    const ntm_i_node_info *info = &walk->set->info[at - 1];
    size_t from = walk->waiting.count;
    ntm_i_derived step = {.sort = info->sort, .node = at, .given = NTM_I_NONE, .threshold = NTM_I_NONE};
    if (node->kind == NTM_FIGURE) step.threshold = info->target; /* threshold i is figure i */
    if (node->kind == NTM_FIGURE_OF) step.threshold = walk->plan->node_threshold[at - 1];
    walk_below_node(walk, node, info);
    if (walk->status == NTM_OK && step.threshold != NTM_I_NONE) walk_figure(walk, &step);
    if (walk->status == NTM_OK && step.threshold == NTM_I_NONE && walk->plan->node_input[at - 1] != NTM_I_NONE) {
        uint32_t input = ntm_i_exact_node_input(&walk->x, at);
        bool children = (node->kind == NTM_COUNT || node->kind == NTM_SHARE || node->kind == NTM_EVERY);
        step.given = ntm_i_trace_given(walk, input);
        for (uint32_t i = 1; children && i < 3; i++)
            (void)ntm_i_trace_given(walk, input + i); /* met, open, total stand side by side */
    }
    return add_step(walk, step, from);
}

/* ------------------------------------------------------------------------------------------- the whole */

/* Leaves: conditions that rest on no other, and those that are met because there is nothing to ask. */
static ntm_status mark_leaves(ntm_i_trace *walk) {
    ntm_i_derived *steps = walk->steps.items;
    size_t count = walk->steps.count;
    bool *reached = ntm_i_allocate(&walk->allocator, count, sizeof *reached);
    if (reached == NULL) return walk->status = ntm_i_no_memory(walk->err);
    reached[count - 1] = true;
    for (size_t i = count; i-- > 0;) {
        ntm_i_derived *step = &steps[i];
        bool condition = step->part == NTM_I_PART_NONE && step->sort == NTM_I_CONDITION && !step->in_scope;
        bool nothing_asked = condition && walk->set->nodes[step->node - 1].kind == NTM_IF_APPLICABLE &&
                             ntm_i_trace_givens(walk)[step->given].state == NTM_NOT_APPLICABLE;
        if (!reached[i]) continue;
        step->leaf = condition && (!step->rests || nothing_asked);
        for (uint32_t k = 0; k < step->below_count && !nothing_asked; k++)
            reached[ntm_i_trace_below(walk, step)[k]] = true;
    }
    ntm_i_release(&walk->allocator, reached, count, sizeof *reached);
    return NTM_OK;
}

ntm_status ntm_i_trace_part(ntm_i_trace *walk, ntm_of of, size_t index) {
    static const ntm_i_part parts[] = {NTM_I_PART_STATUS,    NTM_I_PART_CRITERIA_STATUS, NTM_I_PART_REVOCATION,
                                       NTM_I_PART_CRITERION, NTM_I_PART_INDICATOR,       NTM_I_PART_PRECONDITION};
    bool single = of == NTM_OF_STATUS || of == NTM_OF_CRITERIA_STATUS || of == NTM_OF_REVOCATION;
    (void)walk_part(walk, parts[of], single ? 0 : index);
    return walk->status == NTM_OK ? mark_leaves(walk) : walk->status;
}

ntm_status ntm_i_trace_rule(ntm_i_trace *walk, ntm_node node) {
    (void)walk_node(walk, node);
    return walk->status == NTM_OK ? mark_leaves(walk) : walk->status;
}
