/* SPDX-License-Identifier: Apache-2.0 */
/* The sections of a set that say how it is put into practice. A section may be NULL: it is not there. */
#ifndef NTM_I_READ_PRACTICE_H
#define NTM_I_READ_PRACTICE_H

#include "catalogue/read.h"

/* What the head of a set takes from its sections; read before there is a builder, after the sources. */
void ntm_i_read_validity(ntm_i_reader *reader, ntm_validity *out, const ntm_i_yaml *node);
void ntm_i_read_follows(ntm_i_reader *reader, ntm_set_spec *about, const ntm_i_yaml *node);

/* The rest goes to the builder. */
void ntm_i_read_counterparts(ntm_i_reader *reader, const ntm_i_yaml *node);
void ntm_i_read_values(ntm_i_reader *reader, const ntm_i_yaml *list);
void ntm_i_read_scopes(ntm_i_reader *reader, const ntm_i_yaml *list);
void ntm_i_read_recognisers(ntm_i_reader *reader, const ntm_i_yaml *list);

#endif
