/* SPDX-License-Identifier: Apache-2.0 */
/* What one step comes to, from what the steps below it came to and the facts: docs/algebra.md once more, without
   recursion. Tests compare it with the row by row definition. */
#include "proof/walk.h"

typedef struct deriving {
    const ntm_i_trace *trace;
    const ntm_i_derived *step;
    const ntm_node_spec *node;
    const ntm_i_node_info *info;
    const uint32_t *below;
    const ntm_i_outcome *outcomes;
    const ntm_i_given *givens;
} deriving;

static const ntm_i_outcome *under(const deriving *d, size_t i) { return &d->outcomes[d->below[i]]; }

static ntm_verdict verdict_of(bool met, bool not_met) { return met ? NTM_MET : not_met ? NTM_NOT_MET : NTM_OPEN; }

static ntm_verdict at_least(const deriving *d, size_t k) {
    size_t met = 0, not_met = 0;
    for (size_t i = 0; i < d->step->below_count; i++) {
        met += under(d, i)->verdict == NTM_MET;
        not_met += under(d, i)->verdict == NTM_NOT_MET;
    }
    return verdict_of(met >= k, not_met + k > d->step->below_count);
}

/* ------------------------------------------------------------------------------------------- quantities */

void ntm_i_trace_cells(const ntm_i_trace *trace, const ntm_i_derived *step, const ntm_i_outcome *outcomes,
                       void (*use)(void *context, size_t rule, const ntm_i_cell *cell), void *context) {
    const ntm_i_cell *const *cells = (const ntm_i_cell *const *)trace->cells.items + step->cells;
    size_t rules = trace->set->scope_count;
    bool met = false;
    if (!ntm_i_trace_is_scoped(trace, step->threshold)) {
        use(context, rules, cells[0]);
        return;
    }
    for (size_t i = 0; i < rules && !met; i++) {
        ntm_verdict verdict = outcomes[trace->scope_step[i]].verdict;
        if (verdict == NTM_NOT_MET) continue;
        met = verdict == NTM_MET;
        use(context, i, cells[i]);
    }
    if (!met) use(context, rules, cells[rules]);
}

typedef struct spanning {
    int power;
    size_t count;
    bool missing;
    bool fits;
    ntm_i_interval range;
} spanning;

static void span_cell(void *context, size_t rule, const ntm_i_cell *cell) {
    spanning *s = context;
    ntm_i_rational value;
    (void)rule;
    if (cell == NULL) {
        s->missing = true;
        return;
    }
    s->fits = s->fits && ntm_i_rational_scale(&value, cell->value, s->power);
    if (!s->fits) return;
    s->range = s->count++ == 0
                   ? ntm_i_point(value)
                   : (ntm_i_interval){ntm_i_smaller(s->range.least, value), ntm_i_larger(s->range.most, value)};
}

static bool figure(const deriving *d, ntm_i_interval *out) {
    spanning s = {ntm_i_plan_thresholds(d->trace->plan)[d->step->threshold].power, 0, false, true, NTM_I_ANYTHING};
    ntm_i_trace_cells(d->trace, d->step, d->outcomes, span_cell, &s);
    *out = s.missing ? NTM_I_ANYTHING : s.range;
    return s.missing || s.fits;
}

static bool fold(const deriving *d, ntm_i_interval *out) {
    *out = under(d, 0)->range;
    for (size_t i = 1; i < d->step->below_count; i++) {
        ntm_i_interval next = under(d, i)->range;
        bool fits = true;
        switch (d->node->kind) {
            case NTM_SUM: fits = ntm_i_interval_add(out, *out, next); break;
            case NTM_DIFFERENCE: fits = ntm_i_interval_subtract(out, *out, next); break;
            case NTM_PRODUCT: fits = ntm_i_interval_multiply(out, *out, next); break;
            case NTM_RATIO: fits = ntm_i_interval_divide(out, *out, next); break;
            case NTM_MINIMUM: *out = ntm_i_interval_minimum(*out, next); break;
            case NTM_MAXIMUM: *out = ntm_i_interval_maximum(*out, next); break;
            default: return false;
        }
        if (!fits) return false;
    }
    return true;
}

static bool round_bound(const deriving *d, ntm_i_rational *bound) {
    int power = d->info->unit.power;
    return !ntm_i_is_finite(*bound) || (ntm_i_rational_scale(bound, *bound, -power) &&
                                        ntm_i_rational_round(bound, *bound, d->node->value.scale, d->node->rounding) &&
                                        ntm_i_rational_scale(bound, *bound, power));
}

/* Of the three columns that count children. */
static bool children(const deriving *d, ntm_i_interval *met, ntm_i_interval *total) {
    const ntm_i_given *given = &d->givens[d->step->given];
    *met = given[0].range;
    *total = given[2].range;
    met->most = given[2].state == NTM_REPORTED ? total->most : NTM_I_INFINITY;
    if (given[0].state == NTM_REPORTED && given[1].state == NTM_REPORTED) {
        ntm_i_rational sum;
        if (ntm_i_rational_add(&sum, given[0].range.least, given[1].range.most)) met->most = sum;
    }
    return given[0].state == NTM_REPORTED;
}

static bool count(const deriving *d, ntm_i_interval *out) {
    ntm_i_interval total = ntm_i_point(ntm_i_rational_int((int64_t)d->step->below_count));
    if (d->node->over == NTM_OVER_CHILDREN) {
        (void)children(d, out, &total);
    } else {
        bool members = d->node->over == NTM_OVER_MEMBERS;
        ntm_verdict wanted = !members && d->node->verdict == NTM_NOT_MET ? NTM_NOT_MET : NTM_MET;
        int64_t least = 0, most = 0;
        for (size_t i = 0; i < d->step->below_count; i++) {
            ntm_verdict verdict = under(d, i)->verdict;
            least += verdict == wanted;
            most += verdict == wanted || verdict == NTM_OPEN;
        }
        *out = (ntm_i_interval){ntm_i_rational_int(least), ntm_i_rational_int(most)};
    }
    return d->node->kind == NTM_COUNT || ntm_i_interval_divide(out, *out, total);
}

static ntm_i_interval points(const deriving *d) {
    const ntm_i_rational zero = ntm_i_rational_int(0);
    bool any_met = false, any_open = false;
    ntm_i_rational met = zero, highest = zero, lowest = zero;
    for (size_t i = 0; i < d->step->below_count; i++) {
        ntm_i_rational value = ntm_i_rational_decimal(d->node->points[i]);
        if (under(d, i)->verdict == NTM_MET) {
            met = any_met ? ntm_i_larger(met, value) : value;
            any_met = true;
        } else if (under(d, i)->verdict == NTM_OPEN) {
            highest = any_open ? ntm_i_larger(highest, value) : value;
            lowest = any_open ? ntm_i_smaller(lowest, value) : value;
            any_open = true;
        }
    }
    if (!any_open) return ntm_i_point(met);
    if (any_met) return (ntm_i_interval){met, ntm_i_larger(met, highest)};
    return (ntm_i_interval){ntm_i_smaller(zero, lowest), ntm_i_larger(zero, highest)};
}

static bool quantity(const deriving *d, ntm_i_interval *out) {
    *out = NTM_I_ANYTHING;
    if (d->step->threshold != NTM_I_NONE) return figure(d, out);
    switch (d->node->kind) {
        case NTM_FACT:
        case NTM_PAST:
        case NTM_OF_PARENT:
        case NTM_AVERAGE:
        case NTM_FIGURE_OF: *out = d->givens[d->step->given].range; return true;
        case NTM_VALUE: *out = under(d, 0)->range; return true;
        case NTM_CONSTANT: {
            ntm_i_rational value;
            if (!ntm_i_rational_scale(&value, ntm_i_rational_decimal(d->node->value), d->info->unit.power))
                return false;
            *out = ntm_i_point(value);
            return true;
        }
        case NTM_ROUNDED: *out = under(d, 0)->range; return round_bound(d, &out->least) && round_bound(d, &out->most);
        case NTM_COUNT:
        case NTM_SHARE: return count(d, out);
        case NTM_POINTS: *out = points(d); return true;
        default: return fold(d, out);
    }
}

/* ------------------------------------------------------------------------------------------- conditions */

static ntm_verdict at_level(const deriving *d) {
    uint32_t wanted = d->info->level;
    if (d->node->name == NULL) /* places of grades count from 1 */
        return verdict_of(under(d, 0)->lowest > wanted, under(d, 0)->highest <= wanted);
    return ntm_i_exact_compare(NTM_MORE_OR_EQUAL, d->givens[d->step->given].range,
                               ntm_i_point(ntm_i_rational_int(wanted)));
}

static ntm_verdict every(const deriving *d) {
    if (d->node->over == NTM_OVER_MEMBERS) return at_least(d, d->step->below_count);
    ntm_i_interval met, total;
    if (!children(d, &met, &total) || total.least.numerator <= 0 ||
        ntm_i_rational_compare(total.least, total.most) != 0)
        return NTM_OPEN;
    return verdict_of(ntm_i_rational_compare(met.least, total.least) >= 0,
                      ntm_i_rational_compare(met.most, total.least) < 0);
}

static ntm_verdict condition(const deriving *d) {
    switch (d->node->kind) {
        case NTM_COMPARE: return ntm_i_exact_compare(d->node->compare, under(d, 0)->range, under(d, 1)->range);
        case NTM_ATTESTED:
        case NTM_HOLDS: return d->givens[d->step->given].flag;
        case NTM_AT_LEVEL: return at_level(d);
        case NTM_ALL: return at_least(d, d->step->below_count);
        case NTM_ANY: return at_least(d, 1);
        case NTM_AT_LEAST: return at_least(d, d->node->k);
        case NTM_NOT: return verdict_of(under(d, 0)->verdict == NTM_NOT_MET, under(d, 0)->verdict == NTM_MET);
        case NTM_IF_APPLICABLE:
            return d->givens[d->step->given].state == NTM_NOT_APPLICABLE ? NTM_MET : under(d, 0)->verdict;
        case NTM_EVERY: return every(d);
        case NTM_CRITERION:
        case NTM_INDICATOR: return under(d, 0)->verdict;
        default: return NTM_OPEN;
    }
}

static bool grade(const deriving *d, ntm_i_outcome *out) {
    ntm_i_interval value = under(d, 0)->range;
    int power = d->trace->set->info[d->node->of[0] - 1].unit.power;
    size_t next = 1;
    for (uint32_t i = 0; i < d->node->band_count; i++) {
        const ntm_band *band = &d->node->bands[i];
        ntm_verdict allowed = band->requires_met == 0 ? NTM_MET : under(d, next++)->verdict, reached = NTM_MET;
        ntm_i_rational from;
        if (band->has_from && !ntm_i_rational_scale(&from, ntm_i_rational_decimal(band->from), power)) return false;
        if (band->has_from)
            reached = ntm_i_exact_compare(band->from_open ? NTM_MORE : NTM_MORE_OR_EQUAL, value, ntm_i_point(from));
        if (reached == NTM_MET && allowed == NTM_MET) out->lowest = i + 1;
        if (reached != NTM_NOT_MET && allowed != NTM_NOT_MET) out->highest = i + 1;
    }
    ntm_verdict knocked = d->node->knock_out == 0 ? NTM_NOT_MET : under(d, next)->verdict;
    if (knocked != NTM_NOT_MET) out->lowest = 0;
    if (knocked == NTM_MET) out->highest = 0;
    return true;
}

/* ------------------------------------------------------------------------------------------- parts */

/* All that a part rests on; with nothing at all, open: nothing was asked that could be met. */
static ntm_verdict part(const deriving *d) {
    size_t count = d->step->below_count;
    return count == 0 ? NTM_OPEN : at_least(d, count);
}

bool ntm_i_trace_derive(const ntm_i_trace *trace, uint32_t at, const ntm_i_outcome *outcomes, const ntm_i_given *givens,
                        ntm_i_outcome *out) {
    const ntm_i_derived *step = &ntm_i_trace_steps(trace)[at];
    deriving d = {trace, step, NULL, NULL, ntm_i_trace_below(trace, step), outcomes, givens};
    *out = (ntm_i_outcome){NTM_OPEN, 0, 0, NTM_I_ANYTHING};
    if (step->part == NTM_I_PART_VALUE) {
        if (step->below_count > 0) out->range = under(&d, 0)->range;
        return true;
    }
    if (step->part != NTM_I_PART_NONE) {
        out->verdict = part(&d);
        return true;
    }
    d.node = &trace->set->nodes[step->node - 1];
    d.info = &trace->set->info[step->node - 1];
    if (step->sort == NTM_I_QUANTITY) return quantity(&d, &out->range);
    if (step->sort == NTM_I_GRADE) return grade(&d, out);
    out->verdict = condition(&d);
    return true;
}
