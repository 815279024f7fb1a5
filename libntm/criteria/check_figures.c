/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of figures: their axes, cells and sources. */
#include <string.h>

#include "criteria/builder.h"
#include "criteria/figure_cells.h"

#define FIGURES_MAX 10000

static size_t key_index(const ntm_axis *axis, const char *key) {
    for (size_t i = 0; i < axis->value_count; i++)
        if (key != NULL && axis->values[i] != NULL && strcmp(axis->values[i], key) == 0) return i;
    return SIZE_MAX;
}

/* The number of the cell that the keys name, or SIZE_MAX after a complaint. */
static size_t cell_of(ntm_set_builder *builder, const ntm_figure *figure, const ntm_figure_value *value,
                      const size_t *axes, ntm_i_position at) {
    const ntm_axis *all = builder->axes.items.items;
    size_t cell = 0;
    for (size_t k = 0; k < figure->axis_count; k++) {
        size_t index = key_index(&all[axes[k]], value->keys[k]);
        if (index == SIZE_MAX) {
            ntm_i_builder_complain(builder, NTM_ERROR_NOT_FOUND, at, "figure \"%s\": axis %s has no value \"%s\"",
                                   figure->id, figure->axes[k], value->keys[k] == NULL ? "" : value->keys[k]);
            return SIZE_MAX;
        }
        cell = cell * all[axes[k]].value_count + index;
    }
    return cell;
}

/* place[cell] is the number of the value there, from 1; 0 where there is none. */
static bool check_values(ntm_set_builder *builder, const ntm_figure *figure, const size_t *axes, uint16_t *place,
                         ntm_i_position at) {
    bool good = true;
    for (size_t i = 0; i < figure->value_count; i++) {
        const ntm_figure_value *value = &figure->values[i];
        ntm_i_check_citation(builder, &value->citation, at, "figure", figure->id);
        if (value->citation.standing == NTM_ABSENT && figure->citation.standing == NTM_ABSENT)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "figure \"%s\" has a value and no source",
                                   figure->id);
        if (value->value.scale > NTM_SCALE_MAX)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "figure \"%s\": a value has too many digits",
                                   figure->id);
        size_t cell = cell_of(builder, figure, value, axes, at);
        if (cell == SIZE_MAX || place[cell] != 0) good = false;
        if (cell == SIZE_MAX) continue;
        if (place[cell] != 0)
            ntm_i_builder_complain(builder, NTM_ERROR_CONFLICT, at, "figure \"%s\" has two values for one place%s%s",
                                   figure->id, figure->axis_count > 0 ? ": " : "",
                                   figure->axis_count > 0 ? value->keys[0] : "");
        place[cell] = (uint16_t)(i + 1);
    }
    return good;
}

/* Puts the values in the order of their axes: the same table is the same, in whatever order it was written down. */
static bool sort_values(ntm_set_builder *builder, ntm_figure *figure, ntm_i_origin *origin, const uint16_t *place,
                        size_t cells) {
    if (figure->value_count < 2) return true;
    ntm_figure_value *sorted = ntm_i_arena_take(&builder->arena, figure->value_count, sizeof *sorted);
    ntm_i_cell_origin *origins = ntm_i_arena_take(&builder->arena, figure->value_count, sizeof *origins);
    if (sorted == NULL || origins == NULL) return false;
    size_t count = 0;
    for (size_t cell = 0; cell < cells; cell++) {
        if (place[cell] == 0) continue;
        if (origin->cells != NULL) origins[count] = origin->cells[place[cell] - 1];
        sorted[count++] = figure->values[place[cell] - 1];
    }
    figure->values = sorted;
    if (origin->cells != NULL) origin->cells = origins;
    return true;
}

/* Finds the figure's axes and how many cells they span; false after a complaint. */
static bool find_axes(ntm_set_builder *builder, const ntm_figure *figure, size_t *axes, size_t *cells,
                      ntm_i_position at) {
    const ntm_axis *all = builder->axes.items.items;
    bool year = false;
    *cells = 1;
    if (figure->axis_count > NTM_I_FIGURE_AXES_MAX) {
        ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, at, "figure \"%s\" has more than %d axes", figure->id,
                               NTM_I_FIGURE_AXES_MAX);
        return false;
    }
    for (size_t k = 0; k < figure->axis_count; k++) {
        axes[k] = ntm_i_index_find(&builder->axis_index, figure->axes[k]);
        if (axes[k] == SIZE_MAX) {
            ntm_i_builder_complain(builder, NTM_ERROR_NOT_FOUND, at, "figure \"%s\": there is no axis \"%s\"",
                                   figure->id, figure->axes[k] == NULL ? "" : figure->axes[k]);
            return false;
        }
        for (size_t j = 0; j < k; j++)
            if (axes[j] == axes[k]) {
                ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "figure \"%s\" has axis \"%s\" twice", figure->id,
                                       figure->axes[k]);
                return false;
            }
        year = year || strcmp(figure->axes[k], "year") == 0;
        *cells *= all[axes[k]].value_count;
        if (all[axes[k]].value_count == 0) return false; /* already complained about */
        if (*cells > NTM_I_FIGURE_CELLS_MAX) {
            ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, at, "figure \"%s\" has more than %d cells", figure->id,
                                   NTM_I_FIGURE_CELLS_MAX);
            return false;
        }
    }
    if (figure->interpolate && !year)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "figure \"%s\" interpolates and has no axis year",
                               figure->id);
    return true;
}

bool ntm_i_check_figures(ntm_set_builder *builder) {
    ntm_figure *figures = builder->figures.items.items;
    size_t count = builder->figures.items.count;
    bool done = true;
    if (count > FIGURES_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, (ntm_i_position){1, 1}, "more than %d figures", FIGURES_MAX);
    builder->figure_units = ntm_i_arena_take(&builder->arena, count, sizeof *builder->figure_units);
    uint16_t *place = ntm_i_allocate(&builder->allocator, NTM_I_FIGURE_CELLS_MAX, sizeof *place);
    if (builder->figure_units == NULL || place == NULL) {
        ntm_i_release(&builder->allocator, place, NTM_I_FIGURE_CELLS_MAX, sizeof *place);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        ntm_i_position at = ntm_i_thing_at(&builder->figures, i);
        if (!ntm_i_unit_parse(&builder->figure_units[i], figures[i].unit))
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "\"%s\" is no unit", figures[i].unit);
        ntm_i_check_citation(builder, &figures[i].citation, at, "figure", figures[i].id);
        if (figures[i].has_general && figures[i].general.scale > NTM_SCALE_MAX)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "figure \"%s\": a value has too many digits",
                                   figures[i].id);
        size_t axes[NTM_I_FIGURE_AXES_MAX], cells;
        if (!find_axes(builder, &figures[i], axes, &cells, at)) continue;
        memset(place, 0, cells * sizeof *place);
        if (check_values(builder, &figures[i], axes, place, at))
            done = done &&
                   sort_values(builder, &figures[i], (ntm_i_origin *)builder->figures.origins.items + i, place, cells);
    }
    ntm_i_release(&builder->allocator, place, NTM_I_FIGURE_CELLS_MAX, sizeof *place);
    return done;
}
