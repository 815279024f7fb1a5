/* SPDX-License-Identifier: Apache-2.0 */
/* Checks that need the whole: who refers to whom (loops), and facts reported by member outside their members. */
#include <string.h>

#include "criteria/builder.h"

/* The graph of references. Vertices: criteria, indicators, values, then two hubs that stand for "all criteria" and "all
   indicators", so that a count over everything is one edge and not thousands. */
typedef struct graph {
    ntm_set_builder *builder;
    size_t criteria, indicators, values, vertices;
    ntm_i_array edges; /* pairs: needed, needing */
    bool failed;
} graph;

typedef struct edge {
    uint32_t needed;
    uint32_t needing;
} edge;

static void connect(graph *g, size_t needed, size_t needing) {
    edge new_edge = {(uint32_t)needed, (uint32_t)needing};
    if (!ntm_i_array_append(&g->edges, &new_edge, 1)) g->failed = true;
}

/* What is around a node on the way down. Rules are at most NTM_DEPTH_MAX deep, so recursion is bounded. */
typedef struct scope {
    size_t owner; /* vertex, or SIZE_MAX for rules of the whole set */
    uint64_t dimensions;
    bool children;
} scope;

static void walk(graph *g, ntm_node node, scope s);

static size_t hub(const graph *g, bool of_indicators) {
    return g->criteria + g->indicators + g->values + of_indicators;
}

static void refer(graph *g, const ntm_node_spec *node, const ntm_i_node_info *info, scope s) {
    ntm_i_position at = {node->line, node->column};
    if (s.children) {
        ntm_i_builder_complain(g->builder, NTM_ERROR_SCHEMA, at,
                               "criteria and values of this set mean nothing among children: use holds");
        return;
    }
    if (s.owner == SIZE_MAX) return;
    if (node->kind == NTM_VALUE)
        connect(g, g->criteria + g->indicators + info->target, s.owner);
    else if (node->kind == NTM_CRITERION)
        connect(g, info->target, s.owner);
    else if (node->kind == NTM_INDICATOR)
        connect(g, g->criteria + info->target, s.owner);
    else if (node->member_count == 0)
        connect(g, hub(g, node->over == NTM_OVER_INDICATORS), s.owner);
    for (size_t i = 0; i < node->member_count; i++) {
        bool criteria = node->over == NTM_OVER_CRITERIA;
        const ntm_i_index *index = criteria ? &g->builder->criterion_index : &g->builder->indicator_index;
        connect(g, ntm_i_index_find(index, node->members[i]) + (criteria ? 0 : g->criteria), s.owner);
    }
}

static void check_member_fact(graph *g, const ntm_node_spec *node, const ntm_i_node_info *info, scope s) {
    const ntm_fact *fact = (const ntm_fact *)g->builder->facts.items.items + info->target;
    if (fact->by == NULL) return;
    size_t dimension = ntm_i_index_find(&g->builder->dimension_index, fact->by);
    if (dimension >= 64 || (s.dimensions >> dimension & 1) == 0)
        ntm_i_builder_complain(g->builder, NTM_ERROR_SCHEMA, (ntm_i_position){node->line, node->column},
                               "fact \"%s\" is reported by \"%s\": use it inside a count, share or every over it",
                               fact->id, fact->by);
}

static void walk(graph *g, ntm_node at, scope s) {
    if (at == 0) return;
    const ntm_node_spec *node = (const ntm_node_spec *)g->builder->nodes.items.items + (at - 1);
    const ntm_i_node_info *info = &g->builder->info[at - 1];
    bool over = node->kind == NTM_COUNT || node->kind == NTM_SHARE || node->kind == NTM_EVERY;
    if (node->kind == NTM_CRITERION || node->kind == NTM_INDICATOR || node->kind == NTM_VALUE ||
        (over && (node->over == NTM_OVER_CRITERIA || node->over == NTM_OVER_INDICATORS)))
        refer(g, node, info, s);
    bool fact = node->kind == NTM_FACT || node->kind == NTM_ATTESTED || node->kind == NTM_PAST ||
                node->kind == NTM_OF_PARENT || node->kind == NTM_AVERAGE || node->kind == NTM_IF_APPLICABLE ||
                (node->kind == NTM_AT_LEVEL && node->name != NULL);
    if (fact) check_member_fact(g, node, info, s);
    scope below = s;
    if (over && node->over == NTM_OVER_MEMBERS && info->target < 64) below.dimensions |= UINT64_C(1) << info->target;
    if (over && node->over == NTM_OVER_CHILDREN) below.children = true;
    for (size_t i = 0; i < node->of_count; i++)
        walk(g, node->of[i], below);
    for (size_t i = 0; i < node->band_count; i++)
        walk(g, node->bands[i].requires_met, s);
    walk(g, node->knock_out, s);
}

static void connect_all(graph *g) {
    ntm_set_builder *b = g->builder;
    const ntm_criterion *criteria = b->criteria.items.items;
    const ntm_indicator *indicators = b->indicators.items.items;
    const ntm_precondition *preconditions = b->preconditions.items.items;
    for (size_t i = 0; i < g->criteria; i++) {
        connect(g, i, hub(g, false));
        walk(g, criteria[i].rule, (scope){i, 0, false});
        for (size_t k = 0; criteria[i].rule == 0 && k < criteria[i].indicator_count; k++)
            connect(g, g->criteria + criteria[i].first_indicator + k, i);
    }
    for (size_t i = 0; i < g->indicators; i++) {
        connect(g, g->criteria + i, hub(g, true));
        walk(g, indicators[i].rule, (scope){g->criteria + i, 0, false});
    }
    const ntm_value *values = b->values.items.items;
    for (size_t i = 0; i < g->values; i++)
        walk(g, values[i].rule, (scope){g->criteria + g->indicators + i, 0, false});
    const ntm_scope *scopes = b->scopes.items.items;
    for (size_t i = 0; i < b->scopes.items.count; i++)
        walk(g, scopes[i].when, (scope){SIZE_MAX, 0, false});
    for (size_t i = 0; i < b->preconditions.items.count; i++)
        walk(g, preconditions[i].rule, (scope){SIZE_MAX, 0, false});
    walk(g, b->status, (scope){SIZE_MAX, 0, false});
    walk(g, b->revocation, (scope){SIZE_MAX, 0, false});
    walk(g, b->grade, (scope){SIZE_MAX, 0, false});
}

static void complain_about_loops(graph *g, const uint32_t *missing) {
    ntm_set_builder *b = g->builder;
    const ntm_i_things *const things[] = {&b->criteria, &b->indicators, &b->values};
    static const char *const nouns[] = {"criterion", "indicator", "value"};
    size_t vertex = 0;
    for (size_t sort = 0; sort < 3; sort++)
        for (size_t i = 0; i < things[sort]->items.count; i++, vertex++) {
            if (missing[vertex] == 0) continue;
            const char *id; /* the first member of each */
            memcpy(&id, (const char *)things[sort]->items.items + i * things[sort]->items.item_size, sizeof id);
            ntm_i_builder_complain(b, NTM_ERROR_SCHEMA, ntm_i_thing_at(things[sort], i),
                                   "%s \"%s\" is part of, or waits for, a loop of references", nouns[sort], id);
        }
}

/* Values are gone into by the rules that name them: this deep, and no deeper, so that a small file cannot ask for more
   stack than a thread has. */
#define REACH_MAX 256

/* Nodes on the longest way down from a rule, through the values that it names. */
static uint32_t reach_of(const graph *g, ntm_node at, const uint32_t *reach) {
    if (at == 0) return 0;
    const ntm_node_spec *node = (const ntm_node_spec *)g->builder->nodes.items.items + (at - 1);
    uint32_t most = node->kind == NTM_VALUE ? reach[g->builder->info[at - 1].target] : 0;
    for (size_t i = 0; i < node->of_count + node->band_count + 1; i++) {
        ntm_node below = i < node->of_count                      ? node->of[i]
                         : i < node->of_count + node->band_count ? node->bands[i - node->of_count].requires_met
                                                                 : node->knock_out;
        uint32_t down = reach_of(g, below, reach);
        if (down > most) most = down;
    }
    return most + 1;
}

/* `sorted` holds the vertices in an order in which each comes after what it refers to. */
static bool check_reach(graph *g, const uint32_t *sorted, size_t count) {
    const ntm_value *values = g->builder->values.items.items;
    uint32_t *reach = ntm_i_arena_take(&g->builder->arena, g->values, sizeof *reach);
    size_t first = g->criteria + g->indicators;
    if (reach == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        if (sorted[i] < first || sorted[i] >= first + g->values) continue;
        size_t value = sorted[i] - first;
        reach[value] = reach_of(g, values[value].rule, reach);
        if (reach[value] <= REACH_MAX) continue;
        ntm_i_builder_complain(
            g->builder, NTM_ERROR_LIMIT, ntm_i_thing_at(&g->builder->values, value),
            "value \"%s\" stands on more than %d nodes one above the other, through the values that it "
            "names",
            values[value].id, REACH_MAX);
        reach[value] = 0; /* told once */
    }
    return true;
}

/* Kahn's algorithm: takes what waits for nothing, again and again; what is left over waits for itself. */
static bool sort_vertices(graph *g) {
    const edge *edges = g->edges.items;
    ntm_set_builder *b = g->builder;
    uint32_t *missing = ntm_i_arena_take(&b->arena, g->vertices, sizeof *missing);
    uint32_t *start = ntm_i_arena_take(&b->arena, g->vertices + 1, sizeof *start);
    uint32_t *waiting = ntm_i_arena_take(&b->arena, g->edges.count, sizeof *waiting);
    uint32_t *queue = ntm_i_arena_take(&b->arena, g->vertices, sizeof *queue);
    b->order = ntm_i_arena_take(&b->arena, g->vertices, sizeof *b->order);
    if (missing == NULL || start == NULL || waiting == NULL || queue == NULL || b->order == NULL) return false;
    for (size_t i = 0; i < g->edges.count; i++) {
        missing[edges[i].needing]++;
        start[edges[i].needed + 1]++;
    }
    for (size_t v = 0; v < g->vertices; v++)
        start[v + 1] += start[v];
    for (size_t i = g->edges.count; i-- > 0;)
        waiting[--start[edges[i].needed + 1]] = edges[i].needing;
    size_t head = 0, tail = 0, things = g->criteria + g->indicators + g->values, sorted = 0;
    for (size_t v = 0; v < g->vertices; v++)
        if (missing[v] == 0) queue[tail++] = (uint32_t)v;
    while (head < tail) {
        uint32_t v = queue[head++];
        if (v < g->criteria + g->indicators) b->order[b->order_count++] = v;
        sorted += v < things;
        /* start[v + 1] was moved down to the first of v; the end is where the next vertex begins. */
        size_t end = v + 2 <= g->vertices ? start[v + 2] : g->edges.count;
        for (size_t i = start[v + 1]; i < end; i++)
            if (--missing[waiting[i]] == 0) queue[tail++] = waiting[i];
    }
    if (sorted < things) {
        complain_about_loops(g, missing);
        return true;
    }
    return check_reach(g, queue, tail);
}

bool ntm_i_check_order(ntm_set_builder *builder) {
    if (builder->problem_count > 0) return true; /* names that lead nowhere have no order */
    graph g = {.builder = builder,
               .criteria = builder->criteria.items.count,
               .indicators = builder->indicators.items.count,
               .values = builder->values.items.count};
    g.vertices = g.criteria + g.indicators + g.values + 2;
    ntm_i_array_start(&g.edges, &builder->allocator, sizeof(edge));
    connect_all(&g);
    bool done = !g.failed && sort_vertices(&g);
    ntm_i_array_end(&g.edges);
    return done;
}
