/* SPDX-License-Identifier: Apache-2.0 */
/* Two laws over one table. */
#include "core.h"

/* (id, of, is_criterion) triples as an array; NULL with an exception set. The texts are borrowed from the tuple. */
static ntm_counterpart *pair_array(PyObject *pairs, size_t *count) {
    if (!PyTuple_Check(pairs)) {
        PyErr_SetString(PyExc_TypeError, "pairs are a tuple of triples");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(pairs);
    ntm_counterpart *array = PyMem_Calloc(*count + 1, sizeof *array);
    if (!array) PyErr_NoMemory();
    for (size_t i = 0; array && i < *count; i++) {
        int criterion = 0;
        if (!PyArg_ParseTuple(PyTuple_GetItem(pairs, (Py_ssize_t)i), "ssp", &array[i].id, &array[i].of, &criterion)) {
            PyMem_Free(array);
            return NULL;
        }
        array[i].is_criterion = criterion != 0;
    }
    return array;
}

ntm_successor *core_successor_new(const core_plan *before, const core_plan *after, core_table *table, PyObject *pairs) {
    ntm_successor_options options = NTM_SUCCESSOR_OPTIONS_INIT;
    ntm_counterpart *array = pair_array(pairs, &options.pair_count);
    ntm_problems *problems = array ? core_problems() : NULL;
    ntm_successor *successor = NULL;
    if (problems) {
        ntm_error err = NTM_ERROR_INIT;
        options.pairs = array;
        options.problems = problems;
        options.ignore_unknown = true; /* the package looked at the names */
        table->used = true;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status =
            ntm_successor_new(&successor, before->it, after->it, &table->table, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, problems);
    }
    ntm_problems_free(problems);
    PyMem_Free(array);
    return successor;
}

static Py_ssize_t place(size_t index) { return index == SIZE_MAX ? -1 : (Py_ssize_t)index; }

PyObject *core_successor_pairs(const ntm_successor *successor) {
    size_t count = ntm_successor_pair_count(successor);
    PyObject *out = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; out && i < count; i++) {
        const ntm_pair *it = ntm_successor_pair(successor, i);
        PyObject *one = Py_BuildValue("(innOO)", (int)it->kind, place(it->before), place(it->after),
                                      it->review ? Py_True : Py_False, it->facts_differ ? Py_True : Py_False);
        if (one)
            PyTuple_SetItem(out, (Py_ssize_t)i, one);
        else
            Py_CLEAR(out);
    }
    return out;
}

PyObject *core_successor_moves(const ntm_successor *successor, size_t pair) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_moves moves;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_successor_moves(&moves, successor, pair, &err));
    if (status) return core_raise(&err, NULL);
    PyObject *out = PyTuple_New(9);
    for (Py_ssize_t i = 0; out && i < 9; i++) {
        PyObject *one = PyLong_FromUnsignedLongLong(moves.rows[i / 3][i % 3]);
        if (one)
            PyTuple_SetItem(out, i, one);
        else
            Py_CLEAR(out);
    }
    return out;
}

PyObject *core_successor_rows(const ntm_successor *successor, size_t pair, int from_verdict, int to_verdict) {
    ntm_error err = NTM_ERROR_INIT;
    size_t rows = ntm_attainment_rows(ntm_successor_before(successor)), count = 0;
    size_t *found = PyMem_Calloc(rows + 1, sizeof *found);
    if (!found) return PyErr_NoMemory();
    ntm_verdict from = (ntm_verdict)from_verdict, to = (ntm_verdict)to_verdict;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_successor_rows(found, &count, rows, successor, pair, from, to, &err));
    PyObject *out = status ? core_raise(&err, NULL) : PyList_New((Py_ssize_t)count);
    for (size_t i = 0; out && i < count; i++) {
        PyObject *one = PyLong_FromSize_t(found[i]);
        if (one)
            PyList_SetItem(out, (Py_ssize_t)i, one);
        else
            Py_CLEAR(out);
    }
    PyMem_Free(found);
    return out;
}
