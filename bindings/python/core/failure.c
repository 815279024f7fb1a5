/* SPDX-License-Identifier: Apache-2.0 */
/* Exceptions: the classes are in ntm/errors.py, and are looked up there so that nothing is kept here. */
#include "core.h"

PyObject *core_problem_tuple(const ntm_error *err) {
    PyObject *row = err->row == NTM_NO_ROW ? Py_NewRef(Py_None) : PyLong_FromUnsignedLongLong(err->row);
    if (!row) return NULL;
    PyObject *subject = PyUnicode_DecodeUTF8(err->subject, (Py_ssize_t)strlen(err->subject), "replace");
    PyObject *message = PyUnicode_DecodeUTF8(err->message, (Py_ssize_t)strlen(err->message), "replace");
    if (!subject || !message) {
        Py_DECREF(row);
        Py_XDECREF(subject);
        Py_XDECREF(message);
        return NULL;
    }
    return Py_BuildValue("iNIINN", (int)err->status, row, err->line, err->column, subject, message);
}

static PyObject *problem_list(const ntm_problems *problems) {
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < ntm_problems_count(problems); i++) {
        PyObject *one = core_problem_tuple(ntm_problems_get(problems, i));
        if (!one || PyList_Append(list, one) < 0) Py_CLEAR(list);
        Py_XDECREF(one);
    }
    return list;
}

PyObject *core_raise(const ntm_error *err, const ntm_problems *problems) {
    PyObject *errors = PyImport_ImportModule("ntm.errors");
    PyObject *first = errors ? core_problem_tuple(err) : NULL;
    PyObject *all = first ? problem_list(problems) : NULL;
    if (all) {
        PyObject *exception =
            PyObject_CallMethod(errors, "_from_core", "OOn", first, all, (Py_ssize_t)ntm_problems_found(problems));
        if (exception) {
            PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
            Py_DECREF(exception);
        }
    }
    Py_XDECREF(all);
    Py_XDECREF(first);
    Py_XDECREF(errors);
    return NULL;
}

PyObject *core_raise_status(ntm_status status, const char *subject, const char *message) {
    ntm_error err = NTM_ERROR_INIT;
    err.status = status;
    PyOS_snprintf(err.subject, sizeof err.subject, "%s", subject);
    PyOS_snprintf(err.message, sizeof err.message, "%s", message);
    return core_raise(&err, NULL);
}

PyObject *core_fail(int status, const char *subject, const char *message) {
    return core_raise_status((ntm_status)status, subject, message);
}

ntm_problems *core_problems(void) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_problems *problems = NULL;
    if (ntm_problems_new(&problems, 0, NULL, &err)) core_raise(&err, NULL);
    return problems;
}
