/* SPDX-License-Identifier: Apache-2.0 */
/* What is seen along the months only: since when a unit has been behind, and where a value went back. */
#include "trajectory/trajectory.h"

static bool is_behind(int32_t state) { return state == NTM_TRACK_BEHIND || state == NTM_TRACK_MISSED; }

/* A month that is open breaks the row of months: nobody knows that it was behind. */
static void look_since(ntm_trajectory *t, size_t cell, size_t row) {
    if (!is_behind(t->state[cell])) return;
    bool goes_on = row >= t->unit_count && is_behind(t->state[cell - t->unit_count]);
    t->since[cell] = goes_on ? t->since[cell - t->unit_count] : t->end[cell];
    ntm_i_track_set_bit(t->since_known, cell);
}

/* `before` is the last period in which the unit's value was known, from 1; 0 = none yet. */
static void look_back(ntm_trajectory *t, const ntm_i_track *track, size_t cell, size_t row, uint32_t *before) {
    ntm_i_rational now, then;
    if (!ntm_i_track_value(&now, t, cell)) return;
    size_t period = row / t->unit_count;
    size_t earlier = *before == 0 ? 0 : cell - (period - (*before - 1)) * t->unit_count;
    if (*before != 0 && ntm_i_track_value(&then, t, earlier)) {
        int order = ntm_i_rational_compare(now, then);
        if (ntm_i_upward(track->view.sign) ? order < 0 : order > 0) {
            t->fell[cell] = t->end[earlier];
            ntm_i_track_set_bit(t->fell_known, cell);
        }
    }
    *before = (uint32_t)period + 1;
}

bool ntm_i_track_months(ntm_trajectory *t) {
    const ntm_allocator *allocator = &t->arena.allocator;
    for (size_t series = 0; series < t->track.count; series++) {
        const ntm_i_track *track = &ntm_i_tracks(t)[series];
        bool moves = track->view.measured && track->view.sign != NTM_EQUAL;
        uint32_t *before = ntm_i_allocate(allocator, t->unit_count, sizeof *before);
        if (before == NULL) return false;
        for (size_t row = 0; row < t->rows; row++) {
            size_t cell = ntm_i_cell_at(t, series, row);
            look_since(t, cell, row);
            if (moves) look_back(t, track, cell, row, &before[row % t->unit_count]);
        }
        ntm_i_release(allocator, before, t->unit_count, sizeof *before);
    }
    return true;
}
