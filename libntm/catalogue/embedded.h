/* SPDX-License-Identifier: Apache-2.0 */
/* The files of catalogue/, as they are, inside the library. Written at build time by tools/embed-catalogue.py. */
#ifndef NTM_I_EMBEDDED_H
#define NTM_I_EMBEDDED_H

#include <stddef.h>

typedef struct ntm_i_embedded {
    const char *name;  /* the file's name without its folder: "garden-model-ha-tinh.yaml" */
    const char *bytes; /* its contents, followed by a NUL that does not count */
    size_t size;
} ntm_i_embedded;

extern const ntm_i_embedded
    ntm_i_embedded_files[]; /* sorted by name; at least one entry, empty if there are no files */
extern const size_t ntm_i_embedded_count;

#endif
