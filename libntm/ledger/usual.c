/* SPDX-License-Identifier: Apache-2.0 */
/* The dimensions that every ledger knows. Names in Vietnamese are those of the glossary and of reports on the programmes. */
#include <ntm/ledger.h>

static const ntm_member sources[] = {
    {"state", "ngân sách nhà nước", NULL, false},
    {"central", "ngân sách trung ương", "state", false},
    {"local", "ngân sách địa phương", "state", false},
    {"province", "ngân sách tỉnh", "local", false},
    {"district", "ngân sách huyện", "local", false},
    {"commune", "ngân sách xã", "local", false},
    {"integrated", "lồng ghép", NULL, false},
    {"credit", "tín dụng", NULL, false},
    {"policy-credit", "tín dụng chính sách", "credit", false},
    {"commercial-credit", "tín dụng thương mại", "credit", false},
    {"enterprise", "doanh nghiệp", NULL, false},
    {"people", "dân góp", NULL, false},
    {"cash", "tiền mặt", "people", false},
    {"labour", "ngày công", "people", false},
    {"land", "hiến đất", "people", false},
};
static const ntm_member natures[] = {
    {"investment", "vốn đầu tư", NULL, false},
    {"recurrent", "vốn sự nghiệp", NULL, false},
};
static const ntm_member stages[] = {
    {"need", "nhu cầu", NULL, false},        {"plan", "kế hoạch", NULL, false},    {"allotted", "phân bổ", NULL, false},
    {"disbursed", "giải ngân", NULL, false}, {"outstanding", "dư nợ", NULL, true},
};

#define MEMBERS(list) (list), sizeof(list) / sizeof *(list)

static const ntm_dimension_spec usual[NTM_USUAL_DIMENSIONS] = {
    {"programme", NULL, 0, true},
    {"component", NULL, 0, true},
    {"source", MEMBERS(sources), false},
    {"nature", MEMBERS(natures), false},
    {"stage", MEMBERS(stages), false},
    {"doer", NULL, 0, true},
    {"kind", NULL, 0, true},
};

const ntm_dimension_spec *ntm_dimension_usual(size_t index) {
    return index < NTM_USUAL_DIMENSIONS ? &usual[index] : NULL;
}
