/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue: the shipped files and the caller's, by id and by what is in force. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "catalogue/catalogue.h"
#include "catalogue/embedded.h"

typedef ntm_i_set_entry set_entry;
typedef ntm_i_overlay_entry overlay_entry;

static set_entry *set_at(const ntm_catalogue *catalogue, size_t i) { return (set_entry *)catalogue->sets.items + i; }

static overlay_entry *overlay_at(const ntm_catalogue *catalogue, size_t i) {
    return (overlay_entry *)catalogue->overlays.items + i;
}

void ntm_catalogue_free(ntm_catalogue *catalogue) {
    if (catalogue == NULL) return;
    for (size_t i = 0; i < catalogue->sets.count; i++)
        ntm_set_free(set_at(catalogue, i)->set);
    for (size_t i = 0; i < catalogue->overlays.count; i++)
        ntm_overlay_free(overlay_at(catalogue, i)->overlay);
    ntm_i_versions_end(catalogue);
    ntm_i_array_end(&catalogue->sets);
    ntm_i_array_end(&catalogue->overlays);
    ntm_i_arena_end(&catalogue->arena);
    ntm_allocator allocator = catalogue->allocator;
    ntm_i_release(&allocator, catalogue, 1, sizeof *catalogue);
}

/* The file that has an id; NULL if none has. */
static const char *file_of(const ntm_catalogue *catalogue, const char *id) {
    for (size_t i = 0; i < catalogue->sets.count; i++)
        if (strcmp(ntm_set_about(set_at(catalogue, i)->set)->id, id) == 0) return set_at(catalogue, i)->name;
    for (size_t i = 0; i < catalogue->overlays.count; i++)
        if (strcmp(ntm_overlay_id(overlay_at(catalogue, i)->overlay), id) == 0) return overlay_at(catalogue, i)->name;
    return NULL;
}

/* Takes what was read; it is freed when it cannot be taken. */
static ntm_status take(ntm_catalogue *catalogue, ntm_set *set, ntm_overlay *overlay, const char *name,
                       ntm_problems *problems, ntm_error *err) {
    const char *id = set != NULL ? ntm_set_about(set)->id : ntm_overlay_id(overlay), *there = file_of(catalogue, id),
               *copy = NULL;
    ntm_error problem = NTM_ERROR_INIT;
    ntm_status status = NTM_OK;
    if (there != NULL) {
        status =
            ntm_i_fail(&problem, NTM_ERROR_CONFLICT, NTM_I_SUBJECT(name), "the id \"%s\" is that of %s", id, there);
        ntm_i_problems_add(problems, &problem);
    } else if (!ntm_i_arena_copy(&catalogue->arena, &copy, name)) {
        status = ntm_i_no_memory(&problem);
    } else if (set != NULL) {
        set_entry *room = ntm_i_array_push(&catalogue->sets);
        if (room != NULL)
            *room = (set_entry){.set = set, .name = copy};
        else
            status = ntm_i_no_memory(&problem);
    } else {
        overlay_entry *room = ntm_i_array_push(&catalogue->overlays);
        if (room != NULL)
            *room = (overlay_entry){.overlay = overlay, .name = copy};
        else
            status = ntm_i_no_memory(&problem);
    }
    if (status == NTM_OK) return NTM_OK;
    ntm_set_free(set);
    ntm_overlay_free(overlay);
    return ntm_i_error_copy(err, &problem);
}

/* One file after the other; problems of all of them are reported, the first file's to the caller's error. */
static ntm_status fill(ntm_catalogue *catalogue, const char *const *paths, size_t path_count,
                       const ntm_read_options *settings, ntm_error *err) {
    ntm_status first = NTM_OK;
    for (size_t i = 0; i < ntm_i_embedded_count + path_count; i++) {
        ntm_set *set = NULL;
        ntm_overlay *overlay = NULL;
        ntm_error problem = NTM_ERROR_INIT;
        const ntm_i_embedded *file = i < ntm_i_embedded_count ? &ntm_i_embedded_files[i] : NULL;
        const char *name = file != NULL ? file->name : paths[i - ntm_i_embedded_count];
        ntm_status status = file != NULL
                                ? ntm_i_read_document(&set, &overlay, file->bytes, file->size, name, settings, &problem)
                                : ntm_i_open_document(&set, &overlay, name, settings, &problem);
        if (status == NTM_OK) status = take(catalogue, set, overlay, name, settings->problems, &problem);
        if (status == NTM_ERROR_MEMORY) return ntm_i_error_copy(err, &problem);
        if (status != NTM_OK && first == NTM_OK) first = ntm_i_error_copy(err, &problem);
    }
    return first;
}

ntm_status ntm_catalogue_open(ntm_catalogue **out, const char *const *paths, size_t path_count,
                              const ntm_read_options *options, ntm_error *err) {
    ntm_read_options settings;
    bool whole = out != NULL && (path_count == 0 || paths != NULL);
    for (size_t i = 0; whole && i < path_count; i++)
        whole = paths[i] != NULL;
    if (!whole)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a place for the catalogue and all paths are needed");
    ntm_status status = ntm_i_read_settings(&settings, options, err);
    if (status != NTM_OK) return status;
    ntm_catalogue *catalogue = ntm_i_allocate(settings.allocator, 1, sizeof *catalogue);
    if (catalogue == NULL) return ntm_i_no_memory(err);
    catalogue->allocator = ntm_i_allocator(settings.allocator);
    ntm_i_arena_start(&catalogue->arena, settings.allocator);
    ntm_i_array_start(&catalogue->sets, settings.allocator, sizeof(set_entry));
    ntm_i_array_start(&catalogue->overlays, settings.allocator, sizeof(overlay_entry));
    ntm_i_versions_start(catalogue);
    status = fill(catalogue, paths, path_count, &settings, err);
    if (status == NTM_OK) status = ntm_i_versions_make(catalogue, &settings, err);
    if (status == NTM_OK)
        *out = catalogue;
    else
        ntm_catalogue_free(catalogue);
    return status;
}

size_t ntm_catalogue_set_count(const ntm_catalogue *catalogue) { return catalogue == NULL ? 0 : catalogue->sets.count; }

const ntm_set *ntm_catalogue_set(const ntm_catalogue *catalogue, size_t index) {
    return index < ntm_catalogue_set_count(catalogue) ? set_at(catalogue, index)->set : NULL;
}

size_t ntm_catalogue_overlay_count(const ntm_catalogue *catalogue) {
    return catalogue == NULL ? 0 : catalogue->overlays.count;
}

const ntm_overlay *ntm_catalogue_overlay(const ntm_catalogue *catalogue, size_t index) {
    return index < ntm_catalogue_overlay_count(catalogue) ? overlay_at(catalogue, index)->overlay : NULL;
}

const ntm_set *ntm_catalogue_get(const ntm_catalogue *catalogue, const char *id) {
    for (size_t i = 0; id != NULL && i < ntm_catalogue_set_count(catalogue); i++)
        if (strcmp(ntm_set_about(set_at(catalogue, i)->set)->id, id) == 0) return set_at(catalogue, i)->set;
    return NULL;
}

const ntm_overlay *ntm_catalogue_get_overlay(const ntm_catalogue *catalogue, const char *id) {
    for (size_t i = 0; id != NULL && i < ntm_catalogue_overlay_count(catalogue); i++)
        if (strcmp(ntm_overlay_id(overlay_at(catalogue, i)->overlay), id) == 0)
            return overlay_at(catalogue, i)->overlay;
    return NULL;
}
