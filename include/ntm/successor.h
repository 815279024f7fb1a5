/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file successor.h
 * @brief When the law changes: the same facts under a set and under the one that takes its place.
 *
 * Who attains under the one and not under the other, criterion by criterion. Rows of the two sets are paired as the
 * successor says (`follows`, docs/set-format.md) or as the caller does; nothing is paired by looking alike. What has no
 * counterpart is listed for review.
 */
#ifndef NTM_SUCCESSOR_H
#define NTM_SUCCESSOR_H

#include <ntm/attainment.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup successor Successor law
 *  @{ */

/** What a pair is. */
typedef enum ntm_pair_kind {
    NTM_PAIR_STATUS = 1,    /**< The status of both sets. Always the first pair. */
    NTM_PAIR_CRITERION = 2, /**< A criterion. */
    NTM_PAIR_INDICATOR = 3  /**< An indicator. */
} ntm_pair_kind;

/** A part of the set before and the part of the successor that is about the same matter; or one of them alone. */
typedef struct ntm_pair {
    ntm_pair_kind kind; /**< Of what. */
    size_t before;      /**< Index in the set before; SIZE_MAX: the part is new. For the status 0. */
    size_t after;       /**< Index in the successor; SIZE_MAX: the part was dropped. For the status 0. */
    bool review;        /**< Somebody has to look: one side is missing, or has no rule that was read, or the two are
                             decided by other facts ("the same name, measured otherwise"). Verdicts of both sides
                             stay as they are. */
    bool facts_differ;  /**< Both sides have rules, and these look at different facts. What only chooses the cell of a
                             figure (an axis, a rule of scope) does not count, nor do other figures. */
} ntm_pair;

/** How many rows went from which verdict to which: `rows[before][after]`, by the values of ::ntm_verdict. They add up
 * to the rows of the table. */
typedef struct ntm_moves {
    uint64_t rows[3][3]; /**< rows[NTM_MET][NTM_NOT_MET] lost, rows[NTM_NOT_MET][NTM_MET] gained. */
} ntm_moves;

/** How two laws are compared; start with ::NTM_SUCCESSOR_OPTIONS_INIT. */
typedef struct ntm_successor_options {
    size_t struct_size;             /**< sizeof(ntm_successor_options). */
    const ntm_counterpart *pairs;   /**< Pairs in place of those of the successor; `id` is the successor's. */
    size_t pair_count;              /**< Number of pairs; 0 = those that the successor gives itself. */
    bool ignore_unknown;            /**< Skip columns that neither set knows. */
    ntm_problems *problems;         /**< Takes all problems of the table; may be NULL. */
    const ntm_allocator *allocator; /**< For the comparison; NULL = the C library. */
} ntm_successor_options;

/** Starting value of ::ntm_successor_options. */
#define NTM_SUCCESSOR_OPTIONS_INIT { sizeof(ntm_successor_options), NULL, 0, false, NULL, NULL }

/** Two evaluations of one table, side by side. Frozen: any number of threads. */
typedef struct ntm_successor ntm_successor;

/**
 * Evaluates a table under a set and under its successor, each by its own plan (day, axes). A column that one of the two
 * knows is right; one that neither knows is an error.
 * @param[out] out the comparison; owned by the caller, ntm_successor_free(); independent of the table; plans have to
 *        live only as long as the call
 * @param before,after the plans of the set and of its successor
 * @param options NULL = the defaults
 * @return ::NTM_OK; as ntm_evaluate(), the set's id in the message; ::NTM_ERROR_NOT_FOUND (no pairs are given and the
 *         successor does not follow the set before, or a pair names what is not there), ::NTM_ERROR_CONFLICT (a part
 *         paired twice)
 */
NTM_API NTM_NODISCARD ntm_status ntm_successor_new(ntm_successor **out, const ntm_plan *before, const ntm_plan *after,
                                                   const ntm_table *table, const ntm_successor_options *options,
                                                   ntm_error *err);
/** Frees a comparison and its results. */
NTM_API void ntm_successor_free(ntm_successor *successor);
/** The result under the set before; borrowed. */
NTM_API const ntm_attainment *ntm_successor_before(const ntm_successor *successor);
/** The result under the successor; borrowed. */
NTM_API const ntm_attainment *ntm_successor_after(const ntm_successor *successor);
/** Number of pairs, parts without a counterpart included. */
NTM_API size_t ntm_successor_pair_count(const ntm_successor *successor);
/**
 * A pair; borrowed; NULL past the end. First the status, then the criteria in the successor's order, then its
 * indicators; those that were dropped follow their like.
 */
NTM_API const ntm_pair *ntm_successor_pair(const ntm_successor *successor, size_t index);
/**
 * How the verdicts of a pair moved. A side that is missing counts as open.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_successor_moves(ntm_moves *out, const ntm_successor *successor, size_t pair,
                                                     ntm_error *err);
/**
 * The rows that went from one verdict to another, in their order: from ::NTM_MET to ::NTM_NOT_MET those who lose.
 * @param[out] rows room for `capacity` row numbers; may be NULL when capacity is 0
 * @param[out] count how many such rows there are, written or not
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_successor_rows(size_t *rows, size_t *count, size_t capacity,
                                                    const ntm_successor *successor, size_t pair, ntm_verdict from,
                                                    ntm_verdict to, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
