/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file arrow.h
 * @brief Tables from and to the Arrow C data and stream interfaces, without copies.
 *
 * The three structs are those of the Arrow specification (Arrow C data interface, Arrow C stream interface), which fixes
 * their layout as an ABI.
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

#ifndef ARROW_C_STREAM_INTERFACE
/** Says that the struct is declared; the specification fixes the name. */
#define ARROW_C_STREAM_INTERFACE
/** Record batches one after another, as the Arrow specification lays it out. */
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out); /**< The type of all batches; 0 or errno. */
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);    /**< The next batch; a released one: the end. */
    const char *(*get_last_error)(struct ArrowArrayStream *);              /**< About the last failure, or NULL. */
    void (*release)(struct ArrowArrayStream *);                            /**< Gives it back; NULL = released. */
    void *private_data;                                                    /**< The producer's. */
};
#endif

/**
 * A table over Arrow data that it keeps alive. Frozen. Several tables may lie over one record batch; each may be read and
 * freed by another thread (the producer's `release` then runs in the thread that frees the last one).
 */
typedef struct ntm_arrow_table ntm_arrow_table;

/** What is taken of Arrow data; start with ::NTM_ARROW_OPTIONS_INIT. */
typedef struct ntm_arrow_options {
    size_t struct_size;             /**< sizeof(ntm_arrow_options). */
    const char *const *names;       /**< The columns wanted; the others are not looked at. NULL = all. Names that no column
                                         has are passed over. */
    size_t name_count;              /**< Number of names. */
    const char *column;             /**< Not NULL: the data are one column, no record batch, and this is its name. */
    size_t rows_max;                /**< ntm_arrow_stream_next(): the most rows of a table; 0 = the producer's batches. */
    const ntm_allocator *allocator; /**< NULL = the C library. Of ntm_arrow_import_some() only: a stream has its own. */
} ntm_arrow_options;

/** Starting value of ::ntm_arrow_options. */
#define NTM_ARROW_OPTIONS_INIT { sizeof(ntm_arrow_options), NULL, 0, NULL, 0, NULL }

/**
 * Takes a record batch (a struct array) over: on success `schema` and `array` are moved (their `release` becomes NULL)
 * and are released by ntm_arrow_table_free(); on failure they are left as they were.
 *
 * | Arrow type | column | copied |
 * |---|---|---|
 * | bool, int8..int64, float64, decimal128, date32, utf8 | its own | no |
 * | uint8, uint16, uint32 | integers of twice the size | yes |
 * | uint64 | int64; what is beyond it is ::NTM_ERROR_OVERFLOW | yes |
 * | date64, timestamp without a zone | int64 days; what is no whole day is ::NTM_ERROR_SHAPE | yes |
 * | large_utf8 | text | the offsets |
 * | utf8_view | text | yes |
 * | dictionaries of the three sorts of text, with integer codes | codes with categories | the categories |
 * | null | bits, all not reported | yes |
 *
 * Masks of nulls are not copied. float32 is refused: see docs/exactness.md.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE, ::NTM_ERROR_UNSUPPORTED (type named),
 *         ::NTM_ERROR_OVERFLOW, ::NTM_ERROR_LIMIT (text beyond 2 GiB)
 */
NTM_API NTM_NODISCARD ntm_status ntm_arrow_import(ntm_arrow_table **out, struct ArrowSchema *schema,
                                                  struct ArrowArray *array, const ntm_allocator *allocator,
                                                  ntm_error *err);
/** The same with options (NULL = none), which say which columns are wanted. @return as ntm_arrow_import() */
NTM_API NTM_NODISCARD ntm_status ntm_arrow_import_some(ntm_arrow_table **out, struct ArrowSchema *schema,
                                                       struct ArrowArray *array, const ntm_arrow_options *options,
                                                       ntm_error *err);
/** The table; borrowed. */
NTM_API const ntm_table *ntm_arrow_table_get(const ntm_arrow_table *table);
/** Frees the table; releases the batch below it if no other table lies over it. */
NTM_API void ntm_arrow_table_free(ntm_arrow_table *table);

/** Record batches that are read one after another. Used by one thread at a time; its tables are free of it. */
typedef struct ntm_arrow_stream ntm_arrow_stream;

/**
 * Takes a stream over: on success `stream` is moved (its `release` becomes NULL) and is released when it has ended or by
 * ntm_arrow_stream_free(); on failure it is left to the caller.
 * @param[out] out owned by the caller
 * @param allocator also of the tables; safe in threads if the tables are freed in others
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (NULL; a stream that was released, so read, already), ::NTM_ERROR_MEMORY,
 *         ::NTM_ERROR_SHAPE, ::NTM_ERROR_IO (the producer failed; its words are in the message)
 */
NTM_API NTM_NODISCARD ntm_status ntm_arrow_stream_open(ntm_arrow_stream **out, struct ArrowArrayStream *stream,
                                                       const ntm_allocator *allocator, ntm_error *err);
/** A stream of one batch (or array), which is taken over as by ntm_arrow_import(). @return as ntm_arrow_stream_open() */
NTM_API NTM_NODISCARD ntm_status ntm_arrow_stream_of(ntm_arrow_stream **out, struct ArrowSchema *schema,
                                                     struct ArrowArray *array, const ntm_allocator *allocator,
                                                     ntm_error *err);
/** The type of all batches; borrowed; NULL for NULL. */
NTM_API const struct ArrowSchema *ntm_arrow_stream_schema(const ntm_arrow_stream *stream);
/** Batches that the producer has given so far. */
NTM_API size_t ntm_arrow_stream_batches(const ntm_arrow_stream *stream);

/**
 * The next rows as a table: up to `rows_max`, and of one batch, which is not copied where ntm_arrow_import() does not; a
 * larger batch is cut into several tables. Batches without rows are passed over. A column that cannot be read leaves the
 * stream where it is; a producer that failed, or whose batch is malformed, fails all later calls.
 * @param[out] out owned by the caller, outlives the stream; NULL at the end
 * @param options NULL = all columns, the producer's batches
 * @return as ntm_arrow_import(), and ::NTM_ERROR_IO (the producer failed; its words are in the message)
 */
NTM_API NTM_NODISCARD ntm_status ntm_arrow_stream_next(ntm_arrow_table **out, ntm_arrow_stream *stream,
                                                       const ntm_arrow_options *options, ntm_error *err);
/**
 * All rows that are left as one table. Of one batch as ntm_arrow_import(); several are joined, which copies every wanted
 * column once, while the batches are still there. Dictionaries that differ from batch to batch are united (codes then are
 * int32). No batch at all gives a table without rows. The row of an error is that of the table.
 * @param[out] out owned by the caller, outlives the stream
 * @return as ntm_arrow_stream_next(), ::NTM_ERROR_LIMIT (joined text beyond 2 GiB), ::NTM_ERROR_VALUE (a code past its
 *         dictionary). After a failure the rows read so far are gone.
 */
NTM_API NTM_NODISCARD ntm_status ntm_arrow_stream_read(ntm_arrow_table **out, ntm_arrow_stream *stream,
                                                       const ntm_arrow_options *options, ntm_error *err);
/** Releases the producer and frees the stream; its tables stay. */
NTM_API void ntm_arrow_stream_free(ntm_arrow_stream *stream);

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
