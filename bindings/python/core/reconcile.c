/* SPDX-License-Identifier: Apache-2.0 */
/* Equations over the figures of a table, what breaks them, and which figures are likely wrong. */
#include "core.h"

/* ------------------------------------------------------------------------------------------- building */

/* (column, coefficient, scale) tuples as an array; NULL with an exception set. The texts are borrowed. */
static ntm_column_width *width_array(PyObject *widths, size_t *count) {
    if (!PyTuple_Check(widths)) {
        PyErr_SetString(PyExc_TypeError, "widths are a tuple of tuples");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(widths);
    ntm_column_width *array = PyMem_Calloc(*count + 1, sizeof *array);
    if (!array) PyErr_NoMemory();
    for (size_t i = 0; array && i < *count; i++) {
        long long coefficient = 0;
        if (!PyArg_ParseTuple(PyTuple_GetItem(widths, (Py_ssize_t)i), "sLb", &array[i].column, &coefficient,
                              &array[i].half_width.scale)) {
            PyMem_Free(array);
            return NULL;
        }
        array[i].half_width.coefficient = coefficient;
    }
    return array;
}

ntm_balance *core_balance_new(core_table *table, const char *or_none, PyObject *widths) {
    ntm_balance_table_options options = NTM_BALANCE_TABLE_OPTIONS_INIT;
    ntm_balance *balance = NULL;
    ntm_column_width *array = width_array(widths, &options.width_count);
    if (array) options.problems = core_problems();
    if (options.problems) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        options.key = or_none;
        options.widths = array;
        table->used = true;
        Py_BEGIN_ALLOW_THREADS status = ntm_balance_from_table(&balance, &table->table, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
    }
    ntm_problems_free(options.problems);
    PyMem_Free(array);
    return balance;
}

PyObject *core_balance_declare(ntm_balance *balance, const char *text, size_t size) {
    ntm_error err = NTM_ERROR_INIT;
    if (ntm_balance_declare(balance, text, size, &err)) return core_raise(&err, NULL);
    return Py_NewRef(Py_None);
}

/* The names of columns from a tuple, or none from None; false with an exception set. */
static bool take_columns(const char ***out, size_t *count, PyObject *columns) {
    *out = NULL;
    *count = 0;
    if (columns == Py_None) return true;
    *out = core_text_array(columns, count);
    return *out != NULL;
}

PyObject *core_balance_declare_rows(ntm_balance *balance, const char *text, size_t size, PyObject *columns) {
    ntm_error err = NTM_ERROR_INIT;
    const char **names = NULL;
    size_t count = 0;
    if (!take_columns(&names, &count, columns)) return NULL;
    ntm_status status = ntm_balance_declare_rows(balance, text, size, names, count, &err);
    PyMem_Free(names);
    return status ? core_raise(&err, NULL) : Py_NewRef(Py_None);
}

PyObject *core_balance_declare_tree(ntm_balance *balance, core_table *parents, PyObject *columns) {
    ntm_error err = NTM_ERROR_INIT;
    const char **names = NULL;
    size_t count = 0;
    PyObject *out = NULL;
    if (!take_columns(&names, &count, columns)) return NULL;
    ntm_problems *problems = core_problems();
    if (problems) {
        parents->used = true;
        ntm_status status =
            ntm_balance_declare_tree(balance, &parents->table.fields[0].column, names, count, problems, &err);
        out = status ? core_raise(&err, problems) : Py_NewRef(Py_None);
    }
    ntm_problems_free(problems);
    PyMem_Free(names);
    return out;
}

/* ------------------------------------------------------------------------------------------- checking */

static PyObject *violation_at(const void *violations, size_t index) {
    const ntm_violation *it = (const ntm_violation *)violations + index;
    return Py_BuildValue("nsNzzNN", (Py_ssize_t)it->equation, it->name,
                         core_index(it->row == NTM_NO_ROW ? SIZE_MAX : (size_t)it->row), it->row_name, it->column,
                         core_fraction(it->imbalance), core_fraction(it->tolerance));
}

PyObject *core_balance_check(const ntm_balance *balance) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_balance_count counts = {0, 0, 0, 0};
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_balance_check(NULL, 0, &counts, balance, &err);
    Py_END_ALLOW_THREADS if (status) return core_raise(&err, NULL);
    ntm_violation *found = PyMem_Calloc(counts.violated + 1, sizeof *found);
    if (!found) return PyErr_NoMemory();
    Py_BEGIN_ALLOW_THREADS status = ntm_balance_check(found, counts.violated, &counts, balance, &err);
    Py_END_ALLOW_THREADS PyObject *out =
        status
            ? core_raise(&err, NULL)
            : Py_BuildValue("nnnnN", (Py_ssize_t)counts.equations, (Py_ssize_t)counts.hold, (Py_ssize_t)counts.violated,
                            (Py_ssize_t)counts.undecided, core_list(counts.violated, violation_at, found));
    PyMem_Free(found);
    return out;
}

/* ------------------------------------------------------------------------------------------- locating */

/* One place in what was located. */
typedef struct spot {
    const ntm_balance *balance;
    const ntm_location *location;
    size_t group, set, suspect;
} spot;

static PyObject *place_of(const ntm_balance *balance, uint32_t cell) {
    if (cell == NTM_NO_CELL) return Py_NewRef(Py_None);
    ntm_balance_cell it = ntm_balance_cell_get(balance, cell);
    return Py_BuildValue("ss", it.row, it.column);
}

static PyObject *cause_at(const void *it, size_t index) {
    const spot *at = it;
    ntm_suspicion found = ntm_location_suspicion(at->location, at->group, at->set, at->suspect, index);
    return Py_BuildValue("iiNLi", (int)found.cause, found.power, place_of(at->balance, found.other),
                         (long long)found.value.coefficient, (int)found.value.scale);
}

static PyObject *suspect_at(const void *it, size_t index) {
    spot at = *(const spot *)it;
    at.suspect = index;
    ntm_suspect found = ntm_location_suspect(at.location, at.group, at.set, index);
    ntm_balance_cell cell = ntm_balance_cell_get(at.balance, found.cell);
    return Py_BuildValue("ssKLiNNNNN", cell.row, cell.column, (unsigned long long)cell.row_number,
                         (long long)cell.value.coefficient, (int)cell.value.scale, core_fraction(found.repaired.least),
                         core_fraction(found.repaired.most), PyBool_FromLong(found.least_open),
                         PyBool_FromLong(found.most_open), core_list(found.causes, cause_at, &at));
}

static PyObject *set_at(const void *it, size_t index) {
    spot at = *(const spot *)it;
    at.set = index;
    return core_list(ntm_location_group(at.location, at.group).size, suspect_at, &at);
}

static PyObject *located_at(const void *it, size_t index) {
    spot at = *(const spot *)it;
    at.group = index;
    ntm_located_group group = ntm_location_group(at.location, index);
    return Py_BuildValue("nniNnN", (Py_ssize_t)group.violations, (Py_ssize_t)group.cells, (int)group.end,
                         PyBool_FromLong(group.exact), (Py_ssize_t)group.least_size,
                         core_list(group.explanations, set_at, &at));
}

PyObject *core_balance_locate(const ntm_balance *balance, size_t size_most, size_t sets_most, uint64_t work_most) {
    ntm_locate_options options = NTM_LOCATE_OPTIONS_INIT;
    ntm_location *location = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status;
    options.size_most = size_most;
    options.explanations_most = sets_most;
    options.work_most = work_most;
    Py_BEGIN_ALLOW_THREADS status = ntm_locate(&location, balance, &options, &err);
    Py_END_ALLOW_THREADS if (status) return core_raise(&err, NULL);
    spot at = {balance, location, 0, 0, 0};
    PyObject *out = core_list(ntm_location_group_count(location), located_at, &at);
    ntm_location_free(location);
    return out;
}
