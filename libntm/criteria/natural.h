/* SPDX-License-Identifier: Apache-2.0 */
/* What a value can be by the nature of its fact, before anybody reports it. */
#ifndef NTM_I_NATURAL_H
#define NTM_I_NATURAL_H

#include <ntm/criteria.h>

#include "criteria/unit.h"
#include "number/interval.h"

/* Natural bounds in the fact's own unit, infinities for none: counts are not negative, shares in % lie between 0 and 100,
   and whatever the dictionary says. Flags, levels and dates have none. */
ntm_i_interval ntm_i_fact_natural(const ntm_fact *fact, const ntm_i_unit *unit);

#endif
