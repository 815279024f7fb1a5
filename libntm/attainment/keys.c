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

static bool from_columns(ntm_i_run *run, const ntm_i_keyspace *space) {
    for (uint32_t k = 0; k < space->axis_count; k++)
        if (run->bounds[run->plan->axes[space->axes[k]].input].column != NULL) return true;
    return false;
}

/* Rows of one district stand together in most tables, so that whole blocks often share a key. */
static void look_for_one_key(ntm_i_keys *keys, size_t rows) {
    uint32_t first = keys->each[0], different = 0;
    for (size_t i = 1; i < rows; i++)
        different |= keys->each[i] ^ first;
    keys->uniform = different == 0;
    keys->key = first;
}

const ntm_i_keys *ntm_i_load_keys(ntm_i_run *run, uint32_t keyspace) {
    ntm_i_keys *keys = &run->keys[keyspace];
    if (keys->block == run->start) return keys;
    const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(run->plan)[keyspace];
    keys->block = run->start;
    if (!from_columns(run, space)) {
        uint32_t key = ntm_i_key_of_row(run, keyspace, 0);
        keys->uniform = true;
        keys->key = key < space->cells ? key : space->cells;
        return keys;
    }
    for (size_t i = 0; i < run->rows; i++)
        keys->each[i] = 0;
    for (uint32_t k = 0; k < space->axis_count; k++) {
        const ntm_i_plan_axis *axis = &run->plan->axes[space->axes[k]];
        ntm_i_load(run, axis->input);
        for (size_t i = 0; i < run->rows; i++) {
            uint32_t place = place_of_row(run, axis, i);
            bool lost = place >= axis->size || keys->each[i] == NTM_I_NONE;
            keys->each[i] = lost ? NTM_I_NONE : keys->each[i] * axis->size + place;
        }
    }
    for (size_t i = 0; i < run->rows; i++)
        if (keys->each[i] == NTM_I_NONE) keys->each[i] = space->cells;
    look_for_one_key(keys, run->rows);
    return keys;
}
