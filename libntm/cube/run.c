/* SPDX-License-Identifier: Apache-2.0 */
/* Running sums: each period gets what came before it. Stocks were carried on unit by unit when they were put in (fill.c). */
#include "base/sort.h"
#include "cube/cube.h"

typedef struct running {
    ntm_i_cubing *c;
    const ntm_i_cube_side *side; /* of time */
    bool in_year;
    ntm_i_store out;
} running;

/* What is carried along the periods of one combination of the other members. */
typedef struct carried {
    ntm_i_wide sum;
    uint32_t missing;
    uint8_t mark;
} carried;

/* Whether a sum starts anew at a period: ids begin with the year. */
static bool starts(const running *r, uint32_t period) {
    const char *here = r->side->nodes[period].id, *before = period == 0 ? NULL : r->side->nodes[period - 1].id;
    if (before == NULL || !r->in_year) return before == NULL;
    for (int i = 0; i < 4; i++)
        if (here[i] != before[i]) return true;
    return false;
}

/* Goes on with a cell of the next period, if there is one. */
static void carry(const running *r, carried *on, uint32_t period, const ntm_i_entry_cell *cell) {
    if (starts(r, period)) *on = (carried){0, 0, 0};
    if (cell == NULL || (cell->mark & NTM_I_KEPT)) return;
    on->sum += cell->sum;
    on->missing = on->missing > UINT32_MAX - cell->missing ? UINT32_MAX : on->missing + cell->missing;
    on->mark = (uint8_t)(on->mark | cell->mark);
}

/* What a period has: what was carried, and stocks as they are. */
static bool put(running *r, uint64_t key, const carried *on, const ntm_i_entry_cell *cell) {
    bool stock = cell != NULL && (cell->mark & NTM_I_KEPT);
    return (on->mark == 0 || ntm_i_store_add(&r->out, key, on->sum, on->missing, on->mark)) &&
           (!stock || ntm_i_store_add(&r->out, key, cell->sum, cell->missing, (uint8_t)(cell->mark & ~NTM_I_KEPT)));
}

/* A key taken apart: all but time, and the period. */
typedef struct apart {
    uint64_t rest;
    uint32_t period;
} apart;

static int by_rest(const void *context, uint32_t a, uint32_t b) {
    const apart *keys = context;
    if (keys[a].rest != keys[b].rest) return keys[a].rest < keys[b].rest ? -1 : 1;
    return keys[a].period < keys[b].period ? -1 : keys[a].period > keys[b].period;
}

/* The cells in the order of all but time, and then of time. */
static ntm_status run_sorted(running *r, const ntm_i_entry_cell *cells, const apart *keys, const uint32_t *order,
                             size_t count) {
    for (size_t i = 0; i < count;) {
        uint64_t rest = keys[order[i]].rest;
        carried on = {0, 0, 0};
        for (uint32_t period = 0; period < r->side->count; period++) {
            bool here = i < count && keys[order[i]].rest == rest && keys[order[i]].period == period;
            const ntm_i_entry_cell *cell = here ? &cells[order[i++]] : NULL;
            carry(r, &on, period, cell);
            if (!put(r, rest + period * r->side->stride, &on, cell)) return ntm_i_no_memory(r->c->err);
        }
    }
    return NTM_OK;
}

ntm_status ntm_i_run(ntm_i_cubing *c) {
    ntm_i_store *store = &c->cube->store;
    if (c->tally->question.running == NTM_RUNNING_NOT) return NTM_OK;
    running r = {.c = c, .side = &c->cube->sides[c->tally->bases[c->time].side]};
    r.in_year = c->tally->question.running == NTM_RUNNING_IN_YEAR;
    if (!ntm_i_store_sort(store)) return ntm_i_no_memory(c->err);
    size_t count = ntm_i_store_count(store), n = 0;
    ntm_i_entry_cell *cells = ntm_i_arena_take(&c->scratch, count, sizeof *cells);
    apart *keys = ntm_i_arena_take(&c->scratch, count, sizeof *keys);
    uint32_t *order = ntm_i_arena_take(&c->scratch, count, sizeof *order),
             *spare = ntm_i_arena_take(&c->scratch, count, sizeof *spare);
    if (cells == NULL || keys == NULL || order == NULL || spare == NULL) return ntm_i_no_memory(c->err);
    for (uint64_t at = 0; ntm_i_store_next(&cells[n < count ? n : 0], store, &at) && n < count; n++) {
        keys[n].period = (uint32_t)(cells[n].key / r.side->stride % r.side->count);
        keys[n].rest = cells[n].key - keys[n].period * r.side->stride;
        order[n] = (uint32_t)n;
    }
    ntm_i_sort(order, spare, n, by_rest, keys);
    ntm_i_store_start(&r.out, store->keys, count * 2, store->narrow, &c->cube->arena.allocator);
    bool room = ntm_i_store_room(&r.out) && (!r.out.dense || ntm_i_store_marks(&r.out));
    ntm_status status = room ? run_sorted(&r, cells, keys, order, n) : ntm_i_no_memory(c->err);
    ntm_i_store_end(store);
    *store = r.out; /* freed with the cube, whatever became of it */
    return status;
}
