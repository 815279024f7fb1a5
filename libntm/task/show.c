/* SPDX-License-Identifier: Apache-2.0 */
/* Tasks and their costs as columns. */
#include <string.h>

#include "column/bits.h"
#include "task/task.h"

enum {
    UNIT,
    PROVINCE,
    DISTRICT,
    COMMUNE,
    CRITERION,
    INDICATOR,
    PRECONDITION,
    FACT,
    INPUT,
    NAME_VI,
    NAME_EN,
    KIND,
    LEVEL,
    CLOSING,
    AMOUNT_LEAST,
    AMOUNT_MOST,
    MEASURE,
    UNTOLD,
    NEEDED_FOR,
    EVIDENCE,
    DEPARTMENT,
    DOER,
    WORK,
    QUANTITY_LEAST,
    QUANTITY_MOST,
    WORK_UNIT,
    PROGRAMME,
    COMPONENT,
    CITATION,
    COST,
    TEXTS
};
enum { OTHERS = 7 }; /* strict, out_of_reach, deadline, cost_least, cost_most, works, included */

static const char *const names[TEXTS] = {"unit",        "province",     "district",  "commune",        "criterion",
                                         "indicator",   "precondition", "fact",      "input",          "name_vi",
                                         "name_en",     "kind",         "level",     "closing",        "amount_least",
                                         "amount_most", "measure",      "untold",    "needed_for",     "evidence",
                                         "department",  "doer",         "work",      "quantity_least", "quantity_most",
                                         "work_unit",   "programme",    "component", "citation",       "cost"};

/* ------------------------------------------------------------------------------------------- words */

/* Words by the values of their enumerations; "" for nothing to say. */
static const char *const kinds[] = {"", "more", "fewer", "act", "undo", "level", "status", "units", "untold"};
static const char *const closings[] = {"", "work", "act", "assessment", "time"};
static const char *const untolds[] = {"", "law", "not reported", "not applicable", "axis", "rule"};
static const char *const costs[] = {"known",    "not work",   "no duty", "no work",      "untold",
                                    "no bound", "no decimal", "no norm", "norm not told"};

const char *ntm_task_cost_text(ntm_task_cost cost) {
    size_t at = (size_t)cost;
    return at < sizeof costs / sizeof *costs ? costs[at] : NULL;
}

/* Codes of the words, found once each. */
typedef struct words {
    int32_t kinds[sizeof kinds / sizeof *kinds], closings[sizeof closings / sizeof *closings],
        untolds[sizeof untolds / sizeof *untolds], costs[sizeof costs / sizeof *costs], needed[3];
} words;

static void find_words(ntm_i_tasking *t, int32_t *codes, const char *const *texts, size_t count) {
    for (size_t i = 0; i < count; i++)
        codes[i] = ntm_i_task_code(t, texts[i]);
}

static void start_words(ntm_i_tasking *t, words *w) {
    static const char *const needed[] = {"part", "criterion", "status"};
    find_words(t, w->kinds, kinds, sizeof kinds / sizeof *kinds);
    find_words(t, w->closings, closings, sizeof closings / sizeof *closings);
    find_words(t, w->untolds, untolds, sizeof untolds / sizeof *untolds);
    find_words(t, w->costs, costs, sizeof costs / sizeof *costs);
    find_words(t, w->needed, needed, 3);
}

#define WORD(codes, at) ((size_t)(at) < sizeof(codes) / sizeof *(codes) ? (codes)[(size_t)(at)] : -1)

static int32_t needed_for(const words *w, uint32_t bits) {
    return w->needed[(bits & NTM_NEEDED_STATUS) != 0 ? 2 : (bits & NTM_NEEDED_CRITERION) != 0 ? 1 : 0];
}

/* ------------------------------------------------------------------------------------------- cells */

enum { NUMBERS = 4 }; /* amount and quantity, least and most */

static bool same(ntm_fraction a, ntm_fraction b) {
    return a.numerator == b.numerator && a.denominator == b.denominator;
}

/* The exact texts of a task's numbers. Most are the same one: amounts that are known, counted as their work is. */
static void find_numbers(ntm_i_tasking *t, const ntm_i_task *task, int32_t codes[NUMBERS]) {
    const ntm_fraction values[NUMBERS] = {task->amount.least, task->amount.most, task->quantity.least,
                                          task->quantity.most};
    for (size_t i = 0; i < NUMBERS; i++) {
        size_t like = 0;
        while (like < i && !same(values[like], values[i]))
            like++;
        if (like < i)
            codes[i] = codes[like];
        else if (!ntm_i_task_exact(&codes[i], &t->tasks->pool,
                                   (ntm_i_rational){values[i].numerator, values[i].denominator}))
            t->cells.no_memory = true;
    }
}

static int32_t of_duty(const ntm_i_duty *duty, size_t column) {
    if (duty == NULL) return -1;
    switch (column) {
        case DEPARTMENT: return duty->department;
        case DOER: return duty->doer;
        case WORK: return duty->work_code;
        case PROGRAMME: return duty->programme;
        case COMPONENT: return duty->component;
        default: return duty->citation_code;
    }
}

static int32_t of_subject(const ntm_i_task_subject *subject, size_t column) {
    switch (column) {
        case CRITERION: return subject->criterion_id;
        case INDICATOR: return subject->indicator_id;
        case PRECONDITION: return subject->precondition_id;
        case FACT: return subject->fact;
        case INPUT: return subject->input;
        case NAME_VI: return subject->name_vi;
        case NAME_EN: return subject->name_en;
        case LEVEL: return subject->level;
        case MEASURE: return subject->measure;
        default: return subject->evidence;
    }
}

/* `numbers` are the exact texts of the task. */
static int32_t code_of(const ntm_tasks *tasks, const words *w, const int32_t *numbers, const ntm_i_task *task,
                       size_t column) {
    const ntm_i_task_subject *subject = &tasks->subjects[task->subject];
    const ntm_i_duty *duty = subject->duty == NTM_I_NO_DUTY ? NULL : &tasks->duties[subject->duty];
    switch (column) {
        case AMOUNT_LEAST: return numbers[0];
        case AMOUNT_MOST: return numbers[1];
        case QUANTITY_LEAST: return numbers[2];
        case QUANTITY_MOST: return numbers[3];
        case UNIT: return tasks->units[task->row];
        case PROVINCE:
        case DISTRICT:
        case COMMUNE: return tasks->above[column - PROVINCE][task->row];
        case KIND: return WORD(w->kinds, task->kind == NTM_GAP_UNTOLD ? subject->kind : task->kind);
        case CLOSING: return WORD(w->closings, subject->closing);
        case UNTOLD: return WORD(w->untolds, task->untold);
        case NEEDED_FOR: return needed_for(w, task->needed_for);
        case COST: return WORD(w->costs, task->cost);
        case WORK_UNIT: return subject->work_unit;
        case DEPARTMENT:
        case DOER:
        case WORK:
        case PROGRAMME:
        case COMPONENT:
        case CITATION: return of_duty(duty, column);
        default: return of_subject(subject, column);
    }
}

/* ------------------------------------------------------------------------------------------- columns */

/* A table being made. */
typedef struct showing {
    ntm_i_tasking *t;
    ntm_field *fields;
    size_t count; /* of fields */
    words words;
    size_t rows;
} showing;

static void add(showing *s, const char *name, ntm_column column) { s->fields[s->count++] = (ntm_field){name, column}; }

static void add_texts(showing *s, const char *name, const int32_t *codes) {
    ntm_tasks *tasks = s->t->tasks;
    ntm_column column = NTM_COLUMN_INIT;
    if (!ntm_i_task_texts(&column, &tasks->arena, &tasks->pool, codes, s->rows)) s->t->cells.no_memory = true;
    add(s, name, column);
}

/* Room for numbers of the rows, and for which of them are known. */
static int64_t *numbers(showing *s, uint8_t **known) {
    ntm_i_arena *arena = &s->t->tasks->arena;
    int64_t *made = ntm_i_arena_take(arena, s->rows, sizeof *made);
    *known = ntm_i_arena_take(arena, (s->rows + 7) / 8, 1);
    if (made == NULL || *known == NULL) s->t->cells.no_memory = true;
    return s->t->cells.no_memory ? NULL : made;
}

static void add_flags(showing *s, const char *name, bool strict) {
    const ntm_tasks *tasks = s->t->tasks;
    uint8_t *flags = ntm_i_arena_take(&s->t->tasks->arena, s->rows, 1);
    if (flags == NULL) s->t->cells.no_memory = true;
    for (size_t i = 0; flags != NULL && i < s->rows; i++)
        flags[i] = strict ? tasks->tasks[i].strict : tasks->tasks[i].out_of_reach;
    add(s, name, ntm_column_bytes(flags, s->rows));
}

static void add_deadlines(showing *s) {
    const ntm_tasks *tasks = s->t->tasks;
    ntm_date *days = ntm_i_arena_take(&s->t->tasks->arena, s->rows, sizeof *days);
    uint8_t *known = ntm_i_arena_take(&s->t->tasks->arena, (s->rows + 7) / 8, 1);
    ntm_column column = NTM_COLUMN_INIT;
    if (days == NULL || known == NULL) {
        s->t->cells.no_memory = true;
        return;
    }
    for (size_t i = 0; i < s->rows; i++) {
        uint32_t duty = tasks->subjects[tasks->tasks[i].subject].duty;
        ntm_date day = duty == NTM_I_NO_DUTY ? NTM_DATE_NONE : tasks->duties[duty].deadline;
        ntm_i_set_bit(known, i, day != NTM_DATE_NONE);
        days[i] = day == NTM_DATE_NONE ? 0 : day;
    }
    column.type = NTM_TYPE_INT32;
    column.data = days;
    column.stride_bytes = sizeof *days;
    column.length = s->rows;
    column.validity = known;
    add(s, "deadline", column);
}

static void add_costs(showing *s, const char *name, bool least) {
    const ntm_tasks *tasks = s->t->tasks;
    uint8_t *known;
    int64_t *made = numbers(s, &known);
    for (size_t i = 0; made != NULL && i < s->rows; i++) {
        const ntm_i_task *task = &tasks->tasks[i];
        made[i] = least ? task->least : task->most;
        ntm_i_set_bit(known, i, least ? task->least_known : task->most_known);
    }
    if (made != NULL) add(s, name, ntm_i_task_numbers(made, known, s->rows, 0));
}

static void add_counts(showing *s, const char *name, bool works) {
    const ntm_tasks *tasks = s->t->tasks;
    int64_t *made = ntm_i_arena_take(&s->t->tasks->arena, s->rows, sizeof *made);
    if (made == NULL) s->t->cells.no_memory = true;
    for (size_t i = 0; made != NULL && i < s->rows; i++)
        made[i] = works ? tasks->works[tasks->tasks[i].row] : tasks->tasks[i].included;
    add(s, name, ntm_column_int64(made, s->rows));
}

static bool start(showing *s, size_t rows, size_t fields, int32_t **codes) {
    ntm_tasks *tasks = s->t->tasks;
    s->rows = rows;
    s->count = 0;
    s->fields = ntm_i_arena_take(&tasks->arena, fields, sizeof *s->fields);
    *codes = ntm_i_allocate(&tasks->arena.allocator, rows, sizeof **codes);
    return s->fields != NULL && *codes != NULL;
}

/* The columns of numbers, flags and days that stand around a column of texts. */
static void add_before(showing *s, size_t column) {
    if (column != COST) return;
    add_costs(s, "cost_least", true);
    add_costs(s, "cost_most", false);
}

static void add_behind(showing *s, size_t column) {
    if (column == DOER) add_deadlines(s);
    if (column != UNTOLD) return;
    add_flags(s, "strict", true);
    add_flags(s, "out_of_reach", false);
}

static void show_columns(showing *s, int32_t *codes, int32_t (*exact)[NUMBERS]) {
    const ntm_tasks *tasks = s->t->tasks;
    for (size_t i = 0; i < s->rows && !s->t->cells.no_memory; i++)
        find_numbers(s->t, &tasks->tasks[i], exact[i]);
    for (size_t column = 0; column < TEXTS && !s->t->cells.no_memory; column++) {
        if (column >= PROVINCE && column <= COMMUNE && tasks->above[column - PROVINCE] == NULL) continue;
        for (size_t i = 0; i < s->rows; i++)
            codes[i] = code_of(tasks, &s->words, exact[i], &tasks->tasks[i], column);
        add_before(s, column);
        add_texts(s, names[column], codes);
        add_behind(s, column);
    }
    if (s->t->cells.no_memory) return;
    add_counts(s, "works", true);
    add_counts(s, "included", false);
}

static void show_tasks(showing *s) {
    ntm_tasks *tasks = s->t->tasks;
    int32_t *codes = NULL;
    bool good = start(s, tasks->task_count, TEXTS + OTHERS, &codes);
    int32_t(*exact)[NUMBERS] = ntm_i_allocate(&tasks->arena.allocator, s->rows, sizeof *exact);
    if (good && exact != NULL)
        show_columns(s, codes, exact);
    else
        s->t->cells.no_memory = true;
    ntm_i_release(&tasks->arena.allocator, exact, s->rows, sizeof *exact);
    ntm_i_release(&tasks->arena.allocator, codes, s->rows, sizeof *codes);
    tasks->table = (ntm_table){sizeof(ntm_table), s->rows, s->fields, s->count};
}

/* ------------------------------------------------------------------------------------------- costs */

static const char *const cost_names[] = {"unit",     "work",          "programme", "component",
                                         "resource", "resource_unit", "source",    "doer"};
enum { COST_TEXTS = sizeof cost_names / sizeof *cost_names };

static int32_t cost_code(showing *s, const ntm_i_cost *cost, size_t column) {
    static const size_t of_tasks[] = {UNIT, WORK, PROGRAMME, COMPONENT};
    if (column < 4) return code_of(s->t->tasks, &s->words, NULL, &s->t->tasks->tasks[cost->task], of_tasks[column]);
    const int32_t own[] = {cost->resource, cost->resource_unit, cost->source, cost->doer};
    return own[column - 4];
}

/* Amounts of money, or of what comes in kind, at one end. */
static void add_amounts(showing *s, const char *name, bool money, bool least) {
    const ntm_tasks *tasks = s->t->tasks;
    uint8_t *known;
    int64_t *made = numbers(s, &known);
    for (size_t i = 0; made != NULL && i < s->rows; i++) {
        const ntm_i_cost *cost = ntm_i_cost_at(tasks, i);
        bool is = cost->money == money && (least ? cost->least_known : cost->most_known);
        if (is) made[i] = least ? cost->least : cost->most;
        ntm_i_set_bit(known, i, is);
    }
    if (made != NULL) add(s, name, ntm_i_task_numbers(made, known, s->rows, money ? 0 : tasks->kind_scale));
}

/* Which row of the norms, or of the division, a line comes from. */
static void add_rows(showing *s, const char *name, bool norms) {
    const ntm_tasks *tasks = s->t->tasks;
    uint8_t *known;
    int64_t *made = numbers(s, &known);
    for (size_t i = 0; made != NULL && i < s->rows; i++) {
        const ntm_i_cost *cost = ntm_i_cost_at(tasks, i);
        uint64_t row = norms ? cost->norm : cost->rule;
        if (row != NTM_NO_ROW) made[i] = (int64_t)row;
        ntm_i_set_bit(known, i, row != NTM_NO_ROW);
    }
    if (made != NULL) add(s, name, ntm_i_task_numbers(made, known, s->rows, 0));
}

static void show_costs(showing *s) {
    static const char *const sums[] = {"cost_least", "cost_most", "quantity_least", "quantity_most"};
    ntm_tasks *tasks = s->t->tasks;
    int32_t *codes = NULL;
    int64_t *of = NULL;
    if (!start(s, tasks->costs.count, COST_TEXTS + 7, &codes)) s->t->cells.no_memory = true;
    if (!s->t->cells.no_memory) of = ntm_i_arena_take(&tasks->arena, s->rows, sizeof *of);
    if (of == NULL) s->t->cells.no_memory = true;
    for (size_t i = 0; of != NULL && i < s->rows; i++)
        of[i] = ntm_i_cost_at(tasks, i)->task;
    if (of != NULL) add(s, "task", ntm_column_int64(of, s->rows));
    for (size_t column = 0; column < COST_TEXTS && !s->t->cells.no_memory; column++) {
        for (size_t i = 0; i < s->rows; i++)
            codes[i] = cost_code(s, ntm_i_cost_at(tasks, i), column);
        if (!s->t->cells.no_memory) add_texts(s, cost_names[column], codes);
    }
    for (size_t i = 0; i < 4 && !s->t->cells.no_memory; i++)
        add_amounts(s, sums[i], i < 2, i % 2 == 0);
    if (!s->t->cells.no_memory) add_rows(s, "norm", true);
    if (!s->t->cells.no_memory) add_rows(s, "rule", false);
    ntm_i_release(&tasks->arena.allocator, codes, s->rows, sizeof *codes);
    tasks->cost_table = (ntm_table){sizeof(ntm_table), s->rows, s->fields, s->count};
}

void ntm_i_tasks_show(ntm_i_tasking *t) {
    showing s = {.t = t};
    start_words(t, &s.words);
    show_tasks(&s);
    if (!t->cells.no_memory) show_costs(&s);
}
