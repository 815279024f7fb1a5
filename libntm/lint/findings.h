/* SPDX-License-Identifier: Apache-2.0 */
/* The list of findings while it is made, and the code words. */
#ifndef NTM_I_FINDINGS_H
#define NTM_I_FINDINGS_H

#include <ntm/lint.h>

#include "base/error.h"
#include "base/memory.h"

/* In the order in which findings of one line are told. */
typedef enum ntm_i_code {
    /* figures */
    NTM_I_FIGURE_WITHOUT_SOURCE,
    NTM_I_FIGURE_HOLES,
    NTM_I_DELEGATED_WITH_VALUE,
    NTM_I_GENERAL_NO_CELL,
    NTM_I_FIGURE_BOTH_SIGNS,
    /* rules */
    NTM_I_RESTS_ON_NOTHING,
    NTM_I_NEVER_MET,
    NTM_I_ALWAYS_MET,
    NTM_I_CONTRADICTION,
    NTM_I_WEIGHTS_SUM,
    NTM_I_LADDER_REPEATED,
    NTM_I_LADDER_ORDER,
    NTM_I_LADDER_GAP,
    NTM_I_LADDER_OVERLAP,
    NTM_I_LADDER_MAXIMA,
    NTM_I_BANDS_SHORT,
    NTM_I_CLASS_UNREACHABLE,
    /* what nobody uses, and what is not there */
    NTM_I_UNUSED_FACT,
    NTM_I_UNUSED_FIGURE,
    NTM_I_UNUSED_AXIS,
    NTM_I_UNUSED_SOURCE,
    NTM_I_NO_RULE,
    NTM_I_NO_NAME,
    /* sets and sets */
    NTM_I_SELF_REFERENCE,
    NTM_I_MISSING_SET,
    NTM_I_MISSING_FIGURE,
    NTM_I_MISSING_COUNTERPART,
    NTM_I_UNKNOWN_STATUS,
    NTM_I_REFERENCE_LOOP,
    NTM_I_SUCCESSOR_LOOP,
    NTM_I_DAYS_UNKNOWN,
    NTM_I_DAYS_UNCOVERED,
    NTM_I_DAYS_DOUBLED,
    NTM_I_SOURCE_DIFFERS,
    NTM_I_FACT_DIFFERS,
    NTM_I_FACT_RENAMED,
    NTM_I_OPPOSITE_SIGNS,
    /* overlays */
    NTM_I_OVERLAY_DOES_NOT_FIT,
    NTM_I_NOT_DELEGATED,
    NTM_I_OVERLAY_UNDATED,
    NTM_I_CODES
} ntm_i_code;

/* What is found while it is found. A finding lost for want of memory sets `failed`, and the lint fails as a whole. */
struct ntm_findings {
    ntm_i_arena arena;  /* the texts, and at last the list itself */
    ntm_i_array list;   /* of ntm_finding, while the list is made */
    ntm_finding *items; /* when it is finished */
    size_t count;
    bool failed;
};

ntm_findings *ntm_i_findings_new(const ntm_allocator *allocator);
/* Text in the list's arena; "" after a failure. */
const char *ntm_i_findings_text(ntm_findings *findings, const char *format, ...) NTM_I_PRINTF(2, 3);
/* Adds a finding; `other` may be NULL. The places' text is copied. */
void ntm_i_find(ntm_findings *to, ntm_i_code code, const ntm_place *at, const ntm_place *other, const char *format, ...)
    NTM_I_PRINTF(5, 6);
/* Puts the findings from `first` on in the order of their lines, then codes, then as they were found. */
void ntm_i_findings_sort(ntm_findings *findings, size_t first);
/* Freezes the list into *out, or frees it and reports that there was no memory. */
ntm_status ntm_i_findings_finish(ntm_findings **out, ntm_findings *findings, ntm_error *err);

/* What a call may use, or an argument error. */
ntm_status ntm_i_lint_settings(ntm_lint_options *settings, const ntm_lint_options *options, ntm_error *err);

#endif
