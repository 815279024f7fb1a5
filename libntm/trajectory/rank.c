/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of cells: who is behind, the worst first; where a value went back. */
#include "trajectory/ranked.h"
#include "trajectory/trajectory.h"

/* What a unit that is behind, or missed its deadline, was asked for. */
static ntm_i_rational asked(const ntm_trajectory *t, const ntm_i_track *track, size_t cell) {
    bool least = ntm_i_upward(track->view.sign) || track->view.sign == NTM_EQUAL;
    ntm_i_amount amount = t->state[cell] == NTM_TRACK_BEHIND ? NTM_I_INTERIM
                          : least                            ? NTM_I_TARGET_LEAST
                                                             : NTM_I_TARGET_MOST;
    return ntm_i_of_fraction(ntm_i_track_amount(t, amount, cell));
}

static ntm_i_ranked rank(const ntm_trajectory *t, size_t series, size_t unit, size_t cell) {
    ntm_fraction behind = ntm_i_track_amount(t, NTM_I_BEHIND, cell);
    ntm_i_ranked made = {series, unit, ntm_trajectory_unit(t, unit), NTM_I_RANK_NO_AMOUNT, ntm_i_rational_int(0)};
    if (behind.denominator == 0) return made;
    ntm_i_rational of = asked(t, &ntm_i_tracks(t)[series], cell);
    if (of.numerator < 0) of.numerator = -of.numerator;
    made.amount = ntm_i_of_fraction(behind);
    made.rank = of.numerator == 0 && behind.numerator != 0 ? NTM_I_RANK_UNASKED : NTM_I_RANK_SHARE;
    /* Parts of 64 bits: their products fit. */
    if (made.rank == NTM_I_RANK_SHARE && of.numerator != 0) (void)ntm_i_rational_divide(&made.amount, made.amount, of);
    return made;
}

/* All: but what is only a sum of others, the status and criteria with indicators. */
static bool is_meant(const ntm_trajectory *t, size_t wanted, size_t series) {
    const ntm_i_track *track = &ntm_i_tracks(t)[series];
    if (wanted != NTM_TRACK_ALL) return wanted == series;
    return track->view.of != NTM_TRACK_STATUS && !track->summed;
}

static size_t collect(ntm_i_ranked *out, const ntm_trajectory *t, size_t wanted, size_t period) {
    size_t count = 0;
    for (size_t series = 0; series < t->track.count; series++) {
        size_t first = ntm_i_cell_at(t, series, period * t->unit_count);
        for (size_t unit = 0; unit < t->unit_count && is_meant(t, wanted, series); unit++) {
            int32_t state = t->state[first + unit];
            if (state != NTM_TRACK_BEHIND && state != NTM_TRACK_MISSED) continue;
            if (out != NULL) out[count] = rank(t, series, unit, first + unit);
            count++;
        }
    }
    return count;
}

ntm_status ntm_trajectory_behind(ntm_track_place *out, size_t *count, size_t capacity, const ntm_trajectory *t,
                                 size_t series, size_t period, ntm_error *err) {
    if (t == NULL || count == NULL || (out == NULL && capacity > 0) || period >= t->period_count ||
        (series >= t->track.count && series != NTM_TRACK_ALL))
        return ntm_i_wrong_call(err, "room, a count, and a series and a period of a trajectory are needed");
    size_t found = collect(NULL, t, series, period);
    if (capacity == 0 || found == 0) {
        *count = found;
        return NTM_OK;
    }
    const ntm_allocator *allocator = &t->arena.allocator;
    ntm_i_ranked *items = ntm_i_allocate(allocator, found, sizeof *items);
    if (items != NULL) (void)collect(items, t, series, period);
    uint32_t *order = items == NULL ? NULL : ntm_i_rank_order(items, found, allocator);
    for (size_t i = 0; order != NULL && i < found && i < capacity; i++)
        out[i] = (ntm_track_place){items[order[i]].series, items[order[i]].unit, period};
    if (order != NULL) *count = found;
    bool made = order != NULL;
    ntm_i_release(allocator, order, 2 * found, sizeof *order);
    ntm_i_release(allocator, items, found, sizeof *items);
    return made ? NTM_OK : ntm_i_no_memory(err);
}

ntm_status ntm_trajectory_fallen(ntm_track_place *out, size_t *count, size_t capacity, const ntm_trajectory *t,
                                 size_t series, ntm_error *err) {
    if (t == NULL || count == NULL || (out == NULL && capacity > 0) ||
        (series >= t->track.count && series != NTM_TRACK_ALL))
        return ntm_i_wrong_call(err, "room, a count, and a series of a trajectory are needed");
    size_t found = 0;
    for (size_t of = 0; of < t->track.count; of++)
        for (size_t row = 0; row < t->rows && is_meant(t, series, of); row++) {
            if (!ntm_i_track_bit(t->fell_known, ntm_i_cell_at(t, of, row))) continue;
            if (found < capacity) out[found] = (ntm_track_place){of, row % t->unit_count, row / t->unit_count};
            found++;
        }
    *count = found;
    return NTM_OK;
}
