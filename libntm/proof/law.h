/* SPDX-License-Identifier: Apache-2.0 */
/* A set as canonical JSON, and its content hash. */
#ifndef NTM_I_LAW_H
#define NTM_I_LAW_H

#include "criteria/set.h"
#include "proof/json.h"

/* The whole law. */
void ntm_i_law_write(ntm_i_json *json, const ntm_set *set);
/* A rule under a key; nothing for 0. */
void ntm_i_law_rule(ntm_i_json *json, const char *key, const ntm_set *set, ntm_node node);
/* What every part has. */
void ntm_i_law_names(ntm_i_json *json, const char *key, ntm_names names);
void ntm_i_law_citation(ntm_i_json *json, const ntm_citation *citation);

#endif
