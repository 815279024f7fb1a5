/* SPDX-License-Identifier: Apache-2.0 */
/* Laying an overlay: criteria, indicators and preconditions; those that it adds and removes. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "catalogue/lay_statements.h"

/* All that the overlay has for one sort of statement. */
typedef struct sections {
    ntm_i_lay_section fills, replaces, adds;
    ntm_i_index removed; /* of `removals` */
    const struct removal *removals;
} sections;

typedef struct removal {
    const char *id;
    const ntm_i_yaml *at;
} removal;

static bool open_removals(ntm_i_laying *l, sections *out, const ntm_i_yaml *list) {
    size_t count = list == NULL ? 0 : list->size, i = 0;
    removal *all = ntm_i_reader_take(l->reader, count, sizeof *all);
    if (all == NULL) return false;
    for (const ntm_i_yaml *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        all[i++] = (removal){item->text, item};
    out->removals = all;
    if (ntm_i_index_make(&out->removed, &l->reader->arena, all, count, sizeof *all)) return true;
    l->reader->out_of_memory = true;
    return false;
}

/* Reports what the overlay speaks of and the base has not. */
static void refuse_unknown(ntm_i_laying *l, const sections *s, ntm_i_part part, const void *items, size_t count,
                           size_t size) {
    ntm_i_index known;
    const ntm_i_yaml *const maps[] = {l->overlay->fills[part], l->overlay->replaces[part]};
    if (!ntm_i_index_make(&known, &l->reader->arena, items, count, size)) {
        l->reader->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < 2; i++)
        for (const ntm_i_yaml *entry = maps[i] == NULL ? NULL : maps[i]->first; entry != NULL; entry = entry->next)
            if (ntm_i_index_find(&known, entry->key->text) == SIZE_MAX)
                ntm_i_lay_unknown(l, entry->key, part, entry->key->text);
    for (size_t i = 0; i < s->removed.count; i++) {
        const removal *one = &s->removals[i];
        if (ntm_i_index_find(&known, one->id) == SIZE_MAX) ntm_i_lay_unknown(l, one->at, part, one->id);
    }
}

static bool open_all(ntm_i_laying *l, sections *s, ntm_i_part part, const void *items, size_t count, size_t size) {
    if (!ntm_i_lay_open(l, &s->fills, l->overlay->fills[part]) ||
        !ntm_i_lay_open(l, &s->replaces, l->overlay->replaces[part]) ||
        !ntm_i_lay_open(l, &s->adds, part == NTM_I_INDICATORS ? l->overlay->adds[part] : NULL) ||
        !open_removals(l, s, l->overlay->removes[part]))
        return false;
    refuse_unknown(l, s, part, items, count, size);
    return !l->reader->out_of_memory;
}

/* Whether the overlay takes the statement out. */
static bool removes(ntm_i_laying *l, const sections *all, const ntm_i_statement *s) {
    size_t there = ntm_i_index_find(&all->removed, s->id);
    if (there == SIZE_MAX) return false;
    const ntm_i_yaml *at = all->removals[there].at;
    const ntm_i_yaml *other = ntm_i_lay_entry(&all->fills, s->id);
    if (other == NULL) other = ntm_i_lay_entry(&all->replaces, s->id);
    if (other != NULL) {
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, at, "%s \"%s\" is removed here and written at line %u",
                       ntm_i_part_nouns[s->part], s->id, other->key->line);
        return false;
    }
    /* It goes as a whole: whoever spoke last of any part of it has to give way. */
    const uint16_t layers[] = {s->origin->layer, s->origin->vi, s->origin->en, s->origin->rule};
    char what[128];
    int shown = ntm_i_shown(s->id, strlen(s->id));
    (void)snprintf(what, sizeof what, "%s \"%.*s\"", ntm_i_part_nouns[s->part], shown, s->id);
    for (size_t i = 0; i < 4; i++) {
        ntm_i_lay_place place = {what, true, layers[i], layers[i] == s->origin->layer ? s->origin->line : 0};
        if (!ntm_i_lay_may(l, NTM_I_LAY_REPLACES, &place, at)) return false;
    }
    ntm_i_lay_remove(l, s->part, s->id, at->line);
    return true;
}

static void lay_one(ntm_i_laying *l, const sections *all, ntm_i_statement *s) {
    ntm_i_lay_statement(l, s, ntm_i_lay_entry(&all->fills, s->id), ntm_i_lay_entry(&all->replaces, s->id));
}

static void keep_origin(ntm_i_things *things, const ntm_i_origin *origin) { *ntm_i_last_origin(things) = *origin; }

/* Whether the ids of a list of new things are new (or it was reported that they are not). */
static bool are_new(ntm_i_laying *l, ntm_i_part part, const ntm_i_yaml *list, const void *items, size_t count,
                    size_t size, const ntm_i_origin *origins) {
    ntm_i_index known;
    bool all_new = true;
    char where[NTM_I_WHERE_SIZE];
    if (list == NULL || list->kind != NTM_I_YAML_LIST) return true;
    if (!ntm_i_index_make(&known, &l->reader->arena, items, count, size)) {
        l->reader->out_of_memory = true;
        return false;
    }
    for (const ntm_i_yaml *item = list->first; item != NULL; item = item->next) {
        const ntm_i_yaml *id = ntm_i_yaml_get(item, "id");
        size_t there = id == NULL ? SIZE_MAX : ntm_i_index_find(&known, id->text);
        if (there == SIZE_MAX) continue;
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, id, "there is %s %s \"%s\" already (%s): what is added is new",
                       part == NTM_I_INDICATORS ? "an" : "a", ntm_i_part_nouns[part], id->text,
                       ntm_i_lay_where(where, l, origins[there].layer, origins[there].line));
        all_new = false;
    }
    return all_new;
}

/* Indicators of the overlay for the criterion that was added last. */
static void add_indicators(ntm_i_laying *l, const sections *indicators, const char *criterion) {
    ntm_set_builder *builder = l->reader->builder;
    size_t count = builder->indicators.items.count, nodes = builder->nodes.items.count;
    const ntm_i_yaml *list = ntm_i_lay_entry(&indicators->adds, criterion);
    if (are_new(l, NTM_I_INDICATORS, list, l->base->indicators, l->base->indicator_count, sizeof *l->base->indicators,
                l->base->indicator_origins))
        ntm_i_read_indicators(l->reader, list);
    ntm_i_lay_own(l, &builder->indicators, count);
    ntm_i_lay_own(l, &builder->nodes, nodes);
}

static size_t lay_indicators(ntm_i_laying *l, const ntm_criterion *criterion, const sections *all) {
    ntm_set_builder *builder = l->reader->builder;
    size_t kept = 0;
    for (size_t k = 0; k < criterion->indicator_count && !l->reader->out_of_memory; k++) {
        ntm_indicator indicator = l->base->indicators[criterion->first_indicator + k];
        ntm_i_origin origin = l->base->indicator_origins[criterion->first_indicator + k];
        ntm_i_statement s = {NTM_I_INDICATORS, indicator.id, &indicator.name, &indicator.rule, &indicator.citation,
                             &origin,          false};
        if (removes(l, all, &s)) continue;
        lay_one(l, all, &s);
        ntm_error err = NTM_ERROR_INIT;
        if (l->reader->out_of_memory ||
            !ntm_i_reader_went_well(l->reader, ntm_set_add_indicator(builder, &indicator, &err), &err))
            return kept;
        keep_origin(&builder->indicators, &origin);
        kept++;
    }
    return kept;
}

/* One criterion of the base with its indicators, unless the overlay removes it. */
static void lay_criterion(ntm_i_laying *l, size_t index, const sections *criteria, const sections *indicators) {
    ntm_set_builder *builder = l->reader->builder;
    ntm_criterion criterion = l->base->criteria[index];
    ntm_i_origin origin = l->base->criterion_origins[index];
    ntm_i_statement s = {NTM_I_CRITERIA,
                         criterion.id,
                         &criterion.name,
                         &criterion.rule,
                         &criterion.citation,
                         &origin,
                         criterion.rule == 0 && criterion.indicator_count > 0};
    if (removes(l, criteria, &s)) {
        for (size_t k = 0; k < criterion.indicator_count; k++)
            ntm_i_lay_remove(l, NTM_I_INDICATORS, l->base->indicators[criterion.first_indicator + k].id,
                             criteria->removals[ntm_i_index_find(&criteria->removed, s.id)].at->line);
        return;
    }
    lay_one(l, criteria, &s);
    ntm_error err = NTM_ERROR_INIT;
    if (l->reader->out_of_memory ||
        !ntm_i_reader_went_well(l->reader, ntm_set_add_criterion(builder, &criterion, &err), &err))
        return;
    keep_origin(&builder->criteria, &origin);
    size_t kept = lay_indicators(l, &l->base->criteria[index], indicators), before = builder->indicators.items.count;
    add_indicators(l, indicators, criterion.id);
    if (kept == 0 && s.by_its_parts && criterion.rule == 0 && builder->indicators.items.count == before &&
        !l->reader->out_of_memory)
        ntm_i_complain(l->reader, NTM_ERROR_SCHEMA, l->overlay->at[NTM_I_OVERLAY_REMOVES]->key,
                       "criterion \"%s\" would be left without indicators and without a rule: remove it, too",
                       criterion.id);
}

/* Indicators for a criterion that the base has not: a new one has its own list. */
static void refuse_strangers(ntm_i_laying *l) {
    const ntm_i_yaml *section = l->overlay->adds[NTM_I_INDICATORS];
    ntm_i_index known;
    if (section == NULL) return;
    if (!ntm_i_index_make(&known, &l->reader->arena, l->base->criteria, l->base->criterion_count,
                          sizeof *l->base->criteria)) {
        l->reader->out_of_memory = true;
        return;
    }
    for (const ntm_i_yaml *list = section->first; list != NULL; list = list->next)
        if (ntm_i_index_find(&known, list->key->text) == SIZE_MAX)
            ntm_i_lay_unknown(l, list->key, NTM_I_CRITERIA, list->key->text);
}

void ntm_i_lay_criteria(ntm_i_laying *l) {
    const ntm_set *base = l->base;
    ntm_set_builder *builder = l->reader->builder;
    sections criteria, indicators;
    if (!open_all(l, &criteria, NTM_I_CRITERIA, base->criteria, base->criterion_count, sizeof *base->criteria) ||
        !open_all(l, &indicators, NTM_I_INDICATORS, base->indicators, base->indicator_count, sizeof *base->indicators))
        return;
    refuse_strangers(l);
    for (size_t i = 0; i < base->criterion_count && !l->reader->out_of_memory; i++)
        lay_criterion(l, i, &criteria, &indicators);
    if (l->reader->out_of_memory) return;
    size_t count = builder->criteria.items.count, rows = builder->indicators.items.count,
           nodes = builder->nodes.items.count;
    const ntm_i_yaml *list = l->overlay->adds[NTM_I_CRITERIA];
    if (are_new(l, NTM_I_CRITERIA, list, base->criteria, base->criterion_count, sizeof *base->criteria,
                base->criterion_origins))
        ntm_i_read_criteria(l->reader, list);
    ntm_i_lay_own(l, &builder->criteria, count);
    ntm_i_lay_own(l, &builder->indicators, rows);
    ntm_i_lay_own(l, &builder->nodes, nodes);
}

void ntm_i_lay_preconditions(ntm_i_laying *l) {
    const ntm_set *base = l->base;
    ntm_set_builder *builder = l->reader->builder;
    sections all;
    if (!open_all(l, &all, NTM_I_PRECONDITIONS, base->preconditions, base->precondition_count,
                  sizeof *base->preconditions))
        return;
    for (size_t i = 0; i < base->precondition_count && !l->reader->out_of_memory; i++) {
        ntm_precondition condition = base->preconditions[i];
        ntm_i_origin origin = base->precondition_origins[i];
        ntm_i_statement s = {
            NTM_I_PRECONDITIONS, condition.id, &condition.name, &condition.rule, &condition.citation, &origin, false};
        if (removes(l, &all, &s)) continue;
        lay_one(l, &all, &s);
        ntm_error err = NTM_ERROR_INIT;
        if (l->reader->out_of_memory ||
            !ntm_i_reader_went_well(l->reader, ntm_set_add_precondition(builder, &condition, &err), &err))
            return;
        keep_origin(&builder->preconditions, &origin);
    }
    size_t count = builder->preconditions.items.count, nodes = builder->nodes.items.count;
    const ntm_i_yaml *list = l->overlay->adds[NTM_I_PRECONDITIONS];
    if (are_new(l, NTM_I_PRECONDITIONS, list, base->preconditions, base->precondition_count,
                sizeof *base->preconditions, base->precondition_origins))
        ntm_i_read_preconditions(l->reader, list);
    ntm_i_lay_own(l, &builder->preconditions, count);
    ntm_i_lay_own(l, &builder->nodes, nodes);
}

/* ------------------------------------------------------------------------------------------- what rules still need */

static bool still_needed(ntm_i_laying *l, const ntm_i_index *gone, ntm_i_part part, const char *id, size_t node) {
    const ntm_i_origin *origin = (const ntm_i_origin *)l->reader->builder->nodes.origins.items + node;
    const ntm_i_gone *all = l->gone_now.items;
    char text[160], where[NTM_I_WHERE_SIZE];
    (void)snprintf(text, sizeof text, "%s %s", ntm_i_part_nouns[part], id);
    size_t there = ntm_i_index_find(gone, text);
    if (there == SIZE_MAX) return false;
    const ntm_i_yaml place = {.line = all[there].line, .column = 1};
    ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, &place, "%s \"%s\" is removed, and the rule at %s needs it",
                   ntm_i_part_nouns[part], id, ntm_i_lay_where(where, l, origin->layer, origin->line));
    return true;
}

bool ntm_i_lay_removed_are_free(ntm_i_laying *l) {
    const ntm_i_things *things = &l->reader->builder->nodes;
    ntm_i_index gone;
    bool free = true;
    if (l->gone_now.count == 0) return true;
    if (!ntm_i_index_make(&gone, &l->reader->arena, l->gone_now.items, l->gone_now.count, sizeof(ntm_i_gone))) {
        l->reader->out_of_memory = true;
        return false;
    }
    for (size_t i = 0; i < things->items.count; i++) {
        const ntm_node_spec *node = (const ntm_node_spec *)things->items.items + i;
        ntm_i_part part =
            node->kind == NTM_CRITERION || node->over == NTM_OVER_CRITERIA ? NTM_I_CRITERIA : NTM_I_INDICATORS;
        if (node->kind == NTM_CRITERION || node->kind == NTM_INDICATOR)
            free = !still_needed(l, &gone, part, node->name, i) && free;
        for (size_t k = 0; k < node->member_count; k++)
            free = !still_needed(l, &gone, part, node->members[k], i) && free;
    }
    return free;
}
