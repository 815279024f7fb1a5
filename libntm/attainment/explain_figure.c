/* SPDX-License-Identifier: Apache-2.0 */
/* Explaining a figure: the cell that holds for the row, the axes that chose it, and where it was read. */
#include <stdio.h>
#include <string.h>

#include "attainment/explain.h"

/* The axes that chose the cell; while it is open which column holds, each that could, by " / ". */
static char *axes_text(ntm_i_explainer *e, uint32_t keyspace, size_t possibility) {
    const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(e->plan)[keyspace];
    uint32_t key = ntm_i_key_of_row(e->x.run, keyspace, e->x.row, possibility), stride = space->cells;
    char *text = NULL;
    for (uint32_t k = 0; k < space->axis_count && key < space->cells; k++) {
        const ntm_i_plan_axis *axis = &e->plan->axes[space->axes[k]];
        stride /= axis->size;
        uint32_t place = key / stride % axis->size;
        char year[16];
        (void)snprintf(year, sizeof year, "%d", axis->first_year + (int)place);
        char *part = ntm_i_explain_text(e, "%s=%s", axis->axis->id, axis->is_year ? year : axis->axis->values[place]);
        text = text == NULL || part == NULL ? part : ntm_i_explain_text(e, "%s, %s", text, part);
    }
    return text;
}

static void write_axes(ntm_i_explainer *e, ntm_i_step *step, uint32_t threshold) {
    uint32_t keyspace = ntm_i_plan_thresholds(e->plan)[threshold].keyspace;
    size_t count = ntm_i_possibilities(e->x.run, keyspace, e->x.row);
    char *text = axes_text(e, keyspace, 0);
    for (size_t i = 1; i < count && text != NULL; i++) {
        char *other = axes_text(e, keyspace, i);
        if (other != NULL && strcmp(other, text) != 0) text = ntm_i_explain_text(e, "%s / %s", text, other);
    }
    step->view.axes = text;
}

static const ntm_citation *citation_of(const ntm_figure *figure, const ntm_figure_value *value) {
    return value != NULL && value->citation.standing != NTM_ABSENT ? &value->citation : &figure->citation;
}

/* A value on a line between two years rests on both ends: all their sources, and the weaker standing. */
static void cite_cell(ntm_i_explainer *e, ntm_i_step *step, const ntm_figure *figure, const ntm_i_cell *cell) {
    const ntm_citation *low = citation_of(figure, cell == NULL ? NULL : cell->from);
    step->view.citation = ntm_i_explain_citation(e, low);
    if (cell == NULL || cell->until == NULL) return;
    const ntm_citation *high = citation_of(figure, cell->until);
    size_t count = low->source_count + high->source_count;
    const char **sources = ntm_i_arena_take(&e->out->arena, count, sizeof *sources);
    if (sources == NULL) e->failed = true;
    for (size_t i = 0; sources != NULL && i < count; i++)
        sources[i] =
            ntm_i_explain_copy(e, i < low->source_count ? low->sources[i] : high->sources[i - low->source_count]);
    step->view.citation.sources = sources;
    step->view.citation.source_count = sources == NULL ? 0 : count;
    if (high->standing == NTM_UNVERIFIED) step->view.citation.standing = NTM_UNVERIFIED;
}

/* Whether none of the columns that could hold has the figure: then it is not the column that is wanting. */
static bool nowhere(ntm_i_explainer *e, uint32_t threshold, size_t possibilities) {
    for (size_t i = 0; i < possibilities; i++) {
        bool unknown = false;
        if (ntm_i_exact_cell(&e->x, threshold, i, &unknown) != NULL || unknown) return false;
    }
    return true;
}

/* Why there is no value, or that nobody wrote it; nothing for one that was written. */
static void write_labels(ntm_i_explainer *e, ntm_i_step *step, const ntm_figure *figure, const ntm_i_cell *cell) {
    const char *vi = "", *en = "";
    if (cell == NULL && figure->delegated_to != NULL) {
        vi = ntm_i_explain_text(e, " (giao %s quy định)%s", figure->delegated_to, "");
        en = ntm_i_explain_text(e, " (left to %s)%s", figure->delegated_to, "");
    } else if (cell == NULL && figure->has_general) {
        char general[48];
        (void)ntm_decimal_format(general, sizeof general, figure->general, NTM_LOCALE_VI);
        vi = ntm_i_explain_text(e, " (chỉ tiêu chung: %s)%s", general, "");
        (void)ntm_decimal_format(general, sizeof general, figure->general, NTM_LOCALE_EN);
        en = ntm_i_explain_text(e, " (general figure: %s)%s", general, "");
    } else if (cell != NULL && cell->until != NULL) {
        vi = " (nội suy giữa hai năm)";
        en = " (on a line between two years)";
    }
    if (vi != NULL) step->view.label_vi = ntm_i_explain_text(e, "ngưỡng %s%s", figure->id, vi);
    if (en != NULL) step->view.label_en = ntm_i_explain_text(e, "threshold %s%s", figure->id, en);
}

void ntm_i_explain_figure(ntm_i_explainer *e, size_t at, uint32_t threshold) {
    const ntm_i_threshold *t = &ntm_i_plan_thresholds(e->plan)[threshold];
    const ntm_figure *figure = t->figure;
    bool unknown = false;
    const ntm_i_cell *cell = ntm_i_exact_cell(&e->x, threshold, 0, &unknown);
    ntm_i_step *step = ntm_i_explain_step(e, at);
    size_t possibilities = ntm_i_possibilities(e->x.run, t->keyspace, e->x.row);
    bool several = possibilities > 1 && !nowhere(e, threshold, possibilities);
    bool known = ntm_i_is_finite(step->least) && ntm_i_rational_compare(step->least, step->most) == 0;
    step->view.reason = several        ? (known ? NTM_REASON_NONE : NTM_REASON_SCOPE_OPEN)
                        : cell != NULL ? NTM_REASON_NONE
                        : unknown      ? NTM_REASON_AXIS_UNKNOWN
                                       : NTM_REASON_FIGURE_ABSENT;
    write_axes(e, step, threshold);
    cite_cell(e, step, figure, cell);
    write_labels(e, step, figure, cell);
}
