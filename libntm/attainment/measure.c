/* SPDX-License-Identifier: Apache-2.0 */
#include "attainment/measure.h"

#include "attainment/explanation.h"
#include "attainment/reads.h"

const char *ntm_i_node_unit(const ntm_plan *plan, ntm_node at, int *power, char buffer[NTM_I_UNIT_TEXT_MAX]) {
    const ntm_set *set = plan->set;
    const ntm_node_spec *node = &set->nodes[at - 1];
    const ntm_i_node_info *info = &set->info[at - 1];
    *power = info->unit.power;
    switch (node->kind) {
        case NTM_FIGURE: return set->figures[info->target].unit;
        case NTM_VALUE: return set->values[info->target].unit;
        case NTM_FACT:
        case NTM_PAST:
        case NTM_OF_PARENT:
        case NTM_AVERAGE:
            return set->facts[info->target].kind == NTM_KIND_DATE ? "date" : set->facts[info->target].unit;
        case NTM_FIGURE_OF:
            if (plan->node_threshold[at - 1] != NTM_I_NONE) {
                const ntm_i_threshold *t = &ntm_i_plan_thresholds(plan)[plan->node_threshold[at - 1]];
                *power = t->power;
                return t->figure->unit;
            }
            if (node->unit != NULL) return node->unit;
            break;
        case NTM_CONSTANT:
        case NTM_ROUNDED:
            if (node->unit != NULL) return node->unit;
            break;
        case NTM_RATIO:
        case NTM_SHARE:
            if (info->unit.term_count != 0) break;
            *power = -2;
            return "%";
        case NTM_SUM:
        case NTM_DIFFERENCE:
        case NTM_MINIMUM:
        case NTM_MAXIMUM: { /* its parts measure the same: as one of them was written, at the same scale */
            int power_of_part;
            const char *unit = ntm_i_node_unit(plan, node->of[0], &power_of_part, buffer);
            if (unit != NULL && power_of_part == *power && !ntm_i_unit_is_date(unit)) return unit;
            break;
        }
        default: break;
    }
    (void)ntm_i_unit_format(buffer, NTM_I_UNIT_TEXT_MAX, &info->unit);
    if (ntm_i_unit_is_date(buffer)) return "day"; /* what follows from dates by arithmetic is a number of days */
    return buffer[0] == '\0' ? NULL : buffer;
}

/* A number that is given rather than worked on. */
static bool is_given(ntm_node_kind kind) {
    return kind == NTM_FIGURE || kind == NTM_CONSTANT || kind == NTM_FIGURE_OF || kind == NTM_AVERAGE ||
           kind == NTM_OF_PARENT || kind == NTM_PAST;
}

/* Through values to the rule behind them. The set was checked: they do not go in a circle. */
static ntm_node behind_values(const ntm_set *set, ntm_node at) {
    while (at != 0 && set->nodes[at - 1].kind == NTM_VALUE && set->values[set->info[at - 1].target].rule != 0)
        at = set->values[set->info[at - 1].target].rule;
    return at;
}

static bool is_whole(const ntm_set *set, ntm_node at) {
    const ntm_node_spec *node = &set->nodes[at - 1];
    if (node->kind == NTM_FACT) {
        ntm_fact_kind kind = set->facts[set->info[at - 1].target].kind;
        return kind == NTM_KIND_COUNT || kind == NTM_KIND_DATE;
    }
    if (node->kind == NTM_COUNT) return true;
    if (node->kind != NTM_SUM && node->kind != NTM_DIFFERENCE) return false;
    for (size_t i = 0; i < node->of_count; i++)
        if (!is_whole(set, node->of[i])) return false;
    return true;
}

/* Facts of the unit itself, now: not of its past, its parent or its neighbours, which no work of its own changes. */
typedef struct own_facts {
    const ntm_set *set;
    uint8_t *facts; /* bit 0: of the one quantity, bit 1: of the other */
    uint8_t bit;
} own_facts;

static void note_own(void *context, ntm_node at) {
    own_facts *own = context;
    const ntm_node_spec *node = &own->set->nodes[at - 1];
    if (node->kind == NTM_FACT || node->kind == NTM_ATTESTED || node->kind == NTM_IF_APPLICABLE ||
        (node->kind == NTM_AT_LEVEL && node->name != NULL))
        own->facts[own->set->info[at - 1].target] |= own->bit;
}

/* Whether two quantities look at a fact both: then *out is made true. */
static bool share_a_fact(bool *out, const ntm_set *set, ntm_node a, ntm_node b, ntm_i_arena *arena) {
    const ntm_node rules[2] = {a, b};
    ntm_i_arena passing; /* memory of the size of the set for each comparison would add up */
    ntm_i_arena_start(&passing, &arena->allocator);
    own_facts own = {set, ntm_i_arena_take(&passing, set->fact_count, 1), 0};
    bool good = own.facts != NULL;
    for (size_t i = 0; i < 2 && good; i++) {
        ntm_i_reads reads;
        good = ntm_i_reads_start(&reads, set, &passing);
        if (!good) break;
        own.bit = (uint8_t)(1u << i);
        reads.visit = note_own;
        reads.context = &own;
        (void)ntm_i_reads_rule(&reads, rules[i]);
    }
    for (size_t i = 0; i < set->fact_count && good; i++)
        *out = *out || own.facts[i] == 3;
    ntm_i_arena_end(&passing);
    return good;
}

bool ntm_i_measure_of(ntm_i_measure *out, const ntm_plan *plan, ntm_node comparison, ntm_i_arena *arena) {
    const ntm_set *set = plan->set;
    const ntm_node_spec *node = &set->nodes[comparison - 1];
    /* A threshold may stand on either side; what is worked on is the other one. */
    bool swapped = is_given(set->nodes[node->of[0] - 1].kind) && !is_given(set->nodes[node->of[1] - 1].kind);
    if (set->nodes[node->of[0] - 1].kind == NTM_FIGURE || set->nodes[node->of[0] - 1].kind == NTM_CONSTANT)
        swapped = true;
    *out = (ntm_i_measure){.node = comparison, .sign = swapped ? ntm_i_mirrored(node->compare) : node->compare};
    out->quantity = behind_values(set, node->of[swapped ? 1 : 0]);
    out->threshold = node->of[swapped ? 0 : 1];
    if (set->nodes[out->quantity - 1].kind == NTM_ROUNDED) {
        out->rounded = out->quantity;
        out->quantity = behind_values(set, set->nodes[out->quantity - 1].of[0]);
    }
    out->measured = out->quantity;
    const ntm_node_spec *quantity = &set->nodes[out->quantity - 1];
    if (quantity->kind == NTM_RATIO && quantity->of_count == 2) {
        out->measured = behind_values(set, quantity->of[0]);
        out->divisor = quantity->of[1];
        if (!share_a_fact(&out->entangled, set, out->measured, out->divisor, arena)) return false;
    }
    if (!is_given(set->nodes[out->threshold - 1].kind) &&
        !share_a_fact(&out->entangled, set, out->measured, out->threshold, arena))
        return false;
    out->unit = ntm_i_node_unit(plan, out->measured, &out->power, out->buffer);
    out->whole = is_whole(set, out->measured);
    if ((quantity->kind == NTM_COUNT || quantity->kind == NTM_SHARE) && quantity->over == NTM_OVER_CHILDREN) {
        out->children = out->quantity;
        out->unit = quantity->label;
        out->power = 0;
        out->whole = true;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------- rounding undone */

/* From where on numbers are rounded to `step` (a number of the grid, above 0) or beyond; *itself: that bound too. */
static bool edge_of(ntm_i_rational *out, bool *itself, ntm_i_rational step, const ntm_node_spec *rounded) {
    ntm_i_rational grid, half;
    if (!ntm_i_rational_scale(&grid, ntm_i_rational_int(1), -(int)rounded->value.scale) ||
        !ntm_i_rational_divide(&half, grid, ntm_i_rational_int(2)))
        return false;
    *itself = true;
    switch (rounded->rounding) {
        case NTM_ROUND_DOWN: *out = step; return true;
        case NTM_ROUND_UP: *itself = false; return ntm_i_rational_subtract(out, step, grid);
        case NTM_ROUND_HALF_EVEN: {
            ntm_i_rational steps;
            if (!ntm_i_rational_divide(&steps, step, grid)) return false;
            *itself = steps.numerator % 2 == 0; /* a tie goes to the even one */
            return ntm_i_rational_subtract(out, step, half);
        }
        default: return ntm_i_rational_subtract(out, step, half);
    }
}

/* Takes a bound of what a rounded number has to be for one of the number itself. In the unit of the rounding. */
static bool undo_rounding(ntm_i_rational *bound, ntm_comparison *sign, const ntm_node_spec *rounded) {
    bool more = *sign == NTM_MORE || *sign == NTM_MORE_OR_EQUAL, itself;
    ntm_i_rational grid, units, step;
    if (*sign == NTM_EQUAL) return false;
    if (!ntm_i_is_finite(*bound)) return true;
    if (!ntm_i_rational_scale(&grid, ntm_i_rational_int(1), -(int)rounded->value.scale) ||
        !ntm_i_rational_divide(&units, *bound, grid))
        return false;
    /* ">= t" and "> t" ask for a first number of the grid; "<= t" and "< t" forbid one. */
    bool above = *sign == NTM_MORE || *sign == NTM_LESS_OR_EQUAL;
    ntm_i_wide first = above ? ntm_i_rational_floor(units) + 1 : ntm_i_rational_ceiling(units);
    if (first <= 0 || first > INT64_MAX) return false;
    if (!ntm_i_rational_multiply(&step, grid, ntm_i_rational_int((int64_t)first))) return false;
    if (!edge_of(bound, &itself, step, rounded)) return false;
    *sign = more ? itself ? NTM_MORE_OR_EQUAL : NTM_MORE : itself ? NTM_LESS : NTM_LESS_OR_EQUAL;
    return true;
}

static bool want_of_rounded(ntm_i_interval *want, ntm_comparison *sign, ntm_i_exact *x, ntm_node at) {
    const ntm_node_spec *rounded = &x->run->plan->set->nodes[at - 1];
    int power = x->run->plan->set->info[at - 1].unit.power;
    ntm_i_interval own;
    ntm_comparison low = *sign, high = *sign;
    if (!ntm_i_rational_scale(&own.least, want->least, -power) ||
        !ntm_i_rational_scale(&own.most, want->most, -power) || !undo_rounding(&own.least, &low, rounded) ||
        !undo_rounding(&own.most, &high, rounded))
        return false;
    *sign = low;
    return (low == high || !ntm_i_is_finite(own.least) || !ntm_i_is_finite(own.most)) &&
           ntm_i_rational_scale(&want->least, own.least, power) && ntm_i_rational_scale(&want->most, own.most, power);
}

/* ------------------------------------------------------------------------------------------- rows */

/* What is asked of a part. False where the whole is or may be nothing: then its share is open, whatever is done. */
static bool times_whole(ntm_i_interval *want, ntm_i_interval whole) {
    if (ntm_i_rational_compare(whole.least, ntm_i_rational_int(0)) <= 0) return false;
    return ntm_i_interval_multiply(want, *want, whole);
}

/* Units below: as many as are counted, against as many as are asked for. */
static bool measure_children(ntm_i_measured *out, ntm_i_exact *x, const ntm_i_measure *m, ntm_i_interval want) {
    ntm_i_interval met, total;
    if (!ntm_i_exact_children(x, m->children, &met, &total)) return false;
    if (x->run->plan->set->nodes[m->children - 1].kind == NTM_SHARE && !times_whole(&want, total)) return false;
    *out = (ntm_i_measured){met, want, m->sign};
    return !x->failed;
}

bool ntm_i_measure_row(ntm_i_measured *out, ntm_i_exact *x, const ntm_i_measure *m) {
    if (m->entangled) return false;
    ntm_i_interval want = ntm_i_exact_quantity(x, m->threshold);
    ntm_comparison sign = m->sign;
    if (m->rounded != 0 && !want_of_rounded(&want, &sign, x, m->rounded)) return false;
    if (m->children != 0) return measure_children(out, x, m, want);
    ntm_i_interval have = ntm_i_exact_quantity(x, m->measured);
    if (m->divisor != 0 && !times_whole(&want, ntm_i_exact_quantity(x, m->divisor))) return false;
    if (!ntm_i_rational_scale(&have.least, have.least, -m->power) ||
        !ntm_i_rational_scale(&have.most, have.most, -m->power) ||
        !ntm_i_rational_scale(&want.least, want.least, -m->power) ||
        !ntm_i_rational_scale(&want.most, want.most, -m->power))
        return false;
    *out = (ntm_i_measured){have, want, sign};
    return !x->failed;
}

bool ntm_i_lacking(ntm_i_rational *out, ntm_comparison sign, ntm_i_rational have, ntm_i_rational want, bool whole) {
    bool more = ntm_i_is_more(sign);
    if (sign == NTM_EQUAL) more = ntm_i_rational_compare(have, want) < 0;
    ntm_i_rational gap;
    if (!(more ? ntm_i_rational_subtract(&gap, want, have) : ntm_i_rational_subtract(&gap, have, want))) return false;
    if (whole && sign != NTM_EQUAL) {
        bool strict = ntm_i_is_strict(sign);
        ntm_i_wide count = strict ? ntm_i_rational_floor(gap) + 1 : ntm_i_rational_ceiling(gap);
        if (count > INT64_MAX || count < 0) return false;
        gap = ntm_i_rational_int((int64_t)count);
    }
    *out = gap;
    return true;
}

bool ntm_i_to_spare(ntm_i_rational *out, ntm_comparison sign, ntm_i_rational have, ntm_i_rational want, bool whole) {
    bool more = ntm_i_is_more(sign), strict = ntm_i_is_strict(sign);
    ntm_i_rational rest;
    if (!(more ? ntm_i_rational_subtract(&rest, have, want) : ntm_i_rational_subtract(&rest, want, have))) return false;
    if (whole) {
        ntm_i_wide count = strict ? ntm_i_rational_ceiling(rest) - 1 : ntm_i_rational_floor(rest);
        if (count > INT64_MAX || count < 0) return false;
        rest = ntm_i_rational_int((int64_t)count);
    }
    *out = rest;
    return true;
}
