/* SPDX-License-Identifier: Apache-2.0 */
/* From the columns of a table to acts. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "recognition/register.h"

static const char *const kind_names[] = {
    NULL, "registered", "recognised", "re-acknowledged", "revoked", "withdrawn", "merged", "ended",
};

const char *ntm_act_kind_name(ntm_act_kind kind) {
    return (int)kind >= NTM_ACT_REGISTERED && (int)kind <= NTM_ACT_ENDED ? kind_names[kind] : NULL;
}

enum { UNIT, STATUS, CLASS, KIND, DATE, NUMBER, SUCCESSOR, UNTIL, COLUMNS };

static const char *const columns[COLUMNS] = {"unit", "status", "class", "kind", "date", "number", "successor", "until"};

void ntm_i_loading_complain(ntm_i_loading *l, ntm_status status, const char *subject, size_t row, const char *format,
                            ...) {
    char message[sizeof l->first.message];
    ntm_error problem = NTM_ERROR_INIT;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    ntm_i_place place = row == SIZE_MAX ? NTM_I_SUBJECT(subject) : NTM_I_ROW(subject, row);
    (void)ntm_i_fail(&problem, status, place, "%s", message);
    ntm_i_problems_add(l->options->problems, &problem);
    if (l->problem_count++ == 0) l->first = problem;
}

/* The text of a cell; false when there is none, or after complaining. */
static bool text_cell(ntm_i_loading *l, const char **out, size_t *size, const ntm_field *field, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    size_t bad = 0;
    if (field == NULL || ntm_column_known(&field->column, row) != NTM_REPORTED) return false;
    ntm_status status = ntm_column_text(out, size, &field->column, row, &err);
    if (status != NTM_OK)
        ntm_i_loading_complain(l, status, field->name, row, "%s", err.message);
    else if (!ntm_i_utf8_valid(*out, *size, &bad))
        ntm_i_loading_complain(l, NTM_ERROR_SYNTAX, field->name, row, "text that is not UTF-8");
    else
        return *size > 0;
    return false;
}

static const char *copied_cell(ntm_i_loading *l, const ntm_field *field, size_t row) {
    const char *text = NULL;
    size_t size = 0;
    if (!text_cell(l, &text, &size, field, row)) return NULL;
    const char *copy = ntm_i_arena_text(&l->reg->arena, text, size);
    if (copy == NULL) l->no_memory = true;
    return copy;
}

/* A day, written as text or as a number; NTM_DATE_NONE when there is none, or after complaining. */
static ntm_date date_cell(ntm_i_loading *l, const ntm_field *field, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_date date = NTM_DATE_NONE;
    if (field == NULL || ntm_column_known(&field->column, row) != NTM_REPORTED) return NTM_DATE_NONE;
    if (field->column.type == NTM_TYPE_TEXT || field->column.categories != NULL) {
        const char *text = NULL;
        size_t size = 0;
        if (!text_cell(l, &text, &size, field, row)) return NTM_DATE_NONE;
        ntm_status status = ntm_date_parse(&date, text, size, &err);
        if (status != NTM_OK)
            ntm_i_loading_complain(l, status, field->name, row, "\"%.*s\": %s", ntm_i_shown(text, size), text,
                                   err.message);
        return date;
    }
    ntm_decimal value = {0, 0};
    ntm_status status = ntm_column_decimal(&value, &field->column, row, &err);
    bool fits = status == NTM_OK && value.coefficient > INT32_MIN && value.coefficient <= INT32_MAX;
    if (fits && ntm_i_date_is((ntm_date)value.coefficient)) return (ntm_date)value.coefficient;
    ntm_i_loading_complain(l, status == NTM_OK ? NTM_ERROR_VALUE : status, field->name, row, "%s",
                           status == NTM_OK ? "a number that is no day of the years 1 to 9999" : err.message);
    return NTM_DATE_NONE;
}

static void kind_cell(ntm_i_loading *l, ntm_act *act, const ntm_field *field, size_t row) {
    const char *text = NULL;
    size_t size = 0, told = l->problem_count;
    if (text_cell(l, &text, &size, field, row)) {
        for (int kind = NTM_ACT_REGISTERED; kind <= NTM_ACT_ENDED; kind++)
            if (strlen(kind_names[kind]) == size && memcmp(kind_names[kind], text, size) == 0)
                act->kind = (ntm_act_kind)kind;
    }
    if (act->kind == 0 && told == l->problem_count)
        ntm_i_loading_complain(l, NTM_ERROR_VALUE, field->name, row,
                               "\"%.*s\" is no kind of act: expected registered, recognised, re-acknowledged, revoked, "
                               "withdrawn, merged or ended",
                               ntm_i_shown(text == NULL ? "" : text, size), text == NULL ? "" : text);
}

/* What an act needs, and what it cannot have. */
static void check_act(ntm_i_loading *l, const ntm_act *act, size_t row) {
    bool of_unit = act->kind == NTM_ACT_MERGED || act->kind == NTM_ACT_ENDED;
    bool gives = act->kind == NTM_ACT_RECOGNISED || act->kind == NTM_ACT_REACKNOWLEDGED;
    const char *kind = ntm_act_kind_name(act->kind);
    if (act->unit == NULL) ntm_i_loading_complain(l, NTM_ERROR_VALUE, columns[UNIT], row, "an act on no unit");
    if (act->on == NTM_DATE_NONE)
        ntm_i_loading_complain(l, NTM_ERROR_VALUE, columns[DATE], row, "an act without a day");
    if (of_unit && act->status != NULL)
        ntm_i_loading_complain(l, NTM_ERROR_VALUE, columns[STATUS], row,
                               "\"%s\" is of the unit, not of one status: expected nothing here", kind);
    if (!of_unit && act->status == NULL)
        ntm_i_loading_complain(l, NTM_ERROR_VALUE, columns[STATUS], row, "\"%s\" needs a status", kind);
    if (act->kind == NTM_ACT_MERGED && act->successor == NULL)
        ntm_i_loading_complain(l, NTM_ERROR_VALUE, columns[SUCCESSOR], row, "\"merged\" needs a successor");
    if (act->kind != NTM_ACT_MERGED && act->successor != NULL)
        ntm_i_loading_complain(l, NTM_ERROR_VALUE, columns[SUCCESSOR], row, "a successor, but the unit did not merge");
    if (!gives && act->until != NTM_DATE_NONE)
        ntm_i_loading_complain(l, NTM_ERROR_VALUE, columns[UNTIL], row, "a last day, but nothing was recognised");
    if (act->until != NTM_DATE_NONE && act->until < act->on)
        ntm_i_loading_complain(l, NTM_ERROR_VALUE, columns[UNTIL], row, "the last day is before the first");
}

/* Finds the columns by name. False after complaining. */
static bool find_columns(ntm_i_loading *l, const ntm_field *found[COLUMNS], const ntm_table *table) {
    size_t told = l->problem_count;
    for (size_t at = 0; at < COLUMNS; at++) {
        found[at] = ntm_table_find(table, columns[at]);
        if (found[at] == NULL && (at == UNIT || at == KIND || at == DATE))
            ntm_i_loading_complain(l, NTM_ERROR_SHAPE, columns[at], SIZE_MAX, "a register needs this column");
    }
    for (size_t i = 0; i < table->field_count; i++) {
        bool known = false;
        for (size_t at = 0; at < COLUMNS; at++)
            known = known || found[at] == &table->fields[i];
        if (!known)
            ntm_i_loading_complain(l, NTM_ERROR_SHAPE, table->fields[i].name, SIZE_MAX,
                                   "no column of a register: expected unit, status, class, kind, date, number, "
                                   "successor, until");
    }
    for (size_t at = 0; at < COLUMNS; at++) {
        if (found[at] == NULL) continue;
        const ntm_column *column = &found[at]->column;
        bool text = column->type == NTM_TYPE_TEXT || column->categories != NULL;
        bool days = (at == DATE || at == UNTIL) && column->type >= NTM_TYPE_INT8 && column->type <= NTM_TYPE_INT64 &&
                    column->scale == 0;
        if (!text && !days)
            ntm_i_loading_complain(l, NTM_ERROR_SHAPE, columns[at], SIZE_MAX, "expected text or categories%s",
                                   at == DATE || at == UNTIL ? ", or days as integers" : "");
    }
    return told == l->problem_count;
}

void ntm_i_register_load(ntm_i_loading *l, const ntm_table *table) {
    const ntm_field *found[COLUMNS];
    ntm_register *reg = l->reg;
    if (!find_columns(l, found, table)) return;
    reg->acts = ntm_i_arena_take(&reg->arena, table->rows, sizeof *reg->acts);
    if (reg->acts == NULL) l->no_memory = true;
    for (size_t row = 0; row < table->rows && !l->no_memory; row++) {
        ntm_act *act = &reg->acts[row];
        size_t told = l->problem_count;
        act->unit = copied_cell(l, found[UNIT], row);
        act->status = copied_cell(l, found[STATUS], row);
        act->label = copied_cell(l, found[CLASS], row);
        act->number = copied_cell(l, found[NUMBER], row);
        act->successor = copied_cell(l, found[SUCCESSOR], row);
        act->on = date_cell(l, found[DATE], row);
        act->until = date_cell(l, found[UNTIL], row);
        kind_cell(l, act, found[KIND], row);
        if (!l->no_memory && told == l->problem_count) check_act(l, act, row);
        reg->act_count++;
    }
}
