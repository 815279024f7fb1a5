/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of tasks, and of their costs by source, by columns of their tables. */
#include <stdio.h>
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "column/bits.h"
#include "task/task.h"

enum { KEYS_MOST = 40, SUMS = 3 };

struct ntm_task_sums {
    ntm_i_arena arena;
    ntm_i_csv_codes pool;
    ntm_table table;
    ntm_field fields[KEYS_MOST + 2 * SUMS + 4];
};

/* A column that is grouped by. */
typedef struct key {
    const char *name;
    const ntm_column *column;
    bool of_tasks; /* in sums of sources: found by the line's task */
} key;

/* What one item adds. */
typedef struct value {
    bool counts; /* what is not known of it is open */
    bool least_known, most_known;
    ntm_i_rational least, most;
} value;

typedef struct group {
    int64_t tasks, units, not_work, open;
    size_t least_known, most_known;
    ntm_i_rational least, known;
    bool money; /* of sources */
} group;

typedef struct adding {
    const ntm_tasks *tasks;
    ntm_task_sums *sums;
    ntm_task_sum what;
    key keys[KEYS_MOST];
    size_t key_count, count;
    uint32_t *order; /* items, with as many to spare */
    uint32_t *first; /* by group: its first item in the order, with one more */
    group *groups;
    size_t group_count;
} adding;

/* ------------------------------------------------------------------------------------------- keys */

static bool is_number(const char *name) {
    static const char *const numbers[] = {"amount_least", "amount_most", "quantity_least", "quantity_most"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(numbers[i], name) == 0) return true;
    return false;
}

static bool usable(const ntm_field *field) {
    return field != NULL && !is_number(field->name) &&
           (field->column.categories != NULL || strcmp(field->name, "deadline") == 0);
}

static bool find_key(key *out, const adding *a, const char *name) {
    const ntm_field *field = a->what == NTM_SUM_SOURCES ? ntm_table_find(&a->tasks->cost_table, name) : NULL;
    bool of_tasks = !usable(field);
    if (of_tasks) field = ntm_table_find(&a->tasks->table, name);
    if (!usable(field)) return false;
    *out = (key){field->name, &field->column, of_tasks};
    return true;
}

static bool has_key(const adding *a, const char *name) {
    for (size_t i = 0; i < a->key_count; i++)
        if (strcmp(a->keys[i].name, name) == 0) return true;
    return false;
}

static ntm_status find_keys(adding *a, const char *const *by, size_t by_count, ntm_error *err) {
    static const char *const always[][2] = {[NTM_SUM_AMOUNTS] = {"kind", "measure"},
                                            [NTM_SUM_WORKS] = {"work", "work_unit"},
                                            [NTM_SUM_SOURCES] = {"resource", "resource_unit"}};
    if (by_count > KEYS_MOST - 2) return ntm_i_wrong_call(err, "more columns than there are");
    for (size_t i = 0; i < by_count; i++) {
        if (by[i] == NULL) return ntm_i_wrong_call(err, "a column's name is NULL");
        if (has_key(a, by[i]))
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(by[i]), "the column is named twice");
        if (!find_key(&a->keys[a->key_count], a, by[i]))
            return ntm_i_fail(
                err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(by[i]),
                "no such column to add up by: expected unit, province, district or commune (with a registry), "
                "criterion, indicator, precondition, fact, input, kind, closing, measure, department, doer, "
                "deadline, work, work_unit, programme, component, cost%s",
                a->what == NTM_SUM_SOURCES ? ", source, resource" : "");
        a->key_count++;
    }
    for (size_t i = 0; i < 2 && a->what != NTM_SUM_COSTS; i++)
        if (!has_key(a, always[a->what][i])) (void)find_key(&a->keys[a->key_count++], a, always[a->what][i]);
    return NTM_OK;
}

static size_t task_of(const adding *a, uint32_t item) {
    return a->what == NTM_SUM_SOURCES ? ntm_i_cost_at(a->tasks, item)->task : item;
}

/* The code or day of an item; false when there is none. */
static bool cell(int32_t *out, const adding *a, const key *k, uint32_t item) {
    size_t row = k->of_tasks ? task_of(a, item) : item;
    *out = ((const int32_t *)k->column->data)[row];
    if (k->column->categories != NULL) return *out >= 0;
    return ntm_i_bit(k->column->validity, row);
}

static int by_keys(const void *context, uint32_t first, uint32_t second) {
    const adding *a = context;
    for (size_t i = 0; i < a->key_count; i++) {
        const key *k = &a->keys[i];
        int32_t x, y;
        bool has_x = cell(&x, a, k, first), has_y = cell(&y, a, k, second);
        if (has_x != has_y) return has_y ? -1 : 1;
        if (!has_x || x == y) continue;
        if (k->column->categories == NULL) return x < y ? -1 : 1;
        return strcmp(k->column->categories[x], k->column->categories[y]);
    }
    return 0;
}

/* ------------------------------------------------------------------------------------------- adding */

static void take_range(value *v, ntm_range from) {
    v->least_known = from.least.denominator != 0;
    v->most_known = from.most.denominator != 0;
    v->least = (ntm_i_rational){from.least.numerator, from.least.denominator};
    v->most = (ntm_i_rational){from.most.numerator, from.most.denominator};
}

static void take_money(value *v, bool least_known, int64_t least, bool most_known, int64_t most) {
    v->least_known = least_known;
    v->most_known = most_known;
    v->least = ntm_i_rational_int(least);
    v->most = ntm_i_rational_int(most);
}

/* Whether amounts in a measure add up: rates and shares do not. */
static bool adds_up(const adding *a, const ntm_i_task *task) {
    const char *measure = ntm_i_task_text(a->tasks, a->tasks->subjects[task->subject].measure);
    return measure == NULL || strpbrk(measure, "/%") == NULL;
}

static value value_of(const adding *a, uint32_t item) {
    const ntm_i_task *task = &a->tasks->tasks[task_of(a, item)];
    value v = {.counts = task->cost != NTM_TASK_NOT_WORK};
    if (a->what == NTM_SUM_AMOUNTS) v.counts = adds_up(a, task);
    if (a->what == NTM_SUM_AMOUNTS) {
        if (v.counts) take_range(&v, task->amount);
    } else if (a->what == NTM_SUM_WORKS) {
        take_range(&v, task->quantity);
    } else if (a->what == NTM_SUM_COSTS) {
        take_money(&v, task->least_known, task->least, task->most_known, task->most);
    } else {
        const ntm_i_cost *cost = ntm_i_cost_at(a->tasks, item);
        take_money(&v, cost->least_known, cost->least, cost->most_known, cost->most);
    }
    return v;
}

/* The group in words, for an error. */
static ntm_status too_large(const adding *a, uint32_t item, ntm_error *err) {
    char text[200] = "";
    size_t used = 0;
    for (size_t i = 0; i < a->key_count && used < sizeof text; i++) {
        int32_t code;
        const key *k = &a->keys[i];
        if (!cell(&code, a, k, item) || k->column->categories == NULL) continue;
        const char *is = k->column->categories[code];
        int wrote = snprintf(text + used, sizeof text - used, "%s%s=%.*s", used == 0 ? "" : ", ", k->name,
                             ntm_i_shown(is, strlen(is)), is);
        used += wrote < 0 ? 0 : (size_t)wrote;
    }
    return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT("sum"), "a sum does not fit: %s",
                      text[0] == '\0' ? "all together" : text);
}

static bool add_item(const adding *a, group *g, uint32_t item) {
    value v = value_of(a, item);
    bool good = true;
    if (v.least_known) good = ntm_i_rational_add(&g->least, g->least, v.least);
    if (v.most_known) good = ntm_i_rational_add(&g->known, g->known, v.most) && good;
    g->least_known += v.least_known;
    g->most_known += v.most_known;
    g->open += v.counts && !v.most_known;
    return good;
}

/* Sums of đồng, and of things in kind, have to fit 64 bits. */
static bool fits(const adding *a, const group *g) {
    bool exact = a->what == NTM_SUM_AMOUNTS || a->what == NTM_SUM_WORKS;
    return exact || (g->least.numerator <= INT64_MAX && g->known.numerator <= INT64_MAX);
}

/* Items of one task, and tasks of one row, stand together in each group: sorting is stable. */
static ntm_status add_group(const adding *a, size_t at, ntm_error *err) {
    group *g = &a->groups[at];
    size_t last = SIZE_MAX;
    g->least = g->known = ntm_i_rational_int(0);
    for (size_t i = a->first[at]; i < a->first[at + 1]; i++) {
        uint32_t item = a->order[i];
        size_t index = task_of(a, item);
        const ntm_i_task *task = &a->tasks->tasks[index];
        if (!add_item(a, g, item)) return too_large(a, item, err);
        g->money = a->what != NTM_SUM_SOURCES || ntm_i_cost_at(a->tasks, item)->money;
        if (index == last) continue;
        g->tasks++;
        g->units += last == SIZE_MAX || a->tasks->tasks[last].row != task->row;
        g->not_work += task->cost == NTM_TASK_NOT_WORK;
        last = index;
    }
    return fits(a, g) ? NTM_OK : too_large(a, a->order[a->first[at]], err);
}

static ntm_status add_up(adding *a, ntm_error *err) {
    for (uint32_t i = 0; i < a->count; i++)
        a->order[i] = i;
    ntm_i_sort(a->order, a->order + a->count, a->count, by_keys, a);
    for (size_t i = 0; i < a->count; i++)
        a->group_count += i == 0 || by_keys(a, a->order[i - 1], a->order[i]) != 0;
    a->groups = ntm_i_arena_take(&a->sums->arena, a->group_count, sizeof *a->groups);
    a->first = ntm_i_arena_take(&a->sums->arena, a->group_count + 1, sizeof *a->first);
    if (a->groups == NULL || a->first == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0, at = 0; i < a->count; i++)
        if (i == 0 || by_keys(a, a->order[i - 1], a->order[i]) != 0) a->first[at++] = (uint32_t)i;
    a->first[a->group_count] = (uint32_t)a->count;
    for (size_t at = 0; at < a->group_count; at++) {
        ntm_status status = add_group(a, at, err);
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- the table */

static ntm_field *next(ntm_task_sums *sums, const char *name) {
    ntm_field *field = &sums->fields[sums->table.field_count++];
    *field = (ntm_field){name, NTM_COLUMN_INIT};
    return field;
}

static bool show_key(const adding *a, const key *k, int32_t *codes) {
    ntm_task_sums *sums = a->sums;
    bool days = k->column->categories == NULL;
    ntm_date *made = days ? ntm_i_arena_take(&sums->arena, a->group_count, sizeof *made) : NULL;
    uint8_t *known = days ? ntm_i_arena_take(&sums->arena, (a->group_count + 7) / 8, 1) : NULL;
    if (days && (made == NULL || known == NULL)) return false;
    for (size_t at = 0; at < a->group_count; at++) {
        int32_t is;
        bool there = cell(&is, a, k, a->order[a->first[at]]);
        const char *text = there && !days ? k->column->categories[is] : "";
        codes[at] = -1;
        if (there && !days && !ntm_i_csv_codes_find(&sums->pool, &codes[at], text, strlen(text))) return false;
        if (!days) continue;
        made[at] = there ? is : 0;
        ntm_i_set_bit(known, at, there);
    }
    ntm_column *column = &next(sums, k->name)->column;
    if (!days) return ntm_i_task_texts(column, &sums->arena, &sums->pool, codes, a->group_count);
    column->type = NTM_TYPE_INT32;
    column->data = made;
    column->stride_bytes = sizeof *made;
    column->length = a->group_count;
    column->validity = known;
    return true;
}

/* One of the sums of a group: the least, the most when all are known, the most of those known. */
static bool sum_of(ntm_i_rational *out, const group *g, size_t which) {
    *out = which == 0 ? g->least : g->known;
    return which == 0 ? g->least_known > 0 : g->most_known > 0 && (which == 2 || g->open == 0);
}

static bool show_exact(const adding *a, const char *const *names, int32_t *codes) {
    for (size_t which = 0; which < SUMS; which++) {
        for (size_t at = 0; at < a->group_count; at++) {
            ntm_i_rational sum;
            codes[at] = -1;
            if (sum_of(&sum, &a->groups[at], which) && !ntm_i_task_exact(&codes[at], &a->sums->pool, sum)) return false;
        }
        ntm_column *column = &next(a->sums, names[which])->column;
        if (!ntm_i_task_texts(column, &a->sums->arena, &a->sums->pool, codes, a->group_count)) return false;
    }
    return true;
}

static bool show_numbers(const adding *a, const char *const *names, bool money) {
    ntm_i_arena *arena = &a->sums->arena;
    for (size_t which = 0; which < SUMS; which++) {
        int64_t *made = ntm_i_arena_take(arena, a->group_count, sizeof *made);
        uint8_t *known = ntm_i_arena_take(arena, (a->group_count + 7) / 8, 1);
        if (made == NULL || known == NULL) return false;
        for (size_t at = 0; at < a->group_count; at++) {
            ntm_i_rational sum;
            if (a->groups[at].money != money || !sum_of(&sum, &a->groups[at], which)) continue;
            made[at] = (int64_t)sum.numerator;
            ntm_i_set_bit(known, at, true);
        }
        next(a->sums, names[which])->column =
            ntm_i_task_numbers(made, known, a->group_count, money ? 0 : a->tasks->kind_scale);
    }
    return true;
}

static bool show_count(const adding *a, const char *name, size_t offset) {
    int64_t *made = ntm_i_arena_take(&a->sums->arena, a->group_count, sizeof *made);
    if (made == NULL) return false;
    for (size_t at = 0; at < a->group_count; at++)
        memcpy(&made[at], (const char *)&a->groups[at] + offset, sizeof *made);
    next(a->sums, name)->column = ntm_column_int64(made, a->group_count);
    return true;
}

static bool show(const adding *a, int32_t *codes) {
    static const char *const amounts[SUMS] = {"amount_least", "amount_most", "amount_known"};
    static const char *const quantities[SUMS] = {"quantity_least", "quantity_most", "quantity_known"};
    static const char *const costs[SUMS] = {"cost_least", "cost_most", "cost_known"};
    bool good = true;
    a->sums->table = (ntm_table){sizeof(ntm_table), a->group_count, a->sums->fields, 0};
    for (size_t i = 0; i < a->key_count && good; i++)
        good = show_key(a, &a->keys[i], codes);
    good = good && show_count(a, "tasks", offsetof(group, tasks)) && show_count(a, "units", offsetof(group, units)) &&
           show_count(a, "not_work", offsetof(group, not_work));
    if (a->what == NTM_SUM_AMOUNTS) good = good && show_exact(a, amounts, codes);
    if (a->what == NTM_SUM_WORKS) good = good && show_exact(a, quantities, codes);
    if (a->what == NTM_SUM_COSTS || a->what == NTM_SUM_SOURCES) good = good && show_numbers(a, costs, true);
    if (a->what == NTM_SUM_SOURCES) good = good && show_numbers(a, quantities, false);
    return good && show_count(a, "open", offsetof(group, open));
}

/* ------------------------------------------------------------------------------------------- the call */

void ntm_task_sums_free(ntm_task_sums *sums) {
    if (sums == NULL) return;
    ntm_i_arena arena = sums->arena;
    ntm_i_csv_codes_end(&sums->pool);
    ntm_i_release(&arena.allocator, sums, 1, sizeof *sums);
    ntm_i_arena_end(&arena);
}

ntm_status ntm_tasks_sum(ntm_task_sums **out, const ntm_tasks *tasks, ntm_task_sum what, const char *const *by,
                         size_t by_count, ntm_error *err) {
    if (out == NULL || tasks == NULL || (by == NULL && by_count > 0))
        return ntm_i_wrong_call(err, "a place for the sums, tasks and names of columns are needed");
    if (what < NTM_SUM_AMOUNTS || what > NTM_SUM_SOURCES) return ntm_i_wrong_call(err, "no such kind of sum");
    adding a = {.tasks = tasks, .what = what};
    a.count = what == NTM_SUM_SOURCES ? tasks->costs.count : tasks->task_count;
    ntm_status status = find_keys(&a, by, by_count, err);
    if (status != NTM_OK) return status;
    const ntm_allocator *allocator = &tasks->arena.allocator;
    a.sums = ntm_i_allocate(allocator, 1, sizeof *a.sums);
    if (a.sums == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&a.sums->arena, allocator);
    ntm_i_csv_codes_start(&a.sums->pool, &a.sums->arena);
    a.order = ntm_i_allocate(allocator, a.count, 2 * sizeof *a.order);
    status = a.order == NULL ? ntm_i_no_memory(err) : add_up(&a, err);
    int32_t *codes = status == NTM_OK ? ntm_i_allocate(allocator, a.group_count, sizeof *codes) : NULL;
    if (status == NTM_OK && (codes == NULL || !show(&a, codes))) status = ntm_i_no_memory(err);
    ntm_i_release(allocator, codes, a.group_count, sizeof *codes);
    ntm_i_release(allocator, a.order, a.count, 2 * sizeof *a.order);
    if (status == NTM_OK)
        *out = a.sums;
    else
        ntm_task_sums_free(a.sums);
    return status;
}

const ntm_table *ntm_task_sums_table(const ntm_task_sums *sums) { return sums == NULL ? NULL : &sums->table; }
