/* SPDX-License-Identifier: Apache-2.0 */
/* Money and quantities. Amounts in int64 đồng are read where they lie; whatever else stands for a number is made one. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "column/bits.h"
#include "column/values.h"
#include "ledger/ledger.h"
#include "number/decimal.h"
#include "number/wide.h"

static bool lost_memory(ntm_i_ledger_making *m) {
    m->cells.no_memory = true;
    return false;
}

/* ------------------------------------------------------------------------------------------- one number */

/* What a cell says. Not reported for what cannot be read, after telling it if it is to be told. */
static ntm_known read_number(ntm_decimal *out, ntm_i_ledger_making *m, const ntm_field *field, size_t row, bool tell) {
    const ntm_column *column = &field->column;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = NTM_OK;
    ntm_known known = ntm_column_known(column, row);
    if (known == NTM_NOT_APPLICABLE)
        status = ntm_i_fail(&err, NTM_ERROR_VALUE, NTM_I_NOWHERE,
                            "not applicable: an entry has an amount, or waits for one");
    if (known != NTM_REPORTED && status == NTM_OK) return NTM_NOT_REPORTED;
    if (status == NTM_OK && (column->type == NTM_TYPE_TEXT || column->categories != NULL)) {
        const char *text = NULL;
        size_t size = 0;
        status = ntm_column_text(&text, &size, column, row, &err);
        if (status == NTM_OK && size == 0) return NTM_NOT_REPORTED;
        if (status == NTM_OK) status = ntm_decimal_parse(out, text, size, m->options->locale, &err);
    } else if (status == NTM_OK) {
        status = ntm_column_decimal(out, column, row, &err);
    }
    if (status == NTM_OK) return NTM_REPORTED;
    if (tell) ntm_i_ledger_row(m, status, field->name, row, "%s", err.message);
    return NTM_NOT_REPORTED;
}

/* A number of money units in đồng. */
static bool in_dong(int64_t *out, ntm_i_ledger_making *m, const ntm_field *field, size_t row, ntm_decimal value) {
    ntm_i_wide dong = (ntm_i_wide)value.coefficient * m->options->money_unit;
    ntm_i_wide power = (ntm_i_wide)ntm_i_power_of_ten(value.scale);
    if (dong % power != 0) {
        ntm_i_ledger_row(m, NTM_ERROR_VALUE, field->name, row, "parts of a đồng: expected whole đồng");
        return false;
    }
    dong /= power;
    if (dong < INT64_MIN || dong > INT64_MAX) {
        ntm_i_ledger_row(m, NTM_ERROR_OVERFLOW, field->name, row, "an amount beyond 64 bits of đồng");
        return false;
    }
    *out = (int64_t)dong;
    return true;
}

static bool at_scale(int64_t *out, ntm_i_ledger_making *m, const ntm_field *field, size_t row, ntm_decimal value,
                     uint8_t scale) {
    bool lost = false;
    if (ntm_i_decimal_at_scale(out, value, scale, &lost)) return true;
    ntm_i_ledger_row(m, NTM_ERROR_OVERFLOW, field->name, row,
                     "does not fit 64 bits with the %u digits after the mark that other quantities have", scale);
    return false;
}

/* ------------------------------------------------------------------------------------------- columns */

static bool is_number(ntm_i_ledger_making *m, const ntm_field *field) {
    const ntm_column *column = &field->column;
    bool good = column->type == NTM_TYPE_TEXT || column->type == NTM_TYPE_DOUBLE ||
                column->type == NTM_TYPE_DECIMAL128 || ntm_i_type_is_integer(column->type);
    if (!good) ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, field->name, SIZE_MAX, "expected numbers, or text");
    return good;
}

/* Whether the amounts are what is kept. */
static bool as_they_lie(const ntm_i_ledger_making *m, const ntm_column *column) {
    return column->type == NTM_TYPE_INT64 && column->categories == NULL && column->scale == 0 &&
           column->not_applicable == NULL && column->stride_bytes == (int64_t)sizeof(int64_t) &&
           m->options->money_unit == 1;
}

static uint8_t largest_scale(ntm_i_ledger_making *m, const ntm_field *field) {
    uint8_t scale = 0;
    for (size_t row = 0; row < m->ledger->rows; row++) {
        ntm_decimal value = {0, 0};
        if (read_number(&value, m, field, row, false) != NTM_REPORTED) continue;
        while (value.scale > scale && value.coefficient % 10 == 0) {
            value.coefficient /= 10;
            value.scale--;
        }
        if (value.scale > scale) scale = value.scale;
    }
    return scale;
}

static bool copy_numbers(ntm_i_numbers *out, ntm_i_ledger_making *m, const ntm_field *field, bool money) {
    const ntm_allocator *allocator = &m->ledger->arena.allocator;
    size_t rows = m->ledger->rows;
    out->own = ntm_i_allocate(allocator, rows, sizeof *out->own);
    out->own_known = ntm_i_allocate(allocator, rows / 8 + 1, 1);
    out->values = out->own;
    out->known = out->own_known;
    if (out->own == NULL || out->own_known == NULL) return lost_memory(m);
    if (!money) out->scale = largest_scale(m, field);
    for (size_t row = 0; row < rows && !m->limit && !m->cells.no_memory; row++) {
        ntm_decimal value = {0, 0};
        if (read_number(&value, m, field, row, true) != NTM_REPORTED) continue;
        bool good = money ? in_dong(&out->own[row], m, field, row, value)
                          : at_scale(&out->own[row], m, field, row, value, out->scale);
        if (good) ntm_i_set_bit(out->own_known, row, true);
    }
    return true;
}

static bool read_column(ntm_i_numbers *out, ntm_i_ledger_making *m, const char *name, bool money) {
    const ntm_field *field = ntm_table_find(m->table, name);
    if (field == NULL || !is_number(m, field)) return false;
    if (!money || !as_they_lie(m, &field->column)) return copy_numbers(out, m, field, money);
    out->values = field->column.data;
    out->known = field->column.validity;
    out->known_offset = field->column.validity_offset;
    return true;
}

/* ------------------------------------------------------------------------------------------- of what */

static bool known_at(const ntm_i_numbers *numbers, size_t row) {
    return numbers->values != NULL &&
           (numbers->known == NULL || ntm_i_bit(numbers->known, numbers->known_offset + row));
}

/* The member of a dimension that a row has; what is not stated is a member too. */
static uint32_t member_at(const ntm_i_ledger_dimension *dimension, size_t row) {
    return dimension->member_of[ntm_i_code_at(&dimension->codes, row)];
}

static bool stated(const ntm_i_ledger_dimension *dimension, size_t row) {
    uint32_t member = dimension == NULL ? NTM_I_NO_MEMBER : member_at(dimension, row);
    return member != NTM_I_NO_MEMBER && dimension->members[member].id[0] != '\0';
}

enum { HAS_MONEY = 1, HAS_THING = 2 };

/* What some entry of a kind has, by member. */
static const uint8_t *kinds_have(ntm_i_ledger_making *m, const ntm_i_ledger_dimension *kind) {
    const ntm_ledger *ledger = m->ledger;
    uint8_t *has = ntm_i_arena_take(&m->ledger->arena, kind == NULL ? 0 : kind->member_count, 1);
    for (size_t row = 0; row < ledger->rows && kind != NULL && has != NULL; row++) {
        if (ntm_i_ledger_is_out(ledger, row) || !stated(kind, row)) continue;
        if (known_at(&ledger->amounts, row)) has[member_at(kind, row)] |= HAS_MONEY;
        if (known_at(&ledger->quantities, row)) has[member_at(kind, row)] |= HAS_THING;
    }
    return has;
}

/* An entry in kind is none of money, and the other way round, unless others of its kind are both: then it waits for what it
   lacks. What waits for an amount is else told by whether it says of what. */
static bool tell_apart(ntm_i_ledger_making *m) {
    ntm_ledger *ledger = m->ledger;
    const ntm_i_ledger_dimension *kind = ntm_i_ledger_dimension_of(ledger, "kind");
    const ntm_allocator *allocator = &ledger->arena.allocator;
    ledger->amounts.absent = ntm_i_allocate(allocator, ledger->rows / 8 + 1, 1);
    ledger->quantities.absent = ntm_i_allocate(allocator, ledger->rows / 8 + 1, 1);
    const uint8_t *has = kinds_have(m, kind);
    if (ledger->amounts.absent == NULL || ledger->quantities.absent == NULL || has == NULL) return lost_memory(m);
    for (size_t row = 0; row < ledger->rows; row++) {
        bool money = known_at(&ledger->amounts, row), thing = known_at(&ledger->quantities, row);
        bool of_something = stated(kind, row);
        uint8_t of_kind = of_something ? has[member_at(kind, row)] : 0;
        if (!money && (thing || of_something) && !(of_kind & HAS_MONEY))
            ntm_i_set_bit(ledger->amounts.absent, row, true);
        if (!thing && (money || !of_something) && !(of_kind & HAS_THING))
            ntm_i_set_bit(ledger->quantities.absent, row, true);
    }
    return true;
}

/* All quantities of one kind are told in one unit. */
static void check_quantity_units(ntm_i_ledger_making *m) {
    ntm_ledger *ledger = m->ledger;
    const ntm_i_ledger_dimension *kind = ntm_i_ledger_dimension_of(ledger, "kind");
    const ntm_i_ledger_dimension *unit = ntm_i_ledger_dimension_of(ledger, "quantity_unit");
    size_t kinds = kind == NULL ? 1 : kind->member_count;
    ledger->quantity_units = ntm_i_arena_take(&ledger->arena, kinds, sizeof *ledger->quantity_units);
    if (ledger->quantity_units == NULL) m->cells.no_memory = true;
    for (size_t row = 0; row < ledger->rows && !m->limit && !m->cells.no_memory; row++) {
        if (!known_at(&ledger->quantities, row) || ntm_i_ledger_is_out(ledger, row)) continue;
        uint32_t of = kind == NULL ? 0 : member_at(kind, row);
        if (of == NTM_I_NO_MEMBER) continue; /* told already */
        if (!stated(unit, row)) {
            ntm_i_ledger_row(m, NTM_ERROR_UNIT, "quantity_unit", row, "a quantity without its unit");
            continue;
        }
        const char *id = unit->members[member_at(unit, row)].id, **told = &ledger->quantity_units[of];
        if (*told == NULL) *told = id;
        if (strcmp(*told, id) != 0)
            ntm_i_ledger_row(m, NTM_ERROR_UNIT, "quantity_unit", row,
                             "in %.60s, where earlier entries of the kind are in %.60s", id, *told);
    }
}

void ntm_i_ledger_read_numbers(ntm_i_ledger_making *m) {
    ntm_ledger *ledger = m->ledger;
    bool money = ntm_table_find(m->table, "amount") != NULL, things = ntm_table_find(m->table, "quantity") != NULL;
    if (!money && !things)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, "amount", SIZE_MAX,
                             "a ledger needs a column amount or quantity");
    if (things && ntm_i_ledger_dimension_of(ledger, "quantity_unit") == NULL)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, "quantity_unit", SIZE_MAX, "quantities need this column");
    bool good = (!money || read_column(&ledger->amounts, m, "amount", true)) &&
                (!things || read_column(&ledger->quantities, m, "quantity", false));
    if (!good || m->cells.no_memory || m->limit) return;
    if (things && ntm_i_ledger_dimension_of(ledger, "quantity_unit") != NULL) check_quantity_units(m);
    if (money && things) (void)tell_apart(m);
}
