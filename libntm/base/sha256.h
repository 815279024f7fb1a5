/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4): the digest by which proofs and sets are known again. */
#ifndef NTM_I_SHA256_H
#define NTM_I_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define NTM_I_SHA256_TEXT 65 /* 64 hex digits and NUL */

typedef struct ntm_i_sha256 {
    uint32_t state[8];
    uint8_t block[64];
    size_t held;    /* bytes in `block` */
    uint64_t bytes; /* all so far */
} ntm_i_sha256;

void ntm_i_sha256_start(ntm_i_sha256 *hash);
void ntm_i_sha256_add(ntm_i_sha256 *hash, const void *bytes, size_t size);
/* Ends with the digest in lower-case hex digits. */
void ntm_i_sha256_end(ntm_i_sha256 *hash, char out[NTM_I_SHA256_TEXT]);

#endif
