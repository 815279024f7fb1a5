/* SPDX-License-Identifier: Apache-2.0 */
/* What a store of observations is inside.
 *
 * A place is a unit, a fact and a period; a slot is the places of one fact and period, side by side by unit, so that a
 * view of one period reads slots from front to back. There are three ways to keep rows; the first that fits is taken:
 *
 *  - Cells (tidy.c). Nearly every place has one row: a cell of 12 bytes for each place holds the row itself. A place with
 *    more rows says in its cell where they lie. One pass over the table, straight to the places.
 *  - Starts (places.c). The rows of all places lie one after the other, and of each place there is where they start. Two
 *    passes: rows are counted, then scattered. Also taken when anything is wrong with the table: this is where problems
 *    are told.
 *  - Listed (places.c). Most places of the slots would be empty: places are sorted and searched.
 *
 * In all three the rows of one place lie side by side, by the day they were recorded on.
 */
#ifndef NTM_I_OBSERVATIONS_H
#define NTM_I_OBSERVATIONS_H

#include <ntm/observation.h>

#include "base/text.h"
#include "column/cells.h"
#include "column/csv_field.h"

#define NTM_I_NO_ID UINT32_MAX

typedef enum ntm_i_state {
    NTM_I_NO_ROW = 0,  /* of a cell: nobody told of this place */
    NTM_I_NOTHING = 1, /* not reported */
    NTM_I_NUMBER = 2,
    NTM_I_NOT_APPLICABLE = 3,
    NTM_I_LEVEL = 4,
    NTM_I_UNREADABLE = 5, /* while loading: told already */
    NTM_I_SEVERAL = 6     /* of a cell: the place has several rows */
} ntm_i_state;

/* One row. */
typedef struct ntm_i_observed {
    int64_t value;   /* the coefficient, or the level's number */
    uint32_t packed; /* day, scale and state; see below */
    uint32_t row;    /* of the long table */
} ntm_i_observed;

/* The day stands above scale and state, so that days are compared without taking them apart: there are fewer than 2^22
   days in the years 1 to 9999. */
#define NTM_I_DAY_FIRST (-719162)
#define NTM_I_DAY_LAST  2932896
static inline uint32_t ntm_i_pack(ntm_date day, unsigned scale, ntm_i_state state) {
    return (uint32_t)(day - NTM_I_DAY_FIRST) << 10 | (uint32_t)scale << 5 | (uint32_t)state;
}
static inline ntm_date ntm_i_packed_day(uint32_t packed) { return (ntm_date)(packed >> 10) + NTM_I_DAY_FIRST; }
static inline uint8_t ntm_i_packed_scale(uint32_t packed) { return (uint8_t)(packed >> 5 & 31); }
static inline ntm_i_state ntm_i_packed_state(uint32_t packed) { return (ntm_i_state)(packed & 31); }
/* The largest packed value of a day. */
static inline uint32_t ntm_i_packed_last(ntm_date day) { return ntm_i_pack(day, 31, (ntm_i_state)31); }
/* A place and its row, in 12 bytes. Of NTM_I_SEVERAL: `row` is the first among the store's rows, `value` how many. */
typedef struct ntm_i_cell {
    int32_t value; /* the lower half; the upper one is in `uppers` */
    uint32_t packed;
    uint32_t row;
} ntm_i_cell;

/* A value is the lower half + the upper one x 2^32, in 64 bits that wrap; the upper one is 0 for all that fits 32 bits. */
static inline int32_t ntm_i_upper(int64_t value) {
    return (int32_t)(uint32_t)(((uint64_t)value - (uint64_t)(int32_t)(uint32_t)value) >> 32);
}
static inline int64_t ntm_i_whole(int32_t lower, int32_t upper) {
    return (int64_t)((uint64_t)lower + ((uint64_t)(uint32_t)upper << 32));
}

/* Whether two rows say the same. */
bool ntm_i_same_value(const ntm_i_observed *a, const ntm_i_observed *b);

/* The units, facts or periods of a store, in order. */
typedef struct ntm_i_named {
    const char **names;
    ntm_period *periods; /* NULL for units and facts */
    ntm_date *since;     /* the first day on which a row with it was recorded */
    size_t count;
} ntm_i_named;

struct ntm_observations {
    ntm_i_arena arena; /* names */
    ntm_i_named units, facts, periods;
    ntm_period_length *lengths; /* by fact */
    ntm_date *levels_since;     /* by fact: the first day on which a level was recorded; INT32_MAX = none was */
    ntm_i_csv_codes levels;     /* every text that is no number, by number */
    uint32_t *slots;            /* fact x periods + period -> slot, or NTM_I_NO_ID; NULL: places are listed */
    size_t slots_room, slot_count;
    uint64_t *pairs;       /* listed places: fact x periods + period, in order; */
    uint32_t *place_units; /* and the unit, in order within */
    uint32_t *starts;      /* the rows of place p: starts[p] .. starts[p + 1] - 1 */
    ntm_i_cell *cells;     /* or, in place of starts, cells by place, */
    int32_t *uppers;       /* and the upper halves of their values; NULL = all are 0 */
    size_t places, places_room;
    ntm_i_observed *rows; /* with cells: only those of places with several */
    size_t rows_room;
    ntm_i_array repeats; /* of ntm_repeat */
    ntm_observed count;
};

/* ------------------------------------------------------------------------------------------- loading */

/* A column of keys as ids in order. */
typedef struct ntm_i_key_ids {
    const ntm_field *field;
    uint32_t *of_row; /* text: the id of each row */
    uint32_t *map;    /* integers: number - least -> id; ids of codes for categories */
    size_t map_count;
    int64_t least;
    ntm_i_csv_codes texts;
    ntm_i_array periods; /* of ntm_period: what the texts mean, where they are periods */
} ntm_i_key_ids;

/* What becomes of a value. */
typedef struct ntm_i_reading {
    int64_t value;
    uint8_t scale;
    uint8_t state;
} ntm_i_reading;

typedef struct ntm_i_storing {
    ntm_observations *store;
    const ntm_observations_options *options;
    size_t rows;
    ntm_i_key_ids units, facts, periods;
    const ntm_field *value, *recorded_on;
    ntm_i_array declared;       /* of const char *: folded texts; those of "not reported" first */
    ntm_i_array meanings;       /* of uint8_t: the state of each level's text */
    ntm_i_reading *categories;  /* of the values, once read; state 255 = not yet */
    uint32_t *numbers, *levels; /* by fact: first row with one; NTM_I_NO_ID = none */
    ntm_i_cells cells;
} ntm_i_storing;

/* How many rows are looked at together. */
enum { NTM_I_BLOCK = 512 };

/* Rows in any order lie anywhere in memory: their places are fetched a block ahead. */
#if defined(__GNUC__)
#define NTM_I_FETCH(at) __builtin_prefetch((at), 1)
#else
#define NTM_I_FETCH(at) ((void)(at))
#endif

/* Finds what there is in a column of keys, in order. Complains of cells; fails only by s->cells.no_memory. */
void ntm_i_key_ids_start(ntm_i_key_ids *ids, const ntm_field *field, ntm_i_storing *s);
void ntm_i_key_ids_find(ntm_i_key_ids *ids, ntm_i_named *named, ntm_i_storing *s);
void ntm_i_key_ids_end(ntm_i_key_ids *ids, const ntm_i_storing *s);
/* Whole numbers of some rows of a column of integers. */
void ntm_i_integers_read(int64_t *out, const ntm_column *column, size_t start, size_t count);
/* The ids of some rows; NTM_I_NO_ID for cells that were complained of. */
void ntm_i_key_ids_read(uint32_t *out, const ntm_i_key_ids *ids, size_t start, size_t count);
/* The days of some rows; NTM_DATE_NONE for those that are none, after complaining if it is to be done. False when there is
   one of them. */
bool ntm_i_days_read(ntm_date *out, ntm_i_storing *s, size_t start, size_t count, bool complain);

/* The texts that the caller declared, and room for categories. */
ntm_status ntm_i_values_start(ntm_i_storing *s, ntm_error *err);
void ntm_i_values_end(ntm_i_storing *s);
/* Forgets which categories were read. */
void ntm_i_values_again(ntm_i_storing *s);
/* One value; complains of what cannot be read. */
ntm_i_reading ntm_i_value_read(ntm_i_storing *s, size_t row);

/* The table of slots: room for it, unless most of it would be empty; numbers for those that are not NTM_I_NO_ID, unless
   most of their places would be empty; without it. */
void ntm_i_slots_start(ntm_i_storing *s);
void ntm_i_slots_number(ntm_i_storing *s);
void ntm_i_slots_end(ntm_i_storing *s);

/* Days, lengths of periods, which slots there are. */
void ntm_i_storing_check(ntm_i_storing *s);
/* Rows to their places. */
void ntm_i_storing_place(ntm_i_storing *s);

/* Makes the store with cells if the keys are free of problems and nothing is wrong with the rest, places have few rows
   more than one, and it takes no more memory so. Otherwise the store is as it was, nothing has been told, and all is to
   be done the long way. */
bool ntm_i_storing_tidy(ntm_i_storing *s);

/* One fact is either all numbers or all levels: room to note the first row of each kind, noting, and the end. */
bool ntm_i_kinds_start(ntm_i_storing *s);
void ntm_i_kind_note(ntm_i_storing *s, uint32_t fact, ntm_i_state state, ntm_date day, uint32_t row);
void ntm_i_kinds_end(ntm_i_storing *s);

/* Puts the rows of one place in the order of days, then of the table. */
void ntm_i_rows_sort(ntm_i_observed *rows, size_t count);
/* Puts repeats in the order of rows. */
void ntm_i_repeats_sort(ntm_observations *store);

/* ------------------------------------------------------------------------------------------- asking */

/* The places of one fact and period. */
typedef struct ntm_i_slot {
    size_t first, end; /* empty when first = end */
} ntm_i_slot;

/* Either id may be NTM_I_NO_ID. */
ntm_i_slot ntm_i_slot_of(const ntm_observations *store, uint32_t fact, uint32_t period);
/* The place of a unit where places are listed; SIZE_MAX when it has none. */
size_t ntm_i_listed_place(const ntm_observations *store, ntm_i_slot slot, uint32_t unit);
size_t ntm_i_known_of_many(const ntm_i_observed *rows, size_t count, uint32_t limit);

/* What follows is asked for each cell of a view: in line. */

/* The only row of a place with a cell. */
static inline ntm_i_observed ntm_i_cell_row(const ntm_observations *store, size_t place) {
    const ntm_i_cell *cell = &store->cells[place];
    int32_t upper = store->uppers == NULL ? 0 : store->uppers[place];
    return (ntm_i_observed){ntm_i_whole(cell->value, upper), cell->packed, cell->row};
}

/* The rows of a unit in a slot, oldest first: how many, and where. `room` is for one that lies in its cell. */
static inline size_t ntm_i_slot_rows(const ntm_i_observed **rows, ntm_i_observed *room, const ntm_observations *store,
                                     ntm_i_slot slot, uint32_t unit) {
    if (slot.first == slot.end || unit == NTM_I_NO_ID) return 0;
    size_t place = store->slots != NULL ? slot.first + unit : ntm_i_listed_place(store, slot, unit);
    if (place == SIZE_MAX) return 0;
    if (store->cells == NULL) {
        *rows = &store->rows[store->starts[place]];
        return store->starts[place + 1] - store->starts[place];
    }
    const ntm_i_cell *cell = &store->cells[place];
    if (ntm_i_packed_state(cell->packed) == NTM_I_SEVERAL) {
        *rows = &store->rows[cell->row];
        return (size_t)cell->value;
    }
    *room = ntm_i_cell_row(store, place);
    *rows = room;
    return cell->packed != 0;
}

/* How many of the rows are known. */
static inline size_t ntm_i_known_count(const ntm_i_observed *rows, size_t count, uint32_t limit) {
    if (count > 8) return ntm_i_known_of_many(rows, count, limit);
    while (count > 0 && rows[count - 1].packed > limit)
        count--;
    return count;
}

/* What a question is about. */
typedef struct ntm_i_ask {
    ntm_i_arena arena;
    const ntm_observations *store;
    const char **facts, **units, **periods;
    uint32_t *fact_ids, *unit_ids, *period_ids; /* NTM_I_NO_ID: the store does not know it */
    ntm_period *calendar;
    size_t fact_count, unit_count, period_count;
    ntm_date known_on; /* INT32_MAX: no day was given */
    uint32_t limit;    /* rows with a larger packed value are not looked at */
} ntm_i_ask;

ntm_status ntm_i_ask_start(ntm_i_ask *ask, const ntm_observations *store, const ntm_observed_options *options,
                           ntm_error *err);
void ntm_i_ask_end(ntm_i_ask *ask);

#endif
