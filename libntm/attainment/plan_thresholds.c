/* SPDX-License-Identifier: Apache-2.0 */
/* Figures as tables over the plan's axes, lines between years drawn where the law draws them. */
#include <string.h>

#include "attainment/plan.h"
#include "base/error.h"

/* A year axis may be far longer filled than written; a file must not be able to ask for endless memory that way. */
#define CELLS_MAX 1000000u

/* How many cells figures over these axes have; more than CELLS_MAX for any number that is too large. */
static uint64_t cells_over(const ntm_i_plan_axis *const *axes, size_t axis_count) {
    uint64_t cells = 1;
    for (size_t k = 0; k < axis_count && cells <= CELLS_MAX; k++)
        cells *= axes[k]->size;
    return cells;
}

static uint32_t keyspace_for(ntm_plan *plan, const uint32_t *axes, uint32_t axis_count, uint32_t cells) {
    for (uint32_t i = 0; i < plan->keyspaces.count; i++) {
        const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(plan)[i];
        if (space->axis_count == axis_count &&
            (axis_count == 0 || memcmp(space->axes, axes, axis_count * sizeof *axes) == 0))
            return i;
    }
    ntm_i_keyspace *space = ntm_i_array_push(&plan->keyspaces);
    if (space == NULL) return NTM_I_NONE;
    space->axis_count = axis_count;
    space->cells = cells;
    for (uint32_t k = 0; k < axis_count; k++)
        space->axes[k] = axes[k];
    return (uint32_t)plan->keyspaces.count - 1;
}

/* The place of a key on an axis; its size or more for one that the axis of this set does not have. */
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

/* A figure's axes, and what it says at each of their places. */
typedef struct grid {
    const ntm_i_plan_axis *axes[4];
    size_t axis_count;
    uint32_t size;
    ntm_i_cell *cells; /* one more than `size`: the key of rows whose axis is not known */
} grid;

static bool interpolate(grid *g) {
    uint32_t stride = 1, years = 0, year_stride = 1;
    for (size_t k = g->axis_count; k-- > 0;) {
        if (g->axes[k]->is_year) {
            years = g->axes[k]->size;
            year_stride = stride;
        }
        stride *= g->axes[k]->size;
    }
    for (uint32_t i = 0; i < g->size; i++)
        if (i / year_stride % years == 0 && !fill_years(&g->cells[i], year_stride, years)) return false;
    return true;
}

static ntm_status too_many_cells(const ntm_figure *figure, ntm_error *err) {
    return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(figure->id),
                      "the figures have more than %u cells, all years between counted", CELLS_MAX);
}

/* The figure over its set's own axes, lines drawn. */
static ntm_status fill_grid(ntm_plan *plan, grid *g, const ntm_figure *figure, uint64_t *cells_used, ntm_error *err) {
    uint64_t cells = cells_over(g->axes, g->axis_count);
    *cells_used += cells;
    if (*cells_used > CELLS_MAX) return too_many_cells(figure, err);
    g->size = (uint32_t)cells;
    g->cells = ntm_i_arena_take(&plan->arena, (size_t)g->size + 1, sizeof *g->cells);
    if (g->cells == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < figure->value_count; i++) {
        uint32_t cell = 0; /* its keys are on its axes: the set was checked */
        for (size_t k = 0; k < figure->axis_count; k++)
            cell = cell * g->axes[k]->size + value_index(g->axes[k], figure->values[i].keys[k]);
        g->cells[cell] = (ntm_i_cell){true, ntm_i_rational_decimal(figure->values[i].value), &figure->values[i], NULL};
    }
    if (figure->interpolate && !interpolate(g))
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT(figure->id), "a value between two years does not fit");
    return NTM_OK;
}

static ntm_status add_threshold(ntm_plan *plan, const ntm_figure *figure, int power, const uint32_t *axes,
                                const grid *g, ntm_error *err) {
    uint32_t keyspace = keyspace_for(plan, axes, (uint32_t)g->axis_count, g->size);
    ntm_i_threshold *threshold = keyspace == NTM_I_NONE ? NULL : ntm_i_array_push(&plan->thresholds);
    if (threshold == NULL) return ntm_i_no_memory(err);
    *threshold = (ntm_i_threshold){figure, power, keyspace, g->cells};
    return NTM_OK;
}

/* The plan's axes of a figure's names; another set's figure may go by one that this set does not have. */
static ntm_status find_axes(const ntm_plan *plan, grid *g, uint32_t axes[4], const ntm_figure *figure, ntm_error *err) {
    const ntm_set *set = plan->set;
    *g = (grid){.axis_count = figure->axis_count};
    for (size_t k = 0; k < figure->axis_count; k++) {
        size_t axis = ntm_i_find_id(set->axes, set->axis_count, sizeof *set->axes, figure->axes[k]);
        if (axis == SIZE_MAX)
            return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(set->about.id),
                              "the figure \"%s\" of another set goes by the axis \"%s\", which this set does not have",
                              figure->id, figure->axes[k]);
        axes[k] = (uint32_t)axis;
        g->axes[k] = &plan->axes[axis];
    }
    return NTM_OK;
}

static ntm_status make_threshold(ntm_plan *plan, size_t index, uint64_t *cells_used, ntm_error *err) {
    const ntm_set *set = plan->set;
    const ntm_figure *figure = &set->figures[index];
    uint32_t axes[4];
    grid g;
    ntm_status status = find_axes(plan, &g, axes, figure, err);
    if (status == NTM_OK) status = fill_grid(plan, &g, figure, cells_used, err);
    if (status == NTM_OK) status = add_threshold(plan, figure, set->figure_units[index].power, axes, &g, err);
    return status;
}

/* ------------------------------------------------------------------------------------------- figures of other sets */

/* The place on one axis that means the same as a place on another; `to`'s size or more when there is none. */
static uint32_t same_place(const ntm_i_plan_axis *to, const ntm_i_plan_axis *from, uint32_t place) {
    if (!to->is_year) return value_index(to, from->axis->values[place]);
    int year = from->first_year + (int)place;
    return year < to->first_year ? to->size : (uint32_t)(year - to->first_year);
}

/* What the other set's grid says at every place of this set's axes; nothing where it has no such place. */
static ntm_status copy_cells(ntm_plan *plan, grid *own, const grid *theirs, const ntm_figure *figure,
                             uint64_t *cells_used, ntm_error *err) {
    uint64_t cells = cells_over(own->axes, own->axis_count);
    *cells_used += cells;
    if (*cells_used > CELLS_MAX) return too_many_cells(figure, err);
    own->size = (uint32_t)cells;
    own->cells = ntm_i_arena_take(&plan->arena, (size_t)own->size + 1, sizeof *own->cells);
    uint32_t *places[4] = {NULL};
    for (size_t k = 0; k < own->axis_count; k++) {
        places[k] = ntm_i_arena_take(&plan->arena, own->axes[k]->size, sizeof *places[k]);
        for (uint32_t i = 0; places[k] != NULL && i < own->axes[k]->size; i++)
            places[k][i] = same_place(theirs->axes[k], own->axes[k], i);
        if (places[k] == NULL) return ntm_i_no_memory(err);
    }
    if (own->cells == NULL) return ntm_i_no_memory(err);
    for (uint32_t i = 0; i < own->size; i++) {
        uint32_t rest = i, cell = 0, stride = 1;
        bool inside = true;
        for (size_t k = own->axis_count; k-- > 0; rest /= own->axes[k]->size) {
            uint32_t place = places[k][rest % own->axes[k]->size];
            inside = inside && place < theirs->axes[k]->size;
            cell += inside ? place * stride : 0;
            stride *= theirs->axes[k]->size;
        }
        if (inside) own->cells[i] = theirs->cells[cell];
    }
    return NTM_OK;
}

/* The other figure is laid out over its own set's axes first: its lines run between its own years. */
static ntm_status make_other(ntm_plan *plan, const ntm_set *other, size_t index, uint64_t *cells_used, ntm_error *err) {
    const ntm_figure *figure = &other->figures[index];
    ntm_i_plan_axis their_axes[4];
    uint32_t axes[4];
    grid own, theirs = {.axis_count = figure->axis_count};
    ntm_status status = find_axes(plan, &own, axes, figure, err);
    for (size_t k = 0; k < figure->axis_count && status == NTM_OK; k++) {
        size_t axis = ntm_i_find_id(other->axes, other->axis_count, sizeof *other->axes, figure->axes[k]);
        memset(&their_axes[k], 0, sizeof their_axes[k]);
        theirs.axes[k] = &their_axes[k];
        status = ntm_i_axis_start(&their_axes[k], &other->axes[axis], 0, err);
    }
    if (status == NTM_OK) status = fill_grid(plan, &theirs, figure, cells_used, err);
    if (status == NTM_OK) status = copy_cells(plan, &own, &theirs, figure, cells_used, err);
    if (status == NTM_OK) status = add_threshold(plan, figure, other->figure_units[index].power, axes, &own, err);
    return status;
}

/* A figure_of whose set the caller gave: its threshold. Without that set it is an input column. */
static ntm_status find_other(ntm_plan *plan, ntm_node node, uint64_t *cells_used, ntm_error *err) {
    const ntm_node_spec *spec = &plan->set->nodes[node - 1];
    const ntm_set *other = NULL;
    for (size_t i = 0; i < plan->other_count && other == NULL; i++)
        if (strcmp(plan->others[i]->about.id, spec->label) == 0) other = plan->others[i];
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
    ntm_status status = make_other(plan, other, figure, cells_used, err);
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
        status = make_threshold(plan, i, &cells_used, err);
    for (size_t i = 0; i < set->node_count && status == NTM_OK; i++) {
        plan->node_threshold[i] = NTM_I_NONE;
        if (set->nodes[i].kind == NTM_FIGURE_OF) status = find_other(plan, (ntm_node)i + 1, &cells_used, err);
    }
    return status;
}

uint32_t ntm_i_plan_constant(ntm_plan *plan, const ntm_node_spec *node, int power) {
    uint32_t keyspace = keyspace_for(plan, NULL, 0, 1);
    ntm_i_cell *cells = ntm_i_arena_take(&plan->arena, 2, sizeof *cells);
    if (keyspace == NTM_I_NONE || cells == NULL) return NTM_I_NONE;
    ntm_i_threshold *threshold = ntm_i_array_push(&plan->thresholds);
    if (threshold == NULL) return NTM_I_NONE;
    cells[0] = (ntm_i_cell){true, ntm_i_rational_decimal(node->value), NULL, NULL};
    *threshold = (ntm_i_threshold){NULL, power, keyspace, cells};
    return (uint32_t)plan->thresholds.count - 1;
}
