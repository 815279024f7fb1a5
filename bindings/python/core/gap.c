/* SPDX-License-Identifier: Apache-2.0 */
/* Gaps and margins: whole columns as bytes. */
#include "core.h"

/* (input, coefficient, scale) triples as an array; NULL with an exception set. The texts are borrowed. */
static ntm_gap_price *price_array(PyObject *prices, size_t *count) {
    if (!PyTuple_Check(prices)) {
        PyErr_SetString(PyExc_TypeError, "prices are a tuple of triples");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(prices);
    ntm_gap_price *array = PyMem_Calloc(*count + 1, sizeof *array);
    if (!array) PyErr_NoMemory();
    for (size_t i = 0; array && i < *count; i++) {
        long long coefficient = 0;
        int scale = 0;
        if (!PyArg_ParseTuple(PyTuple_GetItem(prices, (Py_ssize_t)i), "sLi", &array[i].input, &coefficient, &scale)) {
            PyMem_Free(array);
            return NULL;
        }
        array[i].price = (ntm_decimal){coefficient, (uint8_t)scale};
    }
    return array;
}

/* Row numbers from a tuple; none for None. False with an exception set. */
static bool row_array(PyObject *rows, size_t **out, size_t *count) {
    *out = NULL;
    *count = 0;
    if (rows == Py_None) return true;
    if (!PyTuple_Check(rows)) {
        PyErr_SetString(PyExc_TypeError, "rows are a tuple or None");
        return false;
    }
    *count = (size_t)PyTuple_Size(rows);
    *out = PyMem_Calloc(*count + 1, sizeof **out);
    if (!*out) PyErr_NoMemory();
    for (size_t i = 0; *out && i < *count; i++)
        (*out)[i] = PyLong_AsSize_t(PyTuple_GetItem(rows, (Py_ssize_t)i));
    return *out && !PyErr_Occurred();
}

ntm_gaps *core_gaps_new(const core_plan *plan, core_table *table, bool margins, bool revocation, bool untold_law,
                        PyObject *prices, PyObject *rows) {
    ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
    ntm_gaps *gaps = NULL;
    ntm_gap_price *array = price_array(prices, &options.price_count);
    if (!array) return NULL;
    options.prices = array;
    options.margins = margins;
    options.revocation = revocation;
    options.untold_law = untold_law;
    options.ignore_unknown = true; /* the package looked at the names */
    options.problems = core_problems();
    size_t *chosen = NULL;
    if (options.problems && row_array(rows, &chosen, &options.row_count)) {
        options.rows = chosen;
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        table->used = true;
        Py_BEGIN_ALLOW_THREADS status = ntm_gaps_new(&gaps, plan->it, &table->table, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
    }
    ntm_problems_free(options.problems);
    PyMem_Free(chosen);
    PyMem_Free(array);
    return gaps;
}

static PyObject *subject_at(const void *gaps, size_t index) {
    const ntm_gap_subject *it = ntm_gaps_subject(gaps, index);
    return Py_BuildValue("iiinNzzzzzzzO", (int)it->kind, (int)it->closing, (int)it->of, (Py_ssize_t)it->index,
                         core_index(it->criterion), it->input, it->fact, it->name.vi, it->name.en, it->unit, it->level,
                         it->evidence, it->whole ? Py_True : Py_False);
}

PyObject *core_gaps_subjects(const ntm_gaps *gaps) { return core_list(ntm_gaps_subject_count(gaps), subject_at, gaps); }

/* Bytes of `count` things to be written; NULL with an exception set. */
static void *room(PyObject **out, size_t count, size_t size) {
    *out = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(count * size));
    return *out ? PyBytes_AsString(*out) : NULL;
}

PyObject *core_gaps_columns(const ntm_gaps *gaps) {
    size_t count = ntm_gaps_count(gaps);
    PyObject *columns[4] = {NULL, NULL, NULL, NULL};
    int64_t *rows = room(&columns[0], count, sizeof *rows);
    int32_t *subjects = room(&columns[1], count, sizeof *subjects);
    uint8_t *words = room(&columns[2], count, 6);
    int64_t *amounts = room(&columns[3], count, 4 * sizeof *amounts);
    for (size_t i = 0; rows && subjects && words && amounts && i < count; i++) {
        ntm_gap gap = ntm_gaps_at(gaps, i);
        rows[i] = (int64_t)gap.row;
        subjects[i] = (int32_t)gap.subject;
        const uint8_t said[6] = {(uint8_t)gap.kind, (uint8_t)gap.untold, (uint8_t)gap.needed_for,
                                 gap.strict,        gap.out_of_reach,    gap.down};
        memcpy(words + 6 * i, said, sizeof said);
        const int64_t amount[4] = {gap.amount.least.numerator, gap.amount.least.denominator, gap.amount.most.numerator,
                                   gap.amount.most.denominator};
        memcpy(amounts + 4 * i, amount, sizeof amount);
    }
    return Py_BuildValue("NNNN", columns[0], columns[1], columns[2], columns[3]);
}

PyObject *core_gaps_margins(const ntm_gaps *gaps) {
    size_t count = ntm_gaps_margin_count(gaps);
    PyObject *columns[3] = {NULL, NULL, NULL};
    int64_t *rows = room(&columns[0], count, sizeof *rows);
    int32_t *what = room(&columns[1], count, 3 * sizeof *what);
    int64_t *amounts = room(&columns[2], count, 4 * sizeof *amounts);
    for (size_t i = 0; rows && what && amounts && i < count; i++) {
        ntm_margin margin = ntm_gaps_margin(gaps, i);
        rows[i] = (int64_t)margin.row;
        what[3 * i] = (int32_t)margin.criterion;
        what[3 * i + 1] = (int32_t)margin.subject;
        what[3 * i + 2] = margin.strict;
        const int64_t amount[4] = {margin.spare.numerator, margin.spare.denominator, margin.relative.numerator,
                                   margin.relative.denominator};
        memcpy(amounts + 4 * i, amount, sizeof amount);
    }
    return Py_BuildValue("NNN", columns[0], columns[1], columns[2]);
}

PyObject *core_gaps_row(const ntm_gaps *gaps, size_t row) {
    ntm_gaps_row it = ntm_gaps_of_row(gaps, row);
    return Py_BuildValue("iIIINNI", (int)it.status, it.works, it.untold, it.criteria, core_fraction(it.cost_least),
                         core_fraction(it.cost_most), it.unpriced);
}

/* Works, untold ones among them, and criteria of every row: uint32 each. */
PyObject *core_gaps_works(const ntm_gaps *gaps) {
    size_t rows = ntm_gaps_rows(gaps);
    PyObject *out = NULL;
    uint32_t *numbers = room(&out, rows, 3 * sizeof *numbers);
    for (size_t i = 0; numbers && i < rows; i++) {
        ntm_gaps_row it = ntm_gaps_of_row(gaps, i);
        numbers[3 * i] = it.works;
        numbers[3 * i + 1] = it.untold;
        numbers[3 * i + 2] = it.criteria;
    }
    return out;
}

PyObject *core_gaps_bounds(const ntm_gaps *gaps, size_t row, bool margins) {
    size_t first = margins ? ntm_gaps_first_margin(gaps, row) : ntm_gaps_first(gaps, row);
    size_t end = margins ? ntm_gaps_first_margin(gaps, row + 1) : ntm_gaps_first(gaps, row + 1);
    return Py_BuildValue("nn", (Py_ssize_t)first, (Py_ssize_t)end);
}

PyObject *core_gaps_risk(const ntm_gaps *gaps, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_risk it;
    if (ntm_gaps_risk(&it, gaps, row, &err)) return core_raise(&err, NULL);
    ntm_fraction relative = it.has_relative ? it.relative : (ntm_fraction){0, 0};
    return Py_BuildValue("iNN", (int)it.revocation, core_index(it.steps), core_fraction(relative));
}
