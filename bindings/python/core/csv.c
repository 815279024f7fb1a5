/* SPDX-License-Identifier: Apache-2.0 */
/* CSV files of facts as columns of bytes, which the package makes arrays of. */
#include "core.h"

static PyObject *category_at(const void *it, size_t index) { return core_text(((const char *const *)it)[index]); }

static PyObject *bits_or_none(const uint8_t *bits, size_t rows) {
    return bits ? PyBytes_FromStringAndSize((const char *)bits, (Py_ssize_t)((rows + 7) / 8)) : Py_NewRef(Py_None);
}

static PyObject *field_at(const void *it, size_t index) {
    const ntm_field *field = (const ntm_field *)it + index;
    const ntm_column *column = &field->column;
    size_t size = column->length * (size_t)column->stride_bytes;
    PyObject *categories =
        column->categories ? core_list(column->category_count, category_at, column->categories) : Py_NewRef(Py_None);
    if (!categories) return NULL;
    return Py_BuildValue("siiNNNN", field->name, (int)column->type, (int)column->scale,
                         PyBytes_FromStringAndSize(column->length ? column->data : "", (Py_ssize_t)size),
                         bits_or_none(column->validity, column->length),
                         bits_or_none(column->not_applicable, column->length), categories);
}

/* Fills `field` from a tuple, whose texts it borrows; false with an exception set. */
static bool take_field(ntm_csv_field *field, PyObject *from) {
    int kind = 0, locale = 0, scale = 0;
    if (!PyArg_ParseTuple(from, "siiisszz", &field->header, &kind, &locale, &scale, &field->yes, &field->no,
                          &field->not_reported, &field->not_applicable))
        return false;
    field->kind = (ntm_csv_kind)kind;
    field->locale = (ntm_locale)locale;
    field->scale = (uint8_t)scale;
    return true;
}

PyObject *core_csv_columns(const char *bytes, size_t size, const char *name, const char *separator, PyObject *fields) {
    if (!PyTuple_Check(fields)) return PyErr_Format(PyExc_TypeError, "fields are a tuple of tuples");
    size_t count = (size_t)PyTuple_Size(fields);
    ntm_csv_field *array = PyMem_Calloc(count + 1, sizeof *array);
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    options.separator = separator[0];
    options.problems = array ? core_problems() : NULL;
    bool taken = options.problems != NULL;
    for (size_t i = 0; taken && i < count; i++)
        taken = take_field(&array[i], PyTuple_GetItem(fields, (Py_ssize_t)i));
    PyObject *out = NULL;
    if (taken) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_csv *csv = NULL;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_csv_read(&csv, bytes, size, name, array, count, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, options.problems);
        else {
            const ntm_table *table = ntm_csv_table(csv);
            out = Py_BuildValue("snN", ntm_csv_comment(csv), (Py_ssize_t)table->rows,
                                core_list(table->field_count, field_at, table->fields));
            ntm_csv_free(csv);
        }
    } else if (!PyErr_Occurred()) {
        PyErr_NoMemory();
    }
    ntm_problems_free(options.problems);
    PyMem_Free(array);
    return out;
}
