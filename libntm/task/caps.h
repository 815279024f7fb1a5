/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NTM_I_TASK_CAPS_H
#define NTM_I_TASK_CAPS_H

#include <ntm/need.h>

/* A bit for each need (job) of which nobody can say who pays how much: it shares a cap with one whose quantity is not known.
   `told` has a bit for each row of the quantities. Freed by ntm_i_shared_caps_free(); NULL for want of memory. */
uint8_t *ntm_i_shared_caps(const ntm_needs *needs, const uint8_t *told);
void ntm_i_shared_caps_free(uint8_t *unsure, const ntm_needs *needs);

#endif
