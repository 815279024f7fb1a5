/* SPDX-License-Identifier: Apache-2.0 */
/* The law in time and place: each set with the layers in force, one version for each place and stretch of days. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "catalogue/catalogue.h"

typedef struct work {
    ntm_catalogue *catalogue;
    const ntm_read_options *settings;
    ntm_status first; /* what went wrong first */
    ntm_error problem;
    bool out_of_memory;
    bool stopped; /* no more versions: no memory, or too many */
} work;

static ntm_i_set_entry *set_at(const ntm_catalogue *c, size_t i) { return (ntm_i_set_entry *)c->sets.items + i; }

static ntm_i_overlay_entry *overlay_at(const ntm_catalogue *c, size_t i) {
    return (ntm_i_overlay_entry *)c->overlays.items + i;
}

void ntm_i_versions_start(ntm_catalogue *catalogue) {
    ntm_i_array_start(&catalogue->made, &catalogue->allocator, sizeof(ntm_i_made));
    ntm_i_array_start(&catalogue->versions, &catalogue->allocator, sizeof(ntm_set_version));
}

void ntm_i_versions_end(ntm_catalogue *catalogue) {
    for (size_t i = 0; i < catalogue->made.count; i++)
        ntm_set_free(((ntm_i_made *)catalogue->made.items)[i].set);
    ntm_i_array_end(&catalogue->made);
    ntm_i_array_end(&catalogue->versions);
}

static void fail(work *w, ntm_error *problem, bool told) {
    if (problem->status == NTM_ERROR_MEMORY) w->out_of_memory = w->stopped = true;
    if (w->first == NTM_OK) w->first = ntm_i_error_copy(&w->problem, problem);
    if (!told) ntm_i_problems_add(w->settings->problems, problem);
}

/* ------------------------------------------------------------------------------------------- does it fit */

static const char *days_text(char buffer[64], ntm_date from, ntm_date to) {
    char first[NTM_I_DAY_SIZE], last[NTM_I_DAY_SIZE];
    ntm_i_day_text(first, from);
    ntm_i_day_text(last, to);
    if (to == NTM_DATE_NONE)
        (void)snprintf(buffer, 64, "from %s", first);
    else
        (void)snprintf(buffer, 64, "from %s to %s", first, last);
    return buffer;
}

static bool overlap(const ntm_instrument *a, const ntm_instrument *b) {
    return (a->in_force_to == NTM_DATE_NONE || b->in_force_from <= a->in_force_to) &&
           (b->in_force_to == NTM_DATE_NONE || a->in_force_from <= b->in_force_to);
}

/* Whether a cited overlay can ever hold together with its set. */
static void check_fit(work *w, ntm_i_overlay_entry *entry, const ntm_set *base) {
    const ntm_overlay *o = entry->overlay;
    ntm_error problem = NTM_ERROR_INIT;
    char where[NTM_I_WHERE_SIZE], own[64], other[64];
    bool inside = base != NULL && ntm_i_place_within(o->place, base->about.place);
    bool around = base != NULL && ntm_i_place_within(base->about.place, o->place);
    if (base == NULL) {
        const ntm_i_yaml *at = o->at[NTM_I_OVERLAY_OF];
        (void)ntm_i_fail(&problem, NTM_ERROR_NOT_FOUND, NTM_I_LINE(o->name, at->line, at->column),
                         "overlay \"%s\" goes over set \"%s\", which is not in the catalogue", o->layer.id, o->of);
    } else if (!inside && !around) {
        const ntm_i_yaml *at = o->at[NTM_I_OVERLAY_PLACE];
        (void)ntm_i_fail(&problem, NTM_ERROR_CONFLICT, NTM_I_LINE(o->name, at->line, at->column),
                         "overlay \"%s\" holds in \"%s\", and its set \"%s\" (%s) in \"%s\"", o->layer.id, o->place,
                         o->of, ntm_i_where(where, ntm_i_set_file(base, 0), 0), base->about.place);
    } else if (o->rank > ntm_i_place_rank(inside ? o->place : base->about.place)) {
        /* Only a rank that is written can be lower than that of the place: most often the place was forgotten. */
        const ntm_i_yaml *at = o->at[NTM_I_OVERLAY_RANK];
        (void)ntm_i_fail(&problem, NTM_ERROR_CONFLICT, NTM_I_LINE(o->name, at->line, at->column),
                         "overlay \"%s\" is an act of rank %s and would hold in all of \"%s\": its place is wanted",
                         o->layer.id, at->text, inside ? o->place : base->about.place);
    } else {
        const ntm_instrument *act = &o->instrument, *below = &base->about.instrument;
        const ntm_i_yaml *at = o->at[NTM_I_OVERLAY_INSTRUMENT];
        if (act->in_force_from == NTM_DATE_NONE || below->in_force_from == NTM_DATE_NONE || overlap(act, below)) return;
        (void)ntm_i_fail(&problem, NTM_ERROR_NOT_IN_FORCE, NTM_I_LINE(o->name, at->key->line, at->key->column),
                         "overlay \"%s\" is in force %s, and its set \"%s\" %s (%s): on no day together", o->layer.id,
                         days_text(own, act->in_force_from, act->in_force_to), o->of,
                         days_text(other, below->in_force_from, below->in_force_to),
                         ntm_i_where(where, ntm_i_set_file(base, 0), base->about_origin.line));
    }
    entry->bad = true;
    fail(w, &problem, false);
}

/* A set ends on its own last day, or before another takes its place. */
static void find_end(const ntm_catalogue *c, ntm_i_set_entry *entry) {
    const ntm_set_spec *about = ntm_set_about(entry->set);
    entry->to = about->instrument.in_force_to;
    entry->next = NULL;
    for (size_t i = 0; i < c->sets.count; i++) {
        const ntm_set_spec *other = ntm_set_about(set_at(c, i)->set);
        ntm_date from = other->instrument.in_force_from;
        if (other->follows == NULL || strcmp(other->follows, about->id) != 0 || from == NTM_DATE_NONE ||
            from <= about->instrument.in_force_from || !ntm_i_place_within(about->place, other->place))
            continue;
        if (entry->to != NTM_DATE_NONE && from > entry->to) continue;
        entry->to = from - 1;
        entry->next = other->id;
    }
}

/* ------------------------------------------------------------------------------------------- one set */

/* The layers of one set, in the order in which they are laid. */
typedef struct layers {
    ntm_i_set_entry *base;
    ntm_i_overlay_entry **all;
    size_t count;
} layers;

/* Higher acts first, then earlier ones; between acts of one rank and day there is no order, and the id makes it the
   same whatever the order of the files. */
static int compare_layers(const void *left, const void *right) {
    const ntm_overlay *a = (*(ntm_i_overlay_entry *const *)left)->overlay,
                      *b = (*(ntm_i_overlay_entry *const *)right)->overlay;
    ntm_date x = a->instrument.in_force_from, y = b->instrument.in_force_from;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    if (x != y) return x < y ? -1 : 1;
    return strcmp(a->layer.id, b->layer.id);
}

static bool gather(work *w, layers *out, ntm_i_set_entry *base) {
    const ntm_catalogue *c = w->catalogue;
    out->base = base;
    out->count = 0;
    out->all = ntm_i_allocate(&c->allocator, c->overlays.count, sizeof(ntm_i_overlay_entry *));
    if (out->all == NULL) {
        w->out_of_memory = w->stopped = true;
        return false;
    }
    for (size_t i = 0; i < c->overlays.count; i++) {
        ntm_i_overlay_entry *entry = overlay_at(c, i);
        const ntm_overlay *o = entry->overlay;
        if (!entry->bad && o->layer.standing == NTM_CITED && o->instrument.in_force_from != NTM_DATE_NONE &&
            strcmp(o->of, ntm_set_about(base->set)->id) == 0)
            out->all[out->count++] = entry;
    }
    if (out->count > 1) qsort(out->all, out->count, sizeof *out->all, compare_layers);
    return true;
}

#define MADE_MAX 4096 /* sets with layers: where the days of many acts overlap, there are as many as pairs of them */

static void too_many(work *w, const ntm_overlay *o) {
    ntm_error problem = NTM_ERROR_INIT;
    const ntm_i_yaml *at = o->at[NTM_I_OVERLAY_OF];
    (void)ntm_i_fail(&problem, NTM_ERROR_LIMIT, NTM_I_LINE(o->name, at->line, at->column),
                     "overlays give more than %d sets by their places and days: no room for \"%s\" over set \"%s\"",
                     MADE_MAX, o->layer.id, o->of);
    w->stopped = true;
    fail(w, &problem, false);
}

/* The set with an overlay laid on, made once. The set itself when that fails, which is told once. */
static const ntm_set *lay(work *w, const ntm_set *below, ntm_i_overlay_entry *entry) {
    ntm_i_array *made = &w->catalogue->made;
    const ntm_i_made *all = made->items;
    for (size_t i = 0; i < made->count; i++)
        if (all[i].below == below && all[i].overlay == entry->overlay) return all[i].set;
    ntm_error problem = NTM_ERROR_INIT;
    ntm_set *set = NULL;
    if (made->count >= MADE_MAX) {
        too_many(w, entry->overlay);
        return below;
    }
    if (ntm_set_overlay(&set, below, entry->overlay, w->settings, &problem) != NTM_OK) {
        entry->bad = true;
        fail(w, &problem, problem.status != NTM_ERROR_MEMORY);
        return below;
    }
    ntm_i_made *room = ntm_i_array_push(made);
    if (room == NULL) {
        ntm_set_free(set);
        w->out_of_memory = w->stopped = true;
        return below;
    }
    *room = (ntm_i_made){below, entry->overlay, set};
    return set;
}

static bool holds(const layers *l, const ntm_overlay *o, const char *place) {
    return ntm_i_place_within(place, o->place) || (ntm_i_place_within(ntm_set_about(l->base->set)->place, o->place));
}

/* The first day after `day` on which another layer starts or ends; NTM_DATE_NONE = none. */
static ntm_date next_day(const layers *l, const char *place, ntm_date day) {
    ntm_date next = NTM_DATE_NONE;
    for (size_t i = 0; i < l->count; i++) {
        const ntm_overlay *o = l->all[i]->overlay;
        const ntm_instrument *act = &o->instrument;
        ntm_date edges[] = {act->in_force_from, act->in_force_to == NTM_DATE_NONE ? day : act->in_force_to + 1};
        if (!holds(l, o, place)) continue;
        for (size_t k = 0; k < 2; k++)
            if (edges[k] > day && (next == NTM_DATE_NONE || edges[k] < next)) next = edges[k];
    }
    return next != NTM_DATE_NONE && l->base->to != NTM_DATE_NONE && next > l->base->to ? NTM_DATE_NONE : next;
}

static bool is_in_force(const ntm_instrument *act, ntm_date day) {
    return act->in_force_from <= day && (act->in_force_to == NTM_DATE_NONE || day <= act->in_force_to);
}

static void make_place(work *w, const layers *l, const char *place) {
    const ntm_set_spec *about = ntm_set_about(l->base->set);
    ntm_date day = about->instrument.in_force_from;
    while (day != NTM_DATE_NONE && !w->stopped) {
        const ntm_set *set = l->base->set;
        for (size_t i = 0; i < l->count && !w->stopped; i++) {
            const ntm_overlay *o = l->all[i]->overlay;
            if (!l->all[i]->bad && holds(l, o, place) && is_in_force(&o->instrument, day)) set = lay(w, set, l->all[i]);
        }
        ntm_date next = next_day(l, place, day);
        ntm_set_version *room = ntm_i_array_push(&w->catalogue->versions);
        if (room == NULL)
            w->out_of_memory = w->stopped = true;
        else
            *room = (ntm_set_version){about->id, place, day, next == NTM_DATE_NONE ? l->base->to : next - 1, set};
        day = next;
    }
}

/* The place of the set, and each below it in which a layer holds. */
static void make_set(work *w, ntm_i_set_entry *base) {
    const ntm_set_spec *about = ntm_set_about(base->set);
    layers l;
    if (about->instrument.in_force_from == NTM_DATE_NONE || !gather(w, &l, base)) return;
    make_place(w, &l, about->place);
    for (size_t i = 0; i < l.count && !w->stopped; i++) {
        const char *place = l.all[i]->overlay->place;
        bool seen = ntm_i_place_within(about->place, place);
        for (size_t k = 0; k < i && !seen; k++)
            seen = strcmp(l.all[k]->overlay->place, place) == 0;
        if (!seen) make_place(w, &l, place);
    }
    ntm_i_release(&w->catalogue->allocator, l.all, w->catalogue->overlays.count, sizeof(ntm_i_overlay_entry *));
}

/* "VN" before all other places. */
static int compare_versions(const void *left, const void *right) {
    const ntm_set_version *a = left, *b = right;
    int order = strcmp(a->id, b->id), vn = strcmp(a->place, "VN") == 0, other = strcmp(b->place, "VN") == 0;
    if (order == 0) order = other - vn;
    if (order == 0) order = strcmp(a->place, b->place);
    return order != 0 ? order : (a->from > b->from) - (a->from < b->from);
}

ntm_status ntm_i_versions_make(ntm_catalogue *catalogue, const ntm_read_options *settings, ntm_error *err) {
    work w = {catalogue, settings, NTM_OK, NTM_ERROR_INIT, false, false};
    for (size_t i = 0; i < catalogue->overlays.count; i++) {
        ntm_i_overlay_entry *entry = overlay_at(catalogue, i);
        if (entry->overlay->layer.standing == NTM_CITED)
            check_fit(&w, entry, ntm_catalogue_get(catalogue, entry->overlay->of));
    }
    for (size_t i = 0; i < catalogue->sets.count; i++)
        find_end(catalogue, set_at(catalogue, i));
    for (size_t i = 0; i < catalogue->sets.count && !w.stopped; i++)
        make_set(&w, set_at(catalogue, i));
    if (w.out_of_memory) return ntm_i_no_memory(err);
    ntm_i_array *versions = &catalogue->versions;
    if (versions->count > 1) qsort(versions->items, versions->count, versions->item_size, compare_versions);
    return w.first == NTM_OK ? NTM_OK : ntm_i_error_copy(err, &w.problem);
}

size_t ntm_catalogue_version_count(const ntm_catalogue *catalogue) {
    return catalogue == NULL ? 0 : catalogue->versions.count;
}

const ntm_set_version *ntm_catalogue_version(const ntm_catalogue *catalogue, size_t index) {
    return index < ntm_catalogue_version_count(catalogue) ? (const ntm_set_version *)catalogue->versions.items + index
                                                          : NULL;
}
