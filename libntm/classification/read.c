/* SPDX-License-Identifier: Apache-2.0 */
/* Making a classification: from the shipped file, from CSV, and freeing it. */
#include <string.h>

#include "base/text.h"
#include "classification/classification.h"
#include "column/cells.h"
#include "column/csv_headers.h"

/* Larger than any list of codes; a file of rules has some hundred lines. */
#define FILE_SIZE_MAX ((size_t)1 << 24)

static const char *const names[] = {"kind",     "shape",    "digits", "first",     "last",  "level",
                                    "part_of",  "within",   "block",  "successor", "label", "valid_from",
                                    "valid_to", "standing", "act",    "source"};
enum { COLUMNS = sizeof names / sizeof *names };

void ntm_classification_free(ntm_classification *c) {
    if (c == NULL) return;
    ntm_i_arena arena = c->arena;
    ntm_i_release(&arena.allocator, c, 1, sizeof *c);
    ntm_i_arena_end(&arena);
}

size_t ntm_classification_rule_count(const ntm_classification *c) { return c == NULL ? 0 : c->count; }

static ntm_status check_call(ntm_classification **out, const ntm_classification_options *options, ntm_error *err) {
    if (out == NULL) return ntm_i_wrong_call(err, "a place for the classification is needed");
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(
            err, "options that begin with NTM_CLASSIFICATION_OPTIONS_INIT and a whole allocator are needed");
    return NTM_OK;
}

/* A misspelt column would be a rule that is silently not there. */
static bool only_known(ntm_i_cells *cells, const char *bytes, size_t size) {
    const char *const *headers = NULL;
    size_t count = 0, told = cells->problem_count;
    if (!ntm_i_csv_headers(&headers, &count, bytes, size, ',', cells->arena)) cells->no_memory = true;
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        for (size_t at = 0; at < COLUMNS; at++)
            known = known || strcmp(headers[i], names[at]) == 0;
        if (!known)
            ntm_i_cells_complain(
                cells, NTM_ERROR_SCHEMA, headers[i], SIZE_MAX,
                "no column of a classification: expected kind, shape, digits, first, last, level, "
                "part_of, within, block, successor, label, valid_from, valid_to, standing, act, source");
    }
    return told == cells->problem_count && !cells->no_memory;
}

static ntm_status fill(ntm_classification *to, const char *bytes, size_t size, const char *name,
                       const ntm_classification_options *options, ntm_error *err) {
    const char *label = ntm_i_cells_label(name);
    ntm_i_cells cells = {&to->arena, options->problems, label, NTM_ERROR_INIT, 0, false};
    ntm_csv_options reading = NTM_CSV_OPTIONS_INIT;
    ntm_csv_field fields[COLUMNS];
    ntm_csv *csv = NULL;
    reading.size_max = FILE_SIZE_MAX;
    reading.problems = options->problems;
    reading.allocator = &to->arena.allocator;
    for (size_t i = 0; i < COLUMNS; i++)
        fields[i] = (ntm_csv_field){names[i], NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL};
    bool known = bytes == NULL || size > FILE_SIZE_MAX || only_known(&cells, bytes, size);
    if (cells.no_memory) return ntm_i_no_memory(err);
    ntm_status status = ntm_csv_read(&csv, bytes, size, name, fields, COLUMNS, &reading, err);
    if (status == NTM_OK) status = ntm_i_rules_load(to, ntm_csv_table(csv), label, options->problems, err);
    ntm_csv_free(csv);
    /* The header comes first in the file: its problem is the one to return. */
    return known || status == NTM_ERROR_MEMORY ? status : ntm_i_cells_status(&cells, err);
}

static ntm_status make(ntm_classification **out, const char *bytes, size_t size, const char *name,
                       const ntm_classification_options *options, ntm_error *err) {
    const ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_classification *made = ntm_i_allocate(&allocator, 1, sizeof *made);
    if (made == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&made->arena, &allocator);
    ntm_error why = NTM_ERROR_INIT;
    ntm_status status = fill(made, bytes, size, name, options, &why);
    if (status == NTM_OK) {
        *out = made;
        return NTM_OK;
    }
    ntm_classification_free(made);
    (void)ntm_i_error_copy(err, &why);
    return status;
}

ntm_status ntm_classification_shipped(ntm_classification **out, const ntm_classification_options *options,
                                      ntm_error *err) {
    const ntm_classification_options usual = NTM_CLASSIFICATION_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    ntm_status status = check_call(out, options, err);
    if (status != NTM_OK) return status;
    return make(out, ntm_i_classification_bytes, ntm_i_classification_size, "budget-classification.csv", options, err);
}

ntm_status ntm_classification_read(ntm_classification **out, const char *bytes, size_t size, const char *name,
                                   const ntm_classification_options *options, ntm_error *err) {
    const ntm_classification_options usual = NTM_CLASSIFICATION_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    ntm_status status = check_call(out, options, err);
    return status == NTM_OK ? make(out, bytes, size, name, options, err) : status;
}

ntm_status ntm_classification_open(ntm_classification **out, const char *path,
                                   const ntm_classification_options *options, ntm_error *err) {
    const ntm_classification_options usual = NTM_CLASSIFICATION_OPTIONS_INIT;
    char *bytes = NULL;
    size_t size = 0;
    if (options == NULL) options = &usual;
    ntm_status status = check_call(out, options, err);
    if (status == NTM_OK && path == NULL) status = ntm_i_wrong_call(err, "a path is needed");
    if (status != NTM_OK) return status;
    const ntm_allocator allocator = ntm_i_allocator(options->allocator);
    status = ntm_i_file_read(&bytes, &size, path, FILE_SIZE_MAX, &allocator, err);
    if (status != NTM_OK) return status;
    status = make(out, bytes, size, path, options, err);
    ntm_i_release(&allocator, bytes, size + 1, 1);
    return status;
}
