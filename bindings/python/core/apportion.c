/* SPDX-License-Identifier: Apache-2.0 */
/* An envelope divided among claimants. */
#include "core.h"

/* (class, coefficient, scale, citation or None) tuples as an array; NULL with an exception set. The texts are borrowed. */
static ntm_class_coefficient *coefficient_array(PyObject *coefficients, size_t *count) {
    if (!PyTuple_Check(coefficients)) {
        PyErr_SetString(PyExc_TypeError, "coefficients are a tuple of tuples");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(coefficients);
    ntm_class_coefficient *array = PyMem_Calloc(*count + 1, sizeof *array);
    if (!array) PyErr_NoMemory();
    for (size_t i = 0; array && i < *count; i++) {
        long long coefficient = 0;
        if (!PyArg_ParseTuple(PyTuple_GetItem(coefficients, (Py_ssize_t)i), "sLbz", &array[i].class_name, &coefficient,
                              &array[i].coefficient.scale, &array[i].citation)) {
            PyMem_Free(array);
            return NULL;
        }
        array[i].coefficient.coefficient = coefficient;
    }
    return array;
}

ntm_apportionment *core_apportion(core_table *table, int64_t envelope, PyObject *coefficients, int several, int64_t step,
                                  bool rest_to_next, bool leave_out, const char *or_none) {
    ntm_apportion_options options = NTM_APPORTION_OPTIONS_INIT;
    ntm_apportionment *apportionment = NULL;
    ntm_class_coefficient *array = coefficient_array(coefficients, &options.coefficient_count);
    if (array) options.problems = core_problems();
    if (options.problems) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        options.coefficients = array;
        options.several = (ntm_several_classes)several;
        options.step = step;
        options.rest_to_next = rest_to_next;
        options.leave_out = leave_out;
        options.citation = or_none;
        table->used = true;
        Py_BEGIN_ALLOW_THREADS status = ntm_apportion_new(&apportionment, envelope, &table->table, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
    }
    ntm_problems_free(options.problems);
    PyMem_Free(array);
    return apportionment;
}

static PyObject *left_out_at(const void *it, size_t index) { return core_text(ntm_apportionment_left_out(it, index)); }

PyObject *core_apportionment_about(const ntm_apportionment *apportionment) {
    return Py_BuildValue("LLN", (long long)ntm_apportionment_envelope(apportionment),
                         (long long)ntm_apportionment_left(apportionment),
                         core_list(ntm_apportionment_left_out_count(apportionment), left_out_at, apportionment));
}

static PyObject *allotted_at(const void *apportionment, size_t index) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_allotted it;
    if (ntm_apportionment_get(&it, apportionment, index, &err)) return core_raise(&err, NULL);
    return Py_BuildValue("sKLNNzLizNLi", it.unit, (unsigned long long)it.row, (long long)it.share,
                         core_fraction(it.weight), core_fraction(it.quota), it.class_name,
                         (long long)it.coefficient.coefficient, (int)it.coefficient.scale, it.citation,
                         PyBool_FromLong(it.extra_step), (long long)it.rest, (int)it.bound_by);
}

PyObject *core_apportionment_rows(const ntm_apportionment *apportionment) {
    return core_list(ntm_apportionment_count(apportionment), allotted_at, apportionment);
}

PyObject *core_apportionment_explain(const ntm_apportionment *apportionment, size_t index, int language) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    if (ntm_apportionment_explain(&text, apportionment, index, (ntm_language)language, &err)) return core_raise(&err, NULL);
    PyObject *out = core_text(ntm_text_data(text));
    ntm_text_free(text);
    return out;
}
