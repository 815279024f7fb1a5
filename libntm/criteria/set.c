/* SPDX-License-Identifier: Apache-2.0 */
/* Looking at a frozen set. */
#include "criteria/set.h"

#include <string.h>

const ntm_set_spec *ntm_set_about(const ntm_set *set) { return set == NULL ? NULL : &set->about; }

/* Count and item of each sort of thing in a set. */
#define DEFINE_VIEW(noun, type, items, item_count)                                                                     \
    size_t ntm_set_##noun##_count(const ntm_set *set) { return set == NULL ? 0 : set->item_count; }                    \
    const type *ntm_set_##noun(const ntm_set *set, size_t index) {                                                     \
        return set == NULL || index >= set->item_count ? NULL : &set->items[index];                                    \
    }

DEFINE_VIEW(source, ntm_source, sources, source_count)
DEFINE_VIEW(axis, ntm_axis, axes, axis_count)
DEFINE_VIEW(dimension, ntm_dimension, dimensions, dimension_count)
DEFINE_VIEW(fact, ntm_fact, facts, fact_count)
DEFINE_VIEW(figure, ntm_figure, figures, figure_count)
DEFINE_VIEW(criterion, ntm_criterion, criteria, criterion_count)
DEFINE_VIEW(indicator, ntm_indicator, indicators, indicator_count)
DEFINE_VIEW(precondition, ntm_precondition, preconditions, precondition_count)
DEFINE_VIEW(value, ntm_value, values, value_count)
DEFINE_VIEW(scope, ntm_scope, scopes, scope_count)
DEFINE_VIEW(recogniser, ntm_recogniser, recognisers, recogniser_count)
DEFINE_VIEW(counterpart, ntm_counterpart, counterparts, counterpart_count)

size_t ntm_set_node_count(const ntm_set *set) { return set == NULL ? 0 : set->node_count; }

const ntm_node_spec *ntm_set_node(const ntm_set *set, ntm_node node) {
    return set == NULL || node == 0 || node > set->node_count ? NULL : &set->nodes[node - 1];
}

void ntm_set_rules(const ntm_set *set, ntm_node *status, ntm_node *revocation, ntm_node *grade) {
    if (status != NULL) *status = set == NULL ? 0 : set->status;
    if (revocation != NULL) *revocation = set == NULL ? 0 : set->revocation;
    if (grade != NULL) *grade = set == NULL ? 0 : set->grade;
}

const char *ntm_i_set_file(const ntm_set *set, unsigned layer) {
    if (set->laid == NULL) return set->file;
    return layer == 0 || layer > set->laid->layer_count ? set->laid->file : set->laid->layers[layer - 1].file;
}

size_t ntm_i_find_id(const void *items, size_t count, size_t item_size, const char *id) {
    if (id == NULL) return SIZE_MAX;
    const char *item = items;
    for (size_t i = 0; i < count; i++, item += item_size) {
        const char *own;
        memcpy(&own, item, sizeof own); /* the id is the first member of every such struct */
        if (own != NULL && strcmp(own, id) == 0) return i;
    }
    return SIZE_MAX;
}

size_t ntm_set_find_criterion(const ntm_set *set, const char *id) {
    return set == NULL ? SIZE_MAX : ntm_i_find_id(set->criteria, set->criterion_count, sizeof *set->criteria, id);
}

size_t ntm_set_find_indicator(const ntm_set *set, const char *id) {
    return set == NULL ? SIZE_MAX : ntm_i_find_id(set->indicators, set->indicator_count, sizeof *set->indicators, id);
}

size_t ntm_set_find_fact(const ntm_set *set, const char *id) {
    return set == NULL ? SIZE_MAX : ntm_i_find_id(set->facts, set->fact_count, sizeof *set->facts, id);
}

size_t ntm_set_find_figure(const ntm_set *set, const char *id) {
    return set == NULL ? SIZE_MAX : ntm_i_find_id(set->figures, set->figure_count, sizeof *set->figures, id);
}

size_t ntm_set_find_value(const ntm_set *set, const char *id) {
    return set == NULL ? SIZE_MAX : ntm_i_find_id(set->values, set->value_count, sizeof *set->values, id);
}

size_t ntm_i_criterion_of(const ntm_set *set, size_t indicator) {
    size_t low = 0, high = set->criterion_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (set->criteria[middle].first_indicator <= indicator)
            low = middle;
        else
            high = middle;
    }
    /* Criteria without indicators begin where the next one does: the last that begins there has it. */
    return low;
}
