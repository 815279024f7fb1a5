/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic that says when it does not fit: each returns true on overflow and then leaves *out alone in meaning. */
#ifndef NTM_I_CHECKED_H
#define NTM_I_CHECKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 128-bit integers carry exact intermediate results; __extension__ keeps -Wpedantic quiet. */
__extension__ typedef __int128 ntm_i_wide;
__extension__ typedef unsigned __int128 ntm_i_uwide;

#define ntm_i_add_overflows(a, b, out)      __builtin_add_overflow((a), (b), (out))
#define ntm_i_subtract_overflows(a, b, out) __builtin_sub_overflow((a), (b), (out))
#define ntm_i_multiply_overflows(a, b, out) __builtin_mul_overflow((a), (b), (out))

#endif
