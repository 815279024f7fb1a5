/* SPDX-License-Identifier: Apache-2.0 */
/* What verdicts steps could have if each fact that is allowed could have another value for each step that looks at it.
   What cannot be even then is impossible. */
#include <string.h>

#include "proof/deciding.h"

static bool rests_on_allowed(const ntm_i_deciding *d, const ntm_i_derived *step) {
    const ntm_i_trace *trace = d->trace;
    if (step->given != NTM_I_NONE && d->allowed[step->given]) return true;
    for (uint32_t k = 0; k < step->below_count; k++)
        if (d->free[ntm_i_trace_below(trace, step)[k]]) return true;
    if (step->threshold == NTM_I_NONE || !ntm_i_trace_is_scoped(trace, step->threshold)) return false;
    for (size_t i = 0; i < trace->set->scope_count; i++)
        if (d->free[trace->scope_step[i]]) return true;
    return false;
}

static void choose(ntm_i_deciding *d, uint32_t at, const ntm_i_derived *step) {
    const ntm_i_trace *trace = d->trace;
    const uint32_t *below = ntm_i_trace_below(trace, step);
    bool is_not = step->node != 0 && trace->set->nodes[step->node - 1].kind == NTM_NOT;
    size_t k = ntm_i_trial_needed(trace, step), met = 0, not_met = 0;
    for (uint32_t i = 0; i < step->below_count; i++) {
        met += d->can_be[NTM_MET][below[i]];
        not_met += d->can_be[NTM_NOT_MET][below[i]];
    }
    if (is_not) {
        d->can_be[NTM_MET][at] = d->can_be[NTM_NOT_MET][below[0]];
        d->can_be[NTM_NOT_MET][at] = d->can_be[NTM_MET][below[0]];
    } else if (k == 0) {
        bool compare = trace->set->nodes[step->node - 1].kind == NTM_COMPARE;
        d->can_be[NTM_MET][at] = !compare || ntm_i_deciding_reaches(d, step, NTM_MET);
        d->can_be[NTM_NOT_MET][at] = !compare || ntm_i_deciding_reaches(d, step, NTM_NOT_MET);
    } else {
        d->can_be[NTM_MET][at] = met >= k;
        d->can_be[NTM_NOT_MET][at] = not_met + k > step->below_count;
    }
}

bool ntm_i_deciding_possible(ntm_i_deciding *d, ntm_verdict wanted) {
    const ntm_i_trace *trace = d->trace;
    size_t count = trace->steps.count;
    for (uint32_t i = 0; i < count; i++) {
        const ntm_i_derived *step = &ntm_i_trace_steps(trace)[i];
        const ntm_node_spec *node = step->node == 0 ? NULL : &trace->set->nodes[step->node - 1];
        bool nothing_asked = node != NULL && node->kind == NTM_IF_APPLICABLE &&
                             ntm_i_trace_givens(trace)[step->given].state == NTM_NOT_APPLICABLE;
        d->free[i] = !nothing_asked && rests_on_allowed(d, step);
        d->weight[i] = step->given != NTM_I_NONE && d->allowed[step->given];
        for (uint32_t k = 0; k < step->below_count; k++) {
            uint32_t below = ntm_i_trace_below(trace, step)[k];
            d->weight[i] = d->weight[i] > UINT32_MAX / 2 ? d->weight[i] : d->weight[i] + d->weight[below];
        }
        if (step->sort == NTM_I_QUANTITY) ntm_i_deciding_reach(d, i);
        if (step->sort != NTM_I_CONDITION) continue;
        ntm_verdict verdict = ntm_i_trace_outcomes(trace)[i].verdict;
        if (d->free[i]) {
            choose(d, i, step);
        } else {
            d->can_be[NTM_MET][i] = verdict == NTM_MET;
            d->can_be[NTM_NOT_MET][i] = verdict == NTM_NOT_MET;
        }
    }
    *d->trial.work -= *d->trial.work < count ? *d->trial.work : count;
    return d->can_be[wanted][count - 1];
}
