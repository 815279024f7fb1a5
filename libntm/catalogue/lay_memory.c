/* SPDX-License-Identifier: Apache-2.0 */
/* Laying an overlay: which act comes before which, and what a set remembers of its layers. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "catalogue/lay.h"

static const ntm_i_layer_note *note_of(const ntm_i_laying *l, unsigned layer) {
    const ntm_i_laid *laid = l->base->laid;
    return layer == 0 || laid == NULL || layer > laid->layer_count ? NULL : &laid->layers[layer - 1];
}

const char *ntm_i_lay_where(char buffer[NTM_I_WHERE_SIZE], const ntm_i_laying *l, unsigned layer, uint32_t line) {
    return ntm_i_where(buffer, layer == l->layer ? l->overlay->name : ntm_i_set_file(l->base, layer), line);
}

/* A layer that a file only names is taken for as high as its set: nobody below may change it. */
unsigned ntm_i_lay_rank(const ntm_i_laying *l, unsigned layer) {
    const ntm_i_layer_note *note = note_of(l, layer);
    return note != NULL && note->rank != 0 ? note->rank : ntm_i_place_rank(l->base->about.place);
}

/* Higher act before lower, later before earlier. What is only recalled is recalled of the text as it was published,
   unless it says from which day it holds, and comes before no act at all. */
bool ntm_i_lay_yields(const ntm_i_laying *l, unsigned layer) {
    const ntm_i_layer_note *note = note_of(l, layer);
    if (note == NULL || note->standing != NTM_CITED) return false;
    ntm_date own = l->overlay->instrument.in_force_from;
    if (l->overlay->layer.standing == NTM_UNVERIFIED) return own == NTM_DATE_NONE || note->from > own;
    return note->rank <= (unsigned)l->overlay->rank && own != NTM_DATE_NONE && note->from > own;
}

/* Two acts of one rank and day. */
static bool ties(const ntm_i_laying *l, unsigned layer) {
    const ntm_i_layer_note *note = note_of(l, layer);
    ntm_date own = l->overlay->instrument.in_force_from;
    return note != NULL && note->standing == NTM_CITED && l->overlay->layer.standing == NTM_CITED &&
           note->rank == (unsigned)l->overlay->rank && own != NTM_DATE_NONE && note->from == own;
}

static const char *layer_id(const ntm_i_laying *l, unsigned layer) {
    return layer == 0                              ? l->base->about.id
           : layer <= l->base->about.overlay_count ? l->base->about.overlays[layer - 1]
                                                   : l->overlay->layer.id;
}

bool ntm_i_lay_may(ntm_i_laying *l, ntm_i_lay_way way, const ntm_i_lay_place *place, const ntm_i_yaml *at) {
    static const char *const done[] = {"fills", "replaces", "tightens"};
    char where[NTM_I_WHERE_SIZE];
    ntm_i_lay_where(where, l, place->layer, place->line);
    if (place->layer == l->layer) {
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, at, "%s is written twice here, the first time at %s", place->what,
                       where);
        return false;
    }
    if (ntm_i_lay_yields(l, place->layer)) return false;
    if (ties(l, place->layer)) {
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, at,
                       "overlay \"%s\" %s %s, and so does \"%s\" (%s), of the same rank and day: neither comes first",
                       l->overlay->layer.id, done[way], place->what, layer_id(l, place->layer), where);
        return false;
    }
    if (way == NTM_I_LAY_FILLS && place->there) {
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, at,
                       "%s of set \"%s\" is there already (%s): an overlay fills only what is absent", place->what,
                       l->base->about.id, where);
        return false;
    }
    if (way == NTM_I_LAY_TIGHTENS && !place->there) {
        ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, at,
                       "%s of set \"%s\" is absent: there is nothing to tighten, it is to be filled", place->what,
                       l->base->about.id);
        return false;
    }
    const ntm_i_layer_note *note = note_of(l, place->layer);
    unsigned rank = ntm_i_lay_rank(l, place->layer);
    if (way == NTM_I_LAY_REPLACES && (unsigned)l->overlay->rank > rank &&
        (note == NULL || note->standing != NTM_UNVERIFIED)) {
        ntm_i_complain(
            l->reader, NTM_ERROR_CONFLICT, at, "an act of rank %s cannot replace %s of \"%s\" (%s), whose rank is %s%s",
            ntm_i_rank_words[l->overlay->rank - 1], place->what, layer_id(l, place->layer), where,
            ntm_i_rank_words[rank - 1], l->overlay->rank == NTM_RANK_PROVINCE ? ": it may tighten a figure" : "");
        return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------- what is gone */

static const char *gone_id(ntm_i_laying *l, ntm_i_part part, const char *id) {
    size_t size = strlen(ntm_i_part_nouns[part]) + strlen(id) + 2;
    char *text = ntm_i_reader_take(l->reader, size, 1);
    if (text != NULL) (void)snprintf(text, size, "%s %s", ntm_i_part_nouns[part], id);
    return text;
}

void ntm_i_lay_unknown(ntm_i_laying *l, const ntm_i_yaml *at, ntm_i_part part, const char *id) {
    const char *own = gone_id(l, part, id);
    if (own == NULL) return;
    size_t there = ntm_i_index_find(&l->gone, own);
    char where[NTM_I_WHERE_SIZE];
    int shown = ntm_i_shown(id, strlen(id));
    if (there == SIZE_MAX) {
        ntm_i_complain(l->reader, NTM_ERROR_NOT_FOUND, at, "set \"%s\" has no %s \"%.*s\"", l->base->about.id,
                       ntm_i_part_nouns[part], shown, id);
        return;
    }
    const ntm_i_gone *gone = &l->base->laid->gone[there];
    if (ntm_i_lay_yields(l, gone->layer)) return;
    ntm_i_complain(l->reader, NTM_ERROR_NOT_FOUND, at,
                   "set \"%s\" has no %s \"%.*s\" any more: \"%s\" took it out (%s)", l->base->about.id,
                   ntm_i_part_nouns[part], shown, id, layer_id(l, gone->layer),
                   ntm_i_lay_where(where, l, gone->layer, gone->line));
}

void ntm_i_lay_remove(ntm_i_laying *l, ntm_i_part part, const char *id, uint32_t line) {
    const char *own = gone_id(l, part, id);
    ntm_i_gone *room = own == NULL ? NULL : ntm_i_array_push(&l->gone_now);
    if (room == NULL)
        l->reader->out_of_memory = true;
    else
        *room = (ntm_i_gone){own, l->layer, line};
}

/* ------------------------------------------------------------------------------------------- memory */

bool ntm_i_lay_memory_start(ntm_i_laying *l) {
    const ntm_i_laid *laid = l->base->laid;
    const ntm_allocator *allocator = &l->reader->arena.allocator;
    size_t gone = laid == NULL ? 0 : laid->gone_count, floors = laid == NULL ? 0 : laid->floor_count;
    ntm_i_array_start(&l->gone_now, allocator, sizeof(ntm_i_gone));
    ntm_i_array_start(&l->floors, allocator, sizeof(ntm_i_floor));
    bool well =
        ntm_i_index_make(&l->gone, &l->reader->arena, gone == 0 ? NULL : laid->gone, gone, sizeof *laid->gone) &&
        ntm_i_index_make(&l->floor_index, &l->reader->arena, floors == 0 ? NULL : laid->floors, floors,
                         sizeof *laid->floors) &&
        (floors == 0 || ntm_i_array_append(&l->floors, laid->floors, floors));
    if (!well) l->reader->out_of_memory = true;
    return well;
}

/* The layers of the base, as far as it knows them, and the overlay. */
static bool keep_layers(ntm_i_laying *l, ntm_i_laid *out, ntm_i_arena *arena) {
    const ntm_set_spec *about = &l->base->about;
    ntm_i_layer_note *layers = ntm_i_arena_take(arena, about->overlay_count + 1, sizeof *layers);
    if (layers == NULL) return false;
    for (size_t i = 0; i <= about->overlay_count; i++) {
        const ntm_i_layer_note *note = note_of(l, (unsigned)i + 1);
        if (i == about->overlay_count)
            layers[i] = (ntm_i_layer_note){l->overlay->layer.id, l->overlay->name, (unsigned)l->overlay->rank,
                                           l->overlay->layer.standing, l->overlay->instrument.in_force_from};
        else if (note != NULL)
            layers[i] = *note;
        else
            layers[i] = (ntm_i_layer_note){about->overlays[i], l->base->file, 0, 0, NTM_DATE_NONE};
        if (!ntm_i_arena_copy(arena, &layers[i].id, layers[i].id) ||
            !ntm_i_arena_copy(arena, &layers[i].file, layers[i].file))
            return false;
    }
    out->layers = layers;
    out->layer_count = about->overlay_count + 1;
    return ntm_i_arena_copy(arena, &out->file, ntm_i_set_file(l->base, 0));
}

bool ntm_i_lay_memory_keep(ntm_i_laying *l) {
    ntm_i_arena *arena = &l->reader->builder->arena;
    const ntm_i_laid *laid = l->base->laid;
    size_t before = laid == NULL ? 0 : laid->gone_count, count = before + l->gone_now.count;
    ntm_i_laid *out = ntm_i_arena_take(arena, 1, sizeof *out);
    ntm_i_gone *gone = ntm_i_arena_take(arena, count, sizeof *gone);
    ntm_i_floor *floors = ntm_i_arena_take(arena, l->floors.count, sizeof *floors);
    bool well = out != NULL && gone != NULL && floors != NULL && keep_layers(l, out, arena);
    for (size_t i = 0; well && i < count; i++) {
        gone[i] = i < before ? laid->gone[i] : ((ntm_i_gone *)l->gone_now.items)[i - before];
        well = ntm_i_arena_copy(arena, &gone[i].id, gone[i].id);
    }
    for (size_t i = 0; well && i < l->floors.count; i++) {
        floors[i] = ((ntm_i_floor *)l->floors.items)[i];
        well = ntm_i_arena_copy(arena, &floors[i].id, floors[i].id);
    }
    if (!well) {
        l->reader->out_of_memory = true;
        return false;
    }
    out->gone = gone;
    out->gone_count = count;
    out->floors = floors;
    out->floor_count = l->floors.count;
    l->reader->builder->laid = out;
    l->reader->builder->about_origin = l->base->about_origin;
    return true;
}

void ntm_i_lay_memory_end(ntm_i_laying *l) {
    ntm_i_array_end(&l->gone_now);
    ntm_i_array_end(&l->floors);
}
