/* SPDX-License-Identifier: Apache-2.0 */
/* Weighted means and ratios of sums, in exact rationals. */
#include "rollup/fold.h"

#include <string.h>

#include "column/words.h"

/* A vector of exact bounds: at the scale asked for, or that of the source if it is finer. */
static bool start_exact(ntm_i_vector *out, const ntm_i_rolling *r, const ntm_i_job *job, const ntm_i_vector *in,
                        const ntm_i_stage *stage) {
    ntm_i_vector_start(out, ntm_i_blocks(stage, in->rows) * stage->to_rows, &in->allocator);
    out->scale = in->scale > r->options.scale ? in->scale : r->options.scale;
    ntm_i_vector_natural(out, job->natural);
    return ntm_i_vector_values(out) && ntm_i_vector_known(out) && ntm_i_vector_absent(out) && ntm_i_vector_lower(out) &&
           ntm_i_vector_upper(out) && ntm_i_vector_exact(out);
}

/* Bounds that are no point lie within the natural ones, if they meet them at all. */
static ntm_i_interval within(ntm_i_interval value, ntm_i_interval natural) {
    if (ntm_i_rational_compare(value.least, value.most) == 0) return value;
    ntm_i_interval out = {ntm_i_larger(value.least, natural.least), ntm_i_smaller(value.most, natural.most)};
    return ntm_i_rational_compare(out.least, out.most) <= 0 ? out : value;
}

static bool is_absent(const ntm_i_vector *in, size_t row) {
    return in->absent != NULL && ntm_i_word_bit(in->absent, row);
}

/* Whether all parts of a target, of which there are some, are not applicable. */
static bool all_absent(const ntm_i_vector *in, const ntm_i_stage *stage, size_t block, size_t target) {
    size_t first = stage->first[target], end = stage->first[target + 1];
    for (size_t k = first; k < end; k++)
        if (!is_absent(in, block * stage->from_rows + stage->from[k])) return false;
    return end > first;
}

/* Whether some part of a target is a part of a source that weights divide. */
static bool has_weighed_part(const ntm_i_stage *stage, size_t target) {
    for (size_t k = stage->first[target]; stage->share != NULL && k < stage->first[target + 1]; k++)
        if (stage->share[k] != NTM_I_WHOLE && stage->divided[stage->divided_of[stage->share[k]]].total > 0) return true;
    return false;
}

/* Whether a target has but one part that keeps the share of its source: the whole, or a part by weights. */
static bool keeps_share(const ntm_i_stage *stage, size_t target) {
    return stage->first[target + 1] - stage->first[target] == 1 &&
           (ntm_i_is_carried(stage, target) || has_weighed_part(stage, target));
}

/* ------------------------------------------------------------------------------------------- means */

typedef struct meaning {
    ntm_i_rolling *r;
    const ntm_i_job *job;
    const ntm_i_vector *in, *weight;
    const ntm_i_stage *stage;
    ntm_i_arena arena;
    int64_t *parts, *rest; /* by share: the weight of the divided source shared out */
    uint32_t *order, *spare;
    ntm_status status; /* of the target: a weight that cannot be, or NTM_ERROR_OVERFLOW */
} meaning;

/* The weights of divided sources, shared out for a block; shares without weight are found out by the caller. */
static void share_weights(meaning *m, size_t block) {
    for (size_t d = 0; d < m->stage->divided_count && m->weight != NULL; d++) {
        const ntm_i_divided *divided = &m->stage->divided[d];
        ntm_i_state state = ntm_i_state_at(m->weight, block * m->stage->from_rows + divided->from);
        if (state.known == NTM_REPORTED && divided->total > 0)
            ntm_i_apportion(m->parts + divided->first, state.between.least, &m->stage->shares[divided->first],
                            divided->count, divided->total, m->order, m->spare, m->rest);
    }
}

/* The weight of one part; false when it is not known. */
static bool weight_of(meaning *m, int64_t *out, size_t row, size_t piece) {
    const ntm_i_stage *stage = m->stage;
    if (m->weight == NULL || !ntm_i_word_bit(m->weight->known, row)) return false;
    uint32_t share = stage->share == NULL ? NTM_I_WHOLE : stage->share[piece];
    if (share != NTM_I_WHOLE && stage->divided[stage->divided_of[share]].total == 0) return false;
    *out = share == NTM_I_WHOLE ? m->weight->least[row] : m->parts[share];
    if (m->weight->least[row] < 0) m->status = NTM_ERROR_VALUE;
    return true;
}

/* What one part is: the share of its source, if weights divide that; else nobody has said. */
static ntm_i_interval value_of(const meaning *m, size_t row, size_t piece) {
    const ntm_i_stage *stage = m->stage;
    uint32_t share = stage->share == NULL ? NTM_I_WHOLE : stage->share[piece];
    if (share != NTM_I_WHOLE && stage->divided[stage->divided_of[share]].total == 0) return m->job->natural;
    return ntm_i_vector_between(m->in, row);
}

/* Adds value × weight; 0 of anything is 0. */
static bool add_product(ntm_i_interval *sum, ntm_i_interval value, int64_t weight) {
    ntm_i_interval product;
    return ntm_i_interval_multiply(&product, value, ntm_i_point(ntm_i_rational_int(weight))) &&
           ntm_i_interval_add(sum, *sum, product);
}

static ntm_i_interval mean_of(meaning *m, size_t block, size_t target) {
    const ntm_i_stage *stage = m->stage;
    ntm_i_interval sum = ntm_i_point(ntm_i_rational_int(0)), hull = NTM_I_ANYTHING, mean;
    ntm_i_rational weights = ntm_i_rational_int(0);
    bool any = false, all_weighed = true;
    for (size_t k = stage->first[target]; k < stage->first[target + 1]; k++) {
        size_t row = block * stage->from_rows + stage->from[k];
        int64_t weight = 0;
        if (is_absent(m->in, row)) continue;
        ntm_i_interval value = value_of(m, row, k);
        bool weighed = weight_of(m, &weight, row, k);
        all_weighed = all_weighed && weighed;
        if (!weighed || weight > 0) { /* what weighs nothing moves nothing */
            hull.least = any ? ntm_i_smaller(hull.least, value.least) : value.least;
            hull.most = any ? ntm_i_larger(hull.most, value.most) : value.most;
            any = true;
        }
        if (all_weighed &&
            (!add_product(&sum, value, weight) || !ntm_i_rational_add(&weights, weights, ntm_i_rational_int(weight)))) {
            m->status = NTM_ERROR_OVERFLOW;
            return NTM_I_ANYTHING;
        }
    }
    if (!any) return m->job->natural; /* weights of 0 alone */
    if (!all_weighed) return hull;
    if (!ntm_i_interval_divide(&mean, sum, ntm_i_point(weights))) {
        m->status = NTM_ERROR_OVERFLOW;
        return NTM_I_ANYTHING;
    }
    return mean;
}

/* The usual case: everything is reported, whole or shared out, and 64 bits carry it. False where the intervals have to do
   it. */
static bool mean_quickly(meaning *m, ntm_i_vector *out, size_t block, size_t target) {
    const ntm_i_stage *stage = m->stage;
    ntm_i_wide sum = 0;
    int64_t weights = 0;
    if (m->in->exact != NULL || m->weight == NULL) return false;
    for (size_t k = stage->first[target]; k < stage->first[target + 1]; k++) {
        size_t row = block * stage->from_rows + stage->from[k];
        int64_t weight = 0;
        if (!ntm_i_word_bit(m->in->known, row) || !weight_of(m, &weight, row, k) || m->status != NTM_OK) return false;
        ntm_i_wide product = (ntm_i_wide)m->in->least[row] * weight;
        if (ntm_i_add_overflows(sum, product, &sum) || ntm_i_add_overflows(weights, weight, &weights)) return false;
    }
    return weights > 0 && sum >= -INT64_MAX && sum <= INT64_MAX &&
           ntm_i_exact_put_ratio(out, block * stage->to_rows + target, (int64_t)sum, weights, -(int)m->in->scale);
}

/* A value of the source as it is. */
static void carry(ntm_i_vector *out, size_t row, const ntm_i_vector *in, size_t from) {
    if (in->exact == NULL && ntm_i_word_bit(in->known, from) &&
        ntm_i_exact_put_ratio(out, row, in->least[from], 1, -(int)in->scale))
        return;
    ntm_i_exact_put(out, row, ntm_i_vector_between(in, from));
}

static void mean_target(meaning *m, ntm_i_vector *out, size_t block, size_t target) {
    const ntm_i_stage *stage = m->stage;
    size_t row = block * stage->to_rows + target, first = stage->first[target];
    m->status = NTM_OK;
    if (all_absent(m->in, stage, block, target)) {
        ntm_i_word_set(out->own_absent, row);
    } else if (first == stage->first[target + 1]) {
        ntm_i_exact_put(out, row, m->job->natural);
    } else if (keeps_share(stage, target)) {
        carry(out, row, m->in, block * stage->from_rows + stage->from[first]);
    } else if (!mean_quickly(m, out, block, target)) {
        m->status = NTM_OK;
        ntm_i_exact_put(out, row, within(mean_of(m, block, target), m->job->natural));
    }
    if (m->status == NTM_ERROR_VALUE)
        ntm_i_rolling_complain(m->r, NTM_ERROR_VALUE, m->job->name, row,
                               "a weight below 0 in the mean of target row %zu: \"%s\"", row,
                               m->job->fact->merge_weight);
    else if (m->status != NTM_OK)
        ntm_i_rolling_complain(m->r, NTM_ERROR_OVERFLOW, m->job->name, row,
                               "the mean of target row %zu does not fit exact arithmetic", row);
}

ntm_status ntm_i_roll_mean(ntm_i_vector *out, ntm_i_rolling *r, const ntm_i_job *job, const ntm_i_vector *in,
                           const ntm_i_vector *weight, const ntm_i_stage *stage, ntm_error *err) {
    ntm_i_vector vector;
    meaning m;
    memset(&m, 0, sizeof m);
    m.r = r;
    m.job = job;
    m.in = in;
    m.weight = weight;
    m.stage = stage;
    ntm_i_arena_start(&m.arena, &r->allocator);
    m.parts = ntm_i_arena_take(&m.arena, stage->share_count, sizeof *m.parts);
    m.rest = ntm_i_arena_take(&m.arena, stage->share_most, sizeof *m.rest);
    m.order = ntm_i_arena_take(&m.arena, stage->share_most, sizeof *m.order);
    m.spare = ntm_i_arena_take(&m.arena, stage->share_most, sizeof *m.spare);
    bool made = start_exact(&vector, r, job, in, stage) && m.parts != NULL && m.rest != NULL && m.order != NULL &&
                m.spare != NULL;
    for (size_t b = 0; b < ntm_i_blocks(stage, in->rows) && made; b++) {
        share_weights(&m, b);
        for (size_t t = 0; t < stage->to_rows; t++)
            mean_target(&m, &vector, b, t);
    }
    ntm_i_arena_end(&m.arena);
    if (made)
        *out = vector;
    else
        ntm_i_vector_end(&vector);
    return made ? NTM_OK : ntm_i_no_memory(err);
}

/* ------------------------------------------------------------------------------------------- ratios */

/* What one part of a target brings to a sum, not rounded to whole things: so a part keeps the share of its source. */
static bool part_of(ntm_i_interval *out, const ntm_i_vector *in, const ntm_i_stage *stage, size_t row, size_t piece) {
    ntm_i_interval whole = ntm_i_vector_between(in, row), zero = ntm_i_point(ntm_i_rational_int(0));
    uint32_t share = stage->share == NULL ? NTM_I_WHOLE : stage->share[piece];
    *out = whole;
    if (share == NTM_I_WHOLE) return true;
    int64_t total = stage->divided[stage->divided_of[share]].total;
    if (total == 0) { /* between nothing and all, as ntm_i_roll_sum() has it */
        bool some =
            in->natural.has_least && in->natural.least >= 0 && ntm_i_rational_compare(whole.least, zero.least) >= 0;
        *out = some ? (ntm_i_interval){zero.least, whole.most} : NTM_I_ANYTHING;
        return true;
    }
    ntm_i_rational weight;
    return ntm_i_rational_divide(&weight, ntm_i_rational_int(stage->shares[share].weight), ntm_i_rational_int(total)) &&
           ntm_i_interval_multiply(out, whole, ntm_i_point(weight));
}

static bool sum_unrounded(ntm_i_interval *out, bool *any, const ntm_i_vector *in, const ntm_i_stage *stage,
                          size_t block, size_t target) {
    *out = ntm_i_point(ntm_i_rational_int(0));
    *any = false;
    for (size_t k = stage->first[target]; k < stage->first[target + 1]; k++) {
        size_t row = block * stage->from_rows + stage->from[k];
        ntm_i_interval part;
        if (is_absent(in, row)) continue;
        *any = true;
        if (!part_of(&part, in, stage, row, k) || !ntm_i_interval_add(out, *out, part)) return false;
    }
    return true;
}

/* numerator / denominator in the fact's unit; nothing is known where a part is not applicable or the divisor is 0. */
static bool ratio_of(ntm_i_interval *out, const ntm_i_job *job, const ntm_i_ratio_part parts[2],
                     const ntm_i_stage *stage, size_t block, size_t target) {
    ntm_i_interval ratio, sums[2];
    *out = job->natural;
    for (size_t i = 0; i < 2; i++) {
        size_t row = block * stage->to_rows + target;
        bool any = true;
        if (parts[i].after == NULL || is_absent(parts[i].after, row)) return true;
        if (has_weighed_part(stage, target)) {
            if (!sum_unrounded(&sums[i], &any, parts[i].before, stage, block, target)) return false;
        } else {
            sums[i] = ntm_i_vector_between(parts[i].after, row);
        }
        if (!any) return true;
    }
    if (!ntm_i_interval_divide(&ratio, sums[0], sums[1])) return false;
    if (!ntm_i_rational_scale(&ratio.least, ratio.least, job->power) ||
        !ntm_i_rational_scale(&ratio.most, ratio.most, job->power))
        return false;
    *out = within(ratio, job->natural);
    return true;
}

/* The usual case: whole sources whose numbers are all reported. False where the intervals have to do it. */
static bool ratio_quickly(ntm_i_vector *out, const ntm_i_job *job, const ntm_i_ratio_part parts[2],
                          const ntm_i_stage *stage, size_t row, size_t target) {
    const ntm_i_vector *over = parts[0].after, *under = parts[1].after;
    if (over == NULL || under == NULL || has_weighed_part(stage, target)) return false;
    if (!ntm_i_word_bit(over->known, row) || !ntm_i_word_bit(under->known, row) || under->least[row] <= 0) return false;
    return ntm_i_exact_put_ratio(out, row, over->least[row], under->least[row],
                                 job->power + (int)under->scale - (int)over->scale);
}

ntm_status ntm_i_roll_ratio(ntm_i_vector *out, ntm_i_rolling *r, const ntm_i_job *job, const ntm_i_vector *in,
                            const ntm_i_ratio_part parts[2], const ntm_i_stage *stage, ntm_error *err) {
    ntm_i_vector vector;
    if (!start_exact(&vector, r, job, in, stage)) {
        ntm_i_vector_end(&vector);
        return ntm_i_no_memory(err);
    }
    for (size_t b = 0; b < ntm_i_blocks(stage, in->rows); b++)
        for (size_t t = 0; t < stage->to_rows; t++) {
            size_t row = b * stage->to_rows + t, first = stage->first[t];
            ntm_i_interval value = job->natural;
            if (all_absent(in, stage, b, t)) {
                ntm_i_word_set(vector.own_absent, row);
            } else if (keeps_share(stage, t)) {
                carry(&vector, row, in, b * stage->from_rows + stage->from[first]);
            } else if (!ratio_quickly(&vector, job, parts, stage, row, t)) {
                if (first != stage->first[t + 1] && !ratio_of(&value, job, parts, stage, b, t))
                    ntm_i_rolling_complain(r, NTM_ERROR_OVERFLOW, job->name, row,
                                           "the ratio of target row %zu does not fit exact arithmetic", row);
                ntm_i_exact_put(&vector, row, value);
            }
        }
    *out = vector;
    return NTM_OK;
}
