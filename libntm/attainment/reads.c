/* SPDX-License-Identifier: Apache-2.0 */
/* Which facts decide a part of a set, through everything that it refers to. */
#include "attainment/reads.h"

#include <string.h>

bool ntm_i_reads_start(ntm_i_reads *reads, const ntm_set *set, ntm_i_arena *arena) {
    *reads = (ntm_i_reads){.set = set, .ruled = true};
    reads->facts = ntm_i_arena_take(arena, set->fact_count, 1);
    reads->criteria = ntm_i_arena_take(arena, set->criterion_count, 1);
    reads->indicators = ntm_i_arena_take(arena, set->indicator_count, 1);
    reads->values = ntm_i_arena_take(arena, set->value_count, 1);
    return reads->facts != NULL && reads->criteria != NULL && reads->indicators != NULL && reads->values != NULL;
}

void ntm_i_reads_reset(ntm_i_reads *reads) {
    memset(reads->facts, 0, reads->set->fact_count);
    memset(reads->criteria, 0, reads->set->criterion_count);
    memset(reads->indicators, 0, reads->set->indicator_count);
    memset(reads->values, 0, reads->set->value_count);
    reads->ruled = true;
}

static void go_into_criterion(ntm_i_reads *r, size_t index);
static void go_into_indicator(ntm_i_reads *r, size_t index);

static bool names_fact(const ntm_node_spec *node) {
    return node->kind == NTM_FACT || node->kind == NTM_ATTESTED || node->kind == NTM_PAST ||
           node->kind == NTM_OF_PARENT || node->kind == NTM_AVERAGE || node->kind == NTM_IF_APPLICABLE ||
           (node->kind == NTM_AT_LEVEL && node->name != NULL);
}

/* Rules are at most NTM_DEPTH_MAX deep and parts are gone into once, in an order without loops. */
static void go_into(ntm_i_reads *r, ntm_node at) {
    if (at == 0) return;
    const ntm_node_spec *node = &r->set->nodes[at - 1];
    const ntm_i_node_info *info = &r->set->info[at - 1];
    bool over_parts = (node->kind == NTM_COUNT || node->kind == NTM_SHARE) &&
                      (node->over == NTM_OVER_CRITERIA || node->over == NTM_OVER_INDICATORS);
    if (names_fact(node)) r->facts[info->target] = 1;
    if (node->kind == NTM_CRITERION) go_into_criterion(r, info->target);
    if (node->kind == NTM_INDICATOR) go_into_indicator(r, info->target);
    if (node->kind == NTM_VALUE && !r->values[info->target]) {
        r->values[info->target] = 1;
        if (r->set->values[info->target].rule == 0) r->ruled = false;
        go_into(r, r->set->values[info->target].rule);
    }
    size_t all = node->over == NTM_OVER_CRITERIA ? r->set->criterion_count : r->set->indicator_count;
    for (size_t i = 0; over_parts && i < (info->among != NULL ? node->member_count : all); i++) {
        size_t part = info->among != NULL ? info->among[i] : i;
        if (node->over == NTM_OVER_CRITERIA)
            go_into_criterion(r, part);
        else
            go_into_indicator(r, part);
    }
    for (size_t i = 0; i < node->of_count; i++)
        go_into(r, node->of[i]);
    for (size_t i = 0; i < node->band_count; i++)
        go_into(r, node->bands[i].requires_met);
    go_into(r, node->knock_out);
}

static void go_into_indicator(ntm_i_reads *r, size_t index) {
    if (r->indicators[index]) return;
    r->indicators[index] = 1;
    if (r->set->indicators[index].rule == 0) r->ruled = false;
    go_into(r, r->set->indicators[index].rule);
}

static void go_into_criterion(ntm_i_reads *r, size_t index) {
    const ntm_criterion *criterion = &r->set->criteria[index];
    if (r->criteria[index]) return;
    r->criteria[index] = 1;
    if (criterion->rule == 0 && criterion->indicator_count == 0) r->ruled = false;
    go_into(r, criterion->rule);
    for (size_t i = 0; criterion->rule == 0 && i < criterion->indicator_count; i++)
        go_into_indicator(r, criterion->first_indicator + i);
}

bool ntm_i_reads_criterion(ntm_i_reads *reads, size_t index) {
    go_into_criterion(reads, index);
    return reads->ruled;
}

bool ntm_i_reads_indicator(ntm_i_reads *reads, size_t index) {
    go_into_indicator(reads, index);
    return reads->ruled;
}

static bool same(const char *a, const char *b) { return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0; }

static bool covers(const ntm_i_reads *a, const ntm_i_reads *b) {
    for (size_t i = 0; i < a->set->fact_count; i++) {
        const ntm_fact *fact = &a->set->facts[i];
        if (!a->facts[i]) continue;
        size_t at = ntm_set_find_fact(b->set, fact->id);
        if (at == SIZE_MAX || !b->facts[at] || b->set->facts[at].kind != fact->kind ||
            !same(b->set->facts[at].unit, fact->unit))
            return false;
    }
    return true;
}

bool ntm_i_reads_alike(const ntm_i_reads *a, const ntm_i_reads *b) { return covers(a, b) && covers(b, a); }
