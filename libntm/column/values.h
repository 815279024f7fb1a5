/* SPDX-License-Identifier: Apache-2.0 */
/* Single values of a checked column, by row. */
#ifndef NTM_I_VALUES_H
#define NTM_I_VALUES_H

#include <ntm/column.h>

#include "base/checked.h"

/* Bytes of one value of a type; 0 for bits, text and unknown types. */
size_t ntm_i_type_size(ntm_type type);

static inline bool ntm_i_type_is_integer(ntm_type type) { return type >= NTM_TYPE_INT8 && type <= NTM_TYPE_INT64; }

/* Where the value of a row lies, for types that have a size. */
static inline const char *ntm_i_column_at(const ntm_column *column, size_t row) {
    return (const char *)column->data + (ptrdiff_t)column->stride_bytes * (ptrdiff_t)row;
}

/* The value of an integer column. */
int64_t ntm_i_column_integer(const ntm_column *column, size_t row);
/* The value of a decimal128 column. */
ntm_i_wide ntm_i_column_wide(const ntm_column *column, size_t row);
/* The value of a double column. */
double ntm_i_column_double(const ntm_column *column, size_t row);

#endif
