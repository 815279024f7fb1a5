/* SPDX-License-Identifier: Apache-2.0 */
/* What an overlay is inside: its tree, checked as far as it can be without its set. */
#ifndef NTM_I_OVERLAY_H
#define NTM_I_OVERLAY_H

#include "catalogue/read.h"
#include "criteria/builder.h"

/* The sections of an overlay, in the order in which its keys are known. */
typedef enum ntm_i_overlay_key {
    NTM_I_OVERLAY_FORMAT,
    NTM_I_OVERLAY_ID,
    NTM_I_OVERLAY_OF,
    NTM_I_OVERLAY_STANDING,
    NTM_I_OVERLAY_TITLE,
    NTM_I_OVERLAY_NOTE,
    NTM_I_OVERLAY_INSTRUMENT,
    NTM_I_OVERLAY_SOURCES,
    NTM_I_OVERLAY_FACTS,
    NTM_I_OVERLAY_FIGURES,
    NTM_I_OVERLAY_INDICATORS,
    NTM_I_OVERLAY_CRITERIA,
    NTM_I_OVERLAY_PRECONDITIONS,
    NTM_I_OVERLAY_KEYS
} ntm_i_overlay_key;

struct ntm_overlay {
    ntm_i_arena arena; /* everything below lives in it */
    const char *name;  /* what errors call the file */
    const char *of;
    ntm_i_layer layer;
    const ntm_i_yaml *at[NTM_I_OVERLAY_KEYS]; /* NULL where a key is not written */
};

/* What an overlay says about an indicator, criterion or precondition that is there. */
typedef struct ntm_i_filling {
    ntm_names name;
    ntm_i_rule *rule;
    ntm_citation citation;
    const ntm_i_yaml *vi, *en, *rule_at; /* where they stand; NULL = not written */
} ntm_i_filling;

/* False for what cannot be used (reported). */
bool ntm_i_read_filling(ntm_i_reader *reader, ntm_i_filling *out, const ntm_i_yaml *entry);

#endif
