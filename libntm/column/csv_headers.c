/* SPDX-License-Identifier: Apache-2.0 */
#include "column/csv_headers.h"

#include <string.h>

#include "base/text_fold.h"
#include "column/csv_scan.h"

/* A quoted header with "" in it is nobody's column name: it is taken as it stands. */
static bool copy_cells(const char *const **out, size_t *count, const ntm_i_csv_scan *scan, ntm_i_arena *arena) {
    const ntm_i_csv_cell *cells = scan->cells.items;
    const char **names = ntm_i_arena_take(arena, scan->cell_count, sizeof *names);
    if (names == NULL) return false;
    for (size_t i = 0; i < scan->cell_count; i++) {
        char *nfc = NULL;
        size_t size = 0;
        if (ntm_i_nfc(&nfc, &size, cells[i].text, cells[i].size, &arena->allocator, NULL) != NTM_OK) return false;
        names[i] = ntm_i_arena_text(arena, nfc, size);
        ntm_i_release(&arena->allocator, nfc, size + 1, 1);
        if (names[i] == NULL) return false;
    }
    *out = names;
    *count = scan->cell_count;
    return true;
}

bool ntm_i_csv_headers(const char *const **out, size_t *count, const char *bytes, size_t size, char separator,
                       ntm_i_arena *arena) {
    ntm_i_csv_report report = {"", NULL, NTM_ERROR_INIT};
    ntm_i_csv_scan scan;
    const char *comment = NULL;
    size_t comment_size = 0;
    bool more = false;
    *out = NULL;
    *count = 0;
    if (ntm_i_csv_check_bytes(&report, bytes, size) != NTM_OK) return report.first.status != NTM_ERROR_MEMORY;
    ntm_i_csv_scan_start(&scan, bytes, size, separator, &report, &arena->allocator);
    while (ntm_i_csv_scan_comment(&scan, &comment, &comment_size))
        continue;
    bool fits = ntm_i_csv_scan_row(&scan, &more) == NTM_OK;
    if (fits && more && !scan.broken && scan.cell_count <= NTM_I_CSV_CELLS_MAX)
        fits = copy_cells(out, count, &scan, arena);
    ntm_i_csv_scan_end(&scan);
    return fits;
}
