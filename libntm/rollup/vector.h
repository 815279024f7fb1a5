/* SPDX-License-Identifier: Apache-2.0 */
/* One fact of all rows, while it is rolled up: an integer × 10^-scale a row, whatever its kind. A flag is 0 or 1, a level
   its place, a date its day; so "all" is the smallest, "any" the largest, and open means between bounds. */
#ifndef NTM_I_VECTOR_H
#define NTM_I_VECTOR_H

#include <ntm/column.h>

#include "base/memory.h"
#include "column/words.h"
#include "number/interval.h"

/* A lower and an upper bound, each of which may not be known. */
typedef struct ntm_i_limits {
    bool has_least, has_most;
    int64_t least, most;
} ntm_i_limits;

typedef struct ntm_i_vector {
    ntm_allocator allocator;
    size_t rows;
    uint8_t scale;
    const int64_t *least;      /* the value where it is known; else its lower bound */
    const int64_t *most;       /* upper bounds where it is not known; NULL with has_most */
    const uint64_t *known;     /* words */
    const uint64_t *absent;    /* not applicable; NULL = nowhere. No row is both. */
    const uint64_t *has_least; /* NULL = the natural bound holds wherever the value is not known */
    const uint64_t *has_most;
    const ntm_range *exact; /* means and ratios: the exact bounds of every row; NULL for all else */
    ntm_i_limits natural;   /* at `scale`, rounded outward */
    bool unchecked;         /* values have to be held against `check` yet */
    ntm_i_limits check;     /* natural bounds, rounded inward */
    /* The same once more as far as it is the vector's own. */
    int64_t *own_least, *own_most;
    uint64_t *own_known, *own_absent, *own_has_least, *own_has_most;
    ntm_range *own_exact;
} ntm_i_vector;

/* What is known of one row. */
typedef struct ntm_i_state {
    ntm_known known;
    ntm_i_limits between; /* both ends the same where it is reported */
} ntm_i_state;

/* An empty vector of so many rows; what is taken for it later is its own. */
void ntm_i_vector_start(ntm_i_vector *vector, size_t rows, const ntm_allocator *allocator);
void ntm_i_vector_end(ntm_i_vector *vector);
/* Each makes zeroed room, once; false for want of memory. */
bool ntm_i_vector_values(ntm_i_vector *vector);
bool ntm_i_vector_known(ntm_i_vector *vector);
bool ntm_i_vector_absent(ntm_i_vector *vector);
/* Bounds for rows that are not known, on one side or the other. */
bool ntm_i_vector_lower(ntm_i_vector *vector);
bool ntm_i_vector_upper(ntm_i_vector *vector);
bool ntm_i_vector_exact(ntm_i_vector *vector);
/* Natural bounds at the vector's scale. */
void ntm_i_vector_natural(ntm_i_vector *vector, ntm_i_interval natural);

ntm_i_state ntm_i_state_at(const ntm_i_vector *vector, size_t row);
/* Writes one row that is not known so far. The vector has room for it: values, known, absent, lower and upper. Bounds
   that meet are a value. */
void ntm_i_state_put(ntm_i_vector *vector, size_t row, ntm_i_state state);
/* The bounds of a row that is not absent, exactly. */
ntm_i_interval ntm_i_vector_between(const ntm_i_vector *vector, size_t row);

#endif
