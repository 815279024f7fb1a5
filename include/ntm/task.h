/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file task.h
 * @brief Gaps as tasks: whose they are, by when, who can do them, what they cost, from which source, and what remains.
 *
 * No figure of law lives here: who is responsible, norms, shares and what was allotted are tables of the caller's.
 * docs/tasks.md has the rules. Tasks and their sums are frozen when they are made, may be read by any number of threads, and
 * borrow nothing: gaps, norms, tables and registry may go first.
 */
#ifndef NTM_TASK_H
#define NTM_TASK_H

#include <ntm/base.h>
#include <ntm/column.h>
#include <ntm/gap.h>
#include <ntm/need.h>
#include <ntm/number.h>
#include <ntm/unit.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup task Tasks
 *  @{ */

/** Whether the cost of a task is known, and why not. Values are frozen. */
typedef enum ntm_task_cost {
    NTM_TASK_COST_KNOWN = 0, /**< Both its least and its most are. */
    NTM_TASK_NOT_WORK = 1, /**< An act, an assessment or time closes the gap: there is no cost, and none is missing. */
    NTM_TASK_NO_DUTY = 2,  /**< No duty is for it. */
    NTM_TASK_NO_WORK = 3,  /**< Its duty names no kind of work. */
    NTM_TASK_UNTOLD = 4,   /**< The gap has no amount; the least cost is known where a part of it has one. */
    NTM_TASK_NO_BOUND = 5, /**< The amount has no upper bound: only the least cost is known. */
    NTM_TASK_NO_DECIMAL = 6,   /**< A bound of the quantity of work is no decimal of 18 digits: 1/3 km. */
    NTM_TASK_NO_NORM = 7,      /**< No norm of money is for the work, its class and region on the day. */
    NTM_TASK_NORM_NOT_TOLD = 8 /**< Norms depend on a class or region that is not known. */
} ntm_task_cost;

/** The word for it: "known", "not work", "no norm" ...; NULL for a number that is none. Static text. */
NTM_API const char *ntm_task_cost_text(ntm_task_cost cost);

/** How tasks are made; start with ::NTM_TASKS_OPTIONS_INIT. */
typedef struct ntm_tasks_options {
    size_t struct_size;        /**< sizeof(ntm_tasks_options). */
    const ntm_column *codes;   /**< The units: one code a row of the gaps' table, each once. Needed. */
    uint32_t needed_for;       /**< Gaps with any of these bits (::ntm_needed_for) become tasks. */
    const ntm_table *duties;   /**< Who is responsible for what; NULL = nobody has said. */
    const ntm_norms *norms;    /**< What works cost; NULL = no cost is known. */
    const ntm_table *division; /**< Who pays, as in ntm_needs_new(); NULL = costs are not divided. */
    const ntm_table *allotted; /**< What was allotted already; NULL = it is not asked what remains. */
    ntm_rounding rounding; /**< Of costs that are not whole đồng, as in ntm_needs_new(); 0 = such a cost is an error. */
    uint8_t kind_scale;    /**< Digits after the mark of needs in kind. */
    const ntm_units *units; /**< With it the units above and the regions of norms are known; NULL = they are not. */
    ntm_echelon echelon;    /**< The rung of the codes. */
    ntm_date on;            /**< The day: of the tree, and of norms that have days. Needed with `units`. */
    const char *region_attribute;   /**< The attribute that is the region of norms; NULL = "region". */
    ntm_problems *problems;         /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_tasks_options;

/** Starting value of ::ntm_tasks_options: the cheapest way to the status. */
#define NTM_TASKS_OPTIONS_INIT                                                                                         \
    {                                                                                                                  \
        sizeof(ntm_tasks_options), NULL, NTM_NEEDED_STATUS, NULL, NULL, NULL, NULL, (ntm_rounding)0, 3, NULL,          \
            NTM_ECHELON_ANY, NTM_DATE_NONE, NULL, NULL, NULL                                                           \
    }

/** Tasks of the units of a table. Frozen. */
typedef struct ntm_tasks ntm_tasks;

/**
 * Makes tasks of gaps. A fact (one of its columns, in one direction) that several rules of a unit need is one task of the
 * largest amount: the largest least and the largest most. What it includes is told by ntm_tasks_included(). Gaps of the
 * revocation rule are no tasks.
 *
 * `options->duties` has one row a duty, in any order. An empty cell says nothing:
 *  - `fact` (a fact, or one of its columns: "trained[female]"), `indicator`, `criterion`: ids of the gaps' set for which it
 *    is; empty for all. Of several, the most specific holds: that of the column, then of the fact, then of the indicator,
 *    then of the criterion, then for all. Two rows for the same are an error;
 *  - `department`, `doer` (who can do it: "thôn", "xã"), `deadline` (a day), `citation`;
 *  - `work`: the kind of work in the norms, with its `class`; `work_unit`: what it is counted in there, empty for the gap's own
 *    unit; `per`: how many of these one unit of the gap is, exact, above 0. Needed where the units differ as text, and for
 *    gaps without one (acts, levels);
 *  - `programme`, `component`: carried through to costs.
 *
 * Only work has a cost (::ntm_closing; of what nobody has said, where a duty names a work): its quantity is the amount ×
 * `per`, its cost that of ntm_needs_new(), once for all least and once for all most quantities. `options->division` divides
 * both. With caps for several works these are the two ends, and no bounds of each line: where more has to be done elsewhere, less
 * of a common cap is left here. While the quantity of one of them is not known, the lines of all are open; what each costs as a
 * whole is not.
 *
 * `options->allotted`: `unit`, `amount` (whole đồng; empty = not reported) and, with a division, `source`; also `programme`
 * and `component` (they count where duties have them too) and `work`. It is the whole of what was allotted: who has no row has
 * nothing.
 * @param[out] out the tasks; owned by the caller, ntm_tasks_free()
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE, ::NTM_ERROR_SYNTAX, ::NTM_ERROR_VALUE (a cell
 *         that is needed, `per` not above 0, a work's cell without a work, whatever division and rounding refuse), ::NTM_ERROR_UNIT
 *         (gap and work in different units without `per`; work and norm in different units), ::NTM_ERROR_NOT_FOUND (a duty
 *         of what the set does not have, a unit that the registry does not know, an allotment to a unit that is not there, no
 *         rule of the division), ::NTM_ERROR_CONFLICT (a unit twice, two duties for the same, norms that tie),
 *         ::NTM_ERROR_OVERFLOW, ::NTM_ERROR_LIMIT (2^24 tasks or lines of costs). The error's subject names the table
 *         ("duties: per", "division: share", "allotted: amount"); without a table the row is one of the gaps'
 */
NTM_API NTM_NODISCARD ntm_status ntm_tasks_new(ntm_tasks **out, const ntm_gaps *gaps, const ntm_tasks_options *options,
                                               ntm_error *err);
/** Frees tasks. */
NTM_API void ntm_tasks_free(ntm_tasks *tasks);

/** What works cost by norms: prices for ntm_gaps_new(). Frozen. */
typedef struct ntm_task_prices ntm_task_prices;

/**
 * Finds what one unit of each work costs by the norms, so that gaps made with these prices take, of alternatives, the one
 * that costs least by them: the amount of money that ntm_needs_new() reckons for `per` units of the duty's work. A work has
 * no price where its cost depends on a region or a class that the duty does not name, or no norm is for it. Where duties
 * differ by indicator, a column has its highest price.
 * @param[out] out the prices; owned by the caller, ntm_task_prices_free(); independent of what they were made of
 * @param gaps any gaps of the set, of no rows too
 * @param options as for ntm_tasks_new(); `duties` and `norms` are needed, `codes`, `units`, `division` and `allotted` not
 *        looked at
 * @return as ntm_tasks_new()
 */
NTM_API NTM_NODISCARD ntm_status ntm_task_prices_new(ntm_task_prices **out, const ntm_gaps *gaps,
                                                     const ntm_tasks_options *options, ntm_error *err);
/** Frees prices. */
NTM_API void ntm_task_prices_free(ntm_task_prices *prices);
/** The prices in đồng, by column, and how many; borrowed. NULL and 0 for NULL. */
NTM_API const ntm_gap_price *ntm_task_prices_get(const ntm_task_prices *prices, size_t *count);

/** One task. Texts are borrowed from the tasks; NULL where there is nothing to say. */
typedef struct ntm_task {
    size_t row;        /**< The unit's row. */
    const char *unit;  /**< Its code. */
    size_t gap;        /**< The gap that it is made of, in ntm_gaps_at(): of several the one with the largest amount. */
    size_t subject;    /**< That gap's subject. */
    ntm_gap_kind kind; /**< What is missing; ::NTM_GAP_UNTOLD when none of its gaps has an amount. */
    ntm_untold untold; /**< Why there is no amount, or no upper bound of it: one of its gaps is untold. */
    ntm_closing closing;    /**< What closes it. */
    uint32_t needed_for;    /**< Bits of ::ntm_needed_for of all its gaps. */
    bool strict;            /**< The amount itself is not enough: see ntm_gap::strict. */
    bool out_of_reach;      /**< One of its gaps is. */
    ntm_range amount;       /**< As of a gap. */
    const char *measure;    /**< The unit of the amount. */
    uint64_t duty;          /**< Row of the duties; ::NTM_NO_ROW = none is for it. */
    const char *department; /**< Whose it is. */
    const char *doer;       /**< Who can do it. */
    ntm_date deadline;      /**< By when; ::NTM_DATE_NONE = not said. */
    const char *work;       /**< The kind of work. */
    const char *work_unit;  /**< The unit of the quantity. */
    ntm_range quantity;     /**< Quantity of work; without numbers where there is no work or no amount. */
    ntm_task_cost cost;     /**< Whether the cost is known. */
    bool cost_least_known;  /**< Its least is. */
    bool cost_most_known;   /**< Its most is. */
    ntm_money cost_least;   /**< In đồng; 0 while not known. */
    ntm_money cost_most;    /**< Likewise. */
    size_t included;        /**< How many gaps it includes beside its own. */
} ntm_task;

/** Number of tasks. */
NTM_API size_t ntm_tasks_count(const ntm_tasks *tasks);
/**
 * A task; zeros past the end. Their order is that of a list of tasks: units whose status needs the fewest works first (near
 * misses; then those with fewer untold ones; those that need none last), then units in the order of bytes, criteria in that of the set (what is in none
 * last), subjects.
 */
NTM_API ntm_task ntm_tasks_at(const ntm_tasks *tasks, size_t index);
/** The n-th gap (from 0) that a task includes beside its own; SIZE_MAX past the end. O(gaps of the row). */
NTM_API size_t ntm_tasks_included(const ntm_tasks *tasks, size_t task, size_t n);
/** The task that a gap went into; SIZE_MAX = none. */
NTM_API size_t ntm_tasks_of_gap(const ntm_tasks *tasks, size_t gap);

/**
 * All tasks as columns, one row a task in their order. Texts are categories; exact numbers, which may be fractions, are
 * texts ("1.4", "1/3"); nothing to say is not reported:
 *  - `unit`; `province`, `district`, `commune` (codes of the units above, or of the unit itself; with a registry);
 *  - `criterion`, `indicator`, `precondition` (ids), `fact`, `input`, `name_vi`, `name_en`;
 *  - `kind` (where the gap is untold, that of its subject: "more", "fewer", "act", "undo", "level", "status", "units", "untold"), `level`, `closing`
 *    ("work", "act", "assessment", "time"), `amount_least`, `amount_most`, `measure`, `untold` (why), `strict`, `out_of_reach`
 *    (yes/no), `needed_for` ("status", "criterion", "part": the most of them), `evidence`;
 *  - `department`, `doer`, `deadline` (int32 ::ntm_date), `work`, `quantity_least`, `quantity_most`, `work_unit`,
 *    `programme`, `component`, `citation`;
 *  - `cost_least`, `cost_most` (int64 đồng), `cost` (as ntm_task_cost_text());
 *  - int64 `works` (of the unit's status), `included`.
 * @return borrowed from the tasks; NULL for NULL
 */
NTM_API const ntm_table *ntm_tasks_table(const ntm_tasks *tasks);

/**
 * Costs by resource, source and doer, by task: int64 `task`; `unit`, `work`, `programme`, `component`; `resource`
 * (::NTM_RESOURCE_MONEY or a kind) and `resource_unit`; `source`; `doer` (the division's, else the duty's); `cost_least`,
 * `cost_most` (int64 đồng; of money); `quantity_least`, `quantity_most` (int64 × 10^-kind_scale; in kind); int64 `norm`
 * and `rule`, the rows of the norms and of the division that it comes from, whose citations say why. Work without a norm of money
 * has one open line of money without a source: nothing is dropped.
 * @return borrowed from the tasks; NULL for NULL
 */
NTM_API const ntm_table *ntm_tasks_costs(const ntm_tasks *tasks);

/**
 * What remains to be found, by `unit`, then (with a division) `source`, then `programme`, `component` and `work` where they count:
 * int64 `need_least`, `need_most` (đồng; of the lines of costs that are known, the most only when all are), `open` (lines whose
 * most is not known), `allotted`, `allotted_open` (allotments that are not reported; then the sum is not), `remaining_least`,
 * `remaining_most` (need less allotted, at least 0), `surplus_least`, `surplus_most` (allotted less need, at least 0). Not
 * reported where nobody can tell. Works without a norm of money stand in a row of their unit without a source.
 * @return borrowed from the tasks; NULL for NULL, and without `allotted`
 */
NTM_API const ntm_table *ntm_tasks_remaining(const ntm_tasks *tasks);

/* ------------------------------------------------------------------------------------------- sums */

/** What is added up. Values are frozen. */
typedef enum ntm_task_sum {
    NTM_SUM_AMOUNTS =
        1, /**< Amounts of gaps. `kind` and `measure` are always grouped by: what is measured in different units is
                              not added, nor what has to be more to what has to be fewer; rates and shares
                              (a measure with "/" or "%") are not added at all. */
    NTM_SUM_WORKS = 2, /**< Quantities of work. `work` and `work_unit` are always grouped by. */
    NTM_SUM_COSTS = 3, /**< Costs in đồng. */
    NTM_SUM_SOURCES =
        4 /**< Lines of ntm_tasks_costs(). `resource` and `resource_unit` are always grouped by; also by `source`. The
                              doer is that of the line. */
} ntm_task_sum;

/** Sums of tasks. Frozen. */
typedef struct ntm_task_sums ntm_task_sums;

/**
 * Adds tasks up by columns of ntm_tasks_table() that are texts (but exact numbers) or the deadline.
 * @param[out] out the sums; owned by the caller, ntm_task_sums_free()
 * @param by `by_count` names, each once; 0 = all together
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_NOT_FOUND (no such column; of the units above without a
 *         registry), ::NTM_ERROR_OVERFLOW (the group is named)
 */
NTM_API NTM_NODISCARD ntm_status ntm_tasks_sum(ntm_task_sums **out, const ntm_tasks *tasks, ntm_task_sum what,
                                               const char *const *by, size_t by_count, ntm_error *err);
/** Frees sums. */
NTM_API void ntm_task_sums_free(ntm_task_sums *sums);
/**
 * One row a group, in the order of its texts and days, nothing first: the columns of `by`, those that are always grouped by, then
 *  - int64 `tasks` and `units`: how many are in the group; `not_work`: tasks that an act, an assessment or time closes;
 *  - the sums, named `amount_`, `quantity_` (exact texts), `cost_` (int64 đồng) and, of ::NTM_SUM_SOURCES, `cost_` and
 *    `quantity_` (int64 × 10^-kind_scale): `..._least` of the least that are known, `..._most` only when every one is known,
 *    `..._known` of those most that are known. Not reported when none is;
 *  - int64 `open`: tasks (of sources, lines) of which the most is not known. Tasks that are no work have no cost, and no open
 *    one.
 * @return borrowed from the sums; NULL for NULL
 */
NTM_API const ntm_table *ntm_task_sums_table(const ntm_task_sums *sums);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
