/* SPDX-License-Identifier: Apache-2.0 */
/* The script of a letter, as far as telling look-alikes apart needs it. */
#ifndef NTM_I_SCRIPT_H
#define NTM_I_SCRIPT_H

#include <stdint.h>

/* 0 for what belongs to no script (digits, signs, marks, letters common to all); else a number per script. */
int ntm_i_script(uint32_t character);

#endif
