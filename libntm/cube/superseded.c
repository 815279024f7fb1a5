/* SPDX-License-Identifier: Apache-2.0 */
/* Stocks of units that are gone. What a commune owed before it was merged is owed by its successor afterwards: once that has
 * reported a stock of its own, the last report of the old commune is no longer added to it. */
#include "cube/superseded.h"

#include "base/sort.h"
#include "unit/registry.h"

/* So many units are looked at for one question; beyond that the answer is "some". */
enum { LOOKS_MOST = 4096, DEPTH_MOST = 64 };

/* A stock that somebody reported. */
typedef struct reported {
    uint64_t rest; /* the key without unit and time */
    uint32_t group;
    ntm_date day;
} reported;

/* One question. */
typedef struct asking {
    const ntm_i_superseding *s;
    uint64_t rest;
    ntm_date last; /* reports after this day do not count */
    uint32_t looks;
} asking;

static uint64_t rest_of(const ntm_i_cubing *c, const uint32_t *at) {
    uint64_t rest = 0;
    for (size_t i = 0; i < c->tally->base_count; i++)
        if (i != c->unit && i != c->time) rest += at[i] * c->tally->bases[i].stride;
    return rest;
}

static int by_place(const void *context, uint32_t a, uint32_t b) {
    const reported *x = &((const reported *)context)[a], *y = &((const reported *)context)[b];
    if (x->rest != y->rest) return x->rest < y->rest ? -1 : 1;
    if (x->group != y->group) return x->group < y->group ? -1 : 1;
    return x->day < y->day ? -1 : x->day > y->day;
}

static bool collect(ntm_i_array *list, ntm_i_superseding *s, ntm_i_is_stock *is_stock) {
    const ntm_i_cubing *c = s->c;
    ntm_i_walk walk;
    ntm_i_walk_start(&walk, c->tally);
    while (ntm_i_walk_next(&walk)) {
        uint32_t group = s->groups[walk.at[c->unit]];
        if ((walk.cell.mark & NTM_I_FLOW) == 0 || group == NTM_I_NONE || !is_stock(c, walk.at)) continue;
        const ntm_i_segment *segment = &c->tally->bases[c->time].segments[walk.at[c->time]];
        const reported one = {rest_of(c, walk.at), group, segment->period.last_day};
        if (!ntm_i_array_append(list, &one, 1)) return false;
    }
    return true;
}

bool ntm_i_superseding_start(ntm_i_superseding *s, ntm_i_cubing *c, ntm_i_is_stock *is_stock) {
    *s = (ntm_i_superseding){.c = c};
    if (!c->stocks || c->tally->units == NULL || c->unit == SIZE_MAX || c->time == SIZE_MAX) return true;
    const ntm_i_base *base = &c->tally->bases[c->unit];
    uint32_t *groups = ntm_i_arena_take(&c->scratch, base->count, sizeof *groups);
    if (groups == NULL) return false;
    for (uint32_t i = 0; i < base->count; i++)
        groups[i] = ntm_i_base_group(c->tally, base, i);
    s->groups = groups;
    ntm_i_array list;
    ntm_i_array_start(&list, &c->scratch.allocator, sizeof(reported));
    bool good = collect(&list, s, is_stock);
    s->count = list.count;
    if (good) s->reports = ntm_i_sorted(&c->scratch, list.items, list.count, sizeof(reported), by_place);
    ntm_i_array_end(&list);
    return good && s->reports != NULL;
}

/* ------------------------------------------------------------------------------------------- asking */

/* Whether a group reported from a day on, and not after the last. */
static bool has_reported(const asking *a, uint32_t group, ntm_date from, ntm_date to) {
    const reported *reports = a->s->reports, wanted = {a->rest, group, from};
    size_t low = 0, high = a->s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const reported pair[2] = {reports[middle], wanted};
        if (by_place(pair, 0, 1) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < a->s->count && reports[low].rest == a->rest && reports[low].group == group && reports[low].day <= to;
}

static ntm_i_superseded of_all(asking *a, ntm_unit unit, unsigned depth);

/* A successor: by its own reports, or when it is gone too, by those of its own successors. */
static ntm_i_superseded of_one(asking *a, ntm_unit unit, unsigned depth) {
    const ntm_units *units = a->s->c->tally->units;
    const ntm_unit_row *row = &units->rows[unit];
    int64_t end = ntm_i_unit_end(row) - 1;
    ntm_date to = end < a->last ? (ntm_date)end : a->last;
    if (++a->looks > LOOKS_MOST || depth > DEPTH_MOST) return NTM_I_SUPERSEDED_SOME;
    if (has_reported(a, units->group_of[unit], row->from, to)) return NTM_I_SUPERSEDED;
    return end < a->last ? of_all(a, unit, depth + 1) : NTM_I_SUPERSEDED_NOT;
}

static ntm_i_superseded of_all(asking *a, ntm_unit unit, unsigned depth) {
    const ntm_units *units = a->s->c->tally->units;
    bool some = false, all = true;
    size_t count = 0;
    for (uint32_t at = ntm_i_units_out_from(units, unit, ntm_i_unit_end(&units->rows[unit]));
         at < units->out_first[unit + 1]; at++, count++) {
        ntm_i_superseded one = of_one(a, units->edges[units->edges_out[at]].to, depth);
        some = some || one != NTM_I_SUPERSEDED_NOT;
        all = all && one == NTM_I_SUPERSEDED;
    }
    return !some ? NTM_I_SUPERSEDED_NOT : all && count > 0 ? NTM_I_SUPERSEDED : NTM_I_SUPERSEDED_SOME;
}

ntm_i_superseded ntm_i_superseding_ask(const ntm_i_superseding *s, const uint32_t *at, ntm_date day, ntm_date last) {
    if (s->reports == NULL || s->groups[at[s->c->unit]] == NTM_I_NONE) return NTM_I_SUPERSEDED_NOT;
    const ntm_units *units = s->c->tally->units;
    ntm_unit unit = ntm_i_units_in_group(units, s->groups[at[s->c->unit]], day);
    if (unit == NTM_NO_UNIT || ntm_i_unit_end(&units->rows[unit]) > last) return NTM_I_SUPERSEDED_NOT;
    asking a = {s, rest_of(s->c, at), last, 0};
    return of_all(&a, unit, 0);
}
