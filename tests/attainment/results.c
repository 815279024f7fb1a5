/* SPDX-License-Identifier: Apache-2.0 */
/* What a result answers: getters, columns, tallies, near misses, what was kept. */
#include "sheet.h"

#include <string.h>

static void four_flags(kit *k) {
    static const char *const ids[] = {"a", "b", "c", "d"};
    static const char *const names[] = {"1", "2", "3", "4"};
    kit_start(k, NULL);
    for (size_t at = 0; at < 4; at++)
        kit_fact(k, ids[at], NTM_KIND_FLAG, NULL);
    for (size_t at = 0; at < 4; at++) {
        kit_criterion(k, names[at], 0);
        kit_indicator(k, ids[at], k_attested(k, ids[at]));
    }
    kit_precondition(k, "p", k_attested(k, "a"));
    (void)kit_done(k);
}

static void flags_of_rows(sheet *s) {
    sheet_start(s, 8); /* met 4, 0-4, 3, 3-4, 2-3, 2, 0, 1-4 */
    sheet_cells(s, "a", AS_BITS, "yes ? yes yes yes yes no yes");
    sheet_cells(s, "b", AS_BITS, "yes ? yes yes yes yes no ?");
    sheet_cells(s, "c", AS_BITS, "yes ? yes yes ? no no ?");
    sheet_cells(s, "d", AS_BITS, "yes ? no ? no no no ?");
}

static void near_misses(void **state) {
    (void)state;
    static const size_t order[] = {3, 7, 1, 2, 4, 5, 6}; /* by needed, then open, then row */
    static const ntm_kernels kernels[] = {NTM_KERNELS_REFERENCE, NTM_KERNELS_PLAIN, NTM_KERNELS_BEST};
    kit k;
    sheet s;
    four_flags(&k);
    flags_of_rows(&s);
    for (size_t at = 0; at < 3; at++) {
        ntm_attainment *result = sheet_evaluate(k.set, &s, kernels[at]);
        size_t rows[9];
        size_t count = 99;
        ntm_error err = NTM_ERROR_INIT;
        memset(rows, 0xee, sizeof rows);
        assert_ok(ntm_attainment_near_misses(rows, &count, 9, result, SIZE_MAX, &err), &err);
        assert_int_equal(count, 7);
        assert_memory_equal(rows, order, sizeof order);
        static const size_t within[] = {3, 5, 6, 6, 7, 7}; /* needing at most 0, 1, 2, 3, 4, 5 */
        for (size_t most = 0; most < 6; most++) {
            assert_ok(ntm_attainment_near_misses(rows, &count, 9, result, most, &err), &err);
            assert_int_equal(count, within[most]);
            assert_memory_equal(rows, order, count * sizeof rows[0]);
        }
        for (size_t room = 0; room < 8; room++) {
            memset(rows, 0xee, sizeof rows);
            assert_ok(ntm_attainment_near_misses(rows, &count, room, result, SIZE_MAX, &err), &err);
            assert_int_equal(count, room < 7 ? room : 7);
            assert_memory_equal(rows, order, count * sizeof rows[0]);
            for (size_t rest = count; rest < 9; rest++)
                assert_int_equal(rows[rest], (size_t)0xeeeeeeeeeeeeeeeeu);
        }
        count = 99;
        assert_ok(ntm_attainment_near_misses(NULL, &count, 0, result, SIZE_MAX, &err), &err);
        assert_int_equal(count, 0);
        assert_fails(ntm_attainment_near_misses(NULL, &count, 1, result, 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_fails(ntm_attainment_near_misses(rows, NULL, 1, result, 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_fails(ntm_attainment_near_misses(rows, &count, 1, NULL, 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        ntm_attainment_free(result);
    }
    sheet_end(&s);
    kit_end(&k);
}

static void tallies(void **state) {
    (void)state;
    kit k;
    sheet s;
    four_flags(&k);
    flags_of_rows(&s);
    ntm_attainment *result = sheet_evaluate(k.set, &s, NTM_KERNELS_BEST);
    ntm_error err = NTM_ERROR_INIT;
    ntm_tally tally = {7, 7, 7};
    assert_ok(ntm_attainment_tally(&tally, result, NTM_OF_STATUS, 0, &err), &err);
    assert_true(tally.met == 1 && tally.not_met == 4 && tally.open == 3);
    assert_ok(ntm_attainment_tally(&tally, result, NTM_OF_CRITERION, 3, &err), &err);
    assert_true(tally.met == 1 && tally.not_met == 4 && tally.open == 3);
    assert_ok(ntm_attainment_tally(&tally, result, NTM_OF_INDICATOR, 0, &err), &err);
    assert_true(tally.met == 6 && tally.not_met == 1 && tally.open == 1);
    assert_ok(ntm_attainment_tally(&tally, result, NTM_OF_REVOCATION, 12345, &err), &err); /* the index is ignored */
    assert_true(tally.met == 0 && tally.not_met == 0 && tally.open == 8);
    tally.met = 77;
    assert_fails(ntm_attainment_tally(&tally, result, NTM_OF_CRITERION, 4, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_attainment_tally(&tally, result, NTM_OF_INDICATOR, SIZE_MAX, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_fails(ntm_attainment_tally(&tally, result, NTM_OF_PRECONDITION, 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_attainment_tally(&tally, result, (ntm_of)6, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_attainment_tally(NULL, result, NTM_OF_STATUS, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_attainment_tally(&tally, NULL, NTM_OF_STATUS, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(tally.met, 77);
    uint8_t column[9];
    memset(column, 0xee, sizeof column);
    assert_fails(ntm_attainment_verdicts(column, 7, result, NTM_OF_STATUS, 0, &err), NTM_ERROR_SHAPE, &err, NULL);
    assert_fails(ntm_attainment_verdicts(column, 9, result, NTM_OF_STATUS, 0, &err), NTM_ERROR_SHAPE, &err, NULL);
    assert_fails(ntm_attainment_verdicts(column, 8, result, NTM_OF_CRITERION, 4, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_attainment_verdicts(NULL, 8, result, NTM_OF_STATUS, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(column[0], 0xee);
    assert_ok(ntm_attainment_verdicts(column, 8, result, NTM_OF_STATUS, 0, &err), &err);
    assert_int_equal(column[8], 0xee);
    ntm_attainment_free(result);
    sheet_end(&s);
    kit_end(&k);
}

static void past_the_end(void **state) {
    (void)state;
    kit k;
    sheet s;
    four_flags(&k);
    flags_of_rows(&s);
    ntm_attainment *result = sheet_evaluate(k.set, &s, NTM_KERNELS_BEST);
    static const size_t rows[] = {8, 9, 63, 64, SIZE_MAX};
    for (size_t at = 0; at < 5; at++) {
        assert_int_equal(ntm_attainment_status(result, rows[at]), NTM_OPEN);
        assert_int_equal(ntm_attainment_criteria_status(result, rows[at]), NTM_OPEN);
        assert_int_equal(ntm_attainment_revocation(result, rows[at]), NTM_OPEN);
        assert_int_equal(ntm_attainment_criterion(result, rows[at], 0), NTM_OPEN);
        assert_int_equal(ntm_attainment_indicator(result, rows[at], 0), NTM_OPEN);
        assert_int_equal(ntm_attainment_precondition(result, rows[at], 0), NTM_OPEN);
        ntm_bounds met = ntm_attainment_criteria_met(result, rows[at]);
        assert_true(met.least == 0 && met.most == 0);
        ntm_bounds grade = ntm_attainment_grade(result, rows[at]);
        assert_true(grade.least == 0 && grade.most == 0);
        assert_int_equal(ntm_attainment_criterion(result, 0, 4 + at), NTM_OPEN);
        assert_int_equal(ntm_attainment_indicator(result, 0, rows[at]), NTM_OPEN);
        assert_int_equal(ntm_attainment_precondition(result, 0, 1 + at), NTM_OPEN);
    }
    ntm_attainment_free(result);
    sheet_end(&s);
    kit_end(&k);
}

static void what_is_kept(void **state) {
    (void)state;
    static const ntm_kernels kernels[] = {NTM_KERNELS_REFERENCE, NTM_KERNELS_PLAIN, NTM_KERNELS_BEST};
    kit k;
    sheet s;
    four_flags(&k);
    flags_of_rows(&s);
    for (int at = 0; at < 9; at++) {
        ntm_keep keep = (ntm_keep)(at % 3);
        ntm_tally tally;
        uint8_t column[8];
        ntm_error err = NTM_ERROR_INIT;
        s.evaluate.keep = keep;
        ntm_attainment *result = sheet_evaluate(k.set, &s, kernels[at / 3]);
        static const ntm_of of[] = {NTM_OF_CRITERION, NTM_OF_PRECONDITION, NTM_OF_INDICATOR};
        for (size_t which = 0; which < 3; which++) {
            bool kept = keep == NTM_KEEP_INDICATORS || (keep == NTM_KEEP_CRITERIA && which < 2);
            ntm_status expected = kept ? NTM_OK : NTM_ERROR_ARGUMENT;
            assert_int_equal(ntm_attainment_tally(&tally, result, of[which], 0, &err), expected);
            assert_int_equal(ntm_attainment_verdicts(column, 8, result, of[which], 0, &err), expected);
            ntm_verdict verdict = which == 0   ? ntm_attainment_criterion(result, 0, 0)
                                  : which == 1 ? ntm_attainment_precondition(result, 0, 0)
                                               : ntm_attainment_indicator(result, 0, 0);
            assert_int_equal(verdict, kept ? NTM_MET : NTM_OPEN);
        }
        assert_int_equal(ntm_attainment_status(result, 0), NTM_MET);
        assert_int_equal(ntm_attainment_status(result, 1), NTM_OPEN);
        assert_int_equal(ntm_attainment_status(result, 2), NTM_NOT_MET);
        assert_int_equal(ntm_attainment_criteria_met(result, 4).least, 2);
        assert_int_equal(ntm_attainment_criteria_met(result, 4).most, 3);
        size_t rows[8];
        size_t count = 0;
        assert_ok(ntm_attainment_near_misses(rows, &count, 8, result, 0, &err), &err);
        assert_int_equal(count, 3);
        ntm_attainment_free(result);
    }
    sheet_end(&s);
    kit_end(&k);
}

/* A result stands alone: plan, table and set may go. */
static void independent_of_what_made_it(void **state) {
    (void)state;
    kit k;
    sheet s;
    four_flags(&k);
    flags_of_rows(&s);
    ntm_attainment *result = sheet_evaluate(k.set, &s, NTM_KERNELS_BEST); /* its plan is gone already */
    sheet_end(&s);
    assert_int_equal(ntm_attainment_status(result, 0), NTM_MET);
    assert_int_equal(ntm_attainment_criterion(result, 5, 2), NTM_NOT_MET);
    ntm_attainment_free(result);
    kit_end(&k);
}

static void no_rows(void **state) {
    (void)state;
    kit k;
    sheet s;
    four_flags(&k);
    sheet_start(&s, 0);
    sheet_cells(&s, "a", AS_BITS, "");
    ntm_attainment *result = sheet_evaluate(k.set, &s, NTM_KERNELS_BEST);
    ntm_tally tally = {1, 1, 1};
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_attainment_tally(&tally, result, NTM_OF_STATUS, 0, &err), &err);
    assert_true(tally.met == 0 && tally.not_met == 0 && tally.open == 0);
    assert_int_equal(ntm_attainment_status(result, 0), NTM_OPEN);
    size_t count = 9;
    size_t rows[1];
    assert_ok(ntm_attainment_near_misses(rows, &count, 1, result, 9, &err), &err);
    assert_int_equal(count, 0);
    const uint16_t *least = NULL;
    assert_ok(ntm_attainment_counts(&least, NULL, result, &err), &err);
    assert_fails(ntm_attainment_counts(&least, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    ntm_attainment_free(result);
    sheet_end(&s);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(near_misses),
                                       cmocka_unit_test(tallies),
                                       cmocka_unit_test(past_the_end),
                                       cmocka_unit_test(what_is_kept),
                                       cmocka_unit_test(independent_of_what_made_it),
                                       cmocka_unit_test(no_rows)};
    return cmocka_run_group_tests_name("results", tests, NULL, NULL);
}
