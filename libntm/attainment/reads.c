/* SPDX-License-Identifier: Apache-2.0 */
/* Which facts decide a part of a set, through everything that it refers to. Parts wait in a list for their turn: a
   chain of ten thousand that name one another must not become ten thousand calls. */
#include "attainment/reads.h"

#include <string.h>

#include "base/text.h"
#include "criteria/index.h"

static size_t part_count(const ntm_set *set) {
    return set->value_count + set->criterion_count + set->indicator_count + 1;
}

bool ntm_i_reads_start(ntm_i_reads *reads, const ntm_set *set, ntm_i_arena *arena) {
    *reads = (ntm_i_reads){.set = set, .ruled = true};
    reads->facts = ntm_i_arena_take(arena, set->fact_count, 1);
    reads->seen = ntm_i_arena_take(arena, part_count(set), 1);
    reads->waiting = ntm_i_arena_take(arena, part_count(set), sizeof *reads->waiting);
    return reads->facts != NULL && reads->seen != NULL && reads->waiting != NULL;
}

void ntm_i_reads_reset(ntm_i_reads *reads) {
    memset(reads->facts, 0, reads->set->fact_count);
    memset(reads->seen, 0, part_count(reads->set));
    reads->waiting_count = 0;
    reads->ruled = true;
}

/* Puts a part on the list the first time it is named. */
static void name_part(ntm_i_reads *r, size_t part) {
    if (r->seen[part]) return;
    r->seen[part] = 1;
    r->waiting[r->waiting_count++] = (uint32_t)part;
}

static void name_value(ntm_i_reads *r, size_t index) { name_part(r, index); }
static void name_criterion(ntm_i_reads *r, size_t index) { name_part(r, r->set->value_count + index); }
static void name_indicator(ntm_i_reads *r, size_t index) {
    name_part(r, r->set->value_count + r->set->criterion_count + index);
}

static bool names_fact(const ntm_node_spec *node) {
    return node->kind == NTM_FACT || node->kind == NTM_ATTESTED || node->kind == NTM_PAST ||
           node->kind == NTM_OF_PARENT || node->kind == NTM_AVERAGE || node->kind == NTM_IF_APPLICABLE ||
           (node->kind == NTM_AT_LEVEL && node->name != NULL);
}

/* Whether rules of scope choose the column of a figure. */
static bool is_scoped(const ntm_set *set, const ntm_node_spec *node, const ntm_i_node_info *info) {
    if (set->scope_count == 0) return false;
    if (node->kind == NTM_FIGURE_OF) return true; /* the axes of the other set's figure are not known here */
    if (node->kind != NTM_FIGURE) return false;
    const ntm_figure *figure = &set->figures[info->target];
    for (size_t k = 0; k < figure->axis_count; k++)
        if (strcmp(figure->axes[k], set->scopes[0].axis) == 0) return true;
    return false;
}

static void name_counted(ntm_i_reads *r, const ntm_node_spec *node, const ntm_i_node_info *info) {
    bool criteria = node->over == NTM_OVER_CRITERIA;
    size_t all = criteria ? r->set->criterion_count : r->set->indicator_count;
    for (size_t i = 0; i < (info->among != NULL ? node->member_count : all); i++) {
        size_t index = info->among != NULL ? info->among[i] : i;
        if (criteria)
            name_criterion(r, index);
        else
            name_indicator(r, index);
    }
}

/* Rules are at most NTM_DEPTH_MAX deep. */
static void go_into(ntm_i_reads *r, ntm_node at) {
    if (at == 0) return;
    const ntm_node_spec *node = &r->set->nodes[at - 1];
    const ntm_i_node_info *info = &r->set->info[at - 1];
    if (names_fact(node)) r->facts[info->target] = 1;
    if (r->visit != NULL) r->visit(r->context, at);
    if (node->kind == NTM_CRITERION) name_criterion(r, info->target);
    if (node->kind == NTM_INDICATOR) name_indicator(r, info->target);
    if (node->kind == NTM_VALUE) name_value(r, info->target);
    if (r->with_scope && is_scoped(r->set, node, info)) name_part(r, part_count(r->set) - 1);
    if ((node->kind == NTM_COUNT || node->kind == NTM_SHARE) &&
        (node->over == NTM_OVER_CRITERIA || node->over == NTM_OVER_INDICATORS))
        name_counted(r, node, info);
    for (size_t i = 0; i < node->of_count; i++)
        go_into(r, node->of[i]);
    for (size_t i = 0; i < node->band_count; i++)
        go_into(r, node->bands[i].requires_met);
    go_into(r, node->knock_out);
}

static void go_into_criterion(ntm_i_reads *r, const ntm_criterion *criterion) {
    if (criterion->rule == 0 && criterion->indicator_count == 0) r->ruled = false;
    go_into(r, criterion->rule);
    for (size_t i = 0; criterion->rule == 0 && i < criterion->indicator_count; i++)
        name_indicator(r, criterion->first_indicator + i);
}

static void go_into_rule(ntm_i_reads *r, ntm_node rule) {
    if (rule == 0) r->ruled = false;
    go_into(r, rule);
}

static bool go_on(ntm_i_reads *r) {
    const ntm_set *set = r->set;
    while (r->waiting_count > 0) {
        size_t part = r->waiting[--r->waiting_count], criteria = set->value_count;
        size_t indicators = criteria + set->criterion_count, scopes = indicators + set->indicator_count;
        if (part < criteria)
            go_into_rule(r, set->values[part].rule);
        else if (part < indicators)
            go_into_criterion(r, &set->criteria[part - criteria]);
        else if (part < scopes)
            go_into_rule(r, set->indicators[part - indicators].rule);
        for (size_t i = 0; part == scopes && i < set->scope_count; i++)
            go_into(r, set->scopes[i].when);
    }
    return r->ruled;
}

bool ntm_i_reads_rule(ntm_i_reads *reads, ntm_node rule) {
    go_into_rule(reads, rule);
    return go_on(reads);
}

bool ntm_i_reads_criterion(ntm_i_reads *reads, size_t index) {
    name_criterion(reads, index);
    return go_on(reads);
}

bool ntm_i_reads_indicator(ntm_i_reads *reads, size_t index) {
    name_indicator(reads, index);
    return go_on(reads);
}

static bool find_twins(ntm_i_reads *of, const ntm_set *in, ntm_i_arena *arena) {
    const ntm_set *set = of->set;
    ntm_i_index index;
    of->twins = ntm_i_arena_take(arena, set->fact_count, sizeof *of->twins);
    if (of->twins == NULL || !ntm_i_index_make(&index, arena, in->facts, in->fact_count, sizeof *in->facts))
        return false;
    for (size_t i = 0; i < set->fact_count; i++) {
        size_t at = ntm_i_index_find(&index, set->facts[i].id);
        bool same = at != SIZE_MAX && in->facts[at].kind == set->facts[i].kind &&
                    ntm_i_text_same(in->facts[at].unit, set->facts[i].unit);
        of->twins[i] = same ? at : SIZE_MAX;
    }
    return true;
}

bool ntm_i_reads_pair(ntm_i_reads *a, ntm_i_reads *b, ntm_i_arena *arena) {
    return find_twins(a, b->set, arena) && find_twins(b, a->set, arena);
}

static bool covers(const ntm_i_reads *a, const ntm_i_reads *b) {
    for (size_t i = 0; i < a->set->fact_count; i++)
        if (a->facts[i] && (a->twins[i] == SIZE_MAX || !b->facts[a->twins[i]])) return false;
    return true;
}

bool ntm_i_reads_alike(const ntm_i_reads *a, const ntm_i_reads *b) { return covers(a, b) && covers(b, a); }
