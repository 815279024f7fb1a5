/* SPDX-License-Identifier: Apache-2.0 */
/* Matching the columns of a table to the inputs of a plan. */
#include <float.h>
#include <string.h>

#include "attainment/run.h"

/* The largest int64 <= value, or smallest >= value, kept inside int64. */
static int64_t clamp(ntm_i_wide value) {
    return value > INT64_MAX ? INT64_MAX : value < INT64_MIN ? INT64_MIN : (int64_t)value;
}

/* Natural bounds in the units of the data, so that a block is checked by two comparisons. Infinity and NaN lie outside
   of every bound of doubles. */
static void bind_natural(ntm_i_bound *bound) {
    const ntm_i_input *input = bound->input;
    ntm_i_rational least = input->least, most = input->most;
    bool has_least = ntm_i_is_finite(least), has_most = ntm_i_is_finite(most);
    bound->int_least = INT64_MIN;
    bound->int_most = INT64_MAX;
    bound->real_least = -DBL_MAX;
    bound->real_most = DBL_MAX;
    bound->exact_bounds = (has_least && !ntm_i_nearest_double(&bound->real_least, least)) ||
                          (has_most && !ntm_i_nearest_double(&bound->real_most, most));
    bool fits = true;
    if (has_least && ntm_i_rational_scale(&least, least, bound->scale)) {
        fits = ntm_i_rational_ceiling(least) <= INT64_MAX;
        bound->int_least = clamp(ntm_i_rational_ceiling(least));
    }
    if (has_most && ntm_i_rational_scale(&most, most, bound->scale)) {
        fits = fits && ntm_i_rational_floor(most) >= INT64_MIN;
        bound->int_most = clamp(ntm_i_rational_floor(most));
    }
    if (!fits) { /* no integer at this scale can lie inside */
        bound->int_least = INT64_MAX;
        bound->int_most = INT64_MIN;
    }
    bound->check = bound->form == NTM_I_FORM_REAL || (bound->form == NTM_I_FORM_INT && (has_least || has_most));
}

static bool is_integer(ntm_type type) { return type >= NTM_TYPE_INT8 && type <= NTM_TYPE_INT64; }

/* Categories to places on a scale or axis. */
static bool bind_map(ntm_i_run *run, ntm_i_bound *bound) {
    const ntm_column *column = bound->column;
    uint32_t *map = ntm_i_arena_take(&run->arena, column->category_count, sizeof *map);
    if (map == NULL) return false;
    const ntm_i_plan_axis *axis = bound->input->kind == NTM_I_IN_AXIS ? &run->plan->axes[bound->input->axis] : NULL;
    const char *const *values = axis != NULL ? axis->axis->values : bound->input->fact->levels;
    size_t count = axis != NULL ? axis->axis->value_count : bound->input->fact->level_count;
    for (size_t i = 0; i < column->category_count; i++) {
        map[i] = NTM_I_NONE;
        const char *category = column->categories[i];
        if (category != NULL && axis != NULL && axis->is_year)
            map[i] = ntm_i_year_place(axis, category, strlen(category));
        for (size_t k = 0; k < count && category != NULL && map[i] == NTM_I_NONE; k++)
            if (strcmp(values[k], category) == 0) map[i] = (uint32_t)k;
    }
    bound->map = map;
    return true;
}

/* Why a column cannot hold an input; NULL when it can. */
static const char *choose_form(ntm_i_bound *bound, const ntm_plan *plan) {
    const ntm_column *column = bound->column;
    bool coded = column->categories != NULL || column->category_count > 0;
    switch (bound->input->kind) {
        case NTM_I_IN_FLAG:
            bound->form = NTM_I_FORM_BITS;
            for (uint8_t k = 0; k < column->scale; k++)
                bound->shrink *= 10;
            return column->type == NTM_TYPE_BITS || column->type == NTM_TYPE_BYTES ||
                           (is_integer(column->type) && !coded)
                       ? NULL
                       : "a yes/no fact needs a column of bits, of bytes, or of integers that are 0 or 1";
        case NTM_I_IN_LEVEL:
            bound->form = NTM_I_FORM_INDEX;
            return column->type == NTM_TYPE_TEXT || (is_integer(column->type) && coded)
                       ? NULL
                       : "a level needs a column of text, or of codes with categories";
        case NTM_I_IN_AXIS:
            bound->form = NTM_I_FORM_INDEX;
            if (plan->axes[bound->input->axis].is_year && !coded &&
                (is_integer(column->type) || column->type == NTM_TYPE_DOUBLE || column->type == NTM_TYPE_DECIMAL128))
                return NULL;
            return column->type == NTM_TYPE_TEXT || (is_integer(column->type) && coded)
                       ? NULL
                       : "an axis needs a column of text, or of codes with categories (a year also numbers)";
        default: break;
    }
    if (coded) return "a number cannot come from a column of codes with categories";
    if (column->type == NTM_TYPE_DOUBLE) {
        bound->form = bound->input->whole || bound->input->day ? NTM_I_FORM_INT : NTM_I_FORM_REAL;
        return NULL;
    }
    if (!is_integer(column->type) && column->type != NTM_TYPE_DECIMAL128)
        return "a number needs a column of integers, decimals or doubles";
    bound->form = NTM_I_FORM_INT;
    bool whole = bound->input->whole || bound->input->day;
    for (uint8_t k = 0; k < column->scale && whole; k++)
        bound->shrink *= 10;
    bound->scale = whole ? 0 : column->scale;
    return NULL;
}

static bool bind_column(ntm_i_run *run, ntm_i_bound *bound) {
    const ntm_column *column = bound->column;
    bind_natural(bound);
    if (bound->form == NTM_I_FORM_INDEX && column->categories != NULL && !bind_map(run, bound)) return false;
    bound->direct = (bound->form == NTM_I_FORM_INT && column->type == NTM_TYPE_INT64 && column->stride_bytes == 8 &&
                     bound->shrink == 1) ||
                    (bound->form == NTM_I_FORM_REAL && column->stride_bytes == 8);
    if (bound->direct) return true;
    bound->scratch = ntm_i_arena_take(&run->arena, NTM_I_BLOCK, 8);
    return bound->scratch != NULL;
}

bool ntm_i_plan_knows(const ntm_plan *plan, const char *name) {
    for (size_t i = 0; i < plan->inputs.count; i++)
        if (strcmp(ntm_i_plan_inputs(plan)[i].name, name) == 0) return true;
    const ntm_fact *fact = NULL;
    return ntm_i_is_fact(plan->set, name, strlen(name), &fact) || ntm_i_is_bound_of_fact(plan->set, name);
}

/* Problems of the table as a whole are collected like those of rows; the first is returned. */
static void complain(ntm_i_run *run, const char *subject, const char *reason) {
    ntm_error problem = NTM_ERROR_INIT;
    (void)ntm_i_fail(&problem, NTM_ERROR_SHAPE, NTM_I_SUBJECT(subject), "%s", reason);
    if (run->problem_count == 0) (void)ntm_i_error_copy(&run->first, &problem);
    run->problem_count++;
    ntm_i_problems_add(run->problems, &problem);
}

static void check_unknown(ntm_i_run *run) {
    for (size_t i = 0; i < run->table->field_count; i++)
        if (!ntm_i_plan_knows(run->plan, run->table->fields[i].name))
            complain(run, run->table->fields[i].name, "the set has no fact, axis or status of that name");
}

/* False for want of memory. */
static bool bind_field(ntm_i_run *run, ntm_i_bound *bound, const ntm_field *field) {
    if (bound->input->kind == NTM_I_IN_AXIS && run->plan->axes[bound->input->axis].fixed) {
        complain(run, bound->input->name,
                 "the axis is fixed for all rows and given as a column: which holds cannot be told");
        return true;
    }
    bound->column = &field->column;
    const char *reason = choose_form(bound, run->plan);
    if (reason != NULL) {
        complain(run, bound->input->name, reason);
        return true;
    }
    return bind_column(run, bound);
}

/* False for want of memory. */
static bool bind_limits(ntm_i_run *run) {
    bool no_memory = false;
    for (size_t i = 0; i < run->table->field_count && !no_memory; i++) {
        uint32_t at = ntm_i_add_limit(run, &run->table->fields[i], &no_memory);
        if (at != NTM_I_NONE) no_memory = !bind_field(run, &run->bounds[at], &run->table->fields[i]);
    }
    return !no_memory;
}

ntm_status ntm_i_bind_inputs(ntm_i_run *run, const ntm_evaluate_options *options, ntm_error *err) {
    const ntm_plan *plan = run->plan;
    if (!options->ignore_unknown) check_unknown(run);
    size_t limits = ntm_i_limits_most(run->table);
    run->bounds = ntm_i_arena_take(&run->arena, plan->inputs.count + limits, sizeof *run->bounds);
    if (run->bounds == NULL) return ntm_i_no_memory(err);
    run->first_loaded = run->last_loaded = NTM_I_NONE;
    run->bound_count = plan->inputs.count;
    for (size_t i = 0; i < plan->inputs.count + limits; i++) {
        ntm_i_bound *bound = &run->bounds[i];
        bound->block = SIZE_MAX;
        bound->next = bound->limits[0] = bound->limits[1] = NTM_I_NONE;
        bound->shrink = 1;
        if (i >= plan->inputs.count) continue;
        bound->input = &ntm_i_plan_inputs(plan)[i];
        const ntm_field *field = ntm_table_find(run->table, bound->input->name);
        if (field != NULL && !bind_field(run, bound, field)) return ntm_i_no_memory(err);
    }
    if (limits > 0 && !bind_limits(run)) return ntm_i_no_memory(err);
    if (run->problem_count == 0) return NTM_OK;
    (void)ntm_i_error_copy(err, &run->first);
    return run->first.status;
}
