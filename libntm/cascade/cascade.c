/* SPDX-License-Identifier: Apache-2.0 */
/* Making a cascade step by step, and reading it. */
#include <stdio.h>
#include <string.h>

#include "attainment/run.h"
#include "base/text.h"
#include "cascade/cascade.h"

void ntm_cascade_free(ntm_cascade *cascade) {
    if (cascade == NULL) return;
    ntm_i_arena arena = cascade->arena;
    for (size_t i = 0; i < cascade->stage_count; i++) {
        ntm_attainment_free(cascade->stages[i].result);
        ntm_plan_free(cascade->stages[i].plan);
    }
    ntm_i_release(&arena.allocator, cascade, 1, sizeof *cascade);
    ntm_i_arena_end(&arena);
}

static ntm_status check_call(ntm_cascade **out, const ntm_units *units, const ntm_cascade_step *steps, size_t count,
                             const ntm_cascade_options *options, ntm_error *err) {
    if (out == NULL || units == NULL || steps == NULL || count == 0 || options == NULL)
        return ntm_i_wrong_call(err, "a place for the cascade, a registry, steps and options are needed");
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err,
                                "options that begin with NTM_CASCADE_OPTIONS_INIT and a whole allocator are needed");
    if (!ntm_i_date_is(options->on)) return ntm_i_wrong_call(err, "a day is needed");
    if (options->others == NULL && options->other_count > 0)
        return ntm_i_wrong_call(err, "others is NULL and other_count is not 0");
    if (options->inherited == NULL && options->inherited_count > 0)
        return ntm_i_wrong_call(err, "inherited is NULL and inherited_count is not 0");
    for (size_t i = 0; i < options->inherited_count; i++)
        if (options->inherited[i] == NULL) return ntm_i_wrong_call(err, "an attribute without a name");
    if (options->within != NTM_NO_UNIT && !ntm_units_there(units, options->within, options->on))
        return ntm_i_wrong_call(err, "within is no unit that is there on the day");
    for (size_t i = 0; i < count; i++)
        if (steps[i].struct_size < sizeof *steps || steps[i].set == NULL)
            return ntm_i_wrong_call(err, "steps that begin with NTM_CASCADE_STEP_INIT and a set are needed");
    return NTM_OK;
}

/* Attributes by name, for proofs that gather inputs again when the caller's array is gone. */
static bool keep_inherited(ntm_cascade *cascade) {
    size_t count = cascade->options.inherited_count;
    const char **kept = ntm_i_arena_take(&cascade->arena, count, sizeof *kept);
    if (kept == NULL) return false;
    for (size_t i = 0; i < count; i++)
        if (!ntm_i_arena_copy(&cascade->arena, &kept[i], cascade->options.inherited[i])) return false;
    cascade->options.inherited = kept;
    return true;
}

/* The sets of the steps, and those beside them. */
static bool list_sets(ntm_cascade *cascade, const ntm_cascade_step *steps, size_t count) {
    size_t others = cascade->options.other_count;
    cascade->sets = ntm_i_arena_take(&cascade->arena, count + others, sizeof *cascade->sets);
    if (cascade->sets == NULL) return false;
    for (size_t i = 0; i < count; i++)
        cascade->sets[i] = steps[i].set;
    for (size_t i = 0; i < others; i++)
        cascade->sets[count + i] = cascade->options.others[i];
    cascade->set_count = count + others;
    return true;
}

static ntm_status run_stage(ntm_cascade *cascade, ntm_i_stage *stage, const ntm_cascade_step *step, ntm_error *err) {
    ntm_plan_options planning = NTM_PLAN_OPTIONS_INIT;
    ntm_i_rows rows = {stage->level, stage->of,       stage->rows, stage,
                       stage,        &cascade->arena, step->axes,  step->axis_count};
    planning.on = cascade->options.on;
    planning.out_of_force = cascade->options.out_of_force;
    planning.axes = step->axes;
    planning.axis_count = step->axis_count;
    planning.others = cascade->sets;
    planning.other_count = cascade->set_count;
    planning.allocator = cascade->options.allocator;
    ntm_status status = ntm_plan_new(&stage->plan, stage->set, &planning, err);
    if (status == NTM_OK) status = ntm_i_cascade_inputs(&stage->table, cascade, stage->plan, &rows, err);
    return status != NTM_OK ? status
                            : ntm_i_cascade_evaluate(&stage->result, cascade, stage->plan, &stage->table, &rows,
                                                     NTM_KEEP_INDICATORS, err);
}

/* Columns that no set looked at are most likely misspelt. */
static ntm_status check_used(const ntm_cascade *cascade, const ntm_i_stage *stage, ntm_error *err) {
    ntm_error first = NTM_ERROR_INIT;
    for (size_t i = 0; stage->given != NULL && i < stage->given->field_count; i++) {
        ntm_error problem = NTM_ERROR_INIT;
        if (stage->used[i] || &stage->given->fields[i] == stage->codes) continue;
        if (ntm_i_plan_knows(stage->plan, stage->given->fields[i].name)) continue; /* as ntm_evaluate() takes it */
        (void)ntm_i_fail(&problem, NTM_ERROR_SHAPE, NTM_I_SUBJECT(stage->given->fields[i].name),
                         "no set of the cascade uses this column, and it is no fact of this one");
        ntm_i_problems_add(cascade->options.problems, &problem);
        if (first.status == NTM_OK) first = problem;
    }
    return ntm_i_error_copy(err, &first);
}

/* Puts the set of the step before what went wrong there. */
static ntm_status say_where(ntm_error *err, ntm_status status, const ntm_error *problem, const ntm_set *set) {
    char subject[2 * sizeof problem->subject];
    if (status == NTM_ERROR_MEMORY) return ntm_i_no_memory(err);
    const char *id = ntm_set_about(set)->id;
    bool alone = problem->subject[0] == '\0' || strcmp(problem->subject, id) == 0;
    (void)snprintf(subject, sizeof subject, "%s%s%s", id, alone ? "" : ": ", alone ? "" : problem->subject);
    return ntm_i_fail(err, status, NTM_I_ROW(subject, problem->row), "%s", problem->message);
}

static ntm_status run(ntm_cascade *cascade, const ntm_cascade_step *steps, ntm_error *err) {
    size_t count = cascade->stage_count;
    ntm_error problem = NTM_ERROR_INIT;
    ntm_status status = NTM_OK;
    size_t at = 0;
    for (at = 0; status == NTM_OK && at < count; at++)
        status = ntm_i_stage_start(cascade, &cascade->stages[at], &steps[at], &problem);
    for (size_t i = 0; status == NTM_OK && i < count; i++) {
        at = i + 1;
        status = run_stage(cascade, &cascade->stages[i], &steps[i], &problem);
        cascade->done = i + 1;
    }
    for (size_t i = 0; status == NTM_OK && !cascade->options.ignore_unknown && i < count; i++) {
        at = i + 1;
        status = check_used(cascade, &cascade->stages[i], &problem);
    }
    return status == NTM_OK ? NTM_OK : say_where(err, status, &problem, steps[at - 1].set);
}

ntm_status ntm_cascade_new(ntm_cascade **out, const ntm_units *units, const ntm_cascade_step *steps, size_t step_count,
                           const ntm_cascade_options *options, ntm_error *err) {
    ntm_status status = check_call(out, units, steps, step_count, options, err);
    if (status != NTM_OK) return status;
    ntm_cascade *cascade = ntm_i_allocate(options->allocator, 1, sizeof *cascade);
    if (cascade == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&cascade->arena, options->allocator);
    cascade->units = units;
    cascade->options = *options;
    cascade->stages = ntm_i_arena_take(&cascade->arena, step_count, sizeof *cascade->stages);
    if (cascade->stages == NULL || !list_sets(cascade, steps, step_count) || !keep_inherited(cascade)) {
        status = ntm_i_no_memory(err);
    } else {
        cascade->stage_count = step_count;
        status = run(cascade, steps, err);
    }
    cascade->options.problems = NULL;
    cascade->options.allocator = NULL;
    if (status == NTM_OK)
        *out = cascade;
    else
        ntm_cascade_free(cascade);
    return status;
}

/* ------------------------------------------------------------------------------------------- reading */

static const ntm_i_stage *stage_of(const ntm_cascade *cascade, size_t step) {
    return cascade == NULL || step >= cascade->stage_count ? NULL : &cascade->stages[step];
}

size_t ntm_cascade_step_count(const ntm_cascade *cascade) { return cascade == NULL ? 0 : cascade->stage_count; }

const ntm_attainment *ntm_cascade_result(const ntm_cascade *cascade, size_t step) {
    const ntm_i_stage *stage = stage_of(cascade, step);
    return stage == NULL ? NULL : stage->result;
}

const ntm_table *ntm_cascade_table(const ntm_cascade *cascade, size_t step) {
    const ntm_i_stage *stage = stage_of(cascade, step);
    return stage == NULL ? NULL : &stage->table;
}

ntm_unit ntm_cascade_unit(const ntm_cascade *cascade, size_t step, size_t row) {
    const ntm_i_stage *stage = stage_of(cascade, step);
    return stage == NULL || row >= stage->rows ? NTM_NO_UNIT : stage->of[row];
}

size_t ntm_cascade_row(const ntm_cascade *cascade, size_t step, ntm_unit unit) {
    const ntm_i_stage *stage = stage_of(cascade, step);
    if (stage == NULL || unit >= ntm_units_count(cascade->units)) return SIZE_MAX;
    return stage->row_of[unit] == NTM_I_NO_PICK ? SIZE_MAX : stage->row_of[unit];
}

size_t ntm_cascade_count_count(const ntm_cascade *cascade, size_t step) {
    const ntm_i_stage *stage = stage_of(cascade, step);
    return stage == NULL ? 0 : stage->tally_count;
}

const char *ntm_cascade_count_name(const ntm_cascade *cascade, size_t step, size_t index) {
    const ntm_i_stage *stage = stage_of(cascade, step);
    return stage == NULL || index >= stage->tally_count ? NULL : stage->tallies[index].name;
}

/* The tally of a question; NULL after saying why there is none. */
static const ntm_i_tally_of *tally_of(const ntm_cascade *cascade, size_t step, size_t index, size_t row,
                                      ntm_status *status, ntm_error *err) {
    const ntm_i_stage *stage = stage_of(cascade, step);
    *status = NTM_OK;
    if (stage == NULL || index >= stage->tally_count || row >= stage->rows) {
        *status = ntm_i_wrong_call(err, "a cascade, and a step, a condition and a row of it are needed");
        return NULL;
    }
    const ntm_i_tally_of *tally = &stage->tallies[index];
    if (tally->counts != NULL) return tally;
    *status = ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(tally->name), "the caller's own columns count these");
    return NULL;
}

ntm_status ntm_cascade_counts(ntm_child_counts *out, const ntm_cascade *cascade, size_t step, size_t index, size_t row,
                              ntm_error *err) {
    ntm_status status = NTM_OK;
    if (out == NULL) return ntm_i_wrong_call(err, "a place for the counts is needed");
    const ntm_i_tally_of *tally = tally_of(cascade, step, index, row, &status, err);
    if (tally != NULL) *out = tally->counts[row];
    return status;
}

ntm_status ntm_cascade_children(ntm_counted_child *out, size_t *count, size_t capacity, const ntm_cascade *cascade,
                                size_t step, size_t index, size_t row, ntm_error *err) {
    static const ntm_verdict order[] = {NTM_NOT_MET, NTM_OPEN, NTM_MET};
    ntm_status status = NTM_OK;
    if (count == NULL || (out == NULL && capacity > 0))
        return ntm_i_wrong_call(err, "places for the answer are needed");
    const ntm_i_tally_of *tally = tally_of(cascade, step, index, row, &status, err);
    if (tally == NULL) return status;
    size_t found = 0;
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = tally->first[row]; i < tally->first[row + 1]; i++) {
            if (tally->verdicts[i] != order[k]) continue;
            const ntm_i_stage *stage =
                tally->status == NULL
                    ? NULL
                    : ntm_i_cascade_status(cascade, tally->status, tally->level, tally->of[i], tally->status_before);
            if (found < capacity)
                out[found] = (ntm_counted_child){tally->of[i], order[k],
                                                 stage == NULL ? SIZE_MAX : (size_t)(stage - cascade->stages),
                                                 stage == NULL ? SIZE_MAX : stage->row_of[tally->of[i]]};
            found++;
        }
    }
    *count = found;
    return NTM_OK;
}

ntm_status ntm_cascade_explain(ntm_explanation **out, const ntm_cascade *cascade, size_t step, size_t row, ntm_of of,
                               size_t index, const ntm_allocator *allocator, ntm_error *err) {
    const ntm_i_stage *stage = stage_of(cascade, step);
    if (stage == NULL) return ntm_i_wrong_call(err, "a cascade and a step of it are needed");
    return ntm_explain(out, stage->plan, &stage->table, row, of, index, allocator, err);
}
