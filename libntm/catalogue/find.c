/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the set in force, with the layers in force. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "catalogue/catalogue.h"
#include "criteria/set.h"

/* What is looked for, and what was found on the way. */
typedef struct search {
    const ntm_catalogue *catalogue;
    const char *programme, *level, *tier;
    ntm_date on;
    size_t found;   /* how many sets cover the day */
    size_t seen;    /* how many sets there are */
    char days[256]; /* the days of those, as many as fit */
} search;

/* A set whose first day nobody has read is in force on no day that we could name. */
static bool covers(const ntm_i_set_entry *entry, ntm_date day) {
    ntm_date from = ntm_set_about(entry->set)->instrument.in_force_from;
    return from != NTM_DATE_NONE && from <= day && (entry->to == NTM_DATE_NONE || day <= entry->to);
}

/* "commune-ntm-2016-2020 from 2016-12-01 to 2020-12-31". */
static void note_days(search *s, const ntm_i_set_entry *entry) {
    const ntm_set_spec *about = ntm_set_about(entry->set);
    char from[NTM_I_DAY_SIZE], to[NTM_I_DAY_SIZE];
    size_t used = strlen(s->days);
    if (used + 2 >= sizeof s->days) return;
    if (used > 0) used += (size_t)snprintf(s->days + used, sizeof s->days - used, ", ");
    char *at = s->days + used;
    size_t size = sizeof s->days - used;
    ntm_i_day_text(from, about->instrument.in_force_from);
    ntm_i_day_text(to, entry->to);
    if (about->instrument.in_force_from == NTM_DATE_NONE)
        (void)snprintf(at, size, "%s on days that nobody has read", about->id);
    else if (entry->to == NTM_DATE_NONE)
        (void)snprintf(at, size, "%s from %s", about->id, from);
    else if (entry->next == NULL)
        (void)snprintf(at, size, "%s from %s to %s", about->id, from, to);
    else
        (void)snprintf(at, size, "%s from %s to %s (then %s)", about->id, from, to, entry->next);
}

/* Looks among the sets of one place. */
static const ntm_i_set_entry *look(search *s, const char *place, size_t size) {
    const ntm_i_set_entry *first = NULL;
    for (size_t i = 0; i < s->catalogue->sets.count; i++) {
        const ntm_i_set_entry *entry = (const ntm_i_set_entry *)s->catalogue->sets.items + i;
        const ntm_set_spec *about = ntm_set_about(entry->set);
        if (strcmp(about->programme, s->programme) != 0 || strcmp(about->level, s->level) != 0 ||
            strcmp(about->tier, s->tier) != 0 || strlen(about->place) != size || memcmp(about->place, place, size) != 0)
            continue;
        s->seen++;
        note_days(s, entry);
        if (!covers(entry, s->on)) continue;
        if (++s->found == 1) first = entry;
    }
    return first;
}

/* One step up: from "42/436" to "42", from there to "VN", from there to nothing (0). */
static size_t go_up(const char **place, size_t size) {
    if (size == 2 && memcmp(*place, "VN", 2) == 0) return 0;
    while (size > 0 && (*place)[size - 1] != '/')
        size--;
    if (size > 0) return size - 1;
    *place = "VN";
    return 2;
}

/* How long the first part of a place is: 2 for "42/436". */
static size_t top_of(const char *place) { return strcspn(place, "/"); }

static bool same_top(const char *a, const char *b) { return top_of(a) == top_of(b) && memcmp(a, b, top_of(a)) == 0; }

/* Without this, a misspelt province would get the national law without a word. */
static bool is_place(const ntm_catalogue *catalogue, const char *place) {
    if (strcmp(place, "VN") == 0) return true;
    if (!ntm_i_place_is_written(place) || strncmp(place, "VN/", 3) == 0) return false;
    if (top_of(place) == 2 && strspn(place, "0123456789") == 2) return true;
    for (size_t i = 0; i < catalogue->sets.count; i++)
        if (same_top(ntm_set_about(((const ntm_i_set_entry *)catalogue->sets.items)[i].set)->place, place)) return true;
    for (size_t i = 0; i < catalogue->overlays.count; i++)
        if (same_top(((const ntm_i_overlay_entry *)catalogue->overlays.items)[i].overlay->place, place)) return true;
    return false;
}

/* The set as it is in force: of the nearest place for which there are versions. */
static const ntm_set *version_of(const search *s, const ntm_i_set_entry *entry, const char *place) {
    const ntm_set_version *all = s->catalogue->versions.items;
    const char *id = ntm_set_about(entry->set)->id;
    for (size_t size = strlen(place); size > 0; size = go_up(&place, size))
        for (size_t i = 0; i < s->catalogue->versions.count; i++)
            if (all[i].from <= s->on && (all[i].to == NTM_DATE_NONE || s->on <= all[i].to) &&
                strcmp(all[i].id, id) == 0 && strlen(all[i].place) == size && memcmp(all[i].place, place, size) == 0)
                return all[i].set;
    return entry->set;
}

ntm_status ntm_catalogue_find(const ntm_set **out, const ntm_catalogue *catalogue, const char *programme,
                              const char *level, const char *tier, const char *place, ntm_date on, ntm_error *err) {
    if (out == NULL || catalogue == NULL || programme == NULL || level == NULL || tier == NULL || place == NULL ||
        place[0] == '\0' || on == NTM_DATE_NONE)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a catalogue, programme, level, tier, place, day and a place for the set are needed");
    if (!is_place(catalogue, place))
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_NOWHERE,
                          "no place %s: VN, or the code of a province, or the way from it: 42, 42/436, 42/436/18103",
                          place);
    search s = {catalogue, programme, level, tier, on, 0, 0, ""};
    char day[NTM_I_DAY_SIZE];
    const char *at = place;
    const ntm_i_set_entry *entry = NULL;
    for (size_t size = strlen(at); size > 0 && s.found == 0; size = go_up(&at, size))
        entry = look(&s, at, size);
    if (s.found == 1) {
        *out = version_of(&s, entry, place);
        return NTM_OK;
    }
    ntm_i_day_text(day, on);
    if (s.seen == 0)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_NOWHERE,
                          "no set of programme %s, level %s, tier %s for place %s", programme, level, tier, place);
    if (s.found == 0)
        return ntm_i_fail(err, NTM_ERROR_NOT_IN_FORCE, NTM_I_NOWHERE,
                          "no set of programme %s, level %s, tier %s is in force for place %s on %s; there is %s",
                          programme, level, tier, place, day, s.days);
    return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_NOWHERE,
                      "%zu sets are in force on %s, and none says that it follows the other: %s", s.found, day, s.days);
}
