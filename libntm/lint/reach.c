/* SPDX-License-Identifier: Apache-2.0 */
/* What quantities can be and what conditions are, whatever the facts: by natural bounds, constants and known cells. */
#include <string.h>

#include "criteria/figure_cells.h"
#include "criteria/index.h"
#include "lint/linting.h"

/* The natural bounds of a fact, in base units; the same that an evaluation takes for one that is not reported. */
static ntm_i_interval bounds_of_fact(const ntm_set *set, size_t index) {
    const ntm_fact *fact = &set->facts[index];
    const ntm_i_unit *unit = &set->fact_units[index];
    ntm_i_interval bounds = NTM_I_ANYTHING;
    bool percent = fact->kind == NTM_KIND_SHARE && unit->term_count == 0;
    if (fact->kind == NTM_KIND_COUNT || percent) bounds.least = ntm_i_rational_int(0);
    if (percent) bounds.most = ntm_i_rational_int(1);
    if (fact->has_least && !ntm_i_rational_scale(&bounds.least, ntm_i_rational_decimal(fact->least), unit->power))
        bounds.least = NTM_I_MINUS_INFINITY;
    if (fact->has_most && !ntm_i_rational_scale(&bounds.most, ntm_i_rational_decimal(fact->most), unit->power))
        bounds.most = NTM_I_INFINITY;
    return bounds;
}

/* The hull of the cells; a cell that is absent may be anything. */
static ntm_i_interval bounds_of_figure(const ntm_set *set, size_t index) {
    const ntm_figure *figure = &set->figures[index];
    ntm_i_interval hull = NTM_I_ANYTHING;
    if (figure->value_count < ntm_i_figure_cells(set, figure)) return hull;
    for (size_t i = 0; i < figure->value_count; i++) {
        ntm_i_rational value;
        if (!ntm_i_rational_scale(&value, ntm_i_rational_decimal(figure->values[i].value),
                                  set->figure_units[index].power))
            return NTM_I_ANYTHING;
        hull.least = i == 0 ? value : ntm_i_smaller(hull.least, value);
        hull.most = i == 0 ? value : ntm_i_larger(hull.most, value);
    }
    return hull;
}

static bool is_fact(const ntm_node_spec *node) { return node->kind == NTM_FACT || node->kind == NTM_PAST; }

/* Whether one fact is part of another, or of what that is part of, at the same time. */
static bool is_part(const ntm_i_linting *l, ntm_node part, ntm_node whole) {
    const ntm_node_spec *a = ntm_i_node(l, part), *b = ntm_i_node(l, whole);
    if (!is_fact(a) || a->kind != b->kind || (a->kind == NTM_PAST && strcmp(a->label, b->label) != 0)) return false;
    uint32_t at = l->set->info[part - 1].target, wanted = l->set->info[whole - 1].target;
    for (size_t steps = 0; at != NTM_I_NO_TARGET && steps < NTM_DEPTH_MAX; steps++) {
        if (at == wanted) return true;
        at = l->whole_of[at];
    }
    return false;
}

static ntm_i_interval ratio(const ntm_i_linting *l, const ntm_node_spec *node) {
    ntm_i_interval a = l->reach[node->of[0] - 1], b = l->reach[node->of[1] - 1], result;
    bool positive = a.least.numerator >= 0 && b.least.numerator >= 0;
    if (!ntm_i_interval_divide(&result, a, b)) result = NTM_I_ANYTHING;
    /* A share of nothing is open; where there is something, parts lie between nothing and the whole. */
    if (positive) result.least = ntm_i_larger(result.least, ntm_i_rational_int(0));
    if (positive && is_part(l, node->of[0], node->of[1]))
        result.most = ntm_i_smaller(result.most, ntm_i_rational_int(1));
    return result;
}

static ntm_i_interval fold(const ntm_i_linting *l, const ntm_node_spec *node) {
    ntm_i_interval result = l->reach[node->of[0] - 1];
    for (size_t i = 1; i < node->of_count; i++) {
        ntm_i_interval next = l->reach[node->of[i] - 1];
        bool fits = true;
        switch (node->kind) {
            case NTM_SUM: fits = ntm_i_interval_add(&result, result, next); break;
            case NTM_DIFFERENCE: fits = ntm_i_interval_subtract(&result, result, next); break;
            case NTM_PRODUCT: fits = ntm_i_interval_multiply(&result, result, next); break;
            case NTM_MINIMUM: result = ntm_i_interval_minimum(result, next); break;
            case NTM_MAXIMUM: result = ntm_i_interval_maximum(result, next); break;
            default: fits = false; break; /* a kind that nobody has taught to this function */
        }
        if (!fits) return NTM_I_ANYTHING;
    }
    return result;
}

/* Whether the steps leave nothing out of what their quantity can be, so that one of them is always met. */
static bool covers(const ntm_i_linting *l, ntm_node ladder) {
    const ntm_i_step *steps = l->steps;
    size_t count = ntm_i_steps_of(l, ladder);
    if (count == 0) return false;
    ntm_i_stretch all = steps[0].stretch;
    ntm_i_interval reach = l->reach[all.quantity - 1];
    int order = ntm_i_rational_compare(all.least, reach.least);
    if (order > 0 || (order == 0 && all.least_open)) return false;
    for (size_t i = 1; i < count; i++) {
        const ntm_i_stretch *next = &steps[i].stretch;
        if (ntm_i_gap_between(l, &all, next)) return false;
        order = ntm_i_rational_compare(next->most, all.most);
        if (order > 0 || (order == 0 && !next->most_open)) {
            all.most = next->most;
            all.most_open = next->most_open;
        }
    }
    order = ntm_i_rational_compare(all.most, reach.most);
    return order > 0 || (order == 0 && (!all.most_open || !ntm_i_is_finite(reach.most)));
}

/* The points of steps that can be met, and 0 where none need be. */
static ntm_i_interval points(const ntm_i_linting *l, ntm_node at) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    ntm_i_rational least = ntm_i_rational_int(0), most = least, sure = least;
    bool any = false, always = false;
    for (size_t i = 0; i < node->of_count; i++) {
        ntm_i_rational value = ntm_i_rational_decimal(node->points[i]);
        ntm_verdict verdict = (ntm_verdict)l->sure[node->of[i] - 1];
        if (verdict == NTM_NOT_MET) continue;
        least = any ? ntm_i_smaller(least, value) : value;
        most = any ? ntm_i_larger(most, value) : value;
        any = true;
        if (verdict == NTM_MET) sure = always ? ntm_i_larger(sure, value) : value;
        always = always || verdict == NTM_MET;
    }
    ntm_i_rational zero = ntm_i_rational_int(0);
    if (!any) return ntm_i_point(zero);
    if (always) return (ntm_i_interval){sure, ntm_i_larger(sure, most)};
    if (covers(l, at)) return (ntm_i_interval){least, most};
    return (ntm_i_interval){ntm_i_smaller(zero, least), ntm_i_larger(zero, most)};
}

static size_t counted(const ntm_set *set, const ntm_node_spec *node, const ntm_i_node_info *info) {
    if (node->member_count > 0) return node->member_count;
    if (node->over == NTM_OVER_CRITERIA) return set->criterion_count;
    if (node->over == NTM_OVER_INDICATORS) return set->indicator_count;
    return set->dimensions[info->target].member_count;
}

static ntm_i_interval rounded(const ntm_node_spec *node, ntm_i_interval of, int power) {
    ntm_i_rational *bounds[] = {&of.least, &of.most};
    for (size_t i = 0; i < 2; i++) {
        ntm_i_rational *bound = bounds[i];
        if (ntm_i_is_finite(*bound) && (!ntm_i_rational_scale(bound, *bound, -power) ||
                                        !ntm_i_rational_round(bound, *bound, node->value.scale, node->rounding) ||
                                        !ntm_i_rational_scale(bound, *bound, power)))
            return NTM_I_ANYTHING;
    }
    return of;
}

static bool is_whole_number(ntm_decimal value, int power) {
    ntm_i_rational scaled;
    return ntm_i_rational_scale(&scaled, ntm_i_rational_decimal(value), power) && scaled.denominator == 1;
}

/* Whether a quantity only takes whole numbers of its base unit. */
static bool is_whole(const ntm_i_linting *l, ntm_node at) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    const ntm_i_node_info *info = &l->set->info[at - 1];
    bool all = true;
    for (size_t i = 0; i < node->of_count && info->sort == NTM_I_QUANTITY; i++)
        all = all && (node->kind == NTM_POINTS ? is_whole_number(node->points[i], info->unit.power)
                                               : l->whole[node->of[i] - 1] != 0);
    switch (node->kind) {
        case NTM_COUNT: return true;
        case NTM_CONSTANT: return is_whole_number(node->value, info->unit.power);
        case NTM_VALUE: return l->value_whole[info->target] != 0;
        case NTM_ROUNDED: return info->unit.power >= 0 && node->value.scale == 0;
        case NTM_FACT:
        case NTM_PAST: {
            ntm_fact_kind kind = l->set->facts[info->target].kind;
            return (kind == NTM_KIND_COUNT || kind == NTM_KIND_DATE) && info->unit.power >= 0;
        }
        case NTM_SUM:
        case NTM_DIFFERENCE:
        case NTM_PRODUCT:
        case NTM_MINIMUM:
        case NTM_MAXIMUM:
        case NTM_POINTS: return all;
        default: return false;
    }
}

static ntm_i_interval quantity(const ntm_i_linting *l, ntm_node at) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    const ntm_i_node_info *info = &l->set->info[at - 1];
    ntm_i_rational value, zero = ntm_i_rational_int(0);
    switch (node->kind) {
        case NTM_FACT:
        case NTM_PAST:
        case NTM_OF_PARENT:
        case NTM_AVERAGE: return l->fact_reach[info->target];
        case NTM_CONSTANT:
            return ntm_i_rational_scale(&value, ntm_i_rational_decimal(node->value), info->unit.power)
                       ? ntm_i_point(value)
                       : NTM_I_ANYTHING;
        case NTM_FIGURE: return l->figure_reach[info->target];
        case NTM_FIGURE_OF: return NTM_I_ANYTHING;
        case NTM_VALUE: return l->value_reach[info->target];
        case NTM_RATIO: return ratio(l, node);
        case NTM_COUNT:
            if (node->over == NTM_OVER_CHILDREN) return (ntm_i_interval){zero, NTM_I_INFINITY};
            return (ntm_i_interval){zero, ntm_i_rational_int((int64_t)counted(l->set, node, info))};
        case NTM_SHARE: return (ntm_i_interval){zero, ntm_i_rational_int(1)};
        case NTM_POINTS: return points(l, at);
        case NTM_ROUNDED: return rounded(node, l->reach[node->of[0] - 1], info->unit.power);
        default: return fold(l, node);
    }
}

ntm_verdict ntm_i_lint_compare(ntm_comparison sign, ntm_i_interval left, ntm_i_interval right) {
    if (sign == NTM_LESS || sign == NTM_LESS_OR_EQUAL) {
        ntm_i_interval swap = left;
        left = right;
        right = swap;
    }
    int low = ntm_i_rational_compare(left.least, right.most), high = ntm_i_rational_compare(left.most, right.least);
    if (sign == NTM_EQUAL) {
        if (low > 0 || high < 0) return NTM_NOT_MET;
        return low == 0 && high == 0 && ntm_i_is_finite(left.least) ? NTM_MET : NTM_OPEN;
    }
    bool strict = sign == NTM_LESS || sign == NTM_MORE;
    if (low > 0 || (low == 0 && !strict)) return NTM_MET;
    return high < 0 || (high == 0 && strict) ? NTM_NOT_MET : NTM_OPEN;
}

static ntm_verdict of_several(const ntm_i_linting *l, const ntm_node_spec *node, size_t needed) {
    size_t met = 0, not_met = 0;
    for (size_t i = 0; i < node->of_count; i++) {
        met += l->sure[node->of[i] - 1] == NTM_MET;
        not_met += l->sure[node->of[i] - 1] == NTM_NOT_MET;
    }
    if (met >= needed) return NTM_MET;
    return not_met > node->of_count - needed ? NTM_NOT_MET : NTM_OPEN;
}

static ntm_verdict condition(const ntm_i_linting *l, ntm_node at) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    ntm_node other;
    ntm_verdict below = node->of_count > 0 ? (ntm_verdict)l->sure[node->of[0] - 1] : NTM_OPEN;
    switch (node->kind) {
        case NTM_COMPARE:
            return ntm_i_lint_compare(node->compare, l->reach[node->of[0] - 1], l->reach[node->of[1] - 1]);
        case NTM_AT_LEVEL: return node->of_count == 0 && l->set->info[at - 1].level == 0 ? NTM_MET : NTM_OPEN;
        case NTM_ALL:
            if (ntm_i_contradiction(l, at, &other, &other)) return NTM_NOT_MET;
            return of_several(l, node, node->of_count);
        case NTM_ANY: return of_several(l, node, 1);
        case NTM_AT_LEAST: return of_several(l, node, node->k);
        case NTM_NOT: return below == NTM_OPEN ? NTM_OPEN : below == NTM_MET ? NTM_NOT_MET : NTM_MET;
        case NTM_IF_APPLICABLE: return below == NTM_MET ? NTM_MET : NTM_OPEN;
        case NTM_EVERY: return node->over == NTM_OVER_MEMBERS ? below : NTM_OPEN;
        default: return NTM_OPEN; /* it hangs on a fact, or on another part */
    }
}

static void root(ntm_i_linting *l, ntm_node node, ntm_i_owner owner, size_t index) {
    if (node != 0)
        l->stands[node - 1] = (ntm_i_place_in_rule){owner, (uint32_t)index, false, owner == NTM_I_OWNER_REVOCATION};
}

static void hand_down(ntm_i_linting *l, ntm_node from, ntm_node to, bool ladder, bool against) {
    if (to == 0) return;
    ntm_i_place_in_rule stands = l->stands[from - 1];
    stands.in_ladder = stands.in_ladder || ladder;
    stands.against = stands.against || against;
    l->stands[to - 1] = stands;
}

/* From the roots down: each node is used in one place, and stands behind those below it. */
static void find_owners(ntm_i_linting *l) {
    const ntm_set *set = l->set;
    for (size_t i = 0; i < set->criterion_count; i++)
        root(l, set->criteria[i].rule, NTM_I_OWNER_CRITERION, i);
    for (size_t i = 0; i < set->indicator_count; i++)
        root(l, set->indicators[i].rule, NTM_I_OWNER_INDICATOR, i);
    for (size_t i = 0; i < set->precondition_count; i++)
        root(l, set->preconditions[i].rule, NTM_I_OWNER_PRECONDITION, i);
    for (size_t i = 0; i < set->value_count; i++)
        root(l, set->values[i].rule, NTM_I_OWNER_VALUE, i);
    for (size_t i = 0; i < set->scope_count; i++)
        root(l, set->scopes[i].when, NTM_I_OWNER_SCOPE, i);
    root(l, set->status, NTM_I_OWNER_STATUS, 0);
    root(l, set->revocation, NTM_I_OWNER_REVOCATION, 0);
    root(l, set->grade, NTM_I_OWNER_GRADE, 0);
    for (ntm_node at = (ntm_node)set->node_count; at > 0; at--) {
        const ntm_node_spec *node = ntm_i_node(l, at);
        for (size_t i = 0; i < node->of_count; i++)
            hand_down(l, at, node->of[i], node->kind == NTM_POINTS, node->kind == NTM_NOT);
        for (size_t i = 0; i < node->band_count; i++)
            hand_down(l, at, node->bands[i].requires_met, true, false);
        hand_down(l, at, node->knock_out, true, true);
    }
}

/* A part may not exceed its whole, so it has the upper bound of the whole too. */
static void find_bounds(ntm_i_linting *l) {
    const ntm_set *set = l->set;
    ntm_i_index index;
    if (!ntm_i_index_make(&index, &l->scratch, set->facts, set->fact_count, sizeof *set->facts)) {
        l->to->failed = true;
        return;
    }
    for (size_t i = 0; i < set->fact_count; i++) {
        size_t whole = ntm_i_index_find(&index, set->facts[i].part_of);
        l->whole_of[i] = whole == SIZE_MAX ? NTM_I_NO_TARGET : (uint32_t)whole;
        l->fact_reach[i] = bounds_of_fact(set, i);
    }
    for (size_t i = 0; i < set->fact_count; i++) {
        uint32_t at = l->whole_of[i];
        for (size_t steps = 0; at != NTM_I_NO_TARGET && steps < NTM_DEPTH_MAX; steps++, at = l->whole_of[at])
            l->fact_reach[i].most = ntm_i_smaller(l->fact_reach[i].most, bounds_of_fact(set, at).most);
    }
    for (size_t i = 0; i < set->figure_count; i++)
        l->figure_reach[i] = bounds_of_figure(set, i);
}

#define ROUNDS_MAX 64 /* values that name each other that deep; beyond, more is taken as possible than is */

/* Nodes stand behind those below them. Values may name values further on: then there is another round. */
static bool find_reach(ntm_i_linting *l) {
    const ntm_set *set = l->set;
    bool changed = false;
    for (ntm_node at = 1; at <= set->node_count; at++) {
        l->reach[at - 1] = NTM_I_ANYTHING;
        if (set->info[at - 1].sort == NTM_I_QUANTITY) {
            l->whole[at - 1] = is_whole(l, at); /* first: what a ladder can reach hangs on its gaps */
            l->reach[at - 1] = quantity(l, at);
        } else if (set->info[at - 1].sort == NTM_I_CONDITION) {
            l->sure[at - 1] = (uint8_t)condition(l, at);
        }
    }
    for (size_t i = 0; i < set->value_count; i++) {
        ntm_i_interval reach = set->values[i].rule == 0 ? NTM_I_ANYTHING : l->reach[set->values[i].rule - 1];
        uint8_t whole = set->values[i].rule == 0 ? 0 : l->whole[set->values[i].rule - 1];
        changed = changed || whole != l->value_whole[i] ||
                  ntm_i_rational_compare(reach.least, l->value_reach[i].least) != 0 ||
                  ntm_i_rational_compare(reach.most, l->value_reach[i].most) != 0;
        l->value_reach[i] = reach;
        l->value_whole[i] = whole;
    }
    return changed;
}

bool ntm_i_lint_prepare(ntm_i_linting *l) {
    const ntm_set *set = l->set;
    l->stands = ntm_i_lint_take(l, set->node_count, sizeof *l->stands);
    l->reach = ntm_i_lint_take(l, set->node_count, sizeof *l->reach);
    l->sure = ntm_i_lint_take(l, set->node_count, sizeof *l->sure);
    l->whole = ntm_i_lint_take(l, set->node_count, sizeof *l->whole);
    l->value_whole = ntm_i_lint_take(l, set->value_count, sizeof *l->value_whole);
    l->whole_of = ntm_i_lint_take(l, set->fact_count, sizeof *l->whole_of);
    l->fact_reach = ntm_i_lint_take(l, set->fact_count, sizeof *l->fact_reach);
    l->figure_reach = ntm_i_lint_take(l, set->figure_count, sizeof *l->figure_reach);
    l->value_reach = ntm_i_lint_take(l, set->value_count, sizeof *l->value_reach);
    l->steps = ntm_i_lint_take(l, NTM_I_STEPS_MAX, sizeof *l->steps);
    if (l->to->failed) return false;
    find_owners(l);
    find_bounds(l);
    for (size_t i = 0; i < set->value_count; i++)
        l->value_reach[i] = NTM_I_ANYTHING;
    for (size_t round = 0; round < ROUNDS_MAX && !l->to->failed && find_reach(l); round++) {}
    return !l->to->failed;
}
