/* SPDX-License-Identifier: Apache-2.0 */
/* Exact weights: their sum, their common denominator, the cut-off on it; nested weights. */
#include "poverty/weights.h"

#include <string.h>

#include "number/rational.h"
#include "number/wide.h"

static ntm_status check_weight(ntm_i_rational *out, const ntm_deprivation *indicator, ntm_error *err) {
    ntm_fraction weight = indicator->weight;
    ntm_i_place place = NTM_I_SUBJECT(indicator->column);
    if (weight.denominator <= 0 || weight.numerator < 0)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, place, "the weight %lld/%lld is no fraction from 0 upward",
                          (long long)weight.numerator, (long long)weight.denominator);
    (void)ntm_i_rational_divide(out, ntm_i_rational_int(weight.numerator), ntm_i_rational_int(weight.denominator));
    return NTM_OK;
}

/* The sum has to be 1, and the denominator of all weights has to fit. */
static ntm_status check_sum(ntm_i_wide *denominator, const ntm_i_rational *weights, size_t count, ntm_error *err) {
    ntm_i_rational sum = {0, 1};
    ntm_i_wide common = 1;
    for (size_t j = 0; j < count; j++) {
        ntm_i_wide d = weights[j].denominator;
        ntm_i_wide step = d / (ntm_i_wide)ntm_i_gcd((ntm_i_uwide)common, (ntm_i_uwide)d);
        if (common > INT64_MAX || !ntm_i_rational_add(&sum, sum, weights[j]))
            return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE,
                              "the common denominator of the weights does not fit 63 bits");
        common *= step; /* below 2^63 each */
    }
    if (ntm_i_rational_compare(sum, ntm_i_rational_int(1)) != 0) {
        char text[96];
        (void)ntm_i_rational_format(text, sizeof text, sum);
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the weights sum to %s, expected exactly 1", text);
    }
    if (common > INT64_MAX)
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE,
                          "the common denominator of the weights does not fit 63 bits");
    *denominator = common;
    return NTM_OK;
}

static ntm_status count_cutoff(ntm_i_weights *weights, uint32_t least, ntm_error *err) {
    for (size_t j = 1; j < weights->count; j++)
        if (weights->whole[j] != weights->whole[0])
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                              "a cut-off by number of deprivations needs equal weights: give it as a fraction");
    if (least > weights->count)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "the cut-off of %u deprivations is above the %zu indicators", least, weights->count);
    weights->cutoff = weights->whole[0] * least;
    return NTM_OK;
}

static ntm_status make_cutoff(ntm_i_weights *weights, const ntm_poverty_options *options, ntm_error *err) {
    ntm_fraction k = options->cutoff;
    bool given = k.numerator != 0 || k.denominator != 0;
    if (options->cutoff_count > 0 && !given) return count_cutoff(weights, options->cutoff_count, err);
    if (options->cutoff_count > 0)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "both cutoff and cutoff_count are given");
    if (k.denominator <= 0 || k.numerator <= 0 || k.numerator > k.denominator)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "the poverty cut-off %lld/%lld is not above 0 and at most 1", (long long)k.numerator,
                          (long long)k.denominator);
    ntm_i_wide scaled = (ntm_i_wide)k.numerator * (ntm_i_wide)weights->total;
    weights->cutoff = (uint64_t)((scaled + k.denominator - 1) / k.denominator);
    return NTM_OK;
}

ntm_status ntm_i_weights_make(ntm_i_weights *out, const ntm_deprivation *indicators, size_t count,
                              const ntm_poverty_options *options, ntm_error *err) {
    ntm_i_rational weights[NTM_DEPRIVATIONS_MAX];
    ntm_i_wide total = 1;
    for (size_t j = 0; j < count; j++) {
        ntm_status status = check_weight(&weights[j], &indicators[j], err);
        if (status != NTM_OK) return status;
    }
    ntm_status status = check_sum(&total, weights, count, err);
    if (status != NTM_OK) return status;
    memset(out, 0, sizeof *out);
    out->total = (uint64_t)total;
    for (size_t j = 0; j < count; j++) {
        out->used[j] = weights[j].numerator == 0 ? SIZE_MAX : out->count;
        if (weights[j].numerator == 0) continue;
        out->whole[out->count++] = (uint64_t)(weights[j].numerator * (total / weights[j].denominator));
    }
    return make_cutoff(out, options, err);
}

/* ------------------------------------------------------------------------------------------- nested weights */

static bool same_dimension(const ntm_nested *a, const ntm_nested *b) { return strcmp(a->dimension, b->dimension) == 0; }

/* Indicators of the dimension of `indicators[at]`, and how many of them are available. */
static size_t count_available(bool *first, const ntm_nested *indicators, size_t count, size_t at) {
    size_t available = 0;
    *first = true;
    for (size_t i = 0; i < count; i++) {
        if (!same_dimension(&indicators[i], &indicators[at])) continue;
        if (i < at) *first = false;
        available += indicators[i].available;
    }
    return available;
}

ntm_status ntm_nested_weights(ntm_fraction *weights, const ntm_nested *indicators, size_t count, ntm_error *err) {
    size_t dimensions = 0, available[NTM_DEPRIVATIONS_MAX];
    if (weights == NULL || indicators == NULL || count == 0)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "weights or indicators are NULL, or there is none");
    if (count > NTM_DEPRIVATIONS_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than %d indicators", NTM_DEPRIVATIONS_MAX);
    for (size_t i = 0; i < count; i++)
        if (indicators[i].dimension == NULL)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(indicators[i].indicator),
                              "the indicator has no dimension");
    for (size_t i = 0; i < count; i++) {
        bool first = false;
        available[i] = count_available(&first, indicators, count, i);
        dimensions += first;
        if (available[i] == 0)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_SUBJECT(indicators[i].dimension),
                              "no indicator of the dimension is available: nothing says where its weight goes");
    }
    for (size_t i = 0; i < count; i++)
        weights[i] =
            indicators[i].available ? (ntm_fraction){1, (int64_t)(dimensions * available[i])} : (ntm_fraction){0, 1};
    return NTM_OK;
}
