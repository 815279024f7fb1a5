/* SPDX-License-Identifier: Apache-2.0 */
/* While facts are open, what is lacking lies between the bounds that are told, whatever the facts turn out to be. */
#include "tries.h"

#include <stdio.h>

enum { ROWS = 20, FILLINGS = 12 };

/* The gap of an indicator that is one condition: the subject's only one. */
static bool gap_of(const ntm_gaps *gaps, size_t row, size_t indicator, ntm_gap *out) {
    size_t count = 0;
    for (size_t at = ntm_gaps_first(gaps, row); at < ntm_gaps_first(gaps, row + 1); at++) {
        ntm_gap gap = ntm_gaps_at(gaps, at);
        const ntm_gap_subject *subject = ntm_gaps_subject(gaps, gap.subject);
        if (subject->of != NTM_OF_INDICATOR || subject->index != indicator) continue;
        *out = gap;
        count++;
    }
    return count == 1;
}

static size_t subjects_of(const ntm_gaps *gaps, size_t indicator) {
    size_t count = 0;
    for (size_t at = 0; at < ntm_gaps_subject_count(gaps); at++) {
        const ntm_gap_subject *subject = ntm_gaps_subject(gaps, at);
        count += subject->of == NTM_OF_INDICATOR && subject->index == indicator;
    }
    return count;
}

/* The verdict says whether something is surely lacking. */
static void fits_the_verdict(const ntm_gap *gap, ntm_verdict verdict, uint64_t seed) {
    bool surely = gap->amount.least.numerator > 0 || gap->strict;
    if (gap->untold != NTM_TOLD) return;
    if (verdict == NTM_NOT_MET && !surely)
        fail_msg("seed %llu: not met, and maybe nothing is lacking", (unsigned long long)seed);
    if (verdict == NTM_OPEN && gap->amount.least.numerator > 0)
        fail_msg("seed %llu: open, and surely something is lacking", (unsigned long long)seed);
}

typedef struct tally {
    size_t held, least, most;
} tally;

static void lies_between(const made *g, const ntm_gap *open, const ntm_gaps *filled, const ntm_attainment *verdicts,
                         size_t row, size_t indicator, uint64_t seed, tally *seen) {
    ntm_gap gap;
    ntm_fraction amount = {0, 1};
    ntm_verdict verdict = ntm_attainment_indicator(verdicts, row, indicator);
    if (verdict != NTM_MET && (!gap_of(filled, row, indicator, &gap) || gap.untold != NTM_TOLD)) return;
    if (verdict != NTM_MET) {
        amount = gap.amount.least;
        if (gap.kind != open->kind && amount.numerator != 0)
            fail_msg("seed %llu: another kind", (unsigned long long)seed);
        if (open->out_of_reach && !gap.out_of_reach)
            fail_msg("seed %llu, row %zu, indicator %zu: within reach", (unsigned long long)seed, row, indicator);
    }
    ntm_range range = open->amount;
    bool above = range.least.denominator == 0 || fraction_compare(amount, range.least) >= 0;
    bool below = range.most.denominator == 0 || fraction_compare(amount, range.most) <= 0;
    if (!above || !below)
        fail_msg("seed %llu, indicator %zu: %lld/%lld is not between %lld/%lld and %lld/%lld\n%s",
                 (unsigned long long)seed, indicator, (long long)amount.numerator, (long long)amount.denominator,
                 (long long)range.least.numerator, (long long)range.least.denominator, (long long)range.most.numerator,
                 (long long)range.most.denominator, g->text);
    seen->held++;
    seen->least += range.least.denominator != 0 && fraction_compare(amount, range.least) == 0;
    seen->most += range.most.denominator != 0 && fraction_compare(amount, range.most) == 0;
}

static void one_seed(uint64_t seed, tally *seen) {
    made g;
    found f, full;
    unit units[ROWS], filled[ROWS * FILLINGS];
    uint64_t random = seed * 19 + 5;
    ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
    options.untold_law = true;
    made_start(&g, MAKE_ALONE, seed);
    for (size_t row = 0; row < ROWS; row++) {
        unit_draw(&units[row], &random, 50, true);
        for (size_t at = 0; at < FILLINGS; at++)
            unit_fill(&filled[row * FILLINGS + at], &units[row], &random);
    }
    found_start(&f, &g, units, ROWS, NTM_KERNELS_BEST, &options, &random);
    found_start(&full, &g, filled, ROWS * FILLINGS, NTM_KERNELS_BEST, &options, &random);
    ntm_attainment *open = sheet_evaluate(g.set, &f.s, NTM_KERNELS_BEST);
    ntm_attainment *closed = sheet_evaluate(g.set, &full.s, NTM_KERNELS_BEST);
    for (size_t row = 0; row < ROWS; row++)
        for (size_t at = 0; at < (size_t)g.indicators; at++) {
            ntm_gap gap;
            if (subjects_of(f.gaps, at) != 1 || !gap_of(f.gaps, row, at, &gap)) continue;
            fits_the_verdict(&gap, ntm_attainment_indicator(open, row, at), seed);
            for (size_t k = 0; k < FILLINGS && gap.untold == NTM_TOLD; k++)
                lies_between(&g, &gap, full.gaps, closed, row * FILLINGS + k, at, seed, seen);
        }
    ntm_attainment_free(open);
    ntm_attainment_free(closed);
    found_end(&f);
    found_end(&full);
    made_end(&g);
}

static void between_the_bounds(void **state) {
    (void)state;
    tally seen = {0, 0, 0};
    uint64_t last = fault_under_valgrind() ? 20 : 400;
    for (uint64_t seed = 1; seed <= last; seed++)
        one_seed(seed, &seen);
    if (last < 400) return;
    assert_true(seen.held > 20000);
    assert_true(seen.least > 2000 && seen.most > 2000); /* the bounds are no wider than they have to be */
}

/* ------------------------------------------------------------------------------------------- the ends are attained */

static void both_ends(void **state) {
    (void)state;
    size_t count = 0;
    for (uint64_t seed = 1; seed <= (fault_under_valgrind() ? 20 : 300); seed++) {
        uint64_t random = seed * 23 + 9;
        made g;
        found f;
        unit units[3];
        ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
        made_start(&g, MAKE_SIMPLE, seed);
        unit_draw(&units[0], &random, 0, false);
        if (units[0].value[U_C0] == 0) units[0].value[U_C0] = 6;
        units[1] = units[2] = units[0];
        for (int fact = 0; fact < U_NF; fact++) {
            if (fact == U_C0) continue;
            units[1].value[fact] = what_one((what)fact) * (int64_t)(fault_random(&random) % 4);
            units[2].value[fact] = units[1].value[fact] + what_one((what)fact) * (int64_t)(fault_random(&random) % 6);
            if (fact == U_C1 && units[2].value[fact] > units[0].value[U_C0])
                units[2].value[fact] = units[0].value[U_C0];
            if (fact == U_C1 && units[1].value[fact] > units[2].value[fact])
                units[1].value[fact] = units[2].value[fact];
            units[0].known[fact] = NTM_NOT_REPORTED;
            for (int side = 0; side < 2; side++) {
                units[0].limited[fact][side] = true;
                units[0].limit[fact][side] = units[1 + side].value[fact] * 10;
            }
        }
        found_start(&f, &g, units, 3, NTM_KERNELS_BEST, &options, &random);
        for (size_t at = 0; at < (size_t)g.indicators; at++) {
            ntm_gap open, end[2];
            if (subjects_of(f.gaps, at) != 1 || !gap_of(f.gaps, 0, at, &open) || open.untold != NTM_TOLD) continue;
            for (size_t side = 0; side < 2; side++)
                if (!gap_of(f.gaps, 1 + side, at, &end[side])) end[side].amount.least = (ntm_fraction){0, 1};
            int order = fraction_compare(end[0].amount.least, end[1].amount.least);
            assert_int_equal(fraction_compare(open.amount.least, end[order > 0].amount.least), 0);
            assert_int_equal(fraction_compare(open.amount.most, end[order <= 0].amount.least), 0);
            count++;
        }
        found_end(&f);
        made_end(&g);
    }
    assert_true(count > 100 || fault_under_valgrind());
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(between_the_bounds), cmocka_unit_test(both_ends)};
    return cmocka_run_group_tests_name("gap-random-open", tests, NULL, NULL);
}
