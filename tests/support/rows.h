/* SPDX-License-Identifier: Apache-2.0 */
/* Small tables as CSV text. A header like "weight#2" is a column of numbers with two digits after the mark, any other one a
   column of text; an empty cell is not reported (in text: empty).
 *
 *     ntm_csv *claims = rows_read("unit,weight#0\nA,5\nB,\n");
 *     ... ntm_csv_table(claims) ...
 *     ntm_csv_free(claims);
 */
#ifndef NTM_TEST_ROWS_H
#define NTM_TEST_ROWS_H

#include <ntm/column.h>

/* Asserts that the text can be read. */
ntm_csv *rows_read(const char *text);

#endif
