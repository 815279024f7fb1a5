/* SPDX-License-Identifier: Apache-2.0 */
/* The days that sets for the same units cover: gaps, and days with two sets. */
#include <stdlib.h>
#include <string.h>

#include "catalogue/catalogue.h"
#include "lint/relations.h"

typedef struct period {
    const ntm_set_spec *about;
    size_t set;
    ntm_date last; /* NTM_DATE_NONE = it goes on */
} period;

static int compare_text(const char *a, const char *b) { return strcmp(a == NULL ? "" : a, b == NULL ? "" : b); }

static int compare_units(const ntm_set_spec *a, const ntm_set_spec *b) {
    int order = compare_text(a->programme, b->programme);
    if (order == 0) order = compare_text(a->level, b->level);
    if (order == 0) order = compare_text(a->tier, b->tier);
    return order != 0 ? order : compare_text(a->place, b->place);
}

/* Unknown first days (the smallest of all) come first. */
static int compare_periods(const void *left, const void *right) {
    const period *a = left, *b = right;
    int order = compare_units(a->about, b->about);
    ntm_date x = a->about->instrument.in_force_from, y = b->about->instrument.in_force_from;
    if (order == 0) order = x < y ? -1 : x > y;
    return order != 0 ? order : a->set < b->set ? -1 : a->set > b->set;
}

static ntm_place place_of(const ntm_i_relations *r, const period *p) {
    const ntm_i_origin *origin = &r->sets[p->set]->about_origin;
    return ntm_i_relations_place(r, p->set, "instrument.in_force", (ntm_i_position){origin->line, origin->column});
}

/* `before` is the one that lasts longest of those that began earlier. */
static void look_at_pair(ntm_i_relations *r, const period *before, const period *next) {
    ntm_date from = next->about->instrument.in_force_from;
    char first[NTM_I_DAY_SIZE], last[NTM_I_DAY_SIZE];
    ntm_place place = place_of(r, next), other = place_of(r, before);
    bool endless = before->last == NTM_DATE_NONE;
    if (endless || from <= before->last)
        ntm_i_find(r->to, NTM_I_DAYS_DOUBLED, &place, &other, "in force from %s, when \"%s\" still is (%s%s)",
                   ntm_i_day_text(first, from), before->about->id, endless ? "no last day" : "to ",
                   endless ? "" : ntm_i_day_text(last, before->last));
    else if (from - before->last > 1)
        ntm_i_find(r->to, NTM_I_DAYS_UNCOVERED, &place, &other, "no set covers the days from %s to %s, after \"%s\"",
                   ntm_i_day_text(first, before->last + 1), ntm_i_day_text(last, from - 1), before->about->id);
}

static bool lasts_longer(const period *a, const period *b) {
    return b->last != NTM_DATE_NONE && (a->last == NTM_DATE_NONE || a->last > b->last);
}

void ntm_i_relate_days(ntm_i_relations *r) {
    period *periods = ntm_i_relations_take(r, r->count, sizeof *periods);
    if (periods == NULL) return;
    for (size_t i = 0; i < r->count; i++)
        periods[i] = (period){&r->sets[i]->about, i, r->last[i]};
    if (r->count > 1) qsort(periods, r->count, sizeof *periods, compare_periods);
    const period *longest = NULL;
    for (size_t i = 0; i < r->count && !r->to->failed; i++) {
        const period *next = &periods[i];
        if (longest != NULL && compare_units(longest->about, next->about) != 0) longest = NULL;
        if (next->about->instrument.in_force_from == NTM_DATE_NONE) {
            ntm_place place = place_of(r, next);
            ntm_i_find(r->to, NTM_I_DAYS_UNKNOWN, &place, NULL, "the first day in force is not known");
            continue;
        }
        if (longest != NULL) look_at_pair(r, longest, next);
        if (longest == NULL || lasts_longer(next, longest)) longest = next;
    }
}
