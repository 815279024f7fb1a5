/* SPDX-License-Identifier: Apache-2.0 */
/* The facts that can climb: how far, at what cost, and putting them higher. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attainment/climb.h"

void ntm_i_climb_put(ntm_i_climbing *c, ntm_i_ladder *ladder, size_t rung) {
    ntm_i_bound *bound = &c->run->bounds[ladder->input];
    int64_t value = ladder->rungs[rung].value;
    ladder->at = rung;
    memset(ladder->memory, 0, sizeof *ladder->memory);
    if (bound->form == NTM_I_FORM_INDEX) {
        uint32_t place = (uint32_t)value;
        memcpy(ladder->memory, &place, sizeof place);
        bound->one_place = true;
    } else {
        for (unsigned i = 0; bound->form == NTM_I_FORM_INT && i < bound->scale; i++)
            value *= 10; /* it was looked at before whether that fits */
        memcpy(ladder->memory, &value, sizeof value);
    }
    bound->values = ladder->memory;
}

ntm_i_exact ntm_i_climb_look(ntm_i_climbing *c) {
    ntm_i_run *run = c->run;
    if (c->needs_program) {
        for (size_t i = 0; i < run->plan->keyspaces.count; i++)
            run->keys[i].block = SIZE_MAX; /* conditions of scope may have changed */
        run->other_keys.block = SIZE_MAX;
        ntm_i_run_block(run, c->row, 1);
    }
    ntm_i_exact x = ntm_i_exact_start(run, 0);
    x.quiet = true;
    return x;
}

/* ------------------------------------------------------------------------------------------- rungs */

static bool add_rung(ntm_i_climbing *c, ntm_i_ladder *ladder, const char *text, int64_t value) {
    ntm_i_rung *rung = &ladder->rungs[ladder->rung_count++];
    rung->value = value;
    return ntm_i_arena_copy(&c->arena, &rung->text, text);
}

static bool level_rungs(ntm_i_climbing *c, ntm_i_ladder *ladder, const ntm_fact *fact, const ntm_i_bound *bound) {
    uint32_t place = *(const uint32_t *)bound->values;
    bool good = true;
    for (size_t i = place; i < fact->level_count && good; i++)
        good = add_rung(c, ladder, fact->levels[i], (int64_t)i);
    return good;
}

static bool flag_rungs(ntm_i_climbing *c, ntm_i_ladder *ladder, const ntm_i_bound *bound) {
    bool yes = (*(const uint64_t *)bound->values & 1) != 0;
    return add_rung(c, ladder, yes ? "yes" : "no", yes) && (yes || add_rung(c, ladder, "yes", 1));
}

static int compare_marks(const void *a, const void *b) {
    const ntm_i_mark *x = a, *y = b;
    if (x->fact != y->fact) return x->fact < y->fact ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

/* Marks are sorted by fact and value: the first of a fact and the first of the next. */
static void find_marks(const ntm_i_climbing *c, uint32_t fact, size_t *first, size_t *end) {
    const ntm_i_mark *marks = c->marks.items;
    for (size_t side = 0; side < 2; side++) {
        size_t low = 0, high = c->marks.count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (marks[middle].fact < fact + side)
                low = middle + 1;
            else
                high = middle;
        }
        *(side == 0 ? first : end) = low;
    }
}

/* Whether the fact behind an input is a count that can climb above what it is now. */
static bool may_climb(const ntm_i_climbing *c, uint32_t input, ntm_i_rational now) {
    const ntm_i_mark *marks = c->marks.items;
    for (uint32_t i = 0; i < c->set->fact_count; i++) {
        size_t first, end;
        if (!c->looked_at[i] || c->inputs[i] != input) continue;
        find_marks(c, i, &first, &end);
        return end > first && ntm_i_rational_compare(ntm_i_rational_int(marks[end - 1].value), now) > 0;
    }
    return false;
}

/* The largest value that the count may take: its natural bound, and what fits. */
static int64_t highest(const ntm_i_bound *bound) {
    int64_t most = INT64_MAX;
    for (unsigned i = 0; i < bound->scale; i++)
        most /= 10;
    ntm_i_rational limit = bound->input->most;
    if (ntm_i_is_finite(limit) && ntm_i_rational_compare(limit, ntm_i_rational_int(most)) < 0)
        most = (int64_t)ntm_i_rational_floor(limit);
    return most;
}

/* The fact that it is part of bounds it, too. That one stays as it is: if it could climb, and then were in the way of
   `wanted` no more, something is left out. */
static int64_t within_whole(ntm_i_climbing *c, const ntm_i_bound *bound, int64_t most, int64_t wanted) {
    ntm_i_rational whole;
    if (bound->input->part_of == NTM_I_NONE) return most;
    const ntm_i_bound *all = &c->run->bounds[bound->input->part_of];
    ntm_i_load(c->run, bound->input->part_of);
    if (all->column == NULL || !ntm_i_bit(&all->valid, 0) || !ntm_i_value_of_row(c->run, &whole, all, 0)) return most;
    if (ntm_i_rational_compare(whole, ntm_i_rational_int(wanted < most ? wanted : most)) < 0 &&
        may_climb(c, bound->input->part_of, whole))
        c->exact = false;
    return ntm_i_rational_compare(whole, ntm_i_rational_int(most)) < 0 ? (int64_t)ntm_i_rational_floor(whole) : most;
}

static bool count_rungs(ntm_i_climbing *c, ntm_i_ladder *ladder, const ntm_i_bound *bound, size_t first, size_t end) {
    const ntm_i_mark *marks = c->marks.items;
    char text[32];
    ntm_i_rational value;
    if (first == end || !ntm_i_value_of_row(c->run, &value, bound, 0)) return true;
    int64_t now = (int64_t)ntm_i_rational_floor(value);
    int64_t most = within_whole(c, bound, highest(bound), marks[end - 1].value);
    (void)snprintf(text, sizeof text, "%" PRId64, now);
    bool good = add_rung(c, ladder, text, now);
    for (size_t i = first; i < end && good && marks[i].value <= most; i++) {
        if (marks[i].value <= ladder->rungs[ladder->rung_count - 1].value) continue;
        (void)snprintf(text, sizeof text, "%" PRId64, marks[i].value);
        good = add_rung(c, ladder, text, marks[i].value);
    }
    return good;
}

/* ------------------------------------------------------------------------------------------- costs */

static bool is_number(const char *text) {
    size_t size = strlen(text);
    return size > 0 && strspn(text, "0123456789") == size;
}

/* A cost has to be of a fact and level that there are. Costs of counts may be of any number. */
static ntm_status check_cost(const ntm_i_climbing *c, size_t at, ntm_error *err) {
    const ntm_climb_cost *cost = &c->options->costs[at];
    if (cost->fact == NULL || cost->level == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a cost without a fact or a level");
    size_t index = ntm_set_find_fact(c->set, cost->fact);
    if (index == SIZE_MAX)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(cost->fact), "a cost of no fact of the set");
    const ntm_fact *fact = &c->set->facts[index];
    bool found = fact->kind == NTM_KIND_FLAG    ? strcmp(cost->level, "yes") == 0
                 : fact->kind == NTM_KIND_COUNT ? is_number(cost->level)
                                                : false;
    for (size_t i = 0; i < fact->level_count; i++)
        found = found || strcmp(fact->levels[i], cost->level) == 0;
    if (!found)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(cost->fact),
                          "a cost of \"%s\", which it cannot reach", cost->level);
    for (size_t i = 0; i < at; i++)
        if (strcmp(c->options->costs[i].fact, cost->fact) == 0 && strcmp(c->options->costs[i].level, cost->level) == 0)
            return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_SUBJECT(cost->fact), "two costs of \"%s\"", cost->level);
    return NTM_OK;
}

/* Adds the costs up from rung to rung, and cuts off what nobody can pay. */
static ntm_status price(ntm_i_climbing *c, ntm_i_ladder *ladder, ntm_error *err) {
    const char *id = c->set->facts[ladder->fact].id;
    for (size_t r = 1; r < ladder->rung_count; r++) {
        uint64_t cost = 1;
        for (size_t i = 0; i < c->options->cost_count; i++) {
            const ntm_climb_cost *given = &c->options->costs[i];
            if (strcmp(given->fact, id) == 0 && strcmp(given->level, ladder->rungs[r].text) == 0) cost = given->cost;
        }
        if (cost == NTM_COST_NEVER)
            ladder->rung_count = r;
        else if (ntm_i_add_overflows(cost, ladder->rungs[r - 1].cost, &ladder->rungs[r].cost) ||
                 ladder->rungs[r].cost == NTM_COST_NEVER)
            return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT(id), "its costs do not fit 64 bits");
    }
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- ladders */

static ntm_status make_ladder(ntm_i_climbing *c, uint32_t index, ntm_error *err) {
    const ntm_fact *fact = &c->set->facts[index];
    ntm_i_ladder ladder = {.fact = index, .input = c->inputs[index]};
    ntm_i_load(c->run, ladder.input);
    ntm_i_bound *bound = &c->run->bounds[ladder.input];
    if (bound->column == NULL || !ntm_i_bit(&bound->valid, 0)) return NTM_OK;
    size_t first, end;
    find_marks(c, index, &first, &end);
    size_t room = fact->kind == NTM_KIND_LEVEL ? fact->level_count : fact->kind == NTM_KIND_FLAG ? 2 : end - first + 1;
    ladder.rungs = ntm_i_arena_take(&c->arena, room, sizeof *ladder.rungs);
    ladder.memory = ntm_i_arena_take(&c->arena, 64, sizeof *ladder.memory); /* as kernels read it: a word of rows */
    if (ladder.rungs == NULL || ladder.memory == NULL) return ntm_i_no_memory(err);
    bool good = true;
    if (fact->kind == NTM_KIND_LEVEL && bound->form == NTM_I_FORM_INDEX)
        good = level_rungs(c, &ladder, fact, bound);
    else if (fact->kind == NTM_KIND_FLAG && bound->form == NTM_I_FORM_BITS)
        good = flag_rungs(c, &ladder, bound);
    else if (fact->kind == NTM_KIND_COUNT && bound->form == NTM_I_FORM_INT)
        good = count_rungs(c, &ladder, bound, first, end);
    if (!good) return ntm_i_no_memory(err);
    ntm_status status = price(c, &ladder, err);
    if (status != NTM_OK || ladder.rung_count < 2) return status;
    if (ladder.rung_count > UINT16_MAX) {
        ladder.rung_count = UINT16_MAX;
        c->exact = false;
    }
    ladder.part = c->ladders.count;
    if (!ntm_i_array_append(&c->ladders, &ladder, 1)) return ntm_i_no_memory(err);
    ntm_i_climb_put(c, ntm_i_climb_ladder(c, ladder.part), 0);
    return NTM_OK;
}

ntm_status ntm_i_climb_ladders(ntm_i_climbing *c, ntm_error *err) {
    ntm_status status = NTM_OK;
    for (size_t i = 0; i < c->options->cost_count && status == NTM_OK; i++)
        status = check_cost(c, i, err);
    if (c->marks.count > 1) qsort(c->marks.items, c->marks.count, sizeof(ntm_i_mark), compare_marks);
    for (uint32_t i = 0; i < c->set->fact_count && status == NTM_OK; i++)
        if (c->looked_at[i]) status = make_ladder(c, i, err);
    return status;
}
