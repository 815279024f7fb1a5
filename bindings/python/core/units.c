/* SPDX-License-Identifier: Apache-2.0 */
/* Registries of units. A unit is its row; the row of no unit is -1. */
#include "core.h"

/* What a registry is made from: tables, or files. Those that are not there are NULL. */
typedef struct source {
    core_table *tables[3];
    const char *paths[3];
} source;

static const ntm_table *table_of(core_table *table) {
    if (!table) return NULL;
    table->used = true;
    return &table->table;
}

static ntm_units *make(const source *from, uint32_t allow, bool ignore_unknown, int32_t edges_on, PyObject *weights) {
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    ntm_units *units = NULL;
    const char **names = core_text_array(weights, &options.weight_count);
    if (!names) return NULL;
    options.allow = allow;
    options.ignore_unknown = ignore_unknown;
    options.edges_on = edges_on;
    options.weights = names;
    options.problems = core_problems();
    if (options.problems) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS if (from->paths[0]) status =
            ntm_units_open(&units, from->paths[0], from->paths[1], from->paths[2], &options, &err);
        else status = ntm_units_new(&units, table_of(from->tables[0]), table_of(from->tables[1]),
                                    table_of(from->tables[2]), &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
    }
    ntm_problems_free(options.problems);
    PyMem_Free(names);
    return units;
}

ntm_units *core_units_new(core_table *table, core_table *succession_or_none, core_table *attributes_or_none,
                          uint32_t allow, bool ignore_unknown, int32_t edges_on, PyObject *weights) {
    return make(&(source){.tables = {table, succession_or_none, attributes_or_none}}, allow, ignore_unknown, edges_on,
                weights);
}

ntm_units *core_units_open(const char *path, const char *succession, const char *attributes, uint32_t allow,
                           bool ignore_unknown, int32_t edges_on, PyObject *weights) {
    return make(&(source){.paths = {path, succession, attributes}}, allow, ignore_unknown, edges_on, weights);
}

PyObject *core_units_row(const ntm_units *units, int64_t unit) {
    const ntm_unit_row *it = unit < 0 || unit >= NTM_NO_UNIT ? NULL : ntm_units_row(units, (ntm_unit)unit);
    if (!it) return PyErr_Format(PyExc_IndexError, "no unit %lld", (long long)unit);
    return Py_BuildValue("LsssizNN", (long long)unit, it->code, it->name, it->level, (int)it->echelon, it->parent,
                         core_date(it->from), core_date(it->before));
}

/* A unit as Python takes it: its row, or -1. */
static PyObject *unit_number(ntm_unit unit) { return PyLong_FromLongLong(unit == NTM_NO_UNIT ? -1 : (long long)unit); }

static ntm_unit unit_of(int64_t unit) { return unit < 0 || unit >= NTM_NO_UNIT ? NTM_NO_UNIT : (ntm_unit)unit; }

PyObject *core_units_finding(const ntm_units *units, size_t index) {
    const ntm_unit_finding *it = ntm_units_finding(units, index);
    if (!it) return PyErr_Format(PyExc_IndexError, "no finding %zu", index);
    return Py_BuildValue("sNNNNs", ntm_unit_defect_name(it->defect), unit_number(it->unit), unit_number(it->other),
                         core_index(it->edge == NTM_NO_ROW ? SIZE_MAX : (size_t)it->edge), core_date(it->on),
                         it->message);
}

PyObject *core_units_defects(void) {
    PyObject *out = PyList_New(0);
    for (int defect = 1; out && defect < NTM_UNIT_DEFECT_END; defect++) {
        PyObject *one = Py_BuildValue("is", defect, ntm_unit_defect_name((ntm_unit_defect)defect));
        if (!one || PyList_Append(out, one) < 0) Py_CLEAR(out);
        Py_XDECREF(one);
    }
    return out;
}

PyObject *core_units_find(const ntm_units *units, const char *code, int echelon, int32_t on) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_unit unit = NTM_NO_UNIT;
    if (ntm_units_find(&unit, units, code, (ntm_echelon)echelon, on, &err)) return core_raise(&err, NULL);
    return unit_number(unit);
}

PyObject *core_units_find_all(const ntm_units *units, core_table *table, int echelon, int32_t on, bool unknown_allowed,
                              PyObject *out) {
    const ntm_column *codes = &table->table.fields[0].column;
    Py_buffer view;
    table->used = true;
    if (!core_writable(&view, out, codes->length, sizeof(ntm_unit))) return NULL;
    ntm_problems *problems = core_problems();
    PyObject *result = NULL;
    if (problems) {
        ntm_error err = NTM_ERROR_INIT;
        size_t unknown = 0;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_units_find_all(view.buf, units, codes, (ntm_echelon)echelon, on, problems,
                                                           unknown_allowed ? &unknown : NULL, &err);
        Py_END_ALLOW_THREADS result = status ? core_raise(&err, problems) : PyLong_FromSize_t(unknown);
    }
    ntm_problems_free(problems);
    PyBuffer_Release(&view);
    return result;
}

/* ------------------------------------------------------------------------------------------- lists */

/* A question whose answer is a list of units: it is asked twice, for the size and for the units. */
typedef struct question {
    const ntm_units *units;
    int kind;
    ntm_unit unit;
    ntm_date on;
    const char *text;
    const ntm_unit_filter *filter;
} question;

enum { HISTORY, NAMED, LIST, ANCESTORS, CHILDREN, DESCENDANTS, SIBLINGS };

static ntm_status ask(ntm_unit *out, size_t *count, size_t capacity, const question *q, ntm_error *err) {
    switch (q->kind) {
        case HISTORY: return ntm_units_history(out, count, capacity, q->units, q->text, q->filter->echelon, err);
        case NAMED: return ntm_units_named(out, count, capacity, q->units, q->text, q->filter, err);
        case LIST: return ntm_units_list(out, count, capacity, q->units, q->filter, err);
        case ANCESTORS: return ntm_units_ancestors(out, count, capacity, q->units, q->unit, q->on, err);
        case CHILDREN: return ntm_units_children(out, count, capacity, q->units, q->unit, q->on, err);
        case DESCENDANTS: return ntm_units_descendants(out, count, capacity, q->units, q->unit, q->on, err);
        default: return ntm_units_siblings(out, count, capacity, q->units, q->unit, q->on, err);
    }
}

static PyObject *unit_at(const void *list, size_t index) { return unit_number(((const ntm_unit *)list)[index]); }

static PyObject *answer(const question *q) {
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    ntm_unit *found = NULL;
    if (ask(NULL, &count, 0, q, &err)) return core_raise(&err, NULL);
    if (!(found = PyMem_Calloc(count + 1, sizeof *found))) return PyErr_NoMemory();
    PyObject *out = ask(found, &count, count, q, &err) ? core_raise(&err, NULL) : core_list(count, unit_at, found);
    PyMem_Free(found);
    return out;
}

bool core_take_filter(ntm_unit_filter *filter, PyObject *from) {
    int on = 0, echelon = 0;
    long long within = -1, parent = -1;
    if (!PyArg_ParseTuple(from, "iizLL", &on, &echelon, &filter->level, &within, &parent)) return false;
    filter->on = on;
    filter->echelon = (ntm_echelon)echelon;
    filter->within = unit_of(within);
    filter->parent = unit_of(parent);
    return true;
}

PyObject *core_units_history(const ntm_units *units, const char *code, int echelon) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    filter.echelon = (ntm_echelon)echelon;
    return answer(&(question){.units = units, .kind = HISTORY, .text = code, .filter = &filter});
}

PyObject *core_units_named(const ntm_units *units, const char *name, PyObject *filter) {
    ntm_unit_filter taken = NTM_UNIT_FILTER_INIT;
    if (!core_take_filter(&taken, filter)) return NULL;
    return answer(&(question){.units = units, .kind = NAMED, .text = name, .filter = &taken});
}

PyObject *core_units_list(const ntm_units *units, PyObject *filter) {
    ntm_unit_filter taken = NTM_UNIT_FILTER_INIT;
    if (!core_take_filter(&taken, filter)) return NULL;
    return answer(&(question){.units = units, .kind = LIST, .filter = &taken});
}

PyObject *core_units_around(const ntm_units *units, int kind, int64_t unit, int32_t on) {
    return answer(&(question){.units = units, .kind = ANCESTORS + kind, .unit = unit_of(unit), .on = on});
}

PyObject *core_units_above(const ntm_units *units, int64_t unit, int echelon, int32_t on) {
    ntm_unit found = echelon == NTM_ECHELON_ANY ? ntm_units_parent(units, unit_of(unit), on)
                                                : ntm_units_ancestor(units, unit_of(unit), (ntm_echelon)echelon, on);
    return unit_number(found);
}

PyObject *core_units_place(const ntm_units *units, int64_t unit, int32_t on) {
    size_t size = ntm_units_place(NULL, 0, units, unit_of(unit), on);
    char *place = PyMem_Malloc(size + 1);
    if (!place) return PyErr_NoMemory();
    (void)ntm_units_place(place, size + 1, units, unit_of(unit), on);
    PyObject *out = size ? core_text(place) : Py_NewRef(Py_None);
    PyMem_Free(place);
    return out;
}

PyObject *core_units_attribute(const ntm_units *units, int64_t unit, const char *attribute, int32_t on,
                               bool inherited) {
    return core_text(ntm_units_attribute(units, unit_of(unit), attribute, on, inherited));
}

/* ------------------------------------------------------------------------------------------- succession */

PyObject *core_units_edge(const ntm_units *units, size_t index) {
    const ntm_unit_edge *it = ntm_units_edge(units, index);
    if (!it) return PyErr_Format(PyExc_IndexError, "no edge %zu", index);
    return Py_BuildValue("NNNNN", unit_number(it->from), unit_number(it->to), core_date(it->on),
                         PyBool_FromLong(it->partial), core_index(it->row == NTM_NO_ROW ? SIZE_MAX : (size_t)it->row));
}

static PyObject *part_at(const void *list, size_t index) {
    const ntm_unit_part *it = (const ntm_unit_part *)list + index;
    return Py_BuildValue("NiIN", unit_number(it->unit), (int)it->share, (unsigned)it->steps,
                         PyBool_FromLong(it->ended));
}

PyObject *core_units_parts(const ntm_units *units, int64_t unit, int32_t first, int32_t last, bool made_of) {
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    ntm_unit_part *found = NULL;
    ntm_status status;
    CORE_UNLOCKED(status = made_of ? ntm_units_made_of(NULL, &count, 0, units, unit_of(unit), first, last, &err)
                                   : ntm_units_became(NULL, &count, 0, units, unit_of(unit), first, last, &err));
    if (status) return core_raise(&err, NULL);
    if (!(found = PyMem_Calloc(count + 1, sizeof *found))) return PyErr_NoMemory();
    CORE_UNLOCKED(status = made_of ? ntm_units_made_of(found, &count, count, units, unit_of(unit), first, last, &err)
                                   : ntm_units_became(found, &count, count, units, unit_of(unit), first, last, &err));
    PyObject *out = status ? core_raise(&err, NULL) : core_list(count, part_at, found);
    PyMem_Free(found);
    return out;
}

PyObject *core_units_reform(const ntm_units *units, PyObject *filter, int32_t on) {
    ntm_unit_filter taken = NTM_UNIT_FILTER_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_unit_reform it;
    if (!core_take_filter(&taken, filter)) return NULL;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_units_reform(&it, units, &taken, on, &err));
    if (status) return core_raise(&err, NULL);
    const uint64_t numbers[] = {it.before,    it.after, it.involved, it.results, it.divided, it.renamed,
                                it.unchanged, it.ended, it.begun,    it.edges,   it.partial};
    PyObject *out = PyTuple_New((Py_ssize_t)(sizeof numbers / sizeof *numbers));
    for (size_t i = 0; out && i < sizeof numbers / sizeof *numbers; i++) {
        PyObject *one = PyLong_FromUnsignedLongLong(numbers[i]);
        if (one)
            PyTuple_SetItem(out, (Py_ssize_t)i, one);
        else
            Py_CLEAR(out);
    }
    return out;
}
