/* SPDX-License-Identifier: Apache-2.0 */
/* Asking flips. */
#include "base/error.h"
#include "flip/flips.h"
#include "number/decimal.h"

static const ntm_i_flip *items(const ntm_flips *flips) { return flips->all.items; }
static const ntm_i_flip_step *steps(const ntm_flips *flips) { return flips->steps.items; }

size_t ntm_flips_rows(const ntm_flips *flips) { return flips == NULL ? 0 : flips->rows; }
size_t ntm_flips_moving(const ntm_flips *flips) { return flips == NULL ? 0 : flips->moving; }
size_t ntm_flips_count(const ntm_flips *flips) { return flips == NULL ? 0 : flips->all.count; }
size_t ntm_flips_steps(const ntm_flips *flips) { return flips == NULL ? 0 : flips->steps.count; }

ntm_status ntm_flips_at(ntm_flip *out, const ntm_flips *flips, size_t index, ntm_error *err) {
    if (out == NULL || flips == NULL || index >= flips->all.count)
        return ntm_i_wrong_call(err, "a place for the flip and the index of one are needed");
    const ntm_i_flip *flip = &items(flips)[flips->order[index]];
    *out =
        (ntm_flip){flip->row, flip->at, (ntm_verdict)flip->below, (ntm_verdict)flip->exactly, (ntm_verdict)flip->above};
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- counts */

static ntm_tally tally_of(const ntm_flips *flips, uint32_t met, uint32_t not_met) {
    return (ntm_tally){met, not_met, (uint64_t)flips->rows - met - not_met};
}

ntm_status ntm_flips_step(ntm_flip_step *out, const ntm_flips *flips, size_t index, ntm_error *err) {
    if (out == NULL || flips == NULL || index >= flips->steps.count)
        return ntm_i_wrong_call(err, "a place for the step and the index of one are needed");
    const ntm_i_flip_step *step = &steps(flips)[index];
    *out = (ntm_flip_step){
        items(flips)[flips->order[step->first]].at,
        index == 0 ? flips->tally_lowest : tally_of(flips, step[-1].met_above, step[-1].not_met_above),
        tally_of(flips, step->met, step->not_met),
        tally_of(flips, step->met_above, step->not_met_above),
    };
    return NTM_OK;
}

ntm_status ntm_flips_tally(ntm_tally *out, const ntm_flips *flips, ntm_decimal threshold, ntm_error *err) {
    if (out == NULL || flips == NULL || !ntm_i_decimal_valid(threshold))
        return ntm_i_wrong_call(err, "a place for the counts, flips and a valid threshold are needed");
    size_t low = 0, high = flips->steps.count; /* steps before `low` are at the threshold or below */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ntm_i_flips_compare_decimal(items(flips)[flips->order[steps(flips)[middle].first]].at, threshold) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) {
        *out = flips->tally_lowest;
        return NTM_OK;
    }
    const ntm_i_flip_step *step = &steps(flips)[low - 1];
    bool exactly = ntm_i_flips_compare_decimal(items(flips)[flips->order[step->first]].at, threshold) == 0;
    *out = exactly ? tally_of(flips, step->met, step->not_met) : tally_of(flips, step->met_above, step->not_met_above);
    return NTM_OK;
}

ntm_status ntm_flips_tally_now(ntm_tally *out, const ntm_flips *flips, ntm_error *err) {
    if (out == NULL || flips == NULL) return ntm_i_wrong_call(err, "a place for the counts and flips are needed");
    *out = flips->tally_now;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- rows */

static ntm_verdict verdict_at(const ntm_flips *flips, size_t row, ntm_decimal threshold) {
    size_t start = flips->first[row], low = start, high = flips->first[row + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ntm_i_flips_compare_decimal(items(flips)[middle].at, threshold) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == start) return (ntm_verdict)flips->lowest[row];
    const ntm_i_flip *flip = &items(flips)[low - 1];
    bool exactly = ntm_i_flips_compare_decimal(flip->at, threshold) == 0;
    return (ntm_verdict)(exactly ? flip->exactly : flip->above);
}

ntm_status ntm_flips_verdict(ntm_verdict *out, const ntm_flips *flips, size_t row, ntm_decimal threshold,
                             ntm_error *err) {
    if (out == NULL || flips == NULL || row >= flips->rows || !ntm_i_decimal_valid(threshold))
        return ntm_i_wrong_call(err, "a place for the verdict, a row of flips and a valid threshold are needed");
    *out = verdict_at(flips, row, threshold);
    return NTM_OK;
}

ntm_status ntm_flips_verdict_now(ntm_verdict *out, const ntm_flips *flips, size_t row, ntm_error *err) {
    if (out == NULL || flips == NULL || row >= flips->rows)
        return ntm_i_wrong_call(err, "a place for the verdict and a row of flips are needed");
    *out = (ntm_verdict)flips->now[row];
    return NTM_OK;
}

ntm_status ntm_flips_changed(ntm_flip_change *out, size_t *count, size_t capacity, const ntm_flips *flips,
                             ntm_decimal threshold, ntm_error *err) {
    if (count == NULL || flips == NULL || (capacity > 0 && out == NULL) || !ntm_i_decimal_valid(threshold))
        return ntm_i_wrong_call(err, "a place for the rows and their number, flips and a valid threshold are needed");
    size_t found = 0;
    for (size_t row = 0; row < flips->rows; row++) {
        ntm_verdict now = (ntm_verdict)flips->now[row], then = verdict_at(flips, row, threshold);
        if (now == then) continue;
        if (found < capacity) out[found] = (ntm_flip_change){row, now, then};
        found++;
    }
    *count = found;
    return NTM_OK;
}
