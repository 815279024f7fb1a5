/* SPDX-License-Identifier: Apache-2.0 */
/* Which cell of a figure holds for each row: its place on every axis of the figure. */
#include "attainment/run.h"

uint32_t ntm_i_place_of_row(ntm_i_run *run, const ntm_i_plan_axis *axis, size_t row) {
    const ntm_i_bound *bound = &run->bounds[axis->input];
    if (bound->column == NULL) return axis->fixed || axis->is_year ? axis->fixed_at : axis->size;
    if (!ntm_i_bit(&bound->valid, row)) return axis->size;
    uint32_t place = ((const uint32_t *)bound->values)[row];
    return place < axis->size ? place : NTM_I_NONE;
}

/* ------------------------------------------------------------------------------------------- scope */

static bool is_scoped(const ntm_i_run *run, const ntm_i_keyspace *space) {
    for (uint32_t k = 0; k < space->axis_count; k++)
        if (space->axes[k] == run->plan->scope_axis) return true;
    return false;
}

static const ntm_i_truth *scope_truth(const ntm_i_run *run, size_t rule) {
    return &run->verdicts[ntm_i_slot_scope(run->plan->set, rule)];
}

/* The columns that could hold for a row: those of rules that are open, up to the first rule that is met; after them the
   unit's own column (here `own`), unless some rule is met. Gives possibility number `wanted`, or the first when there
   are fewer; *count is how many there are. */
static uint32_t scoped_place(const ntm_i_run *run, uint32_t own, size_t row, size_t wanted, size_t *count) {
    const ntm_plan *plan = run->plan;
    uint32_t first = own, found = own;
    bool met = false;
    *count = 0;
    for (size_t i = 0; i < plan->set->scope_count && !met; i++) {
        ntm_i_truth const *truth = scope_truth(run, i);
        if (ntm_i_bit(&truth->not_met, row)) continue;
        met = ntm_i_bit(&truth->met, row);
        if (*count == 0) first = plan->scope_places[i];
        if (*count == wanted) found = plan->scope_places[i];
        ++*count;
    }
    if (!met) ++*count; /* its own column: `found` unless an earlier one was wanted */
    return wanted < *count ? found : first;
}

size_t ntm_i_possibilities(ntm_i_run *run, uint32_t keyspace, size_t row) {
    size_t count = 1;
    if (is_scoped(run, &ntm_i_plan_keyspaces(run->plan)[keyspace])) (void)scoped_place(run, 0, row, 0, &count);
    return count;
}

/* ------------------------------------------------------------------------------------------- keys */

/* Which column of the scoped axis holds: possibility number `wanted`; or, with `by_rule`, that of rule number `wanted`,
   the unit's own behind the last. */
static uint32_t column_of_row(const ntm_i_run *run, uint32_t own, size_t row, size_t wanted, bool by_rule) {
    size_t possibilities;
    if (!by_rule) return scoped_place(run, own, row, wanted, &possibilities);
    return wanted < run->plan->set->scope_count ? run->plan->scope_places[wanted] : own;
}

static uint32_t key_of_row(ntm_i_run *run, uint32_t keyspace, size_t row, size_t wanted, bool by_rule) {
    const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(run->plan)[keyspace];
    uint32_t key = 0;
    bool outside = false;
    for (uint32_t k = 0; k < space->axis_count; k++) {
        const ntm_i_plan_axis *axis = &run->plan->axes[space->axes[k]];
        ntm_i_load(run, axis->input);
        uint32_t place = ntm_i_place_of_row(run, axis, row);
        if (space->axes[k] == run->plan->scope_axis) place = column_of_row(run, place, row, wanted, by_rule);
        if (place == axis->size) return space->cells;
        outside = outside || place == NTM_I_NONE;
        key = key * axis->size + place;
    }
    return outside ? NTM_I_NONE : key;
}

uint32_t ntm_i_key_of_row(ntm_i_run *run, uint32_t keyspace, size_t row, size_t possibility) {
    return key_of_row(run, keyspace, row, possibility, false);
}

uint32_t ntm_i_key_by_rule(ntm_i_run *run, uint32_t keyspace, size_t row, size_t rule) {
    return key_of_row(run, keyspace, row, rule, true);
}

/* Rows of one district stand together in most tables, so that whole words, or the whole block, often share a key. */
static void look_for_one_key(ntm_i_keys *keys, size_t rows, uint32_t unknown) {
    uint32_t differ = 0;
    keys->any_unknown = false;
    for (size_t word = 0; word * 64 < rows; word++) {
        const uint32_t *each = keys->each + word * 64;
        size_t count = rows - word * 64 < 64 ? rows - word * 64 : 64;
        uint32_t different = 0, lost = 0;
        for (size_t i = 0; i < count; i++) {
            different |= each[i] ^ each[0];
            lost |= each[i] == unknown;
        }
        keys->word_keys[word] = different == 0 ? each[0] : NTM_I_NONE;
        differ |= different | (each[0] ^ keys->each[0]);
        keys->any_unknown = keys->any_unknown || lost != 0;
    }
    keys->uniform = differ == 0;
    keys->key = keys->each[0];
}

static bool all_reported(const ntm_i_run *run, const ntm_i_bound *bound) {
    for (size_t word = 0; word < run->words; word++) {
        size_t rows = run->rows - word * 64;
        if (bound->valid.words[word] != (rows < 64 ? (UINT64_C(1) << rows) - 1 : UINT64_MAX)) return false;
    }
    return true;
}

/* One axis more in the keys of all rows. A key that is lost stays lost. */
static void add_axis(ntm_i_run *run, const ntm_i_plan_axis *axis, uint32_t *each) {
    const ntm_i_bound *bound = &run->bounds[axis->input];
    bool whole = bound->column != NULL && all_reported(run, bound);
    const uint32_t *places = bound->values, size = axis->size;
    for (size_t i = 0; i < run->rows; i++) {
        uint32_t place = whole ? places[i] : ntm_i_place_of_row(run, axis, i);
        each[i] = place >= size || each[i] == NTM_I_NONE ? NTM_I_NONE : each[i] * size + place;
    }
}

/* The same for the scoped axis; whether some row has more possibilities than one. */
static bool add_scoped_axis(ntm_i_run *run, const ntm_i_plan_axis *axis, uint32_t *each, size_t possibility) {
    bool undecided = false;
    for (size_t i = 0; i < run->rows; i++) {
        size_t count;
        uint32_t place = scoped_place(run, ntm_i_place_of_row(run, axis, i), i, possibility, &count);
        undecided = undecided || count > 1;
        each[i] = place >= axis->size || each[i] == NTM_I_NONE ? NTM_I_NONE : each[i] * axis->size + place;
    }
    return undecided;
}

/* Whether every rule of scope is not met for all rows of the block. */
static bool scope_is_idle(const ntm_i_run *run) {
    uint64_t missing = 0;
    for (size_t i = 0; i < run->plan->set->scope_count; i++)
        for (size_t word = 0; word < run->words; word++) {
            size_t rows = run->rows - word * 64;
            uint64_t inside = rows < 64 ? (UINT64_C(1) << rows) - 1 : UINT64_MAX;
            missing |= inside & ~scope_truth(run, i)->not_met.words[word];
        }
    return missing == 0;
}

/* Whether all rows of the block have one place on every axis. */
static bool one_key(ntm_i_run *run, const ntm_i_keyspace *space) {
    bool one = !is_scoped(run, space) || scope_is_idle(run);
    for (uint32_t k = 0; k < space->axis_count; k++) {
        uint32_t input = run->plan->axes[space->axes[k]].input;
        ntm_i_load(run, input);
        const ntm_i_bound *bound = &run->bounds[input];
        one = one && (bound->column == NULL || (bound->one_place && all_reported(run, bound)));
    }
    return one;
}

/* A key for each row. */
static void fill_keys(ntm_i_run *run, const ntm_i_keyspace *space, ntm_i_keys *keys, size_t possibility) {
    bool scoped = is_scoped(run, space) && !scope_is_idle(run);
    for (size_t i = 0; i < run->rows; i++)
        keys->each[i] = 0;
    for (uint32_t k = 0; k < space->axis_count; k++) {
        const ntm_i_plan_axis *axis = &run->plan->axes[space->axes[k]];
        if (scoped && space->axes[k] == run->plan->scope_axis)
            keys->undecided = add_scoped_axis(run, axis, keys->each, possibility);
        else
            add_axis(run, axis, keys->each);
    }
    for (size_t i = 0; i < run->rows; i++)
        if (keys->each[i] == NTM_I_NONE) keys->each[i] = space->cells;
    look_for_one_key(keys, run->rows, space->cells);
}

const ntm_i_keys *ntm_i_load_keys(ntm_i_run *run, uint32_t keyspace) {
    ntm_i_keys *keys = &run->keys[keyspace];
    if (keys->block == run->start) return keys;
    const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(run->plan)[keyspace];
    keys->block = run->start;
    keys->undecided = false;
    if (one_key(run, space)) {
        uint32_t key = ntm_i_key_of_row(run, keyspace, 0, 0);
        keys->uniform = true;
        keys->key = key < space->cells ? key : space->cells;
        return keys;
    }
    fill_keys(run, space, keys, 0);
    return keys;
}

const ntm_i_keys *ntm_i_load_other_keys(ntm_i_run *run, uint32_t keyspace, size_t possibility) {
    fill_keys(run, &ntm_i_plan_keyspaces(run->plan)[keyspace], &run->other_keys, possibility);
    return &run->other_keys;
}
