/* SPDX-License-Identifier: Apache-2.0 */
/* Gaps to tasks: those of one work in a row together, then all in the order of a list. */
#include <string.h>

#include "base/sort.h"
#include "task/task.h"

/* ------------------------------------------------------------------------------------------- amounts */

static ntm_i_rational rational(ntm_fraction value, ntm_i_rational without) {
    return value.denominator == 0 ? without : (ntm_i_rational){value.numerator, value.denominator};
}

/* A bound that is not known is below every least, and above every most. */
static int compare_least(ntm_fraction a, ntm_fraction b) {
    return ntm_i_rational_compare(rational(a, NTM_I_MINUS_INFINITY), rational(b, NTM_I_MINUS_INFINITY));
}

static int compare_most(ntm_fraction a, ntm_fraction b) {
    return ntm_i_rational_compare(rational(a, NTM_I_INFINITY), rational(b, NTM_I_INFINITY));
}

/* Which of two gaps in one thing speaks for both: one that is told, of these that with more to do. */
static bool speaks(const ntm_i_task *task, const ntm_gap *gap) {
    if ((task->kind == NTM_GAP_UNTOLD) != (gap->kind == NTM_GAP_UNTOLD)) return task->kind == NTM_GAP_UNTOLD;
    int order = compare_most(gap->amount.most, task->amount.most);
    return order > 0 || (order == 0 && compare_least(gap->amount.least, task->amount.least) > 0);
}

static void include(ntm_i_task *task, const ntm_gap *gap, size_t index) {
    if (speaks(task, gap)) {
        task->gap = index;
        task->subject = (uint32_t)gap->subject;
        task->kind = gap->kind;
        task->strict = gap->strict;
    }
    if (compare_least(gap->amount.least, task->amount.least) > 0) task->amount.least = gap->amount.least;
    if (compare_most(gap->amount.most, task->amount.most) > 0) task->amount.most = gap->amount.most;
    if (gap->untold != NTM_TOLD && task->untold == NTM_TOLD) task->untold = gap->untold;
    task->needed_for |= gap->needed_for;
    task->out_of_reach = task->out_of_reach || gap->out_of_reach;
    task->included++;
}

/* ------------------------------------------------------------------------------------------- gathering */

enum { KINDS = NTM_GAP_UNTOLD + 1 };

typedef struct gathering {
    ntm_i_tasking *t;
    ntm_i_array tasks; /* of ntm_i_task */
    uint32_t *of_key;  /* by key and kind: the latest task of it */
    uint32_t *first;   /* by row, with one more: its first task */
} gathering;

/* What is asked for where it cannot be told how much: what the subject asks for. */
static ntm_gap_kind kind_of(const ntm_i_task_subject *subject, ntm_gap_kind kind) {
    return kind == NTM_GAP_UNTOLD ? subject->kind : kind;
}

static void gather_gap(gathering *g, size_t index) {
    ntm_i_tasking *t = g->t;
    ntm_tasks *tasks = t->tasks;
    ntm_gap gap = ntm_gaps_at(t->gaps, index);
    const ntm_i_task_subject *subject = &tasks->subjects[gap.subject];
    tasks->task_of_gap[index] = NTM_I_NO_TASK;
    if (!subject->is_task || (gap.needed_for & t->options->needed_for) == 0) return;
    uint32_t *latest = &g->of_key[subject->key * KINDS + (uint32_t)kind_of(subject, gap.kind)];
    uint32_t at = *latest;
    if (at != NTM_I_NO_TASK && at >= g->first[gap.row]) {
        tasks->task_of_gap[index] = at;
        include((ntm_i_task *)g->tasks.items + at, &gap, index);
        return;
    }
    if (g->tasks.count >= NTM_I_TASKS_MAX) {
        ntm_i_cells_complain(&t->cells, NTM_ERROR_LIMIT, "codes", gap.row, "more than 2^24 tasks");
        return;
    }
    ntm_i_task task = {.gap = index,
                       .row = (uint32_t)gap.row,
                       .subject = (uint32_t)gap.subject,
                       .needed_for = gap.needed_for,
                       .kind = gap.kind,
                       .untold = gap.untold,
                       .strict = gap.strict,
                       .out_of_reach = gap.out_of_reach,
                       .amount = gap.amount};
    *latest = tasks->task_of_gap[index] = (uint32_t)g->tasks.count;
    if (!ntm_i_array_append(&g->tasks, &task, 1)) t->cells.no_memory = true;
}

static void gather_rows(gathering *g) {
    ntm_tasks *tasks = g->t->tasks;
    for (size_t row = 0; row < tasks->rows && ntm_i_tasking_goes_on(g->t); row++) {
        ntm_gaps_row about = ntm_gaps_of_row(g->t->gaps, row);
        tasks->first_gap[row] = ntm_gaps_first(g->t->gaps, row);
        tasks->works[row] = about.works;
        tasks->untold[row] = about.untold;
        g->first[row] = (uint32_t)g->tasks.count;
        for (size_t i = tasks->first_gap[row], end = ntm_gaps_first(g->t->gaps, row + 1); i < end; i++)
            if (ntm_i_tasking_goes_on(g->t)) gather_gap(g, i);
    }
    tasks->first_gap[tasks->rows] = tasks->gap_count;
    g->first[tasks->rows] = (uint32_t)g->tasks.count;
}

/* ------------------------------------------------------------------------------------------- order */

/* How far a unit is from its status; one that needs nothing for it is no near miss. */
static uint32_t distance(const ntm_tasks *tasks, uint32_t row) {
    return tasks->works[row] == 0 ? UINT32_MAX : tasks->works[row];
}

static int by_distance(const void *context, uint32_t x, uint32_t y) {
    const ntm_tasks *tasks = context;
    if (tasks->works[x] != tasks->works[y]) return distance(tasks, x) < distance(tasks, y) ? -1 : 1;
    if (tasks->untold[x] != tasks->untold[y]) return tasks->untold[x] < tasks->untold[y] ? -1 : 1;
    return strcmp(ntm_i_task_text(tasks, tasks->units[x]), ntm_i_task_text(tasks, tasks->units[y]));
}

typedef struct ordering {
    const ntm_tasks *tasks;
    const ntm_i_task *items;
} ordering;

/* Of one row. */
static int by_criterion(const void *context, uint32_t a, uint32_t b) {
    const ordering *o = context;
    uint32_t first = o->items[a].subject, second = o->items[b].subject;
    size_t x = o->tasks->subjects[first].criterion, y = o->tasks->subjects[second].criterion;
    if (x != y) return x < y ? -1 : 1; /* none is SIZE_MAX */
    return (first > second) - (first < second);
}

/* Tasks in their order: rows first, which are far fewer, then those of each row, which stand together. */
static void sort_tasks(const gathering *g, uint32_t *order, uint32_t *spare, uint32_t *rows) {
    const ntm_tasks *tasks = g->t->tasks;
    const ordering o = {tasks, g->tasks.items};
    size_t count = 0;
    for (uint32_t row = 0; row < tasks->rows; row++)
        rows[row] = row;
    ntm_i_sort(rows, rows + tasks->rows, tasks->rows, by_distance, tasks);
    for (size_t i = 0; i < tasks->rows; i++) {
        size_t begin = count;
        for (uint32_t at = g->first[rows[i]]; at < g->first[rows[i] + 1]; at++)
            order[count++] = at;
        ntm_i_sort(order + begin, spare, count - begin, by_criterion, &o);
    }
}

/* Puts tasks in their order, and gaps with them. */
static bool put_in_order(gathering *g) {
    ntm_tasks *tasks = g->t->tasks;
    const ntm_allocator *allocator = &tasks->arena.allocator;
    size_t count = g->tasks.count;
    uint32_t *order = ntm_i_allocate(allocator, count, 2 * sizeof *order);
    uint32_t *rows = ntm_i_allocate(allocator, tasks->rows, 2 * sizeof *rows);
    tasks->tasks = ntm_i_arena_take(&tasks->arena, count, sizeof *tasks->tasks);
    bool good = order != NULL && rows != NULL && tasks->tasks != NULL;
    if (good) {
        uint32_t *place = order + count;
        sort_tasks(g, order, place, rows);
        for (uint32_t i = 0; i < count; i++) {
            tasks->tasks[i] = ((const ntm_i_task *)g->tasks.items)[order[i]];
            place[order[i]] = i;
        }
        for (size_t i = 0; i < tasks->gap_count; i++)
            if (tasks->task_of_gap[i] != NTM_I_NO_TASK) tasks->task_of_gap[i] = place[tasks->task_of_gap[i]];
        tasks->task_count = count;
    }
    ntm_i_release(allocator, order, count, 2 * sizeof *order);
    ntm_i_release(allocator, rows, tasks->rows, 2 * sizeof *rows);
    return good;
}

void ntm_i_tasks_gather(ntm_i_tasking *t) {
    ntm_tasks *tasks = t->tasks;
    ntm_i_arena *arena = &tasks->arena;
    gathering g = {.t = t};
    tasks->gap_count = ntm_gaps_count(t->gaps);
    tasks->task_of_gap = ntm_i_arena_take(arena, tasks->gap_count, sizeof *tasks->task_of_gap);
    tasks->first_gap = ntm_i_arena_take(arena, tasks->rows + 1, sizeof *tasks->first_gap);
    tasks->works = ntm_i_arena_take(arena, tasks->rows, sizeof *tasks->works);
    tasks->untold = ntm_i_arena_take(arena, tasks->rows, sizeof *tasks->untold);
    g.of_key = ntm_i_allocate(&arena->allocator, tasks->subject_count, KINDS * sizeof *g.of_key);
    g.first = ntm_i_allocate(&arena->allocator, tasks->rows + 1, sizeof *g.first);
    ntm_i_array_start(&g.tasks, &arena->allocator, sizeof(ntm_i_task));
    if (tasks->task_of_gap == NULL || tasks->first_gap == NULL || tasks->works == NULL || tasks->untold == NULL ||
        g.of_key == NULL || g.first == NULL) {
        t->cells.no_memory = true;
    } else {
        for (size_t i = 0; i < tasks->subject_count * KINDS; i++)
            g.of_key[i] = NTM_I_NO_TASK;
        gather_rows(&g);
        if (ntm_i_tasking_goes_on(t) && !put_in_order(&g)) t->cells.no_memory = true;
    }
    ntm_i_array_end(&g.tasks);
    ntm_i_release(&arena->allocator, g.of_key, tasks->subject_count, KINDS * sizeof *g.of_key);
    ntm_i_release(&arena->allocator, g.first, tasks->rows + 1, sizeof *g.first);
}
