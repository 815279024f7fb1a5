/* SPDX-License-Identifier: Apache-2.0 */
/* A law: what a set is about, its dictionary, its figures and its parts. Rules are in law_rules.c. */
#include "proof/law.h"

#include <string.h>

#include "proof/digest.h"
#include <ntm/proof.h>

void ntm_i_law_names(ntm_i_json *json, const char *key, ntm_names names) {
    if ((names.en == NULL || names.en[0] == '\0') && (names.vi == NULL || names.vi[0] == '\0')) return;
    ntm_i_json_key(json, key);
    ntm_i_json_open(json, '{');
    ntm_i_json_put(json, "en", names.en);
    ntm_i_json_put(json, "vi", names.vi);
    ntm_i_json_close(json, '}');
}

void ntm_i_law_citation(ntm_i_json *json, const ntm_citation *citation) {
    if (citation->standing != NTM_CITED && citation->standing != NTM_UNVERIFIED) return;
    ntm_i_json_key(json, "citation");
    ntm_i_json_open(json, '{');
    ntm_i_json_put(json, "note", citation->note);
    ntm_i_json_put(json, "overlay", citation->overlay);
    ntm_i_json_put_texts(json, "sources", citation->sources, citation->source_count);
    ntm_i_json_put(json, "standing", citation->standing == NTM_CITED ? "cited" : "unverified");
    ntm_i_json_close(json, '}');
}

static void write_about(ntm_i_json *json, const ntm_set_spec *about) {
    const ntm_instrument *act = &about->instrument;
    ntm_i_json_key(json, "about");
    ntm_i_json_open(json, '{');
    ntm_i_law_names(json, "act", act->title);
    ntm_i_law_citation(json, &act->citation);
    ntm_i_json_put(json, "follows", about->follows);
    ntm_i_json_put(json, "follows_note", about->follows_note);
    ntm_i_json_put(json, "id", about->id);
    ntm_i_json_put_day(json, "in_force_from", act->in_force_from);
    ntm_i_json_put_day(json, "in_force_to", act->in_force_to);
    ntm_i_json_put(json, "issuer", act->issuer);
    ntm_i_json_put(json, "level", about->level);
    ntm_i_json_put(json, "note", about->note);
    ntm_i_json_put(json, "number", act->number);
    ntm_i_json_put_texts(json, "overlays", about->overlays, about->overlay_count);
    ntm_i_json_put(json, "place", about->place);
    ntm_i_json_put(json, "programme", about->programme);
    ntm_i_json_put(json, "revocation_by", about->revocation_by);
    ntm_i_json_put_day(json, "signed_on", act->signed_on);
    ntm_i_json_put(json, "tier", about->tier);
    ntm_i_law_names(json, "title", about->title);
    if (about->validity.months != 0) {
        ntm_i_json_key(json, "validity");
        ntm_i_json_open(json, '{');
        ntm_i_law_citation(json, &about->validity.citation);
        ntm_i_json_put_integer(json, "months", about->validity.months);
        ntm_i_json_close(json, '}');
    }
    ntm_i_json_close(json, '}');
}

/* A list under a key, left out when it is empty; `write` writes one item. */
typedef void write_item(ntm_i_json *json, const ntm_set *set, size_t index);

static void write_list(ntm_i_json *json, const char *key, const ntm_set *set, size_t first, size_t count,
                       write_item *write) {
    if (count == 0) return;
    ntm_i_json_key(json, key);
    ntm_i_json_open(json, '[');
    for (size_t i = first; i < first + count; i++) {
        ntm_i_json_open(json, '{');
        write(json, set, i);
        ntm_i_json_close(json, '}');
    }
    ntm_i_json_close(json, ']');
}

static void write_axis(ntm_i_json *json, const ntm_set *set, size_t index) {
    const ntm_axis *axis = &set->axes[index];
    ntm_i_json_put(json, "id", axis->id);
    ntm_i_law_names(json, "name", axis->name);
    bool named = false;
    for (size_t i = 0; axis->names != NULL && i < axis->value_count; i++)
        named = named || axis->names[i].vi != NULL || axis->names[i].en != NULL;
    if (named) {
        ntm_i_json_key(json, "names");
        ntm_i_json_open(json, '[');
        for (size_t i = 0; i < axis->value_count; i++) {
            ntm_i_json_open(json, '{');
            ntm_i_json_put(json, "en", axis->names[i].en);
            ntm_i_json_put(json, "vi", axis->names[i].vi);
            ntm_i_json_close(json, '}');
        }
        ntm_i_json_close(json, ']');
    }
    ntm_i_json_put_texts(json, "values", axis->values, axis->value_count);
}

static void write_counterpart(ntm_i_json *json, const ntm_set *set, size_t index) {
    const ntm_counterpart *pair = &set->counterparts[index];
    ntm_i_json_put(json, "id", pair->id);
    ntm_i_json_put(json, "kind", pair->is_criterion ? "criterion" : "indicator");
    ntm_i_json_put(json, "of", pair->of);
}

static void write_indicator(ntm_i_json *json, const ntm_set *set, size_t index) {
    const ntm_indicator *part = &set->indicators[index];
    ntm_i_law_citation(json, &part->citation);
    ntm_i_json_put(json, "id", part->id);
    ntm_i_law_names(json, "name", part->name);
    ntm_i_law_rule(json, "rule", set, part->rule);
}

static void write_criterion(ntm_i_json *json, const ntm_set *set, size_t index) {
    const ntm_criterion *criterion = &set->criteria[index];
    ntm_i_law_citation(json, &criterion->citation);
    ntm_i_json_put(json, "group", criterion->group);
    ntm_i_json_put(json, "id", criterion->id);
    write_list(json, "indicators", set, criterion->first_indicator, criterion->indicator_count, write_indicator);
    ntm_i_law_names(json, "name", criterion->name);
    ntm_i_law_rule(json, "rule", set, criterion->rule);
}

static void write_dimension(ntm_i_json *json, const ntm_set *set, size_t index) {
    ntm_i_json_put(json, "id", set->dimensions[index].id);
    ntm_i_json_put_texts(json, "members", set->dimensions[index].members, set->dimensions[index].member_count);
}

static void write_fact(ntm_i_json *json, const ntm_set *set, size_t index) {
    static const char *const kinds[] = {"", "flag", "count", "amount", "share", "level", "money", "date"};
    static const char *const merges[] = {"", "sum", "ratio", "weighted", "all", "any", "min", "max", "reassess"};
    static const char *const times[] = {"", "flow", "stock", "min", "max"};
    const ntm_fact *fact = &set->facts[index];
    ntm_i_json_put(json, "by", fact->by);
    ntm_i_json_put(json, "id", fact->id);
    ntm_i_json_put(json, "kind", kinds[fact->kind]);
    if (fact->has_least) ntm_i_json_put_number(json, "least", ntm_i_rational_decimal(fact->least));
    ntm_i_json_put_texts(json, "levels", fact->levels, fact->level_count);
    ntm_i_json_put(json, "merge", merges[fact->merge]);
    if (fact->merge_parts[0] != NULL && fact->merge_parts[1] != NULL)
        ntm_i_json_put_texts(json, "merge_parts", fact->merge_parts, 2);
    ntm_i_json_put(json, "merge_weight", fact->merge_weight);
    if (fact->has_most) ntm_i_json_put_number(json, "most", ntm_i_rational_decimal(fact->most));
    ntm_i_law_names(json, "name", fact->name);
    ntm_i_json_put(json, "over_time", times[fact->over_time]);
    ntm_i_json_put(json, "part_of", fact->part_of);
    ntm_i_json_put_integer(json, "power", set->fact_units[index].power);
    ntm_i_json_put(json, "unit", fact->unit);
}

static void write_cells(ntm_i_json *json, const ntm_figure *figure) {
    if (figure->value_count == 0) return;
    ntm_i_json_key(json, "cells");
    ntm_i_json_open(json, '[');
    for (size_t i = 0; i < figure->value_count; i++) {
        ntm_i_json_open(json, '{');
        ntm_i_law_citation(json, &figure->values[i].citation);
        ntm_i_json_put_texts(json, "keys", figure->values[i].keys, figure->axis_count);
        ntm_i_json_put_number(json, "value", ntm_i_rational_decimal(figure->values[i].value));
        ntm_i_json_close(json, '}');
    }
    ntm_i_json_close(json, ']');
}

static void write_figure(ntm_i_json *json, const ntm_set *set, size_t index) {
    const ntm_figure *figure = &set->figures[index];
    ntm_i_json_put_texts(json, "axes", figure->axes, figure->axis_count);
    write_cells(json, figure);
    ntm_i_law_citation(json, &figure->citation);
    ntm_i_json_put(json, "delegated_to", figure->delegated_to);
    if (figure->has_general) ntm_i_json_put_number(json, "general", ntm_i_rational_decimal(figure->general));
    ntm_i_json_put(json, "id", figure->id);
    ntm_i_json_put_true(json, "interpolate", figure->interpolate);
    ntm_i_json_put_integer(json, "power", set->figure_units[index].power);
    ntm_i_json_put(json, "unit", figure->unit);
}

static void write_precondition(ntm_i_json *json, const ntm_set *set, size_t index) {
    const ntm_precondition *part = &set->preconditions[index];
    ntm_i_law_citation(json, &part->citation);
    ntm_i_json_put(json, "id", part->id);
    ntm_i_law_names(json, "name", part->name);
    ntm_i_law_rule(json, "rule", set, part->rule);
}

static void write_recogniser(ntm_i_json *json, const ntm_set *set, size_t index) {
    const ntm_recogniser *entry = &set->recognisers[index];
    ntm_i_law_names(json, "by", entry->by);
    ntm_i_law_citation(json, &entry->citation);
    ntm_i_json_put_texts(json, "classes", entry->classes, entry->class_count);
    ntm_i_json_put_day(json, "from", entry->from);
    ntm_i_json_put_day(json, "to", entry->to);
}

static void write_scope(ntm_i_json *json, const ntm_set *set, size_t index) {
    const ntm_scope *scope = &set->scopes[index];
    ntm_i_json_put(json, "axis", scope->axis);
    ntm_i_law_citation(json, &scope->citation);
    ntm_i_json_put(json, "use", scope->use);
    ntm_i_law_rule(json, "when", set, scope->when);
}

static void write_source(ntm_i_json *json, const ntm_set *set, size_t index) {
    ntm_i_json_put(json, "id", set->sources[index].id);
    ntm_i_json_put(json, "what", set->sources[index].what);
    ntm_i_json_put(json, "where", set->sources[index].where);
}

static void write_value(ntm_i_json *json, const ntm_set *set, size_t index) {
    const ntm_value *value = &set->values[index];
    ntm_i_law_citation(json, &value->citation);
    ntm_i_json_put(json, "id", value->id);
    if (value->has_least) ntm_i_json_put_number(json, "least", ntm_i_rational_decimal(value->least));
    if (value->has_most) ntm_i_json_put_number(json, "most", ntm_i_rational_decimal(value->most));
    ntm_i_law_names(json, "name", value->name);
    ntm_i_json_put_integer(json, "power", set->value_units[index].power);
    ntm_i_law_rule(json, "rule", set, value->rule);
    ntm_i_json_put(json, "unit", value->unit);
}

static void write_rules(ntm_i_json *json, const ntm_set *set) {
    if (set->status == 0 && set->grade == 0 && set->revocation == 0) return;
    ntm_i_json_key(json, "rules");
    ntm_i_json_open(json, '{');
    ntm_i_law_rule(json, "criteria_status", set, set->status);
    ntm_i_law_rule(json, "grade", set, set->grade);
    ntm_i_law_rule(json, "revocation", set, set->revocation);
    ntm_i_json_close(json, '}');
}

void ntm_i_law_write(ntm_i_json *json, const ntm_set *set) {
    ntm_i_json_open(json, '{');
    write_about(json, &set->about);
    write_list(json, "axes", set, 0, set->axis_count, write_axis);
    write_list(json, "counterparts", set, 0, set->counterpart_count, write_counterpart);
    write_list(json, "criteria", set, 0, set->criterion_count, write_criterion);
    write_list(json, "dimensions", set, 0, set->dimension_count, write_dimension);
    write_list(json, "facts", set, 0, set->fact_count, write_fact);
    write_list(json, "figures", set, 0, set->figure_count, write_figure);
    ntm_i_json_put(json, "format", "ntm-law/1");
    write_list(json, "preconditions", set, 0, set->precondition_count, write_precondition);
    write_list(json, "recognisers", set, 0, set->recogniser_count, write_recogniser);
    write_rules(json, set);
    write_list(json, "scopes", set, 0, set->scope_count, write_scope);
    write_list(json, "sources", set, 0, set->source_count, write_source);
    write_list(json, "values", set, 0, set->value_count, write_value);
    ntm_i_json_close(json, '}');
}

ntm_status ntm_i_law_digest(char out[NTM_I_SHA256_TEXT], const ntm_set *set, const ntm_allocator *allocator,
                            ntm_error *err) {
    ntm_i_writer writer;
    ntm_i_sha256 hash;
    ntm_i_writer_start(&writer, allocator);
    ntm_i_json json = {&writer, false};
    ntm_i_law_write(&json, set);
    bool failed = writer.failed;
    if (!failed) {
        ntm_i_sha256_start(&hash);
        ntm_i_sha256_add(&hash, writer.bytes.items, writer.bytes.count);
        ntm_i_sha256_end(&hash, out);
    }
    ntm_i_writer_end(&writer);
    return failed ? ntm_i_no_memory(err) : NTM_OK;
}

ntm_status ntm_set_digest(char out[65], const ntm_set *set, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || set == NULL || !ntm_i_allocator_usable(allocator))
        return ntm_i_wrong_call(err, "a place for the digest, a set and a whole allocator are needed");
    ntm_allocator chosen = ntm_i_allocator(allocator);
    return ntm_i_law_digest(out, set, &chosen, err);
}
