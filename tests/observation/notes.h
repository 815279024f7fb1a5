/* SPDX-License-Identifier: Apache-2.0 */
/* Observations written as CSV in tests, and cells of views as text.
 *
 *     ntm_observations *store = notes_read("A,poor,2020-01,12,2020-02-03\n", NULL);
 *     ntm_view *view = notes_view(store, "2020-02-29");
 *     expect_cell(view, "poor", 0, "12");
 */
#ifndef NTM_TEST_NOTES_H
#define NTM_TEST_NOTES_H

#include "fault.h"

#include <ntm/observation.h>

#define NOTES_HEAD "unit,fact,period,value,recorded_on\n"

ntm_date notes_day(const char *text);
/* Asserts that the lines are taken; the store goes back through ntm_observations_free(). */
ntm_observations *notes_read(const char *lines, const ntm_observations_options *options);
/* Asserts that they are refused with this status, row and piece of the message. */
void notes_refused(const char *lines, const ntm_observations_options *options, ntm_status status, uint64_t row,
                   const char *piece);
/* Everything, as known on a day (NULL: all rows). */
ntm_view *notes_view(const ntm_observations *store, const char *known_on);
/* "12.5", "good", "not reported" or "not applicable". */
void notes_cell(char *buffer, size_t capacity, const ntm_column *column, size_t row);
void expect_cell(const ntm_view *view, const char *fact, size_t row, const char *text);

#endif
