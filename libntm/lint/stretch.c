/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions as stretches of the number line, and the steps of a ladder as stretches side by side. */
#include <stdlib.h>

#include "lint/linting.h"

static bool is_known(const ntm_i_linting *l, ntm_node node) {
    const ntm_i_interval *reach = &l->reach[node - 1];
    ntm_node_kind kind = ntm_i_node(l, node)->kind;
    return (kind == NTM_CONSTANT || kind == NTM_FIGURE) && ntm_i_is_finite(reach->least) &&
           ntm_i_rational_compare(reach->least, reach->most) == 0;
}

static ntm_comparison mirrored(ntm_comparison sign) { return (ntm_comparison)(NTM_LESS + NTM_MORE - sign); }

static bool stretch_of_comparison(const ntm_i_linting *l, const ntm_node_spec *node, ntm_i_stretch *out) {
    bool left = is_known(l, node->of[0]), right = is_known(l, node->of[1]);
    if (left == right) return false;
    ntm_comparison sign = left ? mirrored(node->compare) : node->compare;
    ntm_node number = node->of[left ? 0 : 1];
    ntm_i_rational value = l->reach[number - 1].least;
    *out = (ntm_i_stretch){node->of[left ? 1 : 0], number, NTM_I_MINUS_INFINITY, NTM_I_INFINITY, false, false};
    if (sign == NTM_MORE || sign == NTM_MORE_OR_EQUAL || sign == NTM_EQUAL) out->least = value;
    if (sign == NTM_LESS || sign == NTM_LESS_OR_EQUAL || sign == NTM_EQUAL) out->most = value;
    out->least_open = sign == NTM_MORE;
    out->most_open = sign == NTM_LESS;
    return true;
}

bool ntm_i_stretch_of(const ntm_i_linting *l, ntm_node condition, ntm_i_stretch *out) {
    const ntm_node_spec *node = ntm_i_node(l, condition);
    if (node->kind == NTM_COMPARE) return stretch_of_comparison(l, node, out);
    if (node->kind != NTM_ALL) return false;
    ntm_i_stretch all = {0};
    for (size_t i = 0; i < node->of_count; i++) {
        ntm_i_stretch next;
        const ntm_node_spec *below = ntm_i_node(l, node->of[i]);
        if (below->kind != NTM_COMPARE || !stretch_of_comparison(l, below, &next)) return false;
        if (i > 0 && !ntm_i_same_rule(l->set, all.quantity, next.quantity)) return false;
        all = i == 0 ? next : ntm_i_stretch_meet(&all, &next);
    }
    *out = all;
    return true;
}

bool ntm_i_stretch_is_empty(const ntm_i_stretch *stretch) {
    int order = ntm_i_rational_compare(stretch->least, stretch->most);
    return order > 0 || (order == 0 && (stretch->least_open || stretch->most_open));
}

ntm_i_stretch ntm_i_stretch_meet(const ntm_i_stretch *a, const ntm_i_stretch *b) {
    ntm_i_stretch both = *a;
    int least = ntm_i_rational_compare(b->least, a->least), most = ntm_i_rational_compare(b->most, a->most);
    if (least > 0) {
        both.least = b->least;
        both.least_open = b->least_open;
    }
    if (most < 0) {
        both.most = b->most;
        both.most_open = b->most_open;
    }
    if (least == 0) both.least_open = a->least_open || b->least_open;
    if (most == 0) both.most_open = a->most_open || b->most_open;
    return both;
}

#define CONTRADICTIONS_MAX 64 /* conditions of an "all" that are looked at pair by pair */

static bool is_not(const ntm_i_linting *l, ntm_node a, ntm_node b) {
    const ntm_node_spec *x = ntm_i_node(l, a), *y = ntm_i_node(l, b);
    return (x->kind == NTM_NOT && ntm_i_same_rule(l->set, x->of[0], b)) ||
           (y->kind == NTM_NOT && ntm_i_same_rule(l->set, y->of[0], a));
}

bool ntm_i_are_alternatives(const ntm_i_linting *l, ntm_node a, ntm_node b) {
    const ntm_node_spec *x = ntm_i_node(l, a), *y = ntm_i_node(l, b);
    size_t left = x->kind == NTM_ALL ? x->of_count : 1, right = y->kind == NTM_ALL ? y->of_count : 1;
    if (left > CONTRADICTIONS_MAX || right > CONTRADICTIONS_MAX) return false;
    for (size_t i = 0; i < left; i++)
        for (size_t k = 0; k < right; k++)
            if (is_not(l, x->kind == NTM_ALL ? x->of[i] : a, y->kind == NTM_ALL ? y->of[k] : b)) return true;
    return false;
}

static bool exclude(const ntm_i_linting *l, ntm_node a, ntm_node b) {
    const ntm_node_spec *x = ntm_i_node(l, a), *y = ntm_i_node(l, b);
    if (is_not(l, a, b)) return true;
    ntm_i_stretch one, two;
    if (x->kind != NTM_COMPARE || y->kind != NTM_COMPARE || !ntm_i_stretch_of(l, a, &one) ||
        !ntm_i_stretch_of(l, b, &two) || !ntm_i_same_rule(l->set, one.quantity, two.quantity))
        return false;
    ntm_i_stretch both = ntm_i_stretch_meet(&one, &two);
    return ntm_i_stretch_is_empty(&both);
}

bool ntm_i_contradiction(const ntm_i_linting *l, ntm_node all, ntm_node *first, ntm_node *second) {
    const ntm_node_spec *node = ntm_i_node(l, all);
    if (node->kind != NTM_ALL || node->of_count > CONTRADICTIONS_MAX) return false;
    for (size_t i = 0; i < node->of_count; i++)
        for (size_t k = i + 1; k < node->of_count; k++)
            if (exclude(l, node->of[i], node->of[k])) {
                *first = node->of[i];
                *second = node->of[k];
                return true;
            }
    return false;
}

static int compare_steps(const void *left, const void *right) {
    const ntm_i_step *a = left, *b = right;
    int order = ntm_i_rational_compare(a->stretch.least, b->stretch.least);
    if (order == 0) order = (int)a->stretch.least_open - (int)b->stretch.least_open;
    if (order == 0) order = a->step < b->step ? -1 : a->step > b->step;
    return order;
}

size_t ntm_i_steps_of(const ntm_i_linting *l, ntm_node ladder) {
    const ntm_node_spec *node = ntm_i_node(l, ladder);
    if (node->of_count < 2 || node->of_count > NTM_I_STEPS_MAX) return 0;
    ntm_i_step *steps = l->steps;
    size_t count = 0;
    for (size_t i = 0; i < node->of_count; i++) {
        if (!ntm_i_stretch_of(l, node->of[i], &steps[count].stretch)) continue;
        if (count > 0 && !ntm_i_same_rule(l->set, steps[0].stretch.quantity, steps[count].stretch.quantity)) return 0;
        steps[count++].step = i;
    }
    if (count < 2) return 0;
    qsort(steps, count, sizeof *steps, compare_steps);
    return count;
}

bool ntm_i_gap_between(const ntm_i_linting *l, const ntm_i_stretch *low, const ntm_i_stretch *high) {
    int order = ntm_i_rational_compare(low->most, high->least);
    if (order > 0) return false;
    if (order == 0) return low->most_open && high->least_open;
    if (!l->whole[low->quantity - 1] || /* if it only takes whole numbers, nothing lies between 89 and 90 */
        !ntm_i_is_finite(low->most) || !ntm_i_is_finite(high->least))
        return true;
    ntm_i_wide last = ntm_i_rational_floor(low->most), first = ntm_i_rational_ceiling(high->least);
    if (low->most_open && ntm_i_rational_ceiling(low->most) == last) last--;
    if (high->least_open && ntm_i_rational_floor(high->least) == first) first++;
    return first - last > 1;
}
