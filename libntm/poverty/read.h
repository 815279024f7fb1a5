/* SPDX-License-Identifier: Apache-2.0 */
/* Columns a block of rows at a time: what is known as words of bits, flags as bits, numbers at one scale. */
#ifndef NTM_I_POVERTY_READ_H
#define NTM_I_POVERTY_READ_H

#include <ntm/column.h>

#include "base/checked.h"
#include "base/error.h"
#include "column/words.h"

/* Rows of a block; all of what is looked at stays in the cache. */
enum { NTM_I_BLOCK = 4096, NTM_I_WORDS = NTM_I_BLOCK / 64 };

/* The field of that name; NTM_ERROR_SHAPE when there is none. */
ntm_status ntm_i_field_column(const ntm_column **out, const ntm_table *table, const char *name, ntm_error *err);

/* What is known of a block by the bitmaps of its column; NaN and negative codes are not looked at. */
typedef struct ntm_i_knowledge {
    uint64_t known[NTM_I_WORDS]; /* reported and applicable */
    uint64_t not_applicable[NTM_I_WORDS];
} ntm_i_knowledge;

void ntm_i_knowledge_load(ntm_i_knowledge *out, const ntm_column *column, size_t start, size_t rows);

/* Whether a column is of flags. */
static inline bool ntm_i_is_flag(const ntm_column *column) {
    return column->type == NTM_TYPE_BITS || column->type == NTM_TYPE_BYTES;
}

/* The flags of a block, known or not; a byte that is neither 0 nor 1 in a known row is NTM_ERROR_VALUE. */
ntm_status ntm_i_flags_load(uint64_t *out, const ntm_column *column, const char *name, const ntm_i_knowledge *known,
                            size_t start, size_t rows, ntm_error *err);

/* A column of numbers, read as integers × 10^-scale. */
typedef struct ntm_i_numbers {
    const ntm_column *column;
    const char *name;
    uint8_t scale;
} ntm_i_numbers;

/* Takes a column of integers without categories, of decimals or of doubles. With `all`, the scale of doubles is found
   by looking at every value, so that ntm_i_numbers_load() can be called; otherwise it is left 0. */
ntm_status ntm_i_numbers_start(ntm_i_numbers *numbers, const ntm_column *column, const char *name, bool all,
                               ntm_error *err);

/* The numbers of a block; where they are not known, 0. Clears the bits of NaN in `known` where the column says that NaN
   is "not reported". */
ntm_status ntm_i_numbers_load(int64_t *out, ntm_i_knowledge *known, const ntm_i_numbers *numbers, size_t start,
                              size_t rows, ntm_error *err);

/* NTM_ERROR_VALUE for NaN that is an error, and infinities; clears bits of `known` as above. For columns of doubles. */
ntm_status ntm_i_doubles_check(ntm_i_knowledge *known, const ntm_column *column, const char *name, size_t start,
                               size_t rows, ntm_error *err);

#endif
