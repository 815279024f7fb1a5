/* SPDX-License-Identifier: Apache-2.0 */
/* Which cell of a figure holds for each row: its place on every axis of the figure. */
#include "attainment/run.h"

/* The place of a row on an axis: below its size, size when it is not known, NTM_I_NONE when the axis does not have it. */
static uint32_t place_of_row(ntm_i_run *run, const ntm_i_plan_axis *axis, size_t row) {
    const ntm_i_bound *bound = &run->bounds[axis->input];
    if (bound->column == NULL) return axis->fixed || axis->is_year ? axis->fixed_at : axis->size;
    if (!ntm_i_bit(&bound->valid, row)) return axis->size;
    uint32_t place = ((const uint32_t *)bound->values)[row];
    return place < axis->size ? place : NTM_I_NONE;
}

uint32_t ntm_i_key_of_row(ntm_i_run *run, uint32_t keyspace, size_t row) {
    const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(run->plan)[keyspace];
    uint32_t key = 0;
    bool outside = false;
    for (uint32_t k = 0; k < space->axis_count; k++) {
        const ntm_i_plan_axis *axis = &run->plan->axes[space->axes[k]];
        ntm_i_load(run, axis->input);
        uint32_t place = place_of_row(run, axis, row);
        if (place == axis->size) return space->cells;
        outside = outside || place == NTM_I_NONE;
        key = key * axis->size + place;
    }
    return outside ? NTM_I_NONE : key;
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
        uint32_t place = whole ? places[i] : place_of_row(run, axis, i);
        each[i] = place >= size || each[i] == NTM_I_NONE ? NTM_I_NONE : each[i] * size + place;
    }
}

/* Whether all rows of the block have one place on every axis. */
static bool one_key(ntm_i_run *run, const ntm_i_keyspace *space) {
    bool one = true;
    for (uint32_t k = 0; k < space->axis_count; k++) {
        uint32_t input = run->plan->axes[space->axes[k]].input;
        ntm_i_load(run, input);
        const ntm_i_bound *bound = &run->bounds[input];
        one = one && (bound->column == NULL || (bound->one_place && all_reported(run, bound)));
    }
    return one;
}

const ntm_i_keys *ntm_i_load_keys(ntm_i_run *run, uint32_t keyspace) {
    ntm_i_keys *keys = &run->keys[keyspace];
    if (keys->block == run->start) return keys;
    const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(run->plan)[keyspace];
    keys->block = run->start;
    if (one_key(run, space)) {
        uint32_t key = ntm_i_key_of_row(run, keyspace, 0);
        keys->uniform = true;
        keys->key = key < space->cells ? key : space->cells;
        return keys;
    }
    for (size_t i = 0; i < run->rows; i++)
        keys->each[i] = 0;
    for (uint32_t k = 0; k < space->axis_count; k++)
        add_axis(run, &run->plan->axes[space->axes[k]], keys->each);
    for (size_t i = 0; i < run->rows; i++)
        if (keys->each[i] == NTM_I_NONE) keys->each[i] = space->cells;
    look_for_one_key(keys, run->rows, space->cells);
    return keys;
}
