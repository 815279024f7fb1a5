/* SPDX-License-Identifier: Apache-2.0 */
/* docs/algebra.md, line by line: intervals of fractions, three values. Slow and plain on purpose. */
#include "model.h"

#include <string.h>

typedef struct fraction {
    i128 top;
    i128 bottom; /* above 0 */
} fraction;

typedef struct bound {
    bool none; /* no bound on this side */
    fraction value;
} bound;

typedef struct interval {
    bound least;
    bound most;
} interval;

typedef struct asking {
    const model *m;
    const truth *t;
    size_t row;
    int year;   /* index of the year of the date */
    int member; /* the column of the member, inside of members */
    bool overflow;
    bool known_criteria[MODEL_CRITERIA];
    ntm_verdict criteria[MODEL_CRITERIA];
    bool known_indicators[MODEL_INDICATORS];
    ntm_verdict indicators[MODEL_INDICATORS];
    bool known_scopes[MODEL_SCOPES];
    ntm_verdict scopes[MODEL_SCOPES];
    bool known_values[MODEL_VALUES];
    interval values[MODEL_VALUES];
} asking;

static const interval nothing_known = {{true, {0, 1}}, {true, {0, 1}}};

static i128 times(asking *a, i128 x, i128 y) {
    i128 product = 0;
    if (__builtin_mul_overflow(x, y, &product)) a->overflow = true;
    return a->overflow ? 0 : product;
}

static fraction reduced(asking *a, i128 top, i128 bottom) {
    if (a->overflow || bottom == 0) {
        a->overflow = true;
        return (fraction){0, 1};
    }
    i128 x = top < 0 ? -top : top;
    i128 y = bottom < 0 ? -bottom : bottom;
    while (y != 0) {
        i128 rest = x % y;
        x = y;
        y = rest;
    }
    if (bottom < 0) x = -x;
    return (fraction){top / x, bottom / x};
}

static fraction power(asking *a, int64_t number, int exponent) {
    i128 top = number;
    i128 bottom = 1;
    for (; exponent > 0; exponent--)
        top = times(a, top, 10);
    for (; exponent < 0; exponent++)
        bottom = times(a, bottom, 10);
    return reduced(a, top, bottom == 0 ? 1 : bottom);
}

static fraction plus(asking *a, fraction x, fraction y) {
    i128 left = times(a, x.top, y.bottom);
    i128 right = times(a, y.top, x.bottom);
    i128 sum = 0;
    if (__builtin_add_overflow(left, right, &sum)) a->overflow = true;
    return reduced(a, sum, times(a, x.bottom, y.bottom));
}

static fraction minus(fraction x) { return (fraction){-x.top, x.bottom}; }
static fraction product(asking *a, fraction x, fraction y) {
    return reduced(a, times(a, x.top, y.top), times(a, x.bottom, y.bottom));
}
static fraction inverse(fraction x) { return x.top < 0 ? (fraction){-x.bottom, -x.top} : (fraction){x.bottom, x.top}; }

static int order(asking *a, fraction x, fraction y) {
    i128 left = times(a, x.top, y.bottom);
    i128 right = times(a, y.top, x.bottom);
    return left < right ? -1 : left > right;
}

/* Bounds as numbers with an infinity of this sign where there is none. */
static int order_bounds(asking *a, bound x, int x_sign, bound y, int y_sign) {
    int xi = x.none ? x_sign : 0;
    int yi = y.none ? y_sign : 0;
    if (xi != 0 || yi != 0) return xi < yi ? -1 : xi > yi;
    return order(a, x.value, y.value);
}

static interval point(fraction value) { return (interval){{false, value}, {false, value}}; }

/* ------------------------------------------------------------------------------------------- quantities */

static interval quantity(asking *a, int at);
static ntm_verdict condition(asking *a, int at);

static interval input_value(asking *a, int which) {
    const model_input *in = &inputs[which];
    interval all = nothing_known;
    int known = a->t->known[which][a->row];
    if (known == NTM_NOT_APPLICABLE) return all;
    if (known == NTM_REPORTED) return point(power(a, a->t->values[which][a->row], in->exponent - in->scale));
    if (in->has_least) all.least = (bound){false, power(a, in->least, in->exponent)};
    if (in->has_most) all.most = (bound){false, power(a, in->most, in->exponent)};
    for (int side = 0; side < 2; side++) { /* cut with the bounds that the table gives */
        if (a->t->limits[which][side] == NULL || a->t->limits_known[which][side][a->row] != NTM_REPORTED) continue;
        bound given = {false, power(a, a->t->limits[which][side][a->row], in->exponent - in->scale - 1)};
        if (side == 0 && order_bounds(a, given, -1, all.least, -1) > 0) all.least = given;
        if (side == 1 && order_bounds(a, given, 1, all.most, 1) < 0) all.most = given;
    }
    return all;
}

static interval cell_value(asking *a, const mfigure *f, const int64_t at[AXIS_END]) {
    for (int axis = 0; axis < AXIS_END; axis++)
        if (f->by[axis] && at[axis] < 0) return nothing_known;
    int64_t year = f->by[AXIS_YEAR] ? at[AXIS_YEAR] : 0;
    const int64_t *cells = f->cells[f->by[AXIS_REGION] ? at[AXIS_REGION] : 0][f->by[AXIS_CLASS] ? at[AXIS_CLASS] : 0];
    if (cells[year] != INT64_MIN) return point(power(a, cells[year], f->exponent));
    if (!f->interpolate) return nothing_known;
    int64_t before = year - 1;
    int64_t after = year + 1;
    while (before >= 0 && cells[before] == INT64_MIN)
        before--;
    while (after < MODEL_YEARS && cells[after] == INT64_MIN)
        after++;
    if (before < 0 || after >= MODEL_YEARS) return nothing_known;
    fraction low = power(a, cells[before], f->exponent);
    fraction high = power(a, cells[after], f->exponent);
    fraction part = reduced(a, year - before, after - before);
    return point(plus(a, low, product(a, part, plus(a, high, minus(low)))));
}

/* The place of the unit itself on an axis; negative where it is not known. */
static int64_t own_place(const asking *a, int axis) {
    int input = axis == AXIS_REGION ? IN_REGION : axis == AXIS_CLASS ? IN_CLASS : IN_YEAR;
    if (axis == AXIS_YEAR && !a->t->present[IN_YEAR] && !a->t->pinned[IN_YEAR]) return a->year + YEARS_BEFORE;
    if (a->t->known[input][a->row] != NTM_REPORTED) return -1;
    return a->t->values[input][a->row] + (axis == AXIS_YEAR ? YEARS_BEFORE : 0);
}

static interval hull(asking *a, interval x, interval y) {
    if (order_bounds(a, y.least, -1, x.least, -1) < 0) x.least = y.least;
    if (order_bounds(a, y.most, 1, x.most, 1) > 0) x.most = y.most;
    return x;
}

static ntm_verdict scope(asking *a, int at) {
    if (a->known_scopes[at]) return a->scopes[at];
    int member = a->member;
    a->member = 0;
    a->scopes[at] = condition(a, a->m->scope_rules[at]);
    a->known_scopes[at] = true;
    a->member = member;
    return a->scopes[at];
}

/* All cells that could hold. */
static interval figure_value(asking *a, const mfigure *f) {
    int64_t at[AXIS_END];
    interval all = nothing_known;
    bool first = true;
    for (int axis = 0; axis < AXIS_END; axis++)
        at[axis] = own_place(a, axis);
    for (int rule = 0; f->by[a->m->scope_axis] && rule < a->m->scope_count; rule++) {
        ntm_verdict holds = scope(a, rule);
        if (holds == NTM_NOT_MET) continue;
        int64_t used[AXIS_END] = {at[0], at[1], at[2]};
        used[a->m->scope_axis] = a->m->scope_use[rule];
        interval cell = cell_value(a, f, used);
        all = first ? cell : hull(a, all, cell);
        first = false;
        if (holds == NTM_MET) return all;
    }
    interval cell = cell_value(a, f, at);
    return first ? cell : hull(a, all, cell);
}

static interval sum(asking *a, interval x, interval y) {
    x.least = (bound){x.least.none || y.least.none, plus(a, x.least.value, y.least.value)};
    x.most = (bound){x.most.none || y.most.none, plus(a, x.most.value, y.most.value)};
    return x;
}

static interval negative(interval x) {
    return (interval){{x.most.none, minus(x.most.value)}, {x.least.none, minus(x.least.value)}};
}

static int sign_of(bound x, int if_none) { return x.none ? if_none : x.value.top < 0 ? -1 : x.value.top > 0; }

static interval multiplied(asking *a, interval x, interval y) {
    const bound xs[2] = {x.least, x.most};
    const bound ys[2] = {y.least, y.most};
    interval out = {{false, {0, 1}}, {false, {0, 1}}};
    bool first = true;
    for (int i = 0; i < 4; i++) {
        int xsign = sign_of(xs[i / 2], i / 2 == 0 ? -1 : 1);
        int ysign = sign_of(ys[i % 2], i % 2 == 0 ? -1 : 1);
        int sign = xsign * ysign;
        bool none = sign != 0 && (xs[i / 2].none || ys[i % 2].none); /* 0 times anything is 0 */
        fraction value = sign == 0 || none ? (fraction){0, 1} : product(a, xs[i / 2].value, ys[i % 2].value);
        if (none && sign < 0) out.least.none = true;
        if (none && sign > 0) out.most.none = true;
        if (none) continue;
        if (first || order(a, value, out.least.value) < 0) out.least.value = value;
        if (first || order(a, value, out.most.value) > 0) out.most.value = value;
        first = false;
    }
    return out;
}

static interval divided(asking *a, interval x, interval y) {
    if (y.least.none || y.least.value.top <= 0) return nothing_known;
    interval turned = {{false, {0, 1}}, {false, inverse(y.least.value)}};
    if (!y.most.none) turned.least.value = inverse(y.most.value);
    return multiplied(a, x, turned);
}

static interval smaller(asking *a, interval x, interval y) {
    if (order_bounds(a, y.least, -1, x.least, -1) < 0) x.least = y.least;
    if (order_bounds(a, y.most, 1, x.most, 1) < 0) x.most = y.most;
    return x;
}

static fraction rounded(asking *a, fraction value, const mnode *node) {
    fraction unit = power(a, 1, node->exponent - node->digits);
    fraction steps = product(a, value, inverse(unit));
    i128 size = steps.top < 0 ? -steps.top : steps.top;
    i128 whole = size / steps.bottom;
    i128 rest = size % steps.bottom;
    int half = rest * 2 < steps.bottom ? -1 : rest * 2 > steps.bottom;
    bool up = node->rounding == NTM_ROUND_UP        ? rest != 0
              : node->rounding == NTM_ROUND_DOWN    ? false
              : node->rounding == NTM_ROUND_HALF_UP ? half >= 0
                                                    : half > 0 || (half == 0 && whole % 2 != 0);
    if (up) whole++;
    return product(a, reduced(a, steps.top < 0 ? -whole : whole, 1), unit);
}

static interval points(asking *a, const mnode *node) {
    int64_t least = 0;
    int64_t most = 0;
    for (int at = 0; at < node->of_count; at++) {
        ntm_verdict verdict = condition(a, node->of[at]);
        if (verdict == NTM_MET && node->points[at] > least) least = node->points[at];
        if (verdict != NTM_NOT_MET && node->points[at] > most) most = node->points[at];
    }
    return (interval){{false, {least, 1}}, {false, {most, 1}}};
}

static ntm_verdict criterion(asking *a, int at);
static ntm_verdict indicator(asking *a, int at);

static interval counted(asking *a, const mnode *node) {
    int64_t least = 0;
    int64_t most = 0;
    int64_t all = 0;
    if (node->over == NTM_OVER_CHILDREN) {
        least = a->t->values[IN_MET][a->row];
        all = a->t->values[IN_TOTAL][a->row];
        bool told = a->t->known[IN_OPEN][a->row] == NTM_REPORTED;
        most = told ? least + a->t->values[IN_OPEN][a->row] : all;
    } else if (node->over == NTM_OVER_MEMBERS) {
        for (a->member = IN_FEMALE; a->member <= IN_MALE; a->member++) {
            ntm_verdict verdict = condition(a, node->of[0]);
            least += verdict == NTM_MET;
            most += verdict != NTM_NOT_MET;
        }
        a->member = 0;
        all = 2;
    } else {
        bool criteria = node->over == NTM_OVER_CRITERIA;
        int end = criteria ? a->m->criterion_count : a->m->first[a->m->criterion_count];
        for (int at = 0; at < end; at++) {
            if (node->members != 0 && (node->members & 1u << at) == 0) continue;
            ntm_verdict verdict = criteria ? criterion(a, at) : indicator(a, at);
            least += verdict == node->verdict;
            most += verdict == node->verdict || verdict == NTM_OPEN;
            all++;
        }
    }
    interval count = {{false, {least, 1}}, {false, {most, 1}}};
    if (node->kind == NTM_COUNT) return count;
    return divided(a, count, point((fraction){all, 1}));
}

/* A value knows nothing of the members around it. */
static interval named(asking *a, int at) {
    if (a->known_values[at]) return a->values[at];
    int member = a->member;
    a->member = 0;
    a->values[at] = a->m->values[at].rule < 0 ? nothing_known : quantity(a, a->m->values[at].rule);
    a->known_values[at] = true;
    a->member = member;
    return a->values[at];
}

static interval quantity(asking *a, int at) {
    const mnode *node = &a->m->nodes[at];
    interval value = nothing_known;
    switch (node->kind) {
        case NTM_FACT: return input_value(a, node->input == IN_FEMALE ? a->member : node->input);
        case NTM_PAST: return input_value(a, node->input);
        case NTM_CONSTANT: return point(power(a, node->number, node->exponent));
        case NTM_FIGURE: return figure_value(a, &a->m->figures[node->figure]);
        case NTM_FIGURE_OF:
            if (!a->m->given[node->other]) return input_value(a, node->input);
            return figure_value(a, &a->m->other_figures[node->other][node->figure]);
        case NTM_VALUE: return named(a, node->part);
        case NTM_POINTS: return points(a, node);
        case NTM_COUNT:
        case NTM_SHARE: return counted(a, node);
        default: break;
    }
    value = quantity(a, node->of[0]);
    if (node->kind == NTM_ROUNDED) {
        value.least.value = rounded(a, value.least.value, node);
        value.most.value = rounded(a, value.most.value, node);
    }
    for (int part = 1; part < node->of_count; part++) {
        interval other = quantity(a, node->of[part]);
        if (node->kind == NTM_SUM) value = sum(a, value, other);
        if (node->kind == NTM_DIFFERENCE) value = sum(a, value, negative(other));
        if (node->kind == NTM_PRODUCT) value = multiplied(a, value, other);
        if (node->kind == NTM_RATIO) value = divided(a, value, other);
        if (node->kind == NTM_MINIMUM) value = smaller(a, value, other);
        if (node->kind == NTM_MAXIMUM) value = negative(smaller(a, negative(value), negative(other)));
    }
    return value;
}

/* ------------------------------------------------------------------------------------------- conditions */

static ntm_verdict opposite(ntm_verdict verdict) {
    return verdict == NTM_MET ? NTM_NOT_MET : verdict == NTM_NOT_MET ? NTM_MET : NTM_OPEN;
}

/* x > y (or x >= y) for intervals. */
static ntm_verdict above(asking *a, interval x, interval y, bool or_equal) {
    int sure = order_bounds(a, x.least, -1, y.most, 1);
    int possible = order_bounds(a, x.most, 1, y.least, -1);
    if (x.least.none || y.most.none) sure = -1;
    if (x.most.none || y.least.none) possible = 1;
    if (sure > 0 || (or_equal && sure == 0)) return NTM_MET;
    if (possible < 0 || (!or_equal && possible == 0)) return NTM_NOT_MET;
    return NTM_OPEN;
}

static ntm_verdict compared(asking *a, interval x, ntm_comparison sign, interval y) {
    switch (sign) {
        case NTM_MORE: return above(a, x, y, false);
        case NTM_MORE_OR_EQUAL: return above(a, x, y, true);
        case NTM_LESS: return above(a, y, x, false);
        case NTM_LESS_OR_EQUAL: return above(a, y, x, true);
        case NTM_EQUAL: break;
    }
    ntm_verdict at_least = above(a, x, y, true);
    ntm_verdict at_most = above(a, y, x, true);
    if (at_least == NTM_NOT_MET || at_most == NTM_NOT_MET) return NTM_NOT_MET;
    return at_least == NTM_MET && at_most == NTM_MET ? NTM_MET : NTM_OPEN;
}

static ntm_verdict enough(int met, int not_met, int all, int wanted) {
    return met >= wanted ? NTM_MET : not_met > all - wanted ? NTM_NOT_MET : NTM_OPEN;
}

static ntm_verdict flag(asking *a, const mnode *node) {
    if (a->t->known[node->input][a->row] != NTM_REPORTED) return NTM_OPEN;
    int64_t value = a->t->values[node->input][a->row];
    return value >= (node->kind == NTM_AT_LEVEL ? node->level : 1) ? NTM_MET : NTM_NOT_MET;
}

static ntm_verdict every(asking *a, const mnode *node) {
    mnode count = *node;
    count.kind = NTM_COUNT;
    count.verdict = NTM_MET;
    interval met = counted(a, &count);
    int64_t all = node->over == NTM_OVER_MEMBERS ? 2 : a->t->values[IN_TOTAL][a->row];
    if (all == 0) return NTM_OPEN;
    return met.least.value.top >= all ? NTM_MET : met.most.value.top < all ? NTM_NOT_MET : NTM_OPEN;
}

static ntm_verdict indicator(asking *a, int at) {
    if (a->known_indicators[at]) return a->indicators[at];
    int member = a->member;
    a->member = 0;
    a->indicators[at] = a->m->indicator_rules[at] < 0 ? NTM_OPEN : condition(a, a->m->indicator_rules[at]);
    a->known_indicators[at] = true;
    a->member = member;
    return a->indicators[at];
}

static ntm_verdict condition(asking *a, int at) {
    const mnode *node = &a->m->nodes[at];
    int met = 0;
    int not_met = 0;
    switch (node->kind) {
        case NTM_COMPARE: return compared(a, quantity(a, node->of[0]), node->compare, quantity(a, node->of[1]));
        case NTM_ATTESTED:
        case NTM_HOLDS:
        case NTM_AT_LEVEL: return flag(a, node);
        case NTM_NOT: return opposite(condition(a, node->of[0]));
        case NTM_EVERY: return every(a, node);
        case NTM_CRITERION: return criterion(a, node->part);
        case NTM_INDICATOR: return indicator(a, node->part);
        case NTM_IF_APPLICABLE:
            if (a->t->known[node->input][a->row] == NTM_NOT_APPLICABLE) return NTM_MET;
            return condition(a, node->of[0]);
        default: break;
    }
    for (int part = 0; part < node->of_count; part++) {
        ntm_verdict verdict = condition(a, node->of[part]);
        met += verdict == NTM_MET;
        not_met += verdict == NTM_NOT_MET;
    }
    int wanted = node->kind == NTM_ALL ? node->of_count : node->kind == NTM_ANY ? 1 : (int)node->k;
    return enough(met, not_met, node->of_count, wanted);
}

static ntm_verdict criterion(asking *a, int at) {
    if (a->known_criteria[at]) return a->criteria[at];
    int member = a->member;
    a->member = 0;
    int met = 0;
    int not_met = 0;
    int all = a->m->first[at + 1] - a->m->first[at];
    ntm_verdict verdict = NTM_OPEN;
    for (int part = a->m->first[at]; part < a->m->first[at + 1]; part++) {
        ntm_verdict one = indicator(a, part);
        met += one == NTM_MET;
        not_met += one == NTM_NOT_MET;
    }
    if (all > 0) verdict = enough(met, not_met, all, all);
    if (a->m->criterion_rules[at] >= 0) verdict = condition(a, a->m->criterion_rules[at]);
    a->known_criteria[at] = true;
    a->criteria[at] = verdict;
    a->member = member;
    return verdict;
}

static ntm_bounds graded(asking *a) {
    ntm_bounds out = {0, 0};
    if (a->m->grade < 0) return out;
    interval value = quantity(a, a->m->grade);
    for (int at = 0; at < MODEL_BANDS; at++) {
        interval from = point(power(a, a->m->band_from[at], a->m->band_exponent));
        ntm_verdict reached = above(a, value, from, !a->m->band_open[at]);
        ntm_verdict required = a->m->band_requires[at] < 0 ? NTM_MET : condition(a, a->m->band_requires[at]);
        if (reached == NTM_MET && required == NTM_MET) out.least = (uint64_t)at + 1;
        if (reached != NTM_NOT_MET && required != NTM_NOT_MET) out.most = (uint64_t)at + 1;
    }
    ntm_verdict out_of_it = a->m->knock_out < 0 ? NTM_NOT_MET : condition(a, a->m->knock_out);
    if (out_of_it != NTM_NOT_MET) out.least = 0;
    if (out_of_it == NTM_MET) out.most = 0;
    return out;
}

/* A bound in a unit of 10^exponent; false: more than 64 bits. */
static bool given_out(asking *a, ntm_fraction *out, bound of, int exponent) {
    *out = (ntm_fraction){0, 0};
    if (of.none) return true;
    fraction value = product(a, of.value, power(a, 1, -exponent));
    if (value.top > INT64_MAX || value.top < INT64_MIN || value.bottom > INT64_MAX) return false;
    *out = (ntm_fraction){(int64_t)value.top, (int64_t)value.bottom};
    return true;
}

static exactly kept(asking *a, interval of, int exponent) {
    exactly out = {true, {{0, 0}, {0, 0}}};
    if (!given_out(a, &out.range.least, of.least, exponent)) out.fits = false;
    if (!given_out(a, &out.range.most, of.most, exponent)) out.fits = false;
    return out;
}

static void values(verdicts *out, asking *a) {
    for (int at = 0; at < a->m->value_count; at++)
        out->values[a->m->values[at].place] = kept(a, named(a, at), a->m->values[at].exponent);
    out->score = kept(a, a->m->grade < 0 ? nothing_known : quantity(a, a->m->grade), a->m->band_exponent);
    out->values_overflow = a->overflow;
}

void oracle_row(verdicts *out, const model *m, const truth *t, size_t row, int year) {
    asking a;
    memset(&a, 0, sizeof a);
    memset(out, 0, sizeof *out);
    a.m = m;
    a.t = t;
    a.row = row;
    a.year = year;
    int met = 0;
    int not_met = 0;
    for (int at = 0; at < m->criterion_count; at++) {
        out->criteria[at] = criterion(&a, at);
        met += out->criteria[at] == NTM_MET;
        not_met += out->criteria[at] == NTM_NOT_MET;
        for (int part = m->first[at]; part < m->first[at + 1]; part++)
            out->indicators[part] = indicator(&a, part);
    }
    out->met = (ntm_bounds){(uint64_t)met, (uint64_t)(m->criterion_count - not_met)};
    out->criteria_status =
        m->status >= 0 ? condition(&a, m->status) : enough(met, not_met, m->criterion_count, m->criterion_count);
    int yes = out->criteria_status == NTM_MET;
    int no = out->criteria_status == NTM_NOT_MET;
    for (int at = 0; at < m->precondition_count; at++) {
        out->preconditions[at] = condition(&a, m->precondition_rules[at]);
        yes += out->preconditions[at] == NTM_MET;
        no += out->preconditions[at] == NTM_NOT_MET;
    }
    out->status = enough(yes, no, m->precondition_count + 1, m->precondition_count + 1);
    out->revocation = m->revocation < 0 ? NTM_OPEN : condition(&a, m->revocation);
    out->grade = graded(&a);
    out->overflow = a.overflow;
    values(out, &a);
}
