/* SPDX-License-Identifier: Apache-2.0 */
/* What closes a gap in a fact: work, an act, an assessment, or time. */
#include <ntm/criteria.h>

#include <stddef.h>

ntm_closing ntm_fact_closing(const ntm_fact *fact) {
    if (fact == NULL) return NTM_CLOSING_UNSAID;
    if (fact->closed_by >= NTM_CLOSING_WORK && fact->closed_by <= NTM_CLOSING_TIME) return fact->closed_by;
    switch (fact->kind) {
        case NTM_KIND_FLAG: return NTM_CLOSING_ACT;
        case NTM_KIND_LEVEL: return NTM_CLOSING_ASSESSMENT;
        case NTM_KIND_DATE: return NTM_CLOSING_TIME;
        case NTM_KIND_COUNT:
        case NTM_KIND_AMOUNT:
        case NTM_KIND_SHARE:
        case NTM_KIND_MONEY: return NTM_CLOSING_WORK;
    }
    return NTM_CLOSING_UNSAID;
}
