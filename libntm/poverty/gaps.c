/* SPDX-License-Identifier: Apache-2.0 */
/* Poverty gaps: sums of weight × (z - x) and weight × (z - x)² over the poor, in whole numbers of 128 bits. */
#include "poverty/measure.h"

static bool add_gap(ntm_i_wide *sums, ntm_i_wide weight, ntm_i_wide gap) {
    ntm_i_wide first = 0, second = 0;
    return !ntm_i_multiply_overflows(weight, gap, &first) && !ntm_i_multiply_overflows(first, gap, &second) &&
           !ntm_i_add_overflows(sums[0], first, &sums[0]) && !ntm_i_add_overflows(sums[1], second, &sums[1]);
}

static ntm_status too_large(const ntm_i_measuring *m, size_t row, uint32_t group, const char *name, ntm_error *err) {
    char text[200];
    /* The groups are not in order yet: this one is named by itself. */
    ntm_i_groups only = m->p->groups;
    only.order = &group;
    (void)ntm_i_groups_name(text, sizeof text, &only, 0);
    return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_ROW(name, row), "the gaps of %s do not fit 128 bits", text);
}

/* Unknown deprivations of the best case have no gap, those of the worst case the largest there is: an achievement of
   0. */
static ntm_status add_slot(const ntm_i_measuring *m, ntm_i_slot slot, size_t j, ntm_error *err) {
    const ntm_i_block_buffers *b = m->block;
    const ntm_i_indicator *in = &m->indicators[j];
    const uint64_t *deprived = slot == NTM_I_MOST ? b->possible[j] : b->deprived[j];
    for (size_t w = 0; w < ntm_i_words_of(b->rows); w++) {
        for (uint64_t left = deprived[w] & b->poor[slot][w] & b->masks[slot][w]; left != 0; left &= left - 1) {
            uint64_t bit = left & (0 - left);
            size_t r = 64 * w + (size_t)__builtin_ctzll(left);
            ntm_i_wide weight = m->population.column == NULL ? 1 : (ntm_i_wide)b->high[r] << 32 | b->low[r];
            ntm_i_wide gap = in->line;
            if ((b->deprived[j][w] & bit) != 0) gap -= in->factor * b->values[j][r];
            ntm_i_wide *sums =
                m->p->gaps + b->group[r] * ntm_i_gap_stride(m->p) + (size_t)slot * 2 * m->p->weights.count + 2 * j;
            if (!add_gap(sums, weight, gap)) return too_large(m, b->start + r, b->group[r], in->name, err);
        }
    }
    return NTM_OK;
}

ntm_status ntm_i_gaps_add(const ntm_i_measuring *m, ntm_error *err) {
    ntm_status status = NTM_OK;
    for (size_t j = 0; j < m->p->weights.count && status == NTM_OK; j++) {
        status = add_slot(m, NTM_I_COMPLETE, j, err);
        if (status != NTM_OK || !m->block->incomplete || m->p->incomplete == NTM_INCOMPLETE_LEAVE_OUT) continue;
        status = add_slot(m, NTM_I_LEAST, j, err);
        if (status == NTM_OK) status = add_slot(m, NTM_I_MOST, j, err);
    }
    return status;
}
