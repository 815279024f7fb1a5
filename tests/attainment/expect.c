/* SPDX-License-Identifier: Apache-2.0 */
#include "sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ntm_kernels all_kernels[] = {NTM_KERNELS_REFERENCE, NTM_KERNELS_PLAIN, NTM_KERNELS_BEST};
static const char *const kernel_names[] = {"best", "plain", "reference"};

static ntm_status evaluate(ntm_attainment **out, const ntm_set *set, const sheet *s, ntm_kernels kernels,
                           ntm_error *err) {
    ntm_plan_options options = s->plan;
    ntm_plan *plan = NULL;
    options.kernels = kernels;
    assert_ok(ntm_plan_new(&plan, set, &options, err), err);
    ntm_status status = ntm_evaluate(out, plan, &s->table, &s->evaluate, err);
    ntm_plan_free(plan);
    return status;
}

ntm_attainment *sheet_evaluate(const ntm_set *set, const sheet *s, ntm_kernels kernels) {
    ntm_attainment *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(evaluate(&result, set, s, kernels, &err), &err);
    assert_non_null(result);
    assert_int_equal(ntm_attainment_rows(result), s->table.rows);
    return result;
}

ntm_verdict sheet_verdict(const ntm_attainment *result, ntm_of of, size_t row, size_t index) {
    switch (of) {
        case NTM_OF_STATUS: return ntm_attainment_status(result, row);
        case NTM_OF_CRITERIA_STATUS: return ntm_attainment_criteria_status(result, row);
        case NTM_OF_REVOCATION: return ntm_attainment_revocation(result, row);
        case NTM_OF_CRITERION: return ntm_attainment_criterion(result, row, index);
        case NTM_OF_INDICATOR: return ntm_attainment_indicator(result, row, index);
        case NTM_OF_PRECONDITION: return ntm_attainment_precondition(result, row, index);
    }
    return NTM_OPEN;
}

void expect_column(const ntm_set *set, const sheet *s, ntm_of of, size_t index, const char *verdicts) {
    static const char signs[] = "o+-";
    assert_int_equal(strlen(verdicts), s->table.rows);
    for (size_t at = 0; at < 3; at++) {
        ntm_attainment *result = sheet_evaluate(set, s, all_kernels[at]);
        char *got = malloc(s->table.rows + 1);
        uint8_t *column = malloc(s->table.rows + 1);
        ntm_error err = NTM_ERROR_INIT;
        assert_true(got != NULL && column != NULL);
        for (size_t row = 0; row < s->table.rows; row++)
            got[row] = signs[sheet_verdict(result, of, row, index)];
        got[s->table.rows] = '\0';
        if (strcmp(got, verdicts) != 0)
            fail_msg("verdicts are %s, expected %s (%s kernels)", got, verdicts, kernel_names[all_kernels[at]]);
        assert_ok(ntm_attainment_verdicts(column, s->table.rows, result, of, index, &err), &err);
        for (size_t row = 0; row < s->table.rows; row++)
            assert_int_equal(signs[column[row]], got[row]);
        free(got);
        free(column);
        ntm_attainment_free(result);
    }
}

void expect_indicator(const ntm_set *set, const sheet *s, const char *id, const char *verdicts) {
    size_t index = ntm_set_find_indicator(set, id);
    assert_int_not_equal(index, SIZE_MAX);
    expect_column(set, s, NTM_OF_INDICATOR, index, verdicts);
}

void expect_criterion(const ntm_set *set, const sheet *s, const char *id, const char *verdicts) {
    size_t index = ntm_set_find_criterion(set, id);
    assert_int_not_equal(index, SIZE_MAX);
    expect_column(set, s, NTM_OF_CRITERION, index, verdicts);
}

void expect_status(const ntm_set *set, const sheet *s, const char *verdicts) {
    expect_column(set, s, NTM_OF_STATUS, 0, verdicts);
}

static void expect_pairs(const ntm_set *set, const sheet *s, const char *pairs,
                         ntm_bounds (*get)(const ntm_attainment *, size_t)) {
    for (size_t at = 0; at < 3; at++) {
        ntm_attainment *result = sheet_evaluate(set, s, all_kernels[at]);
        const char *rest = pairs;
        for (size_t row = 0; row < s->table.rows; row++) {
            char *end = NULL;
            unsigned long least = strtoul(rest, &end, 10);
            assert_int_equal(*end, '-');
            unsigned long most = strtoul(end + 1, &end, 10);
            rest = end;
            ntm_bounds got = get(result, row);
            if (got.least != least || got.most != most)
                fail_msg("row %zu: %lu-%lu, expected %lu-%lu (%s kernels)", row, (unsigned long)got.least,
                         (unsigned long)got.most, least, most, kernel_names[all_kernels[at]]);
        }
        ntm_attainment_free(result);
    }
}

void expect_met(const ntm_set *set, const sheet *s, const char *bounds) {
    expect_pairs(set, s, bounds, ntm_attainment_criteria_met);
}

void expect_grade(const ntm_set *set, const sheet *s, const char *bounds) {
    expect_pairs(set, s, bounds, ntm_attainment_grade);
}

void expect_failure(const ntm_set *set, const sheet *s, ntm_status status, const char *piece, uint64_t row) {
    for (size_t at = 0; at < 3; at++) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_attainment *result = (ntm_attainment *)(uintptr_t)0x10;
        ntm_status got = evaluate(&result, set, s, all_kernels[at], &err);
        const char *who = kernel_names[all_kernels[at]];
        if (got != status)
            fail_msg("%s, expected %s (%s kernels): %s: %s", ntm_status_name(got), ntm_status_name(status), who,
                     err.subject, err.message);
        assert_ptr_equal(result, (void *)(uintptr_t)0x10);
        fault_assert_error(&err, status, NULL, who);
        if (piece != NULL && strstr(err.message, piece) == NULL && strstr(err.subject, piece) == NULL)
            fail_msg("\"%s\" is not in \"%s: %s\" (%s kernels)", piece, err.subject, err.message, who);
        if (err.row != row)
            fail_msg("row %lld, expected %lld (%s kernels): %s", (long long)err.row, (long long)row, who, err.message);
    }
}

/* ------------------------------------------------------------------------------------------- equal results */

static bool same_bounds(ntm_bounds a, ntm_bounds b) { return a.least == b.least && a.most == b.most; }

static void same_column(const ntm_attainment *a, const ntm_attainment *b, ntm_of of, size_t index, const char *what) {
    size_t rows = ntm_attainment_rows(a);
    ntm_error err = NTM_ERROR_INIT;
    ntm_tally one = {0, 0, 0};
    ntm_tally two = {0, 0, 0};
    assert_ok(ntm_attainment_tally(&one, a, of, index, &err), &err);
    assert_ok(ntm_attainment_tally(&two, b, of, index, &err), &err);
    uint8_t *left = malloc(rows + 1);
    uint8_t *right = malloc(rows + 1);
    assert_true(left != NULL && right != NULL);
    assert_ok(ntm_attainment_verdicts(left, rows, a, of, index, &err), &err);
    assert_ok(ntm_attainment_verdicts(right, rows, b, of, index, &err), &err);
    ntm_tally counted = {0, 0, 0};
    for (size_t row = 0; row < rows; row++) {
        if (left[row] != right[row] || left[row] != sheet_verdict(a, of, row, index) ||
            right[row] != sheet_verdict(b, of, row, index))
            fail_msg("%s: column %d, index %zu, row %zu: %d and %d", what, (int)of, index, row, left[row], right[row]);
        counted.met += left[row] == NTM_MET;
        counted.not_met += left[row] == NTM_NOT_MET;
        counted.open += left[row] == NTM_OPEN;
    }
    if (memcmp(&one, &two, sizeof one) != 0 || memcmp(&one, &counted, sizeof one) != 0)
        fail_msg("%s: tallies of column %d, index %zu, differ or do not add up", what, (int)of, index);
    free(left);
    free(right);
}

static void same_misses(const ntm_attainment *a, const ntm_attainment *b, const char *what) {
    size_t left[50];
    size_t right[50];
    size_t counts[2] = {0, 0};
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_attainment_near_misses(left, &counts[0], 50, a, SIZE_MAX, &err), &err);
    assert_ok(ntm_attainment_near_misses(right, &counts[1], 50, b, SIZE_MAX, &err), &err);
    if (counts[0] != counts[1] || memcmp(left, right, counts[0] * sizeof left[0]) != 0)
        fail_msg("%s: near misses differ", what);
}

/* Values of the set and the score, if both results keep them. */
static void same_values(const ntm_set *set, const ntm_attainment *a, const ntm_attainment *b, const char *what) {
    for (size_t at = 0; at <= ntm_set_value_count(set); at++) {
        size_t index = at < ntm_set_value_count(set) ? at : NTM_SCORE;
        const ntm_range *left = NULL;
        const ntm_range *right = NULL;
        if (ntm_attainment_values(&left, a, index, NULL) != NTM_OK) continue;
        if (ntm_attainment_values(&right, b, index, NULL) != NTM_OK) continue;
        if (memcmp(left, right, ntm_attainment_rows(a) * sizeof *left) != 0)
            fail_msg("%s: values %zu differ", what, at);
    }
}

void assert_same_results(const ntm_set *set, const ntm_attainment *a, const ntm_attainment *b, const char *what) {
    size_t rows = ntm_attainment_rows(a);
    assert_int_equal(rows, ntm_attainment_rows(b));
    same_column(a, b, NTM_OF_STATUS, 0, what);
    same_column(a, b, NTM_OF_CRITERIA_STATUS, 0, what);
    same_column(a, b, NTM_OF_REVOCATION, 0, what);
    for (size_t at = 0; at < ntm_set_criterion_count(set); at++)
        same_column(a, b, NTM_OF_CRITERION, at, what);
    for (size_t at = 0; at < ntm_set_indicator_count(set); at++)
        same_column(a, b, NTM_OF_INDICATOR, at, what);
    for (size_t at = 0; at < ntm_set_precondition_count(set); at++)
        same_column(a, b, NTM_OF_PRECONDITION, at, what);
    const uint16_t *counts[4] = {NULL, NULL, NULL, NULL};
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_attainment_counts(&counts[0], &counts[1], a, &err), &err);
    assert_ok(ntm_attainment_counts(&counts[2], &counts[3], b, &err), &err);
    for (size_t row = 0; row < rows; row++) {
        ntm_bounds met = ntm_attainment_criteria_met(a, row);
        if (!same_bounds(met, ntm_attainment_criteria_met(b, row)) || counts[0][row] != met.least ||
            counts[1][row] != met.most || counts[2][row] != met.least || counts[3][row] != met.most)
            fail_msg("%s: row %zu: counts differ", what, row);
        if (!same_bounds(ntm_attainment_grade(a, row), ntm_attainment_grade(b, row)))
            fail_msg("%s: row %zu: grades differ", what, row);
    }
    same_misses(a, b, what);
    same_values(set, a, b, what);
}
