/* SPDX-License-Identifier: Apache-2.0 */
/* The innermost loops of poverty: bitmaps of deprivations in, sums per group out.
 *
 * A record of sums is uint64_t: n, q, then for each indicator the raw sum, then for each the censored one. Each is a
 * sum of row weights below 2^32 over fewer than 2^32 rows, so that none overflows; larger weights are added in
 * halves. */
#ifndef NTM_I_POVERTY_TALLY_H
#define NTM_I_POVERTY_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "poverty/read.h"

/* Who is poor: sum of weights of deprivations >= cutoff. All whole numbers. */
typedef struct ntm_i_line {
    size_t count;            /* indicators */
    const uint64_t *weights; /* one an indicator, > 0, of sum `total` */
    uint64_t total;
    uint64_t cutoff;   /* 1..total */
    unsigned planes;   /* bits of `total` */
    uint64_t *scratch; /* planes × NTM_I_WORDS words */
} ntm_i_line;

/* Counts of rows that lie in any order: sixteen small counts side by side are added to at once. Lane j counts the rows
   deprived in indicator j, the last one all rows. They are poured into the records before one can overflow. */
enum { NTM_I_LANES = 16, NTM_I_LANE_GROUPS = 4096, NTM_I_LANE_ROWS_MAX = 65535 };

typedef struct ntm_i_lanes {
    uint16_t count[NTM_I_LANES];
} ntm_i_lanes;

/* What turns bits into bytes and bytes into lanes. */
typedef struct ntm_i_spread {
    uint64_t bytes[256];    /* byte -> its bits as eight bytes, the first lowest */
    uint16_t lanes[256][8]; /* byte -> its bits as eight lanes */
} ntm_i_spread;

typedef struct ntm_i_tally_block {
    size_t rows;
    const uint64_t (*deprived)[NTM_I_WORDS]; /* one an indicator */
    const uint64_t *poor;
    const uint64_t *mask;    /* the rows that are counted */
    const uint32_t *group;   /* of each row */
    const uint32_t *weights; /* of each row; NULL = 1 */
    size_t count;            /* indicators */
    uint64_t *records;       /* of group 0 */
    size_t stride;           /* from group to group */
    ntm_i_lanes *lanes;      /* not poor and poor of each group; NULL = none */
    const ntm_i_spread *spread;
} ntm_i_tally_block;

static inline size_t ntm_i_record_size(size_t indicators) { return 2 + 2 * indicators; }

/* A column of whole numbers without gaps between them, turned into ids: value - least + 2 for `values` values; 0 for
   negative ones where `negative` says so; UINT32_MAX for the rest. */
typedef struct ntm_i_ids {
    const void *data;
    size_t size; /* bytes of a value: 1, 2, 4, 8 */
    int64_t least;
    uint32_t values;
    bool negative;
} ntm_i_ids;

typedef struct ntm_i_tally_kernels {
    const char *name;
    /* The poor rows of a block of `words` words. */
    void (*poor)(uint64_t *poor, const ntm_i_line *line, const uint64_t (*deprived)[NTM_I_WORDS], size_t words);
    void (*tally)(const ntm_i_tally_block *block);
    void (*ids)(uint32_t *out, const ntm_i_ids *column, size_t rows);
    /* cells[r] = cells[r] × radix + ids[r]; false when an id is UINT32_MAX. */
    bool (*combine)(uint32_t *cells, const uint32_t *ids, uint32_t radix, size_t rows);
    /* groups[r] = map[cells[r]] - 1; false when one of them is 0 in the map. */
    bool (*look_up)(uint32_t *groups, const uint32_t *cells, const uint32_t *map, size_t rows);
} ntm_i_tally_kernels;

/* The fastest that this machine runs; all of them by index for tests, NULL past the end. */
const ntm_i_tally_kernels *ntm_i_tally_best(void);
const ntm_i_tally_kernels *ntm_i_tally_get(size_t index);

void ntm_i_spread_start(ntm_i_spread *spread);

/* Pours the lanes of `groups` groups into their records, and empties them. */
void ntm_i_lanes_pour(uint64_t *records, size_t stride, size_t indicators, ntm_i_lanes *lanes, size_t groups);

#endif
