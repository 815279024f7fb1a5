/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file arrow.h
 * @brief Tables from and to the Arrow C data interface, without copies.
 *
 * The two structs are those of the Arrow specification (Arrow C data interface), which fixes their layout as an ABI.
 */
#ifndef NTM_ARROW_H
#define NTM_ARROW_H

#include <ntm/column.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup arrow Arrow C data interface
 *  @{ */

#ifndef ARROW_C_DATA_INTERFACE
/** Says that the two structs are declared; the specification fixes the name. */
#define ARROW_C_DATA_INTERFACE
/** Flag of ArrowSchema: the categories of a dictionary are ordered. */
#define ARROW_FLAG_DICTIONARY_ORDERED 1
/** Flag of ArrowSchema: the column may hold nulls. */
#define ARROW_FLAG_NULLABLE 2
/** Flag of ArrowSchema: the keys of a map are sorted. */
#define ARROW_FLAG_MAP_KEYS_SORTED 4
/** A type, as the Arrow specification lays it out. */
struct ArrowSchema {
    const char *format;                     /**< Type as text. */
    const char *name;                       /**< Name, or NULL. */
    const char *metadata;                   /**< Pairs of text, or NULL. */
    int64_t flags;                          /**< ARROW_FLAG_... */
    int64_t n_children;                     /**< Number of children. */
    struct ArrowSchema **children;          /**< Types of the children. */
    struct ArrowSchema *dictionary;         /**< Type of the dictionary, or NULL. */
    void (*release)(struct ArrowSchema *);  /**< Gives it back; NULL = released. */
    void *private_data;                     /**< The producer's. */
};
/** Data, as the Arrow specification lays it out. */
struct ArrowArray {
    int64_t length;                         /**< Rows. */
    int64_t null_count;                     /**< Nulls, or -1 for unknown. */
    int64_t offset;                         /**< Rows to skip in the buffers. */
    int64_t n_buffers;                      /**< Number of buffers. */
    int64_t n_children;                     /**< Number of children. */
    const void **buffers;                   /**< The buffers. */
    struct ArrowArray **children;           /**< The children. */
    struct ArrowArray *dictionary;          /**< The dictionary, or NULL. */
    void (*release)(struct ArrowArray *);   /**< Gives it back; NULL = released. */
    void *private_data;                     /**< The producer's. */
};
#endif

/** A table over an Arrow record batch that it keeps alive. Frozen. */
typedef struct ntm_arrow_table ntm_arrow_table;

/**
 * Takes a record batch (a struct array) over: on success `schema` and `array` are moved (their `release` becomes NULL)
 * and are released by ntm_arrow_table_free(); on failure they are left as they were. Nothing is copied but the offsets
 * that Arrow dictionaries need to become categories. Types read: bool, int8..int64, uint8..uint32 (widened: copied),
 * float64, decimal128, date32, utf8, large_utf8 (its offsets are copied), dictionaries of both. float32 is refused: see
 * docs/exactness.md.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE, ::NTM_ERROR_UNSUPPORTED (type named),
 *         ::NTM_ERROR_LIMIT (large_utf8 beyond 2 GiB)
 */
NTM_API NTM_NODISCARD ntm_status ntm_arrow_import(ntm_arrow_table **out, struct ArrowSchema *schema,
                                                  struct ArrowArray *array, const ntm_allocator *allocator,
                                                  ntm_error *err);
/** The table; borrowed. */
NTM_API const ntm_table *ntm_arrow_table_get(const ntm_arrow_table *table);
/** Releases the batch and the table. */
NTM_API void ntm_arrow_table_free(ntm_arrow_table *table);

/**
 * Gives a table out as a record batch. The columns' memory is *borrowed*: it has to outlive the batch; `on_release`
 * (may be NULL) is called once with `context` when the consumer has released both structs. Columns that Arrow cannot
 * describe (bytes, strides, masks with "not applicable") are copied; "not applicable" becomes null, as do NaN and
 * negative codes that mean "not reported"; integers with a scale become decimal128.
 * @param[out] schema,array filled; the consumer calls their `release`
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE, ::NTM_ERROR_VALUE (a byte that is
 *         neither 0 nor 1, a code past its categories)
 */
NTM_API NTM_NODISCARD ntm_status ntm_arrow_export(struct ArrowSchema *schema, struct ArrowArray *array,
                                                  const ntm_table *table, void (*on_release)(void *context),
                                                  void *context, const ntm_allocator *allocator, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
