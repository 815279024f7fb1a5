/* SPDX-License-Identifier: Apache-2.0 */
/* Looking for facts that would decide an open verdict. */
#ifndef NTM_I_DECIDING_H
#define NTM_I_DECIDING_H

#include "proof/trial.h"

typedef struct ntm_i_deciding {
    const ntm_i_trace *trace;
    ntm_i_trial trial;  /* its givens are the facts as they are assumed now, its outcomes what follows from them */
    uint8_t *candidate; /* by fact: not reported, and one that can be reported */
    uint8_t *allowed;   /* by fact: a candidate that may be assumed now */
    uint32_t *assumed;  /* facts that are assumed, in that order */
    size_t assumed_count;
    uint8_t *free;         /* by step: rests on a fact that is allowed */
    uint8_t *can_be[3];    /* by step and verdict: possible, as far as was looked into */
    ntm_i_interval *reach; /* by step: how high its least and how low its most could come at best */
    uint8_t *lost;         /* by step: nothing can ever be known of it */
    uint32_t *weight;      /* by step: about how many facts it takes to choose it */
    uint32_t *steps;       /* room for the steps below a comparison */
    uint8_t *marks;        /* by step, then by fact: below it */
} ntm_i_deciding;

/* Works out, from the facts as they are reported and those allowed, which verdicts steps could have, each step for
   itself; whether the claim could have that one. */
bool ntm_i_deciding_possible(ntm_i_deciding *d, ntm_verdict wanted);
/* The best that a quantity could come to, from what the steps below could; and whether a comparison could have a verdict
   then. */
void ntm_i_deciding_reach(ntm_i_deciding *d, uint32_t step);
bool ntm_i_deciding_reaches(const ntm_i_deciding *d, const ntm_i_derived *compare, ntm_verdict wanted);

/* Assumes allowed facts until a step has a verdict; false when that was not found: then nothing more is assumed than
   before. After ntm_i_deciding_possible(). */
bool ntm_i_deciding_achieve(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted);
/* The same for conditions over quantities that rest on conditions themselves: counts, points, grades. */
bool ntm_i_deciding_climb(ntm_i_deciding *d, uint32_t step, ntm_verdict wanted);

/* Assumes a value: a number or place in the fact's own unit, or a flag. Does not run anything. */
void ntm_i_deciding_assume(ntm_i_deciding *d, uint32_t fact, ntm_i_rational own, ntm_verdict flag);
/* Forgets what was assumed last, down to `count` facts, and runs all. */
void ntm_i_deciding_back(ntm_i_deciding *d, size_t count);
/* Puts a fact back as it is. Neither runs anything nor touches `assumed`. */
void ntm_i_deciding_restore(ntm_i_deciding *d, uint32_t fact);

/* The steps below a step, itself last, into d->steps, and the facts that they look at into the marks behind those of
   steps. Rules of scope are gone into. */
size_t ntm_i_deciding_below(ntm_i_deciding *d, uint32_t step);
/* Whether the last ntm_i_deciding_below() came to a fact that may be assumed and is not yet. */
bool ntm_i_deciding_usable(const ntm_i_deciding *d, uint32_t fact);
/* Runs the first `count` of d->steps. */
void ntm_i_deciding_run(ntm_i_deciding *d, size_t count);

/* Finds the value of one number that gives a comparison a verdict, all other facts as they are; false when none of those
   tried does. Nothing is assumed afterwards. d->steps leads to the comparison. */
bool ntm_i_deciding_solve(ntm_i_deciding *d, uint32_t compare, ntm_verdict wanted, uint32_t fact, size_t count,
                          ntm_i_rational *own);
/* Between what a number may be assumed to lie, in base units: its bounds, its whole and its parts. */
ntm_i_interval ntm_i_deciding_domain(const ntm_i_deciding *d, uint32_t fact);
/* How far a comparison is from a verdict: what is lacking, or infinite where nobody knows. */
ntm_i_rational ntm_i_deciding_lack(const ntm_i_deciding *d, uint32_t compare, ntm_verdict wanted);

#endif
