/* SPDX-License-Identifier: Apache-2.0 */
/* Deep copies of the public structs into an arena. */
#include <string.h>

#include "criteria/builder.h"

static bool copy_names(ntm_i_arena *arena, ntm_names *out, ntm_names from) {
    return ntm_i_arena_copy(arena, &out->vi, from.vi) && ntm_i_arena_copy(arena, &out->en, from.en);
}

static bool copy_list(ntm_i_arena *arena, const char *const **out, const char *const *from, size_t count) {
    if (count == 0) {
        *out = NULL;
        return true;
    }
    const char **list = ntm_i_arena_take(arena, count, sizeof *list);
    if (list == NULL) return false;
    for (size_t i = 0; i < count; i++)
        if (!ntm_i_arena_copy(arena, &list[i], from[i])) return false;
    *out = list;
    return true;
}

static bool copy_citation(ntm_i_arena *arena, ntm_citation *out, const ntm_citation *from) {
    out->standing = from->standing;
    out->source_count = from->source_count;
    /* A statement that says nothing about itself stands on its sources, or is absent. */
    if (out->standing == 0) out->standing = from->source_count > 0 ? NTM_CITED : NTM_ABSENT;
    return copy_list(arena, &out->sources, from->sources, from->source_count) &&
           ntm_i_arena_copy(arena, &out->note, from->note) && ntm_i_arena_copy(arena, &out->overlay, from->overlay);
}

bool ntm_i_copy_source(ntm_i_arena *arena, ntm_source *out, const ntm_source *from) {
    return ntm_i_arena_copy(arena, &out->id, from->id) && ntm_i_arena_copy(arena, &out->where, from->where) &&
           ntm_i_arena_copy(arena, &out->what, from->what);
}

bool ntm_i_copy_axis(ntm_i_arena *arena, ntm_axis *out, const ntm_axis *from) {
    out->value_count = from->value_count;
    if (!ntm_i_arena_copy(arena, &out->id, from->id) || !copy_names(arena, &out->name, from->name) ||
        !copy_list(arena, &out->values, from->values, from->value_count))
        return false;
    if (from->names == NULL || from->value_count == 0) return true;
    ntm_names *names = ntm_i_arena_take(arena, from->value_count, sizeof *names);
    if (names == NULL) return false;
    for (size_t i = 0; i < from->value_count; i++)
        if (!copy_names(arena, &names[i], from->names[i])) return false;
    out->names = names;
    return true;
}

bool ntm_i_copy_dimension(ntm_i_arena *arena, ntm_dimension *out, const ntm_dimension *from) {
    out->member_count = from->member_count;
    return ntm_i_arena_copy(arena, &out->id, from->id) &&
           copy_list(arena, &out->members, from->members, from->member_count);
}

bool ntm_i_copy_fact(ntm_i_arena *arena, ntm_fact *out, const ntm_fact *from) {
    *out = *from;
    if (out->merge == 0) out->merge = NTM_MERGE_REASSESS;
    return ntm_i_arena_copy(arena, &out->id, from->id) && copy_names(arena, &out->name, from->name) &&
           ntm_i_arena_copy(arena, &out->unit, from->unit) && ntm_i_arena_copy(arena, &out->part_of, from->part_of) &&
           ntm_i_arena_copy(arena, &out->by, from->by) &&
           ntm_i_arena_copy(arena, &out->merge_weight, from->merge_weight) &&
           copy_list(arena, &out->levels, from->levels, from->level_count);
}

bool ntm_i_copy_figure(ntm_i_arena *arena, ntm_figure *out, const ntm_figure *from) {
    *out = *from;
    if (!ntm_i_arena_copy(arena, &out->id, from->id) || !ntm_i_arena_copy(arena, &out->unit, from->unit) ||
        !copy_list(arena, &out->axes, from->axes, from->axis_count) ||
        !ntm_i_arena_copy(arena, &out->delegated_to, from->delegated_to) ||
        !copy_citation(arena, &out->citation, &from->citation))
        return false;
    ntm_figure_value *values = ntm_i_arena_take(arena, from->value_count, sizeof *values);
    if (values == NULL) return false;
    for (size_t i = 0; i < from->value_count; i++) {
        values[i].value = from->values[i].value;
        if (!copy_list(arena, &values[i].keys, from->values[i].keys, from->axis_count) ||
            !copy_citation(arena, &values[i].citation, &from->values[i].citation))
            return false;
    }
    out->values = from->value_count > 0 ? values : NULL;
    return true;
}

bool ntm_i_copy_criterion(ntm_i_arena *arena, ntm_criterion *out, const ntm_criterion *from) {
    out->rule = from->rule;
    out->first_indicator = 0;
    out->indicator_count = 0;
    return ntm_i_arena_copy(arena, &out->id, from->id) && copy_names(arena, &out->name, from->name) &&
           ntm_i_arena_copy(arena, &out->group, from->group) && copy_citation(arena, &out->citation, &from->citation);
}

bool ntm_i_copy_indicator(ntm_i_arena *arena, ntm_indicator *out, const ntm_indicator *from) {
    out->rule = from->rule;
    return ntm_i_arena_copy(arena, &out->id, from->id) && copy_names(arena, &out->name, from->name) &&
           copy_citation(arena, &out->citation, &from->citation);
}

bool ntm_i_copy_precondition(ntm_i_arena *arena, ntm_precondition *out, const ntm_precondition *from) {
    out->rule = from->rule;
    return ntm_i_arena_copy(arena, &out->id, from->id) && copy_names(arena, &out->name, from->name) &&
           copy_citation(arena, &out->citation, &from->citation);
}

static bool copy_bands(ntm_i_arena *arena, ntm_node_spec *out, const ntm_node_spec *from) {
    if (from->band_count == 0) {
        out->bands = NULL;
        return true;
    }
    ntm_band *bands = ntm_i_arena_take(arena, from->band_count, sizeof *bands);
    if (bands == NULL) return false;
    for (size_t i = 0; i < from->band_count; i++) {
        bands[i] = from->bands[i];
        if (!ntm_i_arena_copy(arena, &bands[i].label, from->bands[i].label) ||
            !copy_names(arena, &bands[i].name, from->bands[i].name))
            return false;
    }
    out->bands = bands;
    return true;
}

static void *copy_block(ntm_i_arena *arena, const void *from, size_t count, size_t size) {
    void *block = ntm_i_arena_take(arena, count, size);
    if (block != NULL && count > 0) memcpy(block, from, count * size);
    return block;
}

bool ntm_i_copy_node(ntm_i_arena *arena, ntm_node_spec *out, const ntm_node_spec *from) {
    *out = *from;
    if (from->of_count > 0) {
        out->of = copy_block(arena, from->of, from->of_count, sizeof *from->of);
        if (out->of == NULL) return false;
        if (from->kind == NTM_POINTS && from->points != NULL) {
            out->points = copy_block(arena, from->points, from->of_count, sizeof *from->points);
            if (out->points == NULL) return false;
        }
    } else {
        out->of = NULL;
    }
    if (from->kind != NTM_POINTS || from->of_count == 0) out->points = NULL;
    return ntm_i_arena_copy(arena, &out->name, from->name) && ntm_i_arena_copy(arena, &out->label, from->label) &&
           ntm_i_arena_copy(arena, &out->unit, from->unit) && ntm_i_arena_copy(arena, &out->evidence, from->evidence) &&
           copy_list(arena, &out->members, from->members, from->member_count) &&
           copy_citation(arena, &out->citation, &from->citation) && copy_bands(arena, out, from);
}

bool ntm_i_copy_about(ntm_i_arena *arena, ntm_set_spec *out, const ntm_set_spec *from) {
    *out = *from;
    return ntm_i_arena_copy(arena, &out->id, from->id) && copy_names(arena, &out->title, from->title) &&
           ntm_i_arena_copy(arena, &out->programme, from->programme) &&
           ntm_i_arena_copy(arena, &out->level, from->level) && ntm_i_arena_copy(arena, &out->tier, from->tier) &&
           ntm_i_arena_copy(arena, &out->place, from->place) && ntm_i_arena_copy(arena, &out->note, from->note) &&
           ntm_i_arena_copy(arena, &out->instrument.number, from->instrument.number) &&
           ntm_i_arena_copy(arena, &out->instrument.issuer, from->instrument.issuer) &&
           copy_names(arena, &out->instrument.title, from->instrument.title) &&
           copy_citation(arena, &out->instrument.citation, &from->instrument.citation);
}
