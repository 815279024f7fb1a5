/* SPDX-License-Identifier: Apache-2.0 */
/* All edges of a registry: those of the table checked against one another, and those that go without saying. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "unit/edges.h"

static int by_day(const void *context, uint32_t a, uint32_t b) {
    const ntm_unit_edge *edges = context;
    const ntm_unit_edge *x = &edges[a], *y = &edges[b];
    if (x->on != y->on) return x->on < y->on ? -1 : 1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->to != y->to) return x->to < y->to ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Counting sort of edges by one of their ends; their order by day stays. */
static void sort_ends(uint32_t *first, uint32_t *order, const ntm_unit_edge *edges, size_t count, uint32_t rows,
                      bool by_target) {
    memset(first, 0, ((size_t)rows + 2) * sizeof *first);
    for (size_t i = 0; i < count; i++)
        first[(by_target ? edges[i].to : edges[i].from) + 2]++;
    for (uint32_t row = 0; row < rows; row++)
        first[row + 2] += first[row + 1];
    for (size_t i = 0; i < count; i++)
        order[first[(by_target ? edges[i].to : edges[i].from) + 1]++] = (uint32_t)i;
}

/* Sorts the edges into the registry, with both indexes. What was there before is left to the arena. */
static bool freeze(ntm_units *units, const ntm_i_array *edges) {
    ntm_i_arena *arena = &units->arena;
    size_t count = edges->count, ends = (size_t)units->count + 2;
    units->edges = ntm_i_sorted(arena, edges->items, count, sizeof *units->edges, by_day);
    units->out_first = ntm_i_arena_take(arena, ends, sizeof(uint32_t));
    units->in_first = ntm_i_arena_take(arena, ends, sizeof(uint32_t));
    units->edges_out = ntm_i_arena_take(arena, count, sizeof(uint32_t));
    units->edges_in = ntm_i_arena_take(arena, count, sizeof(uint32_t));
    bool fits = units->edges != NULL && units->out_first != NULL && units->in_first != NULL &&
                units->edges_out != NULL && units->edges_in != NULL;
    units->edge_count = fits ? count : 0;
    if (!fits) return false;
    sort_ends(units->out_first, units->edges_out, units->edges, count, units->count, false);
    sort_ends(units->in_first, units->edges_in, units->edges, count, units->count, true);
    return true;
}

/* The first place in a slice of an index whose edge is not before a day. */
static uint32_t seek(const ntm_units *units, const uint32_t *order, uint32_t low, uint32_t high, int64_t on) {
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (units->edges[order[middle]].on < on)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t ntm_i_units_out_from(const ntm_units *units, ntm_unit unit, int64_t on) {
    return seek(units, units->edges_out, units->out_first[unit], units->out_first[unit + 1], on);
}

uint32_t ntm_i_units_in_from(const ntm_units *units, ntm_unit unit, int64_t on) {
    return seek(units, units->edges_in, units->in_first[unit], units->in_first[unit + 1], on);
}

static bool has_out(const ntm_units *units, ntm_unit unit, ntm_date on) {
    uint32_t at = ntm_i_units_out_from(units, unit, on);
    return at < units->out_first[unit + 1] && units->edges[units->edges_out[at]].on == on;
}

static bool has_in(const ntm_units *units, ntm_unit unit, ntm_date on) {
    uint32_t at = ntm_i_units_in_from(units, unit, on);
    return at < units->in_first[unit + 1] && units->edges[units->edges_in[at]].on == on;
}

/* Edges first .. end - 1 leave one unit on one day. */
static void check_leaving(ntm_i_units_making *m, size_t first, size_t end) {
    const ntm_units *units = m->units;
    const ntm_unit_edge *edges = units->edges;
    size_t full = SIZE_MAX;
    char text[NTM_I_UNIT_TEXT];
    for (size_t i = first; i < end; i++) {
        ntm_i_defect_place place = {"old_code", edges[i].from, edges[i].to, edges[i].row, edges[i].on};
        if (!edges[i].partial) full = i;
        if (i > first && edges[i].to == edges[i - 1].to)
            (void)ntm_i_units_defect(m, NTM_UNIT_TWICE, place, "the same edge as row %llu",
                                     (unsigned long long)edges[i - 1].row);
        if (!edges[i].partial && edges[i].to != edges[i].from &&
            ntm_i_unit_there(&units->rows[edges[i].from], edges[i].on))
            (void)ntm_i_units_defect(m, NTM_UNIT_STILL_THERE, place,
                                     "all of %s goes elsewhere, but its row goes on: expected it to end on that day",
                                     ntm_i_unit_text(text, units, edges[i].from));
    }
    if (full == SIZE_MAX || end - first == 1) return;
    size_t other = full == first ? first + 1 : first;
    if (edges[full].to == edges[other].to) return; /* told as the same edge */
    (void)ntm_i_units_defect(
        m, NTM_UNIT_TWICE,
        (ntm_i_defect_place){"old_code", edges[full].from, edges[full].to, edges[full].row, edges[full].on},
        "all of %s goes to one unit, and by row %llu something to another",
        ntm_i_unit_text(text, units, edges[full].from), (unsigned long long)edges[other].row);
}

static bool add(ntm_i_array *edges, ntm_unit from, ntm_unit to, ntm_date on, bool partial) {
    ntm_unit_edge edge = {from, to, on, partial, NTM_NO_ROW};
    if (edges->count >= UINT32_MAX / 2) return false; /* more than the indexes can number: there is no such memory */
    return ntm_i_array_append(edges, &edge, 1);
}

/* The rest of a unit of which only parts are said to leave: edges first .. end - 1. */
static bool add_rest(ntm_units *units, ntm_i_array *edges, size_t first, size_t end) {
    ntm_unit from = units->edges[first].from;
    ntm_date on = units->edges[first].on;
    ntm_unit rest = ntm_i_units_in_group(units, units->group_of[from], on);
    for (size_t i = first; i < end; i++)
        if (!units->edges[i].partial || units->edges[i].to == rest) return true;
    /* Two parts can be everything, when a new unit of other origin has the code; one part cannot. */
    bool everything = end - first > 1 && rest != from && rest != NTM_NO_UNIT && has_in(units, rest, on);
    if (rest == NTM_NO_UNIT || everything) return true;
    return add(edges, from, rest, on, true);
}

/* What the table leaves unsaid: rests, units that took others in, and codes that go on. */
static bool add_unsaid(ntm_units *units, ntm_i_array *edges) {
    size_t said = units->edge_count;
    bool fits = true;
    for (size_t first = 0, end; fits && first < said; first = end) {
        for (end = first + 1; end < said && units->edges[end].from == units->edges[first].from &&
                              units->edges[end].on == units->edges[first].on;)
            end++;
        fits = add_rest(units, edges, first, end);
    }
    for (ntm_unit row = 0; fits && row < units->count; row++) {
        for (uint32_t at = units->in_first[row]; fits && at < units->in_first[row + 1]; at++) {
            ntm_date on = units->edges[units->edges_in[at]].on;
            bool again = at > units->in_first[row] && units->edges[units->edges_in[at - 1]].on == on;
            if (!again && ntm_i_unit_there(&units->rows[row], (int64_t)on - 1) && !has_out(units, row, on))
                fits = add(edges, row, row, on, false);
        }
        ntm_date end = units->rows[row].before;
        if (!fits || end == NTM_DATE_NONE || has_out(units, row, end)) continue;
        ntm_unit next = ntm_i_units_in_group(units, units->group_of[row], end);
        if (next != NTM_NO_UNIT) fits = add(edges, row, next, end, false);
    }
    return fits;
}

/* Whether the table has an edge on a day: binary search in the days, in order. */
static bool is_reform(const ntm_i_array *days, ntm_date day) {
    const ntm_date *items = days->items;
    size_t low = 0, high = days->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < days->count && items[low] == day;
}

/* On days of edges: who ends without going anywhere, and who comes from nowhere. */
static void check_ends(ntm_i_units_making *m, const ntm_i_array *days) {
    const ntm_units *units = m->units;
    char text[NTM_I_UNIT_TEXT], taker[NTM_I_UNIT_TEXT];
    for (ntm_unit row = 0; row < units->count && !m->cells.no_memory; row++) {
        ntm_date end = units->rows[row].before, from = units->rows[row].from;
        if (end != NTM_DATE_NONE && is_reform(days, end)) {
            uint32_t at = ntm_i_units_out_from(units, row, end), last = units->out_first[row + 1];
            const ntm_unit_edge *only = at + 1 == last ? &units->edges[units->edges_out[at]] : NULL;
            ntm_i_defect_place place = {"valid_to", row, only == NULL ? NTM_NO_UNIT : only->to, NTM_NO_ROW, end};
            if (at == last)
                (void)ntm_i_units_defect(m, NTM_UNIT_NO_SUCCESSOR, place, "nothing says what became of %s",
                                         ntm_i_unit_text(text, units, row));
            else if (only != NULL && only->partial)
                (void)ntm_i_units_defect(m, NTM_UNIT_NO_SUCCESSOR, place,
                                         "nothing says what became of the rest of %s: a part went to %s",
                                         ntm_i_unit_text(text, units, row), ntm_i_unit_text(taker, units, only->to));
        }
        if (from != NTM_DATE_NONE && is_reform(days, from) && !has_in(units, row, from))
            (void)ntm_i_units_defect(m, NTM_UNIT_FROM_NOWHERE,
                                     (ntm_i_defect_place){"valid_from", row, NTM_NO_UNIT, NTM_NO_ROW, from},
                                     "nothing says what %s was made of", ntm_i_unit_text(text, units, row));
    }
}

/* The days of the table's edges, each once. */
static bool list_days(ntm_i_array *days, const ntm_units *units) {
    for (size_t i = 0; i < units->edge_count; i++)
        if (i == 0 || units->edges[i].on != units->edges[i - 1].on)
            if (!ntm_i_array_append(days, &units->edges[i].on, 1)) return false;
    return true;
}

static bool spread_weights(ntm_i_units_making *m) {
    ntm_units *units = m->units;
    size_t count = units->weight_count;
    if (count == 0) return true;
    units->weights = ntm_i_arena_take(&units->arena, units->edge_count * count, sizeof *units->weights);
    units->weight_known = ntm_i_arena_take(&units->arena, units->edge_count * count, 1);
    if (units->weights == NULL || units->weight_known == NULL) return false;
    for (size_t i = 0; i < units->edge_count; i++) {
        if (units->edges[i].row == NTM_NO_ROW) continue;
        size_t row = (size_t)units->edges[i].row;
        memcpy(units->weights + i * count, m->row_weights + row * count, count * sizeof *units->weights);
        memcpy(units->weight_known + i * count, m->row_weight_known + row * count, count);
    }
    return true;
}

void ntm_i_units_join(ntm_i_units_making *m, ntm_i_array *edges) {
    ntm_units *units = m->units;
    ntm_i_array days;
    ntm_i_array_start(&days, &units->arena.allocator, sizeof(ntm_date));
    bool fits = freeze(units, edges);
    for (size_t first = 0, end; fits && first < units->edge_count; first = end) {
        for (end = first + 1; end < units->edge_count && units->edges[end].from == units->edges[first].from &&
                              units->edges[end].on == units->edges[first].on;)
            end++;
        check_leaving(m, first, end);
    }
    fits = fits && list_days(&days, units);
    if (fits && m->cells.problem_count == 0) {
        fits = add_unsaid(units, edges) && freeze(units, edges) && spread_weights(m);
        if (fits) check_ends(m, &days);
    }
    ntm_i_array_end(&days);
    if (!fits) m->cells.no_memory = true;
}
