/* SPDX-License-Identifier: Apache-2.0 */
/* Registers written as CSV in tests, and what is asked of them as one line of text.
 *
 *     ntm_register *reg = book_read("A,S,3,recognised,2020-02-29,1/QD,,\n", &options);
 *     expect_holding(reg, "A", "S", "2020-03-01", "held 3 since 2020-02-29 until 2023-02-28 by 0");
 *
 * A status is unlimited unless the options say otherwise: book_options().
 */
#ifndef NTM_TEST_BOOK_H
#define NTM_TEST_BOOK_H

#include "fault.h"

#include <ntm/recognition.h>

#define BOOK_HEAD "unit,status,class,kind,date,number,successor,until\n"

/* Every status lasts until an act ends it and is not inherited. */
ntm_register_options book_options(void);
/* As many months, for all statuses. */
ntm_register_options book_months(uint32_t months);
ntm_date book_day(const char *text);

/* Asserts that the lines are taken; the register goes back through ntm_register_free(). */
ntm_register *book_read(const char *lines, const ntm_register_options *options);
/* Asserts that they are refused with this status, row and piece of the message. */
void book_refused(const char *lines, const ntm_register_options *options, ntm_status status, uint64_t row,
                  const char *piece);

/* "held", "not held (revoked)", "open (undecided)" and what else the answer says. */
void book_line(char *buffer, size_t capacity, const ntm_holding *holding);
void expect_holding(const ntm_register *reg, const char *unit, const char *status, const char *on, const char *line);

#endif
