/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions that are met by everything or by nothing. */
#include <stdio.h>
#include <string.h>

#include "lint/linting.h"

static void tell_comparison(ntm_i_linting *l, ntm_node at, ntm_verdict verdict, ntm_i_interval other, ntm_node other_at,
                            ntm_i_rational asked, ntm_node asked_at, const char *cells) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    char least[NTM_I_SAID_SIZE], most[NTM_I_SAID_SIZE], number[NTM_I_SAID_SIZE];
    /* Both numbers in the unit of what is asked, if they are of one sort at all: 0 % to 100 %, not 0 to 1. */
    ntm_node like = ntm_i_node(l, asked_at)->kind == NTM_CONSTANT || ntm_i_node(l, asked_at)->kind == NTM_FIGURE
                        ? asked_at
                        : other_at;
    bool left = other_at == node->of[0];
    ntm_comparison sign = left ? node->compare : (ntm_comparison)(NTM_LESS + NTM_MORE - node->compare);
    ntm_place place = ntm_i_place_of_node(l, at);
    ntm_i_find(l->to, verdict == NTM_MET ? NTM_I_ALWAYS_MET : NTM_I_NEVER_MET, &place, NULL,
               "what is compared can be %s to %s, so it is %s %s %s%s%s%s", ntm_i_say(l, least, other.least, like),
               ntm_i_say(l, most, other.most, like), verdict == NTM_MET ? "always" : "never", ntm_i_sign(sign),
               ntm_i_say(l, number, asked, like), cells[0] == '\0' ? "" : " (", cells, cells[0] == '\0' ? "" : ")");
}

/* A comparison with a figure, cell by cell. */
static void look_at_cells(ntm_i_linting *l, ntm_node at, size_t side) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    uint32_t target = l->set->info[node->of[side] - 1].target;
    const ntm_figure *figure = &l->set->figures[target];
    ntm_i_interval other = l->reach[node->of[1 - side] - 1];
    for (int wanted = NTM_MET; wanted <= NTM_NOT_MET; wanted++) {
        ntm_i_names_list cells = {0};
        ntm_i_rational first = ntm_i_rational_int(0);
        if (wanted == NTM_MET && l->stands[at - 1].in_ladder) continue;
        for (size_t i = 0; i < figure->value_count; i++) {
            ntm_i_rational value;
            if (!ntm_i_rational_scale(&value, ntm_i_rational_decimal(figure->values[i].value),
                                      l->set->figure_units[target].power))
                continue;
            ntm_i_interval cell = ntm_i_point(value);
            ntm_verdict verdict = side == 0 ? ntm_i_lint_compare(node->compare, cell, other)
                                            : ntm_i_lint_compare(node->compare, other, cell);
            if ((int)verdict != wanted) continue;
            if (cells.count == 0) first = value;
            ntm_i_list_add_cell(l, &cells, figure->axis_count, figure->values[i].keys);
        }
        if (cells.count > 0)
            tell_comparison(l, at, (ntm_verdict)wanted, other, node->of[1 - side], first, node->of[side],
                            figure->axis_count > 0 ? ntm_i_list_text(&cells) : "");
    }
}

static void look_at_comparison(ntm_i_linting *l, ntm_node at) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    bool left = ntm_i_node(l, node->of[0])->kind == NTM_FIGURE, right = ntm_i_node(l, node->of[1])->kind == NTM_FIGURE;
    if (left != right) {
        look_at_cells(l, at, left ? 0 : 1);
        return;
    }
    ntm_verdict verdict = (ntm_verdict)l->sure[at - 1];
    if (verdict == NTM_OPEN || (verdict == NTM_MET && l->stands[at - 1].in_ladder)) return;
    size_t asked = ntm_i_node(l, node->of[0])->kind == NTM_CONSTANT ? 0 : 1;
    const ntm_i_interval *reach = &l->reach[node->of[asked] - 1];
    /* What is asked may be an interval too; the end that decides is the one that is told. */
    bool upper = (node->compare >= NTM_MORE_OR_EQUAL) == (asked == 1) ? verdict == NTM_MET : verdict == NTM_NOT_MET;
    ntm_i_rational told = upper ? reach->most : reach->least;
    tell_comparison(l, at, verdict, l->reach[node->of[1 - asked] - 1], node->of[1 - asked],
                    ntm_i_is_finite(told) ? told : reach->least, node->of[asked], "");
}

static void look_at_level(ntm_i_linting *l, ntm_node at) {
    if (l->sure[at - 1] != NTM_MET || l->stands[at - 1].in_ladder) return;
    const ntm_node_spec *node = ntm_i_node(l, at);
    ntm_place place = ntm_i_place_of_node(l, at);
    ntm_i_find(l->to, NTM_I_ALWAYS_MET, &place, NULL,
               "\"%s\" is the lowest level of \"%s\", so it always is at it or higher", node->label, node->name);
}

static void look_at_all(ntm_i_linting *l, ntm_node at) {
    ntm_node first = 0, second = 0;
    if (!ntm_i_contradiction(l, at, &first, &second)) return;
    ntm_place place = ntm_i_place_of_node(l, second), other = ntm_i_place_of_node(l, first);
    ntm_i_find(l->to, NTM_I_CONTRADICTION, &place, &other,
               "%s here and %s there are wanted together and exclude each other",
               ntm_i_kind_name(ntm_i_node(l, second)->kind), ntm_i_kind_name(ntm_i_node(l, first)->kind));
}

/* A set that takes its own figure as another's, or asks for its own status before it is attained. Losing a status is
   about those who hold it, so a revocation may. */
static void look_at_self(ntm_i_linting *l, ntm_node at) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    const char *id = node->kind == NTM_FIGURE_OF ? node->label : node->name;
    if (strcmp(id, l->set->about.id) != 0 || l->stands[at - 1].owner == NTM_I_OWNER_REVOCATION) return;
    ntm_place place = ntm_i_place_of_node(l, at);
    ntm_i_find(l->to, NTM_I_SELF_REFERENCE, &place, NULL, "%s names this set itself, \"%s\"",
               ntm_i_kind_name(node->kind), id);
}

void ntm_i_lint_rules(ntm_i_linting *l) {
    for (ntm_node at = 1; at <= l->set->node_count && !l->to->failed; at++) {
        switch (ntm_i_node(l, at)->kind) {
            case NTM_COMPARE: look_at_comparison(l, at); break;
            case NTM_AT_LEVEL: look_at_level(l, at); break;
            case NTM_ALL: look_at_all(l, at); break;
            case NTM_FIGURE_OF:
            case NTM_HOLDS: look_at_self(l, at); break;
            default: break; /* the others are met or not by what stands in them */
        }
    }
}
