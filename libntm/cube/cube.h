/* SPDX-License-Identifier: Apache-2.0 */
/* What tallies and cubes are inside.
 *
 * A tally adds rows up in cells of base coordinates: one for each side of the cube, and hidden ones that the cube needs to
 * know (time for stocks, for reports that are expected, and for the tree of units of the day; the stage, to see that no two
 * are added). The last two coordinates are the stage and time, so that all cells of one combination of the others lie one
 * after the other.
 *
 * A cube has a node for each member of a side and for what it is a part of. Cells of the tally are put into those of the
 * cube (fill.c), and these are rolled up side by side (roll.c). Two things cannot be rolled up so, and are put straight into
 * all that they are parts of: units, when the tree changed under them, and times, when there are stocks: the stock of a year
 * is that of its last month, unit by unit.
 *
 * As long as the absolute amounts of all rows together fit 64 bits, so does every sum, at every level: then all is done
 * with 64 bits, and otherwise with 128. */
#ifndef NTM_I_CUBE_H
#define NTM_I_CUBE_H

#include <ntm/cube.h>

#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/period.h"
#include "column/csv_field.h"
#include "ledger/ledger.h"

#define NTM_I_NO_NODE UINT32_MAX

/* ------------------------------------------------------------------------------------------- cells */

/* A cell of a store that is not an array; key UINT64_MAX = an empty place. */
typedef struct ntm_i_entry_cell {
    ntm_i_wide sum;
    uint64_t key;
    uint32_t missing;
    uint8_t mark;
} ntm_i_entry_cell;

/* What is known of cells: there are amounts, of flows or of stocks; a report is due and not there. */
enum { NTM_I_FLOW = 1, NTM_I_STOCK = 2, NTM_I_DUE = 4 };
/* Only while a cube is made: of stocks, which running sums leave as they are. */
enum { NTM_I_KEPT = 8 };

/* Sums by key, as an array or as a table of those that occur. */
typedef struct ntm_i_store {
    ntm_allocator allocator;
    uint64_t keys;             /* all there could be */
    bool dense, narrow;        /* an array; sums of 64 bits */
    int64_t *sums;             /* by key */
    ntm_i_wide *wides;         /* by key, if not narrow */
    uint8_t *marks;            /* by key: NTM_I_FLOW ...; 0 = there is no entry. NULL while no row needed it */
    uint32_t *missing;         /* by key; NULL = nothing is */
    ntm_i_entry_cell *entries; /* not dense: open addressing, and after ntm_i_store_sort() by key */
    size_t entry_count, entry_room;
} ntm_i_store;

void ntm_i_store_start(ntm_i_store *store, uint64_t keys, uint64_t expected, bool narrow,
                       const ntm_allocator *allocator);
void ntm_i_store_end(ntm_i_store *store);
/* Room for what a dense store needs; false for want of memory. */
bool ntm_i_store_room(ntm_i_store *store);
bool ntm_i_store_marks(ntm_i_store *store);
bool ntm_i_store_missing(ntm_i_store *store);
/* Adds to a cell; false for want of memory. */
bool ntm_i_store_add(ntm_i_store *store, uint64_t key, ntm_i_wide sum, uint32_t missing, uint8_t mark);
/* The entry of a key in a table; made if it is not there; NULL for want of memory. */
ntm_i_entry_cell *ntm_i_store_entry(ntm_i_store *store, uint64_t key);
/* Puts a table in the order of keys: after that nothing may be added. */
bool ntm_i_store_sort(ntm_i_store *store);
/* A cell of a finished store; a mark of 0 when it is not there. */
ntm_i_entry_cell ntm_i_store_get(const ntm_i_store *store, uint64_t key);
/* The first cell with an entry at or after *at, which moves on behind it; false at the end. Start with 0. */
bool ntm_i_store_next(ntm_i_entry_cell *out, const ntm_i_store *store, uint64_t *at);
size_t ntm_i_store_count(const ntm_i_store *store);

/* ------------------------------------------------------------------------------------------- what is asked */

/* The caller's options, copied. */
typedef struct ntm_i_question {
    ntm_side sides[NTM_SIDES_MAX];
    size_t side_count;
    ntm_cube_measure measure;
    ntm_only *only;
    size_t only_count;
    ntm_date from, to, as_of;
    ntm_running running;
    ntm_expected *expected;
    size_t expected_count;
} ntm_i_question;

ntm_status ntm_i_question_check(const ntm_cube_options *options, ntm_error *err);
bool ntm_i_question_copy(ntm_i_question *out, const ntm_cube_options *options, ntm_i_arena *arena);
bool ntm_i_question_same(const ntm_i_question *a, const ntm_i_question *b);

/* ------------------------------------------------------------------------------------------- base coordinates */

typedef enum ntm_i_base_kind { NTM_I_BASE_MEMBER = 0, NTM_I_BASE_UNIT = 1, NTM_I_BASE_TIME = 2 } ntm_i_base_kind;

/* A stretch of time within which rows are added up. */
typedef struct ntm_i_segment {
    ntm_period period; /* as posted, or that of the finest length asked for */
    ntm_date first;    /* its days on which the tree of units is one and the same */
    ntm_date last;
} ntm_i_segment;

typedef struct ntm_i_base {
    ntm_i_base_kind kind;
    const char *dimension; /* "date" for time */
    int side;              /* -1 = hidden */
    uint32_t count;        /* coordinates */
    uint64_t stride;
    const ntm_member *members; /* those of the ledger; of units only ids */
    uint32_t member_count;
    uint32_t declared;         /* of them declared */
    const uint32_t *member_of; /* by coordinate; NULL = the coordinate itself */
    ntm_i_segment *segments;   /* of time, by coordinate, in order */
} ntm_i_base;

enum { NTM_I_BASES_MAX = NTM_SIDES_MAX + 4 };

struct ntm_cube_tally {
    ntm_i_arena arena;
    ntm_i_question question;
    const ntm_units *units; /* NULL = none */
    ntm_echelon echelon;
    ntm_i_base bases[NTM_I_BASES_MAX];
    size_t base_count;
    uint8_t scale;
    const char **kinds; /* ids of kinds and their units, if quantities are added */
    const char **kind_units;
    size_t kind_count;
    ntm_i_uwide bound; /* no sum of cells is larger */
    ntm_i_store store;
};

ntm_i_base *ntm_i_base_of(const ntm_cube_tally *tally, const char *dimension);
/* Sets strides, the last base fastest, and the number of keys; false when there are too many. */
bool ntm_i_bases_stride(ntm_cube_tally *tally, uint64_t *keys);
/* The coordinates of a key. */
void ntm_i_bases_split(uint32_t *at, const ntm_cube_tally *tally, uint64_t key);
/* An empty tally with a copy of a question; NULL for want of memory. */
ntm_cube_tally *ntm_i_tally_start(const ntm_allocator *allocator);

/* The bases of several tallies together. */
typedef struct ntm_i_layout {
    const ntm_i_base *bases[NTM_I_BASES_MAX]; /* one of each dimension, of whichever tally */
    size_t count;
    const ntm_i_base **of; /* by tally x NTM_I_BASES_MAX + base: the tally's own, or one that stands in for it */
    uint32_t *place;       /* likewise: which of the tally's own it is; NTM_I_NO_NODE = none */
} ntm_i_layout;

/* NTM_ERROR_CONFLICT when a tally lacks a base that it needs. */
ntm_status ntm_i_layout_make(ntm_i_layout *layout, const ntm_cube_tally *const *from, size_t count, ntm_i_arena *arena,
                             ntm_error *err);

/* Whether no stages, and no things of different kinds, would be added. */
ntm_status ntm_i_tally_check(const ntm_cube_tally *tally, ntm_error *err);
/* The stretch of time in which a report on a period is expected: the last one within it; NTM_I_NO_NODE = there is none. */
uint32_t ntm_i_segment_due(const ntm_i_base *time, ntm_period period);
/* The order of stretches of time. */
int ntm_i_segment_compare(const ntm_i_segment *a, const ntm_i_segment *b);

/* What scattering needs to know of one base: the coordinate of each code. */
typedef struct ntm_i_scatter_side {
    const ntm_i_codes *codes;
    const uint32_t *coordinate; /* by code; NULL = the code itself */
    uint64_t stride;
} ntm_i_scatter_side;

/* Codes whose rows do not count. */
typedef struct ntm_i_scatter_only {
    const ntm_i_codes *codes;
    const uint8_t *live; /* by code */
} ntm_i_scatter_only;

typedef struct ntm_i_scatter {
    const ntm_ledger *ledger;
    const ntm_i_numbers *numbers;
    ntm_i_scatter_side sides[NTM_I_BASES_MAX];
    size_t side_count;
    ntm_i_scatter_only only[NTM_I_BASES_MAX + NTM_SIDES_MAX];
    size_t only_count;
    uint64_t offset;   /* of all keys */
    size_t first, end; /* rows */
    ntm_i_store *store;
    ntm_i_uwide bound;
} ntm_i_scatter;

/* Adds the rows; false for want of memory, or when the caller's memory changed under it (*changed). */
bool ntm_i_scatter_run(ntm_i_scatter *s, bool *changed);

/* The bases of a ledger under a question, and what scattering needs; the arena of `scratch` holds tables. */
ntm_status ntm_i_bases_make(ntm_cube_tally *tally, ntm_i_scatter *s, const ntm_ledger *ledger, ntm_i_arena *scratch,
                            ntm_error *err);
/* Whether it matters on which day an entry was, because its unit is rolled up in the registry. */
bool ntm_i_tree_matters(const ntm_cube_tally *tally);
/* The segments of time of a ledger's periods: *of_code is by code of time, NTM_I_NO_NODE for codes that do not count. */
ntm_status ntm_i_segments_make(ntm_i_base *base, uint32_t **of_code, const ntm_ledger *ledger, ntm_cube_tally *tally,
                               bool as_posted, ntm_i_arena *scratch, ntm_error *err);

/* ------------------------------------------------------------------------------------------- cubes */

/* A side of a cube: nodes in the order shown. */
typedef struct ntm_i_cube_side {
    const char *name; /* of its column */
    bool is_time;
    ntm_cube_member *nodes;
    uint32_t count;
    uint32_t total;        /* the node of all; NTM_I_NO_NODE = none */
    const char **declared; /* ids of members that may be asked for, whether they are nodes or not */
    uint32_t declared_count;
    uint32_t
        *bottom_up; /* nodes with a parent, parts first; for roll.c; NULL = filled with all that they are parts of */
    uint32_t bottom_up_count;
    uint64_t stride;
} ntm_i_cube_side;

/* Cells as columns. */
struct ntm_cube_rows {
    ntm_i_arena arena;
    ntm_table table;
};

struct ntm_cube {
    ntm_i_arena arena;
    ntm_i_cube_side sides[NTM_SIDES_MAX];
    size_t side_count;
    ntm_cube_measure measure;
    uint8_t scale;
    const char **kinds, **kind_units;
    size_t kind_count;
    ntm_i_store store;
    size_t cells;
};

/* The nodes that a coordinate goes to: at least one, from the lowest. */
typedef struct ntm_i_chain {
    const uint32_t *nodes; /* NULL = not asked for yet */
    uint32_t count;
} ntm_i_chain;

/* Bits spread over a word, for places in tables. */
static inline uint64_t ntm_i_mixed(uint64_t key) {
    key = (key ^ key >> 32) * UINT64_C(0xd6e8feb86659fd93);
    key = (key ^ key >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return key ^ key >> 32;
}

/* Chains by number: of all, or only of those that occur. */
typedef struct ntm_i_chains {
    ntm_i_chain *items; /* `room` of them; nodes are NULL where there is none */
    uint64_t *keys;     /* of a table: number + 1, 0 = empty; NULL = an array */
    size_t room;
} ntm_i_chains;

/* Of `occurring` out of `pairs`, at most; the arena's. False for want of memory. */
bool ntm_i_chains_start(ntm_i_chains *chains, size_t pairs, size_t occurring, ntm_i_arena *arena);
/* The chain of a pair; no more than so many different ones may be taken. */
ntm_i_chain *ntm_i_chains_take(ntm_i_chains *chains, uint64_t pair);
/* The same of one that was taken. */
const ntm_i_chain *ntm_i_chains_find(const ntm_i_chains *chains, uint64_t pair);

/* Going through the cells of a tally in the order of keys, with their coordinates. */
typedef struct ntm_i_walk {
    const ntm_cube_tally *tally;
    uint64_t next; /* as for ntm_i_store_next() */
    uint64_t key;  /* `at` is of this key */
    uint32_t at[NTM_I_BASES_MAX];
    ntm_i_entry_cell cell;
} ntm_i_walk;

void ntm_i_walk_start(ntm_i_walk *walk, const ntm_cube_tally *tally);
bool ntm_i_walk_next(ntm_i_walk *walk);

/* A cube in the making. */
typedef struct ntm_i_cubing {
    const ntm_cube_tally *tally;
    ntm_cube *cube;
    ntm_i_arena scratch;
    ntm_error *err;
    size_t unit, time, stage;           /* which bases; SIZE_MAX = there is none */
    uint32_t *node_of[NTM_I_BASES_MAX]; /* of members, by coordinate; NULL for units and time, and for hidden ones */
    uint32_t *stage_node;               /* by member of the stage */
    uint8_t *stock[NTM_I_BASES_MAX];    /* by coordinate: whether it is of a stock; NULL = none is */
    bool stocks;                        /* whether some coordinate is */
    ntm_i_chain *time_chains;           /* by segment; nodes are those of the side, or one for all */
    uint32_t time_nodes;
    ntm_i_chains unit_chains; /* by unit × unit_span + segment */
    size_t unit_span;         /* the number of segments; 0 = units are not shown, and all have the same chains */
    size_t segments;          /* at least 1 */
} ntm_i_cubing;

/* Whether every node has one node above it in all chains: then the side is rolled up afterwards, which is quicker, and
   chains are cut down to their first. `count` of them. False for want of memory. */
bool ntm_i_side_one_tree(ntm_i_cubing *c, ntm_i_cube_side *side, ntm_i_chain *chains, size_t count);
/* Which coordinates are of stocks; false for want of memory. */
bool ntm_i_find_stocks(ntm_i_cubing *c);
/* Nodes by kind of side. */
ntm_status ntm_i_member_nodes(ntm_i_cubing *c, size_t base);
ntm_status ntm_i_time_nodes(ntm_i_cubing *c);
ntm_status ntm_i_unit_nodes(ntm_i_cubing *c);
/* Whether a unit is there on some day of a stretch; true without a registry. */
bool ntm_i_unit_in(const ntm_cube_tally *tally, uint32_t unit, ntm_date first, ntm_date last);
/* The rows of a unit's code in the registry, which there has to be; NTM_I_NONE = it has none. */
uint32_t ntm_i_base_group(const ntm_cube_tally *tally, const ntm_i_base *base, uint32_t coordinate);
/* From the tally's cells to the cube's. */
ntm_status ntm_i_fill(ntm_i_cubing *c);
/* Sums over time; members into what they are parts of. */
ntm_status ntm_i_run(ntm_i_cubing *c);
ntm_status ntm_i_roll(ntm_i_cubing *c);
/* A cell whose sum fits 64 bits, as the caller sees it. */
ntm_cube_cell ntm_i_cube_cell(const ntm_i_entry_cell *cell);
/* "unit 436, source state", for messages. Returns the buffer. */
#define NTM_I_CELL_TEXT 240
const char *ntm_i_cube_text(char buffer[NTM_I_CELL_TEXT], const ntm_cube *cube, uint64_t key);

#endif
