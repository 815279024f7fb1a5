/* SPDX-License-Identifier: Apache-2.0 */
/* How much of a set is read, recalled, absent, left to others. */
#include <string.h>

#include "catalogue/catalogue.h"
#include "criteria/figure_cells.h"

static void count(ntm_standing_tally *tally, ntm_standing standing) {
    if (standing == NTM_CITED)
        tally->cited++;
    else if (standing == NTM_UNVERIFIED)
        tally->unverified++;
    else
        tally->absent++;
}

static void count_cells(ntm_standing_tally *tally, const ntm_set *set, const ntm_figure *figure) {
    uint8_t standing[NTM_I_FIGURE_CELLS_MAX];
    size_t cells = ntm_i_figure_standings(standing, set, figure);
    for (size_t cell = 0; cell < cells; cell++) {
        if (standing[cell] == NTM_ABSENT && figure->delegated_to != NULL)
            tally->delegated++;
        else
            count(tally, (ntm_standing)standing[cell]);
    }
}

/* ------------------------------------------------------------------------------------------- statements */

/* What one part of a statement rests on: the layer it came from, or the statement's citation. `above` stands in for a
   statement without sources: an indicator rests on its criterion's. */
static ntm_standing part_standing(const ntm_set *set, const ntm_citation *own, const ntm_citation *above,
                                  uint16_t layer) {
    const ntm_i_laid *laid = set->laid;
    if (layer > 0 && laid != NULL && layer <= laid->layer_count && laid->layers[layer - 1].standing != 0)
        return laid->layers[layer - 1].standing;
    if (own->standing == NTM_UNVERIFIED && laid == NULL) return NTM_UNVERIFIED;
    return own->source_count > 0 || (above != NULL && above->source_count > 0) ? NTM_CITED : NTM_UNVERIFIED;
}

typedef struct statement {
    const ntm_names *name;
    bool has_rule; /* or nobody asks for one */
    bool asks_rule;
    const ntm_citation *citation, *above;
    const ntm_i_origin *origin;
} statement;

static void count_statement(ntm_standings *out, const ntm_set *set, const statement *s) {
    bool vi = s->name->vi != NULL, named = vi || s->name->en != NULL;
    count(&out->names,
          named ? part_standing(set, s->citation, s->above, vi ? s->origin->vi : s->origin->en) : NTM_ABSENT);
    if (s->asks_rule)
        count(&out->rules, s->has_rule ? part_standing(set, s->citation, s->above, s->origin->rule) : NTM_ABSENT);
}

static void count_all(ntm_standings *out, const ntm_set *set) {
    for (size_t i = 0; i < set->figure_count; i++)
        count_cells(&out->cells, set, &set->figures[i]);
    for (size_t i = 0; i < set->criterion_count; i++) {
        const ntm_criterion *c = &set->criteria[i];
        /* A criterion that its indicators decide has a rule that nobody has to write. */
        statement s = {&c->name,     c->rule != 0, c->rule != 0 || c->indicator_count == 0,
                       &c->citation, NULL,         &set->criterion_origins[i]};
        count_statement(out, set, &s);
        for (size_t k = c->first_indicator; k < c->first_indicator + c->indicator_count; k++) {
            const ntm_indicator *row = &set->indicators[k];
            statement r = {&row->name, row->rule != 0, true, &row->citation, &c->citation, &set->indicator_origins[k]};
            count_statement(out, set, &r);
        }
    }
    for (size_t i = 0; i < set->precondition_count; i++) {
        const ntm_precondition *p = &set->preconditions[i];
        statement s = {&p->name, p->rule != 0, true, &p->citation, NULL, &set->precondition_origins[i]};
        count_statement(out, set, &s);
    }
}

ntm_status ntm_set_standings(ntm_standings *out, const ntm_set *set, ntm_error *err) {
    if (out == NULL || set == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a set and a place for the counts are needed");
    ntm_standings counted;
    memset(&counted, 0, sizeof counted);
    count_all(&counted, set);
    *out = counted;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- the catalogue */

/* Of unverified overlays of one set, the one whose id comes next after `last`; the same whatever the order of files. */
static const ntm_overlay *next_recalled(const ntm_catalogue *catalogue, const char *of, const char *last) {
    const ntm_overlay *next = NULL;
    for (size_t i = 0; i < catalogue->overlays.count; i++) {
        const ntm_overlay *o = ((const ntm_i_overlay_entry *)catalogue->overlays.items)[i].overlay;
        if (o->layer.standing == NTM_UNVERIFIED && strcmp(o->of, of) == 0 &&
            (last == NULL || strcmp(o->layer.id, last) > 0) &&
            (next == NULL || strcmp(o->layer.id, next->layer.id) < 0))
            next = o;
    }
    return next;
}

/* The set as published, with what is only recalled of it where it is absent. */
static ntm_status count_set(ntm_standings *out, const ntm_catalogue *catalogue, const ntm_set *base, ntm_error *err) {
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    const ntm_overlay *overlay = NULL;
    const ntm_set *set = base;
    ntm_set *made = NULL;
    options.allocator = &catalogue->allocator;
    const char *id = base->about.id;
    while ((overlay = next_recalled(catalogue, id, overlay == NULL ? NULL : overlay->layer.id)) != NULL) {
        ntm_set *above = NULL;
        ntm_status status = ntm_set_overlay(&above, set, overlay, &options, err);
        ntm_set_free(made);
        if (status != NTM_OK) return status;
        set = made = above;
    }
    count_all(out, set);
    ntm_set_free(made);
    return NTM_OK;
}

ntm_status ntm_catalogue_status(ntm_standings *out, const ntm_catalogue *catalogue, const char *id, ntm_error *err) {
    if (out == NULL || catalogue == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a catalogue and a place for the counts are needed");
    ntm_standings counted;
    bool found = false;
    memset(&counted, 0, sizeof counted);
    for (size_t i = 0; i < catalogue->sets.count; i++) {
        const ntm_set *set = ((const ntm_i_set_entry *)catalogue->sets.items)[i].set;
        if (id != NULL && strcmp(set->about.id, id) != 0) continue;
        found = true;
        ntm_status status = count_set(&counted, catalogue, set, err);
        if (status != NTM_OK) return status;
    }
    if (id != NULL && !found)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(id), "there is no set of this id in the catalogue");
    *out = counted;
    return NTM_OK;
}
