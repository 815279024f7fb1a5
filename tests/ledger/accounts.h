/* SPDX-License-Identifier: Apache-2.0 */
/* Ledgers written as CSV in tests, and what comes out of them as one line of text.
 *
 *     ntm_ledger *ledger = accounts_read("unit,source,amount\nA,central,5\nB,local,\n", NULL);
 *     expect_cube("A central=5; B local=? !1", ledger, &options);
 *
 * A cell is its members, "=", its sum ("?" where nothing was reported), and "!" with the number of reports missing where it
 * is open. "Not stated" is "-".
 */
#ifndef NTM_TEST_ACCOUNTS_H
#define NTM_TEST_ACCOUNTS_H

#include "fault.h"

#include <ntm/cube.h>

enum { ACCOUNTS_TEXT = 1 << 16 };

ntm_date accounts_day(const char *text);
/* Asserts that the text is taken; the ledger goes back through ntm_ledger_free(). */
ntm_ledger *accounts_read(const char *csv, const ntm_ledger_options *options);
ntm_ledger *accounts_new(const ntm_table *table, const ntm_ledger_options *options);
/* Asserts that it is refused with this status, subject, row and piece of the message, and that nothing comes out. */
void accounts_refused(const char *csv, const ntm_ledger_options *options, ntm_status status, const char *subject,
                      uint64_t row, const char *piece);
void accounts_table_refused(const ntm_table *table, const ntm_ledger_options *options, ntm_status status,
                            const char *subject, uint64_t row, const char *piece);
/* The members of a dimension: "central<state local<state state credit*": what is above after "<", "*" for stocks. */
void expect_members(const char *text, const ntm_ledger *ledger, const char *dimension);

ntm_cube *accounts_cube(const ntm_ledger *ledger, const ntm_cube_options *options);
/* All cells, by ntm_cube_rows_table(), and each of them asked by ntm_cube_get() too. */
void accounts_cells(char *text, size_t capacity, const ntm_cube *cube);
void expect_cells(const char *text, const ntm_cube *cube);
void expect_cube(const char *text, const ntm_ledger *ledger, const ntm_cube_options *options);
void cube_refused(const ntm_ledger *ledger, const ntm_cube_options *options, ntm_status status, const char *piece);
/* A cell by the ids of its members, with blanks between; "-" = not stated. */
ntm_cube_cell accounts_cell(const ntm_cube *cube, const char *members);

#endif
