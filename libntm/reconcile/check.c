/* SPDX-License-Identifier: Apache-2.0 */
/* Checking each equation by itself. */
#include "reconcile/balance.h"

#include "number/interval.h"

typedef enum verdict { HOLDS, VIOLATED, UNDECIDED } verdict;

/* What rounding leaves open of a cell. */
static bool interval_of(ntm_i_interval *out, const ntm_balance_cell *cell) {
    ntm_i_rational value = ntm_i_rational_decimal(cell->value);
    ntm_i_rational half = ntm_i_rational_decimal(cell->half_width);
    return ntm_i_rational_subtract(&out->least, value, half) && ntm_i_rational_add(&out->most, value, half);
}

static ntm_fraction fraction_of(ntm_i_rational a) {
    if (!ntm_i_is_finite(a) || a.numerator < INT64_MIN || a.numerator > INT64_MAX || a.denominator > INT64_MAX)
        return (ntm_fraction){0, 0};
    return (ntm_fraction){(int64_t)a.numerator, (int64_t)a.denominator};
}

/* Adds coefficient × a to *sum; false when it does not fit. */
static bool add_times(ntm_i_rational *sum, ntm_i_rational a, int64_t coefficient) {
    ntm_i_rational product;
    return ntm_i_rational_multiply(&product, a, ntm_i_rational_int(coefficient)) &&
           ntm_i_rational_add(sum, *sum, product);
}

static verdict check_sum(ntm_violation *out, const ntm_balance *balance, const ntm_i_equation *equation) {
    const ntm_balance_term *terms = ntm_i_terms(balance, equation);
    ntm_i_rational sum = ntm_i_rational_int(0), tolerance = sum;
    for (size_t i = 0; i < equation->count; i++) {
        const ntm_balance_cell *cell = ntm_i_cell(balance, terms[i].cell);
        int64_t size = terms[i].coefficient < 0 ? -(int64_t)terms[i].coefficient : terms[i].coefficient;
        if (!add_times(&sum, ntm_i_rational_decimal(cell->value), terms[i].coefficient) ||
            !add_times(&tolerance, ntm_i_rational_decimal(cell->half_width), size))
            return UNDECIDED;
    }
    out->imbalance = fraction_of(sum);
    out->tolerance = fraction_of(tolerance);
    if (sum.numerator < 0) sum.numerator = -sum.numerator;
    return ntm_i_rational_compare(sum, tolerance) <= 0 ? HOLDS : VIOLATED;
}

/* Whether some ratio between two ends, both included, is within the bounds. */
static bool meets(const ntm_i_ratio_bounds *bounds, ntm_i_interval ratio) {
    int low = ntm_i_rational_compare(ratio.most, bounds->least);
    int high = ntm_i_rational_compare(ratio.least, bounds->most);
    return (bounds->least_open ? low > 0 : low >= 0) && (bounds->most_open ? high < 0 : high <= 0);
}

/* The ratios that true parts and wholes give: 1 when there are some, 0 when no whole is above 0, -1 when they do not fit. A
   whole that may be as small as 0 leaves the ratio open towards its side. */
static int ratio_range(ntm_i_interval *out, const ntm_balance_share *share, ntm_i_interval part, ntm_i_interval whole) {
    if (whole.most.numerator <= 0) return 0;
    bool small = whole.least.numerator <= 0;
    ntm_i_rational by_least = part.least.numerator < 0 ? whole.least : whole.most;
    ntm_i_rational by_most = part.most.numerator < 0 ? whole.most : whole.least;
    *out = NTM_I_ANYTHING;
    if (!(small && part.least.numerator < 0) && !ntm_i_share_ratio(&out->least, share, part.least, by_least)) return -1;
    if (small && part.most.numerator == 0) out->most = ntm_i_rational_int(0);
    if (!(small && part.most.numerator >= 0) && !ntm_i_share_ratio(&out->most, share, part.most, by_most)) return -1;
    return 1;
}

static verdict check_share(ntm_violation *out, const ntm_balance *balance, const ntm_i_equation *equation) {
    const ntm_balance_share *share = &equation->share;
    ntm_i_rational printed = ntm_i_rational_decimal(ntm_i_cell(balance, share->share)->value);
    ntm_i_interval part, whole, ratio;
    ntm_i_ratio_bounds bounds;
    bool fits = true;
    out->imbalance = (ntm_fraction){0, 0};
    out->tolerance = (ntm_fraction){0, 1};
    if (!interval_of(&part, ntm_i_cell(balance, share->part)) ||
        !interval_of(&whole, ntm_i_cell(balance, share->whole)))
        return UNDECIDED;
    int there = ratio_range(&ratio, share, part, whole);
    if (there < 0) return UNDECIDED;
    bool may = ntm_i_share_bounds(&bounds, share, printed, &fits);
    if (!fits) return UNDECIDED;
    ntm_i_rational right;
    if (ntm_i_share_ratio(&right, share, ntm_i_rational_decimal(ntm_i_cell(balance, share->part)->value),
                          ntm_i_rational_decimal(ntm_i_cell(balance, share->whole)->value)) &&
        ntm_i_rational_round(&right, right, share->scale, share->rounding) &&
        ntm_i_rational_subtract(&right, printed, right))
        out->imbalance = fraction_of(right);
    return there && may && meets(&bounds, ratio) ? HOLDS : VIOLATED;
}

/* Names the row that the equation was declared for, or the row or column where all its cells lie in one. */
static void place(ntm_violation *out, const ntm_balance *balance, const ntm_i_equation *equation) {
    const ntm_balance_cell *first = NULL;
    bool one_row = true, one_column = true;
    for (size_t i = 0; i < ntm_i_equation_cells(equation); i++) {
        const ntm_balance_cell *cell = ntm_i_cell(balance, ntm_i_equation_cell(balance, equation, i));
        if (first == NULL) first = cell;
        one_row = one_row && cell->row_number == first->row_number;
        one_column = one_column && cell->column_number == first->column_number;
    }
    if (first == NULL) return;
    if (equation->row != NTM_NO_ROW) {
        out->row = equation->row;
        out->row_name = balance->table.row_names[equation->row];
    } else if (one_row) {
        out->row = first->row_number;
        out->row_name = first->row;
    }
    if (one_column) out->column = first->column;
}

static verdict check(ntm_violation *out, const ntm_balance *balance, size_t index) {
    const ntm_i_equation *equation = ntm_i_equation_at(balance, index);
    *out = (ntm_violation){index, equation->name, NTM_NO_ROW, NULL, NULL, {0, 0}, {0, 0}};
    for (size_t i = 0; i < ntm_i_equation_cells(equation); i++)
        if (!ntm_i_cell_known(balance, ntm_i_equation_cell(balance, equation, i))) return UNDECIDED;
    verdict found =
        equation->kind == NTM_I_EQUATION_SUM ? check_sum(out, balance, equation) : check_share(out, balance, equation);
    if (found == VIOLATED) place(out, balance, equation);
    return found;
}

bool ntm_i_holds_as_printed(const ntm_balance *balance, size_t index) {
    const ntm_i_equation *equation = ntm_i_equation_at(balance, index);
    ntm_violation found;
    if (check(&found, balance, index) != HOLDS) return false;
    if (equation->kind == NTM_I_EQUATION_SHARE && found.imbalance.denominator == 0) return false;
    return found.imbalance.numerator == 0;
}

bool ntm_i_violated(const ntm_balance *balance, size_t equation) {
    ntm_violation ignored;
    return check(&ignored, balance, equation) == VIOLATED;
}

ntm_status ntm_balance_check(ntm_violation *out, size_t capacity, ntm_balance_count *counts, const ntm_balance *balance,
                             ntm_error *err) {
    if (balance == NULL) return ntm_i_wrong_call(err, "the balance is NULL");
    if (out == NULL && capacity > 0) return ntm_i_wrong_call(err, "out is NULL and capacity is not 0");
    ntm_balance_count all = {balance->equations.count, 0, 0, 0};
    for (size_t i = 0; i < all.equations; i++) {
        ntm_violation found;
        verdict is = check(&found, balance, i);
        if (is == VIOLATED && all.violated < capacity) out[all.violated] = found;
        all.hold += is == HOLDS;
        all.violated += is == VIOLATED;
        all.undecided += is == UNDECIDED;
    }
    if (counts != NULL) *counts = all;
    return NTM_OK;
}
