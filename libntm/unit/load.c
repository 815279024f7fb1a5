/* SPDX-License-Identifier: Apache-2.0 */
/* From a table of units to rows. */
#include <string.h>

#include "base/text.h"
#include "unit/registry.h"

enum { CODE, NAME, LEVEL, PARENT, FROM, BEFORE, COLUMNS };

static const ntm_i_cells_column columns[COLUMNS] = {
    {"code", true, NTM_I_CELLS_TEXT},    {"name", true, NTM_I_CELLS_TEXT},        {"level", true, NTM_I_CELLS_TEXT},
    {"parent", false, NTM_I_CELLS_TEXT}, {"valid_from", false, NTM_I_CELLS_DAYS}, {"valid_to", false, NTM_I_CELLS_DAYS},
};

static void load_level(ntm_i_units_making *m, ntm_unit_row *row, const ntm_field *field, size_t at) {
    const char *text = NULL;
    size_t size = 0, told = m->cells.problem_count;
    if (ntm_i_cell_text(&m->cells, &text, &size, field, at)) row->level = ntm_i_level_word(text, size);
    if (row->level == NULL && told == m->cells.problem_count)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, field->name, at,
                             "\"%.*s\" is no level: expected province, city, district, town, urban-district, commune, "
                             "ward, township, special-zone, village or residential-group",
                             ntm_i_shown(text == NULL ? "" : text, size), text == NULL ? "" : text);
    row->echelon = ntm_echelon_of(row->level);
}

static void need_text(ntm_i_units_making *m, const char *text, const char *column, size_t at, size_t told) {
    if (text == NULL && told == m->cells.problem_count && !m->cells.no_memory)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, column, at, "a unit without a %s", column);
}

static void load_row(ntm_i_units_making *m, ntm_unit_row *row, const ntm_field *const *found, size_t at) {
    size_t told = m->cells.problem_count;
    row->code = ntm_i_cell_copy(&m->cells, found[CODE], at);
    need_text(m, row->code, "code", at, told);
    told = m->cells.problem_count;
    row->name = ntm_i_cell_copy(&m->cells, found[NAME], at);
    need_text(m, row->name, "name", at, told);
    load_level(m, row, found[LEVEL], at);
    row->parent = ntm_i_cell_copy(&m->cells, found[PARENT], at);
    row->from = ntm_i_cell_day(&m->cells, found[FROM], at);
    row->before = ntm_i_cell_day(&m->cells, found[BEFORE], at);
    if (row->before != NTM_DATE_NONE && row->before <= row->from)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, "valid_to", at,
                             "the end is not after the beginning: valid_to is the first day on which the row is no "
                             "longer so");
    else if (row->before != NTM_DATE_NONE && !ntm_i_date_is(row->before - 1))
        ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, "valid_to", at, "there is no day before this one");
}

void ntm_i_units_load(ntm_i_units_making *m, const ntm_table *table) {
    const ntm_field *found[COLUMNS];
    ntm_units *units = m->units;
    m->cells.table = m->labels.units;
    bool good = ntm_i_cells_find(found, &m->cells, table, columns, COLUMNS, "a registry");
    if (!m->options->ignore_unknown)
        good = ntm_i_cells_only(&m->cells, table, found, COLUMNS, "a registry",
                                "code, name, level, parent, valid_from, valid_to") &&
               good;
    if (!good) return;
    if (table->rows >= INT32_MAX) {
        ntm_i_cells_complain(&m->cells, NTM_ERROR_LIMIT, "code", SIZE_MAX, "%zu rows, expected fewer than 2^31 - 1",
                             table->rows);
        return;
    }
    units->count = (uint32_t)table->rows;
    units->rows = ntm_i_arena_take(&units->arena, table->rows, sizeof *units->rows);
    if (units->rows == NULL) m->cells.no_memory = true;
    for (size_t at = 0; at < table->rows && !m->cells.no_memory; at++)
        load_row(m, &units->rows[at], found, at);
}
