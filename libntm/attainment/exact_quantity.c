/* SPDX-License-Identifier: Apache-2.0 */
/* Quantities of one row: interval arithmetic over exact rationals, in base units. */
#include "attainment/exact.h"

/* A result that does not fit is an error of its row, never a rounded number. */
static ntm_i_interval overflow(ntm_i_exact *x, const ntm_node_spec *node) {
    if (!x->failed && !x->quiet)
        ntm_i_run_complain(x->run, NTM_ERROR_OVERFLOW, x->run->plan->set->about.id, x->row,
                           "a %s at line %u does not fit exact arithmetic", ntm_i_kind_name(node->kind), node->line);
    x->failed = true;
    return NTM_I_ANYTHING;
}

ntm_known ntm_i_exact_input(ntm_i_exact *x, uint32_t input, ntm_i_interval *value) {
    ntm_i_load(x->run, input);
    const ntm_i_bound *bound = &x->run->bounds[input];
    const ntm_i_input *about = bound->input;
    *value = NTM_I_ANYTHING;
    if (bound->any_not_applicable && ntm_i_bit(&bound->not_applicable, x->row)) return NTM_NOT_APPLICABLE;
    if (bound->column == NULL || !ntm_i_bit(&bound->valid, x->row)) {
        ntm_i_interval own = {about->least, about->most};
        if (ntm_i_has_limits(bound)) (void)ntm_i_cut_of_row(x->run, &own, bound, x->row);
        if (about->kind == NTM_I_IN_NUMBER && (!ntm_i_rational_scale(&value->least, own.least, about->power) ||
                                               !ntm_i_rational_scale(&value->most, own.most, about->power)))
            *value = NTM_I_ANYTHING;
        return NTM_NOT_REPORTED;
    }
    if (about->kind != NTM_I_IN_NUMBER) return NTM_REPORTED;
    ntm_i_rational own;
    bool held =
        bound->form == NTM_I_FORM_INT || ntm_i_rational_from_double(&own, ((const double *)bound->values)[x->row]);
    if (held && bound->form == NTM_I_FORM_INT) held = ntm_i_value_of_row(x->run, &own, bound, x->row);
    if (held && ntm_i_rational_scale(&own, own, about->power)) {
        *value = ntm_i_point(own);
        return NTM_REPORTED;
    }
    ntm_i_bound *told = &x->run->bounds[input];
    if (!x->failed && !x->quiet && !ntm_i_bit(&told->told, x->row)) { /* once, however many rules look at it */
        told->any_told = true;
        told->told.words[x->row / 64] |= UINT64_C(1) << (x->row % 64);
        ntm_i_run_complain(x->run, NTM_ERROR_OVERFLOW, about->name, x->row,
                           "a value that does not fit exact arithmetic");
    }
    x->failed = true;
    return NTM_REPORTED;
}

const ntm_i_cell *ntm_i_exact_cell(ntm_i_exact *x, uint32_t threshold, size_t possibility, bool *unknown) {
    const ntm_i_threshold *t = &ntm_i_plan_thresholds(x->run->plan)[threshold];
    uint32_t cells = ntm_i_plan_keyspaces(x->run->plan)[t->keyspace].cells;
    uint32_t key = ntm_i_key_of_row(x->run, t->keyspace, x->row, possibility);
    *unknown = key == cells;
    return key < cells && t->cells[key].known ? &t->cells[key] : NULL;
}

/* Whether the cell of a row is one that is asked about, and with which number. */
static bool is_moved(ntm_i_exact *x, uint32_t threshold, size_t possibility, ntm_i_rational *value) {
    const ntm_i_moved *moved = x->run->moved;
    if (moved == NULL || moved->threshold != threshold) return false;
    const ntm_i_threshold *t = &ntm_i_plan_thresholds(x->run->plan)[threshold];
    uint32_t key = ntm_i_key_of_row(x->run, t->keyspace, x->row, possibility);
    if (key >= ntm_i_plan_keyspaces(x->run->plan)[t->keyspace].cells || !moved->cells[key]) return false;
    *value = moved->values[x->row];
    return true;
}

/* While it is open which column holds, the figure lies between the cells that could. */
static ntm_i_interval figure(ntm_i_exact *x, const ntm_node_spec *node, uint32_t threshold) {
    const ntm_i_threshold *t = &ntm_i_plan_thresholds(x->run->plan)[threshold];
    size_t possibilities = ntm_i_possibilities(x->run, t->keyspace, x->row);
    ntm_i_interval found = NTM_I_ANYTHING;
    for (size_t i = 0; i < possibilities; i++) {
        bool unknown;
        ntm_i_rational value;
        if (!is_moved(x, threshold, i, &value)) {
            const ntm_i_cell *cell = ntm_i_exact_cell(x, threshold, i, &unknown);
            if (cell == NULL) return NTM_I_ANYTHING;
            if (!ntm_i_rational_scale(&value, cell->value, t->power)) return overflow(x, node);
        }
        found = i == 0 ? ntm_i_point(value)
                       : (ntm_i_interval){ntm_i_smaller(found.least, value), ntm_i_larger(found.most, value)};
    }
    return found;
}

static ntm_i_interval fold(ntm_i_exact *x, const ntm_node_spec *node) {
    ntm_i_interval result = ntm_i_exact_quantity(x, node->of[0]);
    for (size_t i = 1; i < node->of_count; i++) {
        ntm_i_interval next = ntm_i_exact_quantity(x, node->of[i]);
        bool fits = true;
        switch (node->kind) {
            case NTM_SUM: fits = ntm_i_interval_add(&result, result, next); break;
            case NTM_DIFFERENCE: fits = ntm_i_interval_subtract(&result, result, next); break;
            case NTM_PRODUCT: fits = ntm_i_interval_multiply(&result, result, next); break;
            case NTM_RATIO: fits = ntm_i_interval_divide(&result, result, next); break;
            case NTM_MINIMUM: result = ntm_i_interval_minimum(result, next); break;
            case NTM_MAXIMUM: result = ntm_i_interval_maximum(result, next); break;
            default: fits = false; break; /* a kind that nobody has taught to this function */
        }
        if (!fits) return overflow(x, node);
    }
    return result;
}

static bool round_bound(ntm_i_rational *bound, const ntm_node_spec *node, int power) {
    if (!ntm_i_is_finite(*bound)) return true;
    return ntm_i_rational_scale(bound, *bound, -power) &&
           ntm_i_rational_round(bound, *bound, node->value.scale, node->rounding) &&
           ntm_i_rational_scale(bound, *bound, power);
}

/* How many verdicts over criteria or indicators are as wanted: surely, and possibly. */
static void count_within_set(const ntm_i_exact *x, const ntm_node_spec *node, const uint32_t *among, int64_t *least,
                             int64_t *most, int64_t *all) {
    const ntm_set *set = x->run->plan->set;
    bool criteria = node->over == NTM_OVER_CRITERIA;
    size_t total = criteria ? set->criterion_count : set->indicator_count;
    ntm_verdict wanted = node->verdict == NTM_NOT_MET ? NTM_NOT_MET : NTM_MET;
    *least = *most = *all = 0;
    for (size_t i = 0; i < (node->member_count > 0 ? node->member_count : total); i++) {
        size_t index = among == NULL ? i : among[i];
        uint32_t slot = criteria ? (uint32_t)index : ntm_i_slot_indicator(set, index);
        ntm_verdict verdict = ntm_i_truth_at(&x->run->verdicts[slot], x->row);
        *least += verdict == wanted;
        *most += verdict == wanted || verdict == NTM_OPEN;
        (*all)++;
    }
}

static void count_members(ntm_i_exact *x, const ntm_node_spec *node, uint32_t dimension, int64_t *least, int64_t *most,
                          int64_t *all) {
    size_t members = x->run->plan->set->dimensions[dimension].member_count;
    uint32_t before = x->members[dimension];
    *least = *most = 0;
    *all = (int64_t)members;
    for (uint32_t i = 0; i < members; i++) {
        x->members[dimension] = i;
        ntm_verdict verdict = ntm_i_exact_condition(x, node->of[0]);
        *least += verdict == NTM_MET;
        *most += verdict != NTM_NOT_MET;
    }
    x->members[dimension] = before;
}

bool ntm_i_exact_children(ntm_i_exact *x, ntm_node at, ntm_i_interval *met, ntm_i_interval *total) {
    uint32_t input = x->run->plan->node_input[at - 1];
    ntm_i_interval undecided;
    ntm_known met_known = ntm_i_exact_input(x, input, met), open_known = ntm_i_exact_input(x, input + 1, &undecided);
    ntm_known total_known = ntm_i_exact_input(x, input + 2, total);
    /* Without the number of undecided children every child that is not met might be. */
    ntm_i_rational most = total_known == NTM_REPORTED ? total->most : NTM_I_INFINITY;
    if (met_known == NTM_REPORTED && open_known == NTM_REPORTED) {
        ntm_i_rational sum; /* of two whole numbers below 2^63: it fits */
        if (ntm_i_rational_add(&sum, met->most, undecided.most)) most = sum;
        if (total_known == NTM_REPORTED && ntm_i_rational_compare(sum, total->most) > 0 && !x->failed && !x->quiet) {
            ntm_i_run_complain(x->run, NTM_ERROR_VALUE, ntm_i_plan_inputs(x->run->plan)[input].name, x->row,
                               "met and open children are more than there are");
            x->failed = true;
        }
    }
    met->most = most;
    return met_known == NTM_REPORTED;
}

static ntm_i_interval count(ntm_i_exact *x, const ntm_node_spec *node, ntm_node at) {
    ntm_i_interval met, total;
    if (node->over == NTM_OVER_CHILDREN) {
        (void)ntm_i_exact_children(x, at, &met, &total);
    } else {
        int64_t least, most, all;
        if (node->over == NTM_OVER_MEMBERS)
            count_members(x, node, x->run->plan->set->info[at - 1].target, &least, &most, &all);
        else
            count_within_set(x, node, x->run->plan->set->info[at - 1].among, &least, &most, &all);
        met = (ntm_i_interval){ntm_i_rational_int(least), ntm_i_rational_int(most)};
        total = ntm_i_point(ntm_i_rational_int(all));
    }
    if (node->kind == NTM_COUNT) return met;
    return ntm_i_interval_divide(&met, met, total) ? met : overflow(x, node);
}

/* The highest points of a condition that is met, 0 when none is; between the least and the most that open ones
   allow. */
static ntm_i_interval points(ntm_i_exact *x, const ntm_node_spec *node) {
    bool any_met = false, any_open = false;
    ntm_i_rational met = ntm_i_rational_int(0), highest = met, lowest = met;
    for (size_t i = 0; i < node->of_count; i++) {
        ntm_i_rational value = ntm_i_rational_decimal(node->points[i]);
        ntm_verdict verdict = ntm_i_exact_condition(x, node->of[i]);
        if (verdict == NTM_MET) {
            met = any_met ? ntm_i_larger(met, value) : value;
            any_met = true;
        } else if (verdict == NTM_OPEN) {
            highest = any_open ? ntm_i_larger(highest, value) : value;
            lowest = any_open ? ntm_i_smaller(lowest, value) : value;
            any_open = true;
        }
    }
    if (!any_open) return ntm_i_point(met);
    if (any_met) return (ntm_i_interval){met, ntm_i_larger(met, highest)};
    return (ntm_i_interval){ntm_i_smaller(ntm_i_rational_int(0), lowest), ntm_i_larger(ntm_i_rational_int(0), highest)};
}

/* Found once a row: values that name one another must not multiply the work. A value stands on its own: it knows no
   members of a count around it, and asks for none (the set was checked). */
ntm_i_interval ntm_i_exact_value(ntm_i_exact *x, uint32_t index) {
    ntm_i_found_value *found = &x->run->values[index];
    if (found->stamp != x->stamp) {
        bool before = x->failed;
        ntm_node rule = x->run->plan->set->values[index].rule;
        x->failed = false;
        ntm_i_interval value = rule == 0 ? NTM_I_ANYTHING : ntm_i_exact_quantity(x, rule);
        *found = (ntm_i_found_value){x->stamp, x->failed, value};
        x->failed = before;
    }
    x->failed = x->failed || found->failed;
    return found->value;
}

ntm_i_interval ntm_i_exact_quantity(ntm_i_exact *x, ntm_node at) {
    const ntm_set *set = x->run->plan->set;
    const ntm_node_spec *node = &set->nodes[at - 1];
    const ntm_i_node_info *info = &set->info[at - 1];
    ntm_i_interval value = NTM_I_ANYTHING;
    switch (node->kind) {
        case NTM_FIGURE_OF:
            if (x->run->plan->node_threshold[at - 1] != NTM_I_NONE)
                return figure(x, node, x->run->plan->node_threshold[at - 1]);
            (void)ntm_i_exact_input(x, ntm_i_exact_node_input(x, at), &value);
            return value;
        case NTM_VALUE: return ntm_i_exact_value(x, info->target);
        case NTM_FACT:
        case NTM_PAST:
        case NTM_OF_PARENT:
        case NTM_AVERAGE: (void)ntm_i_exact_input(x, ntm_i_exact_node_input(x, at), &value); return value;
        case NTM_CONSTANT: {
            ntm_i_rational scaled;
            if (!ntm_i_rational_scale(&scaled, ntm_i_rational_decimal(node->value), info->unit.power))
                return overflow(x, node);
            return ntm_i_point(scaled);
        }
        case NTM_FIGURE: return figure(x, node, info->target); /* threshold i is figure i */
        case NTM_ROUNDED:
            value = ntm_i_exact_quantity(x, node->of[0]);
            if (!round_bound(&value.least, node, info->unit.power) || !round_bound(&value.most, node, info->unit.power))
                return overflow(x, node);
            return value;
        case NTM_COUNT:
        case NTM_SHARE: return count(x, node, at);
        case NTM_POINTS: return points(x, node);
        default: return fold(x, node);
    }
}
