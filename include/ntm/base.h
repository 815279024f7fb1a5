/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file base.h
 * @brief What every other header rests on: status, error, problems, allocator, text, dates.
 *
 * Rules that hold for the whole library:
 *  - A function that can fail returns an ::ntm_status; ::NTM_OK is 0. What it makes comes out through its
 *    first parameters. On failure these are left as they were, unless the function says otherwise.
 *  - `ntm_error *err` is the last parameter, belongs to the caller and may be NULL.
 *  - A pointer that is *returned* is borrowed from the object asked; a pointer that comes *out* through a
 *    pointer-to-pointer is owned by the caller and goes back through the matching `..._free`.
 *  - `..._free(NULL)` does nothing.
 *  - Nothing is global. A frozen object (set, catalogue, plan, attainment, explanation, text) may be read
 *    by any number of threads at once; a builder belongs to one thread at a time.
 *  - All text is UTF-8. All ids are compared byte by byte.
 */
#ifndef NTM_BASE_H
#define NTM_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** @defgroup base Base
 *  @{ */

/** Marks what the shared library exports. */
#if defined(__GNUC__)
#define NTM_API __attribute__((visibility("default")))
#else
#define NTM_API
#endif

/** Marks a function whose status must be looked at. */
#if defined(__GNUC__)
#define NTM_NODISCARD __attribute__((warn_unused_result))
#else
#define NTM_NODISCARD
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** What became of a call. Values are frozen: a code keeps its meaning for ever. */
typedef enum ntm_status {
    NTM_OK = 0,                 /**< It worked. */
    NTM_ERROR_ARGUMENT = 1,     /**< The call itself is wrong: NULL, an unknown enum value, an index out of range. */
    NTM_ERROR_MEMORY = 2,       /**< The allocator returned NULL. */
    NTM_ERROR_LIMIT = 3,        /**< Input larger or deeper than the library takes. */
    NTM_ERROR_OVERFLOW = 4,     /**< An exact result does not fit the integers that carry it. */
    NTM_ERROR_SYNTAX = 5,       /**< Text that cannot be read: YAML, CSV, a number, a date. */
    NTM_ERROR_SCHEMA = 6,       /**< Text that can be read and breaks a rule: unknown key, duplicate id, cycle. */
    NTM_ERROR_UNIT = 7,         /**< Quantities of different units compared or added (km with %). */
    NTM_ERROR_VALUE = 8,        /**< A value that cannot be: NaN, infinity, a share of 140 %, a part above its whole. */
    NTM_ERROR_SHAPE = 9,        /**< Columns of different length, a column missing or of the wrong type. */
    NTM_ERROR_NOT_FOUND = 10,   /**< No such set, fact, indicator, file entry. */
    NTM_ERROR_NOT_IN_FORCE = 11,/**< The law asked for is not in force on the date. */
    NTM_ERROR_CONFLICT = 12,    /**< Two things claim the same place: two figures, two sets for one day. */
    NTM_ERROR_IO = 13,          /**< The operating system refused to read or write. */
    NTM_ERROR_UNSUPPORTED = 14  /**< Understood, and not something this version does. */
} ntm_status;

/** One past the last ::ntm_status, for loops over all of them. */
#define NTM_STATUS_END 15

/** The row of an error that concerns no row. */
#define NTM_NO_ROW UINT64_MAX

/**
 * What went wrong, in detail. Lives on the caller's stack; start it with ::NTM_ERROR_INIT.
 * A failing call fills it; a call that works leaves it alone. With NULL in its place only the status tells.
 */
typedef struct ntm_error {
    size_t struct_size; /**< sizeof(ntm_error), set by ::NTM_ERROR_INIT; the library never writes past it. */
    ntm_status status;  /**< The same as the call returned. */
    uint32_t line;      /**< Line in the file, from 1; 0 when there is none. */
    uint32_t column;    /**< Column (in characters) in the line, from 1; 0 when there is none. */
    uint64_t row;       /**< Row of the table, from 0; ::NTM_NO_ROW when there is none. */
    char subject[128];  /**< The file, path, fact or column concerned; "" when there is none. Ends with NUL. */
    char message[384];  /**< One line of English without the subject. Ends with NUL. */
} ntm_error;

/** Starting value of an ::ntm_error. */
#define NTM_ERROR_INIT { sizeof(ntm_error), NTM_OK, 0, 0, NTM_NO_ROW, "", "" }

/**
 * The name of a status, as in "NTM_ERROR_VALUE".
 * @return static text; "NTM_ERROR_?" for a number that is no status. Safe from any thread.
 */
NTM_API const char *ntm_status_name(ntm_status status);

/**
 * What a status means, one short English phrase.
 * @return static text, never NULL. Safe from any thread.
 */
NTM_API const char *ntm_status_text(ntm_status status);

/* ------------------------------------------------------------------------------------------- memory */

/**
 * Where an object takes its memory from. Passed when an object is made, kept by it until it is freed;
 * NULL means the C library. The functions may be called from the thread that calls the library only.
 */
typedef struct ntm_allocator {
    /** Returns `size` > 0 bytes, aligned for any type, or NULL. */
    void *(*allocate)(void *context, size_t size);
    /** Like realloc: `old_size` is what was asked for last; on NULL the old block stays valid. */
    void *(*reallocate)(void *context, void *block, size_t old_size, size_t new_size);
    /** Takes a block of `size` bytes back. Never called with NULL. */
    void (*release)(void *context, void *block, size_t size);
    void *context; /**< Handed to the three functions. */
} ntm_allocator;

/* ------------------------------------------------------------------------------------------- problems */

/** A list of problems found in one input, so that all of them can be shown together. */
typedef struct ntm_problems ntm_problems;

/**
 * Makes an empty list that keeps at most `limit` problems (0 means 100) and counts the rest.
 * @param[out] out the list; owned by the caller, ntm_problems_free()
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_problems_new(ntm_problems **out, size_t limit, const ntm_allocator *allocator,
                                                  ntm_error *err);
/** Frees the list. */
NTM_API void ntm_problems_free(ntm_problems *problems);
/** How many problems were kept; 0 for NULL. */
NTM_API size_t ntm_problems_count(const ntm_problems *problems);
/** How many problems were found, kept or not; 0 for NULL. */
NTM_API size_t ntm_problems_found(const ntm_problems *problems);
/** The problem at `index` in the order found; borrowed from the list; NULL past the end. */
NTM_API const ntm_error *ntm_problems_get(const ntm_problems *problems, size_t index);

/* ------------------------------------------------------------------------------------------- text */

/** Text that the library made: frozen, UTF-8, ends with NUL. */
typedef struct ntm_text ntm_text;
/** The bytes, ending with NUL; borrowed from the text; "" for NULL. */
NTM_API const char *ntm_text_data(const ntm_text *text);
/** The number of bytes without the NUL; 0 for NULL. */
NTM_API size_t ntm_text_size(const ntm_text *text);
/** Frees the text. */
NTM_API void ntm_text_free(ntm_text *text);

/** The languages of explanations. */
typedef enum ntm_language {
    NTM_VI = 1, /**< Vietnamese, numbers as 1.799 and 89,95. */
    NTM_EN = 2  /**< English, numbers as 1,799 and 89.95. */
} ntm_language;

/**
 * Whether two names are the same after what spelling leaves open: NFC, letter case, the place of the
 * tone mark (hoà = hòa), runs of white space. A text with letters of several scripts equals nothing.
 * @param a,b text of `a_size` and `b_size` bytes
 * @param[out] out the answer
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SYNTAX (not UTF-8, or mixed scripts), ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_name_equal(bool *out, const char *a, size_t a_size, const char *b, size_t b_size,
                                                ntm_error *err);

/* ------------------------------------------------------------------------------------------- dates */

/** A day: the number of days since 1970-01-01 in the Gregorian calendar. */
typedef int32_t ntm_date;
/** No day. */
#define NTM_DATE_NONE INT32_MIN

/**
 * The day of a year, month (1..12) and day (1..31).
 * @return ::NTM_DATE_NONE when there is no such day or the year is outside 1..9999. Safe from any thread.
 */
NTM_API ntm_date ntm_date_ymd(int year, int month, int day);
/** Splits a day into its parts; a part may be NULL. Gives zeros for ::NTM_DATE_NONE and out of range. */
NTM_API void ntm_date_parts(ntm_date date, int *year, int *month, int *day);
/**
 * Reads "2020-02-25".
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SYNTAX
 */
NTM_API NTM_NODISCARD ntm_status ntm_date_parse(ntm_date *out, const char *text, size_t size, ntm_error *err);

/* ------------------------------------------------------------------------------------------- periods */

/** How long a period is. Values are frozen. */
typedef enum ntm_period_length {
    NTM_PERIOD_DAY = 1,       /**< "2020-02-25" */
    NTM_PERIOD_MONTH = 2,     /**< "2020-02" */
    NTM_PERIOD_QUARTER = 3,   /**< "2020-Q1" */
    NTM_PERIOD_HALF_YEAR = 4, /**< "2020-H1" */
    NTM_PERIOD_YEAR = 5       /**< "2020" */
} ntm_period_length;

/** A period of the calendar. */
typedef struct ntm_period {
    ntm_period_length length; /**< How long it is. */
    ntm_date first_day;       /**< Its first day. */
    ntm_date last_day;        /**< Its last day, included. */
} ntm_period;

/**
 * Reads "2020", "2020-H1", "2020-Q1", "2020-02" or "2020-02-25" and nothing else. Safe from any thread.
 * @param[out] out the period
 * @param text UTF-8 of `size` bytes; need not end with NUL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SYNTAX (other text, or no such period)
 */
NTM_API NTM_NODISCARD ntm_status ntm_period_parse(ntm_period *out, const char *text, size_t size, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
