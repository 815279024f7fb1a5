/* SPDX-License-Identifier: Apache-2.0 */
/* The files that a catalogue was opened from. */
#ifndef NTM_I_FILES_H
#define NTM_I_FILES_H

#include <ntm/catalogue.h>

/* The file that has an id, of a set or an overlay; NULL if none has. */
const char *ntm_i_catalogue_file(const ntm_catalogue *catalogue, const char *id);

#endif
