/* SPDX-License-Identifier: Apache-2.0 */
#include "grid.h"

#include "fault.h"

void grid_add_up(grid *g) {
    size_t last_row = g->rows - 1, last = g->columns - 1;
    for (size_t c = 0; c < g->columns; c++)
        g->value[last_row * g->columns + c] = 0;
    for (size_t r = 0; r < last_row; r++) {
        int64_t sum = 0;
        for (size_t c = 0; c < last; c++)
            sum += g->value[r * g->columns + c];
        g->value[r * g->columns + last] = sum;
        for (size_t c = 0; c < g->columns; c++)
            g->value[last_row * g->columns + c] += g->value[r * g->columns + c];
    }
}

uint32_t cell_of(ntm_balance *balance, const char *row, const char *column, uint64_t row_number, uint32_t column_number,
                 int64_t coefficient, uint8_t scale) {
    ntm_balance_cell cell = NTM_BALANCE_CELL_INIT;
    uint32_t number = NTM_NO_CELL;
    cell.row = row;
    cell.column = column;
    cell.row_number = row_number;
    cell.column_number = column_number;
    cell.value = (ntm_decimal){coefficient, scale};
    assert_int_equal(ntm_balance_add_cell(&number, balance, &cell, NULL), NTM_OK);
    return number;
}

/* The equation of a row (or, past the rows, of a column). */
static void add_line(ntm_balance *balance, const grid *g, size_t line) {
    ntm_balance_term terms[64];
    bool row = line < g->rows;
    size_t count = row ? g->columns : g->rows, start = row ? line * g->columns : line - g->rows;
    for (size_t i = 0; i < count; i++)
        terms[i] = (ntm_balance_term){(uint32_t)(start + i * (row ? 1 : g->columns)), i + 1 == count ? -1 : 1};
    assert_int_equal(ntm_balance_add_sum(balance, row ? "row" : "column", terms, count, NULL), NTM_OK);
}

ntm_balance *grid_balance(const grid *g, bool backwards) {
    ntm_balance *balance = NULL;
    assert_int_equal(ntm_balance_new(&balance, NULL, NULL), NTM_OK);
    for (size_t i = 0; i < g->rows * g->columns; i++) {
        ntm_balance_cell cell = NTM_BALANCE_CELL_INIT;
        cell.row_number = i / g->columns;
        cell.column_number = (uint32_t)(i % g->columns);
        cell.value.coefficient = g->value[i];
        cell.half_width.coefficient = g->half;
        if (g->unknown[i]) cell.known = NTM_NOT_REPORTED;
        assert_int_equal(ntm_balance_add_cell(NULL, balance, &cell, NULL), NTM_OK);
    }
    size_t lines = g->rows + g->columns;
    for (size_t i = 0; i < lines; i++)
        add_line(balance, g, backwards ? lines - 1 - i : i);
    return balance;
}

uint32_t chance(uint64_t *seed, uint32_t below) { return (uint32_t)(fault_random(seed) % below); }

static int64_t swapped(int64_t value, unsigned i, unsigned j) {
    int64_t power_i = 1, power_j = 1;
    while (i-- > 0)
        power_i *= 10;
    while (j-- > 0)
        power_j *= 10;
    int64_t a = value / power_i % 10, b = value / power_j % 10;
    return value + (b - a) * power_i + (a - b) * power_j;
}

int64_t spoil(int64_t right, ntm_cause cause, uint64_t *seed) {
    switch (cause) {
        case NTM_CAUSE_SIGN: return -right;
        case NTM_CAUSE_UNIT: return right * 1000;
        case NTM_CAUSE_FACTOR: return right * (chance(seed, 2) ? 10 : 100);
        case NTM_CAUSE_SWAPPED_NEIGHBOURS: {
            unsigned at = chance(seed, 4);
            return swapped(right, at, at + 1);
        }
        case NTM_CAUSE_SWAPPED_DIGITS: return swapped(right, 0, 2 + chance(seed, 2));
        case NTM_CAUSE_LAST_DIGIT: return right + 1;
        case NTM_CAUSE_ONE_DIGIT:
            return right % 1000 / 100 == 7 ? right - 300 : right + (right % 1000 / 100 < 5 ? 400 : -400);
        case NTM_CAUSE_MISSING_CHILD: return 0;
        default: return right;
    }
}
