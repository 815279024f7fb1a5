/* SPDX-License-Identifier: Apache-2.0 */
/* Edges, what became of a unit, and what a unit was made of. */
#include <string.h>

#include "base/text.h"
#include "unit/walk.h"

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

ntm_status ntm_i_units_days_crossed(ntm_error *err, ntm_date from, ntm_date to) {
    char first[NTM_I_DAY_SIZE], last[NTM_I_DAY_SIZE];
    return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "two days in order are needed: %s is after %s",
                      ntm_i_day_text(first, from), ntm_i_day_text(last, to));
}

static ntm_status check_question(const ntm_unit_part *out, const size_t *count, size_t capacity, const ntm_units *units,
                                 ntm_unit unit, ntm_date there, ntm_date from, ntm_date to, ntm_error *err) {
    if (count == NULL || (out == NULL && capacity > 0) || units == NULL)
        return ntm_i_wrong_call(err, "places for the answer and a registry are needed");
    if (unit >= units->count) return ntm_i_wrong_call(err, "a unit of this registry is needed");
    if (!ntm_i_date_is(from) || !ntm_i_date_is(to)) return ntm_i_wrong_call(err, "two days are needed");
    if (from > to) return ntm_i_units_days_crossed(err, from, to);
    char text[NTM_I_UNIT_TEXT], day[NTM_I_DAY_SIZE];
    if (!ntm_units_there(units, unit, there))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(units->rows[unit].code), "%s is not there on %s",
                          ntm_i_unit_text(text, units, unit), ntm_i_day_text(day, there));
    return NTM_OK;
}

static ntm_status answer(ntm_unit_part *out, size_t *count, size_t capacity, const ntm_units *units, ntm_unit unit,
                         ntm_date start, ntm_date end, bool backwards, ntm_error *err) {
    ntm_i_array parts;
    ntm_i_array_start(&parts, &units->arena.allocator, sizeof(ntm_unit_part));
    bool fits = ntm_i_units_walk(&parts, units, unit, start, end, backwards);
    size_t written = parts.count < capacity ? parts.count : capacity;
    if (fits && written > 0) memcpy(out, parts.items, written * sizeof *out);
    if (fits) *count = parts.count;
    ntm_i_array_end(&parts);
    return fits ? NTM_OK : ntm_i_no_memory(err);
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
    return status != NTM_OK ? status : answer(out, count, capacity, units, unit, from, to, false, err);
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
    return status != NTM_OK ? status : answer(out, count, capacity, units, unit, to, from, true, err);
}
