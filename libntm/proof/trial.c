/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/trial.h"

#include <string.h>

size_t ntm_i_trial_needed(const ntm_i_trace *trace, const ntm_i_derived *step) {
    if (step->sort != NTM_I_CONDITION) return 0;
    if (step->part != NTM_I_PART_NONE) return step->below_count;
    const ntm_node_spec *node = &trace->set->nodes[step->node - 1];
    switch (node->kind) {
        case NTM_ALL: return step->below_count;
        case NTM_EVERY: return node->over == NTM_OVER_MEMBERS ? step->below_count : 0;
        case NTM_ANY:
        case NTM_IF_APPLICABLE:
        case NTM_CRITERION:
        case NTM_INDICATOR: return 1;
        case NTM_AT_LEAST: return node->k;
        default: return 0;
    }
}

/* The steps that rest on each step: that of `below`, turned round. */
static void turn_round(ntm_i_trial *trial) {
    const ntm_i_trace *trace = trial->trace;
    size_t count = trace->steps.count;
    uint32_t *first = trial->above_first, sum = 0;
    const uint32_t *below = trace->below.items;
    for (size_t i = 0; i < trace->below.count; i++)
        first[below[i] + 1]++;
    for (size_t i = 0; i < count; i++) { /* first[i + 1]: while they are put in place, where the next one of i goes */
        uint32_t own = first[i + 1];
        first[i + 1] = sum;
        sum += own;
    }
    for (uint32_t i = 0; i < count; i++) {
        const ntm_i_derived *step = &ntm_i_trace_steps(trace)[i];
        trial->needed[i] = (uint32_t)ntm_i_trial_needed(trace, step);
        for (uint32_t k = 0; k < step->below_count; k++) {
            uint32_t at = ntm_i_trace_below(trace, step)[k];
            trial->above[first[at + 1]++] = i;
            trial->met[i] += trial->outcomes[at].verdict == NTM_MET;
            trial->not_met[i] += trial->outcomes[at].verdict == NTM_NOT_MET;
        }
    }
}

bool ntm_i_trial_start(ntm_i_trial *trial, const ntm_i_trace *trace, ntm_i_arena *arena, size_t *work) {
    size_t count = trace->steps.count;
    *trial = (ntm_i_trial){.trace = trace, .work = work};
    trial->outcomes = ntm_i_arena_take(arena, count, sizeof *trial->outcomes);
    trial->givens = ntm_i_arena_take(arena, trace->givens.count, sizeof *trial->givens);
    trial->open = ntm_i_arena_take(arena, count, 1);
    trial->dirty = ntm_i_arena_take(arena, count, 1);
    trial->needed = ntm_i_arena_take(arena, count, sizeof *trial->needed);
    trial->met = ntm_i_arena_take(arena, count, sizeof *trial->met);
    trial->not_met = ntm_i_arena_take(arena, count, sizeof *trial->not_met);
    trial->above_first = ntm_i_arena_take(arena, count + 1, sizeof *trial->above_first);
    trial->above = ntm_i_arena_take(arena, trace->below.count, sizeof *trial->above);
    if (trial->outcomes == NULL || trial->givens == NULL || trial->open == NULL || trial->dirty == NULL ||
        trial->needed == NULL || trial->met == NULL || trial->not_met == NULL || trial->above_first == NULL ||
        trial->above == NULL)
        return false;
    memcpy(trial->outcomes, trace->outcomes.items, count * sizeof *trial->outcomes);
    if (trace->givens.count > 0)
        memcpy(trial->givens, trace->givens.items, trace->givens.count * sizeof *trial->givens);
    trial->lowest = UINT32_MAX;
    turn_round(trial);
    return true;
}

static void spend(ntm_i_trial *trial, size_t steps) { *trial->work -= *trial->work < steps ? *trial->work : steps; }

static void run_step(ntm_i_trial *trial, uint32_t step, const ntm_i_given *givens) {
    if (ntm_i_trace_derive(trial->trace, step, trial->outcomes, givens, &trial->outcomes[step])) return;
    trial->overflow = true;
    trial->outcomes[step] = (ntm_i_outcome){NTM_OPEN, 0, UINT32_MAX, NTM_I_ANYTHING};
}

/* What rests on a step that has changed. */
static void mark_above(ntm_i_trial *trial, uint32_t step, ntm_verdict before) {
    ntm_verdict now = trial->outcomes[step].verdict;
    for (uint32_t i = trial->above_first[step]; i < trial->above_first[step + 1]; i++) {
        uint32_t above = trial->above[i];
        trial->met[above] += (uint32_t)(now == NTM_MET) - (uint32_t)(before == NTM_MET);
        trial->not_met[above] += (uint32_t)(now == NTM_NOT_MET) - (uint32_t)(before == NTM_NOT_MET);
        trial->dirty[above] = 1;
        if (above < trial->lowest) trial->lowest = above;
    }
}

void ntm_i_trial_keep(ntm_i_trial *trial, uint32_t leaf, bool kept) {
    if (trial->open[leaf] == !kept) return;
    ntm_verdict before = trial->outcomes[leaf].verdict;
    trial->open[leaf] = !kept;
    trial->outcomes[leaf].verdict = kept ? ntm_i_trace_outcomes(trial->trace)[leaf].verdict : NTM_OPEN;
    mark_above(trial, leaf, before);
}

static bool is_same(const ntm_i_outcome *a, const ntm_i_outcome *b) {
    return a->verdict == b->verdict && a->lowest == b->lowest && a->highest == b->highest &&
           ntm_i_rational_compare(a->range.least, b->range.least) == 0 &&
           ntm_i_rational_compare(a->range.most, b->range.most) == 0;
}

/* A step anew: from the counts where it follows from them. */
static void run_dirty(ntm_i_trial *trial, uint32_t step) {
    const ntm_i_derived *at = &ntm_i_trace_steps(trial->trace)[step];
    uint32_t needed = trial->needed[step], met = trial->met[step], not_met = trial->not_met[step];
    if (needed == 0) {
        run_step(trial, step, ntm_i_trace_givens(trial->trace));
        spend(trial, 1 + at->below_count);
        return;
    }
    trial->outcomes[step].verdict = met >= needed                        ? NTM_MET
                                    : not_met + needed > at->below_count ? NTM_NOT_MET
                                                                         : NTM_OPEN;
    spend(trial, 1);
}

ntm_verdict ntm_i_trial_run(ntm_i_trial *trial) {
    const ntm_i_trace *trace = trial->trace;
    for (uint32_t i = trial->lowest; i < trace->steps.count; i++) {
        if (!trial->dirty[i]) continue;
        trial->dirty[i] = 0;
        if (ntm_i_trace_steps(trace)[i].leaf) continue; /* it keeps what it was given */
        ntm_i_outcome before = trial->outcomes[i];
        run_dirty(trial, i);
        if (!is_same(&before, &trial->outcomes[i])) mark_above(trial, i, before.verdict);
    }
    trial->lowest = UINT32_MAX;
    return trial->outcomes[trace->steps.count - 1].verdict;
}

ntm_verdict ntm_i_trial_facts(ntm_i_trial *trial) {
    for (uint32_t i = 0; i < trial->trace->steps.count; i++)
        run_step(trial, i, trial->givens);
    spend(trial, trial->trace->steps.count);
    return trial->outcomes[trial->trace->steps.count - 1].verdict;
}

bool ntm_i_trial_affords(const ntm_i_trial *trial) { return *trial->work >= trial->trace->steps.count; }

bool ntm_i_next_choice(uint32_t *chosen, size_t k, size_t n) {
    for (size_t i = k; i-- > 0;) {
        if (chosen[i] >= n - k + i) continue;
        chosen[i]++;
        for (size_t j = i + 1; j < k; j++)
            chosen[j] = chosen[j - 1] + 1;
        return true;
    }
    return false;
}
