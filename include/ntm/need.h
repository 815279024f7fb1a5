/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file need.h
 * @brief Quantities of work turned into needs of money and in kind by norms, and divided among sources and doers.
 *
 * No figure of law lives here: norms, shares, caps and matching ratios are the caller's, each with a citation that comes out
 * again in explanations. docs/needs.md has the rules.
 *
 * Norms and needs may be read by any number of threads at once. Needs borrow nothing: norms and tables may go first.
 */
#ifndef NTM_NEED_H
#define NTM_NEED_H

#include <ntm/base.h>
#include <ntm/column.h>
#include <ntm/number.h>
#include <ntm/unit.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup need Norms and needs
 *  @{ */

/** The resource whose amounts are đồng. Any other word is a kind of help in kind: "cement". */
#define NTM_RESOURCE_MONEY "money"

/* ------------------------------------------------------------------------------------------- norms */

/** Unit costs and unit quantities. Frozen. */
typedef struct ntm_norms ntm_norms;

/** How norms are read; start with ::NTM_NORMS_OPTIONS_INIT. */
typedef struct ntm_norms_options {
    size_t struct_size;             /**< sizeof(ntm_norms_options). */
    ntm_problems *problems;         /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_norms_options;

/** Starting value of ::ntm_norms_options. */
#define NTM_NORMS_OPTIONS_INIT                                                                                         \
    { sizeof(ntm_norms_options), NULL, NULL }

/**
 * Makes norms. One row a norm, in any order; texts are text or categories, compared byte by byte; an empty cell is nothing:
 *  - `work`: the kind of work: "road". Needed;
 *  - `class`, `region`: for which class of it (road class) and where; an empty cell is for all;
 *  - `valid_from`, `valid_to`: first day, and the first day on which it no longer holds; an empty cell is always;
 *  - `resource`: ::NTM_RESOURCE_MONEY or a kind ("cement"). Needed;
 *  - `work_unit`: what quantities of work are counted in: "km", "household". Needed; compared as it is written;
 *  - `amount`: per unit of work, not below 0: đồng, or resource units. Needed. Where nothing is given, 0 says so;
 *  - `resource_unit`: the unit of a kind ("tonne"); needed for kinds, empty for money;
 *  - `citation`: where it is written.
 *
 * Two norms of one work, class, region and resource may not hold on one day.
 * @param[out] out the norms; owned by the caller, ntm_norms_free(); independent of the table
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE (a column is missing, unknown, of the wrong
 *         type), ::NTM_ERROR_SYNTAX, ::NTM_ERROR_VALUE (a cell that is needed, an amount below 0, an end not after its
 *         beginning), ::NTM_ERROR_UNIT (money with a unit, a kind without or with two), ::NTM_ERROR_CONFLICT (two norms on
 *         one day; both rows are named), ::NTM_ERROR_LIMIT (2^31 - 1 rows)
 */
NTM_API NTM_NODISCARD ntm_status ntm_norms_new(ntm_norms **out, const ntm_table *table,
                                               const ntm_norms_options *options, ntm_error *err);
/** Frees norms. */
NTM_API void ntm_norms_free(ntm_norms *norms);
/** Number of norms: rows of the table. */
NTM_API size_t ntm_norms_count(const ntm_norms *norms);

/* ------------------------------------------------------------------------------------------- needs */

/** How needs are reckoned; start with ::NTM_NEEDS_OPTIONS_INIT. */
typedef struct ntm_needs_options {
    size_t struct_size;    /**< sizeof(ntm_needs_options). */
    ntm_rounding rounding; /**< How an amount that is not whole (đồng, or steps of kind_scale) is rounded, once a row of
                                    quantities and resource, before it is divided; 0 = it is an error. */
    uint8_t kind_scale;    /**< Digits after the mark of amounts in kind: 3 = tonnes to the kilogramme. */
    bool open_without_norm;    /**< A row without norm is an open need. Otherwise it is an error. Never 0. */
    const ntm_table *division; /**< How needs are divided among sources and doers; NULL = they are not. */
    const ntm_units
        *units; /**< With region_attribute: where regions come from when the quantities have no such column. */
    const char *region_attribute; /**< The attribute that is the region, as of the row's date; NULL = "region". */
    ntm_echelon echelon;          /**< The rung of the quantities' units. */
    ntm_date date;          /**< The day of rows without one; ::NTM_DATE_NONE = such rows are errors when norms have
                                         days or a registry is asked. */
    ntm_problems *problems; /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_needs_options;

/** Starting value of ::ntm_needs_options. */
#define NTM_NEEDS_OPTIONS_INIT                                                                                         \
    {                                                                                                                  \
        sizeof(ntm_needs_options), (ntm_rounding)0, 3, false, NULL, NULL, NULL, NTM_ECHELON_ANY, NTM_DATE_NONE, NULL,  \
            NULL                                                                                                       \
    }

/** Needs by quantity of work, resource, source and doer. Frozen. */
typedef struct ntm_needs ntm_needs;

/**
 * Reckons needs. `quantities` has one row a quantity of work, and the columns `unit` (code), `work`, `quantity` (an exact
 * number, not below 0; not reported = an open need), `work_unit` (as in the norm), all needed; `class`, `region`, `date`
 * where there are any; `programme` and `component` are carried through.
 *
 * A row has a need of each resource that any norm names for its work: amount = quantity × norm. The norm is the most
 * specific of those that hold on the date: one that names class and region before one that names one of them, before one
 * for all. One for the class and one for the region tie: an error. Where the class (region) is not reported and some
 * norm for the work and resource names one, there is no norm. A norm in another unit is ::NTM_ERROR_UNIT; work that no norm
 * names is ::NTM_ERROR_NOT_FOUND whatever the options.
 *
 * `options->division`, one row a rule: `work`, `resource` (an empty cell is for all), `source`, `doer` (text; `source`
 * needed), `share` (percent of the need), `cap` (the most of it, in đồng or resource units) with `cap_per`
 * ("work" = for each unit of work, "unit" = for each administrative unit, "total") and `cap_to` (the source that takes what
 * the cap cuts off; with `cap_to_doer` where the source has several doers), `citation`. Rules of one `work` and `resource`
 * belong together and their shares add up to exactly 100; the most specific rules with rows hold (work and resource,
 * work, resource, all; a tie between work and resource goes to the work). The need is divided by shares with largest
 * remainders (then the larger share, then source and doer in the order of bytes); caps for several rows are shared out to
 * them by their amounts in the same way (then the unit in the order of bytes, then the row). Every division adds back to
 * the need. An open row that shares a cap for its unit or in total with other rows is an error: nobody can say what is left of
 * the cap.
 * @param[out] out the needs; owned by the caller, ntm_needs_free(); independent of norms and tables
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE, ::NTM_ERROR_SYNTAX, ::NTM_ERROR_VALUE (a cell
 *         that is needed, an amount that is not whole, shares that do not add up to 100, a cap that goes in a circle, an open
 *         row under a cap), ::NTM_ERROR_UNIT, ::NTM_ERROR_NOT_FOUND (no norm, an unknown unit of the registry, cap_to names
 *         nobody), ::NTM_ERROR_CONFLICT (norms that tie, a source and doer twice), ::NTM_ERROR_OVERFLOW (row named),
 *         ::NTM_ERROR_LIMIT. The error's row is of the table in its subject ("division: share")
 */
NTM_API NTM_NODISCARD ntm_status ntm_needs_new(ntm_needs **out, const ntm_norms *norms, const ntm_table *quantities,
                                               const ntm_needs_options *options, ntm_error *err);
/** Frees needs. */
NTM_API void ntm_needs_free(ntm_needs *needs);

/**
 * The needs as columns, one row a line, named as a ledger's: `unit`; `programme`, `component` if the quantities have them;
 * `source`, `doer` (not reported without division); `stage` ("need"); `kind` (not reported for money); `amount` (int64 đồng;
 * not reported in kind and when open); `quantity` (int64 × 10^-kind_scale; not reported for money and when open) and
 * `quantity_unit`. Borrowed from the needs; NULL for NULL.
 */
NTM_API const ntm_table *ntm_needs_table(const ntm_needs *needs);

/** Why a need has no amount. Values are frozen. */
typedef enum ntm_need_open {
    NTM_NEED_KNOWN = 0,       /**< It has one. */
    NTM_NEED_NO_QUANTITY = 1, /**< The quantity of work is not reported. */
    NTM_NEED_NO_NORM = 2,     /**< No norm is for it. */
    NTM_NEED_NOT_TOLD = 3     /**< A class or region is not reported, and norms depend on it. */
} ntm_need_open;

/** Where a line comes from. */
typedef struct ntm_need {
    uint64_t row;       /**< Row of the quantities. */
    uint64_t norm;      /**< Row of the norms; ::NTM_NO_ROW = none. */
    uint64_t rule;      /**< Row of the division; ::NTM_NO_ROW = not divided. */
    ntm_need_open open; /**< Why there is no amount. */
    int64_t amount;     /**< Đồng, or 10^-kind_scale resource units. 0 when open. */
    int64_t whole;      /**< The need that it is a part of, likewise. */
    int64_t cut;        /**< What the rule's cap cut off. */
    int64_t taken;      /**< What caps of others sent here. */
} ntm_need;

/** Number of lines: rows of the table. */
NTM_API size_t ntm_needs_count(const ntm_needs *needs);
/** Where a line comes from. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT */
NTM_API NTM_NODISCARD ntm_status ntm_needs_get(ntm_need *out, const ntm_needs *needs, size_t line, ntm_error *err);
/**
 * How a line came about: quantity × norm with its citation, rounding, share of the source with its citation, what a cap cut off.
 * @param[out] out the text; owned by the caller, ntm_text_free()
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_needs_explain(ntm_text **out, const ntm_needs *needs, size_t line,
                                                   ntm_language language, ntm_error *err);

/* ------------------------------------------------------------------------------------------- sums */

/** Sums of needs by columns. Frozen. */
typedef struct ntm_need_sums ntm_need_sums;

/**
 * Adds lines up by columns of ntm_needs_table(). Money and kinds (and units of kinds) are never added to one another: `kind` and
 * `quantity_unit` are always grouped by too.
 * @param[out] out the sums; owned by the caller, ntm_need_sums_free(); independent of the needs
 * @param by `by_count` names of text columns: "unit", "source", "doer", "programme", "component"
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_NOT_FOUND (no such column),
 *         ::NTM_ERROR_OVERFLOW
 */
NTM_API NTM_NODISCARD ntm_status ntm_need_sums_new(ntm_need_sums **out, const ntm_needs *needs, const char *const *by,
                                                   size_t by_count, ntm_error *err);
/** Frees sums. */
NTM_API void ntm_need_sums_free(ntm_need_sums *sums);
/**
 * One row a group, in the order of its texts: the columns of `by`, `kind`, `quantity_unit`, `amount`, `quantity` (as in
 * ntm_needs_table(), of the lines that are known; not reported when none is), and int64 `lines` and `open` (how many of
 * them are open). Borrowed from the sums.
 */
NTM_API const ntm_table *ntm_need_sums_table(const ntm_need_sums *sums);

/* ------------------------------------------------------------------------------------------- matching */

/** What a unit has to match. */
typedef struct ntm_matched {
    bool least_known;     /**< The central money (and the ratio) is reported. */
    ntm_money least;      /**< The least local money: ratio × central, rounded up to the đồng. 0 when not known. */
    bool shortfall_known; /**< The local money is reported too. Never taken for 0. */
    ntm_money shortfall;  /**< What is missing of it; 0 = it is matched. 0 when not known. */
} ntm_matched;

/**
 * The least local money that matches central money at local >= ratio × central, rounded up to the đồng.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (an amount or ratio below 0), ::NTM_ERROR_OVERFLOW
 */
NTM_API NTM_NODISCARD ntm_status ntm_matching_least(ntm_money *out, ntm_money central, ntm_decimal ratio,
                                                    ntm_error *err);
/**
 * Checks local money against central money, row by row. `table` has the columns `central` and `local` (whole đồng, not below 0)
 * and, where it differs from row to row, `ratio`; other columns are not looked at.
 * @param[out] out room for `table->rows`
 * @param ratio holds when the table has no column `ratio`
 * @param problems takes the problems of all rows; may be NULL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SHAPE, ::NTM_ERROR_VALUE (row named), ::NTM_ERROR_OVERFLOW (row named),
 *         ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_matching_check(ntm_matched *out, const ntm_table *table, ntm_decimal ratio,
                                                    ntm_problems *problems, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
