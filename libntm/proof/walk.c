/* SPDX-License-Identifier: Apache-2.0 */
/* The walk over a law that writes a derivation down: what is below comes first, and nothing twice. */
#include "proof/walk.h"

#include <string.h>

static uint32_t walk_node(ntm_i_trace *trace, ntm_node at);

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

ntm_status ntm_i_trace_fail(ntm_i_trace *trace, ntm_status status, const char *subject, const char *what) {
    if (trace->status != NTM_OK) return trace->status;
    trace->status = status == NTM_ERROR_MEMORY
                        ? ntm_i_no_memory(trace->err)
                        : ntm_i_fail(trace->err, status, NTM_I_ROW(subject, trace->x.run->start), "%s", what);
    return trace->status;
}

ntm_status ntm_i_trace_start(ntm_i_trace *trace, ntm_i_run *run, const ntm_allocator *allocator, ntm_error *err) {
    const ntm_set *set = run->plan->set;
    memset(trace, 0, sizeof *trace);
    trace->x = ntm_i_exact_start(run, 0);
    trace->plan = run->plan;
    trace->set = set;
    trace->allocator = *allocator;
    trace->err = err;
    ntm_i_array_start(&trace->steps, allocator, sizeof(ntm_i_derived));
    ntm_i_array_start(&trace->outcomes, allocator, sizeof(ntm_i_outcome));
    ntm_i_array_start(&trace->below, allocator, sizeof(uint32_t));
    ntm_i_array_start(&trace->waiting, allocator, sizeof(uint32_t));
    ntm_i_array_start(&trace->givens, allocator, sizeof(ntm_i_given));
    ntm_i_array_start(&trace->cells, allocator, sizeof(const ntm_i_cell *));
    ntm_i_array_start(&trace->frames, allocator, sizeof(ntm_i_frame));
    size_t inputs = trace->plan->inputs.count, parts = place_of(set, NTM_I_PART_REVOCATION, 0) + 1;
    trace->given_of = ntm_i_arena_take(&run->arena, inputs, sizeof *trace->given_of);
    trace->part_step = ntm_i_arena_take(&run->arena, parts, sizeof *trace->part_step);
    trace->scope_step = ntm_i_arena_take(&run->arena, set->scope_count, sizeof *trace->scope_step);
    if (trace->given_of == NULL || trace->part_step == NULL || trace->scope_step == NULL)
        return trace->status = ntm_i_no_memory(err);
    memset(trace->given_of, 0xff, inputs * sizeof *trace->given_of);
    memset(trace->part_step, 0xff, parts * sizeof *trace->part_step);
    memset(trace->scope_step, 0xff, set->scope_count * sizeof *trace->scope_step);
    return NTM_OK;
}

void ntm_i_trace_end(ntm_i_trace *trace) {
    ntm_i_array_end(&trace->steps);
    ntm_i_array_end(&trace->outcomes);
    ntm_i_array_end(&trace->below);
    ntm_i_array_end(&trace->waiting);
    ntm_i_array_end(&trace->givens);
    ntm_i_array_end(&trace->cells);
    ntm_i_array_end(&trace->frames);
}

/* ------------------------------------------------------------------------------------------- steps */

/* Remembers a step as one that the node at hand rests on. */
static void wait(ntm_i_trace *trace, uint32_t step) {
    if (trace->status != NTM_OK) return;
    uint32_t *room = ntm_i_array_push(&trace->waiting);
    if (room == NULL)
        trace->status = ntm_i_no_memory(trace->err);
    else
        *room = step;
}

static const char *name_of(const ntm_i_trace *trace, const ntm_i_derived *step) {
    return step->node == 0 ? trace->set->about.id : ntm_i_kind_name(trace->set->nodes[step->node - 1].kind);
}

/* Writes a step down that rests on all that waits from `from` on. */
static uint32_t add_step(ntm_i_trace *trace, ntm_i_derived step, size_t from) {
    if (trace->status != NTM_OK) return NTM_I_NONE;
    size_t count = trace->waiting.count - from;
    step.below = (uint32_t)trace->below.count;
    step.below_count = (uint32_t)count;
    step.frame = step.part == NTM_I_PART_NONE ? trace->frame : 0;
    step.in_scope = trace->in_scope;
    const uint32_t *waiting = (const uint32_t *)trace->waiting.items + from;
    for (size_t i = 0; i < count; i++) {
        const ntm_i_derived *below = &ntm_i_trace_steps(trace)[waiting[i]];
        bool condition = below->part == NTM_I_PART_NONE && below->sort == NTM_I_CONDITION;
        step.rests = step.rests || below->rests || condition;
    }
    bool fits = trace->steps.count < UINT32_MAX - 1 && trace->below.count + count < UINT32_MAX &&
                ntm_i_array_append(&trace->below, waiting, count) && ntm_i_array_append(&trace->steps, &step, 1);
    ntm_i_outcome *outcome = fits ? ntm_i_array_push(&trace->outcomes) : NULL;
    trace->waiting.count = from;
    if (outcome == NULL) {
        trace->status = ntm_i_no_memory(trace->err);
        return NTM_I_NONE;
    }
    uint32_t at = (uint32_t)trace->steps.count - 1;
    if (ntm_i_trace_derive(trace, at, trace->outcomes.items, trace->givens.items, outcome)) return at;
    (void)ntm_i_trace_fail(trace, NTM_ERROR_OVERFLOW, name_of(trace, &step),
                           "a result that does not fit exact arithmetic");
    return NTM_I_NONE;
}

/* ------------------------------------------------------------------------------------------- parts */

static uint32_t walk_part(ntm_i_trace *trace, ntm_i_part part, size_t index);

/* What a part rests on. */
static void walk_below_part(ntm_i_trace *trace, ntm_i_part part, size_t index) {
    const ntm_set *set = trace->set;
    ntm_node rule = 0;
    switch (part) {
        case NTM_I_PART_STATUS:
            wait(trace, walk_part(trace, NTM_I_PART_CRITERIA_STATUS, 0));
            for (size_t i = 0; i < set->precondition_count && trace->status == NTM_OK; i++)
                wait(trace, walk_part(trace, NTM_I_PART_PRECONDITION, i));
            return;
        case NTM_I_PART_CRITERIA_STATUS:
            rule = set->status;
            for (size_t i = 0; rule == 0 && i < set->criterion_count && trace->status == NTM_OK; i++)
                wait(trace, walk_part(trace, NTM_I_PART_CRITERION, i));
            break;
        case NTM_I_PART_CRITERION:
            rule = set->criteria[index].rule;
            for (size_t i = 0; rule == 0 && i < set->criteria[index].indicator_count && trace->status == NTM_OK; i++)
                wait(trace, walk_part(trace, NTM_I_PART_INDICATOR, set->criteria[index].first_indicator + i));
            break;
        case NTM_I_PART_REVOCATION: rule = set->revocation; break;
        case NTM_I_PART_INDICATOR: rule = set->indicators[index].rule; break;
        case NTM_I_PART_PRECONDITION: rule = set->preconditions[index].rule; break;
        case NTM_I_PART_VALUE: rule = set->values[index].rule; break;
        default: break;
    }
    if (rule != 0) wait(trace, walk_node(trace, rule));
}

static uint32_t walk_part(ntm_i_trace *trace, ntm_i_part part, size_t index) {
    if (trace->status != NTM_OK) return NTM_I_NONE;
    size_t place = place_of(trace->set, part, index), from = trace->waiting.count;
    if (trace->part_step[place] != NTM_I_NONE) return trace->part_step[place];
    if (trace->depth >= NTM_I_PARTS_DEPTH_MAX) {
        (void)ntm_i_trace_fail(trace, NTM_ERROR_LIMIT, trace->set->about.id,
                               "parts of the set refer to one another more than 64 deep");
        return NTM_I_NONE;
    }
    uint32_t frame = trace->frame;
    trace->frame = 0;
    trace->depth++;
    walk_below_part(trace, part, index);
    ntm_i_derived step = {.part = part, .index = (uint32_t)index, .given = NTM_I_NONE, .threshold = NTM_I_NONE};
    step.sort = part == NTM_I_PART_VALUE ? NTM_I_QUANTITY : NTM_I_CONDITION;
    uint32_t at = add_step(trace, step, from);
    trace->frame = frame;
    trace->depth--;
    trace->part_step[place] = at;
    return at;
}

/* ------------------------------------------------------------------------------------------- nodes */

/* The rules of scope, before the first figure that asks for them. */
static void walk_scopes(ntm_i_trace *trace) {
    uint32_t frame = trace->frame;
    trace->frame = 0;
    trace->in_scope = true;
    for (size_t i = 0; i < trace->set->scope_count && trace->status == NTM_OK; i++)
        if (trace->scope_step[i] == NTM_I_NONE) trace->scope_step[i] = walk_node(trace, trace->set->scopes[i].when);
    trace->in_scope = false;
    trace->frame = frame;
}

static void walk_figure(ntm_i_trace *trace, ntm_i_derived *step) {
    const ntm_i_threshold *t = &ntm_i_plan_thresholds(trace->plan)[step->threshold];
    const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(trace->plan)[t->keyspace];
    bool scoped = ntm_i_trace_is_scoped(trace, step->threshold);
    size_t rules = trace->set->scope_count;
    if (scoped) walk_scopes(trace);
    step->cells = (uint32_t)trace->cells.count;
    for (size_t rule = scoped ? 0 : rules; rule <= rules && trace->status == NTM_OK; rule++) {
        uint32_t key = ntm_i_key_by_rule(trace->x.run, t->keyspace, trace->x.row, rule);
        const ntm_i_cell *cell = key < space->cells && t->cells[key].known ? &t->cells[key] : NULL;
        if (!ntm_i_array_append(&trace->cells, &cell, 1)) trace->status = ntm_i_no_memory(trace->err);
    }
}

/* of[0] once for each member. */
static void walk_members(ntm_i_trace *trace, ntm_node rule, uint32_t dimension) {
    uint32_t before = trace->x.members[dimension], outer = trace->frame;
    for (uint32_t i = 0; i < trace->set->dimensions[dimension].member_count && trace->status == NTM_OK; i++) {
        ntm_i_frame frame = {outer, dimension, i};
        if (!ntm_i_array_append(&trace->frames, &frame, 1)) {
            trace->status = ntm_i_no_memory(trace->err);
            break;
        }
        trace->frame = (uint32_t)trace->frames.count;
        trace->x.members[dimension] = i;
        wait(trace, walk_node(trace, rule));
    }
    trace->x.members[dimension] = before;
    trace->frame = outer;
}

static void walk_over(ntm_i_trace *trace, const ntm_node_spec *node, const ntm_i_node_info *info) {
    const ntm_set *set = trace->set;
    if (node->over == NTM_OVER_CHILDREN) return;
    if (node->over == NTM_OVER_MEMBERS) {
        walk_members(trace, node->of[0], info->target);
        return;
    }
    bool criteria = node->over == NTM_OVER_CRITERIA;
    size_t all = criteria ? set->criterion_count : set->indicator_count;
    for (size_t i = 0; i < (node->member_count > 0 ? node->member_count : all) && trace->status == NTM_OK; i++)
        wait(trace, walk_part(trace, criteria ? NTM_I_PART_CRITERION : NTM_I_PART_INDICATOR,
                              info->among == NULL ? i : info->among[i]));
}

static void walk_below_node(ntm_i_trace *trace, const ntm_node_spec *node, const ntm_i_node_info *info) {
    switch (node->kind) {
        case NTM_CRITERION: wait(trace, walk_part(trace, NTM_I_PART_CRITERION, info->target)); return;
        case NTM_INDICATOR: wait(trace, walk_part(trace, NTM_I_PART_INDICATOR, info->target)); return;
        case NTM_VALUE: wait(trace, walk_part(trace, NTM_I_PART_VALUE, info->target)); return;
        case NTM_COUNT:
        case NTM_SHARE:
        case NTM_EVERY: walk_over(trace, node, info); return;
        default: break;
    }
    for (size_t i = 0; i < node->of_count && trace->status == NTM_OK; i++)
        wait(trace, walk_node(trace, node->of[i]));
    for (size_t i = 0; i < node->band_count && trace->status == NTM_OK; i++)
        if (node->bands[i].requires_met != 0) wait(trace, walk_node(trace, node->bands[i].requires_met));
    if (node->kind == NTM_GRADE && node->knock_out != 0 && trace->status == NTM_OK)
        wait(trace, walk_node(trace, node->knock_out));
}

static uint32_t walk_node(ntm_i_trace *trace, ntm_node at) {
    if (trace->status != NTM_OK) return NTM_I_NONE;
    const ntm_node_spec *node = &trace->set->nodes[at - 1];
    const ntm_i_node_info *info = &trace->set->info[at - 1];
    size_t from = trace->waiting.count;
    ntm_i_derived step = {.sort = info->sort, .node = at, .given = NTM_I_NONE, .threshold = NTM_I_NONE};
    if (node->kind == NTM_FIGURE) step.threshold = info->target; /* threshold i is figure i */
    if (node->kind == NTM_FIGURE_OF) step.threshold = trace->plan->node_threshold[at - 1];
    walk_below_node(trace, node, info);
    if (trace->status == NTM_OK && step.threshold != NTM_I_NONE) walk_figure(trace, &step);
    if (trace->status == NTM_OK && step.threshold == NTM_I_NONE && trace->plan->node_input[at - 1] != NTM_I_NONE) {
        uint32_t input = ntm_i_exact_node_input(&trace->x, at);
        bool children = (node->kind == NTM_COUNT || node->kind == NTM_SHARE || node->kind == NTM_EVERY);
        step.given = ntm_i_trace_given(trace, input);
        for (uint32_t i = 1; children && i < 3; i++)
            (void)ntm_i_trace_given(trace, input + i); /* met, open, total stand side by side */
    }
    return add_step(trace, step, from);
}

/* ------------------------------------------------------------------------------------------- the whole */

/* Leaves: conditions that rest on no other, and those that are met because there is nothing to ask. */
static ntm_status mark_leaves(ntm_i_trace *trace) {
    ntm_i_derived *steps = trace->steps.items;
    size_t count = trace->steps.count;
    bool *reached = ntm_i_allocate(&trace->allocator, count, sizeof *reached);
    if (reached == NULL) return trace->status = ntm_i_no_memory(trace->err);
    reached[count - 1] = true;
    for (size_t i = count; i-- > 0;) {
        ntm_i_derived *step = &steps[i];
        bool condition = step->part == NTM_I_PART_NONE && step->sort == NTM_I_CONDITION && !step->in_scope;
        bool nothing_asked = condition && trace->set->nodes[step->node - 1].kind == NTM_IF_APPLICABLE &&
                             ntm_i_trace_givens(trace)[step->given].state == NTM_NOT_APPLICABLE;
        if (!reached[i]) continue;
        step->leaf = condition && (!step->rests || nothing_asked);
        for (uint32_t k = 0; k < step->below_count && !nothing_asked; k++)
            reached[ntm_i_trace_below(trace, step)[k]] = true;
    }
    ntm_i_release(&trace->allocator, reached, count, sizeof *reached);
    return NTM_OK;
}

ntm_status ntm_i_trace_part(ntm_i_trace *trace, ntm_of of, size_t index) {
    static const ntm_i_part parts[] = {NTM_I_PART_STATUS,    NTM_I_PART_CRITERIA_STATUS, NTM_I_PART_REVOCATION,
                                       NTM_I_PART_CRITERION, NTM_I_PART_INDICATOR,       NTM_I_PART_PRECONDITION};
    bool single = of == NTM_OF_STATUS || of == NTM_OF_CRITERIA_STATUS || of == NTM_OF_REVOCATION;
    (void)walk_part(trace, parts[of], single ? 0 : index);
    return trace->status == NTM_OK ? mark_leaves(trace) : trace->status;
}

ntm_status ntm_i_trace_rule(ntm_i_trace *trace, ntm_node node) {
    (void)walk_node(trace, node);
    return trace->status == NTM_OK ? mark_leaves(trace) : trace->status;
}
