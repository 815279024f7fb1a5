/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file ledger.h
 * @brief Entries of money and of things in kind: what was needed, planned, allotted, disbursed; by whom, from which source,
 * when.
 *
 * A ledger is made from a table, one row an entry, checked as a whole and frozen; reading it is safe from any thread. Sums
 * of it are cubes (cube.h). docs/budget.md tells the rules.
 */
#ifndef NTM_LEDGER_H
#define NTM_LEDGER_H

#include <ntm/base.h>
#include <ntm/classification.h>
#include <ntm/column.h>
#include <ntm/number.h>
#include <ntm/unit.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup ledger Ledgers
 *  @{ */

/* ------------------------------------------------------------------------------------------- dimensions */

/** One member of a dimension: the source "central". Texts are borrowed. */
typedef struct ntm_member {
    const char *id;     /**< What the library calls it; not "*", which is the total of all. */
    const char *name;   /**< Another text under which entries may name it: "ngân sách trung ương"; compared as
                             ntm_name_equal() does; NULL = none. */
    const char *parent; /**< Id of the member that it is a part of; NULL = of none. */
    bool stock; /**< Amounts of it are stocks: how much there is on a day (credit outstanding), not how much came
                             in a stretch of time. Stocks are not added over time, and never to flows. */
} ntm_member;

/** What the members of a dimension may be. */
typedef struct ntm_dimension_spec {
    const char *name;          /**< "source"; the column of that name. */
    const ntm_member *members; /**< In the order in which they are shown; parents anywhere among them. */
    size_t member_count;       /**< How many. */
    bool open;                 /**< Other members may occur: without parent, and flows. Otherwise they are errors. */
} ntm_dimension_spec;

/** The dimensions that a ledger knows from the start, besides those of the unit and of time. */
#define NTM_USUAL_DIMENSIONS 7
/**
 * A usual dimension, by number: "programme", "component", "doer" (who can do it: village, commune ...), "kind" (of a thing in
 * kind: cement) with no members and open;
 * "source", "nature", "stage" with members and closed. Static.
 *  - `source`: `state` is `central` and `local` (`province`, `district`, `commune`); `integrated`; `credit` is
 *    `policy-credit` and `commercial-credit`; `enterprise`; `people` is `cash`, `labour` and `land`.
 *  - `nature`: `investment`, `recurrent`.
 *  - `stage`: `need`, `plan`, `allotted`, `disbursed`; and `outstanding`, which is a stock.
 * @return NULL past the end
 */
NTM_API const ntm_dimension_spec *ntm_dimension_usual(size_t index);

/* ------------------------------------------------------------------------------------------- making */

/** Entries. Frozen. */
typedef struct ntm_ledger ntm_ledger;

/** How a ledger is made; start with ::NTM_LEDGER_OPTIONS_INIT. */
typedef struct ntm_ledger_options {
    size_t struct_size;     /**< sizeof(ntm_ledger_options). */
    const ntm_units *units; /**< Registry in which every unit has to be there on the day of its entry; has to
                                          outlive the ledger. NULL = units are taken as they are named. */
    ntm_echelon echelon;    /**< Rung of the units' codes; ::NTM_ECHELON_ANY = whichever has the code. */
    const ntm_dimension_spec
        *dimensions;        /**< Take the place of the usual ones of the same name, or come beside them. */
    size_t dimension_count; /**< How many. */
    ntm_money money_unit;   /**< Đồng that 1 in the column `amount` stands for: 1, 1000, 1000000 (triệu),
                                          1000000000 (tỷ). */
    ntm_locale locale;      /**< How numbers in text are written; never guessed. */
    ntm_date on;            /**< The day of all entries, if the table has no column of time. */
    bool ignore_unknown;    /**< Skip columns that a ledger does not know. Not the default. */
    bool leave_out;         /**< Entries with something wrong are left out and listed (ntm_ledger_left_out())
                                          instead of refusing all. Not the default. */
    size_t left_out_most;   /**< With `leave_out`: more are refused after all, ::NTM_ERROR_LIMIT; 0 = 100000. */
    const char *const *key; /**< Columns that tell entries apart ("document", "line"): two entries with the same
                                          are an error. Dimensions; NULL = nothing does. */
    size_t key_count;       /**< How many. */
    const ntm_classification *classification; /**< Budget codes are checked against it on the last day of each
                                          entry; used while the ledger is made. NULL = they are not. */
    const ntm_codes_options *codes; /**< With `classification`: its `seen_only`, `programmes` (of the ids of members)
                                          and `local_sources` (ids; parts of them are local too; NULL = "local").
                                          The rest is not looked at. NULL = the defaults. */
    char separator;                 /**< Between the cells of CSV. */
    ntm_problems *problems;         /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_ledger_options;

/** Starting value of ::ntm_ledger_options: đồng, plain numbers, commas. */
#define NTM_LEDGER_OPTIONS_INIT                                                                                        \
    {                                                                                                                  \
        sizeof(ntm_ledger_options), NULL, NTM_ECHELON_ANY, NULL, 0, 1, NTM_LOCALE_PLAIN, NTM_DATE_NONE, false, false,  \
            0, NULL, 0, NULL, NULL, ',', NULL, NULL                                                                    \
    }

/**
 * Makes a ledger from a table, one row an entry. Columns in any order:
 *  - `unit`: text, categories or plain integers (their digits are the code). Needed.
 *  - one of `date` (days as integers, or text or categories YYYY-MM-DD), `period` (text or categories as
 *    ntm_period_parse() reads them: months, quarters, halves or years) or `year` (integers). Without any, options->on.
 *  - `amount`: money, in options->money_unit: integers, decimals, doubles (each stands for the shortest decimal that
 *    reads back as it) or text in options->locale. Has to be whole đồng that fit 64 bits. May be negative: a correction.
 *  - `quantity`: of a thing in kind, or of people, gifts: a number as `amount`, of at most 18 digits in all, and
 *    `quantity_unit`: text or categories. With `kind`, which says of what. All quantities of a kind have one unit.
 *    One of `amount` and `quantity` is needed.
 *  - with options->classification, columns of budget codes: `chapter`, `category`, `class`, `item`, `subitem`,
 *    `programme_code`, `source_code`, `budget_level`, as ntm_codes_check_table() reads them. They are open dimensions. An entry
 *    with a bad code, or of local money in a declared central programme without that programme's code, is an error;
 *    what no rule that was read tells is not.
 *  - any dimension: text, categories or plain integers (their digits are the member); compared in NFC, and otherwise byte
 *    by byte: blanks and capitals tell members apart. An empty or not reported cell is "not stated".
 *
 * An amount that is not reported stays open (never 0): an entry that says that a report is due. Not applicable is an
 * error: there is no entry then. In a table with both, an entry of money waits for no quantity, and one of a quantity or
 * kind for no amount, unless some entry of the same kind has it: gifts with what they cost.
 *
 * The table is borrowed where it can be: columns of the ledger must not change and have to outlive it. Contiguous
 * integers, categories without gaps, and amounts in int64 đồng are; of others the ledger keeps its own copy (4 bytes a row
 * for keys, 8 for numbers). ntm_ledger_borrows() tells.
 * @param[out] out the ledger; owned by the caller, ntm_ledger_free()
 * @param options NULL = the defaults
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE (a column is missing, unknown or of the
 *         wrong type), ::NTM_ERROR_SYNTAX (text that is no number, day, period or UTF-8), ::NTM_ERROR_VALUE (parts of a
 *         đồng, NaN, an entry without unit or day, no day of the calendar, a bad budget code), ::NTM_ERROR_OVERFLOW (beyond 64 bits),
 *         ::NTM_ERROR_NOT_FOUND (a member that a closed dimension lacks; a unit that nobody has heard of, or that is not
 *         there on the day), ::NTM_ERROR_UNIT (a quantity without unit, two units for one kind), ::NTM_ERROR_SCHEMA
 *         (members that are named twice, are their own parents, or have a parent of the other sort: stock and flow),
 *         ::NTM_ERROR_CONFLICT (two entries of one key: both rows are named), ::NTM_ERROR_LIMIT (2^32 - 1 rows, 2^31
 *         members of a dimension)
 */
NTM_API NTM_NODISCARD ntm_status ntm_ledger_new(ntm_ledger **out, const ntm_table *table,
                                                const ntm_ledger_options *options, ntm_error *err);
/**
 * Makes a ledger from CSV with the columns of ntm_ledger_new(), which it owns. Other columns have to be declared as
 * dimensions, or ignored.
 * @param name what errors call the input, usually the file name: "plan.csv: amount" is the subject of one about a column
 * @return as ntm_ledger_new() and ntm_csv_read()
 */
NTM_API NTM_NODISCARD ntm_status ntm_ledger_read(ntm_ledger **out, const char *bytes, size_t size, const char *name,
                                                 const ntm_ledger_options *options, ntm_error *err);
/** Makes a ledger from a CSV file. @return as ntm_ledger_read(), and ::NTM_ERROR_IO */
NTM_API NTM_NODISCARD ntm_status ntm_ledger_open(ntm_ledger **out, const char *path, const ntm_ledger_options *options,
                                                 ntm_error *err);
/** Frees a ledger; after the cubes' making, tallies and cubes are independent of it. */
NTM_API void ntm_ledger_free(ntm_ledger *ledger);

/* ------------------------------------------------------------------------------------------- asking */

/** Rows of the table, with those left out; 0 for NULL. */
NTM_API size_t ntm_ledger_rows(const ntm_ledger *ledger);
/** Whether a column is read where the caller has it; false for one that was copied, and for one that is not there. */
NTM_API bool ntm_ledger_borrows(const ntm_ledger *ledger, const char *column);
/** How many rows were left out. */
NTM_API size_t ntm_ledger_left_out_count(const ntm_ledger *ledger);
/** A row that was left out, by row, with the first reason for it; borrowed; NULL past the end. */
NTM_API const ntm_error *ntm_ledger_left_out(const ntm_ledger *ledger, size_t index);
/** Number of dimensions that the ledger has a column of, "unit" among them. */
NTM_API size_t ntm_ledger_dimension_count(const ntm_ledger *ledger);
/** Name of a dimension; borrowed; NULL past the end. */
NTM_API const char *ntm_ledger_dimension(const ntm_ledger *ledger, size_t index);
/** How many members a dimension has: those declared, used or not, and those that occur. 0 for one that is not there. */
NTM_API size_t ntm_ledger_member_count(const ntm_ledger *ledger, const char *dimension);
/**
 * A member of a dimension: declared ones as declared, then others by id. What is "not stated" has the id "". Borrowed; NULL
 * past the end.
 */
NTM_API const ntm_member *ntm_ledger_member(const ntm_ledger *ledger, const char *dimension, size_t index);
/** The unit in which quantities of a kind are told ("" = of no kind); borrowed; NULL = there are none. */
NTM_API const char *ntm_ledger_quantity_unit(const ntm_ledger *ledger, const char *kind);

/** Two entries that say the same, by some columns. */
typedef struct ntm_duplicate {
    uint64_t row; /**< The later one. */
    uint64_t of;  /**< The first that says so. */
} ntm_duplicate;

/**
 * Finds entries that are the same in some dimensions ("person", "programme"), by row. Entries left out are not looked
 * at; one that does not state a dimension is the same as another that does not.
 * @param[out] out room for `capacity`; may be NULL when that is 0
 * @param[out] count how many there are, also beyond the room
 * @param columns names of dimensions, and of "date" and "amount"; NULL = all that there are
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (also for a list of no columns), ::NTM_ERROR_NOT_FOUND (no such dimension), ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_ledger_duplicates(ntm_duplicate *out, size_t *count, size_t capacity,
                                                       const ntm_ledger *ledger, const char *const *columns,
                                                       size_t column_count, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
