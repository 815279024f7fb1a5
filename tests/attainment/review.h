/* SPDX-License-Identifier: Apache-2.0 */
/* What the review tests share: the smallest set as YAML, piece by piece, and reading it. */
#ifndef REVIEW_H
#define REVIEW_H

#include "sheet.h"

#include <ntm/catalogue.h>

#include <string.h>

#define HEAD                                                                                                           \
    "format: ntm-set/1\nid: t\ntitle: {vi: t}\nprogramme: ntm\nlevel: commune\ntier: standard\nplace: VN\n"            \
    "instrument: {number: x, source: [S]}\nsources: {S: {where: w, what: w}}\n"
#define CRITERION      "criteria:\n  - id: \"1\"\n    name: {vi: c}\n    source: [S]\n"
#define INDICATORS     CRITERION "    indicators:\n"
#define RULE(id, rule) "      - {id: " id ", name: {vi: " id "}, source: [S], rule: " rule "}\n"

static inline ntm_set *taken(const char *yaml) {
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_set_read(&set, yaml, strlen(yaml), "t.yaml", NULL, &err), &err);
    return set;
}

static inline void refused(const char *yaml, ntm_status status, const char *piece) {
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_set_read(&set, yaml, strlen(yaml), "t.yaml", NULL, &err), status, &err, piece);
    assert_null(set);
}

static inline void begin(sheet *s, size_t rows) {
    sheet_start(s, rows);
    s->plan.out_of_force = true;
}

#endif
