/* SPDX-License-Identifier: Apache-2.0 */
/* Small values of C as Python objects, and back. Every maker gives a new reference, or NULL with an exception set. */
#include "core.h"

PyObject *core_text(const char *text) { return text ? PyUnicode_FromString(text) : Py_NewRef(Py_None); }

PyObject *core_date(ntm_date date) { return date == NTM_DATE_NONE ? Py_NewRef(Py_None) : PyLong_FromLong(date); }

PyObject *core_index(size_t index) { return index == SIZE_MAX ? Py_NewRef(Py_None) : PyLong_FromSize_t(index); }

PyObject *core_fraction(ntm_fraction value) {
    if (value.denominator == 0) return Py_NewRef(Py_None);
    return Py_BuildValue("LL", (long long)value.numerator, (long long)value.denominator);
}

PyObject *core_bounds(ntm_bounds bounds) {
    return Py_BuildValue("KK", (unsigned long long)bounds.least, (unsigned long long)bounds.most);
}

PyObject *core_range(ntm_range range) {
    return Py_BuildValue("NN", core_fraction(range.least), core_fraction(range.most));
}

PyObject *core_list(size_t count, PyObject *(*make)(const void *it, size_t index), const void *it) {
    PyObject *out = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; out && i < count; i++) {
        PyObject *one = make(it, i);
        if (one)
            PyList_SetItem(out, (Py_ssize_t)i, one);
        else
            Py_CLEAR(out);
    }
    return out;
}

const char **core_text_array(PyObject *texts, size_t *count) {
    if (!PyTuple_Check(texts)) {
        PyErr_SetString(PyExc_TypeError, "texts are a tuple of str");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(texts);
    const char **array = PyMem_Calloc(*count + 1, sizeof *array);
    if (!array) PyErr_NoMemory();
    for (size_t i = 0; array && i < *count; i++) {
        Py_ssize_t size = 0;
        array[i] = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(texts, (Py_ssize_t)i), &size);
        if (array[i] && strlen(array[i]) != (size_t)size) {
            PyErr_SetString(PyExc_ValueError, "embedded null character");
            array[i] = NULL;
        }
        if (!array[i]) {
            PyMem_Free(array);
            return NULL;
        }
    }
    return array;
}

bool core_writable(Py_buffer *view, PyObject *out, size_t rows, size_t size) {
    if (PyObject_GetBuffer(out, view, PyBUF_CONTIG) < 0) return false;
    if ((size_t)view->len == rows * size && (size_t)view->itemsize == size) return true;
    PyErr_Format(PyExc_ValueError, "room for %zu items of %zu bytes is needed", rows, size);
    PyBuffer_Release(view);
    return false;
}
