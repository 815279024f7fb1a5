/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file classification.h
 * @brief The budget classification (mục lục ngân sách nhà nước): codes checked by the grammar in force on a day.
 *
 * A classification is a file of rules, one a row: which codes there are, how they hang together, and since when. The one
 * that the library ships holds what was read of circulars 324/2016/TT-BTC and 130/2025/TT-BTC; a new circular needs a new
 * file and nothing else. docs/classification.md describes the file and names the source of each rule.
 *
 * Three answers are kept apart: the code is good, the code is bad (and why), and *open*: no rule that was read tells.
 * Codes of programmes are the caller's: none is shipped.
 *
 * A classification is frozen and may be read by any number of threads at once.
 */
#ifndef NTM_CLASSIFICATION_H
#define NTM_CLASSIFICATION_H

#include <ntm/base.h>
#include <ntm/column.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup classification Budget classification
 *  @{ */

/** A kind of code. Values are frozen; the words are those of the file. */
typedef enum ntm_code_kind {
    NTM_CODE_CHAPTER = 1,   /**< chapter, chương: who spends. */
    NTM_CODE_CATEGORY = 2,  /**< category, loại: in which field. */
    NTM_CODE_CLASS = 3,     /**< class, khoản: a part of a category. */
    NTM_CODE_ITEM = 4,      /**< item, mục: what for. */
    NTM_CODE_SUBITEM = 5,   /**< subitem, tiểu mục: a part of an item. */
    NTM_CODE_PROGRAMME = 6, /**< programme, chương trình, mục tiêu, or a part of one. */
    NTM_CODE_SOURCE = 7,    /**< source, nguồn. */
    NTM_CODE_LEVEL = 8      /**< level, cấp ngân sách. */
} ntm_code_kind;

/** One past the last ::ntm_code_kind. */
#define NTM_CODE_KIND_END 9

/** Digits of the longest code that a file can describe. */
#define NTM_CODE_DIGITS_MAX 6

/** A level of government. Values are frozen. */
typedef enum ntm_government {
    NTM_GOVERNMENT_NONE = 0, /**< The code tells none. */
    NTM_CENTRAL = 1,         /**< trung ương */
    NTM_PROVINCIAL = 2,      /**< cấp tỉnh */
    NTM_OF_DISTRICT = 3,     /**< cấp huyện */
    NTM_OF_COMMUNE = 4,      /**< cấp xã */
    NTM_LOCAL = 5            /**< địa phương: any of the last three */
} ntm_government;

/** How a rule is known. Values are frozen. */
typedef enum ntm_rule_standing {
    NTM_RULE_SEEN = 1,     /**< Read in the named source. */
    NTM_RULE_INFERRED = 2, /**< Reasoned from what was read; the source says from what. */
    NTM_RULE_UNREAD = 3    /**< There are such codes, and nobody has read which: they stay open. */
} ntm_rule_standing;

/** What was found of a code. Values are frozen. */
typedef enum ntm_code_verdict {
    NTM_CODE_GOOD = 0,           /**< There is such a code on the day. */
    NTM_CODE_OPEN = 1,           /**< No rule that was read tells. */
    NTM_CODE_BAD_DIGITS = 2,     /**< Not digits alone. */
    NTM_CODE_BAD_LENGTH = 3,     /**< Too long or too short. */
    NTM_CODE_OUT_OF_RANGE = 4,   /**< In no range of codes. */
    NTM_CODE_BAD_SHAPE = 5,      /**< In a range, with a last digit that it cannot have. */
    NTM_CODE_ENDED = 6,          /**< It was a code until `until`. */
    NTM_CODE_NOT_YET = 7,        /**< It is a code from `since` on. */
    NTM_CODE_NO_PARENT = 8,      /**< A part of nothing: there is no larger code that it follows. */
    NTM_CODE_OTHER_PARENT = 9,   /**< A part of another code than the one beside it. */
    NTM_CODE_OTHER_LEVEL = 10,   /**< The chapter is of another level of government than the level beside it. */
    NTM_CODE_IS_A_SUM = 11,      /**< A programme's own code, where entries go on its parts. */
    NTM_CODE_CENTRAL_NEEDED = 12 /**< Local money in a central programme without a code of that programme. */
} ntm_code_verdict;

/** One past the last ::ntm_code_verdict. */
#define NTM_CODE_VERDICT_END 13

/** A classification. Frozen. */
typedef struct ntm_classification ntm_classification;

/** One code, what was found of it, and by which rule. Texts end with NUL; pointers are borrowed from the classification. */
typedef struct ntm_code_finding {
    ntm_code_kind kind;         /**< What the code is one of. */
    ntm_code_verdict verdict;   /**< What was found. */
    ntm_rule_standing standing; /**< How that is known: the weakest of the rules it rests on; 0 when there is none. */
    ntm_government level;       /**< The level of government that the code stands for. */
    uint8_t digits;             /**< Digits that such a code has on the day; 0 when no rule tells. */
    ntm_date since;             /**< The rule's first day; ::NTM_DATE_NONE = ever, or no rule. */
    ntm_date until;     /**< The first day on which it no longer holds; ::NTM_DATE_NONE = it holds, or no rule. */
    char code[32];      /**< The code, cut if it is long; "" where one is missing. */
    char expected[8];   /**< The code to take in its place, where the rules name one; else "". */
    char parent[8];     /**< The code that it is a part of, where the rules tell; else "". */
    const char *label;  /**< A name from the file; NULL when there is none. */
    const char *act;    /**< The legal act of the rule; NULL when there is no rule. */
    const char *source; /**< Where it was read; NULL when there is no rule. */
    size_t rule;        /**< The rule's row in the file, from 0; SIZE_MAX when there is none. */
} ntm_code_finding;

/** How a file of rules is read; start with ::NTM_CLASSIFICATION_OPTIONS_INIT. */
typedef struct ntm_classification_options {
    size_t struct_size;             /**< sizeof(ntm_classification_options). */
    ntm_problems *problems;         /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_classification_options;

/** Starting value of ::ntm_classification_options. */
#define NTM_CLASSIFICATION_OPTIONS_INIT                                                                                \
    { sizeof(ntm_classification_options), NULL, NULL }

/**
 * Makes the classification that the library ships: `catalogue/budget-classification.csv`.
 * @param[out] out owned by the caller, ntm_classification_free()
 * @param options NULL = the defaults
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_classification_shipped(ntm_classification **out,
                                                            const ntm_classification_options *options, ntm_error *err);
/**
 * Makes a classification from CSV as docs/classification.md describes it. All problems are told together, by row.
 * @param[out] out owned by the caller, ntm_classification_free(); independent of `bytes`
 * @param name what errors call the input, usually the file name
 * @param options NULL = the defaults
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SYNTAX (no CSV, no day, no number),
 *         ::NTM_ERROR_SHAPE (a column is missing or doubled), ::NTM_ERROR_SCHEMA (an unknown column or word, a cell that is needed
 *         or must be empty), ::NTM_ERROR_VALUE (bounds or days that cross, a code that breaks its own rule),
 *         ::NTM_ERROR_LIMIT (more than 4,096 rules)
 */
NTM_API NTM_NODISCARD ntm_status ntm_classification_read(ntm_classification **out, const char *bytes, size_t size,
                                                         const char *name, const ntm_classification_options *options,
                                                         ntm_error *err);
/** Makes a classification from a CSV file. @return as ntm_classification_read(), and ::NTM_ERROR_IO */
NTM_API NTM_NODISCARD ntm_status ntm_classification_open(ntm_classification **out, const char *path,
                                                         const ntm_classification_options *options, ntm_error *err);
/** Frees a classification. */
NTM_API void ntm_classification_free(ntm_classification *classification);
/** How many rules there are; 0 for NULL. */
NTM_API size_t ntm_classification_rule_count(const ntm_classification *classification);

/** The word of a kind, as in the file: "chapter"; NULL for a number that is no kind. Safe from any thread. */
NTM_API const char *ntm_code_kind_name(ntm_code_kind kind);
/** The word of a verdict: "out of range"; NULL for a number that is none. Safe from any thread. */
NTM_API const char *ntm_code_verdict_name(ntm_code_verdict verdict);
/** The word of a level of government, as in the file: "district"; NULL for none. Safe from any thread. */
NTM_API const char *ntm_government_name(ntm_government level);

/**
 * Checks one code against the rules in force on a day. A code is text of digits with its leading zeros. Nothing is
 * allocated.
 *
 * Where several rules hold a code, the first in the file counts. Where none is in force on the day for any code of this
 * kind, the answer is open.
 * @param[out] out what was found, ::NTM_CODE_GOOD included
 * @param text the code, `size` bytes; need not end with NUL
 * @param on the day of the entry
 * @return ::NTM_OK (also for a bad code), ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_code_check(ntm_code_finding *out, const ntm_classification *classification,
                                                ntm_code_kind kind, const char *text, size_t size, ntm_date on,
                                                ntm_error *err);
/**
 * The level of government of a code that is good on the day; chapter "612" is of a district until the end of 2025.
 * @return ::NTM_GOVERNMENT_NONE for a code that is not good or tells none
 */
NTM_API ntm_government ntm_code_level(const ntm_classification *classification, ntm_code_kind kind, const char *text,
                                      size_t size, ntm_date on);
/**
 * Writes what was found in one line of English, with what was expected and the act.
 * @param buffer room for `capacity` bytes; may be NULL when capacity is 0; always ends with NUL when capacity > 0
 * @return the bytes needed without the NUL, as snprintf does. Safe from any thread.
 */
NTM_API size_t ntm_code_finding_text(char *buffer, size_t capacity, const ntm_code_finding *finding);

/* ------------------------------------------------------------------------------------------- entries */

/** A programme as the caller declares it. Several of one id, on different days, follow one another. */
typedef struct ntm_budget_programme {
    const char *id;       /**< What the entries call it: "ntm". */
    const char *code;     /**< Its own code; its parts follow it. */
    uint32_t step;        /**< Codes of its block, its own included; 0 = as the rules say for its level. */
    ntm_government level; /**< ::NTM_CENTRAL or ::NTM_LOCAL; ::NTM_GOVERNMENT_NONE = as the rules say of its code. */
    bool has_parts;       /**< It has sub-programmes: entries go on their codes, and its own is their sum. */
    ntm_date valid_from;  /**< Its first day; ::NTM_DATE_NONE = ever. */
    ntm_date valid_to;    /**< The first day on which it no longer holds; ::NTM_DATE_NONE = none. */
} ntm_budget_programme;

/** What one row of a table was found to have; the finding lives for the call. Returning makes the check go on. */
typedef void ntm_code_found(void *context, size_t row, const ntm_code_finding *finding);

/** How entries are checked; start with ::NTM_CODES_OPTIONS_INIT. */
typedef struct ntm_codes_options {
    size_t struct_size;                     /**< sizeof(ntm_codes_options). */
    ntm_date on;                            /**< The day of rows that have none; ::NTM_DATE_NONE = they are open. */
    bool seen_only;                         /**< What rests on an inferred rule is open. */
    const ntm_budget_programme *programmes; /**< The caller's programmes; NULL = none. */
    size_t programme_count;                 /**< How many. */
    const char *const *local_sources;       /**< Ids of sources that are local money, as in the column `source`. */
    size_t local_source_count;              /**< How many. */
    uint8_t *bad;                           /**< One bit a row, set = something is bad; written whole; may be NULL. */
    uint8_t *open;                  /**< One bit a row, set = nothing is bad and something is open; may be NULL. */
    ntm_code_found *found;          /**< Told of each finding, open ones too, by row; may be NULL. */
    void *context;                  /**< Handed to `found`. */
    ntm_problems *problems;         /**< Takes each bad code with its row; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_codes_options;

/** Starting value of ::ntm_codes_options. */
#define NTM_CODES_OPTIONS_INIT                                                                                         \
    { sizeof(ntm_codes_options), NTM_DATE_NONE, false, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL }

/** The codes of one entry; start with ::NTM_BUDGET_CODES_INIT. Each ends with NUL; NULL or "" is absent. */
typedef struct ntm_budget_codes {
    size_t struct_size;         /**< sizeof(ntm_budget_codes). */
    const char *chapter;        /**< chương */
    const char *category;       /**< loại */
    const char *class_code;     /**< khoản */
    const char *item;           /**< mục */
    const char *subitem;        /**< tiểu mục */
    const char *programme_code; /**< chương trình */
    const char *source_code;    /**< nguồn */
    const char *budget_level;   /**< cấp */
    const char *programme;      /**< The id of a declared programme. */
    const char *source;         /**< The id of a source: what `local_sources` lists. */
} ntm_budget_codes;

/** Starting value of ::ntm_budget_codes. */
#define NTM_BUDGET_CODES_INIT                                                                                          \
    { sizeof(ntm_budget_codes), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL }

/** The most findings that one entry can have. */
#define NTM_ENTRY_FINDINGS_MAX 16

/**
 * Checks the codes of one entry, each by itself and those that belong together:
 *  - a class is a part of the category beside it, a subitem of the item;
 *  - the chapter is of the level of government beside it, where the rules say so;
 *  - a programme's own code is not posted on where it has parts;
 *  - an entry of local money (its source is one of `local_sources`, or its level is local) in a declared central
 *    programme carries a code of that programme's block.
 *
 * Only what is not good is told: bad and open. What is absent is not told, but for a programme code that is needed.
 * @param[out] out room for `capacity` findings; may be NULL when capacity is 0
 * @param[out] count how many there are, also beyond the room; at most ::NTM_ENTRY_FINDINGS_MAX
 * @param on the day of the entry
 * @param options NULL = the defaults; what is for tables is not looked at
 * @return ::NTM_OK (also for bad codes), ::NTM_ERROR_MEMORY, and as ntm_codes_check_table() for the programmes
 */
NTM_API NTM_NODISCARD ntm_status ntm_entry_check(ntm_code_finding *out, size_t *count, size_t capacity,
                                                 const ntm_classification *classification,
                                                 const ntm_budget_codes *codes, ntm_date on,
                                                 const ntm_codes_options *options, ntm_error *err);

/** What the check of a table came to. good + bad + open = rows. */
typedef struct ntm_codes_count {
    uint64_t rows;       /**< Rows of the table. */
    uint64_t good;       /**< Rows with nothing bad and nothing open; rows without any code are among them. */
    uint64_t bad;        /**< Rows with something bad. */
    uint64_t open;       /**< Rows with something open and nothing bad. */
    uint64_t undeclared; /**< Rows whose programme nobody declared: the rules of programmes were not asked of them. */
    uint64_t findings[NTM_CODE_VERDICT_END]; /**< Findings by verdict; good ones are not counted. */
} ntm_codes_count;

/**
 * Checks the codes of a table of entries, a row as ntm_entry_check() does. Columns, each of which may be absent; others
 * are not looked at:
 *  - `chapter`, `category`, `class`, `item`, `subitem`, `programme_code`, `source_code`, `budget_level`: text, categories, or
 *    integers. An integer has lost its leading zeros: it stands for the code of the kind's length on that day, 10 for
 *    "0010"; a negative one is not digits.
 *  - `programme`, `source`: ids, text or categories.
 *  - `date`: days as integers, or text or categories YYYY-MM-DD.
 *
 * An empty text is absent. A code is looked up once for each span of days in which the rules stay the same; a row then
 * costs a few comparisons. It takes about 16 bytes for each different code and span, and 4 bytes a row for each column of
 * text or integers.
 * @param[out] out what it came to; may be NULL
 * @param options NULL = the defaults
 * @return ::NTM_OK (also for bad codes: look at `out`), ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE (a column of
 *         the wrong type), ::NTM_ERROR_SYNTAX or ::NTM_ERROR_VALUE (a day that is none; a code past the categories; a
 *         programme whose code or block is not good for its level), ::NTM_ERROR_CONFLICT (two programmes of one id, or of one
 *         block, on one day), ::NTM_ERROR_LIMIT (2^32 - 1 rows, or more than 4,096 programmes)
 */
NTM_API NTM_NODISCARD ntm_status ntm_codes_check_table(ntm_codes_count *out, const ntm_classification *classification,
                                                       const ntm_table *table, const ntm_codes_options *options,
                                                       ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
