/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs of rows of a table. */
#include "proof/proof.h"

#include <string.h>

static bool is_named(const ntm_set *set, ntm_of of, size_t index) {
    if (of == NTM_OF_CRITERION) return index < set->criterion_count;
    if (of == NTM_OF_INDICATOR) return index < set->indicator_count;
    if (of == NTM_OF_PRECONDITION) return index < set->precondition_count;
    return (int)of >= 0 && of <= NTM_OF_PRECONDITION;
}

ntm_status ntm_i_proof_check(const ntm_set *set, size_t rows, size_t row, ntm_of of, size_t index, ntm_error *err) {
    if (row >= rows)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW(NULL, row), "row %zu of a table of %zu rows", row, rows);
    if (!is_named(set, of, index))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(set->about.id), "the set has no part %zu of kind %d",
                          index, (int)of);
    if (of == NTM_OF_REVOCATION && set->revocation == 0)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(set->about.id), "the set has no rule of revocation");
    return NTM_OK;
}

ntm_status ntm_i_proof_run(ntm_i_run *run, const ntm_plan *plan, const ntm_table *table, size_t row,
                           const ntm_allocator *allocator, ntm_error *err) {
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.allocator = allocator;
    options.ignore_unknown = true; /* that was for the evaluation to say */
    ntm_status status = ntm_i_run_start(run, plan, table, &options, err);
    if (status != NTM_OK) return status;
    ntm_i_run_block(run, row, 1);
    if (run->problem_count == 0) return NTM_OK;
    (void)ntm_i_error_copy(err, &run->first);
    status = run->first.status;
    ntm_i_run_end(run);
    return status;
}

ntm_status ntm_i_proof_options_check(const ntm_proof_options *options, ntm_error *err) {
    size_t bad;
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err, "options that begin with NTM_PROOF_OPTIONS_INIT and a whole allocator are needed");
    if ((options->known_on != NTM_DATE_NONE && !ntm_i_date_is(options->known_on)) ||
        (options->recorded_on != NTM_DATE_NONE && !ntm_i_date_is(options->recorded_on)))
        return ntm_i_wrong_call(err, "known_on and recorded_on have to be days");
    const char *texts[] = {options->unit, options->period};
    for (size_t i = 0; i < 2; i++)
        if (texts[i] != NULL && (texts[i][0] == '\0' || !ntm_i_utf8_valid(texts[i], strlen(texts[i]), &bad)))
            return ntm_i_wrong_call(err, "unit and period have to be UTF-8 and not empty");
    return NTM_OK;
}

static ntm_status prove(ntm_text **out, ntm_i_document *document, ntm_i_trace *trace, const ntm_i_claim *claim,
                        const ntm_proof_options *options, ntm_error *err) {
    uint32_t number;
    ntm_i_claim full = *claim;
    ntm_status status = ntm_i_trace_part(trace, claim->of, claim->index);
    if (status == NTM_OK) status = ntm_i_proof_notes(&full.notes, document, trace, options, err);
    if (status == NTM_OK) status = ntm_i_proof_write(document, trace, &full, &number, err);
    return status == NTM_OK ? ntm_i_document_finish(out, document, err) : status;
}

ntm_status ntm_proof_new(ntm_text **out, const ntm_plan *plan, const ntm_table *table, size_t row, ntm_of of,
                         size_t index, const ntm_proof_options *options, ntm_error *err) {
    static const ntm_proof_options usual = NTM_PROOF_OPTIONS_INIT;
    if (out == NULL || plan == NULL || table == NULL)
        return ntm_i_wrong_call(err, "a place for the proof, a plan and a table are needed");
    if (options == NULL) options = &usual;
    ntm_status status = ntm_i_proof_options_check(options, err);
    if (status == NTM_OK) status = ntm_i_proof_check(plan->set, table->rows, row, of, index, err);
    if (status != NTM_OK) return status;
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_i_run run;
    status = ntm_i_proof_run(&run, plan, table, row, &allocator, err);
    if (status != NTM_OK) return status;
    ntm_i_document document;
    ntm_i_trace trace;
    ntm_i_document_start(&document, &allocator, options->work_max);
    status = ntm_i_trace_start(&trace, &run, &allocator, err);
    ntm_i_claim claim = {.of = of,
                         .index = index,
                         .law = plan->set,
                         .unit = options->unit,
                         .row = row,
                         .known_on = options->known_on,
                         .last = true};
    if (status == NTM_OK) status = prove(out, &document, &trace, &claim, options, err);
    ntm_i_trace_end(&trace);
    ntm_i_document_end(&document);
    ntm_i_run_end(&run);
    return status;
}
