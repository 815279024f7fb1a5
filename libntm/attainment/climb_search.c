/* SPDX-License-Identifier: Apache-2.0 */
/* Trying the combinations of each part, and putting the parts together as a knapsack: exact points against costs. */
#include <stdlib.h>
#include <string.h>

#include "attainment/climb.h"

/* Most ways that are kept, and most pairs that are looked at, when a part is put to those before it. */
enum { WAYS_MAX = 1 << 16, PAIRS_MAX = 1 << 22 };

/* ------------------------------------------------------------------------------------------- one part */

/* What the pieces of a part (SIZE_MAX: those without ladders) come to. False when a result does not fit. */
static bool look_at_part(ntm_i_climbing *c, size_t part, ntm_i_rational *points, uint64_t *bands) {
    ntm_i_exact x = ntm_i_climb_look(c);
    *points = ntm_i_rational_int(0);
    *bands = c->band_count == 64 ? UINT64_MAX : (UINT64_C(1) << c->band_count) - 1;
    for (size_t i = 0; i < c->pieces.count; i++) {
        const ntm_i_piece *p = ntm_i_climb_piece(c, i);
        if (p->ladder != part) continue;
        if (!p->is_condition) {
            ntm_i_interval value = ntm_i_exact_quantity(&x, p->node);
            /* An infinite least bound is that of the whole sum. */
            if (!ntm_i_is_finite(value.least) || !ntm_i_is_finite(*points))
                *points = NTM_I_MINUS_INFINITY;
            else if (!ntm_i_rational_add(points, *points, value.least))
                return false;
        } else if (ntm_i_exact_condition(&x, p->node) != p->wanted) {
            *bands &= p->band == SIZE_MAX ? 0 : ~(UINT64_C(1) << p->band);
        }
    }
    return !x.failed;
}

/* One combination: as the ladders stand. */
static void keep_option(ntm_i_climbing *c, ntm_i_part *part, uint64_t cost) {
    ntm_i_option option = {.cost = cost};
    if (!look_at_part(c, (size_t)(part - c->parts), &option.points, &option.bands)) {
        c->overflow = true;
        return;
    }
    if (option.bands == 0) return;
    option.rungs = ntm_i_arena_take(&c->arena, part->ladder_count, sizeof *option.rungs);
    for (size_t i = 0; option.rungs != NULL && i < part->ladder_count; i++)
        option.rungs[i] = (uint16_t)ntm_i_climb_ladder(c, part->ladders[i])->at;
    if (option.rungs == NULL || !ntm_i_array_append(&part->options, &option, 1)) c->no_memory = true;
}

/* All combinations in which exactly `left` of the ladders from `next` on climb. False when there was no room for
   all. */
static bool try_climbing(ntm_i_climbing *c, ntm_i_part *part, size_t next, size_t left, uint64_t cost, size_t *room) {
    if (c->no_memory) return true;
    if (left == 0) {
        if (*room == 0) return false;
        --*room;
        keep_option(c, part, cost);
        return true;
    }
    bool whole = true;
    for (size_t i = next; i + left <= part->ladder_count && whole; i++) {
        ntm_i_ladder *ladder = ntm_i_climb_ladder(c, part->ladders[i]);
        for (size_t rung = 1; rung < ladder->rung_count && whole; rung++) {
            uint64_t sum;
            if (ntm_i_add_overflows(cost, ladder->rungs[rung].cost, &sum)) {
                c->overflow = true;
                continue;
            }
            ntm_i_climb_put(c, ladder, rung);
            whole = try_climbing(c, part, i + 1, left - 1, sum, room);
        }
        ntm_i_climb_put(c, ladder, 0);
    }
    return whole;
}

void ntm_i_climb_try(ntm_i_climbing *c) {
    if (!look_at_part(c, SIZE_MAX, &c->base, &c->base_bands)) {
        c->base_bands = 0;
        c->overflow = true;
    }
    for (size_t i = 0; i < c->part_count && !c->no_memory; i++) {
        ntm_i_part *part = &c->parts[i];
        size_t room = c->options->combinations_max == 0 ? 65536 : c->options->combinations_max;
        bool whole = true;
        for (size_t climbing = 0; climbing <= part->ladder_count && whole; climbing++)
            whole = try_climbing(c, part, 0, climbing, 0, &room);
        c->exact = c->exact && whole;
    }
}

/* ------------------------------------------------------------------------------------------- all parts */

/* A way through the parts so far. */
typedef struct way {
    uint64_t cost;
    ntm_i_rational points;
    uint32_t before; /* the way through the parts before */
    uint32_t option; /* of the last part */
} way;

/* Cheapest first, then most points, then the order in which they were tried. */
static int compare_ways(const void *a, const void *b) {
    const way *x = a, *y = b;
    if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
    int order = ntm_i_rational_compare(y->points, x->points);
    if (order != 0) return order;
    if (x->before != y->before) return x->before < y->before ? -1 : 1;
    return (x->option > y->option) - (x->option < y->option);
}

/* Leaves the ways that no other is as cheap as and has as many points as. */
static size_t thin_out(way *ways, size_t count) {
    size_t kept = 0;
    if (count > 1) qsort(ways, count, sizeof *ways, compare_ways);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || ntm_i_rational_compare(ways[i].points, ways[kept - 1].points) > 0) ways[kept++] = ways[i];
    return kept;
}

typedef struct stage {
    way *ways;
    size_t count;
} stage;

/* Too many ways: leaves some out evenly, the last one (with the most points) never. */
static void limit_ways(ntm_i_climbing *c, stage *s, size_t most) {
    if (s->count <= most) return;
    c->exact = false;
    for (size_t i = 0; i < most; i++)
        s->ways[i] = s->ways[i * (s->count - 1) / (most - 1)];
    s->count = most;
}

/* The options of a part that serve a band, thinned out. */
static bool options_for(ntm_i_climbing *c, stage *out, const ntm_i_part *part, uint64_t band) {
    const ntm_i_option *options = part->options.items;
    out->count = 0;
    out->ways = ntm_i_allocate(&c->arena.allocator, part->options.count, sizeof *out->ways);
    if (out->ways == NULL) {
        c->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < part->options.count; i++)
        if ((options[i].bands & band) != 0)
            out->ways[out->count++] = (way){options[i].cost, options[i].points, 0, (uint32_t)i};
    out->count = thin_out(out->ways, out->count);
    return true;
}

/* All ways to go on with the options of a part. */
static bool put_together(ntm_i_climbing *c, stage *out, stage *before, const ntm_i_part *part, uint64_t band) {
    stage options = {NULL, 0};
    if (!options_for(c, &options, part, band)) return false;
    limit_ways(c, before, WAYS_MAX);
    if (options.count > 0 && before->count > PAIRS_MAX / options.count)
        limit_ways(c, &options, PAIRS_MAX / before->count < 2 ? 2 : PAIRS_MAX / before->count);
    size_t pairs = before->count * options.count, used = 0;
    way *ways = ntm_i_allocate(&c->arena.allocator, pairs, sizeof *ways);
    for (size_t i = 0; ways != NULL && i < before->count; i++)
        for (size_t k = 0; k < options.count; k++) {
            const way *a = &before->ways[i], *b = &options.ways[k];
            way *w = &ways[used];
            bool fits = ntm_i_add_overflows(a->cost, b->cost, &w->cost) == 0;
            if (!ntm_i_is_finite(a->points) || !ntm_i_is_finite(b->points))
                w->points = NTM_I_MINUS_INFINITY;
            else
                fits = ntm_i_rational_add(&w->points, a->points, b->points) && fits;
            c->overflow = c->overflow || !fits;
            w->before = (uint32_t)i;
            w->option = b->option;
            used += fits;
        }
    size_t kept = ways == NULL ? 0 : thin_out(ways, used);
    out->ways = ntm_i_arena_take(&c->arena, kept, sizeof *out->ways);
    c->no_memory = c->no_memory || ways == NULL || out->ways == NULL;
    if (!c->no_memory && kept > 0) memcpy(out->ways, ways, kept * sizeof *ways);
    out->count = kept;
    ntm_i_release(&c->arena.allocator, ways, pairs, sizeof *ways);
    ntm_i_release(&c->arena.allocator, options.ways, part->options.count, sizeof *options.ways);
    return !c->no_memory;
}

static bool reaches(const ntm_i_climbing *c, size_t band, ntm_i_rational points) {
    const ntm_band *b = &c->grade->bands[c->first_band + band];
    int power = c->set->info[c->grade->of[0] - 1].unit.power;
    ntm_i_rational from;
    if (!b->has_from) return true;
    if (!ntm_i_rational_scale(&from, ntm_i_rational_decimal(b->from), power)) return false;
    int order = ntm_i_rational_compare(points, from);
    return b->from_open ? order > 0 : order >= 0;
}

/* The best way to a class, or NULL; its stages go to `stages`, part_count + 1 of them. */
static const way *best_way(ntm_i_climbing *c, stage *stages, size_t band) {
    if ((c->base_bands >> band & 1) == 0) return NULL;
    way *first = ntm_i_arena_take(&c->arena, 1, sizeof *first);
    if (first == NULL) {
        c->no_memory = true;
        return NULL;
    }
    *first = (way){0, c->base, 0, 0};
    stages[0] = (stage){first, 1};
    for (size_t i = 0; i < c->part_count; i++)
        if (!put_together(c, &stages[i + 1], &stages[i], &c->parts[i], UINT64_C(1) << band)) return NULL;
    const stage *last = &stages[c->part_count];
    for (size_t i = 0; i < last->count; i++)
        if (reaches(c, band, last->ways[i].points)) return &last->ways[i];
    return NULL;
}

/* Puts the ladders where a way leads. */
static void follow(ntm_i_climbing *c, const stage *stages, const way *w) {
    for (size_t i = c->part_count; i-- > 0;) {
        const ntm_i_part *part = &c->parts[i];
        const ntm_i_option *option = &((const ntm_i_option *)part->options.items)[w->option];
        for (size_t k = 0; k < part->ladder_count; k++)
            ntm_i_climb_put(c, ntm_i_climb_ladder(c, part->ladders[k]), option->rungs[k]);
        w = &stages[i].ways[w->before];
    }
}

bool ntm_i_climb_choose(ntm_i_climbing *c, uint64_t *cost) {
    stage *stages = ntm_i_arena_take(&c->arena, c->part_count + 1, sizeof *stages);
    way best = {0, {0, 1}, 0, 0};
    bool found = false;
    if (stages == NULL) c->no_memory = true;
    for (size_t band = 0; band < c->band_count && !c->no_memory; band++) {
        const way *w = best_way(c, stages, band);
        if (w == NULL || c->no_memory) continue;
        int order = ntm_i_rational_compare(w->points, best.points);
        if (found && (w->cost > best.cost || (w->cost == best.cost && order <= 0))) continue;
        found = true;
        best = *w;
        follow(c, stages, w);
    }
    *cost = best.cost;
    return found && !c->no_memory;
}
