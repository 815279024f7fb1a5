/* SPDX-License-Identifier: Apache-2.0 */
/* Figures as tables over the plan's axes, lines between years drawn where the law draws them. */
#include <string.h>

#include "attainment/plan.h"
#include "base/error.h"

/* A year axis may be far longer filled than written; a file must not be able to ask for endless memory that way. */
#define CELLS_MAX 1000000u

static uint32_t keyspace_for(ntm_plan *plan, const uint32_t *axes, uint32_t axis_count) {
    for (uint32_t i = 0; i < plan->keyspaces.count; i++) {
        const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(plan)[i];
        if (space->axis_count == axis_count &&
            (axis_count == 0 || memcmp(space->axes, axes, axis_count * sizeof *axes) == 0))
            return i;
    }
    ntm_i_keyspace *space = ntm_i_array_push(&plan->keyspaces);
    if (space == NULL) return NTM_I_NONE;
    space->axis_count = axis_count;
    uint64_t cells = 1; /* at most 4,096 written ones, of which one axis may have been filled to 512 years */
    for (uint32_t k = 0; k < axis_count; k++) {
        space->axes[k] = axes[k];
        cells *= plan->axes[axes[k]].size;
    }
    space->cells = (uint32_t)cells;
    return (uint32_t)plan->keyspaces.count - 1;
}

static uint32_t value_index(const ntm_i_plan_axis *axis, const char *key) {
    if (axis->is_year) {
        int year = 0;
        for (; *key != '\0'; key++)
            year = year * 10 + (*key - '0');
        return (uint32_t)(year - axis->first_year);
    }
    uint32_t i = 0;
    while (i < axis->size && strcmp(axis->axis->values[i], key) != 0)
        i++;
    return i; /* found: the set was checked */
}

static bool on_line(ntm_i_rational *out, const ntm_i_cell *low, const ntm_i_cell *high, uint32_t step, uint32_t steps) {
    ntm_i_rational slope;
    return ntm_i_rational_subtract(&slope, high->value, low->value) &&
           ntm_i_rational_multiply(&slope, slope, ntm_i_rational_int(step)) &&
           ntm_i_rational_divide(&slope, slope, ntm_i_rational_int(steps)) &&
           ntm_i_rational_add(out, low->value, slope);
}

/* Fills the years between known ones, for one combination of the other axes. */
static bool fill_years(ntm_i_cell *cells, uint32_t stride, uint32_t years) {
    uint32_t low = NTM_I_NONE;
    for (uint32_t y = 0; y < years; y++) {
        ntm_i_cell *high = &cells[(size_t)y * stride];
        if (!high->known || high->until != NULL) continue;
        for (uint32_t between = low + 1; low != NTM_I_NONE && between < y; between++) {
            ntm_i_cell *cell = &cells[(size_t)between * stride];
            const ntm_i_cell *start = &cells[(size_t)low * stride];
            if (!on_line(&cell->value, start, high, between - low, y - low)) return false;
            cell->known = true;
            cell->from = start->from;
            cell->until = high->from;
        }
        low = y;
    }
    return true;
}

static bool interpolate(const ntm_plan *plan, const ntm_i_keyspace *space, ntm_i_cell *cells) {
    uint32_t stride = 1, years = 0, year_stride = 1;
    for (uint32_t k = space->axis_count; k-- > 0;) {
        const ntm_i_plan_axis *axis = &plan->axes[space->axes[k]];
        if (axis->is_year) {
            years = axis->size;
            year_stride = stride;
        }
        stride *= axis->size;
    }
    for (uint32_t i = 0; i < space->cells; i++)
        if (i / year_stride % years == 0 && !fill_years(&cells[i], year_stride, years)) return false;
    return true;
}

static ntm_status make_threshold(ntm_plan *plan, uint32_t index, uint64_t *cells_used, ntm_error *err) {
    const ntm_set *set = plan->set;
    const ntm_figure *figure = &set->figures[index];
    uint32_t axes[4];
    for (size_t k = 0; k < figure->axis_count; k++)
        axes[k] = (uint32_t)ntm_i_find_id(set->axes, set->axis_count, sizeof *set->axes, figure->axes[k]);
    uint32_t keyspace = keyspace_for(plan, axes, (uint32_t)figure->axis_count);
    if (keyspace == NTM_I_NONE) return ntm_i_no_memory(err);
    const ntm_i_keyspace space = ntm_i_plan_keyspaces(plan)[keyspace];
    *cells_used += space.cells;
    if (*cells_used > CELLS_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(figure->id),
                          "the figures have more than %u cells, all years between counted", CELLS_MAX);
    /* One cell more than there are: the key of rows whose axis is not known. */
    ntm_i_cell *cells = ntm_i_arena_take(&plan->arena, (size_t)space.cells + 1, sizeof *cells);
    ntm_i_threshold *threshold = cells == NULL ? NULL : ntm_i_array_push(&plan->thresholds);
    if (threshold == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < figure->value_count; i++) {
        uint32_t cell = 0;
        for (uint32_t k = 0; k < space.axis_count; k++)
            cell = cell * plan->axes[axes[k]].size + value_index(&plan->axes[axes[k]], figure->values[i].keys[k]);
        cells[cell] = (ntm_i_cell){true, ntm_i_rational_decimal(figure->values[i].value), &figure->values[i], NULL};
    }
    *threshold = (ntm_i_threshold){index, set->figure_units[index].power, keyspace, cells};
    if (figure->interpolate && !interpolate(plan, &space, cells))
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT(figure->id), "a value between two years does not fit");
    return NTM_OK;
}

ntm_status ntm_i_plan_thresholds_make(ntm_plan *plan, ntm_error *err) {
    uint64_t cells_used = 0;
    for (uint32_t i = 0; i < plan->set->figure_count; i++) {
        ntm_status status = make_threshold(plan, i, &cells_used, err); /* threshold i is figure i; constants follow */
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}

uint32_t ntm_i_plan_constant(ntm_plan *plan, const ntm_node_spec *node, int power) {
    uint32_t keyspace = keyspace_for(plan, NULL, 0);
    ntm_i_cell *cells = ntm_i_arena_take(&plan->arena, 2, sizeof *cells);
    if (keyspace == NTM_I_NONE || cells == NULL) return NTM_I_NONE;
    ntm_i_threshold *threshold = ntm_i_array_push(&plan->thresholds);
    if (threshold == NULL) return NTM_I_NONE;
    cells[0] = (ntm_i_cell){true, ntm_i_rational_decimal(node->value), NULL, NULL};
    *threshold = (ntm_i_threshold){NTM_I_NONE, power, keyspace, cells};
    return (uint32_t)plan->thresholds.count - 1;
}
