/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file what_if.h
 * @brief Questions that never touch the originals: a set with other figures, a table with other facts.
 *
 * What comes out goes wherever a set or a table goes: into ntm_plan_new(), ntm_evaluate(), ntm_explain(). It can be read
 * by any number of threads.
 */
#ifndef NTM_WHAT_IF_H
#define NTM_WHAT_IF_H

#include <ntm/attainment.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup what_if What if
 *  @{ */

/** What a set with other figures has among its overlays, and its changed cells as the overlay they came from. */
#define NTM_WHAT_IF_OVERLAY "what-if"

/** Another number in some cells of a figure. */
typedef struct ntm_figure_change {
    const char *figure;         /**< Id of the figure. */
    const ntm_axis_value *axes; /**< Which cells: those at these values; an axis not named: all of its values. */
    size_t axis_count;          /**< Number of axes named; 0 = all cells, also those that are absent now. */
    bool absent;                /**< The cells become absent; `value` is not looked at. */
    ntm_decimal value;          /**< The number in these cells, in the figure's unit. */
    const char *unit;           /**< The unit that the caller means: any other than the figure's is an error. NULL = the
                                     figure's. */
} ntm_figure_change;

/**
 * A set in which some figures are other numbers. Nobody can take it for law: its overlays end with
 * ::NTM_WHAT_IF_OVERLAY, and each changed cell is ::NTM_UNVERIFIED, names that overlay, no source, and says so in its
 * note. Everything else is the same, nodes and parts have the same numbers, and the set given is not changed.
 *
 * Where a figure runs on a line between years, a changed year is an end of the lines beside it, as if law had set it.
 * @param[out] out the set; owned by the caller, ntm_set_free(); independent of `set`
 * @param changes `count` changes; none gives the same set with the mark on it
 * @param problems takes all problems of the changes; may be NULL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (NULL, a value with too many digits), ::NTM_ERROR_MEMORY, ::NTM_ERROR_NOT_FOUND
 *         (a figure, an axis of it, or a value of that), ::NTM_ERROR_CONFLICT (an axis named twice, two changes for one
 *         cell), ::NTM_ERROR_UNIT, ::NTM_ERROR_LIMIT (2^32 changes). The subject is the figure.
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_what_if(ntm_set **out, const ntm_set *set, const ntm_figure_change *changes,
                                                 size_t count, ntm_problems *problems, const ntm_allocator *allocator,
                                                 ntm_error *err);

/** What a changed cell of a table holds. Values are frozen. */
typedef enum ntm_change_kind {
    NTM_CHANGE_NUMBER = 1, /**< A number: a count, an amount, a share, money in the column's unit, a day. */
    NTM_CHANGE_FLAG = 2,   /**< Yes or no. */
    NTM_CHANGE_TEXT = 3    /**< A level, a value of an axis, any text. */
} ntm_change_kind;

/** Another value in one cell of a table. */
typedef struct ntm_fact_change {
    size_t row;        /**< Row of the table. */
    const char *field; /**< Name of the field: a fact, an axis, a bound ("poor:least"); may be one that the table does
                               not have. */
    ntm_known known;   /**< ::NTM_REPORTED: the value below; else the cell has none. */
    ntm_change_kind
        kind;           /**< Which of the values below is meant. May be 0 for a cell without a value, unless the column
                               has to be added for a "not applicable". */
    ntm_decimal number; /**< ::NTM_CHANGE_NUMBER. */
    bool flag;          /**< ::NTM_CHANGE_FLAG. */
    const char *text;   /**< ::NTM_CHANGE_TEXT: UTF-8. */
} ntm_fact_change;

/** A table in which some cells have another value. Frozen. */
typedef struct ntm_what_if ntm_what_if;

/**
 * A table in which some cells have another value. Columns without a change are those of `table`, changed ones are
 * copies; fields that it does not have come behind them, in order of their names. Where a number has more digits after
 * the mark than its column, the copy gets them all. A text that is not among the categories of a column of codes is
 * added to those of the copy. A number goes into a column of doubles if the column reads back as that number; a flag
 * into a column of flags, or as 0 or 1 into one of whole numbers.
 * @param[out] out the table; owned by the caller, ntm_what_if_free()
 * @param table has to outlive it, with its columns
 * @param changes `count` changes; copied
 * @param problems takes all problems of the changes; may be NULL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (NULL, a row past the end, an unknown kind, too many digits),
 *         ::NTM_ERROR_MEMORY, ::NTM_ERROR_CONFLICT (two changes for one cell), ::NTM_ERROR_SHAPE (a value that is not of
 *         the column's sort; what ntm_table_check() finds), ::NTM_ERROR_OVERFLOW (a value does not fit, or another of the
 *         column does not once it has more digits: row named), ::NTM_ERROR_VALUE (a code without a category: row named),
 *         ::NTM_ERROR_SYNTAX (text that is not UTF-8), ::NTM_ERROR_LIMIT (2^32 changes, 2 GiB of text in a column)
 */
NTM_API NTM_NODISCARD ntm_status ntm_table_what_if(ntm_what_if **out, const ntm_table *table,
                                                   const ntm_fact_change *changes, size_t count, ntm_problems *problems,
                                                   const ntm_allocator *allocator, ntm_error *err);
/** The table; borrowed; NULL for NULL. */
NTM_API const ntm_table *ntm_what_if_table(const ntm_what_if *what_if);
/** Frees it; the original is not touched. */
NTM_API void ntm_what_if_free(ntm_what_if *what_if);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
