/* SPDX-License-Identifier: Apache-2.0 */
/* The budget classification: codes, entries and tables of them. */
#include "core.h"

ntm_classification *core_classification_shipped(void) {
    ntm_classification *made = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_classification_shipped(&made, NULL, &err));
    if (status) core_raise(&err, NULL);
    return made;
}

static ntm_classification *make(const char *path, const char *bytes, size_t size, const char *name) {
    ntm_classification_options options = NTM_CLASSIFICATION_OPTIONS_INIT;
    ntm_classification *made = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status;
    options.problems = core_problems();
    if (!options.problems) return NULL;
    Py_BEGIN_ALLOW_THREADS status = path ? ntm_classification_open(&made, path, &options, &err)
                                         : ntm_classification_read(&made, bytes, size, name, &options, &err);
    Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
    ntm_problems_free(options.problems);
    return made;
}

ntm_classification *core_classification_open(const char *path) { return make(path, NULL, 0, NULL); }

ntm_classification *core_classification_read(const char *bytes, size_t size, const char *name) {
    return make(NULL, bytes, size, name);
}

/* ------------------------------------------------------------------------------------------- findings */

static PyObject *finding_object(const ntm_code_finding *f) {
    char text[1024];
    (void)ntm_code_finding_text(text, sizeof text, f);
    return Py_BuildValue("iiiiiNNssszzzNs", (int)f->kind, (int)f->verdict, (int)f->standing, (int)f->level,
                         (int)f->digits, core_date(f->since), core_date(f->until), f->code, f->expected, f->parent,
                         f->label, f->act, f->source, core_index(f->rule), text);
}

PyObject *core_classification_check(const ntm_classification *classification, int kind, const char *text, size_t size,
                                    int32_t on) {
    ntm_code_finding finding;
    ntm_error err = NTM_ERROR_INIT;
    if (ntm_code_check(&finding, classification, (ntm_code_kind)kind, text, size, on, &err))
        return core_raise(&err, NULL);
    return finding_object(&finding);
}

/* ------------------------------------------------------------------------------------------- what entries are held to */

bool core_codes_options(ntm_codes_options *options, int32_t on, PyObject *programmes, PyObject *local_sources,
                        bool seen_only) {
    *options = (ntm_codes_options)NTM_CODES_OPTIONS_INIT;
    options->on = on;
    options->seen_only = seen_only;
    options->local_sources = core_text_array(local_sources, &options->local_source_count);
    if (!options->local_sources) return false;
    if (!PyTuple_Check(programmes)) {
        PyErr_SetString(PyExc_TypeError, "programmes are a tuple");
        return false;
    }
    size_t count = (size_t)PyTuple_Size(programmes);
    ntm_budget_programme *all = PyMem_Calloc(count + 1, sizeof *all);
    if (!all) {
        PyErr_NoMemory();
        return false;
    }
    options->programmes = all;
    options->programme_count = count;
    for (size_t i = 0; i < count; i++) {
        unsigned step = 0;
        int level = 0, has_parts = 0, from = 0, to = 0;
        PyObject *one = PyTuple_GetItem(programmes, (Py_ssize_t)i);
        if (!PyArg_ParseTuple(one, "ssIipii", &all[i].id, &all[i].code, &step, &level, &has_parts, &from, &to))
            return false;
        all[i].step = step;
        all[i].level = (ntm_government)level;
        all[i].has_parts = has_parts != 0;
        all[i].valid_from = from;
        all[i].valid_to = to;
    }
    return true;
}

void core_codes_options_free(ntm_codes_options *options) {
    PyMem_Free((void *)(uintptr_t)options->programmes);
    PyMem_Free((void *)(uintptr_t)options->local_sources);
}

static PyObject *entry_finding_at(const void *it, size_t index) {
    return finding_object((const ntm_code_finding *)it + index);
}

PyObject *core_classification_entry(const ntm_classification *classification, PyObject *codes, int32_t on,
                                    PyObject *programmes, PyObject *local_sources, bool seen_only) {
    ntm_code_finding found[NTM_ENTRY_FINDINGS_MAX];
    ntm_budget_codes entry = NTM_BUDGET_CODES_INIT;
    ntm_codes_options options;
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    PyObject *out = NULL;
    if (!PyArg_ParseTuple(codes, "zzzzzzzzzz", &entry.chapter, &entry.category, &entry.class_code, &entry.item,
                          &entry.subitem, &entry.programme_code, &entry.source_code, &entry.budget_level,
                          &entry.programme, &entry.source))
        return NULL;
    if (core_codes_options(&options, NTM_DATE_NONE, programmes, local_sources, seen_only)) {
        if (ntm_entry_check(found, &count, NTM_ENTRY_FINDINGS_MAX, classification, &entry, on, &options, &err))
            core_raise(&err, NULL);
        else
            out = core_list(count, entry_finding_at, found);
    }
    core_codes_options_free(&options);
    return out;
}

/* ------------------------------------------------------------------------------------------- tables */

typedef struct kept {
    size_t row;
    ntm_code_finding finding;
} kept;

/* Findings are kept while the interpreter is let go of: the raw allocator needs none. */
typedef struct keeper {
    kept *items;
    size_t count;
    size_t capacity;
    size_t limit;
    bool no_memory;
} keeper;

static void keep(void *context, size_t row, const ntm_code_finding *finding) {
    keeper *to = context;
    if (to->count == to->limit || to->no_memory) return;
    if (to->count == to->capacity) {
        size_t capacity = to->capacity ? 2 * to->capacity : 64;
        kept *more = realloc(to->items, capacity * sizeof *more);
        if (!more) {
            to->no_memory = true;
            return;
        }
        to->items = more;
        to->capacity = capacity;
    }
    to->items[to->count].row = row;
    to->items[to->count++].finding = *finding;
}

static PyObject *kept_at(const void *it, size_t index) {
    const kept *one = (const kept *)it + index;
    return Py_BuildValue("nN", (Py_ssize_t)one->row, finding_object(&one->finding));
}

static PyObject *verdict_at(const void *it, size_t index) {
    return PyLong_FromUnsignedLongLong(((const uint64_t *)it)[index]);
}

static PyObject *table_result(const ntm_codes_count *count, const keeper *found, const uint8_t *bits, size_t bytes) {
    return Py_BuildValue(
        "KKKKKNy#y#N", (unsigned long long)count->rows, (unsigned long long)count->good, (unsigned long long)count->bad,
        (unsigned long long)count->open, (unsigned long long)count->undeclared,
        core_list(NTM_CODE_VERDICT_END, verdict_at, count->findings), (const char *)bits, (Py_ssize_t)bytes,
        (const char *)bits + bytes, (Py_ssize_t)bytes, core_list(found->count, kept_at, found->items));
}

PyObject *core_classification_table(const ntm_classification *classification, core_table *table, int32_t on,
                                    PyObject *programmes, PyObject *local_sources, bool seen_only, size_t limit) {
    size_t bytes = (table->table.rows + 7) / 8;
    keeper found = {.limit = limit};
    ntm_codes_options options;
    ntm_codes_count count;
    PyObject *out = NULL;
    uint8_t *bits = PyMem_Calloc(2 * bytes + 1, 1);
    if (!bits) return PyErr_NoMemory();
    table->used = true;
    if (core_codes_options(&options, on, programmes, local_sources, seen_only)) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        options.bad = bits;
        options.open = bits + bytes;
        options.found = keep;
        options.context = &found;
        Py_BEGIN_ALLOW_THREADS status = ntm_codes_check_table(&count, classification, &table->table, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
        else if (found.no_memory) PyErr_NoMemory();
        else out = table_result(&count, &found, bits, bytes);
    }
    core_codes_options_free(&options);
    free(found.items);
    PyMem_Free(bits);
    return out;
}
