/* SPDX-License-Identifier: Apache-2.0 */
/* The sets of a catalogue, looked at together. */
#ifndef NTM_I_RELATIONS_H
#define NTM_I_RELATIONS_H

#include "criteria/index.h"
#include "lint/linting.h"

typedef struct ntm_i_relations {
    ntm_findings *to;
    ntm_i_arena scratch;
    const ntm_catalogue *catalogue;
    const ntm_set **sets;
    const ntm_date *last; /* of each set: its last day, or the day before another takes its place */
    size_t count;
    ntm_i_index ids; /* of the sets, by place in `sets` */
    size_t *family;  /* of each set: the first set of those that speak of the same facts */
} ntm_i_relations;

void *ntm_i_relations_take(ntm_i_relations *r, size_t count, size_t size);
/* The place of a thing of a set; `path` has to outlive the call it is handed to. */
ntm_place ntm_i_relations_place(const ntm_i_relations *r, size_t set, const char *path, ntm_i_position at);
/* The number of the set with that id; SIZE_MAX if there is none. */
size_t ntm_i_relations_find(const ntm_i_relations *r, const char *id);

/* The looks. Each tells what it finds in the order of the sets. */
/* This one also finds the families. */
void ntm_i_relate_references(ntm_i_relations *r);
void ntm_i_relate_days(ntm_i_relations *r);
void ntm_i_relate_names(ntm_i_relations *r);
void ntm_i_relate_signs(ntm_i_relations *r);
void ntm_i_relate_overlays(ntm_i_relations *r);

#endif
