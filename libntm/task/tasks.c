/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "task/task.h"

int32_t ntm_i_task_code(ntm_i_tasking *t, const char *text) {
    int32_t code = -1;
    size_t size = 0;
    while (text != NULL && text[size] != '\0')
        size++;
    if (size > 0 && !ntm_i_csv_codes_find(&t->tasks->pool, &code, text, size)) t->cells.no_memory = true;
    return code;
}

/* ------------------------------------------------------------------------------------------- the call */

static ntm_status check_options(const ntm_tasks_options *options, ntm_error *err) {
    if (options == NULL || options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err, "options that begin with NTM_TASKS_OPTIONS_INIT and a whole allocator are needed");
    if (options->codes == NULL) return ntm_i_wrong_call(err, "the codes of the rows' units are needed");
    if (options->rounding != 0 && (options->rounding < NTM_ROUND_HALF_UP || options->rounding > NTM_ROUND_UP))
        return ntm_i_wrong_call(err, "unknown rounding");
    if (options->kind_scale > NTM_SCALE_MAX) return ntm_i_wrong_call(err, "expected a kind_scale of 0 to 18");
    if (options->echelon < NTM_ECHELON_ANY || options->echelon > NTM_ECHELON_VILLAGE)
        return ntm_i_wrong_call(err, "unknown echelon");
    if (options->on != NTM_DATE_NONE && !ntm_i_date_is(options->on)) return ntm_i_wrong_call(err, "no such day");
    if (options->units != NULL && options->on == NTM_DATE_NONE)
        return ntm_i_wrong_call(err, "with a registry a day is needed: as of when are units asked for?");
    if (options->needed_for == 0 ||
        (options->needed_for & ~(uint32_t)(NTM_NEEDED_PART | NTM_NEEDED_CRITERION | NTM_NEEDED_STATUS)) != 0)
        return ntm_i_wrong_call(err, "needed_for: expected bits of ntm_needed_for");
    return NTM_OK;
}

ntm_status ntm_i_tasks_check_table(const ntm_table *table, const ntm_tasks_options *options, ntm_error *err) {
    if (table == NULL) return NTM_OK;
    ntm_status status = ntm_table_check(table, options->problems, err);
    if (status == NTM_OK && table->rows >= INT32_MAX)
        status = ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "%zu rows: expected fewer than 2^31 - 1", table->rows);
    return status;
}

static ntm_status check_codes(const ntm_gaps *gaps, const ntm_tasks_options *options, ntm_error *err) {
    ntm_status status = ntm_column_check(options->codes, err);
    if (status != NTM_OK) return status;
    if (options->codes->length != ntm_gaps_rows(gaps))
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT("codes"), "%zu codes for %zu rows",
                          options->codes->length, ntm_gaps_rows(gaps));
    if (options->codes->type != NTM_TYPE_TEXT && options->codes->categories == NULL)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT("codes"), "expected text or categories");
    return NTM_OK;
}

/* All stages, as far as they can go. Duties that are wrong would make every unit look wrong. */
static void make(ntm_i_tasking *t) {
    ntm_i_task_units(t);
    if (!t->cells.no_memory) ntm_i_task_subjects(t);
    if (!t->cells.no_memory) ntm_i_duties_load(t);
    if (!ntm_i_tasking_goes_on(t)) return;
    ntm_i_duties_give(t);
    ntm_i_tasks_gather(t);
    if (ntm_i_tasking_goes_on(t)) ntm_i_tasks_quantify(t);
    if (ntm_i_tasking_goes_on(t)) ntm_i_tasks_cost(t);
    if (ntm_i_tasking_goes_on(t)) ntm_i_tasks_remain(t);
    if (ntm_i_tasking_goes_on(t)) ntm_i_tasks_show(t);
}

void ntm_tasks_free(ntm_tasks *tasks) {
    if (tasks == NULL) return;
    ntm_i_arena arena = tasks->arena;
    ntm_i_array_end(&tasks->costs);
    ntm_i_csv_codes_end(&tasks->pool);
    ntm_i_release(&arena.allocator, tasks, 1, sizeof *tasks);
    ntm_i_arena_end(&arena);
}

ntm_tasks *ntm_i_tasks_begin(ntm_i_tasking *t, const ntm_gaps *gaps, const ntm_tasks_options *options) {
    ntm_tasks *tasks = ntm_i_allocate(options->allocator, 1, sizeof *tasks);
    if (tasks == NULL) return NULL;
    ntm_i_arena_start(&tasks->arena, options->allocator);
    ntm_i_csv_codes_start(&tasks->pool, &tasks->arena);
    ntm_i_array_start(&tasks->costs, options->allocator, sizeof(ntm_i_cost));
    tasks->kind_scale = options->kind_scale;
    tasks->rows = ntm_gaps_rows(gaps);
    *t = (ntm_i_tasking){.tasks = tasks, .gaps = gaps, .set = ntm_gaps_set(gaps), .options = options};
    t->cells = (ntm_i_cells){&tasks->arena, options->problems, NULL, NTM_ERROR_INIT, 0, false};
    return tasks;
}

ntm_status ntm_tasks_new(ntm_tasks **out, const ntm_gaps *gaps, const ntm_tasks_options *options, ntm_error *err) {
    if (out == NULL || gaps == NULL) return ntm_i_wrong_call(err, "a place for the tasks and gaps are needed");
    ntm_status status = check_options(options, err);
    if (status == NTM_OK) status = check_codes(gaps, options, err);
    if (status == NTM_OK) status = ntm_i_tasks_check_table(options->duties, options, err);
    if (status == NTM_OK) status = ntm_i_tasks_check_table(options->division, options, err);
    if (status == NTM_OK) status = ntm_i_tasks_check_table(options->allotted, options, err);
    if (status != NTM_OK) return status;
    ntm_i_tasking t;
    ntm_tasks *tasks = ntm_i_tasks_begin(&t, gaps, options);
    if (tasks == NULL) return ntm_i_no_memory(err);
    make(&t);
    status = ntm_i_cells_status(&t.cells, err);
    if (status == NTM_OK)
        *out = tasks;
    else
        ntm_tasks_free(tasks);
    return status;
}

/* ------------------------------------------------------------------------------------------- what came of it */

size_t ntm_tasks_count(const ntm_tasks *tasks) { return tasks == NULL ? 0 : tasks->task_count; }

ntm_task ntm_tasks_at(const ntm_tasks *tasks, size_t index) {
    if (index >= ntm_tasks_count(tasks)) return (ntm_task){.row = 0};
    const ntm_i_task *it = &tasks->tasks[index];
    const ntm_i_task_subject *subject = &tasks->subjects[it->subject];
    ntm_task out = {.row = it->row,
                    .unit = ntm_i_task_text(tasks, tasks->units[it->row]),
                    .gap = it->gap,
                    .subject = it->subject,
                    .kind = it->kind,
                    .untold = it->untold,
                    .closing = subject->closing,
                    .needed_for = it->needed_for,
                    .strict = it->strict,
                    .out_of_reach = it->out_of_reach,
                    .amount = it->amount,
                    .measure = ntm_i_task_text(tasks, subject->measure),
                    .duty = NTM_NO_ROW,
                    .deadline = NTM_DATE_NONE,
                    .quantity = it->quantity,
                    .cost = it->cost,
                    .cost_least_known = it->least_known,
                    .cost_most_known = it->most_known,
                    .cost_least = it->least,
                    .cost_most = it->most,
                    .included = it->included};
    if (subject->duty == NTM_I_NO_DUTY) return out;
    const ntm_i_duty *duty = &tasks->duties[subject->duty];
    out.duty = duty->row;
    out.department = ntm_i_task_text(tasks, duty->department);
    out.doer = ntm_i_task_text(tasks, duty->doer);
    out.deadline = duty->deadline;
    out.work = duty->work;
    out.work_unit = ntm_i_task_text(tasks, subject->work_unit);
    return out;
}

size_t ntm_tasks_included(const ntm_tasks *tasks, size_t task, size_t n) {
    if (task >= ntm_tasks_count(tasks) || n >= tasks->tasks[task].included) return SIZE_MAX;
    const ntm_i_task *it = &tasks->tasks[task];
    for (size_t gap = tasks->first_gap[it->row]; gap < tasks->first_gap[it->row + 1]; gap++)
        if (tasks->task_of_gap[gap] == task && gap != it->gap && n-- == 0) return gap;
    return SIZE_MAX;
}

size_t ntm_tasks_of_gap(const ntm_tasks *tasks, size_t gap) {
    bool none = tasks == NULL || gap >= tasks->gap_count || tasks->task_of_gap[gap] == NTM_I_NO_TASK;
    return none ? SIZE_MAX : tasks->task_of_gap[gap];
}

const ntm_table *ntm_tasks_table(const ntm_tasks *tasks) { return tasks == NULL ? NULL : &tasks->table; }
const ntm_table *ntm_tasks_costs(const ntm_tasks *tasks) { return tasks == NULL ? NULL : &tasks->cost_table; }
const ntm_table *ntm_tasks_remaining(const ntm_tasks *tasks) {
    return tasks == NULL || !tasks->has_remaining ? NULL : &tasks->remaining_table;
}
