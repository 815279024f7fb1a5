/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest sets of cells that have to be wrong: Fellegi and Holt's problem of error localisation, solved by conflicts.
   A conflict is a set of cells of which at least one is wrong; the system gives one for every set that does not explain
   (as in Reiter's diagnosis from first principles). So the sets looked for are those that meet every conflict there is, and
   sizes are tried from 0 up. */
#ifndef NTM_I_SEARCH_H
#define NTM_I_SEARCH_H

#include "reconcile/system.h"

#define NTM_I_SET_MAX 16

typedef struct ntm_i_search {
    ntm_i_system *system;
    size_t size_most;
    size_t sets_most;
    ntm_locate_end end;
    bool exact;          /* the sets have the least size, whatever else ended the search */
    size_t least_size;   /* no smaller set explains */
    ntm_i_array sets;    /* least_size cells (uint32_t, ascending) each */
    ntm_i_array repairs; /* of ntm_i_repair, one for each of them */
    size_t found;
    bool no_memory;
    bool doubtful; /* some set is */

    /* at work */
    ntm_i_array conflicts; /* of uint32_t: cells, one conflict behind the other */
    ntm_i_array ends;      /* of uint32_t: where each ends */
    uint8_t *barred;       /* by cell: not 0 while another branch, at that depth, looks at the sets with it */
    uint32_t *hits;        /* by cell, scratch */
    uint32_t *scratch;     /* as many as cells */
    uint32_t chosen[NTM_I_SET_MAX];
    size_t depth;
} ntm_i_search;

/* Searches. The fields above the line are the answer; false for want of memory. */
bool ntm_i_search_run(ntm_i_search *search, ntm_i_system *system, const ntm_locate_options *options,
                      ntm_i_arena *arena);
void ntm_i_search_end(ntm_i_search *search);

#endif
