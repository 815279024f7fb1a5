/* SPDX-License-Identifier: Apache-2.0 */
/* Looking ahead from a period: how much is needed, how fast, and where the line through the reports leads. */
#include "attainment/measure.h"
#include "attainment/values.h"
#include "base/period.h"
#include "base/text.h"
#include "trajectory/trajectory.h"

static bool minus(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b) {
    return ntm_i_rational_subtract(out, a, b);
}

/* A day as a number of months: ends of months are whole, and days within one are shares of it. */
static ntm_i_rational month_of(ntm_date day) {
    int year = 0, month = 0, at = 0, days = 0;
    ntm_date_parts(day, &year, &month, &at);
    ntm_date_parts(ntm_i_period_of(day, NTM_PERIOD_MONTH).last_day, NULL, NULL, &days);
    ntm_i_rational share = {0, 1}, out = {0, 1};
    bool fits = ntm_i_rational_divide(&share, ntm_i_rational_int(at), ntm_i_rational_int(days)) &&
                ntm_i_rational_add(&out, ntm_i_rational_int(12 * (int64_t)year + month), share);
    (void)fits; /* both are below 200,000 */
    return out;
}

static ntm_i_rational months_between(ntm_date from, ntm_date to) {
    ntm_i_rational out = {0, 1};
    if (to > from) (void)minus(&out, month_of(to), month_of(from));
    return out;
}

/* ------------------------------------------------------------------------------------------- what is needed */

/* From a value to a target; 0 when it is reached. */
static bool way(ntm_i_rational *out, const ntm_i_track *track, ntm_i_rational value, ntm_i_rational target) {
    *out = NTM_I_INFINITY;
    if (!ntm_i_is_finite(value) || !ntm_i_is_finite(target)) return true;
    if (ntm_i_exact_compare(track->view.sign, ntm_i_point(value), ntm_i_point(target)) == NTM_MET) {
        *out = ntm_i_rational_int(0);
        return true;
    }
    return ntm_i_lacking(out, track->view.sign, value, target, track->view.whole);
}

static bool pace_of(ntm_i_rational *out, ntm_i_rational needed, ntm_i_rational months, bool whole) {
    *out = NTM_I_INFINITY;
    if (!ntm_i_is_finite(needed) || months.numerator == 0) return true;
    if (!ntm_i_rational_divide(out, needed, months)) return false;
    if (whole) *out = (ntm_i_rational){ntm_i_rational_ceiling(*out), 1};
    return true;
}

/* No number for what is not known: least of a range whose ends are none is none too. */
static bool give(ntm_fraction *out, ntm_i_rational value) { return ntm_i_fraction(out, value); }

static bool look_needed(ntm_track_outlook *out, const ntm_trajectory *t, const ntm_i_track *track, size_t cell) {
    bool up = ntm_i_upward(track->view.sign);
    ntm_i_rational least = ntm_i_rational_int(0), most = least, months = ntm_i_of_fraction(out->months), pace;
    if (t->state[cell] != NTM_TRACK_ATTAINED) {
        ntm_i_rational low = ntm_i_of_fraction(ntm_i_track_amount(t, NTM_I_VALUE_LEAST, cell));
        ntm_i_rational high = ntm_i_of_fraction(ntm_i_track_amount(t, NTM_I_VALUE_MOST, cell));
        ntm_i_rational easy = ntm_i_of_fraction(ntm_i_track_amount(t, NTM_I_TARGET_LEAST, cell));
        ntm_i_rational hard = ntm_i_of_fraction(ntm_i_track_amount(t, NTM_I_TARGET_MOST, cell));
        if (!(up ? way(&least, track, high, easy) : way(&least, track, low, hard)) ||
            !(up ? way(&most, track, low, hard) : way(&most, track, high, easy)))
            return false;
        if (!ntm_i_is_finite(least)) least = ntm_i_rational_int(0); /* the best that is possible has no end */
    }
    return give(&out->needed.least, least) && give(&out->needed.most, most) &&
           pace_of(&pace, least, months, track->view.whole) && give(&out->pace_needed.least, pace) &&
           pace_of(&pace, most, months, track->view.whole) && give(&out->pace_needed.most, pace);
}

/* ------------------------------------------------------------------------------------------- where it leads */

/* The first day on which a line that moves `change` in `days` has gone `left`. */
static bool arrival(ntm_date *out, const ntm_i_track *track, ntm_date last, ntm_i_rational left, ntm_i_rational change,
                    int64_t days) {
    ntm_i_rational need;
    if (!ntm_i_rational_divide(&need, left, change) || !ntm_i_rational_multiply(&need, need, ntm_i_rational_int(days)))
        return false;
    bool strict = track->view.sign == NTM_MORE || track->view.sign == NTM_LESS;
    ntm_i_wide after = strict ? ntm_i_rational_floor(need) + 1 : ntm_i_rational_ceiling(need);
    if (after <= (ntm_i_wide)ntm_date_ymd(9999, 12, 31) - last) *out = last + (ntm_date)after;
    return true;
}

static bool look_along(ntm_track_outlook *out, const ntm_trajectory *t, const ntm_i_track *track, size_t series,
                       size_t unit, size_t period) {
    size_t first = SIZE_MAX, last = SIZE_MAX;
    ntm_i_rational begin = {0, 1}, end = {0, 1}, change, left, pace;
    for (size_t p = 0; p <= period; p++) {
        ntm_i_rational value;
        if (!ntm_i_track_value(&value, t, ntm_i_cell_at(t, series, p * t->unit_count + unit))) continue;
        if (first == SIZE_MAX) begin = value;
        if (first == SIZE_MAX) first = p;
        last = p;
        end = value;
    }
    if (first == SIZE_MAX) return true;
    out->first_reported = t->ends[first];
    out->last_reported = t->ends[last];
    if (first == last) return true;
    bool up = ntm_i_upward(track->view.sign);
    if (!(up ? minus(&change, end, begin) : minus(&change, begin, end)) ||
        !ntm_i_rational_divide(&pace, change, months_between(t->ends[first], t->ends[last])) ||
        !give(&out->pace_so_far, pace))
        return false;
    size_t cell = ntm_i_cell_at(t, series, last * t->unit_count + unit);
    ntm_i_rational easy = ntm_i_of_fraction(ntm_i_track_amount(t, NTM_I_TARGET_LEAST, cell));
    ntm_i_rational hard = ntm_i_of_fraction(ntm_i_track_amount(t, NTM_I_TARGET_MOST, cell));
    if (change.numerator <= 0 || !ntm_i_is_finite(easy) || !ntm_i_is_finite(hard) ||
        ntm_i_rational_compare(easy, hard) != 0 ||
        ntm_i_exact_compare(track->view.sign, ntm_i_point(end), ntm_i_point(easy)) == NTM_MET)
        return true;
    return (up ? minus(&left, easy, end) : minus(&left, end, easy)) &&
           arrival(&out->arrives_on, track, t->ends[last], left, change, (int64_t)t->ends[last] - t->ends[first]);
}

ntm_status ntm_trajectory_outlook(ntm_track_outlook *out, const ntm_trajectory *t, size_t series, size_t unit,
                                  size_t period, ntm_error *err) {
    if (out == NULL || t == NULL || series >= t->track.count || unit >= t->unit_count || period >= t->period_count)
        return ntm_i_wrong_call(err,
                                "a place for the outlook, and a series, unit and period of a trajectory are needed");
    const ntm_i_track *track = &ntm_i_tracks(t)[series];
    if (!track->view.measured || track->view.sign == NTM_EQUAL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(track->view.id),
                          "nothing is measured in one direction: expected a series with <, <=, >= or >");
    ntm_track_outlook made = {
        .first_reported = NTM_DATE_NONE, .last_reported = NTM_DATE_NONE, .arrives_on = NTM_DATE_NONE};
    size_t cell = ntm_i_cell_at(t, series, period * t->unit_count + unit);
    if (!give(&made.months, months_between(t->ends[period], ntm_i_deadline_of(t, track, unit))) ||
        !look_needed(&made, t, track, cell) || !look_along(&made, t, track, series, unit, period))
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT(track->view.id),
                          "a pace whose exact fraction is beyond 64 bits");
    *out = made;
    return NTM_OK;
}
