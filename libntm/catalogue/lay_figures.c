/* SPDX-License-Identifier: Apache-2.0 */
/* Laying an overlay: cells for figures of the set that have none there, and new figures. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "catalogue/lay.h"

/* The keys of a cell as one text, to look cells up by. */
static const char *join_keys(ntm_i_reader *reader, const ntm_figure *figure, const ntm_figure_value *value) {
    size_t size = 1;
    for (size_t k = 0; k < figure->axis_count; k++)
        size += strlen(value->keys[k]) + 2;
    char *text = ntm_i_reader_take(reader, size, 1);
    size_t at = 0;
    for (size_t k = 0; text != NULL && k < figure->axis_count; k++)
        at += (size_t)snprintf(text + at, size - at, "%s%s", k == 0 ? "" : ", ", value->keys[k]);
    return text;
}

/* The place of a cell in the overlay's file. */
static const ntm_i_yaml *find_cell(const ntm_i_yaml *entry, const ntm_figure *figure, const ntm_figure_value *value) {
    const ntm_i_yaml *at = ntm_i_yaml_get(entry, figure->axis_count > 0 ? "values" : "value");
    for (size_t k = 0; k < figure->axis_count && at != NULL; k++)
        at = ntm_i_yaml_get(at, value->keys[k]);
    return at != NULL ? at : entry;
}

static void complain_about_cell(ntm_i_laying *l, const ntm_i_yaml *at, const ntm_figure *figure,
                                const ntm_figure_value *there, const char *keys) {
    char number[48];
    (void)ntm_decimal_format(number, sizeof number, there->value, NTM_LOCALE_PLAIN);
    const ntm_citation *citation = there->citation.source_count > 0 ? &there->citation : &figure->citation;
    ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, at, "figure \"%s\"%s%s of set \"%s\" is %s already (%s)", figure->id,
                   keys[0] == '\0' ? "" : " for ", keys, l->base->about.id, number,
                   citation->overlay != NULL    ? citation->overlay
                   : citation->source_count > 0 ? citation->sources[0]
                                                : "no source");
}

/* What a cell rests on: itself, or what the overlay says about the whole figure. */
static bool cite_cell(ntm_i_laying *l, ntm_figure_value *value, const ntm_citation *entry, const ntm_i_yaml *at) {
    if (value->citation.overlay == NULL)
        value->citation = *entry;
    else if (value->citation.note == NULL)
        value->citation.note = entry->note;
    if (value->citation.standing == NTM_ABSENT && entry->standing != NTM_ABSENT) {
        value->citation.standing = entry->standing;
        value->citation.sources = entry->sources;
        value->citation.source_count = entry->source_count;
    }
    if (value->citation.standing != NTM_ABSENT) return true;
    ntm_i_complain(l->reader, NTM_ERROR_SCHEMA, at, "a cited overlay names the source of each figure");
    return false;
}

typedef struct taken {
    const char *keys;
} taken;

/* All cells of the base's figure and the new ones that find their place empty. */
static void join_cells(ntm_i_laying *l, ntm_figure *figure, const ntm_figure *added, const ntm_citation *citation,
                       const ntm_i_yaml *entry) {
    ntm_i_reader *reader = l->reader;
    size_t count = figure->value_count;
    ntm_figure_value *all = ntm_i_reader_take(reader, count + added->value_count, sizeof *all);
    taken *keys = ntm_i_reader_take(reader, count, sizeof *keys);
    ntm_i_index index;
    if (all == NULL || keys == NULL) return;
    for (size_t i = 0; i < count; i++) {
        all[i] = figure->values[i];
        keys[i].keys = join_keys(reader, figure, &all[i]);
    }
    if (reader->out_of_memory || !ntm_i_index_make(&index, &reader->arena, keys, count, sizeof *keys)) {
        reader->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < added->value_count; i++) {
        ntm_figure_value *value = &all[count];
        *value = added->values[i];
        const char *own = join_keys(reader, figure, value);
        if (own == NULL) return;
        size_t there = ntm_i_index_find(&index, own);
        const ntm_i_yaml *at = find_cell(entry, figure, value);
        if (there != SIZE_MAX)
            complain_about_cell(l, at, figure, &figure->values[there], own);
        else if (cite_cell(l, value, citation, at))
            count++;
    }
    figure->values = all;
    figure->value_count = count;
}

static void fill_figure(ntm_i_laying *l, ntm_figure *figure, const ntm_i_yaml *entry) {
    static const char *const keys[] = {"value", "values",  NTM_I_CITATION_KEYS, "unit",
                                       "axes",  "general", "interpolate",       "delegated_to"};
    enum { OWN = 2 + NTM_I_CITATION_COUNT, ALL = OWN + 5 };
    const ntm_i_yaml *at[ALL];
    if (!ntm_i_read_keys(l->reader, entry, keys, ALL, at)) return;
    for (size_t i = OWN; i < ALL; i++)
        if (at[i] != NULL)
            ntm_i_complain(
                l->reader, NTM_ERROR_CONFLICT, at[i]->key,
                "set \"%s\" has a figure \"%s\" already: an overlay gives it only value, values, source, note",
                l->base->about.id, figure->id);
    ntm_citation citation = {0};
    ntm_i_read_citation(l->reader, &citation, at + 2);
    ntm_figure added = {.id = figure->id, .axes = figure->axes, .axis_count = figure->axis_count};
    if (at[0] == NULL && at[1] == NULL)
        ntm_i_complain(l->reader, NTM_ERROR_SCHEMA, entry->key, "nothing is filled in: a value is wanted");
    ntm_i_read_cells(l->reader, &added, at[0], at[1]);
    if (!l->reader->out_of_memory) join_cells(l, figure, &added, &citation, entry);
}

static void add_new_figures(ntm_i_laying *l, const ntm_i_index *known) {
    ntm_i_reader *reader = l->reader;
    const ntm_i_yaml *section = l->overlay->at[NTM_I_OVERLAY_FIGURES];
    const ntm_i_yaml *entry = section != NULL ? section->first : NULL;
    for (; entry != NULL && !reader->out_of_memory; entry = entry->next) {
        if (ntm_i_index_find(known, entry->key->text) != SIZE_MAX) continue;
        if (ntm_i_yaml_get(entry, "unit") == NULL) {
            ntm_i_complain(reader, NTM_ERROR_NOT_FOUND, entry->key,
                           "set \"%s\" has no figure \"%.*s\"; a new one is written whole, with its unit",
                           l->base->about.id, ntm_i_shown(entry->key->text, entry->key->size), entry->key->text);
            continue;
        }
        ntm_figure figure;
        memset(&figure, 0, sizeof figure);
        ntm_i_read_figure(reader, &figure, entry);
        ntm_error err = NTM_ERROR_INIT;
        ntm_i_reader_at(reader, entry->key);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_figure(reader->builder, &figure, &err), &err)) return;
    }
}

void ntm_i_lay_figures(ntm_i_laying *l) {
    const ntm_set *base = l->base;
    ntm_i_reader *reader = l->reader;
    ntm_i_lay_section section;
    ntm_i_index known;
    if (!ntm_i_lay_open(l, &section, NTM_I_OVERLAY_FIGURES)) return;
    if (!ntm_i_index_make(&known, &reader->arena, base->figures, base->figure_count, sizeof *base->figures)) {
        reader->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < base->figure_count && !reader->out_of_memory; i++) {
        ntm_figure figure = base->figures[i];
        const ntm_i_yaml *entry = ntm_i_lay_entry(&section, figure.id);
        ntm_set_builder_at(reader->builder, 0, 0);
        if (entry != NULL) {
            ntm_i_reader_at(reader, entry->key);
            fill_figure(l, &figure, entry);
        }
        ntm_error err = NTM_ERROR_INIT;
        if (!ntm_i_reader_went_well(reader, ntm_set_add_figure(reader->builder, &figure, &err), &err)) return;
    }
    add_new_figures(l, &known);
}
