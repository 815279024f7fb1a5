/* SPDX-License-Identifier: Apache-2.0 */
/* The names of the kinds of node, as files write them. */
#include "criteria/set.h"

const char *ntm_i_kind_name(ntm_node_kind kind) {
    switch (kind) {
        case NTM_FACT: return "fact";
        case NTM_CONSTANT: return "constant";
        case NTM_FIGURE: return "figure";
        case NTM_SUM: return "sum";
        case NTM_DIFFERENCE: return "difference";
        case NTM_PRODUCT: return "product";
        case NTM_RATIO: return "ratio";
        case NTM_PAST: return "past";
        case NTM_OF_PARENT: return "of_parent";
        case NTM_AVERAGE: return "average";
        case NTM_FIGURE_OF: return "figure_of";
        case NTM_COUNT: return "count";
        case NTM_SHARE: return "share";
        case NTM_POINTS: return "points";
        case NTM_MINIMUM: return "minimum";
        case NTM_MAXIMUM: return "maximum";
        case NTM_ROUNDED: return "rounded";
        case NTM_COMPARE: return "compare";
        case NTM_ATTESTED: return "attested";
        case NTM_AT_LEVEL: return "at_level";
        case NTM_ALL: return "all";
        case NTM_ANY: return "any";
        case NTM_AT_LEAST: return "at_least";
        case NTM_NOT: return "not";
        case NTM_HOLDS: return "holds";
        case NTM_IF_APPLICABLE: return "if_applicable";
        case NTM_EVERY: return "every";
        case NTM_CRITERION: return "criterion";
        case NTM_INDICATOR: return "indicator";
        case NTM_GRADE: return "grade";
    }
    return "?";
}

bool ntm_i_kind_is_known(ntm_node_kind kind) { return ntm_i_kind_name(kind)[0] != '?'; }
