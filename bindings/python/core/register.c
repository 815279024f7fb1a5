/* SPDX-License-Identifier: Apache-2.0 */
/* Registers of acts: who holds which status on a day. */
#include "core.h"

/* (status, lasting, months, inherit, law_from) as a rule; false with an exception set. The text is borrowed. */
static bool take_rule(ntm_status_rule *rule, PyObject *from) {
    int lasting = 0, inherit = 0, law_from = 0;
    unsigned months = 0;
    if (!PyArg_ParseTuple(from, "siIii", &rule->status, &lasting, &months, &inherit, &law_from)) return false;
    rule->lasting = (ntm_lasting)lasting;
    rule->months = months;
    rule->inherit = (ntm_inherit)inherit;
    rule->law_from = law_from;
    return true;
}

/* Options from a tuple of rules and a rule; false with an exception set. `options->rules` goes to PyMem_Free(). */
static bool take_options(ntm_register_options *options, PyObject *rules, PyObject *usual, bool partial) {
    if (!PyTuple_Check(rules) || !PyTuple_Check(usual)) {
        PyErr_SetString(PyExc_TypeError, "rules are a tuple of tuples");
        return false;
    }
    size_t count = (size_t)PyTuple_Size(rules);
    ntm_status_rule *array = PyMem_Calloc(count + 1, sizeof *array);
    if (!array) PyErr_NoMemory();
    for (size_t i = 0; array && i < count; i++) {
        if (take_rule(&array[i], PyTuple_GetItem(rules, (Py_ssize_t)i))) continue;
        PyMem_Free(array);
        return false;
    }
    if (!array || !take_rule(&options->usual, usual)) {
        PyMem_Free(array);
        return false;
    }
    options->rules = array;
    options->rule_count = count;
    options->partial = partial;
    return true;
}

/* What a register is made from: a table, a file, or bytes. */
typedef struct source {
    const ntm_table *table;
    const char *path;
    const char *bytes;
    size_t size;
    const char *name;
} source;

static ntm_register *make(const source *from, PyObject *rules, PyObject *usual, bool partial) {
    ntm_register_options options = NTM_REGISTER_OPTIONS_INIT;
    if (!take_options(&options, rules, usual, partial)) return NULL;
    options.problems = core_problems();
    ntm_register *reg = NULL;
    if (options.problems) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS if (from->table) status = ntm_register_new(&reg, from->table, &options, &err);
        else if (from->path) status = ntm_register_open(&reg, from->path, &options, &err);
        else status = ntm_register_read(&reg, from->bytes, from->size, from->name, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
    }
    ntm_problems_free(options.problems);
    PyMem_Free((void *)(uintptr_t)options.rules);
    return reg;
}

ntm_register *core_register_new(core_table *table, PyObject *rules, PyObject *usual, bool partial) {
    table->used = true;
    return make(&(source){.table = &table->table}, rules, usual, partial);
}

ntm_register *core_register_open(const char *path, PyObject *rules, PyObject *usual, bool partial) {
    return make(&(source){.path = path}, rules, usual, partial);
}

ntm_register *core_register_read(const char *bytes, size_t size, const char *name, PyObject *rules, PyObject *usual,
                                 bool partial) {
    return make(&(source){.bytes = bytes, .size = size, .name = name}, rules, usual, partial);
}

PyObject *core_register_act(const ntm_register *reg, size_t index) {
    const ntm_act *it = ntm_register_act(reg, index);
    if (!it) return PyErr_Format(PyExc_IndexError, "no act %zu", index);
    return Py_BuildValue("nzzziNNzz", (Py_ssize_t)index, it->unit, it->status, it->label, (int)it->kind,
                         core_date(it->on), core_date(it->until), it->number, it->successor);
}

/* The only column of a table of units. */
static const ntm_column *units_of(core_table *table) {
    table->used = true;
    return &table->table.fields[0].column;
}

PyObject *core_register_holds(const ntm_register *reg, const char *unit, const char *status, int32_t on) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_holding it = {0};
    if (ntm_register_holds(&it, reg, unit, status, on, &err)) return core_raise(&err, NULL);
    return Py_BuildValue("iizNNN", (int)it.verdict, (int)it.reason, it.label, core_date(it.since), core_date(it.until),
                         core_index(it.act));
}

PyObject *core_register_column(const ntm_register *reg, core_table *table, const char *status, int32_t on) {
    const ntm_column *units = units_of(table);
    Py_ssize_t size = (Py_ssize_t)((units->length + 7) / 8);
    PyObject *values = PyBytes_FromStringAndSize(NULL, size);
    PyObject *validity = PyBytes_FromStringAndSize(NULL, size);
    if (values && validity) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_column out = NTM_COLUMN_INIT;
        uint8_t *a = (uint8_t *)PyBytes_AsString(values), *b = (uint8_t *)PyBytes_AsString(validity);
        ntm_status failed;
        Py_BEGIN_ALLOW_THREADS failed = ntm_register_column(&out, a, b, reg, units, status, on, &err);
        Py_END_ALLOW_THREADS if (!failed) return Py_BuildValue("NN", values, validity);
        core_raise(&err, NULL);
    }
    Py_XDECREF(values);
    Py_XDECREF(validity);
    return NULL;
}

PyObject *core_register_count(const ntm_register *reg, core_table *units_or_none, const char *status, const char *label,
                              int32_t on) {
    const ntm_column *units = units_or_none ? units_of(units_or_none) : NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_holders it = {0};
    ntm_status failed;
    Py_BEGIN_ALLOW_THREADS failed = ntm_register_count(&it, reg, units, status, label, on, &err);
    Py_END_ALLOW_THREADS if (failed) return core_raise(&err, NULL);
    return Py_BuildValue("KKK", (unsigned long long)it.held, (unsigned long long)it.not_held,
                         (unsigned long long)it.open);
}

static PyObject *expiry_at(const void *list, size_t index) {
    const ntm_expiry *it = (const ntm_expiry *)list + index;
    return Py_BuildValue("zzznNiNN", it->unit, it->status, it->label, (Py_ssize_t)it->act, core_date(it->until),
                         (int)it->after, core_index(it->after_act), core_date(it->after_on));
}

PyObject *core_register_expiring(const ntm_register *reg, const char *status, int32_t first, int32_t last,
                                 int32_t known_on) {
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    ntm_status failed;
    Py_BEGIN_ALLOW_THREADS failed = ntm_register_expiring(NULL, &count, 0, reg, status, first, last, known_on, &err);
    Py_END_ALLOW_THREADS if (failed) return core_raise(&err, NULL);
    ntm_expiry *found = PyMem_Calloc(count + 1, sizeof *found);
    if (!found) return PyErr_NoMemory();
    Py_BEGIN_ALLOW_THREADS failed =
        ntm_register_expiring(found, &count, count, reg, status, first, last, known_on, &err);
    Py_END_ALLOW_THREADS PyObject *out = failed ? core_raise(&err, NULL) : core_list(count, expiry_at, found);
    PyMem_Free(found);
    return out;
}

static PyObject *pending_at(const void *list, size_t index) {
    const ntm_pending *it = (const ntm_pending *)list + index;
    return Py_BuildValue("zzzziNN", it->unit, it->status, it->part, it->part_label, (int)it->part_held,
                         core_date(it->merged_on), core_index(it->act));
}

/* What waits, in a list that goes to PyMem_Free(); NULL with an exception set. */
static ntm_pending *find_pending(size_t *count, const ntm_register *reg, const char *status, ntm_date on,
                                 const char *const *instead, size_t instead_count) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_pending *found = NULL;
    ntm_status failed;
    Py_BEGIN_ALLOW_THREADS failed = ntm_register_pending(NULL, count, 0, reg, status, on, instead, instead_count, &err);
    Py_END_ALLOW_THREADS if (!failed && !(found = PyMem_Calloc(*count + 1, sizeof *found))) {
        PyErr_NoMemory();
        return NULL;
    }
    if (!failed) {
        Py_BEGIN_ALLOW_THREADS failed =
            ntm_register_pending(found, count, *count, reg, status, on, instead, instead_count, &err);
        Py_END_ALLOW_THREADS
    }
    if (!failed) return found;
    PyMem_Free(found);
    core_raise(&err, NULL);
    return NULL;
}

PyObject *core_register_pending(const ntm_register *reg, const char *status, int32_t on, PyObject *instead) {
    size_t instead_count = 0, count = 0;
    const char **others = core_text_array(instead, &instead_count);
    if (!others) return NULL;
    ntm_pending *found = find_pending(&count, reg, status, on, others, instead_count);
    PyObject *out = found ? core_list(count, pending_at, found) : NULL;
    PyMem_Free(found);
    PyMem_Free(others);
    return out;
}

PyObject *core_status_rule(const core_set *set) {
    ntm_status_rule it = ntm_status_rule_of(set->it);
    return Py_BuildValue("ziIiN", it.status, (int)it.lasting, (unsigned)it.months, (int)it.inherit,
                         core_date(it.law_from));
}

PyObject *core_validity_last_day(int32_t first, uint32_t months) {
    return core_date(ntm_validity_last_day(first, months));
}

PyObject *core_recogniser(const core_set *set, const char *label, int32_t on) {
    ntm_error err = NTM_ERROR_INIT;
    const ntm_recogniser *it = NULL;
    if (ntm_recogniser_find(&it, set->it, label, on, &err)) return core_raise(&err, NULL);
    size_t index = 0;
    while (index < ntm_set_recogniser_count(set->it) && ntm_set_recogniser(set->it, index) != it)
        index++;
    return PyLong_FromSize_t(index);
}
