/* SPDX-License-Identifier: Apache-2.0 */
/* Rows into groups by the values of some columns. Groups are numbered as they appear and put in order at the end. */
#ifndef NTM_I_POVERTY_GROUPS_H
#define NTM_I_POVERTY_GROUPS_H

#include <ntm/poverty.h>

#include "base/error.h"
#include "base/memory.h"
#include "column/csv_field.h"
#include "poverty/tally.h"

/* The values of one grouping field: texts or numbers, numbered from NTM_I_KEY_FIRST in order of appearance. */
typedef struct ntm_i_keys {
    const char *name; /* owned */
    bool texts;
    ntm_i_csv_codes values; /* a number as its eight bytes */
} ntm_i_keys;

/* Ids of keys that are no value. */
enum { NTM_I_KEY_NOT_REPORTED = 0, NTM_I_KEY_NOT_APPLICABLE = 1, NTM_I_KEY_FIRST = 2 };

typedef struct ntm_i_groups {
    ntm_i_arena arena;
    size_t fields;
    ntm_i_keys *keys;       /* one a field */
    ntm_i_csv_codes tuples; /* the ids of a group's keys */
    ntm_i_array ids;        /* uint32_t: those ids, group by group */
    uint32_t *order;        /* position -> group, once sorted */
} ntm_i_groups;

/* No fields: one group. */
ntm_status ntm_i_groups_start(ntm_i_groups *groups, const char *const *names, size_t count,
                              const ntm_allocator *allocator, ntm_error *err);
void ntm_i_groups_end(ntm_i_groups *groups);
/* How many there are so far. */
size_t ntm_i_groups_count(const ntm_i_groups *groups);
/* The same when it is over: 0 where rows were not put into groups at all. */
size_t ntm_i_groups_shown(const ntm_i_groups *groups);
/* An error for a position that is neither a group in order nor NTM_TOTAL. */
ntm_status ntm_i_groups_check(const ntm_i_groups *groups, size_t position, ntm_error *err);
/* Puts them in order; no rows may come afterwards. */
ntm_status ntm_i_groups_sort(ntm_i_groups *groups, ntm_error *err);
/* The key of a group, by its position in order. */
ntm_status ntm_i_groups_key(ntm_group_key *out, const ntm_i_groups *groups, size_t position, size_t field,
                            ntm_error *err);
/* "province=42, area=rural" or "all rows", for messages; as snprintf. */
size_t ntm_i_groups_name(char *buffer, size_t capacity, const ntm_i_groups *groups, size_t position);

/* The columns of one table, read into groups. */
typedef struct ntm_i_grouping {
    ntm_i_groups *groups;
    const ntm_i_tally_kernels *kernels;
    const ntm_column **columns;
    uint32_t *radix; /* values of each column, with "not reported" and "not applicable" */
    int64_t *least;  /* smallest value of each column */
    uint32_t *map;   /* cell -> group + 1; NULL: too many cells, or texts */
    size_t cells;    /* of the map */
    uint32_t *last;  /* ids of the last row looked up, and its group */
    uint32_t last_group;
    bool any;
} ntm_i_grouping;

ntm_status ntm_i_grouping_start(ntm_i_grouping *grouping, ntm_i_groups *groups, const ntm_table *table, ntm_error *err);
void ntm_i_grouping_end(ntm_i_grouping *grouping);
/* The group of each row of a block. NTM_ERROR_LIMIT beyond NTM_GROUPS_MAX groups. */
ntm_status ntm_i_grouping_read(uint32_t *out, ntm_i_grouping *grouping, size_t start, size_t rows, ntm_error *err);

#endif
