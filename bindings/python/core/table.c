/* SPDX-License-Identifier: Apache-2.0 */
/* Tables over Python's buffers: each buffer is taken once, held while the table lives, and given back. */
#include "core.h"

core_table *core_table_new(size_t rows, size_t columns) {
    core_table *table = PyMem_Calloc(1, sizeof *table);
    if (table && columns) {
        table->fields = PyMem_Calloc(columns, sizeof *table->fields);
        table->holds = PyMem_Calloc(columns, sizeof *table->holds);
    }
    if (!table || (columns && (!table->fields || !table->holds))) {
        core_table_free(table);
        PyErr_NoMemory();
        return NULL;
    }
    table->table = (ntm_table)NTM_TABLE_INIT;
    table->table.rows = rows;
    table->table.fields = table->fields;
    table->capacity = columns;
    return table;
}

static void hold_free(core_hold *hold) {
    if (hold->has_view) PyBuffer_Release(&hold->view);
    PyMem_Free(hold->categories);
    Py_XDECREF(hold->objects);
}

void core_table_free(core_table *table) {
    if (!table) return;
    for (size_t i = 0; table->holds && i < table->capacity; i++)
        hold_free(&table->holds[i]);
    ntm_arrow_table_free(table->arrow);
    ntm_what_if_free(table->what_if);
    Py_XDECREF(table->owner);
    PyMem_Free(table->fields);
    PyMem_Free(table->holds);
    PyMem_Free(table);
}

/* The type of a buffer's items, as the struct module writes it; 0 for what libntm does not read. */
static ntm_type type_of(const Py_buffer *view) {
    const char *format = view->format ? view->format : "B";
    const int one = 1;
    const bool little = *(const char *)&one == 1;
    bool native = true;
    if (*format == '@' || *format == '=')
        format++;
    else if (*format == '<' || *format == '>' || *format == '!')
        native = (*format++ == '<') == little;
    if (!format[0] || format[1] || (!native && view->itemsize > 1)) return (ntm_type)0;
    switch (*format) {
        case '?': return view->itemsize == 1 ? NTM_TYPE_BYTES : (ntm_type)0;
        case 'd': return view->itemsize == 8 ? NTM_TYPE_DOUBLE : (ntm_type)0;
        case 'b':
        case 'h':
        case 'i':
        case 'l':
        case 'q':
        case 'n': break;
        default: return (ntm_type)0;
    }
    switch (view->itemsize) {
        case 1: return NTM_TYPE_INT8;
        case 2: return NTM_TYPE_INT16;
        case 4: return NTM_TYPE_INT32;
        case 8: return NTM_TYPE_INT64;
        default: return (ntm_type)0;
    }
}

/* Takes the buffer of `data`; false with an exception set. */
static bool take_view(core_hold *hold, ntm_column *column, const char *name, PyObject *data) {
    if (PyObject_GetBuffer(data, &hold->view, PyBUF_STRIDED_RO | PyBUF_FORMAT) < 0) return false;
    hold->has_view = true;
    if (hold->view.ndim != 1) {
        core_raise_status(NTM_ERROR_SHAPE, name, "a column has one dimension");
        return false;
    }
    column->type = type_of(&hold->view);
    if (!column->type) {
        char message[160];
        PyOS_snprintf(message, sizeof message,
                      "values of format '%.20s' (%zd bytes each) are no column: float64, int64, "
                      "int32, int16, int8 or bool",
                      hold->view.format ? hold->view.format : "B", hold->view.itemsize);
        core_raise_status(NTM_ERROR_SHAPE, name, message);
        return false;
    }
    column->data = hold->view.buf;
    column->length = (size_t)hold->view.shape[0];
    column->stride_bytes = hold->view.strides[0];
    return true;
}

bool core_take_mask(const uint8_t **mask, PyObject *bits, size_t rows, const char *name) {
    if (bits == Py_None) return true;
    if (!PyBytes_Check(bits) || (size_t)PyBytes_Size(bits) < (rows + 7) / 8) {
        core_raise_status(NTM_ERROR_SHAPE, name, "a mask is bytes with one bit a row");
        return false;
    }
    *mask = (const uint8_t *)PyBytes_AsString(bits);
    return true;
}

/* Points at the texts of a tuple of str, which has to stay; false with an exception set. */
static bool take_categories(core_hold *hold, ntm_column *column, PyObject *names) {
    if (names == Py_None) return true;
    hold->categories = core_text_array(names, &column->category_count);
    if (!hold->categories) return false;
    column->categories = hold->categories;
    return true;
}

PyObject *core_table_add(core_table *table, PyObject *name, PyObject *data, int scale, bool nan_not_reported,
                         PyObject *validity, PyObject *not_applicable, PyObject *categories) {
    const char *text = PyUnicode_AsUTF8AndSize(name, NULL);
    if (!text) return NULL;
    if (table->used || table->table.field_count == table->capacity || scale < 0 || scale > NTM_SCALE_MAX)
        return core_raise_status(NTM_ERROR_ARGUMENT, text, "the table is full, or in use, or the scale is not 0 to 18");
    size_t at = table->table.field_count;
    core_hold *hold = &table->holds[at];
    ntm_column column = NTM_COLUMN_INIT;
    column.scale = (uint8_t)scale;
    column.nan_not_reported = nan_not_reported;
    hold->objects = PyTuple_Pack(4, name, validity, not_applicable, categories);
    if (!hold->objects || !take_view(hold, &column, text, data) ||
        !core_take_mask(&column.validity, validity, column.length, text) ||
        !core_take_mask(&column.not_applicable, not_applicable, column.length, text) ||
        !take_categories(hold, &column, categories)) {
        hold_free(hold);
        *hold = (core_hold){0};
        return NULL;
    }
    table->fields[at] = (ntm_field){text, column};
    table->table.field_count = at + 1;
    Py_RETURN_NONE;
}

PyObject *core_table_layout(const core_table *table, size_t column) {
    if (column >= table->table.field_count) return PyErr_Format(PyExc_IndexError, "no column %zu", column);
    const ntm_column *it = &table->table.fields[column].column;
    return Py_BuildValue("NLn", PyLong_FromVoidPtr((void *)(uintptr_t)it->data), (long long)it->stride_bytes,
                         (Py_ssize_t)it->length);
}

PyObject *core_table_names(const core_table *table) {
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < table->table.field_count; i++) {
        PyObject *name = PyUnicode_FromString(table->table.fields[i].name);
        if (!name || PyList_Append(list, name) < 0) Py_CLEAR(list);
        Py_XDECREF(name);
    }
    return list;
}

size_t core_table_rows(const core_table *table) { return table->table.rows; }
