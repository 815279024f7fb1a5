/* SPDX-License-Identifier: Apache-2.0 */
/* What one day did to the units of a place: the counts that acts state. */
#include <string.h>

#include "base/text.h"
#include "unit/registry.h"

/* Edges of one row on one day. */
typedef struct bundle {
    const ntm_unit_edge *first;
    uint32_t count;
    bool partial; /* one of them is, and leads to another row */
} bundle;

static bundle edges_on(const ntm_units *units, ntm_unit unit, ntm_date on, bool into) {
    const uint32_t *order = into ? units->edges_in : units->edges_out;
    const uint32_t *first = into ? units->in_first : units->out_first;
    uint32_t at = into ? ntm_i_units_in_from(units, unit, on) : ntm_i_units_out_from(units, unit, on);
    bundle b = {NULL, 0, false};
    for (; at < first[unit + 1] && units->edges[order[at]].on == on; at++) {
        const ntm_unit_edge *edge = &units->edges[order[at]];
        if (b.count++ == 0) b.first = edge;
        b.partial = b.partial || (edge->partial && edge->from != edge->to);
    }
    return b;
}

/* Whether a row of the day before goes on alone: into one row that has nothing else. */
static bool goes_on_alone(const ntm_units *units, ntm_unit unit, ntm_date on, ntm_unit *next) {
    bundle out = edges_on(units, unit, on, false);
    *next = unit;
    if (out.count == 0) return ntm_i_unit_there(&units->rows[unit], on);
    if (out.count > 1 || out.partial) return false;
    *next = out.first->to;
    return edges_on(units, *next, on, true).count == 1;
}

static bool is_the_same(const ntm_units *units, ntm_unit a, ntm_unit b) {
    return units->group_of[a] == units->group_of[b] && strcmp(units->rows[a].level, units->rows[b].level) == 0 &&
           ntm_i_units_same_name(units, a, b);
}

/* Whether a unit of one side of the day is the place asked for, or what that became or was made of: edges are
   ordered by day, from and to. */
static bool stands_for(const ntm_units *units, ntm_unit unit, ntm_unit place, ntm_date on, bool after) {
    ntm_unit from = after ? place : unit, to = after ? unit : place;
    size_t low = 0, high = units->edge_count;
    if (unit == NTM_NO_UNIT || unit == place) return unit == place;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const ntm_unit_edge *edge = &units->edges[middle];
        if (edge->on != on ? edge->on < on : edge->from != from ? edge->from < from : edge->to < to)
            low = middle + 1;
        else
            high = middle;
    }
    return low < units->edge_count && units->edges[low].on == on && units->edges[low].from == from &&
           units->edges[low].to == to;
}

/* Whether a row is there on a side of the day and passes rung, level and place. */
static bool is_on(const ntm_units *units, const ntm_unit_filter *filter, ntm_unit unit, ntm_date on, bool after) {
    ntm_unit_filter plain = *filter;
    ntm_date day = after ? on : on - 1;
    plain.within = plain.parent = NTM_NO_UNIT;
    if (!ntm_i_units_passes(units, unit, &plain, day)) return false;
    if (filter->parent != NTM_NO_UNIT &&
        !stands_for(units, ntm_units_parent(units, unit, day), filter->parent, on, after))
        return false;
    if (filter->within == NTM_NO_UNIT) return true;
    /* On any rung above: a district may have become a commune. */
    ntm_unit above = ntm_units_parent(units, unit, day);
    while (above != NTM_NO_UNIT && !stands_for(units, above, filter->within, on, after))
        above = ntm_units_parent(units, above, day);
    return above != NTM_NO_UNIT;
}

static void count_before(ntm_unit_reform *r, const ntm_units *units, ntm_unit unit, ntm_date on) {
    ntm_unit next = NTM_NO_UNIT;
    bundle out = edges_on(units, unit, on, false);
    r->before++;
    if (goes_on_alone(units, unit, on, &next)) {
        if (is_the_same(units, unit, next))
            r->unchanged++;
        else
            r->renamed++;
    } else if (out.count == 0) {
        r->ended++;
    } else {
        r->involved++;
        r->divided += out.count > 1 || out.partial;
    }
}

static void count_after(ntm_unit_reform *r, const ntm_units *units, ntm_unit unit, ntm_date on) {
    bundle in = edges_on(units, unit, on, true);
    r->after++;
    if (in.count == 0) {
        r->begun += units->rows[unit].from == on;
        return;
    }
    bundle out = edges_on(units, in.first->from, on, false);
    r->results += in.count > 1 || out.count > 1 || out.partial;
}

ntm_status ntm_units_reform(ntm_unit_reform *out, const ntm_units *units, const ntm_unit_filter *filter, ntm_date on,
                            ntm_error *err) {
    if (out == NULL || units == NULL || filter == NULL || !ntm_i_date_is(on) || !ntm_i_date_is(on - 1))
        return ntm_i_wrong_call(err, "a place for the counts, a registry, a filter and a day are needed");
    ntm_unit_filter plain = *filter;
    plain.on = NTM_DATE_NONE;
    plain.within = plain.parent = NTM_NO_UNIT;
    ntm_status status = ntm_i_units_check_filter(units, &plain, err);
    if (status != NTM_OK) return status;
    for (int i = 0; i < 2; i++) {
        ntm_unit place = i == 0 ? filter->within : filter->parent;
        if (place == NTM_NO_UNIT) continue;
        if (place >= units->count || (!ntm_units_there(units, place, on) && !ntm_units_there(units, place, on - 1)))
            return ntm_i_wrong_call(err, "the filter's place is a unit of neither side of the day");
    }
    ntm_unit_reform r = {0};
    for (ntm_unit unit = 0; unit < units->count; unit++) {
        if (is_on(units, filter, unit, on, false)) count_before(&r, units, unit, on);
        if (is_on(units, filter, unit, on, true)) count_after(&r, units, unit, on);
    }
    for (size_t i = 0; i < units->edge_count; i++) {
        const ntm_unit_edge *edge = &units->edges[i];
        if (edge->on != on || edge->row == NTM_NO_ROW) continue;
        if (!is_on(units, filter, edge->from, on, false) || !is_on(units, filter, edge->to, on, true)) continue;
        r.edges++;
        r.partial += edge->partial;
    }
    *out = r;
    return NTM_OK;
}
