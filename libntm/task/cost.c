/* SPDX-License-Identifier: Apache-2.0 */
/* Quantities of work to costs, twice: what it comes to at the least and at the most. */
#include <string.h>

#include "base/text.h"
#include "column/bits.h"
#include "need/need.h"
#include "number/decimal.h"
#include "number/wide.h"
#include "task/caps.h"
#include "task/task.h"

enum { UNIT, WORK, WORK_UNIT, CLASS, PROGRAMME, COMPONENT, QUANTITY, FIELDS };
enum { LEAST, MOST, ENDS };

/* Tasks of works with norms, as a table of quantities for each end. What nobody can tell stands in it as 0, so that the rest can
   be reckoned, and is open again afterwards. */
typedef struct costing {
    ntm_i_tasking *t;
    uint32_t *tasks; /* by row of the quantities */
    size_t count;
    int32_t *codes[FIELDS];
    ntm_i_wide *quantities[ENDS]; /* × 10^18 */
    uint8_t *told[ENDS];
    bool same; /* at both ends */
    ntm_needs *needs[ENDS];
    uint8_t *unsure[ENDS];                             /* by need: who pays it cannot be told */
    const ntm_field *source, *doer, *kind, *kind_unit; /* of the needs */
    int32_t money;                                     /* the text for it */
    int32_t *texts;                                    /* by text of the needs: that of the pool, from 1 */
    size_t text_count;
} costing;

/* ------------------------------------------------------------------------------------------- candidates */

/* Why there is no cost, as far as it can be told without norms. */
static ntm_task_cost reason(const ntm_i_tasking *t, const ntm_i_task *task) {
    const ntm_tasks *tasks = t->tasks;
    const ntm_i_task_subject *subject = &tasks->subjects[task->subject];
    const ntm_i_duty *duty = subject->duty == NTM_I_NO_DUTY ? NULL : &tasks->duties[subject->duty];
    size_t first;
    if (!ntm_i_task_is_work(subject)) return NTM_TASK_NOT_WORK;
    if (duty == NULL) return NTM_TASK_NO_DUTY;
    if (duty->work == NULL) return NTM_TASK_NO_WORK;
    if (t->options->norms == NULL || ntm_i_norms_of(&first, t->options->norms, duty->work) == 0)
        return task->kind == NTM_GAP_UNTOLD ? NTM_TASK_UNTOLD : NTM_TASK_NO_NORM;
    return NTM_TASK_COST_KNOWN;
}

/* A fraction × 10^18; false where it has none or is no decimal. */
static bool decimal(ntm_i_wide *out, ntm_fraction value) {
    ntm_decimal exact;
    if (value.denominator == 0 ||
        !ntm_i_rational_to_decimal(&exact, (ntm_i_rational){value.numerator, value.denominator}))
        return false;
    *out = (ntm_i_wide)exact.coefficient * (ntm_i_wide)ntm_i_power_of_ten((unsigned)(NTM_SCALE_MAX - exact.scale));
    return true;
}

static bool take_room(costing *c, size_t most) {
    const ntm_allocator *allocator = &c->t->tasks->arena.allocator;
    c->tasks = ntm_i_allocate(allocator, most, sizeof *c->tasks);
    bool good = c->tasks != NULL;
    for (size_t i = UNIT; i < QUANTITY; i++) {
        c->codes[i] = ntm_i_allocate(allocator, most, sizeof *c->codes[i]);
        good = good && c->codes[i] != NULL;
    }
    for (size_t end = 0; end < ENDS; end++) {
        c->quantities[end] = ntm_i_allocate(allocator, most, sizeof *c->quantities[end]);
        c->told[end] = ntm_i_allocate(allocator, (most + 7) / 8, 1);
        good = good && c->quantities[end] != NULL && c->told[end] != NULL;
    }
    return good;
}

static void give_room(costing *c, size_t most) {
    const ntm_allocator *allocator = &c->t->tasks->arena.allocator;
    ntm_i_release(allocator, c->tasks, most, sizeof *c->tasks);
    ntm_i_release(allocator, c->texts, c->text_count, sizeof *c->texts);
    for (size_t i = UNIT; i < QUANTITY; i++)
        ntm_i_release(allocator, c->codes[i], most, sizeof *c->codes[i]);
    for (size_t end = 0; end < ENDS; end++) {
        ntm_i_release(allocator, c->quantities[end], most, sizeof *c->quantities[end]);
        ntm_i_release(allocator, c->told[end], (most + 7) / 8, 1);
        ntm_i_shared_caps_free(c->unsure[end], c->needs[end]);
        ntm_needs_free(c->needs[end]);
    }
}

static void add_candidate(costing *c, uint32_t index) {
    ntm_tasks *tasks = c->t->tasks;
    const ntm_i_task *task = &tasks->tasks[index];
    const ntm_i_task_subject *subject = &tasks->subjects[task->subject];
    const ntm_i_duty *duty = &tasks->duties[subject->duty];
    size_t at = c->count++;
    c->tasks[at] = index;
    c->codes[UNIT][at] = tasks->units[task->row];
    c->codes[WORK][at] = duty->work_code;
    c->codes[WORK_UNIT][at] = subject->work_unit;
    c->codes[CLASS][at] = duty->class_code;
    c->codes[PROGRAMME][at] = duty->programme;
    c->codes[COMPONENT][at] = duty->component;
    bool least = decimal(&c->quantities[LEAST][at], task->quantity.least);
    bool most = decimal(&c->quantities[MOST][at], task->quantity.most);
    ntm_i_set_bit(c->told[LEAST], at, least);
    ntm_i_set_bit(c->told[MOST], at, most);
    c->same = c->same && least == most && c->quantities[LEAST][at] == c->quantities[MOST][at];
}

static void find_candidates(costing *c) {
    ntm_tasks *tasks = c->t->tasks;
    c->same = true;
    for (size_t i = 0; i < tasks->task_count && !c->t->cells.no_memory; i++) {
        tasks->tasks[i].cost = reason(c->t, &tasks->tasks[i]);
        if (tasks->tasks[i].cost == NTM_TASK_COST_KNOWN) add_candidate(c, (uint32_t)i);
    }
}

/* ------------------------------------------------------------------------------------------- needs */

/* A problem of quantities is one of a unit and its duty; others are of the caller's own tables. */
static void hand_on(costing *c, const ntm_error *problem) {
    ntm_tasks *tasks = c->t->tasks;
    ntm_i_cells *cells = &c->t->cells;
    if (strncmp(problem->subject, "division", 8) == 0 || problem->row >= c->count) {
        ntm_i_problems_add(cells->problems, problem);
        if (cells->problem_count++ == 0) cells->first = *problem;
        return;
    }
    const ntm_i_task *task = &tasks->tasks[c->tasks[problem->row]];
    const ntm_i_duty *duty = &tasks->duties[tasks->subjects[task->subject].duty];
    const char *unit = ntm_i_task_text(tasks, tasks->units[task->row]);
    ntm_i_cells_complain(cells, problem->status, problem->subject, task->row,
                         "the work \"%.*s\" of unit %.*s by the duty in row %lu: %s",
                         ntm_i_shown(duty->work, strlen(duty->work)), duty->work, ntm_i_shown(unit, strlen(unit)), unit,
                         (unsigned long)duty->row, problem->message);
}

static void reckon(costing *c, size_t end) {
    static const char *const names[FIELDS] = {"unit",      "work",      "work_unit", "class",
                                              "programme", "component", "quantity"};
    ntm_tasks *tasks = c->t->tasks;
    const ntm_tasks_options *from = c->t->options;
    ntm_error err = NTM_ERROR_INIT;
    ntm_field fields[FIELDS];
    for (size_t i = UNIT; i < QUANTITY; i++)
        fields[i] = (ntm_field){names[i], ntm_i_shown_codes(c->codes[i], c->count, &tasks->pool)};
    fields[QUANTITY] = (ntm_field){names[QUANTITY], NTM_COLUMN_INIT};
    ntm_column *quantity = &fields[QUANTITY].column;
    quantity->type = NTM_TYPE_DECIMAL128;
    quantity->scale = NTM_SCALE_MAX;
    quantity->data = c->quantities[end];
    quantity->stride_bytes = sizeof(ntm_i_wide);
    quantity->length = c->count;
    const ntm_table table = {sizeof table, c->count, fields, FIELDS};
    ntm_needs_options options = NTM_NEEDS_OPTIONS_INIT;
    options.rounding = from->rounding;
    options.kind_scale = from->kind_scale;
    options.open_without_norm = true;
    options.division = from->division;
    options.units = from->units;
    options.region_attribute = from->region_attribute;
    options.echelon = from->echelon;
    options.date = from->on;
    options.allocator = &tasks->arena.allocator;
    ntm_status status = ntm_problems_new(&options.problems, 0, options.allocator, &err);
    if (status == NTM_OK) status = ntm_needs_new(&c->needs[end], from->norms, &table, &options, &err);
    if (status == NTM_ERROR_MEMORY) {
        c->t->cells.no_memory = true;
    } else if (status != NTM_OK && ntm_problems_count(options.problems) == 0) {
        hand_on(c, &err);
    } else if (status != NTM_OK) {
        for (size_t i = 0; i < ntm_problems_count(options.problems); i++)
            hand_on(c, ntm_problems_get(options.problems, i));
    }
    ntm_problems_free(options.problems);
    if (c->needs[end] == NULL) return;
    c->unsure[end] = ntm_i_shared_caps(c->needs[end], c->told[end]);
    if (c->unsure[end] == NULL) c->t->cells.no_memory = true;
}

/* ------------------------------------------------------------------------------------------- lines */

/* The text of a cell of the needs, which is found once: codes of theirs become codes of the pool. */
static int32_t taken(costing *c, const ntm_field *field, size_t line) {
    int32_t theirs = ((const int32_t *)field->column.data)[line];
    if (theirs < 0) return -1;
    if (c->texts[theirs] == 0) c->texts[theirs] = ntm_i_task_code(c->t, field->column.categories[theirs]) + 1;
    return c->texts[theirs] - 1;
}

static void add_line(ntm_i_tasking *t, const ntm_i_cost *line) {
    if (t->tasks->costs.count >= NTM_I_TASKS_MAX)
        ntm_i_cells_complain(&t->cells, NTM_ERROR_LIMIT, "codes", t->tasks->tasks[line->task].row,
                             "more than 2^24 lines of costs");
    else if (!ntm_i_array_append(&t->tasks->costs, line, 1))
        t->cells.no_memory = true;
}

/* The line of work whose cost in money nobody knows. */
static void add_open(costing *c, uint32_t index) {
    ntm_tasks *tasks = c->t->tasks;
    const ntm_i_task_subject *subject = &tasks->subjects[tasks->tasks[index].subject];
    const ntm_i_cost line = {.task = index,
                             .source = -1,
                             .doer = subject->duty == NTM_I_NO_DUTY ? -1 : tasks->duties[subject->duty].doer,
                             .resource = c->money,
                             .resource_unit = -1,
                             .money = true,
                             .norm = NTM_NO_ROW,
                             .rule = NTM_NO_ROW};
    add_line(c->t, &line);
}

static bool no_decimal(ntm_fraction value) {
    ntm_i_wide unused;
    return value.denominator != 0 && !decimal(&unused, value);
}

/* Why the bounds of a money need are not known. */
static ntm_task_cost why_open(const ntm_i_task *task, const ntm_need *need) {
    if (need->open == NTM_NEED_NOT_TOLD && task->kind != NTM_GAP_UNTOLD) return NTM_TASK_NORM_NOT_TOLD;
    if (need->open == NTM_NEED_NO_NORM && task->kind != NTM_GAP_UNTOLD) return NTM_TASK_NO_NORM;
    if (task->least_known && task->most_known) return NTM_TASK_COST_KNOWN;
    if (task->untold != NTM_TOLD) return NTM_TASK_UNTOLD;
    return no_decimal(task->quantity.least) || no_decimal(task->quantity.most) ? NTM_TASK_NO_DECIMAL
                                                                               : NTM_TASK_NO_BOUND;
}

/* One line of needs; whether it is of money. A need has norms at both ends or at none. */
static bool take_line(costing *c, size_t line, const ntm_need *least, const ntm_need *most) {
    ntm_i_tasking *t = c->t;
    ntm_tasks *tasks = t->tasks;
    uint32_t index = c->tasks[least->row], job = c->needs[LEAST]->lines[line].job;
    ntm_i_task *task = &tasks->tasks[index];
    bool normed = least->open == NTM_NEED_KNOWN;
    bool least_known = normed && ntm_i_bit(c->told[LEAST], least->row);
    bool most_known = normed && ntm_i_bit(c->told[MOST], least->row);
    ntm_i_cost cost = {.task = index,
                       .source = taken(c, c->source, line),
                       .doer = taken(c, c->doer, line),
                       .resource = taken(c, c->kind, line),
                       .resource_unit = taken(c, c->kind_unit, line),
                       .least_known = least_known && !ntm_i_bit(c->unsure[LEAST], job),
                       .most_known = most_known && !ntm_i_bit(c->unsure[c->same ? LEAST : MOST], job),
                       .least = least->amount,
                       .most = most->amount,
                       .norm = least->norm,
                       .rule = least->rule};
    cost.money = cost.resource < 0;
    if (cost.money) {
        cost.resource = c->money;
        task->least_known = least_known;
        task->most_known = most_known;
        task->least = least->whole; /* 0 where it is not known */
        task->most = most->whole;
        task->cost = why_open(task, least);
    }
    if (cost.doer < 0) cost.doer = tasks->duties[tasks->subjects[task->subject].duty].doer;
    add_line(t, &cost);
    return cost.money;
}

/* The lines of a task, which are those of one row of quantities; gives the line behind them. */
static size_t take_lines(costing *c, size_t row, size_t line) {
    const ntm_needs *least = c->needs[LEAST], *most = c->same ? least : c->needs[MOST];
    bool money = false;
    for (; line < ntm_needs_count(least) && ntm_i_tasking_goes_on(c->t); line++) {
        ntm_need first, second;
        if (ntm_needs_get(&first, least, line, NULL) != NTM_OK || ntm_needs_get(&second, most, line, NULL) != NTM_OK ||
            first.row != row)
            break;
        if (take_line(c, line, &first, &second)) money = true;
    }
    if (money) return line;
    ntm_i_task *task = &c->t->tasks->tasks[c->tasks[row]]; /* norms in kind alone */
    task->cost = task->kind == NTM_GAP_UNTOLD ? NTM_TASK_UNTOLD : NTM_TASK_NO_NORM;
    add_open(c, c->tasks[row]);
    return line;
}

static void take_all(costing *c) {
    ntm_tasks *tasks = c->t->tasks;
    const ntm_table *table = ntm_needs_table(c->needs[LEAST]);
    size_t row = 0, line = 0;
    c->money = ntm_i_task_code(c->t, NTM_RESOURCE_MONEY);
    c->source = table == NULL ? NULL : ntm_table_find(table, "source");
    c->doer = table == NULL ? NULL : ntm_table_find(table, "doer");
    c->kind = table == NULL ? NULL : ntm_table_find(table, "kind");
    c->kind_unit = table == NULL ? NULL : ntm_table_find(table, "quantity_unit");
    c->text_count = table == NULL ? 0 : c->source->column.category_count; /* all columns of needs have one pool */
    c->texts = ntm_i_allocate(&tasks->arena.allocator, c->text_count, sizeof *c->texts);
    if (c->texts == NULL) c->t->cells.no_memory = true;
    for (size_t i = 0; i < tasks->task_count && ntm_i_tasking_goes_on(c->t); i++) {
        if (row < c->count && c->tasks[row] == i)
            line = take_lines(c, row++, line);
        else if (tasks->tasks[i].cost != NTM_TASK_NOT_WORK)
            add_open(c, (uint32_t)i);
    }
}

void ntm_i_tasks_cost(ntm_i_tasking *t) {
    costing c = {.t = t};
    size_t most = t->tasks->task_count;
    if (take_room(&c, most))
        find_candidates(&c);
    else
        t->cells.no_memory = true;
    if (c.count > 0 && ntm_i_tasking_goes_on(t)) reckon(&c, LEAST);
    if (c.count > 0 && !c.same && ntm_i_tasking_goes_on(t)) reckon(&c, MOST);
    if (ntm_i_tasking_goes_on(t)) take_all(&c);
    give_room(&c, most);
}
