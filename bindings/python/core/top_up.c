/* SPDX-License-Identifier: Apache-2.0 */
/* Support that tops incomes up to a target. */
#include "core.h"

/* (area, target) pairs as an array; NULL with an exception set. The texts are borrowed. */
static ntm_area_target *area_array(PyObject *areas, size_t *count) {
    if (!PyTuple_Check(areas)) {
        PyErr_SetString(PyExc_TypeError, "areas are a tuple of pairs");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(areas);
    ntm_area_target *array = PyMem_Calloc(*count + 1, sizeof *array);
    if (!array) PyErr_NoMemory();
    for (size_t i = 0; array && i < *count; i++) {
        long long target = 0;
        if (!PyArg_ParseTuple(PyTuple_GetItem(areas, (Py_ssize_t)i), "sL", &array[i].area, &target)) {
            PyMem_Free(array);
            return NULL;
        }
        array[i].target = target;
    }
    return array;
}

/* The payments of single rows go to two writable buffers of int64, or to none. */
static ntm_top_up *sum(core_table *table, const ntm_top_up_options *options, ntm_money *least, ntm_money *most) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_top_up *top_up = NULL;
    ntm_status status;
    table->used = true;
    Py_BEGIN_ALLOW_THREADS status = ntm_top_up_sum(&top_up, &table->table, options, &err);
    if (!status && least) status = ntm_top_up_rows(least, most, table->table.rows, &table->table, options, &err);
    Py_END_ALLOW_THREADS if (!status) return top_up;
    ntm_top_up_free(top_up);
    core_raise(&err, NULL);
    return NULL;
}

/* A pair of writable buffers of one int64 a row; false with an exception set. */
static bool take_rows(Py_buffer views[2], PyObject *rows, size_t count) {
    PyObject *least = NULL, *most = NULL;
    if (!PyArg_ParseTuple(rows, "OO", &least, &most)) return false;
    if (!core_writable(&views[0], least, count, sizeof(ntm_money))) return false;
    if (core_writable(&views[1], most, count, sizeof(ntm_money))) return true;
    PyBuffer_Release(&views[0]);
    return false;
}

ntm_top_up *core_top_up_sum(core_table *table, const char *benefits, const char *target, const char *area,
                            PyObject *areas, const char *entitled, PyObject *groups, PyObject *rows) {
    ntm_top_up_options options = NTM_TOP_UP_OPTIONS_INIT;
    ntm_area_target *targets = area_array(areas, &options.area_count);
    const char **names = targets ? core_text_array(groups, &options.group_count) : NULL;
    Py_buffer views[2] = {{.buf = NULL}, {.buf = NULL}};
    ntm_top_up *top_up = NULL;
    bool keep = rows != Py_None;
    if (names && (!keep || take_rows(views, rows, table->table.rows))) {
        options.benefits = benefits;
        options.target = target;
        options.area = area;
        options.areas = targets;
        options.entitled = entitled;
        options.groups = names;
        top_up = sum(table, &options, keep ? views[0].buf : NULL, keep ? views[1].buf : NULL);
        if (keep) PyBuffer_Release(&views[0]);
        if (keep) PyBuffer_Release(&views[1]);
    }
    PyMem_Free(names);
    PyMem_Free(targets);
    return top_up;
}

PyObject *core_top_up_key(const ntm_top_up *top_up, size_t group, size_t field) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_group_key key;
    return ntm_top_up_key(&key, top_up, group, field, &err) ? core_raise(&err, NULL) : core_key(&key);
}

PyObject *core_top_up_get(const ntm_top_up *top_up, int64_t group) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_payments it;
    if (ntm_top_up_get(&it, top_up, core_group(group), &err)) return core_raise(&err, NULL);
    return Py_BuildValue("KKKKNLL", (unsigned long long)it.rows, (unsigned long long)it.benefits_not_reported,
                         (unsigned long long)it.area_not_reported, (unsigned long long)it.entitled_not_reported,
                         core_bounds(it.paid), (long long)it.least, (long long)it.most);
}
