/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a table row by row into something else: texts and days of cells, with all problems told together. */
#ifndef NTM_I_CELLS_H
#define NTM_I_CELLS_H

#include <ntm/column.h>

#include "base/error.h"
#include "base/memory.h"

/* A table being read. Start with {arena, problems, NULL, NTM_ERROR_INIT, 0, false}. */
typedef struct ntm_i_cells {
    ntm_i_arena *arena;     /* where copies of texts go */
    ntm_problems *problems; /* the caller's list; may be NULL */
    const char *table;      /* said before the subject of a problem; NULL when there is only one table */
    ntm_error first;        /* the first problem */
    size_t problem_count;
    bool no_memory;
} ntm_i_cells;

/* What errors call a file: its path; of a long one the end, so that the column behind it is not cut off. NULL for NULL. */
const char *ntm_i_cells_label(const char *path);
/* Notes a problem; row SIZE_MAX when it is about none. */
void ntm_i_cells_complain(ntm_i_cells *cells, ntm_status status, const char *subject, size_t row, const char *format,
                          ...) NTM_I_PRINTF(5, 6);
/* NTM_OK, the first problem, or want of memory: what the whole reading came to. */
ntm_status ntm_i_cells_status(const ntm_i_cells *cells, ntm_error *err);

/* What a column that is asked for holds. */
typedef enum ntm_i_cells_kind { NTM_I_CELLS_TEXT, NTM_I_CELLS_DAYS } ntm_i_cells_kind;

typedef struct ntm_i_cells_column {
    const char *name;
    bool needed;
    ntm_i_cells_kind kind; /* text or categories; days may also be integers */
} ntm_i_cells_column;

/* Finds columns by name: found[i] is NULL for one that is not there. `what` is what needs them: "a register". Columns
   that nobody asked for are left to the caller. False after complaining. */
bool ntm_i_cells_find(const ntm_field **found, ntm_i_cells *cells, const ntm_table *table,
                      const ntm_i_cells_column *columns, size_t count, const char *what);
/* Complains of every column that is none of those found; `expected` lists the names. False after complaining. */
bool ntm_i_cells_only(ntm_i_cells *cells, const ntm_table *table, const ntm_field *const *found, size_t count,
                      const char *what, const char *expected);

/* The text of a cell, UTF-8 without NUL; false when there is none, it is empty, or after complaining. */
bool ntm_i_cell_text(ntm_i_cells *cells, const char **out, size_t *size, const ntm_field *field, size_t row);
/* A copy of it in the arena; NULL likewise. */
const char *ntm_i_cell_copy(ntm_i_cells *cells, const ntm_field *field, size_t row);
/* A day, written as text or as a number; NTM_DATE_NONE when there is none, or after complaining. */
ntm_date ntm_i_cell_day(ntm_i_cells *cells, const ntm_field *field, size_t row);

#endif
