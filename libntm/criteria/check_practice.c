/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of how a set is put into practice: where it holds otherwise (scope), who recognises and for how long, what it
   takes the place of. After the rules. */
#include <string.h>

#include "criteria/builder.h"

static const ntm_node_spec *node_of(const ntm_set_builder *builder, ntm_node node) {
    return node == 0 || node > builder->nodes.items.count
               ? NULL
               : (const ntm_node_spec *)builder->nodes.items.items + (node - 1);
}

/* ------------------------------------------------------------------------------------------- values */

static void check_value_rules(ntm_set_builder *builder) {
    const ntm_value *values = builder->values.items.items;
    for (size_t i = 0; i < builder->values.items.count; i++) {
        const ntm_node_spec *rule = node_of(builder, values[i].rule);
        if (rule == NULL) continue;
        const ntm_i_node_info *info = &builder->info[values[i].rule - 1];
        if (info->sort == NTM_I_QUANTITY && !info->lost && !ntm_i_unit_same(&info->unit, &builder->value_units[i]))
            ntm_i_builder_complain(builder, NTM_ERROR_UNIT, (ntm_i_position){rule->line, rule->column},
                                   "the rule of value \"%s\" is not in its unit, %s", values[i].id,
                                   values[i].unit == NULL ? "a plain number" : values[i].unit);
    }
}

/* ------------------------------------------------------------------------------------------- scope */

/* Which column holds has to be known before any figure, criterion or value is. */
static bool depends(const ntm_node_spec *node) {
    bool over = node->kind == NTM_COUNT || node->kind == NTM_SHARE;
    return node->kind == NTM_FIGURE || node->kind == NTM_FIGURE_OF || node->kind == NTM_CRITERION ||
           node->kind == NTM_INDICATOR || node->kind == NTM_VALUE ||
           (over && (node->over == NTM_OVER_CRITERIA || node->over == NTM_OVER_INDICATORS));
}

static void check_condition(ntm_set_builder *builder, ntm_node at) {
    const ntm_node_spec *node = node_of(builder, at);
    if (node == NULL) return;
    if (depends(node))
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, (ntm_i_position){node->line, node->column},
                               "a rule of scope looks at facts and held statuses alone, not at a \"%s\"",
                               ntm_i_kind_name(node->kind));
    for (size_t i = 0; i < node->of_count; i++)
        check_condition(builder, node->of[i]);
    for (size_t i = 0; i < node->band_count; i++)
        check_condition(builder, node->bands[i].requires_met);
    check_condition(builder, node->knock_out);
}

#define SCOPES_MAX 16

static void check_scopes(ntm_set_builder *builder) {
    const ntm_scope *scopes = builder->scopes.items.items;
    if (builder->scopes.items.count > SCOPES_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, (ntm_i_position){1, 1}, "more than %d rules of scope",
                               SCOPES_MAX);
    for (size_t i = 0; i < builder->scopes.items.count; i++) {
        ntm_i_position at = ntm_i_thing_at(&builder->scopes, i);
        size_t axis = ntm_i_index_find(&builder->axis_index, scopes[i].axis), value = 0;
        const ntm_axis *about = axis == SIZE_MAX ? NULL : (const ntm_axis *)builder->axes.items.items + axis;
        if (about == NULL) {
            ntm_i_builder_complain(builder, NTM_ERROR_NOT_FOUND, at, "there is no axis \"%s\"",
                                   scopes[i].axis == NULL ? "" : scopes[i].axis);
            continue;
        }
        while (value < about->value_count &&
               (scopes[i].use == NULL || strcmp(about->values[value], scopes[i].use) != 0))
            value++;
        if (value == about->value_count)
            ntm_i_builder_complain(builder, NTM_ERROR_NOT_FOUND, at, "axis \"%s\" has no value \"%s\"", about->id,
                                   scopes[i].use == NULL ? "" : scopes[i].use);
        if (strcmp(about->id, "year") == 0)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "no unit is in another year than the others");
        if (scopes[0].axis != NULL && strcmp(scopes[0].axis, about->id) != 0)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at,
                                   "all rules of scope speak of one axis: the one at line %u of \"%s\"",
                                   ntm_i_thing_at(&builder->scopes, 0).line, scopes[0].axis);
        if (scopes[i].when == 0)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "a rule of scope without its condition");
        check_condition(builder, scopes[i].when);
        ntm_i_check_citation(builder, &scopes[i].citation, at, "rule of scope", NULL);
    }
}

/* ------------------------------------------------------------------------------------------- recognition */

static bool has_class(const ntm_node_spec *grade, const char *label) {
    for (size_t i = 0; grade != NULL && label != NULL && i < grade->band_count; i++)
        if (grade->bands[i].label != NULL && strcmp(grade->bands[i].label, label) == 0) return true;
    return false;
}

static bool share_a_class(const ntm_recogniser *a, const ntm_recogniser *b) {
    if (a->class_count == 0 || b->class_count == 0) return true;
    for (size_t i = 0; i < a->class_count; i++)
        for (size_t j = 0; j < b->class_count; j++)
            if (strcmp(a->classes[i], b->classes[j]) == 0) return true;
    return false;
}

static bool share_a_day(const ntm_recogniser *a, const ntm_recogniser *b) {
    bool a_ends_before = a->to != NTM_DATE_NONE && b->from != NTM_DATE_NONE && a->to < b->from;
    bool b_ends_before = b->to != NTM_DATE_NONE && a->from != NTM_DATE_NONE && b->to < a->from;
    return !a_ends_before && !b_ends_before;
}

#define RECOGNISERS_MAX 200

static void check_recognisers(ntm_set_builder *builder) {
    const ntm_recogniser *all = builder->recognisers.items.items;
    const ntm_node_spec *grade = node_of(builder, builder->grade);
    size_t count = builder->recognisers.items.count;
    if (count > RECOGNISERS_MAX) {
        ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, (ntm_i_position){1, 1}, "more than %d entries of recognition",
                               RECOGNISERS_MAX);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        ntm_i_position at = ntm_i_thing_at(&builder->recognisers, i);
        bool classes = true;
        if (all[i].by.vi == NULL && all[i].by.en == NULL)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "recognition without the authority");
        if (all[i].from != NTM_DATE_NONE && all[i].to != NTM_DATE_NONE && all[i].to < all[i].from)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "the last day of an authority is before its first");
        for (size_t k = 0; k < all[i].class_count; k++)
            if (!has_class(grade, all[i].classes[k])) {
                ntm_i_builder_complain(builder, NTM_ERROR_NOT_FOUND, at, "the grade has no class \"%s\"",
                                       all[i].classes[k] == NULL ? "" : all[i].classes[k]);
                classes = all[i].classes[k] != NULL;
            }
        for (size_t j = 0; classes && j < i; j++)
            if (share_a_class(&all[j], &all[i]) && share_a_day(&all[j], &all[i]))
                ntm_i_builder_complain(builder, NTM_ERROR_CONFLICT, at,
                                       "the authority at line %u recognises the same class on the same days",
                                       ntm_i_thing_at(&builder->recognisers, j).line);
        ntm_i_check_citation(builder, &all[i].citation, at, "recognition", NULL);
    }
    ntm_i_check_citation(builder, &builder->about.validity.citation, (ntm_i_position){1, 1}, "validity", NULL);
    if (builder->about.validity.months > 1200)
        ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, (ntm_i_position){1, 1}, "a validity of more than 1200 months");
}

/* ------------------------------------------------------------------------------------------- other sets */

static void check_other_set(ntm_set_builder *builder, const char *other, const char *key) {
    ntm_i_position start = {1, 1};
    if (other == NULL) return;
    if (!ntm_i_id_is_valid(other))
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, start, "%s: \"%s\" is no id of a set", key, other);
    else if (builder->about.id != NULL && strcmp(other, builder->about.id) == 0)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, start, "%s: the set refers to itself", key);
}

#define COUNTERPARTS_MAX 11000

static void check_counterparts(ntm_set_builder *builder) {
    const ntm_counterpart *pairs = builder->counterparts.items.items;
    size_t count = builder->counterparts.items.count;
    if (count > COUNTERPARTS_MAX) {
        ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, (ntm_i_position){1, 1}, "more than %d pairs",
                               COUNTERPARTS_MAX);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        ntm_i_position at = ntm_i_thing_at(&builder->counterparts, i);
        const ntm_i_index *index = pairs[i].is_criterion ? &builder->criterion_index : &builder->indicator_index;
        const char *noun = pairs[i].is_criterion ? "criterion" : "indicator";
        if (builder->about.follows == NULL)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "a pair with a set that is not followed");
        if (ntm_i_index_find(index, pairs[i].id) == SIZE_MAX)
            ntm_i_builder_complain(builder, NTM_ERROR_NOT_FOUND, at, "there is no %s \"%s\"", noun,
                                   pairs[i].id == NULL ? "" : pairs[i].id);
        if (!ntm_i_id_is_valid(pairs[i].of))
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "\"%s\" is no id of a %s",
                                   pairs[i].of == NULL ? "" : pairs[i].of, noun);
    }
}

/* A row of either set is in one pair at most. */
static bool check_pairs_once(ntm_set_builder *builder) {
    const ntm_counterpart *pairs = builder->counterparts.items.items;
    size_t count = builder->counterparts.items.count;
    if (count > COUNTERPARTS_MAX) return true;
    for (int criteria = 0; criteria < 2; criteria++)
        for (int there = 0; there < 2; there++) {
            ntm_i_entry *entries = ntm_i_arena_take(&builder->arena, count, sizeof *entries);
            ntm_i_index index;
            size_t used = 0;
            if (entries == NULL) return false;
            for (size_t i = 0; i < count; i++) {
                const char *id = there ? pairs[i].of : pairs[i].id;
                if (pairs[i].is_criterion == (criteria == 1) && id != NULL) entries[used++] = (ntm_i_entry){id, i};
            }
            if (!ntm_i_index_make(&index, &builder->arena, entries, used, sizeof *entries)) return false;
            for (size_t i = 1; i < index.count; i++)
                if (strcmp(index.entries[i - 1].id, index.entries[i].id) == 0)
                    ntm_i_builder_complain(
                        builder, NTM_ERROR_CONFLICT,
                        ntm_i_thing_at(&builder->counterparts, entries[index.entries[i].at].at),
                        "\"%s\" is paired already at line %u", index.entries[i].id,
                        ntm_i_thing_at(&builder->counterparts, entries[index.entries[i - 1].at].at).line);
        }
    return true;
}

bool ntm_i_check_practice(ntm_set_builder *builder) {
    check_value_rules(builder);
    check_scopes(builder);
    check_recognisers(builder);
    check_other_set(builder, builder->about.follows, "follows");
    check_other_set(builder, builder->about.revocation_by, "revocation_by");
    check_counterparts(builder);
    return check_pairs_once(builder);
}
