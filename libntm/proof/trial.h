/* SPDX-License-Identifier: Apache-2.0 */
/* A derivation run again: with leaves left open, or with other facts. */
#ifndef NTM_I_TRIAL_H
#define NTM_I_TRIAL_H

#include "proof/walk.h"

typedef struct ntm_i_trial {
    const ntm_i_trace *walk;
    ntm_i_outcome *outcomes; /* of the last run */
    ntm_i_given *givens;     /* the facts that count now */
    uint8_t *open;           /* by step: a leaf that is left open */
    uint32_t *steps;         /* those that leaves left open can change */
    size_t step_count;
    size_t *work; /* steps that may still be run; may run out, see ntm_i_trial_affords() */
    ntm_verdict wanted;
    bool overflow; /* some run did not fit */
} ntm_i_trial;

/* Everything as in the walk. False for want of memory. */
bool ntm_i_trial_start(ntm_i_trial *trial, const ntm_i_trace *walk, ntm_i_arena *arena, size_t *work);
/* Runs with the leaves of `open` left open; the verdict of the claim. */
ntm_verdict ntm_i_trial_run(ntm_i_trial *trial);
/* Runs all steps with the facts in `givens`. */
ntm_verdict ntm_i_trial_facts(ntm_i_trial *trial);
/* Whether there is work left for one more run. */
bool ntm_i_trial_affords(const ntm_i_trial *trial);

/* The next choice of k among n, in the order of their places; false after the last. The first is 0, 1, ... k - 1. */
bool ntm_i_next_choice(uint32_t *chosen, size_t k, size_t n);

#endif
