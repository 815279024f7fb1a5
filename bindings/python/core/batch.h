/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of results as Arrow record batches and streams of one, which own their memory. */
#ifndef CORE_BATCH_H
#define CORE_BATCH_H

#include "core.h"

/* Columns are a tuple of (name, type, scale, is_date, data, text or None, validity or None, categories or None): `data`
 * any contiguous buffer with a value a row (of text: int32 offsets into `text`, one more than rows), `validity` bytes with
 * one bit a row, `categories` a tuple of str. Everything is copied, so that a consumer may release it on any thread. */

/* (schema, array): capsules of the Arrow C data interface. */
PyObject *core_batch_array(size_t rows, PyObject *columns);
/* A capsule of the Arrow C stream interface with one batch. */
PyObject *core_batch_stream(size_t rows, PyObject *columns);

#endif
