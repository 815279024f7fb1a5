/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file flip.h
 * @brief Who changes if a threshold moves: the exact numbers at which each unit's verdict changes, without trying any.
 *
 * One figure is asked about. For each row whose threshold it is, the threshold takes every number there is while all
 * else stays as it is; a flip is a number at which the watched verdict becomes another one. From the flips of all rows
 * follow, exactly and for any threshold, how many meet, who changes, and the whole curve of counts.
 *
 * Frozen flips may be read by any number of threads.
 */
#ifndef NTM_FLIP_H
#define NTM_FLIP_H

#include <ntm/attainment.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup flip Flips
 *  @{ */

/** What is asked; start with ::NTM_FLIPS_OPTIONS_INIT. */
typedef struct ntm_flips_options {
    size_t struct_size;             /**< sizeof(ntm_flips_options). */
    const char *figure;             /**< The figure that moves: one of the plan's set. Required. */
    const ntm_axis_value *axes;     /**< Which cells of it move: those at these values; an axis not named: all. */
    size_t axis_count;              /**< Number of axes named; 0 = all cells, also those that are absent now. */
    ntm_of of;                      /**< The verdict that is watched. */
    size_t index;                   /**< Which criterion, indicator or precondition; ignored for the others. */
    bool ignore_unknown;            /**< As in ::ntm_evaluate_options. */
    ntm_problems *problems;         /**< Takes all problems of the table; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_flips_options;

/** Starting value of ::ntm_flips_options: the status is watched. */
#define NTM_FLIPS_OPTIONS_INIT                                                                                         \
    { sizeof(ntm_flips_options), NULL, NULL, 0, NTM_OF_STATUS, 0, false, NULL, NULL }

/** A number at which the watched verdict of a row changes. */
typedef struct ntm_flip {
    size_t row;          /**< The row. */
    ntm_fraction at;     /**< The threshold, in the figure's unit. */
    ntm_verdict below;   /**< The verdict while the threshold is below, down to the row's flip before. */
    ntm_verdict exactly; /**< The verdict when the threshold is just that. */
    ntm_verdict above;   /**< The verdict while the threshold is above, up to the row's next flip. */
} ntm_flip;

/** How the verdicts of all rows go over at one number, at which some of them flip. */
typedef struct ntm_flip_step {
    ntm_fraction at;   /**< The threshold, in the figure's unit. */
    ntm_tally below;   /**< Rows by verdict while the threshold is below, down to the step before. */
    ntm_tally exactly; /**< When it is just that. */
    ntm_tally above;   /**< While it is above, up to the next step. */
} ntm_flip_step;

/** A row whose verdict would be another. */
typedef struct ntm_flip_change {
    size_t row;       /**< The row. */
    ntm_verdict now;  /**< By the figures of the set. */
    ntm_verdict then; /**< By the threshold asked about. */
} ntm_flip_change;

/** The flips of a table. Frozen. */
typedef struct ntm_flips ntm_flips;

/**
 * Finds the flips of all rows.
 *
 * A row's own threshold moves when its cell of the figure is one of those named, be that cell known or absent now. Rows
 * whose cell is another, or that have none because an axis is not known, keep the verdict of now. Where it is open
 * which column of the axis holds for a row (::ntm_scope), the columns that are named move and the others stay. A cell
 * that lies on a line between years moves itself; it does not follow when its ends are the cells named. Figures of
 * other sets, and columns with verdicts of children, stay as they are. A comparison with an open quantity flips at both
 * ends of it, and is open between.
 *
 * The figure may be compared in any number of places, with quantities of any kind. It has to be a side of each
 * comparison by itself: where it stands inside of arithmetic, or where what it is compared with depends on it too, the
 * answer is ::NTM_ERROR_UNSUPPORTED and names the rule.
 * @param[out] out the flips; owned by the caller, ntm_flips_free(); independent of plan and table
 * @param plan its figures are those of now
 * @param table as for ntm_evaluate()
 * @return as ntm_evaluate(), and ::NTM_ERROR_NOT_FOUND (no such figure, axis of it or value of that; the revocation of a
 *         set without such a rule), ::NTM_ERROR_CONFLICT (an axis named twice), ::NTM_ERROR_ARGUMENT (`of`, `index`),
 *         ::NTM_ERROR_UNSUPPORTED, ::NTM_ERROR_LIMIT (more than ::NTM_FLIPS_COMPARED_MAX quantities are compared with
 *         the figure, members counted one by one; 2^32 - 1 rows or flips), ::NTM_ERROR_OVERFLOW (a flip whose exact
 *         fraction is beyond 64 bits: row named)
 */
NTM_API NTM_NODISCARD ntm_status ntm_flips_new(ntm_flips **out, const ntm_plan *plan, const ntm_table *table,
                                               const ntm_flips_options *options, ntm_error *err);
/** Frees the flips. */
NTM_API void ntm_flips_free(ntm_flips *flips);

/** Most quantities that may be compared with one figure below one verdict. */
#define NTM_FLIPS_COMPARED_MAX 64

/** Number of rows of the table; 0 for NULL. */
NTM_API size_t ntm_flips_rows(const ntm_flips *flips);
/** Number of rows whose threshold moves; 0 for NULL. */
NTM_API size_t ntm_flips_moving(const ntm_flips *flips);
/** Number of flips of all rows; 0 for NULL. */
NTM_API size_t ntm_flips_count(const ntm_flips *flips);
/**
 * A flip, from the lowest number to the highest; flips at one number by row.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_flips_at(ntm_flip *out, const ntm_flips *flips, size_t index, ntm_error *err);

/** Number of different numbers at which some row flips; 0 for NULL. */
NTM_API size_t ntm_flips_steps(const ntm_flips *flips);
/** A step, from the lowest number to the highest. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT */
NTM_API NTM_NODISCARD ntm_status ntm_flips_step(ntm_flip_step *out, const ntm_flips *flips, size_t index,
                                                ntm_error *err);

/**
 * How many rows would meet, not meet or be open if the threshold stood exactly there; rows whose threshold does not move
 * are counted as they are. O(log steps).
 * @param threshold in the figure's unit
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_flips_tally(ntm_tally *out, const ntm_flips *flips, ntm_decimal threshold,
                                                 ntm_error *err);
/** How many rows meet, do not meet or are open by the figures of the set. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT */
NTM_API NTM_NODISCARD ntm_status ntm_flips_tally_now(ntm_tally *out, const ntm_flips *flips, ntm_error *err);
/**
 * The verdict of one row if the threshold stood exactly there. O(log of the row's flips).
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_flips_verdict(ntm_verdict *out, const ntm_flips *flips, size_t row,
                                                   ntm_decimal threshold, ntm_error *err);
/** The verdict of one row by the figures of the set. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT */
NTM_API NTM_NODISCARD ntm_status ntm_flips_verdict_now(ntm_verdict *out, const ntm_flips *flips, size_t row,
                                                       ntm_error *err);
/**
 * The rows whose verdict would be another than now if the threshold stood exactly there, in order of rows.
 * @param[out] out room for `capacity` rows; may be NULL when that is 0
 * @param[out] count how many there are; more than `capacity` are not written
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_flips_changed(ntm_flip_change *out, size_t *count, size_t capacity,
                                                   const ntm_flips *flips, ntm_decimal threshold, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
