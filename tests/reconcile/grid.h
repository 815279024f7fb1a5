/* SPDX-License-Identifier: Apache-2.0 */
/* Tables with totals of rows and of columns, as balances. */
#ifndef NTM_TEST_GRID_H
#define NTM_TEST_GRID_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ntm/ntm.h>

/* rows × columns with the totals in the last row and column; cell = row × columns + column. */
typedef struct grid {
    size_t rows, columns;
    int64_t value[1024];
    bool unknown[1024];
    int64_t half; /* half-width of every cell */
} grid;

/* The totals from the inner cells. */
void grid_add_up(grid *g);
/* A balance with an equation for each row and each column; from the last to the first if `backwards`. */
ntm_balance *grid_balance(const grid *g, bool backwards);
/* A cell that a test makes by hand. */
uint32_t cell_of(ntm_balance *balance, const char *row, const char *column, uint64_t row_number, uint32_t column_number,
                 int64_t coefficient, uint8_t scale);
/* A number from a seed, 0..below - 1. */
uint32_t chance(uint64_t *seed, uint32_t below);
/* What a cause makes of a right figure of at least five digits; the same figure for causes that need others. */
int64_t spoil(int64_t right, ntm_cause cause, uint64_t *seed);

#endif
