/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions and grades of one row. Quantities are in exact_quantity.c. */
#include "attainment/exact.h"

ntm_verdict ntm_i_truth_at(const ntm_i_truth *truth, size_t row) {
    return ntm_i_bit(&truth->met, row) ? NTM_MET : ntm_i_bit(&truth->not_met, row) ? NTM_NOT_MET : NTM_OPEN;
}

static ntm_verdict verdict_of(bool met, bool not_met) { return met ? NTM_MET : not_met ? NTM_NOT_MET : NTM_OPEN; }

ntm_verdict ntm_i_exact_compare(ntm_comparison sign, ntm_i_interval left, ntm_i_interval right) {
    int least_most = ntm_i_rational_compare(left.least, right.most);
    int most_least = ntm_i_rational_compare(left.most, right.least);
    switch (sign) {
        case NTM_LESS: return verdict_of(most_least < 0, least_most >= 0);
        case NTM_LESS_OR_EQUAL: return verdict_of(most_least <= 0, least_most > 0);
        case NTM_MORE_OR_EQUAL: return verdict_of(least_most >= 0, most_least < 0);
        case NTM_MORE: return verdict_of(least_most > 0, most_least <= 0);
        default: return verdict_of(least_most == 0 && most_least == 0, least_most > 0 || most_least < 0);
    }
}

uint32_t ntm_i_exact_node_input(const ntm_i_exact *x, ntm_node node) {
    const ntm_set *set = x->run->plan->set;
    uint32_t input = x->run->plan->node_input[node - 1];
    const ntm_i_input *first = &ntm_i_plan_inputs(x->run->plan)[input];
    if (first->fact == NULL || first->fact->by == NULL) return input;
    size_t dimension = ntm_i_find_id(set->dimensions, set->dimension_count, sizeof *set->dimensions, first->fact->by);
    return input + x->members[dimension]; /* a fact's members stand side by side */
}

static ntm_verdict flag(ntm_i_exact *x, uint32_t input) {
    ntm_i_load(x->run, input);
    const ntm_i_bound *bound = &x->run->bounds[input];
    if (bound->form == NTM_I_FORM_NONE || !ntm_i_bit(&bound->valid, x->row)) return NTM_OPEN;
    const uint64_t *bits = bound->values;
    return bits[x->row / 64] >> (x->row % 64) & 1 ? NTM_MET : NTM_NOT_MET;
}

static ntm_verdict at_level(ntm_i_exact *x, const ntm_node_spec *node, ntm_node at) {
    uint32_t wanted = x->run->plan->set->info[at - 1].level;
    if (node->name == NULL) {
        uint32_t least, most;
        ntm_i_exact_grade(x, node->of[0], &least, &most);
        return verdict_of(least > wanted, most <= wanted); /* places of grades count from 1 */
    }
    uint32_t input = ntm_i_exact_node_input(x, at);
    ntm_i_load(x->run, input);
    const ntm_i_bound *bound = &x->run->bounds[input];
    if (bound->form == NTM_I_FORM_NONE || !ntm_i_bit(&bound->valid, x->row))
        return ntm_i_level_by_limits(x->run, bound, x->row, wanted);
    uint32_t place = ((const uint32_t *)bound->values)[x->row];
    if (place == NTM_I_NONE) return NTM_OPEN; /* complained about when it was loaded */
    return place >= wanted ? NTM_MET : NTM_NOT_MET;
}

/* Kleene's "at least k of n": all is n of n, any is 1 of n. */
static ntm_verdict at_least(ntm_i_exact *x, const ntm_node_spec *node, size_t k) {
    size_t met = 0, not_met = 0;
    for (size_t i = 0; i < node->of_count; i++) {
        ntm_verdict verdict = ntm_i_exact_condition(x, node->of[i]);
        met += verdict == NTM_MET;
        not_met += verdict == NTM_NOT_MET;
    }
    return verdict_of(met >= k, not_met > node->of_count - k);
}

static ntm_verdict every(ntm_i_exact *x, const ntm_node_spec *node, ntm_node at) {
    ntm_i_run *run = x->run;
    if (node->over == NTM_OVER_MEMBERS) {
        uint32_t dimension = run->plan->set->info[at - 1].target;
        size_t members = run->plan->set->dimensions[dimension].member_count, met = 0;
        bool not_met = false;
        uint32_t before = x->members[dimension];
        for (uint32_t i = 0; i < members; i++) {
            x->members[dimension] = i;
            ntm_verdict verdict = ntm_i_exact_condition(x, node->of[0]);
            met += verdict == NTM_MET;
            not_met = not_met || verdict == NTM_NOT_MET;
        }
        x->members[dimension] = before;
        return verdict_of(met == members, not_met);
    }
    /* Children: all of them met, or fewer than all could be. None at all is open: nothing was shown. */
    ntm_i_interval met, total;
    if (!ntm_i_exact_children(x, at, &met, &total) || total.least.numerator <= 0 ||
        ntm_i_rational_compare(total.least, total.most) != 0)
        return NTM_OPEN;
    return verdict_of(ntm_i_rational_compare(met.least, total.least) >= 0,
                      ntm_i_rational_compare(met.most, total.least) < 0);
}

static ntm_verdict if_applicable(ntm_i_exact *x, const ntm_node_spec *node, ntm_node at) {
    ntm_verdict verdict = ntm_i_exact_condition(x, node->of[0]);
    uint32_t input = ntm_i_exact_node_input(x, at);
    ntm_i_load(x->run, input);
    const ntm_i_bound *bound = &x->run->bounds[input];
    bool applies = !bound->any_not_applicable || !ntm_i_bit(&bound->not_applicable, x->row);
    return applies ? verdict : NTM_MET;
}

/* Whether a node is a fact whose double no rational holds (4.9e-324, 1e300), in its own unit or in base units. */
static bool is_unholdable(ntm_i_exact *x, ntm_node at, double *have, int *power) {
    if (x->run->plan->set->nodes[at - 1].kind != NTM_FACT) return false;
    uint32_t input = ntm_i_exact_node_input(x, at);
    ntm_i_load(x->run, input);
    const ntm_i_bound *bound = &x->run->bounds[input];
    if (bound->form != NTM_I_FORM_REAL || !ntm_i_bit(&bound->valid, x->row)) return false;
    *have = ((const double *)bound->values)[x->row];
    *power = bound->input->power;
    ntm_i_rational value;
    return !ntm_i_rational_from_double(&value, *have) || !ntm_i_rational_scale(&value, value, *power);
}

/* Such a double can still be compared with a short decimal, as vector code does. False for any other side. */
static bool compare_unholdable(ntm_i_exact *x, const ntm_node_spec *node, ntm_verdict *out) {
    for (size_t at = 0; at < 2; at++) {
        double have, want;
        int power;
        ntm_i_rational scaled;
        if (!is_unholdable(x, node->of[at], &have, &power)) continue;
        double unused;
        if (is_unholdable(x, node->of[1 - at], &unused, &power)) return false;
        ntm_i_interval other = ntm_i_exact_quantity(x, node->of[1 - at]);
        bool nothing_known = !ntm_i_is_finite(other.least) && !ntm_i_is_finite(other.most);
        *out = NTM_OPEN;
        if (nothing_known) return true;
        if (!ntm_i_is_finite(other.least) || ntm_i_rational_compare(other.least, other.most) != 0 ||
            !ntm_i_rational_scale(&scaled, other.least, -power) || !ntm_i_nearest_double(&want, scaled))
            return false;
        int order = have < want ? -1 : have > want;
        ntm_i_interval left = {ntm_i_rational_int(at == 0 ? order : -order),
                               ntm_i_rational_int(at == 0 ? order : -order)};
        *out = ntm_i_exact_compare(node->compare, left, (ntm_i_interval){ntm_i_rational_int(0), ntm_i_rational_int(0)});
        return true;
    }
    return false;
}

/* A comparison with a figure that is asked about, whose other side was found before. */
static ntm_verdict compare_held(ntm_i_exact *x, const ntm_node_spec *node, ntm_i_interval held) {
    const ntm_set *set = x->run->plan->set;
    size_t at = set->nodes[node->of[0] - 1].kind == NTM_FIGURE &&
                        set->info[node->of[0] - 1].target == x->run->moved->threshold
                    ? 0
                    : 1;
    ntm_i_interval figure = ntm_i_exact_quantity(x, node->of[at]);
    return ntm_i_exact_compare(node->compare, at == 0 ? figure : held, at == 0 ? held : figure);
}

static ntm_verdict compare(ntm_i_exact *x, const ntm_node_spec *node, ntm_node at) {
    ntm_verdict verdict;
    const ntm_i_moved *moved = x->run->moved;
    if (moved != NULL && moved->held_of[at - 1] != NTM_I_NONE)
        return compare_held(x, node, moved->held[(size_t)moved->held_of[at - 1] * NTM_I_BLOCK + x->row]);
    if (compare_unholdable(x, node, &verdict)) return verdict;
    ntm_i_interval left = ntm_i_exact_quantity(x, node->of[0]);
    return ntm_i_exact_compare(node->compare, left, ntm_i_exact_quantity(x, node->of[1]));
}

ntm_verdict ntm_i_exact_condition(ntm_i_exact *x, ntm_node at) {
    const ntm_set *set = x->run->plan->set;
    const ntm_node_spec *node = &set->nodes[at - 1];
    const ntm_i_node_info *info = &set->info[at - 1];
    switch (node->kind) {
        case NTM_COMPARE: return compare(x, node, at);
        case NTM_ATTESTED:
        case NTM_HOLDS: return flag(x, ntm_i_exact_node_input(x, at));
        case NTM_AT_LEVEL: return at_level(x, node, at);
        case NTM_ALL: return at_least(x, node, node->of_count);
        case NTM_ANY: return at_least(x, node, 1);
        case NTM_AT_LEAST: return at_least(x, node, node->k);
        case NTM_NOT: {
            ntm_verdict verdict = ntm_i_exact_condition(x, node->of[0]);
            return verdict_of(verdict == NTM_NOT_MET, verdict == NTM_MET);
        }
        case NTM_IF_APPLICABLE: return if_applicable(x, node, at);
        case NTM_EVERY: return every(x, node, at);
        case NTM_CRITERION: return ntm_i_truth_at(&x->run->verdicts[info->target], x->row);
        case NTM_INDICATOR: return ntm_i_truth_at(&x->run->verdicts[ntm_i_slot_indicator(set, info->target)], x->row);
        default: return NTM_OPEN;
    }
}

void ntm_i_exact_grade(ntm_i_exact *x, ntm_node at, uint32_t *least, uint32_t *most) {
    const ntm_set *set = x->run->plan->set;
    const ntm_node_spec *node = &set->nodes[at - 1];
    ntm_i_interval value = ntm_i_exact_quantity(x, node->of[0]);
    int power = set->info[node->of[0] - 1].unit.power;
    *least = 0;
    *most = 0;
    for (uint32_t i = 0; i < node->band_count; i++) {
        const ntm_band *band = &node->bands[i];
        ntm_verdict allowed = band->requires_met == 0 ? NTM_MET : ntm_i_exact_condition(x, band->requires_met);
        ntm_verdict reached = NTM_MET;
        ntm_i_rational from;
        if (band->has_from && !ntm_i_rational_scale(&from, ntm_i_rational_decimal(band->from), power))
            reached = NTM_OPEN;
        else if (band->has_from)
            reached = ntm_i_exact_compare(band->from_open ? NTM_MORE : NTM_MORE_OR_EQUAL, value,
                                          (ntm_i_interval){from, from});
        if (reached == NTM_MET && allowed == NTM_MET) *least = i + 1;
        if (reached != NTM_NOT_MET && allowed != NTM_NOT_MET) *most = i + 1;
    }
    ntm_verdict out = node->knock_out == 0 ? NTM_NOT_MET : ntm_i_exact_condition(x, node->knock_out);
    if (out != NTM_NOT_MET) *least = 0;
    if (out == NTM_MET) *most = 0;
}
