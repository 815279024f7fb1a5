/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two rules of one set say the same. */
#include <string.h>

#include "base/text.h"
#include "lint/linting.h"

#define WEIGHT_MAX 256 /* nodes; so that comparing many rules with each other stays cheap */

static bool same_members(const ntm_node_spec *a, const ntm_node_spec *b) {
    if (a->member_count != b->member_count) return false;
    for (size_t i = 0; i < a->member_count; i++)
        if (!ntm_i_text_same(a->members[i], b->members[i])) return false;
    return true;
}

static bool same(const ntm_set *set, ntm_node left, ntm_node right) {
    const ntm_node_spec *a = &set->nodes[left - 1], *b = &set->nodes[right - 1];
    if (a->kind != b->kind || a->kind == NTM_GRADE || a->of_count != b->of_count ||
        !ntm_i_text_same(a->name, b->name) || !ntm_i_text_same(a->label, b->label) ||
        !ntm_i_text_same(a->unit, b->unit) || a->compare != b->compare || a->k != b->k || a->over != b->over ||
        a->verdict != b->verdict || a->rounding != b->rounding || !same_members(a, b) ||
        ntm_decimal_compare(a->value, b->value) != 0)
        return false;
    for (size_t i = 0; i < a->of_count; i++)
        if ((a->kind == NTM_POINTS && ntm_decimal_compare(a->points[i], b->points[i]) != 0) ||
            !same(set, a->of[i], b->of[i]))
            return false;
    return true;
}

bool ntm_i_same_rule(const ntm_set *set, ntm_node a, ntm_node b) {
    uint32_t weight = set->info[a - 1].weight;
    return weight <= WEIGHT_MAX && weight == set->info[b - 1].weight && same(set, a, b);
}
