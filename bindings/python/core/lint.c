/* SPDX-License-Identifier: Apache-2.0 */
/* Findings of the lint. */
#include "core.h"

static PyObject *place_of(const ntm_place *it) {
    if (!it->set && !it->path && !it->file) return Py_NewRef(Py_None);
    return Py_BuildValue("zzzII", it->set, it->path, it->file, it->line, it->column);
}

static PyObject *finding_at(const void *findings, size_t index) {
    const ntm_finding *it = ntm_findings_get(findings, index);
    return Py_BuildValue("ziNNz", it->code, (int)it->severity, place_of(&it->at), place_of(&it->other), it->text);
}

/* The findings as a list, or an exception; frees them. */
static PyObject *finish(ntm_findings *findings, ntm_status status, const ntm_error *err) {
    PyObject *out = status ? core_raise(err, NULL) : core_list(ntm_findings_count(findings), finding_at, findings);
    ntm_findings_free(findings);
    return out;
}

PyObject *core_set_lint(const core_set *set) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_findings *findings = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_set_lint(&findings, set->it, NULL, &err);
    Py_END_ALLOW_THREADS return finish(findings, status, &err);
}

PyObject *core_overlay_lint(const core_overlay *overlay, const core_set *base) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_findings *findings = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_overlay_lint(&findings, overlay->it, base->it, NULL, &err);
    Py_END_ALLOW_THREADS return finish(findings, status, &err);
}

PyObject *core_catalogue_lint(const ntm_catalogue *catalogue) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_findings *findings = NULL;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_catalogue_lint(&findings, catalogue, NULL, &err);
    Py_END_ALLOW_THREADS return finish(findings, status, &err);
}

PyObject *core_lint_codes(void) {
    PyObject *out = PyList_New(0);
    const char *code = NULL;
    for (size_t i = 0; out && (code = ntm_lint_code(i)) != NULL; i++) {
        PyObject *one = Py_BuildValue("zz", code, ntm_lint_meaning(code));
        if (!one || PyList_Append(out, one) < 0) Py_CLEAR(out);
        Py_XDECREF(one);
    }
    return out;
}
