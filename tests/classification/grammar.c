/* SPDX-License-Identifier: Apache-2.0 */
#include "grammar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ntm_date grammar_day(const char *text) {
    ntm_date day = NTM_DATE_NONE;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_date_parse(&day, text, strlen(text), &err), &err);
    return day;
}

ntm_classification *grammar_shipped(void) {
    ntm_classification *c = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_classification_shipped(&c, NULL, &err), &err);
    return c;
}

static char *whole(const char *lines) {
    char *text = malloc(strlen(GRAMMAR_HEAD) + strlen(lines) + 1);
    assert_non_null(text);
    strcpy(text, GRAMMAR_HEAD);
    strcat(text, lines);
    return text;
}

ntm_classification *grammar_read(const char *lines) {
    ntm_classification *c = NULL;
    ntm_error err = NTM_ERROR_INIT;
    char *text = whole(lines);
    assert_ok(ntm_classification_read(&c, text, strlen(text), "rules.csv", NULL, &err), &err);
    free(text);
    return c;
}

void grammar_refused(const char *lines, ntm_status status, uint64_t row, const char *piece) {
    ntm_classification *c = NULL;
    ntm_error err = NTM_ERROR_INIT;
    char *text = whole(lines), said[600];
    assert_fails(ntm_classification_read(&c, text, strlen(text), "rules.csv", NULL, &err), status, &err, NULL);
    free(text);
    assert_null(c);
    (void)snprintf(said, sizeof said, "%s: %s", err.subject, err.message);
    if (strstr(said, piece) == NULL || err.row != row) fail_msg("row %llu: %s", (unsigned long long)err.row, said);
}

ntm_code_finding grammar_check(const ntm_classification *c, ntm_code_kind kind, const char *code, const char *on) {
    ntm_code_finding finding;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_code_check(&finding, c, kind, code, strlen(code), grammar_day(on), &err), &err);
    return finding;
}

void expect_code(const ntm_classification *c, ntm_code_kind kind, const char *code, const char *on,
                 ntm_code_verdict verdict) {
    ntm_code_finding finding = grammar_check(c, kind, code, on);
    if (finding.verdict != verdict)
        fail_msg("%s \"%s\" on %s: %s, expected %s", ntm_code_kind_name(kind), code, on,
                 ntm_code_verdict_name(finding.verdict), ntm_code_verdict_name(verdict));
}

void expect_text(const ntm_code_finding *finding, const char *text) {
    char said[512];
    size_t size = ntm_code_finding_text(said, sizeof said, finding);
    assert_string_equal(said, text);
    assert_int_equal(size, strlen(text));
}
