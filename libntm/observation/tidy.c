/* SPDX-License-Identifier: Apache-2.0 */
/* A store with cells, made in one pass over a table without problems. Memory is what it waits for: a cell is 12 bytes and
 * is written where it stays, and what a block of rows needs is fetched while the block before it is written.
 *
 * The first row of a place goes into its cell. When another one comes, both are put aside, and the cell counts. In the end
 * the rows that were put aside are gathered place by place.
 *
 * Nothing is told here. Whatever is wrong, and whatever does not fit, is found again on the long way, which tells it. */
#include <string.h>

#include "base/checked.h"
#include "column/bits.h"
#include "column/values.h"
#include "observation/observations.h"

/* A row that is not alone in its place. */
typedef struct aside {
    ntm_i_observed observed;
    uint32_t place;
} aside;

/* Rows put aside are taken together; cells are fetched so many rows before they are needed. */
enum { CHUNK = 1000, AHEAD = 128 };

typedef struct chunk {
    struct chunk *next;
    size_t count;
    aside items[CHUNK];
} chunk;

/* Some rows: their places, and what goes there. */
typedef struct block {
    size_t start, count;
    uint32_t units[NTM_I_BLOCK], facts[NTM_I_BLOCK], periods[NTM_I_BLOCK], slots[NTM_I_BLOCK], packed[NTM_I_BLOCK];
    size_t places[NTM_I_BLOCK];
    ntm_date days[NTM_I_BLOCK];
    const int64_t *values; /* in the table, or here */
    int64_t read[NTM_I_BLOCK];
} block;

typedef struct tidy {
    ntm_i_storing *s;
    ntm_observations *store;
    ntm_date *slots_since;             /* by slot: the first day on which a row was recorded, */
    uint32_t *slots_next;              /* and how many rows are put aside, then where the next one goes */
    ntm_i_arena arena;                 /* of chunks, */
    chunk *first, *last;               /* in the order of rows */
    size_t aside, aside_most, crowded; /* rows put aside, room for them; their places */
    block block;
    bool failed;
} tidy;

/* ------------------------------------------------------------------------------------------- room */

/* How many rows may be put aside so that, with the chunks and then the rows gathered, no more memory is taken than by
   starts; false when there is not even room for the cells. */
static bool set_room(tidy *t, bool uppers) {
    ntm_i_uwide places = t->store->places, room = (ntm_i_uwide)t->s->rows * sizeof(ntm_i_observed) + places * 4;
    ntm_i_uwide taken = places * (sizeof(ntm_i_cell) + (uppers ? sizeof(int32_t) : 0));
    if (places > UINT32_MAX || taken > room) return false;
    t->aside_most = (size_t)((room - taken) / (sizeof(aside) + sizeof(ntm_i_observed)));
    return t->aside <= t->aside_most;
}

static bool need(tidy *t, const void *taken) {
    if (taken == NULL) t->s->cells.no_memory = t->failed = true;
    return taken != NULL;
}

static void mark_slots(ntm_i_storing *s) {
    ntm_observations *store = s->store;
    uint32_t facts[NTM_I_BLOCK], periods[NTM_I_BLOCK];
    for (size_t start = 0; start < s->rows; start += NTM_I_BLOCK) {
        size_t count = s->rows - start < NTM_I_BLOCK ? s->rows - start : NTM_I_BLOCK;
        ntm_i_key_ids_read(facts, &s->facts, start, count);
        ntm_i_key_ids_read(periods, &s->periods, start, count);
        for (size_t i = 0; i < count; i++)
            store->slots[facts[i] * store->periods.count + periods[i]] = 0;
    }
}

/* Which facts and periods occur together need not be known where there is room for all of them. */
static void number_slots(tidy *t) {
    ntm_observations *store = t->store;
    ntm_i_slots_start(t->s);
    t->failed = store->slots == NULL;
    if (t->failed) return;
    store->slot_count = store->slots_room;
    if (ntm_i_multiply_overflows(store->slot_count, store->units.count, &store->places) || !set_room(t, false)) {
        mark_slots(t->s);
        ntm_i_slots_number(t->s);
        store->places = store->slot_count * store->units.count; /* of no table: not used */
        t->failed = store->slots == NULL || !set_room(t, false);
        return;
    }
    for (size_t slot = 0; slot < store->slot_count; slot++)
        store->slots[slot] = (uint32_t)slot;
}

static void make_room(tidy *t) {
    ntm_observations *store = t->store;
    const ntm_allocator *allocator = &store->arena.allocator;
    number_slots(t);
    if (t->failed) return;
    t->slots_since = ntm_i_allocate(allocator, store->slot_count, sizeof *t->slots_since);
    t->slots_next = ntm_i_allocate(allocator, store->slot_count, sizeof *t->slots_next);
    store->cells = ntm_i_allocate(allocator, store->places, sizeof *store->cells);
    if (!need(t, t->slots_since) || !need(t, t->slots_next) || !need(t, store->cells) || !ntm_i_kinds_start(t->s))
        t->failed = true;
    if (t->failed) return;
    for (size_t slot = 0; slot < store->slot_count; slot++)
        t->slots_since[slot] = INT32_MAX;
}

/* ------------------------------------------------------------------------------------------- reading */

static void read_keys(tidy *t, block *b, size_t start) {
    ntm_i_storing *s = t->s;
    const ntm_observations *store = t->store;
    const ntm_i_cell *cells = store->cells;
    size_t periods = store->periods.count, units = store->units.count;
    b->start = start;
    b->count = s->rows - start < NTM_I_BLOCK ? s->rows - start : NTM_I_BLOCK;
    ntm_i_key_ids_read(b->units, &s->units, start, b->count);
    ntm_i_key_ids_read(b->facts, &s->facts, start, b->count);
    ntm_i_key_ids_read(b->periods, &s->periods, start, b->count);
    for (size_t i = 0; i < b->count; i++) {
        b->slots[i] = store->slots[b->facts[i] * periods + b->periods[i]];
        b->places[i] = b->slots[i] * units + b->units[i];
        if (i < AHEAD) NTM_I_FETCH(&cells[b->places[i]]);
    }
}

/* Whole numbers, and what masks say of them. Packed are scale and state, as by ntm_i_pack without a day. */
static void read_integers(tidy *t, block *b) {
    const ntm_column *column = &t->s->value->column;
    uint32_t number = ntm_i_pack(NTM_I_DAY_FIRST, column->scale, NTM_I_NUMBER);
    bool masked = column->validity != NULL || column->not_applicable != NULL;
    for (size_t i = 0; i < b->count; i++)
        b->packed[i] = number;
    if (!masked && column->type == NTM_TYPE_INT64 && column->stride_bytes == (int64_t)sizeof *b->values) {
        b->values = (const int64_t *)column->data + b->start;
        return;
    }
    b->values = b->read;
    ntm_i_integers_read(b->read, column, b->start, b->count);
    if (!masked) return;
    for (size_t i = 0; i < b->count; i++) {
        size_t row = b->start + i;
        bool apart =
            column->not_applicable != NULL && ntm_i_bit(column->not_applicable, column->not_applicable_offset + row);
        if (!apart && (column->validity == NULL || ntm_i_bit(column->validity, column->validity_offset + row)))
            continue;
        b->read[i] = 0;
        b->packed[i] = ntm_i_pack(NTM_I_DAY_FIRST, 0, apart ? NTM_I_NOT_APPLICABLE : NTM_I_NOTHING);
    }
}

static void read_values(tidy *t, block *b) {
    ntm_i_storing *s = t->s;
    const ntm_column *column = &s->value->column;
    if (ntm_i_type_is_integer(column->type) && column->categories == NULL) {
        read_integers(t, b);
        return;
    }
    b->values = b->read;
    for (size_t i = 0; i < b->count; i++) {
        ntm_i_reading one = ntm_i_value_read(s, b->start + i);
        ntm_i_state state = (ntm_i_state)one.state;
        b->read[i] = one.value;
        b->packed[i] = ntm_i_pack(NTM_I_DAY_FIRST, one.scale, state);
        if (state == NTM_I_NUMBER || state == NTM_I_LEVEL)
            ntm_i_kind_note(s, b->facts[i], state, b->days[i], (uint32_t)(b->start + i));
    }
}

/* Days and values of a block; false when anything is wrong with them. */
static bool read_rest(tidy *t, block *b) {
    if (!ntm_i_days_read(b->days, t->s, b->start, b->count, false)) return false;
    read_values(t, b);
    for (size_t i = 0; i < b->count; i++)
        b->packed[i] |= ntm_i_pack(b->days[i], 0, (ntm_i_state)0);
    return t->s->cells.problem_count == 0 && !t->s->cells.no_memory;
}

/* ------------------------------------------------------------------------------------------- writing */

/* The upper half of a value, which most stores have no need of. */
static void put_upper(tidy *t, size_t place, int64_t value) {
    ntm_observations *store = t->store;
    if (store->uppers == NULL) {
        if (!set_room(t, true)) {
            t->failed = true;
            return;
        }
        store->uppers = ntm_i_allocate(&store->arena.allocator, store->places, sizeof *store->uppers);
        if (!need(t, store->uppers)) return;
    }
    store->uppers[place] = ntm_i_upper(value);
}

static void put_aside(tidy *t, size_t place, ntm_i_observed observed) {
    if (t->aside == t->aside_most) {
        t->failed = true;
        return;
    }
    if (t->last == NULL || t->last->count == CHUNK) {
        chunk *more = ntm_i_arena_take(&t->arena, 1, sizeof *more);
        if (!need(t, more)) return;
        *(t->last == NULL ? &t->first : &t->last->next) = more;
        t->last = more;
    }
    t->last->items[t->last->count++] = (aside){observed, (uint32_t)place};
    t->slots_next[place / t->store->units.count]++;
    t->aside++;
}

/* A place has a row already. */
static void crowd(tidy *t, size_t place, ntm_i_observed observed) {
    ntm_i_cell *cell = &t->store->cells[place];
    if (cell->packed != NTM_I_SEVERAL) {
        put_aside(t, place, ntm_i_cell_row(t->store, place));
        *cell = (ntm_i_cell){1, NTM_I_SEVERAL, 0};
        t->crowded++;
    }
    put_aside(t, place, observed);
    cell->value++;
}

/* The first row of a slot. A page that is read before it is written is handed out twice, first to be read, all zeros, then
   to be written: here it is written, and while it is new it is in the cache. */
static void open_slot(tidy *t, uint32_t slot) {
    enum { PAGE = 4096 };
    size_t units = t->store->units.count;
    volatile ntm_i_cell *cells = t->store->cells + slot * units;
    for (size_t unit = 0; unit < units; unit += PAGE / sizeof *cells)
        cells[unit].value = 0;
    cells[units - 1].value = 0;
}

static void note_day(tidy *t, uint32_t slot, ntm_date day) {
    if (t->slots_since[slot] == INT32_MAX) open_slot(t, slot);
    t->slots_since[slot] = day;
}

static void write_block(tidy *t, const block *b) {
    const ntm_date *slots_since = t->slots_since;
    ntm_date *units_since = t->store->units.since;
    ntm_i_cell *cells = t->store->cells;
    for (size_t i = 0; i < b->count; i++) {
        ntm_i_cell *cell = &cells[b->places[i]];
        uint32_t row = (uint32_t)(b->start + i);
        ntm_date day = b->days[i];
        if (i + AHEAD < b->count) NTM_I_FETCH(&cells[b->places[i + AHEAD]]);
        if (day < slots_since[b->slots[i]]) note_day(t, b->slots[i], day);
        if (day < units_since[b->units[i]]) units_since[b->units[i]] = day;
        if (cell->packed != 0) {
            crowd(t, b->places[i], (ntm_i_observed){b->values[i], b->packed[i], row});
            continue;
        }
        *cell = (ntm_i_cell){(int32_t)(uint32_t)b->values[i], b->packed[i], row};
        if (cell->value != b->values[i]) put_upper(t, b->places[i], b->values[i]);
    }
}

static void write_rows(tidy *t) {
    for (size_t start = 0; start < t->s->rows && !t->failed; start += NTM_I_BLOCK) {
        read_keys(t, &t->block, start);
        if (read_rest(t, &t->block))
            write_block(t, &t->block);
        else
            t->failed = true;
    }
}

/* ------------------------------------------------------------------------------------------- several rows of a place */

/* What becomes of a cell with several rows stands in place of a scale. */
enum { COUNTED = NTM_I_SEVERAL, GATHERED = NTM_I_SEVERAL | 1 << 5, SETTLED = NTM_I_SEVERAL | 2 << 5 };

/* The rows of a slot come to lie together. While they are gathered, the cell says where the next one goes. */
static void gather(tidy *t) {
    ntm_observations *store = t->store;
    size_t units = store->units.count;
    for (size_t slot = 0, before = 0; slot < store->slot_count; slot++) {
        size_t count = t->slots_next[slot];
        t->slots_next[slot] = (uint32_t)before;
        before += count;
    }
    for (const chunk *c = t->first; c != NULL; c = c->next)
        for (size_t i = 0; i < c->count; i++) {
            ntm_i_cell *cell = &store->cells[c->items[i].place];
            if (i + AHEAD < c->count) NTM_I_FETCH(&store->cells[c->items[i + AHEAD].place]);
            if (cell->packed == COUNTED) {
                cell->row = t->slots_next[c->items[i].place / units];
                cell->packed = GATHERED;
                t->slots_next[c->items[i].place / units] += (uint32_t)cell->value;
            }
            store->rows[cell->row++] = c->items[i].observed;
        }
}

/* Puts the rows of a place in order and keeps those that say something new. */
static void settle(tidy *t, ntm_i_cell *cell) {
    ntm_observations *store = t->store;
    size_t count = (size_t)cell->value, to = 1;
    cell->row -= (uint32_t)count;
    ntm_i_observed *rows = &store->rows[cell->row];
    ntm_i_rows_sort(rows, count);
    for (size_t at = 1; at < count; at++) {
        const ntm_repeat repeat = {rows[at].row, rows[to - 1].row};
        if (rows[at].packed >> 10 != rows[to - 1].packed >> 10)
            rows[to++] = rows[at];
        else if (!ntm_i_same_value(&rows[to - 1], &rows[at]))
            t->failed = true;
        else if (!ntm_i_array_append(&store->repeats, &repeat, 1))
            t->failed = t->s->cells.no_memory = true;
    }
    cell->value = (int32_t)to;
    cell->packed = SETTLED;
}

static void settle_all(tidy *t) {
    ntm_observations *store = t->store;
    store->rows_room = t->aside;
    store->rows = ntm_i_allocate(&store->arena.allocator, store->rows_room, sizeof *store->rows);
    if (!need(t, store->rows)) return;
    gather(t);
    for (const chunk *c = t->first; c != NULL && !t->failed; c = c->next)
        for (size_t i = 0; i < c->count; i++) {
            ntm_i_cell *cell = &store->cells[c->items[i].place];
            if (i + AHEAD < c->count) NTM_I_FETCH(&store->cells[c->items[i + AHEAD].place]);
            if (i + AHEAD / 2 < c->count) NTM_I_FETCH(store->rows + store->cells[c->items[i + AHEAD / 2].place].row);
            if (cell->packed == GATHERED) settle(t, cell);
        }
    ntm_i_repeats_sort(store);
}

/* ------------------------------------------------------------------------------------------- the end */

/* One fact and one period: its length, and when they were first told of. */
static void finish_slot(tidy *t, size_t fact, size_t period) {
    ntm_observations *store = t->store;
    uint32_t slot = store->slots[fact * store->periods.count + period];
    ntm_period_length length = store->periods.periods[period].length;
    if (slot == NTM_I_NO_ID || t->slots_since[slot] == INT32_MAX) return;
    if (t->slots_since[slot] < store->facts.since[fact]) store->facts.since[fact] = t->slots_since[slot];
    if (t->slots_since[slot] < store->periods.since[period]) store->periods.since[period] = t->slots_since[slot];
    if (store->lengths[fact] != 0 && store->lengths[fact] != length) t->failed = true;
    store->lengths[fact] = length;
}

static void finish(tidy *t) {
    ntm_observations *store = t->store;
    store->lengths = ntm_i_arena_take(&store->arena, store->facts.count, sizeof *store->lengths);
    if (!need(t, store->lengths)) return;
    for (size_t fact = 0; fact < store->facts.count; fact++)
        for (size_t period = 0; period < store->periods.count; period++)
            finish_slot(t, fact, period);
    store->count.repeated = store->repeats.count;
    store->count.used = t->s->rows - store->repeats.count;
    store->count.places = t->s->rows - t->aside + t->crowded;
}

/* As if nothing had been done; only first days that were noted stay, and will be noted again. */
static void undo(tidy *t) {
    ntm_observations *store = t->store;
    const ntm_allocator *allocator = &store->arena.allocator;
    ntm_i_release(allocator, store->cells, store->places, sizeof *store->cells);
    ntm_i_release(allocator, store->uppers, store->places, sizeof *store->uppers);
    ntm_i_release(allocator, store->rows, store->rows_room, sizeof *store->rows);
    store->cells = NULL;
    store->uppers = NULL;
    store->rows = NULL;
    store->places = store->rows_room = 0;
    store->repeats.count = 0;
    ntm_i_slots_end(t->s);
    ntm_i_values_again(t->s);
}

bool ntm_i_storing_tidy(ntm_i_storing *s) {
    const ntm_allocator *allocator = &s->store->arena.allocator;
    const ntm_i_cells before = s->cells;
    if (before.problem_count > 0) return false;
    tidy *t = ntm_i_allocate(allocator, 1, sizeof *t);
    if (t == NULL) {
        s->cells.no_memory = true;
        return false;
    }
    t->s = s;
    t->store = s->store;
    ntm_i_arena_start(&t->arena, allocator);
    s->cells.problems = NULL; /* told on the long way */
    make_room(t);
    if (!t->failed) write_rows(t);
    if (!t->failed) settle_all(t);
    if (!t->failed) finish(t);
    ntm_i_kinds_end(s);
    bool made = !t->failed, no_memory = s->cells.no_memory;
    if (!made) undo(t);
    s->cells = before;
    s->cells.no_memory = no_memory;
    ntm_i_release(allocator, t->slots_since, s->store->slot_count, sizeof *t->slots_since);
    ntm_i_release(allocator, t->slots_next, s->store->slot_count, sizeof *t->slots_next);
    ntm_i_arena_end(&t->arena);
    ntm_i_release(allocator, t, 1, sizeof *t);
    return made;
}
