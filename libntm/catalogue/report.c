/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/report.h"

#include <stdarg.h>

void ntm_i_report_start(ntm_i_report *report, const char *subject, ntm_problems *problems) {
    *report = (ntm_i_report){subject, problems, NTM_ERROR_INIT, 0};
}

void ntm_i_report_known(ntm_i_report *report, const ntm_error *problem) {
    /* The first problem by line is the one a person meets first; a problem without a line comes last. */
    uint32_t line = problem->line == 0 ? UINT32_MAX : problem->line;
    uint32_t first = report->first.line == 0 ? UINT32_MAX : report->first.line;
    if (report->count == 0 || line < first) (void)ntm_i_error_copy(&report->first, problem);
    report->count++;
}

ntm_status ntm_i_report_problem(ntm_i_report *report, ntm_status status, uint32_t line, uint32_t column,
                                const char *format, ...) {
    ntm_error problem = NTM_ERROR_INIT;
    va_list arguments;
    va_start(arguments, format);
    (void)ntm_i_fail_list(&problem, status, NTM_I_LINE(report->subject, line, column), format, arguments);
    va_end(arguments);
    ntm_i_report_known(report, &problem);
    ntm_i_problems_add(report->problems, &problem);
    return status;
}

ntm_status ntm_i_report_end(const ntm_i_report *report, ntm_error *err) {
    if (report->count == 0) return NTM_OK;
    return ntm_i_error_copy(err, &report->first);
}
