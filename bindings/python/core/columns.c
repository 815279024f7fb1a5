/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of results as bytes, which the package makes lists, arrays and data frames of. */
#include "core.h"

static PyObject *category_at(const void *it, size_t index) { return core_text(((const char *const *)it)[index]); }

static PyObject *bytes_or_none(const void *from, size_t size) {
    return from ? PyBytes_FromStringAndSize(from, (Py_ssize_t)size) : Py_NewRef(Py_None);
}

static PyObject *column_at(const void *it, size_t index) {
    const ntm_field *field = (const ntm_field *)it + index;
    const ntm_column *column = &field->column;
    PyObject *categories =
        column->categories ? core_list(column->category_count, category_at, column->categories) : Py_NewRef(Py_None);
    if (!categories) return NULL;
    return Py_BuildValue("siiNNN", field->name, (int)column->type, (int)column->scale,
                         PyBytes_FromStringAndSize(column->length ? column->data : "",
                                                   (Py_ssize_t)(column->length * (size_t)column->stride_bytes)),
                         bytes_or_none(column->validity, (column->length + 7) / 8), categories);
}

PyObject *core_columns(const ntm_table *table) {
    return Py_BuildValue("nN", (Py_ssize_t)table->rows, core_list(table->field_count, column_at, table->fields));
}
