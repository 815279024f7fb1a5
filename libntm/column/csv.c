/* SPDX-License-Identifier: Apache-2.0 */
/* Reading CSV into a table that owns its columns. */
#include <string.h>

#include "base/text.h"
#include "base/text_fold.h"
#include "column/csv_field.h"

#define USUAL_SIZE_MAX ((size_t)1 << 30)

struct ntm_csv {
    ntm_i_arena arena; /* names, categories */
    ntm_i_csv_builder *builders;
    ntm_field *fields;
    size_t field_count;
    ntm_table table;
    const char *comment;
};

/* Everything that one reading needs besides the table. */
typedef struct job {
    ntm_csv *csv;
    ntm_i_csv_report report;
    ntm_i_csv_scan scan;
    ntm_i_array scratch; /* the cell whose doubled quotes are resolved */
    uint64_t rows;
} job;

const ntm_table *ntm_csv_table(const ntm_csv *csv) { return csv == NULL ? NULL : &csv->table; }

const char *ntm_csv_comment(const ntm_csv *csv) { return csv == NULL ? "" : csv->comment; }

void ntm_csv_free(ntm_csv *csv) {
    if (csv == NULL) return;
    ntm_allocator allocator = csv->arena.allocator;
    for (size_t index = 0; csv->builders != NULL && index < csv->field_count; index++)
        ntm_i_csv_builder_end(&csv->builders[index]);
    ntm_i_release(&allocator, csv->builders, csv->field_count, sizeof *csv->builders);
    ntm_i_release(&allocator, csv->fields, csv->field_count, sizeof *csv->fields);
    ntm_i_arena_end(&csv->arena);
    ntm_i_release(&allocator, csv, 1, sizeof *csv);
}

/* ------------------------------------------------------------------------------------------- the call */

static ntm_status check_options(const ntm_csv_options *options, ntm_error *err) {
    unsigned char separator = (unsigned char)options->separator;
    if (options->struct_size != sizeof *options)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "struct_size is not that of ntm_csv_options: start with NTM_CSV_OPTIONS_INIT");
    if (!ntm_i_allocator_usable(options->allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the allocator lacks a function");
    if (separator == '\0' || separator >= 0x80 || strchr("\"\r\n#", separator) != NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "the separator is no character that can separate cells");
    return NTM_OK;
}

/* The table without rows, its builders ready. */
static ntm_status csv_start(ntm_csv **out, const ntm_csv_field *fields, size_t count, const ntm_allocator *allocator,
                            ntm_error *err) {
    ntm_csv *csv = ntm_i_allocate(allocator, 1, sizeof *csv);
    if (csv == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&csv->arena, allocator);
    csv->field_count = count;
    csv->comment = "";
    csv->builders = ntm_i_allocate(allocator, count, sizeof *csv->builders);
    csv->fields = ntm_i_allocate(allocator, count, sizeof *csv->fields);
    ntm_status status = csv->builders == NULL || csv->fields == NULL ? ntm_i_no_memory(err) : NTM_OK;
    for (size_t index = 0; status == NTM_OK && index < count; index++) {
        status = ntm_i_csv_builder_start(&csv->builders[index], &fields[index], &csv->arena, err);
        for (size_t earlier = 0; status == NTM_OK && earlier < index; earlier++) {
            const char *name = csv->builders[index].field.name;
            if (strcmp(name, csv->builders[earlier].field.name) == 0)
                status = ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(name), "two fields have this name");
        }
    }
    if (status != NTM_OK) {
        ntm_csv_free(csv);
        return status;
    }
    *out = csv;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- the file */

/* The text of a cell with "" resolved to "; valid until the next call. NULL for want of memory. */
static const char *cell_text(job *j, const ntm_i_csv_cell *cell, size_t *size) {
    *size = cell->size;
    if (!cell->escaped) return cell->text;
    j->scratch.count = 0;
    for (size_t at = 0; at < cell->size; at++) {
        if (!ntm_i_array_append(&j->scratch, cell->text + at, 1)) return NULL;
        if (cell->text[at] == '"') at++; /* the first of two */
    }
    *size = j->scratch.count;
    return j->scratch.items;
}

static ntm_status read_comment(job *j) {
    ntm_i_array lines;
    const char *text = NULL;
    size_t size = 0;
    bool fits = true;
    ntm_i_array_start(&lines, &j->csv->arena.allocator, 1);
    for (bool first = true; fits && ntm_i_csv_scan_comment(&j->scan, &text, &size); first = false) {
        if (!first) fits = ntm_i_array_append(&lines, "\n", 1);
        if (fits) fits = ntm_i_array_append(&lines, text, size);
    }
    if (fits && lines.count > 0) {
        j->csv->comment = ntm_i_arena_text(&j->csv->arena, lines.items, lines.count);
        fits = j->csv->comment != NULL;
    }
    ntm_i_array_end(&lines);
    return fits ? NTM_OK : NTM_ERROR_MEMORY;
}

/* Gives each builder that asks for this header its cell. */
static void match_header(job *j, const ntm_i_csv_cell *cell, size_t at, const char *text, size_t size) {
    for (size_t index = 0; index < j->csv->field_count; index++) {
        ntm_i_csv_builder *builder = &j->csv->builders[index];
        const char *header = builder->field.header;
        if (strlen(header) != size || memcmp(header, text, size) != 0) continue;
        if (builder->cell == NTM_I_CSV_NO_CELL) {
            builder->cell = at;
        } else {
            (void)ntm_i_csv_problem(&j->report, NTM_ERROR_SHAPE, cell, NTM_NO_ROW,
                                    "a second column \"%s\": expected one in the header", header);
        }
    }
}

static ntm_status match_cells(job *j) {
    const ntm_i_csv_cell *cells = j->scan.cells.items;
    for (size_t at = 0; at < j->scan.cell_count; at++) {
        size_t size = 0;
        char *nfc = NULL;
        const char *text = cell_text(j, &cells[at], &size);
        if (text == NULL) return NTM_ERROR_MEMORY;
        size_t nfc_size = 0;
        ntm_status status = ntm_i_nfc(&nfc, &nfc_size, text, size, &j->csv->arena.allocator, NULL);
        if (status != NTM_OK) return status;
        match_header(j, &cells[at], at, nfc, nfc_size);
        ntm_i_release(&j->csv->arena.allocator, nfc, nfc_size + 1, 1);
    }
    return NTM_OK;
}

/* Reads the header line. *usable says whether rows can be read by it; a missing column alone does not hinder that. */
static ntm_status read_header(job *j, bool *usable) {
    bool more = false;
    *usable = false;
    if (ntm_i_csv_scan_row(&j->scan, &more) != NTM_OK) return NTM_ERROR_MEMORY;
    ntm_i_csv_cell line = {NULL, 0, NULL, j->scan.row_line, false};
    if (!more) {
        const char *what = j->scan.line > 1 ? "nothing but comments" : "an empty file";
        (void)ntm_i_csv_problem(&j->report, NTM_ERROR_SYNTAX, &line, NTM_NO_ROW, "%s: expected a header line", what);
        return NTM_OK;
    }
    if (j->scan.broken) return NTM_OK;
    if (j->scan.cell_count > NTM_I_CSV_CELLS_MAX) {
        (void)ntm_i_csv_problem(&j->report, NTM_ERROR_LIMIT, &line, NTM_NO_ROW,
                                "the header has %zu cells, expected at most %d", j->scan.cell_count,
                                NTM_I_CSV_CELLS_MAX);
        return NTM_OK;
    }
    ntm_status status = match_cells(j);
    if (status != NTM_OK) return status;
    for (size_t index = 0; index < j->csv->field_count; index++) {
        if (j->csv->builders[index].cell == NTM_I_CSV_NO_CELL)
            (void)ntm_i_csv_problem(&j->report, NTM_ERROR_SHAPE, &line, NTM_NO_ROW,
                                    "no column \"%s\": expected in the header", j->csv->builders[index].field.header);
    }
    j->scan.cells_max = j->scan.cell_count;
    *usable = true;
    return NTM_OK;
}

static ntm_status add_row(job *j) {
    const ntm_i_csv_cell *cells = j->scan.cells.items;
    for (size_t index = 0; index < j->csv->field_count; index++) {
        ntm_i_csv_builder *builder = &j->csv->builders[index];
        if (builder->cell == NTM_I_CSV_NO_CELL) continue;
        const ntm_i_csv_cell *cell = &cells[builder->cell];
        size_t size = 0;
        const char *text = cell_text(j, cell, &size);
        if (text == NULL) return NTM_ERROR_MEMORY;
        ntm_status status = ntm_i_csv_builder_add(builder, &j->scan, cell, text, size);
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}

static ntm_status read_rows(job *j) {
    size_t expected = j->scan.cells_max;
    for (;;) {
        bool more = false;
        j->scan.row = j->rows;
        if (ntm_i_csv_scan_row(&j->scan, &more) != NTM_OK) return NTM_ERROR_MEMORY;
        if (!more) return NTM_OK;
        ntm_status status = NTM_OK;
        if (!j->scan.broken && j->scan.cell_count != expected) {
            ntm_i_csv_cell line = {NULL, 0, NULL, j->scan.row_line, false};
            const ntm_i_csv_cell *first = j->scan.cells.items;
            bool empty = j->scan.cell_count == 1 && first->size == 0;
            (void)ntm_i_csv_problem(&j->report, NTM_ERROR_SYNTAX, &line, j->rows,
                                    "%s %zu cell%s, expected %zu as in the header",
                                    empty ? "an empty line:" : "the row has", j->scan.cell_count,
                                    j->scan.cell_count == 1 ? "" : "s", expected);
        } else if (!j->scan.broken) {
            status = add_row(j);
        }
        if (status != NTM_OK) return status;
        j->rows++;
    }
}

static ntm_status finish(job *j) {
    ntm_csv *csv = j->csv;
    for (size_t index = 0; index < csv->field_count; index++) {
        csv->fields[index].name = csv->builders[index].field.name;
        if (ntm_i_csv_builder_finish(&csv->fields[index].column, &csv->builders[index]) != NTM_OK)
            return NTM_ERROR_MEMORY;
    }
    csv->table = (ntm_table)NTM_TABLE_INIT;
    csv->table.rows = (size_t)j->rows;
    csv->table.fields = csv->fields;
    csv->table.field_count = csv->field_count;
    return NTM_OK;
}

/* Fills the table. Problems of the file are in the report; the status tells of them, or of memory. */
static ntm_status fill(job *j, const char *bytes, size_t size, const ntm_csv_options *options) {
    size_t size_max = options->size_max == 0 ? USUAL_SIZE_MAX : options->size_max;
    const ntm_allocator *allocator = &j->csv->arena.allocator;
    if (size > size_max)
        return ntm_i_csv_problem(&j->report, NTM_ERROR_LIMIT, NULL, NTM_NO_ROW,
                                 "the file has %zu bytes, expected at most %zu", size, size_max);
    if (size == 0) bytes = "";
    if (ntm_i_csv_check_bytes(&j->report, bytes, size) != NTM_OK) return j->report.first.status;
    ntm_i_csv_scan_start(&j->scan, bytes, size, options->separator, &j->report, allocator);
    ntm_i_array_start(&j->scratch, allocator, 1);
    bool usable = false;
    ntm_status status = read_comment(j);
    if (status == NTM_OK) status = read_header(j, &usable);
    if (status == NTM_OK && usable) status = read_rows(j);
    ntm_i_array_end(&j->scratch);
    ntm_i_csv_scan_end(&j->scan);
    if (status == NTM_OK) status = j->report.first.status;
    return status == NTM_OK ? finish(j) : status;
}

ntm_status ntm_csv_read(ntm_csv **out, const char *bytes, size_t size, const char *name, const ntm_csv_field *fields,
                        size_t field_count, const ntm_csv_options *options, ntm_error *err) {
    const ntm_csv_options usual = NTM_CSV_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || (bytes == NULL && size > 0) || (fields == NULL && field_count > 0))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out, bytes or fields is NULL");
    ntm_status status = check_options(options, err);
    if (status != NTM_OK) return status;
    job j = {.report = {name, options->problems, NTM_ERROR_INIT}};
    status = csv_start(&j.csv, fields, field_count, options->allocator, err);
    if (status != NTM_OK) return status;
    status = fill(&j, bytes, size, options);
    if (status == NTM_OK) {
        *out = j.csv;
        return NTM_OK;
    }
    ntm_csv_free(j.csv);
    if (status == NTM_ERROR_MEMORY) return ntm_i_no_memory(err);
    return ntm_i_error_copy(err, &j.report.first);
}

ntm_status ntm_csv_open(ntm_csv **out, const char *path, const ntm_csv_field *fields, size_t field_count,
                        const ntm_csv_options *options, ntm_error *err) {
    const ntm_csv_options usual = NTM_CSV_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || path == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out or path is NULL");
    ntm_status status = check_options(options, err);
    if (status != NTM_OK) return status;
    char *bytes = NULL;
    size_t size = 0;
    ntm_error problem = NTM_ERROR_INIT;
    size_t size_max = options->size_max == 0 ? USUAL_SIZE_MAX : options->size_max;
    if (ntm_i_file_read(&bytes, &size, path, size_max, options->allocator, &problem) != NTM_OK) {
        if (problem.status != NTM_ERROR_MEMORY) ntm_i_problems_add(options->problems, &problem);
        return ntm_i_error_copy(err, &problem);
    }
    status = ntm_csv_read(out, bytes, size, path, fields, field_count, options, err);
    ntm_i_release(options->allocator, bytes, size + 1, 1);
    return status;
}
