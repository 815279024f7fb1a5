/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions over quantities that rest on conditions: counts of criteria, points, grades. Conditions below are settled
   one after the other, those first that take few facts, each only if that brings the goal nearer. */
#include "proof/deciding.h"

/* How far away the verdict is: less is nearer, the second number where the first is the same. */
typedef struct distance {
    ntm_i_rational first, second;
} distance;

static ntm_i_rational negated(ntm_i_rational a) {
    a.numerator = -a.numerator;
    return a;
}

static distance distance_of(const ntm_i_deciding *d, uint32_t step, ntm_verdict wanted) {
    const ntm_i_trace *trace = d->trace;
    const ntm_i_derived *at = &ntm_i_trace_steps(trace)[step];
    const ntm_node_spec *node = &trace->set->nodes[at->node - 1];
    if (node->kind == NTM_COMPARE) return (distance){ntm_i_deciding_lack(d, step, wanted), ntm_i_rational_int(0)};
    if (node->kind != NTM_AT_LEVEL) return (distance){NTM_I_INFINITY, NTM_I_INFINITY};
    uint32_t grade = ntm_i_trace_below(trace, at)[0];
    const ntm_i_outcome *outcome = &d->trial.outcomes[grade];
    ntm_i_interval range = d->trial.outcomes[ntm_i_trace_below(trace, &ntm_i_trace_steps(trace)[grade])[0]].range;
    if (wanted == NTM_MET) return (distance){ntm_i_rational_int(-(int64_t)outcome->lowest), negated(range.least)};
    return (distance){ntm_i_rational_int(outcome->highest), range.most};
}

static bool nearer(distance a, distance b) {
    int order = ntm_i_rational_compare(a.first, b.first);
    return order < 0 || (order == 0 && ntm_i_rational_compare(a.second, b.second) < 0);
}

/* One condition below, this way or that. */
static bool try_condition(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted, uint32_t below) {
    static const ntm_verdict ways[] = {NTM_MET, NTM_NOT_MET};
    for (size_t i = 0; i < 2; i++) {
        size_t before = d->assumed_count;
        distance now = distance_of(d, step, wanted);
        if (!ntm_i_deciding_achieve(d, below, ways[i])) continue;
        if (d->trial.outcomes[step].verdict == wanted || nearer(distance_of(d, step, wanted), now)) return true;
        ntm_i_deciding_back(d, before);
    }
    return false;
}

/* Numbers that no condition below looks at: the ends of what they can be. */
static bool try_numbers(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted) {
    size_t count = ntm_i_deciding_below(d, step);
    for (uint32_t fact = 0; fact < d->trace->givens.count; fact++) {
        ntm_i_rational own;
        const ntm_i_input *input = ntm_i_trace_input(d->trace, &ntm_i_trace_givens(d->trace)[fact]);
        if (!ntm_i_deciding_usable(d, fact) || input->kind != NTM_I_IN_NUMBER) continue;
        if (d->trace->set->nodes[ntm_i_trace_steps(d->trace)[step].node - 1].kind != NTM_COMPARE) continue;
        if (!ntm_i_deciding_solve(d, step, wanted, fact, count, &own)) continue;
        ntm_i_deciding_assume(d, fact, own, NTM_OPEN);
        (void)ntm_i_trial_facts(&d->trial);
        return true;
    }
    return false;
}

/* What the class that is asked for requires, and what would knock it out. */
static void settle_class(ntm_i_deciding *d, uint32_t step) {
    const ntm_i_trace *trace = d->trace;
    const ntm_i_derived *at = &ntm_i_trace_steps(trace)[step];
    const ntm_i_derived *grade = &ntm_i_trace_steps(trace)[ntm_i_trace_below(trace, at)[0]];
    const ntm_node_spec *node = &trace->set->nodes[grade->node - 1];
    uint32_t asked = trace->set->info[at->node - 1].level, next = 1;
    for (uint32_t i = 0; i < node->band_count; i++) {
        if (node->bands[i].requires_met == 0) continue;
        uint32_t requirement = ntm_i_trace_below(trace, grade)[next++];
        if (i == asked) (void)ntm_i_deciding_achieve(d, requirement, NTM_MET);
    }
    if (node->knock_out != 0) (void)ntm_i_deciding_achieve(d, ntm_i_trace_below(trace, grade)[next], NTM_NOT_MET);
}

bool ntm_i_deciding_climb(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted) {
    const ntm_i_trace *trace = d->trace;
    size_t before = d->assumed_count;
    bool going = true;
    if (trace->set->nodes[ntm_i_trace_steps(trace)[step].node - 1].kind == NTM_AT_LEVEL && wanted == NTM_MET)
        settle_class(d, step);
    while (going && d->trial.outcomes[step].verdict == NTM_OPEN) {
        uint32_t least = 0, next = 0;
        going = false;
        /* By weight: each pass takes the conditions of one weight and finds the next one. */
        for (bool more = true; more && d->trial.outcomes[step].verdict == NTM_OPEN; least = next) {
            more = false;
            next = UINT32_MAX;
            for (uint32_t i = 0; i < step && d->trial.outcomes[step].verdict == NTM_OPEN; i++) {
                const ntm_i_derived *below = &ntm_i_trace_steps(trace)[i];
                if (d->weight[i] > least && d->weight[i] < next) next = d->weight[i];
                if (d->weight[i] != least || below->sort != NTM_I_CONDITION || below->in_scope || !d->free[i]) continue;
                (void)ntm_i_deciding_below(d, step); /* it may have been overwritten */
                if (!d->marks[i] || d->trial.outcomes[i].verdict != NTM_OPEN) continue;
                if (!ntm_i_trial_affords(&d->trial)) break;
                going = try_condition(d, step, wanted, i) || going;
            }
            more = next != UINT32_MAX;
        }
        if (!going && d->trial.outcomes[step].verdict == NTM_OPEN) going = try_numbers(d, step, wanted);
        if (!ntm_i_trial_affords(&d->trial)) break;
    }
    if (d->trial.outcomes[step].verdict == wanted) return true;
    ntm_i_deciding_back(d, before);
    return false;
}
