/* SPDX-License-Identifier: Apache-2.0 */
/* Splitting CSV (RFC 4180) into rows of cells. Knows nothing of what the cells mean. */
#ifndef NTM_I_CSV_SCAN_H
#define NTM_I_CSV_SCAN_H

#include "base/error.h"
#include "base/memory.h"

/* More cells than that in a header is no table that anybody made. */
#define NTM_I_CSV_CELLS_MAX 65536

/* The problems of one file: all go to the list, the first to `first`. */
typedef struct ntm_i_csv_report {
    const char *name;
    ntm_problems *problems;
    ntm_error first;
} ntm_i_csv_report;

/* A cell as it stands in the file, without its outer quotes. */
typedef struct ntm_i_csv_cell {
    const char *text;
    size_t size;
    const char *line_start; /* of the line it begins in, to count the column when it is asked for */
    uint32_t line;
    bool escaped; /* has "" that stand for " */
} ntm_i_csv_cell;

typedef struct ntm_i_csv_scan {
    const char *at;
    const char *end;
    const char *line_start;
    uint32_t line;
    char separator;
    ntm_i_csv_report *report;
    /* The row read last. */
    ntm_i_array cells; /* of ntm_i_csv_cell; no more than cells_max */
    size_t cell_count; /* all cells, kept or not */
    size_t cells_max;
    uint64_t row;      /* number of the data row for problems; NTM_NO_ROW in the header */
    uint32_t row_line; /* the line it begins in */
    bool broken;       /* has a cell that cannot be read; it is reported */
} ntm_i_csv_scan;

/* Records a problem; `cell` may be NULL. Returns the status given. */
ntm_status ntm_i_csv_problem(ntm_i_csv_report *report, ntm_status status, const ntm_i_csv_cell *cell, uint64_t row,
                             const char *format, ...) NTM_I_PRINTF(5, 6);

/* Reports every line that holds bytes which are no UTF-8, or NUL bytes. */
ntm_status ntm_i_csv_check_bytes(ntm_i_csv_report *report, const char *bytes, size_t size);

void ntm_i_csv_scan_start(ntm_i_csv_scan *scan, const char *bytes, size_t size, char separator,
                          ntm_i_csv_report *report, const ntm_allocator *allocator);
void ntm_i_csv_scan_end(ntm_i_csv_scan *scan);

/* Takes a line that starts with '#' and gives it without the '#' and its end; false if the next line does not. */
bool ntm_i_csv_scan_comment(ntm_i_csv_scan *scan, const char **text, size_t *size);

/* Reads the next row; *more is false at the end of the file. Only want of memory fails: problems are reported and the
   scan goes on behind them. */
ntm_status ntm_i_csv_scan_row(ntm_i_csv_scan *scan, bool *more);

#endif
