/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file apportion.h
 * @brief An envelope of money divided among claimants by weights, classes, shares or needs, adding back to the đồng.
 *
 * No figure of law lives here: coefficients, shares, floors and caps are the caller's, with a citation that comes out again
 * in explanations. docs/apportion.md has the rules and what they cost.
 *
 * The quota of a claimant is λ × weight, not below its floor and not above its cap, with the one λ for all at which the
 * quotas add up to what there is: what a cap cuts off goes to the others in proportion to their weights, and so on until
 * nothing changes. Quotas are exact. Each claimant gets its quota rounded down to whole steps; the steps that are left go one
 * each to the largest remainders. The tie rule: the larger remainder, then the larger weight, then the unit that comes
 * first in the order of bytes. The order of rows never matters. Who is held at a floor, cap or need stands in no line.
 *
 * Shares and what is left always add up to the envelope. An apportionment may be read by any number of threads at once.
 */
#ifndef NTM_APPORTION_H
#define NTM_APPORTION_H

#include <ntm/base.h>
#include <ntm/column.h>
#include <ntm/number.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup apportion Apportionment
 *  @{ */

/** The coefficient of a class, as a rule gives it. Texts are borrowed for the call. */
typedef struct ntm_class_coefficient {
    const char *class_name;  /**< The class, compared byte by byte: "a". */
    ntm_decimal coefficient; /**< Not below 0. */
    const char *citation;    /**< Where it is written; NULL = options->citation says so. */
} ntm_class_coefficient;

/** The most classes of one apportionment. */
#define NTM_COEFFICIENTS_MAX 1024

/** What becomes of a claimant that stands in several classes. Values are frozen. */
typedef enum ntm_several_classes {
    NTM_CLASSES_REFUSED = 0, /**< It is an error: nobody has said what then holds. */
    NTM_CLASSES_HIGHEST = 1, /**< Only the highest coefficient counts. Its rows have to have one count. */
    NTM_CLASSES_ADDED =
        2 /**< Coefficient × count of all its classes add up: a province by the classes of its communes. */
} ntm_several_classes;

/** How an envelope is divided; start with ::NTM_APPORTION_OPTIONS_INIT. */
typedef struct ntm_apportion_options {
    size_t struct_size;                        /**< sizeof(ntm_apportion_options). */
    const ntm_class_coefficient *coefficients; /**< Each class once; needed with a column `class`. */
    size_t coefficient_count;                  /**< How many. */
    ntm_several_classes several;               /**< What becomes of a claimant in several classes. */
    ntm_money step;    /**< Shares are whole multiples of it, in đồng: 1 by default, 1000000 for triệu đồng. */
    bool rest_to_next; /**< What of the envelope is no whole step goes to the claimant next in line by the tie rule
                                whose cap has room for it. Otherwise it is left. */
    bool leave_out; /**< Claimants whose weight, share, need, class or count is not reported are left out, and listed.
                                Otherwise they are errors. Never zero. */
    const char *citation;           /**< Where the rule is written; NULL = none is told. */
    ntm_problems *problems;         /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_apportion_options;

/** Starting value of ::ntm_apportion_options. */
#define NTM_APPORTION_OPTIONS_INIT                                                                                     \
    { sizeof(ntm_apportion_options), NULL, 0, NTM_CLASSES_REFUSED, 1, false, false, NULL, NULL, NULL }

/** An envelope divided. Frozen. */
typedef struct ntm_apportionment ntm_apportionment;

/**
 * Divides an envelope. `claims` has one row a claimant (or one a claimant and class) in any order, and the columns
 *  - `unit`: text or categories, not empty;
 *  - at most one of: `weight` (a number, not below 0), `share` (percent of the envelope; all together at most 100, and
 *    what they leave is left), `class` (text, a class of options->coefficients);
 *  - `count`: with `weight` or `class`, what it is multiplied by: the number of communes in the class; 1 when there is
 *    no such column;
 *  - `need`: whole đồng; nobody gets more than its need. It is what is divided by when there is none of the three above;
 *  - `floor`, `cap`: whole đồng; an empty cell is none. A floor is rounded up to a whole step, a cap down; a floor above
 *    the cap is an error.
 *
 * Nothing is rounded but by the steps. Costs O(rows × log rows). Problems of all rows are told together.
 * @param[out] out the apportionment; owned by the caller, ntm_apportionment_free(); independent of the table
 * @param envelope đồng, not below 0
 * @param options NULL = the usual
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (an envelope below 0, a step below 1, a class twice, a coefficient below 0),
 *         ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE (a column is missing, unknown, of the wrong type, or two say what is divided
 *         by), ::NTM_ERROR_VALUE (row named: what is not reported, a number below 0, parts of a đồng, a floor above its
 *         cap; floors above the envelope, shares above 100 %, nobody with a weight above 0), ::NTM_ERROR_NOT_FOUND (a class
 *         without coefficient), ::NTM_ERROR_CONFLICT (a claimant twice, or twice in one class, or with two needs, floors,
 *         caps or counts; both rows are named), ::NTM_ERROR_OVERFLOW (weights whose sum does not fit 126 bits; the row is
 *         named), ::NTM_ERROR_LIMIT (2^31 - 1 rows, more
 *         than ::NTM_COEFFICIENTS_MAX classes)
 */
NTM_API NTM_NODISCARD ntm_status ntm_apportion_new(ntm_apportionment **out, ntm_money envelope, const ntm_table *claims,
                                                   const ntm_apportion_options *options, ntm_error *err);
/** Frees an apportionment. */
NTM_API void ntm_apportionment_free(ntm_apportionment *apportionment);

/** What kept a claimant from λ × weight. Values are frozen. */
typedef enum ntm_bound_by {
    NTM_BOUND_BY_NOTHING = 0, /**< It has its quota, to the step. */
    NTM_BOUND_BY_FLOOR = 1,   /**< It has its floor, which is more. */
    NTM_BOUND_BY_CAP = 2,     /**< It has its cap, which is less. */
    NTM_BOUND_BY_NEED = 3     /**< It has its need, which is less (and no larger than its cap). */
} ntm_bound_by;

/** A claimant and what it gets. Texts are borrowed from the apportionment. */
typedef struct ntm_allotted {
    const char *unit;    /**< Its code. */
    uint64_t row;        /**< Its first row of the claims. */
    ntm_money share;     /**< What it gets. */
    ntm_fraction weight; /**< What it is divided by; {0, 0} when that does not fit 64 bits. */
    ntm_fraction quota; /**< Its exact quota in đồng; {0, 0} when that does not fit 64 bits. Equal to the share where a
                                  floor, cap or need binds. */
    const char *class_name;  /**< The class that counts; NULL = none, or several that add up. */
    ntm_decimal coefficient; /**< Its coefficient; {0, 0} without class. */
    const char *citation;    /**< Where the coefficient, or else the rule, is written; NULL = not told. */
    bool extra_step;         /**< It has one of the steps that were left, by its remainder. */
    ntm_money rest;          /**< What it has of the envelope's part that is no whole step; included in the share. */
    ntm_bound_by bound_by;   /**< What kept it from its quota. */
} ntm_allotted;

/** Number of claimants that take part. */
NTM_API size_t ntm_apportionment_count(const ntm_apportionment *apportionment);
/**
 * A claimant, in the order of first rows.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (an index past the end)
 */
NTM_API NTM_NODISCARD ntm_status ntm_apportionment_get(ntm_allotted *out, const ntm_apportionment *apportionment,
                                                       size_t index, ntm_error *err);
/** The claimant of a code. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_NOT_FOUND. O(log n). */
NTM_API NTM_NODISCARD ntm_status ntm_apportionment_find(size_t *out, const ntm_apportionment *apportionment,
                                                        const char *unit, ntm_error *err);
/** The envelope in đồng. */
NTM_API ntm_money ntm_apportionment_envelope(const ntm_apportionment *apportionment);
/** What nobody gets: caps and needs that all bind, shares below 100 %, a part that is no whole step. */
NTM_API ntm_money ntm_apportionment_left(const ntm_apportionment *apportionment);
/** Number of claimants that were left out because something is not reported. */
NTM_API size_t ntm_apportionment_left_out_count(const ntm_apportionment *apportionment);
/** A claimant that was left out, in the order of first rows; borrowed; NULL past the end. */
NTM_API const char *ntm_apportionment_left_out(const ntm_apportionment *apportionment, size_t index);
/**
 * How a claimant's share came about, line by line: classes, coefficients and counts with their citation, weight, exact quota,
 * floor, cap, whether it got one of the steps that were left and why.
 * @param[out] out the text; owned by the caller, ntm_text_free(); independent of the apportionment
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_apportionment_explain(ntm_text **out, const ntm_apportionment *apportionment,
                                                           size_t index, ntm_language language, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
