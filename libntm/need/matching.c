/* SPDX-License-Identifier: Apache-2.0 */
/* Local money that has to match central money. */
#include "column/cell_numbers.h"
#include "need/need.h"

/* ratio × central, rounded up; false when it does not fit. */
static bool least_of(ntm_money *out, ntm_money central, ntm_decimal ratio) {
    ntm_i_rational value = ntm_i_rational_int(central);
    if (!ntm_i_rational_multiply(&value, value, ntm_i_rational_decimal(ratio))) return false;
    ntm_i_wide least = ntm_i_rational_ceiling(value);
    if (least > INT64_MAX) return false;
    *out = (ntm_money)least;
    return true;
}

static bool is_ratio(ntm_decimal ratio) { return ratio.coefficient >= 0 && ratio.scale <= NTM_SCALE_MAX; }

ntm_status ntm_matching_least(ntm_money *out, ntm_money central, ntm_decimal ratio, ntm_error *err) {
    if (out == NULL) return ntm_i_wrong_call(err, "a place for the amount is needed");
    if (central < 0 || !is_ratio(ratio)) return ntm_i_wrong_call(err, "expected an amount and a ratio of 0 or more");
    if (least_of(out, central, ratio)) return NTM_OK;
    return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE, "ratio × %lld đồng does not fit 64 bits",
                      (long long)central);
}

enum { CENTRAL, LOCAL, RATIO, COLUMNS };

static void check_row(ntm_matched *out, ntm_i_cells *cells, const ntm_field *const *found, ntm_decimal ratio,
                      size_t row) {
    ntm_matched made = {false, 0, false, 0};
    ntm_money central = 0, local = 0;
    bool has_central = ntm_i_cell_money(cells, &central, found[CENTRAL], row);
    bool has_local = ntm_i_cell_money(cells, &local, found[LOCAL], row);
    bool has_ratio = found[RATIO] == NULL || ntm_i_cell_number(cells, &ratio, found[RATIO], row);
    if (has_central && has_ratio) {
        if (!least_of(&made.least, central, ratio))
            ntm_i_cells_complain(cells, NTM_ERROR_OVERFLOW, "central", row, "ratio × %lld đồng does not fit 64 bits",
                                 (long long)central);
        made.least_known = true;
        made.shortfall_known = has_local;
        if (has_local && local < made.least) made.shortfall = made.least - local;
    }
    if (out != NULL) *out = made;
}

ntm_status ntm_matching_check(ntm_matched *out, const ntm_table *table, ntm_decimal ratio, ntm_problems *problems,
                              ntm_error *err) {
    static const char *const names[COLUMNS] = {"central", "local", "ratio"};
    const ntm_field *found[COLUMNS];
    if (table == NULL || (out == NULL && table->rows > 0))
        return ntm_i_wrong_call(err, "room for the rows and a table are needed");
    if (!is_ratio(ratio)) return ntm_i_wrong_call(err, "expected a ratio of 0 or more");
    ntm_status status = ntm_table_check(table, problems, err);
    if (status != NTM_OK) return status;
    ntm_i_cells cells = {NULL, problems, NULL, NTM_ERROR_INIT, 0, false};
    for (size_t i = 0; i < COLUMNS; i++) {
        found[i] = ntm_table_find(table, names[i]);
        if (found[i] == NULL && i != RATIO)
            ntm_i_cells_complain(&cells, NTM_ERROR_SHAPE, names[i], SIZE_MAX, "a check of matching needs this column");
        (void)ntm_i_cells_numbers(&cells, found[i]);
    }
    /* Once to see that all is well, once to write: what fails leaves the caller's memory alone. */
    bool shaped = cells.problem_count == 0;
    for (size_t row = 0; row < table->rows && shaped; row++)
        check_row(NULL, &cells, found, ratio, row);
    status = ntm_i_cells_status(&cells, err);
    for (size_t row = 0; row < table->rows && status == NTM_OK; row++)
        check_row(&out[row], &cells, found, ratio, row);
    return status;
}
