/* SPDX-License-Identifier: Apache-2.0 */
/* Exact weights as whole numbers over one denominator. */
#ifndef NTM_I_POVERTY_WEIGHTS_H
#define NTM_I_POVERTY_WEIGHTS_H

#include <ntm/poverty.h>

#include "base/error.h"

typedef struct ntm_i_weights {
    uint64_t whole[NTM_DEPRIVATIONS_MAX]; /* weight × total, of the indicators that take part */
    uint64_t total;                       /* the common denominator: the sum of `whole` */
    uint64_t cutoff;                      /* the least whole sum that is poor, 1..total */
    size_t used[NTM_DEPRIVATIONS_MAX];    /* position in `whole` of each indicator; SIZE_MAX: weight 0 */
    size_t count;                         /* of `whole` */
} ntm_i_weights;

/* Checks weights and cut-off. */
ntm_status ntm_i_weights_make(ntm_i_weights *out, const ntm_deprivation *indicators, size_t count,
                              const ntm_poverty_options *options, ntm_error *err);

#endif
