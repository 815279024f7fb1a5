/* SPDX-License-Identifier: Apache-2.0 */
/* From a table to a ledger. */
#include <stdio.h>
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "classification/classification.h"
#include "column/bits.h"
#include "ledger/ledger.h"

enum { LEFT_OUT_MOST = 100000, USUAL_FIELDS = 6 };

static const char *const own_columns[USUAL_FIELDS] = {"unit", "date", "period", "year", "amount", "quantity"};

static bool lost(ntm_i_ledger_making *m) {
    m->cells.no_memory = true;
    return false;
}

void ntm_i_ledger_row(ntm_i_ledger_making *m, ntm_status status, const char *column, size_t row, const char *format,
                      ...) {
    ntm_ledger *ledger = m->ledger;
    ntm_error reason = NTM_ERROR_INIT;
    char subject[sizeof reason.subject];
    const char *table = m->cells.table;
    va_list arguments;
    /* Those left out are called as refused ones are: "plan.csv: amount". */
    (void)snprintf(subject, sizeof subject, "%s%s%s", table == NULL ? "" : table, table == NULL ? "" : ": ", column);
    va_start(arguments, format);
    (void)ntm_i_fail_list(&reason, status, NTM_I_ROW(subject, row), format, arguments);
    va_end(arguments);
    if (!m->options->leave_out) {
        ntm_i_cells_complain(&m->cells, status, column, row, "%s", reason.message);
        return;
    }
    size_t most = m->options->left_out_most == 0 ? LEFT_OUT_MOST : m->options->left_out_most;
    if (ntm_i_ledger_is_out(ledger, row) || m->limit) return; /* the first reason is kept */
    if (m->left_out.count == most) {
        m->limit = true;
        ntm_i_cells_complain(&m->cells, NTM_ERROR_LIMIT, column, row,
                             "more than the %zu rows that may be left out; this one: %s", most, reason.message);
        return;
    }
    if (ledger->out == NULL) ledger->out = ntm_i_allocate(&ledger->arena.allocator, ledger->rows / 8 + 1, 1);
    if (ledger->out == NULL || !ntm_i_array_append(&m->left_out, &reason, 1)) {
        m->cells.no_memory = true;
        return;
    }
    ntm_i_set_bit(ledger->out, row, true);
}

/* ------------------------------------------------------------------------------------------- dimensions */

static bool is_own(const char *name) {
    for (size_t i = 0; i < USUAL_FIELDS; i++)
        if (strcmp(own_columns[i], name) == 0) return true;
    return false;
}

static const ntm_dimension_spec *declared_by(const ntm_ledger_options *options, const char *name) {
    for (size_t i = 0; i < options->dimension_count; i++)
        if (strcmp(options->dimensions[i].name, name) == 0) return &options->dimensions[i];
    for (size_t i = 0; i < NTM_USUAL_DIMENSIONS; i++)
        if (strcmp(ntm_dimension_usual(i)->name, name) == 0) return ntm_dimension_usual(i);
    return NULL;
}

static bool check_declared(ntm_i_ledger_making *m) {
    const ntm_ledger_options *options = m->options;
    for (size_t i = 0; i < options->dimension_count; i++) {
        const char *name = options->dimensions[i].name;
        bool twice = false;
        for (size_t before = 0; before < i && name != NULL; before++)
            twice = twice || strcmp(options->dimensions[before].name, name) == 0;
        if (name != NULL && name[0] != '\0' && !is_own(name) && !twice) continue;
        ntm_i_cells_complain(&m->cells, NTM_ERROR_SCHEMA, name == NULL ? "" : name, SIZE_MAX,
                             twice ? "a dimension that is declared twice" : "no name for a dimension");
        return false;
    }
    return true;
}

/* The dimensions that the table has a column of: the unit first, then those of the table in its order. */
static bool find_dimensions(ntm_i_ledger_making *m) {
    static const ntm_dimension_spec unit = {"unit", NULL, 0, true}, quantity_unit = {"quantity_unit", NULL, 0, true};
    ntm_ledger *ledger = m->ledger;
    const ntm_table *table = m->table;
    bool good = true;
    ledger->dimensions = ntm_i_arena_take(&ledger->arena, table->field_count + 1, sizeof *ledger->dimensions);
    if (ledger->dimensions == NULL) return lost(m);
    if (ntm_table_find(table, "unit") == NULL)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, "unit", SIZE_MAX,
                             "a ledger needs this column: names of columns are in small letters");
    if (!ntm_i_dimension_declare(&ledger->dimensions[ledger->dimension_count++], m, &unit)) return false;
    for (size_t i = 0; i < table->field_count; i++) {
        const char *name = table->fields[i].name;
        const ntm_dimension_spec code = {name, NULL, 0, true};
        const ntm_dimension_spec *declared =
            strcmp(name, "quantity_unit") == 0 ? &quantity_unit : declared_by(m->options, name);
        if (is_own(name)) continue;
        if (declared == NULL && ntm_i_ledger_is_code_column(m->options, name)) declared = &code;
        if (declared != NULL)
            good = ntm_i_dimension_declare(&ledger->dimensions[ledger->dimension_count++], m, declared) && good;
        else if (!m->options->ignore_unknown)
            ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, name, SIZE_MAX,
                                 "no column of a ledger: declare it as a dimension, or have unknown ones ignored");
    }
    return good;
}

static void read_dimensions(ntm_i_ledger_making *m) {
    ntm_ledger *ledger = m->ledger;
    for (size_t i = 0; i < ledger->dimension_count && !m->cells.no_memory; i++) {
        const ntm_field *field = ntm_table_find(m->table, ledger->dimensions[i].name);
        if (field != NULL && ntm_i_codes_read(&ledger->dimensions[i].codes, m, field))
            ntm_i_dimension_resolve(&ledger->dimensions[i], m);
    }
}

/* ------------------------------------------------------------------------------------------- making */

static int by_row(const void *context, uint32_t a, uint32_t b) {
    const ntm_error *errors = context;
    return errors[a].row < errors[b].row ? -1 : errors[a].row > errors[b].row;
}

/* The rows left out, in order, as the ledger's own. */
static void keep_left_out(ntm_i_ledger_making *m) {
    ntm_ledger *ledger = m->ledger;
    ledger->left_out_count = m->left_out.count;
    ledger->left_out = ntm_i_sorted(&ledger->arena, m->left_out.items, m->left_out.count, sizeof(ntm_error), by_row);
    if (ledger->left_out == NULL) m->cells.no_memory = true;
}

static void read_all(ntm_i_ledger_making *m) {
    if (!check_declared(m) || !find_dimensions(m)) return;
    if (m->cells.problem_count > 0) return;
    read_dimensions(m);
    ntm_i_ledger_read_time(m);
    /* What is wrong with a whole column leaves nothing to look at row by row. */
    if (m->cells.no_memory || m->limit || m->ledger->dimensions[0].member_of == NULL || m->ledger->periods == NULL)
        return;
    ntm_i_ledger_check_units(m);
    for (size_t i = 0; i < m->ledger->dimension_count; i++)
        if (m->ledger->dimensions[i].member_of == NULL) return;
    ntm_i_ledger_check_codes(m);
    ntm_i_ledger_read_numbers(m);
    if (!m->cells.no_memory && !m->limit && m->cells.problem_count == 0) ntm_i_ledger_check_key(m);
}

ntm_status ntm_i_ledger_options_check(const ntm_ledger_options *options, ntm_error *err) {
    if (options->struct_size < sizeof *options)
        return ntm_i_wrong_call(err,
                                "struct_size is not that of ntm_ledger_options: start with NTM_LEDGER_OPTIONS_INIT");
    if (!ntm_i_allocator_usable(options->allocator)) return ntm_i_wrong_call(err, "an allocator that lacks functions");
    if (options->money_unit != 1 && options->money_unit != 1000 && options->money_unit != 1000000 &&
        options->money_unit != 1000000000)
        return ntm_i_wrong_call(err, "no unit of money: expected 1, 1000, 1000000 or 1000000000 đồng");
    if (options->echelon < NTM_ECHELON_ANY || options->echelon > NTM_ECHELON_VILLAGE)
        return ntm_i_wrong_call(err, "no rung of that number");
    if (options->codes != NULL && options->classification == NULL)
        return ntm_i_wrong_call(err, "codes are to be checked, and the classification is NULL");
    return options->codes == NULL ? NTM_OK : ntm_i_codes_options_check(options->codes, err);
}

static ntm_status check_call(ntm_ledger **out, const ntm_table *table, const ntm_ledger_options *options,
                             ntm_error *err) {
    if (out == NULL || table == NULL) return ntm_i_wrong_call(err, "a place for the ledger and a table are needed");
    ntm_status status = ntm_i_ledger_options_check(options, err);
    if (status != NTM_OK) return status;
    if (options->locale < NTM_LOCALE_PLAIN || options->locale > NTM_LOCALE_EN)
        return ntm_i_wrong_call(err, "no locale of that number");
    if ((options->dimensions == NULL && options->dimension_count > 0) ||
        (options->key == NULL && options->key_count > 0))
        return ntm_i_wrong_call(err, "a list is NULL and not empty");
    for (size_t i = 0; i < options->dimension_count; i++)
        if (options->dimensions[i].name == NULL ||
            (options->dimensions[i].members == NULL && options->dimensions[i].member_count > 0))
            return ntm_i_wrong_call(err, "a dimension without a name, or with a list that is NULL and not empty");
    for (size_t i = 0; i < options->key_count; i++)
        if (options->key[i] == NULL) return ntm_i_wrong_call(err, "a column of the key is NULL");
    if (options->on != NTM_DATE_NONE && !ntm_i_date_is(options->on))
        return ntm_i_wrong_call(err, "no day of the calendar");
    status = ntm_table_check(table, options->problems, err);
    if (status != NTM_OK) return status;
    if (table->rows >= UINT32_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "%zu entries, expected fewer than 2^32 - 1",
                          table->rows);
    return NTM_OK;
}

ntm_status ntm_i_ledger_make(ntm_ledger **out, const ntm_table *table, ntm_csv *csv, const char *label,
                             const ntm_ledger_options *options, ntm_error *err) {
    const ntm_ledger_options usual = NTM_LEDGER_OPTIONS_INIT;
    options = options == NULL ? &usual : options;
    ntm_status status = check_call(out, table, options, err);
    if (status != NTM_OK) return status;
    ntm_ledger *ledger = ntm_i_allocate(options->allocator, 1, sizeof *ledger);
    if (ledger == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&ledger->arena, options->allocator);
    ntm_i_ledger_making m = {.ledger = ledger, .table = table, .options = options};
    m.cells = (ntm_i_cells){&ledger->arena, options->problems, label, NTM_ERROR_INIT, 0, false};
    ntm_i_array_start(&m.left_out, options->allocator, sizeof(ntm_error));
    ledger->rows = table->rows;
    ledger->units = options->units;
    ledger->echelon = options->echelon;
    read_all(&m);
    keep_left_out(&m);
    ntm_i_array_end(&m.left_out);
    status = ntm_i_cells_status(&m.cells, err);
    if (status != NTM_OK) {
        ntm_ledger_free(ledger);
        return status;
    }
    ledger->csv = csv;
    *out = ledger;
    return NTM_OK;
}

ntm_status ntm_ledger_new(ntm_ledger **out, const ntm_table *table, const ntm_ledger_options *options, ntm_error *err) {
    return ntm_i_ledger_make(out, table, NULL, NULL, options, err);
}

static void free_numbers(ntm_i_numbers *numbers, const ntm_allocator *allocator, size_t rows) {
    ntm_i_release(allocator, numbers->own, rows, sizeof *numbers->own);
    ntm_i_release(allocator, numbers->own_known, rows / 8 + 1, 1);
    ntm_i_release(allocator, numbers->absent, rows / 8 + 1, 1);
}

void ntm_ledger_free(ntm_ledger *ledger) {
    if (ledger == NULL) return;
    ntm_allocator allocator = ledger->arena.allocator;
    for (size_t i = 0; i < ledger->dimension_count; i++)
        ntm_i_codes_end(&ledger->dimensions[i].codes, &allocator, ledger->rows);
    ntm_i_codes_end(&ledger->time, &allocator, ledger->rows);
    free_numbers(&ledger->amounts, &allocator, ledger->rows);
    free_numbers(&ledger->quantities, &allocator, ledger->rows);
    ntm_i_release(&allocator, ledger->out, ledger->rows / 8 + 1, 1);
    ntm_csv_free(ledger->csv);
    ntm_i_arena_end(&ledger->arena);
    ntm_i_release(&allocator, ledger, 1, sizeof *ledger);
}
