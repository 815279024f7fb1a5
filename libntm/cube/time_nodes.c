/* SPDX-License-Identifier: Apache-2.0 */
/* The side of time: periods, longer ones that they are parts of, and the total. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "cube/cube.h"

enum { PERIODS_MOST = 1000000, CHAIN_MOST = 6 };

typedef struct timing {
    ntm_i_cubing *c;
    const ntm_i_base *base;
    const ntm_side *asked;
    ntm_period_length level; /* 0 = as posted */
    ntm_period *found;       /* sorted, each once */
    uint32_t count;
    bool halves;   /* some entry is of half a year: then halves are above what lies in them */
    uint8_t *used; /* by segment: whether it has entries that count, or a report is expected; NULL = all are shown */
} timing;

/* Running sums go from the first period to the last of entries that count: others must not make them longer, or what comes
   out of a tally would change with what the ledger had besides. */
static bool find_used(timing *t) {
    const ntm_cube_tally *tally = t->c->tally;
    const ntm_i_question *q = &tally->question;
    ntm_i_walk walk;
    if (q->running == NTM_RUNNING_NOT) return true;
    t->used = ntm_i_arena_take(&t->c->scratch, (size_t)t->base->count + 1, 1);
    if (t->used == NULL) return false;
    ntm_i_walk_start(&walk, tally);
    while (ntm_i_walk_next(&walk))
        t->used[walk.at[t->c->time]] = 1;
    for (size_t i = 0; i < q->expected_count; i++) {
        ntm_period period = ntm_i_period_of(q->expected[i].from, q->expected[i].length);
        for (; period.first_day <= q->expected[i].to; period = ntm_i_period_next(period)) {
            uint32_t due = ntm_i_segment_due(t->base, period);
            if (due != NTM_I_NO_NODE) t->used[due] = 1;
            if (period.last_day >= q->expected[i].to) break;
        }
    }
    return true;
}

/* Whether some cell is of half a year, posted so. */
static bool has_halves(const timing *t) {
    ntm_i_walk walk;
    ntm_i_walk_start(&walk, t->c->tally);
    while (t->level == 0 && t->asked->up && ntm_i_walk_next(&walk))
        if (t->base->segments[walk.at[t->c->time]].period.length == NTM_PERIOD_HALF_YEAR) return true;
    return false;
}

/* The periods of a segment, the shortest first. */
static ntm_status periods_of(ntm_period out[CHAIN_MOST], uint32_t *count, const timing *t,
                             const ntm_i_segment *segment) {
    static const ntm_period_length above[] = {NTM_PERIOD_MONTH, NTM_PERIOD_QUARTER, NTM_PERIOD_HALF_YEAR,
                                              NTM_PERIOD_YEAR};
    char text[NTM_I_PERIOD_TEXT];
    *count = 0;
    out[(*count)++] = t->level == 0 ? segment->period : ntm_i_period_of(segment->period.first_day, t->level);
    if (out[0].last_day < segment->period.last_day)
        return ntm_i_fail(t->c->err, NTM_ERROR_SHAPE, NTM_I_SUBJECT("date"), "an entry of %s cannot be told by %s",
                          ntm_i_period_text(text, segment->period), t->asked->level);
    for (size_t i = 0; i < sizeof above / sizeof *above && t->asked->up; i++) {
        ntm_period longer = ntm_i_period_of(out[0].first_day, above[i]);
        if (above[i] == NTM_PERIOD_HALF_YEAR && !t->halves) continue;
        if (above[i] > out[0].length && longer.last_day >= out[0].last_day) out[(*count)++] = longer;
    }
    return NTM_OK;
}

static int order(const ntm_period *a, const ntm_period *b) {
    if (a->first_day != b->first_day) return a->first_day < b->first_day ? -1 : 1;
    if (a->last_day != b->last_day) return a->last_day > b->last_day ? -1 : 1; /* those above before those below */
    return (int)b->length - (int)a->length;
}

static int by_period(const void *context, uint32_t a, uint32_t b) {
    const ntm_period *periods = context;
    return order(&periods[a], &periods[b]);
}

static uint32_t place_of(const timing *t, const ntm_period *period) {
    uint32_t low = 0, high = t->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (order(&t->found[middle], period) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Running sums have every period between the first and the last. */
static ntm_status fill_gaps(const timing *t, ntm_i_array *all) {
    const ntm_period *items = all->items;
    if (t->c->tally->question.running == NTM_RUNNING_NOT || all->count == 0) return NTM_OK;
    ntm_period first = items[0], last = items[0];
    for (size_t i = 0; i < all->count; i++) {
        if (items[i].first_day < first.first_day) first = items[i];
        if (items[i].first_day > last.first_day) last = items[i];
    }
    for (size_t n = 0; first.first_day < last.first_day; n++) {
        first = ntm_i_period_next(first);
        if (n == PERIODS_MOST)
            return ntm_i_fail(t->c->err, NTM_ERROR_LIMIT, NTM_I_SUBJECT("date"), "more than %d periods", PERIODS_MOST);
        if (!ntm_i_array_append(all, &first, 1)) return ntm_i_no_memory(t->c->err);
    }
    return NTM_OK;
}

static ntm_status collect(timing *t) {
    ntm_period chain[CHAIN_MOST];
    uint32_t count = 0;
    ntm_i_array all;
    ntm_status status = NTM_OK;
    ntm_i_array_start(&all, &t->c->scratch.allocator, sizeof(ntm_period));
    for (uint32_t i = 0; i < t->base->count && status == NTM_OK; i++) {
        if (t->used != NULL && !t->used[i]) continue;
        status = periods_of(chain, &count, t, &t->base->segments[i]);
        if (status == NTM_OK && !ntm_i_array_append(&all, chain, count)) status = ntm_i_no_memory(t->c->err);
    }
    if (status == NTM_OK) status = fill_gaps(t, &all);
    t->found =
        status == NTM_OK ? ntm_i_sorted(&t->c->scratch, all.items, all.count, sizeof(ntm_period), by_period) : NULL;
    if (status == NTM_OK && t->found == NULL) status = ntm_i_no_memory(t->c->err);
    for (size_t i = 0; i < all.count && status == NTM_OK; i++)
        if (t->count == 0 || order(&t->found[t->count - 1], &t->found[i]) != 0) t->found[t->count++] = t->found[i];
    ntm_i_array_end(&all);
    return status;
}

static ntm_status name_nodes(timing *t, ntm_i_cube_side *side) {
    ntm_i_arena *arena = &t->c->cube->arena;
    side->nodes = ntm_i_arena_take(arena, (size_t)t->count + 1, sizeof *side->nodes);
    if (side->nodes == NULL) return ntm_i_no_memory(t->c->err);
    for (uint32_t i = 0; i < t->count; i++) {
        char text[NTM_I_PERIOD_TEXT];
        (void)ntm_i_period_text(text, t->found[i]);
        side->nodes[i] = (ntm_cube_member){NULL, ntm_i_length_word(t->found[i].length), NTM_I_NO_NODE, false};
        if (!ntm_i_arena_copy(arena, &side->nodes[i].id, text)) return ntm_i_no_memory(t->c->err);
    }
    side->count = t->count;
    if (t->asked->up) {
        side->total = side->count;
        side->nodes[side->count++] = (ntm_cube_member){"*", "total", NTM_I_NO_NODE, false};
    }
    return NTM_OK;
}

static ntm_status chains(timing *t, ntm_i_cube_side *side) {
    for (uint32_t i = 0; i < t->base->count; i++) {
        ntm_period chain[CHAIN_MOST];
        if (t->used != NULL && !t->used[i]) continue;
        uint32_t count = 0, *nodes = ntm_i_arena_take(&t->c->scratch, CHAIN_MOST, sizeof *nodes);
        if (nodes == NULL) return ntm_i_no_memory(t->c->err);
        ntm_status status = periods_of(chain, &count, t, &t->base->segments[i]);
        if (status != NTM_OK) return status;
        for (uint32_t k = 0; k < count; k++)
            nodes[k] = place_of(t, &chain[k]);
        if (side->total != NTM_I_NO_NODE) nodes[count++] = side->total;
        for (uint32_t k = 0; k + 1 < count; k++)
            side->nodes[nodes[k]].parent = nodes[k + 1];
        t->c->time_chains[i] = (ntm_i_chain){nodes, count};
    }
    return NTM_OK;
}

/* One node for all time. */
static const uint32_t one_node[1] = {0};

ntm_status ntm_i_time_nodes(ntm_i_cubing *c) {
    c->segments = c->time == SIZE_MAX ? 1 : c->tally->bases[c->time].count;
    c->time_nodes = 1;
    c->time_chains = ntm_i_arena_take(&c->scratch, c->segments + 1, sizeof *c->time_chains);
    if (c->time_chains == NULL) return ntm_i_no_memory(c->err);
    if (c->time == SIZE_MAX || c->tally->bases[c->time].side < 0) {
        for (size_t i = 0; i < c->segments; i++)
            c->time_chains[i] = (ntm_i_chain){one_node, 1};
        return NTM_OK;
    }
    timing t = {.c = c, .base = &c->tally->bases[c->time]};
    ntm_i_cube_side *side = &c->cube->sides[t.base->side];
    t.asked = &c->tally->question.sides[t.base->side];
    t.level = ntm_i_length_of(t.asked->level);
    t.halves = has_halves(&t);
    ntm_status status = find_used(&t) ? collect(&t) : ntm_i_no_memory(c->err);
    if (status == NTM_OK) status = name_nodes(&t, side);
    if (status == NTM_OK) status = chains(&t, side);
    c->time_nodes = side->count;
    if (status == NTM_OK && !c->stocks && !ntm_i_side_one_tree(c, side, c->time_chains, c->segments))
        status = ntm_i_no_memory(c->err);
    return status;
}
