/* SPDX-License-Identifier: Apache-2.0 */
/* What an explanation is inside. */
#ifndef NTM_I_EXPLANATION_H
#define NTM_I_EXPLANATION_H

#include <ntm/attainment.h>

#include <string.h>

#include "base/memory.h"
#include "number/rational.h"

/* A step with what its texts were made from, so that each language can write numbers its own way. */
typedef struct ntm_i_step {
    ntm_step view;
    ntm_i_rational least; /* in the step's unit */
    ntm_i_rational most;
    ntm_i_rational gap;      /* in the gap's unit; only when view.gap is there */
    ntm_comparison gap_sign; /* what was asked of the quantity that the gap is of */
    bool bounded;            /* not reported, and the row has bounds for it */
    bool is_part;            /* a criterion, indicator, precondition or the status itself */
    const char *id;          /* of a part */
    const char *level;       /* at_level: the level that the unit has; NULL when it is not known */
} ntm_i_step;

struct ntm_explanation {
    ntm_i_arena arena;
    ntm_i_array steps;
};

/* Days of the calendar are told as dates, not as numbers. */
static inline bool ntm_i_unit_is_date(const char *unit) { return unit != NULL && strcmp(unit, "date") == 0; }

static inline const ntm_i_step *ntm_i_explanation_steps(const ntm_explanation *e) { return e->steps.items; }

#endif
