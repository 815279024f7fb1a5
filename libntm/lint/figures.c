/* SPDX-License-Identifier: Apache-2.0 */
/* Figures: sources, holes, who sets them, the general figure, and the signs that they are used with. */
#include <string.h>

#include "criteria/figure_cells.h"
#include "lint/linting.h"

static void look_at_source(ntm_i_linting *l, const ntm_figure *figure, const ntm_place *place) {
    if (figure->citation.standing != NTM_ABSENT) return;
    if (figure->has_general)
        ntm_i_find(l->to, NTM_I_FIGURE_WITHOUT_SOURCE, place, NULL, "figure \"%s\" has a general figure and no source",
                   figure->id);
    else if (figure->value_count == 0)
        ntm_i_find(l->to, NTM_I_FIGURE_WITHOUT_SOURCE, place, NULL,
                   "figure \"%s\" has no value, and no source that says that it exists", figure->id);
}

/* The cells without a value, by name. */
static void look_at_holes(ntm_i_linting *l, const ntm_figure *figure, const ntm_place *place) {
    const ntm_set *set = l->set;
    uint8_t standing[NTM_I_FIGURE_CELLS_MAX];
    const ntm_axis *axes[NTM_I_FIGURE_AXES_MAX];
    if (figure->value_count == 0 || figure->value_count == ntm_i_figure_cells(set, figure)) return;
    size_t cells = ntm_i_figure_standings(standing, set, figure);
    for (size_t k = 0; k < figure->axis_count; k++)
        axes[k] = &set->axes[ntm_i_find_id(set->axes, set->axis_count, sizeof *set->axes, figure->axes[k])];
    ntm_i_names_list holes = {0};
    for (size_t cell = 0; cell < cells && !l->to->failed; cell++) {
        const char *keys[NTM_I_FIGURE_AXES_MAX];
        size_t rest = cell;
        if (standing[cell] != NTM_ABSENT) continue;
        for (size_t k = figure->axis_count; k-- > 0; rest /= axes[k]->value_count)
            keys[k] = axes[k]->values[rest % axes[k]->value_count];
        ntm_i_list_add_cell(l, &holes, figure->axis_count, keys);
    }
    if (holes.count > 0)
        ntm_i_find(l->to, NTM_I_FIGURE_HOLES, place, NULL, "figure \"%s\": %zu of %zu cells are known; absent: %s",
                   figure->id, cells - holes.count, cells, ntm_i_list_text(&holes));
}

static void look_at_delegation(ntm_i_linting *l, const ntm_figure *figure, const ntm_place *place) {
    if (figure->delegated_to == NULL) return;
    size_t own = 0;
    for (size_t i = 0; i < figure->value_count; i++)
        own += figure->values[i].citation.overlay == NULL;
    if (own > 0)
        ntm_i_find(l->to, NTM_I_DELEGATED_WITH_VALUE, place, NULL,
                   "figure \"%s\" is left to \"%s\" and has %zu value%s all the same", figure->id, figure->delegated_to,
                   own, own == 1 ? "" : "s");
}

static void look_at_general(ntm_i_linting *l, const ntm_figure *figure, const ntm_place *place) {
    if (!figure->has_general || figure->value_count == 0) return;
    ntm_decimal least = figure->values[0].value, most = least;
    for (size_t i = 0; i < figure->value_count; i++) {
        ntm_decimal value = figure->values[i].value;
        if (ntm_decimal_compare(value, figure->general) == 0) return;
        if (ntm_decimal_compare(value, least) < 0) least = value;
        if (ntm_decimal_compare(value, most) > 0) most = value;
    }
    char general[48], low[48], high[48];
    (void)ntm_decimal_format(general, sizeof general, figure->general, NTM_LOCALE_PLAIN);
    (void)ntm_decimal_format(low, sizeof low, least, NTM_LOCALE_PLAIN);
    (void)ntm_decimal_format(high, sizeof high, most, NTM_LOCALE_PLAIN);
    ntm_i_find(
        l->to, NTM_I_GENERAL_NO_CELL, place, NULL,
        "figure \"%s\": the general figure %s is that of none of the %zu known cells, which lie between %s and %s",
        figure->id, general, figure->value_count, low, high);
}

/* The first rules that use a figure as a floor and as a ceiling, with and without the figure itself. "At least" in one
   rule and "below" in another part a range in two and are no contradiction; "at least" and "at most" are. */
typedef struct uses {
    ntm_node by[NTM_MORE + 1]; /* by sign, seen from the quantity */
} uses;

static void note_use(const ntm_i_linting *l, uses *of_figure, ntm_node at) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    if (node->kind != NTM_COMPARE || l->stands[at - 1].against || l->stands[at - 1].in_ladder) return;
    for (size_t side = 0; side < 2; side++) {
        if (ntm_i_node(l, node->of[side])->kind != NTM_FIGURE) continue;
        ntm_comparison sign = side == 1 ? node->compare : (ntm_comparison)(NTM_LESS + NTM_MORE - node->compare);
        ntm_node *first = &of_figure[l->set->info[node->of[side] - 1].target].by[sign];
        if (*first == 0) *first = at;
    }
}

static void look_at_signs(ntm_i_linting *l) {
    const ntm_set *set = l->set;
    uses *of_figure = ntm_i_lint_take(l, set->figure_count, sizeof *of_figure);
    if (of_figure == NULL) return;
    for (ntm_node at = 1; at <= set->node_count; at++)
        note_use(l, of_figure, at);
    for (size_t i = 0; i < set->figure_count; i++) {
        bool strict = of_figure[i].by[NTM_MORE] != 0 && of_figure[i].by[NTM_LESS] != 0;
        ntm_node floor = of_figure[i].by[strict ? NTM_MORE : NTM_MORE_OR_EQUAL];
        ntm_node ceiling = of_figure[i].by[strict ? NTM_LESS : NTM_LESS_OR_EQUAL];
        if (floor == 0 || ceiling == 0) continue;
        ntm_place place = ntm_i_place_of_node(l, ceiling), other = ntm_i_place_of_node(l, floor);
        ntm_i_find(l->to, NTM_I_FIGURE_BOTH_SIGNS, &place, &other,
                   "figure \"%s\" is a ceiling (%s) here and a floor (%s) there", set->figures[i].id,
                   ntm_i_sign(strict ? NTM_LESS : NTM_LESS_OR_EQUAL),
                   ntm_i_sign(strict ? NTM_MORE : NTM_MORE_OR_EQUAL));
    }
}

void ntm_i_lint_figures(ntm_i_linting *l) {
    for (size_t i = 0; i < l->set->figure_count && !l->to->failed; i++) {
        const ntm_figure *figure = &l->set->figures[i];
        ntm_place place = ntm_i_place_with(l, "figures", figure->id, &l->set->figure_origins[i]);
        look_at_source(l, figure, &place);
        look_at_holes(l, figure, &place);
        look_at_delegation(l, figure, &place);
        look_at_general(l, figure, &place);
    }
    look_at_signs(l);
}
