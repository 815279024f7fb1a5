/* SPDX-License-Identifier: Apache-2.0 */
/* Panels of judges, and ways to a higher class. */
#include "core.h"

static PyObject *product_at(const void *panel, size_t index) {
    const ntm_panel_product *it = ntm_panel_product_at(panel, index);
    return Py_BuildValue("znNNzzNzzI", it->id, (Py_ssize_t)it->sheets, core_bounds(it->knocked_out),
                         core_range(it->mean), it->mean_least, it->mean_most, core_bounds(it->grade), it->least_label,
                         it->most_label, it->open);
}

PyObject *core_panel(const core_plan *plan, core_table *table, core_table *products, size_t least_sheets, int digits,
                     int rounding) {
    if (digits < 0 || digits > NTM_SCALE_MAX)
        return core_raise_status(NTM_ERROR_ARGUMENT, "digits", "from 0 to 18 digits after the mark");
    ntm_panel_options options = NTM_PANEL_OPTIONS_INIT;
    options.least_sheets = least_sheets;
    options.digits = (uint8_t)digits;
    options.rounding = (ntm_rounding)rounding;
    options.ignore_unknown = true; /* the package looked at the names */
    options.problems = core_problems();
    if (!options.problems) return NULL;
    table->used = products->used = true;
    const ntm_column *column = &products->table.fields[0].column;
    ntm_error err = NTM_ERROR_INIT;
    ntm_panel *panel = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_panel_new(&panel, plan->it, &table->table, column, &options, &err);
    Py_END_ALLOW_THREADS PyObject *out =
        status ? core_raise(&err, options.problems) : core_list(ntm_panel_count(panel), product_at, panel);
    ntm_problems_free(options.problems);
    ntm_panel_free(panel);
    return out;
}

/* (fact, level, cost or None) triples as an array; NULL with an exception set. The texts are borrowed. */
static ntm_climb_cost *cost_array(PyObject *costs, size_t *count) {
    if (!PyTuple_Check(costs)) {
        PyErr_SetString(PyExc_TypeError, "costs are a tuple of triples");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(costs);
    ntm_climb_cost *array = PyMem_Calloc(*count + 1, sizeof *array);
    if (!array) PyErr_NoMemory();
    for (size_t i = 0; array && i < *count; i++) {
        PyObject *cost = NULL;
        bool good = PyArg_ParseTuple(PyTuple_GetItem(costs, (Py_ssize_t)i), "ssO", &array[i].fact, &array[i].level,
                                     &cost) != 0;
        if (good) array[i].cost = cost == Py_None ? NTM_COST_NEVER : PyLong_AsUnsignedLongLong(cost);
        if (!good || PyErr_Occurred()) {
            PyMem_Free(array);
            return NULL;
        }
    }
    return array;
}

static PyObject *step_at(const void *climb, size_t index) {
    const ntm_climb_step *it = ntm_climb_step_at(climb, index);
    return Py_BuildValue("zzzIKN", it->fact, it->from, it->to, it->levels, (unsigned long long)it->cost,
                         core_fraction(it->gain));
}

static PyObject *climb_of(const ntm_climb *climb) {
    const ntm_climb_summary *it = ntm_climb_about(climb);
    return Py_BuildValue("NNnNOOOKNN", core_bounds(it->grade), core_range(it->score), (Py_ssize_t)it->target,
                         core_range(it->lacking), it->more_than_bound ? Py_True : Py_False,
                         it->found ? Py_True : Py_False, it->exact ? Py_True : Py_False, (unsigned long long)it->cost,
                         core_fraction(it->score_after), core_list(ntm_climb_step_count(climb), step_at, climb));
}

PyObject *core_climb(const core_plan *plan, core_table *table, size_t row, size_t target, PyObject *costs,
                     size_t combinations_max) {
    ntm_climb_options options = NTM_CLIMB_OPTIONS_INIT;
    ntm_climb_cost *array = cost_array(costs, &options.cost_count);
    if (!array) return NULL;
    options.target = target;
    options.costs = array;
    options.combinations_max = combinations_max;
    options.ignore_unknown = true; /* the package looked at the names */
    table->used = true;
    ntm_error err = NTM_ERROR_INIT;
    ntm_climb *climb = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_climb_new(&climb, plan->it, &table->table, row, &options, &err);
    Py_END_ALLOW_THREADS PyObject *out = status ? core_raise(&err, NULL) : climb_of(climb);
    ntm_climb_free(climb);
    PyMem_Free(array);
    return out;
}
