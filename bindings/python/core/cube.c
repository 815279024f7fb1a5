/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of a ledger, tallies, cubes and rates. */
#include "core.h"

/* ------------------------------------------------------------------------------------------- questions */

ntm_side *core_side_array(PyObject *from, size_t *count) {
    *count = (size_t)PyTuple_Size(from);
    ntm_side *sides = PyMem_Calloc(*count + 1, sizeof *sides);
    if (!sides) PyErr_NoMemory();
    for (size_t i = 0; sides && i < *count; i++) {
        int up = 0;
        if (!PyArg_ParseTuple(PyTuple_GetItem(from, (Py_ssize_t)i), "szp", &sides[i].dimension, &sides[i].level,
                              &up)) {
            PyMem_Free(sides);
            return NULL;
        }
        sides[i].up = up != 0;
    }
    return sides;
}

void core_only_free(ntm_only *only, size_t count) {
    for (size_t i = 0; only && i < count; i++)
        PyMem_Free((void *)(uintptr_t)only[i].members);
    PyMem_Free(only);
}

ntm_only *core_only_array(PyObject *from, size_t *count) {
    *count = (size_t)PyTuple_Size(from);
    ntm_only *only = PyMem_Calloc(*count + 1, sizeof *only);
    if (!only) PyErr_NoMemory();
    for (size_t i = 0; only && i < *count; i++) {
        PyObject *members = NULL;
        bool good = PyArg_ParseTuple(PyTuple_GetItem(from, (Py_ssize_t)i), "sO!", &only[i].dimension, &PyTuple_Type,
                                     &members) != 0;
        if (good) only[i].members = core_text_array(members, &only[i].member_count);
        if (only[i].members) continue;
        core_only_free(only, *count);
        return NULL;
    }
    return only;
}

static ntm_expected *take_expected(PyObject *from, size_t *count) {
    *count = (size_t)PyTuple_Size(from);
    ntm_expected *expected = PyMem_Calloc(*count + 1, sizeof *expected);
    if (!expected) PyErr_NoMemory();
    for (size_t i = 0; expected && i < *count; i++) {
        int length = 0;
        if (!PyArg_ParseTuple(PyTuple_GetItem(from, (Py_ssize_t)i), "siii", &expected[i].stage, &length,
                              &expected[i].from, &expected[i].to)) {
            PyMem_Free(expected);
            return NULL;
        }
        expected[i].length = (ntm_period_length)length;
    }
    return expected;
}

static void free_question(ntm_cube_options *o) {
    PyMem_Free((void *)(uintptr_t)o->sides);
    core_only_free((ntm_only *)(uintptr_t)o->only, o->only_count);
    PyMem_Free((void *)(uintptr_t)o->expected);
}

/* Texts are borrowed from the tuples; freed in any case by free_question(). */
static bool take_question(ntm_cube_options *out, PyObject *from) {
    PyObject *sides = NULL, *only = NULL, *expected = NULL;
    int measure = 0, running = 0;
    unsigned long long first = 0, rows = 0;
    if (!PyArg_ParseTuple(from, "O!iO!iiiiO!KK", &PyTuple_Type, &sides, &measure, &PyTuple_Type, &only, &out->from,
                          &out->to, &out->as_of, &running, &PyTuple_Type, &expected, &first, &rows))
        return false;
    out->measure = (ntm_cube_measure)measure;
    out->running = (ntm_running)running;
    out->first_row = first;
    out->row_count = rows;
    out->sides = core_side_array(sides, &out->side_count);
    if (out->sides) out->only = core_only_array(only, &out->only_count);
    if (out->only) out->expected = take_expected(expected, &out->expected_count);
    return out->expected != NULL;
}

/* ------------------------------------------------------------------------------------------- tallies */

static core_cube_tally *hold_tally(ntm_cube_tally *tally, PyObject *units) {
    core_cube_tally *out = PyMem_Calloc(1, sizeof *out);
    if (out)
        *out = (core_cube_tally){tally, Py_XNewRef(units)};
    else {
        ntm_cube_tally_free(tally);
        PyErr_NoMemory();
    }
    return out;
}

core_cube_tally *core_cube_tally_new(const core_ledger *ledger, PyObject *question) {
    ntm_cube_options options = NTM_CUBE_OPTIONS_INIT;
    ntm_cube_tally *tally = NULL;
    if (take_question(&options, question)) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_cube_tally_new(&tally, ledger->it, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
    }
    free_question(&options);
    return tally ? hold_tally(tally, ledger->units) : NULL;
}

core_cube_tally *core_cube_tally_merge(PyObject *tallies_owner, const core_cube_tally **tallies, size_t tally_count) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_cube_tally *merged = NULL;
    (void)tallies_owner;
    const ntm_cube_tally **list = PyMem_Calloc(tally_count + 1, sizeof *list);
    if (!list) {
        PyErr_NoMemory();
        return NULL;
    }
    for (size_t i = 0; i < tally_count; i++)
        list[i] = tallies[i]->it;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_cube_tally_merge(&merged, list, tally_count, NULL, &err);
    Py_END_ALLOW_THREADS PyMem_Free((void *)(uintptr_t)list);
    if (status) core_raise(&err, NULL);
    return status ? NULL : hold_tally(merged, tallies[0]->units);
}

core_cube_tally *core_cube_tally_read(const char *bytes, size_t size, const char *name, PyObject *registry_owner,
                                      const ntm_units *registry_or_none) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_cube_tally *tally = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_cube_tally_read(&tally, bytes, size, name, registry_or_none, NULL, &err);
    Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
    return status ? NULL : hold_tally(tally, registry_or_none ? registry_owner : NULL);
}

void core_cube_tally_free(core_cube_tally *tally) {
    if (!tally) return;
    ntm_cube_tally_free(tally->it);
    Py_XDECREF(tally->units);
    PyMem_Free(tally);
}

PyObject *core_cube_tally_text(const core_cube_tally *tally) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_cube_tally_write(&text, tally->it, &err);
    Py_END_ALLOW_THREADS if (status) return core_raise(&err, NULL);
    PyObject *out = PyUnicode_DecodeUTF8(ntm_text_data(text), (Py_ssize_t)ntm_text_size(text), "strict");
    ntm_text_free(text);
    return out;
}

size_t core_cube_tally_cells(const core_cube_tally *tally) { return ntm_cube_tally_cells(tally->it); }

/* ------------------------------------------------------------------------------------------- cubes */

ntm_cube *core_cube_new(const core_ledger *ledger, PyObject *question) {
    ntm_cube_options options = NTM_CUBE_OPTIONS_INIT;
    ntm_cube *cube = NULL;
    if (take_question(&options, question)) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_cube_new(&cube, ledger->it, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
    }
    free_question(&options);
    return cube;
}

ntm_cube *core_cube_of(const core_cube_tally *tally) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_cube *cube = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_cube_of(&cube, tally->it, NULL, &err);
    Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
    return cube;
}

static PyObject *side_at(const void *it, size_t index) { return core_text(ntm_cube_side_name(it, index)); }

PyObject *core_cube_sides(const ntm_cube *cube) { return core_list(ntm_cube_sides(cube), side_at, cube); }

/* A side that is being listed. */
typedef struct listed {
    const ntm_cube *cube;
    size_t side;
} listed;

static PyObject *member_at(const void *it, size_t index) {
    const listed *of = it;
    const ntm_cube_member *member = ntm_cube_member_at(of->cube, of->side, index);
    return Py_BuildValue("szNN", member->id, member->level,
                         core_index(member->parent == UINT32_MAX ? SIZE_MAX : member->parent),
                         PyBool_FromLong(member->stock));
}

PyObject *core_cube_members(const ntm_cube *cube, size_t side) {
    const listed of = {cube, side};
    return core_list(ntm_cube_members(cube, side), member_at, &of);
}

static PyObject *cell_tuple(const ntm_cube_cell *cell) {
    return Py_BuildValue("iLKN", (int)cell->known, (long long)cell->sum, (unsigned long long)cell->missing,
                         PyBool_FromLong(cell->stock));
}

PyObject *core_cube_get(const ntm_cube *cube, PyObject *at) {
    ntm_error err = NTM_ERROR_INIT;
    uint32_t places[NTM_SIDES_MAX] = {0};
    ntm_cube_cell cell;
    if (!PyTuple_Check(at) || (size_t)PyTuple_Size(at) != ntm_cube_sides(cube))
        return core_raise_status(NTM_ERROR_ARGUMENT, "", "a place of each side is needed");
    for (Py_ssize_t i = 0; i < PyTuple_Size(at); i++) {
        unsigned long place = PyLong_AsUnsignedLong(PyTuple_GetItem(at, i));
        if (PyErr_Occurred()) return NULL;
        places[i] = place > UINT32_MAX ? UINT32_MAX : (uint32_t)place;
    }
    if (ntm_cube_get(&cell, cube, places, &err)) return core_raise(&err, NULL);
    return cell_tuple(&cell);
}

int core_cube_scale(const ntm_cube *cube) { return ntm_cube_scale(cube); }

PyObject *core_cube_unit(const ntm_cube *cube, const char *kind) { return core_text(ntm_cube_unit(cube, kind)); }

static PyObject *rows_of(ntm_status status, ntm_cube_rows *rows, const ntm_error *err) {
    PyObject *out = status ? core_raise(err, NULL) : core_columns(ntm_cube_rows_table(rows));
    ntm_cube_rows_free(rows);
    return out;
}

PyObject *core_cube_rows(const ntm_cube *cube) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_cube_rows *rows = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_cube_rows_new(&rows, cube, NULL, &err);
    Py_END_ALLOW_THREADS return rows_of(status, rows, &err);
}

/* ------------------------------------------------------------------------------------------- rates */

PyObject *core_cube_rates(const ntm_cube *cube, const char *side_or_none, const char *part_or_none,
                          const char *whole_or_none, unsigned years_back) {
    ntm_rates_options options = NTM_RATES_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_cube_rows *rows = NULL;
    ntm_status status;
    options.side = side_or_none;
    options.part = part_or_none;
    options.whole = whole_or_none;
    options.years_back = years_back;
    Py_BEGIN_ALLOW_THREADS status = ntm_cube_rates_new(&rows, cube, &options, &err);
    Py_END_ALLOW_THREADS return rows_of(status, rows, &err);
}

static bool take_cell(ntm_cube_cell *out, PyObject *from) {
    int known = 0, stock = 0;
    long long sum = 0;
    unsigned long long missing = 0;
    if (!PyArg_ParseTuple(from, "iLKp", &known, &sum, &missing, &stock)) return false;
    *out = (ntm_cube_cell){(ntm_known)known, sum, missing, stock != 0};
    return true;
}

PyObject *core_rate_of(PyObject *part, PyObject *whole) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_cube_cell cells[2];
    ntm_rate rate;
    if (!take_cell(&cells[0], part) || !take_cell(&cells[1], whole)) return NULL;
    if (ntm_rate_of(&rate, &cells[0], &cells[1], &err)) return core_raise(&err, NULL);
    return Py_BuildValue("iNNN", (int)rate.known, core_fraction(rate.ratio), PyBool_FromLong(rate.negative),
                         PyBool_FromLong(rate.above_one));
}

PyObject *core_rate_text(int known, PyObject *ratio, int digits, int rounding, int language) {
    char text[64];
    ntm_rate rate = {(ntm_known)known, {0, 0}, false, false};
    if (ratio != Py_None && !core_take_fraction(&rate.ratio, ratio)) return NULL;
    (void)ntm_rate_format(text, sizeof text, &rate, (uint8_t)digits, (ntm_rounding)rounding, (ntm_language)language);
    return PyUnicode_FromString(text);
}
