/* SPDX-License-Identifier: Apache-2.0 */
/* What an overlay is inside: its tree, checked as far as it can be without its set. */
#ifndef NTM_I_OVERLAY_H
#define NTM_I_OVERLAY_H

#include "catalogue/read.h"
#include "criteria/builder.h"

/* The keys of an overlay, in the order in which they are known. */
typedef enum ntm_i_overlay_key {
    NTM_I_OVERLAY_FORMAT,
    NTM_I_OVERLAY_ID,
    NTM_I_OVERLAY_OF,
    NTM_I_OVERLAY_STANDING,
    NTM_I_OVERLAY_PLACE,
    NTM_I_OVERLAY_RANK,
    NTM_I_OVERLAY_TITLE,
    NTM_I_OVERLAY_NOTE,
    NTM_I_OVERLAY_INSTRUMENT,
    NTM_I_OVERLAY_SOURCES,
    NTM_I_OVERLAY_FACTS,
    NTM_I_OVERLAY_REPLACES,
    NTM_I_OVERLAY_TIGHTENS,
    NTM_I_OVERLAY_ADDS,
    NTM_I_OVERLAY_REMOVES,
    NTM_I_OVERLAY_FIGURES, /* from here on in the order of ntm_i_part */
    NTM_I_OVERLAY_INDICATORS,
    NTM_I_OVERLAY_CRITERIA,
    NTM_I_OVERLAY_PRECONDITIONS,
    NTM_I_OVERLAY_KEYS
} ntm_i_overlay_key;

/* What an overlay may change. */
typedef enum ntm_i_part {
    NTM_I_FIGURES,
    NTM_I_INDICATORS,
    NTM_I_CRITERIA,
    NTM_I_PRECONDITIONS,
    NTM_I_PARTS
} ntm_i_part;

/* "figure", "indicator", "criterion", "precondition". */
extern const char *const ntm_i_part_nouns[NTM_I_PARTS];

struct ntm_overlay {
    ntm_i_arena arena; /* everything below lives in it */
    const char *name;  /* what errors call the file */
    const char *of;
    const char *place;
    ntm_rank rank;
    ntm_i_layer layer;
    ntm_instrument instrument;
    const ntm_i_yaml *at[NTM_I_OVERLAY_KEYS]; /* NULL where a key is not written */
    /* The sections by part; NULL where there is none. */
    const ntm_i_yaml *fills[NTM_I_PARTS], *replaces[NTM_I_PARTS], *tightens[NTM_I_PARTS], *adds[NTM_I_PARTS],
        *removes[NTM_I_PARTS];
};

/* What an overlay says about an indicator, criterion or precondition that is there. */
typedef struct ntm_i_filling {
    ntm_names name;
    ntm_i_rule *rule;
    ntm_citation citation;
    const ntm_i_yaml *vi, *en, *rule_at; /* where they stand; NULL = not written */
    const ntm_i_yaml *no_name, *no_rule; /* where it stands that nobody has read them; NULL = not written */
} ntm_i_filling;

/* False for what cannot be used (reported). Only what replaces can say that something is absent. */
bool ntm_i_read_filling(ntm_i_reader *reader, ntm_i_filling *out, const ntm_i_yaml *entry, bool replaces);

/* The list of an entry that says what is absent, of at most two words; the places of the words come out, in their
   order. False for what cannot be used (reported). */
bool ntm_i_read_absent(ntm_i_reader *reader, const ntm_i_yaml **places, const ntm_i_yaml *list,
                       const char *const *words, size_t count);

/* Checks the sections of an overlay and fills in those by part. */
void ntm_i_check_sections(ntm_i_reader *reader, ntm_overlay *overlay);

/* Whether a place lies in another or is it: all lie in "VN", and "42/436" lies in "42". */
bool ntm_i_place_within(const char *place, const char *in);
/* Whether a place is written as one: parts with "/" between them, none of them empty. */
bool ntm_i_place_is_written(const char *place);
/* Ranks as they are written, the highest first. */
extern const char *const ntm_i_rank_words[NTM_I_RANKS];
/* The rank of an act that holds in a place, when nothing else is said: central for "VN", then one lower a part. */
ntm_rank ntm_i_place_rank(const char *place);

/* "commune.yaml:20", for messages about another place; of a long path the end. Without a line (0) only the file. */
#define NTM_I_WHERE_SIZE 160
const char *ntm_i_where(char buffer[NTM_I_WHERE_SIZE], const char *file, uint32_t line);

#endif
