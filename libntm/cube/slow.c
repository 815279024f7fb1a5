/* SPDX-License-Identifier: Apache-2.0 */
/* Slow money. A cube by the sides asked for, stage and time as posted has everything in the order that is needed: of each
 * combination the stages, and of each stage its entries by time. */
#include <ntm/slow.h>

#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "column/bits.h"
#include "cube/cube.h"
#include "number/wide.h"

/* An amount and the day on which it is due or done. */
typedef struct dated {
    ntm_date day;
    ntm_i_wide amount;
} dated;

/* One combination of members. */
typedef struct combination {
    uint64_t key; /* of the cube, with the first stage and time */
    int64_t due, done, behind;
    ntm_date since;
    int64_t days, missing;
} combination;

typedef struct looking {
    const ntm_slow_options *options;
    const ntm_cube *cube;
    const ntm_date *last_days; /* by node of time */
    size_t by_count;
    uint32_t due_node, done_node;
    ntm_i_array events; /* of dated: what is due, of the combination at hand */
    ntm_i_wide whole, done, due;
    int64_t missing;
    ntm_i_array found; /* of combination */
    ntm_i_arena scratch;
    ntm_error *err;
} looking;

struct ntm_slow {
    ntm_i_arena arena;
    ntm_table table;
};

/* ------------------------------------------------------------------------------------------- the question */

static ntm_status check_milestones(const ntm_slow_options *o, ntm_error *err) {
    const ntm_decimal all = {100, 0}, nothing = {0, 0};
    if (o->milestones == NULL && o->milestone_count > 0) return ntm_i_wrong_call(err, "a list is NULL and not empty");
    for (size_t i = 0; i < o->milestone_count; i++) {
        const ntm_milestone *here = &o->milestones[i], *before = i == 0 ? NULL : here - 1;
        if (!ntm_i_date_is(here->on) || here->percent.scale > NTM_SCALE_MAX ||
            ntm_decimal_compare(here->percent, nothing) < 0 || ntm_decimal_compare(here->percent, all) > 0)
            return ntm_i_wrong_call(err, "a milestone is a day and 0 to 100 percent");
        if (before != NULL && (before->on >= here->on || ntm_decimal_compare(before->percent, here->percent) > 0))
            return ntm_i_wrong_call(err, "milestones go by days, and not back");
    }
    return NTM_OK;
}

static ntm_status check(const ntm_slow_options *o, ntm_error *err) {
    if (o->struct_size < sizeof *o)
        return ntm_i_wrong_call(err, "struct_size is not that of ntm_slow_options: start with NTM_SLOW_OPTIONS_INIT");
    if (!ntm_i_allocator_usable(o->allocator)) return ntm_i_wrong_call(err, "an allocator that lacks functions");
    if (o->due == NULL || o->done == NULL || strcmp(o->due, o->done) == 0)
        return ntm_i_wrong_call(err, "two different stages are needed: what is due, and what has to keep up");
    if (!ntm_i_date_is(o->on)) return ntm_i_wrong_call(err, "no day of the calendar");
    if ((o->by == NULL && o->by_count > 0) || o->by_count > NTM_SIDES_MAX - 2)
        return ntm_i_wrong_call(err, "a list that is NULL and not empty, or more than ten sides");
    if (o->order < NTM_SLOW_BY_DAYS || o->order > NTM_SLOW_BY_SHARE) return ntm_i_wrong_call(err, "no such order");
    for (size_t i = 0; i < o->by_count; i++) {
        const char *name = o->by[i].dimension;
        if (name == NULL || strcmp(name, "stage") == 0 || strcmp(name, "date") == 0)
            return ntm_i_wrong_call(err, "a side without a dimension, or of the stage or the date");
        if (o->by[i].up) return ntm_i_wrong_call(err, "who is behind is told without what is above");
    }
    return check_milestones(o, err);
}

static ntm_status make_cube(ntm_cube **out, const ntm_ledger *ledger, const ntm_slow_options *o, ntm_error *err) {
    ntm_side sides[NTM_SIDES_MAX];
    ntm_only only[NTM_SIDES_MAX];
    const char *stages[] = {o->due, o->done};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    if (o->only_count > NTM_SIDES_MAX - 1 || (o->only == NULL && o->only_count > 0))
        return ntm_i_wrong_call(err, "a list that is NULL and not empty, or more than eleven");
    if (o->by_count > 0) memcpy(sides, o->by, o->by_count * sizeof *sides);
    if (o->only_count > 0) memcpy(only, o->only, o->only_count * sizeof *only);
    sides[o->by_count] = (ntm_side){"stage", NULL, false};
    sides[o->by_count + 1] = (ntm_side){"date", NULL, false};
    only[o->only_count] = (ntm_only){"stage", stages, 2};
    asked.sides = sides;
    asked.side_count = o->by_count + 2;
    asked.only = only;
    asked.only_count = o->only_count + 1;
    asked.from = o->from;
    asked.as_of = o->as_of;
    asked.allocator = o->allocator;
    return ntm_cube_new(out, ledger, &asked, err);
}

/* ------------------------------------------------------------------------------------------- one combination */

static int by_day(const void *context, uint32_t a, uint32_t b) {
    const dated *events = context;
    return events[a].day < events[b].day ? -1 : events[a].day > events[b].day;
}

/* The least whole đồng that are a percentage of an amount; of one below 0 nothing is due. */
static ntm_i_wide share_of(ntm_i_wide whole, ntm_decimal percent) {
    ntm_i_uwide below = ntm_i_power_of_ten(percent.scale) * 100, rest = 0;
    if (whole <= 0) return 0;
    ntm_i_u256 part =
        ntm_i_u256_divide(ntm_i_u256_product((ntm_i_uwide)whole, (ntm_i_uwide)percent.coefficient), below, &rest);
    return (ntm_i_wide)part.low + (rest != 0); /* at most the whole */
}

/* How many milestones there are by the day. */
static size_t due_milestones(const looking *l) {
    size_t count = 0;
    while (count < l->options->milestone_count && l->options->milestones[count].on <= l->options->on)
        count++;
    return count;
}

/* The first day of which what was due by then is more than what is done. */
static ntm_status since_when(looking *l, combination *c) {
    ntm_i_wide due = 0;
    c->since = NTM_DATE_NONE;
    if (l->options->milestones != NULL) {
        for (size_t i = 0; i < due_milestones(l) && c->since == NTM_DATE_NONE; i++)
            if (share_of(l->whole, l->options->milestones[i].percent) > l->done)
                c->since = l->options->milestones[i].on;
        return NTM_OK;
    }
    const dated *events = ntm_i_sorted(&l->scratch, l->events.items, l->events.count, sizeof *events, by_day);
    if (events == NULL) return ntm_i_no_memory(l->err);
    for (size_t i = 0; i < l->events.count && c->since == NTM_DATE_NONE; i++) {
        due += events[i].amount;
        bool last_of_day = i + 1 == l->events.count || events[i + 1].day != events[i].day;
        if (last_of_day && due > l->done) c->since = events[i].day;
    }
    return NTM_OK;
}

static bool fits(ntm_i_wide value) { return value >= INT64_MIN && value <= INT64_MAX; }

static ntm_status finish(looking *l, uint64_t key) {
    combination c = {.key = key, .missing = l->missing};
    char text[NTM_I_CELL_TEXT];
    size_t steps = l->events.count;
    if (l->options->milestones != NULL) {
        steps = due_milestones(l);
        l->due = steps == 0 ? 0 : share_of(l->whole, l->options->milestones[steps - 1].percent);
    }
    /* Where nothing is due yet nobody is behind, also if more was taken back than was done. */
    ntm_i_wide behind = steps > 0 && l->due > l->done ? l->due - l->done : 0;
    if (!fits(l->due) || !fits(l->done) || !fits(behind))
        return ntm_i_fail(l->err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE, "the sums of %s do not fit 64 bits",
                          ntm_i_cube_text(text, l->cube, key));
    c.due = (int64_t)l->due;
    c.done = (int64_t)l->done;
    c.behind = (int64_t)behind;
    c.since = NTM_DATE_NONE;
    ntm_status status = behind > 0 ? since_when(l, &c) : NTM_OK;
    if (status == NTM_OK && c.since != NTM_DATE_NONE) c.days = (int64_t)l->options->on - c.since;
    if (status == NTM_OK && (behind > 0 || l->options->all) && !ntm_i_array_append(&l->found, &c, 1))
        status = ntm_i_no_memory(l->err);
    l->events.count = 0;
    l->whole = l->done = l->due = 0;
    l->missing = 0;
    return status;
}

static ntm_status add_entry(looking *l, const ntm_i_entry_cell *cell) {
    const ntm_i_cube_side *stage = &l->cube->sides[l->by_count], *time = &l->cube->sides[l->by_count + 1];
    uint32_t which = (uint32_t)(cell->key / stage->stride % stage->count);
    ntm_date day = l->last_days[cell->key / time->stride % time->count];
    bool due = which == l->due_node, by_now = day <= l->options->on;
    if (cell->mark & NTM_I_STOCK)
        return ntm_i_fail(l->err, NTM_ERROR_UNIT, NTM_I_SUBJECT("stage"),
                          "stocks are not added over time: they are neither due nor done");
    if (due && (l->options->to == NTM_DATE_NONE || day <= l->options->to)) l->whole += cell->sum;
    if (by_now || (due && l->options->milestones != NULL)) l->missing += cell->missing;
    if (!by_now) return NTM_OK;
    if (which == l->done_node) l->done += cell->sum;
    if (!due) return NTM_OK;
    dated event = {day, cell->sum};
    l->due += cell->sum;
    return ntm_i_array_append(&l->events, &event, 1) ? NTM_OK : ntm_i_no_memory(l->err);
}

static ntm_status look(looking *l) {
    const ntm_i_cube_side *stage = &l->cube->sides[l->by_count];
    uint64_t whole = stage->stride * stage->count, at = 0, key = 0;
    bool some = false;
    ntm_i_entry_cell cell;
    ntm_status status = NTM_OK;
    while (status == NTM_OK && ntm_i_store_next(&cell, &l->cube->store, &at)) {
        if (some && cell.key / whole != key / whole) status = finish(l, key / whole * whole);
        key = cell.key;
        some = true;
        if (status == NTM_OK) status = add_entry(l, &cell);
    }
    return status == NTM_OK && some ? finish(l, key / whole * whole) : status;
}

/* ------------------------------------------------------------------------------------------- in order */

static int order(int64_t a, int64_t b) { return a > b ? -1 : a < b; }

/* behind / due of both, without dividing. Where corrections leave nothing due, and still less was done, no share is larger. */
static int by_share(const combination *a, const combination *b) {
    if (a->behind == 0 || b->behind == 0) return order(a->behind, b->behind);
    if (a->due <= 0 || b->due <= 0) return order(a->due <= 0, b->due <= 0);
    ntm_i_wide left = (ntm_i_wide)a->behind * b->due, right = (ntm_i_wide)b->behind * a->due;
    return left > right ? -1 : left < right;
}

static int by_days(const void *context, uint32_t a, uint32_t b) {
    const combination *found = context;
    int way = order(found[a].days, found[b].days);
    return way != 0 ? way : order(found[a].behind, found[b].behind);
}

static int by_amount(const void *context, uint32_t a, uint32_t b) {
    const combination *found = context;
    int way = order(found[a].behind, found[b].behind);
    return way != 0 ? way : order(found[a].days, found[b].days);
}

static int by_part(const void *context, uint32_t a, uint32_t b) {
    const combination *found = context;
    int way = by_share(&found[a], &found[b]);
    return way != 0 ? way : order(found[a].behind, found[b].behind);
}

/* ------------------------------------------------------------------------------------------- columns */

enum { EXTRA = 7 };

static bool side_columns(ntm_field *fields, ntm_slow *slow, const looking *l, const combination *rows, size_t count) {
    for (size_t i = 0; i < l->by_count; i++) {
        const ntm_i_cube_side *side = &l->cube->sides[i];
        int32_t *codes = ntm_i_arena_take(&slow->arena, count, sizeof *codes);
        const char **ids = ntm_i_arena_take(&slow->arena, side->count, sizeof *ids);
        if (codes == NULL || ids == NULL || !ntm_i_arena_copy(&slow->arena, &fields[i].name, side->name)) return false;
        for (uint32_t k = 0; k < side->count; k++)
            if (!ntm_i_arena_copy(&slow->arena, &ids[k], side->nodes[k].id)) return false;
        for (size_t row = 0; row < count; row++)
            codes[row] = (int32_t)(rows[row].key / side->stride % side->count);
        fields[i].column = ntm_column_codes(codes, count, ids, side->count);
    }
    return true;
}

static bool columns(ntm_slow *slow, const looking *l, const combination *rows, size_t count) {
    ntm_field *fields = ntm_i_arena_take(&slow->arena, l->by_count + EXTRA, sizeof *fields);
    int64_t *numbers[5];
    static const char *const names[5] = {"due", "done", "behind", "days", "missing"};
    int32_t *since = ntm_i_arena_take(&slow->arena, count, sizeof *since);
    uint8_t *known = ntm_i_arena_take(&slow->arena, count / 8 + 1, 1), *open = ntm_i_arena_take(&slow->arena, count, 1);
    if (fields == NULL || since == NULL || known == NULL || open == NULL || !side_columns(fields, slow, l, rows, count))
        return false;
    ntm_field *to = fields + l->by_count;
    for (int i = 0; i < 5; i++) {
        numbers[i] = ntm_i_arena_take(&slow->arena, count, sizeof *numbers[i]);
        if (numbers[i] == NULL) return false;
        to[i] = (ntm_field){names[i], ntm_column_int64(numbers[i], count)};
    }
    for (size_t row = 0; row < count; row++) {
        const combination *c = &rows[row];
        const int64_t values[5] = {c->due, c->done, c->behind, c->days, c->missing};
        for (int i = 0; i < 5; i++)
            numbers[i][row] = values[i];
        since[row] = c->since == NTM_DATE_NONE ? 0 : c->since;
        ntm_i_set_bit(known, row, c->since != NTM_DATE_NONE);
        open[row] = c->missing > 0;
    }
    to[5] = (ntm_field){"since", ntm_column_codes(since, count, NULL, 0)};
    to[5].column.validity = known;
    to[6] = (ntm_field){"open", ntm_column_bytes(open, count)};
    slow->table = (ntm_table){sizeof slow->table, count, fields, l->by_count + EXTRA};
    return true;
}

/* ------------------------------------------------------------------------------------------- all together */

/* The last day of each node of time. */
static ntm_status find_days(looking *l) {
    const ntm_i_cube_side *time = &l->cube->sides[l->by_count + 1];
    ntm_date *days = ntm_i_arena_take(&l->scratch, time->count, sizeof *days);
    if (days == NULL) return ntm_i_no_memory(l->err);
    for (uint32_t i = 0; i < time->count; i++) {
        ntm_period period;
        ntm_status status = ntm_period_parse(&period, time->nodes[i].id, strlen(time->nodes[i].id), l->err);
        if (status != NTM_OK) return status;
        days[i] = period.last_day;
    }
    l->last_days = days;
    return NTM_OK;
}

static ntm_status rank(ntm_slow *slow, looking *l) {
    ntm_i_order *const orders[] = {NULL, by_days, by_amount, by_part};
    const combination *rows =
        ntm_i_sorted(&l->scratch, l->found.items, l->found.count, sizeof *rows, orders[l->options->order]);
    return rows != NULL && columns(slow, l, rows, l->found.count) ? NTM_OK : ntm_i_no_memory(l->err);
}

static ntm_status make(ntm_slow *slow, const ntm_cube *cube, const ntm_slow_options *options, ntm_error *err) {
    looking l = {.options = options, .cube = cube, .by_count = options->by_count, .err = err};
    l.due_node = ntm_cube_find(cube, options->by_count, options->due);
    l.done_node = ntm_cube_find(cube, options->by_count, options->done);
    ntm_i_arena_start(&l.scratch, options->allocator);
    ntm_i_array_start(&l.events, options->allocator, sizeof(dated));
    ntm_i_array_start(&l.found, options->allocator, sizeof(combination));
    ntm_status status = find_days(&l);
    if (status == NTM_OK) status = look(&l);
    if (status == NTM_OK) status = rank(slow, &l);
    ntm_i_array_end(&l.events);
    ntm_i_array_end(&l.found);
    ntm_i_arena_end(&l.scratch);
    return status;
}

ntm_status ntm_slow_new(ntm_slow **out, const ntm_ledger *ledger, const ntm_slow_options *options, ntm_error *err) {
    ntm_cube *cube = NULL;
    if (out == NULL || ledger == NULL || options == NULL)
        return ntm_i_wrong_call(err, "a place for the result, a ledger and options are needed");
    ntm_status status = check(options, err);
    if (status == NTM_OK) status = make_cube(&cube, ledger, options, err);
    if (status != NTM_OK) return status;
    ntm_slow *slow = ntm_i_allocate(options->allocator, 1, sizeof *slow);
    if (slow != NULL) {
        ntm_i_arena_start(&slow->arena, options->allocator);
        status = make(slow, cube, options, err);
    } else {
        status = ntm_i_no_memory(err);
    }
    ntm_cube_free(cube);
    if (status != NTM_OK) {
        ntm_slow_free(slow);
        return status;
    }
    *out = slow;
    return NTM_OK;
}

void ntm_slow_free(ntm_slow *slow) {
    if (slow == NULL) return;
    ntm_allocator allocator = slow->arena.allocator;
    ntm_i_arena_end(&slow->arena);
    ntm_i_release(&allocator, slow, 1, sizeof *slow);
}

const ntm_table *ntm_slow_table(const ntm_slow *slow) { return slow == NULL ? NULL : &slow->table; }
