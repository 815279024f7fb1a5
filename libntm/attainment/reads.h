/* SPDX-License-Identifier: Apache-2.0 */
/* Which facts decide a part of a set. */
#ifndef NTM_I_READS_H
#define NTM_I_READS_H

#include "criteria/set.h"

typedef struct ntm_i_reads {
    const ntm_set *set;
    uint8_t *facts;                          /* by fact: looked at */
    uint8_t *criteria, *indicators, *values; /* gone into already */
    bool ruled;                              /* every part gone into has a rule that somebody read */
} ntm_i_reads;

/* Nothing looked at yet. False for want of memory. */
bool ntm_i_reads_start(ntm_i_reads *reads, const ntm_set *set, ntm_i_arena *arena);
/* Forgets what was looked at. */
void ntm_i_reads_reset(ntm_i_reads *reads);
/* Marks what decides a part; false when some rule of it is absent. */
bool ntm_i_reads_criterion(ntm_i_reads *reads, size_t index);
bool ntm_i_reads_indicator(ntm_i_reads *reads, size_t index);
/* Whether both look at facts of the same ids, kinds and units. */
bool ntm_i_reads_alike(const ntm_i_reads *a, const ntm_i_reads *b);

#endif
