/* SPDX-License-Identifier: Apache-2.0 */
#include "lints.h"

#include <stdio.h>
#include <string.h>

void lints_show(const ntm_findings *findings) {
    for (size_t i = 0; i < ntm_findings_count(findings); i++) {
        const ntm_finding *f = ntm_findings_get(findings, i);
        fprintf(stderr, "  %s %s:%u %s [%s:%u]: %s\n", f->code, f->at.set, f->at.line, f->at.path,
                f->other.set == NULL ? "" : f->other.set, f->other.line, f->text);
    }
}

const ntm_finding *lints_only(const ntm_findings *findings, const char *code, const char *set) {
    const ntm_finding *found = NULL;
    for (size_t i = 0; i < ntm_findings_count(findings); i++) {
        const ntm_finding *f = ntm_findings_get(findings, i);
        if (strcmp(f->code, code) != 0 || (set != NULL && strcmp(f->at.set, set) != 0)) continue;
        if (found != NULL) {
            lints_show(findings);
            fail_msg("\"%s\" is found twice", code);
        }
        found = f;
    }
    return found;
}

static ntm_findings *lint_text(const char *body) {
    char text[8192];
    ntm_error err = NTM_ERROR_INIT;
    ntm_findings *findings = NULL;
    assert_true(snprintf(text, sizeof text, "%s%s", HEAD, body) < (int)sizeof text);
    ntm_set *set = documents_read(text);
    assert_ok(ntm_set_lint(&findings, set, NULL, &err), &err);
    ntm_set_free(set); /* findings live on without it */
    return findings;
}

static void expect_one(const fault_in_law *c) {
    ntm_findings *bad = lint_text(c->bad), *good = lint_text(c->good);
    const ntm_finding *f = lints_only(bad, c->code, NULL);
    bool right = f != NULL && f->at.line == c->line && strcmp(f->at.path, c->path) == 0 &&
                 strcmp(f->at.set, "a-set") == 0 && f->other.line == c->other_line &&
                 (f->other.set != NULL) == (c->other_line != 0) && strstr(f->text, c->piece) != NULL;
    if (!right) {
        lints_show(bad);
        fail_msg("\"%s\" at line %u, %s, with \"%s\" was expected", c->code, c->line, c->path, c->piece);
    }
    if (lints_only(good, c->code, NULL) != NULL) {
        lints_show(good);
        fail_msg("\"%s\" is found in what is good", c->code);
    }
    ntm_findings_free(bad);
    ntm_findings_free(good);
}

void lints_expect(const fault_in_law *cases, size_t count) {
    for (size_t i = 0; i < count; i++)
        expect_one(&cases[i]);
}
