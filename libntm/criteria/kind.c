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
        case NTM_VALUE: return "value";
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

const char *ntm_i_kind_word(ntm_node_kind kind, ntm_language language) {
    bool vi = language == NTM_VI;
    switch (kind) {
        case NTM_SUM: return vi ? "tổng" : "sum";
        case NTM_DIFFERENCE: return vi ? "hiệu" : "difference";
        case NTM_PRODUCT: return vi ? "tích" : "product";
        case NTM_RATIO: return vi ? "tỷ lệ" : "ratio";
        case NTM_CONSTANT: return vi ? "hằng số" : "constant";
        case NTM_COUNT: return vi ? "số lượng đạt" : "number that meet";
        case NTM_SHARE: return vi ? "tỷ lệ đạt" : "share that meets";
        case NTM_POINTS: return vi ? "điểm" : "points";
        case NTM_MINIMUM: return vi ? "nhỏ nhất" : "smallest";
        case NTM_MAXIMUM: return vi ? "lớn nhất" : "largest";
        case NTM_ROUNDED: return vi ? "làm tròn" : "rounded";
        case NTM_VALUE: return vi ? "giá trị" : "value";
        case NTM_COMPARE: return vi ? "so sánh" : "comparison";
        case NTM_AT_LEVEL: return vi ? "xếp hạng từ" : "graded at least";
        case NTM_ALL: return vi ? "tất cả" : "all of";
        case NTM_ANY: return vi ? "một trong" : "one of";
        case NTM_AT_LEAST: return vi ? "ít nhất một số trong" : "at least some of";
        case NTM_NOT: return vi ? "không" : "not";
        case NTM_IF_APPLICABLE: return vi ? "nếu có" : "if applicable";
        case NTM_EVERY: return vi ? "mọi" : "every one";
        case NTM_GRADE: return vi ? "xếp hạng" : "grade";
        default: return ntm_i_kind_name(kind);
    }
}
