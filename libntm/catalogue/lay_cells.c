/* SPDX-License-Identifier: Apache-2.0 */
/* Laying an overlay: the cells of one figure. */
#include "catalogue/lay_cells.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* A cell by its keys. */
typedef struct cell_key {
    const char *keys;
} cell_key;

/* What an entry of the overlay says about a figure. */
typedef struct entry_parts {
    const ntm_i_yaml *entry, *general, *delegated, *no_values;
    ntm_citation citation;
    ntm_figure added; /* its cells */
    const ntm_i_cell_origin *origins;
} entry_parts;

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

/* Where a cell of the overlay stands, to complain there. */
static ntm_i_yaml place_of(const ntm_i_cell_origin *origin) {
    return (ntm_i_yaml){.line = origin->line, .column = origin->column};
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

bool ntm_i_lay_figure_start(ntm_i_laying *l, ntm_i_lay_figure *f, ntm_figure *figure, ntm_i_origin *origin) {
    *f = (ntm_i_lay_figure){l, figure, origin, NULL, NULL};
    ntm_i_cell_origin *origins = ntm_i_reader_take(l->reader, figure->value_count, sizeof *origins);
    if (origins == NULL) return false;
    if (origin->cells != NULL) memcpy(origins, origin->cells, figure->value_count * sizeof *origins);
    f->origins = origins;
    return true;
}

/* Reads an entry. False when there is nothing to go on with (reported). */
static bool read_entry(ntm_i_lay_figure *f, entry_parts *out, const ntm_i_yaml *entry, ntm_i_lay_way way) {
    static const char *const keys[] = {"value",       "values",  NTM_I_CITATION_KEYS, "unit",  "axes",
                                       "interpolate", "general", "delegated_to",      "absent"};
    static const char *const words[] = {"values"};
    enum { OWN = 2 + NTM_I_CITATION_COUNT, GENERAL = OWN + 3, DELEGATED, ABSENT, ALL };
    const ntm_i_yaml *at[ALL];
    ntm_i_reader *reader = f->l->reader;
    memset(out, 0, sizeof *out);
    if (!ntm_i_read_keys(reader, entry, keys, ALL, at)) return false;
    size_t before = reader->report.count;
    for (size_t i = OWN; i < (way == NTM_I_LAY_REPLACES ? GENERAL : ALL); i++)
        if (at[i] != NULL)
            ntm_i_complain(
                reader, NTM_ERROR_CONFLICT, at[i]->key,
                "set \"%s\" has a figure \"%s\" already: an overlay gives it only value, values, source, note%s",
                f->l->base->about.id, f->figure->id,
                way == NTM_I_LAY_REPLACES ? ", general, delegated_to, absent" : "");
    out->entry = entry;
    out->general = at[GENERAL];
    out->delegated = at[DELEGATED];
    (void)ntm_i_read_absent(reader, &out->no_values, at[ABSENT], words, 1);
    ntm_i_read_citation(reader, &out->citation, at + 2);
    if (at[0] == NULL && at[1] == NULL && at[GENERAL] == NULL && at[DELEGATED] == NULL && at[ABSENT] == NULL)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, entry->key, "nothing is %s: a value is wanted",
                       way == NTM_I_LAY_FILLS      ? "filled in"
                       : way == NTM_I_LAY_REPLACES ? "replaced"
                                                   : "tightened");
    out->added = (ntm_figure){.id = f->figure->id, .axes = f->figure->axes, .axis_count = f->figure->axis_count};
    ntm_i_read_cells(reader, &out->added, &out->origins, at[0], at[1]);
    return reader->report.count == before && !reader->out_of_memory;
}

/* ------------------------------------------------------------------------------------------- floors */

/* The figure and the keys of a cell, as floors are called. */
static const char *floor_id(ntm_i_reader *reader, const char *figure, const char *keys) {
    size_t size = strlen(figure) + strlen(keys) + 3;
    char *text = ntm_i_reader_take(reader, size, 1);
    if (text != NULL) (void)snprintf(text, size, "%s: %s", figure, keys);
    return text;
}

static bool is_looser(ntm_decimal value, ntm_decimal than, ntm_i_direction direction) {
    int order = ntm_decimal_compare(value, than);
    return direction == NTM_I_HIGHER_IS_STRICTER ? order < 0 : order > 0;
}

static void complain_about_looser(ntm_i_laying *l, const ntm_i_yaml *at, const char *what, ntm_decimal value,
                                  ntm_decimal floor, unsigned layer, uint32_t line, ntm_i_direction direction) {
    char own[48], other[48], where[NTM_I_WHERE_SIZE];
    (void)ntm_decimal_format(own, sizeof own, value, NTM_LOCALE_PLAIN);
    (void)ntm_decimal_format(other, sizeof other, floor, NTM_LOCALE_PLAIN);
    ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, at, "%s: %s is looser than %s of a higher act (%s): %s is stricter",
                   what, own, other, ntm_i_lay_where(where, l, layer, line),
                   direction == NTM_I_HIGHER_IS_STRICTER ? "a higher figure" : "a lower figure");
}

/* Whether a value respects what acts of higher rank had in this place before it was tightened. */
static bool respects_floors(ntm_i_laying *l, const char *id, const char *what, ntm_decimal value,
                            ntm_i_direction direction, const ntm_i_yaml *at) {
    size_t there = ntm_i_index_find(&l->floor_index, id);
    if (there == SIZE_MAX) return true;
    const ntm_i_floor *floor = (const ntm_i_floor *)l->floors.items + there;
    for (size_t i = 0; i + 1 < (size_t)l->overlay->rank; i++)
        if (floor->by[i].there && is_looser(value, floor->by[i].value, direction)) {
            complain_about_looser(l, at, what, value, floor->by[i].value, floor->by[i].layer, floor->by[i].line,
                                  direction);
            return false;
        }
    return true;
}

static void keep_floor(ntm_i_laying *l, const char *id, ntm_decimal value, const ntm_i_cell_origin *origin) {
    unsigned rank = ntm_i_lay_rank(l, origin->layer);
    size_t there = ntm_i_index_find(&l->floor_index, id);
    ntm_i_floor *floor = there == SIZE_MAX ? ntm_i_array_push(&l->floors) : (ntm_i_floor *)l->floors.items + there;
    if (floor == NULL) {
        l->reader->out_of_memory = true;
        return;
    }
    floor->id = id;
    floor->by[rank - 1].there = true;
    floor->by[rank - 1].value = value;
    floor->by[rank - 1].layer = origin->layer;
    floor->by[rank - 1].line = origin->line;
}

/* What an act says anew is its own figure: what it, or acts below it, had tightened before is no floor any more. */
static void forget_floors(ntm_i_laying *l, const char *id) {
    size_t there = ntm_i_index_find(&l->floor_index, id);
    if (there == SIZE_MAX) return;
    ntm_i_floor *floor = (ntm_i_floor *)l->floors.items + there;
    for (size_t i = (size_t)l->overlay->rank - 1; i < sizeof floor->by / sizeof *floor->by; i++)
        floor->by[i].there = false;
}

/* ------------------------------------------------------------------------------------------- cells */

/* Whether the rules tell which way is stricter (or it was reported that they do not). */
static bool knows_direction(ntm_i_lay_figure *f, const ntm_i_yaml *at) {
    char first[NTM_I_WHERE_SIZE], second[NTM_I_WHERE_SIZE];
    ntm_i_laying *l = f->l;
    const ntm_set *base = l->base;
    const ntm_i_use *use = f->use;
    if (use->direction < NTM_I_NO_RULE) return true;
    if (use->direction == NTM_I_NO_RULE) {
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, at,
                       "no rule of set \"%s\" uses figure \"%s\": nobody can tell what is stricter", base->about.id,
                       f->figure->id);
        return false;
    }
    ntm_node shown = use->second != 0 ? use->second : use->first;
    const ntm_i_origin *a = &base->node_origins[use->first - 1], *b = &base->node_origins[shown - 1];
    ntm_i_lay_where(first, l, a->layer, a->line);
    ntm_i_lay_where(second, l, b->layer, b->line);
    if (use->direction == NTM_I_BOTH_WAYS)
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, at,
                       "figure \"%s\" is used both ways (%s and %s): nobody can tell what is stricter", f->figure->id,
                       first, second);
    else
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, at,
                       "the rule at %s does not tell whether a higher or a lower figure \"%s\" is stricter", second,
                       f->figure->id);
    return false;
}

/* What the overlay wants with one cell. */
typedef struct cell_change {
    ntm_i_lay_way way;
    const char *keys;
    size_t there; /* the place of the cell in the figure; SIZE_MAX = none */
} cell_change;

/* Whether the cell may become what the overlay says. */
static bool may_take(ntm_i_lay_figure *f, const cell_change *c, const ntm_figure_value *value, const ntm_i_yaml *at) {
    ntm_i_laying *l = f->l;
    ntm_i_direction direction = f->use == NULL ? NTM_I_NO_RULE : f->use->direction;
    const ntm_figure_value *old = c->there == SIZE_MAX ? NULL : &f->figure->values[c->there];
    char what[192];
    (void)snprintf(what, sizeof what, "figure \"%.*s\"%s%.*s", ntm_i_shown(f->figure->id, strlen(f->figure->id)),
                   f->figure->id, c->keys[0] == '\0' ? "" : " for ", ntm_i_shown(c->keys, strlen(c->keys)), c->keys);
    ntm_i_lay_place place = {what, old != NULL, f->origin->rule, f->origin->line};
    if (old != NULL) {
        place.layer = f->origins[c->there].layer;
        place.line = f->origins[c->there].line;
    } else if (f->origin->rule != f->origin->layer) {
        place.line = 0;
    }
    /* The number helps whoever fills what is there. */
    if (c->way == NTM_I_LAY_FILLS && old != NULL) {
        char number[48];
        size_t used = strlen(what);
        (void)ntm_decimal_format(number, sizeof number, old->value, NTM_LOCALE_PLAIN);
        (void)snprintf(what + used, sizeof what - used, " (%s)", number);
    }
    /* Where the overlay itself took the old cells out, there is room for its new ones. */
    bool own_room = old == NULL && place.layer == l->layer;
    if (!own_room && !ntm_i_lay_may(l, c->way, &place, at)) return false;
    if (direction >= NTM_I_NO_RULE) return true; /* and no floor was ever kept */
    const char *id = floor_id(l->reader, f->figure->id, c->keys);
    if (id == NULL || !respects_floors(l, id, what, value->value, direction, at)) return false;
    if (c->way == NTM_I_LAY_REPLACES) forget_floors(l, id);
    if (c->way != NTM_I_LAY_TIGHTENS) return true;
    bool higher = ntm_i_lay_rank(l, place.layer) < (unsigned)l->overlay->rank;
    if (higher && is_looser(value->value, old->value, direction)) {
        complain_about_looser(l, at, what, value->value, old->value, place.layer, place.line, direction);
        return false;
    }
    if (higher) keep_floor(l, id, old->value, &f->origins[c->there]);
    return !l->reader->out_of_memory;
}

/* The cells of the figure, changeable, with room for more; the index finds them by their keys. */
static bool open_cells(ntm_i_lay_figure *f, size_t more, ntm_figure_value **out, ntm_i_index *index) {
    ntm_i_reader *reader = f->l->reader;
    size_t count = f->figure->value_count;
    ntm_figure_value *all = ntm_i_reader_take(reader, count + more, sizeof *all);
    ntm_i_cell_origin *origins = ntm_i_reader_take(reader, count + more, sizeof *origins);
    cell_key *keys = ntm_i_reader_take(reader, count, sizeof *keys);
    if (all == NULL || origins == NULL || keys == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        all[i] = f->figure->values[i];
        origins[i] = f->origins[i];
        keys[i].keys = join_keys(reader, f->figure, &all[i]);
    }
    if (reader->out_of_memory || !ntm_i_index_make(index, &reader->arena, keys, count, sizeof *keys)) {
        reader->out_of_memory = true;
        return false;
    }
    f->figure->values = all;
    f->origins = origins;
    *out = all;
    return true;
}

/* Puts the cells of the overlay where they belong. */
static void take_cells(ntm_i_lay_figure *f, const entry_parts *parts, ntm_i_lay_way way) {
    ntm_figure_value *all = NULL;
    ntm_i_index index;
    if (!open_cells(f, parts->added.value_count, &all, &index)) return;
    for (size_t i = 0; i < parts->added.value_count && !f->l->reader->out_of_memory; i++) {
        ntm_figure_value value = parts->added.values[i];
        const char *keys = join_keys(f->l->reader, f->figure, &value);
        if (keys == NULL) return;
        ntm_i_yaml at = place_of(&parts->origins[i]);
        cell_change change = {way, keys, ntm_i_index_find(&index, keys)};
        if (!may_take(f, &change, &value, &at) || !cite_cell(f->l, &value, &parts->citation, &at)) continue;
        size_t to = change.there != SIZE_MAX ? change.there : f->figure->value_count++;
        all[to] = value;
        f->origins[to] = (ntm_i_cell_origin){at.line, at.column, f->l->layer};
    }
}

void ntm_i_lay_figure_fill(ntm_i_lay_figure *f, const ntm_i_yaml *entry) {
    entry_parts parts;
    if (entry != NULL && read_entry(f, &parts, entry, NTM_I_LAY_FILLS)) take_cells(f, &parts, NTM_I_LAY_FILLS);
}

void ntm_i_lay_figure_tighten(ntm_i_lay_figure *f, const ntm_i_yaml *entry) {
    entry_parts parts;
    if (entry != NULL && read_entry(f, &parts, entry, NTM_I_LAY_TIGHTENS) && knows_direction(f, entry->key))
        take_cells(f, &parts, NTM_I_LAY_TIGHTENS);
}

/* ------------------------------------------------------------------------------------------- replacing */

/* Cells that rest on the figure's citation keep it when the figure gets another. */
static void settle_citations(ntm_i_lay_figure *f) {
    ntm_figure_value *all = NULL;
    ntm_i_index index;
    if (!open_cells(f, 0, &all, &index)) return;
    for (size_t i = 0; i < f->figure->value_count; i++)
        if (all[i].citation.standing == NTM_ABSENT) {
            const char *note = all[i].citation.note;
            all[i].citation = f->figure->citation;
            if (note != NULL) all[i].citation.note = note;
        }
}

/* Takes out all cells that the overlay may take out. */
static void drop_cells(ntm_i_lay_figure *f, const ntm_i_yaml *at) {
    ntm_figure_value *all = NULL;
    ntm_i_index index;
    size_t kept = 0;
    if (!open_cells(f, 0, &all, &index)) return;
    for (size_t i = 0; i < f->figure->value_count && !f->l->reader->out_of_memory; i++) {
        const char *keys = join_keys(f->l->reader, f->figure, &all[i]);
        cell_change change = {NTM_I_LAY_REPLACES, keys, i};
        if (keys == NULL || may_take(f, &change, &all[i], at)) continue;
        all[kept] = all[i];
        f->origins[kept++] = f->origins[i];
    }
    f->figure->value_count = kept;
}

/* What the overlay says of the figure as a whole: its values are absent, or left to somebody, or its general figure is
   another. False when it may not. */
static bool replace_whole(ntm_i_lay_figure *f, const entry_parts *parts) {
    ntm_i_laying *l = f->l;
    ntm_figure *figure = f->figure;
    const ntm_i_yaml *whole = parts->no_values != NULL ? parts->no_values : parts->delegated;
    if (whole == NULL && parts->general == NULL) return true;
    char what[128];
    (void)snprintf(what, sizeof what, "figure \"%.*s\"", ntm_i_shown(figure->id, strlen(figure->id)), figure->id);
    ntm_i_lay_place place = {what, true, f->origin->rule, f->origin->rule == f->origin->layer ? f->origin->line : 0};
    if (!ntm_i_lay_may(l, NTM_I_LAY_REPLACES, &place, whole != NULL ? whole : parts->general)) return false;
    if (parts->citation.standing == NTM_ABSENT) {
        ntm_i_complain(l->reader, NTM_ERROR_SCHEMA, parts->entry->key,
                       "a cited overlay names the source of what it replaces");
        return false;
    }
    settle_citations(f);
    if (whole != NULL) {
        drop_cells(f, whole);
        figure->has_general = false;
        figure->delegated_to = NULL;
        figure->citation = parts->citation;
        f->origin->rule = l->layer;
    } else {
        ntm_i_lay_join_sources(l, &figure->citation, &parts->citation);
        ntm_i_lay_join_note(l, &figure->citation, &parts->citation);
        figure->citation.standing = parts->citation.standing;
        figure->citation.overlay = parts->citation.overlay;
    }
    if (parts->general != NULL) figure->has_general = ntm_i_read_decimal(l->reader, &figure->general, parts->general);
    (void)ntm_i_read_text(l->reader, &figure->delegated_to, parts->delegated);
    return !l->reader->out_of_memory;
}

void ntm_i_lay_figure_replace(ntm_i_lay_figure *f, const ntm_i_yaml *entry) {
    entry_parts parts;
    if (entry == NULL || !read_entry(f, &parts, entry, NTM_I_LAY_REPLACES) || !replace_whole(f, &parts)) return;
    take_cells(f, &parts, NTM_I_LAY_REPLACES);
}
