/* SPDX-License-Identifier: Apache-2.0 */
/* Ledgers: made from a table, a file or text; asked. */
#include "core.h"

/* ------------------------------------------------------------------------------------------- options */

static void free_dimensions(ntm_dimension_spec *specs, size_t count) {
    for (size_t i = 0; specs && i < count; i++)
        PyMem_Free((void *)(uintptr_t)specs[i].members);
    PyMem_Free(specs);
}

/* Texts are borrowed from the tuples. */
static bool take_members(ntm_dimension_spec *out, PyObject *from) {
    out->member_count = (size_t)PyTuple_Size(from);
    ntm_member *members = PyMem_Calloc(out->member_count + 1, sizeof *members);
    out->members = members;
    if (!members) {
        PyErr_NoMemory();
        return false;
    }
    for (size_t i = 0; i < out->member_count; i++) {
        int stock = 0;
        if (!PyArg_ParseTuple(PyTuple_GetItem(from, (Py_ssize_t)i), "szzp", &members[i].id, &members[i].name,
                              &members[i].parent, &stock))
            return false;
        members[i].stock = stock != 0;
    }
    return true;
}

static ntm_dimension_spec *take_dimensions(PyObject *from, size_t *count) {
    *count = (size_t)PyTuple_Size(from);
    ntm_dimension_spec *specs = PyMem_Calloc(*count + 1, sizeof *specs);
    bool good = specs != NULL;
    if (!specs) PyErr_NoMemory();
    for (size_t i = 0; good && i < *count; i++) {
        PyObject *members = NULL;
        int open = 0;
        good = PyArg_ParseTuple(PyTuple_GetItem(from, (Py_ssize_t)i), "spO!", &specs[i].name, &open, &PyTuple_Type,
                                &members) &&
               take_members(&specs[i], members);
        specs[i].open = open != 0;
    }
    if (good) return specs;
    free_dimensions(specs, *count);
    return NULL;
}

/* `codes` has to be empty; what was taken is freed by the caller, also on failure. */
static bool take_options(ntm_ledger_options *out, ntm_codes_options *codes, PyObject *from) {
    PyObject *dimensions = NULL, *key = NULL, *programmes = NULL, *local_sources = NULL;
    int echelon = 0, locale = 0, on = 0, ignore_unknown = 0, leave_out = 0, seen_only = 0;
    long long money_unit = 0;
    unsigned long long most = 0;
    if (!PyArg_ParseTuple(from, "iO!LiippKO!O!O!p", &echelon, &PyTuple_Type, &dimensions, &money_unit, &locale, &on,
                          &ignore_unknown, &leave_out, &most, &PyTuple_Type, &key, &PyTuple_Type, &programmes,
                          &PyTuple_Type, &local_sources, &seen_only))
        return false;
    out->echelon = (ntm_echelon)echelon;
    out->money_unit = money_unit;
    out->locale = (ntm_locale)locale;
    out->on = on;
    out->ignore_unknown = ignore_unknown != 0;
    out->leave_out = leave_out != 0;
    out->left_out_most = (size_t)most;
    out->dimensions = take_dimensions(dimensions, &out->dimension_count);
    if (out->dimensions) out->key = core_text_array(key, &out->key_count);
    bool good = out->key && core_codes_options(codes, NTM_DATE_NONE, programmes, local_sources, seen_only != 0);
    if (good && codes->local_source_count == 0) { /* none named: the usual "local" */
        PyMem_Free((void *)(uintptr_t)codes->local_sources);
        codes->local_sources = NULL;
    }
    if (good) out->problems = core_problems();
    return out->problems != NULL;
}

/* ------------------------------------------------------------------------------------------- making */

static core_ledger *make(const core_source *from, PyObject *table, PyObject *units_owner, const ntm_units *units,
                         const ntm_classification *rules, PyObject *options) {
    ntm_ledger_options o = NTM_LEDGER_OPTIONS_INIT;
    ntm_codes_options codes = NTM_CODES_OPTIONS_INIT;
    core_ledger *out = NULL;
    ntm_ledger *ledger = NULL;
    o.units = units;
    o.classification = rules;
    o.codes = rules ? &codes : NULL;
    if (from->separator) o.separator = from->separator[0];
    if (take_options(&o, &codes, options)) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS if (from->table) status = ntm_ledger_new(&ledger, from->table, &o, &err);
        else if (from->path) status = ntm_ledger_open(&ledger, from->path, &o, &err);
        else status = ntm_ledger_read(&ledger, from->bytes, from->size, from->name, &o, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, o.problems);
        else if (!(out = PyMem_Calloc(1, sizeof *out))) PyErr_NoMemory();
    }
    if (out)
        *out = (core_ledger){ledger, Py_XNewRef(table), units ? Py_NewRef(units_owner) : NULL};
    else
        ntm_ledger_free(ledger);
    ntm_problems_free(o.problems);
    core_codes_options_free(&codes);
    PyMem_Free((void *)(uintptr_t)o.key);
    free_dimensions((ntm_dimension_spec *)(uintptr_t)o.dimensions, o.dimension_count);
    return out;
}

core_ledger *core_ledger_new(PyObject *table_owner, core_table *table_or_none, PyObject *registry_owner,
                             const ntm_units *registry_or_none, const ntm_classification *rules_or_none,
                             PyObject *options) {
    if (!table_or_none) {
        PyErr_SetString(PyExc_TypeError, "a ledger is made from a table");
        return NULL;
    }
    table_or_none->used = true;
    const core_source from = {.table = &table_or_none->table};
    return make(&from, table_owner, registry_owner, registry_or_none, rules_or_none, options);
}

core_ledger *core_ledger_open(const char *path, const char *separator, PyObject *registry_owner,
                              const ntm_units *registry_or_none, const ntm_classification *rules_or_none,
                              PyObject *options) {
    const core_source from = {.path = path, .separator = separator};
    return make(&from, NULL, registry_owner, registry_or_none, rules_or_none, options);
}

core_ledger *core_ledger_read(const char *bytes, size_t size, const char *name, const char *separator,
                              PyObject *registry_owner, const ntm_units *registry_or_none,
                              const ntm_classification *rules_or_none, PyObject *options) {
    const core_source from = {.bytes = bytes, .size = size, .name = name, .separator = separator};
    return make(&from, NULL, registry_owner, registry_or_none, rules_or_none, options);
}

void core_ledger_free(core_ledger *ledger) {
    if (!ledger) return;
    ntm_ledger_free(ledger->it);
    Py_XDECREF(ledger->table);
    Py_XDECREF(ledger->units);
    PyMem_Free(ledger);
}

/* ------------------------------------------------------------------------------------------- asking */

size_t core_ledger_rows(const core_ledger *ledger) { return ntm_ledger_rows(ledger->it); }

bool core_ledger_borrows(const core_ledger *ledger, const char *column) {
    return ntm_ledger_borrows(ledger->it, column);
}

static PyObject *left_out_at(const void *it, size_t index) {
    return core_problem_tuple(ntm_ledger_left_out(it, index));
}

PyObject *core_ledger_left_out(const core_ledger *ledger) {
    return core_list(ntm_ledger_left_out_count(ledger->it), left_out_at, ledger->it);
}

static PyObject *dimension_at(const void *it, size_t index) { return core_text(ntm_ledger_dimension(it, index)); }

PyObject *core_ledger_dimensions(const core_ledger *ledger) {
    return core_list(ntm_ledger_dimension_count(ledger->it), dimension_at, ledger->it);
}

static PyObject *member(const ntm_member *it) {
    return Py_BuildValue("szzN", it->id, it->name, it->parent, PyBool_FromLong(it->stock));
}

/* A dimension that is being listed. */
typedef struct listed {
    const ntm_ledger *ledger;
    const char *dimension;
} listed;

static PyObject *member_at(const void *it, size_t index) {
    const listed *of = it;
    return member(ntm_ledger_member(of->ledger, of->dimension, index));
}

PyObject *core_ledger_members(const core_ledger *ledger, const char *dimension) {
    const listed of = {ledger->it, dimension};
    return core_list(ntm_ledger_member_count(ledger->it, dimension), member_at, &of);
}

PyObject *core_ledger_quantity_unit(const core_ledger *ledger, const char *kind) {
    return core_text(ntm_ledger_quantity_unit(ledger->it, kind));
}

static PyObject *duplicate_at(const void *it, size_t index) {
    const ntm_duplicate *found = (const ntm_duplicate *)it + index;
    return Py_BuildValue("KK", (unsigned long long)found->row, (unsigned long long)found->of);
}

PyObject *core_ledger_duplicates(const core_ledger *ledger, PyObject *columns) {
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0, found = 0, room = 0;
    ntm_duplicate *pairs = NULL;
    PyObject *out = NULL;
    const char **names = core_text_array(columns, &count);
    if (!names) return NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status =
        ntm_ledger_duplicates(NULL, &room, 0, ledger->it, count ? names : NULL, count, &err);
    Py_END_ALLOW_THREADS if (!status) pairs = calloc(room + 1, sizeof *pairs);
    if (!status && pairs) {
        Py_BEGIN_ALLOW_THREADS status =
            ntm_ledger_duplicates(pairs, &found, room, ledger->it, count ? names : NULL, count, &err);
        Py_END_ALLOW_THREADS
    }
    if (status)
        core_raise(&err, NULL);
    else if (!pairs)
        PyErr_NoMemory();
    else
        out = core_list(found < room ? found : room, duplicate_at, pairs);
    free(pairs);
    PyMem_Free(names);
    return out;
}

static PyObject *declared_at(const void *it, size_t index) { return member((const ntm_member *)it + index); }

static PyObject *usual_at(const void *it, size_t index) {
    const ntm_dimension_spec *usual = ntm_dimension_usual(index);
    (void)it;
    return Py_BuildValue("sNN", usual->name, PyBool_FromLong(usual->open),
                         core_list(usual->member_count, declared_at, usual->members));
}

PyObject *core_usual_dimensions(void) { return core_list(NTM_USUAL_DIMENSIONS, usual_at, NULL); }
