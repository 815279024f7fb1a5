/* SPDX-License-Identifier: Apache-2.0 */
/* Opening, finding, reading and laying over: who owns what. */
#include "core.h"

/* UTF-8 paths of a sequence of bytes objects; NULL with an exception set. Freed by PyMem_Free. */
static const char **path_array(PyObject *paths, size_t *count) {
    if (!PyTuple_Check(paths)) {
        PyErr_SetString(PyExc_TypeError, "paths are a tuple of bytes");
        return NULL;
    }
    *count = (size_t)PyTuple_Size(paths);
    const char **array = PyMem_Calloc(*count + 1, sizeof *array);
    if (!array) {
        PyErr_NoMemory();
        return NULL;
    }
    for (size_t i = 0; i < *count; i++) {
        char *path = NULL;
        /* With no length asked for, a NUL inside is an error. */
        if (PyBytes_AsStringAndSize(PyTuple_GetItem(paths, (Py_ssize_t)i), &path, NULL) < 0) {
            PyMem_Free(array);
            return NULL;
        }
        array[i] = path;
    }
    return array;
}

ntm_catalogue *core_catalogue_open(PyObject *paths) {
    size_t count = 0;
    const char **array = path_array(paths, &count);
    ntm_problems *problems = array ? core_problems() : NULL;
    ntm_catalogue *catalogue = NULL;
    if (problems) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_read_options options = NTM_READ_OPTIONS_INIT;
        options.problems = problems;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_catalogue_open(&catalogue, array, count, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, problems);
    }
    ntm_problems_free(problems);
    PyMem_Free(array);
    return catalogue;
}

/* A set that is borrowed from `owner`; an IndexError or KeyError for NULL. */
static core_set *borrowed_set(PyObject *owner, const ntm_set *it) {
    if (!it) {
        core_raise_status(NTM_ERROR_NOT_FOUND, "", "no such criteria set");
        return NULL;
    }
    core_set *set = PyMem_Calloc(1, sizeof *set);
    if (!set) {
        PyErr_NoMemory();
        return NULL;
    }
    set->it = it;
    set->owner = Py_NewRef(owner);
    return set;
}

core_set *core_own_set(ntm_set *it) {
    core_set *set = PyMem_Calloc(1, sizeof *set);
    if (!set) {
        ntm_set_free(it);
        PyErr_NoMemory();
        return NULL;
    }
    set->it = it;
    set->owned = it;
    return set;
}

static core_overlay *new_overlay(PyObject *owner, const ntm_overlay *it, ntm_overlay *owned) {
    if (!it) {
        core_raise_status(NTM_ERROR_NOT_FOUND, "", "no such overlay");
        return NULL;
    }
    core_overlay *overlay = PyMem_Calloc(1, sizeof *overlay);
    if (!overlay) {
        ntm_overlay_free(owned);
        PyErr_NoMemory();
        return NULL;
    }
    overlay->it = it;
    overlay->owned = owned;
    overlay->owner = Py_XNewRef(owner);
    return overlay;
}

void core_set_free(core_set *set) {
    if (!set) return;
    ntm_set_free(set->owned);
    Py_XDECREF(set->owner);
    PyMem_Free(set);
}

void core_overlay_free(core_overlay *overlay) {
    if (!overlay) return;
    ntm_overlay_free(overlay->owned);
    Py_XDECREF(overlay->owner);
    PyMem_Free(overlay);
}

core_set *core_catalogue_set(PyObject *owner, const ntm_catalogue *catalogue, size_t index) {
    return borrowed_set(owner, ntm_catalogue_set(catalogue, index));
}

core_set *core_catalogue_version(PyObject *owner, const ntm_catalogue *catalogue, size_t index) {
    const ntm_set_version *it = ntm_catalogue_version(catalogue, index);
    return borrowed_set(owner, it ? it->set : NULL);
}

core_set *core_catalogue_get(PyObject *owner, const ntm_catalogue *catalogue, const char *id) {
    const ntm_set *it = ntm_catalogue_get(catalogue, id);
    if (it) return borrowed_set(owner, it);
    core_raise_status(NTM_ERROR_NOT_FOUND, id, "no criteria set of that id");
    return NULL;
}

core_set *core_catalogue_find(PyObject *owner, const ntm_catalogue *catalogue, const char *programme, const char *level,
                              const char *tier, const char *place, int32_t on) {
    ntm_error err = NTM_ERROR_INIT;
    const ntm_set *it = NULL;
    if (ntm_catalogue_find(&it, catalogue, programme, level, tier, place, on, &err)) {
        core_raise(&err, NULL);
        return NULL;
    }
    return borrowed_set(owner, it);
}

core_overlay *core_catalogue_overlay(PyObject *owner, const ntm_catalogue *catalogue, size_t index) {
    return new_overlay(owner, ntm_catalogue_overlay(catalogue, index), NULL);
}

core_overlay *core_catalogue_get_overlay(PyObject *owner, const ntm_catalogue *catalogue, const char *id) {
    const ntm_overlay *it = ntm_catalogue_get_overlay(catalogue, id);
    if (it) return new_overlay(owner, it, NULL);
    core_raise_status(NTM_ERROR_NOT_FOUND, id, "no overlay of that id");
    return NULL;
}

/* A set read from `path`, or from bytes when `path` is NULL. */
static core_set *read_set(const char *path, const char *bytes, size_t size, const char *name) {
    ntm_problems *problems = core_problems();
    if (!problems) return NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.problems = problems;
    ntm_set *it = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status =
        path ? ntm_set_open(&it, path, &options, &err) : ntm_set_read(&it, bytes, size, name, &options, &err);
    Py_END_ALLOW_THREADS if (status) core_raise(&err, problems);
    ntm_problems_free(problems);
    return status ? NULL : core_own_set(it);
}

core_set *core_set_read(const char *bytes, size_t size, const char *name) { return read_set(NULL, bytes, size, name); }

core_set *core_set_open(const char *path) { return read_set(path, NULL, 0, NULL); }

/* An overlay read from `path`, or from bytes when `path` is NULL. */
static core_overlay *read_overlay(const char *path, const char *bytes, size_t size, const char *name) {
    ntm_problems *problems = core_problems();
    if (!problems) return NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.problems = problems;
    ntm_overlay *it = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status =
        path ? ntm_overlay_open(&it, path, &options, &err) : ntm_overlay_read(&it, bytes, size, name, &options, &err);
    Py_END_ALLOW_THREADS if (status) core_raise(&err, problems);
    ntm_problems_free(problems);
    return status ? NULL : new_overlay(NULL, it, it);
}

core_overlay *core_overlay_read(const char *bytes, size_t size, const char *name) {
    return read_overlay(NULL, bytes, size, name);
}

core_overlay *core_overlay_open(const char *path) { return read_overlay(path, NULL, 0, NULL); }

core_set *core_set_with_overlay(const core_set *set, const core_overlay *overlay) {
    ntm_problems *problems = core_problems();
    if (!problems) return NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.problems = problems;
    ntm_set *it = NULL;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_set_overlay(&it, set->it, overlay->it, &options, &err));
    if (status) core_raise(&err, problems);
    ntm_problems_free(problems);
    return status ? NULL : core_own_set(it);
}

PyObject *core_set_write(const core_set *set) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    ntm_status status;
    CORE_UNLOCKED(status = ntm_set_write(&text, set->it, NULL, &err));
    if (status) return core_raise(&err, NULL);
    PyObject *out = PyUnicode_DecodeUTF8(ntm_text_data(text), (Py_ssize_t)ntm_text_size(text), "strict");
    ntm_text_free(text);
    return out;
}

bool core_set_equal(const core_set *a, const core_set *b) { return ntm_set_equal(a->it, b->it); }
