/* SPDX-License-Identifier: Apache-2.0 */
/* One indicator of a measurement: its column turned into bits, block by block. */
#ifndef NTM_I_POVERTY_INDICATOR_H
#define NTM_I_POVERTY_INDICATOR_H

#include <ntm/poverty.h>

#include "number/rational.h"
#include "poverty/read.h"

typedef struct ntm_i_indicator {
    const ntm_column *column;
    const char *name;
    ntm_deprived when;
    bool not_applicable_is_not_deprived;
    ntm_decimal cutoff;
    ntm_i_numbers numbers;
    /* Deprived when x <= bound, or when not (above). For integers at the column's scale. */
    ntm_i_wide bound;
    bool above;
    bool by_double; /* doubles compared as such, with `real` */
    double real;
    /* Gaps: x × factor and the cut-off at one scale. */
    ntm_i_wide factor;
    ntm_i_wide line;
} ntm_i_indicator;

ntm_status ntm_i_indicator_start(ntm_i_indicator *out, const ntm_table *table, const ntm_deprivation *asked, bool gaps,
                                 ntm_error *err);

/* Rows known to be deprived, and rows of which it is not known; `values` takes the achievements of known rows, for gaps
   (NULL without). */
ntm_status ntm_i_indicator_load(uint64_t *deprived, uint64_t *unknown, int64_t *values,
                                const ntm_i_indicator *indicator, size_t start, size_t rows, ntm_error *err);

/* Whether some row may be unknown; false is a promise. */
bool ntm_i_indicator_may_miss(const ntm_i_indicator *indicator);

#endif
