/* SPDX-License-Identifier: Apache-2.0 */
/* What a question is about: units, facts and periods by the store's ids. */
#include <string.h>

#include "base/checked.h"
#include "observation/observations.h"

/* How a name of the store stands to a text. Periods are in the order of their days, not of their letters. */
static int compare(const ntm_i_named *named, uint32_t id, const char *text, size_t size, const ntm_period *period) {
    if (named->periods != NULL) {
        const ntm_period *one = &named->periods[id];
        if (one->first_day != period->first_day) return one->first_day < period->first_day ? -1 : 1;
        return (one->last_day > period->last_day) - (one->last_day < period->last_day);
    }
    int order = strncmp(named->names[id], text, size);
    return order != 0 ? order : named->names[id][size] != '\0';
}

/* Names that come in the order of the store are found next to one another. */
static uint32_t find(const ntm_i_named *named, const char *text, size_t size, uint32_t hint) {
    ntm_period period = {NTM_PERIOD_DAY, 0, 0};
    uint32_t low = 0, high = (uint32_t)named->count;
    if (named->periods != NULL && ntm_period_parse(&period, text, size, NULL) != NTM_OK) return NTM_I_NO_ID;
    if (hint < high && compare(named, hint, text, size, &period) == 0) return hint;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare(named, middle, text, size, &period) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < named->count && compare(named, low, text, size, &period) == 0 ? low : NTM_I_NO_ID;
}

/* A list being taken over, each thing once. */
typedef struct listing {
    ntm_i_ask *ask;
    const ntm_i_named *named;
    const char **names;
    uint32_t *ids;
    uint32_t *seen;          /* by id: place + 1 */
    ntm_i_csv_codes unknown; /* what the store does not know */
    ntm_i_array places;      /* of size_t: where each unknown stands */
    uint32_t hint;
} listing;

static ntm_status start_listing(listing *l, ntm_i_ask *ask, const ntm_i_named *named, size_t count, ntm_error *err) {
    *l = (listing){.ask = ask, .named = named};
    ntm_i_csv_codes_start(&l->unknown, &ask->arena);
    ntm_i_array_start(&l->places, &ask->arena.allocator, sizeof(size_t));
    l->names = ntm_i_arena_take(&ask->arena, count, sizeof *l->names);
    l->ids = ntm_i_arena_take(&ask->arena, count, sizeof *l->ids);
    l->seen = ntm_i_allocate(&ask->arena.allocator, named->count, sizeof *l->seen);
    return l->names == NULL || l->ids == NULL || l->seen == NULL ? ntm_i_no_memory(err) : NTM_OK;
}

static void end_listing(listing *l) {
    ntm_i_release(&l->ask->arena.allocator, l->seen, l->named->count, sizeof *l->seen);
    ntm_i_csv_codes_end(&l->unknown);
    ntm_i_array_end(&l->places);
}

/* *twice is the earlier place of the same text, or SIZE_MAX. */
static ntm_status add_unknown(listing *l, size_t at, const char *text, size_t size, size_t *twice, ntm_error *err) {
    int32_t code = 0;
    size_t bad = 0;
    if (!ntm_i_utf8_valid(text, size, &bad))
        return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_ROW(NULL, at), "text that is not UTF-8");
    if (!ntm_i_csv_codes_find(&l->unknown, &code, text, size)) return ntm_i_no_memory(err);
    l->names[at] = ((const char *const *)l->unknown.names.items)[code];
    if ((size_t)code < l->places.count)
        *twice = ((const size_t *)l->places.items)[code];
    else if (!ntm_i_array_append(&l->places, &at, 1))
        return ntm_i_no_memory(err);
    return NTM_OK;
}

static ntm_status add(listing *l, size_t at, const char *text, size_t size, size_t *twice, ntm_error *err) {
    uint32_t id = find(l->named, text, size, l->hint);
    *twice = SIZE_MAX;
    l->ids[at] = id;
    if (id == NTM_I_NO_ID) return add_unknown(l, at, text, size, twice, err);
    l->names[at] = l->named->names[id];
    l->hint = id + 1;
    if (l->seen[id] != 0) *twice = l->seen[id] - 1;
    l->seen[id] = (uint32_t)at + 1;
    return NTM_OK;
}

/* All that was known on the day. */
static size_t add_known(listing *l) {
    size_t count = 0;
    for (uint32_t id = 0; id < l->named->count; id++) {
        if (l->named->since[id] > l->ask->known_on) continue;
        l->names[count] = l->named->names[id];
        l->ids[count++] = id;
    }
    return count;
}

static ntm_status list_texts(listing *l, size_t *count, const ntm_i_named *named, ntm_i_ask *ask,
                             const char *const *texts, size_t text_count, const char *what, ntm_error *err) {
    ntm_status status = start_listing(l, ask, named, texts == NULL ? named->count : text_count, err);
    if (status == NTM_OK && texts == NULL) *count = add_known(l);
    for (size_t at = 0; status == NTM_OK && texts != NULL && at < text_count; at++) {
        size_t twice = SIZE_MAX;
        if (texts[at] == NULL) {
            status = ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a %s is NULL", what);
        } else {
            status = add(l, at, texts[at], strlen(texts[at]), &twice, err);
            if (status == NTM_OK && twice != SIZE_MAX)
                status =
                    ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(texts[at]), "the %s is asked for twice", what);
        }
        *count = at + 1;
    }
    end_listing(l);
    return status;
}

static ntm_status list_facts(ntm_i_ask *ask, const ntm_observed_options *options, ntm_error *err) {
    listing l;
    ntm_status status =
        list_texts(&l, &ask->fact_count, &ask->store->facts, ask, options->facts, options->fact_count, "fact", err);
    ask->facts = l.names;
    ask->fact_ids = l.ids;
    return status;
}

static ntm_status list_periods(ntm_i_ask *ask, const ntm_observed_options *options, ntm_error *err) {
    listing l;
    ntm_status status = list_texts(&l, &ask->period_count, &ask->store->periods, ask, options->periods,
                                   options->period_count, "period", err);
    if (status != NTM_OK) return status;
    ask->periods = l.names;
    ask->period_ids = l.ids;
    ask->calendar = ntm_i_arena_take(&ask->arena, ask->period_count, sizeof *ask->calendar);
    if (ask->calendar == NULL) return ntm_i_no_memory(err);
    for (size_t at = 0; at < ask->period_count && status == NTM_OK; at++) {
        if (l.ids[at] != NTM_I_NO_ID)
            ask->calendar[at] = ask->store->periods.periods[l.ids[at]];
        else
            status = ntm_period_parse(&ask->calendar[at], l.names[at], strlen(l.names[at]), err);
    }
    return status;
}

static ntm_status add_unit(listing *l, const ntm_column *units, size_t row, ntm_error *err) {
    const char *text = NULL;
    size_t size = 0, twice = SIZE_MAX;
    ntm_error why = NTM_ERROR_INIT;
    ntm_status status = NTM_OK;
    if (ntm_column_known(units, row) != NTM_REPORTED)
        return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("units", row), "a row without a unit");
    status = ntm_column_text(&text, &size, units, row, &why);
    if (status == NTM_OK && size == 0)
        status = ntm_i_fail(&why, NTM_ERROR_VALUE, NTM_I_NOWHERE, "an empty text in place of a unit");
    if (status == NTM_OK) status = add(l, row, text, size, &twice, &why);
    if (status == NTM_ERROR_MEMORY) return ntm_i_no_memory(err);
    if (status != NTM_OK) return ntm_i_fail(err, status, NTM_I_ROW("units", row), "%s", why.message);
    if (twice != SIZE_MAX)
        return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_ROW("units", row), "unit %s is in row %zu too", l->names[row],
                          twice);
    return NTM_OK;
}

static ntm_status list_units(ntm_i_ask *ask, const ntm_column *units, ntm_error *err) {
    listing l;
    ntm_status status = NTM_OK;
    if (units == NULL) {
        status = list_texts(&l, &ask->unit_count, &ask->store->units, ask, NULL, 0, "unit", err);
    } else {
        ntm_error why = NTM_ERROR_INIT;
        status = ntm_column_check(units, &why);
        if (status == NTM_OK && units->type != NTM_TYPE_TEXT && units->categories == NULL)
            status = ntm_i_fail(&why, NTM_ERROR_SHAPE, NTM_I_NOWHERE, "unit codes are text or categories");
        if (status != NTM_OK) return ntm_i_fail(err, status, NTM_I_ROW("units", why.row), "%s", why.message);
        if (units->length >= UINT32_MAX)
            return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_SUBJECT("units"), "expected fewer than 2^32 - 1 units");
        status = start_listing(&l, ask, &ask->store->units, units->length, err);
        for (size_t row = 0; status == NTM_OK && row < units->length; row++)
            status = add_unit(&l, units, row, err);
        end_listing(&l);
        ask->unit_count = units->length;
    }
    ask->units = l.names;
    ask->unit_ids = l.ids;
    return status;
}

/* A small table of many units, facts and periods must not be able to ask for all memory. */
static ntm_status check_size(const ntm_i_ask *ask, ntm_error *err) {
    size_t rows = 0, cells = 0;
    if (!ntm_i_multiply_overflows(ask->period_count, ask->unit_count, &rows) &&
        !ntm_i_multiply_overflows(rows, ask->fact_count, &cells) && rows <= NTM_OBSERVED_CELLS_MAX &&
        cells <= NTM_OBSERVED_CELLS_MAX)
        return NTM_OK;
    return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE,
                      "%zu units, %zu facts and %zu periods: expected no more than %d of them multiplied",
                      ask->unit_count, ask->fact_count, ask->period_count, NTM_OBSERVED_CELLS_MAX);
}

ntm_status ntm_i_ask_start(ntm_i_ask *ask, const ntm_observations *store, const ntm_observed_options *options,
                           ntm_error *err) {
    const ntm_observed_options usual = NTM_OBSERVED_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    memset(ask, 0, sizeof *ask);
    if (store == NULL) return ntm_i_wrong_call(err, "observations are needed");
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err,
                                "options that begin with NTM_OBSERVED_OPTIONS_INIT and a whole allocator are needed");
    if ((options->facts == NULL && options->fact_count > 0) || (options->periods == NULL && options->period_count > 0))
        return ntm_i_wrong_call(err, "a list is NULL and its count is not 0");
    bool day = options->known_on != NTM_DATE_NONE;
    if (day && !ntm_i_date_is(options->known_on))
        return ntm_i_wrong_call(err, "known_on is no day of the years 1 to 9999");
    ntm_i_arena_start(&ask->arena, options->allocator);
    ask->store = store;
    ask->known_on = day ? options->known_on : INT32_MAX - 1; /* INT32_MAX: on no day */
    ask->limit = day ? ntm_i_packed_last(options->known_on) : UINT32_MAX;
    ntm_status status = list_facts(ask, options, err);
    if (status == NTM_OK) status = list_periods(ask, options, err);
    if (status == NTM_OK) status = list_units(ask, options->units, err);
    if (status == NTM_OK) status = check_size(ask, err);
    if (status != NTM_OK) ntm_i_ask_end(ask);
    return status;
}

void ntm_i_ask_end(ntm_i_ask *ask) { ntm_i_arena_end(&ask->arena); }
