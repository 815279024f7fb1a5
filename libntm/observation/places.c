/* SPDX-License-Identifier: Apache-2.0 */
/* Rows to their places: counted and scattered where places lie close together, sorted otherwise. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "observation/observations.h"

/* The keys and days of some rows. */
typedef struct block {
    size_t start, count;
    uint32_t units[NTM_I_BLOCK], facts[NTM_I_BLOCK], periods[NTM_I_BLOCK];
    ntm_date days[NTM_I_BLOCK];
} block;

static bool next_block(block *b, ntm_i_storing *s, bool days) {
    b->start += b->count;
    if (b->start >= s->rows || s->cells.no_memory) return false;
    b->count = s->rows - b->start < NTM_I_BLOCK ? s->rows - b->start : NTM_I_BLOCK;
    ntm_i_key_ids_read(b->units, &s->units, b->start, b->count);
    ntm_i_key_ids_read(b->facts, &s->facts, b->start, b->count);
    ntm_i_key_ids_read(b->periods, &s->periods, b->start, b->count);
    if (days) (void)ntm_i_days_read(b->days, s, b->start, b->count, false);
    return true;
}

/* Rows that were complained of have no place; their days alone do not matter here. */
static bool has_place(const block *b, size_t i) {
    return b->units[i] != NTM_I_NO_ID && b->facts[i] != NTM_I_NO_ID && b->periods[i] != NTM_I_NO_ID;
}

bool ntm_i_kinds_start(ntm_i_storing *s) {
    ntm_observations *store = s->store;
    size_t facts = store->facts.count;
    s->numbers = ntm_i_allocate(&store->arena.allocator, facts, sizeof *s->numbers);
    s->levels = ntm_i_allocate(&store->arena.allocator, facts, sizeof *s->levels);
    if (store->levels_since == NULL)
        store->levels_since = ntm_i_arena_take(&store->arena, facts, sizeof *store->levels_since);
    if (s->numbers == NULL || s->levels == NULL || store->levels_since == NULL) {
        s->cells.no_memory = true;
        return false;
    }
    memset(s->numbers, 0xff, facts * sizeof *s->numbers);
    memset(s->levels, 0xff, facts * sizeof *s->levels);
    for (size_t fact = 0; fact < facts; fact++)
        store->levels_since[fact] = INT32_MAX;
    return true;
}

void ntm_i_kinds_end(ntm_i_storing *s) {
    const ntm_allocator *allocator = &s->store->arena.allocator;
    ntm_i_release(allocator, s->numbers, s->store->facts.count, sizeof *s->numbers);
    ntm_i_release(allocator, s->levels, s->store->facts.count, sizeof *s->levels);
    s->numbers = s->levels = NULL;
}

void ntm_i_kind_note(ntm_i_storing *s, uint32_t fact, ntm_i_state state, ntm_date day, uint32_t row) {
    uint32_t *mine = state == NTM_I_NUMBER ? s->numbers : s->levels, other;
    if (state == NTM_I_LEVEL && day < s->store->levels_since[fact]) s->store->levels_since[fact] = day;
    if (mine[fact] != NTM_I_NO_ID) return;
    mine[fact] = row;
    other = state == NTM_I_NUMBER ? s->levels[fact] : s->numbers[fact];
    if (other == NTM_I_NO_ID) return;
    const char *level = NULL, *name = s->store->facts.names[fact];
    size_t size = 0;
    ntm_error err = NTM_ERROR_INIT;
    bool here = state == NTM_I_LEVEL;
    if (ntm_column_text(&level, &size, &s->value->column, here ? row : other, &err) != NTM_OK) level = "";
    ntm_i_cells_complain(&s->cells, NTM_ERROR_CONFLICT, s->value->name, row,
                         "fact %s has %s here and %s in row %lu: is \"%.*s\" a level? A text that means \"not "
                         "reported\" has to be declared",
                         name, here ? "a level" : "a number", here ? "a number" : "a level", (unsigned long)other,
                         ntm_i_shown(level, size), level);
}

static ntm_i_observed observed(ntm_i_storing *s, const block *b, size_t i) {
    size_t row = b->start + i;
    ntm_i_reading reading = ntm_i_value_read(s, row);
    ntm_i_state state = b->days[i] == NTM_DATE_NONE ? NTM_I_UNREADABLE : (ntm_i_state)reading.state;
    ntm_date day = b->days[i] == NTM_DATE_NONE ? NTM_I_DAY_FIRST : b->days[i];
    if (b->facts[i] != NTM_I_NO_ID && (state == NTM_I_NUMBER || state == NTM_I_LEVEL))
        ntm_i_kind_note(s, b->facts[i], state, day, (uint32_t)row);
    return (ntm_i_observed){reading.value, ntm_i_pack(day, reading.scale, state), (uint32_t)row};
}

/* ------------------------------------------------------------------------------------------- scattering */

/* The places of a block; SIZE_MAX for rows that have none. A row whose day is wrong may be the only one of its slot, which
   then has no number. */
static void find_places(size_t *out, const ntm_observations *store, const block *b) {
    for (size_t i = 0; i < b->count; i++) {
        out[i] = SIZE_MAX;
        if (!has_place(b, i)) continue;
        uint32_t slot = store->slots[b->facts[i] * store->periods.count + b->periods[i]];
        if (slot == NTM_I_NO_ID) continue;
        out[i] = slot * store->units.count + b->units[i];
        NTM_I_FETCH(&store->starts[out[i] + 1]);
    }
}

static bool take_starts(ntm_i_storing *s, size_t places) {
    ntm_observations *store = s->store;
    store->places = places;
    store->places_room = places + 2; /* one more than there are ends, to count in without a second array */
    store->starts = ntm_i_allocate(&store->arena.allocator, store->places_room, sizeof *store->starts);
    s->cells.no_memory = s->cells.no_memory || store->starts == NULL;
    return !s->cells.no_memory;
}

static void scatter(ntm_i_storing *s) {
    ntm_observations *store = s->store;
    size_t places[NTM_I_BLOCK];
    block *b = ntm_i_allocate(&store->arena.allocator, 1, sizeof *b);
    if (b == NULL) s->cells.no_memory = true;
    if (b == NULL || !take_starts(s, store->slot_count * store->units.count)) {
        ntm_i_release(&store->arena.allocator, b, 1, sizeof *b);
        return;
    }
    /* Counted two behind: then the sums are the starts one behind, and putting rows there moves them to their place. */
    while (next_block(b, s, false)) {
        find_places(places, store, b);
        for (size_t i = 0; i < b->count; i++)
            if (places[i] != SIZE_MAX) store->starts[places[i] + 2]++;
    }
    for (size_t place = 0; place < store->places; place++)
        store->starts[place + 2] += store->starts[place + 1];
    b->start = b->count = 0;
    while (next_block(b, s, true)) {
        find_places(places, store, b);
        for (size_t i = 0; i < b->count; i++)
            if (places[i] != SIZE_MAX) NTM_I_FETCH(&store->rows[store->starts[places[i] + 1]]);
        for (size_t i = 0; i < b->count; i++) {
            ntm_i_observed one = observed(s, b, i);
            if (places[i] != SIZE_MAX) store->rows[store->starts[places[i] + 1]++] = one;
        }
    }
    ntm_i_release(&store->arena.allocator, b, 1, sizeof *b);
}

/* ------------------------------------------------------------------------------------------- sorting */

typedef struct keyed {
    uint64_t pair;
    ntm_i_observed observed;
    uint32_t unit;
} keyed;

static int by_place(const void *a, const void *b) {
    const keyed *left = a, *right = b;
    if (left->pair != right->pair) return left->pair < right->pair ? -1 : 1;
    if (left->unit != right->unit) return left->unit < right->unit ? -1 : 1;
    return (left->observed.row > right->observed.row) - (left->observed.row < right->observed.row);
}

static size_t read_keyed(ntm_i_storing *s, keyed *all, block *b) {
    size_t used = 0;
    while (next_block(b, s, true))
        for (size_t i = 0; i < b->count; i++) {
            ntm_i_observed one = observed(s, b, i);
            uint64_t pair = (uint64_t)b->facts[i] * s->store->periods.count + b->periods[i];
            if (has_place(b, i)) all[used++] = (keyed){pair, one, b->units[i]};
        }
    return used;
}

static bool starts_place(const keyed *all, size_t at) {
    return at == 0 || all[at].pair != all[at - 1].pair || all[at].unit != all[at - 1].unit;
}

static void list_places(ntm_i_storing *s, const keyed *all, size_t used) {
    ntm_observations *store = s->store;
    size_t places = 0, place = 0;
    for (size_t at = 0; at < used; at++)
        places += starts_place(all, at);
    store->pairs = ntm_i_allocate(&store->arena.allocator, places, sizeof *store->pairs);
    store->place_units = ntm_i_allocate(&store->arena.allocator, places, sizeof *store->place_units);
    s->cells.no_memory = s->cells.no_memory || store->pairs == NULL || store->place_units == NULL;
    if (!take_starts(s, places)) return;
    for (size_t at = 0; at < used; at++) {
        store->rows[at] = all[at].observed;
        if (!starts_place(all, at)) continue;
        store->pairs[place] = all[at].pair;
        store->place_units[place] = all[at].unit;
        store->starts[place++] = (uint32_t)at;
    }
    store->starts[place] = (uint32_t)used;
}

static void sort_places(ntm_i_storing *s) {
    const ntm_allocator *allocator = &s->store->arena.allocator;
    keyed *all = ntm_i_allocate(allocator, s->rows, sizeof *all);
    block *b = ntm_i_allocate(allocator, 1, sizeof *b);
    if (all == NULL || b == NULL) {
        s->cells.no_memory = true;
    } else {
        size_t used = read_keyed(s, all, b);
        if (used > 1) qsort(all, used, sizeof *all, by_place);
        if (!s->cells.no_memory) list_places(s, all, used);
    }
    ntm_i_release(allocator, all, s->rows, sizeof *all);
    ntm_i_release(allocator, b, 1, sizeof *b);
}

/* ------------------------------------------------------------------------------------------- days within a place */

static int by_day(const void *a, const void *b) {
    const ntm_i_observed *left = a, *right = b;
    uint32_t left_day = left->packed >> 10, right_day = right->packed >> 10;
    if (left_day != right_day) return left_day < right_day ? -1 : 1;
    return (left->row > right->row) - (left->row < right->row);
}

void ntm_i_rows_sort(ntm_i_observed *rows, size_t count) {
    if (count > 16) {
        qsort(rows, count, sizeof *rows, by_day);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        ntm_i_observed one = rows[i];
        size_t at = i;
        for (; at > 0 && by_day(&rows[at - 1], &one) > 0; at--)
            rows[at] = rows[at - 1];
        rows[at] = one;
    }
}

/* The place of a row in words, for messages. */
static void contradict(ntm_i_storing *s, const ntm_i_observed *first, const ntm_i_observed *second, size_t place) {
    const ntm_observations *store = s->store;
    char day[NTM_I_DAY_SIZE];
    size_t pair = 0, unit = 0;
    if (store->slots == NULL) {
        pair = store->pairs[place];
        unit = store->place_units[place];
    } else {
        unit = place % store->units.count;
        while (store->slots[pair] != place / store->units.count)
            pair++;
    }
    ntm_i_cells_complain(&s->cells, NTM_ERROR_CONFLICT, s->value->name, second->row,
                         "unit %s, fact %s, period %s, recorded on %s: another value than in row %lu",
                         store->units.names[unit], store->facts.names[pair / store->periods.count],
                         store->periods.names[pair % store->periods.count],
                         ntm_i_day_text(day, ntm_i_packed_day(first->packed)), (unsigned long)first->row);
}

/* Puts the rows of a place in order and moves those that say something new to `to`; gives their new end. */
static size_t settle(ntm_i_storing *s, size_t place, size_t first, size_t end, size_t to) {
    ntm_observations *store = s->store;
    ntm_i_observed *rows = store->rows;
    size_t begin = to;
    ntm_i_rows_sort(rows + first, end - first);
    for (size_t at = first; at < end; at++) {
        ntm_i_observed one = rows[at];
        if (ntm_i_packed_state(one.packed) == NTM_I_UNREADABLE) continue;
        const ntm_i_observed *before = to > begin ? &rows[to - 1] : NULL;
        if (before == NULL || before->packed >> 10 != one.packed >> 10) {
            rows[to++] = one;
        } else if (ntm_i_same_value(before, &one)) {
            const ntm_repeat repeat = {one.row, before->row};
            if (!ntm_i_array_append(&store->repeats, &repeat, 1)) s->cells.no_memory = true;
        } else {
            contradict(s, before, &one, place);
        }
    }
    return to;
}

static int by_row(const void *a, const void *b) {
    const ntm_repeat *left = a, *right = b;
    return (left->row > right->row) - (left->row < right->row);
}

void ntm_i_repeats_sort(ntm_observations *store) {
    if (store->repeats.count > 1) qsort(store->repeats.items, store->repeats.count, store->repeats.item_size, by_row);
}

static void settle_all(ntm_i_storing *s) {
    ntm_observations *store = s->store;
    size_t first = 0, to = 0;
    for (size_t place = 0; place < store->places && !s->cells.no_memory; place++) {
        size_t end = store->starts[place + 1], begin = to;
        to = settle(s, place, first, end, to);
        store->starts[place] = (uint32_t)begin;
        store->count.places += to > begin;
        first = end;
    }
    store->starts[store->places] = (uint32_t)to;
    store->count.used = to;
    store->count.repeated = store->repeats.count;
    ntm_i_repeats_sort(store);
}

void ntm_i_storing_place(ntm_i_storing *s) {
    ntm_observations *store = s->store;
    store->rows = ntm_i_allocate(&store->arena.allocator, s->rows, sizeof *store->rows);
    store->rows_room = s->rows;
    s->cells.no_memory = s->cells.no_memory || store->rows == NULL;
    if (!s->cells.no_memory && ntm_i_kinds_start(s)) {
        if (store->slots != NULL)
            scatter(s);
        else
            sort_places(s);
        if (!s->cells.no_memory) settle_all(s);
    }
    ntm_i_kinds_end(s);
}

/* ------------------------------------------------------------------------------------------- looking up */

static size_t first_not_below(const uint64_t *pairs, size_t count, uint64_t pair) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pairs[middle] < pair)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

ntm_i_slot ntm_i_slot_of(const ntm_observations *store, uint32_t fact, uint32_t period) {
    if (fact == NTM_I_NO_ID || period == NTM_I_NO_ID) return (ntm_i_slot){0, 0};
    uint64_t pair = (uint64_t)fact * store->periods.count + period;
    if (store->slots == NULL)
        return (ntm_i_slot){first_not_below(store->pairs, store->places, pair),
                            first_not_below(store->pairs, store->places, pair + 1)};
    size_t slot = store->slots[pair];
    if (slot == NTM_I_NO_ID) return (ntm_i_slot){0, 0};
    return (ntm_i_slot){slot * store->units.count, (slot + 1) * store->units.count};
}

size_t ntm_i_listed_place(const ntm_observations *store, ntm_i_slot slot, uint32_t unit) {
    size_t low = slot.first, high = slot.end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (store->place_units[middle] < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low < slot.end && store->place_units[low] == unit ? low : SIZE_MAX;
}

size_t ntm_i_known_of_many(const ntm_i_observed *rows, size_t count, uint32_t limit) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows[middle].packed <= limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
