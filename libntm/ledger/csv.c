/* SPDX-License-Identifier: Apache-2.0 */
/* Ledgers from CSV. Every cell is read as text: what is wrong with one is then told, or left out, row by row as in any
 * other table. */
#include <string.h>

#include "base/text.h"
#include "column/csv_headers.h"
#include "ledger/ledger.h"

static bool is_number(const char *header) { return strcmp(header, "amount") == 0 || strcmp(header, "quantity") == 0; }

static ntm_status read_fields(ntm_ledger **out, const char *bytes, size_t size, const char *name,
                              const ntm_ledger_options *options, const ntm_csv_field *fields, size_t count,
                              ntm_error *err) {
    ntm_csv_options manner = NTM_CSV_OPTIONS_INIT;
    ntm_csv *csv = NULL;
    manner.separator = options->separator;
    manner.problems = options->problems;
    manner.allocator = options->allocator;
    ntm_status status = ntm_csv_read(&csv, bytes, size, name, fields, count, &manner, err);
    if (status == NTM_OK)
        status = ntm_i_ledger_make(out, ntm_csv_table(csv), csv, ntm_i_cells_label(name), options, err);
    if (status != NTM_OK) ntm_csv_free(csv);
    return status;
}

ntm_status ntm_ledger_read(ntm_ledger **out, const char *bytes, size_t size, const char *name,
                           const ntm_ledger_options *options, ntm_error *err) {
    const ntm_ledger_options usual = NTM_LEDGER_OPTIONS_INIT;
    const char *const *headers = NULL;
    size_t count = 0;
    ntm_i_arena arena;
    options = options == NULL ? &usual : options;
    if (out == NULL || (bytes == NULL && size > 0))
        return ntm_i_wrong_call(err, "a place for the ledger and bytes are needed");
    ntm_status status = ntm_i_ledger_options_check(options, err);
    if (status != NTM_OK) return status;
    ntm_i_arena_start(&arena, options->allocator);
    bool good = ntm_i_csv_headers(&headers, &count, bytes, size, options->separator, &arena);
    ntm_csv_field *fields = good ? ntm_i_arena_take(&arena, count + 1, sizeof *fields) : NULL;
    status = fields == NULL ? ntm_i_no_memory(err) : NTM_OK;
    for (size_t i = 0; i < count && status == NTM_OK; i++)
        fields[i] = (ntm_csv_field){.header = headers[i], .kind = is_number(headers[i]) ? NTM_CSV_TEXT : NTM_CSV_CODES};
    if (count == 0 && status == NTM_OK) /* reading it in earnest says why */
        fields[count++] = (ntm_csv_field){.header = "unit", .kind = NTM_CSV_CODES};
    if (status == NTM_OK) status = read_fields(out, bytes, size, name, options, fields, count, err);
    ntm_i_arena_end(&arena);
    return status;
}

ntm_status ntm_ledger_open(ntm_ledger **out, const char *path, const ntm_ledger_options *options, ntm_error *err) {
    const ntm_ledger_options usual = NTM_LEDGER_OPTIONS_INIT;
    char *bytes = NULL;
    size_t size = 0;
    options = options == NULL ? &usual : options;
    if (out == NULL || path == NULL) return ntm_i_wrong_call(err, "a place for the ledger and a path are needed");
    ntm_status status = ntm_i_ledger_options_check(options, err);
    if (status == NTM_OK) status = ntm_i_file_read(&bytes, &size, path, (size_t)1 << 30, options->allocator, err);
    if (status == NTM_OK) status = ntm_ledger_read(out, bytes, size, path, options, err);
    ntm_i_release(options->allocator, bytes, size + 1, 1);
    return status;
}
