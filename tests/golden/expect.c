/* SPDX-License-Identifier: Apache-2.0 */
/* The expectations of a case. */
#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const verdict_words[] = {"open", "met", "not met"};

static const char *rest_of(const char *rest) { return rest + strspn(rest, " \t"); }

static bool same_text(const char *rest, const char *word) {
    rest = rest_of(rest);
    size_t size = strlen(rest);
    while (size > 0 && rest[size - 1] == ' ')
        size--;
    return size == strlen(word) && memcmp(rest, word, size) == 0;
}

static bool has(const ntm_error *problem, const char *piece) {
    return strstr(problem->message, piece) != NULL || strstr(problem->subject, piece) != NULL;
}

/* "VALUE row 2 line 7 column 3 "piece"": the failure itself, or one of the problems. */
static bool expect_error(golden_case *c, const char *rest) {
    char status[40];
    char word[GOLDEN_TEXT];
    char piece[GOLDEN_TEXT] = "";
    char number[24];
    uint64_t row = NTM_NO_ROW;
    unsigned long line = 0;
    unsigned long column = 0;
    if (!golden_word(&rest, word, 24)) return golden_complain(c, "which error?");
    snprintf(status, sizeof status, "NTM_ERROR_%.20s", word);
    while (golden_word(&rest, word, sizeof word)) {
        if (strcmp(word, "row") == 0 && golden_word(&rest, number, sizeof number))
            row = strtoull(number, NULL, 10) - 1;
        else if (strcmp(word, "line") == 0 && golden_word(&rest, number, sizeof number))
            line = strtoul(number, NULL, 10);
        else if (strcmp(word, "column") == 0 && golden_word(&rest, number, sizeof number))
            column = strtoul(number, NULL, 10);
        else
            snprintf(piece, sizeof piece, "%s", word);
    }
    c->failure_expected = true;
    if (c->status == NTM_OK) return golden_complain(c, "it works, expected %s", status);
    for (size_t at = 0; at <= ntm_problems_count(c->problems); at++) {
        const ntm_error *problem = at == 0 ? &c->err : ntm_problems_get(c->problems, at - 1);
        ntm_status code = at == 0 ? c->status : problem->status;
        if (strcmp(ntm_status_name(code), status) == 0 && has(problem, piece) &&
            (row == NTM_NO_ROW || problem->row == row) && (line == 0 || problem->line == line) &&
            (column == 0 || problem->column == column))
            return true;
    }
    return golden_complain(c, "%s: %s:%u:%u: row %lld: %s", ntm_status_name(c->status), c->err.subject, c->err.line,
                           c->err.column, c->err.row == NTM_NO_ROW ? -1 : (long long)c->err.row + 1, c->err.message);
}

/* "vi "7,942 tỷ đồng" 7942000000" or "... error SYNTAX". */
static bool expect_number(golden_case *c, const char *rest, bool money) {
    char locale[8];
    char text[GOLDEN_TEXT];
    char wanted[64];
    char got[64];
    if (!golden_word(&rest, locale, sizeof locale) || !golden_word(&rest, text, sizeof text) ||
        !golden_word(&rest, wanted, sizeof wanted))
        return golden_complain(c, "number how, from what, is what?");
    ntm_locale how = locale[0] == 'v' ? NTM_LOCALE_VI : locale[0] == 'e' ? NTM_LOCALE_EN : NTM_LOCALE_PLAIN;
    ntm_printed printed;
    ntm_money amount = 0;
    memset(&printed, 0, sizeof printed);
    ntm_status status = money ? ntm_money_parse(&amount, text, strlen(text), how, NULL)
                              : ntm_printed_parse(&printed, text, strlen(text), how, NULL);
    if (strcmp(wanted, "error") == 0) {
        char name[40];
        if (!golden_word(&rest, got, 20)) return golden_complain(c, "which error?");
        snprintf(name, sizeof name, "NTM_ERROR_%.20s", got);
        return strcmp(ntm_status_name(status), name) == 0 || golden_complain(c, "it gives %s", ntm_status_name(status));
    }
    if (status != NTM_OK) return golden_complain(c, "%s", ntm_status_name(status));
    ntm_decimal value = money ? (ntm_decimal){amount, 0} : printed.value;
    ntm_decimal expected;
    if (ntm_decimal_parse(&expected, wanted, strlen(wanted), NTM_LOCALE_PLAIN, NULL) != NTM_OK)
        return golden_complain(c, "\"%s\" is no number", wanted);
    (void)ntm_decimal_format(got, sizeof got, value, NTM_LOCALE_PLAIN);
    return ntm_decimal_compare(value, expected) == 0 || golden_complain(c, "it is %s", got);
}

/* ------------------------------------------------------------------------------------------- verdicts */

static bool column_of(const golden_case *c, const char *what, const char **rest, ntm_of *of, size_t *index) {
    char id[64] = "";
    *index = 0;
    if (strcmp(what, "status") == 0) return *of = NTM_OF_STATUS, true;
    if (strcmp(what, "criteria-status") == 0) return *of = NTM_OF_CRITERIA_STATUS, true;
    if (strcmp(what, "revocation") == 0) return *of = NTM_OF_REVOCATION, true;
    if (!golden_word(rest, id, sizeof id)) return false;
    if (strcmp(what, "indicator") == 0) {
        *of = NTM_OF_INDICATOR;
        *index = ntm_set_find_indicator(c->rules, id);
    } else if (strcmp(what, "criterion") == 0) {
        *of = NTM_OF_CRITERION;
        *index = ntm_set_find_criterion(c->rules, id);
    } else if (strcmp(what, "precondition") == 0) {
        *of = NTM_OF_PRECONDITION;
        for (*index = 0; *index < ntm_set_precondition_count(c->rules); (*index)++)
            if (strcmp(ntm_set_precondition(c->rules, *index)->id, id) == 0) return true;
        return false;
    } else {
        return false;
    }
    return *index != SIZE_MAX;
}

static ntm_verdict verdict_of(const golden_case *c, ntm_of of, size_t index, size_t row) {
    switch (of) {
        case NTM_OF_STATUS:
            return ntm_attainment_status(c->result, row);
        case NTM_OF_CRITERIA_STATUS:
            return ntm_attainment_criteria_status(c->result, row);
        case NTM_OF_REVOCATION:
            return ntm_attainment_revocation(c->result, row);
        case NTM_OF_CRITERION:
            return ntm_attainment_criterion(c->result, row, index);
        case NTM_OF_INDICATOR:
            return ntm_attainment_indicator(c->result, row, index);
        case NTM_OF_PRECONDITION:
            return ntm_attainment_precondition(c->result, row, index);
    }
    return NTM_OPEN;
}

/* "3 to 7", "5". */
static bool expect_bounds(golden_case *c, const char *rest, ntm_bounds got) {
    char *end = NULL;
    unsigned long least = strtoul(rest_of(rest), &end, 10);
    unsigned long most = least;
    if (strncmp(rest_of(end), "to ", 3) == 0) most = strtoul(rest_of(end) + 3, NULL, 10);
    return (got.least == least && got.most == most) ||
           golden_complain(c, "it is %lu to %lu", (unsigned long)got.least, (unsigned long)got.most);
}

/* One end of a range, as a fraction, against a number of the case. */
static bool same_number(const golden_case *c, const char *text, size_t size, ntm_fraction got) {
    ntm_decimal wanted;
    int64_t scale = 1;
    if (ntm_decimal_parse(&wanted, text, size, c->numbers, NULL) != NTM_OK) return false;
    for (int i = 0; i < wanted.scale; i++)
        scale *= 10;
    return got.denominator != 0 && got.numerator * scale == wanted.coefficient * got.denominator;
}

/* "value total 89,5" or "value total 3 to 5"; "score 89,5". */
static bool expect_value(golden_case *c, const char *rest, size_t row, bool score) {
    char least[64] = "", most[64] = "", id[64] = "";
    size_t index = NTM_SCORE;
    ntm_range got;
    if (!score && !golden_word(&rest, id, sizeof id)) return golden_complain(c, "which value?");
    if (!score) index = ntm_set_find_value(c->rules, id);
    if (!score && index == SIZE_MAX) return golden_complain(c, "there is no value %s", id);
    if (!golden_word(&rest, least, sizeof least)) return golden_complain(c, "which number?");
    if (strncmp(rest_of(rest), "to ", 3) == 0) rest = rest_of(rest) + 3;
    if (!golden_word(&rest, most, sizeof most)) snprintf(most, sizeof most, "%s", least);
    ntm_status status = ntm_attainment_value(&got, c->result, row, index, &c->err);
    if (status != NTM_OK) return golden_complain(c, "%s: %s", ntm_status_name(status), c->err.message);
    return (same_number(c, least, strlen(least), got.least) && same_number(c, most, strlen(most), got.most)) ||
           golden_complain(c, "it is %lld/%lld to %lld/%lld", (long long)got.least.numerator,
                           (long long)got.least.denominator, (long long)got.most.numerator,
                           (long long)got.most.denominator);
}

/* "explanation indicator 17.1 vi "piece" "piece"": pieces of the line and of the tree. */
static bool expect_explanation(golden_case *c, const char *rest, size_t row) {
    char what[24];
    char language[8];
    char piece[GOLDEN_TEXT];
    ntm_of of = NTM_OF_STATUS;
    size_t index = 0;
    ntm_explanation *explanation = NULL;
    ntm_text *line = NULL;
    ntm_text *tree = NULL;
    bool good = golden_word(&rest, what, sizeof what) && column_of(c, what, &rest, &of, &index) &&
                golden_word(&rest, language, sizeof language);
    if (!good) return golden_complain(c, "which explanation?");
    ntm_language in = language[0] == 'v' ? NTM_VI : NTM_EN;
    ntm_status status = ntm_explain(&explanation, c->plan, &c->table, row, of, index, NULL, &c->err);
    if (status == NTM_OK) status = ntm_explanation_line(&line, explanation, in, NULL, &c->err);
    if (status == NTM_OK) status = ntm_explanation_tree(&tree, explanation, in, NULL, &c->err);
    if (status != NTM_OK) good = golden_complain(c, "%s: %s", ntm_status_name(status), c->err.message);
    const ntm_step *root = ntm_explanation_step(explanation, 0);
    if (good && (root == NULL || root->verdict != verdict_of(c, of, index, row)))
        good = golden_complain(c, "the explanation has another verdict");
    while (good && golden_word(&rest, piece, sizeof piece)) {
        if (strstr(ntm_text_data(line), piece) == NULL && strstr(ntm_text_data(tree), piece) == NULL)
            good = golden_complain(c, "it says %s\n# %.1200s", ntm_text_data(line), ntm_text_data(tree));
    }
    ntm_text_free(line);
    ntm_text_free(tree);
    ntm_explanation_free(explanation);
    return good;
}

bool golden_expect(golden_case *c, const char *rest) {
    char what[24];
    size_t row = 0;
    if (!golden_word(&rest, what, sizeof what)) return golden_complain(c, "expect what?");
    if (strcmp(what, "number") == 0 || strcmp(what, "money") == 0) return expect_number(c, rest, what[0] == 'm');
    if (!golden_run(c)) return false;
    if (strcmp(what, "error") == 0) return expect_error(c, rest);
    if (c->status != NTM_OK)
        return golden_complain(c, "%s: %s:%u: row %lld: %s", ntm_status_name(c->status), c->err.subject, c->err.line,
                               c->err.row == NTM_NO_ROW ? -1 : (long long)c->err.row + 1, c->err.message);
    if (strcmp(what, "set") == 0 && c->rules != NULL)
        return same_text(rest, ntm_set_about(c->rules)->id) ||
               golden_complain(c, "it is %s", ntm_set_about(c->rules)->id);
    if (strcmp(what, "row") == 0) {
        if (!golden_word(&rest, what, sizeof what)) return golden_complain(c, "which row?");
        row = (size_t)strtoul(what, NULL, 10) - 1;
        if (!golden_word(&rest, what, sizeof what)) return golden_complain(c, "expect what?");
    }
    if (row >= c->table.rows) return golden_complain(c, "there is no such row");
    if (strcmp(what, "rows") == 0)
        return c->table.rows == strtoul(rest, NULL, 10) || golden_complain(c, "there are %zu", c->table.rows);
    if (c->result == NULL) return golden_complain(c, "there is nothing to ask: no set");
    if (strcmp(what, "value") == 0 || strcmp(what, "score") == 0) return expect_value(c, rest, row, what[0] == 's');
    if (strcmp(what, "explanation") == 0) return expect_explanation(c, rest, row);
    if (strcmp(what, "grade") == 0) return expect_bounds(c, rest, ntm_attainment_grade(c->result, row));
    if (strcmp(what, "criteria") == 0) {
        if (!golden_word(&rest, what, sizeof what)) return golden_complain(c, "criteria met, or status?");
        if (strcmp(what, "met") == 0) return expect_bounds(c, rest, ntm_attainment_criteria_met(c->result, row));
        snprintf(what, sizeof what, "criteria-status");
    }
    ntm_of of = NTM_OF_STATUS;
    size_t index = 0;
    if (!column_of(c, what, &rest, &of, &index)) return golden_complain(c, "there is no %s like that", what);
    ntm_verdict verdict = verdict_of(c, of, index, row);
    return same_text(rest, verdict_words[verdict]) || golden_complain(c, "it is %s", verdict_words[verdict]);
}
