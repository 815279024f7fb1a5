/* SPDX-License-Identifier: Apache-2.0 */
/* Where a figure is compared: the quantities on the other sides, and what is refused. */
#include <string.h>

#include "attainment/reads.h"
#include "base/error.h"
#include "flip/flips.h"

#define DIMENSIONS_MAX (sizeof((ntm_i_compared *)0)->dimensions / sizeof(uint32_t))

typedef struct finder {
    const ntm_plan *plan;
    const ntm_set *set;
    uint32_t figure;
    ntm_i_arena arena;
    ntm_i_reads reads;
    uint8_t *reached;  /* by node: it takes part in the watched verdict */
    ntm_node *parents; /* by node: the one above it; 0 for a root */
    bool depends;      /* a figure node was met while looking */
    ntm_i_array *out;
    ntm_error *err;
} finder;

/* ------------------------------------------------------------------------------------------- what takes part */

static void reach(void *context, ntm_node node) {
    finder *f = context;
    f->reached[node - 1] = 1;
}

static void look_for_figure(void *context, ntm_node node) {
    finder *f = context;
    if (f->set->nodes[node - 1].kind == NTM_FIGURE && f->set->info[node - 1].target == f->figure) f->depends = true;
}

static void reach_criteria(finder *f) {
    for (size_t i = 0; f->set->status == 0 && i < f->set->criterion_count; i++)
        (void)ntm_i_reads_criterion(&f->reads, i);
    if (f->set->status != 0) (void)ntm_i_reads_rule(&f->reads, f->set->status);
}

static void reach_watched(finder *f, ntm_of of, size_t index) {
    const ntm_set *set = f->set;
    f->reads.visit = reach;
    f->reads.context = f;
    switch (of) {
        case NTM_OF_STATUS:
            reach_criteria(f);
            for (size_t i = 0; i < set->precondition_count; i++)
                (void)ntm_i_reads_rule(&f->reads, set->preconditions[i].rule);
            break;
        case NTM_OF_CRITERIA_STATUS: reach_criteria(f); break;
        case NTM_OF_REVOCATION: (void)ntm_i_reads_rule(&f->reads, set->revocation); break;
        case NTM_OF_CRITERION: (void)ntm_i_reads_criterion(&f->reads, index); break;
        case NTM_OF_INDICATOR: (void)ntm_i_reads_indicator(&f->reads, index); break;
        case NTM_OF_PRECONDITION: (void)ntm_i_reads_rule(&f->reads, set->preconditions[index].rule); break;
    }
}

static void set_parent(finder *f, ntm_node child, ntm_node parent) {
    if (child != 0) f->parents[child - 1] = parent;
}

static void find_parents(finder *f) {
    for (ntm_node at = 1; at <= f->set->node_count; at++) {
        const ntm_node_spec *node = &f->set->nodes[at - 1];
        for (size_t i = 0; i < node->of_count; i++)
            set_parent(f, node->of[i], at);
        for (size_t i = 0; i < node->band_count; i++)
            set_parent(f, node->bands[i].requires_met, at);
        set_parent(f, node->knock_out, at);
    }
}

/* ------------------------------------------------------------------------------------------- refusing */

static const char *named(const char **id, const char *own, const char *what) {
    *id = own;
    return what;
}

/* Whose rule a node stands in: "indicator", and its id. */
static const char *owner(const finder *f, ntm_node at, const char **id) {
    const ntm_set *set = f->set;
    while (f->parents[at - 1] != 0)
        at = f->parents[at - 1];
    for (size_t i = 0; i < set->indicator_count; i++)
        if (set->indicators[i].rule == at) return named(id, set->indicators[i].id, "indicator");
    for (size_t i = 0; i < set->criterion_count; i++)
        if (set->criteria[i].rule == at) return named(id, set->criteria[i].id, "criterion");
    for (size_t i = 0; i < set->precondition_count; i++)
        if (set->preconditions[i].rule == at) return named(id, set->preconditions[i].id, "precondition");
    for (size_t i = 0; i < set->value_count; i++)
        if (set->values[i].rule == at) return named(id, set->values[i].id, "value");
    return named(id, set->about.id, at == set->revocation ? "the revocation rule of" : "the status rule of");
}

static ntm_status refuse(const finder *f, ntm_node at, const char *why) {
    const char *id = NULL, *what = owner(f, at, &id);
    return ntm_i_fail(f->err, NTM_ERROR_UNSUPPORTED, NTM_I_SUBJECT(f->set->figures[f->figure].id),
                      "%s \"%s\": the figure %s; only one that is a side of a comparison by itself can be moved", what,
                      id, why);
}

static ntm_status too_many(const finder *f) {
    return ntm_i_fail(f->err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(f->set->figures[f->figure].id),
                      "more than %d quantities are compared with the figure, members counted one by one",
                      NTM_FLIPS_COMPARED_MAX);
}

/* ------------------------------------------------------------------------------------------- comparisons */

static bool is_count(const ntm_node_spec *node) {
    return node->kind == NTM_COUNT || node->kind == NTM_SHARE || node->kind == NTM_EVERY;
}

/* The counts over members around a comparison. False where it stands below a count over children: that is decided
   elsewhere, and comes in as a column. */
static bool find_dimensions(const finder *f, ntm_i_compared *compared, bool *too_deep) {
    for (ntm_node at = f->parents[compared->comparison - 1]; at != 0; at = f->parents[at - 1]) {
        const ntm_node_spec *node = &f->set->nodes[at - 1];
        if (!is_count(node)) continue;
        if (node->over == NTM_OVER_CHILDREN) return false; /* counts over criteria have nothing below them */
        if (compared->dimension_count == DIMENSIONS_MAX) {
            *too_deep = true;
            return true;
        }
        compared->dimensions[compared->dimension_count++] = f->set->info[at - 1].target;
    }
    return true;
}

/* Adds a comparison once for each choice of members. */
static ntm_status add_all(finder *f, ntm_i_compared compared) {
    for (;;) {
        if (f->out->count >= NTM_FLIPS_COMPARED_MAX) return too_many(f);
        if (!ntm_i_array_append(f->out, &compared, 1)) return ntm_i_no_memory(f->err);
        uint32_t at = 0;
        while (at < compared.dimension_count &&
               ++compared.members[at] == f->set->dimensions[compared.dimensions[at]].member_count)
            compared.members[at++] = 0;
        if (at == compared.dimension_count) return NTM_OK;
    }
}

/* A node that is the figure. */
static ntm_status add_use(finder *f, ntm_node at) {
    ntm_node comparison = f->parents[at - 1];
    if (comparison == 0) return refuse(f, at, "is the whole rule");
    const ntm_node_spec *node = &f->set->nodes[comparison - 1];
    ntm_i_compared compared = {.comparison = comparison};
    bool too_deep = false;
    if (node->kind != NTM_COMPARE) {
        ntm_i_compared inside = {.comparison = at};
        if (!find_dimensions(f, &inside, &too_deep)) return NTM_OK;
        return refuse(f, at, "stands inside of arithmetic");
    }
    if (!find_dimensions(f, &compared, &too_deep)) return NTM_OK;
    if (too_deep) return too_many(f);
    compared.quantity = node->of[0] == at ? node->of[1] : node->of[0];
    f->depends = false;
    f->reads.visit = look_for_figure;
    ntm_i_reads_reset(&f->reads);
    (void)ntm_i_reads_rule(&f->reads, compared.quantity);
    if (f->depends) return refuse(f, at, "is compared with something that depends on it");
    return add_all(f, compared);
}

static ntm_status find_uses(finder *f, const ntm_flips_options *options) {
    ntm_status status = NTM_OK;
    f->reached = ntm_i_arena_take(&f->arena, f->set->node_count, 1);
    f->parents = ntm_i_arena_take(&f->arena, f->set->node_count, sizeof *f->parents);
    if (f->reached == NULL || f->parents == NULL || !ntm_i_reads_start(&f->reads, f->set, &f->arena))
        return ntm_i_no_memory(f->err);
    reach_watched(f, options->of, options->index);
    find_parents(f);
    for (ntm_node at = 1; at <= f->set->node_count && status == NTM_OK; at++)
        if (f->reached[at - 1] && f->set->nodes[at - 1].kind == NTM_FIGURE && f->set->info[at - 1].target == f->figure)
            status = add_use(f, at);
    return status;
}

ntm_status ntm_i_flips_compared(ntm_i_array *out, const ntm_plan *plan, uint32_t figure,
                                const ntm_flips_options *options, ntm_error *err) {
    finder f = {.plan = plan, .set = plan->set, .figure = figure, .out = out, .err = err};
    ntm_i_arena_start(&f.arena, options->allocator);
    ntm_status status = find_uses(&f, options);
    ntm_i_arena_end(&f.arena);
    return status;
}
