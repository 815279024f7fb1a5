/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file poverty.h
 * @brief Multidimensional poverty over tables of households: Alkire-Foster measures, moves between two years, top-ups.
 *
 * No figure of law lives here: weights, cut-offs and targets are the caller's. docs/poverty.md derives every bound.
 * Every call of this file may run in any number of threads at once over the same tables; results are frozen and may be
 * read by any number of threads.
 */
#ifndef NTM_POVERTY_H
#define NTM_POVERTY_H

#include <ntm/base.h>
#include <ntm/column.h>
#include <ntm/number.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup poverty Poverty
 *  @{ */

/** The most indicators of one measurement. */
#define NTM_DEPRIVATIONS_MAX 64
/** The most classes of transitions. */
#define NTM_CLASSES_MAX 16
/** The most groups of one result; more are ::NTM_ERROR_LIMIT. */
#define NTM_GROUPS_MAX 1048576
/** In place of a group's index: all rows together. */
#define NTM_TOTAL SIZE_MAX

/** What a group has in one of its grouping columns. Borrowed from the result. */
typedef struct ntm_group_key {
    ntm_known known;  /**< Rows whose key is not reported, or not applicable, are groups of their own. */
    const char *text; /**< Texts and categories: the text, ending with NUL; NULL for numbers and flags. */
    int64_t value;    /**< Numbers and flags: the value. */
} ntm_group_key;

/* ------------------------------------------------------------------------------------------- Alkire-Foster */

/** When a household is deprived in an indicator. */
typedef enum ntm_deprived {
    NTM_DEPRIVED_FLAG = 1,          /**< The column says yes (::NTM_TYPE_BITS, ::NTM_TYPE_BYTES). */
    NTM_DEPRIVED_LESS = 2,          /**< Achievement < cut-off: the definition of Alkire and Foster. Has gaps. */
    NTM_DEPRIVED_LESS_OR_EQUAL = 3, /**< Achievement <= cut-off. Has gaps. */
    NTM_DEPRIVED_MORE = 4,          /**< Value > cut-off: more dependants than half of the members. No gaps. */
    NTM_DEPRIVED_MORE_OR_EQUAL = 5  /**< Value >= cut-off. No gaps. */
} ntm_deprived;

/** One indicator of a measurement. */
typedef struct ntm_deprivation {
    const char *column;   /**< The field of the table; integers, decimals or doubles where there is a cut-off. */
    ntm_deprived when;    /**< How the column is read. */
    ntm_decimal cutoff;   /**< The deprivation cut-off z, in the column's unit; ignored for flags. */
    ntm_fraction weight;  /**< Its weight, not below 0; all weights sum to exactly 1. An indicator of weight 0 takes no
                               part: its column is not looked at, and its results are undefined. */
    bool not_applicable_is_not_deprived; /**< Rows where it is not applicable (no child of school age) count as not
                               deprived, because the standard says so. Otherwise they are as not reported. */
} ntm_deprivation;

/** What becomes of rows in which an indicator is not reported. Never "not deprived". */
typedef enum ntm_incomplete {
    NTM_INCOMPLETE_BOUNDS = 1,   /**< They count; every measure lies between bounds. */
    NTM_INCOMPLETE_LEAVE_OUT = 2 /**< They are left out of everything, also of the population, and counted apart. */
} ntm_incomplete;

/** How poverty is measured; start with ::NTM_POVERTY_OPTIONS_INIT. `incomplete` and a cut-off are required. */
typedef struct ntm_poverty_options {
    size_t struct_size;             /**< sizeof(ntm_poverty_options). */
    ntm_fraction cutoff;            /**< Poor when the weighted deprivations c >= k, with 0 < k <= 1. */
    uint32_t cutoff_count;          /**< In place of `cutoff`: poor when deprived in so many indicators or more; needs
                                         equal weights. 0 = `cutoff` holds. */
    ntm_incomplete incomplete;      /**< What becomes of incomplete rows. */
    bool gaps;                      /**< Also M1 and M2. Every indicator has to have gaps, a cut-off above 0, and no
                                         achievement below 0. */
    const char *population;         /**< The field with each row's weight (members, survey weight): whole numbers or
                                         exact decimals, not negative; NULL = each row counts 1. */
    const char *const *groups;      /**< Names of grouping fields: text, categories, integers or flags. */
    size_t group_count;             /**< Number of grouping fields. */
    const ntm_allocator *allocator; /**< For the result; NULL = the C library. */
} ntm_poverty_options;

/** Starting value of ::ntm_poverty_options. */
#define NTM_POVERTY_OPTIONS_INIT \
    { sizeof(ntm_poverty_options), {0, 0}, 0, (ntm_incomplete)0, false, NULL, NULL, 0, NULL }

/** Measures per group and over all rows. Frozen. */
typedef struct ntm_poverty ntm_poverty;

/**
 * Measures poverty over a table, one row a household. Costs O(rows x indicators) and memory for the groups, not the
 * rows.
 * @param[out] out the result; owned by the caller, ntm_poverty_free(); independent of the table
 * @param indicators `indicator_count` indicators, 1..::NTM_DEPRIVATIONS_MAX; results are asked for by their index
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (k outside 0 < k <= 1, weights that do not sum to 1, no policy, a count with
 *         unequal weights), ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE (a field that is missing or of the wrong type),
 *         ::NTM_ERROR_VALUE (row named: NaN, infinity, a byte that is no flag, a negative or - under bounds -
 *         unreported weight, a negative achievement with gaps), ::NTM_ERROR_LIMIT, ::NTM_ERROR_OVERFLOW (row or group
 *         named)
 */
NTM_API NTM_NODISCARD ntm_status ntm_poverty_measure(ntm_poverty **out, const ntm_table *table,
                                                     const ntm_deprivation *indicators, size_t indicator_count,
                                                     const ntm_poverty_options *options, ntm_error *err);
/** Frees a result. */
NTM_API void ntm_poverty_free(ntm_poverty *poverty);
/** Number of groups that have rows, in the order of their keys (numbers and texts upward, then not reported, then not
 *  applicable), whatever the order of the rows. 0 without grouping fields: then there is the total only. */
NTM_API size_t ntm_poverty_groups(const ntm_poverty *poverty);
/**
 * The key of a group in one grouping field.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_poverty_key(ntm_group_key *out, const ntm_poverty *poverty, size_t group,
                                                 size_t field, ntm_error *err);

/** How many rows a group has. */
typedef struct ntm_poverty_rows {
    uint64_t rows;       /**< All rows of the group. */
    uint64_t incomplete; /**< Rows in which an indicator (or, when left out, the weight) is not reported. */
    uint64_t left_out;   /**< Of these, the rows that do not count: all or none of them, as the policy says. */
    ntm_bounds poor;     /**< Rows that count and are poor. */
} ntm_poverty_rows;

/**
 * The rows of a group.
 * @param group index of a group or ::NTM_TOTAL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_poverty_count(ntm_poverty_rows *out, const ntm_poverty *poverty, size_t group,
                                                   ntm_error *err);

/** What is measured. Values are frozen. n, q and all shares count each row by its weight. */
typedef enum ntm_measure {
    NTM_MEASURE_POPULATION = 1,  /**< n: the weights of the rows that count; never a range. */
    NTM_MEASURE_LEFT_OUT = 2,    /**< The weights of the rows left out, where they are reported. */
    NTM_MEASURE_POOR = 3,        /**< q: the weights of the poor rows. */
    NTM_MEASURE_H = 4,           /**< Headcount ratio, q / n. */
    NTM_MEASURE_A = 5,           /**< Intensity: the mean c of the poor. Undefined when nobody is poor. */
    NTM_MEASURE_M0 = 6,          /**< Adjusted headcount ratio: mean censored c, H x A. */
    NTM_MEASURE_M1 = 7,          /**< Adjusted poverty gap; needs `gaps`. */
    NTM_MEASURE_M2 = 8,          /**< Adjusted squared gap (FGT); needs `gaps`. */
    NTM_MEASURE_RAW = 9,         /**< Share deprived in the indicator, poor or not. */
    NTM_MEASURE_CENSORED = 10,   /**< Share poor and deprived in the indicator. */
    NTM_MEASURE_CONTRIBUTION = 11 /**< Weight x censored headcount ratio / M0. Undefined when nobody is poor. */
} ntm_measure;

/** Whether there is a number. */
typedef enum ntm_defined {
    NTM_UNDEFINED = 0,     /**< There is none: a share of nobody, the intensity of no poverty. */
    NTM_DEFINED = 1,       /**< There is one, between the bounds. */
    NTM_MAYBE_DEFINED = 2  /**< It depends on what is not reported; if there is one, it lies between the bounds. */
} ntm_defined;

/** A measure. Without incomplete rows `least` equals `most`. */
typedef struct ntm_measured {
    ntm_defined defined; /**< Whether there is a number. */
    ntm_fraction least;  /**< At least this; {0, 0} when undefined. */
    ntm_fraction most;   /**< At most this; {0, 0} when undefined. */
} ntm_measured;

/**
 * One measure as exact bounds. Bounds of population, q, H, M0, M1, M2, raw and censored headcount ratios are sharp:
 * what is not reported could make either true. Those of A and of contributions are sound, and may be wider than need
 * be.
 * @param group index of a group or ::NTM_TOTAL
 * @param of what is asked for
 * @param indicator which indicator; ignored where there is none
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (also gaps that were not measured), ::NTM_ERROR_OVERFLOW (an exact bound does
 *         not fit 64 bits: the group is named; ntm_poverty_rounded() may still print it)
 */
NTM_API NTM_NODISCARD ntm_status ntm_poverty_get(ntm_measured *out, const ntm_poverty *poverty, size_t group,
                                                 ntm_measure of, size_t indicator, ntm_error *err);
/**
 * The same bounds x 10^percent_digits, each rounded once to `scale` digits, for printing: H in percent with two digits
 * is (NTM_MEASURE_H, 0, 2, 2, NTM_ROUND_HALF_UP). An exact ::ntm_fraction is printed by ntm_decimal_ratio().
 * @param[out] least,most the rounded bounds, with exactly `scale` digits after the mark; either may be NULL
 * @return as ntm_poverty_get(), and ::NTM_ERROR_NOT_FOUND when the measure is undefined
 */
NTM_API NTM_NODISCARD ntm_status ntm_poverty_rounded(ntm_decimal *least, ntm_decimal *most, const ntm_poverty *poverty,
                                                     size_t group, ntm_measure of, size_t indicator,
                                                     unsigned percent_digits, uint8_t scale, ntm_rounding rounding,
                                                     ntm_error *err);

/** An indicator in its dimension, for ntm_nested_weights(). */
typedef struct ntm_nested {
    const char *dimension; /**< Indicators with the same text are of one dimension. */
    const char *indicator; /**< Its name, for messages; may be NULL. */
    bool available;        /**< Whether there are data on it at all. */
} ntm_nested;

/**
 * Nested weights: every dimension weighs the same, and so does every available indicator inside its dimension. The
 * weight of indicators that are not available is so shared among the others of their dimension, as the global MPI does
 * it.
 * @param[out] weights `count` fractions that sum to exactly 1; 0 for indicators that are not available
 * @param indicators `count` indicators, 1..::NTM_DEPRIVATIONS_MAX, dimensions in any order
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_VALUE (a dimension without an available indicator: nothing says
 *         where its weight goes), ::NTM_ERROR_LIMIT
 */
NTM_API NTM_NODISCARD ntm_status ntm_nested_weights(ntm_fraction *weights, const ntm_nested *indicators, size_t count,
                                                    ntm_error *err);

/* ------------------------------------------------------------------------------------------- transitions */

/** Which of two tables. */
typedef enum ntm_year {
    NTM_YEAR_FIRST = 1, /**< The earlier one. */
    NTM_YEAR_SECOND = 2 /**< The later one. */
} ntm_year;

/** How moves are counted; start with ::NTM_TRANSITIONS_OPTIONS_INIT. `id`, `class_least` and `classes` are required. */
typedef struct ntm_transitions_options {
    size_t struct_size;             /**< sizeof(ntm_transitions_options). */
    const char *id;                 /**< The field of both tables that tells households apart: text, categories or whole
                                         numbers; the same sort in both. Compared byte by byte. */
    const char *class_least;        /**< The field of both tables with the class: text or categories out of `classes`.
                                         Not reported (or applicable): any class. */
    const char *class_most;         /**< A field for classes known within bounds: the household is in a class from
                                         `class_least` to this one, as `classes` are ordered; an end that is not
                                         reported (or applicable) is the first or the last class. NULL = none. */
    const char *const *classes;     /**< The classes in order: poor, near-poor, not poor. */
    size_t class_count;             /**< 1..::NTM_CLASSES_MAX. */
    ntm_year counted_by;            /**< Whose weight and group a household in both tables has. */
    const char *population;         /**< The field with each household's weight (members); NULL = none. */
    const char *const *groups;      /**< Names of grouping fields, in both tables. */
    size_t group_count;             /**< Number of grouping fields. */
    const ntm_allocator *allocator; /**< For the result; NULL = the C library. */
} ntm_transitions_options;

/** Starting value of ::ntm_transitions_options. */
#define NTM_TRANSITIONS_OPTIONS_INIT \
    { sizeof(ntm_transitions_options), NULL, NULL, NULL, NULL, 0, NTM_YEAR_SECOND, NULL, NULL, 0, NULL }

/** Counts of moves. Frozen. */
typedef struct ntm_transitions ntm_transitions;

/**
 * Pairs the households of two years and counts their moves between classes. O(n log n); linear for sorted ids.
 * @param[out] out the result; owned by the caller, ntm_transitions_free(); independent of the tables
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE, ::NTM_ERROR_VALUE (row named: an id or
 *         a weight not reported, a text that is no class, bounds that cross), ::NTM_ERROR_CONFLICT (an id twice in one
 *         table: both rows named), ::NTM_ERROR_LIMIT, ::NTM_ERROR_OVERFLOW
 */
NTM_API NTM_NODISCARD ntm_status ntm_transitions_count(ntm_transitions **out, const ntm_table *first,
                                                       const ntm_table *second, const ntm_transitions_options *options,
                                                       ntm_error *err);
/** Frees a result. */
NTM_API void ntm_transitions_free(ntm_transitions *transitions);
/** Number of groups, ordered as those of ntm_poverty_groups(). */
NTM_API size_t ntm_transitions_groups(const ntm_transitions *transitions);
/** The key of a group in one grouping field. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT */
NTM_API NTM_NODISCARD ntm_status ntm_transitions_key(ntm_group_key *out, const ntm_transitions *transitions,
                                                     size_t group, size_t field, ntm_error *err);

/** In place of a class: the household is not in that year's table. Never "out of poverty". */
#define NTM_CLASS_ABSENT SIZE_MAX
/** In place of a class: any class, the household is in that year's table. */
#define NTM_CLASS_ANY (SIZE_MAX - 1)

/** How many households made a move. */
typedef struct ntm_transition {
    ntm_bounds households; /**< Rows: surely, and possibly when open classes are such. */
    ntm_decimal least;     /**< Their weights, at least; as households when there is no weight. */
    ntm_decimal most;      /**< Their weights, at most. */
} ntm_transition;

/**
 * The households of class `from` in the first year and `to` in the second. Sharp bounds, also of the sums under
 * ::NTM_CLASS_ANY (which may be narrower than sums of bounds).
 * @param group index of a group or ::NTM_TOTAL
 * @param from,to index of a class, ::NTM_CLASS_ABSENT or ::NTM_CLASS_ANY; not both absent
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_OVERFLOW (group named)
 */
NTM_API NTM_NODISCARD ntm_status ntm_transitions_get(ntm_transition *out, const ntm_transitions *transitions,
                                                     size_t group, size_t from, size_t to, ntm_error *err);

/* ------------------------------------------------------------------------------------------- top-ups */

/** The target of one area. */
typedef struct ntm_area_target {
    const char *area; /**< The text of the area column: rural, urban. */
    ntm_money target; /**< The income that support tops up to, in đồng; not negative. */
} ntm_area_target;

/**
 * How top-ups are computed; start with ::NTM_TOP_UP_OPTIONS_INIT. `benefits` is required, and one of `target` and
 * `area`. One row is one person (or whatever the target is for).
 */
typedef struct ntm_top_up_options {
    size_t struct_size;             /**< sizeof(ntm_top_up_options). */
    const char *benefits;           /**< The field with what the person gets already: integers of đồng, not negative. */
    const char *target;             /**< The field with the row's target: integers of đồng, not negative; reported,
                                         unless the row is not entitled. */
    const char *area;               /**< Or the field with its area: text or categories out of `areas`. Not reported
                                         (or applicable): any of them. */
    const ntm_area_target *areas;   /**< The target of each area. */
    size_t area_count;              /**< Number of areas. */
    const char *entitled;           /**< A flag: only rows with yes are paid; not reported: perhaps. NULL = all rows. */
    const char *const *groups;      /**< Names of grouping fields. */
    size_t group_count;             /**< Number of grouping fields. */
    const ntm_allocator *allocator; /**< For the result; NULL = the C library. */
} ntm_top_up_options;

/** Starting value of ::ntm_top_up_options. */
#define NTM_TOP_UP_OPTIONS_INIT \
    { sizeof(ntm_top_up_options), NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, NULL }

/** Top-ups per group and over all rows. Frozen. */
typedef struct ntm_top_up ntm_top_up;

/**
 * Sums max(0, target - benefits) over a table. Unreported benefits are anything from 0 upward: the payment lies between
 * 0 and the target. "Not applicable" is as not reported in every column: somebody without benefits has 0.
 * @param[out] out the result; owned by the caller, ntm_top_up_free(); independent of the table
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE, ::NTM_ERROR_VALUE (row named: a
 *         negative amount, an unreported target, an area without target), ::NTM_ERROR_LIMIT, ::NTM_ERROR_OVERFLOW
 *         (group named)
 */
NTM_API NTM_NODISCARD ntm_status ntm_top_up_sum(ntm_top_up **out, const ntm_table *table,
                                                const ntm_top_up_options *options, ntm_error *err);
/**
 * The payment of each row, under the same options (groups are ignored).
 * @param[out] least,most `rows` amounts each, which must be the rows of the table; untouched on failure
 * @return as ntm_top_up_sum()
 */
NTM_API NTM_NODISCARD ntm_status ntm_top_up_rows(ntm_money *least, ntm_money *most, size_t rows, const ntm_table *table,
                                                 const ntm_top_up_options *options, ntm_error *err);
/** Frees a result. */
NTM_API void ntm_top_up_free(ntm_top_up *top_up);
/** Number of groups, ordered as those of ntm_poverty_groups(). */
NTM_API size_t ntm_top_up_groups(const ntm_top_up *top_up);
/** The key of a group in one grouping field. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT */
NTM_API NTM_NODISCARD ntm_status ntm_top_up_key(ntm_group_key *out, const ntm_top_up *top_up, size_t group,
                                                size_t field, ntm_error *err);

/** The top-ups of a group. */
typedef struct ntm_payments {
    uint64_t rows;                  /**< All rows. */
    uint64_t benefits_not_reported; /**< Rows whose benefits are not reported (or applicable). */
    uint64_t area_not_reported;     /**< Rows whose area is not reported (or applicable). */
    uint64_t entitled_not_reported; /**< Rows of which nobody says whether they are entitled. */
    ntm_bounds paid;                /**< Rows with a payment above 0. */
    ntm_money least;                /**< The sum, at least. */
    ntm_money most;                 /**< The sum, at most. */
} ntm_payments;

/**
 * The top-ups of a group.
 * @param group index of a group or ::NTM_TOTAL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_top_up_get(ntm_payments *out, const ntm_top_up *top_up, size_t group,
                                                ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
