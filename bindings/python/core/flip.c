/* SPDX-License-Identifier: Apache-2.0 */
/* Flips. */
#include "core.h"

ntm_flips *core_flips_new(const core_plan *plan, core_table *table, const char *figure, PyObject *axes, int of,
                          size_t index) {
    ntm_flips_options options = NTM_FLIPS_OPTIONS_INIT;
    ntm_axis_value *array = core_axis_array(axes, &options.axis_count);
    ntm_problems *problems = array ? core_problems() : NULL;
    ntm_flips *flips = NULL;
    if (problems) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        options.figure = figure;
        options.axes = array;
        options.of = (ntm_of)of;
        options.index = index;
        options.ignore_unknown = true; /* the package looked at the names */
        options.problems = problems;
        table->used = true;
        Py_BEGIN_ALLOW_THREADS status = ntm_flips_new(&flips, plan->it, &table->table, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, problems);
    }
    ntm_problems_free(problems);
    PyMem_Free(array);
    return flips;
}

PyObject *core_flips_about(const ntm_flips *flips) {
    return Py_BuildValue("nnnn", (Py_ssize_t)ntm_flips_rows(flips), (Py_ssize_t)ntm_flips_moving(flips),
                         (Py_ssize_t)ntm_flips_count(flips), (Py_ssize_t)ntm_flips_steps(flips));
}

static ntm_status put_flips(int64_t *rows, int64_t *at, int8_t *around, const ntm_flips *flips, size_t count,
                            ntm_error *err) {
    ntm_status status = NTM_OK;
    for (size_t i = 0; i < count && !status; i++) {
        ntm_flip flip;
        status = ntm_flips_at(&flip, flips, i, err);
        if (status) break;
        rows[i] = (int64_t)flip.row;
        at[2 * i] = flip.at.numerator;
        at[2 * i + 1] = flip.at.denominator;
        around[3 * i] = (int8_t)flip.below;
        around[3 * i + 1] = (int8_t)flip.exactly;
        around[3 * i + 2] = (int8_t)flip.above;
    }
    return status;
}

PyObject *core_flips_get(const ntm_flips *flips, PyObject *rows, PyObject *at, PyObject *verdicts) {
    size_t count = ntm_flips_count(flips);
    Py_buffer to_rows, to_at, to_verdicts;
    ntm_error err = NTM_ERROR_INIT;
    if (!core_writable(&to_rows, rows, count, sizeof(int64_t))) return NULL;
    if (!core_writable(&to_at, at, 2 * count, sizeof(int64_t))) {
        PyBuffer_Release(&to_rows);
        return NULL;
    }
    if (!core_writable(&to_verdicts, verdicts, 3 * count, 1)) {
        PyBuffer_Release(&to_rows);
        PyBuffer_Release(&to_at);
        return NULL;
    }
    ntm_status status;
    CORE_UNLOCKED(status = put_flips(to_rows.buf, to_at.buf, to_verdicts.buf, flips, count, &err));
    PyBuffer_Release(&to_rows);
    PyBuffer_Release(&to_at);
    PyBuffer_Release(&to_verdicts);
    if (status) return core_raise(&err, NULL);
    Py_RETURN_NONE;
}

static int64_t *put_tally(int64_t *to, ntm_tally tally) {
    *to++ = (int64_t)tally.met;
    *to++ = (int64_t)tally.not_met;
    *to++ = (int64_t)tally.open;
    return to;
}

PyObject *core_flips_get_steps(const ntm_flips *flips, PyObject *out) {
    size_t count = ntm_flips_steps(flips);
    Py_buffer view;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = NTM_OK;
    if (!core_writable(&view, out, 11 * count, sizeof(int64_t))) return NULL;
    int64_t *to = view.buf;
    for (size_t i = 0; i < count && !status; i++) {
        ntm_flip_step step;
        status = ntm_flips_step(&step, flips, i, &err);
        if (status) break;
        *to++ = step.at.numerator;
        *to++ = step.at.denominator;
        to = put_tally(put_tally(put_tally(to, step.below), step.exactly), step.above);
    }
    PyBuffer_Release(&view);
    if (status) return core_raise(&err, NULL);
    Py_RETURN_NONE;
}

PyObject *core_flips_tally(const ntm_flips *flips, int64_t coefficient, int scale) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_tally tally;
    ntm_decimal threshold = {coefficient, (uint8_t)scale};
    ntm_status status;
    CORE_UNLOCKED(status = scale < 0 ? ntm_flips_tally_now(&tally, flips, &err)
                                     : ntm_flips_tally(&tally, flips, threshold, &err));
    if (status) return core_raise(&err, NULL);
    return Py_BuildValue("KKK", (unsigned long long)tally.met, (unsigned long long)tally.not_met,
                         (unsigned long long)tally.open);
}

PyObject *core_flips_verdict(const ntm_flips *flips, size_t row, int64_t coefficient, int scale) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_verdict verdict;
    ntm_status status = scale < 0
                            ? ntm_flips_verdict_now(&verdict, flips, row, &err)
                            : ntm_flips_verdict(&verdict, flips, row, (ntm_decimal){coefficient, (uint8_t)scale}, &err);
    if (status) return core_raise(&err, NULL);
    return PyLong_FromLong(verdict);
}

static PyObject *change(const void *changes, size_t index) {
    const ntm_flip_change *it = (const ntm_flip_change *)changes + index;
    return Py_BuildValue("nii", (Py_ssize_t)it->row, (int)it->now, (int)it->then);
}

PyObject *core_flips_changed(const ntm_flips *flips, int64_t coefficient, int scale) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal threshold = {coefficient, (uint8_t)scale};
    size_t count = 0, there = 0;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_flips_changed(NULL, &count, 0, flips, threshold, &err));
    if (status) return core_raise(&err, NULL);
    ntm_flip_change *changes = PyMem_Calloc(count + 1, sizeof *changes);
    if (!changes) return PyErr_NoMemory();
    CORE_UNLOCKED(status = ntm_flips_changed(changes, &there, count, flips, threshold, &err));
    PyObject *out = status ? core_raise(&err, NULL) : core_list(count, change, changes);
    PyMem_Free(changes);
    return out;
}
