/* SPDX-License-Identifier: Apache-2.0 */
/* What a registry of units is inside. */
#ifndef NTM_I_UNIT_REGISTRY_H
#define NTM_I_UNIT_REGISTRY_H

#include <ntm/unit.h>

#include "base/error.h"
#include "base/memory.h"
#include "column/cells.h"

/* No group, no edge. */
#define NTM_I_NONE UINT32_MAX

/* A name in the form in which names are compared, and a row that has it. */
typedef struct ntm_i_unit_name {
    const char *text;
    uint32_t size;
    ntm_unit unit;
} ntm_i_unit_name;

/* A value of an attribute of a code in a stretch of days. */
typedef struct ntm_i_unit_value {
    uint32_t group;
    uint32_t attribute; /* index of its name */
    int32_t value;      /* code among the attribute's values */
    ntm_date from;
    ntm_date before;
    uint32_t row;
} ntm_i_unit_value;

/* An attribute: its name, and its values in order of appearance. */
typedef struct ntm_i_unit_attribute {
    const char *name;
    const char *const *values;
    size_t value_count;
} ntm_i_unit_attribute;

/* Rows of one code on one rung are a group. Groups are ordered by rung, then code. */
struct ntm_units {
    ntm_i_arena arena;
    ntm_unit_row *rows;
    uint32_t count;
    uint32_t *by_code;     /* rows by group, then first day */
    uint32_t *group_of;    /* by row */
    uint32_t *group_first; /* by group: where its rows begin in by_code; one more at the end */
    uint32_t group_count;
    uint32_t *parent_group;   /* by row; NTM_I_NONE = none */
    uint32_t *children;       /* rows by group of the parent, then as in by_code; at the end those without a parent */
    uint32_t *children_first; /* by group, and one more; as group_first */
    ntm_i_unit_name *names;   /* by text, then row */
    const ntm_i_unit_name *forms; /* by row: its name in both forms, with the word of its level first */
    size_t name_count;
    ntm_unit_edge *edges; /* by day, from, to */
    size_t edge_count;
    uint32_t *out_first; /* by row: where its edges begin in edges_out; two more at the end */
    uint32_t *edges_out; /* edges by from, then day */
    uint32_t *in_first;  /* likewise by to */
    uint32_t *edges_in;
    const char **weight_names;
    size_t weight_count;
    ntm_decimal *weights;  /* by edge, then weight */
    uint8_t *weight_known; /* likewise */
    ntm_i_unit_attribute *attributes;
    size_t attribute_count;
    uint32_t *attributes_by_name;
    ntm_i_unit_value *values; /* by group, attribute, first day */
    size_t value_count;
    ntm_unit_finding *findings;
    size_t finding_count;
};

/* What errors call the three tables: "units", or the file that it came from. */
typedef struct ntm_i_units_labels {
    const char *units;
    const char *succession;
    const char *attributes;
} ntm_i_units_labels;

/* A registry in the making: problems are told together, allowed defects are collected. */
typedef struct ntm_i_units_making {
    ntm_units *units;
    const ntm_units_options *options;
    ntm_i_cells cells;
    ntm_i_units_labels labels; /* what errors call the tables */
    ntm_i_array findings;      /* of ntm_unit_finding */
    uint32_t *spare;           /* for sorting; as many as rows */
    ntm_decimal *row_weights;  /* by row of the table of edges, then weight */
    uint8_t *row_weight_known; /* likewise */
} ntm_i_units_making;

/* Where a defect was found. */
typedef struct ntm_i_defect_place {
    const char *column; /* "parent" */
    ntm_unit unit;
    ntm_unit other;
    uint64_t edge; /* NTM_NO_ROW: the row told is the unit's */
    ntm_date on;
} ntm_i_defect_place;

/* Tells of a defect, or keeps it as a finding when it is allowed. True when it was allowed. */
bool ntm_i_units_defect(ntm_i_units_making *m, ntm_unit_defect defect, ntm_i_defect_place place, const char *format,
                        ...) NTM_I_PRINTF(4, 5);

/* The stages of making a registry; each does nothing more after want of memory. */
void ntm_i_units_load(ntm_i_units_making *m, const ntm_table *table);             /* table to rows */
void ntm_i_units_index(ntm_i_units_making *m);                                    /* groups, overlaps */
void ntm_i_units_lift(ntm_i_units_making *m);                                     /* parents, children */
void ntm_i_units_name(ntm_i_units_making *m);                                     /* the index of names */
void ntm_i_units_edges(ntm_i_units_making *m, const ntm_table *table);            /* edges; NULL = none */
void ntm_i_units_sequence(ntm_i_units_making *m);                                 /* what follows what within a code */
void ntm_i_units_attribute_values(ntm_i_units_making *m, const ntm_table *table); /* NULL = none */

/* The level's word as the library writes it, static text; NULL for a word that is no level. */
const char *ntm_i_level_word(const char *text, size_t size);
/* The words that stand before names on a rung, folded, each with a space behind it; ends with NULL. */
const char *const *ntm_i_rung_words(ntm_echelon echelon);
/* The word that usually stands before the name of a unit of a level, likewise; NULL for none. */
const char *ntm_i_usual_word(const char *level);

/* The row of a code that is nearest to a day; where its rung has none, the row of another rung on that day. */
ntm_unit ntm_i_units_nearest(bool *other_rung, const ntm_units *units, ntm_echelon echelon, const char *code,
                             size_t size, ntm_date on);

/* The error of two days of which the first is after the second. */
ntm_status ntm_i_units_days_crossed(ntm_error *err, ntm_date from, ntm_date to);

/* The day behind the last on which a row holds, as a number that can be compared. */
static inline int64_t ntm_i_unit_end(const ntm_unit_row *row) {
    return row->before == NTM_DATE_NONE ? INT64_MAX : row->before;
}
static inline bool ntm_i_unit_there(const ntm_unit_row *row, int64_t on) {
    return row->from <= on && on < ntm_i_unit_end(row);
}

/* The group of a code on a rung; NTM_I_NONE when there is none. O(log n). */
uint32_t ntm_i_units_group(const ntm_units *units, ntm_echelon echelon, const char *code, size_t size);
/* The place in by_code of the last row of a group that begins by a day, or else of its first row. O(log n). */
uint32_t ntm_i_units_place_by(const ntm_units *units, uint32_t group, int64_t on);
/* The row of a group on a day; NTM_NO_UNIT when there is none. */
ntm_unit ntm_i_units_in_group(const ntm_units *units, uint32_t group, int64_t on);
/* The row of a code on a day, on any rung: NTM_NO_UNIT when there is none; *several when more than one rung has it. */
ntm_unit ntm_i_units_on_day(const ntm_units *units, ntm_echelon echelon, const char *code, size_t size, int64_t on,
                            bool *several);
/* "Xã Thạch Môn 18103 (from 2004-08-31 to 2019-12-31)", for messages. Returns the buffer. */
#define NTM_I_UNIT_TEXT 192
const char *ntm_i_unit_text(char buffer[NTM_I_UNIT_TEXT], const ntm_units *units, ntm_unit unit);
/* Whether two rows have one name, with the word of the level, however it is spelt. */
bool ntm_i_units_same_name(const ntm_units *units, ntm_unit a, ntm_unit b);
/* Whether a unit lies below another on a day, at any depth. */
bool ntm_i_units_is_within(const ntm_units *units, ntm_unit unit, ntm_unit above, ntm_date on);
/* Whether a filter can be asked for. */
ntm_status ntm_i_units_check_filter(const ntm_units *units, const ntm_unit_filter *filter, ntm_error *err);
/* Whether a unit passes day (when it is one), rung, level and place of a filter. */
bool ntm_i_units_passes(const ntm_units *units, ntm_unit unit, const ntm_unit_filter *filter, ntm_date on);
/* The first edge out of (into) a row on or after a day, as an index of edges_out (edges_in). */
uint32_t ntm_i_units_out_from(const ntm_units *units, ntm_unit unit, int64_t on);
uint32_t ntm_i_units_in_from(const ntm_units *units, ntm_unit unit, int64_t on);

#endif
