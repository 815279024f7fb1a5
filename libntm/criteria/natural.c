/* SPDX-License-Identifier: Apache-2.0 */
#include "criteria/natural.h"

ntm_i_interval ntm_i_fact_natural(const ntm_fact *fact, const ntm_i_unit *unit) {
    ntm_i_interval out = NTM_I_ANYTHING;
    bool share = fact->kind == NTM_KIND_SHARE && unit->term_count == 0;
    if (fact->kind == NTM_KIND_COUNT || share) out.least = ntm_i_rational_int(0);
    if (share) (void)ntm_i_rational_scale(&out.most, ntm_i_rational_int(1), -unit->power);
    if (fact->has_least) out.least = ntm_i_rational_decimal(fact->least);
    if (fact->has_most) out.most = ntm_i_rational_decimal(fact->most);
    return out;
}
