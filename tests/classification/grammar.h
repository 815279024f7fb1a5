/* SPDX-License-Identifier: Apache-2.0 */
/* Files of rules in tests, and what is found of codes as text. */
#ifndef NTM_TEST_GRAMMAR_H
#define NTM_TEST_GRAMMAR_H

#include "fault.h"

#include <ntm/classification.h>

#define GRAMMAR_HEAD                                                                                                   \
    "kind,shape,digits,first,last,level,part_of,within,block,successor,label,valid_from,valid_to,standing,act,source\n"
/* The end of a row of a rule that was seen, and holds on all days. */
#define SEEN ",,,seen,A,S\n"

ntm_date grammar_day(const char *text);
/* The shipped one. */
ntm_classification *grammar_shipped(void);
/* Asserts that the lines are taken. */
ntm_classification *grammar_read(const char *lines);
/* Asserts that they are refused with this status, row (NTM_NO_ROW: none) and piece of "subject: message". */
void grammar_refused(const char *lines, ntm_status status, uint64_t row, const char *piece);
/* Checks a code that ends with NUL. */
ntm_code_finding grammar_check(const ntm_classification *c, ntm_code_kind kind, const char *code, const char *on);
/* Asserts the verdict; the failing code is named. */
void expect_code(const ntm_classification *c, ntm_code_kind kind, const char *code, const char *on,
                 ntm_code_verdict verdict);
/* Asserts what ntm_code_finding_text() writes. */
void expect_text(const ntm_code_finding *finding, const char *text);

#endif
