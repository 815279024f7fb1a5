/* SPDX-License-Identifier: Apache-2.0 */
/* Which cells of a figure are known, lines between years drawn where the law draws them. */
#include "criteria/figure_cells.h"

#include <stdlib.h>
#include <string.h>

/* The axes of a figure: sizes and steps from one value to the next. */
typedef struct grid {
    const ntm_axis *axes[NTM_I_FIGURE_AXES_MAX];
    size_t sizes[NTM_I_FIGURE_AXES_MAX], steps[NTM_I_FIGURE_AXES_MAX], cells;
    size_t year; /* which axis interpolates; axis_count = none */
} grid;

static grid make_grid(const ntm_set *set, const ntm_figure *figure) {
    grid g = {{NULL}, {0}, {0}, 1, figure->axis_count};
    for (size_t k = figure->axis_count; k-- > 0;) {
        size_t axis = ntm_i_find_id(set->axes, set->axis_count, sizeof *set->axes, figure->axes[k]);
        g.axes[k] = &set->axes[axis];
        g.sizes[k] = g.axes[k]->value_count;
        g.steps[k] = g.cells;
        g.cells *= g.sizes[k];
        if (figure->interpolate && strcmp(figure->axes[k], "year") == 0) g.year = k;
    }
    return g;
}

static size_t cell_of(const grid *g, const ntm_figure *figure, const ntm_figure_value *value) {
    size_t cell = 0;
    for (size_t k = 0; k < figure->axis_count; k++)
        for (size_t i = 0; i < g->sizes[k]; i++)
            if (strcmp(g->axes[k]->values[i], value->keys[k]) == 0) cell += i * g->steps[k];
    return cell;
}

/* A value of the axis year. */
typedef struct year {
    const char *text;
    size_t at;
} year;

static int compare_years(const void *left, const void *right) {
    const year *a = left, *b = right;
    return strcmp(a->text, b->text);
}

/* Years between two that are given stand on the line between them, and are worth what the weaker end is worth. The
   values of the axis are in the order in which they are written; a year is between two by its number. */
static void fill_lines(const grid *g, uint8_t *standing) {
    year years[NTM_I_AXIS_VALUES_MAX];
    uint8_t below[NTM_I_AXIS_VALUES_MAX];
    size_t step = g->steps[g->year], size = g->sizes[g->year];
    for (size_t i = 0; i < size; i++)
        years[i] = (year){g->axes[g->year]->values[i], i};
    qsort(years, size, sizeof *years, compare_years);
    for (size_t base = 0; base < g->cells; base++) {
        uint8_t last = 0;
        if (base / step % size != 0) continue; /* no line begins there */
        for (size_t i = 0; i < size; i++) {
            uint8_t own = standing[base + years[i].at * step];
            below[i] = last;
            if (own != 0) last = own;
        }
        last = 0;
        for (size_t i = size; i-- > 0;) {
            uint8_t *own = &standing[base + years[i].at * step];
            if (*own != 0)
                last = *own;
            else if (below[i] != 0 && last != 0)
                *own = below[i] > last ? below[i] : last;
        }
    }
}

size_t ntm_i_figure_cells(const ntm_set *set, const ntm_figure *figure) { return make_grid(set, figure).cells; }

size_t ntm_i_figure_standings(uint8_t standing[NTM_I_FIGURE_CELLS_MAX], const ntm_set *set, const ntm_figure *figure) {
    grid g = make_grid(set, figure);
    memset(standing, 0, g.cells);
    for (size_t i = 0; i < figure->value_count; i++) {
        const ntm_figure_value *value = &figure->values[i];
        ntm_standing own =
            value->citation.standing != NTM_ABSENT ? value->citation.standing : figure->citation.standing;
        standing[cell_of(&g, figure, value)] = (uint8_t)(own == NTM_CITED ? NTM_CITED : NTM_UNVERIFIED);
    }
    if (g.year < figure->axis_count) fill_lines(&g, standing);
    for (size_t cell = 0; cell < g.cells; cell++)
        if (standing[cell] == 0) standing[cell] = NTM_ABSENT;
    return g.cells;
}
