/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a unit, and what a unit was made of: along the edges, day by day. */
#include "base/sort.h"
#include "base/text.h"
#include "unit/registry.h"

size_t ntm_units_edge_count(const ntm_units *units) { return units == NULL ? 0 : units->edge_count; }

const ntm_unit_edge *ntm_units_edge(const ntm_units *units, size_t index) {
    return units == NULL || index >= units->edge_count ? NULL : &units->edges[index];
}

size_t ntm_units_weight_count(const ntm_units *units) { return units == NULL ? 0 : units->weight_count; }

const char *ntm_units_weight(const ntm_units *units, size_t index) {
    return units == NULL || index >= units->weight_count ? NULL : units->weight_names[index];
}

ntm_status ntm_units_edge_weight(ntm_decimal *out, const ntm_units *units, size_t edge, size_t weight, ntm_error *err) {
    if (out == NULL || units == NULL || edge >= units->edge_count || weight >= units->weight_count)
        return ntm_i_wrong_call(err, "a place for the weight, a registry, an edge and a weight of it are needed");
    size_t at = edge * units->weight_count + weight;
    if (!units->weight_known[at])
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(units->weight_names[weight]),
                          "the edge has no such weight");
    *out = units->weights[at];
    return NTM_OK;
}

/* A row that has something of where the walk began. */
typedef struct trace {
    ntm_unit unit;
    uint32_t steps;
    bool sure; /* surely has something of it */
    bool pure; /* has nothing else */
    bool ended;
} trace;

/* A walk along the edges; backwards, days run down and edges are taken from their target to their source. */
typedef struct walk {
    const ntm_units *units;
    bool backwards;
    ntm_i_array traces; /* of trace: where it stands, by row, each once */
    ntm_i_array next;   /* the same for the next day */
} walk;

static void walk_end(walk *w) {
    ntm_i_array_end(&w->traces);
    ntm_i_array_end(&w->next);
}

static bool walk_start(walk *w, const ntm_units *units, ntm_unit unit, bool backwards) {
    trace first = {unit, 0, true, true, false};
    w->units = units;
    w->backwards = backwards;
    ntm_i_array_start(&w->traces, &units->arena.allocator, sizeof(trace));
    ntm_i_array_start(&w->next, &units->arena.allocator, sizeof(trace));
    return ntm_i_array_append(&w->traces, &first, 1);
}

/* The edges of a row that come next on the way from a day: places first .. *end - 1 of `order`, all of one day. */
static uint32_t edges_next(const walk *w, ntm_unit unit, int64_t day, const uint32_t **order, uint32_t *end) {
    const ntm_units *units = w->units;
    if (!w->backwards) {
        uint32_t at = ntm_i_units_out_from(units, unit, day + 1), stop = at;
        *order = units->edges_out;
        while (stop < units->out_first[unit + 1] && units->edges[(*order)[stop]].on == units->edges[(*order)[at]].on)
            stop++;
        *end = stop;
        return at;
    }
    uint32_t stop = ntm_i_units_in_from(units, unit, day + 1), at = stop;
    *order = units->edges_in;
    while (at > units->in_first[unit] && units->edges[(*order)[at - 1]].on == units->edges[(*order)[stop - 1]].on)
        at--;
    *end = stop;
    return at;
}

/* The nearest day behind `day` on which an edge is taken; false when there is none within `limit`. */
static bool day_next(const walk *w, int64_t *day, int64_t limit) {
    const trace *traces = w->traces.items;
    int64_t best = w->backwards ? INT64_MIN : INT64_MAX;
    for (size_t i = 0; i < w->traces.count; i++) {
        const uint32_t *order = NULL;
        uint32_t end = 0, first = edges_next(w, traces[i].unit, *day, &order, &end);
        if (first == end || traces[i].ended) continue;
        int64_t on = w->units->edges[order[first]].on;
        if (w->backwards ? on > best : on < best) best = on;
    }
    if (w->backwards ? best <= limit : best > limit) return false;
    *day = best;
    return true;
}

/* Where a row stands among traces in order; NULL when it does not. */
static const trace *find_trace(const ntm_i_array *traces, ntm_unit unit) {
    const trace *items = traces->items;
    size_t low = 0, high = traces->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle].unit < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low < traces->count && items[low].unit == unit ? &items[low] : NULL;
}

/* Whether a row of `day` has nothing but what the walk stands on: forwards only. */
static bool is_pure(const walk *w, ntm_unit unit, int64_t day) {
    const ntm_units *units = w->units;
    for (uint32_t at = ntm_i_units_in_from(units, unit, day); at < units->in_first[unit + 1]; at++) {
        const ntm_unit_edge *edge = &units->edges[units->edges_in[at]];
        if (edge->on != day) break;
        const trace *source = find_trace(&w->traces, edge->from);
        if (source == NULL || !source->pure) return false;
    }
    return true;
}

static int by_unit(const void *context, uint32_t a, uint32_t b) {
    const trace *traces = context;
    return (traces[a].unit > traces[b].unit) - (traces[a].unit < traces[b].unit);
}

/* Puts the next traces in order, one a row, in the place of the current ones. */
static bool settle(walk *w) {
    const ntm_allocator *allocator = &w->units->arena.allocator;
    size_t count = w->next.count;
    const trace *items = w->next.items;
    uint32_t *order = ntm_i_allocate(allocator, 2 * count, sizeof *order);
    if (order == NULL) return false;
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    ntm_i_sort(order, order + count, count, by_unit, items);
    bool fits = true;
    w->traces.count = 0;
    for (size_t i = 0; fits && i < count; i++) {
        const trace *at = &items[order[i]];
        trace *last = w->traces.count == 0 ? NULL : (trace *)w->traces.items + w->traces.count - 1;
        if (last == NULL || last->unit != at->unit) {
            fits = ntm_i_array_append(&w->traces, at, 1);
            continue;
        }
        last->sure = last->sure || at->sure;
        if (at->steps < last->steps) last->steps = at->steps;
    }
    w->next.count = 0;
    ntm_i_release(allocator, order, 2 * count, sizeof *order);
    return fits;
}

/* Takes the edges of one day. */
static bool step(walk *w, int64_t from, int64_t day) {
    const trace *traces = w->traces.items;
    for (size_t i = 0; i < w->traces.count; i++) {
        const uint32_t *order = NULL;
        uint32_t end = 0, first = edges_next(w, traces[i].unit, from, &order, &end);
        if (traces[i].ended || first == end || w->units->edges[order[first]].on != day) {
            if (!ntm_i_array_append(&w->next, &traces[i], 1)) return false;
            continue;
        }
        for (uint32_t at = first; at < end; at++) {
            const ntm_unit_edge *edge = &w->units->edges[order[at]];
            trace next = traces[i];
            next.unit = w->backwards ? edge->from : edge->to;
            next.steps += edge->from != edge->to;
            if (edge->partial && !traces[i].pure) next.sure = false;
            if (!w->backwards) next.pure = is_pure(w, next.unit, day);
            if (!ntm_i_array_append(&w->next, &next, 1)) return false;
        }
    }
    return settle(w);
}

/* Walks from a day to another; marks what ended (or, backwards, began) before. False for want of memory. */
static bool walk_to(walk *w, ntm_date from, ntm_date to) {
    int64_t day = from;
    while (true) {
        int64_t before = day;
        if (!day_next(w, &day, to)) break;
        if (!step(w, before, day)) return false;
    }
    trace *traces = w->traces.items;
    for (size_t i = 0; i < w->traces.count; i++)
        traces[i].ended = !ntm_i_unit_there(&w->units->rows[traces[i].unit], to);
    return true;
}

/* The usual days of a question: the first day of a row or one that is as good, the last likewise. */
static ntm_date first_day(const ntm_units *units, const ntm_unit_row *row) {
    ntm_date day = row->from;
    if (day != NTM_DATE_NONE) return day;
    day = units->edge_count > 0 ? units->edges[0].on - 1 : ntm_date_ymd(1, 1, 1);
    return row->before != NTM_DATE_NONE && row->before <= day ? row->before - 1 : day;
}

static ntm_date last_day(const ntm_units *units, const ntm_unit_row *row) {
    if (row->before != NTM_DATE_NONE) return row->before - 1;
    ntm_date day = units->edge_count > 0 ? units->edges[units->edge_count - 1].on : ntm_date_ymd(9999, 12, 31);
    return day < row->from ? row->from : day;
}

static ntm_status check_question(const ntm_unit_part *out, const size_t *count, size_t capacity, const ntm_units *units,
                                 ntm_unit unit, ntm_date there, ntm_date from, ntm_date to, ntm_error *err) {
    if (count == NULL || (out == NULL && capacity > 0) || units == NULL)
        return ntm_i_wrong_call(err, "places for the answer and a registry are needed");
    if (unit >= units->count) return ntm_i_wrong_call(err, "a unit of this registry is needed");
    if (!ntm_i_date_is(from) || !ntm_i_date_is(to) || from > to)
        return ntm_i_wrong_call(err, "two days in order are needed");
    char text[NTM_I_UNIT_TEXT], day[NTM_I_DAY_SIZE];
    if (!ntm_units_there(units, unit, there))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(units->rows[unit].code), "%s is not there on %s",
                          ntm_i_unit_text(text, units, unit), ntm_i_day_text(day, there));
    return NTM_OK;
}

/* How much of where a walk began is in one of the rows on which it ended. */
static ntm_share_of_unit share_of(const walk *w, const trace *at) {
    if (w->traces.count == 1) return NTM_UNIT_WHOLE;
    return at->sure ? NTM_UNIT_PART : NTM_UNIT_PERHAPS;
}

ntm_status ntm_units_became(ntm_unit_part *out, size_t *count, size_t capacity, const ntm_units *units, ntm_unit unit,
                            ntm_date from, ntm_date to, ntm_error *err) {
    const ntm_unit_row *row = ntm_units_row(units, unit);
    if (row != NULL && from == NTM_DATE_NONE) from = first_day(units, row);
    if (row != NULL && to == NTM_DATE_NONE) {
        to = units->edge_count > 0 ? units->edges[units->edge_count - 1].on : from;
        if (to < from) to = from;
    }
    ntm_status status = check_question(out, count, capacity, units, unit, from, from, to, err);
    if (status != NTM_OK) return status;
    walk w;
    bool fits = walk_start(&w, units, unit, false) && walk_to(&w, from, to);
    const trace *traces = w.traces.items;
    for (size_t i = 0; fits && i < w.traces.count && i < capacity; i++)
        out[i] = (ntm_unit_part){traces[i].unit, share_of(&w, &traces[i]), traces[i].steps, traces[i].ended};
    if (fits) *count = w.traces.count;
    walk_end(&w);
    return fits ? NTM_OK : ntm_i_no_memory(err);
}

/* How much of a source is in a unit of a later day: the walk forwards tells. */
static bool share_in(ntm_share_of_unit *out, const ntm_units *units, ntm_unit source, ntm_date from, ntm_unit unit,
                     ntm_date to) {
    walk w;
    bool fits = walk_start(&w, units, source, false) && walk_to(&w, from, to);
    const trace *at = fits ? find_trace(&w.traces, unit) : NULL;
    if (at != NULL) *out = share_of(&w, at);
    walk_end(&w);
    return fits;
}

ntm_status ntm_units_made_of(ntm_unit_part *out, size_t *count, size_t capacity, const ntm_units *units, ntm_unit unit,
                             ntm_date from, ntm_date to, ntm_error *err) {
    const ntm_unit_row *row = ntm_units_row(units, unit);
    if (row != NULL && to == NTM_DATE_NONE) to = last_day(units, row);
    if (row != NULL && from == NTM_DATE_NONE) {
        from = units->edge_count > 0 ? units->edges[0].on - 1 : to;
        if (from > to) from = to;
    }
    ntm_status status = check_question(out, count, capacity, units, unit, to, from, to, err);
    if (status != NTM_OK) return status;
    walk w;
    bool fits = walk_start(&w, units, unit, true) && walk_to(&w, to, from);
    const trace *traces = w.traces.items;
    for (size_t i = 0; fits && i < w.traces.count && i < capacity; i++) {
        ntm_unit_part part = {traces[i].unit, NTM_UNIT_WHOLE, traces[i].steps, traces[i].ended};
        ntm_date start = traces[i].ended ? units->rows[part.unit].from : from;
        fits = share_in(&part.share, units, part.unit, start, unit, to);
        out[i] = part;
    }
    if (fits) *count = w.traces.count;
    walk_end(&w);
    return fits ? NTM_OK : ntm_i_no_memory(err);
}
