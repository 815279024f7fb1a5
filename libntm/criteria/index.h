/* SPDX-License-Identifier: Apache-2.0 */
/* Finding things by id in logarithmic time, so that a large file cannot make the checks slow. */
#ifndef NTM_I_INDEX_H
#define NTM_I_INDEX_H

#include "base/memory.h"

typedef struct ntm_i_entry {
    const char *id;
    size_t at;
} ntm_i_entry;

typedef struct ntm_i_index {
    ntm_i_entry *entries; /* sorted by id, then by place */
    size_t count;
} ntm_i_index;

/* Over structs whose first member is the id; a NULL id is left out. False for want of memory. */
bool ntm_i_index_make(ntm_i_index *out, ntm_i_arena *arena, const void *items, size_t count, size_t item_size);
/* Place of the first thing with that id; SIZE_MAX if there is none. */
size_t ntm_i_index_find(const ntm_i_index *index, const char *id);

#endif
