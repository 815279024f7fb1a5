/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file column.h
 * @brief Columns of facts, borrowed from the caller, and tables made of them.
 */
#ifndef NTM_COLUMN_H
#define NTM_COLUMN_H

#include <ntm/base.h>
#include <ntm/number.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup column Columns and tables
 *  @{ */

/** The type of a column's data. Values are frozen. */
typedef enum ntm_type {
    NTM_TYPE_BITS = 1,       /**< Yes/no, one bit a row, least significant bit first (Arrow bool). */
    NTM_TYPE_BYTES = 2,      /**< Yes/no, one byte a row, 0 or 1 (NumPy bool). Any other byte is an error. */
    NTM_TYPE_INT8 = 3,       /**< Signed integers of 1 byte. */
    NTM_TYPE_INT16 = 4,      /**< Signed integers of 2 bytes. */
    NTM_TYPE_INT32 = 5,      /**< Signed integers of 4 bytes. */
    NTM_TYPE_INT64 = 6,      /**< Signed integers of 8 bytes. */
    NTM_TYPE_DOUBLE = 7,     /**< IEEE double; stands for the shortest decimal that reads back as it. */
    NTM_TYPE_DECIMAL128 = 8, /**< Little-endian 128-bit integers × 10^-scale (Arrow decimal128). */
    NTM_TYPE_TEXT = 9        /**< UTF-8: data are length + 1 int32 offsets into `text` (Arrow utf8). */
} ntm_type;

/** What is known of one value. */
typedef enum ntm_known {
    NTM_NOT_REPORTED = 0,  /**< Nobody has said. Never zero, never "no". */
    NTM_REPORTED = 1,      /**< There is a value. */
    NTM_NOT_APPLICABLE = 2 /**< There is nothing to report: a commune without markets has no market to rate. */
} ntm_known;

/**
 * One column, borrowed: the caller keeps the memory and may not change it while a call reads it. Start with
 * ::NTM_COLUMN_INIT. The library never writes through it.
 *
 * Integers (and ::NTM_TYPE_DECIMAL128) with `scale` s stand for data × 10^-s. Integers with `categories` stand for
 * categories[data]; a negative code is "not reported", one past the end is an error (pandas and Arrow dictionaries).
 */
typedef struct ntm_column {
    size_t struct_size;     /**< sizeof(ntm_column), set by ::NTM_COLUMN_INIT. */
    ntm_type type;          /**< Type of `data`. */
    uint8_t scale;          /**< Digits after the decimal mark of integers and decimals, 0..::NTM_SCALE_MAX. */
    bool nan_not_reported;  /**< NaN in a double column means "not reported"; otherwise NaN is an error. */
    const void *data;       /**< First value; aligned for its type. NULL only when length is 0. */
    int64_t stride_bytes;   /**< From one value to the next; 0 repeats the first for all rows. Ignored for bits,
                                 text. */
    size_t length;          /**< Rows. */
    size_t bit_offset;      /**< ::NTM_TYPE_BITS: the first value's bit in `data`. */
    const uint8_t *validity;       /**< One bit a row, set = reported; NULL = all reported. */
    size_t validity_offset;        /**< The first row's bit in `validity`. */
    const uint8_t *not_applicable; /**< One bit a row, set = not applicable (wins over validity); NULL = none. */
    size_t not_applicable_offset;  /**< The first row's bit in `not_applicable`. */
    const char *const *categories; /**< Names of the codes of an integer column; NULL = plain numbers. */
    size_t category_count;         /**< Number of categories. */
    const char *text;              /**< ::NTM_TYPE_TEXT: the bytes the offsets point into. */
} ntm_column;

/** Starting value of an ::ntm_column: everything zero but its size. */
#define NTM_COLUMN_INIT \
    { sizeof(ntm_column), (ntm_type)0, 0, false, NULL, 0, 0, 0, NULL, 0, NULL, 0, NULL, 0, NULL }

/** A contiguous column of int64 without missing values. */
NTM_API ntm_column ntm_column_int64(const int64_t *data, size_t length);
/** A contiguous column of double; NaN is an error unless the caller sets nan_not_reported. */
NTM_API ntm_column ntm_column_double(const double *data, size_t length);
/** A contiguous column of bytes 0 and 1 without missing values. */
NTM_API ntm_column ntm_column_bytes(const uint8_t *data, size_t length);
/** A contiguous column of int32 codes into `categories`, which are borrowed. */
NTM_API ntm_column ntm_column_codes(const int32_t *data, size_t length, const char *const *categories,
                                    size_t category_count);

/**
 * Checks that a column can be read: known type, alignment, scale, lengths, text offsets in order. Costs O(1), or
 * O(rows) for text. Values are checked when they are used.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SHAPE; the error names the reason
 */
NTM_API NTM_NODISCARD ntm_status ntm_column_check(const ntm_column *column, ntm_error *err);

/** What is known of a row; ::NTM_NOT_REPORTED past the end. A NaN or negative code counts as its column says. */
NTM_API ntm_known ntm_column_known(const ntm_column *column, size_t row);

/**
 * One value as an exact decimal; yes/no gives 0 and 1, categories give their code.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_NOT_FOUND (not reported, not applicable), ::NTM_ERROR_VALUE,
 *         ::NTM_ERROR_OVERFLOW, ::NTM_ERROR_SHAPE (text)
 */
NTM_API NTM_NODISCARD ntm_status ntm_column_decimal(ntm_decimal *out, const ntm_column *column, size_t row,
                                                    ntm_error *err);

/**
 * One value as text: of a text column, or the category of a code.
 * @param[out] out borrowed from the column; does not end with NUL
 * @param[out] out_size its bytes
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_NOT_FOUND, ::NTM_ERROR_VALUE (code past the end),
 *         ::NTM_ERROR_SHAPE
 */
NTM_API NTM_NODISCARD ntm_status ntm_column_text(const char **out, size_t *out_size, const ntm_column *column,
                                                 size_t row, ntm_error *err);

/** A column under the name of the fact, axis or key that it holds. */
typedef struct ntm_field {
    const char *name;  /**< Fact id ("households"), axis ("region") or key; borrowed. */
    ntm_column column; /**< The values. */
} ntm_field;

/** Columns of one length, one row a unit. Borrowed as its columns are. */
typedef struct ntm_table {
    size_t struct_size;      /**< sizeof(ntm_table), set by ::NTM_TABLE_INIT. */
    size_t rows;             /**< Rows of every column. */
    const ntm_field *fields; /**< `field_count` fields with different names. */
    size_t field_count;      /**< Number of fields. */
} ntm_table;

/** Starting value of an ::ntm_table. */
#define NTM_TABLE_INIT { sizeof(ntm_table), 0, NULL, 0 }

/** The field of that name; borrowed from the table; NULL if there is none. */
NTM_API const ntm_field *ntm_table_find(const ntm_table *table, const char *name);

/**
 * Checks every column and that all have `rows` rows and different names. All problems go to `problems` (may be NULL).
 * @return ::NTM_OK or the first problem's status
 */
NTM_API NTM_NODISCARD ntm_status ntm_table_check(const ntm_table *table, ntm_problems *problems, ntm_error *err);

/* ------------------------------------------------------------------------------------------- CSV */

/** How the cells of a CSV column are read. */
typedef enum ntm_csv_kind {
    NTM_CSV_TEXT = 1,   /**< As written; a ::NTM_TYPE_TEXT column. Empty text is text. */
    NTM_CSV_CODES = 2,  /**< Text with few different values; an int32 column with categories in order of appearance. */
    NTM_CSV_FLAG = 3,   /**< yes/no: one of the texts of `yes` and `no`; a ::NTM_TYPE_BYTES column. */
    NTM_CSV_NUMBER = 4, /**< A decimal; an int64 column with `scale`. More digits than the scale are an error. */
    NTM_CSV_MONEY = 5,  /**< A number of `money_unit` đồng; an int64 column of đồng. Parts of a đồng are an error. */
    NTM_CSV_DATE = 6    /**< YYYY-MM-DD; an int32 column of ::ntm_date. */
} ntm_csv_kind;

/** One column that the caller wants from a CSV file. */
typedef struct ntm_csv_field {
    const char *header; /**< The header as in the file; compared after NFC. */
    const char *name;   /**< The name of the field made; NULL takes the header. */
    ntm_csv_kind kind;  /**< How its cells are read. */
    ntm_locale locale;  /**< How its numbers are written; needed for numbers and money. */
    uint8_t scale;      /**< Digits after the mark kept for ::NTM_CSV_NUMBER. */
    ntm_money money_unit;      /**< 1, 1000, 1000000 (triệu) or 1000000000 (tỷ) đồng. */
    const char *yes;           /**< The text of a yes; NULL takes "1". */
    const char *no;            /**< The text of a no; NULL takes "0". */
    const char *not_reported;  /**< A second text, besides the empty cell, that means "not reported"; NULL = none. */
    const char *not_applicable;/**< A text that means "not applicable"; NULL = none. */
} ntm_csv_field;

/** A table that owns its columns. Frozen. */
typedef struct ntm_csv ntm_csv;

/** Limits and manners of reading CSV; start with ::NTM_CSV_OPTIONS_INIT. */
typedef struct ntm_csv_options {
    size_t struct_size;             /**< sizeof(ntm_csv_options). */
    char separator;                 /**< ',' by default; ';' and tab are usual. */
    size_t size_max;                /**< Largest file in bytes; 0 means 1 GiB. */
    ntm_problems *problems;         /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_csv_options;

/** Starting value of ::ntm_csv_options. */
#define NTM_CSV_OPTIONS_INIT { sizeof(ntm_csv_options), ',', 0, NULL, NULL }

/**
 * Reads CSV (RFC 4180, UTF-8, LF or CRLF, an optional byte order mark, one header line; a line that starts with '#'
 * before the header is a comment) from memory. Columns of the file that no field asks for are skipped; each row must
 * have as many cells as the header.
 * @param[out] out the table; owned by the caller, ntm_csv_free(); independent of `bytes`
 * @param name what errors call the input, usually the file name
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_LIMIT, ::NTM_ERROR_SYNTAX (with line, column
 *         and row), ::NTM_ERROR_SHAPE (a header is missing or doubled), ::NTM_ERROR_OVERFLOW
 */
NTM_API NTM_NODISCARD ntm_status ntm_csv_read(ntm_csv **out, const char *bytes, size_t size, const char *name,
                                              const ntm_csv_field *fields, size_t field_count,
                                              const ntm_csv_options *options, ntm_error *err);
/** Reads a CSV file. @return as ntm_csv_read(), and ::NTM_ERROR_IO */
NTM_API NTM_NODISCARD ntm_status ntm_csv_open(ntm_csv **out, const char *path, const ntm_csv_field *fields,
                                              size_t field_count, const ntm_csv_options *options, ntm_error *err);
/** The table, one field per asked-for field in that order; borrowed. */
NTM_API const ntm_table *ntm_csv_table(const ntm_csv *csv);
/** The comment lines before the header, without '#', joined by newlines; borrowed; "" if none. */
NTM_API const char *ntm_csv_comment(const ntm_csv *csv);
/** Frees the table and everything borrowed from it. */
NTM_API void ntm_csv_free(ntm_csv *csv);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
