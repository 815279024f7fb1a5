/* SPDX-License-Identifier: Apache-2.0 */
/* The problems of one file while it is read: all of them go to the caller's list, the first by line to his error. */
#ifndef NTM_I_REPORT_H
#define NTM_I_REPORT_H

#include "base/error.h"

typedef struct ntm_i_report {
    const char *subject;    /* what errors call the file */
    ntm_problems *problems; /* the caller's, or NULL */
    ntm_error first;        /* the first by line, then by when it was found */
    size_t count;
} ntm_i_report;

void ntm_i_report_start(ntm_i_report *report, const char *subject, ntm_problems *problems);

/* Records a problem and returns its status. */
ntm_status ntm_i_report_problem(ntm_i_report *report, ntm_status status, uint32_t line, uint32_t column,
                                const char *format, ...) NTM_I_PRINTF(5, 6);

/* Takes note of a problem that the caller's list already has. */
void ntm_i_report_known(ntm_i_report *report, const ntm_error *problem);

/* Gives the first problem to the caller; NTM_OK if there was none. */
ntm_status ntm_i_report_end(const ntm_i_report *report, ntm_error *err);

#endif
