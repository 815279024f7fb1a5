/* SPDX-License-Identifier: Apache-2.0 */
/* What columns a CSV file has, before anybody asks for them. */
#ifndef NTM_I_CSV_HEADERS_H
#define NTM_I_CSV_HEADERS_H

#include <ntm/column.h>

#include "base/memory.h"

/* The cells of the header line in NFC, copied into the arena. A file that cannot be read so far gives none: reading it
   in earnest will say why. False for want of memory. */
bool ntm_i_csv_headers(const char *const **out, size_t *count, const char *bytes, size_t size, char separator,
                       ntm_i_arena *arena);

#endif
