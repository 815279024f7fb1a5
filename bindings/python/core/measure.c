/* SPDX-License-Identifier: Apache-2.0 */
/* Units of measure. */
#include "measure.h"

#include "core.h"

PyObject *core_measure_power(const char *unit, const char *to) {
    ntm_error err = NTM_ERROR_INIT;
    int power = 0;
    if (ntm_measure_power(&power, unit, to, &err)) return core_raise(&err, NULL);
    return PyLong_FromLong(power);
}
