/* SPDX-License-Identifier: Apache-2.0 */
/* The distance to a class, and the cheapest steps there. */
#include "attainment/climb.h"

#include "attainment/values.h"

struct ntm_climb {
    ntm_i_arena arena;
    ntm_climb_summary summary;
    ntm_climb_step *steps;
    size_t count;
};

static ntm_status too_large(const ntm_i_climbing *c, ntm_error *err) {
    return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_ROW(c->set->about.id, c->row),
                      "its score or the costs of its steps do not fit 64 bits");
}

/* A number in base units as the interface gives it, in the unit of the bands. */
static bool given(const ntm_i_climbing *c, ntm_fraction *out, ntm_i_rational value) {
    int power = c->set->info[c->grade->of[0] - 1].unit.power;
    return (!ntm_i_is_finite(value) || ntm_i_rational_scale(&value, value, -power)) && ntm_i_fraction(out, value);
}

/* from - value, at least 0; infinite where the value has no bound on that side. */
static bool short_of(ntm_i_rational *out, ntm_i_rational from, ntm_i_rational value) {
    ntm_i_rational zero = ntm_i_rational_int(0);
    if (!ntm_i_is_finite(value))
        *out = value.numerator > 0 ? zero : NTM_I_INFINITY;
    else if (!ntm_i_rational_subtract(out, from, value))
        return false;
    *out = ntm_i_larger(*out, zero);
    return true;
}

static ntm_status measure(ntm_i_climbing *c, ntm_climb *climb, ntm_error *err) {
    ntm_climb_summary *s = &climb->summary;
    ntm_i_exact x = ntm_i_climb_look(c);
    ntm_i_interval score = ntm_i_exact_quantity(&x, c->grade->of[0]);
    const ntm_band *band = s->target == 0 ? NULL : &c->grade->bands[s->target - 1];
    ntm_i_rational from, least = ntm_i_rational_int(0), most = least;
    if (x.failed || !given(c, &s->score.least, score.least) || !given(c, &s->score.most, score.most))
        return too_large(c, err);
    if (band != NULL && band->has_from) {
        int power = c->set->info[c->grade->of[0] - 1].unit.power;
        if (!ntm_i_rational_scale(&from, ntm_i_rational_decimal(band->from), power) ||
            !short_of(&least, from, score.most) || !short_of(&most, from, score.least))
            return too_large(c, err);
        s->more_than_bound = band->from_open;
    }
    if (!given(c, &s->lacking.least, least) || !given(c, &s->lacking.most, most)) return too_large(c, err);
    if (band != NULL && !ntm_i_arena_copy(&climb->arena, &s->target_label, band->label)) return ntm_i_no_memory(err);
    return NTM_OK;
}

/* Makes the steps one after the other, and tells what each adds. The ladders stand where the way leads. */
static ntm_status write_steps(ntm_i_climbing *c, ntm_climb *climb, ntm_error *err) {
    size_t *rungs = ntm_i_arena_take(&c->arena, c->ladders.count, sizeof *rungs);
    climb->steps = ntm_i_arena_take(&climb->arena, c->ladders.count, sizeof *climb->steps);
    if (rungs == NULL || climb->steps == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < c->ladders.count; i++) {
        rungs[i] = ntm_i_climb_ladder(c, i)->at;
        ntm_i_climb_put(c, ntm_i_climb_ladder(c, i), 0);
    }
    ntm_i_exact x = ntm_i_climb_look(c);
    ntm_i_rational before = ntm_i_exact_quantity(&x, c->grade->of[0]).least;
    for (size_t i = 0; i < c->ladders.count; i++) {
        ntm_i_ladder *ladder = ntm_i_climb_ladder(c, i);
        if (rungs[i] == 0) continue;
        ntm_climb_step *step = &climb->steps[climb->count++];
        ntm_i_climb_put(c, ladder, rungs[i]);
        x = ntm_i_climb_look(c);
        ntm_i_rational after = ntm_i_exact_quantity(&x, c->grade->of[0]).least, gain = NTM_I_INFINITY;
        bool known = ntm_i_is_finite(before) && ntm_i_is_finite(after);
        if ((known && !ntm_i_rational_subtract(&gain, after, before)) || !given(c, &step->gain, gain))
            return too_large(c, err);
        step->levels = (uint32_t)rungs[i];
        step->cost = ladder->rungs[rungs[i]].cost;
        before = after;
        if (!ntm_i_arena_copy(&climb->arena, &step->fact, c->set->facts[ladder->fact].id) ||
            !ntm_i_arena_copy(&climb->arena, &step->from, ladder->rungs[0].text) ||
            !ntm_i_arena_copy(&climb->arena, &step->to, ladder->rungs[rungs[i]].text))
            return ntm_i_no_memory(err);
    }
    return given(c, &climb->summary.score_after, before) ? NTM_OK : too_large(c, err);
}

static ntm_status search(ntm_i_climbing *c, ntm_climb *climb, ntm_error *err) {
    ntm_climb_summary *s = &climb->summary;
    s->exact = true;
    if (s->target == 0) return NTM_OK;
    c->exact = true;
    c->first_band = s->target - 1;
    c->band_count = c->grade->band_count - c->first_band;
    if (c->band_count > NTM_I_CLIMB_BANDS_MAX) {
        c->band_count = NTM_I_CLIMB_BANDS_MAX;
        c->exact = false;
    }
    ntm_status status = ntm_i_climb_prepare(c, err);
    if (status != NTM_OK) return status;
    ntm_i_climb_try(c);
    if (!c->no_memory) s->found = ntm_i_climb_choose(c, &s->cost);
    if (c->no_memory) return ntm_i_no_memory(err);
    s->exact = c->exact && !c->overflow;
    return s->found ? write_steps(c, climb, err) : NTM_OK;
}

/* Evaluates the row as it stands, which also checks it. */
static ntm_status start(ntm_i_climbing *c, ntm_climb *climb, ntm_error *err) {
    uint32_t least, most;
    ntm_i_run_block(c->run, c->row, 1);
    ntm_i_exact x = ntm_i_exact_start(c->run, 0);
    ntm_i_exact_grade(&x, c->set->grade, &least, &most);
    if (c->run->problem_count > 0) return ntm_i_error_copy(err, &c->run->first);
    climb->summary.grade = (ntm_bounds){least, most};
    size_t target = c->options->target;
    if (target == 0 && least < c->grade->band_count) target = least + 1;
    climb->summary.target = target;
    ntm_status status = measure(c, climb, err);
    return status == NTM_OK ? search(c, climb, err) : status;
}

static ntm_status check_call(const ntm_plan *plan, const ntm_table *table, size_t row, const ntm_climb_options *options,
                             ntm_error *err) {
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator) ||
        (options->costs == NULL && options->cost_count > 0))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "options that begin with NTM_CLIMB_OPTIONS_INIT are needed");
    if (plan->set->grade == 0)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(plan->set->about.id), "the set has no grade");
    if (row >= table->rows)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW(NULL, row), "row %zu of a table of %zu rows", row,
                          table->rows);
    size_t bands = plan->set->nodes[plan->set->grade - 1].band_count;
    if (options->target > bands)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(plan->set->about.id), "class %zu of a grade of %zu",
                          options->target, bands);
    return NTM_OK;
}

ntm_status ntm_climb_new(ntm_climb **out, const ntm_plan *plan, const ntm_table *table, size_t row,
                         const ntm_climb_options *options, ntm_error *err) {
    const ntm_climb_options usual = NTM_CLIMB_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || plan == NULL || table == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a place for the way, a plan and a table are needed");
    ntm_status status = check_call(plan, table, row, options, err);
    if (status != NTM_OK) return status;
    ntm_evaluate_options evaluate = NTM_EVALUATE_OPTIONS_INIT;
    evaluate.allocator = options->allocator;
    evaluate.ignore_unknown = options->ignore_unknown;
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_i_run run;
    status = ntm_i_run_start(&run, plan, table, &evaluate, err);
    if (status != NTM_OK) return status;
    ntm_climb *climb = ntm_i_allocate(&allocator, 1, sizeof *climb);
    if (climb == NULL) {
        ntm_i_run_end(&run);
        return ntm_i_no_memory(err);
    }
    ntm_i_arena_start(&climb->arena, &allocator);
    ntm_i_climbing c = {.run = &run, .set = plan->set, .options = options, .row = row};
    c.grade = &plan->set->nodes[plan->set->grade - 1];
    ntm_i_arena_start(&c.arena, &allocator);
    ntm_i_array_start(&c.pieces, &allocator, sizeof(ntm_i_piece));
    ntm_i_array_start(&c.ladders, &allocator, sizeof(ntm_i_ladder));
    ntm_i_array_start(&c.marks, &allocator, sizeof(ntm_i_mark));
    status = start(&c, climb, err);
    for (size_t i = 0; i < c.part_count; i++)
        ntm_i_array_end(&c.parts[i].options);
    ntm_i_array_end(&c.pieces);
    ntm_i_array_end(&c.ladders);
    ntm_i_array_end(&c.marks);
    ntm_i_arena_end(&c.arena);
    ntm_i_run_end(&run);
    if (status != NTM_OK)
        ntm_climb_free(climb);
    else
        *out = climb;
    return status;
}

void ntm_climb_free(ntm_climb *climb) {
    if (climb == NULL) return;
    ntm_i_arena arena = climb->arena;
    ntm_i_release(&arena.allocator, climb, 1, sizeof *climb);
    ntm_i_arena_end(&arena);
}

const ntm_climb_summary *ntm_climb_about(const ntm_climb *climb) { return climb == NULL ? NULL : &climb->summary; }

size_t ntm_climb_step_count(const ntm_climb *climb) { return climb == NULL ? 0 : climb->count; }

const ntm_climb_step *ntm_climb_step_at(const ntm_climb *climb, size_t index) {
    return climb == NULL || index >= climb->count ? NULL : &climb->steps[index];
}
