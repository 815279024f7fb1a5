/* SPDX-License-Identifier: Apache-2.0 */
/* A derivation run again: with leaves left open, or with other facts. */
#ifndef NTM_I_TRIAL_H
#define NTM_I_TRIAL_H

#include "proof/walk.h"

typedef struct ntm_i_trial {
    const ntm_i_trace *trace;
    ntm_i_outcome *outcomes; /* of the last run */
    ntm_i_given *givens;     /* the facts that count now */
    uint8_t *open;           /* by step: a leaf that is left open */
    uint32_t *needed;        /* by step: so many of those below have to be met; 0 = it is derived as a whole */
    uint32_t *met, *not_met; /* by step: of those below, kept up as they change, so that a long list costs no more */
    uint32_t lowest;         /* nothing before this step is dirty */
    uint8_t *dirty;          /* by step: something below it has changed */
    uint32_t *above_first;   /* by step: where the steps that rest on it begin; one more at the end */
    uint32_t *above;
    size_t *work; /* steps that may still be derived; may run out, see ntm_i_trial_affords() */
    ntm_verdict wanted;
    bool overflow; /* some run did not fit */
} ntm_i_trial;

/* How many of the steps below have to be met for a step to be; 0 where it does not follow from so many. */
size_t ntm_i_trial_needed(const ntm_i_trace *trace, const ntm_i_derived *step);
/* Everything as in the trace. False for want of memory. */
bool ntm_i_trial_start(ntm_i_trial *trial, const ntm_i_trace *trace, ntm_i_arena *arena, size_t *work);
/* Leaves a leaf open, or gives it its verdict back. */
void ntm_i_trial_keep(ntm_i_trial *trial, uint32_t leaf, bool kept);
/* Derives what has changed since the last run because leaves were left open; the verdict of the claim. */
ntm_verdict ntm_i_trial_run(ntm_i_trial *trial);
/* Derives all steps with the facts in `givens`. */
ntm_verdict ntm_i_trial_facts(ntm_i_trial *trial);
/* Whether there is work left for one more run. */
bool ntm_i_trial_affords(const ntm_i_trial *trial);

/* The next choice of k among n, in the order of their places; false after the last. The first is 0, 1, ... k - 1. */
bool ntm_i_next_choice(uint32_t *chosen, size_t k, size_t n);

#endif
