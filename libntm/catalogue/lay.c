/* SPDX-License-Identifier: Apache-2.0 */
/* Laying an overlay over a set: a new set is built from both. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "catalogue/lay.h"

bool ntm_i_lay_open(ntm_i_laying *l, ntm_i_lay_section *out, const ntm_i_yaml *section) {
    if (ntm_i_yaml_index(&out->entries, &out->index, &l->reader->arena, section)) return true;
    l->reader->out_of_memory = true;
    return false;
}

const ntm_i_yaml *ntm_i_lay_entry(const ntm_i_lay_section *section, const char *id) {
    size_t at = ntm_i_index_find(&section->index, id);
    return at == SIZE_MAX ? NULL : section->entries[at].value;
}

/* ------------------------------------------------------------------------------------------- rules */

void ntm_i_lay_own(ntm_i_laying *l, ntm_i_things *things, size_t count) {
    ntm_i_origin *all = things->origins.items;
    for (size_t i = count; i < things->origins.count; i++)
        all[i].layer = all[i].vi = all[i].en = all[i].rule = l->layer;
}

ntm_node ntm_i_lay_new_rule(ntm_i_laying *l, const ntm_i_rule *rule) {
    ntm_i_things *nodes = &l->reader->builder->nodes;
    size_t count = nodes->items.count;
    ntm_node node = ntm_i_add_rule(l->reader, rule);
    ntm_i_lay_own(l, nodes, count);
    return node;
}

/* Copies a tree of the base, those below first. Trees of a set are at most NTM_DEPTH_MAX deep. */
ntm_node ntm_i_lay_copy(ntm_i_laying *l, ntm_node number) {
    ntm_i_reader *reader = l->reader;
    if (number == 0 || reader->out_of_memory) return 0;
    ntm_node_spec spec = *ntm_set_node(l->base, number);
    ntm_node *of = ntm_i_reader_take(reader, spec.of_count, sizeof *of);
    ntm_band *bands = ntm_i_reader_take(reader, spec.band_count, sizeof *bands);
    if (of == NULL || bands == NULL) return 0;
    for (size_t i = 0; i < spec.of_count; i++)
        of[i] = ntm_i_lay_copy(l, spec.of[i]);
    for (size_t i = 0; i < spec.band_count; i++) {
        bands[i] = spec.bands[i];
        bands[i].requires_met = ntm_i_lay_copy(l, spec.bands[i].requires_met);
    }
    spec.of = of;
    spec.bands = bands;
    spec.knock_out = ntm_i_lay_copy(l, spec.knock_out);
    spec.line = spec.column = 0; /* the builder would take it for a line of the overlay */
    if (reader->out_of_memory) return 0;
    ntm_node node = 0;
    ntm_error err = NTM_ERROR_INIT;
    ntm_set_builder_at(reader->builder, 0, 0);
    if (!ntm_i_reader_went_well(reader, ntm_set_add_node(&node, reader->builder, &spec, &err), &err)) return 0;
    *ntm_i_last_origin(&reader->builder->nodes) = l->base->node_origins[number - 1];
    return node;
}

/* ------------------------------------------------------------------------------------------- citations */

void ntm_i_lay_join_sources(ntm_i_laying *l, ntm_citation *to, const ntm_citation *from) {
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

void ntm_i_lay_join_note(ntm_i_laying *l, ntm_citation *to, const ntm_citation *from) {
    if (from->note == NULL) return;
    if (to->note == NULL) {
        to->note = from->note;
        return;
    }
    size_t size = strlen(to->note) + strlen(from->note) + strlen(l->overlay->layer.id) + 8;
    char *note = ntm_i_reader_take(l->reader, size, 1);
    if (note == NULL) return;
    (void)snprintf(note, size, "%s [%s] %s", to->note, l->overlay->layer.id, from->note);
    to->note = note;
}

/* ------------------------------------------------------------------------------------------- the whole */

/* Whether what a set says of its pairs with another set is about something that is still there. */
static bool is_there(const ntm_i_laying *l, const ntm_counterpart *pair) {
    const ntm_i_things *things = pair->is_criterion ? &l->reader->builder->criteria : &l->reader->builder->indicators;
    return ntm_i_find_id(things->items.items, things->items.count, things->items.item_size, pair->id) != SIZE_MAX;
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
        value.rule = ntm_i_lay_copy(l, value.rule);
        well = !reader->out_of_memory &&
               ntm_i_reader_went_well(reader, ntm_set_add_value(reader->builder, &value, &err), &err);
    }
    for (size_t i = 0; well && i < base->scope_count; i++) {
        ntm_scope scope = base->scopes[i];
        scope.when = ntm_i_lay_copy(l, scope.when);
        well = !reader->out_of_memory &&
               ntm_i_reader_went_well(reader, ntm_set_add_scope(reader->builder, &scope, &err), &err);
    }
    for (size_t i = 0; well && i < base->recogniser_count; i++)
        well =
            ntm_i_reader_went_well(reader, ntm_set_add_recogniser(reader->builder, &base->recognisers[i], &err), &err);
    for (size_t i = 0; well && i < base->counterpart_count; i++)
        if (l->gone_now.count == 0 || is_there(l, &base->counterparts[i]))
            well = ntm_i_reader_went_well(reader,
                                          ntm_set_add_counterpart(reader->builder, &base->counterparts[i], &err), &err);
}

static void lay_rules(ntm_i_laying *l) {
    ntm_node status = ntm_i_lay_copy(l, l->base->status), revocation = ntm_i_lay_copy(l, l->base->revocation);
    ntm_node grade = ntm_i_lay_copy(l, l->base->grade);
    ntm_error err = NTM_ERROR_INIT;
    if (!l->reader->out_of_memory)
        (void)ntm_i_reader_went_well(l->reader, ntm_set_add_rules(l->reader->builder, status, revocation, grade, &err),
                                     &err);
}

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
    if (ntm_i_lay_memory_start(l)) ntm_i_lay_parts(l);
    if (!l->reader->out_of_memory) ntm_i_lay_criteria(l);
    if (!l->reader->out_of_memory) ntm_i_lay_preconditions(l);
    if (!l->reader->out_of_memory) lay_practice(l);
    if (!l->reader->out_of_memory) lay_rules(l);
    bool free = l->reader->out_of_memory || ntm_i_lay_removed_are_free(l);
    if (!l->reader->out_of_memory) ntm_i_lay_figures(l);
    if (!l->reader->out_of_memory) (void)ntm_i_lay_memory_keep(l);
    if (l->reader->out_of_memory) return ntm_i_no_memory(err);
    /* What is missing was told: the builder would tell it again, without the place. */
    if (!free) return ntm_i_report_end(&l->reader->report, err);
    return ntm_i_reader_finish(out, l->reader, err);
}

/* What keeps an overlay from being laid over a set at all. */
static ntm_status check_fit(ntm_i_laying *l, ntm_error *err) {
    const ntm_overlay *overlay = l->overlay;
    const ntm_set_spec *about = &l->base->about;
    const ntm_i_yaml *of = overlay->at[NTM_I_OVERLAY_OF];
    if (strcmp(overlay->of, about->id) != 0) {
        ntm_i_complain(l->reader, NTM_ERROR_NOT_FOUND, of, "overlay \"%s\" goes over set \"%s\", not over \"%s\"",
                       overlay->layer.id, overlay->of, about->id);
        return ntm_i_report_end(&l->reader->report, err);
    }
    for (size_t i = 0; i < about->overlay_count; i++)
        if (strcmp(about->overlays[i], overlay->layer.id) == 0) {
            ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, overlay->at[NTM_I_OVERLAY_ID],
                           "overlay \"%s\" is laid over set \"%s\" already", overlay->layer.id, about->id);
            return ntm_i_report_end(&l->reader->report, err);
        }
    if (about->overlay_count < NTM_I_LAYERS_MAX) return NTM_OK;
    ntm_i_complain(l->reader, NTM_ERROR_LIMIT, of, "more than %d overlays over one set", NTM_I_LAYERS_MAX);
    return ntm_i_report_end(&l->reader->report, err);
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
    ntm_i_laying laying = {.reader = &reader, .base = base, .overlay = overlay};
    laying.layer = (uint16_t)(base->about.overlay_count + 1);
    status = check_fit(&laying, err);
    if (status == NTM_OK) {
        status = lay(out, &laying, err);
        ntm_i_lay_memory_end(&laying);
    }
    ntm_i_reader_end(&reader);
    return status;
}
