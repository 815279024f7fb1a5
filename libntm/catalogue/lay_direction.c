/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a higher or a lower figure is stricter: what happens to a rule when the figure rises. */
#include <string.h>

#include "catalogue/lay.h"

/* What a node does when the figure below it rises. A quantity rises or falls; a condition gets easier or harder. */
typedef enum effect { FALLS = -1, UNCLEAR = 0, RISES = 1 } effect;

typedef struct walk {
    const ntm_set *set;
    ntm_i_use *uses;
    uint32_t *doubtful; /* by node: how many of those below may be negative */
    bool *positive;     /* by node: a quantity that is known to be never negative */
    uint8_t *seen;      /* by value of the set: the effects that were followed into it, one bit each */
} walk;

static bool is_positive(const walk *w, const ntm_node_spec *node, uint32_t target, uint32_t doubtful) {
    switch (node->kind) {
        case NTM_CONSTANT: return node->value.coefficient >= 0;
        case NTM_COUNT:
        case NTM_SHARE: return true;
        case NTM_FACT: {
            const ntm_fact *fact = &w->set->facts[target];
            return fact->kind == NTM_KIND_COUNT || fact->kind == NTM_KIND_SHARE ||
                   (fact->has_least && fact->least.coefficient >= 0);
        }
        case NTM_FIGURE: {
            const ntm_figure *figure = &w->set->figures[target];
            for (size_t i = 0; i < figure->value_count; i++)
                if (figure->values[i].value.coefficient < 0) return false;
            return true;
        }
        case NTM_SUM:
        case NTM_PRODUCT:
        case NTM_RATIO:
        case NTM_MINIMUM:
        case NTM_MAXIMUM:
        case NTM_ROUNDED: return doubtful == 0;
        default: return false;
    }
}

/* Those below a node come before it. */
static void find_positive(walk *w) {
    for (ntm_node n = 1; n <= w->set->node_count; n++) {
        const ntm_node_spec *node = ntm_set_node(w->set, n);
        uint32_t doubtful = 0;
        for (size_t i = 0; i < node->of_count; i++)
            doubtful += !w->positive[node->of[i] - 1];
        w->doubtful[n - 1] = doubtful;
        w->positive[n - 1] = is_positive(w, node, w->set->info[n - 1].target, doubtful);
    }
}

/* What a node does when its child `at` rises (or, for a condition, gets easier). */
static effect step(const walk *w, ntm_node number, const ntm_node_spec *node, size_t at) {
    uint32_t doubtful = w->doubtful[number - 1];
    bool self = node->of_count > 0 && w->positive[node->of[at] - 1];
    switch (node->kind) {
        case NTM_SUM:
        case NTM_MINIMUM:
        case NTM_MAXIMUM:
        case NTM_ROUNDED:
        case NTM_COUNT:
        case NTM_SHARE:
        case NTM_POINTS:
        case NTM_GRADE:
        case NTM_AT_LEVEL:
        case NTM_ALL:
        case NTM_ANY:
        case NTM_AT_LEAST:
        case NTM_EVERY:
        case NTM_IF_APPLICABLE: return RISES;
        case NTM_NOT: return FALLS;
        case NTM_DIFFERENCE: return at == 0 ? RISES : FALLS;
        case NTM_PRODUCT: /* all others never negative */ return doubtful == (self ? 0u : 1u) ? RISES : UNCLEAR;
        case NTM_RATIO:
            if (at == 0) return w->positive[node->of[1] - 1] ? RISES : UNCLEAR;
            return doubtful == 0 ? FALLS : UNCLEAR;
        case NTM_COMPARE: {
            bool more = node->compare == NTM_MORE_OR_EQUAL || node->compare == NTM_MORE;
            if (node->compare == NTM_EQUAL) return UNCLEAR;
            return (at == 0) == more ? RISES : FALLS;
        }
        default: return UNCLEAR;
    }
}

static void note(walk *w, ntm_node number, effect found) {
    ntm_i_use *use = &w->uses[w->set->info[number - 1].target];
    ntm_i_direction seen = found == FALLS   ? NTM_I_HIGHER_IS_STRICTER
                           : found == RISES ? NTM_I_LOWER_IS_STRICTER
                                            : NTM_I_UNCLEAR;
    if (use->direction == NTM_I_NO_RULE) {
        use->direction = seen;
        use->first = number;
    } else if (use->direction != seen && use->direction < NTM_I_NO_RULE) {
        use->direction = seen == NTM_I_UNCLEAR ? NTM_I_UNCLEAR : NTM_I_BOTH_WAYS;
        use->second = number;
    }
}

static void go_down(walk *w, ntm_node number, effect above);

/* Into a value of the set, once for each effect: values never refer to themselves. */
static void follow(walk *w, uint32_t value, effect above) {
    uint8_t bit = (uint8_t)(1u << ((int)above + 1));
    if ((w->seen[value] & bit) != 0) return;
    w->seen[value] |= bit;
    go_down(w, w->set->values[value].rule, above);
}

/* `above` is what the whole rule does when this node rises: RISES = the unit is better off. */
static void go_down(walk *w, ntm_node number, effect above) {
    if (number == 0) return;
    const ntm_node_spec *node = ntm_set_node(w->set, number);
    if (node->kind == NTM_FIGURE) note(w, number, above);
    if (node->kind == NTM_VALUE) follow(w, w->set->info[number - 1].target, above);
    for (size_t i = 0; i < node->of_count; i++)
        go_down(w, node->of[i], (effect)((int)above * (int)step(w, number, node, i)));
    for (size_t i = 0; i < node->band_count; i++)
        go_down(w, node->bands[i].requires_met, above);
    go_down(w, node->knock_out, (effect) - (int)above);
}

const ntm_i_use *ntm_i_figure_uses(const ntm_set *set, ntm_i_arena *arena) {
    walk w = {set, ntm_i_arena_take(arena, set->figure_count, sizeof(ntm_i_use)),
              ntm_i_arena_take(arena, set->node_count, sizeof(uint32_t)),
              ntm_i_arena_take(arena, set->node_count, sizeof(bool)),
              ntm_i_arena_take(arena, set->value_count, sizeof(uint8_t))};
    if (w.uses == NULL || w.doubtful == NULL || w.positive == NULL || w.seen == NULL) return NULL;
    find_positive(&w);
    for (size_t i = 0; i < set->figure_count; i++)
        w.uses[i].direction = NTM_I_NO_RULE;
    for (size_t i = 0; i < set->criterion_count; i++)
        go_down(&w, set->criteria[i].rule, RISES);
    for (size_t i = 0; i < set->indicator_count; i++)
        go_down(&w, set->indicators[i].rule, RISES);
    for (size_t i = 0; i < set->precondition_count; i++)
        go_down(&w, set->preconditions[i].rule, RISES);
    go_down(&w, set->status, RISES);
    go_down(&w, set->revocation, FALLS);
    go_down(&w, set->grade, RISES);
    return w.uses;
}
