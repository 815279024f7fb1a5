/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow streams, and what is asked of columns that came by them (arrow.c). */
#ifndef NTM_PY_STREAM_H
#define NTM_PY_STREAM_H

#include "core.h"

/* An Arrow stream. Only one thread reads it at a time. */
typedef struct core_stream {
    ntm_arrow_stream *it;
    bool busy;
} core_stream;

/* `column` is the name of data that are one column, NULL for record batches */
/* From a capsule of the Arrow C stream interface; takes the stream over. */
core_stream *core_stream_new(PyObject *capsule);
/* Of one record batch or array, from its two capsules. */
core_stream *core_stream_of(PyObject *schema, PyObject *array);
void core_stream_free(core_stream *stream);
/* (whether these are record batches, a list of (name, format, format of the dictionary or None)). */
PyObject *core_stream_types(const core_stream *stream);
/* Batches that the producer has given so far. */
size_t core_stream_batches(const core_stream *stream);
/* Up to rows_max rows (0: the producer's batches); `wanted` is a tuple of names or None. NULL without an exception: the
 * end. */
core_table *core_stream_next(core_stream *stream, size_t rows_max, PyObject *wanted, const char *column);
core_table *core_stream_read(core_stream *stream, PyObject *wanted, const char *column);
/* A list with the texts, or whole numbers, of a column; None where there is none. */
PyObject *core_table_texts(const core_table *table, size_t column);
PyObject *core_table_text(const core_table *table, size_t column, size_t row);
/* Bytes, one a row: 1 where there is a value. */
PyObject *core_table_known(const core_table *table, size_t column);
/* A read-only buffer of the numbers where they lie; None for what is no array of numbers. */
PyObject *core_table_array(PyObject *owner, const core_table *table, size_t column);
/* Adds a column of another table, which `owner` is, without a copy; a mask that is not None takes the place of its own. */
PyObject *core_table_take(core_table *table, PyObject *name, PyObject *owner, const core_table *from, size_t column,
                          int scale, bool nan_not_reported, PyObject *validity, PyObject *not_applicable);

#endif
