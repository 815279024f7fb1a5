/* SPDX-License-Identifier: Apache-2.0 */
/* The flips of all rows from the lowest number to the highest, and the counts at each number. */
#include <string.h>

#include "base/checked.h"
#include "base/error.h"
#include "flip/flips.h"

int ntm_i_flips_compare(ntm_fraction a, ntm_fraction b) {
    ntm_i_wide left = (ntm_i_wide)a.numerator * b.denominator, right = (ntm_i_wide)b.numerator * a.denominator;
    return left < right ? -1 : left > right;
}

int ntm_i_flips_compare_decimal(ntm_fraction a, ntm_decimal b) {
    ntm_i_wide left = a.numerator, right = (ntm_i_wide)b.coefficient * a.denominator; /* below 2^63 * 10^18 */
    for (uint8_t k = 0; k < b.scale; k++)
        left *= 10;
    return left < right ? -1 : left > right;
}

/* ------------------------------------------------------------------------------------------- order */

/* A flip by its number rounded down to 2^-64: in a row in memory while they are sorted, and exact where two differ. */
typedef struct key {
    ntm_i_wide rounded;
    uint32_t at;
} key;

static ntm_i_wide round_down(ntm_fraction a) {
    ntm_i_wide whole = a.numerator / a.denominator, rest = a.numerator % a.denominator;
    if (rest < 0) {
        whole--;
        rest += a.denominator;
    }
    ntm_i_uwide parts = ((ntm_i_uwide)rest << 64) / (ntm_i_uwide)a.denominator;
    return whole * ((ntm_i_wide)1 << 64) + (ntm_i_wide)parts;
}

static int compare_keys(const ntm_i_flip *flips, const key *a, const key *b) {
    if (a->rounded != b->rounded) return a->rounded < b->rounded ? -1 : 1;
    return ntm_i_flips_compare(flips[a->at].at, flips[b->at].at);
}

/* Stable, so that flips at one number stay in order of rows. Returns the one of both in which the result stands. */
static key *merge_sort(key *from, key *to, size_t count, const ntm_i_flip *flips) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t left = 0; left < count; left += 2 * width) {
            size_t middle = left + width < count ? left + width : count;
            size_t end = middle + width < count ? middle + width : count, a = left, b = middle;
            for (size_t at = left; at < end; at++)
                to[at] =
                    a < middle && (b >= end || compare_keys(flips, &from[a], &from[b]) <= 0) ? from[a++] : from[b++];
        }
        key *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

static ntm_status sort(ntm_flips *flips, ntm_error *err) {
    const ntm_i_flip *all = flips->all.items;
    size_t count = flips->all.count;
    key *keys = ntm_i_allocate(&flips->allocator, count, sizeof *keys);
    key *spare = ntm_i_allocate(&flips->allocator, count, sizeof *spare);
    flips->order = ntm_i_allocate(&flips->allocator, count, sizeof *flips->order);
    bool good = keys != NULL && spare != NULL && flips->order != NULL;
    for (size_t i = 0; good && i < count; i++)
        keys[i] = (key){round_down(all[i].at), (uint32_t)i};
    const key *sorted = good ? merge_sort(keys, spare, count, all) : NULL;
    for (size_t i = 0; good && i < count; i++)
        flips->order[i] = sorted[i].at;
    ntm_i_release(&flips->allocator, keys, count, sizeof *keys);
    ntm_i_release(&flips->allocator, spare, count, sizeof *spare);
    return good ? NTM_OK : ntm_i_no_memory(err);
}

/* ------------------------------------------------------------------------------------------- counts */

static ntm_tally count_verdicts(const uint8_t *verdicts, size_t rows) {
    ntm_tally tally = {0, 0, 0};
    for (size_t i = 0; i < rows; i++) {
        tally.met += verdicts[i] == NTM_MET;
        tally.not_met += verdicts[i] == NTM_NOT_MET;
        tally.open += verdicts[i] == NTM_OPEN;
    }
    return tally;
}

/* One row less with one verdict, one more with another. Counts never go below 0: the row was counted before. */
static void turn(uint32_t *met, uint32_t *not_met, uint8_t from, uint8_t to) {
    *met += (uint32_t)(to == NTM_MET) - (uint32_t)(from == NTM_MET);
    *not_met += (uint32_t)(to == NTM_NOT_MET) - (uint32_t)(from == NTM_NOT_MET);
}

static ntm_status add_up(ntm_flips *flips, ntm_error *err) {
    const ntm_i_flip *all = flips->all.items;
    uint32_t met = (uint32_t)flips->tally_lowest.met, not_met = (uint32_t)flips->tally_lowest.not_met;
    for (size_t i = 0; i < flips->all.count;) {
        ntm_i_flip_step *step = ntm_i_array_push(&flips->steps);
        if (step == NULL) return ntm_i_no_memory(err);
        *step = (ntm_i_flip_step){(uint32_t)i, met, not_met, met, not_met};
        ntm_fraction at = all[flips->order[i]].at;
        for (; i < flips->all.count; i++) {
            const ntm_i_flip *flip = &all[flips->order[i]];
            if (ntm_i_flips_compare(flip->at, at) != 0) break;
            turn(&step->met, &step->not_met, flip->below, flip->exactly);
            turn(&step->met_above, &step->not_met_above, flip->below, flip->above);
        }
        met = step->met_above;
        not_met = step->not_met_above;
    }
    return NTM_OK;
}

ntm_status ntm_i_flips_order(ntm_flips *flips, ntm_error *err) {
    flips->tally_now = count_verdicts(flips->now, flips->rows);
    flips->tally_lowest = count_verdicts(flips->lowest, flips->rows);
    ntm_status status = sort(flips, err);
    return status == NTM_OK ? add_up(flips, err) : status;
}
