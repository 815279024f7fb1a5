/* SPDX-License-Identifier: Apache-2.0 */
/* What a catalogue is inside: sets and overlays as they were published, and what the overlays make of the sets. */
#ifndef NTM_I_CATALOGUE_H
#define NTM_I_CATALOGUE_H

#include "base/text.h"
#include "catalogue/overlay.h"

typedef struct ntm_i_set_entry {
    ntm_set *set;
    const char *name; /* of the file */
    ntm_date to;      /* its last day: its own, or the day before another takes its place; NTM_DATE_NONE = not known */
    const char *next; /* the id of the set that takes its place and so ends it; NULL = none */
} ntm_i_set_entry;

typedef struct ntm_i_overlay_entry {
    ntm_overlay *overlay;
    const char *name;
    bool bad; /* it could not be laid, which was told */
} ntm_i_overlay_entry;

/* A set that was made of another by laying an overlay. Versions share them. */
typedef struct ntm_i_made {
    const ntm_set *below;
    const ntm_overlay *overlay;
    ntm_set *set;
} ntm_i_made;

struct ntm_catalogue {
    ntm_allocator allocator;
    ntm_i_arena arena;    /* names of files, places */
    ntm_i_array sets;     /* of ntm_i_set_entry */
    ntm_i_array overlays; /* of ntm_i_overlay_entry */
    ntm_i_array made;     /* of ntm_i_made */
    ntm_i_array versions; /* of ntm_set_version, by id, place and first day */
};

void ntm_i_versions_start(ntm_catalogue *catalogue);
/* Lays all cited overlays that have a day over their sets, for every place and stretch of days. Reports all
   problems. */
ntm_status ntm_i_versions_make(ntm_catalogue *catalogue, const ntm_read_options *settings, ntm_error *err);
void ntm_i_versions_end(ntm_catalogue *catalogue);

#endif
