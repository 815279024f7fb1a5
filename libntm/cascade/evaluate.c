/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluating over rows that were put together: what is wrong is told where the caller can find it. */
#include <string.h>

#include "cascade/cascade.h"
#include "unit/registry.h"

/* So many problems of one evaluation are handed on. */
enum { PROBLEMS = 1000 };

/* The row of a unit in the table from which the column of a name was taken: NTM_NO_ROW when it is in no table. Looks in
   the order in which columns are found. */
static uint64_t row_in_table(const ntm_cascade *cascade, const ntm_i_rows *rows, const char *name, ntm_unit unit) {
    const ntm_i_stage *own = rows->own;
    if (own != NULL && own->given != NULL && ntm_table_find(own->given, name) != NULL) return own->row_of[unit];
    for (size_t i = 0; i < cascade->stage_count; i++) {
        const ntm_i_stage *stage = &cascade->stages[i];
        if (own != NULL && i >= cascade->done) break;
        if (stage == own || stage->given == NULL || strcmp(stage->level, rows->level) != 0) continue;
        if (ntm_table_find(stage->given, name) == NULL) continue;
        return stage->row_of[unit] == NTM_I_NO_PICK ? NTM_NO_ROW : stage->row_of[unit];
    }
    return NTM_NO_ROW;
}

/* The same problem with the row of the caller's table, and the unit named where that is not the row of the step. */
static void place_problem(ntm_error *problem, const ntm_cascade *cascade, const ntm_i_rows *rows) {
    char text[NTM_I_UNIT_TEXT];
    if (problem->row >= rows->rows) return;
    ntm_error told = *problem;
    ntm_unit unit = rows->of[told.row];
    uint64_t row = row_in_table(cascade, rows, told.subject, unit);
    if (rows->own != NULL && row == told.row) return;
    *problem = (ntm_error)NTM_ERROR_INIT;
    (void)ntm_i_fail(problem, told.status, NTM_I_ROW(told.subject, row), "%s: %s",
                     ntm_i_unit_text(text, cascade->units, unit), told.message);
}

ntm_status ntm_i_cascade_evaluate(ntm_attainment **out, const ntm_cascade *cascade, const ntm_plan *plan,
                                  const ntm_table *table, const ntm_i_rows *rows, ntm_keep keep, ntm_error *err) {
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    ntm_problems *found = NULL;
    ntm_error first = NTM_ERROR_INIT;
    ntm_status status = NTM_OK;
    if (cascade->options.problems != NULL) status = ntm_problems_new(&found, PROBLEMS, &cascade->arena.allocator, err);
    if (status != NTM_OK) return status;
    options.keep = keep;
    options.problems = found;
    options.allocator = &cascade->arena.allocator;
    status = ntm_evaluate(out, plan, table, &options, &first);
    for (size_t i = 0; i < ntm_problems_count(found); i++) {
        ntm_error problem = *ntm_problems_get(found, i);
        place_problem(&problem, cascade, rows);
        ntm_i_problems_add(cascade->options.problems, &problem);
    }
    ntm_problems_free(found);
    if (status == NTM_OK) return NTM_OK;
    place_problem(&first, cascade, rows);
    return ntm_i_error_copy(err, &first);
}
