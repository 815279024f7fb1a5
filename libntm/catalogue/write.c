/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a whole set as YAML. */
#include "catalogue/write.h"

#include <ntm/catalogue.h>
#include <string.h>

static void put_text(ntm_i_maker *m, ntm_i_yaml *map, const char *key, const char *text) {
    (void)ntm_i_make_entry(m, map, key, ntm_i_make_text(m, text));
}

/* A section of the file, which is left out when it is empty. */
static ntm_i_yaml *section(ntm_i_maker *m, ntm_i_yaml *root, const char *key, ntm_i_yaml *made, size_t count) {
    if (count == 0 || made == NULL) return NULL;
    made->block = true;
    return ntm_i_make_entry(m, root, key, made);
}

static void put_about(ntm_i_maker *m, ntm_i_yaml *root, const ntm_set_spec *about) {
    const ntm_instrument *act = &about->instrument;
    put_text(m, root, "format", "ntm-set/1");
    put_text(m, root, "id", about->id);
    (void)ntm_i_make_entry(m, root, "title", ntm_i_make_names(m, about->title));
    put_text(m, root, "programme", about->programme);
    put_text(m, root, "level", about->level);
    put_text(m, root, "tier", about->tier);
    put_text(m, root, "place", about->place);
    put_text(m, root, "note", about->note);
    if (about->overlay_count > 0)
        (void)ntm_i_make_entry(m, root, "overlays", ntm_i_make_texts(m, about->overlays, about->overlay_count));
    ntm_i_yaml *map = ntm_i_make_map(m), *force = ntm_i_make_map(m);
    put_text(m, map, "number", act->number);
    put_text(m, map, "issuer", act->issuer);
    (void)ntm_i_make_entry(m, map, "title", ntm_i_make_names(m, act->title));
    (void)ntm_i_make_entry(m, map, "signed", ntm_i_make_date(m, act->signed_on));
    (void)ntm_i_make_entry(m, force, "from", ntm_i_make_date(m, act->in_force_from));
    (void)ntm_i_make_entry(m, force, "to", ntm_i_make_date(m, act->in_force_to));
    if (m->failed) return;
    if (force->size > 0) (void)ntm_i_make_entry(m, map, "in_force", force);
    ntm_i_make_citation(m, map, &act->citation);
    (void)section(m, root, "instrument", map, map->size);
    (void)ntm_i_make_entry(m, root, "validity", ntm_i_make_validity(m, &about->validity));
    put_text(m, root, "revocation_by", about->revocation_by);
}

static void put_sources(ntm_i_maker *m, ntm_i_yaml *root, const ntm_set *set) {
    ntm_i_yaml *all = section(m, root, "sources", ntm_i_make_map(m), ntm_set_source_count(set));
    for (size_t i = 0; all != NULL && i < ntm_set_source_count(set); i++) {
        const ntm_source *source = ntm_set_source(set, i);
        ntm_i_yaml *map = ntm_i_make_map(m);
        put_text(m, map, "where", source->where);
        put_text(m, map, "what", source->what);
        (void)ntm_i_make_entry(m, all, source->id, map);
    }
}

static void put_axes(ntm_i_maker *m, ntm_i_yaml *root, const ntm_set *set) {
    ntm_i_yaml *all = section(m, root, "axes", ntm_i_make_map(m), ntm_set_axis_count(set));
    for (size_t i = 0; all != NULL && i < ntm_set_axis_count(set); i++) {
        const ntm_axis *axis = ntm_set_axis(set, i);
        ntm_i_yaml *map = ntm_i_make_map(m), *values = NULL;
        (void)ntm_i_make_entry(m, map, "name", ntm_i_make_names(m, axis->name));
        if (axis->names == NULL) {
            values = ntm_i_make_texts(m, axis->values, axis->value_count);
        } else {
            values = ntm_i_make_map(m);
            for (size_t k = 0; k < axis->value_count; k++) {
                ntm_i_yaml *names = ntm_i_make_names(m, axis->names[k]);
                (void)ntm_i_make_entry(m, values, axis->values[k], names != NULL ? names : ntm_i_make_map(m));
            }
        }
        (void)ntm_i_make_entry(m, map, "values", values);
        (void)ntm_i_make_entry(m, all, axis->id, map);
    }
}

static void put_dimensions(ntm_i_maker *m, ntm_i_yaml *root, const ntm_set *set) {
    ntm_i_yaml *all = section(m, root, "dimensions", ntm_i_make_map(m), ntm_set_dimension_count(set));
    for (size_t i = 0; all != NULL && i < ntm_set_dimension_count(set); i++) {
        const ntm_dimension *dimension = ntm_set_dimension(set, i);
        (void)ntm_i_make_entry(m, all, dimension->id, ntm_i_make_texts(m, dimension->members, dimension->member_count));
    }
}

static void put_facts(ntm_i_maker *m, ntm_i_yaml *root, const ntm_set *set) {
    static const char *const kinds[] = {"", "flag", "count", "amount", "share", "level", "money", "date"};
    static const char *const merges[] = {"", "sum", "ratio", "weighted", "all", "any", "min", "max", "reassess"};
    static const char *const over_times[] = {"", "flow", "stock", "min", "max"};
    static const char *const closings[] = {"", "work", "act", "assessment", "time"};
    ntm_i_yaml *all = section(m, root, "facts", ntm_i_make_map(m), ntm_set_fact_count(set));
    for (size_t i = 0; all != NULL && i < ntm_set_fact_count(set); i++) {
        const ntm_fact *fact = ntm_set_fact(set, i);
        ntm_i_yaml *map = ntm_i_make_map(m);
        (void)ntm_i_make_entry(m, map, "name", ntm_i_make_names(m, fact->name));
        put_text(m, map, "kind", kinds[fact->kind]);
        put_text(m, map, "unit", fact->unit);
        if (fact->has_least) (void)ntm_i_make_entry(m, map, "least", ntm_i_make_number(m, fact->least));
        if (fact->has_most) (void)ntm_i_make_entry(m, map, "most", ntm_i_make_number(m, fact->most));
        put_text(m, map, "part_of", fact->part_of);
        put_text(m, map, "by", fact->by);
        (void)ntm_i_make_entry(m, map, "levels", ntm_i_make_texts(m, fact->levels, fact->level_count));
        put_text(m, map, "merge", merges[fact->merge]);
        put_text(m, map, "merge_weight", fact->merge_weight);
        if (fact->merge_parts[0] != NULL)
            (void)ntm_i_make_entry(m, map, "merge_parts", ntm_i_make_texts(m, fact->merge_parts, 2));
        if (fact->over_time != NTM_TIME_UNSAID) put_text(m, map, "over_time", over_times[fact->over_time]);
        if (fact->closed_by != NTM_CLOSING_UNSAID) put_text(m, map, "closed_by", closings[fact->closed_by]);
        (void)ntm_i_make_entry(m, all, fact->id, map);
    }
}

static ntm_i_yaml *cell(ntm_i_maker *m, const ntm_figure_value *value) {
    ntm_i_yaml *number = ntm_i_make_number(m, value->value);
    if (ntm_i_says_nothing(&value->citation)) return number;
    ntm_i_yaml *map = ntm_i_make_map(m);
    (void)ntm_i_make_entry(m, map, "value", number);
    if (!m->failed) ntm_i_make_citation(m, map, &value->citation);
    return map;
}

/* Cells stand in the order of their axes, so that all under one key follow each other. */
static void put_cells(ntm_i_maker *m, ntm_i_yaml *map, const ntm_figure *figure) {
    if (figure->value_count == 0) return;
    if (figure->axis_count == 0) {
        (void)ntm_i_make_entry(m, map, "value", cell(m, &figure->values[0]));
        return;
    }
    ntm_i_yaml *top = ntm_i_make_entry(m, map, "values", ntm_i_make_map(m));
    for (size_t i = 0; i < figure->value_count && !m->failed; i++) {
        ntm_i_yaml *at = top;
        for (size_t k = 0; k + 1 < figure->axis_count && !m->failed; k++) {
            const char *key = figure->values[i].keys[k];
            bool same = at->last != NULL && strcmp(at->last->key->text, key) == 0;
            at = same ? at->last : ntm_i_make_entry(m, at, key, ntm_i_make_map(m));
        }
        if (!m->failed)
            (void)ntm_i_make_entry(m, at, figure->values[i].keys[figure->axis_count - 1], cell(m, &figure->values[i]));
    }
}

static void put_figures(ntm_i_maker *m, ntm_i_yaml *root, const ntm_set *set) {
    ntm_i_yaml *all = section(m, root, "figures", ntm_i_make_map(m), ntm_set_figure_count(set));
    for (size_t i = 0; all != NULL && i < ntm_set_figure_count(set) && !m->failed; i++) {
        const ntm_figure *figure = ntm_set_figure(set, i);
        ntm_i_yaml *map = ntm_i_make_map(m);
        put_text(m, map, "unit", figure->unit);
        (void)ntm_i_make_entry(m, map, "axes", ntm_i_make_texts(m, figure->axes, figure->axis_count));
        if (figure->interpolate) (void)ntm_i_make_entry(m, map, "interpolate", ntm_i_make_plain(m, "true"));
        put_text(m, map, "delegated_to", figure->delegated_to);
        if (figure->has_general) (void)ntm_i_make_entry(m, map, "general", ntm_i_make_number(m, figure->general));
        if (!m->failed) ntm_i_make_citation(m, map, &figure->citation);
        put_cells(m, map, figure);
        (void)ntm_i_make_entry(m, all, figure->id, map);
    }
}

/* What indicators, criteria and preconditions have in common. */
static ntm_i_yaml *statement(ntm_i_maker *m, const ntm_set *set, const char *id, ntm_names name, const char *group,
                             ntm_node rule, const ntm_citation *citation) {
    ntm_i_yaml *map = ntm_i_make_map(m);
    put_text(m, map, "id", id);
    (void)ntm_i_make_entry(m, map, "name", ntm_i_make_names(m, name));
    put_text(m, map, "group", group);
    (void)ntm_i_make_entry(m, map, "rule", ntm_i_make_rule(m, set, rule));
    if (!m->failed) ntm_i_make_citation(m, map, citation);
    return map;
}

static void put_criteria(ntm_i_maker *m, ntm_i_yaml *root, const ntm_set *set) {
    ntm_i_yaml *all = section(m, root, "criteria", ntm_i_make_list(m), ntm_set_criterion_count(set));
    for (size_t i = 0; all != NULL && i < ntm_set_criterion_count(set); i++) {
        const ntm_criterion *criterion = ntm_set_criterion(set, i);
        ntm_i_yaml *map =
            statement(m, set, criterion->id, criterion->name, criterion->group, criterion->rule, &criterion->citation);
        ntm_i_make_item(m, all, map);
        ntm_i_yaml *list = ntm_i_make_list(m);
        for (size_t k = 0; k < criterion->indicator_count; k++) {
            const ntm_indicator *indicator = ntm_set_indicator(set, criterion->first_indicator + k);
            ntm_i_make_item(
                m, list,
                statement(m, set, indicator->id, indicator->name, NULL, indicator->rule, &indicator->citation));
        }
        if (m->failed) return;
        map->block = true;
        (void)section(m, map, "indicators", list, criterion->indicator_count);
    }
}

static void put_preconditions(ntm_i_maker *m, ntm_i_yaml *root, const ntm_set *set) {
    ntm_i_yaml *all = section(m, root, "preconditions", ntm_i_make_list(m), ntm_set_precondition_count(set));
    for (size_t i = 0; all != NULL && i < ntm_set_precondition_count(set); i++) {
        const ntm_precondition *condition = ntm_set_precondition(set, i);
        ntm_i_make_item(m, all,
                        statement(m, set, condition->id, condition->name, NULL, condition->rule, &condition->citation));
    }
}

static void put_practice(ntm_i_maker *m, ntm_i_yaml *root, const ntm_set *set) {
    (void)section(m, root, "recognition", ntm_i_make_recognisers(m, set), ntm_set_recogniser_count(set));
    (void)section(m, root, "follows", ntm_i_make_follows(m, set), 1);
}

static ntm_i_yaml *make_set(ntm_i_maker *m, const ntm_set *set) {
    ntm_node status = 0, revocation = 0, grade = 0;
    ntm_set_rules(set, &status, &revocation, &grade);
    ntm_i_yaml *root = ntm_i_make_map(m);
    if (root == NULL) return NULL;
    put_about(m, root, ntm_set_about(set));
    put_practice(m, root, set);
    put_sources(m, root, set);
    put_axes(m, root, set);
    put_dimensions(m, root, set);
    put_facts(m, root, set);
    put_figures(m, root, set);
    (void)section(m, root, "scope", ntm_i_make_scopes(m, set), ntm_set_scope_count(set));
    put_criteria(m, root, set);
    (void)section(m, root, "values", ntm_i_make_values(m, set), ntm_set_value_count(set));
    (void)ntm_i_make_entry(m, root, "status", ntm_i_make_rule(m, set, status));
    put_preconditions(m, root, set);
    (void)ntm_i_make_entry(m, root, "revocation", ntm_i_make_rule(m, set, revocation));
    (void)section(m, root, "grade", ntm_i_make_grade(m, set, grade), grade);
    return root;
}

ntm_status ntm_set_write(ntm_text **out, const ntm_set *set, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || set == NULL || !ntm_i_allocator_usable(allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a set and a place for its text are needed");
    ntm_i_maker maker = {.failed = false};
    ntm_i_arena_start(&maker.arena, allocator);
    ntm_i_writer writer;
    ntm_i_writer_start(&writer, allocator);
    ntm_i_yaml *root = make_set(&maker, set);
    bool good = maker.failed || ntm_i_yaml_print(&writer, root);
    ntm_status status = NTM_OK;
    if (maker.failed)
        status = ntm_i_no_memory(err);
    else if (!good)
        status = ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(ntm_set_about(set)->id),
                            "a text of the set is not UTF-8");
    else
        status = ntm_i_writer_finish(out, &writer, err);
    ntm_i_writer_end(&writer);
    ntm_i_arena_end(&maker.arena);
    return status;
}
