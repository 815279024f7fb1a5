/* SPDX-License-Identifier: Apache-2.0 */
/* Keeping the values of a set. */
#ifndef NTM_I_KEPT_VALUES_H
#define NTM_I_KEPT_VALUES_H

#include "attainment/attainment.h"
#include "attainment/exact.h"

/* An exact number as the interface gives it; false when it does not fit 64 bits. An infinity has denominator 0. */
bool ntm_i_fraction(ntm_fraction *out, ntm_i_rational value);
/* Writes the values of the block's rows into the result, if they are kept. What does not fit is complained about. */
void ntm_i_keep_values(ntm_attainment *attainment, ntm_i_run *run);

#endif
