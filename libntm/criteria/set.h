/* SPDX-License-Identifier: Apache-2.0 */
/* What a frozen set is inside. */
#ifndef NTM_I_SET_H
#define NTM_I_SET_H

#include <ntm/criteria.h>

#include "base/memory.h"
#include "criteria/origin.h"
#include "criteria/unit.h"

/* What a node gives. */
typedef enum ntm_i_node_sort { NTM_I_QUANTITY = 1, NTM_I_CONDITION = 2, NTM_I_GRADE = 3 } ntm_i_node_sort;

#define NTM_I_NO_TARGET UINT32_MAX

/* What checking finds out about a node, so that nobody has to look names up again. */
typedef struct ntm_i_node_info {
    ntm_i_node_sort sort;
    uint32_t target;       /* index of the fact, figure, criterion, indicator or value named; or NTM_I_NO_TARGET */
    uint32_t level;        /* NTM_AT_LEVEL: index of the level or band */
    uint32_t depth;        /* nodes on the longest way down, this one included */
    bool lost;             /* while checking: its unit is not known, because something below was wrong */
    const uint32_t *among; /* counts over picked criteria or indicators: their indexes */
    uint32_t weight;       /* nodes looked at to evaluate it once, members counted one by one */
    ntm_i_unit unit;       /* of a quantity */
} ntm_i_node_info;

/* Where a thing stands in its file; zeros for what comes from no file. */
typedef struct ntm_i_position {
    uint32_t line;
    uint32_t column;
} ntm_i_position;

/* The places of the parts, in their order, so that what is found later (a lint) can name them. */
typedef struct ntm_i_places {
    const ntm_i_position *sources, *axes, *facts, *figures, *criteria, *indicators, *preconditions;
    const ntm_i_position *values, *scopes, *counterparts;
} ntm_i_places;

struct ntm_set {
    ntm_i_arena arena; /* everything below lives in it */
    ntm_set_spec about;
    const ntm_source *sources;
    const ntm_axis *axes;
    const ntm_dimension *dimensions;
    const ntm_fact *facts;
    const ntm_figure *figures;
    const ntm_criterion *criteria;
    const ntm_indicator *indicators;
    const ntm_precondition *preconditions;
    const ntm_value *values;
    const ntm_scope *scopes;
    const ntm_recogniser *recognisers;
    const ntm_counterpart *counterparts;
    const ntm_node_spec *nodes; /* node n is nodes[n - 1] */
    const ntm_i_node_info *info;
    const ntm_i_unit *fact_units;
    const ntm_i_unit *figure_units;
    const ntm_i_unit *value_units;
    ntm_i_places at;
    size_t source_count, axis_count, dimension_count, fact_count, figure_count;
    size_t criterion_count, indicator_count, precondition_count, node_count;
    size_t value_count, scope_count, recogniser_count, counterpart_count;
    ntm_node status, revocation, grade;
    const uint32_t *order;     /* criteria and indicators in an order in which each comes after what it refers to: */
    size_t order_count;        /* values below criterion_count are criteria, the others indicators + criterion_count */
    const char *file;          /* what errors call the file that it was read from */
    ntm_i_origin about_origin; /* of the instrument */
    const ntm_i_origin *fact_origins, *figure_origins, *criterion_origins, *indicator_origins, *precondition_origins,
        *node_origins;
    const ntm_i_laid *laid; /* NULL for a set without layers, or when a file only names them */
};

/* Whether two facts say the same. */
bool ntm_i_fact_equal(const ntm_fact *a, const ntm_fact *b);
/* Whether two rules say the same, node for node. */
bool ntm_i_rule_equal(const ntm_set *a, ntm_node x, const ntm_set *b, ntm_node y);
/* The criterion that has an indicator. */
size_t ntm_i_criterion_of(const ntm_set *set, size_t indicator);
/* What errors call the file of a layer. */
const char *ntm_i_set_file(const ntm_set *set, unsigned layer);

/* Which kinds name what; used by checking, reading and writing. */
bool ntm_i_kind_is_known(ntm_node_kind kind);
const char *ntm_i_kind_name(ntm_node_kind kind);
/* What a person calls it, for explanations. */
const char *ntm_i_kind_word(ntm_node_kind kind, ntm_language language);

/* The index of the item with that id in an array of structs whose first member is the id; SIZE_MAX if none. */
size_t ntm_i_find_id(const void *items, size_t count, size_t item_size, const char *id);

#endif
