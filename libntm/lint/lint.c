/* SPDX-License-Identifier: Apache-2.0 */
/* A set, looked at from every side. */
#include "lint/linting.h"

void ntm_i_lint_set(ntm_findings *to, const ntm_set *set) {
    ntm_i_linting l = {.to = to, .set = set};
    size_t first = to->list.count;
    ntm_i_arena_start(&l.scratch, &to->arena.allocator);
    if (ntm_i_lint_prepare(&l)) {
        ntm_i_lint_figures(&l);
        ntm_i_lint_rules(&l);
        ntm_i_lint_ladders(&l);
        ntm_i_lint_weights(&l);
        ntm_i_lint_values(&l);
        ntm_i_lint_grades(&l);
        ntm_i_lint_uses(&l);
        ntm_i_lint_citations(&l);
        ntm_i_findings_sort(to, first);
    }
    ntm_i_arena_end(&l.scratch);
}

ntm_status ntm_set_lint(ntm_findings **out, const ntm_set *set, const ntm_lint_options *options, ntm_error *err) {
    ntm_lint_options settings;
    if (out == NULL || set == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a set and a place for the findings are needed");
    ntm_status status = ntm_i_lint_settings(&settings, options, err);
    if (status != NTM_OK) return status;
    ntm_findings *findings = ntm_i_findings_new(settings.allocator);
    if (findings == NULL) return ntm_i_no_memory(err);
    ntm_i_lint_set(findings, set);
    return ntm_i_findings_finish(out, findings, err);
}
