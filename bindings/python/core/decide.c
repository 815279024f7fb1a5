/* SPDX-License-Identifier: Apache-2.0 */
/* Deciding facts, and the order in which facts are best collected. */
#include "core.h"

static PyObject *fact_at(const void *set, size_t index) {
    const ntm_deciding_fact *it = &((const ntm_deciding_set *)set)->facts[index];
    return Py_BuildValue("zzLiz", it->column, it->value, (long long)it->number.coefficient, (int)it->number.scale,
                         it->unit);
}

static PyObject *set_of(const ntm_deciding *deciding, ntm_verdict verdict) {
    const ntm_deciding_set *it = ntm_deciding_facts(deciding, verdict);
    return Py_BuildValue("iON", (int)it->reason, it->exact ? Py_True : Py_False, core_list(it->count, fact_at, it));
}

static PyObject *open_at(const void *deciding, size_t index) {
    return Py_BuildValue("z", ntm_deciding_open(deciding, index));
}

static PyObject *wanting_at(const void *deciding, size_t index) {
    const ntm_deciding_wanting *it = ntm_deciding_wanting_at(deciding, index);
    return Py_BuildValue("iizz", (int)it->reason, (int)it->kind, it->id, it->delegated_to);
}

PyObject *core_deciding(const core_plan *plan, core_table *table, size_t row, int of, size_t index, uint64_t work) {
    ntm_deciding_options options = NTM_DECIDING_OPTIONS_INIT;
    options.work = work;
    table->used = true;
    ntm_error err = NTM_ERROR_INIT;
    ntm_deciding *deciding = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status =
        ntm_deciding_new(&deciding, plan->it, &table->table, row, (ntm_of)of, index, &options, &err);
    Py_END_ALLOW_THREADS if (status) return core_raise(&err, NULL);
    PyObject *out =
        Py_BuildValue("iNNNN", (int)ntm_deciding_verdict(deciding), set_of(deciding, NTM_MET),
                      set_of(deciding, NTM_NOT_MET), core_list(ntm_deciding_open_count(deciding), open_at, deciding),
                      core_list(ntm_deciding_wanting_count(deciding), wanting_at, deciding));
    ntm_deciding_free(deciding);
    return out;
}

static PyObject *step_at(const void *collecting, size_t index) {
    const ntm_collecting_step *it = ntm_collecting_step_at(collecting, index);
    return Py_BuildValue("znnnn", it->column, (Py_ssize_t)it->batch, (Py_ssize_t)it->lacking, (Py_ssize_t)it->settled,
                         (Py_ssize_t)it->settled_so_far);
}

static PyObject *cell_at(const void *collecting, size_t index) {
    const ntm_collecting_cell *it = ntm_collecting_cell_at(collecting, index);
    return Py_BuildValue("nzO", (Py_ssize_t)it->row, it->column, it->surely ? Py_True : Py_False);
}

static PyObject *unsettled_at(const void *about, size_t index) {
    return PyLong_FromSize_t(((const ntm_collecting_summary *)about)->unsettled[index]);
}

PyObject *core_collecting(const core_plan *plan, core_table *table, int of, size_t index, int could_show,
                          bool all_facts, uint64_t work) {
    ntm_collecting_options options = NTM_COLLECTING_OPTIONS_INIT;
    options.could_show = (ntm_verdict)could_show;
    options.all_facts = all_facts;
    options.work = work;
    table->used = true;
    ntm_error err = NTM_ERROR_INIT;
    ntm_collecting *collecting = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status =
        ntm_collecting_new(&collecting, plan->it, &table->table, (ntm_of)of, index, &options, &err);
    Py_END_ALLOW_THREADS if (status) return core_raise(&err, NULL);
    const ntm_collecting_summary *it = ntm_collecting_about(collecting);
    PyObject *out =
        Py_BuildValue("nnnNnNN", (Py_ssize_t)it->rows, (Py_ssize_t)it->open, (Py_ssize_t)it->settled,
                      core_list(sizeof it->unsettled / sizeof *it->unsettled, unsettled_at, it),
                      (Py_ssize_t)it->patterns, core_list(ntm_collecting_step_count(collecting), step_at, collecting),
                      core_list(ntm_collecting_cell_count(collecting), cell_at, collecting));
    ntm_collecting_free(collecting);
    return out;
}
