/* SPDX-License-Identifier: Apache-2.0 */
/* Criteria and the status from the states of what they are made of, by the set's own rules in three values.
 *
 * Asked twice: is it attained if what is attained counts as met, and is it on track if what is on track counts as met too? */
#include "trajectory/trajectory.h"

/* A block being asked. */
typedef struct asking {
    ntm_i_tracking *m;
    ntm_i_run *run;
    bool on_track; /* the second question */
} asking;

static ntm_verdict verdict_of(const asking *a, ntm_track_state state) {
    switch (state) {
        case NTM_TRACK_ATTAINED: return NTM_MET;
        case NTM_TRACK_ON_TRACK: return a->on_track ? NTM_MET : NTM_OPEN;
        case NTM_TRACK_BEHIND:
        case NTM_TRACK_MISSED: return NTM_NOT_MET;
        default: return NTM_OPEN;
    }
}

static void set_verdict(ntm_i_run *run, uint32_t slot, size_t row, ntm_verdict verdict) {
    ntm_i_truth *truth = &run->verdicts[slot];
    uint64_t bit = UINT64_C(1) << (row % 64);
    truth->met.words[row / 64] = (truth->met.words[row / 64] & ~bit) | (verdict == NTM_MET ? bit : 0);
    truth->not_met.words[row / 64] = (truth->not_met.words[row / 64] & ~bit) | (verdict == NTM_NOT_MET ? bit : 0);
}

static ntm_verdict at_least(size_t k, size_t met, size_t not_met, size_t count) {
    return met >= k ? NTM_MET : not_met > count - k ? NTM_NOT_MET : NTM_OPEN;
}

/* A rule over others and over parts. What else it says of facts is asked for by the deadline: until then it is met or
   open. */
static ntm_verdict condition(const asking *a, ntm_i_exact *x, ntm_node at, bool over) {
    const ntm_node_spec *node = &a->m->plan->set->nodes[at - 1];
    const ntm_trajectory *t = a->m->t;
    uint32_t part = a->m->parts[at - 1];
    if (part != 0) return verdict_of(a, (ntm_track_state)t->state[ntm_i_cell_at(t, part - 1, a->run->start + x->row)]);
    if (a->m->refers[at - 1] == 0) {
        ntm_verdict verdict = ntm_i_exact_condition(x, at);
        return verdict == NTM_MET || over ? verdict : NTM_OPEN;
    }
    size_t met = 0, not_met = 0;
    ntm_i_interval unused;
    switch (node->kind) {
        case NTM_ALL:
        case NTM_ANY:
        case NTM_AT_LEAST:
            for (size_t i = 0; i < node->of_count; i++) {
                ntm_verdict verdict = condition(a, x, node->of[i], over);
                met += verdict == NTM_MET;
                not_met += verdict == NTM_NOT_MET;
            }
            return at_least(node->kind == NTM_ALL   ? node->of_count
                            : node->kind == NTM_ANY ? 1
                                                    : node->k,
                            met, not_met, node->of_count);
        case NTM_NOT: {
            ntm_verdict verdict = condition(a, x, node->of[0], over);
            return verdict == NTM_MET ? NTM_NOT_MET : verdict == NTM_NOT_MET ? NTM_MET : NTM_OPEN;
        }
        case NTM_IF_APPLICABLE:
            if (ntm_i_exact_input(x, ntm_i_exact_node_input(x, at), &unused) == NTM_NOT_APPLICABLE) return NTM_MET;
            return condition(a, x, node->of[0], over);
        default: return ntm_i_exact_condition(x, at); /* it counts verdicts, which are in their slots */
    }
}

/* All of the slots from `first`. */
static ntm_verdict all_of(const asking *a, uint32_t first, size_t count, size_t row) {
    size_t met = 0, not_met = 0;
    for (size_t i = 0; i < count; i++) {
        ntm_verdict verdict = ntm_i_truth_at(&a->run->verdicts[first + i], row);
        met += verdict == NTM_MET;
        not_met += verdict == NTM_NOT_MET;
    }
    return count == 0 ? NTM_OPEN : at_least(count, met, not_met, count);
}

static ntm_verdict ask(const asking *a, ntm_i_exact *x, const ntm_i_track *track, bool over) {
    const ntm_set *set = a->m->plan->set;
    if (track->rule != 0) return condition(a, x, track->rule, over);
    if (track->view.of == NTM_TRACK_STATUS) return all_of(a, 0, set->criterion_count, x->row);
    const ntm_criterion *criterion = &set->criteria[track->view.index];
    return all_of(a, ntm_i_slot_indicator(set, criterion->first_indicator), criterion->indicator_count, x->row);
}

static bool is_over(const ntm_trajectory *t, const ntm_i_track *track, size_t row) {
    return t->ends[row / t->unit_count] >= ntm_i_deadline_of(t, track, row % t->unit_count);
}

/* Answers one question for the row: every composed series after what it is made of. */
static void answer(const asking *a, size_t i, ntm_verdict *verdicts) {
    ntm_trajectory *t = a->m->t;
    const ntm_set *set = a->m->plan->set;
    const ntm_i_track *tracks = ntm_i_tracks(t);
    size_t own = set->indicator_count + set->criterion_count, row = a->run->start + i;
    ntm_i_exact x = ntm_i_exact_start(a->run, i);
    for (size_t series = 0; series < own; series++)
        if (tracks[series].way == NTM_I_WAY_RULE)
            set_verdict(a->run, tracks[series].slot, i,
                        verdict_of(a, (ntm_track_state)t->state[ntm_i_cell_at(t, series, row)]));
    for (size_t k = 0; k <= set->order_count; k++) { /* the status comes last */
        size_t vertex = k < set->order_count ? set->order[k] : 0;
        size_t series = k == set->order_count           ? own
                        : vertex < set->criterion_count ? set->indicator_count + vertex
                                                        : vertex - set->criterion_count;
        if (tracks[series].way != NTM_I_WAY_COMPOSED) continue;
        verdicts[series] = ask(a, &x, &tracks[series], is_over(t, &tracks[series], row));
        set_verdict(a->run, tracks[series].slot, i, verdicts[series]);
    }
}

void ntm_i_track_composed(ntm_i_tracking *m, ntm_i_run *run) {
    ntm_trajectory *t = m->t;
    size_t count = m->plan->set->indicator_count + m->plan->set->criterion_count + 1;
    for (size_t i = 0; i < run->rows; i++) {
        size_t row = run->start + i;
        answer(&(asking){m, run, false}, i, m->attained);
        answer(&(asking){m, run, true}, i, m->on_track);
        for (size_t series = 0; series < count; series++) {
            const ntm_i_track *track = &ntm_i_tracks(t)[series];
            if (track->way != NTM_I_WAY_COMPOSED) continue;
            size_t cell = ntm_i_cell_at(t, series, row);
            ntm_verdict on = m->on_track[series];
            ntm_track_state state = m->attained[series] == NTM_MET ? NTM_TRACK_ATTAINED
                                    : on == NTM_MET                ? NTM_TRACK_ON_TRACK
                                    : on == NTM_OPEN               ? NTM_TRACK_OPEN
                                    : is_over(t, track, row)       ? NTM_TRACK_MISSED
                                                                   : NTM_TRACK_BEHIND;
            t->state[cell] = (int32_t)state;
            t->why[cell] = (int32_t)(state == NTM_TRACK_OPEN ? NTM_TRACK_PARTS : NTM_TRACK_WHY_NOTHING);
        }
    }
}
