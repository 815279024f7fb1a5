/* SPDX-License-Identifier: Apache-2.0 */
/* Roll-ups made from a registry: across mergers and divisions, and up the tree as of a day. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "rollup/stage.h"
#include "unit/registry.h"

/* Rows of units being woven into rows of others. Sources that a target needs and nobody has a row for come behind the
   caller's rows, targets that the caller does not want behind his. */
typedef struct weave {
    const ntm_units *units;
    const ntm_rollup_units_options *options;
    const ntm_unit *from, *to;
    size_t from_count, to_count;
    ntm_date from_day, to_day;
    size_t weight;      /* index of the weight; SIZE_MAX = none */
    uint32_t *from_row; /* by unit; NTM_I_NONE = none */
    uint32_t *to_row;
    size_t unreported; /* sources without a row of the caller's */
    size_t unwanted;   /* targets likewise */
    ntm_i_array parts; /* of ntm_rollup_part */
    ntm_i_array found; /* of ntm_unit_part: room for one question */
    ntm_error *err;
} weave;

/* The row of each unit, each of them once and there on the day. */
static ntm_status index_rows(const weave *w, uint32_t *row_of, const ntm_unit *list, size_t count, ntm_date day,
                             const char *what) {
    char text[NTM_I_UNIT_TEXT], on[NTM_I_DAY_SIZE];
    memset(row_of, 0xff, w->units->count * sizeof *row_of);
    for (size_t row = 0; row < count; row++) {
        ntm_i_place place = NTM_I_ROW(what, row);
        if (list[row] >= w->units->count) return ntm_i_fail(w->err, NTM_ERROR_VALUE, place, "no unit of the registry");
        if (!ntm_units_there(w->units, list[row], day))
            return ntm_i_fail(w->err, NTM_ERROR_VALUE, place, "%s is not there on %s",
                              ntm_i_unit_text(text, w->units, list[row]), ntm_i_day_text(on, day));
        if (row_of[list[row]] != NTM_I_NONE)
            return ntm_i_fail(w->err, NTM_ERROR_CONFLICT, place, "%s twice: see row %u",
                              ntm_i_unit_text(text, w->units, list[row]), (unsigned)row_of[list[row]]);
        row_of[list[row]] = (uint32_t)row;
    }
    return NTM_OK;
}

static ntm_status weave_start(weave *w) {
    const ntm_allocator *allocator = w->options->allocator;
    ntm_i_array_start(&w->parts, allocator, sizeof(ntm_rollup_part));
    ntm_i_array_start(&w->found, allocator, sizeof(ntm_unit_part));
    w->from_row = ntm_i_allocate(allocator, w->units->count, sizeof *w->from_row);
    w->to_row = ntm_i_allocate(allocator, w->units->count, sizeof *w->to_row);
    if (w->from_row == NULL || w->to_row == NULL) return ntm_i_no_memory(w->err);
    if (w->from_count > NTM_ROLLUP_ROWS_MAX || w->to_count > NTM_ROLLUP_ROWS_MAX)
        return ntm_i_fail(w->err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more rows than there can be units");
    ntm_status status = index_rows(w, w->from_row, w->from, w->from_count, w->from_day, "from");
    return status == NTM_OK ? index_rows(w, w->to_row, w->to, w->to_count, w->to_day, "to") : status;
}

static void weave_end(weave *w) {
    const ntm_allocator *allocator = w->options->allocator;
    ntm_i_array_end(&w->parts);
    ntm_i_array_end(&w->found);
    ntm_i_release(allocator, w->from_row, w->units->count, sizeof *w->from_row);
    ntm_i_release(allocator, w->to_row, w->units->count, sizeof *w->to_row);
}

/* Adds a part; a weight is that of the edge between both. */
static ntm_status add_part(weave *w, uint32_t from_row, uint32_t to_row, bool partial, ntm_unit from, ntm_unit to) {
    ntm_rollup_part part = {from_row, to_row, partial, false, {0, 0}};
    const ntm_units *units = w->units;
    for (uint32_t at = w->weight == SIZE_MAX ? NTM_I_NONE : ntm_i_units_out_from(units, from, (int64_t)w->from_day + 1);
         at < units->out_first[from + 1]; at++) {
        const ntm_unit_edge *edge = &units->edges[units->edges_out[at]];
        if (edge->on > w->to_day) break;
        if (edge->to != to) continue;
        part.has_weight = ntm_units_edge_weight(&part.weight, units, units->edges_out[at], w->weight, NULL) == NTM_OK;
        break;
    }
    return ntm_i_array_append(&w->parts, &part, 1) ? NTM_OK : ntm_i_no_memory(w->err);
}

/* The row of a target; one that the caller does not want is an error, or gets a row behind his. */
static ntm_status row_of_target(weave *w, uint32_t *out, ntm_unit unit, size_t source, const char *lost) {
    char text[NTM_I_UNIT_TEXT], other[NTM_I_UNIT_TEXT];
    if (w->to_row[unit] == NTM_I_NONE && !w->options->ignore_others)
        return ntm_i_fail(w->err, NTM_ERROR_NOT_FOUND, NTM_I_ROW("from", source), lost,
                          ntm_i_unit_text(text, w->units, w->from[source]), ntm_i_unit_text(other, w->units, unit));
    if (w->to_row[unit] == NTM_I_NONE) w->to_row[unit] = (uint32_t)(w->to_count + w->unwanted++);
    *out = w->to_row[unit];
    return NTM_OK;
}

/* A question of succession into `found`. */
static ntm_status ask(weave *w, ntm_unit unit, bool made_of) {
    size_t count = 0;
    while (true) {
        ntm_unit_part *room = w->found.items;
        size_t capacity = w->found.count;
        ntm_status status =
            made_of ? ntm_units_made_of(room, &count, capacity, w->units, unit, w->from_day, w->to_day, w->err)
                    : ntm_units_became(room, &count, capacity, w->units, unit, w->from_day, w->to_day, w->err);
        if (status != NTM_OK || count <= capacity) {
            w->found.count = status == NTM_OK ? count : 0;
            return status;
        }
        while (w->found.count < count)
            if (ntm_i_array_push(&w->found) == NULL) return ntm_i_no_memory(w->err);
    }
}

/* What the sources became. */
static ntm_status follow_sources(weave *w) {
    for (size_t row = 0; row < w->from_count; row++) {
        ntm_status status = ask(w, w->from[row], false);
        const ntm_unit_part *parts = w->found.items;
        size_t count = w->found.count;
        for (size_t i = 0; status == NTM_OK && i < count; i++) {
            uint32_t target = 0;
            status = row_of_target(w, &target, parts[i].unit, row,
                                   parts[i].ended ? "nothing says what became of %s: the last is %s"
                                                  : "%s is now (in part) %s, which is no target");
            if (status == NTM_OK)
                status =
                    add_part(w, (uint32_t)row, target, parts[i].share != NTM_UNIT_WHOLE, w->from[row], parts[i].unit);
        }
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}

/* What the targets need and no row of the caller's has: it is not reported. */
static ntm_status find_unreported(weave *w) {
    for (size_t row = 0; row < w->to_count; row++) {
        ntm_status status = ask(w, w->to[row], true);
        const ntm_unit_part *parts = w->found.items;
        size_t count = w->found.count;
        for (size_t i = 0; status == NTM_OK && i < count; i++) {
            uint32_t *source = &w->from_row[parts[i].unit];
            if (*source != NTM_I_NONE && *source < w->from_count) continue;
            if (*source == NTM_I_NONE) *source = (uint32_t)(w->from_count + w->unreported++);
            status = add_part(w, *source, (uint32_t)row, parts[i].share != NTM_UNIT_WHOLE, parts[i].unit, w->to[row]);
        }
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}

/* `rows` rows, each into its own, out of as many or into as many more. */
static ntm_status identity(ntm_rollup **out, size_t rows, size_t from_rows, size_t to_rows,
                           const ntm_allocator *allocator, ntm_error *err) {
    ntm_rollup_part *parts = ntm_i_allocate(allocator, rows, sizeof *parts);
    if (parts == NULL) return ntm_i_no_memory(err);
    for (uint32_t row = 0; row < rows; row++)
        parts[row] = (ntm_rollup_part){row, row, false, false, {0, 0}};
    ntm_status status = ntm_rollup_new(out, parts, rows, from_rows, to_rows, allocator, err);
    ntm_i_release(allocator, parts, rows, sizeof *parts);
    return status;
}

/* The parts as a roll-up of the caller's rows alone. */
static ntm_status weave_finish(ntm_rollup **out, weave *w) {
    const ntm_allocator *allocator = w->options->allocator;
    size_t all_from = w->from_count + w->unreported, all_to = w->to_count + w->unwanted, count = 0;
    ntm_rollup *stages[3] = {NULL, NULL, NULL};
    ntm_status status = NTM_OK;
    if (w->unreported > 0)
        status = identity(&stages[count++], w->from_count, w->from_count, all_from, allocator, w->err);
    if (status == NTM_OK)
        status = ntm_rollup_new(&stages[count++], w->parts.items, w->parts.count, all_from, all_to, allocator, w->err);
    if (status == NTM_OK && w->unwanted > 0)
        status = identity(&stages[count++], w->to_count, all_to, w->to_count, allocator, w->err);
    if (status == NTM_OK && count == 1) {
        *out = stages[0];
        return NTM_OK;
    }
    if (status == NTM_OK) status = ntm_rollup_chain(out, (const ntm_rollup *const *)stages, count, allocator, w->err);
    for (size_t i = 0; i < 3; i++)
        ntm_rollup_free(stages[i]);
    return status;
}

static ntm_status check_options(const ntm_rollup_units_options *options, ntm_error *err) {
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(
            err, "options that begin with NTM_ROLLUP_UNITS_OPTIONS_INIT and a whole allocator are needed");
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- across reforms */

/* Several days in one step: exact where nothing is divided by weight. */
static ntm_status in_one_step(ntm_rollup **out, weave *w) {
    ntm_status status = weave_start(w);
    if (status == NTM_OK) status = follow_sources(w);
    if (status == NTM_OK) status = find_unreported(w);
    if (status == NTM_OK) status = weave_finish(out, w);
    weave_end(w);
    return status;
}

/* The first day after `day` on which an edge leaves a unit, or it ends; INT64_MAX when there is none. */
static int64_t leaves_after(const ntm_units *units, ntm_unit unit, int64_t day) {
    uint32_t at = ntm_i_units_out_from(units, unit, day + 1);
    int64_t end = ntm_i_unit_end(&units->rows[unit]);
    bool edge = at < units->out_first[unit + 1] && units->edges[units->edges_out[at]].on < end;
    return edge ? units->edges[units->edges_out[at]].on : end;
}

/* The last day to which one step can go from its first: what came somewhere in it does not leave again in it. So every
   row has the edges of one day at most, and with them one set of weights. */
static ntm_date step_end(const weave *w) {
    const ntm_units *units = w->units;
    int64_t last = w->to_day;
    for (size_t row = 0; row < w->from_count; row++) {
        int64_t on = leaves_after(units, w->from[row], w->from_day);
        if (on > last) continue;
        for (uint32_t at = ntm_i_units_out_from(units, w->from[row], on); at < units->out_first[w->from[row] + 1];
             at++) {
            const ntm_unit_edge *edge = &units->edges[units->edges_out[at]];
            if (edge->on != on) break;
            int64_t further = leaves_after(units, edge->to, on);
            if (further <= last) last = further - 1;
        }
    }
    return (ntm_date)last;
}

/* What a list of units became by a day, each once: the rows between two steps. A unit that ended stays out. Who takes
   what is left over when something is shared out goes by their order: targets as the caller has them, then the others by
   the registry's rows. */
static ntm_status units_between(ntm_i_array *out, weave *w) {
    bool *seen = ntm_i_allocate(w->options->allocator, w->units->count, sizeof *seen);
    ntm_status status = seen == NULL ? ntm_i_no_memory(w->err) : NTM_OK;
    ntm_i_array_start(&w->found, w->options->allocator, sizeof(ntm_unit_part));
    for (size_t row = 0; status == NTM_OK && row < w->from_count; row++) {
        status = ask(w, w->from[row], false);
        const ntm_unit_part *parts = w->found.items;
        for (size_t i = 0; status == NTM_OK && i < w->found.count; i++) {
            if (!parts[i].ended) seen[parts[i].unit] = true;
        }
    }
    for (size_t row = 0; status == NTM_OK && row < w->to_count; row++) {
        if (seen[w->to[row]] && !ntm_i_array_append(out, &w->to[row], 1)) status = ntm_i_no_memory(w->err);
        seen[w->to[row]] = false;
    }
    for (ntm_unit unit = 0; status == NTM_OK && unit < w->units->count; unit++)
        if (seen[unit] && !ntm_i_array_append(out, &unit, 1)) status = ntm_i_no_memory(w->err);
    ntm_i_array_end(&w->found);
    ntm_i_release(w->options->allocator, seen, w->units->count, sizeof *seen);
    return status;
}

/* Whether everything goes where the caller has a row for it: said of the caller's rows, which no single day knows. */
static ntm_status check_sources(const weave *whole) {
    weave w = *whole;
    ntm_status status = weave_start(&w);
    if (status == NTM_OK) status = follow_sources(&w);
    weave_end(&w);
    return status;
}

/* In as few steps as can be, so that what was divided by weight is divided again where its parts are. */
static ntm_status in_steps(ntm_rollup **out, const weave *whole) {
    const ntm_allocator *allocator = whole->options->allocator;
    ntm_i_array rows, next, steps;
    ntm_i_array_start(&rows, allocator, sizeof(ntm_unit));
    ntm_i_array_start(&next, allocator, sizeof(ntm_unit));
    ntm_i_array_start(&steps, allocator, sizeof(ntm_rollup *));
    ntm_status status = check_sources(whole);
    weave w = *whole;
    if (status == NTM_OK && !ntm_i_array_append(&rows, whole->from, whole->from_count))
        status = ntm_i_no_memory(whole->err);
    for (bool more = status == NTM_OK; more && status == NTM_OK;) {
        ntm_date from = w.from_day;
        ntm_rollup *step = NULL;
        w = *whole;
        w.from = rows.items;
        w.from_count = rows.count;
        w.from_day = from;
        w.to_day = step_end(&w);
        more = w.to_day != whole->to_day;
        next.count = 0;
        if (more) {
            status = units_between(&next, &w);
            w.to = next.items;
            w.to_count = next.count;
        }
        if (status == NTM_OK) status = in_one_step(&step, &w);
        if (status == NTM_OK && !ntm_i_array_append(&steps, &step, 1)) {
            ntm_rollup_free(step);
            status = ntm_i_no_memory(whole->err);
        }
        ntm_i_array swap = rows;
        rows = next;
        next = swap;
        w.from_day = w.to_day;
    }
    if (status == NTM_OK)
        status = ntm_rollup_chain(out, (const ntm_rollup *const *)steps.items, steps.count, allocator, whole->err);
    for (size_t i = 0; i < steps.count; i++)
        ntm_rollup_free(((ntm_rollup **)steps.items)[i]);
    ntm_i_array_end(&rows);
    ntm_i_array_end(&next);
    ntm_i_array_end(&steps);
    return status;
}

ntm_status ntm_rollup_across(ntm_rollup **out, const ntm_units *units, const ntm_unit *from_units, size_t from_count,
                             ntm_date from, const ntm_unit *to_units, size_t to_count, ntm_date to,
                             const ntm_rollup_units_options *options, ntm_error *err) {
    const ntm_rollup_units_options usual = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || units == NULL || (from_units == NULL && from_count > 0) || (to_units == NULL && to_count > 0))
        return ntm_i_wrong_call(err, "a place for the roll-up, a registry and units are needed");
    if (!ntm_i_date_is(from) || !ntm_i_date_is(to)) return ntm_i_wrong_call(err, "two days are needed");
    if (from > to) return ntm_i_units_days_crossed(err, from, to);
    ntm_status status = check_options(options, err);
    if (status != NTM_OK) return status;
    weave w = {.units = units, .options = options, .from = from_units, .to = to_units};
    w.from_count = from_count;
    w.to_count = to_count;
    w.from_day = from;
    w.to_day = to;
    w.weight = SIZE_MAX;
    w.err = err;
    if (options->weight == NULL) return in_one_step(out, &w);
    for (size_t i = 0; i < ntm_units_weight_count(units); i++)
        if (strcmp(ntm_units_weight(units, i), options->weight) == 0) w.weight = i;
    if (w.weight == SIZE_MAX)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(options->weight),
                          "the edges have no such weight: name its column in the weights of the registry");
    return in_steps(out, &w);
}

/* ------------------------------------------------------------------------------------------- up the tree */

/* The row of the unit above; NTM_I_NONE when it is none of the targets. */
static uint32_t row_above(const weave *w, ntm_unit unit, ntm_echelon above) {
    ntm_unit at = ntm_units_ancestor(w->units, unit, above, w->to_day);
    return at == NTM_NO_UNIT ? NTM_I_NONE : w->to_row[at];
}

/* All units that are summed up: those with a row, and the others of the rung or level below the targets. */
static ntm_status climb(weave *w, const ntm_unit_filter *which, ntm_echelon above) {
    ntm_status status = NTM_OK;
    char text[NTM_I_UNIT_TEXT];
    for (size_t row = 0; status == NTM_OK && row < w->from_count; row++) {
        uint32_t target = row_above(w, w->from[row], above);
        if (!ntm_i_units_passes(w->units, w->from[row], which, which->on))
            return ntm_i_fail(w->err, NTM_ERROR_VALUE, NTM_I_ROW("from", row),
                              "%s is not of the rung or level that is rolled up",
                              ntm_i_unit_text(text, w->units, w->from[row]));
        if (target != NTM_I_NONE)
            status = add_part(w, (uint32_t)row, target, false, w->from[row], w->from[row]);
        else if (!w->options->ignore_others)
            return ntm_i_fail(w->err, NTM_ERROR_NOT_FOUND, NTM_I_ROW("from", row), "%s lies below none of the targets",
                              ntm_i_unit_text(text, w->units, w->from[row]));
    }
    for (ntm_unit unit = 0; status == NTM_OK && unit < w->units->count; unit++) {
        if (w->from_row[unit] != NTM_I_NONE || !ntm_i_units_passes(w->units, unit, which, which->on)) continue;
        uint32_t target = row_above(w, unit, above);
        if (target == NTM_I_NONE) continue;
        w->from_row[unit] = (uint32_t)(w->from_count + w->unreported++);
        status = add_part(w, w->from_row[unit], target, false, unit, unit);
    }
    return status;
}

ntm_status ntm_rollup_up(ntm_rollup **out, const ntm_units *units, const ntm_unit *from_units, size_t from_count,
                         const ntm_unit *to_units, size_t to_count, const ntm_unit_filter *which,
                         const ntm_rollup_units_options *options, ntm_error *err) {
    const ntm_rollup_units_options usual = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || units == NULL || (from_units == NULL && from_count > 0) || (to_units == NULL && to_count > 0) ||
        which == NULL)
        return ntm_i_wrong_call(err, "a place for the roll-up, a registry, units and which of them are needed");
    ntm_status status = check_options(options, err);
    if (status == NTM_OK) status = ntm_i_units_check_filter(units, which, err);
    if (status != NTM_OK) return status;
    if (which->on == NTM_DATE_NONE || (which->level == NULL && which->echelon == NTM_ECHELON_ANY))
        return ntm_i_wrong_call(err, "a day, and the level or rung that is rolled up, are needed");
    if (options->weight != NULL) return ntm_i_wrong_call(err, "nothing is divided on the way up: no weight is needed");
    weave w = {.units = units, .options = options, .from = from_units, .to = to_units};
    w.from_count = from_count;
    w.to_count = to_count;
    w.from_day = w.to_day = which->on;
    w.weight = SIZE_MAX;
    w.err = err;
    status = weave_start(&w);
    ntm_echelon above = to_count > 0 && status == NTM_OK ? units->rows[to_units[0]].echelon : NTM_ECHELON_PROVINCE;
    for (size_t row = 0; status == NTM_OK && row < to_count; row++)
        if (units->rows[to_units[row]].echelon != above)
            status = ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("to", row), "a unit of another rung than the first");
    if (status == NTM_OK) status = climb(&w, which, above);
    if (status == NTM_OK) status = weave_finish(out, &w);
    weave_end(&w);
    return status;
}
