/* SPDX-License-Identifier: Apache-2.0 */
/* Which facts decide a part of a set. */
#ifndef NTM_I_READS_H
#define NTM_I_READS_H

#include "criteria/set.h"

typedef struct ntm_i_reads {
    const ntm_set *set;
    uint8_t *facts; /* by fact: looked at */
    size_t *twins;  /* by fact: the fact of the other set with its id, kind and unit, or SIZE_MAX */
    bool ruled;     /* every part gone into has a rule that somebody read */
    bool with_scope; /* rules of scope are gone into where a figure asks for them */
    /* If not NULL: called for each node that is looked at. */
    void (*visit)(void *context, ntm_node node);
    void *context;
    uint8_t *seen; /* by part (values, criteria, indicators, then the rules of scope as one): gone into, or waiting */
    uint32_t *waiting; /* parts that were named and not gone into yet */
    size_t waiting_count;
} ntm_i_reads;

/* Nothing looked at yet. False for want of memory. */
bool ntm_i_reads_start(ntm_i_reads *reads, const ntm_set *set, ntm_i_arena *arena);
/* Forgets what was looked at. */
void ntm_i_reads_reset(ntm_i_reads *reads);
/* Marks what decides a rule or a part, through everything that it names; false when some rule of it is absent. */
bool ntm_i_reads_rule(ntm_i_reads *reads, ntm_node rule);
bool ntm_i_reads_criterion(ntm_i_reads *reads, size_t index);
bool ntm_i_reads_indicator(ntm_i_reads *reads, size_t index);
/* Finds the facts of two sets that are the same; before ntm_i_reads_alike(). False for want of memory. */
bool ntm_i_reads_pair(ntm_i_reads *a, ntm_i_reads *b, ntm_i_arena *arena);
/* Whether both look at facts of the same ids, kinds and units. */
bool ntm_i_reads_alike(const ntm_i_reads *a, const ntm_i_reads *b);

#endif
