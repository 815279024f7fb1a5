/* SPDX-License-Identifier: Apache-2.0 */
/* The scanner of CSV. After a problem it goes on at the next separator or line, so that one mistake gives one
   problem. */
#include "column/csv_scan.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

/* Where a cell is, in the caller's terms. */
static ntm_i_place place_of(const ntm_i_csv_report *report, const ntm_i_csv_cell *cell, uint64_t row) {
    ntm_i_place place = {report->name, 0, 0, row};
    if (cell == NULL) return place;
    place.line = cell->line;
    if (cell->text == NULL) return place; /* the line as a whole */
    size_t column = ntm_i_utf8_length(cell->line_start, (size_t)(cell->text - cell->line_start)) + 1;
    place.column = column > UINT32_MAX ? UINT32_MAX : (uint32_t)column;
    return place;
}

ntm_status ntm_i_csv_problem(ntm_i_csv_report *report, ntm_status status, const ntm_i_csv_cell *cell, uint64_t row,
                             const char *format, ...) {
    ntm_error problem = NTM_ERROR_INIT;
    va_list arguments;
    va_start(arguments, format);
    (void)ntm_i_fail_list(&problem, status, place_of(report, cell, row), format, arguments);
    va_end(arguments);
    ntm_i_problems_add(report->problems, &problem);
    if (report->first.status == NTM_OK) report->first = problem;
    return status;
}

ntm_status ntm_i_csv_check_bytes(ntm_i_csv_report *report, const char *bytes, size_t size) {
    const char *end = bytes + size;
    ntm_i_csv_cell here = {bytes, 0, bytes, 1, false};
    if (size >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
        return ntm_i_csv_problem(report, NTM_ERROR_SYNTAX, &here, NTM_NO_ROW,
                                 "the file is UTF-16: expected UTF-8 (\"CSV UTF-8\" in spreadsheet programs)");
    size_t bad = 0;
    const char *at = bytes;
    while (!ntm_i_utf8_valid(at, (size_t)(end - at), &bad)) {
        const char *wrong = at + bad;
        const char *line_end = at;
        while ((line_end = memchr(at, '\n', (size_t)(wrong - at))) != NULL) {
            at = line_end + 1;
            here.line_start = at;
            if (here.line < UINT32_MAX) here.line++;
        }
        here.text = wrong;
        if (*wrong == '\0') {
            (void)ntm_i_csv_problem(report, NTM_ERROR_SYNTAX, &here, NTM_NO_ROW, "a NUL byte: expected text in UTF-8");
        } else {
            (void)ntm_i_csv_problem(report, NTM_ERROR_SYNTAX, &here, NTM_NO_ROW,
                                    "byte 0x%02X is not UTF-8: expected text in UTF-8",
                                    (unsigned)(unsigned char)*wrong);
        }
        /* One problem a line: a file in another encoding has them everywhere. */
        at = memchr(wrong, '\n', (size_t)(end - wrong));
        if (at == NULL) break;
    }
    return report->first.status;
}

void ntm_i_csv_scan_start(ntm_i_csv_scan *scan, const char *bytes, size_t size, char separator,
                          ntm_i_csv_report *report, const ntm_allocator *allocator) {
    *scan =
        (ntm_i_csv_scan){bytes, bytes + size, bytes, 1, separator, report, {.items = NULL}, 0, 0, NTM_NO_ROW, 1, false};
    scan->cells_max = NTM_I_CSV_CELLS_MAX;
    ntm_i_array_start(&scan->cells, allocator, sizeof(ntm_i_csv_cell));
    if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        scan->at += 3; /* a byte order mark is no character of the first line */
        scan->line_start = scan->at;
    }
}

void ntm_i_csv_scan_end(ntm_i_csv_scan *scan) { ntm_i_array_end(&scan->cells); }

static void next_line(ntm_i_csv_scan *scan) {
    scan->line_start = scan->at;
    if (scan->line < UINT32_MAX) scan->line++;
}

bool ntm_i_csv_scan_comment(ntm_i_csv_scan *scan, const char **text, size_t *size) {
    if (scan->at == scan->end || *scan->at != '#') return false;
    const char *start = scan->at + 1;
    const char *stop = memchr(start, '\n', (size_t)(scan->end - start));
    scan->at = stop == NULL ? scan->end : stop + 1;
    if (stop == NULL) stop = scan->end;
    if (stop > start && stop[-1] == '\r') stop--;
    *text = start;
    *size = (size_t)(stop - start);
    next_line(scan);
    return true;
}

/* Whether a line ends at `at`: LF, CRLF or the end of the file. */
static bool at_line_end(const ntm_i_csv_scan *scan, const char *at) {
    if (at == scan->end || *at == '\n') return true;
    return *at == '\r' && at + 1 < scan->end && at[1] == '\n';
}

static void cell_problem(ntm_i_csv_scan *scan, ntm_i_csv_cell here, const char *at, const char *why) {
    here.text = at;
    here.line = scan->line;
    here.line_start = scan->line_start;
    (void)ntm_i_csv_problem(scan->report, NTM_ERROR_SYNTAX, &here, scan->row, "%s", why);
    scan->broken = true;
}

/* From behind the opening quote to behind the closing one. */
static void scan_quoted(ntm_i_csv_scan *scan, ntm_i_csv_cell *cell) {
    const char *opening = scan->at++;
    const ntm_i_csv_cell start = *cell;
    cell->text = scan->at;
    for (; scan->at < scan->end; scan->at++) {
        if (*scan->at == '\n') {
            scan->at++;
            next_line(scan);
            scan->at--;
        } else if (*scan->at == '"') {
            if (scan->at + 1 == scan->end || scan->at[1] != '"') break;
            cell->escaped = true;
            scan->at++;
        }
    }
    cell->size = (size_t)(scan->at - cell->text);
    if (scan->at == scan->end) {
        ntm_i_csv_cell here = start;
        here.text = opening;
        (void)ntm_i_csv_problem(scan->report, NTM_ERROR_SYNTAX, &here, scan->row,
                                "a quoted cell that is never closed: expected '\"' before the end of the file");
        scan->broken = true;
        return;
    }
    scan->at++; /* the closing quote */
    const char *behind = scan->at;
    while (!at_line_end(scan, scan->at) && *scan->at != scan->separator)
        scan->at++;
    if (scan->at != behind)
        cell_problem(scan, *cell, behind, "text after a closing quote: expected a separator or the end of the line");
}

static void scan_plain(ntm_i_csv_scan *scan, ntm_i_csv_cell *cell) {
    const char *quote = NULL;
    const char *carriage_return = NULL;
    for (; !at_line_end(scan, scan->at) && *scan->at != scan->separator; scan->at++) {
        if (*scan->at == '"' && quote == NULL) quote = scan->at;
        if (*scan->at == '\r' && carriage_return == NULL) carriage_return = scan->at;
    }
    cell->size = (size_t)(scan->at - cell->text);
    if (quote != NULL)
        cell_problem(scan, *cell, quote,
                     "a quote inside a cell without quotes: expected the cell in quotes, the quote doubled");
    if (carriage_return != NULL)
        cell_problem(scan, *cell, carriage_return,
                     "a carriage return without a line feed: expected lines that end with LF or CRLF");
}

ntm_status ntm_i_csv_scan_row(ntm_i_csv_scan *scan, bool *more) {
    scan->cells.count = 0;
    scan->cell_count = 0;
    scan->broken = false;
    scan->row_line = scan->line;
    *more = scan->at < scan->end;
    if (!*more) return NTM_OK;
    for (;;) {
        ntm_i_csv_cell cell = {scan->at, 0, scan->line_start, scan->line, false};
        if (scan->at < scan->end && *scan->at == '"') {
            scan_quoted(scan, &cell);
        } else {
            scan_plain(scan, &cell);
        }
        scan->cell_count++;
        if (scan->cell_count <= scan->cells_max && !ntm_i_array_append(&scan->cells, &cell, 1)) return NTM_ERROR_MEMORY;
        if (scan->at < scan->end && *scan->at == scan->separator) {
            scan->at++;
            continue;
        }
        if (scan->at < scan->end && *scan->at == '\r') scan->at++;
        if (scan->at < scan->end) {
            scan->at++;
            next_line(scan);
        }
        return NTM_OK;
    }
}
