/* SPDX-License-Identifier: Apache-2.0 */
/* What a part of a rule looks at that is lacking: facts, and what no fact can replace. */
#include <string.h>

#include "criteria/index.h"
#include "decide/decide.h"

void ntm_i_wanting(ntm_i_decide *s, ntm_deciding_reason reason, ntm_wanting_kind kind, const char *id,
                   const char *delegated_to) {
    const ntm_deciding_wanting *known = s->wanting.items;
    if (!ntm_i_spend(s, s->wanting.count)) return;
    for (size_t i = 0; i < s->wanting.count; i++)
        if (known[i].kind == kind && strcmp(known[i].id, id) == 0) return;
    ntm_deciding_wanting wanting = {reason, kind, id, delegated_to};
    if (!ntm_i_array_append(&s->wanting, &wanting, 1)) s->no_memory = true;
}

/* Between what it lies, in its own unit, whatever its parts and its whole say. */
static ntm_i_interval between(ntm_i_decide *s, uint32_t input) {
    ntm_i_load(s->run, input);
    const ntm_i_bound *bound = &s->run->bounds[input];
    ntm_i_interval lies = {bound->input->least, bound->input->most};
    ntm_i_rational value;
    if (bound->column != NULL && ntm_i_bit(&bound->valid, 0))
        return ntm_i_value_of_row(s->run, &value, bound, 0) ? ntm_i_point(value) : NTM_I_ANYTHING;
    if (ntm_i_has_limits(bound)) (void)ntm_i_cut_of_row(s->run, &lies, bound, 0);
    return lies;
}

/* No more than its whole can be, no less than its parts have to be. */
static ntm_i_interval lies(ntm_i_decide *s, uint32_t input) {
    const ntm_i_input *inputs = ntm_i_plan_inputs(s->plan);
    ntm_i_interval own = between(s, input);
    if (inputs[input].kind != NTM_I_IN_NUMBER) return own;
    if (inputs[input].part_of != NTM_I_NONE) own.most = ntm_i_smaller(own.most, between(s, inputs[input].part_of).most);
    for (uint32_t i = 0; i < s->plan->inputs.count; i++)
        if (inputs[i].part_of == input) own.least = ntm_i_larger(own.least, between(s, i).least);
    return own;
}

/* The lacking fact of an input that is not reported; NTM_I_NONE when there is no room for more. */
static uint32_t register_lacking(ntm_i_decide *s, uint32_t input, bool in_scope) {
    uint32_t at = s->places[input];
    if (at == NTM_I_NONE) {
        if (s->lacking.count >= NTM_I_LACKING_MAX) {
            s->cut = s->spent = true;
            return NTM_I_NONE;
        }
        ntm_i_lacking *lacking = ntm_i_array_push(&s->lacking);
        if (lacking == NULL) {
            s->no_memory = true;
            return NTM_I_NONE;
        }
        at = s->places[input] = (uint32_t)s->lacking.count - 1;
        lacking->input = input;
        lacking->put = lacking->whole = NTM_I_NONE;
        lacking->lies = lies(s, input);
    }
    ntm_i_lacking_at(s, at)->in_scope |= in_scope;
    return at;
}

static void look_at_input(ntm_i_decide *s, ntm_i_below *below, uint32_t input, bool in_scope) {
    ntm_i_load(s->run, input);
    const ntm_i_bound *bound = &s->run->bounds[input];
    if (bound->column != NULL && bound->any_not_applicable && ntm_i_bit(&bound->not_applicable, 0)) {
        below->why |= NTM_I_WHY_AWAY;
        ntm_i_wanting(s, NTM_DECIDING_NOT_APPLICABLE, NTM_WANTING_FACT, bound->input->name, NULL);
        return;
    }
    if (bound->column != NULL && ntm_i_bit(&bound->valid, 0)) return;
    uint32_t fact = register_lacking(s, input, in_scope);
    if (fact == NTM_I_NONE) return;
    below->times++;
    for (uint32_t i = 0; i < below->count; i++)
        if (below->facts[i] == fact) return;
    if (below->count <= NTM_I_LEAF_MAX) below->facts[below->count++] = fact;
}

static void look_at_children(ntm_i_decide *s, ntm_i_below *below, uint32_t first) {
    for (uint32_t i = 0; i < 3; i++)
        look_at_input(s, below, first + i, false);
    for (size_t i = 0; i < s->triples.count; i++)
        if (((const uint32_t *)s->triples.items)[i] == first) return;
    if (!ntm_i_array_append(&s->triples, &first, 1)) s->no_memory = true;
}

static void look(ntm_i_decide *s, ntm_i_below *below, ntm_i_exact *x, ntm_node at, bool in_scope);

static void look_at_axes(ntm_i_decide *s, ntm_i_exact *x, const ntm_i_keyspace *space) {
    for (uint32_t k = 0; k < space->axis_count; k++) {
        const ntm_i_plan_axis *axis = &s->plan->axes[space->axes[k]];
        const ntm_i_bound *bound = &x->run->bounds[axis->input];
        bool known = bound->column != NULL ? ntm_i_bit(&bound->valid, 0) : axis->fixed || axis->is_year;
        if (!known) ntm_i_wanting(s, NTM_DECIDING_AXIS_UNKNOWN, NTM_WANTING_AXIS, axis->axis->id, NULL);
    }
}

static void look_at_figure(ntm_i_decide *s, ntm_i_below *below, ntm_i_exact *x, uint32_t threshold) {
    const ntm_i_threshold *t = &ntm_i_plan_thresholds(s->plan)[threshold];
    size_t possibilities = ntm_i_possibilities(s->run, t->keyspace, 0);
    for (size_t i = 0; i < possibilities; i++) {
        bool unknown = false;
        if (ntm_i_exact_cell(x, threshold, i, &unknown) != NULL) continue;
        below->why |= unknown ? NTM_I_WHY_AXIS : NTM_I_WHY_LAW;
        if (unknown)
            look_at_axes(s, x, &ntm_i_plan_keyspaces(s->plan)[t->keyspace]);
        else
            ntm_i_wanting(s, NTM_DECIDING_LAW_ABSENT, NTM_WANTING_FIGURE, t->figure->id, t->figure->delegated_to);
    }
    for (size_t i = 0; i < s->set->scope_count && possibilities > 1; i++)
        if (ntm_i_truth_at(&s->run->verdicts[ntm_i_slot_scope(s->set, i)], 0) == NTM_OPEN)
            look(s, below, x, s->set->scopes[i].when, true);
}

static void look_at_value(ntm_i_decide *s, ntm_i_below *below, ntm_i_exact *x, uint32_t index) {
    const ntm_value *value = &s->set->values[index];
    if (value->rule == 0) {
        below->why |= NTM_I_WHY_LAW;
        ntm_i_wanting(s, NTM_DECIDING_LAW_ABSENT, NTM_WANTING_VALUE, value->id, NULL);
    } else if (s->seen[index] == s->turn) {
        below->times++; /* looked at twice: how often it looks at facts itself is not known here */
    } else {
        s->seen[index] = s->turn;
        look(s, below, x, value->rule, false);
    }
}

/* Whether a count over criteria or indicators meets one that is open. */
static bool counts_open(const ntm_i_decide *s, const ntm_node_spec *node, const ntm_i_node_info *info) {
    bool criteria = node->over == NTM_OVER_CRITERIA;
    size_t all = info->among != NULL ? node->member_count
                 : criteria          ? s->set->criterion_count
                                     : s->set->indicator_count;
    for (size_t i = 0; i < all; i++) {
        size_t index = info->among != NULL ? info->among[i] : i;
        uint32_t slot = criteria ? (uint32_t)index : ntm_i_slot_indicator(s->set, index);
        if (ntm_i_truth_at(&s->run->verdicts[slot], 0) == NTM_OPEN) return true;
    }
    return false;
}

static void look_over(ntm_i_decide *s, ntm_i_below *below, ntm_i_exact *x, ntm_node at, bool in_scope) {
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    const ntm_i_node_info *info = &s->set->info[at - 1];
    if (node->over == NTM_OVER_CHILDREN) {
        look_at_children(s, below, s->plan->node_input[at - 1]);
    } else if (node->over == NTM_OVER_MEMBERS) {
        uint32_t before = x->members[info->target];
        for (uint32_t i = 0; i < s->set->dimensions[info->target].member_count; i++) {
            x->members[info->target] = i;
            look(s, below, x, node->of[0], in_scope);
        }
        x->members[info->target] = before;
    } else if (counts_open(s, node, info)) {
        below->parts = true;
    }
}

static void look_down(ntm_i_decide *s, ntm_i_below *below, ntm_i_exact *x, ntm_node at, bool in_scope) {
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    for (size_t i = 0; i < node->of_count; i++)
        look(s, below, x, node->of[i], in_scope);
    for (size_t i = 0; i < node->band_count; i++)
        if (node->bands[i].requires_met != 0) look(s, below, x, node->bands[i].requires_met, in_scope);
    if (node->knock_out != 0) look(s, below, x, node->knock_out, in_scope);
}

static bool is_away(ntm_i_exact *x, ntm_node at) {
    ntm_i_interval unused;
    return ntm_i_exact_input(x, ntm_i_exact_node_input(x, at), &unused) == NTM_NOT_APPLICABLE;
}

static void look(ntm_i_decide *s, ntm_i_below *below, ntm_i_exact *x, ntm_node at, bool in_scope) {
    const ntm_node_spec *node = &s->set->nodes[at - 1];
    const ntm_i_node_info *info = &s->set->info[at - 1];
    if (!ntm_i_spend(s, info->weight)) return;
    if (info->sort == NTM_I_CONDITION && ntm_i_exact_condition(x, at) != NTM_OPEN) return; /* it matters no more */
    switch (node->kind) {
        case NTM_FACT:
        case NTM_PAST:
        case NTM_OF_PARENT:
        case NTM_AVERAGE:
        case NTM_ATTESTED:
        case NTM_HOLDS: look_at_input(s, below, ntm_i_exact_node_input(x, at), in_scope); break;
        case NTM_FIGURE_OF:
            if (s->plan->node_threshold[at - 1] != NTM_I_NONE)
                look_at_figure(s, below, x, s->plan->node_threshold[at - 1]);
            else
                look_at_input(s, below, ntm_i_exact_node_input(x, at), in_scope);
            break;
        case NTM_FIGURE: look_at_figure(s, below, x, info->target); break;
        case NTM_VALUE: look_at_value(s, below, x, info->target); break;
        case NTM_AT_LEVEL:
            if (node->name == NULL)
                look(s, below, x, node->of[0], in_scope);
            else
                look_at_input(s, below, ntm_i_exact_node_input(x, at), in_scope);
            break;
        case NTM_IF_APPLICABLE:
            if (!is_away(x, at)) look_down(s, below, x, at, in_scope);
            break;
        case NTM_COUNT:
        case NTM_SHARE:
        case NTM_EVERY: look_over(s, below, x, at, in_scope); break;
        case NTM_CRITERION:
        case NTM_INDICATOR: below->parts |= ntm_i_exact_condition(x, at) == NTM_OPEN; break;
        default: look_down(s, below, x, at, in_scope); break;
    }
}

void ntm_i_look_below(ntm_i_decide *s, ntm_i_below *below, ntm_node at) {
    memset(below, 0, sizeof *below);
    s->turn++;
    ntm_i_exact x = ntm_i_look(s, s->members);
    look(s, below, &x, at, false);
}
