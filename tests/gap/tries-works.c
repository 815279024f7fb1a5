/* SPDX-License-Identifier: Apache-2.0 */
/* What gaps ask for, done to units; trials of many units at once. */
#include "tries.h"

#include <stdio.h>
#include <stdlib.h>

int fraction_compare(ntm_fraction a, ntm_fraction b) {
    i128 left = (i128)a.numerator * b.denominator, right = (i128)b.numerator * a.denominator;
    return left < right ? -1 : left > right;
}

/* ------------------------------------------------------------------------------------------- trials */

void trials_start(trials *t) { memset(t, 0, sizeof *t); }

void trials_add(trials *t, const unit *u, ntm_of of, size_t index, bool met, size_t row, const char *why) {
    if (t->count == t->room) {
        t->room = t->room * 2 + 64;
        t->units = realloc(t->units, t->room * sizeof *t->units);
        t->what = realloc(t->what, t->room * sizeof *t->what);
        assert_true(t->units != NULL && t->what != NULL);
    }
    t->units[t->count] = *u;
    t->what[t->count++] = (trial){of, index, met, false, row, why};
}

static void show(const unit *u) {
    for (int at = 0; at < U_END; at++) {
        (void)fprintf(stderr, "%s=", what_name((what)at));
        if (u->known[at] == NTM_REPORTED)
            (void)fprintf(stderr, "%.9g ", (double)u->value[at] / (double)what_one((what)at));
        else
            (void)fprintf(stderr, "%s ", u->known[at] == NTM_NOT_REPORTED ? "?" : "~");
    }
    (void)fprintf(stderr, "\n");
}

void trials_hold(trials *t, const made *g, uint64_t seed) {
    sheet s;
    uint64_t random = seed;
    if (t->count == 0) return;
    units_encode(&s, t->units, t->count, &random);
    ntm_attainment *result = sheet_evaluate(g->set, &s, NTM_KERNELS_BEST);
    for (size_t at = 0; at < t->count; at++) {
        const trial *one = &t->what[at];
        ntm_verdict verdict = sheet_verdict(result, one->of, at, one->index);
        if ((verdict == NTM_MET) == one->met) continue;
        (void)fprintf(stderr, "%s", g->text);
        show(&t->units[at]);
        fail_msg("seed %llu, maker %d, row %zu, of %d, index %zu: %s, but it is %s", (unsigned long long)seed,
                 (int)g->how, one->row, (int)one->of, one->index, one->why, ntm_verdict_text(verdict, NTM_EN));
    }
    ntm_attainment_free(result);
    sheet_end(&s);
    t->count = 0;
}

void trials_end(trials *t) {
    free(t->units);
    free(t->what);
}

/* ------------------------------------------------------------------------------------------- gaps */

void found_start(found *f, const made *g, const unit *units, size_t rows, ntm_kernels kernels,
                 const ntm_gaps_options *options, uint64_t *random) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_gaps_options asked = *options;
    f->plan = NULL;
    f->gaps = NULL;
    units_encode(&f->s, units, rows, random);
    asked.ignore_unknown = true;
    f->s.plan.kernels = kernels;
    assert_ok(ntm_plan_new(&f->plan, g->set, &f->s.plan, &err), &err);
    assert_ok(ntm_gaps_new(&f->gaps, f->plan, &f->s.table, &asked, &err), &err);
}

void found_end(found *f) {
    ntm_gaps_free(f->gaps);
    ntm_plan_free(f->plan);
    sheet_end(&f->s);
}

/* ------------------------------------------------------------------------------------------- works */

void works_start(works *w) {
    memset(w, 0, sizeof *w);
    w->fits = true;
    for (int at = 0; at < U_END; at++)
        w->put[at] = -1;
}

static void change(works *w, what fact, i128 amount) {
    int64_t *at = amount > 0 ? &w->up[fact] : &w->down[fact];
    int64_t size = (int64_t)(amount > 0 ? amount : -amount);
    if (size > *at) *at = size;
}

/* By the facts of a quantity: more of it by so many billionths. */
static void change_node(works *w, const made *g, const unit *u, ntm_node node, i128 amount) {
    const ntm_node_spec *spec = ntm_set_node(g->set, node);
    what fact;
    switch (spec->kind) {
        case NTM_FACT:
            fact = what_named(spec->name);
            if (fact == U_END || u->known[fact] != NTM_REPORTED || (what_one(fact) == 1 && amount % TINY != 0))
                w->fits = false;
            else
                change(w, fact, what_one(fact) == 1 ? amount / TINY : amount);
            if (w->fits && what_one(fact) == 1 && u->value[fact] - w->down[fact] < 0) w->fits = false;
            return;
        case NTM_MINIMUM:
        case NTM_MAXIMUM:
            for (size_t at = 0; at < spec->of_count; at++)
                change_node(w, g, u, spec->of[at], amount);
            return;
        case NTM_SUM:
        case NTM_DIFFERENCE:
        case NTM_ROUNDED:
        case NTM_RATIO: change_node(w, g, u, spec->of[0], amount); return;
        default: w->fits = false; return;
    }
}

static bool threshold(const made *g, ntm_node node) {
    ntm_node_kind kind = ntm_set_node(g->set, node)->kind;
    return kind == NTM_CONSTANT || kind == NTM_FIGURE;
}

static void amount_of(works *w, const made *g, const ntm_gap_subject *subject, const unit *u, const ntm_gap *gap,
                      int64_t less) {
    ntm_fraction f = gap->amount.least;
    i128 amount = (i128)f.numerator * TINY;
    bool metres = subject->unit != NULL && strcmp(subject->unit, "m") == 0;
    if (amount % f.denominator != 0 || fraction_compare(f, gap->amount.most) != 0) {
        w->fits = false;
        return;
    }
    amount /= f.denominator;
    if (metres) amount /= 1000;
    if (gap->strict && !subject->whole) amount += 1;
    amount -= subject->whole || (subject->unit != NULL && strcmp(subject->unit, "day") == 0) ? (i128)less * TINY : less;
    if (gap->kind == NTM_GAP_FEWER) amount = -amount;
    what fact = subject->input == NULL ? U_END : what_named(subject->input);
    if (fact == U_END) {
        const ntm_node_spec *spec = ntm_set_node(g->set, subject->node);
        if (spec->kind != NTM_COMPARE)
            w->fits = false;
        else
            change_node(w, g, u, spec->of[threshold(g, spec->of[0]) ? 1 : 0], amount);
        return;
    }
    if (u->known[fact] != NTM_REPORTED) w->fits = false;
    if (what_one(fact) == 1 && amount % TINY != 0) fail_msg("%s: not whole", what_name(fact));
    change(w, fact, what_one(fact) == 1 ? amount / TINY : amount);
}

void works_add(works *w, const made *g, const found *f, const unit *u, const ntm_gap *gap, int64_t less) {
    const ntm_gap_subject *subject = ntm_gaps_subject(f->gaps, gap->subject);
    what fact = subject->input == NULL ? U_END : what_named(subject->input);
    if (gap->kind == NTM_GAP_UNTOLD || gap->out_of_reach || gap->amount.least.denominator == 0 ||
        gap->amount.most.denominator == 0) {
        w->fits = false;
        return;
    }
    switch (gap->kind) {
        case NTM_GAP_MORE:
        case NTM_GAP_FEWER: amount_of(w, g, subject, u, gap, less); return;
        case NTM_GAP_UNITS: /* as many more, or fewer where the rule wants that */
            if (fraction_compare(gap->amount.least, gap->amount.most) != 0) w->fits = false;
            w->put[U_OPEN] = 0;
            change(w, U_MET, (gap->amount.least.numerator - less) * (gap->down ? -1 : 1));
            return;
        case NTM_GAP_LEVEL: {
            int64_t to = (strcmp(subject->level, "high") == 0 ? 2 : 1) - gap->down;
            if (fraction_compare(gap->amount.least, gap->amount.most) != 0) w->fits = false;
            if (w->fits &&
                gap->amount.least.numerator != (to > u->value[fact] ? to - u->value[fact] : u->value[fact] - to))
                fail_msg("%s: %lld steps to %s", what_name(fact), (long long)gap->amount.least.numerator,
                         subject->level);
            if (w->put[fact] < 0 || (w->put[fact] < to) == (u->value[fact] < to)) w->put[fact] = to;
            return;
        }
        default:
            if (fraction_compare(gap->amount.least, gap->amount.most) != 0) w->fits = false;
            if (w->fits && gap->kind != NTM_GAP_STATUS) assert_int_equal(gap->kind == NTM_GAP_ACT, !u->value[fact]);
            if (w->fits) assert_int_equal(gap->down, u->value[fact]);
            w->put[fact] = !u->value[fact];
            return;
    }
}

bool works_do(const works *w, unit *u) {
    if (!w->fits) return false;
    for (int at = 0; at < U_END; at++) {
        if (w->up[at] != 0 && w->down[at] != 0) return false;
        u->value[at] += w->up[at] - w->down[at];
        if (w->put[at] >= 0) u->value[at] = w->put[at];
        if (w->put[at] >= 0) u->known[at] = NTM_REPORTED;
    }
    return true;
}
