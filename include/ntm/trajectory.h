/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file trajectory.h
 * @brief Months of observations against targets and deadlines: on track, behind or open, and what pace is needed.
 *
 * A set compiled for the day of a deadline says what has to be reached; a table of units over months says what was; lines
 * that somebody declared say what is asked on the way. docs/trajectory.md is the definition.
 *
 * A trajectory may be read by any number of threads at once.
 */
#ifndef NTM_TRAJECTORY_H
#define NTM_TRAJECTORY_H

#include <ntm/attainment.h>
#include <ntm/base.h>
#include <ntm/column.h>
#include <ntm/criteria.h>
#include <ntm/number.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup trajectory Trajectories
 *  @{ */

/** How a unit stands at the end of a period. Each is told only if it holds whatever the open facts turn out to be. Values
 * are frozen. */
typedef enum ntm_track_state {
    NTM_TRACK_OPEN = 0,     /**< Cannot be told: see ::ntm_track_why. */
    NTM_TRACK_ATTAINED = 1, /**< What the deadline asks is reached already. */
    NTM_TRACK_ON_TRACK = 2, /**< On the line or beyond it; what the deadline asks is not known to be reached. */
    NTM_TRACK_BEHIND = 3,   /**< Short of the line, and the deadline has not come. */
    NTM_TRACK_MISSED = 4    /**< The deadline has come, and what it asks is not reached. */
} ntm_track_state;

/** Why a state is open. Values are frozen. */
typedef enum ntm_track_why {
    NTM_TRACK_WHY_NOTHING = 0, /**< It is not open. */
    NTM_TRACK_NOT_KNOWN = 1,   /**< Facts that are not reported, or a figure that nobody has read. */
    NTM_TRACK_NO_LINE = 2,     /**< Not reached; the deadline has not come, and nothing is asked on the way. */
    NTM_TRACK_NOT_BEGUN = 3,   /**< Not reached; the line begins later. */
    NTM_TRACK_PARTS = 4        /**< What it is made of leaves it open: indicators, or parts. */
} ntm_track_why;

/** What is followed. Values are frozen. */
typedef enum ntm_track_of {
    NTM_TRACK_INDICATOR = 0, /**< An indicator of the set. */
    NTM_TRACK_CRITERION = 1, /**< A criterion of the set. */
    NTM_TRACK_STATUS = 2,    /**< The status rule, or all criteria; without preconditions. */
    NTM_TRACK_FACT = 3,      /**< A fact with targets of its own. */
    NTM_TRACK_PART = 4 /**< A comparison in an indicator, or in a criterion, that is more than that: of "households
                                  with clean water, and with hygienic water" the one or the other. */
} ntm_track_of;

/** What asks for something before the deadline. Values are frozen. */
typedef enum ntm_track_line {
    NTM_LINE_NONE = 0,     /**< Nothing. */
    NTM_LINE_STRAIGHT = 1, /**< A straight line by days between a baseline and the target, as declared. */
    NTM_LINE_OF_LAW = 2    /**< The set's figure says what holds in each year (`interpolate`). */
} ntm_track_line;

/** One thing that is followed over all units. Texts are borrowed from the trajectory. */
typedef struct ntm_track_series {
    ntm_track_of of; /**< What it is. */
    const char *id;  /**< Its id; "status"; of a part "17.1:households-clean-water", by what it measures (several of one
                              name: "17.1:households-clean-water#2"). */
    size_t index;    /**< Of an indicator or criterion: its place in the set; of a part: the series it is part of;
                              else 0. */
    bool measured;   /**< It is an amount against a target. Otherwise there are no amounts and no line. */
    bool whole;      /**< Whole things are counted. */
    ntm_comparison sign; /**< What the amount has to be, of the target; 0 when nothing is measured. */
    const char *unit;    /**< Unit of the amounts ("%", "household"); NULL for plain numbers and when nothing is. */
} ntm_track_series;

/** What is asked of one unit. Texts are borrowed from the trajectory. */
typedef struct ntm_track_target {
    ntm_date deadline;     /**< Its last day; that of the plan where no target was declared. */
    ntm_track_line line;   /**< What is asked on the way. */
    ntm_date from;         /**< The day of the baseline; ::NTM_DATE_NONE without a declared line. */
    ntm_fraction baseline; /**< The value then; denominator 0 without one. */
    ntm_fraction value;    /**< The target that was declared; denominator 0: that of the law. */
    const char *citation;  /**< Who declared it; NULL = not said. */
    uint64_t row;          /**< Row of the targets; ::NTM_NO_ROW: none was declared. */
} ntm_track_target;

/** One unit at the end of one period. Amounts are in the unit of the series; denominator 0 is no number. */
typedef struct ntm_track_cell {
    ntm_track_state state; /**< How it stands. */
    ntm_track_why why;     /**< Why that is open. */
    ntm_range value;       /**< What was measured: between these while facts are open. */
    ntm_range target;      /**< What the deadline asks. */
    ntm_fraction interim;  /**< What is asked on this day: of several possible, the least demanding. */
    ntm_fraction behind;   /**< Behind or missed: how much is lacking to what is asked, surely. */
    ntm_date since; /**< Behind or missed: the last day of the first period of those without a break in which it is. */
    ntm_date fell_since; /**< The value went back since the last period in which it was known: the last day of that one;
                                ::NTM_DATE_NONE: it did not. */
} ntm_track_cell;

/** What is asked; start with ::NTM_TRAJECTORY_OPTIONS_INIT. */
typedef struct ntm_trajectory_options {
    size_t struct_size;             /**< sizeof(ntm_trajectory_options). */
    const ntm_column *units;        /**< Codes of the units, each once and none missing: text or categories. */
    const ntm_date *period_ends;    /**< The last day of each period, in the order of days. */
    size_t period_count;            /**< How many. */
    const ntm_table *targets;       /**< What was declared apart from the law; NULL = nothing. */
    bool ignore_unknown;            /**< As in ::ntm_evaluate_options. */
    ntm_problems *problems;         /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_trajectory_options;

/** Starting value of ::ntm_trajectory_options. */
#define NTM_TRAJECTORY_OPTIONS_INIT                                                                                    \
    { sizeof(ntm_trajectory_options), NULL, NULL, 0, NULL, false, NULL, NULL }

/** The most units x periods x series. A trajectory takes about 130 bytes for each. */
#define NTM_TRAJECTORY_CELLS_MAX 134217728

/** Trajectories of units. Frozen. */
typedef struct ntm_trajectory ntm_trajectory;

/**
 * Follows every indicator, every criterion and the status of a set, and facts with targets of their own.
 *
 * `targets` has one row a target, any of these columns and no other:
 *  - `unit` (text): one of the units; empty = all units but those with a row of their own;
 *  - `indicator` (text): an indicator, a criterion that has a rule of its own and no indicators, or a part of either; or
 *  - `fact` (text): a fact of the set that is a number, "trained[female]" by its members;
 *  - `sign` (text): "<", "<=", "=", ">=", ">"; needed for a fact, and one for all its rows; for an indicator it has to be
 *    the rule's;
 *  - `to` (day): the deadline; empty = the plan's day;
 *  - `to_value` (number): the target; needed for a fact; empty = what the law asks on the plan's day;
 *  - `line` (text): "straight", or empty: nothing is asked on the way;
 *  - `from` (day), `from_value` (number): the baseline; with a line, and only then;
 *  - `measure` (text): the unit of both values; empty = the unit of the indicator or fact;
 *  - `citation` (text).
 * Days are integers (::ntm_date) or text YYYY-MM-DD. Of an indicator that is not one comparison with an amount (a flag, a
 * level, several conditions) a row may say the deadline and the citation only.
 *
 * @param[out] out owned by the caller, ntm_trajectory_free(); independent of plan, table and options
 * @param plan the set of the deadline, compiled for the deadline's day
 * @param table units x periods rows: row = period x units + unit, as ntm_view_table() gives; columns as for
 *        ntm_evaluate(), without a column "year": the year is that of the plan's day
 * @return as ntm_evaluate() and ntm_table_check(), and ::NTM_ERROR_SHAPE (rows that are not units x periods, a column that
 *         is unknown or of the wrong type, a column "year"), ::NTM_ERROR_VALUE (a unit or day that is missing, periods out
 *         of order, a baseline not before the deadline, a target outside of the fact's bounds, what a row lacks or may not
 *         say), ::NTM_ERROR_NOT_FOUND (an indicator, fact or unit), ::NTM_ERROR_UNIT (a measure that is not the
 *         indicator's), ::NTM_ERROR_CONFLICT (a unit twice, two targets for one place, two signs of one fact),
 *         ::NTM_ERROR_LIMIT (::NTM_TRAJECTORY_CELLS_MAX), ::NTM_ERROR_OVERFLOW (an amount whose exact fraction is beyond 64
 *         bits: the row is named). Problems of the targets are told before those of the table: "targets: from" is the
 *         subject of one about a column of them
 */
NTM_API NTM_NODISCARD ntm_status ntm_trajectory_new(ntm_trajectory **out, const ntm_plan *plan, const ntm_table *table,
                                                    const ntm_trajectory_options *options, ntm_error *err);
/** Frees it. */
NTM_API void ntm_trajectory_free(ntm_trajectory *trajectory);

/** Number of series: indicators and criteria in the order of the set, the status, parts, facts in the order of targets. */
NTM_API size_t ntm_trajectory_series_count(const ntm_trajectory *trajectory);
/** A series; borrowed; NULL past the end. */
NTM_API const ntm_track_series *ntm_trajectory_series(const ntm_trajectory *trajectory, size_t series);
/** The series of an id; SIZE_MAX if there is none. `id` is not looked at for ::NTM_TRACK_STATUS. O(series). */
NTM_API size_t ntm_trajectory_find(const ntm_trajectory *trajectory, ntm_track_of of, const char *id);
/** Number of units. */
NTM_API size_t ntm_trajectory_unit_count(const ntm_trajectory *trajectory);
/** A unit; borrowed; NULL past the end. */
NTM_API const char *ntm_trajectory_unit(const ntm_trajectory *trajectory, size_t unit);
/** Number of periods. */
NTM_API size_t ntm_trajectory_period_count(const ntm_trajectory *trajectory);
/** The last day of a period; ::NTM_DATE_NONE past the end. */
NTM_API ntm_date ntm_trajectory_period_end(const ntm_trajectory *trajectory, size_t period);
/** What is asked of a unit. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (series or unit past the end) */
NTM_API NTM_NODISCARD ntm_status ntm_trajectory_target(ntm_track_target *out, const ntm_trajectory *trajectory,
                                                       size_t series, size_t unit, ntm_error *err);
/** How a unit stands at the end of a period. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (past the end) */
NTM_API NTM_NODISCARD ntm_status ntm_trajectory_cell(ntm_track_cell *out, const ntm_trajectory *trajectory,
                                                     size_t series, size_t unit, size_t period, ntm_error *err);

/** How many units stand how at the end of a period. Adds up to the units. */
typedef struct ntm_track_tally {
    uint64_t attained; /**< ::NTM_TRACK_ATTAINED */
    uint64_t on_track; /**< ::NTM_TRACK_ON_TRACK */
    uint64_t behind;   /**< ::NTM_TRACK_BEHIND */
    uint64_t missed;   /**< ::NTM_TRACK_MISSED */
    uint64_t open;     /**< ::NTM_TRACK_OPEN */
} ntm_track_tally;

/** Counts the units of a series. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (past the end) */
NTM_API NTM_NODISCARD ntm_status ntm_trajectory_tally(ntm_track_tally *out, const ntm_trajectory *trajectory,
                                                      size_t series, size_t period, ntm_error *err);

/**
 * What is still needed of a unit, and how fast it has moved. Towards the target is above 0, away from it below. A month is
 * a month of the calendar; of a month that is not whole the days count by their share of it.
 */
typedef struct ntm_track_outlook {
    ntm_range needed;      /**< From the value of the period to the target, 0 when it is reached; of whole things as
                                   many as it takes. Under < and > one that is just not reached needs 0. */
    ntm_fraction months;   /**< From the end of the period to the deadline; 0 when that has come. */
    ntm_range pace_needed; /**< `needed` a month; whole things rounded up. No numbers when no time is left. */
    ntm_date
        first_reported; /**< The first period up to this one with a known value; ::NTM_DATE_NONE when there is none. */
    ntm_date last_reported;   /**< The last such period. */
    ntm_fraction pace_so_far; /**< A month, between these two; no number when they are one. */
    ntm_date arrives_on; /**< A projection, no verdict: the first day on which the line through these two reaches the
                                   target. ::NTM_DATE_NONE: it does not move towards it, or is there already, the target is not
                                   known, or not before the year 10000. */
} ntm_track_outlook;

/**
 * Looks ahead from a period.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (past the end, a series that is not measured or asks for "="),
 *         ::NTM_ERROR_OVERFLOW (beyond 64 bits)
 */
NTM_API NTM_NODISCARD ntm_status ntm_trajectory_outlook(ntm_track_outlook *out, const ntm_trajectory *trajectory,
                                                        size_t series, size_t unit, size_t period, ntm_error *err);

/** In the place of a series: all but the status and criteria that have indicators. */
#define NTM_TRACK_ALL SIZE_MAX

/** Which cell is meant. */
typedef struct ntm_track_place {
    size_t series; /**< Of which series. */
    size_t unit;   /**< Of which unit. */
    size_t period; /**< Of which period. */
} ntm_track_place;

/**
 * The units that are behind, or missed, at the end of a period; the worst first: those with the largest amount behind,
 * relative to what is asked on that day; exact. What is behind although nothing is asked (0) is worse than all; what has no
 * amount (flags, criteria) comes last. Ties by the bytes of the unit's code, then by series.
 * @param[out] out room for `capacity` places; may be NULL when that is 0
 * @param[out] count how many there are, also beyond the room
 * @param series a series, or ::NTM_TRACK_ALL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (past the end), ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_trajectory_behind(ntm_track_place *out, size_t *count, size_t capacity,
                                                       const ntm_trajectory *trajectory, size_t series, size_t period,
                                                       ntm_error *err);
/**
 * Where a value went back since the last period in which it was known; by series, then period, then unit.
 * @param series a series, or ::NTM_TRACK_ALL
 * @return as ntm_trajectory_behind()
 */
NTM_API NTM_NODISCARD ntm_status ntm_trajectory_fallen(ntm_track_place *out, size_t *count, size_t capacity,
                                                       const ntm_trajectory *trajectory, size_t series, ntm_error *err);

/**
 * All cells in long form, one row each, by series, then period, then unit: int32 codes with categories `of` ("indicator",
 * "criterion", "status", "fact", "part"), `id`, `unit`; `period_end` (int32 ::ntm_date); pairs of int64, numerator and
 * denominator: `value_least` and `value_least_divisor`, so `value_most`, `target_least`, `target_most`, `interim`, `behind`,
 * not reported where there is no number; codes `state` ("open", "attained", "on track", "behind", "missed") and `why` ("",
 * "not known", "no line", "not begun", "parts"); `since` and `fell_since` (int32 ::ntm_date).
 * @return borrowed; NULL for NULL
 */
NTM_API const ntm_table *ntm_trajectory_table(const ntm_trajectory *trajectory);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
