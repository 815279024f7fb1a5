/* SPDX-License-Identifier: Apache-2.0 */
/* Classes that nothing reaches, and values that no class holds. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "lint/linting.h"

static ntm_place place_of_class(ntm_i_linting *l, ntm_node at, const ntm_band *band) {
    ntm_place place = ntm_i_place_of_node(l, at);
    place.path =
        ntm_i_findings_text(l->to, "%s.%.*s", place.path, ntm_i_shown(band->label, strlen(band->label)), band->label);
    if (band->line != 0) {
        place.line = band->line;
        place.column = band->column;
    }
    return place;
}

/* A bound of a class in base units; false where there is none. */
static bool bound(const ntm_i_linting *l, ntm_node of, bool has, ntm_decimal value, ntm_i_rational *out) {
    return has && ntm_i_rational_scale(out, ntm_i_rational_decimal(value), l->set->info[of - 1].unit.power);
}

static ntm_i_stretch stretch_of_class(const ntm_i_linting *l, ntm_node of, const ntm_band *band) {
    ntm_i_stretch stretch = {of, of, NTM_I_MINUS_INFINITY, NTM_I_INFINITY, band->from_open, band->to_open};
    if (!bound(l, of, band->has_from, band->from, &stretch.least)) stretch.least_open = false;
    if (!bound(l, of, band->has_to, band->to, &stretch.most)) stretch.most_open = false;
    return stretch;
}

/* Whether a class requires, among other things, what knocks everything out. */
static bool is_knocked_out(const ntm_i_linting *l, ntm_node requires, ntm_node knock_out) {
    if (requires == 0 || knock_out == 0) return false;
    const ntm_node_spec *demand = ntm_i_node(l, requires), *knock = ntm_i_node(l, knock_out);
    bool several = demand->kind == NTM_ALL, ways = knock->kind == NTM_ANY;
    for (size_t i = 0; i < (several ? demand->of_count : 1); i++)
        for (size_t k = 0; k < (ways ? knock->of_count : 1); k++)
            if (ntm_i_same_rule(l->set, several ? demand->of[i] : requires, ways ? knock->of[k] : knock_out))
                return true;
    return false;
}

static void look_at_requirement(ntm_i_linting *l, ntm_node at, const ntm_band *band, const ntm_place *place) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    ntm_place other = ntm_i_place_of_node(l, band->requires_met);
    ntm_i_stretch demand, own = stretch_of_class(l, node->of[0], band);
    if (l->sure[band->requires_met - 1] == NTM_NOT_MET) {
        ntm_i_find(l->to, NTM_I_CLASS_UNREACHABLE, place, &other, "class \"%s\" requires what can never be met",
                   band->label);
        return;
    }
    if (is_knocked_out(l, band->requires_met, node->knock_out)) {
        other = ntm_i_place_of_node(l, node->knock_out);
        ntm_i_find(l->to, NTM_I_CLASS_UNREACHABLE, place, &other,
                   "class \"%s\" requires what leaves no class at all (knock_out)", band->label);
        return;
    }
    if (!ntm_i_stretch_of(l, band->requires_met, &demand) || !ntm_i_same_rule(l->set, demand.quantity, node->of[0]))
        return;
    ntm_i_stretch both = ntm_i_stretch_meet(&own, &demand);
    if (ntm_i_stretch_is_empty(&both))
        ntm_i_find(l->to, NTM_I_CLASS_UNREACHABLE, place, &other,
                   "class \"%s\" requires of its own quantity what lies outside of the class", band->label);
}

static void look_at_class(ntm_i_linting *l, ntm_node at, const ntm_band *band) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    ntm_i_interval reach = l->reach[node->of[0] - 1];
    ntm_i_stretch own = stretch_of_class(l, node->of[0], band);
    ntm_i_stretch all = {own.quantity, own.like, reach.least, reach.most, false, false};
    ntm_i_stretch both = ntm_i_stretch_meet(&own, &all);
    ntm_place place = place_of_class(l, at, band);
    char least[NTM_I_SAID_SIZE], most[NTM_I_SAID_SIZE];
    if (ntm_i_stretch_is_empty(&both))
        ntm_i_find(l->to, NTM_I_CLASS_UNREACHABLE, &place, NULL,
                   "class \"%s\" lies outside of what its quantity can be: %s to %s", band->label,
                   ntm_i_say(l, least, reach.least, node->of[0]), ntm_i_say(l, most, reach.most, node->of[0]));
    else if (band->requires_met != 0)
        look_at_requirement(l, at, band, &place);
}

/* The quantity above the highest class, or below the lowest. */
static void look_at_ends(ntm_i_linting *l, ntm_node at) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    const ntm_band *low = &node->bands[0], *high = &node->bands[node->band_count - 1];
    ntm_i_interval reach = l->reach[node->of[0] - 1];
    ntm_i_stretch first = stretch_of_class(l, node->of[0], low), last = stretch_of_class(l, node->of[0], high);
    char reached[NTM_I_SAID_SIZE], edge[NTM_I_SAID_SIZE];
    int over = ntm_i_rational_compare(reach.most, last.most), under = ntm_i_rational_compare(reach.least, first.least);
    if (high->has_to && (over > 0 || (over == 0 && last.most_open))) {
        ntm_place place = place_of_class(l, at, high);
        ntm_i_find(l->to, NTM_I_BANDS_SHORT, &place, NULL,
                   "the quantity can reach %s, and the highest class, \"%s\", ends %s %s",
                   ntm_i_say(l, reached, reach.most, node->of[0]), high->label, last.most_open ? "before" : "with",
                   ntm_i_say(l, edge, last.most, node->of[0]));
    }
    if (low->has_from && (under < 0 || (under == 0 && first.least_open))) {
        ntm_place place = place_of_class(l, at, low);
        ntm_i_find(l->to, NTM_I_BANDS_SHORT, &place, NULL,
                   "the quantity can be as low as %s, and the lowest class, \"%s\", begins %s %s",
                   ntm_i_say(l, reached, reach.least, node->of[0]), low->label, first.least_open ? "after" : "with",
                   ntm_i_say(l, edge, first.least, node->of[0]));
    }
}

void ntm_i_lint_grades(ntm_i_linting *l) {
    for (ntm_node at = 1; at <= l->set->node_count && !l->to->failed; at++) {
        const ntm_node_spec *node = ntm_i_node(l, at);
        if (node->kind != NTM_GRADE) continue;
        look_at_ends(l, at);
        for (size_t i = 0; i < node->band_count; i++)
            look_at_class(l, at, &node->bands[i]);
    }
}
