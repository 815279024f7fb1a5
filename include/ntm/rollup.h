/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file rollup.h
 * @brief Facts of some units made into facts of others: across a merger, from communes to a district, from months to a
 * year. Each fact by its own rule, missing parts as bounds. docs/rollup.md has the rules.
 *
 * A roll-up says which rows make which rows; it knows nothing of facts. It is applied to a table, fact by fact, and the
 * result is a table again. Both are frozen: any number of threads may use them.
 */
#ifndef NTM_ROLLUP_H
#define NTM_ROLLUP_H

#include <ntm/base.h>
#include <ntm/column.h>
#include <ntm/criteria.h>
#include <ntm/number.h>
#include <ntm/unit.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup rollup Roll-up
 *  @{ */

/** One source row, or a part of it, in one target row. */
typedef struct ntm_rollup_part {
    uint32_t from;      /**< Source row. */
    uint32_t to;        /**< Target row. */
    bool partial;       /**< Only a part of the source is here. It says so where the source has no part in another
                             target: the rest went elsewhere. */
    bool has_weight;    /**< `weight` says how much of the source this part is. */
    ntm_decimal weight; /**< In any unit that the parts of one source share: people, km2. At least 0. */
} ntm_rollup_part;

/** Which rows make which rows. Frozen; any number of threads. */
typedef struct ntm_rollup ntm_rollup;

/** Largest number of rows on either side of a roll-up. */
#define NTM_ROLLUP_ROWS_MAX (UINT32_MAX - 1)

/**
 * Makes a roll-up from parts: across a merger, or up the tree. Parts stand in any order; those of one source in one
 * target are put together first. A source is divided when it has parts in several targets, or a single one that is
 * `partial`; it is divided by weights when it has several targets, all of its parts have a weight and these are not all 0.
 * A source without parts goes nowhere; a target without parts has nothing reported.
 * @param[out] out the roll-up; owned by the caller, ntm_rollup_free(); independent of `parts`
 * @param parts `part_count` parts; may be NULL when there are none
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (a row past the end: `row` of the error is the part), ::NTM_ERROR_VALUE (a
 *         weight below 0), ::NTM_ERROR_OVERFLOW (the weights of a source have no common measure within 64 bits),
 *         ::NTM_ERROR_LIMIT (::NTM_ROLLUP_ROWS_MAX), ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_rollup_new(ntm_rollup **out, const ntm_rollup_part *parts, size_t part_count,
                                                size_t from_rows, size_t to_rows, const ntm_allocator *allocator,
                                                ntm_error *err);
/**
 * Makes a roll-up from periods to longer periods. The table has `period_count` blocks of `rows` rows, one block a period,
 * in the order of time; the result has one block of `rows` rows a group. Values go by the fact's rule over time
 * (`over_time` of ::ntm_fact) in place of its rule for merging.
 * @param group_of the group of each period: not decreasing, each of 0..group_count-1; a group without periods has
 *        nothing reported
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (groups out of order or range: `row` of the error is the period),
 *         ::NTM_ERROR_LIMIT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_rollup_over_periods(ntm_rollup **out, size_t rows, const uint32_t *group_of,
                                                         size_t period_count, size_t group_count,
                                                         const ntm_allocator *allocator, ntm_error *err);
/**
 * One after the other: the targets of each are the sources of the next, one block of rows for one, or a whole number of
 * blocks: communes to provinces can be followed by the twelve periods of provinces to a year, and the other way round.
 * What is known only as bounds goes on as bounds.
 * @param[out] out independent of `stages`
 * @param stages `count` roll-ups, at least one
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SHAPE (rows do not fit: `row` of the error is the stage),
 *         ::NTM_ERROR_LIMIT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_rollup_chain(ntm_rollup **out, const ntm_rollup *const *stages, size_t count,
                                                  const ntm_allocator *allocator, ntm_error *err);
/** Frees a roll-up; results made with it are independent of it. */
NTM_API void ntm_rollup_free(ntm_rollup *rollup);
/** Rows of one block of the source; 0 for NULL. */
NTM_API size_t ntm_rollup_from_rows(const ntm_rollup *rollup);
/** Rows of one block of the target; 0 for NULL. */
NTM_API size_t ntm_rollup_to_rows(const ntm_rollup *rollup);

/** How a roll-up is applied; start with ::NTM_ROLLED_OPTIONS_INIT. */
typedef struct ntm_rolled_options {
    size_t struct_size;             /**< sizeof(ntm_rolled_options). */
    bool ignore_unknown;            /**< Skip columns that are no fact (keys, names); otherwise they are errors. */
    uint8_t scale;                  /**< Digits after the mark of means and ratios in the table, or those of the source
                                         column if it has more. One that needs more digits is not reported there but
                                         bounded, rounded outward; ntm_rolled_range() has it exactly. */
    ntm_problems *problems;         /**< Takes all problems of the table; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_rolled_options;

/** Starting value of ::ntm_rolled_options. */
#define NTM_ROLLED_OPTIONS_INIT \
    { sizeof(ntm_rolled_options), false, 6, NULL, NULL }

/** Facts of the target rows. Frozen; any number of threads. */
typedef struct ntm_rolled ntm_rolled;

/**
 * Applies a roll-up to a table, each column by the rule of its fact (docs/rollup.md).
 *
 * `table->rows` is ntm_rollup_from_rows() times a whole number of periods: blocks of so many rows, one after the other.
 * The result has as many blocks of ntm_rollup_to_rows() rows.
 *
 * Columns are named and typed as for ntm_evaluate(): "households", or "trained[female]" for a fact that is reported by
 * members. Where a value is not reported, columns "households:least" and "households:most" beside it, if there are any,
 * say between what it lies; without them its natural bounds do. Values are checked as ntm_evaluate() checks them.
 * @param[out] out the facts of the targets; owned by the caller, ntm_rolled_free(); independent of all inputs
 * @param facts `fact_count` facts with different ids, of a set or of the caller's; those without a column are only used
 *        as weights and parts of others
 * @param options NULL = the defaults
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE (rows; a column of the wrong type; no
 *         fact of that name), ::NTM_ERROR_VALUE (as for ntm_evaluate(); bounds that cross; a weight below 0),
 *         ::NTM_ERROR_OVERFLOW (a sum beyond 64 bits names fact and target row; a value that does not fit),
 *         ::NTM_ERROR_SCHEMA (a fact whose kind its rule does not fit, or whose rule over time nobody has said),
 *         ::NTM_ERROR_UNIT, ::NTM_ERROR_CONFLICT (two facts of one id)
 */
NTM_API NTM_NODISCARD ntm_status ntm_rolled_new(ntm_rolled **out, const ntm_rollup *rollup,
                                                const ntm_fact *const *facts, size_t fact_count, const ntm_table *table,
                                                const ntm_rolled_options *options, ntm_error *err);
/** Frees a result and its table. */
NTM_API void ntm_rolled_free(ntm_rolled *rolled);
/**
 * The facts as a table, in the order of the source's columns: of each fact F a column "F", reported where the value is
 * known for sure; and, where some other row has a bound that is sharper than the fact's natural ones, "F:least" and
 * "F:most" (the side on which no row has a bound is left out), reported wherever there is a bound, known rows included.
 * Numbers are int64 with a scale, flags bits, levels int32 codes into the fact's levels, dates int32 days. ntm_evaluate()
 * takes it as it is: where a value is only bounded, verdicts are decided by the bounds where they can be.
 * @return borrowed from the result; NULL for NULL
 */
NTM_API const ntm_table *ntm_rolled_table(const ntm_rolled *rolled);
/**
 * What is known of one value: exactly, also where the table has it rounded. Flags are 0 and 1, levels their place from 0,
 * dates days, all others in the fact's unit.
 * @param column a fact, with its member if it has one: "trained[female]"
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (no such row), ::NTM_ERROR_NOT_FOUND (no such column; the value is not
 *         applicable)
 */
NTM_API NTM_NODISCARD ntm_status ntm_rolled_range(ntm_range *out, const ntm_rolled *rolled, const char *column,
                                                  size_t row, ntm_error *err);

/** Of how many source rows a value was made; each counts once, by whatever ways it came there. A unit that
 * ntm_rollup_across() or ntm_rollup_up() needs and that has no row is a part that is not reported. */
typedef struct ntm_rolled_parts {
    uint32_t parts;          /**< Source rows. */
    uint32_t reported;       /**< Of which reported. */
    uint32_t not_reported;   /**< Of which not, whether bounded or not. */
    uint32_t not_applicable; /**< Of which not applicable. */
    uint32_t divided;        /**< Of `parts`, those that were divided on one of the ways. */
} ntm_rolled_parts;

/**
 * Of how many source rows a value was made, and what was known of them. Takes memory for the time of the call from the
 * result's allocator, which several threads that ask at once have to share.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (no such row), ::NTM_ERROR_NOT_FOUND (no such column), ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_rolled_parts_of(ntm_rolled_parts *out, const ntm_rolled *rolled,
                                                     const char *column, size_t row, ntm_error *err);

/* ------------------------------------------------------------------------------------------- units in time */

/** How roll-ups are made from a registry; start with ::NTM_ROLLUP_UNITS_OPTIONS_INIT. */
typedef struct ntm_rollup_units_options {
    size_t struct_size;             /**< sizeof(ntm_rollup_units_options). */
    const char *weight;             /**< The weight of edges by which divided units are split: "population"; NULL =
                                         none: their parts are bounds. */
    bool ignore_others;             /**< Sources that go (in part) to units that are no targets are left out, or only their
                                         parts that go to targets counted. Not the default: an amount would be lost
                                         without a word. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_rollup_units_options;

/** Starting value of ::ntm_rollup_units_options. */
#define NTM_ROLLUP_UNITS_OPTIONS_INIT \
    { sizeof(ntm_rollup_units_options), NULL, false, NULL }

/**
 * Across mergers, divisions and renames: from units of one day to those of a later one, through any number of reforms.
 * What a target needs and has no row among the sources is not reported; a target that nothing is said of has nothing
 * reported. With a weight, what is divided twice is divided step by step, and what meets again without weights is bounds;
 * things left over in sharing out go to targets by row, then to units in between by row of the registry.
 * @param[out] out the roll-up; owned by the caller, ntm_rollup_free(); independent of `units`
 * @param from_units `from_count` units there on `from`, in the order of the source rows, each once
 * @param to_units `to_count` units there on `to`, in the order of the target rows, each once
 * @param to not before `from`
 * @param options NULL = the defaults
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_LIMIT, ::NTM_ERROR_OVERFLOW (as
 *         ntm_rollup_new()), ::NTM_ERROR_VALUE (a unit that is not there on its day: row named), ::NTM_ERROR_CONFLICT (a
 *         unit twice: row named), ::NTM_ERROR_NOT_FOUND (no such weight; a source of which something goes to a unit that
 *         is no target, or nobody knows where: row named)
 */
NTM_API NTM_NODISCARD ntm_status ntm_rollup_across(ntm_rollup **out, const ntm_units *units, const ntm_unit *from_units,
                                                   size_t from_count, ntm_date from, const ntm_unit *to_units,
                                                   size_t to_count, ntm_date to,
                                                   const ntm_rollup_units_options *options, ntm_error *err);
/**
 * Up the tree as of a day: from communes to their districts or provinces. A unit of the rung (or level) below a target
 * that has no row among the sources is not reported, so that a sum with a hole is bounds and no total.
 * @param[out] out as for ntm_rollup_across()
 * @param from_units,to_units there on the day; targets of one rung
 * @param which the day, and the rung or level that is rolled up (a filter's other parts too: only units within a place)
 * @param options NULL = the defaults; no weight
 * @return as ntm_rollup_across(); ::NTM_ERROR_VALUE also for a source that is not of the rung or level,
 *         ::NTM_ERROR_NOT_FOUND for one that lies below no target
 */
NTM_API NTM_NODISCARD ntm_status ntm_rollup_up(ntm_rollup **out, const ntm_units *units, const ntm_unit *from_units,
                                               size_t from_count, const ntm_unit *to_units, size_t to_count,
                                               const ntm_unit_filter *which, const ntm_rollup_units_options *options,
                                               ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
