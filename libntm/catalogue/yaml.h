/* SPDX-License-Identifier: Apache-2.0 */
/* YAML as a small tree of scalars, lists and maps. Scalars stay text; each thing knows its line and column. What the
   format refuses (anchors, aliases, tags, directives, several documents, merge keys, doubled and complex keys) is
   refused here, so that readers of the tree never meet it. */
#ifndef NTM_I_YAML_H
#define NTM_I_YAML_H

#include "base/memory.h"
#include "catalogue/report.h"
#include "criteria/index.h"

/* Deepest nesting of lists and maps. Rules nest NTM_DEPTH_MAX deep, and one rule takes up to four levels of YAML. */
#define NTM_I_YAML_DEPTH_MAX 320

typedef enum ntm_i_yaml_kind {
    NTM_I_YAML_SCALAR = 1,
    NTM_I_YAML_LIST = 2,
    NTM_I_YAML_MAP = 3,
    NTM_I_YAML_REFUSED = 4 /* something was here that the report already has */
} ntm_i_yaml_kind;

typedef struct ntm_i_yaml {
    ntm_i_yaml_kind kind;
    bool plain;                             /* scalars: written without quotes and not as a block */
    bool block;                             /* when written: one thing a line, however short */
    uint32_t line, column;                  /* from 1, in characters */
    const char *text;                       /* scalars: ends with NUL and holds no other */
    size_t size;                            /* scalars: bytes of the text; others: number of things in it */
    size_t width;                           /* when written: characters it takes in one line */
    const struct ntm_i_yaml *key;           /* of the map it is a value in */
    struct ntm_i_yaml *first, *last, *next; /* what a list or map holds, in order */
    struct ntm_i_yaml *parent, *waiting;    /* only while it is parsed: where it belongs; a key without value */
} ntm_i_yaml;

/* Parses a whole file into the arena. Problems go to the report; NTM_OK means that there is a tree, and it may stand
   although there were problems, so that those further in can be reported too. NTM_ERROR_MEMORY is not reported. */
ntm_status ntm_i_yaml_parse(const ntm_i_yaml **out, ntm_i_arena *arena, ntm_i_report *report, const char *bytes,
                            size_t size, size_t nodes_max);

/* Looks at the bytes before the parser does: UTF-8, directives, several documents. *skip is the size of a byte order
   mark. libyaml checks each %TAG against all before, which takes hours for a file full of them. */
ntm_status ntm_i_yaml_scan(ntm_i_report *report, const char *bytes, size_t size, size_t *skip);

/* The line and column of a byte. */
void ntm_i_yaml_place(const char *bytes, size_t at, uint32_t *line, uint32_t *column);

/* The value of a key in a map; NULL if there is none or it is no map. O(entries). */
const ntm_i_yaml *ntm_i_yaml_get(const ntm_i_yaml *map, const char *key);

/* The entries of a map by key, for many look-ups: items[ntm_i_index_find(&index, key)].value. */
typedef struct ntm_i_yaml_entry {
    const char *key;
    ntm_i_yaml *value;
} ntm_i_yaml_entry;

/* False for want of memory. NULL and what is no map have no entries. */
bool ntm_i_yaml_index(ntm_i_yaml_entry **entries, ntm_i_index *index, ntm_i_arena *arena, const ntm_i_yaml *map);

#endif
