/* SPDX-License-Identifier: Apache-2.0 */
/* Needs from CSV text, and tables as text. All figures of norms, shares and ratios in these tests are made up. */
#ifndef NTM_TEST_LINES_H
#define NTM_TEST_LINES_H

#include "fault.h"
#include "rows.h"

#include <stdio.h>
#include <string.h>

#include <ntm/need.h>

static inline ntm_norms *norms_of(const char *text) {
    ntm_csv *csv = rows_read(text);
    ntm_norms *norms = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_norms_new(&norms, ntm_csv_table(csv), NULL, &err), &err);
    ntm_csv_free(csv);
    return norms;
}

/* `division` may be NULL; then options->division is left as it is. */
static inline ntm_status try_needs(ntm_needs **out, const char *norms, const char *quantities, const char *division,
                                   ntm_needs_options *options, ntm_error *err) {
    ntm_norms *made = norms_of(norms);
    ntm_csv *csv = rows_read(quantities), *rules = division == NULL ? NULL : rows_read(division);
    if (rules != NULL) options->division = ntm_csv_table(rules);
    ntm_status status = ntm_needs_new(out, made, ntm_csv_table(csv), options, err);
    options->division = NULL;
    ntm_csv_free(rules);
    ntm_csv_free(csv);
    ntm_norms_free(made);
    return status;
}

static inline ntm_needs *needs_of(const char *norms, const char *quantities, const char *division,
                                  ntm_needs_options *options) {
    ntm_needs *needs = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(try_needs(&needs, norms, quantities, division, options, &err), &err);
    return needs;
}

/* One cell as text; "" when it is not reported. */
static inline void show_cell(char *out, size_t room, const ntm_column *column, size_t row) {
    const char *text = NULL;
    size_t size = 0;
    ntm_decimal value;
    out[0] = '\0';
    if (ntm_column_known(column, row) != NTM_REPORTED) return;
    if (column->categories != NULL) {
        assert_int_equal(ntm_column_text(&text, &size, column, row, NULL), NTM_OK);
        (void)snprintf(out, room, "%.*s", (int)size, text);
    } else {
        assert_int_equal(ntm_column_decimal(&value, column, row, NULL), NTM_OK);
        (void)ntm_decimal_format(out, room, value, NTM_LOCALE_PLAIN);
    }
}

/* The table as CSV with its header. */
static inline void expect_table(const ntm_table *table, const char *expected) {
    char text[4096] = "", cell[64];
    size_t used = 0;
    assert_int_equal(ntm_table_check(table, NULL, NULL), NTM_OK);
    for (size_t row = 0; row <= table->rows; row++)
        for (size_t i = 0; i < table->field_count; i++) {
            if (row > 0) show_cell(cell, sizeof cell, &table->fields[i].column, row - 1);
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i == 0 ? "" : ",",
                                     row == 0 ? table->fields[i].name : cell);
            if (i + 1 == table->field_count) used += (size_t)snprintf(text + used, sizeof text - used, "\n");
        }
    assert_string_equal(text, expected);
}

static inline void expect_line(const ntm_needs *needs, size_t line, ntm_language language, const char *expected) {
    ntm_text *text = NULL;
    assert_int_equal(ntm_needs_explain(&text, needs, line, language, NULL), NTM_OK);
    assert_string_equal(ntm_text_data(text), expected);
    ntm_text_free(text);
}

#endif
