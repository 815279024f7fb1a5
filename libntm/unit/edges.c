/* SPDX-License-Identifier: Apache-2.0 */
/* From a table of succession to edges between rows. */
#include <string.h>

#include "base/text.h"
#include "base/text_fold.h"
#include "unit/edges.h"

enum { OLD, NEW, ON, PART, LEVEL, OLD_LEVEL, NEW_LEVEL, OLD_NAME, NEW_NAME, COLUMNS };

static const ntm_i_cells_column columns[COLUMNS] = {
    {"old_code", true, NTM_I_CELLS_TEXT},   {"new_code", true, NTM_I_CELLS_TEXT},
    {"on", false, NTM_I_CELLS_DAYS},        {"part", false, NTM_I_CELLS_TEXT},
    {"level", false, NTM_I_CELLS_TEXT},     {"old_level", false, NTM_I_CELLS_TEXT},
    {"new_level", false, NTM_I_CELLS_TEXT}, {"old_name", false, NTM_I_CELLS_TEXT},
    {"new_name", false, NTM_I_CELLS_TEXT},
};

/* The columns that are weights. False after complaining. */
static bool find_weights(ntm_i_units_making *m, const ntm_field **weights, const ntm_table *table) {
    bool good = true;
    for (size_t i = 0; i < m->options->weight_count; i++) {
        const char *name = m->options->weights[i];
        const ntm_field *field = ntm_table_find(table, name);
        weights[i] = field;
        if (field == NULL)
            ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, name, SIZE_MAX, "no such column: expected a weight");
        else if (field->column.type == NTM_TYPE_TEXT || field->column.categories != NULL)
            ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, name, SIZE_MAX, "a weight in text: expected numbers");
        else
            continue;
        good = false;
    }
    return good;
}

/* The rung that a cell names; NTM_ECHELON_ANY when it names none, or after complaining. */
static ntm_echelon rung_cell(ntm_i_units_making *m, const ntm_field *own, const ntm_field *both, size_t at) {
    const ntm_field *field = own != NULL ? own : both;
    const char *text = NULL;
    size_t size = 0;
    if (!ntm_i_cell_text(&m->cells, &text, &size, field, at)) return NTM_ECHELON_ANY;
    const char *word = ntm_i_level_word(text, size);
    if (word == NULL)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, field->name, at, "\"%.*s\" is no level",
                             ntm_i_shown(text, size), text);
    return ntm_echelon_of(word);
}

/* Compares the name that an edge gives to a unit with the registry's, which may lack the word of the level. */
static void check_name(ntm_i_units_making *m, ntm_unit unit, const ntm_field *field, size_t at, ntm_date on) {
    const char *text = NULL;
    char *folded = NULL;
    size_t size = 0;
    ntm_error err = NTM_ERROR_INIT;
    if (unit == NTM_NO_UNIT || !ntm_i_cell_text(&m->cells, &text, &size, field, at)) return;
    const ntm_allocator *allocator = &m->units->arena.allocator;
    size_t folded_size = 0;
    ntm_status status = ntm_i_name_fold(&folded, &folded_size, text, size, allocator, &err);
    if (status == NTM_ERROR_MEMORY) {
        m->cells.no_memory = true;
    } else if (status != NTM_OK) {
        ntm_i_cells_complain(&m->cells, status, field->name, at, "%s", err.message);
    } else {
        const ntm_i_unit_name *names = &m->units->forms[2 * (size_t)unit];
        bool same = false;
        for (size_t form = 0; form < 2; form++)
            same = same || (names[form].size == folded_size && memcmp(names[form].text, folded, folded_size) == 0);
        char shown[NTM_I_UNIT_TEXT];
        if (!same)
            (void)ntm_i_units_defect(m, NTM_UNIT_OTHER_NAME,
                                     (ntm_i_defect_place){field->name, unit, NTM_NO_UNIT, at, on},
                                     "\"%.*s\" is in the registry %s", ntm_i_shown(text, size), text,
                                     ntm_i_unit_text(shown, m->units, unit));
        ntm_i_release(allocator, folded, folded_size + 1, 1);
    }
}

/* Tells that nothing has a code on a day, and where the code is instead: on another rung, or on other days. */
static void unknown_end(ntm_i_units_making *m, const ntm_field *field, ntm_echelon rung, size_t at, const char *text,
                        size_t size, ntm_date on, ntm_date reform) {
    char day[NTM_I_DAY_SIZE], shown[NTM_I_UNIT_TEXT];
    bool other_rung = false;
    ntm_unit near = ntm_i_units_nearest(&other_rung, m->units, rung, text, size, on);
    const char *hint = near == NTM_NO_UNIT ? ", nor on any other day"
                       : other_rung        ? ": on another rung the code is that of "
                                           : ": the nearest is ";
    (void)ntm_i_units_defect(
        m, NTM_UNIT_UNKNOWN_PART, (ntm_i_defect_place){field->name, NTM_NO_UNIT, NTM_NO_UNIT, at, reform},
        "no unit \"%.*s\" is there on %s%s%s", ntm_i_shown(text, size), text, ntm_i_day_text(day, on), hint,
        near == NTM_NO_UNIT ? "" : ntm_i_unit_text(shown, m->units, near));
}

/* One end of an edge; NTM_NO_UNIT after telling why there is none. */
static ntm_unit find_end(ntm_i_units_making *m, const ntm_field *field, ntm_echelon rung, size_t at, ntm_date on,
                         ntm_date reform) {
    const char *text = NULL;
    size_t size = 0, told = m->cells.problem_count;
    bool several = false;
    if (!ntm_i_cell_text(&m->cells, &text, &size, field, at)) {
        if (told == m->cells.problem_count)
            ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, field->name, at, "an edge without this end");
        return NTM_NO_UNIT;
    }
    ntm_unit unit = ntm_i_units_on_day(m->units, rung, text, size, on, &several);
    if (several) {
        ntm_i_cells_complain(&m->cells, NTM_ERROR_CONFLICT, field->name, at,
                             "\"%.*s\" is a code on several rungs: expected a level beside it", ntm_i_shown(text, size),
                             text);
        return NTM_NO_UNIT;
    }
    if (unit == NTM_NO_UNIT) unknown_end(m, field, rung, at, text, size, on, reform);
    return unit;
}

static bool part_cell(ntm_i_units_making *m, const ntm_field *field, size_t at) {
    const char *text = NULL;
    size_t size = 0;
    if (!ntm_i_cell_text(&m->cells, &text, &size, field, at)) return false;
    if (size == strlen("partial") && memcmp(text, "partial", size) == 0) return true;
    if (size != strlen("full") || memcmp(text, "full", size) != 0)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, field->name, at, "\"%.*s\": expected full or partial",
                             ntm_i_shown(text, size), text);
    return false;
}

static void load_edge(ntm_i_units_making *m, ntm_i_array *edges, const ntm_field *const *found, size_t at) {
    size_t told = m->cells.problem_count;
    m->cells.table = m->labels.succession;
    ntm_date on = found[ON] == NULL ? m->options->edges_on : ntm_i_cell_day(&m->cells, found[ON], at);
    if (on == NTM_DATE_NONE && told == m->cells.problem_count)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, "on", at, "an edge without a day");
    else if (on != NTM_DATE_NONE && !ntm_i_date_is(on - 1))
        ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, "on", at, "there is no day before this one");
    bool partial = part_cell(m, found[PART], at);
    ntm_echelon old_rung = rung_cell(m, found[OLD_LEVEL], found[LEVEL], at);
    ntm_echelon new_rung = rung_cell(m, found[NEW_LEVEL], found[LEVEL], at);
    if (told != m->cells.problem_count) return;
    ntm_unit from = find_end(m, found[OLD], old_rung, at, on - 1, on);
    ntm_unit to = find_end(m, found[NEW], new_rung, at, on, on);
    check_name(m, from, found[OLD_NAME], at, on);
    check_name(m, to, found[NEW_NAME], at, on);
    if (from == NTM_NO_UNIT || to == NTM_NO_UNIT) return;
    ntm_unit_edge edge = {from, to, on, partial, at};
    if (!ntm_i_array_append(edges, &edge, 1)) m->cells.no_memory = true;
}

static void load_weights(ntm_i_units_making *m, const ntm_field *const *fields, size_t count, const ntm_table *table) {
    ntm_units *units = m->units;
    ntm_error err = NTM_ERROR_INIT;
    m->cells.table = m->labels.succession;
    units->weight_names = ntm_i_arena_take(&units->arena, count, sizeof *units->weight_names);
    m->row_weights = ntm_i_arena_take(&units->arena, count * table->rows, sizeof *m->row_weights);
    m->row_weight_known = ntm_i_arena_take(&units->arena, count * table->rows, 1);
    if (units->weight_names == NULL || m->row_weights == NULL || m->row_weight_known == NULL) {
        m->cells.no_memory = true;
        return;
    }
    units->weight_count = count;
    for (size_t w = 0; w < count; w++) {
        if (!ntm_i_arena_copy(&units->arena, &units->weight_names[w], fields[w]->name)) m->cells.no_memory = true;
        for (size_t row = 0; row < table->rows; row++) {
            ntm_decimal *weight = &m->row_weights[row * count + w];
            if (ntm_column_known(&fields[w]->column, row) != NTM_REPORTED) continue;
            ntm_status status = ntm_column_decimal(weight, &fields[w]->column, row, &err);
            if (status != NTM_OK)
                ntm_i_cells_complain(&m->cells, status, fields[w]->name, row, "%s", err.message);
            else if (weight->coefficient < 0)
                ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, fields[w]->name, row, "a weight below 0");
            else
                m->row_weight_known[row * count + w] = 1;
        }
    }
}

/* Finds columns and weights: `found` has room for both. False after complaining. */
static bool find_columns(ntm_i_units_making *m, const ntm_field **found, const ntm_table *table) {
    size_t weights = m->options->weight_count;
    bool good = ntm_i_cells_find(found, &m->cells, table, columns, COLUMNS, "succession");
    if (good && found[ON] == NULL && m->options->edges_on == NTM_DATE_NONE) {
        ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, "on", SIZE_MAX,
                             "edges need this column, or a day for all of them (edges_on)");
        good = false;
    }
    good = find_weights(m, found + COLUMNS, table) && good;
    if (m->options->ignore_unknown) return good;
    return ntm_i_cells_only(&m->cells, table, found, COLUMNS + weights, "succession",
                            "old_code, new_code, on, part, level, old_level, new_level, old_name, new_name, or a "
                            "weight that the options name") &&
           good;
}

void ntm_i_units_edges(ntm_i_units_making *m, const ntm_table *table) {
    size_t weights = m->options->weight_count;
    ntm_i_array edges;
    ntm_i_array_start(&edges, &m->units->arena.allocator, sizeof(ntm_unit_edge));
    m->cells.table = m->labels.succession;
    if (table != NULL) {
        const ntm_field **found = ntm_i_arena_take(&m->units->arena, COLUMNS + weights, sizeof *found);
        if (found == NULL) m->cells.no_memory = true;
        bool good = found != NULL && find_columns(m, found, table);
        if (good && table->rows >= INT32_MAX) {
            ntm_i_cells_complain(&m->cells, NTM_ERROR_LIMIT, "old_code", SIZE_MAX,
                                 "%zu rows, expected fewer than 2^31 - 1", table->rows);
            good = false;
        }
        if (good && weights > 0) load_weights(m, found + COLUMNS, weights, table);
        for (size_t at = 0; good && at < table->rows && !m->cells.no_memory; at++)
            load_edge(m, &edges, found, at);
    }
    if (!m->cells.no_memory && m->cells.problem_count == 0) ntm_i_units_join(m, &edges);
    ntm_i_array_end(&edges);
}
