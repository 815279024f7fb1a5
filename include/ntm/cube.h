/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file cube.h
 * @brief Sums of a ledger by any of its dimensions, up the tree of units, sources and time; rates of them; and what is
 * behind its schedule. docs/budget.md tells the rules.
 *
 * Sums are exact: 128 bits inside, and a cell that does not fit 64 bits is named when it is read. They do not depend on the
 * order of rows, on files or on threads, to the last bit.
 */
#ifndef NTM_CUBE_H
#define NTM_CUBE_H

#include <ntm/base.h>
#include <ntm/column.h>
#include <ntm/ledger.h>
#include <ntm/number.h>
#include <ntm/unit.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup cube Cubes
 *  @{ */

/* ------------------------------------------------------------------------------------------- what is asked */

/** What is added up. Values are frozen. */
typedef enum ntm_cube_measure {
    NTM_CUBE_AMOUNT = 1,  /**< Money, đồng. */
    NTM_CUBE_QUANTITY = 2 /**< Things in kind, people, gifts: in the unit of their kind, of which a cell has one. */
} ntm_cube_measure;

/** One side of a cube; start with zeros. */
typedef struct ntm_side {
    const char *dimension; /**< "source", "unit", "date" (time), or any other of the ledger. */
    const char *level;     /**< "unit": the rung to which its entries are rolled up ("province", "district", "commune",
                                "village"); "date": "month", "quarter", "half-year", "year"; NULL = as they are posted. */
    bool up;               /**< Also what the members are parts of: of "unit" the rungs above, of "date" longer periods,
                                of others the parents; and one total of all. Not for "stage", nor for "kind" if
                                quantities are added. */
} ntm_side;

/** Which entries count: those whose member is one of a list, or below one of it. */
typedef struct ntm_only {
    const char *dimension;      /**< A dimension of the ledger; "unit" without what is below. */
    const char *const *members; /**< Ids. */
    size_t member_count;        /**< How many. */
} ntm_only;

/** Running sums over time. Values are frozen. */
typedef enum ntm_running {
    NTM_RUNNING_NOT = 0,     /**< What came in each period. */
    NTM_RUNNING_IN_YEAR = 1, /**< From the first period of its year on. */
    NTM_RUNNING_ALL = 2      /**< From the first period of all on. */
} ntm_running;

/**
 * Who has to report: every unit, in each combination of members of the other sides in which it has any entry, in each period
 * of the length from `from` to `to`, in one stage. Where there is no entry, the cell is open. With a registry a unit has to
 * report in periods in which it is there on some day.
 */
typedef struct ntm_expected {
    const char *stage;        /**< "disbursed". */
    ntm_period_length length; /**< How often: ::NTM_PERIOD_MONTH, _QUARTER, _HALF_YEAR, _YEAR. */
    ntm_date from;            /**< First day. */
    ntm_date to;              /**< Last day, included: the last report that is due by now. */
} ntm_expected;

/** How a cube is made; start with ::NTM_CUBE_OPTIONS_INIT. */
typedef struct ntm_cube_options {
    size_t struct_size;       /**< sizeof(ntm_cube_options). */
    const ntm_side *sides;    /**< In the order of the columns of the result; may be empty: one total. */
    size_t side_count;        /**< At most ::NTM_SIDES_MAX. */
    ntm_cube_measure measure; /**< What is added up. */
    const ntm_only *only;     /**< All must hold. */
    size_t only_count;        /**< How many; at most ::NTM_SIDES_MAX. */
    ntm_date from;            /**< Only entries of periods that begin on this day or later; ::NTM_DATE_NONE = all. */
    ntm_date to;              /**< Only those of periods that end on this day or earlier; ::NTM_DATE_NONE = all. */
    ntm_date as_of;           /**< The day whose tree of units counts: entries of units that have since gone are those
                                         of their successors. ::NTM_DATE_NONE = for each entry that of its own day. */
    ntm_running running;      /**< Running sums. */
    const ntm_expected *expected;   /**< Who has to report; NULL = nobody. */
    size_t expected_count;          /**< How many; at most ::NTM_SIDES_MAX. */
    uint64_t first_row;             /**< Only rows of the ledger from this one on, */
    uint64_t row_count;             /**< so many of them; UINT64_MAX = all. So threads can share a ledger. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_cube_options;

/** Most sides of a cube. */
#define NTM_SIDES_MAX 12

/** Starting value of ::ntm_cube_options: the total of all money. */
#define NTM_CUBE_OPTIONS_INIT                                                                                          \
    {                                                                                                                  \
        sizeof(ntm_cube_options), NULL, 0, NTM_CUBE_AMOUNT, NULL, 0, NTM_DATE_NONE, NTM_DATE_NONE, NTM_DATE_NONE,      \
            NTM_RUNNING_NOT, NULL, 0, 0, UINT64_MAX, NULL                                                              \
    }

/* ------------------------------------------------------------------------------------------- tallies */

/**
 * Part of a cube: sums before anything is rolled up. Tallies of parts of the rows, of files, or of machines are put together
 * to one, in any order. Frozen; independent of the ledger, but not of its registry.
 */
typedef struct ntm_cube_tally ntm_cube_tally;

/**
 * Tallies a ledger, or a part of its rows.
 *
 * One pass over the columns that the options need. Cells lie in an array where it is not much larger than the rows, and in
 * a table of those that occur otherwise. Amounts that are negative or 0 cost more than others; so do rows that are not
 * reported or left out, and stocks.
 * @param[out] out the tally; owned by the caller, ntm_cube_tally_free()
 * @param options what will be asked of the cube; NULL = the total of all money
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (no such level, a list without members, days in the wrong order,
 *         reports of a stage that are expected twice on one day),
 *         ::NTM_ERROR_MEMORY, ::NTM_ERROR_NOT_FOUND (no such dimension or member), ::NTM_ERROR_UNIT (stages, or
 *         things of several kinds, would be added: they have to be a side, or one of them chosen), ::NTM_ERROR_SHAPE (the
 *         ledger has no amounts, or no quantities; an entry's period is longer than a side's, or lies across several),
 *         ::NTM_ERROR_LIMIT (more than 2^63 cells)
 */
NTM_API NTM_NODISCARD ntm_status ntm_cube_tally_new(ntm_cube_tally **out, const ntm_ledger *ledger,
                                                    const ntm_cube_options *options, ntm_error *err);
/**
 * Puts tallies together that were made with the same options, of any ledgers with the same registry.
 * @param[out] out a new tally; the others stay as they are
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_CONFLICT (made with other options; members
 *         declared otherwise), ::NTM_ERROR_LIMIT
 */
NTM_API NTM_NODISCARD ntm_status ntm_cube_tally_merge(ntm_cube_tally **out, const ntm_cube_tally *const *tallies,
                                                      size_t count, const ntm_allocator *allocator, ntm_error *err);
/**
 * Writes a tally as text (docs/budget.md has the form). Two tallies with the same contents give the same bytes.
 * @param[out] out owned by the caller, ntm_text_free()
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_cube_tally_write(ntm_text **out, const ntm_cube_tally *tally, ntm_error *err);
/**
 * Reads what ntm_cube_tally_write() wrote.
 * @param[out] out owned by the caller, ntm_cube_tally_free()
 * @param name what errors call the input, usually the file name
 * @param units the registry of the ledger that was tallied; NULL = it had none
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SYNTAX (with the line),
 *         ::NTM_ERROR_UNSUPPORTED (another version), ::NTM_ERROR_LIMIT
 */
NTM_API NTM_NODISCARD ntm_status ntm_cube_tally_read(ntm_cube_tally **out, const char *bytes, size_t size,
                                                     const char *name, const ntm_units *units,
                                                     const ntm_allocator *allocator, ntm_error *err);
/** Frees a tally. */
NTM_API void ntm_cube_tally_free(ntm_cube_tally *tally);
/** How many cells a tally has; 0 for NULL. */
NTM_API size_t ntm_cube_tally_cells(const ntm_cube_tally *tally);

/* ------------------------------------------------------------------------------------------- cubes */

/** Sums, rolled up. Frozen; any number of threads. */
typedef struct ntm_cube ntm_cube;

/**
 * Makes a cube of a ledger: ntm_cube_tally_new() and ntm_cube_of().
 * @param[out] out the cube; owned by the caller, ntm_cube_free(); independent of the ledger
 * @return as those
 */
NTM_API NTM_NODISCARD ntm_status ntm_cube_new(ntm_cube **out, const ntm_ledger *ledger, const ntm_cube_options *options,
                                              ntm_error *err);
/**
 * Makes a cube of a tally.
 * @param[out] out the cube; owned by the caller, ntm_cube_free(); independent of the tally
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_UNIT (stocks and flows would be added: the cell
 *         is named), ::NTM_ERROR_NOT_FOUND (a unit that is not there on the day, whose successor nobody told, or that
 *         was divided among several that do not lie in one of the level; that has nothing on the level asked for), ::NTM_ERROR_OVERFLOW (a sum beyond 128
 *         bits, or one that is to be divided beyond 64), ::NTM_ERROR_LIMIT
 */
NTM_API NTM_NODISCARD ntm_status ntm_cube_of(ntm_cube **out, const ntm_cube_tally *tally,
                                             const ntm_allocator *allocator, ntm_error *err);
/** Frees a cube. */
NTM_API void ntm_cube_free(ntm_cube *cube);

/** One member of a side of a cube. Texts are borrowed from the cube. */
typedef struct ntm_cube_member {
    const char *id;    /**< Id, code of a unit, or period ("2020-02"); "" = not stated; "*" = the total of all. */
    const char *level; /**< "district", "month"; "total"; NULL for members of other dimensions. */
    uint32_t parent;   /**< Place of the member that it is a part of; UINT32_MAX = of none. */
    bool stock;        /**< Its amounts are stocks. */
} ntm_cube_member;

/** Number of sides. */
NTM_API size_t ntm_cube_sides(const ntm_cube *cube);
/** Name of a side: its level ("district", "month"), or else its dimension ("source"). Borrowed; NULL past the end. */
NTM_API const char *ntm_cube_side_name(const ntm_cube *cube, size_t side);
/** How many members a side has; 0 past the end. */
NTM_API size_t ntm_cube_members(const ntm_cube *cube, size_t side);
/** A member of a side: those above before those below, units by code, periods by day, others as the ledger has them; the
 * total last. Borrowed; NULL past the end. */
NTM_API const ntm_cube_member *ntm_cube_member_at(const ntm_cube *cube, size_t side, size_t member);
/** The place of a member by its id, of a unit's or period's id the first; UINT32_MAX = there is none. */
NTM_API uint32_t ntm_cube_find(const ntm_cube *cube, size_t side, const char *id);

/** What is known of a cell. */
typedef struct ntm_cube_cell {
    ntm_known
        known;     /**< ::NTM_REPORTED; ::NTM_NOT_REPORTED = open: something is missing; ::NTM_NOT_APPLICABLE = there is
                           no entry, and none is expected. */
    ntm_money sum; /**< What was reported, đồng or quantity × 10^-scale; 0 if nothing was. */
    uint64_t missing; /**< Reports that are missing: entries without an amount, and expected ones. */
    bool stock;       /**< It is a stock: of the last day reported on. */
} ntm_cube_cell;

/**
 * A cell.
 * @param at the place of a member of each side
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_OVERFLOW (the sum does not fit 64 bits; the cell is named)
 */
NTM_API NTM_NODISCARD ntm_status ntm_cube_get(ntm_cube_cell *out, const ntm_cube *cube, const uint32_t *at,
                                              ntm_error *err);
/** Digits after the mark of sums: 0 for money. */
NTM_API uint8_t ntm_cube_scale(const ntm_cube *cube);
/** The unit of quantities of a kind ("" of no kind); NULL for money. Borrowed. */
NTM_API const char *ntm_cube_unit(const ntm_cube *cube, const char *kind);
/** How many cells there are with an entry, or with one that is expected. */
NTM_API size_t ntm_cube_cells(const ntm_cube *cube);

/** Cells as columns. Frozen. */
typedef struct ntm_cube_rows ntm_cube_rows;
/**
 * All cells with an entry, or with one that is expected, in the order of members, the last side fastest: a column of
 * categories for each side, under the name of its level or dimension, and `sum` (int64; not reported where nothing was),
 * `missing` (int64) and `open` (yes/no).
 * @param[out] out owned by the caller, ntm_cube_rows_free(); borrows texts from the cube
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_OVERFLOW (a sum does not fit 64 bits; the cell
 *         is named)
 */
NTM_API NTM_NODISCARD ntm_status ntm_cube_rows_new(ntm_cube_rows **out, const ntm_cube *cube,
                                                   const ntm_allocator *allocator, ntm_error *err);
/** Frees the columns. */
NTM_API void ntm_cube_rows_free(ntm_cube_rows *rows);
/** The columns; borrowed; NULL for NULL. */
NTM_API const ntm_table *ntm_cube_rows_table(const ntm_cube_rows *rows);

/* ------------------------------------------------------------------------------------------- rates */

/** One sum in another: how much of the plan was disbursed. */
typedef struct ntm_rate {
    ntm_known known; /**< ::NTM_REPORTED; ::NTM_NOT_REPORTED = open: a part is missing; ::NTM_NOT_APPLICABLE = there is
                              nothing of which it could be a share: no entry, or 0. */
    ntm_fraction ratio; /**< Exact, of what was reported. {0, 0} where it is not applicable. */
    bool negative;      /**< Below 0: to be looked at. */
    bool above_one;     /**< Above 100 %: to be looked at. */
} ntm_rate;

/**
 * The rate of one cell in another. Stocks and flows have no rate.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_UNIT (a stock and a flow)
 */
NTM_API NTM_NODISCARD ntm_status ntm_rate_of(ntm_rate *out, const ntm_cube_cell *part, const ntm_cube_cell *whole,
                                             ntm_error *err);
/**
 * Writes a rate in percent, rounded once by a named rule: "89,9 %"; "để ngỏ" or "open" where it is open, "–" where it is not
 * applicable.
 * @param digits after the mark, 0..9
 * @return the bytes needed without the NUL, as snprintf does; 64 bytes always suffice. Safe from any thread.
 */
NTM_API size_t ntm_rate_format(char *buffer, size_t capacity, const ntm_rate *rate, uint8_t digits,
                               ntm_rounding rounding, ntm_language language);

/** Which rates; start with ::NTM_RATES_OPTIONS_INIT. */
typedef struct ntm_rates_options {
    size_t struct_size;             /**< sizeof(ntm_rates_options). */
    const char *side;               /**< The side on which part and whole stand: "stage". */
    const char *part;               /**< Id of the part: "disbursed". */
    const char *whole;              /**< Id of the whole: "plan". */
    unsigned years_back;            /**< Instead of the three: each period in the same period so many years earlier. The
                                         cube has to have the side "date"; 0 = not so. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_rates_options;

/** Starting value of ::ntm_rates_options. */
#define NTM_RATES_OPTIONS_INIT                                                                                         \
    { sizeof(ntm_rates_options), NULL, NULL, NULL, 0, NULL }

/**
 * The rates of a cube, one row for each combination of members of the other sides (with `years_back`, of all sides) in
 * which the part or the whole has a cell: a column of categories for each of these sides, int64 `part` and `whole` (not
 * reported where there is nothing), `ratio` (decimal128 with 18 digits after the mark, cut off: for sorting and drawing;
 * the exact ratio is part / whole; not reported where the rate is open, not applicable, or too large), yes/no `open`,
 * `negative` and `above_one`. Rows of stocks and flows together are left out: they have no rate.
 * @param[out] out owned by the caller, ntm_cube_rows_free(); borrows texts from the cube
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_NOT_FOUND (no such side or member; one
 *         that is declared may lack all cells), ::NTM_ERROR_OVERFLOW (a sum does not fit 64 bits; the cell is named)
 */
NTM_API NTM_NODISCARD ntm_status ntm_cube_rates_new(ntm_cube_rows **out, const ntm_cube *cube,
                                                    const ntm_rates_options *options, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
