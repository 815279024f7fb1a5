/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two sets say the same. */
#include <string.h>

#include "base/text.h"
#include "criteria/set.h"

static bool same_names(ntm_names a, ntm_names b) { return ntm_i_text_same(a.vi, b.vi) && ntm_i_text_same(a.en, b.en); }

static bool same_list(const char *const *a, size_t a_count, const char *const *b, size_t b_count) {
    if (a_count != b_count) return false;
    for (size_t i = 0; i < a_count; i++)
        if (!ntm_i_text_same(a[i], b[i])) return false;
    return true;
}

/* 1.50 and 1.5 are the same number. */
static bool same_number(ntm_decimal a, ntm_decimal b) { return ntm_decimal_compare(a, b) == 0; }

static bool same_citation(const ntm_citation *a, const ntm_citation *b) {
    return a->standing == b->standing && same_list(a->sources, a->source_count, b->sources, b->source_count) &&
           ntm_i_text_same(a->note, b->note) && ntm_i_text_same(a->overlay, b->overlay);
}

static bool same_about(const ntm_set_spec *a, const ntm_set_spec *b) {
    const ntm_instrument *x = &a->instrument, *y = &b->instrument;
    return ntm_i_text_same(a->id, b->id) && same_names(a->title, b->title) &&
           ntm_i_text_same(a->programme, b->programme) && ntm_i_text_same(a->level, b->level) &&
           ntm_i_text_same(a->tier, b->tier) && ntm_i_text_same(a->place, b->place) &&
           ntm_i_text_same(a->note, b->note) &&
           same_list(a->overlays, a->overlay_count, b->overlays, b->overlay_count) &&
           ntm_i_text_same(x->number, y->number) && ntm_i_text_same(x->issuer, y->issuer) &&
           same_names(x->title, y->title) && x->signed_on == y->signed_on && x->in_force_from == y->in_force_from &&
           x->in_force_to == y->in_force_to && same_citation(&x->citation, &y->citation) &&
           ntm_i_text_same(a->follows, b->follows) && ntm_i_text_same(a->follows_note, b->follows_note) &&
           ntm_i_text_same(a->revocation_by, b->revocation_by) && a->validity.months == b->validity.months &&
           same_citation(&a->validity.citation, &b->validity.citation);
}

static bool same_axis(const ntm_axis *a, const ntm_axis *b) {
    if (!ntm_i_text_same(a->id, b->id) || !same_names(a->name, b->name) ||
        !same_list(a->values, a->value_count, b->values, b->value_count) || (a->names == NULL) != (b->names == NULL))
        return false;
    for (size_t i = 0; a->names != NULL && i < a->value_count; i++)
        if (!same_names(a->names[i], b->names[i])) return false;
    return true;
}

bool ntm_i_fact_equal(const ntm_fact *a, const ntm_fact *b) {
    return ntm_i_text_same(a->id, b->id) && same_names(a->name, b->name) && a->kind == b->kind &&
           ntm_i_text_same(a->unit, b->unit) && a->has_least == b->has_least && a->has_most == b->has_most &&
           (!a->has_least || same_number(a->least, b->least)) && (!a->has_most || same_number(a->most, b->most)) &&
           ntm_i_text_same(a->part_of, b->part_of) && ntm_i_text_same(a->by, b->by) &&
           same_list(a->levels, a->level_count, b->levels, b->level_count) && a->merge == b->merge &&
           ntm_i_text_same(a->merge_weight, b->merge_weight) && ntm_i_text_same(a->merge_parts[0], b->merge_parts[0]) &&
           ntm_i_text_same(a->merge_parts[1], b->merge_parts[1]) && a->over_time == b->over_time &&
           a->closed_by == b->closed_by;
}

static bool same_figure(const ntm_figure *a, const ntm_figure *b) {
    if (!ntm_i_text_same(a->id, b->id) || !ntm_i_text_same(a->unit, b->unit) ||
        !same_list(a->axes, a->axis_count, b->axes, b->axis_count) || a->value_count != b->value_count ||
        a->interpolate != b->interpolate || !ntm_i_text_same(a->delegated_to, b->delegated_to) ||
        a->has_general != b->has_general || (a->has_general && !same_number(a->general, b->general)) ||
        !same_citation(&a->citation, &b->citation))
        return false;
    for (size_t i = 0; i < a->value_count; i++)
        if (!same_list(a->values[i].keys, a->axis_count, b->values[i].keys, b->axis_count) ||
            !same_number(a->values[i].value, b->values[i].value) ||
            !same_citation(&a->values[i].citation, &b->values[i].citation))
            return false;
    return true;
}

/* Rules are compared as trees from their roots: the numbers of nodes depend on who built them. Trees are at most
   NTM_DEPTH_MAX deep and no node is shared, so this ends quickly. */

static bool same_bands(const ntm_set *a, const ntm_node_spec *x, const ntm_set *b, const ntm_node_spec *y) {
    if (x->band_count != y->band_count) return false;
    for (size_t i = 0; i < x->band_count; i++) {
        const ntm_band *p = &x->bands[i], *q = &y->bands[i];
        if (!ntm_i_text_same(p->label, q->label) || !same_names(p->name, q->name) || p->has_from != q->has_from ||
            p->has_to != q->has_to ||
            (p->has_from && (p->from_open != q->from_open || !same_number(p->from, q->from))) ||
            (p->has_to && (p->to_open != q->to_open || !same_number(p->to, q->to))) ||
            !ntm_i_rule_equal(a, p->requires_met, b, q->requires_met))
            return false;
    }
    return ntm_i_rule_equal(a, x->knock_out, b, y->knock_out);
}

bool ntm_i_rule_equal(const ntm_set *a, ntm_node left, const ntm_set *b, ntm_node right) {
    if (left == 0 || right == 0) return left == right;
    const ntm_node_spec *x = &a->nodes[left - 1], *y = &b->nodes[right - 1];
    if (x->kind != y->kind || !ntm_i_text_same(x->name, y->name) || !ntm_i_text_same(x->label, y->label) ||
        x->of_count != y->of_count || x->compare != y->compare || x->k != y->k || x->over != y->over ||
        x->verdict != y->verdict || !same_list(x->members, x->member_count, y->members, y->member_count) ||
        !ntm_i_text_same(x->unit, y->unit) || x->rounding != y->rounding ||
        !ntm_i_text_same(x->evidence, y->evidence) || !same_citation(&x->citation, &y->citation))
        return false;
    if (x->kind == NTM_ROUNDED ? x->value.scale != y->value.scale : !same_number(x->value, y->value)) return false;
    for (size_t i = 0; i < x->of_count; i++)
        if ((x->kind == NTM_POINTS && !same_number(x->points[i], y->points[i])) ||
            !ntm_i_rule_equal(a, x->of[i], b, y->of[i]))
            return false;
    return same_bands(a, x, b, y);
}

static bool same_parts(const ntm_set *a, const ntm_set *b) {
    for (size_t i = 0; i < a->source_count; i++)
        if (!ntm_i_text_same(a->sources[i].id, b->sources[i].id) ||
            !ntm_i_text_same(a->sources[i].where, b->sources[i].where) ||
            !ntm_i_text_same(a->sources[i].what, b->sources[i].what))
            return false;
    for (size_t i = 0; i < a->axis_count; i++)
        if (!same_axis(&a->axes[i], &b->axes[i])) return false;
    for (size_t i = 0; i < a->dimension_count; i++)
        if (!ntm_i_text_same(a->dimensions[i].id, b->dimensions[i].id) ||
            !same_list(a->dimensions[i].members, a->dimensions[i].member_count, b->dimensions[i].members,
                       b->dimensions[i].member_count))
            return false;
    for (size_t i = 0; i < a->fact_count; i++)
        if (!ntm_i_fact_equal(&a->facts[i], &b->facts[i])) return false;
    for (size_t i = 0; i < a->figure_count; i++)
        if (!same_figure(&a->figures[i], &b->figures[i])) return false;
    return true;
}

static bool same_criteria(const ntm_set *a, const ntm_set *b) {
    for (size_t i = 0; i < a->criterion_count; i++) {
        const ntm_criterion *x = &a->criteria[i], *y = &b->criteria[i];
        if (!ntm_i_text_same(x->id, y->id) || !same_names(x->name, y->name) || !ntm_i_text_same(x->group, y->group) ||
            x->first_indicator != y->first_indicator || x->indicator_count != y->indicator_count ||
            !same_citation(&x->citation, &y->citation) || !ntm_i_rule_equal(a, x->rule, b, y->rule))
            return false;
    }
    for (size_t i = 0; i < a->indicator_count; i++) {
        const ntm_indicator *x = &a->indicators[i], *y = &b->indicators[i];
        if (!ntm_i_text_same(x->id, y->id) || !same_names(x->name, y->name) ||
            !same_citation(&x->citation, &y->citation) || !ntm_i_rule_equal(a, x->rule, b, y->rule))
            return false;
    }
    for (size_t i = 0; i < a->precondition_count; i++) {
        const ntm_precondition *x = &a->preconditions[i], *y = &b->preconditions[i];
        if (!ntm_i_text_same(x->id, y->id) || !same_names(x->name, y->name) ||
            !same_citation(&x->citation, &y->citation) || !ntm_i_rule_equal(a, x->rule, b, y->rule))
            return false;
    }
    return true;
}

static bool same_values(const ntm_set *a, const ntm_set *b) {
    for (size_t i = 0; i < a->value_count; i++) {
        const ntm_value *x = &a->values[i], *y = &b->values[i];
        if (!ntm_i_text_same(x->id, y->id) || !same_names(x->name, y->name) || !ntm_i_text_same(x->unit, y->unit) ||
            x->has_least != y->has_least || x->has_most != y->has_most ||
            (x->has_least && !same_number(x->least, y->least)) || (x->has_most && !same_number(x->most, y->most)) ||
            !same_citation(&x->citation, &y->citation) || !ntm_i_rule_equal(a, x->rule, b, y->rule))
            return false;
    }
    return true;
}

static bool same_practice(const ntm_set *a, const ntm_set *b) {
    for (size_t i = 0; i < a->scope_count; i++) {
        const ntm_scope *x = &a->scopes[i], *y = &b->scopes[i];
        if (!ntm_i_text_same(x->axis, y->axis) || !ntm_i_text_same(x->use, y->use) ||
            !ntm_i_rule_equal(a, x->when, b, y->when) || !same_citation(&x->citation, &y->citation))
            return false;
    }
    for (size_t i = 0; i < a->recogniser_count; i++) {
        const ntm_recogniser *x = &a->recognisers[i], *y = &b->recognisers[i];
        if (!same_names(x->by, y->by) || !same_list(x->classes, x->class_count, y->classes, y->class_count) ||
            x->from != y->from || x->to != y->to || !same_citation(&x->citation, &y->citation))
            return false;
    }
    for (size_t i = 0; i < a->counterpart_count; i++) {
        const ntm_counterpart *x = &a->counterparts[i], *y = &b->counterparts[i];
        if (!ntm_i_text_same(x->id, y->id) || !ntm_i_text_same(x->of, y->of) || x->is_criterion != y->is_criterion)
            return false;
    }
    return true;
}

bool ntm_set_equal(const ntm_set *a, const ntm_set *b) {
    if (a == NULL || b == NULL) return a == b;
    if (a->source_count != b->source_count || a->axis_count != b->axis_count ||
        a->dimension_count != b->dimension_count || a->fact_count != b->fact_count ||
        a->figure_count != b->figure_count || a->criterion_count != b->criterion_count ||
        a->indicator_count != b->indicator_count || a->precondition_count != b->precondition_count ||
        a->value_count != b->value_count || a->scope_count != b->scope_count ||
        a->recogniser_count != b->recogniser_count || a->counterpart_count != b->counterpart_count)
        return false;
    return same_about(&a->about, &b->about) && same_parts(a, b) && same_criteria(a, b) && same_values(a, b) &&
           same_practice(a, b) && ntm_i_rule_equal(a, a->status, b, b->status) &&
           ntm_i_rule_equal(a, a->revocation, b, b->revocation) && ntm_i_rule_equal(a, a->grade, b, b->grade);
}
