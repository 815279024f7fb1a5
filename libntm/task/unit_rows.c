/* SPDX-License-Identifier: Apache-2.0 */
/* The units of the rows, and the units above them. */
#include <string.h>

#include "base/text.h"
#include "task/task.h"

/* The pool is empty before: codes of units are the first in it. */
static void read_codes(ntm_i_tasking *t) {
    ntm_tasks *tasks = t->tasks;
    const ntm_field field = {"codes", *t->options->codes};
    uint32_t *rows = ntm_i_allocate(&tasks->arena.allocator, tasks->rows, sizeof *rows); /* of a code */
    if (rows == NULL) t->cells.no_memory = true;
    for (size_t row = 0; row < tasks->rows && !t->cells.no_memory; row++) {
        size_t told = t->cells.problem_count, before = tasks->pool.names.count, size = 0;
        const char *text = NULL;
        if (!ntm_i_cell_text(&t->cells, &text, &size, &field, row)) {
            if (told == t->cells.problem_count)
                ntm_i_cells_complain(&t->cells, NTM_ERROR_VALUE, "codes", row, "every row needs the code of its unit");
        } else if (!ntm_i_csv_codes_find(&tasks->pool, &tasks->units[row], text, size)) {
            t->cells.no_memory = true;
        } else if ((size_t)tasks->units[row] < before) {
            ntm_i_cells_complain(&t->cells, NTM_ERROR_CONFLICT, "codes", row, "\"%.*s\" is row %lu already",
                                 ntm_i_shown(text, size), text, (unsigned long)rows[tasks->units[row]]);
        } else {
            rows[tasks->units[row]] = (uint32_t)row;
        }
    }
    ntm_i_release(&tasks->arena.allocator, rows, tasks->rows, sizeof *rows);
}

static void tell_above(ntm_i_tasking *t, const ntm_unit *of) {
    static const ntm_echelon rungs[NTM_I_TASK_RUNGS] = {NTM_ECHELON_PROVINCE, NTM_ECHELON_DISTRICT,
                                                        NTM_ECHELON_COMMUNE};
    ntm_tasks *tasks = t->tasks;
    const ntm_units *units = t->options->units;
    for (size_t i = 0; i < NTM_I_TASK_RUNGS && !t->cells.no_memory; i++) {
        tasks->above[i] = ntm_i_arena_take(&tasks->arena, tasks->rows, sizeof **tasks->above);
        if (tasks->above[i] == NULL) t->cells.no_memory = true;
        for (size_t row = 0; row < tasks->rows && !t->cells.no_memory; row++) {
            ntm_unit unit = of[row];
            const ntm_unit_row *it = ntm_units_row(units, unit);
            if (it != NULL && it->echelon != rungs[i])
                it = ntm_units_row(units, ntm_units_ancestor(units, unit, rungs[i], t->options->on));
            tasks->above[i][row] = ntm_i_task_code(t, it == NULL ? NULL : it->code);
        }
    }
}

void ntm_i_task_units(ntm_i_tasking *t) {
    ntm_tasks *tasks = t->tasks;
    const ntm_tasks_options *options = t->options;
    ntm_error err = NTM_ERROR_INIT;
    tasks->units = ntm_i_arena_take(&tasks->arena, tasks->rows, sizeof *tasks->units);
    if (tasks->units == NULL) {
        t->cells.no_memory = true;
        return;
    }
    read_codes(t);
    if (options->units == NULL || !ntm_i_tasking_goes_on(t)) return;
    ntm_unit *found = ntm_i_allocate(&tasks->arena.allocator, tasks->rows, sizeof *found);
    ntm_status status = found == NULL ? NTM_ERROR_MEMORY
                                      : ntm_units_find_all(found, options->units, options->codes, options->echelon,
                                                           options->on, options->problems, NULL, &err);
    if (status == NTM_ERROR_MEMORY) {
        t->cells.no_memory = true;
    } else if (status != NTM_OK) { /* its problems have been told */
        t->cells.first = err;
        t->cells.problem_count++;
    } else {
        tell_above(t, found);
    }
    ntm_i_release(&tasks->arena.allocator, found, tasks->rows, sizeof *found);
}
