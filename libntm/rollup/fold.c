/* SPDX-License-Identifier: Apache-2.0 */
/* Smallest, largest, last, or open: rules that look at their parts one by one. Yes in all and yes in one are the smallest
   and the largest of 0 and 1, by Kleene's strong logic. */
#include "rollup/fold.h"

#include "column/words.h"

bool ntm_i_target_start(ntm_i_vector *out, const ntm_i_vector *in, const ntm_i_stage *stage) {
    ntm_i_vector_start(out, ntm_i_blocks(stage, in->rows) * stage->to_rows, &in->allocator);
    out->scale = in->scale;
    out->natural = in->natural;
    return ntm_i_vector_values(out) && ntm_i_vector_known(out) && (in->absent == NULL || ntm_i_vector_absent(out));
}

/* A part of a source has not what the whole has, and nobody has said what it has instead. */
static ntm_i_state piece_at(const ntm_i_vector *in, const ntm_i_stage *stage, size_t row, size_t piece) {
    ntm_i_state state = ntm_i_state_at(in, row);
    bool whole = stage->share == NULL || stage->share[piece] == NTM_I_WHOLE;
    if (!whole && state.known != NTM_NOT_APPLICABLE) return (ntm_i_state){NTM_NOT_REPORTED, in->natural};
    return state;
}

static void fold_in(ntm_i_limits *into, const ntm_i_limits *one, ntm_i_rule rule) {
    bool min = rule == NTM_I_RULE_MIN;
    /* Of the smallest: below what any part is below; at least what all parts are at least. Of the largest likewise. */
    bool has_least = min ? into->has_least && one->has_least : into->has_least || one->has_least;
    bool has_most = min ? into->has_most || one->has_most : into->has_most && one->has_most;
    if (!into->has_least || (one->has_least && (min ? one->least < into->least : one->least > into->least)))
        into->least = one->least;
    if (!into->has_most || (one->has_most && (min ? one->most < into->most : one->most > into->most)))
        into->most = one->most;
    into->has_least = has_least;
    into->has_most = has_most;
}

static ntm_i_state fold_target(const ntm_i_vector *in, const ntm_i_stage *stage, size_t block, size_t target,
                               ntm_i_rule rule) {
    size_t first = stage->first[target], end = stage->first[target + 1], base = block * stage->from_rows;
    ntm_i_state out = {NTM_NOT_APPLICABLE, in->natural};
    if (first == end || (rule == NTM_I_RULE_OPEN && !ntm_i_is_carried(stage, target))) {
        bool absent = first != end;
        for (size_t k = first; k < end && absent; k++)
            absent = in->absent != NULL && ntm_i_word_bit(in->absent, base + stage->from[k]);
        out.known = absent ? NTM_NOT_APPLICABLE : NTM_NOT_REPORTED;
        return out;
    }
    if (rule == NTM_I_RULE_LAST || ntm_i_is_carried(stage, target))
        return piece_at(in, stage, base + stage->from[end - 1], end - 1);
    for (size_t k = first; k < end; k++) {
        ntm_i_state one = piece_at(in, stage, base + stage->from[k], k);
        if (one.known == NTM_NOT_APPLICABLE) continue;
        if (out.known == NTM_NOT_APPLICABLE)
            out = (ntm_i_state){NTM_NOT_REPORTED, one.between};
        else
            fold_in(&out.between, &one.between, rule);
    }
    return out;
}

/* The same of exact bounds, which means and ratios have. */
static ntm_i_interval fold_exactly(const ntm_i_vector *in, const ntm_i_stage *stage, size_t block, size_t target,
                                   ntm_i_rule rule) {
    size_t first = stage->first[target], end = stage->first[target + 1], base = block * stage->from_rows;
    ntm_i_interval out = NTM_I_ANYTHING;
    bool any = false;
    if (first == end) return ntm_i_natural_interval(in);
    if (ntm_i_is_carried(stage, target) || rule == NTM_I_RULE_LAST)
        return ntm_i_vector_between(in, base + stage->from[end - 1]);
    for (size_t k = first; k < end && rule != NTM_I_RULE_OPEN; k++) {
        bool whole = stage->share == NULL || stage->share[k] == NTM_I_WHOLE;
        size_t row = base + stage->from[k];
        if (in->absent != NULL && ntm_i_word_bit(in->absent, row)) continue;
        ntm_i_interval one = whole ? ntm_i_vector_between(in, row) : ntm_i_natural_interval(in);
        out = !any ? one : rule == NTM_I_RULE_MIN ? ntm_i_interval_minimum(out, one) : ntm_i_interval_maximum(out, one);
        any = true;
    }
    return any ? out : ntm_i_natural_interval(in);
}

ntm_status ntm_i_roll_fold(ntm_i_vector *out, ntm_i_rolling *r, ntm_i_rule rule, const ntm_i_vector *in,
                           const ntm_i_stage *stage, ntm_error *err) {
    ntm_i_vector vector;
    (void)r;
    if (!ntm_i_target_start(&vector, in, stage) || !ntm_i_vector_lower(&vector) || !ntm_i_vector_upper(&vector) ||
        (in->exact != NULL && !ntm_i_vector_exact(&vector))) {
        ntm_i_vector_end(&vector);
        return ntm_i_no_memory(err);
    }
    size_t blocks = ntm_i_blocks(stage, in->rows);
    for (size_t b = 0; b < blocks; b++)
        for (size_t t = 0; t < stage->to_rows; t++) {
            ntm_i_state state = fold_target(in, stage, b, t, rule);
            size_t row = b * stage->to_rows + t;
            if (in->exact != NULL && state.known != NTM_NOT_APPLICABLE)
                ntm_i_exact_put(&vector, row, fold_exactly(in, stage, b, t, rule));
            else
                ntm_i_state_put(&vector, row, state);
        }
    *out = vector;
    return NTM_OK;
}
