/* SPDX-License-Identifier: Apache-2.0 */
/* Values that stand in for what is lacking, and looking at the row as it then is. The run's block is one row. */
#include <string.h>

#include "decide/decide.h"

static const ntm_column stand_in = NTM_COLUMN_INIT; /* that there is a column is all that is asked */

static void set_verdict(ntm_i_run *run, uint32_t slot, ntm_verdict verdict) {
    run->verdicts[slot].met.words[0] = verdict == NTM_MET;
    run->verdicts[slot].not_met.words[0] = verdict == NTM_NOT_MET;
}

ntm_i_exact ntm_i_look(ntm_i_decide *s, const uint32_t *members) {
    ntm_i_exact x = ntm_i_exact_start(s->run, 0);
    x.quiet = true;
    if (members != NULL) memcpy(x.members, members, sizeof x.members);
    return x;
}

/* Which column of an axis holds may have changed. */
static void decide_scope(ntm_i_decide *s) {
    for (size_t i = 0; i < s->set->scope_count; i++) {
        ntm_i_exact x = ntm_i_look(s, NULL);
        set_verdict(s->run, ntm_i_slot_scope(s->set, i), ntm_i_exact_condition(&x, s->set->scopes[i].when));
    }
}

void ntm_i_stand_in(ntm_i_decide *s, uint32_t fact, uint32_t value) {
    ntm_i_lacking *lacking = ntm_i_lacking_at(s, fact);
    ntm_i_load(s->run, lacking->input);
    ntm_i_bound *bound = &s->run->bounds[lacking->input];
    if (lacking->put == NTM_I_NONE) {
        lacking->column = bound->column;
        lacking->form = bound->form;
        lacking->scale = bound->scale;
        lacking->before = bound->values;
        lacking->valid = bound->valid.words[0];
    }
    ntm_decimal number = lacking->values[value];
    uint32_t place = (uint32_t)number.coefficient;
    uint64_t flag = number.coefficient != 0;
    lacking->memory[0] = lacking->memory[1] = 0;
    switch (bound->input->kind) {
        case NTM_I_IN_FLAG:
            bound->form = NTM_I_FORM_BITS;
            memcpy(lacking->memory, &flag, sizeof flag);
            break;
        case NTM_I_IN_LEVEL:
            bound->form = NTM_I_FORM_INDEX;
            memcpy(lacking->memory, &place, sizeof place);
            break;
        default:
            bound->form = NTM_I_FORM_INT;
            bound->scale = number.scale;
            memcpy(lacking->memory, &number.coefficient, sizeof number.coefficient);
            break;
    }
    bound->column = &stand_in;
    bound->values = lacking->memory;
    bound->valid.words[0] = 1;
    lacking->put = value;
    if (lacking->in_scope) decide_scope(s);
}

void ntm_i_take_back(ntm_i_decide *s, uint32_t fact) {
    ntm_i_lacking *lacking = ntm_i_lacking_at(s, fact);
    ntm_i_bound *bound = &s->run->bounds[lacking->input];
    if (lacking->put == NTM_I_NONE) return;
    bound->column = lacking->column;
    bound->form = lacking->form;
    bound->scale = lacking->scale;
    bound->values = lacking->before;
    bound->valid.words[0] = lacking->valid;
    lacking->put = NTM_I_NONE;
    if (lacking->in_scope) decide_scope(s);
}

/* ------------------------------------------------------------------------------------------- parts and wholes */

static bool value_of(ntm_i_decide *s, uint32_t input, ntm_i_rational *out) {
    ntm_i_load(s->run, input);
    const ntm_i_bound *bound = &s->run->bounds[input];
    return bound->column != NULL && ntm_i_bit(&bound->valid, 0) && ntm_i_value_of_row(s->run, out, bound, 0);
}

static bool children_fit(ntm_i_decide *s, uint32_t first) {
    ntm_i_rational met, open, total, sum;
    if (!value_of(s, first, &met) || !value_of(s, first + 1, &open) || !value_of(s, first + 2, &total)) return true;
    return ntm_i_rational_add(&sum, met, open) && ntm_i_rational_compare(sum, total) <= 0;
}

bool ntm_i_parts_fit(ntm_i_decide *s) {
    for (size_t i = 0; i < s->lacking.count; i++) {
        const ntm_i_lacking *lacking = ntm_i_lacking_at(s, i);
        ntm_i_rational part, whole;
        if (lacking->put == NTM_I_NONE || lacking->whole == NTM_I_NONE) continue;
        if (ntm_i_lacking_at(s, lacking->whole)->put == NTM_I_NONE) continue; /* a whole that is reported cut it */
        if (value_of(s, lacking->input, &part) && value_of(s, ntm_i_lacking_at(s, lacking->whole)->input, &whole) &&
            ntm_i_rational_compare(part, whole) > 0)
            return false;
    }
    for (size_t i = 0; i < s->triples.count; i++)
        if (!children_fit(s, ((const uint32_t *)s->triples.items)[i])) return false;
    return true;
}

/* ------------------------------------------------------------------------------------------- everything anew */

static ntm_verdict verdict_at(const ntm_i_decide *s, uint32_t slot) {
    return ntm_i_truth_at(&s->run->verdicts[slot], 0);
}

static void decide_rule(ntm_i_decide *s, uint32_t slot, ntm_node rule) {
    ntm_i_exact x = ntm_i_look(s, NULL);
    set_verdict(s->run, slot, rule == 0 ? NTM_OPEN : ntm_i_exact_condition(&x, rule));
}

/* All of some verdicts, by Kleene's logic; of none at all it is open. */
static void decide_all(ntm_i_decide *s, uint32_t slot, uint32_t first, size_t count) {
    size_t met = 0;
    bool not_met = false;
    for (size_t i = 0; i < count; i++) {
        met += verdict_at(s, first + (uint32_t)i) == NTM_MET;
        not_met = not_met || verdict_at(s, first + (uint32_t)i) == NTM_NOT_MET;
    }
    set_verdict(s->run, slot, not_met ? NTM_NOT_MET : count > 0 && met == count ? NTM_MET : NTM_OPEN);
}

static void decide_slots(ntm_i_decide *s) {
    const ntm_set *set = s->set;
    uint32_t criteria = ntm_i_slot_criteria_status(set), status = ntm_i_slot_status(set);
    decide_scope(s);
    for (size_t i = 0; i < set->order_count; i++) {
        uint32_t slot = set->order[i];
        const ntm_criterion *criterion = slot < set->criterion_count ? &set->criteria[slot] : NULL;
        if (criterion == NULL)
            decide_rule(s, slot, set->indicators[slot - set->criterion_count].rule);
        else if (criterion->rule != 0)
            decide_rule(s, slot, criterion->rule);
        else
            decide_all(s, slot, ntm_i_slot_indicator(set, criterion->first_indicator), criterion->indicator_count);
    }
    for (size_t i = 0; i < set->precondition_count; i++)
        decide_rule(s, ntm_i_slot_precondition(set, i), set->preconditions[i].rule);
    if (set->status != 0)
        decide_rule(s, criteria, set->status);
    else
        decide_all(s, criteria, 0, set->criterion_count);
    bool met = verdict_at(s, criteria) == NTM_MET, not_met = verdict_at(s, criteria) == NTM_NOT_MET;
    for (size_t i = 0; i < set->precondition_count; i++) {
        ntm_verdict verdict = verdict_at(s, ntm_i_slot_precondition(set, i));
        met = met && verdict == NTM_MET;
        not_met = not_met || verdict == NTM_NOT_MET;
    }
    set_verdict(s->run, status, not_met ? NTM_NOT_MET : met ? NTM_MET : NTM_OPEN);
    decide_rule(s, ntm_i_slot_revocation(set), set->revocation);
}

ntm_verdict ntm_i_evaluate_anew(ntm_i_decide *s) {
    uint32_t slots = ntm_i_slot_count(s->set);
    ntm_verdict *before = ntm_i_arena_take(&s->arena, slots, sizeof *before);
    if (before == NULL) {
        s->no_memory = true;
        return NTM_OPEN;
    }
    for (uint32_t i = 0; i < slots; i++)
        before[i] = verdict_at(s, i);
    decide_slots(s);
    ntm_verdict found = ntm_i_decide_verdict(s);
    for (uint32_t i = 0; i < slots; i++)
        set_verdict(s->run, i, before[i]);
    return found;
}
