/* SPDX-License-Identifier: Apache-2.0 */
/* The units of one step, by row. */
#include <string.h>

#include "base/text.h"
#include "cascade/cascade.h"
#include "unit/registry.h"

/* All units of the level that are there. */
static ntm_status list_units(ntm_cascade *cascade, ntm_i_stage *stage, ntm_error *err) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    filter.on = cascade->options.on;
    filter.level = stage->level;
    filter.within = cascade->options.within;
    const ntm_unit_row *place = ntm_units_row(cascade->units, filter.within);
    size_t count = 0;
    if (place != NULL && strcmp(place->level, stage->level) == 0) {
        stage->of = ntm_i_arena_take(&cascade->arena, 1, sizeof *stage->of);
        if (stage->of == NULL) return ntm_i_no_memory(err);
        stage->of[0] = filter.within;
        stage->rows = 1;
        return NTM_OK;
    }
    ntm_status status = ntm_units_list(NULL, &count, 0, cascade->units, &filter, err);
    if (status != NTM_OK) return status;
    stage->of = ntm_i_arena_take(&cascade->arena, count, sizeof *stage->of);
    if (stage->of == NULL) return ntm_i_no_memory(err);
    stage->rows = count;
    return ntm_units_list(stage->of, &count, count, cascade->units, &filter, err);
}

/* The units of the table's codes. */
static ntm_status find_units(ntm_cascade *cascade, ntm_i_stage *stage, const char *code, ntm_error *err) {
    const ntm_cascade_options *options = &cascade->options;
    ntm_status status = ntm_table_check(stage->given, options->problems, err);
    if (status != NTM_OK) return status;
    stage->rows = stage->given->rows;
    if (stage->rows >= NTM_I_NO_PICK)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more rows than there can be units");
    stage->codes = ntm_table_find(stage->given, code);
    if (stage->codes == NULL)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(code), "the table needs this column of codes of units");
    stage->of = ntm_i_arena_take(&cascade->arena, stage->rows, sizeof *stage->of);
    stage->used = ntm_i_arena_take(&cascade->arena, stage->given->field_count, sizeof *stage->used);
    if (stage->of == NULL || stage->used == NULL) return ntm_i_no_memory(err);
    return ntm_units_find_all(stage->of, cascade->units, &stage->codes->column, stage->echelon, options->on,
                              options->problems, NULL, err);
}

/* Rows by unit; every unit once and of the step's level. */
static ntm_status index_rows(ntm_cascade *cascade, ntm_i_stage *stage, ntm_error *err) {
    size_t count = ntm_units_count(cascade->units);
    stage->row_of = ntm_i_arena_take(&cascade->arena, count, sizeof *stage->row_of);
    if (stage->row_of == NULL) return ntm_i_no_memory(err);
    memset(stage->row_of, 0xff, count * sizeof *stage->row_of);
    ntm_error first = NTM_ERROR_INIT;
    for (size_t row = 0; row < stage->rows; row++) {
        const ntm_unit_row *unit = ntm_units_row(cascade->units, stage->of[row]);
        ntm_error problem = NTM_ERROR_INIT;
        ntm_i_place place = NTM_I_ROW(unit->code, row);
        if (stage->row_of[stage->of[row]] != NTM_I_NO_PICK)
            (void)ntm_i_fail(&problem, NTM_ERROR_CONFLICT, place, "a second row of this unit: see row %u",
                             (unsigned)stage->row_of[stage->of[row]]);
        else if (strcmp(unit->level, stage->level) != 0)
            (void)ntm_i_fail(&problem, NTM_ERROR_VALUE, place, "%s is of level %s, expected %s", unit->name,
                             unit->level, stage->level);
        else
            stage->row_of[stage->of[row]] = (uint32_t)row;
        if (problem.status == NTM_OK) continue;
        ntm_i_problems_add(cascade->options.problems, &problem);
        if (first.status == NTM_OK) first = problem;
    }
    return ntm_i_error_copy(err, &first);
}

ntm_status ntm_i_stage_start(ntm_cascade *cascade, ntm_i_stage *stage, const ntm_cascade_step *step, ntm_error *err) {
    stage->set = step->set;
    stage->given = step->table;
    const char *level = step->level != NULL ? step->level : ntm_set_about(step->set)->level;
    stage->level = level == NULL ? NULL : ntm_i_level_word(level, strlen(level));
    if (stage->level == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(level == NULL ? "" : level),
                          "no level of units: a step is over units of the registry");
    stage->echelon = ntm_echelon_of(stage->level);
    ntm_status status = stage->given == NULL
                            ? list_units(cascade, stage, err)
                            : find_units(cascade, stage, step->code == NULL ? "code" : step->code, err);
    return status == NTM_OK ? index_rows(cascade, stage, err) : status;
}
