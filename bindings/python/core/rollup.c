/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of some units made into facts of others. */
#include "core.h"

/* A contiguous, readable buffer of `rows` items of `size` bytes, or of none for None; false with an exception set. */
static bool read_buffer(Py_buffer *view, PyObject *from, size_t rows, size_t size) {
    view->obj = NULL;
    view->buf = NULL;
    if (from == Py_None) return true;
    if (PyObject_GetBuffer(from, view, PyBUF_C_CONTIGUOUS) < 0) return false;
    if ((size_t)view->len == rows * size) return true;
    PyErr_Format(PyExc_ValueError, "%zu items of %zu bytes are needed", rows, size);
    return false;
}

static void release(Py_buffer *views, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (views[i].obj) PyBuffer_Release(&views[i]);
}

static ntm_rollup_part part_at(const Py_buffer views[6], size_t at) {
    ntm_rollup_part part = {
        ((const uint32_t *)views[0].buf)[at], ((const uint32_t *)views[1].buf)[at], false, false, {0, 0}};
    if (views[2].buf) part.partial = ((const uint8_t *)views[2].buf)[at] != 0;
    if (views[3].buf) part.has_weight = ((const uint8_t *)views[3].buf)[at] != 0;
    if (views[4].buf) part.weight.coefficient = ((const int64_t *)views[4].buf)[at];
    if (views[5].buf) part.weight.scale = ((const uint8_t *)views[5].buf)[at];
    return part;
}

ntm_rollup *core_rollup_new(PyObject *columns, size_t count, size_t from_rows, size_t to_rows) {
    static const size_t sizes[6] = {4, 4, 1, 1, 8, 1};
    Py_buffer views[6] = {{0}};
    ntm_rollup *rollup = NULL;
    bool good = PyTuple_Check(columns) && PyTuple_Size(columns) == 6;
    if (!good) PyErr_SetString(PyExc_TypeError, "six columns are needed");
    for (Py_ssize_t i = 0; good && i < 6; i++) {
        good = read_buffer(&views[i], PyTuple_GetItem(columns, i), count, sizes[i]);
        if (good && i < 2 && count && !views[i].buf) {
            PyErr_SetString(PyExc_TypeError, "the rows of every part are needed");
            good = false;
        }
    }
    ntm_rollup_part *parts = good ? PyMem_Calloc(count + 1, sizeof *parts) : NULL;
    if (good && !parts) PyErr_NoMemory();
    if (parts) {
        ntm_error err = NTM_ERROR_INIT;
        for (size_t i = 0; i < count; i++)
            parts[i] = part_at(views, i);
        ntm_status status;
        CORE_UNLOCKED(status = ntm_rollup_new(&rollup, parts, count, from_rows, to_rows, NULL, &err));
        if (status) core_raise(&err, NULL);
    }
    PyMem_Free(parts);
    release(views, 6);
    return rollup;
}

ntm_rollup *core_rollup_over_periods(size_t rows, PyObject *groups, size_t period_count, size_t group_count) {
    Py_buffer view = {0};
    ntm_rollup *rollup = NULL;
    if (read_buffer(&view, groups, period_count, 4)) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        CORE_UNLOCKED(status = ntm_rollup_over_periods(&rollup, rows, view.buf, view.buf ? period_count : 0,
                                                       group_count, NULL, &err));
        if (status) core_raise(&err, NULL);
    }
    release(&view, 1);
    return rollup;
}

ntm_rollup *core_rollup_then(const ntm_rollup *first, const ntm_rollup *second) {
    const ntm_rollup *const stages[2] = {first, second};
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *rollup = NULL;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_rollup_chain(&rollup, stages, 2, NULL, &err));
    if (status) core_raise(&err, NULL);
    return rollup;
}

/* ------------------------------------------------------------------------------------------- results */

/* A bound is None or (coefficient, scale); false with an exception set. */
static bool take_bound(bool *has, ntm_decimal *out, PyObject *pair) {
    long long coefficient = 0;
    int scale = 0;
    if (pair == Py_None) return true;
    if (!PyArg_ParseTuple(pair, "Li", &coefficient, &scale)) return false;
    *has = true;
    *out = (ntm_decimal){coefficient, (uint8_t)(scale < 0 || scale > NTM_SCALE_MAX ? NTM_SCALE_MAX + 1 : scale)};
    return true;
}

/* A fact is (id, kind, unit, least, most, by, levels, merge, weight, numerator, denominator, over time); its texts are
   borrowed from it, its levels freed by the caller. */
static bool take_fact(ntm_fact *out, PyObject *from) {
    PyObject *least, *most, *levels;
    int kind = 0, merge = 0, over_time = 0;
    if (!PyTuple_Check(from) ||
        !PyArg_ParseTuple(from, "sizOOzOizzzi", &out->id, &kind, &out->unit, &least, &most, &out->by, &levels, &merge,
                          &out->merge_weight, &out->merge_parts[0], &out->merge_parts[1], &over_time)) {
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "facts are tuples");
        return false;
    }
    out->kind = (ntm_fact_kind)kind;
    out->merge = (ntm_merge)merge;
    out->over_time = (ntm_over_time)over_time;
    if (!take_bound(&out->has_least, &out->least, least) || !take_bound(&out->has_most, &out->most, most)) return false;
    out->levels = core_text_array(levels, &out->level_count);
    return out->levels != NULL;
}

static void free_facts(ntm_fact *facts, const ntm_fact **list, size_t count) {
    for (size_t i = 0; facts && i < count; i++)
        PyMem_Free((void *)(uintptr_t)facts[i].levels);
    PyMem_Free(facts);
    PyMem_Free(list);
}

ntm_rolled *core_rolled_new(const ntm_rollup *rollup, core_table *table, PyObject *facts, bool ignore_unknown,
                            int scale) {
    if (!PyTuple_Check(facts)) {
        PyErr_SetString(PyExc_TypeError, "facts are a tuple");
        return NULL;
    }
    size_t count = (size_t)PyTuple_Size(facts);
    ntm_fact *array = PyMem_Calloc(count + 1, sizeof *array);
    const ntm_fact **list = PyMem_Calloc(count + 1, sizeof *list);
    ntm_problems *problems = array && list ? core_problems() : NULL;
    ntm_rolled *rolled = NULL;
    bool good = problems != NULL;
    if (!array || !list) PyErr_NoMemory();
    for (size_t i = 0; good && i < count; i++) {
        list[i] = &array[i];
        good = take_fact(&array[i], PyTuple_GetItem(facts, (Py_ssize_t)i));
    }
    if (good) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_rolled_options options = NTM_ROLLED_OPTIONS_INIT;
        options.ignore_unknown = ignore_unknown;
        options.scale = (uint8_t)(scale < 0 || scale > NTM_SCALE_MAX ? NTM_SCALE_MAX + 1 : scale);
        options.problems = problems;
        table->used = true;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_rolled_new(&rolled, rollup, list, count, &table->table, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, problems);
    }
    ntm_problems_free(problems);
    free_facts(array, list, count);
    return rolled;
}

PyObject *core_rolled_names(const ntm_rolled *rolled) {
    const ntm_table *table = ntm_rolled_table(rolled);
    PyObject *names = PyTuple_New((Py_ssize_t)table->field_count);
    for (size_t i = 0; names && i < table->field_count; i++) {
        PyObject *name = PyUnicode_FromString(table->fields[i].name);
        if (name)
            PyTuple_SetItem(names, (Py_ssize_t)i, name);
        else
            Py_CLEAR(names);
    }
    return names;
}

size_t core_rolled_rows(const ntm_rolled *rolled) { return ntm_rolled_table(rolled)->rows; }

static PyObject *bytes_of(const void *from, size_t size) {
    return from ? PyBytes_FromStringAndSize(from, (Py_ssize_t)size) : Py_NewRef(Py_None);
}

PyObject *core_rolled_column(const ntm_rolled *rolled, size_t index) {
    const ntm_table *table = ntm_rolled_table(rolled);
    if (index >= table->field_count) return PyErr_Format(PyExc_IndexError, "no column %zu", index);
    const ntm_column *it = &table->fields[index].column;
    size_t bits = (table->rows + 7) / 8;
    size_t size = it->type == NTM_TYPE_BITS ? bits : table->rows * (size_t)it->stride_bytes;
    PyObject *levels = PyTuple_New((Py_ssize_t)it->category_count);
    for (size_t i = 0; levels && i < it->category_count; i++) {
        PyObject *level = PyUnicode_FromString(it->categories[i]);
        if (level)
            PyTuple_SetItem(levels, (Py_ssize_t)i, level);
        else
            Py_CLEAR(levels);
    }
    if (!levels) return NULL;
    return Py_BuildValue("iiNNNN", it->type == NTM_TYPE_BITS ? 0 : (int)it->stride_bytes, (int)it->scale,
                         bytes_of(it->data, size), bytes_of(it->validity, bits), bytes_of(it->not_applicable, bits),
                         levels);
}

PyObject *core_rolled_range(const ntm_rolled *rolled, const char *column, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_range range;
    ntm_status status = ntm_rolled_range(&range, rolled, column, row, &err);
    if (status == NTM_ERROR_NOT_FOUND && err.row != NTM_NO_ROW) Py_RETURN_NONE; /* not applicable */
    return status ? core_raise(&err, NULL) : core_range(range);
}

PyObject *core_rolled_parts(const ntm_rolled *rolled, const char *column, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_rolled_parts of;
    if (ntm_rolled_parts_of(&of, rolled, column, row, &err)) return core_raise(&err, NULL);
    return Py_BuildValue("IIIII", of.parts, of.reported, of.not_reported, of.not_applicable, of.divided);
}

/* ------------------------------------------------------------------------------------------- units in time */

/* Two buffers of uint32 as lists of units; false with an exception set. */
static bool read_units(Py_buffer views[2], size_t counts[2], PyObject *from, PyObject *to) {
    PyObject *const lists[2] = {from, to};
    for (int i = 0; i < 2; i++) {
        if (PyObject_GetBuffer(lists[i], &views[i], PyBUF_C_CONTIGUOUS) < 0) return false;
        if (views[i].itemsize != (Py_ssize_t)sizeof(ntm_unit)) {
            PyErr_SetString(PyExc_ValueError, "units are items of 4 bytes");
            return false;
        }
        counts[i] = (size_t)views[i].len / sizeof(ntm_unit);
    }
    return true;
}

ntm_rollup *core_rollup_across(const ntm_units *units, PyObject *from, int32_t since, PyObject *to, int32_t by,
                               const char *weight, bool ignore_others) {
    ntm_rollup_units_options options = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    Py_buffer views[2] = {{0}};
    size_t counts[2] = {0, 0};
    ntm_rollup *rollup = NULL;
    options.weight = weight;
    options.ignore_others = ignore_others;
    if (read_units(views, counts, from, to)) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_rollup_across(&rollup, units, views[0].buf, counts[0], since, views[1].buf,
                                                          counts[1], by, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
    }
    release(views, 2);
    return rollup;
}

ntm_rollup *core_rollup_up(const ntm_units *units, PyObject *from, PyObject *to, PyObject *filter, bool ignore_others) {
    ntm_rollup_units_options options = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    ntm_unit_filter which = NTM_UNIT_FILTER_INIT;
    Py_buffer views[2] = {{0}};
    size_t counts[2] = {0, 0};
    ntm_rollup *rollup = NULL;
    options.ignore_others = ignore_others;
    if (core_take_filter(&which, filter) && read_units(views, counts, from, to)) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status =
            ntm_rollup_up(&rollup, units, views[0].buf, counts[0], views[1].buf, counts[1], &which, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
    }
    release(views, 2);
    return rollup;
}
