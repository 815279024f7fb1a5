/* SPDX-License-Identifier: Apache-2.0 */
/* Weighted sums. Two shapes occur: a sum of products with one known plain number each, all of them at most 1, which
   have to add up to 1; and such a sum divided by a known number, to which the weights have to add up. */
#include "lint/linting.h"

/* A known plain number: a constant, or a figure without axes. */
static bool is_weight(const ntm_i_linting *l, ntm_node node) {
    const ntm_i_interval *reach = &l->reach[node - 1];
    ntm_node_kind kind = ntm_i_node(l, node)->kind;
    return (kind == NTM_CONSTANT || kind == NTM_FIGURE) && l->set->info[node - 1].unit.term_count == 0 &&
           ntm_i_is_finite(reach->least) && ntm_i_rational_compare(reach->least, reach->most) == 0;
}

/* The weight of a product of one weight and something else; 0 if it is none. */
static ntm_node weight_of(const ntm_i_linting *l, ntm_node term) {
    const ntm_node_spec *node = ntm_i_node(l, term);
    ntm_node found = 0;
    if (node->kind != NTM_PRODUCT || node->of_count != 2) return 0;
    for (size_t i = 0; i < 2; i++) {
        if (!is_weight(l, node->of[i])) continue;
        if (found != 0) return 0;
        found = node->of[i];
    }
    return found;
}

/* Adds up the weights of a sum; false when it is no weighted sum. */
static bool add_weights(const ntm_i_linting *l, ntm_node sum, ntm_i_rational *total, ntm_i_rational *largest) {
    const ntm_node_spec *node = ntm_i_node(l, sum);
    if (node->kind != NTM_SUM || node->of_count < 2) return false;
    *total = *largest = ntm_i_rational_int(0);
    for (size_t i = 0; i < node->of_count; i++) {
        ntm_node weight = weight_of(l, node->of[i]);
        if (weight == 0 || l->reach[weight - 1].least.numerator <= 0 ||
            !ntm_i_rational_add(total, *total, l->reach[weight - 1].least))
            return false;
        *largest = ntm_i_larger(*largest, l->reach[weight - 1].least);
    }
    return true;
}

static void look_at(ntm_i_linting *l, ntm_node sum, ntm_node divisor) {
    ntm_i_rational total, largest, wanted = ntm_i_rational_int(1);
    if (!add_weights(l, sum, &total, &largest)) return;
    if (divisor != 0) wanted = l->reach[divisor - 1].least;
    /* Coefficients above 1 (5 points a commune, 3 a village) are no weights of a mean. */
    if (divisor == 0 && ntm_i_rational_compare(largest, wanted) > 0) return;
    if (ntm_i_rational_compare(total, wanted) == 0) return;
    const ntm_node_spec *node = ntm_i_node(l, sum);
    ntm_node first = weight_of(l, node->of[0]);
    char added[NTM_I_SAID_SIZE], due[NTM_I_SAID_SIZE];
    ntm_place place = ntm_i_place_of_node(l, sum),
              other = divisor == 0 ? (ntm_place){0} : ntm_i_place_of_node(l, divisor);
    ntm_i_find(l->to, NTM_I_WEIGHTS_SUM, &place, divisor == 0 ? NULL : &other, "%zu weights add up to %s, not to %s%s",
               node->of_count, ntm_i_say(l, added, total, first), ntm_i_say(l, due, wanted, first),
               divisor == 0 ? "" : ", by which their sum is divided");
}

void ntm_i_lint_weights(ntm_i_linting *l) {
    const ntm_set *set = l->set;
    uint8_t *divided = ntm_i_lint_take(l, set->node_count, 1);
    for (ntm_node at = (ntm_node)set->node_count; divided != NULL && at > 0 && !l->to->failed; at--) {
        const ntm_node_spec *node = ntm_i_node(l, at);
        if (node->kind == NTM_RATIO && is_weight(l, node->of[1])) {
            divided[node->of[0] - 1] = 1;
            look_at(l, node->of[0], node->of[1]);
        }
        if (node->kind == NTM_SUM && !divided[at - 1]) look_at(l, at, 0);
    }
}
