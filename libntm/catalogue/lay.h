/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of laying an overlay share. */
#ifndef NTM_I_LAY_H
#define NTM_I_LAY_H

#include "catalogue/overlay.h"
#include "criteria/set.h"

typedef struct ntm_i_laying {
    ntm_i_reader *reader; /* with the builder of the new set */
    const ntm_set *base;
    const ntm_overlay *overlay;
} ntm_i_laying;

/* A section of the overlay by key. */
typedef struct ntm_i_lay_section {
    ntm_i_yaml_entry *entries;
    ntm_i_index index;
} ntm_i_lay_section;

/* False for want of memory (noted). */
bool ntm_i_lay_open(ntm_i_laying *l, ntm_i_lay_section *out, ntm_i_overlay_key key);
/* The entry of an id; NULL if the overlay says nothing about it. */
const ntm_i_yaml *ntm_i_lay_entry(const ntm_i_lay_section *section, const char *id);
/* Reports entries whose id is not in the index. */
void ntm_i_lay_unknown(ntm_i_laying *l, const ntm_i_yaml *section, const ntm_i_index *index, const char *noun);

/* Sources, axes, dimensions and facts of the base, and those that the overlay adds. */
void ntm_i_lay_parts(ntm_i_laying *l);
/* Figures of the base with the cells that the overlay has for them, and new figures. */
void ntm_i_lay_figures(ntm_i_laying *l);

#endif
