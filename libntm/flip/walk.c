/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the flips of every row. The verdict of a comparison with the figure changes only where the figure passes an
 * end of the quantity on its other side. So a row's threshold is set on each of those ends, and once between two that
 * follow one another and outside of all: between them nothing changes. All rows of a block are worked on together: their
 * first numbers in one run of the program, their second numbers in the next. */
#include <string.h>

#include "attainment/exact.h"
#include "attainment/values.h"
#include "base/error.h"
#include "flip/flips.h"

typedef struct walk {
    ntm_flips *flips;
    const ntm_plan *plan;
    uint32_t figure;
    uint32_t slot; /* the verdict that is watched */
    const ntm_i_array *compared;
    ntm_i_run run;
    ntm_i_moved moved;
    ntm_i_rational *values; /* by row of the block: what its threshold is now */
    ntm_i_interval *held;   /* by quantity, then row of the block: what is compared outside of counts over members */
    uint8_t *moves;         /* by row of the block */
    uint32_t *first;        /* by row of the block, with one more: its ends in `ends` */
    ntm_i_array ends;       /* ntm_i_rational in base units, of one row from low to high, none twice */
    uint8_t *verdicts;      /* two for each end and one more for each row */
    size_t verdict_room;
    ntm_error *err;
} walk;

static const ntm_i_rational *ends_of(const walk *w, size_t row) {
    return (const ntm_i_rational *)w->ends.items + w->first[row];
}
static size_t end_count(const walk *w, size_t row) { return w->first[row + 1] - w->first[row]; }
/* Where the verdicts of a row start: below all its ends, at the first, between the first and second, ... */
static uint8_t *verdicts_of(const walk *w, size_t row) { return w->verdicts + 2 * (size_t)w->first[row] + row; }

/* ------------------------------------------------------------------------------------------- ends */

static bool row_moves(walk *w, size_t row) {
    uint32_t keyspace = ntm_i_plan_thresholds(w->plan)[w->figure].keyspace;
    uint32_t cells = ntm_i_plan_keyspaces(w->plan)[keyspace].cells;
    size_t possibilities = ntm_i_possibilities(&w->run, keyspace, row);
    for (size_t i = 0; i < possibilities; i++) {
        uint32_t key = ntm_i_key_of_row(&w->run, keyspace, row, i);
        if (key < cells && w->moved.cells[key]) return true;
    }
    return false;
}

/* Puts an end in its place among those of the row, which start at `start`. */
static bool add_end(walk *w, size_t start, ntm_i_rational end) {
    if (!ntm_i_is_finite(end)) return true;
    ntm_i_rational *all = w->ends.items;
    size_t at = w->ends.count;
    while (at > start && ntm_i_rational_compare(all[at - 1], end) > 0)
        at--;
    if (at > start && ntm_i_rational_compare(all[at - 1], end) == 0) return true;
    if (ntm_i_array_push(&w->ends) == NULL) return false;
    all = w->ends.items;
    memmove(&all[at + 1], &all[at], (w->ends.count - 1 - at) * sizeof *all);
    all[at] = end;
    return true;
}

static bool add_ends(walk *w, size_t row) {
    const ntm_i_compared *compared = w->compared->items;
    size_t start = w->ends.count;
    ntm_i_exact x = ntm_i_exact_start(&w->run, row);
    for (size_t i = 0; i < w->compared->count; i++) {
        for (uint32_t k = compared[i].dimension_count; k-- > 0;) /* of two over one dimension the inner holds */
            x.members[compared[i].dimensions[k]] = compared[i].members[k];
        ntm_i_interval quantity = ntm_i_exact_quantity(&x, compared[i].quantity);
        if (!add_end(w, start, quantity.least) || !add_end(w, start, quantity.most)) return false;
        w->held[i * NTM_I_BLOCK + row] = quantity;
    }
    return true;
}

/* After the block has run with the figures of now: verdicts that quantities count do not depend on the figure. */
static ntm_status find_ends(walk *w) {
    w->ends.count = 0;
    for (size_t row = 0; row < w->run.rows; row++) {
        w->first[row] = (uint32_t)w->ends.count;
        w->moves[row] = row_moves(w, row);
        w->flips->moving += w->moves[row];
        if (w->moves[row] && !add_ends(w, row)) return ntm_i_no_memory(w->err);
    }
    w->first[w->run.rows] = (uint32_t)w->ends.count;
    size_t room = 2 * w->ends.count + w->run.rows;
    if (room <= w->verdict_room) return NTM_OK;
    uint8_t *verdicts = ntm_i_allocate(&w->flips->allocator, 2 * room, 1);
    if (verdicts == NULL) return ntm_i_no_memory(w->err);
    ntm_i_release(&w->flips->allocator, w->verdicts, w->verdict_room, 1);
    w->verdicts = verdicts;
    w->verdict_room = 2 * room;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- numbers between */

static bool next_whole(ntm_i_rational *out, ntm_i_rational a, int step) {
    ntm_i_rational whole = {step > 0 ? ntm_i_rational_floor(a) : ntm_i_rational_ceiling(a), 1};
    return ntm_i_rational_add(out, whole, ntm_i_rational_int(step));
}

/* Some number between two: a whole one, or (a + c) / (b + d) of a/b and c/d. */
static bool between(ntm_i_rational *out, ntm_i_rational low, ntm_i_rational high) {
    if (next_whole(out, low, 1) && ntm_i_rational_compare(*out, high) < 0) return true;
    ntm_i_rational top = {0, 1}, bottom = {0, 1};
    return !ntm_i_add_overflows(low.numerator, high.numerator, &top.numerator) &&
           !ntm_i_add_overflows(low.denominator, high.denominator, &bottom.numerator) &&
           ntm_i_rational_divide(out, top, bottom);
}

/* What a row's threshold is in run number `turn`: even ones are below, between and above its ends, odd ones on them. */
static bool number_for(ntm_i_rational *out, const ntm_i_rational *ends, size_t count, size_t turn) {
    *out = ntm_i_rational_int(0);
    if (count == 0) return true;
    if (turn % 2 == 1) {
        *out = ends[turn / 2];
        return true;
    }
    if (turn == 0) return next_whole(out, ends[0], -1);
    if (turn == 2 * count) return next_whole(out, ends[count - 1], 1);
    return between(out, ends[turn / 2 - 1], ends[turn / 2]);
}

static ntm_status too_large(const walk *w, size_t row) {
    return ntm_i_fail(w->err, NTM_ERROR_OVERFLOW,
                      NTM_I_ROW(w->plan->set->figures[w->figure].id, (uint64_t)(w->run.start + row)),
                      "a number at which the row changes does not fit exact arithmetic");
}

/* ------------------------------------------------------------------------------------------- runs */

/* One run of the block; a row that has no number for this turn keeps the one that it had. */
static ntm_status take_turn(walk *w, size_t turn) {
    for (size_t row = 0; row < w->run.rows; row++)
        if (turn <= 2 * end_count(w, row) && !number_for(&w->values[row], ends_of(w, row), end_count(w, row), turn))
            return too_large(w, row);
    w->run.moved = &w->moved;
    ntm_i_run_block(&w->run, w->run.start, w->run.rows);
    w->run.moved = NULL;
    for (size_t row = 0; row < w->run.rows; row++)
        if (turn <= 2 * end_count(w, row))
            verdicts_of(w, row)[turn] = (uint8_t)ntm_i_truth_at(&w->run.verdicts[w->slot], row);
    return NTM_OK;
}

static ntm_status keep_flip(walk *w, size_t row, size_t end, const uint8_t *around) {
    int power = ntm_i_plan_thresholds(w->plan)[w->figure].power;
    ntm_i_rational at;
    ntm_i_flip flip = {{0, 1}, (uint32_t)(w->run.start + row), around[0], around[1], around[2]};
    if (!ntm_i_rational_scale(&at, ends_of(w, row)[end], -power) || !ntm_i_fraction(&flip.at, at))
        return too_large(w, row);
    if (w->flips->all.count >= UINT32_MAX - 1)
        return ntm_i_fail(w->err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than 2^32 - 1 flips");
    return ntm_i_array_append(&w->flips->all, &flip, 1) ? NTM_OK : ntm_i_no_memory(w->err);
}

static ntm_status keep_row(walk *w, size_t row) {
    const uint8_t *verdicts = verdicts_of(w, row);
    ntm_flips *flips = w->flips;
    ntm_status status = NTM_OK;
    flips->first[w->run.start + row] = (uint32_t)flips->all.count;
    flips->lowest[w->run.start + row] = w->moves[row] ? verdicts[0] : flips->now[w->run.start + row];
    for (size_t i = 0; i < end_count(w, row) && status == NTM_OK; i++) {
        const uint8_t *around = verdicts + 2 * i;
        if (around[0] != around[1] || around[1] != around[2]) status = keep_flip(w, row, i, around);
    }
    return status;
}

static ntm_status walk_block(walk *w, size_t start, size_t rows) {
    ntm_i_run_block(&w->run, start, rows);
    if (w->run.problem_count > 0) return NTM_OK; /* told when all blocks were looked at */
    for (size_t row = 0; row < rows; row++)
        w->flips->now[start + row] = (uint8_t)ntm_i_truth_at(&w->run.verdicts[w->slot], row);
    ntm_status status = find_ends(w);
    size_t most = 0;
    for (size_t row = 0; row < rows; row++)
        if (end_count(w, row) > most) most = end_count(w, row);
    for (size_t turn = 0; turn <= 2 * most && status == NTM_OK && w->run.problem_count == 0; turn++)
        status = take_turn(w, turn);
    for (size_t row = 0; row < rows && status == NTM_OK && w->run.problem_count == 0; row++)
        status = keep_row(w, row);
    return status;
}

/* Room for a block, and every comparison with the figure row by row, where it can be moved. False for want of memory. */
static bool get_ready(walk *w) {
    ntm_i_arena *arena = &w->run.arena;
    const ntm_i_compared *compared = w->compared->items;
    uint32_t *held_of = ntm_i_arena_take(arena, w->plan->set->node_count, sizeof *held_of);
    w->values = ntm_i_arena_take(arena, NTM_I_BLOCK, sizeof *w->values);
    w->moves = ntm_i_arena_take(arena, NTM_I_BLOCK, 1);
    w->first = ntm_i_arena_take(arena, NTM_I_BLOCK + 1, sizeof *w->first);
    w->held = ntm_i_arena_take(arena, w->compared->count * NTM_I_BLOCK, sizeof *w->held);
    if (held_of == NULL || w->values == NULL || w->moves == NULL || w->first == NULL || w->held == NULL) return false;
    for (size_t i = 0; i < NTM_I_BLOCK; i++)
        w->values[i] = ntm_i_rational_int(0);
    for (size_t i = 0; i < w->plan->set->node_count; i++)
        held_of[i] = NTM_I_NONE;
    for (size_t i = 0; i < w->compared->count; i++)
        if (compared[i].dimension_count == 0) held_of[compared[i].comparison - 1] = (uint32_t)i;
    for (size_t i = 0; i < w->plan->comparisons.count; i++)
        if (ntm_i_plan_comparisons(w->plan)[i].threshold == w->figure) w->run.comparisons[i].how = NTM_I_HOW_EXACT;
    w->moved.values = w->values;
    w->moved.held_of = held_of;
    w->moved.held = w->held;
    return true;
}

static ntm_status walk_rows(walk *w, size_t rows, bool all_problems) {
    if (!get_ready(w)) return ntm_i_no_memory(w->err);
    ntm_status status = NTM_OK;
    for (size_t start = 0; start < rows && status == NTM_OK; start += NTM_I_BLOCK) {
        status = walk_block(w, start, rows - start < NTM_I_BLOCK ? rows - start : NTM_I_BLOCK);
        if (w->run.problem_count > 0 && !all_problems) break;
    }
    if (status == NTM_OK && w->run.problem_count > 0) {
        status = w->run.first.status;
        (void)ntm_i_error_copy(w->err, &w->run.first);
    }
    w->flips->first[rows] = (uint32_t)w->flips->all.count;
    return status;
}

ntm_status ntm_i_flips_walk(ntm_flips *flips, const ntm_plan *plan, const ntm_table *table, uint32_t figure,
                            const uint8_t *cells, const ntm_i_array *compared, const ntm_flips_options *options,
                            ntm_error *err) {
    ntm_evaluate_options evaluate = NTM_EVALUATE_OPTIONS_INIT;
    walk w = {.flips = flips, .plan = plan, .figure = figure, .compared = compared, .err = err};
    evaluate.ignore_unknown = options->ignore_unknown;
    evaluate.problems = options->problems;
    evaluate.allocator = options->allocator;
    ntm_status status = ntm_i_run_start(&w.run, plan, table, &evaluate, err);
    if (status != NTM_OK) return status;
    w.slot = ntm_i_flips_slot(plan->set, options->of, options->index);
    w.moved = (ntm_i_moved){.threshold = figure, .cells = cells};
    ntm_i_array_start(&w.ends, &flips->allocator, sizeof(ntm_i_rational));
    status = walk_rows(&w, table->rows, options->problems != NULL);
    ntm_i_array_end(&w.ends);
    ntm_i_release(&flips->allocator, w.verdicts, w.verdict_room, 1);
    ntm_i_run_end(&w.run);
    return status;
}
