/* SPDX-License-Identifier: Apache-2.0 */
/* Deep copies of the public structs into an arena. */
#include <string.h>

#include "base/text.h"
#include "criteria/builder.h"

/* All text of a set is UTF-8; what is not is remembered, and the builder complains where it knows the place. */
static bool copy_text(ntm_i_copier *to, const char **out, const char *text) {
    size_t bad;
    if (text != NULL && !ntm_i_utf8_valid(text, strlen(text), &bad)) to->bad_text = true;
    return ntm_i_arena_copy(to->arena, out, text);
}

static bool copy_names(ntm_i_copier *to, ntm_names *out, ntm_names from) {
    return copy_text(to, &out->vi, from.vi) && copy_text(to, &out->en, from.en);
}

static bool copy_list(ntm_i_copier *to, const char *const **out, const char *const *from, size_t count) {
    if (count == 0 || from == NULL) {
        to->missing = to->missing || count > 0;
        *out = NULL;
        return true;
    }
    const char **list = ntm_i_arena_take(to->arena, count, sizeof *list);
    if (list == NULL) return false;
    for (size_t i = 0; i < count; i++)
        if (!copy_text(to, &list[i], from[i])) return false;
    *out = list;
    return true;
}

static bool copy_citation(ntm_i_copier *to, ntm_citation *out, const ntm_citation *from) {
    out->standing = from->standing;
    out->source_count = from->source_count;
    /* A statement that says nothing about itself stands on its sources, or is absent. */
    if (out->standing == 0) out->standing = from->source_count > 0 ? NTM_CITED : NTM_ABSENT;
    return copy_list(to, &out->sources, from->sources, from->source_count) && copy_text(to, &out->note, from->note) &&
           copy_text(to, &out->overlay, from->overlay);
}

bool ntm_i_copy_source(ntm_i_copier *to, ntm_source *out, const ntm_source *from) {
    return copy_text(to, &out->id, from->id) && copy_text(to, &out->where, from->where) &&
           copy_text(to, &out->what, from->what);
}

bool ntm_i_copy_axis(ntm_i_copier *to, ntm_axis *out, const ntm_axis *from) {
    out->value_count = from->value_count;
    if (!copy_text(to, &out->id, from->id) || !copy_names(to, &out->name, from->name) ||
        !copy_list(to, &out->values, from->values, from->value_count))
        return false;
    if (from->names == NULL || from->value_count == 0) return true;
    ntm_names *names = ntm_i_arena_take(to->arena, from->value_count, sizeof *names);
    if (names == NULL) return false;
    for (size_t i = 0; i < from->value_count; i++)
        if (!copy_names(to, &names[i], from->names[i])) return false;
    out->names = names;
    return true;
}

bool ntm_i_copy_dimension(ntm_i_copier *to, ntm_dimension *out, const ntm_dimension *from) {
    out->member_count = from->member_count;
    return copy_text(to, &out->id, from->id) && copy_list(to, &out->members, from->members, from->member_count);
}

bool ntm_i_copy_fact(ntm_i_copier *to, ntm_fact *out, const ntm_fact *from) {
    *out = *from;
    if (out->merge == 0) out->merge = NTM_MERGE_REASSESS;
    return copy_text(to, &out->id, from->id) && copy_names(to, &out->name, from->name) &&
           copy_text(to, &out->unit, from->unit) && copy_text(to, &out->part_of, from->part_of) &&
           copy_text(to, &out->by, from->by) && copy_text(to, &out->merge_weight, from->merge_weight) &&
           copy_text(to, &out->merge_parts[0], from->merge_parts[0]) &&
           copy_text(to, &out->merge_parts[1], from->merge_parts[1]) &&
           copy_list(to, &out->levels, from->levels, from->level_count);
}

bool ntm_i_copy_figure(ntm_i_copier *to, ntm_figure *out, const ntm_figure *from) {
    *out = *from;
    if (!copy_text(to, &out->id, from->id) || !copy_text(to, &out->unit, from->unit) ||
        !copy_list(to, &out->axes, from->axes, from->axis_count) ||
        !copy_text(to, &out->delegated_to, from->delegated_to) || !copy_citation(to, &out->citation, &from->citation))
        return false;
    if (from->values == NULL && from->value_count > 0) {
        to->missing = true;
        return true;
    }
    ntm_figure_value *values = ntm_i_arena_take(to->arena, from->value_count, sizeof *values);
    if (values == NULL) return false;
    for (size_t i = 0; i < from->value_count; i++) {
        values[i].value = from->values[i].value;
        if (!copy_list(to, &values[i].keys, from->values[i].keys, from->axis_count) ||
            !copy_citation(to, &values[i].citation, &from->values[i].citation))
            return false;
    }
    out->values = from->value_count > 0 ? values : NULL;
    return true;
}

bool ntm_i_copy_criterion(ntm_i_copier *to, ntm_criterion *out, const ntm_criterion *from) {
    out->rule = from->rule;
    out->first_indicator = 0;
    out->indicator_count = 0;
    return copy_text(to, &out->id, from->id) && copy_names(to, &out->name, from->name) &&
           copy_text(to, &out->group, from->group) && copy_citation(to, &out->citation, &from->citation);
}

bool ntm_i_copy_indicator(ntm_i_copier *to, ntm_indicator *out, const ntm_indicator *from) {
    out->rule = from->rule;
    return copy_text(to, &out->id, from->id) && copy_names(to, &out->name, from->name) &&
           copy_citation(to, &out->citation, &from->citation);
}

bool ntm_i_copy_precondition(ntm_i_copier *to, ntm_precondition *out, const ntm_precondition *from) {
    out->rule = from->rule;
    return copy_text(to, &out->id, from->id) && copy_names(to, &out->name, from->name) &&
           copy_citation(to, &out->citation, &from->citation);
}

bool ntm_i_copy_value(ntm_i_copier *to, ntm_value *out, const ntm_value *from) {
    *out = *from;
    return copy_text(to, &out->id, from->id) && copy_names(to, &out->name, from->name) &&
           copy_text(to, &out->unit, from->unit) && copy_citation(to, &out->citation, &from->citation);
}

bool ntm_i_copy_scope(ntm_i_copier *to, ntm_scope *out, const ntm_scope *from) {
    out->when = from->when;
    return copy_text(to, &out->axis, from->axis) && copy_text(to, &out->use, from->use) &&
           copy_citation(to, &out->citation, &from->citation);
}

bool ntm_i_copy_recogniser(ntm_i_copier *to, ntm_recogniser *out, const ntm_recogniser *from) {
    *out = *from;
    return copy_names(to, &out->by, from->by) && copy_list(to, &out->classes, from->classes, from->class_count) &&
           copy_citation(to, &out->citation, &from->citation);
}

bool ntm_i_copy_counterpart(ntm_i_copier *to, ntm_counterpart *out, const ntm_counterpart *from) {
    out->is_criterion = from->is_criterion;
    return copy_text(to, &out->id, from->id) && copy_text(to, &out->of, from->of);
}

static bool copy_bands(ntm_i_copier *to, ntm_node_spec *out, const ntm_node_spec *from) {
    if (from->band_count == 0) {
        out->bands = NULL;
        return true;
    }
    ntm_band *bands = ntm_i_arena_take(to->arena, from->band_count, sizeof *bands);
    if (bands == NULL) return false;
    for (size_t i = 0; i < from->band_count; i++) {
        bands[i] = from->bands[i];
        if (!copy_text(to, &bands[i].label, from->bands[i].label) ||
            !copy_names(to, &bands[i].name, from->bands[i].name))
            return false;
    }
    out->bands = bands;
    return true;
}

static void *copy_block(ntm_i_copier *to, const void *from, size_t count, size_t size) {
    void *block = ntm_i_arena_take(to->arena, count, size);
    if (block != NULL && count > 0) memcpy(block, from, count * size);
    return block;
}

/* What a kind does not name is cleared, so that equal rules are equal whatever stood in the caller's struct. */
static ntm_node_spec own_fields(const ntm_node_spec *from) {
    ntm_node_spec own;
    memset(&own, 0, sizeof own);
    ntm_node_kind kind = from->kind;
    bool over = kind == NTM_COUNT || kind == NTM_SHARE || kind == NTM_EVERY;
    bool named = kind == NTM_FACT || kind == NTM_FIGURE || kind == NTM_PAST || kind == NTM_OF_PARENT ||
                 kind == NTM_AVERAGE || kind == NTM_FIGURE_OF || kind == NTM_ATTESTED || kind == NTM_AT_LEVEL ||
                 kind == NTM_HOLDS || kind == NTM_IF_APPLICABLE || kind == NTM_CRITERION || kind == NTM_INDICATOR ||
                 kind == NTM_VALUE || (over && from->over == NTM_OVER_CHILDREN);
    bool labelled = kind == NTM_PAST || kind == NTM_OF_PARENT || kind == NTM_AVERAGE || kind == NTM_FIGURE_OF ||
                    kind == NTM_AT_LEVEL || (over && from->over >= NTM_OVER_MEMBERS);
    own.kind = kind;
    own.of = from->of;
    own.of_count = from->of_count;
    own.citation = from->citation;
    own.line = from->line;
    own.column = from->column;
    if (named) own.name = from->name;
    if (labelled) own.label = from->label;
    if (kind == NTM_COMPARE) own.compare = from->compare;
    if (kind == NTM_AT_LEAST) own.k = from->k;
    if (kind == NTM_CONSTANT || kind == NTM_ROUNDED) own.value = from->value;
    if (kind == NTM_CONSTANT || kind == NTM_ROUNDED || kind == NTM_FIGURE_OF) own.unit = from->unit;
    if (kind == NTM_ROUNDED) own.rounding = from->rounding;
    if (kind == NTM_POINTS) own.points = from->points;
    if (kind == NTM_ATTESTED) own.evidence = from->evidence;
    if (over) {
        own.over = from->over;
        own.verdict = from->over < NTM_OVER_MEMBERS ? from->verdict : NTM_OPEN;
        own.members = from->members;
        own.member_count = from->member_count;
    }
    if (kind == NTM_GRADE) {
        own.bands = from->bands;
        own.band_count = from->band_count;
        own.knock_out = from->knock_out;
    }
    return own;
}

bool ntm_i_copy_node(ntm_i_copier *to, ntm_node_spec *out, const ntm_node_spec *spec) {
    *out = own_fields(spec);
    const ntm_node_spec own = *out, *from = &own;
    if (from->of_count > 0) {
        out->of = copy_block(to, from->of, from->of_count, sizeof *from->of);
        if (out->of == NULL) return false;
    }
    if (from->of_count > 0 && from->points != NULL) {
        out->points = copy_block(to, from->points, from->of_count, sizeof *from->points);
        if (out->points == NULL) return false;
    }
    return copy_text(to, &out->name, from->name) && copy_text(to, &out->label, from->label) &&
           copy_text(to, &out->unit, from->unit) && copy_text(to, &out->evidence, from->evidence) &&
           copy_list(to, &out->members, from->members, from->member_count) &&
           copy_citation(to, &out->citation, &from->citation) && copy_bands(to, out, from);
}

bool ntm_i_copy_about(ntm_i_copier *to, ntm_set_spec *out, const ntm_set_spec *from) {
    *out = *from;
    return copy_text(to, &out->id, from->id) && copy_names(to, &out->title, from->title) &&
           copy_text(to, &out->programme, from->programme) && copy_text(to, &out->level, from->level) &&
           copy_text(to, &out->tier, from->tier) && copy_text(to, &out->place, from->place) &&
           copy_text(to, &out->note, from->note) &&
           copy_list(to, &out->overlays, from->overlays, from->overlay_count) &&
           copy_text(to, &out->instrument.number, from->instrument.number) &&
           copy_text(to, &out->instrument.issuer, from->instrument.issuer) &&
           copy_names(to, &out->instrument.title, from->instrument.title) &&
           copy_citation(to, &out->instrument.citation, &from->instrument.citation) &&
           copy_text(to, &out->follows, from->follows) && copy_text(to, &out->follows_note, from->follows_note) &&
           copy_text(to, &out->revocation_by, from->revocation_by) &&
           copy_citation(to, &out->validity.citation, &from->validity.citation);
}
