/* SPDX-License-Identifier: Apache-2.0 */
/* What gaps say is enough, and no less is: on random sets and units, through the public interface alone. */
#include "tries.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 40 };

typedef struct tally {
    size_t gaps, done, short_of, exact, single;
} tally;

/* ------------------------------------------------------------------------------------------- consistency */

static ntm_verdict part(const ntm_attainment *whole, size_t row, const ntm_gap_subject *subject) {
    return subject->of == NTM_OF_STATUS ? ntm_attainment_criteria_status(whole, row)
                                        : sheet_verdict(whole, subject->of, row, subject->index);
}

static void one_gap(const found *f, const ntm_attainment *whole, size_t row, const ntm_gap *gap, uint64_t seed) {
    const ntm_gap_subject *subject = ntm_gaps_subject(f->gaps, gap->subject);
    assert_non_null(subject);
    assert_int_equal(gap->row, row);
    if ((gap->needed_for & NTM_NEEDED_PART) == 0)
        fail_msg("seed %llu: a gap that no part needs", (unsigned long long)seed);
    if (part(whole, row, subject) == NTM_MET)
        fail_msg("seed %llu, row %zu: a gap in a part that is met: %d %zu", (unsigned long long)seed, row,
                 (int)subject->of, subject->index);
    if ((gap->needed_for & NTM_NEEDED_CRITERION) && subject->criterion != SIZE_MAX)
        assert_int_not_equal(ntm_attainment_criterion(whole, row, subject->criterion), NTM_MET);
    if (gap->needed_for & NTM_NEEDED_STATUS) assert_int_not_equal(ntm_attainment_status(whole, row), NTM_MET);
    bool told = gap->amount.least.denominator != 0 || gap->amount.most.denominator != 0;
    assert_int_equal(told, gap->kind != NTM_GAP_UNTOLD);
    assert_int_equal(gap->untold != NTM_TOLD, gap->kind == NTM_GAP_UNTOLD);
    if (!told) return;
    if (gap->amount.least.denominator != 0) assert_true(gap->amount.least.numerator >= 0);
    if (gap->amount.least.denominator != 0 && gap->amount.most.denominator != 0)
        assert_true(fraction_compare(gap->amount.least, gap->amount.most) <= 0);
    if (subject->whole) assert_true(gap->amount.least.denominator <= 1 && gap->amount.most.denominator <= 1);
}

/* What is not met has a gap; what is met has none. */
static void has_gaps(const made *g, const found *f, const ntm_attainment *whole, size_t row, uint64_t seed) {
    size_t of_indicator[SET_PARTS] = {0}, of_status = 0;
    for (size_t at = ntm_gaps_first(f->gaps, row); at < ntm_gaps_first(f->gaps, row + 1); at++) {
        ntm_gap gap = ntm_gaps_at(f->gaps, at);
        const ntm_gap_subject *subject = ntm_gaps_subject(f->gaps, gap.subject);
        one_gap(f, whole, row, &gap, seed);
        if (subject->of == NTM_OF_INDICATOR) of_indicator[subject->index]++;
        of_status += (gap.needed_for & NTM_NEEDED_STATUS) != 0;
    }
    for (int at = 0; at < g->indicators; at++)
        if (ntm_attainment_indicator(whole, row, (size_t)at) != NTM_MET && of_indicator[at] == 0)
            fail_msg("seed %llu, row %zu: indicator %d lacks nothing and is not met\n%s", (unsigned long long)seed, row,
                     at, g->text);
    ntm_gaps_row about = ntm_gaps_of_row(f->gaps, row);
    assert_int_equal(about.status, ntm_attainment_status(whole, row));
    if (about.status != NTM_MET && of_status == 0)
        fail_msg("seed %llu, row %zu: the status lacks nothing\n%s", (unsigned long long)seed, row, g->text);
    assert_true(about.works <= of_status);
}

/* ------------------------------------------------------------------------------------------- soundness */

typedef struct asked {
    ntm_needed_for bit;
    ntm_of of;
    size_t index;
} asked;

static bool belongs(const ntm_gap *gap, const ntm_gap_subject *subject, const asked *to) {
    if ((gap->needed_for & (uint32_t)to->bit) == 0) return false;
    if (to->bit == NTM_NEEDED_STATUS) return true;
    if (to->bit == NTM_NEEDED_CRITERION) return subject->criterion == to->index;
    return subject->of == to->of && subject->index == to->index;
}

/* All works for something together are enough; a single one, a bit less, is not. */
static void enough(trials *t, const made *g, const found *f, const unit *u, size_t row, asked to, tally *seen) {
    works w, less;
    size_t count = 0;
    ntm_gap last = {0};
    works_start(&w);
    works_start(&less);
    for (size_t at = ntm_gaps_first(f->gaps, row); at < ntm_gaps_first(f->gaps, row + 1); at++) {
        ntm_gap gap = ntm_gaps_at(f->gaps, at);
        if (!belongs(&gap, ntm_gaps_subject(f->gaps, gap.subject), &to)) continue;
        works_add(&w, g, f, u, &gap, 0);
        works_add(&less, g, f, u, &gap, 1);
        last = gap;
        count++;
    }
    if (count == 0) return;
    seen->gaps++;
    unit after = *u;
    if (!works_do(&w, &after)) return;
    trials_add(t, &after, to.of, to.index, true, row, "this has to be enough");
    seen->done++;
    bool of_amount = last.kind == NTM_GAP_MORE || last.kind == NTM_GAP_FEWER || last.kind == NTM_GAP_UNITS;
    unit before = *u;
    if (count != 1 || !of_amount || g->how == MAKE_MONOTONE || !works_do(&less, &before)) return;
    trials_add(t, &before, to.of, to.index, false, row, "this is a bit less than what is needed");
    seen->short_of++;
}

static void row_enough(trials *t, const made *g, const found *f, const unit *u, size_t row, tally *seen) {
    for (int at = 0; at < g->indicators; at++)
        enough(t, g, f, u, row, (asked){NTM_NEEDED_PART, NTM_OF_INDICATOR, (size_t)at}, seen);
    for (int at = 0; at < g->preconditions; at++)
        enough(t, g, f, u, row, (asked){NTM_NEEDED_PART, NTM_OF_PRECONDITION, (size_t)at}, seen);
    for (int at = 0; at < g->criteria; at++)
        enough(t, g, f, u, row, (asked){NTM_NEEDED_CRITERION, NTM_OF_CRITERION, (size_t)at}, seen);
    enough(t, g, f, u, row, (asked){NTM_NEEDED_STATUS, NTM_OF_STATUS, 0}, seen);
}

/* ------------------------------------------------------------------------------------------- the same */

static bool same_fraction(ntm_fraction a, ntm_fraction b) {
    return a.numerator == b.numerator && a.denominator == b.denominator;
}

static bool same_gap(const ntm_gap *a, const ntm_gap *b) {
    return a->subject == b->subject && a->kind == b->kind && a->untold == b->untold && a->needed_for == b->needed_for &&
           a->strict == b->strict && a->out_of_reach == b->out_of_reach &&
           same_fraction(a->amount.least, b->amount.least) && same_fraction(a->amount.most, b->amount.most);
}

/* A row of one is the row of another. */
static void same_row(const ntm_gaps *a, size_t row, const ntm_gaps *b, size_t other, uint64_t seed) {
    size_t at = ntm_gaps_first(a, row), to = ntm_gaps_first(b, other);
    size_t count = ntm_gaps_first(a, row + 1) - at;
    assert_int_equal(count, ntm_gaps_first(b, other + 1) - to);
    for (size_t i = 0; i < count; i++) {
        ntm_gap x = ntm_gaps_at(a, at + i), y = ntm_gaps_at(b, to + i);
        if (!same_gap(&x, &y)) fail_msg("seed %llu: rows %zu and %zu differ", (unsigned long long)seed, row, other);
    }
    at = ntm_gaps_first_margin(a, row), to = ntm_gaps_first_margin(b, other);
    count = ntm_gaps_first_margin(a, row + 1) - at;
    assert_int_equal(count, ntm_gaps_first_margin(b, other + 1) - to);
    for (size_t i = 0; i < count; i++) {
        ntm_margin x = ntm_gaps_margin(a, at + i), y = ntm_gaps_margin(b, to + i);
        assert_true(x.criterion == y.criterion && x.subject == y.subject && same_fraction(x.spare, y.spare) &&
                    same_fraction(x.relative, y.relative));
    }
    ntm_gaps_row x = ntm_gaps_of_row(a, row), y = ntm_gaps_of_row(b, other);
    assert_true(x.status == y.status && x.works == y.works && x.untold == y.untold && x.criteria == y.criteria &&
                x.unpriced == y.unpriced && same_fraction(x.cost_least, y.cost_least) &&
                same_fraction(x.cost_most, y.cost_most));
    ntm_risk p, q;
    ntm_status one = ntm_gaps_risk(&p, a, row, NULL), two = ntm_gaps_risk(&q, b, other, NULL);
    assert_int_equal(one, two);
    if (one != NTM_OK) return;
    assert_true(p.revocation == q.revocation && p.steps == q.steps && p.has_relative == q.has_relative &&
                same_fraction(p.relative, q.relative));
}

/* Other kernels, other columns, and some of the rows. */
static void the_same(const made *g, const found *f, const unit *units, const ntm_gaps_options *options, uint64_t seed) {
    uint64_t random = seed + 99;
    found other;
    ntm_gaps_options some = *options;
    size_t rows[ROWS], count = 0;
    found_start(&other, g, units, ROWS, seed % 2 == 0 ? NTM_KERNELS_REFERENCE : NTM_KERNELS_PLAIN, options, &random);
    for (size_t row = 0; row < ROWS; row++)
        same_row(f->gaps, row, other.gaps, row, seed);
    found_end(&other);
    for (size_t row = 0; row < ROWS; row++)
        if (fault_random(&random) % 2 == 0) rows[count++] = row;
    some.rows = rows;
    some.row_count = count;
    found_start(&other, g, units, ROWS, NTM_KERNELS_BEST, &some, &random);
    for (size_t at = 0, row = 0; row < ROWS; row++) {
        if (at < count && rows[at] == row) {
            same_row(f->gaps, row, other.gaps, row, seed);
            at++;
        } else
            assert_int_equal(ntm_gaps_first(other.gaps, row), ntm_gaps_first(other.gaps, row + 1));
    }
    found_end(&other);
}

static void one_seed(maker how, uint64_t seed, tally *seen) {
    made g;
    found f;
    trials t;
    unit units[ROWS];
    static const unsigned missing[] = {0, 0, 10, 40};
    ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
    options.margins = true;
    options.revocation = true;
    options.untold_law = true;
    made_start(&g, how, seed);
    uint64_t random = seed * 31 + 7;
    for (size_t row = 0; row < ROWS; row++)
        unit_draw(&units[row], &random, missing[seed % 4], true);
    found_start(&f, &g, units, ROWS, NTM_KERNELS_BEST, &options, &random);
    ntm_attainment *whole = sheet_evaluate(g.set, &f.s, NTM_KERNELS_BEST);
    trials_start(&t);
    for (size_t row = 0; row < ROWS; row++) {
        has_gaps(&g, &f, whole, row, seed);
        if (!g.doubled) row_enough(&t, &g, &f, &units[row], row, seen);
    }
    trials_hold(&t, &g, seed);
    trials_end(&t);
    the_same(&g, &f, units, &options, seed);
    ntm_attainment_free(whole);
    found_end(&f);
    made_end(&g);
}

static void seeds(maker how) {
    tally seen = {0};
    const char *only = getenv("NTM_TEST_SEED"), *more = getenv("NTM_TEST_SEEDS");
    uint64_t first = only != NULL ? strtoull(only, NULL, 10) : 1;
    uint64_t last = only != NULL ? first : more != NULL ? strtoull(more, NULL, 10) : fault_under_valgrind() ? 20 : 400;
    for (uint64_t seed = first; seed <= last; seed++)
        one_seed(how, seed, &seen);
    if (getenv("NTM_TEST_SHOW") != NULL)
        (void)fprintf(stderr, "maker %d: %zu ways, %zu done, %zu a bit less\n", (int)how, seen.gaps, seen.done,
                      seen.short_of);
    if (last - first < 300) return;
    assert_true(seen.done > 5000);
}

static void every_fact_once(void **state) {
    (void)state;
    seeds(MAKE_ONCE);
}

static void one_condition_each(void **state) {
    (void)state;
    seeds(MAKE_ALONE);
}

static void shared_facts(void **state) {
    (void)state;
    seeds(MAKE_MONOTONE);
}

static void simple_conditions(void **state) {
    (void)state;
    seeds(MAKE_SIMPLE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_condition_each),
        cmocka_unit_test(simple_conditions),
        cmocka_unit_test(every_fact_once),
        cmocka_unit_test(shared_facts),
    };
    return cmocka_run_group_tests_name("gap-random", tests, NULL, NULL);
}
