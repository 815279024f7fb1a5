/* SPDX-License-Identifier: Apache-2.0 */
#include "notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ntm_date notes_day(const char *text) {
    ntm_date day = NTM_DATE_NONE;
    assert_int_equal(ntm_date_parse(&day, text, strlen(text), NULL), NTM_OK);
    return day;
}

static char *whole(const char *lines) {
    size_t size = strlen(NOTES_HEAD) + strlen(lines) + 1;
    char *text = malloc(size);
    assert_non_null(text);
    (void)snprintf(text, size, "%s%s", NOTES_HEAD, lines);
    return text;
}

ntm_observations *notes_read(const char *lines, const ntm_observations_options *options) {
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    char *text = whole(lines);
    assert_ok(ntm_observations_read(&store, text, strlen(text), "notes", options, &err), &err);
    free(text);
    return store;
}

void notes_refused(const char *lines, const ntm_observations_options *options, ntm_status status, uint64_t row,
                   const char *piece) {
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    char *text = whole(lines);
    assert_fails(ntm_observations_read(&store, text, strlen(text), "notes", options, &err), status, &err, NULL);
    free(text);
    assert_null(store);
    if (err.row != row)
        fail_msg("row %llu, expected %llu: %s", (unsigned long long)err.row, (unsigned long long)row, err.message);
    char whole_error[sizeof err.subject + sizeof err.message + 2];
    (void)snprintf(whole_error, sizeof whole_error, "%s: %s", err.subject, err.message);
    assert_int_equal(strncmp(whole_error, "notes: ", 7), 0);
    if (piece != NULL && strstr(whole_error, piece) == NULL) fail_msg("\"%s\" is not in \"%s\"", piece, whole_error);
}

ntm_view *notes_view(const ntm_observations *store, const char *known_on) {
    ntm_observed_options options = NTM_OBSERVED_OPTIONS_INIT;
    ntm_view *view = NULL;
    ntm_error err = NTM_ERROR_INIT;
    if (known_on != NULL) options.known_on = notes_day(known_on);
    assert_ok(ntm_view_new(&view, store, &options, &err), &err);
    assert_ok(ntm_table_check(ntm_view_table(view), NULL, &err), &err);
    return view;
}

void notes_cell(char *buffer, size_t capacity, const ntm_column *column, size_t row) {
    ntm_known known = ntm_column_known(column, row);
    const char *text = NULL;
    size_t size = 0;
    ntm_decimal number = {0, 0};
    if (known != NTM_REPORTED) {
        (void)snprintf(buffer, capacity, "%s", known == NTM_NOT_REPORTED ? "not reported" : "not applicable");
    } else if (column->categories != NULL) {
        assert_int_equal(ntm_column_text(&text, &size, column, row, NULL), NTM_OK);
        (void)snprintf(buffer, capacity, "%.*s", (int)size, text);
    } else {
        assert_int_equal(ntm_column_decimal(&number, column, row, NULL), NTM_OK);
        (void)ntm_decimal_format(buffer, capacity, number, NTM_LOCALE_PLAIN);
    }
}

void expect_cell(const ntm_view *view, const char *fact, size_t row, const char *text) {
    char cell[128];
    const ntm_field *field = ntm_table_find(ntm_view_table(view), fact);
    assert_non_null(field);
    notes_cell(cell, sizeof cell, &field->column, row);
    assert_string_equal(cell, text);
}
