/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts of gaps to quantities of work, each in the unit that its work is counted in. */
#include "base/text.h"
#include "task/task.h"

bool ntm_i_task_suits(ntm_i_tasking *t, ntm_i_task_subject *subject, const ntm_i_duty *duty) {
    ntm_tasks *tasks = t->tasks;
    if (subject->checked) return subject->suits;
    subject->checked = true;
    subject->suits = subject->work_unit >= 0 && (duty->has_per || subject->work_unit == subject->measure);
    if (subject->suits) return true;
    const char *gap = ntm_i_task_text(tasks, subject->measure), *work = duty->work_unit;
    const char *what = ntm_i_task_text(tasks, subject->input >= 0 ? subject->input : subject->name_en);
    t->cells.table = "duties";
    if (work == NULL)
        ntm_i_cells_complain(
            &t->cells, NTM_ERROR_UNIT, "work_unit", duty->row,
            "\"%s\" is counted in no unit (it is an act, a level, a status or a unit): expected what the work is "
            "counted in, and per",
            what == NULL ? "" : what);
    else if (gap == NULL)
        ntm_i_cells_complain(
            &t->cells, NTM_ERROR_UNIT, "per", duty->row,
            "\"%s\" is counted in no unit and the work in \"%s\": expected how many of these one of it is",
            what == NULL ? "" : what, work);
    else
        ntm_i_cells_complain(&t->cells, NTM_ERROR_UNIT, "per", duty->row,
                             "\"%s\" is in \"%s\" and the work in \"%s\": expected how many \"%s\" one \"%s\" is",
                             what == NULL ? "" : what, gap, work, work, gap);
    t->cells.table = NULL;
    return false;
}

static bool times(ntm_fraction *out, ntm_fraction amount, const ntm_i_duty *duty) {
    ntm_i_rational value = {amount.numerator, amount.denominator};
    if (amount.denominator == 0) return true;
    if (duty->has_per && !ntm_i_rational_multiply(&value, value, ntm_i_rational_decimal(duty->per))) return false;
    if (value.numerator > INT64_MAX || value.numerator < INT64_MIN || value.denominator > INT64_MAX) return false;
    *out = (ntm_fraction){(int64_t)value.numerator, (int64_t)value.denominator};
    return true;
}

static void quantify(ntm_i_tasking *t, ntm_i_task *task) {
    ntm_tasks *tasks = t->tasks;
    ntm_i_task_subject *subject = &tasks->subjects[task->subject];
    if (!ntm_i_task_is_work(subject) || subject->duty == NTM_I_NO_DUTY) return;
    const ntm_i_duty *duty = &tasks->duties[subject->duty];
    if (duty->work == NULL || !ntm_i_task_suits(t, subject, duty)) return; /* also where nobody knows how much */
    if (!times(&task->quantity.least, task->amount.least, duty) ||
        !times(&task->quantity.most, task->amount.most, duty))
        ntm_i_cells_complain(&t->cells, NTM_ERROR_OVERFLOW, "codes", task->row,
                             "the quantity of \"%s\" does not fit 64 bits with the duty in row %lu", duty->work,
                             (unsigned long)duty->row);
}

void ntm_i_tasks_quantify(ntm_i_tasking *t) {
    for (size_t i = 0; i < t->tasks->task_count; i++)
        quantify(t, &t->tasks->tasks[i]);
}
