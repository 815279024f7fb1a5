/* SPDX-License-Identifier: Apache-2.0 */
/* Alkire-Foster measures. A group is its index, or -1 for all rows together. */
#include "core.h"

size_t core_group(int64_t group) { return group < 0 ? NTM_TOTAL : (size_t)group; }

PyObject *core_key(const ntm_group_key *key) {
    return Py_BuildValue("izL", (int)key->known, key->text, (long long)key->value);
}

bool core_take_fraction(ntm_fraction *out, PyObject *pair) {
    long long numerator = 0, denominator = 0;
    if (!PyArg_ParseTuple(pair, "LL", &numerator, &denominator)) return false;
    *out = (ntm_fraction){numerator, denominator};
    return true;
}

/* (column, when, cut-off, scale, weight, whether not applicable is not deprived) as an array; NULL with an exception
 * set. The texts are borrowed. */
static ntm_deprivation *deprivation_array(PyObject *indicators, size_t *count) {
    if (!PyTuple_Check(indicators)) {
        PyErr_SetString(PyExc_TypeError, "indicators are a tuple of tuples");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(indicators);
    ntm_deprivation *array = PyMem_Calloc(*count + 1, sizeof *array);
    if (!array) PyErr_NoMemory();
    for (size_t i = 0; array && i < *count; i++) {
        ntm_deprivation *it = &array[i];
        PyObject *weight = NULL;
        long long coefficient = 0;
        int when = 0, scale = 0, not_deprived = 0;
        if (!PyArg_ParseTuple(PyTuple_GetItem(indicators, (Py_ssize_t)i), "siLiO!p", &it->column, &when, &coefficient,
                              &scale, &PyTuple_Type, &weight, &not_deprived) ||
            !core_take_fraction(&it->weight, weight)) {
            PyMem_Free(array);
            return NULL;
        }
        it->when = (ntm_deprived)when;
        it->cutoff = (ntm_decimal){coefficient, (uint8_t)scale};
        it->not_applicable_is_not_deprived = not_deprived != 0;
    }
    return array;
}

ntm_poverty *core_poverty_measure(core_table *table, PyObject *indicators, PyObject *cutoff, uint32_t cutoff_count,
                                  int incomplete, bool gaps, const char *population, PyObject *groups) {
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    size_t count = 0;
    if (!core_take_fraction(&options.cutoff, cutoff)) return NULL;
    ntm_deprivation *array = deprivation_array(indicators, &count);
    const char **names = array ? core_text_array(groups, &options.group_count) : NULL;
    ntm_poverty *poverty = NULL;
    if (names) {
        ntm_error err = NTM_ERROR_INIT;
        options.cutoff_count = cutoff_count;
        options.incomplete = (ntm_incomplete)incomplete;
        options.gaps = gaps;
        options.population = population;
        options.groups = names;
        table->used = true;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_poverty_measure(&poverty, &table->table, array, count, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
    }
    PyMem_Free(names);
    PyMem_Free(array);
    return poverty;
}

PyObject *core_poverty_key(const ntm_poverty *poverty, size_t group, size_t field) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_group_key key;
    return ntm_poverty_key(&key, poverty, group, field, &err) ? core_raise(&err, NULL) : core_key(&key);
}

PyObject *core_poverty_count(const ntm_poverty *poverty, int64_t group) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_poverty_rows it;
    if (ntm_poverty_count(&it, poverty, core_group(group), &err)) return core_raise(&err, NULL);
    return Py_BuildValue("KKKN", (unsigned long long)it.rows, (unsigned long long)it.incomplete,
                         (unsigned long long)it.left_out, core_bounds(it.poor));
}

PyObject *core_poverty_get(const ntm_poverty *poverty, int64_t group, int of, size_t indicator) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_measured it;
    if (ntm_poverty_get(&it, poverty, core_group(group), (ntm_measure)of, indicator, &err))
        return core_raise(&err, NULL);
    return Py_BuildValue("iNN", (int)it.defined, core_fraction(it.least), core_fraction(it.most));
}

PyObject *core_poverty_rounded(const ntm_poverty *poverty, int64_t group, int of, size_t indicator,
                               unsigned percent_digits, int scale, int rounding) {
    if (scale < 0 || scale > NTM_SCALE_MAX)
        return core_raise_status(NTM_ERROR_ARGUMENT, "digits", "from 0 to 18 digits after the mark");
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal least, most;
    if (ntm_poverty_rounded(&least, &most, poverty, core_group(group), (ntm_measure)of, indicator, percent_digits,
                            (uint8_t)scale, (ntm_rounding)rounding, &err))
        return core_raise(&err, NULL);
    return Py_BuildValue("(Li)(Li)", (long long)least.coefficient, (int)least.scale, (long long)most.coefficient,
                         (int)most.scale);
}

PyObject *core_nested_weights(PyObject *indicators) {
    if (!PyTuple_Check(indicators)) return PyErr_Format(PyExc_TypeError, "indicators are a tuple of triples");
    size_t count = (size_t)PyTuple_Size(indicators);
    ntm_nested *array = PyMem_Calloc(count + 1, sizeof *array);
    ntm_fraction *weights = PyMem_Calloc(count + 1, sizeof *weights);
    PyObject *out = NULL;
    bool good = array && weights;
    if (!good) PyErr_NoMemory();
    for (size_t i = 0; good && i < count; i++) {
        int available = 0;
        good = PyArg_ParseTuple(PyTuple_GetItem(indicators, (Py_ssize_t)i), "ssp", &array[i].dimension,
                                &array[i].indicator, &available) != 0;
        array[i].available = available != 0;
    }
    ntm_error err = NTM_ERROR_INIT;
    if (good && ntm_nested_weights(weights, array, count, &err))
        core_raise(&err, NULL);
    else if (good)
        out = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; out && i < count; i++) {
        PyObject *one = core_fraction(weights[i]);
        if (one)
            PyList_SetItem(out, (Py_ssize_t)i, one);
        else
            Py_CLEAR(out);
    }
    PyMem_Free(weights);
    PyMem_Free(array);
    return out;
}
