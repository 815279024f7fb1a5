/* SPDX-License-Identifier: Apache-2.0 */
/* The buffers of one column as Arrow wants them: borrowed where the layouts agree, copied where not. */
#ifndef NTM_I_ARROW_VALUES_H
#define NTM_I_ARROW_VALUES_H

#include <ntm/column.h>

#include "base/memory.h"

typedef struct ntm_i_arrow_values {
    char format[16];
    size_t offset;        /* of the first row, in all buffers */
    const void *validity; /* NULL = all valid */
    const void *data;     /* values, bits or text offsets; never NULL */
    const void *text;     /* NULL for other types than text */
} ntm_i_arrow_values;

/* For a checked column. Copies live in the arena.
   NTM_OK, NTM_ERROR_MEMORY, NTM_ERROR_VALUE (a byte not 0 or 1, a code past the categories). */
ntm_status ntm_i_arrow_values_of(ntm_i_arrow_values *out, const ntm_field *field, ntm_i_arena *arena, ntm_error *err);

#endif
