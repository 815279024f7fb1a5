/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/read.h"
ntm_status ntm_i_read_overlay(ntm_overlay **out, ntm_i_reader *reader, const ntm_i_yaml *root, ntm_error *err) { (void)out; (void)reader; (void)root; return ntm_i_fail(err, NTM_ERROR_UNSUPPORTED, NTM_I_NOWHERE, "overlays are not read yet"); }
