/* SPDX-License-Identifier: Apache-2.0 */
/* Of what period facts are and when they were recorded, as the caller says. */
#include <string.h>

#include "column/cells.h"
#include "proof/proof.h"

/* The fact of the trace that a row speaks of; SIZE_MAX for one that the proof does not look at. */
static size_t fact_named(const ntm_i_trace *trace, const char *name, size_t size) {
    for (size_t i = 0; i < trace->givens.count; i++) {
        const char *own = ntm_i_trace_input(trace, &ntm_i_trace_givens(trace)[i])->name;
        if (strlen(own) == size && memcmp(own, name, size) == 0) return i;
    }
    return SIZE_MAX;
}

static void read_row(ntm_i_cells *cells, const ntm_field *const found[3], const ntm_i_trace *trace,
                     ntm_i_proof_note *notes, uint64_t *said, size_t row) {
    const char *name;
    size_t size;
    if (!ntm_i_cell_text(cells, &name, &size, found[0], row)) return;
    size_t at = fact_named(trace, name, size);
    if (at == SIZE_MAX) return;
    if (said[at] != 0) {
        ntm_i_cells_complain(cells, NTM_ERROR_CONFLICT, found[0]->name, row, "the fact \"%.*s\" stands in row %zu too",
                             ntm_i_shown(name, size), name, (size_t)said[at] - 1);
        return;
    }
    said[at] = row + 1;
    const char *period = found[1] == NULL ? NULL : ntm_i_cell_copy(cells, found[1], row);
    ntm_date day = found[2] == NULL ? NTM_DATE_NONE : ntm_i_cell_day(cells, found[2], row);
    if (period != NULL) notes[at].period = period;
    if (day != NTM_DATE_NONE) notes[at].recorded_on = day;
}

static ntm_status read_observed(ntm_i_proof_note *notes, ntm_i_document *document, const ntm_i_trace *trace,
                                const ntm_table *table, ntm_error *err) {
    static const ntm_i_cells_column columns[] = {{"fact", true, NTM_I_CELLS_TEXT},
                                                 {"period", false, NTM_I_CELLS_TEXT},
                                                 {"recorded_on", false, NTM_I_CELLS_DAYS}};
    const ntm_field *found[3] = {NULL};
    ntm_i_cells cells = {&document->arena, NULL, NULL, NTM_ERROR_INIT, 0, false};
    uint64_t *said = ntm_i_arena_take(&document->arena, trace->givens.count, sizeof *said);
    ntm_status status = said == NULL ? ntm_i_no_memory(err) : ntm_table_check(table, NULL, err);
    if (status != NTM_OK) return status;
    if (ntm_i_cells_find(found, &cells, table, columns, 3, "what was observed") &&
        ntm_i_cells_only(&cells, table, found, 3, "what was observed", "fact, period and recorded_on"))
        for (size_t row = 0; row < table->rows; row++)
            read_row(&cells, found, trace, notes, said, row);
    return ntm_i_cells_status(&cells, err);
}

ntm_status ntm_i_proof_notes(const ntm_i_proof_note **out, ntm_i_document *document, const ntm_i_trace *trace,
                             const ntm_proof_options *options, ntm_error *err) {
    ntm_i_proof_note *notes = ntm_i_arena_take(&document->arena, trace->givens.count, sizeof *notes);
    if (notes == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < trace->givens.count; i++) {
        bool told = ntm_i_trace_givens(trace)[i].state != NTM_NOT_REPORTED;
        notes[i] = (ntm_i_proof_note){told ? options->period : NULL, told ? options->recorded_on : NTM_DATE_NONE};
    }
    *out = notes;
    return options->observed == NULL ? NTM_OK : read_observed(notes, document, trace, options->observed, err);
}
