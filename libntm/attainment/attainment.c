/* SPDX-License-Identifier: Apache-2.0 */
/* Looking at a result. */
#include "attainment/attainment.h"

#include <stdlib.h>

#include "base/error.h"

size_t ntm_i_attainment_slot(const ntm_attainment *a, ntm_of of, size_t index) {
    size_t preconditions = a->criterion_count + a->indicator_count, last = preconditions + a->precondition_count;
    switch (of) {
        case NTM_OF_CRITERIA_STATUS: return last;
        case NTM_OF_STATUS: return last + 1;
        case NTM_OF_REVOCATION: return last + 2;
        case NTM_OF_CRITERION: return index < a->criterion_count ? index : SIZE_MAX;
        case NTM_OF_INDICATOR: return index < a->indicator_count ? a->criterion_count + index : SIZE_MAX;
        case NTM_OF_PRECONDITION: return index < a->precondition_count ? preconditions + index : SIZE_MAX;
    }
    return SIZE_MAX;
}

ntm_verdict ntm_i_attainment_at(const ntm_attainment *a, size_t slot, size_t row) {
    if (slot >= a->slot_count || row >= a->rows || a->slots[slot].met == NULL) return NTM_OPEN;
    if (a->slots[slot].met[row / 64] >> (row % 64) & 1) return NTM_MET;
    return a->slots[slot].not_met[row / 64] >> (row % 64) & 1 ? NTM_NOT_MET : NTM_OPEN;
}

static ntm_verdict verdict_at(const ntm_attainment *a, ntm_of of, size_t index, size_t row) {
    return a == NULL ? NTM_OPEN : ntm_i_attainment_at(a, ntm_i_attainment_slot(a, of, index), row);
}

size_t ntm_attainment_rows(const ntm_attainment *a) { return a == NULL ? 0 : a->rows; }
ntm_verdict ntm_attainment_status(const ntm_attainment *a, size_t row) { return verdict_at(a, NTM_OF_STATUS, 0, row); }
ntm_verdict ntm_attainment_criteria_status(const ntm_attainment *a, size_t row) {
    return verdict_at(a, NTM_OF_CRITERIA_STATUS, 0, row);
}
ntm_verdict ntm_attainment_revocation(const ntm_attainment *a, size_t row) {
    return verdict_at(a, NTM_OF_REVOCATION, 0, row);
}
ntm_verdict ntm_attainment_criterion(const ntm_attainment *a, size_t row, size_t criterion) {
    return verdict_at(a, NTM_OF_CRITERION, criterion, row);
}
ntm_verdict ntm_attainment_indicator(const ntm_attainment *a, size_t row, size_t indicator) {
    return verdict_at(a, NTM_OF_INDICATOR, indicator, row);
}
ntm_verdict ntm_attainment_precondition(const ntm_attainment *a, size_t row, size_t precondition) {
    return verdict_at(a, NTM_OF_PRECONDITION, precondition, row);
}

ntm_bounds ntm_attainment_criteria_met(const ntm_attainment *a, size_t row) {
    ntm_bounds bounds = {0, 0};
    if (a != NULL && row < a->rows) bounds = (ntm_bounds){a->least[row], a->most[row]};
    return bounds;
}

ntm_bounds ntm_attainment_grade(const ntm_attainment *a, size_t row) {
    ntm_bounds bounds = {0, 0};
    if (a != NULL && row < a->rows && a->grade_least != NULL)
        bounds = (ntm_bounds){a->grade_least[row], a->grade_most[row]};
    return bounds;
}

/* The kept slot that is asked for; SIZE_MAX after filling err. */
static size_t kept_slot(const ntm_attainment *a, ntm_of of, size_t index, ntm_error *err) {
    size_t slot = ntm_i_attainment_slot(a, of, index);
    if (slot < a->slot_count && a->slots[slot].met != NULL) return slot;
    (void)ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "%s",
                     slot < a->slot_count ? "these verdicts were not kept: see ntm_evaluate_options.keep"
                                          : "an index past the end");
    return SIZE_MAX;
}

static uint64_t count_bits(const uint64_t *words, size_t count) {
    uint64_t total = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t word = words[i]; /* the well-known sum in parallel: portable, and compilers know it */
        word -= (word >> 1) & 0x5555555555555555u;
        word = (word & 0x3333333333333333u) + ((word >> 2) & 0x3333333333333333u);
        word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu;
        total += (word * 0x0101010101010101u) >> 56;
    }
    return total;
}

ntm_status ntm_attainment_tally(ntm_tally *out, const ntm_attainment *a, ntm_of of, size_t index, ntm_error *err) {
    if (out == NULL || a == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a place for the tally and a result are needed");
    size_t slot = kept_slot(a, of, index, err);
    if (slot == SIZE_MAX) return NTM_ERROR_ARGUMENT;
    uint64_t met = count_bits(a->slots[slot].met, a->words), not_met = count_bits(a->slots[slot].not_met, a->words);
    *out = (ntm_tally){met, not_met, a->rows - met - not_met};
    return NTM_OK;
}

ntm_status ntm_attainment_verdicts(uint8_t *out, size_t rows, const ntm_attainment *a, ntm_of of, size_t index,
                                   ntm_error *err) {
    if (a == NULL || (out == NULL && rows > 0))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "room for the verdicts and a result are needed");
    if (rows != a->rows)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_NOWHERE, "room for %zu rows, the result has %zu", rows, a->rows);
    size_t slot = kept_slot(a, of, index, err);
    if (slot == SIZE_MAX) return NTM_ERROR_ARGUMENT;
    for (size_t i = 0; i < rows; i++)
        out[i] = (uint8_t)((a->slots[slot].met[i / 64] >> (i % 64) & 1) |
                           (a->slots[slot].not_met[i / 64] >> (i % 64) & 1) << 1);
    return NTM_OK;
}

ntm_status ntm_attainment_counts(const uint16_t **least, const uint16_t **most, const ntm_attainment *a,
                                 ntm_error *err) {
    if (a == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a result is needed");
    if (least != NULL) *least = a->least;
    if (most != NULL) *most = a->most;
    return NTM_OK;
}

/* A row and how far it is from attaining. */
typedef struct distance {
    size_t row;
    uint32_t needed;
    uint32_t open;
} distance;

static int compare_distances(const void *a, const void *b) {
    const distance *x = a, *y = b;
    if (x->needed != y->needed) return x->needed < y->needed ? -1 : 1;
    if (x->open != y->open) return x->open < y->open ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

ntm_status ntm_attainment_near_misses(size_t *rows, size_t *count, size_t capacity, const ntm_attainment *a,
                                      size_t needed_most, ntm_error *err) {
    if (a == NULL || count == NULL || (rows == NULL && capacity > 0))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "room for rows, a count and a result are needed");
    const ntm_allocator *allocator = &a->arena.allocator;
    distance *list = ntm_i_allocate(allocator, a->rows, sizeof *list);
    if (list == NULL) return ntm_i_no_memory(err);
    size_t used = 0, status = ntm_i_attainment_slot(a, NTM_OF_STATUS, 0);
    for (size_t row = 0; row < a->rows; row++) {
        uint32_t needed = (uint32_t)(a->criterion_count - a->most[row]);
        if (ntm_i_attainment_at(a, status, row) == NTM_MET || needed > needed_most) continue;
        list[used++] = (distance){row, needed, (uint32_t)(a->most[row] - a->least[row])};
    }
    if (used > 1) qsort(list, used, sizeof *list, compare_distances);
    *count = used < capacity ? used : capacity;
    for (size_t i = 0; i < *count; i++)
        rows[i] = list[i].row;
    ntm_i_release(allocator, list, a->rows, sizeof *list);
    return NTM_OK;
}
