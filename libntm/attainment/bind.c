/* SPDX-License-Identifier: Apache-2.0 */
/* Matching the columns of a table to the inputs of a plan. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "attainment/run.h"
#include "number/decimal.h"

/* The largest int64 <= value, or smallest >= value, kept inside int64. */
static int64_t clamp(ntm_i_wide value) { return value > INT64_MAX ? INT64_MAX : value < INT64_MIN ? INT64_MIN : (int64_t)value; }

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
    ntm_decimal exact;
    if (has_least && ntm_i_rational_to_decimal(&exact, least))
        bound->real_least = (double)exact.coefficient / pow(10, exact.scale);
    if (has_most && ntm_i_rational_to_decimal(&exact, most)) bound->real_most = (double)exact.coefficient / pow(10, exact.scale);
    if (has_least && ntm_i_rational_scale(&least, least, bound->scale)) bound->int_least = clamp(ntm_i_rational_ceiling(least));
    if (has_most && ntm_i_rational_scale(&most, most, bound->scale)) bound->int_most = clamp(ntm_i_rational_floor(most));
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
        for (size_t k = 0; k < count && column->categories[i] != NULL; k++)
            if (strcmp(values[k], column->categories[i]) == 0) {
                map[i] = (uint32_t)k;
                if (axis != NULL && axis->is_year)
                    map[i] = (uint32_t)((values[k][0] - '0') * 1000 + (values[k][1] - '0') * 100 + (values[k][2] - '0') * 10 +
                                        (values[k][3] - '0') - axis->first_year);
                break;
            }
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
            return column->type == NTM_TYPE_BITS || column->type == NTM_TYPE_BYTES ? NULL : "a yes/no fact needs a column of bits or bytes";
        case NTM_I_IN_LEVEL:
            bound->form = NTM_I_FORM_INDEX;
            return column->type == NTM_TYPE_TEXT || (is_integer(column->type) && coded) ? NULL : "a level needs a column of text, or of codes with categories";
        case NTM_I_IN_AXIS:
            bound->form = NTM_I_FORM_INDEX;
            if (plan->axes[bound->input->axis].is_year && is_integer(column->type) && !coded && column->scale == 0) return NULL;
            return column->type == NTM_TYPE_TEXT || (is_integer(column->type) && coded)
                       ? NULL
                       : "an axis needs a column of text, or of codes with categories (a year also integers)";
        default: break;
    }
    if (coded) return "a number cannot come from a column of codes with categories";
    if (column->type == NTM_TYPE_DOUBLE) {
        bound->form = bound->input->whole || bound->input->day ? NTM_I_FORM_INT : NTM_I_FORM_REAL;
        return NULL;
    }
    if (!is_integer(column->type) && column->type != NTM_TYPE_DECIMAL128) return "a number needs a column of integers, decimals or doubles";
    bound->form = NTM_I_FORM_INT;
    bool whole = bound->input->whole || bound->input->day;
    for (uint8_t k = 0; k < column->scale && whole; k++)
        bound->shrink *= 10;
    bound->scale = whole ? 0 : column->scale;
    return NULL;
}

static ntm_status bind_column(ntm_i_run *run, ntm_i_bound *bound, ntm_error *err) {
    const ntm_column *column = bound->column;
    const char *reason = choose_form(bound, run->plan);
    if (reason != NULL) return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(bound->input->name), "%s", reason);
    bind_natural(bound);
    if (bound->form == NTM_I_FORM_INDEX && column->categories != NULL && !bind_map(run, bound)) return ntm_i_no_memory(err);
    bound->direct = (bound->form == NTM_I_FORM_INT && column->type == NTM_TYPE_INT64 && column->stride_bytes == 8 && bound->shrink == 1) ||
                    (bound->form == NTM_I_FORM_REAL && column->stride_bytes == 8);
    if (bound->direct) return NTM_OK;
    bound->scratch = ntm_i_arena_take(&run->arena, NTM_I_BLOCK, 8);
    return bound->scratch == NULL ? ntm_i_no_memory(err) : NTM_OK;
}

static bool is_input(const ntm_plan *plan, const char *name) {
    for (size_t i = 0; i < plan->inputs.count; i++)
        if (strcmp(ntm_i_plan_inputs(plan)[i].name, name) == 0) return true;
    return ntm_set_find_fact(plan->set, name) != SIZE_MAX;
}

static ntm_status check_unknown(ntm_i_run *run, ntm_error *err) {
    for (size_t i = 0; i < run->table->field_count; i++)
        if (!is_input(run->plan, run->table->fields[i].name))
            return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(run->table->fields[i].name),
                              "the set has no fact, axis or status of that name");
    return NTM_OK;
}

ntm_status ntm_i_bind_inputs(ntm_i_run *run, const ntm_evaluate_options *options, ntm_error *err) {
    const ntm_plan *plan = run->plan;
    ntm_status status = options->ignore_unknown ? NTM_OK : check_unknown(run, err);
    run->bounds = ntm_i_arena_take(&run->arena, plan->inputs.count, sizeof *run->bounds);
    if (run->bounds == NULL) return ntm_i_no_memory(err);
    run->first_loaded = run->last_loaded = NTM_I_NONE;
    for (size_t i = 0; i < plan->inputs.count; i++) {
        run->bounds[i].input = &ntm_i_plan_inputs(plan)[i];
        run->bounds[i].block = SIZE_MAX;
        run->bounds[i].next = NTM_I_NONE;
        run->bounds[i].shrink = 1;
    }
    for (size_t i = 0; i < plan->inputs.count && status == NTM_OK; i++) {
        ntm_i_bound *bound = &run->bounds[i];
        const ntm_field *field = ntm_table_find(run->table, bound->input->name);
        if (field == NULL) continue;
        if (bound->input->kind == NTM_I_IN_AXIS && plan->axes[bound->input->axis].fixed)
            return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(bound->input->name),
                              "the axis is fixed for all rows and given as a column: which holds cannot be told");
        bound->column = &field->column;
        status = bind_column(run, bound, err);
    }
    return status;
}
