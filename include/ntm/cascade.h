/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file cascade.h
 * @brief Status rolled up: from the facts of communes to districts and to the province in one call, and who holds whom
 * back.
 *
 * A frozen cascade may be read by any number of threads.
 */
#ifndef NTM_CASCADE_H
#define NTM_CASCADE_H

#include <ntm/attainment.h>
#include <ntm/unit.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup cascade Status rolled up
 *  @{ */

/** Units below one unit, by a condition or a status. They add up to `total`. */
typedef struct ntm_child_counts {
    uint64_t met;     /**< Surely. */
    uint64_t not_met; /**< Surely not. */
    uint64_t open;    /**< Cannot be told, those of whom nothing is reported included. */
    uint64_t total;   /**< All that are there on the day. */
} ntm_child_counts;

/**
 * Counts verdicts of units by the unit above them, over all that are there on a day: who has no verdict is open.
 * @param[out] out room for `parent_count` counts
 * @param level the children's level ("commune"); NULL with an `echelon`: all levels of the rung
 * @param echelon the children's rung; ::NTM_ECHELON_ANY with a `level`
 * @param children `child_count` units with a verdict each, every one of them at most once; those of other levels, or
 *        below none of the parents, are not counted
 * @param parents `parent_count` units of one rung above the children's, there on the day
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_VALUE (a child that is not there on the day, a verdict that is
 *         none: row named), ::NTM_ERROR_CONFLICT (a unit twice: row named), ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_count_children(ntm_child_counts *out, const ntm_units *units, ntm_date on,
                                                    const char *level, ntm_echelon echelon, const ntm_unit *children,
                                                    const ntm_verdict *verdicts, size_t child_count,
                                                    const ntm_unit *parents, size_t parent_count, ntm_error *err);

/** What is asked of children. */
typedef enum ntm_quantifier {
    NTM_QUANTIFIER_ALL = 1,      /**< All of them; open when there are none. */
    NTM_QUANTIFIER_AT_LEAST = 2, /**< At least so many. */
    NTM_QUANTIFIER_SHARE = 3     /**< At least such a share of all; open when there are none. */
} ntm_quantifier;

/**
 * Whether enough children meet a condition, in three values: met or not met only where it is so whatever the open ones
 * turn out to be. "Of which" is asked of the counts of those that meet both conditions.
 * @param least ::NTM_QUANTIFIER_AT_LEAST: how many; ::NTM_QUANTIFIER_SHARE: the share, {20, 2} for 20 %; else not looked
 *        at. Compared exactly.
 * @return ::NTM_OPEN for NULL and counts that do not add up. Safe from any thread.
 */
NTM_API ntm_verdict ntm_quantify(const ntm_child_counts *counts, ntm_quantifier quantifier, ntm_decimal least);

/** One set over the units of one level; start with ::NTM_CASCADE_STEP_INIT. */
typedef struct ntm_cascade_step {
    size_t struct_size;         /**< sizeof(ntm_cascade_step). */
    const ntm_set *set;         /**< The set; has to outlive the cascade. */
    const ntm_table *table;     /**< Facts, one row a unit; has to outlive the cascade. NULL: all units of the level. */
    const char *code;           /**< The field of `table` with the codes of its units; NULL = "code". */
    const char *level;          /**< The level of its units; NULL = the set's. */
    const ntm_axis_value *axes; /**< Axes fixed for all rows. */
    size_t axis_count;          /**< Number of fixed axes. */
} ntm_cascade_step;

/** Starting value of an ::ntm_cascade_step. */
#define NTM_CASCADE_STEP_INIT                                                                                          \
    { sizeof(ntm_cascade_step), NULL, NULL, NULL, NULL, NULL, 0 }

/** How a cascade is made; start with ::NTM_CASCADE_OPTIONS_INIT. */
typedef struct ntm_cascade_options {
    size_t struct_size;           /**< sizeof(ntm_cascade_options). */
    ntm_date on;                  /**< The day whose units, law and year count. Required. */
    ntm_unit within;              /**< Steps without a table: only units below this one, or it itself. */
    bool out_of_force;            /**< As in ::ntm_plan_options. */
    bool ignore_unknown;          /**< Skip columns that no set of the cascade uses; facts of the step's own set are
                                         right in any case. */
    const ntm_set *const *others; /**< As in ::ntm_plan_options, beside the sets of the steps. */
    size_t other_count;           /**< Number of those sets. */
    const char *const
        *inherited;         /**< Attributes that a unit without one of its own has from above although other units of
                                         its rung have their own: a region with exceptions. */
    size_t inherited_count; /**< Number of those attributes. */
    ntm_problems *problems; /**< Takes all problems of the tables; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_cascade_options;

/** Starting value of ::ntm_cascade_options. */
#define NTM_CASCADE_OPTIONS_INIT                                                                                       \
    { sizeof(ntm_cascade_options), NTM_DATE_NONE, NTM_NO_UNIT, false, false, NULL, 0, NULL, 0, NULL, NULL }

/** Results of several sets over one tree of units. Frozen. */
typedef struct ntm_cascade ntm_cascade;

/**
 * Evaluates the steps in their order, each with what the earlier ones found. An input of a set comes from the first of
 * these that has it, for all rows (a cell that is not reported there is not looked for elsewhere):
 *  1. the step's own table (a column "holds:S" from a register of recognitions goes before what this cascade finds);
 *  2. `holds:S`: a column of that name in the table of a step of the same level, else the status of the same unit under
 *     the set S: that of the first earlier step of the same level that has a row of it;
 *  3. `children:N:...`: unless a table counts N itself, the condition of the rule, evaluated over all units of its level
 *     below the row's unit that are there on the day. Who is in no table of that level is open, except for statuses and
 *     facts that are known of it;
 *  4. an axis: the attribute of that name in the registry: the unit's own, or that of a unit above if no unit of its rung
 *     has one of its own (a region of provinces holds for their communes; a class of communes is not their province's), or
 *     if options->inherited names it;
 *  5. `parent:L:F`: the fact F of the unit above at level L, from the table of a step of that level, earlier or later;
 *  6. a fact: the table of an earlier step of the same level. Bounds of a fact come from where it comes from.
 * What is found nowhere is not reported. `average:...` and `past:...` come from the step's own table only. Children are
 * in no step of their own: what 1 says of the own table holds of the tables of their level, those of later steps
 * included, and axes that a step fixes are fixed for its rows, not for their children.
 * @param[out] out the cascade; owned by the caller, ntm_cascade_free(). `units`, sets and tables have to outlive it
 * @return as ntm_plan_new(), ntm_evaluate() and ntm_units_find_all() (the subject begins with the step's set; a cell
 *         that came from the table of another step, or of children, is told with its unit and its row there);
 *         ::NTM_ERROR_VALUE (a row whose unit is of another level), ::NTM_ERROR_CONFLICT (two rows of one unit, two
 *         conditions counted under one name), ::NTM_ERROR_SHAPE (no column of codes, a column that no set uses)
 */
NTM_API NTM_NODISCARD ntm_status ntm_cascade_new(ntm_cascade **out, const ntm_units *units,
                                                 const ntm_cascade_step *steps, size_t step_count,
                                                 const ntm_cascade_options *options, ntm_error *err);
/** Frees a cascade. */
NTM_API void ntm_cascade_free(ntm_cascade *cascade);
/** Number of steps. */
NTM_API size_t ntm_cascade_step_count(const ntm_cascade *cascade);
/** The verdicts of a step, one row a unit; borrowed; NULL past the end. */
NTM_API const ntm_attainment *ntm_cascade_result(const ntm_cascade *cascade, size_t step);
/** The table that a step was evaluated over: the caller's columns and those that were found; borrowed; NULL past the
 *  end. */
NTM_API const ntm_table *ntm_cascade_table(const ntm_cascade *cascade, size_t step);
/** The unit of a row of a step; ::NTM_NO_UNIT past the end. */
NTM_API ntm_unit ntm_cascade_unit(const ntm_cascade *cascade, size_t step, size_t row);
/** The row of a unit in a step; SIZE_MAX when it has none. O(1). */
NTM_API size_t ntm_cascade_row(const ntm_cascade *cascade, size_t step, ntm_unit unit);

/** Number of conditions over children that a step counts. */
NTM_API size_t ntm_cascade_count_count(const ntm_cascade *cascade, size_t step);
/** The name under which a step counts children ("ntm-communes"); borrowed; NULL past the end. */
NTM_API const char *ntm_cascade_count_name(const ntm_cascade *cascade, size_t step, size_t index);
/** The counts of a row. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_NOT_FOUND (the caller's own columns count
 *  them) */
NTM_API NTM_NODISCARD ntm_status ntm_cascade_counts(ntm_child_counts *out, const ntm_cascade *cascade, size_t step,
                                                    size_t index, size_t row, ntm_error *err);

/** A unit that was counted. */
typedef struct ntm_counted_child {
    ntm_unit unit;       /**< The unit. */
    ntm_verdict verdict; /**< Whether it meets the condition. */
    size_t step;         /**< The step under whose set it has the status in question; SIZE_MAX = none. */
    size_t row;          /**< Its row there; SIZE_MAX = none. */
} ntm_counted_child;

/**
 * The units that a row counts: those that hold it back (not met) first, then the open ones, then the others; by code.
 * @param[out] out room for `capacity` entries; may be NULL when that is 0
 * @param[out] count how many there are; more than `capacity` are not written
 * @return as ntm_cascade_counts()
 */
NTM_API NTM_NODISCARD ntm_status ntm_cascade_children(ntm_counted_child *out, size_t *count, size_t capacity,
                                                      const ntm_cascade *cascade, size_t step, size_t index, size_t row,
                                                      ntm_error *err);

/** Explains one verdict of a row of a step. @return as ntm_explain() */
NTM_API NTM_NODISCARD ntm_status ntm_cascade_explain(ntm_explanation **out, const ntm_cascade *cascade, size_t step,
                                                     size_t row, ntm_of of, size_t index,
                                                     const ntm_allocator *allocator, ntm_error *err);
/**
 * Explains a row down to the units that hold it back, as indented text: the row's criteria and preconditions that are
 * not met or open, each in one line; below, of every condition over children the units that do not meet it, or are
 * open, each with its own reasons where it is a row of an earlier step.
 * @param most at most so many units of one condition; the others are counted. 0 = all
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_cascade_tree(ntm_text **out, const ntm_cascade *cascade, size_t step, size_t row,
                                                  ntm_language language, size_t most, const ntm_allocator *allocator,
                                                  ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
