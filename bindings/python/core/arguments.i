/* SPDX-License-Identifier: Apache-2.0 */
/* How arguments and failures go between Python and C: included by core.i before everything else. */

/* A function that failed has set an exception already. */
%exception {
    $action
    if (PyErr_Occurred()) SWIG_fail;
}

/* Text with its size, from str (as UTF-8) or bytes; it may hold NULs. */
%typemap(in) (const char *text, size_t size) (Py_ssize_t length = 0) {
    if (PyBytes_Check($input)) {
        $1 = PyBytes_AsString($input);
        length = PyBytes_Size($input);
    } else {
        $1 = (char *)(uintptr_t)PyUnicode_AsUTF8AndSize($input, &length);
        if (!$1) SWIG_fail;
    }
    $2 = (size_t)length;
}
%apply (const char *text, size_t size) { (const char *bytes, size_t size), (const char *a, size_t a_size),
                                         (const char *b, size_t b_size) };

/* Text that ends with a NUL, from str or bytes; a NUL inside is an error, not an end. */
%typemap(in) const char * (Py_ssize_t length = 0) {
    if (PyBytes_Check($input)) {
        $1 = PyBytes_AsString($input);
        length = PyBytes_Size($input);
    } else {
        $1 = (char *)(uintptr_t)PyUnicode_AsUTF8AndSize($input, &length);
        if (!$1) SWIG_fail;
    }
    if (strlen($1) != (size_t)length) SWIG_exception_fail(SWIG_ValueError, "embedded null character");
}
%typemap(freearg) const char * ""

/* The same, or None. */
%typemap(in) const char *or_none (Py_ssize_t length = 0) {
    if ($input == Py_None) {
        $1 = NULL;
    } else {
        $1 = (char *)(uintptr_t)PyUnicode_AsUTF8AndSize($input, &length);
        if (!$1) SWIG_fail;
        if (strlen($1) != (size_t)length) SWIG_exception_fail(SWIG_ValueError, "embedded null character");
    }
}
%typemap(freearg) const char *or_none ""
%apply const char *or_none { const char *population_or_none, const char *most_or_none,
                             const char *target_or_none, const char *area_or_none, const char *entitled_or_none,
                             const char *succession_or_none, const char *attributes_or_none,
                             const char *unit_or_none, const char *period_or_none, const char *side_or_none, const char *part_or_none, const char *whole_or_none };

/* An object and its Python proxy, which what is made from it keeps alive. */
%define WITH_OWNER(TYPE, NAME)
%typemap(in) (PyObject *owner, const TYPE *NAME) (void *pointer = NULL) {
    if (!SWIG_IsOK(SWIG_ConvertPtr($input, &pointer, $descriptor(TYPE *), 0)) || !pointer)
        SWIG_exception_fail(SWIG_TypeError, "in $symname: an open " #TYPE " is needed");
    $1 = $input;
    $2 = (TYPE *)pointer;
}
%enddef
WITH_OWNER(ntm_catalogue, catalogue)
WITH_OWNER(core_set, set)
WITH_OWNER(core_table, table)
WITH_OWNER(core_table, from)
WITH_OWNER(ntm_attainment, attainment)
WITH_OWNER(ntm_units, units)

/* A table and its proxy, or None. */
%typemap(in) (PyObject *table_owner, core_table *table_or_none) (void *pointer = NULL) {
    if ($input != Py_None &&
        (!SWIG_IsOK(SWIG_ConvertPtr($input, &pointer, $descriptor(core_table *), 0)) || !pointer))
        SWIG_exception_fail(SWIG_TypeError, "in $symname: an open core_table or None is needed");
    $1 = $input;
    $2 = (core_table *)pointer;
}

/* A registry and its proxy, or None. */
%typemap(in) (PyObject *registry_owner, const ntm_units *registry_or_none) (void *pointer = NULL) {
    if ($input != Py_None &&
        (!SWIG_IsOK(SWIG_ConvertPtr($input, &pointer, $descriptor(ntm_units *), 0)) || !pointer))
        SWIG_exception_fail(SWIG_TypeError, "in $symname: an open ntm_units or None is needed");
    $1 = $input;
    $2 = (ntm_units *)pointer;
}

/* A tuple of tallies. */
%typemap(in) (PyObject *tallies_owner, const core_cube_tally **tallies, size_t tally_count) {
    if (!PyTuple_Check($input)) SWIG_exception_fail(SWIG_TypeError, "in $symname: a tuple of tallies is needed");
    $3 = (size_t)PyTuple_Size($input);
    $2 = PyMem_Calloc($3 + 1, sizeof *$2);
    if (!$2) SWIG_exception_fail(SWIG_MemoryError, "in $symname: no memory");
    for (size_t i = 0; i < $3; i++) {
        void *pointer = NULL;
        if (!SWIG_IsOK(SWIG_ConvertPtr(PyTuple_GetItem($input, (Py_ssize_t)i), &pointer,
                                       $descriptor(core_cube_tally *), 0)) || !pointer)
            SWIG_exception_fail(SWIG_TypeError, "in $symname: an open core_cube_tally is needed");
        $2[i] = (core_cube_tally *)pointer;
    }
    $1 = $input;
}
%typemap(freearg) (PyObject *tallies_owner, const core_cube_tally **tallies, size_t tally_count) "PyMem_Free($2);"

/* A tuple of sets, which what is made from them keeps alive. */
%typemap(in) (PyObject *others_owner, const core_set **others, size_t other_count) {
    if (!PyTuple_Check($input)) SWIG_exception_fail(SWIG_TypeError, "in $symname: a tuple of sets is needed");
    $3 = (size_t)PyTuple_Size($input);
    $2 = PyMem_Calloc($3 + 1, sizeof *$2);
    if (!$2) SWIG_exception_fail(SWIG_MemoryError, "in $symname: no memory");
    for (size_t i = 0; i < $3; i++) {
        void *pointer = NULL;
        if (!SWIG_IsOK(SWIG_ConvertPtr(PyTuple_GetItem($input, (Py_ssize_t)i), &pointer, $descriptor(core_set *), 0)) ||
            !pointer)
            SWIG_exception_fail(SWIG_TypeError, "in $symname: an open core_set is needed");
        $2[i] = (core_set *)pointer;
    }
    $1 = $input;
}
%typemap(freearg) (PyObject *others_owner, const core_set **others, size_t other_count) "PyMem_Free($2);"

/* None is no object. */
%typemap(check) core_stream *, ntm_tasks *, ntm_catalogue *, core_set *, core_overlay *, core_plan *, core_table *, ntm_attainment *,
                ntm_explanation *, ntm_successor *, ntm_register *, ntm_poverty *, ntm_transitions *, ntm_top_up *,
                ntm_observations *, ntm_view *, ntm_punctuality *, ntm_units *, core_cascade *, ntm_rollup *,
                 ntm_rolled *, ntm_apportionment *, ntm_classification *, ntm_norms *, ntm_needs *,
                 core_ledger *, core_cube_tally *, ntm_cube *, ntm_balance *, ntm_gaps *,
                 ntm_trajectory *, ntm_flips * {
    if (!$1) SWIG_exception_fail(SWIG_TypeError, "in $symname: None in place of an object");
}
%typemap(check) core_table *units_or_none, core_table *succession_or_none, core_table *attributes_or_none,
                core_table *table_or_none, core_table *division_or_none, core_table *targets_or_none,
                core_table *observed_or_none,
                const ntm_units *registry_or_none, const ntm_classification *rules_or_none, core_table *duties_or_none,
                core_table *allotted_or_none, const ntm_norms *norms_or_none ""
