/* SPDX-License-Identifier: Apache-2.0 */
/* Slow money. */
#include "core.h"

static ntm_milestone *take_milestones(PyObject *from, size_t *count) {
    *count = (size_t)PyTuple_Size(from);
    ntm_milestone *milestones = PyMem_Calloc(*count + 1, sizeof *milestones);
    if (!milestones) PyErr_NoMemory();
    for (size_t i = 0; milestones && i < *count; i++) {
        long long coefficient = 0;
        int scale = 0;
        if (!PyArg_ParseTuple(PyTuple_GetItem(from, (Py_ssize_t)i), "iLi", &milestones[i].on, &coefficient, &scale)) {
            PyMem_Free(milestones);
            return NULL;
        }
        milestones[i].percent = (ntm_decimal){coefficient, (uint8_t)scale};
    }
    return milestones;
}

/* Texts are borrowed from the tuple; what was taken is freed by the caller, also on failure. */
static bool take_options(ntm_slow_options *out, ntm_milestone **milestones, PyObject *from) {
    PyObject *sides = NULL, *steps = NULL, *only = NULL;
    int order = 0, all = 0;
    if (!PyArg_ParseTuple(from, "O!zziiiO!O!iip", &PyTuple_Type, &sides, &out->due, &out->done, &out->on, &out->from,
                          &out->to, &PyTuple_Type, &steps, &PyTuple_Type, &only, &out->as_of, &order, &all))
        return false;
    out->order = (ntm_slow_order)order;
    out->all = all != 0;
    out->by = core_side_array(sides, &out->by_count);
    if (out->by) out->only = core_only_array(only, &out->only_count);
    if (out->only) *milestones = take_milestones(steps, &out->milestone_count);
    out->milestones = out->milestone_count ? *milestones : NULL; /* NULL: each entry is due on its own */
    return *milestones != NULL;
}

PyObject *core_slow(const core_ledger *ledger, PyObject *options) {
    ntm_slow_options o = NTM_SLOW_OPTIONS_INIT;
    ntm_milestone *milestones = NULL;
    ntm_slow *slow = NULL;
    PyObject *out = NULL;
    if (take_options(&o, &milestones, options)) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status = ntm_slow_new(&slow, ledger->it, &o, &err);
        Py_END_ALLOW_THREADS out = status ? core_raise(&err, NULL) : core_columns(ntm_slow_table(slow));
    }
    ntm_slow_free(slow);
    PyMem_Free(milestones);
    PyMem_Free((void *)(uintptr_t)o.by);
    core_only_free((ntm_only *)(uintptr_t)o.only, o.only_count);
    return out;
}
