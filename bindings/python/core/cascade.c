/* SPDX-License-Identifier: Apache-2.0 */
/* Cascades: steps are added one by one, then run. */
#include "core.h"

core_cascade *core_cascade_new(PyObject *owner, const ntm_units *units, size_t steps) {
    core_cascade *cascade = PyMem_Calloc(1, sizeof *cascade);
    if (cascade) {
        cascade->units = units;
        cascade->steps = PyMem_Calloc(steps + 1, sizeof *cascade->steps);
        cascade->capacity = steps;
        cascade->kept = PyList_New(0);
    }
    if (cascade && cascade->steps && cascade->kept && PyList_Append(cascade->kept, owner) == 0) return cascade;
    core_cascade_free(cascade);
    if (!PyErr_Occurred()) PyErr_NoMemory();
    return NULL;
}

void core_cascade_free(core_cascade *cascade) {
    if (!cascade) return;
    ntm_cascade_free(cascade->it);
    for (size_t i = 0; i < cascade->count; i++)
        PyMem_Free((void *)(uintptr_t)cascade->steps[i].axes);
    PyMem_Free(cascade->steps);
    Py_XDECREF(cascade->kept);
    PyMem_Free(cascade);
}

/* Keeps everything that a step borrows. */
static bool keep(core_cascade *cascade, PyObject *set, PyObject *table, PyObject *code, PyObject *level,
                 PyObject *axes) {
    PyObject *all = PyTuple_Pack(5, set, table, code, level, axes);
    bool kept = all && PyList_Append(cascade->kept, all) == 0;
    Py_XDECREF(all);
    return kept;
}

PyObject *core_cascade_add(core_cascade *cascade, PyObject *owner, const core_set *set, PyObject *table_owner,
                           core_table *table_or_none, PyObject *code, PyObject *level, PyObject *axes) {
    if (cascade->it || cascade->count == cascade->capacity) {
        PyErr_SetString(PyExc_ValueError, "no room for another step");
        return NULL;
    }
    ntm_cascade_step *step = &cascade->steps[cascade->count];
    *step = (ntm_cascade_step)NTM_CASCADE_STEP_INIT;
    step->set = set->it;
    step->table = table_or_none ? &table_or_none->table : NULL;
    step->code = PyUnicode_AsUTF8AndSize(code, NULL);
    step->level = level == Py_None ? NULL : PyUnicode_AsUTF8AndSize(level, NULL);
    if (!step->code || (level != Py_None && !step->level)) return NULL;
    step->axes = core_axis_array(axes, &step->axis_count);
    if (!step->axes) return NULL;
    if (!keep(cascade, owner, table_owner, code, level, axes)) {
        PyMem_Free((void *)(uintptr_t)step->axes);
        return NULL;
    }
    if (table_or_none) table_or_none->used = true;
    cascade->count++;
    Py_RETURN_NONE;
}

PyObject *core_cascade_run(core_cascade *cascade, int32_t on, int64_t within, bool out_of_force, bool ignore_unknown,
                           PyObject *inherited, PyObject *others_owner, const core_set **others, size_t other_count) {
    ntm_cascade_options options = NTM_CASCADE_OPTIONS_INIT;
    const char **attributes = core_text_array(inherited, &options.inherited_count);
    if (!attributes) return NULL;
    const ntm_set **sets = PyMem_Calloc(other_count + 1, sizeof *sets);
    if (!sets) {
        PyMem_Free(attributes);
        return PyErr_NoMemory();
    }
    options.inherited = attributes;
    for (size_t i = 0; i < other_count; i++)
        sets[i] = others[i]->it;
    options.on = on;
    options.within = within < 0 ? NTM_NO_UNIT : (ntm_unit)within;
    options.out_of_force = out_of_force;
    options.ignore_unknown = ignore_unknown;
    options.others = sets;
    options.other_count = other_count;
    options.problems = core_problems();
    PyObject *done = NULL;
    if (options.problems && PyList_Append(cascade->kept, others_owner) == 0) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status =
            ntm_cascade_new(&cascade->it, cascade->units, cascade->steps, cascade->count, &options, &err);
        Py_END_ALLOW_THREADS done = status ? core_raise(&err, options.problems) : Py_NewRef(Py_None);
    }
    ntm_problems_free(options.problems);
    PyMem_Free(sets);
    PyMem_Free(attributes);
    return done;
}

ntm_attainment *core_cascade_result(const core_cascade *cascade, size_t step) {
    return (ntm_attainment *)(uintptr_t)ntm_cascade_result(cascade->it, step);
}

PyObject *core_cascade_rows(const core_cascade *cascade, size_t step) {
    size_t rows = ntm_attainment_rows(ntm_cascade_result(cascade->it, step));
    PyObject *out = PyList_New((Py_ssize_t)rows);
    for (size_t row = 0; out && row < rows; row++) {
        PyObject *one = PyLong_FromUnsignedLong(ntm_cascade_unit(cascade->it, step, row));
        if (one)
            PyList_SetItem(out, (Py_ssize_t)row, one);
        else
            Py_CLEAR(out);
    }
    return out;
}

PyObject *core_cascade_names(const core_cascade *cascade, size_t step) {
    size_t count = ntm_cascade_count_count(cascade->it, step);
    PyObject *out = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; out && i < count; i++) {
        PyObject *one = core_text(ntm_cascade_count_name(cascade->it, step, i));
        if (one)
            PyList_SetItem(out, (Py_ssize_t)i, one);
        else
            Py_CLEAR(out);
    }
    return out;
}

PyObject *core_cascade_counts(const core_cascade *cascade, size_t step, size_t index, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_child_counts it = {0};
    ntm_status status;
    CORE_UNLOCKED(status = ntm_cascade_counts(&it, cascade->it, step, index, row, &err));
    if (status) return core_raise(&err, NULL);
    return Py_BuildValue("KKKK", (unsigned long long)it.met, (unsigned long long)it.not_met,
                         (unsigned long long)it.open, (unsigned long long)it.total);
}

static PyObject *child_at(const void *list, size_t index) {
    const ntm_counted_child *it = (const ntm_counted_child *)list + index;
    return Py_BuildValue("IiNN", (unsigned)it->unit, (int)it->verdict, core_index(it->step), core_index(it->row));
}

PyObject *core_cascade_children(const core_cascade *cascade, size_t step, size_t index, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_cascade_children(NULL, &count, 0, cascade->it, step, index, row, &err));
    if (status) return core_raise(&err, NULL);
    ntm_counted_child *found = PyMem_Calloc(count + 1, sizeof *found);
    if (!found) return PyErr_NoMemory();
    CORE_UNLOCKED(status = ntm_cascade_children(found, &count, count, cascade->it, step, index, row, &err));
    PyObject *out = status ? core_raise(&err, NULL) : core_list(count, child_at, found);
    PyMem_Free(found);
    return out;
}

ntm_explanation *core_cascade_explain(const core_cascade *cascade, size_t step, size_t row, int of, size_t index) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_explanation *explanation = NULL;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_cascade_explain(&explanation, cascade->it, step, row, (ntm_of)of, index, NULL, &err));
    if (status) core_raise(&err, NULL);
    return explanation;
}

PyObject *core_cascade_tree(const core_cascade *cascade, size_t step, size_t row, int language, size_t most) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_cascade_tree(&text, cascade->it, step, row, (ntm_language)language, most, NULL, &err));
    if (status) return core_raise(&err, NULL);
    PyObject *out = core_text(ntm_text_data(text));
    ntm_text_free(text);
    return out;
}
