/* SPDX-License-Identifier: Apache-2.0 */
/* Which criteria and indicators an open verdict still looks at: those that are open, and that are named by something
   open, up to the verdict itself. What stands below something settled matters no more. Parts are gone through from the
   last to the first: a chain of ten thousand must not become ten thousand calls. */
#include <string.h>

#include "decide/decide.h"

static void reach_slot(ntm_i_decide *s, uint32_t slot) {
    if (ntm_i_truth_at(&s->run->verdicts[slot], 0) == NTM_OPEN) s->reached[slot] = 1;
}

static void reach_slots(ntm_i_decide *s, uint32_t first, size_t count) {
    for (size_t i = 0; i < count; i++)
        reach_slot(s, first + (uint32_t)i);
}

static void reach_counted(ntm_i_decide *s, const ntm_node_spec *node, const ntm_i_node_info *info) {
    bool criteria = node->over == NTM_OVER_CRITERIA;
    uint32_t first = criteria ? 0 : ntm_i_slot_indicator(s->set, 0);
    if (info->among == NULL) reach_slots(s, first, criteria ? s->set->criterion_count : s->set->indicator_count);
    for (size_t i = 0; info->among != NULL && i < node->member_count; i++)
        reach_slot(s, first + info->among[i]);
}

/* Inside of a count over members a condition has several verdicts: whether it is settled is not looked at there. */
static void reach(ntm_i_decide *s, ntm_node at, bool in_members) {
    if (at == 0 || !ntm_i_spend(s, s->set->info[at - 1].weight)) return;
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    const ntm_i_node_info *info = &s->set->info[at - 1];
    bool over = node->kind == NTM_COUNT || node->kind == NTM_SHARE || node->kind == NTM_EVERY;
    if (over && node->over == NTM_OVER_CHILDREN) return;
    if (over && node->over != NTM_OVER_MEMBERS) {
        reach_counted(s, node, info);
        return;
    }
    if (info->sort == NTM_I_CONDITION && !in_members) {
        ntm_i_exact x = ntm_i_look(s, NULL);
        if (ntm_i_exact_condition(&x, at) != NTM_OPEN) return;
    }
    if (node->kind == NTM_CRITERION) reach_slot(s, info->target);
    if (node->kind == NTM_INDICATOR) reach_slot(s, ntm_i_slot_indicator(s->set, info->target));
    if (node->kind == NTM_VALUE && s->seen[info->target] != s->turn) {
        s->seen[info->target] = s->turn;
        reach(s, s->set->values[info->target].rule, false);
    }
    for (size_t i = 0; i < node->of_count; i++)
        reach(s, node->of[i], in_members || over);
    for (size_t i = 0; i < node->band_count; i++)
        reach(s, node->bands[i].requires_met, in_members);
    reach(s, node->knock_out, in_members);
}

static void reach_rule(ntm_i_decide *s, ntm_node rule) {
    s->turn++;
    reach(s, rule, false);
}

static void reach_criteria_status(ntm_i_decide *s) {
    if (s->set->status != 0)
        reach_rule(s, s->set->status);
    else
        reach_slots(s, 0, s->set->criterion_count);
}

static void reach_root(ntm_i_decide *s) {
    switch (s->of) {
        case NTM_OF_STATUS:
            if (ntm_i_truth_at(&s->run->verdicts[ntm_i_slot_criteria_status(s->set)], 0) == NTM_OPEN)
                reach_criteria_status(s);
            for (size_t i = 0; i < s->set->precondition_count; i++)
                reach_rule(s, s->set->preconditions[i].rule);
            break;
        case NTM_OF_CRITERIA_STATUS: reach_criteria_status(s); break;
        case NTM_OF_REVOCATION: reach_rule(s, s->set->revocation); break;
        case NTM_OF_PRECONDITION: reach_rule(s, s->set->preconditions[s->index].rule); break;
        case NTM_OF_CRITERION: reach_slot(s, (uint32_t)s->index); break;
        default: reach_slot(s, ntm_i_slot_indicator(s->set, s->index)); break;
    }
}

void ntm_i_find_reached(ntm_i_decide *s) {
    const ntm_set *set = s->set;
    memset(s->reached, 0, set->criterion_count + set->indicator_count);
    reach_root(s);
    for (size_t i = set->order_count; i-- > 0;) {
        uint32_t slot = set->order[i];
        if (!s->reached[slot]) continue;
        if (slot >= set->criterion_count) {
            reach_rule(s, set->indicators[slot - set->criterion_count].rule);
            continue;
        }
        const ntm_criterion *criterion = &set->criteria[slot];
        if (criterion->rule != 0)
            reach_rule(s, criterion->rule);
        else
            reach_slots(s, ntm_i_slot_indicator(set, criterion->first_indicator), criterion->indicator_count);
    }
}
