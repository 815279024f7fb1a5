/* SPDX-License-Identifier: Apache-2.0 */
/* In which order facts of a table are best collected: the public call, row after row. */
#include <string.h>

#include "base/error.h"
#include "decide/collecting.h"

#define USUAL_WORK 3000000u

/* The verdicts of all rows, one byte each, by the vector code; they also check the table. */
static ntm_status find_verdicts(uint8_t **out, const ntm_plan *plan, const ntm_table *table, ntm_of of, size_t index,
                                const ntm_allocator *allocator, ntm_error *err) {
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    ntm_attainment *result = NULL;
    options.allocator = allocator;
    options.ignore_unknown = true;
    ntm_status status = ntm_evaluate(&result, plan, table, &options, err);
    if (status != NTM_OK) return status;
    uint8_t *verdicts = ntm_i_allocate(allocator, table->rows, 1);
    status = verdicts == NULL ? ntm_i_no_memory(err)
                              : ntm_attainment_verdicts(verdicts, table->rows, result, of, index, err);
    ntm_attainment_free(result);
    if (status == NTM_OK)
        *out = verdicts;
    else
        ntm_i_release(allocator, verdicts, table->rows, 1);
    return status;
}

static bool add_cell(ntm_collecting *c, ntm_i_array *cells, const ntm_i_pattern *pattern, const ntm_plan *plan,
                     size_t row) {
    ntm_collecting_cell cell = {row, NULL, pattern->surely};
    if (pattern->reason != NTM_DECIDING_FOUND || pattern->needed_count != 1) return true;
    return ntm_i_arena_copy(&c->arena, &cell.column, ntm_i_plan_inputs(plan)[pattern->needed[0]].name) &&
           ntm_i_array_append(cells, &cell, 1);
}

static ntm_status look_at_rows(ntm_collecting *c, ntm_i_patterns *patterns, const uint8_t *verdicts,
                               const ntm_plan *plan, uint64_t work, ntm_error *err) {
    ntm_i_array cells;
    ntm_i_array_start(&cells, &c->arena.allocator, sizeof(ntm_collecting_cell));
    bool good = true;
    for (size_t row = 0; row < c->summary.rows && good; row++) {
        if (verdicts[row] != NTM_OPEN) continue;
        ntm_i_decide_row(patterns->search, row, work);
        size_t at = patterns->search->no_memory ? SIZE_MAX : ntm_i_pattern_of_row(patterns, row);
        good = at != SIZE_MAX;
        if (!good) break;
        const ntm_i_pattern *pattern = ntm_i_pattern_at(patterns, at);
        c->summary.open++;
        if (pattern->reason != NTM_DECIDING_FOUND) c->summary.unsettled[pattern->reason]++;
        good = add_cell(c, &cells, pattern, plan, row);
    }
    c->summary.patterns = patterns->items.count;
    c->cells = good ? ntm_i_arena_take(&c->arena, cells.count, sizeof *c->cells) : NULL;
    good = c->cells != NULL && ntm_i_write_order(c, patterns, plan);
    if (good && cells.count > 0) memcpy(c->cells, cells.items, cells.count * sizeof *c->cells);
    c->cell_count = cells.count;
    ntm_i_array_end(&cells);
    return good ? NTM_OK : ntm_i_no_memory(err);
}

static ntm_status look_at_table(ntm_collecting *c, ntm_i_run *run, const uint8_t *verdicts, ntm_of of, size_t index,
                                const ntm_collecting_options *options, ntm_error *err) {
    ntm_i_decide search;
    ntm_i_patterns patterns;
    if (!ntm_i_decide_start(&search, run, of, index, &c->arena.allocator)) return ntm_i_no_memory(err);
    ntm_i_patterns_start(&patterns, &search, options, &c->arena.allocator);
    ntm_status status =
        look_at_rows(c, &patterns, verdicts, run->plan, options->work == 0 ? USUAL_WORK : options->work, err);
    ntm_i_patterns_end(&patterns);
    ntm_i_decide_end(&search);
    return status;
}

static ntm_status collect(ntm_collecting *c, const ntm_plan *plan, const ntm_table *table, ntm_of of, size_t index,
                          const ntm_collecting_options *options, ntm_error *err) {
    uint8_t *verdicts = NULL;
    const ntm_allocator *allocator = &c->arena.allocator;
    ntm_status status = find_verdicts(&verdicts, plan, table, of, index, allocator, err);
    if (status != NTM_OK) return status;
    ntm_evaluate_options evaluate = NTM_EVALUATE_OPTIONS_INIT;
    evaluate.allocator = allocator;
    evaluate.ignore_unknown = true;
    ntm_i_run run;
    status = ntm_i_run_start(&run, plan, table, &evaluate, err);
    if (status == NTM_OK) {
        c->summary.rows = table->rows;
        status = look_at_table(c, &run, verdicts, of, index, options, err);
        ntm_i_run_end(&run);
    }
    ntm_i_release(allocator, verdicts, table->rows, 1);
    return status;
}

ntm_status ntm_collecting_new(ntm_collecting **out, const ntm_plan *plan, const ntm_table *table, ntm_of of,
                              size_t index, const ntm_collecting_options *options, ntm_error *err) {
    const ntm_collecting_options usual = NTM_COLLECTING_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err, "a place for the order and initialised options are needed");
    if (options->could_show != NTM_MET && options->could_show != NTM_NOT_MET)
        return ntm_i_wrong_call(err, "what facts could show is \"met\" or \"not met\"");
    ntm_status status = ntm_i_check_asked(plan, table, of, index, err);
    if (status != NTM_OK) return status;
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_collecting *c = ntm_i_allocate(&allocator, 1, sizeof *c);
    if (c == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&c->arena, &allocator);
    status = collect(c, plan, table, of, index, options, err);
    if (status != NTM_OK)
        ntm_collecting_free(c);
    else
        *out = c;
    return status;
}

void ntm_collecting_free(ntm_collecting *collecting) {
    if (collecting == NULL) return;
    ntm_i_arena arena = collecting->arena;
    ntm_i_release(&arena.allocator, collecting, 1, sizeof *collecting);
    ntm_i_arena_end(&arena);
}

const ntm_collecting_summary *ntm_collecting_about(const ntm_collecting *collecting) {
    return collecting == NULL ? NULL : &collecting->summary;
}

size_t ntm_collecting_step_count(const ntm_collecting *collecting) {
    return collecting == NULL ? 0 : collecting->step_count;
}

const ntm_collecting_step *ntm_collecting_step_at(const ntm_collecting *collecting, size_t index) {
    return collecting == NULL || index >= collecting->step_count ? NULL : &collecting->steps[index];
}

size_t ntm_collecting_cell_count(const ntm_collecting *collecting) {
    return collecting == NULL ? 0 : collecting->cell_count;
}

const ntm_collecting_cell *ntm_collecting_cell_at(const ntm_collecting *collecting, size_t index) {
    return collecting == NULL || index >= collecting->cell_count ? NULL : &collecting->cells[index];
}
