/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file attainment.h
 * @brief Evaluating a set over a table of units: verdicts, counts as bounds, explanations.
 *
 * Plans, results and explanations are frozen when they are made and may be read by any number of threads; one plan may
 * evaluate tables in any number of threads at once.
 */
#ifndef NTM_ATTAINMENT_H
#define NTM_ATTAINMENT_H

#include <ntm/arrow.h>
#include <ntm/column.h>
#include <ntm/criteria.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup attainment Attainment
 *  @{ */

/** A fixed value of an axis for all rows: region = BTB. */
typedef struct ntm_axis_value {
    const char *axis;  /**< Axis id. */
    const char *value; /**< One of its values. */
} ntm_axis_value;

/** Which code runs. All give the same bits; the tests compare them. */
typedef enum ntm_kernels {
    NTM_KERNELS_BEST = 0,     /**< The fastest that this machine has. */
    NTM_KERNELS_PLAIN = 1,    /**< The vector plan in plain C. */
    NTM_KERNELS_REFERENCE = 2 /**< Row by row in exact rationals: the definition. */
} ntm_kernels;

/** How a set is compiled; start with ::NTM_PLAN_OPTIONS_INIT. */
typedef struct ntm_plan_options {
    size_t struct_size;             /**< sizeof(ntm_plan_options). */
    ntm_date on;                    /**< The day whose law and year count. Required. */
    bool out_of_force;              /**< Allow a day on which the set is not in force, for what-if questions. */
    const ntm_axis_value *axes;     /**< Axes fixed for all rows; others come from columns named as the axis. */
    size_t axis_count;              /**< Number of fixed axes. */
    ntm_kernels kernels;            /**< Which code runs. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
    const ntm_set *const *others;   /**< Sets in which `figure_of` looks figures up, at this set's own axes; they have
                                         to outlive the plan. Of two with one id the first counts. Without the set it
                                         names, `figure_of` is an input column. */
    size_t other_count;             /**< Number of those sets. */
} ntm_plan_options;

/** Starting value of ::ntm_plan_options. */
#define NTM_PLAN_OPTIONS_INIT \
    { sizeof(ntm_plan_options), NTM_DATE_NONE, false, NULL, 0, NTM_KERNELS_BEST, NULL, NULL, 0 }

/** A set compiled for a day and place. Frozen; keeps a borrowed pointer to its set. */
typedef struct ntm_plan ntm_plan;

/**
 * Compiles a set.
 * @param[out] out the plan; owned by the caller, ntm_plan_free(); `set` has to outlive it
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_NOT_FOUND (an axis or value, a
 *         figure or axis of another set),
 *         ::NTM_ERROR_NOT_IN_FORCE, ::NTM_ERROR_CONFLICT (an axis fixed twice), ::NTM_ERROR_UNIT (a column that two
 *         rules read in different units, a figure of another set in another unit), ::NTM_ERROR_LIMIT,
 *         ::NTM_ERROR_OVERFLOW (a threshold beyond exact arithmetic)
 */
NTM_API NTM_NODISCARD ntm_status ntm_plan_new(ntm_plan **out, const ntm_set *set, const ntm_plan_options *options,
                                              ntm_error *err);
/** Frees a plan. Results made with it stay valid. */
NTM_API void ntm_plan_free(ntm_plan *plan);
/** The set; borrowed. */
NTM_API const ntm_set *ntm_plan_set(const ntm_plan *plan);
/** Number of inputs: the columns that the plan can use. */
NTM_API size_t ntm_plan_input_count(const ntm_plan *plan);
/** The name of an input, as a field of a table has to call it; NULL past the end. */
NTM_API const char *ntm_plan_input(const ntm_plan *plan, size_t index);

/** What an evaluation keeps. Counts and status are always kept. */
typedef enum ntm_keep {
    NTM_KEEP_STATUS = 0,     /**< Status, grade and counts of criteria only. */
    NTM_KEEP_CRITERIA = 1,   /**< Also the verdict of every criterion and precondition. */
    NTM_KEEP_INDICATORS = 2  /**< Also the verdict of every indicator. */
} ntm_keep;

/** How a table is evaluated; start with ::NTM_EVALUATE_OPTIONS_INIT. */
typedef struct ntm_evaluate_options {
    size_t struct_size;             /**< sizeof(ntm_evaluate_options). */
    ntm_keep keep;                  /**< What is kept. */
    bool ignore_unknown;            /**< Skip columns that the set does not know. Not the default: a name misspelt would
                                         go unnoticed, and all that needs it be open. */
    ntm_problems *problems;         /**< Takes all problems of the table; may be NULL. */
    const ntm_allocator *allocator; /**< For the result; NULL = the C library. */
    bool keep_values;               /**< Also the set's values and the quantity of its grade, exactly: 32 bytes a row
                                         each, and found row by row. */
} ntm_evaluate_options;

/** Starting value of ::ntm_evaluate_options. */
#define NTM_EVALUATE_OPTIONS_INIT { sizeof(ntm_evaluate_options), NTM_KEEP_INDICATORS, false, NULL, NULL, false }

/** Verdicts of a set over a table. Frozen. */
typedef struct ntm_attainment ntm_attainment;

/**
 * Evaluates a table, one row a unit. A fact without a column is not reported. Nothing is allocated per row. Yes/no comes
 * as bits, as bytes, or as integers that are 0 or 1.
 *
 * Where a fact F that is a number or date is not reported, fields `F:least` and `F:most` (either alone too; also of
 * `F[member]`) say between what it lies, in its unit. They are no inputs of the plan. Where a rule looks at such a fact,
 * it is evaluated row by row.
 * @param[out] out the result; owned by the caller, ntm_attainment_free(); independent of plan and table
 * @param options NULL = the defaults
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE (lengths, types, unknown columns, an
 *         axis both fixed and given as a column),
 *         ::NTM_ERROR_VALUE (NaN, infinity, outside natural bounds, a level that is not on its
 *         scale, a part above its whole, bounds of a fact that leave nothing or exclude what is reported: the lowest
 *         row is named),
 *         ::NTM_ERROR_NOT_FOUND (an axis value that the set does not have), ::NTM_ERROR_OVERFLOW (row named: an
 *         intermediate result, or a kept value whose exact fraction is beyond 64 bits)
 */
NTM_API NTM_NODISCARD ntm_status ntm_evaluate(ntm_attainment **out, const ntm_plan *plan, const ntm_table *table,
                                              const ntm_evaluate_options *options, ntm_error *err);
/** Frees a result. */
NTM_API void ntm_attainment_free(ntm_attainment *attainment);

/** What a verdict is called: "đạt", "chưa đạt", "chưa có số liệu"; "met", "not met", "open". Static text. */
NTM_API const char *ntm_verdict_text(ntm_verdict verdict, ntm_language language);
/** Number of rows. */
NTM_API size_t ntm_attainment_rows(const ntm_attainment *attainment);
/** The status of a row: status rule and all preconditions. ::NTM_OPEN past the end. */
NTM_API ntm_verdict ntm_attainment_status(const ntm_attainment *attainment, size_t row);
/** The status of a row by its criteria alone, without preconditions. ::NTM_OPEN past the end. */
NTM_API ntm_verdict ntm_attainment_criteria_status(const ntm_attainment *attainment, size_t row);
/** Whether the revocation rule holds; ::NTM_OPEN past the end and when the set has no such rule. */
NTM_API ntm_verdict ntm_attainment_revocation(const ntm_attainment *attainment, size_t row);
/** How many criteria of a row are met: least surely, most possibly. {0, 0} past the end. */
NTM_API ntm_bounds ntm_attainment_criteria_met(const ntm_attainment *attainment, size_t row);
/** The grade of a row as positions among its bands, from 1; 0 is no class. {0, 0} without a grade. */
NTM_API ntm_bounds ntm_attainment_grade(const ntm_attainment *attainment, size_t row);
/** The verdict of a criterion; ::NTM_OPEN past the end or when criteria were not kept. */
NTM_API ntm_verdict ntm_attainment_criterion(const ntm_attainment *attainment, size_t row, size_t criterion);
/** The verdict of an indicator; ::NTM_OPEN past the end or when indicators were not kept. */
NTM_API ntm_verdict ntm_attainment_indicator(const ntm_attainment *attainment, size_t row, size_t indicator);
/** The verdict of a precondition; ::NTM_OPEN past the end or when criteria were not kept. */
NTM_API ntm_verdict ntm_attainment_precondition(const ntm_attainment *attainment, size_t row, size_t precondition);

/** In the place of a value's index: the quantity that the set's grade is of. */
#define NTM_SCORE SIZE_MAX

/**
 * A value of the set for a row, in the value's unit (a score: in the unit of the grade's bands).
 * @param index as in ntm_set_value(), or ::NTM_SCORE
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (row or index past the end, no grade, values not kept)
 */
NTM_API NTM_NODISCARD ntm_status ntm_attainment_value(ntm_range *out, const ntm_attainment *attainment, size_t row,
                                                      size_t index, ntm_error *err);
/** The quantity that the set's grade is of, for a row: ntm_attainment_value() of ::NTM_SCORE. @return the same */
NTM_API NTM_NODISCARD ntm_status ntm_attainment_score(ntm_range *out, const ntm_attainment *attainment, size_t row,
                                                      ntm_error *err);
/**
 * A value of the set for all rows, one range a row, borrowed from the result.
 * @param[out] out ntm_attainment_rows() ranges
 * @return as ntm_attainment_value()
 */
NTM_API NTM_NODISCARD ntm_status ntm_attainment_values(const ntm_range **out, const ntm_attainment *attainment,
                                                       size_t index, ntm_error *err);
/**
 * The grades of all rows as places among the bands from 1, 0 for no class; borrowed from the result.
 * @param[out] least,most `rows` bytes each; either may be NULL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (a set without a grade)
 */
NTM_API NTM_NODISCARD ntm_status ntm_attainment_grades(const uint8_t **least, const uint8_t **most,
                                                       const ntm_attainment *attainment, ntm_error *err);

/** Names a whole column of verdicts. */
typedef enum ntm_of {
    NTM_OF_STATUS = 0,          /**< ntm_attainment_status(). */
    NTM_OF_CRITERIA_STATUS = 1, /**< ntm_attainment_criteria_status(). */
    NTM_OF_REVOCATION = 2,      /**< ntm_attainment_revocation(). */
    NTM_OF_CRITERION = 3,       /**< ntm_attainment_criterion(). */
    NTM_OF_INDICATOR = 4,       /**< ntm_attainment_indicator(). */
    NTM_OF_PRECONDITION = 5     /**< ntm_attainment_precondition(). */
} ntm_of;

/** How many rows had which verdict. Adds up to the rows. */
typedef struct ntm_tally {
    uint64_t met;     /**< Rows that met. */
    uint64_t not_met; /**< Rows that did not. */
    uint64_t open;    /**< Rows that cannot be told. */
} ntm_tally;

/**
 * Counts a column of verdicts.
 * @param index which criterion, indicator or precondition; ignored for the others
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (index, or not kept)
 */
NTM_API NTM_NODISCARD ntm_status ntm_attainment_tally(ntm_tally *out, const ntm_attainment *attainment, ntm_of of,
                                                      size_t index, ntm_error *err);
/**
 * Copies a column of verdicts into the caller's bytes (values of ::ntm_verdict).
 * @param[out] out room for `rows` bytes, which must equal ntm_attainment_rows()
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SHAPE
 */
NTM_API NTM_NODISCARD ntm_status ntm_attainment_verdicts(uint8_t *out, size_t rows, const ntm_attainment *attainment,
                                                         ntm_of of, size_t index, ntm_error *err);
/**
 * The counts of criteria met, one number a row, borrowed from the result.
 * @param[out] least,most `rows` numbers each; either may be NULL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_attainment_counts(const uint16_t **least, const uint16_t **most,
                                                       const ntm_attainment *attainment, ntm_error *err);

/**
 * The rows nearest to attaining: those not met (or open) with the fewest criteria still needed first, then fewer open,
 * then the lower row. Needed is counted from `most`, the best case: criteria that are surely not met.
 * @param[out] rows room for `capacity` row numbers
 * @param[out] count how many were written
 * @param needed_most leave out rows that need more criteria than this
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_attainment_near_misses(size_t *rows, size_t *count, size_t capacity,
                                                            const ntm_attainment *attainment, size_t needed_most,
                                                            ntm_error *err);

/**
 * Gives the result out as an Arrow record batch that owns its memory: `status`, `criteria_status` and, when kept, one
 * column per criterion and indicator ("criterion:17", "indicator:17.1") as int8 (1 met, 2 not met, null open), and
 * `criteria_met_least`, `criteria_met_most` as int32.
 * @param[out] schema,array filled; the consumer calls their `release`
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_attainment_export(struct ArrowSchema *schema, struct ArrowArray *array,
                                                       const ntm_attainment *attainment,
                                                       const ntm_allocator *allocator, ntm_error *err);

/* ------------------------------------------------------------------------------------------- explanations */

/** Why a verdict is what it is: a tree, flattened in the order in which it is read. Frozen. */
typedef struct ntm_explanation ntm_explanation;

/** Why a verdict is open. */
typedef enum ntm_reason {
    NTM_REASON_NONE = 0,            /**< It is not open, or because of the steps below. */
    NTM_REASON_NOT_REPORTED = 1,    /**< A fact is not reported. */
    NTM_REASON_NOT_APPLICABLE = 2,  /**< A fact is "not applicable": met under "if applicable", open where no room is
                                         made. */
    NTM_REASON_FIGURE_ABSENT = 3,   /**< A threshold was not read in any source, or is left to a lower authority. */
    NTM_REASON_RULE_ABSENT = 4,     /**< The rule itself was not read in any source. */
    NTM_REASON_AXIS_UNKNOWN = 5,    /**< The unit's region, class or year is not known. */
    NTM_REASON_ZERO_DIVISOR = 6,    /**< A share of nothing. */
    NTM_REASON_SCOPE_OPEN = 7,      /**< It is open which column of an axis holds for the unit (::ntm_scope). */
    NTM_REASON_VALUE_ABSENT = 8     /**< A value of the set has no rule that was read. */
} ntm_reason;

/** One step of an explanation. Texts are borrowed from the explanation; NULL where there is nothing to say. */
typedef struct ntm_step {
    uint32_t depth;          /**< 0 for the root; a step's parent is the nearest one before it with depth - 1. */
    ntm_node node;           /**< The node of the set; 0 for a criterion or indicator itself. */
    ntm_node_kind kind;      /**< Its kind; 0 for a criterion or indicator itself. */
    bool is_condition;       /**< `verdict` holds; otherwise `least` and `most` do. */
    ntm_verdict verdict;     /**< Verdict of a condition. */
    ntm_reason reason;       /**< Why it is open. */
    const char *label_vi;    /**< What this is, in Vietnamese, or its id. */
    const char *label_en;    /**< What this is, in English, or its id. */
    const char *least;       /**< Exact lower bound in `unit`: decimal, fraction, or 2020-02-25 (unit "date"); NULL = no
                                  bound. */
    const char *most;        /**< Exact upper bound; equal to `least` when the value is known. */
    const char *unit;        /**< Unit of the bounds. */
    const char *axes;        /**< Figures: the axes that chose the cell, "region=BTB, year=2020". */
    const char *gap;         /**< Comparisons not met: how much is lacking, exact, in `gap_unit`. */
    const char *surplus;     /**< Comparisons met, but "=": how much there is beyond what is asked, exact, in `gap_unit`;
                                  of whole things, how many. "0" when it is just met. */
    const char *gap_unit;    /**< Their unit as the set writes it; for a ratio of counts that of the things counted. */
    ntm_comparison compare;  /**< Comparisons: the sign. */
    ntm_citation citation;   /**< Where the rule or figure was read. */
} ntm_step;

/**
 * Explains one verdict of one row. Computed anew from the plan and the table, exactly as the definition says.
 * @param[out] out the explanation; owned by the caller, ntm_explanation_free(); independent of plan and table
 * @param of,index what to explain, as for ntm_attainment_tally()
 * @return as ntm_evaluate(), and ::NTM_ERROR_ARGUMENT for a row or index past the end, ::NTM_ERROR_NOT_FOUND for the
 *         revocation of a set without such a rule
 */
NTM_API NTM_NODISCARD ntm_status ntm_explain(ntm_explanation **out, const ntm_plan *plan, const ntm_table *table,
                                             size_t row, ntm_of of, size_t index, const ntm_allocator *allocator,
                                             ntm_error *err);
/** Frees an explanation. */
NTM_API void ntm_explanation_free(ntm_explanation *explanation);
/** Number of steps. */
NTM_API size_t ntm_explanation_steps(const ntm_explanation *explanation);
/** A step; borrowed; NULL past the end. */
NTM_API const ntm_step *ntm_explanation_step(const ntm_explanation *explanation, size_t index);
/**
 * The explanation in one line: "17.1 chưa đạt: 1.799/2.000 hộ = 89,95% < 90%; còn thiếu 1 hộ (S12)".
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_explanation_line(ntm_text **out, const ntm_explanation *explanation,
                                                      ntm_language language, const ntm_allocator *allocator,
                                                      ntm_error *err);
/** The explanation as an indented tree, one step a line. @return as ntm_explanation_line() */
NTM_API NTM_NODISCARD ntm_status ntm_explanation_tree(ntm_text **out, const ntm_explanation *explanation,
                                                      ntm_language language, const ntm_allocator *allocator,
                                                      ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
