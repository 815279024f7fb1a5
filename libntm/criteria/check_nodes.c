/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of the rule nodes one by one, children before parents: shape, names, units. */
#include <string.h>

#include "criteria/builder.h"

/* What a kind takes below it. */
typedef struct shape {
    ntm_i_node_sort gives;
    ntm_i_node_sort takes; /* 0 = nothing below */
    uint32_t least;
    uint32_t most;
} shape;

static shape shape_of(const ntm_node_spec *node) {
    bool within_set = node->over == NTM_OVER_CRITERIA || node->over == NTM_OVER_INDICATORS;
    switch (node->kind) {
        case NTM_SUM:
        case NTM_PRODUCT:
        case NTM_MINIMUM:
        case NTM_MAXIMUM: return (shape){NTM_I_QUANTITY, NTM_I_QUANTITY, 1, UINT32_MAX};
        case NTM_DIFFERENCE:
        case NTM_RATIO: return (shape){NTM_I_QUANTITY, NTM_I_QUANTITY, 2, 2};
        case NTM_ROUNDED: return (shape){NTM_I_QUANTITY, NTM_I_QUANTITY, 1, 1};
        case NTM_COUNT:
        case NTM_SHARE: return (shape){NTM_I_QUANTITY, NTM_I_CONDITION, within_set ? 0 : 1, within_set ? 0 : 1};
        case NTM_POINTS: return (shape){NTM_I_QUANTITY, NTM_I_CONDITION, 1, UINT32_MAX};
        case NTM_COMPARE: return (shape){NTM_I_CONDITION, NTM_I_QUANTITY, 2, 2};
        case NTM_AT_LEVEL: return (shape){NTM_I_CONDITION, NTM_I_GRADE, node->name == NULL, node->name == NULL};
        case NTM_ALL:
        case NTM_ANY:
        case NTM_AT_LEAST: return (shape){NTM_I_CONDITION, NTM_I_CONDITION, 1, UINT32_MAX};
        case NTM_NOT:
        case NTM_IF_APPLICABLE:
        case NTM_EVERY: return (shape){NTM_I_CONDITION, NTM_I_CONDITION, 1, 1};
        case NTM_ATTESTED:
        case NTM_HOLDS:
        case NTM_CRITERION:
        case NTM_INDICATOR: return (shape){NTM_I_CONDITION, 0, 0, 0};
        case NTM_GRADE: return (shape){NTM_I_GRADE, NTM_I_QUANTITY, 1, 1};
        default: return (shape){NTM_I_QUANTITY, 0, 0, 0};
    }
}

static const char *const sort_names[] = {"", "a quantity", "a condition", "a grade"};

typedef struct context {
    ntm_set_builder *builder;
    const ntm_node_spec *nodes;
    size_t count;
    uint8_t *used; /* nodes that something stands on */
    bool no_memory;
} context;

static ntm_i_position node_at(const ntm_node_spec *node) { return (ntm_i_position){node->line, node->column}; }

/* Marks a node as used by another; complains when it is none, comes later, is used twice or is of another sort. */
static bool use(context *c, ntm_node below, size_t before, ntm_i_node_sort sort, ntm_i_position at) {
    if (below == 0 || below > before) {
        ntm_i_builder_complain(c->builder, NTM_ERROR_ARGUMENT, at, "node %u was not added before it is used", below);
        return false;
    }
    if (c->used[below - 1]) {
        ntm_i_builder_complain(c->builder, NTM_ERROR_SCHEMA, at, "node %u is used in two places", below);
        return false;
    }
    c->used[below - 1] = 1;
    ntm_i_node_sort got = c->builder->info[below - 1].sort;
    if (got != sort && got != 0) {
        ntm_i_builder_complain(c->builder, NTM_ERROR_SCHEMA, at, "%s is wanted here, \"%s\" gives %s", sort_names[sort],
                               ntm_i_kind_name(c->nodes[below - 1].kind), sort_names[got]);
        return false;
    }
    return true;
}

/* Finds what a node names; complains and returns false when there is no such thing. */
static bool find_target(context *c, ntm_i_node_info *info, const ntm_node_spec *node, const ntm_i_index *index,
                        const char *noun) {
    size_t at = ntm_i_index_find(index, node->name);
    if (at == SIZE_MAX) {
        ntm_i_builder_complain(c->builder, NTM_ERROR_NOT_FOUND, node_at(node), "there is no %s \"%s\"", noun,
                               node->name == NULL ? "" : node->name);
        info->lost = true;
        return false;
    }
    info->target = (uint32_t)at;
    return true;
}

static void need_label(context *c, const ntm_node_spec *node, const char *what) {
    if (node->label == NULL || node->label[0] == '\0')
        ntm_i_builder_complain(c->builder, NTM_ERROR_SCHEMA, node_at(node), "\"%s\" needs %s",
                               ntm_i_kind_name(node->kind), what);
}

/* A fact used as a number, or as a flag, or as a level. */
static void check_fact_use(context *c, ntm_i_node_info *info, const ntm_node_spec *node) {
    if (!find_target(c, info, node, &c->builder->fact_index, "fact")) return;
    const ntm_fact *fact = (const ntm_fact *)c->builder->facts.items.items + info->target;
    bool flag = fact->kind == NTM_KIND_FLAG, level = fact->kind == NTM_KIND_LEVEL;
    if (node->kind == NTM_IF_APPLICABLE) return;
    if (node->kind == NTM_ATTESTED ? !flag : node->kind == NTM_AT_LEVEL ? !level : flag || level)
        ntm_i_builder_complain(c->builder, NTM_ERROR_SCHEMA, node_at(node), "\"%s\" cannot take fact \"%s\", a %s",
                               ntm_i_kind_name(node->kind), fact->id,
                               flag    ? "flag (use attested)"
                               : level ? "level (use at_level)"
                                       : "measured fact");
    else if (node->kind != NTM_ATTESTED && node->kind != NTM_AT_LEVEL)
        info->unit = c->builder->fact_units[info->target];
}

static size_t find_text(const char *const *list, size_t count, const char *text) {
    for (size_t i = 0; i < count; i++)
        if (text != NULL && strcmp(list[i], text) == 0) return i;
    return SIZE_MAX;
}

static void check_at_level(context *c, ntm_i_node_info *info, const ntm_node_spec *node) {
    size_t level = SIZE_MAX;
    if (node->name != NULL) {
        check_fact_use(c, info, node);
        if (info->target == NTM_I_NO_TARGET) return;
        const ntm_fact *fact = (const ntm_fact *)c->builder->facts.items.items + info->target;
        level = find_text(fact->levels, fact->level_count, node->label);
    } else if (node->of_count == 1 && node->of[0] <= c->count && c->nodes[node->of[0] - 1].kind == NTM_GRADE) {
        const ntm_node_spec *grade = &c->nodes[node->of[0] - 1];
        for (size_t i = 0; i < grade->band_count && level == SIZE_MAX; i++)
            if (node->label != NULL && grade->bands[i].label != NULL && strcmp(grade->bands[i].label, node->label) == 0)
                level = i;
    } else {
        return; /* its shape was complained about */
    }
    if (level == SIZE_MAX)
        ntm_i_builder_complain(c->builder, NTM_ERROR_NOT_FOUND, node_at(node), "the scale has no level \"%s\"",
                               node->label == NULL ? "" : node->label);
    else
        info->level = (uint32_t)level;
}

/* Where the parts stand that a count picks, so that nobody looks them up row by row; each may be picked once. */
static void check_among(context *c, ntm_i_node_info *info, const ntm_node_spec *node, const ntm_i_index *index) {
    if (node->member_count == 0) return;
    uint32_t *among = ntm_i_arena_take(&c->builder->arena, node->member_count, sizeof *among);
    uint8_t *taken = ntm_i_allocate(&c->builder->allocator, index->count, 1);
    c->no_memory = c->no_memory || among == NULL || taken == NULL;
    for (size_t i = 0; i < node->member_count && !c->no_memory; i++) {
        size_t at = ntm_i_index_find(index, node->members[i]);
        if (at == SIZE_MAX) continue; /* told by the caller */
        if (taken[at])
            ntm_i_builder_complain(c->builder, NTM_ERROR_SCHEMA, node_at(node), "\"%s\" is picked twice",
                                   node->members[i]);
        taken[at] = 1;
        among[i] = (uint32_t)at;
    }
    ntm_i_release(&c->builder->allocator, taken, index->count, 1);
    info->among = among;
}

static void check_over(context *c, ntm_i_node_info *info, const ntm_node_spec *node) {
    ntm_set_builder *b = c->builder;
    ntm_i_position at = node_at(node);
    bool within_set = node->over == NTM_OVER_CRITERIA || node->over == NTM_OVER_INDICATORS;
    if (node->over < NTM_OVER_CRITERIA || node->over > NTM_OVER_CHILDREN || (within_set && node->kind == NTM_EVERY)) {
        ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, at, "\"%s\" runs over criteria, indicators, members or children",
                               ntm_i_kind_name(node->kind));
        return;
    }
    if (!within_set && node->member_count > 0)
        ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, at, "only criteria and indicators can be picked one by one");
    const ntm_i_index *index = node->over == NTM_OVER_CRITERIA ? &b->criterion_index : &b->indicator_index;
    if (within_set) check_among(c, info, node, index);
    for (size_t i = 0; within_set && i < node->member_count; i++)
        if (ntm_i_index_find(index, node->members[i]) == SIZE_MAX)
            ntm_i_builder_complain(b, NTM_ERROR_NOT_FOUND, at, "there is no %s \"%s\"",
                                   node->over == NTM_OVER_CRITERIA ? "criterion" : "indicator",
                                   node->members[i] == NULL ? "" : node->members[i]);
    if (node->over == NTM_OVER_MEMBERS) {
        size_t dimension = ntm_i_index_find(&b->dimension_index, node->label);
        if (dimension == SIZE_MAX)
            ntm_i_builder_complain(b, NTM_ERROR_NOT_FOUND, at, "there is no dimension \"%s\"",
                                   node->label == NULL ? "" : node->label);
        else
            info->target = (uint32_t)dimension;
    }
    if (node->over == NTM_OVER_CHILDREN) {
        need_label(c, node, "the level of the children");
        if (!ntm_i_id_is_valid(node->name))
            ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, at, "children need a name under which they are counted");
    }
    if (node->verdict > NTM_NOT_MET) ntm_i_builder_complain(b, NTM_ERROR_ARGUMENT, at, "unknown verdict");
}

/* The unit as its author wrote it, or as it follows from the rule. */
static const char *unit_text(const context *c, char buffer[64], ntm_node at) {
    const ntm_node_spec *node = &c->nodes[at - 1];
    const ntm_i_node_info *info = &c->builder->info[at - 1];
    const char *written = node->unit;
    bool fact =
        node->kind == NTM_FACT || node->kind == NTM_PAST || node->kind == NTM_OF_PARENT || node->kind == NTM_AVERAGE;
    if (info->target != NTM_I_NO_TARGET && fact)
        written = ((const ntm_fact *)c->builder->facts.items.items)[info->target].unit;
    if (info->target != NTM_I_NO_TARGET && node->kind == NTM_VALUE)
        written = ((const ntm_value *)c->builder->values.items.items)[info->target].unit;
    if (info->target != NTM_I_NO_TARGET && node->kind == NTM_FIGURE)
        written = ((const ntm_figure *)c->builder->figures.items.items)[info->target].unit;
    if (written != NULL) return written;
    (void)ntm_i_unit_format(buffer, 64, &info->unit);
    return buffer[0] == '\0' ? "a plain number" : buffer;
}

/* One wrong name is one problem: units that follow from it are not looked at. */
static bool lost_below(context *c, ntm_i_node_info *info, const ntm_node_spec *node) {
    for (size_t i = 0; i < node->of_count; i++)
        info->lost = info->lost || c->builder->info[node->of[i] - 1].lost;
    return info->lost;
}

/* All nodes below have the unit of the first, at whatever scale. */
static void check_same_units(context *c, ntm_i_node_info *info, const ntm_node_spec *node) {
    if (lost_below(c, info, node)) return;
    info->unit = c->builder->info[node->of[0] - 1].unit;
    for (size_t i = 1; i < node->of_count; i++) {
        const ntm_i_unit *other = &c->builder->info[node->of[i] - 1].unit;
        char left[64], right[64];
        if (!ntm_i_unit_same(&info->unit, other))
            ntm_i_builder_complain(c->builder, NTM_ERROR_UNIT, node_at(node),
                                   "%s and %s cannot be put together by \"%s\"", unit_text(c, left, node->of[0]),
                                   unit_text(c, right, node->of[i]), ntm_i_kind_name(node->kind));
    }
}

static void check_combined_units(context *c, ntm_i_node_info *info, const ntm_node_spec *node) {
    if (lost_below(c, info, node)) return;
    info->unit = c->builder->info[node->of[0] - 1].unit;
    for (size_t i = 1; i < node->of_count; i++)
        if (!ntm_i_unit_combine(&info->unit, &info->unit, &c->builder->info[node->of[i] - 1].unit,
                                node->kind == NTM_PRODUCT ? 1 : -1))
            ntm_i_builder_complain(c->builder, NTM_ERROR_UNIT, node_at(node), "the unit has too many parts");
    /* A ratio of like things is a plain number whatever their scales were; their scales cancel exactly. */
    if (info->unit.term_count == 0 && node->kind == NTM_RATIO) info->unit.power = 0;
}

static void parse_unit(context *c, ntm_i_unit *unit, const ntm_node_spec *node) {
    if (!ntm_i_unit_parse(unit, node->unit))
        ntm_i_builder_complain(c->builder, NTM_ERROR_SCHEMA, node_at(node), "\"%s\" is no unit", node->unit);
}

static void check_rounded(context *c, ntm_i_node_info *info, const ntm_node_spec *node) {
    if (lost_below(c, info, node)) return;
    info->unit = c->builder->info[node->of[0] - 1].unit;
    if (node->unit != NULL) {
        ntm_i_unit unit;
        memset(&unit, 0, sizeof unit);
        parse_unit(c, &unit, node);
        if (!ntm_i_unit_same(&unit, &info->unit))
            ntm_i_builder_complain(c->builder, NTM_ERROR_UNIT, node_at(node), "it cannot be rounded in %s", node->unit);
        else
            info->unit = unit;
    }
    if (node->rounding < NTM_ROUND_HALF_UP || node->rounding > NTM_ROUND_UP || node->value.scale > NTM_SCALE_MAX)
        ntm_i_builder_complain(c->builder, NTM_ERROR_SCHEMA, node_at(node), "rounding needs a mode and 0 to 18 digits");
    if (node->citation.standing == NTM_ABSENT)
        ntm_i_builder_complain(c->builder, NTM_ERROR_SCHEMA, node_at(node),
                               "rounding needs the source that asks for it");
}

/* Names, labels and numbers of a node whose shape is right. */
static void check_meaning(context *c, ntm_i_node_info *info, const ntm_node_spec *node) {
    ntm_set_builder *b = c->builder;
    switch (node->kind) {
        case NTM_PAST:
            need_label(c, node, "an event");
            check_fact_use(c, info, node);
            break;
        case NTM_OF_PARENT:
        case NTM_AVERAGE:
            need_label(c, node, "a level");
            check_fact_use(c, info, node);
            break;
        case NTM_FACT:
        case NTM_ATTESTED:
        case NTM_IF_APPLICABLE: check_fact_use(c, info, node); break;
        case NTM_CONSTANT:
            parse_unit(c, &info->unit, node);
            if (node->value.scale > NTM_SCALE_MAX)
                ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, node_at(node), "a constant has too many digits");
            break;
        case NTM_FIGURE:
            if (find_target(c, info, node, &b->figure_index, "figure")) info->unit = b->figure_units[info->target];
            break;
        case NTM_VALUE:
            if (find_target(c, info, node, &b->value_index, "value")) info->unit = b->value_units[info->target];
            break;
        case NTM_FIGURE_OF:
            need_label(c, node, "a set");
            if (!ntm_i_id_is_valid(node->name))
                ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, node_at(node), "figure_of needs the id of a figure");
            parse_unit(c, &info->unit, node);
            break;
        case NTM_SUM:
        case NTM_DIFFERENCE:
        case NTM_MINIMUM:
        case NTM_MAXIMUM:
        case NTM_COMPARE: check_same_units(c, info, node); break;
        case NTM_PRODUCT:
        case NTM_RATIO: check_combined_units(c, info, node); break;
        case NTM_ROUNDED: check_rounded(c, info, node); break;
        case NTM_COUNT:
        case NTM_SHARE:
        case NTM_EVERY: check_over(c, info, node); break;
        case NTM_POINTS:
            (void)ntm_i_unit_parse(&info->unit, "point");
            if (node->points == NULL)
                ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, node_at(node), "points need a number for each condition");
            for (size_t i = 0; node->points != NULL && i < node->of_count; i++)
                if (node->points[i].scale > NTM_SCALE_MAX)
                    ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, node_at(node), "points with too many digits");
            break;
        case NTM_AT_LEVEL: check_at_level(c, info, node); break;
        case NTM_AT_LEAST:
            if (node->k == 0 || node->k > node->of_count)
                ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, node_at(node), "at least %u of %zu cannot be asked",
                                       node->k, node->of_count);
            break;
        case NTM_HOLDS:
            if (!ntm_i_id_is_valid(node->name))
                ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, node_at(node), "holds needs the id of a status");
            break;
        case NTM_CRITERION: (void)find_target(c, info, node, &b->criterion_index, "criterion"); break;
        case NTM_INDICATOR: (void)find_target(c, info, node, &b->indicator_index, "indicator"); break;
        case NTM_GRADE: ntm_i_check_bands(b, node, node_at(node)); break;
        default: break;
    }
    if (node->kind == NTM_COMPARE && (node->compare < NTM_LESS || node->compare > NTM_MORE))
        ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, node_at(node), "unknown comparison sign");
}

/* Counts over members multiply when they are nested; a small file must not ask for endless work. */
#define WEIGHT_MAX 1000000u

static void weigh(context *c, ntm_i_node_info *info, const ntm_node_spec *node) {
    uint64_t below = node->member_count, times = 1;
    if (node->over == NTM_OVER_CRITERIA && node->member_count == 0) below = c->builder->criteria.items.count;
    if (node->over == NTM_OVER_INDICATORS && node->member_count == 0) below = c->builder->indicators.items.count;
    for (size_t k = 0; k < node->of_count; k++)
        below += c->builder->info[node->of[k] - 1].weight;
    for (size_t k = 0; k < node->band_count; k++)
        if (node->bands[k].requires_met != 0) below += c->builder->info[node->bands[k].requires_met - 1].weight;
    if (node->knock_out != 0) below += c->builder->info[node->knock_out - 1].weight;
    bool members = (node->kind == NTM_COUNT || node->kind == NTM_SHARE || node->kind == NTM_EVERY) &&
                   node->over == NTM_OVER_MEMBERS;
    if (members && info->target != NTM_I_NO_TARGET)
        times = ((const ntm_dimension *)c->builder->dimensions.items.items)[info->target].member_count;
    if (below * times >= WEIGHT_MAX) {
        ntm_i_builder_complain(c->builder, NTM_ERROR_LIMIT, node_at(node), "nested counts look at more than %u nodes",
                               WEIGHT_MAX);
        times = 0;
    }
    info->weight = (uint32_t)(below * times + 1);
}

/* A node is deeper than all that it stands on, conditions of classes included. */
static void deepen(context *c, ntm_i_node_info *info, ntm_node below) {
    uint32_t depth = c->builder->info[below - 1].depth;
    if (depth >= info->depth) info->depth = depth + 1;
}

static void check_node(context *c, size_t i) {
    const ntm_node_spec *node = &c->nodes[i];
    ntm_i_node_info *info = &c->builder->info[i];
    ntm_i_position at = node_at(node);
    info->target = NTM_I_NO_TARGET;
    info->depth = 1;
    if (!ntm_i_kind_is_known(node->kind)) {
        ntm_i_builder_complain(c->builder, NTM_ERROR_SCHEMA, at, "unknown kind of node: %d", (int)node->kind);
        return;
    }
    shape wanted = shape_of(node);
    info->sort = wanted.gives;
    bool whole = true;
    if (node->of_count < wanted.least || node->of_count > wanted.most) {
        ntm_i_builder_complain(c->builder, NTM_ERROR_SCHEMA, at, "\"%s\" stands over %zu nodes, which it cannot",
                               ntm_i_kind_name(node->kind), node->of_count);
        whole = false;
    }
    for (size_t k = 0; k < node->of_count; k++) {
        ntm_i_node_sort takes = wanted.takes == 0 ? NTM_I_QUANTITY : wanted.takes;
        if (!use(c, node->of[k], i, takes, at))
            whole = false;
        else
            deepen(c, info, node->of[k]);
    }
    for (size_t k = 0; k <= node->band_count; k++) {
        ntm_node below = k < node->band_count ? node->bands[k].requires_met : node->knock_out;
        if (below == 0) continue;
        if (!use(c, below, i, NTM_I_CONDITION, at))
            whole = false;
        else
            deepen(c, info, below);
    }
    ntm_i_check_citation(c->builder, &node->citation, at, "rule", NULL);
    if (info->depth > NTM_DEPTH_MAX)
        ntm_i_builder_complain(c->builder, NTM_ERROR_LIMIT, at, "rules nested deeper than %d", NTM_DEPTH_MAX);
    info->lost = !whole;
    if (!whole) return;
    check_meaning(c, info, node);
    weigh(c, info, node);
}

static void use_root(context *c, ntm_node node, ntm_i_node_sort sort, ntm_i_position at) {
    if (node == 0) return;
    /* What is wrong is the rule: it is shown, not what it belongs to. */
    if (node <= c->count && c->nodes[node - 1].line != 0) at = node_at(&c->nodes[node - 1]);
    (void)use(c, node, c->count, sort, at);
}

static void check_roots(context *c) {
    ntm_set_builder *b = c->builder;
    const ntm_criterion *criteria = b->criteria.items.items;
    for (size_t i = 0; i < b->criteria.items.count; i++)
        use_root(c, criteria[i].rule, NTM_I_CONDITION, ntm_i_thing_at(&b->criteria, i));
    const ntm_indicator *indicators = b->indicators.items.items;
    for (size_t i = 0; i < b->indicators.items.count; i++)
        use_root(c, indicators[i].rule, NTM_I_CONDITION, ntm_i_thing_at(&b->indicators, i));
    const ntm_precondition *preconditions = b->preconditions.items.items;
    for (size_t i = 0; i < b->preconditions.items.count; i++)
        use_root(c, preconditions[i].rule, NTM_I_CONDITION, ntm_i_thing_at(&b->preconditions, i));
    const ntm_value *values = b->values.items.items;
    for (size_t i = 0; i < b->values.items.count; i++)
        use_root(c, values[i].rule, NTM_I_QUANTITY, ntm_i_thing_at(&b->values, i));
    const ntm_scope *scopes = b->scopes.items.items;
    for (size_t i = 0; i < b->scopes.items.count; i++)
        use_root(c, scopes[i].when, NTM_I_CONDITION, ntm_i_thing_at(&b->scopes, i));
    use_root(c, b->status, NTM_I_CONDITION, (ntm_i_position){1, 1});
    use_root(c, b->revocation, NTM_I_CONDITION, (ntm_i_position){1, 1});
    use_root(c, b->grade, NTM_I_GRADE, (ntm_i_position){1, 1});
    for (size_t i = 0; i < c->count; i++)
        if (!c->used[i])
            ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, node_at(&c->nodes[i]),
                                   "a rule of kind \"%s\" that nothing uses", ntm_i_kind_name(c->nodes[i].kind));
}

bool ntm_i_check_nodes(ntm_set_builder *builder) {
    size_t count = builder->nodes.items.count;
    context c = {builder, builder->nodes.items.items, count, NULL, false};
    builder->info = ntm_i_arena_take(&builder->arena, count, sizeof *builder->info);
    c.used = ntm_i_allocate(&builder->allocator, count, 1);
    bool ready = builder->info != NULL && c.used != NULL;
    if (ready) {
        for (size_t i = 0; i < count; i++)
            check_node(&c, i);
        check_roots(&c);
    }
    ntm_i_release(&builder->allocator, c.used, count, 1);
    return ready && !c.no_memory;
}
