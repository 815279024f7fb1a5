/* SPDX-License-Identifier: Apache-2.0 */
/* The mergers of one day: which units end, which begin, and what becomes of what the parts held. */
#include <string.h>

#include "recognition/register.h"

/* The parts of one unit and what they held of one status on the day before. */
typedef struct parts {
    size_t met, not_met, open;
    bool own_may_hold;    /* the unit itself goes on, and held it or may have */
    ntm_date own_since;   /* since when, if it held it */
    ntm_date first, last; /* of the last days of those that held it; NTM_DATE_NONE = no limit */
    bool lasting;         /* all these last days are known */
    const char *label;    /* the class of those that held it; NULL when they differ */
    bool differ;
} parts;

static void add_part(parts *p, const ntm_register *reg, const ntm_i_holder *holder, uint32_t status, ntm_date on) {
    ntm_holding holding = ntm_i_register_holding(reg, holder, status, on);
    p->not_met += holding.verdict == NTM_NOT_MET;
    p->open += holding.verdict == NTM_OPEN;
    if (holding.verdict != NTM_MET) return;
    const ntm_i_span *span = ntm_i_span_on(ntm_i_track_find(holder, status), on);
    p->lasting = p->lasting && span->lasting;
    if (p->met == 0 || (holding.until != NTM_DATE_NONE && (p->first == NTM_DATE_NONE || holding.until < p->first)))
        p->first = holding.until;
    if (p->met == 0 || holding.until == NTM_DATE_NONE || (p->last != NTM_DATE_NONE && holding.until > p->last))
        p->last = holding.until;
    bool same =
        p->label == NULL || holding.label == NULL ? p->label == holding.label : strcmp(p->label, holding.label) == 0;
    p->differ = p->differ || (p->met > 0 && !same);
    p->label = p->differ ? NULL : holding.label;
    p->met++;
}

/* What the unit has of the status from the day on. False: no part held it, and what was so of the unit stays so. */
static bool inherited(ntm_i_span *span, const parts *p, ntm_inherit rule, bool goes_on) {
    bool some = p->met + p->open > 0;
    span->verdict = NTM_NOT_MET;
    span->reason = NTM_LACK_NEVER;
    span->since = NTM_DATE_NONE;
    if (!some) return !goes_on;
    span->since = span->from;
    if ((rule == NTM_INHERIT_ALL && p->not_met + p->open == 0) || (rule == NTM_INHERIT_ANY && p->met > 0)) {
        span->verdict = NTM_MET;
        span->reason = NTM_LACK_NONE;
        span->label = p->label;
        span->until = rule == NTM_INHERIT_ALL ? p->first : p->last;
        span->lasting = p->lasting;
        if (p->own_since != NTM_DATE_NONE) span->since = p->own_since;
    } else if (rule == NTM_INHERIT_ALL && p->not_met > 0) {
        span->reason = NTM_LACK_PART;
    } else if (rule != NTM_INHERIT_NONE || p->own_may_hold) {
        span->verdict = NTM_OPEN;
        span->reason = NTM_LACK_UNDECIDED;
    } else {
        span->reason = NTM_LACK_NOT_REACKNOWLEDGED;
    }
    return true;
}

static ntm_i_holder *part_of(const ntm_register *reg, size_t arrival) {
    const char *code = reg->acts[reg->arrivals[arrival]].unit;
    return ntm_i_holder_find(reg, code, strlen(code));
}

/* Works one status into the unit that was made or enlarged; arrivals first .. end - 1 are its parts. */
static void inherit_status(ntm_i_loading *l, ntm_i_holder *holder, uint32_t status, size_t first, size_t end,
                           bool goes_on) {
    ntm_register *reg = l->reg;
    ntm_date day = reg->acts[reg->arrivals[first]].on;
    ntm_i_track *track = ntm_i_track_need(l, holder, status);
    if (track == NULL) return;
    parts p = {0, 0, 0, false, NTM_DATE_NONE, NTM_DATE_NONE, NTM_DATE_NONE, true, NULL, false};
    if (goes_on) {
        ntm_holding own = ntm_i_register_holding(reg, holder, status, day - 1);
        p.own_may_hold = own.verdict != NTM_NOT_MET;
        if (own.verdict == NTM_MET) p.own_since = own.since;
        add_part(&p, reg, holder, status, day - 1);
    }
    for (size_t i = first; i < end; i++)
        add_part(&p, reg, part_of(reg, i), status, day - 1);
    ntm_i_span span = {day, day, NTM_DATE_NONE, true, NTM_NOT_MET, NTM_LACK_NEVER, NULL, reg->arrivals[first]};
    if (inherited(&span, &p, reg->rules[status].inherit, goes_on)) {
        if (span.reason == NTM_LACK_NEVER) span.act = NTM_NO_ACT;
        ntm_i_span_push(l, track, &span);
    }
    if (!goes_on) {
        track->registered = false;
        track->acted_on = NTM_DATE_NONE;
    }
}

/* The statuses that the unit or a part of it has some history of. */
static void mark_statuses(bool has[NTM_STATUSES_MAX], const ntm_register *reg, const ntm_i_holder *holder, size_t first,
                          size_t end) {
    memset(has, 0, NTM_STATUSES_MAX * sizeof *has);
    for (const ntm_i_track *t = holder->tracks->next; t != NULL; t = t->next)
        has[t->status] = true;
    for (size_t i = first; i < end; i++)
        for (const ntm_i_track *t = part_of(reg, i)->tracks->next; t != NULL; t = t->next)
            has[t->status] = true;
}

/* The unit that the arrivals of the day make or enlarge. */
static void make_unit(ntm_i_loading *l, ntm_i_holder *holder, ntm_date day) {
    ntm_register *reg = l->reg;
    bool has[NTM_STATUSES_MAX];
    size_t first, end;
    ntm_i_arrivals_on(reg, holder, day, &first, &end);
    bool goes_on = holder->seen && !holder->ended && holder->ending_on != day;
    mark_statuses(has, reg, holder, first, end);
    for (uint32_t status = 0; status < reg->status_count && !l->cells.no_memory; status++)
        if (has[status]) inherit_status(l, holder, status, first, end, goes_on);
    if (!goes_on) {
        ntm_i_span there = {day, day, NTM_DATE_NONE, true, NTM_MET, NTM_LACK_NONE, NULL, reg->arrivals[first]};
        if (!holder->seen) holder->born = day;
        ntm_i_span_push(l, holder->tracks, &there);
        holder->ended = false;
    }
    holder->took_in = true;
    holder->seen = true;
    holder->made_on = day;
}

/* Whether the unit can end by this act. */
static bool may_end(ntm_i_loading *l, const ntm_i_holder *holder, size_t at) {
    const ntm_act *act = &l->reg->acts[at];
    size_t other = NTM_NO_ACT;
    if (holder->ended)
        other = holder->ended_by;
    else if (holder->ending_on == act->on &&
             (act->kind == NTM_ACT_ENDED || l->reg->acts[holder->ending_by].kind == NTM_ACT_ENDED))
        other = holder->ending_by;
    if (other == NTM_NO_ACT) return true;
    ntm_i_cells_complain(&l->cells, NTM_ERROR_CONFLICT, act->unit, at,
                         "\"%s\" of a unit that has ended: contradicts row %zu", ntm_act_kind_name(act->kind), other);
    return false;
}

void ntm_i_register_merge(ntm_i_loading *l, const size_t *order, size_t count) {
    ntm_register *reg = l->reg;
    ntm_date day = reg->acts[order[0]].on;
    for (size_t i = 0; i < count; i++) {
        ntm_i_holder *holder = ntm_i_holder_find(reg, reg->acts[order[i]].unit, strlen(reg->acts[order[i]].unit));
        if (!may_end(l, holder, order[i]) || holder->ending_on == day) continue;
        holder->ending_on = day;
        holder->ending_by = order[i];
    }
    for (size_t i = 0; i < count && !l->cells.no_memory; i++) {
        const char *successor = reg->acts[order[i]].successor;
        if (successor == NULL) continue;
        ntm_i_holder *holder = ntm_i_holder_find(reg, successor, strlen(successor));
        if (holder->made_on != day) make_unit(l, holder, day);
    }
    for (size_t i = 0; i < count && !l->cells.no_memory; i++) {
        ntm_i_holder *holder = ntm_i_holder_find(reg, reg->acts[order[i]].unit, strlen(reg->acts[order[i]].unit));
        holder->seen = true;
        if (holder->ended || holder->made_on == day) continue; /* reborn under its own code */
        ntm_i_span gone = {day, day, NTM_DATE_NONE, true, NTM_NOT_MET, NTM_LACK_ENDED, NULL, holder->ending_by};
        ntm_i_span_push(l, holder->tracks, &gone);
        holder->ended = true;
        holder->ended_by = holder->ending_by;
    }
}
