/* SPDX-License-Identifier: Apache-2.0 */
/* What the law declares for a value against what its parts can reach. */
#include <stdio.h>
#include <string.h>

#include "lint/linting.h"

/* "3 + 5 + 5": what the parts of a sum can reach at most, each in the unit of the value; "" when it is no sum. */
static const char *parts(ntm_i_linting *l, ntm_node rule, ntm_node like) {
    const ntm_node_spec *node = ntm_i_node(l, rule);
    const char *text = "";
    if (node->kind != NTM_SUM || node->of_count > 12) return "";
    for (size_t i = 0; i < node->of_count; i++) {
        ntm_i_rational most = l->reach[node->of[i] - 1].most;
        char number[96];
        if (!ntm_i_is_finite(most) || !ntm_i_rational_scale(&most, most, -l->set->info[like - 1].unit.power)) return "";
        (void)ntm_i_rational_format(number, sizeof number, most);
        text = ntm_i_findings_text(l->to, "%s%s%s", text, i == 0 ? "" : " + ", number);
    }
    return text;
}

static bool declared(const ntm_i_linting *l, size_t index, bool has, ntm_decimal value, ntm_i_rational *out) {
    return has && ntm_i_rational_scale(out, ntm_i_rational_decimal(value), l->set->value_units[index].power);
}

static void look_at(ntm_i_linting *l, size_t index) {
    const ntm_value *value = &l->set->values[index];
    ntm_i_interval reach = l->value_reach[index];
    ntm_i_rational bound;
    char wanted[NTM_I_SAID_SIZE], reached[NTM_I_SAID_SIZE];
    ntm_place place = ntm_i_place_named(l, "values", value->id, &l->set->at.values[index]);
    ntm_place other = ntm_i_place_of_node(l, value->rule);
    if (declared(l, index, value->has_most, value->most, &bound) && ntm_i_rational_compare(bound, reach.most) != 0) {
        const char *sum = parts(l, value->rule, value->rule);
        (void)ntm_i_say(l, wanted, bound, value->rule);
        if (ntm_i_is_finite(reach.most))
            ntm_i_find(l->to, NTM_I_LADDER_MAXIMA, &place, &other,
                       "value \"%s\" is declared to be at most %s, and its rule can reach %s%s%s%s", value->id, wanted,
                       ntm_i_say(l, reached, reach.most, value->rule), sum[0] == '\0' ? "" : " (", sum,
                       sum[0] == '\0' ? "" : ")");
        else
            ntm_i_find(l->to, NTM_I_LADDER_MAXIMA, &place, &other,
                       "value \"%s\" is declared to be at most %s, and nothing bounds its rule", value->id, wanted);
    }
    if (declared(l, index, value->has_least, value->least, &bound) && ntm_i_rational_compare(bound, reach.least) > 0)
        ntm_i_find(l->to, NTM_I_LADDER_MAXIMA, &place, &other,
                   "value \"%s\" is declared to be at least %s, and its rule can go down to %s", value->id,
                   ntm_i_say(l, wanted, bound, value->rule), ntm_i_say(l, reached, reach.least, value->rule));
}

void ntm_i_lint_values(ntm_i_linting *l) {
    for (size_t i = 0; i < l->set->value_count && !l->to->failed; i++)
        if (l->set->values[i].rule != 0) look_at(l, i);
}
