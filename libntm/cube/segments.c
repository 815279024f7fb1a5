/* SPDX-License-Identifier: Apache-2.0 */
/* Stretches of time within which rows are added up: periods of the finest length that anybody asks for, cut where the tree of
 * units changes if every entry goes by the tree of its day; or periods as they are posted. */
#include <stdio.h>
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "cube/cube.h"

typedef struct making {
    const ntm_ledger *ledger;
    const ntm_cube_tally *tally;
    ntm_i_arena *arena;
    ntm_period_length finest; /* 0 = as posted */
    const ntm_date *changes;  /* days on which the tree changes, in order */
    size_t change_count;
    ntm_i_segment *segments;
    size_t count;
    ntm_error *err;
} making;

static int by_day(const void *context, uint32_t a, uint32_t b) {
    const ntm_date *days = context;
    return days[a] < days[b] ? -1 : days[a] > days[b];
}

/* The days on which some row of the registry begins or ends: of all time, so that segments do not depend on entries. */
static bool find_changes(making *m) {
    const ntm_units *units = m->tally->units;
    size_t count = 0, rows = ntm_units_count(units);
    ntm_date *days = ntm_i_arena_take(m->arena, rows * 2, sizeof *days);
    if (days == NULL) return false;
    for (uint32_t i = 0; i < rows; i++) {
        const ntm_unit_row *row = ntm_units_row(units, i);
        if (row->from != NTM_DATE_NONE) days[count++] = row->from;
        if (row->before != NTM_DATE_NONE) days[count++] = row->before;
    }
    ntm_date *sorted = ntm_i_sorted(m->arena, days, count, sizeof *days, by_day);
    if (sorted == NULL) return false;
    m->changes = sorted;
    for (size_t i = 0; i < count; i++)
        if (m->change_count == 0 || sorted[m->change_count - 1] != sorted[i]) sorted[m->change_count++] = sorted[i];
    return true;
}

/* The stretch between two changes in which a day lies, within a period. */
static void cut(const making *m, ntm_i_segment *segment, ntm_date day) {
    size_t low = 0, high = m->change_count;
    while (low < high) { /* the first change after the day */
        size_t middle = low + (high - low) / 2;
        if (m->changes[middle] <= day)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0 && m->changes[low - 1] > segment->first) segment->first = m->changes[low - 1];
    if (low < m->change_count && m->changes[low] - 1 < segment->last) segment->last = m->changes[low] - 1;
}

static ntm_status segment_of(ntm_i_segment *out, const making *m, ntm_period period) {
    char text[NTM_I_PERIOD_TEXT], side[NTM_I_PERIOD_TEXT];
    *out = (ntm_i_segment){period, period.first_day, period.last_day};
    if (m->finest == 0) return NTM_OK;
    ntm_period longer = ntm_i_period_of(period.first_day, m->finest);
    if (period.last_day > longer.last_day)
        return ntm_i_fail(
            m->err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(m->ledger->time_column == NULL ? "date" : m->ledger->time_column),
            "an entry of %s cannot be told by %s: it lies across %s and the next", ntm_i_period_text(text, period),
            ntm_i_length_word(m->finest), ntm_i_period_text(side, longer));
    *out = (ntm_i_segment){longer, longer.first_day, longer.last_day};
    /* An entry of several days between which the tree changes stays in the stretch of its last one. */
    cut(m, out, period.last_day);
    return NTM_OK;
}

int ntm_i_segment_compare(const ntm_i_segment *a, const ntm_i_segment *b) {
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    if (a->last != b->last) return a->last < b->last ? -1 : 1;
    if (a->period.first_day != b->period.first_day) return a->period.first_day < b->period.first_day ? -1 : 1;
    return (int)a->period.length - (int)b->period.length;
}

static int by_segment(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_segment *segments = context;
    return ntm_i_segment_compare(&segments[a], &segments[b]);
}

uint32_t ntm_i_segment_due(const ntm_i_base *time, ntm_period period) {
    uint32_t due = NTM_I_NO_NODE, low = 0, high = time->count;
    while (low < high) { /* the first stretch that begins in the period */
        uint32_t middle = low + (high - low) / 2;
        if (time->segments[middle].first < period.first_day)
            low = middle + 1;
        else
            high = middle;
    }
    for (uint32_t s = low; s < time->count && time->segments[s].first <= period.last_day; s++)
        if (time->segments[s].period.first_day >= period.first_day && time->segments[s].last <= period.last_day &&
            (due == NTM_I_NO_NODE || time->segments[s].last >= time->segments[due].last))
            due = s;
    return due;
}

/* Segments of periods in which reports are expected, whether there are entries or not. */
static ntm_status expect(making *m, ntm_i_array *found) {
    const ntm_i_question *q = &m->tally->question;
    enum { PERIODS_MOST = 100000 };
    for (size_t i = 0; i < q->expected_count; i++) {
        ntm_period period = ntm_i_period_of(q->expected[i].from, q->expected[i].length);
        for (size_t n = 0; period.first_day <= q->expected[i].to; n++) {
            ntm_i_segment segment;
            ntm_period last = {NTM_PERIOD_DAY, period.last_day, period.last_day};
            ntm_status status = segment_of(&segment, m, m->finest == 0 ? period : last);
            if (status != NTM_OK) return status;
            if (n == PERIODS_MOST)
                return ntm_i_fail(m->err, NTM_ERROR_LIMIT, NTM_I_NOWHERE,
                                  "reports are expected in more than %d periods", PERIODS_MOST);
            if (!ntm_i_array_append(found, &segment, 1)) return ntm_i_no_memory(m->err);
            if (period.last_day >= q->expected[i].to) break;
            period = ntm_i_period_next(period);
        }
    }
    return NTM_OK;
}

/* Which codes of time count: NTM_OK and *in, or an entry that lies only partly within the days asked for. */
static ntm_status within(bool *in, const making *m, ntm_period period) {
    const ntm_i_question *q = &m->tally->question;
    char text[NTM_I_PERIOD_TEXT];
    bool before = q->from != NTM_DATE_NONE && period.first_day < q->from;
    bool after = q->to != NTM_DATE_NONE && period.last_day > q->to;
    bool touches = (q->from == NTM_DATE_NONE || period.last_day >= q->from) &&
                   (q->to == NTM_DATE_NONE || period.first_day <= q->to);
    *in = !before && !after;
    if (*in || !touches) return NTM_OK;
    return ntm_i_fail(m->err, NTM_ERROR_SHAPE,
                      NTM_I_SUBJECT(m->ledger->time_column == NULL ? "date" : m->ledger->time_column),
                      "an entry of %s lies only partly within the days asked for", ntm_i_period_text(text, period));
}

static ntm_status collect(making *m, uint32_t *of_code, size_t codes, ntm_i_array *found) {
    for (size_t code = 0; code < codes; code++) {
        ntm_period period = m->ledger->periods[code];
        bool in = false;
        of_code[code] = NTM_I_NO_NODE;
        if (period.length == 0) continue;
        ntm_status status = within(&in, m, period);
        if (status == NTM_OK && in) {
            ntm_i_segment segment,
                *last = found->count == 0 ? NULL : &((ntm_i_segment *)found->items)[found->count - 1];
            status = segment_of(&segment, m, period);
            if (status == NTM_OK && (last == NULL || ntm_i_segment_compare(last, &segment) != 0) &&
                !ntm_i_array_append(found, &segment, 1))
                status = ntm_i_no_memory(m->err);
            of_code[code] = (uint32_t)found->count - 1;
        }
        if (status != NTM_OK) return status;
    }
    return expect(m, found);
}

/* Puts what was collected in order, each once, and lets codes point there. */
static ntm_status number(making *m, ntm_i_base *base, uint32_t *of_code, size_t codes, const ntm_i_array *found) {
    size_t count = found->count;
    uint32_t *order = ntm_i_arena_take(m->arena, count, sizeof *order),
             *spare = ntm_i_arena_take(m->arena, count, sizeof *spare);
    uint32_t *rank = ntm_i_arena_take(m->arena, count, sizeof *rank);
    const ntm_i_segment *all = found->items;
    base->segments = ntm_i_arena_take((ntm_i_arena *)(uintptr_t)&m->tally->arena, count + 1, sizeof *base->segments);
    if (order == NULL || spare == NULL || rank == NULL || base->segments == NULL) return ntm_i_no_memory(m->err);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    ntm_i_sort(order, spare, count, by_segment, all);
    for (size_t i = 0; i < count; i++) {
        if (base->count == 0 || ntm_i_segment_compare(&base->segments[base->count - 1], &all[order[i]]) != 0)
            base->segments[base->count++] = all[order[i]];
        rank[order[i]] = base->count - 1;
    }
    for (size_t code = 0; code < codes; code++)
        if (of_code[code] != NTM_I_NO_NODE) of_code[code] = rank[of_code[code]];
    return NTM_OK;
}

bool ntm_i_tree_matters(const ntm_cube_tally *tally) {
    const ntm_i_question *q = &tally->question;
    for (size_t i = 0; i < q->side_count && tally->units != NULL; i++)
        if (strcmp(q->sides[i].dimension, "unit") == 0) return q->sides[i].level != NULL || q->sides[i].up;
    return false;
}

/* No entry is longer than a year: where nobody asks for time, that is all that has to be told apart. */
static ntm_period_length finest_of(const ntm_i_question *q) {
    ntm_period_length finest = NTM_PERIOD_YEAR;
    for (size_t i = 0; i < q->side_count; i++)
        if (strcmp(q->sides[i].dimension, "date") == 0) finest = ntm_i_length_of(q->sides[i].level);
    for (size_t i = 0; i < q->expected_count; i++)
        if (finest != 0 && q->expected[i].length < finest) finest = q->expected[i].length;
    return finest;
}

ntm_status ntm_i_segments_make(ntm_i_base *base, uint32_t **of_code, const ntm_ledger *ledger, ntm_cube_tally *tally,
                               bool as_posted, ntm_i_arena *scratch, ntm_error *err) {
    making m = {.ledger = ledger, .tally = tally, .arena = scratch, .err = err};
    size_t codes = ledger->time_column == NULL ? 1 : ledger->time.count;
    ntm_i_array found;
    m.finest = as_posted ? (ntm_period_length)0 : finest_of(&tally->question);
    /* As posted, a period is a stretch of its own, and its unit is looked for in it. */
    if (m.finest != 0 && ntm_i_tree_matters(tally) && !find_changes(&m)) return ntm_i_no_memory(err);
    *of_code = ntm_i_arena_take(scratch, codes, sizeof **of_code);
    if (*of_code == NULL) return ntm_i_no_memory(err);
    ntm_i_array_start(&found, &scratch->allocator, sizeof(ntm_i_segment));
    ntm_status status = collect(&m, *of_code, codes, &found);
    if (status == NTM_OK) status = number(&m, base, *of_code, codes, &found);
    ntm_i_array_end(&found);
    return status;
}
