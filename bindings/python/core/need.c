/* SPDX-License-Identifier: Apache-2.0 */
/* Norms, needs and their sums; matching. */
#include "core.h"

ntm_norms *core_norms_new(core_table *table) {
    ntm_norms_options options = NTM_NORMS_OPTIONS_INIT;
    ntm_norms *norms = NULL;
    options.problems = core_problems();
    if (options.problems) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        table->used = true;
        Py_BEGIN_ALLOW_THREADS status = ntm_norms_new(&norms, &table->table, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
    }
    ntm_problems_free(options.problems);
    return norms;
}

ntm_needs *core_needs_new(const ntm_norms *norms, core_table *table, core_table *division_or_none, int rounding,
                          int kind_scale, bool open_without_norm, const ntm_units *registry_or_none, const char *or_none,
                          int echelon, int32_t date) {
    ntm_needs_options options = NTM_NEEDS_OPTIONS_INIT;
    ntm_needs *needs = NULL;
    options.problems = core_problems();
    if (options.problems) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        table->used = true;
        if (division_or_none) {
            division_or_none->used = true;
            options.division = &division_or_none->table;
        }
        options.rounding = (ntm_rounding)rounding;
        options.kind_scale = (uint8_t)kind_scale;
        options.open_without_norm = open_without_norm;
        options.units = registry_or_none;
        options.region_attribute = or_none;
        options.echelon = (ntm_echelon)echelon;
        options.date = date;
        Py_BEGIN_ALLOW_THREADS status = ntm_needs_new(&needs, norms, &table->table, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
    }
    ntm_problems_free(options.problems);
    return needs;
}

static PyObject *category_at(const void *it, size_t index) { return core_text(((const char *const *)it)[index]); }

/* (name, codes, categories) or (name, scale, values, validity or None), as bytes; a stride of 0 gives one value. */
static PyObject *column_at(const void *it, size_t index) {
    const ntm_field *field = (const ntm_field *)it + index;
    const ntm_column *column = &field->column;
    size_t size = column->categories ? sizeof(int32_t) : sizeof(int64_t);
    Py_ssize_t bytes = (Py_ssize_t)(size * (column->stride_bytes ? column->length : column->length > 0));
    if (column->categories)
        return Py_BuildValue("sy#N", field->name, (const char *)column->data, bytes,
                             core_list(column->category_count, category_at, column->categories));
    return Py_BuildValue("siy#y#", field->name, (int)column->scale, (const char *)column->data, bytes,
                         (const char *)column->validity, (Py_ssize_t)((column->length + 7) / 8));
}

static PyObject *columns(const ntm_table *table) {
    return Py_BuildValue("nN", (Py_ssize_t)table->rows, core_list(table->field_count, column_at, table->fields));
}

PyObject *core_needs_columns(const ntm_needs *needs) { return columns(ntm_needs_table(needs)); }

static PyObject *need_at(const void *needs, size_t index) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_need it;
    if (ntm_needs_get(&it, needs, index, &err)) return core_raise(&err, NULL);
    return Py_BuildValue("KNNiLLLL", (unsigned long long)it.row,
                         core_index(it.norm == NTM_NO_ROW ? SIZE_MAX : (size_t)it.norm),
                         core_index(it.rule == NTM_NO_ROW ? SIZE_MAX : (size_t)it.rule), (int)it.open,
                         (long long)it.amount, (long long)it.whole, (long long)it.cut, (long long)it.taken);
}

PyObject *core_needs_get(const ntm_needs *needs, size_t line) { return need_at(needs, line); }

size_t core_needs_count(const ntm_needs *needs) { return ntm_needs_count(needs); }

PyObject *core_needs_explain(const ntm_needs *needs, size_t line, int language) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    if (ntm_needs_explain(&text, needs, line, (ntm_language)language, &err)) return core_raise(&err, NULL);
    PyObject *out = core_text(ntm_text_data(text));
    ntm_text_free(text);
    return out;
}

PyObject *core_needs_sums(const ntm_needs *needs, PyObject *by) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_need_sums *sums = NULL;
    size_t count = 0;
    const char **names = core_text_array(by, &count);
    if (!names) return NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_need_sums_new(&sums, needs, names, count, &err);
    Py_END_ALLOW_THREADS PyObject *out = status ? core_raise(&err, NULL) : columns(ntm_need_sums_table(sums));
    ntm_need_sums_free(sums);
    PyMem_Free(names);
    return out;
}

PyObject *core_matching_least(int64_t central, int64_t coefficient, int scale) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_money least = 0;
    if (ntm_matching_least(&least, central, (ntm_decimal){coefficient, (uint8_t)scale}, &err))
        return core_raise(&err, NULL);
    return PyLong_FromLongLong(least);
}

static PyObject *matched_at(const void *rows, size_t index) {
    const ntm_matched *it = (const ntm_matched *)rows + index;
    return Py_BuildValue("NN", it->least_known ? PyLong_FromLongLong(it->least) : Py_NewRef(Py_None),
                         it->shortfall_known ? PyLong_FromLongLong(it->shortfall) : Py_NewRef(Py_None));
}

PyObject *core_matching_check(core_table *table, int64_t coefficient, int scale) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_problems *problems = core_problems();
    ntm_matched *rows = problems ? PyMem_Calloc(table->table.rows + 1, sizeof *rows) : NULL;
    PyObject *out = NULL;
    if (rows) {
        ntm_status status;
        table->used = true;
        Py_BEGIN_ALLOW_THREADS status =
            ntm_matching_check(rows, &table->table, (ntm_decimal){coefficient, (uint8_t)scale}, problems, &err);
        Py_END_ALLOW_THREADS out =
            status ? core_raise(&err, problems) : core_list(table->table.rows, matched_at, rows);
    } else if (problems) {
        PyErr_NoMemory();
    }
    PyMem_Free(rows);
    ntm_problems_free(problems);
    return out;
}
