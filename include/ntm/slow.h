/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file slow.h
 * @brief Slow money: who is behind its schedule on a day, by how many đồng and for how many days.
 */
#ifndef NTM_SLOW_H
#define NTM_SLOW_H

#include <ntm/base.h>
#include <ntm/column.h>
#include <ntm/cube.h>
#include <ntm/ledger.h>
#include <ntm/number.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup slow Slow money
 *  @{ */

/** A step of a schedule: so much of the whole is due by a day. */
typedef struct ntm_milestone {
    ntm_date on;         /**< The last day on which it is in time. */
    ntm_decimal percent; /**< Of all that is due, 0..100; not less than at an earlier milestone. */
} ntm_milestone;

/** What comes first. Values are frozen. */
typedef enum ntm_slow_order {
    NTM_SLOW_BY_DAYS = 1,   /**< The longest behind; then the most đồng. */
    NTM_SLOW_BY_AMOUNT = 2, /**< The most đồng behind; then the longest. */
    NTM_SLOW_BY_SHARE = 3   /**< The largest share of what is due; then the most đồng. Exact. Where
                                 corrections leave nothing due, no share is larger. */
} ntm_slow_order;

/** What is asked; start with ::NTM_SLOW_OPTIONS_INIT. */
typedef struct ntm_slow_options {
    size_t struct_size; /**< sizeof(ntm_slow_options). */
    const ntm_side *by; /**< Who or what is looked at apart: units (on a level), components, sources; without
                                         what is above them. Not the stage and not the date. */
    size_t by_count;    /**< How many; 0 = everything together. */
    const char *due;    /**< The stage whose entries are due: "plan", "allotted". */
    const char *done;   /**< The stage that has to keep up: "allotted", "disbursed". */
    ntm_date on;        /**< The day; entries of periods that end later do not count. */
    ntm_date from;      /**< Only entries of periods that begin on this day or later (the year's);
                                         ::NTM_DATE_NONE = all. */
    ntm_date to;        /**< With milestones: entries of `due` up to this day are the whole of which a share is
                                         due; ::NTM_DATE_NONE = all of them. */
    const ntm_milestone *milestones; /**< In the order of days: what is due by when, as a share of all entries of `due`.
                                         NULL = each entry is due on the last day of its period. */
    size_t milestone_count;          /**< How many. */
    const ntm_only *only;            /**< Which entries count: as for a cube. */
    size_t only_count;               /**< How many. */
    ntm_date as_of;                  /**< The day whose tree of units counts: as for a cube. */
    ntm_slow_order order;            /**< What comes first; then ids. */
    bool all;                        /**< Also those that are not behind. Not the default. */
    const ntm_allocator *allocator;  /**< NULL = the C library. */
} ntm_slow_options;

/** Starting value of ::ntm_slow_options. */
#define NTM_SLOW_OPTIONS_INIT                                                                                          \
    {                                                                                                                  \
        sizeof(ntm_slow_options), NULL, 0, NULL, NULL, NTM_DATE_NONE, NTM_DATE_NONE, NTM_DATE_NONE, NULL, 0, NULL, 0,  \
            NTM_DATE_NONE, NTM_SLOW_BY_DAYS, false, NULL                                                               \
    }

/** Who is behind. Frozen. */
typedef struct ntm_slow ntm_slow;

/**
 * Finds who is behind. For each combination of members:
 *  - due: what `due` adds up to by the day; with milestones the least whole đồng that are the percentage of the last
 *    milestone by the day, of all of it;
 *  - done: what `done` adds up to by the day;
 *  - behind: what is due and not done; 0 if nothing, and where no entry or milestone is due yet;
 *  - since: the first day of which what was due by then is more than all that is done now; late for so many days.
 *
 * Where an entry has no amount the combination is open: what is told is of what was reported.
 * @param[out] out owned by the caller, ntm_slow_free(); independent of the ledger
 * @return as ntm_cube_new(); ::NTM_ERROR_UNIT also for a stage of stocks; ::NTM_ERROR_ARGUMENT also without stages or a day, for milestones that go back, or a side that
 *         is the stage or the date; ::NTM_ERROR_OVERFLOW (a sum does not fit 64 bits: the combination is named)
 */
NTM_API NTM_NODISCARD ntm_status ntm_slow_new(ntm_slow **out, const ntm_ledger *ledger, const ntm_slow_options *options,
                                              ntm_error *err);
/** Frees it. */
NTM_API void ntm_slow_free(ntm_slow *slow);
/**
 * One row a combination, in the order asked for: a column of categories for each side, under the name of its level or
 * dimension; int64 `due`, `done`, `behind` (đồng); `since` (int32 ::ntm_date; not reported where nothing is behind); int64
 * `days` and `missing` (entries without an amount), and `open` (yes/no).
 * @return borrowed; NULL for NULL
 */
NTM_API const ntm_table *ntm_slow_table(const ntm_slow *slow);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
