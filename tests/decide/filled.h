/* SPDX-License-Identifier: Apache-2.0 */
/* Proving sets of deciding facts from outside: the values are filled into a copy of the table, which is evaluated by the
 * public call. */
#ifndef NTM_TEST_FILLED_H
#define NTM_TEST_FILLED_H

#include "fault.h"

#include <ntm/decide.h>

/* The verdict of a row once the facts of the set have their values. */
ntm_verdict filled_verdict(const ntm_plan *plan, const ntm_table *table, size_t row, const ntm_deciding_set *set,
                           ntm_of of, size_t index);
/* One verdict of a result. */
ntm_verdict filled_of(const ntm_attainment *result, ntm_of of, size_t row, size_t index);
/* Fails unless the set shows what it is said to show; true if there is one. */
bool filled_shows(const ntm_plan *plan, const ntm_table *table, size_t row, const ntm_deciding *d, ntm_verdict verdict,
                  ntm_of of, size_t index);

#endif
