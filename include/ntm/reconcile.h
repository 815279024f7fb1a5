/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file reconcile.h
 * @brief Equations that the figures of a table have to satisfy, what breaks them, and which figures are likely wrong.
 *
 * A balance holds cells (figures as printed, each with the half-width of its rounding) and equations over them. Checking is
 * in exact arithmetic. A cell without a value is unknown, never zero: an equation with such a cell is undecided. Nothing is
 * repaired: what would repair a figure is told beside it. docs/reconcile.md has the law of all this.
 *
 * A balance is built by one thread at a time; after that it may be read by any number. It keeps what it was given.
 */
#ifndef NTM_RECONCILE_H
#define NTM_RECONCILE_H

#include <ntm/base.h>
#include <ntm/column.h>
#include <ntm/number.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup reconcile Reconciliation
 *  @{ */

/** No cell. */
#define NTM_NO_CELL UINT32_MAX

/* ------------------------------------------------------------------------------------------- cells and equations */

/** Cells and the equations over them. */
typedef struct ntm_balance ntm_balance;

/** One figure as printed; start with ::NTM_BALANCE_CELL_INIT. Texts are copied by the balance that takes it. */
typedef struct ntm_balance_cell {
    size_t struct_size;      /**< sizeof(ntm_balance_cell). */
    const char *row;         /**< What its row is called; NULL = "". */
    const char *column;      /**< What its column is called; NULL = "". */
    uint64_t row_number;     /**< Its row, from 0: neighbours differ by one. */
    uint32_t column_number;  /**< Its column, from 0. */
    ntm_known known;         /**< Whether there is a value; what is not applicable counts as unknown too. */
    ntm_decimal value;       /**< The printed figure. */
    ntm_decimal half_width;  /**< The true figure is at most so far from the printed one, 0 or more: 0.5 for whole tỷ. */
} ntm_balance_cell;

/** Starting value of an ::ntm_balance_cell: reported, exact, 0. */
#define NTM_BALANCE_CELL_INIT { sizeof(ntm_balance_cell), NULL, NULL, 0, 0, NTM_REPORTED, { 0, 0 }, { 0, 0 } }

/** A cell with its coefficient in a sum that is zero. */
typedef struct ntm_balance_term {
    uint32_t cell;       /**< The cell. */
    int32_t coefficient; /**< Not 0. Of parts 1 and of their total -1. */
} ntm_balance_term;

/** Makes an empty balance. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_balance_new(ntm_balance **out, const ntm_allocator *allocator, ntm_error *err);
/** Frees a balance. */
NTM_API void ntm_balance_free(ntm_balance *balance);

/**
 * Adds a cell.
 * @param[out] out its number: cells count from 0; may be NULL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SYNTAX (a name that is not UTF-8), ::NTM_ERROR_MEMORY,
 *         ::NTM_ERROR_VALUE (a half-width below 0), ::NTM_ERROR_LIMIT (2^31 cells)
 */
NTM_API NTM_NODISCARD ntm_status ntm_balance_add_cell(uint32_t *out, ntm_balance *balance, const ntm_balance_cell *cell,
                                                      ntm_error *err);
/** How many cells there are; 0 for NULL. */
NTM_API size_t ntm_balance_cell_count(const ntm_balance *balance);
/** A cell; its texts are borrowed. Of one past the end nothing is known and the texts are NULL. */
NTM_API ntm_balance_cell ntm_balance_cell_get(const ntm_balance *balance, uint32_t cell);

/**
 * Adds the equation that the sum of the terms is zero. With rounded figures it holds if some true figures, each within its
 * half-width, satisfy it. A cell named twice has the sum of its coefficients.
 * @param name what messages call it; NULL = ""
 * @param terms `count` of them, at least one
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_NOT_FOUND (a cell that is not there; the row of the error is the
 *         place among the terms), ::NTM_ERROR_SYNTAX, ::NTM_ERROR_OVERFLOW (coefficients), ::NTM_ERROR_MEMORY,
 *         ::NTM_ERROR_LIMIT
 */
NTM_API NTM_NODISCARD ntm_status ntm_balance_add_sum(ntm_balance *balance, const char *name,
                                                     const ntm_balance_term *terms, size_t count, ntm_error *err);

/** A printed share: share = part / whole × 10^percent_digits, rounded to `scale` digits. */
typedef struct ntm_balance_share {
    uint32_t share;          /**< The cell of the printed share. */
    uint32_t part;           /**< What it is a share of the whole of. */
    uint32_t whole;          /**< The whole; a share of a whole that is not above 0 never holds. */
    unsigned percent_digits; /**< 2 for percent, 0 for a plain ratio, at most 6. */
    uint8_t scale;           /**< Digits after the mark that are printed, at most 9. */
    ntm_rounding rounding;   /**< How it is rounded, ties included. */
} ntm_balance_share;

/**
 * Adds the equation that a share is printed rightly: that some true part and whole, each within its half-width, give it.
 * @return as ntm_balance_add_sum(); ::NTM_ERROR_ARGUMENT also where two of the cells are the same
 */
NTM_API NTM_NODISCARD ntm_status ntm_balance_add_share(ntm_balance *balance, const char *name,
                                                       const ntm_balance_share *share, ntm_error *err);
/** How many equations there are; 0 for NULL. */
NTM_API size_t ntm_balance_equation_count(const ntm_balance *balance);

/* ------------------------------------------------------------------------------------------- checking */

/** What became of the equations. They add up to `equations`. */
typedef struct ntm_balance_count {
    size_t equations; /**< All. */
    size_t hold;      /**< Satisfied. */
    size_t violated;  /**< Not satisfied. */
    size_t undecided; /**< With a cell that has no value, or with numbers too large for 128 bits. */
} ntm_balance_count;

/** An equation that does not hold. */
typedef struct ntm_violation {
    size_t equation;        /**< Which, from 0 in the order added. */
    const char *name;       /**< Its name; borrowed from the balance. */
    uint64_t row;           /**< The row that it was declared for, or that of all its cells; ::NTM_NO_ROW when they are of
                                 several. */
    const char *row_name;   /**< That row's name; NULL when they are of several; borrowed. */
    const char *column;     /**< The column of its cells; NULL when they are of several; borrowed. */
    ntm_fraction imbalance; /**< The sum of the terms as printed; of a share what is printed less what follows. {0, 0} when
                                 nothing follows (the whole is not above 0) or it does not fit. */
    ntm_fraction tolerance; /**< What the rounding of the figures could explain of a sum; 0 for a share. */
} ntm_violation;

/**
 * Checks every equation.
 * @param[out] out the violations in the order of equations: room for `capacity`; may be NULL when capacity is 0
 * @param[out] counts may be NULL; `violated` is how many there are, also beyond the room
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_balance_check(ntm_violation *out, size_t capacity, ntm_balance_count *counts,
                                                   const ntm_balance *balance, ntm_error *err);

/* ------------------------------------------------------------------------------------------- locating */

/** What may have happened to a figure. Values are frozen. */
typedef enum ntm_cause {
    NTM_CAUSE_NONE = 0,           /**< None of these turns the right figure into the stated one. */
    NTM_CAUSE_SHIFTED_ROW = 1,    /**< Several cells of one column hold the figure of the row above or below. */
    NTM_CAUSE_SIGN = 2,           /**< The sign is wrong. */
    NTM_CAUSE_UNIT = 3,           /**< 10^3, 10^6 or 10^9 off: đồng, nghìn, triệu, tỷ taken for one another. */
    NTM_CAUSE_FACTOR = 4,         /**< 10, 100 or 1,000 times too large or too small. */
    NTM_CAUSE_SWAPPED_NEIGHBOURS = 5, /**< Two neighbouring digits are swapped. */
    NTM_CAUSE_MISSING_CHILD = 6,  /**< A total lacks exactly one of its parts, or a part stands as 0. */
    NTM_CAUSE_COUNTED_TWICE = 7,  /**< A total has one of its parts, or of theirs, in it twice. */
    NTM_CAUSE_LAST_DIGIT = 8,     /**< One more or less in the last digit: rounded otherwise. */
    NTM_CAUSE_SWAPPED_DIGITS = 9, /**< Two digits further apart are swapped. */
    NTM_CAUSE_ONE_DIGIT = 10      /**< One digit is wrong. */
} ntm_cause;

/** One past the last ::ntm_cause. */
#define NTM_CAUSE_END 11

/** The word for a cause: "swapped neighbours". @return static text; "?" for a number that is none. Safe from any thread. */
NTM_API const char *ntm_cause_name(ntm_cause cause);

/** Why a search ended. Values are frozen. */
typedef enum ntm_locate_end {
    NTM_LOCATED = 1,        /**< It is complete: these are all smallest sets. */
    NTM_LOCATED_SOME = 2,   /**< The size is proved; there are more sets than were asked for. */
    NTM_STOPPED_SIZE = 3,   /**< No set of `size_most` cells or fewer explains the violations. */
    NTM_STOPPED_WORK = 4,   /**< The work limit was reached. */
    NTM_STOPPED_NUMBERS = 5,/**< Numbers did not fit 128 bits. */
    NTM_STOPPED_DOUBT = 6,  /**< A set hangs on a product of two unknown figures, which is not decided. */
    NTM_STOPPED_LARGE = 7,  /**< More cells and equations hang together than are searched. */
    NTM_STOPPED_NEVER = 8   /**< No set at all does: the equations contradict one another. */
} ntm_locate_end;

/** How to search; start with ::NTM_LOCATE_OPTIONS_INIT. */
typedef struct ntm_locate_options {
    size_t struct_size;             /**< sizeof(ntm_locate_options). */
    size_t size_most;               /**< Largest set looked for, 1..16. */
    size_t explanations_most;       /**< So many sets are kept of each group, 1..100000. */
    uint64_t work_most;             /**< Elementary steps of arithmetic for each group. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_locate_options;

/** Starting value of ::ntm_locate_options: up to 6 cells, 1000 sets, some seconds of work. */
#define NTM_LOCATE_OPTIONS_INIT { sizeof(ntm_locate_options), 6, 1000, 200000000, NULL }

/** The smallest sets of cells that explain what is violated, by groups of equations that hang together. Frozen. */
typedef struct ntm_location ntm_location;

/** One group of equations that share cells, some of them violated. */
typedef struct ntm_located_group {
    size_t violations;     /**< Equations of it that are violated by themselves; 0 when only several together are. */
    size_t cells;          /**< Cells of it. */
    ntm_locate_end end;    /**< Why the search ended. */
    bool exact;            /**< The sets have proved size: none smaller explains. */
    size_t least_size;     /**< No set smaller than this explains: the size of the sets when `exact`. */
    size_t explanations;   /**< How many sets were kept, the likeliest first. */
    size_t size;           /**< Cells of each of them; 0 when there are none. */
} ntm_located_group;

/** One cell of an explanation. */
typedef struct ntm_suspect {
    uint32_t cell;      /**< Which. */
    ntm_range repaired; /**< What it would have to be for all equations to hold, with the other cells of the set: equal ends
                             are one value, no denominator is no bound (or one that does not fit). */
    bool least_open;    /**< The lower end itself is excluded. */
    bool most_open;     /**< The upper end itself is excluded. */
    size_t causes;      /**< How many causes were found. */
} ntm_suspect;

/** A cause that would explain a cell. */
typedef struct ntm_suspicion {
    ntm_cause cause;   /**< Which. */
    int power;         /**< Of a factor or unit: stated = right × 10^power; of a shift: rows from where the figure belongs. */
    uint32_t other;    /**< The part that is missing or counted twice; ::NTM_NO_CELL otherwise. */
    ntm_decimal value; /**< The figure that the cause makes of the stated one: what to write in its place. */
} ntm_suspicion;

/**
 * Finds, for each group of equations that share cells and cannot all hold, the smallest sets of cells such that some values
 * of these, all others as printed and within their rounding, satisfy every equation. Deterministic, and the same for any
 * order of the equations as long as the search is complete.
 * @param[out] out owned by the caller, ntm_location_free(), before the balance
 * @param options NULL = the defaults
 * @return ::NTM_OK (also when a search stopped early: the group tells), ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_locate(ntm_location **out, const ntm_balance *balance,
                                            const ntm_locate_options *options, ntm_error *err);
/** Frees it. */
NTM_API void ntm_location_free(ntm_location *location);
/** How many groups there are, by their first cell; 0 for NULL. */
NTM_API size_t ntm_location_group_count(const ntm_location *location);
/** A group; zeros past the end. */
NTM_API ntm_located_group ntm_location_group(const ntm_location *location, size_t group);
/** A cell of an explanation, by number of cell; one past the end is ::NTM_NO_CELL. */
NTM_API ntm_suspect ntm_location_suspect(const ntm_location *location, size_t group, size_t explanation, size_t index);
/** A cause for such a cell, the likeliest first; ::NTM_CAUSE_NONE past the end. */
NTM_API ntm_suspicion ntm_location_suspicion(const ntm_location *location, size_t group, size_t explanation,
                                             size_t index, size_t cause);

/* ------------------------------------------------------------------------------------------- tables and text */

/** The half-width of a column's rounding. */
typedef struct ntm_column_width {
    const char *column;     /**< Its name. */
    ntm_decimal half_width; /**< As in ::ntm_balance_cell. */
} ntm_column_width;

/** How a table is read; start with ::NTM_BALANCE_TABLE_OPTIONS_INIT. */
typedef struct ntm_balance_table_options {
    size_t struct_size;              /**< sizeof(ntm_balance_table_options). */
    const char *key;                 /**< The column that names the rows, each once; NULL: rows are called by number. */
    const ntm_column_width *widths;  /**< Columns whose figures are rounded; others are exact. */
    size_t width_count;              /**< How many. */
    ntm_problems *problems;          /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator;  /**< NULL = the C library. */
} ntm_balance_table_options;

/** Starting value of ::ntm_balance_table_options: no key, exact figures. */
#define NTM_BALANCE_TABLE_OPTIONS_INIT { sizeof(ntm_balance_table_options), NULL, NULL, 0, NULL, NULL }

/**
 * Makes a balance with a cell for each row of each column of numbers, row by row; other columns and the key are left out.
 * @param[out] out owned by the caller, ntm_balance_free(); independent of the table
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE, ::NTM_ERROR_NOT_FOUND (no such column),
 *         ::NTM_ERROR_VALUE (NaN, a row without a key), ::NTM_ERROR_CONFLICT (a key twice), ::NTM_ERROR_OVERFLOW,
 *         ::NTM_ERROR_SYNTAX, ::NTM_ERROR_LIMIT (10 million cells)
 */
NTM_API NTM_NODISCARD ntm_status ntm_balance_from_table(ntm_balance **out, const ntm_table *table,
                                                        const ntm_balance_table_options *options, ntm_error *err);

/**
 * Adds an equation, written as text, over columns, for every row of a balance made from a table:
 *
 *     state == central + local
 *     "tổng số" = 2 * a - b
 *     share == 100 * state / total rounded half-up 1
 *     share == 100 * amount / amount[total]
 *
 * In brackets behind a column stands the key of a row: that one cell, in every row's equation. The share of the whole itself
 * is left out.
 *
 * A name is letters, digits, '_' and '.', not starting with a digit or '.', or any text in quotes of either kind, the quote
 * itself doubled. The rounding of a share is half-up, half-even, down or up, then the digits after the mark; without it,
 * half-up to as many digits as the column prints at most. Spaces and line ends are free.
 * @param text UTF-8 of `size` bytes; need not end with NUL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SYNTAX, ::NTM_ERROR_NOT_FOUND (no such column; near names are told),
 *         ::NTM_ERROR_SCHEMA (nothing is left of it), both with line and column of the text, ::NTM_ERROR_MEMORY,
 *         ::NTM_ERROR_OVERFLOW, ::NTM_ERROR_LIMIT (over 64 KiB of text, 1,000 names)
 */
NTM_API NTM_NODISCARD ntm_status ntm_balance_declare(ntm_balance *balance, const char *text, size_t size,
                                                     ntm_error *err);
/**
 * The same over rows, named by their keys, for every column: "state == central + local" down each column.
 * @param columns only these; NULL = all columns that have cells
 * @return as ntm_balance_declare()
 */
NTM_API NTM_NODISCARD ntm_status ntm_balance_declare_rows(ntm_balance *balance, const char *text, size_t size,
                                                          const char *const *columns, size_t column_count,
                                                          ntm_error *err);
/**
 * Adds, for every row that is the parent of others and every column, the equation that it is the sum of its children.
 * @param parents text or categories: for each row the key of its parent; not reported or empty = it has none
 * @param problems takes all problems; may be NULL
 * @return as ntm_balance_declare(); ::NTM_ERROR_NOT_FOUND (a parent that is no row: the row is told), ::NTM_ERROR_SCHEMA (a
 *         row that is its own ancestor), ::NTM_ERROR_SHAPE
 */
NTM_API NTM_NODISCARD ntm_status ntm_balance_declare_tree(ntm_balance *balance, const ntm_column *parents,
                                                          const char *const *columns, size_t column_count,
                                                          ntm_problems *problems, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
