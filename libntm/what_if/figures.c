/* SPDX-License-Identifier: Apache-2.0 */
/* A set with other figures: the same parts, built again. */
#include <stdio.h>
#include <string.h>

#include "base/hint.h"
#include "column/cells.h"
#include "criteria/figure_cells.h"
#include "criteria/index.h"
#include "criteria/set.h"
#include <ntm/what_if.h>

#define NOTE "asked about (what if), not law"

/* The cells of one figure, the last axis fastest, and which change each of them gets. */
typedef struct grid {
    const ntm_figure *figure;
    const ntm_axis *axes[NTM_I_FIGURE_AXES_MAX];
    size_t sizes[NTM_I_FIGURE_AXES_MAX];
    size_t cells;
} grid;

typedef struct asker {
    const ntm_set *set;
    const ntm_figure_change *changes;
    size_t count;
    uint32_t *heads; /* by figure: its last change, from 1; 0 for none */
    uint32_t *next;  /* by change: the one before it of the same figure */
    ntm_i_arena arena;
    ntm_i_cells report; /* collects the problems */
    ntm_set_builder *builder;
} asker;

/* ------------------------------------------------------------------------------------------- which cells */

static grid grid_of(const ntm_set *set, const ntm_figure *figure) {
    grid g = {figure, {NULL}, {0}, 1};
    for (size_t k = 0; k < figure->axis_count; k++) {
        size_t axis = ntm_i_find_id(set->axes, set->axis_count, sizeof *set->axes, figure->axes[k]);
        g.axes[k] = &set->axes[axis];
        g.sizes[k] = set->axes[axis].value_count;
        g.cells *= g.sizes[k];
    }
    return g;
}

static size_t place_on(const ntm_axis *axis, const char *value) {
    for (size_t i = 0; i < axis->value_count; i++)
        if (strcmp(axis->values[i], value) == 0) return i;
    return SIZE_MAX;
}

static size_t place_in(const grid *g, size_t cell, size_t k) {
    for (size_t j = g->figure->axis_count; j-- > k + 1;)
        cell /= g->sizes[j];
    return cell % g->sizes[k];
}

/* The one place of each axis that a change names, SIZE_MAX for all; false after complaining. */
static bool named_places(asker *a, const grid *g, const ntm_figure_change *change, size_t only[NTM_I_FIGURE_AXES_MAX]) {
    char hint[NTM_I_HINT_SIZE];
    const ntm_figure *figure = g->figure;
    for (size_t k = 0; k < NTM_I_FIGURE_AXES_MAX; k++)
        only[k] = SIZE_MAX;
    for (size_t i = 0; i < change->axis_count; i++) {
        const ntm_axis_value *named = &change->axes[i];
        size_t k = 0;
        if (named->axis == NULL || named->value == NULL) {
            ntm_i_cells_complain(&a->report, NTM_ERROR_ARGUMENT, figure->id, SIZE_MAX, "an axis or its value is NULL");
            return false;
        }
        while (k < figure->axis_count && strcmp(figure->axes[k], named->axis) != 0)
            k++;
        size_t place = k == figure->axis_count ? SIZE_MAX : place_on(g->axes[k], named->value);
        if (k == figure->axis_count)
            ntm_i_cells_complain(&a->report, NTM_ERROR_NOT_FOUND, figure->id, SIZE_MAX,
                                 "the figure has no axis \"%s\"%s", named->axis,
                                 ntm_i_hint(hint, named->axis, figure->axes, figure->axis_count));
        else if (place == SIZE_MAX)
            ntm_i_cells_complain(&a->report, NTM_ERROR_NOT_FOUND, figure->id, SIZE_MAX, "axis %s has no value \"%s\"%s",
                                 named->axis, named->value,
                                 ntm_i_hint(hint, named->value, g->axes[k]->values, g->sizes[k]));
        else if (only[k] != SIZE_MAX)
            ntm_i_cells_complain(&a->report, NTM_ERROR_CONFLICT, figure->id, SIZE_MAX, "axis %s is named twice",
                                 named->axis);
        else
            only[k] = place;
        if (place == SIZE_MAX || only[k] != place) return false;
    }
    return true;
}

/* Writes "region=BTB, year=2020" for a message. */
static const char *cell_text(char buffer[128], const grid *g, size_t cell) {
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t k = 0; k < g->figure->axis_count && used < 128; k++)
        used += (size_t)snprintf(buffer + used, 128 - used, "%s%s=%s", k == 0 ? ": " : ", ", g->axes[k]->id,
                                 g->axes[k]->values[place_in(g, cell, k)]);
    return buffer;
}

/* Claims the cells of a change: claims[cell] is its number, from 1. */
static void claim(asker *a, const grid *g, size_t number, size_t *claims) {
    const ntm_figure_change *change = &a->changes[number];
    size_t only[NTM_I_FIGURE_AXES_MAX];
    char text[128];
    if (!named_places(a, g, change, only)) return;
    size_t first = 0, run = g->cells; /* axes named from the first on leave one run of cells */
    for (size_t k = 0; k < g->figure->axis_count && only[k] != SIZE_MAX; k++) {
        run /= g->sizes[k];
        first += only[k] * run;
    }
    for (size_t cell = first; cell < first + run; cell++) {
        bool here = true;
        for (size_t k = 0; k < g->figure->axis_count; k++)
            here = here && (only[k] == SIZE_MAX || only[k] == place_in(g, cell, k));
        if (!here) continue;
        if (claims[cell] != 0) {
            ntm_i_cells_complain(&a->report, NTM_ERROR_CONFLICT, g->figure->id, SIZE_MAX, "two changes for one cell%s",
                                 cell_text(text, g, cell));
            return;
        }
        claims[cell] = number + 1;
    }
}

/* ------------------------------------------------------------------------------------------- new figures */

static const ntm_citation changed_citation = {NTM_UNVERIFIED, NULL, 0, NOTE, NTM_WHAT_IF_OVERLAY};

/* The figure with the claimed cells changed; false for want of memory. */
static bool changed_figure(asker *a, const grid *g, const size_t *claims, ntm_figure *out) {
    size_t count = 0, axes = g->figure->axis_count;
    ntm_figure_value *values = ntm_i_arena_take(&a->arena, g->cells, sizeof *values);
    const char **keys = ntm_i_arena_take(&a->arena, g->cells * axes, sizeof *keys);
    if (values == NULL || keys == NULL) return false;
    for (size_t i = 0; i < g->figure->value_count; i++) {
        size_t cell = 0;
        for (size_t k = 0; k < axes; k++)
            cell = cell * g->sizes[k] + place_on(g->axes[k], g->figure->values[i].keys[k]);
        if (claims[cell] == 0) values[count++] = g->figure->values[i];
    }
    for (size_t cell = 0; cell < g->cells; cell++) {
        if (claims[cell] == 0 || a->changes[claims[cell] - 1].absent) continue;
        const char **own = keys + cell * axes;
        for (size_t k = 0; k < axes; k++)
            own[k] = g->axes[k]->values[place_in(g, cell, k)];
        values[count++] = (ntm_figure_value){own, a->changes[claims[cell] - 1].value, changed_citation};
    }
    *out = *g->figure;
    out->values = values;
    out->value_count = count;
    return true;
}

/* A figure's changes; false for want of memory. */
static bool change_figure(asker *a, size_t index, ntm_figure *out) {
    grid g = grid_of(a->set, &a->set->figures[index]);
    size_t *claims = NULL;
    *out = *g.figure;
    for (uint32_t at = a->heads[index]; at != 0; at = a->next[at - 1]) {
        if (claims == NULL) claims = ntm_i_arena_take(&a->arena, g.cells, sizeof *claims);
        if (claims == NULL) return false;
        claim(a, &g, at - 1, claims);
    }
    return claims == NULL || changed_figure(a, &g, claims, out);
}

/* Nearness is looked for while somebody may read it. */
static const char *hint_of(const asker *a, char buffer[NTM_I_HINT_SIZE], const char *text, const char *const *words,
                           size_t count) {
    buffer[0] = '\0';
    return a->report.problem_count < 200 ? ntm_i_hint(buffer, text, words, count) : buffer;
}

/* The figure of a change that is whole; SIZE_MAX after complaining. */
static size_t figure_of(asker *a, const ntm_i_index *index, const char *const *ids, size_t number) {
    const ntm_figure_change *change = &a->changes[number];
    char hint[NTM_I_HINT_SIZE];
    ntm_i_unit unit;
    if (change->figure == NULL || (change->axis_count > 0 && change->axes == NULL) ||
        (!change->absent && change->value.scale > NTM_SCALE_MAX)) {
        ntm_i_cells_complain(&a->report, NTM_ERROR_ARGUMENT, change->figure == NULL ? "" : change->figure, SIZE_MAX,
                             "change %zu: the figure or its axes are NULL, or the value has too many digits", number);
        return SIZE_MAX;
    }
    size_t at = ntm_i_index_find(index, change->figure);
    if (at == SIZE_MAX) {
        ntm_i_cells_complain(&a->report, NTM_ERROR_NOT_FOUND, change->figure, SIZE_MAX,
                             "set \"%s\" has no such figure%s", a->set->about.id,
                             hint_of(a, hint, change->figure, ids, a->set->figure_count));
        return SIZE_MAX;
    }
    const ntm_i_unit *own = &a->set->figure_units[at];
    if (change->unit == NULL ||
        (ntm_i_unit_parse(&unit, change->unit) && ntm_i_unit_same(&unit, own) && unit.power == own->power))
        return at;
    const char *text = a->set->figures[at].unit;
    ntm_i_cells_complain(&a->report, NTM_ERROR_UNIT, change->figure, SIZE_MAX,
                         "the figure is in %s, the change in \"%s\"", text == NULL ? "plain numbers" : text,
                         change->unit);
    return SIZE_MAX;
}

/* Gives each figure the list of its changes. False for want of memory. */
static bool sort_changes(asker *a) {
    size_t figures = a->set->figure_count;
    const char **ids = ntm_i_arena_take(&a->arena, figures, sizeof *ids);
    ntm_i_index index;
    a->heads = ntm_i_arena_take(&a->arena, figures, sizeof *a->heads);
    a->next = ntm_i_arena_take(&a->arena, a->count, sizeof *a->next);
    if (ids == NULL || a->heads == NULL || a->next == NULL ||
        !ntm_i_index_make(&index, &a->arena, a->set->figures, figures, sizeof *a->set->figures))
        return false;
    for (size_t i = 0; i < figures; i++)
        ids[i] = a->set->figures[i].id;
    for (size_t i = 0; i < a->count; i++) {
        size_t figure = figure_of(a, &index, ids, i);
        if (figure == SIZE_MAX) continue;
        a->next[i] = a->heads[figure];
        a->heads[figure] = (uint32_t)i + 1;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------- the set */

static ntm_status start(asker *a, const ntm_allocator *allocator, ntm_error *err) {
    ntm_set_spec about = a->set->about;
    const char **overlays = ntm_i_arena_take(&a->arena, about.overlay_count + 1, sizeof *overlays);
    if (overlays == NULL) return ntm_i_no_memory(err);
    bool marked = false;
    for (size_t i = 0; i < about.overlay_count; i++) {
        overlays[i] = about.overlays[i];
        marked = strcmp(overlays[i], NTM_WHAT_IF_OVERLAY) == 0;
    }
    if (!marked) overlays[about.overlay_count++] = NTM_WHAT_IF_OVERLAY;
    about.overlays = overlays;
    return ntm_set_builder_new(&a->builder, &about, a->set->file, NULL, allocator, err);
}

/* Adds all things of one sort as they are, each where it stands in its file. */
#define ADD_ALL(a, status, noun, items, item_count, places, err)                                                       \
    for (size_t i = 0; (status) == NTM_OK && i < (a)->set->item_count; i++) {                                          \
        const ntm_i_position *at_ = (places);                                                                          \
        ntm_set_builder_at((a)->builder, at_ == NULL ? 0 : at_[i].line, at_ == NULL ? 0 : at_[i].column);              \
        (status) = ntm_set_add_##noun((a)->builder, &(a)->set->items[i], err);                                         \
    }

static ntm_status add_figures(asker *a, ntm_error *err) {
    ntm_status status = NTM_OK;
    for (size_t i = 0; i < a->set->figure_count && status == NTM_OK; i++) {
        ntm_figure figure;
        if (!change_figure(a, i, &figure)) return ntm_i_no_memory(err);
        ntm_set_builder_at(a->builder, a->set->at.figures[i].line, a->set->at.figures[i].column);
        status = ntm_set_add_figure(a->builder, &figure, err);
    }
    return status;
}

/* Nodes stand below one another in order, so that each gets the number that it had. */
static ntm_status add_nodes(asker *a, ntm_error *err) {
    ntm_status status = NTM_OK;
    for (size_t i = 0; i < a->set->node_count && status == NTM_OK; i++) {
        ntm_node node = 0;
        ntm_set_builder_at(a->builder, 0, 0);
        status = ntm_set_add_node(&node, a->builder, &a->set->nodes[i], err);
    }
    return status;
}

static ntm_status add_criteria(asker *a, ntm_error *err) {
    const ntm_set *set = a->set;
    ntm_status status = NTM_OK;
    for (size_t i = 0; i < set->criterion_count && status == NTM_OK; i++) {
        const ntm_criterion *criterion = &set->criteria[i];
        ntm_set_builder_at(a->builder, set->at.criteria[i].line, set->at.criteria[i].column);
        status = ntm_set_add_criterion(a->builder, criterion, err);
        for (size_t k = 0; k < criterion->indicator_count && status == NTM_OK; k++) {
            size_t at = criterion->first_indicator + k;
            ntm_set_builder_at(a->builder, set->at.indicators[at].line, set->at.indicators[at].column);
            status = ntm_set_add_indicator(a->builder, &set->indicators[at], err);
        }
    }
    return status;
}

static ntm_status build(ntm_set **out, asker *a, const ntm_allocator *allocator, ntm_error *err) {
    const ntm_set *set = a->set;
    if (!sort_changes(a)) return ntm_i_no_memory(err);
    ntm_status status = start(a, allocator, err);
    if (status == NTM_OK) status = add_figures(a, err);
    if (status == NTM_OK) status = ntm_i_cells_status(&a->report, err);
    ADD_ALL(a, status, source, sources, source_count, set->at.sources, err)
    ADD_ALL(a, status, axis, axes, axis_count, set->at.axes, err)
    ADD_ALL(a, status, dimension, dimensions, dimension_count, (const ntm_i_position *)NULL, err)
    ADD_ALL(a, status, fact, facts, fact_count, set->at.facts, err)
    if (status == NTM_OK) status = add_nodes(a, err);
    if (status == NTM_OK) status = add_criteria(a, err);
    ADD_ALL(a, status, precondition, preconditions, precondition_count, set->at.preconditions, err)
    ADD_ALL(a, status, value, values, value_count, set->at.values, err)
    ADD_ALL(a, status, scope, scopes, scope_count, set->at.scopes, err)
    ADD_ALL(a, status, recogniser, recognisers, recogniser_count, (const ntm_i_position *)NULL, err)
    ADD_ALL(a, status, counterpart, counterparts, counterpart_count, set->at.counterparts, err)
    if (status == NTM_OK) status = ntm_set_add_rules(a->builder, set->status, set->revocation, set->grade, err);
    return status == NTM_OK ? ntm_set_builder_finish(out, a->builder, err) : status;
}

ntm_status ntm_set_what_if(ntm_set **out, const ntm_set *set, const ntm_figure_change *changes, size_t count,
                           ntm_problems *problems, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || set == NULL || (changes == NULL && count > 0) || !ntm_i_allocator_usable(allocator))
        return ntm_i_wrong_call(err, "a place for the set, a set and whole changes are needed");
    if (count >= UINT32_MAX) return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "2^32 changes or more");
    asker a = {.set = set, .changes = changes, .count = count};
    ntm_i_arena_start(&a.arena, allocator);
    a.report = (ntm_i_cells){&a.arena, problems, NULL, NTM_ERROR_INIT, 0, false};
    ntm_status status = build(out, &a, allocator, err);
    ntm_set_builder_free(a.builder);
    ntm_i_arena_end(&a.arena);
    return status;
}
