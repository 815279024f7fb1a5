/* SPDX-License-Identifier: Apache-2.0 */
/* Trajectories: months of observations against targets and deadlines. */
#include "core.h"

static ntm_date *take_days(PyObject *from, size_t *count) {
    *count = (size_t)PyTuple_Size(from);
    ntm_date *days = PyMem_Calloc(*count + 1, sizeof *days);
    if (!days) PyErr_NoMemory();
    for (size_t i = 0; days && i < *count; i++) {
        long day = PyLong_AsLong(PyTuple_GetItem(from, (Py_ssize_t)i));
        if (!PyErr_Occurred() && (day < INT32_MIN || day > INT32_MAX)) PyErr_SetString(PyExc_OverflowError, "no day");
        if (PyErr_Occurred()) {
            PyMem_Free(days);
            return NULL;
        }
        days[i] = (ntm_date)day;
    }
    return days;
}

PyObject *core_period_end(const char *text, size_t size) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_period period;
    if (ntm_period_parse(&period, text, size, &err)) return core_raise(&err, NULL);
    return core_date(period.last_day);
}

ntm_trajectory *core_trajectory_new(const core_plan *plan, core_table *table, core_table *units, PyObject *ends,
                                    core_table *targets_or_none, bool ignore_unknown) {
    ntm_trajectory_options options = NTM_TRAJECTORY_OPTIONS_INIT;
    ntm_trajectory *trajectory = NULL;
    if (!PyTuple_Check(ends)) {
        PyErr_SetString(PyExc_TypeError, "days are a tuple of int");
        return NULL;
    }
    ntm_date *days = take_days(ends, &options.period_count);
    if (!days) return NULL;
    table->used = units->used = true;
    if (targets_or_none) targets_or_none->used = true;
    options.units = &units->table.fields[0].column;
    options.period_ends = days;
    options.targets = targets_or_none ? &targets_or_none->table : NULL;
    options.ignore_unknown = ignore_unknown;
    options.problems = core_problems();
    if (options.problems) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_trajectory_new(&trajectory, plan->it, &table->table, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
    }
    ntm_problems_free(options.problems);
    PyMem_Free(days);
    return trajectory;
}

static PyObject *series_at(const void *it, size_t index) {
    const ntm_track_series *one = ntm_trajectory_series(it, index);
    return Py_BuildValue("izOOiz", (int)one->of, one->id, one->measured ? Py_True : Py_False,
                         one->whole ? Py_True : Py_False, (int)one->sign, one->unit);
}

PyObject *core_trajectory_series(const ntm_trajectory *trajectory) {
    return core_list(ntm_trajectory_series_count(trajectory), series_at, trajectory);
}

PyObject *core_trajectory_table(const ntm_trajectory *trajectory) {
    return core_columns(ntm_trajectory_table(trajectory));
}

PyObject *core_trajectory_cell(const ntm_trajectory *trajectory, size_t series, size_t unit, size_t period) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_track_cell it;
    if (ntm_trajectory_cell(&it, trajectory, series, unit, period, &err)) return core_raise(&err, NULL);
    return Py_BuildValue("iiNNNNNN", (int)it.state, (int)it.why, core_range(it.value), core_range(it.target),
                         core_fraction(it.interim), core_fraction(it.behind), core_date(it.since),
                         core_date(it.fell_since));
}

PyObject *core_trajectory_target(const ntm_trajectory *trajectory, size_t series, size_t unit) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_track_target it;
    if (ntm_trajectory_target(&it, trajectory, series, unit, &err)) return core_raise(&err, NULL);
    return Py_BuildValue("NiNNNzN", core_date(it.deadline), (int)it.line, core_date(it.from),
                         core_fraction(it.baseline), core_fraction(it.value), it.citation,
                         it.row == NTM_NO_ROW ? Py_NewRef(Py_None) : PyLong_FromUnsignedLongLong(it.row));
}

PyObject *core_trajectory_outlook(const ntm_trajectory *trajectory, size_t series, size_t unit, size_t period) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_track_outlook it;
    if (ntm_trajectory_outlook(&it, trajectory, series, unit, period, &err)) return core_raise(&err, NULL);
    return Py_BuildValue("NNNNNNN", core_range(it.needed), core_fraction(it.months), core_range(it.pace_needed),
                         core_date(it.first_reported), core_date(it.last_reported), core_fraction(it.pace_so_far),
                         core_date(it.arrives_on));
}

PyObject *core_trajectory_tally(const ntm_trajectory *trajectory, size_t series, size_t period) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_track_tally it;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_trajectory_tally(&it, trajectory, series, period, &err));
    if (status) return core_raise(&err, NULL);
    return Py_BuildValue("KKKKK", (unsigned long long)it.attained, (unsigned long long)it.on_track,
                         (unsigned long long)it.behind, (unsigned long long)it.missed, (unsigned long long)it.open);
}

static PyObject *place_at(const void *it, size_t index) {
    const ntm_track_place *one = (const ntm_track_place *)it + index;
    return Py_BuildValue("nnn", (Py_ssize_t)one->series, (Py_ssize_t)one->unit, (Py_ssize_t)one->period);
}

PyObject *core_trajectory_places(const ntm_trajectory *trajectory, int64_t series, int64_t period) {
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0, of = series < 0 ? NTM_TRACK_ALL : (size_t)series, at = (size_t)period;
    ntm_status status;
    CORE_UNLOCKED(status = period < 0 ? ntm_trajectory_fallen(NULL, &count, 0, trajectory, of, &err)
                                      : ntm_trajectory_behind(NULL, &count, 0, trajectory, of, at, &err));
    if (status) return core_raise(&err, NULL);
    ntm_track_place *places = PyMem_Calloc(count + 1, sizeof *places);
    if (!places) return PyErr_NoMemory();
    Py_BEGIN_ALLOW_THREADS status = period < 0 ? ntm_trajectory_fallen(places, &count, count, trajectory, of, &err)
                                               : ntm_trajectory_behind(places, &count, count, trajectory, of, at, &err);
    Py_END_ALLOW_THREADS PyObject *out = status ? core_raise(&err, NULL) : core_list(count, place_at, places);
    PyMem_Free(places);
    return out;
}
