/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of laying an overlay over a set share. */
#ifndef NTM_I_LAY_H
#define NTM_I_LAY_H

#include "catalogue/overlay.h"
#include "criteria/set.h"

typedef struct ntm_i_laying {
    ntm_i_reader *reader; /* with the builder of the new set */
    const ntm_set *base;
    const ntm_overlay *overlay;
    uint16_t layer;          /* the overlay's number in the new set */
    ntm_i_index gone;        /* of what earlier layers took out of the base */
    ntm_i_array gone_now;    /* of ntm_i_gone: what this one takes out */
    ntm_i_array floors;      /* of ntm_i_floor: those of the base, then new ones */
    ntm_i_index floor_index; /* of those of the base */
} ntm_i_laying;

/* A section of the overlay by key. */
typedef struct ntm_i_lay_section {
    ntm_i_yaml_entry *entries;
    ntm_i_index index;
} ntm_i_lay_section;

/* False for want of memory (noted). NULL has no entries. */
bool ntm_i_lay_open(ntm_i_laying *l, ntm_i_lay_section *out, const ntm_i_yaml *section);
/* The entry of an id; NULL if the overlay says nothing about it. */
const ntm_i_yaml *ntm_i_lay_entry(const ntm_i_lay_section *section, const char *id);

/* ------------------------------------------------------------------------------------------- who may say what */

/* What an overlay wants to do with a place of the set. */
typedef enum ntm_i_lay_way { NTM_I_LAY_FILLS, NTM_I_LAY_REPLACES, NTM_I_LAY_TIGHTENS } ntm_i_lay_way;

/* A place in the set that an overlay speaks of: one name, one rule, one cell. */
typedef struct ntm_i_lay_place {
    const char *what; /* for messages: "indicator \"15.4\": its rule" */
    bool there;       /* it is not absent */
    uint16_t layer;   /* who spoke last about it; 0 = the set itself, or nobody */
    uint32_t line;    /* where it stands in that layer's file; 0 = not known */
} ntm_i_lay_place;

/* Whether the overlay may. False when it has to give way to a later act of the same or a higher rank (no problem), and
   when it may not (reported at `at`). */
bool ntm_i_lay_may(ntm_i_laying *l, ntm_i_lay_way way, const ntm_i_lay_place *place, const ntm_i_yaml *at);
/* Whether the overlay gives way to a layer of the base. */
bool ntm_i_lay_yields(const ntm_i_laying *l, unsigned layer);
/* The rank of a layer of the base, or of the base itself. */
unsigned ntm_i_lay_rank(const ntm_i_laying *l, unsigned layer);

/* Where something stands that a layer of the base, the base or the overlay said. */
const char *ntm_i_lay_where(char buffer[NTM_I_WHERE_SIZE], const ntm_i_laying *l, unsigned layer, uint32_t line);

/* Reports what the overlay speaks of and the base has not, unless the overlay gives way to whoever took it out. */
void ntm_i_lay_unknown(ntm_i_laying *l, const ntm_i_yaml *at, ntm_i_part part, const char *id);
/* Notes that the overlay took a thing out. */
void ntm_i_lay_remove(ntm_i_laying *l, ntm_i_part part, const char *id, uint32_t line);

/* Starts and keeps what the new set remembers of its layers. False for want of memory (noted). */
bool ntm_i_lay_memory_start(ntm_i_laying *l);
bool ntm_i_lay_memory_keep(ntm_i_laying *l);
void ntm_i_lay_memory_end(ntm_i_laying *l);

/* ------------------------------------------------------------------------------------------- parts */

/* A rule of the base in the new set. */
ntm_node ntm_i_lay_copy(ntm_i_laying *l, ntm_node number);
/* A rule of the overlay in the new set. */
ntm_node ntm_i_lay_new_rule(ntm_i_laying *l, const ntm_i_rule *rule);
/* Says of all that was added from `count` on that it is the overlay's. */
void ntm_i_lay_own(ntm_i_laying *l, ntm_i_things *things, size_t count);
/* Adds what comes from the overlay to the base's citation. */
void ntm_i_lay_join_sources(ntm_i_laying *l, ntm_citation *to, const ntm_citation *from);
void ntm_i_lay_join_note(ntm_i_laying *l, ntm_citation *to, const ntm_citation *from);

/* Sources, axes, dimensions and facts of the base, and those that the overlay adds. */
void ntm_i_lay_parts(ntm_i_laying *l);
/* Criteria with their indicators, and preconditions. */
void ntm_i_lay_criteria(ntm_i_laying *l);
void ntm_i_lay_preconditions(ntm_i_laying *l);
/* Figures of the base with the cells that the overlay has for them, and new figures; after all rules. */
void ntm_i_lay_figures(ntm_i_laying *l);
/* Whether the rules that stay can do without what the overlay removes; reports those that cannot. */
bool ntm_i_lay_removed_are_free(ntm_i_laying *l);

/* Which values of a figure are stricter. */
typedef enum ntm_i_direction {
    NTM_I_HIGHER_IS_STRICTER = 1,
    NTM_I_LOWER_IS_STRICTER = 2,
    NTM_I_NO_RULE = 3,   /* no rule uses it */
    NTM_I_BOTH_WAYS = 4, /* two rules use it in two ways */
    NTM_I_UNCLEAR = 5    /* a rule uses it in a way that does not tell */
} ntm_i_direction;

/* What the rules of a set say about each of its figures. */
typedef struct ntm_i_use {
    ntm_i_direction direction;
    ntm_node first, second; /* the rules that show it, where there are any */
} ntm_i_use;

/* For all figures of a set, in the arena; NULL for want of memory. */
const ntm_i_use *ntm_i_figure_uses(const ntm_set *set, ntm_i_arena *arena);

#endif
