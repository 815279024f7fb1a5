/* SPDX-License-Identifier: Apache-2.0 */
/* What comes to its last day, and what waits for re-acknowledgement. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "recognition/register.h"

/* ------------------------------------------------------------------------------------------- last days */

typedef struct expiring {
    ntm_expiry *out;
    size_t capacity, count;
    ntm_date from, to, known;
} expiring;

/* The day on which the unit that was there on `from` ended; *act is the act. NTM_DATE_NONE when it did not. Where a new
   unit took its code it ended by the merger that made that. */
static ntm_date ended_after(const ntm_i_holder *holder, ntm_date from, ntm_date known, size_t *act) {
    const ntm_i_span *lives = holder->tracks->spans.items, *life = ntm_i_span_on(holder->tracks, from);
    size_t next = life == NULL ? 0 : (size_t)(life - lives) + 1;
    if (next == holder->tracks->spans.count || lives[next].from > known) return NTM_DATE_NONE;
    *act = lives[next].act;
    return lives[next].from;
}

/* What came after span `at`; false when it did not come to its last day. */
static bool look_after(ntm_expiry *entry, const ntm_i_holder *holder, const ntm_i_track *track, size_t at,
                       ntm_date known) {
    const ntm_i_span *spans = track->spans.items, *span = &spans[at];
    size_t ended_act = NTM_NO_ACT;
    ntm_date ended = ended_after(holder, span->from, known, &ended_act);
    entry->after = NTM_AFTER_NOTHING;
    entry->after_act = NTM_NO_ACT;
    entry->after_on = NTM_DATE_NONE;
    if (ended != NTM_DATE_NONE) {
        if (ended <= span->until) return false;
        entry->after = NTM_AFTER_ENDED;
        entry->after_act = ended_act;
        entry->after_on = ended;
    }
    for (size_t next = at + 1; next < track->spans.count; next++) {
        const ntm_i_span *later = &spans[next];
        if (later->from > known || (ended != NTM_DATE_NONE && later->from >= ended)) break;
        bool given = later->verdict == NTM_MET;
        if (next == at + 1 && !given && later->from <= span->until) return false; /* lost before its last day */
        if (!given && later->reason != NTM_LACK_WITHDRAWN) continue;
        entry->after = given ? NTM_AFTER_RENEWED : NTM_AFTER_WITHDRAWN;
        entry->after_act = later->act;
        entry->after_on = later->from;
        if (given) break;
    }
    return true;
}

static void list_track(expiring *e, const ntm_register *reg, const ntm_i_holder *holder, const ntm_i_track *track) {
    const ntm_i_span *spans = track->spans.items;
    for (size_t at = 0; at < track->spans.count; at++) {
        const ntm_i_span *span = &spans[at];
        if (span->verdict != NTM_MET || span->until == NTM_DATE_NONE || span->from > e->known) continue;
        if (span->until < e->from || span->until > e->to) continue;
        ntm_expiry entry = {.unit = holder->code,
                            .status = reg->statuses[track->status],
                            .label = span->label,
                            .act = span->act,
                            .until = span->until};
        if (!look_after(&entry, holder, track, at, e->known)) continue;
        if (e->count < e->capacity) e->out[e->count] = entry;
        e->count++;
    }
}

ntm_status ntm_register_expiring(ntm_expiry *out, size_t *count, size_t capacity, const ntm_register *reg,
                                 const char *status, ntm_date from, ntm_date to, ntm_date known_on, ntm_error *err) {
    if (count == NULL || reg == NULL || (out == NULL && capacity > 0) || !ntm_i_date_is(from) || !ntm_i_date_is(to) ||
        (known_on != NTM_DATE_NONE && !ntm_i_date_is(known_on)))
        return ntm_i_wrong_call(err, "a place for the count, room for entries, a register and two days are needed");
    if (from > to) return ntm_i_wrong_call(err, "the first day is after the last");
    expiring e = {out, capacity, 0, from, to, known_on == NTM_DATE_NONE ? INT32_MAX : known_on};
    size_t only = status == NULL ? SIZE_MAX : ntm_i_status_find(reg, status);
    for (size_t i = 0; i < reg->holder_count; i++)
        for (uint32_t s = 0; s < reg->status_count; s++) {
            const ntm_i_track *track = status == NULL || s == only ? ntm_i_track_find(&reg->holders[i], s) : NULL;
            if (track != NULL) list_track(&e, reg, &reg->holders[i], track);
        }
    *count = e.count;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- re-acknowledgement */

typedef struct pending {
    ntm_pending *out;
    size_t capacity, count;
} pending;

static void add_pending(pending *p, const ntm_register *reg, const ntm_i_holder *holder, const ntm_i_holder *part,
                        uint32_t status, ntm_date merged_on, size_t act) {
    ntm_holding held = ntm_i_register_holding(reg, part, status, merged_on - 1);
    if (held.verdict == NTM_NOT_MET) return;
    if (p->count < p->capacity)
        p->out[p->count] =
            (ntm_pending){holder->code, reg->statuses[status], part->code, held.label, held.verdict, merged_on, act};
    p->count++;
}

/* The parts of one merger of the unit. */
static void list_parts(pending *p, const ntm_register *reg, const ntm_i_holder *holder, uint32_t status, ntm_date day) {
    bool reborn = false;
    size_t first, end;
    ntm_i_arrivals_on(reg, holder, day, &first, &end);
    for (size_t i = first; i < end; i++) {
        size_t act = reg->arrivals[i];
        const ntm_i_holder *part = ntm_i_holder_find(reg, reg->acts[act].unit, strlen(reg->acts[act].unit));
        reborn = reborn || part == holder;
        add_pending(p, reg, holder, part, status, day, act);
    }
    /* A unit that took others in is a part itself; one that was made that day was not there before. */
    const ntm_i_span *life = ntm_i_span_on(holder->tracks, day);
    if (!reborn && (life == NULL || life->from != day)) add_pending(p, reg, holder, holder, status, day, NTM_NO_ACT);
}

static bool waits(const ntm_i_span *span) {
    return span->reason == NTM_LACK_NOT_REACKNOWLEDGED || span->reason == NTM_LACK_UNDECIDED;
}

/* The mergers since the status was last decided, the oldest first. */
static void list_waiting(pending *p, const ntm_register *reg, const ntm_i_holder *holder, const ntm_i_track *track,
                         ntm_date on) {
    const ntm_i_span *spans = track->spans.items, *now = ntm_i_span_on(track, on);
    const ntm_i_span *life = ntm_i_span_on(holder->tracks, on);
    if (now == NULL || !waits(now) || (life != NULL && (life->verdict == NTM_NOT_MET || now->from < life->from)))
        return;
    const ntm_i_span *first = now;
    while (first > spans && waits(first - 1) && (life == NULL || (first - 1)->from >= life->from))
        first--;
    for (; first <= now; first++)
        list_parts(p, reg, holder, track->status, first->from);
}

ntm_status ntm_register_pending(ntm_pending *out, size_t *count, size_t capacity, const ntm_register *reg,
                                const char *status, ntm_date on, const char *const *instead, size_t instead_count,
                                ntm_error *err) {
    if (count == NULL || reg == NULL || (out == NULL && capacity > 0) || !ntm_i_date_is(on) ||
        (instead == NULL && instead_count > 0))
        return ntm_i_wrong_call(err, "a place for the count, room for entries, a register and a day are needed");
    for (size_t k = 0; k < instead_count; k++)
        if (instead[k] == NULL) return ntm_i_wrong_call(err, "a status of instead is NULL");
    pending p = {out, capacity, 0};
    size_t only = status == NULL ? SIZE_MAX : ntm_i_status_find(reg, status);
    for (size_t i = 0; i < reg->holder_count; i++) {
        const ntm_i_holder *holder = &reg->holders[i];
        bool needless = holder->arrival_count == 0;
        for (size_t k = 0; k < instead_count && !needless; k++)
            needless = ntm_i_register_holding(reg, holder, ntm_i_status_find(reg, instead[k]), on).verdict == NTM_MET;
        for (uint32_t s = 0; s < reg->status_count && !needless; s++) {
            const ntm_i_track *track = status == NULL || s == only ? ntm_i_track_find(holder, s) : NULL;
            if (track != NULL) list_waiting(&p, reg, holder, track, on);
        }
    }
    *count = p.count;
    return NTM_OK;
}
