/* SPDX-License-Identifier: Apache-2.0 */
/* Plans, results and explanations. */
#include "core.h"

ntm_axis_value *core_axis_array(PyObject *axes, size_t *count) {
    if (!PyTuple_Check(axes)) {
        PyErr_SetString(PyExc_TypeError, "axes are a tuple of pairs of str");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(axes);
    ntm_axis_value *array = PyMem_Calloc(*count + 1, sizeof *array);
    if (!array) PyErr_NoMemory();
    for (size_t i = 0; array && i < *count; i++) {
        if (!PyArg_ParseTuple(PyTuple_GetItem(axes, (Py_ssize_t)i), "ss", &array[i].axis, &array[i].value)) {
            PyMem_Free(array);
            return NULL;
        }
    }
    return array;
}

core_plan *core_plan_new(PyObject *owner, const core_set *set, int32_t on, bool out_of_force, PyObject *axes,
                         int kernels, PyObject *others_owner, const core_set **others, size_t other_count) {
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    ntm_axis_value *array = core_axis_array(axes, &options.axis_count);
    if (!array) return NULL;
    options.on = on;
    options.out_of_force = out_of_force;
    options.axes = array;
    options.kernels = (ntm_kernels)kernels;
    const ntm_set **sets = PyMem_Calloc(other_count + 1, sizeof *sets);
    if (!sets) {
        PyMem_Free(array);
        PyErr_NoMemory();
        return NULL;
    }
    for (size_t i = 0; i < other_count; i++)
        sets[i] = others[i]->it;
    options.others = sets;
    options.other_count = other_count;
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan *it = NULL;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_plan_new(&it, set->it, &options, &err));
    PyMem_Free(array);
    PyMem_Free(sets);
    if (status) {
        core_raise(&err, NULL);
        return NULL;
    }
    core_plan *plan = PyMem_Calloc(1, sizeof *plan);
    if (!plan) {
        ntm_plan_free(it);
        PyErr_NoMemory();
        return NULL;
    }
    plan->it = it;
    plan->set = Py_NewRef(owner);
    plan->others = Py_NewRef(others_owner);
    return plan;
}

void core_plan_free(core_plan *plan) {
    if (!plan) return;
    ntm_plan_free(plan->it);
    Py_XDECREF(plan->set);
    Py_XDECREF(plan->others);
    PyMem_Free(plan);
}

PyObject *core_plan_inputs(const core_plan *plan) {
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < ntm_plan_input_count(plan->it); i++) {
        PyObject *name = PyUnicode_FromString(ntm_plan_input(plan->it, i));
        if (!name || PyList_Append(list, name) < 0) Py_CLEAR(list);
        Py_XDECREF(name);
    }
    return list;
}

ntm_attainment *core_evaluate(const core_plan *plan, core_table *table, int keep, bool ignore_unknown,
                              bool keep_values) {
    ntm_problems *problems = core_problems();
    if (!problems) return NULL;
    table->used = true;
    ntm_error err = NTM_ERROR_INIT;
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.keep = (ntm_keep)keep;
    options.ignore_unknown = ignore_unknown;
    options.keep_values = keep_values;
    options.problems = problems;
    ntm_attainment *attainment = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_evaluate(&attainment, plan->it, &table->table, &options, &err);
    Py_END_ALLOW_THREADS if (status) core_raise(&err, problems);
    ntm_problems_free(problems);
    return attainment;
}

PyObject *core_verdicts(const ntm_attainment *attainment, int of, size_t index, PyObject *out) {
    Py_buffer view;
    size_t rows = ntm_attainment_rows(attainment);
    if (!core_writable(&view, out, rows, 1)) return NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_attainment_verdicts(view.buf, rows, attainment, (ntm_of)of, index, &err));
    PyBuffer_Release(&view);
    if (status) return core_raise(&err, NULL);
    Py_RETURN_NONE;
}

static void put_ranges(int64_t *to, const ntm_range *ranges, size_t rows) {
    for (size_t row = 0; row < rows; row++) {
        *to++ = ranges[row].least.numerator;
        *to++ = ranges[row].least.denominator;
        *to++ = ranges[row].most.numerator;
        *to++ = ranges[row].most.denominator;
    }
}

PyObject *core_values(const ntm_attainment *attainment, int64_t index, PyObject *out) {
    Py_buffer view;
    const ntm_range *ranges = NULL;
    size_t rows = ntm_attainment_rows(attainment);
    ntm_error err = NTM_ERROR_INIT;
    if (ntm_attainment_values(&ranges, attainment, index < 0 ? NTM_SCORE : (size_t)index, &err))
        return core_raise(&err, NULL);
    if (!core_writable(&view, out, rows * 4, sizeof(int64_t))) return NULL;
    CORE_UNLOCKED(put_ranges(view.buf, ranges, rows));
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
}

PyObject *core_tally(const ntm_attainment *attainment, int of, size_t index) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_tally tally = {0, 0, 0};
    ntm_status status;
    CORE_UNLOCKED(status = ntm_attainment_tally(&tally, attainment, (ntm_of)of, index, &err));
    if (status) return core_raise(&err, NULL);
    return Py_BuildValue("KKK", (unsigned long long)tally.met, (unsigned long long)tally.not_met,
                         (unsigned long long)tally.open);
}

PyObject *core_counts(PyObject *owner, const ntm_attainment *attainment) {
    ntm_error err = NTM_ERROR_INIT;
    const uint16_t *least = NULL, *most = NULL;
    if (ntm_attainment_counts(&least, &most, attainment, &err)) return core_raise(&err, NULL);
    size_t rows = ntm_attainment_rows(attainment);
    return Py_BuildValue("NN", core_view_new(owner, least, rows, "H", sizeof *least),
                         core_view_new(owner, most, rows, "H", sizeof *most));
}

static void put_grades(uint16_t *least, uint16_t *most, const ntm_attainment *attainment) {
    for (size_t row = 0; row < ntm_attainment_rows(attainment); row++) {
        ntm_bounds bounds = ntm_attainment_grade(attainment, row);
        least[row] = (uint16_t)bounds.least;
        most[row] = (uint16_t)bounds.most;
    }
}

PyObject *core_grades(const ntm_attainment *attainment, PyObject *least, PyObject *most) {
    Py_buffer low, high;
    size_t rows = ntm_attainment_rows(attainment);
    if (!core_writable(&low, least, rows, sizeof(uint16_t))) return NULL;
    if (!core_writable(&high, most, rows, sizeof(uint16_t))) {
        PyBuffer_Release(&low);
        return NULL;
    }
    CORE_UNLOCKED(put_grades(low.buf, high.buf, attainment));
    PyBuffer_Release(&low);
    PyBuffer_Release(&high);
    Py_RETURN_NONE;
}

PyObject *core_near_misses(const ntm_attainment *attainment, size_t limit, size_t needed_most) {
    size_t capacity = ntm_attainment_rows(attainment) < limit ? ntm_attainment_rows(attainment) : limit;
    size_t *rows = PyMem_Calloc(capacity ? capacity : 1, sizeof *rows);
    if (!rows) return PyErr_NoMemory();
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_attainment_near_misses(rows, &count, capacity, attainment, needed_most, &err));
    PyObject *list = status ? core_raise(&err, NULL) : PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list && i < count; i++) {
        ntm_bounds met = ntm_attainment_criteria_met(attainment, rows[i]);
        PyObject *one =
            Py_BuildValue("nKK", (Py_ssize_t)rows[i], (unsigned long long)met.least, (unsigned long long)met.most);
        if (one)
            PyList_SetItem(list, (Py_ssize_t)i, one);
        else
            Py_CLEAR(list);
    }
    PyMem_Free(rows);
    return list;
}

ntm_explanation *core_explain(const core_plan *plan, core_table *table, size_t row, int of, size_t index) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_explanation *explanation = NULL;
    table->used = true;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status =
        ntm_explain(&explanation, plan->it, &table->table, row, (ntm_of)of, index, NULL, &err);
    Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
    return explanation;
}

static PyObject *step_sources(const ntm_citation *citation) {
    PyObject *out = PyTuple_New((Py_ssize_t)citation->source_count);
    for (size_t i = 0; out && i < citation->source_count; i++) {
        PyObject *id = PyUnicode_FromString(citation->sources[i]);
        if (id)
            PyTuple_SetItem(out, (Py_ssize_t)i, id);
        else
            Py_CLEAR(out);
    }
    return out;
}

static PyObject *step_of(const ntm_step *it) {
    PyObject *sources = step_sources(&it->citation);
    if (!sources) return NULL;
    return Py_BuildValue("{s:I,s:I,s:i,s:O,s:i,s:i,s:z,s:z,s:z,s:z,s:z,s:z,s:z,s:z,s:z,s:i,s:i,s:N,s:z,s:z}", "depth",
                         it->depth, "node", it->node, "kind", (int)it->kind, "is_condition",
                         it->is_condition ? Py_True : Py_False, "verdict", (int)it->verdict, "reason", (int)it->reason,
                         "label_vi", it->label_vi, "label_en", it->label_en, "least", it->least, "most", it->most,
                         "unit", it->unit, "axes", it->axes, "gap", it->gap, "surplus", it->surplus, "gap_unit",
                         it->gap_unit, "compare", (int)it->compare, "standing", (int)it->citation.standing, "sources",
                         sources, "note", it->citation.note, "overlay", it->citation.overlay);
}

PyObject *core_explanation_steps(const ntm_explanation *explanation) {
    size_t count = ntm_explanation_steps(explanation);
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list && i < count; i++) {
        PyObject *one = step_of(ntm_explanation_step(explanation, i));
        if (one)
            PyList_SetItem(list, (Py_ssize_t)i, one);
        else
            Py_CLEAR(list);
    }
    return list;
}

PyObject *core_explanation_text(const ntm_explanation *explanation, int language, bool tree) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    ntm_status status = tree ? ntm_explanation_tree(&text, explanation, (ntm_language)language, NULL, &err)
                             : ntm_explanation_line(&text, explanation, (ntm_language)language, NULL, &err);
    if (status) return core_raise(&err, NULL);
    PyObject *out = PyUnicode_DecodeUTF8(ntm_text_data(text), (Py_ssize_t)ntm_text_size(text), "strict");
    ntm_text_free(text);
    return out;
}
