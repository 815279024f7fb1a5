/* SPDX-License-Identifier: Apache-2.0 */
/* What core.h is for the rest, for units of measure. */
#ifndef NTM_PY_MEASURE_H
#define NTM_PY_MEASURE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The exponent by which values of one unit become values of another. */
PyObject *core_measure_power(const char *unit, const char *to);

#endif
