/* SPDX-License-Identifier: Apache-2.0 */
/* Printed numbers, with what money needs to know besides. */
#ifndef NTM_I_PRINTED_H
#define NTM_I_PRINTED_H

#include <ntm/number.h>

/* ntm_printed_parse(), which also says whether there was a magnitude word (tỷ, triệu, ...). */
ntm_status ntm_i_printed_parse(ntm_printed *out, bool *magnitude, const char *text, size_t size, ntm_locale locale,
                               ntm_error *err);

#endif
