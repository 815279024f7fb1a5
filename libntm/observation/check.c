/* SPDX-License-Identifier: Apache-2.0 */
/* What has to hold before rows are put in their places: days, and one length of periods in each fact. */
#include <string.h>

#include "base/checked.h"
#include "observation/observations.h"

static const char *length_name(ntm_period_length length) {
    static const char *const names[] = {"a day", "a month", "a quarter", "a half-year", "a year"};
    return names[(int)length - NTM_PERIOD_DAY];
}

void ntm_i_slots_start(ntm_i_storing *s) {
    ntm_observations *store = s->store;
    ntm_i_uwide room = (ntm_i_uwide)store->facts.count * store->periods.count;
    if (room > (ntm_i_uwide)s->rows * 4 + 65536) return;
    store->slots = ntm_i_allocate(&store->arena.allocator, (size_t)room, sizeof *store->slots);
    if (store->slots == NULL) {
        s->cells.no_memory = true;
        return;
    }
    store->slots_room = (size_t)room;
    memset(store->slots, 0xff, (size_t)room * sizeof *store->slots);
}

void ntm_i_slots_end(ntm_i_storing *s) {
    ntm_observations *store = s->store;
    ntm_i_release(&store->arena.allocator, store->slots, store->slots_room, sizeof *store->slots);
    store->slots = NULL;
    store->slots_room = 0;
}

void ntm_i_slots_number(ntm_i_storing *s) {
    ntm_observations *store = s->store;
    uint32_t count = 0;
    for (size_t i = 0; i < store->slots_room; i++)
        if (store->slots[i] != NTM_I_NO_ID) store->slots[i] = count++;
    store->slot_count = count;
    if ((ntm_i_uwide)count * store->units.count > (ntm_i_uwide)s->rows * 4 + 65536) ntm_i_slots_end(s);
}

static void earlier(ntm_date *since, ntm_date day) {
    if (day < *since) *since = day;
}

static void check_row(ntm_i_storing *s, uint32_t *first_rows, uint32_t unit, uint32_t fact, uint32_t period,
                      ntm_date day, size_t row) {
    ntm_observations *store = s->store;
    if (fact != NTM_I_NO_ID && period != NTM_I_NO_ID) {
        ntm_period_length length = store->periods.periods[period].length;
        if (first_rows[fact] == NTM_I_NO_ID) {
            first_rows[fact] = (uint32_t)row;
            store->lengths[fact] = length;
        } else if (store->lengths[fact] != length) {
            ntm_i_cells_complain(&s->cells, NTM_ERROR_CONFLICT, s->periods.field->name, row,
                                 "fact %s is of %s here and of %s in row %lu", store->facts.names[fact],
                                 length_name(length), length_name(store->lengths[fact]),
                                 (unsigned long)first_rows[fact]);
        }
    }
    if (unit == NTM_I_NO_ID || fact == NTM_I_NO_ID || period == NTM_I_NO_ID || day == NTM_DATE_NONE) return;
    earlier(&store->units.since[unit], day);
    earlier(&store->facts.since[fact], day);
    earlier(&store->periods.since[period], day);
    if (store->slots != NULL) store->slots[fact * store->periods.count + period] = 0;
}

static void check_rows(ntm_i_storing *s, uint32_t *first_rows) {
    uint32_t units[NTM_I_BLOCK], facts[NTM_I_BLOCK], periods[NTM_I_BLOCK];
    ntm_date days[NTM_I_BLOCK];
    for (size_t start = 0; start < s->rows && !s->cells.no_memory; start += NTM_I_BLOCK) {
        size_t count = s->rows - start < NTM_I_BLOCK ? s->rows - start : NTM_I_BLOCK;
        ntm_i_key_ids_read(units, &s->units, start, count);
        ntm_i_key_ids_read(facts, &s->facts, start, count);
        ntm_i_key_ids_read(periods, &s->periods, start, count);
        (void)ntm_i_days_read(days, s, start, count, true);
        for (size_t i = 0; i < count; i++)
            check_row(s, first_rows, units[i], facts[i], periods[i], days[i], start + i);
    }
}

void ntm_i_storing_check(ntm_i_storing *s) {
    ntm_observations *store = s->store;
    const ntm_allocator *allocator = &store->arena.allocator;
    size_t facts = store->facts.count;
    uint32_t *first_rows = ntm_i_allocate(allocator, facts, sizeof *first_rows);
    store->lengths = ntm_i_arena_take(&store->arena, facts, sizeof *store->lengths);
    if (first_rows == NULL || store->lengths == NULL) {
        s->cells.no_memory = true;
    } else {
        memset(first_rows, 0xff, facts * sizeof *first_rows);
        ntm_i_slots_start(s);
        if (!s->cells.no_memory) check_rows(s, first_rows);
        if (!s->cells.no_memory && store->slots != NULL) ntm_i_slots_number(s);
    }
    ntm_i_release(allocator, first_rows, facts, sizeof *first_rows);
}
