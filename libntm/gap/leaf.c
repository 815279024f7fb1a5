/* SPDX-License-Identifier: Apache-2.0 */
/* What a single condition lacks: amounts, acts, levels. */
#include "gap/gap.h"

static size_t new_work(ntm_i_gapping *g, uint32_t subject, ntm_verdict aim, const ntm_i_work *work) {
    size_t *known = &g->work_of[(size_t)subject * 2 + (aim != NTM_MET)];
    if (*known != SIZE_MAX) return *known;
    if (!ntm_i_array_append(&g->works, work, 1)) {
        g->no_memory = true;
        return SIZE_MAX;
    }
    *known = g->works.count - 1;
    ntm_i_gap_work(g, *known)->aim = (uint8_t)aim;
    return *known;
}

size_t ntm_i_gap_untold(ntm_i_gapping *g, uint32_t subject, ntm_verdict aim, ntm_untold why) {
    ntm_i_work work = {.subject = subject,
                       .kind = NTM_GAP_UNTOLD,
                       .untold = why,
                       .least = NTM_I_MINUS_INFINITY,
                       .most = NTM_I_INFINITY};
    return new_work(g, subject, aim, &work);
}

static bool is_anything(ntm_i_interval i) { return !ntm_i_is_finite(i.least) && !ntm_i_is_finite(i.most); }

/* Whether the fact behind a quantity is not applicable. */
static bool is_not_applicable(ntm_i_gapping *g, ntm_node at) {
    if (at == 0 || g->plan->node_input[at - 1] == NTM_I_NONE) return false;
    ntm_i_interval unused;
    return ntm_i_exact_input(&g->x, ntm_i_exact_node_input(&g->x, at), &unused) == NTM_NOT_APPLICABLE;
}

/* Why a figure has no value. */
static ntm_untold why_no_figure(ntm_i_gapping *g, uint32_t threshold) {
    bool unknown = false;
    (void)ntm_i_exact_cell(&g->x, threshold, 0, &unknown);
    return unknown ? NTM_UNTOLD_AXIS : NTM_UNTOLD_LAW;
}

static ntm_untold why_no_threshold(ntm_i_gapping *g, ntm_node at) {
    const ntm_node_spec *node = &g->set->nodes[at - 1];
    if (node->kind == NTM_FIGURE) return why_no_figure(g, g->set->info[at - 1].target);
    if (node->kind == NTM_FIGURE_OF && g->plan->node_threshold[at - 1] != NTM_I_NONE)
        return why_no_figure(g, g->plan->node_threshold[at - 1]);
    if (node->kind == NTM_VALUE && g->set->values[g->set->info[at - 1].target].rule == 0) return NTM_UNTOLD_LAW;
    return NTM_UNTOLD_NOT_REPORTED;
}

/* Why nothing at all is known of a gap in an amount. */
static ntm_untold why_untold(ntm_i_gapping *g, const ntm_i_measure *m) {
    if (is_not_applicable(g, m->measured) || is_not_applicable(g, m->divisor)) return NTM_UNTOLD_NOT_APPLICABLE;
    if (is_anything(ntm_i_exact_quantity(&g->x, m->threshold))) return why_no_threshold(g, m->threshold);
    if (m->entangled) return NTM_UNTOLD_RULE;
    return NTM_UNTOLD_NOT_REPORTED;
}

/* The direction of work under a sign; an equality has one only where it is plain on which side the quantity is. */
static bool direction(ntm_comparison *sign, const ntm_i_measured *row) {
    if (*sign != NTM_EQUAL) return true;
    if (!ntm_i_is_finite(row->want.least) || ntm_i_rational_compare(row->want.least, row->want.most) != 0) return false;
    if (ntm_i_rational_compare(row->have.least, row->want.least) >= 0)
        *sign = NTM_LESS_OR_EQUAL;
    else if (ntm_i_rational_compare(row->have.most, row->want.least) <= 0)
        *sign = NTM_MORE_OR_EQUAL;
    else
        return false;
    return true;
}

/* What is lacking between a value and a target; infinite where one of them is, 0 where the sign holds. */
static bool lacking(ntm_i_rational *out, ntm_comparison sign, ntm_i_rational have, ntm_i_rational want, bool whole) {
    ntm_i_interval a = ntm_i_point(have), b = ntm_i_point(want);
    if (!ntm_i_is_finite(have) || !ntm_i_is_finite(want)) {
        int order = ntm_i_rational_compare(have, want);
        *out = (ntm_i_is_more(sign) ? order >= 0 : order <= 0) ? ntm_i_rational_int(0) : NTM_I_INFINITY;
        return true;
    }
    if (ntm_i_exact_compare(sign, a, b) == NTM_MET) {
        *out = ntm_i_rational_int(0);
        return true;
    }
    return ntm_i_lacking(out, sign, have, want, whole);
}

/* Between what a quantity can lie: its natural bounds, the whole that it is part of as that is now, the units there are. */
static bool room_of(ntm_i_gapping *g, const ntm_i_measure *m, ntm_i_interval *room) {
    ntm_i_interval met, whole;
    *room = NTM_I_ANYTHING;
    if (m->children != 0) {
        if (!ntm_i_exact_children(&g->x, m->children, &met, &whole)) return false;
        *room = (ntm_i_interval){ntm_i_rational_int(0), whole.most};
        return true;
    }
    if (g->set->nodes[m->measured - 1].kind != NTM_FACT) return false;
    const ntm_i_input *about = &ntm_i_plan_inputs(g->plan)[ntm_i_exact_node_input(&g->x, m->measured)];
    *room = (ntm_i_interval){about->least, about->most};
    if (about->part_of != NTM_I_NONE && ntm_i_exact_input(&g->x, about->part_of, &whole) == NTM_REPORTED &&
        ntm_i_rational_scale(&whole.most, whole.most, -m->power))
        room->most = ntm_i_smaller(room->most, whole.most);
    return true;
}

/* Whether even the least work leads where the quantity cannot be. `have` is the best that it may be. */
static bool is_out_of_reach(ntm_i_gapping *g, const ntm_i_measure *m, const ntm_i_work *work, ntm_i_rational have) {
    ntm_i_interval room;
    ntm_i_rational to, least = ntm_i_work_amount(work).least;
    bool more = !work->down;
    if (m->whole && ntm_i_is_finite(have)) /* bounds of whole things need not be whole */
        have = (ntm_i_rational){more ? ntm_i_rational_floor(have) : ntm_i_rational_ceiling(have), 1};
    if (!ntm_i_is_finite(have) || !room_of(g, m, &room) ||
        !(more ? ntm_i_rational_add(&to, have, least) : ntm_i_rational_subtract(&to, have, least)))
        return false;
    int order = more ? ntm_i_rational_compare(to, room.most) : ntm_i_rational_compare(room.least, to);
    return order > 0 || (work->strict && order == 0);
}

bool ntm_i_gap_measure(ntm_i_gapping *g, ntm_i_measured *out, const ntm_i_measure *m, bool *fits) {
    g->x.failed = false; /* what did not fit elsewhere does not matter here */
    bool measured = ntm_i_measure_row(out, &g->x, m);
    *fits = !g->x.failed;
    g->x.failed = false;
    return measured;
}

/* The same in integers, where they do. False: it has to be found in rationals. */
static bool quick_work(ntm_i_gapping *g, const ntm_i_place_in_rule *place, ntm_verdict aim, ntm_i_work *work) {
    const ntm_i_measure *m = place->measure;
    ntm_i_quick_row row;
    ntm_i_rational have;
    if (!ntm_i_gap_quick_row(g, place, &row)) return false;
    ntm_comparison sign = aim == NTM_MET ? m->sign : ntm_i_denied(m->sign);
    bool more = ntm_i_is_more(sign), strict = ntm_i_is_strict(sign);
    ntm_i_wide lack;
    if (row.want < 0 || ntm_i_subtract_overflows(more ? row.want : row.have, more ? row.have : row.want, &lack) ||
        lack < 0)
        return false;
    if (!ntm_i_quick_amount(&work->amount, lack, row.scale,
                            !m->whole ? NTM_I_AS_IT_IS
                            : strict  ? NTM_I_BEYOND
                                      : NTM_I_UP))
        return false;
    const ntm_i_input *about = &ntm_i_plan_inputs(g->plan)[ntm_i_exact_node_input(&g->x, m->measured)];
    bool in_divisor = m->divisor != 0 && row.within_divisor && !strict && !ntm_i_is_finite(about->most) &&
                      about->part_of == g->plan->node_input[m->divisor - 1];
    bool free = more ? !ntm_i_is_finite(about->most) && about->part_of == NTM_I_NONE
                     : !ntm_i_is_finite(about->least) || (about->least.numerator <= 0 && !strict);
    work->plain = true;
    work->surely = true;
    work->down = !more;
    work->kind = more ? NTM_GAP_MORE : NTM_GAP_FEWER;
    work->strict = strict && !m->whole;
    if (!free && !(more && in_divisor)) {
        if (!ntm_i_rational_scale(&have, (ntm_i_rational){row.have, 1}, -(int)row.scale)) return false;
        work->out_of_reach = is_out_of_reach(g, m, work, have);
    }
    return true;
}

static size_t comparison(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    const ntm_i_measure *m = g->places[at - 1].measure;
    uint32_t subject = ntm_i_gap_subject_of(g, at);
    ntm_i_work quick = {.subject = subject};
    if (quick_work(g, &g->places[at - 1], aim, &quick)) return new_work(g, subject, aim, &quick);
    ntm_i_measured row;
    bool fits;
    if (!ntm_i_gap_measure(g, &row, m, &fits)) {
        bool rule = !fits || (m->divisor == 0 && m->children == 0);
        ntm_untold why = why_untold(g, m);
        return ntm_i_gap_untold(g, subject, aim, why == NTM_UNTOLD_NOT_REPORTED && rule ? NTM_UNTOLD_RULE : why);
    }
    ntm_comparison sign = row.sign;
    bool equal = sign == NTM_EQUAL;
    if ((equal && aim != NTM_MET) || !direction(&sign, &row) ||
        (equal && m->whole && row.want.least.denominator != 1)) /* so many whole things there cannot be */
        return ntm_i_gap_untold(g, subject, aim, NTM_UNTOLD_RULE);
    if (aim != NTM_MET) sign = ntm_i_denied(sign);
    bool more = ntm_i_is_more(sign);
    ntm_i_rational near = more ? row.want.least : row.want.most, far = more ? row.want.most : row.want.least;
    ntm_i_work work = {.subject = subject, .kind = more ? NTM_GAP_MORE : NTM_GAP_FEWER, .down = !more};
    if (m->children != 0) work.kind = NTM_GAP_UNITS;
    if (!lacking(&work.least, sign, more ? row.have.most : row.have.least, near, m->whole) ||
        !lacking(&work.most, sign, more ? row.have.least : row.have.most, far, m->whole))
        return ntm_i_gap_untold(g, subject, aim, NTM_UNTOLD_RULE);
    if (!ntm_i_is_finite(work.least) || (work.least.numerator == 0 && !ntm_i_is_finite(work.most)))
        return ntm_i_gap_untold(g, subject, aim, why_untold(g, m));
    work.strict = ntm_i_is_strict(sign) && !m->whole;
    if (work.most.numerator == 0 && !work.strict) /* nothing that work on it could change */
        return ntm_i_gap_untold(g, subject, aim, why_untold(g, m));
    ntm_i_rational best = more ? row.have.most : row.have.least;
    int order = ntm_i_rational_compare(best, near);
    work.surely = work.least.numerator > 0 || (work.strict && (more ? order <= 0 : order >= 0));
    work.out_of_reach = work.surely && is_out_of_reach(g, m, &work, best);
    return new_work(g, subject, aim, &work);
}

/* A yes or no that is the wrong one, or is not known. */
static size_t yes(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    uint32_t subject = ntm_i_gap_subject_of(g, at);
    ntm_i_interval unused;
    ntm_known known = ntm_i_exact_input(&g->x, ntm_i_exact_node_input(&g->x, at), &unused);
    if (known == NTM_NOT_APPLICABLE) return ntm_i_gap_untold(g, subject, aim, NTM_UNTOLD_NOT_APPLICABLE);
    bool held = g->set->nodes[at - 1].kind == NTM_HOLDS;
    ntm_i_work work = {.subject = subject,
                       .kind = held             ? NTM_GAP_STATUS
                               : aim == NTM_MET ? NTM_GAP_ACT
                                                : NTM_GAP_UNDO,
                       .down = aim != NTM_MET,
                       .surely = known == NTM_REPORTED,
                       .least = ntm_i_rational_int(known == NTM_REPORTED),
                       .most = ntm_i_rational_int(1)};
    return new_work(g, subject, aim, &work);
}

/* Levels between where a fact is, or may be, and the nearest level that will do. */
static size_t levels(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    const ntm_node_spec *node = &g->set->nodes[at - 1];
    uint32_t subject = ntm_i_gap_subject_of(g, at);
    if (node->name == NULL) return ntm_i_gap_untold(g, subject, aim, NTM_UNTOLD_RULE); /* a grade: points */
    uint32_t input = ntm_i_exact_node_input(&g->x, at), wanted = g->set->info[at - 1].level;
    const ntm_i_bound *bound = &g->run->bounds[input];
    ntm_i_interval unused, places = {ntm_i_rational_int(0), ntm_i_rational_int(0)};
    ntm_known known = ntm_i_exact_input(&g->x, input, &unused);
    if (known == NTM_NOT_APPLICABLE) return ntm_i_gap_untold(g, subject, aim, NTM_UNTOLD_NOT_APPLICABLE);
    int64_t last = (int64_t)g->set->facts[g->set->info[at - 1].target].level_count - 1;
    if (known == NTM_REPORTED) {
        places = ntm_i_point(ntm_i_rational_int(((const uint32_t *)bound->values)[g->x.row]));
    } else {
        places.most = ntm_i_rational_int(last);
        ntm_i_interval cut;
        if (ntm_i_has_limits(bound) && ntm_i_cut_of_row(g->run, &cut, bound, g->x.row))
            places = (ntm_i_interval){ntm_i_larger(places.least, cut.least), ntm_i_smaller(places.most, cut.most)};
    }
    bool met = aim == NTM_MET;
    ntm_comparison sign = met ? NTM_MORE_OR_EQUAL : NTM_LESS;
    ntm_i_rational target = ntm_i_rational_int(wanted);
    ntm_i_work work = {.subject = subject, .kind = NTM_GAP_LEVEL, .down = !met};
    if (!lacking(&work.least, sign, met ? places.most : places.least, target, true) ||
        !lacking(&work.most, sign, met ? places.least : places.most, target, true))
        return ntm_i_gap_untold(g, subject, aim, NTM_UNTOLD_RULE);
    work.surely = work.least.numerator > 0;
    work.out_of_reach = !met && wanted == 0; /* below the lowest level */
    return new_work(g, subject, aim, &work);
}

/* Each of the units below: those that do not meet the condition. */
static size_t every_child(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    uint32_t subject = ntm_i_gap_subject_of(g, at);
    ntm_i_interval met, total;
    bool known = ntm_i_exact_children(&g->x, at, &met, &total);
    if (!known || !ntm_i_is_finite(total.most)) return ntm_i_gap_untold(g, subject, aim, NTM_UNTOLD_NOT_REPORTED);
    if (aim != NTM_MET || total.most.numerator == 0) return ntm_i_gap_untold(g, subject, aim, NTM_UNTOLD_RULE);
    ntm_i_work work = {.subject = subject, .kind = NTM_GAP_UNITS};
    if (!lacking(&work.least, NTM_MORE_OR_EQUAL, met.most, total.least, true) ||
        !lacking(&work.most, NTM_MORE_OR_EQUAL, met.least, total.most, true))
        return ntm_i_gap_untold(g, subject, aim, NTM_UNTOLD_RULE);
    work.surely = work.least.numerator > 0;
    return new_work(g, subject, aim, &work);
}

size_t ntm_i_gap_leaf(ntm_i_gapping *g, ntm_node at, ntm_verdict aim) {
    size_t known = g->work_of[(size_t)ntm_i_gap_subject_of(g, at) * 2 + (aim != NTM_MET)];
    if (known != SIZE_MAX) return known;
    switch (g->set->nodes[at - 1].kind) {
        case NTM_COMPARE: return comparison(g, at, aim);
        case NTM_ATTESTED:
        case NTM_HOLDS: return yes(g, at, aim);
        case NTM_AT_LEVEL: return levels(g, at, aim);
        case NTM_EVERY: return every_child(g, at, aim);
        default: return ntm_i_gap_untold(g, ntm_i_gap_subject_of(g, at), aim, NTM_UNTOLD_RULE);
    }
}
