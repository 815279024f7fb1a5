/* SPDX-License-Identifier: Apache-2.0 */
/* The order of collecting: the batch of facts comes next that settles most rows per fact. */
#include <stdlib.h>
#include <string.h>

#include "decide/collecting.h"

#define BATCHES_COMPARED 512

/* Rows that need the same. */
typedef struct group {
    uint64_t *left; /* facts still needed, one bit each */
    size_t facts;   /* how many these are */
    size_t rows;
    size_t first_row;
} group;

typedef struct ordering {
    ntm_collecting *out;
    const ntm_i_patterns *patterns;
    ntm_i_arena arena;
    uint32_t *bits;   /* by input: its bit, or NTM_I_NONE */
    uint32_t *inputs; /* by bit */
    size_t *lacking;  /* by input: rows that lack it */
    size_t bit_count, words;
    group *groups;
    size_t group_count;
} ordering;

static void count_inputs(ordering *o, size_t inputs) {
    for (size_t i = 0; i < inputs; i++)
        o->bits[i] = NTM_I_NONE;
    for (size_t i = 0; i < o->patterns->items.count; i++) {
        const ntm_i_pattern *pattern = ntm_i_pattern_at(o->patterns, i);
        for (uint32_t k = 0; k < pattern->open_count; k++)
            o->lacking[pattern->open[k]] += pattern->rows;
        for (uint32_t k = 0; k < pattern->needed_count; k++) {
            if (o->bits[pattern->needed[k]] != NTM_I_NONE) continue;
            o->inputs[o->bit_count] = pattern->needed[k];
            o->bits[pattern->needed[k]] = (uint32_t)o->bit_count++;
        }
    }
    o->words = (o->bit_count + 63) / 64;
}

static size_t count_bits(const uint64_t *set, size_t words) {
    size_t count = 0;
    for (size_t w = 0; w < words; w++)
        count += (size_t)__builtin_popcountll(set[w]);
    return count;
}

static bool is_within(const uint64_t *set, const uint64_t *other, size_t words) {
    uint64_t outside = 0;
    for (size_t w = 0; w < words; w++)
        outside |= set[w] & ~other[w];
    return outside == 0;
}

/* Most rows per fact first, then fewer facts, then the earlier row. Rows and facts are below 2^32. */
static int compare_groups(const void *a, const void *b) {
    const group *x = a, *y = b;
    uint64_t first = (uint64_t)x->rows * y->facts, second = (uint64_t)y->rows * x->facts;
    if (first != second) return first > second ? -1 : 1;
    if (x->facts != y->facts) return x->facts < y->facts ? -1 : 1;
    return (x->first_row > y->first_row) - (x->first_row < y->first_row);
}

/* Groups that need the same become one, those that need nothing go. Equal sets stand together after sorting by size
   and hash; what the hash does not part costs a comparison only. */
static uint64_t mix(const group *g, size_t words) {
    uint64_t hash = g->facts;
    for (size_t w = 0; w < words; w++)
        hash = (hash ^ g->left[w]) * 0x9e3779b97f4a7c15u ^ hash >> 31;
    return hash ^ hash >> 29;
}

static bool merge(ordering *o) {
    size_t capacity = 16, kept = 0;
    while (capacity < 2 * o->group_count)
        capacity *= 2;
    uint32_t *slots = ntm_i_allocate(&o->arena.allocator, capacity, sizeof *slots);
    if (slots == NULL) return false;
    for (size_t i = 0; i < o->group_count; i++) {
        group *g = &o->groups[i];
        if (g->facts == 0) continue;
        size_t at = mix(g, o->words) & (capacity - 1);
        while (slots[at] != 0 && memcmp(o->groups[slots[at] - 1].left, g->left, o->words * sizeof *g->left) != 0)
            at = (at + 1) & (capacity - 1);
        if (slots[at] == 0) {
            o->groups[kept] = *g;
            slots[at] = (uint32_t)++kept;
            continue;
        }
        group *same = &o->groups[slots[at] - 1];
        same->rows += g->rows;
        if (g->first_row < same->first_row) same->first_row = g->first_row;
    }
    o->group_count = kept;
    ntm_i_release(&o->arena.allocator, slots, capacity, sizeof *slots);
    return true;
}

static bool make_groups(ordering *o) {
    o->groups = ntm_i_arena_take(&o->arena, o->patterns->items.count, sizeof *o->groups);
    if (o->groups == NULL) return false;
    for (size_t i = 0; i < o->patterns->items.count; i++) {
        const ntm_i_pattern *pattern = ntm_i_pattern_at(o->patterns, i);
        if (pattern->reason != NTM_DECIDING_FOUND) continue;
        group *g = &o->groups[o->group_count++];
        g->left = ntm_i_arena_take(&o->arena, o->words, sizeof *g->left);
        if (g->left == NULL) return false;
        for (uint32_t k = 0; k < pattern->needed_count; k++)
            g->left[o->bits[pattern->needed[k]] / 64] |= UINT64_C(1) << (o->bits[pattern->needed[k]] % 64);
        g->facts = pattern->needed_count;
        g->rows = pattern->rows;
        g->first_row = pattern->first_row;
    }
    return true;
}

/* The best batch among the first groups, and the rows that it settles. */
static const group *best_batch(const ordering *o, size_t *settled) {
    group best = {.facts = 0};
    const group *found = NULL;
    for (size_t i = 0; i < o->group_count && i < BATCHES_COMPARED; i++) {
        group batch = o->groups[i];
        batch.rows = 0;
        for (size_t k = 0; k < o->group_count; k++)
            if (o->groups[k].facts <= batch.facts && is_within(o->groups[k].left, batch.left, o->words))
                batch.rows += o->groups[k].rows;
        if (found != NULL && compare_groups(&batch, &best) >= 0) continue;
        best = batch;
        found = &o->groups[i];
    }
    *settled = best.rows;
    return found;
}

/* The facts of a batch: those that most rows lack first, then as the plan has them. */
static bool write_batch(ordering *o, const uint64_t *left, size_t batch, size_t settled, const ntm_plan *plan) {
    ntm_collecting *out = o->out;
    size_t first = out->step_count;
    out->summary.settled += settled;
    for (size_t bit = 0; bit < o->bit_count; bit++) {
        if ((left[bit / 64] >> (bit % 64) & 1) == 0) continue;
        ntm_collecting_step step = {NULL, batch, o->lacking[o->inputs[bit]], settled, out->summary.settled};
        if (!ntm_i_arena_copy(&out->arena, &step.column, ntm_i_plan_inputs(plan)[o->inputs[bit]].name)) return false;
        size_t at = out->step_count++;
        for (; at > first && out->steps[at - 1].lacking < step.lacking; at--)
            out->steps[at] = out->steps[at - 1];
        out->steps[at] = step;
    }
    return true;
}

static bool order(ordering *o, const ntm_plan *plan) {
    uint64_t *batch = ntm_i_arena_take(&o->arena, o->words, sizeof *batch);
    if (batch == NULL) return false;
    for (size_t number = 1; merge(o); number++) {
        size_t settled;
        if (o->group_count == 0) return true;
        qsort(o->groups, o->group_count, sizeof *o->groups, compare_groups);
        memcpy(batch, best_batch(o, &settled)->left, o->words * sizeof *batch);
        if (!write_batch(o, batch, number, settled, plan)) return false;
        for (size_t i = 0; i < o->group_count; i++) {
            group *g = &o->groups[i];
            for (size_t w = 0; w < o->words; w++)
                g->left[w] &= ~batch[w];
            g->facts = count_bits(g->left, o->words);
        }
    }
    return false;
}

bool ntm_i_write_order(ntm_collecting *out, const ntm_i_patterns *patterns, const ntm_plan *plan) {
    ordering o = {.out = out, .patterns = patterns};
    size_t inputs = plan->inputs.count;
    ntm_i_arena_start(&o.arena, &out->arena.allocator);
    o.bits = ntm_i_arena_take(&o.arena, inputs, sizeof *o.bits);
    o.inputs = ntm_i_arena_take(&o.arena, inputs, sizeof *o.inputs);
    o.lacking = ntm_i_arena_take(&o.arena, inputs, sizeof *o.lacking);
    bool good = o.bits != NULL && o.inputs != NULL && o.lacking != NULL;
    if (good) count_inputs(&o, inputs);
    out->steps = good ? ntm_i_arena_take(&out->arena, o.bit_count, sizeof *out->steps) : NULL;
    good = out->steps != NULL && make_groups(&o) && order(&o, plan);
    ntm_i_arena_end(&o.arena);
    return good;
}
