/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file number.h
 * @brief Exact decimals, money in integer đồng, and numbers as people print them.
 */
#ifndef NTM_NUMBER_H
#define NTM_NUMBER_H

#include <ntm/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup number Numbers
 *  @{ */

/** The largest scale of an ::ntm_decimal. */
#define NTM_SCALE_MAX 18

/** The exact number coefficient × 10^-scale. 89.95 is {8995, 2}. */
typedef struct ntm_decimal {
    int64_t coefficient; /**< All digits, with the sign. */
    uint8_t scale;       /**< Digits after the decimal mark, 0..::NTM_SCALE_MAX. */
} ntm_decimal;

/** The exact number numerator / denominator, in lowest terms with denominator > 0; {0, 0} is no number. */
typedef struct ntm_fraction {
    int64_t numerator;   /**< With the sign. */
    int64_t denominator; /**< Above 0; 0 when there is no number. */
} ntm_fraction;

/** A number known to lie between two bounds, both included. */
typedef struct ntm_bounds {
    uint64_t least; /**< At least. */
    uint64_t most;  /**< At most. */
} ntm_bounds;

/** A number known to lie between two others, both included; equal ends are a known number. */
typedef struct ntm_range {
    ntm_fraction least; /**< Denominator 0: no lower bound is known. */
    ntm_fraction most;  /**< Denominator 0: no upper bound is known. */
} ntm_range;

/**
 * How numbers are written. A property of a field or a file, given by whoever knows it: "3.843" is three
 * thousand in one and three in the other, and the library never guesses.
 */
typedef enum ntm_locale {
    NTM_LOCALE_PLAIN = 1, /**< '.' is the decimal mark; no grouping: 3843.5 */
    NTM_LOCALE_VI = 2,    /**< '.' groups thousands, ',' is the decimal mark: 3.843,5 */
    NTM_LOCALE_EN = 3     /**< ',' groups thousands, '.' is the decimal mark: 3,843.5 */
} ntm_locale;

/** How a number is rounded, where a rule says that it is. Exact ties are told apart from the rest. */
typedef enum ntm_rounding {
    NTM_ROUND_HALF_UP = 1,   /**< Ties away from zero: what people do by hand. */
    NTM_ROUND_HALF_EVEN = 2, /**< Ties to the even neighbour. */
    NTM_ROUND_DOWN = 3,      /**< Towards zero: cut off. */
    NTM_ROUND_UP = 4         /**< Away from zero. */
} ntm_rounding;

/**
 * Reads one number and nothing else. Grouping, where the locale has it, is all or nothing and in threes:
 * "1.234.567,8" and "1234567,8" are read, "12.34" is an error under ::NTM_LOCALE_VI. A sign may lead.
 * Exponents, spaces inside and empty text are errors.
 * @param[out] out the number
 * @param text UTF-8 of `size` bytes; need not end with NUL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SYNTAX, ::NTM_ERROR_OVERFLOW (more than 18 digits after the
 *         mark, or a coefficient beyond int64)
 */
NTM_API NTM_NODISCARD ntm_status ntm_decimal_parse(ntm_decimal *out, const char *text, size_t size, ntm_locale locale,
                                                   ntm_error *err);

/**
 * Writes a number with as many digits after the mark as its scale; the groups of ::NTM_LOCALE_VI and
 * ::NTM_LOCALE_EN are written.
 * @param buffer room for `capacity` bytes; may be NULL when capacity is 0; always ends with NUL when capacity > 0
 * @return the bytes needed without the NUL, as snprintf does; 48 bytes always suffice. Safe from any thread.
 */
NTM_API size_t ntm_decimal_format(char *buffer, size_t capacity, ntm_decimal value, ntm_locale locale);

/** Exact order: negative, 0 or positive as a < b, a = b, a > b. 1.50 equals 1.5. Cannot overflow. */
NTM_API int ntm_decimal_compare(ntm_decimal a, ntm_decimal b);

/** Exact sum. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_OVERFLOW */
NTM_API NTM_NODISCARD ntm_status ntm_decimal_add(ntm_decimal *out, ntm_decimal a, ntm_decimal b, ntm_error *err);
/** Exact difference a - b. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_OVERFLOW */
NTM_API NTM_NODISCARD ntm_status ntm_decimal_subtract(ntm_decimal *out, ntm_decimal a, ntm_decimal b, ntm_error *err);
/** Exact product. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_OVERFLOW */
NTM_API NTM_NODISCARD ntm_status ntm_decimal_multiply(ntm_decimal *out, ntm_decimal a, ntm_decimal b, ntm_error *err);

/**
 * numerator / denominator × 10^percent_digits rounded once to `scale` digits: ntm_decimal_ratio(&p, 1799, 2000, 2, 1,
 * NTM_ROUND_HALF_UP) is 90.0. For printing; a verdict is never taken from it.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (denominator 0 included), ::NTM_ERROR_OVERFLOW
 */
NTM_API NTM_NODISCARD ntm_status ntm_decimal_ratio(ntm_decimal *out, int64_t numerator, int64_t denominator,
                                                   unsigned percent_digits, uint8_t scale, ntm_rounding rounding,
                                                   ntm_error *err);

/** Rounds to `scale` digits after the mark. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_OVERFLOW */
NTM_API NTM_NODISCARD ntm_status ntm_decimal_round(ntm_decimal *out, ntm_decimal value, uint8_t scale,
                                                   ntm_rounding rounding, ntm_error *err);

/**
 * The shortest decimal that reads back as the double: what a person typed. 89.95 gives {8995, 2}.
 * docs/exactness.md shows why comparing doubles under this reading is exact.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_VALUE (NaN, infinity), ::NTM_ERROR_OVERFLOW (does not fit)
 */
NTM_API NTM_NODISCARD ntm_status ntm_decimal_from_double(ntm_decimal *out, double value, ntm_error *err);

/** An amount of money in đồng. Vietnam has no smaller unit in use. */
typedef int64_t ntm_money;

/** Adds amounts. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_OVERFLOW */
NTM_API NTM_NODISCARD ntm_status ntm_money_add(ntm_money *out, ntm_money a, ntm_money b, ntm_error *err);

/** What a printed number says about itself: "trên 300 thôn" is not 300. */
typedef enum ntm_qualifier {
    NTM_EXACTLY = 0, /**< No qualifier. */
    NTM_OVER = 1,    /**< trên, hơn: more than. */
    NTM_NEARLY = 2,  /**< gần: less than, close to. */
    NTM_ABOUT = 3,   /**< khoảng: either side. */
    NTM_NO_LESS = 4, /**< tối thiểu, ít nhất: at least. */
    NTM_UNDER = 5,   /**< dưới: less than. */
    NTM_NO_MORE = 6  /**< tối đa, không quá: at most. */
} ntm_qualifier;

/** A number as printed in running text, taken apart. */
typedef struct ntm_printed {
    ntm_qualifier qualifier; /**< What the words before it say. */
    ntm_decimal value;       /**< The number with its magnitude word applied: "7,942 tỷ" is 7942000000. */
    bool money;              /**< The unit is đồng (also "đ", "VND", "VNĐ"). */
    size_t unit_offset;      /**< Where the unit starts in the text, in bytes; equals the size if there is none. */
    size_t unit_size;        /**< Bytes of the unit, without white space around it: "suất quà" is 11. */
} ntm_printed;

/**
 * Reads "7,942 tỷ đồng", "319.107 suất quà", "trên 300 thôn": a qualifier, a number in the locale, a magnitude word
 * (nghìn, ngàn, triệu, tỷ, tỉ, nghìn tỷ, triệu tỷ), a unit. The words may be NFC or NFD, in any letter case.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SYNTAX, ::NTM_ERROR_OVERFLOW
 */
NTM_API NTM_NODISCARD ntm_status ntm_printed_parse(ntm_printed *out, const char *text, size_t size, ntm_locale locale,
                                                   ntm_error *err);

/**
 * Reads an amount of money to the đồng: "7,942 tỷ đồng" is 7942000000.
 * @return as ntm_printed_parse(); ::NTM_ERROR_UNIT when the unit is not đồng (it may be missing after a magnitude word
 *         only: "100 nghìn tỷ"), ::NTM_ERROR_VALUE when the amount is qualified ("khoảng") or not whole đồng
 */
NTM_API NTM_NODISCARD ntm_status ntm_money_parse(ntm_money *out, const char *text, size_t size, ntm_locale locale,
                                                 ntm_error *err);

/**
 * Writes an amount in the largest of đồng, triệu đồng, tỷ đồng that does not exceed it and needs at most 3 digits after
 * the mark: 7942000000 is "7,942 tỷ đồng" in Vietnamese and "VND 7.942 billion" in English. Nothing is rounded.
 * @return the bytes needed without the NUL, as snprintf does; 64 bytes always suffice. Safe from any thread.
 */
NTM_API size_t ntm_money_format(char *buffer, size_t capacity, ntm_money value, ntm_language language);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
