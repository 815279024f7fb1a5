/* SPDX-License-Identifier: Apache-2.0 */
/* Margins and risks are what docs/gaps.md says: what may go goes, and a bit more. */
#include "tries.h"

#include <stdio.h>

enum { ROWS = 30 };

static bool is_more(ntm_comparison sign) { return sign == NTM_MORE || sign == NTM_MORE_OR_EQUAL; }

/* Moves a fact away from what is wanted of it, as far as it can go. */
static void lose(unit *u, const leaf *l, i128 much) {
    i128 to = (i128)u->value[l->fact] + (is_more(leaf_wanted(l)) ? -much : much);
    int64_t far = 1000 * what_one(l->fact);
    bool bounded = what_sorted(l->fact) == W_COUNT || l->fact == U_S0;
    i128 least = bounded ? 0 : -far;
    i128 most = l->fact == U_S0 ? (i128)100 * TINY : l->of_c0 ? u->value[U_C0] : far;
    u->value[l->fact] = (int64_t)(to < least ? least : to > most ? most : to);
}

/* Every amount that is as it is wanted loses so many of `under` of what is asked, a thousandth less or a bit more. */
static unit all_lose(const made *g, const unit *u, int criterion, ntm_fraction share, bool more) {
    unit out = *u;
    for (int at = 0; at < g->leaf_count; at++) {
        const leaf *l = &g->leaves[at];
        if ((criterion >= 0 && l->criterion != criterion) || !leaf_of_amount(l)) continue;
        if (!leaf_holds(l, u, leaf_wanted(l))) continue;
        ntm_fraction asked = leaf_asked(l, u);
        i128 much = (i128)share.numerator * asked.numerator, under = (i128)share.denominator * asked.denominator;
        if (!more) much = much / 1000 * 999;
        lose(&out, l, much / under + more);
    }
    return out;
}

static const leaf *leaf_of(const made *g, const char *input, int criterion, int *count) {
    const leaf *its = NULL;
    *count = 0;
    for (int at = 0; at < g->leaf_count; at++) {
        const leaf *l = &g->leaves[at];
        if (l->criterion != criterion) continue;
        ++*count;
        if (input != NULL && strcmp(what_name(l->fact), input) == 0) its = l;
    }
    return its;
}

static void one_margin(trials *t, const made *g, const found *f, const unit *u, const ntm_margin *margin) {
    const ntm_gap_subject *subject = ntm_gaps_subject(f->gaps, margin->subject);
    int criterion = (int)margin->criterion, leaves;
    const leaf *l = leaf_of(g, subject->input, criterion, &leaves);
    assert_non_null(l);
    int64_t one = what_one(l->fact);
    i128 spare = (i128)margin->spare.numerator * one / margin->spare.denominator;
    unit less = *u, more = *u;
    lose(&less, l, margin->strict ? spare - 1 : spare);
    if (margin->spare.numerator > 0 || !margin->strict)
        trials_add(t, &less, NTM_OF_CRITERION, margin->criterion, true, margin->row, "so much can go");
    lose(&more, l, margin->strict ? spare : spare + 1);
    if (leaves == 1 && more.value[l->fact] != u->value[l->fact])
        trials_add(t, &more, NTM_OF_CRITERION, margin->criterion, false, margin->row, "so much cannot go");
    if (margin->relative.denominator == 0) return;
    unit keeps = all_lose(g, u, criterion, margin->relative, false);
    unit goes = all_lose(g, u, criterion, margin->relative, true);
    trials_add(t, &keeps, NTM_OF_CRITERION, margin->criterion, true, margin->row, "less than the share can go");
    trials_add(t, &goes, NTM_OF_CRITERION, margin->criterion, false, margin->row, "more than the share cannot go");
}

static void row_margins(trials *t, const made *g, const found *f, const unit *u, size_t row) {
    size_t next = ntm_gaps_first_margin(f->gaps, row);
    for (int at = 0; at < g->criteria; at++) {
        ntm_margin margin = ntm_gaps_margin(f->gaps, next);
        bool has = next < ntm_gaps_first_margin(f->gaps, row + 1) && margin.criterion == (size_t)at;
        if (has) {
            trials_add(t, u, NTM_OF_CRITERION, (size_t)at, true, row, "what has a margin is met");
            one_margin(t, g, f, u, &margin);
            next++;
            continue;
        }
        unit all = all_lose(g, u, at, (ntm_fraction){1000, 1}, true);
        trials_add(t, &all, NTM_OF_CRITERION, (size_t)at, false, row, "");
        t->what[t->count - 1].as_before = true;
    }
    assert_int_equal(next, ntm_gaps_first_margin(f->gaps, row + 1));
}

static void row_risk(trials *t, const made *g, const found *f, const ntm_attainment *whole, const unit *u, size_t row) {
    ntm_risk risk;
    ntm_error err = NTM_ERROR_INIT;
    if (g->needed_lost == 0) {
        assert_fails(ntm_gaps_risk(&risk, f->gaps, row, &err), NTM_ERROR_NOT_FOUND, &err, "");
        return;
    }
    assert_ok(ntm_gaps_risk(&risk, f->gaps, row, &err), &err);
    size_t lost = 0;
    for (int at = 0; at < g->criteria; at++)
        lost += ntm_attainment_criterion(whole, row, (size_t)at) == NTM_NOT_MET;
    assert_int_equal(risk.revocation, (int)lost >= g->needed_lost ? NTM_MET : NTM_NOT_MET);
    assert_int_equal(risk.steps, (int)lost >= g->needed_lost ? 0 : (size_t)g->needed_lost - lost);
    if (risk.revocation == NTM_MET) return;
    ntm_fraction share = risk.has_relative ? risk.relative : (ntm_fraction){1000, 1};
    unit goes = all_lose(g, u, -1, share, true), keeps = all_lose(g, u, -1, share, false);
    trials_add(t, &goes, NTM_OF_REVOCATION, 0, risk.has_relative, row, "at risk from this share on, or from none");
    trials_add(t, &keeps, NTM_OF_REVOCATION, 0, false, row, "not at risk below this share");
}

static size_t one_seed(uint64_t seed) {
    made g;
    unit units[ROWS];
    found f;
    trials t;
    uint64_t random = seed * 17 + 3;
    made_start(&g, MAKE_SIMPLE, seed);
    for (size_t row = 0; row < ROWS; row++) {
        unit_draw(&units[row], &random, 0, false);
        if (units[row].value[U_C0] == 0) units[row].value[U_C0] = 5;
    }
    ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
    options.gaps = false;
    options.margins = true;
    options.revocation = true;
    found_start(&f, &g, units, ROWS, NTM_KERNELS_BEST, &options, &random);
    ntm_attainment *whole = sheet_evaluate(g.set, &f.s, NTM_KERNELS_BEST);
    trials_start(&t);
    for (size_t row = 0; row < ROWS && !g.doubled; row++) {
        row_margins(&t, &g, &f, &units[row], row);
        row_risk(&t, &g, &f, whole, &units[row], row);
    }
    for (size_t at = 0; at < t.count; at++)
        if (t.what[at].as_before)
            t.what[at].met = ntm_attainment_criterion(whole, t.what[at].row, t.what[at].index) == NTM_MET;
    trials_hold(&t, &g, seed);
    trials_end(&t);
    size_t count = ntm_gaps_margin_count(f.gaps);
    assert_int_equal(ntm_gaps_count(f.gaps), 0);
    ntm_attainment_free(whole);
    found_end(&f);
    made_end(&g);
    return count;
}

static void so_much_can_go(void **state) {
    (void)state;
    size_t count = 0;
    uint64_t last = fault_under_valgrind() ? 20 : 600;
    for (uint64_t seed = 1; seed <= last; seed++)
        count += one_seed(seed);
    if (last >= 600) assert_true(count > 5000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(so_much_can_go)};
    return cmocka_run_group_tests_name("gap-random-margins", tests, NULL, NULL);
}
