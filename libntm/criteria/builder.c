/* SPDX-License-Identifier: Apache-2.0 */
/* Building a set: everything is copied as it comes, and checked as a whole at the end. */
#include "criteria/builder.h"

#include <stdarg.h>
#include <string.h>

void ntm_i_builder_complain(ntm_set_builder *builder, ntm_status status, ntm_i_position at, const char *format, ...) {
    ntm_error problem = NTM_ERROR_INIT;
    ntm_i_place place = NTM_I_LINE(builder->subject, at.line, at.column);
    va_list arguments;
    va_start(arguments, format);
    (void)ntm_i_fail_list(&problem, status, place, format, arguments);
    va_end(arguments);
    ntm_set_builder_problem(builder, &problem);
}

void ntm_set_builder_problem(ntm_set_builder *builder, const ntm_error *problem) {
    if (builder == NULL || problem == NULL || problem->status == NTM_OK) return;
    /* The first problem by line is the one a person meets first; a problem without a line comes last. */
    uint32_t line = problem->line == 0 ? UINT32_MAX : problem->line;
    uint32_t first = builder->first.line == 0 ? UINT32_MAX : builder->first.line;
    if (builder->problem_count == 0 || line < first) (void)ntm_i_error_copy(&builder->first, problem);
    builder->problem_count++;
    ntm_i_problems_add(builder->problems, problem);
}

static void complain_about_text(ntm_set_builder *builder, const ntm_i_copier *to, ntm_i_position at) {
    if (to->bad_text) ntm_i_builder_complain(builder, NTM_ERROR_SYNTAX, at, "text that is not UTF-8");
}

static void things_start(ntm_i_things *things, const ntm_allocator *allocator, size_t item_size) {
    ntm_i_array_start(&things->items, allocator, item_size);
    ntm_i_array_start(&things->positions, allocator, sizeof(ntm_i_position));
    ntm_i_array_start(&things->origins, allocator, sizeof(ntm_i_origin));
}

static void things_end(ntm_i_things *things) {
    ntm_i_array_end(&things->items);
    ntm_i_array_end(&things->positions);
    ntm_i_array_end(&things->origins);
}

/* Room for one more thing and its position; NULL for want of memory, and then nothing was added. */
static void *things_push(ntm_i_things *things, ntm_i_position at) {
    ntm_i_position *position = ntm_i_array_push(&things->positions);
    if (position == NULL) return NULL;
    *position = at;
    ntm_i_origin *origin = ntm_i_array_push(&things->origins);
    void *item = origin == NULL ? NULL : ntm_i_array_push(&things->items);
    if (item == NULL) {
        things->positions.count = things->origins.count = things->items.count;
        return NULL;
    }
    origin->line = at.line;
    origin->column = at.column;
    return item;
}

ntm_i_origin *ntm_i_last_origin(ntm_i_things *things) {
    return things->origins.count == 0 ? NULL : (ntm_i_origin *)things->origins.items + things->origins.count - 1;
}

static void builder_start_things(ntm_set_builder *builder) {
    const ntm_allocator *allocator = &builder->allocator;
    things_start(&builder->sources, allocator, sizeof(ntm_source));
    things_start(&builder->axes, allocator, sizeof(ntm_axis));
    things_start(&builder->dimensions, allocator, sizeof(ntm_dimension));
    things_start(&builder->facts, allocator, sizeof(ntm_fact));
    things_start(&builder->figures, allocator, sizeof(ntm_figure));
    things_start(&builder->criteria, allocator, sizeof(ntm_criterion));
    things_start(&builder->indicators, allocator, sizeof(ntm_indicator));
    things_start(&builder->preconditions, allocator, sizeof(ntm_precondition));
    things_start(&builder->values, allocator, sizeof(ntm_value));
    things_start(&builder->scopes, allocator, sizeof(ntm_scope));
    things_start(&builder->recognisers, allocator, sizeof(ntm_recogniser));
    things_start(&builder->counterparts, allocator, sizeof(ntm_counterpart));
    things_start(&builder->nodes, allocator, sizeof(ntm_node_spec));
}

ntm_status ntm_set_builder_new(ntm_set_builder **out, const ntm_set_spec *spec, const char *subject,
                               ntm_problems *problems, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || spec == NULL || spec->id == NULL || !ntm_i_allocator_usable(allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a place for the builder, a spec with its id and a whole allocator are needed");
    ntm_allocator chosen = ntm_i_allocator(allocator);
    ntm_set_builder *builder = ntm_i_allocate(&chosen, 1, sizeof *builder);
    if (builder == NULL) return ntm_i_no_memory(err);
    builder->allocator = chosen;
    builder->problems = problems;
    builder->first = (ntm_error)NTM_ERROR_INIT;
    ntm_i_arena_start(&builder->arena, &chosen);
    builder_start_things(builder);
    ntm_i_copier to = {&builder->arena, false, false};
    if (!ntm_i_copy_about(&to, &builder->about, spec) ||
        !ntm_i_arena_copy(&builder->arena, &builder->subject, subject != NULL ? subject : spec->id)) {
        ntm_set_builder_free(builder);
        return ntm_i_no_memory(err);
    }
    if (to.missing) {
        ntm_set_builder_free(builder);
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a count without its array");
    }
    complain_about_text(builder, &to, (ntm_i_position){1, 1});
    *out = builder;
    return NTM_OK;
}

void ntm_set_builder_free(ntm_set_builder *builder) {
    if (builder == NULL) return;
    things_end(&builder->sources);
    things_end(&builder->axes);
    things_end(&builder->dimensions);
    things_end(&builder->facts);
    things_end(&builder->figures);
    things_end(&builder->criteria);
    things_end(&builder->indicators);
    things_end(&builder->preconditions);
    things_end(&builder->values);
    things_end(&builder->scopes);
    things_end(&builder->recognisers);
    things_end(&builder->counterparts);
    things_end(&builder->nodes);
    ntm_i_arena_end(&builder->arena);
    ntm_allocator allocator = builder->allocator;
    ntm_i_release(&allocator, builder, 1, sizeof *builder);
}

void ntm_set_builder_at(ntm_set_builder *builder, uint32_t line, uint32_t column) {
    if (builder != NULL) builder->at = (ntm_i_position){line, column};
}

/* Every add is the same: guard, make room, copy. */
#define DEFINE_ADD(noun, type, things)                                                                                 \
    ntm_status ntm_set_add_##noun(ntm_set_builder *builder, const type *noun, ntm_error *err) {                        \
        if (builder == NULL || noun == NULL || builder->finished)                                                      \
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,                                                  \
                              "an unfinished builder and a " #noun " are needed");                                     \
        type copy;                                                                                                     \
        memset(&copy, 0, sizeof copy);                                                                                 \
        ntm_i_copier to = {&builder->arena, false, false};                                                             \
        if (!ntm_i_copy_##noun(&to, &copy, noun)) return ntm_i_no_memory(err);                                         \
        if (to.missing) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a count without its array");        \
        type *room = things_push(&builder->things, builder->at);                                                       \
        if (room == NULL) return ntm_i_no_memory(err);                                                                 \
        *room = copy;                                                                                                  \
        complain_about_text(builder, &to, builder->at);                                                                \
        return NTM_OK;                                                                                                 \
    }

DEFINE_ADD(source, ntm_source, sources)
DEFINE_ADD(axis, ntm_axis, axes)
DEFINE_ADD(dimension, ntm_dimension, dimensions)
DEFINE_ADD(fact, ntm_fact, facts)
DEFINE_ADD(figure, ntm_figure, figures)
DEFINE_ADD(precondition, ntm_precondition, preconditions)
DEFINE_ADD(value, ntm_value, values)
DEFINE_ADD(scope, ntm_scope, scopes)
DEFINE_ADD(recogniser, ntm_recogniser, recognisers)
DEFINE_ADD(counterpart, ntm_counterpart, counterparts)

ntm_status ntm_set_add_criterion(ntm_set_builder *builder, const ntm_criterion *criterion, ntm_error *err) {
    if (builder == NULL || criterion == NULL || builder->finished)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "an unfinished builder and a criterion are needed");
    ntm_criterion copy;
    memset(&copy, 0, sizeof copy);
    ntm_i_copier to = {&builder->arena, false, false};
    if (!ntm_i_copy_criterion(&to, &copy, criterion)) return ntm_i_no_memory(err);
    if (to.missing) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a count without its array");
    complain_about_text(builder, &to, builder->at);
    copy.first_indicator = builder->indicators.items.count;
    ntm_criterion *room = things_push(&builder->criteria, builder->at);
    if (room == NULL) return ntm_i_no_memory(err);
    *room = copy;
    return NTM_OK;
}

ntm_status ntm_set_add_indicator(ntm_set_builder *builder, const ntm_indicator *indicator, ntm_error *err) {
    if (builder == NULL || indicator == NULL || builder->finished || builder->criteria.items.count == 0)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "an unfinished builder with a criterion, and an indicator are needed");
    ntm_indicator copy;
    memset(&copy, 0, sizeof copy);
    ntm_i_copier to = {&builder->arena, false, false};
    if (!ntm_i_copy_indicator(&to, &copy, indicator)) return ntm_i_no_memory(err);
    if (to.missing) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a count without its array");
    complain_about_text(builder, &to, builder->at);
    ntm_indicator *room = things_push(&builder->indicators, builder->at);
    if (room == NULL) return ntm_i_no_memory(err);
    *room = copy;
    ntm_criterion *criteria = builder->criteria.items.items;
    criteria[builder->criteria.items.count - 1].indicator_count++;
    return NTM_OK;
}

ntm_status ntm_set_add_node(ntm_node *out, ntm_set_builder *builder, const ntm_node_spec *spec, ntm_error *err) {
    if (out == NULL || builder == NULL || spec == NULL || builder->finished ||
        (spec->of_count > 0 && spec->of == NULL) || (spec->band_count > 0 && spec->bands == NULL) ||
        (spec->member_count > 0 && spec->members == NULL))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "an unfinished builder, a place for the node and a whole spec are needed");
    if (builder->nodes.items.count >= NTM_NODES_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_LINE(builder->subject, spec->line, spec->column),
                          "more than %d rule nodes", NTM_NODES_MAX);
    ntm_node_spec copy;
    memset(&copy, 0, sizeof copy);
    ntm_i_copier to = {&builder->arena, false, false};
    if (!ntm_i_copy_node(&to, &copy, spec)) return ntm_i_no_memory(err);
    if (to.missing) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a count without its array");
    if (copy.line == 0) {
        copy.line = builder->at.line;
        copy.column = builder->at.column;
    }
    ntm_node_spec *room = things_push(&builder->nodes, (ntm_i_position){copy.line, copy.column});
    if (room == NULL) return ntm_i_no_memory(err);
    *room = copy;
    complain_about_text(builder, &to, (ntm_i_position){copy.line, copy.column});
    *out = (ntm_node)builder->nodes.items.count;
    return NTM_OK;
}

ntm_status ntm_set_add_rules(ntm_set_builder *builder, ntm_node status, ntm_node revocation, ntm_node grade,
                             ntm_error *err) {
    if (builder == NULL || builder->finished)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "an unfinished builder is needed");
    builder->status = status;
    builder->revocation = revocation;
    builder->grade = grade;
    return NTM_OK;
}

/* Copies an array that has stopped growing into the arena. */
static bool settle(ntm_set_builder *builder, const void **out, size_t *count, const ntm_i_things *things) {
    const ntm_i_array *array = &things->items;
    void *items = ntm_i_arena_take(&builder->arena, array->count, array->item_size);
    if (items == NULL) return false;
    if (array->count > 0) memcpy(items, array->items, array->count * array->item_size);
    *out = items;
    *count = array->count;
    return true;
}

static bool settle_all(ntm_set_builder *builder, ntm_set *set) {
    return settle(builder, (const void **)&set->sources, &set->source_count, &builder->sources) &&
           settle(builder, (const void **)&set->axes, &set->axis_count, &builder->axes) &&
           settle(builder, (const void **)&set->dimensions, &set->dimension_count, &builder->dimensions) &&
           settle(builder, (const void **)&set->facts, &set->fact_count, &builder->facts) &&
           settle(builder, (const void **)&set->figures, &set->figure_count, &builder->figures) &&
           settle(builder, (const void **)&set->criteria, &set->criterion_count, &builder->criteria) &&
           settle(builder, (const void **)&set->indicators, &set->indicator_count, &builder->indicators) &&
           settle(builder, (const void **)&set->preconditions, &set->precondition_count, &builder->preconditions) &&
           settle(builder, (const void **)&set->values, &set->value_count, &builder->values) &&
           settle(builder, (const void **)&set->scopes, &set->scope_count, &builder->scopes) &&
           settle(builder, (const void **)&set->recognisers, &set->recogniser_count, &builder->recognisers) &&
           settle(builder, (const void **)&set->counterparts, &set->counterpart_count, &builder->counterparts) &&
           settle(builder, (const void **)&set->nodes, &set->node_count, &builder->nodes);
}

static bool settle_places(ntm_set_builder *builder, const ntm_i_position **out, const ntm_i_things *things) {
    size_t count = things->origins.count;
    ntm_i_position *places = ntm_i_arena_take(&builder->arena, count, sizeof *places);
    if (places == NULL) return false;
    const ntm_i_origin *origins = things->origins.items;
    for (size_t i = 0; i < count; i++)
        places[i] = (ntm_i_position){origins[i].line, origins[i].column};
    *out = places;
    return true;
}

static bool settle_all_places(ntm_set_builder *builder, ntm_i_places *at) {
    return settle_places(builder, &at->sources, &builder->sources) &&
           settle_places(builder, &at->axes, &builder->axes) && settle_places(builder, &at->facts, &builder->facts) &&
           settle_places(builder, &at->figures, &builder->figures) &&
           settle_places(builder, &at->criteria, &builder->criteria) &&
           settle_places(builder, &at->indicators, &builder->indicators) &&
           settle_places(builder, &at->preconditions, &builder->preconditions) &&
           settle_places(builder, &at->values, &builder->values) &&
           settle_places(builder, &at->scopes, &builder->scopes) &&
           settle_places(builder, &at->counterparts, &builder->counterparts);
}

/* The checks told no line of a file that is not the builder's; now nodes of a set below get theirs. */
static void place_nodes(ntm_set_builder *builder) {
    ntm_node_spec *nodes = builder->nodes.items.items;
    const ntm_i_origin *origins = builder->nodes.origins.items;
    for (size_t i = 0; i < builder->nodes.items.count; i++) {
        nodes[i].line = origins[i].line;
        nodes[i].column = origins[i].column;
    }
}

static bool settle_origins(ntm_set_builder *builder, const ntm_i_origin **out, const ntm_i_things *things) {
    ntm_i_origin *origins = ntm_i_arena_take(&builder->arena, things->origins.count, sizeof *origins);
    if (origins == NULL) return false;
    if (things->origins.count > 0) memcpy(origins, things->origins.items, things->origins.count * sizeof *origins);
    *out = origins;
    return true;
}

static bool keep_origins(ntm_set_builder *builder, ntm_set *set) {
    set->file = builder->subject;
    set->about_origin = builder->about_origin;
    set->laid = builder->laid;
    return settle_origins(builder, &set->fact_origins, &builder->facts) &&
           settle_origins(builder, &set->figure_origins, &builder->figures) &&
           settle_origins(builder, &set->criterion_origins, &builder->criteria) &&
           settle_origins(builder, &set->indicator_origins, &builder->indicators) &&
           settle_origins(builder, &set->precondition_origins, &builder->preconditions) &&
           settle_origins(builder, &set->node_origins, &builder->nodes);
}

ntm_status ntm_set_builder_finish(ntm_set **out, ntm_set_builder *builder, ntm_error *err) {
    if (out == NULL || builder == NULL || builder->finished)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "an unfinished builder and a place for the set are needed");
    builder->finished = true; /* once, whether it works or not: what the checks made is not made twice */
    if (!ntm_i_check_parts(builder) || !ntm_i_check_figures(builder) || !ntm_i_check_values(builder) ||
        !ntm_i_check_nodes(builder) || !ntm_i_check_practice(builder) || !ntm_i_check_order(builder))
        return ntm_i_no_memory(err);
    if (builder->problem_count > 0) {
        (void)ntm_i_error_copy(err, &builder->first);
        return builder->first.status;
    }
    ntm_set *set = ntm_i_allocate(&builder->allocator, 1, sizeof *set);
    if (set == NULL) return ntm_i_no_memory(err);
    place_nodes(builder);
    if (!settle_all(builder, set) || !settle_all_places(builder, &set->at) || !keep_origins(builder, set)) {
        ntm_i_release(&builder->allocator, set, 1, sizeof *set);
        return ntm_i_no_memory(err);
    }
    set->about = builder->about;
    set->info = builder->info;
    set->fact_units = builder->fact_units;
    set->figure_units = builder->figure_units;
    set->value_units = builder->value_units;
    set->order = builder->order;
    set->order_count = builder->order_count;
    set->status = builder->status;
    set->revocation = builder->revocation;
    set->grade = builder->grade;
    set->arena = builder->arena; /* moved: the builder is spent and keeps an empty one */
    ntm_i_arena_start(&builder->arena, &builder->allocator);
    builder->subject = "";
    *out = set;
    return NTM_OK;
}

void ntm_set_free(ntm_set *set) {
    if (set == NULL) return;
    ntm_allocator allocator = set->arena.allocator;
    ntm_i_arena arena = set->arena;
    ntm_i_release(&allocator, set, 1, sizeof *set);
    ntm_i_arena_end(&arena);
}
