/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file gap.h
 * @brief What is missing, and how much: gaps of units that do not meet a set, margins of those that do.
 *
 * docs/gaps.md has the rules. Gaps are frozen when they are made and may be read by any number of threads.
 */
#ifndef NTM_GAP_H
#define NTM_GAP_H

#include <ntm/attainment.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup gap Gaps and margins
 *  @{ */

/** What sort of thing is missing. Values are frozen. */
typedef enum ntm_gap_kind {
    NTM_GAP_MORE = 1,   /**< More of an amount: 11 households, 1.4 km. */
    NTM_GAP_FEWER = 2,  /**< Less of it: 9 makeshift houses. */
    NTM_GAP_ACT = 3,    /**< A yes: a decision has to be issued. The amount is 1, or 0 to 1 while it is not reported. */
    NTM_GAP_UNDO = 4,   /**< A no where there is, or may be, a yes: arrears, a violation. The same amounts. */
    NTM_GAP_LEVEL = 5,  /**< Levels up a scale; down, where a rule denies it: `down`. */
    NTM_GAP_STATUS = 6, /**< A status that has to be held (given up: `down`): as ::NTM_GAP_ACT. */
    NTM_GAP_UNITS =
        7, /**< Units below that have to meet a condition beside those that do (`down`: that may not any more). */
    NTM_GAP_UNTOLD = 8 /**< It cannot be told as an amount; `reason` says why. Never a number. */
} ntm_gap_kind;

/** Why a gap has no amount. Values are frozen. */
typedef enum ntm_untold {
    NTM_TOLD = 0,                  /**< It has one. */
    NTM_UNTOLD_LAW = 1,            /**< A figure or rule was not read in any source, or is left to a lower authority. */
    NTM_UNTOLD_NOT_REPORTED = 2,   /**< What it depends on is not reported and not bounded: a whole, a divisor. */
    NTM_UNTOLD_NOT_APPLICABLE = 3, /**< A fact is "not applicable" where the rule makes no room for that. */
    NTM_UNTOLD_AXIS = 4,           /**< The unit's region, class or year is not known. */
    NTM_UNTOLD_RULE = 5            /**< The rule has no such amount: points, an equality of two facts, a share whose
                                         dividend is part of its divisor, a number that does not fit. */
} ntm_untold;

/** One thing that can be missing: a place in a rule where a fact decides. The same for all rows. Texts are borrowed. */
typedef struct ntm_gap_subject {
    ntm_gap_kind kind;    /**< What is missing here when something is; see the kind of a gap. */
    ntm_closing closing;  /**< What closes it. ::NTM_CLOSING_UNSAID for units below. */
    ntm_of of;            /**< Of which part: ::NTM_OF_INDICATOR, ::NTM_OF_CRITERION (a criterion's own rule),
                                 ::NTM_OF_PRECONDITION, ::NTM_OF_STATUS (the status rule), ::NTM_OF_REVOCATION. */
    size_t index;         /**< Which indicator, criterion or precondition; 0 for the others. */
    size_t criterion;     /**< The criterion it is in; SIZE_MAX = none. */
    ntm_node node;        /**< The condition in the set. */
    const char *input;    /**< The column that decides ("trained[female]", "holds:S"); NULL where several do. */
    const char *fact;     /**< The fact behind it; NULL where there is none or several are. */
    ntm_names name;       /**< What it is: the fact's name; of a status or units below, the part's that asks for them;
                               of several facts, the kind of the rule. */
    const char *unit;     /**< Of amounts, as the set writes it; "day" for dates; NULL for acts, levels, statuses. */
    const char *level;    /**< The level, or the status, that the rule names: to reach, or (a gap that is `down`) to be
                                 below of; NULL for others. */
    const char *evidence; /**< Which document shows it; NULL = not said. */
    bool whole;           /**< Amounts count whole things. */
} ntm_gap_subject;

/** For what a gap is needed. Bits. */
typedef enum ntm_needed_for {
    NTM_NEEDED_PART = 1, /**< The cheapest way to meet its indicator, precondition or own rule, or (where another rule
                                     asks for that) to lose it. All gaps are. */
    NTM_NEEDED_CRITERION = 2, /**< The cheapest way to meet its criterion. */
    NTM_NEEDED_STATUS = 4     /**< The cheapest way to the status. */
} ntm_needed_for;

/** What a row lacks of a subject: the smallest amount that attains, between two bounds. A row has two of one subject where
 *  one rule asks for it and another for its loss. */
typedef struct ntm_gap {
    size_t row;     /**< The row. */
    size_t subject; /**< The subject. */
    ntm_gap_kind
        kind; /**< As the subject's; its opposite, where it has to go the other way (an equality; a rule that asks
                            for a part to be lost); or ::NTM_GAP_UNTOLD. */
    ntm_untold untold; /**< Why, then. */
    ntm_range amount;  /**< In the subject's unit; what is surely and what is at most lacking. `least` 0: maybe nothing
                               is. `most` without a number: no bound is known. Both without: untold. */
    uint32_t needed_for; /**< Bits of ::ntm_needed_for. */
    bool strict;         /**< The amount itself is not enough, anything above is ("more than 6 %" of what is not counted
                               whole). While facts are open, a least of 0 may also be that nothing is lacking. */
    bool out_of_reach;   /**< Even the least amount leads beyond the fact's natural bounds, beyond the whole that it is
                               part of, as that is now, or beyond the units below that there are. */
    bool down;           /**< It has to go: fewer, an undoing, down a scale, a status given up, fewer units. */
} ntm_gap;

/** How close a criterion that is met is to being lost. */
typedef struct ntm_margin {
    size_t row;       /**< The row. */
    size_t criterion; /**< The criterion. */
    size_t subject;   /**< Where it would be lost first. */
    ntm_fraction
        spare; /**< How much of it can surely go (or come, where less is asked) without losing the criterion, in
                                the subject's unit. Whole things are counted whole. */
    ntm_fraction
        relative; /**< The distance to what is asked, as a share of that: 1,850 against 1,800 is 1/36. Denominator 0
                                when what is asked is 0. */
    bool strict;  /**< The spare amount itself is too much, anything below it can go ("more than 6 %" of what is not
                          counted whole). */
} ntm_margin;

/** What one unit of work costs, for choosing among alternatives. */
typedef struct ntm_gap_price {
    const char *input; /**< The column, or the fact, that is worked on. */
    ntm_decimal price; /**< Of one of its unit (one act, one level), in whatever the caller counts; not below 0. */
} ntm_gap_price;

/** How gaps are made; start with ::NTM_GAPS_OPTIONS_INIT. */
typedef struct ntm_gaps_options {
    size_t struct_size;  /**< sizeof(ntm_gaps_options). */
    bool gaps;           /**< Gaps of what is not surely met. */
    bool margins;        /**< Margins of criteria that are surely met. */
    bool revocation;     /**< Also how far rows are from the set's revocation rule: see ntm_gaps_risk(). */
    bool untold_law;     /**< Also gaps that are untold because the law is. Otherwise they are only counted. */
    bool ignore_unknown; /**< As in ::ntm_evaluate_options. */
    const ntm_gap_price
        *prices;            /**< What works cost. Without any, each work costs 1: the fewest works are the cheapest. */
    size_t price_count;     /**< Number of prices. */
    const size_t *rows;     /**< Only these rows, ascending; NULL = all. */
    size_t row_count;       /**< Number of those rows. */
    ntm_problems *problems; /**< Takes all problems of the table; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_gaps_options;

/** Starting value of ::ntm_gaps_options: gaps alone. */
#define NTM_GAPS_OPTIONS_INIT                                                                                          \
    { sizeof(ntm_gaps_options), true, false, false, false, false, NULL, 0, NULL, 0, NULL, NULL }

/** Gaps and margins of a table. Frozen. */
typedef struct ntm_gaps ntm_gaps;

/**
 * Finds what every row of a table lacks.
 *
 * A comparison lacks the smallest amount of its quantity that attains: of a ratio, of its dividend with the divisor as it
 * is; counts as whole things. While facts are open it lies between two bounds. `all` needs what each of its parts lacks;
 * `any` and "at least k" the cheapest; so do counts of criteria, indicators and members, and a criterion and the status by
 * their own rules. Of alternatives, the one is taken whose known costs are the lowest: first those within reach, then those
 * that are told, then those whose works all have a price (where prices are given), then the lower cost of the most that
 * may be lacking, then of the least, then fewer works, then the first in the rule. Works that have no upper bound cost, by
 * prices, more than all others. Two alternatives are compared as they stand alone: work on a fact that another rule needs
 * as well counts in full in each.
 * @param[out] out the gaps; owned by the caller, ntm_gaps_free(); independent of plan and table, but the set has to outlive
 *        them
 * @param options NULL = the defaults
 * @return as ntm_evaluate(), and ::NTM_ERROR_ARGUMENT (rows not ascending or past the end), ::NTM_ERROR_NOT_FOUND (a price
 *         of what no rule looks at), ::NTM_ERROR_CONFLICT (two prices of one input), ::NTM_ERROR_VALUE (a price below 0),
 *         ::NTM_ERROR_LIMIT (2^32 rows, 65,535 subjects)
 */
NTM_API NTM_NODISCARD ntm_status ntm_gaps_new(ntm_gaps **out, const ntm_plan *plan, const ntm_table *table,
                                              const ntm_gaps_options *options, ntm_error *err);
/** Frees gaps. */
NTM_API void ntm_gaps_free(ntm_gaps *gaps);
/** The set; borrowed. */
NTM_API const ntm_set *ntm_gaps_set(const ntm_gaps *gaps);
/** Number of rows of the table. */
NTM_API size_t ntm_gaps_rows(const ntm_gaps *gaps);
/** Number of subjects. */
NTM_API size_t ntm_gaps_subject_count(const ntm_gaps *gaps);
/** A subject, in the order of the set; borrowed; NULL past the end. */
NTM_API const ntm_gap_subject *ntm_gaps_subject(const ntm_gaps *gaps, size_t index);
/** Number of gaps of all rows. */
NTM_API size_t ntm_gaps_count(const ntm_gaps *gaps);
/** A gap, by row, then by the subject's order; zeros (kind 0) past the end. */
NTM_API ntm_gap ntm_gaps_at(const ntm_gaps *gaps, size_t index);
/** The first gap of a row or of a later one: its gaps are those from here to that of row + 1. The count past the end. */
NTM_API size_t ntm_gaps_first(const ntm_gaps *gaps, size_t row);
/** Number of margins. */
NTM_API size_t ntm_gaps_margin_count(const ntm_gaps *gaps);
/** A margin, by row, then criterion; zeros past the end. Criteria that rest on acts, levels and dates alone have none, nor
 *  do those of which it cannot be told, or not in 64 bits (docs/gaps.md). */
NTM_API ntm_margin ntm_gaps_margin(const ntm_gaps *gaps, size_t index);
/** The first margin of a row or of a later one. */
NTM_API size_t ntm_gaps_first_margin(const ntm_gaps *gaps, size_t row);

/** What there is to say of a whole row. */
typedef struct ntm_gaps_row {
    ntm_verdict status; /**< Its status, preconditions included. */
    uint32_t works;     /**< Gaps on the cheapest way to the status, a fact that several rules need counted once. */
    uint32_t untold;    /**< Of these, gaps that are untold (those for want of law included, kept or not). */
    uint32_t criteria;  /**< Criteria on that way that are not surely met. */
    ntm_fraction cost_least; /**< What the least amounts of the works that have a price cost (a number of works without
                                  prices); a fact once, at its largest amount. */
    ntm_fraction cost_most;  /**< The same of the most amounts; denominator 0 when one is not bounded. */
    uint32_t unpriced;       /**< Works that have no price although prices were given: never free. */
} ntm_gaps_row;

/** A row as a whole; zeros past the end, and for rows that were not asked for. A set without criteria, of a grade alone, has
 *  no works although its status is open: see ntm_climb_new(). */
NTM_API ntm_gaps_row ntm_gaps_of_row(const ntm_gaps *gaps, size_t row);

/** How far a row is from having its recognition revoked, by the set's revocation rule. */
typedef struct ntm_risk {
    ntm_verdict revocation; /**< Whether the rule holds. */
    size_t steps; /**< How many things have to be lost for it to hold: conditions of the rule, with criteria counted
                                 one each; 0 when it holds or is open. SIZE_MAX = it cannot. */
    bool has_relative; /**< `relative` is known: amounts alone can make the rule hold, and it can be told how much. */
    ntm_fraction
        relative; /**< The rule holds as soon as every amount that its conditions rest on falls by more than this
                                share of what is asked (ntm_margin), and does not while each falls by less. The
                                conditions that go first by that need not be those that `steps` counts. */
} ntm_risk;

/**
 * How far a row is from revocation.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (past the end, not asked for), ::NTM_ERROR_NOT_FOUND (the set has no such rule)
 */
NTM_API NTM_NODISCARD ntm_status ntm_gaps_risk(ntm_risk *out, const ntm_gaps *gaps, size_t row, ntm_error *err);

/**
 * Which of several sets, from the lowest tier to the highest, a row has to attain next: the first whose status is not
 * surely met.
 * @param[out] next room for `rows` places; `tier_count` = all are met
 * @param tiers `tier_count` results of `rows` rows each, of the same units
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SHAPE (results of other lengths)
 */
NTM_API NTM_NODISCARD ntm_status ntm_next_tier(size_t *next, size_t rows, const ntm_attainment *const *tiers,
                                               size_t tier_count, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
