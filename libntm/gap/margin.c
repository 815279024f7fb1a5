/* SPDX-License-Identifier: Apache-2.0 */
/* How much can go while a condition keeps its verdict: of `all` the least of its parts, of "at least k" the k-th most. */
#include <stdlib.h>
#include <string.h>

#include "gap/gap.h"

static const ntm_i_robust never = {false, false, 0, {1, 0}, {0, 1}, false};
static const ntm_i_robust untold = {false, true, 0, {1, 0}, {0, 1}, false};

/* Below 0: the first is lost first. What rests on no amount comes late, what cannot be told last. */
static int compare(const ntm_i_robust *a, const ntm_i_robust *b) {
    if (a->untold != b->untold) return a->untold ? 1 : -1;
    if (a->known != b->known) return a->known ? -1 : 1;
    int order = a->known ? ntm_i_rational_compare(a->relative, b->relative) : 0;
    return order != 0 ? order : (a->subject > b->subject) - (a->subject < b->subject);
}

static int compare_items(const void *a, const void *b) { return compare(a, b); }

static bool distance_of(ntm_i_rational *out, ntm_i_rational have, ntm_i_rational want) {
    ntm_i_rational distance, of = want;
    if (!ntm_i_rational_subtract(&distance, have, want)) return false;
    if (distance.numerator < 0) distance.numerator = -distance.numerator;
    if (of.numerator < 0) of.numerator = -of.numerator;
    *out = distance.numerator == 0 ? distance : NTM_I_INFINITY;
    return distance.numerator == 0 || of.numerator == 0 || ntm_i_rational_divide(out, distance, of);
}

/* The same in integers, where they do. False: it has to be found in rationals. */
static bool quick_margin(ntm_i_gapping *g, const ntm_i_place_in_rule *place, ntm_verdict aim, ntm_i_robust *out) {
    const ntm_i_measure *m = place->measure;
    ntm_i_quick_row row;
    ntm_decimal spare;
    if (!ntm_i_gap_quick_row(g, place, &row) || row.want <= 0) return false;
    ntm_comparison sign = aim == NTM_MET ? m->sign : ntm_i_denied(m->sign);
    bool more = ntm_i_is_more(sign), strict = ntm_i_is_strict(sign);
    ntm_i_wide rest;
    if (ntm_i_subtract_overflows(more ? row.have : row.want, more ? row.want : row.have, &rest) || rest < 0)
        return false;
    if (!ntm_i_quick_amount(&spare, rest, row.scale, !m->whole ? NTM_I_AS_IT_IS : strict ? NTM_I_SHORT_OF : NTM_I_DOWN))
        return false;
    out->spare = ntm_i_rational_decimal(spare);
    out->relative = (ntm_i_rational){rest, row.want};
    out->strict = strict && !m->whole;
    return true;
}

static ntm_i_robust comparison(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    const ntm_i_measure *m = g->places[at - 1].measure;
    ntm_i_measured row;
    ntm_i_robust found = {.known = true, .subject = ntm_i_gap_subject_of(g, at)};
    bool fits;
    if (g->places[at - 1].is_date) return never; /* days do not go, and a share of a date means nothing */
    if (quick_margin(g, &g->places[at - 1], aim, &found)) return found;
    if (!ntm_i_gap_measure(g, &row, m, &fits)) return untold;
    if (row.sign == NTM_EQUAL && aim != NTM_MET) return untold;
    ntm_comparison sign = aim == NTM_MET ? row.sign : ntm_i_denied(row.sign);
    bool more = ntm_i_is_more(sign);
    ntm_i_rational have = more ? row.have.least : row.have.most, want = more ? row.want.most : row.want.least;
    if (!ntm_i_is_finite(have) || !ntm_i_is_finite(want) || !distance_of(&found.relative, have, want)) return untold;
    found.spare = ntm_i_rational_int(0);
    found.strict = ntm_i_is_strict(sign) && !m->whole;
    if (sign != NTM_EQUAL && !ntm_i_to_spare(&found.spare, sign, have, want, m->whole)) return untold;
    return found;
}

/* Each of the units below: the first that is lost is one too many. */
static ntm_i_robust every_child(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    if (aim != NTM_MET) return untold;
    return (ntm_i_robust){.known = true,
                          .subject = ntm_i_gap_subject_of(g, at),
                          .relative = ntm_i_rational_int(0),
                          .spare = ntm_i_rational_int(0)};
}

static ntm_i_robust child_margin(ntm_i_gapping *g, const ntm_i_child *child, ntm_verdict aim) {
    return child->node != 0 ? ntm_i_gap_margin(g, child->node, aim)
                            : ntm_i_gap_part_margin(g, child->is_criterion, child->part, aim);
}

static ntm_verdict child_verdict(ntm_i_gapping *g, const ntm_i_child *child) {
    return child->node != 0 ? ntm_i_exact_condition(&g->x, child->node)
                            : ntm_i_gap_part_verdict(g, child->is_criterion, child->part);
}

/* The one that, when all lose the same share, is lost so that no longer `needed` hold. Those of which nobody can tell may
   be lost first or last: where that makes a difference, nobody can tell either. */
static ntm_i_robust pick(ntm_i_gapping *g, size_t first, int64_t needed) {
    size_t count = g->robusts.count - first, told = count;
    g->robusts.count = first;
    if (needed <= 0 || needed > (int64_t)count) return never;
    ntm_i_robust *all = (ntm_i_robust *)g->robusts.items + first;
    if (needed == (int64_t)count) { /* all of them: the first that is lost */
        for (size_t i = 0; i < count; i++) {
            if (all[i].untold) return untold;
            if (compare(&all[i], &all[0]) < 0) all[0] = all[i];
        }
        return all[0];
    }
    qsort(all, count, sizeof *all, compare_items);
    while (told > 0 && all[told - 1].untold)
        told--;
    size_t last = count - (size_t)needed, others = count - told;
    if (last >= told || last < others) return others == 0 ? all[last] : untold;
    return compare(&all[last], &all[last - others]) == 0 ? all[last] : untold;
}

static ntm_i_robust margin_of_several(ntm_i_gapping *g, ntm_node at, const ntm_i_made_up *made, ntm_verdict aim) {
    size_t all, first = g->robusts.count;
    int64_t needed;
    ntm_verdict child_aim;
    if (!ntm_i_gap_needed(g, at, made, aim, &all, &needed, &child_aim)) return untold;
    uint32_t before = ntm_i_gap_members_before(g, made);
    for (size_t i = 0; i < all && !g->no_memory; i++) {
        ntm_i_child child = ntm_i_gap_enter(g, at, made, i);
        if (child_verdict(g, &child) != child_aim) continue;
        ntm_i_robust one = child_margin(g, &child, child_aim);
        if (!ntm_i_array_append(&g->robusts, &one, 1)) g->no_memory = true;
    }
    ntm_i_gap_leave(g, made, before);
    return g->no_memory ? never : pick(g, first, needed);
}

ntm_i_robust ntm_i_gap_margin(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    const ntm_node_spec *node = &g->set->nodes[at - 1];
    ntm_i_made_up made = g->made[at - 1];
    ntm_i_interval unused;
    switch (made.shape) {
        case NTM_I_SHAPE_NOT: return ntm_i_gap_margin(g, node->of[0], ntm_i_opposite(aim));
        case NTM_I_SHAPE_IF:
            if (ntm_i_exact_input(&g->x, ntm_i_exact_node_input(&g->x, at), &unused) == NTM_NOT_APPLICABLE)
                return never;
            return ntm_i_gap_margin(g, node->of[0], aim);
        case NTM_I_SHAPE_PART:
            return ntm_i_gap_part_margin(g, node->kind == NTM_CRITERION, g->set->info[at - 1].target, aim);
        case NTM_I_SHAPE_NODES:
        case NTM_I_SHAPE_MEMBERS:
        case NTM_I_SHAPE_PARTS: return margin_of_several(g, at, &made, aim);
        default: break;
    }
    if (node->kind == NTM_COMPARE) return comparison(g, at, aim);
    if (node->kind == NTM_EVERY) return every_child(g, at, aim);
    bool of_a_grade = node->kind == NTM_AT_LEVEL && node->name == NULL;
    return of_a_grade ? untold : never;
}

static ntm_i_robust make_part_margin(ntm_i_gapping *g, bool is_criterion, size_t part, ntm_verdict aim) {
    ntm_node rule = is_criterion ? g->set->criteria[part].rule : g->set->indicators[part].rule;
    if (rule != 0) return ntm_i_gap_margin(g, rule, aim);
    if (!is_criterion) return never;
    const ntm_criterion *criterion = &g->set->criteria[part];
    size_t first = g->robusts.count, end = criterion->first_indicator + criterion->indicator_count;
    for (size_t i = criterion->first_indicator; i < end && !g->no_memory; i++) {
        if (ntm_i_gap_part_verdict(g, false, i) != aim) continue;
        ntm_i_robust one = ntm_i_gap_part_margin(g, false, i, aim);
        if (!ntm_i_array_append(&g->robusts, &one, 1)) g->no_memory = true;
    }
    if (g->no_memory) return never;
    /* Met are all of them; not met is one: then the last that stays so decides. */
    return pick(g, first, aim == NTM_MET ? (int64_t)(g->robusts.count - first) : 1);
}

/* Those of all parts that a part can refer to. */
static void make_before(ntm_i_gapping *g, size_t vertex) {
    size_t criteria = g->set->criterion_count;
    for (size_t i = 0; i < g->set->order_count && g->set->order[i] != vertex && !g->no_memory; i++) {
        size_t at = g->set->order[i], part = at < criteria ? at : at - criteria;
        ntm_verdict verdict = ntm_i_gap_part_verdict(g, at < criteria, part);
        if (verdict != NTM_OPEN) (void)ntm_i_gap_part_margin(g, at < criteria, part, verdict);
    }
}

ntm_i_robust ntm_i_gap_part_margin(ntm_i_gapping *g, bool is_criterion, size_t part, ntm_verdict aim) {
    size_t vertex = ntm_i_gap_vertex(g, is_criterion, part), place = vertex * 2 + (aim != NTM_MET);
    if (g->margin_row[place] == g->x.stamp) return g->margins[place];
    if (++g->depth == NTM_I_PARTS_DEEP) make_before(g, vertex);
    ntm_i_robust made = make_part_margin(g, is_criterion, part, aim);
    g->depth--;
    g->margins[place] = made;
    g->margin_row[place] = g->x.stamp;
    return made;
}

/* ------------------------------------------------------------------------------------------- steps */

static int compare_steps(const void *a, const void *b) {
    const size_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static size_t sum_of_fewest(ntm_i_gapping *g, size_t first, size_t needed) {
    size_t count = g->steps.count - first, sum = 0;
    g->steps.count = first;
    if (needed == 0 || needed > count) return needed == 0 ? 0 : SIZE_MAX;
    size_t *all = (size_t *)g->steps.items + first;
    qsort(all, count, sizeof *all, compare_steps);
    for (size_t i = 0; i < needed; i++) {
        if (all[i] == SIZE_MAX) return SIZE_MAX;
        sum += all[i];
    }
    return sum;
}

static size_t steps_of_several(ntm_i_gapping *g, ntm_node at, const ntm_i_made_up *made, ntm_verdict aim) {
    size_t all, first = g->steps.count, holding = 0;
    int64_t needed;
    ntm_verdict child_aim;
    if (!ntm_i_gap_needed(g, at, made, aim, &all, &needed, &child_aim)) return SIZE_MAX;
    uint32_t before = ntm_i_gap_members_before(g, made);
    for (size_t i = 0; i < all && !g->no_memory; i++) {
        ntm_i_child child = ntm_i_gap_enter(g, at, made, i);
        if (child_verdict(g, &child) == child_aim) {
            holding++;
            continue;
        }
        size_t one = child.node != 0 ? ntm_i_gap_steps(g, child.node, child_aim) : 1;
        if (!ntm_i_array_append(&g->steps, &one, 1)) g->no_memory = true;
    }
    ntm_i_gap_leave(g, made, before);
    if (g->no_memory) return SIZE_MAX;
    return sum_of_fewest(g, first, needed > (int64_t)holding ? (size_t)needed - holding : 0);
}

size_t ntm_i_gap_steps(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    if (g->no_memory || ntm_i_exact_condition(&g->x, at) == aim) return 0;
    const ntm_node_spec *node = &g->set->nodes[at - 1];
    ntm_i_made_up made = g->made[at - 1];
    ntm_i_interval unused;
    switch (made.shape) {
        case NTM_I_SHAPE_NOT: return ntm_i_gap_steps(g, node->of[0], ntm_i_opposite(aim));
        case NTM_I_SHAPE_IF:
            if (ntm_i_exact_input(&g->x, ntm_i_exact_node_input(&g->x, at), &unused) == NTM_NOT_APPLICABLE)
                return SIZE_MAX;
            return ntm_i_gap_steps(g, node->of[0], aim);
        case NTM_I_SHAPE_NODES:
        case NTM_I_SHAPE_MEMBERS:
        case NTM_I_SHAPE_PARTS: return steps_of_several(g, at, &made, aim);
        default: return 1;
    }
}
