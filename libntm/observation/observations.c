/* SPDX-License-Identifier: Apache-2.0 */
/* Making a store of observations, and freeing it. */
#include "observation/observations.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------- the call */

static ntm_status check_options(const ntm_observations_options *options, ntm_error *err) {
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(
            err, "options that begin with NTM_OBSERVATIONS_OPTIONS_INIT and a whole allocator are needed");
    if (options->locale < NTM_LOCALE_PLAIN || options->locale > NTM_LOCALE_EN)
        return ntm_i_wrong_call(err, "unknown locale of numbers");
    if ((options->not_reported == NULL && options->not_reported_count > 0) ||
        (options->not_applicable == NULL && options->not_applicable_count > 0))
        return ntm_i_wrong_call(err, "a list of texts is NULL and its count is not 0");
    return NTM_OK;
}

enum { UNIT, FACT, PERIOD, RECORDED_ON, VALUE, COLUMNS };

static const ntm_i_cells_column columns[VALUE] = {{"unit", true, NTM_I_CELLS_TEXT},
                                                  {"fact", true, NTM_I_CELLS_TEXT},
                                                  {"period", true, NTM_I_CELLS_DAYS},
                                                  {"recorded_on", true, NTM_I_CELLS_DAYS}};

/* Finds the columns by name, and nothing else. False after complaining. */
static bool find_columns(ntm_i_storing *s, const ntm_field *found[COLUMNS], const ntm_table *table) {
    bool good = ntm_i_cells_find(found, &s->cells, table, columns, VALUE, "a store of observations");
    found[VALUE] = ntm_table_find(table, "value");
    if (found[VALUE] == NULL)
        ntm_i_cells_complain(&s->cells, NTM_ERROR_SHAPE, "value", SIZE_MAX,
                             "a store of observations needs this column");
    return ntm_i_cells_only(&s->cells, table, found, COLUMNS, "observations",
                            "unit, fact, period, value, recorded_on") &&
           good && found[VALUE] != NULL;
}

/* ------------------------------------------------------------------------------------------- the store */

void ntm_observations_free(ntm_observations *store) {
    if (store == NULL) return;
    ntm_i_arena arena = store->arena;
    const ntm_allocator *allocator = &arena.allocator;
    ntm_i_release(allocator, store->slots, store->slots_room, sizeof *store->slots);
    ntm_i_release(allocator, store->pairs, store->places, sizeof *store->pairs);
    ntm_i_release(allocator, store->place_units, store->places, sizeof *store->place_units);
    ntm_i_release(allocator, store->starts, store->places_room, sizeof *store->starts);
    ntm_i_release(allocator, store->cells, store->places, sizeof *store->cells);
    ntm_i_release(allocator, store->uppers, store->places, sizeof *store->uppers);
    ntm_i_release(allocator, store->rows, store->rows_room, sizeof *store->rows);
    ntm_i_array_end(&store->repeats);
    ntm_i_csv_codes_end(&store->levels);
    ntm_i_release(allocator, store, 1, sizeof *store);
    ntm_i_arena_end(&arena);
}

static ntm_observations *empty_store(const ntm_allocator *allocator) {
    ntm_observations *store = ntm_i_allocate(allocator, 1, sizeof *store);
    if (store == NULL) return NULL;
    ntm_i_arena_start(&store->arena, allocator);
    ntm_i_array_start(&store->repeats, allocator, sizeof(ntm_repeat));
    return store;
}

/* All stages, as far as they can go: problems of all kinds are told together. */
static void load(ntm_i_storing *s, const ntm_field *const found[COLUMNS]) {
    ntm_observations *store = s->store;
    s->value = found[VALUE];
    s->recorded_on = found[RECORDED_ON];
    ntm_i_key_ids_start(&s->units, found[UNIT], s);
    ntm_i_key_ids_start(&s->facts, found[FACT], s);
    ntm_i_key_ids_start(&s->periods, found[PERIOD], s);
    ntm_i_key_ids_find(&s->units, &store->units, s);
    if (!s->cells.no_memory) ntm_i_key_ids_find(&s->facts, &store->facts, s);
    if (!s->cells.no_memory) ntm_i_key_ids_find(&s->periods, &store->periods, s);
    if (!s->cells.no_memory && !ntm_i_storing_tidy(s)) {
        if (!s->cells.no_memory) ntm_i_storing_check(s);
        if (!s->cells.no_memory) ntm_i_storing_place(s);
    }
    store->count.rows = s->rows;
    store->count.units = store->units.count;
    store->count.facts = store->facts.count;
    store->count.periods = store->periods.count;
}

/* Takes a checked table. `label` is what errors call it; NULL = nothing. */
static ntm_status make(ntm_observations **out, const ntm_table *table, const char *label,
                       const ntm_observations_options *options, ntm_error *err) {
    const ntm_field *found[COLUMNS];
    ntm_observations *store = empty_store(options->allocator);
    if (store == NULL) return ntm_i_no_memory(err);
    ntm_i_csv_codes_start(&store->levels, &store->arena);
    ntm_i_storing s = {.store = store, .options = options, .rows = table->rows};
    s.cells = (ntm_i_cells){&store->arena, options->problems, label, NTM_ERROR_INIT, 0, false};
    ntm_status status = ntm_i_values_start(&s, err);
    if (status == NTM_OK && find_columns(&s, found, table)) load(&s, found);
    ntm_i_key_ids_end(&s.units, &s);
    ntm_i_key_ids_end(&s.facts, &s);
    ntm_i_key_ids_end(&s.periods, &s);
    ntm_i_values_end(&s);
    if (status == NTM_OK) status = ntm_i_cells_status(&s.cells, err);
    if (status == NTM_OK)
        *out = store;
    else
        ntm_observations_free(store);
    return status;
}

static ntm_status make_from(ntm_observations **out, const ntm_table *table, const char *label,
                            const ntm_observations_options *options, ntm_error *err) {
    ntm_status status = ntm_table_check(table, options->problems, err);
    if (status == NTM_OK && table->rows >= UINT32_MAX)
        status = ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "%zu rows: expected fewer than 2^32 - 1", table->rows);
    return status == NTM_OK ? make(out, table, label, options, err) : status;
}

ntm_status ntm_observations_new(ntm_observations **out, const ntm_table *table, const ntm_observations_options *options,
                                ntm_error *err) {
    const ntm_observations_options usual = NTM_OBSERVATIONS_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || table == NULL)
        return ntm_i_wrong_call(err, "a place for the observations and a table are needed");
    ntm_status status = check_options(options, err);
    return status == NTM_OK ? make_from(out, table, NULL, options, err) : status;
}

/* ------------------------------------------------------------------------------------------- CSV */

static const ntm_csv_field csv_fields[COLUMNS] = {
    {"unit", NULL, NTM_CSV_CODES, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"fact", NULL, NTM_CSV_CODES, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"period", NULL, NTM_CSV_CODES, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"value", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"recorded_on", NULL, NTM_CSV_DATE, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
};

static ntm_status from_csv(ntm_observations **out, ntm_csv *csv, const char *name,
                           const ntm_observations_options *options, ntm_error *err) {
    ntm_status status = make_from(out, ntm_csv_table(csv), ntm_i_cells_label(name), options, err);
    ntm_csv_free(csv);
    return status;
}

/* Checks what the caller gave before any file is touched, and says how the file is to be read. */
static ntm_status start_reading(ntm_csv_options *csv, ntm_observations **out, const ntm_observations_options *options,
                                ntm_error *err) {
    if (out == NULL) return ntm_i_wrong_call(err, "a place for the observations is needed");
    ntm_status status = check_options(options, err);
    if (status != NTM_OK) return status;
    *csv = (ntm_csv_options)NTM_CSV_OPTIONS_INIT;
    csv->separator = options->separator;
    csv->problems = options->problems;
    csv->allocator = options->allocator;
    return NTM_OK;
}

ntm_status ntm_observations_read(ntm_observations **out, const char *bytes, size_t size, const char *name,
                                 const ntm_observations_options *options, ntm_error *err) {
    const ntm_observations_options usual = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_csv_options reading;
    ntm_csv *csv = NULL;
    if (options == NULL) options = &usual;
    ntm_status status = start_reading(&reading, out, options, err);
    if (status == NTM_OK) status = ntm_csv_read(&csv, bytes, size, name, csv_fields, COLUMNS, &reading, err);
    return status == NTM_OK ? from_csv(out, csv, name, options, err) : status;
}

ntm_status ntm_observations_open(ntm_observations **out, const char *path, const ntm_observations_options *options,
                                 ntm_error *err) {
    const ntm_observations_options usual = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_csv_options reading;
    ntm_csv *csv = NULL;
    if (options == NULL) options = &usual;
    ntm_status status = start_reading(&reading, out, options, err);
    if (status == NTM_OK) status = ntm_csv_open(&csv, path, csv_fields, COLUMNS, &reading, err);
    return status == NTM_OK ? from_csv(out, csv, path, options, err) : status;
}

/* ------------------------------------------------------------------------------------------- what it holds */

ntm_observed ntm_observations_count(const ntm_observations *store) {
    const ntm_observed none = {0, 0, 0, 0, 0, 0, 0};
    return store == NULL ? none : store->count;
}

static const char *name_at(const ntm_i_named *named, size_t index) {
    return index < named->count ? named->names[index] : NULL;
}

const char *ntm_observations_unit(const ntm_observations *store, size_t index) {
    return store == NULL ? NULL : name_at(&store->units, index);
}

const char *ntm_observations_fact(const ntm_observations *store, size_t index) {
    return store == NULL ? NULL : name_at(&store->facts, index);
}

const char *ntm_observations_period(const ntm_observations *store, size_t index) {
    return store == NULL ? NULL : name_at(&store->periods, index);
}

ntm_status ntm_observations_repeated(ntm_repeat *out, size_t *count, size_t capacity, const ntm_observations *store,
                                     ntm_error *err) {
    if (count == NULL || store == NULL || (out == NULL && capacity > 0))
        return ntm_i_wrong_call(err, "a place for the count, room for the rows and observations are needed");
    size_t written = store->repeats.count < capacity ? store->repeats.count : capacity;
    if (written > 0) memcpy(out, store->repeats.items, written * sizeof *out);
    *count = store->repeats.count;
    return NTM_OK;
}
