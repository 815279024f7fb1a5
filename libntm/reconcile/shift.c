/* SPDX-License-Identifier: Apache-2.0 */
/* Shifted rows: neighbouring cells of one column that hold the figure of the row above or below. One slip of the hand for
   all of them, and so likelier than as many unrelated ones. */
#include "reconcile/causes.h"

/* The place in the explanation of the cell in a row; SIZE_MAX when there is none. */
static size_t at_row(const ntm_i_explanation *e, uint64_t row) {
    for (size_t i = 0; i < e->count; i++)
        if (ntm_i_cell(e->balance, e->cells[i])->row_number == row) return i;
    return SIZE_MAX;
}

/* One column, rows without a gap, each once. */
static bool is_block(const ntm_i_explanation *e, uint64_t *first) {
    if (e->count < 2) return false;
    *first = UINT64_MAX;
    for (size_t i = 0; i < e->count; i++) {
        const ntm_balance_cell *cell = ntm_i_cell(e->balance, e->cells[i]);
        if (cell->column_number != ntm_i_cell(e->balance, e->cells[0])->column_number) return false;
        if (cell->row_number < *first) *first = cell->row_number;
    }
    if (*first > UINT64_MAX - e->count) return false;
    for (size_t i = 0; i < e->count; i++)
        if (at_row(e, *first + i) == SIZE_MAX) return false;
    return true;
}

/* The stated figure of the cell of the same column in a row that is not part of the block; NULL when there is none. */
static const ntm_balance_cell *outside(const ntm_i_explanation *e, uint64_t row) {
    uint32_t column = ntm_i_cell(e->balance, e->cells[0])->column_number;
    for (size_t i = 0; i < e->group_count; i++) {
        const ntm_balance_cell *cell = ntm_i_cell(e->balance, e->group[i]);
        if (cell->row_number == row && cell->column_number == column && cell->known == NTM_REPORTED) return cell;
    }
    return NULL;
}

/* Whether every cell has the right figure of the row `by` before it. What came in at the end of the block is the figure of
   the row outside, or the one that fell out at the other end, or 0. */
static bool shifted(const ntm_i_explanation *e, uint64_t first, int by) {
    uint64_t last = first + e->count - 1, enters = by > 0 ? first : last, falls_out = by > 0 ? last : first;
    for (uint64_t row = first; row <= last; row++) {
        const ntm_balance_cell *cell = ntm_i_cell(e->balance, e->cells[at_row(e, row)]);
        ntm_i_rational stated = ntm_i_rational_decimal(cell->value);
        if (row != enters) {
            if (!ntm_i_repair_takes(&e->repairs[at_row(e, by > 0 ? row - 1 : row + 1)], stated, cell)) return false;
            continue;
        }
        const ntm_balance_cell *before = by > 0 && row == 0 ? NULL : outside(e, by > 0 ? row - 1 : row + 1);
        bool same = before != NULL && ntm_i_rational_compare(ntm_i_rational_decimal(before->value), stated) == 0;
        if (!same && stated.numerator != 0 && !ntm_i_repair_takes(&e->repairs[at_row(e, falls_out)], stated, cell))
            return false;
    }
    return true;
}

int ntm_i_shifted(const ntm_i_explanation *e) {
    uint64_t first = 0;
    ntm_decimal ignored;
    if (!is_block(e, &first)) return 0;
    for (size_t i = 0; i < e->count; i++)
        if (!ntm_i_repair_value(&ignored, &e->repairs[i])) return 0;
    return shifted(e, first, 1) ? 1 : shifted(e, first, -1) ? -1 : 0;
}
