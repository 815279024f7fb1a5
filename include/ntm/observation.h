/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file observation.h
 * @brief Observations in two times: what was so in a period, and since when that has been known.
 *
 * A store is made from a long table, one row an observation, checked as a whole and frozen. A question is asked "as known
 * on K": of each unit, fact and period the row that was recorded last on or before K counts. Rows recorded after K are not
 * looked at: the answer stays the same, byte by byte, when later corrections are added to the table and it is loaded again.
 *
 * A store, a view and a punctuality may each be read by any number of threads at once. A view and a punctuality borrow
 * from their store: free them first.
 */
#ifndef NTM_OBSERVATION_H
#define NTM_OBSERVATION_H

#include <ntm/base.h>
#include <ntm/column.h>
#include <ntm/number.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup observation Observations
 *  @{ */

/* ------------------------------------------------------------------------------------------- the store */

/** A store of observations. Frozen. */
typedef struct ntm_observations ntm_observations;

/** How observations are read; start with ::NTM_OBSERVATIONS_OPTIONS_INIT. */
typedef struct ntm_observations_options {
    size_t struct_size;              /**< sizeof(ntm_observations_options). */
    ntm_locale locale;               /**< How numbers in text are written; never guessed. */
    const char *const *not_reported; /**< Texts of values, besides the empty text, that mean "not reported" ("đang cập
                                             nhật"); compared as ntm_name_equal() does. */
    size_t not_reported_count;       /**< How many. */
    const char *const *not_applicable; /**< Texts of values that mean "not applicable". */
    size_t not_applicable_count;       /**< How many. */
    char separator;                    /**< Between the cells of CSV. */
    ntm_problems *problems;            /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator;    /**< NULL = the C library. */
} ntm_observations_options;

/** Starting value of ::ntm_observations_options: plain numbers, commas. */
#define NTM_OBSERVATIONS_OPTIONS_INIT                                                                                  \
    { sizeof(ntm_observations_options), NTM_LOCALE_PLAIN, NULL, 0, NULL, 0, ',', NULL, NULL }

/**
 * Makes a store from a long table, one row an observation, in any order. Exactly these columns, all needed:
 *  - `unit`, `fact`: text or categories, not empty. Compared byte by byte.
 *  - `period`: text or categories as ntm_period_parse() reads them, or days as integers (::ntm_date).
 *  - `value`: numbers or flags (a flag is 0 or 1), or text or categories. "Not reported" takes an earlier value back from
 *    its day on; "not applicable" is a value of its own.
 *  - `recorded_on`: days as integers (::ntm_date), or text or categories YYYY-MM-DD. When the row became known, not of
 *    which day it tells.
 *
 * A value that is text is a number in the locale, or one of the texts of the options, or else a level ("khá"). A text
 * without any letter has to be a number. One fact is either all numbers or all levels. All periods of one fact have one
 * length.
 *
 * Two rows with the same unit, fact, period and recorded_on: the same value again is counted as repeated and not kept
 * (1.50 is the same as 1.5); different values contradict one another.
 *
 * Nothing is allocated per row. Where nearly every unit of each fact and period that occur together has one row, the
 * store takes 12 bytes for each of them (16 if some value does not fit 32 bits) and 16 for each row of those that have
 * several. Where that would be more, it takes 16 bytes a row and 4 bytes for each unit of each fact and period; where
 * these would be more than four times the rows, 32 bytes a row in place of both. Making it takes up to 4 bytes a row more
 * for each column of text, or 32 bytes a row more in the last case. The first case is about three times as fast as the
 * second.
 *
 * Problems of all rows are told together: of texts that many rows share, once, at the first row. Where two rows
 * contradict one another, the error names the later one and its message the other.
 * @param[out] out the store; owned by the caller, ntm_observations_free(); independent of `table`
 * @param options NULL = the defaults
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE (a column is missing, unknown or of the
 *         wrong type), ::NTM_ERROR_SYNTAX (no such day or period, no number, no UTF-8), ::NTM_ERROR_VALUE (NaN, infinity, a
 *         cell that is needed is empty, a code past the categories, a number that is no day), ::NTM_ERROR_OVERFLOW (a value
 *         that does not fit 64 bits and 18 digits), ::NTM_ERROR_CONFLICT (two values for one place, periods of mixed length
 *         or numbers and levels in one fact), ::NTM_ERROR_LIMIT (2^32 - 1 rows)
 */
NTM_API NTM_NODISCARD ntm_status ntm_observations_new(ntm_observations **out, const ntm_table *table,
                                                      const ntm_observations_options *options, ntm_error *err);
/**
 * Makes a store from CSV with the columns unit, fact, period, value, recorded_on; others are skipped. An empty value is
 * "not reported". A byte order mark is accepted.
 * @param name what errors call the input, usually the file name: "reports.csv: value" is the subject of one about a column
 * @return as ntm_observations_new() and ntm_csv_read()
 */
NTM_API NTM_NODISCARD ntm_status ntm_observations_read(ntm_observations **out, const char *bytes, size_t size,
                                                       const char *name, const ntm_observations_options *options,
                                                       ntm_error *err);
/** Makes a store from a CSV file. @return as ntm_observations_read(), and ::NTM_ERROR_IO */
NTM_API NTM_NODISCARD ntm_status ntm_observations_open(ntm_observations **out, const char *path,
                                                       const ntm_observations_options *options, ntm_error *err);
/** Frees a store. */
NTM_API void ntm_observations_free(ntm_observations *observations);

/** What a store holds. `rows` is `used` and `repeated` together: no row is lost. */
typedef struct ntm_observed {
    uint64_t rows;     /**< Rows of the table. */
    uint64_t used;     /**< Rows that are kept. */
    uint64_t repeated; /**< Rows that said the same again as another of the same day. */
    uint64_t places;   /**< Different (unit, fact, period). */
    size_t units;      /**< Different units. */
    size_t facts;      /**< Different facts. */
    size_t periods;    /**< Different periods. */
} ntm_observed;

/** What a store holds; zeros for NULL. */
NTM_API ntm_observed ntm_observations_count(const ntm_observations *observations);
/** A unit, in the order of their codes; borrowed; NULL past the end. */
NTM_API const char *ntm_observations_unit(const ntm_observations *observations, size_t index);
/** A fact, in the order of their ids; borrowed; NULL past the end. */
NTM_API const char *ntm_observations_fact(const ntm_observations *observations, size_t index);
/** A period, by first day, then last day; borrowed; NULL past the end. */
NTM_API const char *ntm_observations_period(const ntm_observations *observations, size_t index);

/** A row that says the same as an earlier row of the table, and that row; rows from 0. */
typedef struct ntm_repeat {
    uint64_t row; /**< The row that is not kept. */
    uint64_t of;  /**< The first row that said so. */
} ntm_repeat;

/**
 * The rows that were not kept, in the order of rows.
 * @param[out] out room for `capacity`; may be NULL when capacity is 0
 * @param[out] count how many there are, also beyond the room
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_observations_repeated(ntm_repeat *out, size_t *count, size_t capacity,
                                                           const ntm_observations *observations, ntm_error *err);

/* ------------------------------------------------------------------------------------------- what is asked */

/** The most units x facts x periods of one question; more are ::NTM_ERROR_LIMIT. A view takes 8.25 bytes for each. */
#define NTM_OBSERVED_CELLS_MAX 1073741824

/**
 * Which units, facts and periods a question is about, and what is known; start with ::NTM_OBSERVED_OPTIONS_INIT. Where a
 * list is NULL, all that some row recorded on or before `known_on` tells of are taken, in the order of the store. What
 * the store does not know may be asked for: it is not reported.
 */
typedef struct ntm_observed_options {
    size_t struct_size;             /**< sizeof(ntm_observed_options). */
    const char *const *facts;       /**< Ids, each once; NULL = all. */
    size_t fact_count;              /**< How many. */
    const char *const *periods;     /**< As ntm_period_parse() reads them, each once; NULL = all. */
    size_t period_count;            /**< How many. */
    const ntm_column *units;        /**< Codes, each once and none missing: text or categories; NULL = all. */
    ntm_date known_on;              /**< Rows recorded after this day are not looked at; ::NTM_DATE_NONE = all are. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_observed_options;

/** Starting value of ::ntm_observed_options: everything. */
#define NTM_OBSERVED_OPTIONS_INIT                                                                                      \
    { sizeof(ntm_observed_options), NULL, 0, NULL, 0, NULL, NTM_DATE_NONE, NULL }

/* ------------------------------------------------------------------------------------------- views */

/** Facts as wide columns, as known on a day. Frozen. */
typedef struct ntm_view ntm_view;

/** The cells of a view (or of one of its facts), by what is known of them on the day. They add up to `cells`. */
typedef struct ntm_view_count {
    uint64_t cells;          /**< Units x periods (x facts). */
    uint64_t reported;       /**< With a value. */
    uint64_t not_applicable; /**< Last recorded as not applicable. */
    uint64_t withdrawn;      /**< Last recorded as not reported. */
    uint64_t unknown;        /**< No row at all on or before the day. */
    uint64_t left_out; /**< Not among the cells: (unit, fact, period) of the store that the view does not show, whenever
                                  they were recorded. 0 for a single fact. */
} ntm_view_count;

/**
 * Makes a view: one column a fact, and one row a unit in each period: row = period x units + unit, both in the order asked
 * for. It costs about a pass over its cells; in a store of the last kind (see ntm_observations_new()) a search for each.
 *
 * The column of a fact of numbers is int64 with the largest scale among the values that it shows: exact, and independent
 * of what it does not show. The column of a fact of levels is int32 codes with categories in the order in which they
 * appear in it. Every column has a validity bitmap, and one of what is not applicable (which is not valid either).
 * @param[out] out the view; owned by the caller, ntm_view_free(), before the store
 * @param options NULL = everything
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (a fact or period named twice), ::NTM_ERROR_MEMORY, ::NTM_ERROR_SYNTAX (no such
 *         period), ::NTM_ERROR_SHAPE (units of the wrong type), ::NTM_ERROR_VALUE (a row without a unit),
 *         ::NTM_ERROR_CONFLICT (a unit twice; both rows are named), ::NTM_ERROR_OVERFLOW (a value does not fit 64 bits at the
 *         scale of its fact; the error has the row of the long table), ::NTM_ERROR_LIMIT (cells)
 */
NTM_API NTM_NODISCARD ntm_status ntm_view_new(ntm_view **out, const ntm_observations *observations,
                                              const ntm_observed_options *options, ntm_error *err);
/** Frees a view. */
NTM_API void ntm_view_free(ntm_view *view);
/** The columns, one field a fact and nothing else: what ntm_evaluate() takes. Borrowed; NULL for NULL. */
NTM_API const ntm_table *ntm_view_table(const ntm_view *view);
/** Rows of one period: how many units were asked for. */
NTM_API size_t ntm_view_unit_count(const ntm_view *view);
/** How many periods were asked for. */
NTM_API size_t ntm_view_period_count(const ntm_view *view);
/** The unit of a row; borrowed; NULL past the end. */
NTM_API const char *ntm_view_unit(const ntm_view *view, size_t row);
/** The period of a row; borrowed; NULL past the end. */
NTM_API const char *ntm_view_period(const ntm_view *view, size_t row);
/** The row of the long table that stands behind a cell; ::NTM_NO_ROW when none does. */
NTM_API uint64_t ntm_view_source(const ntm_view *view, size_t fact, size_t row);
/** The cells of all facts; zeros for NULL. */
NTM_API ntm_view_count ntm_view_cells(const ntm_view *view);
/** The cells of one fact; zeros past the end. */
NTM_API ntm_view_count ntm_view_fact_cells(const ntm_view *view, size_t fact);

/* ------------------------------------------------------------------------------------------- punctuality */

/**
 * Reports by when they came. A report is the first row that has a value or says "not applicable"; it is due so many days
 * after the last day of its period. in_time + late + missing + not_due = expected.
 */
typedef struct ntm_punctual {
    uint64_t expected;  /**< Reports asked for: of each unit and fact, of each asked period of the fact's length. */
    uint64_t in_time;   /**< First recorded on or before the day it was due. */
    uint64_t late;      /**< First recorded after that day. */
    uint64_t missing;   /**< Not there on the day asked about, and due on or before it. */
    uint64_t not_due;   /**< Not there yet, and due later. */
    uint64_t corrected; /**< Of those that came: said something else later, at least once. */
    uint64_t withdrawn; /**< Of those that came: taken back, and nothing else since. */
} ntm_punctual;

/** One report that is missing. Texts are borrowed from the punctuality. */
typedef struct ntm_missing {
    const char *unit;   /**< Of which unit. */
    const char *fact;   /**< Of which fact. */
    const char *period; /**< Of which period. */
    ntm_date due_on;    /**< When it was due. */
} ntm_missing;

/** Reports counted, in total, by fact and by unit. Frozen. */
typedef struct ntm_punctuality ntm_punctuality;

/**
 * Counts reports by when they came, as known on a day. A fact of which nothing is known on that day is expected in every
 * period asked for.
 * @param[out] out the counts; owned by the caller, ntm_punctuality_free(), before the store
 * @param options `known_on` is needed
 * @param due_days days after the last day of the period, -36600..36600
 * @return as ntm_view_new(); ::NTM_ERROR_ARGUMENT without a day
 */
NTM_API NTM_NODISCARD ntm_status ntm_punctuality_new(ntm_punctuality **out, const ntm_observations *observations,
                                                     const ntm_observed_options *options, int32_t due_days,
                                                     ntm_error *err);
/** Frees the counts. */
NTM_API void ntm_punctuality_free(ntm_punctuality *punctuality);
/** All units and facts together; zeros for NULL. */
NTM_API ntm_punctual ntm_punctuality_total(const ntm_punctuality *punctuality);
/**
 * One fact, by its place among those asked for.
 * @param[out] name its id, borrowed; may be NULL
 * @return zeros, and NULL as the name, past the end
 */
NTM_API ntm_punctual ntm_punctuality_fact(const char **name, const ntm_punctuality *punctuality, size_t index);
/** One unit, as ntm_punctuality_fact(). */
NTM_API ntm_punctual ntm_punctuality_unit(const char **name, const ntm_punctuality *punctuality, size_t index);
/** (unit, fact, period) of the store that were not asked for, whenever they were recorded; 0 for NULL. */
NTM_API uint64_t ntm_punctuality_left_out(const ntm_punctuality *punctuality);
/**
 * The reports that are missing: by fact, then period, then unit, each in the order asked for.
 * @param[out] out room for `capacity`; may be NULL when capacity is 0
 * @param[out] count how many there are, also beyond the room
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_punctuality_missing(ntm_missing *out, size_t *count, size_t capacity,
                                                         const ntm_punctuality *punctuality, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
