/* SPDX-License-Identifier: Apache-2.0 */
/* Shares of doubles: the fast way over blocks says what exact code says row by row, for short decimals and for all others. */
#include "fault.h"
#include "sheet.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 9001 }; /* more than two blocks, and a part of one */

static const ntm_comparison signs[] = {NTM_LESS, NTM_LESS_OR_EQUAL, NTM_EQUAL, NTM_MORE_OR_EQUAL, NTM_MORE};

static uint64_t random_next(uint64_t *state) {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717u;
}

/* part / whole against a percentage, with every sign. */
static void share_set(kit *k, const char *percent) {
    static const char *const ids[] = {"1.1", "1.2", "1.3", "1.4", "1.5"};
    kit_start(k, NULL);
    kit_fact(k, "whole", NTM_KIND_AMOUNT, "km");
    kit_fact(k, "part", NTM_KIND_AMOUNT, "km");
    kit_criterion(k, "1", 0);
    for (size_t at = 0; at < 5; at++) {
        ntm_node ratio = k_of(k, NTM_RATIO, k_fact(k, "part"), k_fact(k, "whole"));
        kit_indicator(k, ids[at], k_compare(k, ratio, signs[at], k_number(k, percent, "%")));
    }
    (void)kit_done(k);
}

/* All verdicts under the best kernels against those of the reference, which has exact code alone. */
static void same_verdicts(const char *percent, ntm_column part, ntm_column whole) {
    kit k;
    sheet s;
    share_set(&k, percent);
    sheet_start(&s, part.length);
    s.evaluate.keep = NTM_KEEP_INDICATORS;
    sheet_column(&s, "part", part);
    sheet_column(&s, "whole", whole);
    ntm_attainment *exact = sheet_evaluate(k.set, &s, NTM_KERNELS_REFERENCE);
    ntm_attainment *fast = sheet_evaluate(k.set, &s, NTM_KERNELS_BEST);
    size_t decided = 0;
    for (size_t at = 0; at < 5; at++) {
        for (size_t row = 0; row < part.length; row++) {
            ntm_verdict wanted = ntm_attainment_indicator(exact, row, at);
            decided += wanted != NTM_OPEN;
            if (ntm_attainment_indicator(fast, row, at) != wanted)
                fail_msg("row %zu, sign %zu against %s: %d, expected %d", row, at, percent,
                         (int)ntm_attainment_indicator(fast, row, at), (int)wanted);
        }
    }
    assert_true(decided > 0);
    ntm_attainment_free(exact);
    ntm_attainment_free(fast);
    sheet_end(&s);
    kit_end(&k);
}

/* Amounts as people type them, and now and then as nobody does. */
static double amount(uint64_t *random, int odd_in_100) {
    double value = (double)(random_next(random) % 4000) / (random_next(random) % 3 == 0 ? 1 : 10);
    if ((int)(random_next(random) % 100) >= odd_in_100) return value;
    switch (random_next(random) % 12) {
        case 0: return value / 3;
        case 1: return nextafter(value, INFINITY);
        case 2: return nextafter(value, -INFINITY);
        case 3: return 0.0;
        case 4: return -0.0;
        case 5: return -value;
        case 6: return value * 1e-3;
        case 7: return value * 1e6;
        case 8: return (double)(random_next(random) % 1000000000) / 1e9;
        case 9: return 2251799813685249.0; /* above 2^51 */
        case 10: return value / 1e5;
        default: return 0.1 + 0.2;
    }
}

static void random_amounts(void **state) {
    (void)state;
    static const char *const percents[] = {"80", "100", "0", "33.3333333333", "89.95", "0.1"};
    static const int odd[] = {0, 3, 60};
    static double part[ROWS], whole[ROWS];
    uint64_t random = 88172645463325252u;
    for (size_t at = 0; at < (fault_under_valgrind() ? 1 : 6); at++) {
        for (size_t kind = 0; kind < 3; kind++) {
            uint8_t validity[(ROWS + 7) / 8];
            for (size_t row = 0; row < ROWS; row++) {
                whole[row] = amount(&random, odd[kind]);
                part[row] = row % 3 == 0 ? whole[row] * 0.8 : amount(&random, odd[kind]);
            }
            for (size_t i = 0; i < sizeof validity; i++)
                validity[i] = (uint8_t)(random_next(&random) | random_next(&random));
            ntm_column parts = ntm_column_double(part, ROWS);
            parts.validity = validity;
            same_verdicts(percents[at], parts, ntm_column_double(whole, ROWS));
        }
    }
}

static void doubles_and_integers(void **state) {
    (void)state;
    static double part[ROWS];
    static int64_t whole[ROWS];
    uint64_t random = 362436069362436069u;
    for (size_t row = 0; row < ROWS; row++) {
        whole[row] = row % 50 == 0 ? INT64_MAX - (int64_t)row : (int64_t)(random_next(&random) % 500) - 2;
        part[row] = row % 3 == 0 ? (double)whole[row] * 0.8 : amount(&random, 5);
    }
    same_verdicts("80", ntm_column_double(part, ROWS), ntm_column_int64(whole, ROWS));
    same_verdicts("125", ntm_column_int64(whole, ROWS), ntm_column_double(part, ROWS));
    ntm_column tenths = ntm_column_int64(whole, ROWS);
    tenths.scale = 1;
    same_verdicts("800", ntm_column_double(part, ROWS), tenths);
}

/* On the edge in tenths, hundredths and thousandths; digits that only the last row of the first block needs. */
static void edges(void **state) {
    (void)state;
    kit k;
    sheet s;
    share_set(&k, "80");
    sheet_start(&s, 7);
    sheet_cells(&s, "part", AS_DOUBLE, "0.08 2.4 24.008 24.0079999999 24.0080000001 ? 8");
    sheet_cells(&s, "whole", AS_DOUBLE, "0.1 3 30.01 30.01 30.01 1 0");
    expect_indicator(k.set, &s, "1.3", "+++--oo");
    expect_indicator(k.set, &s, "1.4", "+++-+oo");
    expect_indicator(k.set, &s, "1.5", "----+oo");
    sheet_end(&s);
    kit_end(&k);
    static double part[ROWS], whole[ROWS];
    for (size_t row = 0; row < ROWS; row++) {
        part[row] = row == 4095 ? 0.008 : row == 8191 ? 8.0 / 3 : 8;
        whole[row] = row == 4095 ? 0.01 : 10;
    }
    same_verdicts("80", ntm_column_double(part, ROWS), ntm_column_double(whole, ROWS));
}

/* The first error of an evaluation, under the kernels. */
static void expect_overflow(const ntm_set *set, const sheet *s, ntm_kernels kernels, int64_t row) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan *plan = NULL;
    ntm_attainment *result = NULL;
    ntm_plan_options options = s->plan;
    options.kernels = kernels;
    assert_int_equal(ntm_plan_new(&plan, set, &options, &err), NTM_OK);
    assert_int_equal(ntm_evaluate(&result, plan, &s->table, &s->evaluate, &err), NTM_ERROR_OVERFLOW);
    assert_null(result);
    assert_int_equal(err.row, row);
    assert_string_equal(err.subject, "part");
    ntm_plan_free(plan);
}

/* What exact arithmetic cannot hold is an error of the same row either way. */
static void same_errors(void **state) {
    (void)state;
    static double part[ROWS], whole[ROWS];
    static const double values[] = {1e300, -1e300, DBL_MIN, 4.9406564584124654e-324};
    for (size_t at = 0; at < sizeof values / sizeof values[0]; at++) {
        for (size_t row = 0; row < ROWS; row++) {
            part[row] = row == 5000 || row == 5001 ? values[at] : 8;
            whole[row] = 10;
        }
        kit k;
        sheet s;
        share_set(&k, "80");
        sheet_start(&s, ROWS);
        sheet_column(&s, "part", ntm_column_double(part, ROWS));
        sheet_column(&s, "whole", ntm_column_double(whole, ROWS));
        expect_overflow(k.set, &s, NTM_KERNELS_REFERENCE, 5000);
        expect_overflow(k.set, &s, NTM_KERNELS_PLAIN, 5000);
        expect_overflow(k.set, &s, NTM_KERNELS_BEST, 5000);
        sheet_end(&s);
        kit_end(&k);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_amounts), cmocka_unit_test(doubles_and_integers),
                                       cmocka_unit_test(edges), cmocka_unit_test(same_errors)};
    return cmocka_run_group_tests_name("double-shares", tests, NULL, NULL);
}
