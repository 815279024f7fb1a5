/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file decide.h
 * @brief Which facts decide an open verdict: the smallest set for one unit, and the order of collecting for many.
 *
 * What "could show" means. Facts of a row that are not reported are columns: a fact, a fact of one member
 * ("trained[female]"), `holds:S`, `children:N:met`, `past:..`, `parent:..` and so on. A set of them could show a verdict
 * when there are values with which ntm_evaluate() gives that verdict though all other open facts stay unreported, that
 * is, whatever these are. Values lie within natural bounds and the row's own (`F:least`, `F:most`), on the scale of a
 * level, are whole where things are counted, and keep parts within their wholes. "Not applicable" is no value, and axes
 * are no facts.
 *
 * "Could" is no promise: the fact reported may be another than the value that would show it. Only all open facts
 * together surely settle a verdict, unless the law is absent (or an axis unknown).
 *
 * Objects are frozen when they are made and may be read by any number of threads; all they give out is borrowed from
 * them. Plans and tables are only read, and may be used by other threads meanwhile.
 */
#ifndef NTM_DECIDE_H
#define NTM_DECIDE_H

#include <ntm/attainment.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup decide Deciding facts
 *  @{ */

/** Whether there is a set of facts that could show something, and why there is none. Values are frozen. */
typedef enum ntm_deciding_reason {
    NTM_DECIDING_FOUND = 0,          /**< There is one. */
    NTM_DECIDING_LAW_ABSENT = 1,     /**< A figure, rule or value would be needed that nobody has read, or that is left
                                          to a lower authority. */
    NTM_DECIDING_AXIS_UNKNOWN = 2,   /**< The unit's region, class or year is not known. */
    NTM_DECIDING_NOT_APPLICABLE = 3, /**< A fact is "not applicable" where the rule makes no room for that. */
    NTM_DECIDING_IMPOSSIBLE = 4,     /**< No values within the bounds show it: it is already settled otherwise, or what
                                          would show it contradicts itself, or a share is of nothing. */
    NTM_DECIDING_LIMIT = 5           /**< None was found with the work allowed, or among the values tried. There may be
                                          one. */
} ntm_deciding_reason;

/** How an answer is looked for; start with ::NTM_DECIDING_OPTIONS_INIT. */
typedef struct ntm_deciding_options {
    size_t struct_size;             /**< sizeof(ntm_deciding_options). */
    uint64_t work;                  /**< How much may be looked at, in steps of some nanoseconds; 0 = the usual,
                                         300 million. With less, `exact` may be false, or the reason
                                         ::NTM_DECIDING_LIMIT. The answer depends on it, never on the machine. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_deciding_options;

/** Starting value of ::ntm_deciding_options. */
#define NTM_DECIDING_OPTIONS_INIT { sizeof(ntm_deciding_options), 0, NULL }

/** A fact of a set, with a value of it that is a witness: together with those of the others it shows the verdict. */
typedef struct ntm_deciding_fact {
    const char *column; /**< The input column. */
    const char *value;  /**< The value as text: a number, "yes" or "no", a level, or a day 2020-02-25. */
    ntm_decimal number; /**< The same as a number in `unit`: 0 or 1, the place on the scale from 0, days since
                             1970-01-01. */
    const char *unit;   /**< The unit of the fact or figure; NULL for flags, levels, days, children and held
                             statuses. */
} ntm_deciding_fact;

/** The smallest set of facts that could show a verdict. */
typedef struct ntm_deciding_set {
    ntm_deciding_reason reason;     /**< Why there is none, or ::NTM_DECIDING_FOUND. */
    bool exact;                     /**< Found: it is proven that no smaller set could. Otherwise, that there is none.
                                         Never with ::NTM_DECIDING_LIMIT. */
    const ntm_deciding_fact *facts; /**< `count` facts in the order of ntm_deciding_open(); with the verdict of the row
                                         itself, none. */
    size_t count;                   /**< Number of facts. */
} ntm_deciding_set;

/** What sort of thing is wanting, beside facts. Values are frozen. */
typedef enum ntm_wanting_kind {
    NTM_WANTING_FIGURE = 1,       /**< The figure `id` has no value for the unit. */
    NTM_WANTING_CRITERION = 2,    /**< The criterion `id` has neither a rule nor indicators. */
    NTM_WANTING_INDICATOR = 3,    /**< The indicator `id` has no rule. */
    NTM_WANTING_PRECONDITION = 4, /**< The precondition `id` has no rule. */
    NTM_WANTING_VALUE = 5,        /**< The value `id` has no rule. */
    NTM_WANTING_AXIS = 6,         /**< Axis `id` is not known of the unit. */
    NTM_WANTING_FACT = 7,         /**< Input column `id` is not applicable. */
    NTM_WANTING_STATUS = 8        /**< The set has no criteria; `id` is the set's. */
} ntm_wanting_kind;

/** Something that an open verdict looks at and that no reporting of facts can mend. */
typedef struct ntm_deciding_wanting {
    ntm_deciding_reason reason; /**< ::NTM_DECIDING_LAW_ABSENT, _AXIS_UNKNOWN or _NOT_APPLICABLE. */
    ntm_wanting_kind kind;      /**< What it is. */
    const char *id;             /**< Which. */
    const char *delegated_to;   /**< Figures: who is to set it; NULL = nobody is. */
} ntm_deciding_wanting;

/** The facts that decide one verdict of one row. Frozen. */
typedef struct ntm_deciding ntm_deciding;

/**
 * Looks for them. Columns that the set does not know are passed over, as by ntm_explain().
 *
 * Each set found is proven before it is given out: the row is evaluated once more, exactly, with the witness put in.
 * Where several sets are smallest, which one is given is not said, but it is always the same.
 * @param[out] out the answer; owned by the caller, ntm_deciding_free(); independent of plan and table
 * @param of,index the verdict asked about, as for ntm_attainment_tally(); index is ignored where there is one only
 * @param options NULL = the defaults
 * @return ::NTM_OK; what ntm_evaluate() says about the row; ::NTM_ERROR_ARGUMENT (a row or index past the end,
 *         options); ::NTM_ERROR_NOT_FOUND (the revocation of a set without such a rule); ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_deciding_new(ntm_deciding **out, const ntm_plan *plan, const ntm_table *table,
                                                  size_t row, ntm_of of, size_t index,
                                                  const ntm_deciding_options *options, ntm_error *err);
/** Frees it. */
NTM_API void ntm_deciding_free(ntm_deciding *deciding);
/** The verdict of the row as it is; ::NTM_OPEN for NULL. */
NTM_API ntm_verdict ntm_deciding_verdict(const ntm_deciding *deciding);
/** The smallest set that could show it ::NTM_MET, or ::NTM_NOT_MET; NULL for another verdict. */
NTM_API const ntm_deciding_set *ntm_deciding_facts(const ntm_deciding *deciding, ntm_verdict could_show);
/**
 * Number of open facts that the verdict looks at: those whose value could still matter. 0 for one that is settled. All of
 * them reported settle it, unless something is wanting, or a share is of nothing, or "every child" of no children. Where
 * the work was used up, or there are more than 1,024, they may not be all; both reasons are ::NTM_DECIDING_LIMIT then.
 */
NTM_API size_t ntm_deciding_open_count(const ntm_deciding *deciding);
/** The column of such a fact; NULL past the end. Their order is always the same. */
NTM_API const char *ntm_deciding_open(const ntm_deciding *deciding, size_t index);
/** Number of things wanting beside facts; as with the open facts, they may not be all where the work was used up. */
NTM_API size_t ntm_deciding_wanting_count(const ntm_deciding *deciding);
/** One of them; NULL past the end. */
NTM_API const ntm_deciding_wanting *ntm_deciding_wanting_at(const ntm_deciding *deciding, size_t index);

/* ------------------------------------------------------------------------------------------- collecting */

/** How the order is made; start with ::NTM_COLLECTING_OPTIONS_INIT. */
typedef struct ntm_collecting_options {
    size_t struct_size;             /**< sizeof(ntm_collecting_options). */
    ntm_verdict could_show;         /**< A row needs the smallest set that could show this: met (the default) or not
                                         met. */
    bool all_facts;                 /**< Instead, a row needs all its open facts: then it is surely settled (but see
                                         ntm_deciding_open_count()). Rows for which something is wanting beside
                                         facts then count as not settled. */
    uint64_t work;                  /**< As in ::ntm_deciding_options, for each different row; 0 = the usual, 3 million. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_collecting_options;

/** Starting value of ::ntm_collecting_options. */
#define NTM_COLLECTING_OPTIONS_INIT { sizeof(ntm_collecting_options), NTM_MET, false, 0, NULL }

/** One fact to collect, in all rows that lack it. */
typedef struct ntm_collecting_step {
    const char *column; /**< The input column. */
    size_t batch;       /**< Facts of one batch settle rows together; from 1. */
    size_t lacking;     /**< Open rows that lack it and whose verdict looks at it. */
    size_t settled;     /**< Rows newly settled when its batch is complete: the same at each fact of the batch. */
    size_t settled_so_far; /**< Rows settled when its batch is complete, the earlier ones too. */
} ntm_collecting_step;

/** A row that one single fact would settle. */
typedef struct ntm_collecting_cell {
    size_t row;         /**< The row. */
    const char *column; /**< The fact to ask for. */
    bool surely;        /**< It is all that the verdict lacks: whatever it is, the row is settled. Otherwise there are
                             values that settle it. */
} ntm_collecting_cell;

/** The rows of an order of collecting. `open` = `settled` + what the reasons count. */
typedef struct ntm_collecting_summary {
    size_t rows;        /**< Rows of the table. */
    size_t open;        /**< Rows whose verdict is open. */
    size_t settled;     /**< Rows settled when all steps are done. */
    size_t unsettled[6]; /**< Rows that no collecting settles, by ::ntm_deciding_reason; the first is 0. */
    size_t patterns;    /**< Different rows that were looked at. */
} ntm_collecting_summary;

/** In which order facts of a table should be collected. Frozen. */
typedef struct ntm_collecting ntm_collecting;

/**
 * The order in which collecting facts settles most rows per fact.
 *
 * What is counted. To collect a fact is to have it reported in all rows that lack it, and counts one, however many these
 * are. A row counts as settled once the facts collected include what it needs: its smallest set (see
 * ::ntm_collecting_options), the one that ntm_deciding_new() would give with the same work, or one as small where rows
 * share one search. That it could show the verdict is no promise that it will; with `all_facts` it is.
 *
 * How it is made. Greedily: next comes the batch of facts, what some row still needs, that settles most rows per fact.
 * Ties go to fewer facts, then to the batch of the first row. At most 512 batches are compared for each step, those that
 * most rows need per fact; with `all_facts` too. Greedy promises no shortest order: a batch that looks poor now may
 * share facts with many others, and other sets than the smallest of a row are not looked at.
 * @param[out] out the order; owned by the caller, ntm_collecting_free(); independent of plan and table
 * @return as ntm_deciding_new(), and ::NTM_ERROR_ARGUMENT for another verdict than met or not met
 */
NTM_API NTM_NODISCARD ntm_status ntm_collecting_new(ntm_collecting **out, const ntm_plan *plan, const ntm_table *table,
                                                    ntm_of of, size_t index, const ntm_collecting_options *options,
                                                    ntm_error *err);
/** Frees it. */
NTM_API void ntm_collecting_free(ntm_collecting *collecting);
/** The rows; NULL for NULL. */
NTM_API const ntm_collecting_summary *ntm_collecting_about(const ntm_collecting *collecting);
/** Number of facts to collect. */
NTM_API size_t ntm_collecting_step_count(const ntm_collecting *collecting);
/** A step, in order; NULL past the end. */
NTM_API const ntm_collecting_step *ntm_collecting_step_at(const ntm_collecting *collecting, size_t index);
/** Number of rows that one fact would settle. */
NTM_API size_t ntm_collecting_cell_count(const ntm_collecting *collecting);
/** One of them, by row; a row stands there once. NULL past the end. */
NTM_API const ntm_collecting_cell *ntm_collecting_cell_at(const ntm_collecting *collecting, size_t index);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
