/* SPDX-License-Identifier: Apache-2.0 */
/* Tasks of gaps, their costs, what remains, and sums. */
#include "core.h"

/* Numbers are (needed for, rounding, digits of kinds, echelon, day, attribute of regions); the text is the tuple's. */
static bool take_numbers(ntm_tasks_options *options, PyObject *numbers) {
    int rounding = 0, kind_scale = 0, echelon = 0;
    if (!PyArg_ParseTuple(numbers, "Iiiiis", &options->needed_for, &rounding, &kind_scale, &echelon, &options->on,
                          &options->region_attribute))
        return false;
    options->rounding = (ntm_rounding)rounding;
    options->kind_scale = (uint8_t)kind_scale;
    options->echelon = (ntm_echelon)echelon;
    return true;
}

static const ntm_table *used(core_table *table) {
    if (!table) return NULL;
    table->used = true;
    return &table->table;
}

ntm_tasks *core_tasks_new(const ntm_gaps *gaps, core_table *table, core_table *duties_or_none,
                          const ntm_norms *norms_or_none, core_table *division_or_none, core_table *allotted_or_none,
                          const ntm_units *registry_or_none, PyObject *numbers) {
    ntm_tasks_options options = NTM_TASKS_OPTIONS_INIT;
    ntm_tasks *tasks = NULL;
    if (!take_numbers(&options, numbers)) return NULL;
    options.problems = core_problems();
    if (options.problems) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        options.codes = &used(table)->fields[0].column;
        options.duties = used(duties_or_none);
        options.norms = norms_or_none;
        options.division = used(division_or_none);
        options.allotted = used(allotted_or_none);
        options.units = registry_or_none;
        Py_BEGIN_ALLOW_THREADS status = ntm_tasks_new(&tasks, gaps, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
    }
    ntm_problems_free(options.problems);
    return tasks;
}

static PyObject *price_at(const void *prices, size_t index) {
    const ntm_gap_price *it = (const ntm_gap_price *)prices + index;
    return Py_BuildValue("sL", it->input, (long long)it->price.coefficient);
}

PyObject *core_task_prices(const ntm_gaps *gaps, core_table *duties, const ntm_norms *norms, int rounding, int32_t on) {
    ntm_tasks_options options = NTM_TASKS_OPTIONS_INIT;
    ntm_task_prices *prices = NULL;
    options.problems = core_problems();
    if (!options.problems) return NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status;
    options.duties = used(duties);
    options.norms = norms;
    options.rounding = (ntm_rounding)rounding;
    options.on = on;
    Py_BEGIN_ALLOW_THREADS status = ntm_task_prices_new(&prices, gaps, &options, &err);
    Py_END_ALLOW_THREADS size_t count = 0;
    const ntm_gap_price *found = ntm_task_prices_get(prices, &count);
    PyObject *out = status ? core_raise(&err, options.problems) : core_list(count, price_at, found);
    ntm_problems_free(options.problems);
    ntm_task_prices_free(prices);
    return out;
}

PyObject *core_tasks_columns(const ntm_tasks *tasks, int which) {
    const ntm_table *table = which == 0   ? ntm_tasks_table(tasks)
                             : which == 1 ? ntm_tasks_costs(tasks)
                                          : ntm_tasks_remaining(tasks);
    return table ? core_columns(table) : Py_NewRef(Py_None);
}

PyObject *core_tasks_gaps(const ntm_tasks *tasks, size_t task) {
    PyObject *list = PyList_New(0);
    size_t count = ntm_tasks_at(tasks, task).included + 1;
    for (size_t i = 0; list && i < count; i++) {
        size_t gap = i == 0 ? ntm_tasks_at(tasks, task).gap : ntm_tasks_included(tasks, task, i - 1);
        PyObject *number = PyLong_FromSize_t(gap);
        if (!number || PyList_Append(list, number) < 0) Py_CLEAR(list);
        Py_XDECREF(number);
    }
    return list;
}

PyObject *core_tasks_of_gap(const ntm_tasks *tasks, size_t gap) { return core_index(ntm_tasks_of_gap(tasks, gap)); }

PyObject *core_tasks_sum(const ntm_tasks *tasks, int what, PyObject *by) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_task_sums *sums = NULL;
    size_t count = 0;
    const char **names = core_text_array(by, &count);
    if (!names) return NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_tasks_sum(&sums, tasks, (ntm_task_sum)what, names, count, &err);
    Py_END_ALLOW_THREADS PyObject *out = status ? core_raise(&err, NULL) : core_columns(ntm_task_sums_table(sums));
    ntm_task_sums_free(sums);
    PyMem_Free(names);
    return out;
}
