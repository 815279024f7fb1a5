/* SPDX-License-Identifier: Apache-2.0 */
/* Where the parts of a set come from: places in files, and what a set with layers remembers of them. Only messages and
   the laying of further layers need it; it is no part of what a set says. */
#ifndef NTM_I_ORIGIN_H
#define NTM_I_ORIGIN_H

#include <ntm/criteria.h>

/* A layer is a number: 0 is the set itself, n is that of about.overlays[n - 1]. */
#define NTM_I_LAYERS_MAX 1000

/* One cell of a figure, in the order of its values. */
typedef struct ntm_i_cell_origin {
    uint32_t line, column;
    uint16_t layer;
} ntm_i_cell_origin;

/* A thing that was added, and which layer spoke last about each of its parts, be it to say that nobody knows it now. */
typedef struct ntm_i_origin {
    uint32_t line, column; /* 0 = not known */
    uint16_t layer;        /* whose file that is */
    uint16_t vi, en, rule; /* names and rule of a statement; `rule` of a figure: all of it */
    const ntm_i_cell_origin *cells;
} ntm_i_origin;

/* Acts rank from 1, the highest. */
#define NTM_I_RANKS 4

typedef struct ntm_i_layer_note {
    const char *id;
    const char *file;
    unsigned rank;         /* 0 = not known: of a layer that a file only names */
    ntm_standing standing; /* 0 = not known */
    ntm_date from;         /* first day; NTM_DATE_NONE = not known */
} ntm_i_layer_note;

/* What a layer took out of the set. */
typedef struct ntm_i_gone {
    const char *id; /* with what it was: "indicator 15.4" */
    uint16_t layer;
    uint32_t line;
} ntm_i_gone;

/* What stood in a cell before an act of lower rank tightened it: no later act of such a rank may go below. */
typedef struct ntm_i_floor {
    const char *id; /* the figure and its keys */
    struct {
        bool there;
        ntm_decimal value;
        uint16_t layer;
        uint32_t line;
    } by[NTM_I_RANKS]; /* of the act of rank i + 1 */
} ntm_i_floor;

/* In the arena of the set. */
typedef struct ntm_i_laid {
    const char *file; /* of the set below all layers */
    const ntm_i_layer_note *layers;
    size_t layer_count;
    const ntm_i_gone *gone;
    size_t gone_count;
    const ntm_i_floor *floors;
    size_t floor_count;
} ntm_i_laid;

#endif
