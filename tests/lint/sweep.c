/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of a lint fails once: nothing is lost, and there are no findings rather than some of them. */
#include "kit.h"
#include "lints.h"

/* A value that nobody left to it, and one for a place that is taken. */
static const char overlay_text[] = "format: ntm-overlay/1\nid: full-set.x\nof: full-set\nstanding: cited\n"
                                   "sources: {S7: {where: x}}\nfigures: {income-least: {source: [S7], values: "
                                   "{TN: {\"2018\": 20}, BTB: {\"2020\": 20}}}}\n";

typedef struct shared {
    kit k;
    const ntm_set *set;
    ntm_overlay *overlay;
    ntm_catalogue *catalogue;
} shared;

/* A finding has its whole text, or there is no list. */
static ntm_status checked(ntm_status status, ntm_findings *findings, const ntm_error *err) {
    if (status != NTM_OK) {
        assert_null(findings);
        assert_int_equal(err->status, status);
    }
    for (size_t i = 0; i < ntm_findings_count(findings); i++)
        assert_true(ntm_findings_get(findings, i)->text[0] != '\0' &&
                    ntm_findings_get(findings, i)->at.path[0] != '\0');
    if (status == NTM_OK) assert_true(ntm_findings_count(findings) > 0);
    ntm_findings_free(findings);
    return status;
}

static ntm_status lint_set(const ntm_allocator *allocator, void *context) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_findings *findings = NULL;
    ntm_lint_options options = NTM_LINT_OPTIONS_INIT;
    options.allocator = allocator;
    ntm_status status = ntm_set_lint(&findings, ((shared *)context)->set, &options, &err);
    return checked(status, findings, &err);
}

static ntm_status lint_overlay(const ntm_allocator *allocator, void *context) {
    const shared *s = context;
    ntm_error err = NTM_ERROR_INIT;
    ntm_findings *findings = NULL;
    ntm_lint_options options = NTM_LINT_OPTIONS_INIT;
    options.allocator = allocator;
    ntm_status status = ntm_overlay_lint(&findings, s->overlay, s->set, &options, &err);
    return checked(status, findings, &err);
}

static ntm_status lint_catalogue(const ntm_allocator *allocator, void *context) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_findings *findings = NULL;
    ntm_lint_options options = NTM_LINT_OPTIONS_INIT;
    options.allocator = allocator;
    ntm_status status = ntm_catalogue_lint(&findings, ((shared *)context)->catalogue, &options, &err);
    return checked(status, findings, &err);
}

static void sweeps(void **state) {
    (void)state;
    shared s = {.overlay = documents_read_overlay(overlay_text)};
    ntm_error err = NTM_ERROR_INIT;
    kit_full(&s.k, 0, NULL);
    s.set = kit_done(&s.k);
    assert_ok(ntm_catalogue_open(&s.catalogue, NULL, 0, NULL, &err), &err);
    assert_true(fault_sweep(lint_set, &s, NTM_OK) > 5);
    assert_true(fault_sweep(lint_overlay, &s, NTM_OK) > 5);
    assert_true(fault_sweep(lint_catalogue, &s, NTM_OK) > 20);
    ntm_catalogue_free(s.catalogue);
    ntm_overlay_free(s.overlay);
    kit_end(&s.k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps)};
    return cmocka_run_group_tests_name("lint without memory", tests, NULL, NULL);
}
