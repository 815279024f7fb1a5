/* SPDX-License-Identifier: Apache-2.0 */
/* Folding names to the form in which they are compared. */
#ifndef NTM_I_TEXT_FOLD_H
#define NTM_I_TEXT_FOLD_H

#include "base/error.h"
#include "base/memory.h"

/* Makes the comparable form of a name: NFC, case-folded, white space runs as one space and none at the ends, the tone
   mark of oa, oe, uy (not after q) in the old place (hoà -> hòa). Letters of more than one script are NTM_ERROR_SYNTAX.
   *out ends with NUL and is given back with ntm_i_release(allocator, *out, *size + 1, 1). */
ntm_status ntm_i_name_fold(char **out, size_t *size, const char *text, size_t text_size, const ntm_allocator *allocator,
                           ntm_error *err);

/* NFC of UTF-8 text, same ownership. */
ntm_status ntm_i_nfc(char **out, size_t *size, const char *text, size_t text_size, const ntm_allocator *allocator,
                     ntm_error *err);

#endif
