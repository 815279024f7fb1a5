/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules share that give exact bounds. */
#ifndef NTM_I_FOLD_H
#define NTM_I_FOLD_H

#include "rollup/rolling.h"

/* Writes the exact bounds of a row that is not absent, and the same rounded outward to the vector's scale. The vector has
   room for both. Ends that do not fit fractions of 64 bits are rounded there too. */
void ntm_i_exact_put(ntm_i_vector *vector, size_t row, ntm_i_interval value);
/* The same for over / under × 10^power, under > 0, without leaving 64 bits where that can be helped. False, with nothing
   written, when it does not fit them: then the rationals have to do it. */
bool ntm_i_exact_put_ratio(ntm_i_vector *vector, size_t row, int64_t over, int64_t under, int power);
/* The natural bounds of a vector. */
ntm_i_interval ntm_i_natural_interval(const ntm_i_vector *vector);

#endif
