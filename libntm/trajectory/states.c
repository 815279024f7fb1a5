/* SPDX-License-Identifier: Apache-2.0 */
/* How one unit stands at the end of one period: what is measured, what is asked on that day, and what follows surely. */
#include "attainment/values.h"
#include "trajectory/trajectory.h"

/* A cell being worked out. Amounts are in the unit of the series. */
typedef struct standing {
    ntm_track_state state;
    ntm_track_why why;
    ntm_i_interval value, target;
    bool has_line;
    ntm_i_interval line; /* what is asked on the day */
    ntm_i_rational behind;
} standing;

/* Where the row is. */
typedef struct where {
    ntm_i_tracking *m;
    ntm_i_exact *x;
    size_t row; /* of the table */
    size_t unit, period;
    ntm_date day;
} where;

/* Complains of a row whose numbers do not fit, once. */
static void overflow(const where *w, const char *what) {
    if (!w->x->failed)
        ntm_i_run_complain(w->x->run, NTM_ERROR_OVERFLOW, what, w->x->row,
                           "an amount whose exact fraction is beyond 64 bits");
    w->x->failed = true;
}

static ntm_i_interval in_unit(const where *w, const ntm_i_track *track, ntm_i_interval base) {
    ntm_i_interval own = base;
    if (!ntm_i_rational_scale(&own.least, base.least, -track->power) ||
        !ntm_i_rational_scale(&own.most, base.most, -track->power)) {
        overflow(w, track->view.id);
        return NTM_I_ANYTHING;
    }
    return own;
}

/* ------------------------------------------------------------------------------------------- what is measured */

/* A fact that no rule reads is not bound to its column: it is looked at here. */
static ntm_i_interval unread_fact(const where *w, const ntm_i_track *track) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal value = {0, 0};
    ntm_known known = track->field == NULL ? NTM_NOT_REPORTED : ntm_column_known(&track->field->column, w->row);
    if (known == NTM_NOT_APPLICABLE) return NTM_I_ANYTHING;
    if (known == NTM_NOT_REPORTED) return track->natural;
    ntm_status status = ntm_column_decimal(&value, &track->field->column, w->row, &err);
    ntm_i_rational own = ntm_i_rational_decimal(value);
    if (status == NTM_OK &&
        (ntm_i_rational_compare(own, track->natural.least) < 0 || ntm_i_rational_compare(own, track->natural.most) > 0))
        status = ntm_i_fail(&err, NTM_ERROR_VALUE, NTM_I_NOWHERE, "a value outside of the fact's natural bounds");
    if (status == NTM_OK) return ntm_i_point(own);
    if (!w->x->failed) ntm_i_run_complain(w->x->run, status, track->view.id, w->x->row, "%s", err.message);
    w->x->failed = true;
    return NTM_I_ANYTHING;
}

static ntm_i_interval value_of(const where *w, const ntm_i_track *track) {
    ntm_i_interval value = NTM_I_ANYTHING;
    if (track->way != NTM_I_WAY_FACT) return in_unit(w, track, ntm_i_exact_quantity(w->x, track->side));
    if (track->input == NTM_I_NONE) return unread_fact(w, track);
    (void)ntm_i_exact_input(w->x, track->input, &value);
    return in_unit(w, track, value);
}

/* "If applicable" is met where it is not, whatever was declared. */
static bool not_applicable(const where *w, const ntm_i_track *track) {
    const ntm_set *set = w->m->plan->set;
    ntm_i_interval unused;
    for (ntm_node at = track->rule; at != 0 && set->nodes[at - 1].kind == NTM_IF_APPLICABLE;
         at = set->nodes[at - 1].of[0])
        if (ntm_i_exact_input(w->x, ntm_i_exact_node_input(w->x, at), &unused) == NTM_NOT_APPLICABLE) return true;
    return false;
}

/* ------------------------------------------------------------------------------------------- what is asked */

/* The point of the straight line to a target, which is asked for ever after. A baseline that has the target already asks for the target alone. */
static bool point_of_line(ntm_i_rational *out, const ntm_i_goal *goal, ntm_i_rational target, ntm_date day, bool up) {
    ntm_i_rational way, share;
    int order = ntm_i_rational_compare(goal->from_value, target);
    *out = target;
    if (!ntm_i_is_finite(target) || day >= goal->to || (up ? order >= 0 : order <= 0)) return true;
    return ntm_i_rational_subtract(&way, target, goal->from_value) &&
           ntm_i_rational_divide(&share, ntm_i_rational_int((int64_t)day - goal->from),
                                 ntm_i_rational_int((int64_t)goal->to - goal->from)) &&
           ntm_i_rational_multiply(&way, way, share) && ntm_i_rational_add(out, goal->from_value, way);
}

/* What the law's own figure says for the period's year: never more than for the deadline's. */
static bool line_of_law(standing *s, const where *w, const ntm_i_track *track, bool up) {
    ntm_i_run *run = w->x->run;
    w->m->year->fixed_at = w->m->places[w->period];
    run->plan = &w->m->of_year;
    ntm_i_interval asked = in_unit(w, track, ntm_i_exact_quantity(w->x, track->threshold));
    run->plan = w->m->plan;
    if (!ntm_i_is_finite(asked.least) || !ntm_i_is_finite(asked.most)) return false;
    s->line = up ? ntm_i_interval_minimum(asked, s->target) : ntm_i_interval_maximum(asked, s->target);
    return true;
}

static void find_line(standing *s, const where *w, const ntm_i_track *track, const ntm_i_goal *goal) {
    bool up = ntm_i_upward(track->view.sign);
    if (goal != NULL && goal->from != NTM_DATE_NONE) {
        if (w->day < goal->from) return;
        s->has_line = point_of_line(&s->line.least, goal, s->target.least, w->day, up) &&
                      point_of_line(&s->line.most, goal, s->target.most, w->day, up);
        if (!s->has_line) overflow(w, track->view.id);
    } else if (track->law_line && (goal == NULL || !goal->has_value)) {
        s->has_line = line_of_law(s, w, track, up);
    }
}

/* ------------------------------------------------------------------------------------------- what follows */

/* How much is lacking to what is asked, surely: from the best value that is possible to the least that could be asked. */
static bool lacking(ntm_i_rational *out, ntm_comparison sign, ntm_i_interval value, ntm_i_interval asked) {
    bool up = ntm_i_upward(sign);
    if (sign == NTM_EQUAL) up = ntm_i_rational_compare(value.most, asked.least) < 0;
    ntm_i_rational have = up ? value.most : value.least, want = up ? asked.least : asked.most;
    if (!ntm_i_is_finite(have) || !ntm_i_is_finite(want)) return false;
    return up ? ntm_i_rational_subtract(out, want, have) : ntm_i_rational_subtract(out, have, want);
}

static void settle(standing *s, const where *w, const ntm_i_track *track, const ntm_i_goal *goal, ntm_verdict reached) {
    bool over = w->day >= ntm_i_deadline_of(w->m->t, track, w->unit);
    s->why = NTM_TRACK_WHY_NOTHING;
    if (reached == NTM_MET || over) {
        s->state = reached == NTM_MET ? NTM_TRACK_ATTAINED : reached == NTM_NOT_MET ? NTM_TRACK_MISSED : NTM_TRACK_OPEN;
        if (s->state == NTM_TRACK_OPEN) s->why = NTM_TRACK_NOT_KNOWN;
    } else if (s->has_line) {
        ntm_verdict on = ntm_i_exact_compare(ntm_i_upward(track->view.sign) ? NTM_MORE_OR_EQUAL : NTM_LESS_OR_EQUAL,
                                             s->value, s->line);
        s->state = on == NTM_MET ? NTM_TRACK_ON_TRACK : on == NTM_NOT_MET ? NTM_TRACK_BEHIND : NTM_TRACK_OPEN;
        if (s->state == NTM_TRACK_OPEN) s->why = NTM_TRACK_NOT_KNOWN;
    } else {
        bool begins = goal != NULL && goal->from != NTM_DATE_NONE;
        s->state = NTM_TRACK_OPEN;
        s->why = reached == NTM_OPEN ? NTM_TRACK_NOT_KNOWN : begins ? NTM_TRACK_NOT_BEGUN : NTM_TRACK_NO_LINE;
    }
    s->behind = NTM_I_INFINITY;
    if (!track->view.measured || (s->state != NTM_TRACK_BEHIND && s->state != NTM_TRACK_MISSED)) return;
    if (!lacking(&s->behind, track->view.sign, s->value, s->state == NTM_TRACK_BEHIND ? s->line : s->target))
        s->behind = NTM_I_INFINITY;
}

static void stand(standing *s, const where *w, const ntm_i_track *track) {
    const ntm_i_goal *goal = ntm_i_goal_of(w->m->t, track, w->unit);
    *s = (standing){.value = NTM_I_ANYTHING, .target = NTM_I_ANYTHING, .line = NTM_I_ANYTHING};
    ntm_verdict reached = NTM_OPEN;
    if (track->way == NTM_I_WAY_RULE) reached = ntm_i_truth_at(&w->x->run->verdicts[track->slot], w->x->row);
    if (track->way == NTM_I_WAY_PART) reached = ntm_i_exact_condition(w->x, track->rule);
    if (track->view.measured) {
        s->value = value_of(w, track);
        if (goal != NULL && goal->has_value)
            s->target = ntm_i_point(goal->to_value);
        else if (track->way != NTM_I_WAY_FACT)
            s->target = in_unit(w, track, ntm_i_exact_quantity(w->x, track->threshold));
        if (goal != NULL && goal->has_value)
            reached = not_applicable(w, track) ? NTM_MET : ntm_i_exact_compare(track->view.sign, s->value, s->target);
        find_line(s, w, track, goal);
    }
    /* A fact asks nothing of units for which nothing was declared. */
    settle(s, w, track, goal, reached);
    if (track->way == NTM_I_WAY_FACT && goal == NULL) {
        s->state = NTM_TRACK_OPEN;
        s->why = NTM_TRACK_NO_LINE;
        s->behind = NTM_I_INFINITY;
    }
}

/* ------------------------------------------------------------------------------------------- keeping it */

static void keep_amount(const where *w, const ntm_i_track *track, ntm_i_amount amount, size_t cell,
                        ntm_i_rational value) {
    ntm_trajectory *t = w->m->t;
    ntm_fraction kept = {0, 0};
    if (!ntm_i_fraction(&kept, value)) overflow(w, track->view.id);
    t->numbers[amount][0][cell] = kept.numerator;
    t->numbers[amount][1][cell] = kept.denominator;
    if (kept.denominator != 0) ntm_i_track_set_bit(t->known[amount], cell);
}

static void keep(const standing *s, const where *w, const ntm_i_track *track, size_t cell) {
    ntm_trajectory *t = w->m->t;
    t->state[cell] = (int32_t)s->state;
    t->why[cell] = (int32_t)s->why;
    if (!track->view.measured) return;
    keep_amount(w, track, NTM_I_VALUE_LEAST, cell, s->value.least);
    keep_amount(w, track, NTM_I_VALUE_MOST, cell, s->value.most);
    keep_amount(w, track, NTM_I_TARGET_LEAST, cell, s->target.least);
    keep_amount(w, track, NTM_I_TARGET_MOST, cell, s->target.most);
    bool up = ntm_i_upward(track->view.sign);
    if (s->has_line) keep_amount(w, track, NTM_I_INTERIM, cell, up ? s->line.least : s->line.most);
    keep_amount(w, track, NTM_I_BEHIND, cell, s->behind);
}

void ntm_i_track_block(ntm_i_tracking *m, ntm_i_run *run) {
    ntm_trajectory *t = m->t;
    for (size_t i = 0; i < run->rows; i++) {
        ntm_i_exact x = ntm_i_exact_start(run, i);
        size_t row = run->start + i;
        where w = {.m = m, .x = &x, .row = row, .unit = row % t->unit_count, .period = row / t->unit_count};
        w.day = t->ends[w.period];
        for (size_t series = 0; series < t->track.count; series++) {
            const ntm_i_track *track = &ntm_i_tracks(t)[series];
            standing s;
            if (track->way == NTM_I_WAY_COMPOSED) continue;
            stand(&s, &w, track);
            keep(&s, &w, track, ntm_i_cell_at(t, series, row));
        }
    }
}
