/* SPDX-License-Identifier: Apache-2.0 */
/* Registries written as CSV in tests, and answers as one line of text.
 *
 *     ntm_units *units = tree_new("code,name,level\n1,Tỉnh Một,province\n", NULL, NULL, NULL);
 *     expect_rows("0 2", rows, count);               units are named by their row
 *     expect_parts("3 whole 1; 4 perhaps 2; 5 part 0 ended", parts, count);
 *
 * The first line of each text is its header; all cells are text, those of options->weights numbers with 2 digits.
 */
#ifndef NTM_TEST_TREE_H
#define NTM_TEST_TREE_H

#include "fault.h"

#include <ntm/unit.h>

enum { TREE_LINE = 4096, TREE_ROWS = 128 };

/* NULL and "" are NTM_DATE_NONE. */
ntm_date tree_day(const char *text);
/* Texts as NTM_CSV_TEXT or NTM_CSV_CODES, days (valid_from, valid_to, on) as text or NTM_CSV_DATE; NULL gives NULL. */
ntm_csv *tree_table(const char *text, ntm_csv_kind texts, ntm_csv_kind days, const ntm_units_options *options);
ntm_status tree_try(ntm_units **out, const char *units, const char *edges, const char *attributes,
                    const ntm_units_options *options, ntm_error *err);
/* Asserts that the texts are taken. */
ntm_units *tree_new(const char *units, const char *edges, const char *attributes, const ntm_units_options *options);
/* Asserts that they are refused with this status, subject, row and piece of the message, and that nothing comes out. */
void tree_refused(const char *units, const char *edges, const char *attributes, const ntm_units_options *options,
                  ntm_status status, const char *subject, uint64_t row, const char *piece);
/* Asserts the findings: "renamed 0 1; no-successor 3". */
void expect_findings(const char *line, const ntm_units *units);

void expect_rows(const char *line, const ntm_unit *rows, size_t count);
/* By code and day. */
ntm_unit tree_find(const ntm_units *units, const char *code, ntm_echelon echelon, const char *on);

void expect_became(const char *line, const ntm_units *units, ntm_unit unit, const char *from, const char *to);
void expect_made_of(const char *line, const ntm_units *units, ntm_unit unit, const char *from, const char *to);

#endif
