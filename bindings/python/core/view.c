/* SPDX-License-Identifier: Apache-2.0 */
/* A read-only buffer of numbers inside a result or a table, which it keeps alive. */
#include "core.h"

typedef struct view {
    PyObject_HEAD PyObject *owner;
    const void *data;
    const char *format; /* static */
    Py_ssize_t size;    /* of an item */
    Py_ssize_t shape[1];
    Py_ssize_t strides[1];
} view;

static int view_get(PyObject *self, Py_buffer *out, int flags) {
    view *it = (view *)self;
    if (flags & PyBUF_WRITABLE) {
        PyErr_SetString(PyExc_BufferError, "these numbers are read-only");
        out->obj = NULL;
        return -1;
    }
    *out = (Py_buffer){.buf = (void *)(uintptr_t)it->data,
                       .obj = Py_NewRef(self),
                       .len = it->shape[0] * it->size,
                       .itemsize = it->size,
                       .readonly = 1,
                       .ndim = 1,
                       .format = (flags & PyBUF_FORMAT) ? (char *)(uintptr_t)it->format : NULL,
                       .shape = (flags & PyBUF_ND) ? it->shape : NULL,
                       .strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? it->strides : NULL};
    return 0;
}

static void view_free(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(((view *)self)->owner);
    PyObject_Free(self);
    Py_DECREF(type);
}

int core_view_ready(PyObject *module) {
    PyType_Slot slots[] = {{Py_tp_dealloc, (void *)(uintptr_t)view_free},
                           {Py_bf_getbuffer, (void *)(uintptr_t)view_get},
                           {Py_tp_doc, (void *)(uintptr_t) "Numbers inside a result or a table: a read-only buffer."},
                           {0, NULL}};
    PyType_Spec spec = {"ntm._core.View", (int)sizeof(view), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                        slots};
    PyObject *type = PyType_FromSpec(&spec);
    if (!type) return -1;
    int status = PyModule_AddObjectRef(module, "View", type);
    Py_DECREF(type);
    return status;
}

PyObject *core_view_new(PyObject *owner, const void *data, size_t count, const char *format, size_t size) {
    PyObject *module = PyImport_ImportModule("ntm._core");
    PyObject *type = module ? PyObject_GetAttrString(module, "View") : NULL;
    Py_XDECREF(module);
    if (!type) return NULL;
    view *it = PyObject_New(view, (PyTypeObject *)type);
    Py_DECREF(type); /* the object holds its own reference */
    if (!it) return NULL;
    it->owner = Py_NewRef(owner);
    it->data = data;
    it->format = format;
    it->size = (Py_ssize_t)size;
    it->shape[0] = (Py_ssize_t)count;
    it->strides[0] = (Py_ssize_t)size;
    return (PyObject *)it;
}
