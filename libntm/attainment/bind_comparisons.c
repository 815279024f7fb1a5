/* SPDX-License-Identifier: Apache-2.0 */
/* Choosing how each comparison runs over the columns at hand, and its thresholds in the units of the data. */
#include <string.h>

#include "attainment/ratio.h"
#include "number/decimal.h"

typedef struct binder {
    ntm_i_run *run;
    const ntm_i_comparison *comparison;
    const ntm_i_threshold *threshold;
    const ntm_i_bound *left;
    const ntm_i_bound *divisor; /* NULL when it is no ratio */
    uint32_t cells;
} binder;

static bool decides(ntm_comparison sign, ntm_i_rational least, ntm_i_rational most, ntm_i_rational t) {
    int low = ntm_i_rational_compare(least, t), high = ntm_i_rational_compare(most, t);
    switch (sign) {
        case NTM_LESS: return high < 0 || low >= 0;
        case NTM_LESS_OR_EQUAL: return high <= 0 || low > 0;
        case NTM_EQUAL: return low > 0 || high < 0 || (low == 0 && high == 0);
        case NTM_MORE_OR_EQUAL: return low >= 0 || high < 0;
        default: return low > 0 || high <= 0;
    }
}

/* Whether what is not reported is always open here, as vector code takes it to be. If natural bounds decide somewhere
   ("a share is at most 100 %"), only exact code gets it right. */
static bool missing_is_open(const binder *b) {
    const ntm_i_input *left = b->left->input;
    bool unbounded = !ntm_i_is_finite(left->least) && !ntm_i_is_finite(left->most);
    if (b->divisor != NULL) {
        const ntm_i_input *divisor = b->divisor->input;
        if (ntm_i_is_finite(divisor->least) && divisor->least.numerator > 0) return false;
        if (unbounded) return true;
        if (ntm_i_is_finite(left->most) || !ntm_i_is_finite(left->least) || left->least.numerator != 0) return false;
        for (uint32_t i = 0; i < b->cells; i++)
            if (b->threshold->cells[i].known && b->threshold->cells[i].value.numerator <= 0) return false;
        return true;
    }
    for (uint32_t i = 0; i < b->cells && !unbounded; i++) {
        ntm_i_rational t;
        if (!b->threshold->cells[i].known) continue;
        if (!ntm_i_rational_scale(&t, b->threshold->cells[i].value, b->threshold->power - left->power) ||
            decides(b->comparison->sign, left->least, left->most, t))
            return false;
    }
    return true;
}

static ntm_i_test test_of(ntm_comparison sign) {
    if (sign == NTM_EQUAL) return NTM_I_EQUAL;
    return sign == NTM_MORE || sign == NTM_MORE_OR_EQUAL ? NTM_I_AT_LEAST : NTM_I_AT_MOST;
}

/* The integer against which data integers are tested; false when there is none inside int64. */
static bool int_bound(int64_t *out, ntm_comparison sign, ntm_i_rational t) {
    ntm_i_wide floor = ntm_i_rational_floor(t), ceiling = ntm_i_rational_ceiling(t), bound = floor;
    if (sign == NTM_EQUAL && floor != ceiling) return false;
    if (floor < INT64_MIN || ceiling > INT64_MAX) return false;
    if (sign == NTM_MORE_OR_EQUAL)
        bound = ceiling;
    else if (sign == NTM_MORE)
        bound = floor + 1;
    else if (sign == NTM_LESS)
        bound = ceiling - 1;
    if (bound < INT64_MIN || bound > INT64_MAX) return false;
    *out = (int64_t)bound;
    return true;
}

static bool bind_ints(const binder *b, int64_t *ints) {
    int shift = b->threshold->power - b->left->input->power + b->left->scale;
    for (uint32_t i = 0; i < b->cells; i++) {
        ntm_i_rational t;
        if (!b->threshold->cells[i].known) continue;
        if (!ntm_i_rational_scale(&t, b->threshold->cells[i].value, shift) ||
            !int_bound(&ints[i], b->comparison->sign, t))
            return false;
    }
    return true;
}

bool ntm_i_nearest_double(double *out, ntm_i_rational t) {
    ntm_decimal exact;
    return ntm_i_rational_to_decimal(&exact, t) && ntm_i_decimal_nearest_double(out, exact);
}

static bool bind_reals(const binder *b, double *reals) {
    for (uint32_t i = 0; i < b->cells; i++) {
        ntm_i_rational t;
        if (!b->threshold->cells[i].known) continue;
        if (!ntm_i_rational_scale(&t, b->threshold->cells[i].value, b->threshold->power - b->left->input->power) ||
            !ntm_i_nearest_double(&reals[i], t))
            return false;
    }
    return true;
}

/* a / b against p / 10^s becomes a * 10^s against b * p, for all cells with one s. */
static bool bind_ratio(const binder *b, int64_t *ints, int64_t *factor) {
    const ntm_i_bound *left = b->left, *divisor = b->divisor;
    int shift = b->threshold->power - (left->input->power - left->scale - divisor->input->power + divisor->scale);
    unsigned scale = 0;
    for (uint32_t i = 0; i < b->cells; i++) {
        ntm_i_rational t;
        ntm_decimal exact;
        if (!b->threshold->cells[i].known) continue;
        if (!ntm_i_rational_scale(&t, b->threshold->cells[i].value, shift) || !ntm_i_rational_to_decimal(&exact, t))
            return false;
        if (exact.scale > scale) scale = exact.scale;
    }
    *factor = 1;
    for (unsigned k = 0; k < scale; k++)
        *factor *= 10;
    for (uint32_t i = 0; i < b->cells; i++) {
        ntm_i_rational t;
        if (!b->threshold->cells[i].known) continue;
        if (!ntm_i_rational_scale(&t, b->threshold->cells[i].value, shift + (int)scale) ||
            !int_bound(&ints[i], NTM_EQUAL, t))
            return false;
    }
    return true;
}

static ntm_i_how choose(const binder *b, ntm_i_bound_comparison *out, int64_t *ints, double *reals) {
    if (ntm_i_has_limits(b->left) || (b->divisor != NULL && ntm_i_has_limits(b->divisor))) return NTM_I_HOW_EXACT;
    if (!missing_is_open(b)) return NTM_I_HOW_EXACT;
    if (b->left->form == NTM_I_FORM_NONE || (b->divisor != NULL && b->divisor->form == NTM_I_FORM_NONE))
        return NTM_I_HOW_OPEN;
    if (b->divisor != NULL) {
        out->of_doubles = b->left->form == NTM_I_FORM_REAL || b->divisor->form == NTM_I_FORM_REAL;
        if (out->of_doubles && !ntm_i_ratio_takes_doubles()) return NTM_I_HOW_EXACT;
        return bind_ratio(b, ints, &out->factor) ? NTM_I_HOW_RATIO : NTM_I_HOW_EXACT;
    }
    if (b->left->form == NTM_I_FORM_INT) return bind_ints(b, ints) ? NTM_I_HOW_INT : NTM_I_HOW_EXACT;
    return bind_reals(b, reals) ? NTM_I_HOW_REAL : NTM_I_HOW_EXACT;
}

ntm_status ntm_i_bind_comparisons(ntm_i_run *run, ntm_error *err) {
    const ntm_plan *plan = run->plan;
    run->comparisons = ntm_i_arena_take(&run->arena, plan->comparisons.count, sizeof *run->comparisons);
    if (run->comparisons == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < plan->comparisons.count; i++) {
        const ntm_i_comparison *comparison = &ntm_i_plan_comparisons(plan)[i];
        const ntm_i_threshold *threshold = &ntm_i_plan_thresholds(plan)[comparison->threshold];
        binder b = {run,
                    comparison,
                    threshold,
                    &run->bounds[comparison->left],
                    comparison->divisor == NTM_I_NONE ? NULL : &run->bounds[comparison->divisor],
                    ntm_i_plan_keyspaces(plan)[threshold->keyspace].cells};
        ntm_i_bound_comparison *out = &run->comparisons[i];
        size_t room = ((size_t)b.cells + 64) / 64 * 64; /* one cell more for an unknown axis, and whole registers */
        int64_t *ints = ntm_i_arena_take(&run->arena, room, sizeof *ints);
        double *reals = ntm_i_arena_take(&run->arena, room, sizeof *reals);
        uint8_t *known = ntm_i_arena_take(&run->arena, (size_t)b.cells + 1, 1);
        if (ints == NULL || reals == NULL || known == NULL) return ntm_i_no_memory(err);
        out->all_known = true;
        for (uint32_t k = 0; k < b.cells; k++) {
            known[k] = threshold->cells[k].known;
            if (!known[k]) out->all_known = false;
        }
        out->cells = (size_t)b.cells + 1;
        out->known = known;
        out->ints = ints;
        out->reals = reals;
        out->sign = comparison->sign;
        out->test = test_of(comparison->sign);
        out->how = choose(&b, out, ints, reals);
        /* Strict signs on doubles are tested by their opposite: a neighbour of 0 would vanish where the processor has
           been told to treat the smallest doubles as zero. */
        out->negate = out->how == NTM_I_HOW_REAL && (out->sign == NTM_MORE || out->sign == NTM_LESS);
        if (out->negate) out->test = out->sign == NTM_MORE ? NTM_I_AT_MOST : NTM_I_AT_LEAST;
    }
    return NTM_OK;
}
