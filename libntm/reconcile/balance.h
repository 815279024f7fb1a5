/* SPDX-License-Identifier: Apache-2.0 */
/* What a balance holds. */
#ifndef NTM_I_BALANCE_H
#define NTM_I_BALANCE_H

#include <ntm/reconcile.h>

#include "base/error.h"
#include "base/memory.h"
#include "number/rational.h"

typedef enum ntm_i_equation_kind { NTM_I_EQUATION_SUM, NTM_I_EQUATION_SHARE } ntm_i_equation_kind;

typedef struct ntm_i_equation {
    ntm_i_equation_kind kind;
    const char *name;
    size_t first; /* of a sum: its terms, sorted by cell, no cell twice, no coefficient 0 */
    size_t count;
    uint64_t row; /* for which it was declared; NTM_NO_ROW when it was added by itself, or down a column */
    ntm_balance_share share;
} ntm_i_equation;

/* The table that the cells were made from: cell = row × column_count + column. */
typedef struct ntm_i_balance_table {
    bool there;
    size_t rows;
    const char **row_names;
    const uint32_t *by_name; /* rows sorted by name */
    size_t column_count;
    const char **columns;
    uint8_t *scales; /* digits after the mark that a column prints at most */
} ntm_i_balance_table;

struct ntm_balance {
    ntm_allocator allocator;
    ntm_i_arena texts;
    ntm_i_array cells;     /* of ntm_balance_cell, texts in the arena */
    ntm_i_array equations; /* of ntm_i_equation */
    ntm_i_array terms;     /* of ntm_balance_term */
    ntm_i_balance_table table;
};

static inline const ntm_balance_cell *ntm_i_cell(const ntm_balance *balance, uint32_t cell) {
    return (const ntm_balance_cell *)balance->cells.items + cell;
}
static inline const ntm_i_equation *ntm_i_equation_at(const ntm_balance *balance, size_t index) {
    return (const ntm_i_equation *)balance->equations.items + index;
}
static inline const ntm_balance_term *ntm_i_terms(const ntm_balance *balance, const ntm_i_equation *equation) {
    return (const ntm_balance_term *)balance->terms.items + equation->first;
}
static inline bool ntm_i_cell_known(const ntm_balance *balance, uint32_t cell) {
    return ntm_i_cell(balance, cell)->known == NTM_REPORTED;
}

/* The cells of an equation, one by one: of a sum its terms, of a share the share, the part and the whole. */
static inline size_t ntm_i_equation_cells(const ntm_i_equation *equation) {
    return equation->kind == NTM_I_EQUATION_SUM ? equation->count : 3;
}
static inline uint32_t ntm_i_equation_cell(const ntm_balance *balance, const ntm_i_equation *equation, size_t index) {
    if (equation->kind == NTM_I_EQUATION_SUM) return ntm_i_terms(balance, equation)[index].cell;
    return index == 0 ? equation->share.share : index == 1 ? equation->share.part : equation->share.whole;
}

/* Takes back every equation (and term) added after the counts were taken: what several calls add is added whole. */
typedef struct ntm_i_balance_mark {
    size_t equations;
    size_t terms;
} ntm_i_balance_mark;
ntm_i_balance_mark ntm_i_balance_marked(const ntm_balance *balance);
void ntm_i_balance_back(ntm_balance *balance, ntm_i_balance_mark mark);

/* What a share's ratio part / whole × 10^power may be for a printed share: between two numbers, each in or out. False when
   none is: it is printed with more digits than the equation says. Out of memory never; false too when it does not fit,
   then *fits is false. */
typedef struct ntm_i_ratio_bounds {
    ntm_i_rational least;
    ntm_i_rational most;
    bool least_open;
    bool most_open;
} ntm_i_ratio_bounds;
bool ntm_i_share_bounds(ntm_i_ratio_bounds *out, const ntm_balance_share *share, ntm_i_rational printed, bool *fits);

/* The ratio of a share, not rounded; false when it does not fit or the whole is not above 0. */
bool ntm_i_share_ratio(ntm_i_rational *out, const ntm_balance_share *share, ntm_i_rational part, ntm_i_rational whole);

/* Whether an equation is violated by itself. */
bool ntm_i_violated(const ntm_balance *balance, size_t equation);
/* Whether it holds with every figure just as printed. False when that does not fit. */
bool ntm_i_holds_as_printed(const ntm_balance *balance, size_t equation);

#endif
