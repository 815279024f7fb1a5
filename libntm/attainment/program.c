/* SPDX-License-Identifier: Apache-2.0 */
/* Turning rules into a program over registers. A register is two bitmaps over a block: met, and not met. */
#include <string.h>

#include "attainment/plan.h"
#include "base/error.h"

typedef struct emitter {
    ntm_plan *plan;
    const ntm_set *set;
    bool failed; /* for want of memory */
} emitter;

static void emit(emitter *e, ntm_i_opcode code, uint32_t reg, uint32_t a, uint32_t b) {
    ntm_i_op *op = ntm_i_array_push(&e->plan->ops);
    if (op == NULL) {
        e->failed = true;
        return;
    }
    *op = (ntm_i_op){code, reg, a, b};
    if (reg + 2 > e->plan->registers) e->plan->registers = reg + 2;
}

/* Whether a node is one number for all rows of a key: a figure, or a constant. */
static bool is_threshold(const ntm_node_spec *node) { return node->kind == NTM_FIGURE || node->kind == NTM_CONSTANT; }

ntm_comparison ntm_i_mirrored(ntm_comparison sign) {
    switch (sign) {
        case NTM_LESS: return NTM_MORE;
        case NTM_LESS_OR_EQUAL: return NTM_MORE_OR_EQUAL;
        case NTM_MORE_OR_EQUAL: return NTM_LESS_OR_EQUAL;
        case NTM_MORE: return NTM_LESS;
        default: return sign;
    }
}

/* The input of a plain fact outside of any dimension; NTM_I_NONE for other nodes. */
static uint32_t plain_fact(const emitter *e, ntm_node at) {
    const ntm_node_spec *node = &e->set->nodes[at - 1];
    if (node->kind != NTM_FACT) return NTM_I_NONE;
    if (e->set->facts[e->set->info[at - 1].target].by != NULL) return NTM_I_NONE;
    return e->plan->node_input[at - 1];
}

/* A fact, or a ratio of two, against a threshold can run as vector code; anything else runs row by row. */
static bool emit_comparison(emitter *e, ntm_node at, uint32_t reg) {
    const ntm_node_spec *node = &e->set->nodes[at - 1];
    ntm_node left = node->of[0], right = node->of[1];
    ntm_i_comparison comparison = {at, node->compare, NTM_I_NONE, NTM_I_NONE, NTM_I_NONE};
    if (is_threshold(&e->set->nodes[left - 1])) {
        left = node->of[1];
        right = node->of[0];
        comparison.sign = ntm_i_mirrored(node->compare);
    }
    const ntm_node_spec *bound = &e->set->nodes[right - 1], *quantity = &e->set->nodes[left - 1];
    if (!is_threshold(bound)) return false;
    comparison.left = plain_fact(e, left);
    if (quantity->kind == NTM_RATIO) {
        comparison.left = plain_fact(e, quantity->of[0]);
        comparison.divisor = plain_fact(e, quantity->of[1]);
        if (comparison.divisor == NTM_I_NONE) return false;
    }
    if (comparison.left == NTM_I_NONE) return false;
    comparison.threshold = bound->kind == NTM_FIGURE
                               ? e->set->info[right - 1].target
                               : ntm_i_plan_constant(e->plan, bound, e->set->info[right - 1].unit.power);
    if (comparison.threshold == NTM_I_NONE || !ntm_i_array_append(&e->plan->comparisons, &comparison, 1)) {
        e->failed = true;
        return true;
    }
    emit(e, NTM_I_OP_COMPARE, reg, (uint32_t)e->plan->comparisons.count - 1, 0);
    return true;
}

static void emit_condition(emitter *e, ntm_node at, uint32_t reg);

static void emit_list(emitter *e, const ntm_node_spec *node, uint32_t reg, ntm_i_opcode combine) {
    emit_condition(e, node->of[0], reg);
    for (size_t i = 1; i < node->of_count; i++) {
        emit_condition(e, node->of[i], reg + 1);
        emit(e, combine, reg, 0, 0);
    }
}

static void emit_at_least(emitter *e, const ntm_node_spec *node, uint32_t reg) {
    emit(e, NTM_I_OP_TALLY_START, reg, 0, 0);
    for (size_t i = 0; i < node->of_count; i++) {
        emit_condition(e, node->of[i], reg + 1);
        emit(e, NTM_I_OP_TALLY_ADD, reg, 0, 0);
    }
    emit(e, NTM_I_OP_TALLY_END, reg, node->k, (uint32_t)node->of_count);
    uint32_t planes = 1;
    while (node->of_count >> planes != 0)
        planes++;
    if (planes > e->plan->counter_planes) e->plan->counter_planes = planes;
}

static void emit_condition(emitter *e, ntm_node at, uint32_t reg) {
    const ntm_node_spec *node = &e->set->nodes[at - 1];
    const ntm_i_node_info *info = &e->set->info[at - 1];
    uint32_t input = e->plan->node_input[at - 1];
    bool by = info->target != NTM_I_NO_TARGET &&
              (node->kind == NTM_ATTESTED || node->kind == NTM_AT_LEVEL || node->kind == NTM_IF_APPLICABLE) &&
              e->set->facts[info->target].by != NULL;
    if (e->plan->kernels == NTM_KERNELS_REFERENCE || by) {
        emit(e, NTM_I_OP_EXACT, reg, at, 0);
        return;
    }
    switch (node->kind) {
        case NTM_ATTESTED:
        case NTM_HOLDS: emit(e, NTM_I_OP_FLAG, reg, input, 0); break;
        case NTM_AT_LEVEL:
            if (node->name != NULL)
                emit(e, NTM_I_OP_LEVEL, reg, input, info->level);
            else
                emit(e, NTM_I_OP_EXACT, reg, at, 0);
            break;
        case NTM_ALL: emit_list(e, node, reg, NTM_I_OP_AND); break;
        case NTM_ANY: emit_list(e, node, reg, NTM_I_OP_OR); break;
        case NTM_AT_LEAST: emit_at_least(e, node, reg); break;
        case NTM_NOT:
            emit_condition(e, node->of[0], reg);
            emit(e, NTM_I_OP_NOT, reg, 0, 0);
            break;
        case NTM_IF_APPLICABLE:
            emit_condition(e, node->of[0], reg);
            emit(e, NTM_I_OP_APPLICABLE, reg, input, 0);
            break;
        case NTM_CRITERION: emit(e, NTM_I_OP_VERDICT, reg, info->target, 0); break;
        case NTM_INDICATOR: emit(e, NTM_I_OP_VERDICT, reg, ntm_i_slot_indicator(e->set, info->target), 0); break;
        case NTM_COMPARE:
            if (!emit_comparison(e, at, reg)) emit(e, NTM_I_OP_EXACT, reg, at, 0);
            break;
        default: emit(e, NTM_I_OP_EXACT, reg, at, 0); break;
    }
}

static void emit_rule(emitter *e, ntm_node rule, uint32_t slot) {
    if (rule == 0)
        emit(e, NTM_I_OP_OPEN, 0, 0, 0);
    else
        emit_condition(e, rule, 0);
    emit(e, NTM_I_OP_STORE, 0, slot, 0);
}

/* All verdicts from slot `first` on; with none at all, open: nothing was asked that could be met. */
static void emit_all_slots(emitter *e, uint32_t first, size_t count) {
    if (count == 0) {
        emit(e, NTM_I_OP_OPEN, 0, 0, 0);
        return;
    }
    emit(e, NTM_I_OP_VERDICT, 0, first, 0);
    for (size_t i = 1; i < count; i++) {
        emit(e, NTM_I_OP_VERDICT, 1, first + (uint32_t)i, 0);
        emit(e, NTM_I_OP_AND, 0, 0, 0);
    }
}

static void emit_criterion(emitter *e, size_t index) {
    const ntm_criterion *criterion = &e->set->criteria[index];
    if (criterion->rule != 0)
        emit_condition(e, criterion->rule, 0);
    else
        emit_all_slots(e, ntm_i_slot_indicator(e->set, criterion->first_indicator), criterion->indicator_count);
    emit(e, NTM_I_OP_STORE, 0, (uint32_t)index, 0);
}

/* Each comparison gets its thresholds in the units of the data: a small file must not be able to ask for gigabytes. */
#define BOUND_CELLS_MAX 4000000u

static ntm_status check_size(const ntm_plan *plan, ntm_error *err) {
    uint64_t cells = 0;
    for (size_t i = 0; i < plan->comparisons.count; i++) {
        uint32_t threshold = ntm_i_plan_comparisons(plan)[i].threshold;
        cells += ntm_i_plan_keyspaces(plan)[ntm_i_plan_thresholds(plan)[threshold].keyspace].cells;
    }
    if (cells <= BOUND_CELLS_MAX) return NTM_OK;
    return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(plan->set->about.id),
                      "comparisons with more than %u cells in all", BOUND_CELLS_MAX);
}

ntm_status ntm_i_plan_program(ntm_plan *plan, ntm_error *err) {
    const ntm_set *set = plan->set;
    emitter e = {plan, set, false};
    plan->counter_planes = 1;
    plan->registers = 2;
    for (size_t i = 0; i < set->scope_count; i++) /* before any figure is looked up */
        emit_rule(&e, set->scopes[i].when, ntm_i_slot_scope(set, i));
    for (size_t i = 0; i < set->order_count; i++) {
        size_t vertex = set->order[i];
        if (vertex < set->criterion_count)
            emit_criterion(&e, vertex);
        else
            emit_rule(&e, set->indicators[vertex - set->criterion_count].rule, (uint32_t)vertex);
    }
    for (size_t i = 0; i < set->precondition_count; i++)
        emit_rule(&e, set->preconditions[i].rule, ntm_i_slot_precondition(set, i));
    if (set->status != 0)
        emit_condition(&e, set->status, 0);
    else
        emit_all_slots(&e, 0, set->criterion_count);
    emit(&e, NTM_I_OP_STORE, 0, ntm_i_slot_criteria_status(set), 0);
    emit(&e, NTM_I_OP_VERDICT, 0, ntm_i_slot_criteria_status(set), 0);
    for (size_t i = 0; i < set->precondition_count; i++) {
        emit(&e, NTM_I_OP_VERDICT, 1, ntm_i_slot_precondition(set, i), 0);
        emit(&e, NTM_I_OP_AND, 0, 0, 0);
    }
    emit(&e, NTM_I_OP_STORE, 0, ntm_i_slot_status(set), 0);
    emit_rule(&e, set->revocation, ntm_i_slot_revocation(set));
    plan->grade = set->grade;
    return e.failed ? ntm_i_no_memory(err) : check_size(plan, err);
}
