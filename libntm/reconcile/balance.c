/* SPDX-License-Identifier: Apache-2.0 */
/* Building a balance: cells and equations, each checked when it is added. */
#include "reconcile/balance.h"

#include <string.h>

#include "base/sort.h"
#include "base/text.h"

#define CELLS_MAX     ((size_t)1 << 31)
#define EQUATIONS_MAX ((size_t)1 << 30)
#define TERMS_MAX     ((size_t)1 << 31)

ntm_status ntm_balance_new(ntm_balance **out, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL) return ntm_i_wrong_call(err, "out is NULL");
    if (!ntm_i_allocator_usable(allocator)) return ntm_i_wrong_call(err, "the allocator lacks a function");
    ntm_allocator own = ntm_i_allocator(allocator);
    ntm_balance *made = ntm_i_allocate(&own, 1, sizeof *made);
    if (made == NULL) return ntm_i_no_memory(err);
    made->allocator = own;
    ntm_i_arena_start(&made->texts, &own);
    ntm_i_array_start(&made->cells, &own, sizeof(ntm_balance_cell));
    ntm_i_array_start(&made->equations, &own, sizeof(ntm_i_equation));
    ntm_i_array_start(&made->terms, &own, sizeof(ntm_balance_term));
    *out = made;
    return NTM_OK;
}

void ntm_balance_free(ntm_balance *balance) {
    if (balance == NULL) return;
    ntm_allocator own = balance->allocator;
    ntm_i_array_end(&balance->terms);
    ntm_i_array_end(&balance->equations);
    ntm_i_array_end(&balance->cells);
    ntm_i_arena_end(&balance->texts);
    ntm_i_release(&own, balance, 1, sizeof *balance);
}

size_t ntm_balance_cell_count(const ntm_balance *balance) { return balance == NULL ? 0 : balance->cells.count; }

size_t ntm_balance_equation_count(const ntm_balance *balance) { return balance == NULL ? 0 : balance->equations.count; }

ntm_balance_cell ntm_balance_cell_get(const ntm_balance *balance, uint32_t cell) {
    ntm_balance_cell nothing = NTM_BALANCE_CELL_INIT;
    nothing.known = NTM_NOT_REPORTED;
    return cell < ntm_balance_cell_count(balance) ? *ntm_i_cell(balance, cell) : nothing;
}

/* ------------------------------------------------------------------------------------------- cells */

static ntm_status check_name(const char *name, const char *what, ntm_error *err) {
    if (name == NULL || ntm_i_utf8_valid(name, strlen(name), NULL)) return NTM_OK;
    return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_SUBJECT(name), "the name of %s is not UTF-8", what);
}

static ntm_status check_cell(const ntm_balance_cell *cell, ntm_error *err) {
    if (cell->struct_size != sizeof *cell)
        return ntm_i_wrong_call(err, "the cell's struct_size is wrong: start with NTM_BALANCE_CELL_INIT");
    if (cell->known > NTM_NOT_APPLICABLE) return ntm_i_wrong_call(err, "known is no ntm_known");
    if (cell->value.scale > NTM_SCALE_MAX || cell->half_width.scale > NTM_SCALE_MAX)
        return ntm_i_wrong_call(err, "the scale of a cell is above 18");
    if (cell->half_width.coefficient < 0)
        return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_SUBJECT(cell->column), "the half-width is below 0");
    ntm_status status = check_name(cell->row, "a row", err);
    return status != NTM_OK ? status : check_name(cell->column, "a column", err);
}

ntm_status ntm_balance_add_cell(uint32_t *out, ntm_balance *balance, const ntm_balance_cell *cell, ntm_error *err) {
    if (balance == NULL || cell == NULL) return ntm_i_wrong_call(err, "the balance or the cell is NULL");
    if (balance->table.there) return ntm_i_wrong_call(err, "this balance has the cells of its table");
    ntm_status status = check_cell(cell, err);
    if (status != NTM_OK) return status;
    if (balance->cells.count >= CELLS_MAX) return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "over 2^31 cells");
    ntm_balance_cell copy = *cell;
    if (!ntm_i_arena_copy(&balance->texts, &copy.row, cell->row == NULL ? "" : cell->row) ||
        !ntm_i_arena_copy(&balance->texts, &copy.column, cell->column == NULL ? "" : cell->column) ||
        !ntm_i_array_append(&balance->cells, &copy, 1))
        return ntm_i_no_memory(err);
    if (out != NULL) *out = (uint32_t)(balance->cells.count - 1);
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- equations */

ntm_i_balance_mark ntm_i_balance_marked(const ntm_balance *balance) {
    return (ntm_i_balance_mark){balance->equations.count, balance->terms.count};
}

void ntm_i_balance_back(ntm_balance *balance, ntm_i_balance_mark mark) {
    balance->equations.count = mark.equations;
    balance->terms.count = mark.terms;
}

static ntm_status no_such_cell(const ntm_balance *balance, const char *name, uint32_t cell, uint64_t place,
                               ntm_error *err) {
    return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_ROW(name, place), "cell %lu is not there: there are %zu",
                      (unsigned long)cell, balance->cells.count);
}

static ntm_status add_equation(ntm_balance *balance, ntm_i_equation *made, const char *name, ntm_error *err) {
    if (balance->equations.count >= EQUATIONS_MAX || balance->terms.count > TERMS_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(name), "too many equations");
    if (!ntm_i_arena_copy(&balance->texts, &made->name, name == NULL ? "" : name) ||
        !ntm_i_array_append(&balance->equations, made, 1))
        return ntm_i_no_memory(err);
    return NTM_OK;
}

static int by_cell(const void *context, uint32_t a, uint32_t b) {
    const ntm_balance_term *terms = context;
    return (terms[a].cell > terms[b].cell) - (terms[a].cell < terms[b].cell);
}

/* Adds up terms of one cell and leaves out what comes to 0; false on overflow. */
static bool merge_terms(ntm_balance_term *terms, size_t *count) {
    size_t kept = 0;
    for (size_t i = 0; i < *count;) {
        int64_t sum = 0;
        uint32_t cell = terms[i].cell;
        for (; i < *count && terms[i].cell == cell; i++)
            sum += terms[i].coefficient; /* at most 2^31 of 2^31 */
        if (sum < -INT32_MAX || sum > INT32_MAX) return false;
        if (sum != 0) terms[kept++] = (ntm_balance_term){cell, (int32_t)sum};
    }
    *count = kept;
    return true;
}

/* Puts the terms behind those that there are, sorted and merged. */
static ntm_status put_terms(ntm_balance *balance, const char *name, const ntm_balance_term *terms, size_t *count,
                            ntm_error *err) {
    ntm_i_arena sorting;
    ntm_i_arena_start(&sorting, &balance->allocator);
    ntm_balance_term *sorted = ntm_i_sorted(&sorting, terms, *count, sizeof *terms, by_cell);
    ntm_status status = NTM_OK;
    if (sorted == NULL)
        status = ntm_i_no_memory(err);
    else if (!merge_terms(sorted, count))
        status = ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT(name), "the coefficients of a cell leave 32 bits");
    else if (!ntm_i_array_append(&balance->terms, sorted, *count))
        status = ntm_i_no_memory(err);
    ntm_i_arena_end(&sorting);
    return status;
}

ntm_status ntm_balance_add_sum(ntm_balance *balance, const char *name, const ntm_balance_term *terms, size_t count,
                               ntm_error *err) {
    if (balance == NULL || terms == NULL || count == 0) return ntm_i_wrong_call(err, "no balance or no terms");
    ntm_status status = check_name(name, "an equation", err);
    if (status != NTM_OK) return status;
    for (size_t i = 0; i < count; i++) {
        if (terms[i].coefficient == 0) return ntm_i_wrong_call(err, "a coefficient is 0");
        if (terms[i].cell >= balance->cells.count) return no_such_cell(balance, name, terms[i].cell, i, err);
    }
    if (count > UINT32_MAX) return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(name), "over 2^32 terms");
    ntm_i_balance_mark mark = ntm_i_balance_marked(balance);
    ntm_i_equation made = {NTM_I_EQUATION_SUM, NULL, balance->terms.count, count, NTM_NO_ROW, {0}};
    status = put_terms(balance, name, terms, &made.count, err);
    if (status == NTM_OK) status = add_equation(balance, &made, name, err);
    if (status != NTM_OK) ntm_i_balance_back(balance, mark);
    return status;
}

ntm_status ntm_balance_add_share(ntm_balance *balance, const char *name, const ntm_balance_share *share,
                                 ntm_error *err) {
    if (balance == NULL || share == NULL) return ntm_i_wrong_call(err, "the balance or the share is NULL");
    ntm_status status = check_name(name, "an equation", err);
    if (status != NTM_OK) return status;
    if (share->percent_digits > 6 || share->scale > 9)
        return ntm_i_wrong_call(err, "a share is at most times 10^6 and has at most 9 digits");
    if (share->rounding < NTM_ROUND_HALF_UP || share->rounding > NTM_ROUND_UP)
        return ntm_i_wrong_call(err, "unknown rounding");
    if (share->share == share->part || share->share == share->whole || share->part == share->whole)
        return ntm_i_wrong_call(err, "share, part and whole have to be three cells");
    ntm_i_equation made = {NTM_I_EQUATION_SHARE, NULL, 0, 0, NTM_NO_ROW, *share};
    for (size_t i = 0; i < 3; i++) {
        uint32_t cell = ntm_i_equation_cell(balance, &made, i);
        if (cell >= balance->cells.count) return no_such_cell(balance, name, cell, i, err);
    }
    return add_equation(balance, &made, name, err);
}
