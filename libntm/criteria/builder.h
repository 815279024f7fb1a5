/* SPDX-License-Identifier: Apache-2.0 */
/* What a builder is inside, for the checks that run when it is finished. */
#ifndef NTM_I_BUILDER_H
#define NTM_I_BUILDER_H

#include "base/error.h"
#include "criteria/index.h"
#include "criteria/set.h"

/* Things of one sort, with the position of each. Positions are for complaints of this builder; what is copied from a
   set below has none here, and its place in the file of that set is in its origin. */
typedef struct ntm_i_things {
    ntm_i_array items;
    ntm_i_array positions;
    ntm_i_array origins;
} ntm_i_things;

struct ntm_set_builder {
    ntm_allocator allocator;
    ntm_i_arena arena; /* moves into the set */
    const char *subject;
    ntm_problems *problems; /* the caller's, or NULL */
    ntm_error first;        /* the problem that finish returns: smallest line, then first found */
    size_t problem_count;
    bool finished;
    ntm_i_position at;
    ntm_set_spec about;
    ntm_i_things sources, axes, dimensions, facts, figures, criteria, indicators, preconditions, nodes;
    ntm_i_things values, scopes, recognisers, counterparts;
    ntm_node status, revocation, grade;
    /* What follows is made by the checks. */
    ntm_i_index source_index, axis_index, dimension_index, fact_index, figure_index;
    ntm_i_index criterion_index, indicator_index, value_index;
    ntm_i_node_info *info;
    ntm_i_unit *fact_units;
    ntm_i_unit *figure_units;
    ntm_i_unit *value_units;
    uint32_t *order;
    size_t order_count;
    /* What the set remembers; whoever lays layers fills it in. */
    ntm_i_origin about_origin;
    const ntm_i_laid *laid; /* in the arena */
};

/* Records a problem at a position. The subject is the set's. */
void ntm_i_builder_complain(ntm_set_builder *builder, ntm_status status, ntm_i_position at, const char *format, ...)
    NTM_I_PRINTF(4, 5);

/* Deep copies into an arena; false for want of memory. */
typedef struct ntm_i_copier {
    ntm_i_arena *arena;
    bool bad_text; /* some text was not UTF-8 */
    bool missing;  /* a count came without its array */
} ntm_i_copier;

bool ntm_i_copy_source(ntm_i_copier *to, ntm_source *out, const ntm_source *from);
bool ntm_i_copy_axis(ntm_i_copier *to, ntm_axis *out, const ntm_axis *from);
bool ntm_i_copy_dimension(ntm_i_copier *to, ntm_dimension *out, const ntm_dimension *from);
bool ntm_i_copy_fact(ntm_i_copier *to, ntm_fact *out, const ntm_fact *from);
bool ntm_i_copy_figure(ntm_i_copier *to, ntm_figure *out, const ntm_figure *from);
bool ntm_i_copy_criterion(ntm_i_copier *to, ntm_criterion *out, const ntm_criterion *from);
bool ntm_i_copy_indicator(ntm_i_copier *to, ntm_indicator *out, const ntm_indicator *from);
bool ntm_i_copy_precondition(ntm_i_copier *to, ntm_precondition *out, const ntm_precondition *from);
bool ntm_i_copy_value(ntm_i_copier *to, ntm_value *out, const ntm_value *from);
bool ntm_i_copy_scope(ntm_i_copier *to, ntm_scope *out, const ntm_scope *from);
bool ntm_i_copy_recogniser(ntm_i_copier *to, ntm_recogniser *out, const ntm_recogniser *from);
bool ntm_i_copy_counterpart(ntm_i_copier *to, ntm_counterpart *out, const ntm_counterpart *from);
bool ntm_i_copy_node(ntm_i_copier *to, ntm_node_spec *out, const ntm_node_spec *from);
bool ntm_i_copy_about(ntm_i_copier *to, ntm_set_spec *out, const ntm_set_spec *from);

/* The checks, in the order in which they run. Each records what it finds; false only for want of memory. */
bool ntm_i_check_parts(ntm_set_builder *builder);
bool ntm_i_check_figures(ntm_set_builder *builder);
bool ntm_i_check_values(ntm_set_builder *builder);
bool ntm_i_check_practice(ntm_set_builder *builder);
bool ntm_i_check_nodes(ntm_set_builder *builder);
bool ntm_i_check_order(ntm_set_builder *builder);
void ntm_i_check_bands(ntm_set_builder *builder, const ntm_node_spec *node, ntm_i_position at);
void ntm_i_check_citation(ntm_set_builder *builder, const ntm_citation *citation, ntm_i_position at, const char *noun,
                          const char *id);
/* Indexes one sort of thing and complains about bad and doubled ids. */
bool ntm_i_check_ids(ntm_set_builder *builder, ntm_i_index *index, const ntm_i_things *things, const char *noun);
bool ntm_i_id_is_valid(const char *id);
/* The origin of the thing added last, to be filled in; NULL if there is none. */
ntm_i_origin *ntm_i_last_origin(ntm_i_things *things);
ntm_i_position ntm_i_thing_at(const ntm_i_things *things, size_t index);

#endif
