/* SPDX-License-Identifier: Apache-2.0 */
/* What costs come to less what was allotted, by unit and source, and by what else both sides tell. */
#include <string.h>

#include "base/checked.h"
#include "base/sort.h"
#include "base/text.h"
#include "column/bits.h"
#include "column/cell_numbers.h"
#include "task/task.h"

enum { UNIT, SOURCE, PROGRAMME, COMPONENT, WORK, KEYS };
enum { NEED_LEAST, NEED_MOST, ALLOTTED, REMAINING_LEAST, REMAINING_MOST, SURPLUS_LEAST, SURPLUS_MOST, NUMBERS };

static const ntm_i_cells_column columns[KEYS] = {{"unit", true, NTM_I_CELLS_TEXT},
                                                 {"source", false, NTM_I_CELLS_TEXT},
                                                 {"programme", false, NTM_I_CELLS_TEXT},
                                                 {"component", false, NTM_I_CELLS_TEXT},
                                                 {"work", false, NTM_I_CELLS_TEXT}};

/* A line of costs, or an allotment. */
typedef struct item {
    int32_t keys[KEYS]; /* those that do not count are -1 */
    bool allotted, least_known, most_known;
    int64_t least, most;
    uint32_t row; /* of the allotments */
} item;

typedef struct remaining {
    ntm_i_tasking *t;
    const ntm_field *found[KEYS];
    bool counts[KEYS];
    ntm_i_array items; /* of item */
    uint32_t *order;
    size_t groups;
    int32_t *codes[KEYS]; /* of the groups */
    int64_t *numbers[NUMBERS];
    uint8_t *known[NUMBERS];
    int64_t *open, *allotted_open;
} remaining;

/* ------------------------------------------------------------------------------------------- both sides */

static bool find_columns(remaining *r, const ntm_field **amount) {
    ntm_i_cells *cells = &r->t->cells;
    const ntm_table *table = r->t->options->allotted;
    const ntm_field *found[KEYS + 1];
    bool good = ntm_i_cells_find(found, cells, table, columns, KEYS, "a table of what was allotted");
    *amount = found[KEYS] = ntm_table_find(table, "amount");
    if (*amount == NULL)
        ntm_i_cells_complain(cells, NTM_ERROR_SHAPE, "amount", SIZE_MAX,
                             "a table of what was allotted needs this column");
    r->counts[UNIT] = true;
    r->counts[SOURCE] = r->t->options->division != NULL;
    r->counts[PROGRAMME] = found[PROGRAMME] != NULL && r->t->has_programme;
    r->counts[COMPONENT] = found[COMPONENT] != NULL && r->t->has_component;
    r->counts[WORK] = found[WORK] != NULL;
    if (r->counts[SOURCE] && found[SOURCE] == NULL) {
        ntm_i_cells_complain(cells, NTM_ERROR_SHAPE, "source", SIZE_MAX, "with a division this column is needed");
        good = false;
    }
    good = ntm_i_cells_numbers(cells, *amount) && good;
    memcpy(r->found, found, sizeof r->found);
    return ntm_i_cells_only(cells, table, found, KEYS + 1, "what was allotted",
                            "unit, source, programme, component, work, amount") &&
           good && *amount != NULL;
}

static void read_allotment(remaining *r, const ntm_field *amount, size_t row) {
    ntm_i_tasking *t = r->t;
    ntm_i_cells *cells = &t->cells;
    item it = {.allotted = true, .row = (uint32_t)row};
    for (size_t i = 0; i < KEYS; i++) {
        const char *text = NULL;
        size_t size = 0, told = cells->problem_count;
        it.keys[i] = -1;
        if (!r->counts[i]) continue;
        bool there = ntm_i_cell_text(cells, &text, &size, r->found[i], row);
        if (there && !ntm_i_csv_codes_find(&t->tasks->pool, &it.keys[i], text, size)) cells->no_memory = true;
        if (!there && told == cells->problem_count && (i == UNIT || i == SOURCE || i == WORK))
            ntm_i_cells_complain(cells, NTM_ERROR_VALUE, columns[i].name, row, "an allotment needs this cell");
        /* The units of the rows are the first texts of the pool. */
        if (there && i == UNIT && (size_t)it.keys[i] >= t->tasks->rows)
            ntm_i_cells_complain(cells, NTM_ERROR_NOT_FOUND, "unit", row, "no row of the gaps is of unit \"%.*s\"",
                                 ntm_i_shown(text, size), text);
    }
    it.least_known = it.most_known = ntm_i_cell_money(cells, &it.least, amount, row);
    it.most = it.least;
    if (!ntm_i_array_append(&r->items, &it, 1)) cells->no_memory = true;
}

static void add_cost(remaining *r, const ntm_i_cost *cost) {
    const ntm_tasks *tasks = r->t->tasks;
    const ntm_i_task *task = &tasks->tasks[cost->task];
    const ntm_i_task_subject *subject = &tasks->subjects[task->subject];
    const ntm_i_duty *duty = subject->duty == NTM_I_NO_DUTY ? NULL : &tasks->duties[subject->duty];
    if (!cost->money) return;
    item it = {
        .least_known = cost->least_known, .most_known = cost->most_known, .least = cost->least, .most = cost->most};
    it.keys[UNIT] = tasks->units[task->row];
    it.keys[SOURCE] = cost->source;
    it.keys[PROGRAMME] = duty == NULL ? -1 : duty->programme;
    it.keys[COMPONENT] = duty == NULL ? -1 : duty->component;
    it.keys[WORK] = duty == NULL ? -1 : duty->work_code;
    for (size_t i = 0; i < KEYS; i++)
        if (!r->counts[i]) it.keys[i] = -1;
    if (!ntm_i_array_append(&r->items, &it, 1)) r->t->cells.no_memory = true;
}

/* ------------------------------------------------------------------------------------------- groups */

static int by_keys(const void *context, uint32_t a, uint32_t b) {
    const remaining *r = context;
    const item *first = (const item *)r->items.items + a, *second = (const item *)r->items.items + b;
    for (size_t i = 0; i < KEYS; i++) {
        int32_t x = first->keys[i], y = second->keys[i];
        if (x == y) continue;
        if (x < 0 || y < 0) return x < 0 ? -1 : 1;
        return strcmp(ntm_i_task_text(r->t->tasks, x), ntm_i_task_text(r->t->tasks, y));
    }
    return 0;
}

/* A group being added up. */
typedef struct group {
    ntm_i_wide least, most, allotted;
    size_t lines, least_known, open, allotted_open;
} group;

static void put(remaining *r, size_t number, size_t at, bool known, ntm_i_wide value) {
    if (!known) return;
    r->numbers[number][at] = (int64_t)value;
    ntm_i_set_bit(r->known[number], at, true);
}

static ntm_i_wide above_zero(ntm_i_wide value) { return value > 0 ? value : 0; }

static void close_group(remaining *r, size_t at, const group *g, const item *of) {
    const char *unit = ntm_i_task_text(r->t->tasks, of->keys[UNIT]);
    if (g->least > INT64_MAX || g->most > INT64_MAX || g->allotted > INT64_MAX) {
        ntm_i_cells_complain(&r->t->cells, NTM_ERROR_OVERFLOW, "amount", of->allotted ? of->row : SIZE_MAX,
                             "what unit %.*s needs or was allotted does not fit 64 bits",
                             ntm_i_shown(unit, strlen(unit)), unit);
        return;
    }
    /* Without lines nothing is needed; with lines that are all open nobody can tell. */
    bool least = g->lines == 0 || g->least_known > 0, most = g->open == 0, allotted = g->allotted_open == 0;
    for (size_t i = 0; i < KEYS; i++)
        r->codes[i][at] = of->keys[i];
    put(r, NEED_LEAST, at, least, g->least);
    put(r, NEED_MOST, at, most, g->most);
    put(r, ALLOTTED, at, allotted, g->allotted);
    put(r, REMAINING_LEAST, at, least && allotted, above_zero(g->least - g->allotted));
    put(r, REMAINING_MOST, at, most && allotted, above_zero(g->most - g->allotted));
    put(r, SURPLUS_LEAST, at, most && allotted, above_zero(g->allotted - g->most));
    put(r, SURPLUS_MOST, at, least && allotted, above_zero(g->allotted - g->least));
    r->open[at] = (int64_t)g->open;
    r->allotted_open[at] = (int64_t)g->allotted_open;
}

static void add_item(group *g, const item *it) {
    if (it->allotted) {
        g->allotted += it->least;
        g->allotted_open += !it->least_known;
        return;
    }
    g->lines++;
    g->least_known += it->least_known;
    g->open += !it->most_known;
    g->least += it->least_known ? it->least : 0;
    g->most += it->most_known ? it->most : 0;
}

static bool take_room(remaining *r) {
    ntm_i_arena *arena = &r->t->tasks->arena;
    bool good = true;
    for (size_t i = 0; i < KEYS; i++) {
        r->codes[i] = ntm_i_arena_take(arena, r->groups, sizeof *r->codes[i]);
        good = good && r->codes[i] != NULL;
    }
    for (size_t i = 0; i < NUMBERS; i++) {
        r->numbers[i] = ntm_i_arena_take(arena, r->groups, sizeof *r->numbers[i]);
        r->known[i] = ntm_i_arena_take(arena, (r->groups + 7) / 8, 1);
        good = good && r->numbers[i] != NULL && r->known[i] != NULL;
    }
    r->open = ntm_i_arena_take(arena, r->groups, sizeof *r->open);
    r->allotted_open = ntm_i_arena_take(arena, r->groups, sizeof *r->allotted_open);
    return good && r->open != NULL && r->allotted_open != NULL;
}

static void add_up(remaining *r) {
    const item *items = r->items.items;
    size_t count = r->items.count;
    for (uint32_t i = 0; i < count; i++)
        r->order[i] = i;
    ntm_i_sort(r->order, r->order + count, count, by_keys, r);
    for (size_t i = 0; i < count; i++)
        r->groups += i == 0 || by_keys(r, r->order[i - 1], r->order[i]) != 0;
    if (!take_room(r)) {
        r->t->cells.no_memory = true;
        return;
    }
    for (size_t first = 0, end = 0, at = 0; first < count; first = end, at++) {
        group g = {.lines = 0};
        for (; end < count && by_keys(r, r->order[first], r->order[end]) == 0; end++)
            add_item(&g, &items[r->order[end]]);
        close_group(r, at, &g, &items[r->order[first]]);
    }
}

/* ------------------------------------------------------------------------------------------- the table */

static bool show(remaining *r) {
    static const char *const names[NUMBERS] = {"need_least",     "need_most",     "allotted",    "remaining_least",
                                               "remaining_most", "surplus_least", "surplus_most"};
    ntm_tasks *tasks = r->t->tasks;
    size_t at = 0;
    ntm_field *fields = ntm_i_arena_take(&tasks->arena, KEYS + NUMBERS + 2, sizeof *fields);
    if (fields == NULL) return false;
    for (size_t i = 0; i < KEYS; i++) {
        if (!r->counts[i]) continue;
        fields[at].name = columns[i].name;
        if (!ntm_i_task_texts(&fields[at++].column, &tasks->arena, &tasks->pool, r->codes[i], r->groups)) return false;
    }
    for (size_t i = 0; i < NUMBERS; i++) {
        fields[at++] = (ntm_field){names[i], ntm_i_task_numbers(r->numbers[i], r->known[i], r->groups, 0)};
        if (i == NEED_MOST) fields[at++] = (ntm_field){"open", ntm_column_int64(r->open, r->groups)};
        if (i == ALLOTTED) fields[at++] = (ntm_field){"allotted_open", ntm_column_int64(r->allotted_open, r->groups)};
    }
    tasks->remaining_table = (ntm_table){sizeof(ntm_table), r->groups, fields, at};
    tasks->has_remaining = true;
    return true;
}

void ntm_i_tasks_remain(ntm_i_tasking *t) {
    const ntm_table *allotted = t->options->allotted;
    const ntm_allocator *allocator = &t->tasks->arena.allocator;
    const ntm_field *amount = NULL;
    remaining r = {.t = t};
    if (allotted == NULL) return;
    ntm_i_array_start(&r.items, allocator, sizeof(item));
    t->cells.table = "allotted";
    if (find_columns(&r, &amount))
        for (size_t row = 0; row < allotted->rows && !t->cells.no_memory; row++)
            read_allotment(&r, amount, row);
    for (size_t i = 0; i < t->tasks->costs.count && ntm_i_tasking_goes_on(t); i++)
        add_cost(&r, ntm_i_cost_at(t->tasks, i));
    size_t count = r.items.count;
    r.order = ntm_i_tasking_goes_on(t) ? ntm_i_allocate(allocator, count, 2 * sizeof *r.order) : NULL;
    if (r.order != NULL)
        add_up(&r);
    else if (ntm_i_tasking_goes_on(t))
        t->cells.no_memory = true;
    if (ntm_i_tasking_goes_on(t) && !show(&r)) t->cells.no_memory = true;
    ntm_i_release(allocator, r.order, count, 2 * sizeof *r.order);
    ntm_i_array_end(&r.items);
    t->cells.table = NULL;
}
