/* SPDX-License-Identifier: Apache-2.0 */
/* Random ledgers and questions, and the cells that they have to give by plain loops over rows. */
#ifndef NTM_TEST_WORLD_H
#define NTM_TEST_WORLD_H

#include "accounts.h"

#include <ntm/unit.h>

enum { WORLD_ROWS = 90, WORLD_BLOCKS = 64, WORLD_SIDES = 5, WORLD_TEXT = 16, WORLD_CELLS = 1 << 16, WORLD_KEY = 96 };

/* What an entry says: "" = not stated. */
typedef struct world_row {
    char unit[WORLD_TEXT], source[WORLD_TEXT], stage[WORLD_TEXT], colour[WORLD_TEXT], period[WORLD_TEXT];
    ntm_period when;
    int64_t amount;
    bool known, bad;
    ntm_unit of; /* the row of the registry, if there is one */
} world_row;

typedef struct world {
    uint64_t random;
    world_row rows[WORLD_ROWS];
    size_t row_count;
    const ntm_units *units; /* NULL = none */
    bool stages, stocks;    /* columns and members that there are */
    ntm_period_length grain;
    void *blocks[WORLD_BLOCKS];
    size_t block_count;
    ntm_field fields[6];
    ntm_table table;
    ntm_side sides[WORLD_SIDES];
    const char *members[4];
    ntm_only only[2];
    ntm_cube_options asked;
} world;

typedef struct world_cell {
    char key[WORLD_KEY];
    __int128 sum;
    uint64_t reported, missing;
    bool stock, used;
} world_cell;

/* Cells by the ids of their members with "|" behind each. `status` is what the cube has to give. */
typedef struct world_cells {
    world_cell *all; /* WORLD_CELLS */
    size_t count;
    ntm_status status;
} world_cells;

unsigned world_draw(world *w, unsigned of);
/* Entries; with a registry only such as have the units there. */
void world_make(world *w, uint64_t seed, const ntm_units *units);
/* Columns of random types over the rows. */
void world_columns(world *w);
void world_ask(world *w);
ntm_ledger *world_ledger(world *w);
/* Frees the columns; the entries stay. */
void world_end(world *w);

/* What the rows from `first` on, `count` of them, have to give. */
void oracle_cells(world_cells *out, const world *w);
void oracle_free(world_cells *cells);
world_cell *oracle_cell(world_cells *cells, const char *key);

#endif
