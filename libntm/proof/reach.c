/* SPDX-License-Identifier: Apache-2.0 */
/* How far facts that are not reported could move a quantity: how high its least, how low its most could come. Each step
   is taken by itself, so that this is never too near; where it is not worked out there is no limit. */
#include "proof/deciding.h"

static const ntm_i_interval no_limit = {{1, 0}, {-1, 0}}; /* as high and as low as one wants */

static ntm_i_interval of_count(const ntm_i_deciding *d, const ntm_i_derived *step, const ntm_node_spec *node) {
    const uint32_t *below = ntm_i_trace_below(d->trace, step);
    bool not_met = node->over != NTM_OVER_MEMBERS && node->verdict == NTM_NOT_MET;
    int64_t counted = 0, kept_out = 0, all = step->below_count;
    for (uint32_t i = 0; i < step->below_count; i++) {
        counted += d->can_be[not_met ? NTM_NOT_MET : NTM_MET][below[i]];
        kept_out += d->can_be[not_met ? NTM_MET : NTM_NOT_MET][below[i]];
    }
    ntm_i_interval reach = {ntm_i_rational_int(counted), ntm_i_rational_int(all - kept_out)};
    if (node->kind == NTM_COUNT || all == 0) return reach;
    if (!ntm_i_rational_divide(&reach.least, reach.least, ntm_i_rational_int(all)) ||
        !ntm_i_rational_divide(&reach.most, reach.most, ntm_i_rational_int(all)))
        return no_limit;
    return reach;
}

/* The highest that can be met; the highest that cannot be kept out. Points below 0 are not worked out. */
static ntm_i_interval of_points(const ntm_i_deciding *d, const ntm_i_derived *step, const ntm_node_spec *node) {
    const uint32_t *below = ntm_i_trace_below(d->trace, step);
    ntm_i_interval reach = {ntm_i_rational_int(0), ntm_i_rational_int(0)};
    for (uint32_t i = 0; i < step->below_count; i++) {
        ntm_i_rational value = ntm_i_rational_decimal(node->points[i]);
        if (value.numerator < 0) return no_limit;
        if (d->can_be[NTM_MET][below[i]]) reach.least = ntm_i_larger(reach.least, value);
        if (!d->can_be[NTM_NOT_MET][below[i]]) reach.most = ntm_i_larger(reach.most, value);
    }
    return reach;
}

static bool add(ntm_i_rational *sum, ntm_i_rational other, bool negate) {
    if (negate) other.numerator = -other.numerator;
    return ntm_i_rational_add(sum, *sum, other); /* infinity and minus infinity give none */
}

static ntm_i_interval of_sum(const ntm_i_deciding *d, const ntm_i_derived *step, bool difference) {
    const uint32_t *below = ntm_i_trace_below(d->trace, step);
    ntm_i_interval reach = d->reach[below[0]];
    for (uint32_t i = 1; i < step->below_count; i++) {
        ntm_i_interval other = d->reach[below[i]];
        if (!add(&reach.least, difference ? other.most : other.least, difference)) return no_limit;
        if (!add(&reach.most, difference ? other.least : other.most, difference)) return no_limit;
    }
    return reach;
}

/* While it is open which column holds, any cell that is there could. False when there is none. */
static bool of_figure(const ntm_i_deciding *d, const ntm_i_derived *step, ntm_i_interval *reach) {
    const ntm_i_cell *const *cells = (const ntm_i_cell *const *)d->trace->cells.items + step->cells;
    int power = ntm_i_plan_thresholds(d->trace->plan)[step->threshold].power;
    bool any = false;
    for (size_t i = 0; i <= d->trace->set->scope_count; i++) {
        ntm_i_rational value;
        if (cells[i] == NULL) continue;
        if (!ntm_i_rational_scale(&value, cells[i]->value, power)) {
            *reach = no_limit;
            return true;
        }
        *reach = any ? (ntm_i_interval){ntm_i_larger(reach->least, value), ntm_i_smaller(reach->most, value)}
                     : ntm_i_point(value);
        any = true;
    }
    return any;
}

static bool is_anything(ntm_i_interval range) { return !ntm_i_is_finite(range.least) && !ntm_i_is_finite(range.most); }

/* Whether what is lost below is lost above: so it is wherever an unbounded operand leaves the whole unbounded. */
static bool passes_loss(ntm_node_kind kind) {
    return kind == NTM_SUM || kind == NTM_DIFFERENCE || kind == NTM_RATIO || kind == NTM_ROUNDED || kind == NTM_VALUE;
}

void ntm_i_deciding_reach(ntm_i_deciding *d, uint32_t at) {
    const ntm_i_trace *trace = d->trace;
    const ntm_i_derived *step = &ntm_i_trace_steps(trace)[at];
    const uint32_t *below = ntm_i_trace_below(trace, step);
    ntm_i_interval now = ntm_i_trace_outcomes(trace)[at].range;
    d->lost[at] = 0;
    if (!d->free[at]) {
        d->reach[at] = now;
        d->lost[at] = is_anything(now);
        return;
    }
    if (step->part == NTM_I_PART_VALUE) {
        d->reach[at] = d->reach[below[0]];
        d->lost[at] = d->lost[below[0]];
        return;
    }
    if (step->threshold != NTM_I_NONE) { /* it is free by its rules of scope alone */
        d->lost[at] = !of_figure(d, step, &d->reach[at]);
        return;
    }
    const ntm_node_spec *node = &trace->set->nodes[step->node - 1];
    for (uint32_t i = 0; i < step->below_count && passes_loss(node->kind); i++)
        d->lost[at] = d->lost[at] || d->lost[below[i]];
    switch (node->kind) {
        case NTM_VALUE: d->reach[at] = d->reach[below[0]]; break;
        case NTM_SUM: d->reach[at] = of_sum(d, step, false); break;
        case NTM_DIFFERENCE: d->reach[at] = of_sum(d, step, true); break;
        case NTM_POINTS: d->reach[at] = of_points(d, step, node); break;
        case NTM_COUNT:
        case NTM_SHARE: d->reach[at] = of_count(d, step, node); break;
        case NTM_FACT:
        case NTM_PAST:
        case NTM_OF_PARENT:
        case NTM_AVERAGE: d->reach[at] = (ntm_i_interval){now.most, now.least}; break;
        default: d->reach[at] = no_limit; break;
    }
}

bool ntm_i_deciding_reaches(const ntm_i_deciding *d, const ntm_i_derived *compare, ntm_verdict wanted) {
    const uint32_t *below = ntm_i_trace_below(d->trace, compare);
    ntm_comparison sign = d->trace->set->nodes[compare->node - 1].compare;
    ntm_i_interval left = d->reach[below[0]], right = d->reach[below[1]];
    if (d->lost[below[0]] || d->lost[below[1]]) return false;
    int high = ntm_i_rational_compare(left.least, right.most); /* of the left as high, the right as low as can be */
    int low = ntm_i_rational_compare(left.most, right.least);
    bool met = wanted == NTM_MET;
    switch (sign) {
        case NTM_LESS: return met ? low < 0 : high >= 0;
        case NTM_LESS_OR_EQUAL: return met ? low <= 0 : high > 0;
        case NTM_MORE_OR_EQUAL: return met ? high >= 0 : low < 0;
        case NTM_MORE: return met ? high > 0 : low <= 0;
        default: return met ? high >= 0 && low <= 0 : high > 0 || low < 0;
    }
}
