/* SPDX-License-Identifier: Apache-2.0 */
/* The set with every kind of node, and a table for it: what the sweeps evaluate, explain and give out. */
#ifndef NTM_TEST_WHOLE_H
#define NTM_TEST_WHOLE_H

#include "sheet.h"

#include <ntm/ntm.h>

typedef struct whole {
    kit k;
    sheet s;
    const ntm_set *set;
    ntm_plan *plans[3];     /* by ntm_kernels */
    ntm_attainment *result; /* of the first plan */
} whole;

void whole_start(whole *w);
void whole_end(whole *w);

#endif
