/* SPDX-License-Identifier: Apache-2.0 */
/* How much of a set is known, and the versions in which a catalogue has it. */
#include "core.h"

static PyObject *tally_of(const ntm_standing_tally *it) {
    return Py_BuildValue("nnnn", (Py_ssize_t)it->cited, (Py_ssize_t)it->unverified, (Py_ssize_t)it->absent,
                         (Py_ssize_t)it->delegated);
}

static PyObject *standings_of(const ntm_standings *it) {
    return Py_BuildValue("NNN", tally_of(&it->cells), tally_of(&it->rules), tally_of(&it->names));
}

PyObject *core_set_standings(const core_set *set) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_standings it;
    return ntm_set_standings(&it, set->it, &err) ? core_raise(&err, NULL) : standings_of(&it);
}

PyObject *core_catalogue_status(const ntm_catalogue *catalogue, const char *id) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_standings it;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = ntm_catalogue_status(&it, catalogue, id, &err);
    Py_END_ALLOW_THREADS return status ? core_raise(&err, NULL) : standings_of(&it);
}

PyObject *core_catalogue_version_about(const ntm_catalogue *catalogue, size_t index) {
    const ntm_set_version *it = ntm_catalogue_version(catalogue, index);
    if (!it) return PyErr_Format(PyExc_IndexError, "no version %zu", index);
    return Py_BuildValue("zzNN", it->id, it->place, core_date(it->from), core_date(it->to));
}
