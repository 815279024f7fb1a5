/* SPDX-License-Identifier: Apache-2.0 */
/* Equations as text. */
#ifndef NTM_I_EQUATION_TEXT_H
#define NTM_I_EQUATION_TEXT_H

#include <ntm/number.h>

#include "base/error.h"
#include "base/memory.h"

#define NTM_I_TEXT_NAMES_MAX 1000
#define NTM_I_TEXT_SIZE_MAX  65536

/* A name in an equation, and where it stands. */
typedef struct ntm_i_text_term {
    const char *name; /* without its quotes */
    const char *row;  /* in brackets behind it; NULL when there is none */
    int32_t coefficient;
    uint32_t line;
    uint32_t column;
} ntm_i_text_term;

typedef struct ntm_i_equation_text {
    ntm_i_text_term *terms; /* of a sum that is zero; of a share the share, the part and the whole */
    size_t count;
    bool is_share;
    unsigned percent_digits;
    bool rounding_told;
    ntm_rounding rounding;
    uint8_t scale;
} ntm_i_equation_text;

/* Reads an equation; its texts and terms are the arena's. */
ntm_status ntm_i_equation_read(ntm_i_equation_text *out, const char *text, size_t size, ntm_i_arena *arena,
                               ntm_error *err);

#endif
