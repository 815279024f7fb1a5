/* SPDX-License-Identifier: Apache-2.0 */
/* Axes and figures, of the set itself and of the sets that it looks figures up in. */
#include "model.h"

#include <stdio.h>
#include <string.h>

const char *const model_regions[MODEL_REGIONS] = {"BTB", "DBSH", "TN", "DNB", "TDMNPB", "DBSCL"};
const char *const model_classes[MODEL_CLASSES] = {"I", "II", "III", "IV"};
const char *const model_years[MODEL_YEARS] = {"2014", "2015", "2016", "2017", "2018",
                                              "2019", "2020", "2021", "2022", "2023"};

static const char *const axes[AXIS_END] = {"region", "class", "year"};
static const char *const *const names[AXIS_END] = {model_regions, model_classes, model_years};
static const int sizes[AXIS_END] = {MODEL_REGIONS, MODEL_CLASSES, MODEL_YEARS};

/* Which values of each axis there are, as bits. */
typedef struct extent {
    uint32_t of[AXIS_END];
} extent;

static const extent own_axes = {{0xf, 0x7, 0xfc}};
static const extent own_cells = {{0x7, 0x7, 0xfc}}; /* nothing was read for the last region */

static void axis(model *m, kit *k, int which, uint32_t values) {
    const char *list[MODEL_YEARS];
    size_t count = 0;
    for (int at = 0; at < sizes[which]; at++)
        if ((values & 1u << at) != 0) list[count++] = names[which][at];
    if (model_below(m, 2) == 0) model_shuffle(m, list, count);
    kit_axis(k, axes[which], list, count);
}

void model_axes(model *m) {
    for (int which = 0; which < AXIS_END; which++)
        axis(m, &m->kit, which, own_axes.of[which]);
}

/* Draws the cells that are known, and writes them with their keys in the order of `by`. */
static size_t cells(model *m, mfigure *f, const extent *there, const int *by, size_t by_count,
                    const char *keys[][AXIS_END], ntm_figure_value *out, uint64_t end) {
    int at[AXIS_END];
    size_t count = 0;
    for (at[0] = 0; at[0] < (f->by[0] ? MODEL_REGIONS : 1); at[0]++)
        for (at[1] = 0; at[1] < (f->by[1] ? MODEL_CLASSES : 1); at[1]++)
            for (at[2] = 0; at[2] < (f->by[2] ? MODEL_YEARS : 1); at[2]++) {
                int64_t *cell = &f->cells[at[0]][at[1]][at[2]];
                bool absent = model_below(m, f->by[AXIS_YEAR] ? 3 : 6) == 0;
                *cell = INT64_MIN;
                for (int which = 0; which < AXIS_END; which++)
                    if (f->by[which] && (there->of[which] & 1u << at[which]) == 0) absent = true;
                if (absent) continue;
                *cell = (int64_t)model_below(m, end);
                for (size_t key = 0; key < by_count; key++)
                    keys[count][key] = names[by[key]][at[by[key]]];
                out[count] = (ntm_figure_value){keys[count], {*cell, 0}, kit_absent};
                count++;
            }
    return count;
}

static void figure(model *m, kit *k, mfigure *f, const extent *there, const char *id, const char *unit, uint64_t end) {
    enum { CELLS = MODEL_REGIONS * MODEL_CLASSES * MODEL_YEARS };
    static const char *keys[CELLS][AXIS_END];
    static ntm_figure_value values[CELLS];
    const char *list[AXIS_END];
    int by[AXIS_END];
    ntm_figure spec;
    memset(&spec, 0, sizeof spec);
    size_t turn = (size_t)model_below(m, AXIS_END);
    for (size_t at = 0; at < AXIS_END; at++) {
        int which = (int)((at + turn) % AXIS_END);
        if (!f->by[which]) continue;
        by[spec.axis_count] = which;
        list[spec.axis_count++] = axes[which];
    }
    spec.id = id;
    spec.unit = unit;
    spec.axes = list;
    spec.values = values;
    spec.value_count = cells(m, f, there, by, spec.axis_count, keys, values, end);
    spec.interpolate = f->interpolate;
    spec.citation = kit_cited;
    kit_figure_spec(k, &spec);
}

/* The three figures: % by region, km by year on a line, households by both; now and then by class, too. */
void model_figures(model *m) {
    static const char *const ids[MODEL_FIGURES] = {"f-share", "f-road", "f-households"};
    static const char *const units[MODEL_FIGURES] = {"%", "km", "household"};
    static const int exponents[MODEL_FIGURES] = {-2, 3, 0};
    for (int which = 0; which < MODEL_FIGURES; which++) {
        mfigure *f = &m->figures[which];
        f->by[AXIS_REGION] = which != 1;
        f->by[AXIS_CLASS] = model_below(m, 3) == 0;
        f->by[AXIS_YEAR] = which != 0;
        f->interpolate = f->by[AXIS_YEAR] && (which == 1 || model_below(m, 2) == 0);
        f->exponent = exponents[which];
        figure(m, &m->kit, f, &own_cells, ids[which], units[which], which == 0 ? 101 : 12);
    }
}

/* A set with the same, fewer or more values of each axis, and its units at other scales now and then. */
static void other(model *m, int which) {
    static const char *const sets[MODEL_OTHERS] = {"near", "far"};
    static const char *const ids[MODEL_FIGURES] = {"o-share", "o-road", "o-households"};
    static const char *const units[MODEL_FIGURES][2] = {{"%", "1"}, {"km", "m"}, {"household", "hộ"}};
    static const int exponents[MODEL_FIGURES][2] = {{-2, 0}, {3, 0}, {0, 0}};
    static const uint64_t ends[MODEL_FIGURES][2] = {{101, 3}, {12, 12000}, {12, 12}};
    kit *k = &m->others[which];
    ntm_set_spec spec = kit_spec();
    extent there = own_axes;
    spec.id = sets[which];
    kit_start_spec(k, &spec, NULL);
    for (int at = 0; at < AXIS_END; at++) {
        uint32_t all = (1u << sizes[at]) - 1;
        if (model_below(m, 3) == 0) there.of[at] = all;
        if (model_below(m, 3) == 0) there.of[at] = 1 + (uint32_t)model_below(m, all);
        axis(m, k, at, there.of[at]);
    }
    for (int at = 0; at < MODEL_FIGURES; at++) {
        mfigure *f = &m->other_figures[which][at];
        size_t scale = (size_t)model_below(m, 2);
        for (int by = 0; by < AXIS_END; by++)
            f->by[by] = model_below(m, 2) == 0;
        f->interpolate = f->by[AXIS_YEAR] && model_below(m, 2) == 0;
        f->exponent = exponents[at][scale];
        figure(m, k, f, &there, ids[at], units[at][scale], ends[at][scale]);
    }
    kit_fact(k, "n", NTM_KIND_COUNT, "household");
    kit_criterion(k, "1", k_compare(k, k_fact(k, "n"), NTM_MORE, k_number(k, "0", "household")));
    (void)kit_done(k);
}

void model_others(model *m) {
    for (int at = 0; at < MODEL_OTHERS; at++) {
        other(m, at);
        m->given[at] = model_below(m, 3) != 0;
        if (m->given[at]) m->given_sets[m->given_count++] = m->others[at].set;
    }
}
