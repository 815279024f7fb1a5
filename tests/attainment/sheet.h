/* SPDX-License-Identifier: Apache-2.0 */
/* Small tables written as text, and what a set is expected to say about them, under all three kernels.
 *
 *     sheet s;
 *     sheet_start(&s, 3);
 *     sheet_cells(&s, "households", AS_INT64, "2000 2000 ?");
 *     sheet_cells(&s, "clean", AS_INT32, "1799 1800 1800");
 *     expect_indicator(set, &s, "17.1", "-+o");
 *     sheet_end(&s);
 *
 * A cell is a plain number, yes, no, a word, "nan", "inf", "?" (not reported) or "~" (not applicable). In expectations
 * '+' is met, '-' is not met, 'o' is open, one a row.
 */
#ifndef NTM_TEST_SHEET_H
#define NTM_TEST_SHEET_H

#include "kit.h"

#include <ntm/attainment.h>

typedef enum form {
    AS_INT8,
    AS_INT16,
    AS_INT32,
    AS_INT64,
    AS_DOUBLE,
    AS_DECIMAL,
    AS_BITS,
    AS_BYTES,
    AS_TEXT,
    AS_CODES
} form;

enum { SHEET_FIELDS = 64, SHEET_BLOCKS = 512 };

typedef struct sheet {
    ntm_table table;
    ntm_field fields[SHEET_FIELDS];
    void *blocks[SHEET_BLOCKS];
    size_t block_count;
    ntm_plan_options plan;         /* of what is evaluated; sheet_start() sets the day */
    ntm_evaluate_options evaluate; /* likewise */
} sheet;

void sheet_start(sheet *s, size_t rows);
void sheet_end(sheet *s);
/* Memory that lives as long as the sheet. */
void *sheet_memory(sheet *s, size_t size);
void sheet_cells(sheet *s, const char *name, form as, const char *cells);
void sheet_column(sheet *s, const char *name, ntm_column column);

/* One evaluation; the result goes back through ntm_attainment_free(). */
ntm_attainment *sheet_evaluate(const ntm_set *set, const sheet *s, ntm_kernels kernels);

/* One verdict of a result, whatever it is of. */
ntm_verdict sheet_verdict(const ntm_attainment *result, ntm_of of, size_t row, size_t index);
void expect_column(const ntm_set *set, const sheet *s, ntm_of of, size_t index, const char *verdicts);
void expect_indicator(const ntm_set *set, const sheet *s, const char *id, const char *verdicts);
void expect_criterion(const ntm_set *set, const sheet *s, const char *id, const char *verdicts);
void expect_status(const ntm_set *set, const sheet *s, const char *verdicts);
/* "3-7 2-2": bounds of criteria met, one pair a row. */
void expect_met(const ntm_set *set, const sheet *s, const char *bounds);
void expect_grade(const ntm_set *set, const sheet *s, const char *bounds);
/* The evaluation fails; the row may be NTM_NO_ROW; `piece` is in message or subject. */
void expect_failure(const ntm_set *set, const sheet *s, ntm_status status, const char *piece, uint64_t row);

/* Asserts that two results agree in all that can be asked, `what` is shown if they do not. */
void assert_same_results(const ntm_set *set, const ntm_attainment *a, const ntm_attainment *b, const char *what);

#endif
