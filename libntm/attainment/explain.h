/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of explaining share: steps written down in order, with texts that outlive set and table. */
#ifndef NTM_I_EXPLAIN_H
#define NTM_I_EXPLAIN_H

#include "attainment/exact.h"
#include "attainment/explanation.h"

typedef struct ntm_i_explainer {
    ntm_i_exact x;
    const ntm_plan *plan;
    const ntm_set *set;
    ntm_explanation *out;
    bool failed; /* for want of memory */
    bool *seen;  /* values of the set that were gone into */
} ntm_i_explainer;

/* Text in the explanation's memory, from a format with two texts; NULL for want of memory. */
char *ntm_i_explain_text(ntm_i_explainer *e, const char *format, const char *a, const char *b);
const char *ntm_i_explain_copy(ntm_i_explainer *e, const char *text);
/* The explanation outlives its set, so that citations are copied. */
ntm_citation ntm_i_explain_citation(ntm_i_explainer *e, const ntm_citation *from);
/* A step by number. Pointers to steps do not survive a new one. */
ntm_i_step *ntm_i_explain_step(ntm_i_explainer *e, size_t index);

/* A figure's step: which cell holds, why, and where it was read. */
void ntm_i_explain_figure(ntm_i_explainer *e, size_t at, uint32_t threshold);

#endif
