/* SPDX-License-Identifier: Apache-2.0 */
/* From the columns of a table to acts. */
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

static const ntm_i_cells_column columns[COLUMNS] = {
    {"unit", true, NTM_I_CELLS_TEXT},       {"status", false, NTM_I_CELLS_TEXT}, {"class", false, NTM_I_CELLS_TEXT},
    {"kind", true, NTM_I_CELLS_TEXT},       {"date", true, NTM_I_CELLS_DAYS},    {"number", false, NTM_I_CELLS_TEXT},
    {"successor", false, NTM_I_CELLS_TEXT}, {"until", false, NTM_I_CELLS_DAYS},
};

static void kind_cell(ntm_i_loading *l, ntm_act *act, const ntm_field *field, size_t row) {
    const char *text = NULL;
    size_t size = 0, told = l->cells.problem_count;
    if (ntm_i_cell_text(&l->cells, &text, &size, field, row)) {
        for (int kind = NTM_ACT_REGISTERED; kind <= NTM_ACT_ENDED; kind++)
            if (strlen(kind_names[kind]) == size && memcmp(kind_names[kind], text, size) == 0)
                act->kind = (ntm_act_kind)kind;
    }
    if (act->kind == 0 && told == l->cells.problem_count)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_VALUE, field->name, row,
                             "\"%.*s\" is no kind of act: expected registered, recognised, re-acknowledged, revoked, "
                             "withdrawn, merged or ended",
                             ntm_i_shown(text == NULL ? "" : text, size), text == NULL ? "" : text);
}

/* What an act needs, and what it cannot have. */
static void check_act(ntm_i_loading *l, const ntm_act *act, size_t row) {
    bool of_unit = act->kind == NTM_ACT_MERGED || act->kind == NTM_ACT_ENDED;
    bool gives = act->kind == NTM_ACT_RECOGNISED || act->kind == NTM_ACT_REACKNOWLEDGED;
    const char *kind = ntm_act_kind_name(act->kind);
    if (act->unit == NULL)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_VALUE, columns[UNIT].name, row, "an act on no unit");
    if (act->on == NTM_DATE_NONE)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_VALUE, columns[DATE].name, row, "an act without a day");
    if (of_unit && act->status != NULL)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_VALUE, columns[STATUS].name, row,
                             "\"%s\" is of the unit, not of one status: expected nothing here", kind);
    if (!of_unit && act->status == NULL)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_VALUE, columns[STATUS].name, row, "\"%s\" needs a status", kind);
    if (act->kind == NTM_ACT_MERGED && act->successor == NULL)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_VALUE, columns[SUCCESSOR].name, row, "\"merged\" needs a successor");
    if (act->kind != NTM_ACT_MERGED && act->successor != NULL)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_VALUE, columns[SUCCESSOR].name, row,
                             "a successor, but the unit did not merge");
    if (!gives && act->until != NTM_DATE_NONE)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_VALUE, columns[UNTIL].name, row,
                             "a last day, but nothing was recognised");
    if (act->until != NTM_DATE_NONE && act->until < act->on)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_VALUE, columns[UNTIL].name, row, "the last day is before the first");
}

void ntm_i_register_load(ntm_i_loading *l, const ntm_table *table) {
    const ntm_field *found[COLUMNS];
    ntm_register *reg = l->reg;
    bool all = ntm_i_cells_find(found, &l->cells, table, columns, COLUMNS, "a register");
    if (!ntm_i_cells_only(&l->cells, table, found, COLUMNS, "a register",
                          "unit, status, class, kind, date, number, successor, until") ||
        !all)
        return;
    reg->acts = ntm_i_arena_take(&reg->arena, table->rows, sizeof *reg->acts);
    if (reg->acts == NULL) l->cells.no_memory = true;
    for (size_t row = 0; row < table->rows && !l->cells.no_memory; row++) {
        ntm_act *act = &reg->acts[row];
        size_t told = l->cells.problem_count;
        act->unit = ntm_i_cell_copy(&l->cells, found[UNIT], row);
        act->status = ntm_i_cell_copy(&l->cells, found[STATUS], row);
        act->label = ntm_i_cell_copy(&l->cells, found[CLASS], row);
        act->number = ntm_i_cell_copy(&l->cells, found[NUMBER], row);
        act->successor = ntm_i_cell_copy(&l->cells, found[SUCCESSOR], row);
        act->on = ntm_i_cell_day(&l->cells, found[DATE], row);
        act->until = ntm_i_cell_day(&l->cells, found[UNTIL], row);
        kind_cell(l, act, found[KIND], row);
        if (!l->cells.no_memory && told == l->cells.problem_count) check_act(l, act, row);
        reg->act_count++;
    }
}
