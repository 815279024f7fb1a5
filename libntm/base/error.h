/* SPDX-License-Identifier: Apache-2.0 */
/* Filling the caller's ntm_error, and collecting problems. */
#ifndef NTM_I_ERROR_H
#define NTM_I_ERROR_H

#include <ntm/base.h>

#include <stdarg.h>

#if defined(__GNUC__)
#define NTM_I_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define NTM_I_PRINTF(at, first)
#endif

/* Where in its input something went wrong. Zero-initialised fields mean "not known"; row needs NTM_NO_ROW. */
typedef struct ntm_i_place {
    const char *subject; /* file, path, fact or column; NULL = none */
    uint32_t line;
    uint32_t column;
    uint64_t row;
} ntm_i_place;

#define NTM_I_NOWHERE       ((ntm_i_place){NULL, 0, 0, NTM_NO_ROW})
#define NTM_I_SUBJECT(s)    ((ntm_i_place){(s), 0, 0, NTM_NO_ROW})
#define NTM_I_ROW(s, r)     ((ntm_i_place){(s), 0, 0, (r)})
#define NTM_I_LINE(s, l, c) ((ntm_i_place){(s), (l), (c), NTM_NO_ROW})

/* Fills *err (if not NULL; never past err->struct_size; texts are cut at a UTF-8 boundary) and returns `status`,
   so that a function can say: return ntm_i_fail(err, NTM_ERROR_VALUE, place, "...", ...); */
ntm_status ntm_i_fail(ntm_error *err, ntm_status status, ntm_i_place place, const char *format, ...) NTM_I_PRINTF(4, 5);

/* The same with the arguments as a list, for functions that take a format themselves. */
ntm_status ntm_i_fail_list(ntm_error *err, ntm_status status, ntm_i_place place, const char *format, va_list arguments)
    NTM_I_PRINTF(4, 0);

/* ntm_i_fail() for arguments that cannot be: NTM_ERROR_ARGUMENT, nowhere. */
ntm_status ntm_i_wrong_call(ntm_error *err, const char *what);

/* ntm_i_fail() for want of memory. */
ntm_status ntm_i_no_memory(ntm_error *err);

/* Copies a filled error to another (either may be NULL; respects struct_size). Returns from->status, or NTM_OK. */
ntm_status ntm_i_error_copy(ntm_error *to, const ntm_error *from);

/* Adds to a list (NULL does nothing). Losing a problem to want of memory only lowers the count kept, never fails. */
void ntm_i_problems_add(ntm_problems *problems, const ntm_error *problem);

#endif
