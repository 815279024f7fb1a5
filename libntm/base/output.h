/* SPDX-License-Identifier: Apache-2.0 */
/* Writing into a caller's buffer of fixed size, counting on past its end as snprintf does. */
#ifndef NTM_I_OUTPUT_H
#define NTM_I_OUTPUT_H

#include <stddef.h>

#include "base/utf8.h"

typedef struct ntm_i_output {
    char *buffer; /* may be NULL when capacity is 0 */
    size_t capacity;
    size_t size; /* bytes wanted so far */
} ntm_i_output;

static inline void ntm_i_put(ntm_i_output *to, char c) {
    if (to->size < to->capacity) to->buffer[to->size] = c; /* the last byte makes way for the NUL at the end */
    to->size++;
}

static inline void ntm_i_put_text(ntm_i_output *to, const char *text) {
    for (; *text != '\0'; text++)
        ntm_i_put(to, *text);
}

/* Ends with NUL, between two characters, and gives the bytes wanted without it. */
static inline size_t ntm_i_put_end(ntm_i_output *to) {
    if (to->capacity == 0) return to->size;
    size_t end = to->size < to->capacity ? to->size : ntm_i_utf8_cut(to->buffer, to->capacity - 1);
    to->buffer[end] = '\0';
    return to->size;
}

#endif
