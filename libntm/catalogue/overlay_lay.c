/* SPDX-License-Identifier: Apache-2.0 */
/* Laying an overlay over a set: a new set is built from both. What the overlay fills in must be absent. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "catalogue/lay.h"

void ntm_i_lay_unknown(ntm_i_laying *l, const ntm_i_yaml *section, const ntm_i_index *index, const char *noun) {
    if (section == NULL) return;
    for (const ntm_i_yaml *entry = section->first; entry != NULL; entry = entry->next)
        if (ntm_i_index_find(index, entry->key->text) == SIZE_MAX)
            ntm_i_complain(l->reader, NTM_ERROR_NOT_FOUND, entry->key, "set \"%s\" has no %s \"%.*s\"",
                           l->base->about.id, noun, ntm_i_shown(entry->key->text, entry->key->size), entry->key->text);
}

/* ------------------------------------------------------------------------------------------- rules of the base */

/* Copies a tree of the base, those below first. Trees of a set are at most NTM_DEPTH_MAX deep. */
static ntm_node copy_rule(ntm_i_laying *l, ntm_node number) {
    ntm_i_reader *reader = l->reader;
    if (number == 0 || reader->out_of_memory) return 0;
    ntm_node_spec spec = *ntm_set_node(l->base, number);
    ntm_node *of = ntm_i_reader_take(reader, spec.of_count, sizeof *of);
    ntm_band *bands = ntm_i_reader_take(reader, spec.band_count, sizeof *bands);
    if (of == NULL || bands == NULL) return 0;
    for (size_t i = 0; i < spec.of_count; i++)
        of[i] = copy_rule(l, spec.of[i]);
    for (size_t i = 0; i < spec.band_count; i++) {
        bands[i] = spec.bands[i];
        bands[i].requires_met = copy_rule(l, spec.bands[i].requires_met);
    }
    spec.of = of;
    spec.bands = bands;
    spec.knock_out = copy_rule(l, spec.knock_out);
    if (reader->out_of_memory) return 0;
    ntm_node node = 0;
    ntm_error err = NTM_ERROR_INIT;
    return ntm_i_reader_went_well(reader, ntm_set_add_node(&node, reader->builder, &spec, &err), &err) ? node : 0;
}

/* ------------------------------------------------------------------------------------------- filling in */

/* The sources of both, each once. */
static void join_sources(ntm_i_laying *l, ntm_citation *to, const ntm_citation *from) {
    const char **sources = ntm_i_reader_take(l->reader, to->source_count + from->source_count, sizeof *sources);
    ntm_i_index index;
    if (sources == NULL) return;
    if (!ntm_i_index_make(&index, &l->reader->arena, to->sources, to->source_count, sizeof *sources)) {
        l->reader->out_of_memory = true;
        return;
    }
    size_t count = to->source_count;
    if (count > 0) memcpy(sources, to->sources, count * sizeof *sources);
    for (size_t i = 0; i < from->source_count; i++)
        if (ntm_i_index_find(&index, from->sources[i]) == SIZE_MAX) sources[count++] = from->sources[i];
    to->sources = sources;
    to->source_count = count;
}

/* The base's citation with the overlay's: a statement is worth what its weakest part is worth. */
static void join_citation(ntm_i_laying *l, ntm_citation *to, const ntm_citation *from) {
    join_sources(l, to, from);
    if (to->note != NULL && from->note != NULL) {
        size_t size = strlen(to->note) + strlen(from->note) + strlen(l->overlay->layer.id) + 8;
        char *note = ntm_i_reader_take(l->reader, size, 1);
        if (note == NULL) return;
        (void)snprintf(note, size, "%s [%s] %s", to->note, l->overlay->layer.id, from->note);
        to->note = note;
    } else if (from->note != NULL) {
        to->note = from->note;
    }
    if (to->standing == NTM_UNVERIFIED && from->standing == NTM_CITED && to->overlay != NULL) return;
    if (to->standing != NTM_UNVERIFIED) to->standing = from->standing;
    to->overlay = from->overlay;
}

static void fill_name(ntm_i_laying *l, const char **to, const char *text, const ntm_i_yaml *at, const char *noun,
                      const char *id, const char *language) {
    if (at == NULL) return;
    if (*to == NULL)
        *to = text;
    else
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, at, "%s \"%s\" of set \"%s\" has %s name already: \"%.*s\"", noun,
                       id, l->base->about.id, language, ntm_i_shown(*to, strlen(*to)), *to);
}

/* A statement of the base with what the overlay has for it, if anything. */
typedef struct statement {
    const char *id;
    ntm_names *name;
    ntm_node *rule; /* in: of the base; out: of the new set */
    ntm_citation *citation;
    bool by_its_parts; /* a criterion with indicators has a rule without saying so: all of them */
} statement;

static void fill(ntm_i_laying *l, const statement *s, const ntm_i_yaml *entry, const char *noun) {
    ntm_node base_rule = *s->rule;
    *s->rule = copy_rule(l, base_rule);
    ntm_set_builder_at(l->reader->builder, 0, 0);
    if (entry == NULL) return;
    ntm_i_reader_at(l->reader, entry->key);
    ntm_i_filling filling;
    if (!ntm_i_read_filling(l->reader, &filling, entry)) return;
    fill_name(l, &s->name->vi, filling.name.vi, filling.vi, noun, s->id, "a Vietnamese");
    fill_name(l, &s->name->en, filling.name.en, filling.en, noun, s->id, "an English");
    if (filling.rule != NULL && base_rule != 0) {
        const ntm_node_spec *node = ntm_set_node(l->base, base_rule);
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, filling.rule_at,
                       "%s \"%s\" of set \"%s\" has a rule already, at line %u", noun, s->id, l->base->about.id,
                       node->line);
    } else if (filling.rule != NULL && s->by_its_parts) {
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, filling.rule_at,
                       "%s \"%s\" of set \"%s\" is decided by its indicators: all of them", noun, s->id,
                       l->base->about.id);
    } else if (filling.rule != NULL) {
        *s->rule = ntm_i_add_rule(l->reader, filling.rule);
    }
    join_citation(l, s->citation, &filling.citation);
}

const ntm_i_yaml *ntm_i_lay_entry(const ntm_i_lay_section *section, const char *id) {
    size_t at = ntm_i_index_find(&section->index, id);
    return at == SIZE_MAX ? NULL : section->entries[at].value;
}

bool ntm_i_lay_open(ntm_i_laying *l, ntm_i_lay_section *out, ntm_i_overlay_key key) {
    if (ntm_i_yaml_index(&out->entries, &out->index, &l->reader->arena, l->overlay->at[key])) return true;
    l->reader->out_of_memory = true;
    return false;
}

/* Reports what the overlay speaks of and the base has not. */
static void refuse_unknown(ntm_i_laying *l, ntm_i_overlay_key key, const void *items, size_t count, size_t size,
                           const char *noun) {
    ntm_i_index index;
    if (!ntm_i_index_make(&index, &l->reader->arena, items, count, size))
        l->reader->out_of_memory = true;
    else
        ntm_i_lay_unknown(l, l->overlay->at[key], &index, noun);
}

static void lay_indicators(ntm_i_laying *l, const ntm_criterion *criterion, const ntm_i_lay_section *section) {
    for (size_t k = 0; k < criterion->indicator_count && !l->reader->out_of_memory; k++) {
        ntm_indicator indicator = l->base->indicators[criterion->first_indicator + k];
        statement s = {indicator.id, &indicator.name, &indicator.rule, &indicator.citation, false};
        fill(l, &s, ntm_i_lay_entry(section, s.id), "indicator");
        ntm_error err = NTM_ERROR_INIT;
        if (!ntm_i_reader_went_well(l->reader, ntm_set_add_indicator(l->reader->builder, &indicator, &err), &err))
            return;
    }
}

static void lay_criteria(ntm_i_laying *l) {
    const ntm_set *base = l->base;
    ntm_i_lay_section criteria, indicators;
    refuse_unknown(l, NTM_I_OVERLAY_CRITERIA, base->criteria, base->criterion_count, sizeof *base->criteria,
                   "criterion");
    refuse_unknown(l, NTM_I_OVERLAY_INDICATORS, base->indicators, base->indicator_count, sizeof *base->indicators,
                   "indicator");
    if (!ntm_i_lay_open(l, &criteria, NTM_I_OVERLAY_CRITERIA) ||
        !ntm_i_lay_open(l, &indicators, NTM_I_OVERLAY_INDICATORS))
        return;
    for (size_t i = 0; i < base->criterion_count && !l->reader->out_of_memory; i++) {
        ntm_criterion criterion = base->criteria[i];
        statement s = {criterion.id, &criterion.name, &criterion.rule, &criterion.citation,
                       criterion.rule == 0 && criterion.indicator_count > 0};
        fill(l, &s, ntm_i_lay_entry(&criteria, s.id), "criterion");
        ntm_error err = NTM_ERROR_INIT;
        if (!ntm_i_reader_went_well(l->reader, ntm_set_add_criterion(l->reader->builder, &criterion, &err), &err))
            return;
        lay_indicators(l, &base->criteria[i], &indicators);
    }
}

static void lay_preconditions(ntm_i_laying *l) {
    const ntm_set *base = l->base;
    ntm_i_lay_section section;
    refuse_unknown(l, NTM_I_OVERLAY_PRECONDITIONS, base->preconditions, base->precondition_count,
                   sizeof *base->preconditions, "precondition");
    if (!ntm_i_lay_open(l, &section, NTM_I_OVERLAY_PRECONDITIONS)) return;
    for (size_t i = 0; i < base->precondition_count && !l->reader->out_of_memory; i++) {
        ntm_precondition condition = base->preconditions[i];
        statement s = {condition.id, &condition.name, &condition.rule, &condition.citation, false};
        fill(l, &s, ntm_i_lay_entry(&section, s.id), "precondition");
        ntm_error err = NTM_ERROR_INIT;
        if (!ntm_i_reader_went_well(l->reader, ntm_set_add_precondition(l->reader->builder, &condition, &err), &err))
            return;
    }
}

/* What an overlay has no words for is the base's: values, scope, recognition, pairs with the set before. */
static void lay_practice(ntm_i_laying *l) {
    const ntm_set *base = l->base;
    ntm_i_reader *reader = l->reader;
    ntm_error err = NTM_ERROR_INIT;
    bool well = true;
    ntm_set_builder_at(reader->builder, 0, 0);
    for (size_t i = 0; well && i < base->value_count; i++) {
        ntm_value value = base->values[i];
        value.rule = copy_rule(l, value.rule);
        well = !reader->out_of_memory &&
               ntm_i_reader_went_well(reader, ntm_set_add_value(reader->builder, &value, &err), &err);
    }
    for (size_t i = 0; well && i < base->scope_count; i++) {
        ntm_scope scope = base->scopes[i];
        scope.when = copy_rule(l, scope.when);
        well = !reader->out_of_memory &&
               ntm_i_reader_went_well(reader, ntm_set_add_scope(reader->builder, &scope, &err), &err);
    }
    for (size_t i = 0; well && i < base->recogniser_count; i++)
        well =
            ntm_i_reader_went_well(reader, ntm_set_add_recogniser(reader->builder, &base->recognisers[i], &err), &err);
    for (size_t i = 0; well && i < base->counterpart_count; i++)
        well = ntm_i_reader_went_well(reader, ntm_set_add_counterpart(reader->builder, &base->counterparts[i], &err),
                                      &err);
}

static void lay_rules(ntm_i_laying *l) {
    ntm_node status = copy_rule(l, l->base->status), revocation = copy_rule(l, l->base->revocation);
    ntm_node grade = copy_rule(l, l->base->grade);
    ntm_error err = NTM_ERROR_INIT;
    if (!l->reader->out_of_memory)
        (void)ntm_i_reader_went_well(l->reader, ntm_set_add_rules(l->reader->builder, status, revocation, grade, &err),
                                     &err);
}

/* ------------------------------------------------------------------------------------------- the whole */

/* The new set is about what the base is about, and names what was laid over it. */
static ntm_status start_builder(ntm_i_laying *l, ntm_error *err) {
    ntm_set_spec about = l->base->about;
    const char **overlays = ntm_i_reader_take(l->reader, about.overlay_count + 1, sizeof *overlays);
    if (overlays == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < about.overlay_count; i++)
        overlays[i] = about.overlays[i];
    overlays[about.overlay_count++] = l->overlay->layer.id;
    about.overlays = overlays;
    return ntm_set_builder_new(&l->reader->builder, &about, l->overlay->name, l->reader->report.problems,
                               &l->reader->arena.allocator, err);
}

static ntm_status lay(ntm_set **out, ntm_i_laying *l, ntm_error *err) {
    ntm_status status = start_builder(l, err);
    if (status != NTM_OK) return status;
    l->reader->layer = &l->overlay->layer;
    ntm_i_lay_parts(l);
    if (!l->reader->out_of_memory) ntm_i_lay_figures(l);
    if (!l->reader->out_of_memory) lay_criteria(l);
    if (!l->reader->out_of_memory) lay_preconditions(l);
    if (!l->reader->out_of_memory) lay_practice(l);
    if (!l->reader->out_of_memory) lay_rules(l);
    return ntm_i_reader_finish(out, l->reader, err);
}

ntm_status ntm_set_overlay(ntm_set **out, const ntm_set *base, const ntm_overlay *overlay,
                           const ntm_read_options *options, ntm_error *err) {
    ntm_read_options settings;
    if (out == NULL || base == NULL || overlay == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a set, an overlay and a place for the new set are needed");
    ntm_status status = ntm_i_read_settings(&settings, options, err);
    if (status != NTM_OK) return status;
    ntm_i_reader reader;
    ntm_i_reader_start(&reader, overlay->name, settings.problems, settings.allocator);
    ntm_i_laying laying = {&reader, base, overlay};
    if (strcmp(overlay->of, base->about.id) == 0) {
        status = lay(out, &laying, err);
    } else {
        ntm_i_complain(&reader, NTM_ERROR_NOT_FOUND, overlay->at[NTM_I_OVERLAY_OF],
                       "overlay \"%s\" goes over set \"%s\", not over \"%s\"", overlay->layer.id, overlay->of,
                       base->about.id);
        status = ntm_i_report_end(&reader.report, err);
    }
    ntm_i_reader_end(&reader);
    return status;
}
