/* SPDX-License-Identifier: Apache-2.0 */
/* Reports counted by when they came. */
#include <string.h>

#include "observation/observations.h"

enum { DAYS_MOST = 36600 };

struct ntm_punctuality {
    ntm_i_ask ask;
    int32_t due_days;
    ntm_punctual total;
    ntm_punctual *facts, *units;
    uint64_t left_out;
};

/* What became of one report. */
typedef struct report {
    bool came, late, missing, corrected, withdrawn;
} report;

static bool says_something(const ntm_i_observed *one) { return ntm_i_packed_state(one->packed) != NTM_I_NOTHING; }

/* Goes through the known rows of a place, oldest first. */
static report judge(const ntm_i_observed *rows, size_t count, ntm_date due, ntm_date known_on) {
    report r = {false, false, false, false, false};
    const ntm_i_observed *last = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!says_something(&rows[i])) continue;
        if (last == NULL)
            r.late = ntm_i_packed_day(rows[i].packed) > due;
        else if (!ntm_i_same_value(last, &rows[i]))
            r.corrected = true;
        last = &rows[i];
    }
    r.came = last != NULL;
    r.withdrawn = r.came && !says_something(&rows[count - 1]);
    r.missing = !r.came && due <= known_on;
    return r;
}

static void count_report(ntm_punctual *to, const report *r) {
    to->expected++;
    to->in_time += r->came && !r->late;
    to->late += r->came && r->late;
    to->missing += r->missing;
    to->not_due += !r->came && !r->missing;
    to->corrected += r->corrected;
    to->withdrawn += r->withdrawn;
}

static ntm_date due_on(const ntm_punctuality *p, size_t period) {
    return p->ask.calendar[period].last_day + p->due_days;
}

/* Reports of a fact are expected for periods of its length, as far as that is known. */
static bool expects(const ntm_i_ask *ask, size_t fact, size_t period) {
    uint32_t id = ask->fact_ids[fact];
    return id == NTM_I_NO_ID || ask->store->facts.since[id] > ask->known_on ||
           ask->store->lengths[id] == ask->calendar[period].length;
}

static report report_of(const ntm_punctuality *p, ntm_i_slot slot, size_t period, size_t unit, uint64_t *places) {
    const ntm_observations *store = p->ask.store;
    const ntm_i_observed *rows = NULL;
    ntm_i_observed room;
    size_t count = ntm_i_slot_rows(&rows, &room, store, slot, p->ask.unit_ids[unit]);
    *places += count > 0;
    count = ntm_i_known_count(rows, count, p->ask.limit);
    return judge(rows, count, due_on(p, period), p->ask.known_on);
}

static void count_all(ntm_punctuality *p) {
    const ntm_i_ask *ask = &p->ask;
    uint64_t places = 0;
    for (size_t fact = 0; fact < ask->fact_count; fact++)
        for (size_t period = 0; period < ask->period_count; period++) {
            if (!expects(ask, fact, period)) continue; /* then there is nothing of it */
            ntm_i_slot slot = ntm_i_slot_of(ask->store, ask->fact_ids[fact], ask->period_ids[period]);
            for (size_t unit = 0; unit < ask->unit_count; unit++) {
                report r = report_of(p, slot, period, unit, &places);
                count_report(&p->facts[fact], &r);
                count_report(&p->units[unit], &r);
                count_report(&p->total, &r);
            }
        }
    p->left_out = ask->store->count.places - places;
}

ntm_status ntm_punctuality_new(ntm_punctuality **out, const ntm_observations *store,
                               const ntm_observed_options *options, int32_t due_days, ntm_error *err) {
    ntm_i_ask ask;
    if (out == NULL || options == NULL || options->known_on == NTM_DATE_NONE)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a place for the counts and the day asked about are needed");
    if (due_days < -DAYS_MOST || due_days > DAYS_MOST)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "due after %ld days: expected %d at most",
                          (long)due_days, DAYS_MOST);
    ntm_status status = ntm_i_ask_start(&ask, store, options, err);
    if (status != NTM_OK) return status;
    ntm_punctuality *p = ntm_i_allocate(&ask.arena.allocator, 1, sizeof *p);
    ntm_punctual *facts = ntm_i_arena_take(&ask.arena, ask.fact_count, sizeof *facts);
    ntm_punctual *units = ntm_i_arena_take(&ask.arena, ask.unit_count, sizeof *units);
    if (p == NULL || facts == NULL || units == NULL) {
        ntm_i_release(&ask.arena.allocator, p, 1, sizeof *p);
        ntm_i_ask_end(&ask);
        return ntm_i_no_memory(err);
    }
    p->ask = ask;
    p->due_days = due_days;
    p->facts = facts;
    p->units = units;
    count_all(p);
    *out = p;
    return NTM_OK;
}

void ntm_punctuality_free(ntm_punctuality *p) {
    if (p == NULL) return;
    ntm_i_ask ask = p->ask;
    ntm_allocator allocator = ask.arena.allocator;
    ntm_i_release(&allocator, p, 1, sizeof *p);
    ntm_i_ask_end(&ask);
}

static const ntm_punctual none = {0, 0, 0, 0, 0, 0, 0};

ntm_punctual ntm_punctuality_total(const ntm_punctuality *p) { return p == NULL ? none : p->total; }

uint64_t ntm_punctuality_left_out(const ntm_punctuality *p) { return p == NULL ? 0 : p->left_out; }

static ntm_punctual one_of(const char **name, const char *const *names, const ntm_punctual *counts, size_t count,
                           size_t index) {
    if (name != NULL) *name = index < count ? names[index] : NULL;
    return index < count ? counts[index] : none;
}

ntm_punctual ntm_punctuality_fact(const char **name, const ntm_punctuality *p, size_t index) {
    if (p == NULL) return one_of(name, NULL, NULL, 0, index);
    return one_of(name, p->ask.facts, p->facts, p->ask.fact_count, index);
}

ntm_punctual ntm_punctuality_unit(const char **name, const ntm_punctuality *p, size_t index) {
    if (p == NULL) return one_of(name, NULL, NULL, 0, index);
    return one_of(name, p->ask.units, p->units, p->ask.unit_count, index);
}

ntm_status ntm_punctuality_missing(ntm_missing *out, size_t *count, size_t capacity, const ntm_punctuality *p,
                                   ntm_error *err) {
    if (count == NULL || p == NULL || (out == NULL && capacity > 0))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a place for the count, room for the reports and counted reports are needed");
    const ntm_i_ask *ask = &p->ask;
    uint64_t places = 0;
    size_t written = 0, wanted = p->total.missing < capacity ? (size_t)p->total.missing : capacity;
    for (size_t fact = 0; fact < ask->fact_count && written < wanted; fact++)
        for (size_t period = 0; period < ask->period_count && written < wanted; period++) {
            if (!expects(ask, fact, period) || due_on(p, period) > ask->known_on) continue;
            ntm_i_slot slot = ntm_i_slot_of(ask->store, ask->fact_ids[fact], ask->period_ids[period]);
            for (size_t unit = 0; unit < ask->unit_count && written < wanted; unit++)
                if (report_of(p, slot, period, unit, &places).missing)
                    out[written++] =
                        (ntm_missing){ask->units[unit], ask->facts[fact], ask->periods[period], due_on(p, period)};
        }
    *count = (size_t)p->total.missing;
    return NTM_OK;
}
