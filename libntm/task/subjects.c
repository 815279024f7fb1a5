/* SPDX-License-Identifier: Apache-2.0 */
/* Subjects of gaps, their texts taken over, and which of them are one work. */
#include <string.h>

#include "task/task.h"

static const char *criterion_id(const ntm_set *set, size_t index) {
    const ntm_criterion *criterion = index == SIZE_MAX ? NULL : ntm_set_criterion(set, index);
    return criterion == NULL ? NULL : criterion->id;
}

static void take(ntm_i_tasking *t, ntm_i_task_subject *to, const ntm_gap_subject *from) {
    const ntm_indicator *indicator = from->of == NTM_OF_INDICATOR ? ntm_set_indicator(t->set, from->index) : NULL;
    const ntm_precondition *before = from->of == NTM_OF_PRECONDITION ? ntm_set_precondition(t->set, from->index) : NULL;
    *to = (ntm_i_task_subject){.kind = from->kind,
                               .closing = from->closing,
                               .criterion = from->criterion,
                               .is_task = from->of != NTM_OF_REVOCATION,
                               .duty = NTM_I_NO_DUTY,
                               .work_unit = -1};
    to->criterion_id = ntm_i_task_code(t, criterion_id(t->set, from->criterion));
    to->indicator_id = ntm_i_task_code(t, indicator == NULL ? NULL : indicator->id);
    to->precondition_id = ntm_i_task_code(t, before == NULL ? NULL : before->id);
    to->fact = ntm_i_task_code(t, from->fact);
    to->input = ntm_i_task_code(t, from->input);
    to->name_vi = ntm_i_task_code(t, from->name.vi);
    to->name_en = ntm_i_task_code(t, from->name.en);
    to->level = ntm_i_task_code(t, from->level);
    to->evidence = ntm_i_task_code(t, from->evidence);
    to->measure = ntm_i_task_code(t, from->unit);
}

/* One key for the same column, which all rules read in one unit. What has no column is a work of its own. */
static bool give_keys(ntm_tasks *tasks, ntm_i_csv_codes *keys) {
    uint32_t alone = 0;
    for (size_t i = 0; i < tasks->subject_count; i++) {
        ntm_i_task_subject *it = &tasks->subjects[i];
        int32_t code = 0;
        if (it->input < 0) { /* behind all others: there are no more keys than subjects */
            it->key = (uint32_t)tasks->subject_count - ++alone;
            continue;
        }
        if (!ntm_i_csv_codes_find(keys, &code, (const char *)&it->input, sizeof it->input)) return false;
        it->key = (uint32_t)code;
    }
    return true;
}

void ntm_i_task_subjects(ntm_i_tasking *t) {
    ntm_tasks *tasks = t->tasks;
    ntm_i_csv_codes keys;
    tasks->subject_count = ntm_gaps_subject_count(t->gaps);
    tasks->subjects = ntm_i_arena_take(&tasks->arena, tasks->subject_count, sizeof *tasks->subjects);
    if (tasks->subjects == NULL) t->cells.no_memory = true;
    for (size_t i = 0; i < tasks->subject_count && !t->cells.no_memory; i++)
        take(t, &tasks->subjects[i], ntm_gaps_subject(t->gaps, i));
    if (t->cells.no_memory) return;
    ntm_i_csv_codes_start(&keys, &tasks->arena);
    if (!give_keys(tasks, &keys)) t->cells.no_memory = true;
    ntm_i_csv_codes_end(&keys);
}
