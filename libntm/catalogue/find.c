/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the set in force. */
#include <ntm/catalogue.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

/* What is looked for. */
typedef struct search {
    const ntm_catalogue *catalogue;
    const char *programme, *level, *tier, *place;
    ntm_date on;
} search;

static bool suits(const search *s, const ntm_set_spec *about, const char *place) {
    return strcmp(about->programme, s->programme) == 0 && strcmp(about->level, s->level) == 0 &&
           strcmp(about->tier, s->tier) == 0 && strcmp(about->place, place) == 0;
}

/* A set whose first day nobody has read is in force on no day that we could name. */
static bool covers(const ntm_instrument *act, ntm_date day) {
    return act->in_force_from != NTM_DATE_NONE && act->in_force_from <= day &&
           (act->in_force_to == NTM_DATE_NONE || day <= act->in_force_to);
}

static void day_text(char buffer[16], ntm_date day) {
    int year = 0, month = 0, date = 0;
    ntm_date_parts(day, &year, &month, &date);
    (void)snprintf(buffer, 16, "%04d-%02d-%02d", year, month, date);
}

/* "commune-ntm-2016-2020 from 2016-12-01 to 2020-12-31". */
static void days_text(char *buffer, size_t size, const ntm_set_spec *about) {
    char from[16], to[16];
    const ntm_instrument *act = &about->instrument;
    day_text(from, act->in_force_from);
    day_text(to, act->in_force_to);
    if (act->in_force_from == NTM_DATE_NONE)
        (void)snprintf(buffer, size, "%s on days that nobody has read", about->id);
    else if (act->in_force_to == NTM_DATE_NONE)
        (void)snprintf(buffer, size, "%s from %s", about->id, from);
    else
        (void)snprintf(buffer, size, "%s from %s to %s", about->id, from, to);
}

/* Looks among the sets of one place. *found is how many cover the day; *seen how many there are; the texts of those go
   to `days`, as many as fit. */
static const ntm_set *look(const search *s, const char *place, size_t *found, size_t *seen, char *days, size_t size) {
    const ntm_set *first = NULL;
    *found = 0;
    for (size_t i = 0; i < ntm_catalogue_set_count(s->catalogue); i++) {
        const ntm_set *set = ntm_catalogue_set(s->catalogue, i);
        const ntm_set_spec *about = ntm_set_about(set);
        if (!suits(s, about, place)) continue;
        size_t used = strlen(days);
        if (used + 2 < size) {
            (void)snprintf(days + used, size - used, "%s", used > 0 ? ", " : "");
            used = strlen(days);
            days_text(days + used, size - used, about);
        }
        ++*seen;
        if (!covers(&about->instrument, s->on)) continue;
        if (++*found == 1) first = set;
    }
    return first;
}

ntm_status ntm_catalogue_find(const ntm_set **out, const ntm_catalogue *catalogue, const char *programme,
                              const char *level, const char *tier, const char *place, ntm_date on, ntm_error *err) {
    if (out == NULL || catalogue == NULL || programme == NULL || level == NULL || tier == NULL || place == NULL ||
        on == NTM_DATE_NONE)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a catalogue, programme, level, tier, place, day and a place for the set are needed");
    search s = {catalogue, programme, level, tier, place, on};
    char days[256] = "", day[16];
    size_t found = 0, seen = 0;
    const ntm_set *set = look(&s, place, &found, &seen, days, sizeof days);
    if (found == 0 && strcmp(place, "VN") != 0) set = look(&s, "VN", &found, &seen, days, sizeof days);
    if (found == 1) {
        *out = set;
        return NTM_OK;
    }
    day_text(day, on);
    if (seen == 0)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_NOWHERE,
                          "no set of programme %s, level %s, tier %s for place %s", programme, level, tier, place);
    if (found == 0)
        return ntm_i_fail(err, NTM_ERROR_NOT_IN_FORCE, NTM_I_NOWHERE, "none is in force on %s; there is %s", day, days);
    return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_NOWHERE, "%zu sets are in force on %s: %s", found, day, days);
}
