/* SPDX-License-Identifier: Apache-2.0 */
/* Sets with other figures, tables with other facts. */
#include "core.h"

/* (figure, axes, absent, coefficient, scale) tuples; texts are borrowed from them. Freed by figures_free(). */
static void figures_free(ntm_figure_change *changes, size_t count) {
    for (size_t i = 0; changes && i < count; i++)
        PyMem_Free((void *)(uintptr_t)changes[i].axes);
    PyMem_Free(changes);
}

static ntm_figure_change *take_figures(PyObject *from, size_t *count) {
    if (!PyTuple_Check(from)) {
        PyErr_SetString(PyExc_TypeError, "changes are a tuple of tuples");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(from);
    ntm_figure_change *changes = PyMem_Calloc(*count + 1, sizeof *changes);
    if (!changes) PyErr_NoMemory();
    for (size_t i = 0; changes && i < *count; i++) {
        PyObject *axes = NULL;
        long long coefficient = 0;
        int absent = 0, scale = 0;
        ntm_figure_change *it = &changes[i];
        if (PyArg_ParseTuple(PyTuple_GetItem(from, (Py_ssize_t)i), "sOpLi", &it->figure, &axes, &absent, &coefficient,
                             &scale))
            it->axes = core_axis_array(axes, &it->axis_count);
        it->absent = absent != 0;
        it->value = (ntm_decimal){coefficient, (uint8_t)scale};
        if (it->axes) continue;
        figures_free(changes, *count);
        return NULL;
    }
    return changes;
}

core_set *core_set_what_if(const core_set *set, PyObject *changes) {
    size_t count = 0;
    ntm_figure_change *array = take_figures(changes, &count);
    ntm_problems *problems = array ? core_problems() : NULL;
    ntm_set *it = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = NTM_OK;
    if (problems) {
        CORE_UNLOCKED(status = ntm_set_what_if(&it, set->it, array, count, problems, NULL, &err));
        if (status) core_raise(&err, problems);
    }
    ntm_problems_free(problems);
    figures_free(array, count);
    return it ? core_own_set(it) : NULL;
}

/* (row, field, known, kind, coefficient, scale, flag, text or None) tuples; texts are borrowed from them. */
static ntm_fact_change *take_facts(PyObject *from, size_t *count) {
    if (!PyTuple_Check(from)) {
        PyErr_SetString(PyExc_TypeError, "changes are a tuple of tuples");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(from);
    ntm_fact_change *changes = PyMem_Calloc(*count + 1, sizeof *changes);
    if (!changes) PyErr_NoMemory();
    for (size_t i = 0; changes && i < *count; i++) {
        Py_ssize_t row = 0;
        long long coefficient = 0;
        int known = 0, kind = 0, scale = 0, flag = 0;
        ntm_fact_change *it = &changes[i];
        if (!PyArg_ParseTuple(PyTuple_GetItem(from, (Py_ssize_t)i), "nsiiLipz", &row, &it->field, &known, &kind,
                              &coefficient, &scale, &flag, &it->text)) {
            PyMem_Free(changes);
            return NULL;
        }
        it->row = (size_t)row;
        it->known = (ntm_known)known;
        it->kind = (ntm_change_kind)kind;
        it->number = (ntm_decimal){coefficient, (uint8_t)scale};
        it->flag = flag != 0;
    }
    return changes;
}

/* A table of the core over what came out; it holds the original. */
static core_table *own_table(ntm_what_if *what_if, PyObject *owner) {
    const ntm_table *from = ntm_what_if_table(what_if);
    core_table *table = core_table_new(from->rows, from->field_count);
    if (!table) {
        ntm_what_if_free(what_if);
        return NULL;
    }
    table->what_if = what_if;
    table->owner = Py_NewRef(owner);
    for (size_t i = 0; i < from->field_count; i++)
        table->fields[i] = from->fields[i];
    table->table.field_count = from->field_count;
    table->used = true;
    return table;
}

core_table *core_table_what_if(PyObject *table_owner, core_table *table_or_none, PyObject *changes) {
    size_t count = 0;
    if (!table_or_none) {
        PyErr_SetString(PyExc_TypeError, "a table is needed");
        return NULL;
    }
    ntm_fact_change *array = take_facts(changes, &count);
    ntm_problems *problems = array ? core_problems() : NULL;
    ntm_what_if *what_if = NULL;
    ntm_error err = NTM_ERROR_INIT;
    if (problems) {
        table_or_none->used = true;
        const ntm_table *from = &table_or_none->table;
        ntm_status status;
        CORE_UNLOCKED(status = ntm_table_what_if(&what_if, from, array, count, problems, NULL, &err));
        if (status) core_raise(&err, problems);
    }
    ntm_problems_free(problems);
    PyMem_Free(array);
    return what_if ? own_table(what_if, table_owner) : NULL;
}
