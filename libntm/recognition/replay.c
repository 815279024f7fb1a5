/* SPDX-License-Identifier: Apache-2.0 */
/* Going through all acts by day, which gives the history of every status, and finds acts that contradict others. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "recognition/register.h"

void ntm_i_span_push(ntm_i_loading *l, ntm_i_track *track, const ntm_i_span *span) {
    ntm_i_span *spans = track->spans.items;
    if (track->spans.count > 0 && spans[track->spans.count - 1].from == span->from) {
        spans[track->spans.count - 1] = *span;
        return;
    }
    ntm_i_span *added = ntm_i_array_push(&track->spans);
    if (added == NULL)
        l->cells.no_memory = true;
    else
        *added = *span;
}

static bool of_unit(const ntm_act *act) { return act->kind == NTM_ACT_MERGED || act->kind == NTM_ACT_ENDED; }

/* On one day mergers and ends come first, because the codes mean the new units from that day on; then who registers,
   because rows come in any order and nobody gives up what was not registered for. */
static int turn(const ntm_act *act) { return of_unit(act) ? 0 : act->kind == NTM_ACT_REGISTERED ? 1 : 2; }

static int compare_acts(const void *a, const void *b) {
    const ntm_act *const *left = a, *const *right = b;
    if ((*left)->on != (*right)->on) return (*left)->on < (*right)->on ? -1 : 1;
    if (turn(*left) != turn(*right)) return turn(*left) - turn(*right);
    return (*left > *right) - (*left < *right);
}

static void contradicts(ntm_i_loading *l, const ntm_act *act, size_t other, const char *what) {
    size_t row = (size_t)(act - l->reg->acts);
    if (other == NTM_NO_ACT)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_CONFLICT, act->unit, row, "\"%s\" %s", ntm_act_kind_name(act->kind),
                             what);
    else
        ntm_i_cells_complain(&l->cells, NTM_ERROR_CONFLICT, act->unit, row, "\"%s\" %s: contradicts row %zu (\"%s\")",
                             ntm_act_kind_name(act->kind), what, other, ntm_act_kind_name(l->reg->acts[other].kind));
}

/* Whether the act can follow what came before. */
static bool fits(ntm_i_loading *l, const ntm_act *act, const ntm_i_holder *holder, const ntm_i_track *track,
                 const ntm_holding *otherwise) {
    const ntm_status_rule *rule = &l->reg->rules[track->status];
    bool gives = act->kind == NTM_ACT_RECOGNISED || act->kind == NTM_ACT_REACKNOWLEDGED;
    if (holder->ended) {
        contradicts(l, act, holder->ended_by, "after the unit ended");
    } else if (act->kind != NTM_ACT_REGISTERED && track->acted_on == act->on) {
        contradicts(l, act, track->acted, "on the day of another act on this status");
    } else if (gives && rule->law_from != NTM_DATE_NONE && act->on < rule->law_from) {
        char first[NTM_I_DAY_SIZE];
        ntm_i_cells_complain(&l->cells, NTM_ERROR_NOT_IN_FORCE, act->unit, (size_t)(act - l->reg->acts),
                             "\"%s\" under \"%s\" before its first day, %s", ntm_act_kind_name(act->kind), act->status,
                             ntm_i_day_text(first, rule->law_from));
    } else if (act->kind == NTM_ACT_REACKNOWLEDGED && !holder->took_in && !l->options->partial) {
        contradicts(l, act, NTM_NO_ACT, "of a unit that no merger made");
    } else if (act->kind == NTM_ACT_REVOKED && otherwise->verdict == NTM_NOT_MET) {
        contradicts(l, act, otherwise->act, "of what the unit did not hold");
    } else if (act->kind == NTM_ACT_WITHDRAWN && otherwise->verdict == NTM_NOT_MET && !track->registered &&
               otherwise->reason != NTM_LACK_EXPIRED && otherwise->reason != NTM_LACK_NOT_REACKNOWLEDGED) {
        contradicts(l, act, otherwise->act, "of what was neither registered for nor held");
    } else {
        return true;
    }
    return false;
}

static ntm_date last_day(const ntm_act *act, const ntm_status_rule *rule) {
    if (act->until != NTM_DATE_NONE) return act->until;
    return rule->lasting == NTM_LASTING_MONTHS ? ntm_validity_last_day(act->on, rule->months) : NTM_DATE_NONE;
}

/* The span that an act begins. */
static ntm_i_span begun(const ntm_act *act, size_t at, const ntm_status_rule *rule, const ntm_holding *before) {
    ntm_i_span span = {act->on, act->on, NTM_DATE_NONE, true, NTM_NOT_MET, NTM_LACK_REVOKED, NULL, at};
    if (act->kind == NTM_ACT_WITHDRAWN) span.reason = NTM_LACK_WITHDRAWN;
    if (act->kind != NTM_ACT_RECOGNISED && act->kind != NTM_ACT_REACKNOWLEDGED) return span;
    span.verdict = NTM_MET;
    span.reason = NTM_LACK_NONE;
    span.label = act->label;
    span.until = last_day(act, rule);
    span.lasting = act->until != NTM_DATE_NONE || rule->lasting != NTM_LASTING_UNKNOWN;
    if (before->verdict == NTM_MET) span.since = before->since;
    return span;
}

static void replay_act(ntm_i_loading *l, const ntm_act *act) {
    ntm_register *reg = l->reg;
    ntm_i_holder *holder = ntm_i_holder_find(reg, act->unit, strlen(act->unit));
    uint32_t status = (uint32_t)ntm_i_status_find(reg, act->status);
    ntm_i_track *track = ntm_i_track_need(l, holder, status);
    if (track == NULL) return;
    /* What would be so on the day without the act; and the day before, unless a merger came first on this very day: a
       renewal on the day after the last leaves no gap. */
    const ntm_i_span *spans = track->spans.items;
    bool today = track->spans.count > 0 && spans[track->spans.count - 1].from == act->on;
    ntm_holding otherwise = ntm_i_register_holding(reg, holder, status, act->on);
    ntm_holding before = today ? otherwise : ntm_i_register_holding(reg, holder, status, act->on - 1);
    holder->seen = true;
    if (!fits(l, act, holder, track, &otherwise)) return;
    if (act->kind == NTM_ACT_REGISTERED) {
        track->registered = true;
        return;
    }
    size_t at = (size_t)(act - reg->acts);
    ntm_i_span span = begun(act, at, &reg->rules[status], &before);
    ntm_i_span_push(l, track, &span);
    track->registered = track->registered && act->kind != NTM_ACT_WITHDRAWN;
    track->acted_on = act->on;
    track->acted = at;
}

void ntm_i_register_replay(ntm_i_loading *l) {
    ntm_register *reg = l->reg;
    const ntm_allocator *allocator = &reg->arena.allocator;
    const ntm_act **acts = ntm_i_allocate(allocator, reg->act_count, sizeof *acts);
    size_t *merging = ntm_i_allocate(allocator, reg->act_count, sizeof *merging);
    l->cells.no_memory = acts == NULL || merging == NULL;
    for (size_t i = 0; i < reg->act_count && !l->cells.no_memory; i++)
        acts[i] = &reg->acts[i];
    if (reg->act_count > 1 && !l->cells.no_memory) qsort(acts, reg->act_count, sizeof *acts, compare_acts);
    for (size_t i = 0; i < reg->act_count && !l->cells.no_memory;) {
        size_t count = 0;
        if (!of_unit(acts[i])) {
            replay_act(l, acts[i++]);
            continue;
        }
        for (ntm_date day = acts[i]->on; i < reg->act_count && of_unit(acts[i]) && acts[i]->on == day; i++)
            merging[count++] = (size_t)(acts[i] - reg->acts);
        ntm_i_register_merge(l, merging, count);
    }
    ntm_i_release(allocator, acts, reg->act_count, sizeof *acts);
    ntm_i_release(allocator, merging, reg->act_count, sizeof *merging);
}
