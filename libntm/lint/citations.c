/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that rest on nothing, and rows that nobody has read. */
#include <string.h>

#include "lint/linting.h"

static bool rests(const ntm_i_linting *l, ntm_node rule, const ntm_citation *own, const ntm_citation *outer) {
    return ntm_i_node(l, rule)->citation.standing != NTM_ABSENT || (own != NULL && own->standing != NTM_ABSENT) ||
           (outer != NULL && outer->standing != NTM_ABSENT);
}

static void look_at_rule(ntm_i_linting *l, ntm_node rule, const ntm_citation *own, const ntm_citation *outer,
                         const char *what) {
    if (rule == 0 || rests(l, rule, own, outer)) return;
    ntm_place place = ntm_i_place_of_node(l, rule);
    ntm_i_find(l->to, NTM_I_RESTS_ON_NOTHING, &place, NULL, "the rule of %s names no source%s", what,
               own != NULL ? ", and neither does what it belongs to" : "");
}

static void look_at_rules(ntm_i_linting *l) {
    const ntm_set *set = l->set;
    for (size_t i = 0; i < set->criterion_count && !l->to->failed; i++) {
        const ntm_criterion *criterion = &set->criteria[i];
        look_at_rule(l, criterion->rule, &criterion->citation, NULL, "the criterion");
        for (size_t k = 0; k < criterion->indicator_count; k++) {
            const ntm_indicator *indicator = &set->indicators[criterion->first_indicator + k];
            look_at_rule(l, indicator->rule, &indicator->citation, &criterion->citation, "the indicator");
        }
    }
    for (size_t i = 0; i < set->precondition_count; i++)
        look_at_rule(l, set->preconditions[i].rule, &set->preconditions[i].citation, NULL, "the precondition");
    for (size_t i = 0; i < set->value_count; i++)
        look_at_rule(l, set->values[i].rule, &set->values[i].citation, NULL, "the value");
    for (size_t i = 0; i < set->scope_count; i++)
        look_at_rule(l, set->scopes[i].when, &set->scopes[i].citation, NULL, "the scope");
    look_at_rule(l, set->status, NULL, NULL, "the status");
    look_at_rule(l, set->revocation, NULL, NULL, "the revocation");
    look_at_rule(l, set->grade, NULL, NULL, "the grade");
}

static bool is_nameless(ntm_names name) { return name.vi == NULL && name.en == NULL; }

static void look_at_gaps(ntm_i_linting *l) {
    const ntm_set *set = l->set;
    ntm_i_names_list rules = {0}, names = {0};
    size_t rows = set->indicator_count + set->precondition_count;
    for (size_t i = 0; i < set->criterion_count; i++)
        if (is_nameless(set->criteria[i].name)) ntm_i_list_add(&names, set->criteria[i].id);
    for (size_t i = 0; i < rows; i++) {
        const ntm_precondition *condition =
            &set->preconditions[i < set->indicator_count ? 0 : i - set->indicator_count];
        bool indicator = i < set->indicator_count;
        const char *id = indicator ? set->indicators[i].id : condition->id;
        if ((indicator ? set->indicators[i].rule : condition->rule) == 0) ntm_i_list_add(&rules, id);
        if (is_nameless(indicator ? set->indicators[i].name : condition->name)) ntm_i_list_add(&names, id);
    }
    ntm_place place = ntm_i_place_of(l, "criteria", (ntm_i_position){0, 0});
    if (rules.count > 0)
        ntm_i_find(l->to, NTM_I_NO_RULE, &place, NULL, "%zu of %zu indicators and preconditions have no rule: %s",
                   rules.count, rows, ntm_i_list_text(&rules));
    if (names.count > 0)
        ntm_i_find(l->to, NTM_I_NO_NAME, &place, NULL,
                   "%zu of %zu criteria, indicators and preconditions have no name: %s", names.count,
                   rows + set->criterion_count, ntm_i_list_text(&names));
}

void ntm_i_lint_citations(ntm_i_linting *l) {
    look_at_rules(l);
    look_at_gaps(l);
}
