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

/* The place of a key on an axis; its size or more for one that it does not have, as another set's figure may. */
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
    return i;
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

/* The cells of a figure over the axes of the plan's set. What the figure says of values that no unit of the set can have
   is left out. */
static void fill_cells(const ntm_plan *plan, const ntm_figure *figure, const uint32_t *axes, ntm_i_cell *cells) {
    for (size_t i = 0; i < figure->value_count; i++) {
        uint32_t cell = 0;
        bool inside = true;
        for (size_t k = 0; k < figure->axis_count; k++) {
            const ntm_i_plan_axis *axis = &plan->axes[axes[k]];
            uint32_t place = value_index(axis, figure->values[i].keys[k]);
            inside = inside && place < axis->size;
            cell = cell * axis->size + place;
        }
        if (inside)
            cells[cell] = (ntm_i_cell){true, ntm_i_rational_decimal(figure->values[i].value), &figure->values[i], NULL};
    }
}

static ntm_status make_threshold(ntm_plan *plan, const ntm_figure *figure, int power, uint64_t *cells_used,
                                 ntm_error *err) {
    const ntm_set *set = plan->set;
    uint32_t axes[4];
    for (size_t k = 0; k < figure->axis_count; k++) {
        size_t axis = ntm_i_find_id(set->axes, set->axis_count, sizeof *set->axes, figure->axes[k]);
        if (axis == SIZE_MAX)
            return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(set->about.id),
                              "the figure \"%s\" of another set goes by the axis \"%s\", which this set does not have",
                              figure->id, figure->axes[k]);
        axes[k] = (uint32_t)axis;
    }
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
    fill_cells(plan, figure, axes, cells);
    *threshold = (ntm_i_threshold){figure, power, keyspace, cells};
    if (figure->interpolate && !interpolate(plan, &space, cells))
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT(figure->id), "a value between two years does not fit");
    return NTM_OK;
}

/* A figure_of whose set the caller gave: its threshold. Without that set it is an input column. */
static ntm_status find_other(ntm_plan *plan, ntm_node node, uint64_t *cells_used, ntm_error *err) {
    const ntm_node_spec *spec = &plan->set->nodes[node - 1];
    const ntm_set *other = NULL;
    for (size_t i = 0; i < plan->other_count && other == NULL; i++)
        if (plan->others[i] != NULL && strcmp(plan->others[i]->about.id, spec->label) == 0) other = plan->others[i];
    if (other == NULL) return NTM_OK;
    size_t figure = ntm_set_find_figure(other, spec->name);
    if (figure == SIZE_MAX)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(plan->set->about.id),
                          "set \"%s\" has no figure \"%s\"", spec->label, spec->name);
    const ntm_i_unit *unit = &other->figure_units[figure];
    if (!ntm_i_unit_same(unit, &plan->set->info[node - 1].unit))
        return ntm_i_fail(err, NTM_ERROR_UNIT, NTM_I_SUBJECT(plan->set->about.id),
                          "figure \"%s\" of set \"%s\" is in %s, and read in %s", spec->name, spec->label,
                          other->figures[figure].unit == NULL ? "a plain number" : other->figures[figure].unit,
                          spec->unit == NULL ? "a plain number" : spec->unit);
    ntm_status status = make_threshold(plan, &other->figures[figure], unit->power, cells_used, err);
    if (status == NTM_OK) plan->node_threshold[node - 1] = (uint32_t)plan->thresholds.count - 1;
    return status;
}

/* Threshold i is figure i; figures of other sets follow, then constants. */
ntm_status ntm_i_plan_thresholds_make(ntm_plan *plan, ntm_error *err) {
    const ntm_set *set = plan->set;
    uint64_t cells_used = 0;
    ntm_status status = NTM_OK;
    plan->node_threshold = ntm_i_arena_take(&plan->arena, set->node_count, sizeof *plan->node_threshold);
    if (plan->node_threshold == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < set->figure_count && status == NTM_OK; i++)
        status = make_threshold(plan, &set->figures[i], set->figure_units[i].power, &cells_used, err);
    for (size_t i = 0; i < set->node_count && status == NTM_OK; i++) {
        plan->node_threshold[i] = NTM_I_NONE;
        if (set->nodes[i].kind == NTM_FIGURE_OF) status = find_other(plan, (ntm_node)i + 1, &cells_used, err);
    }
    return status;
}

uint32_t ntm_i_plan_constant(ntm_plan *plan, const ntm_node_spec *node, int power) {
    uint32_t keyspace = keyspace_for(plan, NULL, 0);
    ntm_i_cell *cells = ntm_i_arena_take(&plan->arena, 2, sizeof *cells);
    if (keyspace == NTM_I_NONE || cells == NULL) return NTM_I_NONE;
    ntm_i_threshold *threshold = ntm_i_array_push(&plan->thresholds);
    if (threshold == NULL) return NTM_I_NONE;
    cells[0] = (ntm_i_cell){true, ntm_i_rational_decimal(node->value), NULL, NULL};
    *threshold = (ntm_i_threshold){NULL, power, keyspace, cells};
    return (uint32_t)plan->thresholds.count - 1;
}
