/* SPDX-License-Identifier: Apache-2.0 */
#include "lacks.h"

#include <inttypes.h>
#include <stdio.h>

void lacks_start(lacks *l, const char *yaml, size_t rows) {
    memset(l, 0, sizeof *l);
    l->set = taken(yaml);
    begin(&l->s, rows);
    l->options = (ntm_gaps_options)NTM_GAPS_OPTIONS_INIT;
    l->options.margins = true;
    l->options.revocation = true;
}

void lacks_end(lacks *l) {
    ntm_gaps_free(l->gaps);
    ntm_plan_free(l->plan);
    ntm_set_free(l->set);
    sheet_end(&l->s);
}

void lacks_each(lacks *l, void (*look)(lacks *l, const void *context), const void *context) {
    for (int kernels = NTM_KERNELS_BEST; kernels <= NTM_KERNELS_REFERENCE; kernels++) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_gaps_free(l->gaps);
        ntm_plan_free(l->plan);
        l->plan = NULL;
        l->gaps = NULL;
        l->s.plan.kernels = (ntm_kernels)kernels;
        assert_ok(ntm_plan_new(&l->plan, l->set, &l->s.plan, &err), &err);
        assert_ok(ntm_gaps_new(&l->gaps, l->plan, &l->s.table, &l->options, &err), &err);
        look(l, context);
    }
}

typedef struct line {
    char text[2048];
    size_t size;
} line;

static void add(line *to, const char *text) {
    to->size += (size_t)snprintf(to->text + to->size, sizeof to->text - to->size, "%s", text);
    assert_true(to->size < sizeof to->text);
}

static void add_fraction(line *to, ntm_fraction f) {
    char text[64];
    if (f.denominator == 0)
        (void)snprintf(text, sizeof text, "-");
    else if (f.denominator == 1)
        (void)snprintf(text, sizeof text, "%" PRId64, f.numerator);
    else
        (void)snprintf(text, sizeof text, "%" PRId64 "/%" PRId64, f.numerator, f.denominator);
    add(to, text);
}

static void add_gap(line *to, const ntm_gaps *gaps, const ntm_gap *gap) {
    static const char *const signs[] = {"", "+", "-", "!", "~", "^", "@", "%", "?"};
    const ntm_gap_subject *subject = ntm_gaps_subject(gaps, gap->subject);
    char number[16];
    add(to, subject->input != NULL ? subject->input : subject->name.en != NULL ? subject->name.en : subject->name.vi);
    add(to, " ");
    add(to, signs[gap->kind]);
    if (gap->kind == NTM_GAP_UNTOLD) {
        (void)snprintf(number, sizeof number, "%d", (int)gap->untold);
        add(to, number);
        assert_int_equal(gap->amount.least.denominator, 0);
        assert_int_equal(gap->amount.most.denominator, 0);
    } else {
        bool one = gap->amount.least.numerator == gap->amount.most.numerator &&
                   gap->amount.least.denominator == gap->amount.most.denominator;
        add_fraction(to, gap->amount.least);
        if (!one) add(to, "..");
        if (!one) add_fraction(to, gap->amount.most);
        if (subject->unit != NULL) add(to, " ");
        if (subject->unit != NULL) add(to, subject->unit);
    }
    add(to, " ");
    if (gap->needed_for & NTM_NEEDED_PART) add(to, "p");
    if (gap->needed_for & NTM_NEEDED_CRITERION) add(to, "c");
    if (gap->needed_for & NTM_NEEDED_STATUS) add(to, "s");
    if (gap->strict) add(to, ">");
    if (gap->out_of_reach) add(to, "#");
    add(to, "; ");
}

typedef struct wanted {
    size_t row;
    const char *text;
} wanted;

static void look_at_gaps(lacks *l, const void *context) {
    const wanted *w = context;
    line got = {"", 0};
    for (size_t i = ntm_gaps_first(l->gaps, w->row); i < ntm_gaps_first(l->gaps, w->row + 1); i++) {
        ntm_gap gap = ntm_gaps_at(l->gaps, i);
        assert_int_equal(gap.row, w->row);
        add_gap(&got, l->gaps, &gap);
    }
    assert_string_equal(got.text, w->text);
}

void lacks_expect(lacks *l, size_t row, const char *gaps) { lacks_each(l, look_at_gaps, &(wanted){row, gaps}); }

static void look_at_margins(lacks *l, const void *context) {
    const wanted *w = context;
    line got = {"", 0};
    for (size_t i = ntm_gaps_first_margin(l->gaps, w->row); i < ntm_gaps_first_margin(l->gaps, w->row + 1); i++) {
        ntm_margin margin = ntm_gaps_margin(l->gaps, i);
        const ntm_gap_subject *subject = ntm_gaps_subject(l->gaps, margin.subject);
        assert_int_equal(margin.row, w->row);
        add(&got, ntm_set_criterion(l->set, margin.criterion)->id);
        add(&got, " ");
        add(&got, subject->input != NULL ? subject->input : subject->name.en);
        add(&got, " ");
        add_fraction(&got, margin.spare);
        if (margin.strict) add(&got, ">");
        add(&got, " ");
        add_fraction(&got, margin.relative);
        add(&got, "; ");
    }
    assert_string_equal(got.text, w->text);
}

void lacks_expect_margins(lacks *l, size_t row, const char *margins) {
    lacks_each(l, look_at_margins, &(wanted){row, margins});
}

static void look_at_row(lacks *l, const void *context) {
    const wanted *w = context;
    line got = {"", 0};
    char text[96];
    ntm_gaps_row about = ntm_gaps_of_row(l->gaps, w->row);
    (void)snprintf(text, sizeof text, "%d %d %d ", (int)about.works, (int)about.untold, (int)about.criteria);
    add(&got, text);
    add_fraction(&got, about.cost_least);
    add(&got, " ");
    add_fraction(&got, about.cost_most);
    (void)snprintf(text, sizeof text, " %d", (int)about.unpriced);
    add(&got, text);
    assert_string_equal(got.text, w->text);
}

void lacks_expect_row(lacks *l, size_t row, const char *about) { lacks_each(l, look_at_row, &(wanted){row, about}); }

static void look_at_risk(lacks *l, const void *context) {
    const wanted *w = context;
    line got = {"", 0};
    char text[32];
    ntm_risk risk;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_gaps_risk(&risk, l->gaps, w->row, &err), &err);
    (void)snprintf(text, sizeof text, risk.steps == SIZE_MAX ? "%c - " : "%c %d ", "o+-"[risk.revocation],
                   (int)risk.steps);
    add(&got, text);
    add_fraction(&got, risk.has_relative ? risk.relative : (ntm_fraction){0, 0});
    assert_string_equal(got.text, w->text);
}

void lacks_expect_risk(lacks *l, size_t row, const char *risk) { lacks_each(l, look_at_risk, &(wanted){row, risk}); }
