/* SPDX-License-Identifier: Apache-2.0 */
/* Ladders of points: their steps, and what lies between them. */
#include <stdio.h>
#include <string.h>

#include "lint/linting.h"

static const char *points_text(char buffer[48], ntm_decimal points) {
    (void)ntm_decimal_format(buffer, 48, points, NTM_LOCALE_PLAIN);
    return buffer;
}

/* Steps are written from low to high or from high to low; two that give the same, or that turn back, are told once. A
   step for another sort of units (firms, households) begins a ladder of its own. */
static void look_at_order(ntm_i_linting *l, ntm_node at) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    int direction = 0;
    bool repeated = false, turned = false;
    char before[48], after[48];
    for (size_t i = 1; i < node->of_count; i++) {
        int order = ntm_decimal_compare(node->points[i], node->points[i - 1]);
        if (ntm_i_are_alternatives(l, node->of[i - 1], node->of[i])) {
            direction = 0;
            continue;
        }
        bool turn = order != 0 && direction != 0 && (order > 0) != (direction > 0);
        if (direction == 0) direction = order;
        if ((order != 0 || repeated) && (!turn || turned)) continue;
        repeated = repeated || order == 0;
        turned = turned || turn;
        ntm_place place = ntm_i_place_of_node(l, node->of[i]), other = ntm_i_place_of_node(l, node->of[i - 1]);
        if (order == 0)
            ntm_i_find(l->to, NTM_I_LADDER_REPEATED, &place, &other, "steps %zu and %zu of a ladder both give %s", i,
                       i + 1, points_text(after, node->points[i]));
        else
            ntm_i_find(l->to, NTM_I_LADDER_ORDER, &place, &other,
                       "step %zu of a ladder gives %s, after %s for the step before: the steps %s until here", i + 1,
                       points_text(after, node->points[i]), points_text(before, node->points[i - 1]),
                       direction > 0 ? "rise" : "fall");
    }
}

static bool is_between(const ntm_i_stretch *stretch) {
    return ntm_i_is_finite(stretch->least) && ntm_i_is_finite(stretch->most);
}

static void tell_pair(ntm_i_linting *l, ntm_node at, ntm_i_code code, const ntm_i_step *low, const ntm_i_step *high) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    char end[NTM_I_SAID_SIZE], begin[NTM_I_SAID_SIZE];
    ntm_place place = ntm_i_place_of_node(l, node->of[high->step]), other = ntm_i_place_of_node(l, node->of[low->step]);
    ntm_i_find(l->to, code, &place, &other, "%s between step %zu, which ends %s %s, and step %zu, which begins %s %s",
               code == NTM_I_LADDER_GAP ? "there is a gap" : "there is an overlap", low->step + 1,
               low->stretch.most_open ? "before" : "with", ntm_i_say(l, end, low->stretch.most, low->stretch.like),
               high->step + 1, high->stretch.least_open ? "after" : "with",
               ntm_i_say(l, begin, high->stretch.least, high->stretch.like));
}

/* A step without an upper bound goes on below the higher ones: the highest that is met counts. Only steps with both
   bounds are meant to lie side by side. */
static void look_at_stretches(ntm_i_linting *l, ntm_node at) {
    const ntm_i_step *steps = l->steps;
    size_t count = ntm_i_steps_of(l, at), last = 0, closed = SIZE_MAX;
    for (size_t i = 0; i < count && !l->to->failed; i++) {
        const ntm_i_step *step = &steps[i];
        if (i > 0 && ntm_i_gap_between(l, &steps[last].stretch, &step->stretch))
            tell_pair(l, at, NTM_I_LADDER_GAP, &steps[last], step);
        if (i > 0 && ntm_i_rational_compare(step->stretch.most, steps[last].stretch.most) > 0) last = i;
        if (!is_between(&step->stretch)) continue;
        if (closed != SIZE_MAX) {
            ntm_i_stretch both = ntm_i_stretch_meet(&steps[closed].stretch, &step->stretch);
            if (!ntm_i_stretch_is_empty(&both)) tell_pair(l, at, NTM_I_LADDER_OVERLAP, &steps[closed], step);
        }
        closed = i;
    }
}

void ntm_i_lint_ladders(ntm_i_linting *l) {
    for (ntm_node at = 1; at <= l->set->node_count && !l->to->failed; at++) {
        if (ntm_i_node(l, at)->kind != NTM_POINTS) continue;
        look_at_order(l, at);
        look_at_stretches(l, at);
    }
}
