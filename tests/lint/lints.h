/* SPDX-License-Identifier: Apache-2.0 */
/* Sets that the lint stumbles over, and the same without the fault. */
#ifndef NTM_TEST_LINTS_H
#define NTM_TEST_LINTS_H

#include "documents.h"

#include <ntm/lint.h>

/* One fault. All texts begin after HEAD, at line 8. */
typedef struct fault_in_law {
    const char *code;
    const char *bad;     /* has the finding, once */
    const char *good;    /* has none of that code */
    uint32_t line;       /* of the finding */
    const char *path;    /* of the finding */
    uint32_t other_line; /* of the second place; 0 = it has none */
    const char *piece;   /* of the text */
} fault_in_law;

/* Reads both and compares; shows all findings when they differ from what is expected. */
void lints_expect(const fault_in_law *cases, size_t count);
/* All findings, one a line, on stderr. */
void lints_show(const ntm_findings *findings);
/* The finding with that code at that set (NULL = any); NULL if there is none. Fails when there are two. */
const ntm_finding *lints_only(const ntm_findings *findings, const char *code, const char *set);

#endif
