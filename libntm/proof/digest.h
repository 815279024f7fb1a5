/* SPDX-License-Identifier: Apache-2.0 */
/* The content hash of a set. */
#ifndef NTM_I_DIGEST_H
#define NTM_I_DIGEST_H

#include <ntm/criteria.h>

#include "base/sha256.h"

ntm_status ntm_i_law_digest(char out[NTM_I_SHA256_TEXT], const ntm_set *set, const ntm_allocator *allocator,
                            ntm_error *err);

#endif
