/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs, and the content hashes of sets. */
#include "core.h"

PyObject *core_set_digest(const core_set *set) {
    char digest[NTM_DIGEST_SIZE];
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_set_digest(digest, set->it, NULL, &err));
    if (status) return core_raise(&err, NULL);
    return core_text(digest);
}

/* The text, or what went wrong. Takes the text over. */
static PyObject *given_out(ntm_status status, ntm_text *text, const ntm_error *err) {
    if (status) return core_raise(err, NULL);
    PyObject *out = PyUnicode_FromStringAndSize(ntm_text_data(text), (Py_ssize_t)ntm_text_size(text));
    ntm_text_free(text);
    return out;
}

static ntm_proof_options options_of(const char *unit, int32_t known_on, const char *period, int32_t recorded_on,
                                    core_table *observed) {
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    options.unit = unit;
    options.known_on = known_on;
    options.period = period;
    options.recorded_on = recorded_on;
    if (observed) {
        observed->used = true;
        options.observed = &observed->table;
    }
    return options;
}

PyObject *core_proof(const core_plan *plan, core_table *table, size_t row, int of, size_t index,
                     const char *unit_or_none, int32_t known_on, const char *period_or_none, int32_t recorded_on,
                     core_table *observed_or_none) {
    ntm_proof_options options = options_of(unit_or_none, known_on, period_or_none, recorded_on, observed_or_none);
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    ntm_status status;
    table->used = true;
    Py_BEGIN_ALLOW_THREADS status =
        ntm_proof_new(&text, plan->it, &table->table, row, (ntm_of)of, index, &options, &err);
    Py_END_ALLOW_THREADS return given_out(status, text, &err);
}

PyObject *core_cascade_proof(const core_cascade *cascade, size_t step, size_t row, int of, size_t index,
                             int32_t known_on, const char *period_or_none, int32_t recorded_on,
                             core_table *observed_or_none) {
    ntm_proof_options options = options_of(NULL, known_on, period_or_none, recorded_on, observed_or_none);
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_cascade_proof(&text, cascade->it, step, row, (ntm_of)of, index, &options, &err);
    Py_END_ALLOW_THREADS return given_out(status, text, &err);
}
