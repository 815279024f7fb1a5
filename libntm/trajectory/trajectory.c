/* SPDX-License-Identifier: Apache-2.0 */
/* Making a trajectory, and looking at it. */
#include "trajectory/trajectory.h"

#include <string.h>

#include "attainment/values.h"

void ntm_trajectory_free(ntm_trajectory *t) {
    if (t == NULL) return;
    ntm_i_csv_codes_end(&t->units);
    ntm_i_array_end(&t->track);
    ntm_i_array_end(&t->goals);
    ntm_i_arena arena = t->arena;
    ntm_i_release(&arena.allocator, t, 1, sizeof *t);
    ntm_i_arena_end(&arena);
}

static ntm_trajectory *begin(const ntm_trajectory_options *options) {
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_trajectory *t = ntm_i_allocate(&allocator, 1, sizeof *t);
    if (t == NULL) return NULL;
    ntm_i_arena_start(&t->arena, &allocator);
    ntm_i_csv_codes_start(&t->units, &t->arena);
    ntm_i_array_start(&t->track, &allocator, sizeof(ntm_i_track));
    ntm_i_array_start(&t->goals, &allocator, sizeof(ntm_i_goal));
    return t;
}

/* Room for what one row of the composed series needs, and for all cells. */
static void take_room(ntm_i_tracking *m) {
    ntm_trajectory *t = m->t;
    size_t cells = 0;
    if (ntm_i_multiply_overflows(t->rows, t->track.count, &cells) || cells > NTM_TRAJECTORY_CELLS_MAX) {
        ntm_i_cells_complain(&m->cells, NTM_ERROR_LIMIT, "rows", SIZE_MAX,
                             "%zu rows and %zu series: expected no more than %d of them multiplied", t->rows,
                             t->track.count, NTM_TRAJECTORY_CELLS_MAX);
        return;
    }
    m->attained = ntm_i_arena_take(&t->arena, t->track.count, sizeof *m->attained);
    m->on_track = ntm_i_arena_take(&t->arena, t->track.count, sizeof *m->on_track);
    m->cells.no_memory = m->attained == NULL || m->on_track == NULL || !ntm_i_track_room(t);
}

/* Evaluates the table. Where the question was wrong the table is only checked, so that all is told together. */
static ntm_status evaluate(ntm_i_tracking *m, ntm_error *err) {
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    ntm_i_run run;
    options.ignore_unknown = m->options->ignore_unknown;
    options.problems = m->options->problems;
    options.allocator = m->options->allocator;
    ntm_status status = ntm_i_run_start(&run, m->plan, m->table, &options, err);
    if (status != NTM_OK) return status;
    for (size_t start = 0; start < m->table->rows; start += NTM_I_BLOCK) {
        size_t rows = m->table->rows - start < NTM_I_BLOCK ? m->table->rows - start : NTM_I_BLOCK;
        ntm_i_run_block(&run, start, rows);
        if (run.problem_count == 0 && m->cells.problem_count == 0) {
            ntm_i_track_block(m, &run);
            ntm_i_track_composed(m, &run);
        }
        if (run.problem_count > 0 && options.problems == NULL) break;
    }
    if (run.problem_count > 0) status = ntm_i_error_copy(err, &run.first);
    ntm_i_run_end(&run);
    return status;
}

/* The year of a row is that of the deadline: a column would make targets of other years of them. */
static void check_years(ntm_i_tracking *m) {
    if (ntm_table_find(m->table, "year") == NULL) return;
    for (size_t i = 0; i < m->plan->set->axis_count; i++)
        if (m->plan->axes[i].is_year)
            ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, "year", SIZE_MAX,
                                 "a column of years: targets are of the year of the plan's day, so expected none");
}

static ntm_status make(ntm_i_tracking *m, ntm_error *err) {
    ntm_trajectory *t = m->t;
    bool placed = ntm_i_track_units(m);
    if (m->cells.no_memory || !placed) return ntm_i_cells_status(&m->cells, err);
    if (!ntm_i_track_series_make(m)) return ntm_i_no_memory(err);
    check_years(m);
    ntm_i_track_targets(m);
    if (!m->cells.no_memory && m->cells.problem_count == 0) take_room(m);
    if (m->cells.no_memory) return ntm_i_no_memory(err);
    ntm_error of_table = NTM_ERROR_INIT;
    ntm_status status = evaluate(m, &of_table);
    if (m->cells.problem_count > 0 && status != NTM_ERROR_MEMORY) return ntm_i_cells_status(&m->cells, err);
    if (status != NTM_OK) return ntm_i_error_copy(err, &of_table);
    if (!ntm_i_track_table(t) || !ntm_i_track_months(t)) return ntm_i_no_memory(err);
    return NTM_OK;
}

static void begin_names(ntm_i_tracking *m) {
    ntm_i_csv_codes_start(&m->citations, &m->t->arena);
    ntm_i_csv_codes_start(&m->ids, &m->t->arena);
    ntm_i_csv_codes_start(&m->facts, &m->t->arena);
    ntm_i_array_start(&m->series_of_id, &m->t->arena.allocator, sizeof(size_t));
    ntm_i_array_start(&m->series_of_fact, &m->t->arena.allocator, sizeof(size_t));
}

static void end_names(ntm_i_tracking *m) {
    ntm_i_csv_codes_end(&m->citations);
    ntm_i_csv_codes_end(&m->ids);
    ntm_i_csv_codes_end(&m->facts);
    ntm_i_array_end(&m->series_of_id);
    ntm_i_array_end(&m->series_of_fact);
}

ntm_status ntm_trajectory_new(ntm_trajectory **out, const ntm_plan *plan, const ntm_table *table,
                              const ntm_trajectory_options *options, ntm_error *err) {
    if (out == NULL || plan == NULL || table == NULL || options == NULL)
        return ntm_i_wrong_call(err, "a place for the trajectory, a plan, a table and options are needed");
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err,
                                "options that begin with NTM_TRAJECTORY_OPTIONS_INIT and a whole allocator are needed");
    if (table->struct_size != sizeof *table)
        return ntm_i_wrong_call(err, "a table that begins with NTM_TABLE_INIT is needed");
    if (table->struct_size != sizeof *table)
        return ntm_i_wrong_call(err, "a table that begins with NTM_TABLE_INIT is needed");
    if (options->units == NULL || (options->period_ends == NULL && options->period_count > 0))
        return ntm_i_wrong_call(err, "units and the last days of the periods are needed");
    if (options->period_count > NTM_TRAJECTORY_CELLS_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_SUBJECT("periods"), "expected no more than %d",
                          NTM_TRAJECTORY_CELLS_MAX);
    ntm_i_tracking m = {.t = begin(options), .plan = plan, .table = table, .options = options};
    if (m.t == NULL) return ntm_i_no_memory(err);
    m.cells = (ntm_i_cells){&m.t->arena, options->problems, NULL, NTM_ERROR_INIT, 0, false};
    m.t->deadline = plan->on;
    begin_names(&m);
    ntm_status status = make(&m, err);
    end_names(&m);
    if (status == NTM_OK)
        *out = m.t;
    else
        ntm_trajectory_free(m.t);
    return status;
}

/* ------------------------------------------------------------------------------------------- looking at it */

ntm_fraction ntm_i_track_amount(const ntm_trajectory *t, ntm_i_amount amount, size_t cell) {
    return (ntm_fraction){t->numbers[amount][0][cell], t->numbers[amount][1][cell]};
}

bool ntm_i_track_value(ntm_i_rational *out, const ntm_trajectory *t, size_t cell) {
    ntm_fraction least = ntm_i_track_amount(t, NTM_I_VALUE_LEAST, cell);
    ntm_fraction most = ntm_i_track_amount(t, NTM_I_VALUE_MOST, cell);
    if (least.denominator == 0 || least.numerator != most.numerator || least.denominator != most.denominator)
        return false;
    *out = ntm_i_of_fraction(least);
    return true;
}

size_t ntm_trajectory_series_count(const ntm_trajectory *t) { return t == NULL ? 0 : t->track.count; }

const ntm_track_series *ntm_trajectory_series(const ntm_trajectory *t, size_t series) {
    return t == NULL || series >= t->track.count ? NULL : &ntm_i_tracks(t)[series].view;
}

size_t ntm_trajectory_find(const ntm_trajectory *t, ntm_track_of of, const char *id) {
    for (size_t i = 0; t != NULL && i < t->track.count; i++) {
        const ntm_track_series *one = &ntm_i_tracks(t)[i].view;
        if (one->of == of && (of == NTM_TRACK_STATUS || (id != NULL && strcmp(one->id, id) == 0))) return i;
    }
    return SIZE_MAX;
}

size_t ntm_trajectory_unit_count(const ntm_trajectory *t) { return t == NULL ? 0 : t->unit_count; }

const char *ntm_trajectory_unit(const ntm_trajectory *t, size_t unit) {
    return t == NULL || unit >= t->unit_count ? NULL : ((const char *const *)t->units.names.items)[unit];
}

size_t ntm_trajectory_period_count(const ntm_trajectory *t) { return t == NULL ? 0 : t->period_count; }

ntm_date ntm_trajectory_period_end(const ntm_trajectory *t, size_t period) {
    return t == NULL || period >= t->period_count ? NTM_DATE_NONE : t->ends[period];
}

const ntm_table *ntm_trajectory_table(const ntm_trajectory *t) { return t == NULL ? NULL : &t->table; }

ntm_status ntm_trajectory_target(ntm_track_target *out, const ntm_trajectory *t, size_t series, size_t unit,
                                 ntm_error *err) {
    if (out == NULL || t == NULL || series >= t->track.count || unit >= t->unit_count)
        return ntm_i_wrong_call(err, "a place for the target, and a series and a unit of a trajectory are needed");
    const ntm_i_track *track = &ntm_i_tracks(t)[series];
    const ntm_i_goal *goal = ntm_i_goal_of(t, track, unit);
    ntm_track_target made = {
        ntm_i_deadline_of(t, track, unit), NTM_LINE_NONE, NTM_DATE_NONE, {0, 0}, {0, 0}, NULL, NTM_NO_ROW};
    if (track->law_line && (goal == NULL || !goal->has_value)) made.line = NTM_LINE_OF_LAW;
    if (goal != NULL) {
        made.citation = goal->citation;
        made.row = goal->row;
        made.from = goal->from;
        /* Both fit: whoever declared a number gave it in 64 bits. */
        if (goal->from != NTM_DATE_NONE) {
            made.line = NTM_LINE_STRAIGHT;
            (void)ntm_i_fraction(&made.baseline, goal->from_value);
        }
        if (goal->has_value) (void)ntm_i_fraction(&made.value, goal->to_value);
    }
    *out = made;
    return NTM_OK;
}

ntm_status ntm_trajectory_cell(ntm_track_cell *out, const ntm_trajectory *t, size_t series, size_t unit, size_t period,
                               ntm_error *err) {
    if (out == NULL || t == NULL || series >= t->track.count || unit >= t->unit_count || period >= t->period_count)
        return ntm_i_wrong_call(err, "a place for the cell, and a series, unit and period of a trajectory are needed");
    size_t at = ntm_i_cell_at(t, series, period * t->unit_count + unit);
    *out = (ntm_track_cell){
        .state = (ntm_track_state)t->state[at],
        .why = (ntm_track_why)t->why[at],
        .value = {ntm_i_track_amount(t, NTM_I_VALUE_LEAST, at), ntm_i_track_amount(t, NTM_I_VALUE_MOST, at)},
        .target = {ntm_i_track_amount(t, NTM_I_TARGET_LEAST, at), ntm_i_track_amount(t, NTM_I_TARGET_MOST, at)},
        .interim = ntm_i_track_amount(t, NTM_I_INTERIM, at),
        .behind = ntm_i_track_amount(t, NTM_I_BEHIND, at),
        .since = ntm_i_track_bit(t->since_known, at) ? t->since[at] : NTM_DATE_NONE,
        .fell_since = ntm_i_track_bit(t->fell_known, at) ? t->fell[at] : NTM_DATE_NONE,
    };
    return NTM_OK;
}

ntm_status ntm_trajectory_tally(ntm_track_tally *out, const ntm_trajectory *t, size_t series, size_t period,
                                ntm_error *err) {
    if (out == NULL || t == NULL || series >= t->track.count || period >= t->period_count)
        return ntm_i_wrong_call(err, "a place for the counts, and a series and a period of a trajectory are needed");
    uint64_t counts[NTM_TRACK_MISSED + 1] = {0};
    const int32_t *states = t->state + ntm_i_cell_at(t, series, period * t->unit_count);
    for (size_t unit = 0; unit < t->unit_count; unit++)
        counts[states[unit]]++;
    *out = (ntm_track_tally){counts[NTM_TRACK_ATTAINED], counts[NTM_TRACK_ON_TRACK], counts[NTM_TRACK_BEHIND],
                             counts[NTM_TRACK_MISSED], counts[NTM_TRACK_OPEN]};
    return NTM_OK;
}
