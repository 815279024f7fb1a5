/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/trial.h"

#include <string.h>

bool ntm_i_trial_start(ntm_i_trial *trial, const ntm_i_trace *walk, ntm_i_arena *arena, size_t *work) {
    size_t count = walk->steps.count;
    *trial = (ntm_i_trial){.walk = walk, .work = work};
    trial->outcomes = ntm_i_arena_take(arena, count, sizeof *trial->outcomes);
    trial->givens = ntm_i_arena_take(arena, walk->givens.count, sizeof *trial->givens);
    trial->open = ntm_i_arena_take(arena, count, 1);
    trial->steps = ntm_i_arena_take(arena, count, sizeof *trial->steps);
    if (trial->outcomes == NULL || trial->givens == NULL || trial->open == NULL || trial->steps == NULL) return false;
    memcpy(trial->outcomes, walk->outcomes.items, count * sizeof *trial->outcomes);
    if (walk->givens.count > 0) memcpy(trial->givens, walk->givens.items, walk->givens.count * sizeof *trial->givens);
    for (uint32_t i = 0; i < count; i++) {
        const ntm_i_derived *step = &ntm_i_trace_steps(walk)[i];
        if (!step->in_scope && (step->leaf || step->rests || step->part != NTM_I_PART_NONE))
            trial->steps[trial->step_count++] = i;
    }
    return true;
}

static void spend(ntm_i_trial *trial, size_t steps) { *trial->work -= *trial->work < steps ? *trial->work : steps; }

static void run_step(ntm_i_trial *trial, uint32_t step, const ntm_i_given *givens) {
    if (ntm_i_trace_derive(trial->walk, step, trial->outcomes, givens, &trial->outcomes[step])) return;
    trial->overflow = true;
    trial->outcomes[step] = (ntm_i_outcome){NTM_OPEN, 0, UINT32_MAX, NTM_I_ANYTHING};
}

ntm_verdict ntm_i_trial_run(ntm_i_trial *trial) {
    const ntm_i_trace *walk = trial->walk;
    const ntm_i_outcome *base = ntm_i_trace_outcomes(walk);
    for (size_t i = 0; i < trial->step_count; i++) {
        uint32_t step = trial->steps[i];
        if (ntm_i_trace_steps(walk)[step].leaf)
            trial->outcomes[step].verdict = trial->open[step] ? NTM_OPEN : base[step].verdict;
        else
            run_step(trial, step, ntm_i_trace_givens(walk));
    }
    spend(trial, trial->step_count);
    return trial->outcomes[walk->steps.count - 1].verdict;
}

ntm_verdict ntm_i_trial_facts(ntm_i_trial *trial) {
    for (uint32_t i = 0; i < trial->walk->steps.count; i++)
        run_step(trial, i, trial->givens);
    spend(trial, trial->walk->steps.count);
    return trial->outcomes[trial->walk->steps.count - 1].verdict;
}

bool ntm_i_trial_affords(const ntm_i_trial *trial) { return *trial->work >= trial->walk->steps.count; }

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
