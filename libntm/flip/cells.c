/* SPDX-License-Identifier: Apache-2.0 */
/* Which cells of a figure move. */
#include <string.h>

#include "base/error.h"
#include "base/hint.h"
#include "flip/flips.h"

typedef struct chooser {
    const ntm_plan *plan;
    const ntm_figure *figure;
    const ntm_i_keyspace *space;
    uint32_t only[4]; /* the one place of an axis that is named, or NTM_I_NONE for all */
    ntm_error *err;
} chooser;

static const ntm_i_plan_axis *axis_of(const chooser *c, size_t k) { return &c->plan->axes[c->space->axes[k]]; }

/* Whether a year is one of the axis's, and not only between two of them. */
static bool is_written(const ntm_i_plan_axis *axis, uint32_t place) {
    for (size_t i = 0; i < axis->axis->value_count; i++)
        if (ntm_i_year_place(axis, axis->axis->values[i], strlen(axis->axis->values[i])) == place) return true;
    return false;
}

static ntm_status no_value(const chooser *c, const ntm_axis_value *named, const ntm_axis *axis) {
    char hint[NTM_I_HINT_SIZE];
    return ntm_i_fail(c->err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(c->figure->id), "axis %s has no value \"%s\"%s",
                      axis->id, named->value, ntm_i_hint(hint, named->value, axis->values, axis->value_count));
}

static ntm_status choose(chooser *c, const ntm_axis_value *named) {
    char hint[NTM_I_HINT_SIZE];
    size_t k = 0;
    if (named->axis == NULL || named->value == NULL)
        return ntm_i_fail(c->err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(c->figure->id), "an axis or its value is NULL");
    while (k < c->figure->axis_count && strcmp(c->figure->axes[k], named->axis) != 0)
        k++;
    if (k == c->figure->axis_count)
        return ntm_i_fail(c->err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(c->figure->id), "the figure has no axis \"%s\"%s",
                          named->axis, ntm_i_hint(hint, named->axis, c->figure->axes, c->figure->axis_count));
    if (c->only[k] != NTM_I_NONE)
        return ntm_i_fail(c->err, NTM_ERROR_CONFLICT, NTM_I_SUBJECT(c->figure->id), "axis %s is named twice",
                          named->axis);
    const ntm_i_plan_axis *axis = axis_of(c, k);
    if (axis->is_year) {
        uint32_t place = ntm_i_year_place(axis, named->value, strlen(named->value));
        if (place >= axis->size || (!c->figure->interpolate && !is_written(axis, place)))
            return no_value(c, named, axis->axis);
        c->only[k] = place;
        return NTM_OK;
    }
    for (uint32_t i = 0; i < axis->size && c->only[k] == NTM_I_NONE; i++)
        if (strcmp(axis->axis->values[i], named->value) == 0) c->only[k] = i;
    return c->only[k] != NTM_I_NONE ? NTM_OK : no_value(c, named, axis->axis);
}

/* A year that is only between two others has a number of its own where the figure draws lines, and none elsewhere. */
static bool moves(const chooser *c, size_t k, uint32_t place) {
    if (c->only[k] != NTM_I_NONE) return place == c->only[k];
    const ntm_i_plan_axis *axis = axis_of(c, k);
    return !axis->is_year || c->figure->interpolate || is_written(axis, place);
}

ntm_status ntm_i_flips_cells(const uint8_t **out, const ntm_plan *plan, uint32_t figure,
                             const ntm_flips_options *options, ntm_i_arena *arena, ntm_error *err) {
    const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(plan)[ntm_i_plan_thresholds(plan)[figure].keyspace];
    chooser c = {plan, &plan->set->figures[figure], space, {NTM_I_NONE, NTM_I_NONE, NTM_I_NONE, NTM_I_NONE}, err};
    for (size_t i = 0; i < options->axis_count; i++) {
        ntm_status status = choose(&c, &options->axes[i]);
        if (status != NTM_OK) return status;
    }
    uint8_t *cells = ntm_i_arena_take(arena, (size_t)space->cells + 1, 1);
    if (cells == NULL) return ntm_i_no_memory(err);
    memset(cells, 1, space->cells); /* the one behind the last is that of rows without a cell */
    uint32_t stride = 1;
    for (size_t k = space->axis_count; k-- > 0; stride *= axis_of(&c, k)->size)
        for (uint32_t place = 0; place < axis_of(&c, k)->size; place++) {
            if (moves(&c, k, place)) continue;
            for (uint32_t key = 0; key < space->cells; key++)
                if (key / stride % axis_of(&c, k)->size == place) cells[key] = 0;
        }
    *out = cells;
    return NTM_OK;
}
