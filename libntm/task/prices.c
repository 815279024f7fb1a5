/* SPDX-License-Identifier: Apache-2.0 */
/* What one unit of each work costs by the norms: for choosing among alternatives before there are tasks. */
#include <string.h>

#include "base/text.h"
#include "need/need.h"
#include "task/task.h"

struct ntm_task_prices {
    ntm_i_arena arena;
    ntm_gap_price *prices;
    size_t count;
};

enum { WORK, WORK_UNIT, CLASS, UNIT, TEXTS };

/* Works whose price is asked for, as a table of needs. */
typedef struct pricing {
    ntm_i_tasking *t;
    uint32_t *subjects; /* by row */
    int32_t *codes[TEXTS];
    ntm_i_wide *quantities; /* × 10^-NTM_SCALE_MAX */
    size_t count;
    ntm_needs *needs;
} pricing;

static bool take_room(pricing *p) {
    ntm_i_arena *arena = &p->t->tasks->arena;
    size_t most = p->t->tasks->subject_count;
    p->subjects = ntm_i_arena_take(arena, most, sizeof *p->subjects);
    p->quantities = ntm_i_arena_take(arena, most, sizeof *p->quantities);
    bool taken = p->subjects != NULL && p->quantities != NULL;
    for (size_t i = 0; i < TEXTS; i++) {
        p->codes[i] = ntm_i_arena_take(arena, most, sizeof *p->codes[i]);
        taken = taken && p->codes[i] != NULL;
    }
    return taken;
}

static void ask_for(pricing *p, uint32_t index) {
    ntm_i_task_subject *subject = &p->t->tasks->subjects[index];
    if (!subject->is_task || subject->input < 0 || !ntm_i_task_is_work(subject) || subject->duty == NTM_I_NO_DUTY)
        return;
    const ntm_i_duty *duty = &p->t->tasks->duties[subject->duty];
    size_t first;
    if (duty->work == NULL || !ntm_i_task_suits(p->t, subject, duty)) return;
    if (ntm_i_norms_of(&first, p->t->options->norms, duty->work) == 0) return;
    ntm_decimal per = duty->has_per ? duty->per : (ntm_decimal){1, 0};
    ntm_i_wide quantity = per.coefficient;
    for (unsigned scale = per.scale; scale < NTM_SCALE_MAX; scale++)
        quantity *= 10;
    p->subjects[p->count] = index;
    p->codes[WORK][p->count] = duty->work_code;
    p->codes[WORK_UNIT][p->count] = subject->work_unit;
    p->codes[CLASS][p->count] = duty->class_code;
    p->codes[UNIT][p->count] = duty->work_code; /* of no unit in particular */
    p->quantities[p->count++] = quantity;
}

static void reckon(pricing *p) {
    static const char *const names[TEXTS] = {"work", "work_unit", "class", "unit"};
    ntm_tasks *tasks = p->t->tasks;
    ntm_field fields[TEXTS + 1];
    for (size_t i = 0; i < TEXTS; i++)
        fields[i] = (ntm_field){names[i], ntm_i_shown_codes(p->codes[i], p->count, &tasks->pool)};
    fields[TEXTS] = (ntm_field){"quantity", NTM_COLUMN_INIT};
    ntm_column *quantity = &fields[TEXTS].column;
    quantity->type = NTM_TYPE_DECIMAL128;
    quantity->scale = NTM_SCALE_MAX;
    quantity->data = p->quantities;
    quantity->stride_bytes = sizeof(ntm_i_wide);
    quantity->length = p->count;
    const ntm_table table = {sizeof table, p->count, fields, TEXTS + 1};
    ntm_error err = NTM_ERROR_INIT;
    ntm_needs_options options = NTM_NEEDS_OPTIONS_INIT;
    options.rounding = p->t->options->rounding;
    options.kind_scale = p->t->options->kind_scale;
    options.open_without_norm = true;
    options.date = p->t->options->on;
    options.allocator = &tasks->arena.allocator;
    ntm_status status = ntm_needs_new(&p->needs, p->t->options->norms, &table, &options, &err);
    if (status == NTM_ERROR_MEMORY) {
        p->t->cells.no_memory = true;
    } else if (status != NTM_OK) {
        uint64_t row = err.row < p->count ? tasks->duties[tasks->subjects[p->subjects[err.row]].duty].row : NTM_NO_ROW;
        p->t->cells.table = "duties";
        ntm_i_cells_complain(&p->t->cells, status, "work", (size_t)row, "%s", err.message);
        p->t->cells.table = NULL;
    }
}

/* A column that several subjects name has the highest price. */
static bool add(ntm_task_prices *out, const char *input, ntm_money amount) {
    for (size_t i = 0; i < out->count; i++) {
        if (strcmp(out->prices[i].input, input) != 0) continue;
        if (amount > out->prices[i].price.coefficient) out->prices[i].price.coefficient = amount;
        return true;
    }
    ntm_gap_price *price = &out->prices[out->count];
    price->price = (ntm_decimal){amount, 0};
    if (!ntm_i_arena_copy(&out->arena, &price->input, input)) return false;
    out->count++;
    return true;
}

static bool take_prices(ntm_task_prices *out, const pricing *p) {
    const ntm_table *lines = ntm_needs_table(p->needs);
    const ntm_column *kind = &ntm_table_find(lines, "kind")->column;
    out->prices = ntm_i_arena_take(&out->arena, p->count, sizeof *out->prices);
    if (out->prices == NULL) return false;
    for (size_t line = 0; line < lines->rows; line++) {
        ntm_need need;
        if (ntm_column_known(kind, line) == NTM_REPORTED) continue; /* not money */
        if (ntm_needs_get(&need, p->needs, line, NULL) != NTM_OK || need.open != NTM_NEED_KNOWN) continue;
        const ntm_i_task_subject *subject = &p->t->tasks->subjects[p->subjects[need.row]];
        if (!add(out, ntm_i_task_text(p->t->tasks, subject->input), need.amount)) return false;
    }
    return true;
}

static void find_prices(pricing *p, ntm_task_prices *out) {
    ntm_i_tasking *t = p->t;
    ntm_i_task_subjects(t);
    if (!t->cells.no_memory) ntm_i_duties_load(t);
    if (!ntm_i_tasking_goes_on(t)) return;
    ntm_i_duties_give(t);
    if (!take_room(p)) {
        t->cells.no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < t->tasks->subject_count; i++)
        ask_for(p, i);
    if (ntm_i_tasking_goes_on(t) && p->count > 0) reckon(p);
    if (p->needs != NULL && !take_prices(out, p)) t->cells.no_memory = true;
}

ntm_status ntm_task_prices_new(ntm_task_prices **out, const ntm_gaps *gaps, const ntm_tasks_options *options,
                               ntm_error *err) {
    if (out == NULL || gaps == NULL || options == NULL || options->struct_size < sizeof *options ||
        options->duties == NULL || options->norms == NULL || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err, "a place for the prices, gaps, and options with duties and norms are needed");
    if (options->rounding != 0 && (options->rounding < NTM_ROUND_HALF_UP || options->rounding > NTM_ROUND_UP))
        return ntm_i_wrong_call(err, "unknown rounding");
    ntm_status status = ntm_i_tasks_check_table(options->duties, options, err);
    if (status != NTM_OK) return status;
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_i_tasking t;
    ntm_tasks *tasks = ntm_i_tasks_begin(&t, gaps, options);
    ntm_task_prices *prices = tasks == NULL ? NULL : ntm_i_allocate(&allocator, 1, sizeof *prices);
    if (prices == NULL) {
        ntm_tasks_free(tasks);
        return ntm_i_no_memory(err);
    }
    ntm_i_arena_start(&prices->arena, &allocator);
    pricing p = {.t = &t};
    find_prices(&p, prices);
    ntm_needs_free(p.needs);
    status = ntm_i_cells_status(&t.cells, err);
    ntm_tasks_free(tasks);
    if (status == NTM_OK)
        *out = prices;
    else
        ntm_task_prices_free(prices);
    return status;
}

void ntm_task_prices_free(ntm_task_prices *prices) {
    if (prices == NULL) return;
    ntm_i_arena arena = prices->arena;
    ntm_i_release(&arena.allocator, prices, 1, sizeof *prices);
    ntm_i_arena_end(&arena);
}

const ntm_gap_price *ntm_task_prices_get(const ntm_task_prices *prices, size_t *count) {
    if (count != NULL) *count = prices == NULL ? 0 : prices->count;
    return prices == NULL ? NULL : prices->prices;
}
