/* SPDX-License-Identifier: Apache-2.0 */
/* Moves of households between two years. */
#include "core.h"

ntm_transitions *core_transitions_count(core_table *first, core_table *second, const char *id, const char *class_least,
                                        const char *class_most, PyObject *classes, int counted_by,
                                        const char *population, PyObject *groups) {
    ntm_transitions_options options = NTM_TRANSITIONS_OPTIONS_INIT;
    const char **labels = core_text_array(classes, &options.class_count);
    const char **names = labels ? core_text_array(groups, &options.group_count) : NULL;
    ntm_transitions *transitions = NULL;
    if (names) {
        ntm_error err = NTM_ERROR_INIT;
        options.id = id;
        options.class_least = class_least;
        options.class_most = class_most;
        options.classes = labels;
        options.counted_by = (ntm_year)counted_by;
        options.population = population;
        options.groups = names;
        first->used = second->used = true;
        ntm_status status;
        Py_BEGIN_ALLOW_THREADS status =
            ntm_transitions_count(&transitions, &first->table, &second->table, &options, &err);
        Py_END_ALLOW_THREADS if (status) core_raise(&err, NULL);
    }
    PyMem_Free(names);
    PyMem_Free(labels);
    return transitions;
}

PyObject *core_transitions_key(const ntm_transitions *transitions, size_t group, size_t field) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_group_key key;
    return ntm_transitions_key(&key, transitions, group, field, &err) ? core_raise(&err, NULL) : core_key(&key);
}

/* -1 is absent, -2 any class. */
static size_t class_of(int64_t index) {
    return index == -1 ? NTM_CLASS_ABSENT : index < 0 ? NTM_CLASS_ANY : (size_t)index;
}

PyObject *core_transitions_get(const ntm_transitions *transitions, int64_t group, int64_t before, int64_t after) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_transition it;
    if (ntm_transitions_get(&it, transitions, core_group(group), class_of(before), class_of(after), &err))
        return core_raise(&err, NULL);
    return Py_BuildValue("N(Li)(Li)", core_bounds(it.households), (long long)it.least.coefficient, (int)it.least.scale,
                         (long long)it.most.coefficient, (int)it.most.scale);
}
