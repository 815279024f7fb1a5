/* SPDX-License-Identifier: Apache-2.0 */
/* From a verdict that is wanted down to facts that bring it about. What is found is tried out by running the derivation,
   so that nothing wrong can come of it; that nothing is found proves nothing. */
#include <string.h>

#include "proof/deciding.h"

void ntm_i_deciding_restore(ntm_i_deciding *d, uint32_t fact) {
    d->trial.givens[fact] = ntm_i_trace_givens(d->trace)[fact];
}

void ntm_i_deciding_assume(ntm_i_deciding *d, uint32_t fact, ntm_i_rational own, ntm_verdict flag) {
    ntm_i_given *given = &d->trial.givens[fact];
    const ntm_i_input *input = ntm_i_trace_input(d->trace, given);
    ntm_i_rational base = own;
    if (input->kind == NTM_I_IN_NUMBER) (void)ntm_i_rational_scale(&base, own, input->power); /* it was tried out */
    given->state = NTM_REPORTED;
    given->own = own;
    given->flag = flag;
    given->range = ntm_i_point(base);
    d->assumed[d->assumed_count++] = fact;
}

void ntm_i_deciding_back(ntm_i_deciding *d, size_t count) {
    if (d->assumed_count == count) return;
    while (d->assumed_count > count)
        ntm_i_deciding_restore(d, d->assumed[--d->assumed_count]);
    (void)ntm_i_trial_facts(&d->trial);
}

/* ------------------------------------------------------------------------------------------- steps below */

size_t ntm_i_deciding_below(ntm_i_deciding *d, uint32_t step) {
    const ntm_i_trace *trace = d->trace;
    size_t count = 0;
    memset(d->marks, 0, trace->steps.count + trace->givens.count);
    d->marks[step] = 1;
    for (uint32_t i = step + 1; i-- > 0;) {
        if (!d->marks[i]) continue;
        const ntm_i_derived *at = &ntm_i_trace_steps(trace)[i];
        d->steps[count++] = i;
        if (at->given != NTM_I_NONE) d->marks[trace->steps.count + at->given] = 1;
        for (uint32_t k = 0; k < at->below_count; k++)
            d->marks[ntm_i_trace_below(trace, at)[k]] = 1;
        bool scoped = at->threshold != NTM_I_NONE && ntm_i_trace_is_scoped(trace, at->threshold);
        for (size_t k = 0; k < trace->set->scope_count && scoped; k++)
            d->marks[trace->scope_step[k]] = 1;
    }
    *d->trial.work -= *d->trial.work < step ? *d->trial.work : step;
    for (size_t i = 0; i < count / 2; i++) {
        uint32_t swap = d->steps[i];
        d->steps[i] = d->steps[count - 1 - i];
        d->steps[count - 1 - i] = swap;
    }
    return count;
}

bool ntm_i_deciding_usable(const ntm_i_deciding *d, uint32_t fact) {
    return d->marks[d->trace->steps.count + fact] && d->allowed[fact] &&
           d->trial.givens[fact].state == NTM_NOT_REPORTED;
}

void ntm_i_deciding_run(ntm_i_deciding *d, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t step = d->steps[i];
        if (!ntm_i_trace_derive(d->trace, step, d->trial.outcomes, d->trial.givens, &d->trial.outcomes[step]))
            d->trial.outcomes[step] = (ntm_i_outcome){NTM_OPEN, 0, UINT32_MAX, NTM_I_ANYTHING};
    }
    *d->trial.work -= *d->trial.work < count ? *d->trial.work : count;
}

/* ------------------------------------------------------------------------------------------- leaves */

static bool is_number(const ntm_i_deciding *d, uint32_t fact) {
    return ntm_i_trace_input(d->trace, &ntm_i_trace_givens(d->trace)[fact])->kind == NTM_I_IN_NUMBER;
}

/* One number that settles a comparison by itself; the one with which least is beyond the edge would be as good as any. */
static bool solve_alone(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted) {
    size_t count = ntm_i_deciding_below(d, step);
    for (uint32_t fact = 0; fact < d->trace->givens.count; fact++) {
        ntm_i_rational own;
        if (!ntm_i_deciding_usable(d, fact) || !is_number(d, fact)) continue;
        if (!ntm_i_deciding_solve(d, step, wanted, fact, count, &own)) continue;
        ntm_i_deciding_assume(d, fact, own, NTM_OPEN);
        (void)ntm_i_trial_facts(&d->trial);
        return true;
    }
    return false;
}

/* A plain value for a number, one of a few: whether its domain has it. */
static bool plain_value(const ntm_i_deciding *d, uint32_t fact, size_t which, ntm_i_rational *own) {
    static const int64_t usual[] = {100, 1, 0};
    const ntm_i_input *input = ntm_i_trace_input(d->trace, &ntm_i_trace_givens(d->trace)[fact]);
    ntm_i_interval domain = ntm_i_deciding_domain(d, fact);
    ntm_i_rational base;
    if (which < 3) {
        *own = ntm_i_rational_int(usual[which]);
        if (!ntm_i_rational_scale(&base, *own, input->power)) return false;
    } else {
        base = which == 3 ? domain.least : domain.most;
        if (!ntm_i_is_finite(base) || !ntm_i_rational_scale(own, base, -input->power)) return false;
    }
    if ((input->whole || input->day) && own->denominator != 1) return false;
    return ntm_i_rational_compare(base, domain.least) >= 0 && ntm_i_rational_compare(base, domain.most) <= 0;
}

/* All numbers but one are given a plain value, that one is solved for. */
static bool solve_together(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted) {
    size_t before = d->assumed_count, facts = d->trace->givens.count;
    for (size_t which = 0; which < 5; which++)
        for (uint32_t last = (uint32_t)facts; last-- > 0;) {
            (void)ntm_i_deciding_below(d, step);
            if (!ntm_i_deciding_usable(d, last) || !is_number(d, last) || !ntm_i_trial_affords(&d->trial)) continue;
            for (uint32_t fact = 0; fact < facts; fact++) {
                ntm_i_rational own;
                if (fact == last || !ntm_i_deciding_usable(d, fact) || !is_number(d, fact)) continue;
                if (plain_value(d, fact, which, &own)) ntm_i_deciding_assume(d, fact, own, NTM_OPEN);
            }
            if (d->assumed_count > before && solve_alone(d, step, wanted)) return true;
            ntm_i_deciding_back(d, before);
        }
    return false;
}

/* Rules of scope that are open are settled first: not met, so that the unit's own column holds. */
static bool settle_scopes(ntm_i_deciding *d) {
    bool any = false;
    for (size_t i = 0; i < d->trace->set->scope_count; i++) {
        uint32_t step = d->trace->scope_step[i];
        if (step == NTM_I_NONE || d->trial.outcomes[step].verdict != NTM_OPEN || !d->free[step]) continue;
        any = ntm_i_deciding_achieve(d, step, NTM_NOT_MET) || any;
    }
    return any;
}

static bool compare(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted) {
    size_t before = d->assumed_count;
    if (solve_alone(d, step, wanted) || solve_together(d, step, wanted)) return true;
    if (!ntm_i_trace_steps(d->trace)[step].in_scope && settle_scopes(d)) {
        if (d->trial.outcomes[step].verdict == wanted) return true;
        if (d->trial.outcomes[step].verdict == NTM_OPEN &&
            (solve_alone(d, step, wanted) || solve_together(d, step, wanted)))
            return true;
    }
    ntm_i_deciding_back(d, before);
    return false;
}

static bool level(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted) {
    const ntm_i_derived *at = &ntm_i_trace_steps(d->trace)[step];
    ntm_i_interval domain = ntm_i_trace_givens(d->trace)[at->given].range;
    const ntm_fact *fact = ntm_i_trace_input(d->trace, &ntm_i_trace_givens(d->trace)[at->given])->fact;
    uint32_t asked = d->trace->set->info[at->node - 1].level;
    for (uint32_t i = 0; i < fact->level_count; i++) {
        uint32_t place = wanted == NTM_MET ? asked + i : asked - 1 - i; /* the nearest first */
        if (place >= fact->level_count) break;
        ntm_i_rational own = ntm_i_rational_int(place);
        if (ntm_i_rational_compare(own, domain.least) < 0 || ntm_i_rational_compare(own, domain.most) > 0) continue;
        ntm_i_deciding_assume(d, at->given, own, NTM_OPEN);
        (void)ntm_i_trial_facts(&d->trial);
        return true;
    }
    return false;
}

static bool leaf(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted) {
    const ntm_i_derived *at = &ntm_i_trace_steps(d->trace)[step];
    ntm_node_kind kind = d->trace->set->nodes[at->node - 1].kind;
    if (kind == NTM_COMPARE) return compare(d, step, wanted);
    bool usable =
        at->given != NTM_I_NONE && d->allowed[at->given] && d->trial.givens[at->given].state == NTM_NOT_REPORTED;
    if (!usable) return false;
    if (kind == NTM_AT_LEVEL) return level(d, step, wanted);
    if (kind != NTM_ATTESTED && kind != NTM_HOLDS) return false;
    ntm_i_deciding_assume(d, at->given, ntm_i_rational_int(wanted == NTM_MET), wanted);
    (void)ntm_i_trial_facts(&d->trial);
    return true;
}

/* ------------------------------------------------------------------------------------------- steps above */

/* The next below by weight, then place; below_count after the last. */
static uint32_t next_below(const ntm_i_deciding *d, const ntm_i_derived *at, uint32_t last) {
    const uint32_t *below = ntm_i_trace_below(d->trace, at);
    uint32_t best = at->below_count;
    for (uint32_t i = 0; i < at->below_count; i++) {
        uint32_t weight = d->weight[below[i]];
        bool after = last == at->below_count || weight > d->weight[below[last]] ||
                     (weight == d->weight[below[last]] && i > last);
        if (after && (best == at->below_count || weight < d->weight[below[best]])) best = i;
    }
    return best;
}

/* The cheapest of the steps below, until there are enough. */
static bool some_of(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted) {
    const ntm_i_derived *at = &ntm_i_trace_steps(d->trace)[step];
    size_t before = d->assumed_count;
    uint32_t last = at->below_count;
    while (d->trial.outcomes[step].verdict == NTM_OPEN) {
        last = next_below(d, at, last);
        if (last == at->below_count) break;
        uint32_t below = ntm_i_trace_below(d->trace, at)[last];
        if (d->trial.outcomes[below].verdict == NTM_OPEN) (void)ntm_i_deciding_achieve(d, below, wanted);
    }
    if (d->trial.outcomes[step].verdict == wanted) return true;
    ntm_i_deciding_back(d, before);
    return false;
}

bool ntm_i_deciding_achieve(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted) {
    const ntm_i_derived *at = &ntm_i_trace_steps(d->trace)[step];
    if (d->trial.outcomes[step].verdict != NTM_OPEN) return d->trial.outcomes[step].verdict == wanted;
    if (!d->can_be[wanted][step] || !ntm_i_trial_affords(&d->trial)) return false;
    if (at->node != 0 && d->trace->set->nodes[at->node - 1].kind == NTM_NOT)
        return ntm_i_deciding_achieve(d, ntm_i_trace_below(d->trace, at)[0], wanted == NTM_MET ? NTM_NOT_MET : NTM_MET);
    if (ntm_i_trial_needed(d->trace, at) > 0) return some_of(d, step, wanted);
    return at->rests ? ntm_i_deciding_climb(d, step, wanted) : leaf(d, step, wanted);
}
