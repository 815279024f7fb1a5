/* SPDX-License-Identifier: Apache-2.0 */
/* Making gaps: row after row, what is not surely met, and how much of what is met could go. */
#include <stdlib.h>

#include "base/error.h"
#include "gap/gap.h"
#include "number/wide.h"

/* ------------------------------------------------------------------------------------------- what is kept */

static bool keep_amount(ntm_i_gapping *g, int64_t *out, uint8_t *scale, ntm_i_rational amount, bool *fits) {
    ntm_decimal decimal;
    if (!ntm_i_is_finite(amount)) {
        *scale = NTM_I_SCALE_NONE;
        return true;
    }
    if (ntm_i_rational_to_decimal(&decimal, amount)) {
        *out = decimal.coefficient;
        *scale = decimal.scale;
        return true;
    }
    ntm_fraction odd = {(int64_t)amount.numerator, (int64_t)amount.denominator};
    *fits = *fits && amount.numerator == odd.numerator && amount.denominator == odd.denominator;
    if (!*fits) return true;
    *out = (int64_t)g->out->odd.count;
    *scale = NTM_I_SCALE_ODD;
    return ntm_i_array_append(&g->out->odd, &odd, 1);
}

static void keep_line(ntm_i_gapping *g, const ntm_i_work *work, size_t row) {
    ntm_i_gap_line line = {.row = (uint32_t)row,
                           .subject = (uint16_t)work->subject,
                           .kind = (uint8_t)work->kind,
                           .untold = (uint8_t)work->untold,
                           .needed_for = work->needed_for,
                           .strict = work->strict,
                           .out_of_reach = work->out_of_reach,
                           .down = work->down,
                           .least_scale = NTM_I_SCALE_NONE,
                           .most_scale = NTM_I_SCALE_NONE};
    bool fits = true;
    if (work->plain) {
        line.least = line.most = work->amount.coefficient;
        line.least_scale = line.most_scale = work->amount.scale;
    } else if (work->kind != NTM_GAP_UNTOLD && (!keep_amount(g, &line.least, &line.least_scale, work->least, &fits) ||
                                                !keep_amount(g, &line.most, &line.most_scale, work->most, &fits)))
        g->no_memory = true;
    if (!fits) { /* no fraction of 64 bits holds it */
        line.kind = NTM_GAP_UNTOLD;
        line.untold = NTM_UNTOLD_RULE;
        line.least_scale = line.most_scale = NTM_I_SCALE_NONE;
    }
    if (!ntm_i_array_append(&g->out->lines, &line, 1)) g->no_memory = true;
}

/* In lowest terms. */
static ntm_i_rational reduced(ntm_i_rational of) {
    ntm_i_uwide common =
        ntm_i_is_finite(of) ? ntm_i_gcd(ntm_i_magnitude(of.numerator), (ntm_i_uwide)of.denominator) : 1;
    return common <= 1 ? of : (ntm_i_rational){of.numerator / (ntm_i_wide)common, of.denominator / (ntm_i_wide)common};
}

static void keep_margin(ntm_i_gapping *g, const ntm_i_robust *robust, size_t row, size_t criterion) {
    ntm_i_rational relative = reduced(robust->relative);
    ntm_i_margin_line line = {.row = (uint32_t)row,
                              .criterion = (uint16_t)criterion,
                              .subject = (uint16_t)robust->subject,
                              .strict = robust->strict,
                              .spare = (int64_t)robust->spare.numerator,
                              .spare_under = (int64_t)robust->spare.denominator,
                              .relative = (int64_t)relative.numerator,
                              .relative_under = (int64_t)relative.denominator};
    if (line.relative != relative.numerator || line.relative_under != relative.denominator)
        line.relative_under = 0; /* not told: no fraction of 64 bits holds it */
    if (line.spare != robust->spare.numerator || line.spare_under != robust->spare.denominator) return;
    if (!ntm_i_array_append(&g->out->margins, &line, 1)) g->no_memory = true;
}

/* ------------------------------------------------------------------------------------------- one row */

static void forget_row(ntm_i_gapping *g) {
    const ntm_i_work *works = g->works.items;
    for (size_t i = 0; i < g->works.count; i++)
        g->work_of[(size_t)works[i].subject * 2] = g->work_of[(size_t)works[i].subject * 2 + 1] = SIZE_MAX;
    for (size_t i = 0; !g->all_of_all && i < 2 * (g->set->criterion_count + g->set->indicator_count); i++)
        g->ways[i].start = SIZE_MAX;
    g->works.count = g->stack.count = g->kept.count = 0;
}

static void needed_for(ntm_i_gapping *g, ntm_i_way way, ntm_needed_for what) {
    for (size_t i = 0; i < way.count; i++)
        ntm_i_gap_work(g, ntm_i_gap_stack(g)[way.start + i])->needed_for |= (uint8_t)what;
}

static bool fraction_of(ntm_fraction *out, ntm_i_rational from) {
    *out = (ntm_fraction){(int64_t)from.numerator, (int64_t)from.denominator};
    if (!ntm_i_is_finite(from)) *out = (ntm_fraction){0, 0};
    return !ntm_i_is_finite(from) || (from.numerator == out->numerator && from.denominator == out->denominator);
}

/* What the whole way to the status comes to. */
static void reckon_up(ntm_i_gapping *g, size_t row, ntm_i_way way) {
    ntm_i_rank rank = ntm_i_gap_rank(g, way);
    ntm_gaps_row *about = &g->out->about[row];
    about->works = (uint32_t)rank.works;
    about->untold = (uint32_t)rank.untold;
    about->unpriced = (uint32_t)rank.unpriced;
    if (!fraction_of(&about->cost_least, rank.least) || !fraction_of(&about->cost_most, rank.most))
        ntm_i_run_complain(g->run, NTM_ERROR_OVERFLOW, g->set->about.id, g->x.row,
                           "what the works cost does not fit a fraction of 64 bits");
    g->stamp++;
    for (size_t i = 0; i < way.count; i++) {
        const ntm_i_work *work = ntm_i_gap_work(g, ntm_i_gap_stack(g)[way.start + i]);
        size_t criterion = g->out->subjects[work->subject].criterion;
        if (criterion == SIZE_MAX || g->criterion_stamp[criterion] == g->stamp) continue;
        g->criterion_stamp[criterion] = g->stamp;
        about->criteria++;
    }
}

static ntm_i_way add_preconditions(ntm_i_gapping *g, size_t start) {
    for (size_t i = 0; i < g->set->precondition_count; i++)
        (void)ntm_i_gap_precondition_way(g, i);
    return (ntm_i_way){start, g->stack.count - start};
}

/* Where all indicators of all criteria are needed, what one needs is needed for all. */
static void ways_of_all(ntm_i_gapping *g, size_t row) {
    const ntm_set *set = g->set;
    for (size_t i = 0; i < set->criterion_count; i++) {
        const ntm_criterion *criterion = &set->criteria[i];
        if (ntm_i_gap_part_verdict(g, true, i) == NTM_MET) continue;
        for (size_t k = criterion->first_indicator; k < criterion->first_indicator + criterion->indicator_count; k++)
            if (ntm_i_gap_part_verdict(g, false, k) != NTM_MET) (void)ntm_i_gap_unmet_part_way(g, false, k);
    }
    if (g->no_memory) return;
    needed_for(g, (ntm_i_way){0, g->stack.count}, NTM_NEEDED_CRITERION);
    ntm_i_way way = add_preconditions(g, 0);
    if (g->no_memory) return;
    needed_for(g, way, NTM_NEEDED_PART | NTM_NEEDED_STATUS);
    reckon_up(g, row, way);
}

static void ways_by_rules(ntm_i_gapping *g, size_t row) {
    const ntm_set *set = g->set;
    for (size_t i = 0; i < set->indicator_count; i++)
        needed_for(g, ntm_i_gap_part_way(g, false, i, NTM_MET), NTM_NEEDED_PART);
    for (size_t i = 0; i < set->criterion_count; i++)
        needed_for(g, ntm_i_gap_part_way(g, true, i, NTM_MET), NTM_NEEDED_PART | NTM_NEEDED_CRITERION);
    size_t start = g->stack.count;
    (void)ntm_i_gap_status_way(g);
    ntm_i_way way = add_preconditions(g, start);
    if (g->no_memory) return;
    needed_for(g, way, NTM_NEEDED_PART | NTM_NEEDED_STATUS);
    reckon_up(g, row, way);
}

static int by_subject(const void *a, const void *b) {
    const ntm_i_work *x = a, *y = b;
    if (x->subject != y->subject) return x->subject < y->subject ? -1 : 1;
    return (x->aim > y->aim) - (x->aim < y->aim);
}

static void gaps_of_row(ntm_i_gapping *g, size_t row) {
    if (g->all_of_all)
        ways_of_all(g, row);
    else
        ways_by_rules(g, row);
    if (g->no_memory) return;
    ntm_i_work *works = g->works.items;
    bool ordered = true;
    for (size_t i = 1; i < g->works.count; i++)
        ordered = ordered && by_subject(&works[i - 1], &works[i]) < 0;
    if (!ordered) qsort(works, g->works.count, sizeof *works, by_subject);
    for (size_t i = 0; i < g->works.count; i++) {
        bool law = works[i].kind == NTM_GAP_UNTOLD && works[i].untold == NTM_UNTOLD_LAW;
        if (works[i].needed_for != 0 && (!law || g->options->untold_law)) keep_line(g, &works[i], row);
    }
}

static void margins_of_row(ntm_i_gapping *g, size_t row) {
    for (size_t i = 0; i < g->set->criterion_count && !g->no_memory; i++) {
        if (ntm_i_gap_part_verdict(g, true, i) != NTM_MET) continue;
        ntm_i_robust robust = ntm_i_gap_part_margin(g, true, i, NTM_MET);
        if (robust.known) keep_margin(g, &robust, row, i);
    }
}

static void risk_of_row(ntm_i_gapping *g, size_t row) {
    ntm_risk *risk = &g->out->risks[row];
    risk->revocation = ntm_i_truth_at(&g->run->verdicts[ntm_i_slot_revocation(g->set)], g->x.row);
    if (risk->revocation != NTM_NOT_MET) return;
    risk->steps = ntm_i_gap_steps(g, g->set->revocation, NTM_MET);
    ntm_i_robust robust = ntm_i_gap_margin(g, g->set->revocation, NTM_NOT_MET);
    risk->has_relative = robust.known && ntm_i_is_finite(robust.relative);
    if (risk->has_relative && !fraction_of(&risk->relative, reduced(robust.relative))) {
        risk->has_relative = false;
        risk->relative = (ntm_fraction){0, 0};
    }
}

static void look_at_row(ntm_i_gapping *g, size_t row) {
    g->x = ntm_i_exact_start(g->run, row - g->run->start);
    g->x.quiet = true; /* what does not fit was told by the evaluation, or is untold here */
    forget_row(g);
    g->out->about[row].status = ntm_i_truth_at(&g->run->verdicts[ntm_i_slot_status(g->set)], g->x.row);
    if (g->options->gaps) gaps_of_row(g, row);
    if (g->options->margins && !g->no_memory) margins_of_row(g, row);
    if (g->out->risks != NULL && !g->no_memory) risk_of_row(g, row);
}

/* ------------------------------------------------------------------------------------------- all rows */

static ntm_status take_memory(ntm_i_gapping *g, ntm_error *err) {
    ntm_gaps *out = g->out;
    size_t rows = out->rows;
    size_t parts = g->set->criterion_count + g->set->indicator_count;
    out->first = ntm_i_arena_take(&out->arena, rows + 1, sizeof *out->first);
    out->first_margin = ntm_i_arena_take(&out->arena, rows + 1, sizeof *out->first_margin);
    out->about = ntm_i_arena_take(&out->arena, rows, sizeof *out->about);
    if (g->options->revocation && g->set->revocation != 0) {
        out->risks = ntm_i_arena_take(&out->arena, rows, sizeof *out->risks);
        if (out->risks == NULL) return ntm_i_no_memory(err);
    }
    if (g->options->rows != NULL) {
        out->asked = ntm_i_arena_take(&out->arena, rows, sizeof *out->asked);
        if (out->asked == NULL) return ntm_i_no_memory(err);
    }
    g->ways = ntm_i_arena_take(g->arena, parts * 2, sizeof *g->ways);
    g->margins = ntm_i_arena_take(g->arena, parts * 2, sizeof *g->margins);
    g->margin_row = ntm_i_arena_take(g->arena, parts * 2, sizeof *g->margin_row);
    g->work_of = ntm_i_arena_take(g->arena, g->subjects.count * 2, sizeof *g->work_of);
    g->seen = ntm_i_arena_take(g->arena, (g->plan->inputs.count + g->key_count) * 2, sizeof *g->seen);
    g->criterion_stamp = ntm_i_arena_take(g->arena, g->set->criterion_count, sizeof *g->criterion_stamp);
    if (out->first == NULL || out->first_margin == NULL || out->about == NULL || g->ways == NULL ||
        g->margins == NULL || g->margin_row == NULL || g->work_of == NULL || g->seen == NULL ||
        g->criterion_stamp == NULL)
        return ntm_i_no_memory(err);
    for (size_t i = 0; i < g->subjects.count * 2; i++)
        g->work_of[i] = SIZE_MAX;
    return NTM_OK;
}

/* The rows from `start` on that are asked for, one block. */
static void look_at_block(ntm_i_gapping *g, size_t start, size_t end, size_t *next) {
    for (size_t row = start; row < end; row++) {
        g->out->first[row] = g->out->lines.count;
        g->out->first_margin[row] = g->out->margins.count;
        if (g->options->rows != NULL) {
            if (*next == g->options->row_count || g->options->rows[*next] != row) continue;
            ++*next;
            g->out->asked[row] = 1;
        }
        if (g->run->problem_count == 0 && !g->no_memory) look_at_row(g, row);
    }
}

static ntm_status look_at_all(ntm_i_gapping *g, ntm_error *err) {
    size_t rows = g->out->rows, next = 0;
    for (size_t start = 0; start < rows && !g->no_memory; start += NTM_I_BLOCK) {
        size_t count = rows - start < NTM_I_BLOCK ? rows - start : NTM_I_BLOCK;
        ntm_i_run_block(g->run, start, count);
        look_at_block(g, start, start + count, &next);
        if (g->run->problem_count > 0 && g->options->problems == NULL) break;
    }
    g->out->first[rows] = g->out->lines.count;
    g->out->first_margin[rows] = g->out->margins.count;
    if (g->no_memory) return ntm_i_no_memory(err);
    if (g->run->problem_count == 0) return NTM_OK;
    (void)ntm_i_error_copy(err, &g->run->first);
    return g->run->first.status;
}

static void start_arrays(ntm_i_gapping *g, const ntm_allocator *allocator) {
    ntm_i_array_start(&g->subjects, allocator, sizeof(ntm_gap_subject));
    ntm_i_array_start(&g->inside, allocator, sizeof(ntm_i_subject));
    ntm_i_array_start(&g->works, allocator, sizeof(ntm_i_work));
    ntm_i_array_start(&g->stack, allocator, sizeof(uint32_t));
    ntm_i_array_start(&g->kept, allocator, sizeof(uint32_t));
    ntm_i_array_start(&g->ranks, allocator, ntm_i_gap_ranked_size());
    ntm_i_array_start(&g->robusts, allocator, sizeof(ntm_i_robust));
    ntm_i_array_start(&g->steps, allocator, sizeof(size_t));
    ntm_i_array_start(&g->out->lines, allocator, sizeof(ntm_i_gap_line));
    ntm_i_array_start(&g->out->odd, allocator, sizeof(ntm_fraction));
    ntm_i_array_start(&g->out->margins, allocator, sizeof(ntm_i_margin_line));
}

static void end_arrays(ntm_i_gapping *g) {
    ntm_i_array *arrays[] = {&g->subjects, &g->inside, &g->works,   &g->stack,
                             &g->kept,     &g->ranks,  &g->robusts, &g->steps};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        ntm_i_array_end(arrays[i]);
}

static ntm_status make(ntm_gaps *out, ntm_i_run *run, const ntm_gaps_options *options, ntm_error *err) {
    ntm_i_gapping g = {.plan = run->plan,
                       .set = run->plan->set,
                       .options = options,
                       .run = run,
                       .out = out,
                       .arena = &run->arena,
                       .x = ntm_i_exact_start(run, 0)};
    out->set = g.set;
    out->rows = run->table->rows;
    out->has_revocation = g.set->revocation != 0;
    start_arrays(&g, &out->arena.allocator);
    ntm_status status = ntm_i_gap_subjects(&g, err);
    if (status == NTM_OK) status = ntm_i_gap_prices(&g, err);
    if (status == NTM_OK) status = take_memory(&g, err);
    if (status == NTM_OK) status = look_at_all(&g, err);
    end_arrays(&g);
    return status;
}

static ntm_status check_rows(const ntm_gaps_options *options, size_t rows, ntm_error *err) {
    if (rows >= UINT32_MAX) return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "a table of more than 2^32 rows");
    for (size_t i = 0; options->rows != NULL && i < options->row_count; i++)
        if (options->rows[i] >= rows || (i > 0 && options->rows[i] <= options->rows[i - 1]))
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW(NULL, options->rows[i]),
                              "the rows asked for have to ascend and be among the %zu of the table", rows);
    return NTM_OK;
}

ntm_status ntm_gaps_new(ntm_gaps **out, const ntm_plan *plan, const ntm_table *table, const ntm_gaps_options *options,
                        ntm_error *err) {
    const ntm_gaps_options defaults = NTM_GAPS_OPTIONS_INIT;
    if (options == NULL) options = &defaults;
    if (out == NULL || plan == NULL || table == NULL || options->struct_size < sizeof *options ||
        (options->prices == NULL && options->price_count > 0) || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err, "a place for the gaps, a plan, a table and initialised options are needed");
    ntm_status status = check_rows(options, table->rows, err);
    if (status != NTM_OK) return status;
    ntm_evaluate_options evaluation = NTM_EVALUATE_OPTIONS_INIT;
    evaluation.ignore_unknown = options->ignore_unknown;
    evaluation.problems = options->problems;
    evaluation.allocator = options->allocator;
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_gaps *gaps = ntm_i_allocate(&allocator, 1, sizeof *gaps);
    if (gaps == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&gaps->arena, &allocator);
    ntm_i_run run;
    status = ntm_i_run_start(&run, plan, table, &evaluation, err);
    if (status == NTM_OK) {
        status = make(gaps, &run, options, err);
        ntm_i_run_end(&run);
    }
    if (status == NTM_OK)
        *out = gaps;
    else
        ntm_gaps_free(gaps);
    return status;
}

void ntm_gaps_free(ntm_gaps *gaps) {
    if (gaps == NULL) return;
    ntm_allocator allocator = gaps->arena.allocator;
    ntm_i_array_end(&gaps->lines);
    ntm_i_array_end(&gaps->odd);
    ntm_i_array_end(&gaps->margins);
    ntm_i_arena_end(&gaps->arena);
    ntm_i_release(&allocator, gaps, 1, sizeof *gaps);
}
