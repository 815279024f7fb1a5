/* SPDX-License-Identifier: Apache-2.0 */
/* From the cells of a tally to those of a cube. Cells come in the order of keys: those of one combination (all but stage and
 * time) one after the other, and within a stage by time. */
#include <string.h>

#include "base/text.h"
#include "cube/cube.h"
#include "cube/superseded.h"

#define NO_PERIOD UINT32_MAX

/* One report that is expected of every combination: when, and what is known of the combination at hand. */
typedef struct due {
    ntm_period period;
    uint32_t segment; /* where it goes */
    bool there;
} due;

/* What is expected of a stage. */
typedef struct expecting {
    uint32_t stage; /* member */
    bool stock;     /* of stocks */
    due *dues;
    uint32_t count;
    uint32_t *of_segment; /* by segment: which due one an entry there is */
} expecting;

/* A cell of a stock, and the day that it is of. */
typedef struct stocked {
    ntm_i_entry_cell cell;
    uint32_t segment;
    ntm_date day;
} stocked;

/* What a node of time has of a stock. */
typedef struct kept {
    ntm_i_wide sum;   /* on the last day reported on */
    ntm_date day;     /* which it is; NTM_DATE_NONE = nothing was reported */
    uint32_t missing; /* reports that are due since */
    uint32_t segment; /* whose tree of units counts; NO_PERIOD = the node has nothing */
} kept;

typedef struct filling {
    ntm_i_cubing *c;
    ntm_i_store *to;
    expecting *expected;
    size_t expected_count;
    uint64_t part_stride;  /* keys of one combination lie within so many */
    uint64_t stage_stride; /* and those of one stage of it */
    ntm_i_array run;       /* of stocked: of one combination and stage, if it is of a stock */
    kept *kept;            /* by node of time */
    ntm_date *last;        /* by node of time: the last day of any of its entries; running, or of one before */
    ntm_i_superseding superseding;
} filling;

/* ------------------------------------------------------------------------------------------- adding */

/* The part of the cube's key that neither unit nor time decide. */
static uint64_t fixed_key(const filling *f, const uint32_t *at) {
    const ntm_cube_tally *tally = f->c->tally;
    uint64_t key = 0;
    for (size_t i = 0; i < tally->base_count; i++)
        if (f->c->node_of[i] != NULL) key += f->c->node_of[i][at[i]] * f->c->cube->sides[tally->bases[i].side].stride;
    return key;
}

static uint64_t stride_of(const filling *f, size_t base) {
    int side = base == SIZE_MAX ? -1 : f->c->tally->bases[base].side;
    return side < 0 ? 0 : f->c->cube->sides[side].stride;
}

static const ntm_i_chain *unit_chain(const filling *f, const uint32_t *at, uint32_t segment) {
    size_t unit = f->c->unit == SIZE_MAX ? 0 : at[f->c->unit];
    return ntm_i_chains_find(&f->c->unit_chains, (uint64_t)unit * f->c->unit_span + segment);
}

/* Adds to one node of time, with all that the unit is a part of. */
static bool add_at(filling *f, const uint32_t *at, uint32_t segment, uint64_t key, uint32_t node, ntm_i_wide sum,
                   uint32_t missing, uint8_t mark) {
    const ntm_i_chain *units = unit_chain(f, at, segment);
    uint64_t unit_stride = stride_of(f, f->c->unit);
    key += node * stride_of(f, f->c->time);
    for (uint32_t i = 0; i < units->count; i++)
        if (!ntm_i_store_add(f->to, key + units->nodes[i] * unit_stride, sum, missing, mark)) return false;
    return true;
}

static bool add_flow(filling *f, const uint32_t *at, uint32_t segment, const ntm_i_entry_cell *cell, uint64_t key) {
    const ntm_i_chain *times = &f->c->time_chains[segment];
    for (uint32_t i = 0; i < times->count; i++)
        if (!add_at(f, at, segment, key, times->nodes[i], cell->sum, cell->missing, cell->mark)) return false;
    return true;
}

/* ------------------------------------------------------------------------------------------- stocks */

static uint32_t sum_of(uint32_t a, uint32_t b) { return a > UINT32_MAX - b ? UINT32_MAX : a + b; }

/* Of each node of time the last day reported on counts, and what is due since. Entries of one day are added, whatever the
   lengths of their periods. */
static void keep_last(filling *f) {
    const stocked *run = f->run.items;
    for (uint32_t n = 0; n < f->c->time_nodes; n++)
        f->kept[n] = (kept){0, NTM_DATE_NONE, 0, NO_PERIOD};
    for (size_t i = 0; i < f->run.count; i++) {
        const ntm_i_chain *times = &f->c->time_chains[run[i].segment];
        for (uint32_t k = 0; k < times->count && (run[i].cell.mark & NTM_I_FLOW); k++) {
            kept *at = &f->kept[times->nodes[k]];
            if (run[i].day > at->day) *at = (kept){0, run[i].day, 0, run[i].segment};
        }
    }
    for (size_t i = 0; i < f->run.count; i++) {
        const ntm_i_chain *times = &f->c->time_chains[run[i].segment];
        for (uint32_t k = 0; k < times->count; k++) {
            kept *at = &f->kept[times->nodes[k]];
            if (run[i].day < at->day) continue;
            if (run[i].day == at->day) at->sum += run[i].cell.sum;
            at->missing = sum_of(at->missing, run[i].cell.missing);
            if (at->segment == NO_PERIOD) at->segment = run[i].segment;
        }
    }
}

/* A stock goes on as it was last reported, also over the turn of a year. Nodes are periods in order then. */
static void carry_on(filling *f) {
    for (uint32_t n = 1; n < f->c->time_nodes; n++) {
        const kept *before = &f->kept[n - 1];
        kept *at = &f->kept[n];
        if (before->segment == NO_PERIOD || at->day != NTM_DATE_NONE) continue;
        *at = (kept){before->sum, before->day, sum_of(before->missing, at->missing), before->segment};
    }
}

/* A unit that is gone has no stock any more once all its successors have reported theirs; if only some have, what it had
   cannot be told. False when nothing is left. */
static bool pass_on(filling *f, const uint32_t *at, uint32_t node) {
    kept *k = &f->kept[node];
    if (k->day == NTM_DATE_NONE) return true;
    ntm_i_superseded by = ntm_i_superseding_ask(&f->superseding, at, k->day, f->last[node]);
    if (by == NTM_I_SUPERSEDED_SOME) *k = (kept){0, NTM_DATE_NONE, sum_of(k->missing, 1), k->segment};
    return by != NTM_I_SUPERSEDED;
}

static bool add_stocks(filling *f, const uint32_t *at, uint64_t key) {
    bool running = f->c->tally->question.running != NTM_RUNNING_NOT;
    keep_last(f);
    if (running) carry_on(f);
    f->run.count = 0;
    for (uint32_t n = 0; n < f->c->time_nodes; n++) {
        const kept *k = &f->kept[n];
        if (k->segment == NO_PERIOD || !pass_on(f, at, n)) continue;
        uint8_t mark = (uint8_t)((k->day != NTM_DATE_NONE ? NTM_I_STOCK : 0) | (k->missing > 0 ? NTM_I_DUE : 0) |
                                 (running ? NTM_I_KEPT : 0));
        if (!add_at(f, at, k->segment, key, n, k->sum, k->missing, mark)) return false;
    }
    return true;
}

/* Whether a combination is of a stock, whatever its stage. */
static bool is_stock_apart(const ntm_i_cubing *c, const uint32_t *at) {
    if (!c->stocks) return false;
    for (size_t i = 0; i < c->tally->base_count; i++)
        if (i != c->stage && c->stock[i] != NULL && c->stock[i][at[i]]) return true;
    return false;
}

static bool is_stock(const ntm_i_cubing *c, const uint32_t *at) {
    size_t stage = c->stage;
    return is_stock_apart(c, at) || (stage != SIZE_MAX && c->stock[stage] != NULL && c->stock[stage][at[stage]]);
}

/* ------------------------------------------------------------------------------------------- expected */

/* The report that is expected in which a period lies. */
static uint32_t which_due(const expecting *e, ntm_period period) {
    uint32_t low = 0, high = e->count;
    while (low < high) { /* behind the last that does not begin later */
        uint32_t middle = low + (high - low) / 2;
        if (e->dues[middle].period.first_day <= period.first_day)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && period.last_day <= e->dues[low - 1].period.last_day ? low - 1 : NO_PERIOD;
}

static ntm_status list_dues(expecting *e, const filling *f, const ntm_expected *asked) {
    ntm_i_cubing *c = f->c;
    const ntm_i_base *time = &c->tally->bases[c->time];
    ntm_i_array dues;
    ntm_i_array_start(&dues, &c->scratch.allocator, sizeof(due));
    bool good = true;
    ntm_period period = ntm_i_period_of(asked->from, asked->length);
    while (good && period.first_day <= asked->to) {
        due one = {period, ntm_i_segment_due(time, period), false};
        if (one.segment != NO_PERIOD) good = ntm_i_array_append(&dues, &one, 1);
        if (period.last_day >= asked->to) break;
        period = ntm_i_period_next(period);
    }
    e->count = (uint32_t)dues.count;
    e->dues = good ? ntm_i_arena_take(&c->scratch, dues.count, sizeof *e->dues) : NULL;
    e->of_segment = ntm_i_arena_take(&c->scratch, (size_t)time->count + 1, sizeof *e->of_segment);
    good = e->dues != NULL && e->of_segment != NULL;
    if (good && dues.count > 0) memcpy(e->dues, dues.items, dues.count * sizeof *e->dues);
    ntm_i_array_end(&dues);
    for (uint32_t s = 0; s < time->count && good; s++)
        e->of_segment[s] = which_due(e, time->segments[s].period);
    return good ? NTM_OK : ntm_i_no_memory(c->err);
}

static ntm_status prepare_expected(filling *f) {
    ntm_i_cubing *c = f->c;
    const ntm_i_question *q = &c->tally->question;
    if (q->expected_count == 0) return NTM_OK;
    const ntm_i_base *stages = &c->tally->bases[c->stage];
    f->expected = ntm_i_arena_take(&c->scratch, q->expected_count, sizeof *f->expected);
    if (f->expected == NULL) return ntm_i_no_memory(c->err);
    for (size_t i = 0; i < q->expected_count; i++) {
        uint32_t member = 0;
        while (member < stages->member_count && strcmp(stages->members[member].id, q->expected[i].stage) != 0)
            member++;
        if (member == stages->member_count)
            return ntm_i_fail(c->err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT("stage"), "no member \"%.60s\" to be expected",
                              q->expected[i].stage);
        f->expected[i].stage = member;
        f->expected[i].stock = stages->members[member].stock;
        ntm_status status = list_dues(&f->expected[i], f, &q->expected[i]);
        if (status != NTM_OK) return status;
        f->expected_count++;
    }
    return NTM_OK;
}

/* Notes that the combination at hand has an entry. */
static void note(filling *f, const uint32_t *at) {
    const ntm_i_base *stages = f->expected_count == 0 ? NULL : &f->c->tally->bases[f->c->stage];
    for (size_t i = 0; i < f->expected_count; i++) {
        uint32_t coordinate = at[f->c->stage];
        uint32_t member = stages->member_of == NULL ? coordinate : stages->member_of[coordinate];
        uint32_t which = f->expected[i].of_segment[at[f->c->time]];
        if (member == f->expected[i].stage && which != NO_PERIOD) f->expected[i].dues[which].there = true;
    }
}

static bool is_missing(const filling *f, const uint32_t *at, const due *one) {
    const ntm_i_cubing *c = f->c;
    return !one->there &&
           (c->unit == SIZE_MAX || ntm_i_unit_in(c->tally, at[c->unit], one->period.first_day, one->period.last_day));
}

/* What a stock has not reported is of its run: what is reported later makes up for it. */
static bool expect_of_run(filling *f, const uint32_t *at, expecting *e) {
    for (uint32_t d = 0; d < e->count; d++) {
        due *one = &e->dues[d];
        const stocked nothing = {{0, 0, 1, NTM_I_DUE}, one->segment, one->period.last_day};
        if (is_missing(f, at, one) && !ntm_i_array_append(&f->run, &nothing, 1)) return false;
        one->there = true;
    }
    return true;
}

/* The stocks of a combination and stage are over. */
static bool end_run(filling *f, const uint32_t *at) {
    for (size_t i = 0; i < f->expected_count; i++) {
        const ntm_i_base *stages = &f->c->tally->bases[f->c->stage];
        uint32_t coordinate = at[f->c->stage];
        uint32_t member = stages->member_of == NULL ? coordinate : stages->member_of[coordinate];
        if (member == f->expected[i].stage && !expect_of_run(f, at, &f->expected[i])) return false;
    }
    return add_stocks(f, at, fixed_key(f, at));
}

/* The combination is over: what it has not reported is missing. */
static bool add_missing(filling *f, const uint32_t *at) {
    ntm_i_cubing *c = f->c;
    bool apart = is_stock_apart(c, at), good = true;
    for (size_t i = 0; i < f->expected_count; i++) {
        expecting *e = &f->expected[i];
        uint64_t key = fixed_key(f, at);
        if (c->stage_node != NULL) { /* the stage is a side */
            uint64_t stride = stride_of(f, c->stage);
            key += ((uint64_t)c->stage_node[e->stage] - c->node_of[c->stage][at[c->stage]]) * stride;
        }
        if (apart || e->stock) good = good && expect_of_run(f, at, e) && (f->run.count == 0 || add_stocks(f, at, key));
        for (uint32_t d = 0; d < e->count && good; d++) {
            const ntm_i_entry_cell nothing = {0, 0, 1, NTM_I_DUE};
            if (is_missing(f, at, &e->dues[d])) good = add_flow(f, at, e->dues[d].segment, &nothing, key);
        }
        for (uint32_t d = 0; d < e->count; d++)
            e->dues[d].there = false;
    }
    return good;
}

/* ------------------------------------------------------------------------------------------- all cells */

static bool add_cell(filling *f, const ntm_i_walk *walk) {
    uint32_t segment = f->c->time == SIZE_MAX ? 0 : walk->at[f->c->time];
    if (!is_stock(f->c, walk->at)) return add_flow(f, walk->at, segment, &walk->cell, fixed_key(f, walk->at));
    /* A tally that somebody wrote may have stocks and no time. */
    const ntm_i_base *time = f->c->time == SIZE_MAX ? NULL : &f->c->tally->bases[f->c->time];
    stocked one = {walk->cell, segment, time == NULL ? 0 : time->segments[segment].period.last_day};
    return ntm_i_array_append(&f->run, &one, 1);
}

static bool add_all(filling *f) {
    ntm_i_walk walk;
    uint32_t last[NTM_I_BASES_MAX];
    uint64_t part = UINT64_MAX, stage = UINT64_MAX;
    bool good = true;
    ntm_i_walk_start(&walk, f->c->tally);
    while (good && ntm_i_walk_next(&walk)) {
        uint64_t key = walk.cell.key;
        if (f->run.count > 0 && key / f->stage_stride != stage) good = end_run(f, last);
        if (f->expected_count > 0 && part != UINT64_MAX && key / f->part_stride != part)
            good = good && add_missing(f, last);
        note(f, walk.at);
        good = good && add_cell(f, &walk);
        if (f->run.count == 0 && f->expected_count == 0) continue;
        part = key / f->part_stride;
        stage = key / f->stage_stride;
        memcpy(last, walk.at, sizeof last);
    }
    if (good && f->run.count > 0) good = end_run(f, last);
    if (good && f->expected_count > 0 && part != UINT64_MAX) good = add_missing(f, last);
    return good;
}

/* Stage and time are the last of the bases, if they are there. */
static void set_strides(filling *f) {
    const ntm_i_cubing *c = f->c;
    size_t first = c->stage != SIZE_MAX ? c->stage : c->time;
    f->part_stride = first == SIZE_MAX ? 1 : c->tally->bases[first].stride * c->tally->bases[first].count;
    f->stage_stride = c->time == SIZE_MAX ? 1 : c->tally->bases[c->time].stride * c->tally->bases[c->time].count;
    if (f->part_stride == 0) f->part_stride = 1;
    if (f->stage_stride == 0) f->stage_stride = 1;
}

/* The last day that a node of time knows of. */
static bool find_last_days(filling *f) {
    const ntm_i_cubing *c = f->c;
    bool running = c->tally->question.running != NTM_RUNNING_NOT;
    if (!c->stocks) return true; /* nobody asks */
    for (uint32_t n = 0; n < c->time_nodes; n++)
        f->last[n] = NTM_DATE_NONE;
    for (size_t s = 0; s < c->segments && c->time != SIZE_MAX; s++)
        for (uint32_t i = 0; i < c->time_chains[s].count; i++) {
            ntm_date *last = &f->last[c->time_chains[s].nodes[i]];
            ntm_date day = c->tally->bases[c->time].segments[s].period.last_day;
            if (day > *last) *last = day;
        }
    for (uint32_t n = 1; n < c->time_nodes && running; n++)
        if (f->last[n - 1] > f->last[n]) f->last[n] = f->last[n - 1];
    return ntm_i_superseding_start(&f->superseding, f->c, is_stock);
}

ntm_status ntm_i_fill(ntm_i_cubing *c) {
    filling f = {.c = c, .to = &c->cube->store};
    f.kept = ntm_i_arena_take(&c->scratch, c->time_nodes, sizeof *f.kept);
    f.last = ntm_i_arena_take(&c->scratch, c->time_nodes, sizeof *f.last);
    if (f.kept == NULL || f.last == NULL || !find_last_days(&f)) return ntm_i_no_memory(c->err);
    set_strides(&f);
    ntm_status status = prepare_expected(&f);
    if (status != NTM_OK) return status;
    ntm_i_array_start(&f.run, &c->scratch.allocator, sizeof(stocked));
    bool good = add_all(&f);
    ntm_i_array_end(&f.run);
    return good ? NTM_OK : ntm_i_no_memory(c->err);
}
