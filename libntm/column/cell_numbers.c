/* SPDX-License-Identifier: Apache-2.0 */
#include "column/cell_numbers.h"

#include "column/values.h"
#include "number/decimal.h"

bool ntm_i_cells_numbers(ntm_i_cells *cells, const ntm_field *field) {
    if (field == NULL) return true;
    const ntm_column *column = &field->column;
    bool numbers =
        ntm_i_type_is_integer(column->type) || column->type == NTM_TYPE_DOUBLE || column->type == NTM_TYPE_DECIMAL128;
    if (numbers && column->categories == NULL) return true;
    ntm_i_cells_complain(cells, NTM_ERROR_SHAPE, field->name, SIZE_MAX, "expected numbers");
    return false;
}

bool ntm_i_cell_number(ntm_i_cells *cells, ntm_decimal *out, const ntm_field *field, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal value = {0, 0};
    char text[48];
    if (field == NULL || ntm_column_known(&field->column, row) != NTM_REPORTED) return false;
    ntm_status status = ntm_column_decimal(&value, &field->column, row, &err);
    if (status != NTM_OK) {
        ntm_i_cells_complain(cells, status, field->name, row, "%s", err.message);
        return false;
    }
    if (value.coefficient < 0) {
        (void)ntm_decimal_format(text, sizeof text, value, NTM_LOCALE_PLAIN);
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, field->name, row, "%s: expected 0 or more", text);
        return false;
    }
    *out = ntm_i_decimal_short(value);
    return true;
}

bool ntm_i_cell_money(ntm_i_cells *cells, ntm_money *out, const ntm_field *field, size_t row) {
    ntm_decimal value = {0, 0};
    char text[48];
    if (!ntm_i_cell_number(cells, &value, field, row)) return false;
    if (value.scale > 0) {
        (void)ntm_decimal_format(text, sizeof text, value, NTM_LOCALE_PLAIN);
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, field->name, row, "%s: expected whole đồng", text);
        return false;
    }
    *out = value.coefficient;
    return true;
}
