/* SPDX-License-Identifier: Apache-2.0 */
/* Observations in two times: the store, its views, and which reports came when. */
#include "core.h"

static ntm_observations *make(const core_source *from, int locale, PyObject *not_reported, PyObject *not_applicable) {
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_observations *store = NULL;
    options.locale = (ntm_locale)locale;
    if (from->separator) options.separator = from->separator[0];
    options.not_reported = core_text_array(not_reported, &options.not_reported_count);
    if (options.not_reported) options.not_applicable = core_text_array(not_applicable, &options.not_applicable_count);
    if (options.not_applicable) options.problems = core_problems();
    if (options.problems) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS if (from->table) status = ntm_observations_new(&store, from->table, &options, &err);
        else if (from->path) status = ntm_observations_open(&store, from->path, &options, &err);
        else status = ntm_observations_read(&store, from->bytes, from->size, from->name, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
    }
    ntm_problems_free(options.problems);
    PyMem_Free((void *)(uintptr_t)options.not_reported);
    PyMem_Free((void *)(uintptr_t)options.not_applicable);
    return store;
}

ntm_observations *core_observations_new(core_table *table, int locale, PyObject *not_reported,
                                        PyObject *not_applicable) {
    table->used = true;
    return make(&(core_source){.table = &table->table}, locale, not_reported, not_applicable);
}

ntm_observations *core_observations_open(const char *path, const char *separator, int locale, PyObject *not_reported,
                                         PyObject *not_applicable) {
    return make(&(core_source){.path = path, .separator = separator}, locale, not_reported, not_applicable);
}

ntm_observations *core_observations_read(const char *bytes, size_t size, const char *name, const char *separator,
                                         int locale, PyObject *not_reported, PyObject *not_applicable) {
    const core_source from = {.bytes = bytes, .size = size, .name = name, .separator = separator};
    return make(&from, locale, not_reported, not_applicable);
}

PyObject *core_observations_count(const ntm_observations *observations) {
    ntm_observed it = ntm_observations_count(observations);
    return Py_BuildValue("KKKK", (unsigned long long)it.rows, (unsigned long long)it.used,
                         (unsigned long long)it.repeated, (unsigned long long)it.places);
}

static PyObject *unit_at(const void *it, size_t index) { return core_text(ntm_observations_unit(it, index)); }
static PyObject *fact_at(const void *it, size_t index) { return core_text(ntm_observations_fact(it, index)); }
static PyObject *period_at(const void *it, size_t index) { return core_text(ntm_observations_period(it, index)); }

PyObject *core_observations_names(const ntm_observations *observations, int of) {
    ntm_observed it = ntm_observations_count(observations);
    if (of == 0) return core_list(it.units, unit_at, observations);
    if (of == 1) return core_list(it.facts, fact_at, observations);
    return core_list(it.periods, period_at, observations);
}

static PyObject *repeat_at(const void *it, size_t index) {
    const ntm_repeat *repeat = (const ntm_repeat *)it + index;
    return Py_BuildValue("KK", (unsigned long long)repeat->row, (unsigned long long)repeat->of);
}

PyObject *core_observations_repeated(const ntm_observations *observations) {
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_observations_repeated(NULL, &count, 0, observations, &err));
    if (status) return core_raise(&err, NULL);
    ntm_repeat *repeats = PyMem_Calloc(count + 1, sizeof *repeats);
    if (!repeats) return PyErr_NoMemory();
    CORE_UNLOCKED(status = ntm_observations_repeated(repeats, &count, count, observations, &err));
    PyObject *out = status ? core_raise(&err, NULL) : core_list(count, repeat_at, repeats);
    PyMem_Free(repeats);
    return out;
}

/* ------------------------------------------------------------------------------------------- what is asked */

/* Options from tuples or None; false with an exception set. The lists go back through give_back(). */
static bool take_question(ntm_observed_options *options, PyObject *facts, PyObject *periods, core_table *units,
                          int32_t known_on) {
    *options = (ntm_observed_options)NTM_OBSERVED_OPTIONS_INIT;
    options->known_on = known_on;
    if (units) {
        units->used = true;
        options->units = &units->table.fields[0].column;
    }
    if (facts != Py_None) options->facts = core_text_array(facts, &options->fact_count);
    if (PyErr_Occurred()) return false;
    if (periods != Py_None) options->periods = core_text_array(periods, &options->period_count);
    return !PyErr_Occurred();
}

static void give_back(ntm_observed_options *options) {
    PyMem_Free((void *)(uintptr_t)options->facts);
    PyMem_Free((void *)(uintptr_t)options->periods);
}

ntm_view *core_observed_new(const ntm_observations *observations, PyObject *facts, PyObject *periods,
                            core_table *units_or_none, int32_t known_on) {
    ntm_observed_options options;
    ntm_view *view = NULL;
    if (take_question(&options, facts, periods, units_or_none, known_on)) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_view_new(&view, observations, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
    }
    give_back(&options);
    return view;
}

static PyObject *view_unit(const void *it, size_t index) { return core_text(ntm_view_unit(it, index)); }
static PyObject *view_period(const void *it, size_t index) {
    return core_text(ntm_view_period(it, index * ntm_view_unit_count(it)));
}
static PyObject *view_fact(const void *it, size_t index) { return core_text(ntm_view_table(it)->fields[index].name); }

PyObject *core_observed_names(const ntm_view *view) {
    size_t units = ntm_view_unit_count(view), periods = ntm_view_period_count(view);
    /* Without rows nothing can be asked of them. */
    return Py_BuildValue("NNN", core_list(periods ? units : 0, view_unit, view),
                         core_list(units ? periods : 0, view_period, view),
                         core_list(ntm_view_table(view)->field_count, view_fact, view));
}

static PyObject *category_at(const void *it, size_t index) { return core_text(((const char *const *)it)[index]); }

PyObject *core_observed_column(const ntm_view *view, size_t fact) {
    const ntm_table *table = ntm_view_table(view);
    if (fact >= table->field_count) return PyErr_Format(PyExc_IndexError, "no fact %zu", fact);
    const ntm_column *column = &table->fields[fact].column;
    Py_ssize_t bits = (Py_ssize_t)((table->rows + 7) / 8);
    PyObject *categories = Py_NewRef(Py_None);
    if (column->categories) {
        Py_DECREF(categories);
        PyObject *list = core_list(column->category_count, category_at, column->categories);
        categories = list ? PyList_AsTuple(list) : NULL;
        Py_XDECREF(list);
    }
    return Py_BuildValue("iy#y#y#N", (int)column->scale, (const char *)column->data,
                         (Py_ssize_t)(table->rows * (size_t)column->stride_bytes), (const char *)column->validity, bits,
                         (const char *)column->not_applicable, bits, categories);
}

PyObject *core_observed_cells(const ntm_view *view, int64_t fact) {
    ntm_view_count it = fact < 0 ? ntm_view_cells(view) : ntm_view_fact_cells(view, (size_t)fact);
    return Py_BuildValue("KKKKKK", (unsigned long long)it.cells, (unsigned long long)it.reported,
                         (unsigned long long)it.not_applicable, (unsigned long long)it.withdrawn,
                         (unsigned long long)it.unknown, (unsigned long long)it.left_out);
}

PyObject *core_observed_source(const ntm_view *view, size_t fact, size_t row) {
    uint64_t source_row = ntm_view_source(view, fact, row);
    return source_row == NTM_NO_ROW ? Py_NewRef(Py_None) : PyLong_FromUnsignedLongLong(source_row);
}

/* ------------------------------------------------------------------------------------------- punctuality */

ntm_punctuality *core_punctuality_new(const ntm_observations *observations, PyObject *facts, PyObject *periods,
                                      core_table *units_or_none, int32_t known_on, int32_t due_days) {
    ntm_observed_options options;
    ntm_punctuality *punctuality = NULL;
    if (take_question(&options, facts, periods, units_or_none, known_on)) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_punctuality_new(&punctuality, observations, &options, due_days, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
    }
    give_back(&options);
    return punctuality;
}

PyObject *core_punctuality_get(const ntm_punctuality *punctuality, int of, size_t index) {
    const char *name = NULL;
    ntm_punctual it = of == 0   ? ntm_punctuality_total(punctuality)
                      : of == 1 ? ntm_punctuality_fact(&name, punctuality, index)
                                : ntm_punctuality_unit(&name, punctuality, index);
    if (of != 0 && !name) return Py_NewRef(Py_None);
    return Py_BuildValue("zKKKKKKK", name, (unsigned long long)it.expected, (unsigned long long)it.in_time,
                         (unsigned long long)it.late, (unsigned long long)it.missing, (unsigned long long)it.not_due,
                         (unsigned long long)it.corrected, (unsigned long long)it.withdrawn);
}

static PyObject *missing_at(const void *it, size_t index) {
    const ntm_missing *one = (const ntm_missing *)it + index;
    return Py_BuildValue("sssi", one->unit, one->fact, one->period, (int)one->due_on);
}

PyObject *core_punctuality_missing(const ntm_punctuality *punctuality) {
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_punctuality_missing(NULL, &count, 0, punctuality, &err));
    if (status) return core_raise(&err, NULL);
    ntm_missing *missing = PyMem_Calloc(count + 1, sizeof *missing);
    if (!missing) return PyErr_NoMemory();
    Py_BEGIN_ALLOW_THREADS status = ntm_punctuality_missing(missing, &count, count, punctuality, &err);
    Py_END_ALLOW_THREADS PyObject *out = status ? core_raise(&err, NULL) : core_list(count, missing_at, missing);
    PyMem_Free(missing);
    return out;
}
