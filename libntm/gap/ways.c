/* SPDX-License-Identifier: Apache-2.0 */
/* The cheapest way to make a condition hold: all that `all` needs, of `any` and "at least k" the best. */
#include <stdlib.h>
#include <string.h>

#include "gap/gap.h"

/* One of several alternatives. */
typedef struct ranked {
    ntm_i_way way;
    ntm_i_rank rank;
    size_t order;
    bool taken;
} ranked;

size_t ntm_i_gap_ranked_size(void) { return sizeof(ranked); }

static size_t mark(const ntm_i_gapping *g) { return g->stack.count; }

static void push(ntm_i_gapping *g, size_t work) {
    uint32_t place = (uint32_t)work;
    if (work == SIZE_MAX || !ntm_i_array_append(&g->stack, &place, 1)) g->no_memory = true;
}

static ntm_i_way since(const ntm_i_gapping *g, size_t start) { return (ntm_i_way){start, g->stack.count - start}; }

/* Leaves every work on the stack from `start` once. */
static void list_once(ntm_i_gapping *g, size_t start) {
    uint32_t *stack = ntm_i_gap_stack(g);
    size_t end = start;
    g->listing++;
    for (size_t i = start; i < g->stack.count; i++) {
        ntm_i_work *work = ntm_i_gap_work(g, stack[i]);
        if (work->listed == g->listing) continue;
        work->listed = g->listing;
        stack[end++] = stack[i];
    }
    g->stack.count = end;
}

/* Parts may be referred to again and again, by parts that are: the stack may not grow with that. */
static void list_once_if_long(ntm_i_gapping *g, size_t start) {
    if (g->stack.count - start > 64 + 2 * g->works.count) list_once(g, start);
}

/* Leaves of the ways on the stack those that were taken, in their order. */
static void keep_taken(ntm_i_gapping *g, size_t start, const ranked *all, size_t count) {
    uint32_t *stack = ntm_i_gap_stack(g);
    size_t end = start;
    for (size_t i = 0; i < count; i++) {
        if (!all[i].taken) continue;
        memmove(stack + end, stack + all[i].way.start, all[i].way.count * sizeof *stack);
        end += all[i].way.count;
    }
    g->stack.count = end;
}

static int by_order(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    return (x->order > y->order) - (x->order < y->order);
}

/* Of equals, the first in the rule. */
static int by_rank(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    int order = ntm_i_gap_compare(&x->rank, &y->rank);
    return order != 0 ? order : by_order(a, b);
}

/* Takes the best of the ways that have been ranked since `first`. */
static void take_best(ntm_i_gapping *g, size_t start, size_t first, size_t needed) {
    ranked *all = (ranked *)g->ranks.items + first;
    size_t count = g->ranks.count - first;
    qsort(all, count, sizeof *all, by_rank);
    for (size_t i = 0; i < needed && i < count; i++)
        all[i].taken = true;
    qsort(all, count, sizeof *all, by_order);
    keep_taken(g, start, all, count);
    g->ranks.count = first;
}

static bool holds(ntm_i_gapping *g, const ntm_i_child *child, ntm_verdict aim) {
    ntm_verdict verdict = child->node != 0 ? ntm_i_exact_condition(&g->x, child->node)
                                           : ntm_i_gap_part_verdict(g, child->is_criterion, child->part);
    return verdict == aim;
}

static void rank_way(ntm_i_gapping *g, ntm_i_way way) {
    ranked *one = ntm_i_array_push(&g->ranks);
    if (one == NULL) {
        g->no_memory = true;
        return;
    }
    *one = (ranked){.way = way, .order = g->ranks.count - 1};
    one->rank = ntm_i_gap_rank(g, way);
}

static ntm_i_way way_of_other(ntm_i_gapping *g, ntm_node at, ntm_verdict aim);

/* So many of several conditions: those that hold count, of the others the best are taken. */
static ntm_i_way way_of_several(ntm_i_gapping *g, ntm_node at, const ntm_i_made_up *made, ntm_verdict aim) {
    size_t start = mark(g), all, holding = 0;
    int64_t needed;
    ntm_verdict child_aim;
    if (!ntm_i_gap_needed(g, at, made, aim, &all, &needed, &child_aim)) {
        push(g, ntm_i_gap_untold(g, ntm_i_gap_subject_of(g, at), aim, NTM_UNTOLD_RULE));
        return since(g, start);
    }
    uint32_t before = ntm_i_gap_members_before(g, made);
    for (size_t i = 0; i < all; i++) {
        ntm_i_child child = ntm_i_gap_enter(g, at, made, i);
        holding += holds(g, &child, child_aim);
    }
    bool every_one = needed == (int64_t)all;
    size_t first = g->ranks.count;
    for (size_t i = 0; i < all && (int64_t)holding < needed && !g->no_memory; i++) {
        ntm_i_child child = ntm_i_gap_enter(g, at, made, i);
        if (holds(g, &child, child_aim)) continue;
        ntm_i_way way = child.node != 0 ? way_of_other(g, child.node, child_aim)
                                        : ntm_i_gap_part_way(g, child.is_criterion, child.part, child_aim);
        if (every_one)
            list_once_if_long(g, start);
        else
            rank_way(g, way);
    }
    ntm_i_gap_leave(g, made, before);
    if (!every_one && (int64_t)holding < needed && !g->no_memory) take_best(g, start, first, (size_t)needed - holding);
    return since(g, start);
}

static ntm_i_way way_if_applicable(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    size_t start = mark(g);
    ntm_i_interval unused;
    bool away = ntm_i_exact_input(&g->x, ntm_i_exact_node_input(&g->x, at), &unused) == NTM_NOT_APPLICABLE;
    if (!away) return ntm_i_gap_way(g, g->set->nodes[at - 1].of[0], aim);
    push(g, ntm_i_gap_untold(g, ntm_i_gap_subject_of(g, at), aim, NTM_UNTOLD_NOT_APPLICABLE));
    return since(g, start);
}

/* Of a condition that is known not to have the verdict. */
static ntm_i_way way_of_other(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    size_t start = mark(g);
    if (g->no_memory) return since(g, start);
    const ntm_node_spec *node = &g->set->nodes[at - 1];
    ntm_i_made_up made = g->made[at - 1];
    switch (made.shape) {
        case NTM_I_SHAPE_NOT: return way_of_other(g, node->of[0], ntm_i_opposite(aim));
        case NTM_I_SHAPE_IF: return way_if_applicable(g, at, aim);
        case NTM_I_SHAPE_PART:
            return ntm_i_gap_part_way(g, node->kind == NTM_CRITERION, g->set->info[at - 1].target, aim);
        case NTM_I_SHAPE_NODES:
        case NTM_I_SHAPE_MEMBERS:
        case NTM_I_SHAPE_PARTS: return way_of_several(g, at, &made, aim);
        default: push(g, ntm_i_gap_leaf(g, at, aim)); return since(g, start);
    }
}

ntm_i_way ntm_i_gap_way(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    size_t start = mark(g);
    if (g->no_memory || ntm_i_exact_condition(&g->x, at) == aim) return since(g, start);
    return way_of_other(g, at, aim);
}

/* ------------------------------------------------------------------------------------------- parts */

/* All of a criterion's indicators, or (to lose it) the one that goes most easily. */
static ntm_i_way way_of_indicators(ntm_i_gapping *g, const ntm_criterion *criterion, ntm_verdict aim) {
    size_t start = mark(g), first = g->ranks.count;
    for (size_t i = criterion->first_indicator; i < criterion->first_indicator + criterion->indicator_count; i++) {
        ntm_i_way way = ntm_i_gap_part_way(g, false, i, aim);
        if (aim != NTM_MET)
            rank_way(g, way);
        else
            list_once_if_long(g, start);
    }
    if (aim != NTM_MET && !g->no_memory) take_best(g, start, first, 1);
    return since(g, start);
}

static ntm_i_way way_of_absent(ntm_i_gapping *g, size_t part, ntm_verdict aim) {
    size_t start = mark(g);
    push(g, ntm_i_gap_untold(g, g->absent[part], aim, NTM_UNTOLD_LAW));
    return since(g, start);
}

static ntm_i_way make_part_way(ntm_i_gapping *g, bool is_criterion, size_t part, ntm_verdict aim) {
    if (!is_criterion) {
        ntm_node rule = g->set->indicators[part].rule;
        return rule == 0 ? way_of_absent(g, g->set->criterion_count + part, aim) : way_of_other(g, rule, aim);
    }
    const ntm_criterion *criterion = &g->set->criteria[part];
    if (criterion->rule != 0) return way_of_other(g, criterion->rule, aim);
    return criterion->indicator_count == 0 ? way_of_absent(g, part, aim) : way_of_indicators(g, criterion, aim);
}

/* The ways of all parts that a part can refer to. */
static void make_before(ntm_i_gapping *g, size_t vertex) {
    size_t start = mark(g), criteria = g->set->criterion_count;
    for (size_t i = 0; i < g->set->order_count && g->set->order[i] != vertex && !g->no_memory; i++) {
        size_t at = g->set->order[i];
        for (int aim = 0; aim < 2; aim++) {
            (void)ntm_i_gap_part_way(g, at < criteria, at < criteria ? at : at - criteria,
                                     aim == 0 ? NTM_MET : NTM_NOT_MET);
            g->stack.count = start;
        }
    }
}

ntm_i_way ntm_i_gap_unmet_part_way(ntm_i_gapping *g, bool is_criterion, size_t part) {
    return make_part_way(g, is_criterion, part, NTM_MET);
}

ntm_i_way ntm_i_gap_part_way(ntm_i_gapping *g, bool is_criterion, size_t part, ntm_verdict aim) {
    size_t start = mark(g), vertex = ntm_i_gap_vertex(g, is_criterion, part);
    if (g->no_memory || ntm_i_gap_part_verdict(g, is_criterion, part) == aim) return since(g, start);
    ntm_i_way *known = &g->ways[vertex * 2 + (aim != NTM_MET)];
    if (known->start == SIZE_MAX) {
        if (++g->depth == NTM_I_PARTS_DEEP) make_before(g, vertex);
        (void)make_part_way(g, is_criterion, part, aim);
        g->depth--;
        if (!g->no_memory) list_once(g, start);
        ntm_i_way made = since(g, start);
        size_t at = g->kept.count;
        if (g->no_memory ||
            (made.count > 0 && !ntm_i_array_append(&g->kept, ntm_i_gap_stack(g) + made.start, made.count))) {
            g->no_memory = true;
            return since(g, start);
        }
        *known = (ntm_i_way){at, made.count};
        return made;
    }
    if (known->count > 0 &&
        !ntm_i_array_append(&g->stack, (const uint32_t *)g->kept.items + known->start, known->count))
        g->no_memory = true;
    return since(g, start);
}

ntm_i_way ntm_i_gap_precondition_way(ntm_i_gapping *g, size_t index) {
    size_t start = mark(g);
    uint32_t slot = ntm_i_slot_precondition(g->set, index);
    ntm_node rule = g->set->preconditions[index].rule;
    if (g->no_memory || ntm_i_truth_at(&g->run->verdicts[slot], g->x.row) == NTM_MET) return since(g, start);
    if (rule != 0) return way_of_other(g, rule, NTM_MET);
    return way_of_absent(g, g->set->criterion_count + g->set->indicator_count + index, NTM_MET);
}

ntm_i_way ntm_i_gap_status_way(ntm_i_gapping *g) {
    size_t start = mark(g);
    if (g->set->status != 0) return ntm_i_gap_way(g, g->set->status, NTM_MET);
    for (size_t i = 0; i < g->set->criterion_count; i++)
        (void)ntm_i_gap_part_way(g, true, i, NTM_MET);
    if (!g->no_memory) list_once(g, start);
    return since(g, start);
}
