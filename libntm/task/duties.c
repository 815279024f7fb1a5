/* SPDX-License-Identifier: Apache-2.0 */
/* Duties: read, checked against the set, given to the subjects of gaps. */
#include <string.h>

#include "base/hint.h"
#include "base/sort.h"
#include "base/text.h"
#include "column/cell_numbers.h"
#include "task/task.h"

enum {
    FACT,
    INDICATOR,
    CRITERION,
    DEPARTMENT,
    DOER,
    DEADLINE,
    WORK,
    CLASS,
    WORK_UNIT,
    PROGRAMME,
    COMPONENT,
    CITATION,
    TEXTS
};
enum { PER = TEXTS, COLUMNS };

static const ntm_i_cells_column columns[TEXTS] = {
    {"fact", false, NTM_I_CELLS_TEXT},      {"indicator", false, NTM_I_CELLS_TEXT},
    {"criterion", false, NTM_I_CELLS_TEXT}, {"department", false, NTM_I_CELLS_TEXT},
    {"doer", false, NTM_I_CELLS_TEXT},      {"deadline", false, NTM_I_CELLS_DAYS},
    {"work", false, NTM_I_CELLS_TEXT},      {"class", false, NTM_I_CELLS_TEXT},
    {"work_unit", false, NTM_I_CELLS_TEXT}, {"programme", false, NTM_I_CELLS_TEXT},
    {"component", false, NTM_I_CELLS_TEXT}, {"citation", false, NTM_I_CELLS_TEXT}};

/* ------------------------------------------------------------------------------------------- ids of the set */

/* What a duty can be for: the names that a cell may have. */
typedef struct known {
    const char *column, *what;
    const char **names; /* in the order of bytes */
    size_t count;
} known;

static int by_text(const void *context, uint32_t a, uint32_t b) {
    const char *const *texts = context;
    return strcmp(texts[a], texts[b]);
}

static void put_in_order(ntm_i_tasking *t, known *k) {
    k->names = ntm_i_sorted(&t->tasks->arena, k->names, k->count, sizeof *k->names, by_text);
    if (k->names == NULL) {
        t->cells.no_memory = true;
        return;
    }
    size_t count = 0;
    for (size_t i = 0; i < k->count; i++)
        if (i == 0 || strcmp(k->names[i], k->names[count - 1]) != 0) k->names[count++] = k->names[i];
    k->count = count;
}

static void know_facts(ntm_i_tasking *t, known *k) {
    size_t facts = ntm_set_fact_count(t->set);
    *k = (known){"fact", "fact", ntm_i_arena_take(&t->tasks->arena, facts + t->tasks->subject_count, sizeof *k->names),
                 0};
    if (k->names == NULL) {
        t->cells.no_memory = true;
        return;
    }
    for (size_t i = 0; i < facts; i++)
        k->names[k->count++] = ntm_set_fact(t->set, i)->id;
    for (size_t i = 0; i < t->tasks->subject_count; i++)
        if (t->tasks->subjects[i].input >= 0)
            k->names[k->count++] = ntm_i_task_text(t->tasks, t->tasks->subjects[i].input);
    put_in_order(t, k);
}

static void know_parts(ntm_i_tasking *t, known *k, bool criteria) {
    size_t count = criteria ? ntm_set_criterion_count(t->set) : ntm_set_indicator_count(t->set);
    const char *what = criteria ? "criterion" : "indicator";
    *k = (known){what, what, ntm_i_arena_take(&t->tasks->arena, count, sizeof *k->names), count};
    if (k->names == NULL) {
        t->cells.no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        k->names[i] = criteria ? ntm_set_criterion(t->set, i)->id : ntm_set_indicator(t->set, i)->id;
    put_in_order(t, k);
}

static bool is_known(const known *k, const char *text) {
    size_t least = 0, end = k->count;
    while (least < end) {
        size_t middle = least + (end - least) / 2;
        int order = strcmp(k->names[middle], text);
        if (order == 0) return true;
        if (order < 0)
            least = middle + 1;
        else
            end = middle;
    }
    return false;
}

static void check_id(ntm_i_tasking *t, const known *k, const char *text, size_t row) {
    char hint[NTM_I_HINT_SIZE] = "";
    if (text[0] == '\0' || is_known(k, text)) return;
    /* Looking for near words is for people; a table with dozens of problems has no reader. */
    if (t->cells.problem_count < 50) (void)ntm_i_hint(hint, text, k->names, k->count);
    ntm_i_cells_complain(&t->cells, NTM_ERROR_NOT_FOUND, k->column, row, "the set has no %s \"%.*s\"%s", k->what,
                         ntm_i_shown(text, strlen(text)), text, hint);
}

/* A row that can be for nothing: an indicator of another criterion. */
static void check_pair(ntm_i_tasking *t, const ntm_i_duty *duty) {
    size_t indicator = ntm_set_find_indicator(t->set, duty->indicator);
    size_t criterion = ntm_set_find_criterion(t->set, duty->criterion);
    if (indicator == SIZE_MAX || criterion == SIZE_MAX) return;
    const ntm_criterion *of = ntm_set_criterion(t->set, criterion);
    if (indicator >= of->first_indicator && indicator - of->first_indicator < of->indicator_count) return;
    ntm_i_cells_complain(&t->cells, NTM_ERROR_VALUE, "indicator", duty->row, "\"%s\" is not of criterion \"%s\"",
                         duty->indicator, duty->criterion);
}

/* ------------------------------------------------------------------------------------------- reading */

static const char *text_or_empty(ntm_i_cells *cells, const ntm_field *field, size_t row) {
    const char *text = ntm_i_cell_copy(cells, field, row);
    return text == NULL ? "" : text;
}

static int32_t pooled(ntm_i_tasking *t, const ntm_field *field, size_t row) {
    return ntm_i_task_code(t, ntm_i_cell_copy(&t->cells, field, row));
}

static void read_work(ntm_i_tasking *t, ntm_i_duty *duty, const ntm_field *const *found) {
    ntm_i_cells *cells = &t->cells;
    size_t row = duty->row, told = cells->problem_count;
    duty->work = ntm_i_cell_copy(cells, found[WORK], row);
    duty->class_name = ntm_i_cell_copy(cells, found[CLASS], row);
    duty->work_unit = ntm_i_cell_copy(cells, found[WORK_UNIT], row);
    duty->work_code = ntm_i_task_code(t, duty->work);
    duty->class_code = ntm_i_task_code(t, duty->class_name);
    duty->work_unit_code = ntm_i_task_code(t, duty->work_unit);
    duty->has_per = ntm_i_cell_number(cells, &duty->per, found[PER], row);
    if (duty->has_per && duty->per.coefficient == 0)
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "per", row, "0: expected more than 0");
    if (duty->work == NULL && told == cells->problem_count &&
        (duty->class_name != NULL || duty->work_unit != NULL || duty->has_per))
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "work", row,
                             "not reported, and class, work_unit or per say how a work is counted");
}

static void read_duty(ntm_i_tasking *t, ntm_i_duty *duty, const ntm_field *const *found, size_t row) {
    ntm_i_cells *cells = &t->cells;
    *duty = (ntm_i_duty){.row = (uint32_t)row};
    duty->fact = text_or_empty(cells, found[FACT], row);
    duty->indicator = text_or_empty(cells, found[INDICATOR], row);
    duty->criterion = text_or_empty(cells, found[CRITERION], row);
    duty->department = pooled(t, found[DEPARTMENT], row);
    duty->doer = pooled(t, found[DOER], row);
    duty->deadline = ntm_i_cell_day(cells, found[DEADLINE], row);
    read_work(t, duty, found);
    duty->programme = pooled(t, found[PROGRAMME], row);
    duty->component = pooled(t, found[COMPONENT], row);
    duty->citation = ntm_i_cell_copy(cells, found[CITATION], row);
    duty->citation_code = ntm_i_task_code(t, duty->citation);
}

static int compare(const ntm_i_duty *a, const char *fact, const char *indicator, const char *criterion) {
    int order = strcmp(a->fact, fact);
    if (order == 0) order = strcmp(a->indicator, indicator);
    return order != 0 ? order : strcmp(a->criterion, criterion);
}

static int by_keys(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_duty *first = (const ntm_i_duty *)context + a, *second = (const ntm_i_duty *)context + b;
    return compare(first, second->fact, second->indicator, second->criterion);
}

/* Duties are in order, and of equals the earlier row is first. */
static void check_duties(ntm_i_tasking *t) {
    known facts, indicators, criteria;
    ntm_tasks *tasks = t->tasks;
    know_facts(t, &facts);
    know_parts(t, &indicators, false);
    know_parts(t, &criteria, true);
    for (size_t i = 0; i < tasks->duty_count && !t->cells.no_memory; i++) {
        const ntm_i_duty *duty = &tasks->duties[i];
        check_id(t, &facts, duty->fact, duty->row);
        check_id(t, &indicators, duty->indicator, duty->row);
        check_id(t, &criteria, duty->criterion, duty->row);
        check_pair(t, duty);
        if (i > 0 && compare(&tasks->duties[i - 1], duty->fact, duty->indicator, duty->criterion) == 0)
            ntm_i_cells_complain(&t->cells, NTM_ERROR_CONFLICT, "fact", duty->row,
                                 "row %lu is for the same fact, indicator and criterion",
                                 (unsigned long)tasks->duties[i - 1].row);
    }
}

void ntm_i_duties_load(ntm_i_tasking *t) {
    const ntm_table *table = t->options->duties;
    const ntm_field *found[COLUMNS];
    ntm_i_cells *cells = &t->cells;
    if (table == NULL) return;
    cells->table = "duties";
    bool good = ntm_i_cells_find(found, cells, table, columns, TEXTS, "a table of duties");
    found[PER] = ntm_table_find(table, "per");
    good = ntm_i_cells_numbers(cells, found[PER]) && good;
    good = ntm_i_cells_only(cells, table, found, COLUMNS, "duties",
                            "fact, indicator, criterion, department, doer, deadline, work, class, work_unit, per, "
                            "programme, component, citation") &&
           good;
    t->has_programme = found[PROGRAMME] != NULL;
    t->has_component = found[COMPONENT] != NULL;
    ntm_i_duty *read = good ? ntm_i_arena_take(&t->tasks->arena, table->rows, sizeof *read) : NULL;
    for (size_t row = 0; read != NULL && row < table->rows && !cells->no_memory; row++)
        read_duty(t, &read[row], found, row);
    if (read != NULL) {
        t->tasks->duty_count = table->rows;
        t->tasks->duties = ntm_i_sorted(&t->tasks->arena, read, table->rows, sizeof *read, by_keys);
    }
    if (good && (read == NULL || t->tasks->duties == NULL)) cells->no_memory = true;
    if (good && !cells->no_memory) check_duties(t);
    cells->table = NULL;
}

/* ------------------------------------------------------------------------------------------- finding */

static uint32_t find(const ntm_tasks *tasks, const char *fact, const char *indicator, const char *criterion) {
    size_t least = 0, end = tasks->duty_count;
    while (least < end) {
        size_t middle = least + (end - least) / 2;
        int order = compare(&tasks->duties[middle], fact, indicator, criterion);
        if (order == 0) return (uint32_t)middle;
        if (order < 0)
            least = middle + 1;
        else
            end = middle;
    }
    return NTM_I_NO_DUTY;
}

/* From the most specific to that for all; what a subject does not have is asked for once, as "". */
static uint32_t duty_of(const ntm_tasks *tasks, const ntm_i_task_subject *of) {
    const char *facts[] = {ntm_i_task_text(tasks, of->input), ntm_i_task_text(tasks, of->fact), ""};
    const char *indicators[] = {ntm_i_task_text(tasks, of->indicator_id), ""};
    const char *criteria[] = {ntm_i_task_text(tasks, of->criterion_id), ""};
    for (size_t f = 0; f < 3; f++)
        for (size_t i = 0; i < 2 && facts[f] != NULL; i++)
            for (size_t c = 0; c < 2 && indicators[i] != NULL; c++) {
                uint32_t found =
                    criteria[c] == NULL ? NTM_I_NO_DUTY : find(tasks, facts[f], indicators[i], criteria[c]);
                if (found != NTM_I_NO_DUTY) return found;
            }
    return NTM_I_NO_DUTY;
}

void ntm_i_duties_give(ntm_i_tasking *t) {
    for (size_t i = 0; i < t->tasks->subject_count; i++) {
        ntm_i_task_subject *subject = &t->tasks->subjects[i];
        subject->duty = duty_of(t->tasks, subject);
        if (subject->duty == NTM_I_NO_DUTY) continue;
        const ntm_i_duty *duty = &t->tasks->duties[subject->duty];
        if (duty->work != NULL)
            subject->work_unit = duty->work_unit_code >= 0 ? duty->work_unit_code : subject->measure;
    }
}
