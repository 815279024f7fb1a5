/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file grade.h
 * @brief Grades beyond one sheet: the mean of a panel of judges, and the cheapest way to a higher class.
 *
 * Panels and climbs are frozen when they are made and may be read by any number of threads; making them may run in any
 * number of threads at once over the same plan and table.
 */
#ifndef NTM_GRADE_H
#define NTM_GRADE_H

#include <ntm/attainment.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup grade Grades
 *  @{ */

/* ------------------------------------------------------------------------------------------- panels */

/** How sheets become the grade of a product; start with ::NTM_PANEL_OPTIONS_INIT. */
typedef struct ntm_panel_options {
    size_t struct_size;             /**< sizeof(ntm_panel_options). */
    size_t least_sheets;            /**< A product with fewer sheets is open; 0 = any number will do. */
    uint8_t digits;                 /**< Digits after the mark of the mean as text; 0..::NTM_SCALE_MAX. */
    ntm_rounding rounding;          /**< How that text is rounded. No class is ever taken from it. */
    bool ignore_unknown;            /**< As ntm_evaluate_options.ignore_unknown. */
    ntm_problems *problems;         /**< Takes all problems of the table; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_panel_options;

/** Starting value of ::ntm_panel_options: any number of sheets, two digits, ties away from zero. */
#define NTM_PANEL_OPTIONS_INIT { sizeof(ntm_panel_options), 0, 2, NTM_ROUND_HALF_UP, false, NULL, NULL }

/** Why the class of a product is open: bits of ntm_panel_product.open. */
typedef enum ntm_panel_open {
    NTM_PANEL_FEW_SHEETS = 1,        /**< Fewer sheets than asked for: from no class to the highest. */
    NTM_PANEL_MEAN_OPEN = 2,         /**< Facts are missing, and the mean may lie in several bands. */
    NTM_PANEL_KNOCK_OUT_DISPUTED = 4,/**< Some sheets knock the product out, others do not. */
    NTM_PANEL_KNOCK_OUT_OPEN = 8,    /**< Facts are missing, and some sheet may knock it out. */
    NTM_PANEL_CONDITION_DISPUTED = 16, /**< A class that the mean reaches has a condition that some sheets meet, others
                                            not. */
    NTM_PANEL_CONDITION_OPEN = 32    /**< Facts are missing, and such a condition may be met. */
} ntm_panel_open;

/** A product before a panel. Texts are borrowed from the panel. */
typedef struct ntm_panel_product {
    const char *id;         /**< As the column of products writes it. */
    size_t sheets;          /**< Number of its sheets. */
    ntm_bounds knocked_out; /**< How many of them knock it out: surely, and possibly. */
    ntm_range mean;         /**< The mean of all its sheets, knocked out or not, exactly, in the unit of the bands. */
    const char *mean_least; /**< Its lower end as text, "89.50", rounded as asked for; NULL = no bound. */
    const char *mean_most;  /**< Its upper end; equal to `mean_least` when the mean is known. */
    ntm_bounds grade;       /**< Places among the bands from 1, 0 = no class: the lowest and the highest possible. */
    const char *least_label;/**< The label of the lowest; NULL = no class. */
    const char *most_label; /**< The label of the highest; NULL = no class. */
    unsigned open;          /**< Why these differ: bits of ::ntm_panel_open; 0 when the class is known. */
} ntm_panel_product;

/** The products of a panel. Frozen. */
typedef struct ntm_panel ntm_panel;

/**
 * Grades products by the mean of their sheets. A row of the table is one judge's sheet, which is evaluated by the plan
 * as any unit is; the quantity of the grade is its total. The mean of the totals is an exact fraction and is landed in
 * the bands as the set writes their bounds: where they are "[70, 90)" and "[90, ...)", 89.5 is in the first.
 *
 *  - A product that all sheets knock out has no class. If only some do, its class is open from none to what the mean
 *    reaches: which sheet is right is for people to say.
 *  - A class with a condition is reached when all sheets meet it, not reached when none does, and open in between.
 *
 * @param[out] out the panel; owned by the caller, ntm_panel_free(); independent of plan and table
 * @param plan of a set with a grade
 * @param products which product each row is about, as text or categories, one per row of the table
 * @param options NULL = the defaults
 * @return as ntm_evaluate(), and ::NTM_ERROR_VALUE (a sheet without a product: row named), ::NTM_ERROR_NOT_FOUND (the
 *         set has no grade), ::NTM_ERROR_OVERFLOW (a mean whose exact fraction is beyond 64 bits, or its text)
 */
NTM_API NTM_NODISCARD ntm_status ntm_panel_new(ntm_panel **out, const ntm_plan *plan, const ntm_table *table,
                                               const ntm_column *products, const ntm_panel_options *options,
                                               ntm_error *err);
/** Frees a panel. */
NTM_API void ntm_panel_free(ntm_panel *panel);
/** Number of products. */
NTM_API size_t ntm_panel_count(const ntm_panel *panel);
/** A product, in the order of their first sheets; borrowed; NULL past the end. */
NTM_API const ntm_panel_product *ntm_panel_product_at(const ntm_panel *panel, size_t index);

/* ------------------------------------------------------------------------------------------- climbing */

/** A cost that nobody can pay: the step is never made, nor any to a level above it. */
#define NTM_COST_NEVER UINT64_MAX

/** What it costs to climb from the level below to this one. */
typedef struct ntm_climb_cost {
    const char *fact;  /**< Id of a fact of kind level, flag or count. */
    const char *level; /**< The level; "yes" of a flag; a whole number as plain digits of a count. */
    uint64_t cost;     /**< In whatever the caller counts; or ::NTM_COST_NEVER. */
} ntm_climb_cost;

/** How a way up is looked for; start with ::NTM_CLIMB_OPTIONS_INIT. */
typedef struct ntm_climb_options {
    size_t struct_size;             /**< sizeof(ntm_climb_options). */
    size_t target;                  /**< Place among the bands from 1; 0 = the class above the lowest possible now. */
    const ntm_climb_cost *costs;    /**< Costs of single steps; every other costs 1. Two for one step are an error. */
    size_t cost_count;              /**< Number of costs. */
    size_t combinations_max;        /**< Most combinations tried for facts that hang together; 0 = 65,536. */
    bool ignore_unknown;            /**< As ntm_evaluate_options.ignore_unknown. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_climb_options;

/** Starting value of ::ntm_climb_options. */
#define NTM_CLIMB_OPTIONS_INIT { sizeof(ntm_climb_options), 0, NULL, 0, 0, false, NULL }

/** Where a row stands, and what its way up costs. Texts are borrowed from the climb. */
typedef struct ntm_climb_summary {
    ntm_bounds grade;         /**< Its grade now, as places among the bands; 0 = no class. */
    ntm_range score;          /**< The quantity of the grade now, in the unit of the bands. */
    size_t target;            /**< The class aimed at; 0 = there is none above. */
    const char *target_label; /**< Its label; NULL = there is none above. */
    ntm_range lacking;        /**< How much the quantity is below the bound of that class: at least, at most; 0 =
                                   nothing. */
    bool more_than_bound;     /**< The bound itself is outside the class: more than `lacking` is needed. */
    bool found;               /**< There is a way: the steps reach this class or a higher one, whatever is not
                                   reported. */
    bool exact;               /**< Nothing was left out: no way is cheaper, or there is none. Otherwise the search
                                   stopped early, a number did not fit, or a count was held back by its whole, which
                                   could climb itself: a cheaper way, or one at all, may exist. */
    uint64_t cost;            /**< What all steps cost. */
    ntm_fraction score_after; /**< The lowest that the quantity can be after them; denominator 0 = not bounded, or no
                                   way. */
} ntm_climb_summary;

/** One step up: a fact from its level to a higher one. Texts are borrowed from the climb. */
typedef struct ntm_climb_step {
    const char *fact;  /**< Id of the fact. */
    const char *from;  /**< Its level now: a level, "no", or a number. */
    const char *to;    /**< The level to reach. */
    uint32_t levels;   /**< How many levels that is. */
    uint64_t cost;     /**< What it costs. */
    ntm_fraction gain; /**< What it adds to the lowest that the quantity can be, made after the steps before it; the
                            gains of steps that need one another thus stand at the last. Denominator 0 = not bounded. */
} ntm_climb_step;

/** A way up. Frozen. */
typedef struct ntm_climb ntm_climb;

/**
 * Finds the cheapest steps by which a row reaches a class for sure: the quantity of the grade at its bound, its
 * condition met, and nothing that knocks it out.
 *
 * Steps are made by reported facts of kind level (to any higher level), flag (from no to yes) and count (up to the
 * whole numbers with which rules compare it directly, in whatever column of a scope, within its natural bounds and what
 * the fact that it is part of is now). A fact that nobody can change by working on it (which of two ladders applies,
 * say) is given ::NTM_COST_NEVER. What is not reported stays so. Facts that share a term of the grade's sum or a
 * condition are tried together, all others apart: the result is the same as if all combinations had been tried. Of
 * several equally cheap ways it is one with the most points; of those, the one that climbs less in the facts that stand
 * earlier in the set (facts that hang together taken as one, and of them fewer before lower).
 *
 * @param[out] out the way; owned by the caller, ntm_climb_free(); independent of plan and table
 * @param plan of a set with a grade
 * @param options NULL = the defaults
 * @return as ntm_evaluate() for that row, and ::NTM_ERROR_ARGUMENT (a row or target past the end),
 *         ::NTM_ERROR_NOT_FOUND (the set has no grade, or a cost names no fact or level of it), ::NTM_ERROR_CONFLICT
 *         (two costs for one step), ::NTM_ERROR_OVERFLOW (costs beyond 64 bits, a score beyond 64 bits)
 */
NTM_API NTM_NODISCARD ntm_status ntm_climb_new(ntm_climb **out, const ntm_plan *plan, const ntm_table *table,
                                               size_t row, const ntm_climb_options *options, ntm_error *err);
/** Frees a way. */
NTM_API void ntm_climb_free(ntm_climb *climb);
/** What there is to say of the whole; borrowed; NULL for NULL. */
NTM_API const ntm_climb_summary *ntm_climb_about(const ntm_climb *climb);
/** Number of steps; 0 when nothing is to be done, or there is no way. */
NTM_API size_t ntm_climb_step_count(const ntm_climb *climb);
/** A step, in the set's order of facts; borrowed; NULL past the end. */
NTM_API const ntm_climb_step *ntm_climb_step_at(const ntm_climb *climb, size_t index);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
